"""A chart on a card: its title, what it says in words beside it, and what can be done with its picture."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.charts.chart import Chart
from interview_coach.ui.widgets.labels import button, label

#: From this width on the words stand beside the chart, at a text size of 100 %, in logical pixels.
_BESIDE = 720


class ChartCard(QFrame):
    """A chart with its words. ``picture_requested`` says what is to be done with the picture: "png", "svg", "print"."""

    picture_requested = Signal(str)

    def __init__(self, chart: Chart, parent: QWidget | None = None, *, choice: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        name = chart.objectName()
        self.chart = chart
        self.setObjectName(f"{name}_card")
        self.setAccessibleName(chart.accessibleName())
        self.title = label(chart.accessibleName(), "heading", self, name=f"{name}_title")
        self.summary = label("", "body", self, name=f"{name}_summary")
        self.current = label("", "muted", self, name=f"{name}_current")
        self._choice = choice
        self._picture = button(self.tr("Picture…"), f"{name}_picture_button", self, role="link")
        self._picture.setAccessibleName(self.tr("Save or print: {0}").format(chart.accessibleName()))
        self._picture.clicked.connect(self._open_menu)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        if choice is not None:
            head.addWidget(choice)
        head.addWidget(self._picture)
        shown = QVBoxLayout()
        shown.setSpacing(4)
        shown.addWidget(chart)
        shown.addWidget(self.current)
        shown.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(20)
        self._row.addLayout(shown, 5)
        self._row.addWidget(self.summary, 2, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self._row)
        chart.current_changed.connect(self.current.setText)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What Tab stops at, in its order: what is chosen for the chart, the chart, and its picture."""
        return (*(() if self._choice is None else (self._choice,)), self.chart, self._picture)

    def say(self, summary: str, *, drawn: bool = True) -> None:
        """Say what the chart says; where nothing is ``drawn`` yet, the words stand alone."""
        self.chart.say(summary)
        self.summary.setText(summary)
        self.chart.setVisible(drawn)
        self._picture.setVisible(drawn)
        current = self.chart.current
        self.current.setText("" if current is None else current.words)
        self.current.setVisible(drawn)
        self._fit()

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setObjectName(f"{self.chart.objectName()}_menu")
        for what, words in (
            ("png", self.tr("Save as a picture (PNG)…")),
            ("svg", self.tr("Save as a drawing (SVG)…")),
            ("print", self.tr("Print…")),
        ):
            menu.addAction(words).triggered.connect(lambda _=False, what=what: self.picture_requested.emit(what))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._picture.mapToGlobal(self._picture.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words below the chart where there is no room beside it."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        beside = self.width() >= _BESIDE * current_theme().text_scale and not self.chart.isHidden()
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction != self._row.direction():
            self._row.setDirection(direction)
