"""Laws of the practice loop under any sequence of steps, over a real database."""

import shutil
import tempfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from interview_coach.domain.models import Mode, SelfRating, SessionState
from interview_coach.domain.practice import Step
from interview_coach.domain.preferences import Preferences
from interview_coach.services.opening import open_services

ROOT = Path(__file__).parent.parent.parent
TEXTS = st.sampled_from(["", "  ", "one", "two\nlines", "three ↗ words here"])
PLACES = 3


class WanderingClock:
    def __init__(self):
        self.moment = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def now(self):
        return self.moment


class PracticeMachine(RuleBasedStateMachine):
    """``texts`` is what each attempt must still hold: the last text that was saved or submitted to it."""

    def __init__(self):
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock = WanderingClock()
        self.texts: dict[int, str] = {}
        self.seen: set[int] = set()
        self.open()

    def open(self):
        shipped = ROOT / "resources" / "transcripts"
        self.services = open_services(self.folder / "coach.sqlite3", shipped, self.clock, Preferences())

    def teardown(self):
        self.services.close()
        shutil.rmtree(self.folder)

    @initialize(mode=st.sampled_from(Mode))
    def start(self, mode):
        self.session = self.services.practice.session(self.services.practice.start_default(mode, PLACES))
        with self.services.database.begin() as work:
            self.order = work.sessions.places(self.session.id)
        self.view = self.session.view()

    def at(*steps):
        return precondition(lambda self: self.view.step in steps)

    @rule(seconds=st.sampled_from([0, 0, 1, 3600, -3600, -86400 * 400]))
    def time_passes(self, seconds):
        self.clock.moment += timedelta(seconds=seconds)

    @at(Step.ANSWER)
    @rule(text=TEXTS)
    def save(self, text):
        assert self.session.save_draft(self.view.attempt_id, text, 1.0) is not None
        self.texts[self.view.attempt_id] = text
        self.view = self.session.view()

    @at(Step.ANSWER)
    @rule(text=TEXTS)
    def submit(self, text):
        before = self.view
        self.texts[before.attempt_id] = text
        self.view = self.session.submit(text, 1.0)
        seen_by_then = before.question_id in self.seen
        attempt = self.attempt(before.attempt_id)
        if seen_by_then:
            assert not attempt.blind
        if before.mode is Mode.PRACTICE:
            assert self.view.attempt_id == before.attempt_id
            assert self.view.step is (Step.RATE if text.strip() else Step.COMPARE)
        self.note()

    @at(Step.ANSWER)
    @rule(text=TEXTS)
    def skip(self, text):
        self.texts[self.view.attempt_id] = text
        self.view = self.session.skip(text, 1.0)
        self.note()

    @at(Step.RATE)
    @rule(score=st.none() | st.integers(1, 10))
    def rate(self, score):
        before = self.view
        self.view = self.session.rate(SelfRating(clarity=score))
        assert self.attempt(before.attempt_id).first_rating.clarity == score
        if before.question_id in self.seen:
            assert not self.attempt(before.attempt_id).blind
        self.note()

    @at(Step.COMPARE)
    @rule(again=st.booleans())
    def finish(self, again):
        step = self.session.try_again if again else self.session.finish_question
        before = self.view
        self.view = step(before.comparison.points, SelfRating(), "next time")
        if again:
            assert (self.view.question_id, self.view.step) == (before.question_id, Step.ANSWER)
            assert not self.attempt(self.view.attempt_id).blind
        self.note()

    @rule()
    def undo(self):
        before = self.view
        self.view = self.session.undo()
        if not before.can_undo:
            assert before.blind or not self.view.blind
            assert replace(self.view, blind=before.blind) == before
        else:
            assert self.view != before
        for attempt_id in list(self.texts):  # a retry in which nothing stood may go with its step
            if self.attempt(attempt_id) is None:
                assert self.texts.pop(attempt_id).strip() == ""
        self.note()

    @rule()
    def open_the_conversation(self):
        conversation = self.services.transcripts.conversation(1)
        self.seen.update(kept.question_id for kept in conversation.turns)

    @rule()
    def pause_and_open_again(self):
        state = self.view.state
        self.session.pause()
        self.services.close()
        self.open()
        self.session = self.services.practice.session(self.session.id)
        view = self.session.view()
        assert self.view.blind or not view.blind  # the reference may have been opened elsewhere meanwhile
        assert replace(view, blind=self.view.blind) == self.view
        assert self.view.state is state

    @rule()
    def start_another_and_come_back(self):
        self.services.practice.start_stage("HR")
        self.session = self.services.practice.session(self.session.id)
        self.view = self.session.view()

    def note(self):
        if self.view.step is Step.COMPARE:
            self.seen.add(self.view.question_id)

    def attempt(self, attempt_id):
        with self.services.database.begin() as work:
            return work.attempts.get(attempt_id)

    @invariant()
    def no_text_is_lost(self):
        with self.services.database.begin() as work:
            stored = {one.id: one.text for one in work.attempts.listed()}
        assert {attempt_id: stored.get(attempt_id) for attempt_id in self.texts} == self.texts

    @invariant()
    def the_reference_is_in_the_view_in_compare_alone(self):
        assert (self.view.comparison is not None) is (self.view.step is Step.COMPARE)

    @invariant()
    def at_most_one_session_is_open(self):
        states = [entry.session.state for entry in self.services.progress.sessions()]
        assert states.count(SessionState.OPEN) <= 1

    @invariant()
    def the_order_is_fixed_and_asks_each_question_once(self):
        with self.services.database.begin() as work:
            assert work.sessions.places(self.session.id) == self.order
        assert len({place.question_id for place in self.order}) == len(self.order) == PLACES

    @invariant()
    def a_session_is_finished_when_and_only_when_nothing_is_left(self):
        assert (self.view.step is Step.DONE) is (self.view.state is SessionState.FINISHED)

    @invariant()
    def the_moments_of_steps_ascend(self):
        with self.services.database.begin() as work:
            attempts = work.attempts.of_session(self.session.id)
        for one in attempts:
            steps = [moment for moment in (one.submitted, one.rated, one.compared) if moment is not None]
            assert steps == sorted(steps)
        moments = [m for one in attempts for m in {one.submitted, one.rated, one.compared} if m is not None]
        assert len(moments) == len(set(moments))


PracticeMachine.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


class TestPractice(PracticeMachine.TestCase):
    pass
