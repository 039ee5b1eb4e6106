"""What the window shows when the data cannot be opened, or shows damage: what happened, and the ways out."""

import os
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.recovery import GoodBackup, RecoveryService
from interview_coach.ui import dialogs, moments
from interview_coach.ui.answer_copy import save_copy
from interview_coach.ui.backup_words import BackupWords
from interview_coach.ui.errors import sentence
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.card import Card
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import button, label, path_line
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Where the file itself is at fault: another one can be put in its place.
_OF_THE_FILE = (Fault.DAMAGED_DATA, Fault.NOT_OUR_DATA, Fault.NEWER_DATA)

#: Where what is there can still be read, in whole or in part.
_READABLE = (Fault.DAMAGED_DATA, Fault.NO_PERMISSION, Fault.READ_ONLY, Fault.DISK_FULL, Fault.INPUT_OUTPUT)


class RecoveryPage(QWidget):
    """Explains, and offers the ways out that there are. Nothing is overwritten by any of them."""

    restore_requested = Signal(object)
    read_only_requested = Signal()
    rescue_requested = Signal(object)
    start_new_requested = Signal()
    retry_requested = Signal()
    other_folder_requested = Signal(object)
    folder_requested = Signal()
    quit_requested = Signal()

    def __init__(
        self,
        error: BaseException,
        folder: Path,
        recovery: RecoveryService | None,
        tasks: Tasks,
        *,
        kept_text: Path | None = None,
        unsaved: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("recovery_page")
        set_role(self, "page")
        self._recovery = recovery
        self._tasks = tasks
        self._good: GoodBackup | None = None
        self._primary: QPushButton | None = None
        fault = error.fault if isinstance(error, CoachError) else None
        self._newer = fault is Fault.NEWER_DATA
        self._column = Column(self)
        content = self._column.content
        content.addWidget(label(self.tr("Your data could not be opened"), "title"))
        database = folder / "coach.sqlite3" if recovery is None else recovery.database
        there = os.path.exists(database)  # noqa: PTH110  (a folder that may not be looked into answers no, too)
        readable = there and database.stat().st_size > 0
        words = self._words(error, of_folder=recovery is None, there=there)
        content.addWidget(label(words, "body", name="recovery_sentence"))
        if fault is Fault.DATA_IN_USE:
            content.addWidget(label(str(error), "muted", name="recovery_detail"))  # who has it, and since when
        content.addWidget(label(self.tr("Nothing was changed or overwritten. This is the data folder:"), "muted"))
        content.addWidget(path_line(folder, "recovery_folder_path", self.tr("Data folder")))
        if kept_text is not None:
            content.addWidget(label(self.tr("What you had typed and was not stored yet is kept in this file:"), "body"))
            content.addWidget(path_line(kept_text, "kept_text_path", self.tr("File with what you had typed")))
        if unsaved:
            content.addWidget(self._unsaved_card(unsaved))
        if recovery is not None and fault in _OF_THE_FILE:
            content.addWidget(self._restore_card())
        if fault in _READABLE and readable:
            content.addWidget(self._read_only_card())
        if recovery is not None and fault is Fault.DAMAGED_DATA and readable:
            content.addWidget(self._rescue_card())
        if recovery is not None and fault in _OF_THE_FILE:
            content.addWidget(self._new_card(there=there))
        content.addWidget(self._last_row(fault))
        content.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._column)
        if recovery is not None and fault in _OF_THE_FILE:
            tasks.run(recovery.newest_good, self._on_found, self._on_not_found)

    def take_focus(self) -> None:
        """Put the focus on the first way out."""
        (self._primary or self._first).setFocus(Qt.FocusReason.OtherFocusReason)
        self._column.verticalScrollBar().setValue(0)  # what happened is read first, wherever the way out stands

    def _words(self, error: BaseException, *, of_folder: bool, there: bool) -> str:
        """Say what happened: to the folder where that cannot be had, else to the database in it."""
        fault = error.fault if isinstance(error, CoachError) else None
        if fault is Fault.DAMAGED_DATA and there:
            return self.tr("The practice database is damaged.")
        if fault is Fault.DAMAGED_DATA:
            return self.tr("The practice database is missing, though there was one here.")
        of_the_folder = {
            Fault.NO_PERMISSION: self.tr("There is no permission to write in the data folder."),
            Fault.READ_ONLY: self.tr("The data folder is on a read-only disk."),
            Fault.CANNOT_CREATE: self.tr("The data folder cannot be made."),
        }
        if of_folder and fault in of_the_folder:
            return of_the_folder[fault]
        return sentence(error)

    # --- the ways out

    def _unsaved_card(self, unsaved: str) -> QWidget:
        self._unsaved = unsaved
        card = Card(
            self.tr("Keep what you had typed"),
            self.tr("It was not stored yet. Save it, or copy it, before you go on."),
        )
        copy = button(self.tr("Copy"), "copy_unsaved_button")
        copy.clicked.connect(self._on_copy_unsaved)
        save = button(self.tr("Save a copy as…"), "save_unsaved_button")
        save.clicked.connect(self._on_save_unsaved)
        card.add_control(copy)
        card.add_control(save)
        return card

    def _restore_card(self) -> QWidget:
        self._restore = Card(self.tr("Restore the newest good backup"), self.tr("Looking through the backups …"))
        self._restore_button = button(self.tr("Restore"), "restore_button", role="primary")
        self._restore_button.setEnabled(False)
        self._restore_button.clicked.connect(self._on_restore)
        self._other_button = button(self.tr("Another backup…"), "restore_other_button")
        self._other_button.clicked.connect(self._on_other)
        self._restore.add_control(self._other_button)
        self._restore.add_control(self._restore_button)
        return self._restore

    def _read_only_card(self) -> QWidget:
        card = Card(
            self.tr("Look at the data without changing it"),
            self.tr("Shows what can be read. Practising, and everything else that stores something, is off meanwhile."),
        )
        open_button = button(self.tr("Open read-only"), "read_only_button")
        open_button.clicked.connect(self.read_only_requested)
        card.add_control(open_button)
        return card

    def _rescue_card(self) -> QWidget:
        card = Card(
            self.tr("Save what can still be read"),
            self.tr("Writes the questions and answers that can be read into a file of your choice."),
        )
        self._rescue_button = button(self.tr("Save…"), "rescue_button")
        self._rescue_button.clicked.connect(self._on_rescue)
        card.add_control(self._rescue_button)
        return card

    def _new_card(self, *, there: bool) -> QWidget:
        words = self.tr("What is there now is set aside in the data folder, never deleted.")
        card = Card(self.tr("Start with an empty database"), words if there else "")
        new_button = button(self.tr("Start new…"), "start_new_button")
        new_button.clicked.connect(self._on_new)
        card.add_control(new_button)
        return card

    def _last_row(self, fault: Fault | None) -> QWidget:
        close = button(self.tr("Close"), "recovery_close_button")
        close.clicked.connect(self.quit_requested)
        again = button(self.tr("Try again"), "retry_button")
        again.clicked.connect(self.retry_requested)
        show = button(self.tr("Open data folder"), "recovery_open_folder_button")
        show.clicked.connect(self.folder_requested)
        left: tuple[QWidget, ...] = (again, show)
        if fault in (Fault.NO_PERMISSION, Fault.READ_ONLY, Fault.CANNOT_CREATE, Fault.DISK_FULL):
            other = button(self.tr("Use another folder…"), "other_folder_button")
            other.clicked.connect(self._on_other_folder)
            left = (again, other, show)
        self._first = again
        return WrappingRow(left, (close,))

    # --- what was found

    def _on_found(self, good: GoodBackup | None) -> None:
        self._good = good
        if good is None:
            self._restore.set_texts(
                self.tr("Restore a backup"), self.tr("There is no good backup in the data folder. Choose a file.")
            )
            self._restore_button.hide()
            self._other_button.setText(self.tr("Choose a backup…"))
            self._other_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._restore.set_texts(self.tr("Restore the newest good backup"), self.backup_words(good))
        self._restore_button.setEnabled(True)
        if not self._newer:  # there the newer program is the way out, and one Enter must not lead back
            self._primary = self._restore_button
        if self.isVisible() and (self.focusWidget() is None or self._first.hasFocus()):
            self.take_focus()

    def _on_not_found(self, _error: BaseException) -> None:
        self._on_found(None)

    def backup_words(self, good: GoodBackup) -> str:
        """Return when a backup was made and what it holds."""
        made = self.tr("Made {0}").format(moments.day_and_time(good.backup.created))
        return f"{made} · {BackupWords().held(good.contents)}"

    # --- what the person does

    def _on_restore(self) -> None:
        if self._good is not None:
            self.restore_requested.emit(self._good.backup.path)

    def _on_other(self) -> None:
        recovery = self._recovery
        if recovery is not None:
            chosen = dialogs.choose_backup(self, recovery.backups_folder)
            if chosen is not None:
                self.restore_requested.emit(chosen)

    def _on_other_folder(self) -> None:
        chosen = dialogs.choose_folder(self, self.tr("Use another data folder"))
        if chosen is not None:
            self.other_folder_requested.emit(chosen)

    def _on_copy_unsaved(self) -> None:
        QApplication.clipboard().setText(self._unsaved)

    def _on_save_unsaved(self) -> None:
        save_copy(self, self._unsaved)

    def _on_rescue(self) -> None:
        chosen = dialogs.save_as(
            self,
            self.tr("Save what can still be read"),
            self.tr("readable-answers.txt"),
            self.tr("Text (*.txt);;Everything, for programs (*.json)"),
        )
        if chosen is not None:
            self._rescue_button.setEnabled(False)
            self.rescue_requested.emit(chosen)

    def show_rescued(self) -> None:
        """Let what is readable be saved once more."""
        self._rescue_button.setEnabled(True)
        self._rescue_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_new(self) -> None:
        go_on = dialogs.confirm(
            self,
            self.tr("Start with an empty database?"),
            self.tr("Your answers are not in it. What is there now is set aside in the data folder, never deleted."),
            self.tr("Start new"),
        )
        if go_on:
            self.start_new_requested.emit()
