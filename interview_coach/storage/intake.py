"""How files come into the bank: what is there already, and many rows at once.

An import writes a hundred thousand rows while a person may be typing, so it speaks to SQLite's driver itself: the same
transaction, without a statement being made anew for each row.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import uuid4

from sqlmodel import Session

from interview_coach.domain.models import Origin, TextLayout, Turn
from interview_coach.domain.trash import TrashKind
from interview_coach.storage.driver import driver_of
from interview_coach.storage.moments import written
from interview_coach.storage.transcripts import TURN_COLUMNS, turn_cells

_INSERT_TURN = (
    f"INSERT INTO turn (transcript_id, position, question_id, {', '.join(TURN_COLUMNS)}) "  # noqa: S608  (our names)
    f"VALUES ({', '.join('?' * (3 + len(TURN_COLUMNS)))})"
)


class KeptFile(NamedTuple):
    """A transcript that came from a file of the same content; ``trash_id`` where it lies in Trash."""

    id: int
    title: str
    trash_id: int | None


class NewTranscript(NamedTuple):
    """A transcript that comes in, without its turns."""

    title: str
    role: str | None
    company: str | None
    held: date | None
    origin: Origin
    source: str
    content_hash: str
    layout: TextLayout


class NewTurn(NamedTuple):
    """A turn that comes in: ``key`` is that of the question it asks, None where it asks nothing; ``tags`` go on it."""

    turn: Turn
    key: str | None
    tags: tuple[str, ...] = ()


class IntakeRepository:
    """What an import asks of the bank, and what it adds to it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def with_hashes(self, hashes: Iterable[str]) -> dict[str, KeptFile]:
        """Return the published transcript of each content hash that is known, also from Trash."""
        rows = self._rows(
            "SELECT content_hash, id, title, trash_id FROM transcript "
            "WHERE content_hash IN (SELECT value FROM json_each(?)) AND published",
            (_as_list(hashes),),
        )
        return {content_hash: KeptFile(*rest) for content_hash, *rest in rows}

    def with_sources(self, sources: Iterable[str]) -> dict[str, list[int]]:
        """Return the listed transcripts that came from files of these names, newest first."""
        found: dict[str, list[int]] = {}
        rows = self._rows(
            "SELECT source, id FROM transcript WHERE source IN (SELECT value FROM json_each(?)) "
            "AND published AND trash_id IS NULL AND superseded_by IS NULL ORDER BY id DESC",
            (_as_list(sources),),
        )
        for source, transcript_id in rows:
            found.setdefault(source, []).append(transcript_id)
        return found

    def sharing(self, beginnings: Sequence[str], most: int) -> list[tuple[int, str]]:
        """Return questions of the bank, id and text, that have two of these beginnings of words, the newest first.

        Of a single one, those that have it. Words are compared without case and accents.
        """
        terms = [f'"{beginning.replace(chr(34), "")}" *' for beginning in beginnings]
        if not terms:
            return []
        wanted = [f"({term} AND ({' OR '.join(terms[place:])}))" for place, term in enumerate(terms[:-1], 1)]
        return self._rows(
            "SELECT question.id, question.text FROM question_search "
            "JOIN question ON question.id = question_search.rowid "
            "LEFT JOIN transcript ON transcript.id = question.transcript_id "
            "WHERE question_search MATCH ? AND question.trash_id IS NULL AND question.merged_into IS NULL "
            "AND (question.transcript_id IS NULL OR transcript.published) ORDER BY question_search.rowid DESC LIMIT ?",
            (" OR ".join(wanted) or terms[0], most),
        )

    def add(self, new: NewTranscript, imported: datetime) -> int:
        """Add an unpublished transcript without turns and return its id."""
        layout = new.layout
        cursor = self._driver.execute(
            "INSERT INTO transcript (uid, title, role, company, origin, source, content_hash, encoding, "
            "byte_order_mark, newline, final_newline, preamble, imported_at, published, held_on) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
            (
                *(str(uuid4()), new.title, new.role, new.company, new.origin.value, new.source, new.content_hash),
                *(layout.encoding, layout.byte_order_mark, layout.newline, layout.final_newline, layout.preamble),
                *(written(imported), None if new.held is None else new.held.isoformat()),
            ),
        )
        if cursor.lastrowid is None:
            raise LookupError("the transcript has no id")
        return cursor.lastrowid

    def add_turns(
        self,
        transcript_id: int,
        first_position: int,
        turns: Sequence[NewTurn],
        ids: dict[str, int],
        added: datetime,
    ) -> None:
        """Add turns at the given position (from 1) and those after it, and the questions that are new.

        ``ids`` has the id of each question that is known, by key; those that are added are put into it.
        """
        questions: list[tuple[object, ...]] = []
        wordings: list[tuple[object, ...]] = []
        tags: list[tuple[int, str]] = []
        free = self._free_question()
        moment = written(added)
        uids = _uids(len(turns))
        for new in turns:
            if new.key is None or new.key in ids:
                continue
            ids[new.key] = free
            questions.append((free, next(uids), new.turn.stage, new.turn.question, transcript_id, moment))
            wordings.append((new.key, free, new.turn.question))
            free += 1
        for new in turns:
            if new.key is not None:
                tags.extend((ids[new.key], tag) for tag in new.tags)
        driver = self._driver
        driver.executemany(
            "INSERT INTO question (id, uid, stage, text, flagged, suspended, transcript_id, added_at) "
            "VALUES (?, ?, ?, ?, 0, 0, ?, ?)",
            questions,
        )
        driver.executemany("INSERT INTO wording (key, question_id, text) VALUES (?, ?, ?)", wordings)
        driver.executemany(
            _INSERT_TURN,
            [
                (transcript_id, position, None if new.key is None else ids[new.key], *turn_cells(new.turn))
                for position, new in enumerate(turns, first_position)
            ],
        )
        if tags:
            driver.executemany("INSERT OR IGNORE INTO tag (question_id, name) VALUES (?, ?)", tags)

    def publish(self, transcript_id: int, supersedes: int | None = None) -> None:
        """Let a transcript be seen; the one that it updates is no longer listed.

        Its questions come back that went to Trash along with another transcript; one that was deleted for itself does
        not.
        """
        driver = self._driver
        driver.execute("UPDATE transcript SET published = 1 WHERE id = ?", (transcript_id,))
        if driver.execute("SELECT 1 FROM trash WHERE kind = ? LIMIT 1", (TrashKind.TRANSCRIPT.value,)).fetchall():
            for table, column in (("attempt", "question_id"), ("question", "id")):
                driver.execute(
                    f"UPDATE {table} SET trash_id = NULL "  # noqa: S608  (our own names)
                    f"WHERE {column} IN (SELECT question_id FROM turn WHERE transcript_id = ?) "
                    "AND trash_id IN (SELECT id FROM trash WHERE kind = ?)",
                    (transcript_id, TrashKind.TRANSCRIPT.value),
                )
        if supersedes is not None:
            driver.execute(
                "UPDATE transcript SET superseded_by = ? WHERE id = ? OR superseded_by = ?",
                (transcript_id, supersedes, supersedes),
            )

    def _free_question(self) -> int:
        """Return an id that no question ever had."""
        ((used,),) = self._rows(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'question'), 0), "
            "coalesce((SELECT max(id) FROM question), 0))",
            (),
        )
        return int(used) + 1

    @property
    def _driver(self) -> sqlite3.Connection:
        return driver_of(self._session)

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        return self._driver.execute(statement, values).fetchall()


def _as_list(values: Iterable[str]) -> str:
    return json.dumps(list(values), ensure_ascii=False)


def _uids(most: int) -> Iterator[str]:
    """Yield that many random UUIDs (version 4); ``uuid4`` asks the system for each of them."""
    chance = os.urandom(16 * most).hex()
    for start in range(0, 32 * most, 32):
        digits = chance[start : start + 32]
        variant = "89ab"[int(digits[16], 16) & 3]
        yield f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
