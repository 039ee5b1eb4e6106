"""What every chart has: marks that arrows move over and Enter opens, words for each, and one way of painting."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFocusEvent,
    QImage,
    QImageWriter,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QWidget

from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.charts.ink import Ink, on_paper

#: Where a mark stands in its chart: its row (a series, a weekday, a stage …) and its column in it.
Place = tuple[int, int]

_MARGIN = 10.0
_PAPER_DOTS = 96
_PIXELS_FOR_ONE = 2


class Mark(NamedTuple):
    """A thing in a chart that can be chosen: what is said of it, and the attempts behind it."""

    words: str
    attempt_ids: tuple[int, ...] = ()


class Chart(QWidget):
    """A picture of numbers. One stop of Tab; arrows, Home and End move over its marks, Enter or a click opens one.

    ``chosen`` carries a mark that has attempts behind it, ``current_changed`` what is said of the one that the keys are
    on. A chart's kind says which marks it has, where they stand and how they are painted.
    """

    chosen = Signal(object)
    current_changed = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._marks: Mapping[Place, Mark] = {}
        self._current: Place | None = None
        self._summary = ""

    # --- what a kind of chart says

    def _boxes(self, ink: Ink, area: QRectF) -> Mapping[Place, QRectF]:
        """Return where the marks in sight stand."""
        raise NotImplementedError

    def _draw(self, painter: QPainter, ink: Ink, area: QRectF) -> None:
        """Paint all but the ring around the current mark."""
        raise NotImplementedError

    def _height(self, ink: Ink) -> float:
        """Return how high it is best."""
        raise NotImplementedError

    def _bring_into_sight(self, place: Place) -> None:
        """See that a mark is in sight; a chart that shows all of them has nothing to do."""

    # --- its marks

    @property
    def marks(self) -> Mapping[Place, Mark]:
        """The marks that can be chosen."""
        return self._marks

    @property
    def current(self) -> Mark | None:
        """The mark that the keys are on, None before they were on any."""
        return None if self._current is None else self._marks.get(self._current)

    @property
    def summary(self) -> str:
        """What the picture says, in words."""
        return self._summary

    def say(self, summary: str) -> None:
        """Give what the picture says in words, for those who do not see it."""
        self._summary = summary
        self._describe()

    def _set_marks(self, marks: Mapping[Place, Mark]) -> None:
        self._marks = marks
        if self._current not in marks:
            self._current = None
        self._describe()
        self.updateGeometry()
        self.update()

    def _go_to(self, place: Place) -> None:
        if place == self._current:
            return
        self._current = place
        self._bring_into_sight(place)
        self._describe()
        self.update()
        self.current_changed.emit(self._marks[place].words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._marks[place].words))

    def _describe(self) -> None:
        current = self.current
        self.setAccessibleDescription(self._summary if current is None else f"{current.words}. {self._summary}")

    def _open(self, place: Place) -> None:
        self._go_to(place)
        if self._marks[place].attempt_ids:
            self.chosen.emit(self._marks[place])

    def _first(self) -> Place | None:
        """Return the mark that the keys are on at first: the newest of the first row."""
        return max((place for place in self._marks if place[0] == self._rows()[0]), default=None, key=lambda p: p[1])

    def _rows(self) -> list[int]:
        return sorted({row for row, _ in self._marks})

    def _beside(self, place: Place, key: Qt.Key) -> Place | None:
        """Return the mark on which an arrow leads from another, None where there is none that way."""
        row, column = place
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            columns = [each for other, each in self._marks if other == row]
            return (row, min(columns) if key == Qt.Key.Key_Home else max(columns))
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            step = -1 if key == Qt.Key.Key_Left else 1
            ahead = [each for other, each in self._marks if other == row and (each - column) * step > 0]
            return (row, min(ahead, key=lambda each: abs(each - column))) if ahead else None
        step = -1 if key == Qt.Key.Key_Up else 1
        rows = [each for each in self._rows() if (each - row) * step > 0]
        if not rows:
            return None
        nearest = min(rows, key=lambda each: abs(each - row))
        columns = [each for other, each in self._marks if other == nearest]
        return (nearest, min(columns, key=lambda each: (abs(each - column), each)))

    # --- keys and the mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move over the marks, or open one."""
        key = Qt.Key(event.key())
        arrows = (
            *(Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
            *(Qt.Key.Key_Home, Qt.Key.Key_End),
        )
        if not self._marks or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
        elif key in arrows:
            first = self._first()
            wanted = first if self._current is None else self._beside(self._current, key)
            if wanted is not None:
                self._go_to(wanted)
            elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                event.ignore()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._current is not None:
            self._open(self._current)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest mark."""
        super().focusInEvent(event)
        first = self._first() if self._marks and self._current is None else None
        if first is not None and event.reason() != Qt.FocusReason.MouseFocusReason:
            self._go_to(first)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring any more."""
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what lies under the pointer."""
        place = self._at(event.position())
        if place is not None and place != self._current:
            self._go_to(place)
        opens = place is not None and bool(self._marks[place].attempt_ids)
        self.setCursor(Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked on."""
        place = self._at(event.position())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(place)
        else:
            event.ignore()

    def _at(self, point: QPointF) -> Place | None:
        boxes = self._boxes(self._ink(), self._area())
        near = [(place, box) for place, box in boxes.items() if place in self._marks and _grown(box).contains(point)]
        distances = {place: (box.center() - point).manhattanLength() for place, box in near}
        return min(distances, key=lambda place: distances[place], default=None)

    # --- sizes

    def sizeHint(self) -> QSize:
        """Return a size that fits beside a few lines of words."""
        return QSize(round(480 * current_theme().text_scale), round(self._height(self._ink()) + 2 * _MARGIN))

    def minimumSizeHint(self) -> QSize:
        """Return the smallest size in which it can still be read."""
        return QSize(260, self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()
            self.update()

    # --- painting

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint it with the colours of the theme; the ring is around the mark that the keys are on."""
        ink, area = self._ink(), self._area()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, ink, area)
        box = None if self._current is None else self._boxes(ink, area).get(self._current)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if box is not None and (self.hasFocus() or self.underMouse()):
            painter.setPen(QPen(ink.color("accent"), 2))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 4, 4)
        if self.hasFocus():
            painter.setPen(QPen(ink.color("accent"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def paint_on(self, painter: QPainter, size: QSize) -> None:
        """Paint it as on paper, in an area of so many pixels at 96 an inch."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw(painter, on_paper(current_theme(), _PAPER_DOTS), QRectF(0, 0, size.width(), size.height()))

    @property
    def paper_ink(self) -> QColor:
        """The colour of words on paper."""
        return on_paper(current_theme(), _PAPER_DOTS).color("text")

    def paper_size(self) -> QSize:
        """Return the size in which it is saved and printed, in pixels at 96 an inch."""
        ink = on_paper(current_theme(), _PAPER_DOTS)
        return QSize(max(self.width(), 480), round(self._height(ink)))

    def as_png(self) -> bytes:
        """Return it as a picture, two pixels for one, on the colour of paper."""
        size = self.paper_size()
        image = QImage(size * _PIXELS_FOR_ONE, QImage.Format.Format_RGB32)
        image.fill(on_paper(current_theme(), _PAPER_DOTS).color("surface"))
        painter = QPainter(image)
        painter.scale(_PIXELS_FOR_ONE, _PIXELS_FOR_ONE)
        self.paint_on(painter, size)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        return bytes(buffer.data().data())

    def as_svg(self) -> bytes:
        """Return it as a drawing, with what it says in words as its description."""
        size = self.paper_size()
        buffer = QBuffer()
        drawing = QSvgGenerator()
        drawing.setOutputDevice(buffer)
        drawing.setSize(size)
        drawing.setViewBox(QRectF(0, 0, size.width(), size.height()))
        drawing.setResolution(_PAPER_DOTS)
        drawing.setTitle(self.accessibleName())
        drawing.setDescription(self._summary)
        painter = QPainter(drawing)
        self.paint_on(painter, size)
        painter.end()
        return bytes(buffer.data().data())

    def _ink(self) -> Ink:
        return Ink(current_theme(), self.logicalDpiY())

    def _area(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)


def _grown(box: QRectF) -> QRectF:
    return box.adjusted(-4, -4, 4, 4)
