"""Tending the bank: questions added, changed, tagged, suspended, merged; points, notes and pins of their references.

All of it, and every deletion, can be taken back.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from interview_coach.domain.backups import Reason
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import PointsOwner, PointsOwnerKind
from interview_coach.domain.saved_searches import SavedSearch
from interview_coach.domain.trash import Deed, Done, TrashKind
from interview_coach.services import by_hand
from interview_coach.services.by_hand import EditableQuestion, NewQuestion
from interview_coach.services.clock import Clock
from interview_coach.services.guards import keep_turns_apart, see_answered, see_in_bank, see_recorded
from interview_coach.services.near_duplicates import (
    MOST_PAIRS,
    MergeSide,
    NearDuplicates,
    Watch,
    near_duplicates,
    side,
)
from interview_coach.services.references import note_seen
from interview_coach.services.typed import points_of, storable, tag_names, words_of
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.inverse import Inverse

#: Deeds that can be taken back, the last one first, and how many characters are kept of what they changed. The last
#: deed can be taken back however much it changed.
DEPTH = 100
MOST_KEPT = 32_000_000

#: Questions that one part of a deed on many changes; after each it is told how far it is.
SLICE = 1_000


@dataclass(frozen=True)
class Chosen:
    """What several questions have in common: whether all are flagged or suspended, tags of all and of some only."""

    flagged: bool = False
    suspended: bool = False
    tags_of_all: tuple[str, ...] = ()
    tags_of_some: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Step:
    done: Done
    inverse: Inverse
    edited: int | None = None  # the question that got another text


#: Called with how many are done, and of how many.
OnProgress = Callable[[int, int], None]


def _nobody(_done: int, _all: int) -> None:
    """Nobody waits to hear how far it is."""


class TendingService:
    """Changes the bank, and takes the last changes back. What can be taken back is forgotten when the program ends."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._steps: list[_Step] = []

    @property
    def last(self) -> Done | None:
        """What ``undo`` would take back, None where there is nothing."""
        return self._steps[-1].done if self._steps else None

    def undo(self) -> Done | None:
        """Take the last deed back and return it; None where there was none.

        Raises CoachError, BAD_INPUT, where something new stands on it, so that neither it nor what was done before it
        can be taken back any more; on other bad luck it can be tried again.
        """
        step = next(reversed(self._steps), None)  # another thread may forget them all at any moment
        if step is None:
            return None
        try:
            with self._database.begin() as work:
                work.take_back(step.inverse)
                if step.done.deed is Deed.MERGED:
                    work.questions.let_attempts_follow_places()
                if step.edited is not None:
                    keep_turns_apart(work, step.edited)
        except CoachError as error:
            if error.fault is Fault.BAD_INPUT:
                self.forget()
            raise
        if self._steps and self._steps[-1] is step:
            self._steps.pop()
        return step.done

    def forget(self) -> None:
        """Keep nothing to take back, since something was deleted for good."""
        self._steps.clear()

    def tags(self) -> tuple[str, ...]:
        """Return every tag that is on a question of the bank."""
        with self._database.begin() as work:
            return work.questions.tags()

    def chosen(self, question_ids: Sequence[int]) -> Chosen:
        """Return what questions have in common, to offer what can be done with all of them; any number at once."""
        if not question_ids:
            return Chosen()
        with self._database.begin() as work:
            flagged, suspended, tags = work.questions.in_common(question_ids)
        return Chosen(
            flagged=flagged == len(question_ids),
            suspended=suspended == len(question_ids),
            tags_of_all=tuple(name for name, number in tags.items() if number == len(question_ids)),
            tags_of_some=tuple(name for name, number in tags.items() if number < len(question_ids)),
        )

    def add(self, new: NewQuestion) -> Done:
        """Add a question that the person wrote; ``added_id`` of what is returned is its id.

        Raises Hindered, a CoachError: BAD_INPUT, with what is wrong with it.
        """

        def add(work: UnitOfWork) -> Done:
            return Done(deed=Deed.ADDED, count=1, added_id=by_hand.add(work, new, as_utc(self._clock.now())))

        return self._do(add)

    def entry(self, question_id: int) -> EditableQuestion:
        """Return a question to be changed; once its reference is on screen, ``show_reference`` is to be told.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            see_in_bank(work, [question_id])
            return by_hand.entry(work, question_id)

    def show_reference(self, question_id: int) -> None:
        """Note that the reference of a question is on screen: an open session's attempts at it are not blind."""
        with self._database.begin() as work:
            note_seen(work, self._clock, [question_id])

    def change(self, question_id: int, new: NewQuestion) -> Done:
        """Change a question. It keeps its id, and stays known by its former texts.

        Raises CoachError: INPUT_MISSING where it is not there, BAD_INPUT (Hindered) with what is wrong with it.
        """

        def change(work: UnitOfWork) -> Done:
            see_in_bank(work, [question_id])
            by_hand.change(work, question_id, new, as_utc(self._clock.now()))
            return Done(deed=Deed.EDITED, count=1)

        return self._do(change, edited=question_id)

    def edit(self, question_id: int, text: str, stage: str) -> Done:
        """Give a question another text and stage, as ``change`` does."""
        return self.change(question_id, NewQuestion(text, stage))

    def tag(
        self,
        question_ids: Sequence[int],
        *,
        add: Sequence[str] = (),
        remove: Sequence[str] = (),
        on_progress: OnProgress = _nobody,
    ) -> Done:
        """Put tags on questions, and take others off; ``on_progress`` is told how many are done, of how many."""
        added = tag_names(add)

        def tag(work: UnitOfWork) -> Done:
            see_in_bank(work, question_ids)
            for part in _slices(question_ids, on_progress):
                work.questions.remove_tags(part, remove)
                work.questions.add_tags(part, added)
            return Done(deed=Deed.TAGGED, count=len(question_ids))

        return self._do(tag)

    def flag(self, question_ids: Sequence[int], *, flagged: bool, on_progress: OnProgress = _nobody) -> Done:
        """Flag questions, or take the flag away; ``on_progress`` is told how many are done, of how many."""

        def flag(work: UnitOfWork) -> Done:
            see_in_bank(work, question_ids)
            parts = _slices(question_ids, on_progress)
            changed = sum(work.questions.set_flags(part, flagged) for part in parts)
            return Done(deed=Deed.FLAGGED if flagged else Deed.UNFLAGGED, count=changed)

        return self._do(flag)

    def suspend(self, question_ids: Sequence[int], *, suspended: bool, on_progress: OnProgress = _nobody) -> Done:
        """Suspend questions, so that no new session asks them, or let them come again."""

        def suspend(work: UnitOfWork) -> Done:
            see_in_bank(work, question_ids)
            parts = _slices(question_ids, on_progress)
            changed = sum(work.questions.set_suspended(part, suspended) for part in parts)
            return Done(deed=Deed.SUSPENDED if suspended else Deed.RESUMED, count=changed)

        return self._do(suspend)

    def merge(self, into: int, other: int) -> Done:
        """Let one question answer for another: turns of both, and all attempts, are kept.

        Raises CoachError, INPUT_MISSING, where one is not there, BAD_INPUT where both are one.
        """

        def merge(work: UnitOfWork) -> Done:
            kept, gone = work.questions.get(into), work.questions.get(other)
            if kept is not None and gone is not None and kept.id == gone.id:
                raise CoachError(Fault.BAD_INPUT, "These are one question already.")
            see_in_bank(work, [into, other])
            work.questions.merge(into, other)
            return Done(deed=Deed.MERGED, count=1)

        return self._do(merge)

    def near_duplicates(
        self,
        question_ids: Sequence[int] | None = None,
        *,
        limit: int = MOST_PAIRS,
        told_apart: Collection[frozenset[int]] = frozenset(),
        watch: Watch = lambda _read, _all: True,
    ) -> NearDuplicates:
        """Return pairs that may be merged, of these questions or of the whole bank; ``told_apart`` are left out."""
        return near_duplicates(self._database, question_ids, limit, told_apart, watch)

    def side(self, question_id: int) -> MergeSide | None:
        """Return what is to be seen of a question before it is merged, None where it is not there any more."""
        with self._database.begin() as work:
            return side(work, question_id)

    def set_points(self, owner: PointsOwner, texts: Sequence[str]) -> Done:
        """Replace the key points of a reference; without any it has its own again.

        Raises CoachError: INPUT_MISSING where the reference is not there, BAD_INPUT where it has no words, a point has
        none, or they are too many.
        """
        points = points_of(texts)

        def set_points(work: UnitOfWork) -> Done:
            if owner.kind is PointsOwnerKind.RECORDED:
                see_recorded(work, owner.id)
            elif owner.kind is PointsOwnerKind.OWN:
                see_answered(work, owner.id)
            else:
                see_in_bank(work, [owner.id])
            work.references.set_points(owner, points)
            return Done(deed=Deed.POINTS_CHANGED, count=1)

        return self._do(set_points)

    def annotate(self, turn_id: int, text: str | None) -> Done:
        """Put a note on a recorded answer, in the place of the one before; None takes it away.

        Raises CoachError: INPUT_MISSING where the turn is not there, BAD_INPUT where it has no answer, or the note no
        words.
        """
        note = None if text is None else words_of(text, "A note needs words.")

        def annotate(work: UnitOfWork) -> Done:
            see_recorded(work, turn_id)
            work.references.set_note(turn_id, note, as_utc(self._clock.now()))
            return Done(deed=Deed.NOTE_REMOVED if note is None else Deed.NOTED, count=1)

        return self._do(annotate)

    def pin(self, attempt_id: int) -> Done:
        """Make an attempt the reference of its question, in the place of another one.

        Raises CoachError: INPUT_MISSING where it is not there, BAD_INPUT where it is not submitted or has no words.
        """

        def pin(work: UnitOfWork) -> Done:
            question_id = see_answered(work, attempt_id).question_id
            work.references.pin(question_id, attempt_id, as_utc(self._clock.now()))
            return Done(deed=Deed.PINNED, count=1)

        return self._do(pin)

    def unpin(self, question_id: int) -> Done:
        """Let a question have its recorded answer as its reference again.

        Raises CoachError, INPUT_MISSING, where it, or an attempt pinned to it, is not there.
        """

        def unpin(work: UnitOfWork) -> Done:
            see_in_bank(work, [question_id])
            if work.references.pinned(question_id) is None:
                raise CoachError(Fault.INPUT_MISSING, f"Question {question_id} has no reference of your own.")
            work.references.unpin(question_id)
            return Done(deed=Deed.UNPINNED, count=1)

        return self._do(unpin)

    def saved_searches(self) -> tuple[SavedSearch, ...]:
        """Return the searches that the person saved, by name."""
        with self._database.begin() as work:
            return work.saved_searches.listed()

    def save_search(self, name: str, text: str) -> Done:
        """Save a search under a name, in the place of one that has the same name.

        Raises CoachError, BAD_INPUT, where one of the two is empty.
        """

        def save(work: UnitOfWork) -> Done:
            work.saved_searches.add(storable(name), storable(text), as_utc(self._clock.now()))
            return Done(deed=Deed.SEARCH_SAVED, count=1)

        return self._do(save)

    def remove_search(self, search_id: int) -> Done:
        """Remove a saved search; raises CoachError, INPUT_MISSING, where it is not there any more."""

        def remove(work: UnitOfWork) -> Done:
            work.saved_searches.remove(search_id)
            return Done(deed=Deed.SEARCH_REMOVED, count=1)

        return self._do(remove)

    def delete_questions(self, question_ids: Sequence[int]) -> Done:
        """Move questions, with their attempts, to Trash; many at once only after a backup."""
        if len(question_ids) > 1:
            self._database.back_up_first(Reason.REMOVAL)

        def delete(work: UnitOfWork) -> Done:
            trash_id = work.trash.add(TrashKind.QUESTIONS, as_utc(self._clock.now()))
            moved = work.trash.move_questions(trash_id, question_ids)
            if moved == 0:
                raise CoachError(Fault.INPUT_MISSING, "These questions are not in the bank.")
            return Done(deed=Deed.DELETED_QUESTIONS, count=moved)

        return self._do(delete)

    def delete_transcript(self, transcript_id: int) -> Done:
        """Move a transcript to Trash, after a backup, with the questions that nothing else asks.

        Questions that the person answered stay in the bank. Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            if work.transcripts.get(transcript_id) is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {transcript_id}.")
        self._database.back_up_first(Reason.REMOVAL)

        def delete(work: UnitOfWork) -> Done:
            trash_id = work.trash.add(TrashKind.TRANSCRIPT, as_utc(self._clock.now()))
            along, stayed = work.trash.move_transcript(trash_id, transcript_id)
            return Done(deed=Deed.DELETED_TRANSCRIPT, count=1, along=along, stayed=stayed)

        return self._do(delete)

    def delete_attempts(self, attempt_ids: Sequence[int]) -> Done:
        """Move attempts to Trash; many at once only after a backup. A draft, and one still to be compared, stays.

        Raises CoachError, BAD_INPUT, where none of them can go.
        """
        attempt_ids = tuple(dict.fromkeys(attempt_ids))
        if len(attempt_ids) > 1:
            self._database.back_up_first(Reason.REMOVAL)

        def delete(work: UnitOfWork) -> Done:
            ended = [each for each in map(work.attempts.get, attempt_ids) if each is not None and each.ended]
            trash_id = work.trash.add(TrashKind.ATTEMPTS, as_utc(self._clock.now()))
            moved = work.trash.move_attempts(trash_id, [each.id for each in ended])
            if moved == 0:
                sentence = "An answer that is still being worked on cannot be deleted. Finish its question first."
                raise CoachError(Fault.BAD_INPUT, sentence)
            return Done(deed=Deed.DELETED_ATTEMPTS, count=moved, stayed=len(attempt_ids) - moved)

        return self._do(delete)

    def put_back(self, trash_id: int) -> Done:
        """Put an entry of Trash back; raises CoachError, INPUT_MISSING, where it is not there any more."""

        def put_back(work: UnitOfWork) -> Done:
            if not work.trash.holds(trash_id):
                raise CoachError(Fault.INPUT_MISSING, "It is not in Trash any more.")
            return Done(deed=Deed.PUT_BACK, count=work.trash.put_back(trash_id))

        return self._do(put_back)

    def _do(self, change: Callable[[UnitOfWork], Done], *, edited: int | None = None) -> Done:
        with self._database.begin() as work, work.recorded() as recording:
            done = change(work)
        self._steps.append(_Step(done, recording.inverse, edited))
        del self._steps[:-DEPTH]
        kept = sum(step.inverse.size for step in self._steps)
        while kept > MOST_KEPT and len(self._steps) > 1:
            kept -= self._steps.pop(0).inverse.size
        return done


def _slices(question_ids: Sequence[int], on_progress: OnProgress) -> Iterator[Sequence[int]]:
    """Yield the ids a slice at a time, and tell after each how far it is.

    All slices of a deed are in one unit of work: it is done, and taken back, whole or not at all.
    """
    for start in range(0, len(question_ids), SLICE):
        yield question_ids[start : start + SLICE]
        on_progress(min(start + SLICE, len(question_ids)), len(question_ids))
