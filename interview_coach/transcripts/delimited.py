"""Tables: CSV, TSV, and their kin with semicolons or bars. Which sign parts the cells, and what each column holds."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from interview_coach.domain.models import Problem
from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts import record_talk
from interview_coach.transcripts.entries import Found, Likeness, NoTurns
from interview_coach.transcripts.json_text import Obj, Value
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import asks
from interview_coach.transcripts.records import Record, Records
from interview_coach.transcripts.source import Source

#: Parts no cells: a table of one column is read with it.
_NONE = "\x1f"
_DELIMITERS = {",": "commas", "\t": "tabs", ";": "semicolons", "|": "bars"}
#: How much is read to guess, in characters and in rows.
_GUESSED = 60_000
_ROWS = 200
#: A header stands in one of the first rows.
_HEADER_WITHIN = 6
_LONGEST_NAME = 60
#: Rows of which the same is told, one by one.
_TOLD = 20
#: Columns beyond these are not looked at to find out what they hold.
_WIDEST = 300
#: Names of columns that may hold who speaks.
_MAY_SPEAK = ("role", "type", "name")

_OPENING = re.compile(' *"')
_ANKI = r"\s*#(?:separator|html|tags|columns|notetype|deck|guid)\b[^\n]*:"
_EXCEL = r"\s*sep=(.)\s*\n"
_BAR_TABLE = r"(?m)^\s*\|?\s*:?-{3,}:?\s*\|[\s|:-]*$"
_NOT_A_TABLE = r"\s*(?:<!DOCTYPE|<html|<\?xml|WEBVTT|---\s*\n|[\[{]\s*[\[{\"])"


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    cells: list[str]


@dataclass(frozen=True)
class _Table:
    """Rows below the header, and what each column is called; names that say nothing are made up from what is there."""

    names: list[str]
    rows: list[_Row]
    headed: bool
    title: str | None = None

    @cached_property
    def width(self) -> int:
        return len(self.names)

    @cached_property
    def needed(self) -> int:
        """How many cells a row has at least that holds a question and an answer."""
        wanted = (Means.QUESTION, Means.ANSWER)
        return max((column for column, name in enumerate(self.names, 1) if keys.meaning(name) in wanted), default=0)

    @cached_property
    def open_column(self) -> int:
        """The column whose text may hold the sign that parts cells: the answer's, or the question's."""
        for wanted in (Means.ANSWER, Means.MORE, Means.DESCRIPTION, Means.QUESTION):
            for column, name in enumerate(self.names):
                if keys.meaning(name) is wanted:
                    return column
        return self.width - 1


def likeness(source: Source) -> Likeness | None:
    """Return how much a file looks like a table with questions, None where it is none or an export of Anki."""
    sample = source.sample[:_GUESSED]
    if not sample.strip() or re.match(_ANKI, sample) or re.match(_NOT_A_TABLE, sample):
        return None
    if len(sample) < len(source.sample):
        sample = sample[: sample.rfind("\n") + 1] or sample
    delimiter = _delimiter(sample)
    if delimiter is None:
        return _likeness_of_one_column(sample)
    rows = _sample_rows(sample, delimiter)
    if not rows or (delimiter == "|" and re.search(_BAR_TABLE, sample)):
        return None
    sign = _DELIMITERS[delimiter]
    place = _header_place(rows)
    if place is not None:
        header = rows[place].cells
        named = ", ".join(f"“{name.strip()}”" for name in header[:3] if name.strip())
        even = _evenness(rows[place + 1 :], len(header))
        below = [row.cells for row in rows[place + 1 :]]
        known = sum(keys.meaning(name) is not None for name in header)
        score = 0.95 if even > 0.8 and known > 1 else 0.8 if even > 0.5 or known > 2 or known == len(header) else 0.5
        if not any(_asks_under(name) for name in header) and not _speaks(header, rows[place + 1 :]):
            column = _asking_column(below, len(header))
            if column is None or not any(asks(cells[column]) for cells in below if column < len(cells)):
                return None
            score = 0.5
        return Likeness(score, f"it is a table with {sign} and the columns {named}")
    width, share = _usual_width(rows)
    if width < 2 or share < 0.9 or len(rows) < 2 or not _columns_are_alike(rows, width, delimiter):
        return None
    return Likeness(
        0.75 if delimiter == "\t" else 0.65, f"its lines are rows of {width} cells with {sign} between them"
    )


def _likeness_of_one_column(sample: str) -> Likeness | None:
    first = sample.lstrip().split("\n", 1)[0].strip().strip('"')
    lines = [line.strip() for line in sample.split("\n") if line.strip()]
    if len(lines) > 1 and re.fullmatch(r"=+|-+", lines[1]):
        return None  # the first line is a heading
    if keys.meaning(first) is Means.QUESTION and len(first) <= _LONGEST_NAME and re.fullmatch(r"[\w ()/-]+", first):
        listed = sum(re.match(r"[-*•#>]|\d+[.)]", line) is not None for line in lines[1:])
        return Likeness(0.3 if listed * 2 > len(lines) else 0.6, f"it is a table with the one column “{first}”")
    quoted = sum(line.startswith('"') and line.rstrip(",").endswith('"') for line in lines)
    if len(lines) > 2 and quoted * 10 >= len(lines) * 9:
        return Likeness(0.5, "its lines stand between quotation marks, as in a table with one column")
    return None


def read(source: Source, *, interviewer: str | None = None) -> Found:
    """Read the questions of a table. Raises NoTurns or UnreadableText."""
    text = source.text
    begin = 0
    if found := re.match(_EXCEL, text):
        delimiter: str | None = found[1] if found[1] in _DELIMITERS else None
        begin = found.end()
    else:
        delimiter = _delimiter(text[:_GUESSED])
    reader = _Rows(text, begin, delimiter or _NONE)
    rows = [row for row in reader if any(cell.strip() for cell in row.cells)]
    if delimiter == "|":
        rows = _without_frame(rows)
    if not rows:
        raise NoTurns("the table has no rows")
    table = _table(rows)
    records = Records(problems=list(reader.problems), from_one=True)
    if (said := _utterances(table)) is not None:
        talk = record_talk.found([said], interviewer)
        return Found(
            entries=talk.entries,
            problems=_by_line([*records.problems, *talk.problems]),
            speakers=talk.speakers,
            interviewer=talk.interviewer,
        )
    uneven: list[tuple[int, str]] = []
    for row in table.rows:
        cells = _fitted(row, table, delimiter or ",", uneven)
        fields: dict[str, Value] = {
            name: _unescaped(cell) for name, cell in zip(table.names, cells, strict=False) if cell.strip()
        }
        if fields:
            records.records.append(Record(row.line, fields))
    if not table.headed and table.width == 1 and not any(map(asks, (row.cells[0] for row in table.rows))):
        raise NoTurns("it is no table, and no line of it asks")
    records.problems.extend(_stretches(uneven))
    whole = records.found(title=table.title)
    if not whole.entries:
        raise NoTurns("no column of the table holds questions")
    return whole


def _by_line(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.line))


# Rows.


class _Rows:
    """The rows of a table, each with the line on which it begins. A quotation mark that never closes is a sign."""

    def __init__(self, text: str, begin: int, delimiter: str) -> None:
        self._text = text
        self._begin = begin
        self._delimiter = delimiter
        self.problems: list[Problem] = []
        sample = text[begin : begin + _GUESSED]
        self._skips = re.search(rf'(?m)(?:^|{re.escape(delimiter)}) +"', sample) is not None
        if csv.field_size_limit() <= len(text):
            csv.field_size_limit(len(text) + 1)

    def __iter__(self) -> Iterator[_Row]:
        text = self._text
        at, line = self._begin, 1 + text.count("\n", 0, self._begin)
        while at < len(text):
            lines = _Pieces(text, at)
            reader = self._reader(lines)
            while True:
                start, start_line = lines.at, line + lines.count
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    row, at = self._mended(start, start_line)
                    yield row
                    line = start_line + text.count("\n", start, at)
                    break
                yield _Row(start_line, cells)

    def _reader(self, lines: Iterator[str]) -> "Iterator[list[str]]":
        return csv.reader(lines, delimiter=self._delimiter, strict=True, skipinitialspace=self._skips)

    def _mended(self, start: int, line: int) -> tuple[_Row, int]:
        """Return the row that begins at a place and can't be read as it should be, and where it ends.

        Blanks behind a closing quotation mark are forgiven; otherwise the row is its first line.
        """
        text, delimiter = self._text, self._delimiter
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        closing = re.compile(rf'"[ \t]+(?={re.escape(delimiter)}|\n|\Z)')
        if closing.search(text, start, end):
            lines = _Pieces(text, start)
            try:
                return _Row(line, next(self._reader(closing.sub('"', each) for each in lines))), lines.at
            except (csv.Error, StopIteration):
                pass
        cells, open_one = _apart(text[start:end], delimiter)
        if open_one:
            self.problems.append(
                Problem(line=line, message="a quotation mark is not closed: the row ends with its line")
            )
        return _Row(line, [cell.strip() for cell in cells]), min(end + 1, len(text))


class _Pieces:
    """The lines of a text, each with its end, from a place on; and where the next one begins."""

    def __init__(self, text: str, at: int) -> None:
        self._text = text
        self.at = at
        self.count = 0

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> str:
        text, at = self._text, self.at
        if at >= len(text):
            raise StopIteration
        end = text.find("\n", at) + 1 or len(text)
        self.at = end
        self.count += 1
        return text[at:end]


def _apart(line: str, delimiter: str) -> tuple[list[str], bool]:
    """Return the cells of one line, and whether one is left open: a quotation mark closes only before a delimiter."""
    cells: list[str] = []
    quoted = re.compile(rf'[ ]*"(.*?)"[ \t]*({re.escape(delimiter)}|\Z)', re.DOTALL).match
    at = 0
    left_open = False
    while True:
        opens = not left_open and _OPENING.match(line, at) is not None
        if opens and (found := quoted(line, at)):
            cells.append(found[1].replace('""', '"'))
            at = found.end()
            if not found[2]:
                return cells, left_open
            continue
        end = line.find(delimiter, at)
        cell = line[at:end] if end >= 0 else line[at:]
        if opens:  # none behind it closes either
            left_open = True
            cell = cell.replace('"', "", 1)
        cells.append(cell)
        if end < 0:
            return cells, left_open
        at = end + 1


def _without_frame(rows: list[_Row]) -> list[_Row]:
    """Return rows without the empty cells before the first and behind the last bar, and without rules."""
    kept = [row for row in rows if not all(re.fullmatch(r"\s*:?-*:?\s*", cell) for cell in row.cells)]
    if kept and all(not row.cells[0].strip() for row in kept):
        kept = [_Row(row.line, row.cells[1:]) for row in kept]
    if kept and all(row.cells and not row.cells[-1].strip() for row in kept):
        kept = [_Row(row.line, row.cells[:-1]) for row in kept]
    return kept


# Which sign parts the cells.


def _sample_rows(sample: str, delimiter: str) -> list[_Row]:
    rows: list[_Row] = []
    for row in _Rows(sample, 0, delimiter):
        if any(cell.strip() for cell in row.cells):
            rows.append(row)
        if len(rows) >= _ROWS:
            break
    return rows


def _delimiter(sample: str) -> str | None:
    """Return the sign that parts the cells of a text, None where it has one column or is no table."""
    if found := re.match(_EXCEL, sample):
        return found[1] if found[1] in _DELIMITERS else None
    best: tuple[float, str] | None = None
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        rows = _sample_rows(sample, delimiter)
        if not rows:
            continue
        place = _header_place(rows)
        width, share = _usual_width(rows)
        score = 0.0
        if place is not None and len(rows[place].cells) > 1:
            header = rows[place].cells
            known = sum(keys.meaning(name) is not None for name in header)
            score = 2 + known / len(header) + _evenness(rows[place + 1 :], len(header))
        elif width > 1:
            # Commas and semicolons stand in prose, so that rows have to be even; tabs and bars stand for themselves.
            score = share if delimiter in "\t|" or share > 0.9 else share / 4
            score += 0.5 if delimiter == "\t" else 0
        if score > 0.5 and (best is None or score > best[0]):
            best = score, delimiter
    return best[1] if best else None


def _usual_width(rows: Sequence[_Row]) -> tuple[int, float]:
    widths = Counter(len(row.cells) for row in rows)
    width, count = widths.most_common(1)[0]
    return width, count / len(rows)


def _evenness(rows: Sequence[_Row], width: int) -> float:
    return sum(len(row.cells) == width for row in rows) / len(rows) if rows else 1.0


def _columns_are_alike(rows: Sequence[_Row], width: int, delimiter: str) -> bool:
    """Return whether rows without a header are those of a table of questions rather than prose with commas."""
    even = [row for row in rows if len(row.cells) == width]
    place = _asking_column([row.cells for row in even], width)
    if place is None:
        return False
    asking = sum(asks(row.cells[place]) for row in even)
    if delimiter == "\t":
        return asking * 3 >= len(even) or width == 2
    spaced = sum(cell.startswith(" ") and not row.cells[0].isdecimal() for row in even for cell in row.cells[1:])
    return asking * 2 >= len(even) and spaced * 2 < len(even) * (width - 1)


# What the columns hold.


def _asks_under(name: str) -> bool:
    return keys.meaning(name) is Means.QUESTION or keys.weak_question(name) is not None


def _speaks(header: Sequence[str], rows: Sequence[_Row]) -> bool:
    return _speaker_columns(header, rows) is not None


def _header_place(rows: Sequence[_Row]) -> int | None:
    """Return which row is the header, None where there is none."""
    for place, row in enumerate(rows[:_HEADER_WITHIN]):
        names = [cell.strip() for cell in row.cells if cell.strip()]
        if not _may_be_names(names):
            continue
        alone = len(names) == 1 and len(row.cells) > 1
        if alone and any(_is_header([cell.strip() for cell in below.cells]) for below in rows[place + 1 : place + 2]):
            continue  # a title, above the header
        if _is_header(names):
            return place
    return None


def _may_be_names(cells: Sequence[str]) -> bool:
    return bool(cells) and not any(len(cell) > _LONGEST_NAME or "?" in cell or len(cell.split()) > 6 for cell in cells)


def _is_header(cells: Sequence[str]) -> bool:
    """Return whether cells are the names of columns rather than what stands in them."""
    names = [cell for cell in cells if cell]
    meanings = [keys.meaning(name) for name in names]
    if Means.QUESTION in meanings:
        return _may_be_names(names)
    known = sum(each is not None for each in meanings)
    if known < 2 or known * 3 < len(names) * 2 or any(asks(name) for name in names):
        return False
    return any(map(_asks_under, names)) or Means.ANSWER in meanings or Means.SPEAKER in meanings


def _table(rows: list[_Row]) -> _Table:
    place = _header_place(rows)
    title = None
    if place is not None:
        above = [cell.strip() for row in rows[:place] for cell in row.cells if cell.strip()]
        title = above[0] if above else None
        names = [cell.strip() for cell in rows[place].cells]
        while names and not names[-1]:
            names.pop()
        below = [row for row in rows[place + 1 :] if [cell.strip() for cell in row.cells][: len(names)] != names]
        names = [name or f"column {column}" for column, name in enumerate(names, 1)]
        width = len(names)
        names = _distinct(names)
        if not any(keys.meaning(name) is Means.QUESTION for name in names):
            column = next((each for each, name in enumerate(names) if keys.weak_question(name) is not None), None)
            if column is None and (column := _asking_column([row.cells for row in below], width)) is not None:
                names[column] = "question"
        return _Table(names, below, headed=True, title=title)
    width, _ = _usual_width(rows)
    return _Table(_made_up([row.cells for row in rows], width), rows, headed=False)


def _distinct(names: list[str]) -> list[str]:
    """Return the names with those that come again numbered, so that no column hides another."""
    seen: Counter[str] = Counter()
    kept = []
    for name in names:
        seen[name] += 1
        kept.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return kept


def _asking_column(rows: Sequence[Sequence[str]], width: int) -> int | None:
    """Return the column that asks most, or the first one of text where none asks."""
    sample = rows[:_ROWS]
    best: tuple[float, int] | None = None
    for column in range(min(width, _WIDEST)):
        cells = [row[column].strip() for row in sample if column < len(row) and row[column].strip()]
        if not cells or sum(cell.replace(".", "").isdecimal() for cell in cells) * 2 > len(cells):
            continue
        if len({cell.casefold() for cell in cells}) * 2 <= len(cells) and len(cells) > 3:
            continue
        share = sum(map(asks, cells)) / len(cells)
        if best is None or share > best[0] + 0.2:
            best = share, column
    return best[1] if best else None


def _made_up(rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Return names for the columns of a table without a header."""
    asking = _asking_column(rows, width)
    names = [f"column {column}" for column in range(1, width + 1)]
    if asking is None:
        return names
    names[asking] = "question"
    sample = rows[:_ROWS]
    rest: list[tuple[float, int]] = []
    for column in range(min(width, _WIDEST)):
        if column == asking:
            continue
        cells = [row[column].strip() for row in sample if column < len(row) and row[column].strip()]
        if not cells:
            continue
        if all(cell.rstrip(".)").isdecimal() for cell in cells):
            names[column] = "number" if column < asking else names[column]
            continue
        length = sum(map(len, cells)) / len(cells)
        repeated = len({cell.casefold() for cell in cells}) * 2 <= len(cells) and len(cells) > 3
        if repeated and length <= 40:
            names[column] = f"category {column}"
        else:
            rest.append((length, column))
    after = [pair for pair in rest if pair[1] > asking] or rest
    if after:
        names[max(after)[1]] = "answer"
        for _, column in rest:
            if names[column].startswith("column") and column < max(after)[1] and width > 2:
                names[column] = f"category {column}"
    return names


def _speaker_columns(header: Sequence[str], rows: Sequence[_Row]) -> tuple[int, int] | None:
    if len(header) > _WIDEST:
        return None
    values: list[list[Value]] = [
        [row.cells[column] if column < len(row.cells) else "" for row in rows] for column in range(len(header))
    ]
    names = _distinct([name.strip() for name in header])
    found = record_talk.speaker_and_text(names, values)
    return (names.index(found[0]), names.index(found[1])) if found else None


def _utterances(table: _Table) -> list[record_talk.Utterance] | None:
    if not table.headed or len(table.rows) < 2:
        return None
    if not any(
        keys.meaning(name) is Means.SPEAKER or keys.plain_name(name) in ("role", "type", "name") for name in table.names
    ):
        return None
    rows: list[tuple[int, Obj]] = []
    for row in table.rows:
        record = Obj(0)
        record.update(zip(table.names, row.cells, strict=False))
        rows.append((row.line, record))
    return record_talk.utterances(rows)


# Cells.


def _fitted(row: _Row, table: _Table, delimiter: str, uneven: list[tuple[int, str]]) -> list[str]:
    """Return the cells of a row as many as there are columns; what is told of it goes to ``uneven``."""
    cells = row.cells
    width = table.width
    if len(cells) > width and not any(cell.strip() for cell in cells[width:]):
        return cells[:width]
    if len(cells) > width:
        surplus = len(cells) - width
        column = table.open_column
        between = (
            f"{delimiter} " if all(cell == cell.lstrip() for cell in cells[1:]) and delimiter != "\t" else delimiter
        )
        joined = (between if delimiter != "\t" else " ").join(cells[column : column + surplus + 1])
        uneven.append((row.line, f"more cells than the {width} columns: joined under '{table.names[column]}'"))
        return [*cells[:column], joined, *cells[column + surplus + 1 :]]
    if len(cells) < table.needed:
        uneven.append((row.line, f"fewer cells than the {width} columns: the missing ones are empty"))
    return cells


def _stretches(uneven: list[tuple[int, str]]) -> Iterator[Problem]:
    """Tell what is odd about rows, once for rows that follow one another and once more for many of a kind."""
    by_message: dict[str, list[int]] = {}
    for line, message in uneven:
        by_message.setdefault(message, []).append(line)
    for message, lines in by_message.items():
        for line in lines[:_TOLD]:
            yield Problem(line=line, message=message)
        if len(lines) > _TOLD:
            yield Problem(line=lines[_TOLD], message=f"{message} (and so on in {len(lines) - _TOLD:,} rows)")


def _unescaped(cell: str) -> str:
    r"""Return a cell with each ``\n`` that stands for a line end as one; within code it is what it is."""
    if "\\n" not in cell or "\n" in cell:
        return cell
    places = [found.start() for found in re.finditer(r"(?<!\\)\\n", cell)]
    within_code = any(
        cell[place - 1 : place] in "\"'`" or cell[place + 2 : place + 3] in ('"', "'", "`") for place in places
    )
    telling = len(places) > 1 or re.search(r"\\n\s*(?:[-*•]\s|\d+[.)]\s|[A-Z])", cell) is not None
    if not places or within_code or not telling:
        return cell
    return re.sub(r"(?<!\\)\\n", "\n", cell)
