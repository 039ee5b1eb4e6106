"""A table of rows to choose from by keyboard: arrows move, Enter opens, Tab leaves."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QItemSelection, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from interview_coach.ui.theme import current_theme

#: Least width of the column that takes what the others leave, at a text size of 100 %, in logical pixels.
_LEAST_STRETCHED = 180

#: Least height of a table at a text size of 100 %: a heading and a few rows.
_LEAST_HEIGHT = 150


class Table(QTableView):
    """Whole rows are chosen, one or, with ``many``, several: by Shift, Ctrl, Ctrl+A, or Ctrl+Space on the row.

    ``opened`` carries the row that Enter or a double click opens, ``chosen_changed`` tells of other rows chosen.
    """

    opened = Signal(int)
    chosen_changed = Signal()

    def __init__(
        self, name: str, title: str, stretched: int, parent: QWidget | None = None, *, many: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._stretched = stretched
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if many else modes.SingleSelection)
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
        # The headings show nothing of what is chosen, and would go through all rows at each paint to find it out.
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSelectionModel(QItemSelectionModel(model, header))
        model.modelReset.connect(self._on_reset)
        self.selectionModel().selectionChanged.connect(self._on_selection)
        self._on_reset()

    @property
    def chosen_rows(self) -> tuple[int, ...]:
        """The rows that are chosen, from the top."""
        selection = self.selectionModel().selection()
        parts = (selection.at(number) for number in range(selection.size()))
        ranges = sorted((part.top(), part.bottom()) for part in parts)
        return tuple(dict.fromkeys(row for top, bottom in ranges for row in range(top, bottom + 1)))

    def choose(self, rows: Sequence[int]) -> None:
        """Choose these rows and no others; the first of them is where the keys go on from."""
        if not rows:
            return
        model, last = self.model(), self.model().columnCount() - 1
        chosen = QItemSelection()
        for row in rows:
            chosen.select(model.index(row, 0), model.index(row, last))
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(model.index(rows[0], 0), flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self.scrollTo(model.index(rows[0], 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        ):
            self._on_opened()
        else:
            super().keyPressEvent(event)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Go to the first and last row with Home and End, since it is rows that are chosen here."""
        if action in (QAbstractItemView.CursorAction.MoveHome, QAbstractItemView.CursorAction.MoveEnd):
            modifiers |= Qt.KeyboardModifier.ControlModifier
        return super().moveCursor(action, modifiers)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_stretched"):
            self._fit_rows()

    def _fit_rows(self) -> None:
        scale = current_theme().text_scale
        self.setMinimumHeight(round(_LEAST_HEIGHT * scale))
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + round(16 * scale))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the width."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give one column what the others leave; where that is too little, the table scrolls sideways."""
        header = self.horizontalHeader()
        if header.count() <= self._stretched:
            return
        least = round(_LEAST_STRETCHED * current_theme().text_scale)
        others = sum(header.sectionSize(column) for column in range(header.count()) if column != self._stretched)
        if self.viewport().width() - others >= least:
            header.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Stretch)
        else:
            header.setSectionResizeMode(self._stretched, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(self._stretched, least)

    def _on_reset(self) -> None:
        header = self.horizontalHeader()
        header.setResizeContentsPrecision(50)
        for column in range(self.model().columnCount()):
            if column != self._stretched:
                header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self._fit_columns()
        if self.model().rowCount():
            self.selectRow(0)

    def _on_selection(self, *_: object) -> None:
        self.chosen_changed.emit()

    def _on_opened(self, *_: object) -> None:
        row = self.currentIndex().row()
        if row >= 0:
            self.opened.emit(row)
