"""A plan to the day of an interview: its laws, whatever is planned, followed or missed, and plain examples."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.planning import FINAL_DAYS, PUT_OFF, PlannedQuestion, Short, plan

TODAY = date(2026, 11, 26)


def days_from(start, number):
    return [start + timedelta(days=day) for day in range(number)]


@st.composite
def questions(draw, most=24):
    made = []
    for number in range(draw(st.integers(0, most))):
        seen = draw(st.integers(0, 3))
        last = TODAY - timedelta(days=draw(st.integers(0, 40))) if seen else None
        weakness = draw(st.sampled_from([0.0, 0.2, 0.4, 0.5, 0.7, 0.9, 1.0]))
        seconds = draw(st.sampled_from([40.0, 90.0, 100.0, 150.0, 700.0]))
        made.append(PlannedQuestion(number + 1, seconds, weakness, seen, last))
    return made


@st.composite
def cases(draw):
    """Return questions, the interview's day, and the seconds of each day before it."""
    left = draw(st.integers(1, 14))
    usual = draw(st.sampled_from([0.0, 60.0, 300.0, 600.0, 1200.0]))
    capacity = {day: draw(st.sampled_from([usual, usual, usual, 0.0, usual / 2])) for day in days_from(TODAY, left)}
    return draw(questions()), TODAY + timedelta(days=left), capacity


def planned_on(made, question_id):
    return [day.day for day in made.days if question_id in day.question_ids]


def lacks(question, made, today):
    """Return what a question lacks of a last pass and of two answers, None where it has all."""
    final = made.interview - timedelta(days=FINAL_DAYS)
    on = planned_on(made, question.question_id)
    answers = question.seen + len(on)
    if answers < 2:
        return Short.SEEN_TWICE if answers else Short.LEFT_OUT
    passed = question.last_seen is not None and final <= question.last_seen
    passed = passed and (question.not_before is not None or question.last_seen <= today)
    return None if passed or any(day >= final for day in on) else Short.LAST_PASS


def holds(asked, made, today, capacity, taken=()):
    """See that the laws hold that need no other plan."""
    assert [day.day for day in made.days] == days_from(today, (made.interview - today).days)
    by_id = {question.question_id: question for question in asked}
    for day in made.days:
        assert len(set(day.question_ids)) == len(day.question_ids)
        assert day.seconds == pytest.approx(sum(by_id[number].seconds for number in day.question_ids))
        room = capacity.get(day.day, 0.0)
        assert day.seconds <= room or (len(day.question_ids) == 1 and room > 0)
    for question in asked:
        assert question.last_seen not in planned_on(made, question.question_id)
        assert made.short.get(question.question_id) == lacks(question, made, today)
    only = {q.question_id for q in asked if q.seen + len(planned_on(made, q.question_id)) == 1}
    for question in asked:
        if made.short.get(question.question_id) is Short.LEFT_OUT:
            for day in made.days:  # not even what others have more than once is in its place
                kept = [by_id[number].seconds for number in day.question_ids if number in only]
                room = capacity.get(day.day, 0.0)
                assert room <= 0 or sum(kept) + question.seconds > room
                assert room <= 0 or kept or day.day in taken


@given(cases())
def test_the_laws_of_a_plan(case):
    asked, interview, capacity = case
    made = plan(asked, TODAY, interview, capacity)
    holds(asked, made, TODAY, capacity)
    assert plan(asked, TODAY, interview, capacity) == made
    assert made.left_out == sum(short is Short.LEFT_OUT for short in made.short.values())


@given(cases())
def test_nothing_lacks_what_would_fit(case):
    asked, interview, capacity = case
    made = plan(asked, TODAY, interview, capacity)
    final = interview - timedelta(days=FINAL_DAYS)
    for question in asked:
        short = made.short.get(question.question_id)
        on = planned_on(made, question.question_id)
        free = [
            day.day
            for day in made.days
            if capacity[day.day] > 0
            and (not day.question_ids or day.seconds + question.seconds <= capacity[day.day])
            and day.day not in on
            and day.day != question.last_seen
        ]
        if short is Short.LEFT_OUT:
            assert free == []
        if short is Short.SEEN_TWICE:
            assert not any(day > on[0] for day in free) if on else free == []
        if short is Short.LAST_PASS:
            assert not any(day >= final for day in free)


@given(questions(), st.integers(1, 14))
def test_where_there_is_room_for_all_nothing_lacks(asked, left):
    interview = TODAY + timedelta(days=left)
    made = plan(asked, TODAY, interview, dict.fromkeys(days_from(TODAY, left), 1e6))
    once = {q.question_id for q in asked if left == 1 and q.seen + (q.last_seen != TODAY) < 2}
    assert made.short == dict.fromkeys(once, Short.SEEN_TWICE)


@given(cases())
def test_the_gaps_shrink_with_the_time_that_is_left(case):
    asked, interview, capacity = case
    made = plan(asked, TODAY, interview, capacity)
    final = interview - timedelta(days=FINAL_DAYS)
    for question in asked:
        before = [day for day in planned_on(made, question.question_id) if day < final]
        if question.last_seen is None or not before or question.seen < 2:
            continue  # the days of what it must have follow from where there is room
        for last, after in pairwise([question.last_seen, *before]):
            share = -(-(interview - timedelta(days=1) - last).days // 3)
            assert (after - last).days <= max(share, (TODAY - last).days) + PUT_OFF


@given(st.lists(st.floats(0, 1), min_size=2, max_size=12), st.integers(3, 14))
def test_weak_ones_come_at_least_as_often(weaknesses, left):
    interview = TODAY + timedelta(days=left)
    yesterday = TODAY - timedelta(days=1)
    asked = [PlannedQuestion(number, 100.0, weakness, 1, yesterday) for number, weakness in enumerate(weaknesses)]
    made = plan(asked, TODAY, interview, dict.fromkeys(days_from(TODAY, left), 1200.0))
    counts = [(question.weakness, len(planned_on(made, question.question_id))) for question in asked]
    for weakness, visits in counts:
        assert all(visits >= fewer for other, fewer in counts if other < weakness)
    if left > 4:
        strong, weak = PlannedQuestion(1, 100.0, 0.1, 2, yesterday), PlannedQuestion(2, 100.0, 1.0, 2, yesterday)
        both = plan([strong, weak], TODAY, interview, dict.fromkeys(days_from(TODAY, left), 1200.0))
        assert len(planned_on(both, 2)) > len(planned_on(both, 1))


@given(st.integers(1, 40), st.integers(3, 14))
def test_first_visits_are_spread_over_the_days(number, left):
    asked = [PlannedQuestion(place, 100.0, 0.1) for place in range(number)]
    made = plan(asked, TODAY, TODAY + timedelta(days=left), dict.fromkeys(days_from(TODAY, left), 1e5))
    first = [planned_on(made, place)[0] for place in range(number)]
    before = [first.count(day.day) for day in made.days[:-FINAL_DAYS]]
    assert max(before) - min(before) <= 1
    assert abs(len(made.days[-1].question_ids) - len(made.days[-2].question_ids)) <= 1


def answered(asked, ids, day):
    return [
        PlannedQuestion(q.question_id, q.seconds, q.weakness, q.seen + 1, day) if q.question_id in ids else q
        for q in asked
    ]


def followed(asked, interview, capacity):
    """Return the plan of each day, where the one of the day before was followed, and what was asked in the end."""
    plans = []
    for day in days_from(TODAY, (interview - TODAY).days):
        made = plan(asked, day, interview, capacity)
        holds(asked, made, day, capacity)
        asked = answered(asked, made.today.question_ids, day)
        plans.append(made)
    return plans, asked


@given(cases(), st.sampled_from([40.0, 100.0, 700.0]))
def test_who_follows_it_is_left_out_of_no_more_than_it_said(case, seconds):
    asked, interview, capacity = case
    asked = [replace(each, seconds=seconds) for each in asked]  # of several lengths some fill a day less well
    plans, _ = followed(asked, interview, capacity)
    assert all(later.left_out <= earlier.left_out for earlier, later in pairwise(plans))


@given(cases())
def test_the_laws_hold_on_every_day_for_who_follows_it(case):
    followed(*case)


@given(questions(), st.integers(2, 14), st.sampled_from([1200.0, 1e6]))
def test_who_follows_it_and_has_the_time_gets_it_all(asked, left, minutes):
    short = [replace(each, seconds=40.0) for each in asked]
    interview = TODAY + timedelta(days=left)
    _, asked = followed(short, interview, dict.fromkeys(days_from(TODAY, left), minutes))
    final = interview - timedelta(days=FINAL_DAYS)
    assert all(question.seen >= 2 and question.last_seen >= final for question in asked)


@given(cases(), st.sets(st.integers(0, 13)))
def test_a_missed_day_is_spread_over_the_rest(case, missed):
    asked, interview, capacity = case
    for number, day in enumerate(days_from(TODAY, (interview - TODAY).days)):
        made = plan(asked, day, interview, capacity)
        holds(asked, made, day, capacity)
        if number not in missed:
            asked = answered(asked, made.today.question_ids, day)


@pytest.mark.parametrize("left", [0, -1, -400])
def test_after_the_day_it_is_over(left):
    made = plan([PlannedQuestion(1, 100.0)], TODAY, TODAY + timedelta(days=left), {TODAY: 1200.0})
    assert (made.days, made.today, made.short, made.left_out) == ((), None, {}, 0)


def test_nine_days_of_twenty_minutes():
    asked = [PlannedQuestion(number, 100.0) for number in range(1, 25)]
    made = plan(asked, TODAY, TODAY + timedelta(days=9), dict.fromkeys(days_from(TODAY, 9), 1200.0))
    assert made.short == {}
    assert [len(day.question_ids) for day in made.days[-2:]] == [12, 12]
    assert {number for day in made.days[-2:] for number in day.question_ids} == set(range(1, 25))
    assert all(3 <= len(day.question_ids) <= 12 for day in made.days[:-2])
    assert planned_on(made, 1)[0] == TODAY


def test_what_went_well_goes_without_first():
    asked = [PlannedQuestion(1, 100.0, 0.0), PlannedQuestion(2, 100.0, 0.9), PlannedQuestion(3, 100.0, 0.5)]

    def short(left):
        return plan(asked, TODAY, TODAY + timedelta(days=left), dict.fromkeys(days_from(TODAY, left), 100.0)).short

    assert short(6) == {1: Short.LAST_PASS}
    assert short(5) == {1: Short.SEEN_TWICE}
    assert short(4) == {3: Short.SEEN_TWICE, 1: Short.SEEN_TWICE}
    assert short(3) == dict.fromkeys((1, 2, 3), Short.SEEN_TWICE)
    assert short(2) == {2: Short.SEEN_TWICE, 3: Short.SEEN_TWICE, 1: Short.LEFT_OUT}


def test_a_question_longer_than_a_days_minutes_has_a_day_of_its_own():
    asked = [PlannedQuestion(1, 900.0, 0.9), PlannedQuestion(2, 100.0)]
    made = plan(asked, TODAY, TODAY + timedelta(days=3), dict.fromkeys(days_from(TODAY, 3), 300.0))
    assert [day.question_ids for day in made.days] == [(1,), (1,), (2,)]
    assert made.short == {2: Short.SEEN_TWICE}


def test_what_is_answered_today_does_not_come_again_today():
    asked = [PlannedQuestion(1, 100.0, 1.0, 1, TODAY)]
    made = plan(asked, TODAY, TODAY + timedelta(days=8), dict.fromkeys(days_from(TODAY, 8), 600.0))
    assert [(day - TODAY).days for day in planned_on(made, 1)] == [1, 2, 3, 4, 5, 6]


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 5))
def test_very_many_questions_over_very_many_days(seed):
    asked = [PlannedQuestion(number, 60.0 + (number * 7 + seed) % 90, (number % 10) / 10) for number in range(2_000)]
    made = plan(asked, TODAY, TODAY + timedelta(days=60), dict.fromkeys(days_from(TODAY, 60), 1800.0))
    assert 900 < made.left_out < 1_100  # thirty minutes are some seventeen questions a day
    assert set(made.short.values()) == {Short.SEEN_TWICE, Short.LEFT_OUT}


@given(cases(), st.integers(0, 14), st.integers(0, 13))
def test_what_a_nearer_interview_holds_comes_not_before_it(case, nearer, seen_on):
    asked, interview, capacity = case
    begin = TODAY + timedelta(days=nearer)
    seen = TODAY + timedelta(days=min(seen_on, max(nearer - 1, 0)))
    moved = [replace(each, seen=each.seen + 1, last_seen=seen, not_before=begin) for each in asked]
    made = plan(moved, TODAY, interview, capacity)
    holds(moved, made, TODAY, capacity)
    for question in asked:
        assert all(day >= begin and day > seen for day in planned_on(made, question.question_id))


@given(cases())
def test_where_something_is_taken_of_a_day_not_even_one_question_goes_beyond_it(case):
    asked, interview, capacity = case
    made = plan(asked, TODAY, interview, capacity, taken=set(capacity))
    assert all(day.seconds <= capacity[day.day] for day in made.days)
    holds(asked, made, TODAY, capacity, taken=set(capacity))
