"""A database put in the place of another. What was there is kept, and a crash leaves the old one or the new one."""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from interview_coach.domain.backups import Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import migrations
from interview_coach.storage.backups import Backups, copy_database, lent, opened_copy
from interview_coach.storage.database import BACKUPS, SET_ASIDE, half_made, make_new, remove_half_made
from interview_coach.storage.files import not_written, sync_file, sync_folder
from interview_coach.storage.header import check_header
from interview_coach.storage.sqlite_errors import told

_BESIDE = ("-wal", "-shm", "-journal")


def restore(database: Path, source: Path, now: Callable[[], datetime]) -> Path | None:
    """Put a copy of a backup in the database's place, and return where what was there is kept (None: nothing was).

    The database must be closed; where it is a link, what it points at is replaced and the link stays. The copy is
    checked, and brought to the newest schema, before anything else is touched. What was there becomes a backup; where
    it is damaged, newer or not ours it is set aside as it is. Raises CoachError; the database is then where it was, or
    set aside, and the recovery screen offers both.
    """
    backups = Backups(database.parent / BACKUPS, now)
    database = database.resolve()
    remove_half_made(database)
    new = half_made(database)
    with opened_copy(source, database.parent) as connection:
        copy_database(lent(connection), new)
    with told(new), contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = full")
        migrations.migrate(connection)
    kept = _keep(database, backups)
    try:
        sync_file(new)
        new.replace(database)
        sync_folder(database.parent)
    except OSError as error:
        raise not_written(database, error) from error
    return kept


def start_new(database: Path, now: Callable[[], datetime]) -> Path | None:
    """Put an empty database in the place of what is there, which is set aside; return where it is then."""
    database = database.resolve()
    kept = set_aside(database, now)
    remove_half_made(database)
    make_new(database)
    return kept


def set_aside(database: Path, now: Callable[[], datetime]) -> Path | None:
    """Move a database, with its log, into a folder of its own; return its new place, None where there was nothing.

    The file goes before its log: a log that is left alone opens the recovery screen again, and is never taken for the
    log of another file. Of a link, what it points at is moved, into a folder beside it.
    """
    database = database.resolve()
    there = [path for path in _with_companions(database) if path.exists()]
    if not there:
        return None
    try:
        aside = database.parent / SET_ASIDE
        aside.mkdir(mode=0o700, exist_ok=True)
        folder = (None if database.exists() else _cut_off(aside, database)) or _new_case(aside, now())
        for path in there:
            path.rename(folder / path.name)
        sync_folder(folder)
        sync_folder(aside)
        sync_folder(database.parent)
    except OSError as error:
        raise not_written(database, error) from error
    return folder / there[0].name


def _keep(database: Path, backups: Backups) -> Path | None:
    """Keep what is there: as a backup where it can be read, else as it is."""
    if not any(path.exists() for path in _with_companions(database)):
        return None
    try:
        check_header(database)
        address = f"{database.absolute().as_uri()}?mode=rw"
        with told(database), contextlib.closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.execute("PRAGMA locking_mode = exclusive")
            kept = backups.make(lent(connection), Reason.RESTORE).path
    except CoachError as error:
        if error.fault in (Fault.DAMAGED_DATA, Fault.NOT_OUR_DATA, Fault.NEWER_DATA) or not database.exists():
            return set_aside(database, backups.now)
        raise
    if any(path.exists() for path in _with_companions(database)[1:]):
        return set_aside(database, backups.now)  # its log could not be folded in, and must not meet another file
    return kept


def _new_case(aside: Path, moment: datetime) -> Path:
    """Make a folder of its own for what is set aside now."""
    stamp = f"{moment:%Y%m%dT%H%M%S}Z"
    number = 1
    while (folder := aside / (stamp if number == 1 else f"{stamp}-{number}")).exists():
        number += 1
    folder.mkdir(mode=0o700)
    return folder


def _cut_off(aside: Path, database: Path) -> Path | None:
    """Return the folder into which a crash let the database go without its log, None where there is none."""
    newest = max((folder for folder in aside.iterdir() if (folder / database.name).exists()), default=None)
    if newest is None or any(path.exists() for path in _with_companions(newest / database.name)[1:]):
        return None
    return newest


def _with_companions(database: Path) -> list[Path]:
    return [database, *(database.with_name(database.name + suffix) for suffix in _BESIDE)]
