"""The key points of a reference, each to be decided: said, partly, missed, left out on purpose."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from interview_coach.ui import icons
from interview_coach.ui.theme import Theme, current_theme, set_role

#: The states in the order in which Space goes through them; a point begins as None, "not decided".
STATES = ("said", "partly", "missed", "left_out")

_SHAPES = {
    None: ("point-undecided", "line-control"),
    "said": ("point-said", "said"),
    "partly": ("point-partly", "partly"),
    "missed": ("point-missed", "missed"),
    "left_out": ("point-left-out", "missed"),
}
_PADDING = 8
_Index = QModelIndex | QPersistentModelIndex


class _Points(QAbstractListModel):
    """The points and their states."""

    def __init__(self, parent: "PointList") -> None:
        super().__init__(parent)
        self._list = parent
        self.texts: list[str] = []
        self.states: list[str | None] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.texts)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.texts[index.row()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._list.spoken(index.row())
        return None

    def replace(self, texts: Iterable[str], states: Iterable[str | None]) -> None:
        self.beginResetModel()
        self.texts, self.states = list(texts), list(states)
        self.endResetModel()

    def set_state(self, row: int, state: str | None) -> None:
        self.states[row] = state
        index = self.index(row)
        self.dataChanged.emit(index, index)


class _PointDelegate(QStyledItemDelegate):
    """Paints shape, number, wrapped text and the state's word."""

    def __init__(self, parent: "PointList") -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        theme, width = current_theme(), self._list.viewport().width()
        _, height = _lay_out(index.data(), theme.font(), width - _text_left(theme) - _PADDING)
        return QSize(width, round(height) + QFontMetrics(theme.font("small")).height() + 2 + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = current_theme(), index.row()
        area: QRect = option.rect
        state = self._list.state_of(row)
        shape, color = _SHAPES[state]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index == self._list.currentIndex() and self._list.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.setBrush(theme.color("soft"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 8, 8)
        body, small = theme.font(), theme.font("small")
        line, side = QFontMetrics(body).height(), _side(theme)
        top = area.top() + _PADDING
        icons.paint(
            painter,
            QRectF(area.left() + _PADDING, top + (line - side) / 2, side, side),
            shape,
            theme.color(color),
            theme.icons,
        )
        painter.setFont(body)
        painter.setPen(theme.color("muted"))
        number = QRect(area.left() + _PADDING + side, top, _number_width(theme), line)
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, self._list.locale().toString(row + 1))
        painter.setPen(theme.color("text"))
        left = area.left() + _text_left(theme)
        layout, height = _lay_out(index.data(), body, area.right() - left - _PADDING + 1)
        layout.draw(painter, QPointF(left, top))
        painter.setFont(small)
        painter.setPen(theme.color("muted" if state in (None, "missed", "left_out") else color))
        word = QRectF(left, top + height + 2, area.right() - left, QFontMetrics(small).height())
        painter.drawText(word, Qt.AlignmentFlag.AlignLeft, self._list.word(state))
        painter.restore()


class PointList(QListView):
    """Points to decide on. Up and Down move, Space goes to the next state, Enter leaves; a click on a shape is Space.

    ``state_changed`` carries the point's place (from 0) and its new state, one of STATES, and is emitted for what the
    person does. Each point reads as "Point 2 of 3, said: …" to assistive technology.
    """

    state_changed = Signal(int, str)
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("point_list")
        self.setAccessibleName(self.tr("Points of the recorded answer"))
        self.setAccessibleDescription(self.tr("Space changes a point, the arrow keys move"))
        set_role(self, "plain")
        self._points = _Points(self)
        self.setModel(self._points)
        self.setItemDelegate(_PointDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    def set_points(self, texts: Sequence[str], states: Sequence[str | None] = ()) -> None:
        """Show points with their states, None for each not given; ValueError where a state is none of STATES."""
        given = [*states, *[None] * (len(texts) - len(states))]
        if len(given) != len(texts) or not all(state is None or state in STATES for state in given):
            raise ValueError("one known state a point")
        self._points.replace(texts, given)
        if texts:
            self.setCurrentIndex(self._points.index(0))

    def states(self) -> tuple[str | None, ...]:
        """Return the states of all points, None where the person has not decided."""
        return tuple(self._points.states)

    def state_of(self, row: int) -> str | None:
        """Return a point's state; places count from 0."""
        return self._points.states[row]

    def set_state(self, row: int, state: str | None) -> None:
        """Show another state of a point without telling of a change; ValueError where it is none of STATES."""
        if state is not None and state not in STATES:
            raise ValueError("a known state")
        self._points.set_state(row, state)

    def content_height(self) -> int:
        """Return the height, in pixels, at which all points show at the list's width."""
        return sum(self.sizeHintForRow(row) for row in range(len(self._points.texts))) + 2 * self.frameWidth()

    def word(self, state: str | None) -> str:
        """Return a state in the person's language."""
        return {
            None: self.tr("not decided"),
            "said": self.tr("said"),
            "partly": self.tr("partly"),
            "missed": self.tr("missed"),
            "left_out": self.tr("left out on purpose"),
        }[state]

    def spoken(self, row: int) -> str:
        """Return a point as it is read out."""
        place = self.tr("Point {number} of {count}, {state}")
        place = place.replace("{number}", str(row + 1)).replace("{count}", str(len(self._points.texts)))
        return place.replace("{state}", self.word(self.state_of(row))) + ": " + self._points.texts[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, move or leave; everything else is the page's."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            event.ignore()
        elif event.key() == Qt.Key.Key_Space:
            self._decide(self.currentIndex().row())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.leave_requested.emit()
        elif event.key() in (
            Qt.Key.Key_Up,
            Qt.Key.Key_Down,
            Qt.Key.Key_Home,
            Qt.Key.Key_End,
            Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        ):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Decide by a click on a point's shape or number."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and event.position().x() < _text_left(current_theme()):
            self._decide(index.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make sure that a point is chosen, and show where the focus is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._points.texts:
            self.setCurrentIndex(self._points.index(0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the texts to the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.scheduleDelayedItemsLayout()

    def _decide(self, row: int) -> None:
        if row < 0:
            return
        now = self.state_of(row)
        state = STATES[0 if now is None else (STATES.index(now) + 1) % len(STATES)]
        self._points.set_state(row, state)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.word(state)))
        self.state_changed.emit(row, state)


def _side(theme: Theme) -> int:
    return round(icons.SIZE * theme.text_scale)


def _number_width(theme: Theme) -> int:
    return QFontMetrics(theme.font()).horizontalAdvance("88") + 12


def _text_left(theme: Theme) -> int:
    return _PADDING + _side(theme) + _number_width(theme)


def _lay_out(text: str, font: QFont, width: float) -> tuple[QTextLayout, float]:
    """Return a text laid out at a width, and its height; a word that is too long is broken."""
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    layout.setTextOption(_wrapping())
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, height))
        height += line.height()
    layout.endLayout()
    return layout, height


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
