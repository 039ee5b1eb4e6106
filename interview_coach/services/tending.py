"""Tending the bank: questions edited, tagged, suspended, merged; points, notes and pins of their references changed.

All of it, and every deletion, can be taken back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from interview_coach.domain.backups import Reason
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS, Attempt, AttemptState, PointsOwner, PointsOwnerKind
from interview_coach.domain.sameness import question_key
from interview_coach.domain.trash import Deed, Done, TrashKind
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.inverse import Inverse

#: Deeds that can be taken back, the last one first.
DEPTH = 100


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
                    _keep_turns_apart(work, step.edited)
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

    def edit(self, question_id: int, text: str, stage: str) -> Done:
        """Give a question another text and stage. It keeps its id, and stays known by its former texts.

        Raises CoachError: INPUT_MISSING where it is not there, BAD_INPUT where the text is empty or another question's.
        """
        text = _storable(text).strip()
        if not text:
            raise CoachError(Fault.BAD_INPUT, "A question needs words.")

        key = question_key(text)

        def edit(work: UnitOfWork) -> Done:
            _in_bank(work, [question_id])
            if work.questions.known([key]).get(key, question_id) != question_id:
                raise CoachError(Fault.BAD_INPUT, "Another question of the bank has this text. Merge the two instead.")
            work.questions.reword(question_id, key=key, text=text, stage=_storable(stage).strip())
            return Done(deed=Deed.EDITED, count=1)

        return self._do(edit, edited=question_id)

    def tag(self, question_ids: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Done:
        """Put tags on questions, and take others off."""
        added = tuple(dict.fromkeys(name for tag in add if (name := " ".join(_storable(tag).split()))))

        def tag(work: UnitOfWork) -> Done:
            _in_bank(work, question_ids)
            work.questions.remove_tags(question_ids, remove)
            work.questions.add_tags(question_ids, added)
            return Done(deed=Deed.TAGGED, count=len(question_ids))

        return self._do(tag)

    def flag(self, question_ids: Sequence[int], *, flagged: bool) -> Done:
        """Flag questions, or take the flag away."""

        def flag(work: UnitOfWork) -> Done:
            _in_bank(work, question_ids)
            changed = work.questions.set_flags(question_ids, flagged)
            return Done(deed=Deed.FLAGGED if flagged else Deed.UNFLAGGED, count=changed)

        return self._do(flag)

    def suspend(self, question_ids: Sequence[int], *, suspended: bool) -> Done:
        """Suspend questions, so that no new session asks them, or let them come again."""

        def suspend(work: UnitOfWork) -> Done:
            _in_bank(work, question_ids)
            changed = work.questions.set_suspended(question_ids, suspended)
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
            _in_bank(work, [into, other])
            work.questions.merge(into, other)
            return Done(deed=Deed.MERGED, count=1)

        return self._do(merge)

    def set_points(self, owner: PointsOwner, texts: Sequence[str]) -> Done:
        """Replace the key points of a reference; without any it has its own again.

        Raises CoachError: INPUT_MISSING where the reference is not there, BAD_INPUT where it has no words, a point has
        none, or there are more than ``MOST_POINTS``.
        """
        points = tuple(_words(text, "A point needs words.") for text in texts)
        if len(points) > MOST_POINTS:
            raise CoachError(Fault.BAD_INPUT, f"A reference can have {MOST_POINTS} points at most.")

        def set_points(work: UnitOfWork) -> Done:
            if owner.kind is PointsOwnerKind.RECORDED:
                _recorded(work, owner.id)
            elif owner.kind is PointsOwnerKind.OWN:
                _answered(work, owner.id)
            else:
                _in_bank(work, [owner.id])
            work.references.set_points(owner, points)
            return Done(deed=Deed.POINTS_CHANGED, count=1)

        return self._do(set_points)

    def annotate(self, turn_id: int, text: str | None) -> Done:
        """Put a note on a recorded answer, in the place of the one before; None takes it away.

        Raises CoachError: INPUT_MISSING where the turn is not there, BAD_INPUT where it has no answer, or the note no
        words.
        """
        note = None if text is None else _words(text, "A note needs words.")

        def annotate(work: UnitOfWork) -> Done:
            _recorded(work, turn_id)
            work.references.set_note(turn_id, note, as_utc(self._clock.now()))
            return Done(deed=Deed.NOTE_REMOVED if note is None else Deed.NOTED, count=1)

        return self._do(annotate)

    def pin(self, attempt_id: int) -> Done:
        """Make an attempt the reference of its question, in the place of another one.

        Raises CoachError: INPUT_MISSING where it is not there, BAD_INPUT where it is not submitted or has no words.
        """

        def pin(work: UnitOfWork) -> Done:
            question_id = _answered(work, attempt_id).question_id
            work.references.pin(question_id, attempt_id, as_utc(self._clock.now()))
            return Done(deed=Deed.PINNED, count=1)

        return self._do(pin)

    def unpin(self, question_id: int) -> Done:
        """Let a question have its recorded answer as its reference again.

        Raises CoachError, INPUT_MISSING, where it, or an attempt pinned to it, is not there.
        """

        def unpin(work: UnitOfWork) -> Done:
            _in_bank(work, [question_id])
            if work.references.pinned(question_id) is None:
                raise CoachError(Fault.INPUT_MISSING, f"Question {question_id} has no reference of your own.")
            work.references.unpin(question_id)
            return Done(deed=Deed.UNPINNED, count=1)

        return self._do(unpin)

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
        return done


def _keep_turns_apart(work: UnitOfWork, question_id: int) -> None:
    """Refuse to take back a text under which a turn has come in since: it would ask something else then.

    Raises CoachError, BAD_INPUT.
    """
    keys = {question_key(text) for text in work.transcripts.asked(question_id)}
    known = work.questions.known(keys)
    if any(known.get(key) != question_id for key in keys):
        sentence = "It cannot be taken back any more, since a transcript that asks this has come in."
        raise CoachError(Fault.BAD_INPUT, sentence)


def _in_bank(work: UnitOfWork, question_ids: Sequence[int]) -> None:
    """Raise CoachError, INPUT_MISSING, where one of these is gone, merged into another, or in Trash."""
    missing = set(question_ids) - work.questions.in_bank(question_ids)
    if missing:
        raise CoachError(Fault.INPUT_MISSING, f"There is no question {min(missing)}.")


def _recorded(work: UnitOfWork, turn_id: int) -> None:
    """Raise CoachError where there is no such turn to be seen, or it has no answer."""
    kept = work.transcripts.turn(turn_id)
    if kept is None or work.transcripts.get(kept.transcript_id) is None:
        raise CoachError(Fault.INPUT_MISSING, f"There is no turn {turn_id}.")
    if not (kept.turn.answer or "").strip():
        raise CoachError(Fault.BAD_INPUT, f"Turn {turn_id} has no recorded answer.")


def _answered(work: UnitOfWork, attempt_id: int) -> Attempt:
    """Return an attempt that was submitted and has words; raises CoachError where there is none."""
    attempt = work.attempts.get(attempt_id)
    if attempt is None or attempt.in_trash:
        raise CoachError(Fault.INPUT_MISSING, f"There is no attempt {attempt_id}.")
    if attempt.state is not AttemptState.SUBMITTED or not attempt.text.strip():
        raise CoachError(Fault.BAD_INPUT, "Only an answer that was submitted, and has words, can be a reference.")
    return attempt


def _words(text: str, otherwise: str) -> str:
    """Return a text as it is stored, without blank edges; raises CoachError where nothing is left of it."""
    text = _storable(text).strip()
    if not text:
        raise CoachError(Fault.BAD_INPUT, otherwise)
    return text


def _storable(text: str) -> str:
    """Return the text without NUL and halves of surrogate pairs, which no file of the program's formats can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")
