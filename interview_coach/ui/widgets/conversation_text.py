"""A conversation to read: questions, answers and small print, laid out as plain text in one document."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: Least height at a text size of 100 %, in logical pixels.
_LEAST_HEIGHT = 180

#: What Qt says of a block that belongs to no part.
_NO_PART = -1


class ConversationText(QTextEdit):
    """Read-only; the arrow and page keys scroll it, words can be chosen and copied. Nothing in it is read as HTML.

    It may have parts, as the turns of an interview; ``part_changed`` is emitted when the text cursor comes to another.
    """

    part_changed = Signal()

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._part = _NO_PART
        self._current = _NO_PART
        self.cursorPositionChanged.connect(self._on_cursor)
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
        self._part = _NO_PART
        self.clear()
        self.setUpdatesEnabled(False)

    def begin_part(self, key: int) -> None:
        """Let what is added from now on be the part of this key, a number from 0."""
        self._part = key

    @property
    def current_part(self) -> int | None:
        """The key of the part in which the text cursor stands, None where that is none."""
        state = self.textCursor().block().userState()
        return None if state == _NO_PART else state

    def show_part(self, key: int) -> None:
        """Put the text cursor into a part and let it be seen, from its beginning."""
        block = self.document().begin()
        while block.isValid():
            if block.userState() == key:
                self.moveCursor(QTextCursor.MoveOperation.End)  # so that the part stands at the top, not at the bottom
                self.setTextCursor(QTextCursor(block))
                return
            block = block.next()

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
            cursor.block().setUserState(self._part)

    def _on_cursor(self) -> None:
        current = self.textCursor().block().userState()
        if current != self._current:
            self._current = current
            self.part_changed.emit()
