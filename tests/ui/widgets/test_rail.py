import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.ui.theme import apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.rail import PAGES, Rail


@pytest.fixture
def rail(themed, qtbot):
    assert themed
    rail = Rail()
    rail.resize(rail.width(), 600)
    qtbot.addWidget(rail)
    rail.show()
    return rail


def entry(rail, page):
    return rail.findChild(QPushButton, f"rail_{page}")


def test_arrows_move_and_choose_nothing_enter_and_space_choose(rail, qtbot):
    asked = []
    rail.page_requested.connect(asked.append)
    entry(rail, "today").setFocus()
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Down)
    assert entry(rail, "questions").hasFocus()
    assert asked == []
    assert rail.page == "today"
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_End)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Space)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Down)
    assert entry(rail, "settings").hasFocus()
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Home)
    qtbot.keyClick(rail.focusWidget(), Qt.Key.Key_Enter)
    assert asked == ["questions", "settings", "today"]


def test_the_rail_shows_the_page_that_the_window_shows(rail, qtbot):
    qtbot.mouseClick(entry(rail, "progress"), Qt.MouseButton.LeftButton)
    assert entry(rail, "today").isChecked()
    rail.set_page("progress")
    assert [page for page in PAGES if entry(rail, page).isChecked()] == ["progress"]
    with pytest.raises(ValueError, match="nowhere"):
        rail.set_page("nowhere")


@pytest.mark.usefixtures("themed")
def test_tab_stops_once_in_the_rail(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    rail, after = Rail(), QPushButton("after")
    layout.addWidget(rail)
    layout.addWidget(after)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    rail.set_page("questions")
    after.setFocus()
    qtbot.keyClick(after, Qt.Key.Key_Tab)
    assert entry(rail, "questions").hasFocus()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Up)
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert after.hasFocus()


def test_collapsed_it_keeps_its_names_and_shows_its_words_as_tooltips(rail):
    wide = rail.width()
    rail.set_collapsed(True)
    assert rail.width() < wide / 2
    assert [entry(rail, page).text() for page in PAGES] == [""] * 6
    assert entry(rail, "transcripts").toolTip() == "Transcripts"
    assert entry(rail, "transcripts").accessibleName() == "Transcripts"
    rail.set_collapsed(False)
    assert rail.width() == wide
    assert entry(rail, "transcripts").text() == "Transcripts"
    assert entry(rail, "transcripts").toolTip() == ""


def test_words_and_pictures_grow_with_the_text(rail, themed):
    before = rail.width(), entry(rail, "today").iconSize().width()
    apply_theme(themed, load_theme("dark", paths.resource), 2)
    for page in PAGES:
        assert entry(rail, page).sizeHint().width() <= rail.width() - 24
    assert entry(rail, "today").iconSize().width() == 2 * before[1]
    assert rail.width() > before[0]


def test_the_shown_page_differs_by_more_than_colour(rail):
    image = entry(rail, "today").grab().toImage()
    assert image.pixelColor(4, image.height() // 2) == current_theme().color("accent")
    image = entry(rail, "practice").grab().toImage()
    assert image.pixelColor(4, image.height() // 2) != current_theme().color("accent")
    assert entry(rail, "today").fontInfo().weight() >= entry(rail, "practice").fontInfo().weight()
