"""Check database: looks for what no row may be, and makes right what can be made right.

The constraints of the schema keep the laws while the program writes; what another program, a bad disk or an older
mistake left is found here. Repair takes nothing away that was typed: what belongs nowhere gets a place made for it.
"""

import contextlib
import json
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Iterator, Set
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy.dialects import sqlite

from interview_coach.domain.flaws import Flaw, FlawKind
from interview_coach.domain.models import Criterion
from interview_coach.storage.laws import LAWS, TABLES, Law
from interview_coach.storage.moments import Day, Moment, written
from interview_coach.storage.pages import Damage, table_damage
from interview_coach.storage.search_index import SOURCES, build, is_in_step

_GOAL_SECONDS = 0.008
_FIRST_SLICE = 500
_ROUNDS = 8

_INDEXES = {source.search: source for source in SOURCES}
_LAWS_OF = {table: [law for law in LAWS if law.table == table] for table in TABLES}
_CRITERIA = [criterion.value for criterion in Criterion]
_DIALECT = sqlite.dialect()
_READ_DAY = Day().result_processor(_DIALECT, None)
_READ_MOMENT = Moment().result_processor(_DIALECT, None)


class Examination:
    """Looks through a database in slices of a few milliseconds, so that whoever else has something to store can."""

    def __init__(self, *, lent: bool = False) -> None:
        self._lent = lent  # whether the connection has what SQL cannot say by itself
        self._found: dict[FlawKind, Flaw] = {}
        self.broken: set[Law] = set()
        self._left = deque((*TABLES, *_INDEXES))
        self._next: int | None = None  # the row to go on with; None where the table's pages come first
        self._rows = _FIRST_SLICE

    @property
    def done(self) -> bool:
        """Whether all was looked at."""
        return not self._left

    @property
    def flaws(self) -> tuple[Flaw, ...]:
        """What was found so far, in the order of the kinds."""
        return tuple(self._found[kind] for kind in FlawKind if kind in self._found)

    def go_on(self, connection: sqlite3.Connection) -> None:
        """Look at the next slice: one table's pages, or some of its rows. The connection is in no transaction."""
        if not self._lent:
            _lend_functions(connection)
        table = self._left[0]
        try:
            if table in _INDEXES:
                more = self._look_at_search(connection, table)
            elif self._next is None:
                more = self._look_at_pages(connection, table)
            else:
                more = self._look_at_rows(connection, table)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._note(FlawKind.PAGES_DAMAGED, 1, None)
            more = False
        if not more:
            self._left.popleft()
            self._next = None
            self._rows = _FIRST_SLICE

    def _look_at_pages(self, connection: sqlite3.Connection, table: str) -> bool:
        """Look at a table's pages and indexes; return whether its rows can be looked at."""
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)).fetchone()
        damage = Damage(pages=1) if there is None else table_damage(connection, table)
        if damage.pages:
            self._note(FlawKind.PAGES_DAMAGED, damage.pages, None)
        if damage.indexes:
            self._note(FlawKind.INDEX_DAMAGED, len(damage.indexes), None)
        self._next = -(2**63)
        return there is not None

    def _look_at_search(self, connection: sqlite3.Connection, index: str) -> bool:
        """Look whether the full-text index knows the texts that are there; there is no more to look at."""
        there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (index,)).fetchone()
        if there is None:
            self._note(FlawKind.PAGES_DAMAGED, 1, None)
        elif not is_in_step(connection, _INDEXES[index]):
            self._note(FlawKind.INDEX_DAMAGED, 1, None)
        return False

    def _look_at_rows(self, connection: sqlite3.Connection, table: str) -> bool:
        """Look at the next rows; return whether there may be more."""
        laws = _LAWS_OF[table]
        begun = time.perf_counter()
        last = connection.execute(
            f'SELECT max(rowid) FROM (SELECT rowid FROM "{table}" WHERE rowid >= ? ORDER BY rowid LIMIT ?)',  # noqa: S608
            (self._next, self._rows),
        ).fetchone()[0]
        if last is None:
            return False
        conditions = [f"coalesce(({law.wrong}), 0)" for law in laws]
        flawed = connection.execute(
            f'SELECT rowid, {", ".join(conditions)} FROM "{table}" '  # noqa: S608  (our own laws)
            f"WHERE rowid BETWEEN ? AND ? AND ({' OR '.join(conditions)}) ORDER BY rowid",
            (self._next, last),
        )
        for rowid, *verdicts in flawed:
            for law, verdict in zip(laws, verdicts, strict=True):
                if verdict:
                    self.broken.add(law)
                    self._note(law.kind, 1, rowid)
        self._next = last + 1
        took = time.perf_counter() - begun
        self._rows = max(50, int(self._rows * min(2.0, max(0.25, _GOAL_SECONDS / max(took, 1e-6)))))
        return bool(last < 2**63 - 1)

    def _note(self, kind: FlawKind, rows: int, example: int | None) -> None:
        before = self._found.get(kind)
        if before is not None:
            rows, example = before.rows + rows, before.example if before.example is not None else example
        self._found[kind] = Flaw(kind=kind, rows=rows, example=example)


def examine(connection: sqlite3.Connection) -> tuple[Flaw, ...]:
    """Look at all of a database in one go, and return what is wrong in it; nothing is changed."""
    return _examined(connection).flaws


def _examined(connection: sqlite3.Connection, *, lent: bool = False) -> Examination:
    examination = Examination(lent=lent)
    while not examination.done:
        examination.go_on(connection)
    return examination


def repair(connection: sqlite3.Connection, now: datetime) -> tuple[Flaw, ...]:
    """Make right what can be made right, in one transaction; return what was.

    ``now`` dates what has no date left that could be read. Where pages are damaged nothing is changed, since writing
    to such a file may make it worse. The connection is in no transaction. Raises sqlite3.Error where the disk
    refuses; all is then as it was.
    """
    first = examination = _examined(connection)
    if any(flaw.kind is FlawKind.PAGES_DAMAGED for flaw in first.flaws):
        return ()
    with _unguarded(connection):
        connection.execute("BEGIN IMMEDIATE")
        try:
            _lend_functions(connection, now)
            for _ in range(_ROUNDS):  # what is made right may show what stood behind it
                if not examination.flaws:
                    break
                _mend(connection, examination.broken)
                examination = _examined(connection, lent=True)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise RuntimeError(f"the repair leaves rows of {broken[0]} without their parent")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    left = {flaw.kind for flaw in examination.flaws}
    return tuple(flaw for flaw in first.flaws if flaw.kind not in left)


@contextlib.contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Let rows be changed that are wrong in more than one way, and whose entries in an index are missing."""
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute("PRAGMA ignore_check_constraints = on")
    connection.execute("PRAGMA writable_schema = on")  # an entry that an index should have and has not is no error then
    try:
        yield
    finally:
        connection.execute("PRAGMA writable_schema = off")
        connection.execute("PRAGMA ignore_check_constraints = off")
        connection.execute("PRAGMA foreign_keys = on")


def _mend(connection: sqlite3.Connection, broken: Set[Law]) -> None:
    for table in TABLES:
        _make_indexes_anew(connection, table)
    for law in LAWS:
        if law not in broken:
            continue
        query = f'SELECT rowid FROM "{law.table}" WHERE {law.wrong} ORDER BY rowid'  # noqa: S608  (our own laws)
        wrong = [rowid for (rowid,) in connection.execute(query)]
        for step in law.mend:
            if isinstance(step, str):
                connection.execute(step.replace("{wrong}", f"({law.wrong})"))
            else:
                step(connection, wrong)
    for table in TABLES:
        _make_indexes_anew(connection, table)
    build(connection)  # a repair is no unit of work, which would keep the full-text index in step


def _make_indexes_anew(connection: sqlite3.Connection, table: str) -> None:
    for index in table_damage(connection, table).indexes:
        connection.execute("SAVEPOINT anew")
        try:
            connection.execute(f'REINDEX "{index}"')
        except sqlite3.IntegrityError:  # rows are the same that must not be; their own laws come first
            connection.execute("ROLLBACK TO anew")
        connection.execute("RELEASE anew")


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


# What SQL cannot say by itself


def _lend_functions(connection: sqlite3.Connection, now: datetime | None = None) -> None:
    """Lend SQL what it needs. Texts are given as bytes: SQLite calls nothing with a text that is no UTF-8."""
    functions: list[tuple[str, int, Callable[..., str | bool | None]]] = [
        ("unreadable_text", -1, _unreadable_text),
        ("unreadable_moment", -1, lambda *given: any(one is not None and _moment(one) is None for one in given)),
        ("unreadable_day", -1, lambda *given: any(one is not None and _day(one) is None for one in given)),
        ("unreadable_note", 1, _unreadable_note),
    ]
    if now is not None:
        functions += [
            ("as_text", 1, lambda content: None if content is None else content.decode("utf-8", "backslashreplace")),
            ("nearest_moment", -1, lambda *given: written(next((r for g in given if (r := _moment(g))), now))),
            ("new_uid", 0, lambda: str(uuid4())),
        ]
    for name, arguments, function in functions:
        connection.create_function(name, arguments, function)


def _unreadable_text(*texts: bytes | None) -> bool:
    """Return whether one of these texts, given as bytes, is no UTF-8."""
    for text in texts:
        if text is not None:
            try:
                text.decode()
            except UnicodeDecodeError:
                return True
    return False


def _moment(given: bytes | None) -> datetime | None:
    """Return a moment as it is read from a row, None where it cannot be."""
    try:
        return None if given is None else _READ_MOMENT(given.decode())
    except ValueError:
        return None


def _day(given: bytes) -> date | None:
    try:
        return _READ_DAY(given.decode())
    except ValueError:
        return None


def _unreadable_note(note: bytes | None) -> bool:
    """Return whether a turn's note about unreadable scores is not the list of pairs that it must be."""
    if note is None:
        return False
    try:
        pairs = json.loads(note.decode())
    except (ValueError, RecursionError):
        return True
    return not isinstance(pairs, list) or not all(
        isinstance(pair, list) and len(pair) == 2 and pair[0] in _CRITERIA and isinstance(pair[1], str)
        for pair in pairs
    )
