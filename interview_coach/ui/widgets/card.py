"""A card: a title, a line of small print below it, and controls at the right."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from interview_coach.ui.theme import set_role


class Card(QFrame):
    """A card whose texts wrap, so that it works at any width and size of text. Texts are plain, never HTML."""

    def __init__(self, title: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.title = QLabel(title, self)
        self.detail = QLabel(detail, self)
        set_role(self.title, "heading")
        set_role(self.detail, "muted")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch()
        for label in (self.title, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            words.addWidget(label)
        words.addStretch()
        self.detail.setVisible(bool(detail))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(20, 16, 20, 16)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self.setAccessibleName(title)

    def set_texts(self, title: str, detail: str = "") -> None:
        """Show other texts."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(title)

    def add_control(self, control: QWidget) -> None:
        """Put a control at the right end, after those that are there."""
        self._row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
