"""The bank of questions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import func, insert, or_, update
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlmodel import Session, col, select

from interview_coach.domain.models import Question, Value, stage_order
from interview_coach.storage.tables import QuestionRow, ReferenceSeenRow, TranscriptRow, TurnRow, WordingRow

_AT_ONCE = 500  # bound variables in one statement stay far below SQLite's limit


class NewWording(Value):
    """A question as a turn asks it: its text, the key of its normal form, and the turn's stage."""

    key: str
    text: str
    stage: str


class QuestionRepository:
    """The questions, each under every wording that it is known by."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the question's id for each key that is known."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = self._session.exec(
                select(WordingRow.key, WordingRow.question_id).where(
                    col(WordingRow.key).in_(wanted[start : start + _AT_ONCE])
                )
            )
            found.update(dict(rows.all()))
        return found

    def add_missing(self, wordings: Sequence[NewWording], transcript_id: int, added: datetime) -> Mapping[str, int]:
        """Make sure that each wording has a question, and return the questions' ids by key."""
        ids = self.known(wording.key for wording in wordings)
        last = self._session.exec(select(func.max(QuestionRow.id))).one() or 0
        free = max(last, self._last_ever_used()) + 1
        questions: list[dict[str, object]] = []
        new_wordings: list[dict[str, object]] = []
        for wording in wordings:
            if wording.key in ids:
                continue
            ids[wording.key] = free
            questions.append(
                {
                    "id": free,
                    "uid": str(uuid4()),
                    "stage": wording.stage,
                    "text": wording.text,
                    "flagged": False,
                    "transcript_id": transcript_id,
                    "added_at": added,
                }
            )
            new_wordings.append({"key": wording.key, "question_id": free, "text": wording.text})
            free += 1
        if questions:
            self._session.execute(insert(QuestionRow), questions)
            self._session.execute(insert(WordingRow), new_wordings)
        return ids

    def get(self, question_id: int) -> Question | None:
        """Return one question."""
        row = self._session.get(QuestionRow, question_id)
        return None if row is None else _question(row)

    def listed_ids(self, *, stage: str | None = None, search: str | None = None) -> tuple[int, ...]:
        """Return the ids of the bank's questions by stage and order of arrival.

        A question is found under every stage in which some turn asks it. A search finds those in which each of its
        words occurs, in the question or in one of its recorded answers; case is ignored in Latin letters.
        """
        query = (
            select(QuestionRow.id, QuestionRow.stage)
            .join(TranscriptRow, col(TranscriptRow.id) == QuestionRow.transcript_id, isouter=True)
            .where(or_(col(QuestionRow.transcript_id).is_(None), col(TranscriptRow.published).is_(True)))
        )
        if stage is not None:
            asked_there = select(TurnRow.question_id).where(TurnRow.stage == stage)
            query = query.where(or_(col(QuestionRow.stage) == stage, col(QuestionRow.id).in_(asked_there)))
        for word in (search or "").split():
            answered = select(TurnRow.question_id).where(col(TurnRow.answer).icontains(word, autoescape=True))
            query = query.where(
                or_(col(QuestionRow.text).icontains(word, autoescape=True), col(QuestionRow.id).in_(answered))
            )
        rows = list(self._session.exec(query.order_by(col(QuestionRow.id))))
        rows.sort(key=lambda question: stage_order(question[1]))
        return tuple(question_id for question_id, _ in rows if question_id is not None)

    def get_many(self, question_ids: Sequence[int]) -> tuple[Question, ...]:
        """Return questions in the order of their ids given; ids that are not there are left out."""
        found: dict[int, Question] = {}
        for start in range(0, len(question_ids), _AT_ONCE):
            part = question_ids[start : start + _AT_ONCE]
            for row in self._session.exec(select(QuestionRow).where(col(QuestionRow.id).in_(part))):
                question = _question(row)
                found[question.id] = question
        return tuple(found[question_id] for question_id in question_ids if question_id in found)

    def stages(self) -> tuple[str, ...]:
        """Return the stages that the bank has turns of, known ones first and in their order."""
        rows = self._session.exec(
            select(TurnRow.stage, func.min(TurnRow.id))
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .where(TranscriptRow.published, col(TurnRow.question_id).is_not(None))
            .group_by(col(TurnRow.stage))
        ).all()
        ordered = sorted(rows, key=lambda row: (stage_order(row[0]), row[1]))
        return tuple(stage for stage, _ in ordered)

    def set_flag(self, question_id: int, flagged: bool) -> None:
        """Flag a question, or take the flag away."""
        self._session.execute(update(QuestionRow).where(col(QuestionRow.id) == question_id).values(flagged=flagged))

    def note_seen(self, question_ids: Iterable[int], seen: datetime) -> None:
        """Note that the references of these questions were on screen."""
        rows = [{"question_id": question_id, "seen_at": seen} for question_id in dict.fromkeys(question_ids)]
        if not rows:
            return
        statement = insert_or_update(ReferenceSeenRow)
        self._session.execute(
            statement.on_conflict_do_update(
                index_elements=["question_id"],
                set_={"seen_at": func.max(ReferenceSeenRow.seen_at, statement.excluded.seen_at)},
            ),
            rows,
        )

    def seen(self, question_id: int) -> datetime | None:
        """Return when the question's reference was last on screen."""
        row = self._session.get(ReferenceSeenRow, question_id)
        return None if row is None else row.seen_at

    def _last_ever_used(self) -> int:
        used = self._session.connection().exec_driver_sql("SELECT seq FROM sqlite_sequence WHERE name = 'question'")
        return int(used.scalar() or 0)


def _question(row: QuestionRow) -> Question:
    if row.id is None:
        raise LookupError("the row has no id yet")
    return Question(id=row.id, uid=row.uid, stage=row.stage, text=row.text, flagged=row.flagged)
