"""Attempts with their ratings, points and resolutions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    Criterion,
    DecidedPoint,
    PointStatus,
    SelfRating,
    Value,
)
from interview_coach.storage.tables import AttemptRow, DecidedPointRow, QuestionRow, SelfRatingRow


class KeptResolution(Value):
    """A resolution with the question it is about and the person's day of its attempt."""

    question_id: int
    question: str
    text: str
    day: date


class AttemptRepository:
    """The answers of the person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_draft(
        self, *, session_id: int, place: int, question_id: int, blind: bool, started: datetime, day: date
    ) -> int:
        """Add an empty draft as the question's next attempt and return its id."""
        last = self._session.exec(
            select(func.max(AttemptRow.number)).where(AttemptRow.question_id == question_id)
        ).one()
        row = AttemptRow(
            uid=str(uuid4()),
            session_id=session_id,
            place=place,
            question_id=question_id,
            number=(last or 0) + 1,
            state=AttemptState.DRAFT.value,
            text="",
            seconds=0.0,
            blind=blind,
            day=day,
            started_at=started,
        )
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise LookupError("the row has no id yet")
        return row.id

    def change(self, attempt_id: int, **columns: Any) -> None:  # noqa: ANN401  (columns of several types)
        """Set columns of an attempt."""
        self._session.execute(update(AttemptRow).where(col(AttemptRow.id) == attempt_id).values(**columns))

    def remove(self, attempt_id: int) -> None:
        """Remove an attempt in which nothing was typed."""
        self._session.execute(delete(AttemptRow).where(col(AttemptRow.id) == attempt_id))

    def set_rating(self, attempt_id: int, *, look: str, rating: SelfRating) -> None:
        """Replace one of the two ratings ("first" or "second")."""
        self._session.execute(
            delete(SelfRatingRow).where(col(SelfRatingRow.attempt_id) == attempt_id, col(SelfRatingRow.look) == look)
        )
        rows = [
            {"attempt_id": attempt_id, "look": look, "criterion": criterion.value, "score": score}
            for criterion in Criterion
            if (score := rating.score(criterion)) is not None
        ]
        if rows:
            self._session.execute(insert(SelfRatingRow), rows)

    def set_points(self, attempt_id: int, points: Sequence[DecidedPoint]) -> None:
        """Replace the points that were decided on."""
        self._session.execute(delete(DecidedPointRow).where(col(DecidedPointRow.attempt_id) == attempt_id))
        rows = [
            {
                "attempt_id": attempt_id,
                "position": position,
                "text": point.text,
                "decided": point.decided,
                "proposed": point.proposed,
                "score": point.score,
            }
            for position, point in enumerate(points, 1)
        ]
        if rows:
            self._session.execute(insert(DecidedPointRow), rows)

    def get(self, attempt_id: int) -> Attempt | None:
        """Return one attempt."""
        return next(iter(self._values(AttemptRow.id == attempt_id)), None)

    def of_session(self, session_id: int) -> tuple[Attempt, ...]:
        """Return a session's attempts by place and number."""
        return self._values(AttemptRow.session_id == session_id)

    def listed(self, *, question_id: int | None = None, session_id: int | None = None) -> tuple[Attempt, ...]:
        """Return attempts in the order in which they were begun: all, or a question's, or a session's."""
        conditions = []
        if question_id is not None:
            conditions.append(AttemptRow.question_id == question_id)
        if session_id is not None:
            conditions.append(AttemptRow.session_id == session_id)
        return tuple(sorted(self._values(*conditions), key=lambda attempt: attempt.id))

    def submitted_by_session(self) -> dict[int, int]:
        """Return how many attempts each session has that were submitted."""
        rows = self._session.exec(
            select(AttemptRow.session_id, func.count())
            .where(AttemptRow.state == AttemptState.SUBMITTED.value)
            .group_by(col(AttemptRow.session_id))
        )
        return dict(rows.all())

    def submitted_by_question(self, question_ids: Sequence[int]) -> dict[int, int]:
        """Return how many attempts each of these questions has that were submitted."""
        rows = self._session.exec(
            select(AttemptRow.question_id, func.count())
            .where(AttemptRow.state == AttemptState.SUBMITTED.value, col(AttemptRow.question_id).in_(question_ids))
            .group_by(col(AttemptRow.question_id))
        )
        return dict(rows.all())

    def last_resolution(self, question_id: int, *, before: int) -> str | None:
        """Return the resolution of the question's latest attempt that has one, among those before a number."""
        return self._session.exec(
            select(AttemptRow.resolution)
            .where(
                AttemptRow.question_id == question_id,
                AttemptRow.number < before,
                col(AttemptRow.resolution).is_not(None),
            )
            .order_by(col(AttemptRow.number).desc())
            .limit(1)
        ).first()

    def last_resolutions(self, most: int) -> tuple[KeptResolution, ...]:
        """Return the newest resolutions, one a question."""
        latest = (
            select(func.max(AttemptRow.id))
            .where(col(AttemptRow.resolution).is_not(None))
            .group_by(col(AttemptRow.question_id))
        )
        rows = self._session.execute(
            select_columns(
                col(AttemptRow.question_id), col(QuestionRow.text), col(AttemptRow.resolution), col(AttemptRow.day)
            )
            .join(QuestionRow, col(QuestionRow.id) == AttemptRow.question_id)
            .where(col(AttemptRow.id).in_(latest))
            .order_by(col(AttemptRow.id).desc())
            .limit(most)
        )
        return tuple(
            KeptResolution(question_id=question_id, question=question, text=resolution or "", day=day)
            for question_id, question, resolution, day in rows
        )

    def _values(self, *conditions: Any) -> tuple[Attempt, ...]:  # noqa: ANN401  (SQL expressions)
        rows = self._session.exec(
            select(AttemptRow).where(*conditions).order_by(col(AttemptRow.place), col(AttemptRow.number))
        ).all()
        chosen = select(AttemptRow.id).where(*conditions)
        ratings: dict[tuple[int, str], dict[str, int]] = {}
        for rating in self._session.exec(select(SelfRatingRow).where(col(SelfRatingRow.attempt_id).in_(chosen))):
            ratings.setdefault((rating.attempt_id, rating.look), {})[rating.criterion] = rating.score
        points: dict[int, list[DecidedPoint]] = {}
        for point in self._session.exec(
            select(DecidedPointRow)
            .where(col(DecidedPointRow.attempt_id).in_(chosen))
            .order_by(col(DecidedPointRow.attempt_id), col(DecidedPointRow.position))
        ):
            points.setdefault(point.attempt_id, []).append(_point(point))
        return tuple(_attempt(row, ratings, points) for row in rows)


def _point(row: DecidedPointRow) -> DecidedPoint:
    return DecidedPoint(
        text=row.text,
        decided=None if row.decided is None else PointStatus(row.decided),
        proposed=None if row.proposed is None else PointStatus(row.proposed),
        score=row.score,
    )


def _attempt(
    row: AttemptRow,
    ratings: Mapping[tuple[int, str], dict[str, int]],
    points: Mapping[int, list[DecidedPoint]],
) -> Attempt:
    if row.id is None:
        raise LookupError("the row has no id yet")
    return Attempt(
        id=row.id,
        uid=row.uid,
        session_id=row.session_id,
        place=row.place,
        question_id=row.question_id,
        number=row.number,
        state=AttemptState(row.state),
        text=row.text,
        seconds=row.seconds,
        blind=row.blind,
        started=row.started_at,
        day=row.day,
        saved=row.saved_at,
        submitted=row.submitted_at,
        rated=row.rated_at,
        compared=row.compared_at,
        first_rating=SelfRating(**ratings.get((row.id, "first"), {})),
        second_look=SelfRating(**ratings.get((row.id, "second"), {})),
        points=tuple(points.get(row.id, ())),
        reference_turn_id=row.reference_turn_id,
        resolution=row.resolution,
    )
