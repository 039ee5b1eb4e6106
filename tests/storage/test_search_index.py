# ruff: noqa: S608  (every statement is made of our own names)
"""The full-text index says what the texts say, whatever was done to them."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from interview_coach.storage.database import Database
from interview_coach.storage.search_index import SOURCES, build, is_in_step

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "4.sql"


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "coach.sqlite3"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    database = Database.open(path)
    yield database
    database.close()


@pytest.fixture
def do(database):
    """Carry out statements in one unit of work, as the repositories do."""

    def done(*statements):
        with database.begin() as work:
            connection = work.questions._session.connection()
            for statement in statements:
                connection.exec_driver_sql(statement)

    return done


@pytest.fixture
def found(database):
    def look(index, word):
        with database.raw() as connection:
            for source in SOURCES:
                assert is_in_step(connection, source)
                connection.execute(f"INSERT INTO {source.search} ({source.search}) VALUES ('integrity-check')")
            rows = connection.execute(f"SELECT rowid FROM {index} WHERE {index} MATCH ?", (word,)).fetchall()
            return [rowid for (rowid,) in rows]

    return look


def test_what_an_older_program_stored_is_found(found):
    assert found("question_search", "pooling") == [4, 7]
    assert found("answer_search", "psycopg2") == [4]
    assert found("attempt_search", "money") == [1]
    assert found("attempt_search", "built") == [1]
    assert found("note_search", "library") == [4]


def test_what_is_added_changed_and_removed(do, found):
    do("INSERT INTO note VALUES (1, 'Zebra crossing', '2026-01-01')")
    assert found("note_search", "zebra") == [1]
    do("UPDATE note SET text = 'A giraffe' WHERE turn_id = 1", "UPDATE note SET text = 'An okapi' WHERE turn_id = 1")
    assert (found("note_search", "zebra"), found("note_search", "giraffe")) == ([], [])
    assert found("note_search", "okapi") == [1]
    do("UPDATE note SET turn_id = 2 WHERE turn_id = 1", "UPDATE note SET text = 'An okapi!' WHERE turn_id = 2")
    do("DELETE FROM note WHERE turn_id = 2", "INSERT INTO note VALUES (2, 'A zebra', '2026-01-01')")
    assert (found("note_search", "zebra"), found("note_search", "okapi")) == ([2], [])
    do("UPDATE turn SET answer = NULL WHERE id = 4")
    assert found("answer_search", "psycopg2") == []
    do("UPDATE turn SET answer = 'psycopg2, once more' WHERE id = 4", "UPDATE attempt SET resolution = NULL")
    assert (found("answer_search", "psycopg2"), found("attempt_search", "built")) == ([4], [])


def test_what_goes_with_its_parent(do, found):
    do(
        "CREATE TEMP TABLE copied AS SELECT * FROM turn WHERE id = 9",
        "UPDATE copied SET id = 100, position = 100",
        "INSERT INTO turn SELECT * FROM copied",
        "INSERT INTO note VALUES (100, 'A zebra', '2026-01-01')",
    )
    assert found("note_search", "zebra") == [100]
    do("DELETE FROM turn WHERE id = 100")
    assert found("note_search", "zebra") == []


def test_what_fails_leaves_the_index_as_it_was(do, found):
    with pytest.raises(IntegrityError):
        do("UPDATE note SET text = 'A zebra'", "INSERT INTO note VALUES (4, 'x', '2026-01-01')")
    assert found("note_search", "library") == [4]
    do("UPDATE note SET text = 'An okapi' WHERE turn_id = 4")
    assert (found("note_search", "zebra"), found("note_search", "okapi")) == ([], [4])


def test_accents_and_case_do_not_matter(do, found):
    do("UPDATE note SET text = 'ÉCOLE Straße naïve' WHERE turn_id = 4")
    assert found("note_search", "ecole NAIVE") == [4]


def test_building_anew_leaves_nothing_of_what_is_gone(database, do):
    do("UPDATE note SET text = 'zyzzyva' WHERE turn_id = 4", "UPDATE note SET text = 'plain' WHERE turn_id = 4")
    database.compact()
    database.close()
    assert b"zyzzyva" not in database.path.read_bytes()


def test_changes_that_nobody_indexed_yet_are_forgotten_when_all_is_built_anew(database, found):
    with database.raw() as connection:
        connection.execute("UPDATE note SET text = 'An okapi' WHERE turn_id = 4")
        build(connection)
    assert found("note_search", "okapi") == [4]
