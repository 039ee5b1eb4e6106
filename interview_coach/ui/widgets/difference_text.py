"""Two answers in one text: what was added, taken out and moved, to be told apart without colour."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QMimeData, QSizeF, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFont, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from interview_coach.comparison.difference import AFTER, Change, Piece
from interview_coach.ui.theme import Theme, current_theme, set_role
from interview_coach.ui.widgets.marked_text import as_it_is, plain_only
from interview_coach.ui.widgets.reading import ReadingText

_GROUNDS = {
    Change.INSERTED: "mark-added",
    Change.DELETED: "mark-gone",
    Change.MOVED_HERE: "mark-moved",
    Change.MOVED_AWAY: "mark-moved",
}

# A change stands in an isolate of its own where there is right-to-left text: a direction that it sets ends with it.
# So does the number of a move, or 12 would read 21 there.
_ISOLATE, _NUMBER, _ISOLATED = "\u2068", "\u2066", "\u2069"
_SIDEWAYS = frozenset(("R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI", "PDF", "PDI"))

# Between an arrow and its words, which no line parts.
_THIN = "\u202f"

# A document has one line end for these two characters, and one for each of the others.
_LINE_ENDS = "(\r\n|[\n\r\u2028\u2029\ufdd0\ufdd1])"

#: How many changes of a kind are told to assistive technology, and how many characters of each.
_MOST_SPOKEN = 6
_LONGEST_SPOKEN = 80


class _Part(NamedTuple):
    """A part of the document, by its positions; ``text`` is what it is of an answer, "" for a sign."""

    start: int
    end: int
    piece: Piece
    text: str
    is_marked: bool


class _Stop(NamedTuple):
    """A change that the keyboard goes to, by its positions in the document."""

    start: int
    end: int
    piece: Piece


class DifferenceText(ReadingText):
    """A later answer to read, with what has become of an earlier one.

    What was added is underlined behind a plus, what was taken out is struck through behind a minus; what moved has a
    dotted underline, an arrow with a number behind it where it left and a number with an arrow before it where it came.
    F3 or N goes to the next change and chooses it, Shift+F3 or P to the one before. What is copied is the later answer
    as plain text, or, where nothing of it is chosen, what was taken out. Nothing in either is interpreted.
    """

    # Here rather than in __init__: Qt tells of a change of style while that is still under way.
    _pieces: tuple[Piece, ...] = ()
    _parts: tuple[_Part, ...] = ()
    _stops: tuple[_Stop, ...] = ()
    _current: int | None = None

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self.setUndoRedoEnabled(False)

    def show_difference(self, pieces: Sequence[Piece]) -> None:
        """Show the pieces of a difference, from the beginning; none is chosen."""
        self._show(pieces)
        self.setAccessibleDescription(self.spoken())

    def show_text(self, text: str) -> None:
        """Show a text with which nothing is compared."""
        self._show([Piece(Change.SAME, text)])
        self.setAccessibleDescription("")

    def spoken(self) -> str:
        """Return in words what has changed, at a length that can be listened to."""
        kinds = {
            Change.INSERTED: self.tr("added"),
            Change.DELETED: self.tr("taken out"),
            Change.MOVED_HERE: self.tr("moved"),
        }
        told = []
        for change, title in kinds.items():
            texts = [stop.piece.text for stop in self._stops if stop.piece.change is change]
            if texts:
                more = "; …" if len(texts) > _MOST_SPOKEN else ""
                told.append(f"{title}: " + "; ".join(map(_excerpt, texts[:_MOST_SPOKEN])) + more)
        return "\n".join(told) or self.tr("No words have changed")

    def legend(self) -> QWidget:
        """Return a new line that shows what the signs mean."""
        return _Legend()

    def next_change(self) -> None:
        """Choose the next change, bring it into view and tell it; the last one stays."""
        self._go_to(0 if self._current is None else self._current + 1)

    def previous_change(self) -> None:
        """Choose the change before, bring it into view and tell it; the first one stays."""
        self._go_to(len(self._stops) - 1 if self._current is None else self._current - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from change to change; all other keys scroll."""
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = (event.key(), modifiers)
        if pressed in ((Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier)):
            self.next_change()
        elif pressed in (
            (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier),
            (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier),
        ):
            self.previous_change()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._parts:
            self._dress()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return what is chosen of the later answer as plain text; where that is nothing, what of the earlier one."""
        cursor, chosen = self.textCursor(), super().createMimeDataFromSelection()
        first, last = cursor.selectionStart(), cursor.selectionEnd()
        parts = [part for part in self._parts if part.text and part.start < last and part.end > first]
        later = [part for part in parts if part.piece.change in AFTER]
        plain_only(chosen, "".join(_within(part, first, last) for part in later or parts))
        return chosen

    def _on_range(self, least: int, most: int) -> None:
        """Let Tab stop here for the sake of changes, too."""
        super()._on_range(least, 1 if self._stops else most)

    def _show(self, pieces: Sequence[Piece]) -> None:
        self._pieces, self._parts, self._stops, self._current = tuple(pieces), (), (), None
        self.setCurrentCharFormat(QTextCharFormat())  # Qt would go on in that of the words where its cursor stands
        text, self._parts = _laid_out(self._pieces)
        super().show_text(as_it_is(text))
        self._stops = tuple(_stops(self._parts))
        self._dress()
        self._on_range(0, self.verticalScrollBar().maximum())

    def _dress(self) -> None:
        theme = current_theme()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for part in self._parts:
            if part.is_marked:
                cursor.setPosition(part.start)
                cursor.setPosition(part.end, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(_format(part, theme))
        cursor.endEditBlock()

    def _go_to(self, place: int) -> None:
        if not self._stops:
            return
        self._current = min(max(place, 0), len(self._stops) - 1)
        stop = self._stops[self._current]
        cursor = self.textCursor()
        cursor.setPosition(stop.end)
        self.setTextCursor(cursor)  # first its end is brought into view, then its beginning
        cursor.setPosition(stop.start, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._told(stop)))

    def _told(self, stop: _Stop) -> str:
        place = self.tr("{number} of {count}, ").replace("{number}", str(self._stops.index(stop) + 1))
        kinds = {
            Change.INSERTED: self.tr("added"),
            Change.DELETED: self.tr("taken out"),
            Change.MOVED_HERE: self.tr("moved here"),
            Change.MOVED_AWAY: self.tr("moved away"),
        }
        kind = kinds[stop.piece.change]
        return place.replace("{count}", str(len(self._stops))) + f"{kind}: {_excerpt(stop.piece.text)}"


class _Legend(DifferenceText):
    """The signs, each with the word for it; as high as it needs to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("difference_legend", "", parent)
        self.setAccessibleName(self.tr("What the signs mean"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_role(self, "legend")
        between = Piece(Change.SAME, "    ")
        self.show_difference(
            [
                Piece(Change.INSERTED, self.tr("added")),
                between,
                Piece(Change.DELETED, self.tr("taken out")),
                between,
                Piece(Change.MOVED_AWAY, self.tr("moved from here"), 1),
                between,
                Piece(Change.MOVED_HERE, self.tr("moved to here"), 1),
            ]
        )
        self.setAccessibleDescription(
            self.tr(
                "Plus and underlined: added. Minus and struck through: taken out. "
                "Dotted, with an arrow and a number: moved from the one place to the other"
            )
        )
        self.document().documentLayout().documentSizeChanged.connect(self._on_size)
        self._on_size(self.document().size())

    def _on_range(self, _least: int, _most: int) -> None:
        """Never stop Tab: there is nothing to do here."""

    def _on_size(self, _size: QSizeF) -> None:
        self.setFixedHeight(self.content_height())


def _laid_out(pieces: Sequence[Piece]) -> tuple[str, tuple[_Part, ...]]:
    """Return the text of the document, with signs, and its parts in their order."""
    isolates = any(_turns(piece.text) for piece in pieces)
    texts: list[str] = []
    parts: list[_Part] = []
    place = 0

    def add(shown: str, piece: Piece, text: str = "", *, is_marked: bool = False) -> None:
        nonlocal place
        if shown:
            length = len(shown) + len(re.findall("[\U00010000-\U0010ffff]", shown))
            parts.append(_Part(place, place + length, piece, text, is_marked))
            texts.append(shown)
            place += length

    for piece in pieces:
        core = piece.text.strip()
        if piece.change is Change.SAME or (not core and piece.change in AFTER):
            add(_as_lines(piece.text), piece, piece.text)
        if piece.change is Change.SAME or not core:
            continue
        head = piece.text[: len(piece.text) - len(piece.text.lstrip())]
        tail = piece.text[len(head) + len(core) :]
        add(_as_lines(head), piece, head)
        if not head and parts and parts[-1].is_marked:
            add(" ", piece)  # between what was replaced and what replaces it, where neither has white space
        before, behind = _signs(piece, isolates=isolates)
        add(before, piece, is_marked=True)
        for line in re.split(_LINE_ENDS, core):
            open_, close = (_ISOLATE, _ISOLATED) if isolates and line.strip() else ("", "")
            add(open_, piece, is_marked=True)
            add(_as_lines(line), piece, line, is_marked=True)
            add(close, piece, is_marked=True)
        add(behind, piece, is_marked=True)
        add(_as_lines(tail), piece, tail)
    return "".join(texts), tuple(parts)


def _signs(piece: Piece, *, isolates: bool) -> tuple[str, str]:
    """Return what stands before a change and what behind it."""
    if piece.change is Change.INSERTED:
        return "+", ""
    if piece.change is Change.DELETED:
        return "−", ""
    open_, close = (_NUMBER, _ISOLATED) if isolates else ("", "")
    if piece.change is Change.MOVED_AWAY:
        return "", f"{_THIN}{open_}→{piece.move}{close}"
    return f"{open_}{piece.move}→{close}{_THIN}", ""


def _stops(parts: Iterable[_Part]) -> Iterable[_Stop]:
    """Yield every change once, from its first marked part to its last."""
    stop: _Stop | None = None
    for part in parts:
        if not part.is_marked:
            continue
        if stop is not None and stop.piece is part.piece:
            stop = stop._replace(end=part.end)
            continue
        if stop is not None:
            yield stop
        stop = _Stop(part.start, part.end, part.piece)
    if stop is not None:
        yield stop


def _format(part: _Part, theme: Theme) -> QTextCharFormat:
    made, change = QTextCharFormat(), part.piece.change
    made.setBackground(theme.color(_GROUNDS[change]))
    is_away = change in (Change.DELETED, Change.MOVED_AWAY)
    made.setForeground(theme.color("muted" if is_away and part.text else "text"))
    if not part.text:
        made.setFontWeight(QFont.Weight.Bold)
    elif change is Change.DELETED:
        made.setFontStrikeOut(True)
    elif change is Change.INSERTED:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    else:
        made.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        made.setUnderlineColor(theme.color("text"))
    return made


def _within(part: _Part, first: int, last: int) -> str:
    """Return what of a part's text lies between two positions of the document."""
    if first <= part.start and part.end <= last:
        return part.text
    within, place = [], part.start
    for char in re.findall("\r\n|[\\s\\S]", part.text):
        if first <= place < last:
            within.append(char)
        place += 2 if char > "\uffff" else 1
    return "".join(within)


def _as_lines(text: str) -> str:
    """Return a text with one sign for every line end: Qt would take two, once they meet, for one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _turns(text: str) -> bool:
    return not text.isascii() and any(unicodedata.bidirectional(char) in _SIDEWAYS for char in text)


def _excerpt(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST_SPOKEN else words[: _LONGEST_SPOKEN - 1].rstrip() + "…"
