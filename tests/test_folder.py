"""The data folder: private, and claimed by one process at a time."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach import mounts
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.folder import DataFolder

ROOT = Path(__file__).parent.parent

HOLD = """
import sys
from pathlib import Path
from interview_coach.folder import DataFolder
folder = DataFolder.claim(Path(sys.argv[1]))
print("claimed", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path):
    """Another process that holds the folder until its input is closed."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path / "data")], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdout.readline().strip() == b"claimed"
    yield process
    process.kill()
    process.communicate()


def fault_of(path):
    with pytest.raises(CoachError) as caught:
        DataFolder.claim(path).release()
    assert str(path) in str(caught.value)
    return caught.value.fault


def test_it_is_made_with_its_parents_and_for_the_person_alone(tmp_path):
    folder = DataFolder.claim(tmp_path / "a" / "b ? # % ü")
    try:
        assert folder.database.parent == tmp_path / "a" / "b ? # % ü"
        if os.name != "nt":
            for path, mode in ((folder.path, 0o700), (folder.path.parent, 0o700), (folder.path / "lock", 0o600)):
                assert stat.S_IMODE(path.stat().st_mode) == mode
    finally:
        folder.release()


def test_a_second_process_is_told_who_holds_it(tmp_path, holder):
    with pytest.raises(CoachError) as caught:
        DataFolder.claim(tmp_path / "data")
    assert caught.value.fault is Fault.DATA_IN_USE
    assert f"process {holder.pid}" in str(caught.value)


def test_a_holder_that_is_killed_leaves_no_lock(tmp_path, holder):
    holder.kill()
    holder.wait()
    DataFolder.claim(tmp_path / "data").release()


def test_a_folder_that_was_given_back_can_be_claimed_again(tmp_path):
    folder = DataFolder.claim(tmp_path / "data")
    assert fault_of(tmp_path / "data") is Fault.DATA_IN_USE
    folder.release()
    folder.release()
    assert not (tmp_path / "data" / "owner.json").exists()
    DataFolder.claim(tmp_path / "data").release()


@pytest.mark.parametrize("owner", ["", "[]", "{", json.dumps({"pid": "x"}), json.dumps({"pid": 1}), "\\udcff"])
def test_an_odd_owner_file_spoils_only_the_wording(tmp_path, owner):
    folder = DataFolder.claim(tmp_path / "data")
    try:
        (tmp_path / "data" / "owner.json").write_text(owner)
        assert fault_of(tmp_path / "data") is Fault.DATA_IN_USE
    finally:
        folder.release()


def test_a_file_in_its_place_is_left_alone(tmp_path):
    (tmp_path / "data").write_text("mine")
    assert fault_of(tmp_path / "data") is Fault.CANNOT_CREATE
    assert (tmp_path / "data").read_text() == "mine"
    assert fault_of(tmp_path / "data" / "below") is Fault.CANNOT_CREATE


def test_a_link_to_a_folder_stays_a_link(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "data").symlink_to(tmp_path / "real")
    folder = DataFolder.claim(tmp_path / "data")
    try:
        assert folder.path == tmp_path / "data"
        assert (tmp_path / "real" / "lock").exists()
    finally:
        folder.release()


# To read alone


def test_a_folder_is_read_without_a_trace(tmp_path):
    before = sorted(tmp_path.iterdir())
    folder = DataFolder.claim_to_read(tmp_path)
    folder.release()
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.usefixtures("holder")
def test_a_folder_that_somebody_has_is_not_read(tmp_path):
    with pytest.raises(CoachError) as caught:
        DataFolder.claim_to_read(tmp_path / "data")
    assert caught.value.fault is Fault.DATA_IN_USE


def test_who_reads_keeps_the_owner_s_file_and_the_writers_out(tmp_path):
    DataFolder.claim(tmp_path).release()
    (tmp_path / "owner.json").write_text("left by a crash")
    reader = DataFolder.claim_to_read(tmp_path)
    assert fault_of(tmp_path) is Fault.DATA_IN_USE
    reader.release()
    assert (tmp_path / "owner.json").read_text() == "left by a crash"


def test_a_folder_that_is_not_there_is_not_made_to_be_read(tmp_path):
    with pytest.raises(CoachError) as caught:
        DataFolder.claim_to_read(tmp_path / "nowhere")
    assert caught.value.fault is Fault.INPUT_MISSING
    assert not (tmp_path / "nowhere").exists()


# Another computer


def sign(path, host):
    path.mkdir(exist_ok=True)
    owner = {"pid": 7, "host": host, "since": "2026-03-02T12:00:00Z"}
    (path / "owner.json").write_text(json.dumps(owner))


def test_a_folder_on_the_network_that_another_computer_has_is_told_with_who_and_since(tmp_path, monkeypatch):
    sign(tmp_path, "study")
    monkeypatch.setattr("interview_coach.mounts.is_on_network", lambda _: True)
    with pytest.raises(CoachError) as caught:
        DataFolder.claim(tmp_path)
    assert caught.value.fault is Fault.DATA_IN_USE
    assert "study" in str(caught.value)
    assert "2026-03-02T12:00:00Z" in str(caught.value)
    (tmp_path / "owner.json").unlink()
    DataFolder.claim(tmp_path).release()


def test_what_a_crash_left_on_this_computer_is_silent_whatever_it_was_called_then(tmp_path):
    sign(tmp_path, "called otherwise since")
    DataFolder.claim(tmp_path).release()


def test_our_own_name_on_the_network_is_no_obstacle(tmp_path, monkeypatch):
    sign(tmp_path, os.uname().nodename)
    monkeypatch.setattr("interview_coach.mounts.is_on_network", lambda _: True)
    DataFolder.claim(tmp_path).release()


MOUNTED = r"""
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:30 / /home rw - nfs4 server:/home rw
31 30 0:31 / /home/my\040disk rw - ext4 /dev/sdb1 rw
32 22 0:32 / /over rw - ext4 /dev/sdc1 rw
33 22 0:33 / /over rw - fuse.sshfs me@there: rw
nonsense
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/data", "ext4"),
        ("/home/me/data", "nfs4"),
        ("/homework", "ext4"),
        ("/home/my disk/data", "ext4"),
        ("/over/data", "fuse.sshfs"),
    ],
)
def test_the_innermost_mount_says_what_a_folder_lies_on(path, kind):
    assert mounts.file_system_of(path, MOUNTED) == kind


def test_this_folder_lies_on_something(tmp_path):
    if Path("/proc/self/mountinfo").exists():
        if not any(line.split()[4] == "/" for line in Path("/proc/self/mountinfo").read_text().splitlines()):
            pytest.skip("the root of this machine is no mount, as in a changed root")
        assert mounts.file_system_of(str(tmp_path), Path("/proc/self/mountinfo").read_text()) != ""
    assert not mounts.is_on_network(tmp_path)
