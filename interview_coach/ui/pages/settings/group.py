"""A card of settings: a title, and rows of words and controls."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.labels import label


def group(title: str, rows: "list[tuple[str, QWidget]] | tuple[tuple[str, QWidget], ...]") -> QWidget:
    """Return a card with a row for each (words, control); a control without words takes the whole row."""
    card = QFrame()
    set_role(card, "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(20, 16, 20, 16)
    layout.setSpacing(12)
    layout.addWidget(label(title, "heading"))
    form = QGridLayout()
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(10)
    form.setColumnStretch(1, 1)
    for row, (words, control) in enumerate(rows):
        if words:
            form.addWidget(label(words, "body", wraps=False), row, 0)
            form.addWidget(control, row, 1, Qt.AlignmentFlag.AlignLeft)
        elif isinstance(control, (QLabel, QLineEdit)):
            form.addWidget(control, row, 0, 1, 2)
        else:
            form.addWidget(control, row, 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
    layout.addLayout(form)
    return card
