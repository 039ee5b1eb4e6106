"""When questions come back: the reviews of finished attempts, and the schedule that follows from them.

A question's schedule is its last review, of those whose attempt is not in Trash. Whatever lets an attempt go, come back
or belong to another question calls ``settle`` in the same transaction, so that the two never disagree.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, or_, select, true
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlmodel import Session, col

from interview_coach.domain.scheduling import FAR_AHEAD, Grade, Review
from interview_coach.storage.parts import parts
from interview_coach.storage.tables import AttemptRow, QuestionRow, ReviewRow, ScheduleRow, TranscriptRow

_Condition = ColumnElement[bool]

# What a review says, in the order in which _review takes it.
_SAYS = (
    *(col(ReviewRow.grade), col(ReviewRow.proposed), col(ReviewRow.reviewed_at), col(ReviewRow.day)),
    *(col(ReviewRow.due), col(ReviewRow.stability), col(ReviewRow.difficulty)),
)


class ScheduleRepository:
    """The reviews, and what is due when."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_review(self, attempt_id: int, review: Review) -> None:
        """Store the review of an attempt, and with it when its question is due."""
        values = {
            "grade": review.grade.value,
            "proposed": None if review.proposed is None else review.proposed.value,
            "reviewed_at": review.reviewed,
            "day": review.day,
            "due": review.due,
            "stability": review.stability,
            "difficulty": review.difficulty,
        }
        statement = insert_or_update(ReviewRow).values(attempt_id=attempt_id, **values)
        self._session.execute(statement.on_conflict_do_update(index_elements=["attempt_id"], set_=values))
        self.settle_of([attempt_id])

    def remove_review(self, attempt_id: int) -> None:
        """Take the review of an attempt away; its question is scheduled as by the review before, or not at all."""
        self.remove_reviews([attempt_id])

    def remove_reviews(self, attempt_ids: Sequence[int]) -> None:
        """Take the reviews of attempts away."""
        for part in parts(attempt_ids):
            self._session.execute(delete(ReviewRow).where(col(ReviewRow.attempt_id).in_(part)))
        self.settle_of(attempt_ids)

    def review(self, attempt_id: int) -> Review | None:
        """Return the review of an attempt, None where it has none."""
        return self.reviews([attempt_id]).get(attempt_id)

    def reviews(self, attempt_ids: Sequence[int]) -> dict[int, Review]:
        """Return the reviews of those of these attempts that have one, by attempt."""
        found: dict[int, Review] = {}
        for part in parts(attempt_ids):
            rows = self._session.execute(
                select(col(ReviewRow.attempt_id), *_SAYS).where(col(ReviewRow.attempt_id).in_(part))
            )
            found.update({attempt_id: _review(says) for attempt_id, *says in rows})
        return found

    def last(self, question_id: int) -> Review | None:
        """Return a question's schedule: its last review, None where it has none."""
        return self.of_questions([question_id]).get(question_id)

    def of_questions(self, question_ids: Sequence[int]) -> dict[int, Review]:
        """Return the schedule of those of these questions that have one, by question."""
        found: dict[int, Review] = {}
        for part in parts(question_ids):
            rows = self._session.execute(
                select(col(ScheduleRow.question_id), *_SAYS)
                .join(ReviewRow, col(ReviewRow.attempt_id) == ScheduleRow.attempt_id)
                .where(col(ScheduleRow.question_id).in_(part))
            )
            found.update({question_id: _review(says) for question_id, *says in rows})
        return found

    def due_ids(self, today: date) -> tuple[int, ...]:
        """Return the questions that are due on a day, the one that has waited longest first.

        Suspended ones never are, nor what is in Trash, was merged into another or is still being imported.
        """
        rows = self._session.execute(
            select(col(ScheduleRow.question_id))
            .join(QuestionRow, col(QuestionRow.id) == ScheduleRow.question_id)
            .join(TranscriptRow, col(TranscriptRow.id) == QuestionRow.transcript_id, isouter=True)
            .where(
                is_due(today),
                col(QuestionRow.suspended).is_(False),
                col(QuestionRow.trash_id).is_(None),
                col(QuestionRow.merged_into).is_(None),
                or_(col(QuestionRow.transcript_id).is_(None), col(TranscriptRow.published).is_(True)),
            )
            .order_by(col(ScheduleRow.due), col(ScheduleRow.question_id))
        )
        return tuple(row[0] for row in rows)

    def settle(self, question_ids: Iterable[int]) -> None:
        """See that these questions are scheduled as their last review says, and those without one not at all.

        Where attempts went from one question to another both are to be named.
        """
        ids = sorted(set(question_ids))
        # What is wrong goes first, of all: an attempt is in one row of the schedule alone. What is right stays.
        for part in parts(ids):
            self._remove_wrong(col(ScheduleRow.question_id).in_(part), col(AttemptRow.question_id).in_(part))
        for part in parts(ids):
            self._add_missing(col(AttemptRow.question_id).in_(part))

    def settle_of(self, attempt_ids: Sequence[int]) -> None:
        """See that the questions of these attempts are scheduled as their last review says."""
        self.settle(self.questions_of(attempt_ids))

    def settle_all(self) -> None:
        """See that every question is scheduled as its last review says."""
        self._remove_wrong(true(), true())
        self._add_missing(true())

    def questions_of(self, attempt_ids: Sequence[int]) -> set[int]:
        """Return the questions that these attempts answer."""
        found: set[int] = set()
        for part in parts(attempt_ids):
            rows = self._session.execute(select(col(AttemptRow.question_id)).where(col(AttemptRow.id).in_(part)))
            found.update(row[0] for row in rows)
        return found

    def _remove_wrong(self, scheduled: _Condition, reviewed: _Condition) -> None:
        right = _last_reviews(reviewed)
        holds = select(right.c.question_id).where(
            right.c.question_id == ScheduleRow.question_id,
            right.c.attempt_id == ScheduleRow.attempt_id,
            right.c.due == ScheduleRow.due,
        )
        self._session.execute(
            delete(ScheduleRow).where(scheduled, ~holds.exists()).execution_options(synchronize_session=False)
        )

    def _add_missing(self, reviewed: _Condition) -> None:
        right = _last_reviews(reviewed)
        there = select(col(ScheduleRow.question_id))
        missing = select(right.c.question_id, right.c.due, right.c.attempt_id).where(right.c.question_id.not_in(there))
        self._session.execute(insert(ScheduleRow).from_select(["question_id", "due", "attempt_id"], missing))


def is_due(today: date) -> _Condition:
    """Return the condition on the schedule under which a question is due, as ``domain.scheduling.is_due`` has it."""
    astray = today + min(FAR_AHEAD, date.max - today)
    ahead = select(col(ReviewRow.attempt_id)).where(col(ReviewRow.day) > astray)
    return or_(col(ScheduleRow.due) <= today, col(ScheduleRow.attempt_id).in_(ahead))


def _last_reviews(reviewed: _Condition) -> Any:  # noqa: ANN401  (a subquery)
    """Return the last review of each question, of attempts that are not in Trash."""
    place = func.row_number().over(
        partition_by=col(AttemptRow.question_id),
        order_by=(col(ReviewRow.reviewed_at).desc(), col(ReviewRow.attempt_id).desc()),
    )
    ranked = (
        select(
            col(AttemptRow.question_id).label("question_id"),
            col(ReviewRow.attempt_id).label("attempt_id"),
            col(ReviewRow.due).label("due"),
            place.label("place"),
        )
        .join(AttemptRow, col(AttemptRow.id) == ReviewRow.attempt_id)
        .where(col(AttemptRow.trash_id).is_(None), reviewed)
    )
    within = ranked.subquery()
    return select(within.c.question_id, within.c.attempt_id, within.c.due).where(within.c.place == 1).subquery()


def _review(says: Sequence[Any]) -> Review:
    grade, proposed, reviewed, day, due, stability, difficulty = says
    return Review(
        grade=Grade(grade),
        proposed=None if proposed is None else Grade(proposed),
        reviewed=reviewed,
        day=day,
        due=due,
        stability=stability,
        difficulty=difficulty,
    )
