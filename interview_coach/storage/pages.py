"""What SQLite itself says about a file's pages and indexes, apart from what the rows hold."""

import re
import sqlite3
from dataclasses import dataclass

# What a row holds is no damage of the file; Check database has its own laws for it.
_ABOUT_CONTENT = re.compile(r"(?:NULL|[\w-]+) value in |CHECK constraint failed in ")
_INDEX = re.compile(r"\bindex (\S+)$")
_TREE = re.compile(r"\b[Tt]ree (?:page )?(\d+)")

_MOST = 10_000


@dataclass(frozen=True)
class Damage:
    """What is damaged: pages that hold rows, or only indexes, which can be made anew. Both empty: nothing is."""

    pages: int = 0
    indexes: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return self.pages > 0 or bool(self.indexes)


def page_damage(connection: sqlite3.Connection) -> Damage:
    """Read every page of an open database, and tell what does not fit together."""
    return _said(connection, f"quick_check({_MOST})")


def table_damage(connection: sqlite3.Connection, table: str) -> Damage:
    """Read one table with its indexes, and compare each row with its entries there."""
    return _said(connection, f'integrity_check("{table}")')


def _said(connection: sqlite3.Connection, pragma: str) -> Damage:
    (ignored,) = connection.execute("PRAGMA ignore_check_constraints").fetchone()
    connection.execute("PRAGMA ignore_check_constraints = on")
    try:
        messages = [line for (said,) in connection.execute(f"PRAGMA {pragma}") for line in said.splitlines()]
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorcode", 0) & 0xFF) not in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            raise
        return Damage(pages=1)
    finally:
        connection.execute(f"PRAGMA ignore_check_constraints = {int(ignored)}")
    pages, indexes = 0, set()
    roots: dict[int, str] | None = None
    for line in messages:
        if line == "ok" or line.startswith("***") or _ABOUT_CONTENT.match(line):
            continue
        named, tree = _INDEX.search(line), _TREE.search(line)
        if named is None and tree is not None:
            roots = _index_roots(connection) if roots is None else roots
        if named is not None:
            indexes.add(named[1])
        elif tree is not None and roots is not None and int(tree[1]) in roots:
            indexes.add(roots[int(tree[1])])
        else:
            pages += 1
    return Damage(pages=pages, indexes=frozenset(indexes))


def _index_roots(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT rootpage, name FROM sqlite_master WHERE type = 'index'").fetchall())
