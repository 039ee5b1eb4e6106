"""What a search asks of the database: where words stand, and which questions have what a filter looks for.

Full-text hits come as ids, many of them as one JSON array: a hundred thousand rows of one number each would take three
times as long to fetch.
"""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from sqlmodel import Session

from interview_coach.domain.question_set import HIGHEST
from interview_coach.storage.driver import driver_of
from interview_coach.storage.moments import day, words
from interview_coach.storage.stages import distinct_stages

#: Hits that are ranked; ranking all of a common word takes a hundred times as long as finding it.
RANKED = 2_000

#: Letters from which on a word is looked for as a beginning of words in answers, notes and attempts as well.
LEAST_BEGINNING = 3


class Texts(Enum):
    """The texts that are looked through, each with its full-text index."""

    QUESTIONS = "question_search"
    ANSWERS = "answer_search"
    ATTEMPTS = "attempt_search"
    NOTES = "note_search"


#: How often questions were answered, and on which day last.
_TRIED = """
    SELECT question_id, count(*), max(day) FROM attempt
    WHERE state = 'submitted' AND trash_id IS NULL GROUP BY question_id
"""

#: The lowest score of each rated attempt, the later attempts of a question after the others.
_LOWEST = """
    SELECT question_id, (SELECT min(score) FROM self_rating WHERE attempt_id = attempt.id AND look = 'first') AS lowest
    FROM attempt WHERE state = 'submitted' AND trash_id IS NULL AND lowest IS NOT NULL ORDER BY number
"""

#: What a list shows beside each question.
_ROWS = """
    SELECT question.id, added_at,
        (SELECT count(*) FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL),
        (SELECT max(day) FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL),
        (SELECT min(score) FROM self_rating WHERE look = 'first' AND attempt_id = (
            SELECT attempt.id FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL
                AND EXISTS (SELECT 1 FROM self_rating WHERE attempt_id = attempt.id AND look = 'first')
            ORDER BY number DESC LIMIT 1)),
        (SELECT due FROM schedule WHERE question_id = question.id),
        (SELECT count(*) FROM turn JOIN transcript ON transcript.id = turn.transcript_id
            WHERE turn.question_id = question.id AND published AND transcript.trash_id IS NULL),
        EXISTS (SELECT 1 FROM reference_seen WHERE reference_seen.question_id = question.id)
    FROM question WHERE question.id IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True)
class Hits:
    """Rows in which words stand: their ids, and how well each fits where they are few enough to be ranked.

    ``weights`` are higher for rows that fit better; for questions it is by the question, else by the row's own id.
    """

    ids: Sequence[int]
    weights: dict[int, float] | None


@dataclass(frozen=True)
class Tried:
    """How often questions were answered and on which day last, and the lowest own score of the last rated attempt."""

    attempts: dict[int, int]
    last_day: dict[int, date]
    lowest: dict[int, int]


@dataclass(frozen=True)
class BankRow:
    """What a list shows beside a question: when it came, attempts, lowest own score, next day, turns that ask it.

    ``seen`` says whether its reference was on screen before.
    """

    added: datetime
    attempts: int
    last: date | None
    lowest: int | None
    due: date | None
    asked: int
    seen: bool


class SearchRepository:
    """Looks through texts and marks. All ids are those of questions but where it is said."""

    def __init__(self, session: Session) -> None:
        self._connection: sqlite3.Connection = driver_of(session)

    @property
    def changes(self) -> int:
        """A number that grows with everything that is stored."""
        return self._connection.total_changes

    # --- words

    def hits(self, texts: Texts, match: str) -> Hits:
        """Return the rows of some texts in which what FTS5 is asked for stands; ``match`` comes from ``matching``."""
        name = texts.value
        if self.is_common(texts, match):
            every = f"SELECT json_group_array(rowid) FROM {name} WHERE {name} MATCH ?"  # noqa: S608  (our own names)
            return Hits(self._ids(every, (match,)), None)
        ranked = f"SELECT rowid, -bm25({name}) FROM {name} WHERE {name} MATCH ?"  # noqa: S608  (our own names)
        weights = dict(self._connection.execute(ranked, (match,)).fetchall())
        return Hits(tuple(weights), weights)

    def is_common(self, texts: Texts, match: str) -> bool:
        """Return whether there are more hits than are ranked; quick for any word."""
        name = texts.value
        probe = f"SELECT 1 FROM {name} WHERE {name} MATCH ? LIMIT 1 OFFSET {RANKED}"  # noqa: S608  (our own names)
        return self._connection.execute(probe, (match,)).fetchone() is not None

    def newest(self, match: str, most: int) -> Sequence[int]:
        """Return the newest questions in whose own words it stands; quick for any word."""
        rows = self._connection.execute(
            "SELECT rowid FROM question_search WHERE question_search MATCH ? ORDER BY rowid DESC LIMIT ?", (match, most)
        )
        return array("q", [number for (number,) in rows])

    def attempted_in(self, attempt_ids: Sequence[int]) -> dict[int, int]:
        """Return the questions of attempts, by attempt; those in Trash are left out."""
        rows = self._connection.execute(
            "SELECT id, question_id FROM attempt WHERE id IN (SELECT value FROM json_each(?)) AND trash_id IS NULL",
            (json.dumps(list(attempt_ids)),),
        )
        found = dict(rows.fetchall())
        sound_ids(tuple(found.values()))
        return found

    # --- the bank

    def by_stage(self) -> tuple[tuple[str, Sequence[int]], ...]:
        """Return every question, hidden ones as well, by its own stage; ids in the order of their arrival."""
        statement = "SELECT json_group_array(id) FROM question WHERE stage = ?"
        stages = distinct_stages(self._connection, "question")
        return tuple((stage, sorted(self._ids(statement, (stage,)))) for stage in stages)

    def stages(self) -> tuple[tuple[str, int], ...]:
        """Return every stage that is some question's own, with the first of its questions, a hidden one as well."""
        first = "SELECT min(id) FROM question WHERE stage = ?"
        return tuple(
            (stage, sound_ids(self._connection.execute(first, (stage,)).fetchone())[0])
            for stage in distinct_stages(self._connection, "question")
        )

    def first_of(self, stage: str, most: int) -> Sequence[int]:
        """Return the first questions of a stage that the bank shows; quick for any number."""
        rows = self._connection.execute(
            "SELECT question.id FROM question LEFT JOIN transcript ON transcript.id = question.transcript_id "
            "WHERE question.stage = ? AND question.trash_id IS NULL AND merged_into IS NULL "
            "AND (question.transcript_id IS NULL OR published) ORDER BY question.id LIMIT ?",
            (stage, most),
        )
        return sound_ids([number for (number,) in rows])

    def hidden(self) -> Sequence[int]:
        """Return the questions that the bank does not show: in Trash, merged, or of an import that is not done."""
        return self._ids(
            "SELECT json_group_array(id) FROM ("
            "SELECT id FROM question WHERE trash_id IS NOT NULL "
            "UNION SELECT id FROM question WHERE merged_into IS NOT NULL "
            "UNION SELECT question.id FROM transcript JOIN question ON question.transcript_id = transcript.id "
            "WHERE NOT transcript.published)"
        )

    def stages_of_turns(self) -> tuple[str, ...]:
        """Return every stage under which a turn stands."""
        return distinct_stages(self._connection, "turn")

    def flagged(self) -> Sequence[int]:
        """Return the questions that are flagged."""
        return self._ids("SELECT json_group_array(id) FROM question WHERE flagged")

    def suspended(self) -> Sequence[int]:
        """Return the questions that no new session asks."""
        return self._ids("SELECT json_group_array(id) FROM question WHERE suspended")

    def tags(self) -> tuple[str, ...]:
        """Return every tag that is on a question."""
        return tuple(words(name) for (name,) in self._connection.execute("SELECT DISTINCT name FROM tag ORDER BY name"))

    def tagged(self, names: Iterable[str]) -> Sequence[int]:
        """Return the questions that have one of these tags."""
        found: set[int] = set()
        for name in names:
            found.update(self._ids("SELECT json_group_array(question_id) FROM tag WHERE name = ?", (name,)))
        return tuple(found)

    def first_tags(self) -> dict[int, str]:
        """Return the first tag of each question that has one."""
        rows = self._connection.execute("SELECT question_id, min(name) FROM tag GROUP BY question_id")
        return {question_id: words(name) for question_id, name in rows}

    def tried(self) -> Tried:
        """Return what was done about each question that was answered."""
        counted = self._connection.execute(_TRIED).fetchall()
        rated = self._connection.execute(_LOWEST).fetchall()
        sound_ids(tuple({question_id for question_id, *_ in (*counted, *rated)}))
        return Tried(
            attempts={question_id: number for question_id, number, _ in counted},
            last_day={question_id: day(last) for question_id, _, last in counted},
            lowest=dict(rated),
        )

    def due_days(self) -> dict[int, date]:
        """Return on which day each question that is scheduled comes back."""
        rows = self._connection.execute("SELECT question_id, due FROM schedule")
        found = {question_id: day(due) for question_id, due in rows}
        sound_ids(tuple(found))
        return found

    def asked_by(self, first: int, last: int) -> tuple[Sequence[int], Sequence[int]]:
        """Return the turns that ask questions with ids from ``first`` to ``last``, and beside each its question."""
        turns, questions = self._connection.execute(
            "SELECT json_group_array(id), json_group_array(question_id) FROM turn INDEXED BY turn_question "
            "WHERE question_id BETWEEN ? AND ?",
            (first, last),
        ).fetchone()
        return sound_ids(json.loads(turns)), sound_ids(json.loads(questions))

    def hidden_turns(self) -> Sequence[int]:
        """Return the turns of transcripts that are not in the bank."""
        return self._ids(
            "SELECT json_group_array(turn.id) FROM transcript CROSS JOIN turn ON turn.transcript_id = transcript.id "
            "WHERE NOT transcript.published OR transcript.trash_id IS NOT NULL"
        )

    def turns_of_transcripts(self, transcript_ids: Sequence[int]) -> Sequence[int]:
        """Return the turns of transcripts."""
        return self._ids(
            "SELECT json_group_array(id) FROM turn WHERE transcript_id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(transcript_ids)),),
        )

    def turns_under(self, stage: str) -> Sequence[int]:
        """Return the turns of a stage."""
        return self._ids("SELECT json_group_array(id) FROM turn WHERE stage = ?", (stage,))

    # --- the rows of a list

    def rows(self, question_ids: Sequence[int]) -> dict[int, BankRow]:
        """Return what a list shows beside the questions, by question; a hundred at a time."""
        rows = self._connection.execute(_ROWS, (json.dumps(list(question_ids)),))
        return {
            question_id: BankRow(
                added=datetime.fromisoformat(words(added)).replace(tzinfo=UTC),
                attempts=attempts,
                last=None if last is None else day(last),
                lowest=lowest,
                due=None if due is None else day(due),
                asked=asked,
                seen=bool(seen),
            )
            for question_id, added, attempts, last, lowest, due, asked, seen in rows
        }

    def answer_texts(self, question_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return the recorded answers to a few questions, the newest transcript's first."""
        return self._texts(
            "SELECT turn.question_id, turn.answer FROM turn JOIN transcript ON transcript.id = turn.transcript_id "
            "WHERE turn.question_id IN (SELECT value FROM json_each(?)) AND turn.answer IS NOT NULL AND published "
            "AND transcript.trash_id IS NULL ORDER BY turn.id DESC",
            question_ids,
        )

    def attempt_texts(self, question_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return the person's own answers to a few questions and their lines for next time, the newest first."""
        return self._texts(
            "SELECT question_id, text || char(10) || coalesce(resolution, '') FROM attempt "
            "WHERE question_id IN (SELECT value FROM json_each(?)) AND trash_id IS NULL ORDER BY number DESC",
            question_ids,
        )

    def note_texts(self, question_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return the person's notes on the recorded answers to a few questions."""
        return self._texts(
            "SELECT turn.question_id, note.text FROM turn JOIN note ON note.turn_id = turn.id "
            "WHERE turn.question_id IN (SELECT value FROM json_each(?))",
            question_ids,
        )

    def _texts(self, statement: str, question_ids: Sequence[int]) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for question_id, text in self._connection.execute(statement, (json.dumps(list(question_ids)),)):
            found.setdefault(question_id, []).append(words(text))
        return found

    def names(self) -> dict[int, tuple[str, ...]]:
        """Return what each transcript of the bank can be found by: its title, company, role and file name."""
        rows = self._connection.execute(
            "SELECT id, title, company, role, source FROM transcript WHERE published AND trash_id IS NULL"
        )
        return {number: tuple(words(name) for name in names if name) for number, *names in rows}

    def _ids(self, statement: str, values: tuple[object, ...] = ()) -> Sequence[int]:
        (written,) = self._connection.execute(statement, values).fetchone()
        return sound_ids(json.loads(written))


def sound_ids(ids: Sequence[int]) -> Sequence[int]:
    """Return ids as they were read; raises ValueError where one is none that the program gives, as in damaged rows."""
    try:
        sound = not ids or (min(ids) >= 0 and max(ids) <= HIGHEST)
    except TypeError as error:
        raise ValueError("an id is none") from error
    if not sound:
        raise ValueError("an id is none that the program gives")
    return ids


def matching(text: str, *, beginning: bool) -> str:
    """Return what asks FTS5 for words next to each other, the last of them as the beginning of a word if so wanted.

    In quotes nothing is part of FTS5's own language, so that no text is an error.
    """
    storable = text.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
    quoted = '"' + storable.replace('"', '""') + '"'
    return f"{quoted} *" if beginning else quoted
