"""Every finished answer gets a grade and a day, in the transaction that finishes it; Undo takes both back."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import DecidedPoint, Mode, PointStatus, SelfRating
from interview_coach.domain.practice import Step
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.scheduling import Grade, GradeReason
from interview_coach.services.practice_session import PracticeSession

NOTHING = SelfRating()
SAID = [DecidedPoint(text="a", decided=PointStatus.SAID)]


@pytest.fixture
def session(services):
    return services.practice.session(services.practice.start_default(count=2))


def rated(session, rating=NOTHING, text="words"):
    session.view()
    session.submit(text, 1.0)
    return session.rate(rating) if text else session.view()


def review_of(services, attempt_id):
    with services.database.begin() as work:
        return work.schedule.review(attempt_id)


def last_of(services, question_id):
    with services.database.begin() as work:
        return work.schedule.last(question_id)


def test_compare_says_what_is_proposed_and_when_each_grade_brings_it_back(session):
    view = rated(session, SelfRating(clarity=9, confidence=8))
    grading = view.comparison.grading
    assert grading.today == date(2026, 3, 2)
    assert [(due - grading.today).days for due in grading.due.values()] == [1, 1, 2, 8]
    assert grading.proposed(()).grade is Grade.GOOD
    proposed = grading.proposed(SAID)
    assert (proposed.grade, proposed.reason) == (Grade.EASY, GradeReason.BOTH)


@pytest.mark.parametrize("chosen", [None, *Grade])
def test_what_compare_said_is_what_is_stored(services, session, chosen):
    view = rated(session, SelfRating(clarity=4))
    session.finish_question(SAID, NOTHING, "", *([] if chosen is None else [chosen]))
    review = review_of(services, view.attempt_id)
    assert review.proposed is Grade.HARD
    assert review.grade is (chosen or Grade.HARD)
    assert review.due == view.comparison.grading.due[review.grade]
    assert last_of(services, view.question_id) == review


def test_an_empty_answer_is_due_tomorrow(services, session):
    view = rated(session, text="")
    assert view.comparison.grading.proposed(SAID).reason is GradeReason.EMPTY
    session.finish_question(SAID, NOTHING, "")
    review = review_of(services, view.attempt_id)
    assert (review.grade, review.due) == (Grade.AGAIN, date(2026, 3, 3))


def test_the_second_time_builds_on_the_first(services, session, clock):
    first = rated(session)
    session.finish_question((), NOTHING, "")
    clock.advance(days=2)
    again = services.practice.session(services.practice.start_default(count=1))
    view = rated(again)
    assert view.question_id == first.question_id
    days = [(due - date(2026, 3, 4)).days for due in view.comparison.grading.due.values()]
    assert days == [1, 8, 11, 19]


def test_undo_takes_the_review_back_with_the_step(services, session, all_rows):
    view = rated(session)
    before = all_rows(services)
    session.finish_question((), NOTHING, "", Grade.EASY)
    assert review_of(services, view.attempt_id) is not None
    undone = session.undo()
    assert undone.step is Step.COMPARE
    assert (review_of(services, view.attempt_id), last_of(services, view.question_id)) == (None, None)
    after = all_rows(services)
    for table in ("review", "schedule"):
        assert after[table] == before[table] == []
    session.finish_question((), NOTHING, "", Grade.HARD)
    assert review_of(services, view.attempt_id).grade is Grade.HARD


def test_undo_of_the_second_review_brings_the_day_of_the_first_back(services, session, clock):
    view = rated(session)
    session.finish_question((), NOTHING, "", Grade.EASY)
    first = last_of(services, view.question_id)
    clock.advance(days=8)
    again = services.practice.session(services.practice.start_default(count=1))
    rated(again)
    again.finish_question((), NOTHING, "")
    assert last_of(services, view.question_id) != first
    again.undo()
    assert last_of(services, view.question_id) == first


def test_an_answer_that_is_tried_again_is_reviewed_and_so_is_the_next(services, session):
    view = rated(session)
    again = session.try_again((), NOTHING, "", Grade.AGAIN)
    assert review_of(services, view.attempt_id).grade is Grade.AGAIN
    session.undo()
    assert review_of(services, view.attempt_id) is None
    again = session.try_again((), NOTHING, "", Grade.AGAIN)
    session.submit("better", 1.0)
    session.rate(NOTHING)
    session.finish_question((), NOTHING, "", Grade.GOOD)
    assert last_of(services, view.question_id) == review_of(services, again.attempt_id)
    assert last_of(services, view.question_id).due == date(2026, 3, 3)  # the second of one day says little more


def test_undo_of_an_empty_answer_after_compare(services, session):
    view = rated(session, text="")
    session.finish_question((), NOTHING, "")
    session.undo()
    session.undo()
    assert review_of(services, view.attempt_id) is None
    assert session.view().step is Step.ANSWER
    assert services.checking.examine() == ()


def test_a_mock_interview_is_graded_at_its_end(services):
    session = services.practice.session(services.practice.start_default(Mode.MOCK, count=2))
    view = session.view()
    attempts = []
    while view.step is not Step.DONE:
        if view.step is Step.ANSWER:
            attempts.append(view.attempt_id)
            view = session.submit("words", 1.0)
        elif view.step is Step.RATE:
            assert review_of(services, view.attempt_id) is None
            view = session.rate(SelfRating(clarity=2))
        else:
            view = session.finish_question((), NOTHING, "")
    assert [review_of(services, attempt_id).grade for attempt_id in attempts] == [Grade.AGAIN] * 2


def test_a_skipped_question_has_no_day(services, session):
    view = session.view()
    session.skip("half", 1.0)
    assert (review_of(services, view.attempt_id), last_of(services, view.question_id)) == (None, None)


def test_a_suspended_question_is_reviewed_where_it_is_asked_and_never_comes(services, session):
    view = rated(session)
    services.tending.suspend([view.question_id], suspended=True)
    session.finish_question((), NOTHING, "")
    assert review_of(services, view.attempt_id) is not None
    with services.database.begin() as work:
        assert work.schedule.due_ids(date(2030, 1, 1)) == ()


def test_the_question_that_another_was_merged_into_is_the_one_that_comes_back(services, session):
    rated(session)
    services.tending.merge(2, 1)
    session.finish_question((), NOTHING, "")
    assert last_of(services, 1) is None
    assert last_of(services, 2) is not None
    assert services.checking.examine() == ()


def test_what_cannot_be_stored_leaves_neither(services, session, all_rows):
    """Attempt and review are stored together or not at all."""
    rated(session)
    before = all_rows(services)
    with services.database.raw() as connection:
        connection.execute(
            "CREATE TEMP TRIGGER refused BEFORE INSERT ON main.schedule BEGIN SELECT RAISE(ABORT, 'full'); END"
        )
    with pytest.raises((CoachError, Exception), match="full"):
        session.finish_question((), NOTHING, "line")
    with services.database.raw() as connection:
        connection.execute("DROP TRIGGER refused")
    assert all_rows(services) == before
    assert session.view().step is Step.COMPARE


def test_the_day_is_the_persons_own(services, session, clock):
    """In this zone the day has begun, in UTC it has not."""
    clock.moment = datetime(2026, 3, 3, 5, 30, tzinfo=timezone(timedelta(hours=2)))
    view = rated(session)
    assert view.comparison.grading.today == date(2026, 3, 3)
    session.finish_question((), NOTHING, "", Grade.GOOD)
    review = review_of(services, view.attempt_id)
    assert (review.day, review.due) == (date(2026, 3, 3), date(2026, 3, 5))
    assert review.due == view.comparison.grading.due[Grade.GOOD]
    assert review.reviewed == datetime(2026, 3, 3, 3, 30, tzinfo=UTC)


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_goes_back_hides_nothing(services, clock, back):
    for moved in (timedelta(0), back):
        clock.moment -= moved
        session = services.practice.session(services.practice.start_default(count=1))
        view = rated(session)
        session.finish_question((), NOTHING, "")
    review = last_of(services, view.question_id)
    assert review == review_of(services, view.attempt_id)  # the one that was made last, whatever the clock said
    assert review.reviewed > datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert (review.due - date(2026, 3, 2)).days < 15
    assert services.checking.examine() == ()


def test_days_can_be_spread_and_stay_what_they_were_said_to_be(services, session, clock):
    first = rated(session)
    session.finish_question((), NOTHING, "", Grade.EASY)
    spread = set()
    for days in range(1, 9):
        clock.advance(days=days)
        started = services.practice.start_default(count=1)
        again = PracticeSession(services.database, clock, Preferences, started, fuzz=True)
        view = rated(again)
        foreseen = view.comparison.grading.due
        assert again.view().comparison.grading.due == foreseen
        again.finish_question((), NOTHING, "", Grade.EASY)
        review = last_of(services, first.question_id)
        assert review.due == foreseen[Grade.EASY]
        again.undo()
        plain = PracticeSession(services.database, clock, Preferences, started).view()
        spread.add(foreseen[Grade.EASY] == plain.comparison.grading.due[Grade.EASY])
        again.finish_question((), NOTHING, "", Grade.EASY)
    assert False in spread
