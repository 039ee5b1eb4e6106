"""Practice sessions: started over a transcript, a stage, chosen questions or all, found again, and handed out."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    Mode,
    SessionState,
)
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.selection import (
    Candidate,
    Order,
    by_stage,
    in_file_order,
    longest_ago,
    spread,
    together,
    weakest_first,
)
from interview_coach.services.clock import Clock
from interview_coach.services.practice_session import PracticeSession, stored_session
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.practice_candidates import Choosable

#: How many of the chosen questions a session asks where nothing else is said.
USUAL_COUNT = 10

#: Chosen questions that one unit of work looks up, so that others get their turn at the database.
_AT_ONCE = 1000


@dataclass(frozen=True)
class Practisable:
    """How many of chosen questions a session may ask, and how many stay out of it since they are suspended."""

    questions: int
    suspended: int


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
            if count is not None:
                order = order[:count]
            return self._start(work, mode, transcript.title, order, transcript_id)

    def start_stage(self, stage: str, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session with the questions of one stage, and return its id; raises CoachError where it has none."""
        with self._database.begin() as work:
            asked = work.transcripts.candidates(stage=stage)
            order = in_file_order([*asked, *work.candidates.by_hand(stage)])
            return self._start(work, mode, stage, _spread(order, count))

    def start_mixed(self, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session over the whole bank in stage order, and return its id; raises CoachError where all is empty.

        With a count, the questions are taken from the stages in turn, so that a short session still has all of them.
        """
        with self._database.begin() as work:
            order = by_stage([*work.transcripts.candidates(), *work.candidates.by_hand()])
            return self._start(work, mode, "", _spread(order, count))

    def start_chosen(
        self,
        question_ids: Sequence[int],
        *,
        title: str,
        mode: Mode = Mode.PRACTICE,
        count: int | None = USUAL_COUNT,
        order: Order = Order.AS_LISTED,
        chance: random.Random | None = None,
    ) -> int:
        """Start a session over chosen questions, so many at most (None: all of them), and return its id.

        ``order`` says which of them come in and how they are asked: the first as they are listed; some of each stage
        in turn, in stage order; ``chance``'s own choice; those that went worst; or those last answered longest ago.
        But for a list that is asked as it stands, questions whose turns are of one transcript and stage are asked one
        after the other and in the order of its file: one may follow up on another. So it is questions that are drawn
        by lot, and such groups that are shuffled.

        Each question comes once, a merged one as what it went into. Suspended ones stay out (``practisable`` counts
        them), and so does what is not in the bank any more. Raises CoachError, INPUT_MISSING, where nothing is left.
        """
        chance = chance or random.Random()
        chosen = self._choose(question_ids, order, count, chance)
        if not chosen and self.practisable(question_ids).suspended:
            raise CoachError(Fault.INPUT_MISSING, "What there is to practise there is suspended.")
        with self._database.begin() as work:
            questions = [one for one in work.candidates.choosable(chosen) if not one.suspended]
            turns = work.candidates.candidates(questions)
            return self._start(work, mode, title, _arranged(turns, order))

    def start_search(self, search: str, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start a session with what a search finds, in stage order, and return its id; raises as ``start_chosen``."""
        from interview_coach.services.searching import SearchService  # late: not needed to start

        found = SearchService(self._database, self._clock).find_text(search)
        return self.start_chosen(found.ids, title=search, mode=mode, count=count, order=Order.BY_STAGE)

    def practisable(self, question_ids: Sequence[int]) -> Practisable:
        """Return how many of these questions ``start_chosen`` may ask, and how many are suspended."""
        suspended = [question.suspended for question in self._choosable(question_ids)]
        return Practisable(questions=suspended.count(False), suspended=suspended.count(True))

    def start_default(self, mode: Mode = Mode.PRACTICE, count: int | None = None) -> int:
        """Start with the first transcript that was not practised yet, else the first one; return the session's id."""
        with self._database.begin() as work:
            chosen = work.transcripts.first_not_practised() or work.transcripts.first()
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

    def _choose(
        self, question_ids: Sequence[int], order: Order, count: int | None, chance: random.Random
    ) -> Sequence[int]:
        """Return which of the questions come in, in the order in which their groups are to be asked."""
        if order is Order.SHUFFLED:
            question_ids = chance.sample(question_ids, len(question_ids))
        asked: list[int] = []
        stages: dict[int, str] = {}
        for question in self._choosable(question_ids):
            if not question.suspended:
                asked.append(question.question_id)
                stages[question.question_id] = question.stage
                if len(asked) == count and order in (Order.AS_LISTED, Order.SHUFFLED):
                    break  # nobody needs to look the rest up
        if order is Order.BY_STAGE and count is not None:
            return spread(asked, stages, count)
        if order is Order.WEAKEST_FIRST:
            with self._database.begin() as work:
                return weakest_first(asked, work.candidates.lowest_scores(asked))[:count]
        if order is Order.LONGEST_AGO:
            with self._database.begin() as work:
                return longest_ago(asked, work.candidates.last_answered(asked))[:count]
        return asked

    def _choosable(self, question_ids: Sequence[int]) -> Iterator[Choosable]:
        """Yield the chosen questions that are in the bank, each once, looked up as far as somebody asks for them."""
        met: set[int] = set()
        for part in _slices(question_ids):
            with self._database.begin() as work:
                found = work.candidates.choosable(part)
            for question in found:
                if question.question_id not in met:
                    met.add(question.question_id)
                    yield question

    def _start(
        self,
        work: UnitOfWork,
        mode: Mode,
        title: str,
        order: Sequence[Candidate],
        transcript_id: int | None = None,
    ) -> int:
        if not order:
            raise CoachError(Fault.INPUT_MISSING, "There is no question to practise there.")
        self._pause_open(work)
        started = as_utc(self._clock.now())
        return work.sessions.add(mode=mode, title=title, transcript_id=transcript_id, order=order, started=started)

    @staticmethod
    def _pause_open(work: UnitOfWork) -> None:
        other = work.sessions.open_one()
        if other is not None:
            work.sessions.set_state(other.id, SessionState.PAUSED)


def _arranged(turns: Sequence[Candidate], order: Order) -> Sequence[Candidate]:
    if order is Order.AS_LISTED:
        return turns
    return by_stage(turns) if order is Order.BY_STAGE else together(turns)


def _slices(question_ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (list(question_ids[start : start + _AT_ONCE]) for start in range(0, len(question_ids), _AT_ONCE))


def _spread(order: Sequence[Candidate], count: int | None) -> Sequence[Candidate]:
    """Return so many of the candidates, taken from the stages in turn, in their order."""
    if count is None or count >= len(order):
        return order
    stages = {candidate.question_id: candidate.stage for candidate in order}
    chosen = set(spread([candidate.question_id for candidate in order], stages, count))
    return [candidate for candidate in order if candidate.question_id in chosen]
