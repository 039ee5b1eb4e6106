"""When a question comes back: one grade after each finished attempt, and the day that follows from it.

The days are FSRS's (the ``fsrs`` package, with its own weights and no optimizer). It is asked in whole days of the
person, so that neither the hour nor the zone of an answer moves anything, and under days of its own, so that a clock
gone astray cannot make it overflow: no answer is older than a hundred years to it.
"""

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum, StrEnum
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from interview_coach.domain.days import as_utc, day_of
from interview_coach.domain.models import Criterion, DecidedPoint, PointStatus, SelfRating, Value

if TYPE_CHECKING:
    from fsrs import Scheduler

#: How sure it shall be that a question is still known on the day it comes back.
RETENTION = 0.9

#: The longest time until a question comes back, in days.
LONGEST = 36_500

#: A review that lies further ahead of today was made by a clock that was wrong: no day is counted from it.
FAR_AHEAD = timedelta(days=30)

#: The last day that is told in every zone.
LAST_DAY = date(9999, 12, 29)

_ANCHOR = datetime(2000, 1, 1, tzinfo=UTC)

_AGAIN_BELOW, _HARD_BELOW, _EASY_FROM = 0.3, 0.6, 0.9
_AGAIN_UP_TO, _HARD_UP_TO, _EASY_FROM_SCORE = 3, 5, 8

_WORTH = {PointStatus.SAID: 1.0, PointStatus.PARTLY: 0.5, PointStatus.MISSED: 0.0}


class Grade(IntEnum):
    """How well an answer went, for the day on which its question comes back; the numbers are FSRS's."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class GradeReason(StrEnum):
    """What a proposed grade rests on; the words for it stand with those who speak."""

    EMPTY = "empty"
    POINTS = "points"
    RATING = "rating"
    BOTH = "both"
    NOTHING = "nothing"


class ProposedGrade(Value):
    """A grade that the program proposes, and what it rests on."""

    grade: Grade
    reason: GradeReason


class Review(Value):
    """The grade of one finished attempt, and what followed from it.

    ``proposed`` is what the program proposed, None where it did not. ``day`` is the person's day from which ``due`` is
    counted. ``stability`` (days until it is as likely to be known as ``RETENTION`` says) and ``difficulty`` (1–10) are
    FSRS's, after this review. The last review of a question is its schedule.
    """

    grade: Grade
    proposed: Grade | None = None
    reviewed: datetime
    day: date
    due: date
    stability: Annotated[float, Field(ge=0.001, le=LONGEST, allow_inf_nan=False)]
    difficulty: Annotated[float, Field(ge=1, le=10, allow_inf_nan=False)]


def proposed_grade(rating: SelfRating, points: Sequence[DecidedPoint], *, empty: bool) -> ProposedGrade:
    """Return the grade to propose, from the first rating and the points that the person decided on.

    An answer with nothing in it ("I don't know yet") is Again. Else the points and the scores each give a grade, and
    the lower of the two is proposed:

    * points, by the share that was said (partly counts half; left out on purpose and undecided count not at all):
      below 30 % Again, below 60 % Hard, below 90 % Good, from there Easy;
    * scores, by the lowest of them: up to 3 Again, up to 5 Hard, up to 7 Good, from 8 Easy.

    Where only one of the two is there it gives Good at most; where neither is, Good is proposed.
    """
    if empty:
        return ProposedGrade(grade=Grade.AGAIN, reason=GradeReason.EMPTY)
    by_points, by_rating = _of_points(points), _of_rating(rating)
    if by_points is None and by_rating is None:
        return ProposedGrade(grade=Grade.GOOD, reason=GradeReason.NOTHING)
    if by_rating is None or by_points is None:
        reason = GradeReason.POINTS if by_rating is None else GradeReason.RATING
        return ProposedGrade(grade=min(by_points or Grade.GOOD, by_rating or Grade.GOOD, Grade.GOOD), reason=reason)
    if by_points == by_rating:
        return ProposedGrade(grade=by_points, reason=GradeReason.BOTH)
    reason = GradeReason.POINTS if by_points < by_rating else GradeReason.RATING
    return ProposedGrade(grade=min(by_points, by_rating), reason=reason)


def _of_points(points: Sequence[DecidedPoint]) -> Grade | None:
    counted = [_WORTH[point.decided] for point in points if point.decided in _WORTH]
    if not counted:
        return None
    share = sum(counted) / len(counted)
    if share < _HARD_BELOW:
        return Grade.AGAIN if share < _AGAIN_BELOW else Grade.HARD
    return Grade.GOOD if share < _EASY_FROM else Grade.EASY


def _of_rating(rating: SelfRating) -> Grade | None:
    scores = [score for criterion in Criterion if (score := rating.score(criterion)) is not None]
    if not scores:
        return None
    lowest = min(scores)
    if lowest <= _HARD_UP_TO:
        return Grade.AGAIN if lowest <= _AGAIN_UP_TO else Grade.HARD
    return Grade.EASY if lowest >= _EASY_FROM_SCORE else Grade.GOOD


def after(
    last: Review | None,
    grade: Grade,
    now: datetime,
    *,
    proposed: Grade | None = None,
    fuzz: random.Random | None = None,
) -> Review:
    """Return the review of an attempt that is finished now; ``last`` is the question's last one, None at the first.

    A clock that went back moves nothing back: the review always comes after the last one, and no day is counted
    from an earlier one than that. Only where the last one lies far ahead (``FAR_AHEAD``) the clock was wrong then, and
    the days are counted from today. ``fuzz`` spreads days that are further off a little, so that questions answered on
    one day do not stay together for good; without it the day is FSRS's own.
    """
    from fsrs import Card, Rating, State  # late: not needed before a question is finished

    day, reviewed = min(day_of(now), LAST_DAY), as_utc(now)
    card, elapsed = Card(card_id=0, due=_ANCHOR), timedelta(0)
    if last is not None:
        reviewed = max(reviewed, last.reviewed + timedelta(microseconds=1))
        if timedelta(0) < last.day - day <= FAR_AHEAD:
            day = last.day
        elapsed = min(max(day - last.day, timedelta(0)), timedelta(days=LONGEST))
        card = Card(
            card_id=0,
            state=State.Review,
            stability=last.stability,
            difficulty=last.difficulty,
            due=_ANCHOR,
            last_review=_ANCHOR,
        )
    card, _ = _scheduler().review_card(card, Rating(grade), _ANCHOR + elapsed)
    if card.stability is None or card.difficulty is None:
        raise ValueError("FSRS says nothing of a card that was reviewed")
    days = (card.due - (_ANCHOR + elapsed)).days
    if fuzz is not None:
        days = _spread(days, fuzz)
    return Review(
        grade=grade,
        proposed=proposed,
        reviewed=reviewed,
        day=day,
        due=_later(day, days),
        stability=min(card.stability, LONGEST),
        difficulty=card.difficulty,
    )


def due_days(last: Review | None, now: datetime, *, fuzz: random.Random | None = None) -> dict[Grade, date]:
    """Return the day on which a question would be due after each grade. ``fuzz`` is left as it was."""
    state = None if fuzz is None else fuzz.getstate()
    days: dict[Grade, date] = {}
    for grade in Grade:
        if fuzz is not None and state is not None:
            fuzz.setstate(state)
        days[grade] = after(last, grade, now, fuzz=fuzz).due
    if fuzz is not None and state is not None:
        fuzz.setstate(state)
    return days


def is_due(review: Review, today: date) -> bool:
    """Return whether a question is due; one that a clock far ahead put off for years is due as well."""
    return review.due <= today or review.day - today > FAR_AHEAD


def _scheduler() -> "Scheduler":
    from fsrs import Scheduler  # late, as above

    # Without steps of minutes: what went badly comes back tomorrow, not in the same sitting.
    return Scheduler(
        desired_retention=RETENTION,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=LONGEST,
        enable_fuzzing=False,
    )


def _spread(days: int, fuzz: random.Random) -> int:
    """Move a number of days by chance, within the range that FSRS itself spreads it in."""
    from fsrs.scheduler import FUZZ_RANGES  # late, as above

    if days < FUZZ_RANGES[0]["start"]:
        return days
    delta = 1.0 + sum(each["factor"] * max(min(days, each["end"]) - each["start"], 0.0) for each in FUZZ_RANGES)
    return fuzz.randint(max(2, round(days - delta)), min(round(days + delta), LONGEST))


def _later(day: date, days: int) -> date:
    """Return the day so many days later, the last one that can be told where there is none."""
    return day + timedelta(days=days) if days < (LAST_DAY - day).days else LAST_DAY
