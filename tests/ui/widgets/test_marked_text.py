import gc
import re
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.marked_text import TONES, Mark, MarkedText
from interview_coach.ui.widgets.reading import ReadingText

ANSWER = "I would put PgBouncer in front of PostgreSQL. I size the pool from the database side: two times the cores."
GROUNDS = ("mark-said", "mark-partly", "mark-plain")
BREAKS = "\n\r\u2028\u2029\ufdd0\ufdd1"
# What could be lost, split, joined or read as something else on the way into a document.
ODD = ["\r\n", "\n\r", *"\0\t\n\r \u2028\u2029\ufdd0\ufdd1\ufeff\ufffe\ufffc\xa0\xad\u202e\u2066\u2069\u200f\u202f"]
ODD += [*"<>&;\U0001f600\u0301\u05d0e,12"]
CHARACTERS = st.characters(exclude_categories=["Cs"])
TEXTS = st.lists(st.sampled_from(ODD) | CHARACTERS, max_size=12).map("".join)


@pytest.fixture
def shown(themed, qtbot):
    assert themed
    text = MarkedText("own_answer", "Your answer")
    text.resize(420, 200)
    qtbot.addWidget(text)
    text.show()
    text.activateWindow()
    qtbot.waitUntil(text.isActiveWindow)
    text.setFocus()
    return text


@pytest.fixture
def told(shown):
    numbers = []
    shown.mark_chosen.connect(numbers.append)
    return numbers


def mark(words, number, tone="said", text=ANSWER):
    start = text.index(words)
    return Mark(start, start + len(words), number, tone)


def fragments(text):
    """What stands in the document, as (words, format, whether it belongs to a number), without line ends."""
    found, block = [], text.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            fragment = pieces.fragment()
            style = fragment.charFormat()
            found.append((fragment.text(), style, style.baselineOffset() > 0))
            pieces += 1
        block = block.next()
    return found


def with_numbers(text):
    return text.document().toRawText().replace("\u2066\u202f", "[").replace("\u2069", "]")


def grounds(text):
    """The words that are marked with the token of their ground."""
    colors = current_theme().colors
    tokens = {colors[token + strong]: token + strong for token in GROUNDS for strong in ("", "-chosen")}
    return [
        (words, tokens[style.background().color().name()])
        for words, style, number in fragments(text)
        if not number and style.background().style() != Qt.BrushStyle.NoBrush
    ]


def place_of(text, words, inside=1):
    """The point of the viewport at which a character of the words lies."""
    cursor = text.document().find(words)
    cursor.setPosition(cursor.selectionStart() + inside)
    before = text.cursorRect(cursor)
    cursor.movePosition(QTextCursor.MoveOperation.Right)
    return QPoint((before.x() + text.cursorRect(cursor).x()) // 2, before.center().y())


@st.composite
def texts_and_marks(draw):
    text = draw(TEXTS)
    ends = st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(sorted)
    marks = st.builds(
        lambda ends, number, tone: Mark(*ends, number, tone),
        ends,
        st.none() | st.integers(1, 30),
        st.sampled_from(TONES),
    )
    return text, draw(st.lists(marks, max_size=6))


@given(texts_and_marks(), st.none() | st.integers(1, 30))
@example(("\ufeffword", [Mark(1, 5, 1, "said")]), None)
@example(("\ufffeword", [Mark(1, 5, 1, "said")]), 1)
@example(("a\r\nb\r\n\U0001f600c", [Mark(3, 4, 1, "said"), Mark(7, 8, 2, "said")]), 2)
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_text_stays_what_it_is_and_the_marks_are_on_the_characters_of_the_spans(shown, case, chosen):
    text, marks = case
    lines = re.sub(f"\r\n|[{BREAKS}]", "\n", text)
    spans = [(mark.start, mark.end) for mark in marks]
    shown.show_text(text)
    assert shown.text() == lines
    shown.set_marks(marks)
    assert shown.text() == lines
    shown.choose(chosen)
    assert shown.text() == lines
    marked = [
        (char, style.underlineStyle() != QTextCharFormat.UnderlineStyle.NoUnderline)
        for words, style, number in fragments(shown)
        if not number
        for char in words
        if char not in BREAKS
    ]
    assert marked == [
        (char, any(start <= place < end for start, end in spans))
        for place, char in enumerate(text)
        if char not in BREAKS
    ]
    numbers = re.findall("\u2066\u202f([0-9,]+)\u2069", shown.document().toRawText())
    wanted = {mark.number for mark in marks if mark.number and mark.start < mark.end}
    assert {int(number) for part in numbers for number in part.split(",")} >= wanted
    shown.set_marks(())
    assert [number for _, _, number in fragments(shown) if number] == []
    assert shown.text() == lines


def test_the_number_of_a_point_stands_behind_each_of_its_marks(shown):
    shown.show_text(ANSWER)
    shown.set_marks([mark("two times the cores", 12), mark("PgBouncer", 3, "partly"), mark("size the pool", 12)])
    assert with_numbers(shown) == (
        "I would put PgBouncer[3] in front of PostgreSQL. I size the pool[12] from the database side: "
        "two times the cores[12]."
    )


def test_overlapping_marks_show_every_number(shown):
    shown.show_text("one two three four")
    shown.set_marks([Mark(0, 13, 2, "partly"), Mark(4, 13, 1, "said"), Mark(8, 18, 3, "missed")])
    assert with_numbers(shown) == "one two three[1,2] four[3]"
    assert grounds(shown) == [("one ", "mark-partly"), ("two three", "mark-said"), (" four", "mark-plain")]


def test_numbers_that_stand_together_are_in_order(shown):
    shown.show_text("one two three")
    for numbers in ((2, 10), (10, 2)):
        shown.set_marks([Mark(0, 13, numbers[0], "said"), Mark(4, 13, numbers[1], "said")])
        assert with_numbers(shown) == "one two three[2,10]"


def test_marks_of_a_point_that_touch_are_one(shown):
    shown.show_text("one two three")
    shown.set_marks([Mark(4, 7, 1, "said"), Mark(0, 4, 1, "said"), Mark(2, 6, 1, "said"), Mark(9, 9, 5, "said")])
    assert with_numbers(shown) == "one two[1] three"
    shown.set_marks([Mark(0, 4, 1, "said"), Mark(4, 7, 1, "said")])
    assert with_numbers(shown) == "one two[1] three"
    shown.set_marks([Mark(0, 3, 1, "said"), Mark(4, 7, 1, "said")])
    assert with_numbers(shown) == "one[1] two[1] three"
    shown.set_marks([Mark(0, 7, 1, "said"), Mark(4, 7, 1, "partly")])
    assert with_numbers(shown) == "one two[1] three"


def test_no_line_begins_with_a_number(shown):
    shown.show_text("first line \r\nsecond")
    shown.set_marks([Mark(0, 13, 1, "said")])
    assert with_numbers(shown) == "first line[1] \u2029second"


def test_a_mark_without_a_number_is_marked_and_has_none(shown):
    shown.show_text(ANSWER)
    shown.set_marks([mark("I would", None, "plain")])
    assert with_numbers(shown) == ANSWER
    assert grounds(shown) == [("I would", "mark-plain")]


def test_the_tones_differ_without_colour(shown):
    shown.show_text("abcd")
    shown.set_marks([Mark(place, place + 1, None, tone) for place, tone in enumerate(TONES)])
    assert len({style.underlineStyle() for _, style, _ in fragments(shown)}) == len(TONES)


def test_numbers_do_not_push_the_lines_apart_and_are_as_large_as_small_print(shown, themed):
    for scale in (1, 2):
        apply_theme(themed, load_theme("light", paths.resource), scale)
        shown.show_text(ANSWER)
        layout = shown.document().begin().layout()
        before = [layout.lineAt(line).height() for line in range(layout.lineCount())]
        shown.set_marks([mark("PgBouncer", 3), mark("pool", 2)])
        layout = shown.document().begin().layout()
        assert {layout.lineAt(line).height() for line in range(layout.lineCount())} == set(before)
        assert {style.fontPointSize() for _, style, number in fragments(shown) if number} == {9 * scale}


def test_a_chosen_point_shows_strongly_and_the_others_faintly(shown, told):
    shown.show_text(ANSWER)
    marks = [mark("PgBouncer", 3, "partly"), mark("size the pool", 2), mark("two times the cores", 2)]
    shown.set_marks(marks)
    shown.choose(2)
    assert shown.chosen == 2
    assert grounds(shown) == [
        ("PgBouncer", "mark-partly"),
        ("size the pool", "mark-said-chosen"),
        ("two times the cores", "mark-said-chosen"),
    ]
    bold = [words for words, style, number in fragments(shown) if number and style.fontWeight() > 500]
    assert bold == ["2", "2"]
    shown.choose(3)
    assert [token for _, token in grounds(shown)] == ["mark-partly-chosen", "mark-said", "mark-said"]
    shown.choose(None)
    assert [token for _, token in grounds(shown)] == ["mark-partly", "mark-said", "mark-said"]
    shown.choose(7)
    assert [token for _, token in grounds(shown)] == ["mark-partly", "mark-said", "mark-said"]
    assert told == []


def test_where_marks_overlap_the_chosen_one_gives_the_look(shown):
    shown.show_text("one two three")
    shown.set_marks([Mark(0, 13, 1, "said"), Mark(4, 7, 2, "partly")])
    shown.choose(2)
    assert ("two", "mark-partly-chosen") in grounds(shown)
    shown.choose(1)
    assert {token for _, token in grounds(shown)} == {"mark-said-chosen"}


def test_choosing_brings_the_first_mark_into_view_and_all_of_it(shown):
    text = "filler words here\n" * 60 + "the evidence, which goes on for a while, " * 3 + "\n" + "more\n" * 60
    shown.show_text(text)
    words = ("the evidence, which goes on for a while, " * 3).strip()
    shown.set_marks([mark(words, 1, text=text), Mark(len(text) - 5, len(text) - 1, 1, "said")])
    shown.choose(1)
    room = shown.viewport().height()
    for inside in (0, len(words) - 1):
        assert 0 < place_of(shown, words, inside).y() < room
    assert place_of(shown, words, len(words) - 1).y() > room - 60  # and no further than that takes
    shown.choose(None)
    shown.verticalScrollBar().setValue(shown.verticalScrollBar().maximum())
    shown.choose(1)
    assert 0 < place_of(shown, words, 0).y() < room


def test_choosing_again_leaves_the_mark_gone_to(shown, qtbot, told):
    text = "here" + "\nfiller" * 80 + "\nthere"
    shown.show_text(text)
    shown.set_marks([mark("here", 1, text=text), Mark(len(text) - 5, len(text), 1, "said")])
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    down = shown.verticalScrollBar().value()
    assert down > 0
    shown.choose(told[-1])
    assert shown.verticalScrollBar().value() == down


def test_the_arrow_keys_go_through_the_marks_and_stop_at_the_ends(shown, qtbot, told):
    shown.show_text(ANSWER)
    shown.set_marks([mark("size the pool", 2), mark("PgBouncer", 3), mark("front", None, "plain")])
    for _ in range(4):
        qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert told == [3, 2, 2]
    assert shown.chosen == 2
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.chosen is None
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.KeypadModifier)
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert told == [3, 2, 2, 3, 3]
    shown.choose(2)
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert shown.chosen is None
    shown.set_marks([mark("PgBouncer", 3), mark("size the pool", 2)])
    qtbot.keyClick(shown, Qt.Key.Key_Left)
    assert told[-1] == 2


def test_the_other_keys_scroll_as_ever(shown, qtbot, told):
    shown.show_text(ANSWER * 30)
    shown.set_marks([mark("PgBouncer", 3)])
    bar = shown.verticalScrollBar()
    qtbot.keyClick(shown, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(shown, Qt.Key.Key_Up)
    assert 0 < bar.value() < bar.maximum()
    qtbot.keyClick(shown, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(shown, Qt.Key.Key_Down)
    assert bar.value() > 0
    qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert told == []


def test_a_click_on_a_mark_or_its_number_chooses_it(shown, qtbot, told):
    shown.show_text(ANSWER)
    shown.set_marks([mark("PgBouncer", 3), mark("two times the cores", 2)])

    def click(words, inside):
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place_of(shown, words, inside), delay=0)

    click("PgBouncer", 0)
    click("PgBouncer", 8)
    click("would put ", 3)
    click(" in front", 1)
    assert told == [3, 3]
    click("\u2066\u202f2\u2069", 2)
    assert told == [3, 3, 2]
    qtbot.mouseRelease(shown.viewport(), Qt.MouseButton.RightButton, pos=place_of(shown, "PgBouncer", 3))
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 190))
    assert told == [3, 3, 2]


def test_words_can_be_chosen_across_a_mark(shown, qtbot, told):
    shown.show_text(ANSWER)
    shown.set_marks([mark("PgBouncer", 3)])
    qtbot.mousePress(shown.viewport(), Qt.MouseButton.LeftButton, pos=place_of(shown, "would", 1))
    qtbot.mouseMove(shown.viewport(), place_of(shown, "PgBouncer", 4))
    qtbot.mouseRelease(shown.viewport(), Qt.MouseButton.LeftButton, pos=place_of(shown, "PgBouncer", 4))
    assert shown.textCursor().selectedText().startswith("ould put")
    assert told == []


def test_clicks_where_marks_overlap_go_through_them(shown, qtbot, told):
    shown.show_text("one two three")
    shown.set_marks([Mark(0, 13, 1, "said"), Mark(4, 7, 2, "partly"), Mark(4, 7, None, "plain")])
    for _ in range(4):
        qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place_of(shown, "two", 1))
    assert told == [1, 2, 1]


def test_the_mark_gone_to_wears_a_ring_while_the_focus_is_here(shown, qtbot):
    shown.show_text(ANSWER)
    shown.set_marks([mark("PgBouncer", 2), mark("two times the cores", 2)])
    pictures = []
    for _ in range(2):
        qtbot.keyClick(shown, Qt.Key.Key_Right)
        pictures.append(shown.viewport().grab().toImage())
    assert pictures[0] != pictures[1]
    shown.clearFocus()
    assert shown.viewport().grab().toImage() not in pictures


def test_a_mark_is_read_out_with_its_point_and_its_words(shown):
    shown.show_text("one\r\n two  three\U0001f600")
    shown.set_marks([Mark(0, 9, 2, "said"), Mark(10, 17, None, "plain")])
    assert shown.spoken(0) == "point 2: one two"
    assert shown.spoken(1) == "three\U0001f600"


def test_a_screen_reader_meets_the_numbers(shown):
    shown.show_text(ANSWER)
    assert shown.accessibleDescription() == ""
    shown.set_marks([mark("PgBouncer", 3)])
    reader = QAccessible.queryAccessibleInterface(shown)
    assert "PgBouncer\u2066\u202f3\u2069 in front" in reader.text(QAccessible.Text.Value)
    assert "arrow keys" in shown.accessibleDescription()


def test_what_is_copied_has_no_numbers(shown, qtbot):
    text = "5\xa0km <b>\U0001f600\r\nnext\u2028line"
    shown.show_text(text)
    shown.set_marks([Mark(0, 4, 1, "said"), Mark(5, 9, 2, "said"), Mark(10, len(text), 3, "said")])
    shown.selectAll()
    qtbot.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    gc.collect()
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "5\xa0km <b>\U0001f600\nnext\nline"
    assert not copied.hasHtml()
    cursor = shown.textCursor()
    number = shown.document().find("\u2066\u202f1\u2069")
    cursor.setPosition(number.selectionStart() + 1)
    cursor.setPosition(number.selectionEnd() + 3, QTextCursor.MoveMode.KeepAnchor)
    shown.setTextCursor(cursor)
    shown.copy()
    assert QGuiApplication.clipboard().text() == " <b"


def test_another_text_is_not_dressed_like_the_mark_that_was_clicked_on(shown, qtbot):
    shown.show_text(ANSWER)
    shown.set_marks([mark("PgBouncer", 3), mark(ANSWER, 1)])
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place_of(shown, "PgBouncer", 4))
    shown.show_text("Another answer.")
    assert grounds(shown) == []
    assert with_numbers(shown) == "Another answer."
    assert shown.chosen is None
    qtbot.keyClick(shown, Qt.Key.Key_Right)
    assert shown.chosen is None


def test_new_marks_take_the_place_of_old_ones_and_the_view_stays(shown):
    text = "\n".join(f"line {number} is here" for number in range(100))
    shown.show_text(text)
    shown.set_marks([mark("line 3 is", 1, text=text)])
    shown.verticalScrollBar().setValue(700)
    shown.set_marks([mark("line 5 is", 2, text=text)])
    assert shown.verticalScrollBar().value() == 700
    assert grounds(shown) == [("line 5 is", "mark-said")]


def test_marks_are_put_in_as_one_change(shown):
    text = "word " * 1000
    shown.show_text(text)
    changes = []
    shown.document().contentsChanged.connect(lambda: changes.append(1))
    shown.set_marks([Mark(place * 20, place * 20 + 9, place % 9 + 1, "said") for place in range(200)])
    assert len(changes) == 1
    shown.choose(4)
    assert len(changes) == 2


@pytest.mark.parametrize("name", THEMES)
def test_marks_follow_the_theme(shown, themed, name):
    shown.show_text(ANSWER)
    shown.set_marks([mark("PgBouncer", 3), mark("pool", 2, "partly")])
    shown.choose(2)
    apply_theme(themed, load_theme(name, paths.resource), 1.5)
    assert grounds(shown) == [("PgBouncer", "mark-said"), ("pool", "mark-partly-chosen")]
    numbers = [(words, style.foreground().color().name()) for words, style, number in fragments(shown) if number]
    colors = current_theme().colors
    assert ("3", colors["said"]) in numbers
    assert ("2", colors["partly"]) in numbers
    assert {style.fontPointSize() for _, style, number in fragments(shown) if number} == {13.5}


def test_tab_stops_for_marks_and_for_scrolling_and_not_else(themed, qtbot):
    assert themed
    page = QWidget()
    layout = QVBoxLayout(page)
    first, text, last = QPushButton("first"), MarkedText("own_answer", "Your answer"), QPushButton("last")
    for widget in (first, text, last):
        layout.addWidget(widget)
    qtbot.addWidget(page)
    page.resize(400, 300)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)

    def next_stop():
        first.setFocus()
        qtbot.keyClick(first, Qt.Key.Key_Tab)
        return page.focusWidget()

    text.show_text(ANSWER)
    assert next_stop() is last
    text.set_marks([mark("pool", 1)])
    assert next_stop() is text
    qtbot.keyClick(text, Qt.Key.Key_Tab)
    assert last.hasFocus()
    text.show_text(ANSWER)
    assert next_stop() is last
    text.show_text(ANSWER * 30)
    assert next_stop() is text
    text.set_marks([mark("pool", 1)])
    text.set_marks(())
    assert next_stop() is text


def test_marks_that_make_no_sense_are_refused(shown):
    shown.show_text("short")
    for wrong in ((0, 1, 0, "said"), (0, 1, 1, "good"), (2, 1, 1, "said"), (-1, 1, 1, "said")):
        with pytest.raises(ValueError, match="known tone"):
            Mark(*wrong)
    with pytest.raises(ValueError, match="in the text"):
        shown.set_marks([Mark(0, 6, 1, "said")])


def test_it_is_still_a_text_to_read(shown):
    assert isinstance(shown, ReadingText)
    assert shown.isReadOnly()
    shown.show_text("<b>not bold</b>")
    assert shown.text() == "<b>not bold</b>"


COPY_AND_END = """
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from interview_coach import paths
from interview_coach.ui.theme import apply_theme, load_theme
from interview_coach.ui.widgets.marked_text import Mark, MarkedText
from interview_coach.ui.widgets.points_editor import PointsEditor
app = QApplication([])
apply_theme(app, load_theme("light", paths.resource))
{make}
text.selectAll()
text.copy()
print(QGuiApplication.clipboard().text())
"""


@pytest.mark.parametrize(
    "make",
    [
        'text = MarkedText("a", "b"); text.show_text("words"); text.set_marks([Mark(0, 5, 1, "said")])',
        'editor = PointsEditor(); editor.set_points(["words"]); text = editor.text',
    ],
)
def test_a_program_ends_in_peace_with_words_of_ours_on_the_clipboard(make):
    ended = subprocess.run(
        [sys.executable, "-c", COPY_AND_END.replace("{make}", make)], capture_output=True, text=True, timeout=60
    )
    assert (ended.returncode, ended.stdout) == (0, "words\n")
