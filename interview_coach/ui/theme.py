"""Colours and sizes: themes from TOML tokens, one scale of type, and the one place that dresses the application.

This module is on the way to the first paint: it imports Qt, tomllib and the standard library alone.

A widget that paints itself asks ``current_theme()`` in its paint event. The theme in force hangs on the application
object, so there is no state in this module, and a widget gets its usual ``changeEvent`` (StyleChange, PaletteChange)
when another theme or text size is applied.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtCore import QDir, QObject, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

#: The themes that ship.
THEMES = ("light", "dark", "high-contrast")

#: Points of every size of type at a text size of 100 %. There are no others.
TYPE_SCALE: Mapping[str, float] = MappingProxyType(
    {"title": 20, "question": 18, "heading": 12, "editor": 12, "body": 11, "small": 9}
)

#: How far the text size reaches, as a factor.
SMALLEST_TEXT = 0.8
LARGEST_TEXT = 2.0

_TOKEN = re.compile(r"@([a-z][a-z-]*)")
_COLOR = re.compile(r"#[0-9a-f]{6}")
_IMAGES = ("check", "check-menu", "down", "up", "right")


class ThemeError(ValueError):
    """A theme's file does not say what it must."""


class Theme(NamedTuple):
    """One set of colours with the style sheet's template and a text size.

    ``colors`` maps a token ("accent") to "#rrggbb"; what each is for stands in resources/themes/light.toml.
    ``dark`` says whether text is lighter than what it stands on. ``icons`` is the folder of the program's icons.
    """

    name: str
    dark: bool
    colors: Mapping[str, str]
    template: str
    images: Path
    icons: Path
    text_scale: float = 1.0

    def color(self, token: str) -> QColor:
        """Return a colour by its token; KeyError where there is none of that name."""
        return QColor(self.colors[token])

    def points(self, size: str) -> float:
        """Return a size of the type scale ("body", "small" …) in points, at the theme's text size."""
        return round(TYPE_SCALE[size] * self.text_scale, 2)

    def font(self, size: str = "body", *, strong: bool = False) -> QFont:
        """Return the application's font in a size of the type scale; ``strong`` is semi-bold."""
        font = QFont(QApplication.font())
        font.setPointSizeF(self.points(size))
        font.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return font

    def style_sheet(self) -> str:
        """Return the template with every token filled in; ThemeError where it names one that is not there."""
        tokens = dict(self.colors)
        tokens.update((f"size-{size}", f"{self.points(size):g}pt") for size in TYPE_SCALE)
        tokens.update((f"image-{image}", f"{self.name}-{image}.svg") for image in _IMAGES)
        # Check boxes, radio buttons and arrows grow with the text; a checked radio button is a ring around a core.
        mark = 2 * round(8 * self.text_scale)
        core = 2 * round(mark / 4)
        lengths = {"mark": mark, "mark-core": core, "mark-ring": (mark + 2 - core) // 2, "mark-radius": mark // 2 + 1}
        tokens.update((name, f"{length}px") for name, length in lengths.items())

        def value(match: re.Match[str]) -> str:
            try:
                return tokens[match[1]]
            except KeyError:
                raise ThemeError(f"the style sheet names @{match[1]}, which theme {self.name} does not have") from None

        return _TOKEN.sub(value, self.template)

    def palette(self) -> QPalette:
        """Return a palette that sets every role in every group, so that nothing is left to the platform."""
        normal = {
            QPalette.ColorRole.Window: "bg",
            QPalette.ColorRole.WindowText: "text",
            QPalette.ColorRole.Base: "surface",
            QPalette.ColorRole.AlternateBase: "bg",
            QPalette.ColorRole.ToolTipBase: "surface",
            QPalette.ColorRole.ToolTipText: "text",
            QPalette.ColorRole.PlaceholderText: "muted",
            QPalette.ColorRole.Text: "text",
            QPalette.ColorRole.Button: "surface",
            QPalette.ColorRole.ButtonText: "text",
            QPalette.ColorRole.BrightText: "error",
            QPalette.ColorRole.Light: "surface",
            QPalette.ColorRole.Midlight: "hover",
            QPalette.ColorRole.Mid: "line",
            QPalette.ColorRole.Dark: "line-control",
            QPalette.ColorRole.Shadow: "line-control",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "on-accent",
            QPalette.ColorRole.Accent: "accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
        }
        off = {
            QPalette.ColorRole.WindowText: "disabled",
            QPalette.ColorRole.Text: "disabled",
            QPalette.ColorRole.ButtonText: "disabled",
            QPalette.ColorRole.PlaceholderText: "disabled",
            QPalette.ColorRole.Base: "bg",
            QPalette.ColorRole.Highlight: "pressed",
            QPalette.ColorRole.HighlightedText: "disabled",
            QPalette.ColorRole.Accent: "disabled",
            QPalette.ColorRole.Link: "disabled",
            QPalette.ColorRole.LinkVisited: "disabled",
        }
        palette = QPalette()
        for role, token in normal.items():
            palette.setColor(QPalette.ColorGroup.All, role, self.color(token))
        for role, token in off.items():
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color(token))
        return palette


class _Applied(QObject):
    """Hangs on the application and says which theme is in force."""

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__(app)
        self.theme = theme


def load_theme(name: str, resource: Callable[[str], Path]) -> Theme:
    """Read a theme and the style sheet's template.

    ``resource`` turns a path inside the program's resources into one on disk (``paths.resource``). Raises ThemeError
    where the file has no scheme, or a colour that is not "#rrggbb"; OSError where it is not there.
    """
    folder = resource("themes")
    with (folder / f"{name}.toml").open("rb") as file:
        content = tomllib.load(file)
    scheme, colors = content.get("scheme"), content.get("colors", {})
    if scheme not in ("light", "dark"):
        raise ThemeError(f"theme {name}: scheme must be light or dark")
    for token, color in colors.items():
        if not (isinstance(color, str) and _COLOR.fullmatch(color)):
            raise ThemeError(f"theme {name}: {token} is not a colour of the form #rrggbb")
    template = "\n".join(part.read_text("utf-8") for part in sorted(resource("qss").glob("*.qss")))
    return Theme(name, scheme == "dark", MappingProxyType(colors), template, folder, resource("icons"))


def apply_theme(app: QApplication, theme: Theme, text_scale: float = 1.0) -> None:
    """Dress the application: Fusion, the theme's palette, the system's font in the scale's body size, the style sheet.

    ``text_scale`` is a factor, kept between 0.8 and 2.0. Works at any time; widgets that live already follow.
    """
    theme = theme._replace(text_scale=min(max(text_scale, SMALLEST_TEXT), LARGEST_TEXT))
    applied = _applied(app)
    if applied is None:
        _Applied(app, theme)
        app.setStyle(QStyleFactory.create("Fusion"))
    else:
        applied.theme = theme
    QDir.setSearchPaths("theme", [str(theme.images)])
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    font.setPointSizeF(theme.points("body"))
    app.setPalette(theme.palette())
    app.setFont(font)
    app.setStyleSheet(theme.style_sheet())


def current_theme() -> Theme:
    """Return the theme in force, at the text size in force; RuntimeError before any was applied."""
    app = QApplication.instance()
    applied = _applied(app) if isinstance(app, QApplication) else None
    if applied is None:
        raise RuntimeError("no theme was applied to the application yet")
    return applied.theme


def system_theme(app: QApplication) -> str:
    """Return "dark" where the system asks for dark, "light" otherwise."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget its part in the style sheet, e.g. "title", "muted" or "primary"; see resources/qss."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def _applied(app: QApplication) -> _Applied | None:
    return app.findChild(_Applied, options=Qt.FindChildOption.FindDirectChildrenOnly)
