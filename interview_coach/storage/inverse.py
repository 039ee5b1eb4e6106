"""What takes a change back: every row as it was, noted by SQLite itself while the change is made.

Triggers that live in memory for the length of one unit of work write, for each row that changes, the statement that
restores it; carried out in reverse order they take the change back whole. The notes never reach the disk.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import Session

from interview_coach.storage.driver import driver_of
from interview_coach.storage.search_index import rows_coming_back

#: The tables whose changes can be taken back.
_TABLES = (
    *("trash", "transcript", "question", "wording", "tag", "turn", "place", "attempt", "reference_seen"),
    *("key_point", "note", "pin"),
)


@dataclass(frozen=True)
class Inverse:
    """Statements that take one change back, in the order in which they are to be carried out."""

    statements: tuple[str, ...]


class Recording:
    """A change being recorded; ``inverse`` is there once it has been made."""

    def __init__(self) -> None:
        self.inverse = Inverse(())


@contextlib.contextmanager
def recorded(session: Session) -> Iterator[Recording]:
    """Record what a unit of work changes while the context is open. Where it fails nothing is left of the recording."""
    connection = session.connection()
    connection.exec_driver_sql("CREATE TEMP TABLE noted (number INTEGER PRIMARY KEY, statement TEXT NOT NULL)")
    for table in _TABLES:
        for statement in _triggers(connection, table):
            connection.exec_driver_sql(statement)
    recording = Recording()
    yield recording
    session.flush()
    rows = connection.exec_driver_sql("SELECT statement FROM noted ORDER BY number DESC")
    recording.inverse = Inverse(tuple(row[0] for row in rows))
    for table in _TABLES:
        for event in ("INSERT", "UPDATE", "DELETE"):
            connection.exec_driver_sql(f"DROP TRIGGER temp.note_{event}_{table}")
    connection.exec_driver_sql("DROP TABLE temp.noted")


def take_back(session: Session, inverse: Inverse) -> None:
    """Carry an inverse out; raises IntegrityError where something new stands on what the change brought."""
    connection = session.connection()
    with rows_coming_back(driver_of(session)):
        for statement in inverse.statements:
            connection.exec_driver_sql(statement)


def _triggers(connection: Connection, table: str) -> tuple[str, str, str]:
    columns = [row[1] for row in connection.exec_driver_sql(f"PRAGMA main.table_info({table})")]
    quoted = [f'"{column}"' for column in columns]
    named = ["rowid", *quoted] if "id" not in columns else quoted
    old = " || ',' || ".join(f"quote(OLD.{column})" for column in named)
    changed = " || ".join(
        f"CASE WHEN OLD.{column} IS NOT NEW.{column} THEN ',{column}=' || quote(OLD.{column}) ELSE '' END"
        for column in quoted
    )
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in quoted)
    note = "INSERT INTO noted (statement) VALUES"
    # What the person has seen since is seen: such a row is only restored as long as it is the one that was written.
    untouched = "' AND seen_at IS ' || quote(NEW.seen_at)" if table == "reference_seen" else "''"

    def trigger(event: str, condition: str, statement: str) -> str:
        return (
            f"CREATE TEMP TRIGGER note_{event}_{table} AFTER {event} ON main.{table} {condition} "
            f"BEGIN {note} ({statement}); END"
        )

    # Names of tables and columns are the schema's own, values come through quote().
    removes = f"'DELETE FROM {table} WHERE rowid=' || NEW.rowid || {untouched}"  # noqa: S608
    restores = f"'UPDATE {table} SET ' || substr({changed}, 2) || ' WHERE rowid=' || NEW.rowid || {untouched}"  # noqa: S608
    inserts = f"'INSERT INTO {table} ({','.join(named)}) VALUES (' || {old} || ')'"  # noqa: S608
    return (
        trigger("INSERT", "", removes),
        trigger("UPDATE", f"WHEN {differs}", restores),
        trigger("DELETE", "", inserts),
    )
