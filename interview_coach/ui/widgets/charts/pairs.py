"""Two values beside each other, joined by a line: how far the second lies from the first, a row for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from interview_coach.ui.widgets.charts.chart import Chart, Mark, Place
from interview_coach.ui.widgets.charts.ink import Ink
from interview_coach.ui.widgets.charts.lines import draw_point
from interview_coach.ui.widgets.charts.scale import Scale

_RING, _SQUARE = 3, 1


@dataclass(frozen=True)
class PairRow:
    """A row: its name, both values with their words, and beside them on what they rest.

    Without values ``rests_on`` says why there are none.
    """

    name: str
    before: tuple[float, str] | None
    after: tuple[float, str] | None
    rests_on: str
    mark: Mark


class PairChart(Chart):
    """Pairs of values on one scale, a row for each; up and down move over the rows."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._rows_shown: Sequence[PairRow] = ()
        self._scale = Scale(0, 1, ())
        self._names = ("", "")

    def show_pairs(self, rows: Sequence[PairRow], scale: Scale, names: tuple[str, str]) -> None:
        """Show rows on a scale; ``names`` say what the first value of each is, and the second."""
        self._rows_shown, self._scale, self._names = rows, scale, names
        self._set_marks({(number, 0): row.mark for number, row in enumerate(rows)})

    def _first(self) -> Place | None:
        return min(self._marks, default=None)

    def _row_height(self, ink: Ink) -> float:
        return ink.line * 2

    def _height(self, ink: Ink) -> float:
        return ink.line + 8 + max(len(self._rows_shown), 1) * self._row_height(ink) + ink.line + 8

    def _plot(self, ink: Ink, area: QRectF) -> QRectF:
        metrics = ink.metrics()
        names = max((metrics.horizontalAdvance(row.name) for row in self._rows_shown), default=0.0)
        rests = (metrics.horizontalAdvance(row.rests_on) for row in self._rows_shown if row.before is not None)
        left = min(names, area.width() * 0.3) + 16
        right = min(max(rests, default=0.0), area.width() * 0.25) + 16
        return area.adjusted(left, ink.line + 8, -right, -ink.line - 8)

    def _across(self, plot: QRectF, value: float) -> float:
        scale = self._scale
        share = (value - scale.lowest) / (scale.highest - scale.lowest)
        return plot.left() + plot.width() * min(max(share, 0.0), 1.0)

    def _boxes(self, ink: Ink, area: QRectF) -> Mapping[Place, QRectF]:
        plot, height = self._plot(ink, area), self._row_height(ink)
        return {
            (number, 0): QRectF(area.left() + 4, plot.top() + number * height + 4, area.width() - 8, height - 8)
            for number in range(len(self._rows_shown))
        }

    def _draw(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        plot = self._plot(ink, area)
        painter.setFont(ink.font())
        bottom = plot.top() + len(self._rows_shown) * self._row_height(ink)
        free = area.left()
        for value, words in self._scale.ticks:
            across = self._across(plot, value)
            painter.setPen(QPen(ink.color("line"), 1))
            painter.drawLine(QPointF(across, plot.top()), QPointF(across, bottom))
            painter.setPen(ink.color("muted"))
            width = ink.metrics().horizontalAdvance(words)
            if across - width / 2 >= free:
                painter.drawText(QPointF(across - width / 2, bottom + 4 + ink.metrics().ascent()), words)
                free = across + width / 2 + 6
        for (number, _), box in self._boxes(ink, area).items():
            self._draw_row(painter, ink, self._rows_shown[number], box, plot)
        self._draw_legend(painter, ink, area)

    def _draw_row(self, painter: QPainter, ink: Ink, row: PairRow, box: QRectF, plot: QRectF) -> None:
        metrics, middle = ink.metrics(), box.center().y()
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, plot.left() - box.left() - 12)
        painter.setPen(ink.color("text"))
        painter.drawText(QRectF(box.left(), box.top(), plot.left(), box.height()), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(ink.color("muted"))
        if row.before is None or row.after is None:
            room = QRectF(plot.left() + 8, box.top(), box.right() - plot.left() - 8, box.height())
            words = metrics.elidedText(row.rests_on, Qt.TextElideMode.ElideRight, room.width())
            taken = QRectF(room.left() - 4, box.top(), metrics.horizontalAdvance(words) + 8, box.height())
            painter.fillRect(taken, ink.color("surface"))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)
            return
        room = QRectF(plot.right() + 12, box.top(), box.right() - plot.right() - 12, box.height())
        words = metrics.elidedText(row.rests_on, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        (before, before_words), (after, after_words) = row.before, row.after
        one, other = self._across(plot, before), self._across(plot, after)
        painter.setPen(QPen(ink.color("line-control"), 2))
        painter.drawLine(QPointF(one, middle), QPointF(other, middle))
        draw_point(painter, ink.color("accent"), _RING, QPointF(one, middle), ink.point)
        draw_point(painter, ink.color("partly"), _SQUARE, QPointF(other, middle), ink.point)
        lower, higher = (
            ((one, before_words), (other, after_words)) if one <= other else ((other, after_words), (one, before_words))
        )
        painter.setPen(ink.color("text"))
        left = lower[0] - ink.point - 5 - metrics.horizontalAdvance(lower[1])
        painter.drawText(QPointF(left, middle + metrics.ascent() / 2 - 1), lower[1])
        painter.drawText(QPointF(higher[0] + ink.point + 5, middle + metrics.ascent() / 2 - 1), higher[1])

    def _draw_legend(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        left, middle = area.left() + 4, area.top() + ink.line / 2
        for name, shape, color in zip(self._names, (_RING, _SQUARE), ("accent", "partly"), strict=True):
            draw_point(painter, ink.color(color), shape, QPointF(left + ink.point, middle), ink.point)
            painter.setPen(ink.color("text"))
            width = ink.metrics().horizontalAdvance(name)
            painter.drawText(
                QRectF(left + 2 * ink.point + 8, area.top(), width + 2, ink.line), Qt.AlignmentFlag.AlignVCenter, name
            )
            left += 2 * ink.point + 28 + width
