"""The form of a dialog that changes something: its content, Save and Cancel, and no word lost to a key.

Esc closes each of them; where something was typed it asks first.
"""

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from interview_coach.ui import dialogs
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.labels import button, label

translate = QCoreApplication.translate


def run(parent: QWidget, dialog: QDialog) -> bool:
    """Show a dialog until it is left; return whether it was accepted."""
    dialog.exec()
    accepted = dialog.result() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if parent.window().isVisible():
        parent.window().activateWindow()
    return accepted


class FormDialog(QDialog):
    """A dialog with its buttons below; leaving it asks first where something was changed.

    ``content`` is the layout of what it holds, ``buttons`` that of the row below, in which the left end is free.
    """

    def __init__(self, parent: QWidget, name: str, title: str, yes: str) -> None:
        super().__init__(parent)
        self._over = parent.window()
        self.setObjectName(name)
        self.setWindowTitle(title.replace("…", ""))
        self.accept_button: QPushButton = button(yes, "dialog_accept_button", self, role="primary")
        self.accept_button.setDefault(True)
        self.accept_button.clicked.connect(self.accept)
        cancel = button(translate("form_dialog", "Cancel"), "dialog_cancel_button", self)
        cancel.clicked.connect(self.reject)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(8)
        self.buttons.addStretch()
        self.buttons.addWidget(cancel)
        self.buttons.addWidget(self.accept_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 20, 24, 20)
        self._layout.setSpacing(16)
        self._layout.addLayout(self.content, 1)
        self._layout.addLayout(self.buttons)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept_button.click)

    def fit(self, width: int) -> None:
        """Take a width in logical pixels at a text size of 100 %, no wider than the window, and the height it needs."""
        width = min(round(width * current_theme().text_scale), self._over.width() - 40)
        height = self._layout.totalHeightForWidth(width) if self._layout.hasHeightForWidth() else 0
        self.resize(width, min(max(height, self._layout.totalSizeHint().height()), self._over.height() - 20))

    @property
    def changed(self) -> bool:
        """Whether closing the dialog would lose something."""
        return False

    def reject(self) -> None:
        """Leave, as Esc and the window's cross do; what was typed is not lost without a question."""
        if not self.changed or dialogs.confirm(
            self,
            translate("form_dialog", "Leave without saving?"),
            translate("form_dialog", "What you changed here is not saved yet."),
            translate("form_dialog", "Leave it"),
        ):
            super().reject()


def named(words: str, control: QWidget) -> QLabel:
    """Return the words that name a control and lead to it by their mnemonic."""
    made = label(words, "section", control.parentWidget())
    made.setBuddy(control)
    return made
