"""Progress, plain: the sessions, the attempts of one, and one attempt beside what it was compared with."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    Criterion,
    DecidedPoint,
    Mode,
    PointStatus,
    SelfRating,
    SessionState,
)
from interview_coach.services.progress import AttemptDetail, AttemptEntry, ProgressService, SessionEntry
from interview_coach.services.references import PinnedAnswer, Reference
from interview_coach.ui import moments
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.rating_words import (
    answer_title,
    criterion_title,
    judge_sentence,
    note_line,
    own_scores,
    rating_line,
    same_scores_sentence,
)
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.conversation_text import ConversationText
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class ProgressPage(QWidget):
    """Enter opens a session's attempts, then an attempt; Esc or the button leads back. Del moves attempts to Trash."""

    today_requested = Signal()
    history_requested = Signal(int, int)

    def __init__(
        self, progress: ProgressService, deeds: Deeds, commands: Commands, parent: QWidget | None = None
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
        self._attempt_entries: dict[int, AttemptEntry] = {}
        self._pages = QStackedWidget()
        for page in (self._sessions_list(), self._attempts_list(), self._attempt_view(), self._nothing_yet()):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def refresh(self) -> None:
        """Show the sessions as they are now."""
        self._read_sessions()
        if not self._session_entries:
            self._show_part(3)
            self._start.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._show_sessions()

    def renew(self) -> None:
        """Show the part that is shown afresh and leave the focus where it is; an attempt that is gone is left."""
        part, session = self._pages.currentIndex(), self._session
        chosen, place = self._chosen_attempts(), next(iter(self.attempts.chosen_rows), 0)
        row = self.sessions.currentIndex().row()
        self._read_sessions()
        if self._session_entries:
            self.sessions.selectRow(min(max(row, 0), len(self._session_entries) - 1))
        if part in (1, 2) and session is not None:
            self._read_attempts(self._session_entries.get(session.session.id, session))
            rows = [self._attempt_rows.row_of(attempt_id) for attempt_id in chosen]
            there = [row for row in rows if row >= 0]
            if self._attempt_entries:
                self.attempts.choose(there or [min(place, len(self._attempt_entries) - 1)])
            if part == 2 and there:
                self._show_detail(self._progress.attempt(self._attempt_rows.id_at(there[0])))
            elif part == 2:
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
        return _page(label(self.tr("Progress"), "title"), self.sessions, hint)

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
            lambda ids: [self._attempt_entries[attempt_id] for attempt_id in ids],
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
        back = button(self.tr("Back to the sessions"), "sessions_back_button")
        back.setShortcut("Esc")
        back.clicked.connect(self._show_sessions)
        self._delete_button = button(self.tr("Delete"), "attempt_delete_button")
        self._delete_button.clicked.connect(self._commands.delete.trigger)
        self._history_button = button(self.tr("Your answers over time"), "attempts_history_button")
        self._history_button.clicked.connect(self._commands.attempts.trigger)
        buttons = WrappingRow((back,), (self._history_button, self._delete_button))
        return _page(self._session_title, self.attempts, self._legend, buttons)

    def _attempt_view(self) -> QWidget:
        self._attempt_title = label("", "title", name="attempt_title")
        self.text = ConversationText("attempt_text", self.tr("The attempt"))
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
        possible = part in (1, 2) and bool(self._chosen_attempts())
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
            entry = self._attempt_entries[chosen[0]]
            self.history_requested.emit(entry.question.id, entry.attempt.id)

    def _show_sessions(self) -> None:
        self._show_part(0)
        self.sessions.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_attempts(self) -> None:
        self._show_part(1)
        self.attempts.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_session(self, row: int) -> None:
        self._read_attempts(self._session_entries[self._session_rows.id_at(row)])
        self._show_attempts()

    def _read_attempts(self, entry: SessionEntry) -> None:
        self._session = entry
        attempts = self._progress.attempts(session_id=entry.session.id)
        self._attempt_entries = {attempt.attempt.id: attempt for attempt in attempts}
        self._attempt_rows.set_ids(tuple(self._attempt_entries))
        self._session_title.setText(entry.session.title or self.tr("All transcripts, by stage"))
        self._legend.setText(self._legend_words() if attempts else self.tr("This session has no answers."))

    def _open_attempt(self, row: int) -> None:
        self.attempts.choose([row])
        detail = self._progress.attempt(self._attempt_rows.id_at(row))
        self._show_detail(detail)
        self._show_part(2)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_detail(self, detail: AttemptDetail) -> None:
        entry, attempt = detail.entry, detail.entry.attempt
        title = self.tr("Attempt {0}, {1}").format(attempt.number, moments.day_and_time(attempt.started))
        self._attempt_title.setText(self.tr("{0} · my reference").format(title) if detail.pinned else title)
        self.text.begin()
        self.text.add_heading(entry.stage)
        self.text.add_question(entry.question.text)
        self.text.add_heading(self.tr("Your answer"))
        nothing = self.tr("Nothing typed: “I don’t know yet”.")
        if attempt.state is AttemptState.SKIPPED:
            nothing = self.tr("Skipped, with nothing typed.")
        self.text.add_text(attempt.text if attempt.text.strip() else nothing)
        seconds = self.tr("{0} words · {1} s active").format(entry.words, round(attempt.seconds))
        self.text.add_note(seconds if attempt.blind else f"{seconds} · {self.tr('the reference had been seen before')}")
        first = self.tr("You, before looking: {0}") if attempt.blind else self.tr("You, first: {0}")
        self.text.add_note(first.format(_rating_words(attempt.first_rating, self)))
        if attempt.second_look.given:
            self.text.add_note(self.tr("And now: {0}").format(_rating_words(attempt.second_look, self)))
        if attempt.resolution:
            self.text.add_heading(self.tr("Next time I will"))
            self.text.add_text(attempt.resolution)
        self._add_reference(detail.reference)
        if attempt.points:
            self.text.add_heading(self.tr("Points"))
            for number, point in enumerate(attempt.points, 1):
                self.text.add_text(f"{number}  {self._point_words(point)}: {point.text}")
        self.text.end()

    def _add_reference(self, reference: Reference | None) -> None:
        if isinstance(reference, PinnedAnswer):
            day = moments.day(reference.day)
            self.text.add_heading(self.tr("My reference, attempt {0}, {1}").format(reference.number, day))
            self.text.add_text(reference.text)
        elif reference is not None:
            self.text.add_heading(f"{answer_title(reference.origin)} · {reference.transcript}")
            self.text.add_text(reference.text)
            if reference.note:
                self.text.add_note(note_line(reference.note))
            self.text.add_note(rating_line(reference.rating))
            self.text.add_note(judge_sentence(reference.origin))
            worth = same_scores_sentence(reference.same_scores)
            if worth:
                self.text.add_note(worth)

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

    def _point_words(self, point: DecidedPoint) -> str:
        decided = self._status_word(point.decided)
        if point.proposed is None or point.proposed is point.decided:
            return decided
        return self.tr("{0} (the program proposed: {1})").format(decided, self._status_word(point.proposed))

    def _status_word(self, status: PointStatus | None) -> str:
        return {
            None: self.tr("not decided"),
            PointStatus.SAID: self.tr("said"),
            PointStatus.PARTLY: self.tr("partly"),
            PointStatus.MISSED: self.tr("missed"),
            PointStatus.LEFT_OUT: self.tr("left out on purpose"),
        }[status]


def _rating_words(rating: SelfRating, page: QWidget) -> str:
    words = [
        f"{criterion_title(criterion)} {score}"
        for criterion in Criterion
        if (score := rating.score(criterion)) is not None
    ]
    return " · ".join(words) or page.tr("not rated")


def _page(*parts: QWidget) -> Column:
    page = Column(widest=WIDEST_LIST)
    for part in parts:
        if isinstance(part, QPushButton):
            page.content.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            page.content.addWidget(part, 1 if isinstance(part, (Table, ConversationText)) else 0)
    return page
