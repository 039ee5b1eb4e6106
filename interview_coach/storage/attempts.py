"""Attempts with their ratings, points and resolutions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import and_, delete, func, insert, update
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
from interview_coach.storage.parts import parts
from interview_coach.storage.tables import (
    AttemptRow,
    DecidedPointRow,
    PlaceRow,
    QuestionRow,
    SelfRatingRow,
    TurnRow,
)

_REFERENCES = ("reference_turn_id", "reference_attempt_id")


#: What SQL is told to leave out where it looks for words.
_BLANKS = " \t\n\r"


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
        if not isinstance(last, int | None):
            raise ValueError("the number of an attempt is none")
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
        """Set columns of an attempt; of two references that it was compared with the newer one is kept."""
        for one, other in (_REFERENCES, reversed(_REFERENCES)):
            if columns.get(one) is not None:
                columns.setdefault(other, None)
        self._session.execute(update(AttemptRow).where(col(AttemptRow.id) == attempt_id).values(**columns))

    def remove(self, attempt_id: int) -> None:
        """Remove an attempt in which nothing was typed; where it was a reference once, nothing points at it then."""
        self._session.execute(
            update(AttemptRow)
            .where(col(AttemptRow.reference_attempt_id) == attempt_id)
            .values(reference_attempt_id=None)
        )
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
        """Return one attempt, also one that was deleted."""
        return next(iter(self._values(AttemptRow.id == attempt_id)), None)

    def of_session(self, session_id: int) -> tuple[Attempt, ...]:
        """Return a session's attempts by place and number, deleted ones as well: its order rests on them."""
        return self._values(AttemptRow.session_id == session_id)

    def listed(self, *, question_id: int | None = None, session_id: int | None = None) -> tuple[Attempt, ...]:
        """Return attempts in the order in which they were begun: all, or a question's, or a session's."""
        conditions: list[Any] = [col(AttemptRow.trash_id).is_(None)]
        if question_id is not None:
            conditions.append(AttemptRow.question_id == question_id)
        if session_id is not None:
            conditions.append(AttemptRow.session_id == session_id)
        return tuple(sorted(self._values(*conditions), key=lambda attempt: attempt.id))

    def many(self, attempt_ids: Sequence[int]) -> tuple[Attempt, ...]:
        """Return those of these attempts that are there and not in Trash."""
        return tuple(
            attempt
            for part in parts(attempt_ids)
            for attempt in self._values(col(AttemptRow.id).in_(part), col(AttemptRow.trash_id).is_(None))
        )

    def still_there(self, attempt_ids: Sequence[int]) -> set[int]:
        """Return those of these attempts that are there and not in Trash."""
        found: set[int] = set()
        for part in parts(attempt_ids):
            chosen = select_columns(col(AttemptRow.id)).where(
                col(AttemptRow.id).in_(part), col(AttemptRow.trash_id).is_(None)
            )
            found.update(attempt_id for (attempt_id,) in self._session.execute(chosen) if attempt_id is not None)
        return found

    def stages(self, attempt_ids: Sequence[int]) -> dict[int, str]:
        """Return the stage in which each of these attempts was asked: its turn's, else its question's."""
        stages: dict[int, str] = {}
        for part in parts(attempt_ids):
            rows = self._session.exec(
                select(AttemptRow.id, func.coalesce(TurnRow.stage, QuestionRow.stage))
                .join(
                    PlaceRow,
                    and_(col(PlaceRow.session_id) == AttemptRow.session_id, col(PlaceRow.place) == AttemptRow.place),
                )
                .join(QuestionRow, col(QuestionRow.id) == AttemptRow.question_id)
                .join(TurnRow, col(TurnRow.id) == PlaceRow.turn_id, isouter=True)
                .where(col(AttemptRow.id).in_(part))
            )
            stages.update({attempt_id: stage for attempt_id, stage in rows if attempt_id is not None})
        return stages

    def submitted_by_session(self) -> dict[int, int]:
        """Return how many attempts each session has that were submitted."""
        rows = self._session.exec(
            select(AttemptRow.session_id, func.count())
            .where(AttemptRow.state == AttemptState.SUBMITTED.value, col(AttemptRow.trash_id).is_(None))
            .group_by(col(AttemptRow.session_id))
        )
        return dict(rows.all())

    def answered_by_session(self) -> dict[int, int]:
        """Return at how many of its places each session has an attempt that was submitted."""
        rows = self._session.exec(
            select(AttemptRow.session_id, func.count(col(AttemptRow.place).distinct()))
            .where(AttemptRow.state == AttemptState.SUBMITTED.value, col(AttemptRow.trash_id).is_(None))
            .group_by(col(AttemptRow.session_id))
        )
        return dict(rows.all())

    def submitted_by_question(self, question_ids: Sequence[int]) -> dict[int, int]:
        """Return how many attempts each of these questions has that were submitted."""
        rows = self._session.exec(
            select(AttemptRow.question_id, func.count())
            .where(
                AttemptRow.state == AttemptState.SUBMITTED.value,
                col(AttemptRow.question_id).in_(question_ids),
                col(AttemptRow.trash_id).is_(None),
            )
            .group_by(col(AttemptRow.question_id))
        )
        return dict(rows.all())

    def answered_before(self, question_id: int, number: int) -> int:
        """Return how many submitted attempts with words in them a question has before a number."""
        return self._session.exec(
            select(func.count()).select_from(AttemptRow).where(*self._answered(question_id, number))
        ).one()

    def last_answered(self, question_id: int, *, before: int) -> Attempt | None:
        """Return the newest submitted attempt with words in it before a number, None where there is none."""
        number = self._session.exec(
            select(func.max(AttemptRow.number)).where(*self._answered(question_id, before))
        ).one()
        found = self._values(AttemptRow.question_id == question_id, AttemptRow.number == number)
        return next(iter(found), None)

    def newest_answered(self, question_id: int, most: int) -> tuple[Attempt, ...]:
        """Return the newest submitted attempts with words in them, newest first, so many at most."""
        numbers = self._session.exec(
            select(AttemptRow.number)
            .where(*self._answered(question_id, 2**31))
            .order_by(col(AttemptRow.number).desc())
            .limit(most)
        ).all()
        found = self._values(AttemptRow.question_id == question_id, col(AttemptRow.number).in_(numbers))
        return tuple(sorted(found, key=lambda attempt: -attempt.number))

    @staticmethod
    def _answered(question_id: int, before: int) -> tuple[Any, ...]:
        return (
            AttemptRow.question_id == question_id,
            AttemptRow.number < before,
            AttemptRow.state == AttemptState.SUBMITTED.value,
            func.trim(col(AttemptRow.text), _BLANKS) != "",
            col(AttemptRow.trash_id).is_(None),
        )

    def last_resolution(self, question_id: int, *, before: int) -> str | None:
        """Return the resolution of the question's latest attempt that has one, among those before a number."""
        return self._session.exec(
            select(AttemptRow.resolution)
            .where(
                AttemptRow.question_id == question_id,
                AttemptRow.number < before,
                col(AttemptRow.resolution).is_not(None),
                col(AttemptRow.trash_id).is_(None),
            )
            .order_by(col(AttemptRow.number).desc())
            .limit(1)
        ).first()

    def last_resolutions(self, most: int) -> tuple[KeptResolution, ...]:
        """Return the newest resolutions, one a question."""
        found: dict[int, KeptResolution] = {}
        rows = self._session.execute(
            select_columns(
                col(AttemptRow.question_id), col(QuestionRow.text), col(AttemptRow.resolution), col(AttemptRow.day)
            )
            .join(QuestionRow, col(QuestionRow.id) == AttemptRow.question_id)
            .where(col(AttemptRow.resolution).is_not(None), col(AttemptRow.trash_id).is_(None))
            .order_by(col(AttemptRow.id).desc())
        )
        for question_id, question, resolution, day in rows:  # read one by one: most attempts are never looked at
            if len(found) == most:
                break
            if question_id not in found:
                found[question_id] = KeptResolution(
                    question_id=question_id, question=question, text=resolution or "", day=day
                )
        rows.close()
        return tuple(found.values())

    def _values(self, *conditions: Any) -> tuple[Attempt, ...]:  # noqa: ANN401  (SQL expressions)
        rows = self._session.exec(
            select(AttemptRow).where(*conditions).order_by(col(AttemptRow.place), col(AttemptRow.number))
        ).all()
        chosen = select(AttemptRow.id).where(*conditions)
        ratings: dict[tuple[int, str], dict[str, int]] = {}
        given = select_columns(
            col(SelfRatingRow.attempt_id),
            col(SelfRatingRow.look),
            col(SelfRatingRow.criterion),
            col(SelfRatingRow.score),
        ).where(col(SelfRatingRow.attempt_id).in_(chosen))
        for attempt_id, look, criterion, score in self._session.execute(given):
            ratings.setdefault((attempt_id, look), {})[criterion] = score
        points: dict[int, list[DecidedPoint]] = {}
        decided = (
            select_columns(
                col(DecidedPointRow.attempt_id),
                col(DecidedPointRow.text),
                col(DecidedPointRow.decided),
                col(DecidedPointRow.proposed),
                col(DecidedPointRow.score),
            )
            .where(col(DecidedPointRow.attempt_id).in_(chosen))
            .order_by(col(DecidedPointRow.attempt_id), col(DecidedPointRow.position))
        )
        for attempt_id, text, status, proposed, likeness in self._session.execute(decided):
            points.setdefault(attempt_id, []).append(
                DecidedPoint(text=text, decided=_status(status), proposed=_status(proposed), score=likeness)
            )
        return tuple(_attempt(row, ratings, points) for row in rows)


def _status(written: str | None) -> PointStatus | None:
    return None if written is None else PointStatus(written)


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
        first_rating=SelfRating.model_validate(ratings.get((row.id, "first"), {})),
        second_look=SelfRating.model_validate(ratings.get((row.id, "second"), {})),
        points=tuple(points.get(row.id, ())),
        reference_turn_id=row.reference_turn_id,
        reference_attempt_id=row.reference_attempt_id,
        resolution=row.resolution,
        in_trash=row.trash_id is not None,
    )
