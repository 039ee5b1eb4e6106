"""Records of a question and what belongs to it become entries, whether an object of JSON or a row of a table held them.

What one record means may hang on the others: whether option 1 is the first or the second, whether a category is a stage
of the interview, whether all have one company. So they are collected, and made into entries together.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.entries import Entry, Found
from interview_coach.transcripts.json_text import Listed, Obj, Value, Written, rendered
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_options import (
    Choice,
    choice_of,
    counts_from_one,
    listed,
    names_option,
    right_options,
)
from interview_coach.transcripts.record_text import (
    answer_text,
    asks,
    begins_a_task,
    cleaned,
    fenced,
    is_labelled,
    looks_like_code,
    question_text,
)
from interview_coach.transcripts.record_values import as_text, is_empty, object_text, under_its_name
from interview_coach.transcripts.stages import stage_named

_LONGEST_TAG = 80
_TITLES = ("title", "heading", "header")
#: A question that is about the code beside it.
_ABOUT_CODE = (
    r"\b(?:outputs?|following|snippet|below|above|prints?|printed|logs?|logged|bug|returns?|wrong"
    r"|this (?:code|function|program|query|script|class))\b"
)
_COMPARED = 20
#: How many of the words of a key that is left out are quoted.
_QUOTED = 40
#: Text of fewer words under a key that means nothing is an identifier or a mark, and not told.
_TELLING_WORDS = 4

Fields = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Record:
    """A question as a file holds it: the names and values of its fields, and the headings that it stands under."""

    line: int
    fields: Fields
    headings: tuple[str, ...] = ()
    #: Questions that follow from this one.
    follow_ups: tuple["Record", ...] = ()
    #: A key that stands twice in it.
    repeated: str | None = None


class _Sorted(NamedTuple):
    """The fields of a record by what they mean; of each the name and the value."""

    question: tuple[str, Value] | None
    by_meaning: dict[Means, list[tuple[str, Value]]]
    unnamed: list[tuple[str, Value]]


def sorted_fields(fields: Fields) -> _Sorted:
    """Sort the fields of a record by what they mean, and find the one that asks."""
    by_meaning: dict[Means, list[tuple[str, Value]]] = {}
    unnamed: list[tuple[str, Value]] = []
    for name, value in fields.items():
        if is_empty(value):
            continue
        means = keys.meaning(name)
        if means is None:
            unnamed.append((name, value))
        else:
            by_meaning.setdefault(means, []).append((name, value))
    for pairs in by_meaning.values():
        pairs.sort(key=lambda pair: keys.rank(pair[0]))
    if _are_answers_options(by_meaning):
        by_meaning.setdefault(Means.OPTIONS, []).append(by_meaning[Means.ANSWER].pop(0))
    question = _question_of(fields, by_meaning)
    if question is not None:
        for pairs in (*by_meaning.values(), unnamed):
            pairs[:] = [pair for pair in pairs if pair[0] != question[0]]
    return _Sorted(question, by_meaning, unnamed)


def _are_answers_options(by_meaning: dict[Means, list[tuple[str, Value]]]) -> bool:
    """Return whether ``answers`` are options: a list beside what says which is right, or of which some are marked."""
    found = by_meaning.get(Means.ANSWER)
    if not found or Means.OPTIONS in by_meaning or Means.OPTION in by_meaning:
        return False
    first = found[0][1]
    if isinstance(first, Listed) and len(first) > 1:
        if all(isinstance(each, Obj) and any(keys.meaning(name) is Means.RIGHT for name in each) for each in first):
            return True
        return Means.RIGHT in by_meaning and all(isinstance(each, str) for each in first)
    return isinstance(first, Obj) and Means.RIGHT in by_meaning and all(len(name) == 1 for name in first)


def _question_of(fields: Fields, by_meaning: dict[Means, list[tuple[str, Value]]]) -> tuple[str, Value] | None:
    strong = [pair for pair in by_meaning.get(Means.QUESTION, ()) if _can_ask(pair[1], by_meaning)]
    if strong:
        return strong[0]
    weak = sorted(
        (place, name) for name, value in fields.items()
        if isinstance(value, str) and value.strip() and not isinstance(value, Written)
        and (place := keys.weak_question(name)) is not None
    )  # fmt: skip
    if not weak:
        return None
    asking = [name for _, name in weak if asks(str(fields[name]))]
    name = asking[0] if asking else weak[0][1]
    first = weak[0][1]
    if name != first and keys.plain_name(first) in _TITLES:
        for pairs in by_meaning.values():
            pairs[:] = [pair for pair in pairs if pair[0] != name]
        return first, f"{cleaned(str(fields[first]))}\n\n{cleaned(str(fields[name]))}"
    return name, fields[name]


def _can_ask(value: Value, by_meaning: dict[Means, list[tuple[str, Value]]]) -> bool:
    if isinstance(value, (Written, bool)):
        return False
    if isinstance(value, Listed):  # several wordings of one question, where one answer follows
        return Means.ANSWER in by_meaning and all(isinstance(each, str) for each in value)
    return not is_empty(value) and bool(as_text(value).strip())


def follows(fields: Fields) -> list[tuple[str, Value]]:
    """Return the fields that hold questions which follow from this one."""
    return [(name, value) for name, value in fields.items() if keys.meaning(name) is Means.FOLLOW_UPS]


@dataclass(slots=True)
class Records:
    """All records of a file on their way to entries."""

    records: list[Record] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    #: Names of fields that became part of nothing: how many, and the line of the first.
    left_out: dict[str, tuple[int, int]] = field(default_factory=dict)
    #: Whether options count from one rather than from zero where nothing in the file decides it.
    from_one: bool = False

    def leave_out(self, name: str, value: Value, line: int) -> None:
        """Count a field that is part of no question, where a person would miss it."""
        text = as_text(value)
        if isinstance(value, Written) or len(text.split(None, _TELLING_WORDS)) < _TELLING_WORDS or "://" in text[:60]:
            return
        count, first = self.left_out.get(name, (0, line))
        self.left_out[name] = (count + 1, first)

    def found(self, **more: str | date | None) -> Found:
        """Return the entries of all records, and what is odd about them."""
        every = [each for record in self.records for each in (record, *record.follow_ups)]
        sorted_records = [sorted_fields(record.fields) for record in every]
        stage_fields, stage_headings = _stages(every, sorted_records)
        choices = [choice_of(one.by_meaning) for one in sorted_records]
        from_one = counts_from_one(choices, otherwise=self.from_one)
        shared = {means: _shared(sorted_records, means) for means in (Means.ROLE, Means.COMPANY, Means.DATE)}
        entries: list[Entry] = []
        for record, fields, choice in zip(every, sorted_records, choices, strict=True):
            entry = self._entry(record, fields, choice, from_one, stage_fields, stage_headings, shared)
            if entry is not None:
                entries.append(entry)
        self._tell_left_out()
        held = more.get("held") or _day(shared[Means.DATE])
        title, role, company = more.get("title"), more.get("role"), more.get("company")
        return Found(
            entries=tuple(entries),
            problems=tuple(sorted(self.problems, key=lambda problem: problem.line)),
            title=title if isinstance(title, str) else None,
            role=role if isinstance(role, str) else shared[Means.ROLE],
            company=company if isinstance(company, str) else shared[Means.COMPANY],
            held=held if isinstance(held, date) else None,
        )

    def _entry(
        self,
        record: Record,
        fields: _Sorted,
        choice: Choice | None,
        from_one: bool | None,
        stage_fields: frozenset[str],
        stage_headings: bool,
        shared: Mapping[Means, str | None],
    ) -> Entry | None:
        by_meaning = fields.by_meaning
        if fields.question is None:
            if any(by_meaning.get(means) for means in (Means.ANSWER, Means.OPTIONS, Means.MORE)):
                self.problems.append(
                    Problem(line=record.line, message="no question stands beside the answer: left out")
                )
            return None
        name, value = fields.question
        written = _first_wording(value)
        labelled = is_labelled(written)
        question, number = question_text(written)
        if not any(map(str.isalnum, question)):
            self.problems.append(Problem(line=record.line, message="the question is empty: left out"))
            return None
        if isinstance(value, Listed) and len(value) > 1:
            self.leave_out(f"{name}, other wordings", " ".join(as_text(each) for each in value[1:]), record.line)
        descriptions = by_meaning.get(Means.DESCRIPTION, [])
        answers = by_meaning.get(Means.ANSWER, [])
        if _is_instruction(name):
            question = _with_input(question, by_meaning)
        feedback = _feedback(by_meaning)
        question = self._with_context(question, by_meaning, answers, descriptions, choice, record.line)
        answer = self._answer(question, labelled, fields, choice, from_one, record.line)
        if choice is not None and choice.options:
            question = f"{question}\n\n{listed(choice)}"
        tags, stage = _places(record, fields, stage_fields, stage_headings=stage_headings)
        for means in (Means.ROLE, Means.COMPANY):
            if shared[means] is None:
                tags.extend(cleaned(as_text(each)) for _, each in by_meaning.get(means, ()))
        for other, left in (*fields.unnamed, *by_meaning.get(Means.QUESTION, ())):
            if not _is_part(as_text(left), question, answer):
                self.leave_out(other, left, record.line)
        return Entry(
            question=question,
            answer=answer or None,
            line=record.line,
            stage=stage,
            number=number or _number(by_meaning),
            feedback=feedback,
            tags=_distinct(tags),
        )

    def _with_context(
        self,
        question: str,
        by_meaning: dict[Means, list[tuple[str, Value]]],
        answers: list[tuple[str, Value]],
        descriptions: list[tuple[str, Value]],
        choice: Choice | None,
        line: int,
    ) -> str:
        """Return the question with what it is about, taken out of the fields where it went into the question."""
        parts = [question]
        for _, value in by_meaning.get(Means.CONTEXT, ()):
            _add(parts, _maybe_code(as_text(value)))
        if choice is not None or re.search(_ABOUT_CODE, question, re.IGNORECASE):
            for name, value in by_meaning.get(Means.CODE, [])[:]:
                if not keys.plain_name(name).startswith(("answer", "solution")):
                    _add(parts, fenced(as_text(value), _language(by_meaning)))
                    by_meaning[Means.CODE].remove((name, value))
        for pair in descriptions[:]:
            if answers and not asks(question):
                _add(parts, cleaned(as_text(pair[1])))
                descriptions.remove(pair)
            elif answers:
                self.leave_out(pair[0], pair[1], line)
                descriptions.remove(pair)
            elif begins_a_task(as_text(pair[1])):
                _add(parts, cleaned(as_text(pair[1])))
                descriptions.remove(pair)
        return "\n\n".join(parts)

    def _answer(
        self, question: str, labelled: bool, fields: _Sorted, choice: Choice | None, from_one: bool | None, line: int
    ) -> str:
        by_meaning = fields.by_meaning
        parts: list[str] = []
        answers = list(by_meaning.get(Means.ANSWER, ()))
        if choice is not None:
            parts.extend(right_options(choice, from_one=from_one))
            if parts:
                answers = [pair for pair in answers if pair[0] != choice.name and not names_option(pair[1], choice)]
            elif choice.right and not (answers and answers[0][0] == choice.name):
                parts.append(answer_text(", ".join(choice.right)))
        else:
            answers.extend(by_meaning.get(Means.RIGHT, ()) if not answers else ())
        if not parts and not answers:
            answers = by_meaning.get(Means.DESCRIPTION, [])[:1]
            for name, value in by_meaning.get(Means.DESCRIPTION, [])[1:]:
                self.leave_out(name, value, line)
        for place, (name, value) in enumerate(answers):
            text = answer_text(as_text(value), labelled=labelled)
            if place and text and not _is_part(text, question, *parts):
                text = under_its_name(name, value, text)
            _add(parts, text, *((question,) if place else ()))
        for _, value in by_meaning.get(Means.MORE, ()):
            _add(parts, _maybe_code(as_text(value)), question)
        for _, value in by_meaning.get(Means.CODE, ()):
            code = [as_text(each) for each in value] if isinstance(value, Listed) else [as_text(value)]
            for each in code:
                _add(parts, fenced(each, _language(by_meaning)) if each.strip() else "", question)
        for name, value in by_meaning.get(Means.POINTS, ()):
            text = cleaned(as_text(value))
            if text:
                _add(parts, under_its_name(name, value, text) if parts else text, question)
        return "\n\n".join(parts)

    def _tell_left_out(self) -> None:
        for name, (count, line) in self.left_out.items():
            quoted = name if len(name) <= _QUOTED else name[:_QUOTED] + "…"
            how_often = "once" if count == 1 else f"{count:,} times"
            message = f"'{quoted}' stands there {how_often} and is neither question nor answer: left out"
            self.problems.append(Problem(line=line, message=message))


def _first_wording(value: Value) -> str:
    if isinstance(value, Listed):
        return as_text(value[0])
    if isinstance(value, Obj):
        return object_text(value)
    return as_text(value)


def _is_instruction(name: str) -> bool:
    return keys.plain_name(name) in ("instruction", "prompt", "question")


def _with_input(question: str, by_meaning: dict[Means, list[tuple[str, Value]]]) -> str:
    """Return an instruction with the input that it is about, as files for fine-tuning have them apart."""
    for pair in by_meaning.get(Means.QUESTION, [])[:]:
        if keys.plain_name(pair[0]) == "input":
            by_meaning[Means.QUESTION].remove(pair)
            text = cleaned(as_text(pair[1]))
            return f"{question}\n\n{text}" if text and text not in question else question
    return question


def _language(by_meaning: dict[Means, list[tuple[str, Value]]]) -> str:
    for name, value in by_meaning.get(Means.TOPIC, ()):
        if keys.plain_name(name) in ("language", "lang") and isinstance(value, str):
            return value
    return ""


def _maybe_code(value: str) -> str:
    text = cleaned(value)
    return fenced(value) if text and "\n" in text and "```" not in text and looks_like_code(text) else text


def _add(parts: list[str], text: str, *elsewhere: str) -> None:
    """Add a part, unless it stands there already. Of very many parts not all are compared."""
    if text and (len(parts) > _COMPARED or not _is_part(text, *elsewhere, *parts)):
        parts.append(text)


def _is_part(text: str, *wholes: str) -> bool:
    """Return whether a text stands in one of the others, however its blanks and fences are written."""
    wanted = _bare(text)
    return not wanted or any(
        wanted == _bare(whole) or (len(wanted) > 40 and wanted in _bare(whole)) for whole in wholes
    )


def _bare(text: str) -> str:
    return " ".join(text.replace("```", " ").split())


def _number(by_meaning: dict[Means, list[tuple[str, Value]]]) -> str | None:
    for _, value in by_meaning.get(Means.NUMBER, ()):
        found = re.fullmatch(r"\s*(?:[Qq](?:uestion)?[-_ ]?)?#?0*(\d{1,6})(?:\.0)?[.)]?\s*", as_text(value))
        if found:
            return found[1]
    return None


def _feedback(by_meaning: dict[Means, list[tuple[str, Value]]]) -> str | None:
    """Return the judge's word: an object as JSON, the scores of the rubric as one, else prose."""
    words = by_meaning.get(Means.FEEDBACK, [])
    scores = by_meaning.get(Means.SCORE, [])
    rubric = by_meaning.get(Means.RUBRIC, [])
    for _, value in (*words, *scores):
        if isinstance(value, Obj):
            return rendered(value)
    if rubric:
        whole = Obj(0)
        for name, value in rubric:
            plain = keys.plain_name(name)
            whole["technical_depth" if plain == "technicaldepth" else plain] = value
        for means in (Means.FEEDBACK, Means.DESCRIPTION):
            for name, value in by_meaning.get(means, [])[:]:
                if "summary" not in whole and (means is Means.FEEDBACK or keys.plain_name(name) == "summary"):
                    whole["summary"] = cleaned(as_text(value))
                    by_meaning[means].remove((name, value))
        return rendered(whole)
    said = [cleaned(as_text(value)) for _, value in words if not isinstance(value, bool)]
    for name, value in scores:
        text = cleaned(as_text(value))
        if text:
            said.append(f"{keys.readable(name).capitalize()}: {text}" if said or len(scores) > 1 else text)
    return "\n".join(text for text in said if text) or None


def _places(
    record: Record, fields: _Sorted, stage_fields: frozenset[str], *, stage_headings: bool
) -> tuple[list[str], str | None]:
    """Return the tags of a record, and its stage where the file names one."""
    stage: str | None = None
    tags: list[str] = []
    for place, heading in enumerate(record.headings):
        if stage_headings and place == len(record.headings) - 1:
            stage = stage_named(heading)
        else:
            tags.append(heading)
    by_meaning = fields.by_meaning
    for name, value in by_meaning.get(Means.STAGE, ()):
        text = cleaned(as_text(value))
        if keys.plain_name(name).endswith("stage") and not text.isdecimal():
            stage = stage_named(text) or text[:_LONGEST_TAG]
        elif stage_named(text):
            stage = stage_named(text)
        elif not text.isdecimal():
            tags.append(text)
    for name, value in by_meaning.get(Means.TOPIC, ()):
        if name in stage_fields and stage is None:
            stage = stage_named(cleaned(as_text(value)))
        elif name not in stage_fields or stage_named(cleaned(as_text(value))) != stage:
            tags.extend(_words_of(value, apart=r"[;|]|\s*,\s*" if isinstance(value, Listed) else r"[;|]"))
    for _, value in by_meaning.get(Means.TAGS, ()):
        tags.extend(_words_of(value, apart=r"[,;|]|(?:^|\s)#"))
    return tags, stage


#: Signs that may stand between words of one value.
_APART = frozenset(",;|#")


def _words_of(value: Value, apart: str) -> list[str]:
    if isinstance(value, Listed):
        return [word for each in value for word in _words_of(each, apart)]
    if isinstance(value, (Written, bool)):
        return []
    if isinstance(value, Obj):
        named = [inner for name, inner in value.items() if keys.plain_name(name) in ("name", "title", "label", "text")]
        return [cleaned(as_text(named[0]))] if named else []
    text = as_text(value).strip()
    if text[:1] == "[" and text[-1:] == "]":  # a list as Python prints it
        return [word.strip(" '\"") for word in text[1:-1].split(",")]
    return [cleaned(word) for word in re.split(apart, text)] if not _APART.isdisjoint(text) else [cleaned(text)]


def _distinct(tags: Iterable[str]) -> tuple[str, ...]:
    kept: dict[str, str] = {}
    for tag in tags:
        word = " ".join(tag.split())
        if word and len(word) <= _LONGEST_TAG and not (word[-1].isdigit() and re.fullmatch(r"[\d.,\s-]+", word)):
            kept.setdefault(word.casefold(), word)
    return tuple(kept.values())


def _stages(records: list[Record], fields: list[_Sorted]) -> tuple[frozenset[str], bool]:
    """Return the fields whose every value is a stage of an interview, and whether every heading is."""
    values: dict[str, bool] = {}
    for one in fields:
        for name, value in one.by_meaning.get(Means.TOPIC, ()):
            if values.get(name, True):
                values[name] = isinstance(value, str) and stage_named(cleaned(value)) is not None
    headings = {record.headings[-1] for record in records if record.headings}
    return frozenset(name for name, holds in values.items() if holds), bool(headings) and all(
        stage_named(heading) is not None for heading in headings
    )


def _shared(fields: list[_Sorted], means: Means) -> str | None:
    """Return the value that all records have, None where they differ or one has none."""
    values = {
        cleaned(as_text(one.by_meaning[means][0][1])) if one.by_meaning.get(means) else "" for one in fields
    }  # fmt: skip
    return (values.pop() or None) if len(values) == 1 else None


def _day(text: str | None) -> date | None:
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})(?!\d)", text or "")
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def day(value: Value) -> date | None:
    """Return the day that a value names as YYYY-MM-DD, None where it names none."""
    return _day(value.strip()) if isinstance(value, str) else None
