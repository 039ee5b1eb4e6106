"""The checkout's own .venv: made once, known to be whole, repaired when it is not. Another like it makes the bundle.

A file, the stamp, is written last and removed first: a .venv without it was never finished and is made anew. The stamp
says for which Python, folder, locked packages and project metadata it holds, so that nothing has to be tried out at an
ordinary start. Another file, the mark, is the first thing in .venv and says that this script made it: a .venv that
somebody else made is never removed.
"""

from __future__ import annotations

import compileall
import contextlib
import hashlib
import importlib.util
import json
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import system_packages
from steps import (
    CANNOT_CREATE,
    UNAVAILABLE,
    StepFailed,
    Stop,
    run_step,
    say,
    why_files_failed,
    why_pip_failed,
    why_system_refused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

ROOT = Path(__file__).resolve().parent.parent

# What can be installed: the program with the backend that builds it, and these with all that its tests need.
GROUPS = ("run", "test")

# What makes the bundle is installed beside the program alone, so that nothing else can come into the bundle.
BUNDLE_FOLDER = Path("build", "python")
BUNDLE_GROUPS = ("bundle",)


class Environment:
    """A virtual environment of one checkout, `root`: the one in which the program runs, unless another is named."""

    def __init__(self, root: Path, folder: Path = Path(".venv"), groups: Sequence[str] = GROUPS) -> None:
        self.root = root
        self.folder = root / folder
        self.groups = tuple(groups)
        self.stamp = self.folder / "set-up.json"
        self.mark = self.folder / "made-by-bootstrap"
        self.log = self.folder / "set-up.log"
        # Windows: not yet run.
        self.scripts = self.folder / ("Scripts" if os.name == "nt" else "bin")
        suffix = ".exe" if os.name == "nt" else ""
        self.python = self.scripts / f"python{suffix}"
        self.program = self.scripts / f"interview-coach{suffix}"

    def lock(self, group: str) -> Path:
        """Return the lock file of one of the groups."""
        return self.root / "packaging" / f"{group}.lock"

    def due(self, group: str) -> dict[str, str]:
        """Return what the stamp says when .venv holds `group`, whole and up to date."""
        return {
            "python": f"{sys.implementation.cache_tag} {sys.platform}",
            "folder": str(self.folder),
            "group": group,
            "packages": _hash(self.lock(group)),
            "project": _hash(self.root / "pyproject.toml"),
        }

    def stamped(self) -> dict[str, str]:
        """Return what the stamp says, or nothing where there is none that can be read."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamp if isinstance(stamp, dict) else {}

    def holds(self, group: str) -> bool:
        """Tell whether .venv is whole, up to date and has at least `group`."""
        stamp = self.stamped()
        wider = self.groups[self.groups.index(group) :]
        return stamp.get("group") in wider and stamp == self.due(stamp["group"]) and self.python.exists()

    def ensure(self, group: str) -> None:
        """Make .venv, or what is missing of it, so that it holds `group`; quick where it does already.

        Raises Stop with the reason where that is not possible.
        """
        try:
            if self.holds(group):
                return
            if Path(sys.prefix).resolve() == self.folder.resolve():
                _restart_outside()
            with self.alone() as held:
                # Another set-up may have done it while this one waited.
                if not self.holds(group):
                    self._make(group, held)
        except OSError as error:
            raise why_files_failed(error) from None

    @contextlib.contextmanager
    def alone(self) -> Iterator[int]:
        """Hold the set-up's lock, waiting for another set-up of this checkout; yield its descriptor.

        The operating system gives the lock back when the last process that has the descriptor is gone, however it ends.
        """
        with (self.root / ".venv.lock").open("a") as file:
            if not _take(file.fileno(), wait=False):
                say("Another set-up is at work in this folder: waiting for it.")
                _take(file.fileno(), wait=True)
            yield file.fileno()

    def compile_project(self) -> None:
        """Byte-compile the checkout's own modules where they changed; also where Python is told to write no bytecode.

        A checkout that can't be written is no reason to stop: the program starts all the same, slower.
        """
        with contextlib.suppress(OSError):
            compileall.compile_dir(self.root / "interview_coach", quiet=2)

    def _make(self, group: str, held: int) -> None:
        stamp = self.stamped()
        self.stamp.unlink(missing_ok=True)
        try:
            if not self._can_grow(stamp):
                self._begin(held)
                stamp = {}
            if stamp.get("packages") != _hash(self.lock(group)):
                # A .venv with more than is asked for keeps what it has.
                group = max(group, stamp.get("group", group), key=self.groups.index)
                self._install_packages(group, held)
            self._install_project(held)
            self._compile(held)
        except StepFailed as failure:
            reason, code = why_pip_failed(failure.output)
            raise Stop(f"Setting up failed: {reason}{self._keep(failure.output)}.", code) from None
        _write_whole(self.stamp, json.dumps(self.due(group), indent=1))

    def _can_grow(self, stamp: dict[str, str]) -> bool:
        """Tell whether the .venv that has this stamp needs additions only: its packages are those of its lock."""
        if stamp.get("group") not in self.groups or not self.python.exists():
            return False
        return {**self.due(stamp["group"]), "project": ""} == {**stamp, "project": ""}

    def _begin(self, held: int) -> None:
        """Make an empty .venv with pip in it."""
        self._clear()
        if os.pathsep in str(self.root):
            raise Stop(f"Python makes no .venv in a folder whose name has “{os.pathsep}” in it.", CANNOT_CREATE)
        if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
            system_packages.add_venv(held)
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        here = self.folder.relative_to(self.root)
        say(f"Setting up Interview Coach in {here}. This is done once; it takes a minute or two and some 400 MB.")
        self.folder.mkdir(parents=True, exist_ok=True)
        self.mark.touch()
        run_step(f"Making {here} for Python {version}", [sys.executable, "-I", "-m", "venv", self.folder], held=held)

    def _clear(self) -> None:
        """Remove a .venv that this script made; the mark goes last, so that an interruption here is no harm either."""
        if not self.folder.is_symlink() and not self.folder.exists():
            return
        content = [] if self.folder.is_symlink() or not self.folder.is_dir() else list(self.folder.iterdir())
        if self.folder.is_symlink() or not self.folder.is_dir() or (content and self.mark not in content):
            raise Stop(
                f"{self.folder.relative_to(self.root)} is here but was not made by bootstrap.py: rename or remove it, "
                "then try again.",
                CANNOT_CREATE,
            )
        for entry in content:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            elif entry != self.mark:
                entry.unlink()
        self.mark.unlink(missing_ok=True)

    def _install_packages(self, group: str, held: int) -> None:
        lock = self.lock(group)
        run_step(
            f"Installing the {'program' if group == 'run' else f'program and {group}'} packages",
            [*self._pip(), "--require-hashes", "--only-binary", ":all:", "--no-compile", "--requirement", lock],
            cwd=self.root,
            held=held,
        )

    def _install_project(self, held: int) -> None:
        run_step(
            "Installing Interview Coach",
            [*self._pip(), "--no-deps", "--no-build-isolation", "--no-compile", "--editable", self.root],
            cwd=self.root,
            held=held,
        )

    def _pip(self) -> list[str | Path]:
        # -I: no variable of the person's Python reaches pip; their settings of pip do, as a mirror or a proxy.
        quiet = ("--no-input", "--progress-bar=off", "--disable-pip-version-check", "--no-warn-script-location")
        return [self.python, "-I", "-m", "pip", "install", "--no-user", *quiet]

    def _compile(self, held: int) -> None:
        """Byte-compile all packages, whatever PYTHONDONTWRITEBYTECODE says: without it a start takes twice as long."""
        # PySide6 ships templates that are named like modules.
        options = ("-m", "compileall", "-q", "-x", r"\.tmpl\.py$")
        command: list[str | Path] = [self.python, "-I", *options, self.folder, self.root / "interview_coach"]
        try:
            run_step("Byte-compiling", [*command, "-j", "0"], held=held)
        except StepFailed:
            # Where the system has no room or no leave for several processes that talk to each other, one does it.
            try:
                run_step("Byte-compiling one by one", command, held=held)
            except StepFailed as failure:
                # A module that can't be compiled is of no use to this Python and no harm; a full disk is.
                if why_system_refused(failure.output):
                    raise

    def _keep(self, output: str) -> str:
        """Keep the whole output of a failed tool, and return the words that say where."""
        try:
            self.log.write_text(output, encoding="utf-8")
        except OSError:
            return ""
        return f" (all of it: {self.log.relative_to(self.root)})"


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        raise Stop(f"{path.name} is missing: is this checkout complete?", UNAVAILABLE) from None


def _write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, whatever happens."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


if sys.platform == "win32":

    def _take(descriptor: int, *, wait: bool) -> bool:
        """Take the lock; not yet run on Windows."""
        while True:
            try:
                # LK_LOCK tries for ten seconds, then raises.
                msvcrt.locking(descriptor, msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
            else:
                return True

else:

    def _take(descriptor: int, *, wait: bool) -> bool:
        """Take the lock; tell whether it was to be had."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _restart_outside() -> None:
    """Start again with the Python that .venv was made from: a .venv can't be made anew by its own Python."""
    base = getattr(sys, "_base_executable", None)
    if not base or Path(base).resolve().parent == Path(sys.prefix).resolve() / "bin":
        raise Stop("Use the Python of the system, not that of .venv, to set up.", UNAVAILABLE)
    os.execv(base, [base, *sys.argv])  # noqa: S606 - no shell is wanted
