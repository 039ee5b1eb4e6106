"""Which points of a reference an answer mentions, and the words that carry each; never whether it is right.

Lexical, and the same every time: a point is looked for in each claim of the answer and in neighbouring ones
(``matching``). The points compete: a claim that is more like another point speaks less for this one.
"""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from interview_coach.comparison import languages
from interview_coach.comparison.clauses import claims
from interview_coach.comparison.matching import Answer, Match, Point, Window, points_of
from interview_coach.comparison.terms import Term, keys, lower, put_together, terms_of
from interview_coach.comparison.words import words

#: What is compared at most: characters of an answer, of all points together and of a question; points.
LONGEST_TEXT = 100_000
MOST_POINTS = 1_000

#: What another point that is as much like a claim takes away: this part of it whatever the words, the rest by the share
#: of the words that both are found in. A sentence may well make two points, in different words.
_COMPETITION = 0.5
_WHATEVER_WORDS = 0.6
#: Of more rivals that are equally like a claim the words are not looked at.
_MOST_RIVALS = 8
#: From where on a point looks said, and partly said.
_SAID = 0.40
_PARTLY = 0.34
#: Neighbouring claims that are looked at as one, and of a point that makes several claims itself.
_NEIGHBOURS = 2
_MOST_NEIGHBOURS = 8
#: Pairs of a point and a claim that are looked at; in a longer answer neighbouring claims become one.
_MOST_PAIRS = 100_000
#: Words that may lie between two words of one phrase of evidence.
_GAP = 2

Status = Literal["said", "partly", "missed"]


class TooLongError(ValueError):
    """The texts are too long to be compared; the message says in words for a person which."""


@dataclass(frozen=True, slots=True)
class PointCoverage:
    """How much of a point an answer mentions, and the places in the answer that carry it, in order and disjoint."""

    score: float
    status: Status
    evidence: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What an answer mentions of a reference. Where it is not ``english`` only exact and fuzzy words were used."""

    coverage: float
    points: tuple[PointCoverage, ...]
    english: bool


def cover(question: str, points: Sequence[str], answer: str) -> Coverage:
    """Return what an answer mentions of points that belong together; raises TooLongError."""
    check_lengths(question, points, answer)
    reading = _Reading(question, points, answer)
    looked_for = points_of(
        [(terms, len(claims(text))) for terms, text in zip(reading.points, points, strict=True)], reading.asked
    )
    spoken = Answer(reading.claims(_MOST_PAIRS // max(1, len(points))), reading.asked, english=reading.english)
    found = _compete(looked_for, spoken)
    covered = tuple(
        _covered(spoken, match) if point.weights else _literally(text, answer)
        for text, point, match in zip(points, looked_for, found, strict=True)
    )
    mean = math.fsum(point.score for point in covered) / len(covered) if covered else 0.0
    return Coverage(round(mean, 4), covered, reading.english)


def coverage_of(question: str, references: Sequence[str], answer: str) -> float:
    """Return from 0 to 1 how much of a reference an answer mentions as a whole, of several the one it is most like.

    Raises TooLongError.
    """
    check_lengths(question, references, answer)
    reading = _Reading(question, references, answer)
    whole = Answer(reading.claims(1), reading.asked, english=reading.english)
    spoken = Answer(reading.claims(_MOST_PAIRS // max(1, len(references))), reading.asked, english=reading.english)
    best = 0.0
    for text, terms in zip(references, reading.points, strict=True):
        (reference,) = points_of([(terms, len(claims(text)))], reading.asked)
        like = max((match.like for match in whole.matches(reference, [1], as_text=True).values()), default=0.0)
        if not reference.weights:
            like = _literally(text, answer).score
        best = max(best, like * spoken.turned_round(reference))
    return round(best, 4)


def check_lengths(question: str, points: Sequence[str], answer: str) -> None:
    """Raise TooLongError where texts are longer than what is compared, or the points are more."""
    for name, length in (("question", len(question)), ("reference", sum(map(len, points))), ("answer", len(answer))):
        if length > LONGEST_TEXT:
            raise TooLongError(f"The {name} is longer than {LONGEST_TEXT:,} characters, too long to be compared.")
    if len(points) > MOST_POINTS:
        raise TooLongError(f"The reference has more than {MOST_POINTS:,} points, too many to be compared.")


class _Reading:
    """The texts as terms, so that what is written in one word in any of them is one everywhere."""

    def __init__(self, question: str, points: Sequence[str], answer: str) -> None:
        texts = (question, answer, *points)
        their_words = [words(text) for text in texts]
        self.english = languages.is_english(Counter(map(lower, chain.from_iterable(their_words[1:]))))
        asked, self._said, *others = [
            terms_of(text, found, english=self.english) for text, found in zip(texts, their_words, strict=True)
        ]
        self._answer = answer
        self._known = frozenset().union(*map(keys, (self._said, asked, *others)))
        self.asked = keys(self._together(asked))
        self.points = [self._together(terms) for terms in others]

    def claims(self, most: int) -> list[tuple[Term, ...]]:
        """Return the terms of the answer's claims; neighbouring ones put together where there are more than so many."""
        starts = [claim.start for claim in claims(self._answer)]
        parts: list[list[Term]] = [[] for _ in starts]
        for term in self._said:
            parts[max(0, bisect_right(starts, term.start) - 1)].append(term)
        at_once = -(-len(parts) // most)
        return [
            self._together([term for part in parts[first : first + at_once] for term in part])
            for first in range(0, len(parts), at_once or 1)
        ]

    def _together(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        return put_together(terms, self._known, english=self.english)


class _Found(NamedTuple):
    """The window of an answer that speaks most for a point, how much, and which terms do."""

    score: float = 0.0
    window: Window = Window(0, 0)
    said: Collection[str] = ()


def _compete(points: Sequence[Point], spoken: Answer) -> list[_Found]:
    """Return for each point what is left of its likeness where others are like the same claims."""
    reach = [max(_NEIGHBOURS, min(point.claims, _MOST_NEIGHBOURS)) for point in points]
    sizes = sorted({1, *reach})
    matches = [spoken.matches(point, sizes) for point in points]
    # The points that are most like a window, at least two of them, and as many as are equal; of very many enough to
    # see that there are.
    best: dict[Window, list[tuple[float, int]]] = {}
    for number, found in enumerate(matches):
        for window, match in found.items():
            most = best.setdefault(window, [])
            most.append((match.like, number))
            if len(most) > 2:
                most.sort(reverse=True)
                most[:] = [one for one in most if one[0] >= most[1][0]][: _MOST_RIVALS + 2]
    results = []
    for number, found in enumerate(matches):
        top = _Found()
        for window, match in found.items():
            if match.like >= top.score and window.claims <= reach[number]:  # no score is above its likeness
                rivals = [one for one in _rivals(window, best, matches) if one[1] != number]
                other = _most_of(rivals, window, match, matches, spoken)
                score = match.like**3 / (match.like**2 + _COMPETITION * other**2) if match.like else 0.0
                # Of windows that are equal the shorter and earlier one, whatever the order of finding.
                if (score, -window.claims, -window.first) > (top.score, -top.window.claims, -top.window.first):
                    top = _Found(score, window, match.said)
        results.append(top)
    return results


def _most_of(
    rivals: Sequence[tuple[float, int]],
    window: Window,
    match: Match,
    matches: Sequence[Mapping[Window, Match]],
    spoken: Answer,
) -> float:
    """Return how much a window is like the strongest rival of a point, less where that is found in other words."""
    if len(rivals) > _MOST_RIVALS:
        return max(like for like, _ in rivals)
    strongest = 0.0
    for like, rival in rivals:
        if like > strongest:
            there = matches[rival].get(window)
            common = 1.0 if there is None else spoken.in_common(match.said, there.said)
            strongest = max(strongest, like * (_WHATEVER_WORDS + (1 - _WHATEVER_WORDS) * common))
    return strongest


def _rivals(
    window: Window, best: Mapping[Window, list[tuple[float, int]]], matches: Sequence[Mapping[Window, Match]]
) -> Iterator[tuple[float, int]]:
    """Yield the points most like a window; of one that was not looked for in it, how much it is like its claims."""
    yield from best[window]
    if window.claims > 1:
        for number in range(window.first, window.first + window.claims):
            yield from (one for one in best.get(Window(number, 1), ()) if window not in matches[one[1]])


def _covered(spoken: Answer, found: _Found) -> PointCoverage:
    score = round(min(1.0, found.score), 4)
    if score < _PARTLY:
        return PointCoverage(score, "missed", ())
    return PointCoverage(score, "said" if score >= _SAID else "partly", _phrases(spoken, found))


def _literally(text: str, answer: str) -> PointCoverage:
    """Look for a point without any word (an arrow, a smiley) as it is written."""
    pattern = r"\s+".join(map(re.escape, text.split()))
    found = re.search(pattern, answer) if pattern else None
    return PointCoverage(1.0, "said", (found.span(),)) if found else PointCoverage(0.0, "missed", ())


def _phrases(spoken: Answer, found: _Found) -> tuple[tuple[int, int], ...]:
    """Return the places of the terms that carry a point, those that stand close together as one phrase.

    No phrase begins or ends with a small word, and none is made of small words alone where there is another.
    """
    phrases: list[tuple[int, int]] = []
    only_small: list[tuple[int, int]] = []
    for terms in spoken.terms(found.window):
        for run in _runs(terms, found.said):
            carrying = [term for term in run if not term.is_small]
            into, ends = (phrases, carrying) if carrying else (only_small, run)
            into.append((ends[0].start, ends[-1].end))
    return tuple(_disjoint(phrases or only_small))


def _runs(terms: Sequence[Term], said: Collection[str]) -> Iterator[list[Term]]:
    """Yield the terms that are in what is said, parted where more than a few others lie between."""
    run: list[Term] = []
    last = 0
    for place, term in enumerate(terms):
        if term.key in said:
            if run and place - last > _GAP + 1:
                yield run
                run = []
            run.append(term)
            last = place
    if run:
        yield run


def _disjoint(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield places in order, those that overlap as one: the parts of one word with hyphens have its place."""
    last: tuple[int, int] | None = None
    for start, end in spans:
        if last is not None and start < last[1]:
            last = last[0], max(end, last[1])
        else:
            if last is not None:
                yield last
            last = start, end
    if last is not None:
        yield last
