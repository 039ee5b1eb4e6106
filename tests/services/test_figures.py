"""The figures behind Progress, from what was really practised."""

import json
from datetime import date, timedelta

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Criterion, DecidedPoint, PointStatus, SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.progress import FEWEST
from interview_coach.domain.scheduling import Grade
from interview_coach.services.figures import DAYS_AHEAD
from interview_coach.services.figures_json import as_json

TODAY = date(2026, 3, 2)
SAID, PARTLY, MISSED, LEFT_OUT = PointStatus.SAID, PointStatus.PARTLY, PointStatus.MISSED, PointStatus.LEFT_OUT


def answer(services, question_id, *, first=None, second=None, points=(), text="I would measure it.", grade=Grade.GOOD):
    """Answer a question as a person does; returns the attempt."""
    practice = services.practice
    session = practice.session(practice.start_chosen([question_id], title="x", count=None))
    session.view()
    session.submit(text, 30.0)
    if text.strip():
        session.rate(SelfRating(**(first or {})))
    decided = [DecidedPoint(text=f"point {place}", decided=status) for place, status in enumerate(points)]
    session.finish_question(decided, SelfRating(**(second or {})), "", grade=grade)
    return services.progress.attempts(question_id=question_id)[-1].attempt.id


def test_nothing_yet(services):
    days, answers = services.figures.days(), services.figures.answers()
    assert (days.answers, days.days, days.ahead, days.later) == (0, (), (), ())
    assert answers.everywhere.ratings == dict.fromkeys(Criterion, ())
    assert answers.stages == {}
    assert services.figures.delivery().answers == 0


def test_days_and_the_minutes_they_took(services, clock):
    one = answer(services, 1)
    clock.advance(days=2)
    two, three = answer(services, 2), answer(services, 3)
    first, last = services.figures.days().days
    assert (first.day, first.attempt_ids, first.seconds) == (TODAY, (one,), 90.0)
    assert (last.day, last.attempt_ids, last.seconds) == (TODAY + timedelta(days=2), (two, three), 180.0)


def test_what_was_rated_by_stage(services):
    answer(services, 1, first={"clarity": 4})
    answer(services, 4, first={"clarity": 8, "technical_depth": 3})
    figures = services.figures.answers()
    assert list(figures.stages) == ["INTRO", "TECHNICAL"]
    (mean,) = figures.everywhere.ratings[Criterion.CLARITY]
    assert (mean.value, len(mean.attempt_ids)) == (6, 2)
    (depth,) = figures.stages["TECHNICAL"].ratings[Criterion.TECHNICAL_DEPTH]
    assert depth.value == 3
    assert figures.stages["INTRO"].ratings[Criterion.TECHNICAL_DEPTH] == ()
    assert figures.everywhere.ratings[Criterion.CONFIDENCE] == ()


def test_the_second_look_and_the_points_beside_the_first_rating(services):
    for _ in range(FEWEST):
        answer(
            services,
            4,
            first={"clarity": 8, "confidence": 6},
            second={"clarity": 5},
            points=(SAID, PARTLY, MISSED, LEFT_OUT, None),
        )
    everywhere = services.figures.answers().everywhere
    looks = everywhere.looks[Criterion.CLARITY]
    assert (looks.before, looks.after, looks.count) == (8, 5, FEWEST)
    assert everywhere.looks[Criterion.CONFIDENCE].count == 0
    points = everywhere.against_points
    assert (points.before, points.after) == (pytest.approx(0.7), pytest.approx(0.5))
    assert [(share.number, share.share) for share in everywhere.by_number] == [(each, 0.5) for each in range(1, 6)]


def test_what_is_in_trash_skipped_or_a_draft_is_not_counted(services):
    kept, gone = answer(services, 1, first={"clarity": 4}), answer(services, 2, first={"clarity": 9})
    services.tending.delete_attempts([gone])
    session = services.practice.session(services.practice.start_chosen([5, 6], title="x", count=None))
    session.view()
    session.skip("", 2.0)
    session.save_draft(session.view().attempt_id, "half of", 5.0)
    assert [done.attempt_ids for done in services.figures.days().days] == [(kept,)]
    figures = services.figures.answers()
    assert figures.everywhere.answers == 1
    assert figures.everywhere.ratings[Criterion.CLARITY][0].value == 4
    assert services.figures.delivery().answers == 1


class TestAhead:
    def test_what_comes_back_on_which_day(self, services, clock):
        again, easy = answer(services, 1, grade=Grade.AGAIN), answer(services, 2, grade=Grade.EASY)
        due = {question: services.question_panel.view(question).due for question in (1, 2)}
        figures = services.figures.days()
        assert {ahead.day: ahead.attempt_ids for ahead in figures.ahead} == {due[1]: (again,), due[2]: (easy,)}
        clock.advance(days=3)
        assert services.figures.days().ahead[0].day == TODAY + timedelta(days=3)  # overdue stands today
        assert services.figures.days().ahead[0].attempt_ids == (again,)

    def test_later_is_told_apart(self, services, clock):
        for _ in range(4):
            number = answer(services, 1, grade=Grade.EASY)
            clock.advance(days=9)
        due = services.question_panel.view(1).due
        assert (due - TODAY).days >= 36 + DAYS_AHEAD
        figures = services.figures.days()
        assert (figures.ahead, figures.later) == ((), (number,))

    def test_suspended_ones_never_come(self, services):
        answer(services, 1, grade=Grade.AGAIN)
        services.tending.suspend([1], suspended=True)
        assert services.figures.days().ahead == ()

    def test_the_plan_is_told_with_the_minutes(self, services):
        services.agenda.preferences = Preferences(interview_day=TODAY + timedelta(days=5), minutes_a_day=30)
        figures = services.figures.days()
        assert figures.minutes_a_day == 30
        assert [day for day, _ in figures.agenda.plan] == [TODAY + timedelta(days=number) for number in range(5)]


def test_how_the_newest_are_said(services, clock):
    answer(services, 1, text="Maybe I would, um, measure it first and then perhaps cache.")
    clock.advance(days=1)
    answer(services, 2, text="I measured the slow query and added the index that it needed.")
    answer(services, 3, text="   ")
    delivery = services.figures.delivery()
    assert delivery.answers == 2
    assert [mean.value for mean in delivery.words] == [11, 12]
    assert delivery.hedges[0].value > delivery.hedges[1].value == 0
    assert delivery.fillers[0].value > 0
    assert services.figures.delivery(most=2).answers == 1


def test_one_in_another_language_has_no_hedges_counted(services):
    text = "Ich habe zuerst die langsame Abfrage gemessen und danach den Index gebaut, der gefehlt hat, und nicht mehr."
    answer(services, 1, text=text)
    delivery = services.figures.delivery()
    assert (len(delivery.words), delivery.hedges, delivery.fillers) == (1, (), ())


def test_as_json_it_is_plain_and_null_where_nothing_may_be_said(services):
    answer(services, 1, first={"clarity": 4}, second={"clarity": 3})
    said = json.loads(
        json.dumps(as_json(services.figures.days(), services.figures.answers(), services.figures.delivery()))
    )
    assert said["answers"] == 1
    assert said["days"] == [{"day": "2026-03-02", "answers": 1, "minutes": 1.5}]
    assert said["stages"]["INTRO"]["first_ratings"]["clarity"] == [{"from": "2026-03-02", "mean": 4.0, "answers": 1}]
    assert said["all"]["first_and_second_look"]["clarity"] == {"answers": 1, "first": None, "second": None}
    assert said["interview_date"] is None


def test_a_day_that_is_none_is_told_as_damage(services):
    answer(services, 1)
    with services.database.raw() as connection:
        connection.execute("UPDATE attempt SET day = 'some day'")
    for read in (services.figures.days, services.figures.answers, services.figures.delivery):
        with pytest.raises(CoachError) as told:
            read()
        assert told.value.fault is Fault.INCONSISTENT_DATA
