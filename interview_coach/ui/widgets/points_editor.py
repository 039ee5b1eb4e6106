"""An editor for points: a text in which every paragraph is one."""

import re
from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QTextEdit, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.marked_text import as_it_is, plain_only

#: Height of a line in percent, and what lies between two points, in pixels.
_LINE_HEIGHT = 130
_BETWEEN = 12

# Beside the numbers, and between the columns of buttons, in pixels.
_SIDE = 8
_COLUMNS_APART = 16

# A line break within a point: in the document it is not the end of a paragraph.
_LINE = "\u2028"

# What Qt takes for the end of a paragraph, or for a line break within one.
_BREAKS = re.compile("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]")

# A piece of the text as it stands in the document, for a cut and a paste within the program.
_OWN_FORMAT = "application/x-interview-coach-points"

_KEEP = QTextCursor.MoveMode.KeepAnchor


class PointsText(QTextEdit):
    """A plain text whose paragraphs are points, each with its number beside it; an empty one is none.

    Like the editor for answers it is a QTextEdit: QPlainTextEdit knows no space between paragraphs, and without it the
    points run together. Whatever is done to a point is one step that Ctrl+Z takes back.
    """

    # Here rather than in __init__: Qt tells of a change of style while that is still under way.
    _numbers: "_Numbers | None" = None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "points")
        self.setObjectName("points_text")
        self.setAccessibleName(self.tr("Points, one a paragraph"))
        self.setPlaceholderText(self.tr("What should a good answer say?"))
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.deeds: Mapping[Qt.Key, Callable[[], None]] = {
            Qt.Key.Key_J: self.join,
            Qt.Key.Key_Up: self.move_up,
            Qt.Key.Key_Down: self.move_down,
            Qt.Key.Key_Delete: self.delete,
        }
        self._numbers = _Numbers(self)
        self._numbers.fit()
        self._number = 1
        self.cursorPositionChanged.connect(self._on_moved)
        self.set_points(())

    def set_points(self, points: Sequence[str]) -> None:
        """Show points, with nothing to undo and the caret behind the first."""
        document = self.document()
        document.setUndoRedoEnabled(False)
        self.setPlainText(_as_paragraphs(points))
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spacing.setBottomMargin(_BETWEEN)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        document.setUndoRedoEnabled(True)
        document.setModified(False)
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)

    def replace_points(self, points: Sequence[str]) -> None:
        """Put other points in place of all there are, as one step that Ctrl+Z takes back."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(_as_paragraphs(points))
        cursor.endEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Start)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.setTextCursor(cursor)

    def points(self) -> tuple[str, ...]:
        """Return the points as they stand."""
        texts, block = [], self.document().begin()
        while block.isValid():
            texts.append(block.text())
            block = block.next()
        return normalised(texts)

    def place(self) -> tuple[int, int]:
        """Return the number of the caret's point (that of the one before, where the paragraph is empty) and of all."""
        here, number, count, block = self.textCursor().blockNumber(), 0, 0, self.document().begin()
        while block.isValid():
            count += not _blank(block.text())
            if block.blockNumber() == here:
                number = count
            block = block.next()
        return number, count

    def can_split(self) -> bool:
        """Say whether there are words on both sides of the caret."""
        ends = (QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveOperation.EndOfBlock)
        return not any(_blank(_from_caret(self.textCursor(), end)) for end in ends)

    def can_join(self) -> bool:
        """Say whether there is a paragraph behind the caret's."""
        return self.textCursor().block().next().isValid()

    def can_move(self, step: int) -> bool:
        """Say whether the caret's point can go up (-1) or down (1)."""
        block = self.textCursor().block()
        return not _blank(block.text()) and (block.previous() if step < 0 else block.next()).isValid()

    def can_delete(self) -> bool:
        """Say whether there is a paragraph to take out."""
        return self.textCursor().block().text() != "" or self.document().blockCount() > 1

    def split(self) -> None:
        """Begin a new point at the caret; blanks behind it go."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        rest = _from_caret(cursor, QTextCursor.MoveOperation.EndOfBlock)
        for _ in range(len(rest) - len(rest.lstrip())):
            cursor.deleteChar()
        cursor.insertBlock()
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def join(self) -> None:
        """Make one point of the caret's and the next."""
        self._join_to_previous(self.textCursor().block().next())

    def move_up(self) -> None:
        """Let the caret's point change places with the paragraph before it."""
        self._move(-1)

    def move_down(self) -> None:
        """Let the caret's point change places with the paragraph behind it."""
        self._move(1)

    def delete(self) -> None:
        """Take out the caret's point with its paragraph."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock)
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
        cursor.removeSelectedText()
        if cursor.block().next().isValid():
            cursor.deleteChar()
        else:
            cursor.deletePreviousChar()
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, and split, join, move and delete by keys. Enter with other keys than Shift is the dialog's."""
        key, modifiers = Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain, cursor = modifiers == Qt.KeyboardModifier.NoModifier, self.textCursor()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if plain:
                self.split()
            elif modifiers == Qt.KeyboardModifier.ShiftModifier:
                cursor.insertText(_LINE)
                self.setTextCursor(cursor)
            else:
                event.ignore()
        elif modifiers == Qt.KeyboardModifier.AltModifier and key in self.deeds:
            self.deeds[key]()
        elif plain and key == Qt.Key.Key_Backspace and cursor.atBlockStart() and not cursor.hasSelection():
            self._join_to_previous(cursor.block())
        elif plain and key == Qt.Key.Key_Delete and cursor.atBlockEnd() and not cursor.hasSelection():
            self.join()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Take text; files are for the window."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Insert plain text, a point for each line; what was cut out here keeps its lines within points."""
        if not self.canInsertFromMimeData(source):
            return
        text = source.text()
        if source.hasFormat(_OWN_FORMAT):
            text = bytes(source.data(_OWN_FORMAT).data()).decode("utf-8", "replace")
        self.textCursor().insertText(as_it_is(text))
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the words that are chosen as plain text, and as they stand here."""
        chosen, text = super().createMimeDataFromSelection(), self.textCursor().selectedText()
        plain_only(chosen, _BREAKS.sub("\n", text))
        chosen.setData(_OWN_FORMAT, text.encode("utf-8", "replace"))
        return chosen

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the numbers beside the text."""
        super().resizeEvent(event)
        if self._numbers is not None:
            self._numbers.stand()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange) and self._numbers is not None:
            self._numbers.fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a soft ground below the caret's point, then the text."""
        area = self.area(self.textCursor().block())
        painter = QPainter(self.viewport())
        painter.fillRect(QRectF(0, area.top(), self.viewport().width(), area.height()), current_theme().color("soft"))
        painter.end()
        super().paintEvent(event)
        if self._numbers is not None:
            self._numbers.update()  # they go by what is painted here

    def area(self, block: QTextBlock) -> QRectF:
        """Return where a paragraph lies in the viewport, with half of the space above and below it."""
        area = self.document().documentLayout().blockBoundingRect(block)
        return area.translated(0, -self.verticalScrollBar().value()).adjusted(0, -_BETWEEN / 2, 0, _BETWEEN / 2)

    def _join_to_previous(self, block: QTextBlock) -> None:
        """Make one point of a paragraph and that before: a blank between them, a line break if one of them has some."""
        before = block.previous()
        if not before.isValid():
            return
        texts = before.text(), block.text()
        glue = _LINE if any(_LINE in text for text in texts) else " "
        apart = any(_blank(text) for text in (*texts, texts[0][-1:], texts[1][:1]))
        cursor = self.textCursor()
        cursor.beginEditBlock()
        cursor.setPosition(block.position())
        cursor.deletePreviousChar()
        if not apart:
            cursor.insertText(glue)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _move(self, step: int) -> None:
        if not self.can_move(step):
            return
        cursor = self.textCursor()
        block, inside = cursor.block(), cursor.positionInBlock()
        upper, lower = (block.previous(), block) if step < 0 else (block, block.next())
        texts = upper.text(), lower.text()
        there = upper.position() + (0 if step < 0 else lower.length())
        cursor.beginEditBlock()
        for target, text in ((lower, texts[0]), (upper, texts[1])):
            cursor.setPosition(target.position())
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
            cursor.insertText(as_it_is(text))
        cursor.setPosition(there + inside)
        cursor.endEditBlock()
        self.setTextCursor(cursor)

    def _on_moved(self) -> None:
        self.viewport().update()
        if QAccessible.isActive() and self.hasFocus():
            number, count = self.place()
            if number != self._number:
                words = self.tr("point {number} of {count}").replace("{number}", str(number))
                words = words.replace("{count}", str(count))
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
            self._number = number


class _Numbers(QWidget):
    """The numbers of the points, beside their first lines."""

    def __init__(self, text: PointsText) -> None:
        super().__init__(text)
        self._text = text

    def fit(self) -> None:
        """Take as much room beside the text as numbers need."""
        width = QFontMetrics(current_theme().font()).horizontalAdvance("88") + 2 * _SIDE
        self._text.setViewportMargins(width, 0, 0, 0)
        self.stand()

    def stand(self) -> None:
        """Stand beside the text."""
        width, beside = self._text.viewportMargins().left(), self._text.viewport().geometry()
        self.setGeometry(beside.left() - width, beside.top(), width, beside.height())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the numbers of the points in view."""
        theme, text = current_theme(), self._text
        painter, here = QPainter(self), text.textCursor().blockNumber()
        block, number = text.document().begin(), 0
        while block.isValid():
            area, current = text.area(block), block.blockNumber() == here
            if area.top() > self.height():
                break
            number += not _blank(block.text())
            if area.bottom() >= 0:
                if current:
                    painter.fillRect(QRectF(0, area.top(), self.width(), area.height()), theme.color("soft"))
                if not _blank(block.text()):
                    font = theme.font(strong=current)
                    words, line = text.locale().toString(number), block.layout().lineAt(0)
                    right = self.width() - _SIDE - QFontMetrics(font).horizontalAdvance(words)
                    painter.setFont(font)
                    painter.setPen(theme.color("text" if current else "muted"))
                    painter.drawText(QPointF(right, area.top() + _BETWEEN / 2 + line.y() + line.ascent()), words)
            block = block.next()
        painter.end()


class PointsEditor(QWidget):
    """Points to edit, with what can be done to the caret's point below; ``changed`` is for what the person does."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("points_editor")
        self._shown: tuple[str, ...] = ()
        self._setting = False
        self.text = PointsText()
        deeds = (
            (button(self.tr("Split here"), "split_point_button", role="quiet"), self.text.split, self.tr("Enter")),
            (button(self.tr("Join with next"), "join_points_button", role="quiet"), self.text.join, self.tr("Alt J")),
            (button(self.tr("Move up"), "move_point_up_button", role="quiet"), self.text.move_up, self.tr("Alt ↑")),
            (
                button(self.tr("Move down"), "move_point_down_button", role="quiet"),
                self.text.move_down,
                self.tr("Alt ↓"),
            ),
            (button(self.tr("Delete"), "delete_point_button", role="quiet"), self.text.delete, self.tr("Alt Del")),
        )
        for made, deed, keys in deeds:
            made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the caret where it is
            made.setAccessibleDescription(keys)
            made.clicked.connect(deed)
        self._deeds = tuple((made, KeyCap(keys)) for made, _, keys in deeds)
        hint = label(
            self.tr("One point a paragraph. Enter splits, Backspace joins, Alt ↑ ↓ moves."), "muted", name="points_hint"
        )
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(hint)
        rows.addWidget(self.text, 1)
        rows.addWidget(_Deeds(self._deeds))
        self.text.textChanged.connect(self._on_changed)
        self.text.cursorPositionChanged.connect(self._show_possible)
        self.setFocusProxy(self.text)
        self._show_possible()

    def set_points(self, texts: Sequence[str]) -> None:
        r"""Show points, with nothing to undo.

        What surrounds a point goes, and empty ones do; CR, CRLF, U+2028 and U+2029, and U+FDD0 and U+FDD1, which stand
        for paragraphs in Qt, become ``\n``. All else comes back as it is, no-break spaces too.
        """
        self._setting = True
        self.text.set_points(texts)
        self._setting = False
        self._shown = self.text.points()
        self._show_possible()

    def go_to(self, place: int) -> None:
        """Put the caret at the end of a point, by its place from 0."""
        cursor = QTextCursor(self.text.document().findBlockByNumber(place))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
        self.text.setTextCursor(cursor)

    def replace_points(self, texts: Sequence[str]) -> None:
        """Put other points in place of all there are, as one change that Ctrl+Z takes back."""
        self.text.replace_points(texts)

    def points(self) -> tuple[str, ...]:
        r"""Return the points, without what surrounds them and without empty ones, ``\n`` between the lines of one."""
        return self.text.points()

    def is_changed(self) -> bool:
        """Say whether the points are others than those that were set."""
        return self.points() != self._shown

    def _on_changed(self) -> None:
        if not self._setting:
            self.changed.emit()

    def _show_possible(self) -> None:
        """Enable what can be done where the caret is."""
        text = self.text
        possible = (text.can_split(), text.can_join(), text.can_move(-1), text.can_move(1), text.can_delete())
        for (made, cap), can in zip(self._deeds, possible, strict=True):
            cap.setEnabled(can)
            if made.hasFocus() and not can:
                text.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt would go on to the next button
            made.setEnabled(can)


class _Deeds(QWidget):
    """Buttons, each with its key beside it, in as many columns as fit."""

    def __init__(self, deeds: Sequence[tuple[QPushButton, KeyCap]]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_COLUMNS_APART)
        self._grid.setVerticalSpacing(4)
        self._pairs = []
        for made, key in deeds:
            pair = QWidget()
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(4)
            row.addWidget(made)
            row.addWidget(key)
            row.addStretch(1)
            self._pairs.append(pair)
        self._columns = 0
        self._arrange(len(self._pairs))

    def minimumSizeHint(self) -> QSize:
        """Return what one column takes in width."""
        widest = max(pair.sizeHint().width() for pair in self._pairs)
        return QSize(widest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow the size of text."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        for columns in (len(self._pairs), 3, 2):
            widths = [
                max(pair.sizeHint().width() for pair in self._pairs[column::columns]) for column in range(columns)
            ]
            if sum(widths) + (columns - 1) * _COLUMNS_APART <= self.width():
                self._arrange(columns)
                return
        self._arrange(1)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        for place, pair in enumerate(self._pairs):
            self._grid.addWidget(pair, place // columns, place % columns)
        for column in range(len(self._pairs) + 1):
            self._grid.setColumnStretch(column, int(column == columns))
        self.updateGeometry()


def normalised(points: Sequence[str]) -> tuple[str, ...]:
    r"""Return points as the editor gives them: breaks of every kind as ``\n``, nothing around them, no empty ones."""
    texts = (_BREAKS.sub("\n", point).strip() for point in points)
    return tuple(text for text in texts if text)


def _as_paragraphs(points: Sequence[str]) -> str:
    return as_it_is("\n".join(point.replace("\n", _LINE) for point in normalised(points)))


def _blank(text: str) -> bool:
    return not text.strip()


def _from_caret(cursor: QTextCursor, end: QTextCursor.MoveOperation) -> str:
    """Return what stands between the caret and an end of its paragraph."""
    there = QTextCursor(cursor)
    there.setPosition(cursor.position())
    there.movePosition(end, _KEEP)
    return there.selectedText()
