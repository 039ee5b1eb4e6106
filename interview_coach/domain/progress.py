"""What has changed, in honest numbers: means and differences over the person's own answers.

Whatever was not rated is no number and takes part in none; what rests on fewer than ``FEWEST`` answers says nothing.
There is no overall score, and nothing is ever set against the rating of a recorded answer, which was given to another
person's answer.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

from interview_coach.domain.models import Criterion

#: On so many answers a comparison rests at least.
FEWEST = 5

#: Attempts at one question are told apart up to this number; it stands for all from there on.
LAST_NUMBER = 6

#: Scores of one look, one for each criterion in its order; None where it was not rated.
Scores = tuple[int | None, int | None, int | None]

_CRITERIA = tuple(Criterion)

#: A time of answers is cut into days up to so many days, into weeks up to so many, else into months.
_DAYS, _WEEKS = 31, 190


class Answered(NamedTuple):
    """An answer that was submitted: what was done with it, without its text.

    ``number`` counts the attempts at its question. ``own`` is the mean of the first scores, 1–10, None where nothing
    was rated. ``said`` is the share of its points that was said, from 0 to 1: partly counts half, and what was left out
    on purpose or not decided on does not count; None without points.
    """

    attempt_id: int
    question_id: int
    day: date
    stage: str
    number: int
    seconds: float
    first: Scores = (None, None, None)
    second: Scores = (None, None, None)
    own: float | None = None
    said: float | None = None


class Period(StrEnum):
    """Into what a time is cut, so that a picture has enough in each part and not too many parts."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"

    def begin(self, day: date) -> date:
        """Return the first day of the part that a day is in; weeks begin on Monday."""
        match self:
            case Period.WEEK:
                return day - timedelta(days=day.weekday())
            case Period.MONTH:
                return day.replace(day=1)
        return day

    def number(self, first: date, day: date) -> int:
        """Return how many parts after the one of ``first`` the one of ``day`` comes."""
        begin, then = self.begin(first), self.begin(day)
        match self:
            case Period.WEEK:
                return (then - begin).days // 7
            case Period.MONTH:
                return (then.year - begin.year) * 12 + then.month - begin.month
        return (then - begin).days


def period_of(days: Sequence[date]) -> Period:
    """Return into what the time from the first to the last of some days is cut."""
    span = (max(days) - min(days)).days if days else 0
    if span <= _DAYS:
        return Period.DAY
    return Period.WEEK if span <= _WEEKS else Period.MONTH


@dataclass(frozen=True)
class Mean:
    """A mean over answers: ``begin`` is the first day of its part of the time."""

    begin: date
    value: float
    attempt_ids: tuple[int, ...]


@dataclass(frozen=True)
class Contrast:
    """Two things said of the same answers, each a mean; both are None where they rest on fewer than ``FEWEST``."""

    attempt_ids: tuple[int, ...]
    before: float | None
    after: float | None

    @property
    def count(self) -> int:
        """On how many answers it rests."""
        return len(self.attempt_ids)

    @property
    def difference(self) -> float | None:
        """By how much the second lies above the first; None where neither is told."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True)
class NumberedShare:
    """The share of points said, from 0 to 1, over the attempts of one number; the last number stands for later ones."""

    number: int
    share: float
    attempt_ids: tuple[int, ...]


def means_over_time(values: Iterable[tuple[date, int, float | None]], period: Period) -> tuple[Mean, ...]:
    """Return the mean of values in each part of the time that has one, oldest first.

    Each value comes with the day and the id of its attempt; None is no value.
    """
    by_day: dict[date, list[tuple[float, int]]] = {}
    for day, attempt_id, value in values:
        if value is not None:
            by_day.setdefault(day, []).append((value, attempt_id))
    parts: dict[date, list[tuple[float, int]]] = {}
    for day in sorted(by_day):
        parts.setdefault(period.begin(day), []).extend(by_day[day])
    return tuple(Mean(begin, *_mean_and_ids(found)) for begin, found in parts.items())


def first_scores(answers: Iterable[Answered], criterion: Criterion) -> Iterator[tuple[date, int, float | None]]:
    """Return the first score on a criterion of each answer, with its day and id; None where it was not rated."""
    place = _CRITERIA.index(criterion)
    return ((answer.day, answer.attempt_id, answer.first[place]) for answer in answers)


def first_against_second(answers: Iterable[Answered], criterion: Criterion) -> Contrast:
    """Return the first rating beside the second look on a criterion, over answers that have both."""
    place = _CRITERIA.index(criterion)
    return _contrast(
        (answer.attempt_id, first, second)
        for answer in answers
        if (first := answer.first[place]) is not None and (second := answer.second[place]) is not None
    )


def rating_against_points(answers: Iterable[Answered]) -> Contrast:
    """Return the own first rating, as a share of ten, beside the share of points said, over answers that have both."""
    return _contrast(
        (answer.attempt_id, answer.own / 10, answer.said)
        for answer in answers
        if answer.own is not None and answer.said is not None
    )


def said_by_number(answers: Iterable[Answered]) -> tuple[NumberedShare, ...]:
    """Return the share of points said at the first attempt at a question, at the second, and so on."""
    shares: dict[int, list[tuple[float, int]]] = {}
    for answer in answers:
        if answer.said is not None:
            shares.setdefault(min(answer.number, LAST_NUMBER), []).append((answer.said, answer.attempt_id))
    return tuple(NumberedShare(number, *_mean_and_ids(found)) for number, found in sorted(shares.items()))


def first_against_latest(answers: Iterable[Answered]) -> Contrast:
    """Return the share of points said at the first compared attempt beside the latest, over questions with two.

    Its ids are those of the latest ones. Questions that are tried again are those that went badly, so the means of
    ``said_by_number`` are of different questions; these are of the same.
    """
    first: dict[int, Answered] = {}
    last: dict[int, Answered] = {}
    for answer in answers:
        if answer.said is not None:
            question = answer.question_id
            if question not in first or answer.number < first[question].number:
                first[question] = answer
            if question not in last or answer.number > last[question].number:
                last[question] = answer
    return _contrast(
        (answer.attempt_id, first[question].said or 0.0, answer.said or 0.0)
        for question, answer in last.items()
        if answer is not first[question]
    )


def by_stage(answers: Iterable[Answered]) -> Mapping[str, Sequence[Answered]]:
    """Return the answers of each stage."""
    found: dict[str, list[Answered]] = {}
    for answer in answers:
        found.setdefault(answer.stage, []).append(answer)
    return found


def _contrast(pairs: Iterable[tuple[int, float, float]]) -> Contrast:
    found = list(pairs)
    ids = tuple([attempt_id for attempt_id, _, _ in found])
    if len(found) < FEWEST:
        return Contrast(ids, None, None)
    before, after = sum(pair[1] for pair in found), sum(pair[2] for pair in found)
    return Contrast(ids, before / len(found), after / len(found))


def _mean_and_ids(found: Sequence[tuple[float, int]]) -> tuple[float, tuple[int, ...]]:
    return sum([value for value, _ in found]) / len(found), tuple([attempt_id for _, attempt_id in found])
