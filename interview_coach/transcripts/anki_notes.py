"""A note of Anki, whose fields bear names that everybody chooses for themselves, as a question with its answer."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import takewhile

from interview_coach.domain.models import Problem
from interview_coach.transcripts.entries import Entry
from interview_coach.transcripts.html_text import clozed, holds_cloze, plain_text

_ASKS = frozenset(
    (
        "front", "question", "q", "prompt", "frage", "vorderseite", "recto", "pregunta", "anverso", "pergunta",
        "frente", "domanda", "fronte", "voorkant", "przód", "pytanie", "вопрос", "лицевая сторона", "正面", "问题",
        "問題", "表面", "질문", "앞면",
    )
)  # fmt: skip
_ANSWERS = frozenset(
    (
        "back", "answer", "answers", "a", "response", "solution", "antwort", "rückseite", "verso", "réponse",
        "respuesta", "reverso", "resposta", "risposta", "retro", "achterkant", "tył", "odpowiedź", "ответ", "оборот",
        "оборотная сторона",        "背面", "反面", "答案", "裏面", "뒷면", "답",
    )
)  # fmt: skip
#: Second choices, where no field bears one of the names above.
_ASKS_TOO = frozenset(("text", "term", "word", "concept", "title", "topic", "problem", "name", "header", "keyword"))
_ANSWERS_TOO = frozenset(("definition", "meaning", "explanation", "description", "back extra", "extra", "content"))
_NUMBERS = frozenset(("id", "#", "no", "no.", "nr", "number", "num", "index", "key", "question id", "question number"))
_TAGS = frozenset(
    (
        "tags",
        "tag",
        "category",
        "categories",
        "topic",
        "section",
        "chapter",
        "subject",
        "difficulty",
        "level",
        "module",
        "title",
    )
)
#: Blanks of every kind, and signs that nobody sees.
_EDGES = "".join(map(chr, (*range(9, 14), *range(28, 33), 0x85, 0xA0, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029)))
_EDGES += "\u202f\u205f\u2060\u3000\ufeff"
_OCCLUSION = frozenset(("occlusion", "image occlusion", "question mask", "answer mask", "original mask", "oclusión"))
#: Tags that Anki itself puts on notes.
_ANKIS_OWN = frozenset(("leech", "marked"))


@dataclass(frozen=True, slots=True)
class NoteType:
    """How the notes of one kind look: the names of their fields, and which field the first card asks with."""

    name: str = ""
    fields: tuple[str, ...] = ()
    asks: str | None = None
    cloze: bool = False


@dataclass(frozen=True, slots=True)
class Left:
    """A note that asks nothing, and why it is left out."""

    reason: str


NO_FRONT = "a note with nothing on its front: left out"
PICTURES_ALONE = "a note whose front is a picture alone: left out"
_OCCLUDED = "a note that covers parts of a picture: left out"


def entry_of(
    note_type: NoteType, values: Sequence[str], *, html: bool = True, tags: Iterable[str] = (), line: int = 0
) -> Entry | Left:
    """Return the question that a note asks, or why it asks none.

    ``values`` are the fields as Anki keeps them, in the order of the note type's names. A note with blanks asks with
    the blanks and answers with the whole text. Fields beside question and answer are added to the answer where they
    say something about it.
    """
    roles = _roles(note_type.fields[: len(values)], note_type.asks, min(len(values), len(note_type.fields) + 2))
    if "occlusion" in note_type.name.casefold() or not _OCCLUSION.isdisjoint(roles.names):
        return Left(_OCCLUDED)
    if roles.asks is None:
        return Left(NO_FRONT)
    answers = roles.answers
    if roles.answers_too is not None and (answers is None or not values[answers].strip()):
        answers = roles.answers_too
    asked = values[roles.asks]
    back = "" if answers is None else values[answers]
    read = _plain if html else _as_it_stands
    if holds_cloze(asked) and (_may_have_blanks(note_type) or not read(back)):
        if "image-occlusion:" in asked:
            return Left(_OCCLUDED)
        question, answer = read(clozed(asked, blank=True)), [read(asked)]
        answer += [read(back)]
    else:
        question, answer = read(asked), [read(after_question(back))]
    number, question = numbered(_undecorated(question))
    question = _undecorated(question)
    if not question:
        return Left(PICTURES_ALONE if "<img" in asked else NO_FRONT)

    choices: dict[str, str] = {}
    own_tags = [*tags]
    said = dict.fromkeys(answer)
    for place, value in enumerate(values):
        if place in (roles.asks, answers) or not value or not (text := read(value)):
            continue
        name = roles.names[place] if place < len(roles.names) else ""
        if name in _NUMBERS:
            number = number or (text if text.isdigit() else None)
        elif (choice := _choice().fullmatch(name)) and "\n" not in text:
            choices[choice[1].upper()] = text
        elif name in _TAGS and _is_tag(text):
            own_tags += [tag.strip() for tag in text.split(",")]
        elif not _aside().fullmatch(name):
            said[text] = None
    if choices:
        question = "\n".join((question, "", *(f"{sign}. {text}" for sign, text in choices.items())))
        said = {_chosen(text, choices) if text == answer[0] else text: None for text in said}
    whole = _answer_alone("\n\n".join(filter(None, said)))
    return Entry(question, whole or None, line=line, number=number, tags=_without_repeats(own_tags))


def told(left: Sequence[tuple[int, str]]) -> list[Problem]:
    """Return the problems for the notes that were left out, each with its line: one for a stretch of equal ones."""
    problems: list[tuple[int, str, int]] = []
    for line, reason in left:
        if problems and problems[-1][1] == reason:
            first, _, notes = problems[-1]
            problems[-1] = (first, reason, notes + 1)
        else:
            problems.append((line, reason, 1))
    return [
        Problem(line=line, message=reason if notes == 1 else f"{notes} times {reason}")
        for line, reason, notes in problems
    ]


def deck_tags(deck: str) -> tuple[str, ...]:
    """Return the parts of a deck's name; the deck that everybody has says nothing."""
    parts = [part.strip() for part in deck.replace("\x1f", "::").split("::")]
    return tuple(part for part in parts if part and part.casefold() != "default")


def common_deck(decks: Iterable[str]) -> str | None:
    """Return the name of the one deck that all these are, or lie in; None where there is none."""
    paths = [deck_tags(deck) for deck in decks]
    if not paths:
        return None
    shared = paths[0]
    for path in paths:
        same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(shared, path, strict=False)))
        shared = shared[:same]
    return shared[-1] if shared else None


def note_tags(written: str) -> tuple[str, ...]:
    """Return the tags of a note, which stand there between blanks."""
    return tuple(tag for tag in written.split() if tag.casefold() not in _ANKIS_OWN)


def after_question(back: str) -> str:
    """Return the back of a card without the front that it repeats above a line."""
    if "answer" not in back:
        return back
    end = 0
    for line in _answer_line().finditer(back):
        end = line.end()
    return back[end:]


def numbered(question: str) -> tuple[str | None, str]:
    """Return the number that stands before a question, if any, and the question without it."""
    found = _numbering().match(question)
    if found is None:
        return None, question
    return found[1], question[found.end() :]


@dataclass(frozen=True, slots=True)
class _Roles:
    """Which fields of a note type ask and answer, and the plain names of all; ``answers_too`` is the second choice."""

    names: tuple[str, ...]
    asks: int | None
    answers: int | None
    answers_too: int | None


@lru_cache(maxsize=64)
def _roles(fields: tuple[str, ...], asked: str | None, columns: int) -> _Roles:
    """Return the roles in notes whose first fields bear these names, and which have so many fields at least."""
    names = tuple(_plain_name(name) for name in fields)
    worded = [place for place in range(columns) if place >= len(names) or _may_ask(names[place])]
    asks = _first(names, _ASKS)
    if asks is None and asked is not None:
        asks = _first(names, frozenset((_plain_name(asked),)))
    if asks is None:
        asks = _first(names, _ASKS_TOO)
    if asks is None:
        asks = next(iter(worded), None)
    answers = _first(names, _ANSWERS, but=asks)
    answers_too = _first(names, _ANSWERS_TOO, but=asks)
    if answers is None and answers_too is None and asks is not None:
        answers = next((place for place in worded if place > asks), None)
    return _Roles(names, asks, answers, answers_too)


def _may_have_blanks(note_type: NoteType) -> bool:
    """Return whether ``{{c1::…}}`` is a blank in notes of this type, or may be one since nobody says what they are."""
    return note_type.cloze or not note_type.name or "cloze" in note_type.name.casefold()


def _may_ask(name: str) -> bool:
    return name not in _NUMBERS and not _aside().fullmatch(name) and name not in ("tags", "tag")


def _first(names: Sequence[str], wanted: frozenset[str], but: int | None = None) -> int | None:
    """Return the first field with one of the names, or else with one of them as a word of its name."""
    free = [(place, name) for place, name in enumerate(names) if place != but]
    for place, name in free:
        if name in wanted:
            return place
    for place, name in free:
        if not (_aside().fullmatch(name) or _choice().fullmatch(name)):
            words = re.findall(r"\w+", name)
            if len(words) > 1 and any(len(word) > 1 and word in wanted for word in words):
                return place
    return None


def _plain_name(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold().rstrip(":?")


def _plain(text: str) -> str:
    return _trimmed(plain_text(text))


def _as_it_stands(text: str) -> str:
    return _trimmed(clozed(text, blank=False) if holds_cloze(text) else text)


def _trimmed(text: str) -> str:
    """Return a text without NUL, and without blanks and invisible signs at its edges."""
    return text.replace("\0", "").strip(_EDGES)


def _undecorated(question: str) -> str:
    """Return a question without the emoji and the invisible signs around it, and without a "Q:" before it."""
    if not question.isascii():
        question = _decoration().sub("", question)
    return _question_mark().sub("", question, count=1).strip()


def _answer_alone(answer: str) -> str:
    return _answer_mark().sub("", answer, count=1).strip()


def _chosen(answer: str, choices: dict[str, str]) -> str:
    """Return the right choices in words, where the answer only names them: "B", or "0 1 0 0"."""
    marks = answer.split()
    if len(marks) == len(choices) > 1 and set(marks) <= {"0", "1"}:
        signs = [sign for sign, mark in zip(choices, marks, strict=True) if mark == "1"]
    else:
        signs = [mark.strip(".)").upper() for mark in answer.replace(",", " ").split()]
    if not signs or any(sign not in choices for sign in signs):
        return answer
    return "\n".join(f"{sign}. {choices[sign]}" for sign in signs)


def _is_tag(text: str) -> bool:
    return len(text) <= 40 and "\n" not in text


def _without_repeats(tags: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for tag in tags if tag))


@cache
def _aside() -> re.Pattern[str]:
    # What is on a card for the eye, the ear or the deck's maker, and says nothing about the question.
    return re.compile(
        r"(?:guid|uid|uuid|sort|sort ?(?:id|field|key)|add ?reverse.*|reverse|audio.*|sound.*|image.*|img.*|picture.*|"
        r"photo.*|media|screenshot.*|url|urls|link|links|source|sources|reference|references|citation.*|date|created|"
        r"note ?id|deck|author|version|style|css|lesson ?id|timestamp|qtype.*)(?: ?\d{1,2})?",
    )


@cache
def _choice() -> re.Pattern[str]:
    return re.compile(r"(?:option|choice|answer|a|q|distractor|opt)[ _-]?([1-9]|[a-h])")


@cache
def _answer_line() -> re.Pattern[str]:
    return re.compile(r"<hr\s{1,5}id\s?=\s?[\"']?answer[\"']?\s?/?>", re.IGNORECASE)


@cache
def _numbering() -> re.Pattern[str]:
    return re.compile(r"(?:Q(?:uestion)?[ .]?[ ]?|#)?([0-9]{1,4})[ ]?[.):][ \n]{1,3}(?=\S)", re.IGNORECASE)


@cache
def _question_mark() -> re.Pattern[str]:
    return re.compile(r"\AQ(?:uestion)?[ ]?:[ \n]{0,3}(?=\S)", re.IGNORECASE)


@cache
def _answer_mark() -> re.Pattern[str]:
    return re.compile(r"\AA(?:ns(?:wer)?)?[ ]?:[ \n]{1,3}(?=\S)", re.IGNORECASE)


@cache
def _decoration() -> re.Pattern[str]:
    signs = (
        r"\s\u200b-\u200f\u2060\ufeff\ufe0f\u20e3\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff\U000e0020-\U000e007f"
    )
    return re.compile(rf"\A[{signs}]+|(?<![{signs}])[{signs}]+\Z")
