"""A page's column: as wide as reading is comfortable, in the middle of what there is, scrolled when it is too long."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: Widest column at a text size of 100 %, in logical pixels.
WIDEST = 860


class Column(QScrollArea):
    """A vertical column of widgets; ``content`` is its layout. It scrolls when it is too high, never sideways."""

    def __init__(self, parent: QWidget | None = None, *, widest: int = WIDEST) -> None:
        super().__init__(parent)
        self._widest = widest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget(self)
        set_role(self._inside, "page")
        self.content = QVBoxLayout(self._inside)
        self.content.setSpacing(16)
        self.setWidget(self._inside)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "content"):
            self._fit()

    def _fit(self) -> None:
        widest = round(self._widest * max(current_theme().text_scale, 1.0))
        side = max((self.width() - widest) // 2, 20 if self.width() < 700 else 40)
        self.content.setContentsMargins(side, 28, side, 28)
