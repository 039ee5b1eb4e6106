"""What is to be practised today: due and planned, within the day's minutes."""

from datetime import date, timedelta

import pytest

from interview_coach.domain.models import SelfRating
from interview_coach.domain.preferences import Interview, Preferences
from interview_coach.domain.scheduling import Grade
from interview_coach.services.agenda import A_LITTLE, AFTERWARDS, LONGEST_PLAN, Portion
from interview_coach.services.by_hand import NewQuestion

TODAY = date(2026, 3, 2)


def ahead(agenda):
    """The nearest interview: days left, whether it has a plan, and how many questions of how many it keeps."""
    interview = agenda.next_interview
    return interview.days_left, interview.has_plan, interview.kept, interview.chosen


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
    assert (agenda.interviews, agenda.next_interview, agenda.minutes) == ((), None, 0)


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
    assert ahead(agenda) == (7, True, 8, 8)


def test_an_interview_is_planned_to_the_day_before(services, clock):
    interview = TODAY + timedelta(days=4)
    seen = dict.fromkeys(range(1, 11), 0)
    for left in (4, 3, 2, 1):
        agenda = prefer(services, interview_day=interview, minutes_a_day=30)
        assert ahead(agenda) == (left, True, 10, 10)
        assert agenda.planned.seconds <= 30 * 60
        for question_id in agenda.planned.question_ids:
            seen[question_id] += 1
        if agenda.planned.question_ids:
            answer(services, *agenda.planned.question_ids, grade=Grade.EASY)
        clock.advance(days=1)
    assert min(seen.values()) >= 2
    agenda = prefer(services, interview_day=interview, minutes_a_day=30)
    assert (ahead(agenda), agenda.planned) == ((0, True, 0, 10), Portion())
    clock.advance(days=1)
    agenda = prefer(services, interview_day=interview)
    assert (agenda.interviews, agenda.planned) == ((), Portion())


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
    assert agenda.next_interview.chosen == 3
    assert set(agenda.planned.question_ids) <= {4, 5, 6}
    assert agenda.due == (1, 4)
    assert agenda.today.question_ids == (1,)


def test_a_search_that_finds_nothing_plans_nothing(services):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=5), planned_search="wombat")
    assert (ahead(agenda), agenda.planned) == ((5, True, 0, 0), Portion())


def test_what_comes_into_the_bank_is_planned_at_once(services):
    chosen = {"interview_day": TODAY + timedelta(days=5), "planned_search": "tag:new"}
    assert prefer(services, **chosen).next_interview.chosen == 0
    services.tending.add(NewQuestion("What is a monad?", "HR", ("new",)))
    assert prefer(services, **chosen).next_interview.chosen == 1


def test_what_the_minutes_do_not_reach_for_is_counted(services):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=3), minutes_a_day=5)
    assert (ahead(agenda), agenda.next_interview.left_out, agenda.next_interview.reached) == ((3, True, 0, 10), 4, 6)
    agenda = prefer(services, interview_day=TODAY + timedelta(days=4), minutes_a_day=10)
    assert (ahead(agenda), agenda.next_interview.left_out, agenda.next_interview.reached) == ((4, True, 6, 10), 0, 10)


@pytest.mark.parametrize("left", [LONGEST_PLAN + 1, 300_000])
def test_a_day_that_is_far_off_has_no_plan_yet(services, left):
    agenda = prefer(services, interview_day=TODAY + timedelta(days=left))
    assert (ahead(agenda), agenda.planned) == ((left, False, 0, 0), Portion())
    assert prefer(services, interview_day=TODAY + timedelta(days=LONGEST_PLAN)).next_interview.has_plan


def test_the_day_begins_at_four(services, clock):
    clock.advance(hours=15)  # three in the night
    assert prefer(services, interview_day=TODAY + timedelta(days=1)).next_interview.days_left == 1
    clock.advance(hours=2)
    assert prefer(services, interview_day=TODAY + timedelta(days=1)).next_interview.days_left == 0


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


class TestSeveralInterviews:
    """Two interviews: the nearer is planned as if it were alone, the later in what that leaves."""

    def chosen(self, first, later, minutes=20):
        further = (Interview(day=TODAY + timedelta(days=later[0]), search=later[1]),)
        day, search = TODAY + timedelta(days=first[0]), first[1]
        named = {"interview_day": day, "planned_search": search, "further_interviews": further}
        return {**named, "minutes_a_day": minutes}

    def test_the_nearer_comes_first_whichever_was_named_first(self, services):
        agenda = prefer(services, **self.chosen((12, "stage:hr"), (4, "stage:technical")))
        assert [(each.days_left, each.chosen) for each in agenda.interviews] == [(4, 3), (12, 2)]
        assert [day for day, _ in agenda.plan] == [TODAY + timedelta(days=number) for number in range(12)]
        technical, hr = {4, 5, 6}, {2, 3}
        for day, held in agenda.plan:
            allowed = technical | hr if day < TODAY + timedelta(days=4) else hr
            assert set(held.question_ids) <= allowed
            assert held.seconds <= 20 * 60

    def test_together_they_keep_the_minutes_of_a_day(self, services):
        agenda = prefer(services, **self.chosen((4, ""), (6, ""), minutes=5))
        alone = prefer(services, interview_day=TODAY + timedelta(days=4), minutes_a_day=5)
        assert agenda.interviews[0].kept == alone.next_interview.kept
        assert all(held.seconds <= 300 for _, held in agenda.plan)

    def test_what_both_ask_for_is_planned_once_until_the_first_and_again_after_it(self, services):
        agenda = prefer(services, **self.chosen((4, "stage:technical"), (9, "stage:technical")))
        for day, held in agenda.plan:
            assert len(set(held.question_ids)) == len(held.question_ids), day
        between = [set(held.question_ids) for day, held in agenda.plan if day >= TODAY + timedelta(days=4)]
        assert set().union(*between) == {4, 5, 6}
        assert {4, 5, 6} <= set().union(*between[-2:])  # the last pass before the later one
        assert [each.kept for each in agenda.interviews] == [3, 3]

    def test_one_that_is_over_is_told_no_more(self, services):
        agenda = prefer(services, **self.chosen((-3, ""), (5, "stage:hr")))
        assert [(each.days_left, each.chosen) for each in agenda.interviews] == [(5, 2)]

    def test_one_that_is_far_off_waits(self, services):
        agenda = prefer(services, **self.chosen((5, "stage:hr"), (LONGEST_PLAN + 1, "")))
        assert [each.has_plan for each in agenda.interviews] == [True, False]
        assert len(agenda.plan) == 5
