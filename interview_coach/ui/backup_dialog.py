"""The dialog in which a backup to restore is chosen: each says what it holds before anything is done."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from interview_coach.domain.backups import Backup, Contents, Reason
from interview_coach.ui import moments
from interview_coach.ui.backup_words import BackupWords
from interview_coach.ui.errors import sentence
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.plain_table import plain_table


class BackupDialog(QDialog):
    """A list of backups, newest first. ``chosen`` is the one to restore once it was accepted."""

    other_requested = Signal()

    def __init__(
        self, parent: QWidget, backups: Sequence[Backup], look_into: Callable[[Path], Contents], tasks: Tasks
    ) -> None:
        super().__init__(parent)
        self.setObjectName("backup_dialog")
        self.setWindowTitle(self.tr("Restore a backup"))
        self.chosen: Path | None = None
        self._paths = [backup.path for backup in backups]
        self._look_into = look_into
        self._tasks = tasks
        self._shown: Path | None = None
        self._table = self._rows(backups)
        self._contents = label("", "body", name="backup_contents")
        self._restore = button(self.tr("Restore"), "backup_restore_button", role="primary")
        self._restore.setEnabled(False)
        self._restore.clicked.connect(self._on_restore)
        other = button(self.tr("Another file…"), "backup_other_button")
        other.clicked.connect(self.other_requested)
        cancel = button(self.tr("Cancel"), "backup_cancel_button")
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(other)
        row.addStretch()
        row.addWidget(cancel)
        row.addWidget(self._restore)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        layout.addWidget(label(self.tr("Restore a backup"), "title"))
        layout.addWidget(
            label(
                self.tr("What is there now is kept as a backup of its own, so that you can come back to it."), "muted"
            )
        )
        layout.addWidget(self._table, 1)
        layout.addWidget(self._contents)
        layout.addLayout(row)
        self.resize(640, 520)
        if self._paths:
            self._table.selectRow(0)
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._contents.setText(self.tr("There is no backup in the data folder yet. You can choose a file."))

    def look_at(self, path: Path) -> None:
        """Read a backup from end to end and say what it holds; it can be restored where it is whole."""
        self._shown = path
        self._restore.setEnabled(False)
        self._contents.setText(self.tr("Looking into {0} …").format(path.name))
        self._tasks.run(
            lambda: (path, self._look_into(path)), self._on_looked, lambda error: self._on_not_looked(path, error)
        )

    def _rows(self, backups: Sequence[Backup]) -> QTableWidget:
        words = {
            Reason.DAILY: self.tr("the day's backup"),
            Reason.ASKED: self.tr("made by you"),
            Reason.MIGRATION: self.tr("before a new version"),
            Reason.IMPORT: self.tr("before an import"),
            Reason.RESTORE: self.tr("before a restore"),
            Reason.REMOVAL: self.tr("before deleting"),
            Reason.REPAIR: self.tr("before a repair"),
        }
        headings = [self.tr("Made"), self.tr("Why"), self.tr("Size")]
        title = self.tr("Backups, newest first")
        table = plain_table("backup_table", title, headings, len(backups), self, widest=1)
        for number, backup in enumerate(backups):
            size = self.tr("{0} MB").format(f"{max(backup.size / 1_000_000, 0.1):.1f}")
            for column, text in enumerate((moments.day_and_time(backup.created), words[backup.reason], size)):
                table.setItem(number, column, QTableWidgetItem(text))
        table.currentCellChanged.connect(self._on_row)
        return table

    def _on_row(self, row: int, *_: int) -> None:
        if 0 <= row < len(self._paths):
            self.look_at(self._paths[row])

    def _on_looked(self, looked: tuple[Path, Contents]) -> None:
        path, held = looked
        if path != self._shown:
            return  # another row was chosen meanwhile
        transcripts = self.tr("%n transcript(s)", "", held.transcripts)
        self._contents.setText(f"{path.name}\n{BackupWords().held(held)} · {transcripts}")
        self._restore.setEnabled(True)

    def _on_not_looked(self, path: Path, error: BaseException) -> None:
        if path == self._shown:
            self._contents.setText(f"{path.name}\n{sentence(error)}")

    def _on_restore(self) -> None:
        self.chosen = self._shown
        self.accept()
