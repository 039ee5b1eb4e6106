"""The window itself: killed while somebody types, on a disk that is full, on one that goes away."""

import json
import signal
import subprocess
import sys
import threading
import time

import attacks
import pytest
from judging import sound

WINDOW = [sys.executable, str(attacks.HERE / "window.py")]
TYPED = "abcdefghi " * 100


@pytest.fixture
def start():
    """Start a window, or another process; every one is ended with the test, and by itself when it is stuck."""
    running = []

    def start_it(*command):
        process = subprocess.Popen(
            [*map(str, command)],
            cwd=attacks.ROOT,
            env=attacks.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        guard = threading.Timer(attacks.PATIENCE, process.kill)
        guard.start()
        running.append((process, guard))
        return process

    yield start_it
    for process, guard in running:
        guard.cancel()
        process.kill()
        process.communicate()


def said(process):
    """Return the next thing that a window says."""
    line = process.stdout.readline()
    assert line, process.stderr.read()
    return json.loads(line)


def all_said(done):
    assert (done.code, done.errors) == (0, ""), done.said
    return {first: rest for first, *rest in map(json.loads, done.lines())}


def test_a_kill_while_typing_costs_a_second_at_most(tally, new_folder, start):
    scenario = "typing"
    chance = tally.random(scenario)
    for keys in [chance.randrange(2, 120) for _ in range(40 if tally.full else 3)]:
        case = f"seed {tally.seed}, {scenario}, killed after {keys} keys"
        folder = new_folder()
        process = start(*WINDOW, "type", folder)
        lines = [process.stdout.readline() for _ in range(keys)]
        killed = time.monotonic()
        process.kill()
        lines += process.stdout.readlines()
        assert process.wait() == -signal.SIGKILL, case
        tally.count("kills")
        typed = [json.loads(line)[1:] for line in lines if line.endswith("\n")]
        due = max((count for count, moment in typed if moment <= killed - 1), default=0)
        offered, focused, text, at_end = all_said(attacks.run([*WINDOW, "resume", folder]))["resumed"]
        if len(text) < due:
            tally.count("losses")
        assert due <= len(text) <= typed[-1][0] + 1, case
        assert text == TYPED[: len(text)], case
        assert (offered, focused, at_end) == ("resume_button_1", "answer_editor", True), case
        sound(folder / "coach.sqlite3")


@pytest.mark.usefixtures("mounts")
def test_a_full_disk_is_told_and_the_text_is_kept_until_there_is_room(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    script = '"$@" && exec "$0" -m interview_coach --data-dir "${4%/*}/data" attempts --json >&2'
    window = [*WINDOW, "full", disk / "data"]
    done = attacks.run([*attacks.small_disk(disk, "3m"), "sh", "-c", script, sys.executable, *window])
    assert done.code == 0, done.errors
    told = {first: rest for first, *rest in map(json.loads, done.lines())}
    assert "dialog" not in told
    assert told["before"] == ["✓ Saved"]
    assert told["full"] == [28]
    (reason, enabled, writable) = told["while full"]
    assert "full" in reason
    assert (enabled, writable) == (True, True)
    assert told["text"][0].endswith("and on")
    assert told["after"][0] == "✓ Saved"
    (attempt,) = json.loads(done.errors)
    assert attempt["text"] == "before it was full" + "more than what is left " * 3000 + "and on"


@pytest.mark.usefixtures("mounts")
def test_a_folder_that_goes_away_takes_no_text_along(tmp_path):
    """The disk can still be reached by another way, where what was stored is looked at."""
    disk, elsewhere = tmp_path / "disk", tmp_path / "elsewhere"
    disk.mkdir()
    elsewhere.mkdir()
    script = (
        'mount --bind "$1" "$2" && "$0" "$3" gone "$1/data" "$1" && ls -A "$1" >&2 && '
        'exec "$0" -m interview_coach --data-dir "$2/data" attempts --json'
    )
    command = ["sh", "-c", script, sys.executable, disk, elsewhere, attacks.HERE / "window.py"]
    done = attacks.run([*attacks.small_disk(disk, "8m"), *command])
    assert done.code == 0, done.errors
    assert done.errors == ""  # nothing was made where the disk had been
    lines = done.lines()
    assert lines[0] == '["taken away"]'
    _, text, state = json.loads(lines[1])
    assert text == "before and after"
    assert state in ("✓ Saved 1", "✓ Saved 2", "✓ Saved 0", "Not saved")
    (attempt,) = json.loads("\n".join(lines[2:]))
    assert attempt["text"] in (("before and after",) if "✓" in state else ("before and after", "before"))


# Two at once


def test_a_second_start_changes_nothing_and_a_killed_holder_leaves_no_lock(tally, practised, start):
    folder = practised()
    first = start(*WINDOW, "stay", folder)
    assert said(first) == ["ready"]
    database, log = folder / "coach.sqlite3", folder / "coach.sqlite3-wal"
    before = database.read_bytes(), log.read_bytes() if log.exists() else b""
    second = attacks.run([*attacks.COACH, "--data-dir", folder])
    assert (second.code, second.said, second.errors) == (0, "", "")
    for command in (["attempts"], ["questions", "--count"], ["import", attacks.HERE], ["practice"]):
        told = attacks.run([*attacks.COACH, "--data-dir", folder, *command])
        assert (told.code, told.said) == (75, ""), told.errors
        assert f"process {first.pid}" in told.errors
        assert told.errors.count("\n") == 1
    owner = json.loads((folder / "owner.json").read_text())
    (folder / "owner.json").write_text(json.dumps({**owner, "host": "other-machine", "since": "2026-03-01T10:00:00Z"}))
    told = attacks.run([*attacks.COACH, "--data-dir", folder, "attempts"])
    assert told.code == 75
    assert "other-machine" in told.errors
    assert "2026-03-01T10:00:00Z" in told.errors
    assert (database.read_bytes(), log.read_bytes() if log.exists() else b"") == before
    first.kill()
    assert first.wait() == -signal.SIGKILL
    tally.count("kills")
    done = attacks.run([*attacks.COACH, "--data-dir", folder, "sessions"])
    assert (done.code, done.errors) == (0, "")
    offered, *_ = all_said(attacks.run([*WINDOW, "resume", folder]))["resumed"]
    assert offered.startswith("resume_button_")


def test_two_folders_are_used_side_by_side(practised, start):
    one, other = practised(), practised()
    first = start(*WINDOW, "stay", one)
    assert said(first) == ["ready"]
    done = attacks.run([*attacks.COACH, "--data-dir", other, "sessions"])
    assert (done.code, done.errors) == (0, "")
