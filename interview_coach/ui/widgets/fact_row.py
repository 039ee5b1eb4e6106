"""Facts about an answer in a row that wraps: small, quiet chips, one of which can be chosen to see its words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from interview_coach.ui.theme import current_theme, set_role

_SPACING = 6
#: What is left free around the words of a chip; the style sheet puts the same above and below a fact that is none.
_BESIDE, _ABOVE = 10, 5
_WRAPPED = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value
_NARROWEST = 120
_ANY_WIDTH = 100_000


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One fact in the page's words.

    ``key`` names it ("hedges"); ``spans`` are the places that choosing it marks, in code points; without any it is
    plain words. ``description`` says what it means, for the tool tip and for screen readers.
    """

    key: str
    text: str
    spans: tuple[tuple[int, int], ...] = ()
    description: str = ""


class FactRow(QWidget):
    """A row of facts. Those with words to mark are chips; at most one is chosen, and choosing it again takes it back.

    ``chosen_changed`` carries the key of the chosen fact, empty where none is any more. The row is one stop of Tab:
    Left, Right, Home and End move in it, Space and Enter choose; Up, Down and Ctrl+Enter are left to the page.
    """

    chosen_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("fact_row")
        self.setAccessibleName(self.tr("How it is said"))
        self.setAccessibleDescription(self.tr("The arrow keys move, Space marks the words in your answer"))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._facts: tuple[ShownFact, ...] = ()
        self._after: QWidget = self
        self._parts: list[_Chip | _Words] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._group.buttonClicked.connect(self._on_clicked)

    @property
    def chosen(self) -> str:
        """The key of the chosen fact, empty where none is."""
        return next((chip.key for chip in self._chips() if chip.isChecked()), "")

    def come_after(self, widget: QWidget) -> None:
        """Let Tab come to the row from this widget."""
        self._after = widget

    def set_facts(self, facts: Sequence[ShownFact]) -> None:
        """Show other facts, none of them chosen; the same ones again change nothing. The focus stays in the row."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        focused = next((chip.key for chip in self._chips() if chip.hasFocus()), None)
        was_chosen, gone = self.chosen, self._parts
        self._parts = [_Chip(fact, self) if fact.spans else _Words(fact, self) for fact in self._facts]
        before = self._after
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the order of Tab is only set among what can have the focus
        for part in self._parts:
            if isinstance(part, _Chip):
                self._group.addButton(part)
                part.move_requested.connect(self._on_move_requested)
                part.entered.connect(self._on_entered)
                QWidget.setTabOrder(before, part)
                before = part
            part.show()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chips = self._chips()
        entered = next((chip for chip in chips if chip.key == focused), chips[0] if chips else None)
        if entered is not None:
            self._on_entered(entered)
            if focused is not None:
                entered.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in gone:
            if isinstance(part, _Chip):
                self._group.removeButton(part)
            part.hide()
            part.deleteLater()
        self._place()
        self.updateGeometry()
        if was_chosen:
            self.chosen_changed.emit("")

    def clear_choice(self) -> None:
        """Choose none; tells of it where one was chosen."""
        chosen = [chip for chip in self._chips() if chip.isChecked()]
        for chip in chosen:
            chip.setChecked(False)
        if chosen:
            self.chosen_changed.emit("")

    # --- sizes

    def sizeHint(self) -> QSize:
        """Return the size of the row on one line."""
        return self._size(_ANY_WIDTH)

    def minimumSizeHint(self) -> QSize:
        """Return the smallest width at which the words still can be read; the height follows from the width."""
        return QSize(round(_NARROWEST * current_theme().text_scale), self.sizeHint().height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines that the facts take at a width."""
        return self._size(width).height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts where they fit."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Follow the size of text."""
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self._place()
            self.updateGeometry()
        return super().event(event)

    def _size(self, width: int) -> QSize:
        united = QRect()
        for _, place in self._places(width):
            united = united.united(place)
        return united.size()

    def _place(self) -> None:
        for part, place in self._places(self.width()):
            part.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))

    def _places(self, width: int) -> "Iterator[tuple[_Chip | _Words, QRect]]":
        """Yield where each part stands, from left to right and line by line."""
        corner, height = QPoint(0, 0), 0
        for part in self._parts:
            size = part.room(width)
            if corner.x() > 0 and corner.x() + size.width() > width:
                corner, height = QPoint(0, corner.y() + height + _SPACING), 0
            yield part, QRect(corner, size)
            corner.setX(corner.x() + size.width() + (_SPACING if isinstance(part, _Chip) else 2 * _SPACING))
            height = max(height, size.height())

    # --- keys and choice

    def _chips(self) -> "list[_Chip]":
        return [part for part in self._parts if isinstance(part, _Chip)]

    def _on_move_requested(self, chip: QWidget, key: int) -> None:
        chips = self._chips()
        back, forth = Qt.Key.Key_Left, Qt.Key.Key_Right
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            back, forth = forth, back
        place = next(number for number, other in enumerate(chips) if other is chip)
        places = {back: max(place - 1, 0), forth: min(place + 1, len(chips) - 1), Qt.Key.Key_Home: 0}
        chips[places.get(Qt.Key(key), len(chips) - 1)].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_entered(self, entered: QWidget) -> None:
        """Let Tab lead to the chip that had the focus last."""
        for chip in self._chips():
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chip is entered else Qt.FocusPolicy.ClickFocus)

    def _on_clicked(self, clicked: QAbstractButton) -> None:
        for chip in self._chips():
            if chip is not clicked:
                chip.setChecked(False)
        self.chosen_changed.emit(self.chosen)


class _Chip(QPushButton):
    """A fact that can be chosen; its words wrap where the row is too narrow for them."""

    #: Asks for the focus to move by a key, with the chip; tells that the chip has it.
    move_requested = Signal(QWidget, int)
    entered = Signal(QWidget)

    def __init__(self, fact: ShownFact, parent: QWidget) -> None:
        super().__init__(parent)
        self.key = fact.key
        self._words = fact.text
        self.setObjectName(f"{fact.key}_fact")
        self.setAccessibleName(fact.text)
        self.setAccessibleDescription(fact.description)
        self.setToolTip(fact.description)
        self.setCheckable(True)
        set_role(self, "fact")

    def room(self, width: int) -> QSize:
        """Return the size for the words, at most as wide as the row is."""
        return _room(self, self._words, width, _BESIDE)

    def sizeHint(self) -> QSize:
        """Return the size of the words on one line."""
        return self.room(_ANY_WIDTH)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose or move; leave to the page what is the page's."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        key = event.key()
        if plain and key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.move_requested.emit(self, key)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
        elif plain and key == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the row, so that Tab comes back here."""
        super().focusInEvent(event)
        self.entered.emit(self)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the chip as the style sheet has it and its words in lines; those of the chosen one are underlined."""
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        font = self.font()
        font.setUnderline(self.isChecked())
        painter.setFont(font)
        painter.setPen(current_theme().color("text"))
        painter.drawText(self.rect().adjusted(_BESIDE, _ABOVE, -_BESIDE, -_ABOVE), _WRAPPED, self._words)
        painter.end()


class _Words(QLabel):
    """A fact that marks nothing: plain words."""

    def __init__(self, fact: ShownFact, parent: QWidget) -> None:
        super().__init__(fact.text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setIndent(0)  # with padding in the style sheet QLabel would add half a letter
        self.setObjectName(f"{fact.key}_fact")
        self.setAccessibleName(fact.text)
        self.setAccessibleDescription(fact.description)
        self.setToolTip(fact.description)
        set_role(self, "fact")

    def room(self, width: int) -> QSize:
        """Return the size for the words, at most as wide as the row is."""
        return _room(self, self.text(), width, 0)


def _room(part: QWidget, words: str, width: int, beside: int) -> QSize:
    part.ensurePolished()
    within = QRect(0, 0, max(width - 2 * beside, 1), _ANY_WIDTH)
    needed = QFontMetrics(part.font()).boundingRect(within, _WRAPPED, words)
    # A pixel more, since a line whose width is rounded down would wrap where it stands alone.
    return QSize(min(needed.width() + 1 + 2 * beside, width), needed.height() + 2 * _ABOVE)
