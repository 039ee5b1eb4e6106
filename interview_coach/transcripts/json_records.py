"""JSON and JSON lines: records of questions wherever they stand, conversations, lists of bare questions, decks."""

import re
from collections.abc import Iterable, Sequence
from datetime import date

from interview_coach.domain.models import Problem
from interview_coach.transcripts import crowd_anki, record_talk
from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.json_text import NO_JSON, Gap, Lines, Listed, Obj, Parsed, Value, Written, parse
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import asks
from interview_coach.transcripts.record_values import as_text, is_empty
from interview_coach.transcripts.records import Record, Records, day, follows
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.stages import stage_named

#: How much is read to guess.
_GUESSED = 60_000
#: The program's own format, which another module reads.
_OWN = "interview-coach"
#: What stands around the values of a script or between fences is not told up to this length.
_FURNITURE = 200

#: How a file begins that is JSON, also between fences or as a script assigns it.
_BEGINS = (
    r"(?:\s++|//[^\n]*+\n|/\*[^*]*+(?:\*(?!/)[^*]*+)*\*/|```\w*+)*"
    r"(?:(?:export\s++)?(?:default\s++|(?:const|let|var)\s++[\w$]++[^=\n]{0,60}=\s*+)|module\.exports\s*+=\s*+)?[\[{]"
)
_FENCE = r"(?:\s*(?:```\w*|;|\)|as const\b|export default [\w$]+|module\.exports\s*=\s*\{?\s*[\w$]+\s*\}?))*\s*"

#: Keys that say only that questions stand under them, or nothing.
_GENERIC_WORDS = """
questions question interviewquestions interview data items item list results result records rows entries content
contents cards notes flashcards quiz quizzes quizdata qa qas qapairs questionsandanswers questionanswers pairs
faq faqs faqlist sections section categories category topics topic groups chapters modules rounds stages dataset
examples train test validation samples payload response body values children nodes all collection root
questionbank bank sets set intents questionlist questionset questionsets main default interviews transcript
turns conversation conversations messages roles props pageprops subcategories subtopics exercises problems
"""
_GENERIC = frozenset(_GENERIC_WORDS.split())
_TITLES = ("title", "name", "deck", "deckname", "interviewtitle", "quiztitle", "subject", "heading", "label")
_HEADINGS_WORDS = """
category categoryname topic topicname section sectionname sectiontitle title name heading subject module chapter
stage round stagename roundname role jobrole skill skillname technology language domain area group label id
"""
_HEADINGS = tuple(_HEADINGS_WORDS.split())
_NOT_ASKED = frozenset(
    (Means.TAGS, Means.TOPIC, Means.POINTS, Means.FEEDBACK, Means.FURNITURE, Means.OPTIONS, Means.ROLE, Means.COMPANY,
     Means.MORE, Means.ANSWER, Means.RIGHT, Means.NUMBER, Means.SCORE, Means.CODE),
)  # fmt: skip
#: What a question hands on to those that follow from it.
_SHARED = frozenset((Means.STAGE, Means.TOPIC, Means.TAGS, Means.ROLE, Means.COMPANY))
#: Keys of objects whose own keys might as well stand in the record itself.
_ABOUT = ("interview", "metadata", "meta", "details", "session")
_ASIDE = ("metadata", "meta", "details", "attributes", "properties", "extra", "info")
_NUMBERED_QUESTION = r"(?:q|question|ques)(\d{1,4})(?:text)?"
_NUMBERED = r"(?:q|question|ques|item|card|no)?\d{1,5}"


def likeness(source: Source) -> Likeness | None:
    """Return how much a file looks like JSON with questions, None where it is none or the program's own."""
    sample = source.sample[:_GUESSED]
    if not re.match(_BEGINS, sample):
        return None
    parsed = _parsed(sample)
    first = next((value for value in parsed.values if isinstance(value, (Obj, Listed))), None)
    if first is None or (not first and len(parsed.values) < 2 and parsed.gaps):
        return None
    if isinstance(first, Obj) and first.get("format") == _OWN:
        return None
    whole = not parsed.gaps or (len(sample) < len(source.sample) or len(sample) == _GUESSED)
    reader = _Reader(sample, parsed)
    reader.walk()
    if reader.holds_questions():
        shape = "it is JSON" if not _is_lines(sample) else "each of its lines is JSON"
        return Likeness(0.95 if whole or len(parsed.values) else 0.8, f"{shape} with {reader.held()}")
    if isinstance(first, Listed) and not any(isinstance(each, (Obj, Listed)) for each in first) and parsed.gaps:
        return None
    return Likeness(0.5, "it is JSON")


def read(source: Source, *, interviewer: str | None = None) -> Found:
    """Read the questions of a JSON file. Raises NoTurns or UnreadableText."""
    text = source.text
    parsed = _parsed(text)
    reader = _Reader(text, parsed)
    reader.walk()
    return reader.found(interviewer)


def _is_lines(text: str) -> bool:
    """Return whether each line is JSON of its own."""
    lines = [stripped for line in text[:_GUESSED].split("\n")[:50] if (stripped := line.strip())]
    if len(text) > _GUESSED and len(lines) > 1:
        lines.pop()
    if not lines or lines[0][0] not in "{[":
        return False
    whole = sum((line[0] == "{" and line[-1] == "}") or (line[0] == "[" and line[-1] == "]") for line in lines)
    return len(lines) > 1 and whole * 3 >= len(lines) * 2


def _parsed(text: str) -> Parsed:
    if not _is_lines(text):
        return parse(text, is_record=_is_record_so_far)
    parsed = Parsed()
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip(" \t\ufeff,"):
            line = parse(text, at, end)
            if line.gaps:
                parsed.gaps.append(Gap(at, end, line.gaps[0].reason))
            else:
                parsed.values.extend(line.values)
                parsed.values.places.extend(line.values.places)
        at = end + 1
    return parsed


def _is_record_so_far(record: Obj) -> bool:
    return any(keys.meaning(name) is Means.QUESTION and isinstance(record[name], str) for name in record)


class _Reader:
    """Walks through the values of a file and collects what asks."""

    def __init__(self, text: str, parsed: Parsed) -> None:
        self._text = text
        self._parsed = parsed
        self._lines = Lines(text)
        self._records = Records()
        self._talks: list[list[record_talk.Utterance]] = []
        self._decks: list[Entry] = []
        self._loose: list[tuple[Listed, tuple[str, ...], str]] = []
        self._title: str | None = None
        self._role: str | None = None
        self._company: str | None = None
        self._held: date | None = None

    def walk(self) -> None:
        """Collect from all values."""
        values = self._parsed.values
        if len(values) == 1:
            top = values[0]
            if isinstance(top, Obj):
                self._name(top)
            self._take(top, (), "", alone=True)
        else:
            self._take_list(values, (), "")
        if not self.holds_questions():
            for loose, headings, _ in self._loose:
                self._take_strings(loose, headings)
        else:
            for loose, _, name in self._loose:
                self._records.leave_out(name, loose, self._lines.at(loose.places[0]) if loose.places else 0)

    def holds_questions(self) -> bool:
        return bool(self._records.records or self._talks or self._decks)

    def held(self) -> str:
        """Say what was found, as a part of a sentence."""
        if self._decks:
            return "the notes of an Anki deck"
        if self._talks and not self._records.records:
            return "what each speaker says"
        return "questions in it"

    def found(self, interviewer: str | None) -> Found:
        """Return all that was collected. Raises NoTurns where it asks nothing."""
        self._tell_gaps()
        self._tell_repeated_keys()
        named = {"title": self._title, "role": self._role, "company": self._company}
        whole = self._records.found(**named, held=self._held)
        talk = self._told(interviewer)
        entries = (*whole.entries, *self._decks, *talk.entries)
        if sum(map(bool, (whole.entries, self._decks, talk.entries))) > 1:
            entries = tuple(sorted(entries, key=lambda entry: entry.line))
        if not entries:
            raise NoTurns(self._reason())
        return Found(
            entries=entries,
            problems=tuple(sorted((*whole.problems, *talk.problems), key=lambda problem: problem.line)),
            title=whole.title,
            role=whole.role,
            company=whole.company,
            held=whole.held,
            speakers=talk.speakers,
            interviewer=talk.interviewer,
        )

    def _told(self, interviewer: str | None) -> Found:
        """Return what was said in all conversations; where nobody asks in them, that is a problem beside records."""
        if not self._talks:
            return Found(())
        try:
            return record_talk.found(self._talks, interviewer)
        except NoTurns as error:
            if not self._records.records and not self._decks:
                raise
            return Found((), (Problem(line=self._talks[0][0].line, message=f"{error}"),))

    def _reason(self) -> str:
        gaps = self._parsed.gaps
        if gaps:
            return f"line {self._lines.at(gaps[0].start)} is no JSON ({gaps[0].reason}), and no record stands before it"
        if not self._parsed.values:
            return "it holds no JSON"
        return 'the JSON holds no key such as "question", no list of questions and no conversation'

    def _tell_gaps(self) -> None:
        read_to = len(self._text.rstrip())
        for gap in self._parsed.gaps:
            between = self._text[gap.start : gap.end]
            short = between[:_FURNITURE]
            if gap.start >= read_to:
                message = "the JSON ends before it is complete: what followed is missing"
                self._records.problems.append(Problem(line=self._lines.at(read_to), message=message))
                continue
            if (
                gap.reason == NO_JSON
                and short == between
                and (re.fullmatch(_FENCE, short) or re.fullmatch(_BEGINS, short + "["))
            ):
                continue
            first, last = self._lines.at(gap.start), self._lines.at(max(gap.end - 1, gap.start))
            kind = "what stands here" if gap.reason == NO_JSON else "the record that begins here"
            if gap.end >= read_to and first < last:
                message = f"{kind} is broken ({gap.reason}): nothing from here on is read"
            else:
                message = f"{kind} is broken ({gap.reason}): left out"
            if gap.reason == NO_JSON:
                message = message.replace("is broken (it is no JSON)", "is no JSON")
            self._records.problems.append(Problem(line=first, message=message))

    def _tell_repeated_keys(self) -> None:
        for record in self._records.records:
            if record.repeated is not None:
                message = f"the key '{record.repeated[:40]}' stands here twice: the last one counts"
                self._records.problems.append(Problem(line=record.line, message=message))

    # What a value is.

    def _take(self, value: Value, headings: tuple[str, ...], name: str, *, alone: bool = False) -> None:
        if isinstance(value, Listed):
            self._take_list(value, headings, name)
        elif isinstance(value, Obj):
            self._take_object(value, headings, alone=alone)

    def _take_list(self, values: Listed, headings: tuple[str, ...], name: str) -> None:
        objects = [(place, each) for place, each in zip(values.places, values, strict=True) if isinstance(each, Obj)]
        if objects and len(objects) == len(values):
            said = record_talk.utterances([(0, each) for _, each in objects])
            if said is not None:
                lined = record_talk.utterances([(self._lines.at(place), each) for place, each in objects])
                self._talks.append(lined or said)
                return
        strings = [each for each in values if isinstance(each, str) and not isinstance(each, Written)]
        if strings and len(strings) == len(values):
            self._take_string_list(values, headings, name)
            return
        pairs = [each for each in values if isinstance(each, Listed)]
        if pairs and len(pairs) == len(values) and all(_is_pair(each) for each in pairs):
            self._take_pairs(values, headings)
            return
        for place, each in zip(values.places, values, strict=True):
            if isinstance(each, Obj):
                self._take_object(each, headings, listed=True)
            elif isinstance(each, Listed):
                self._take_list(each, headings, name)
            elif isinstance(each, str) and not isinstance(each, Written) and asks(each):
                self._records.records.append(Record(self._lines.at(place), {"question": each}, headings))

    def _take_string_list(self, values: Listed, headings: tuple[str, ...], name: str) -> None:
        texts = [str(each) for each in values]
        if record_talk.is_talk(texts):
            lines = [(self._lines.at(place), text) for place, text in zip(values.places, texts, strict=True)]
            self._talks.append(record_talk.of_strings(lines))
            return
        means = keys.meaning(name) if name else None
        asking = sum(map(asks, texts))
        if means is Means.QUESTION or means is Means.FOLLOW_UPS or "question" in keys.plain_name(name):
            wanted = asking * 4 >= len(texts)
        else:
            wanted = means not in _NOT_ASKED and asking * 2 >= len(texts)
        if wanted:
            self._take_strings(values, headings)
        elif means not in _NOT_ASKED or not name:
            self._loose.append((values, headings, name))

    def _take_strings(self, values: Listed, headings: tuple[str, ...]) -> None:
        for place, each in zip(values.places, values, strict=True):
            if isinstance(each, str) and not is_empty(each):
                self._records.records.append(Record(self._lines.at(place), {"question": each}, headings))

    def _take_pairs(self, values: Listed, headings: tuple[str, ...]) -> None:
        for place, (at, pair) in enumerate(zip(values.places, values, strict=True)):
            if not isinstance(pair, Listed):
                continue
            if not place and keys.meaning(as_text(pair[0])) is Means.QUESTION:
                continue
            self._records.records.append(Record(self._lines.at(at), {"question": pair[0], "answer": pair[1]}, headings))

    def _take_object(self, value: Obj, headings: tuple[str, ...], *, listed: bool = False, alone: bool = False) -> None:
        if crowd_anki.is_deck(value):
            self._title = self._title or crowd_anki.title(value)
            self._decks.extend(crowd_anki.entries(value, self._lines.at))
            return
        if self._take_side_by_side(value, headings):
            return
        if self._is_record(value, listed=listed):
            self._take_record(value, headings, value.at)
            return
        if self._take_numbered(value, headings) or self._take_map(value, headings):
            return
        if not alone and (heading := _heading(value)) is not None:
            headings = (*headings, heading)
        for place, (key, inner) in zip(value.places, value.items(), strict=False):
            if isinstance(inner, (Obj, Listed)):
                self._take(inner, _under(headings, key), key)
            elif isinstance(inner, str) and keys.meaning(key) is None and keys.plain_name(key) not in _TITLES:
                self._records.leave_out(key, inner, self._lines.at(place))

    def _is_record(self, value: Obj, *, listed: bool) -> bool:
        """Return whether an object is a question with what belongs to it, rather than a wrapper of others."""
        strong = any(
            keys.meaning(name) is Means.QUESTION and _says_something(inner, name) for name, inner in value.items()
        )  # fmt: skip
        answers = [
            inner for name, inner in value.items()
            if keys.meaning(name) is Means.ANSWER and not is_empty(inner) and not _holds_records(inner)
        ]  # fmt: skip
        several = any(
            keys.meaning(name) is Means.QUESTION and isinstance(inner, Listed)
            and all(isinstance(each, str) for each in inner) for name, inner in value.items()
        )  # fmt: skip
        if several and not strong and answers and not listed:
            several = False
        if (strong or several) and (answers or not _wraps(value)):
            return strong or bool(answers)
        weak = any(keys.weak_question(name) is not None and _is_text(inner) for name, inner in value.items())
        if _wraps(value):
            return False
        if not weak:
            return listed and any(map(_is_text, answers))
        if answers or any(keys.meaning(name) in (Means.OPTIONS, Means.FOLLOW_UPS) for name in value):
            return True
        texts = [
            (keys.weak_question(name) or 0, str(inner)) for name, inner in value.items()
            if keys.weak_question(name) is not None and _is_text(inner)
        ]  # fmt: skip
        return listed and (any(asks(text) for _, text in texts) or (len(texts) > 1 and _is_described(value)))

    def _take_record(self, value: Obj, headings: tuple[str, ...], at: int) -> None:
        if value.cut:
            return
        fields: dict[str, Value] = dict(value)
        for name, inner in value.items():
            if isinstance(inner, Obj) and keys.plain_name(name) in _ASIDE:
                fields |= {each: held for each, held in inner.items() if each not in value}
                del fields[name]
        for name, inner in list(fields.items()):
            if isinstance(inner, Obj) and keys.meaning(name) is Means.ANSWER:
                fields |= {each: held for each, held in follows(inner) if each not in fields}
        shared = {each: held for each, held in fields.items() if keys.meaning(each) in _SHARED}
        after: list[Record] = []
        nested: list[tuple[str, Value]] = []
        for name, inner in follows(fields):
            if isinstance(inner, str):
                after.append(Record(self._lines.at(at), {**shared, "question": inner}, headings))
            elif isinstance(inner, Listed) and all(isinstance(each, str) for each in inner):
                for place, each in zip(inner.places, inner, strict=True):
                    after.append(Record(self._lines.at(place), {**shared, "question": each}, headings))
            else:
                nested.append((name, inner))
        line = self._lines.at(at)
        follow_ups = tuple(each for each in after if _asked(each))
        self._records.records.append(Record(line, fields, headings, follow_ups, value.repeated))
        for name, inner in nested:
            self._take(inner, headings, name)
        for name, inner in value.items():
            if _holds_records(inner) and keys.meaning(name) in (None, Means.QUESTION, Means.DESCRIPTION):
                self._take(inner, headings, name)

    def _take_side_by_side(self, value: Obj, headings: tuple[str, ...]) -> bool:
        """Take a list of questions and one of as many answers beside it; return whether there are both."""
        lists = [
            inner for names in (("questions", "interviewquestions"), ("answers", "responses"))
            for name, inner in value.items() if keys.plain_name(name) in names and isinstance(inner, Listed)
        ]  # fmt: skip
        if len(lists) != 2 or len(lists[0]) != len(lists[1]) or not all(map(_is_strings, lists)):
            return False
        asked, answered = lists
        if sum(asks(as_text(each)) for each in asked) * 2 < len(asked) or not asked:
            return False
        for place, question, answer in zip(asked.places, asked, answered, strict=True):
            self._records.records.append(
                Record(self._lines.at(place), {"question": question, "answer": answer}, headings)
            )
        return True

    def _take_numbered(self, value: Obj, headings: tuple[str, ...]) -> bool:
        """Take an object whose keys are q1, a1, q2, a2 …; return whether it is one."""
        plain = {keys.plain_name(name): inner for name, inner in value.items()}
        numbers = [
            found[1] for name in plain if (found := re.fullmatch(_NUMBERED_QUESTION, name)) and _is_text(plain[name])
        ]
        if not numbers or len(numbers) * 4 < len(plain):
            return False
        places = dict(zip(map(keys.plain_name, value), value.places, strict=False))
        for number in numbers:
            name = next(
                each
                for each in (
                    f"q{number}",
                    f"question{number}",
                    f"ques{number}",
                    f"q{number}text",
                    f"question{number}text",
                    f"ques{number}text",
                )
                if each in plain
            )
            answer = next(
                (plain[each] for each in (f"a{number}", f"answer{number}", f"ans{number}") if each in plain), None
            )
            fields: dict[str, Value] = {"number": number, "question": plain[name], "answer": answer}
            self._records.records.append(Record(self._lines.at(places.get(name, value.at)), fields, headings))
        return True

    def _take_map(self, value: Obj, headings: tuple[str, ...]) -> bool:
        """Take an object whose keys are the questions; return whether it is one."""
        if not value or len(value.places) != len(value):
            return False
        asking = sum(_is_asked(name) for name in value)
        if asking * 2 < len(value) or not asking:
            return False
        if not all(isinstance(inner, (str, Obj)) or _is_strings(inner) or inner is None for inner in value.values()):
            return False
        for place, (name, inner) in zip(value.places, value.items(), strict=True):
            fields: dict[str, Value] = {"question": name}
            if isinstance(inner, Obj) and any(keys.meaning(each) is Means.ANSWER for each in inner):
                fields |= {each: held for each, held in inner.items() if keys.meaning(each) is not Means.QUESTION}
            else:
                fields["answer"] = inner
            self._records.records.append(Record(self._lines.at(place), fields, headings))
        return True

    def _name(self, top: Obj) -> None:
        """Take what the whole file says of itself."""
        for name, value in top.items():
            if isinstance(value, Obj) and keys.plain_name(name) in _ABOUT and not _wraps(value):
                self._name(value)
            if not isinstance(value, str) or not value.strip() or len(value) > 200:
                continue
            means, plain = keys.meaning(name), keys.plain_name(name)
            if plain in _TITLES:
                self._title = self._title or value.strip()
            elif means is Means.ROLE:
                self._role = self._role or value.strip()
            elif means is Means.COMPANY:
                self._company = self._company or value.strip()
            elif means is Means.DATE or plain in ("createdat", "timestamp"):
                self._held = self._held or day(value)


def _heading(value: Obj) -> str | None:
    """Return the words that an object puts over what stands in it."""
    plain = {keys.plain_name(name): inner for name, inner in value.items()}
    for name in _HEADINGS:
        held = plain.get(name)
        if isinstance(held, str) and not isinstance(held, Written) and held.strip() and len(held) <= 80:
            return " ".join(keys.readable(held).split())
    return None


def _under(headings: tuple[str, ...], key: str) -> tuple[str, ...]:
    """Return the headings of what stands under a key: the key is one, unless it says only that questions follow."""
    plain = keys.plain_name(key)
    words = re.sub(r"(?i)[\s_-]*questions?$", "", keys.readable(key)).strip()
    asks_only = keys.meaning(key) in (Means.QUESTION, Means.FOLLOW_UPS) and stage_named(words) is None
    if not plain or plain in _GENERIC or re.fullmatch(_NUMBERED, plain) or asks_only:
        return headings
    return (*headings, words) if words and len(words) <= 80 else headings


def _is_text(value: Value) -> bool:
    return isinstance(value, str) and not isinstance(value, Written) and bool(value.strip())


def _is_strings(value: Value) -> bool:
    return isinstance(value, Listed) and all(isinstance(each, str) for each in value)


def _says_something(value: Value, name: str) -> bool:
    if isinstance(value, Obj):
        return any(_is_text(inner) for inner in value.values()) and not _wraps(value)
    if not _is_text(value):
        return False
    doubtful = keys.plain_name(name) in (
        "interviewer",
        "prompt",
        "task",
        "human",
        "user",
        "input",
        "problem",
        "challenge",
        "front",
    )
    return not doubtful or len(as_text(value).split()) > 2 or keys.plain_name(name) in ("front", "input")


def _is_asked(name: str) -> bool:
    return (" " in name.strip() or len(name) > 12) and asks(name)


def _is_pair(value: Listed) -> bool:
    return len(value) == 2 and _is_text(value[0]) and (_is_text(value[1]) or value[1] is None or value[1] == "")


def _asked(record: Record) -> bool:
    return not is_empty(record.fields.get("question"))


def _is_described(value: Obj) -> bool:
    return any(keys.meaning(name) in (Means.DESCRIPTION, Means.TOPIC) for name in value)


def _members(value: Value) -> Iterable[Value]:
    return value if isinstance(value, Listed) else value.values() if isinstance(value, Obj) else ()


def _holds_records(value: Value) -> bool:
    """Return whether a list, or the values of an object, are objects that ask."""
    members = list(_members(value))
    return any(
        isinstance(each, Obj) and any(
            (keys.meaning(name) is Means.QUESTION and not is_empty(inner)) for name, inner in each.items()
        ) for each in members[:20]
    )  # fmt: skip


def _wraps(value: Obj) -> bool:
    """Return whether an object holds others that ask, or that may: lists of objects that are no options or answers."""
    for name, inner in value.items():
        means = keys.meaning(name)
        if means in (
            Means.FOLLOW_UPS,
            Means.OPTIONS,
            Means.ANSWER,
            Means.FEEDBACK,
            Means.RIGHT,
            Means.POINTS,
            Means.MORE,
        ):
            continue
        if _holds_records(inner):
            return True
        if isinstance(inner, Listed) and inner and means not in _NOT_ASKED:
            if means is Means.QUESTION or "question" in keys.plain_name(name):
                return True
            if sum(isinstance(each, Obj) for each in inner) == len(inner) > 1 and record_talk.utterances(_lined(inner)):
                return True
            if (
                all(_is_text(each) for each in inner)
                and sum(asks(as_text(each)) for each in inner) * 2 > len(inner) > 2
            ):
                return True
            if any(isinstance(each, Obj) and _may_ask(each) for each in inner[:20]):
                return True
    return False


def _lined(values: Sequence[Value]) -> list[tuple[int, Obj]]:
    return [(0, each) for each in values if isinstance(each, Obj)]


def _may_ask(value: Obj) -> bool:
    return any(
        keys.weak_question(name) is not None and _is_text(inner) and asks(as_text(inner))
        for name, inner in value.items()
    ) or any(_holds_records(inner) for inner in value.values())
