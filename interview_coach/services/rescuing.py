"""What is readable of a damaged database, saved for its person: as a text to read, or whole for programs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Criterion, stage_order
from interview_coach.domain.rubric import entry
from interview_coach.services.exporting import save_file
from interview_coach.storage.files import target_for
from interview_coach.storage.salvage import Cell, Salvage, salvage

_NAME = "readable-answers.txt"

_LINE = "-" * 72

_Rows = list[dict[str, Cell]]


@dataclass(frozen=True)
class Rescued:
    """How many answers and questions were saved, and how many pages and rows were lost, or were there in part."""

    answers: int
    questions: int
    lost: int


def rescue(database: Path, out: Path) -> Rescued:
    """Save what can be read of a database that may be damaged. Not a byte of it is changed.

    A name that ends in ``.json`` gets every row of every table, in a form for programs; any other a text for people:
    each question with the answers to it, then what was recorded. Raises CoachError: DAMAGED_DATA where nothing at all
    can be read (no file is written then), INPUT_MISSING, and what the disk may answer.
    """
    if not database.exists():
        raise CoachError(Fault.INPUT_MISSING, f"There is no database {database}.", where=str(database))
    target = target_for(out, _NAME, avoid=database)
    found = salvage(database)
    if not any(found.tables.values()):
        sentence = f"Nothing at all can be read of {database}. No file was written."
        raise CoachError(Fault.DAMAGED_DATA, sentence, where=str(database))
    written = _as_json(found) if target.suffix.casefold() == ".json" else _as_text(found, database.name)
    save_file(target, written)
    return Rescued(
        answers=len(_answers(found.tables["attempt"])),
        questions=len(found.tables["question"]),
        lost=sum(found.unreadable.values()),
    )


def _answers(attempts: _Rows) -> _Rows:
    return [attempt for attempt in attempts if attempt["state"] != "draft" or attempt["text"]]


def _as_json(found: Salvage) -> bytes:
    """Return all rows; texts that are no UTF-8 keep their bytes as lone surrogates, other bytes stand in hex."""
    document = {
        "format": "interview-coach-rescued",
        "version": 1,
        "tables": {
            name: [{column: _plain(cell) for column, cell in row.items()} for row in rows]
            for name, rows in found.tables.items()
        },
        "unreadable": dict(found.unreadable),
    }
    return json.dumps(document, indent=1, allow_nan=False).encode("ascii")


def _plain(cell: Cell) -> object:
    if isinstance(cell, bytes):
        return {"bytes": cell.hex()}
    if isinstance(cell, float) and cell in (float("inf"), float("-inf")):
        return {"number": str(cell)}
    return cell


def _as_text(found: Salvage, name: str) -> bytes:
    attempts = _by(_answers(found.tables["attempt"]), "question_id")
    turns = _by(found.tables["turn"], "question_id")
    scores = _by(found.tables["self_rating"], "attempt_id")
    points = _by(found.tables["decided_point"], "attempt_id")
    questions = {question["id"]: question for question in found.tables["question"]}
    edited = _Edited(found)
    lines = [f"Interview Coach: what could be read of {name}", ""]
    lost = sum(found.unreadable.values())
    if lost:
        lines += [f"Pages and rows that could not be read, or not whole: {lost}", ""]
    lines += ["ANSWERS", ""]
    for question_id in sorted(attempts, key=lambda question_id: _place(questions.get(question_id))):
        lines += _question_lines(questions.get(question_id), turns.get(question_id, []))
        for attempt in attempts[question_id]:
            lines += _attempt_lines(attempt, scores.get(attempt["id"], []), points.get(attempt["id"], []))
            lines += edited.of_attempt(attempt["id"])
    lines += [_LINE, "", "QUESTIONS AND RECORDED ANSWERS", ""]
    for question in sorted(questions.values(), key=_place):
        asked = turns.pop(question["id"], [])
        lines += [*_question_lines(question, asked), *edited.of_question(question["id"])]
        for turn in asked:
            lines += [*_turn_lines(turn), *edited.of_turn(turn["id"])]
    for left in turns.values():
        for turn in left:
            lines += [_LINE, f"{_words(turn['stage'])}: {_words(turn['question'])}", "", *_turn_lines(turn)]
            lines += edited.of_turn(turn["id"])
    lines += edited.left()
    return "\n".join(lines).encode()


class _Edited:
    """What the person made of the references: each told where it belongs, and what belongs to nothing at the end."""

    def __init__(self, found: Salvage) -> None:
        self._points: dict[tuple[str, Cell], _Rows] = {}
        for point in found.tables["key_point"]:
            owner = next((name for name in ("turn_id", "attempt_id", "question_id") if point[name] is not None), "")
            self._points.setdefault((owner, point.get(owner)), []).append(point)
        self._notes = _by(found.tables["note"], "turn_id")
        self._pinned = {pin["attempt_id"] for pin in found.tables["pin"]}

    def of_attempt(self, attempt_id: Cell) -> list[str]:
        pinned = ["Your reference for this question.", ""] if attempt_id in self._pinned else []
        return [*pinned, *_listed("Its points, as you edited them:", self._points.pop(("attempt_id", attempt_id), []))]

    def of_question(self, question_id: Cell) -> list[str]:
        return _listed("Your points:", self._points.pop(("question_id", question_id), []))

    def of_turn(self, turn_id: Cell) -> list[str]:
        points = self._points.pop(("turn_id", turn_id), [])
        notes = self._notes.pop(turn_id, [])
        return [*_listed("Its points, as you edited them:", points), *_listed("Your note:", notes)]

    def left(self) -> list[str]:
        rows = [row for rows in (*self._points.values(), *self._notes.values()) for row in rows]
        return [_LINE, "", *_listed("POINTS AND NOTES OF ANSWERS THAT ARE LOST", rows)] if rows else []


def _listed(title: str, rows: _Rows) -> list[str]:
    return [title, *(f"  {_words(row['text'])}" for row in rows), ""] if rows else []


def _question_lines(question: Mapping[str, Cell] | None, turns: _Rows) -> list[str]:
    if question is None and turns:
        question = {"stage": turns[0]["stage"], "text": turns[0]["question"]}
    if question is None:
        return [_LINE, "(question lost)", ""]
    return [_LINE, f"{_words(question['stage'])}: {_words(question['text'])}", ""]


def _attempt_lines(attempt: Mapping[str, Cell], scores: _Rows, points: _Rows) -> list[str]:
    lines = [f"{_words(attempt['day'])}, attempt {_words(attempt['number'])}, {_words(attempt['state'])}"]
    for look, title in (("first", "Own rating"), ("second", "After comparing")):
        given = [f"{_title(row['criterion'])} {_words(row['score'])}" for row in scores if row["look"] == look]
        if given:
            lines.append(f"{title}: {', '.join(given)}")
    lines += ["", _words(attempt["text"]) or "(no text)", ""]
    decided = [point for point in points if point["decided"] is not None]
    lines += [f"  {_words(point['decided']).replace('_', ' ')}: {_words(point['text'])}" for point in decided]
    if attempt["resolution"]:
        lines.append(f"Next time I will {_words(attempt['resolution'])}")
    return [*lines, ""] if lines[-1] else lines


def _turn_lines(turn: Mapping[str, Cell]) -> list[str]:
    if turn["answer"] is None:
        return []
    rated = [f"{_title(name.value)} {_words(turn[name.value])}" for name in Criterion if turn[name.value] is not None]
    lines = ["Recorded answer:", _words(turn["answer"])]
    if rated:
        lines.append(f"Recorded rating: {', '.join(rated)}")
    if turn["summary"]:
        lines.append(_words(turn["summary"]))
    return [*lines, ""]


def _by(rows: Iterable[dict[str, Cell]], column: str) -> dict[Cell, _Rows]:
    found: dict[Cell, _Rows] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _place(question: Mapping[str, Cell] | None) -> tuple[int, int]:
    if question is None:
        return stage_order("") + 1, 0
    number = question["id"]
    return stage_order(_words(question["stage"])), number if isinstance(number, int) else 0


def _title(criterion: Cell) -> str:
    known = [name for name in Criterion if name.value == criterion]
    return entry(known[0]).title if known else _words(criterion)


def _words(cell: Cell) -> str:
    r"""Return a cell for people; bytes that are no UTF-8 stand there as \xNN, a lost cell as a question mark."""
    if cell is None:
        return "?"
    if isinstance(cell, str):
        cell = cell.encode("utf-8", "surrogateescape")
    return cell.decode("utf-8", "backslashreplace") if isinstance(cell, bytes) else str(cell)
