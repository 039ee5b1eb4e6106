"""Anki's export as plain text: lines ``#separator:tab``, ``#html:true`` …, then one note, or one card, a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts.anki_notes import Left, NoteType, common_deck, deck_tags, entry_of, note_tags, told
from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.source import Source

_SEPARATORS = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "space": " ", "pipe": "|", "colon": ":"}
#: Columns that hold no field of the note.
_COLUMNS = ("guid", "notetype", "deck", "tags")
#: Names that a first row has which is no note but says what the columns are.
_FIRST_ROW = frozenset(("front", "question", "back", "answer"))
#: How many rows are looked at to find out how the file separates its columns, where it does not say so.
_ROWS_TRIED = 50
_REMARK = "a line that begins with # and has one column, a remark for Anki: left out"


def likeness(source: Source) -> Likeness | None:
    """Return whether the file begins with the lines that Anki writes above an export."""
    head = _head(source.sample)
    if head.is_ankis:
        return Likeness(0.95, f"it begins with Anki's own lines, such as “{head.shown}”")
    if head.keys and "\t" in source.sample[head.end :].partition("\n")[0]:
        return Likeness(0.8, f"it begins with “{head.shown}”, as files for Anki do, and goes on in columns")
    return None


def read(source: Source, *, interviewer: str | None = None) -> Found:  # noqa: ARG001 (nobody speaks in a deck)
    """Read the notes of an export. Raises NoTurns and UnreadableText."""
    text = source.text
    head = _head(text)
    if not text[head.end :].strip():
        raise NoTurns("there is no note in the file")
    separator = head.separator or _likely_separator(text, head)
    rows = _rows(text, head.end, head.lines + 1, separator)
    entries: list[Entry] = []
    left: list[tuple[int, str]] = []
    problems: list[Problem] = list(source.text_problems)
    decks: set[str] = set()
    columns = _Columns(head, head.names(separator))
    named = "columns" in head.values
    for row in rows:
        if row.fields[0].startswith("#") and not any(row.fields[1:]):
            left.append((row.line, _REMARK))
            continue
        if not entries and not named and _names_columns(row.fields):
            columns, named = _Columns(head, row.fields), True
            continue
        note = columns.note(row)
        decks.add(note.deck)
        found = entry_of(note.note_type, note.values, html=head.html, tags=note.tags, line=row.line)
        if isinstance(found, Left):
            left.append((row.line, found.reason))
        else:
            entries.append(found)
    if not entries:
        raise NoTurns("no note in the file asks anything")
    problems += told(left)
    return Found(tuple(entries), tuple(sorted(problems, key=lambda problem: problem.line)), title=common_deck(decks))


@dataclass
class _Head:
    """What the lines above the rows say."""

    end: int = 0
    lines: int = 0
    shown: str = ""
    values: dict[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> set[str]:
        return set(self.values)

    @property
    def is_ankis(self) -> bool:
        own = {"separator", "html", "columns", *(f"{name} column" for name in _COLUMNS)}
        return not own.isdisjoint(self.values)

    @property
    def separator(self) -> str | None:
        said = self.values.get("separator", "")
        return _SEPARATORS.get(said.casefold()) or (said if len(said) == 1 and said in ",;|:~^" else None)

    @property
    def html(self) -> bool:
        return self.values.get("html", "true").casefold() != "false"

    def column(self, name: str) -> int | None:
        """Return the place of a column that holds no field, from 0."""
        said = self.values.get(f"{name} column", "")
        return int(said) - 1 if said.isascii() and said.isdigit() and 0 < len(said) < 6 and int(said) else None

    def names(self, separator: str) -> tuple[str, ...]:
        """Return the names of the columns, where the file says them: between separators, or else between blanks."""
        said = self.values.get("columns", "")
        if not said:
            return ()
        parts = said.split(separator)
        if len(parts) == 1:
            parts = said.split("\t") if "\t" in said else said.split(",") if "," in said else said.split()
        return tuple(part.strip().strip('"') for part in parts)


class _Row(NamedTuple):
    line: int
    fields: tuple[str, ...]


class _Note(NamedTuple):
    note_type: NoteType
    values: tuple[str, ...]
    tags: tuple[str, ...]
    deck: str


class _Columns:
    """Sorts the columns of a row into fields of its note and what is said about the note."""

    def __init__(self, head: _Head, names: Sequence[str]) -> None:
        self._names = names
        self._said = {name: place for name in _COLUMNS if (place := head.column(name)) is not None}
        for place, name in enumerate(names):
            if name.casefold() in _COLUMNS:
                self._said.setdefault(name.casefold(), place)
        self._deck = head.values.get("deck", "")
        self._tags = note_tags(head.values.get("tags", ""))
        self._kind = head.values.get("notetype", "")
        self._lay_out(0)

    def note(self, row: _Row) -> _Note:
        """Return the note of a row."""
        if len(row.fields) != self._length:
            self._lay_out(len(row.fields))
        said = {name: row.fields[place] for name, place in self._said.items() if place < self._length}
        deck = said.get("deck") or self._deck
        tags = (*deck_tags(deck), *self._tags, *note_tags(said.get("tags", "").removeprefix("tags:")))
        note_type = NoteType(said.get("notetype") or self._kind, self._fields)
        return _Note(note_type, tuple([row.fields[place] for place in self._places]), tags, deck)

    def _lay_out(self, length: int) -> None:
        """Find out which columns of rows of a length are fields, and what they are called."""
        self._length = length
        apart = {*self._said.values(), *(at for at, name in enumerate(self._names) if name.casefold() in _COLUMNS)}
        self._places = [place for place in range(length) if place not in apart]
        if self._names:
            self._fields = tuple(self._names[place] for place in self._places if place < len(self._names))
        else:
            self._fields = ("Front", "Back")[: len(self._places)]


def _names_columns(fields: Sequence[str]) -> bool:
    names = [name.strip().casefold() for name in fields]
    return len(names) > 1 and len(_FIRST_ROW.intersection(names)) > 1


def _head(text: str) -> _Head:
    """Return what stands above the first row."""
    head = _Head()
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        # Where a spreadsheet has had the file, its lines are quoted and end in empty columns.
        line = text[at:end].strip().rstrip("\t,;")
        if line:
            found = _heading().fullmatch(line)
            if found is not None:
                key = " ".join(found[1].split()).casefold()
                said = found[2].strip().rstrip('"')
                # "#separator:;" says it with the sign itself, which then stands last.
                head.values.setdefault(key, text[end - 1] if key == "separator" and not said else said)
                head.shown = head.shown or line[:40].strip('"')
            elif not _is_remark(line, head.separator or "\t"):
                break
        at = end + 1
        head.lines += 1
        head.end = min(at, len(text))
    return head


@cache
def _heading() -> re.Pattern[str]:
    names = r"separator|html|columns|tags|deck|notetype|guid|if[ ]?matches|(?:[a-z]{1,20}[ ]){1,3}column"
    return re.compile(rf'"?#[ ]?({names})[ ]?:([^\n]*)', re.IGNORECASE)


def _is_remark(line: str, separator: str) -> bool:
    """Return whether a line is one that Anki passes over: it begins with # and has one column, or reads "# this"."""
    return line.startswith(("# ", '"# ')) or (line.startswith(("#", '"#')) and separator not in line)


def _likely_separator(text: str, head: _Head) -> str:
    """Return what most of the first rows have between their columns."""
    rows = [row for row in islice(text[head.end : head.end + 100_000].split("\n"), _ROWS_TRIED) if row.strip()]
    return max("\t;,|", key=lambda sign: (sum(sign in row for row in rows), sign == "\t"))


def _rows(text: str, at: int, line: int, separator: str) -> Iterator[_Row]:
    """Yield the rows below the head with the line that each begins at; fields in quotation marks may have lines.

    A quotation mark only quotes where another one ends the field; everywhere else it is a character. That takes no
    more than twice the time of reading the text once: a field that seems to be quoted ends at the first run of an odd
    number of marks, and so does every other one that began before it.
    """
    sign = re.escape(separator)
    cell = re.compile(rf'(?:"([^"]*+(?:""[^"]*+)*)"|([^{sign}\n]*+))({sign}|\n|\Z)')
    fields: list[str] = []
    first = line
    while at < len(text):
        found = cell.match(text, at)
        if found is None:
            return
        quoted = found[1]
        fields.append(found[2] if quoted is None else quoted.replace('""', '"'))
        line += found[0].count("\n")
        at = found.end()
        if found[3] == separator:
            if at < len(text):
                continue
            fields.append("")
        if any(value.strip() for value in fields):
            yield _Row(first, tuple(fields))
        fields = []
        first = line
