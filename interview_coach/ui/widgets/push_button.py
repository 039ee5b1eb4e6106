"""A button that Enter presses once."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton


class PushButton(QPushButton):
    """A button for which a held Enter is one press.

    The step before may have been left by the same press, so its repeats must not press what has the focus now.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the repeats of a held Enter be."""
        if event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)
