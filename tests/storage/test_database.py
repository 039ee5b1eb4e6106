"""The storage contract: what is refused, what the connection is set to, and who waits for whom."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from interview_coach.domain.backups import Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import database as module
from interview_coach.storage import migrations
from interview_coach.storage.database import Database

CANARY = "ZZ-CANARY what I really think"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "coach.sqlite3"


@pytest.fixture
def database(path):
    opened = Database.open(path)
    yield opened
    opened.close()


def run(database, statement, *parameters):
    """Run a statement on the live connection and return its rows."""
    with database.begin() as work:
        result = work.attempts._session.connection().exec_driver_sql(statement, parameters)
        return result.fetchall() if result.returns_rows else []


def snapshot(folder):
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


def refusal(path):
    """Open what must be refused, and check that no byte in the folder changed."""
    before = snapshot(path.parent)
    with pytest.raises(CoachError) as refused:
        Database.open(path)
    assert snapshot(path.parent) == before
    assert str(path) in str(refused.value)
    assert refused.value.where == str(path)
    return refused.value


def make(path):
    Database.open(path).close()
    return path


def test_a_made_database_is_ours_and_at_the_newest_schema(path):
    make(path)
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (0x49436F61,)
        assert connection.execute("PRAGMA user_version").fetchone() == (migrations.NEWEST,)
    connection.close()


def test_closing_folds_the_log_in_and_may_be_repeated(database, path):
    run(database, "INSERT INTO shipped VALUES ('hash', 'file', '2026-01-01')")
    assert path.with_name(path.name + "-wal").stat().st_size > 0
    database.close()
    database.close()
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("use", ["begin", "raw", "back_up", "back_up_first"])
def test_a_closed_database_is_not_opened_again(database, path, use):
    """The file may be another one by then: one that was restored, or that another process has."""
    database.close()
    path.write_bytes(b"")
    use_it = getattr(database, use)

    def try_it():
        if use in ("back_up", "back_up_first"):
            use_it(Reason.ASKED)
        else:
            with use_it():
                pass

    with pytest.raises(CoachError, match="closed"):
        try_it()
    assert [(file.name, file.stat().st_size) for file in path.parent.iterdir()] == [(path.name, 0)]


def test_the_live_connection_keeps_the_contract(database):
    def pragma(name):
        return run(database, f"PRAGMA {name}")[0][0]

    assert {
        name: pragma(name)
        for name in (
            "locking_mode", "journal_mode", "synchronous", "foreign_keys", "trusted_schema",
            "cell_size_check", "mmap_size", "secure_delete", "temp_store",
        )
    } == {
        "locking_mode": "exclusive", "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0,
        "cell_size_check": 1, "mmap_size": 0, "secure_delete": 1, "temp_store": 2,
    }  # fmt: skip


@pytest.mark.usefixtures("database")
def test_another_program_is_kept_out_while_it_is_open(path):
    with sqlite3.connect(path, timeout=0) as connection, pytest.raises(sqlite3.OperationalError, match="locked"):
        connection.execute("SELECT count(*) FROM transcript").fetchone()
    connection.close()


def test_a_database_that_another_program_holds_is_in_use(path, monkeypatch):
    make(path)
    monkeypatch.setattr(module, "_PRAGMAS", ("PRAGMA busy_timeout = 1", *module._PRAGMAS))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with pytest.raises(CoachError) as refused:
        Database.open(path)
    assert refused.value.fault is Fault.DATA_IN_USE
    holder.close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_files_are_private_under_any_umask(path):
    script = (
        "import os, sys; from datetime import UTC, datetime; from pathlib import Path; os.umask(0)\n"
        "from interview_coach.storage.database import Database\n"
        "database = Database.open(Path(sys.argv[1]))\n"
        "with database.begin() as work: work.transcripts.note_shipped('h', 'f', datetime.now(UTC))\n"
        "print(*(f'{e.name} {e.stat().st_mode & 0o777:o}' for e in os.scandir(os.path.dirname(sys.argv[1]))), sep=';')"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True, check=True)
    assert sorted(done.stdout.strip().split(";")) == ["coach.sqlite3 600", "coach.sqlite3-wal 600"]


# Refusals


def set_version(path, version):
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.commit()
    connection.close()


def test_a_newer_database_is_refused_with_both_versions(path):
    set_version(make(path), 999)
    error = refusal(path)
    assert error.fault is Fault.NEWER_DATA
    assert "999" in str(error)
    assert f"knows {migrations.NEWEST}" in str(error)


def test_a_newer_schema_that_is_only_in_the_log_is_refused(path, tmp_path):
    make(path)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA user_version = 999")
    connection.commit()
    for name in (path.name, path.name + "-wal"):
        shutil.copy(path.with_name(name), elsewhere / name)
    connection.close()
    assert int.from_bytes((elsewhere / path.name).read_bytes()[60:64], "big") == migrations.NEWEST
    assert refusal(elsewhere / path.name).fault is Fault.NEWER_DATA


def test_a_newer_database_with_a_log_beside_it_is_refused(path):
    set_version(make(path), 999)
    path.with_name(path.name + "-wal").write_bytes(b"left by somebody")
    assert refusal(path).fault is Fault.NEWER_DATA


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", Fault.DAMAGED_DATA),
        (b"SQLite format 3\0", Fault.DAMAGED_DATA),
        (b"Dear diary, " * 100, Fault.NOT_OUR_DATA),
        (bytes(5000), Fault.NOT_OUR_DATA),
    ],
    ids=["empty", "header cut short", "text", "zeros"],
)
def test_a_file_that_is_no_database_is_refused(path, content, fault):
    path.write_bytes(content)
    assert refusal(path).fault is fault


def test_the_database_of_another_program_is_refused(path):
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE note (id); PRAGMA application_id = 7;")
    connection.close()
    assert refusal(path).fault is Fault.NOT_OUR_DATA


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_a_database_that_was_cut_short_is_refused(path, share):
    whole = make(path).read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    assert refusal(path).fault is Fault.DAMAGED_DATA


def test_a_database_whose_schema_is_garbage_is_refused(path):
    whole = make(path).read_bytes()
    path.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    assert refusal(path).fault is Fault.DAMAGED_DATA


@pytest.mark.parametrize("left", ["backups/one.sqlite3", "coach.sqlite3-wal"])
def test_a_database_that_is_gone_is_not_replaced_by_an_empty_one(path, left):
    file = path.parent / left
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(b"something")
    assert refusal(path).fault is Fault.DAMAGED_DATA
    assert not path.exists()


def test_an_empty_folder_of_backups_is_no_sign_of_a_lost_database(path):
    (path.parent / "backups").mkdir()
    assert make(path).exists()


def test_a_folder_in_the_place_of_the_database_is_refused(path):
    path.mkdir()
    with pytest.raises(CoachError) as refused:
        Database.open(path)
    assert refused.value.fault is Fault.INPUT_OUTPUT


def test_a_database_that_was_half_made_is_made_anew(path):
    half_made = path.with_name(path.name + ".new")
    half_made.write_bytes(b"half")
    half_made.with_name(half_made.name + "-journal").write_bytes(b"half")
    make(path)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_damage_that_shows_only_later_is_said(path):
    with_rows = Database.open(path)
    with with_rows.begin() as work:
        connection = work.attempts._session.connection()
        for n in range(400):
            connection.exec_driver_sql("INSERT INTO shipped VALUES (?, ?, '2026-01-01')", (str(n), "x" * 200))
    with_rows.close()
    content = bytearray(path.read_bytes())
    connection = sqlite3.connect(path)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'shipped'").fetchone()
    connection.close()
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    path.write_bytes(content)
    opened = Database.open(path)
    with pytest.raises(CoachError) as told:
        run(opened, "SELECT file FROM shipped")
    assert told.value.fault is Fault.DAMAGED_DATA
    opened.close()


# Units of work


def test_a_unit_of_work_that_fails_stores_nothing(database):
    def fail():
        with database.begin() as work:
            work.attempts._session.connection().exec_driver_sql("INSERT INTO shipped VALUES ('h', 'f', '2026-01-01')")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert run(database, "SELECT * FROM shipped") == []


def test_a_unit_of_work_inside_another_is_our_mistake(database):
    with database.begin(), pytest.raises(RuntimeError, match="inside another"), database.begin():
        pass
    assert run(database, "SELECT 1") == [(1,)]


def test_what_one_thread_stores_outlives_what_another_rolls_back(database):
    begun, saved = threading.Event(), []

    def save():
        begun.wait()
        saved.append(run(database, "INSERT INTO shipped VALUES ('draft', 'f', '2026-01-01')"))

    def fail():
        with database.begin() as work:
            begun.set()
            connection = work.attempts._session.connection()
            while not database._turnstile._waiting:
                connection.exec_driver_sql("INSERT OR REPLACE INTO shipped VALUES ('import', 'f', '2026-01-01')")
            assert saved == []
            raise ZeroDivisionError

    thread = threading.Thread(target=save)
    thread.start()
    with pytest.raises(ZeroDivisionError):
        fail()
    thread.join()
    assert run(database, "SELECT content_hash FROM shipped") == [("draft",)]


def test_threads_are_served_in_the_order_in_which_they_come(database):
    order = []

    def take_turn(number):
        with database.begin():
            order.append(number)

    threads = []
    with database.begin():
        for number in range(12):
            threads.append(threading.Thread(target=take_turn, args=(number,)))
            threads[-1].start()
            while len(database._turnstile._waiting) <= number:
                pass
    for thread in threads:
        thread.join()
    assert order == list(range(12))


def test_many_threads_never_share_a_transaction(database):
    barrier = threading.Barrier(6)
    overlaps, inside = [], []

    def work_hard(name):
        barrier.wait()
        for n in range(40):
            try:
                with database.begin() as work:
                    inside.append(name)
                    overlaps.extend([tuple(inside)] if len(inside) != 1 else [])
                    work.attempts._session.connection().exec_driver_sql(
                        "INSERT INTO shipped VALUES (?, 'f', '2026-01-01')", (f"{name}-{n}",)
                    )
                    inside.remove(name)
                    if n % 4 == 0:
                        raise ZeroDivisionError
            except ZeroDivisionError:
                pass

    threads = [threading.Thread(target=work_hard, args=(name,)) for name in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert overlaps == []
    assert run(database, "SELECT count(*) FROM shipped") == [(6 * 30,)]


# Constraints

QUESTION = "INSERT INTO question (id, uid, stage, text, flagged, transcript_id, added_at) VALUES "
SESSION = "INSERT INTO session (id, uid, mode, state, title, started_at, last_step_at, finished_at) VALUES "
ATTEMPT = (
    "INSERT INTO attempt (id, uid, session_id, place, question_id, number, state, text, seconds, blind, day, "
    "started_at, submitted_at, rated_at, compared_at) VALUES "
)
TURN = (
    "INSERT INTO turn (transcript_id, position, number, stage, question, asks, status, clarity, plain_rating) VALUES "
)
TRANSCRIPT = (
    "INSERT INTO transcript (uid, title, origin, source, content_hash, encoding, byte_order_mark, newline, "
    "final_newline, preamble, imported_at, published) VALUES "
)


@pytest.fixture
def filled(database):
    run(database, TRANSCRIPT + "('t', 'T', 'recorded', 's', 'h', 'utf-8', 0, '\n', 1, '', '2026-01-01', 1)")
    run(
        database,
        "INSERT INTO question (id, uid, stage, text, flagged, transcript_id, added_at) "
        "VALUES (1, 'q', 'HR', 'Why?', 0, 1, '2026-01-01')",
    )
    run(
        database,
        QUESTION + "(2, 'q2', 'HR', 'How?', 0, 1, '2026-01-01')",
    )
    run(database, SESSION + "(1, 's', 'practice', 'open', '', '2026-01-01', '2026-01-01', NULL)")
    run(database, "INSERT INTO place VALUES (1, 1, 1, NULL)")
    run(database, ATTEMPT + "(1, 'a', 1, 1, 1, 1, 'submitted', '', 0, 1, '2026-01-01', '2', '2', '2', NULL)")
    run(database, TURN + "(1, 7, '1', 'HR', 'x', 1, 'rated', 5, 1)")
    for number, owner in enumerate(("turn_id", "attempt_id", "question_id")):
        run(database, f"INSERT INTO key_point (id, {owner}, position, text) VALUES ({number + 10}, 1, 1, 'x')")  # noqa: S608
    return database


BAD_ROWS = {
    "origin": TRANSCRIPT + "('u', 'T', 'invented', 's', 'g', 'utf-8', 0, '\n', 1, '', '2026-01-01', 1)",
    "title": TRANSCRIPT + "('u', '', 'recorded', 's', 'g', 'utf-8', 0, '\n', 1, '', '2026-01-01', 1)",
    "same content": TRANSCRIPT + "('u', 'T', 'recorded', 's', 'h', 'utf-8', 0, '\n', 1, '', '2026-01-01', 1)",
    "empty question": QUESTION + "(3, 'q3', 'HR', '', 0, 1, '2026-01-01')",
    "question of no transcript": QUESTION + "(3, 'q3', 'HR', 'x', 0, 9, '2026-01-01')",
    "turn position": TURN + "(1, 0, '1', 'HR', 'x', 1, 'rated', 5, 1)",
    "turn status": TURN + "(1, 1, '1', 'HR', 'x', 1, 'great', 5, 1)",
    "turn score low": TURN + "(1, 1, '1', 'HR', 'x', 1, 'rated', 0, 1)",
    "turn score high": TURN + "(1, 1, '1', 'HR', 'x', 1, 'rated', 10.5, 1)",
    "turn of no transcript": TURN + "(5, 1, '1', 'HR', 'x', 1, 'rated', 5, 1)",
    "mode": SESSION + "(2, 't', 'exam', 'paused', '', '2026-01-01', '2026-01-01', NULL)",
    "state": SESSION + "(2, 't', 'mock', 'lost', '', '2026-01-01', '2026-01-01', NULL)",
    "finished without a time": SESSION + "(2, 't', 'mock', 'finished', '', '2026-01-01', '2026-01-01', NULL)",
    "paused with a time": SESSION + "(2, 't', 'mock', 'paused', '', '2026-01-01', '2026-01-01', '2026-01-01')",
    "second open session": SESSION + "(2, 't', 'mock', 'open', '', '2026-01-01', '2026-01-01', NULL)",
    "place zero": "INSERT INTO place VALUES (1, 0, 2, NULL)",
    "question twice in a session": "INSERT INTO place VALUES (1, 2, 1, NULL)",
    "attempt state": ATTEMPT + "(2, 'b', 1, 1, 1, 2, 'lost', '', 0, 1, '2026-01-01', '2', '2', NULL, NULL)",
    "attempt number": ATTEMPT + "(2, 'b', 1, 1, 1, 0, 'draft', '', 0, 1, '2026-01-01', '2', NULL, NULL, NULL)",
    "same number": ATTEMPT + "(2, 'b', 1, 1, 1, 1, 'draft', '', 0, 1, '2026-01-01', '2', NULL, NULL, NULL)",
    "negative seconds": ATTEMPT + "(2, 'b', 1, 1, 1, 2, 'draft', '', -1, 1, '2026-01-01', '2', NULL, NULL, NULL)",
    "draft with a time": ATTEMPT + "(2, 'b', 1, 1, 1, 2, 'draft', '', 0, 1, '2026-01-01', '2', '2', NULL, NULL)",
    "submitted without": ATTEMPT + "(2, 'b', 1, 1, 1, 2, 'submitted', '', 0, 1, '2026-01-01', '2', NULL, NULL, NULL)",
    "compared unrated": ATTEMPT + "(2, 'b', 1, 1, 1, 2, 'submitted', '', 0, 1, '2026-01-01', '2', '2', NULL, '2')",
    "attempt without a place": ATTEMPT + "(2, 'b', 1, 7, 1, 2, 'draft', '', 0, 1, '2026-01-01', '2', NULL, NULL, NULL)",
    "look": "INSERT INTO self_rating VALUES (1, 'third', 'clarity', 5)",
    "criterion": "INSERT INTO self_rating VALUES (1, 'first', 'charm', 5)",
    "score zero": "INSERT INTO self_rating VALUES (1, 'first', 'clarity', 0)",
    "score eleven": "INSERT INTO self_rating VALUES (1, 'first', 'clarity', 11)",
    "rating of no attempt": "INSERT INTO self_rating VALUES (9, 'first', 'clarity', 5)",
    "point decided": "INSERT INTO decided_point VALUES (1, 1, 'x', 'perhaps', NULL, NULL)",
    "point proposed": "INSERT INTO decided_point VALUES (1, 1, 'x', NULL, 'perhaps', NULL)",
    "point score": "INSERT INTO decided_point VALUES (1, 1, 'x', NULL, NULL, 1.5)",
    "seen question": "INSERT INTO reference_seen VALUES (9, '2026-01-01')",
    "edited point of nothing": "INSERT INTO key_point VALUES (2, NULL, NULL, NULL, 1, 'x')",
    "edited point of two": "INSERT INTO key_point VALUES (2, NULL, 1, 2, 1, 'x')",
    "edited point zero": "INSERT INTO key_point VALUES (2, NULL, NULL, 2, 0, 'x')",
    "edited point without words": "INSERT INTO key_point VALUES (2, NULL, NULL, 2, 1, '')",
    "edited point of no turn": "INSERT INTO key_point VALUES (2, 9, NULL, NULL, 1, 'x')",
    "edited point of no attempt": "INSERT INTO key_point VALUES (2, NULL, 9, NULL, 1, 'x')",
    "edited point of no question": "INSERT INTO key_point VALUES (2, NULL, NULL, 9, 1, 'x')",
    "turn's same place": "INSERT INTO key_point VALUES (2, 1, NULL, NULL, 1, 'x')",
    "attempt's same place": "INSERT INTO key_point VALUES (2, NULL, 1, NULL, 1, 'x')",
    "question's same place": "INSERT INTO key_point VALUES (2, NULL, NULL, 1, 1, 'x')",
    "note without words": "INSERT INTO note VALUES (1, '', '2026-01-01')",
    "second note": "INSERT INTO note VALUES (1, 'x', '2026-01-01'), (1, 'y', '2026-01-01')",
    "note of no turn": "INSERT INTO note VALUES (9, 'x', '2026-01-01')",
    "second pin of a question": "INSERT INTO pin VALUES (1, 1, '2'), (1, 1, '2')",
    "second pin of an attempt": "INSERT INTO pin VALUES (1, 1, '2'), (2, 1, '2')",
    "pin of no question": "INSERT INTO pin VALUES (9, 1, '2')",
    "pin of no attempt": "INSERT INTO pin VALUES (1, 9, '2')",
    "compared with no attempt": "UPDATE attempt SET reference_attempt_id = 9",
    "wording of no question": "INSERT INTO wording VALUES ('k', 9, 'x')",
}


@pytest.mark.parametrize("statement", BAD_ROWS.values(), ids=BAD_ROWS.keys())
def test_a_row_that_cannot_be_is_refused(filled, statement):
    with pytest.raises(IntegrityError):
        run(filled, statement)


def test_one_draft_a_place(filled):
    draft = ATTEMPT + "({0}, 'd{0}', 1, 1, 1, {0}, 'draft', '', 0, 1, '2026-01-01', '2', NULL, NULL, NULL)"
    run(filled, draft.format(2))
    with pytest.raises(IntegrityError):
        run(filled, draft.format(3))


@pytest.mark.parametrize("table", ["transcript", "question", "turn", "session", "attempt", "key_point"])
def test_an_id_is_never_used_twice(filled, table):
    (declared,) = run(filled, "SELECT sql FROM sqlite_master WHERE name = ?", table)
    assert "AUTOINCREMENT" in declared[0]


def test_a_question_does_not_take_the_id_of_a_deleted_one(filled):
    from datetime import UTC, datetime

    from interview_coach.domain.models import Turn
    from interview_coach.storage.intake import NewTurn

    run(filled, "DELETE FROM question WHERE id = 2")
    ids = {}
    with filled.begin() as work:
        turn = NewTurn(Turn(number="9", stage="HR", question="New?"), "k")
        work.intake.add_turns(1, 9, [turn], ids, datetime(2026, 1, 1, tzinfo=UTC))
    assert ids == {"k": 3}


# What errors say


def test_a_full_disk_is_said_without_a_word_of_what_was_typed(filled):
    run(filled, "PRAGMA max_page_count = 60")
    before = run(filled, "SELECT text FROM attempt")
    with pytest.raises(CoachError) as told, filled.begin() as work:
        work.attempts.change(1, text=CANARY * 40_000)
    assert told.value.fault is Fault.DISK_FULL
    error = told.value
    while error is not None:
        assert "CANARY" not in str(error) + repr(error) + repr(error.args)
        error = error.__cause__ or error.__context__
    assert run(filled, "SELECT text FROM attempt") == before
    run(filled, "PRAGMA max_page_count = 100000")
    with filled.begin() as work:
        work.attempts.change(1, text=CANARY)
    assert run(filled, "SELECT text FROM attempt") == [(CANARY,)]


def test_a_refused_row_is_said_without_a_word_of_what_was_typed(filled):
    with pytest.raises(IntegrityError) as refused, filled.begin() as work:
        work.attempts.change(1, text=CANARY, number=0)
    assert "CANARY" not in str(refused.value) + repr(refused.value) + repr(refused.value.__cause__)


@pytest.mark.skipif(not stat.S_IRUSR or os.name == "nt", reason="Windows has no file modes")
def test_a_log_that_was_torn_gives_what_was_committed_before(path, tmp_path):
    """A power cut: of the log any part may be missing, or garbage, after the last sync."""
    opened = Database.open(path)
    copies = tmp_path / "torn"
    copies.mkdir()
    for n in range(1, 8):
        run(opened, "INSERT INTO shipped VALUES (?, ?, '2026-01-01')", str(n), "x" * 300)
    main, log = path.read_bytes(), path.with_name(path.name + "-wal").read_bytes()
    opened.close()
    frame = 4096 + 24
    seen = set()
    for cut in [*range(32, len(log) + 1, frame), *range(40, len(log), frame * 2 + 701)]:
        for tail in (b"", b"\xa5" * 5000):
            copy = copies / f"{cut}-{len(tail)}.sqlite3"
            copy.write_bytes(main)
            copy.with_name(copy.name + "-wal").write_bytes(log[:cut] + tail)
            torn = Database.open(copy)
            rows = [int(row[0]) for row in run(torn, "SELECT content_hash FROM shipped ORDER BY rowid")]
            assert rows == list(range(1, len(rows) + 1))
            assert run(torn, "PRAGMA quick_check") == [("ok",)]
            torn.close()
            seen.add(len(rows))
    assert seen >= {0, 7}


class TestTakenAway:
    """The folder is moved, removed, or a sync program puts another file in the place of the open one."""

    @pytest.mark.parametrize("how", ["moved", "removed", "replaced"])
    def test_nothing_is_called_stored(self, database, path, tmp_path, how):
        run(database, "CREATE TABLE kept (word TEXT)")
        if how == "replaced":
            shutil.copy(path, tmp_path / "copy")
            (tmp_path / "copy").replace(path)
        elif how == "moved":
            path.rename(tmp_path / "elsewhere.sqlite3")
        else:
            path.unlink()
        for _ in range(2):
            with pytest.raises(CoachError) as refused:
                run(database, "INSERT INTO kept VALUES (?)", CANARY)
            assert refused.value.fault is Fault.INPUT_MISSING
            assert str(path) in str(refused.value)
        with pytest.raises(CoachError):
            database.back_up(Reason.ASKED)

    def test_what_is_put_back_goes_on(self, database, path, tmp_path):
        run(database, "CREATE TABLE kept (word TEXT)")
        path.rename(tmp_path / "elsewhere.sqlite3")
        with pytest.raises(CoachError):
            run(database, "INSERT INTO kept VALUES (?)", CANARY)
        (tmp_path / "elsewhere.sqlite3").rename(path)
        run(database, "INSERT INTO kept VALUES (?)", CANARY)
        assert run(database, "SELECT word FROM kept") == [(CANARY,)]

    def test_what_is_typed_is_stored_in_it_and_not_called_so(self, database, path, tmp_path):
        run(database, "CREATE TABLE kept (word TEXT)")
        path.rename(tmp_path / "elsewhere.sqlite3")
        with pytest.raises(CoachError) as refused, database.begin(wherever=True) as work:
            work.attempts._session.connection().exec_driver_sql("INSERT INTO kept VALUES (?)", (CANARY,))
        assert refused.value.fault is Fault.INPUT_MISSING
        (tmp_path / "elsewhere.sqlite3").rename(path)
        assert run(database, "SELECT word FROM kept") == [(CANARY,)]


def test_a_practised_transcript_whose_mark_is_spoilt_does_not_keep_the_database_shut(path):
    """What a session asks was seen, so it was published: it is not removed as an import that was cut off."""
    schema = (Path(__file__).parent.parent / "data" / "schema" / f"{migrations.NEWEST}.sql").read_text(encoding="utf-8")
    connection = sqlite3.connect(path)
    connection.executescript(schema)
    turns = connection.execute("SELECT count(*) FROM turn").fetchone()
    connection.execute("UPDATE transcript SET published = 0")
    connection.commit()
    connection.close()
    opened = Database.open(path)
    assert run(opened, "SELECT published FROM transcript") == [(1,)]
    assert run(opened, "SELECT count(*) FROM turn") == [turns]
    opened.close()


def test_half_a_character_is_bad_input_and_no_damage(database):
    """A terminal gives such for bytes that are no UTF-8; the database is not at fault."""
    with pytest.raises(CoachError) as refused, database.begin() as work:
        work.questions.known(["caf\udce9"])
    assert refused.value.fault is Fault.BAD_INPUT


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_whose_disk_is_gone_is_no_new_beginning(path, tmp_path):
    path.symlink_to(tmp_path / "disk" / "coach.sqlite3")
    with pytest.raises(CoachError) as refused:
        Database.open(path)
    assert refused.value.fault is Fault.DAMAGED_DATA
    assert path.is_symlink()
    assert not (tmp_path / "disk").exists()


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_the_log_of_a_link_lies_beside_what_it_points_at(path, tmp_path):
    """A crash leaves it there; the newest schema, or damage, may be in it alone."""
    real = tmp_path / "disk" / "real.sqlite3"
    real.parent.mkdir()
    make(path).rename(real)
    path.symlink_to(real)
    opened = Database.open(path)
    run(opened, "INSERT INTO shipped VALUES ('hash', 'file', '2026-01-01')")
    assert [file.name for file in sorted(real.parent.iterdir())] == ["real.sqlite3", "real.sqlite3-wal"]
    opened.close()
    assert path.is_symlink()


def test_damage_in_the_words_of_the_schema_is_damage(path):
    content = bytearray(make(path).read_bytes())
    at = content.index(b"CREATE TABLE attempt")
    content[at : at + 12] = b"\xff\xfe\xf0\x80" * 3
    path.write_bytes(content)
    assert refusal(path).fault is Fault.DAMAGED_DATA


def test_what_a_killed_backup_left_goes_at_the_next_start(path):
    make(path)
    backups = path.parent / "backups"
    backups.mkdir()
    left = backups / ".20260302T120000.000Z.daily.sqlite3.abcdefgh.part"
    left.write_bytes(b"half a copy")
    Database.open(path).close()
    assert not left.exists()


@pytest.mark.parametrize("gone", ["elsewhere", "removed"])
def test_a_backup_that_is_not_in_its_folder_does_not_count(database, tmp_path, gone):
    if gone == "elsewhere":
        database.back_up(Reason.ASKED, tmp_path / "stick.sqlite3")
    else:
        database.back_up(Reason.ASKED).path.unlink()
    database.back_up_first(Reason.IMPORT)
    database.back_up_first(Reason.REMOVAL)
    assert [backup.reason for backup in database.backups.listed()] == [Reason.IMPORT]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open; close() does")
def test_reading_a_copy_leaves_none_to_a_kill(path, tmp_path, monkeypatch):
    """After a crash a copy is read; whatever ends the program, no second copy of the answers is left behind."""
    writing = Database.open(path)
    run(writing, "CREATE TABLE kept (word TEXT)")
    run(writing, "INSERT INTO kept VALUES (?)", CANARY)
    crashed, scratch = tmp_path / "crashed", tmp_path / "scratch"
    crashed.mkdir()
    scratch.mkdir()
    for file in (path, path.with_name(path.name + "-wal")):
        shutil.copy(file, crashed / file.name)
    writing.close()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(scratch))
    reading = Database.open_read_only(crashed / path.name)
    try:
        assert list(scratch.iterdir()) == []
        assert run(reading, "SELECT word FROM kept") == [(CANARY,)]
    finally:
        reading.close()
