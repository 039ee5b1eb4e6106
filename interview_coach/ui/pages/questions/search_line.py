"""The line in which a person types what they look for, with what could be meant offered below it."""

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget, QWidget

from interview_coach.domain.search_completion import Completion, completions
from interview_coach.domain.search_language import MOST_CHARACTERS, Vocabulary
from interview_coach.ui.theme import current_theme


class SearchLine(QLineEdit):
    """A line to search in. ``down_wanted`` asks for the list below: Down, Enter or Esc where nothing is offered.

    What is offered is chosen with Down and Up and taken with Enter or Tab; Esc puts it away. The focus stays in the
    line.
    """

    down_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search_line")
        self.setAccessibleName(self.tr("Search questions, answers, notes and tags"))
        self.setPlaceholderText(self.tr("Search questions, answers, notes and tags"))
        self.setClearButtonEnabled(True)
        self.setMaxLength(MOST_CHARACTERS)
        self._vocabulary = Vocabulary()
        self._offered: tuple[Completion, ...] = ()
        self.offers = QListWidget(self)
        self.offers.setObjectName("search_completions")
        self.offers.setAccessibleName(self.tr("What could be meant"))
        self.offers.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.hide()
        self.offers.itemClicked.connect(self._take)
        self.textEdited.connect(self.offer)

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Know the stages, tags and names that filters can be completed to."""
        self._vocabulary = vocabulary

    def offer(self, *_: object) -> None:
        """Offer what the text before the caret could become, where there is something."""
        self._offered = completions(self.text(), self._caret(), self._vocabulary)
        self.offers.clear()
        self.offers.addItems([each.shown for each in self._offered])
        if self._offered and self.isVisible():
            self._place_offers()
            self.offers.show()
            self.offers.raise_()
        else:
            self.offers.hide()
        self.setAccessibleDescription("")

    def replace(self, start: int, end: int, instead: str) -> None:
        """Put something in the place of a part of the text, counted in characters; it can be undone as typing can."""
        text = self.text()
        self.setSelection(_units(text[:start]), _units(text[start:end]))
        self.insert(instead)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose among what is offered, else go to the list; no key takes away what was typed."""
        key, offered = event.key(), self.offers.isVisible()
        enter = key in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if offered and key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            row = (self.offers.currentRow() + step) if self.offers.currentRow() >= 0 else (0 if step > 0 else -1)
            self.offers.setCurrentRow(row % self.offers.count())
            self.setAccessibleDescription(self.offers.currentItem().text())
        elif offered and enter and self.offers.currentRow() >= 0:
            self._take()
        elif offered and key == Qt.Key.Key_Escape:
            self.offers.hide()
        elif enter or key in (Qt.Key.Key_Down, Qt.Key.Key_Escape):
            self.offers.hide()
            self.down_wanted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take with Tab what is offered, where one was chosen."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Tab
            and self.offers.isVisible()
            and self.offers.currentRow() >= 0
        ):
            self._take()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put away what is offered."""
        super().focusOutEvent(event)
        self.offers.hide()

    def _place_offers(self) -> None:
        """Lay the offers over the window, below the line, as wide as their words."""
        window, scale = self.window(), current_theme().text_scale
        self.offers.setParent(window)
        rows = self.offers.count()
        wide = self.offers.sizeHintForColumn(0) + round(32 * scale)
        high = sum(self.offers.sizeHintForRow(row) for row in range(rows)) + 2 * self.offers.frameWidth() + 4
        below = self.mapTo(window, QPoint(0, self.height() + 2))
        wide = min(max(wide, round(220 * scale)), self.width())
        self.offers.setGeometry(below.x(), below.y(), wide, min(high, window.height() - below.y() - 8))

    def _take(self, *_: object) -> None:
        chosen = self._offered[self.offers.currentRow()]
        self.replace(chosen.start, chosen.end, chosen.insert)
        self.offer()

    def _caret(self) -> int:
        """Return the characters before the caret; Qt counts those beyond the first 65,536 code points twice."""
        before = self.text().encode("utf-16-le", "surrogatepass")[: 2 * self.cursorPosition()]
        return len(before.decode("utf-16-le", "replace"))


def _units(text: str) -> int:
    """Return how long Qt holds a text to be."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
