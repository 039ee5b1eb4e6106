"""The list of questions behind its table: sorted ids, and rows that are fetched as they come into view."""

from array import array
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from interview_coach.domain.listing import Column
from interview_coach.domain.marking import Excerpt
from interview_coach.domain.search_language import Words
from interview_coach.services.searching import Elsewhere, ListedQuestion, Place
from interview_coach.ui import moments

#: Rows that are fetched together: about two screens full.
PAGE = 64

#: Rows that are held at most; the oldest are let go.
_HELD = 1024

_Index = QModelIndex | QPersistentModelIndex

translate = QCoreApplication.translate


class BankModel(QAbstractTableModel):
    """The rows of the list. ``fetch`` returns those of some ids in their order, marked with the words of a search."""

    def __init__(
        self,
        fetch: Callable[[Sequence[int], Sequence[Words]], Sequence[ListedQuestion]],
        columns: Sequence[Column],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self.columns = tuple(columns)
        self._ids: array[int] = array("q")
        self._words: tuple[Words, ...] = ()
        self._rows: dict[int, ListedQuestion] = {}
        self._glimpsed: set[int] = set()
        self._resting = False

    # --- what is shown

    @property
    def ids(self) -> "array[int]":
        """The ids of all rows, in their order."""
        return self._ids

    def show(self, ids: "array[int]", words: Sequence[Words], first: Sequence[ListedQuestion] = ()) -> None:
        """Show other rows, or the same ones afresh; ``first`` are the first of them, already fetched."""
        self.beginResetModel()
        self._ids = ids
        self._words = tuple(words)
        self._rows = dict(enumerate(first))
        self.endResetModel()

    def show_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def rest(self, *, resting: bool) -> None:
        """Fetch nothing for a while: rows that are not held stay empty until it ends."""
        was, self._resting = self._resting, resting
        if was and not resting and self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))

    def id_at(self, row: int) -> int:
        """Return the id of a row."""
        return self._ids[row]

    def row_of(self, question_id: int) -> int:
        """Return the place of a question, -1 where it is not shown."""
        try:
            return self._ids.index(question_id)
        except ValueError:
            return -1

    def take_glimpsed(self) -> tuple[int, ...]:
        """Return the questions of whose recorded answers a part was on screen since this was last asked."""
        taken = tuple(self._glimpsed)
        self._glimpsed.clear()
        return taken

    # --- what the cells paint

    def text_at(self, row: int, column: int) -> str:
        """Return a cell's text on one line, empty where its row is not there."""
        shown = self._row(row)
        return "" if shown is None else " ".join(_text(self.columns[column], shown).split())

    def shown(self, row: int) -> ListedQuestion | None:
        """Return a whole row to be painted, None where it is not there: what it shows counts as seen."""
        shown = self._row(row)
        where = None if shown is None else shown.elsewhere
        if shown is not None and where is not None and where.place is Place.ANSWER and where.excerpt is not None:
            self._glimpsed.add(shown.question.id)
        return shown

    # --- what a view asks

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  (Qt's own default)
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, and what a screen reader says of where words of the search stand."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text_at(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and self.columns[index.column()] is Column.TEXT:
            row = self._row(index.row())
            if row is not None and row.elsewhere is not None:
                lead, excerpt = elsewhere_words(row.elsewhere)
                return lead + excerpt.text
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return a column's heading, and what it means."""
        if orientation is Qt.Orientation.Horizontal:
            if role == Qt.ItemDataRole.DisplayRole:
                return heading(self.columns[section])
            if role == Qt.ItemDataRole.ToolTipRole:
                return meaning(self.columns[section]) or None
        return None

    def _row(self, place: int) -> ListedQuestion | None:
        if place not in self._rows and not self._resting:
            if len(self._rows) > _HELD:
                self._rows.clear()
            start = place - place % PAGE
            wanted = self._ids[start : start + PAGE]
            found = {row.question.id: row for row in self._fetch(wanted, self._words)}
            for number, question_id in enumerate(wanted, start):
                if question_id in found:  # one that is gone since stays an empty row until the list is renewed
                    self._rows[number] = found[question_id]
        return self._rows.get(place)


# --- words


def heading(column: Column) -> str:
    """Return a column's heading."""
    return {
        Column.STAGE: translate("bank", "Stage"),
        Column.TEXT: translate("bank", "Question"),
        Column.ATTEMPTS: translate("bank", "Attempts"),
        Column.RATING: translate("bank", "Lowest score"),
        Column.LAST: translate("bank", "Last answered"),
        Column.DUE: translate("bank", "Due"),
        Column.ASKED: translate("bank", "Times asked"),
        Column.ADDED: translate("bank", "Added"),
        Column.MARKS: translate("bank", "Marks"),
        Column.TAGS: translate("bank", "Tags"),
    }[column]


def meaning(column: Column) -> str:
    """Return what a column shows where its heading does not say all, else nothing."""
    return {
        Column.RATING: translate("bank", "The lowest score you gave yourself in the attempt you rated last"),
        Column.ASKED: translate("bank", "How many turns of your transcripts ask it"),
        Column.DUE: translate("bank", "The day on which it comes back"),
    }.get(column, "")


def widest(column: Column) -> str:
    """Return about the widest text of a column, to give it its first width."""
    return {
        Column.STAGE: "BEHAVIORAL",
        Column.MARKS: translate("bank", "suspended"),
        Column.TAGS: "databases, hard",
        Column.LAST: moments.day(date(2026, 12, 28)),
        Column.DUE: moments.day(date(2026, 12, 28)),
        Column.ADDED: moments.day(date(2026, 12, 28)),
    }.get(column, "100")


def place_word(place: Place) -> str:
    """Return the name of where words were found that are not in the question."""
    return {
        Place.ANSWER: translate("bank", "Recorded answer"),
        Place.ATTEMPT: translate("bank", "You"),
        Place.NOTE: translate("bank", "Note"),
        Place.TAG: translate("bank", "Tag"),
    }[place]


def elsewhere_words(elsewhere: Elsewhere) -> tuple[str, Excerpt]:
    """Return the name of where words were found outside of the question, and the piece around them."""
    hidden = Excerpt(translate("bank", "hidden until you open it"), ())
    return f"{place_word(elsewhere.place)}: ", elsewhere.excerpt or hidden


def _text(column: Column, row: ListedQuestion) -> str:
    match column:
        case Column.STAGE:
            return row.question.stage
        case Column.TEXT:
            return row.question.text
        case Column.ATTEMPTS:
            return str(row.attempts) if row.attempts else "–"
        case Column.RATING:
            return "–" if row.lowest is None else str(row.lowest)
        case Column.LAST:
            return "–" if row.last is None else moments.day(row.last)
        case Column.DUE:
            return "–" if row.due is None else moments.day(row.due)
        case Column.ASKED:
            return str(row.asked)
        case Column.ADDED:
            return moments.day(row.added)
        case Column.MARKS:
            flagged = [translate("bank", "flagged")] if row.question.flagged else []
            return ", ".join([*flagged, *([translate("bank", "suspended")] if row.question.suspended else [])])
        case Column.TAGS:
            return ", ".join(row.question.tags)
