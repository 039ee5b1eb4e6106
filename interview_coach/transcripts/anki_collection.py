"""The notes of an Anki collection, an SQLite database of either of two kinds, read in memory.

Only real tables are read, and no statement of the file's own ever runs: no trigger, no view, no computed column.
"""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

from interview_coach.transcripts.anki_notes import NoteType, note_tags
from interview_coach.transcripts.entries import NoTurns

#: What an SQLite database begins with.
SQLITE = b"SQLite format 3\0"

_LONGEST_VALUE = 50_000_000
#: Objects take many times the memory of the JSON that they are read from.
_LONGEST_JSON = 8_000_000
_LONGEST_FRONT = 65_536
#: How many steps SQLite may take in all, in portions. A note takes about twenty.
_STEPS = 100_000
_MOST_STEPS = 1_000


class Note(NamedTuple):
    """A note as the collection keeps it."""

    note_type: NoteType
    values: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str


def notes_of(content: bytes) -> list[Note]:
    """Return the notes of a collection, those made first before the others. Raises NoTurns, whatever the bytes are."""
    connection = sqlite3.connect(":memory:")
    try:
        return _notes(connection, content)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError, MemoryError):
        # UnicodeDecodeError: what SQLite says of a damaged schema quotes its bytes.
        raise NoTurns("the collection in the Anki package is damaged") from None
    finally:
        connection.close()


def _notes(connection: sqlite3.Connection, content: bytes) -> list[Note]:
    if not content.startswith(SQLITE):
        raise NoTurns("the collection in the Anki package is no SQLite database")
    # A write-ahead log would lie beside the file; in memory there is none, and SQLite refuses to look for it.
    header = bytearray(content[:100])
    header[18:20] = bytes(min(version, 1) for version in header[18:20])
    connection.deserialize(bytes(header) + content[100:])
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    connection.create_collation("unicase", _unicase)
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.execute("PRAGMA trusted_schema = off")
    connection.execute("PRAGMA query_only = on")
    steps = iter(range(_MOST_STEPS))
    connection.set_progress_handler(lambda: next(steps, None) is None, _STEPS)

    tables = _real_tables(connection)
    if "notes" not in tables:
        raise NoTurns("the database in the Anki package has no notes")
    note_types, decks = _old(connection, tables)
    note_types |= _new_note_types(connection, tables)
    decks |= _new_decks(connection, tables)
    deck_of: dict[object, object] = {}
    if "cards" in tables:
        for note, deck, home in connection.execute("SELECT nid, did, odid FROM cards ORDER BY id"):
            deck_of.setdefault(note, home or deck)
    return [
        Note(
            note_types.get(kind, NoteType()),
            tuple(_text(fields).replace("\r\n", "\n").split("\x1f")),
            note_tags(_text(tags)),
            decks.get(deck_of.get(note), ""),
        )
        for note, kind, tags, fields in connection.execute("SELECT id, mid, tags, flds FROM notes ORDER BY id")
    ]


def _real_tables(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names of the tables that only hold what was stored in them."""
    listed = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    named = {_text(name) for name, sql in listed if not _is_virtual().match(_text(sql))}
    wanted = named & {"col", "notes", "cards", "notetypes", "fields", "templates", "decks"}
    for table in wanted:
        columns = connection.execute("SELECT hidden FROM pragma_table_xinfo(?)", (table,))
        if any(hidden for (hidden,) in columns):
            raise NoTurns("the database in the Anki package computes its columns, which Anki's own do not")
    return frozenset(wanted)


@cache
def _is_virtual() -> re.Pattern[str]:
    return re.compile(r"\s*CREATE\s+VIRTUAL\b", re.IGNORECASE)


def _old(connection: sqlite3.Connection, tables: Iterable[str]) -> tuple[dict[object, NoteType], dict[object, str]]:
    """Return note types and decks as one row of JSON holds them, up to Anki 2.1.27 and in packages for it."""
    note_types: dict[object, NoteType] = {}
    decks: dict[object, str] = {}
    if "col" in tables and (row := connection.execute("SELECT models, decks FROM col LIMIT 1").fetchone()):
        for key, model in _values(row[0]):
            if not isinstance(model, Mapping):
                continue
            fields = tuple(_text(_under(field, "name")) for field in _listed(model.get("flds")))
            fronts = [_text(_under(template, "qfmt")) for template in _listed(model.get("tmpls"))]
            note_types[key] = NoteType(
                _text(model.get("name")), fields, _asked(fronts[0] if fronts else "", fields), model.get("type") == 1
            )
        decks = {key: _text(_under(deck, "name")) for key, deck in _values(row[1])}
    return note_types, decks


def _new_note_types(connection: sqlite3.Connection, tables: Iterable[str]) -> dict[object, NoteType]:
    """Return note types as tables of their own hold them."""
    if not {"notetypes", "fields"} <= set(tables):
        return {}
    fields: dict[object, list[tuple[int, str]]] = {}
    for kind, place, name in connection.execute("SELECT ntid, ord, name FROM fields"):
        fields.setdefault(kind, []).append((place if isinstance(place, int) else 0, _text(name)))
    fronts: dict[object, str] = {}
    if "templates" in tables:
        for kind, place, config in connection.execute("SELECT ntid, ord, config FROM templates"):
            if place == 0:
                fronts[kind] = _first_string(config)
    found: dict[object, NoteType] = {}
    for kind, name, config in connection.execute("SELECT id, name, config FROM notetypes"):
        names = tuple(name for _, name in sorted(fields.get(kind, [])))
        is_cloze = isinstance(config, bytes) and config.startswith(b"\x08\x01")
        found[kind] = NoteType(_text(name), names, _asked(fronts.get(kind, ""), names), is_cloze)
    return found


def _new_decks(connection: sqlite3.Connection, tables: Iterable[str]) -> dict[object, str]:
    if "decks" not in tables:
        return {}
    return {deck: _text(name) for deck, name in connection.execute("SELECT id, name FROM decks")}


def _asked(front: str, fields: Iterable[str]) -> str | None:
    """Return the first field that a card's front shows."""
    known = {name.strip() for name in fields}
    for named in _field_in_template().finditer(front[:_LONGEST_FRONT]):
        name: str = named[1].rpartition(":")[2].strip()
        if name in known:
            return name
    return None


@cache
def _field_in_template() -> re.Pattern[str]:
    return re.compile(r"\{\{([^#^/{}][^{}]{0,200})\}\}")


def _first_string(config: object) -> str:
    """Return the first text in a template's settings, a protocol buffer: what the front of its card looks like."""
    if not isinstance(config, bytes) or config[:1] != b"\x0a":
        return ""
    length = shift = 0
    for at, byte in enumerate(config[1:6], start=2):
        length |= (byte & 0x7F) << shift
        shift += 7
        if not byte & 0x80:
            return config[at : at + length].decode("utf-8", "replace")
    return ""


def _values(written: object) -> Iterator[tuple[int, object]]:
    """Yield what a JSON object holds under numbers; nothing where it can't be read."""
    if not isinstance(written, str) or len(written) > _LONGEST_JSON:
        return
    try:
        read = json.loads(written)
    except (ValueError, RecursionError):
        return
    if isinstance(read, dict):
        for key, value in read.items():
            if key.isascii() and key.isdigit() and len(key) < 20:
                yield int(key), value


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _under(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, Mapping) else None


def _text(value: object) -> str:
    """Return a value that should be text as text that can be written again."""
    return _half_pair().sub("\ufffd", value) if isinstance(value, str) else ""


@cache
def _half_pair() -> re.Pattern[str]:
    return re.compile("[\ud800-\udfff]")


def _unicase(one: str, other: str) -> int:
    """Compare as Anki's own collation does, as far as anybody can tell from a file that is only read."""
    folded, against = one.casefold(), other.casefold()
    return (folded > against) - (folded < against)
