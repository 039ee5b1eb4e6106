"""Values over time: a line for each series, with a gap where there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from interview_coach.ui.widgets.charts.chart import Chart, Mark, Place
from interview_coach.ui.widgets.charts.ink import Ink
from interview_coach.ui.widgets.charts.scale import Scale

#: The colours of series, and with them the shape of their points: a disc, a square, a triangle, a ring.
_COLORS = ("accent", "partly", "said", "missed")

_LEGEND = 20.0

#: How far words of the axis may reach beyond a plot at its end and before its beginning, and how far they are apart.
_OVER, _BEFORE, _APART = 8.0, 24.0, 8.0


@dataclass(frozen=True)
class Series:
    """One line: its name, and the values with their words by the number of their place on the axis of time."""

    name: str
    values: Mapping[int, float]
    marks: Mapping[int, Mark]


class LineChart(Chart):
    """Lines over time. Left and right move along a line, up and down to the next one."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._series: Sequence[Series] = ()
        self._scale = Scale(0, 1, ())
        self._times: Sequence[str] = ()

    def show_series(self, series: Sequence[Series], scale: Scale, times: Sequence[str]) -> None:
        """Show lines; ``times`` are the words for the places on the axis of time, of which as many are shown as fit."""
        self._series, self._scale, self._times = series, scale, times
        self._set_marks(
            {(row, place): mark for row, line in enumerate(series) for place, mark in line.marks.items()},
        )

    def _height(self, ink: Ink) -> float:
        return 10 * ink.line + 2 * ink.line

    def _plot(self, ink: Ink, area: QRectF) -> QRectF:
        words = (ink.metrics().horizontalAdvance(tick) for _, tick in self._scale.ticks)
        legend = ink.line + 10 if len(self._series) > 1 else ink.line / 2
        return area.adjusted(max(words, default=0) + 10, legend, -_OVER, -ink.line - 8)

    def _point(self, plot: QRectF, place: int, value: float) -> QPointF:
        steps = max(len(self._times) - 1, 1)
        across = plot.center().x() if len(self._times) == 1 else plot.left() + plot.width() * place / steps
        return QPointF(across, self._level(plot, value))

    def _level(self, plot: QRectF, value: float) -> float:
        scale = self._scale
        share = (value - scale.lowest) / (scale.highest - scale.lowest)
        return plot.bottom() - plot.height() * min(max(share, 0.0), 1.0)

    def _boxes(self, ink: Ink, area: QRectF) -> Mapping[Place, QRectF]:
        plot, half = self._plot(ink, area), ink.point
        found = {}
        for row, line in enumerate(self._series):
            for place, value in line.values.items():
                point = self._point(plot, place, value)
                found[row, place] = QRectF(point.x() - half, point.y() - half, 2 * half, 2 * half)
        return found

    def _draw(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        plot = self._plot(ink, area)
        painter.setFont(ink.font())
        for value, words in self._scale.ticks:
            level = self._level(plot, value)
            painter.setPen(QPen(ink.color("line"), 1))
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            painter.setPen(ink.color("muted"))
            beside = QRectF(area.left(), level - ink.line / 2, plot.left() - area.left() - 8, ink.line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        draw_times(
            painter, ink, plot, [self._point(plot, place, 0).x() for place in range(len(self._times))], self._times
        )
        for row, line in enumerate(self._series):
            self._draw_line(painter, ink, row, line, plot)
        if len(self._series) > 1:
            self._draw_legend(painter, ink, area)

    def _draw_line(self, painter: QPainter, ink: Ink, row: int, line: Series, plot: QRectF) -> None:
        color = ink.color(_COLORS[row % len(_COLORS)])
        places = sorted(line.values)
        for place, following in pairwise(places):
            near = following - place == 1
            painter.setPen(QPen(color, 2 if near else 1, Qt.PenStyle.SolidLine if near else Qt.PenStyle.DotLine))
            painter.drawLine(
                self._point(plot, place, line.values[place]), self._point(plot, following, line.values[following])
            )
        for place in places:
            draw_point(painter, color, row, self._point(plot, place, line.values[place]), ink.point)

    def _draw_legend(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        left = area.left()
        for row, line in enumerate(self._series):
            middle = area.top() + ink.line / 2
            draw_point(
                painter, ink.color(_COLORS[row % len(_COLORS)]), row, QPointF(left + ink.point, middle), ink.point
            )
            painter.setPen(ink.color("text"))
            width = ink.metrics().horizontalAdvance(line.name)
            painter.drawText(
                QRectF(left + 2 * ink.point + 8, area.top(), width + 2, ink.line),
                Qt.AlignmentFlag.AlignVCenter,
                line.name,
            )
            left += 2 * ink.point + 8 + width + _LEGEND


def draw_point(painter: QPainter, color: QColor, shape: int, middle: QPointF, half: float) -> None:
    """Draw a point in the shape of its series: a disc, a square, a triangle or a ring."""
    painter.setPen(QPen(color, 2))
    painter.setBrush(color if shape % len(_COLORS) < 3 else Qt.BrushStyle.NoBrush)
    size = half - 0.5
    match shape % len(_COLORS):
        case 1:
            painter.drawRect(QRectF(middle.x() - size + 0.5, middle.y() - size + 0.5, 2 * size - 1, 2 * size - 1))
        case 2:
            corners = ((0, -size), (size, size - 1), (-size, size - 1))
            painter.drawPolygon(QPolygonF([QPointF(middle.x() + x, middle.y() + y) for x, y in corners]))
        case _:
            painter.drawEllipse(middle, size - 0.5, size - 0.5)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def draw_times(painter: QPainter, ink: Ink, plot: QRectF, across: Sequence[float], words: Sequence[str]) -> None:
    """Write the words of the axis below a plot: all, or the last and before it every second, third … as many as fit."""
    painter.setFont(ink.font())
    painter.setPen(ink.color("muted"))
    metrics = ink.metrics()
    widths = [metrics.horizontalAdvance(word) for word in words]
    lefts = [
        min(max(middle - width / 2, plot.left() - _BEFORE), plot.right() + _OVER - width)
        for middle, width in zip(across, widths, strict=True)
    ]
    for every in range(1, len(words) + 1):
        shown = range(len(words) - 1, -1, -every)
        if all(lefts[earlier] + widths[earlier] + _APART <= lefts[later] for later, earlier in pairwise(shown)):
            for place in shown:
                painter.drawText(QPointF(lefts[place], plot.bottom() + 8 + metrics.ascent()), words[place])
            return
