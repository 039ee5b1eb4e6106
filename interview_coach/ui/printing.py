"""Reports on pages, by Qt's documents: as a PDF, and for what prints them on paper.

A document is built piece by piece, since Qt holds Python still while it lays text out: no piece takes long, so
``pdf`` may run in a thread (``ui.tasks``) while the window goes on. It touches nothing of the window there; what it
needs to know of it, ``Paper``, is found out before.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QBuffer, QEventLoop, QIODevice, QLocale, QMarginsF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QPen,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication

from interview_coach.domain.errors import CoachError, Fault

#: Where sheets are of the size Letter, beside the places that measure in inches.
_LETTER = (
    QLocale.Country.Canada,
    QLocale.Country.Mexico,
    QLocale.Country.Philippines,
    QLocale.Country.Chile,
    QLocale.Country.Colombia,
    QLocale.Country.Venezuela,
)

#: Margins in millimetres: left, top, right, and bottom, where the page's number stands. What is to be one page has
#: none, and narrow margins.
_MARGINS = (16.0, 18.0, 16.0, 20.0)
_NARROW_MARGINS = (14.0, 12.0, 14.0, 12.0)
_FOOT_POINTS = 8
#: From the lower edge of the text to the page's number, in millimetres.
_FOOT_DISTANCE = 5.0

_DOTS_PER_INCH = 1200
_MILLIMETRES_PER_INCH = 25.4

#: A picture's pixels an inch on paper, and the sizes of its title and of its words in them.
_PIXELS_AN_INCH = 96
_TITLE_PIXELS = 19
_WORDS_PIXELS = 14

#: Stands at the joint of two pieces while the second comes in: Qt lets the first paragraph of a piece melt into what
#: stands before it, and this is no paragraph of anybody.
_JOINT = "\u200b"

#: The sizes of text, in points, in which an interview-day page is tried until it is one page.
DAY_SIZES = (8.5, 8.0, 7.5, 7.0, 6.5, 6.0)


@dataclass(frozen=True)
class Paper:
    """What a sheet is like: its size, the family of the font, and whether all is to find room on one."""

    size: QPageSize.PageSizeId
    family: str
    single: bool = False


def usual_paper(*, single: bool = False) -> Paper:
    """Return the sheet that is usual where the person is, in the window's font. To be asked for by the window."""
    place = QLocale()
    inches = place.measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    letter = inches or place.territory() in _LETTER
    size = QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4
    return Paper(size, QApplication.font().family(), single)


def _go_on() -> None:
    """Let the work go on."""


def pdf(versions: Sequence[str], title: str, paper: Paper, watch: Callable[[], None] = _go_on) -> bytes:
    """Return a PDF of the first of some versions of a report that is one page, else of the last.

    The versions are HTML as ``reports`` makes it for printing; a report of any length has a single one. ``watch`` is
    called between pieces and pages; what it raises ends the work. Raises CoachError, INPUT_OUTPUT, where Qt makes no
    PDF, which it says of nothing by itself.
    """
    loop = QEventLoop()  # noqa: F841  (a document's layout has timers, and those want a loop's thread)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("")
    writer.setResolution(_DOTS_PER_INCH)
    set_up(writer, paper)
    drawn = Pages(versions, writer, writer.resolution(), paper, watch).draw_on(writer)
    written = bytes(buffer.data().data())
    if not drawn or not written.startswith(b"%PDF-") or b"%%EOF" not in written[-32:]:
        raise CoachError(Fault.INPUT_OUTPUT, "The PDF could not be made.")
    return written


def set_up(device: QPagedPaintDevice, paper: Paper) -> None:
    """Give a device the size and the margins of a sheet."""
    device.setPageSize(QPageSize(paper.size))
    margins = _NARROW_MARGINS if paper.single else _MARGINS
    device.setPageMargins(QMarginsF(*margins), QPageLayout.Unit.Millimeter)


class Pages:
    """A report laid out for a device, ready to be drawn."""

    def __init__(
        self,
        versions: Sequence[str],
        device: QPagedPaintDevice,
        resolution: int,
        paper: Paper,
        watch: Callable[[], None] = _go_on,
    ) -> None:
        self._resolution = resolution
        self._paper = paper
        self._watch = watch
        self._area = QRectF(device.pageLayout().paintRectPixels(resolution))
        for html in versions:
            self._document = self._laid_out(html, device)
            if self.count == 1:
                break

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._document.pageCount()

    def draw_on(self, device: QPagedPaintDevice, first: int = 1, last: int | None = None) -> bool:
        """Draw all pages, or those from one to another, with their numbers; return whether the device took them."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        height, width = self._area.height(), self._area.width()
        context = QAbstractTextDocumentLayout.PaintContext()
        palette = QPalette(context.palette)
        palette.setColor(QPalette.ColorRole.Text, QPen().color())  # the ink of paper, whatever the window's theme is
        context.palette = palette
        taken = True
        begin = max(first, 1) - 1
        for page in range(begin, min(last or self.count, self.count)):
            self._watch()
            if page > begin and not device.newPage():
                taken = False
                break
            painter.save()
            painter.translate(0, -page * height)
            context.clip = QRectF(0, page * height, width, height)
            painter.setClipRect(QRectF(0, page * height, width, height))
            self._document.documentLayout().draw(painter, context)
            painter.restore()
            if not self._paper.single or self.count > 1:
                self._draw_foot(painter, page)
        return painter.end() and taken

    def _draw_foot(self, painter: QPainter, page: int) -> None:
        distance = _FOOT_DISTANCE / _MILLIMETRES_PER_INCH * self._resolution
        painter.setFont(QFont(self._paper.family, _FOOT_POINTS))
        painter.setPen(QPen().color())
        foot = QRectF(0, self._area.height() + distance, self._area.width(), 2 * distance)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter), f"{page + 1} / {self.count}")

    def _laid_out(self, html: str, device: QPagedPaintDevice) -> QTextDocument:
        document = QTextDocument()
        document.setUndoRedoEnabled(False)
        document.setDefaultFont(QFont(self._paper.family, 10))
        document.setDocumentMargin(0)
        document.documentLayout().setPaintDevice(device)
        document.setPageSize(QSizeF(self._area.width(), self._area.height()))
        style, pieces = in_pieces(html)
        document.setDefaultStyleSheet(style)
        document.setHtml(f"<body>{pieces[0]}</body>")
        cursor = QTextCursor(document)
        for piece in pieces[1:]:
            self._watch()
            cursor.movePosition(QTextCursor.MoveOperation.End)
            joint = cursor.position()
            cursor.insertHtml(f"<body><p>{_JOINT}</p>{piece}</body>")
            cursor.setPosition(joint)
            cursor.deleteChar()
        return document


@dataclass(frozen=True)
class Picture:
    """A picture to print: its title, what it says in words, its size in pixels at 96 an inch, and what paints it.

    ``ink`` is the colour of the words. It is named, since what shows the pages before they are printed leaves out a pen
    that is black as at first, and takes the window's text colour for it.
    """

    title: str
    words: str
    ink: QColor
    size: QSize
    paint: Callable[[QPainter, QSize], None]


class PicturePage:
    """A picture on one page: its title above it and its words below."""

    def __init__(self, picture: Picture, device: QPagedPaintDevice, resolution: int, paper: Paper) -> None:
        self._picture = picture
        self._family = paper.family
        self._area = QRectF(device.pageLayout().paintRectPixels(resolution))
        self._scale = resolution / _PIXELS_AN_INCH

    @property
    def count(self) -> int:
        """How many pages there are."""
        return 1

    def draw_on(self, device: QPagedPaintDevice, first: int = 1, last: int | None = None) -> bool:  # noqa: ARG002
        """Draw it; return whether the device took it."""
        painter = QPainter()
        if not painter.begin(device):
            return False
        painter.scale(self._scale, self._scale)
        width, height = self._area.width() / self._scale, self._area.height() / self._scale
        painter.setPen(self._picture.ink)
        title = self._write(painter, QRectF(0, 0, width, height), _TITLE_PIXELS, self._picture.title)
        share = min(width / self._picture.size.width(), 1.0)
        painter.save()
        painter.translate(0, title.bottom() + _TITLE_PIXELS)
        painter.scale(share, share)
        self._picture.paint(painter, self._picture.size)
        painter.restore()
        below = title.bottom() + 2 * _TITLE_PIXELS + self._picture.size.height() * share
        painter.setPen(self._picture.ink)
        self._write(painter, QRectF(0, below, width, height - below), _WORDS_PIXELS, self._picture.words)
        return painter.end()

    def _write(self, painter: QPainter, room: QRectF, pixels: int, words: str) -> QRectF:
        font = QFont(self._family)
        font.setPixelSize(pixels)
        painter.setFont(font)
        return painter.drawText(room, int(Qt.TextFlag.TextWordWrap), words)


def in_pieces(html: str) -> tuple[str, tuple[str, ...]]:
    """Return the style of a printable report, and its body cut before every heading.

    What people wrote is escaped in it, so that a tag is always one of the report's own.
    """
    style, body, heading = _patterns()
    found, inside = style.search(html), body.search(html)
    whole = html if inside is None else inside[1]
    return ("" if found is None else found[1]), tuple(heading.split(whole))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return (
        re.compile(r"<style>\n(.*?)</style>", re.DOTALL),
        re.compile(r"<body>\n(.*)\n</body>", re.DOTALL),
        re.compile(r'\n(?=<p class="h[2-4]">)'),
    )
