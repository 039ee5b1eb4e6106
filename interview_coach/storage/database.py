"""The one connection to the one file, and the unit of work that goes through it.

The storage contract is kept here: pragmas, exclusive lock, a commit that has reached the disk when it returns, a backup
before every migration, and a file that is not ours, newer or damaged is refused before anything could change a byte.
"""

import contextlib
import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import IntegrityError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from interview_coach.domain.backups import Backup, Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage import migrations, search_index
from interview_coach.storage.attempts import AttemptRepository
from interview_coach.storage.backups import Backups, copy_database, lent
from interview_coach.storage.by_hand import ByHandRepository
from interview_coach.storage.driver import driver, driver_of
from interview_coach.storage.files import copy_file, remove_leftovers, sync_folder
from interview_coach.storage.header import REFUSED, check_header, newer
from interview_coach.storage.intake import IntakeRepository
from interview_coach.storage.inverse import Inverse, Recording, recorded, take_back
from interview_coach.storage.practice_candidates import PracticeCandidates
from interview_coach.storage.question_texts import QuestionTexts
from interview_coach.storage.questions import QuestionRepository
from interview_coach.storage.references import ReferenceRepository
from interview_coach.storage.saved_searches import SavedSearchRepository
from interview_coach.storage.schedule import ScheduleRepository
from interview_coach.storage.sessions import SessionRepository
from interview_coach.storage.sqlite_errors import expected, told, told_as
from interview_coach.storage.transcripts import TranscriptRepository
from interview_coach.storage.trash import TrashRepository
from interview_coach.storage.turnstile import Turnstile

if TYPE_CHECKING:
    from interview_coach.storage.agenda import AgendaRepository
    from interview_coach.storage.answered import AnsweredRepository
    from interview_coach.storage.archive import ArchiveRepository
    from interview_coach.storage.search import SearchRepository

#: The SQLite that answers here.
SQLITE_VERSION = sqlite3.sqlite_version

#: The folder of the backups, beside the database.
BACKUPS = "backups"

#: The folder of what was set aside, beside the database.
SET_ASIDE = "set-aside"

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

#: How much of the file is held in memory (negative: KiB), and how long the log may grow (pages).
_ROOM = {"cache_size": -65_536, "wal_autocheckpoint": 8_000}

_READING_PRAGMAS = (
    "PRAGMA query_only = on",
    "PRAGMA trusted_schema = off",
    "PRAGMA cell_size_check = on",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = memory",
)

_READING = "interview-coach-reading-"


class UnitOfWork:
    """One transaction, and the repositories that work in it. In a ``read_only`` one nothing can be stored."""

    def __init__(self, session: Session, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self._session = session
        self.transcripts = TranscriptRepository(session)
        self.intake = IntakeRepository(session)
        self.questions = QuestionRepository(session)
        self.sessions = SessionRepository(session)
        self.attempts = AttemptRepository(session)
        self.references = ReferenceRepository(session)
        self.trash = TrashRepository(session)
        self.schedule = ScheduleRepository(session)
        self.by_hand = ByHandRepository(session)
        self.candidates = PracticeCandidates(session)
        self.question_texts = QuestionTexts(session)
        self.saved_searches = SavedSearchRepository(session)

    @property
    def archive(self) -> "ArchiveRepository":
        """All of it as one value, out and in."""
        from interview_coach.storage.archive import ArchiveRepository  # late: not needed to start

        return ArchiveRepository(self._session)

    @property
    def search(self) -> "SearchRepository":
        """What searches ask."""
        from interview_coach.storage.search import SearchRepository  # late: not needed to start

        return SearchRepository(self._session)

    @property
    def agenda(self) -> "AgendaRepository":
        """What a day's practice is planned by."""
        from interview_coach.storage.agenda import AgendaRepository  # late: not needed to start

        return AgendaRepository(self._session)

    @property
    def answered(self) -> "AnsweredRepository":
        """What Progress counts."""
        from interview_coach.storage.answered import AnsweredRepository  # late: not needed to start

        return AnsweredRepository(self._session)

    def recorded(self) -> contextlib.AbstractContextManager[Recording]:
        """Record what is changed while the context is open, so that it can be taken back."""
        return recorded(self._session)

    def take_back(self, inverse: Inverse) -> None:
        """Take a recorded change back; raises CoachError, BAD_INPUT, where something new stands on it."""
        try:
            questions = self.schedule.questions_of(inverse.attempts)
            take_back(self._session, inverse)
            self.schedule.settle({*questions, *self.schedule.questions_of(inverse.attempts)})
        except IntegrityError as error:
            sentence = "It cannot be taken back any more, since something has changed that stands on it."
            raise CoachError(Fault.BAD_INPUT, sentence) from error


class Database:
    """An open database. One connection, one unit of work at a time; other threads wait their turn, first come first.

    ``migrated_from`` is the schema that it was brought up from when it was opened, None where it was the newest.
    """

    def __init__(
        self, path: Path, engine: Engine, backups: Backups, *, read_only: bool = False, copy: Path | None = None
    ) -> None:
        self.path = path
        self.backups = backups
        self.read_only = read_only
        self._engine = engine
        self._copy = copy
        self.migrated_from: int | None = None
        self._turnstile = Turnstile()
        self._copying = threading.Lock()
        self._closed = False
        self._doubtful = False
        self._backed_up_at = -1
        self._backed_up_in = path  # the backup that holds all that was stored after so many changes
        self._file = _identity(path)

    @classmethod
    def open(cls, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Database":
        """Open the database of a claimed data folder, made first where the folder is new, and migrate it.

        Before a migration a verified backup is made. ``now`` dates the backups. Raises CoachError: DAMAGED_DATA
        (missing where there was one, empty, garbage), NOT_OUR_DATA, NEWER_DATA, and what the disk may answer. A
        refused file is left byte for byte as it is.
        """
        backups = Backups(path.parent / BACKUPS, now)
        folders = {path.parent, path.resolve().parent}
        is_link = path.is_symlink()
        path = path.resolve()  # the log of a link lies beside what it points at
        remove_half_made(path)
        for folder in (*folders, backups.folder):
            remove_leftovers(folder)
        if not _is_there(path):
            if is_link or any(holds_remains(folder, path.name) for folder in folders):
                raise _lost(path)
            make_new(path)
        check_header(path)
        engine = _engine(path, "mode=rw", _PRAGMAS, "BEGIN IMMEDIATE")
        try:
            with told(path), contextlib.closing(engine.raw_connection()) as borrowed:
                connection = driver(borrowed.driver_connection)
                version = migrations.schema_version(connection)
                if version > migrations.NEWEST:
                    raise newer(path, version)
                if version < migrations.NEWEST:
                    backups.make(lent(connection), Reason.MIGRATION)
                    migrations.migrate(connection)
                    search_index.follow(connection)
        except BaseException:
            engine.dispose()
            raise
        database = cls(path, engine, backups)
        database.migrated_from = version if version < migrations.NEWEST else None
        try:
            with database.begin() as work:
                work.transcripts.remove_unpublished()
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def open_read_only(cls, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> "Database":
        """Open a database to read alone; nothing in its folder changes, so it works where nothing can be written.

        The file itself is read where it is whole by itself. Where a write-ahead log lies beside it, or its schema is
        an older one, a copy is read, in a private folder that is removed once it is open (by ``close``, where the
        system does not remove what is open). Raises CoachError as ``open`` does.
        """
        if not _is_there(path):
            raise CoachError(Fault.INPUT_MISSING, f"There is no database {path}.", where=str(path))
        backups = Backups(path.parent / BACKUPS, now)
        path = path.resolve()
        log = path.with_name(path.name + "-wal")
        copy = None
        try:
            if log.exists() or check_header(path) < migrations.NEWEST:
                copy = Path(tempfile.mkdtemp(prefix=_READING, dir=_runtime_folder()))
                for file in (path, log):
                    if file.exists():
                        copy_file(file, copy / file.name)
                check_header(copy / path.name, named=path)
                with told(path), contextlib.closing(sqlite3.connect(copy / path.name, isolation_level=None)) as made:
                    migrations.migrate(made)
                    made.execute("PRAGMA journal_mode = delete").close()  # one file by itself
            readable = path if copy is None else copy / path.name
            engine = _engine(readable, "mode=ro&immutable=1", _READING_PRAGMAS, "BEGIN")
            with told(path):
                engine.raw_connection().close()
            if copy is not None:  # open, it can be read without its name, and a kill leaves no copy of the answers
                shutil.rmtree(copy, ignore_errors=True)
        except BaseException as error:
            if copy is not None:
                shutil.rmtree(copy, ignore_errors=True)
            if isinstance(error, OSError):
                raise told_as(error.errno, path, str(error.strerror)) from error
            raise
        return cls(path, engine, backups, read_only=True, copy=copy)

    @contextlib.contextmanager
    def begin(self, *, wherever: bool = False) -> Iterator[UnitOfWork]:
        """Begin a unit of work: it commits at the end, and rolls back on an exception.

        Raises CoachError for what the disk may answer (full, read-only, input/output, damaged), INPUT_MISSING where
        the file was moved, removed or replaced since it was opened, BAD_INPUT for a text that no database can hold,
        and INCONSISTENT_DATA for rows that hold what they must not; the work is then not stored. With ``wherever`` it
        is stored in the open file even so, wherever that is by now, and INPUT_MISSING is raised all the same: for
        what is typed, which may be of use there and must not be called saved.
        """
        with self._turnstile:
            taken_away = self._taken_away()
            if taken_away is not None and not wherever:
                raise taken_away
            try:
                with told(self.path), Session(self._engine, expire_on_commit=False) as session, session.begin():
                    yield UnitOfWork(session, read_only=self.read_only)
                    if not self.read_only:
                        session.flush()
                        search_index.catch_up(driver_of(session))
            except CoachError as error:
                if self.read_only and error.fault is Fault.READ_ONLY:
                    sentence = "The data was opened to read alone, so nothing can be stored."
                    raise CoachError(Fault.OPENED_TO_READ, sentence, where=str(self.path)) from error
                self._note(error)
                raise
            except UnicodeEncodeError as error:  # what was given, not what is stored
                raise CoachError(Fault.BAD_INPUT, "This holds characters that are none in any text.") from error
            except ValueError as error:  # a date, a score or JSON that no program of ours stores
                raise CoachError(
                    Fault.INCONSISTENT_DATA,
                    f"The database {self.path} holds something that cannot be read. “check --repair” mends it.",
                    where=str(self.path),
                ) from error
            if taken_away is not None:
                raise taken_away

    def back_up(self, reason: Reason, target: Path | None = None) -> Backup:
        """Make a verified backup, others getting their turn at the database meanwhile; ``target`` names another file.

        Raises CoachError where it cannot be made; older backups are then as they were.
        """
        changes = -1

        @contextlib.contextmanager
        def source() -> Iterator[sqlite3.Connection]:
            nonlocal changes
            with self.raw() as connection:
                changes = connection.total_changes
                yield connection

        with self._copying:
            self._refuse_if_closed()
            if target is None:
                made = self.backups.make(source, reason, self._let_others_through)
            else:
                created = self.backups.now()
                copy_database(source, target, self._let_others_through)
                return Backup(path=target, created=created, reason=reason, size=target.stat().st_size)
            self._backed_up_at, self._backed_up_in = changes, made.path
        return made

    def back_up_first(self, reason: Reason) -> None:
        """Make sure that a backup holds all that is stored now, before something is changed that cannot be undone.

        One that was put elsewhere, or removed since, does not count. Raises CoachError where it cannot be made; what
        it was for must then not be done.
        """
        with self.raw() as connection:
            current = connection.total_changes == self._backed_up_at and self._backed_up_in.exists()
        if current:
            return
        try:
            self.back_up(reason)
        except CoachError as error:
            sentence = f"Nothing was changed, since the backup before it could not be made. {error}"
            raise CoachError(error.fault, sentence, where=error.where) from error

    def compact(self) -> None:
        """Write the whole file anew and empty the log, so that no byte of what was deleted is left in them."""
        with self.raw() as connection:
            try:
                search_index.build(connection)
                connection.execute("VACUUM").close()
            finally:  # deleted pages are overwritten as it is (secure_delete): the log is what must go in any case
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").close()

    @contextlib.contextmanager
    def with_room(self) -> Iterator[None]:
        """Give SQLite room for the pages that very many rows touch, for as long as they are written.

        The log is folded into the file more rarely, and then for longer: it is for where nobody waits meanwhile.
        """
        with self.raw() as connection:
            usual = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in _ROOM]
            for name, room in _ROOM.items():
                connection.execute(f"PRAGMA {name} = {room}").close()
        try:
            yield
        finally:
            with contextlib.suppress(CoachError), self.raw() as connection:
                for name, value in zip(_ROOM, usual, strict=True):
                    connection.execute(f"PRAGMA {name} = {value}").close()

    @contextlib.contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """Lend the connection, outside a transaction, for what a unit of work cannot: VACUUM, checks, copies."""
        with self._turnstile:
            taken_away = self._taken_away()
            if taken_away is not None:
                raise taken_away
            try:
                with told(self.path), contextlib.closing(self._engine.raw_connection()) as borrowed:
                    yield driver(borrowed.driver_connection)
            except CoachError as error:
                self._note(error)
                raise

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it. Calling it again does nothing.

        A backup that is being made is broken off first: until it ends the file would stay open.
        """
        self._closed = True
        with self._copying, self._turnstile:
            self._engine.dispose()
            if self._copy is not None:
                shutil.rmtree(self._copy, ignore_errors=True)

    def _note(self, error: CoachError) -> None:
        """Remember that the disk failed, so that the next one who comes begins on a connection of its own."""
        if error.fault is Fault.INPUT_OUTPUT and error.where == str(self.path):
            self._doubtful = True

    def _let_others_through(self) -> None:
        self._turnstile.let_others_through()
        self._refuse_if_closed()

    def _refuse_if_closed(self) -> None:
        """Refuse before the pool is asked: it would open the file again, which may be another one by now."""
        if self._closed:
            raise CoachError(Fault.DATA_IN_USE, "It was broken off, since the database is closed.")

    def _taken_away(self) -> CoachError | None:
        """Return what to say where the open file is not the one in the folder: nobody would find what it takes.

        Raises CoachError where the database is closed, or cannot be opened anew after an error of the disk.
        """
        self._refuse_if_closed()
        if self._doubtful:
            self._connect_anew()
        if self.read_only or _identity(self.path) == self._file:
            return None
        sentence = f"The database {self.path} was moved, removed or replaced. Put it back, or start again."
        return CoachError(Fault.INPUT_MISSING, sentence, where=str(self.path))

    def _connect_anew(self) -> None:
        """After an error of the disk: what the old connection believes to be on the disk may not be there."""
        self._engine.dispose()
        self._backed_up_at = -1
        check_header(self.path)
        with told(self.path):
            self._engine.raw_connection().close()
        self._file = _identity(self.path)
        self._doubtful = False


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another of its name; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _engine(path: Path, how: str, pragmas: tuple[str, ...], begin: str) -> Engine:
    # Never a name alone: SQLite would make an empty database where the file, or its whole disk, is gone by then.
    address = f"{path.absolute().as_uri()}?{how}"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, timeout=2.0, check_same_thread=False)
        connection.isolation_level = None  # SQLAlchemy's BEGIN below is the only one; DDL rolls back as well
        try:
            for pragma in pragmas:
                connection.execute(pragma).close()
            if pragmas is _PRAGMAS and migrations.schema_version(connection) == migrations.NEWEST:
                search_index.follow(connection)
        except UnicodeDecodeError as error:  # SQLite quotes what stands in a damaged schema
            connection.close()
            raise CoachError(Fault.DAMAGED_DATA, f"The database {path} is damaged.", where=str(path)) from error
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def make_new(path: Path) -> None:
    """Make an empty database under another name and rename it: a crash leaves a whole one or none."""
    new = half_made(path)
    try:
        os.close(os.open(new, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        with contextlib.closing(sqlite3.connect(new, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = full")
            migrations.migrate(connection)
        new.rename(path)
        sync_folder(path.parent)
    except OSError as error:
        raise told_as(error.errno, path, str(error.strerror)) from error
    except sqlite3.Error as error:
        raise expected(error, path) or error from error


def half_made(path: Path) -> Path:
    """Return the name under which a database is made that takes its own when it is whole."""
    return path.with_name(path.name + ".new")


def remove_half_made(path: Path) -> None:
    """Remove what a crash left of a database that was being made."""
    new = half_made(path)
    for leftover in (new, new.with_name(new.name + "-journal")):
        with contextlib.suppress(FileNotFoundError):
            leftover.unlink()


def holds_remains(folder: Path, name: str) -> bool:
    """Return whether a folder without a database shows that there was one: its log, backups, or what was set aside.

    An empty database is never put in the place of one that is gone.
    """
    log = folder / f"{name}-wal"
    return log.exists() or any(_holds_something(folder / part) for part in (BACKUPS, SET_ASIDE))


def holds_set_aside(folder: Path) -> bool:
    """Return whether a data folder has something that was set aside, or an answer kept in a file, after damage."""
    return _holds_something(folder / SET_ASIDE) or any(folder.glob("unsaved-answer-*.txt"))


def _lost(path: Path) -> CoachError:
    return CoachError(
        Fault.DAMAGED_DATA,
        f"The database {path} is missing, though there was one here. {REFUSED}",
        where=str(path),
    )


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:  # a folder on the way may not be looked into
        raise told_as(error.errno, path, str(error.strerror)) from error


def _holds_something(folder: Path) -> bool:
    try:
        return any(folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError:  # what cannot be looked into may hold something
        return True


def _runtime_folder() -> Path | None:
    """Return the person's folder for what lasts no longer than their session; None for the system's temporary one."""
    named = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(named) if named else None
    return folder if folder is not None and folder.is_dir() and os.access(folder, os.W_OK) else None
