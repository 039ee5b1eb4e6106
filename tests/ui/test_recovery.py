"""The ways out of data that cannot be opened: seen, taken by keyboard, and nothing overwritten by any of them."""

import os
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from interview_coach import exit_codes
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.recovery import RecoveryService
from interview_coach.ui import dialogs
from interview_coach.ui.start_trouble import StartTrouble


@pytest.fixture
def database(tmp_path):
    return tmp_path / "data" / "coach.sqlite3"


@pytest.fixture
def answered(database, open_program):
    """A database with one answer, and a backup that holds it."""
    database.parent.mkdir(mode=0o700)
    services = open_program(database)
    session = services.practice.session(services.practice.start_default())
    session.view()
    session.submit("A pool lends connections out.", 4.0)
    made = services.backups.make()
    services.close()
    return made


def focused():
    widget = QApplication.focusWidget()
    return "" if widget is None else widget.objectName()


def press(qtbot, *names):
    for name in names:
        combination = QKeySequence(name)[0]
        qtbot.keyClick(QApplication.focusWidget(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()


def spoilt(path):
    path.write_bytes(b"not a database at all" * 100)


def empty(path):
    path.write_bytes(b"")


def gone(path):
    path.unlink()


def foreign(path):
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA application_id = 7")
    connection.execute("CREATE TABLE a (b)")
    connection.commit()
    connection.close()


def newer(path):
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = delete")
    connection.execute("PRAGMA user_version = 9999")
    connection.close()


def damaged(path):
    content = bytearray(path.read_bytes())
    content[3 * 4096 :] = b"\xa5" * (len(content) - 3 * 4096)
    path.write_bytes(content)


SPOILT = [
    (spoilt, "The file in the data folder is not a practice database."),
    (empty, "The practice database is damaged."),
    (gone, "The practice database is missing, though there was one here."),
    (foreign, "The file in the data folder is not a practice database."),
    (newer, "The data was made by a newer Interview Coach. Install that one to open it."),
    (damaged, "The practice database is damaged."),
]


def recover(start, qtbot, *, found=True):
    """Start the program, and wait until the ways out are shown and the backups looked through."""
    program = start(wait=False)
    qtbot.waitUntil(lambda: program.window.in_recovery, timeout=10_000)
    restore = program.window.findChild(QPushButton, "restore_button")
    qtbot.waitUntil(lambda: restore.isEnabled() if found else not restore.isVisible(), timeout=10_000)
    return program


def content_of(folder):
    return {path: path.read_bytes() for path in folder.rglob("coach.sqlite3*")}


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize(("spoil", "words"), SPOILT, ids=[spoil.__name__ for spoil, _ in SPOILT])
def test_it_is_said_and_the_file_stays_as_it_is(start, qtbot, database, spoil, words):
    spoil(database)
    before = content_of(database.parent)
    program = recover(start, qtbot)
    window = program.window
    assert program.exit_code == exit_codes.BAD_INPUT == 65
    assert window.findChild(QLabel, "recovery_sentence").text() == words
    assert focused() == ("retry_button" if spoil is newer else "restore_button")
    for key in ("Ctrl+2", "Ctrl+6", "Ctrl+M", "Ctrl+O", "Ctrl+Z", "Esc"):
        press(qtbot, key)
    assert window.findChild(QLabel, "recovery_sentence").isVisible()
    window.findChild(QPushButton, "recovery_close_button").click()
    assert not window.isVisible()
    program.tasks.drain()
    assert content_of(database.parent) == before


@pytest.mark.parametrize(("spoil", "words"), SPOILT, ids=[spoil.__name__ for spoil, _ in SPOILT])
def test_one_enter_restores_the_newest_good_backup(start, qtbot, database, answered, told, spoil, words):
    assert words
    spoil(database)
    was = database.read_bytes() if database.exists() else None
    answered.path.with_name("20991231T235959.000Z.asked.sqlite3").write_bytes(b"a newer backup that is none")
    program = recover(start, qtbot)
    if spoil is newer:  # the newer program is the way out there, so that Enter does not lead back at once
        program.window.findChild(QPushButton, "restore_button").setFocus()
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        press(qtbot, "Return")
    qtbot.waitUntil(lambda: told != [], timeout=10_000)
    assert told[0][0] == "The backup is restored"
    assert program.exit_code == 0
    assert not program.window.in_recovery
    assert program.window.rail.isEnabled()
    program.window.show_page("progress")
    assert "A pool lends connections out." in [entry.attempt.text for entry in attempts(program)]
    set_aside = list((database.parent / "set-aside").rglob("coach.sqlite3"))
    if was is None:
        assert (set_aside, told[0][1]) == ([], "")
    else:
        assert [path.read_bytes() for path in set_aside] == [was]
        assert str(set_aside[0]) in told[0][1]


def attempts(program):
    return program.opening._services.progress.attempts()


@pytest.mark.usefixtures("answered")
def test_a_new_database_is_begun_only_when_it_was_asked_for(start, qtbot, database, told, monkeypatch):
    damaged(database)
    was = database.read_bytes()
    program = recover(start, qtbot)
    answers = [False, True]
    asked = []
    monkeypatch.setattr(dialogs, "confirm", lambda *words: asked.append(words) or answers.pop(0))
    new = program.window.findChild(QPushButton, "start_new_button")
    new.click()
    assert database.read_bytes() == was
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        new.click()
    qtbot.waitUntil(lambda: told != [], timeout=10_000)
    assert "never deleted" in asked[0][2]
    assert attempts(program) == ()
    (kept,) = (database.parent / "set-aside").rglob("coach.sqlite3")
    assert kept.read_bytes() == was
    assert str(kept) in told[0][1]


def test_without_a_good_backup_a_file_can_be_chosen(start, qtbot, database, answered, told, monkeypatch, tmp_path):
    elsewhere = tmp_path / "elsewhere.sqlite3"
    answered.path.rename(elsewhere)
    damaged(database)
    program = recover(start, qtbot, found=False)
    assert focused() == "restore_other_button"
    monkeypatch.setattr(dialogs, "choose_backup", lambda *_: None)
    press(qtbot, "Return")
    assert program.window.in_recovery
    monkeypatch.setattr(dialogs, "choose_backup", lambda *_: elsewhere)
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        program.window.findChild(QPushButton, "restore_other_button").click()
    qtbot.waitUntil(lambda: told != [], timeout=10_000)
    assert [entry.attempt.text for entry in attempts(program)] == ["A pool lends connections out."]


@pytest.mark.usefixtures("answered")
def test_a_chosen_file_that_is_no_backup_changes_nothing(start, qtbot, database, told, monkeypatch, tmp_path):
    damaged(database)
    before = content_of(database.parent)
    program = recover(start, qtbot)
    other = tmp_path / "diary.txt"
    other.write_text("Dear diary, " * 20)
    monkeypatch.setattr(dialogs, "choose_backup", lambda *_: other)
    program.window.findChild(QPushButton, "restore_other_button").click()
    qtbot.waitUntil(lambda: told != [] and program.window.in_recovery, timeout=10_000)
    assert told[0][:2] == ("This did not work", f"The file in the data folder is not a practice database.\n{other}")
    assert content_of(database.parent) == before


@pytest.mark.usefixtures("answered")
def test_what_can_be_read_is_shown_and_nothing_is_stored(start, qtbot, database, told):
    """A whole database whose recovery page is up because the disk was full, as it may be for a while."""
    program = start()
    program._on_damaged(CoachError(Fault.DISK_FULL, "The disk is full.", where=str(database)))
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        program.window.findChild(QPushButton, "read_only_button").click()
    assert program.window.findChild(QLabel, "read_only_note").isVisible()
    before = database.read_bytes()
    for page in ("questions", "transcripts", "progress", "settings", "today"):
        program.window.show_page(page)
    program.window.show_page("transcripts")
    press(qtbot, "Return")
    assert program.window.findChild(QWidget, "conversation_text").isVisible()
    program.window.show_page("practice")
    program.window._start_mixed("practice")
    assert told == [
        ("This cannot be practised now", "The data was opened to read alone, so nothing can be stored.", "")
    ]
    assert database.read_bytes() == before


@pytest.mark.usefixtures("answered")
def test_what_was_repaired_by_hand_opens_on_trying_again(start, qtbot, database):
    whole = database.read_bytes()
    damaged(database)
    program = recover(start, qtbot)
    again = program.window.findChild(QPushButton, "retry_button")
    again.click()
    qtbot.waitUntil(lambda: not program.window.in_recovery, timeout=10_000)
    qtbot.waitUntil(lambda: program.window.in_recovery, timeout=10_000)
    database.write_bytes(whole)
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        program.window.findChild(QPushButton, "retry_button").click()
    assert [entry.attempt.text for entry in attempts(program)] == ["A pool lends connections out."]


@pytest.mark.usefixtures("answered")
def test_a_damaged_database_that_was_chosen_to_be_read_stays_open(start, qtbot, database):
    """What of it cannot be read is told; the ways out, which were left for it, do not come back by themselves."""
    connection = sqlite3.connect(database)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turn'").fetchone()
    connection.close()
    content = bytearray(database.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    database.write_bytes(content)
    program = start(wait=False)
    qtbot.waitUntil(lambda: program.window.in_recovery, timeout=10_000)
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        program.window.findChild(QPushButton, "read_only_button").click()
    assert "damaged" in program.window._undoing.notice.text
    assert program.window.findChild(QLabel, "read_only_note").isVisible()
    program.window.show_page("settings")
    program._on_damaged(CoachError(Fault.DAMAGED_DATA, "Damaged.", where=str(database)))
    assert not program.window.in_recovery


def test_what_today_cannot_read_leaves_the_rest_usable(start, database, open_program):
    """A draft that is no text: the message says so, and the check that mends it can be reached."""
    database.parent.mkdir(mode=0o700)
    services = open_program(database)
    session = services.practice.session(services.practice.start_default())
    session.save_draft(session.view().attempt_id, "a draft", 1.0)
    with services.database.raw() as connection:
        connection.execute("UPDATE attempt SET text = CAST(x'ff' AS TEXT)")
    services.close()
    window = start().window
    assert "Check database" in window._undoing.notice.text
    window.show_page("settings")
    assert window.findChild(QPushButton, "check_button").isVisible()


def test_a_database_that_is_a_link_is_restored_where_it_is(start, qtbot, database, answered, told, tmp_path):
    if os.name == "nt":
        pytest.skip("links need rights there")
    real = tmp_path / "disk" / "real.sqlite3"
    real.parent.mkdir()
    database.rename(real)
    database.symlink_to(real)
    damaged(real)
    was = real.read_bytes()
    program = recover(start, qtbot)
    with qtbot.waitSignal(program.window.ready, timeout=10_000):
        press(qtbot, "Return")
    qtbot.waitUntil(lambda: told != [], timeout=10_000)
    assert database.is_symlink()
    assert [path.read_bytes() for path in (real.parent / "set-aside").rglob("real.sqlite3")] == [was]
    assert [entry.attempt.text for entry in attempts(program)] == ["A pool lends connections out."]
    assert answered.path.exists()


class TestWhileRunning:
    def type_answer(self, qtbot, text):
        qtbot.waitUntil(lambda: focused() != "")
        press(qtbot, "Return")
        qtbot.waitUntil(lambda: focused() == "answer_editor", timeout=10_000)
        qtbot.keyClicks(QApplication.focusWidget(), text)

    def test_damage_that_shows_while_typing_keeps_the_words(self, start, qtbot, database):
        program = start()
        self.type_answer(qtbot, "I was in the middle of it")
        program.window.practice._on_not_saved(CoachError(Fault.DAMAGED_DATA, "Damaged.", where=str(database)))
        qtbot.waitUntil(lambda: program.window.in_recovery, timeout=10_000)
        kept = Path(program.window.findChild(QWidget, "kept_text_path").text())
        assert kept.parent == database.parent
        assert "I was in the middle of it" in kept.read_text(encoding="utf-8")
        if os.name != "nt":
            assert kept.stat().st_mode & 0o777 == 0o600
        assert program.exit_code == 65

    @pytest.mark.qt_no_exception_capture
    def test_a_damaged_page_met_on_the_way_opens_the_ways_out(self, start, qtbot, database, open_program):
        database.parent.mkdir(mode=0o700)
        services = open_program(database)
        services.backups.make()
        with services.database.raw() as connection:
            (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'reference_seen'").fetchone()
        services.close()
        program = start()
        program.opening.close()  # what the file then holds is what the next statement reads
        content = bytearray(database.read_bytes())
        content[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
        database.write_bytes(content)
        with qtbot.waitSignal(program.window.ready, timeout=10_000):
            program.opening.open()
        press(qtbot, "Ctrl+4", "Return")
        qtbot.waitUntil(lambda: program.window.in_recovery, timeout=10_000)
        restore = program.window.findChild(QPushButton, "restore_button")
        qtbot.waitUntil(restore.isEnabled, timeout=10_000)

    def test_words_that_cannot_be_kept_in_the_folder_are_offered(self, start, qtbot, database, monkeypatch, tmp_path):
        program = start()
        self.type_answer(qtbot, "half an answer")
        failed = CoachError(Fault.DISK_FULL, "full")

        def refuse(*_):
            raise failed

        monkeypatch.setattr(RecoveryService, "keep_text", refuse)
        program._on_damaged(CoachError(Fault.DAMAGED_DATA, "Damaged.", where=str(database)))
        target = tmp_path / "copy.txt"
        monkeypatch.setattr(dialogs, "save_as", lambda *_: target)
        program.window.findChild(QPushButton, "save_unsaved_button").click()
        assert "half an answer" in target.read_text(encoding="utf-8")
        program.window.findChild(QPushButton, "copy_unsaved_button").click()
        assert "half an answer" in QApplication.clipboard().text()


class TestFolderThatCannotBeHad:
    @pytest.mark.parametrize(
        ("fault", "offered"),
        [
            (Fault.DATA_IN_USE, {"retry_button"}),
            (Fault.NO_PERMISSION, {"retry_button", "other_folder_button", "read_only_button"}),
            (Fault.CANNOT_CREATE, {"retry_button", "other_folder_button"}),
        ],
    )
    def test_it_says_why_and_what_can_be_done(self, qtbot, themed, tmp_path, monkeypatch, fault, offered):
        assert themed
        (tmp_path / "coach.sqlite3").write_bytes(b"something")
        folder = tmp_path if fault is Fault.NO_PERMISSION else tmp_path / "nowhere"
        window = StartTrouble(CoachError(fault, "In use by Interview Coach on study, since March."), folder)
        qtbot.addWidget(window)
        window.show()
        ways = ("retry_button", "other_folder_button", "read_only_button", "restore_button", "start_new_button")
        assert {name for name in ways if window.findChild(QPushButton, name) is not None} == offered
        detail = window.findChild(QLabel, "recovery_detail")
        assert (detail is not None and "on study" in detail.text()) == (fault is Fault.DATA_IN_USE)
        assert window.answer.give_up
        monkeypatch.setattr(dialogs, "choose_folder", lambda *_: tmp_path / "other")
        for name, expected in (
            ("retry_button", (folder, False, False)),
            ("read_only_button", (folder, False, True)),
            ("other_folder_button", (tmp_path / "other", False, False)),
        ):
            if name in offered:
                qtbot.mouseClick(window.findChild(QPushButton, name), Qt.MouseButton.LeftButton)
                assert tuple(window.answer) == expected
