"""The schedule follows from the reviews, whatever becomes of their attempts and questions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from interview_coach.domain.models import Mode, SelfRating
from interview_coach.domain.scheduling import Grade, Review, after, is_due
from interview_coach.domain.trash import TrashKind

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
NOTHING = SelfRating()


def review(grade=Grade.GOOD, days=0, **columns):
    made = after(None, grade, NOON + timedelta(days=days), proposed=Grade.HARD)
    return made.model_copy(update=columns)


def compare(services, count=3):
    """Answer the first questions of the sample and finish them; return the attempts, one a question."""
    session = services.practice.session(services.practice.start_default(count=count))
    view, attempts = session.view(), []
    for _ in range(count):
        attempts.append(view.attempt_id)
        session.submit("words", 1.0)
        session.rate(NOTHING)
        view = session.finish_question((), NOTHING, "")
    return attempts


@pytest.fixture
def attempts(services):
    """Three finished attempts at the questions 1 to 3, without reviews."""
    made = compare(services)
    with services.database.begin() as work:
        work.schedule.remove_reviews(made)
    return made


def due(services):
    with services.database.begin() as work:
        return {question_id: found.due for question_id, found in work.schedule.of_questions(range(1, 11)).items()}


def rows(services):
    with services.database.raw() as connection:
        return connection.execute("SELECT question_id, attempt_id, due FROM schedule ORDER BY 1").fetchall()


def test_a_review_is_stored_as_it_is_and_is_the_schedule(services, attempts):
    first = review(Grade.EASY)
    with services.database.begin() as work:
        assert work.schedule.review(attempts[0]) is None
        assert work.schedule.last(1) is None
        work.schedule.add_review(attempts[0], first)
    with services.database.begin() as work:
        assert work.schedule.review(attempts[0]) == first
        assert work.schedule.last(1) == first
        assert work.schedule.of_questions([1, 2, 3]) == {1: first}
        assert work.schedule.reviews(attempts) == {attempts[0]: first}


def test_a_second_review_of_an_attempt_takes_the_place_of_the_first(services, attempts):
    with services.database.begin() as work:
        work.schedule.add_review(attempts[0], review(Grade.EASY))
        work.schedule.add_review(attempts[0], review(Grade.AGAIN, proposed=None))
        assert work.schedule.last(1) == review(Grade.AGAIN, proposed=None)
    assert len(rows(services)) == 1


def test_the_last_review_counts_and_when_it_goes_the_one_before(services, attempts):
    again = compare(services, count=1)
    with services.database.begin() as work:
        work.schedule.add_review(again[0], review(Grade.HARD, days=2))
        work.schedule.add_review(attempts[0], review(Grade.EASY, days=1))  # stored later, but made before
        assert work.schedule.last(1) == review(Grade.HARD, days=2)
        work.schedule.remove_review(again[0])
        assert work.schedule.last(1) == review(Grade.EASY, days=1)
        work.schedule.remove_review(attempts[0])
        assert work.schedule.last(1) is None
    assert rows(services) == []


def test_an_attempt_that_goes_takes_its_review_along(services, attempts):
    with services.database.begin() as work:
        work.schedule.add_review(attempts[0], review())
        work.attempts.remove(attempts[0])
    assert (rows(services), due(services)) == ([], {})


@pytest.mark.parametrize(
    "columns",
    [{"grade": 5}, {"proposed": 0}, {"stability": 0}, {"difficulty": 11}],
    ids=lambda given: next(iter(given)),
)
def test_what_is_no_review_is_refused_by_the_schema(services, attempts, columns):
    with services.database.raw() as connection:
        values = {"grade": 3, "proposed": 3, "stability": 1.0, "difficulty": 5.0, **columns}
        with pytest.raises(Exception, match="CHECK constraint"):
            connection.execute(
                "INSERT INTO review (attempt_id, reviewed_at, day, due, grade, proposed, stability, difficulty) "
                "VALUES (?, '2026-03-02 12:00:00', '2026-03-02', '2026-03-03', ?, ?, ?, ?)",
                (attempts[0], *values.values()),
            )


def test_a_review_needs_an_attempt(services):
    with pytest.raises((IntegrityError, ValueError)), services.database.begin() as work:
        work.schedule.add_review(77, review())


# What is due


def test_what_is_due_comes_by_how_long_it_has_waited(services, attempts):
    with services.database.begin() as work:
        for attempt_id, days in zip(attempts, (2, 1, 0), strict=True):
            work.schedule.add_review(attempt_id, review(Grade.AGAIN, days=days))
        by_day = [work.schedule.due_ids(TODAY + timedelta(days=days)) for days in range(4)]
    assert by_day == [(), (3,), (3, 2), (3, 2, 1)]


@pytest.mark.parametrize("deed", ["suspend", "delete", "merge"])
def test_what_is_not_practised_is_not_due(services, attempts, deed):
    with services.database.begin() as work:
        for attempt_id in attempts[:2]:
            work.schedule.add_review(attempt_id, review())
    if deed == "suspend":
        services.tending.suspend([1], suspended=True)
    elif deed == "delete":
        services.tending.delete_questions([1])
    else:
        services.tending.merge(2, 1)
    with services.database.begin() as work:
        assert work.schedule.due_ids(date(2027, 1, 1)) == (2,)
    services.tending.undo()
    with services.database.begin() as work:
        assert work.schedule.due_ids(date(2027, 1, 1)) == (1, 2)


@pytest.mark.parametrize("column", ["trash_id", "merged_into"])
def test_what_is_no_question_of_the_bank_is_not_due_whatever_its_attempts_are(services, attempts, column):
    with services.database.begin() as work:
        work.schedule.add_review(attempts[0], review())
        work.trash.add(TrashKind.QUESTIONS, NOON)
    with services.database.raw() as connection:
        connection.execute(f"UPDATE question SET {column} = 1 WHERE id = 1")  # noqa: S608  (our own names)
    with services.database.begin() as work:
        assert work.schedule.due_ids(date(2027, 1, 1)) == ()


def test_what_is_still_being_imported_is_not_due(services, attempts):
    with services.database.begin() as work:
        work.schedule.add_review(attempts[0], review())
    with services.database.raw() as connection:
        connection.execute("UPDATE transcript SET published = 0")
    with services.database.begin() as work:
        assert work.schedule.due_ids(date(2027, 1, 1)) == ()


@pytest.mark.parametrize("ahead", [1, 30, 31, 25_000])
@pytest.mark.parametrize("today", [TODAY, date(9999, 12, 29)])
def test_what_a_clock_far_ahead_put_off_is_due_as_the_rule_has_it(services, attempts, ahead, today):
    if today > TODAY:
        astray = review(day=today, due=today)
    else:
        astray = review(day=today + timedelta(days=ahead), due=today + timedelta(days=ahead + 3))
    with services.database.begin() as work:
        work.schedule.add_review(attempts[0], astray)
        assert (work.schedule.due_ids(today) == (1,)) is is_due(astray, today)
    assert is_due(astray, today) is (ahead > 30 or today > TODAY)


# What becomes of the attempts


@pytest.fixture
def two(services, attempts):
    """Question 1 reviewed twice, question 2 once; return the attempts, the oldest first."""
    again = compare(services, count=1)
    made = [attempts[0], again[0], attempts[1]]
    with services.database.begin() as work:
        for attempt_id, grade, days in zip(made, (Grade.EASY, Grade.AGAIN, Grade.GOOD), (0, 1, 2), strict=True):
            work.schedule.add_review(attempt_id, review(grade, days=days))
    return made


EASY, AGAIN, GOOD = date(2026, 3, 10), date(2026, 3, 4), date(2026, 3, 6)


def test_a_deleted_attempt_does_not_count_and_comes_back_with_its_day(services, two, all_rows):
    before = all_rows(services)
    assert due(services) == {1: AGAIN, 2: GOOD}
    services.tending.delete_attempts([two[1]])
    assert due(services) == {1: EASY, 2: GOOD}
    services.tending.delete_attempts([two[0]])
    assert due(services) == {2: GOOD}
    services.tending.undo()
    services.tending.undo()
    assert all_rows(services) == before


def test_what_is_put_back_is_due_again(services, two):
    services.tending.delete_attempts([two[1]])
    (entry,) = services.trash.listed()
    services.tending.put_back(entry.id)
    assert due(services) == {1: AGAIN, 2: GOOD}
    services.tending.undo()
    assert due(services) == {1: EASY, 2: GOOD}


def test_what_is_deleted_for_good_leaves_no_review(services, two):
    services.tending.delete_attempts([two[1]])
    services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
    with services.database.raw() as connection:
        assert connection.execute("SELECT attempt_id FROM review ORDER BY 1").fetchall() == [(two[0],), (two[2],)]
    assert due(services) == {1: EASY, 2: GOOD}
    assert services.checking.examine() == ()


@pytest.mark.usefixtures("two")
def test_a_deleted_question_goes_with_its_day_and_comes_back_with_it(services, all_rows):
    before = all_rows(services)
    services.tending.delete_questions([1])
    assert due(services) == {2: GOOD}
    services.tending.undo()
    assert all_rows(services) == before
    services.tending.delete_questions([1])
    (entry,) = services.trash.listed()
    services.trash.erase((entry.id,))
    assert due(services) == {2: GOOD}
    assert services.checking.examine() == ()


@pytest.mark.usefixtures("two")
def test_of_two_questions_that_are_merged_the_later_review_counts(services, all_rows):
    before = all_rows(services)
    services.tending.merge(1, 2)
    assert due(services) == {1: GOOD}
    services.tending.undo()
    assert all_rows(services) == before
    services.tending.merge(2, 1)
    assert due(services) == {2: GOOD}
    assert services.checking.examine() == ()
    services.tending.undo()
    assert all_rows(services) == before


@pytest.mark.usefixtures("two")
def test_a_question_without_answers_that_took_over_anothers_gives_its_day_back(services, all_rows):
    before = all_rows(services)
    services.tending.merge(7, 1)
    assert due(services) == {2: GOOD, 7: AGAIN}
    services.tending.undo()
    assert all_rows(services) == before


def test_an_attempt_begun_since_a_merge_follows_its_place_back_with_its_day(services):
    session = services.practice.session(services.practice.start_default(count=3))  # asks both, so both keep a place
    services.tending.merge(2, 1)
    session.view()
    session.submit("words", 1.0)
    session.rate(NOTHING)
    session.finish_question((), NOTHING, "", Grade.EASY)
    assert set(due(services)) == {2}
    services.tending.undo()
    assert set(due(services)) == {1}
    assert services.checking.examine() == ()


def test_what_was_reviewed_since_a_deed_counts_when_the_deed_is_taken_back(services, two):
    services.tending.delete_attempts([two[1]])
    (later,) = compare(services, count=1)
    with services.database.begin() as work:
        work.schedule.add_review(later, review(Grade.EASY, days=9))
    services.tending.undo()
    assert due(services) == {1: date(2026, 3, 19), 2: GOOD}
    assert services.checking.examine() == ()


@pytest.mark.usefixtures("two")
def test_an_attempt_made_since_a_merge_goes_back_with_its_review(services, clock):
    services.tending.merge(2, 1)
    session = services.practice.session(services.practice.start_default(Mode.PRACTICE, count=1))
    view = session.view()
    assert view.question_id == 2
    clock.advance(days=20)
    session.submit("words", 1.0)
    session.rate(NOTHING)
    session.finish_question((), NOTHING, "", Grade.EASY)
    merged = due(services)
    assert set(merged) == {2}
    services.tending.undo()
    assert services.checking.examine() == ()
    with services.database.begin() as work:
        answered = work.attempts.get(view.attempt_id).question_id
    assert due(services)[answered] == merged[2]
    assert len(due(services)) == 2


@pytest.mark.usefixtures("two")
def test_settling_what_is_right_changes_nothing(services):
    before = rows(services)
    with services.database.begin() as work:
        work.schedule.settle_all()
        work.schedule.settle([1, 2, 3, 77])
    assert rows(services) == before


@pytest.mark.usefixtures("two")
def test_reviews_are_values(services):
    with services.database.begin() as work:
        found = work.schedule.of_questions([1, 2])
    assert all(isinstance(each, Review) for each in found.values())
    assert found[1].proposed is Grade.HARD
