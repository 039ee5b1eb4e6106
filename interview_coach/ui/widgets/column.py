"""A page's column: as wide as reading is comfortable, in the middle of what there is, scrolled when it is too long."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: Widest column at a text size of 100 %, in logical pixels.
WIDEST = 860

#: The same for a column that holds a table.
WIDEST_LIST = 1400


class Column(QScrollArea):
    """A vertical column of widgets; ``content`` is its layout. It scrolls when it is too high, never sideways.

    The height follows from the width, which QScrollArea by itself does not ask for: it would take the height that
    wrapped words have at their narrowest. Page keys scroll it, and what gets the focus comes into view.
    """

    def __init__(self, parent: QWidget | None = None, *, widest: int = WIDEST) -> None:
        super().__init__(parent)
        self._widest = widest
        self._fitting = False
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        set_role(self._inside, "page")
        self.content = QVBoxLayout(self._inside)
        self.content.setSpacing(16)
        self.content.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "content"):
            self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the column holds."""
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by page, where no part of the page wants the key."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown:
            bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepAdd)
        elif event.key() == Qt.Key.Key_PageUp:
            bar.triggerAction(QAbstractSlider.SliderAction.SliderPageStepSub)
        else:
            event.ignore()

    def _fit(self) -> None:
        if self._fitting:
            return
        self._fitting = True
        widest = round(self._widest * max(current_theme().text_scale, 1.0))
        side = max((self.width() - widest) // 2, 20 if self.width() < 760 else 40)
        self.content.setContentsMargins(side, 28, side, 28)
        # Not viewport(): at its first call Python looks up every kind of widget, and the first paint would wait for it.
        room = self.maximumViewportSize()
        width, height = room.width(), self._height_for(room.width())
        if height > room.height():
            width -= self.verticalScrollBar().sizeHint().width()
            height = self._height_for(width)
        self._inside.resize(width, max(height, room.height()))
        self._fitting = False

    def _height_for(self, width: int) -> int:
        if self.content.hasHeightForWidth():
            return self.content.minimumHeightForWidth(width)
        return self.content.minimumSize().height()

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and self._inside.isAncestorOf(new) and self.isVisible():
            there = QRect(new.mapTo(self._inside, new.rect().topLeft()), new.size())
            if there.height() <= self.maximumViewportSize().height():
                self.ensureWidgetVisible(new, 0, 24)
