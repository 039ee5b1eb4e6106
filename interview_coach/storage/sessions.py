"""Sessions and the fixed order of their questions."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, func, insert, update
from sqlmodel import Session as DatabaseSession
from sqlmodel import col, select

from interview_coach.domain.models import Mode, Place, Session, SessionState
from interview_coach.domain.selection import Candidate
from interview_coach.storage.tables import PlaceRow, SessionRow


class SessionRepository:
    """The sittings."""

    def __init__(self, session: DatabaseSession) -> None:
        self._session = session

    def add(
        self, *, mode: Mode, title: str, transcript_id: int | None, order: Sequence[Candidate], started: datetime
    ) -> int:
        """Add an open session that asks these turns in this order, and return its id."""
        row = SessionRow(
            uid=str(uuid4()),
            mode=mode.value,
            state=SessionState.OPEN.value,
            title=title,
            transcript_id=transcript_id,
            started_at=started,
            last_step_at=started,
        )
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise LookupError("the row has no id yet")
        places = [
            {"session_id": row.id, "place": place, "question_id": turn.question_id, "turn_id": turn.turn_id}
            for place, turn in enumerate(order, 1)
        ]
        self._session.execute(insert(PlaceRow), places)
        return row.id

    def get(self, session_id: int) -> Session | None:
        """Return one session."""
        row = self._session.get(SessionRow, session_id)
        return None if row is None else self._session_value(row, self._questions(col(SessionRow.id) == session_id))

    def open_one(self) -> Session | None:
        """Return the open session, if there is one."""
        return next(iter(self._in_states([SessionState.OPEN])), None)

    def to_resume(self) -> tuple[Session, ...]:
        """Return the open and paused sessions, the one last worked on first."""
        return self._in_states([SessionState.OPEN, SessionState.PAUSED])

    def latest_step(self) -> datetime | None:
        """Return when the last step of any session was taken, None where there was no session yet."""
        return self._session.exec(select(func.max(SessionRow.last_step_at))).one()

    def listed(self) -> tuple[Session, ...]:
        """Return all sessions, newest first."""
        return self._in_states(list(SessionState), newest_started=True)

    def set_state(self, session_id: int, state: SessionState, moment: datetime | None = None) -> None:
        """Set a session's state; ``moment`` is when it was finished, for that state only."""
        self._session.execute(
            update(SessionRow).where(col(SessionRow.id) == session_id).values(state=state.value, finished_at=moment)
        )

    def set_last_step(self, session_id: int, moment: datetime) -> None:
        """Note when the last step was taken."""
        self._session.execute(update(SessionRow).where(col(SessionRow.id) == session_id).values(last_step_at=moment))

    def places(self, session_id: int) -> tuple[Place, ...]:
        """Return the session's order; ValueError where it has gaps, which nothing of ours stores."""
        rows = self._session.exec(
            select(PlaceRow).where(PlaceRow.session_id == session_id).order_by(col(PlaceRow.place))
        )
        places = tuple(Place(place=row.place, question_id=row.question_id, turn_id=row.turn_id) for row in rows)
        if not places or [place.place for place in places] != list(range(1, len(places) + 1)):
            raise ValueError("the places of a session are not counted from 1")
        return places

    def _in_states(self, states: Sequence[SessionState], *, newest_started: bool = False) -> tuple[Session, ...]:
        order = SessionRow.id if newest_started else SessionRow.last_step_at
        rows = self._session.exec(
            select(SessionRow)
            .where(col(SessionRow.state).in_([state.value for state in states]))
            .order_by(col(order).desc(), col(SessionRow.id).desc())
        ).all()
        questions = self._questions(col(SessionRow.state).in_([state.value for state in states]))
        return tuple(self._session_value(row, questions) for row in rows)

    def _questions(self, sessions: ColumnElement[bool]) -> dict[int, int]:
        rows = self._session.exec(
            select(PlaceRow.session_id, func.count())
            .join(SessionRow, col(SessionRow.id) == PlaceRow.session_id)
            .where(sessions)
            .group_by(col(PlaceRow.session_id))
        )
        return dict(rows.all())

    @staticmethod
    def _session_value(row: SessionRow, questions: dict[int, int]) -> Session:
        if row.id is None:
            raise LookupError("the row has no id yet")
        return Session(
            id=row.id,
            uid=row.uid,
            mode=Mode(row.mode),
            state=SessionState(row.state),
            title=row.title,
            transcript_id=row.transcript_id,
            started=row.started_at,
            last_step=row.last_step_at,
            finished=row.finished_at,
            questions=questions.get(row.id, 0),
        )
