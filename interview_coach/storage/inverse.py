"""What takes a change back: every row as it was, noted by SQLite itself while the change is made.

Triggers that live in memory for the length of one unit of work write, for each row that changes, the statement that
restores it; carried out in reverse order they take the change back whole. Rows in succession that want the same become
one statement: a tag on ten thousand questions is taken back by a few of them, and they are few to keep. The notes never
reach the disk.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from interview_coach.storage.driver import driver_of
from interview_coach.storage.search_index import rows_coming_back

#: The tables whose changes can be taken back.
_TABLES = (
    *("trash", "transcript", "question", "wording", "tag", "turn", "place", "attempt", "reference_seen"),
    *("key_point", "note", "pin", "review", "saved_search"),
)

#: Those whose rows say by their number which attempt they are about.
_OF_ATTEMPTS = ("attempt", "review")

#: Rows, and about how many characters, that one statement restores.
_ROWS = 1_000
_LONGEST = 100_000


@dataclass(frozen=True)
class Inverse:
    """Statements that take one change back, in the order in which they are to be carried out.

    ``attempts`` are those that the change was about: what follows from them follows anew.
    """

    statements: tuple[str, ...]
    attempts: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many characters it keeps, about: it is kept for as long as the change can be taken back."""
        return sum(map(len, self.statements)) + 8 * len(self.attempts)


class Recording:
    """A change being recorded; ``inverse`` is there once it has been made."""

    def __init__(self) -> None:
        self.inverse = Inverse(())


@contextlib.contextmanager
def recorded(session: Session) -> Iterator[Recording]:
    """Record what a unit of work changes while the context is open. Where it fails nothing is left of the recording."""
    connection = driver_of(session)
    connection.execute(
        "CREATE TEMP TABLE noted (number INTEGER PRIMARY KEY, head TEXT NOT NULL, tail TEXT, attempt INTEGER)"
    )
    for table in _TABLES:
        for statement in _triggers(connection, table):
            connection.execute(statement)
    recording = Recording()
    yield recording
    session.flush()
    statements = tuple(_statements(connection.execute("SELECT head, tail FROM noted ORDER BY number DESC")))
    attempts = connection.execute("SELECT DISTINCT attempt FROM noted WHERE attempt IS NOT NULL ORDER BY 1").fetchall()
    recording.inverse = Inverse(statements, tuple(attempt for (attempt,) in attempts))
    for table in _TABLES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            connection.execute(f"DROP TRIGGER temp.note_{event}_{table}")
    connection.execute("DROP TABLE temp.noted")


def take_back(session: Session, inverse: Inverse) -> None:
    """Carry an inverse out; raises IntegrityError where something new stands on what the change brought."""
    connection = session.connection()
    with rows_coming_back(driver_of(session)):
        for statement in inverse.statements:
            connection.exec_driver_sql(statement)


def _statements(rows: Iterable[tuple[str, str | None]]) -> Iterator[str]:
    """Yield the statements that were noted: those in succession that differ in their last part alone as one.

    That part is a row's number or, of a row to be inserted, its values in brackets. Each statement before such a group
    and after it finds what it found one by one; within it no row stands in the way of another, since before the group
    none of them holds what all of them are to hold.
    """
    begun: str | None = None
    tails: list[str] = []
    length = 0
    for head, tail in rows:
        if tails and (head != begun or len(tails) >= _ROWS or length > _LONGEST):
            yield _joined(begun or "", tails)
            tails, length = [], 0
        if tail is None:
            yield head
            continue
        begun = head
        tails.append(tail)
        length += len(tail)
    if tails:
        yield _joined(begun or "", tails)


def _joined(head: str, tails: list[str]) -> str:
    return f"{head}{','.join(tails)}{')' if head.endswith('(') else ''}"


def _triggers(connection: sqlite3.Connection, table: str) -> tuple[str, str, str]:
    columns = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
    quoted = [f'"{column}"' for column in columns]
    named = ["rowid", *quoted] if "id" not in columns else quoted
    old = " || ',' || ".join(f"quote(OLD.{column})" for column in named)
    changed = " || ".join(
        f"CASE WHEN OLD.{column} IS NOT NEW.{column} THEN ',{column}=' || quote(OLD.{column}) ELSE '' END"
        for column in quoted
    )
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in quoted)
    note = "INSERT INTO noted (head, tail, attempt) VALUES"
    # What the person has seen since is seen: such a row is only restored as long as it is the one that was written.
    untouched = "' AND seen_at IS ' || quote(NEW.seen_at)" if table == "reference_seen" else None

    def trigger(event: str, condition: str, head: str, tail: str) -> str:
        row = "OLD" if event == "DELETE" else "NEW"
        attempt = f"{row}.rowid" if table in _OF_ATTEMPTS else "NULL"
        return (
            f"CREATE TEMP TRIGGER note_{event}_{table} AFTER {event} ON main.{table} {condition} "
            f"BEGIN {note} ({head}, {tail}, {attempt}); END"
        )

    def of_row(what: str) -> tuple[str, str]:
        """Return what is done to a row, parted before the row's number."""
        if untouched is not None:
            return f"{what} || ' WHERE rowid=' || NEW.rowid || {untouched}", "NULL"
        return f"{what} || ' WHERE rowid IN ('", "NEW.rowid"

    # Names of tables and columns are the schema's own, values come through quote().
    removes = f"'DELETE FROM {table}'"  # noqa: S608
    restores = f"'UPDATE {table} SET ' || substr({changed}, 2)"  # noqa: S608
    inserts = f"'INSERT INTO {table} ({','.join(named)}) VALUES '"  # noqa: S608
    return (
        trigger("INSERT", "", *of_row(removes)),
        trigger("UPDATE", f"WHEN {differs}", *of_row(restores)),
        trigger("DELETE", "", inserts, f"'(' || {old} || ')'"),
    )
