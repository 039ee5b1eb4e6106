"""Backups, restoring, beginning anew and deleting for good, killed at any write: the old or the new, never less."""

import shutil
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import attacks
from judging import contents, differences, sound
from story import START, StepClock, open_folder

from interview_coach.domain.backups import surplus
from interview_coach.domain.errors import CoachError
from interview_coach.services.recovery import RecoveryService

SCHEMAS = Path(__file__).parents[1] / "data" / "schema"
NAME = "{:%Y%m%dT%H%M%S}.000Z.daily.sqlite3"


def safety(what, *more):
    return lambda folder: [sys.executable, attacks.HERE / "safety.py", what, folder, *more]


def coach(*command):
    return lambda folder: [*attacks.COACH, "--data-dir", folder, *command]


def backups_in(folder):
    return sorted((folder / "backups").glob("*.sqlite3"))


def whole(backup, expected, case):
    sound(backup)
    assert contents(backup) == expected, f"{case}: {backup.name}\n" + "\n".join(differences(expected, contents(backup)))


def test_a_kill_at_any_write_of_a_backup(played, practised, sweep):
    everything = played.states[-1].contents

    def look(folder, done, case):
        made = backups_in(folder)
        assert done.said.count("made") <= len(made) <= done.said.count("made") + 1, case
        for backup in made:
            whole(backup, everything, case)
        services = open_folder(folder, StepClock())
        services.backups.make()
        services.close()
        assert [file.suffix for file in (folder / "backups").iterdir()] == [".sqlite3"] * (len(made) + 1), case
        whole(folder / "coach.sqlite3", everything, case)

    sweep("backup", practised, safety("backup"), look, short=4, full=100)


def test_a_kill_at_any_write_of_a_backup_to_a_file(tmp_path, played, practised, sweep):
    everything = played.states[-1].contents
    older = tmp_path / "older.sqlite3"
    older.write_bytes(played.database)

    def prepare():
        folder = practised()
        shutil.copyfile(older, folder.parent / "out.sqlite3")
        return folder

    def look(folder, done, case):
        out = folder.parent / "out.sqlite3"
        if out.read_bytes() == older.read_bytes():
            assert str(out) not in done.said, case
        else:
            whole(out, everything, case)
        open_folder(folder, StepClock()).close()
        whole(folder / "coach.sqlite3", everything, case)

    sweep(
        "backup to a file",
        prepare,
        lambda folder: coach("backup", folder.parent / "out.sqlite3")(folder),
        look,
        short=4,
        full=60,
    )


def test_a_kill_while_old_backups_are_thinned(tmp_path, played, practised, sweep):
    """Many small ones of one day, which are far too many."""
    small = tmp_path / "small.sqlite3"
    with closing(sqlite3.connect(small)) as connection:
        connection.executescript((SCHEMAS / "1.sql").read_text(encoding="utf-8"))
    older = [START - timedelta(days=20, minutes=n) for n in range(60)]

    def prepare():
        folder = practised()
        (folder / "backups").mkdir(mode=0o700)
        for moment in older:
            shutil.copyfile(small, folder / "backups" / NAME.format(moment))
        return folder

    def look(folder, _done, case):
        there = {backup.name for backup in backups_in(folder)}
        gone = [moment for moment in older if NAME.format(moment) not in there]
        new = sorted(name for name in there if "asked" in name)
        assert not gone or new, f"{case}: older ones were removed before the new one stood"
        for name in new:
            whole(folder / "backups" / name, played.states[-1].contents, case)
        made = [START + timedelta(minutes=n) for n in range(3)]
        may_go = {position - 3 for position in surplus([*reversed(made), *older], made[-1])}
        assert {older.index(moment) for moment in gone} <= may_go, f"{case}: one that is to be kept is gone"

    sweep("thinning", prepare, safety("backup"), look, short=4, full=100)


def restored(source, place):
    """Return what is there once a source has been restored undisturbed and opened."""
    RecoveryService(place / "coach.sqlite3", StepClock()).restore(source)
    open_folder(place, StepClock()).close()
    return contents(place / "coach.sqlite3")


def test_a_kill_at_any_write_of_a_restore(played, practised, source, new_folder, sweep):
    old, new = played.states[-1].contents, restored(source, new_folder())

    def look(folder, done, case):
        open_folder(folder, StepClock()).close()
        sound(folder / "coach.sqlite3")
        found = contents(folder / "coach.sqlite3")
        assert found in (old, new), f"{case}: neither the old nor the new\n" + "\n".join(differences(new, found))
        if found == new:
            assert [contents(kept) for kept in backups_in(folder)] == [old], f"{case}: what was there is not kept"
        else:
            assert "is restored" not in done.said, case

    sweep("restore", practised, coach("restore", source), look, short=5, full=120)


def test_a_kill_while_a_damaged_database_is_replaced(played, practised, source, new_folder, sweep):
    new = restored(source, new_folder())
    damaged = played.closed[:4096] + b"\xa5" * (len(played.closed) - 4096)

    def prepare():
        folder = practised()
        (folder / "coach.sqlite3").write_bytes(damaged)
        return folder

    def look(folder, done, case):
        path = folder / "coach.sqlite3"
        try:
            open_folder(folder, StepClock()).close()
        except CoachError:
            assert "is restored" not in done.said, case
            assert not path.exists() or path.read_bytes() == damaged, f"{case}: the damaged file was changed"
            RecoveryService(path, StepClock()).restore(source)
            open_folder(folder, StepClock()).close()
        assert contents(path) == new, case
        aside = [file.read_bytes() for file in (folder / "set-aside").rglob("coach.sqlite3")]
        assert aside == [damaged], f"{case}: the damaged file is not kept as it was"

    sweep("restore over damage", prepare, coach("restore", source), look, short=4, full=60)


def test_a_kill_at_any_write_of_a_new_beginning(played, practised, new_folder, sweep):
    empty = new_folder()
    open_folder(empty, StepClock()).close()
    new = contents(empty / "coach.sqlite3")
    old = played.states[-1].contents

    def look(folder, done, case):
        path = folder / "coach.sqlite3"
        try:
            open_folder(folder, StepClock()).close()
        except CoachError:
            assert "begun" not in done.said, case
            RecoveryService(path, StepClock()).start_new()
            open_folder(folder, StepClock()).close()
        found = contents(path)
        assert found in (old, new), case
        aside = [contents(file) for file in (folder / "set-aside").rglob("coach.sqlite3")]
        assert found == old or old in aside, f"{case}: what was there is not kept"

    sweep("new beginning", practised, safety("begin"), look, short=4, full=40)


CANARY = b"last words of the candidate"


def test_a_kill_at_any_write_of_a_deletion_for_good(practised, sweep):
    def prepare():
        folder = practised()
        services = open_folder(folder, StepClock())
        question = services.questions.ids()[4]
        services.tending.edit(question, CANARY.decode(), "TECHNICAL")
        services.tending.delete_questions([question])
        services.close()
        return folder

    reference = prepare()
    before = contents(reference / "coach.sqlite3")
    attacks.run(safety("erase")(reference))
    after = contents(reference / "coach.sqlite3")
    assert before != after

    def look(folder, done, case):
        live = b"".join(file.read_bytes() for file in folder.glob("coach.sqlite3*"))
        assert "erased" not in done.said or CANARY not in live, f"{case}: its bytes are still there"
        open_folder(folder, StepClock()).close()
        sound(folder / "coach.sqlite3")
        found = contents(folder / "coach.sqlite3")
        assert found == after or (found == before and "erased" not in done.said), (
            f"{case}: neither there nor gone\n" + "\n".join(differences(after, found))
        )
        live = b"".join(file.read_bytes() for file in folder.glob("coach.sqlite3*"))
        assert found == before or CANARY not in live, f"{case}: it is gone, but its bytes are still there"

    sweep("deletion for good", prepare, safety("erase"), look, short=4, full=100)


def test_every_backup_restores_with_all_that_it_held(practised, tmp_path, new_folder):
    folder = practised()
    clock = StepClock()
    services = open_folder(folder, clock)
    held = {}
    for n in range(4):
        clock.tick()
        session = services.practice.session(services.practice.start_stage("HR"))
        session.save_draft(session.view().attempt_id, f"Answer {n}", 1.0)
        made = services.backups.make(tmp_path / "elsewhere.sqlite3" if n == 3 else None)
        held[made.path] = services.backups.look_into(made.path)
        assert made.path.stat().st_mode & 0o777 == 0o600
    services.close()
    assert len({counts.attempts for counts in held.values()}) == 4
    for backup, counts in held.items():
        other = new_folder()
        RecoveryService(other / "coach.sqlite3", clock).restore(backup)
        again = open_folder(other, clock)
        assert len([1 for entry in again.progress.attempts() if entry.attempt.text or entry.attempt.submitted]) == (
            counts.attempts
        )
        again.close()
        assert contents(other / "coach.sqlite3") == contents(backup)
