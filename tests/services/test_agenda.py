"""What is to be practised today: due and planned, within the day's minutes."""

from datetime import date, timedelta

import pytest

from interview_coach.domain.models import SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.scheduling import Grade
from interview_coach.services.agenda import A_LITTLE, AFTERWARDS, LONGEST_PLAN, Portion
from interview_coach.services.by_hand import NewQuestion

TODAY = date(2026, 3, 2)


def prefer(services, **chosen):
    services.agenda.preferences = Preferences(**chosen)
    return services.agenda.view()


def answer(services, *question_ids, grade=Grade.AGAIN, seconds=30.0):
    practice = services.practice
    session = practice.session(practice.start_chosen(question_ids, title="x", count=None))
    for _ in question_ids:
        session.view()
        session.submit("an answer", seconds)
        session.rate(SelfRating(clarity=3))
        session.finish_question((), SelfRating(), "", grade=grade)


def test_without_answers_and_a_date_there_is_nothing(services):
    agenda = services.agenda.view()
    assert (agenda.day, agenda.due, agenda.today, agenda.planned) == (TODAY, (), Portion(), Portion())
    assert (agenda.interview, agenda.days_left, agenda.minutes) == (None, None, 0)


def test_what_is_due_comes_as_the_days_minutes_hold_it(services, clock):
    answer(services, *range(1, 11))
    assert services.agenda.view().due == ()
    clock.advance(days=2)
    agenda = prefer(services, minutes_a_day=5)
    assert agenda.due == tuple(range(1, 11))
    assert agenda.today == Portion((1, 2, 3), 3 * (30 + AFTERWARDS))
    assert agenda.minutes == 4
    answer(services, 1, 2)
    agenda = prefer(services, minutes_a_day=5)
    assert agenda.today.question_ids == (3,)  # two minutes are left, and half of one is lost to none
    answer(services, 3, 4)
    agenda = prefer(services, minutes_a_day=5)
    assert (len(agenda.due), agenda.today) == (6, Portion())
    clock.advance(days=1)
    assert prefer(services, minutes_a_day=5).today.question_ids == (5, 6, 7)


def test_one_that_takes_longer_than_the_minutes_comes_alone(services, clock):
    answer(services, 1, 2, seconds=900.0)
    clock.advance(days=2)
    assert prefer(services, minutes_a_day=5).today == Portion((1,), 900 + AFTERWARDS)


def test_suspended_questions_are_neither_due_nor_planned(services, clock):
    answer(services, 1, 2)
    clock.advance(days=2)
    services.tending.suspend([1, 7], suspended=True)
    agenda = prefer(services, interview_day=TODAY + timedelta(days=9), minutes_a_day=60)
    assert agenda.due == (2,)
    assert (agenda.kept, agenda.chosen) == (8, 8)


def test_an_interview_is_planned_to_the_day_before(services, clock):
    interview = TODAY + timedelta(days=4)
    seen = dict.fromkeys(range(1, 11), 0)
    for left in (4, 3, 2, 1):
        agenda = prefer(services, interview_day=interview, minutes_a_day=30)
        assert (agenda.days_left, agenda.has_plan, agenda.kept, agenda.chosen) == (left, True, 10, 10)
        assert agenda.planned.seconds <= 30 * 60
        for question_id in agenda.planned.question_ids:
            seen[question_id] += 1
        if agenda.planned.question_ids:
            answer(services, *agenda.planned.question_ids, grade=Grade.EASY)
        clock.advance(days=1)
    assert min(seen.values()) >= 2
    agenda = prefer(services, interview_day=interview, minutes_a_day=30)
    assert (agenda.days_left, agenda.planned, agenda.kept) == (0, Portion(), 0)
    clock.advance(days=1)
    agenda = prefer(services, interview_day=interview)
    assert (agenda.interview, agenda.days_left, agenda.planned) == (None, None, Portion())


def test_what_was_practised_today_is_taken_off_todays_minutes(services):
    interview = TODAY + timedelta(days=9)
    before = prefer(services, interview_day=interview, minutes_a_day=5)
    assert before.planned == Portion((1, 10), 250.0)
    other = services.tending.add(NewQuestion("What is a monad?", "HR")).added_id
    answer(services, other, seconds=240.0)
    assert prefer(services, interview_day=interview, minutes_a_day=5, planned_search="from:nebula").planned == Portion()


def test_a_search_says_which_questions_and_others_are_still_due(services, clock):
    answer(services, 1, 4)
    clock.advance(days=2)
    chosen = {"interview_day": TODAY + timedelta(days=20), "planned_search": "stage:technical", "minutes_a_day": 60}
    agenda = prefer(services, **chosen)
    assert agenda.chosen == 3
    assert set(agenda.planned.question_ids) <= {4, 5, 6}
    assert agenda.due == (1, 4)
    assert agenda.today.question_ids == (1,)


def test_a_search_that_finds_nothing_plans_nothing(services):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=5), planned_search="wombat")
    assert (agenda.chosen, agenda.kept, agenda.planned, agenda.has_plan) == (0, 0, Portion(), True)


def test_what_comes_into_the_bank_is_planned_at_once(services):
    chosen = {"interview_day": TODAY + timedelta(days=5), "planned_search": "tag:new"}
    assert prefer(services, **chosen).chosen == 0
    services.tending.add(NewQuestion("What is a monad?", "HR", ("new",)))
    assert prefer(services, **chosen).chosen == 1


def test_what_the_minutes_do_not_reach_for_is_counted(services):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=3), minutes_a_day=5)
    assert (agenda.kept, agenda.chosen, agenda.left_out) == (2, 10, 6)


@pytest.mark.parametrize("left", [LONGEST_PLAN + 1, 300_000])
def test_a_day_that_is_far_off_has_no_plan_yet(services, left):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=left))
    assert (agenda.days_left, agenda.has_plan, agenda.planned, agenda.chosen) == (left, False, Portion(), 0)
    assert prefer(services, interview_day=TODAY + timedelta(days=LONGEST_PLAN)).has_plan


def test_the_day_begins_at_four(services, clock):
    clock.advance(hours=15)  # three in the night
    assert prefer(services, interview_day=TODAY + timedelta(days=1)).days_left == 1
    clock.advance(hours=2)
    assert prefer(services, interview_day=TODAY + timedelta(days=1)).days_left == 0


@pytest.mark.parametrize("back", [{"hours": 1}, {"days": 1}, {"days": 400}])
def test_a_clock_that_went_back_hides_nothing_and_is_told(services, clock, back):
    answer(services, 1, 2)
    clock.advance(days=2)
    answer(services, 3)
    before = services.agenda.view()
    assert (before.due, before.clock_went_back) == ((1, 2), False)
    clock.moment -= timedelta(**back)
    assert services.agenda.view().clock_went_back
    answer(services, 1)
    clock.moment += timedelta(**back) + timedelta(days=2)
    assert set(services.agenda.view().due) == {1, 2, 3}
    assert not services.agenda.view().clock_went_back


def test_a_clock_that_was_set_right_is_no_matter(services, clock):
    answer(services, 1)
    clock.moment -= A_LITTLE - timedelta(seconds=1)
    assert not services.agenda.view().clock_went_back
