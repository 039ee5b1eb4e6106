# ruff: noqa: S608  (every statement is made of our own names)
"""The full-text index says what the texts say, whatever was done to them."""

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from interview_coach.storage.database import Database
from interview_coach.storage.search_index import SOURCES, build, is_in_step

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "5.sql"


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


def copied(number, question, answer):
    """Statements that add a question and a turn that asks it."""
    return (
        f"CREATE TEMP TABLE q{number} AS SELECT * FROM question WHERE id = 1",
        f"UPDATE q{number} SET id = {number}, uid = 'q{number}', text = '{question}'",
        f"INSERT INTO question SELECT * FROM q{number}",
        f"CREATE TEMP TABLE t{number} AS SELECT * FROM turn WHERE id = 1",
        f"UPDATE t{number} SET id = {number}, position = {number}, question_id = {number}, answer = '{answer}'",
        f"INSERT INTO turn SELECT * FROM t{number}",
    )


def test_new_rows_are_found_whatever_is_done_to_them_in_the_same_work(do, found):
    do(
        *copied(101, "Of zebras?", "A zebra"),
        *copied(102, "Of giraffes?", "A giraffe"),
        "UPDATE turn SET answer = 'An okapi' WHERE id = 101",
        "DELETE FROM turn WHERE id = 102",
        "DELETE FROM question WHERE id = 102",
    )
    assert (found("answer_search", "zebra"), found("answer_search", "giraffe")) == ([], [])
    assert (found("answer_search", "okapi"), found("question_search", "zebras")) == ([101], [101])
    do("UPDATE turn SET answer = 'A zebra again' WHERE id = 101", *copied(103, "Of gnus?", "A gnu"))
    assert (found("answer_search", "okapi"), found("answer_search", "again")) == ([], [101])
    do("DELETE FROM turn WHERE id >= 101", "DELETE FROM question WHERE id >= 101")
    assert (found("answer_search", "gnu"), found("question_search", "gnus")) == ([], [])


@pytest.mark.parametrize("built_anew", [False, True])
def test_a_row_that_comes_back_under_its_number_is_found(database, do, found, built_anew):
    do(*copied(101, "Of zebras?", "A zebra"))
    with database.begin() as work, work.recorded() as recording:
        connection = work.questions._session.connection()
        connection.exec_driver_sql("DELETE FROM turn WHERE id = 101")
        connection.exec_driver_sql("DELETE FROM question WHERE id = 101")
    assert found("answer_search", "zebra") == []
    if built_anew:
        with database.raw() as raw:
            build(raw)
    with database.begin() as work:
        work.take_back(recording.inverse)
    assert (found("answer_search", "zebra"), found("question_search", "zebras")) == ([101], [101])


def test_rows_of_a_work_that_failed_are_not_taken_for_indexed(do, found):
    with pytest.raises(IntegrityError):
        do(*copied(101, "Of zebras?", "A zebra"), "INSERT INTO note VALUES (4, 'x', '2026-01-01')")
    do(*copied(101, "Of gnus?", "A gnu"))
    assert (found("answer_search", "gnu"), found("answer_search", "zebra")) == ([101], [])
