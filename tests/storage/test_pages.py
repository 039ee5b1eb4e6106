"""What is damage of the file, and what is only in its rows."""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from interview_coach.storage import migrations
from interview_coach.storage.pages import Damage, page_damage, table_damage
from tests.storage.damaging import edited_schema


@pytest.fixture
def connection(tmp_path):
    opened = sqlite3.connect(tmp_path / "file.sqlite3", isolation_level=None)
    migrations.migrate(opened)
    opened.execute("PRAGMA ignore_check_constraints = on")
    opened.execute("PRAGMA foreign_keys = off")
    opened.executemany(
        "INSERT INTO shipped VALUES (?, ?, '2026-01-01')", [(f"hash {n}", "file " * 40) for n in range(200)]
    )
    yield opened
    opened.close()


def overwrite(connection, page):
    """Overwrite a page of the connection's file, and return a new connection to it."""
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    connection.close()
    with Path(path).open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xa5" * 4096)
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))


def root(connection, name):
    return connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]


def test_a_whole_file_is_told_as_whole(connection):
    assert not page_damage(connection)
    assert not table_damage(connection, "shipped")


def test_what_a_row_holds_is_no_damage(connection):
    connection.execute("INSERT INTO self_rating VALUES (1, 'third', 'clarity', 99)")
    replace = "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE name = 'shipped'"
    nullable, strict = "file TEXT", "file TEXT NOT NULL"
    with edited_schema(connection, (replace, (strict, nullable)), (replace, (nullable, strict))):
        connection.execute("INSERT INTO shipped VALUES ('h', NULL, '2026-01-01')")
    connection.execute("PRAGMA ignore_check_constraints = off")
    assert connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",)
    assert not page_damage(connection)
    assert not table_damage(connection, "shipped")
    assert connection.execute("PRAGMA ignore_check_constraints").fetchone() == (0,)


def test_pages_that_hold_rows_are_told(connection):
    with overwrite(connection, root(connection, "shipped")) as damaged:
        assert page_damage(damaged).pages
        assert table_damage(damaged, "shipped").pages
        assert not table_damage(damaged, "attempt")


def test_an_index_that_lacks_a_row_is_told_by_its_name(connection):
    connection.execute("CREATE INDEX shipped_file ON shipped (file)")
    row = connection.execute("SELECT * FROM sqlite_master WHERE name = 'shipped_file'").fetchone()
    gone = ("DELETE FROM sqlite_master WHERE name = 'shipped_file'", ())
    with edited_schema(connection, gone, ("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)):
        connection.execute("INSERT INTO shipped VALUES ('late', 'file', '2026-01-01')")
    assert table_damage(connection, "shipped") == Damage(indexes=frozenset({"shipped_file"}))


def test_many_rows_that_break_a_constraint_hide_no_damage(connection):
    """SQLite stops telling after a hundred messages."""
    connection.execute("CREATE INDEX given ON self_rating (score)")
    row = connection.execute("SELECT * FROM sqlite_master WHERE name = 'given'").fetchone()
    connection.executemany("INSERT INTO self_rating VALUES (?, 'first', 'clarity', 99)", [(n,) for n in range(150)])
    gone = ("DELETE FROM sqlite_master WHERE name = 'given'", ())
    with edited_schema(connection, gone, ("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)):
        connection.execute("INSERT INTO self_rating VALUES (1000, 'first', 'clarity', 5)")
    connection.execute("PRAGMA ignore_check_constraints = off")
    assert table_damage(connection, "self_rating") == Damage(indexes=frozenset({"given"}))


def test_what_is_no_database_is_damage(tmp_path):
    path = tmp_path / "text"
    path.write_bytes(b"Dear diary, " * 1000)
    opened = sqlite3.connect(path)
    assert page_damage(opened) == Damage(pages=1)
    opened.close()
