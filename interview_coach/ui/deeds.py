"""Changes to the bank as the window makes them: done by the service, told, and taken back by Ctrl+Z."""

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import PointsOwner
from interview_coach.domain.saved_searches import SavedSearch
from interview_coach.domain.trash import Deed, Done, TrashEntry
from interview_coach.services.by_hand import EditableQuestion, NewQuestion
from interview_coach.services.near_duplicates import NearDuplicates
from interview_coach.services.tending import Chosen, TendingService
from interview_coach.services.trash import Erased, TrashService
from interview_coach.ui import dialogs
from interview_coach.ui.deed_words import DeedWords
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.tasks import Tasks

if TYPE_CHECKING:  # seldom asked for
    from interview_coach.ui.merge_dialog import LookingDialog, Mergeable

#: More questions than this are deleted only after the person was asked.
ASK_ABOVE = 20

#: Changes of more rows than this are left to a task.
_AT_ONCE = 200

#: Seconds between two sentences about how far a change is.
TOLD_EVERY = 0.3

T = TypeVar("T")


class Deeds(QObject):
    """What the pages do to the bank. What may take long (a backup comes first, the file is rewritten) is a task's.

    ``begun`` is emitted with a sentence before something that may take long, and while it does with how far it is;
    ``failed`` when something was not done.
    ``done`` and ``taken_back`` carry a Done, ``erased`` an Erased: pages show the bank afresh then. ``changed`` is
    emitted when Undo has something else to take back; ``damage_met`` carries an error that nothing here can mend.
    """

    done = Signal(object)
    taken_back = Signal(object)
    erased = Signal(object)
    begun = Signal(str)
    failed = Signal()
    changed = Signal()
    damage_met = Signal(object)
    _advanced = Signal(int, int)

    def __init__(self, tending: TendingService, trash: TrashService, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._tending = tending
        self._trash = trash
        self._tasks = tasks
        self._window = window
        self._busy = False
        self._told_apart: set[frozenset[int]] = set()
        self._advanced.connect(self._on_advanced)
        self.words = DeedWords(self)

    @property
    def busy(self) -> bool:
        """Whether a deed is under way; no other is begun meanwhile."""
        return self._busy

    @property
    def last(self) -> Done | None:
        """The deed that ``undo`` would take back."""
        return self._tending.last

    @property
    def can_undo(self) -> bool:
        """Whether there is a deed to take back, and none under way."""
        return not self._busy and self._tending.last is not None

    # --- reading

    def known_tags(self) -> tuple[str, ...]:
        """Return every tag of the bank."""
        return self._tending.tags()

    def chosen(self, question_ids: Sequence[int]) -> Chosen:
        """Return what questions have in common."""
        return self._tending.chosen(question_ids)

    def entry(self, question_id: int) -> EditableQuestion | None:
        """Return a question to be changed, None where it is not there any more."""
        try:
            return self._tending.entry(question_id)
        except CoachError as error:
            if error.fault is not Fault.INPUT_MISSING:
                raise
            return None

    def show_reference(self, question_id: int) -> None:
        """Note that the reference of a question is on screen."""
        self._tending.show_reference(question_id)

    def in_trash(self) -> tuple[TrashEntry, ...]:
        """Return what lies in Trash, what was deleted last first."""
        return self._trash.listed()

    # --- questions

    def add(self, new: NewQuestion) -> str:
        """Add a question; return why not, for the dialog that holds the words, or nothing where it is done."""
        return self._do_from_dialog(Deed.ADDED, lambda: self._tending.add(new))

    def edit(self, question_id: int, new: NewQuestion) -> str:
        """Change a question; return why not, for the dialog that holds the words, or nothing where it is done."""
        return self._do_from_dialog(Deed.EDITED, lambda: self._tending.change(question_id, new))

    # --- references

    def set_points(self, owner: PointsOwner, texts: Sequence[str]) -> str:
        """Store the points that the person made, or none for the reference's own; return why not, or nothing."""
        return self._do_from_dialog(Deed.POINTS_CHANGED, lambda: self._tending.set_points(owner, texts))

    def annotate(self, turn_id: int, note: str) -> str:
        """Put a note on a recorded answer, or take it away where it is empty; return why not, or nothing."""
        return self._do_from_dialog(Deed.NOTED, lambda: self._tending.annotate(turn_id, note or None))

    def pin(self, attempt_id: int) -> None:
        """Let an answer of the person's be the reference of its question."""
        self._do(Deed.PINNED, lambda: self._tending.pin(attempt_id))

    def unpin(self, question_id: int) -> None:
        """Let the recorded answer be the reference of a question again."""
        self._do(Deed.UNPINNED, lambda: self._tending.unpin(question_id))

    def tag(self, question_ids: Sequence[int], add: Sequence[str], remove: Sequence[str]) -> None:
        """Put tags on questions and take others off."""
        begins = self._begins(question_ids)
        watch = self._watch()
        self._do(
            Deed.TAGGED, lambda: self._tending.tag(question_ids, add=add, remove=remove, on_progress=watch), begins
        )

    def flag(self, question_ids: Sequence[int]) -> None:
        """Flag questions; where all of them are flagged, take the flags away."""
        watch = self._watch()

        def flag() -> Done:
            flagged = not self._tending.chosen(question_ids).flagged
            return self._tending.flag(question_ids, flagged=flagged, on_progress=watch)

        self._do(Deed.FLAGGED, flag, self._begins(question_ids))

    def suspend(self, question_ids: Sequence[int]) -> None:
        """Suspend questions; where all of them are suspended, let them come again."""
        watch = self._watch()

        def suspend() -> Done:
            suspended = not self._tending.chosen(question_ids).suspended
            return self._tending.suspend(question_ids, suspended=suspended, on_progress=watch)

        self._do(Deed.SUSPENDED, suspend, self._begins(question_ids))

    def merge(self, into: int, other: int) -> None:
        """Let one question answer for another."""
        self._do(Deed.MERGED, lambda: self._tending.merge(into, other))

    def merge_from_dialog(self, into: int, other: int) -> str:
        """Let one question answer for another; return why not, for the dialog that shows both, or nothing."""
        return self._do_from_dialog(Deed.MERGED, lambda: self._tending.merge(into, other))

    def find_near_duplicates(self, question_ids: Sequence[int] | None = None) -> None:
        """Look for questions that may be one, of these or of the whole bank, and go through the pairs that are found.

        Pairs that the person told apart do not come again until the program ends.
        """
        if self._busy:
            return
        from interview_coach.ui import merge_dialog  # late: seldom asked for

        told_apart = frozenset(self._told_apart)

        def start(dialog: "LookingDialog") -> None:
            watch = self._watch(dialog)

            def go_on(read: int, questions: int) -> bool:
                watch(read, questions)
                return not dialog.is_enough

            def look() -> NearDuplicates:
                return self._tending.near_duplicates(question_ids, told_apart=told_apart, watch=go_on)

            self._tasks.run(look, dialog.end, dialog.fail)

        waited = merge_dialog.look_for(self._window, start)
        if waited.error is not None:
            self._refuse(self.tr("This was not done"), waited.error, Deed.MERGED)
        elif waited.found is not None:
            self._go_through(waited.found)

    def delete_questions(self, question_ids: Sequence[int]) -> None:
        """Move questions to Trash; the person is asked first where they are very many."""
        if len(question_ids) > ASK_ABOVE and not dialogs.confirm(
            self._window,
            self.tr("Move %n question(s) to Trash?", "", len(question_ids)),
            self.tr("Your answers to them go along. All of it can be put back for thirty days."),
            self.tr("Move to Trash"),
        ):
            return
        begins = self.tr("Moving to Trash …") if len(question_ids) > 1 else ""  # a backup comes first
        self._do(Deed.DELETED_QUESTIONS, lambda: self._tending.delete_questions(question_ids), begins)

    # --- saved searches

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """Return the searches that the person saved."""
        return self._tending.saved_searches()

    def save_search(self, name: str, text: str) -> str:
        """Save a search under a name; return why not, for the dialog that holds it, or nothing where it is done."""
        return self._do_from_dialog(Deed.SEARCH_SAVED, lambda: self._tending.save_search(name, text))

    def remove_search(self, search_id: int) -> None:
        """Remove a saved search."""
        self._do(Deed.SEARCH_REMOVED, lambda: self._tending.remove_search(search_id))

    # --- transcripts and attempts

    def delete_transcript(self, transcript_id: int) -> None:
        """Move a transcript to Trash."""
        begins = self.tr("Moving to Trash …")  # a backup comes first
        self._do(Deed.DELETED_TRANSCRIPT, lambda: self._tending.delete_transcript(transcript_id), begins)

    def delete_attempts(self, attempt_ids: Sequence[int]) -> None:
        """Move attempts to Trash."""
        begins = self.tr("Moving to Trash …") if len(attempt_ids) > 1 else ""  # a backup comes first
        self._do(Deed.DELETED_ATTEMPTS, lambda: self._tending.delete_attempts(attempt_ids), begins)

    # --- back, and away

    def undo(self) -> None:
        """Take the last deed back."""
        last = self._tending.last
        if self._busy or last is None:
            return
        begins = self.tr("Taking it back …") if last.count + last.along > _AT_ONCE else ""
        self._run(self._tending.undo, self._on_taken_back, self._on_not_taken_back, begins)

    def put_back(self, trash_id: int) -> None:
        """Put an entry of Trash back."""
        self._do(Deed.PUT_BACK, lambda: self._tending.put_back(trash_id))

    def erase(self, entries: Sequence[TrashEntry]) -> None:
        """Delete entries for good, once the person has said so."""
        if self._busy or not entries:
            return
        if len(entries) == 1:
            title = self.tr("Delete this for good?")
            lines = [self.words.entry(entries[0]), self.words.along(entries[0])]
        else:
            title = self.tr("Empty Trash?")
            lines = [self.tr("All %n entries of Trash go for good.", "", len(entries))]
        if any(entry.questions and not entry.transcripts for entry in entries):
            lines.append(self.tr("Transcripts that ask a deleted question keep it among their turns."))
        lines.append(self.tr("This cannot be taken back, and neither can what you changed before it."))
        text = "\n".join(line for line in lines if line)
        if dialogs.confirm(self._window, title, text, self.tr("Delete for good")):
            ids = tuple(entry.id for entry in entries)
            begins = self.tr("Deleting for good …")
            self._run(lambda: self._trash.erase(ids), self._on_erased, self._on_not_erased, begins)

    # --- how it is done

    def _watch(self, dialog: "LookingDialog | None" = None) -> Callable[[int, int], None]:
        """Return what tells, from the thread of a task, how far something with many questions is: now and then."""
        teller, signal = (self, self._advanced) if dialog is None else (dialog, dialog.told)
        last = time.monotonic()

        def watch(done: int, questions: int) -> None:
            nonlocal last
            now = time.monotonic()
            if now - last >= TOLD_EVERY and isValid(teller):
                last = now
                signal.emit(done, questions)

        return watch

    def _on_advanced(self, done: int, questions: int) -> None:
        if self._busy:
            share = self._window.locale().toString(100 * done // questions)
            self.begun.emit(self.tr("Changing %n question(s): {0} %", "", questions).format(share))

    def _go_through(self, found: NearDuplicates) -> None:
        said = self.words.looked_for_duplicates(found)
        if not found.pairs:
            self.begun.emit(said)
            return
        from interview_coach.ui import merge_dialog  # late: seldom asked for

        merged = merge_dialog.walk(
            self._window, found.pairs, self._look, self.merge_from_dialog, self._tell_apart, said
        )
        if merged == 0:
            self.begun.emit(self.tr("Nothing was merged"))

    def _look(self, question_id: int) -> "Mergeable | None":
        from interview_coach.ui.merge_dialog import Mergeable  # late: seldom asked for

        side = self._tending.side(question_id)
        return None if side is None else Mergeable(side.id, side.text, self.words.side(side))

    def _tell_apart(self, first: int, second: int) -> None:
        self._told_apart.add(frozenset((first, second)))

    def _begins(self, question_ids: Sequence[int]) -> str:
        return self.tr("Changing %n question(s) …", "", len(question_ids)) if len(question_ids) > _AT_ONCE else ""

    def _do_from_dialog(self, deed: Deed, work: Callable[[], Done]) -> str:
        """Do it at once; return why not, for the dialog that holds the words, or nothing where it is done."""
        if self._busy:
            return self.tr("Something else is still being done. Try again in a moment.")
        try:
            done = work()
        except CoachError as error:
            return self.words.refused(deed, error)
        self._on_done(done)
        return ""

    def _do(self, deed: Deed, work: Callable[[], Done], begins: str = "") -> None:
        if self._busy:
            return

        def refuse(error: BaseException) -> None:
            self._refuse(self.tr("This was not done"), error, deed)

        self._run(work, self._on_done, refuse, begins)

    def _run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[BaseException], None],
        begins: str = "",
    ) -> None:
        """Do it at once or, where ``begins`` says what begins, as a task; meanwhile nothing else is begun."""
        if not begins:
            try:
                outcome = work()
            except CoachError as error:
                on_failed(error)
            else:
                on_done(outcome)
            return

        def end(outcome: T) -> None:
            self._busy = False
            on_done(outcome)

        def fail(error: BaseException) -> None:
            self._busy = False
            on_failed(error)

        self._busy = True
        self.changed.emit()
        self.begun.emit(begins)
        self._tasks.run(work, end, fail)

    def _on_done(self, done: Done) -> None:
        self.changed.emit()
        self.done.emit(done)

    def _on_taken_back(self, done: Done | None) -> None:
        self.changed.emit()
        if done is not None:
            self.taken_back.emit(done)

    def _on_erased(self, erased: Erased) -> None:
        self.changed.emit()
        self.erased.emit(erased)
        dialogs.tell(self._window, self.tr("Deleted for good"), self.words.erased(erased))

    def _on_not_taken_back(self, error: BaseException) -> None:
        self._refuse(self.tr("This was not taken back"), error)

    def _on_not_erased(self, error: BaseException) -> None:
        self._refuse(self.tr("This did not work to its end"), error)

    def _refuse(self, title: str, error: BaseException, deed: Deed | None = None) -> None:
        self.changed.emit()
        self.failed.emit()
        raise_if_unexpected(error)
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)
        elif isinstance(error, CoachError) and deed is not None:
            dialogs.tell(self._window, title, self.words.refused(deed, error))
        elif isinstance(error, CoachError):
            dialogs.tell(self._window, title, self.words.not_taken_back(error))
        else:
            dialogs.tell(self._window, title, sentence(error))
