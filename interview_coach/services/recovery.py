"""A way out where the database cannot be opened: what can be restored, read or begun anew. Nothing is overwritten."""

from dataclasses import dataclass
from pathlib import Path

from interview_coach.domain.backups import Backup, Contents
from interview_coach.domain.errors import CoachError
from interview_coach.services.clock import Clock
from interview_coach.storage import restoring
from interview_coach.storage.backups import Backups, look_into
from interview_coach.storage.database import BACKUPS
from interview_coach.storage.files import not_written, replace_file


@dataclass(frozen=True)
class Restored:
    """What was restored, and where what was there before is kept; None where there was nothing."""

    source: Path
    kept: Path | None


@dataclass(frozen=True)
class GoodBackup:
    """A backup that was read whole, and what it holds."""

    backup: Backup
    contents: Contents


class RecoveryService:
    """Works on the files of a claimed data folder while no database is open."""

    def __init__(self, database: Path, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._backups = Backups(database.parent / BACKUPS, clock.now)

    @property
    def database(self) -> Path:
        """The database file, or where it was."""
        return self._database

    @property
    def backups_folder(self) -> Path:
        """Where the backups are."""
        return self._backups.folder

    def backups(self) -> tuple[Backup, ...]:
        """Return the backups in the data folder, newest first."""
        return self._backups.listed()

    def newest_good(self) -> GoodBackup | None:
        """Return the newest backup that is whole; each is read from end to end for it."""
        for backup in self.backups():
            try:
                return GoodBackup(backup, self.look_into(backup.path))
            except CoachError:
                continue
        return None

    def look_into(self, path: Path) -> Contents:
        """Return what a practice database holds; raises CoachError where it is none, newer, or damaged."""
        return look_into(path, self._database.parent)

    def restore(self, source: Path) -> Restored:
        """Put a copy of a backup in the database's place; what was there is kept.

        Raises CoachError where the backup cannot be used or nothing can be written; what was there is there then.
        """
        return Restored(source=source, kept=restoring.restore(self._database, source, self._clock.now))

    def start_new(self) -> Path | None:
        """Begin with an empty database; return where what was there was set aside."""
        return restoring.start_new(self._database, self._clock.now)

    def keep_text(self, text: str) -> Path:
        """Keep an answer that could not be stored any more in a file of its own in the data folder."""
        folder = self._database.parent
        stamp = f"{self._clock.now():%Y%m%dT%H%M%S}Z"
        number = 1
        while (path := folder / f"unsaved-answer-{stamp}-{number}.txt").exists():
            number += 1
        try:
            replace_file(path, text.encode("utf-8", "replace"))
        except OSError as error:
            raise not_written(path, error) from error
        return path
