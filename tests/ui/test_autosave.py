"""Typed text reaches the database within a second, "Saved" is never said too early, and bad luck loses nothing."""

import contextlib
import time

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from interview_coach.domain.models import AttemptState, PointStatus
from interview_coach.ui.autosave import INTERVAL

#: What is waited for at most, in milliseconds: that it comes at all. How soon is seen by when a save is due, not by how
#: busy this machine is; packaging/typing_during_import.py measures it.
WITHIN = 10_000

#: More than the few free pages that a database has; a paste.
LONG = "much said, little meant, " * 6_000


@pytest.fixture
def answering(candidate):
    candidate.press("Return")
    return candidate


@pytest.fixture
def full_disk(candidate):
    """Fill the database's disk, as far as SQLite can tell, and make room again."""

    def fill():
        pragma(candidate, "max_page_count = 1")  # SQLite keeps to the pages that there are

    def free():
        pragma(candidate, "max_page_count = 1000000")

    yield fill, free
    free()


def pragma(candidate, words):
    """Have the window's own connection refuse, or not."""
    with contextlib.closing(candidate.services.database._engine.raw_connection()) as borrowed:
        borrowed.driver_connection.execute(f"PRAGMA {words}").close()


def autosave(candidate):
    return candidate.practice._autosave


def due_in(candidate):
    """In how many milliseconds the next save begins; -1 where none is to begin."""
    return autosave(candidate)._timer.remainingTime()


def stored(candidate):
    return [attempt.text for attempt in candidate.attempts]


def paste(candidate, text):
    QGuiApplication.clipboard().setText(text)
    candidate.press("Ctrl+V")


def saved_label(candidate):
    return candidate.text("saved_label")


class TestInTime:
    def test_within_a_second_though_typing_goes_on(self, answering, qtbot):
        typing = QTimer()
        typing.setInterval(40)
        typing.timeout.connect(lambda: answering.type("more "))
        answering.type("a")
        due = due_in(answering)
        assert 0 <= due < 1000  # Qt lets several timers end together, and each be a twentieth late
        answering.type("b")
        assert due_in(answering) <= due
        for _ in range(2):
            answering.type("x")
            before = answering.practice.answer.editor.text()
            typing.start()
            with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
                pass
            typing.stop()
            (text,) = stored(answering)
            assert text.startswith(before)
            assert answering.practice.answer.editor.text().startswith(text)
        qtbot.waitUntil(lambda: stored(answering) == [answering.practice.answer.editor.text()], timeout=WITHIN)

    def test_typing_during_a_save_is_saved_as_well(self, answering, qtbot):
        answering.type("first")
        with answering.services.database.begin():
            qtbot.waitUntil(lambda: autosave(answering)._running is not None, timeout=WITHIN)
            answering.type(" second")
            begun = time.monotonic()
            qtbot.waitUntil(lambda: time.monotonic() - begun > INTERVAL / 1000, timeout=WITHIN)
        with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
            pass
        # It was typed so long ago that it is not put off again.
        assert due_in(answering) <= 0
        qtbot.waitUntil(lambda: stored(answering) == ["first second"], timeout=WITHIN)

    def test_scores_ticks_and_the_line_as_well(self, answering, qtbot):
        answering.press("x", "Ctrl+Return", "7")
        with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
            pass
        assert answering.attempts[0].first_rating.clarity == 7
        assert answering.attempts[0].rated is None
        answering.press("Ctrl+Return", "Space", "Tab", "4", "Tab", "Tab")
        answering.type("slow down")
        qtbot.waitUntil(lambda: answering.attempts[0].resolution == "slow down", timeout=WITHIN)
        attempt = answering.attempts[0]
        assert (attempt.points[0].decided, attempt.second_look.clarity) == (PointStatus.SAID, 4)
        assert attempt.compared is None


class TestSaid:
    def test_saved_is_said_after_the_commit_and_not_before(self, answering, qtbot):
        answering.type("wait for it")
        with answering.services.database.begin():
            qtbot.waitUntil(lambda: autosave(answering)._running is not None, timeout=WITHIN)
            for _ in range(20):
                QGuiApplication.processEvents()
            assert saved_label(answering) == ""
        assert autosave(answering).unsaved
        qtbot.waitUntil(lambda: saved_label(answering) != "", timeout=WITHIN)
        assert saved_label(answering) == f"✓ Saved {answering.attempts[0].saved.astimezone():%H:%M:%S}"
        assert stored(answering) == ["wait for it"]
        assert not autosave(answering).unsaved

    def test_at_every_saved_the_text_is_there(self, answering, qtbot):
        there = []
        autosave(answering).saved.connect(lambda _: there.extend(stored(answering)))
        answering.type("abc")
        qtbot.waitUntil(lambda: there == ["abc"], timeout=WITHIN)

    def test_a_draft_that_comes_back_says_when_it_was_saved(self, answering, clock):
        answering.type("draft")
        answering.press("Ctrl+1")
        saved = clock.now()
        clock.advance(hours=1)
        answering.press("Return")
        assert saved_label(answering) == f"✓ Saved {saved.astimezone():%H:%M:%S}"


class TestFailing:
    def test_it_is_said_the_text_stays_and_the_save_is_tried_again(self, answering, qtbot, full_disk):
        fill, free = full_disk
        fill()
        paste(answering, LONG)
        with qtbot.waitSignal(autosave(answering).failed, timeout=WITHIN):
            pass
        assert saved_label(answering) == "Not saved: The disk is full."
        assert answering.find("saved_label").property("role") == "error"
        assert answering.practice.answer.editor.text() == LONG
        assert stored(answering) == []
        with qtbot.waitSignal(autosave(answering).failed, timeout=WITHIN):
            answering.type("!")
        assert saved_label(answering) == "Not saved: The disk is full."
        free()
        with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
            pass
        assert saved_label(answering).startswith("✓ Saved")
        assert answering.find("saved_label").property("role") == "muted"
        assert stored(answering) == [LONG + "!"]

    def test_submit_stays_where_it_is(self, answering, full_disk):
        fill, free = full_disk
        fill()
        paste(answering, LONG)
        answering.press("Ctrl+Return")
        assert answering.step == "answer"
        assert saved_label(answering) == "Not saved: The disk is full."
        assert answering.practice.answer.editor.text() == LONG
        free()
        answering.press("Ctrl+Return")
        assert answering.step == "rate"
        assert stored(answering) == [LONG]

    def test_a_later_step_says_it_above_the_page(self, answering, qtbot):
        answering.press("x", "Ctrl+Return", "Ctrl+Return")
        shown = answering.find("not_saved_label")
        pragma(answering, "query_only = on")
        with qtbot.waitSignal(autosave(answering).failed, timeout=WITHIN):
            answering.press("Space")
        assert shown.isVisible()
        assert shown.text() == "Not saved: The disk or the file is read-only."
        answering.press("Ctrl+Return")
        assert (answering.step, shown.isVisible()) == ("compare", True)
        pragma(answering, "query_only = off")
        with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
            pass
        assert not shown.isVisible()
        assert answering.attempts[0].points[0].decided is PointStatus.SAID

    def test_closing_the_window_asks_first(self, answering, full_disk, monkeypatch):
        fill, free = full_disk
        fill()
        paste(answering, LONG)
        asked, answers = [], [False, True]

        def confirm(_window, title, _text, yes):
            asked.append((title, yes))
            return answers.pop(0)

        monkeypatch.setattr("interview_coach.ui.dialogs.confirm", confirm)
        answering.press("Ctrl+Q")
        assert asked == [("The last words are not saved", "Close anyway")]
        assert answering.window.isVisible()
        assert answering.practice.answer.editor.text() == LONG
        answering.window.close()
        assert len(asked) == 2
        assert not answering.window.isVisible()
        free()

    def test_an_error_of_the_program_leaves_the_text_and_saves_it(self, answering, qtbot, monkeypatch):
        def broken():
            raise RuntimeError("a slot broke")

        monkeypatch.setattr(answering.practice.answer, "_count", broken)
        with qtbot.capture_exceptions() as exceptions:
            answering.type("abc")
        assert len(exceptions) == 3
        assert answering.practice.answer.editor.text() == "abc"
        qtbot.waitUntil(lambda: stored(answering) == ["abc"], timeout=WITHIN)


class TestAtOnce:
    """What is typed is stored without waiting for the second where the person goes elsewhere."""

    def test_submit(self, answering):
        answering.type("said")
        answering.press("Ctrl+Return")
        assert stored(answering) == ["said"]
        assert answering.attempts[0].state is AttemptState.SUBMITTED

    @pytest.mark.parametrize("page", [1, 3, 4, 5, 6])
    def test_another_page(self, answering, page):
        answering.type("said")
        answering.press(f"Ctrl+{page}")
        assert stored(answering) == ["said"]

    def test_another_page_from_the_later_steps(self, answering):
        answering.press("x", "Ctrl+Return", "7", "Ctrl+1")
        assert answering.attempts[0].first_rating.clarity == 7
        answering.press("Return", "Ctrl+Return", "Space", "Ctrl+1")
        assert answering.attempts[0].points[0].decided is PointStatus.SAID

    def test_pause(self, answering):
        answering.type("said")
        answering.press(*["Tab"] * 4, "Return")
        assert stored(answering) == ["said"]
        assert answering.window.rail.page == "today"

    @pytest.mark.parametrize("close", ["Ctrl+Q", "close", "end"])
    def test_close(self, answering, close):
        answering.type("said")
        if close == "Ctrl+Q":
            answering.press(close)
        else:
            getattr(answering.window, close)()
        assert not answering.window.isVisible()
        assert stored(answering) == ["said"]

    def test_the_focus_leaves_the_editor(self, answering, qtbot):
        answering.type("said")
        with qtbot.waitSignal(autosave(answering).saved, timeout=400):
            answering.press("Tab")
        assert stored(answering) == ["said"]

    def test_the_seconds_since_the_last_key_count(self, answering, qtbot):
        answering.type("said")
        with qtbot.waitSignal(autosave(answering).saved, timeout=WITHIN):
            pass
        first = answering.attempts[0].seconds
        answering.window.end()
        assert answering.attempts[0].seconds > first


def test_a_draft_that_comes_late_changes_nothing(answering):
    answering.type("early")
    late = answering.practice._collect()
    answering.type(" and whole")
    answering.press("Ctrl+Return")
    assert late() is None
    (attempt,) = answering.attempts
    assert (attempt.text, attempt.state) == ("early and whole", AttemptState.SUBMITTED)
    answering.press("Ctrl+Return", "Ctrl+Return")
    assert late() is None
    assert stored(answering) == ["early and whole"]


class TestComingBack:
    """Closed at any step, the window opens there again with all that was done, stored by a key or not."""

    def test_the_answer(self, answering, open_window):
        answering.type("half an answer")
        candidate = open_window()
        assert candidate.focus.startswith("resume_button")
        candidate.press("Return")
        assert candidate.practice.answer.editor.text() == "half an answer"
        assert candidate.practice.answer.editor.textCursor().atEnd()

    def test_the_scores(self, answering, open_window):
        answering.press("x", "Ctrl+Return", "6", "Return", "9")
        candidate = open_window()
        candidate.press("Return")
        assert candidate.step == "rate"
        assert candidate.scores("") == {"clarity": 6, "confidence": 9}
        assert candidate.text("rated_answer") == "x"

    def test_the_comparison(self, answering, open_window):
        answering.press("x", "Ctrl+Return", "Ctrl+Return", "Space", "Down", "Space", "Space", "Tab", "3", "Tab", "Tab")
        answering.type("name it")
        candidate = open_window()
        candidate.press("Return")
        assert candidate.step == "compare"
        compare = candidate.practice.compare
        assert compare.reference.points.states()[:2] == ("said", "partly")
        assert candidate.scores("_second") == {"clarity": 3, "confidence": None}
        assert compare.line.text() == "name it"
        candidate.press("Ctrl+Return")
        assert candidate.text("answer_place") == "2 of 10"

    def test_between_two_questions(self, answering, open_window):
        answering.press("x", "Ctrl+Return", "Ctrl+Return", "Ctrl+Return")
        candidate = open_window()
        candidate.press("Return")
        assert (candidate.step, candidate.text("answer_place")) == ("answer", "2 of 10")
