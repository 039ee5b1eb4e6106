"""Backups: whole, verified, private, thinned; and databases opened to read alone."""

import contextlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from interview_coach.domain.backups import AT_LEAST, Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import backups as module
from interview_coach.storage import migrations
from interview_coach.storage.backups import Backups, contents, opened_copy
from interview_coach.storage.database import Database

SCHEMAS = Path(__file__).parent.parent / "data" / "schema"
PAGE = 4096

no_modes = pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")


class Clock:
    def __init__(self):
        self.moment = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def __call__(self):
        return self.moment


@pytest.fixture
def now():
    return Clock()


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    return practised(folder / "coach.sqlite3", migrations.NEWEST)


@pytest.fixture
def database(path, now):
    opened = Database.open(path, now)
    yield opened
    opened.close()


def practised(path, schema):
    """Make the database that a program of some schema left, with something practised in it."""
    with connect(path) as connection:
        connection.executescript((SCHEMAS / f"{schema}.sql").read_text(encoding="utf-8"))
    return path


def connect(path):
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))


def rows(path):
    with connect(path) as connection:
        return list(connection.iterdump())


def snapshot(folder):
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def write(database, name):
    with database.begin() as work:
        work.transcripts.note_shipped(name, "file", datetime(2026, 3, 1, tzinfo=UTC))


def shipped(path):
    with connect(path) as connection:
        return {name for (name,) in connection.execute("SELECT content_hash FROM shipped")}


def overwrite(path, page):
    with path.open("r+b") as file:
        file.seek((page - 1) * PAGE)
        file.write(b"\xa5" * PAGE)


def root(path, name):
    with connect(path) as connection:
        return connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]


# What a backup is


def test_a_backup_opens_and_holds_what_was_stored(database, path):
    write(database, "only in the log")
    made = database.back_up(Reason.ASKED)
    assert made.path.parent == path.parent / "backups"
    assert made.path.name == "20260302T120000.000Z.asked.sqlite3"
    assert made.size == made.path.stat().st_size
    database.close()
    assert rows(made.path) == rows(path)
    assert "only in the log" in shipped(made.path)


def test_a_backup_is_one_file_and_no_log_belongs_to_it(database):
    made = database.back_up(Reason.ASKED)
    assert [file.name for file in made.path.parent.iterdir()] == [made.path.name]
    with connect(made.path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@no_modes
@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_backups_are_for_their_person_alone(database, umask):
    before = os.umask(umask)
    try:
        made = database.back_up(Reason.ASKED)
        elsewhere = database.back_up(Reason.ASKED, made.path.parent.parent / "elsewhere.sqlite3")
    finally:
        os.umask(before)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert made.path.parent.stat().st_mode & 0o777 == 0o700
    assert elsewhere.path.stat().st_mode & 0o777 == 0o600


def test_two_in_the_same_millisecond_are_two(database):
    made = [database.back_up(reason).path for reason in (Reason.ASKED, Reason.IMPORT, Reason.ASKED)]
    assert len(set(made)) == 3
    assert [backup.path for backup in database.backups.listed()] == made[::-1]


def test_what_a_crash_left_is_removed_by_the_next_one(database):
    folder = database.backups.folder
    folder.mkdir()
    for name in (".x.sqlite3.abc.part", ".x.sqlite3.abc.part-journal", ".x.sqlite3.abc.part-wal"):
        (folder / name).write_bytes(b"half")
    made = database.back_up(Reason.ASKED)
    assert list(folder.iterdir()) == [made.path]


def test_of_a_damaged_database_no_backup_is_made_and_older_ones_stay(database, path, now):
    older = database.back_up(Reason.ASKED)
    for n in range(200):
        write(database, f"hash {n} " * 20)
    database.close()
    overwrite(path, root(path, "attempt"))
    before = snapshot(older.path.parent)
    now.moment += timedelta(days=400)
    damaged = Database.open(path, now)
    with pytest.raises(CoachError) as refused:
        damaged.back_up(Reason.ASKED)
    damaged.close()
    assert refused.value.fault is Fault.DAMAGED_DATA
    assert snapshot(older.path.parent) == before


def test_a_copy_is_refused_where_the_file_cannot_be_written(database, path):
    with pytest.raises(CoachError) as refused:
        database.back_up(Reason.ASKED, path.parent / "none" / "copy.sqlite3")
    assert refused.value.fault is Fault.CANNOT_CREATE


def test_a_file_in_the_place_of_the_folder_is_said(database):
    database.backups.folder.write_bytes(b"mine")
    with pytest.raises(CoachError):
        database.back_up(Reason.ASKED)
    assert database.backups.folder.read_bytes() == b"mine"


def test_rows_that_break_a_law_are_backed_up_as_they_are(database):
    with database.raw() as connection:
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute("UPDATE self_rating SET score = 99")
        connection.execute("PRAGMA ignore_check_constraints = off")
    made = database.back_up(Reason.REPAIR)
    with connect(made.path) as connection:
        assert connection.execute("SELECT DISTINCT score FROM self_rating").fetchall() == [(99,)]


def test_while_one_is_made_others_store_and_the_copy_is_of_one_moment(database, monkeypatch):
    monkeypatch.setattr(module, "PAGES", 1)
    write(database, "big " * 400_000)
    started, done, stored = threading.Event(), threading.Event(), []

    def go_on_writing():
        started.wait()
        while not done.is_set():
            with database.begin() as work:  # two rows, together or not at all
                for half in "ab":
                    work.transcripts.note_shipped(f"{len(stored)} {half}", "file", datetime(2026, 3, 1, tzinfo=UTC))
            stored.append(len(stored))

    slices = []
    let_through = database._let_others_through

    def between():
        slices.append(len(stored))
        started.set()
        while len(slices) <= 40 and not database._turnstile._waiting:  # the other comes while the turn is ours
            pass
        let_through()

    monkeypatch.setattr(database, "_let_others_through", between)
    thread = threading.Thread(target=go_on_writing)
    thread.start()
    made = database.back_up(Reason.ASKED)
    done.set()
    thread.join()
    assert slices[-1] > 10  # they did get their turn meanwhile
    with connect(made.path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    there = {name for name in shipped(made.path) if name[:1].isdigit() and name[-2:] in (" a", " b")}
    assert {name[:-2] for name in there if name.endswith("a")} == {name[:-2] for name in there if name.endswith("b")}
    with database.begin() as work:
        assert {f"{n} {half}" for n in stored for half in "ab"} <= work.transcripts.shipped()


def test_closing_breaks_a_backup_off_and_leaves_nothing_half(database, monkeypatch):
    monkeypatch.setattr(module, "PAGES", 1)
    closing = threading.Event()
    thread = threading.Thread(target=lambda: (closing.wait(), database.close()))
    thread.start()
    let_through = database._let_others_through

    def between():
        closing.set()
        while not database._closed:
            pass
        let_through()

    monkeypatch.setattr(database, "_let_others_through", between)
    with pytest.raises(CoachError) as broken_off:
        database.back_up(Reason.ASKED)
    thread.join()
    assert broken_off.value.fault is Fault.DATA_IN_USE
    assert list(database.backups.folder.iterdir()) == []


# When one is made


def test_a_backup_is_made_first_where_something_changed_since_the_last(database):
    database.back_up_first(Reason.IMPORT)
    database.back_up_first(Reason.IMPORT)
    assert len(database.backups.listed()) == 1
    write(database, "changed")
    database.back_up_first(Reason.REMOVAL)
    assert [backup.reason for backup in database.backups.listed()] == [Reason.REMOVAL, Reason.IMPORT]
    assert "changed" in shipped(database.backups.listed()[0].path)


def test_a_change_while_a_backup_is_made_asks_for_another(database, monkeypatch):
    monkeypatch.setattr(module, "PAGES", 1)
    late = iter(["late"])

    def between():
        for name in late:
            database._turnstile.__exit__()
            write(database, name)
            database._turnstile.__enter__()

    monkeypatch.setattr(database, "_let_others_through", between)
    database.back_up(Reason.ASKED)
    database.back_up_first(Reason.IMPORT)
    assert [backup.reason for backup in database.backups.listed()] == [Reason.IMPORT, Reason.ASKED]


def test_where_the_first_cannot_be_made_that_is_said(database):
    database.backups.folder.write_bytes(b"mine")
    with pytest.raises(CoachError, match="Nothing was changed"):
        database.back_up_first(Reason.IMPORT)


def test_a_migration_is_preceded_by_a_backup_with_the_old_schema(tmp_path, now):
    path = practised(tmp_path / "coach.sqlite3", 1)
    before = rows(path)
    Database.open(path, now).close()
    (backup,) = Backups(tmp_path / "backups", now).listed()
    assert backup.reason is Reason.MIGRATION
    assert rows(backup.path) == before
    with connect(backup.path) as connection:
        assert migrations.schema_version(connection) == 1


def test_a_migration_without_a_backup_does_not_begin(tmp_path, now):
    path = practised(tmp_path / "coach.sqlite3", 1)
    (tmp_path / "backups").write_bytes(b"in the way")
    before = rows(path)
    with pytest.raises(CoachError):
        Database.open(path, now)
    assert rows(path) == before
    with connect(path) as connection:
        assert migrations.schema_version(connection) == 1


@pytest.mark.parametrize(("age", "due"), [(None, True), (23, False), (25, True), (-5, True)])
def test_the_days_backup_is_due_after_a_day_and_one_from_the_future_does_not_count(database, now, age, due):
    if age is not None:
        now.moment -= timedelta(hours=age)
        database.back_up(Reason.DAILY)
        now.moment += timedelta(hours=age)
    assert database.backups.due() is due


# Thinning


def test_thinning_removes_files_and_never_what_is_not_ours(database, now):
    folder = database.backups.folder
    for _ in range(AT_LEAST + 6):
        now.moment += timedelta(minutes=1)
        database.back_up(Reason.ASKED)
    other = folder / "notes.sqlite3"
    other.write_bytes(b"mine")
    (folder / "20269999T120000.000Z.asked.sqlite3").write_bytes(b"mine")
    assert len(database.backups.listed()) == AT_LEAST
    now.moment += timedelta(days=90)
    database.back_up(Reason.ASKED)
    assert len(database.backups.listed()) == AT_LEAST + 1  # the clock may have leapt: nothing goes today
    now.moment += timedelta(days=1)
    database.back_up(Reason.ASKED)
    assert len(database.backups.listed()) == 3
    assert other.read_bytes() == b"mine"
    assert (folder / "20269999T120000.000Z.asked.sqlite3").exists()


def test_the_backup_just_made_stays_though_the_clock_was_set_back(database, now):
    for _ in range(AT_LEAST + 2):
        now.moment += timedelta(seconds=1)
        database.back_up(Reason.ASKED)
    now.moment = now.moment.replace(second=0)  # older than all of them, and in the same hour
    made = database.back_up(Reason.IMPORT)
    assert made.path.exists()


# Files that somebody chose


def test_a_chosen_file_is_read_and_not_written_to(path, tmp_path):
    before = snapshot(path.parent)
    with opened_copy(path, tmp_path) as connection:
        told = contents(connection, path)
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM attempt")
    assert (told.attempts, told.questions, told.transcripts, told.sessions) == (5, 10, 1, 1)
    assert told.newest_attempt == datetime(2026, 3, 2, 12, 7, 20, tzinfo=UTC)
    assert snapshot(path.parent) == before


def test_a_log_beside_a_chosen_file_is_read_and_both_stay_as_they_are(database, path, tmp_path):
    write(database, "only in the log")
    chosen = tmp_path / "chosen"
    chosen.mkdir()
    for name in (path.name, path.name + "-wal"):
        shutil.copy(path.with_name(name), chosen / name)
    before = snapshot(chosen)
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    with opened_copy(chosen / path.name, scratch) as connection:
        assert ("only in the log",) in connection.execute("SELECT content_hash FROM shipped").fetchall()
    assert snapshot(chosen) == before
    assert list(scratch.iterdir()) == []


def mark(path, statements):
    with connect(path) as connection:
        connection.executescript(statements)


@pytest.mark.parametrize(
    ("statements", "fault"),
    [
        ("CREATE TRIGGER sly AFTER INSERT ON attempt BEGIN DELETE FROM attempt; END", Fault.NOT_OUR_DATA),
        ("CREATE VIEW sly AS SELECT * FROM attempt", Fault.NOT_OUR_DATA),
        ("DROP TABLE attempt; CREATE VIEW attempt AS SELECT 1 AS id", Fault.NOT_OUR_DATA),
        ("PRAGMA foreign_keys = off; DROP TABLE attempt", Fault.NOT_OUR_DATA),
        ("PRAGMA application_id = 7", Fault.NOT_OUR_DATA),
        ("PRAGMA user_version = 999", Fault.NEWER_DATA),
    ],
    ids=["trigger", "view", "view for a table", "no answers", "other program", "newer"],
)
def test_a_chosen_file_that_is_none_of_ours_is_refused(path, tmp_path, statements, fault):
    mark(path, statements)
    before = snapshot(path.parent)
    with pytest.raises(CoachError) as refused, opened_copy(path, tmp_path):
        pass
    assert refused.value.fault is fault
    assert snapshot(path.parent) == before


@pytest.mark.parametrize(
    ("content", "fault"),
    [(b"", Fault.DAMAGED_DATA), (b"Dear diary, " * 1000, Fault.NOT_OUR_DATA), (None, Fault.INPUT_MISSING)],
    ids=["empty", "text", "missing"],
)
def test_a_chosen_file_that_is_no_database_is_refused(tmp_path, content, fault):
    path = tmp_path / "chosen"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(CoachError) as refused, opened_copy(path, tmp_path):
        pass
    assert refused.value.fault is fault


def test_a_chosen_file_with_a_damaged_page_is_refused(path, tmp_path):
    overwrite(path, root(path, "attempt"))
    with pytest.raises(CoachError) as refused, opened_copy(path, tmp_path):
        pass
    assert refused.value.fault is Fault.DAMAGED_DATA


@pytest.mark.parametrize("name", ["a?b#c%20d.sqlite3", "ü" * 60 + ".sqlite3", "with space"])
def test_a_chosen_file_may_be_called_anything(path, tmp_path, name):
    chosen = Path(shutil.copy(path, tmp_path / name))
    with opened_copy(chosen, tmp_path) as connection:
        assert contents(connection, chosen).attempts == 5


# To read alone


@pytest.fixture
def runtime(tmp_path, monkeypatch):
    folder = tmp_path / "runtime"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def read_all(database):
    with database.begin() as work:
        return [attempt.text for attempt in work.attempts.listed()]


def test_read_only_changes_nothing_and_refuses_to_store(path, runtime):
    before = snapshot(path.parent)
    reading = Database.open_read_only(path)
    assert len(read_all(reading)) == 5
    with pytest.raises(CoachError) as refused:
        write(reading, "x")
    assert refused.value.fault is Fault.OPENED_TO_READ
    with pytest.raises(CoachError) as refused, reading.raw() as connection:
        connection.execute("DELETE FROM attempt")
    assert refused.value.fault is Fault.READ_ONLY
    assert list(runtime.iterdir()) == []
    reading.close()
    assert snapshot(path.parent) == before


def test_read_only_reads_what_is_only_in_the_log_from_a_private_copy(database, path, runtime, tmp_path):
    write(database, "only in the log")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for name in (path.name, path.name + "-wal"):
        shutil.copy(path.with_name(name), crashed / name)
    before = snapshot(crashed)
    reading = Database.open_read_only(crashed / path.name)
    with reading.begin() as work:
        assert "only in the log" in work.transcripts.shipped()
    with pytest.raises(CoachError) as refused:
        write(reading, "x")
    assert refused.value.fault is Fault.OPENED_TO_READ
    if os.name != "nt":  # open without a name, so that nobody else finds it and no kill leaves it
        assert list(runtime.iterdir()) == []
    reading.close()
    assert list(runtime.iterdir()) == []
    assert snapshot(crashed) == before


def test_read_only_reads_an_older_schema_and_leaves_it(tmp_path, runtime):
    path = practised(tmp_path / "coach.sqlite3", 1)
    before = path.read_bytes()
    reading = Database.open_read_only(path)
    assert len(read_all(reading)) == 5
    reading.close()
    assert path.read_bytes() == before
    assert not (tmp_path / "backups").exists()
    assert list(runtime.iterdir()) == []


@pytest.mark.parametrize(
    ("statements", "fault"),
    [("PRAGMA user_version = 999", Fault.NEWER_DATA), ("PRAGMA application_id = 7", Fault.NOT_OUR_DATA)],
)
def test_read_only_refuses_what_is_refused_otherwise_and_leaves_no_copy(path, runtime, statements, fault):
    mark(path, statements)
    path.with_name(path.name + "-wal").write_bytes(b"")
    with pytest.raises(CoachError) as refused:
        Database.open_read_only(path)
    assert refused.value.fault is fault
    assert list(runtime.iterdir()) == []


def test_read_only_of_a_damaged_copy_leaves_no_copy(path, runtime):
    overwrite(path, root(path, "attempt"))
    path.with_name(path.name + "-wal").write_bytes(b"")
    with pytest.raises(CoachError) as refused:
        Database.open_read_only(path)
    assert refused.value.fault is Fault.DAMAGED_DATA
    assert list(runtime.iterdir()) == []


@no_modes
@pytest.mark.parametrize("with_log", [False, True])
def test_read_only_works_in_a_folder_where_nothing_can_be_written(database, path, with_log):
    write(database, "stored")
    if not with_log:
        database.close()
    with tempfile.TemporaryDirectory() as folder:  # which another user may enter
        Path(folder).chmod(0o755)
        closed = Path(folder) / "closed"
        closed.mkdir()
        for file in path.parent.iterdir():
            if file.is_file() and not file.name.endswith("-shm"):
                shutil.copy(file, closed / file.name)
                (closed / file.name).chmod(0o444)
        closed.chmod(0o555)
        before = snapshot(closed)
        script = (
            "import os, sys; from pathlib import Path; from interview_coach.storage.database import Database\n"
            "os.geteuid() == 0 and os.setuid(65534)\n"
            "path = Path(sys.argv[1])\n"
            "reading = Database.open_read_only(path)\n"
            "with reading.begin() as work: print(sorted(work.transcripts.shipped())[-1])\n"
            "reading.close(); print(os.access(path.parent, os.W_OK))\n"
        )
        environment = {name: value for name, value in os.environ.items() if name != "XDG_RUNTIME_DIR"}
        reaches = "import os, sys; os.geteuid() == 0 and os.setuid(65534); os.stat(sys.argv[1])"
        if subprocess.run([sys.executable, "-c", reaches, closed / path.name], check=False).returncode != 0:
            pytest.skip("another user cannot reach this folder here")
        done = subprocess.run(
            [sys.executable, "-c", script, closed / path.name],
            capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2], env=environment,
        )  # fmt: skip
        if done.returncode != 0 and "PermissionError" in done.stderr and "interview_coach" not in done.stderr:
            pytest.skip("another user cannot reach the interpreter here")
        assert done.stdout.split() == ["stored", "False"], done.stderr
        assert snapshot(closed) == before
        closed.chmod(0o755)


def test_read_only_of_a_missing_database_is_said(tmp_path):
    with pytest.raises(CoachError) as refused:
        Database.open_read_only(tmp_path / "none.sqlite3")
    assert refused.value.fault is Fault.INPUT_MISSING
    assert list(tmp_path.iterdir()) == []


# After an error of the disk


def test_after_an_error_of_the_disk_the_file_is_opened_anew(database):
    """The error is raised by hand; that the disk's own does the same is the fault harness's to see."""
    write(database, "before")
    connections = []
    with database.raw() as connection:
        connections.append(connection)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(CoachError) as told, database.begin():
        raise DatabaseError("COMMIT", {}, error)
    assert told.value.fault is Fault.INPUT_OUTPUT
    database.back_up_first(Reason.IMPORT)
    write(database, "after")
    with database.raw() as connection:
        connections.append(connection)
    assert connections[0] is not connections[1]
    with database.begin() as work:
        assert {"before", "after"} <= work.transcripts.shipped()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        connections[0].execute("SELECT 1")


def test_after_an_error_of_the_disk_a_file_that_is_gone_is_not_made_anew(database, path):
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    with pytest.raises(CoachError), database.begin():
        raise DatabaseError("COMMIT", {}, error)
    gone = path.with_name("elsewhere")
    path.rename(gone)
    for _ in range(2):
        with pytest.raises(CoachError):
            write(database, "lost")
        assert not path.exists()
    gone.rename(path)
    write(database, "there again")
    with database.begin() as work:
        assert "there again" in work.transcripts.shipped()
