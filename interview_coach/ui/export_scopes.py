"""What the page in sight offers to take out: what its tables show, and what is chosen in them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtWidgets import QWidget

from interview_coach.services.exporting import EVERYTHING, Chosen, Kind
from interview_coach.services.progress import ProgressService
from interview_coach.ui.export_words import ExportWords
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table

if TYPE_CHECKING:  # a page is imported when it is first shown
    from interview_coach.ui.pages.progress.page import ProgressPage
    from interview_coach.ui.pages.questions.table import QuestionTable

#: Letters of a question or a title that are told.
_LONGEST = 160

# Columns of the pages' tables.
_SESSION_BEGUN, _SESSION_TITLE, _TRANSCRIPT_TITLE = 0, 1, 0


@dataclass(frozen=True)
class Offer:
    """Something that can be taken out, what it is called, and which one it is where that does not say so."""

    chosen: Chosen
    words: str
    about: str = ""


def offers(
    page: QWidget | None, practised: int | None, progress: ProgressService, words: ExportWords
) -> tuple[Offer, ...]:
    """Return what can be taken out: first what the page in sight shows, last everything.

    ``practised`` is the session that the practice page shows.
    """
    found: list[Offer] = []
    name = "" if page is None else page.objectName()
    if page is not None and name == "questions_page":
        found = _questions(page, words)
    elif page is not None and name == "transcripts_page":
        found = _transcript(page, words)
    elif page is not None and name == "progress_page":
        found = _session(page, progress, words)
    elif name == "practice_page" and practised is not None:
        found = [Offer(Chosen(Kind.SESSION, (practised,)), words.this_session())]
    return (*found, Offer(EVERYTHING, words.everything()))


def _questions(page: QWidget, words: ExportWords) -> list[Offer]:
    table = cast("QuestionTable", page.findChild(QWidget, "question_table"))
    ids, chosen = tuple(table.listed_ids), tuple(table.chosen_ids)
    found = []
    if len(chosen) == 1:
        text = shortened(table.question_text)
        found.append(Offer(Chosen(Kind.QUESTIONS, chosen), words.this_question(), text))
    elif chosen and len(chosen) < len(ids):
        found.append(Offer(Chosen(Kind.QUESTIONS, chosen), words.chosen_questions(len(chosen))))
    if len(ids) > 1:
        found.append(Offer(Chosen(Kind.QUESTIONS, ids), words.shown_questions(len(ids))))
    return found


def _transcript(page: QWidget, words: ExportWords) -> list[Offer]:
    table, ids = _table(page, "transcript_table")
    row = table.currentIndex().row()
    if not 0 <= row < len(ids):
        return []
    title = _cell(table, row, _TRANSCRIPT_TITLE)
    return [Offer(Chosen(Kind.TRANSCRIPT, (ids[row],)), words.this_transcript(), title)]


def _session(page: QWidget, progress: ProgressService, words: ExportWords) -> list[Offer]:
    """Return the session that is chosen or open, and the question of the one attempt that is chosen."""
    found = []
    sessions, ids = _table(page, "session_table")
    row = sessions.currentIndex().row()
    if 0 <= row < len(ids) and cast("ProgressPage", page).session_in_sight:
        about = f"{_cell(sessions, row, _SESSION_TITLE)} · {_cell(sessions, row, _SESSION_BEGUN)}"
        found.append(Offer(Chosen(Kind.SESSION, (ids[row],)), words.this_session(), about))
    for entry in progress.entries(cast("ProgressPage", page).attempts_in_sight):
        text = shortened(entry.question.text)
        found.append(Offer(Chosen(Kind.QUESTIONS, (entry.question.id,)), words.this_question(), text))
    return found


def _table(page: QWidget, name: str) -> tuple[Table, tuple[int, ...]]:
    """Return a page's table, and the ids of its rows."""
    table = cast("Table", page.findChild(Table, name))
    model = cast("RowsModel[Any]", table.model())
    return table, tuple(model.id_at(row) for row in range(model.rowCount()))


def _cell(table: Table, row: int, column: int) -> str:
    return shortened(str(table.model().index(row, column).data() or ""))


def shortened(text: str, most: int = _LONGEST) -> str:
    """Return a text in one line of at most so many letters."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
