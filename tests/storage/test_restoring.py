"""What is put in the place of a database, and where what was there goes."""

from datetime import UTC, datetime

import pytest

from interview_coach.domain.backups import Reason
from interview_coach.domain.errors import CoachError
from interview_coach.storage.database import Database
from interview_coach.storage.restoring import restore, set_aside, start_new

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def now():
    return NOW


@pytest.fixture
def path(tmp_path):
    return tmp_path / "coach.sqlite3"


@pytest.fixture
def backup(path):
    """A backup of an empty database, which is there and closed."""
    opened = Database.open(path, now)
    made = opened.back_up(Reason.ASKED)
    opened.close()
    return made.path


def note(path, content_hash):
    opened = Database.open(path, now)
    with opened.begin() as work:
        work.transcripts.note_shipped(content_hash, "file", NOW)
    opened.close()


def noted(path):
    opened = Database.open(path, now)
    with opened.begin() as work:
        found = work.transcripts.shipped()
    opened.close()
    return found


def test_what_was_there_becomes_a_backup_that_can_be_restored(path, backup):
    note(path, "later")
    kept = restore(path, backup, now)
    assert noted(path) == frozenset()
    assert kept is not None
    assert restore(path, kept, now) is not None
    assert noted(path) == {"later"}


def test_what_is_damaged_is_set_aside_with_its_log(path, backup):
    path.write_bytes(b"SQLite format 3\0 no more")
    log = path.with_name("coach.sqlite3-wal")
    log.write_bytes(b"its log")
    kept = restore(path, backup, now)
    assert kept == path.parent / "set-aside" / "20260302T120000Z" / "coach.sqlite3"
    assert kept.read_bytes() == b"SQLite format 3\0 no more"
    assert kept.with_name(log.name).read_bytes() == b"its log"
    assert not log.exists()
    assert noted(path) == frozenset()


def test_a_backup_that_cannot_be_used_leaves_all_as_it_is(path, backup, tmp_path):
    note(path, "kept")
    backup.write_bytes(backup.read_bytes()[:5000])
    before = {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()}
    with pytest.raises(CoachError):
        restore(path, backup, now)
    assert {file: file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()} == before


def test_two_in_one_second_are_set_aside_apart(path):
    for content in (b"one", b"two"):
        path.write_bytes(content)
        set_aside(path, now)
    assert sorted(file.read_bytes() for file in path.parent.rglob("coach.sqlite3")) == [b"one", b"two"]
    assert set_aside(path, now) is None


def test_a_log_that_a_crash_left_behind_is_joined_with_its_file(path):
    """The crash came after the file was moved and before its log was."""
    path.write_bytes(b"the file")
    moved = set_aside(path, now)
    path.with_name("coach.sqlite3-wal").write_bytes(b"its log")
    kept = start_new(path, now)
    assert kept == moved.with_name("coach.sqlite3-wal")
    assert sorted(file.name for file in moved.parent.iterdir()) == ["coach.sqlite3", "coach.sqlite3-wal"]
    assert noted(path) == frozenset()


def test_a_new_beginning_takes_no_log_of_another_file(path, backup):
    assert backup.exists()
    path.with_name("coach.sqlite3-wal").write_bytes(b"a log alone")
    path.unlink()
    start_new(path, now)
    assert not path.with_name("coach.sqlite3-wal").exists()
    assert noted(path) == frozenset()
