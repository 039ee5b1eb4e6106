"""A conversation to read: questions, answers and small print, laid out as plain text in one document."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: Least height at a text size of 100 %, in logical pixels.
_LEAST_HEIGHT = 180


class ConversationText(QTextEdit):
    """Read-only; the arrow and page keys scroll it, words can be chosen and copied. Nothing in it is read as HTML."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setReadOnly(True)
        self.setTabChangesFocus(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(12)
        self.setCursorWidth(0)
        self.setMinimumHeight(round(_LEAST_HEIGHT * current_theme().text_scale))
        set_role(self, "reading")

    def begin(self) -> None:
        """Clear the page, to add what follows."""
        self.clear()
        self.setUpdatesEnabled(False)

    def add_heading(self, text: str) -> None:
        """Add a small heading, as for a turn."""
        self._add(text, "small", color="muted", above=24, strong=True)

    def add_question(self, text: str) -> None:
        """Add a question."""
        self._add(text, "heading", color="text", above=4, strong=True)

    def add_text(self, text: str) -> None:
        """Add an answer."""
        self._add(text, "body", color="text", above=8)

    def add_note(self, text: str) -> None:
        """Add small print."""
        self._add(text, "small", color="muted", above=6)

    def end(self) -> None:
        """Show the page from its beginning."""
        self.setUpdatesEnabled(True)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _add(self, text: str, size: str, *, color: str, above: int, strong: bool = False) -> None:
        theme = current_theme()
        characters = QTextCharFormat()
        characters.setFontPointSize(theme.points(size))
        characters.setFontWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        characters.setForeground(theme.color(color))
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        for number, paragraph in enumerate(text.split("\n")):
            block = QTextBlockFormat()
            block.setTopMargin(above if number == 0 else 0)
            block.setLineHeight(140, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
            if self.document().isEmpty():
                cursor.setBlockFormat(block)
            else:
                cursor.insertBlock(block)
            cursor.insertText(paragraph, characters)
