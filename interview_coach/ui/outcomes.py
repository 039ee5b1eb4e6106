"""What became of a restore, a new beginning, a rescue or the day's backup, in the window's words."""

from pathlib import Path
from typing import cast

from PySide6.QtCore import QObject

from interview_coach.domain.errors import CoachError
from interview_coach.services.recovery import Restored
from interview_coach.services.rescuing import Rescued
from interview_coach.ui import dialogs
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.main_window import MainWindow


class Outcomes(QObject):
    """Tells the person. An object, since plural forms are only found in calls of ``self.tr``."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window

    def prepared(self, outcome: object) -> None:
        """Tell what was restored or set aside, and where what was there before is kept."""
        if isinstance(outcome, Restored):
            title, kept = self.tr("The backup is restored"), outcome.kept
        else:
            title, kept = self.tr("The database is new"), cast("Path | None", outcome)
        words = "" if kept is None else self.tr("What was there before is kept:\n{0}").format(kept)
        dialogs.tell(self._window, title, words)

    def not_prepared(self, error: CoachError) -> None:
        """Tell why a backup could not be restored, or nothing new begun."""
        dialogs.tell(self._window, self.tr("This did not work"), f"{sentence(error)}\n{error.where}".strip())

    def rescued(self, rescued: Rescued) -> None:
        """Tell what could be read of a damaged database."""
        lines = [
            self.tr("%n answer(s) saved", "", rescued.answers),
            self.tr("%n question(s) saved", "", rescued.questions),
        ]
        if rescued.lost:
            lines.append(self.tr("%n place(s) in the file could not be read", "", rescued.lost))
        dialogs.tell(self._window, self.tr("What can be read is saved"), "\n".join(lines))
        self._window.rescue_again()

    def not_rescued(self, error: BaseException) -> None:
        """Tell why nothing of a damaged database was saved."""
        dialogs.tell(self._window, self.tr("Nothing was saved"), sentence(error))
        self._window.rescue_again()
        raise_if_unexpected(error)

    def no_backup(self, error: CoachError) -> None:
        """Say that the day's backup was not made, and why."""
        self._window.tell(self.tr("There is no backup of today: {0}").format(sentence(error)))
