"""What a day's practice is planned by: what is known of each question, and what was practised on a day."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from sqlmodel import Session

from interview_coach.storage.driver import driver_of
from interview_coach.storage.moments import day, words
from interview_coach.storage.search import sound_ids

_KNOWN = """
    SELECT question.id, question.stage,
        (SELECT count(*) FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL),
        (SELECT max(attempt.day) FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL),
        (SELECT seconds FROM attempt
            WHERE attempt.question_id = question.id AND state = 'submitted' AND attempt.trash_id IS NULL
            ORDER BY number DESC LIMIT 1),
        (SELECT grade FROM schedule JOIN review ON review.attempt_id = schedule.attempt_id
            WHERE schedule.question_id = question.id)
    FROM question WHERE question.id IN (SELECT value FROM json_each(?))
"""


_LAST = """
    SELECT max(submitted_at) FROM attempt
    WHERE trash_id IS NULL AND day >= (SELECT date(max(day), '-31 days') FROM attempt WHERE trash_id IS NULL)
"""


class Known(NamedTuple):
    """What is known of a question: how often and on which day last it was answered, and how that went.

    ``seconds`` is how long the last answer took, ``grade`` what it was given (a Grade's number); both None without one.
    """

    stage: str
    attempts: int
    last: date | None
    seconds: float | None
    grade: int | None


class AgendaRepository:
    """Reads what a day's practice is planned by."""

    def __init__(self, session: Session) -> None:
        self._connection = driver_of(session)

    def known(self, question_ids: Sequence[int]) -> dict[int, Known]:
        """Return what is known of questions, by question; a thousand at a time take some milliseconds."""
        rows = self._connection.execute(_KNOWN, (json.dumps(list(question_ids)),))
        found = {
            question_id: Known(words(stage), attempts, None if last is None else day(last), seconds, grade)
            for question_id, stage, attempts, last, seconds, grade in rows
        }
        sound_ids(tuple(found))
        return found

    def practised(self, on: date) -> tuple[int, float]:
        """Return how many answers were submitted on a day, and how many seconds they took."""
        number, seconds = self._connection.execute(
            "SELECT count(*), coalesce(sum(seconds), 0) FROM attempt "
            "WHERE day = ? AND state = 'submitted' AND trash_id IS NULL",
            (on.isoformat(),),
        ).fetchone()
        return number, float(seconds)

    def last_submitted(self) -> datetime | None:
        """Return when the last answer of the newest days was submitted by the clock of then, None without one.

        An attempt that was begun earlier and submitted since lies within them: no session is kept open for a month.
        """
        (last,) = self._connection.execute(_LAST).fetchone()
        return None if last is None else datetime.fromisoformat(words(last)).replace(tzinfo=UTC)
