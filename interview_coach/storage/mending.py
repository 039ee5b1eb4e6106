# ruff: noqa: S608  (every statement is made of our own names)
"""Repairs that go row by row: a place made for what has lost its own, and numbers counted afresh.

They use the functions that ``check`` lends to SQL. None takes a text away.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence

#: What stands for a question, a transcript or a session of which nothing is left.
QUESTION_LOST = "(question lost)"
TRANSCRIPT_LOST = "(transcript lost)"
SESSION_LOST = "(session lost)"

#: A repair of the rows with these numbers.
Step = Callable[[sqlite3.Connection, Sequence[int]], None]


def nearest(*moments: str) -> str:
    """Return the expression for the first of these moments that can be read; for now where none can."""
    return f"nearest_moment({', '.join(f'CAST({moment} AS BLOB)' for moment in moments)})"


def renumber(table: str, group: str, number: str) -> Step:
    """Count the rows of each group that has a wrong number afresh from 1, in the order in which they were stored."""

    def count_afresh(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
        for of, _ in _by_number(connection, table, group, wrong):
            if of is None:
                continue  # what it stands on is lost: first that
            rows = connection.execute(
                f'SELECT rowid FROM "{table}" WHERE {group} = ? ORDER BY rowid',
                (of,),
            ).fetchall()
            for sign in (-(2**40), 1):  # first out of each other's way
                connection.executemany(
                    f'UPDATE "{table}" SET {number} = ? WHERE rowid = ?',
                    [(place if sign == 1 else sign - place, rowid) for place, (rowid,) in enumerate(rows, 1)],
                )

    return count_afresh


def _by_number(
    connection: sqlite3.Connection, table: str, column: str, rowids: Iterable[int]
) -> list[tuple[int | None, list[int]]]:
    """Return rows by what stands in a column; a row in which that is no number stands alone, under None."""
    query = f"""SELECT iif(typeof({column}) = 'integer', {column}, NULL) FROM "{table}" WHERE rowid = ?"""
    alone: list[tuple[int | None, list[int]]] = []
    together: dict[int, list[int]] = {}
    for rowid in rowids:
        (number,) = connection.execute(query, (rowid,)).fetchone()
        if number is None:
            alone.append((None, [rowid]))
        else:
            together.setdefault(number, []).append(rowid)
    return [*together.items(), *alone]


def renumber_places(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
    """Count the places of a session afresh, its attempts going along."""
    for session_id, _ in _by_number(connection, "place", "session_id", wrong):
        if session_id is None:
            continue  # its session is lost: first that
        places = connection.execute(
            "SELECT rowid, iif(typeof(place) = 'integer', place, NULL) FROM place WHERE session_id = ? "
            "ORDER BY typeof(place) <> 'integer', place, rowid",
            (session_id,),
        ).fetchall()
        for away in (2**40, 0):
            for number, (rowid, old) in enumerate(places, 1):
                before = old if away else 2**40 + number
                connection.execute(
                    "UPDATE attempt SET place = ? WHERE session_id = ? AND place = ?",
                    (away + number, session_id, before),
                )
                connection.execute("UPDATE place SET place = ? WHERE rowid = ?", (away + number, rowid))


def find_places(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
    """Give attempts a place in their session: where it asks their question, else one of its own."""
    for rowid in wrong:
        session_id, place, question_id, draft = connection.execute(
            "SELECT a.session_id, iif(typeof(a.place) = 'integer', a.place, NULL), a.question_id, a.state = 'draft' "
            "FROM attempt a JOIN session s ON s.id = a.session_id JOIN question q ON q.id = a.question_id "
            "WHERE a.rowid = ?",
            (rowid,),
        ).fetchone() or (None, None, None, None)
        if session_id is None:
            continue  # its session or its question is lost: first that
        if _is_there(connection, "place WHERE session_id = ? AND place = ?", session_id, place):
            continue  # made for the attempt before
        asked = connection.execute(
            "SELECT iif(typeof(place) = 'integer', place, NULL) FROM place WHERE session_id = ? AND question_id = ?",
            (session_id, question_id),
        ).fetchone()
        if asked is not None:
            if asked[0] is None:
                continue  # the place has no number itself: first that
            other_draft = "attempt WHERE session_id = ? AND place = ? AND state = 'draft'"
            if draft and _is_there(connection, other_draft, session_id, asked[0]):
                moment = nearest("saved_at", "started_at")
                connection.execute(
                    f"UPDATE attempt SET state = 'skipped', submitted_at = {moment} WHERE rowid = ?",
                    (rowid,),
                )
            connection.execute("UPDATE attempt SET place = ? WHERE rowid = ?", (asked[0], rowid))
            continue
        if not isinstance(place, int) or not 1 <= place < 2**31:
            (place,) = connection.execute(
                "SELECT coalesce(max(place), 0) + 1 FROM place WHERE session_id = ? AND typeof(place) = 'integer'",
                (session_id,),
            ).fetchone()
            connection.execute("UPDATE attempt SET place = ? WHERE rowid = ?", (place, rowid))
        connection.execute(
            "INSERT INTO place (session_id, place, question_id) VALUES (?, ?, ?)", (session_id, place, question_id)
        )


def find_sessions(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
    """Give attempts whose session is lost one under its number, or under a new one where that is no number."""
    for lost, rowids in _by_number(connection, "attempt", "session_id", wrong):
        started = nearest("started_at", "saved_at", "submitted_at")
        moments = [
            connection.execute(f"SELECT {started} FROM attempt WHERE rowid = ?", (rowid,)).fetchone()[0]
            for rowid in rowids
        ]
        session_id = connection.execute(
            "INSERT INTO session (id, uid, mode, state, title, started_at, last_step_at) "
            "VALUES (?, new_uid(), 'practice', 'abandoned', ?, ?, ?)",
            (_if_once_used(connection, "session", lost), SESSION_LOST, min(moments), max(moments)),
        ).lastrowid
        _set(connection, "attempt", "session_id", session_id, rowids)


def find_transcripts(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
    """Give turns whose transcript is lost one under its number, or under a new one where that is no number."""
    for lost, rowids in _by_number(connection, "turn", "transcript_id", wrong):
        transcript_id = connection.execute(
            "INSERT INTO transcript (id, uid, title, origin, source, content_hash, encoding, byte_order_mark, newline, "
            "final_newline, preamble, imported_at, published) VALUES (?, new_uid(), ?, 'recorded', '', new_uid(), "
            "'utf-8', 0, char(10), 1, '', nearest_moment(), 1)",
            (_if_once_used(connection, "transcript", lost), TRANSCRIPT_LOST),
        ).lastrowid
        _set(connection, "turn", "transcript_id", transcript_id, rowids)


def _set(connection: sqlite3.Connection, table: str, column: str, value: int | None, rowids: Iterable[int]) -> None:
    statement = f'UPDATE "{table}" SET {column} = ? WHERE rowid = ?'
    connection.executemany(statement, [(value, rowid) for rowid in rowids])


def find_questions(table: str) -> Step:
    """Make lost questions anew for the rows of a table, under their numbers, from whatever still holds their text."""

    def make_anew(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
        for lost, rowids in _by_number(connection, table, "question_id", wrong):
            if lost is not None and _is_there(connection, "question WHERE id = ?", lost):
                continue  # found in the place
            text, stage = _last_known(connection, table, rowids[0], lost)
            question_id = connection.execute(
                "INSERT INTO question (id, uid, stage, text, flagged, added_at, suspended) "
                "VALUES (?, new_uid(), ?, ?, 0, nearest_moment(), 0)",
                (_if_once_used(connection, "question", lost), stage, text),
            ).lastrowid
            _set(connection, table, "question_id", question_id, rowids)

    return make_anew


def _last_known(connection: sqlite3.Connection, table: str, rowid: int, lost: int | None) -> tuple[str, str]:
    """Return the text and the stage of a lost question, as far as another row tells them."""
    turn = "SELECT as_text(CAST(turn.question AS BLOB)), as_text(CAST(turn.stage AS BLOB)) FROM "
    of_row = {
        "turn": "turn WHERE turn.rowid = ?",
        "place": "place JOIN turn ON turn.id = place.turn_id WHERE place.rowid = ?",
        "attempt": "attempt JOIN turn ON turn.id = attempt.reference_turn_id AND turn.question_id IS NULL "
        "WHERE attempt.rowid = ?",
    }
    wording = "SELECT as_text(CAST(text AS BLOB)), 'INTRO' FROM wording WHERE question_id = ? ORDER BY rowid"
    for query, value in (
        (turn + "turn WHERE question_id = ? ORDER BY id", lost),
        (turn + of_row[table], rowid),
        (wording, lost),
    ):
        for text, stage in connection.execute(query, (value,)):
            if text:
                return text, stage or "INTRO"
    return QUESTION_LOST, "INTRO"


def take_question_of_place(connection: sqlite3.Connection, wrong: Sequence[int]) -> None:
    """Where the place of an attempt still has its question, that is what the attempt answers."""
    for rowid in wrong:
        found = connection.execute(
            "SELECT question.id FROM attempt JOIN place ON place.session_id = attempt.session_id "
            "AND place.place = attempt.place JOIN question ON question.id = place.question_id WHERE attempt.rowid = ?",
            (rowid,),
        ).fetchone()
        if found is not None:  # under a number that none has: they are counted afresh later
            connection.execute(
                "UPDATE attempt SET question_id = ?, number = ? WHERE rowid = ?", (found[0], -(2**41) - rowid, rowid)
            )


def _if_once_used(connection: sqlite3.Connection, table: str, row_id: int | None) -> int | None:
    """Return a number that a row of the table had once; None, so that SQLite gives a new one, where it never did."""
    if row_id is None:
        return None
    used = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()[0]
    return row_id if isinstance(used, int) and 1 <= row_id <= used else None


def _is_there(connection: sqlite3.Connection, where: str, *values: object) -> bool:
    return connection.execute(f"SELECT 1 FROM {where}", values).fetchone() is not None
