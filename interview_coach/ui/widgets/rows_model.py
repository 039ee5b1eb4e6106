"""A table over sorted ids: it holds the ids alone and fetches rows as they come into view."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

#: Rows that are fetched together.
_PAGE = 64

#: Rows that are held at most; the oldest are let go.
_HELD = 2048

Row = TypeVar("Row")
_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows behind a list of ids.

    ``fetch`` returns the rows of some ids in their order; ``columns`` are (heading, what a row shows there). Texts
    are plain data: a view paints them, nothing reads them as HTML.
    """

    def __init__(
        self,
        columns: Sequence[tuple[str, Callable[[Row], str]]],
        fetch: Callable[[Sequence[int]], Sequence[Row]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._fetch = fetch
        self._ids: Sequence[int] = ()
        self._rows: dict[int, Row] = {}

    def set_ids(self, ids: Sequence[int]) -> None:
        """Show other rows, or the same ones afresh."""
        self.beginResetModel()
        self._ids = ids
        self._rows.clear()
        self.endResetModel()

    def id_at(self, row: int) -> int:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, row_id: int) -> int:
        """Return the place of an id, -1 where it is not shown."""
        try:
            return self._ids.index(row_id)
        except ValueError:
            return -1

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Return a cell's text, on one line."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._row(index.row())
        return None if row is None else " ".join(self._columns[index.column()][1](row).split())

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return a column's heading."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section][0]
        return None

    def _row(self, place: int) -> Row | None:
        if place not in self._rows:
            if len(self._rows) > _HELD:
                self._rows.clear()
            start = place - place % _PAGE
            wanted = self._ids[start : start + _PAGE]
            self._rows.update(enumerate(self._fetch(wanted), start))
        return self._rows.get(place)
