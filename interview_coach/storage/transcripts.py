"""Transcripts and their turns: from values to rows and back."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, delete, func, update
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from interview_coach.domain.models import (
    Criterion,
    KeptTurn,
    Origin,
    RatingStatus,
    RecordedRating,
    TextLayout,
    Transcript,
    Turn,
    stage_order,
)
from interview_coach.domain.rubric import HIGHEST, LOWEST
from interview_coach.domain.selection import Candidate
from interview_coach.storage.parts import parts
from interview_coach.storage.references import ReferenceRepository
from interview_coach.storage.tables import (
    PlaceRow,
    QuestionRow,
    ShippedRow,
    TranscriptRow,
    TurnRow,
    WordingRow,
)

#: The columns that hold a turn as it was read.
TURN_COLUMNS = (
    *("number", "stage", "question", "answer", "feedback", "written", "asks", "status", "clarity", "confidence"),
    *("technical_depth", "summary", "plain_rating", "unreadable"),
)

#: What is there to be seen: published, and not in Trash.
_SEEN = (col(TranscriptRow.published).is_(True), col(TranscriptRow.trash_id).is_(None))

#: What is listed: one that was updated stands behind its update.
_LISTED = (*_SEEN, col(TranscriptRow.superseded_by).is_(None))

#: The transcripts of which a session asks a turn; an update stands for what it updates.
_PRACTISED = (
    select(func.coalesce(TranscriptRow.superseded_by, TranscriptRow.id))
    .join(TurnRow, col(TurnRow.transcript_id) == TranscriptRow.id)
    .join(PlaceRow, col(PlaceRow.turn_id) == TurnRow.id)
)


class AskedIn(NamedTuple):
    """A turn that asks a question, and its transcript, without their texts; ``answered`` where it has an answer."""

    turn_id: int
    transcript_id: int
    title: str
    held: date | None
    origin: Origin
    stage: str
    answered: bool


class TranscriptRepository:
    """The recorded interviews. What is not published yet, and what was deleted, is seen by nobody."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def remove_unpublished(self) -> None:
        """Remove what an import left behind that never came to its end.

        A transcript that a session asks was seen, so it was published, whatever its mark says.
        """
        unpublished = select(TranscriptRow.id).where(col(TranscriptRow.published).is_(False))
        if self._session.exec(unpublished.limit(1)).first() is None:
            return
        asked = select(TurnRow.transcript_id).join(PlaceRow, col(PlaceRow.turn_id) == TurnRow.id)
        self._session.execute(
            update(TranscriptRow)
            .where(col(TranscriptRow.published).is_(False), col(TranscriptRow.id).in_(asked))
            .values(published=True)
        )
        brought = select(QuestionRow.id).where(col(QuestionRow.transcript_id).in_(unpublished))
        self._session.execute(delete(TurnRow).where(col(TurnRow.transcript_id).in_(unpublished)))
        self._session.execute(delete(WordingRow).where(col(WordingRow.question_id).in_(brought)))
        self._session.execute(delete(QuestionRow).where(col(QuestionRow.transcript_id).in_(unpublished)))
        self._session.execute(delete(TranscriptRow).where(col(TranscriptRow.published).is_(False)))

    def get(self, transcript_id: int) -> Transcript | None:
        """Return a published transcript that was not deleted."""
        row = self._session.get(TranscriptRow, transcript_id)
        return None if row is None or not row.published or row.trash_id is not None else _transcript(row)

    def listed(self) -> tuple[Transcript, ...]:
        """Return the transcripts to list, in their order of import: published and not superseded."""
        rows = self._session.exec(select(TranscriptRow).where(*_LISTED).order_by(col(TranscriptRow.id)))
        return tuple(_transcript(row) for row in rows)

    def newest(self, most: int) -> tuple[Transcript, ...]:
        """Return the listed transcripts that came last, at most so many, in their order of import."""
        rows = self._session.exec(
            select(TranscriptRow).where(*_LISTED).order_by(col(TranscriptRow.id).desc()).limit(most)
        )
        return tuple(_transcript(row) for row in reversed(rows.all()))

    def first(self) -> Transcript | None:
        """Return the listed transcript that came first, None where there is none."""
        row = self._session.exec(select(TranscriptRow).where(*_LISTED).order_by(col(TranscriptRow.id)).limit(1)).first()
        return None if row is None else _transcript(row)

    def first_not_practised(self) -> Transcript | None:
        """Return the listed transcript that came first of those that no session asks, None where there is none."""
        row = self._session.exec(
            select(TranscriptRow)
            .where(*_LISTED, col(TranscriptRow.id).not_in(_PRACTISED))
            .order_by(col(TranscriptRow.id))
            .limit(1)
        ).first()
        return None if row is None else _transcript(row)

    def asking(self, question_ids: Iterable[int]) -> dict[int, int]:
        """Return how many turns of each listed transcript ask one of these questions; none where it is no turn."""
        wanted = list(question_ids)
        turns: dict[int, int] = {}
        for part in parts(wanted):
            rows = self._session.exec(
                select(TurnRow.transcript_id, func.count())
                .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
                .where(
                    col(TurnRow.question_id).in_(part),
                    *_SEEN,
                    col(TranscriptRow.superseded_by).is_(None),
                )
                .group_by(col(TurnRow.transcript_id))
            )
            for transcript_id, asking in rows:
                turns[transcript_id] = turns.get(transcript_id, 0) + asking
        return turns

    def answers(self, transcript_id: int, most: int) -> list[tuple[int, str | None]]:
        """Return the question's id and the recorded answer of the transcript's first turns that ask something."""
        rows = self._session.exec(
            select(TurnRow.question_id, TurnRow.answer)
            .where(TurnRow.transcript_id == transcript_id, col(TurnRow.question_id).is_not(None))
            .order_by(col(TurnRow.position))
            .limit(most)
        )
        return [(_lasting(question_id), answer) for question_id, answer in rows]

    def scores(self, transcript_id: int | None = None) -> dict[int, dict[Criterion, list[float]]]:
        """Return the recorded scores on each criterion, by transcript: of one, or of all."""
        query = select_columns(
            col(TurnRow.transcript_id), col(TurnRow.clarity), col(TurnRow.confidence), col(TurnRow.technical_depth)
        )
        if transcript_id is not None:
            query = query.where(col(TurnRow.transcript_id) == transcript_id)
        found: dict[int, dict[Criterion, list[float]]] = {}
        for of_transcript, *scores in self._session.execute(query):
            by_criterion = found.setdefault(of_transcript, {criterion: [] for criterion in Criterion})
            for criterion, score in zip(Criterion, scores, strict=True):
                if score is not None:
                    if not isinstance(score, int | float) or not LOWEST <= score <= HIGHEST:
                        raise ValueError("a recorded score is none")
                    by_criterion[criterion].append(score)
        return found

    def stages(self, transcript_id: int | None = None) -> dict[int, dict[str, int]]:
        """Return how many turns a transcript, or each of them, has in each stage.

        Stages come in the order of an interview, unknown ones after them in the order of the file.
        """
        query = select(TurnRow.transcript_id, TurnRow.stage, func.count(), func.min(TurnRow.position)).group_by(
            col(TurnRow.transcript_id), col(TurnRow.stage)
        )
        if transcript_id is not None:
            query = query.where(TurnRow.transcript_id == transcript_id)
        stages: dict[int, dict[str, int]] = {}
        rows = self._session.exec(query).all()
        if not all(isinstance(stage, str) and isinstance(first, int) for _, stage, _, first in rows):
            raise ValueError("a stage or a position of a turn is none")
        for of, stage, turns, _ in sorted(rows, key=lambda row: (stage_order(row[1]), row[3])):
            stages.setdefault(of, {})[stage] = turns
        return stages

    def turns(self, transcript_id: int, *, after: int = 0, most: int | None = None) -> tuple[KeptTurn, ...]:
        """Return a transcript's turns in the order of the file: those behind a position, so many at most."""
        rows = self._session.exec(
            select(TurnRow)
            .where(TurnRow.transcript_id == transcript_id, TurnRow.position > after)
            .order_by(col(TurnRow.position))
            .limit(most)
        )
        return tuple(_kept_turn(row) for row in rows)

    def turn(self, turn_id: int) -> KeptTurn | None:
        """Return one turn."""
        row = self._session.get(TurnRow, turn_id)
        return None if row is None else _kept_turn(row)

    def asked(self, question_id: int) -> tuple[str, ...]:
        """Return the texts under which turns ask a question, whatever transcript they are of."""
        rows = self._session.exec(select(TurnRow.question).where(TurnRow.question_id == question_id).distinct())
        return tuple(rows)

    def replace_turn(self, turn_id: int, turn: Turn) -> None:
        """Store a turn whose recorded answer was edited; the points and the note that it shows stay with it."""
        ReferenceRepository(self._session).keep_both(turn_id)
        self._session.execute(
            update(TurnRow)
            .where(col(TurnRow.id) == turn_id)
            .values(**dict(zip(TURN_COLUMNS, turn_cells(turn), strict=True)))
        )

    def asked_in(self, question_id: int) -> tuple[AskedIn, ...]:
        """Return which turns of listed transcripts ask a question, newest transcript first, without their texts."""
        rows = self._session.execute(
            select_columns(
                col(TurnRow.id),
                col(TurnRow.transcript_id),
                col(TranscriptRow.title),
                col(TranscriptRow.held_on),
                col(TranscriptRow.origin),
                col(TurnRow.stage),
                col(TurnRow.answer).is_not(None),
            )
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .where(col(TurnRow.question_id) == question_id, *_SEEN, col(TranscriptRow.superseded_by).is_(None))
            .order_by(col(TurnRow.transcript_id).desc(), col(TurnRow.position))
        )
        return tuple(
            AskedIn(turn_id, transcript_id, title, held, Origin(origin), stage, bool(answered))
            for turn_id, transcript_id, title, held, origin, stage, answered in rows
        )

    def turns_of_questions(self, question_ids: Sequence[int]) -> dict[int, tuple[tuple[KeptTurn, Transcript], ...]]:
        """Return for each question the turns of listed transcripts that ask it, newest transcript first."""
        rows = self._session.exec(
            select(TurnRow, TranscriptRow)
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .where(
                col(TurnRow.question_id).in_(question_ids),
                *_SEEN,
                col(TranscriptRow.superseded_by).is_(None),
            )
            .order_by(col(TurnRow.transcript_id).desc(), col(TurnRow.position))
        )
        found: dict[int, list[tuple[KeptTurn, Transcript]]] = {question_id: [] for question_id in question_ids}
        for turn, transcript in rows:
            if turn.question_id is not None:
                found[turn.question_id].append((_kept_turn(turn), _transcript(transcript)))
        return {question_id: tuple(turns) for question_id, turns in found.items()}

    def candidates(self, *, transcript_id: int | None = None, stage: str | None = None) -> tuple[Candidate, ...]:
        """Return the turns that a session may ask: of one transcript, of one stage, or of all that are listed.

        Turns whose question is suspended, or was deleted, are left out.
        """
        query = (
            select_columns(
                col(TurnRow.question_id),
                col(TurnRow.id),
                col(TurnRow.stage),
                col(TurnRow.transcript_id),
                col(TurnRow.position),
            )
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .join(QuestionRow, col(QuestionRow.id) == TurnRow.question_id)
            .where(*_SEEN, col(QuestionRow.trash_id).is_(None), col(QuestionRow.suspended).is_(False))
        )
        if transcript_id is not None:
            query = query.where(col(TurnRow.transcript_id) == transcript_id)
        else:
            query = query.where(col(TranscriptRow.superseded_by).is_(None))
        if stage is not None:
            query = query.where(col(TurnRow.stage) == stage)
        return tuple(
            Candidate(
                question_id=_lasting(question_id),
                turn_id=_lasting(turn_id),
                stage=turn_stage,
                transcript=transcript,
                position=position,
            )
            for question_id, turn_id, turn_stage, transcript, position in self._session.execute(query)
        )

    def shipped(self) -> frozenset[str]:
        """Return the content hashes of the shipped transcripts that were read once."""
        return frozenset(self._session.exec(select(ShippedRow.content_hash)))

    def note_shipped(self, content_hash: str, file: str, moment: datetime) -> None:
        """Remember that a shipped transcript was read, so that it is not read again after it was deleted."""
        self._session.add(ShippedRow(content_hash=content_hash, file=file, read_at=moment))

    def was_practised(self) -> bool:
        """Return whether a session asks a turn of any transcript."""
        return self._session.exec(_PRACTISED.limit(1)).first() is not None


def _lasting(row_id: int | None) -> int:
    if row_id is None:
        raise LookupError("the row has no id yet")
    return row_id


def _transcript(row: TranscriptRow) -> Transcript:
    return Transcript(
        id=_lasting(row.id),
        uid=row.uid,
        title=row.title,
        role=row.role,
        company=row.company,
        origin=Origin(row.origin),
        source=row.source,
        imported=row.imported_at,
        held=row.held_on,
        layout=layout_of(row),
    )


def layout_of(row: "TranscriptRow | Row[Any]") -> TextLayout:
    """Return the layout that a transcript's row holds."""
    return TextLayout(
        encoding=row.encoding,
        byte_order_mark=row.byte_order_mark,
        newline=row.newline,
        final_newline=row.final_newline,
        preamble=row.preamble,
    )


def turn_cells(turn: Turn) -> tuple[object, ...]:
    """Return what a row holds of a turn, in the order of ``TURN_COLUMNS``."""
    rating = turn.rating
    return (
        *(turn.number, turn.stage, turn.question, turn.answer, turn.feedback, turn.written, turn.asks),
        *(rating.status.value, rating.clarity, rating.confidence, rating.technical_depth, rating.summary),
        rating.as_written is None,
        json.dumps(rating.unreadable, ensure_ascii=False) if rating.unreadable else None,
    )


def _kept_turn(row: TurnRow) -> KeptTurn:
    unreadable = unreadable_scores(row.unreadable)
    return KeptTurn(
        id=_lasting(row.id),
        transcript_id=row.transcript_id,
        position=row.position,
        question_id=row.question_id,
        turn=Turn(
            number=row.number,
            stage=row.stage,
            question=row.question,
            answer=row.answer,
            feedback=row.feedback,
            written=row.written,
            asks=row.asks,
            rating=RecordedRating(
                status=RatingStatus(row.status),
                clarity=row.clarity,
                confidence=row.confidence,
                technical_depth=row.technical_depth,
                summary=row.summary,
                as_written=None if row.plain_rating else row.feedback,
                unreadable=unreadable,
            ),
        ),
    )


def unreadable_scores(note: str | None) -> tuple[tuple[Criterion, str], ...]:
    """Return the scores that could not be read, each as written, out of a turn's note; raises ValueError."""
    if note is None:
        return ()
    try:
        return tuple((Criterion(criterion), value) for criterion, value in json.loads(note))
    except (TypeError, RecursionError) as error:
        raise ValueError("a turn's note about unreadable scores is none") from error
