"""What the person adds by hand: questions, and the transcript in which their references stand."""

from datetime import datetime
from uuid import uuid4

from sqlmodel import Session, col, select

from interview_coach.domain.models import Origin
from interview_coach.storage.tables import QuestionRow, TranscriptRow, TurnRow, WordingRow


class ByHandRepository:
    """Questions that no file brought."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, *, key: str, text: str, stage: str, added: datetime) -> int:
        """Add a question that belongs to no transcript, under a key that no question has, and return its id."""
        row = QuestionRow(uid=str(uuid4()), stage=stage, text=text, added_at=added)
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise LookupError("the row has no id yet")
        self._session.add(WordingRow(key=key, question_id=row.id, text=text))
        self._session.flush()
        return row.id

    def transcript(self, source: str) -> int | None:
        """Return the newest listed transcript that was written for practice and has this source; None without one."""
        return self._session.exec(
            select(TranscriptRow.id)
            .where(
                TranscriptRow.source == source,
                TranscriptRow.origin == Origin.WRITTEN.value,
                col(TranscriptRow.published).is_(True),
                col(TranscriptRow.trash_id).is_(None),
                col(TranscriptRow.superseded_by).is_(None),
            )
            .order_by(col(TranscriptRow.id).desc())
            .limit(1)
        ).first()

    def end(self, transcript_id: int) -> tuple[int, str]:
        """Return the position and the number of a transcript's last turn; 0 and "0" where it has none."""
        last = self._session.exec(
            select(TurnRow.position, TurnRow.number)
            .where(TurnRow.transcript_id == transcript_id)
            .order_by(col(TurnRow.position).desc())
            .limit(1)
        ).first()
        return (0, "0") if last is None else (last[0], last[1])
