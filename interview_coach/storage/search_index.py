"""The full-text index: what is looked through as a person types, kept in step in the transaction that changes it.

FTS5 with the texts left in their own tables. To forget a text FTS5 must be told the very words that it had indexed, and
triggers of a schema that is not trusted may not write to it; so triggers that live in memory note which rows change and
what they said before, and ``catch_up`` tells FTS5 at the end of each unit of work. Rows that an import adds by the
thousand are not noted one by one: their numbers are higher than all that were indexed before.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from typing import NamedTuple


class Source(NamedTuple):
    """A table whose texts are indexed: in which index, by which number, and which columns.

    In one that ``grows`` a new row has a higher number than any row had before.
    """

    table: str
    search: str
    key: str
    columns: tuple[str, ...]
    grows: bool = False


#: The highest number that a row can have.
_LAST = 2**63 - 1

SOURCES = (
    Source("question", "question_search", "id", ("text",), grows=True),
    Source("turn", "answer_search", "id", ("answer",), grows=True),
    Source("attempt", "attempt_search", "id", ("text", "resolution")),
    Source("note", "note_search", "turn_id", ("text",)),
)


def follow(connection: sqlite3.Connection) -> None:
    """Let a connection note what it changes. Its database has the newest schema."""
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS unindexed (source TEXT, row_id INTEGER, had INTEGER, text_0 TEXT, "
        "text_1 TEXT, PRIMARY KEY (source, row_id)) WITHOUT ROWID"
    )
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS indexed (source TEXT PRIMARY KEY, upto INTEGER) WITHOUT ROWID")
    for source in SOURCES:
        if source.grows:
            _note_highest(connection, source)
        added, *others = _triggers(source)
        for statement in others if source.grows else (added, *others):
            connection.execute(statement)


@contextlib.contextmanager
def rows_coming_back(connection: sqlite3.Connection) -> Iterator[None]:
    """Note rows that are added under a number which they had before, as where a deletion is taken back.

    Nothing else adds such rows to a table that grows, and noting every row would slow down an import.
    """
    growing = [source for source in SOURCES if source.grows]
    for source in growing:
        connection.execute(_triggers(source)[0])
    try:
        yield
    finally:
        for source in growing:
            connection.execute(f"DROP TRIGGER IF EXISTS temp.added_{source.table}")


def catch_up(connection: sqlite3.Connection) -> None:
    """Bring the index in step with what the open transaction has changed so far; quick where it has changed nothing."""
    changed = {name for (name,) in connection.execute("SELECT DISTINCT source FROM temp.unindexed").fetchall()}
    known = dict(connection.execute("SELECT source, upto FROM temp.indexed").fetchall())
    for source in SOURCES:
        columns = ", ".join(source.columns)
        if source.grows and (_highest(connection, source) > known[source.table]):
            connection.execute(
                f"INSERT INTO {source.search} (rowid, {columns}) "  # noqa: S608  (our own names)
                f"SELECT {source.key}, {columns} FROM {source.table} WHERE {source.key} > ?",
                (known[source.table],),
            )
            _note_highest(connection, source)
        if source.table not in changed:
            continue
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
            f"JOIN {source.table} AS indexed ON indexed.{source.key} = row_id WHERE source = ? AND row_id <= ?",
            (source.table, known.get(source.table, _LAST)),
        )
    if changed:
        connection.execute("DELETE FROM temp.unindexed")


def _highest(connection: sqlite3.Connection, source: Source) -> int:
    (number,) = connection.execute(f"SELECT max({source.key}) FROM main.{source.table}").fetchone()  # noqa: S608
    return int(number or 0)


def _note_highest(connection: sqlite3.Connection, source: Source) -> None:
    """Note that the rows of a table that grows are indexed up to its last."""
    highest = _highest(connection, source)
    connection.execute("INSERT OR REPLACE INTO temp.indexed VALUES (?, ?)", (source.table, highest))


def build(connection: sqlite3.Connection) -> None:
    """Build the whole index anew from the texts as they are; nothing is left in it of texts that are gone.

    In the transaction that is open, or in one of its own for each index.
    """
    if connection.execute("SELECT 1 FROM sqlite_temp_master WHERE name = 'unindexed'").fetchone():
        connection.execute("DELETE FROM temp.unindexed")
        for source in SOURCES:
            if source.grows:
                _note_highest(connection, source)
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
    upto = f"(SELECT upto FROM indexed WHERE source = '{source.table}')"  # noqa: S608
    noted = f"OLD.{source.key} <= {upto}" if source.grows else "1"

    def trigger(name: str, event: str, row: str, rest: str, condition: str = "") -> str:
        where = first.format(source.table, row, source.key)
        return (
            f"CREATE TEMP TRIGGER IF NOT EXISTS {name}_{source.table} AFTER {event} "
            f"ON main.{source.table} {condition} BEGIN INSERT INTO unindexed "
            f"SELECT '{source.table}', {row}.{source.key}, {rest} {where}; END"
        )

    return (
        trigger("added", "INSERT", "NEW", "0, NULL, NULL"),
        trigger("changed", f"UPDATE OF {', '.join(watched)}", "OLD", f"1, {olds}", f"WHEN ({differs}) AND {noted}"),
        trigger("moved", f"UPDATE OF {source.key}", "NEW", "0, NULL, NULL", f"WHEN {moved}"),
        trigger("removed", "DELETE", "OLD", f"1, {olds}", f"WHEN {noted}"),
    )
