"""Check database: what is wrong in it, and what can be made right."""

from dataclasses import dataclass

from interview_coach.domain.backups import Backup, Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.flaws import Flaw
from interview_coach.storage.check import Examination, repair
from interview_coach.storage.database import Database


@dataclass(frozen=True)
class Repair:
    """What was made right, what could not be, and the backup that holds everything as it was before."""

    repaired: tuple[Flaw, ...]
    left: tuple[Flaw, ...]
    backup: Backup


class CheckService:
    """Looks through the whole database, and repairs it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def examine(self) -> tuple[Flaw, ...]:
        """Return what is wrong; nothing is changed. Others get their turn at the database every few milliseconds.

        Raises CoachError for what the disk may answer.
        """
        examination = Examination()
        while not examination.done:
            with self._database.raw() as connection:
                examination.go_on(connection)
        return examination.flaws

    def repair(self) -> Repair:
        """Make a backup, then make right what can be made right, in one step.

        No answer's text is taken away. Raises CoachError where the backup cannot be made, which is so too where pages
        of the file are damaged, and for what the disk may answer; nothing is changed then.
        """
        if self._database.read_only:
            raise CoachError(
                Fault.OPENED_TO_READ, "The database was opened to read alone, so nothing of it can be repaired."
            )
        backup = self._database.back_up(Reason.REPAIR)
        with self._database.raw() as connection:
            repaired = repair(connection, self._database.backups.now())
        return Repair(repaired=repaired, left=self.examine(), backup=backup)
