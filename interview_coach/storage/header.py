"""What a file is, by its first bytes: told before SQLite opens it, and so may change it."""

import contextlib
import sqlite3
import struct
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import migrations
from interview_coach.storage.pages import page_damage
from interview_coach.storage.sqlite_errors import WAY_OUT, told, told_as

#: What now, where a database was refused as it is.
REFUSED = f"Nothing was changed. {WAY_OUT}."

_MAGIC = b"SQLite format 3\0"
_LOG_MAGIC = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def check_header(file: Path, *, named: Path | None = None) -> int:
    """Return the schema version of a file; refuse what is not ours, is newer, or shows damage after a crash.

    Not a byte of it is changed. Where a write-ahead log lies beside the file the last end was no clean one: all pages
    are read then, since closing a damaged database would fold the log into it. ``named`` is what the refusal calls a
    file that is a copy.
    """
    path = named or file
    try:
        with file.open("rb") as opened:
            header = opened.read(100)
    except OSError as error:
        raise told_as(error.errno or 0, path, str(error.strerror)) from error
    if len(header) < 100:
        sentence = f"The database {path} is empty or cut short. {REFUSED}"
        raise CoachError(Fault.DAMAGED_DATA, sentence, where=str(path))
    if not header.startswith(_MAGIC):
        raise CoachError(
            Fault.NOT_OUR_DATA, f"{path} is not a practice database. Nothing was changed.", where=str(path)
        )
    (application,) = struct.unpack(">I", header[68:72])
    if application != migrations.APPLICATION_ID:
        raise CoachError(
            Fault.NOT_OUR_DATA,
            f"{path} is a database of another program, not a practice database. Nothing was changed.",
            where=str(path),
        )
    (version,) = struct.unpack(">I", header[60:64])
    if version <= migrations.NEWEST and file.with_name(file.name + "-wal").exists():
        version = _version_with_log(file)
    if version > migrations.NEWEST:
        raise newer(path, version)
    return int(version)


def is_database(file: Path) -> bool:
    """Return whether a file begins like a database of SQLite's, or like the log of one; raises OSError."""
    if not file.exists():
        return False
    with file.open("rb") as opened:
        begins = opened.read(len(_MAGIC))
    return begins == _MAGIC or begins.startswith(_LOG_MAGIC)


def _version_with_log(path: Path) -> int:
    """Return the schema version with the log applied; raises CoachError, DAMAGED_DATA, where a page is damaged."""
    index = path.with_name(path.name + "-shm")
    was_there = index.exists()
    try:
        with told(path), contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            damaged = page_damage(connection)
    finally:
        if not was_there:  # a reader makes the log's index and leaves it
            index.unlink(missing_ok=True)
    if damaged:
        raise CoachError(Fault.DAMAGED_DATA, f"The database {path} is damaged. {REFUSED}", where=str(path))
    return int(version)


def newer(path: Path, version: int) -> CoachError:
    """Return the refusal of a database that a newer program has migrated."""
    return CoachError(
        Fault.NEWER_DATA,
        f"The database {path} was made by a newer Interview Coach (schema {version}, this one knows "
        f"{migrations.NEWEST}). Nothing was changed; install the newer program.",
        where=str(path),
    )
