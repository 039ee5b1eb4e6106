"""The language of the search line: words, "phrases", -not, and filters such as stage:technical or rated:<6.

Whatever is typed is a search; what could not be meant so is left out of it, or looked for as words, with a hint.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from interview_coach.domain.known_words import KnownWords
from interview_coach.domain.search_pieces import Item, Key, Piece, as_typed, in_quotes, pieces, quoted

#: So many words and filters are read, and so many characters: who pastes an answer searches for its beginning.
MOST_PARTS = 32
MOST_CHARACTERS = 2_000
#: After so many hints no stages and tags are looked up any more: finding what was meant takes its time.
_MOST_HINTS = 8
#: So much of what a hint is about stands in it.
_MOST_WRITTEN = 40

LOWEST, HIGHEST = 1, 10


class State(StrEnum):
    """What a question can be."""

    DUE = "due"
    FLAGGED = "flagged"
    UNTRIED = "untried"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True)
class Words:
    """A word that begins so, or, where ``exact``, a phrase of whole words in this order."""

    text: str
    exact: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class InStage:
    """Asked in one of these stages; as typed, and matched by their start without regard to case."""

    stages: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Tagged:
    """With one of these tags; as typed, and matched whole without regard to case."""

    tags: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class From:
    """Asked in a transcript with one of these in its title, company, role or file name, without regard to case."""

    names: tuple[str, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """In one of these states."""

    states: tuple[State, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Rated:
    """With a lowest own score between the two, in the latest attempt that the person rated; ``none``: never rated."""

    least: int = LOWEST
    most: int = HIGHEST
    none: bool = False
    negated: bool = False


Part = Words | InStage | Tagged | From | Is | Rated


class HintKind(StrEnum):
    """What there is to say about something typed."""

    UNKNOWN_FILTER = "unknown_filter"
    UNKNOWN_STAGE = "unknown_stage"
    UNKNOWN_TAG = "unknown_tag"
    UNKNOWN_STATE = "unknown_state"
    UNKNOWN_RATING = "unknown_rating"
    BLANK_AFTER_COLON = "blank_after_colon"
    OPERATOR = "operator"
    NOTHING_TO_FIND = "nothing_to_find"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Hint:
    """Something to say about ``text[start:end]``, which a ``suggestion`` can take the place of, where there is one.

    ``written`` is what stands there, without quotes and cut where it is long.
    """

    kind: HintKind
    start: int
    end: int
    written: str
    suggestion: str | None = None

    @property
    def suggested(self) -> str | None:
        """The suggestion as it reads in a sentence: without quotes."""
        if self.suggestion is None or not self.suggestion.startswith('"'):
            return self.suggestion
        return self.suggestion[1:-1].replace('""', '"')


@dataclass(frozen=True, slots=True)
class Search:
    """What was typed and what it asks for. All parts must hold."""

    text: str
    parts: tuple[Part, ...] = ()
    hints: tuple[Hint, ...] = ()

    @property
    def words(self) -> tuple[Words, ...]:
        """The words and phrases that occur in what is found."""
        return tuple(part for part in self.parts if isinstance(part, Words) and not part.negated)


@dataclass(frozen=True)
class Vocabulary:
    """What the bank knows. ``names`` are titles, companies and roles of transcripts."""

    stages: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def known_stages(self) -> KnownWords:
        """The stages, to look up."""
        return KnownWords(self.stages)

    @cached_property
    def known_tags(self) -> KnownWords:
        """The tags, to look up."""
        return KnownWords(self.tags)

    @cached_property
    def known_names(self) -> KnownWords:
        """The names, to look up."""
        return KnownWords(self.names)


_KNOWN_KEYS = KnownWords([key.value for key in Key])
_KNOWN_STATES = KnownWords([state.value for state in State])
#: What other programs, and people, call the same.
_OTHER_KEYS = {
    "company": Key.FROM,
    "file": Key.FROM,
    "label": Key.TAG,
    "rating": Key.RATED,
    "role": Key.FROM,
    "score": Key.RATED,
    "state": Key.IS,
    "status": Key.IS,
    "title": Key.FROM,
    "transcript": Key.FROM,
}
_OPERATORS = frozenset(("AND", "OR", "NOT"))
_LOOKS_LIKE_A_KEY = re.compile(r"[^\W\d_]+:")
_RATING = re.compile(r"([<>]=?|[≤≥])?([0-9]{1,3})(?:(?:-|–|\.\.)([0-9]{0,3}))?")
#: A rating on its way to be one.
_RATING_BEGUN = re.compile(r"[<>]=?|[≤≥]|n|no|non", re.IGNORECASE)


def parse(text: str, vocabulary: Vocabulary | None = None) -> Search:
    """Return what a text asks for. Without a vocabulary nothing is said about stages and tags that are not known."""
    hints: list[Hint] = []
    parts = dict.fromkeys(part for _, part in read(text, vocabulary, hints))
    return Search(text, tuple(parts), tuple(hints))


def written(part: Part) -> str:
    """Return a part as it is typed, in quotes where it needs them; parsed, it is the same part again."""
    return ("-" if part.negated else "") + _plainly(part)


# --- Reading


def read(
    text: str, vocabulary: Vocabulary | None = None, hints: list[Hint] | None = None
) -> Iterator[tuple[Piece, Part]]:
    """Yield each part with the piece of text that asks for it, and add to the hints, which are complete at the end."""
    hints = [] if hints is None else hints
    before: Piece | None = None
    for number, piece in enumerate(pieces(text[:MOST_CHARACTERS])):
        if number == MOST_PARTS:
            hints.append(_hint(HintKind.TOO_LONG, piece.start, len(text), as_typed(text[piece.start :])))
            return
        if before is not None:
            hints.extend(_detached(before, piece, vocabulary))
        part = _words(piece, hints) if piece.key is None else _filter(piece, piece.key, vocabulary, hints)
        if part is not None:
            yield piece, part
        before = piece
    if len(text) > MOST_CHARACTERS:
        cut = as_typed(text[MOST_CHARACTERS:])
        hints.append(_hint(HintKind.TOO_LONG, MOST_CHARACTERS, len(text), cut))


def _words(piece: Piece, hints: list[Hint]) -> Words | None:
    item = piece.items[0]
    if not any(map(str.isalnum, item.text)):
        if item.text.strip("-–—"):
            hints.append(_hint(HintKind.NOTHING_TO_FIND, piece.start, item.end, item.text))
        return None
    if not item.is_quoted:
        if key := _LOOKS_LIKE_A_KEY.match(item.text):
            meant = _meant_key(key[0][:-1])
            end = item.start + key.end()
            suggestion = f"{meant}:" if meant else None
            hints.append(_hint(HintKind.UNKNOWN_FILTER, item.start, end, key[0], suggestion))
        elif item.text in _OPERATORS:
            hints.append(_hint(HintKind.OPERATOR, piece.start, item.end, item.text))
    return Words(item.text, item.is_quoted, piece.negated)


def _meant_key(key: str) -> str | None:
    return _OTHER_KEYS.get(key.lower()) or _KNOWN_KEYS.nearest(key)


def _filter(piece: Piece, key: Key, vocabulary: Vocabulary | None, hints: list[Hint]) -> Part | None:
    items = [item for item in piece.items if item.text]
    if not items:
        return None
    match key:
        case Key.STAGE:
            if vocabulary is not None:
                _look_up(items, vocabulary.known_stages, HintKind.UNKNOWN_STAGE, hints)
            return InStage(_texts(items), piece.negated)
        case Key.TAG:
            if vocabulary is not None:
                _look_up(items, vocabulary.known_tags, HintKind.UNKNOWN_TAG, hints)
            return Tagged(_texts(items), piece.negated)
        case Key.FROM:
            return From(_texts(items), piece.negated)
        case Key.IS:
            return _is(items, piece.negated, hints)
        case Key.RATED:
            return _rated(items, piece.negated, hints)


def _texts(items: Sequence[Item]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.text for item in items))


def _look_up(items: Sequence[Item], known: KnownWords, kind: HintKind, hints: list[Hint]) -> None:
    """Add a hint for each stage or tag that is not known: a stage by its start, a tag whole."""
    for item in items:
        if len(hints) >= _MOST_HINTS:
            return
        is_known = known.begins(item.text) if kind is HintKind.UNKNOWN_STAGE else known.has(item.text)
        if not is_known:
            near = known.nearest(item.text)
            if near is not None:
                near = quoted(near if kind is HintKind.UNKNOWN_TAG else stage_as_typed(near))
            hints.append(_hint(kind, item.start, item.end, item.text, near))


def stage_as_typed(stage: str) -> str:
    """Return a stage as a person types it: not in capitals."""
    return stage.lower() if stage.isascii() else stage


def _is(items: Sequence[Item], negated: bool, hints: list[Hint]) -> Is | None:
    states: dict[State, None] = {}
    for item in items:
        begun = list(_KNOWN_STATES.starting_with(item.text))
        if len(begun) == 1:
            states[State(begun[0])] = None
        else:
            hints.append(
                _hint(HintKind.UNKNOWN_STATE, item.start, item.end, item.text, _KNOWN_STATES.nearest(item.text))
            )
    return Is(tuple(states), negated) if states else None


def _rated(items: Sequence[Item], negated: bool, hints: list[Hint]) -> Rated | None:
    asked: Rated | None = None
    for item in items:
        rated = _rating(item.text)
        if rated is not None and asked is None:
            asked = replace(rated, negated=negated)
        elif rated is not None or not _RATING_BEGUN.fullmatch(item.text):
            hints.append(_hint(HintKind.UNKNOWN_RATING, item.start, item.end, item.text))
    return asked


def _rating(text: str) -> Rated | None:
    """Return the scores that <6, >=7, 5, 5-7 and none stand for; None where it is none of them, or no score is left."""
    if text.casefold() == "none":
        return Rated(none=True)
    found = _RATING.fullmatch(text)
    if found is None or (found[1] and found[3] is not None):
        return None
    number = int(found[2])
    match found[1]:
        case "<":
            least, most = LOWEST, number - 1
        case "<=" | "≤":
            least, most = LOWEST, number
        case ">":
            least, most = number + 1, HIGHEST
        case ">=" | "≥":
            least, most = number, HIGHEST
        case _:
            least, most = sorted((number, int(found[3] or number)))
    least, most = max(least, LOWEST), min(most, HIGHEST)
    return Rated(least, most) if least <= most else None


def _detached(piece: Piece, following: Piece, vocabulary: Vocabulary | None) -> Iterator[Hint]:
    """Yield a hint where a blank parts a filter's colon from its value."""
    is_empty = piece.key is not None and len(piece.items) == 1 and not piece.items[0].text
    if not is_empty or piece.items[0].is_quoted or following.key is not None or following.negated:
        return
    value = following.items[0].text
    if value and _is_value(piece.key, value, vocabulary or Vocabulary()):
        sign = "-" if piece.negated else ""
        suggestion = f"{sign}{piece.key}:{quoted(value)}"
        yield _hint(HintKind.BLANK_AFTER_COLON, piece.start, following.end, f"{sign}{piece.key}:", suggestion)


def _is_value(key: Key | None, value: str, vocabulary: Vocabulary) -> bool:
    match key:
        case Key.STAGE:
            return vocabulary.known_stages.begins(value)
        case Key.TAG:
            return vocabulary.known_tags.has(value)
        case Key.FROM:
            return next(vocabulary.known_names.containing(value), None) is not None
        case Key.IS:
            return _KNOWN_STATES.has(value)
        case _:
            return _rating(value) is not None


def _hint(kind: HintKind, start: int, end: int, about: str, suggestion: str | None = None) -> Hint:
    shown = about if len(about) <= _MOST_WRITTEN else about[: _MOST_WRITTEN - 1] + "…"
    return Hint(kind, start, end, shown, suggestion)


# --- Writing


def _plainly(part: Part) -> str:
    match part:
        case Words(text=text, exact=exact):
            return in_quotes(text) if exact else text
        case InStage(stages=values):
            return _listed(Key.STAGE, values)
        case Tagged(tags=values):
            return _listed(Key.TAG, values)
        case From(names=values):
            return _listed(Key.FROM, values)
        case Is(states=states):
            return _listed(Key.IS, states)
        case Rated():
            return f"{Key.RATED}:{_scores(part)}"


def _listed(key: Key, values: Sequence[str]) -> str:
    return f"{key}:{','.join(map(quoted, values))}"


def _scores(rated: Rated) -> str:
    if rated.none:
        return "none"
    if rated.least == rated.most:
        return str(rated.least)
    if rated.least == LOWEST and rated.most < HIGHEST:
        return f"<{rated.most + 1}"
    if rated.least > LOWEST and rated.most == HIGHEST:
        return f">={rated.least}"
    return f"{rated.least}-{rated.most}"
