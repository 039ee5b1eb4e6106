"""Folders that can't be written, have odd names, are links, or of which there is none."""

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path

import attacks
import pytest
from judging import contents
from story import StepClock, interview, open_folder

from interview_coach.domain.preferences import Preferences
from interview_coach.services.recovery import RecoveryService
from interview_coach.settings import write_preferences
from tests.conftest import tried

NOBODY = 65534


@pytest.fixture
def common():
    """A folder that everybody can reach."""
    folder = Path(tempfile.mkdtemp(prefix="faults-"))
    folder.chmod(0o755)
    yield folder
    for path in [folder, *folder.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
    shutil.rmtree(folder)


@pytest.fixture
def as_another(common, lacks):
    """A prefix that runs a command as somebody who does not own the files; where one is not root, as oneself."""
    if os.geteuid() != 0:
        return []
    prefix = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--"]
    try:
        done = attacks.run([*prefix, *attacks.COACH, "--data-dir", common / "none", "--version"])
    except OSError as error:
        lacks("another user", f"setpriv: {os.strerror(error.errno or 0).lower()}")
    if done.code != 0:
        lacks("another user", f"somebody else can't start the program from here: {done.errors.strip()[-200:]}")
    return prefix


CLOSED = {
    "the folder": ({"": 0o555}, (77,)),
    "the folder, not even to look into": ({"": 0o000}, (77,)),
    "the database": ({"": 0o777, "coach.sqlite3": 0o444}, (74, 77)),
    "the database, not even to read": ({"": 0o777, "coach.sqlite3": 0o000}, (77,)),
    "the lock": ({"": 0o777, "coach.sqlite3": 0o666, "lock": 0o444}, (77,)),
    "the backups, which an import needs": ({"": 0o777, "coach.sqlite3": 0o666, "backups": 0o555}, (74, 77)),
}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
@pytest.mark.parametrize("what", CLOSED)
def test_what_may_not_be_written_is_told_in_one_sentence_with_its_path(what, common, as_another, played):
    folder = common / "data"
    (folder / "backups").mkdir(parents=True)
    (folder / "coach.sqlite3").write_bytes(played.closed)
    (folder / "lock").touch()
    (folder / "lock").chmod(0o666)
    (common / "more.txt").write_text(interview("Celery", 3), encoding="utf-8")
    modes, codes = CLOSED[what]
    for name, mode in reversed(modes.items()):
        (folder / name).chmod(mode)
    done = attacks.run([*as_another, *attacks.COACH, "--data-dir", folder, "import", common / "more.txt"])
    folder.chmod(0o777)
    (folder / "coach.sqlite3").chmod(0o666)
    assert done.code in codes, f"{what}: {done.errors}"
    # The day's backup, where it can't be made, is told in a sentence of its own.
    assert 1 <= done.errors.count("\n") <= (2 if "backups" in what else 1), done.errors
    assert all(str(folder) in line for line in done.errors.splitlines()), done.errors
    open_folder(folder, StepClock()).close()
    assert contents(folder / "coach.sqlite3") == played.states[-1].contents, f"{what}: something was stored"


@pytest.mark.usefixtures("mounts")
def test_a_disk_that_is_mounted_read_only_is_74(practised):
    folder = practised()
    script = 'mount --bind "$0" "$0" && mount -o remount,ro,bind "$0" && exec "$@"'
    own = attacks.small_disk(folder)[: -len(["sh", "-c", "", ""])]
    done = attacks.run([*own, "sh", "-c", script, folder, *attacks.COACH, "--data-dir", folder, "attempts"])
    assert done.code == 74, done.errors
    assert str(folder) in done.errors
    assert done.errors.count("\n") == 1


NAMES = (
    "with a space", "what?", "a#b", "100%", "%41%2f", "grüße-日本-🙂", "x" * 220, "it's \"quoted\"", "-dash",
    "a;b&c=d", "ends.", "?mode=memory", "é" * 100, "tab\tin it",
)  # fmt: skip


def pytest_generate_tests(metafunc):
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", tried(metafunc.config, NAMES), ids=ascii)


@pytest.mark.skipif(os.name == "nt", reason="Windows forbids such names")
def test_a_folder_with_an_odd_name_is_the_one_that_is_used(name, tmp_path):
    place = tmp_path / "place"
    place.mkdir()
    folder = place / name
    done = attacks.run([*attacks.COACH, "--data-dir", folder, "practice"], text="An answer.\n.\n5\n")
    assert (done.code, done.errors) == (0, "")
    done = attacks.run([sys.executable, attacks.HERE / "safety.py", "backup", folder])
    assert (done.code, done.errors) == (0, "")
    assert [path.name for path in place.iterdir()] == [name]
    assert (folder / "coach.sqlite3").stat().st_size > 0
    backups = sorted((folder / "backups").iterdir())
    assert len(backups) >= 2
    RecoveryService(folder / "coach.sqlite3", StepClock()).restore(backups[0])
    (attempt,) = json.loads(attacks.run([*attacks.COACH, "--data-dir", folder, "attempts", "--json"]).said)
    assert attempt["text"] == "An answer."
    assert [path.name for path in place.iterdir()] == [name]


def test_without_a_home_the_named_folder_is_used_and_without_any_it_is_told(tmp_path):
    env = {name: value for name, value in attacks.environment().items() if name not in ("HOME", "XDG_DATA_HOME")}
    done = attacks.run([*attacks.COACH, "--data-dir", tmp_path / "named", "sessions"], env=env)
    assert done.code == 0, done.errors
    assert (tmp_path / "named" / "coach.sqlite3").exists()
    done = attacks.run([*attacks.COACH, "sessions"], env={**env, "XDG_DATA_HOME": str(tmp_path / "share")})
    assert done.code == 0, done.errors
    assert (tmp_path / "share" / "interview-coach" / "coach.sqlite3").exists()
    (tmp_path / "home").write_text("no folder")
    done = attacks.run([*attacks.COACH, "sessions"], env={**env, "HOME": str(tmp_path / "home")})
    assert done.code == 73, done.errors
    assert str(tmp_path / "home") in done.errors
    assert done.errors.count("\n") == 1
    assert (tmp_path / "home").read_text() == "no folder"


@pytest.mark.skipif(os.name == "nt", reason="Windows lets only some make links")
@pytest.mark.usefixtures("tracer")
def test_a_link_to_the_folder_or_to_a_file_in_it_stays_one(tally, played, tmp_path):
    real, elsewhere = tmp_path / "real", tmp_path / "elsewhere"
    real.mkdir()
    elsewhere.mkdir()
    folder = tmp_path / "data"
    folder.symlink_to(real)
    (elsewhere / "practice.sqlite3").write_bytes(played.closed)
    (elsewhere / "settings.json").write_text("{}")
    (real / "coach.sqlite3").symlink_to(elsewhere / "practice.sqlite3")
    (real / "settings.json").symlink_to(elsewhere / "settings.json")
    done = attacks.run(
        [*attacks.COACH, "--data-dir", folder, "practice"],
        inject=["fdatasync:signal=KILL:when=4"],
        text="Hello.\n.\n5\n",
    )
    assert done.killed
    tally.count("kills")
    assert [path.name for path in elsewhere.glob("*-wal")] == ["practice.sqlite3-wal"]
    assert not list(real.glob("*-wal"))
    open_folder(folder, StepClock()).close()
    stored = contents(folder / "coach.sqlite3")
    for table in ("self_rating", "decided_point", "place"):
        assert set(played.states[-1].contents[table]) <= set(stored[table])
    write_preferences(folder / "settings.json", Preferences(words_a_minute=99))
    assert "99" in (elsewhere / "settings.json").read_text()
    for link in (folder, real / "coach.sqlite3", real / "settings.json"):
        assert link.is_symlink()
    assert [path.name for path in elsewhere.glob("*-wal")] == []
