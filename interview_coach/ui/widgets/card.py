"""A card: a title, a line of small print below it, and controls at the right."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: Least width for the words beside the controls at a text size of 100 %, in logical pixels.
_LEAST_WORDS = 280


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
        self._controls = QWidget(self)
        self._control_row = QHBoxLayout(self._controls)
        self._control_row.setContentsMargins(0, 0, 0, 0)
        self._control_row.setSpacing(8)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 16, 20, 16)
        self._row.setSpacing(8)
        self._row.addLayout(words, 1)
        self._row.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(title)

    def set_texts(self, title: str, detail: str = "") -> None:
        """Show other texts."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        self.setAccessibleName(title)

    def add_control(self, control: QWidget) -> None:
        """Put a control at the right end, after those that are there."""
        self._control_row.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the controls below the words where they would leave them too little room."""
        super().resizeEvent(event)
        room = self.width() - self._controls.sizeHint().width()
        beside = room >= _LEAST_WORDS * current_theme().text_scale
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
