"""The window that is shown when the data folder cannot be had at all: why, and what a person can do about it."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from interview_coach import APPLICATION_NAME
from interview_coach.domain.errors import CoachError
from interview_coach.ui.pages.recovery import RecoveryPage
from interview_coach.ui.tasks import Tasks


class Answer(NamedTuple):
    """What the person chose: to give up, or a folder to try, to read alone or not."""

    folder: Path
    give_up: bool = False
    read_only: bool = False


class StartTrouble(QMainWindow):
    """Shows why the program does not open; ``answer`` is what the person chose when it is closed."""

    def __init__(self, error: CoachError, folder: Path) -> None:
        super().__init__()
        self.setObjectName("start_trouble_window")
        self.setWindowTitle(APPLICATION_NAME)
        self.resize(820, 560)
        self._folder = folder
        self.answer = Answer(folder, give_up=True)
        page = RecoveryPage(error, folder, None, Tasks(self), parent=self)
        page.quit_requested.connect(self.close)
        page.retry_requested.connect(self._retry)
        page.read_only_requested.connect(self._read_only)
        page.other_folder_requested.connect(self._other_folder)
        self.setCentralWidget(page)
        page.take_focus()

    def _retry(self) -> None:
        self._choose(Answer(self._folder))

    def _read_only(self) -> None:
        self._choose(Answer(self._folder, read_only=True))

    def _other_folder(self, folder: Path) -> None:
        self._choose(Answer(folder))

    def _choose(self, answer: Answer) -> None:
        self.answer = answer
        self.close()


def ask(error: CoachError, folder: Path) -> Answer:
    """Show the window, wait until it is closed, and return what the person chose."""
    application = QApplication.instance()
    if application is None:
        raise RuntimeError("there is no application yet")
    window = StartTrouble(error, folder)
    window.show()
    window.activateWindow()
    application.exec()
    answer = window.answer
    window.deleteLater()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return answer
