"""The key points of a reference, each to be decided: said, partly, missed, left out on purpose.

The program may propose a state. It shows as a proposal, in an outline, until the person has decided.
"""

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

#: What the program may propose: what is left out on purpose, only the person knows.
PROPOSALS = STATES[:3]

_SHAPES = {
    None: ("point-undecided", "line-control"),
    "said": ("point-said", "said"),
    "partly": ("point-partly", "partly"),
    "missed": ("point-missed", "missed"),
    "left_out": ("point-left-out", "missed"),
}
_PROPOSED_SHAPES = {
    "said": ("point-looks-said", "said"),
    "partly": ("point-looks-partly", "partly"),
    "missed": ("point-looks-missed", "missed"),
}
_PADDING = 8
_Index = QModelIndex | QPersistentModelIndex


class _Points(QAbstractListModel):
    """The points, their states and what is proposed for them."""

    def __init__(self, parent: "PointList") -> None:
        super().__init__(parent)
        self._list = parent
        self.texts: list[str] = []
        self.states: list[str | None] = []
        self.proposals: list[str | None] = []

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

    def replace(self, texts: Iterable[str], states: Iterable[str | None], proposals: Iterable[str | None]) -> None:
        self.beginResetModel()
        self.texts, self.states, self.proposals = list(texts), list(states), list(proposals)
        self.endResetModel()

    def propose(self, proposals: Iterable[str | None]) -> None:
        self.proposals = list(proposals)
        self.dataChanged.emit(self.index(0), self.index(len(self.texts) - 1))

    def set_state(self, row: int, state: str | None) -> None:
        self.states[row] = state
        index = self.index(row)
        self.dataChanged.emit(index, index)


class _PointDelegate(QStyledItemDelegate):
    """Paints shape, number, wrapped text and the words below it."""

    def __init__(self, parent: "PointList") -> None:
        super().__init__(parent)
        self._list = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        theme, width = current_theme(), self._list.viewport().width()
        room = width - _text_left(theme) - _PADDING
        _, height = _lay_out(index.data(), theme.font(), room)
        # As high as it is with any words, so that nothing moves when the person decides or goes on.
        small = theme.font("small")
        longest = max(self._list.possible_words(index.row()), key=QFontMetrics(small).horizontalAdvance)
        _, below = _lay_out(longest, small, room)
        return QSize(width, round(height) + round(below) + 2 + 2 * _PADDING)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, row = current_theme(), index.row()
        area: QRect = option.rect
        state, proposal = self._list.state_of(row), self._list.proposal_of(row)
        shape, color = _PROPOSED_SHAPES[proposal] if state is None and proposal is not None else _SHAPES[state]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index == self._list.currentIndex():
            painter.setPen(QPen(theme.color("accent"), 2) if self._list.hasFocus() else Qt.PenStyle.NoPen)
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
        word, remark = self._list.words(row)
        words, _ = _lay_out(word + remark, small, area.right() - left - _PADDING + 1)
        decided = QTextLayout.FormatRange()
        decided.start, decided.length = 0, len(word)
        decided.format.setForeground(theme.color("muted" if state in (None, "missed", "left_out") else color))
        painter.setPen(theme.color("muted"))
        words.draw(painter, QPointF(left, top + height + 2), [decided])
        painter.restore()


class PointList(QListView):
    """Points to decide on. Up and Down move, Space goes to the next state, A agrees with the proposal, Enter leaves.

    A click on a shape agrees with what is proposed where nothing is decided yet, and else is Space.
    ``state_changed`` carries the point's place (from 0) and its new state, one of STATES; ``current_changed`` the place
    of the point gone to. Both are emitted for what the person does. Each point reads as "Point 2 of 3, said: …" to
    assistive technology.
    """

    state_changed = Signal(int, str)
    current_changed = Signal(int)
    leave_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("point_list")
        self.setAccessibleName(self.tr("Points of the recorded answer"))
        keys = self.tr("Space changes a point, A agrees with what is proposed, the arrow keys move")
        self.setAccessibleDescription(keys)
        set_role(self, "plain")
        self._choosing = False
        self._points = _Points(self)
        self.setModel(self._points)
        self.setItemDelegate(_PointDelegate(self))
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)

    def set_points(
        self, texts: Sequence[str], states: Sequence[str | None] = (), proposals: Sequence[str | None] = ()
    ) -> None:
        """Show points with their states and what is proposed for them, None for each not given.

        ValueError where a state is none of STATES or a proposal none of PROPOSALS.
        """
        given = [*states, *[None] * (len(texts) - len(states))]
        if len(given) != len(texts) or not all(state is None or state in STATES for state in given):
            raise ValueError("one known state a point")
        self._points.replace(texts, given, _proposals(proposals, len(texts)))
        if texts:
            self.choose(0)

    def set_proposals(self, proposals: Sequence[str | None]) -> None:
        """Show what is proposed, None for each point not given; states, current point and place stay what they are.

        ValueError where there are more than points, or one is none of PROPOSALS.
        """
        self._points.propose(_proposals(proposals, len(self._points.texts)))
        self.scheduleDelayedItemsLayout()

    def choose(self, row: int) -> None:
        """Make a point the current one and bring it into view; the focus stays where it is, and nothing is told."""
        self._choosing = True
        self.setCurrentIndex(self._points.index(row))
        self._choosing = False

    def states(self) -> tuple[str | None, ...]:
        """Return the states of all points, None where the person has not decided."""
        return tuple(self._points.states)

    def state_of(self, row: int) -> str | None:
        """Return a point's state; places count from 0."""
        return self._points.states[row]

    def proposal_of(self, row: int) -> str | None:
        """Return what is proposed for a point; places count from 0."""
        return self._points.proposals[row]

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

    def words(self, row: int) -> tuple[str, str]:
        """Return what stands below a point: its state or what is proposed, and what else there is to say of it."""
        state, proposal = self.state_of(row), self.proposal_of(row)
        if proposal is None or state == proposal:
            return self.word(state), ""
        if state is None:
            return self._looks(proposal), self._how_to_agree() if row == self.currentIndex().row() else ""
        return self.word(state), self._proposed(proposal)

    def possible_words(self, row: int) -> list[str]:
        """Return all that may come to stand below a point, whatever is decided."""
        words = [self.word(state) for state in (None, *STATES)]
        proposal = self.proposal_of(row)
        if proposal is None:
            return words
        return [self._looks(proposal) + self._how_to_agree(), *(word + self._proposed(proposal) for word in words[1:])]

    def spoken(self, row: int) -> str:
        """Return a point as it is read out."""
        place = self.tr("Point {number} of {count}, {state}")
        place = place.replace("{number}", str(row + 1)).replace("{count}", str(len(self._points.texts)))
        state, proposal = self.state_of(row), self.proposal_of(row)
        words = self.word(state)
        if proposal is not None and state is None:
            words += ", " + self._looks(proposal)
        elif proposal not in (None, state):
            words += ", " + self.tr("the program proposed: {0}").replace("{0}", self.word(proposal))
        return place.replace("{state}", words) + ": " + self._points.texts[row]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Decide, move or leave; everything else is the page's."""
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if not plain:
            event.ignore()
        elif event.key() == Qt.Key.Key_Space:
            self._decide(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_A:
            self._agree(self.currentIndex().row())
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
        """Decide by a click on a point's shape or number; the first one agrees with what is proposed."""
        super().mouseReleaseEvent(event)
        row = self.indexAt(event.position().toPoint()).row()
        if event.button() != Qt.MouseButton.LeftButton or event.position().x() >= _text_left(current_theme()):
            return
        if row >= 0 and self.state_of(row) is None and self.proposal_of(row) is not None:
            self._agree(row)
        else:
            self._decide(row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Make sure that a point is chosen, and show where the focus is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._points.texts:
            self.choose(0)
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

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell where the person has gone."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._choosing:
            self.current_changed.emit(current.row())

    def _looks(self, proposal: str) -> str:
        return {
            "said": self.tr("looks said"),
            "partly": self.tr("looks partly said"),
            "missed": self.tr("not found in your answer"),
        }[proposal]

    def _how_to_agree(self) -> str:
        return self.tr(" — A to agree")

    def _proposed(self, proposal: str) -> str:
        return self.tr(" · the program proposed: {0}").replace("{0}", self.word(proposal))

    def _decide(self, row: int) -> None:
        """Go to the next state."""
        if row >= 0:
            now = self.state_of(row)
            self._enter(row, STATES[0] if now is None else STATES[(STATES.index(now) + 1) % len(STATES)])

    def _agree(self, row: int) -> None:
        """Take over what is proposed, where something is."""
        proposal = self.proposal_of(row) if row >= 0 else None
        if proposal is not None and self.state_of(row) != proposal:
            self._enter(row, proposal)

    def _enter(self, row: int, state: str) -> None:
        self._points.set_state(row, state)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.word(state)))
        self.state_changed.emit(row, state)


def _proposals(given: Sequence[str | None], points: int) -> list[str | None]:
    proposals = [*given, *[None] * (points - len(given))]
    if len(proposals) != points or not all(proposal is None or proposal in PROPOSALS for proposal in proposals):
        raise ValueError("one known proposal a point")
    return proposals


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
