"""The bundle: the program, its Python and Qt as one folder that needs nothing else, the same from the same commit.

PyInstaller makes it as interview_coach.spec says. What is in it is written beside it: each file with its size and its
SHA-256, so that two builds can be compared line by line.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import qt_platform
import system_packages
from steps import UNAVAILABLE, StepFailed, Stop, run_step, say
from versions import version

if TYPE_CHECKING:
    from pathlib import Path

    from environment import Environment

NAME = "interview-coach"

#: The time that stands in the bundle where there is no commit to take it from, in seconds since 1970.
NO_COMMIT = 1_700_000_000


def make(environment: Environment) -> Path:
    """Make the bundle in dist and return its folder.

    Raises Stop where PyInstaller could not, and tells where all that it wrote is kept.
    """
    environment.ensure("bundle")
    add_tools(environment)
    # It asks Qt where its parts are.
    qt_platform.ensure_qt(environment, "offscreen")
    root = environment.root
    shutil.rmtree(root / "build" / "licences", ignore_errors=True)
    prepare = {
        "Gathering the licences": ("licences.py", root / "build" / "licences", version(root)),
        "Drawing the icons": ("icons.py", root / "build" / "icons"),
    }
    for title, (script, *rest) in prepare.items():
        offscreen = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        run_step(title, [environment.python, "-I", root / "packaging" / script, *rest], environment=offscreen)
    work = root / "build" / "pyinstaller"
    shutil.rmtree(work, ignore_errors=True)
    command: list[str | Path] = [
        environment.python, "-I", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", root / "dist", "--workpath", work, root / "packaging" / "interview_coach.spec",
    ]  # fmt: skip
    variables = {**os.environ, "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": str(commit_time(root))}
    try:
        run_step("Making the bundle", command, cwd=root, environment=variables)
    except StepFailed as failure:
        log = root / "build" / "bundle.log"
        log.write_text(failure.output, encoding="utf-8")
        raise Stop(f"The bundle could not be made; why stands in {log.relative_to(root)}.", UNAVAILABLE) from None
    folder = root / "dist" / NAME
    for archive in folder.rglob("base_library.zip"):
        put_in_order(archive)
    listed = root / "dist" / f"{NAME}.files.txt"
    lines = manifest(folder)
    listed.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    say(f"{folder.relative_to(root)}: {len(lines)} files, {size / 1e6:.0f} MB; {listed.relative_to(root)} names them.")
    return folder


def add_tools(environment: Environment) -> None:
    """Add what PyInstaller needs of a Linux and what a small one lacks: to read programs, and Python as a library."""
    if sys.platform != "linux":
        return
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    packages = [] if shutil.which("objdump") and shutil.which("strip") else ["binutils"]
    if sys.base_prefix == "/usr" and ctypes.util.find_library(f"python{version}") is None:
        packages.append(f"libpython{version}")
    if packages:
        with environment.alone() as held:
            system_packages.add(packages, "PyInstaller lacks tools of the system", held)


def put_in_order(archive: Path) -> None:
    """Write a zip file anew with its members by name: PyInstaller has them in another order each time."""
    with zipfile.ZipFile(archive) as before:
        members = [(member, before.read(member)) for member in sorted(before.infolist(), key=lambda it: it.filename)]
    with zipfile.ZipFile(archive, "w") as after:
        for member, content in members:
            after.writestr(member, content)


def manifest(folder: Path) -> list[str]:
    """Return a line for each file below a folder, by name: its SHA-256 and size in bytes, or what it is a link to."""
    lines = []
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            lines.append(f"-> {path.readlink()}  {name}")
        elif path.is_file():
            content = path.read_bytes()
            lines.append(f"{hashlib.sha256(content).hexdigest()} {len(content):>10}  {name}")
    return lines


def commit_time(root: Path) -> int:
    """Return when the commit at hand was made, in seconds since 1970; NO_COMMIT where there is none."""
    git = shutil.which("git")
    if git is None:
        return NO_COMMIT
    done = subprocess.run(
        [git, "log", "-1", "--format=%ct"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False
    )
    written = done.stdout.strip()
    return int(written) if done.returncode == 0 and written.isdigit() else NO_COMMIT
