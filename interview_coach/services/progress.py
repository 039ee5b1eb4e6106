"""What was practised: sessions and attempts."""

from dataclasses import dataclass

from interview_coach.comparison.delivery import count_words
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Attempt, AttemptState, KeptTurn, Question, Session, Transcript
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """A session as a list shows it; ``attempts`` counts those that were submitted."""

    session: Session
    attempts: int


@dataclass(frozen=True, slots=True)
class AttemptEntry:
    """An attempt with the question that it answers and the stage in which it was asked."""

    attempt: Attempt
    question: Question
    stage: str
    words: int


@dataclass(frozen=True, slots=True)
class AttemptDetail:
    """An attempt beside what it was compared with."""

    entry: AttemptEntry
    reference: KeptTurn | None
    transcript: Transcript | None


class ProgressService:
    """Shows sessions and attempts."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def sessions(self) -> tuple[SessionEntry, ...]:
        """Return all sessions, newest first."""
        with self._database.begin() as work:
            attempts = work.attempts.submitted_by_session()
            return tuple(
                SessionEntry(session=session, attempts=attempts.get(session.id, 0))
                for session in work.sessions.listed()
            )

    def attempts(self, *, question_id: int | None = None, session_id: int | None = None) -> tuple[AttemptEntry, ...]:
        """Return attempts in the order in which they were begun, but for drafts with nothing typed in them."""
        with self._database.begin() as work:
            attempts = work.attempts.listed(question_id=question_id, session_id=session_id)
            return tuple(
                _entry(work, attempt)
                for attempt in attempts
                if attempt.state is not AttemptState.DRAFT or attempt.text.strip()
            )

    def attempt(self, attempt_id: int) -> AttemptDetail:
        """Return one attempt with its reference, which counts as seen from now on.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no attempt {attempt_id}.")
            entry = _entry(work, attempt)
            if attempt.reference_turn_id is None:
                return AttemptDetail(entry=entry, reference=None, transcript=None)
            reference = work.transcripts.turn(attempt.reference_turn_id)
            transcript = None if reference is None else work.transcripts.get(reference.transcript_id)
            work.questions.note_seen([attempt.question_id], as_utc(self._clock.now()))
            return AttemptDetail(entry=entry, reference=reference, transcript=transcript)


def _entry(work: UnitOfWork, attempt: Attempt) -> AttemptEntry:
    question = work.questions.get(attempt.question_id)
    if question is None:
        raise LookupError(f"question {attempt.question_id} of attempt {attempt.id} is gone")
    turn_id = work.sessions.places(attempt.session_id)[attempt.place - 1].turn_id
    turn = None if turn_id is None else work.transcripts.turn(turn_id)
    stage = question.stage if turn is None else turn.turn.stage
    return AttemptEntry(attempt=attempt, question=question, stage=stage, words=count_words(attempt.text))
