"""A row of controls whose right-hand part moves below the left-hand one where the two don't fit side by side."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QWidget

_SPACING = 8


class WrappingRow(QWidget):
    """Two groups of controls, one at either end."""

    def __init__(self, left: "tuple[QWidget, ...]", right: "tuple[QWidget, ...]") -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._groups = (_group(left), _group(right))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_SPACING)
        self._row.addWidget(self._groups[0], 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addStretch(1)
        self._row.addWidget(self._groups[1], 0, Qt.AlignmentFlag.AlignRight)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the groups where they fit."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Follow the size of text and of words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        needed = sum(_width(group) for group in self._groups) + 2 * _SPACING
        _turn(self._row, beside=needed <= self.width())
        for group in self._groups:
            row = group.layout()
            if isinstance(row, QBoxLayout):
                _turn(row, beside=_width(group) <= self.width())


def _width(group: QWidget) -> int:
    """Return the width of a group on one line, whichever way it stands now."""
    row = group.layout()
    if row is None:
        return 0
    items = (row.itemAt(place) for place in range(row.count()))
    widths = [item.sizeHint().width() for item in items if item is not None and not item.isEmpty()]
    return sum(widths) + _SPACING * max(len(widths) - 1, 0)


def _turn(row: QBoxLayout, *, beside: bool) -> None:
    direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
    if direction != row.direction():
        row.setDirection(direction)


def _group(controls: "tuple[QWidget, ...]") -> QWidget:
    group = QWidget()
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_SPACING)
    for control in controls:
        # Below one another, controls without an alignment would all be held to the width of the narrowest fixed one.
        fixed = control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Fixed
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft if fixed else Qt.AlignmentFlag(0))
    return group
