"""A report as a table for a spreadsheet: UTF-8, RFC 4180, one row for each answer."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from functools import cache

from interview_coach.domain.models import Criterion, PointStatus, SelfRating
from interview_coach.domain.rubric import entry
from interview_coach.reports.outline import compared_text, recorded_scores_text
from interview_coach.reports.values import RecordedAnswer, Report, ReportedAttempt, ReportedQuestion, gathered

_MARK = "\ufeff"
_POINT_COLUMNS = (
    ("Said", PointStatus.SAID),
    ("Partly", PointStatus.PARTLY),
    ("Missed", PointStatus.MISSED),
    ("Left out", PointStatus.LEFT_OUT),
    ("Not decided", None),
)


def csv_table(report: Report, *, byte_order_mark: bool = False) -> str:
    r"""Return a report as CSV with a header; lines end with ``\r\n``, so it is to be encoded as it stands.

    A question without answers has one row too. Every cell is quoted, since some programs split bare cells at other
    signs as well, and one that a program would take for a formula begins with an apostrophe. Nothing is cut.
    """
    text = io.StringIO(newline="")
    text.write(_MARK if byte_order_mark else "")
    table = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    table.writerow(_header())
    for question in gathered(report):
        for attempt in question.attempts or (None,):
            table.writerow([harmless(cell) for cell in (*_question(question), *_attempt(attempt))])
    return text.getvalue()


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula, also where a program drops blanks before it."""
    whole = cell.encode("utf-8", "replace").decode("utf-8")
    return f"'{whole}" if _acting().match(whole) else whole


@cache
def _acting() -> re.Pattern[str]:
    """Return what a cell begins with that acts: a sign of formulas, narrow or wide, or a control character.

    Blanks and signs that are not seen before it do not help.
    """
    control, unseen = "\\x00-\\x1f\\x7f", "\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff"
    return re.compile(f"[{control}]|[\\s{control}{unseen}]*+[=+\\-@＝＋－＠]")


def _header() -> Sequence[str]:
    titles = [entry(criterion).title for criterion in Criterion]
    return (
        *("Question id", "Question", "Stage", "Tags", "Flagged", "Transcript", "Recorded answer", "Recorded rating"),
        *("Your key points", "Your notes", "Attempt", "Day", "State", "Answer", "Words", "Seconds"),
        *(f"{title}, first" for title in titles),
        *(f"{title}, second look" for title in titles),
        "Compared with",
        *(title for title, _ in _POINT_COLUMNS),
        "Next time I will",
    )


def _question(question: ReportedQuestion) -> Iterator[str]:
    yield from (
        question.uid,
        question.text,
        question.stage,
        "\n".join(question.tags),
        "yes" if question.flagged else "",
    )
    yield "\n".join(recorded.transcript for recorded in question.recorded)
    yield _told_apart(question.recorded, [recorded.answer or "" for recorded in question.recorded])
    yield _told_apart(question.recorded, [_rating(recorded) for recorded in question.recorded])
    yield "\n".join(question.own_points)
    yield "\n".join(question.notes)


def _told_apart(recorded: Sequence[RecordedAnswer], texts: Sequence[str]) -> str:
    """Return what transcripts hold in one cell; of several each is named."""
    if len(texts) < 2:
        return "".join(texts)
    return "\n\n".join(f"{each.transcript}:\n{text}" for each, text in zip(recorded, texts, strict=True) if text)


def _rating(recorded: RecordedAnswer) -> str:
    scores = recorded_scores_text(recorded.rating)
    return "\n".join(filter(None, ("" if scores == "none" else scores, recorded.rating.summary)))


def _attempt(attempt: ReportedAttempt | None) -> Sequence[str]:
    if attempt is None:
        return [""] * (len(_header()) - 10)
    return (
        *(str(attempt.number), attempt.day.isoformat(), attempt.state.value, attempt.text),
        *(str(attempt.words), f"{attempt.seconds:.1f}"),
        *_scores(attempt.first_rating),
        *_scores(attempt.second_look),
        "" if attempt.compared_with is None else compared_text(attempt.compared_with),
        *("\n".join(p.text for p in attempt.points if p.decided is status) for _, status in _POINT_COLUMNS),
        attempt.resolution or "",
    )


def _scores(rating: SelfRating) -> Iterator[str]:
    for criterion in Criterion:
        score = rating.score(criterion)
        yield "" if score is None else str(score)
