"""How much each claim of an answer is like a point of the reference.

The likeness is the weighted share of the point's terms that are found there; a little of it is taken by word order and
by how little else is said. Small words weigh least, the question's own words less than others, and so do words that
several points share.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import NamedTuple

from interview_coach.comparison.likeness import Likeness
from interview_coach.comparison.terms import Term, keys

#: What a small word weighs, a word of the question, and how much of that it gets back where one point alone has it.
_SMALL = 0.2
_ASKED = 0.25
_OWN_SHARE = 0.8
#: What word order counts: the share of the point's pairs of neighbouring words. And how little else is said: the share
#: of the claim's words that are the point's.
_ORDER = 0.15
_NOTHING_ELSE = 0.15
#: Of a long point nobody says every word: the more it weighs beyond this, the less has to be found of it.
_SHORT_POINT = 1.2
_LENIENCE = 0.4
#: What is taken away where one of the two says "not" and the other does not.
_TURNED_ROUND = 0.4
#: The claims with most of a point around which neighbouring ones are looked at too.
_MOST_NEIGHBOURHOODS = 50


class Window(NamedTuple):
    """So many neighbouring claims of an answer from one on."""

    first: int
    claims: int


class Point(NamedTuple):
    """A point as it is looked for: what each of its terms weighs, and how many claims it makes."""

    weights: Mapping[str, float]
    small: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negates: bool
    claims: int


class _Claim(NamedTuple):
    """One claim of an answer."""

    terms: tuple[Term, ...]
    keys: frozenset[str]
    pairs: frozenset[tuple[str, str]]
    negates: bool


class _Hits(NamedTuple):
    """What of a point is in a claim: its terms and the claim's that match, each with how much, and its pairs."""

    found: dict[str, float]
    said: dict[str, float]
    pairs: frozenset[tuple[str, str]]


class _Sums(NamedTuple):
    """How much of a point is found, how much of what is said that is, the share of pairs, and the terms."""

    share: float
    mine: float
    order: float | None
    said: Collection[str]


class Match(NamedTuple):
    """How much a window is like a point, and the terms of the answer that are."""

    like: float
    said: Collection[str]


def points_of(texts: Sequence[tuple[Sequence[Term], int]], asked: Set[str]) -> tuple[Point, ...]:
    """Return points that belong together, each from its terms and the number of its claims."""
    shared = Counter(key for terms, _ in texts for key in keys(terms))
    return tuple(_point(terms, claims, asked, shared, len(texts)) for terms, claims in texts)


def _point(terms: Sequence[Term], claims: int, asked: Set[str], shared: Mapping[str, int], points: int) -> Point:
    weights: dict[str, float] = {}
    for term in terms:
        weight = _SMALL if term.is_small else 1.0
        others = (shared[term.key] - 1) / (points - 1) if points > 1 else 1.0
        if term.key in asked:
            weight *= _ASKED + (1 - _ASKED) * _OWN_SHARE * (1 - others)
        if points > 1:
            weight *= math.sqrt(math.log1p(points / shared[term.key]) / math.log1p(points))
        weights[term.key] = max(weight, weights.get(term.key, 0.0))
    small = keys(term for term in terms if term.is_small)
    # Small words count where another is found. A claim can be made of them alone, so they count by themselves there.
    by_themselves = claims > 1 or len(small) == len(weights)
    return Point(weights, frozenset() if by_themselves else small, _pairs(terms), _negates(terms), claims)


class Answer:
    """An answer in claims, in which points are looked for."""

    def __init__(self, claims: Sequence[Sequence[Term]], asked: Set[str], *, english: bool) -> None:
        self._claims = [_Claim(tuple(terms), keys(terms), _pairs(terms), _negates(terms)) for terms in claims]
        self._where: dict[str, list[int]] = {}
        self._weights: dict[str, float] = {}
        for number, claim in enumerate(self._claims):
            for key in claim.keys:
                self._where.setdefault(key, []).append(number)
            for term in claim.terms:
                self._weights[term.key] = (_SMALL if term.is_small else 1.0) * (_ASKED if term.key in asked else 1.0)
        self._likeness = Likeness(self._where.keys(), english=english)
        self._window_weights: dict[Window, float] = {}

    def matches(self, point: Point, sizes: Iterable[int], *, as_text: bool = False) -> dict[Window, Match]:
        """Return the windows of these sizes that speak for a point, with how much they are like it.

        ``as_text`` compares two texts rather than two claims: all of it should be there, and no "not" turns it round.
        """
        hits = self._hits(point)
        total = math.fsum(point.weights.values())
        exponent = min(1.0, (_SHORT_POINT / total) ** _LENIENCE) if total and not as_text else 1.0
        found: dict[Window, Match] = {}
        alone = {number: self._sum(point, one, total, exponent) for number, one in hits.items()}
        best = sorted(alone, key=lambda number: (-alone[number].share, number))[:_MOST_NEIGHBOURHOODS]
        for size in sizes:
            claims = min(size, len(self._claims))
            last = len(self._claims) - claims
            around = alone if size == 1 else best
            for first in {min(max(0, number - back), last) for number in around for back in range(claims)}:
                window = Window(first, claims)
                if window not in found:
                    there = [number for number in range(first, first + claims) if number in hits]
                    if len(there) == 1:
                        sums = alone[there[0]]
                    else:
                        sums = self._sum(point, _together([hits[number] for number in there]), total, exponent)
                    found[window] = self._match(point, window, sums, as_text=as_text)
        return found

    def turned_round(self, reference: Point) -> float:
        """Return what is left of a likeness where the claim most like a reference of one claim is turned round."""
        matches = self.matches(reference, [1], as_text=True) if reference.claims == 1 else {}
        if not matches:
            return 1.0
        window = max(matches, key=lambda window: (matches[window].like, -window.first))
        return self._kept(matches[window].like, reference, window)

    def in_common(self, said: Collection[str], others: Collection[str]) -> float:
        """Return which share of these terms, by their weight, are among others as well."""
        whole = math.fsum([self._weights[key] for key in said])
        return math.fsum([self._weights[key] for key in said if key in others]) / whole if whole else 1.0

    def terms(self, window: Window) -> Iterable[tuple[Term, ...]]:
        """Return the terms of each claim of a window."""
        return (claim.terms for claim in self._claims[window.first : window.first + window.claims])

    def _hits(self, point: Point) -> dict[int, _Hits]:
        hits: dict[int, _Hits] = {}
        for key in point.weights.keys() - point.small:
            for other, like in self._likeness.to(key).items():
                for number in self._where[other]:
                    if number not in hits:
                        hits[number] = _Hits({}, {}, point.pairs & self._claims[number].pairs)
                    _, said, _ = hits[number]
                    hits[number].found[key] = max(like, hits[number].found.get(key, 0.0))
                    said[other] = max(like, said.get(other, 0.0))
        for number, (found, said, _) in hits.items():
            for key in point.small & self._claims[number].keys:
                found[key] = said[key] = 1.0
        return hits

    def _sum(self, point: Point, hits: _Hits, total: float, exponent: float) -> _Sums:
        share = (math.fsum([point.weights[key] * like for key, like in hits.found.items()]) / total) ** exponent
        mine = math.fsum([self._weights[key] * like for key, like in hits.said.items()])
        order = len(hits.pairs) / len(point.pairs) if point.pairs else None
        return _Sums(share, mine, order, hits.said)

    def _match(self, point: Point, window: Window, sums: _Sums, *, as_text: bool) -> Match:
        like = (1 - _NOTHING_ELSE) * sums.share + _NOTHING_ELSE * sums.mine / self._weight(window)
        if sums.order is not None:
            like = (1 - _ORDER) * like + _ORDER * sums.order
        return Match(like if as_text else like * self._kept(like, point, window), sums.said)

    def _kept(self, like: float, point: Point, window: Window) -> float:
        """Return what is kept of a likeness: less where one of two single claims is turned round, if they are alike."""
        turned = window.claims == point.claims == 1 and point.negates != self._claims[window.first].negates
        return 1 - _TURNED_ROUND * like if turned else 1.0

    def _weight(self, window: Window) -> float:
        if window not in self._window_weights:
            claims = self._claims[window.first : window.first + window.claims]
            self._window_weights[window] = math.fsum(
                self._weights[key] for key in frozenset().union(*(claim.keys for claim in claims))
            )
        return self._window_weights[window]


def _together(hits: Sequence[_Hits]) -> _Hits:
    """Return what of a point is in neighbouring claims."""
    if len(hits) == 1:
        return hits[0]
    found: dict[str, float] = {}
    said: dict[str, float] = {}
    for one in hits:
        for into, what in ((found, one.found), (said, one.said)):
            for key, like in what.items():
                into[key] = max(like, into.get(key, 0.0))
    return _Hits(found, said, frozenset().union(*(one.pairs for one in hits)))


def _pairs(terms: Sequence[Term]) -> frozenset[tuple[str, str]]:
    return frozenset((one.key, other.key) for one, other in pairwise(terms))


def _negates(terms: Iterable[Term]) -> bool:
    """Return whether a claim is turned round: by one "not", while two of them undo each other."""
    return sum(term.negates for term in terms) % 2 == 1
