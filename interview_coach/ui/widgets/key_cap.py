"""A small outlined cap that shows the key beside its button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from interview_coach.ui.theme import set_role


class KeyCap(QLabel):
    """The name of a key or of several, e.g. "Ctrl Enter"; for the eye, a screen reader has the button's own words."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        set_role(self, "keycap")
