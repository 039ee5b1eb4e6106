"""Backups: why one was made, what it holds, and which of many are kept."""

from collections.abc import Hashable, Sequence
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from interview_coach.domain.models import Value

#: Backups up to this age are all kept, but for very many in one hour.
ALL_OF = timedelta(days=2)

#: So many of the newest are kept, where they are of that age, even if all were made in one hour.
AT_LEAST = 24

#: What was made in the last so many hours does not vouch for the clock by which it was made.
_THIS_DAY = timedelta(hours=20)

#: Nobody who practises is away for longer, as a rule.
_AWAY = timedelta(days=45)

_DAILY_FOR = timedelta(days=14)
_WEEKLY_FOR = timedelta(days=70)


class Reason(StrEnum):
    """Why a backup was made; it is part of the file's name."""

    DAILY = "daily"
    ASKED = "asked"
    MIGRATION = "before-migration"
    IMPORT = "before-import"
    RESTORE = "before-restore"
    REMOVAL = "before-removal"
    REPAIR = "before-repair"


class Backup(Value):
    """One backup in the data folder."""

    path: Path
    created: datetime
    reason: Reason
    size: int


class Contents(Value):
    """What a database file holds. ``newest_attempt`` is when the last answer in it was begun."""

    schema_version: int
    transcripts: int
    questions: int
    sessions: int
    attempts: int
    newest_attempt: datetime | None


def clock_agrees(created: Sequence[datetime], now: datetime) -> bool:
    """Return whether now may be believed, so that what is old by it may go.

    A clock that leaps ahead makes everything old at once. So may somebody who was away: a second day tells the two
    apart. Now is not believed while the newest backup, but for those of the last hours, is older than that.
    """
    earlier = [moment for moment in created if now - moment > _THIS_DAY]
    return not earlier or now - max(earlier) <= _AWAY


def surplus(created: Sequence[datetime], now: datetime) -> tuple[int, ...]:
    """Return the positions of the backups that thinning removes, given when each was created (aware times).

    Kept are: of the last two days the newest ``AT_LEAST``, and of further ones the newest of each hour; then the
    newest of each day for two weeks, of each week for ten, of each month for good. A backup that a clock dated ahead
    of now counts as younger than two days; the newest is never removed.
    """
    newest_first = sorted(range(len(created)), key=lambda position: created[position], reverse=True)
    served: set[Hashable] = set()
    removed = []
    for rank, position in enumerate(newest_first):
        period = _period(created[position].astimezone(UTC), now)
        if (rank >= AT_LEAST and period in served) or (rank < AT_LEAST and period in served and period[0] != "hour"):
            removed.append(position)
        served.add(period)
    return tuple(sorted(removed))


def _period(moment: datetime, now: datetime) -> tuple[str, int, int]:
    """Return what a backup stands for at its age: its hour, day, week or month."""
    age = now - moment
    if age <= ALL_OF:
        return "hour", moment.toordinal(), moment.hour
    if age <= _DAILY_FOR:
        return "day", moment.toordinal(), 0
    if age <= _WEEKLY_FOR:
        year, week, _ = moment.isocalendar()
        return "week", year, week
    return "month", moment.year, moment.month
