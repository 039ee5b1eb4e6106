"""The axis of values of a chart."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QLocale

#: Steps between lines are one of these, times a power of ten.
_STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Scale:
    """The ends of an axis, and the values at which a line is drawn, with their words."""

    lowest: float
    highest: float
    ticks: tuple[tuple[float, str], ...]


def scale_up_to(highest: float) -> Scale:
    """Return a scale from 0 to a round number, in about four steps of whole numbers."""
    least = max(highest / 4, 1.0)
    size = 10 ** math.floor(math.log10(least))
    step = math.ceil(next(size * factor for factor in _STEPS if size * factor >= least))
    top = max(math.ceil(highest / step), 1)
    values = [step * number for number in range(top + 1)]
    return Scale(0, values[-1], tuple((value, QLocale().toString(value)) for value in values))
