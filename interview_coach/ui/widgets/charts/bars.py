"""Bars: one or two numbers for each of some places, told apart by their pattern as well as by their colour."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from interview_coach.ui.widgets.charts.chart import Chart, Mark, Place
from interview_coach.ui.widgets.charts.ink import Ink
from interview_coach.ui.widgets.charts.lines import draw_times
from interview_coach.ui.widgets.charts.scale import Scale, scale_up_to

_WIDEST = 44.0
_OVER = 8.0


@dataclass(frozen=True)
class Bar:
    """A bar at a place: its height, and what is said of it."""

    value: float
    mark: Mark


@dataclass(frozen=True)
class BarSeries:
    """Bars of one kind: their name, and the bars by the number of their place. ``hatched`` ones are what is to come."""

    name: str
    bars: Mapping[int, Bar]
    hatched: bool = False


class BarChart(Chart):
    """Bars side by side. Left and right move from place to place, up and down to the other kind of bar."""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._series: Sequence[BarSeries] = ()
        self._places: Sequence[str] = ()
        self._scale: Scale | None = None
        self._goal: tuple[float, str] | None = None

    def show_bars(
        self,
        series: Sequence[BarSeries],
        places: Sequence[str],
        *,
        scale: Scale | None = None,
        goal: tuple[float, str] | None = None,
    ) -> None:
        """Show bars; ``places`` are the words below. ``scale`` is chosen to fit where none is given.

        ``goal`` is a value at which a line is drawn, with its words.
        """
        self._series, self._places, self._goal = series, places, goal
        highest = max((bar.value for kind in series for bar in kind.bars.values()), default=0)
        self._scale = scale or scale_up_to(max(highest, 0 if goal is None else goal[0]))
        self._set_marks({(row, place): bar.mark for row, kind in enumerate(series) for place, bar in kind.bars.items()})

    def _first(self) -> Place | None:
        return min(self._marks, default=None, key=lambda place: (place[1], place[0]))

    def _height(self, ink: Ink) -> float:
        return 9 * ink.line + 2 * ink.line

    @property
    def _has_legend(self) -> bool:
        return len(self._series) > 1 or self._goal is not None

    def _plot(self, ink: Ink, area: QRectF) -> QRectF:
        words = (ink.metrics().horizontalAdvance(tick) for _, tick in self._ticks)
        legend = ink.line + 10 if self._has_legend else ink.line / 2
        return area.adjusted(max(words, default=0) + 10, legend, -_OVER, -ink.line - 8)

    @property
    def _ticks(self) -> tuple[tuple[float, str], ...]:
        return () if self._scale is None else self._scale.ticks

    def _level(self, plot: QRectF, value: float) -> float:
        return plot.bottom() - plot.height() * value / (1 if self._scale is None else self._scale.highest)

    def _middle(self, plot: QRectF, place: int) -> float:
        return plot.left() + plot.width() * (place + 0.5) / max(len(self._places), 1)

    def _boxes(self, ink: Ink, area: QRectF) -> Mapping[Place, QRectF]:
        plot = self._plot(ink, area)
        width = min(plot.width() / max(len(self._places), 1) * 0.7, _WIDEST)
        found = {}
        for row, kind in enumerate(self._series):
            for place, bar in kind.bars.items():
                beside = sum(place in other.bars for other in self._series)
                each = width / beside
                index = sum(place in other.bars for other in self._series[:row])
                left = self._middle(plot, place) - width / 2 + index * each
                top = min(self._level(plot, bar.value), plot.bottom() - 2)
                found[row, place] = QRectF(left, top, max(each - (1 if beside > 1 else 0), 2), plot.bottom() - top)
        return found

    def _draw(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        plot = self._plot(ink, area)
        painter.setFont(ink.font())
        for value, words in self._ticks:
            level = self._level(plot, value)
            painter.setPen(QPen(ink.color("line-control" if value == 0 else "line"), 1))
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
            painter.setPen(ink.color("muted"))
            beside = QRectF(area.left(), level - ink.line / 2, plot.left() - area.left() - 8, ink.line)
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        for (row, _), box in self._boxes(ink, area).items():
            _draw_bar(painter, ink, box, hatched=self._series[row].hatched)
        middles = [self._middle(plot, place) for place in range(len(self._places))]
        draw_times(painter, ink, plot, middles, self._places)
        if self._goal is not None:
            painter.setPen(QPen(ink.color("text"), 1.5, Qt.PenStyle.DashLine))
            level = self._level(plot, self._goal[0])
            painter.drawLine(QPointF(plot.left(), level), QPointF(plot.right(), level))
        if self._has_legend:
            self._draw_legend(painter, ink, area)

    def _draw_legend(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        left, middle, side = area.left(), area.top() + ink.line / 2, 3 * ink.point
        for kind in self._series:
            _draw_bar(painter, ink, QRectF(left, middle - side / 2, side, side), hatched=kind.hatched)
            left = self._draw_name(painter, ink, left + side + 6, area.top(), kind.name)
        if self._goal is not None:
            painter.setPen(QPen(ink.color("text"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(left, middle), QPointF(left + 2 * side, middle))
            self._draw_name(painter, ink, left + 2 * side + 6, area.top(), self._goal[1])

    @staticmethod
    def _draw_name(painter: QPainter, ink: Ink, left: float, top: float, name: str) -> float:
        painter.setPen(ink.color("text"))
        width = ink.metrics().horizontalAdvance(name)
        painter.drawText(QRectF(left, top, width + 2, ink.line), Qt.AlignmentFlag.AlignVCenter, name)
        return left + width + 20


def _draw_bar(painter: QPainter, ink: Ink, box: QRectF, *, hatched: bool) -> None:
    """Draw a bar: filled, or hatched within a frame."""
    accent = ink.color("accent")
    if not hatched:
        painter.fillRect(box, accent)
        return
    inner = box.adjusted(0.75, 0.75, -0.75, 0)
    painter.setPen(QPen(accent, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(inner)
    painter.save()
    painter.setClipRect(inner, Qt.ClipOperation.IntersectClip)
    painter.setPen(QPen(accent, 1))
    across = inner.left() - inner.height()
    while across < inner.right():
        painter.drawLine(QPointF(across, inner.bottom()), QPointF(across + inner.height(), inner.top()))
        across += 6
    painter.restore()
