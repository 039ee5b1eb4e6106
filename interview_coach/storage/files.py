"""Files that are old or new after a crash, never half."""

import contextlib
import errno
import os
import re
import shutil
import tempfile
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault

# What ``tempfile`` makes of the names that files of ours have, and what SQLite may have made beside it.
_LEFTOVER_FILE = re.compile(r"\..+\.(?:sqlite3(?:\.new)?|json|txt)\.\w+\.part(?:-journal|-wal|-shm)?")
_LEFTOVER_FOLDER = re.compile(r"\.reading\.part\.\w+")

_FAULTS = {
    errno.EACCES: Fault.NO_PERMISSION,
    errno.EPERM: Fault.NO_PERMISSION,
    errno.EROFS: Fault.READ_ONLY,
    errno.ENOSPC: Fault.DISK_FULL,
    errno.EDQUOT: Fault.DISK_FULL,
    errno.EIO: Fault.INPUT_OUTPUT,
}


def replace_file(path: Path, content: bytes) -> None:
    """Write a file whole: into a temporary file beside it, synced, then renamed over it. Mode 0600.

    A symbolic link is followed, so that what it points at is replaced and the link stays. Raises OSError, and then
    the old file is as it was and nothing is left beside it.
    """
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:200]}.", suffix=".part", dir=target.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(target.parent)


def not_written(path: Path, error: OSError) -> CoachError:
    """Return why a file could not be written as an error that can be told.

    CANNOT_CREATE (no such folder, or a folder or device stands there), NO_PERMISSION, READ_ONLY, DISK_FULL or
    INPUT_OUTPUT.
    """
    fault = _FAULTS.get(error.errno or 0, Fault.CANNOT_CREATE)
    reason = os.strerror(error.errno or 0).lower()
    return CoachError(fault, f"{path} cannot be written: {reason}.", where=str(path))


def target_for(chosen: Path, name: str, *, avoid: Path) -> Path:
    """Return the file to write where a person chose a file or a folder; ``name`` is the file's name in a folder.

    Raises CoachError, CANNOT_CREATE, where that would be our own database, or lies in no folder.
    """
    target = chosen / name if chosen.is_dir() else chosen
    if not target.parent.is_dir():
        sentence = f"There is no folder {target.parent}."
        raise CoachError(Fault.CANNOT_CREATE, sentence, where=str(target))
    if target.exists() and (not target.is_file() or target.samefile(avoid)):
        raise CoachError(Fault.CANNOT_CREATE, f"{target} cannot be written over.", where=str(target))
    return target.resolve()


def copy_file(source: Path, target: Path) -> None:
    """Copy a file's bytes into a new one, mode 0600, and make them last; raises OSError."""
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(read, written, 1024 * 1024)
        written.flush()
        os.fsync(written.fileno())


def remove_leftovers(folder: Path, prefix: str = "") -> None:
    """Remove the temporary files and folders that a crash left in a folder of ours, as far as that can be done.

    What only looks like them stays: a person may choose any folder as the data folder, their home, too. With a
    ``prefix`` the files that begin with it go instead.
    """
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if not prefix and _LEFTOVER_FOLDER.fullmatch(path.name) and path.is_dir() and not path.is_symlink():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.startswith(prefix) if prefix else _LEFTOVER_FILE.fullmatch(path.name):
                with contextlib.suppress(OSError):
                    path.unlink()


def sync_file(path: Path) -> None:
    """Make a file's content last."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in a folder last; does nothing where folders can't be opened (Windows)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
