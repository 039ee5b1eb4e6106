"""A short list to open something from: a title in each row, and small print below it."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.labels import plain_tip

#: Rows that show without scrolling.
MOST_ROWS = 8

#: What a row keeps: its number, and the words below its title.
_NUMBER, _BELOW = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1

#: What is free at the sides of a row, above and below it, and between its lines.
_SIDE, _PADDING, _BETWEEN = 8, 6, 1

_Index = QModelIndex | QPersistentModelIndex


class TwoLineList(QListWidget):
    """A list as high as its rows, of two lines each. ``opened`` carries the number of a row: by Enter, or a click."""

    opened = Signal(int)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        set_role(self, "plain")
        self.setItemDelegate(_TwoLines(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self.itemClicked.connect(self._on_clicked)

    def show_rows(self, rows: Sequence[tuple[int, str, str]]) -> None:
        """Show rows: a number, a title and the words below it. Where the keys stand they stay."""
        here = self.currentRow()
        self.clear()
        for number, title, below in rows:
            item = QListWidgetItem(title, self)
            item.setData(_NUMBER, number)
            item.setData(_BELOW, below)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {below}" if below else title)
            item.setToolTip(plain_tip(title))
        if rows:
            self.setCurrentRow(min(max(here, 0), len(rows) - 1))
        self.setVisible(bool(rows))
        self.fit()

    def fit(self) -> None:
        """Be as high as the rows, up to some."""
        self.scheduleDelayedItemsLayout()
        self.setFixedHeight(_row_height() * min(self.count(), MOST_ROWS) + 2 * self.frameWidth())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; past the ends the arrow keys are left to what is around."""
        last = self.count() - 1
        over = {Qt.Key.Key_Up: 0, Qt.Key.Key_Down: last}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            item = self.currentItem()
            if item is not None and not event.isAutoRepeat():
                self._on_clicked(item)
        elif self.currentRow() == over.get(Qt.Key(event.key())):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which row the keys are at."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _on_clicked(self, item: QListWidgetItem) -> None:
        self.opened.emit(item.data(_NUMBER))


class _TwoLines(QStyledItemDelegate):
    """Paints a row: its title, which leads somewhere, and small print below it."""

    def __init__(self, rows: TwoLineList) -> None:
        super().__init__(rows)
        self._rows = rows

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: ARG002
        """Return the height of two lines."""
        return QSize(0, _row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row; a ring is around the one at which the keys are."""
        theme, area = current_theme(), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        at = self._rows.hasFocus() and index.row() == self._rows.currentRow()
        if at or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(theme.color("accent"), 2) if at else Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("soft" if at else "hover"))
            painter.drawRoundedRect(QRectF(area).adjusted(1, 1, -1, -1), 8, 8)
        top = area.top() + _PADDING
        for text, size, color in (
            (index.data(), "body", "accent"),
            (index.data(_BELOW), "small", "muted"),
        ):
            font = theme.font(size)
            metrics = QFontMetrics(font)
            line = QRect(area.left() + _SIDE, top, area.width() - 2 * _SIDE, metrics.height())
            painter.setFont(font)
            painter.setPen(theme.color(color))
            words = metrics.elidedText(" ".join(text.split()), Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter, words)
            top += metrics.height() + _BETWEEN
        painter.restore()


def _row_height() -> int:
    theme = current_theme()
    lines = sum(QFontMetrics(theme.font(size)).height() for size in ("body", "small"))
    return lines + _BETWEEN + 2 * _PADDING
