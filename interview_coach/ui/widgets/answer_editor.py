"""The editor for answers: plain text, one and a half lines high, of a comfortable length of line."""

from PySide6.QtCore import QEvent, QMimeData, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from interview_coach.ui.theme import set_role

#: Height of a line, in percent.
LINE_HEIGHT = 150

#: Characters of reading text in a line, about.
LINE_LENGTH = 75

_MARGIN = 12

_SAMPLE = "the answer that a person gives to a question in an interview, with what they did and why they did it"
_RUNNING_TEXT = "the point comes first and every sentence after it says why; a listener could tell it again"

# Where one paragraph ends and the next begins in QTextDocument's raw text, and what it uses for a line within one.
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n"})


class AnswerEditor(QTextEdit):
    """An editor for plain text.

    QPlainTextEdit lays lines out at the height of the font whatever the block format says; QTextEdit heeds it, so this
    is a QTextEdit that takes plain text only. New paragraphs inherit the format of the one they are split from.
    Ctrl+Enter and files dropped on it are left to the page; Tab leaves it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "editor")
        self.setObjectName("answer_editor")
        self.setAccessibleName(self.tr("Your answer"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(_MARGIN)
        self._space_lines()

    def text(self) -> str:
        r"""Return what was typed, with ``\n`` between lines.

        The line and paragraph separators U+2028 and U+2029 come back as ``\n``; no-break spaces stay what they are
        (``toPlainText`` makes ordinary spaces of them).
        """
        return self.document().toRawText().translate(_LINE_ENDS)

    def set_text(self, text: str) -> None:
        """Show another answer, with nothing to undo and the caret at the end."""
        self.setPlainText(text)
        self._space_lines()
        self.caret_to_end()

    def set_text_keeping_undo(self, text: str) -> None:
        """Put another text in place of all there is, as one step that Ctrl+Z takes back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def caret_to_end(self) -> None:
        """Put the caret behind the last character and bring it into view."""
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.ensureCursorVisible()

    def comfortable_width(self) -> int:
        """Return the width, in pixels, beyond which lines of text grow no longer."""
        frame = self.width() - self.viewport().width()
        return self._line_width() + frame

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, except Ctrl+Enter.

        Enter is done here, with Shift or without: QTextEdit takes it, on an empty line of other than plain format, as
        the wish for the plain format and inserts nothing.
        """
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            beyond_shift = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            if event.modifiers() & ~beyond_shift or self.isReadOnly():
                event.ignore()
                return
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
            return
        super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text; files are for the window."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert plain text only, as it is."""
        if self.canInsertFromMimeData(source):
            self.textCursor().insertText(source.text().replace("\r\n", "\n").replace("\r", "\n"))
            self.ensureCursorVisible()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the lines to the width, up to the comfortable length."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _line_width(self) -> int:
        # averageCharWidth weighs all letters alike and comes out a fifth off for running text, so running text it is.
        return (
            round(LINE_LENGTH * self.fontMetrics().horizontalAdvance(_RUNNING_TEXT) / len(_RUNNING_TEXT)) + 2 * _MARGIN
        )

    def _fit(self) -> None:
        self.setLineWrapColumnOrWidth(max(1, min(self._line_width(), self.viewport().width())))

    def _space_lines(self) -> None:
        """Give every paragraph its line height, outside what can be undone."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        document.setUndoRedoEnabled(True)
        document.setModified(False)
