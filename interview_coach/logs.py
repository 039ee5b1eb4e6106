"""The log: what happened and when, never what was typed.

Everything that may be logged is a function of this module, and takes numbers, kinds and exceptions, never a text of a
person's. The log belongs to the data folder (``log/``) and to whoever holds its claim. Only the program's own logger
has it: what libraries say may hold values. A log that cannot be written is no reason for anything.
"""

import contextlib
import faulthandler
import logging
import os
import platform
import stat
import sys
import time
import warnings
from datetime import UTC, datetime
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import BinaryIO, Literal

from interview_coach import __version__, traces
from interview_coach.streams import one_line

#: Folder below the data folder, and the files in it.
FOLDER = "log"
FILE = "interview-coach.log"
CRASH_FILE = "crash.log"

#: Bytes of one file, and how many full ones are kept beside the one that is written.
SIZE = 256_000
KEPT = 3

#: Characters of one record at most.
_LONGEST = 4000

_logger = logging.getLogger("interview_coach")
_logger.propagate = False
_logger.addHandler(logging.NullHandler())  # without a log nothing is said anywhere, standard error included


class Log:
    """The open log of a claimed data folder. Python's warnings and crashes of the interpreter go there, too."""

    def __init__(self, data_folder: Path | None, level: str) -> None:
        self._file = logging.NullHandler() if data_folder is None else _PrivateFile(data_folder)
        self._silence = logging.NullHandler()
        self._crashes = None if data_folder is None else _Crashes(data_folder)
        self._shows_warning = warnings.showwarning
        _logger.addHandler(self._file)
        _logger.setLevel(level.upper())
        logging.getLogger().addHandler(self._silence)  # else what libraries say would go to standard error
        if not sys.warnoptions:  # who asked for warnings wants to see them
            warnings.showwarning = _warned

    @classmethod
    def open(cls, data_folder: Path | None, level: str) -> "Log":
        """Begin to log into a data folder: "debug", "info", "warning" or "error" and what is graver.

        None is for a folder that is only read: nothing is written, yet neither do libraries and warnings speak on
        standard error. Never raises OSError: where the log cannot be written there is none.
        """
        if data_folder is not None:
            with contextlib.suppress(OSError):
                _make_private(make_folder(data_folder))
        return cls(data_folder, level)

    def close(self) -> None:
        """Log no more; calling it again does nothing."""
        _logger.removeHandler(self._file)
        logging.getLogger().removeHandler(self._silence)
        if warnings.showwarning is _warned:
            warnings.showwarning = self._shows_warning
        if self._crashes is not None:
            self._crashes.close()
        with contextlib.suppress(OSError):
            self._file.close()


def make_folder(data_folder: Path) -> Path:
    """Return the folder of log and reports, made where it is not there, closed to others; raises OSError."""
    folder = data_folder / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):  # a link could lead to a folder whose mode is not ours to change
        raise NotADirectoryError
    if os.name != "nt" and stat.S_IMODE(found.st_mode) != 0o700:
        folder.chmod(0o700)
    return folder


# --- what may be logged


def started(what: Literal["window", "command"]) -> None:
    """Note a start, with the versions."""
    _logger.info(
        "start of a %s: interview-coach %s, Python %s, %s %s %s",
        what,
        __version__,
        platform.python_version(),
        platform.system(),
        platform.release(),
        platform.machine(),
    )


def opened() -> None:
    """Note that the data folder's database is open, and by what."""
    _logger.info("data open: %s", ", ".join(f"{name} {version}" for name, version in loaded()))


def migrated(before: int) -> None:
    """Note that the database was brought up from an older schema."""
    _logger.info("schema migrated from %d", before)


def backup_made(size: int) -> None:
    """Note a backup by its size in bytes."""
    _logger.info("backup made: %d bytes", size)


def imported(files: int, refused: int, turns: int, questions_new: int) -> None:
    """Note an import by its counts."""
    _logger.info("import: %d files, %d refused, %d turns, %d new questions", files, refused, turns, questions_new)


def second_start() -> None:
    """Note that the program was started once more and the window raised."""
    _logger.info("started once more, the window is raised")


def settings_stored() -> None:
    """Note that settings or the look of the window were stored."""
    _logger.debug("settings stored")


def bad_luck(error: BaseException, times: int = 1) -> None:
    """Note a fault of the world around: of disk, permission, lock or input. ``times``: how often it came so far."""
    _logger.warning("bad luck (%d)", times, exc_info=error)


def unexpected(error: BaseException, times: int = 1) -> None:
    """Note a defect of the program. ``times``: how often it came so far."""
    _logger.error("unexpected (%d)", times, exc_info=error)


def unraisable(error: BaseException, times: int = 1) -> None:
    """Note an exception that had nowhere to go, e.g. of an object's end; the step it came in went on."""
    _logger.warning("went on after (%d)", times, exc_info=error)


def qt_message(level: Literal["debug", "info", "warning", "error"], redacted: str) -> None:
    """Note what Qt says; ``redacted`` is free of what stood in quotes, and of paths (``ui.qt_messages``)."""
    _logger.log(_level(level), "Qt: %s", redacted)


def interrupted() -> None:
    """Note that the person ended a command by Ctrl+C."""
    _logger.info("interrupted")


def ended(exit_code: int | None = None) -> None:
    """Note the end, with the exit code where it is known."""
    _logger.info("end" if exit_code is None else "end (%d)", *(() if exit_code is None else (exit_code,)))


def loaded() -> tuple[tuple[str, str], ...]:
    """Return the versions of Qt and SQLite where they are loaded. Imports nothing: importing may be what failed."""
    versions = []
    core = sys.modules.get("PySide6.QtCore")
    if core is not None:
        versions.append(("Qt", str(core.qVersion())))
        versions.append(("PySide6", str(sys.modules["PySide6"].__version__)))
    sqlite = sys.modules.get("sqlite3")
    if sqlite is not None:
        versions.append(("SQLite", str(sqlite.sqlite_version)))
    return tuple(versions)


# --- how it is written


class _Line(logging.Formatter):
    """One record, one line: UTC, level, thread, what, and of an exception types and places alone."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        error = record.exc_info[1] if record.exc_info else None
        if error is not None:
            text = f"{text}: {traces.one_line(error)}"
        moment = datetime.fromtimestamp(record.created, UTC)
        when = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
        return one_line(f"{when} {record.levelname.lower()} {record.threadName}: {text}")[:_LONGEST]


class _PrivateFile(RotatingFileHandler):
    """Files that only their owner reads, under any umask; silent when the disk is not willing."""

    def __init__(self, data_folder: Path) -> None:
        self._data_folder = data_folder
        super().__init__(data_folder / FOLDER / FILE, maxBytes=SIZE, backupCount=KEPT, encoding="utf-8", delay=True)
        self.setFormatter(_Line())

    def _open(self) -> TextIOWrapper:
        descriptor = _open_private(make_folder(self._data_folder) / FILE)
        return open(descriptor, "a", encoding="utf-8", errors="backslashreplace", newline="\n")  # noqa: PTH123

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  (logging's own name)
        """Leave the record out."""


class _Crashes:
    """Where the interpreter writes its last words, below a line about the run; a clean end takes that line back."""

    def __init__(self, data_folder: Path) -> None:
        self._path = data_folder / FOLDER / CRASH_FILE
        self._file: BinaryIO | None = None
        self._before = self._begun = 0
        if faulthandler.is_enabled():  # who asked for it on standard error wants it there
            return
        with contextlib.suppress(OSError):
            path = make_folder(data_folder) / CRASH_FILE
            if path.exists() and path.stat().st_size > SIZE:
                path.replace(path.with_name(path.name + ".1"))
            file = open(_open_private(path), "ab", buffering=0)  # noqa: SIM115  (open as long as the log is)
            self._file = file
            self._before = os.fstat(file.fileno()).st_size
            moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
            file.write(f"== {moment} interview-coach {__version__}, Python {platform.python_version()}\n".encode())
            self._begun = os.fstat(file.fileno()).st_size
            faulthandler.enable(file)

    def close(self) -> None:
        file, self._file = self._file, None
        if file is None:
            return
        faulthandler.disable()
        with contextlib.suppress(OSError), file:
            if os.fstat(file.fileno()).st_size == self._begun:
                file.truncate(self._before)
                if self._before == 0:
                    self._path.unlink()


def _open_private(path: Path) -> int:
    """Open a file to append to, mode 0600 whatever it was; raises OSError where it is no plain file."""
    flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC"):  # a pipe in its place must not hold up the program
        flags |= getattr(os, name, 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            raise OSError
        if os.name != "nt" and stat.S_IMODE(mode) != 0o600:
            os.fchmod(descriptor, 0o600)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _make_private(folder: Path) -> None:
    """Close what lies in the folder to others, e.g. after it was copied back from somewhere."""
    if os.name == "nt":
        return
    for path in folder.iterdir():
        mode = path.lstat().st_mode
        if stat.S_ISREG(mode) and stat.S_IMODE(mode) != 0o600:
            path.chmod(0o600)


def _warned(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: object = None,
    line: str | None = None,
) -> None:
    """Log a warning of Python's by its kind and place: its text may hold a value, and would go to standard error."""
    del message, file, line
    _logger.warning("%s at %s:%d", category.__name__, traces.code_file(filename), lineno)


def _level(name: str) -> int:
    return logging.getLevelNamesMapping()[name.upper()]
