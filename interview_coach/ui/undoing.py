"""What Undo takes back where one is, and the message that offers it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.trash import Done
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.widgets.notice import Notice

if TYPE_CHECKING:  # a page is imported when it is first shown
    from interview_coach.ui.pages.practice.page import PracticePage


class Undoing(QObject):
    """The message bar below the pages, and Undo: on the practice page that page's, elsewhere the last deed's.

    ``renew_requested`` is emitted when the bank has changed and the page in sight shows it as it was.
    """

    renew_requested = Signal()

    def __init__(self, deeds: Deeds, commands: Commands, pages: QStackedWidget, below: QVBoxLayout) -> None:
        super().__init__(pages)
        self._deeds = deeds
        self._commands = commands
        self._pages = pages
        self._practice: PracticePage | None = None
        self._undo_of_notice: Callable[[], None] | None = None
        self.notice = Notice(pages.window())
        self.notice.undo_requested.connect(self._undo_what_was_told)
        below.addWidget(self.notice)
        deeds.begun.connect(self.tell)
        deeds.done.connect(self._on_deed)
        deeds.taken_back.connect(self._on_taken_back)
        deeds.failed.connect(self.renew_requested)
        deeds.erased.connect(self._on_erased)
        deeds.changed.connect(self.offer)
        commands.undo.triggered.connect(self._undo)

    def end(self) -> None:
        """Take the message bar away: the data is closed."""
        self._commands.undo.triggered.disconnect(self._undo)
        self.notice.put_away()
        self.notice.deleteLater()
        self.deleteLater()

    def watch(self, practice: "PracticePage") -> None:
        """Offer to take back the steps of the practice page, too."""
        self._practice = practice
        practice.stepped.connect(self._on_step)

    def tell(self, sentence: str, undo: Callable[[], None] | None = None) -> None:
        """Show a sentence below the page for a while, with Undo where there is a way to take back what it tells of."""
        self._undo_of_notice = undo
        self.notice.tell(sentence, undo=undo is not None)

    def offer(self) -> None:
        """Let Undo be chosen where there is something to take back; the practice page sees to that itself."""
        if not self._practising:
            self._commands.undo.setEnabled(self._deeds.can_undo)

    def forget_step(self) -> None:
        """Let a message about a step of practice go, once its Undo would do something else."""
        if self._practice is not None and self._undo_of_notice == self._practice.take_step_back:
            self.notice.put_away()

    @property
    def _practising(self) -> bool:
        return self._practice is not None and self._pages.currentWidget() is self._practice

    def _on_deed(self, done: Done) -> None:
        self.renew_requested.emit()
        self.tell(self._deeds.words.done(done), self._deeds.undo)

    def _on_taken_back(self, done: Done) -> None:
        self.renew_requested.emit()
        self.tell(self._deeds.words.taken_back(done))

    def _on_erased(self, *_: object) -> None:
        self.renew_requested.emit()
        self.notice.put_away()

    def _on_step(self, step: str) -> None:
        """Tell of a step of practice that can be taken back; another one takes the place of what was told."""
        words = {
            "submitted": self.tr("Submitted"),
            "skipped": self.tr("Skipped"),
            "rated": self.tr("Rated"),
            "not rated": self.tr("Not rated"),
        }
        if step in words and self._practice is not None:
            self.tell(words[step], self._practice.take_step_back)
        else:
            self.forget_step()

    def _undo(self) -> None:
        typed: QWidget | None = QApplication.focusWidget()
        if self._practising and self._practice is not None:
            self._practice.undo()
        elif isinstance(typed, QLineEdit) and typed.isUndoAvailable():
            typed.undo()
        else:
            self._deeds.undo()

    def _undo_what_was_told(self) -> None:
        if self._undo_of_notice is not None:
            self._undo_of_notice()
