"""A set of questions that stays quick with a hundred thousand of them."""

import re
from array import array
from collections.abc import Iterable, Sequence
from itertools import compress

#: The highest id that a set holds. Ids are given one after the other, so that a higher one is none of the program's.
HIGHEST = 50_000_000


#: Sets in which fewer than one id of so many is held are read from mark to mark.
_SPARSE = 8

_MARK = re.compile(b"\x01")


class QuestionSet:
    """Ids of questions, one byte for each id that could be there: joining two of 100,000 takes microseconds.

    A built-in set of so many integers takes fifty times the room and the time.
    """

    __slots__ = ("_marks",)

    def __init__(self, ids: Iterable[int] = ()) -> None:
        """Hold these ids; raises ValueError where one is none that the program gives."""
        ids = ids if isinstance(ids, Sequence) else tuple(ids)
        if ids and not (min(ids) >= 0 and max(ids) <= HIGHEST):
            raise ValueError("a question has an id that the program does not give")
        marks = bytearray(max(ids) + 1 if ids else 0)
        for question_id in ids:
            marks[question_id] = 1
        self._marks = bytes(marks)

    def __contains__(self, question_id: int) -> bool:
        return 0 <= question_id < len(self._marks) and self._marks[question_id] == 1

    def __len__(self) -> int:
        return self._marks.count(1)

    def __bool__(self) -> bool:
        return 1 in self._marks

    def __and__(self, other: "QuestionSet") -> "QuestionSet":
        return self._joined(self._number() & other._number(), min(len(self._marks), len(other._marks)))

    def __or__(self, other: "QuestionSet") -> "QuestionSet":
        return self._joined(self._number() | other._number(), max(len(self._marks), len(other._marks)))

    def __sub__(self, other: "QuestionSet") -> "QuestionSet":
        number = self._number()
        return self._joined(number & ~other._number(), len(self._marks))

    def ids(self) -> "array[int]":
        """Return the ids, the lowest first."""
        if len(self) * _SPARSE < len(self._marks):
            return array("q", [mark.start() for mark in _MARK.finditer(self._marks)])
        return array("q", compress(range(len(self._marks)), self._marks))

    def ordered(self, order: "array[int]") -> "array[int]":
        """Return the ids that stand in an order, in that order."""
        marks = self._marks.ljust(max(order, default=0) + 1, b"\0")
        return array("q", compress(order, map(marks.__getitem__, order)))

    def places(self, order: "array[int]") -> "array[int]":
        """Return the places in an order, from 0, at which one of the ids stands."""
        marks = self._marks.ljust(max(order, default=0) + 1, b"\0")
        return array("q", compress(range(len(order)), map(marks.__getitem__, order)))

    def _number(self) -> int:
        return int.from_bytes(self._marks, "little")

    @classmethod
    def _joined(cls, number: int, length: int) -> "QuestionSet":
        joined = cls()
        joined._marks = number.to_bytes(length, "little")
        return joined
