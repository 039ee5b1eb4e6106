"""The one door to modal dialogs. Tests replace these functions; nothing else opens one."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpacerItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from interview_coach.domain.backups import Backup, Contents
from interview_coach.ui.backup_dialog import BackupDialog
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.widgets.labels import button, label, path_line

translate = QCoreApplication.translate


def choose_transcripts(parent: QWidget) -> tuple[Path, ...]:
    """Ask for files with interviews or questions; an empty answer means none."""
    kinds = "*.txt *.log *.md *.markdown *.json *.jsonl *.ndjson *.csv *.tsv *.vtt *.srt *.apkg *.colpkg"
    files, _ = QFileDialog.getOpenFileNames(
        parent,
        translate("dialogs", "Import"),
        "",
        translate("dialogs", "Interviews and questions ({0});;All files (*)").format(kinds),
    )
    _give_back(parent)
    return tuple(Path(file) for file in files)


def choose_backup(parent: QWidget, folder: Path) -> Path | None:
    """Ask for a backup, beginning in the folder of ours; None means none."""
    file, _ = QFileDialog.getOpenFileName(
        parent,
        translate("dialogs", "Choose a backup"),
        str(folder),
        translate("dialogs", "Backups (*.sqlite3);;All files (*)"),
    )
    _give_back(parent)
    return Path(file) if file else None


def restore_backup(
    parent: QWidget,
    backups: Sequence[Backup],
    look_into: Callable[[Path], Contents],
    tasks: Tasks,
    folder: Path,
) -> Path | None:
    """Let a backup be chosen that says what it holds, ours or another file; None means none."""
    dialog = BackupDialog(parent, backups, look_into, tasks)

    def choose_other() -> None:
        other = choose_backup(dialog, folder)
        if other is not None:
            dialog.look_at(other)

    dialog.other_requested.connect(choose_other)
    dialog.exec()
    dialog.deleteLater()
    _give_back(parent)
    return dialog.chosen


def choose_folder(parent: QWidget, title: str) -> Path | None:
    """Ask for a folder; None means none."""
    folder = QFileDialog.getExistingDirectory(parent, title)
    _give_back(parent)
    return Path(folder) if folder else None


def save_as(parent: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """Ask where to save a file, by default under this name; None means nowhere. An existing file is asked about."""
    file, kind = QFileDialog.getSaveFileName(parent, title, name, kinds)
    _give_back(parent)
    if not file:
        return None
    path = Path(file)
    suffix = kind.partition("*")[2].rstrip(")")
    if path.suffix or not suffix.startswith("."):
        return path
    path = path.with_name(path.name + suffix)  # a name of which nobody was asked yet whether it may be replaced
    taken = translate("dialogs", "{0} is there already.").format(path.name)
    return path if not path.exists() or confirm(parent, title, taken, translate("dialogs", "Replace")) else None


def tell(parent: QWidget, title: str, text: str, details: str = "") -> None:
    """Tell something that the person should read, in plain text."""
    box = _box(parent, title, text)
    if details:
        box.setDetailedText(details)
    box.exec()
    _give_back(parent)


def confirm(parent: QWidget, title: str, text: str, yes: str) -> bool:
    """Ask whether to go on; ``yes`` words the button that does. Esc and the default answer are no."""
    box = _box(parent, title, text)
    accept = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
    cancel = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    box.exec()
    _give_back(parent)
    return box.clickedButton() is accept


def report(parent: QWidget, sentence: str, details: str, path: Path | None, *, stored: bool) -> None:
    """Tell of a defect: what happened, whether what is typed is stored, and the report, to read, copy or find."""
    dialog = QDialog(parent)
    dialog.setObjectName("error_dialog")
    dialog.setWindowTitle(translate("dialogs", "Something went wrong"))
    if stored:
        text = translate("dialogs", "What you typed is saved. You can go on.")
    else:
        text = translate("dialogs", "Your text is still in the window. You can go on.")
    shown = QPlainTextEdit(details)
    shown.setObjectName("error_details")
    shown.setAccessibleName(translate("dialogs", "Report"))
    shown.setReadOnly(True)
    shown.setMinimumHeight(shown.fontMetrics().height() * 12)
    shown.hide()
    show = button(translate("dialogs", "&Show details"), "error_show_button")
    show.setCheckable(True)
    show.toggled.connect(shown.setVisible)
    show.toggled.connect(lambda: _fit(dialog))
    copy = button(translate("dialogs", "&Copy details"), "error_copy_button")
    copy.clicked.connect(lambda: _copy(details, copy))
    close = button(translate("dialogs", "Close"), "error_close_button", role="primary")
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(24, 24, 24, 24)
    layout.setSpacing(12)
    layout.addWidget(label(sentence, "heading", name="error_sentence"))
    layout.addWidget(label(text, "body", name="error_text"))
    if path is not None:
        where = translate(
            "dialogs", "A report is in this file, for you to keep or pass on. Nothing that you typed is in it:"
        )
        layout.addWidget(label(where, "muted"))
        layout.addWidget(path_line(path, "error_report_path", translate("dialogs", "File of the report")))
    layout.addWidget(shown, 1)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(show)
    row.addWidget(copy)
    row.addStretch()
    row.addWidget(close)
    layout.addLayout(row)
    dialog.resize(dialog.fontMetrics().averageCharWidth() * 76, 0)
    _fit(dialog)
    close.setFocus(Qt.FocusReason.OtherFocusReason)
    dialog.exec()
    dialog.deleteLater()
    _give_back(parent)


def show_table(parent: QWidget, title: str, rows: Sequence[tuple[str, str]]) -> None:
    """Show rows of two texts, e.g. a command and its keys."""
    dialog = QDialog(parent)
    dialog.setObjectName("table_dialog")
    dialog.setWindowTitle(title)
    table = QTableWidget(len(rows), 2, dialog)
    table.setObjectName("dialog_table")
    table.setAccessibleName(title)
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            table.setItem(number, column, item)
    table.horizontalHeader().hide()
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)  # long words take two lines
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    table.setTabKeyNavigation(False)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, dialog)
    buttons.rejected.connect(dialog.reject)
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(16, 16, 16, 16)
    layout.setSpacing(12)
    layout.addWidget(table)
    layout.addWidget(buttons)
    dialog.resize(min(dialog.fontMetrics().averageCharWidth() * 80, parent.window().width() - 48), 520)
    dialog.exec()
    _give_back(parent)


def _fit(dialog: QDialog) -> None:
    """Give a dialog the height that its words need in its width."""
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        dialog.setMinimumHeight(layout.totalHeightForWidth(dialog.width()))
        dialog.resize(dialog.width(), dialog.minimumHeight())


def _copy(text: str, pressed: QPushButton) -> None:
    QApplication.clipboard().setText(text)
    pressed.setText(translate("dialogs", "Copied"))


def _give_back(parent: QWidget) -> None:
    """Let the keys go to the window again: without a window manager nobody else sees to that."""
    if parent.window().isVisible():
        parent.window().activateWindow()


def _box(parent: QWidget, title: str, text: str) -> QMessageBox:
    box = QMessageBox(parent)
    box.setObjectName("message_dialog")
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(title)
    box.setInformativeText(text)
    layout = box.layout()
    if isinstance(layout, QGridLayout):  # without it the words stand in a column as narrow as the title
        width = QSpacerItem(box.fontMetrics().averageCharWidth() * 60, 0)
        layout.addItem(width, layout.rowCount(), 0, 1, layout.columnCount())
    return box
