"""The bank tended by keyboard: every deed by its key, the message that follows, Undo by Ctrl+Z and by its button."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QRadioButton

from interview_coach.domain.models import SelfRating
from interview_coach.ui import question_dialogs
from interview_coach.ui.deeds import ASK_ABOVE

NOTHING = SelfRating()


def listed(candidate):
    return candidate.services.questions.ids()


def chosen(candidate):
    table = candidate.find("question_table")
    return [table.model().id_at(row) for row in table.chosen_rows]


def answered(candidate, *texts):
    """A session in which these answers were given; more of its questions are left."""
    session = candidate.services.practice.session(candidate.services.practice.start_default(count=len(texts) + 1))
    for text in texts:
        session.view()
        session.submit(text, 1.0)
        session.rate(SelfRating(clarity=5))
        session.finish_question((), NOTHING, f"line of {text}")
    session.pause()


def edit(dialog):
    QApplication.focusWidget().setPlainText("")
    press(dialog, "Another wording")
    press_key(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def press(dialog, text):
    QTest.keyClicks(QApplication.focusWidget() or dialog, text)
    QApplication.processEvents()


def press_key(dialog, key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget() or dialog, key, modifiers)
    QApplication.processEvents()


def type_tags(dialog):
    press(dialog, "sql, hard one")
    press_key(dialog, Qt.Key.Key_Return)


def merge(dialog):
    press_key(dialog, Qt.Key.Key_Right)
    press_key(dialog, Qt.Key.Key_Return)


DEEDS = [
    ("edit", [], ["F2"], edit, "Question changed"),
    ("tag", ["Shift+Down", "Shift+Down"], ["Ctrl+Shift+T"], type_tags, "Tags changed on 3 questions"),
    ("flag", ["Shift+Down"], ["Ctrl+D"], None, "2 questions flagged"),
    ("suspend", [], ["Ctrl+Shift+S"], None, "1 question suspended, left out of new sessions"),
    ("merge", ["Shift+Down"], ["Ctrl+Shift+M"], merge, "Two questions merged into one"),
    ("delete", ["Shift+Down", "Shift+Down"], ["Del"], None, "3 questions moved to Trash"),
]


@pytest.mark.parametrize("way", ["key", "button", "menu"])
@pytest.mark.parametrize(("choose", "keys", "script", "words"), [d[1:] for d in DEEDS], ids=[d[0] for d in DEEDS])
def test_each_deed_by_its_key_and_taken_back(english, in_dialogs, all_rows, way, choose, keys, script, words):
    candidate = english
    answered(candidate, "one", "two")
    candidate.press("Ctrl+3")
    before = all_rows(candidate.services)
    assert not candidate.window.commands.undo.isEnabled()
    if script is not None:
        in_dialogs.append(script)
    candidate.press(*choose, *keys)
    candidate.deed_done()
    assert candidate.notice == words
    assert all_rows(candidate.services) != before
    assert candidate.focus == "question_table"
    if way == "key":
        candidate.press("Ctrl+Z")
    elif way == "menu":
        candidate.window.commands.undo.trigger()
    else:
        undo = candidate.button("undo_notice_button")
        assert undo.accessibleName() == f"Undo: {words}"
        undo.setFocus()
        candidate.press("Return")
    candidate.deed_done()
    assert all_rows(candidate.services) == before
    assert candidate.notice == f"Taken back: {words}"
    assert candidate.button("undo_notice_button").isHidden()
    assert not candidate.window.commands.undo.isEnabled()
    assert candidate.focus == "question_table"


class TestQuestions:
    @pytest.fixture
    def bank(self, english):
        english.press("Ctrl+3")
        return english

    def possible(self, candidate):
        return {action.objectName() for action in candidate.window.commands.of_bank if action.isEnabled()}

    def test_what_can_be_done_follows_from_how_many_are_chosen(self, bank):
        page = {"add_question_action", "practise_found_action", "find_alike_action"}
        many = page | {"tags_action", "flag_chosen_action", "suspend_action", "delete_action"}
        assert self.possible(bank) == many | {"edit_question_action"}
        bank.press("Shift+Down")
        assert self.possible(bank) == many | {"merge_action"}
        bank.press("Ctrl+A")
        assert self.possible(bank) == many
        assert bank.text("question_about") == "10 questions chosen"
        bank.press("Ctrl+1")
        assert self.possible(bank) == set()
        bank.press("Ctrl+4")
        assert self.possible(bank) == {"delete_action"}
        bank.press("Ctrl+6")
        assert self.possible(bank) == set()

    def test_rows_far_apart_are_chosen_with_ctrl(self, bank):
        bank.press("Ctrl+Down", "Ctrl+Down", "Ctrl+Space")
        assert chosen(bank) == [1, 3]
        bank.press("Ctrl+D")
        assert [bank.services.questions.entries([each])[0].question.flagged for each in (1, 2, 3)] == [
            True,
            False,
            True,
        ]
        assert chosen(bank) == [1, 3]

    def test_a_second_press_takes_flag_and_suspension_away(self, bank):
        bank.press("Ctrl+D", "Ctrl+Shift+S")
        assert bank.window.commands.suspend.text().replace("&", "") == "Let it come again"
        question = bank.services.questions.entries([1])[0].question
        assert (question.flagged, question.suspended) == (True, True)
        assert bank.button("question_suspend_button").text() == "Let it come again"
        bank.press("Ctrl+D", "Ctrl+Shift+S")
        assert bank.notice == "1 question can come again"
        question = bank.services.questions.entries([1])[0].question
        assert (question.flagged, question.suspended) == (False, False)

    def test_the_buttons_do_the_same(self, bank):
        for name in ("question_flag_button", "question_suspend_button", "question_delete_button"):
            bank.button(name).setFocus()
            bank.press("Return")
            bank.deed_done()
        assert bank.notice == "1 question moved to Trash"
        assert len(listed(bank)) == 9

    def test_after_a_deletion_the_next_row_is_chosen(self, bank):
        bank.press("Down", "Del")
        assert chosen(bank) == [3]
        bank.press("End", "Del")
        assert chosen(bank) == [9]
        bank.press("Ctrl+Z", "Ctrl+Z")
        assert len(listed(bank)) == 10

    def test_all_gone_and_back(self, bank, sure):
        bank.press("Ctrl+A", "Del")
        bank.deed_done()
        assert sure == []
        words = bank.find("question_table").accessibleDescription()
        assert words == "There is no question here yet. Add one, or import a transcript."
        assert self.possible(bank) == {"add_question_action"}
        bank.press("Ctrl+Z")
        bank.deed_done()
        assert len(listed(bank)) == 10

    def test_very_many_are_asked_about(self, bank, sure, tmp_path):
        file = tmp_path / "many.txt"
        file.write_text("\n".join(f"Turn {n} [HR]\nQ: Number {n}?\n\nA: Yes.\n" for n in range(1, ASK_ABOVE)))
        bank.services.importing.import_file(file)
        bank.press("Ctrl+3", "Ctrl+A")
        sure.answer = False
        bank.press("Del")
        ((title, text, yes),) = sure
        assert title == f"Move {len(listed(bank))} questions to Trash?"
        assert "thirty days" in text
        assert yes == "Move to Trash"
        assert len(listed(bank)) == 10 + ASK_ABOVE - 1
        sure.answer = True
        bank.press("Del")
        bank.deed_done()
        assert listed(bank) == ()

    def test_keys_of_the_list_do_nothing_in_practice(self, bank):
        bank.press("Ctrl+1", "Return")
        bank.type("words")
        bank.press("Del", "F2", "Ctrl+Shift+S", "Ctrl+Shift+T", "Home", "Del")
        assert bank.practice.answer.editor.text() == "ords"
        assert len(listed(bank)) == 10
        bank.press("Ctrl+D")
        assert bank.window.commands.flag.isChecked()
        assert bank.notice == ""

    def test_bad_luck_is_told_and_the_list_is_as_it_is(self, bank, told):
        bank.services.tending.delete_questions([1])  # behind the window's back
        bank.press("Ctrl+D")
        ((title, text, _),) = told
        assert (title, text) == ("This was not done", "It is not there any more.")
        assert chosen(bank) == [2]

    def test_a_change_that_something_stands_on_is_told(self, bank, told):
        bank.press("Ctrl+D")
        with bank.services.database.raw() as connection:
            connection.execute(
                "CREATE TEMP TRIGGER stand BEFORE UPDATE ON question BEGIN SELECT RAISE(ABORT, 'x'); END"
            )
        bank.press("Ctrl+Z")
        ((title, text, _),) = told
        assert title == "This was not taken back"
        assert "something newer stands on it" in text
        assert not bank.window.commands.undo.isEnabled()


class TestEditDialog:
    @pytest.fixture
    def bank(self, english):
        english.press("Ctrl+3")
        return english

    def test_text_and_stage_are_stored(self, bank, in_dialogs):
        def script(dialog):
            assert (
                dialog.findChild(QPlainTextEdit, "question_text_editor").toPlainText().startswith("What inspired you")
            )
            press(dialog, " And why now?")
            press_key(dialog, Qt.Key.Key_Tab)
            stage = dialog.findChild(QComboBox, "question_stage_choice")
            assert stage.lineEdit().hasFocus() or stage.hasFocus()
            assert [stage.itemText(n) for n in range(6)] == [
                "INTRO", "HR", "TECHNICAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP"
            ]  # fmt: skip
            stage.lineEdit().selectAll()
            press(dialog, "SMALL TALK")
            press_key(dialog, Qt.Key.Key_Return)

        in_dialogs.append(script)
        bank.press("F2")
        question = bank.services.questions.entries([1])[0].question
        assert question.text.endswith("engineering? And why now?")
        assert question.stage == "SMALL TALK"
        assert chosen(bank) == [1]

    @pytest.mark.parametrize("where", ["text", "stage"])
    def test_esc_never_discards_what_was_typed_without_asking(self, bank, in_dialogs, sure, where):
        sure.answer = False

        def script(dialog):
            if where == "stage":
                dialog.stage.setFocus()
            press(dialog, "!")
            press_key(dialog, Qt.Key.Key_Escape)
            dialog.close()
            assert dialog.isVisible()
            assert len(sure) == 2
            assert "!" in dialog.text.toPlainText() + dialog.stage.currentText()
            sure.answer = True
            press_key(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        bank.press("F2")
        assert sure[0][0] == "Leave without saving?"
        assert bank.services.tending.last is None

    def test_nothing_changed_is_nothing_to_ask_and_nothing_to_store(self, bank, in_dialogs, sure):
        def script(dialog):
            press(dialog, "!")
            press_key(dialog, Qt.Key.Key_Backspace)
            dialog.accept()

        in_dialogs.append(script)
        bank.press("F2")
        assert sure == []
        assert bank.services.tending.last is None

    def test_a_text_that_another_question_has_stays_in_the_dialog(self, bank, in_dialogs, sure):
        other = bank.services.questions.entries([2])[0].question.text

        def script(dialog):
            dialog.text.selectAll()
            press(dialog, other.upper())
            dialog.accept()
            assert dialog.isVisible()
            assert "Another question has this text" in dialog.trouble.text()
            assert dialog.trouble.isVisible()
            assert dialog.text.toPlainText() == other.upper()
            press(dialog, " differently")
            assert dialog.trouble.isHidden()
            dialog.accept()

        in_dialogs.append(script)
        bank.press("F2")
        assert bank.services.questions.entries([1])[0].question.text == other.upper() + " differently"
        assert sure == []

    def test_a_question_needs_words(self, bank, in_dialogs, sure):
        def script(dialog):
            dialog.text.selectAll()
            press(dialog, "  ")
            assert not dialog.accept_button.isEnabled()
            press_key(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
            assert dialog.isVisible()
            dialog.reject()

        in_dialogs.append(script)
        bank.press("F2")
        assert len(sure) == 1

    def test_a_text_that_was_not_touched_stays_to_the_letter(self, bank, in_dialogs):
        odd = "Odd\u00a0blanks and\u2028a line"
        bank.services.tending.edit(1, odd, "INTRO")
        bank.press("Ctrl+3")

        def script(dialog):
            dialog.stage.setCurrentText("HR")
            dialog.accept()

        in_dialogs.append(script)
        bank.press("F2")
        question = bank.services.questions.entries([1])[0].question
        assert (question.text, question.stage) == (odd, "HR")


POPUPS = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


class TestTagsDialog:
    @pytest.fixture
    def bank(self, english):
        english.services.tending.tag([1, 2], add=["sql", "system design"])
        english.services.tending.tag([2], add=["hard"])
        english.press("Ctrl+3", "Shift+Down")
        return english

    def tags(self, candidate, *ids):
        return [entry.question.tags for entry in candidate.services.questions.entries(ids)]

    def test_tags_of_all_are_shown_and_those_of_some_kept(self, bank, in_dialogs):
        def script(dialog):
            assert dialog.windowTitle() == "Tags of 2 questions"
            assert dialog.line.text() == "sql, system design"
            assert "hard" in dialog.findChild(object, "tags_of_some").text()
            dialog.line.setText("  system   design ,, new ")
            dialog.accept()

        in_dialogs.append(script)
        bank.press("Ctrl+Shift+T")
        assert self.tags(bank, 1, 2) == [("new", "system design"), ("hard", "new", "system design")]
        bank.press("Ctrl+Z")
        assert self.tags(bank, 1, 2) == [("sql", "system design"), ("hard", "sql", "system design")]

    @POPUPS
    def test_known_tags_are_offered_for_the_last_one(self, bank, in_dialogs):
        def script(dialog):
            dialog.line.clear()
            press(dialog, "new, SY")
            completer = dialog.line.completer()
            assert completer.popup().isVisible()
            assert completer.currentCompletion() == "new, system design"
            press_key(dialog, Qt.Key.Key_Down)
            press_key(dialog, Qt.Key.Key_Return)
            assert dialog.line.text() == "new, system design"
            dialog.accept()

        in_dialogs.append(script)
        bank.press("Ctrl+Shift+T")
        assert self.tags(bank, 1) == [("new", "system design")]

    @POPUPS
    def test_esc_asks_where_something_was_typed(self, bank, in_dialogs, sure):
        def script(dialog):
            press(dialog, ", zz")
            press_key(dialog, Qt.Key.Key_Escape)

        in_dialogs.append(script)
        bank.press("Ctrl+Shift+T")
        assert len(sure) == 1
        assert self.tags(bank, 1) == [("sql", "system design")]

    def test_the_same_tags_are_no_deed(self, bank, in_dialogs):
        last = bank.services.tending.last
        in_dialogs.append(lambda dialog: dialog.accept())
        bank.press("Ctrl+Shift+T")
        assert bank.services.tending.last is last


class TestMergeDialog:
    @pytest.mark.parametrize(("keys", "kept"), [([], 1), ([Qt.Key.Key_Right], 2)])
    def test_the_text_that_stays_is_chosen(self, english, in_dialogs, keys, kept):
        answered(english, "one", "two")
        english.press("Ctrl+3", "Shift+Down")
        texts = [entry.question.text for entry in english.services.questions.entries([1, 2])]

        def script(dialog):
            choices = dialog.findChildren(QRadioButton)
            assert [choice.accessibleDescription().partition("\n")[0] for choice in choices] == texts
            for key in keys:
                press_key(dialog, key)
            press_key(dialog, Qt.Key.Key_Return)

        in_dialogs.append(script)
        english.press("Ctrl+Shift+M")
        assert 3 - kept not in listed(english)
        entry = english.services.questions.entries([kept])[0]
        assert (entry.question.text, entry.attempts) == (texts[kept - 1], 2)
        assert chosen(english) == [kept]

    def test_esc_merges_nothing(self, english, in_dialogs, all_rows):
        english.press("Ctrl+3", "Shift+Down")
        before = all_rows(english.services)
        in_dialogs.append(lambda dialog: press_key(dialog, Qt.Key.Key_Escape))
        english.press("Ctrl+Shift+M")
        assert all_rows(english.services) == before


class TestTranscripts:
    @pytest.mark.parametrize("way", ["key", "button"])
    def test_deleted_and_taken_back(self, english, all_rows, way):
        answered(english, "one")
        english.press("Ctrl+4")
        before = all_rows(english.services)
        if way == "key":
            english.press("Del")
        else:
            english.button("transcript_delete_button").click()
        english.deed_done()
        assert english.notice == "Transcript and 9 questions moved to Trash; kept: 1 answered or asked elsewhere"
        assert english.text("transcript_count") == "0 transcripts"
        assert english.text("transcript_hint").startswith("Import a transcript to begin")
        english.press("Ctrl+Z")
        english.deed_done()
        assert all_rows(english.services) == before
        assert english.text("transcript_count") == "1 transcript"

    def test_del_in_an_open_conversation_does_nothing(self, english):
        english.press("Ctrl+4", "Return", "Del")
        assert len(english.services.transcripts.listed()) == 1
        english.press("Esc")
        english.qtbot.waitUntil(english.window.commands.delete.isEnabled)

    def test_a_backup_comes_first(self, english):
        english.press("Ctrl+4", "Del")
        english.deed_done()
        assert len(english.services.backups.listed()) == 1


class TestAttempts:
    @pytest.fixture
    def session(self, english):
        answered(english, "one", "two")
        english.press("Ctrl+5", "Return", "Return")
        assert english.focus == "attempt_table"
        return english

    def test_deleted_and_taken_back(self, session, all_rows):
        before = all_rows(session.services)
        session.press("Ctrl+A", "Del")
        session.deed_done()
        assert session.notice == "2 answers moved to Trash"
        assert session.attempts == []
        assert session.text("attempts_legend") == "This session has no answers."
        session.press("Ctrl+Z")
        session.deed_done()
        assert all_rows(session.services) == before
        assert session.focus == "attempt_table"

    def test_the_one_that_is_open(self, session):
        session.press("Down", "Return", "Del")
        assert [attempt.text for attempt in session.attempts] == ["one"]
        assert session.focus == "attempt_table"
        assert session.notice == "1 answer moved to Trash"

    def test_one_still_being_worked_on_stays_and_that_is_said_kindly(self, english, told):
        answered(english, "one")
        english.services.practice.session(1).save_draft(
            english.services.practice.session(1).view().attempt_id, "h", 1.0
        )
        english.press("Ctrl+5", "Return", "Return", "End", "Del")
        ((title, text, _),) = told
        assert title == "This was not done"
        assert text == "This answer is still being worked on. Finish its question first; then it can go."
        english.press("Ctrl+A", "Del")
        english.deed_done()
        assert english.notice == "1 answer moved to Trash; kept: 1 still being worked on"


class TestPractice:
    def test_after_each_step_its_undo_by_the_button(self, english):
        english.press("Return")
        english.type("my words")
        for step, keys, words in (
            ("answer", ["Ctrl+Return"], "Submitted"),
            ("rate", ["5", "Ctrl+Return"], "Rated"),
        ):
            assert english.step == step
            english.press(*keys)
            assert english.notice == words
            assert english.button("undo_notice_button").accessibleName() == f"Undo: {words}"
            english.button("undo_notice_button").click()
            assert english.step == step
            assert english.notice == ""
            english.press("Ctrl+Return")
        assert english.step == "compare"

    def test_skip_is_taken_back_and_what_was_typed_since_is_kept(self, english):
        english.press("Return")
        english.type("first")
        english.press("Ctrl+J")
        assert english.notice == "Skipped"
        english.type("second")
        english.button("undo_notice_button").click()
        assert english.practice.answer.editor.text() == "first"
        english.press("Ctrl+J")
        assert english.practice.answer.editor.text() == "second"

    def test_not_rating_is_a_step_as_well(self, english):
        english.press("Return", "x", "Ctrl+Return")
        english.button("dont_rate_button").click()
        assert english.notice == "Not rated"
        english.press("Ctrl+Z")
        assert english.step == "rate"
        assert english.notice == ""

    def test_the_next_step_takes_the_message_away(self, english):
        english.press("Return", "x", "Ctrl+Return", "Ctrl+Return")
        assert english.notice == "Not rated"
        english.press("Ctrl+Return")
        assert english.step == "answer"
        assert english.notice == ""

    def test_leaving_the_page_takes_it_away_but_not_what_was_done_to_the_bank(self, english):
        english.press("Return", "Ctrl+J", "Ctrl+3")
        assert english.notice == ""
        english.press("Ctrl+D")
        english.press("Ctrl+2")
        assert english.notice == "1 question flagged"
        assert english.services.questions.entries([1])[0].question.flagged
        english.button("undo_notice_button").click()
        assert not english.services.questions.entries([1])[0].question.flagged
        assert english.step == "answer"

    def test_ctrl_z_there_never_takes_back_what_was_done_to_the_bank(self, english):
        english.press("Ctrl+3", "Ctrl+D", "Ctrl+1", "Return", "Ctrl+Z", "Ctrl+Z")
        assert english.services.questions.entries([1])[0].question.flagged
        english.press("Ctrl+1", "Ctrl+Z")
        assert not english.services.questions.entries([1])[0].question.flagged

    def test_the_message_covers_nothing_of_compare_in_a_small_window(self, open_window):
        candidate = open_window(size=(800, 560))
        candidate.press("Return", "x", "Ctrl+Return", "5", "Ctrl+Return")
        bar = candidate.window._undoing.notice
        assert bar.isVisible()
        top = bar.mapToGlobal(bar.rect().topLeft()).y()
        panel = candidate.practice.compare
        assert panel.mapToGlobal(panel.rect().bottomLeft()).y() < top
        candidate.press("Return")
        line = candidate.find("resolution_line")
        assert candidate.focus == "resolution_line"
        assert line.mapToGlobal(line.rect().bottomLeft()).y() < top
        assert line.visibleRegion().boundingRect().height() == line.height()


def test_undo_in_settings_takes_back_typing_first(english):
    english.press("Ctrl+3", "Ctrl+D", "Ctrl+6", "Tab")
    english.press("Ctrl+Z")
    assert not english.services.questions.entries([1])[0].question.flagged


def test_a_thousand_are_chosen_flagged_and_taken_back(english, tmp_path):
    file = tmp_path / "many.txt"
    file.write_text("\n".join(f"Turn {n} [HR]\nQ: Number {n}?\n\nA: Yes.\n" for n in range(1, 1001)))
    english.services.importing.import_file(file)
    english.press("Ctrl+3", "Ctrl+A")
    assert len(chosen(english)) == 1010
    english.press("Home", "Down", "Down", "Down", "Shift+End")
    assert len(chosen(english)) == 1007
    english.press("Ctrl+D")
    english.deed_done()
    assert len(english.services.searching.find_text("is:flagged").ids) == 1007
    english.press("Ctrl+Z")
    english.deed_done()
    english.services.searching.refresh()
    assert len(english.services.searching.find_text("is:flagged").ids) == 0


def test_the_doors_are_functions_that_a_test_can_replace(english, monkeypatch):
    asked = []
    monkeypatch.setattr(question_dialogs, "edit_question", lambda *args: asked.append(args[1]))
    english.press("Ctrl+3", "F2")
    (before,) = asked
    assert (before.text[:17], before.stage) == ("What inspired you", "INTRO")
