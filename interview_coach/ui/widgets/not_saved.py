"""The sign that what is typed is not stored: why, that it is tried again, and a way to keep a copy elsewhere."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class NotSaved(QFrame):
    """A note above the page. Hidden while all is well; it stays until what is typed is stored."""

    copy_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("not_saved_note")
        set_role(self, "alert")
        self._reason = label("", "error", name="not_saved_label")
        self._words = label(
            self.tr("Your text stays here and is saved as soon as that is possible. It is tried again by itself."),
            "muted",
        )
        copy = button(self.tr("Save a copy as…"), "save_copy_button")
        copy.clicked.connect(self.copy_requested)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(40, 10, 40, 10)
        layout.setSpacing(6)
        layout.addWidget(self._reason)
        layout.addWidget(self._words)
        layout.addWidget(WrappingRow((copy,), ()))
        self.hide()

    def show_reason(self, reason: str) -> None:
        """Say why what is typed is not stored."""
        self._reason.setText(self.tr("Not saved: {0}").format(reason))
        self.show()
