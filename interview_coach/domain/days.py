"""The person's day: it begins at 04:00, so that an evening that runs past midnight stays one day."""

from datetime import UTC, date, datetime, timedelta

DAY_BEGINS = timedelta(hours=4)


def day_of(moment: datetime) -> date:
    """Return the person's day of an aware moment, in the zone that the moment is given in."""
    return (moment.replace(tzinfo=None) - DAY_BEGINS).date()


def as_utc(moment: datetime) -> datetime:
    """Return an aware moment in UTC."""
    return moment.astimezone(UTC)
