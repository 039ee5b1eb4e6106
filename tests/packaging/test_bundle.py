"""The bundle: what is said of it, and where it is made; it is made and tried by itself, which takes minutes."""

import hashlib
import importlib
import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


@pytest.fixture
def bundle():
    return importlib.import_module("bundle")


def test_each_file_is_listed_by_name_with_its_hash_and_size(bundle, tmp_path: Path) -> None:
    (tmp_path / "b" / "empty").mkdir(parents=True)
    (tmp_path / "b" / "two").write_bytes(b"22")
    (tmp_path / "a").write_bytes(b"")
    (tmp_path / "c").symlink_to("b/two")
    assert [line.split() for line in bundle.manifest(tmp_path)] == [
        [hashlib.sha256(b"").hexdigest(), "0", "a"],
        [hashlib.sha256(b"22").hexdigest(), "2", "b/two"],
        ["->", "b/two", "c"],
    ]


def test_its_modules_are_in_order(bundle, tmp_path: Path) -> None:
    made = []
    for number, names in enumerate((["b", "a/c", "a"], ["a", "b", "a/c"])):
        archive = tmp_path / f"{number}.zip"
        with zipfile.ZipFile(archive, "w") as file:
            for name in names:
                file.writestr(zipfile.ZipInfo(name), f"the content of {name}")
        bundle.put_in_order(archive)
        made.append(archive)
    with zipfile.ZipFile(made[0]) as file:
        assert {name: file.read(name).decode() for name in file.namelist()} == {
            name: f"the content of {name}" for name in ("a", "a/c", "b")
        }
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not on this machine")
def test_its_time_is_that_of_the_commit(bundle, tmp_path: Path) -> None:
    assert bundle.commit_time(tmp_path) == bundle.NO_COMMIT
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    who = {"GIT_COMMITTER_DATE": "1234567890 +0200", "GIT_CONFIG_GLOBAL": "/dev/null", "PATH": "/usr/bin:/bin"}
    commit = ["git", "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "--allow-empty", "-m", "one"]
    subprocess.run(commit, cwd=tmp_path, env=who, check=True)
    assert bundle.commit_time(tmp_path) == 1234567890


def test_it_has_packages_of_its_own(tmp_path: Path) -> None:
    module = importlib.import_module("environment")
    made = module.Environment(tmp_path, module.BUNDLE_FOLDER, module.BUNDLE_GROUPS)
    assert made.folder == tmp_path / "build" / "python"
    assert made.lock("bundle") == tmp_path / "packaging" / "bundle.lock"
    for file in (made.lock("bundle"), tmp_path / "pyproject.toml", made.python):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    assert not made.holds("bundle")
    made.stamp.write_text(json.dumps(made.due("bundle")))
    assert made.holds("bundle")
    assert not module.Environment(tmp_path).holds("run")


def test_build_takes_no_arguments() -> None:
    command = [sys.executable, PACKAGING / "bootstrap.py", "build", "--onefile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", "build takes no arguments.\n")
