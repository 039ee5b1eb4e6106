"""What an attempt is compared with, its points, and what of it the person has had on screen."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from interview_coach.domain.days import as_utc
from interview_coach.domain.findings import SameScore, scores_that_do_not_vary
from interview_coach.domain.models import (
    MOST_POINTS,
    Attempt,
    AttemptState,
    DecidedPoint,
    KeptTurn,
    Origin,
    PointsOwner,
    PointsOwnerKind,
    RecordedRating,
)
from interview_coach.services.clock import Clock
from interview_coach.storage.database import UnitOfWork


@dataclass(frozen=True)
class RecordedAnswer:
    """A recorded answer, with its rating, what the rating is worth, and the person's note on it."""

    turn_id: int
    transcript: str
    origin: Origin
    text: str
    rating: RecordedRating
    same_scores: tuple[SameScore, ...]
    note: str | None


@dataclass(frozen=True)
class PinnedAnswer:
    """An answer of the person's own that they made their reference."""

    attempt_id: int
    number: int
    day: date
    text: str


Reference = RecordedAnswer | PinnedAnswer


def references_of(
    work: UnitOfWork, attempt: Attempt, turn: KeptTurn | None
) -> tuple[Reference | None, RecordedAnswer | None]:
    """Return what an attempt is compared with, and the recorded answer, which is the same where nothing is pinned.

    The person's pinned attempt goes before all, but is not compared with itself. Once a point has been decided the
    reference stays what it was, whatever is pinned since.
    """
    if is_decided(attempt) and attempt.has_reference:
        pinned_id = attempt.reference_attempt_id
        if attempt.reference_turn_id is not None:
            turn = work.transcripts.turn(attempt.reference_turn_id)
    else:
        pinned_id = work.references.pinned(attempt.question_id)
    recorded = recorded_answer(work, attempt.question_id, turn)
    pinned = None if pinned_id in (None, attempt.id) else pinned_answer(work, pinned_id)
    return pinned or recorded, recorded


def is_decided(attempt: Attempt) -> bool:
    """Return whether the person has decided on a point of an attempt."""
    return any(point.decided is not None for point in attempt.points)


def answer_of(work: UnitOfWork, turn: KeptTurn | None) -> RecordedAnswer | None:
    """Return a turn's recorded answer; None where it has none, or its transcript lies in Trash."""
    if turn is None or turn.turn.answer is None:
        return None
    transcript = work.transcripts.get(turn.transcript_id)
    return None if transcript is None else _recorded(work, turn, transcript.title, transcript.origin)


def recorded_answer(work: UnitOfWork, question_id: int, turn: KeptTurn | None) -> RecordedAnswer | None:
    """Return the answer of the session's transcript, else the newest recorded one, None where there is none."""
    found = answer_of(work, turn)
    if found is not None:
        return found
    for other, transcript in work.transcripts.turns_of_questions([question_id])[question_id]:
        if other.turn.answer is not None:
            return _recorded(work, other, transcript.title, transcript.origin)
    return None


def pinned_answer(work: UnitOfWork, attempt_id: int | None) -> PinnedAnswer | None:
    """Return an attempt as a reference; None where it is gone, lies in Trash or was taken back."""
    attempt = None if attempt_id is None else work.attempts.get(attempt_id)
    if attempt is None or attempt.in_trash or attempt.state is not AttemptState.SUBMITTED:
        return None
    return PinnedAnswer(attempt_id=attempt.id, number=attempt.number, day=attempt.day, text=attempt.text)


def points_owner(reference: Reference | None, question_id: int) -> PointsOwner:
    """Return whose the points are: the reference's, or the question's own where it has no reference."""
    if reference is None:
        return PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)
    if isinstance(reference, RecordedAnswer):
        return PointsOwner(kind=PointsOwnerKind.RECORDED, id=reference.turn_id)
    return PointsOwner(kind=PointsOwnerKind.OWN, id=reference.attempt_id)


def points_for(
    work: UnitOfWork,
    reference: Reference | None,
    owner: PointsOwner,
    own: Sequence[str],
    stored: Sequence[DecidedPoint],
) -> tuple[DecidedPoint, ...]:
    """Return the points to decide on: those that the person made of the reference, else its ``own`` claims.

    What was decided on a point stays with it as long as its text is the same, wherever it stands now.
    """
    edited = work.references.points(owner)
    whole = "" if reference is None else reference.text
    if not edited and stored and _letters("".join(point.text for point in stored)) == _letters(whole):
        return tuple(stored)  # the same reference, as it was split then
    decided: dict[str, list[DecidedPoint]] = {}
    for point in stored:
        decided.setdefault(point.text, []).append(point)
    return tuple(decided[text].pop(0) if decided.get(text) else DecidedPoint(text=text) for text in (edited or own))


def own_points(reference: Reference | None) -> tuple[str, ...]:
    """Return the claims of a reference as its text has them; of very many the last ones as one."""
    from interview_coach.comparison.points import split_points  # late: not needed to start

    points = split_points("" if reference is None else reference.text)
    return points if len(points) <= MOST_POINTS else (*points[: MOST_POINTS - 1], " ".join(points[MOST_POINTS - 1 :]))


def note_seen(work: UnitOfWork, clock: Clock, question_ids: Iterable[int]) -> None:
    """Note that the references of these questions are on screen now: an attempt made after it is not blind.

    Where the clock was set back, the moment is that of the last step: whatever is seen now is seen after the start
    of every session there is. Where nothing can be stored it is not noted: nobody can practise there either.
    """
    if work.read_only:
        return
    now = as_utc(clock.now())
    work.questions.note_seen(question_ids, max(now, work.sessions.latest_step() or now))


def _recorded(work: UnitOfWork, turn: KeptTurn, title: str, origin: Origin) -> RecordedAnswer:
    scores = work.transcripts.scores(turn.transcript_id).get(turn.transcript_id, {})
    return RecordedAnswer(
        turn_id=turn.id,
        transcript=title,
        origin=origin,
        text=turn.turn.answer or "",
        rating=turn.turn.rating,
        same_scores=scores_that_do_not_vary(scores),
        note=work.references.note(turn.id),
    )


def _letters(text: str) -> str:
    return "".join(text.split())
