"""Moments and days as they are read from a row, where somebody else may have put something that is none."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Date, Dialect, Table
from sqlalchemy.types import TypeDecorator
from sqlmodel.sql.sqltypes import UTCDateTime

# Nearer to the ends of time a moment cannot be told in every zone.
_FIRST, _LAST = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)


class Moment(TypeDecorator[datetime]):
    """An aware moment in UTC. Reading what is none raises ValueError, whatever it is."""

    impl = UTCDateTime
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Return what reads the column's values."""
        read = self.impl_instance.dialect_impl(dialect).result_processor(dialect, coltype)
        return _strict(read, _is_told_everywhere)


class Day(TypeDecorator[date]):
    """A day. Reading what is none raises ValueError, whatever it is."""

    impl = Date
    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], date | None]:
        """Return what reads the column's values."""
        read = self.impl_instance.dialect_impl(dialect).result_processor(dialect, coltype)
        return _strict(read, _is_day)


def read_strictly(table: Table) -> None:
    """Let the moments and days of a table be read so."""
    for column in table.columns:
        if isinstance(column.type, UTCDateTime):
            column.type = Moment()
        elif isinstance(column.type, Date):
            column.type = Day()


def written(moment: datetime) -> str:
    """Return a moment as rows hold it, where SQL is spoken without the tables."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds")


def words(value: object) -> str:
    """Return a text as it was read where SQL is spoken without the tables; raises ValueError where it is none."""
    if not isinstance(value, str):
        raise ValueError("a text is none")
    return value


def day(value: object) -> date:
    """Return a day as it was read where SQL is spoken without the tables; raises ValueError where it is none."""
    return date.fromisoformat(words(value))


def _is_told_everywhere(moment: datetime) -> bool:
    return _FIRST <= moment <= _LAST


def _is_day(day: date) -> bool:
    return _FIRST.date() <= day <= _LAST.date()


def _strict(read: Callable[[Any], Any] | None, fine: Callable[[Any], bool]) -> Callable[[Any], Any]:
    def read_strictly(value: object) -> object:
        if value is None:
            return None
        try:
            found = value if read is None else read(value)
            if fine(found):
                return found
        except (TypeError, OverflowError):
            pass
        raise ValueError("a row holds a date that is none")

    return read_strictly
