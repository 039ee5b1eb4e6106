"""Deleted, put back, erased. What is deleted keeps its rows, marked with the entry of Trash that it lies in."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, func, insert, or_, select, true, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from interview_coach.domain.models import AttemptState, SessionState
from interview_coach.domain.trash import TrashEntry, TrashKind
from interview_coach.storage.parts import parts
from interview_coach.storage.references import ReferenceRepository
from interview_coach.storage.schedule import ScheduleRepository
from interview_coach.storage.tables import (
    AttemptRow,
    DecidedPointRow,
    KeyPointRow,
    PinRow,
    PlaceRow,
    QuestionRow,
    ReferenceSeenRow,
    ReviewRow,
    SelfRatingRow,
    SessionRow,
    TagRow,
    TranscriptRow,
    TrashRow,
    TurnRow,
    WordingRow,
)

#: What stands for the text of a question, or the title of a session, that was erased.
ERASED = "–"


class TrashRepository:
    """What was deleted: every other repository leaves it out."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, kind: TrashKind, moved: datetime) -> int:
        """Add an empty entry and return its id."""
        row = TrashRow(kind=kind.value, moved_at=moved)
        self._session.add(row)
        self._session.flush()
        if row.id is None:
            raise LookupError("the row has no id yet")
        return row.id

    def move_questions(self, trash_id: int, question_ids: Sequence[int]) -> int:
        """Put questions and their attempts into an entry; return how many questions were not in Trash before."""
        moved = 0
        for part in parts(question_ids):
            moved += self._session.execute(
                update(QuestionRow)
                .where(col(QuestionRow.id).in_(part), col(QuestionRow.trash_id).is_(None))
                .values(trash_id=trash_id)
            ).rowcount  # type: ignore[attr-defined]
            self._session.execute(
                update(AttemptRow)
                .where(col(AttemptRow.question_id).in_(part), col(AttemptRow.trash_id).is_(None))
                .values(trash_id=trash_id)
            )
        ScheduleRepository(self._session).settle(question_ids)
        return moved

    def move_attempts(self, trash_id: int, attempt_ids: Sequence[int]) -> int:
        """Put attempts into an entry, but for drafts; return how many."""
        moved = 0
        for part in parts(attempt_ids):
            moved += self._session.execute(
                update(AttemptRow)
                .where(
                    col(AttemptRow.id).in_(part),
                    col(AttemptRow.trash_id).is_(None),
                    col(AttemptRow.state) != AttemptState.DRAFT.value,
                )
                .values(trash_id=trash_id)
            ).rowcount  # type: ignore[attr-defined]
        ScheduleRepository(self._session).settle_of(attempt_ids)
        return moved

    def move_transcript(self, trash_id: int, transcript_id: int) -> tuple[int, int]:
        """Put a transcript, with the older versions of it, into an entry.

        The questions that no other transcript asks go along, but for those that the person answered or wrote; returns
        how many went and how many of its questions stayed.
        """
        self._session.execute(
            update(TranscriptRow)
            .where(
                or_(col(TranscriptRow.id) == transcript_id, col(TranscriptRow.superseded_by) == transcript_id),
                col(TranscriptRow.trash_id).is_(None),
            )
            .values(trash_id=trash_id)
        )
        asked = (
            select(col(TurnRow.question_id))
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .where(col(TranscriptRow.trash_id) == trash_id, col(TurnRow.question_id).is_not(None))
        )
        other = aliased(TurnRow)
        elsewhere = exists(
            select(col(other.id))
            .join(TranscriptRow, col(TranscriptRow.id) == col(other.transcript_id))
            .where(col(other.question_id) == QuestionRow.id, col(TranscriptRow.trash_id).is_(None))
        )
        answered = exists(
            select(col(AttemptRow.id)).where(
                col(AttemptRow.question_id) == QuestionRow.id,
                or_(col(AttemptRow.state) != AttemptState.DRAFT.value, col(AttemptRow.text) != ""),
            )
        )
        live = (col(QuestionRow.id).in_(asked), col(QuestionRow.trash_id).is_(None))
        alone = select(col(QuestionRow.id)).where(
            *live, ~elsewhere, ~answered, col(QuestionRow.transcript_id).is_not(None)
        )
        going = [row[0] for row in self._session.execute(alone)]
        along = self.move_questions(trash_id, going)
        stayed = self._session.execute(select(func.count()).select_from(QuestionRow).where(*live)).scalar_one()
        return along, stayed

    def listed(self) -> tuple[TrashEntry, ...]:
        """Return what can be put back, what was deleted last first."""
        entries = []
        rows = self._session.execute(
            select(TrashRow).where(col(TrashRow.erased_at).is_(None)).order_by(col(TrashRow.id).desc())
        )
        for row in rows.scalars():
            if row.id is None:
                raise LookupError("the row has no id yet")
            answered = or_(col(AttemptRow.state) != AttemptState.DRAFT.value, col(AttemptRow.text) != "")
            counts = [
                self._session.execute(
                    select(func.count()).select_from(table).where(col(table.trash_id) == row.id, condition)
                ).scalar_one()
                for table, condition in ((TranscriptRow, true()), (QuestionRow, true()), (AttemptRow, answered))
            ]
            if not any(counts):  # all that was in it has come back since
                continue
            entries.append(
                TrashEntry(
                    id=row.id,
                    kind=TrashKind(row.kind),
                    moved=row.moved_at,
                    title=self._title(row.id, TrashKind(row.kind)),
                    transcripts=counts[0],
                    questions=counts[1],
                    attempts=counts[2],
                )
            )
        return tuple(entries)

    def older_than(self, moment: datetime) -> tuple[int, ...]:
        """Return the entries that were moved before a moment.

        Dates are compared as dates: to SQLite a spoilt one, a bare number, would be older than any.
        """
        rows = self._session.execute(
            select(col(TrashRow.id), col(TrashRow.moved_at)).where(col(TrashRow.erased_at).is_(None))
        )
        return tuple(trash_id for trash_id, moved in rows if moved < moment)

    def holds(self, trash_id: int) -> bool:
        """Return whether an entry is there and was not erased."""
        row = self._session.get(TrashRow, trash_id)
        return row is not None and row.erased_at is None

    def take_out(self, question_id: int, attempt_id: int) -> None:
        """Take a question out of Trash that is answered after it was deleted, with this attempt at it alone."""
        for table, row_id in ((QuestionRow, question_id), (AttemptRow, attempt_id)):
            self._session.execute(
                update(table).where(col(table.id) == row_id, col(table.trash_id).is_not(None)).values(trash_id=None)
            )

    def put_back(self, trash_id: int) -> int:
        """Put all of an entry back; return how many things of its kind came back.

        Questions that were deleted after attempts at them come back with these: they would go for good together.
        """
        answered = select(col(AttemptRow.question_id)).where(col(AttemptRow.trash_id) == trash_id)
        again_due = self._session.execute(answered).scalars().all()
        self._session.execute(
            update(QuestionRow)
            .where(col(QuestionRow.id).in_(answered), col(QuestionRow.trash_id) != trash_id)
            .values(trash_id=None)
        )
        kind = self._session.execute(select(col(TrashRow.kind)).where(col(TrashRow.id) == trash_id)).scalar_one()
        counts = {}
        for name, table in (("transcript", TranscriptRow), ("questions", QuestionRow), ("attempts", AttemptRow)):
            counts[name] = self._session.execute(
                update(table).where(col(table.trash_id) == trash_id).values(trash_id=None)
            ).rowcount  # type: ignore[attr-defined]
        self._session.execute(delete(TrashRow).where(col(TrashRow.id) == trash_id))
        ScheduleRepository(self._session).settle(again_due)
        return int(counts[kind])

    def texts(self, trash_id: int) -> tuple[tuple[str, str], ...]:
        """Return what an entry holds as (table, uid), so that it can be looked for in backups."""
        found: list[tuple[str, str]] = []
        for name, table in (("transcript", TranscriptRow), ("question", QuestionRow), ("attempt", AttemptRow)):
            rows = self._session.execute(select(col(table.uid)).where(col(table.trash_id) == trash_id))
            found.extend((name, row[0]) for row in rows)
        return tuple(found)

    def erase(self, trash_id: int, moment: datetime) -> None:
        """Take every text of an entry out of the database. Rows that a session's order needs stay, without a word.

        A question that has an answer which was not deleted comes back instead. The bytes are gone from the file only
        after ``Database.compact``.
        """
        answered = select(col(AttemptRow.question_id)).where(
            col(AttemptRow.trash_id).is_(None), col(AttemptRow.text) != ""
        )
        self._session.execute(
            update(QuestionRow)
            .where(col(QuestionRow.trash_id) == trash_id, col(QuestionRow.id).in_(answered))
            .values(trash_id=None)
        )
        questions = [
            row[0]
            for row in self._session.execute(select(col(QuestionRow.id)).where(col(QuestionRow.trash_id) == trash_id))
        ]
        transcripts = [
            row[0]
            for row in self._session.execute(
                select(col(TranscriptRow.id)).where(col(TranscriptRow.trash_id) == trash_id)
            )
        ]
        signposts: list[int] = []
        for part in parts(questions):
            rows = self._session.execute(select(col(QuestionRow.id)).where(col(QuestionRow.merged_into).in_(part)))
            signposts.extend(row[0] for row in rows)
        questions += signposts
        self._erase_attempts(trash_id, questions, moment)
        ReferenceRepository(self._session).leave(trash_id)
        self._erase_transcripts(transcripts)
        self._erase_questions(trash_id, questions)
        self._finish_sessions(moment)
        self._session.execute(update(TrashRow).where(col(TrashRow.id) == trash_id).values(erased_at=moment))

    def _erase_attempts(self, trash_id: int, questions: Sequence[int], moment: datetime) -> None:
        for part in parts(questions):
            self._session.execute(
                update(AttemptRow).where(col(AttemptRow.question_id).in_(part)).values(trash_id=trash_id)
            )
        erased = select(col(AttemptRow.id)).where(col(AttemptRow.trash_id) == trash_id)
        self._session.execute(delete(SelfRatingRow).where(col(SelfRatingRow.attempt_id).in_(erased)))
        for table in (DecidedPointRow, KeyPointRow, PinRow, ReviewRow):
            self._session.execute(delete(table).where(col(table.attempt_id).in_(erased)))
        self._session.execute(
            update(AttemptRow)
            .where(col(AttemptRow.reference_attempt_id).in_(erased))
            .values(reference_attempt_id=None)
            .execution_options(synchronize_session=False)
        )
        # What was still to be answered, rated or compared is passed over by its session.
        self._session.execute(
            update(AttemptRow)
            .where(col(AttemptRow.trash_id) == trash_id, col(AttemptRow.compared_at).is_(None))
            .values(state=AttemptState.SKIPPED.value, submitted_at=func.coalesce(col(AttemptRow.submitted_at), moment))
        )
        self._session.execute(
            update(AttemptRow)
            .where(col(AttemptRow.trash_id) == trash_id)
            .values(text="", resolution=None, reference_turn_id=None, reference_attempt_id=None)
        )

    def _erase_transcripts(self, transcripts: Sequence[int]) -> None:
        for part in parts(transcripts):
            turns = select(col(TurnRow.id)).where(col(TurnRow.transcript_id).in_(part))
            self._session.execute(update(PlaceRow).where(col(PlaceRow.turn_id).in_(turns)).values(turn_id=None))
            self._session.execute(
                update(AttemptRow).where(col(AttemptRow.reference_turn_id).in_(turns)).values(reference_turn_id=None)
            )
            self._session.execute(delete(TurnRow).where(col(TurnRow.transcript_id).in_(part)))
            self._session.execute(
                update(QuestionRow).where(col(QuestionRow.transcript_id).in_(part)).values(transcript_id=None)
            )
            self._session.execute(
                update(SessionRow)
                .where(col(SessionRow.transcript_id).in_(part))
                .values(transcript_id=None, title=ERASED)
            )
            self._session.execute(
                update(TranscriptRow).where(col(TranscriptRow.superseded_by).in_(part)).values(superseded_by=None)
            )
            self._session.execute(delete(TranscriptRow).where(col(TranscriptRow.id).in_(part)))

    def _erase_questions(self, trash_id: int, questions: Sequence[int]) -> None:
        for part in parts(questions):
            for table in (WordingRow, TagRow, ReferenceSeenRow, KeyPointRow):
                self._session.execute(delete(table).where(col(table.question_id).in_(part)))
            self._session.execute(update(TurnRow).where(col(TurnRow.question_id).in_(part)).values(question_id=None))
            self._close_places(trash_id, part)
            needed = select(col(PlaceRow.question_id))
            self._session.execute(
                update(QuestionRow)
                .where(col(QuestionRow.id).in_(part))
                .values(text=ERASED, stage=ERASED, trash_id=trash_id)
            )
            # What answers for a question that goes goes before it.
            self._session.execute(
                delete(QuestionRow).where(
                    col(QuestionRow.id).in_(part),
                    col(QuestionRow.id).not_in(needed),
                    col(QuestionRow.id).not_in(select(col(AttemptRow.question_id))),
                    col(QuestionRow.merged_into).is_not(None),
                )
            )
            self._session.execute(
                delete(QuestionRow).where(
                    col(QuestionRow.id).in_(part),
                    col(QuestionRow.id).not_in(needed),
                    col(QuestionRow.id).not_in(select(col(AttemptRow.question_id))),
                    col(QuestionRow.id).not_in(
                        select(col(QuestionRow.merged_into)).where(col(QuestionRow.merged_into).is_not(None))
                    ),
                )
            )

    def _close_places(self, trash_id: int, questions: Sequence[int]) -> None:
        """Let sessions that still go on pass over places whose question is erased."""
        from uuid import uuid4  # late: rarely needed

        rows = self._session.execute(
            select(col(PlaceRow.session_id), col(PlaceRow.place), col(PlaceRow.question_id), col(SessionRow.started_at))
            .join(SessionRow, col(SessionRow.id) == PlaceRow.session_id)
            .where(
                col(PlaceRow.question_id).in_(questions),
                ~exists(
                    select(col(AttemptRow.id)).where(
                        col(AttemptRow.session_id) == PlaceRow.session_id, col(AttemptRow.place) == PlaceRow.place
                    )
                ),
            )
        ).all()
        numbers: dict[int, int] = {}
        added = []
        for session_id, place, question_id, started in rows:
            if question_id not in numbers:
                last = self._session.execute(
                    select(func.max(col(AttemptRow.number))).where(col(AttemptRow.question_id) == question_id)
                ).scalar_one()
                numbers[question_id] = last or 0
            numbers[question_id] += 1
            added.append(
                {
                    "uid": str(uuid4()),
                    "session_id": session_id,
                    "place": place,
                    "question_id": question_id,
                    "number": numbers[question_id],
                    "state": AttemptState.SKIPPED.value,
                    "text": "",
                    "seconds": 0.0,
                    "blind": False,
                    "day": started.date(),
                    "started_at": started,
                    "submitted_at": started,
                    "trash_id": trash_id,
                }
            )
        if added:
            self._session.execute(insert(AttemptRow), added)

    def _finish_sessions(self, moment: datetime) -> None:
        """Finish the sessions in which nothing is left to do, now that places of theirs are passed over."""
        later = aliased(AttemptRow)
        ended = exists(
            select(col(AttemptRow.id)).where(
                col(AttemptRow.session_id) == PlaceRow.session_id,
                col(AttemptRow.place) == PlaceRow.place,
                or_(col(AttemptRow.state) == AttemptState.SKIPPED.value, col(AttemptRow.compared_at).is_not(None)),
                ~exists(
                    select(col(later.id)).where(
                        col(later.session_id) == AttemptRow.session_id,
                        col(later.place) == AttemptRow.place,
                        col(later.number) > AttemptRow.number,
                    )
                ),
            )
        )
        left = exists(select(col(PlaceRow.place)).where(col(PlaceRow.session_id) == SessionRow.id, ~ended))
        self._session.execute(
            update(SessionRow)
            .where(col(SessionRow.state).in_([SessionState.OPEN.value, SessionState.PAUSED.value]), ~left)
            .values(state=SessionState.FINISHED.value, finished_at=moment)
        )

    def _title(self, trash_id: int, kind: TrashKind) -> str:
        if kind is TrashKind.TRANSCRIPT:
            query = select(col(TranscriptRow.title)).where(col(TranscriptRow.trash_id) == trash_id)
            query = query.order_by(col(TranscriptRow.id).desc())
        elif kind is TrashKind.QUESTIONS:
            query = (
                select(col(QuestionRow.text)).where(col(QuestionRow.trash_id) == trash_id).order_by(col(QuestionRow.id))
            )
        else:
            query = (
                select(col(QuestionRow.text))
                .join(AttemptRow, col(AttemptRow.question_id) == QuestionRow.id)
                .where(col(AttemptRow.trash_id) == trash_id)
                .order_by(col(AttemptRow.id))
            )
        return self._session.execute(query.limit(1)).scalar() or ERASED
