"""What Progress counts: answers without their texts, when questions come back, and the newest texts."""

import json
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from interview_coach.domain.progress import Answered, Scores
from interview_coach.storage.driver import driver_of
from interview_coach.storage.moments import day, words
from interview_coach.storage.search import sound_ids

_DAYS = """
    SELECT day, json_group_array(id), sum(seconds) FROM attempt
    WHERE state = 'submitted' AND trash_id IS NULL GROUP BY day ORDER BY day
"""

_ANSWERED = """
    SELECT attempt.id, attempt.question_id, attempt.day, coalesce(turn.stage, question.stage), attempt.number,
        attempt.seconds
    FROM attempt
    JOIN question ON question.id = attempt.question_id
    JOIN place ON place.session_id = attempt.session_id AND place.place = attempt.place
    LEFT JOIN turn ON turn.id = place.turn_id
    WHERE attempt.state = 'submitted' AND attempt.trash_id IS NULL
    ORDER BY attempt.day, attempt.id
"""

_SCORES = """
    SELECT attempt_id, look = 'second',
        max(CASE criterion WHEN 'clarity' THEN score END), max(CASE criterion WHEN 'confidence' THEN score END),
        max(CASE criterion WHEN 'technical_depth' THEN score END), avg(score)
    FROM self_rating GROUP BY attempt_id, look
"""

_POINTS = """
    SELECT attempt_id, avg(CASE decided WHEN 'said' THEN 1.0 WHEN 'partly' THEN 0.5 ELSE 0.0 END)
    FROM decided_point WHERE decided IN ('said', 'partly', 'missed') GROUP BY attempt_id
"""

_COMING = """
    SELECT schedule.due, schedule.attempt_id FROM schedule
    JOIN question ON question.id = schedule.question_id
    LEFT JOIN transcript ON transcript.id = question.transcript_id
    WHERE schedule.due > ? AND NOT suspended AND question.trash_id IS NULL AND merged_into IS NULL
        AND (question.transcript_id IS NULL OR published)
    ORDER BY schedule.due, schedule.question_id
"""

_TEXTS = """
    SELECT id, day, text FROM attempt
    WHERE state = 'submitted' AND trash_id IS NULL ORDER BY submitted_at DESC, id DESC LIMIT ?
"""

_NOT_RATED: tuple[Scores, float | None] = ((None, None, None), None)


class AnsweredRepository:
    """Reads what Progress counts."""

    def __init__(self, session: Session) -> None:
        self._connection = driver_of(session)

    def days(self) -> tuple[tuple[date, tuple[int, ...], float], ...]:
        """Return the days on which something was answered, oldest first: the attempts, and their seconds in all."""
        rows = self._connection.execute(_DAYS)
        return tuple((day(written), tuple(sorted(json.loads(ids))), seconds) for written, ids, seconds in rows)

    def answers(self) -> tuple[Answered, ...]:
        """Return all answers that were submitted and are not in Trash, oldest first; no text is read."""
        first: dict[int, tuple[Scores, float]] = {}
        second: dict[int, tuple[Scores, float]] = {}
        for attempt_id, later, clarity, confidence, depth, mean in self._connection.execute(_SCORES):
            (second if later else first)[attempt_id] = ((clarity, confidence, depth), mean)
        said: dict[int, float] = dict(self._connection.execute(_POINTS))
        days: dict[str, date] = {}
        found = []
        for attempt_id, question_id, written, stage, number, seconds in self._connection.execute(_ANSWERED):
            if written not in days:
                days[written] = day(written)
            scores, mean = first.get(attempt_id, _NOT_RATED)
            looked, _ = second.get(attempt_id, _NOT_RATED)
            found.append(
                Answered(
                    attempt_id,
                    question_id,
                    days[written],
                    words(stage),
                    number,
                    seconds,
                    scores,
                    looked,
                    mean,
                    said.get(attempt_id),
                )
            )
        return tuple(found)

    def coming(self, after: date) -> tuple[tuple[date, int], ...]:
        """Return when questions come back after a day, each with the attempt that says so; never what is hidden."""
        rows = self._connection.execute(_COMING, (after.isoformat(),))
        return tuple((day(due), attempt_id) for due, attempt_id in rows)

    def before_return(self, question_ids: Sequence[int]) -> tuple[int, ...]:
        """Return the attempts after which these questions come back."""
        rows = self._connection.execute(
            "SELECT attempt_id FROM schedule WHERE question_id IN (SELECT value FROM json_each(?)) ORDER BY due",
            (json.dumps(list(question_ids)),),
        )
        return tuple(sound_ids([attempt_id for (attempt_id,) in rows]))

    def newest_texts(self, most: int) -> tuple[tuple[int, date, str], ...]:
        """Return the newest answers: their ids, days and texts."""
        rows = self._connection.execute(_TEXTS, (most,))
        return tuple((attempt_id, day(written), words(text)) for attempt_id, written, text in rows)
