"""The rail at the window's left: one entry per page, a picture and a word."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QIcon, QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QButtonGroup, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role

#: The pages, in order; the last one stands at the bottom.
PAGES = ("today", "practice", "questions", "transcripts", "progress", "settings")

_BAR = (3, 16)

#: Side of an entry's picture at a text size of 100 %, in logical pixels.
_ICON = 20


class RailEntry(QPushButton):
    """One entry. The one of the page that is shown is bolder, lies on a plate and has a bar at its edge."""

    def __init__(self, page: str, word: str, rail: "Rail") -> None:
        super().__init__(word, rail)
        self._rail = rail
        self.page = page
        self.word = word
        self.setObjectName(f"rail_{page}")
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Enter as well as Space, and leave the arrow keys to the rail, so that moving chooses nothing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Become the rail's one stop on the way of the Tab key while the focus is in the rail."""
        super().focusInEvent(event)
        self._rail.set_tab_stop(self)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the stop to the page that is shown."""
        super().focusOutEvent(event)
        self._rail.set_tab_stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the entry, and the bar where its page is the one shown."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        theme = current_theme()
        width, height = _BAR[0], _BAR[1] * theme.text_scale
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(3, (self.height() - height) / 2, width, height), width / 2, width / 2)
        painter.end()


class Rail(QWidget):
    """The pages to choose from. Arrow keys, Home and End move, Enter and Space choose, Tab passes through once.

    ``page_requested`` carries one of PAGES; the rail shows another page as chosen only by ``set_page``.
    """

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(self.tr("Pages"))
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        words = {
            "today": self.tr("Today"),
            "practice": self.tr("Practice"),
            "questions": self.tr("Questions"),
            "transcripts": self.tr("Transcripts"),
            "progress": self.tr("Progress"),
            "settings": self.tr("Settings"),
        }
        self._collapsed = False
        self._brand = QLabel(self.tr("Interview Coach"), self)
        self._brand.setTextFormat(Qt.TextFormat.PlainText)
        set_role(self._brand, "brand")
        self._entries = [RailEntry(page, words[page], self) for page in PAGES]
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(2)
        layout.addWidget(self._brand)
        for entry in self._entries:
            if entry is self._entries[-1]:
                layout.addStretch()
            self._group.addButton(entry)
            layout.addWidget(entry)
        self._group.buttonClicked.connect(self._on_clicked)
        self._page = PAGES[0]
        self.set_page(self._page)
        self._dressed = False
        self._make_room()

    @property
    def page(self) -> str:
        """The page shown as chosen."""
        return self._page

    def set_page(self, page: str) -> None:
        """Show a page as chosen, without asking for it; ValueError where there is no such page."""
        if page not in PAGES:
            raise ValueError(f"no page {page}")
        index = PAGES.index(page)
        self._page = page
        self._entries[index].setChecked(True)
        if not any(entry.hasFocus() for entry in self._entries):
            self.set_tab_stop()

    def set_tab_stop(self, stop: RailEntry | None = None) -> None:
        """Make one entry the place where the Tab key enters the rail; without one it is the page that is shown."""
        for entry in self._entries:
            here = entry is stop if stop is not None else entry.page == self._page
            entry.setFocusPolicy(Qt.FocusPolicy.StrongFocus if here else Qt.FocusPolicy.ClickFocus)

    @property
    def collapsed(self) -> bool:
        """Whether only the pictures are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Show pictures only (the words become tooltips), or pictures and words."""
        if collapsed == self._collapsed:
            return
        self._collapsed = collapsed
        self._brand.setVisible(not collapsed)
        for entry in self._entries:
            entry.setText("" if collapsed else entry.word)
            entry.setToolTip(entry.word if collapsed else "")
        self._size()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between the entries."""
        here = next((place for place, entry in enumerate(self._entries) if entry.hasFocus()), 0)
        last = len(self._entries) - 1
        target = {
            Qt.Key.Key_Up: max(here - 1, 0),
            Qt.Key.Key_Down: min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
            return
        self._entries[target].setFocus(Qt.FocusReason.TabFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme and the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_dressed"):
            self._make_room()
            if self._dressed:
                self._dress()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rail; its pictures come right after its words were first on screen, which they would hold up."""
        super().paintEvent(event)
        if not self._dressed:
            self._dressed = True
            QTimer.singleShot(0, self, self._dress)

    def _on_clicked(self, entry: RailEntry) -> None:
        wish = entry.page
        self.set_page(self._page)  # the window answers with set_page once the page is shown
        self.page_requested.emit(wish)

    def _make_room(self) -> None:
        """Leave the pictures' room empty, so that nothing moves when they come."""
        side = self._side()
        room = QPixmap(side, side)
        room.fill(Qt.GlobalColor.transparent)
        for entry in self._entries:
            entry.setIcon(QIcon(room))
            entry.setIconSize(QSize(side, side))
        self._size()

    def _dress(self) -> None:
        from interview_coach.ui import icons  # late: QtSvg is not on the way to the first paint

        theme, side = current_theme(), self._side()
        for entry in self._entries:
            entry.setIcon(
                icons.icon(entry.page, theme.color("muted"), theme.icons, side, checked=theme.color("accent"))
            )

    @staticmethod
    def _side() -> int:
        return round(_ICON * current_theme().text_scale)

    def _size(self) -> None:
        theme = current_theme()
        side = self._side()
        word = 0
        if not self._collapsed:
            metrics = QFontMetrics(theme.font("body", strong=True))
            word = max(metrics.horizontalAdvance(entry.word) for entry in self._entries) + 8
            brand = metrics.horizontalAdvance(self._brand.text()) + 8
            word = max(word, brand - side)
        self.setFixedWidth(24 + 24 + side + word + (12 if word else 1))
