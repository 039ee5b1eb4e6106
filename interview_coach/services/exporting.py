"""Files that a person takes away: written whole or not at all, and readable by them alone."""

import errno
import os
import stat
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.files import replace_file

_FAULTS = {
    errno.EACCES: Fault.NO_PERMISSION,
    errno.EPERM: Fault.NO_PERMISSION,
    errno.EROFS: Fault.READ_ONLY,
    errno.ENOSPC: Fault.DISK_FULL,
    errno.EDQUOT: Fault.DISK_FULL,
    errno.EIO: Fault.INPUT_OUTPUT,
}


def save_file(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there, in one step. Mode 0600.

    Raises CoachError: CANNOT_CREATE (no such folder, or a folder or device stands there), NO_PERMISSION, READ_ONLY,
    DISK_FULL or INPUT_OUTPUT; a file that was there is then as it was.
    """
    try:
        if not _is_free(path):
            sentence = f"{path} cannot be written: it is there and is no regular file."
            raise CoachError(Fault.CANNOT_CREATE, sentence, where=str(path))
        replace_file(path, content)
    except OSError as error:
        fault = _FAULTS.get(error.errno or 0, Fault.CANNOT_CREATE)
        reason = os.strerror(error.errno or 0).lower()
        raise CoachError(fault, f"{path} cannot be written: {reason}.", where=str(path)) from error


def _is_free(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True
