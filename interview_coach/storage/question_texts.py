"""The texts of the bank's questions, a part at a time: for what looks at all of them without holding anybody up."""

import json
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from interview_coach.storage.driver import driver_of

_IN_BANK = (
    "FROM question LEFT JOIN transcript ON transcript.id = question.transcript_id "
    "WHERE question.trash_id IS NULL AND question.merged_into IS NULL "
    "AND (question.transcript_id IS NULL OR transcript.published)"
)


class QuestionTexts:
    """What the questions of the bank ask: neither those in Trash nor those that were merged into another."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def count(self) -> int:
        """Return how many questions the bank has; those that an import has not published yet count as well."""
        ((questions,),) = self._rows(
            "SELECT (SELECT count(*) FROM question) - (SELECT count(*) FROM question WHERE trash_id IS NOT NULL) "
            "- (SELECT count(*) FROM question WHERE merged_into IS NOT NULL AND trash_id IS NULL)",
            (),
        )
        return int(questions)

    def before(self, question_id: int | None, most: int) -> list[tuple[int, str]]:
        """Return id and text of the newest questions, or of those before one; so many at most."""
        return self._rows(
            f"SELECT question.id, question.text {_IN_BANK} AND question.id < ? ORDER BY question.id DESC LIMIT ?",
            (2**63 - 1 if question_id is None else question_id, most),
        )

    def of(self, question_ids: Sequence[int]) -> list[tuple[int, str]]:
        """Return id and text of those of these questions that are in the bank, the newest first."""
        return self._rows(
            f"SELECT question.id, question.text {_IN_BANK} "  # noqa: S608  (as above)
            "AND question.id IN (SELECT value FROM json_each(?)) ORDER BY question.id DESC",
            (json.dumps(list(question_ids)),),
        )

    def _rows(self, statement: str, values: tuple[object, ...]) -> list[tuple[Any, ...]]:
        return driver_of(self._session).execute(statement, values).fetchall()
