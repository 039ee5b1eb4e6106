"""Trash: what was deleted, for thirty days; then, or when the person says so, for good."""

from dataclasses import dataclass
from datetime import datetime

from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.trash import KEPT_FOR, TrashEntry
from interview_coach.services.clock import Clock
from interview_coach.services.tending import TendingService
from interview_coach.storage.database import Database, holds_set_aside


@dataclass(frozen=True)
class Erased:
    """What was deleted for good, and when the backups were made that still hold some of it, newest first.

    ``set_aside`` tells whether the data folder has files that were set aside, or kept, after damage: those may hold it.
    """

    entries: int
    backups: tuple[datetime, ...]
    set_aside: bool = False


class TrashService:
    """Lists Trash and empties it. Putting back is a deed of ``TendingService``, since it can be taken back."""

    def __init__(self, database: Database, clock: Clock, tending: TendingService) -> None:
        self._database = database
        self._clock = clock
        self._tending = tending

    def listed(self) -> tuple[TrashEntry, ...]:
        """Return what can be put back, what was deleted last first."""
        with self._database.begin() as work:
            return work.trash.listed()

    def erase(self, trash_ids: tuple[int, ...]) -> Erased:
        """Delete entries for good: no byte of their texts is left in the data folder's live files.

        Raises CoachError, INPUT_MISSING, where one is not there any more; nothing is deleted then.
        """
        moment = as_utc(self._clock.now())
        texts: list[tuple[str, str]] = []
        with self._database.begin() as work:
            for trash_id in trash_ids:
                if not work.trash.holds(trash_id):
                    raise CoachError(Fault.INPUT_MISSING, "It is not in Trash any more.")
                texts.extend(work.trash.texts(trash_id))
                work.trash.erase(trash_id, moment)
        self._tending.forget()  # what takes a change back holds texts
        self._database.compact()
        self._tending.forget()  # rows have moved
        return Erased(
            entries=len(trash_ids),
            backups=self._database.backups.holding(texts),
            set_aside=holds_set_aside(self._database.path.parent),
        )

    def erase_old(self) -> int:
        """Delete for good what has lain in Trash for thirty days; return how many entries.

        Nothing goes on a day on which the clock may have leapt ahead.
        """
        if not self._database.backups.clock_agrees():
            return 0
        with self._database.begin() as work:
            old = work.trash.older_than(as_utc(self._clock.now()) - KEPT_FOR)
        return self.erase(old).entries if old else 0
