"""The form in which a question is written, new or known: by keyboard, on real services, with no word lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from interview_coach import paths
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import KNOWN_STAGES, PointsOwner, PointsOwnerKind
from interview_coach.domain.trash import Deed, Hindered, Hindrance
from interview_coach.services.by_hand import NewQuestion
from interview_coach.ui import question_dialogs
from interview_coach.ui.deed_words import DeedWords
from interview_coach.ui.question_form import QuestionForm
from interview_coach.ui.theme import apply_theme, load_theme

# The list of known tags, as the offscreen platform speaks of every popup.
POPUPS = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


def press(text):
    QTest.keyClicks(QApplication.focusWidget(), text)
    QApplication.processEvents()


def key(name, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), name, modifiers)
    QApplication.processEvents()


def tab():
    key(Qt.Key.Key_Tab)


def focus():
    return QApplication.focusWidget().objectName()


@pytest.fixture
def bank(english):
    """A candidate before the window; the form stands over whichever page is shown."""
    return english


@pytest.fixture
def add(bank):
    """Let a question be added over the window, as a command of the page does; returns whether it was."""
    deeds = bank.window._deeds
    return lambda: question_dialogs.add_question(bank.window, KNOWN_STAGES, deeds.known_tags(), deeds.add)


@pytest.fixture
def edit(bank):
    """Let a question of the bank be changed over the window; returns whether it was."""
    deeds = bank.window._deeds

    def edit(question_id):
        return question_dialogs.edit_question(
            bank.window,
            deeds.entry(question_id),
            KNOWN_STAGES,
            deeds.known_tags(),
            lambda new: deeds.edit(question_id, new),
            lambda: deeds.show_reference(question_id),
        )

    return edit


class TestAdd:
    def test_all_of_it_by_keyboard_and_undo(self, bank, add, in_dialogs, all_rows):
        before = all_rows(bank.services)

        def script(dialog):
            assert dialog.windowTitle() == "Add question"
            assert not dialog.accept_button.isEnabled()
            press("How do queues grow?")
            tab()
            assert (focus(), dialog.stage.currentText()) == ("question_stage_choice", "TECHNICAL")
            tab()
            assert focus() == "tags_line"
            press("queues, hard one")
            tab()
            assert focus() == "question_reference_editor"
            press("They do.")
            tab()
            assert focus() == "question_points"
            press("they do")
            key(Qt.Key.Key_Return)
            press("without end")
            key(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

        in_dialogs.append(script)
        assert add()
        added = bank.services.tending.last.added_id
        entry = bank.services.tending.entry(added)
        assert (entry.text, entry.stage, entry.tags) == ("How do queues grow?", "TECHNICAL", ("hard one", "queues"))
        assert (entry.reference, entry.points) == ("They do.", ("they do", "without end"))
        assert bank.notice == "Question added"
        bank.window.commands.undo.trigger()
        assert bank.notice == "Taken back: Question added"
        assert all_rows(bank.services) == before

    def test_the_question_alone_is_enough(self, bank, add, in_dialogs):
        def script(dialog):
            press("Why now?")
            dialog.accept_button.click()

        in_dialogs.append(script)
        assert add()
        entry = bank.services.tending.entry(bank.services.tending.last.added_id)
        assert (entry.reference, entry.points, entry.tags) == (None, (), ())

    @pytest.mark.parametrize(
        ("question", "reference", "said"),
        [
            ("What inspired you", "", "This question is in the bank already: “What inspired you"),
            ("Why now?", "So.\nFeedback: null", "this reference would be read otherwise"),
            ("Why\nA: now?", "So.", "this question would be read otherwise"),
        ],
    )
    def test_what_cannot_be_stored_is_said_and_every_word_stays(
        self, bank, add, in_dialogs, sure, question, reference, said
    ):
        if question.startswith("What"):
            question = bank.services.questions.entries([1])[0].question.text.upper()

        def script(dialog):
            dialog.text.insertPlainText(question)
            dialog.reference.insertPlainText(reference)
            dialog.accept()
            assert dialog.isVisible()
            assert dialog.trouble.isVisible()
            assert said in dialog.trouble.text()
            assert (dialog.text.toPlainText(), dialog.reference.toPlainText()) == (question, reference)
            dialog.text.insertPlainText(" ")
            assert dialog.trouble.isHidden()
            dialog.reject()

        in_dialogs.append(script)
        assert not add()
        assert len(sure) == 1
        assert bank.services.tending.last is None

    @pytest.mark.parametrize("field", ["text", "tags", "reference", "points"])
    def test_no_field_is_discarded_without_asking(self, add, in_dialogs, sure, field):
        sure.answer = False

        def script(dialog):
            getattr(dialog, field).setFocus()
            press("x")
            key(Qt.Key.Key_Escape)
            assert dialog.isVisible()
            assert len(sure) == 1
            sure.answer = True
            key(Qt.Key.Key_Escape)

        in_dialogs.append(script)
        assert not add()

    def test_nothing_written_is_nothing_to_ask(self, add, in_dialogs, sure):
        in_dialogs.append(lambda _: key(Qt.Key.Key_Escape))
        assert not add()
        assert sure == []


class TestEdit:
    def test_a_recorded_answer_is_hidden_until_it_is_asked_for(self, bank, edit, in_dialogs):
        def seen():
            with bank.services.database.begin() as work:
                return work.questions.seen(4)

        def script(dialog):
            assert dialog.reference.isHidden()
            assert dialog.points.isHidden()
            assert dialog.reference.toPlainText() == ""
            assert seen() is None
            dialog.show_button.setFocus()
            key(Qt.Key.Key_Return)
            assert focus() == "question_reference_editor"
            assert dialog.reference.toPlainText().startswith("To implement connection pooling")
            assert "Nebula Systems" in dialog.findChild(QLabel, "reference_whose").text()
            assert dialog.points.points() == ()
            assert seen() is not None
            press("First: ")
            dialog.points.setFocus()
            press("mine")
            dialog.accept()

        in_dialogs.append(script)
        assert edit(4)
        entry = bank.services.tending.entry(4)
        assert entry.reference.startswith("First: To implement")
        assert (entry.points, entry.points_are_own) == (("mine",), True)
        bank.window.commands.undo.trigger()
        assert bank.services.tending.entry(4).reference.startswith("To implement")

    def test_hidden_or_shown_and_not_touched_nothing_is_stored(self, bank, edit, in_dialogs, sure, all_rows):
        bank.services.tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=4), ["mine"])
        before = all_rows(bank.services)
        in_dialogs.append(lambda dialog: dialog.accept())

        def script(dialog):
            dialog.show_button.click()
            assert dialog.points.points() == ("mine",)
            assert not dialog.changed
            dialog.accept()

        in_dialogs.append(script)
        assert edit(4)
        assert edit(4)
        assert sure == []
        after = all_rows(bank.services)
        del before["reference_seen"], after["reference_seen"]
        assert after == before

    def test_a_reference_of_ones_own_is_emptied(self, bank, edit, in_dialogs):
        added = bank.services.tending.add(NewQuestion("Why now?", "HR", reference="So.")).added_id

        def script(dialog):
            dialog.show_button.click()
            assert "by hand" in dialog.findChild(QLabel, "reference_whose").text()
            dialog.reference.selectAll()
            key(Qt.Key.Key_Delete)
            dialog.accept()

        in_dialogs.append(script)
        assert edit(added)
        assert bank.services.tending.entry(added).reference is None

    def test_a_recorded_answer_is_not_emptied(self, bank, edit, in_dialogs, sure):
        def script(dialog):
            dialog.show_button.click()
            dialog.reference.selectAll()
            key(Qt.Key.Key_Delete)
            dialog.accept()
            assert "not emptied" in dialog.trouble.text()
            dialog.reject()

        in_dialogs.append(script)
        assert not edit(4)
        assert len(sure) == 1
        assert bank.services.tending.last is None

    @POPUPS
    def test_without_a_reference_its_fields_are_there_at_once(self, bank, edit, in_dialogs):
        added = bank.services.tending.add(NewQuestion("Why now?", "HR", ("sql",), points=("one", "two"))).added_id

        def script(dialog):
            assert dialog.show_button.isHidden()
            assert dialog.reference.isVisible()
            assert dialog.points.points() == ("one", "two")
            assert dialog.tags.text() == "sql"
            dialog.tags.setFocus()
            press(", new")
            dialog.accept()

        in_dialogs.append(script)
        assert edit(added)
        entry = bank.services.tending.entry(added)
        assert (entry.tags, entry.points) == (("new", "sql"), ("one", "two"))

    def test_where_an_own_answer_is_pinned_it_is_said(self, bank, edit, in_dialogs):
        session = bank.services.practice.session(bank.services.practice.start_default(count=1))
        session.view()
        session.submit("my words", 3.0)
        bank.services.tending.pin(1)

        told = []

        def script(dialog):
            told.append(dialog.findChild(QLabel, "reference_pinned").isVisible())
            dialog.reject()

        in_dialogs.extend([script, script])
        edit(1)
        edit(2)
        assert told == [True, False]

    def test_a_question_that_is_gone_has_no_entry(self, bank):
        bank.services.tending.delete_questions([2])
        assert bank.window._deeds.entry(2) is None


@pytest.mark.parametrize("hindrance", Hindrance)
@pytest.mark.parametrize("deed", [Deed.ADDED, Deed.EDITED])
def test_every_hindrance_is_said_in_words_of_its_own(deed, hindrance):
    said = DeedWords().refused(deed, Hindered(hindrance, "of the command line", known="Why?"))
    assert said.endswith(".")
    assert "command line" not in said
    others = [DeedWords().refused(deed, Hindered(other, "", known="Why?")) for other in Hindrance if other != hindrance]
    assert said not in others
    assert "Each point needs words" in DeedWords().refused(deed, CoachError(Fault.BAD_INPUT, ""))


def test_a_very_long_known_question_is_cut(qapp):
    assert qapp is not None
    said = DeedWords().refused(Deed.ADDED, Hindered(Hindrance.IN_BANK, "", known="many words\n" * 80))
    assert len(said) < 250
    assert "…" in said


@pytest.mark.parametrize(("theme", "scale"), [("light", 1.0), ("dark", 2.0), ("high-contrast", 1.4)])
@pytest.mark.parametrize("size", [(800, 560), (1100, 760)])
def test_it_fits_and_whatever_has_the_focus_is_in_view(qapp, qtbot, services, theme, scale, size):
    apply_theme(qapp, load_theme(theme, paths.resource), scale)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    form = QuestionForm(window, services.tending.entry(4), KNOWN_STAGES, (), lambda _: "That did not go. " * 8)
    form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    form.show_button.click()
    press("x")
    form.accept()
    assert form.width() <= size[0]
    assert form.height() <= size[1]
    assert form.trouble.isVisible()
    for control in (form.text, form.stage, form.tags, form.reference, form.points):
        control.setFocus()
        QApplication.processEvents()
        seen = control.visibleRegion().boundingRect()
        lines = control.fontMetrics().lineSpacing()
        assert seen.width() == control.width()
        least = control.height() if control.height() < form.fields.height() - 80 else 2 * lines
        assert seen.height() >= least, control.objectName()
    for shown in form.findChildren(QLabel):
        if shown.isVisible() and shown.wordWrap():
            assert shown.height() >= shown.heightForWidth(shown.width()), shown.text()
    assert form.accept_button.visibleRegion().boundingRect().size() == form.accept_button.size()
