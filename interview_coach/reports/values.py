"""What a report is made of: frozen values that are filled from the database, and hold all that a report may say.

Moments are shown in the zone in which they are given. What may not be seen yet is simply not put in.
"""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from pydantic import NonNegativeFloat, NonNegativeInt

from interview_coach.domain.models import (
    AttemptState,
    DecidedPoint,
    Mode,
    Origin,
    RecordedRating,
    SelfRating,
    Value,
)

T = TypeVar("T")


class ReportKind(StrEnum):
    """What a report is about."""

    SESSION = "session"
    QUESTIONS = "questions"
    EVERYTHING = "everything"


class ComparedWith(Value):
    """What an answer was compared with: a transcript's answer (its title), or an own one (its number)."""

    transcript: str | None = None
    origin: Origin = Origin.RECORDED
    own_number: int | None = None


class ReportedAttempt(Value):
    """One answer of the person's own. ``pinned`` is the one that they made their reference."""

    uid: str
    number: int
    day: date
    started: datetime
    submitted: datetime | None = None
    state: AttemptState = AttemptState.SUBMITTED
    text: str
    words: NonNegativeInt = 0
    seconds: NonNegativeFloat = 0.0
    blind: bool = True
    first_rating: SelfRating = SelfRating()
    second_look: SelfRating = SelfRating()
    points: tuple[DecidedPoint, ...] = ()
    resolution: str | None = None
    compared_with: ComparedWith | None = None
    pinned: bool = False


class RecordedAnswer(Value):
    """A transcript's answer to a question, None where it has none, with its rating."""

    transcript: str
    origin: Origin = Origin.RECORDED
    answer: str | None = None
    rating: RecordedRating = RecordedRating()


class ReportedQuestion(Value):
    """One question with all that is told of it."""

    uid: str
    stage: str
    text: str
    tags: tuple[str, ...] = ()
    flagged: bool = False
    recorded: tuple[RecordedAnswer, ...] = ()
    own_points: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    attempts: tuple[ReportedAttempt, ...] = ()


class ReportedSession(Value):
    """One sitting, with its questions in the order in which they were asked and the answers that belong to it."""

    title: str
    mode: Mode
    started: datetime
    finished: datetime | None = None
    questions: tuple[ReportedQuestion, ...] = ()


class Report(Value):
    """A whole report: of sessions, of questions, or of everything (then both may be filled)."""

    title: str
    made: date
    kind: ReportKind
    sessions: tuple[ReportedSession, ...] = ()
    questions: tuple[ReportedQuestion, ...] = ()


def gathered(report: Report) -> tuple[ReportedQuestion, ...]:
    """Return every question of a report once, in the order in which they are first met, with all its answers."""
    parts: dict[str, list[ReportedQuestion]] = {}
    for question in report.questions:
        parts.setdefault(question.uid, []).append(question)
    for session in report.sessions:
        for question in session.questions:
            parts.setdefault(question.uid, []).append(question)
    return tuple(_merged(same) for same in parts.values())


def latest_answer(question: ReportedQuestion) -> ReportedAttempt | None:
    """Return the answer that stands for the person's own: the pinned one, else the last that was submitted."""
    given = [
        attempt for attempt in question.attempts if attempt.state is AttemptState.SUBMITTED and attempt.text.strip()
    ]
    return max(given, key=lambda attempt: (attempt.pinned, attempt.number), default=None)


def _merged(same: list[ReportedQuestion]) -> ReportedQuestion:
    first, *others = same
    if not others:
        return first
    attempts = {attempt.uid: attempt for question in same for attempt in question.attempts}
    return first.model_copy(
        update={
            "attempts": tuple(sorted(attempts.values(), key=lambda attempt: attempt.number)),
            "recorded": _once(answer for question in same for answer in question.recorded),
            "own_points": _once(point for question in same for point in question.own_points),
            "notes": _once(note for question in same for note in question.notes),
        }
    )


def _once(values: Iterable[T]) -> tuple[T, ...]:
    """Return values without those that are there already; there are few, and not all can be hashed."""
    kept: list[T] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return tuple(kept)
