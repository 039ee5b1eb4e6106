"""Compare by keyboard: points proposed and decided, marks, facts, points edited, notes, pins and answers over time."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from interview_coach.domain.models import PointStatus
from interview_coach.services.references import PinnedAnswer, RecordedAnswer

ANSWER = (
    "I think I would put PgBouncer in front of PostgreSQL, a connection pool library or proxy. "
    "I configure the pool with a maximum number of active and idle connections, depending on expected traffic. "
    "Maybe 20 per core."
)


@pytest.fixture
def pooling(english):
    """At the question about connection pooling, the fourth of the sample."""
    english.press("Return", "Ctrl+J", "Ctrl+J", "Ctrl+J")
    assert "connection pooling" in english.text("answer_question")
    return english


@pytest.fixture
def comparing(pooling):
    """An answer to it that mentions some of its points."""
    return compare(pooling, ANSWER)


def compare(candidate, answer):
    candidate.practice.answer.editor.insertPlainText(answer)
    candidate.press("Ctrl+Return", "6", "Ctrl+Return")
    assert candidate.step == "compare"
    return candidate


def points(candidate):
    return candidate.practice.compare.decided


def card(candidate):
    return candidate.practice.compare.reference


def own(candidate):
    return candidate.practice.compare.own


def chip(candidate, key):
    return own(candidate).facts.findChild(QWidget, f"{key}_fact")


def facts(candidate):
    """The facts on screen by their keys, in their order."""
    return [part.objectName().removesuffix("_fact") for part in own(candidate).facts._parts]


def marks(candidate):
    return own(candidate).text._marks


def type_into(dialog, text):
    QTest.keyClicks(QApplication.focusWidget() or dialog, text)
    QApplication.processEvents()


def press_in(dialog, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or dialog, key, modifiers)
    QApplication.processEvents()


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class TestPoints:
    def test_points_come_with_a_proposal_and_none_is_decided(self, comparing):
        assert comparing.focus == "point_list"
        assert all(point.decided is None and point.proposed is not None for point in points(comparing))
        assert {point.proposed for point in points(comparing)} >= {PointStatus.SAID, PointStatus.MISSED}

    def test_one_key_agrees_with_the_proposal_and_space_goes_through_the_states(self, comparing):
        proposed = [point.proposed for point in points(comparing)]
        comparing.press("A", "Down", "Space", "Space")
        assert [point.decided for point in points(comparing)[:2]] == [proposed[0], PointStatus.PARTLY]
        assert [point.proposed for point in points(comparing)] == proposed

    def test_what_is_decided_and_proposed_is_stored(self, comparing):
        comparing.press("Space", "Space", "Ctrl+Return")
        stored = comparing.attempts[-1].points
        assert stored[0].decided is PointStatus.PARTLY
        assert all(point.proposed is not None and point.score is not None for point in stored)
        assert [point.decided for point in stored[1:]] == [None] * (len(stored) - 1)

    def test_words_that_carry_a_point_are_marked_with_its_number(self, comparing):
        places = [place for place, point in enumerate(points(comparing)) if point.proposed is PointStatus.SAID]
        numbers = {mark.number for mark in marks(comparing)}
        assert {place + 1 for place in places} <= numbers
        assert own(comparing).text.text() == ANSWER

    def test_choosing_a_mark_shows_its_point(self, comparing):
        comparing.press("Ctrl+T")
        said = max(place for place, point in enumerate(points(comparing)) if point.proposed is PointStatus.SAID)
        own(comparing).text.mark_chosen.emit(said + 1)
        assert card(comparing).shown.currentWidget() is card(comparing).points
        assert card(comparing).current == said

    def test_choosing_a_point_shows_its_evidence(self, comparing):
        comparing.press("End")
        assert own(comparing).text.chosen == len(points(comparing))
        comparing.press("Home")
        assert own(comparing).text.chosen == 1

    def test_nothing_typed_has_nothing_found(self, pooling):
        pooling.press("Ctrl+Return")
        assert pooling.step == "compare"
        assert {point.proposed for point in points(pooling)} == {PointStatus.MISSED}
        assert marks(pooling) == ()
        assert own(pooling).facts.isHidden()


class TestFacts:
    def test_facts_stand_below_the_answer_each_by_itself(self, comparing):
        keys = facts(comparing)
        assert keys[:2] == ["words", "spoken"]
        assert {"hedges", "fillers", "i_we", "figures", "longest_sentence"} <= set(keys)
        assert chip(comparing, "hedges").accessibleName() == "2 hedges"

    def test_a_chosen_fact_marks_its_words_in_place_of_the_points(self, comparing):
        before = marks(comparing)
        chip(comparing, "hedges").click()
        shown = marks(comparing)
        assert [ANSWER[mark.start : mark.end].lower() for mark in shown] == ["i think", "maybe"]
        assert {mark.number for mark in shown} == {None}
        chip(comparing, "hedges").click()
        assert marks(comparing) == before

    def test_moving_to_a_point_leaves_the_fact(self, comparing):
        chip(comparing, "hedges").click()
        comparing.practice.compare.reference.points.setFocus()
        comparing.press("Down")
        assert own(comparing).facts.chosen == ""
        assert None not in {mark.number for mark in marks(comparing)}

    def test_a_story_is_hinted_at_where_stories_are_told(self, english):
        english.services.practice.start_stage("BEHAVIORAL")
        english.press("Ctrl+2")
        compare(english, "Our release slipped in May. I had to find out why. I measured each step. We shipped early.")
        assert {"situation", "task", "action", "result"} <= set(facts(english))

    def test_nearly_the_same_as_last_time_is_said_quietly(self, comparing):
        assert own(comparing).repeats.isHidden()
        comparing.press("Ctrl+R")
        compare(comparing, ANSWER.replace("Maybe", "Perhaps"))
        assert own(comparing).repeats.isVisible()
        assert "attempt 1" in own(comparing).repeats.text()

    def test_facts_keep_the_focus_and_the_choice_when_something_is_noted(self, comparing, in_dialogs):
        chip(comparing, "hedges").setFocus()
        chip(comparing, "hedges").click()

        def script(dialog):
            type_into(dialog, "A process")
            press_in(dialog, Qt.Key.Key_Return, CTRL)

        in_dialogs.append(script)
        comparing.press("Ctrl+Shift+N")
        comparing.looked()
        assert comparing.focus == "hedges_fact"
        assert [ANSWER[mark.start : mark.end].lower() for mark in marks(comparing)] == ["i think", "maybe"]

    def test_tab_goes_from_the_answer_to_its_facts(self, comparing):
        own(comparing).text.setFocus()
        comparing.press("Tab")
        assert comparing.focus.endswith("_fact")
        comparing.press("Shift+Tab")
        assert comparing.focus == "own_answer"

    def test_the_current_point_comes_into_view_whatever_the_size_of_text(self, comparing):
        comparing.press(*["Ctrl++"] * 6)
        comparing.press("Home", "Down", "Down")
        shown = comparing.practice.compare
        listed = card(comparing).points
        area = listed.visualRect(listed.currentIndex())
        top = listed.viewport().mapTo(shown.viewport(), area.topLeft()).y()
        assert top >= 0
        assert top + min(area.height(), 40) <= shown.viewport().height()


class TestEditingPoints:
    def test_a_point_is_split_and_the_others_keep_what_was_decided(self, comparing, in_dialogs):
        comparing.press("Down", "Space")
        before = points(comparing)
        first = before[0].text
        head = " ".join(first.split()[:3])

        def script(dialog):
            assert dialog.editor.points() == tuple(point.text for point in before)
            press_in(dialog, Qt.Key.Key_Home, CTRL)
            for _ in range(len(head)):
                press_in(dialog, Qt.Key.Key_Right)
            press_in(dialog, Qt.Key.Key_Return)
            press_in(dialog, Qt.Key.Key_Return, CTRL)

        in_dialogs.append(script)
        comparing.press("F2")
        comparing.looked()
        now = points(comparing)
        assert [point.text for point in now[:2]] == [head, first.removeprefix(head).strip()]
        assert now[2].decided is before[1].decided is not None
        assert all(point.proposed is not None for point in now)
        assert comparing.notice == "Points changed"
        assert comparing.focus == "point_list"
        comparing.press("Ctrl+Z")
        comparing.looked()
        assert [point.text for point in points(comparing)] == [point.text for point in before]
        assert comparing.step == "compare"

    def test_start_over_goes_back_to_the_reference_s_own(self, comparing, in_dialogs):
        own_points = [point.text for point in points(comparing)]
        comparing.services.tending.set_points(comparing.practice._view.comparison.owner, ["Mine"])
        comparing.practice.renew()
        comparing.looked()
        assert [point.text for point in points(comparing)] == ["Mine"]

        def script(dialog):
            assert dialog.again.isEnabled()
            dialog.again.click()
            assert not dialog.again.isEnabled()
            dialog.accept()

        in_dialogs.append(script)
        comparing.press("F2")
        comparing.looked()
        assert [point.text for point in points(comparing)] == own_points
        owner = comparing.practice._view.comparison.owner
        with comparing.services.database.begin() as work:
            assert work.references.points(owner) == ()

    def test_esc_asks_before_it_throws_an_edit_away(self, comparing, in_dialogs, sure):
        sure.answer = False

        def script(dialog):
            type_into(dialog, "More ")
            press_in(dialog, Qt.Key.Key_Escape)
            assert dialog.isVisible()
            sure.answer = True
            press_in(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        comparing.press("F2")
        assert len(sure) == 2
        assert comparing.services.tending.last is None

    def test_without_a_reference_the_person_writes_the_points(self, english, in_dialogs, tmp_path):
        file = tmp_path / "one.txt"
        file.write_text("Turn 1 [HR]\nQ: Why leave?\n\nTurn 2 [HR]\nQ: What else?\n\nA: Nothing.\n", encoding="utf-8")
        english.services.importing.import_paths([file])
        english.services.practice.start_transcript(2)
        english.press("Ctrl+2")
        compare(english, "For a larger problem.")
        assert english.focus == "resolution_line"
        assert english.button("write_points_button").isVisible()

        def script(dialog):
            type_into(dialog, "Name one reason")
            press_in(dialog, Qt.Key.Key_Return)
            type_into(dialog, "Stay kind")
            press_in(dialog, Qt.Key.Key_Return, CTRL)

        in_dialogs.append(script)
        english.press("F2")
        english.looked()
        assert [point.text for point in points(english)] == ["Name one reason", "Stay kind"]
        assert not english.button("write_points_button").isVisible()


def test_of_an_interview_that_nobody_judged_no_judge_is_spoken(english, tmp_path):
    file = tmp_path / "one.txt"
    file.write_text("Turn 1 [HR]\nQ: Why leave?\n\nA: For a larger problem.\n", encoding="utf-8")
    english.services.importing.import_paths([file])
    english.services.practice.start_transcript(2)
    english.press("Ctrl+2")
    compare(english, "For a larger problem.")
    assert english.text("judge_words") == ""
    shown = english.practice.compare.findChildren(QLabel)
    assert not [label.text() for label in shown if label.isVisible() and "judge" in label.text()]


class TestNotes:
    def test_a_note_stands_below_the_recorded_answer_and_in_its_transcript(self, comparing, in_dialogs):
        def script(dialog):
            type_into(dialog, "PgBouncer is a process, <b>not</b> a library")
            press_in(dialog, Qt.Key.Key_Return, CTRL)

        in_dialogs.append(script)
        comparing.press("Ctrl+Shift+N")
        assert comparing.text("note_words") == "✎ Your note: PgBouncer is a process, <b>not</b> a library"
        assert comparing.button("note_button").text() == "Change the note"
        comparing.press("Ctrl+4", "Return")
        assert "Your note: PgBouncer is a process, <b>not</b> a library" in comparing.text("conversation_text")
        comparing.press("Ctrl+2")
        assert comparing.step == "compare"

    def test_an_empty_note_takes_it_away_and_undo_brings_it_back(self, comparing, in_dialogs):
        turn = comparing.practice._view.comparison.recorded.turn_id
        comparing.services.tending.annotate(turn, "First")
        comparing.practice.renew()

        def script(dialog):
            dialog.text.selectAll()
            press_in(dialog, Qt.Key.Key_Delete)
            dialog.accept()

        in_dialogs.append(script)
        comparing.press("Ctrl+Shift+N")
        assert not comparing.find("note_words").isVisible()
        comparing.press("Ctrl+Z")
        assert comparing.text("note_words").endswith("First")

    def test_a_turn_of_a_conversation_is_annotated_where_it_is_read(self, english, in_dialogs):
        english.press("Ctrl+4", "Return")
        text = english.find("conversation_text")
        turns = english.services.transcripts.conversation(1).turns
        text.show_part(turns[3].id)
        QApplication.processEvents()
        assert english.button("conversation_note_button").text() == "Add a note to turn 4…"

        def script(dialog):
            type_into(dialog, "Not a library")
            press_in(dialog, Qt.Key.Key_Return, CTRL)

        in_dialogs.append(script)
        english.press("Ctrl+Shift+N")
        assert english.services.transcripts.conversation(1).notes == {turns[3].id: "Not a library"}
        assert "Your note: Not a library" in english.text("conversation_text")
        assert english.button("conversation_note_button").text() == "Change the note on turn 4…"


class TestMyReference:
    def test_an_answer_is_pinned_and_compares_the_next_one(self, comparing):
        comparing.press("Ctrl+Shift+P")
        assert comparing.notice == "Pinned as your reference"
        assert comparing.button("pin_button").isChecked()
        assert comparing.button("pin_button").text() == "Pinned as my reference"
        assert isinstance(comparing.practice._view.comparison.reference, RecordedAnswer)
        comparing.press("Ctrl+R")
        compare(comparing, "PgBouncer in front of it.")
        assert isinstance(comparing.practice._view.comparison.reference, PinnedAnswer)
        assert comparing.text("reference_title").startswith("My reference")
        assert not comparing.button("pin_button").isChecked()
        comparing.press("Ctrl+T")
        assert comparing.text("recorded_answer") == ANSWER
        comparing.press("Ctrl+T")
        comparing.button("recorded_text_button").click()
        assert comparing.text("recorded_answer") == comparing.practice._view.comparison.recorded.text

    def test_the_recorded_answer_compares_again_once_it_is_unpinned(self, comparing):
        comparing.press("Ctrl+Shift+P", "Ctrl+R")
        compare(comparing, "PgBouncer in front of it.")
        comparing.button("unpin_button").click()
        comparing.looked()
        assert isinstance(comparing.practice._view.comparison.reference, RecordedAnswer)
        comparing.press("Ctrl+Z")
        comparing.looked()
        assert isinstance(comparing.practice._view.comparison.reference, PinnedAnswer)

    def test_undo_takes_a_pin_back_before_the_step(self, comparing):
        comparing.press("Ctrl+Shift+P", "Ctrl+Z")
        assert not comparing.button("pin_button").isChecked()
        assert comparing.step == "compare"
        comparing.press("Ctrl+Z")
        assert comparing.step == "rate"

    def test_a_pin_taken_back_from_its_message_is_not_taken_back_twice(self, comparing):
        comparing.services.tending.flag([1], flagged=True)
        comparing.press("Ctrl+Shift+P")
        comparing.window._undoing.notice.undo_requested.emit()
        comparing.press("Ctrl+Z")
        assert comparing.step == "rate"
        assert comparing.services.questions.entries([1])[0].question.flagged

    def test_nothing_typed_cannot_be_pinned(self, pooling):
        pooling.press("Ctrl+Return")
        assert not pooling.button("pin_button").isVisible()
        assert not pooling.window.commands.pin.isEnabled()


class TestOverTime:
    def test_answers_over_time_open_on_what_changed_since_last_time(self, comparing, in_dialogs, qtbot):
        assert not comparing.window.commands.attempts.isEnabled()
        comparing.press("Space", "Ctrl+R")
        compare(comparing, ANSWER.replace("Maybe 20 per core.", "Forty at most, measured."))
        seen = []

        def script(dialog):
            qtbot.waitUntil(lambda: "word" in dialog.summary.text())
            rows = [dialog.table.item(row, 0).text() for row in range(dialog.table.rowCount())]
            seen.append(rows)
            assert rows[0].startswith("2, ")
            assert rows[1].startswith("1, ")
            assert dialog.other.currentText().startswith("attempt 1")
            assert "4 words added" in dialog.summary.text()
            assert "4 words taken out" in dialog.summary.text()
            assert "measured" in dialog.text.toPlainText()
            assert "Maybe" in dialog.text.toPlainText()
            dialog.other.setCurrentIndex(dialog.other.count() - 1)
            assert "Maybe" not in dialog.text.toPlainText()
            press_in(dialog, Qt.Key.Key_Down)
            assert "Maybe" in dialog.text.toPlainText()  # there is none before it
            dialog.other.setCurrentIndex(0)
            qtbot.waitUntil(lambda: dialog.summary.text().startswith("From attempt 1 to attempt 2: 4 words added"))
            dialog.pin_button.click()
            assert dialog.table.item(1, 0).text().endswith("my reference")
            assert dialog.pin_button.text() == "Unpin"
            press_in(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        comparing.press("Ctrl+H")
        comparing.looked()
        assert seen
        assert comparing.practice._view.comparison.reference.text == ANSWER

    def test_they_open_from_progress_too(self, comparing, in_dialogs):
        comparing.press("Ctrl+Return", "Ctrl+5", "Return", "Return")
        rows = comparing.find("attempt_table")
        rows.choose([rows.model().rowCount() - 1])
        titles = []

        def script(dialog):
            titles.append(dialog.findChild(type(comparing.find("attempt_title")), "history_question").text())
            press_in(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        comparing.press("Ctrl+H")
        assert "connection pooling" in titles[0]

    def test_an_attempt_in_progress_says_what_was_proposed_and_the_note(self, comparing):
        comparing.services.tending.annotate(comparing.practice._view.comparison.recorded.turn_id, "A process")
        comparing.press("Space", "Space", "Space", "Space", "Ctrl+Return", "Ctrl+5", "Return", "Return")
        rows = comparing.find("attempt_table")
        rows.choose([rows.model().rowCount() - 1])
        comparing.press("Return")
        text = comparing.text("attempt_text")
        assert "(the program proposed: " in text
        assert "Your note: A process" in text


class TestComingBack:
    def test_a_proposal_is_not_lost_by_leaving_while_it_is_looked_for(self, pooling):
        pooling.practice.answer.editor.insertPlainText(ANSWER)
        pooling.press("Ctrl+Return", "6")
        pooling.practice._go_on()
        assert pooling.practice.looking
        pooling.window.show_page("today")
        pooling.window.show_page("practice")
        pooling.looked()
        assert all(point.proposed is not None for point in points(pooling))
        assert marks(pooling)

    def test_going_on_at_once_stores_what_is_proposed(self, pooling):
        pooling.practice.answer.editor.insertPlainText(ANSWER)
        pooling.press("Ctrl+Return", "6")
        pooling.practice._go_on()
        pooling.practice._go_on()
        assert pooling.attempts[-1].compared is not None
        assert all(point.proposed is not None for point in pooling.attempts[-1].points)

    def test_what_was_changed_elsewhere_is_there(self, comparing):
        view = comparing.practice._view.comparison
        comparing.press("Ctrl+4")
        comparing.services.tending.annotate(view.recorded.turn_id, "Seen later")
        comparing.services.tending.set_points(view.owner, ["One point"])
        comparing.press("Ctrl+2")
        assert comparing.text("note_words").endswith("Seen later")
        assert [point.text for point in points(comparing)] == ["One point"]

    def test_a_deed_leaves_the_line_that_is_being_typed(self, comparing):
        line = comparing.find("resolution_line")
        line.setFocus()
        comparing.type("first second ")
        line.setCursorPosition(2)
        comparing.press("Ctrl+Shift+P")
        assert (line.text(), line.cursorPosition(), line.isUndoAvailable()) == ("first second ", 2, True)

    def test_unpin_is_offered_for_what_is_pinned_alone(self, comparing):
        comparing.press("Ctrl+Shift+P", "Ctrl+R")
        compare(comparing, "PgBouncer in front of it.")
        comparing.press("A")
        comparing.button("unpin_button").click()
        assert not comparing.button("unpin_button").isVisible()
        assert comparing.text("reference_title").startswith("My reference")

    def test_why_nothing_is_proposed_stays_in_sight(self, pooling):
        compare(pooling, "word " * 25_000)
        assert "too long" in pooling.text("points_hint")
        pooling.press("Ctrl+T", "Ctrl+T")
        assert "too long" in pooling.text("points_hint")

    def test_a_pin_shows_in_the_attempt_that_is_open_in_progress(self, comparing, in_dialogs):
        comparing.press("Ctrl+Return", "Ctrl+5", "Return", "Return")
        rows = comparing.find("attempt_table")
        rows.choose([rows.model().rowCount() - 1])
        comparing.press("Return")

        def script(dialog):
            dialog.pin_button.click()
            press_in(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        comparing.press("Ctrl+H")
        assert comparing.text("attempt_title").endswith("my reference")

    def test_a_skipped_answer_cannot_be_pinned_and_none_with_words_is_told(self, pooling, in_dialogs):
        pooling.type("half an answer")
        pooling.press("Ctrl+J", "Ctrl+5", "Return", "Return")
        rows = pooling.find("attempt_table")
        rows.choose([0])
        pooling.press("Ctrl+H")
        assert pooling.notice == "There is no answer with words to this question yet"
        rows.choose([rows.model().rowCount() - 1])

        def script(dialog):
            assert dialog.table.item(0, 0).text().endswith("skipped")
            assert not dialog.pin_button.isEnabled()
            press_in(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        pooling.press("Ctrl+H")
