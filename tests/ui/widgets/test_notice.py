"""The message below the page: what it says and to whom, how long it stays, and that it leaves the focus alone."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.ui.theme import THEMES, apply_theme, load_theme
from interview_coach.ui.widgets import notice as notice_module
from interview_coach.ui.widgets.notice import STAYS, Notice


@pytest.fixture
def page(themed, qtbot):
    """A page with a field above the notice; the notice's time runs out when a test says so."""
    page = QWidget()
    page.field = QLineEdit(page)
    page.notice = Notice(page)
    layout = QVBoxLayout(page)
    layout.addWidget(page.field, 1)
    layout.addWidget(page.notice)
    page.resize(720, 200)
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.field.setFocus()
    assert themed
    return page


def time_runs_out(notice):
    notice._time.stop()
    notice._time.timeout.emit()


def test_it_takes_its_room_below_the_page_and_not_the_focus(page):
    page.notice.tell("Question changed", undo=True)
    QApplication.processEvents()
    assert page.field.hasFocus()
    assert page.notice.text == "Question changed"
    assert page.field.geometry().bottom() < page.notice.geometry().top()
    page.notice.put_away()
    assert page.notice.text == ""


def test_it_goes_by_itself(page):
    page.notice.tell("Saved")
    assert page.notice._time.isActive()
    assert page.notice._time.interval() == STAYS == 10_000
    assert page.notice._time.isSingleShot()
    time_runs_out(page.notice)
    assert page.notice.isHidden()


def test_it_waits_while_the_focus_is_in_it_and_gives_it_back(page, qtbot):
    page.notice.tell("Skipped", undo=True)
    page.field.setFocus()
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)
    assert page.notice.undo.hasFocus()
    time_runs_out(page.notice)
    assert page.notice.isVisible()
    assert page.notice._time.isActive()
    qtbot.keyClick(page.notice.undo, Qt.Key.Key_Tab)
    assert page.notice.close_button.hasFocus()
    qtbot.keyClick(page.notice.close_button, Qt.Key.Key_Return)
    assert page.notice.isHidden()
    assert page.field.hasFocus()


def test_it_waits_while_the_mouse_is_over_it(page):
    page.notice.tell("Skipped", undo=True)
    middle = QPointF(page.notice.rect().center())
    QApplication.sendEvent(page.notice, QEnterEvent(middle, middle, middle))
    assert not page.notice._time.isActive()
    QApplication.sendEvent(page.notice, QEvent(QEvent.Type.Leave))
    assert page.notice._time.isActive()
    assert page.notice.isVisible()


def test_the_next_message_takes_its_place_and_begins_its_time_anew(page):
    page.notice.tell("First", undo=True)
    page.notice._time.stop()
    page.notice.tell("Second")
    assert page.notice.text == "Second"
    assert page.notice._time.isActive()
    assert page.notice.undo.isHidden()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space])
def test_undo_by_keyboard_says_what_it_undoes_and_leaves_the_focus_where_it_was(page, qtbot, key):
    page.notice.tell("3 questions moved to Trash", undo=True)
    assert page.notice.undo.accessibleName() == "Undo: 3 questions moved to Trash"
    qtbot.keyClick(page.field, Qt.Key.Key_Tab)
    with qtbot.waitSignal(page.notice.undo_requested):
        qtbot.keyClick(page.notice.undo, key)
    assert page.notice.isHidden()
    assert page.field.hasFocus()


def test_a_click_leaves_the_focus_on_the_page(page, qtbot):
    page.notice.tell("Skipped", undo=True)
    with qtbot.waitSignal(page.notice.undo_requested):
        qtbot.mouseClick(page.notice.undo, Qt.MouseButton.LeftButton)
    assert page.field.hasFocus()


def test_a_screen_reader_is_told(page, monkeypatch):
    told = []
    monkeypatch.setattr(
        notice_module, "QAccessibleAnnouncementEvent", lambda widget, text: told.append((widget, text)) or text
    )
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda event: told.append(event))
    page.notice.tell("Question changed", undo=True)
    assert told == [(page.notice, "Question changed"), "Question changed"]
    assert page.notice.accessibleName() == "Question changed"
    for control in (page.notice.undo, page.notice.close_button):
        assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("text_size", [0.8, 1.0, 2.0])
def test_no_word_is_cut_off(page, qapp, theme, text_size):
    apply_theme(qapp, load_theme(theme, paths.resource), text_size)
    page.notice.tell("Transcript and 7 questions moved to Trash; kept: 1 answered or asked elsewhere", undo=True)
    QApplication.processEvents()
    page.adjustSize()
    page.resize(720, 400)
    QApplication.processEvents()
    label = page.notice._text
    assert label.heightForWidth(label.width()) <= label.height()
    assert page.notice.undo.width() >= page.notice.undo.fontMetrics().horizontalAdvance("Undo")
    assert page.notice.rect().contains(page.notice.close_button.geometry())


def test_what_it_tells_is_plain_text(page):
    page.notice.tell("<b>bold</b><img src=x>", undo=True)
    assert page.notice._text.textFormat() == Qt.TextFormat.PlainText
