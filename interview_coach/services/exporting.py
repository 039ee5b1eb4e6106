"""Files that a person takes away: written whole or not at all, and readable by them alone."""

import stat
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.files import not_written, replace_file
from interview_coach.storage.header import is_database


def save_file(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there, in one step. Mode 0600.

    Raises CoachError: CANNOT_CREATE (no such folder, or a folder, a device or a database stands there),
    NO_PERMISSION, READ_ONLY, DISK_FULL or INPUT_OUTPUT; a file that was there is then as it was.
    """
    try:
        if not _is_free(path):
            sentence = f"{path} cannot be written: it is there and is no regular file."
            raise CoachError(Fault.CANNOT_CREATE, sentence, where=str(path))
        if is_database(path):  # the person's own answers, or a backup of them: one wrong name must not cost them
            raise CoachError(Fault.CANNOT_CREATE, f"{path} is a database. Choose another name.", where=str(path))
        replace_file(path, content)
    except OSError as error:
        raise not_written(path, error) from error


def _is_free(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True
