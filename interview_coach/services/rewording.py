"""Questions on their way into the bank that may be there already in other words. They are shown, never merged."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from interview_coach.comparison.rewording import Essence, essence, is_rewording
from interview_coach.storage.database import Database
from interview_coach.storage.intake import NewTurn

#: Of one import so many new questions are looked at; of more it would take longer than the import itself.
MOST = 1_000

#: Seconds after which no more is looked at: in a bank of 100,000 a question takes some milliseconds.
PATIENCE = 3.0

#: Questions of the bank that one is compared with, the newest.
_COMPARED = 40


T = TypeVar("T")


@dataclass(frozen=True)
class Rewording:
    """A new question, by its place in the file from 0, and the one that it may be.

    ``other_id`` is None where that one comes in along with it.
    """

    place: int
    text: str
    other_id: int | None
    other_text: str


class RewordingSearch:
    """Looks for other wordings while one import goes on; what it has looked at belongs to what is looked in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._looked_at = 0
        self._spent = 0.0
        self._coming = _Seen[str]()

    @property
    def is_exhausted(self) -> bool:
        """Whether no more is looked at."""
        return self._looked_at >= MOST or self._spent >= PATIENCE

    def among(self, turns: Sequence[NewTurn]) -> tuple[Rewording, ...]:
        """Return which of the new questions may be others in other words, one for each at most."""
        found: list[Rewording] = []
        wanted: dict[str, int] = {}
        for place, new in enumerate(turns):
            if new.key is not None:
                wanted.setdefault(new.key, place)
        for key, place in wanted.items():
            if self.is_exhausted:
                break
            begun = time.monotonic()
            text = turns[place].turn.question
            asked = essence(text)
            with self._database.begin() as work:  # one at a time: others are let through in between
                is_known = key in work.questions.known([key])
                beginnings = [_beginning(one) for one in asked.significant]
                stored = [] if is_known else work.intake.sharing(beginnings, _COMPARED)
            if not is_known:
                self._looked_at += 1
                other = next(((id_, other) for id_, other in stored if is_rewording(asked, essence(other))), None)
                coming = self._coming.rewordings(asked, text)
                if other is not None:
                    found.append(Rewording(place, text, *other))
                elif coming:
                    found.append(Rewording(place, text, None, coming[0]))
            self._spent += time.monotonic() - begun
        return tuple(found)


class _Seen(Generic[T]):
    """Questions that were looked at, each with what it is known by, found by two of their significant words."""

    def __init__(self) -> None:
        self._by_pair: dict[frozenset[str], list[tuple[T, Essence]]] = {}

    def rewordings(self, asked: Essence, known_by: T) -> list[T]:
        """Return which of those seen before may be this one in other words, and remember this one."""
        found: dict[T, None] = {}
        for pair in _pairs(asked.significant):
            same = self._by_pair.setdefault(pair, [])
            for earlier, about in same[:_COMPARED]:
                if earlier not in found and is_rewording(asked, about):
                    found[earlier] = None
            same.append((known_by, asked))
        return list(found)


def similar_within(questions: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return which of the first questions of a transcript may ask the same in other words: positions, from 1."""
    seen = _Seen[int]()
    pairs = (
        (earlier, position)
        for position, question in enumerate(questions[:MOST], 1)
        for earlier in seen.rewordings(essence(question), position)
    )
    return tuple(sorted(pairs))


def _beginning(stem: str) -> str:
    """Return with what all words of a stem begin: a stem says technologi for technology."""
    return stem[:-1] if stem.endswith("i") and len(stem) > 3 else stem


def _pairs(stems: Sequence[str]) -> list[frozenset[str]]:
    if len(stems) == 1:
        return [frozenset(stems)]
    return [frozenset((first, second)) for place, first in enumerate(stems, 1) for second in stems[place:]]
