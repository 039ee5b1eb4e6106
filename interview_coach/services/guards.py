"""What must hold before a deed is done to the bank, or taken back; each raises CoachError where it does not."""

from collections.abc import Sequence

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Attempt, AttemptState
from interview_coach.domain.sameness import question_key
from interview_coach.storage.database import UnitOfWork


def keep_turns_apart(work: UnitOfWork, question_id: int) -> None:
    """Refuse to take back a text under which a turn has come in since: it would ask something else then.

    Raises CoachError, BAD_INPUT.
    """
    keys = {question_key(text) for text in work.transcripts.asked(question_id)}
    known = work.questions.known(keys)
    if any(known.get(key) != question_id for key in keys):
        sentence = "It cannot be taken back any more, since a transcript that asks this has come in."
        raise CoachError(Fault.BAD_INPUT, sentence)


def see_in_bank(work: UnitOfWork, question_ids: Sequence[int]) -> None:
    """Raise CoachError, INPUT_MISSING, where one of these is gone, merged into another, or in Trash."""
    missing = set(question_ids) - work.questions.in_bank(question_ids)
    if missing:
        raise CoachError(Fault.INPUT_MISSING, f"There is no question {min(missing)}.")


def see_recorded(work: UnitOfWork, turn_id: int) -> None:
    """Raise CoachError where there is no such turn to be seen, or it has no answer."""
    kept = work.transcripts.turn(turn_id)
    if kept is None or work.transcripts.get(kept.transcript_id) is None:
        raise CoachError(Fault.INPUT_MISSING, f"There is no turn {turn_id}.")
    if not (kept.turn.answer or "").strip():
        raise CoachError(Fault.BAD_INPUT, f"Turn {turn_id} has no recorded answer.")


def see_answered(work: UnitOfWork, attempt_id: int) -> Attempt:
    """Return an attempt that was submitted and has words; raises CoachError where there is none."""
    attempt = work.attempts.get(attempt_id)
    if attempt is None or attempt.in_trash:
        raise CoachError(Fault.INPUT_MISSING, f"There is no attempt {attempt_id}.")
    if attempt.state is not AttemptState.SUBMITTED or not attempt.text.strip():
        raise CoachError(Fault.BAD_INPUT, "Only an answer that was submitted, and has words, can be a reference.")
    return attempt
