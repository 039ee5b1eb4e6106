"""The keys of every step, row by row as the table of keys has them, pressed on the real window over a real database."""

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton

from interview_coach.domain.models import AttemptState, Mode, PointStatus, SessionState
from interview_coach.domain.preferences import Preferences

SUBMIT = ("Ctrl+Return", "Ctrl+Enter")
PLAIN_ENTER = ("Return", "Enter")

# What the offscreen platform says of every menu.
MENUS = pytest.mark.qt_log_ignore(r"^This plugin does not support (raise\(\)|grabbing the keyboard)$", extend=True)

NO_ANSWER = """\
Turn 1 [HR]
Q: Why did you leave?

Turn 2 [HR]
Q: What do you expect of us?

A: Time to think.

Feedback: {"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "Short."}
"""


@pytest.fixture
def answering(candidate):
    """At the first question of the sample."""
    candidate.press("Return")
    return candidate


@pytest.fixture
def rating(answering):
    """An answer is submitted and not rated yet."""
    answering.type("I fix what hurts")
    answering.press("Ctrl+Return")
    assert answering.step == "rate"
    return answering


@pytest.fixture
def comparing(rating):
    """An answer is rated and lies beside the recorded one."""
    rating.press("6", "Return", "5", "Ctrl+Return")
    assert rating.step == "compare"
    return rating


@pytest.fixture
def last_question(candidate):
    """The last question of a session of two, the first of which was compared."""
    candidate.services.practice.start_default(count=2)
    candidate.press("Ctrl+2")
    for _ in range(2):
        candidate.press("Ctrl+Return")
    assert candidate.text("answer_place") == "2 of 2"
    return candidate


def editor(candidate):
    return candidate.practice.answer.editor


def place(candidate):
    return candidate.text(f"{candidate.step}_place")


class TestToday:
    @pytest.mark.parametrize("key", [*PLAIN_ENTER, "Space", *SUBMIT])
    def test_one_key_starts_what_is_offered_first(self, candidate, key):
        assert candidate.focus == "start_sample_button"
        assert candidate.button("start_sample_button").property("role") == "primary"
        candidate.press(key)
        assert candidate.step == "answer"
        assert candidate.text("answer_place") == "1 of 10"
        (entry,) = candidate.services.progress.sessions()
        assert (entry.session.mode, entry.session.questions) == (Mode.PRACTICE, 10)

    @pytest.mark.parametrize("key", [*PLAIN_ENTER, "Space", *SUBMIT])
    def test_a_session_that_was_left_is_offered_first(self, answering, key):
        answering.type("half")
        answering.press("Ctrl+1")
        assert answering.focus.startswith("resume_button")
        assert answering.button(answering.focus).property("role") == "primary"
        answering.press(key)
        assert (answering.step, answering.focus, editor(answering).text()) == ("answer", "answer_editor", "half")
        assert editor(answering).textCursor().atEnd()
        assert len(answering.services.progress.sessions()) == 1

    @MENUS
    def test_tab_goes_to_the_next_control_and_enter_presses_it(self, candidate):
        seen = []
        for _ in range(4):
            candidate.press("Tab")
            seen.append(candidate.focus)
        assert seen[:3] == ["import_link", "mock_button", "stage_button"]
        candidate.press("Shift+Tab")
        candidate.press("Return")
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        assert menu.objectName() == "stage_menu"
        candidate.press("Down", "Return")
        assert candidate.text("answer_stage") == "HR"

    def test_the_filled_button_has_the_focus_as_soon_as_it_is_there(self, candidate):
        today = candidate.window.today
        today.render_view(candidate.services.today.view())
        button = today.findChildren(QPushButton, "start_sample_button")[-1]
        assert button.isVisible()
        assert candidate.window.focusWidget() is QApplication.focusWidget() is button

    def test_a_held_enter_starts_and_does_no_more(self, candidate):
        candidate.press("Return", held=True)
        assert candidate.practice is None
        assert candidate.services.progress.sessions() == ()


class TestAnswer:
    def test_the_caret_is_at_the_end_of_the_draft(self, answering):
        answering.type("one")
        answering.press("Home", "Ctrl+1", "Return")
        answering.type(" two")
        assert editor(answering).text() == "one two"

    @pytest.mark.parametrize("key", SUBMIT)
    def test_ctrl_enter_submits(self, answering, key):
        answering.type("typed")
        answering.press(key)
        assert answering.step == "rate"
        assert answering.attempts[0].text == "typed"
        assert answering.attempts[0].state is AttemptState.SUBMITTED

    @pytest.mark.parametrize("key", SUBMIT)
    @pytest.mark.parametrize("typed", ["", "  "])
    def test_nothing_typed_goes_to_compare_without_a_rating(self, answering, key, typed):
        answering.type(typed)
        answering.press(key)
        assert (answering.step, answering.focus) == ("compare", "point_list")
        assert answering.practice.compare.own.text.text() == "Nothing typed: “I don’t know yet”."
        assert not answering.find("clarity_second_row").isVisible()
        assert not answering.attempts[0].first_rating.given

    def test_enter_is_a_new_line_and_digits_and_blanks_are_text(self, answering):
        answering.type("10 of 10")
        answering.press("Return", "Enter", "7", "Space", "0")
        assert editor(answering).text() == "10 of 10\n\n7 0"
        answering.press("Ctrl+Return")
        assert answering.attempts[0].text == "10 of 10\n\n7 0"

    def test_tab_leaves_the_editor_for_the_buttons_in_their_order(self, answering):
        seen = []
        for _ in range(4):
            answering.press("Tab")
            seen.append(answering.focus)
        assert seen == ["submit_button", "skip_button", "flag_button", "pause_button"]
        assert editor(answering).text() == ""
        answering.press(*["Shift+Tab"] * 4)
        assert answering.focus == "answer_editor"

    @pytest.mark.parametrize(("tabs", "left"), [(1, "compare"), (2, "answer"), (3, "answer"), (4, "")])
    def test_enter_presses_the_button_that_has_the_focus(self, answering, tabs, left):
        answering.press(*["Tab"] * tabs, "Return")
        assert answering.step == left
        if tabs == 2:
            assert place(answering) == "2 of 10"
        if tabs == 3:
            assert answering.button("flag_button").isChecked()
        if tabs == 4:
            assert answering.focus.startswith("resume_button")

    def test_skip_keeps_what_is_typed_and_goes_on(self, answering):
        answering.type("not today")
        answering.press("Ctrl+J")
        assert (answering.step, place(answering), editor(answering).text()) == ("answer", "2 of 10", "")
        assert answering.focus == "answer_editor"
        (skipped,) = answering.attempts
        assert (skipped.state, skipped.text) == (AttemptState.SKIPPED, "not today")

    def test_flag_goes_on_and_off_and_leaves_the_caret(self, answering):
        answering.type("on")
        for flagged in (True, False):
            answering.press("Ctrl+D")
            assert answering.button("flag_button").isChecked() is flagged
            question = answering.services.questions.entries([1])[0].question
            assert question.flagged is flagged
            assert answering.focus == "answer_editor"
        answering.type("e")
        assert editor(answering).text() == "one"


class TestRate:
    def test_digits_set_the_focused_row_and_the_focus_stays(self, rating):
        assert rating.focus == "clarity_row"
        for key in "1234567890":
            rating.press(key)
            assert rating.scores("") == {"clarity": int(key) or 10, "confidence": None}
            assert rating.focus == "clarity_row"
        rating.press("Backspace")
        assert rating.scores("") == {"clarity": None, "confidence": None}

    @pytest.mark.parametrize("key", PLAIN_ENTER)
    def test_enter_goes_to_the_next_row_and_never_stores(self, rating, key):
        rating.press("7", key)
        assert rating.focus == "confidence_row"
        rating.press("0", key)
        assert (rating.step, rating.focus) == ("rate", "go_on_button")
        assert rating.scores("") == {"clarity": 7, "confidence": 10}

    def test_tab_goes_by_row_and_then_to_the_buttons(self, rating):
        seen = []
        for _ in range(3):
            rating.press("Tab")
            seen.append(rating.focus)
        assert seen == ["confidence_row", "dont_rate_button", "go_on_button"]

    @pytest.mark.parametrize("key", SUBMIT)
    def test_ctrl_enter_stores_and_what_is_not_set_is_not_rated(self, rating, key):
        rating.press("Tab", "3", key)
        assert rating.step == "compare"
        first = rating.attempts[0].first_rating
        assert (first.clarity, first.confidence, first.technical_depth) == (None, 3, None)
        assert rating.find("confidence_first_row").score == 3
        assert rating.find("clarity_first_row").score is None

    def test_dont_rate_goes_on_without_a_rating(self, rating):
        rating.press("8", "Tab", "Tab", "Return")
        assert rating.step == "compare"
        assert not rating.attempts[0].first_rating.given

    def test_space_does_nothing(self, rating):
        rating.press("4", "Space")
        assert rating.scores("") == {"clarity": 4, "confidence": None}
        assert (rating.step, rating.focus) == ("rate", "clarity_row")

    def test_the_own_answer_stays_in_view_and_nothing_else_is_shown(self, rating):
        assert rating.text("rated_answer") == "I fix what hurts"
        assert not rating.practice.compare.isVisible()

    def test_it_says_before_you_look_only_where_that_is_so(self, rating):
        assert rating.text("rate_lead") == "How was your answer? Rate it before you look."
        rating.press("5", "Ctrl+Return")
        assert rating.practice.compare.isVisible()
        rating.press("Ctrl+Z")
        assert rating.text("rate_lead") == "How was your answer?"

    def test_a_long_answer_leaves_room_for_the_rows_and_tab_reaches_all_of_it(self, answering):
        answering.practice.answer.editor.insertPlainText("A sentence that goes on and on. " * 150)
        answering.press("Ctrl+Return")
        own = answering.find("rated_answer")
        assert own.verticalScrollBar().maximum() > 0
        assert own.height() < answering.practice.height() / 3
        for _ in range(12):
            answering.press("Tab")
            if answering.focus == "rated_answer":
                break
        assert answering.focus == "rated_answer"

    def test_technical_depth_is_asked_in_technical_alone(self, candidate):
        candidate.press("Return", "Ctrl+J", "Ctrl+J", "Ctrl+J")
        assert candidate.text("answer_stage") == "TECHNICAL"
        candidate.type("a pool")
        candidate.press("Ctrl+Return", "5", "Return", "6", "Return")
        assert candidate.focus == "technical_depth_row"
        candidate.press("4", "Return")
        assert candidate.focus == "go_on_button"
        candidate.press("Return")
        first = candidate.attempts[-1].first_rating
        assert (first.clarity, first.confidence, first.technical_depth) == (5, 6, 4)
        assert set(candidate.scores("_second")) == {"clarity", "confidence", "technical_depth"}

    def test_technical_depth_is_asked_everywhere_where_it_is_turned_on(self, open_window):
        candidate = open_window(preferences=Preferences(depth_everywhere=True))
        candidate.press("Return", "x", "Ctrl+Return", "Tab", "Tab")
        assert candidate.text("rate_stage") == "INTRO"
        assert candidate.focus == "technical_depth_row"


class TestCompare:
    def test_space_goes_through_the_states_of_the_point_and_arrows_move(self, comparing):
        points = comparing.practice.compare.reference.points
        assert (comparing.focus, points.currentIndex().row()) == ("point_list", 0)
        assert len(points.states()) == 4
        for state in ("said", "partly", "missed", "left_out", "said"):
            comparing.press("Space")
            assert points.states() == (state, None, None, None)
        comparing.press("Down", "Space", "Space")
        assert points.states() == ("said", "partly", None, None)
        comparing.press("Ctrl+Return")
        decided = [point.decided for point in comparing.attempts[0].points]
        assert decided == [PointStatus.SAID, PointStatus.PARTLY, None, None]

    @pytest.mark.parametrize("key", PLAIN_ENTER)
    def test_enter_goes_to_the_line(self, comparing, key):
        comparing.press(key)
        assert (comparing.step, comparing.focus) == ("compare", "resolution_line")

    def test_tab_goes_over_points_second_look_line_and_buttons(self, comparing):
        seen = []
        for _ in range(7):
            comparing.press("Tab")
            seen.append(comparing.focus)
        assert seen == [
            "clarity_second_row",
            "confidence_second_row",
            "resolution_line",
            "grade_choice",
            "try_again_button",
            "pin_button",
            "next_button",
        ]

    def test_digits_in_the_second_look_are_as_in_rate(self, comparing):
        comparing.press("Tab", "9", "0")
        assert (comparing.focus, comparing.scores("_second")["clarity"]) == ("clarity_second_row", 10)
        comparing.press("Return", "2", "Return")
        assert comparing.focus == "resolution_line"
        comparing.press("Ctrl+Return")
        look = comparing.attempts[0].second_look
        assert (look.clarity, look.confidence, look.technical_depth) == (10, 2, None)

    @pytest.mark.parametrize("key", SUBMIT)
    @pytest.mark.parametrize("tabs", [0, 1, 3, 4, 5])
    def test_ctrl_enter_stores_and_goes_to_the_next_question_from_everywhere(self, comparing, key, tabs):
        comparing.press("Space", *["Tab"] * tabs, key)
        assert (comparing.step, place(comparing), comparing.focus) == ("answer", "2 of 10", "answer_editor")
        assert comparing.attempts[0].points[0].decided is PointStatus.SAID
        assert comparing.attempts[0].compared is not None

    @pytest.mark.parametrize("key", [*PLAIN_ENTER, *SUBMIT])
    def test_in_the_line_digits_and_blanks_are_text_and_enter_goes_on(self, comparing, key):
        comparing.press("Return")
        comparing.type("name 2 figures")
        comparing.press(key)
        assert (comparing.step, place(comparing)) == ("answer", "2 of 10")
        assert comparing.attempts[0].resolution == "name 2 figures"

    def test_without_a_recorded_answer_the_line_comes_first(self, open_window, tmp_path):
        file = tmp_path / "exit talk.txt"
        file.write_text(NO_ANSWER)
        candidate = open_window()
        candidate.services.importing.import_paths([file])
        transcript = candidate.services.transcripts.listed()[-1].transcript
        candidate.services.practice.start_transcript(transcript.id)
        candidate.press("Ctrl+2", "x", "Ctrl+Return", "Ctrl+Return")
        assert (candidate.step, candidate.focus) == ("compare", "resolution_line")
        assert candidate.text("no_reference_words").startswith("There is no recorded answer to this question.")
        candidate.press("y", "Return")
        assert (candidate.step, place(candidate)) == ("answer", "2 of 2")

    def test_the_whole_recorded_answer_is_one_key_away(self, comparing):
        compare = comparing.practice.compare.reference
        assert (compare.points.isVisible(), compare.whole.isVisible()) == (True, False)
        comparing.press("Ctrl+T")
        assert (compare.points.isVisible(), compare.whole.isVisible()) == (False, True)
        assert compare.whole.toPlainText().startswith("I've always been fascinated")
        comparing.press("Ctrl+T")
        assert (compare.points.isVisible(), compare.whole.isVisible()) == (True, False)
        comparing.press("Space")
        assert compare.points.states()[0] == "said"

    def test_try_again_keeps_the_comparison_and_asks_the_same_question(self, comparing):
        question = comparing.text("compare_question")
        comparing.press("Space", "Return")
        comparing.type("be brief")
        comparing.press("Ctrl+R")
        assert (comparing.step, comparing.focus, editor(comparing).text()) == ("answer", "answer_editor", "")
        assert place(comparing) == "1 of 10 · attempt 2"
        assert comparing.text("answer_question") == question
        assert "be brief" in comparing.text("last_resolution")
        comparing.type("again")
        comparing.press("Ctrl+Return")
        first, second = comparing.attempts
        assert (first.resolution, first.points[0].decided, first.blind) == ("be brief", PointStatus.SAID, True)
        assert (second.text, second.blind, second.place) == ("again", False, 1)


class TestHeldKeys:
    """A held key sends the same press again and again; no step is left by that."""

    @pytest.mark.parametrize("key", SUBMIT)
    def test_ctrl_enter_does_not_repeat(self, answering, key):
        answering.type("kept")
        answering.press(key, held=True)
        assert answering.step == "answer"
        answering.press(key)
        answering.press(key, key, held=True)
        assert answering.step == "rate"
        answering.press(key)
        answering.press(key, key, held=True)
        assert answering.step == "compare"
        assert editor(answering).text() == "kept"

    @pytest.mark.parametrize("key", [*SUBMIT, *PLAIN_ENTER])
    def test_the_end_of_the_session_is_not_passed_by_a_held_key(self, last_question, key):
        last_question.press("Ctrl+Return", "Return", "Return")
        assert last_question.step == "done"
        last_question.press(key, key, held=True)
        assert (last_question.step, last_question.focus) == ("done", "done_today_button")

    @pytest.mark.parametrize("key", PLAIN_ENTER)
    def test_the_line_is_not_left_by_the_enter_that_led_to_it(self, comparing, key):
        comparing.press(key)
        comparing.press(key, key, held=True)
        assert (comparing.step, comparing.focus) == ("compare", "resolution_line")

    @pytest.mark.parametrize("key", PLAIN_ENTER)
    def test_rating_is_not_left_by_the_enter_that_led_through_the_rows(self, rating, key):
        rating.press(*[key] * 2)
        rating.press(key, key, held=True)
        assert (rating.step, rating.focus) == ("rate", "go_on_button")


class TestEsc:
    def test_no_step_is_left_and_nothing_is_discarded(self, last_question):
        candidate = last_question
        candidate.type("what I said")
        candidate.press("Esc", "Esc")
        assert (candidate.step, editor(candidate).text(), candidate.focus) == (
            "answer",
            "what I said",
            "answer_editor",
        )
        candidate.press("Ctrl+Return", "8", "Esc", "Esc")
        assert (candidate.step, candidate.scores("")["clarity"]) == ("rate", 8)
        candidate.press("Ctrl+Return", "Space", "Esc", "Return")
        candidate.type("line")
        candidate.press("Esc", "Esc")
        assert (candidate.step, candidate.practice.compare.line.text()) == ("compare", "line")
        assert candidate.practice.compare.reference.points.states()[0] == "said"
        candidate.press("Ctrl+Return", "Esc")
        assert candidate.step == "done"
        stored = candidate.attempts[-1]
        assert (stored.text, stored.first_rating.clarity, stored.resolution) == ("what I said", 8, "line")

    def test_the_window_stays(self, candidate):
        candidate.press("Esc")
        assert candidate.window.isVisible()


class TestUndo:
    def test_in_the_editor_typing_first_then_the_last_step(self, last_question):
        last_question.type("first thoughts")
        for _ in range(20):
            if not editor(last_question).document().isUndoAvailable():
                break
            last_question.press("Ctrl+Z")
        assert (last_question.step, place(last_question), editor(last_question).text()) == ("answer", "2 of 2", "")
        last_question.press("Ctrl+Z")
        assert (last_question.step, place(last_question)) == ("compare", "1 of 2 · compare")

    def test_a_draft_that_was_there_before_is_no_typing_to_take_back(self, last_question):
        last_question.type("draft")
        last_question.press("Ctrl+1", "Return", "Ctrl+Z")
        assert (last_question.step, place(last_question)) == ("compare", "1 of 2 · compare")
        last_question.press("Ctrl+Return")
        assert (last_question.step, editor(last_question).text()) == ("answer", "draft")

    def test_the_menu_does_as_the_key(self, last_question):
        last_question.type("word")
        last_question.window.commands.undo.trigger()
        assert (last_question.step, editor(last_question).text()) == ("answer", "")
        last_question.window.commands.undo.trigger()
        assert (last_question.step, place(last_question)) == ("compare", "1 of 2 · compare")

    def test_at_the_first_question_there_is_no_step_to_take_back(self, answering):
        answering.press("Ctrl+Z")
        assert (answering.step, place(answering), answering.focus) == ("answer", "1 of 10", "answer_editor")

    def test_from_rate_to_the_answer_and_the_scores_stay(self, rating):
        rating.press("7", "Ctrl+Z")
        assert (rating.step, editor(rating).text(), rating.focus) == ("answer", "I fix what hurts", "answer_editor")
        assert editor(rating).textCursor().atEnd()
        rating.press("Ctrl+Return")
        assert rating.scores("") == {"clarity": 7, "confidence": None}

    def test_from_compare_to_rate_and_what_was_decided_stays(self, comparing):
        comparing.press("Space", "Ctrl+Z")
        assert (comparing.step, comparing.scores("")) == ("rate", {"clarity": 6, "confidence": 5})
        comparing.press("Ctrl+Return")
        assert comparing.practice.compare.reference.points.states()[0] == "said"

    def test_from_compare_of_an_empty_answer_to_the_answer(self, answering):
        answering.press("Ctrl+Return", "Ctrl+Z")
        assert (answering.step, place(answering)) == ("answer", "1 of 10")

    def test_in_the_line_typing_first_then_the_last_step(self, comparing):
        comparing.press("Return")
        comparing.type("say")
        comparing.press("Ctrl+Z")
        assert (comparing.step, comparing.practice.compare.line.text()) == ("compare", "")
        comparing.press("Ctrl+Z")
        assert comparing.step == "rate"

    def test_a_line_typed_before_is_not_lost_by_taking_the_step_back(self, comparing):
        comparing.press("Return")
        comparing.type("say why")
        comparing.press("Tab", "Ctrl+Z")
        assert comparing.step == "rate"
        comparing.press("Ctrl+Return")
        assert comparing.practice.compare.line.text() == "say why"

    def test_a_skip_is_taken_back_with_what_was_typed(self, answering):
        answering.type("half")
        answering.press("Ctrl+J", "Ctrl+Z")
        assert (answering.step, place(answering), editor(answering).text()) == ("answer", "1 of 10", "half")

    def test_trying_again_is_taken_back(self, comparing):
        comparing.press("Ctrl+R", "Ctrl+Z")
        assert (comparing.step, place(comparing)) == ("compare", "1 of 10 · compare")

    def test_after_the_last_question(self, last_question):
        last_question.press("Ctrl+Return", "Return", "Return")
        assert last_question.step == "done"
        assert last_question.services.progress.sessions()[0].session.state is SessionState.FINISHED
        last_question.press("Ctrl+Z")
        assert (last_question.step, place(last_question)) == ("compare", "2 of 2 · compare")
        assert last_question.services.progress.sessions()[0].session.state is SessionState.OPEN

    def test_all_the_way_back_to_the_first_question(self, last_question):
        for _ in range(3):
            last_question.press("Ctrl+Z")
        assert (last_question.step, place(last_question)) == ("answer", "1 of 2")


class TestWindowKeys:
    def test_ctrl_and_a_digit_show_the_pages_of_the_rail(self, candidate):
        pages = ("today", "practice", "questions", "transcripts", "progress", "settings")
        for number in (2, 3, 4, 5, 6, 1):
            candidate.press(f"Ctrl+{number}")
            assert candidate.window.rail.page == pages[number - 1]
            assert candidate.find(f"{pages[number - 1]}_page").isVisible()

    def test_leaving_the_practice_page_and_coming_back_loses_nothing(self, answering):
        answering.type("before")
        for number in (3, 4, 5, 6, 1):
            answering.press(f"Ctrl+{number}", "Ctrl+2")
            assert (answering.focus, editor(answering).text()) == ("answer_editor", "before")
            assert editor(answering).textCursor().atEnd()

    def test_keys_of_the_practice_page_do_nothing_elsewhere(self, answering):
        answering.type("kept")
        answering.press("Ctrl+4", "Ctrl+J", "Ctrl+R", "Ctrl+Z", "Ctrl+Return", "Ctrl+D", "Ctrl+2")
        assert (answering.step, place(answering), editor(answering).text()) == ("answer", "1 of 10", "kept")
        assert not answering.button("flag_button").isChecked()

    def test_f1_shows_every_key(self, candidate, monkeypatch):
        shown = []
        monkeypatch.setattr("interview_coach.ui.dialogs.show_table", lambda _, title, rows: shown.append((title, rows)))
        candidate.press("F1")
        ((title, rows),) = shown
        assert title == "Keyboard shortcuts"
        keys = dict(rows)
        assert keys["Skip this question"] == "Ctrl+J"
        wanted = "Ctrl+Enter Ctrl+D Ctrl+R Ctrl+T Ctrl+M Ctrl+Z F1 Ctrl+1 Ctrl+6 Space Backspace"
        assert set(wanted.split()) <= set(keys.values())

    def test_ctrl_plus_and_minus_change_the_size_of_text(self, answering):
        sizes = []
        for key in ("Ctrl++", "Ctrl+=", "Ctrl+-", "Ctrl+0", "Ctrl+-"):
            answering.press(key)
            sizes.append(editor(answering).font().pointSizeF())
        assert sizes == [13.8, 15.6, 13.8, 12, 10.8]
        assert answering.focus == "answer_editor"


ANSWERS = [f"Answer {number}: I would measure, then decide." for number in range(1, 11)]
STATES = {"said": 1, "partly": 2, "missed": 3, "left_out": 4}


def test_the_sample_from_the_first_question_to_the_last_by_keys_alone(candidate, sample):
    asked = [line[3:] for line in sample.read_text("utf-8").splitlines() if line.startswith("Q: ")]
    points = {}
    candidate.press("Return")
    for number, text in enumerate(ANSWERS, 1):
        technical = number in (4, 5, 6)
        assert (candidate.step, place(candidate)) == ("answer", f"{number} of 10")
        assert candidate.text("answer_question") == asked[number - 1]
        candidate.type(text)
        candidate.press("Return")
        candidate.type("Second line.")
        candidate.press("Ctrl+Return")
        candidate.press(str(number % 10), "Return", "4", *(["Return", "3"] if technical else []), "Ctrl+Return")
        assert candidate.step == "compare"
        marks = list(STATES.items())[: len(candidate.practice.compare.reference.points.states())]
        points[number] = [state for state, _ in marks]
        for index, (_, presses) in enumerate(marks):
            candidate.press(*["Down"] * (index > 0), *["Space"] * presses)
        candidate.press("Tab", "8", "Tab", "Tab", *["Tab"] * technical)
        assert candidate.focus == "resolution_line"
        candidate.type(f"name figure {number}")
        candidate.press("Return")
    assert candidate.step == "done"
    assert "10 answered" in candidate.text("done_numbers")
    stored = candidate.attempts
    assert [each.text for each in stored] == [f"{text}\nSecond line." for text in ANSWERS]
    assert [each.place for each in stored] == list(range(1, 11))
    assert [each.first_rating.clarity for each in stored] == list(range(1, 11))
    assert [each.first_rating.confidence for each in stored] == [4] * 10
    assert [each.first_rating.technical_depth for each in stored] == [
        3 if number in (4, 5, 6) else None for number in range(1, 11)
    ]
    assert [each.second_look.clarity for each in stored] == [8] * 10
    assert {each.second_look.confidence for each in stored} == {None}
    assert [each.resolution for each in stored] == [f"name figure {number}" for number in range(1, 11)]
    for number, each in enumerate(stored, 1):
        decided = [point.decided.value for point in each.points if point.decided is not None]
        assert decided == points[number]
        assert each.blind
        assert each.reference_turn_id == number
    (entry,) = candidate.services.progress.sessions()
    assert (entry.session.state, entry.attempts) == (SessionState.FINISHED, 10)
    candidate.press("Return")
    assert candidate.window.rail.page == "today"
    assert "› I will name figure 10" in [label.text() for label in candidate.window.findChildren(object, "resolution")]


@MENUS
def test_where_there_are_very_many_transcripts_the_others_are_chosen_on_their_page(candidate, tmp_path):
    for number in range(16):
        file = tmp_path / f"{number:02}.txt"
        file.write_text(f"Turn 1 [HR]\nQ: Why number {number}?\n\nA: It is the next.\n")
        candidate.services.importing.import_file(file)
    candidate.press("Ctrl+2", "Ctrl+1", "Ctrl+M")
    menu = QApplication.activePopupWidget()
    words = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert words == [*(f"{number:02}" for number in range(16)), "Another transcript…", "All transcripts, by stage"]
    candidate.press(*["Down"] * 16, "Return")
    assert candidate.window.rail.page == "transcripts"


@MENUS
def test_a_mock_interview_by_keys_alone(candidate):
    candidate.press("Ctrl+M")
    menu = QApplication.activePopupWidget()
    assert menu.objectName() == "mock_menu"
    candidate.press("Return")
    for number, text in enumerate(ANSWERS, 1):
        assert (candidate.step, place(candidate)) == ("answer", f"{number} of 10 · mock interview")
        candidate.type(text)
        candidate.press("Ctrl+Return")
    for number in range(1, 11):
        assert (candidate.step, place(candidate)) == ("rate", f"{number} of 10 · mock interview")
        assert candidate.text("rated_answer") == ANSWERS[number - 1]
        candidate.press("5", "Ctrl+Return")
    for number in range(1, 11):
        assert (candidate.step, place(candidate)) == ("compare", f"{number} of 10 · mock interview · compare")
        assert candidate.practice.compare.own.text.text() == ANSWERS[number - 1]
        candidate.press("Return")
        candidate.type(f"line {number}")
        candidate.press("Return")
    assert candidate.step == "done"
    stored = candidate.attempts
    assert [each.text for each in stored] == ANSWERS
    assert {each.first_rating.clarity for each in stored} == {5}
    assert [each.resolution for each in stored] == [f"line {number}" for number in range(1, 11)]
    assert all(each.blind for each in stored)
    (entry,) = candidate.services.progress.sessions()
    assert (entry.session.mode, entry.session.state) == (Mode.MOCK, SessionState.FINISHED)
