import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPushButton, QWidget

from interview_coach import paths
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.points_editor import PointsEditor

CODE = "def pool():\n    return 4"
CTRL, ALT, SHIFT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
ODD = ["\r\n", *"\0\t\n\r \u2028\u2029\ufdd0\ufdd1\ufeff\ufffe\ufffc\xa0\x85\x0b\xad\u202e\u2066<>&;\U0001f600\u0301e"]
TEXTS = st.lists(st.sampled_from(ODD) | st.characters(exclude_categories=["Cs"]), max_size=8).map("".join)


@pytest.fixture
def editor(themed, qtbot):
    assert themed
    editor = PointsEditor()
    editor.resize(600, 400)
    qtbot.addWidget(editor)
    editor.show()
    editor.activateWindow()
    qtbot.waitUntil(editor.isActiveWindow)
    editor.setFocus()
    return editor


@pytest.fixture
def press(editor, qtbot):
    def key(key, modifiers=Qt.KeyboardModifier.NoModifier):
        qtbot.keyClick(editor.text, key, modifiers)

    return key


def put_caret(editor, words, *, behind=False):
    found = editor.text.document().find(words)
    found.setPosition(found.selectionEnd() if behind else found.selectionStart())
    editor.text.setTextCursor(found)


def enabled(editor):
    return [made.text() for made in editor.findChildren(QPushButton) if made.isEnabled()]


@given(st.lists(TEXTS, max_size=5))
@example(["\ufeffword"])
@example(["\ufffeword", "a\ufdd0b\ufdd1c"])
@example(["5\xa0km", "a\u2028b\u2029c\r\nd\re", "\xa0"])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_points_come_back_as_they_were_given(editor, texts):
    lines = [re.sub("\r\n|[\r\u2028\u2029\ufdd0\ufdd1]", "\n", text).strip() for text in texts]
    editor.set_points(texts)
    assert editor.points() == tuple(line for line in lines if line)
    assert not editor.is_changed()
    editor.set_points(["else"])
    editor.replace_points(texts)
    assert editor.points() == tuple(line for line in lines if line)
    again = editor.points()
    editor.set_points(again)
    assert editor.points() == again


def test_enter_splits_at_the_caret(editor, press):
    editor.set_points(["One thing. Another thing.", "Last"])
    put_caret(editor, " Another")
    press(Qt.Key.Key_Return)
    assert editor.points() == ("One thing.", "Another thing.", "Last")
    assert editor.text.textCursor().block().text() == "Another thing."
    press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One thing. Another thing.", "Last")
    assert not editor.is_changed()


def test_backspace_at_the_start_and_delete_at_the_end_join(editor, press):
    editor.set_points(["One.", "Two.", "Three."])
    put_caret(editor, "Two")
    press(Qt.Key.Key_Backspace)
    assert editor.points() == ("One. Two.", "Three.")
    press(Qt.Key.Key_End)
    press(Qt.Key.Key_Delete)
    assert editor.points() == ("One. Two. Three.",)
    press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One. Two.", "Three.")
    press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One.", "Two.", "Three.")
    put_caret(editor, "One")
    press(Qt.Key.Key_Backspace)
    put_caret(editor, "Two", behind=True)
    press(Qt.Key.Key_Backspace)
    assert editor.points() == ("One.", "Tw.", "Three.")


def test_backspace_over_a_choice_deletes_what_is_chosen(editor, press):
    editor.set_points(["One.", "Two."])
    cursor = editor.text.document().find("Two")
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    cursor.setPosition(end)
    cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
    editor.text.setTextCursor(cursor)
    press(Qt.Key.Key_Backspace)
    assert editor.points() == ("One.", ".")
    press(Qt.Key.Key_Home)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_End, SHIFT)
    press(Qt.Key.Key_Delete)
    assert editor.points() == (".",)
    assert editor.text.document().blockCount() == 2


def test_joining_lines_keeps_them_apart_and_empty_paragraphs_add_nothing(editor, press):
    editor.set_points(["Use this:", CODE])
    put_caret(editor, "def")
    press(Qt.Key.Key_Backspace)
    assert editor.points() == (f"Use this:\n{CODE}",)
    editor.set_points(["One."])
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Backspace)
    assert editor.text.document().toRawText() == "One."


def test_shift_enter_is_a_line_within_the_point(editor, press, qtbot):
    editor.set_points(["One"])
    press(Qt.Key.Key_Enter, SHIFT | Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClicks(editor.text, "two")
    assert editor.points() == ("One\ntwo",)
    assert editor.text.document().blockCount() == 1


def test_alt_and_arrows_move_the_point_and_the_caret_with_it(editor, press):
    editor.set_points(["One", CODE, "\ufeffThree\U0001f600"])
    put_caret(editor, "return")
    press(Qt.Key.Key_Up, ALT)
    assert editor.points() == (CODE, "One", "\ufeffThree\U0001f600")
    assert editor.text.textCursor().positionInBlock() == CODE.index("return")
    press(Qt.Key.Key_Up, ALT)
    assert editor.points()[0] == CODE
    press(Qt.Key.Key_Down, ALT)
    press(Qt.Key.Key_Down, ALT | Qt.KeyboardModifier.KeypadModifier)
    assert editor.points() == ("One", "\ufeffThree\U0001f600", CODE)
    press(Qt.Key.Key_Down, ALT)
    assert editor.points()[2] == CODE
    assert editor.text.textCursor().positionInBlock() == CODE.index("return")
    for _ in range(3):
        press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One", CODE, "\ufeffThree\U0001f600")


def test_points_are_deleted_whole_and_come_back(editor, press):
    editor.set_points(["One", "Two", "Three"])
    put_caret(editor, "wo")
    press(Qt.Key.Key_Delete, ALT)
    assert editor.points() == ("One", "Three")
    assert editor.text.textCursor().block().text() == "Three"
    press(Qt.Key.Key_Delete, ALT)
    assert (editor.points(), editor.text.document().blockCount()) == (("One",), 1)
    press(Qt.Key.Key_Delete, ALT)
    press(Qt.Key.Key_Delete, ALT)
    assert editor.points() == ()
    for _ in range(3):
        press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One", "Two", "Three")


def test_typing_in_a_new_paragraph_adds_a_point(editor, press, qtbot):
    editor.set_points([])
    qtbot.keyClicks(editor.text, "First")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    qtbot.keyClicks(editor.text, "Second")
    assert editor.points() == ("First", "Second")
    assert editor.text.place() == (2, 2)
    put_caret(editor, "First")
    assert editor.text.place() == (1, 2)


def test_alt_j_joins_with_the_next(editor, press):
    editor.set_points(["One", "Two"])
    press(Qt.Key.Key_J, ALT)
    assert editor.points() == ("One Two",)
    press(Qt.Key.Key_J, ALT)
    assert editor.points() == ("One Two",)


def test_ctrl_enter_is_the_dialogs(themed, qtbot):
    assert themed

    class Dialog(QWidget):
        seen = 0

        def keyPressEvent(self, event):  # noqa: N802
            self.seen += event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    dialog = Dialog()
    editor = PointsEditor(dialog)
    qtbot.addWidget(dialog)
    dialog.show()
    editor.set_points(["One"])
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(editor.text, key, CTRL)
    assert (dialog.seen, editor.points()) == (2, ("One",))


def test_the_buttons_do_what_the_keys_do_and_leave_the_caret_where_it_is(editor, qtbot):
    def click(name):
        qtbot.mouseClick(editor.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
        assert editor.text.hasFocus()
        return editor.points()

    editor.set_points(["One. Two.", "Three."])
    put_caret(editor, "Two")
    assert click("split_point_button") == ("One.", "Two.", "Three.")
    assert click("move_point_up_button") == ("Two.", "One.", "Three.")
    assert click("join_points_button") == ("Two. One.", "Three.")
    assert click("move_point_down_button") == ("Three.", "Two. One.")
    assert click("delete_point_button") == ("Three.",)


def test_the_buttons_are_enabled_as_it_makes_sense(editor, press):
    editor.set_points([])
    assert enabled(editor) == []
    editor.set_points(["One two", "Three"])
    assert enabled(editor) == ["Join with next", "Move down", "Delete"]
    put_caret(editor, "two")
    assert enabled(editor) == ["Split here", "Join with next", "Move down", "Delete"]
    press(Qt.Key.Key_Delete, CTRL)  # the caret stays
    assert enabled(editor) == ["Join with next", "Move down", "Delete"]
    put_caret(editor, "Three")
    assert enabled(editor) == ["Move up", "Delete"]
    names = {made.objectName() for made in editor.findChildren(QPushButton)}
    assert len(names) == 5
    assert all(made.accessibleName() and made.accessibleDescription() for made in editor.findChildren(QPushButton))


def test_a_button_that_can_do_no_more_gives_the_focus_back(editor, qtbot):
    editor.set_points(["One", "Two"])
    put_caret(editor, "Two")
    up = editor.findChild(QPushButton, "move_point_up_button")
    up.setFocus()
    qtbot.keyClick(up, Qt.Key.Key_Space)
    assert editor.points() == ("Two", "One")
    assert editor.text.hasFocus()


def test_tab_leaves_the_text_for_the_buttons(editor, press):
    editor.set_points(["One", "Two"])
    press(Qt.Key.Key_Tab)
    assert editor.findChild(QPushButton, "join_points_button").hasFocus()
    assert editor.points() == ("One", "Two")


def test_changes_are_told_and_known(editor, press, qtbot):
    told = []
    editor.changed.connect(lambda: told.append(editor.points()))
    editor.set_points(["One", "Two"])
    assert told == []
    assert not editor.is_changed()
    qtbot.keyClicks(editor.text, "!")
    assert told == [("One!", "Two")]
    assert editor.is_changed()
    press(Qt.Key.Key_Z, CTRL)
    assert not editor.is_changed()
    press(Qt.Key.Key_Return)
    assert not editor.is_changed()


def test_a_shown_text_cannot_be_undone_away_and_a_replaced_one_can(editor, press):
    editor.set_points(["One", "Two"])
    assert not editor.text.document().isUndoAvailable()
    press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One", "Two")
    told = []
    editor.changed.connect(lambda: told.append(editor.points()))
    editor.replace_points(["Three", CODE])
    assert told == [("Three", CODE)]
    press(Qt.Key.Key_Z, CTRL)
    assert editor.points() == ("One", "Two")


def test_pasted_lines_are_points_and_what_was_cut_out_here_keeps_its_lines(editor, press):
    editor.set_points(["One", CODE, "Three"])
    foreign = QMimeData()
    foreign.setHtml("<b>Four</b>")
    foreign.setText("<b>Four</b>\r\nFive")
    put_caret(editor, "Three")
    editor.text.insertFromMimeData(foreign)
    assert editor.points() == ("One", CODE, "<b>Four</b>", "FiveThree")
    press(Qt.Key.Key_A, CTRL)
    press(Qt.Key.Key_X, CTRL)
    assert editor.points() == ()
    assert QGuiApplication.clipboard().text() == f"One\n{CODE}\n<b>Four</b>\nFiveThree"
    press(Qt.Key.Key_V, CTRL)
    assert editor.points() == ("One", CODE, "<b>Four</b>", "FiveThree")
    files = QMimeData()
    files.setUrls([QUrl.fromLocalFile("/interview.txt")])
    editor.text.insertFromMimeData(files)
    assert editor.points() == ("One", CODE, "<b>Four</b>", "FiveThree")


def test_the_points_stand_apart_and_in_the_room_beside_their_numbers(editor, themed, press):
    def gaps():
        block, found = editor.text.document().begin(), []
        while block.next().isValid():
            layout = editor.text.document().documentLayout()
            found.append(layout.blockBoundingRect(block.next()).top() - layout.blockBoundingRect(block).bottom())
            block = block.next()
        return found

    for scale in (1, 2):
        apply_theme(themed, load_theme("light", paths.resource), scale)
        editor.set_points(["a point with some words in it " * 12, "two"])
        press(Qt.Key.Key_Return)
        assert all(gap >= 8 for gap in gaps())
        viewport, layout = editor.text.viewport(), editor.text.document().begin().layout()
        widest = max(layout.lineAt(line).naturalTextRect().right() for line in range(layout.lineCount()))
        assert widest <= viewport.width()
        assert viewport.x() >= editor.text.fontMetrics().horizontalAdvance("88")


@pytest.mark.parametrize("name", THEMES)
def test_numbers_stand_beside_points_and_not_beside_empty_paragraphs(editor, themed, press, name):
    apply_theme(themed, load_theme(name, paths.resource))
    editor.set_points(["One", "Two"])
    press(Qt.Key.Key_Return)
    picture = editor.text.grab().toImage()
    left, top = editor.text.viewport().x(), editor.text.viewport().y()
    inks = {current_theme().color(token).rgb() for token in ("soft", "surface")}

    def written(place):
        area = editor.text.area(editor.text.document().findBlockByNumber(place)).toRect()
        rows, columns = range(top + max(area.top(), 0) + 2, top + area.bottom() - 2), range(left - 30, left - 4)
        return any(picture.pixel(x, y) not in inks for y in rows for x in columns)

    assert [written(place) for place in range(3)] == [True, False, True]


def test_an_empty_paragraph_counts_for_nothing(editor, press):
    def number(place):
        area = editor.text.area(editor.text.document().findBlockByNumber(place)).toRect()
        left, top = editor.text.viewport().x(), editor.text.viewport().y()
        return editor.text.grab().toImage().copy(left - 30, top + area.top() + 4, 26, area.height() - 8)

    editor.set_points(["One", "Two", "Three"])
    second, third = number(1), number(2)
    press(Qt.Key.Key_Return)
    put_caret(editor, "One")
    assert second == number(2)
    assert third == number(3)
    assert second != third


def test_the_buttons_wrap_where_they_do_not_fit(editor, qtbot):
    buttons = editor.findChildren(QPushButton)

    def rows():
        return len({made.mapTo(editor, made.rect().topLeft()).y() for made in buttons})

    editor.resize(1200, 400)
    qtbot.waitUntil(lambda: rows() == 1)
    editor.resize(480, 400)
    qtbot.waitUntil(lambda: rows() > 1)
    assert editor.minimumSizeHint().width() < 420
