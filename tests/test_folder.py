"""The data folder: private, and claimed by one process at a time."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

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
