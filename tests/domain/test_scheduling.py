"""When a question comes back: the rule of the proposed grade, FSRS in whole days, and clocks that are wrong."""

import os
import random
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from fsrs import Card, Rating, Scheduler
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.models import DecidedPoint, PointStatus, SelfRating
from interview_coach.domain.scheduling import (
    FAR_AHEAD,
    LAST_DAY,
    LONGEST,
    Grade,
    GradeReason,
    Review,
    after,
    due_days,
    is_due,
    proposed_grade,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SAID, PARTLY, MISSED, LEFT_OUT = PointStatus


def points(*decided):
    return [DecidedPoint(text="x", decided=status) for status in decided]


def rated(*scores):
    return SelfRating(**dict(zip(("clarity", "confidence", "technical_depth"), scores, strict=False)))


# The grade that is proposed


@pytest.mark.parametrize(
    ("decided", "scores", "grade", "reason"),
    [
        ((), (), Grade.GOOD, GradeReason.NOTHING),
        ((LEFT_OUT, None), (), Grade.GOOD, GradeReason.NOTHING),
        # by points alone: never more than Good
        ((MISSED,) * 8 + (SAID,) * 3, (), Grade.AGAIN, GradeReason.POINTS),
        ((MISSED,) * 7 + (SAID,) * 3, (), Grade.HARD, GradeReason.POINTS),
        ((PARTLY, PARTLY), (), Grade.HARD, GradeReason.POINTS),
        ((SAID,) * 3 + (MISSED,) * 2, (), Grade.GOOD, GradeReason.POINTS),
        ((SAID, SAID), (), Grade.GOOD, GradeReason.POINTS),
        # what was left out on purpose, or not decided on, does not count
        ((MISSED, LEFT_OUT, LEFT_OUT), (), Grade.AGAIN, GradeReason.POINTS),
        ((SAID, LEFT_OUT, None), (9,), Grade.EASY, GradeReason.BOTH),
        # by the lowest score alone
        ((), (3, 10, 10), Grade.AGAIN, GradeReason.RATING),
        ((), (4,), Grade.HARD, GradeReason.RATING),
        ((), (5,), Grade.HARD, GradeReason.RATING),
        ((), (6,), Grade.GOOD, GradeReason.RATING),
        ((), (10, 10), Grade.GOOD, GradeReason.RATING),
        # the lower of the two
        ((SAID,) * 9 + (MISSED,), (8, 9), Grade.EASY, GradeReason.BOTH),
        ((SAID,) * 8 + (MISSED,), (8, 9), Grade.GOOD, GradeReason.POINTS),
        ((SAID,), (7, 9), Grade.GOOD, GradeReason.RATING),
        ((SAID,), (9, 2), Grade.AGAIN, GradeReason.RATING),
        ((MISSED,), (10,), Grade.AGAIN, GradeReason.POINTS),
        ((PARTLY,), (4,), Grade.HARD, GradeReason.BOTH),
    ],
)
def test_the_grade_follows_from_points_and_scores(decided, scores, grade, reason):
    proposed = proposed_grade(rated(*scores), points(*decided), empty=False)
    assert (proposed.grade, proposed.reason) == (grade, reason)


def test_an_empty_answer_is_again_whatever_else_is_there():
    proposed = proposed_grade(rated(10, 10), points(SAID), empty=True)
    assert (proposed.grade, proposed.reason) == (Grade.AGAIN, GradeReason.EMPTY)


@given(
    st.lists(st.sampled_from([*PointStatus, None]), max_size=12),
    st.lists(st.none() | st.integers(1, 10), max_size=3),
    st.integers(0, 11),
)
def test_saying_more_never_makes_it_worse(decided, scores, place):
    before = proposed_grade(rated(*scores), points(*decided), empty=False).grade
    if place < len(decided) and decided[place] in (PARTLY, MISSED):
        decided[place] = SAID
    assert proposed_grade(rated(*scores), points(*decided), empty=False).grade >= before


# The days


def test_the_first_days_are_whole_and_never_today():
    assert [day - TODAY for day in due_days(None, NOON).values()] == [timedelta(days) for days in (1, 1, 2, 8)]


GRADES = st.lists(st.tuples(st.sampled_from(Grade), st.integers(0, 400)), min_size=1, max_size=12)


@given(GRADES)
def test_the_days_are_those_of_fsrs(history):
    scheduler = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    card, last, now = Card(card_id=1), None, NOON
    for grade, days in history:
        now += timedelta(days=days)
        card, _ = scheduler.review_card(card, Rating(grade), now)
        last = after(last, grade, now)
        assert last.due == card.due.date()
        assert (last.stability, last.difficulty) == (min(card.stability, LONGEST), card.difficulty)
        assert (last.grade, last.day) == (grade, now.date())


@given(GRADES, st.randoms(use_true_random=False))
def test_a_better_grade_never_comes_sooner(history, fuzz):
    last, now = None, NOON
    for grade, days in history:
        now += timedelta(days=days)
        foreseen = due_days(last, now)
        assert list(foreseen.values()) == sorted(foreseen.values())
        assert min(foreseen.values()) > now.date()
        last = after(last, grade, now)
        assert last.due == foreseen[grade]
    spread = due_days(last, now, fuzz=fuzz)
    assert {grade: after(last, grade, now, fuzz=fuzz).due for grade in [Grade.GOOD]}[Grade.GOOD] == spread[Grade.GOOD]


def test_the_hour_and_the_zone_of_an_answer_move_nothing():
    """The day begins at 4, and a day later is a day later, however many hours that is."""
    east = timezone(timedelta(hours=9))
    late = after(None, Grade.GOOD, datetime(2026, 3, 3, 3, 59, tzinfo=east))
    assert (late.day, late.due) == (date(2026, 3, 2), date(2026, 3, 4))
    early = after(late, Grade.GOOD, datetime(2026, 3, 3, 4, 0, tzinfo=east))
    assert early == after(late, Grade.GOOD, datetime(2026, 3, 4, 3, 0, tzinfo=east)).model_copy(
        update={"reviewed": early.reviewed}
    )
    assert early.stability > late.stability


def test_days_spread_by_chance_stay_near_and_are_the_same_for_the_same_chance():
    last = after(after(None, Grade.EASY, NOON), Grade.EASY, NOON + timedelta(days=8))
    now = NOON + timedelta(days=74)
    plain = after(last, Grade.GOOD, now)
    spread = [after(last, Grade.GOOD, now, fuzz=random.Random(seed)).due for seed in range(60)]
    assert len(set(spread)) > 5
    away = [abs((due - plain.due).days) for due in spread]
    assert max(away) <= 0.05 * (plain.due - plain.day).days + 5
    assert spread[7] == after(last, Grade.GOOD, now, fuzz=random.Random(7)).due
    soon = after(None, Grade.AGAIN, NOON)
    assert {after(None, Grade.AGAIN, NOON, fuzz=random.Random(seed)).due for seed in range(20)} == {soon.due}


# Clocks that are wrong


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=30), timedelta(days=400)])
def test_a_clock_that_went_back_moves_no_review_before_the_last(back):
    last = after(None, Grade.GOOD, NOON)
    review = after(last, Grade.GOOD, NOON - back)
    assert review.reviewed == last.reviewed + timedelta(microseconds=1)
    if back <= FAR_AHEAD:
        assert review.day == last.day
        assert review == after(last, Grade.GOOD, NOON).model_copy(update={"reviewed": review.reviewed})
    else:
        assert review.day == (NOON - back).date()
    assert review.due > (NOON - back).date()


def test_what_a_clock_far_ahead_put_off_is_not_hidden():
    astray = after(None, Grade.EASY, NOON + timedelta(days=365 * 70))
    assert is_due(astray, TODAY)
    mended = after(astray, Grade.GOOD, NOON)
    assert not is_due(mended, TODAY)
    assert mended.due - TODAY < timedelta(days=60)


def test_a_journey_over_the_date_line_makes_nothing_due():
    review = after(None, Grade.GOOD, NOON)
    assert not is_due(review, TODAY - timedelta(days=1))
    assert not is_due(review, TODAY + timedelta(days=1))
    assert is_due(review, TODAY + timedelta(days=2))


MOMENTS = st.datetimes(datetime(1, 1, 4), datetime(9999, 12, 28), timezones=st.just(UTC))  # noqa: DTZ001
REVIEWS = st.builds(
    Review,
    grade=st.sampled_from(Grade),
    reviewed=MOMENTS,
    day=st.dates(date(1, 1, 3), LAST_DAY),
    due=st.dates(date(1, 1, 3), LAST_DAY),
    stability=st.floats(0.001, LONGEST),
    difficulty=st.floats(1, 10),
)


@given(st.none() | REVIEWS, st.sampled_from(Grade), MOMENTS, st.none() | st.randoms(use_true_random=False))
@settings(max_examples=500)
def test_whatever_the_clock_says_there_is_a_day(last, grade, now, fuzz):
    review = after(last, grade, now, fuzz=fuzz)
    assert Review.model_validate(review.model_dump()) == review
    assert review.day <= review.due <= LAST_DAY
    assert review.due > review.day or review.day == LAST_DAY
    assert last is None or review.reviewed > last.reviewed
    assert is_due(review, review.due)


# What it costs


def test_fsrs_is_imported_with_the_first_grade_and_brings_nothing_heavy():
    code = (
        "import sys; import interview_coach.domain.scheduling as s; assert 'fsrs' not in sys.modules; "
        "from datetime import datetime, UTC; s.after(None, s.Grade.GOOD, datetime.now(UTC)); "
        "assert 'fsrs.scheduler' in sys.modules; assert not {'torch', 'pandas', 'numpy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
