from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from interview_coach.domain.days import as_utc, day_of

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 2, 3, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 2, 4, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 23, 59, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 3, 2, 1, 0, tzinfo=timezone(timedelta(hours=14))), date(2026, 3, 1)),
        # The night the clocks go forward (02:00 to 03:00), and the one they go back (03:00 to 02:00).
        (datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 4, 0, tzinfo=BERLIN), date(2026, 3, 29)),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), date(2026, 10, 24)),
        (datetime(2026, 10, 25, 4, 0, tzinfo=BERLIN), date(2026, 10, 25)),
        (datetime(2026, 1, 1, 2, 0, tzinfo=UTC), date(2025, 12, 31)),
    ],
)
def test_a_day_begins_at_four_in_the_zone_of_the_moment(moment, day):
    assert day_of(moment) == day


def test_a_moment_in_utc_is_the_same_moment():
    moment = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert as_utc(moment) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    assert as_utc(moment).tzinfo is UTC
