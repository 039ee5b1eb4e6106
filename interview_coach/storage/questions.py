"""The bank of questions."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Literal

from sqlalchemy import and_, case, func, or_, text, update
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.sqlite import insert as insert_or_update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from interview_coach.domain.models import Question, stage_order
from interview_coach.storage.driver import driver_of
from interview_coach.storage.parts import parts
from interview_coach.storage.references import ReferenceRepository
from interview_coach.storage.schedule import ScheduleRepository
from interview_coach.storage.stages import distinct_stages
from interview_coach.storage.tables import (
    AttemptRow,
    PlaceRow,
    QuestionRow,
    ReferenceSeenRow,
    TagRow,
    TranscriptRow,
    TurnRow,
    WordingRow,
)

#: The first turn of a stage that the bank shows.
_FIRST_OF_STAGE = """
    SELECT turn.id FROM turn
        JOIN transcript ON transcript.id = turn.transcript_id JOIN question ON question.id = turn.question_id
    WHERE turn.stage = ? AND transcript.published AND transcript.trash_id IS NULL AND question.trash_id IS NULL
    ORDER BY turn.id LIMIT 1
"""

_BEYOND = 1_000_000_000  # more attempts than anybody makes


class QuestionRepository:
    """The questions, each under every wording that it is known by."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def known(self, keys: Iterable[str]) -> dict[str, int]:
        """Return the question's id for each key that is known."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, int] = {}
        for part in parts(wanted):
            rows = self._session.exec(
                select(WordingRow.key, WordingRow.question_id).where(col(WordingRow.key).in_(part))
            )
            found.update(dict(rows.all()))
        return found

    def get(self, question_id: int) -> Question | None:
        """Return one question, also one that was deleted; for one that was merged, the one that it went into."""
        return next(iter(self.get_many([question_id])), None)

    def listed_ids(self, *, stage: str | None = None) -> tuple[int, ...]:
        """Return the ids of the bank's questions by stage and order of arrival.

        A question is found under every stage in which some turn asks it.
        """
        query = (
            select(QuestionRow.id, QuestionRow.stage)
            .join(TranscriptRow, col(TranscriptRow.id) == QuestionRow.transcript_id, isouter=True)
            .where(
                or_(col(QuestionRow.transcript_id).is_(None), col(TranscriptRow.published).is_(True)),
                col(QuestionRow.trash_id).is_(None),
                col(QuestionRow.merged_into).is_(None),
            )
        )
        if stage is not None:
            asked_there = (
                select(TurnRow.question_id)
                .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
                .where(TurnRow.stage == stage, col(TranscriptRow.trash_id).is_(None))
            )
            query = query.where(or_(col(QuestionRow.stage) == stage, col(QuestionRow.id).in_(asked_there)))
        rows = list(self._session.exec(query.order_by(col(QuestionRow.id))))
        rows.sort(key=lambda question: stage_order(question[1]))
        return tuple(question_id for question_id, _ in rows if question_id is not None)

    def get_many(self, question_ids: Sequence[int]) -> tuple[Question, ...]:
        """Return questions in the order of their ids given; ids that are not there are left out.

        The id of a question that was merged is answered with the one that it went into.
        """
        into = self._signposts(question_ids)
        wanted = list({into.get(question_id, question_id) for question_id in question_ids})
        found: dict[int, Question] = {}
        for part in parts(wanted):
            tags: dict[int, list[str]] = {}
            named = select(TagRow.question_id, TagRow.name).where(col(TagRow.question_id).in_(part))
            for question_id, name in self._session.exec(named.order_by(col(TagRow.name))):
                tags.setdefault(question_id, []).append(name)
            for row in self._session.exec(select(QuestionRow).where(col(QuestionRow.id).in_(part))):
                question = _question(row, tags)
                found[question.id] = question
        resolved = (into.get(question_id, question_id) for question_id in question_ids)
        return tuple(found[question_id] for question_id in resolved if question_id in found)

    def _signposts(self, question_ids: Sequence[int]) -> dict[int, int]:
        """Return where merged questions went, by id; merging keeps these chains one step long."""
        if self._session.exec(select(QuestionRow.id).where(col(QuestionRow.merged_into).is_not(None)).limit(1)).first():
            merged = select(QuestionRow.id, QuestionRow.merged_into).where(col(QuestionRow.merged_into).is_not(None))
            wanted = set(question_ids)
            return {old: new for old, new in self._session.exec(merged) if old in wanted and old and new}
        return {}

    def stages(self) -> tuple[str, ...]:
        """Return the stages that the bank has turns of, known ones first and in their order."""
        connection = driver_of(self._session)
        rows = []
        for stage in distinct_stages(connection, "turn"):
            if not isinstance(stage, str):
                raise ValueError("the stage of a turn is none")
            first = connection.execute(_FIRST_OF_STAGE, (stage,)).fetchone()
            if first is not None:
                rows.append((stage, first[0]))
        return tuple(stage for stage, _ in sorted(rows, key=lambda row: (stage_order(row[0]), row[1])))

    def set_flag(self, question_id: int, flagged: bool) -> None:
        """Flag a question, or take the flag away."""
        self._session.execute(update(QuestionRow).where(col(QuestionRow.id) == question_id).values(flagged=flagged))

    def set_flags(self, question_ids: Sequence[int], flagged: bool) -> int:
        """Flag questions, or take the flags away; return how many that changed."""
        return self._set_marks(question_ids, "flagged", flagged)

    def set_suspended(self, question_ids: Sequence[int], suspended: bool) -> int:
        """Suspend questions, or let them come again; return how many that changed."""
        return self._set_marks(question_ids, "suspended", suspended)

    def _set_marks(self, question_ids: Sequence[int], column: Literal["flagged", "suspended"], mark: bool) -> int:
        statement = (
            f"UPDATE question SET {column} = :mark "  # noqa: S608  (our own names)
            f"WHERE id IN (SELECT value FROM json_each(:questions)) AND {column} IS NOT :mark"
        )
        marked = self._session.execute(text(statement), {"mark": mark, "questions": json.dumps(list(question_ids))})
        return int(marked.rowcount)  # type: ignore[attr-defined]

    def reword(self, question_id: int, *, key: str, text: str, stage: str) -> None:
        """Give a question another text and stage; it stays known by its former wordings."""
        self._session.execute(
            update(QuestionRow).where(col(QuestionRow.id) == question_id).values(text=text, stage=stage)
        )
        if key not in self.known([key]):
            self._session.add(WordingRow(key=key, question_id=question_id, text=text))
            self._session.flush()

    def add_tags(self, question_ids: Sequence[int], names: Sequence[str]) -> None:
        """Put tags on questions; one that is there stays. Any number at once: it is one statement."""
        if names:
            self._session.execute(
                text(
                    "INSERT INTO tag (question_id, name) SELECT question.value, name.value "
                    "FROM json_each(:questions) AS question CROSS JOIN json_each(:names) AS name WHERE true "
                    "ON CONFLICT DO NOTHING"
                ),
                {"questions": json.dumps(list(question_ids)), "names": json.dumps(list(names))},
            )

    def remove_tags(self, question_ids: Sequence[int], names: Sequence[str]) -> None:
        """Take tags off questions. Any number at once: it is one statement."""
        if names:
            self._session.execute(
                text(
                    "DELETE FROM tag WHERE question_id IN (SELECT value FROM json_each(:questions)) "
                    "AND name IN (SELECT value FROM json_each(:names))"
                ),
                {"questions": json.dumps(list(question_ids)), "names": json.dumps(list(names))},
            )

    def in_bank(self, question_ids: Sequence[int]) -> set[int]:
        """Return those of these ids whose question is in the bank: neither merged into another nor in Trash."""
        found: set[int] = set()
        for part in parts(question_ids):
            rows = self._session.execute(
                select_columns(col(QuestionRow.id)).where(
                    col(QuestionRow.id).in_(part),
                    col(QuestionRow.trash_id).is_(None),
                    col(QuestionRow.merged_into).is_(None),
                )
            )
            found.update(row[0] for row in rows)
        return found

    def in_common(self, question_ids: Sequence[int]) -> tuple[int, int, dict[str, int]]:
        """Return how many of these questions are flagged, how many suspended, and how many have each tag, by name."""
        flagged = suspended = 0
        tags: dict[str, int] = {}
        for part in parts(question_ids):
            marks = self._session.execute(
                select_columns(
                    func.count(case((col(QuestionRow.flagged), 1))), func.count(case((col(QuestionRow.suspended), 1)))
                ).where(col(QuestionRow.id).in_(part))
            ).one()
            flagged, suspended = flagged + marks[0], suspended + marks[1]
            named = select_columns(col(TagRow.name), func.count()).where(col(TagRow.question_id).in_(part))
            for name, number in self._session.execute(named.group_by(col(TagRow.name))):
                tags[name] = tags.get(name, 0) + number
        return flagged, suspended, dict(sorted(tags.items()))

    def tags(self) -> tuple[str, ...]:
        """Return every tag that is on a question of the bank."""
        rows = self._session.exec(
            select(TagRow.name)
            .join(QuestionRow, col(QuestionRow.id) == TagRow.question_id)
            .where(col(QuestionRow.trash_id).is_(None), col(QuestionRow.merged_into).is_(None))
            .distinct()
            .order_by(col(TagRow.name))
        )
        return tuple(rows)

    def merge(self, into: int, other: int) -> None:
        """Let one question answer for another: it takes over its wordings, turns, tags, flag and attempts.

        Its own pinned attempt and its own points stay; where it has none, it takes over the other's. Attempts are
        numbered anew in the order in which they were begun, and the last of their reviews says when it is due. Where a
        session asks both, the other keeps its place there.
        """
        execute = self._session.execute
        ReferenceRepository(self._session).merge(into, other)
        for table in (WordingRow, TurnRow):
            execute(update(table).where(col(table.question_id) == other).values(question_id=into))
        ours = select(PlaceRow.session_id).where(PlaceRow.question_id == into)
        execute(
            update(PlaceRow)
            .where(col(PlaceRow.question_id) == other, col(PlaceRow.session_id).not_in(ours))
            .values(question_id=into)
        )
        attempts = self._session.exec(
            select(AttemptRow.id)
            .where(col(AttemptRow.question_id).in_([into, other]))
            .order_by(col(AttemptRow.started_at), col(AttemptRow.id))
        ).all()
        # Numbers are given twice: first ones that nobody has or will have when the merge is taken back, since a
        # question has each number once.
        for beyond, question in ((_BEYOND, None), (0, into)):
            for number, attempt_id in enumerate(attempts, beyond + 1):
                values = {"number": number} if question is None else {"number": number, "question_id": question}
                execute(update(AttemptRow).where(col(AttemptRow.id) == attempt_id).values(**values))
        tags = self._session.exec(select(TagRow.name).where(TagRow.question_id == other)).all()
        self.add_tags([into], tags)
        self.remove_tags([other], tags)
        seen = self.seen(other)
        if seen is not None:
            self.note_seen([into], seen)
        flags = select(func.max(QuestionRow.flagged)).where(col(QuestionRow.id).in_([into, other]))
        execute(
            update(QuestionRow).where(col(QuestionRow.id) == into).values(flagged=bool(self._session.exec(flags).one()))
        )
        execute(
            update(QuestionRow)
            .where(or_(col(QuestionRow.id) == other, col(QuestionRow.merged_into) == other))
            .values(merged_into=into)
        )
        ScheduleRepository(self._session).settle([into, other])

    def let_attempts_follow_places(self) -> None:
        """Let every attempt answer the question of its place again, after a merge was taken back.

        One that was begun since the merge was numbered among the attempts of the other question; it gets the next
        number. Places whose question is merged into another keep attempts of that one.
        """
        strays = self._session.execute(
            select_columns(col(AttemptRow.id), col(AttemptRow.question_id), col(PlaceRow.question_id))
            .join(
                PlaceRow,
                and_(col(PlaceRow.session_id) == AttemptRow.session_id, col(PlaceRow.place) == AttemptRow.place),
            )
            .join(QuestionRow, col(QuestionRow.id) == PlaceRow.question_id)
            .where(col(PlaceRow.question_id) != AttemptRow.question_id, col(QuestionRow.merged_into).is_(None))
            .order_by(col(AttemptRow.number), col(AttemptRow.id))
        ).all()
        for attempt_id, _, question_id in strays:
            last = self._session.exec(
                select(func.max(AttemptRow.number)).where(AttemptRow.question_id == question_id)
            ).one()
            self._session.execute(
                update(AttemptRow)
                .where(col(AttemptRow.id) == attempt_id)
                .values(question_id=question_id, number=(last or 0) + 1)
            )
        ReferenceRepository(self._session).let_pins_follow_attempts()
        ScheduleRepository(self._session).settle(question_id for _, *both in strays for question_id in both)

    def note_seen(self, question_ids: Iterable[int], seen: datetime) -> None:
        """Note that the references of these questions were on screen."""
        rows = [{"question_id": question_id, "seen_at": seen} for question_id in dict.fromkeys(question_ids)]
        if not rows:
            return
        statement = insert_or_update(ReferenceSeenRow)
        try:
            self._session.execute(
                statement.on_conflict_do_update(
                    index_elements=["question_id"],
                    set_={"seen_at": func.max(ReferenceSeenRow.seen_at, statement.excluded.seen_at)},
                ),
                rows,
            )
        except IntegrityError as error:
            raise ValueError("a turn asks a question that is not there") from error

    def seen(self, question_id: int) -> datetime | None:
        """Return when the question's reference was last on screen."""
        row = self._session.get(ReferenceSeenRow, question_id)
        return None if row is None else row.seen_at


def _question(row: QuestionRow, tags: Mapping[int, list[str]]) -> Question:
    if row.id is None:
        raise LookupError("the row has no id yet")
    return Question(
        id=row.id,
        uid=row.uid,
        stage=row.stage,
        text=row.text,
        flagged=row.flagged,
        suspended=row.suspended,
        tags=tuple(tags.get(row.id, ())),
    )
