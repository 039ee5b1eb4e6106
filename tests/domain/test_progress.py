"""What has changed, counted: means, contrasts and shares over answers, and silence where there is too little."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.models import Criterion
from interview_coach.domain.progress import (
    FEWEST,
    LAST_NUMBER,
    Answered,
    Period,
    by_stage,
    first_against_latest,
    first_against_second,
    first_scores,
    means_over_time,
    period_of,
    rating_against_points,
    said_by_number,
)

MONDAY = date(2026, 3, 2)
NONE = (None, None, None)


def answered(number=1, *, question=1, day=MONDAY, stage="HR", attempt=1, first=NONE, second=NONE, own=None, said=None):
    return Answered(number, question, day, stage, attempt, 30.0, first, second, own, said)


class TestPeriod:
    @pytest.mark.parametrize(
        ("days", "period"),
        [(0, Period.DAY), (31, Period.DAY), (32, Period.WEEK), (190, Period.WEEK), (191, Period.MONTH)],
    )
    def test_a_longer_time_is_cut_into_longer_parts(self, days, period):
        assert period_of([MONDAY, MONDAY + timedelta(days=days)]) is period

    def test_no_days_at_all(self):
        assert period_of([]) is Period.DAY

    @given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 2000), st.sampled_from(Period))
    def test_the_number_of_a_part_counts_the_parts_between(self, first, later, period):
        day, begin, parts = first + timedelta(days=later), period.begin(first), 0
        while begin < period.begin(day):
            parts += 1
            begin = period.begin(begin + timedelta(days={"day": 1, "week": 7, "month": 31}[period]))
        assert period.number(first, day) == parts
        assert period.begin(day) <= day


class TestMeans:
    def test_a_mean_for_each_part_that_has_a_value(self):
        values = [(MONDAY, 1, 4), (MONDAY + timedelta(days=6), 2, 7), (MONDAY + timedelta(days=14), 3, 2)]
        one, other = means_over_time(values, Period.WEEK)
        assert (one.begin, one.value, one.attempt_ids) == (MONDAY, 5.5, (1, 2))
        assert (other.begin, other.value, other.attempt_ids) == (MONDAY + timedelta(days=14), 2, (3,))

    def test_what_was_not_rated_is_no_number(self):
        scores = first_scores([answered(1, first=(4, None, None)), answered(2)], Criterion.CLARITY)
        (mean,) = means_over_time(scores, Period.DAY)
        assert (mean.value, mean.attempt_ids) == (4, (1,))
        assert means_over_time(first_scores([answered(first=(4, None, None))], Criterion.CONFIDENCE), Period.DAY) == ()

    def test_the_oldest_comes_first_whatever_the_order(self):
        values = [(MONDAY + timedelta(days=2), 1, 1), (MONDAY, 2, 2)]
        assert [mean.begin for mean in means_over_time(values, Period.DAY)] == [MONDAY, MONDAY + timedelta(days=2)]


class TestContrasts:
    def test_two_looks_at_the_same_answers(self):
        answers = [answered(each, first=(6, 5, None), second=(4, None, 3)) for each in range(FEWEST)]
        clarity = first_against_second(answers, Criterion.CLARITY)
        assert (clarity.before, clarity.after, clarity.difference, clarity.count) == (6, 4, -2, FEWEST)
        for criterion in (Criterion.CONFIDENCE, Criterion.TECHNICAL_DEPTH):  # one of the two looks is not there
            assert first_against_second(answers, criterion).count == 0

    @pytest.mark.parametrize("count", [0, 1, FEWEST - 1])
    def test_too_few_say_nothing_but_how_many_they_are(self, count):
        answers = [answered(each, first=(6, 5, 4), second=(4, 4, 4), own=5, said=0.5) for each in range(count)]
        for found in (first_against_second(answers, Criterion.CLARITY), rating_against_points(answers)):
            assert (found.count, found.before, found.after, found.difference) == (count, None, None, None)

    def test_the_own_rating_beside_the_points_said(self):
        answers = [answered(each, own=8, said=0.5) for each in range(FEWEST)]
        answers += [answered(99, own=2), answered(98, said=0.0)]  # one alone is compared with nothing
        found = rating_against_points(answers)
        assert (found.before, found.after, found.count) == (0.8, 0.5, FEWEST)

    def test_the_first_attempt_beside_the_latest_at_the_same_questions(self):
        answers = []
        for question in range(FEWEST):
            for attempt, said in ((2, 0.1), (1, 0.2), (4, 1.0), (3, 0.3)):
                answers.append(answered(10 * question + attempt, question=question, attempt=attempt, said=said))
        answers.append(answered(99, question=77, said=0.9))  # tried once
        answers.append(answered(98, question=78, attempt=1))  # never compared
        found = first_against_latest(answers)
        assert found.before == pytest.approx(0.2)
        assert found.after == pytest.approx(1.0)
        assert found.attempt_ids == tuple(10 * question + 4 for question in range(FEWEST))


def test_shares_by_the_number_of_the_attempt():
    answers = [answered(each, attempt=each, said=each / 10) for each in range(1, LAST_NUMBER + 3)]
    answers.append(answered(50, attempt=1))
    found = said_by_number(answers)
    assert [share.number for share in found] == list(range(1, LAST_NUMBER + 1))
    assert found[0].share == pytest.approx(0.1)
    assert found[-1].share == pytest.approx((0.6 + 0.7 + 0.8) / 3)
    assert found[-1].attempt_ids == (6, 7, 8)


def test_answers_by_their_stage():
    answers = [answered(1, stage="HR"), answered(2, stage="INTRO"), answered(3, stage="HR")]
    assert {stage: [each.attempt_id for each in found] for stage, found in by_stage(answers).items()} == {
        "HR": [1, 3],
        "INTRO": [2],
    }
