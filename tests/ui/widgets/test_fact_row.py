import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.fact_row import FactRow, ShownFact

SPANS = ((0, 5), (9, 12))
FACTS = (
    ShownFact("words", "118 words"),
    ShownFact("spoken", "about 50 s spoken (aim 60–120 s)", (), "At your speaking rate"),
    ShownFact("hedges", "3 hedges", SPANS, "Words that take a claim half back"),
    ShownFact("fillers", "no fillers"),
    ShownFact("i_we", "I 4 : we 1", SPANS, "Who did it"),
    ShownFact("longest_sentence", "longest sentence: 31 words", SPANS),
    ShownFact("result", "<b>result</b> & found here", SPANS),
)


class Page(QWidget):
    """A row between two fields, which keeps the keys that the row leaves to it."""

    def __init__(self):
        super().__init__()
        self.keys = []
        self.before, self.row, self.after = QLineEdit(), FactRow(), QLineEdit()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.before, self.row, self.after):
            column.addWidget(part)
        column.addStretch()
        self.row.set_facts(FACTS)

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() != Qt.Key.Key_Control:
            self.keys.append(Qt.Key(event.key()))


@pytest.fixture
def page(themed, qtbot):
    assert themed
    page = Page()
    page.resize(500, 300)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.before.setFocus()
    return page


@pytest.fixture
def row(page):
    return page.row


@pytest.fixture
def told(row):
    keys = []
    row.chosen_changed.connect(keys.append)
    return keys


def part(row, key):
    return row.findChild(QWidget, f"{key}_fact")


def focus():
    widget = QApplication.focusWidget()
    return widget.objectName()


def press(qtbot, *keys, modifier=Qt.KeyboardModifier.NoModifier):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def test_what_marks_nothing_is_words_and_the_rest_can_be_chosen(row):
    kinds = {fact.key: isinstance(part(row, fact.key), QPushButton) for fact in FACTS}
    assert kinds == {fact.key: bool(fact.spans) for fact in FACTS}
    assert all(part(row, key).focusPolicy() == Qt.FocusPolicy.NoFocus for key in ("words", "spoken", "fillers"))


def test_one_at_most_is_chosen_and_choosing_it_again_takes_it_back(row, told, qtbot):
    for key in ("hedges", "i_we", "i_we"):
        qtbot.mouseClick(part(row, key), Qt.MouseButton.LeftButton)
    assert told == ["hedges", "i_we", ""]
    assert row.chosen == ""
    qtbot.mouseClick(part(row, "result"), Qt.MouseButton.LeftButton)
    checked = [button.objectName() for button in row.findChildren(QPushButton) if button.isChecked()]
    assert (row.chosen, checked) == ("result", ["result_fact"])


def test_a_choice_can_be_cleared_and_that_is_told_once(row, told):
    part(row, "hedges").click()
    row.clear_choice()
    row.clear_choice()
    assert told == ["hedges", ""]


def test_tab_stops_once_and_where_the_focus_was(page, qtbot):
    press(qtbot, Qt.Key.Key_Tab)
    assert focus() == "hedges_fact"
    press(qtbot, Qt.Key.Key_Right, Qt.Key.Key_Tab)
    assert page.after.hasFocus()
    press(qtbot, Qt.Key.Key_Backtab)
    assert focus() == "i_we_fact"
    press(qtbot, Qt.Key.Key_Backtab)
    assert page.before.hasFocus()
    qtbot.mouseClick(part(page.row, "result"), Qt.MouseButton.LeftButton)
    assert focus() == "result_fact"
    press(qtbot, Qt.Key.Key_Tab)
    assert page.after.hasFocus()


def test_arrows_move_past_what_is_only_words_and_stop_at_the_ends(page, told, qtbot):
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Left)
    assert focus() == "hedges_fact"
    press(qtbot, Qt.Key.Key_Right)
    assert focus() == "i_we_fact"
    press(qtbot, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert focus() == "result_fact"
    press(qtbot, Qt.Key.Key_Home)
    assert focus() == "hedges_fact"
    assert told == []
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    press(qtbot, Qt.Key.Key_Left)
    assert focus() == "i_we_fact"


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_choose_and_take_back(page, told, qtbot, key):
    keypad = Qt.KeyboardModifier.KeypadModifier if key == Qt.Key.Key_Enter else Qt.KeyboardModifier.NoModifier
    press(qtbot, Qt.Key.Key_Tab)
    press(qtbot, key, key, modifier=keypad)
    assert told == ["hedges", ""]
    assert page.keys == []


def test_a_held_enter_is_one_press(page, told, qtbot):
    assert page.row
    press(qtbot, Qt.Key.Key_Tab)
    target = QApplication.focusWidget()
    for held in (False, True, True):
        QTest.simulateEvent(target, True, int(Qt.Key.Key_Return), Qt.KeyboardModifier.NoModifier, "", held)  # noqa: FBT003  (Qt's own signature)
    assert told == ["hedges"]


def test_what_is_the_pages_is_left_to_it(page, told, qtbot):
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_M, Qt.Key.Key_Escape)
    press(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ControlModifier)
    assert page.keys == [
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_M,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Return,
        Qt.Key.Key_Right,
    ]
    assert (focus(), told) == ("hedges_fact", [])


def test_other_facts_choose_none_and_keep_the_focus(page, told, qtbot):
    row = page.row
    press(qtbot, Qt.Key.Key_Tab, Qt.Key.Key_Right, Qt.Key.Key_Space)
    row.set_facts(FACTS)
    assert told == ["i_we"]
    row.set_facts((ShownFact("figures", "1 figure", SPANS), ShownFact("i_we", "I 5 : we 1", SPANS)))
    assert told == ["i_we", ""]
    assert (row.chosen, focus()) == ("", "i_we_fact")
    assert QApplication.focusWidget().accessibleName() == "I 5 : we 1"
    row.set_facts((ShownFact("figures", "2 figures", SPANS),))
    assert focus() == "figures_fact"
    press(qtbot, Qt.Key.Key_Tab)
    assert page.after.hasFocus()


def test_the_focus_is_not_taken_where_it_was_elsewhere(page):
    page.row.set_facts(FACTS[:3])
    assert page.before.hasFocus()
    page.row.set_facts(())
    assert all(chip.isHidden() for chip in page.row.findChildren(QPushButton))
    assert page.row.heightForWidth(300) == 0


def test_everything_has_a_name_and_says_what_it_is(row):
    assert row.objectName() == "fact_row"
    assert row.accessibleName() == "How it is said"
    for fact in FACTS:
        widget = part(row, fact.key)
        assert (widget.accessibleName(), widget.accessibleDescription()) == (fact.text, fact.description)
    chip = QAccessible.queryAccessibleInterface(part(row, "hedges"))
    assert chip.state().checkable
    assert not chip.state().checked
    part(row, "hedges").click()
    assert chip.state().checked


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("width", [760, 360, 200])
def test_every_word_has_its_room_and_nothing_overlaps(themed, page, theme, scale, width):
    apply_theme(themed, load_theme(theme, paths.resource), scale)
    page.resize(width, 900)
    QApplication.processEvents()
    row = page.row
    assert row.height() == row.heightForWidth(row.width())
    places = [part(row, fact.key).geometry() for fact in FACTS]
    for number, (fact, place) in enumerate(zip(FACTS, places, strict=True)):
        widget = part(row, fact.key)
        assert row.rect().contains(place)
        assert not any(place.intersects(other) for other in places[:number])
        beside = 20 if fact.spans else 0
        room = QRect(0, 0, place.width() - beside, place.height() - 10)
        needed = QFontMetrics(widget.font()).boundingRect(room, int(Qt.TextFlag.TextWordWrap), fact.text)
        assert needed.height() <= room.height(), fact
        if not fact.spans:
            assert widget.heightForWidth(place.width()) <= place.height()
        assert widget.font().pointSizeF() == current_theme().points("small")


def test_on_the_right_in_languages_that_are_read_from_there(page):
    page.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    QApplication.processEvents()
    assert part(page.row, "words").geometry().right() == page.row.width() - 1
    assert part(page.row, "spoken").x() < part(page.row, "words").x()


def picture(chip):
    """What is seen of a chip, with what lies behind it."""
    page = chip.window()
    return (
        page.grab(QRect(chip.mapTo(page, QPoint()), chip.size())).toImage().convertToFormat(QImage.Format.Format_RGB32)
    )


def colours(image):
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.parametrize("theme", THEMES)
def test_the_chosen_one_and_the_one_with_the_focus_can_be_told_apart(themed, page, theme):
    apply_theme(themed, load_theme(theme, paths.resource))
    colors = current_theme().colors
    chip = part(page.row, "hedges")
    assert not {colors["soft"], colors["accent"]} & colours(picture(chip))
    size = chip.size()
    chip.setFocus()
    assert colors["accent"] in colours(picture(chip))
    page.before.setFocus()
    plain = picture(chip)
    chip.click()
    assert colors["soft"] in colours(picture(chip))
    # Not by its colours alone: a line runs under its words.
    words = QFontMetrics(chip.font()).horizontalAdvance("3 hedges")
    assert longest_line(plain) < words // 2 < longest_line(picture(chip))
    assert chip.size() == size


def longest_line(image):
    """How long the longest level line is, inside the edge of a chip, that is as dark or as light as its words."""
    text = QColor(current_theme().colors["text"]).lightness()
    longest = 0
    for y in range(4, image.height() - 3):
        inked = [abs(QColor(image.pixel(x, y)).lightness() - text) < 60 for x in range(8, image.width() - 8)]
        longest = max(longest, *(len(run) for run in "".join("x" if ink else " " for ink in inked).split()), 0)
    return longest
