"""What can still be read of a damaged database: its pages one by one, without SQLite, and without a byte written.

SQLite stops at the first page that does not fit. Here each table is followed from its root as far as that goes, and
what hangs on a page that is gone is found by looking at every page left over: rows of our tables tell by their shape
where they belong. The format is https://www.sqlite.org/fileformat2.html.
"""

import contextlib
import re
import sqlite3
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from interview_coach.storage import migrations
from interview_coach.storage.search_index import SOURCES
from interview_coach.storage.sqlite_errors import told_as

#: What a cell of a row holds. A text that is no UTF-8 keeps its bytes as lone surrogates ("surrogateescape").
Cell = int | float | str | bytes | None

_PAGE_SIZE = 4096  # of every database that we make
_TABLE_LEAF, _TABLE_INTERIOR = 13, 5
_MOST_COLUMNS = 200
_LONGEST_ROW = 64 * 1024 * 1024
_HALF_CHARACTERS = "".join(map(chr, range(0xDC80, 0xDD00)))
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Salvage:
    """The rows that could be read, by table, in the order of their numbers; and what could not.

    ``unreadable`` counts by table the pages and rows that are lost, or of which only a part was there; under "" those
    of which it cannot be told to which table they belonged.
    """

    tables: Mapping[str, list[dict[str, Cell]]]
    unreadable: Mapping[str, int]


def salvage(database: Path) -> Salvage:
    """Read what can be read of a database file and the write-ahead log beside it; neither is changed.

    Damage is never an error. Raises CoachError where the file cannot be opened at all.
    """
    log = database.with_name(database.name + "-wal")
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(database.open("rb"))
            pages = _Pages(file, stack.enter_context(log.open("rb")) if log.exists() else None)
        except OSError as error:
            raise told_as(error.errno, database, str(error.strerror)) from error
        return _Reader(pages).read()


class _Pages:
    """The pages of a database, numbered from 1, with what a write-ahead log has committed over them."""

    def __init__(self, file: BinaryIO, log: BinaryIO | None) -> None:
        self._file = file
        self._log = log
        self.size = _page_size(_read(file, 0, 100))
        self._newer: dict[int, int] = {}  # page → where it stands in the log
        count = -(-file.seek(0, 2) // self.size)
        committed = 0 if log is None else self._read_log(log)
        self.count = committed or count  # what stands behind the end by the log was deleted

    def get(self, number: int) -> bytes | None:
        """Return a page; None where it is not there, or the disk does not give it."""
        if not 1 <= number <= self.count:
            return None
        if self._log is not None and number in self._newer:
            page = _read(self._log, self._newer[number], self.size)
        else:
            page = _read(self._file, (number - 1) * self.size, self.size)
        return page if len(page) == self.size else None

    def _read_log(self, log: BinaryIO) -> int:
        """Note what the log's whole transactions hold; return how many pages the database has by it."""
        head = _read(log, 0, 32)
        if len(head) < 32:
            return 0
        magic, _, size, _, *salt = struct.unpack(">6I", head[:24])
        order = {0x377F0682: "<", 0x377F0683: ">"}.get(magic)
        if order is None or size != self.size:
            return 0
        sums = _checksum(order, head[:24], (0, 0))
        if sums != struct.unpack(">2I", head[24:32]):
            return 0
        count, position, pending = 0, 32, {}
        while len(frame := _read(log, position, 24 + size)) == 24 + size:
            number, committed, *mark = struct.unpack(">4I", frame[:16])
            sums = _checksum(order, frame[24:], _checksum(order, frame[:8], sums))
            if mark != salt or sums != struct.unpack(">2I", frame[16:24]) or not number:
                break
            pending[number] = position + 24
            if committed:
                self._newer.update(pending)
                pending.clear()
                count = committed
            position += 24 + size
        return count


def _page_size(head: bytes) -> int:
    if head.startswith(b"SQLite format 3\0") and len(head) >= 18:
        (size,) = struct.unpack(">H", head[16:18])
        size = 65536 if size == 1 else size
        if 512 <= size <= 65536 and size & (size - 1) == 0:
            return int(size)
    return _PAGE_SIZE


def _read(file: BinaryIO, position: int, length: int) -> bytes:
    try:
        file.seek(position)
        return file.read(length)
    except OSError:  # a block of the disk that does not answer
        return b""


def _checksum(order: str, content: bytes, sums: tuple[int, int]) -> tuple[int, int]:
    first, second = sums
    words = struct.unpack(f"{order}{len(content) // 4}I", content)
    for even, odd in zip(words[::2], words[1::2], strict=True):
        first = (first + even + second) & 0xFFFFFFFF
        second = (second + odd + first) & 0xFFFFFFFF
    return first, second


class _UnreadableError(Exception):
    """What stands here is no row, or no page of rows."""


@dataclass
class _Row:
    number: int
    cells: list[Cell]
    whole: bool


@dataclass(frozen=True)
class _Column:
    name: str
    kind: str
    required: bool
    otherwise: Cell
    is_number: bool  # it is the row's own number, and stands in the row as NULL
    is_later: bool  # the table had none at first: a row may be without


@dataclass
class _Table:
    name: str
    columns: list[_Column]
    rows: dict[int, _Row] = field(default_factory=dict)
    lost: int = 0


class _Reader:
    def __init__(self, pages: _Pages) -> None:
        self._pages = pages
        self._seen: set[int] = set()
        self._tables = {name: _Table(name, columns) for name, columns in _known_columns().items()}
        self._lost_anywhere = 0

    def read(self) -> Salvage:
        schema = _Table("", [])
        self._follow(schema, 1)
        roots: dict[str, int] = {}
        for row in schema.rows.values():
            kind, name, _, root, *_ = [*row.cells, None, None, None, None]
            if kind == "table" and isinstance(name, str) and name in self._tables and isinstance(root, int):
                roots[name] = root
        for name, root in roots.items():
            self._follow(self._tables[name], root)
        self._lost_anywhere += schema.lost
        if schema.lost or len(roots) < len(self._tables) or any(table.lost for table in self._tables.values()):
            self._look_at_the_rest()
        return Salvage(
            tables={table.name: [_named(table, row) for _, row in sorted(table.rows.items())] for table in self._all()},
            unreadable={table.name: table.lost for table in self._all() if table.lost}
            | ({"": self._lost_anywhere} if self._lost_anywhere else {}),
        )

    def _all(self) -> list[_Table]:
        return list(self._tables.values())

    def _follow(self, table: _Table, root: int) -> None:
        """Read a table from its root on, past whatever cannot be read."""
        waiting = [root]
        while waiting:
            number = waiting.pop()
            if number in self._seen:  # a page that two others claim is read once
                table.lost += 1
                continue
            page = self._pages.get(number)
            try:
                if page is None:
                    raise _UnreadableError
                kind, cells = _cells(page, number)
            except _UnreadableError:
                table.lost += 1
                continue
            self._seen.add(number)
            if kind == _TABLE_INTERIOR:
                start = 100 if number == 1 else 0
                children = [struct.unpack(">I", page[cell : cell + 4])[0] for cell in cells if cell + 4 <= len(page)]
                waiting += [struct.unpack(">I", page[start + 8 : start + 12])[0], *reversed(children)]
            else:
                self._take(table, page, cells)

    def _take(self, table: _Table, page: bytes, cells: list[int]) -> None:
        for cell in cells:
            try:
                row = self._row(page, cell)
            except _UnreadableError:
                table.lost += 1
                continue
            if row.number in table.rows:
                continue
            table.rows[row.number] = row
            table.lost += not row.whole

    def _look_at_the_rest(self) -> None:
        """Look at every page that hangs on none: rows of our tables are known by their shape."""
        for number in range(1, self._pages.count + 1):
            page = None if number in self._seen else self._pages.get(number)
            if page is None:
                continue
            try:
                kind, cells = _cells(page, number)
            except _UnreadableError:
                continue
            if kind != _TABLE_LEAF:
                continue
            for cell in cells:
                with contextlib.suppress(_UnreadableError):
                    row = self._row(page, cell)
                    fitting = [table for table in self._all() if _fits(table, row)]
                    if len(fitting) == 1 and row.number not in fitting[0].rows:
                        fitting[0].rows[row.number] = row
                        fitting[0].lost += not row.whole

    def _row(self, page: bytes, cell: int) -> _Row:
        """Return the row of a leaf's cell; where a page that its end stands on is gone, what is there of it."""
        if cell < 8:
            raise _UnreadableError
        length, start = _varint(page, cell)
        number, start = _varint(page, start)
        number = number - 2**64 if number >= 2**63 else number
        usable = len(page)
        most = usable - 35
        if not 0 < length <= _LONGEST_ROW:
            raise _UnreadableError
        if length <= most:
            payload, whole = page[start : start + length], start + length <= usable
            if not whole:
                raise _UnreadableError
        else:
            least = (usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (usable - 4)
            local = local if local <= most else least
            if start + local + 4 > usable:
                raise _UnreadableError
            (follow,) = struct.unpack(">I", page[start + local : start + local + 4])
            payload, whole = self._overflow(page[start : start + local], length, follow)
        cells = _record(payload, length)
        return _Row(number, cells, whole)

    def _overflow(self, begun: bytes, length: int, follow: int) -> tuple[bytes, bool]:
        parts, have = [begun], len(begun)
        visited = set()
        while have < length:
            page = self._pages.get(follow)
            if page is None or follow in visited:
                return b"".join(parts), False
            visited.add(follow)
            (follow,) = struct.unpack(">I", page[:4])
            part = page[4 : 4 + length - have]
            have += len(part)
            if not (1 <= follow <= self._pages.count if have < length else follow == 0):
                return b"".join(parts), False  # something else stands there by now
            parts.append(part)
        return b"".join(parts), True


def _cells(page: bytes, number: int) -> tuple[int, list[int]]:
    """Return what kind of table page this is, and where its cells begin."""
    start = 100 if number == 1 else 0
    kind = page[start]
    if kind not in (_TABLE_LEAF, _TABLE_INTERIOR):
        raise _UnreadableError
    (count,) = struct.unpack(">H", page[start + 3 : start + 5])
    pointers = start + (8 if kind == _TABLE_LEAF else 12)
    if pointers + 2 * count > len(page):
        raise _UnreadableError
    return kind, list(struct.unpack(f">{count}H", page[pointers : pointers + 2 * count]))


def _varint(page: bytes, position: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        if position >= len(page):
            raise _UnreadableError
        byte = page[position]
        position += 1
        if place == 8:
            return value << 8 | byte, position
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            break
    return value, position


def _record(payload: bytes, length: int) -> list[Cell]:
    """Return the cells of a record; those that begin behind what is there of it are None, a text may be cut."""
    head, position = _varint(payload, 0)
    if not position <= head <= length or head > len(payload):
        raise _UnreadableError
    kinds = []
    while position < head:
        kind, position = _varint(payload, position)
        kinds.append(kind)
    sizes = [_size(kind) for kind in kinds]
    if position != head or len(kinds) > _MOST_COLUMNS or head + sum(sizes) != length:
        raise _UnreadableError
    cells: list[Cell] = []
    for kind, size in zip(kinds, sizes, strict=True):
        content = payload[position : position + size]
        cells.append(_cell(kind, content, size))
        position += size
    return cells


def _size(kind: int) -> int:
    if kind in (10, 11):  # never in a file
        raise _UnreadableError
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind] if kind < 10 else (kind - 12) // 2


def _cell(kind: int, content: bytes, size: int) -> Cell:
    if kind >= 12 and kind % 2:
        text = content.decode("utf-8", "surrogateescape")
        return text if len(content) == size else text.rstrip(_HALF_CHARACTERS)
    if kind >= 12:
        return content
    if kind in (8, 9):
        return kind - 8
    if kind == 0 or len(content) < size:
        return None
    if kind == 7:
        return float(struct.unpack(">d", content)[0])
    return int.from_bytes(content, "big", signed=True)


def _known_columns() -> dict[str, list[_Column]]:
    """Return the columns of our tables at the newest schema; older ones have the first of them."""
    at_first: dict[str, int] = {}
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for version in range(1, migrations.NEWEST + 1):
            migrations.migrate(connection, version)
            columns = {
                name: list(_columns(connection, name, at_first.get(name)))
                for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
                if not name.startswith(("sqlite_", *(source.search for source in SOURCES)))
            }
            at_first = {name: len(had) for name, had in columns.items()} | at_first
    return columns


def _columns(connection: sqlite3.Connection, table: str, at_first: int | None) -> Iterator[_Column]:
    described = connection.execute(f"PRAGMA table_info({table})").fetchall()
    keys = sum(bool(column[5]) for column in described)
    for position, name, kind, required, otherwise, key in described:
        value = None if otherwise is None else connection.execute(f"SELECT {otherwise}").fetchone()[0]
        is_number = bool(key) and keys == 1 and kind == "INTEGER"
        yield _Column(name, kind, bool(required), value, is_number, at_first is not None and position >= at_first)


def _named(table: _Table, row: _Row) -> dict[str, Cell]:
    named: dict[str, Cell] = {}
    for position, column in enumerate(table.columns):
        if column.is_number:
            named[column.name] = row.number
        else:
            named[column.name] = row.cells[position] if position < len(row.cells) else column.otherwise
    return named


def _fits(table: _Table, row: _Row) -> bool:
    """Return whether a row may be one of a table's; one that is cut has no types to tell it by behind the cut."""
    if len(row.cells) > len(table.columns):
        return False
    for position, column in enumerate(table.columns):
        if position >= len(row.cells):
            if not column.is_later:
                return False
        elif not _suits(column, row.cells[position], row.whole):
            return False
    return True


def _suits(column: _Column, cell: Cell, whole: bool) -> bool:
    if column.is_number:
        return cell is None
    if cell is None:
        return not column.required or not whole
    if column.kind in ("DATETIME", "DATE"):
        return isinstance(cell, str) and _DATE.match(cell) is not None
    if column.kind == "BOOLEAN":
        return cell in (0, 1)
    if column.kind == "INTEGER":
        return isinstance(cell, int)
    if column.kind == "REAL":
        return isinstance(cell, int | float)
    return isinstance(cell, str | bytes)
