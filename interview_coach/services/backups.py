"""Backups of an open database: made, listed, looked into."""

from pathlib import Path

from interview_coach.domain.backups import Backup, Contents, Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.backups import look_into
from interview_coach.storage.database import Database
from interview_coach.storage.files import target_for
from interview_coach.storage.header import is_database


class BackupService:
    """Makes and lists backups. Restoring one closes the database first: ``recovery``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def folder(self) -> Path:
        """Where the backups are."""
        return self._database.backups.folder

    def make(self, target: Path | None = None) -> Backup:
        """Make a verified backup: in the data folder, or where the person says (a file, or a folder to put it into).

        Raises CoachError where it cannot be written; a file that stood there is then as it was.
        """
        if target is None and self._database.read_only:
            raise CoachError(Fault.OPENED_TO_READ, "The data was opened to read alone. Say where the backup shall go.")
        if target is None:
            return self._database.back_up(Reason.ASKED)
        name = self._database.backups.name_for(Reason.ASKED)
        chosen = target_for(target, name, avoid=self._database.path)
        if chosen.exists() and chosen.stat().st_size > 0 and not is_database(chosen):
            sentence = f"{chosen} is there and is no backup. Choose another name."
            raise CoachError(Fault.CANNOT_CREATE, sentence, where=str(chosen))
        return self._database.back_up(Reason.ASKED, chosen)

    def make_if_due(self) -> Backup | None:
        """Make the day's backup where the last is older than a day; None where it is not."""
        return self._database.back_up(Reason.DAILY) if self._database.backups.due() else None

    def listed(self) -> tuple[Backup, ...]:
        """Return the backups in the data folder, newest first."""
        return self._database.backups.listed()

    def look_into(self, path: Path) -> Contents:
        """Return what a backup, or another practice database, holds; all of it is read and checked for it.

        Raises CoachError: INPUT_MISSING, NOT_OUR_DATA, NEWER_DATA, DAMAGED_DATA, and what the disk may answer.
        """
        return look_into(path, self._database.path.parent)
