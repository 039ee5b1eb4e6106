"""The command ``compare``: an answer beside a reference, with no data folder, no database and no window.

It has to start at once, so nothing here or below imports pydantic, SQLModel or Qt.
"""

import codecs
import json
import math
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from interview_coach.comparison.coverage import LONGEST_TEXT, Coverage, TooLongError, cover, coverage_of
from interview_coach.comparison.delivery import FactKind, delivery_facts
from interview_coach.comparison.delivery import as_json as delivery_json
from interview_coach.comparison.points import split_points
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.exit_codes import BAD_INPUT, OK
from interview_coach.streams import one_line, tell

_STDIN = "-"
#: What is read of a file, and of one line of a batch: the longest texts, with every character written as an escape.
_LARGEST_FILE = 4 * LONGEST_TEXT + 4
_LONGEST_LINE = 3 * 6 * 2 * LONGEST_TEXT
_SIGNS = {"said": "●", "partly": "◐", "missed": "○"}
_NOT_ENGLISH = "This does not look English: only words that are the same or almost the same were looked for."


class _UnreadableLineError(Exception):
    """A line of a batch that cannot be compared: why, in words, and its id where that could be read."""

    def __init__(self, reason: str, line_id: object = None) -> None:
        super().__init__(reason)
        self.line_id = line_id


def run(options: Namespace) -> int:
    """Compare as the command line says and return the exit code; raises CoachError where a file cannot be read."""
    if options.batch is not None:
        return _batch(options.batch)
    return _compare(options.question, options.reference, options.answer, as_json=options.json)


def _compare(question: str, reference_file: str, answer_file: str, *, as_json: bool) -> int:
    points, answer = split_points(_text(reference_file)), _text(answer_file)
    try:
        found = cover(question, points, answer)
    except TooLongError as error:
        raise CoachError(Fault.BAD_INPUT, str(error)) from None
    if as_json:
        document = {
            "coverage": found.coverage,
            "points": [{"text": text, **one} for text, one in zip(points, _points_json(found), strict=True)],
            "english": found.english,
            "delivery": delivery_json(delivery_facts(answer)),
        }
        sys.stdout.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
        return OK
    sys.stdout.writelines(f"{line}\n" for line in _for_people(points, answer, found))
    if not found.english:
        tell(_NOT_ENGLISH)
    return OK


def _points_json(found: Coverage) -> list[dict[str, Any]]:
    return [
        {"score": point.score, "status": point.status, "evidence": [list(span) for span in point.evidence]}
        for point in found.points
    ]


def _for_people(points: tuple[str, ...], answer: str, found: Coverage) -> Iterator[str]:
    """Yield the lines that a person reads: each point, what the answer mentions of it, and where."""
    counts = {status: sum(point.status == status for point in found.points) for status in _SIGNS}
    if not points:
        yield "The reference holds no points."
    else:
        yield (
            f"{counts['said']} of {len(points)} points said, {counts['partly']} partly, {counts['missed']} missed"
            f" · coverage {found.coverage:.2f}"
        )
    for number, (text, point) in enumerate(zip(points, found.points, strict=True), 1):
        yield ""
        yield f"{number} {_SIGNS[point.status]} {point.status} {point.score:.2f}  {one_line(' '.join(text.split()))}"
        if point.evidence:
            phrases = (" ".join(answer[start:end].split()) for start, end in point.evidence)
            yield "    " + " · ".join(f"“{one_line(phrase)}”" for phrase in phrases)
    yield ""
    yield _how_it_is_said(answer)


def _how_it_is_said(answer: str) -> str:
    """Return the facts about an answer in one line; those that its language keeps from being counted are left out."""
    delivery = delivery_facts(answer)
    parts = [f"words {delivery.words}, about {round(delivery.seconds)} s spoken"]
    for kind in (FactKind.HEDGES, FactKind.FILLERS, FactKind.I, FactKind.WE, FactKind.FIGURES):
        fact = delivery.fact(kind)
        if fact is not None:
            parts.append(f"{kind.value if kind is not FactKind.I else 'I'} {fact.count}")
    longest = delivery.fact(FactKind.LONGEST_SENTENCE)
    if longest is not None and longest.count:
        parts.append(f"longest sentence {longest.count}")
    return " · ".join(parts)


def _batch(source: str) -> int:
    """Answer each line as it comes, so that a reader at the end of a pipe has it at once."""
    if source == _STDIN:
        return _answer_lines(sys.stdin.buffer)
    with _opened(source) as lines:
        return _answer_lines(lines)


def _answer_lines(lines: BinaryIO) -> int:
    code = OK
    for number, line in _lines(lines):
        try:
            answer = _answer(line)
        except _UnreadableLineError as error:
            code = BAD_INPUT
            answer = {"id": error.line_id, "error": str(error)}
            tell(f"Line {number}: {error}")
        sys.stdout.write(json.dumps(answer) + "\n")  # ASCII: some readers end a line at U+2028 too
        sys.stdout.flush()
    return code


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that are not blank with their numbers; of one that is too long as much as shows that it is."""
    mark = codecs.BOM_UTF8
    number = 0
    while line := source.readline(_LONGEST_LINE + 1):
        line, mark = line.removeprefix(mark), b""
        number += 1
        if line.strip():
            yield number, line
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = source.readline(_LONGEST_LINE + 1)


def _answer(line: bytes) -> dict[str, Any]:
    row = _row(line)
    line_id = _id(row)
    try:
        question, answer = _field(row, "question"), _field(row, "answer")
        if "points" in row:
            found = cover(question, _fields(row, "points"), answer)
            return {"id": line_id, "coverage": found.coverage, "points": _points_json(found)}
        return {"id": line_id, "coverage": coverage_of(question, _fields(row, "references"), answer)}
    except (TooLongError, _UnreadableLineError) as error:
        raise _UnreadableLineError(str(error), line_id) from None


def _row(line: bytes) -> dict[str, Any]:
    if len(line) > _LONGEST_LINE:
        raise _UnreadableLineError(f"This line is longer than {_LONGEST_LINE:,} bytes.")
    try:
        row = json.loads(line.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError:
        raise _UnreadableLineError("This line is no UTF-8.") from None
    except (ValueError, RecursionError):
        raise _UnreadableLineError("This line is no JSON that can be read.") from None
    if not isinstance(row, dict):
        raise _UnreadableLineError("This line is no JSON object.")
    return row


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


def _id(row: dict[str, Any]) -> str | int | float | None:
    line_id = row.get("id")
    if line_id is None or (isinstance(line_id, int) and not isinstance(line_id, bool)):
        return line_id
    if (isinstance(line_id, str) and _is_whole(line_id)) or (isinstance(line_id, float) and math.isfinite(line_id)):
        return line_id
    raise _UnreadableLineError("The id is neither a text nor a number.")


def _field(row: dict[str, Any], name: str) -> str:
    return _whole(row.get(name), f'"{name}"')


def _fields(row: dict[str, Any], name: str) -> list[str]:
    texts = row.get(name)
    if not isinstance(texts, list):
        raise _UnreadableLineError(f'"{name}" is not there, or no list.')
    return [_whole(text, f'Each of "{name}"') for text in texts]


def _whole(text: object, name: str) -> str:
    if not isinstance(text, str):
        raise _UnreadableLineError(f"{name} has to be a text.")
    if not _is_whole(text):
        raise _UnreadableLineError(f"{name} holds half of a surrogate pair, which is no character.")
    return text


def _is_whole(text: str) -> bool:
    """Return whether a text holds whole characters only."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _text(source: str) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with its mark; its line ends stay what they are."""
    if source == _STDIN:
        name, content = "Standard input", sys.stdin.buffer.read(_LARGEST_FILE + 1)
    else:
        name = one_line(source)
        with _opened(source) as file:
            content = file.read(_LARGEST_FILE + 1)
    if len(content) > _LARGEST_FILE:
        raise CoachError(
            Fault.BAD_INPUT, f"{name}: this is too long to be compared; {LONGEST_TEXT:,} characters are the most."
        )
    sixteen_bits = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if sixteen_bits else "utf-8-sig")
    except UnicodeDecodeError:
        raise CoachError(Fault.BAD_INPUT, f"{name}: this is no text in UTF-8.") from None


@contextmanager
def _opened(source: str) -> Iterator[BinaryIO]:
    """Open a file; where it cannot be opened or read, CoachError says why."""
    name = one_line(source)
    try:
        with Path(source).open("rb") as file:
            yield file
    except (FileNotFoundError, NotADirectoryError):
        raise CoachError(Fault.INPUT_MISSING, f"{name}: there is no such file.") from None
    except IsADirectoryError:
        raise CoachError(Fault.BAD_INPUT, f"{name}: this is a folder, not a file.") from None
    except PermissionError:
        raise CoachError(Fault.NO_PERMISSION, f"{name}: this file may not be read.") from None
