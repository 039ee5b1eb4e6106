"""A data folder's database opened, with all services on it."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.domain.backups import Backup
from interview_coach.domain.preferences import Preferences
from interview_coach.services.agenda import AgendaService
from interview_coach.services.backups import BackupService
from interview_coach.services.bank import QuestionService, TranscriptService
from interview_coach.services.checking import CheckService
from interview_coach.services.clock import Clock
from interview_coach.services.exporting import ExportService
from interview_coach.services.importing import ImportService
from interview_coach.services.practice import PracticeService
from interview_coach.services.progress import ProgressService
from interview_coach.services.tending import TendingService
from interview_coach.services.today import TodayService
from interview_coach.services.trash import TrashService
from interview_coach.storage.database import Database

if TYPE_CHECKING:  # not needed to start
    from interview_coach.services.figures import FiguresService
    from interview_coach.services.question_panel import QuestionPanelService
    from interview_coach.services.searching import SearchService


@dataclass(frozen=True)
class Services:
    """The use cases on one open database."""

    today: TodayService
    agenda: AgendaService
    practice: PracticeService
    questions: QuestionService
    transcripts: TranscriptService
    importing: ImportService
    exporting: ExportService
    progress: ProgressService
    tending: TendingService
    trash: TrashService
    backups: BackupService
    checking: CheckService
    database: Database
    clock: Clock

    @cached_property
    def searching(self) -> "SearchService":
        """What finds questions; made when the first search is."""
        from interview_coach.services.searching import SearchService  # late: not needed to start

        return SearchService(self.database, self.clock)

    @cached_property
    def figures(self) -> "FiguresService":
        """What Progress shows and `stats` tells."""
        from interview_coach.services.figures import FiguresService  # late: not needed to start

        return FiguresService(self.database, self.clock, self.agenda)

    @cached_property
    def question_panel(self) -> "QuestionPanelService":
        """What shows one question with all that belongs to it."""
        from interview_coach.services.question_panel import QuestionPanelService  # late: not needed to start

        return QuestionPanelService(self.database, self.clock)

    @property
    def read_only(self) -> bool:
        """Whether the data was opened to read alone."""
        return self.database.read_only

    def keep_house(self) -> Backup | None:
        """Make the day's backup where it is due, and delete for good what has lain in Trash for thirty days.

        Returns the backup, None where the last is younger than a day. Raises CoachError where it could not be made;
        Trash is left as it is then.
        """
        made = self.backups.make_if_due()
        self.trash.erase_old()
        return made

    def close(self) -> None:
        """Close the database; no service can be used after that."""
        self.database.close()


def open_services(
    database: Path, shipped: Path, clock: Clock, preferences: Preferences, *, read_only: bool = False
) -> Services:
    """Open the database of a claimed data folder and bring in the shipped transcripts it has not had yet.

    With ``read_only`` nothing is brought in and nothing can be stored. Raises CoachError where the database cannot be
    opened; nothing of it is changed then.
    """
    opened = Database.open_read_only(database, clock.now) if read_only else Database.open(database, clock.now)
    try:
        importing = ImportService(opened, clock)
        if not read_only:
            importing.install_shipped(shipped)
    except BaseException:
        opened.close()
        raise
    tending = TendingService(opened, clock)
    return Services(
        today=TodayService(opened, clock),
        agenda=AgendaService(opened, clock, preferences),
        practice=PracticeService(opened, clock, preferences),
        questions=QuestionService(opened),
        transcripts=TranscriptService(opened, clock),
        importing=importing,
        exporting=ExportService(opened, clock),
        progress=ProgressService(opened, clock),
        tending=tending,
        trash=TrashService(opened, clock, tending),
        backups=BackupService(opened),
        checking=CheckService(opened),
        database=opened,
        clock=clock,
    )
