from itertools import pairwise

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.ui.theme import apply_theme, load_theme
from interview_coach.ui.widgets.answer_editor import LINE_LENGTH, AnswerEditor


@pytest.fixture
def editor(themed, qtbot):
    assert themed
    editor = AnswerEditor()
    editor.resize(600, 400)
    qtbot.addWidget(editor)
    editor.show()
    editor.setFocus()
    return editor


def line_steps(editor):
    """The distances from each line to the next, in heights of the font."""
    layout, tops = editor.document().documentLayout(), []
    block = editor.document().begin()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        tops += [top + block.layout().lineAt(line).rect().top() for line in range(block.layout().lineCount())]
        block = block.next()
    height = editor.fontMetrics().height()
    return [(below - above) / height for above, below in pairwise(tops)]


def assert_spaced(editor, lines):
    steps = line_steps(editor)
    assert len(steps) == lines - 1
    assert all(1.4 <= step <= 1.6 for step in steps), steps


def test_lines_stay_one_and_a_half_high_through_typing_paste_replacing_and_undo(editor, qtbot):
    qtbot.keyClicks(editor, "first")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClicks(editor, "second")
    assert_spaced(editor, 2)
    QGuiApplication.clipboard().setText("\nthird\n\nfifth")
    qtbot.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert_spaced(editor, 5)
    editor.set_text_keeping_undo("a\nb\nc")
    assert_spaced(editor, 3)
    qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "first\nsecond\nthird\n\nfifth"
    assert_spaced(editor, 5)
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    qtbot.keyClicks(editor, "new")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert_spaced(editor, 2)
    editor.set_text("one\ntwo")
    assert_spaced(editor, 2)


def test_every_enter_is_a_new_line_of_the_same_height(editor, qtbot):
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Return, Qt.Key.Key_Return):
        qtbot.keyClick(editor, key)
    qtbot.keyClicks(editor, "end")
    assert editor.text() == "\n\n\n\nend"
    assert_spaced(editor, 5)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "\n\nend"
    assert_spaced(editor, 3)
    qtbot.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "\n"
    for _ in range(20):
        qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == ""


def test_a_read_only_editor_takes_no_enter(editor, qtbot):
    editor.set_text("kept")
    editor.setReadOnly(True)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "kept"


def test_undo_takes_typing_back_and_a_shown_draft_cannot_be_undone_away(editor, qtbot):
    editor.set_text("the draft")
    qtbot.keyClicks(editor, " goes on")
    assert editor.text() == "the draft goes on"
    for _ in range(20):
        qtbot.keyClick(editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "the draft"


def test_ctrl_enter_belongs_to_the_page(themed, qtbot):
    assert themed

    class Page(QWidget):
        seen = 0

        def keyPressEvent(self, event):  # noqa: N802
            self.seen += event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    page = Page()
    editor = AnswerEditor(page)
    qtbot.addWidget(page)
    page.show()
    editor.set_text("answer")
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(editor, key, Qt.KeyboardModifier.ControlModifier)
    assert page.seen == 2
    assert editor.text() == "answer"
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "answer\n\n"
    assert editor.document().blockCount() == 3
    assert page.seen == 2


@pytest.mark.usefixtures("themed")
def test_tab_leaves_the_editor(qtbot):
    page = QWidget()
    layout = QVBoxLayout(page)
    editor, submit = AnswerEditor(), QPushButton("Submit")
    layout.addWidget(editor)
    layout.addWidget(submit)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    editor.setFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert submit.hasFocus()
    assert editor.text() == ""


def test_pasted_text_is_plain_and_files_are_left_to_the_window(editor):
    rich = QMimeData()
    rich.setHtml("<b>bold</b><img src='/nowhere.png'>")
    rich.setText("<b>bold</b>\r\nnext")
    editor.insertFromMimeData(rich)
    assert editor.text() == "<b>bold</b>\nnext"
    assert editor.textCursor().charFormat().fontWeight() != 700
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/interview.txt")])
    assert not editor.canInsertFromMimeData(files)
    editor.insertFromMimeData(files)
    assert editor.text() == "<b>bold</b>\nnext"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("5 km", "5 km"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("\U0001f600 naïve café\n\n  indented\ttab", "\U0001f600 naïve café\n\n  indented\ttab"),
        ("", ""),
        ("ends\n", "ends\n"),
    ],
)
def test_text_comes_back_as_typed(editor, given, kept):
    editor.set_text(given)
    assert editor.text() == kept
    editor.set_text_keeping_undo("x")
    editor.set_text_keeping_undo(given)
    assert editor.text() == kept
    assert editor.textCursor().atEnd()


def test_lines_are_of_a_comfortable_length_on_a_wide_window_and_fit_a_narrow_one(editor, themed):
    editor.set_text("the answer is in running words and says what was done " * 20)
    for scale in (1, 2):
        apply_theme(themed, load_theme("light", paths.resource), scale)
        editor.resize(3000, 500)
        layout = editor.document().begin().layout()
        assert LINE_LENGTH * 0.8 <= layout.lineAt(0).textLength() <= LINE_LENGTH * 1.1
        assert editor.comfortable_width() < 3000
        editor.resize(260, 500)
        assert (
            max(layout.lineAt(line).naturalTextWidth() for line in range(layout.lineCount()))
            <= editor.viewport().width()
        )
