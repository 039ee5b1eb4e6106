"""What charts are painted with: a theme's colours and type, in pixels, for the screen and for paper alike."""

import math

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from interview_coach.ui.theme import Theme, load_theme

_POINTS_AN_INCH = 72

#: Half of how wide a point is, in lines of small text.
_POINT = 0.26

#: From this contrast on a text is read well on what lies behind it (WCAG 2.1, 1.4.3).
_READ_WELL = 4.5


class Ink:
    """Colours and fonts at so many dots an inch; fonts are set in pixels, so that all of a picture can be scaled."""

    def __init__(self, theme: Theme, dots_per_inch: float) -> None:
        self._theme = theme
        self._dots = dots_per_inch

    def color(self, token: str) -> QColor:
        """Return a colour by its token."""
        return self._theme.color(token)

    def mixed(self, token: str, share: float) -> QColor:
        """Return so much of a colour on the surface, from 0 to 1."""
        over, under = self._theme.color(token), self._theme.color("surface")
        parts = [share * upper + (1 - share) * lower for upper, lower in zip(_parts(over), _parts(under), strict=True)]
        return QColor.fromRgbF(*parts)

    def text_on(self, ground: QColor) -> QColor:
        """Return the text colour that is read well on a ground."""
        text = self.color("text")
        return text if contrast(text, ground) >= _READ_WELL else self.color("on-accent")

    def font(self, size: str = "small", *, strong: bool = False) -> QFont:
        """Return the application's font in a size of the type scale."""
        font = self._theme.font(size, strong=strong)
        font.setPixelSize(max(round(self._theme.points(size) * self._dots / _POINTS_AN_INCH), 1))
        return font

    def metrics(self, size: str = "small", *, strong: bool = False) -> QFontMetricsF:
        """Return the measures of that font."""
        return QFontMetricsF(self.font(size, strong=strong))

    @property
    def line(self) -> float:
        """The height of a line of small text."""
        return self.metrics().height()

    @property
    def point(self) -> float:
        """Half of how wide a point of a line is; it grows with the text."""
        return self.line * _POINT


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.1, relative luminance)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    linear = [part / 12.92 if part <= 0.03928 else math.pow((part + 0.055) / 1.055, 2.4) for part in _parts(color)]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _parts(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def on_paper(theme: Theme, dots_per_inch: float) -> Ink:
    """Return the ink of paper and of pictures, whatever the theme in force is: that of the light one, at its size."""
    light = load_theme("light", lambda part: theme.images.parent / part)
    return Ink(light._replace(text_scale=theme.text_scale), dots_per_inch)
