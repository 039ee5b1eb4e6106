"""What a session shows: frozen snapshots, and how their parts are made from what is stored.

A reference is in no snapshot before it may be seen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    Criterion,
    DecidedPoint,
    Mode,
    PointsOwner,
    SelfRating,
    SessionState,
)
from interview_coach.domain.practice import Step, latest_by_place
from interview_coach.domain.scheduling import Grade, ProposedGrade, proposed_grade
from interview_coach.services.references import RecordedAnswer, Reference


@dataclass(frozen=True)
class Grading:
    """What there is to grade an answer by, and when its question is due after each grade."""

    rating: SelfRating
    empty: bool
    today: date
    due: Mapping[Grade, date]

    def proposed(self, points: Sequence[DecidedPoint]) -> ProposedGrade:
        """Return the grade to propose once these points are decided on."""
        return proposed_grade(self.rating, points, empty=self.empty)


@dataclass(frozen=True)
class ComparisonView:
    """All that Compare shows beside the answer; it exists only once it may be seen.

    ``reference`` is what the answer is compared with; ``recorded`` is the recorded answer, the same unless the person
    pinned one of their own. ``own_points`` are the claims of the reference's own text; ``editable`` is
    False where the points were decided on beside a reference that is gone, or before there was one. ``earlier`` counts
    the answers to the question that came before, ``pinned`` tells whether this answer is the person's reference,
    ``pinnable`` whether it can become it, ``unpinnable`` whether the reference is one that is pinned now. ``grading``
    is what the day follows from on which the question is due again.
    """

    reference: Reference | None
    recorded: RecordedAnswer | None
    owner: PointsOwner
    own_points: tuple[str, ...]
    points: tuple[DecidedPoint, ...]
    editable: bool
    second_look: SelfRating
    resolution: str
    words: int
    spoken: float
    earlier: int
    pinned: bool
    pinnable: bool
    unpinnable: bool
    grading: Grading


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


def summary_of(attempts: Sequence[Attempt]) -> SummaryView:
    """Return what a session came to."""
    latest = latest_by_place(attempts).values()
    return SummaryView(
        answered=sum(attempt.state is AttemptState.SUBMITTED for attempt in latest),
        skipped=sum(attempt.state is AttemptState.SKIPPED for attempt in latest),
        seconds=sum(attempt.seconds for attempt in attempts),
        resolutions=tuple(attempt.resolution for attempt in latest if attempt.resolution is not None),
    )
