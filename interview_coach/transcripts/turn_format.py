"""The turn transcript, read and written: ``Turn N [STAGE]``, ``Q:``, ``A:``, ``Feedback:``.

The format has no escaping. Reading never loses a character: a turn whose text in the file is not what writing its
fields afresh gives keeps that text. Writing never makes a file that would be read otherwise: it refuses.
"""

import re
from typing import NamedTuple

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.fences import closes_fence, opening_fence
from interview_coach.domain.models import TECHNICAL, Problem, RecordedRating, TranscriptFile, Turn
from interview_coach.transcripts.entries import NoTurns
from interview_coach.transcripts.feedback import is_null, judge
from interview_coach.transcripts.text import CP1252, UnwritableText, decode, encode, mixed_line

#: ``Turn N [STAGE]`` at the start of a line and a ``Q:`` line below. Lines end at \n, \r\n and \r and nowhere else.
#: No fence hides such a pair: a fence that is open there counts as closed.
_HEADER = re.compile(
    r"Turn (?<![^\r\n]Turn )([0-9]+) \[(?![ \t]*\])([^\[\]\r\n]+)\][ \t]*(\r\n|\n|\r)(?=Q:)",
)
_LONE_HEADER = re.compile(r"Turn (?<![^\r\n]Turn )[0-9]+ \[[^\[\]\r\n]+\][ \t]*(?=[\r\n]|\Z)")

# Within one turn, whose lines end at \n: each begins with the line end above its line, which is quick to search for.
_FEEDBACK = re.compile(r"\nFeedback:(?=[ \t\n]*(?:(?:`{3,}|~{3,})[ \t]*[\w+-]*[ \t\n]*)?(?:\{|null\b))")
_FEEDBACK_IN_WORDS = re.compile(r"\nFeedback:")
_MARK = re.compile(r"\n(?:A:|[ \t]*(?:`{3}|~{3})[^\n]*|Turn [0-9]+ \[[^\[\]\n]+\][ \t]*(?=\n|\Z))")

_BLANKS = " \t\n"

#: What a question looks like where the interviewer failed: (Groq error: …), (Error generating question: …), (Error: …).
_ERROR = re.compile(r"\((?:[A-Za-z][\w-]* )?[Ee]rror(?: [a-z]+){0,3}:")


class NotRepresentable(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """A text can't be written in this format, since it would be read back as something else.

    ``position`` counts the turns from 1 (0 stands for what precedes them), ``number`` is the turn's own number and
    ``field`` the field at fault.
    """

    def __init__(self, position: int, number: str, field: str) -> None:
        whose = f"Turn {number} (number {position} in the file)" if position else "The text before the first turn"
        super().__init__(
            Fault.BAD_INPUT,
            f"{whose} can't be written in the turn format: its {field} would be read back as something else.",
        )
        self.position = position
        self.number = number
        self.field = field


class _Parts(NamedTuple):
    r"""One turn taken apart. Offsets count in its text with \n line ends; those that may be absent are then -1."""

    number: str
    stage: str
    question: str
    answer: str | None
    feedback: str | None
    question_end: int
    answer_line: int
    feedback_line: int
    unclosed_fence: int
    lone_header: int

    @property
    def fields(self) -> dict[str, str | None]:
        """Return what the turn says, without where it says it."""
        return dict(zip(("number", "stage", "question", "answer", "feedback"), self[:5], strict=True))


def is_likely(text: str) -> bool:
    """Return whether a text, or the beginning of one, holds a turn of this format."""
    return _HEADER.search(text) is not None


def read(content: bytes) -> TranscriptFile:
    """Read a file of turns, with what was odd about it, line by line.

    ``write`` gives the same bytes again. Raises UnreadableText where the bytes are no text, and NoTurns where no turn
    can be read; anything less is a problem in the result.
    """
    text, layout = decode(content)
    headers = list(_HEADER.finditer(text))
    if not headers:
        raise NoTurns(_reason(text))
    newline = headers[0][3]
    preamble = text[: headers[0].start()]
    final_newline = text.endswith(("\n", "\r"))
    problems: list[Problem] = []
    if layout.encoding == CP1252 and (mixed := mixed_line(content)):
        problems.append(
            Problem(line=mixed, message="not UTF-8 like the rest: all is read as cp1252, some letters wrongly")
        )
    line = 1
    if preamble:
        unended = _with_line_feeds(preamble)
        if kept := unended.strip(_BLANKS):
            first = 1 + unended.count("\n", 0, unended.index(kept))
            problems.append(Problem(line=first, message="text before the first turn: kept, but part of no turn"))
        line += unended.count("\n")
    turns: list[Turn] = []
    starts = [header.start() for header in headers] + [len(text)]
    for position, header in enumerate(headers):
        written = text[starts[position] : starts[position + 1]]
        plain = _with_line_feeds(written)
        parts = _take_apart(plain, header[1], header[2])
        turn, found = _turn(parts, plain)
        last = position == len(headers) - 1
        if render_turn(turn, newline) + _ending(newline, last=last, final_newline=final_newline) != written:
            turn = turn.model_copy(update={"written": written})
        turns.append(turn)
        counted = 0
        for at, message in sorted(found):
            line += plain.count("\n", counted, at)
            counted = at
            problems.append(Problem(line=line, message=message))
        line += plain.count("\n", counted)
    layout = layout.model_copy(
        update={"newline": newline, "final_newline": final_newline, "preamble": preamble},
    )
    return TranscriptFile(turns=tuple(turns), layout=layout, problems=tuple(problems))


def write(file: TranscriptFile) -> bytes:
    """Write turns as a file: those read from one as they stood there, others afresh.

    What is written reads back with the same number, stage, question, answer and feedback in every turn, and the bytes
    of a file that was read come out as they were. Raises NotRepresentable where the format can't hold a text, and
    NoTurns where there is nothing to write.
    """
    if not file.turns:
        raise NoTurns("there is none to write")
    layout = file.layout
    if layout.preamble and (not layout.preamble.endswith(("\n", "\r")) or _HEADER.search(layout.preamble)):
        raise NotRepresentable(0, "", "text")
    pieces = [layout.preamble]
    for position, turn in enumerate(file.turns, 1):
        last = position == len(file.turns)
        piece = turn.written
        if piece is None:
            ending = _ending(layout.newline, last=last, final_newline=layout.final_newline)
            piece = render_turn(turn, layout.newline) + ending
        if (field := _misread(piece, turn, last=last)) is not None:
            at_fault = field if turn.written is not None else _field_at_fault(turn) or field
            raise NotRepresentable(position, turn.number, at_fault)
        pieces.append(piece)
    try:
        return encode("".join(pieces), layout)
    except UnwritableText:
        for position, turn in enumerate(file.turns, 1):
            for field, value in _fields(turn).items():
                if value is not None and not _is_writable(value):
                    raise NotRepresentable(position, turn.number, field) from None
        raise NotRepresentable(0, "", "text") from None


def with_answer(turn: Turn, answer: str | None) -> Turn:
    r"""Return the turn with another recorded answer; None or a blank one says that it was never answered.

    Line ends become \n and blank edges go. Where the turn keeps its text from the file, only the answer's lines in it
    change, unless the answer would be read otherwise there: then the turn is written afresh. An answer that the format
    can't hold is found out by ``write``.
    """
    answer = None if answer is None else _with_line_feeds(answer).strip(_BLANKS) or None
    if answer == turn.answer:
        return turn
    written = None if turn.written is None else _with_answer_in(turn.written, answer)
    changed = turn.model_copy(update={"answer": answer, "written": written})
    if written is not None and _misread(written, changed, last=True) is not None:
        afresh = changed.model_copy(update={"written": None})
        if _misread(render_turn(afresh), afresh, last=True) is None:
            return afresh
    return changed


def render_turn(turn: Turn, newline: str = "\n") -> str:
    """Write the fields of a turn afresh, up to the end of its last line, without the line end there."""
    lines = [f"Turn {turn.number} [{turn.stage}]\nQ: {turn.question}"]
    lines.append(f"A: {_answer_as_written(turn.answer, turn.feedback)}")
    if turn.feedback is not None:
        lines.append(f"Feedback: {turn.feedback}")
    text = "\n\n".join(lines)
    return text if newline == "\n" else text.replace("\n", newline)


def _answer_as_written(answer: str | None, feedback: str | None) -> str:
    """Return what stands after ``A:``; a question that was never answered has the word None beside null."""
    if answer is not None:
        return answer
    return "None" if is_null(feedback) else ""


def _ending(newline: str, *, last: bool, final_newline: bool) -> str:
    """Return what separates a turn written afresh from the next one, or ends the file."""
    if not last:
        return newline * 2
    return newline if final_newline else ""


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _take_apart(text: str, number: str, stage: str) -> _Parts:
    r"""Take apart the text of one turn, which begins with its header and whose lines end at \n."""
    question_line = text.index("\n") + 1
    feedback_line = end = -1
    for found in _FEEDBACK.finditer(text, question_line):
        feedback_line, end = found.start() + 1, found.end()
    body_end = len(text) if feedback_line < 0 else feedback_line

    answer_line = first_answer_line = lone_header = -1
    opened_at = question_line
    fence = _opened_by_field(text, question_line)
    for mark in _MARK.finditer(text, question_line, body_end):
        at = mark.start() + 1
        line = text[at : mark.end()]
        if line == "A:":
            if first_answer_line < 0:
                first_answer_line = at
            if answer_line < 0 and fence is None:
                answer_line = at
                if (fence := _opened_by_field(text, at)) is not None:
                    opened_at = at
        elif line.startswith("Turn "):
            if fence is None and lone_header < 0:
                lone_header = at
        elif fence is None:
            if (fence := opening_fence(line)) is not None:
                opened_at = at
        elif closes_fence(line, fence):
            fence = None
    if answer_line < 0 and fence is not None:
        # A fence that nobody closes hides the answer from nobody.
        answer_line = first_answer_line

    question_end = answer_line if answer_line >= 0 else body_end
    feedback = None if feedback_line < 0 else text[end:].strip(_BLANKS)
    answer = None if answer_line < 0 else text[answer_line + 2 : body_end].strip(_BLANKS)
    if not answer or (answer == "None" and is_null(feedback)):
        answer = None
    return _Parts(
        number=number,
        stage=stage.strip(_BLANKS),
        question=text[question_line + 2 : question_end].strip(_BLANKS),
        answer=answer,
        feedback=feedback,
        question_end=question_end,
        answer_line=answer_line,
        feedback_line=feedback_line,
        unclosed_fence=-1 if fence is None else opened_at,
        lone_header=lone_header,
    )


def _opened_by_field(text: str, at: int) -> str | None:
    """Return the fence that a field opens on its own first line, behind ``Q:`` or ``A:`` at the given place."""
    end = text.find("\n", at)
    if not text.startswith(("```", "~~~"), _skip_blanks(text, at + 2)):
        return None
    return opening_fence(text[at + 2 : end if end >= 0 else len(text)])


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at] in " \t":
        at += 1
    return at


def _turn(parts: _Parts, text: str) -> tuple[Turn, list[tuple[int, str]]]:
    """Return the turn, and what is odd about it, each with its place in the turn's text."""
    found: list[tuple[int, str]] = []
    asks = bool(parts.question)
    if not asks:
        found.append((text.index("\n") + 1, "the question is empty: the turn is kept, and asks nothing"))
    elif _is_error(parts.question):
        asks = False
        found.append(
            (
                text.index("\n") + 1,
                "the interviewer failed: the turn is kept, asks nothing, its rating does not count",
            )
        )
    if parts.lone_header >= 0:
        found.append((parts.lone_header, "looks like a turn, but no 'Q:' line follows: kept as text"))
    if parts.unclosed_fence >= 0:
        found.append((parts.unclosed_fence, "the code fence that opens here is not closed: it ends with its turn"))
    if parts.answer_line < 0:
        found.append((0, "the turn has no 'A:' line: kept as never answered"))

    if parts.feedback is None:
        rating = RecordedRating()
        if (words := _last(_FEEDBACK_IN_WORDS, text)) >= 0:
            found.append((words + 1, "'Feedback:' is followed by no JSON object and no null: kept as text, not rated"))
    elif not asks and parts.question:
        rating = RecordedRating(as_written=parts.feedback)
    else:
        rating, messages = judge(parts.feedback, parts.stage, parts.answer)
        found.extend((parts.feedback_line, message) for message in messages)
    if parts.answer is None and parts.answer_line >= 0 and not any(at == parts.feedback_line for at, _ in found):
        found.append((parts.answer_line, "the answer is empty"))
    turn = Turn(
        number=parts.number,
        stage=parts.stage,
        question=parts.question,
        answer=parts.answer,
        feedback=parts.feedback,
        rating=rating,
        asks=asks,
    )
    return turn, found


def _is_error(question: str) -> bool:
    """Return whether the question is an error message of the interviewer, whole or cut short."""
    return _ERROR.match(question) is not None and (question.endswith(")") or ")" not in question)


def _last(pattern: re.Pattern[str], text: str) -> int:
    at = -1
    for found in pattern.finditer(text):
        at = found.start()
    return at


def _fields(turn: Turn) -> dict[str, str | None]:
    return {
        "number": turn.number,
        "stage": turn.stage,
        "question": turn.question,
        "answer": turn.answer,
        "feedback": turn.feedback,
    }


def _misread(written: str, turn: Turn, *, last: bool) -> str | None:
    """Return the first field of the turn that would be read otherwise from this text, None where none would."""
    header = _HEADER.match(written)
    if header is None:
        return "number" if not re.fullmatch("[0-9]+", turn.number) else "stage"
    if not last and not written.endswith(("\n", "\r")):
        return "last line"
    second = _HEADER.search(written, header.end())
    text = _with_line_feeds(written[: second.start()] if second else written)
    parts = _take_apart(text, header[1], header[2])
    for (field, value), read_back in zip(_fields(turn).items(), parts.fields.values(), strict=True):
        if value != read_back:
            return field
    return "last line" if second else None


def _field_at_fault(turn: Turn) -> str | None:
    """Return the field but for which the turn, written afresh, would be read as it is; None where there is no such."""
    harmless = {"number": "1", "stage": TECHNICAL, "question": "?", "answer": None, "feedback": None}
    for field, value in harmless.items():
        mended = turn.model_copy(update={field: value})
        if _misread(render_turn(mended), mended, last=True) is None:
            return field
    return None


def _is_writable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\0" not in text


def _with_answer_in(written: str, answer: str | None) -> str | None:
    """Return a turn's text with its answer's lines replaced, None where the text is no turn."""
    header = _HEADER.match(written)
    if header is None:
        return None
    newline = header[3]
    text = _with_line_feeds(written)
    parts = _take_apart(text, header[1], header[2])
    body_end = len(text) if parts.feedback_line < 0 else parts.feedback_line
    wanted = _answer_as_written(answer, parts.feedback)
    if parts.answer_line < 0:
        start = end = len(text[:body_end].rstrip(_BLANKS))
        wanted = f"\n\nA: {wanted}" + ("" if text[start:body_end] or start == len(text) else "\n\n")
    else:
        field = text[parts.answer_line + 2 : body_end]
        old = field.strip(_BLANKS)
        start = parts.answer_line + 2 + (field.index(old) if old else len(field[:1].strip("\n")))
        end = start + len(old)
        if start == parts.answer_line + 2 and wanted:
            wanted = " " + wanted
    start, end = _places(written, start, end)
    return written[:start] + wanted.replace("\n", newline) + written[end:]


def _places(written: str, *offsets: int) -> tuple[int, ...]:
    r"""Return where offsets into the text with \n line ends stand in the text as written; they must ascend."""
    places: list[int] = []
    shrunk = 0
    pairs = re.finditer("\r\n", written)
    pair = next(pairs, None)
    for offset in offsets:
        while pair is not None and pair.start() - shrunk < offset:
            shrunk += 1
            pair = next(pairs, None)
        places.append(offset + shrunk)
    return tuple(places)


def _reason(text: str) -> str:
    """Say why no turn can be read in a text."""
    if not text.strip():
        return "the file is empty"
    lone = _LONE_HEADER.search(text)
    if lone is None:
        return "there is no line 'Turn N [STAGE]' followed by a line that starts with 'Q:'"
    line = 1 + _with_line_feeds(text[: lone.start()]).count("\n")
    return f"line {line} looks like a turn, but the line below does not start with 'Q:'"
