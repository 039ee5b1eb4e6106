"""What people download: made from a small folder in the place of the bundle, installed and removed again."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach import APPLICATION_ID, __version__

ROOT = Path(__file__).parent.parent.parent
NAME = "interview-coach"
WHEN = 1_700_000_000

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="these installers are for Linux")


@pytest.fixture
def installers():
    return importlib.import_module("installers")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What of a checkout the installers are made from, and what a build leaves in it."""
    root = tmp_path / "a checkout"
    for place in ("packaging/linux", "resources"):
        shutil.copytree(ROOT / place, root / place)
    (root / "interview_coach").mkdir()
    shutil.copy(ROOT / "interview_coach" / "__init__.py", root / "interview_coach")
    icons = root / "build" / "icons"
    icons.mkdir(parents=True)
    (icons / "48.png").write_bytes(b"a picture")
    bundle = root / "dist" / NAME
    licences = bundle / "_internal" / "licences"
    licences.mkdir(parents=True)
    (licences / "README.txt").write_text("Who wrote it.\n")
    (bundle / "_internal" / "link").symlink_to("licences/README.txt")
    program = bundle / NAME
    program.write_text('#!/bin/sh\necho "started from $(dirname "$(readlink -f "$0")")"\n')
    program.chmod(0o755)
    return root


@pytest.fixture
def made(installers, checkout: Path) -> Path:
    return installers.archive(checkout, checkout / "dist" / NAME, checkout / "build" / "icons", WHEN)


@pytest.fixture
def unpacked(made: Path, tmp_path: Path) -> Path:
    (tmp_path / "unpacked").mkdir()
    subprocess.run(["tar", "-xzf", made, "-C", tmp_path / "unpacked"], check=True)
    return tmp_path / "unpacked" / f"{NAME}-{__version__}"


def install(unpacked: Path, *arguments: str | Path, home: Path, code: int = 0) -> str:
    done = subprocess.run(
        [unpacked / "install.sh", *arguments],
        env={"PATH": "/usr/bin:/bin", "HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stdout if code == 0 else done.stderr


def below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


def test_the_archive_installs_starts_and_leaves_nothing(unpacked: Path, tmp_path: Path) -> None:
    home = tmp_path / "a home"
    data = home / ".local" / "share" / NAME / "coach.sqlite3"
    data.parent.mkdir(parents=True)
    data.write_text("weeks of answers")
    assert str(home) in install(unpacked, home=home)
    prefix = home / ".local"
    started = subprocess.run([prefix / "bin" / NAME], capture_output=True, text=True, check=True).stdout
    assert started == f"started from {prefix / 'lib' / NAME}\n"
    entry = (prefix / "share" / "applications" / f"{APPLICATION_ID}.desktop").read_text()
    assert f'\nExec="{prefix / "lib" / NAME / NAME}"\n' in entry
    assert (prefix / "share" / "icons" / "hicolor" / "48x48" / "apps" / f"{APPLICATION_ID}.png").is_file()
    assert "still where they were" in install(unpacked, "--uninstall", home=home)
    # What a tool of the system noted of all programs is the system's.
    left = {name for name in below(home) if "/mime/" not in name and "cache" not in name}
    assert left == {f".local/share/{NAME}/coach.sqlite3"}
    assert "not installed" in install(unpacked, "--uninstall", home=home, code=1)


def test_a_newer_version_takes_the_place_of_an_older(unpacked: Path, tmp_path: Path) -> None:
    prefix = tmp_path / "for all"
    install(unpacked, "--prefix", prefix, home=tmp_path)
    old = prefix / "lib" / NAME / "_internal" / "of an older version"
    old.touch()
    install(unpacked, "--prefix", prefix, home=tmp_path)
    assert not old.exists()
    assert (prefix / "lib" / NAME / "_internal" / "link").is_symlink()
    assert subprocess.run([prefix / "bin" / NAME], check=False).returncode == 0


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--prefix"], ["--prefix", "here"]])
def test_a_mistake_installs_nothing(unpacked: Path, tmp_path: Path, arguments: list[str]) -> None:
    home = tmp_path / "home"
    install(unpacked, *arguments, home=home, code=2)
    assert not home.exists()


def test_half_an_archive_is_refused(unpacked: Path, tmp_path: Path) -> None:
    shutil.rmtree(unpacked / NAME)
    assert "unpack the whole archive" in install(unpacked, home=tmp_path / "home", code=1)
    assert not (tmp_path / "home").exists()


def test_the_same_is_made_again_byte_for_byte(installers, checkout: Path, made: Path) -> None:
    before = made.read_bytes()
    for path in checkout.rglob("*"):
        if not path.is_symlink():
            os.utime(path, (1, 1))
    assert installers.archive(checkout, checkout / "dist" / NAME, checkout / "build" / "icons", WHEN) == made
    assert made.read_bytes() == before


def told(*command: str | Path) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


@pytest.mark.skipif(not (shutil.which("dpkg-deb") and shutil.which("objdump")), reason="not on this machine")
def test_the_debian_package(installers, checkout: Path, tmp_path: Path) -> None:
    folder = checkout / "dist" / NAME
    shutil.copy(shutil.which("true"), folder / "_internal" / "library.so")
    icons = checkout / "build" / "icons"
    package = installers.deb(checkout, folder, icons, WHEN)
    before = package.read_bytes()
    assert installers.deb(checkout, folder, icons, WHEN).read_bytes() == before
    assert told("dpkg-deb", "--field", package, "Version") == f"{__version__}\n"
    depends = told("dpkg-deb", "--field", package, "Depends")
    assert "libc6 (>= 2." in depends
    assert "libxcb-cursor0" in depends
    told("dpkg-deb", "--extract", package, tmp_path / "installed")
    installed = tmp_path / "installed"
    assert (installed / "usr" / "bin" / NAME).readlink() == Path("/opt", NAME, NAME)
    assert os.access(installed / "opt" / NAME / NAME, os.X_OK)
    assert below(installed / "usr" / "share") >= {
        f"applications/{APPLICATION_ID}.desktop",
        f"metainfo/{APPLICATION_ID}.metainfo.xml",
        f"mime/packages/{APPLICATION_ID}.xml",
        f"icons/hicolor/scalable/apps/{APPLICATION_ID}.svg",
        f"doc/{NAME}/copyright",
    }
    told("dpkg-deb", "--control", package, tmp_path / "control")
    subprocess.run(["md5sum", "--check", "--quiet", tmp_path / "control" / "md5sums"], cwd=installed, check=True)


def test_what_a_desktop_is_told_is_what_it_takes(installers, tmp_path: Path) -> None:
    tools = {
        "appstreamcli": (["validate", "--pedantic", "--no-net"], f"metainfo/{APPLICATION_ID}.metainfo.xml"),
        "desktop-file-validate": ([], f"applications/{APPLICATION_ID}.desktop"),
    }
    there = [tool for tool in tools if shutil.which(tool)]
    if not there:
        pytest.skip("neither appstreamcli nor desktop-file-validate is on this machine")
    files = installers.shared_files(ROOT, tmp_path)
    for tool in there:
        arguments, place = tools[tool]
        file = tmp_path / Path(place).name
        file.write_bytes(files[place])
        done = subprocess.run([tool, *arguments, file], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
