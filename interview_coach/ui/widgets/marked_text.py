"""An answer to read with the words marked that carry a point, each mark in the colour and number of its point."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.reading import ReadingText

#: What a mark can say of its words; where marks overlap, the first of these that is there gives the look.
TONES = ("said", "partly", "missed", "plain")

_UNDERLINES = {
    "said": QTextCharFormat.UnderlineStyle.SingleUnderline,
    "partly": QTextCharFormat.UnderlineStyle.DashUnderline,
    "missed": QTextCharFormat.UnderlineStyle.DashDotLine,
    "plain": QTextCharFormat.UnderlineStyle.DotLine,
}
_GROUNDS = {"said": "mark-said", "partly": "mark-partly", "missed": "mark-plain", "plain": "mark-plain"}
_INKS = {"said": "said", "partly": "partly", "missed": "muted", "plain": "muted"}

# A number stands a thin space away, on the line of its mark, and in an isolate of its own: in right-to-left text, or
# behind a bidi override, 12 would read 21.
_OPEN, _BETWEEN, _CLOSE = "\u2066\u202f", ",", "\u2069"

# Where one line ends and the next begins in a document's text.
_LINE_ENDS = str.maketrans({"\u2029": "\n", "\u2028": "\n", "\ufdd0": "\n", "\ufdd1": "\n"})

#: What is kept free above and below a mark that is brought into view, and how far beside a line a click still counts.
_AIR = 24
_NEAR = 4

#: How far a number is raised, in percent of its height: Qt's superscript is two thirds of the type, too small to read,
#: or at a larger size pushes the lines apart.
_RAISED = 40

_KEEP = QTextCursor.MoveMode.KeepAnchor


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to mark: places in the text in code points, end exclusive; ``number`` is the point's, counted from 1.

    A mark without a number belongs to no point, as words that are only counted do. ValueError where the tone is none
    of TONES, the number below 1 or the end before the start.
    """

    start: int
    end: int
    number: int | None
    tone: str

    def __post_init__(self) -> None:
        if self.tone not in TONES or not 0 <= self.start <= self.end or (self.number is not None and self.number < 1):
            raise ValueError("a known tone, a number from 1, an end that is not before the start")


class _Piece(NamedTuple):
    """A part of the document, by its positions: words of ``marks``, or with an ``added`` text, part of a number.

    ``owner`` is the mark of which an added text is the number. An added text may stand amid the words of other marks.
    """

    start: int
    end: int
    marks: tuple[Mark, ...]
    added: str = ""
    owner: Mark | None = None

    def concerns(self, numbers: set[int | None]) -> bool:
        """Say whether one of these points has part in the piece."""
        return any(mark.number in numbers for mark in (*self.marks, *([self.owner] if self.owner else [])))


class MarkedText(ReadingText):
    """A text with marks, whose numbers stand behind them, small and raised.

    The numbers stand in the document, so that a screen reader meets them; ``text()`` and the clipboard go without.
    Left and Right go through the marks, a click chooses one; ``mark_chosen`` carries its number, for what the person
    does. The two characters of a CRLF are one in a document; all else stands in it as it is.
    """

    mark_chosen = Signal(int)

    # Here rather than in __init__: Qt tells of a change of style while that is still under way.
    _source = ""
    _marks: tuple[Mark, ...] = ()
    _spans: tuple[tuple[int, int], ...] = ()
    _pieces: tuple[_Piece, ...] = ()
    _chosen: int | None = None
    _current: int | None = None

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self.setUndoRedoEnabled(False)

    def show_text(self, text: str) -> None:
        """Show a text from its beginning, without marks."""
        self.set_marks(())  # first, since Qt would go on in the format of the mark in which its cursor stands
        self._source = text
        super().show_text(as_it_is(text))

    def text(self) -> str:
        r"""Return the text shown, without the numbers and with ``\n`` at the end of every line."""
        return self._words(0, self.document().characterCount() - 1)

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Mark words, in place of those marked before; none is chosen then. ValueError where one is not in the text.

        Marks of one point and tone that overlap or touch are one. Empty ones are left out.
        """
        if any(mark.end > len(self._source) for mark in marks):
            raise ValueError("marks lie in the text")
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for piece in reversed(self._pieces):
            cursor.setPosition(piece.start)
            cursor.setPosition(piece.end, _KEEP)
            if piece.added:
                cursor.removeSelectedText()
            else:
                cursor.setCharFormat(QTextCharFormat())
        self._chosen = self._current = None
        self._marks = _joined(marks)
        self._pieces, self._spans = _laid_out(self._source, self._marks)
        for piece in self._pieces:
            cursor.setPosition(piece.start)
            if piece.added:
                cursor.insertText(piece.added, _format(piece, None))
            else:
                cursor.setPosition(piece.end, _KEEP)
                cursor.setCharFormat(_format(piece, None))
        cursor.endEditBlock()
        hint = self.tr("The left and right arrow keys go through the marks") if self._marks else ""
        self.setAccessibleDescription(hint)
        self._on_range(0, self.verticalScrollBar().maximum())

    def choose(self, number: int | None) -> None:
        """Show the marks of a point strongly and bring the first into view; None shows none strongly.

        A mark of this point to which the person has gone stays the one gone to.
        """
        self._choose(number)
        if self._current is None or self._marks[self._current].number != number:
            numbers = [mark.number for mark in self._marks]
            self._current = numbers.index(number) if number is not None and number in numbers else None
            if self._current is not None:
                self._bring_into_view(self._current)

    @property
    def chosen(self) -> int | None:
        """The number of the point whose marks show strongly."""
        return self._chosen

    def spoken(self, place: int) -> str:
        """Return a mark as it is read out; places count from 0, in the order of the text."""
        mark = self._marks[place]
        words = " ".join(self._source[mark.start : mark.end].split())
        if mark.number is None:
            return words
        return self.tr("point {number}: ").replace("{number}", str(mark.number)) + words

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the mark before or behind; all other keys scroll."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not self._marks or not plain or event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            super().keyPressEvent(event)
            return
        last = len(self._marks) - 1
        if event.key() == Qt.Key.Key_Right:
            self._go_to(0 if self._current is None else min(self._current + 1, last))
        else:
            self._go_to(last if self._current is None else max(self._current - 1, 0))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the mark that is clicked on; where several lie there, the next with every click."""
        super().mouseReleaseEvent(event)
        if event.button() != Qt.MouseButton.LeftButton or self.textCursor().hasSelection():
            return
        here = self._marks_at(event.position())
        if here:
            self._go_to(here[(here.index(self._current) + 1) % len(here)] if self._current in here else here[0])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked on."""
        super().mouseMoveEvent(event)
        over = bool(self._marks) and bool(self._marks_at(event.position()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring around the mark gone to."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._pieces:
            self._dress(self._pieces)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and a ring around the mark to which the keyboard has gone."""
        super().paintEvent(event)
        if self._current is None or not self.hasFocus():
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(current_theme().color("accent"), 2))
        for area in self._areas(*self._spans[self._current]):
            painter.drawRoundedRect(area.adjusted(-2, -1, 2, 2), 4, 4)
        painter.end()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the words that are chosen as plain text, without the numbers."""
        cursor, chosen = self.textCursor(), super().createMimeDataFromSelection()
        plain_only(chosen, self._words(cursor.selectionStart(), cursor.selectionEnd()))
        return chosen

    def _on_range(self, least: int, most: int) -> None:
        """Let Tab stop here for the sake of marks, too."""
        super()._on_range(least, 1 if self._marks else most)

    def _go_to(self, place: int) -> None:
        self._current = place
        self._choose(self._marks[place].number)
        self._bring_into_view(place)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.spoken(place)))
        if self._chosen is not None:
            self.mark_chosen.emit(self._chosen)

    def _choose(self, number: int | None) -> None:
        changed = {self._chosen, number} - {None} if number != self._chosen else set()
        self._chosen = number
        self._dress([piece for piece in self._pieces if piece.concerns(changed)])
        self.viewport().update()

    def _dress(self, pieces: Sequence[_Piece]) -> None:
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for piece in pieces:
            cursor.setPosition(piece.start)
            cursor.setPosition(piece.end, _KEEP)
            cursor.setCharFormat(_format(piece, self._chosen))
        cursor.endEditBlock()

    def _words(self, start: int, end: int) -> str:
        """Return what stands between two positions of the document, without numbers."""
        cursor, words = QTextCursor(self.document()), []
        numbers = [(piece.start, piece.end) for piece in self._pieces if piece.added]
        for opens, closes in (*numbers, (end, end)):
            upto = min(opens, end)
            if start < upto:
                cursor.setPosition(start)
                cursor.setPosition(upto, _KEEP)
                words.append(cursor.selectedText())
            start = max(start, closes)
        return "".join(words).translate(_LINE_ENDS)

    def show_first_mark(self) -> None:
        """Bring the first mark into view, if there is one."""
        if self._spans:
            self._bring_into_view(0)

    def _bring_into_view(self, place: int) -> None:
        cursor, bar = QTextCursor(self.document()), self.verticalScrollBar()
        start, end = self._spans[place]
        cursor.setPosition(end)
        below = self.cursorRect(cursor).bottom() + _AIR - self.viewport().height()
        cursor.setPosition(start)
        above = self.cursorRect(cursor).top() - _AIR
        if above < 0:
            bar.setValue(bar.value() + above)
        elif below > 0:
            bar.setValue(bar.value() + min(above, below))

    def _marks_at(self, point: QPointF) -> list[int]:
        """Return the places of the marks whose words or number lie under a point of the viewport."""
        at = self._position_at(point)
        piece = next((piece for piece in self._pieces if piece.start <= at < piece.end), None)
        if piece is None:
            return []
        marks = (piece.owner,) if piece.owner is not None else piece.marks
        return [place for place, mark in enumerate(self._marks) if mark in marks]

    def _position_at(self, point: QPointF) -> int:
        """Return the document's position of the character under a point of the viewport, -1 where there is none."""
        document = self.document()
        point = point + QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        near = document.documentLayout().hitTest(point, Qt.HitTestAccuracy.FuzzyHit)
        block = document.findBlock(near)
        layout = block.layout()
        inside = point - document.documentLayout().blockBoundingRect(block).topLeft()
        number = layout.lineForTextPosition(near - block.position()).lineNumber()
        for place in (number - 1, number):  # a position where a line wraps counts for the line below
            if 0 <= place < layout.lineCount():
                line = layout.lineAt(place)
                if line.naturalTextRect().adjusted(0, -_NEAR, 0, _NEAR).contains(inside):
                    return block.position() + int(line.xToCursor(inside.x(), line.CursorPosition.CursorOnCharacter))
        return -1

    def _areas(self, start: int, end: int) -> list[QRectF]:
        """Return where a stretch of the document lies in the viewport, line by line."""
        document, areas = self.document(), []
        scrolled = QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())
        block = document.findBlock(start)
        while block.isValid() and block.position() < end:
            corner = document.documentLayout().blockBoundingRect(block).topLeft() - scrolled
            layout = block.layout()
            for place in range(layout.lineCount()):
                line = layout.lineAt(place)
                first = max(start - block.position(), line.textStart())
                last = min(end - block.position(), line.textStart() + line.textLength())
                if first < last:
                    left, right = sorted((_x(line.cursorToX(first)), _x(line.cursorToX(last))))
                    right = min(right, line.naturalTextRect().right())  # without the blanks at which the line wraps
                    areas.append(QRectF(left, line.y(), right - left, line.height()).translated(corner))
            block = block.next()
        return areas


def as_it_is(text: str) -> str:
    """Return a text so that Qt gets all of it: of one that begins with U+FEFF or U+FFFE it takes these as a sign.

    It would leave the one out, and read all that follows the other with its bytes changed over.
    """
    return "\ufeff" + text if text.startswith(("\ufeff", "\ufffe")) else text


def plain_only(copied: QMimeData, text: str) -> None:
    """Leave a plain text alone in what Qt made for the clipboard.

    One made in Python must not go there: the clipboard outlives Python, and the program would crash at its end.
    """
    copied.text()  # Qt fills it in when it is first asked, over whatever was set before
    copied.clear()
    copied.setText(as_it_is(text))


def _joined(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Return marks in the order of the text, those of one point and tone that overlap or touch as one."""
    joined: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.number or 0, mark.tone, mark.start)):
        last = joined[-1] if joined else None
        if mark.start == mark.end:
            continue
        if last is not None and (last.number, last.tone) == (mark.number, mark.tone) and mark.start <= last.end:
            joined[-1] = Mark(last.start, max(last.end, mark.end), mark.number, mark.tone)
        else:
            joined.append(mark)
    return tuple(sorted(joined, key=lambda mark: (mark.start, mark.end, mark.number or 0)))


def _laid_out(text: str, marks: Sequence[Mark]) -> tuple[tuple[_Piece, ...], tuple[tuple[int, int], ...]]:
    """Return what becomes of the document: its pieces in their order, and where each mark begins and ends in it.

    Positions are those that hold once all numbers stand in it.
    """
    wide = [match.start() for match in re.finditer("[\U00010000-\U0010ffff]", text)]
    gone = [match.start() for match in re.finditer("\r\n", text)]
    opening, closing, numbered = defaultdict(list), defaultdict(list), defaultdict(list)
    for mark in marks:
        opening[mark.start].append(mark)
        closing[mark.end].append(mark)
        if mark.number is not None:
            numbered[_number_place(text, mark)].append(mark)
    pieces: list[_Piece] = []
    starts: dict[Mark, int] = {}
    ends: dict[Mark, int] = {}
    active: list[Mark] = []
    before, added = 0, 0
    for place in sorted({*opening, *closing, *numbered}):
        here = place + bisect_left(wide, place) - bisect_left(gone, place) + added
        if active and before < here:
            pieces.append(_Piece(before, here, tuple(active)))
        for mark in closing[place]:
            active.remove(mark)
            ends[mark] = here
        if place in numbered:
            for part, owner in _number(numbered[place]):
                pieces.append(_Piece(here, here + len(part), tuple(active), part, owner))
                here += len(part)
                added += len(part)
        for mark in opening[place]:
            active.append(mark)
            starts[mark] = here
        before = here
    return tuple(pieces), tuple((starts[mark], ends[mark]) for mark in marks)


def _number_place(text: str, mark: Mark) -> int:
    """Return where a mark's number goes: behind its last word, so that no line begins with it."""
    place = mark.end
    while place > mark.start and text[place - 1].isspace():
        place -= 1
    return place if place > mark.start else mark.end


def _number(marks: Sequence[Mark]) -> list[tuple[str, Mark | None]]:
    """Return the parts of what stands behind marks that end together: every number once."""
    parts: list[tuple[str, Mark | None]] = [(_OPEN, None)]
    owners = {mark.number: mark for mark in reversed(marks)}
    for mark in sorted(owners.values(), key=lambda mark: mark.number or 0):
        if len(parts) > 1:
            parts.append((_BETWEEN, None))
        parts.append((str(mark.number), mark))
    return [*parts, (_CLOSE, None)]


def _format(piece: _Piece, chosen: int | None) -> QTextCharFormat:
    """Return how a piece looks while a point is chosen."""
    theme, made = current_theme(), QTextCharFormat()
    strong = [mark for mark in piece.marks if chosen is not None and mark.number == chosen]
    tones = {mark.tone for mark in strong or piece.marks}
    tone = next((tone for tone in TONES if tone in tones), None)
    if tone is not None:
        made.setBackground(theme.color(_GROUNDS[tone] + ("-chosen" if strong else "")))
    if piece.added:
        made.setFontPointSize(theme.points("small"))
        made.setBaselineOffset(_RAISED)
        ink = "muted" if piece.owner is None else _INKS[piece.owner.tone]
        made.setForeground(theme.color(ink if tone is None else "text"))
        if piece.owner is not None and piece.owner.number == chosen:
            made.setFontWeight(QFont.Weight.Bold)
    elif tone is not None:
        made.setUnderlineStyle(_UNDERLINES[tone])
        made.setUnderlineColor(theme.color("text" if strong else _INKS[tone]))
    return made


def _x(answer: object) -> float:
    """Return the place in Qt's answer, which PySide gives as a pair of place and position."""
    return float(answer[0] if isinstance(answer, tuple) else answer)  # type: ignore[arg-type]
