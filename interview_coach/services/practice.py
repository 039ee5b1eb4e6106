"""Practice sessions: started over a transcript, a stage, a search or all, found again, and handed out."""

from collections.abc import Sequence

from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    Mode,
    SessionState,
)
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.selection import Candidate, by_stage, in_file_order
from interview_coach.services.clock import Clock
from interview_coach.services.practice_session import PracticeSession, stored_session
from interview_coach.storage.database import Database, UnitOfWork


class PracticeService:
    """Starts sessions, finds the one to go on with, and hands them out."""

    def __init__(self, database: Database, clock: Clock, preferences: Preferences) -> None:
        self._database = database
        self._clock = clock
        self.preferences = preferences

    def start_transcript(self, transcript_id: int, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session that replays a transcript in its own order, and return its id.

        Raises CoachError, INPUT_MISSING, where the transcript is not there or asks nothing.
        """
        with self._database.begin() as work:
            transcript = work.transcripts.get(transcript_id)
            if transcript is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {transcript_id}.")
            order = in_file_order(work.transcripts.candidates(transcript_id=transcript_id))
            return self._start(work, mode, transcript.title, transcript_id, order, count)

    def start_stage(self, stage: str, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session with the questions of one stage, and return its id; raises CoachError where it has none."""
        with self._database.begin() as work:
            order = in_file_order(work.transcripts.candidates(stage=stage))
            return self._start(work, mode, stage, None, order, count)

    def start_mixed(self, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session over all transcripts in stage order, and return its id; raises CoachError where all is empty.

        With a count, the questions are taken from the stages in turn, so that a short session still has all of them.
        """
        with self._database.begin() as work:
            order = by_stage(work.transcripts.candidates())
            return self._start(work, mode, "", None, order, count)

    def start_search(self, search: str, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session with the questions in which every word of a search occurs, in stage order; return its id."""
        with self._database.begin() as work:
            found = set(work.questions.listed_ids(search=search))
            order = by_stage([turn for turn in work.transcripts.candidates() if turn.question_id in found])
            return self._start(work, mode, search, None, order, count)

    def start_default(self, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start with the first transcript that was not practised yet, else the first one; return the session's id."""
        with self._database.begin() as work:
            listed = work.transcripts.listed()
            practised = work.transcripts.practised()
        fresh = [transcript for transcript in listed if transcript.id not in practised]
        chosen = next(iter(fresh or listed), None)
        if chosen is None:
            raise CoachError(Fault.INPUT_MISSING, "There is no transcript to practise. Import one first.")
        return self.start_transcript(chosen.id, mode, count)

    def to_resume(self) -> int | None:
        """Return the id of the session that was left last, None where none is open or paused."""
        with self._database.begin() as work:
            session = next(iter(work.sessions.to_resume()), None)
            return None if session is None else session.id

    def session(self, session_id: int) -> PracticeSession:
        """Return a session to go on with: it is open from now on, and another open one is paused.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            session = stored_session(work, session_id)
            if session.state is SessionState.PAUSED:
                self._pause_open(work)
                work.sessions.set_state(session_id, SessionState.OPEN)
        return PracticeSession(self._database, self._clock, lambda: self.preferences, session_id)

    def abandon(self, session_id: int) -> None:
        """Give a session up: its attempts stay, it is no longer offered."""
        with self._database.begin() as work:
            if stored_session(work, session_id).state in (SessionState.OPEN, SessionState.PAUSED):
                work.sessions.set_state(session_id, SessionState.ABANDONED)

    def _start(
        self,
        work: UnitOfWork,
        mode: Mode,
        title: str,
        transcript_id: int | None,
        order: Sequence[Candidate],
        count: int | None,
    ) -> int:
        if not order:
            raise CoachError(Fault.INPUT_MISSING, "There is no question to practise there.")
        if count is not None and count < len(order):
            order = order[:count] if transcript_id is not None else _spread(order, count)
        self._pause_open(work)
        started = as_utc(self._clock.now())
        return work.sessions.add(mode=mode, title=title, transcript_id=transcript_id, order=order, started=started)

    @staticmethod
    def _pause_open(work: UnitOfWork) -> None:
        other = work.sessions.open_one()
        if other is not None:
            work.sessions.set_state(other.id, SessionState.PAUSED)


def _spread(order: Sequence[Candidate], count: int) -> Sequence[Candidate]:
    """Return so many of the candidates, taken from the stages in turn, in their order."""
    stages: dict[str, list[Candidate]] = {}
    for candidate in order:
        stages.setdefault(candidate.stage, []).append(candidate)
    chosen: set[int] = set()
    for depth in range(len(order)):
        for candidates in stages.values():
            if depth < len(candidates) and len(chosen) < count:
                chosen.add(candidates[depth].question_id)
    return [candidate for candidate in order if candidate.question_id in chosen]
