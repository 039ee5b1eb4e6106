"""The one connection to the one file, and the unit of work that goes through it.

The storage contract is kept here: pragmas, exclusive lock, a commit that has reached the disk when it returns, and a
file that is not ours, newer or damaged is refused before anything could change a byte of it.
"""

import contextlib
import errno
import os
import sqlite3
import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry, StaticPool
from sqlmodel import Session

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import migrations
from interview_coach.storage.attempts import AttemptRepository
from interview_coach.storage.files import sync_folder
from interview_coach.storage.questions import QuestionRepository
from interview_coach.storage.sessions import SessionRepository
from interview_coach.storage.transcripts import TranscriptRepository

#: The SQLite that answers here.
SQLITE_VERSION = sqlite3.sqlite_version

_PRAGMAS = (
    "PRAGMA locking_mode = exclusive",
    "PRAGMA journal_mode = wal",
    "PRAGMA synchronous = full",
    "PRAGMA foreign_keys = on",
    "PRAGMA trusted_schema = off",
    "PRAGMA cell_size_check = on",
    "PRAGMA mmap_size = 0",
    "PRAGMA secure_delete = on",
    "PRAGMA temp_store = memory",
)

_MAGIC = b"SQLite format 3\0"


class UnitOfWork:
    """One transaction, and the repositories that work in it."""

    def __init__(self, session: Session) -> None:
        self.transcripts = TranscriptRepository(session)
        self.questions = QuestionRepository(session)
        self.sessions = SessionRepository(session)
        self.attempts = AttemptRepository(session)


class Database:
    """An open database. One connection, one unit of work at a time; other threads wait their turn, first come first."""

    def __init__(self, path: Path, engine: Engine) -> None:
        self.path = path
        self._engine = engine
        self._turnstile = _Turnstile()
        self._closed = False

    @classmethod
    def open(cls, path: Path) -> "Database":
        """Open the database of a claimed data folder, made first where the folder is new, and migrate it.

        Raises CoachError: DAMAGED_DATA (missing where there was one, empty, garbage), NOT_OUR_DATA, NEWER_DATA, and
        what the disk may answer. A refused file is left byte for byte as it is.
        """
        _remove_half_made(path)
        if not path.exists():
            _refuse_if_lost(path)
            _make_new(path)
        _check_header(path)
        engine = _engine(path)
        try:
            with _told(path), contextlib.closing(engine.raw_connection()) as borrowed:
                connection = borrowed.driver_connection
                if not isinstance(connection, sqlite3.Connection):
                    raise TypeError("the engine's driver is not sqlite3")
                version = migrations.schema_version(connection)
                if version > migrations.NEWEST:
                    raise _newer(path, version)
                migrations.migrate(connection)
        except BaseException:
            engine.dispose()
            raise
        database = cls(path, engine)
        with database.begin() as work:
            work.transcripts.remove_unpublished()
        return database

    @contextlib.contextmanager
    def begin(self) -> Iterator[UnitOfWork]:
        """Begin a unit of work: it commits at the end, and rolls back on an exception.

        Raises CoachError for what the disk may answer (full, read-only, input/output, damaged); the work is then not
        stored.
        """
        with self._turnstile:
            if self._closed:  # the pool would open the file again, which may be another process's by now
                raise RuntimeError("a unit of work was begun after the database was closed")
            with _told(self.path), Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield UnitOfWork(session)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it. Calling it again does nothing."""
        with self._turnstile:
            self._closed = True
            self._engine.dispose()


class _Turnstile:
    """A lock that lets threads through in the order in which they came, so that a saved draft never starves."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._holder == me:
                raise RuntimeError("a unit of work was begun inside another one")
            if self._holder is None:
                self._holder = me
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        try:
            gate.acquire()
        except BaseException:  # Ctrl+C while waiting: leave the row, or pass on what was handed over meanwhile
            with self._guard:
                if gate in self._waiting:
                    self._waiting.remove(gate)
                else:
                    self._hand_on()
            raise
        self._holder = me

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._waiting:
            self._holder = -1  # taken by the thread whose gate opens now
            self._waiting.popleft().release()
        else:
            self._holder = None


def _engine(path: Path) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        poolclass=StaticPool,
        connect_args={"check_same_thread": False, "timeout": 2.0},
        hide_parameters=True,
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one; DDL rolls back as well
        try:
            for pragma in _PRAGMAS:
                connection.execute(pragma).close()
        except BaseException:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _make_new(path: Path) -> None:
    """Make an empty database under another name and rename it: a crash leaves a whole one or none."""
    half_made = _half_made(path)
    try:
        os.close(os.open(half_made, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(sqlite3.connect(half_made, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = full")
            migrations.migrate(connection)
        half_made.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise _told_as(error.errno, path, str(error.strerror)) from error
    except sqlite3.Error as error:
        raise _expected(error, path) or error from error


def _half_made(path: Path) -> Path:
    return path.with_name(path.name + ".new")


def _remove_half_made(path: Path) -> None:
    half_made = _half_made(path)
    for leftover in (half_made, half_made.with_name(half_made.name + "-journal")):
        with contextlib.suppress(FileNotFoundError):
            leftover.unlink()


def _refuse_if_lost(path: Path) -> None:
    """Never silently put an empty database in the place of one that is gone while its log or backups are there."""
    log = path.with_name(path.name + "-wal")
    backups = path.parent / "backups"
    if log.exists() or (backups.is_dir() and any(backups.iterdir())):
        raise CoachError(
            Fault.DAMAGED_DATA,
            f"The database {path} is missing, though there was one here. Nothing was changed.",
            where=str(path),
        )


def _check_header(path: Path) -> None:
    """Refuse what is not ours by the file's first bytes, before SQLite opens, and so may change, it."""
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise _told_as(error.errno or 0, path, str(error.strerror)) from error
    if len(header) < 100:
        sentence = f"The database {path} is empty or cut short. Nothing was changed."
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
    if version <= migrations.NEWEST and path.with_name(path.name + "-wal").exists():
        version = _version_with_log(path)
    if version > migrations.NEWEST:
        raise _newer(path, version)


def _version_with_log(path: Path) -> int:
    """Return the schema version as a write-ahead log beside the file may have it, without folding the log in."""
    index = path.with_name(path.name + "-shm")
    was_there = index.exists()
    try:
        with _told(path), contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            return int(version)
    finally:
        if not was_there:  # a reader makes the log's index and leaves it
            index.unlink(missing_ok=True)


def _newer(path: Path, version: int) -> CoachError:
    return CoachError(
        Fault.NEWER_DATA,
        f"The database {path} was made by a newer Interview Coach (schema {version}, this one knows "
        f"{migrations.NEWEST}). Nothing was changed; install the newer program.",
        where=str(path),
    )


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite answers to bad luck into words; what it answers to our mistakes stays as it is."""
    try:
        yield
    except (sqlite3.Error, DBAPIError) as error:
        expected = _expected(error, path)
        if expected is None:
            raise
        raise expected from error


def _expected(error: sqlite3.Error | DBAPIError, path: Path) -> CoachError | None:
    original = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(original, "sqlite_errorcode", 0) & 0xFF
    words: dict[int, tuple[Fault, Callable[[], str]]] = {
        sqlite3.SQLITE_FULL: (Fault.DISK_FULL, lambda: f"The disk that holds {path} is full"),
        sqlite3.SQLITE_READONLY: (Fault.READ_ONLY, lambda: f"{path} cannot be written to"),
        sqlite3.SQLITE_IOERR: (Fault.INPUT_OUTPUT, lambda: f"The disk that holds {path} answers with an error"),
        sqlite3.SQLITE_CANTOPEN: (Fault.NO_PERMISSION, lambda: f"{path} cannot be opened"),
        sqlite3.SQLITE_PERM: (Fault.NO_PERMISSION, lambda: f"No permission to use {path}"),
        sqlite3.SQLITE_CORRUPT: (Fault.DAMAGED_DATA, lambda: f"The database {path} is damaged"),
        sqlite3.SQLITE_NOTADB: (Fault.DAMAGED_DATA, lambda: f"The database {path} is damaged"),
        sqlite3.SQLITE_BUSY: (Fault.DATA_IN_USE, lambda: f"{path} is in use by another program"),
        sqlite3.SQLITE_LOCKED: (Fault.DATA_IN_USE, lambda: f"{path} is in use by another program"),
    }
    if code not in words:
        return None
    fault, sentence = words[code]
    return CoachError(fault, f"{sentence()}.", where=str(path))


def _told_as(code: int | None, path: Path, reason: str) -> CoachError:
    fault = {
        errno.EROFS: Fault.READ_ONLY,
        errno.EACCES: Fault.NO_PERMISSION,
        errno.EPERM: Fault.NO_PERMISSION,
        errno.ENOSPC: Fault.DISK_FULL,
    }.get(code or 0, Fault.INPUT_OUTPUT)
    return CoachError(fault, f"The database {path} cannot be opened: {reason.lower()}.", where=str(path))
