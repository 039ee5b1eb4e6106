"""What a session shows: frozen snapshots, and how their parts are made from what is stored.

A reference is in no snapshot before it may be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from interview_coach.domain.findings import SameScore, scores_that_do_not_vary
from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    Criterion,
    DecidedPoint,
    KeptTurn,
    Mode,
    Origin,
    RecordedRating,
    SelfRating,
    SessionState,
)
from interview_coach.domain.practice import Step, latest_by_place
from interview_coach.storage.database import UnitOfWork


@dataclass(frozen=True)
class ReferenceView:
    """A recorded answer beside which an attempt is compared, with its rating and what the rating is worth."""

    turn_id: int
    transcript: str
    origin: Origin
    text: str
    rating: RecordedRating
    same_scores: tuple[SameScore, ...]


@dataclass(frozen=True)
class ComparisonView:
    """All that Compare shows beside the answer; it exists only once it may be seen."""

    reference: ReferenceView | None
    points: tuple[DecidedPoint, ...]
    second_look: SelfRating
    resolution: str
    words: int
    spoken: float


@dataclass(frozen=True)
class SummaryView:
    """What a finished session came to."""

    answered: int
    skipped: int
    seconds: float
    resolutions: tuple[str, ...]


@dataclass(frozen=True)
class PracticeView:
    """A frozen snapshot of a session: all that the practice page shows, and nothing that may not be seen yet."""

    session_id: int
    mode: Mode
    state: SessionState
    title: str
    step: Step
    place: int
    places: int
    stage: str
    question_id: int
    question: str
    flagged: bool
    attempt_id: int
    attempt_number: int
    text: str
    seconds: float
    saved: datetime | None
    last_resolution: str | None
    criteria: tuple[Criterion, ...]
    rating: SelfRating
    aim: tuple[int, int]
    can_undo: bool
    blind: bool
    comparison: ComparisonView | None = None
    summary: SummaryView | None = None


def reference_of(work: UnitOfWork, question_id: int, turn: KeptTurn | None) -> ReferenceView | None:
    """Return what to compare with: the turn of the session's transcript, else the newest turn with an answer."""
    if turn is not None and turn.turn.answer is not None:
        transcript = work.transcripts.get(turn.transcript_id)
        if transcript is not None:
            return _reference_view(work, turn, transcript.title, transcript.origin)
    for other, transcript in work.transcripts.turns_of_questions([question_id])[question_id]:
        if other.turn.answer is not None:
            return _reference_view(work, other, transcript.title, transcript.origin)
    return None


def _reference_view(work: UnitOfWork, turn: KeptTurn, title: str, origin: Origin) -> ReferenceView:
    scores = work.transcripts.scores(turn.transcript_id).get(turn.transcript_id, {})
    return ReferenceView(
        turn_id=turn.id,
        transcript=title,
        origin=origin,
        text=turn.turn.answer or "",
        rating=turn.turn.rating,
        same_scores=scores_that_do_not_vary(scores),
    )


def summary_of(attempts: Sequence[Attempt]) -> SummaryView:
    """Return what a session came to."""
    latest = latest_by_place(attempts).values()
    return SummaryView(
        answered=sum(attempt.state is AttemptState.SUBMITTED for attempt in latest),
        skipped=sum(attempt.state is AttemptState.SKIPPED for attempt in latest),
        seconds=sum(attempt.seconds for attempt in attempts),
        resolutions=tuple(attempt.resolution for attempt in latest if attempt.resolution is not None),
    )
