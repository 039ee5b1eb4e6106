"""Backups: whole copies by SQLite's backup API, opened again and checked before they count.

A copy is written under another name into a file made 0600, synced, then renamed, so that a crash leaves a whole backup
or a leftover that the next one removes. Nothing is removed before the new copy stands.
"""

import contextlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interview_coach.domain.backups import Backup, Contents, Reason, clock_agrees, surplus
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.files import copy_file, not_written, remove_leftovers, sync_file, sync_folder
from interview_coach.storage.header import check_header
from interview_coach.storage.pages import page_damage
from interview_coach.storage.sqlite_errors import told, told_as

#: Pages that are copied before others get their turn at the database; a millisecond or two.
PAGES = 128

_NAME = re.compile(r"(\d{8}T\d{6})\.(\d{3})Z\.([a-z-]+)\.sqlite3")

#: Lends the connection of the database that is copied.
Source = Callable[[], contextlib.AbstractContextManager[sqlite3.Connection]]

#: The schema from which on there is a Trash.
_TRASH_SINCE = 2

#: Names of triggers and views that our schema has; a file with others is not restored.
_OURS: frozenset[str] = frozenset()

#: Tables that every schema of ours has.
_NEEDED = ("transcript", "question", "turn", "session", "place", "attempt")


class Backups:
    """The backups of a data folder. ``now`` answers with an aware time."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.now = now

    def make(self, source: Source, reason: Reason, between: Callable[[], None] = lambda: None) -> Backup:
        """Copy an open database, check the copy, and thin the older ones.

        ``between`` is called after every ``PAGES`` pages, and the source is given back before the copy is read and
        synced, which a slow disk may take seconds for. Raises CoachError where the copy cannot be written (disk
        full, no permission) or shows damage (DAMAGED_DATA); the older backups are then as they were.
        """
        made = self.now().astimezone(UTC)
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            remove_leftovers(self.folder)
        except OSError as error:
            raise not_written(self.folder, error) from error
        taken = {backup.created for backup in self.listed()}
        while _to_milliseconds(made) in taken:  # so that it can be told which of two is the later one
            made += timedelta(milliseconds=1)
        path = self.folder / _name(made, reason)
        copy_database(source, path, between)
        self.thin(path)
        return Backup(path=path, created=_to_milliseconds(made), reason=reason, size=path.stat().st_size)

    def listed(self) -> tuple[Backup, ...]:
        """Return the backups that are there, newest first; what is not named like one is left out."""
        found = []
        with contextlib.suppress(OSError):
            for path in self.folder.iterdir():
                if (named := _named(path.name)) is not None:
                    with contextlib.suppress(OSError):  # removed by hand meanwhile
                        found.append(Backup(path=path, created=named[0], reason=named[1], size=path.stat().st_size))
        return tuple(sorted(found, key=lambda backup: backup.created, reverse=True))

    def thin(self, made: Path | None = None) -> None:
        """Remove the backups that are too many, but never the one just ``made``; what cannot be removed stays.

        None is removed on a day on which the clock may have leapt ahead.
        """
        listed = self.listed()
        created = [backup.created for backup in listed]
        if not clock_agrees(created, self.now()):
            return
        for position in surplus(created, self.now()):
            if listed[position].path != made:  # dated before others where the clock was set back
                with contextlib.suppress(OSError):
                    listed[position].path.unlink()

    def clock_agrees(self) -> bool:
        """Return whether the clock may be believed where something goes because it is old."""
        return clock_agrees([backup.created for backup in self.listed()], self.now())

    def name_for(self, reason: Reason) -> str:
        """Return the name of a backup that is made now."""
        return _name(self.now().astimezone(UTC), reason)

    def holding(self, texts: Sequence[tuple[str, str]]) -> tuple[datetime, ...]:
        """Return when the backups were made that hold one of these rows, given as (table, uid); newest first."""
        found = []
        for backup in self.listed():
            with contextlib.suppress(sqlite3.Error, OSError), contextlib.closing(_reader(backup.path)) as connection:
                for table, uid in texts:
                    query = f"SELECT 1 FROM {table} WHERE uid = ?"  # noqa: S608  (our own names)
                    if connection.execute(query, (uid,)).fetchone() is not None:
                        found.append(backup.created)
                        break
        return tuple(found)

    def due(self) -> bool:
        """Return whether the last backup is older than a day; one dated ahead of now does not count."""
        now = self.now()
        past = (backup.created for backup in self.listed() if backup.created <= now)
        newest = max(past, default=None)
        return newest is None or now - newest > timedelta(days=1)


def lent(connection: sqlite3.Connection) -> Source:
    """Return a connection that nobody else uses as the source of a copy."""
    return lambda: contextlib.nullcontext(connection)


def copy_database(source: Source, target: Path, between: Callable[[], None] = lambda: None) -> None:
    """Copy an open database into a file of its own (mode 0600), which is checked before it takes its name.

    The source is lent while pages are copied, no longer. Raises CoachError; what stood under the name stays then.
    """
    part = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name[:200]}.", suffix=".part", dir=target.parent)
        os.close(descriptor)
        part = Path(name)
        with told(target), contextlib.closing(sqlite3.connect(part, isolation_level=None)) as copy:
            copy.execute("PRAGMA synchronous = off")  # it is synced whole below
            copy.execute("PRAGMA journal_mode = memory")
            with source() as connection:
                connection.backup(copy, pages=PAGES, progress=lambda *_: between(), sleep=0)
        _make_plain(part)
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise not_written(target, error) from error
    finally:
        if part is not None:
            remove_leftovers(part.parent, part.name)


def _reader(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _make_plain(copy: Path) -> None:
    """Take the copy out of write-ahead mode, so that it is one file, and read all its pages."""
    with told(copy), contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = off")  # it is synced whole once it is right
        connection.execute("PRAGMA journal_mode = delete")
        _read_all_pages(connection, copy)
    check_header(copy)


def _read_all_pages(connection: sqlite3.Connection, path: Path) -> None:
    connection.execute("PRAGMA cell_size_check = on")
    if page_damage(connection):
        raise CoachError(Fault.DAMAGED_DATA, f"The database {path} is damaged.", where=str(path))


@contextlib.contextmanager
def opened_copy(path: Path, scratch: Path) -> Iterator[sqlite3.Connection]:
    """Open a database file that somebody chose, to read: checked first, and never written to.

    Where a write-ahead log lies beside it both are copied into a private folder under ``scratch`` and read there.
    Raises CoachError: INPUT_MISSING, NOT_OUR_DATA, NEWER_DATA, DAMAGED_DATA, and what the disk may answer.
    """
    if not path.exists():
        raise CoachError(Fault.INPUT_MISSING, f"{path} is not there.", where=str(path))
    log = path.with_name(path.name + "-wal")
    with contextlib.ExitStack() as stack:
        try:
            if log.exists():
                folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=".reading.part.", dir=scratch)))
                for file in (path, log):
                    copy_file(file, folder / file.name)
                readable, how = folder / path.name, "mode=rw"
            else:
                readable, how = path, "mode=ro&immutable=1"
        except OSError as error:
            raise told_as(error.errno, path, str(error.strerror)) from error
        check_header(readable, named=path)
        with told(path):
            connection = stack.enter_context(
                contextlib.closing(
                    sqlite3.connect(f"{readable.absolute().as_uri()}?{how}", uri=True, isolation_level=None)
                )
            )
            connection.execute("PRAGMA trusted_schema = off")
            _read_all_pages(connection, path)
            _refuse_others(connection, path)
            yield connection


def _refuse_others(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is marked as ours and is none: with what acts by itself in it, or without our tables."""
    named = connection.execute("SELECT type, name FROM sqlite_master").fetchall()
    if any(kind in ("trigger", "view") and name not in _OURS for kind, name in named):
        sentence = f"{path} holds more than a practice database does. Nothing of it was used."
        raise CoachError(Fault.NOT_OUR_DATA, sentence, where=str(path))
    if not {("table", name) for name in _NEEDED} <= set(named):
        raise CoachError(Fault.NOT_OUR_DATA, f"{path} is not a practice database.", where=str(path))


def look_into(path: Path, scratch: Path) -> Contents:
    """Return what a practice database holds; all of it is read and checked for it. Raises as ``opened_copy`` does."""
    with opened_copy(path, scratch) as connection:
        return contents(connection, path)


def contents(connection: sqlite3.Connection, path: Path) -> Contents:
    """Return what an open database of any of our schemas holds."""
    with told(path):
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        seen = " AND trash_id IS NULL" if version >= _TRASH_SINCE else ""
        answered = f"(state <> 'draft' OR text <> ''){seen}"
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}{condition}").fetchone()[0]  # noqa: S608  (ours)
            for table, condition in (
                ("transcript", f" WHERE published AND superseded_by IS NULL{seen}"),
                ("question", f" WHERE true{seen}{' AND merged_into IS NULL' if seen else ''}"),
                ("session", ""),
                ("attempt", f" WHERE {answered}"),
            )
        }
        newest_answer = f"SELECT max(started_at) FROM attempt WHERE {answered}"  # noqa: S608  (ours)
        (newest,) = connection.execute(newest_answer).fetchone()
    begun = None
    with contextlib.suppress(TypeError, ValueError):
        begun = datetime.fromisoformat(newest)
        begun = begun.replace(tzinfo=UTC) if begun.tzinfo is None else begun
    return Contents(
        schema_version=version,
        transcripts=counts["transcript"],
        questions=counts["question"],
        sessions=counts["session"],
        attempts=counts["attempt"],
        newest_attempt=begun,
    )


def _name(made: datetime, reason: Reason) -> str:
    return f"{made:%Y%m%dT%H%M%S}.{made.microsecond // 1000:03}Z.{reason.value}.sqlite3"


def _named(name: str) -> tuple[datetime, Reason] | None:
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        moment = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        return moment + timedelta(milliseconds=int(match[2])), Reason(match[3])
    except ValueError:
        return None


def _to_milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
