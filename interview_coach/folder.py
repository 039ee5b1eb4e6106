"""The data folder: made private, and claimed by one process at a time before anything in it is opened."""

import contextlib
import errno
import json
import os
import sys
import time
from pathlib import Path

from interview_coach import mounts
from interview_coach.domain.errors import CoachError, Fault

if sys.platform == "win32":  # not yet run
    import msvcrt
else:
    import fcntl

_BUSY = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class DataFolder:
    """A claimed data folder. The kernel releases the claim whatever happens to the process."""

    def __init__(self, path: Path, descriptor: int | None, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._descriptor = descriptor

    @property
    def database(self) -> Path:
        """The database file."""
        return self.path / "coach.sqlite3"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.path / "settings.json"

    @property
    def window(self) -> Path:
        """The file with what the first paint needs."""
        return self.path / "window.json"

    @classmethod
    def claim(cls, path: Path) -> "DataFolder":
        """Make the folder where it is not there (mode 0700) and take its lock.

        Raises CoachError: DATA_IN_USE, NO_PERMISSION, READ_ONLY, CANNOT_CREATE, DISK_FULL or INPUT_OUTPUT.
        """
        path = _absolute(path)
        _make(path)
        try:
            descriptor = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise _refusal(error, path) from error
        _take(descriptor, path)
        other = _owner_elsewhere(path)
        if other is not None:
            os.close(descriptor)
            raise CoachError(Fault.DATA_IN_USE, other, where=str(path))
        folder = cls(path, descriptor)
        folder._sign()
        return folder

    @classmethod
    def claim_to_read(cls, path: Path) -> "DataFolder":
        """Claim a folder in which nothing is to be written, also one where nothing can be.

        Where there is no lock yet and none can be made nobody else can write there either. Raises CoachError:
        INPUT_MISSING, DATA_IN_USE, NO_PERMISSION or INPUT_OUTPUT.
        """
        path = _absolute(path)
        if not path.is_dir():
            raise CoachError(Fault.INPUT_MISSING, f"There is no data folder {path}.", where=str(path))
        try:
            descriptor = os.open(path / "lock", os.O_RDONLY)
        except FileNotFoundError:
            return cls(path, None, read_only=True)
        except OSError as error:
            raise _refusal(error, path) from error
        _take(descriptor, path)
        return cls(path, descriptor, read_only=True)

    def release(self) -> None:
        """Give the claim back; calling it again does nothing."""
        if self._descriptor is None:
            return
        if not self.read_only:
            with contextlib.suppress(OSError):
                self._owner.unlink()
        os.close(self._descriptor)
        self._descriptor = None

    @property
    def _owner(self) -> Path:
        return self.path / "owner.json"

    def _sign(self) -> None:
        """Say who holds the folder; it only words the message that a second process shows."""
        since = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        owner = {"pid": os.getpid(), "host": _host(), "since": since}
        try:
            descriptor = os.open(self._owner, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(owner, file)
        except OSError as error:
            self.release()
            raise _refusal(error, self.path) from error


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100  (resolve() would lose a link that is the folder)


def _take(descriptor: int, path: Path) -> None:
    try:
        _lock(descriptor)
    except OSError as error:
        os.close(descriptor)
        if error.errno in _BUSY:
            raise CoachError(Fault.DATA_IN_USE, _in_use(path), where=str(path)) from None
        raise _refusal(error, path) from error


def _owner_elsewhere(path: Path) -> str | None:
    """Return what to say where another computer has the folder, or was cut off while it had it; else None.

    A lock does not reach every other computer on a network folder, so there the owner's file counts as well. On a disk
    of this computer it does not: the kernel released a lock that a crash left, whatever the computer was called then.
    """
    owner = _owner(path)
    if owner is None or owner["host"] == _host() or not mounts.is_on_network(path):
        return None
    return (
        f"The data folder {path} is on the network, and Interview Coach on {owner['host']} has it since "
        f"{owner['since']}. Close it there first. If it does not run there any more, remove {path / 'owner.json'}."
    )


def _owner(path: Path) -> dict[str, str] | None:
    try:
        owner = json.loads((path / "owner.json").read_text(encoding="utf-8"))
        return {"pid": str(int(owner["pid"])), "host": str(owner["host"]), "since": str(owner["since"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _host() -> str:
    if sys.platform == "win32":  # not yet run
        return os.environ.get("COMPUTERNAME", "")
    return os.uname().nodename


def _make(path: Path) -> None:
    try:
        missing = [folder for folder in (path, *path.parents) if not folder.exists()]
        for folder in reversed(missing):
            folder.mkdir(mode=0o700, exist_ok=True)
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    except OSError as error:
        if error.errno == errno.EROFS:
            raise _refusal(error, path) from error
        if error.errno == errno.ENOSPC:
            raise _refusal(error, path) from error
        raise CoachError(
            Fault.CANNOT_CREATE,
            f"The data folder {path} cannot be created ({os.strerror(error.errno or 0).lower()}). "
            "Choose another with --data-dir.",
            where=str(path),
        ) from error


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _in_use(path: Path) -> str:
    owner = _owner(path)
    who = "another Interview Coach"
    if owner is not None:
        who = f"Interview Coach (process {owner['pid']} on {owner['host']}, since {owner['since']})"
    return f"The data folder {path} is in use by {who}. Close it there first."


def _refusal(error: OSError, path: Path) -> CoachError:
    where = str(path)
    if error.errno == errno.EROFS:
        sentence = f"The data folder {path} is on a read-only disk. Choose another with --data-dir."
        return CoachError(Fault.READ_ONLY, sentence, where=where)
    if error.errno in (errno.EACCES, errno.EPERM):
        sentence = f"No permission to write in the data folder {path}. Choose another with --data-dir."
        return CoachError(Fault.NO_PERMISSION, sentence, where=where)
    if error.errno == errno.ENOSPC:
        sentence = f"The disk that holds the data folder {path} is full. Free some space, then start again."
        return CoachError(Fault.DISK_FULL, sentence, where=where)
    reason = os.strerror(error.errno).lower() if error.errno else "input/output error"
    return CoachError(Fault.INPUT_OUTPUT, f"The data folder {path} cannot be used ({reason}).", where=where)
