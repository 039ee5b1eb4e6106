# ruff: noqa: S608  (every statement is made of our own names)
"""Check database: each law finds what breaks it and makes it right, and no answer is lost on the way."""

import contextlib
import random
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import CheckConstraint
from sqlmodel import SQLModel

from interview_coach.domain.flaws import FlawKind
from interview_coach.storage import check
from interview_coach.storage.check import Examination, examine, repair
from interview_coach.storage.laws import LAWS
from tests.storage.damaging import (
    DAMAGE,
    SESSION,
    M,
    damage,
    damage_at_random,
    edited_schema,
    nullable,
    unnoticed_by,
    without_constraints,
)

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "5.sql"


@contextlib.contextmanager
def connected(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as opened:
        yield opened


@pytest.fixture
def path(tmp_path):
    """A database in which something was practised."""
    with connected(tmp_path / "coach.sqlite3") as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    return tmp_path / "coach.sqlite3"


@pytest.fixture
def connection(path):
    with connected(path) as opened:
        yield opened


def answers(connection):
    return [
        bytes(text).decode("utf-8", "backslashreplace")
        for (text,) in connection.execute("SELECT CAST(text AS BLOB) FROM attempt ORDER BY id")
    ]


def is_whole(connection):
    """Whether nothing is left to find, for us and for SQLite, whose own checks look at every constraint."""
    assert examine(connection) == ()
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    return True


def test_in_a_whole_database_nothing_is_found_and_nothing_changes(connection):
    before = list(connection.iterdump())
    assert is_whole(connection)
    assert repair(connection, NOW) == ()
    assert list(connection.iterdump()) == before


@pytest.mark.parametrize(("kind", "statements"), DAMAGE.values(), ids=DAMAGE.keys())
def test_what_breaks_a_law_is_found_and_made_right(connection, kind, statements):
    damage(connection, statements)
    before = answers(connection)
    (flaw, *_) = [found for found in examine(connection) if found.kind is kind]
    assert flaw.rows >= 1
    assert flaw.example is not None
    assert kind in [repaired.kind for repaired in repair(connection, NOW)]
    assert is_whole(connection)
    assert repair(connection, NOW) == ()
    assert answers(connection) == before


@pytest.mark.parametrize(("kind", "statements"), DAMAGE.values(), ids=DAMAGE.keys())
def test_it_is_the_law_that_finds_it(connection, kind, statements, monkeypatch):
    monkeypatch.setattr(
        check,
        "_LAWS_OF",
        {table: [law for law in laws if law.kind is not kind] or laws[:0] for table, laws in check._LAWS_OF.items()},
    )
    damage(connection, statements)
    assert kind not in [found.kind for found in examine(connection)]


def test_there_is_a_damage_for_every_law(path):
    """Each law by itself finds one of the damages above, or one of those that need a trick, below."""
    unseen = {law for law in LAWS if law.kind is not FlawKind.SEVERAL_OPEN_SESSIONS}
    for _, statements in DAMAGE.values():
        with connected(path) as connection:
            copy = sqlite3.connect(":memory:", isolation_level=None)
            connection.backup(copy)
        damage(copy, statements)
        examination = Examination()
        while not examination.done:
            examination.go_on(copy)
        unseen -= examination.broken
        copy.close()
    assert {(law.kind, law.table, law.wrong) for law in unseen} == set()


# What needs a trick


@pytest.mark.parametrize(
    ("table", "column", "kind"),
    [
        ("attempt", "text", FlawKind.TEXT_UNREADABLE),
        ("question", "text", FlawKind.TEXT_UNREADABLE),
        ("transcript", "title", FlawKind.TEXT_UNREADABLE),
        ("attempt", "started_at", FlawKind.DATE_UNREADABLE),
        ("attempt", "day", FlawKind.DATE_UNREADABLE),
        ("attempt", "state", FlawKind.WORD_UNKNOWN),
        ("attempt", "number", FlawKind.ATTEMPTS_MISCOUNTED),
        ("attempt", "question_id", FlawKind.ATTEMPT_WITHOUT_QUESTION),
        ("attempt", "blind", FlawKind.NUMBER_IMPOSSIBLE),
        ("self_rating", "score", FlawKind.OWN_SCORE_IMPOSSIBLE),
    ],
)
def test_a_value_that_is_missing_where_there_must_be_one(connection, table, column, kind):
    with nullable(connection, table, column), without_constraints(connection):
        connection.execute(f"UPDATE {table} SET {column} = NULL WHERE rowid = 1")
    before = answers_or_none(connection)
    assert kind in [found.kind for found in examine(connection)]
    repair(connection, NOW)
    assert is_whole(connection)
    assert answers(connection) == [text or "" for text in before]


def answers_or_none(connection):
    return [text for (text,) in connection.execute("SELECT text FROM attempt ORDER BY id")]


def test_of_several_open_sessions_the_last_one_stays_open(connection):
    with unnoticed_by(connection, "session_open"), without_constraints(connection):
        connection.execute("UPDATE session SET state = 'open'")
        connection.execute(SESSION + "(2, 's', 'mock', 'open', '', '2026-03-04', '2026-03-04', NULL)")
        connection.execute("INSERT INTO place VALUES (2, 1, 1, NULL)")
    kinds = [found.kind for found in examine(connection)]
    assert FlawKind.SEVERAL_OPEN_SESSIONS in kinds
    assert FlawKind.INDEX_DAMAGED in kinds
    repair(connection, NOW)
    assert is_whole(connection)
    assert connection.execute("SELECT id FROM session WHERE state = 'open'").fetchall() == [(2,)]


@pytest.mark.parametrize("index", ["attempt_day", "attempt_place", "session_open", "question_stage"])
def test_an_index_that_misses_rows_is_made_anew(connection, index):
    with unnoticed_by(connection, index):
        connection.execute("UPDATE attempt SET day = '2026-03-09' WHERE id < 4")
        connection.execute("UPDATE attempt SET place = 9 WHERE id = 3")
        connection.execute("UPDATE session SET state = 'open'")
        connection.execute("UPDATE question SET stage = 'HR' WHERE id > 4")
    (flaw,) = examine(connection)
    assert (flaw.kind, flaw.rows) == (FlawKind.INDEX_DAMAGED, 1)
    assert repair(connection, NOW) == (flaw,)
    assert is_whole(connection)


def test_attempts_of_one_number_are_counted_afresh(connection):
    (declared,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'attempt'").fetchone()
    statement = "UPDATE sqlite_master SET sql = ? WHERE name = 'attempt'"
    loose = declared.replace("UNIQUE (question_id, number)", "UNIQUE (id, number)")
    with edited_schema(connection, (statement, (loose,)), (statement, (declared,))):
        connection.execute("PRAGMA writable_schema = on")
        connection.execute("UPDATE attempt SET number = 1 WHERE question_id = 4")
    assert FlawKind.ATTEMPTS_MISCOUNTED in [found.kind for found in examine(connection)]
    repair(connection, NOW)
    assert is_whole(connection)
    numbers = connection.execute("SELECT id, number FROM attempt WHERE question_id = 4 ORDER BY id").fetchall()
    assert numbers == [(4, 1), (5, 2)]


def overwritten(path, name):
    with connected(path) as connection:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xa5" * 4096)


def test_damaged_pages_stay_a_finding_and_nothing_is_written_then(path):
    with connected(path) as connection:
        damage(connection, "UPDATE attempt SET seconds = -1 WHERE id = 1")
    overwritten(path, "shipped")
    before = path.read_bytes()
    with connected(path) as connection:
        kinds = [found.kind for found in examine(connection)]
        assert kinds == [FlawKind.PAGES_DAMAGED, FlawKind.NUMBER_IMPOSSIBLE]
        assert repair(connection, NOW) == ()
    assert path.read_bytes() == before


def test_a_table_that_is_lost_is_a_damage(connection):
    connection.execute("DROP TABLE tag")
    assert [found.kind for found in examine(connection)] == [FlawKind.PAGES_DAMAGED]


# How it is made right


def test_a_lost_question_comes_back_under_its_number_with_the_text_of_its_turn(connection):
    (text,) = connection.execute("SELECT text FROM question WHERE id = 4").fetchone()
    damage(connection, "DELETE FROM question WHERE id = 4")
    repair(connection, NOW)
    assert connection.execute("SELECT text, stage FROM question WHERE id = 4").fetchone() == (text, "TECHNICAL")


def test_where_nothing_is_left_of_a_question_that_is_said(connection):
    damage(connection, DAMAGE["question gone with all that knew it"][1])
    repair(connection, NOW)
    assert connection.execute("SELECT id, text FROM question WHERE id = 4").fetchone() == (4, "(question lost)")
    assert connection.execute("SELECT question_id FROM attempt WHERE id IN (4, 5)").fetchall() == [(4,), (4,)]


def test_an_attempt_takes_the_question_of_its_place(connection):
    damage(connection, DAMAGE["attempt of another question"][1])
    repair(connection, NOW)
    rows = connection.execute("SELECT id, question_id, number FROM attempt WHERE id IN (4, 5) ORDER BY id").fetchall()
    assert rows == [(4, 4, 1), (5, 4, 2)]


def test_a_number_that_was_never_used_is_not_taken(connection):
    damage(connection, DAMAGE["place of a question that never was"][1])
    repair(connection, NOW)
    assert connection.execute("SELECT max(id) FROM question").fetchone() == (11,)


def test_a_lost_session_comes_back_with_its_attempts_and_is_not_offered(connection):
    damage(connection, "DELETE FROM session; DELETE FROM place")
    repair(connection, NOW)
    assert connection.execute("SELECT id, state, title, started_at FROM session").fetchall() == [
        (1, "abandoned", "(session lost)", "2026-03-02 12:01:40.000000")
    ]
    places = connection.execute("SELECT place, question_id FROM place ORDER BY place").fetchall()
    assert places == [(1, 1), (2, 2), (3, 3), (4, 4)]


def test_a_lost_transcript_comes_back_with_its_turns(connection):
    damage(connection, "DELETE FROM transcript")
    repair(connection, NOW)
    assert connection.execute("SELECT id, title, published FROM transcript").fetchall() == [(1, "(transcript lost)", 1)]


def test_an_impossible_score_is_taken_away(connection):
    damage(connection, "UPDATE self_rating SET score = 99 WHERE attempt_id = 1 AND criterion = 'clarity'")
    damage(connection, "UPDATE turn SET clarity = 99 WHERE id = 1")
    repair(connection, NOW)
    assert connection.execute("SELECT look, criterion, score FROM self_rating WHERE attempt_id = 1").fetchall() == [
        ("first", "confidence", 6)
    ]
    assert connection.execute("SELECT clarity, status FROM turn WHERE id = 1").fetchone() == (None, "rated")


def test_a_text_that_is_no_utf_8_keeps_every_byte(connection):
    damage(connection, "UPDATE attempt SET text = CAST(x'53616964ff207477696365' AS TEXT) WHERE id = 1")
    repair(connection, NOW)
    assert connection.execute("SELECT text FROM attempt WHERE id = 1").fetchone() == ("Said\\xff twice",)


def test_a_date_is_taken_from_what_is_nearest_and_from_now_where_nothing_is(connection):
    damage(connection, "UPDATE attempt SET submitted_at = 'x' WHERE id = 4")
    damage(connection, "UPDATE trash SET moved_at = 'x', erased_at = NULL")
    repair(connection, NOW)
    submitted, saved = connection.execute("SELECT submitted_at, saved_at FROM attempt WHERE id = 4").fetchone()
    assert submitted == saved == "2026-03-02 12:06:00.000000"
    assert connection.execute("SELECT moved_at FROM trash").fetchone() == ("2026-04-01 09:00:00.000000",)


def test_a_state_becomes_what_its_other_columns_say(connection):
    damage(connection, "UPDATE attempt SET state = 'lost'")
    damage(connection, f"UPDATE session SET state = 'lost', finished_at = {M}")
    repair(connection, NOW)
    states = [state for (state,) in connection.execute("SELECT state FROM attempt ORDER BY id")]
    assert states == ["submitted", "submitted", "submitted", "submitted", "draft"]
    assert connection.execute("SELECT state FROM session").fetchone() == ("finished",)


def test_places_move_together_with_their_attempts(connection):
    before = connection.execute("SELECT id, place FROM attempt ORDER BY id").fetchall()
    damage(connection, DAMAGE["places and attempts with a gap"][1])
    repair(connection, NOW)
    assert connection.execute("SELECT id, place FROM attempt ORDER BY id").fetchall() == before
    assert [place for (place,) in connection.execute("SELECT place FROM place ORDER BY place")] == list(range(1, 11))


def test_a_circle_of_merged_questions_is_opened_and_what_led_into_it_still_does(connection):
    damage(connection, DAMAGE["merged in a circle"][1])
    repair(connection, NOW)
    assert connection.execute("SELECT id, merged_into FROM question WHERE id > 6").fetchall() == [
        (7, 8),
        (8, None),
        (9, None),
        (10, None),
    ]


def test_edited_points_keep_their_order_and_their_words(connection):
    damage(connection, DAMAGE["edited point is a blob"][1])
    damage(connection, DAMAGE["edited point is empty"][1])
    damage(connection, DAMAGE["edited point's position is a word"][1])
    repair(connection, NOW)
    rows = connection.execute("SELECT id, position, substr(text, 1, 8) FROM key_point ORDER BY id").fetchall()
    assert [row for row in rows if row[0] < 4] == [(1, 1, "A"), (3, 2, "Its size")]
    assert [row for row in rows if row[0] > 5] == [(6, 1, "Ask how "), (7, 2, "Ask what")]


def test_an_edited_point_of_several_stays_with_one_and_one_of_nothing_goes(connection):
    damage(connection, DAMAGE["edited point of several"][1])
    damage(connection, DAMAGE["edited point of no question"][1])
    repair(connection, NOW)
    rows = connection.execute("SELECT id, turn_id, attempt_id, question_id FROM key_point WHERE id IN (2, 5, 6, 7)")
    assert rows.fetchall() == [(2, 4, None, None), (5, None, 4, None), (6, None, None, 10)]


def test_a_note_keeps_its_words_and_one_without_any_goes(connection):
    damage(connection, DAMAGE["own note is no UTF-8"][1])
    damage(connection, DAMAGE["own note is empty"][1])
    damage(connection, DAMAGE["own note's time"][1])
    repair(connection, NOW)
    rows = connection.execute("SELECT turn_id, text, changed_at FROM note").fetchall()
    assert rows == [(4, "A\\xff", "2026-04-01 09:00:00.000000")]


@pytest.mark.parametrize(
    ("name", "pins"),
    [
        ("pin of another question", [(4, 4)]),
        ("pin of another question that has one", [(4, 4)]),
        ("pin of no attempt", []),
        ("pin of no question", [(4, 4)]),
    ],
)
def test_a_pin_is_that_of_its_attempts_question_or_goes(connection, name, pins):
    damage(connection, DAMAGE[name][1])
    repair(connection, NOW)
    assert connection.execute("SELECT question_id, attempt_id FROM pin").fetchall() == pins


def test_a_pin_stays_where_its_question_is_found_again(connection):
    damage(connection, "DELETE FROM question WHERE id = 4")
    damage(connection, DAMAGE["pin's time"][1])
    repair(connection, NOW)
    (pin,) = connection.execute("SELECT * FROM pin").fetchall()
    assert pin == (4, 4, "2026-03-02 12:06:00.000000")


def test_of_two_references_the_recorded_one_is_kept(connection):
    damage(connection, DAMAGE["compared with two"][1])
    repair(connection, NOW)
    rows = connection.execute("SELECT reference_turn_id, reference_attempt_id FROM attempt WHERE id = 5").fetchall()
    assert rows == [(4, None)]


def test_a_repair_that_fails_leaves_everything_as_it_was(connection, monkeypatch):
    damage(connection, "UPDATE attempt SET seconds = -1, day = 'x' WHERE id = 1")
    before = list(connection.iterdump())

    def fails(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(check, "_make_indexes_anew", fails)
    with pytest.raises(ZeroDivisionError):
        repair(connection, NOW)
    assert list(connection.iterdump()) == before
    assert not connection.in_transaction
    for pragma, value in (("foreign_keys", 1), ("ignore_check_constraints", 0), ("writable_schema", 0)):
        assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


# Whatever stands in whatever cell


@pytest.mark.parametrize("seed", range(60))
def test_whatever_stands_in_any_cells_is_made_right(connection, seed):
    damage_at_random(connection, random.Random(seed))
    before = answers(connection)
    repair(connection, NOW)
    assert is_whole(connection)
    assert answers(connection) == before


def test_every_word_that_a_constraint_allows_is_known_to_the_laws():
    checked = {
        (table.name, str(constraint.sqltext).split(" IN ")[0])
        for table in SQLModel.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and " IN (" in str(constraint.sqltext)
    }
    known = {(law.table, law.wrong.split('"')[3]) for law in LAWS if law.kind is FlawKind.WORD_UNKNOWN}
    assert known == checked


def test_a_full_text_index_that_does_not_know_a_text_is_made_anew(path):
    with connected(path) as connection:
        connection.execute(
            "INSERT INTO answer_search (answer_search, rowid, answer) "
            "SELECT 'delete', id, answer FROM turn WHERE id = 4"
        )
        assert [(flaw.kind, flaw.rows) for flaw in examine(connection)] == [(FlawKind.INDEX_DAMAGED, 1)]
        assert [flaw.kind for flaw in repair(connection, NOW)] == [FlawKind.INDEX_DAMAGED]
        assert examine(connection) == ()
        found = connection.execute("SELECT rowid FROM answer_search WHERE answer_search MATCH 'psycopg2'").fetchall()
        assert found == [(4,)]
