"""One session being practised: every step is one unit of work, and answers with the snapshot to show next.

Where the session stands follows from its attempts (``domain.practice``); nothing is held in memory that a crash could
lose, and whoever opens the folder next goes on at the same place.
"""

import random
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from interview_coach.comparison.delivery import spoken_seconds
from interview_coach.comparison.words import count_words
from interview_coach.domain.days import as_utc, day_of
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    DecidedPoint,
    KeptTurn,
    SelfRating,
    Session,
    SessionState,
)
from interview_coach.domain.practice import Step, StepKind, last_step, latest_by_place, standing
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.rubric import criteria_for
from interview_coach.domain.scheduling import Grade, after, due_days, proposed_grade
from interview_coach.services.clock import Clock
from interview_coach.services.practice_view import ComparisonView, Grading, PracticeView, summary_of
from interview_coach.services.proposing import Proposal, propose
from interview_coach.services.references import (
    PinnedAnswer,
    RecordedAnswer,
    is_decided,
    note_seen,
    own_points,
    points_for,
    points_owner,
    references_of,
)
from interview_coach.storage.database import Database, UnitOfWork


class PracticeSession:
    """One session that is being practised. Every method is one unit of work, and tells where the session then is."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        preferences: Callable[[], Preferences],
        session_id: int,
        *,
        fuzz: bool = False,
    ) -> None:
        """``fuzz`` spreads the days on which questions come back a little, each attempt's always in the same way."""
        self._database = database
        self._clock = clock
        self._preferences = preferences
        self._fuzz = fuzz
        self.id = session_id

    def view(self) -> PracticeView:
        """Return the snapshot to show now.

        Coming to a question begins its draft; coming to Compare notes that the reference has been seen.
        """
        with self._database.begin() as work:
            return self._view(work)

    def save_draft(self, attempt_id: int, text: str, seconds: float) -> datetime | None:
        """Store what is typed so far; return when, or None where the attempt is no draft any more.

        A save that comes late, after the answer was submitted, changes nothing.
        """
        with self._database.begin(wherever=True) as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is None or attempt.state is not AttemptState.DRAFT:
                return None
            saved = as_utc(self._clock.now())
            _take_out_of_trash(work, attempt, text)
            work.attempts.change(attempt_id, text=_storable(text), seconds=max(seconds, 0.0), saved_at=saved)
            return saved

    def submit(self, text: str, seconds: float) -> PracticeView:
        """Submit the answer. One with nothing in it ("I don't know yet") is valid, and is not rated."""
        with self._database.begin() as work:
            attempt = self._now(work, Step.ANSWER)
            moment = self._moment(work)
            _take_out_of_trash(work, attempt, text)
            if not text.strip() and attempt.first_rating.given:  # rated, taken back, and emptied since
                work.attempts.set_rating(attempt.id, look="first", rating=SelfRating())
            work.attempts.change(
                attempt.id,
                state=AttemptState.SUBMITTED.value,
                text=_storable(text),
                seconds=max(seconds, 0.0),
                saved_at=moment,
                submitted_at=moment,
                rated_at=None if text.strip() else moment,
                blind=attempt.blind and not self._reference_seen(work, attempt.question_id),
            )
            return self._view(work)

    def skip(self, text: str, seconds: float) -> PracticeView:
        """Skip the question; what was typed is kept, and the question does not come again in this session."""
        with self._database.begin() as work:
            attempt = self._now(work, Step.ANSWER)
            moment = self._moment(work)
            _take_out_of_trash(work, attempt, text)
            work.attempts.change(
                attempt.id,
                state=AttemptState.SKIPPED.value,
                text=_storable(text),
                seconds=max(seconds, 0.0),
                saved_at=moment,
                submitted_at=moment,
            )
            self._finish_if_done(work, moment)
            return self._view(work)

    def set_rating(self, attempt_id: int, rating: SelfRating) -> None:
        """Keep the scores given so far in Rate; nothing moves on."""
        with self._database.begin(wherever=True) as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is not None and attempt.submitted is not None and attempt.rated is None:
                work.attempts.set_rating(attempt_id, look="first", rating=rating)

    def rate(self, rating: SelfRating) -> PracticeView:
        """Store the first rating and go on to Compare (in a mock interview: to the next answer to rate)."""
        with self._database.begin() as work:
            attempt = self._now(work, Step.RATE)
            work.attempts.set_rating(attempt.id, look="first", rating=rating)
            work.attempts.change(
                attempt.id,
                rated_at=self._moment(work),
                blind=attempt.blind and not self._reference_seen(work, attempt.question_id),
            )
            return self._view(work)

    def set_comparison(
        self, attempt_id: int, points: Sequence[DecidedPoint], second_look: SelfRating, resolution: str
    ) -> None:
        """Keep what was decided so far in Compare; nothing moves on."""
        with self._database.begin(wherever=True) as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is not None and attempt.rated is not None and attempt.compared is None:
                _store_comparison(work, attempt_id, points, second_look, resolution)

    def propose(self, attempt_id: int, points: Sequence[str]) -> Proposal:
        """Return what the program finds in an answer beside these points. Long texts take long: not for a GUI thread.

        Nothing is stored, and the database is let go before the work begins. Raises CoachError, INPUT_MISSING, where
        the attempt is gone.
        """
        with self._database.begin() as work:
            attempt = work.attempts.get(attempt_id)
            if attempt is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no attempt {attempt_id}.")
            question = work.questions.get(attempt.question_id)
            stage = work.attempts.stages([attempt_id])[attempt_id]
            before = work.attempts.last_answered(attempt.question_id, before=attempt.number)
        return propose(
            question="" if question is None else question.text,
            stage=stage,
            points=points,
            answer=attempt.text,
            before=before,
            words_a_minute=self._preferences().words_a_minute,
        )

    def finish_question(
        self,
        points: Sequence[DecidedPoint],
        second_look: SelfRating,
        resolution: str,
        grade: Grade | None = None,
    ) -> PracticeView:
        """Store the comparison, the line for next time and when the question is due, and go on to the next question.

        Without a ``grade`` the one that is proposed counts.
        """
        with self._database.begin() as work:
            attempt = self._now(work, Step.COMPARE)
            moment = self._finish_attempt(work, attempt, points, second_look, resolution, grade)
            self._finish_if_done(work, moment)
            return self._view(work)

    def try_again(
        self,
        points: Sequence[DecidedPoint],
        second_look: SelfRating,
        resolution: str,
        grade: Grade | None = None,
    ) -> PracticeView:
        """Store the comparison and answer the same question once more, in the same place; it is not blind."""
        with self._database.begin() as work:
            attempt = self._now(work, Step.COMPARE)
            self._finish_attempt(work, attempt, points, second_look, resolution, grade)
            self._add_draft(work, attempt.place, attempt.question_id)
            return self._view(work)

    def flag(self, question_id: int, flagged: bool) -> PracticeView:
        """Flag the question, or take the flag away."""
        with self._database.begin() as work:
            work.questions.set_flag(question_id, flagged)
            return self._view(work)

    def undo(self) -> PracticeView:
        """Take the last step back; where there is none, nothing changes. No text is ever lost by it."""
        with self._database.begin() as work:
            attempts = work.attempts.of_session(self.id)
            taken = last_step(attempts)
            if taken is None:
                return self._view(work)
            attempt = taken.attempt
            self._moment(work)
            work.schedule.remove_review(attempt.id)
            if taken.kind in (StepKind.SUBMITTED, StepKind.SKIPPED):
                work.attempts.change(
                    attempt.id, state=AttemptState.DRAFT.value, submitted_at=None, rated_at=None, compared_at=None
                )
            elif taken.kind is StepKind.RATED:
                work.attempts.change(attempt.id, rated_at=None)
            elif taken.kind is StepKind.COMPARED:
                work.attempts.change(attempt.id, compared_at=None)
            else:
                work.attempts.remove(attempt.id)
                before = [other for other in attempts if other.place == attempt.place and other.number < attempt.number]
                work.attempts.change(before[-1].id, compared_at=None)
                work.schedule.remove_review(before[-1].id)
            if stored_session(work, self.id).state is SessionState.FINISHED:
                other = work.sessions.open_one()
                if other is not None:
                    work.sessions.set_state(other.id, SessionState.PAUSED)
                work.sessions.set_state(self.id, SessionState.OPEN)
            return self._view(work)

    def pause(self) -> None:
        """Pause: Today offers to go on."""
        with self._database.begin() as work:
            if stored_session(work, self.id).state is SessionState.OPEN:
                work.sessions.set_state(self.id, SessionState.PAUSED)

    def _now(self, work: UnitOfWork, step: Step) -> Attempt:
        """Return the attempt that the session is about now, begun if need be; a step out of order is our mistake."""
        session = stored_session(work, self.id)
        where = standing(session.mode, session.questions, work.attempts.of_session(self.id))
        if where.step is not step:
            raise RuntimeError(f"the session is at {where.step}, not at {step}")
        if where.attempt is not None:
            return where.attempt
        return self._add_draft(work, where.place, work.sessions.places(self.id)[where.place - 1].question_id)

    def _add_draft(self, work: UnitOfWork, place: int, question_id: int) -> Attempt:
        now = self._clock.now()
        question = work.questions.get(question_id)  # a question that was merged is answered by the one it went into
        if question is None:
            raise LookupError(f"question {question_id} of session {self.id} is gone")
        attempt_id = work.attempts.add_draft(
            session_id=self.id,
            place=place,
            question_id=question.id,
            blind=not self._reference_seen(work, question.id),
            started=as_utc(now),
            day=day_of(now),
        )
        attempt = work.attempts.get(attempt_id)
        if attempt is None:
            raise LookupError("the draft that was just added is gone")
        return attempt

    def _reference_seen(self, work: UnitOfWork, question_id: int) -> bool:
        seen = work.questions.seen(question_id)
        return seen is not None and seen >= stored_session(work, self.id).started

    def _moment(self, work: UnitOfWork) -> datetime:
        """Return the moment of a step: now, or just after the last step where the clock went back or stood still."""
        moment = max(as_utc(self._clock.now()), stored_session(work, self.id).last_step + timedelta(microseconds=1))
        work.sessions.set_last_step(self.id, moment)
        return moment

    def _finish_attempt(
        self,
        work: UnitOfWork,
        attempt: Attempt,
        points: Sequence[DecidedPoint],
        second_look: SelfRating,
        resolution: str,
        grade: Grade | None,
    ) -> datetime:
        """Store what was decided and how well it went; return when."""
        moment = self._moment(work)
        _store_comparison(work, attempt.id, points, second_look, resolution)
        work.attempts.change(attempt.id, compared_at=moment)
        proposed = proposed_grade(attempt.first_rating, points, empty=not attempt.text.strip()).grade
        last = work.schedule.last(attempt.question_id)
        now, fuzz = self._clock.now(), self._fuzz_of(attempt)
        review = after(last, proposed if grade is None else grade, now, proposed=proposed, fuzz=fuzz)
        work.schedule.add_review(attempt.id, review)
        return moment

    def _fuzz_of(self, attempt: Attempt) -> random.Random | None:
        return random.Random(attempt.uid) if self._fuzz else None

    def _finish_if_done(self, work: UnitOfWork, moment: datetime) -> None:
        session = stored_session(work, self.id)
        if standing(session.mode, session.questions, work.attempts.of_session(self.id)).step is Step.DONE:
            work.sessions.set_state(self.id, SessionState.FINISHED, moment)

    def _view(self, work: UnitOfWork) -> PracticeView:
        session = stored_session(work, self.id)
        attempts = work.attempts.of_session(self.id)
        where = standing(session.mode, session.questions, attempts)
        place = work.sessions.places(self.id)[where.place - 1]
        question = work.questions.get(place.question_id)
        if question is None:
            raise ValueError(f"question {place.question_id} of session {self.id} is gone")
        attempt = where.attempt
        if attempt is None:
            attempt = (
                latest_by_place(attempts)[where.place]
                if where.step is Step.DONE
                else self._add_draft(work, where.place, place.question_id)
            )
        turn = None if place.turn_id is None else work.transcripts.turn(place.turn_id)
        stage = question.stage if turn is None else turn.turn.stage
        preferences = self._preferences()
        return PracticeView(
            session_id=session.id,
            mode=session.mode,
            state=session.state,
            title=session.title,
            step=where.step,
            place=where.place,
            places=session.questions,
            stage=stage,
            question_id=question.id,
            question=question.text,
            flagged=question.flagged,
            attempt_id=attempt.id,
            attempt_number=attempt.number,
            text=attempt.text,
            seconds=attempt.seconds,
            saved=attempt.saved,
            last_resolution=work.attempts.last_resolution(attempt.question_id, before=attempt.number),
            criteria=criteria_for(stage, depth_everywhere=preferences.depth_everywhere),
            rating=attempt.first_rating,
            aim=preferences.aim(stage),
            can_undo=last_step(attempts) is not None,
            blind=attempt.blind
            and (where.step in (Step.COMPARE, Step.DONE) or not self._reference_seen(work, attempt.question_id)),
            comparison=self._comparison(work, attempt, turn) if where.step is Step.COMPARE else None,
            summary=summary_of(attempts) if where.step is Step.DONE else None,
        )

    def _comparison(self, work: UnitOfWork, attempt: Attempt, turn: KeptTurn | None) -> ComparisonView:
        reference, recorded = references_of(work, attempt, turn)
        note_seen(work, self._clock, [attempt.question_id])
        turn_id = reference.turn_id if isinstance(reference, RecordedAnswer) else None
        attempt_id = reference.attempt_id if isinstance(reference, PinnedAnswer) else None
        is_other = (attempt.reference_turn_id, attempt.reference_attempt_id) != (turn_id, attempt_id)
        keeps = is_other and is_decided(attempt)  # what it was decided beside is gone, or came since: it stays decided
        if is_other and not keeps and reference is not None:
            work.attempts.change(attempt.id, reference_turn_id=turn_id, reference_attempt_id=attempt_id)
        owner, own = points_owner(reference, attempt.question_id), own_points(reference)
        words = count_words(attempt.text)
        pinned = work.references.pinned(attempt.question_id)
        last, fuzz = work.schedule.last(attempt.question_id), self._fuzz_of(attempt)
        now = self._clock.now()
        return ComparisonView(
            reference=reference,
            recorded=recorded,
            owner=owner,
            own_points=own,
            points=attempt.points if keeps else points_for(work, reference, owner, own, attempt.points),
            editable=not keeps,
            second_look=attempt.second_look,
            resolution=attempt.resolution or "",
            words=words,
            spoken=spoken_seconds(words, self._preferences().words_a_minute),
            earlier=work.attempts.answered_before(attempt.question_id, attempt.number),
            pinned=pinned == attempt.id,
            pinnable=bool(attempt.text.strip()),
            unpinnable=pinned is not None and pinned == attempt_id,
            grading=Grading(
                rating=attempt.first_rating,
                empty=not attempt.text.strip(),
                today=day_of(now),
                due=due_days(last, now, fuzz=fuzz),
            ),
        )


def stored_session(work: UnitOfWork, session_id: int) -> Session:
    """Return a session; raises CoachError, INPUT_MISSING, where it is not there."""
    session = work.sessions.get(session_id)
    if session is None:
        raise CoachError(Fault.INPUT_MISSING, f"There is no session {session_id}.")
    return session


def _take_out_of_trash(work: UnitOfWork, attempt: Attempt, text: str) -> None:
    """Let a question that was deleted meanwhile, and is asked on, come back: an answer must not go for good with it."""
    if text.strip():
        work.trash.take_out(attempt.question_id, attempt.id)


def _store_comparison(
    work: UnitOfWork, attempt_id: int, points: Sequence[DecidedPoint], second_look: SelfRating, resolution: str
) -> None:
    work.attempts.set_points(attempt_id, points)
    work.attempts.set_rating(attempt_id, look="second", rating=second_look)
    work.attempts.change(attempt_id, resolution=_resolution(_storable(resolution)))


def _storable(text: str) -> str:
    """Return the text without halves of surrogate pairs, which a terminal gives for bytes that are no UTF-8."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _resolution(typed: str) -> str | None:
    """Return the line for next time on one line and without the words that stand before it on every screen."""
    words = typed.split()
    if [word.casefold() for word in words[:4]] == ["next", "time", "i", "will"]:
        words = words[4:]
    return " ".join(words) or None
