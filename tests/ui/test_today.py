"""What Today asks for: what is due, what is planned to an interview, and the key press that starts it."""

from datetime import date, timedelta

import pytest
from PySide6.QtWidgets import QLabel

from interview_coach.domain.models import SelfRating
from interview_coach.domain.preferences import MOST_INTERVIEWS, Interview, Preferences
from interview_coach.domain.scheduling import Grade

TODAY = date(2026, 3, 2)


def answer(services, *question_ids):
    practice = services.practice
    session = practice.session(practice.start_chosen(question_ids, title="x", count=None))
    for _ in question_ids:
        session.view()
        session.submit("an answer", 30.0)
        session.rate(SelfRating(clarity=3))
        session.finish_question((), SelfRating(), "", grade=Grade.AGAIN)


def cards(candidate):
    """The titles of Today's cards, and what stands below each."""
    found = [frame for frame in candidate.window.today.findChildren(QLabel) if frame.property("role") == "heading"]
    return {title.text(): title.parent().detail.text() for title in found}


def prefer(candidate, **chosen):
    candidate.window._on_preferences(Preferences(**chosen))
    candidate.press("Ctrl+2", "Ctrl+1")


@pytest.fixture
def returning(english, clock):
    """A candidate who answered four questions two days ago."""
    answer(english.services, 1, 2, 3, 4)
    clock.advance(days=2)
    english.press("Ctrl+2", "Ctrl+1")
    return english


class TestDue:
    def test_what_is_due_is_offered_first_and_enter_starts_it(self, returning):
        assert cards(returning)["Due today"] == "4 questions, about 6 minutes"
        assert returning.focus == "start_due_button"
        assert returning.button("start_due_button").accessibleName() == "Start: Due today"
        returning.press("Return")
        assert returning.step == "answer"
        session = returning.services.progress.sessions()[0].session
        assert (session.title, session.questions) == ("Due today", 4)

    def test_more_than_the_day_holds_waits_for_other_days(self, returning):
        prefer(returning, minutes_a_day=5)
        assert cards(returning)["Due today"] == "3 questions, about 4 minutes · 1 more can wait for other days"

    def test_a_session_that_was_left_comes_before_it(self, returning):
        returning.press("Return")
        returning.press("Ctrl+1")
        assert returning.focus.startswith("resume_button")
        assert returning.button("start_due_button").isVisible()

    def test_nothing_due_is_not_spoken_of(self, english):
        answer(english.services, 1)
        english.press("Ctrl+2", "Ctrl+1")
        assert "Due today" not in cards(english)


class TestClock:
    def test_one_that_went_back_is_told(self, returning, clock):
        assert returning.window.today.findChild(QLabel, "clock_note") is None
        clock.advance(days=-30)
        returning.press("Ctrl+2", "Ctrl+1")
        assert returning.text("clock_note").startswith("The clock of this computer stands before your last answer.")


class TestInterview:
    @pytest.mark.parametrize(
        ("left", "title"), [(9, "Interview in 9 days"), (2, "Interview in 2 days"), (1, "Interview tomorrow")]
    )
    def test_what_is_planned_is_offered_and_started(self, returning, clock, left, title):
        prefer(returning, interview_day=clock.now().date() + timedelta(days=left), minutes_a_day=60)
        planned = returning.services.agenda.view().planned
        assert cards(returning)[title].startswith(f"Planned for today: {len(planned.question_ids)} question")
        assert returning.focus == "start_planned_button"
        returning.press("Return")
        assert returning.step == "answer"
        session = returning.services.progress.sessions()[0].session
        assert (session.title, session.questions) == ("Planned for today", len(planned.question_ids))

    @pytest.mark.parametrize(
        ("days", "minutes", "hold"),
        [
            (4, 6, "4 twice and once more in the end"),
            (3, 5, "1 twice and once more in the end, and 1 not at all"),
            (2, 5, "8, none twice and once more in the end"),
        ],
    )
    def test_what_the_minutes_do_not_reach_for_is_said(self, returning, clock, days, minutes, hold):
        prefer(returning, interview_day=clock.now().date() + timedelta(days=days), minutes_a_day=minutes)
        words = cards(returning)[f"Interview in {days} days"].splitlines()
        assert words[1] == f"Of 10 questions the minutes until then hold {hold}"

    def test_on_the_day_itself_and_after_it(self, returning, clock):
        prefer(returning, interview_day=clock.now().date())
        assert cards(returning)["Interview today"] == "All the best for it."
        assert returning.focus == "start_due_button"
        clock.advance(days=1)
        returning.press("Ctrl+2", "Ctrl+1")
        assert not any(title.startswith("Interview") for title in cards(returning))

    def test_far_off_or_with_nothing_to_plan_it_says_so(self, returning, clock):
        prefer(returning, interview_day=clock.now().date() + timedelta(days=200))
        assert cards(returning)["Interview in 200 days"] == "Its plan begins later; until then practise what is due."
        prefer(returning, interview_day=clock.now().date() + timedelta(days=9), planned_search="wombat")
        words = "No question is planned for it yet; Settings says which are."
        assert cards(returning)["Interview in 9 days"] == words


class TestChoosing:
    def test_date_minutes_and_questions_by_keyboard_hold_at_once(self, english, clock):
        english.press("Ctrl+6")
        english.find("interview_choice").setFocus()
        english.press("Space", "Tab")
        assert english.focus == "interview_day_choice"
        day = english.window._preferences.interview_day
        assert day is not None
        english.press("Up")
        assert english.window._preferences.interview_day != day
        english.press("Tab", "Tab", "Tab")  # through day, month and year
        assert english.focus == "minutes_a_day_choice"
        english.press("Up", "Tab")
        assert english.window._preferences.minutes_a_day == 25
        english.type("stage:technical")
        english.press("Tab")
        assert english.window._preferences.planned_search == "stage:technical"
        prefer_day = clock.now().date() + timedelta(days=9)
        english.find("interview_day_choice").setDate(prefer_day)
        english.press("Ctrl+1")
        assert cards(english)["Interview in 9 days"]
        assert english.services.agenda.view().next_interview.chosen == 3

    def test_without_a_date_there_is_none_and_nothing_to_choose_for_it(self, open_window, plural_forms):  # noqa: ARG002
        candidate = open_window(preferences=Preferences(interview_day=TODAY + timedelta(days=9)))
        assert cards(candidate)["Interview in 9 days"]
        candidate.press("Ctrl+6")
        choice = candidate.find("interview_choice")
        assert choice.isChecked()
        choice.click()
        assert not candidate.find("interview_day_choice").isEnabled()
        assert candidate.window._preferences.interview_day is None
        candidate.press("Ctrl+1")
        assert not any(title.startswith("Interview in") for title in cards(candidate))

    def test_another_date_is_added_kept_and_removed_by_keyboard(self, open_window, plural_forms):  # noqa: ARG002
        candidate = open_window(preferences=Preferences(interview_day=TODAY + timedelta(days=4)))
        candidate.press("Ctrl+6")
        candidate.find("another_interview_button").setFocus()
        candidate.press("Return")
        assert candidate.focus == "further_day_1"
        candidate.press("Tab", "Tab", "Tab")  # through day, month and year
        assert candidate.focus == "further_search_1"
        candidate.type("stage:hr")
        candidate.press("Tab")
        assert candidate.focus == "further_remove_1"
        further = (Interview(day=TODAY + timedelta(days=11), search="stage:hr"),)
        assert candidate.window._preferences.further_interviews == further
        candidate.press("Ctrl+1")
        assert "After it: interview in 11 days" in cards(candidate)["Interview in 4 days"].splitlines()
        candidate.press("Ctrl+6")
        candidate.find("further_remove_1").setFocus()
        candidate.press("Return")
        assert candidate.focus == "another_interview_button"
        assert candidate.window._preferences.further_interviews == ()

    def test_no_more_than_can_be_planned_for(self, open_window):
        further = tuple(Interview(day=TODAY + timedelta(days=9 + number)) for number in range(MOST_INTERVIEWS - 2))
        chosen = Preferences(interview_day=TODAY + timedelta(days=4), further_interviews=further)
        candidate = open_window(preferences=chosen)
        candidate.press("Ctrl+6")
        another = candidate.find("another_interview_button")
        another.click()
        assert len(candidate.window._preferences.interviews) == MOST_INTERVIEWS
        assert not another.isEnabled()
