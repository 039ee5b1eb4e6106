"""A table of rows to choose from by keyboard: arrows move, Enter opens, Tab leaves."""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from interview_coach.ui.theme import current_theme


class Table(QTableView):
    """Whole rows are chosen. ``opened`` carries the row that Enter or a double click opens."""

    opened = Signal(int)

    def __init__(self, name: str, title: str, stretched: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._stretched = stretched
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(self._on_opened)
        self._fit_rows()

    def show_rows(self, model: QAbstractItemModel) -> None:
        """Show a model's rows; one column takes the room that the others leave."""
        self.setModel(model)
        model.modelReset.connect(self._on_reset)
        self._on_reset()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self._on_opened()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_stretched"):
            self._fit_rows()

    def _fit_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(
            self.fontMetrics().height() + round(16 * current_theme().text_scale)
        )

    def _on_reset(self) -> None:
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            stretched = column == self._stretched
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
        header.setResizeContentsPrecision(50)
        if self.model().rowCount():
            self.selectRow(0)

    def _on_opened(self, *_: object) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.opened.emit(row)
