"""Where a session stands follows from its attempts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from interview_coach.domain.models import Attempt, AttemptState, Mode
from interview_coach.domain.practice import Step, StepKind, last_step, standing

START = datetime(2026, 3, 2, tzinfo=UTC)


def attempt(place, number=1, state=AttemptState.SUBMITTED, text="x", submitted=None, rated=None, compared=None):
    """An attempt; the times count minutes from the start."""

    def moment(minutes):
        return None if minutes is None else START + timedelta(minutes=minutes)

    return Attempt(
        id=place * 10 + number, uid="u", session_id=1, place=place, question_id=place, number=number, state=state,
        text=text, seconds=0, blind=True, started=START, day=date(2026, 3, 2), submitted=moment(submitted),
        rated=moment(rated), compared=moment(compared),
    )  # fmt: skip


DRAFT = attempt(1, state=AttemptState.DRAFT)


@pytest.mark.parametrize("mode", Mode)
def test_a_new_session_is_at_its_first_question(mode):
    assert standing(mode, 3, ()).model_dump() == {"step": Step.ANSWER, "place": 1, "attempt": None}
    assert standing(mode, 3, [DRAFT]).attempt == DRAFT


def test_practice_goes_through_each_question_before_the_next():
    done = attempt(1, submitted=1, rated=2, compared=3)
    for second, step in (
        (attempt(2, submitted=4), Step.RATE),
        (attempt(2, submitted=4, rated=5), Step.COMPARE),
        (attempt(2, state=AttemptState.DRAFT), Step.ANSWER),
    ):
        where = standing(Mode.PRACTICE, 3, [second, done])
        assert (where.step, where.place, where.attempt) == (step, 2, second)
    skipped = attempt(2, state=AttemptState.SKIPPED, submitted=4)
    assert standing(Mode.PRACTICE, 3, [done, skipped]).place == 3


def test_a_mock_interview_has_all_answers_then_all_ratings_then_all_comparisons():
    one, two = attempt(1, submitted=1), attempt(2, submitted=2)
    assert standing(Mode.MOCK, 3, [one]).place == 2
    assert standing(Mode.MOCK, 2, [one, two]).model_dump(include={"step", "place"}) == {"step": Step.RATE, "place": 1}
    one = attempt(1, submitted=1, rated=3)
    assert standing(Mode.MOCK, 2, [one, two]).model_dump(include={"step", "place"}) == {"step": Step.RATE, "place": 2}
    two = attempt(2, submitted=2, rated=4)
    where = standing(Mode.MOCK, 2, [one, two])
    assert (where.step, where.place) == (Step.COMPARE, 1)


def test_the_newest_attempt_at_a_place_counts():
    again = attempt(1, 2, AttemptState.DRAFT)
    where = standing(Mode.PRACTICE, 1, [again, attempt(1, submitted=1, rated=2, compared=3)])
    assert (where.step, where.attempt) == (Step.ANSWER, again)


def test_a_session_is_done_when_every_place_is():
    attempts = [attempt(1, submitted=1, rated=2, compared=3), attempt(2, state=AttemptState.SKIPPED, submitted=4)]
    where = standing(Mode.PRACTICE, 2, attempts)
    assert (where.step, where.place, where.attempt) == (Step.DONE, 2, None)


@pytest.mark.parametrize(
    ("attempts", "kind", "number"),
    [
        ([DRAFT], None, None),
        ([attempt(1, submitted=1)], StepKind.SUBMITTED, 11),
        ([attempt(1, state=AttemptState.SKIPPED, submitted=1)], StepKind.SKIPPED, 11),
        ([attempt(1, submitted=1, rated=1)], StepKind.SUBMITTED, 11),
        ([attempt(1, submitted=1, rated=2)], StepKind.RATED, 11),
        ([attempt(1, submitted=1, rated=2, compared=3), attempt(2, submitted=2.5)], StepKind.COMPARED, 11),
        (
            [attempt(1, submitted=1, rated=2, compared=3), attempt(1, 2, AttemptState.DRAFT, " ")],
            StepKind.TRIED_AGAIN,
            12,
        ),
        ([attempt(1, submitted=1, rated=2, compared=3), attempt(1, 2, AttemptState.DRAFT, "typed")], None, None),
        ([attempt(1, submitted=1, rated=2, compared=3), attempt(1, 2, submitted=4)], StepKind.SUBMITTED, 12),
    ],
)
def test_the_last_step_is_the_newest_that_can_be_taken_back(attempts, kind, number):
    taken = last_step(attempts[::-1])
    assert (taken and taken.kind, taken and taken.attempt.id) == (kind, number)


def test_a_step_of_an_answer_that_was_deleted_is_not_taken_back():
    gone = attempt(1, submitted=5, rated=6, compared=7).model_copy(update={"in_trash": True})
    assert last_step([gone]) is None
    taken = last_step([attempt(2, submitted=4), gone])
    assert taken is not None
    assert (taken.kind, taken.attempt.place) == (StepKind.SUBMITTED, 2)
    retry = attempt(1, 2, AttemptState.SKIPPED, submitted=8).model_copy(update={"in_trash": True})
    assert last_step([attempt(1, submitted=1, rated=2, compared=3), retry]) is None
