"""Which terms of one text are like which of another, and how much: the same, mistyped, akin, or of one meaning."""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache

from rapidfuzz.distance import OSA

from interview_coach.comparison import trade_words

#: How much of a match a word is that was mistyped, and one that can stand for the other.
_TYPO = 0.9
_NEAR = 0.6
#: From how many letters on a word can have akin ones, be mistyped once, and twice: in short ones a letter makes another
#: word.
_SHORTEST, _ONE_TYPO, _TWO_TYPOS = 4, 5, 8
#: What is longer is no word.
_LONGEST = 40
#: The share of three-letter pieces that akin words have in common (connect, reconnect).
_AKIN = 0.5
#: A piece that so many words have tells nothing: it finds no candidates. Bounds the work for a hostile text.
_COMMON = 40


class Likeness:
    """The terms of one text, ready to be asked which of them are like a term of another."""

    def __init__(self, keys: Set[str], *, english: bool) -> None:
        self._keys = keys
        self._english = english
        self._found: dict[str, Mapping[str, float]] = {}
        self._pieces: dict[str, list[str]] = {}
        for key in sorted(keys):
            if _can_vary(key):
                for piece in _pieces(key):
                    self._pieces.setdefault(piece, []).append(key)

    def to(self, key: str) -> Mapping[str, float]:
        """Return the terms that are like the given one with how much they are, from 0 to 1."""
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: str) -> Mapping[str, float]:
        found: dict[str, float] = {}
        if self._english:
            found.update((other, _NEAR) for other in trade_words.near(key) if other in self._keys)
        if _can_vary(key):
            mine = _pieces(key)
            for other, shared in self._candidates(mine).items():
                like = _alike(key, other, 2 * shared / (len(mine) + len(_pieces(other))))
                found[other] = max(like, found.get(other, 0.0))
        if key in self._keys:
            found[key] = 1.0
        return {other: like for other, like in found.items() if like}

    def _candidates(self, pieces: Iterable[str]) -> Counter[str]:
        shared: Counter[str] = Counter()
        for piece in pieces:
            others = self._pieces.get(piece, ())
            if len(others) <= _COMMON:
                shared.update(others)
        return shared


def _alike(one: str, other: str, shared: float) -> float:
    typos = (min(len(one), len(other)) >= _ONE_TYPO) + (max(len(one), len(other)) >= _TWO_TYPOS)
    if typos and OSA.distance(one, other, score_cutoff=typos) <= typos:
        return _TYPO
    return shared if shared >= _AKIN else 0.0


def _can_vary(key: str) -> bool:
    """Return whether a term can be mistyped or have akin words: a short one or one with a figure cannot."""
    return _SHORTEST <= len(key) <= _LONGEST and key.isalpha()


@lru_cache(maxsize=20_000)
def _pieces(key: str) -> frozenset[str]:
    framed = f"^{key}$"
    return frozenset(framed[place : place + 3] for place in range(len(framed) - 2))
