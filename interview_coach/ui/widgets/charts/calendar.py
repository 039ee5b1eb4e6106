"""A calendar: a column for each week, a square for each day, with the number of what was done on it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from interview_coach.ui.widgets.charts.chart import Chart, Mark, Place
from interview_coach.ui.widgets.charts.ink import Ink

_WEEK = 7
_GAP = 3.0

#: The shades of a day: up to how many each stands for, the last for all above, and how much of the colour it has.
SHADES = ((2, 0.2), (7, 0.44), (None, 1.0))


class _DayMarks(Mapping[Place, Mark]):
    """The marks of days, each made when it is asked for: of two years few are ever looked at."""

    def __init__(self, days: Mapping[Place, date], mark: Callable[[date], Mark]) -> None:
        self._days = days
        self._mark = mark

    def __getitem__(self, place: Place) -> Mark:
        return self._mark(self._days[place])

    def __iter__(self) -> Iterator[Place]:
        return iter(self._days)

    def __len__(self) -> int:
        return len(self._days)

    def __contains__(self, place: object) -> bool:
        return place in self._days


class CalendarChart(Chart):
    """Days as squares, as many weeks as there is room for; the arrows lead on to earlier ones.

    The more was done on a day the darker its square is, and the number stands in it.
    """

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(name, title, parent)
        self._days: dict[Place, tuple[date, int]] = {}
        self._origin = date(2000, 1, 3)
        self._weeks = 1
        self._shift = 0  # weeks out of sight at the right

    def show_days(self, numbers: Mapping[date, int], mark: Callable[[date], Mark], today: date) -> None:
        """Show how many there are on each day up to today; ``mark`` is asked for a day once something is said of it."""
        first = min((day for day in numbers if day <= today), default=today)
        begins = self.locale().firstDayOfWeek().value - 1
        self._origin = first - timedelta(days=(first.weekday() - begins) % _WEEK)
        self._weeks = (today - self._origin).days // _WEEK + 1
        self._shift = 0
        self._days = {
            self._place(day): (day, numbers.get(day, 0))
            for day in (self._origin + timedelta(days=number) for number in range((today - self._origin).days + 1))
        }
        self._set_marks(_DayMarks({place: day for place, (day, number) in self._days.items() if number}, mark))

    @property
    def weeks_in_sight(self) -> range:
        """The columns that are shown, of all from the first week on."""
        return self._in_sight(self._ink(), self._area())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show more weeks where there is more room."""
        super().resizeEvent(event)
        self._shift = min(self._shift, max(self._weeks - len(self.weeks_in_sight), 0))

    def _place(self, day: date) -> Place:
        days = (day - self._origin).days
        return days % _WEEK, days // _WEEK

    def _first(self) -> Place | None:
        return max(self._marks, key=lambda place: (place[1], place[0]), default=None)

    def _bring_into_sight(self, place: Place) -> None:
        sight = self.weeks_in_sight
        if place[1] < sight.start:
            self._shift += sight.start - place[1]
        elif place[1] >= sight.stop:
            self._shift -= place[1] - sight.stop + 1

    def _in_sight(self, ink: Ink, area: QRectF) -> range:
        room = max(int((area.width() - self._gutter(ink)) // self._side(ink)), 1)
        last = self._weeks - min(self._shift, max(self._weeks - room, 0))
        return range(max(last - room, 0), last)

    def _side(self, ink: Ink) -> float:
        """Return the side of a square with what keeps it from the next, wide enough for two digits."""
        return max(ink.metrics().horizontalAdvance("00") + 8, ink.line + 4) + _GAP

    def _gutter(self, ink: Ink) -> float:
        names = (self._weekday(number) for number in range(_WEEK))
        return max(ink.metrics().horizontalAdvance(name) for name in names) + 8

    def _weekday(self, number: int) -> str:
        day = (self._origin + timedelta(days=number)).isoweekday()
        return self.locale().standaloneDayName(day, self.locale().FormatType.ShortFormat)

    def _height(self, ink: Ink) -> float:
        return ink.line + 4 + _WEEK * self._side(ink)

    def _boxes(self, ink: Ink, area: QRectF) -> Mapping[Place, QRectF]:
        side, sight = self._side(ink), self._in_sight(ink, area)
        left, top = area.left() + self._gutter(ink), area.top() + ink.line + 4
        return {
            (row, week): QRectF(left + (week - sight.start) * side, top + row * side, side - _GAP, side - _GAP)
            for week in sight
            for row in range(_WEEK)
            if (row, week) in self._days
        }

    def _draw(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        boxes = self._boxes(ink, area)
        painter.setFont(ink.font())
        painter.setPen(ink.color("muted"))
        side, top = self._side(ink), area.top() + ink.line + 4
        for row in range(_WEEK):
            beside = QRectF(area.left(), top + row * side, self._gutter(ink), side - _GAP)
            painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, self._weekday(row))
        self._draw_months(painter, ink, area, boxes)
        for place, box in boxes.items():
            _, number = self._days[place]
            if not number:
                painter.setPen(QPen(ink.color("line"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
                continue
            ground = ink.mixed("accent", next(share for upto, share in SHADES if upto is None or number <= upto))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(box, 3, 3)
            painter.setPen(ink.text_on(ground))
            words = self.locale().toString(number) if number < 100 else "99+"
            if ink.metrics().horizontalAdvance(words) <= box.width():
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_months(self, painter: QPainter, ink: Ink, area: QRectF, boxes: Mapping[Place, QRectF]) -> None:
        """Write the name of each month above the week in which it begins, where there is room for it."""
        free = area.left()
        sight = self._in_sight(ink, area)
        for week in sight:
            monday = self._origin + timedelta(days=week * _WEEK)
            inside = [monday + timedelta(days=number) for number in range(_WEEK)]
            begin = next((day for day in inside if day.day == 1), None)
            if begin is None and week == sight.start:
                begin = monday
            box = boxes.get((0, week))
            if begin is None or box is None:
                continue
            name = self.locale().standaloneMonthName(begin.month, self.locale().FormatType.ShortFormat)
            words = f"{name} {begin.year}" if begin.month == 1 else name
            width = ink.metrics().horizontalAdvance(words)
            if box.left() >= free and box.left() + width <= area.right():
                painter.drawText(QPointF(box.left(), area.top() + ink.metrics().ascent()), words)
                free = box.left() + width + 8
