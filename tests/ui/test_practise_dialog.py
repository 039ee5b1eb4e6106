"""The dialog that makes a session of a list, by keyboard."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QRadioButton, QSpinBox, QWidget

from interview_coach.domain.models import Mode
from interview_coach.domain.selection import Order
from interview_coach.ui.practise_dialog import MOST, Wish, practise
from interview_coach.ui.widgets.fields import Fields


def press(dialog, *keys):
    for key in keys:
        QTest.keyClick(QApplication.activePopupWidget() or dialog.focusWidget(), key)
        QApplication.processEvents()


def find(dialog, name, kind=QWidget):
    return dialog.findChild(kind, name)


def start(dialog):
    press(dialog, Qt.Key.Key_Return)


def texts(dialog):
    return " | ".join(shown.text() for shown in dialog.findChildren(QLabel) if shown.isVisible())


@pytest.fixture
def wish(english, in_dialogs):
    """Open the dialog, do something in it, and return what the person wants."""

    def ask(script, found=240, chosen=1, suspended=0, **more):
        in_dialogs.append(script)
        return practise(english.window, found, chosen, suspended, **more)

    return ask


def test_enter_starts_ten_of_them(wish):
    def look(dialog):
        assert dialog.focusWidget().objectName() == "practise_count"
        assert "240 question" in texts(dialog)
        assert not any(find(dialog, name) for name in ("practise_chosen_choice", "practise_found_choice"))
        start(dialog)

    assert wish(look) == Wish(of_chosen=False, count=10, order=Order.AS_LISTED, mode=Mode.PRACTICE)


def test_escape_starts_nothing(wish):
    assert wish(lambda dialog: press(dialog, Qt.Key.Key_Escape)) is None


def test_fewer_than_ten_are_all_of_them(wish):
    assert wish(start, found=3).count == 3


def test_a_number_is_typed_over(wish):
    def type_it(dialog):
        press(dialog, Qt.Key.Key_2, Qt.Key.Key_5)
        start(dialog)

    assert wish(type_it).count == 25
    assert wish(type_it, found=20).count == 2  # there are not so many


def test_the_chosen_come_first_and_all_that_were_found_are_a_key_away(wish):
    def look(dialog):
        assert find(dialog, "practise_chosen_choice", QRadioButton).isChecked()
        assert find(dialog, "practise_chosen_choice").accessibleName() == "The 12 chosen"
        assert find(dialog, "practise_found_choice").accessibleName() == "All 240 found"
        assert find(dialog, "practise_count", QSpinBox).maximum() == 12
        start(dialog)

    def take_all(dialog):
        find(dialog, "practise_found_choice", QRadioButton).click()
        assert find(dialog, "practise_count", QSpinBox).maximum() == 240
        find(dialog, "practise_all_button", QPushButton).click()
        start(dialog)

    assert wish(look, chosen=12) == Wish(of_chosen=True, count=10, order=Order.AS_LISTED, mode=Mode.PRACTICE)
    assert wish(take_all, chosen=12) == Wish(of_chosen=False, count=240, order=Order.AS_LISTED, mode=Mode.PRACTICE)


def test_what_was_typed_comes_back_where_there_are_enough_again(wish):
    def go_to_and_fro(dialog):
        find(dialog, "practise_found_choice", QRadioButton).click()
        find(dialog, "practise_count", QSpinBox).setValue(30)
        find(dialog, "practise_chosen_choice", QRadioButton).click()
        assert find(dialog, "practise_count", QSpinBox).value() == 12
        find(dialog, "practise_found_choice", QRadioButton).click()
        start(dialog)

    assert wish(go_to_and_fro, chosen=12).count == 30


def test_where_all_are_chosen_there_is_no_choice(wish):
    def look(dialog):
        assert find(dialog, "practise_found_choice") is None
        start(dialog)

    assert not wish(look, found=12, chosen=12).of_chosen


@pytest.mark.parametrize(("down", "order"), list(enumerate(Order)), ids=list(Order))
def test_each_order_is_chosen_by_arrow_keys_and_says_what_it_does(wish, down, order):
    def choose(dialog):
        find(dialog, "practise_order").setFocus()
        before = find(dialog, "practise_about_order").text()
        press(dialog, *[Qt.Key.Key_Down] * down)
        about = find(dialog, "practise_about_order").text()
        assert (about != before) is (down > 0)
        assert find(dialog, "practise_order").accessibleDescription() == about
        assert ("stay together" in about) is (order is not Order.AS_LISTED)
        start(dialog)

    assert wish(choose).order is order


def test_a_mock_interview_is_one_arrow_key_away(wish):
    def choose(dialog):
        find(dialog, "practise_practice_choice").setFocus()
        press(dialog, Qt.Key.Key_Down)
        start(dialog)

    assert wish(choose).mode is Mode.MOCK


def test_suspended_ones_are_counted_out(wish):
    def look(dialog):
        assert "3 suspended" in texts(dialog)
        assert find(dialog, "practise_count", QSpinBox).maximum() == 9
        find(dialog, "practise_found_choice", QRadioButton).click()
        assert "suspended" not in texts(dialog)
        start(dialog)

    wish(look, chosen=12, chosen_suspended=3)


def test_where_all_are_suspended_nothing_starts(wish):
    def look(dialog):
        assert "4 suspended" in texts(dialog)
        assert not find(dialog, "dialog_accept_button").isEnabled()
        QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert dialog.isVisible()
        start(dialog)

    assert wish(look, found=4, suspended=4) is None


def test_a_session_has_a_limit_and_the_dialog_says_so(wish):
    def look(dialog):
        assert f"{MOST} questions at most" in texts(dialog)
        assert find(dialog, "practise_count", QSpinBox).maximum() == MOST
        assert not find(dialog, "practise_all_button").isVisible()
        start(dialog)

    def look_below(dialog):
        assert f"{MOST} questions at most" not in texts(dialog)
        assert find(dialog, "practise_all_button").isVisible()
        start(dialog)

    assert wish(look, found=100_000).count == 10
    wish(look_below, found=MOST)


def test_every_control_is_reached_by_tab_and_has_a_name(wish):
    def walk(dialog):
        kinds = (QPushButton, QRadioButton, QComboBox, QSpinBox)
        controls = {found.objectName(): found.accessibleName() for kind in kinds for found in dialog.findChildren(kind)}
        assert len(controls) == 9
        assert all(name and words for name, words in controls.items()), controls
        reached = []
        for _ in controls:
            reached.append(dialog.focusWidget().objectName())
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
        # Of radio buttons Tab reaches the one that is chosen; arrow keys lead to the other.
        assert reached[:7] == [
            "practise_count", "practise_all_button", "practise_order", "practise_practice_choice",
            "dialog_accept_button", "dialog_cancel_button", "practise_chosen_choice",
        ]  # fmt: skip
        assert reached[7:] == reached[:2]
        start(dialog)

    wish(walk, chosen=12)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("text_size", "size"), [(1.0, None), (1.0, (800, 560)), (2.0, (800, 560)), (2.0, (1400, 1000))]
)
@pytest.mark.parametrize(("found", "chosen", "suspended"), [(240, 12, 3), (100_000, 1, 2)])
def test_every_word_has_its_room(open_window, in_dialogs, tmp_path, theme, text_size, size, found, chosen, suspended):
    candidate = open_window(theme=theme, text_size=text_size, size=size)
    pictures = Path(os.environ.get("INTERVIEW_COACH_PICTURES") or tmp_path)

    def inside(shown):
        """Whether all of it is among the fields; what is below can be scrolled to."""
        return shown.parentWidget().rect().contains(shown.geometry())

    def look(dialog):
        for row in range(find(dialog, "practise_order", QComboBox).count()):
            find(dialog, "practise_order", QComboBox).setCurrentIndex(row)
            QApplication.processEvents()
            assert dialog.width() <= candidate.window.width()
            assert dialog.height() <= candidate.window.height()
            for shown in dialog.findChildren(QLabel):
                if shown.isVisible():
                    assert shown.height() >= shown.heightForWidth(shown.width()), shown.text()
                    assert inside(shown), shown.text()
            for shown in (*dialog.findChildren(QPushButton), *dialog.findChildren(QRadioButton)):
                if shown.isVisible():
                    assert shown.width() >= shown.fontMetrics().horizontalAdvance(shown.text().replace("&", ""))
                    assert inside(shown), shown.text()
            fields = dialog.findChild(Fields)
            assert fields.verticalScrollBar().isVisible() is (text_size == 2.0 and size == (800, 560))
            find(dialog, "practise_mock_choice").setFocus()
            press(dialog, Qt.Key.Key_Up, Qt.Key.Key_Down)
            chosen_choice = find(dialog, "practise_mock_choice")
            assert chosen_choice.isChecked()
            assert chosen_choice.visibleRegion().boundingRect() == chosen_choice.rect()
            fields.verticalScrollBar().setValue(0)
            if row == 3:
                width = size[0] if size else 0
                dialog.grab().save(str(pictures / f"practise-{theme}-{text_size}-{width}-{found}.png"))
        start(dialog)

    in_dialogs.append(look)
    practise(candidate.window, found, chosen, suspended, chosen_suspended=suspended)
