"""The table of questions: its columns keep the width that they were given, and typing in it searches."""

from array import array
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from interview_coach.domain.listing import Column, Sorting
from interview_coach.domain.question_set import QuestionSet
from interview_coach.ui.pages.questions.model import BankModel, heading, widest
from interview_coach.ui.pages.questions.question_cell import Cell, QuestionCell, row_height
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.table import Table

#: Stretches of rows that are chosen again after the list was renewed; each of them slows down every paint.
_MOST_STRETCHES = 500


class QuestionTable(Table):
    """Rows of questions, many to be chosen. ``typed`` carries what is typed here, for the line that searches.

    ``sort_wanted`` carries the column whose heading was pressed.
    """

    typed = Signal(str)
    sort_wanted = Signal(object)

    def __init__(self, model: BankModel, title: str, parent: QWidget | None = None) -> None:
        self._bank = model
        self._with_excerpts = False
        self._nothing = ""
        super().__init__("question_table", title, model.columns.index(Column.TEXT), parent, many=True)
        self._cell, self._question_cell = Cell(model, self), QuestionCell(model, self)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(round(48 * current_theme().text_scale))
        header.sectionClicked.connect(self._on_heading)
        self.show_rows(model)

    def show_nothing(self, words: str) -> None:
        """Say, where there are no rows, why there are none."""
        self._nothing = words
        self.setAccessibleDescription(words)
        self.viewport().update()

    @property
    def listed_ids(self) -> "array[int]":
        """The ids of all rows, from the top."""
        return self._bank.ids

    @property
    def question_text(self) -> str:
        """The question of the current row, on one line."""
        row = self.currentIndex().row()
        return str(self._bank.index(row, self._bank.columns.index(Column.TEXT)).data() or "")

    @property
    def chosen_ids(self) -> "array[int]":
        """The ids of the chosen rows, from the top."""
        chosen = array("q")
        for top, bottom in self._stretches():
            chosen.extend(self._bank.ids[top : bottom + 1])
        return chosen

    def choose_ids(self, ids: Iterable[int], otherwise: int) -> None:
        """Choose these questions where they are shown, else the row that stands in the place ``otherwise``."""
        if not self._bank.ids:
            return
        rows = QuestionSet(ids).places(self._bank.ids)
        self._choose_stretches(_stretches(rows) or [(min(max(otherwise, 0), len(self._bank.ids) - 1),) * 2])

    def show_excerpts(self, shown: bool) -> None:
        """Make room for a second line in each row, or take it away."""
        if shown != self._with_excerpts:
            self._with_excerpts = shown
            self._fit_rows()

    def show_sorting(self, sorting: Sorting) -> None:
        """Show in a heading by what the list is sorted."""
        header = self.horizontalHeader()
        shown = sorting.by in self._bank.columns
        header.setSortIndicatorShown(shown)
        if shown and sorting.by is not None:
            orders = Qt.SortOrder
            order = orders.DescendingOrder if sorting.descending else orders.AscendingOrder
            header.setSortIndicator(self._bank.columns.index(sorting.by), order)

    def fit_columns(self) -> None:
        """Give every column the width that its usual texts need; the question takes what is left."""
        self._stretched = self._bank.columns.index(Column.TEXT)
        header, theme = self.horizontalHeader(), current_theme()
        body, small = QFontMetrics(theme.font()), QFontMetrics(theme.font("small", strong=True))
        side, arrow = round(28 * theme.text_scale), round(20 * theme.text_scale)
        for place, column in enumerate(self._bank.columns):
            self.setItemDelegateForColumn(place, self._question_cell if column is Column.TEXT else self._cell)
            if column is not Column.TEXT:
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                wide = max(body.horizontalAdvance(widest(column)), small.horizontalAdvance(heading(column)) + arrow)
                header.resizeSection(place, wide + side)
        self._fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand what is typed to the line that searches."""
        text = event.text()
        others = (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        )
        if text and text.isprintable() and not text.isspace() and not event.modifiers() & others:
            self.typed.emit(text)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows or, where there are none, why."""
        super().paintEvent(event)
        if self._nothing and not self._bank.ids:
            painter = QPainter(self.viewport())
            painter.setPen(current_theme().color("muted"))
            area = self.viewport().rect().adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(area, int(flags), self._nothing)
            painter.end()

    # --- what Table leaves to this one

    def _on_reset(self) -> None:
        """Leave widths and what is chosen to the page."""

    def _fit_rows(self) -> None:
        super()._fit_rows()
        if self.model() is not None:
            self._cell.follow_theme()
            self._question_cell.follow_theme()
        self.verticalHeader().setDefaultSectionSize(row_height(with_excerpts=self._with_excerpts))
        if self.model() is not None:
            self.fit_columns()

    def _stretches(self) -> list[tuple[int, int]]:
        """Return the stretches of chosen rows, from the top, each row in one of them."""
        selection, last = self.selectionModel().selection(), len(self._bank.ids) - 1
        ranges = sorted((selection.at(place).top(), selection.at(place).bottom()) for place in range(selection.size()))
        joined: list[tuple[int, int]] = []
        for top, bottom in ranges:
            start = max(top, joined[-1][1] + 1) if joined else top
            if start <= min(bottom, last):
                joined.append((start, min(bottom, last)))
        return joined

    def _choose_stretches(self, stretches: Sequence[tuple[int, int]]) -> None:
        model, flags = self._bank, QItemSelectionModel.SelectionFlag
        if len(stretches) > _MOST_STRETCHES:
            stretches = [(stretches[0][0],) * 2]
        chosen, last = QItemSelection(), model.columnCount() - 1
        for top, bottom in stretches:
            chosen.select(model.index(top, 0), model.index(bottom, last))
        first = model.index(stretches[0][0], 0)
        self.selectionModel().setCurrentIndex(first, flags.NoUpdate)
        self.selectionModel().select(chosen, flags.ClearAndSelect)
        self.scrollTo(first)

    def _on_heading(self, section: int) -> None:
        self.sort_wanted.emit(self._bank.columns[section])


def _stretches(rows: Sequence[int]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for row in rows:
        if joined and row == joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], row)
        else:
            joined.append((row, row))
    return joined
