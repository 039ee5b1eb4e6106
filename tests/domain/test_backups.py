"""Which backups are kept: laws that hold whatever the clock says."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.backups import ALL_OF, AT_LEAST, clock_agrees, surplus

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

zones = st.integers(-23, 23).map(lambda hours: timezone(timedelta(hours=hours)))
sane = st.timedeltas(timedelta(0), timedelta(days=800)).map(lambda age: NOW - age)
dense = st.integers(0, 300).map(lambda minutes: NOW - timedelta(minutes=minutes))
weeks_old = st.integers(0, 90 * 6).map(lambda hours: NOW - timedelta(hours=4 * hours))
FIRST, LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
odd = st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC) | zones)
many = (
    st.lists(dense, max_size=60)
    | st.lists(weeks_old, max_size=120)
    | st.lists(dense | weeks_old | sane | odd, max_size=120)
    | st.lists(weeks_old.flatmap(lambda moment: zones.map(moment.astimezone)), max_size=60)
)


def kept(created, now=NOW):
    removed = set(surplus(created, now))
    return [moment for position, moment in enumerate(created) if position not in removed]


@given(many, dense | sane | odd)
def test_the_newest_is_never_removed(created, now):
    assert not created or max(created) in kept(created, now)


@given(many, dense | sane | odd)
def test_what_is_told_are_positions_in_order_and_each_once(created, now):
    told = surplus(created, now)
    assert list(told) == sorted(set(told))
    assert all(0 <= position < len(created) for position in told)


@given(many, dense | sane | odd)
def test_thinning_again_removes_nothing_more(created, now):
    once = kept(created, now)
    assert surplus(once, now) == ()


@given(many, st.randoms(use_true_random=False))
def test_the_order_of_the_list_does_not_matter(created, chance):
    shuffled = list(created)
    chance.shuffle(shuffled)
    assert sorted(kept(shuffled)) == sorted(kept(created))


@given(many, dense | sane | odd)
def test_of_the_last_two_days_the_newest_are_all_kept(created, now):
    young = sorted((moment for moment in created if now - moment <= ALL_OF), reverse=True)
    there = kept(created, now)
    assert all(moment in there for moment in young[:AT_LEAST])


@given(many, dense | sane | odd)
def test_of_the_last_two_days_one_of_every_hour_is_kept(created, now):
    def hours(moments):
        return {f"{moment.astimezone(UTC):%Y-%m-%d %H}" for moment in moments if now - moment <= ALL_OF}

    assert hours(kept(created, now)) == hours(created)


@given(many, dense | sane | odd)
def test_one_of_every_day_week_and_month_stays(created, now):
    def days(moments):
        return {moment.astimezone(UTC).date() for moment in moments if ALL_OF < now - moment <= timedelta(days=14)}

    def weeks(moments):
        ages = ((moment, now - moment) for moment in moments)
        return {
            moment.astimezone(UTC).isocalendar()[:2]
            for moment, age in ages
            if timedelta(days=14) < age <= timedelta(days=70)
        }

    def months(moments):
        return {f"{moment.astimezone(UTC):%Y-%m}" for moment in moments if now - moment > timedelta(days=70)}

    there = kept(created, now)
    assert days(there) == days(created)
    assert weeks(there) == weeks(created)
    assert months(there) == months(created)


@given(st.lists(sane, min_size=1, max_size=120))
def test_not_more_is_kept_than_is_told(created):
    there = kept(created)
    older = [moment for moment in there if NOW - moment > ALL_OF]
    assert len({moment.date() for moment in older if NOW - moment <= timedelta(days=14)}) == sum(
        NOW - moment <= timedelta(days=14) for moment in older
    )
    assert len(older) <= 13 + 9 + 28


@settings(max_examples=20)
@given(st.integers(30, 200))
def test_a_year_of_hourly_backups_comes_down_to_a_few(days):
    created = [NOW - timedelta(hours=hours) for hours in range(days * 24)]
    there = kept(created)
    assert len([moment for moment in there if NOW - moment <= ALL_OF]) == 49
    assert len(there) <= 49 + 13 + 10 + days // 28 + 1


def test_a_clock_far_ahead_and_back_removes_nothing_that_is_young():
    ahead = [datetime(9999, 12, 31, 23, 0, tzinfo=UTC), datetime(2099, 1, 1, tzinfo=UTC)]
    today = [NOW - timedelta(hours=hours) for hours in range(20)]
    assert kept(ahead + today) == ahead + today
    assert kept(today, datetime(1980, 1, 1, tzinfo=UTC)) == today


@pytest.mark.parametrize(
    ("ages", "agrees"),
    [
        ([], True),
        ([0.1, 0.5], True),
        ([1, 2, 3], True),
        ([44, 60], True),
        ([400, 401], False),
        ([0.1, 400], False),
        ([1, 400], True),
        ([-3, 400], False),
    ],
    ids=["none", "first day", "days", "away", "leapt ahead", "same day", "a second day", "ahead of now"],
)
def test_a_clock_that_leaps_ahead_is_believed_on_the_second_day(ages, agrees):
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert clock_agrees([now - timedelta(days=age) for age in ages], now) is agrees
