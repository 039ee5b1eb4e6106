"""What the feedback of a turn is worth: a rating, or something that looks like one."""

import json
import re
from collections import Counter
from typing import NamedTuple

from interview_coach.domain.models import TECHNICAL, Criterion, RatingStatus, RecordedRating

_RUBRIC = {*(criterion.value for criterion in Criterion), "summary"}
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*[\w+-]*[ \t\n]*")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_SPELLED = re.compile(r"[ \t]*([0-9]{1,20}(?:\.[0-9]{1,20})?)[ \t]*(?:/[ \t]*10[ \t]*)?")
_USUAL = re.compile(
    r'\{"clarity": ?(10|[1-9]), ?"confidence": ?(10|[1-9]), ?"technical_depth": ?(10|[0-9]), ?'
    r'"summary": ?"([^"\\\x00-\x1f\ud800-\udfff]*)"\}'
)
_UNFIT = re.compile("[\0\ud800-\udfff]")

#: Numbers stay as written: an integer of 5,000 digits or 1e999 is no score, and nothing to fail over.
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str)
_BLANKS = re.compile(r"[ \t\n\r]*")

#: How much of a value that is no score is quoted; the whole stands in ``as_written``.
_QUOTED = 200

_CUT_SHORT = "the JSON is cut short"
_INVALID = "it is no valid JSON"

_FALLBACK = "(Fallback due to:"
_CUT_OFF = "(No summary provided)"
_NO_ANSWER = "No answer provided."
_SKIPPED = "Evaluation skipped due to error."


class _Entry(NamedTuple):
    """A value of the feedback's object, decoded and as written."""

    value: object
    written: str


class _NotOneObjectError(Exception):
    """The text is no single JSON object; the message says what it is."""


def is_null(feedback: str | None) -> bool:
    """Return whether the feedback is null, bare or fenced."""
    return feedback is not None and _unfenced(feedback)[0] == "null"


def judge(feedback: str | None, stage: str, answer: str | None) -> tuple[RecordedRating, tuple[str, ...]]:
    """Return the rating that a turn's feedback holds, and a sentence for each thing that is odd about it.

    ``feedback`` is what follows ``Feedback:``, None where there is no such line; ``stage`` decides what a technical
    depth of 0 means; ``answer`` only what is said about a missing rating. Nothing is clamped or invented: what can't
    be read as a score is named and kept as written. Never raises, whatever stands there.
    """
    if feedback is None:
        return RecordedRating(), ()
    usual = _as_usual(feedback, stage)
    if usual is not None:
        return usual, ()
    text, closed = _unfenced(feedback)
    messages = [] if closed else ["the code fence of the feedback is not closed"]
    if text == "null":
        messages.append("no rating: the question was never answered" if answer is None else "no rating: null")
        return RecordedRating(as_written=feedback), tuple(messages)
    try:
        entries, repeated = _entries(text)
    except _NotOneObjectError as error:
        messages.append(f"the feedback can't be read: {error}; kept as written")
        return RecordedRating(status=RatingStatus.UNREADABLE, as_written=feedback), tuple(messages)
    rating, said = _rating(feedback, entries, stage, plain=text == feedback and not repeated)
    if repeated:
        messages.append("the feedback repeats a key: the last one counts")
    return rating, (*messages, *said)


def _as_usual(feedback: str, stage: str) -> RecordedRating | None:
    """Return the rating of feedback as nearly all turns have it, at a third of the time; None for any other."""
    found = _USUAL.fullmatch(feedback)
    if found is None:
        return None
    clarity, confidence, depth = int(found[1]), int(found[2]), int(found[3])
    if depth == 0 and (stage == TECHNICAL or clarity == confidence == 5):
        return None
    return RecordedRating(
        status=RatingStatus.RATED,
        clarity=clarity,
        confidence=confidence,
        technical_depth=depth or None,
        summary=found[4],
    )


def _unfenced(feedback: str) -> tuple[str, bool]:
    """Return the feedback without the fence around it, and whether that fence is closed (or there is none)."""
    text = feedback.strip(" \t\n")
    opening = _FENCE.match(text)
    if not opening:
        return text, True
    inside = text[opening.end() :]
    without = inside.rstrip(opening[1][0])
    if len(inside) - len(without) >= len(opening[1]):
        return without.rstrip(" \t\n"), True
    return inside, False


def _entries(text: str) -> tuple[dict[str, _Entry], bool]:
    """Return the entries of the one JSON object in the text, the last of each key, and whether a key is repeated.

    Raises _NotOneObjectError, and nothing else.
    """
    try:
        entries: list[tuple[str, _Entry]] = []
        at = _skip(text, 0, "{")
        if text[at : at + 1] == "}":
            at += 1
        else:
            while True:
                if text[at : at + 1] != '"':
                    raise _NotOneObjectError(_INVALID if text[at : at + 1] else _CUT_SHORT)
                key, at = _DECODER.raw_decode(text, at)
                start = _skip(text, at, ":")
                value, end = _DECODER.raw_decode(text, start)
                entries.append((key, _Entry(value, text[start:end])))
                at = _blank(text, end)
                if text[at : at + 1] == "}":
                    at += 1
                    break
                at = _skip(text, at, ",")
    except RecursionError:
        raise _NotOneObjectError("it is nested too deep") from None
    except json.JSONDecodeError as error:
        raise _NotOneObjectError(_wrong(text, error.pos)) from None
    if _blank(text, at) != len(text):
        raise _NotOneObjectError("other text follows the JSON object")
    counts = Counter(key for key, _ in entries)
    return dict(entries), len(counts) < len(entries)


def _blank(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


def _skip(text: str, at: int, sign: str) -> int:
    """Return the place of what follows the sign, which must come next."""
    at = _blank(text, at)
    if text[at : at + 1] != sign:
        raise _NotOneObjectError(_INVALID if text[at : at + 1] else _CUT_SHORT)
    return _blank(text, at + 1)


def _wrong(text: str, at: int) -> str:
    """Name what a decoder stumbled over: the end of the text, also within a string, or something else."""
    return _CUT_SHORT if at >= len(text) or text[at] == '"' else _INVALID


def _rating(
    feedback: str, entries: dict[str, _Entry], stage: str, *, plain: bool
) -> tuple[RecordedRating, tuple[str, ...]]:
    messages: list[str] = []
    given = {criterion: entries[criterion] for criterion in Criterion if criterion in entries}
    numbers = {criterion: _number(entry) for criterion, entry in given.items()}
    summary, clean = _summary(entries, messages)
    if failure := _failure(numbers, summary):
        status, message = failure
        return RecordedRating(status=status, summary=summary, as_written=feedback), (*messages, message)

    scores: dict[str, float] = {}
    unreadable: list[tuple[Criterion, str]] = []
    for criterion, entry in given.items():
        number = numbers[criterion]
        if entry.value is None:
            continue
        if number == 0 and criterion is Criterion.TECHNICAL_DEPTH and stage != TECHNICAL:
            plain = plain and entry.written == "0"
            continue
        if number is None or not 1 <= number <= 10:
            unreadable.append((criterion, _quoted(entry.written)))
            continue
        scores[criterion.value] = number
        plain = plain and entry.written.isdigit()
    if unreadable:
        names = ", ".join(criterion.value.replace("_", " ") for criterion, _ in unreadable)
        messages.append(f"what stands there is no score from 1 to 10: {names}; kept as written")
    if "total_score" in entries:
        messages.append("a total score in place of the rubric: shown as written")
    elif entries.keys() - _RUBRIC:
        messages.append("the feedback holds more than the rubric: shown as written")
    plain = plain and clean and not unreadable and entries.keys() == _RUBRIC
    plain = plain and all(entry.value is not None for entry in given.values())
    status = RatingStatus.RATED if scores else RatingStatus.UNREADABLE if unreadable else RatingStatus.NOT_RATED
    rating = RecordedRating(
        status=status,
        clarity=scores.get("clarity"),
        confidence=scores.get("confidence"),
        technical_depth=scores.get("technical_depth"),
        summary=summary,
        as_written=None if plain else feedback,
        unreadable=tuple(unreadable),
    )
    return rating, tuple(messages)


def _number(entry: _Entry) -> float | None:
    """Return the number that stands there: 8, 8.0, "8" and "8/10" are 8; words, true, NaN and "4/5" are none."""
    if not isinstance(entry.value, str):
        return None
    if entry.written.startswith('"'):
        spelled = _SPELLED.fullmatch(entry.value)
        return float(spelled[1]) if spelled else None
    return float(entry.written) if _NUMBER.fullmatch(entry.written) else None


def _summary(entries: dict[str, _Entry], messages: list[str]) -> tuple[str | None, bool]:
    """Return the summary, and whether it is one that a plain rating has: a text that can be shown as it is, or null."""
    entry = entries.get("summary")
    if (entry is None or entry.value is None) and "feedback" in entries:
        entry = entries["feedback"]
    if entry is None or entry.value is None:
        return None, entry is not None
    if not isinstance(entry.value, str) or not entry.written.startswith('"'):
        messages.append("the summary is no text: shown as written")
        return None, False
    shown = _UNFIT.sub("\ufffd", entry.value)
    return shown, shown == entry.value


def _failure(numbers: dict[Criterion, float | None], summary: str | None) -> tuple[RatingStatus, str] | None:
    """Return what a rating that is none stands for, None for one that may be a rating."""
    scores = tuple(numbers.get(criterion) for criterion in Criterion)
    text = (summary or "").strip()
    if scores == (5, 5, 0) and text.startswith(_FALLBACK):
        return RatingStatus.FAILED, "no rating: the judge failed"
    if scores == (5, 5, 0) and text == _CUT_OFF:
        return RatingStatus.FAILED, "no rating: the judge's reply was cut off"
    if scores == (0, 0, 0) and text == _NO_ANSWER:
        return RatingStatus.NOT_RATED, "no rating: the answer was empty"
    if scores == (0, 0, 0) and text == _SKIPPED:
        return RatingStatus.FAILED, "no rating: the judge failed"
    return None


def _quoted(written: str) -> str:
    return written if len(written) <= _QUOTED else written[:_QUOTED] + "…"
