"""Words on a page: always plain text, whatever stands in them."""

import html
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QSizePolicy, QWidget

from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.primary_button import PrimaryButton
from interview_coach.ui.widgets.push_button import PushButton


def label(text: str, role: str, parent: QWidget | None = None, *, name: str = "", wraps: bool = True) -> QLabel:
    """Return a label in one of the style sheet's roles ("title", "question", "muted" …)."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    made.setObjectName(name)
    set_role(made, role)
    return made


def button(text: str, name: str, parent: QWidget | None = None, *, role: str = "") -> QPushButton:
    """Return a button that Enter presses as well as Space; ``role`` is "primary", "link", or none for an outline."""
    made = PrimaryButton(text, parent) if role == "primary" else PushButton(text, parent)
    if role not in ("", "primary"):
        set_role(made, role)
    made.setObjectName(name)
    made.setAccessibleName(text.replace("&", ""))
    made.setAutoDefault(True)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)  # never narrower than its words
    return made


def plain_tip(text: str) -> str:
    """Return a text to be shown as a tool tip as it is: Qt guesses there whether a text is HTML."""
    return f"<p style='white-space: pre-wrap'>{html.escape(text)}</p>" if text else ""


def path_line(path: Path, name: str, title: str) -> QLineEdit:
    """Return a path to read and copy: on one line, since a label cannot break a long one."""
    made = QLineEdit(str(path))
    made.setReadOnly(True)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setCursorPosition(0)
    return made
