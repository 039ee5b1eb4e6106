"""Draw the program's picture for the systems' menus, in the sizes and formats that they take. Needs PySide6."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ROOT = Path(__file__).resolve().parent.parent

#: Edges in pixels of the pictures for a menu of Linux.
SIZES = (16, 32, 48, 64, 128, 256, 512)


def draw(edge: int) -> QImage:
    """Return the picture as a square of this many pixels."""
    image = QImage(edge, edge, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(ROOT / "packaging" / "linux" / "interview-coach.svg")).render(painter)
    painter.end()
    return image


def main(folder: Path) -> None:
    """Write a PNG for each size, interview-coach.ico and interview-coach.icns into a folder.

    Raises OSError where one can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    pictures = {f"{edge}.png": draw(edge) for edge in SIZES}
    for name, image in {**pictures, "interview-coach.ico": draw(256), "interview-coach.icns": draw(512)}.items():
        if not image.save(str(folder / name)):
            raise OSError(f"{name} could not be written.")


if __name__ == "__main__":
    application = QGuiApplication(["icons"])
    main(Path(sys.argv[1]))
