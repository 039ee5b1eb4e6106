"""The practice page: leads through the steps, saves what is typed, and renders one view."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QStackedWidget, QTextEdit, QVBoxLayout, QWidget

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import SelfRating
from interview_coach.domain.practice import Step
from interview_coach.domain.trash import Done
from interview_coach.services.clock import Stopwatch
from interview_coach.services.practice import PracticeService
from interview_coach.services.practice_session import PracticeSession
from interview_coach.services.practice_view import ComparisonView, PracticeView
from interview_coach.services.proposing import Proposal, get_ready
from interview_coach.ui import reference_dialogs
from interview_coach.ui.answer_copy import save_copy
from interview_coach.ui.autosave import Autosave
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.pages.practice.answer import AnswerPanel
from interview_coach.ui.pages.practice.compare import ComparePanel
from interview_coach.ui.pages.practice.done import DonePanel, NothingOpenPanel
from interview_coach.ui.pages.practice.rate import RatePanel
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.not_saved import NotSaved

if TYPE_CHECKING:  # late: nothing runs before the first paint
    from concurrent.futures import Future

_TICK = 1000

#: How long, in seconds, a step waits for what the program finds in an answer; most are looked through in a tenth of it.
_MOMENT = 0.3

T = TypeVar("T")


class PracticePage(QWidget):
    """One question at a time. The page asks the session, and shows the view that it answers with.

    ``stepped`` is emitted for every step, with its name where it is one to offer Undo for, else with nothing.
    """

    today_requested = Signal()
    progress_requested = Signal()
    history_requested = Signal(int, int)
    stepped = Signal(str)
    damage_met = Signal(object)

    def __init__(
        self, service: PracticeService, tasks: Tasks, deeds: Deeds, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("practice_page")
        set_role(self, "page")
        self._service = service
        self._tasks = tasks
        self._deeds = deeds
        self._commands = commands
        self._session: PracticeSession | None = None
        self._view: PracticeView | None = None
        self._done_here: list[Done] = []  # what Undo takes back before the step itself, the last first
        self._looked_at: PracticeView | None = None
        self._look: Future[tuple[PracticeView, Proposal]] | None = None
        self._ready_to_look = False
        self._stopwatch = Stopwatch()
        self._autosave = Autosave(tasks, self._collect, self)
        self._ticks = QTimer(self)
        self._ticks.setInterval(_TICK)

        self.not_saved = NotSaved()
        self.not_saved.copy_requested.connect(self._save_copy)
        self.answer = AnswerPanel(commands)
        self.rate = RatePanel(commands)
        self.compare = ComparePanel(commands)
        self.done = DonePanel()
        self.nothing = NothingOpenPanel()
        self._panels = QStackedWidget()
        for panel in (self.nothing, self.answer, self.rate, self.compare, self.done):
            self._panels.addWidget(panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._panels, 1)
        self._connect()

    # --- for the window

    def open(self, session_id: int) -> None:
        """Go on with a session; raises CoachError where it cannot be read."""
        self._session = self._service.session(session_id)
        self._view = None
        self._render(self._session.view())

    @property
    def session_id(self) -> int | None:
        """The session that is shown, None where there is none."""
        return None if self._session is None else self._session.id

    def refresh(self) -> None:
        """Show the session again, or the one that was left last where none is open here."""
        if self._session is None:
            last = self._service.to_resume()
            if last is not None:
                self.open(last)
                return
        if self._session is None:
            self._panels.setCurrentWidget(self.nothing)
            self._commands.set_practice(())
            self.nothing.take_focus()
            return
        stored = self._autosave.flush()
        self._render(self._session.view(), renew=stored)

    def renew(self) -> None:
        """Show the step afresh after the bank was changed; what is typed and where the focus is stay."""
        if self._session is not None and self._view is not None and self._view.step is Step.COMPARE:
            if not self._autosave.flush():
                return
            view = self._attempt_step(self._session.view)
            if view is not None and view.comparison is not None and view.attempt_id == self._view.attempt_id:
                self._render_comparison(view, view.comparison, renewed=True)

    @property
    def looking(self) -> bool:
        """Whether the program still looks through the answer that is compared."""
        return self._looked_at is not None and self._looked_at is self._view

    def leave(self) -> None:
        """Another page comes: store what is typed, stop the time."""
        self._ticks.stop()
        self._stopwatch.pause()
        self._autosave.flush()
        self._commands.set_practice(())

    def store(self) -> bool:
        """Store what is typed at once and stay; return whether all is stored."""
        if self._session is None or self._view is None or self._view.step is Step.DONE:
            return True
        self._autosave.note_change()  # whatever went wrong, what is on screen is what counts
        return self._autosave.flush()

    def abandon(self) -> None:
        """Save nothing any more: the data is closed."""
        self._ticks.stop()
        self._autosave.abandon()
        self.not_saved.deleteLater()
        self._session = None
        self._view = None

    def put_away(self) -> bool:
        """Store all and pause the session, since the window closes; return whether all is stored."""
        self._ticks.stop()
        self._stopwatch.pause()
        if self._session is None or self._view is None or self._view.step is Step.DONE:
            return True
        if self._view.step is Step.ANSWER:
            self._autosave.note_change()  # the seconds since the last key are worth keeping, too
        stored = self._autosave.flush()
        if stored:
            self._attempt_step(self._session.pause)
        return stored

    # --- rendering

    def _render(self, view: PracticeView, *, renew: bool = False) -> None:
        """Write every widget from one view; ``renew`` shows the same comparison afresh, all of it being stored."""
        before = self._view
        same = before is not None and (before.attempt_id, before.step) == (view.attempt_id, view.step)
        if same and before is not None and view.step is Step.COMPARE and not renew:
            view = before  # what is on screen, and being looked through
        self._view = view
        if not same:
            self._done_here.clear()
        if view.step is Step.ANSWER:
            self._render_answer(view, keep_text=same)
        elif view.step is Step.RATE:
            if not same:
                self.rate.show_view(view)
            self._panels.setCurrentWidget(self.rate)
            self._get_ready_to_look()
            self._allow(self._commands.go_on, self._commands.pause, self._commands.undo)
            self.rate.take_focus()
        elif view.step is Step.COMPARE and view.comparison is not None:
            if not same or renew:
                self._render_comparison(view, view.comparison, renewed=same)
            self._panels.setCurrentWidget(self.compare)
            self._allow(*self._commands_of_compare(view.comparison))
            self.compare.take_focus()
        elif view.summary is not None:
            self.done.show_view(view, view.summary)
            self._panels.setCurrentWidget(self.done)
            self._allow(self._commands.undo)
            self.done.take_focus()
        if view.step is not Step.ANSWER:
            self._ticks.stop()
            self._stopwatch.pause()

    def _render_comparison(self, view: PracticeView, comparison: ComparisonView, *, renewed: bool = False) -> None:
        """Show an answer beside its reference, and let what the program finds in it follow."""
        self._view = view
        self.compare.show_view(view, comparison, renewed=renewed)
        self._commands.pin.setChecked(comparison.pinned)
        if renewed:
            self._allow(*self._commands_of_compare(comparison))
        session, attempt_id = self._session, view.attempt_id
        texts = tuple(point.text for point in comparison.points)
        self._looked_at = None if session is None else view
        if session is not None:
            self._look = self._tasks.run(
                lambda: (view, session.propose(attempt_id, texts)),
                self._on_proposal,
                self._on_no_proposal,
                lane=Lane.SHOWING,
            )

    def _commands_of_compare(self, comparison: ComparisonView) -> Sequence[QAction]:
        commands = self._commands
        possible = [commands.go_on, commands.pause, commands.undo, commands.try_again]
        if comparison.editable:
            possible.append(commands.edit_points)
        if comparison.reference is not None:
            possible.append(commands.whole_text)
        if comparison.recorded is not None:
            possible.append(commands.note)
        if comparison.earlier:
            possible.append(commands.attempts)
        if comparison.pinnable:
            possible.append(commands.pin)
        return possible

    def _get_ready_to_look(self) -> None:
        """Load what Compare will need while the person rates their answer, once."""
        if not self._ready_to_look:
            self._ready_to_look = True
            self._tasks.run(get_ready, self._on_ready, self._on_not_ready, lane=Lane.SHOWING)

    def _on_ready(self, _: None) -> None:
        """Nothing is waiting for it."""

    def _on_not_ready(self, error: BaseException) -> None:
        raise error

    def _on_proposal(self, outcome: tuple[PracticeView, Proposal]) -> None:
        view, proposal = outcome
        if self._view is view:
            self._looked_at = None
            self.compare.show_proposal(proposal)

    def _wait_for_proposal(self) -> None:
        """Give the program a moment to find what it looks for, so that it can be stored beside what is decided."""
        look = self._look
        if self.looking and look is not None and self._tasks.wait(look, _MOMENT) and look.exception() is None:
            self._on_proposal(look.result())

    def _on_no_proposal(self, error: BaseException) -> None:
        """Without a proposal the points are the person's to decide, as they are anyway."""
        self._looked_at = None
        raise_if_unexpected(error)
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)

    def _render_answer(self, view: PracticeView, *, keep_text: bool) -> None:
        if not keep_text:
            self._stopwatch.pause()
            self._stopwatch.set(view.seconds)
        self.answer.show_view(view, self._service.preferences.words_a_minute, keep_text=keep_text)
        self._commands.flag.setChecked(view.flagged)
        self._panels.setCurrentWidget(self.answer)
        self._allow(
            self._commands.go_on,
            self._commands.skip,
            self._commands.flag,
            self._commands.pause,
            self._commands.undo,
        )
        self.answer.take_focus()
        self._stopwatch.start()
        self._ticks.start()
        self._tick()

    def _allow(self, *actions: QAction) -> None:
        self._commands.set_practice(actions)

    def _tick(self) -> None:
        if self._view is not None:
            seconds = self._stopwatch.tick()
            self.answer.head.show_time(seconds, self._view.aim, shown=self._service.preferences.show_timer)

    # --- wiring

    def _connect(self) -> None:
        commands = self._commands
        commands.go_on.triggered.connect(self._go_on)
        commands.skip.triggered.connect(self._skip)
        commands.flag.triggered.connect(self._flag)
        commands.pause.triggered.connect(self._pause)
        commands.try_again.triggered.connect(self._try_again)
        commands.whole_text.triggered.connect(self._whole_text)
        commands.edit_points.triggered.connect(self._edit_points)
        commands.note.triggered.connect(self._edit_note)
        commands.attempts.triggered.connect(self._show_history)
        commands.pin.triggered.connect(self._pin)
        self.compare.unpin_requested.connect(self._unpin)
        self._deeds.done.connect(self._on_deed)
        self.answer.changed.connect(self._autosave.note_change)
        self.rate.changed.connect(self._autosave.note_change)
        self.rate.unrated_requested.connect(self._dont_rate)
        self.compare.changed.connect(self._autosave.note_change)
        self.done.today_requested.connect(self.today_requested)
        self.done.progress_requested.connect(self.progress_requested)
        self.nothing.today_requested.connect(self.today_requested)
        self._autosave.saved.connect(self._on_saved)
        self._autosave.failed.connect(self._on_not_saved)
        self._ticks.timeout.connect(self._tick)
        self.answer.editor.installEventFilter(self)
        self.compare.line.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z take the last step back where an editor has no typing to take back; save when focus leaves.

        The Enter that led from the points to the line, held a little long, does not go on to the next question.
        """
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.matches(QKeySequence.StandardKey.Undo)
            and not _can_undo_typing(watched)
        ):
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusOut and self._autosave.unsaved:
            self._autosave.hurry()
        if watched is self.compare.line and _is_held_enter(event):
            return True
        return super().eventFilter(watched, event)

    # --- what the person does

    def _go_on(self) -> None:
        session, view = self._session, self._view
        if session is None or view is None:
            return
        if view.step is Step.ANSWER:
            text, seconds = self.answer.editor.text(), self._stopwatch.tick()
            self._take(lambda: session.submit(text, seconds), "submitted")
        elif view.step is Step.RATE:
            rating = self.rate.rating
            self._take(lambda: session.rate(rating), "rated" if rating.given else "not rated")
        elif view.step is Step.COMPARE:
            self._wait_for_proposal()
            decided, look, line = self.compare.decided, self.compare.second_look, self.compare.resolution
            grade = self.compare.grade
            self._take(lambda: session.finish_question(decided, look, line, grade))

    def _dont_rate(self) -> None:
        session = self._session
        if session is not None:
            self._take(lambda: session.rate(SelfRating()), "not rated")

    def _skip(self) -> None:
        session = self._session
        if session is not None:
            text, seconds = self.answer.editor.text(), self._stopwatch.tick()
            self._take(lambda: session.skip(text, seconds), "skipped")

    def _try_again(self) -> None:
        session = self._session
        if session is not None:
            self._wait_for_proposal()
            decided, look, line = self.compare.decided, self.compare.second_look, self.compare.resolution
            grade = self.compare.grade
            self._take(lambda: session.try_again(decided, look, line, grade))

    def _flag(self) -> None:
        session, view = self._session, self._view
        if session is not None and view is not None:
            flagged = self._attempt_step(lambda: session.flag(view.question_id, not view.flagged))
            if flagged is not None:
                self._view = flagged
                self._commands.flag.setChecked(flagged.flagged)
                self.answer.show_flag(flagged=flagged.flagged)

    def _pause(self) -> None:
        if self.put_away():
            self._session = None
            self._view = None
            self.today_requested.emit()

    def _whole_text(self) -> None:
        self.compare.show_whole(whole=self._commands.whole_text.isChecked())

    # --- references

    def _edit_points(self) -> None:
        view = self._view
        if view is None or view.comparison is None:
            return
        comparison = view.comparison
        whole = "" if comparison.reference is None else comparison.reference.text
        reference_dialogs.edit_points(
            self,
            whole,
            [point.text for point in comparison.points],
            comparison.own_points,
            self.compare.reference.current,
            lambda texts: self._deeds.set_points(comparison.owner, texts),
        )

    def _edit_note(self) -> None:
        recorded = None if self._view is None or self._view.comparison is None else self._view.comparison.recorded
        if recorded is not None and self.isVisible():
            turn_id = recorded.turn_id
            reference_dialogs.edit_note(
                self, recorded.text, recorded.note or "", lambda note: self._deeds.annotate(turn_id, note)
            )

    def _show_history(self) -> None:
        if self._view is not None and self.isVisible():
            self.history_requested.emit(self._view.question_id, self._view.attempt_id)

    def _pin(self) -> None:
        view = self._view
        if view is None or view.comparison is None:
            return
        if view.comparison.pinned:
            self._deeds.unpin(view.question_id)
        else:
            self._deeds.pin(view.attempt_id)
        self._show_pin()

    def _unpin(self) -> None:
        if self._view is not None:
            self._deeds.unpin(self._view.question_id)

    def _show_pin(self) -> None:
        """Let button and menu say what is pinned, not what was pressed."""
        comparison = None if self._view is None else self._view.comparison
        pinned = comparison is not None and comparison.pinned
        self._commands.pin.setChecked(pinned)
        self.compare.pin.setChecked(pinned)

    # --- back

    def _on_deed(self, done: Done) -> None:
        """Let Undo take back a deed that was done while a step is shown before it takes back the step."""
        if self.isVisible():
            self._done_here.append(done)

    def undo(self) -> None:
        """Take back typing where there is some, else what was last done to the bank in this step, else the step."""
        focused = QApplication.focusWidget()
        if _can_undo_typing(focused):
            focused.undo()  # type: ignore[union-attr]
            return
        while self._done_here and not self._deeds.busy:
            if self._done_here.pop() is self._deeds.last:  # another one was taken back already, from its message
                self._deeds.undo()
                return
        self.take_step_back()

    def take_step_back(self) -> None:
        """Take the last step back, whatever was typed since; no word of it is lost."""
        session = self._session
        if session is not None and self._autosave.flush():
            self._take(session.undo)

    def _take(self, step: Callable[[], PracticeView], name: str = "") -> None:
        """Take a step: what it stores comes with it, so what is still on its way as a draft is left be.

        ``name`` is what to call it where it can be taken back right after.
        """
        self._autosave.settle()
        view = self._attempt_step(step)
        if view is not None:
            self._autosave.forget()
            self._render(view)
            self.stepped.emit(name)

    def _attempt_step(self, step: Callable[[], T]) -> T | None:
        try:
            done = step()
        except CoachError as error:
            self._on_not_saved(error)
            self._autosave.note_change()  # what the step would have stored is tried again as a draft
            return None
        self.not_saved.hide()
        return done

    # --- saving

    @property
    def unsaved_text(self) -> str:
        """What is typed and not in the database: the answer, or the line for next time; empty where all is stored."""
        if self._view is None or not self._autosave.unsaved:
            return ""
        return self._typed()

    def _typed(self) -> str:
        if self._view is None:
            return ""
        if self._view.step is Step.ANSWER:
            return f"{self._view.question}\n\n{self.answer.editor.text()}\n"
        text = f"{self._view.question}\n\n{self._view.text}\n"
        line = self.compare.resolution if self._view.step is Step.COMPARE else ""
        return text + (self.tr("\nNext time I will {0}\n").format(line) if line else "")

    def _save_copy(self) -> None:
        """Write what is typed into a file that the person chooses, while the database does not take it."""
        save_copy(self, self._typed())

    def _collect(self) -> Callable[[], Any]:
        """Gather, on the GUI thread, what to store off it."""
        session, view = self._session, self._view
        if session is None or view is None:
            return lambda: None
        attempt_id = view.attempt_id
        if view.step is Step.ANSWER:
            text, seconds = self.answer.editor.text(), self._stopwatch.tick()
            return lambda: session.save_draft(attempt_id, text, seconds)
        if view.step is Step.RATE:
            rating = self.rate.rating
            return lambda: session.set_rating(attempt_id, rating)
        if view.step is Step.COMPARE:
            decided, look, line = self.compare.decided, self.compare.second_look, self.compare.resolution
            return lambda: session.set_comparison(attempt_id, decided, look, line)
        return lambda: None

    def _on_saved(self, moment: object) -> None:
        self.not_saved.hide()
        if self._view is not None and self._view.step is Step.ANSWER and moment is not None:
            self.answer.show_saved(moment)  # type: ignore[arg-type]

    def _on_not_saved(self, error: BaseException) -> None:
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)
            return
        reason = sentence(error)
        self.answer.show_not_saved(reason)
        self.not_saved.show_reason(reason)


def _is_held_enter(event: QEvent) -> bool:
    return (
        event.type() == QEvent.Type.KeyPress
        and isinstance(event, QKeyEvent)
        and event.isAutoRepeat()
        and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    )


def _can_undo_typing(editor: object) -> bool:
    if isinstance(editor, QTextEdit):
        return not editor.isReadOnly() and editor.document().isUndoAvailable()
    return isinstance(editor, QLineEdit) and editor.isUndoAvailable()
