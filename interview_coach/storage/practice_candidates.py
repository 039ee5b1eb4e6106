"""Chosen questions as a session may ask them, read for those that are named alone, however large the bank is."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, func
from sqlalchemy import select as select_columns
from sqlmodel import Session, col

from interview_coach.domain.models import AttemptState
from interview_coach.domain.selection import Candidate
from interview_coach.storage.driver import driver_of
from interview_coach.storage.parts import AT_ONCE, parts
from interview_coach.storage.tables import AttemptRow, QuestionRow, SelfRatingRow, TranscriptRow, TurnRow

#: What SQL is told to leave out where it looks for words.
_BLANKS = " \t\n\r"


class Choosable(NamedTuple):
    """A question of the bank that may come into a session, or stays out of it since it is suspended."""

    question_id: int
    stage: str
    suspended: bool


class PracticeCandidates:
    """The questions that were chosen to be practised."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def choosable(self, question_ids: Sequence[int]) -> tuple[Choosable, ...]:
        """Return the questions of these ids in their order, each once; what is not in the bank any more is left out.

        The id of a question that was merged is answered with the one that it went into.
        """
        found: dict[int, Choosable] = {}
        into: dict[int, int] = {}
        for part in parts(question_ids):
            self._look_up(part, found, into)
        for part in parts(list(set(into.values()) - found.keys())):
            self._look_up(part, found, into)
        resolved = dict.fromkeys(into.get(question_id, question_id) for question_id in question_ids)
        return tuple(found[question_id] for question_id in resolved if question_id in found)

    def _look_up(self, question_ids: Sequence[int], found: dict[int, Choosable], into: dict[int, int]) -> None:
        # Asked of SQLite itself: of very many ids most of the time would go into making the statements.
        marks = ", ".join("?" * len(question_ids))
        rows = driver_of(self._session).execute(
            "SELECT question.id, question.stage, suspended, merged_into FROM question "  # noqa: S608  (question marks)
            "LEFT JOIN transcript ON transcript.id = question.transcript_id "
            f"WHERE question.id IN ({marks}) AND question.trash_id IS NULL "
            "AND (question.transcript_id IS NULL OR published)",
            tuple(question_ids),
        )
        for question_id, stage, suspended, merged_into in rows.fetchall():
            if merged_into is None:
                found[question_id] = Choosable(question_id, stage, bool(suspended))
            else:
                into[question_id] = merged_into

    def candidates(self, questions: Sequence[Choosable]) -> tuple[Candidate, ...]:
        """Return each question as a session of no transcript asks it, in their order.

        Its turn is the newest that has an answer, else the newest, since that is the reference; it stands where a
        transcript first asked it in that turn's stage, so that it never comes behind what follows up on it. A question
        that no listed transcript asks has no turn: it is asked by itself, in its own stage.
        """
        turns: dict[int, list[tuple[int, str, int, int, bool]]] = {}
        for part in parts([question.question_id for question in questions]):
            rows = self._session.execute(
                select_columns(
                    col(TurnRow.question_id),
                    col(TurnRow.id),
                    col(TurnRow.stage),
                    col(TurnRow.transcript_id),
                    col(TurnRow.position),
                    col(TurnRow.answer).is_not(None),
                )
                .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
                .where(
                    col(TurnRow.question_id).in_(part),
                    col(TranscriptRow.published).is_(True),
                    col(TranscriptRow.trash_id).is_(None),
                    col(TranscriptRow.superseded_by).is_(None),
                )
                .order_by(col(TurnRow.transcript_id).desc(), col(TurnRow.position))
            )
            for question_id, *turn in rows:
                turns.setdefault(question_id, []).append((turn[0], turn[1], turn[2], turn[3], bool(turn[4])))
        return tuple(_candidate(question, turns.get(question.question_id, ())) for question in questions)

    def by_hand(self, stage: str | None = None) -> tuple[Candidate, ...]:
        """Return the questions, of a stage or all, that the person added and no listed transcript asks."""
        query = select_columns(col(QuestionRow.id), col(QuestionRow.stage), col(QuestionRow.suspended)).where(
            col(QuestionRow.transcript_id).is_(None),
            col(QuestionRow.trash_id).is_(None),
            col(QuestionRow.merged_into).is_(None),
            col(QuestionRow.suspended).is_(False),
        )
        if stage is not None:
            query = query.where(col(QuestionRow.stage) == stage)
        found = self.candidates([Choosable(*row) for row in self._session.execute(query)])
        return tuple(candidate for candidate in found if candidate.turn_id is None)

    def lowest_scores(self, question_ids: Sequence[int]) -> dict[int, float]:
        """Return the lowest score that the person first gave themselves on each of these questions.

        It is that of the latest attempt that they rated. One with nothing in it ("I don't know yet") is not rated and
        counts as 0. Questions without such an attempt are left out.
        """
        empty = func.trim(col(AttemptRow.text), _BLANKS) == ""
        given = and_(col(SelfRatingRow.attempt_id) == AttemptRow.id, col(SelfRatingRow.look) == "first")
        rows = self._session.execute(
            select_columns(col(AttemptRow.question_id), case((empty, 0), else_=func.min(SelfRatingRow.score)))
            .join(SelfRatingRow, given, isouter=True)
            .where(*_answered(question_ids))
            .group_by(col(AttemptRow.id))
            .order_by(col(AttemptRow.number))
        )
        wanted = set(question_ids)
        latest = {question_id: score for question_id, score in rows if score is not None}
        return {question_id: score for question_id, score in latest.items() if question_id in wanted}

    def last_answered(self, question_ids: Sequence[int]) -> dict[int, datetime]:
        """Return when an answer to each of these questions was last submitted; those without one are left out."""
        rows = self._session.execute(
            select_columns(col(AttemptRow.question_id), func.max(AttemptRow.submitted_at))
            .where(*_answered(question_ids))
            .group_by(col(AttemptRow.question_id))
        )
        wanted = set(question_ids)
        return {question_id: moment for question_id, moment in rows if question_id in wanted}


def _answered(question_ids: Sequence[int]) -> tuple[ColumnElement[bool], ...]:
    """Return the condition on attempts that were submitted; of many questions those at any question."""
    submitted = (col(AttemptRow.state) == AttemptState.SUBMITTED.value, col(AttemptRow.trash_id).is_(None))
    few = len(question_ids) <= AT_ONCE
    return (*submitted, col(AttemptRow.question_id).in_(question_ids)) if few else submitted


def _candidate(question: Choosable, turns: Sequence[tuple[int, str, int, int, bool]]) -> Candidate:
    """Return a question with one of its turns, which come newest transcript first: id, stage, place, answered."""
    if not turns:
        return Candidate(
            question_id=question.question_id,
            turn_id=None,
            stage=question.stage,
            transcript=None,
            position=question.question_id,
        )
    turn_id, stage, *_ = next((turn for turn in turns if turn[4]), turns[0])
    transcript, position = min(turn[2:4] for turn in turns if turn[1] == stage)
    return Candidate(
        question_id=question.question_id, turn_id=turn_id, stage=stage, transcript=transcript, position=position
    )
