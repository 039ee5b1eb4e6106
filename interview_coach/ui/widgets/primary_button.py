"""The filled button: the one action of a page."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.push_button import PushButton

#: Width of the ring and its distance from the edge, in logical pixels.
_RING = 2
_INSET = 3


class PrimaryButton(PushButton):
    """A filled button that wears its focus ring inside, in the colour of its words."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        set_role(self, "primary")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, and the ring on it while it has the focus."""
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme().color("on-accent"), _RING))
        edge = _INSET + _RING / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge), 5, 5)
        painter.end()
