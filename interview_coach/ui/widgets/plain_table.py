"""A short table to choose a row of: plain texts, all of them there at once."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHeaderView, QTableWidget, QWidget


def plain_table(
    name: str, title: str, headings: Sequence[str], rows: int, parent: QWidget, *, widest: int = 0
) -> QTableWidget:
    """Return an empty table of so many rows; the column ``widest`` takes the room that the others leave.

    Tab leaves it, the arrow keys choose a row, nothing in it can be edited.
    """
    table = QTableWidget(rows, len(headings), parent)
    table.setObjectName(name)
    table.setAccessibleName(title)
    table.setHorizontalHeaderLabels(list(headings))
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
    table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setSectionResizeMode(widest, QHeaderView.ResizeMode.Stretch)
    return table
