"""A disk that is full or answers with errors: the program says so, acknowledges nothing that is not stored, goes on."""

import json
import re
import shutil
import sys
from pathlib import Path

import attacks
import pytest
from judging import acknowledged, contents, judge, sound
from story import StepClock, interview, open_folder
from tally import at_once

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.preferences import Preferences
from interview_coach.services.recovery import RecoveryService
from interview_coach.settings import read_preferences, write_preferences


@pytest.fixture
def fail(tally, tracer):
    """Run a command in a folder of its own for each of some calls that fails there, and judge it afterwards."""
    del tracer

    def sweep(scenario, prepare, command, wanted, look, *, short, full=None, lasting=False, ends=(0, 74), watch=""):
        place = prepare()
        calls = [
            (call, error)
            for call in attacks.rehearse(command(place), place.parent)
            for error in ERRORS.get(call.name, ())
            if wanted(call, error)
        ]
        assert len(calls) >= short, f"{scenario}: too little to fail: {calls}"

        def attack(point):
            folder, (call, error) = point
            expression = attacks.fail_at(call, error, lasting=lasting)
            done = attacks.run(command(folder), inject=[expression], calls=f"{call.name},{watch}" if watch else "")
            case = f"seed {tally.seed}, {scenario}, {error} at {call}{' and on' if lasting else ''}"
            assert done.injected, f"{case}: nothing failed"
            tally.count("injected faults")
            said = f"{case}: it ended with {done.code}\n{done.said[-800:]}\n{done.errors}"
            assert done.code in ends, said
            assert "Traceback" not in done.errors, said
            assert "unexpected" not in done.errors, said
            try:
                look(folder, done, case)
            except AssertionError:
                tally.count("losses")
                raise

        at_once(attack, [(prepare(), point) for point in tally.some(scenario, calls, short=short, full=full)])

    return sweep


#: What each call may answer.
ERRORS = {
    "pwrite64": ("ENOSPC", "EIO"),
    "write": ("ENOSPC", "EIO"),
    "fdatasync": ("EIO",),
    "fsync": ("EIO",),
    "ftruncate": ("EIO",),
    "openat": ("ENOSPC", "EIO"),
    "mkdir": ("ENOSPC",),
    "rename": ("ENOSPC", "EIO"),
    "unlink": ("EIO",),
}


#: What tells of a file that can't be written. Of one that can't be opened SQLite does not say why, hence 77.
UNWRITABLE = (73, 74, 77)

#: A backup that stands where another is to go: what is no database is not written over.
OLDER = b"SQLite format 3\0 an older backup"

#: Of a database that is being made: where one write of it fails it is not made at all.
HALF_MADE = (".new", ".new-journal")


def test_a_single_failure_is_told_and_the_next_try_stores_everything(tally, played, new_folder, fail):
    def look(folder, done, case):
        assert acknowledged(done.lines()) == len(played.states) - 1, f"{case}\n{done.said}"
        judge(tally, folder, played.states[-1:], case)

    fail(
        "story, once",
        new_folder,
        lambda folder: [*attacks.STORY, folder, "3"],
        lambda call, _error: not call.path.endswith(HALF_MADE),
        look,
        short=10,
        full=200,
        ends=(0,),
    )


def test_a_disk_that_stays_full_ends_with_74_and_keeps_what_was_acknowledged(tally, played, new_folder, fail):
    def look(folder, done, case):
        reached = acknowledged(done.lines())
        judge(tally, folder, played.states[max(reached, 0) : reached + 2], case)

    fail(
        "story, lasting",
        new_folder,
        lambda folder: [*attacks.STORY, folder],
        lambda call, _error: call.name in ("pwrite64", "fdatasync"),
        look,
        short=6,
        full=80,
        lasting=True,
    )


def test_a_failed_sync_is_not_acknowledged_and_the_file_is_opened_anew(tally, played, new_folder, fail):
    """What the old connection believes to be on the disk may not be there."""

    def look(folder, done, case):
        assert "failed INPUT_OUTPUT" in done.said, case
        _, until_stored, *_ = done.trace.split("(INJECTED)", 1)[1].split("write(1<")
        assert "coach.sqlite3>\n" in until_stored, f"{case}: the connection went on"
        assert acknowledged(done.lines()) == len(played.states) - 1, case
        judge(tally, folder, played.states[-1:], case)

    def wanted(call, _error):
        # The first is of the opening, and the last, which folds the log in at the end, has nobody to be told to.
        return call.name == "fdatasync" and call.path.endswith("-wal") and 1 < call.nth < len(played.states)

    def command(folder):
        return [*attacks.STORY, folder, "2"]

    fail("failed sync", new_folder, command, wanted, look, short=6, full=40, ends=(0,), watch="openat,write")


@pytest.mark.usefixtures("tracer")
def test_every_step_is_synced_before_it_is_told(played, new_folder):
    done = attacks.run([*attacks.STORY, new_folder()], calls="fdatasync,write")
    steps = done.trace.split("write(1<")[1 : len(played.states)]
    assert len(steps) == len(played.states) - 1
    for state, calls in zip(played.states[1:], steps, strict=True):
        assert "coach.sqlite3-wal>) = 0" in calls, f"“{state.name}” was told before it was on the disk"


@pytest.mark.usefixtures("tracer")
def test_a_replaced_file_is_synced_with_its_folder(practised):
    folder = practised()
    done = attacks.run([sys.executable, "-c", SETTINGS, folder], calls="fsync,fdatasync,rename")
    file, renamed, beside, *_ = done.trace.splitlines()
    assert re.search(r" f(data)?sync\(.*\.part>\)", file)
    assert " rename(" in renamed
    assert re.search(rf" f(data)?sync\(\d+<{re.escape(str(folder))}>\)", beside)


def test_an_import_that_meets_a_failing_disk(tmp_path, played, practised, fail):
    file = tmp_path / "long.txt"
    file.write_text(interview("Celery", 230), encoding="utf-8")

    def look(folder, done, case):
        services = open_folder(folder, StepClock())
        try:
            turns = [entry.turns for entry in services.transcripts.listed() if entry.transcript.source == "long.txt"]
            assert turns in (([230],) if done.code == 0 else ([], [230])), f"{case}: {turns} turns"
            services.importing.import_paths([file])
            turns = [entry.turns for entry in services.transcripts.listed() if entry.transcript.source == "long.txt"]
            assert turns == [230], case
        finally:
            services.close()
        sound(folder / "coach.sqlite3")
        assert contents(folder / "coach.sqlite3")["attempt"] == played.states[-1].contents["attempt"], case

    fail(
        "import",
        practised,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "import", file],
        lambda call, _error: call.name in ("pwrite64", "fdatasync"),
        look,
        short=6,
        full=60,
        lasting=True,
    )


def test_an_export_that_meets_a_failing_disk_keeps_the_older_file(practised, fail):
    def prepare():
        folder = practised()
        (folder.parent / "out.txt").write_text("an older export")
        return folder

    def look(folder, done, case):
        assert done.code in (73, 74), case
        beside = sorted(file.name for file in folder.parent.iterdir())
        assert beside == ["data", "out.txt"], f"{case}: left lying: {beside}"
        assert (folder.parent / "out.txt").read_text() == "an older export", case
        assert done.errors.count("\n") == 1
        assert "out.txt" in done.errors, f"{case}: {done.errors}"

    fail(
        "export",
        prepare,
        lambda folder: [
            *attacks.COACH, "--data-dir", folder, "export", "turns", folder.parent / "out.txt", "--transcript", "1",
        ],
        lambda call, _error: "out.txt" in call.path and call.name != "unlink",
        look,
        short=4,
        ends=(73, 74),
    )  # fmt: skip


SETTINGS = """
import sys
from pathlib import Path
from interview_coach.domain.preferences import Preferences
from interview_coach.services.recovery import RecoveryService
from interview_coach.settings import write_preferences
try:
    write_preferences(Path(sys.argv[1]) / "settings.json", Preferences(words_a_minute=155))
except OSError as error:
    sys.exit(74)
"""


def test_settings_that_meet_a_failing_disk_keep_the_older_file(practised, fail):
    def prepare():
        folder = practised()
        write_preferences(folder / "settings.json", Preferences(words_a_minute=120))
        return folder

    def look(folder, done, case):
        speed = read_preferences(folder / "settings.json").words_a_minute
        assert speed in ((155,) if done.code == 0 else (120, 155)), case
        assert sorted(file.name for file in folder.iterdir()) == ["coach.sqlite3", "settings.json"], case

    fail(
        "settings",
        prepare,
        lambda folder: [sys.executable, "-c", SETTINGS, folder],
        lambda call, _error: call.name != "unlink",
        look,
        short=4,
    )


def test_a_backup_that_meets_a_failing_disk_keeps_the_older_file(played, practised, fail):
    def prepare():
        folder = practised()
        (folder.parent / "out.sqlite3").write_bytes(OLDER)
        return folder

    def look(folder, done, case):
        if done.code == 0:  # SQLite tried once more
            assert contents(folder.parent / "out.sqlite3") == played.states[-1].contents, case
        else:
            assert (folder.parent / "out.sqlite3").read_bytes() == OLDER, case
        beside = sorted(file.name for file in folder.parent.iterdir())
        assert beside == ["data", "out.sqlite3"], f"{case}: left lying: {beside}"
        assert contents(folder / "coach.sqlite3") == played.states[-1].contents, case

    fail(
        "backup to a file",
        prepare,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "backup", folder.parent / "out.sqlite3"],
        # Once the new file stands its name may still be lost with the power, which nobody can say afterwards.
        lambda call, _error: ".part" in call.path and call.name not in ("unlink", "rename"),
        look,
        short=6,
        full=60,
        ends=(0, *UNWRITABLE),
    )


def test_a_restore_that_meets_a_failing_disk_leaves_the_old_or_the_new(played, practised, source, new_folder, fail):
    old = played.states[-1].contents
    place = new_folder()
    RecoveryService(place / "coach.sqlite3", StepClock()).restore(source)
    open_folder(place, StepClock()).close()
    new = contents(place / "coach.sqlite3")

    def look(folder, done, case):
        open_folder(folder, StepClock()).close()
        sound(folder / "coach.sqlite3")
        found = contents(folder / "coach.sqlite3")
        assert found == new if done.code == 0 else found in (old, new), f"{case}: neither the old nor the new"
        left = [file.name for file in folder.rglob("*") if ".part" in file.name]
        assert left == [] or "unlink" in case, f"{case}: left lying: {left}"

    fail(
        "restore",
        practised,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "restore", source],
        lambda call, _error: "log" not in Path(call.path).parts,
        look,
        short=6,
        full=100,
        ends=(0, *UNWRITABLE),
    )


def test_a_migration_is_not_begun_where_its_backup_cannot_be_made(new_folder, source, fail):
    before = contents(source)

    def prepare():
        folder = new_folder()
        shutil.copyfile(source, folder / "coach.sqlite3")
        return folder

    def look(folder, done, case):
        if done.code != 0:
            assert contents(folder / "coach.sqlite3") == before, f"{case}: it was changed without a backup"
            assert list((folder / "backups").glob("*")) == [], case
        open_folder(folder, StepClock()).close()

    fail(
        "backup before a migration",
        prepare,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "sessions"],
        lambda call, _error: "before-migration" in call.path and call.name not in ("unlink", "rename"),
        look,
        short=6,
        full=60,
        ends=(0, *UNWRITABLE),
    )


def test_a_database_that_may_not_grow_says_so_and_stores_the_step_once_it_may(new_folder):
    """The portable stand-in for a full disk."""
    services = open_folder(new_folder(), StepClock())
    try:
        session = services.practice.session(services.practice.start_default())
        view = session.view()
        session.save_draft(view.attempt_id, "kept", 1.0)
        with services.database.raw() as connection:
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            connection.execute(f"PRAGMA max_page_count = {pages}")
        text = "longer than what is left " * 10_000
        with pytest.raises(CoachError) as told:
            session.save_draft(view.attempt_id, text, 2.0)
        assert told.value.fault is Fault.DISK_FULL
        assert session.view().text == "kept"
        with services.database.raw() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
        assert session.save_draft(view.attempt_id, text, 3.0) is not None
        assert session.view().text == text
    finally:
        services.close()


SMALL = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from story import StepClock, open_folder
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.exporting import save_file
from interview_coach.services.recovery import RecoveryService
from interview_coach.settings import read_preferences, write_preferences
from interview_coach.domain.preferences import Preferences
import interview_coach.domain.backups as reasons

def told(step):
    try:
        step()
    except CoachError as error:
        return error.fault.name
    except OSError as error:
        return "OSError " + str(error.errno)
    return "done"

disk = Path(sys.argv[1])
folder = disk / "data"
folder.mkdir()
services = open_folder(folder, StepClock())
session = services.practice.session(services.practice.start_default())
attempt = session.view().attempt_id
session.save_draft(attempt, "before", 1.0)
write_preferences(folder / "settings.json", Preferences(words_a_minute=120))
save_file(disk / "out.txt", b"an older export")
ballast = disk / "ballast"
with ballast.open("wb", buffering=0) as file:
    try:
        while file.write(bytes(4096)):
            pass
    except OSError:
        pass
text = "typed while the disk is full " * 2000
said = {
    "draft": told(lambda: session.save_draft(attempt, text, 2.0)),
    "submit": told(lambda: session.submit(text, 2.0)),
    "export": told(lambda: save_file(disk / "out.txt", text.encode())),
    "settings": told(lambda: write_preferences(folder / "settings.json", Preferences(words_a_minute=155))),
    "backup": told(lambda: services.database.back_up(reasons.Reason.ASKED)),
}
said["still there"] = session.view().text
said["files"] = sorted(str(file.relative_to(disk)) for file in disk.rglob("*") if file.is_file())
said["older"] = [(disk / "out.txt").read_text(), read_preferences(folder / "settings.json").words_a_minute]
ballast.unlink()
said["later"] = [told(lambda: session.save_draft(attempt, text, 2.0)), session.view().text == text]
services.close()
again = open_folder(folder, StepClock())
said["next start"] = again.practice.session(again.practice.to_resume()).view().text == text
again.close()
import json
print(json.dumps(said))
"""


@pytest.mark.usefixtures("mounts")
def test_a_small_disk_that_is_full(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    command = [*attacks.small_disk(disk, "2m"), sys.executable, "-c", SMALL, disk, attacks.HERE]
    done = attacks.run(command)
    assert (done.code, done.errors) == (0, "")
    said = json.loads(done.said)
    assert said.pop("files") == [
        "ballast", "data/coach.sqlite3", "data/coach.sqlite3-wal", "data/settings.json", "out.txt",
    ]  # fmt: skip
    assert said == {
        "draft": "DISK_FULL",
        "submit": "DISK_FULL",
        "export": "DISK_FULL",
        "settings": "OSError 28",
        "backup": "DISK_FULL",
        "still there": "before",
        "older": ["an older export", 120],
        "later": ["done", True],
        "next start": True,
    }
