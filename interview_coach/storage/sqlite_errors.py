"""What SQLite and the disk answer to bad luck, in words; what they answer to our mistakes stays as it is."""

import contextlib
import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from interview_coach.domain.errors import CoachError, Fault

# What Python's sqlite3 says, without a code, of a text that is no UTF-8; the text itself follows.
_NO_TEXT = "Could not decode to UTF-8"

#: What SQLite says, with no code of its own, of a header that no version of it writes.
_UNREADABLE = "unsupported file format"

#: What now, where a database cannot be used.
WAY_OUT = "The window, or “restore FILE”, puts a backup in its place"

#: A disk with less left than SQLite writes at once is full, in bytes.
_NOTHING_LEFT = 64 * 1024


def _is_full(path: Path) -> bool:
    with contextlib.suppress(OSError):
        return shutil.disk_usage(path.parent).free < _NOTHING_LEFT
    return False


@contextlib.contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn what SQLite answers to bad luck into words; what it answers to our mistakes stays as it is."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        bad_luck = expected(error, path)
        if bad_luck is None:
            raise
        raise bad_luck from error


def expected(error: sqlite3.Error | DBAPIError, path: Path) -> CoachError | None:
    """Return bad luck as an error that can be told, None where it is none."""
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    words: dict[int, tuple[Fault, Callable[[], str]]] = {
        sqlite3.SQLITE_FULL: (Fault.DISK_FULL, lambda: f"The disk that holds {path} is full"),
        sqlite3.SQLITE_READONLY: (Fault.READ_ONLY, lambda: f"{path} cannot be written to"),
        sqlite3.SQLITE_IOERR: (Fault.INPUT_OUTPUT, lambda: f"The disk that holds {path} answers with an error"),
        sqlite3.SQLITE_CANTOPEN: (Fault.NO_PERMISSION, lambda: f"{path} cannot be opened"),
        sqlite3.SQLITE_PERM: (Fault.NO_PERMISSION, lambda: f"No permission to use {path}"),
        sqlite3.SQLITE_CORRUPT: (Fault.DAMAGED_DATA, lambda: f"The database {path} is damaged. {WAY_OUT}"),
        sqlite3.SQLITE_NOTADB: (Fault.DAMAGED_DATA, lambda: f"The database {path} is damaged. {WAY_OUT}"),
        sqlite3.SQLITE_BUSY: (Fault.DATA_IN_USE, lambda: f"{path} is in use by another program"),
        sqlite3.SQLITE_LOCKED: (Fault.DATA_IN_USE, lambda: f"{path} is in use by another program"),
    }
    if code == 0 and isinstance(original, sqlite3.OperationalError) and str(original).startswith(_NO_TEXT):
        error.args = original.args = (_NO_TEXT,)  # an answer's text is in no error
        inconsistent = f"The database {path} holds something that cannot be read. “check --repair” mends it."
        return CoachError(Fault.INCONSISTENT_DATA, inconsistent, where=str(path))
    if str(original) == _UNREADABLE:
        code = sqlite3.SQLITE_CORRUPT
    if code == sqlite3.SQLITE_IOERR and _is_full(path):
        code = sqlite3.SQLITE_FULL  # not every call of SQLite tells the one from the other
    if code not in words:
        return None
    fault, sentence = words[code]
    return CoachError(fault, f"{sentence()}.", where=str(path))


def told_as(code: int | None, path: Path, reason: str) -> CoachError:
    """Return what the operating system answers about a file as an error that can be told; ``code`` is an errno."""
    fault = {
        errno.EROFS: Fault.READ_ONLY,
        errno.EACCES: Fault.NO_PERMISSION,
        errno.EPERM: Fault.NO_PERMISSION,
        errno.ENOSPC: Fault.DISK_FULL,
    }.get(code or 0, Fault.INPUT_OUTPUT)
    return CoachError(fault, f"The database {path} cannot be opened: {reason.lower()}.", where=str(path))
