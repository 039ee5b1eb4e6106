"""Text to read: plain, with the lines apart that reading wants, to scroll, choose and copy."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from interview_coach.ui.theme import set_role

#: Height of a line, in percent.
LINE_HEIGHT = 140

#: What the style sheet's padding takes above and below, in pixels.
_RING = 6


class ReadingText(QTextEdit):
    """A plain text that cannot be changed. Tab stops at it only where there is more of it than shows."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(6)
        set_role(self, "reading")
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    def content_height(self) -> int:
        """Return the height, in pixels, at which all of the text shows at the present width."""
        return round(self.document().size().height()) + 2 * self.frameWidth() + _RING

    def _on_range(self, _least: int, most: int) -> None:
        policy = Qt.FocusPolicy.StrongFocus if most > 0 else Qt.FocusPolicy.ClickFocus
        if policy != self.focusPolicy():
            self.setFocusPolicy(policy)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning."""
        self.setPlainText(text)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.verticalScrollBar().setValue(0)
