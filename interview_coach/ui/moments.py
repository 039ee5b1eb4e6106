"""Times and days as the person's locale writes them."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QLocale, QTime


def clock_time(moment: datetime) -> str:
    """Return hours and minutes."""
    return QLocale().toString(QTime(moment.hour, moment.minute), QLocale.FormatType.ShortFormat)


def exact_time(moment: datetime) -> str:
    """Return hours, minutes and seconds, of 24 hours."""
    return f"{moment:%H:%M:%S}"


def day(day: date) -> str:
    """Return a day; where no locale is set, as ISO 8601 writes it."""
    if QLocale().language() == QLocale.Language.C:
        return day.isoformat()
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def day_and_time(moment: datetime) -> str:
    """Return a moment's local day and time."""
    local = moment.astimezone()
    return f"{day(local.date())} {clock_time(local)}"
