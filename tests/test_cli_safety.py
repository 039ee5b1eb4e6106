"""backup, restore, check and --read-only as other programs meet them."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
import stat
from pathlib import Path

import pytest

from interview_coach.folder import DataFolder
from tests.warm import COMMANDS

ROOT = Path(__file__).parent.parent
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def run(folder, *arguments, feed="", code=0):
    """Run a command, see that it ends as it should and never with a traceback, and return the finished process."""
    done = COMMANDS.run(["--data-dir", str(folder), *map(str, arguments)], dict(os.environ), feed.encode())
    done.stdout, done.stderr = done.stdout.decode(), done.stderr.decode()
    assert "Traceback" not in done.stderr
    assert done.returncode == code, done.stderr
    return done


def read(folder, *arguments, code=0):
    done = run(folder, *arguments, "--json", code=code)
    assert done.stderr == ""
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    """A data folder with one answer."""
    folder = tmp_path_factory.mktemp("practised") / "data"
    run(folder, "practice", "--count", "1", feed="I would measure first.\n.\n7\n6\nname the figure\n")
    return folder


@pytest.fixture
def fresh(practised, tmp_path):
    """A folder of its own with one answer."""
    return Path(shutil.copytree(practised, tmp_path / "data"))


def texts(folder, *options):
    return [attempt["text"] for attempt in read(folder, *options, "attempts")]


def content(folder):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def damage(folder):
    path = folder / "coach.sqlite3"
    whole = bytearray(path.read_bytes())
    whole[3 * 4096 :] = b"\xa5" * (len(whole) - 3 * 4096)
    path.write_bytes(whole)
    return path.read_bytes()


class TestBackup:
    def test_the_first_command_of_a_day_makes_one(self, practised):
        assert [path.name.split(".")[2] for path in (practised / "backups").iterdir()] == ["daily"]
        run(practised, "questions", "--count")
        assert len(list((practised / "backups").iterdir())) == 1

    def test_it_lists_what_is_there_newest_first(self, fresh):
        backups = read(fresh, "backup")["backups"]
        assert [(backup["attempts"], backup["reason"]) for backup in backups] == [(1, "asked"), (0, "daily")]
        for backup in backups:
            assert {"path", "created", "attempts"} <= backup.keys()
            assert TIME.fullmatch(backup["created"])
            path = Path(backup["path"])
            assert path.parent == fresh / "backups"
            if os.name != "nt":
                assert stat.S_IMODE(path.stat().st_mode) == 0o600
                assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert "ANSWERS" in run(fresh, "backup").stdout

    def test_it_goes_where_the_person_says(self, fresh, tmp_path):
        target = tmp_path / "stick.sqlite3"
        run(fresh, "backup", target)
        assert read(fresh, "backup", target)["backups"][0]["path"] == str(target)
        with sqlite3.connect(target) as connection:
            assert connection.execute("SELECT text FROM attempt").fetchall() == [("I would measure first.",)]
        connection.close()
        folder = tmp_path / "stick"
        folder.mkdir()
        (made,) = [Path(backup["path"]) for backup in read(fresh, "backup", folder)["backups"]][:1]
        assert made.parent == folder

    def test_a_file_that_is_no_backup_is_not_written_over(self, fresh, tmp_path):
        letter = tmp_path / "letter.txt"
        letter.write_text("Dear all, " * 20)
        assert str(letter) in run(fresh, "backup", letter, code=73).stderr
        assert letter.read_text() == "Dear all, " * 20

    @pytest.mark.parametrize("target", ["nowhere/backup.sqlite3", "data/coach.sqlite3"])
    def test_a_place_where_it_cannot_be_is_73(self, fresh, tmp_path, target):
        before = (fresh / "coach.sqlite3").read_bytes()
        done = run(fresh, "backup", tmp_path / target, code=73)
        assert str(tmp_path / target).rsplit("/", 1)[0] in done.stderr
        assert (fresh / "coach.sqlite3").read_bytes() == before

    def test_an_import_makes_one_first(self, fresh, tmp_path):
        more = tmp_path / "more.txt"
        more.write_text("Turn 1 [HR]\nQ: What do you like?\nA: Quiet.\n")
        run(fresh, "import", more, "--dry-run")
        assert not list((fresh / "backups").glob("*before-import*"))
        run(fresh, "import", more)
        (made,) = (fresh / "backups").glob("*before-import*")
        with sqlite3.connect(made) as connection:
            assert connection.execute("SELECT count(*) FROM transcript").fetchone() == (1,)
        connection.close()


class TestRestore:
    def test_what_was_there_is_kept(self, fresh, tmp_path):
        backup = tmp_path / "one.sqlite3"
        run(fresh, "backup", backup)
        run(fresh, "practice", "--count", "1", feed="Another answer.\n.\n\n\n\n")
        assert len(texts(fresh)) == 2
        restored = read(fresh, "restore", backup)
        assert restored["restored"] == str(backup)
        assert texts(fresh) == ["I would measure first."]
        back = read(fresh, "restore", restored["kept"])
        assert len(texts(fresh)) == 2
        assert back["kept"] != restored["kept"]

    def test_a_damaged_database_is_set_aside_as_it_is(self, fresh, tmp_path):
        backup = tmp_path / "one.sqlite3"
        run(fresh, "backup", backup)
        was = damage(fresh)
        done = run(fresh, "attempts", code=65)
        assert "restore" in done.stderr or "damaged" in done.stderr
        assert (fresh / "coach.sqlite3").read_bytes() == was
        kept = Path(read(fresh, "restore", backup)["kept"])
        assert kept.read_bytes() == was
        assert texts(fresh) == ["I would measure first."]

    def test_a_database_that_is_gone_comes_back(self, fresh):
        newest = max((fresh / "backups").iterdir())
        (fresh / "coach.sqlite3").unlink()
        assert "missing" in run(fresh, "questions", code=65).stderr
        assert not (fresh / "coach.sqlite3").exists()
        assert read(fresh, "restore", newest) == {"restored": str(newest), "kept": None}
        assert texts(fresh) == []

    def test_what_is_no_backup_changes_nothing(self, fresh, tmp_path):
        diary = tmp_path / "diary.txt"
        diary.write_text("Dear diary, " * 30)
        before = (fresh / "coach.sqlite3").read_bytes()
        assert str(diary) in run(fresh, "restore", diary, code=65).stderr
        assert str(tmp_path / "nowhere") in run(fresh, "restore", tmp_path / "nowhere", code=66).stderr
        half = tmp_path / "half.sqlite3"
        half.write_bytes(before[: len(before) // 2])
        assert str(half) in run(fresh, "restore", half, code=65).stderr
        assert (fresh / "coach.sqlite3").read_bytes() == before
        assert texts(fresh) == ["I would measure first."]


class TestCheck:
    def test_all_is_well(self, practised):
        assert read(practised, "check") == {"ok": True, "findings": [], "repaired": [], "kept": None}
        assert run(practised, "check").stdout == "All is well.\n"

    def test_what_cannot_be_is_found_repaired_and_then_not_found(self, fresh):
        connection = sqlite3.connect(fresh / "coach.sqlite3")
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute("UPDATE self_rating SET score = 99")
        connection.execute("UPDATE turn SET clarity = 0 WHERE id = 1")
        connection.commit()
        connection.close()
        found = read(fresh, "check", code=65)
        assert (found["ok"], len(found["findings"])) == (False, 2)
        repaired = read(fresh, "check", "--repair")
        assert (repaired["ok"], sorted(repaired["repaired"])) == (True, sorted(found["findings"]))
        with sqlite3.connect(repaired["kept"]) as connection:
            assert connection.execute("SELECT max(score) FROM self_rating").fetchone() == (99,)
        connection.close()
        assert read(fresh, "check")["ok"]
        assert texts(fresh) == ["I would measure first."]

    def test_what_cannot_be_opened_is_a_finding(self, fresh):
        was = damage(fresh)
        assert read(fresh, "check", code=65)["ok"] is False
        run(fresh, "check", "--repair", code=65)
        assert (fresh / "coach.sqlite3").read_bytes() == was


class TestReadOnly:
    def test_nothing_changes(self, fresh):
        (fresh / "lock").unlink()
        before = content(fresh)
        assert texts(fresh, "--read-only") == ["I would measure first."]
        for command in (["questions", "--count"], ["transcripts"], ["sessions"], ["check"]):
            run(fresh, "--read-only", *command)
        assert content(fresh) == before

    @pytest.mark.parametrize("command", [["practice"], ["import", "README.md"], ["check", "--repair"], ["backup"]])
    def test_what_would_change_something_is_refused(self, fresh, command):
        before = (fresh / "coach.sqlite3").read_bytes()
        done = run(fresh, "--read-only", *command, code=65 if "README.md" in command else 74)
        assert done.stderr.count("\n") == 1
        assert (fresh / "coach.sqlite3").read_bytes() == before

    def test_a_backup_elsewhere_is_no_change(self, fresh, tmp_path):
        before = content(fresh)
        (made, *_) = read(fresh, "--read-only", "backup", tmp_path / "stick.sqlite3")["backups"]
        assert (made["path"], made["attempts"]) == (str(tmp_path / "stick.sqlite3"), 1)
        assert content(fresh) == before

    def test_a_log_beside_the_file_is_read_and_left(self, fresh):
        """As after a crash: the newest answer is in the write-ahead log alone."""
        connection = sqlite3.connect(fresh / "coach.sqlite3", isolation_level=None)
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("UPDATE attempt SET text = 'Only in the log.'")
        crashed = fresh.parent / "crashed"
        shutil.copytree(fresh, crashed, ignore=shutil.ignore_patterns("*-shm"))
        connection.close()
        before = content(crashed)
        assert texts(crashed, "--read-only") == ["Only in the log."]
        assert content(crashed) == before

    def test_a_folder_that_somebody_has_is_75(self, fresh):
        folder = DataFolder.claim(fresh)
        try:
            run(fresh, "--read-only", "questions", code=75)
        finally:
            folder.release()

    def test_a_folder_that_is_not_there_is_not_made(self, tmp_path):
        run(tmp_path / "nowhere", "--read-only", "questions", code=66)
        assert not (tmp_path / "nowhere").exists()
