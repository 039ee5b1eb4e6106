"""The program's own icons: SVGs of one weight that take their colour when they are painted."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

#: Side of an icon where nothing else is said, in logical pixels.
SIZE = 20


def icon(name: str, color: QColor, folder: Path, size: int = SIZE, *, checked: QColor | None = None) -> QIcon:
    """Return an icon in one colour, or in another where its button is checked.

    It is drawn at ``size`` for 1x and 2x and for the screens that are there, so that it is crisp on each. Raises
    FileNotFoundError where ``folder`` has no icon of that name.
    """
    result = QIcon()
    ratios = {1.0, 2.0, *(screen.devicePixelRatio() for screen in QGuiApplication.screens())}
    states = [(color, QIcon.State.Off)]
    if checked is not None:
        states.append((checked, QIcon.State.On))
    for tint, state in states:
        drawing = _renderer(name, tint, folder)
        for ratio in sorted(ratios):
            pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            drawing.render(painter)
            painter.end()
            pixmap.setDevicePixelRatio(ratio)
            result.addPixmap(pixmap, QIcon.Mode.Normal, state)
    return result


def paint(painter: QPainter, rect: QRectF, name: str, color: QColor, folder: Path) -> None:
    """Paint an icon into a rectangle of a widget, as sharp as the painter's device allows."""
    _renderer(name, color, folder).render(painter, rect)


def _renderer(name: str, color: QColor, folder: Path) -> QSvgRenderer:
    content = (folder / f"{name}.svg").read_bytes().replace(b"currentColor", color.name().encode("ascii"))
    return QSvgRenderer(QByteArray(content))
