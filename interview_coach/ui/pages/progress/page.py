"""Progress, plain: the sessions, the attempts of one, and one attempt beside what it was compared with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.models import Attempt, AttemptState, Mode, PointStatus, SessionState
from interview_coach.services.figures import FiguresService
from interview_coach.services.progress import AttemptDetail, AttemptEntry, ProgressService, SessionEntry
from interview_coach.ui import moments
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.pages.progress.attempt import AttemptText
from interview_coach.ui.pages.progress.pictures import Pictures
from interview_coach.ui.rating_words import own_scores
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.charts.chart import Chart, Mark
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: The parts of the page, by their place in it.
_PICTURES, _SESSIONS, _ATTEMPTS, _ATTEMPT, _NOTHING = range(5)


class ProgressPage(QWidget):
    """Pictures first; a mark in one, or a session, opens its attempts, Enter one of them, and Esc leads back.

    Del moves attempts to Trash. ``picture_requested`` carries a Chart and what is to be done with its picture.
    """

    today_requested = Signal()
    history_requested = Signal(int, int)
    picture_requested = Signal(object, str)
    damage_met = Signal(object)

    def __init__(
        self,
        progress: ProgressService,
        figures: FiguresService,
        deeds: Deeds,
        commands: Commands,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("progress_page")
        set_role(self, "page")
        self._progress = progress
        self._deeds = deeds
        self._commands = commands
        commands.delete.triggered.connect(self._on_delete)
        commands.attempts.triggered.connect(self._on_history)
        self._session: SessionEntry | None = None
        self._session_entries: dict[int, SessionEntry] = {}
        self._attempt_ids: tuple[int, ...] = ()
        self._mark: Mark | None = None
        self.pictures = Pictures(figures, tasks, self)
        self.pictures.sessions_requested.connect(self._show_sessions_afresh)
        self.pictures.mark_chosen.connect(self._open_mark)
        self.pictures.picture_requested.connect(self.picture_requested)
        self.pictures.damage_met.connect(self.damage_met)
        self._pages = QStackedWidget()
        parts = (self._sessions_list(), self._attempts_list(), self._attempt_view(), self._nothing_yet())
        for page in (self.pictures, *parts):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    @property
    def looking(self) -> bool:
        """Whether figures are still being counted."""
        return self.pictures.looking

    @property
    def chart(self) -> Chart | None:
        """The picture that has the focus, None where none has."""
        return self.pictures.chart if self._pages.currentIndex() == _PICTURES else None

    @property
    def session_in_sight(self) -> bool:
        """Whether the sessions are shown, or what is in one."""
        part = self._pages.currentIndex()
        return part == _SESSIONS or (part in (_ATTEMPTS, _ATTEMPT) and self._mark is None)

    @property
    def attempts_in_sight(self) -> tuple[int, ...]:
        """The one attempt that is chosen in the list of them, or open."""
        chosen = self._chosen_attempts() if self._pages.currentIndex() in (_ATTEMPTS, _ATTEMPT) else ()
        return chosen if len(chosen) == 1 else ()

    def refresh(self) -> None:
        """Show the pictures as they are now."""
        if not self._progress.any_session():
            self._show_part(_NOTHING)
            self._start.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_part(_PICTURES)
        self.pictures.take_focus()
        self.pictures.refresh()

    def renew(self) -> None:
        """Show the part that is shown afresh and leave the focus where it is; an attempt that is gone is left."""
        part = self._pages.currentIndex()
        if part in (_PICTURES, _NOTHING):
            self.refresh()
            return
        chosen, place = self._chosen_attempts(), next(iter(self.attempts.chosen_rows), 0)
        row = self.sessions.currentIndex().row()
        self._read_sessions()
        if self._session_entries:
            self.sessions.selectRow(min(max(row, 0), len(self._session_entries) - 1))
        if part in (_ATTEMPTS, _ATTEMPT):
            self._read_again()
            rows = [self._attempt_rows.row_of(attempt_id) for attempt_id in chosen]
            there = [row for row in rows if row >= 0]
            if self._attempt_ids:
                self.attempts.choose(there or [min(place, len(self._attempt_ids) - 1)])
            if part == _ATTEMPT and there:
                self._show_detail(self._progress.attempt(self._attempt_rows.id_at(there[0])))
            elif part == _ATTEMPT:
                self._show_attempts()
        self._offer()

    def _read_sessions(self) -> None:
        self._session_entries = {entry.session.id: entry for entry in self._progress.sessions()}
        self._session_rows.set_ids(tuple(self._session_entries))

    # --- the parts

    def _sessions_list(self) -> QWidget:
        self._session_rows: RowsModel[SessionEntry] = RowsModel(
            (
                (self.tr("Begun"), lambda entry: moments.day_and_time(entry.session.started)),
                (self.tr("Session"), lambda entry: entry.session.title or self.tr("All transcripts, by stage")),
                (self.tr("Mode"), self._mode_word),
                (self.tr("Answered"), self._answered_words),
                (self.tr("State"), self._state_word),
            ),
            lambda ids: [self._session_entries[session_id] for session_id in ids],
            self,
        )
        self.sessions = Table("session_table", self.tr("Sessions"), 1)
        self.sessions.show_rows(self._session_rows)
        self.sessions.opened.connect(self._open_session)
        hint = label(self.tr("Enter opens a session"), "small")
        back = button(self.tr("Back to the pictures"), "pictures_back_button")
        back.setShortcut("Esc")
        back.clicked.connect(self._back_to_pictures)
        return _page(label(self.tr("Sessions"), "title"), self.sessions, hint, WrappingRow((back,), ()))

    def _attempts_list(self) -> QWidget:
        self._attempt_rows: RowsModel[AttemptEntry] = RowsModel(
            (
                (self.tr("Stage"), lambda entry: entry.stage),
                (self.tr("Question"), lambda entry: entry.question.text),
                (self.tr("Words"), lambda entry: str(entry.words)),
                (self.tr("You, first"), lambda entry: own_scores(entry.attempt.first_rating)),
                (self.tr("And now"), lambda entry: own_scores(entry.attempt.second_look)),
                (self.tr("Points"), lambda entry: self._points_words(entry.attempt)),
                (self.tr("State"), self._attempt_word),
            ),
            self._progress.entries,
            self,
        )
        self.attempts = Table("attempt_table", self.tr("Attempts"), 1, many=True)
        self.attempts.show_rows(self._attempt_rows)
        self.attempts.chosen_changed.connect(self._offer)
        self.attempts.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.attempts.addAction(self._commands.delete)
        self.attempts.opened.connect(self._open_attempt)
        self._session_title = label("", "title", name="session_title")
        self._legend = label("", "small", name="attempts_legend")
        self._back = button(self.tr("Back to the sessions"), "sessions_back_button")
        self._back.setShortcut("Esc")
        self._back.clicked.connect(self._leave_attempts)
        self._delete_button = button(self.tr("Delete"), "attempt_delete_button")
        self._delete_button.clicked.connect(self._commands.delete.trigger)
        self._history_button = button(self.tr("Your answers over time"), "attempts_history_button")
        self._history_button.clicked.connect(self._commands.attempts.trigger)
        buttons = WrappingRow((self._back,), (self._history_button, self._delete_button))
        return _page(self._session_title, self.attempts, self._legend, buttons)

    def _attempt_view(self) -> QWidget:
        self._attempt_title = label("", "title", name="attempt_title")
        self.text = AttemptText(self.tr("The attempt"))
        back = button(self.tr("Back to the attempts"), "attempts_back_button")
        back.setShortcut("Esc")
        back.clicked.connect(self._show_attempts)
        delete = button(self.tr("Delete"), "attempt_delete_open_button")
        delete.clicked.connect(self._commands.delete.trigger)
        history = button(self.tr("Your answers over time"), "attempt_history_button")
        history.clicked.connect(self._commands.attempts.trigger)
        return _page(self._attempt_title, self.text, WrappingRow((back,), (history, delete)))

    def _nothing_yet(self) -> QWidget:
        words = label(self.tr("Your sessions and attempts will stand here once you have practised."), "body")
        self._start = button(self.tr("Go to Today"), "progress_today_button", role="primary")
        self._start.clicked.connect(self.today_requested)
        page = _page(label(self.tr("Progress"), "title"), words, self._start)
        page.content.addStretch()
        return page

    # --- opening

    def _show_part(self, part: int) -> None:
        self._pages.setCurrentIndex(part)
        self._offer()

    def _offer(self) -> None:
        """Let Delete be given where there are attempts to delete: in the list of them, and with one open."""
        part = self._pages.currentIndex()
        possible = part in (_ATTEMPTS, _ATTEMPT) and bool(self._chosen_attempts())
        if self._delete_button.hasFocus() and not possible:
            self.attempts.setFocus(Qt.FocusReason.OtherFocusReason)
        self._delete_button.setEnabled(possible)
        single = possible and len(self._chosen_attempts()) == 1
        self._history_button.setEnabled(single)
        if self.isVisible():
            commands = (self._commands.delete, self._commands.attempts) if single else (self._commands.delete,)
            self._commands.set_bank(commands if possible else ())

    def _chosen_attempts(self) -> tuple[int, ...]:
        number = self._attempt_rows.rowCount()
        return tuple(self._attempt_rows.id_at(row) for row in self.attempts.chosen_rows if row < number)

    def _on_delete(self) -> None:
        chosen = self._chosen_attempts()
        if chosen and self.isVisible():
            self._deeds.delete_attempts(chosen)

    def _on_history(self) -> None:
        chosen = self._chosen_attempts()
        if len(chosen) == 1 and self.isVisible():
            for entry in self._progress.entries(chosen):
                self.history_requested.emit(entry.question.id, entry.attempt.id)

    def _back_to_pictures(self) -> None:
        self._show_part(_PICTURES)
        self.pictures.take_focus(again=self._mark is not None)
        self.pictures.refresh()

    def _show_sessions_afresh(self) -> None:
        self._read_sessions()
        self._show_sessions()

    def _show_sessions(self) -> None:
        self._show_part(_SESSIONS)
        self.sessions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_attempts(self) -> None:
        self._show_part(_ATTEMPTS)
        self.attempts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_attempts(self) -> None:
        if self._mark is None:
            self._show_sessions()
        else:
            self._back_to_pictures()

    def _open_session(self, row: int) -> None:
        self._mark, self._session = None, self._session_entries[self._session_rows.id_at(row)]
        self._read_again()
        self._show_attempts()

    def _open_mark(self, mark: Mark) -> None:
        self._mark, self._session = mark, None
        self._read_again()
        self._show_attempts()

    def _read_again(self) -> None:
        """Read which attempts are behind the session or the mark that is open."""
        session = self._session
        if self._mark is not None:
            self._attempt_ids = self._progress.still_there(self._mark.attempt_ids)
            self._session_title.setText(self._mark.words)
            back, nothing = self.tr("Back to the pictures"), self.tr("None of these answers is there any more.")
        elif session is not None:
            entry = self._session_entries.get(session.session.id, session)
            attempts = self._progress.attempts(session_id=entry.session.id)
            self._attempt_ids = tuple(attempt.attempt.id for attempt in attempts)
            self._session_title.setText(entry.session.title or self.tr("All transcripts, by stage"))
            back, nothing = self.tr("Back to the sessions"), self.tr("This session has no answers.")
        else:
            return
        self._attempt_rows.set_ids(self._attempt_ids)
        self._back.setText(back)
        self._back.setAccessibleName(back)
        self._back.setShortcut("Esc")  # setText takes it away
        self._legend.setText(self._legend_words() if self._attempt_ids else nothing)

    def _open_attempt(self, row: int) -> None:
        self.attempts.choose([row])
        detail = self._progress.attempt(self._attempt_rows.id_at(row))
        self._show_detail(detail)
        self._show_part(_ATTEMPT)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, detail: AttemptDetail) -> None:
        attempt = detail.entry.attempt
        title = self.tr("Attempt {0}, {1}").format(attempt.number, moments.day_and_time(attempt.started))
        self._attempt_title.setText(self.tr("{0} · my reference").format(title) if detail.pinned else title)
        self.text.show_attempt(detail)

    # --- the words

    def _mode_word(self, entry: SessionEntry) -> str:
        return self.tr("mock interview") if entry.session.mode is Mode.MOCK else self.tr("practice")

    def _answered_words(self, entry: SessionEntry) -> str:
        return self.tr("{0} of {1}").format(entry.answered, entry.session.questions)

    def _state_word(self, entry: SessionEntry) -> str:
        return {
            SessionState.OPEN: self.tr("open"),
            SessionState.PAUSED: self.tr("paused"),
            SessionState.FINISHED: self.tr("finished"),
            SessionState.ABANDONED: self.tr("given up"),
        }[entry.session.state]

    def _attempt_word(self, entry: AttemptEntry) -> str:
        return {
            AttemptState.DRAFT: self.tr("draft"),
            AttemptState.SUBMITTED: self.tr("submitted"),
            AttemptState.SKIPPED: self.tr("skipped"),
        }[entry.attempt.state]

    def _legend_words(self) -> str:
        return self.tr("Scores stand for clarity / confidence / technical depth; Enter opens an attempt")

    def _points_words(self, attempt: Attempt) -> str:
        decided = [point for point in attempt.points if point.decided is not None]
        if not decided:
            return "–"
        said = sum(point.decided is PointStatus.SAID for point in decided)
        return self.tr("{0} of {1} said").format(said, len(attempt.points))


def _page(*parts: QWidget) -> Column:
    page = Column(widest=WIDEST_LIST)
    for part in parts:
        if isinstance(part, QPushButton):
            page.content.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            page.content.addWidget(part, 1 if isinstance(part, (Table, AttemptText)) else 0)
    return page
