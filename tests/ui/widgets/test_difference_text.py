import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.comparison.difference import Change, Piece, difference
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.difference_text import DifferenceText

MOVING = "Prepared statements can be a problem in transaction mode."
STAYING = "It was late and all of the team had gone home."
BEFORE = f"I would put a connection pool in front. {STAYING} {MOVING}"
AFTER = f"{MOVING} I would put PgBouncer in front. {STAYING}"

UNDERLINED = QTextCharFormat.UnderlineStyle.SingleUnderline
DOTTED = QTextCharFormat.UnderlineStyle.DotLine

# What an answer can hold, and what Qt has a meaning of its own for.
ODD = ["<b>", "&amp;", "\0", "😀", "\r\n", "\r", "\n", "\u2028", "\u2029", "\u202e", "\u2066", "\u2069", "\ufeff"]
ODD += ["\ufffe", "\ufffc", "\ufdd0", "\ufdd1", "\u00a0", "שלום", "e\u0301", "a", "b", " ", "  ", ". "]
ODD_TEXTS = st.lists(st.sampled_from(ODD), max_size=12).map("".join)


def contrast(one, other):
    def luminance(color):
        parts = (color.redF(), color.greenF(), color.blueF())
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture
def text(themed, qtbot):
    assert themed
    text = DifferenceText("changes", "What changed")
    text.resize(500, 300)
    qtbot.addWidget(text)
    text.show()
    text.activateWindow()
    qtbot.waitUntil(text.isActiveWindow)
    return text


def show(text, before=BEFORE, after=AFTER):
    text.show_difference(difference(before, after).pieces)


def format_of(text, words):
    """The format of the first character of some words in the document."""
    cursor = QTextCursor(text.document())
    cursor.setPosition(text.document().toRawText().index(words) + 1)
    return cursor.charFormat()


def copied(text):
    return text.createMimeDataFromSelection().text()


def test_every_change_has_its_own_sign(text):
    show(text)
    assert text.toPlainText() == (
        f"1→\u202f{MOVING} I would put −a connection pool +PgBouncer in front. {STAYING} {MOVING}\u202f→1"
    )


def test_every_change_is_told_apart_by_line_and_sign_and_what_stayed_has_neither(text):
    show(text)
    looks = {
        words: (made.underlineStyle(), made.fontStrikeOut())
        for words in ("PgBouncer", "a connection", "Prepared", "in front")
        for made in [format_of(text, words)]
    }
    none = QTextCharFormat.UnderlineStyle.NoUnderline
    assert looks == {
        "PgBouncer": (UNDERLINED, False),
        "a connection": (none, True),
        "Prepared": (DOTTED, False),
        "in front": (none, False),
    }


def test_white_space_around_a_change_is_not_marked(text):
    text.show_difference([Piece(Change.SAME, "I "), Piece(Change.DELETED, "really \n\n"), Piece(Change.SAME, "do")])
    assert text.toPlainText() == "I −really \n\ndo"
    assert not format_of(text, " \u2029").fontStrikeOut()


def test_white_space_that_was_taken_out_is_not_shown_and_what_was_added_has_no_sign(text):
    show(text, "one two three", "one\ntwo  three")
    assert text.toPlainText() == "one\ntwo  three"
    assert text.spoken() == "No words have changed"


def test_words_that_replace_others_stand_apart_from_them(text):
    show(text, "two", "three")
    assert text.toPlainText() == "−two +three"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(ODD_TEXTS, ODD_TEXTS)
@example("", "\r\r\n")
def test_all_that_is_chosen_and_copied_is_the_later_answer_whatever_stands_in_it(text, before, after):
    show(text, before, after)
    text.selectAll()
    chosen = text.createMimeDataFromSelection()
    assert not chosen.hasHtml()
    assert chosen.text() == after or not after


@pytest.mark.parametrize("sign", ["\ufeff", "\ufffe"])
def test_what_qt_takes_for_a_sign_of_the_order_of_bytes_is_shown(text, sign):
    show(text, f"{sign}one", f"{sign}one")
    assert text.document().toRawText() == f"{sign}one"


def test_marks_stand_at_their_words_behind_characters_that_count_two(text):
    show(text, "😀 😀 one stays", "😀 😀 two stays")
    text.next_change()
    text.next_change()
    assert text.textCursor().selectedText() == "+two"


def test_a_copy_of_a_part_is_that_part(text):
    show(text, "a😀b\r\nc stays", "a😀b\r\nc stays indeed")
    cursor = text.textCursor()
    cursor.setPosition(1)
    cursor.setPosition(5, QTextCursor.MoveMode.KeepAnchor)
    text.setTextCursor(cursor)
    assert copied(text) == "😀b\r\n"


def test_what_was_taken_out_is_copied_where_nothing_else_is_chosen(text):
    show(text)
    text.setFocus()
    text.next_change()
    text.next_change()
    assert copied(text) == "a connection pool"


@pytest.mark.parametrize("markup", ["<b>bold</b>", "&lt;", "<img src='x'>", "a\0b", "\ufffc", "😀"])
def test_nothing_is_interpreted(text, markup):
    show(text, "plain", f"plain {markup}")
    assert f"+{markup}" in text.document().toRawText()


def test_a_direction_that_a_change_sets_ends_with_it(text):
    show(text, "one two", "one \u202eevil two")
    assert "\u2068\u202eevil\u2069" in text.document().toRawText()
    show(text, "one two", "one evil two")
    assert "\u2068" not in text.document().toRawText()


def test_keys_go_from_change_to_change_and_stop_at_the_ends(text, qtbot):
    show(text)
    text.setFocus()
    chosen = []
    for key, modifier in (
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_N, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_P, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(text, key, modifier)
        chosen.append(text.textCursor().selectedText()[:6])
    assert chosen == ["1→\u202fPre", "−a con", "+PgBou", "Prepar", "Prepar", "+PgBou", "−a con"]


def test_a_change_gone_to_is_in_view(text, qtbot):
    lines = "\n".join(f"line {number}" for number in range(200))
    show(text, lines, lines.replace("line 150", "row 150"))
    text.setFocus()
    qtbot.keyClick(text, Qt.Key.Key_N)
    cursor = text.textCursor()
    cursor.setPosition(cursor.selectionStart())
    assert text.viewport().rect().contains(text.cursorRect(cursor))
    assert text.verticalScrollBar().value() > 0


def test_without_changes_keys_do_nothing_and_tab_passes_by(text, qtbot):
    show(text, AFTER, AFTER)
    qtbot.keyClick(text, Qt.Key.Key_N)
    qtbot.keyClick(text, Qt.Key.Key_P)
    assert not text.textCursor().hasSelection()
    assert text.focusPolicy() == Qt.FocusPolicy.ClickFocus
    show(text)
    assert text.focusPolicy() == Qt.FocusPolicy.StrongFocus


def test_it_is_described_in_words_of_bounded_length(text):
    show(text)
    assert text.accessibleName() == "What changed"
    assert text.accessibleDescription().split("\n") == [
        "added: PgBouncer",
        "taken out: a connection pool",
        f"moved: {MOVING}",
    ]
    before = " ".join(f"w{number} same{number} as before " for number in range(400))
    show(text, before, before.replace("w", "x"))
    assert len(text.spoken()) < 2 * 6 * 90
    show(text, "x", "x" * 10_000)
    assert len(text.spoken()) < 200


def test_a_change_is_told_with_its_place(text, monkeypatch):
    told = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event.message()))
    show(text)
    for _ in range(4):
        text.next_change()
    assert [message.split(":")[0] for message in told] == [
        "1 of 4, moved here",
        "2 of 4, taken out",
        "3 of 4, added",
        "4 of 4, moved away",
    ]
    assert told[1] == "2 of 4, taken out: a connection pool"


def test_a_text_alone_is_shown_plain_after_a_difference(text):
    show(text)
    text.next_change()
    text.show_text("I would put a pool.")
    assert text.toPlainText() == "I would put a pool."
    assert format_of(text, "would").underlineStyle() == QTextCharFormat.UnderlineStyle.NoUnderline
    assert format_of(text, "would").background().style() == Qt.BrushStyle.NoBrush
    assert text.accessibleDescription() == ""
    text.selectAll()
    assert copied(text) == "I would put a pool."


def test_the_colours_follow_the_theme_and_the_place_stays(text, themed):
    show(text)
    text.next_change()
    before = text.textCursor().selectedText()
    for name in THEMES:
        apply_theme(themed, load_theme(name, paths.resource))
        theme = current_theme()
        assert format_of(text, "PgBouncer").background().color() == theme.color("mark-added")
        assert format_of(text, "a connection").background().color() == theme.color("mark-gone")
        assert format_of(text, "Prepared").background().color() == theme.color("mark-moved")
    assert text.textCursor().selectedText() == before


@pytest.mark.parametrize("name", THEMES)
def test_words_can_be_read_on_every_ground(name):
    theme = load_theme(name, paths.resource)
    least = 7.0 if name == "high-contrast" else 4.5
    pairs = [("text", ground) for ground in ("mark-added", "mark-gone", "mark-moved")]
    pairs += [("muted", ground) for ground in ("mark-gone", "mark-moved")]
    faint = {pair: contrast(*map(theme.color, pair)) for pair in pairs}
    assert {pair: ratio for pair, ratio in faint.items() if ratio < least} == {}


def test_the_legend_shows_the_signs_and_fits_its_words(text, themed, qtbot):
    page = QWidget()
    layout = QVBoxLayout(page)
    legend = text.legend()
    layout.addWidget(QPushButton("before"))
    layout.addWidget(legend)
    layout.addStretch()
    qtbot.addWidget(page)
    page.resize(800, 300)
    page.show()
    assert legend.toPlainText().split("    ") == [
        "+added",
        "−taken out",
        "moved from here\u202f→1",
        "1→\u202fmoved to here",
    ]
    assert legend.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert "underlined" in legend.accessibleDescription()
    one_line = legend.height()
    page.resize(180, 300)
    qtbot.waitUntil(lambda: legend.height() > 1.5 * one_line)
    page.resize(800, 300)
    qtbot.waitUntil(lambda: legend.height() == one_line)
    apply_theme(themed, load_theme("light", paths.resource), 2)
    qtbot.waitUntil(lambda: legend.height() > 1.4 * one_line)
