"""The window as a whole, put together by the program itself: rail, menus, settings, and what it remembers."""

import json
import re
import sqlite3

import pytest
from PySide6.QtCore import SIGNAL, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel, QLineEdit, QPushButton, QSpinBox

from interview_coach.folder import DataFolder
from interview_coach.settings import read_preferences, read_window
from interview_coach.ui import dialogs
from interview_coach.ui.theme import THEMES, current_theme

PAGES = ("today", "practice", "questions", "transcripts", "progress", "settings")


def focused():
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def press(qtbot, key):
    combination = QKeySequence(key)[0]
    target = QApplication.focusWidget() or QApplication.activeWindow()
    assert target is not None, "the program has no window with the focus"
    qtbot.keyClick(target, combination.key(), combination.keyboardModifiers())
    QApplication.processEvents()


class TestStart:
    def test_painted_before_the_data_is_there(self, start, qtbot):
        order = []

        def watch(window):
            window.first_painted.connect(lambda: order.append("painted"))
            window.ready.connect(lambda: order.append("ready"))

        start(wait=False, watch=watch)
        qtbot.waitUntil(lambda: "ready" in order, timeout=10_000)
        assert order == ["painted", "ready"]
        assert focused() == "start_sample_button"

    @pytest.mark.parametrize("key", ["Return", "Enter", "Space"])
    def test_an_enter_before_the_data_is_there_counts(self, start, qtbot, key):
        program = start(wait=False)
        press(qtbot, key)
        assert program.window.practice is None
        qtbot.waitUntil(lambda: program.window.practice is not None, timeout=10_000)
        qtbot.waitUntil(lambda: focused() == "answer_editor")
        assert program.window.practice.answer.isVisible()

    def test_a_page_that_is_asked_for_early_is_shown_once_it_can_be(self, start, qtbot):
        program = start(wait=False)
        press(qtbot, "Ctrl+4")
        assert program.window.rail.page == "today"
        with qtbot.waitSignal(program.window.ready, timeout=10_000):
            pass
        assert program.window.rail.page == "transcripts"
        assert focused() == "transcript_table"

    def test_the_sample_is_there_at_the_first_start(self, start):
        window = start().window
        assert window.findChild(QPushButton, "start_sample_button").text() == "Start the sample interview"
        assert current_theme().text_scale == 1


class TestRail:
    def test_arrows_move_and_enter_opens(self, start, qtbot):
        window = start().window
        window.rail.findChild(QPushButton, "rail_today").setFocus()
        for page in PAGES[1:]:
            window.rail.findChild(QPushButton, f"rail_{window.rail.page}").setFocus()
            press(qtbot, "Down")
            assert focused() == f"rail_{page}"
            press(qtbot, "Return")
            assert window.rail.page == page

    def test_the_rail_shows_pictures_alone_in_a_narrow_window(self, start):
        window = start().window
        window.resize(1180, 780)
        assert not window.rail.collapsed
        window.resize(800, 560)
        assert window.rail.collapsed
        window.resize(1180, 780)
        assert not window.rail.collapsed

    def test_every_command_with_keys_stands_in_a_menu(self, start):
        window = start().window
        in_menus = {action for menu in window.menuBar().actions() for action in menu.menu().actions()}
        with_keys = [action for action in window.commands.findChildren(QAction) if action.shortcuts()]
        assert len(with_keys) > 15
        assert [action.objectName() for action in with_keys if action not in in_menus] == []
        assert not any(action.autoRepeat() for action in with_keys)


class TestRemembered:
    def test_place_theme_and_size_of_text(self, start, tmp_path):
        program = start()
        program.window.resize(800, 640)
        program.window.show_page("settings")
        program.window.findChild(QComboBox, "theme_choice").setCurrentIndex(2)
        program.window.findChild(QComboBox, "text_size_choice").setCurrentIndex(4)
        window = start().window
        assert (window.width(), window.height()) == (800, 640)
        assert (current_theme().name, current_theme().text_scale) == ("dark", 1.3)
        kept = json.loads((tmp_path / "data" / "window.json").read_text())
        assert (kept["theme"], kept["text_size"]) == ("dark", 1.3)

    def test_a_spoilt_file_is_no_trouble(self, start, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "window.json").write_text('{"theme": "mauve", "text_size": 1e400, "geometry": "%%%"}')
        window = start().window
        assert window.isVisible()
        assert current_theme().text_scale == 1
        assert current_theme().name in THEMES


class TestSettings:
    @pytest.fixture
    def window(self, start, qtbot):
        window = start().window
        press(qtbot, "Ctrl+6")
        return window

    def test_a_theme_holds_at_once_and_is_stored_at_once(self, window, qtbot, tmp_path):
        assert focused() == "theme_choice"
        for key, theme in (("Down", "light"), ("Down", "dark"), ("Down", "high-contrast")):
            press(qtbot, key)
            assert current_theme().name == theme
            assert window.palette().window().color() == current_theme().color("bg")
            assert read_window(tmp_path / "data" / "window.json").theme == theme

    def test_zooming_shows_in_the_choice(self, window, qtbot):
        press(qtbot, "Ctrl++")
        assert window.findChild(QComboBox, "text_size_choice").currentText() == "115 %"
        for _ in range(20):
            press(qtbot, "Ctrl++")
        assert current_theme().text_scale == 2
        for _ in range(20):
            press(qtbot, "Ctrl+-")
        assert current_theme().text_scale == 0.8
        press(qtbot, "Ctrl+0")
        assert current_theme().text_scale == 1

    def test_choices_about_practising_hold_at_once_and_are_stored(self, window, qtbot, tmp_path):
        window.findChild(QCheckBox, "timer_choice").setChecked(False)
        window.findChild(QCheckBox, "depth_choice").setChecked(True)
        window.findChild(QSpinBox, "speaking_rate_choice").setValue(100)
        window.findChild(QSpinBox, "aim_to_intro").setValue(200)
        stored = read_preferences(tmp_path / "data" / "settings.json")
        assert (stored.show_timer, stored.depth_everywhere, stored.words_a_minute) == (False, True, 100)
        assert stored.aims == {"INTRO": (60, 200)}
        press(qtbot, "Ctrl+1")
        press(qtbot, "Return")
        practice = window.practice
        assert not practice.answer.head.time.isVisible()
        qtbot.keyClicks(practice.answer.editor, "one two three four five")
        assert practice.answer.counts.text() == "5 words · about 3 s spoken (aim 60–200 s)"
        press(qtbot, "Ctrl+Return")
        assert practice.rate.findChild(object, "technical_depth_row").isVisible()

    def test_choices_come_back(self, window, start, qtbot):
        window.findChild(QCheckBox, "depth_choice").setChecked(True)
        window.findChild(QSpinBox, "aim_from_hr").setValue(30)
        window = start().window
        press(qtbot, "Ctrl+6")
        assert window.findChild(QCheckBox, "depth_choice").isChecked()
        assert window.findChild(QSpinBox, "aim_from_hr").value() == 30

    def test_the_data_folder_can_be_read_and_copied(self, window, tmp_path):
        path = window.findChild(QLineEdit, "data_folder_path")
        assert path.text() == str(tmp_path / "data")
        assert path.isReadOnly()


class TestImport:
    @pytest.fixture
    def window(self, start):
        return start().window

    def give(self, monkeypatch, *files):
        monkeypatch.setattr(dialogs, "choose_transcripts", lambda _: tuple(files))

    def preview(self, window, qtbot):
        """Wait until the chosen files are shown."""
        qtbot.waitUntil(lambda: "import" in window._made, timeout=5000)
        page = window._made["import"]
        qtbot.waitUntil(lambda: page.preview.isVisible() and not page.preview.turn_table.isHidden(), timeout=5000)
        return page

    def test_a_transcript_comes_in_once_it_is_added(self, window, qtbot, monkeypatch, tmp_path):
        file = tmp_path / "second talk.txt"
        file.write_text("Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nTurn 2 [SMALL TALK]\nQ: Tea?\n\nA: Please.\n")
        self.give(monkeypatch, file)
        press(qtbot, "Ctrl+4")
        press(qtbot, "Ctrl+O")
        page = self.preview(window, qtbot)
        assert window._services.transcripts.listed()[1:] == ()
        press(qtbot, "Return")
        qtbot.waitUntil(lambda: page.practise_button.isVisible(), timeout=5000)
        text = window.findChild(QLabel, "import_outcome").text()
        assert re.fullmatch(r"1 transcript(\(s\))? imported\n2 new questions?(\(s\))?", text)
        press(qtbot, "Ctrl+4")
        assert window.findChild(QLabel, "transcript_count").text().startswith("2 ")

    def test_enter_practises_what_came_in(self, window, qtbot, monkeypatch, tmp_path):
        file = tmp_path / "talk.txt"
        file.write_text("Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n")
        self.give(monkeypatch, file)
        press(qtbot, "Ctrl+O")
        page = self.preview(window, qtbot)
        press(qtbot, "Return")
        qtbot.waitUntil(lambda: page.practise_button.isVisible(), timeout=5000)
        press(qtbot, "Return")
        assert window.practice.isVisible()
        assert focused() == "answer_editor"

    def test_choosing_nothing_does_nothing(self, window, qtbot, monkeypatch, told):
        assert window
        self.give(monkeypatch)
        press(qtbot, "Ctrl+O")
        QApplication.processEvents()
        assert (told, "import" in window._made) == ([], False)

    def test_typing_goes_on_during_an_import(self, window, qtbot, monkeypatch, tmp_path):
        file = tmp_path / "long.txt"
        file.write_text("".join(f"Turn {n} [HR]\nQ: Why {n}?\n\nA: So.\n\n" for n in range(3000)))
        press(qtbot, "Return")
        qtbot.keyClicks(window.practice.answer.editor, "before")
        self.give(monkeypatch, file)
        press(qtbot, "Ctrl+O")
        self.preview(window, qtbot)
        press(qtbot, "Return")
        press(qtbot, "Ctrl+2")
        qtbot.keyClicks(window.practice.answer.editor, " and after")
        qtbot.waitUntil(lambda: "3" in window._undoing.notice.text, timeout=20_000)
        assert window.practice.answer.editor.text() == "before and after"
        assert focused() == "answer_editor"
        assert len(window._services.transcripts.listed()) == 2

    def test_files_can_be_dropped_anywhere(self, window, qtbot, tmp_path):
        file = tmp_path / "talk.txt"
        file.write_text("Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n")
        dragged = QMimeData()
        dragged.setUrls([QUrl.fromLocalFile(str(file))])
        where = QPoint(300, 300)
        over = QDragEnterEvent(
            where, Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(window, over)
        assert over.isAccepted()
        drop = QDropEvent(
            where, Qt.DropAction.CopyAction, dragged, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        QApplication.sendEvent(window, drop)
        assert self.preview(window, qtbot).preview.coming == (file,)
        text = QMimeData()
        text.setText("no file")
        over = QDragEnterEvent(
            where, Qt.DropAction.CopyAction, text, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        )
        over.ignore()
        QApplication.sendEvent(window, over)
        assert not over.isAccepted()

    def test_a_text_that_was_copied_comes_in(self, window, qtbot):
        QApplication.clipboard().setText("Interviewer: Why us?\nCandidate: The work, and the people.\n")
        press(qtbot, "Ctrl+Shift+V")
        page = self.preview(window, qtbot)
        press(qtbot, "Return")
        qtbot.waitUntil(lambda: page.practise_button.isVisible(), timeout=5000)
        (_, entry) = window._services.transcripts.listed()
        assert (entry.transcript.title, entry.turns) == ("Pasted text", 1)

    def test_where_nothing_was_copied_it_is_said(self, window, qtbot):
        QApplication.clipboard().setText(" ")
        press(qtbot, "Ctrl+Shift+V")
        assert "copy one first" in window._undoing.notice.text

    def test_a_folder_can_be_chosen(self, window, qtbot, monkeypatch, tmp_path):
        (tmp_path / "talks").mkdir()
        for name in ("a", "b"):
            (tmp_path / "talks" / f"{name}.txt").write_text(f"Turn 1 [HR]\nQ: Why {name}?\n\nA: So.\n")
        monkeypatch.setattr(dialogs, "choose_folder", lambda *_: tmp_path / "talks")
        window.commands.import_folder.trigger()
        assert len(self.preview(window, qtbot).preview.coming) == 2


class TestEnd:
    @pytest.mark.parametrize("way", ["session", "end", "close"])
    def test_what_is_typed_is_kept(self, start, qtbot, qapp, way):
        asked = SIGNAL("commitDataRequest(QSessionManager&)")
        before = qapp.receivers(asked)
        program = start()
        press(qtbot, "Return")
        qtbot.keyClicks(program.window.practice.answer.editor, "typed")
        if way == "session":
            assert qapp.receivers(asked) == before + 1
            program._end_of_session()
        else:
            getattr(program.window, way)()
        assert not program.window.isVisible()
        window = start().window
        press(qtbot, "Return")
        assert window.practice.answer.editor.text() == "typed"

    def test_nothing_is_left_of_a_closed_program(self, start, tmp_path):
        window = start().window
        start.close()
        with pytest.raises(RuntimeError, match="already deleted"):
            window.isVisible()
        DataFolder.claim(tmp_path / "data").release()
        with sqlite3.connect(tmp_path / "data" / "coach.sqlite3") as connection:
            assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        connection.close()


@pytest.mark.qt_log_ignore(r"^This plugin does not support raise\(\)$", extend=True)
def test_a_second_start_comes_to_the_front_minimised_or_not(start, qtbot):
    window = start().window
    window.showMinimized()
    window.raise_up()
    qtbot.waitUntil(window.isActiveWindow)
    assert not window.isMinimized()


def test_about_is_told(start, told):
    start().window.commands.about.trigger()
    assert told[0][0].startswith("Interview Coach ")


def test_a_stray_modal_dialog_fails_the_test(start, no_modal_dialog):
    with pytest.raises(AssertionError, match="modal"):
        dialogs.tell(start().window, "title", "text")
    no_modal_dialog.clear()


class TestDialogAtTheEnd:
    def test_the_end_of_the_system_s_session_waits_for_no_dialog(self, start):
        """A dialog with something typed in it asks before it closes; nobody may be there to answer."""
        program = start()
        window = program.window
        outer, inner = QDialog(window), QDialog(window)
        for dialog in (outer, inner):
            dialog.closeEvent = lambda event: event.ignore()
            dialog.setModal(True)
            dialog.show()
        window.end()
        assert not any(shown.isVisible() for shown in (outer, inner, window))
