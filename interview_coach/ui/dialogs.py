"""The one door to modal dialogs. Tests replace these functions; nothing else opens one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QMessageBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

translate = QCoreApplication.translate


def choose_transcripts(parent: QWidget) -> tuple[Path, ...]:
    """Ask for transcript files; an empty answer means none."""
    files, _ = QFileDialog.getOpenFileNames(
        parent,
        translate("dialogs", "Import transcripts"),
        "",
        translate("dialogs", "Transcripts (*.txt *.log *.md);;All files (*)"),
    )
    _give_back(parent)
    return tuple(Path(file) for file in files)


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
    dialog.resize(480, 520)
    dialog.exec()
    _give_back(parent)


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
    return box
