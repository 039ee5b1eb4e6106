"""The full-text index: what is looked through as a person types, kept in step in the transaction that changes it.

FTS5 with the texts left in their own tables. To forget a text FTS5 must be told the very words that it had indexed, and
triggers of a schema that is not trusted may not write to it; so triggers that live in memory note which rows change and
what they said before, and ``catch_up`` tells FTS5 at the end of each unit of work.
"""

import sqlite3
from typing import NamedTuple


class Source(NamedTuple):
    """A table whose texts are indexed: in which index, by which number, and which columns."""

    table: str
    search: str
    key: str
    columns: tuple[str, ...]


SOURCES = (
    Source("question", "question_search", "id", ("text",)),
    Source("turn", "answer_search", "id", ("answer",)),
    Source("attempt", "attempt_search", "id", ("text", "resolution")),
    Source("note", "note_search", "turn_id", ("text",)),
)


def follow(connection: sqlite3.Connection) -> None:
    """Let a connection note what it changes. Its database has the newest schema."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS unindexed (source TEXT, row_id INTEGER, had INTEGER, text_0 TEXT, "
        "text_1 TEXT, PRIMARY KEY (source, row_id)) WITHOUT ROWID"
    )
    for source in SOURCES:
        for statement in _triggers(source):
            connection.execute(statement)


def catch_up(connection: sqlite3.Connection) -> None:
    """Bring the index in step with what the open transaction has changed so far; quick where it has changed nothing."""
    changed = [name for (name,) in connection.execute("SELECT DISTINCT source FROM temp.unindexed")]
    if not changed:
        return
    for source in SOURCES:
        if source.table not in changed:
            continue
        columns = ", ".join(source.columns)
        olds = ", ".join(f"text_{number}" for number in range(len(source.columns)))
        news = ", ".join(f"indexed.{column}" for column in source.columns)
        connection.execute(
            f"INSERT INTO {source.search} ({source.search}, rowid, {columns}) "  # noqa: S608  (our own names)
            f"SELECT 'delete', row_id, {olds} FROM temp.unindexed WHERE source = ? AND had",
            (source.table,),
        )
        connection.execute(
            f"INSERT INTO {source.search} (rowid, {columns}) "  # noqa: S608
            f"SELECT indexed.{source.key}, {news} FROM temp.unindexed "
            f"JOIN {source.table} AS indexed ON indexed.{source.key} = row_id WHERE source = ?",
            (source.table,),
        )
    connection.execute("DELETE FROM temp.unindexed")


def build(connection: sqlite3.Connection) -> None:
    """Build the whole index anew from the texts as they are; nothing is left in it of texts that are gone.

    In the transaction that is open, or in one of its own for each index.
    """
    if connection.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'unindexed'").fetchone():
        connection.execute("DELETE FROM temp.unindexed")
    for source in SOURCES:
        connection.execute(f"INSERT INTO {source.search} ({source.search}) VALUES ('rebuild')")  # noqa: S608


def is_in_step(connection: sqlite3.Connection, source: Source) -> bool:
    """Return whether an index knows as many texts as there are; the connection is in no unit of work."""
    (texts,) = connection.execute(f"SELECT count(*) FROM {source.table}").fetchone()  # noqa: S608
    (known,) = connection.execute(f"SELECT count(*) FROM {source.search}_docsize").fetchone()  # noqa: S608
    return bool(texts == known)


def _triggers(source: Source) -> tuple[str, ...]:
    olds = ", ".join(f"OLD.{source.columns[number]}" if number < len(source.columns) else "NULL" for number in range(2))
    first = "WHERE NOT EXISTS (SELECT 1 FROM unindexed WHERE source = '{0}' AND row_id = {1}.{2})"
    watched = (source.key, *source.columns)
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in watched)
    moved = f"OLD.{source.key} IS NOT NEW.{source.key}"

    def trigger(name: str, event: str, row: str, rest: str, condition: str = "") -> str:
        where = first.format(source.table, row, source.key)
        return (
            f"CREATE TEMP TRIGGER IF NOT EXISTS {name}_{source.table} AFTER {event} "
            f"ON main.{source.table} {condition} BEGIN INSERT INTO unindexed "
            f"SELECT '{source.table}', {row}.{source.key}, {rest} {where}; END"
        )

    return (
        trigger("added", "INSERT", "NEW", "0, NULL, NULL"),
        trigger("changed", f"UPDATE OF {', '.join(watched)}", "OLD", f"1, {olds}", f"WHEN {differs}"),
        trigger("moved", f"UPDATE OF {source.key}", "NEW", "0, NULL, NULL", f"WHEN {moved}"),
        trigger("removed", "DELETE", "OLD", f"1, {olds}"),
    )
