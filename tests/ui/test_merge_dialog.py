"""Two questions side by side, and pair after pair: by keyboard, each merge a step that is taken back."""

import pytest
from PySide6.QtCore import Qt, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from interview_coach import paths
from interview_coach.services.by_hand import NewQuestion
from interview_coach.ui import deeds, merge_dialog, question_dialogs
from interview_coach.ui.merge_dialog import LookingDialog, Mergeable, MergeDialog, WalkDialog
from interview_coach.ui.theme import apply_theme, load_theme

FIRST = "How would you implement a cache in Redis?"
SECOND = "How can you implement a cache with Redis, quickly?"
THIRD = "Implement a cache in Redis"


def key(name, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)
    QApplication.processEvents()


@pytest.fixture
def triple(english):
    """The ids of three questions that ask the same, written by hand."""
    added = []
    for text, reference in ((FIRST, "I would."), (SECOND, None), (THIRD, None)):
        new = NewQuestion(text, "BACKEND", ("redis", text[:3]), reference)
        added.append(english.services.tending.add(new).added_id)
    return added


def heading(dialog):
    return dialog.findChild(QLabel, "merge_heading").text()


@pytest.fixture
def patient(qtbot, monkeypatch):
    """A person who leaves the search alone until it is over; what the dialogs that waited for one said at last."""
    waited = []

    def wait(dialog):
        dialog.show()
        qtbot.waitUntil(dialog.isHidden, timeout=10_000)
        waited.append(dialog)

    monkeypatch.setattr(LookingDialog, "exec", wait, raising=False)
    return waited


class TestTwo:
    def test_what_differs_is_marked_and_described(self, qapp, qtbot, themed):
        assert themed is qapp
        window = QWidget()
        qtbot.addWidget(window)
        dialog = MergeDialog(
            window, Mergeable(7, "Why use a cache?", "HR\n2 answers"), Mergeable(9, "Why a cache?", "x")
        )
        first, second = (dialog.findChild(QWidget, f"merge_{number}_text") for number in (1, 2))
        assert first.toPlainText() == "Why +use a cache?"
        assert second.toPlainText() == "Why a cache?"
        assert first.accessibleDescription() == "Only in this one: use"
        assert second.accessibleDescription() == ""
        assert dialog.choices[0].accessibleDescription() == "Why use a cache?\nHR\n2 answers"
        assert (dialog.kept, dialog.gone) == (7, 9)
        dialog.choices[1].click()
        assert (dialog.kept, dialog.gone) == (9, 7)

    def test_moved_words_and_very_long_texts_are_shown_as_they_are(self, qapp, qtbot, themed):
        assert themed is qapp
        window = QWidget()
        qtbot.addWidget(window)
        long = "many words " * 3_000
        dialog = MergeDialog(window, Mergeable(1, long, ""), Mergeable(2, long + "more", ""))
        assert "+" not in dialog.findChild(QWidget, "merge_2_text").toPlainText()
        assert dialog.findChild(QLabel, "merge_signs").isHidden()

    def test_one_text_is_chosen(self, english, in_dialogs):
        def script(_):
            key(Qt.Key.Key_Right)
            key(Qt.Key.Key_Return)

        in_dialogs.append(script)
        two = Mergeable(7, "Why use a cache?", ""), Mergeable(9, "Why a cache?", "")
        assert question_dialogs.choose_text_to_keep(english.window, *two) == 9


class TestWalk:
    def test_found_merged_and_taken_back_one_by_one(self, english, triple, patient, in_dialogs, all_rows):
        before = all_rows(english.services)

        def script(dialog):
            assert heading(dialog) == "Do these ask the same? 1 of 3"
            about = dialog.findChild(QLabel, "merge_1_about").text()
            assert "BACKEND" in about
            assert "Tags: " in about
            key(Qt.Key.Key_Return)
            assert dialog.merged == 1
            assert dialog.choices[0].hasFocus()
            key(Qt.Key.Key_Return)

        in_dialogs.append(script)
        english.window._deeds.find_near_duplicates()
        assert len(patient) == 1
        entries = english.services.questions.entries(triple)
        assert len({entry.question.id for entry in entries}) == 1
        assert english.notice == "Two questions merged into one"
        english.window.commands.undo.trigger()
        english.window.commands.undo.trigger()
        assert all_rows(english.services) == before

    def test_told_apart_they_do_not_come_again(self, english, triple, patient, qtbot, in_dialogs):
        first, second, third = triple

        def differ(dialog):
            for _ in range(3):
                told = heading(dialog)
                key(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
                qtbot.waitUntil(lambda told=told: dialog.isHidden() or heading(dialog) != told)

        in_dialogs.append(differ)
        english.window._deeds.find_near_duplicates([first, second, third])
        assert english.notice == "Nothing was merged"
        english.window._deeds.find_near_duplicates()
        assert len(patient) == 2
        assert "seem to ask the same" in english.notice
        assert len({entry.question.id for entry in english.services.questions.entries(triple)}) == 3

    def test_a_pair_that_became_one_is_passed_over_and_a_merged_one_stands_for_the_other(self, english, triple, qtbot):
        first, second, third = triple
        merged, shown = [], []

        def look(question_id):
            side = english.services.tending.side(question_id)
            return None if side is None else Mergeable(side.id, side.text, "")

        def merge(kept, gone):
            merged.append((kept, gone))
            english.services.tending.merge(kept, gone)
            return ""

        pairs = [(second, third), (first, third), (first, second), (first, 999)]
        dialog = WalkDialog(english.window, pairs, look, merge, lambda *_: None, "")
        qtbot.addWidget(dialog)
        dialog.show()
        while dialog.isVisible():
            shown.append(heading(dialog)[-6:])
            dialog.accept()
        assert merged == [(second, third), (first, second)]
        assert shown == ["1 of 4", "2 of 4"]

    def test_what_cannot_be_merged_is_said_and_stays(self, english, triple, in_dialogs):
        first, second, _ = triple

        def script(dialog):
            english.services.tending.delete_questions([second])  # behind the window's back
            dialog.accept()
            assert dialog.isVisible()
            assert dialog.trouble.text() == "It is not there any more."
            dialog.reject()

        in_dialogs.append(script)
        window = english.window
        assert merge_dialog.walk(window, [(first, second)], window._deeds._look, window._deeds.merge_from_dialog) == 0

    def test_nothing_left_to_show_opens_nothing(self, english):
        assert merge_dialog.walk(english.window, [(998, 999)], english.window._deeds._look, lambda *_: "") == 0


class TestLooking:
    def test_stop_shows_what_was_found_so_far(self, english, triple, tmp_path, qtbot, in_dialogs, monkeypatch):
        assert triple
        monkeypatch.setattr(deeds, "TOLD_EVERY", 0.0)
        file = tmp_path / "many.txt"
        file.write_text("\n".join(f"Turn {n} [HR]\nQ: Name{n} thing{n}?\n\nA: Yes.\n" for n in range(1, 3001)))
        english.services.importing.import_file(file)
        told = []

        class Impatient(LookingDialog):
            """A dialog in which Esc is pressed as soon as it says how far it is; the search waits for that."""

            def __init__(self, parent):
                super().__init__(parent)
                self.told.connect(self.stop, Qt.ConnectionType.BlockingQueuedConnection)

            @Slot(int, int)
            def stop(self, *_):
                told.append(self.text.text())
                QTest.keyClick(self, Qt.Key.Key_Escape)

        monkeypatch.setattr(merge_dialog, "LookingDialog", Impatient)

        def stop(dialog):
            qtbot.waitUntil(dialog.isHidden, timeout=10_000)
            assert dialog.is_enough

        in_dialogs.append(stop)
        english.window._deeds.find_near_duplicates()
        assert told[0].startswith("Looking for questions that ask the same: ")
        assert english.notice.startswith("The newest ")

    def test_bad_luck_is_told(self, english, patient, told):
        english.services.database.close()
        english.window._deeds.find_near_duplicates()
        ((title, text, _),) = told
        assert title == "This was not done"
        assert text
        assert patient[0].found is None

    def test_who_does_not_wait_is_shown_nothing(self, english, triple, in_dialogs, monkeypatch):
        assert triple
        monkeypatch.setattr(english.window._tasks, "run", lambda *_: None)  # it never ends

        def script(dialog):
            key(Qt.Key.Key_Escape)
            assert dialog.isVisible()
            key(Qt.Key.Key_Escape)

        in_dialogs.append(script)
        english.window._deeds.find_near_duplicates()


def test_how_far_a_change_of_many_is_gets_told(english, tmp_path, monkeypatch):
    monkeypatch.setattr(deeds, "TOLD_EVERY", 0.0)
    file = tmp_path / "many.txt"
    file.write_text("\n".join(f"Turn {n} [HR]\nQ: Number {n}?\n\nA: Yes.\n" for n in range(1, 2501)))
    english.services.importing.import_file(file)
    said = []
    english.window._deeds.begun.connect(said.append)
    english.window._deeds.tag(english.services.questions.ids(), ["many"], [])
    english.deed_done()
    assert [words.rpartition(": ")[2] for words in said[1:]] == ["39 %", "79 %", "100 %"]
    assert said[0].startswith("Changing 2")
    english.window._deeds.undo()
    english.deed_done()
    assert english.services.tending.tags() == ()


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0), ("high-contrast", 1.4)])
@pytest.mark.parametrize("size", [(800, 560), (1100, 760)])
def test_it_fits(qapp, qtbot, theme, scale, size):
    apply_theme(qapp, load_theme(theme, paths.resource), scale)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    two = {
        1: Mergeable(1, FIRST * 3, "BACKEND · flagged\nTags: redis\n3 answers of yours\nAsked in one"),
        2: Mergeable(
            2, SECOND * 3, "BACKEND\nNo answer\nAsked in another transcript with a long name, and a third one"
        ),
    }
    dialog = WalkDialog(
        window, [(1, 2)], two.get, lambda *_: "It is not there. " * 4, lambda *_: None, "Of many, some."
    )
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.accept()
    assert dialog.width() <= size[0]
    assert dialog.height() <= size[1]
    assert dialog.trouble.isVisible()
    for control in (*dialog.choices, *dialog._texts):
        control.setFocus()
        QApplication.processEvents()
        seen = control.visibleRegion().boundingRect()
        assert seen.width() == control.width()
        assert seen.height() >= min(control.height(), 2 * control.fontMetrics().lineSpacing()), control.objectName()
    for shown in dialog.findChildren(QLabel):
        if shown.isVisible() and shown.wordWrap():
            assert shown.height() >= shown.heightForWidth(shown.width()), shown.text()
    for made in dialog.findChildren(QPushButton):
        assert made.visibleRegion().boundingRect().size() == made.size()
