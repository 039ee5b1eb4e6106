"""What was practised: sessions and attempts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interview_coach.comparison.words import count_words
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Attempt, AttemptState, Question, Session
from interview_coach.services.clock import Clock
from interview_coach.services.proposing import LONGEST_COMPARED
from interview_coach.services.references import Reference, answer_of, note_seen, pinned_answer
from interview_coach.storage.database import Database, UnitOfWork

if TYPE_CHECKING:  # late: not needed to start
    from interview_coach.comparison.difference import Difference


@dataclass(frozen=True)
class SessionEntry:
    """A session as a list shows it.

    ``attempts`` counts those that were submitted, ``answered`` the questions that have one: a question can be tried
    again.
    """

    session: Session
    attempts: int
    answered: int


@dataclass(frozen=True)
class AttemptEntry:
    """An attempt with the question that it answers and the stage in which it was asked."""

    attempt: Attempt
    question: Question
    stage: str
    words: int


@dataclass(frozen=True)
class AttemptDetail:
    """An attempt beside what it was compared with; ``pinned`` tells whether it is its question's reference."""

    entry: AttemptEntry
    reference: Reference | None
    pinned: bool


@dataclass(frozen=True)
class History:
    """A question with the person's answers to it, oldest first, and the id of the one that is their reference."""

    question: Question
    entries: tuple[AttemptEntry, ...]
    pinned: int | None


class ProgressService:
    """Shows sessions and attempts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sessions(self) -> tuple[SessionEntry, ...]:
        """Return all sessions, newest first."""
        with self._database.begin() as work:
            attempts = work.attempts.submitted_by_session()
            answered = work.attempts.answered_by_session()
            return tuple(
                SessionEntry(
                    session=session, attempts=attempts.get(session.id, 0), answered=answered.get(session.id, 0)
                )
                for session in work.sessions.listed()
            )

    def any_session(self) -> bool:
        """Return whether there was a session yet."""
        with self._database.begin() as work:
            return work.sessions.latest_step() is not None

    def attempts(self, *, question_id: int | None = None, session_id: int | None = None) -> tuple[AttemptEntry, ...]:
        """Return attempts in the order in which they were begun, but for drafts with nothing typed in them."""
        with self._database.begin() as work:
            attempts = work.attempts.listed(question_id=question_id, session_id=session_id)
            return _entries(
                work, [each for each in attempts if each.state is not AttemptState.DRAFT or each.text.strip()]
            )

    def entries(self, attempt_ids: Sequence[int]) -> tuple[AttemptEntry, ...]:
        """Return attempts by their ids, in the order of these; those that are gone or in Trash are left out."""
        with self._database.begin() as work:
            found = {attempt.id: attempt for attempt in work.attempts.many(attempt_ids)}
            return _entries(work, [found[attempt_id] for attempt_id in attempt_ids if attempt_id in found])

    def still_there(self, attempt_ids: Sequence[int]) -> tuple[int, ...]:
        """Return those of these attempts that are there and not in Trash, in the same order."""
        with self._database.begin() as work:
            there = work.attempts.still_there(attempt_ids)
            return tuple(attempt_id for attempt_id in attempt_ids if attempt_id in there)

    def attempt(self, attempt_id: int) -> AttemptDetail:
        """Return one attempt with its reference, which counts as seen from now on.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no attempt {attempt_id}.")
            (entry,) = _entries(work, [attempt])
            pinned = work.references.pinned(attempt.question_id) == attempt.id
            reference: Reference | None = pinned_answer(work, attempt.reference_attempt_id)
            if attempt.reference_turn_id is not None:
                reference = answer_of(work, work.transcripts.turn(attempt.reference_turn_id))
            if reference is not None or pinned:
                note_seen(work, self._clock, [attempt.question_id])
            return AttemptDetail(entry=entry, reference=reference, pinned=pinned)

    def history(self, question_id: int) -> History:
        """Return the person's answers to a question, but for those with no word in them.

        Raises CoachError, INPUT_MISSING, where the question is not there.
        """
        with self._database.begin() as work:
            question = work.questions.get(question_id)
            if question is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no question {question_id}.")
            attempts = work.attempts.listed(question_id=question.id)
            entries = _entries(
                work, [each for each in attempts if each.state is not AttemptState.DRAFT and each.text.strip()]
            )
            pinned = work.references.pinned(question.id)
            if pinned is not None:
                note_seen(work, self._clock, [question.id])
            return History(question=question, entries=entries, pinned=pinned)

    @staticmethod
    def difference(before: str, after: str) -> "Difference":
        """Return how two answers differ, word by word. Raises CoachError, BAD_INPUT, where one is far too long."""
        if max(len(before), len(after)) > LONGEST_COMPARED:
            raise CoachError(Fault.BAD_INPUT, "These answers are too long to be compared word by word.")
        from interview_coach.comparison.difference import difference  # late: not needed to start

        return difference(before, after)


def _entries(work: UnitOfWork, attempts: Sequence[Attempt]) -> tuple[AttemptEntry, ...]:
    asked = {question.id: question for question in work.questions.get_many([each.question_id for each in attempts])}
    stages = work.attempts.stages([each.id for each in attempts])
    if not all(each.question_id in asked and each.id in stages for each in attempts):
        raise ValueError("an attempt is without its question or its place")
    return tuple(
        AttemptEntry(
            attempt=attempt,
            question=asked[attempt.question_id],
            stage=stages[attempt.id],
            words=count_words(attempt.text),
        )
        for attempt in attempts
    )
