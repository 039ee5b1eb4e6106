"""Questions of the bank that may be one in other words, found among very many. They are shown, never merged.

To compare each with each would take hours. Compared are those that share two of their rarest words (for short ones, one
of them); of very many that do, those that are most alike.
"""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from interview_coach.storage.database import Database, UnitOfWork

if TYPE_CHECKING:  # not needed to start
    from interview_coach.comparison.rewording import Essence

#: Seconds after which no more is read, and after which no more is compared.
PATIENCE = 15.0
_TO_COMPARE = 5.0

#: Pairs that are found at most.
MOST_PAIRS = 200

#: Questions that are read at once: others are let through in between.
_AT_ONCE = 250

#: Of so many rare words of a question two are shared by one that may be the same.
_RARE = 4

#: Questions that share two words are all compared where they are so few; of more, each with so many that are like it.
_FEW = 30
_NEIGHBOURS = 8

#: Called with how many questions were read, and of how many; where it answers False, what was found so far is enough.
Watch = Callable[[int, int], bool]


@dataclass(frozen=True)
class NearDuplicates:
    """Pairs of questions, by id, the older one first; of ``questions`` in the bank ``looked_at`` were looked at.

    ``is_whole`` is False where it was ended before all that were looked at had been compared, or there are more pairs.
    """

    pairs: tuple[tuple[int, int], ...]
    looked_at: int
    questions: int
    is_whole: bool


@dataclass(frozen=True)
class MergeSide:
    """One of two questions that may be merged: all that is to be seen of it, which is not its recorded answers."""

    id: int
    text: str
    stage: str
    tags: tuple[str, ...]
    flagged: bool
    suspended: bool
    attempts: int
    transcripts: tuple[str, ...]


def near_duplicates(
    database: Database,
    question_ids: Sequence[int] | None,
    most: int = MOST_PAIRS,
    told_apart: Collection[frozenset[int]] = frozenset(),
    watch: Watch = lambda _read, _all: True,
) -> NearDuplicates:
    """Return pairs among these questions, or in the whole bank, that may ask the same; ``told_apart`` are left out.

    It takes some seconds for a very large bank, and holds the database for some milliseconds at a time.
    """
    from interview_coach.comparison.rewording import essence  # late: not needed to start

    begun = time.monotonic()
    looked = _Looked()
    with database.begin() as work:
        questions = work.question_texts.count() if question_ids is None else len(question_ids)
    wanted = True
    for texts in _texts(database, question_ids):
        for question_id, text in texts:
            looked.add(question_id, essence(text))
        wanted = watch(len(looked.ids), questions)
        if not wanted or time.monotonic() - begun > PATIENCE:
            break
    until = time.monotonic() + _TO_COMPARE
    pairs: list[tuple[int, int]] = []
    is_whole = True
    for number, pair in enumerate(looked.alike()):
        if pair is not None and frozenset(pair) not in told_apart:
            if len(pairs) == most:
                is_whole = False
                break
            pairs.append(pair)
        if number % _AT_ONCE == 0 and time.monotonic() > until:
            is_whole = False
            break
    return NearDuplicates(tuple(sorted(pairs, reverse=True)), len(looked.ids), questions, is_whole=is_whole)


def side(work: UnitOfWork, question_id: int) -> MergeSide | None:
    """Return what is to be seen of a question before it is merged; None where it is not in the bank any more."""
    question = work.questions.get(question_id)
    if question is None or question.id != question_id or not work.questions.in_bank([question_id]):
        return None
    turns = work.transcripts.turns_of_questions([question_id])[question_id]
    return MergeSide(
        id=question_id,
        text=question.text,
        stage=question.stage,
        tags=question.tags,
        flagged=question.flagged,
        suspended=question.suspended,
        attempts=work.attempts.submitted_by_question([question_id]).get(question_id, 0),
        transcripts=tuple(dict.fromkeys(transcript.title for _, transcript in turns)),
    )


def _texts(database: Database, question_ids: Sequence[int] | None) -> Iterator[list[tuple[int, str]]]:
    """Yield ids and texts a part at a time; each part is a unit of work."""
    if question_ids is not None:
        for start in range(0, len(question_ids), _AT_ONCE):
            with database.begin() as work:
                texts = work.question_texts.of(question_ids[start : start + _AT_ONCE])
            yield texts
        return
    last: int | None = None
    while True:
        with database.begin() as work:
            texts = work.question_texts.before(last, _AT_ONCE)
        yield texts
        if len(texts) < _AT_ONCE:
            return
        last = texts[-1][0]


class _Looked:
    """Questions that were looked at. Words are numbers here: of a hundred thousand questions the sets would not fit."""

    def __init__(self) -> None:
        self.ids: list[int] = []
        self._stems: list[tuple[int, ...]] = []
        self._code: dict[int, str] = {}
        self._numbers: dict[str, int] = {}
        self._uses: list[int] = []

    def add(self, question_id: int, asked: "Essence") -> None:
        """Remember what a question asks about."""
        stems = []
        for word in asked.stems:
            number = self._numbers.setdefault(word, len(self._numbers))
            if number == len(self._uses):
                self._uses.append(0)
            self._uses[number] += 1
            stems.append(number)
        if asked.code:
            self._code[len(self.ids)] = asked.code
        self.ids.append(question_id)
        self._stems.append(tuple(sorted(stems)))

    def alike(self) -> Iterator[tuple[int, int] | None]:
        """Yield pairs that may ask the same, as ids, the older first; None now and then, since it may take long."""
        words = list(self._numbers)
        found: set[tuple[int, int]] = set()
        for group in self._groups():
            for first, second in _neighbours(group, self._stems):
                pair = (first, second) if first < second else (second, first)
                if pair not in found and self._may_be_one(*pair, words):
                    found.add(pair)
                    ids = self.ids[first], self.ids[second]
                    yield min(ids), max(ids)
            yield None

    def _groups(self) -> Iterator[list[int]]:
        """Yield the places of questions that share two rare words, those with the rarest first."""
        size = len(self._stems)
        shared: list[int] = []
        for place, stems in enumerate(self._stems):
            rare = sorted((stem for stem in stems if self._uses[stem] > 1), key=lambda stem: (self._uses[stem], stem))
            keys = list(combinations(sorted(rare[:_RARE]), 2))
            if len(rare) < _RARE:
                keys += [(stem, stem) for stem in rare]
            shared.extend((first * len(self._uses) + second) * size + place for first, second in keys)
        shared.sort()
        group: list[int] = []
        key = -1
        for each in shared:
            if each // size != key:
                if len(group) > 1:
                    yield group
                group, key = [], each // size
            group.append(each % size)
        if len(group) > 1:
            yield group

    def _may_be_one(self, first: int, second: int, words: Sequence[str]) -> bool:
        from interview_coach.comparison.rewording import Essence, is_rewording  # late, as above

        stems, others = self._stems[first], self._stems[second]
        common = len(set(stems) & set(others))
        if min(len(stems), len(others)) - common > 2:  # as is_rewording has it, but without words
            return False
        asked = (
            Essence(frozenset(words[stem] for stem in self._stems[place]), self._code.get(place, ""))
            for place in (first, second)
        )
        return is_rewording(*asked)


def _neighbours(group: list[int], stems: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, int]]:
    """Yield which of a group are compared: all, or of a large one those that stand beside each other by their words."""
    if len(group) <= _FEW:
        yield from combinations(group, 2)
        return
    ordered = sorted(group, key=lambda place: (stems[place], place))
    for number, place in enumerate(ordered):
        for other in ordered[number + 1 : number + 1 + _NEIGHBOURS]:
            yield place, other
