"""The line in Compare that says when the question is due again: what is proposed, chosen and stored."""

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from interview_coach.domain.models import PointStatus
from interview_coach.domain.scheduling import Grade


@pytest.fixture
def comparing(english):
    """At Compare of the first question, rated 6 and 6, with nothing ticked."""
    english.press("Return")
    english.type("An answer")
    english.press("Ctrl+Return", "6", "6", "Ctrl+Return")
    assert english.step == "compare"
    return english


def line(candidate):
    return candidate.practice.compare.due_again


def shown(candidate):
    return line(candidate).choice.currentText()


def review(candidate):
    attempt_id = candidate.attempts[0].id
    with candidate.services.database.begin() as work:
        return work.schedule.review(attempt_id)


def decide(candidate, *states):
    """Decide on the points from the first on."""
    keys = {PointStatus.SAID: 1, PointStatus.PARTLY: 2, PointStatus.MISSED: 3}
    candidate.find("point_list").setFocus()
    candidate.press("Home")
    for state in states:
        candidate.press(*["Space"] * keys[state], "Down")


def test_the_line_says_when_the_question_comes_back_and_why(comparing):
    assert shown(comparing).startswith("Good · in 2 ")
    assert "lowest first score" in comparing.text("grade_reason")
    choice = line(comparing).choice
    assert choice.isVisible()
    assert choice.accessibleName() == "Due again"
    assert "below 30 %" in choice.accessibleDescription()
    assert [choice.itemText(place).split(" · ")[0] for place in range(4)] == ["Again", "Hard", "Good", "Easy"]
    assert choice.itemText(0) == "Again · tomorrow"


def test_what_is_proposed_follows_the_points_as_they_are_decided(comparing):
    decide(comparing, PointStatus.MISSED)
    assert shown(comparing) == "Again · tomorrow"
    assert "points" in comparing.text("grade_reason")
    comparing.press("Ctrl+Return")
    assert (review(comparing).grade, review(comparing).proposed) == (Grade.AGAIN, Grade.AGAIN)


@pytest.mark.parametrize("grade", Grade)
def test_alt_and_a_digit_choose_a_grade_from_anywhere_in_compare(comparing, grade):
    focus = comparing.focus
    comparing.press(f"Alt+{grade.value}")
    assert comparing.focus == focus
    assert line(comparing).chosen is grade
    foreseen = comparing.practice._view.comparison.grading.due[grade]
    comparing.press("Ctrl+Return")
    assert (review(comparing).grade, review(comparing).due) == (grade, foreseen)
    assert review(comparing).proposed is Grade.GOOD


def test_what_was_chosen_stays_when_points_are_decided_and_it_is_said(comparing):
    comparing.press("Alt+4")
    decide(comparing, PointStatus.MISSED)
    assert shown(comparing).startswith("Easy · in 8 ")
    assert comparing.text("grade_reason") == "Your choice; Again was proposed."
    comparing.press("Alt+1")
    assert "Proposed" in comparing.text("grade_reason")


def test_it_is_reached_by_tab_after_the_line_and_changed_by_arrows(comparing):
    comparing.find("resolution_line").setFocus()
    comparing.press("Tab")
    assert comparing.focus == "grade_choice"
    comparing.press("Down")
    assert line(comparing).chosen is Grade.EASY
    comparing.press("Tab")
    assert comparing.focus == "try_again_button"


def test_the_wheel_scrolls_the_page_and_changes_no_grade(comparing):
    choice = line(comparing).choice
    middle = QPointF(choice.rect().center())
    wheel = QWheelEvent(
        middle, choice.mapToGlobal(middle), QPoint(0, 0), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,  # noqa: FBT003  (Qt's own signature)
    )  # fmt: skip
    before = shown(comparing)
    QApplication.sendEvent(choice, wheel)
    assert (shown(comparing), line(comparing).chosen) == (before, None)


def test_the_next_question_begins_with_its_own_proposal(comparing):
    comparing.press("Alt+4", "Ctrl+Return")
    comparing.type("Another")
    comparing.press("Ctrl+Return", "6", "Ctrl+Return")
    assert line(comparing).chosen is None
    assert shown(comparing).startswith("Good")


def test_a_choice_stays_when_the_reference_is_changed_in_between(comparing):
    comparing.press("Alt+1", "Ctrl+Shift+P")
    comparing.deed_done()
    assert line(comparing).chosen is Grade.AGAIN
    assert shown(comparing) == "Again · tomorrow"


def test_undo_takes_the_day_back(comparing):
    comparing.press("Alt+4", "Ctrl+Return")
    assert review(comparing) is not None
    comparing.press("Ctrl+Z")
    assert comparing.step == "compare"
    assert review(comparing) is None
    assert line(comparing).chosen is None


def test_trying_again_grades_the_first_try(comparing):
    comparing.press("Alt+1", "Ctrl+R")
    assert comparing.step == "answer"
    assert review(comparing).grade is Grade.AGAIN


def test_an_empty_answer_comes_back_tomorrow(english):
    english.press("Return", "Ctrl+Return")
    assert english.step == "compare"
    assert shown(english) == "Again · tomorrow"
    assert "nothing was answered" in english.text("grade_reason")


def test_the_keys_do_nothing_where_nothing_is_compared(english):
    english.press("Return", "Alt+4")
    assert english.step == "answer"
    assert line(english).chosen is None


def test_days_far_off_are_named_by_their_date(comparing):
    comparing.press("Alt+4", "Ctrl+Return")
    with comparing.services.database.begin() as work:
        first = work.schedule.review(1)
        work.schedule.add_review(1, first.model_copy(update={"stability": 90.0, "day": date(2025, 12, 1)}))
    started = comparing.services.practice.start_default(count=1)
    comparing.practice.open(started)
    comparing.type("Once more")
    comparing.press("Ctrl+Return", "6", "Ctrl+Return")
    assert shown(comparing).startswith("Good · on ")
