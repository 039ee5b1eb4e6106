"""The fields of a dialog: scrolled where the screen is too low for them."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from interview_coach.ui.theme import set_role

#: Lines of text that show at least, however small the dialog is.
_LEAST_LINES = 5

#: What shows above and below that which has the focus, in pixels: its name stands there.
_AROUND = 32


class Fields(QScrollArea):
    """A column of fields as wide as there is room; ``content`` is its layout. It scrolls down, never sideways.

    The height follows from the width, which QScrollArea by itself does not ask for. What has the focus stays in view.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitting = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        set_role(self._inside, "page")
        self.content = QVBoxLayout(self._inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        self.content.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def height_at(self, width: int) -> int:
        """Return the height at which all of it shows at a width."""
        if self.content.hasHeightForWidth():
            return self.content.totalHeightForWidth(width)
        return self.content.totalSizeHint().height()

    def minimumSizeHint(self) -> QSize:
        """Return a height of a few lines: the rest is scrolled to."""
        return QSize(self.content.totalMinimumSize().width(), self.fontMetrics().lineSpacing() * _LEAST_LINES)

    def sizeHint(self) -> QSize:
        """Return the size that the fields would like to have."""
        return self.content.totalSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the fields to the width."""
        super().resizeEvent(event)
        self._fit()
        self._show_focus(QApplication.focusWidget())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the fields need."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit()
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        self._show_focus(new)

    def _show_focus(self, new: QWidget | None) -> None:
        """Bring what has the focus into view, whichever key led there."""
        if new is not None and self._inside.isAncestorOf(new) and self.isVisible():
            self._fit()
            self.content.activate()
            top = new.mapTo(self._inside, QPoint(0, 0)).y()
            first, last = top - _AROUND, top + new.height() + _AROUND
            bar, room = self.verticalScrollBar(), self.viewport().height()
            if last - first <= room:  # whole: Qt by itself would show no more of a text than where the caret stands
                bar.setValue(min(max(bar.value(), last - room), first))
            else:
                self.ensureWidgetVisible(new, 0, _AROUND)

    def _fit(self) -> None:
        if self._fitting:
            return
        self._fitting = True
        room = self.maximumViewportSize()
        width, height = room.width(), self._least_height(room.width())
        if height > room.height():
            width -= self.verticalScrollBar().sizeHint().width()
            height = self._least_height(width)
        self._inside.resize(width, max(height, room.height()))
        self._fitting = False

    def _least_height(self, width: int) -> int:
        if self.content.hasHeightForWidth():
            return self.content.minimumHeightForWidth(width)
        return self.content.totalMinimumSize().height()
