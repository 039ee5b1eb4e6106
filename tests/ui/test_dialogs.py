"""The dialog that tells of a defect: calm, plain text, worked by keys, and the report to copy or find."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from interview_coach.ui import dialogs

SENTENCE = "Something went wrong in the program (<b>ValueError</b>)."
DETAILS = "Interview Coach: report\n\n<b>ValueError</b>\n    ui/rail.py:12 Rail.show\n" * 8


@pytest.fixture
def shown(candidate, monkeypatch):
    """Show the dialog to a person who does something with it; return the texts on it."""

    def show(do=lambda _dialog: None, *, path=Path("/home/me/data/log/report.txt"), stored=True):
        opened = []

        def exec_(dialog):
            opened.append(dialog)
            dialog.show()
            QApplication.processEvents()
            do(dialog)
            return dialog.result()

        monkeypatch.setattr(QDialog, "exec", exec_)
        dialogs.report(candidate.window, SENTENCE, DETAILS, path, stored=stored)
        (dialog,) = opened
        labels = dialog.findChildren(QLabel)
        assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
        return [label.text() for label in labels]

    return show


def find(dialog, name, kind=QWidget):
    return dialog.findChild(kind, name)


@pytest.mark.parametrize(
    ("stored", "text"),
    [(True, "What you typed is saved. You can go on."), (False, "Your text is still in the window. You can go on.")],
)
def test_what_it_says(shown, stored, text):
    texts = shown(stored=stored)
    assert texts[:2] == [SENTENCE, text]
    assert len(texts) == 3


def test_where_the_report_lies(shown):
    def look(dialog):
        assert find(dialog, "error_report_path", QLineEdit).text() == "/home/me/data/log/report.txt"
        assert find(dialog, "error_report_path", QLineEdit).isReadOnly()

    shown(look)


def test_without_a_report_file_none_is_spoken_of(shown):
    def look(dialog):
        assert find(dialog, "error_report_path") is None

    assert len(shown(look, path=None)) == 2


def test_details_are_shown_on_demand_and_copied(shown):
    def look(dialog):
        details = find(dialog, "error_details", QPlainTextEdit)
        assert not details.isVisible()
        find(dialog, "error_show_button", QPushButton).click()
        assert details.isVisible()
        assert (details.toPlainText(), details.isReadOnly()) == (DETAILS, True)
        copy = find(dialog, "error_copy_button", QPushButton)
        copy.click()
        assert QGuiApplication.clipboard().text() == DETAILS
        assert copy.text() == "Copied"
        find(dialog, "error_show_button", QPushButton).click()
        assert not details.isVisible()

    shown(look)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_one_key_closes_it(shown, key):
    def press(dialog):
        assert dialog.focusWidget().objectName() == "error_close_button"
        QTest.keyClick(dialog.focusWidget(), key)
        assert not dialog.isVisible()

    shown(press)


def test_every_control_is_reached_by_tab_and_has_a_name(shown):
    def walk(dialog):
        find(dialog, "error_show_button", QPushButton).click()
        controls = {
            widget.objectName(): widget.accessibleName()
            for kind in (QPushButton, QLineEdit, QPlainTextEdit)
            for widget in dialog.findChildren(kind)
        }
        assert all(name and words for name, words in controls.items()), controls
        reached = []
        for _ in controls:
            QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Tab)
            reached.append(dialog.focusWidget().objectName())
        assert sorted(reached) == sorted(controls)

    shown(walk)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text_size", [1.0, 2.0])
def test_every_word_has_its_room(open_window, monkeypatch, tmp_path, theme, text_size):
    candidate = open_window(theme=theme, text_size=text_size)
    pictures = Path(os.environ.get("INTERVIEW_COACH_PICTURES") or tmp_path)

    def look(dialog):
        dialog.show()
        QApplication.processEvents()
        for label in dialog.findChildren(QLabel):
            assert label.height() >= label.heightForWidth(label.width()), label.text()
        for button in dialog.findChildren(QPushButton):
            assert button.width() >= button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        dialog.grab().save(str(pictures / f"error-{theme}-{text_size}.png"))
        find(dialog, "error_show_button", QPushButton).click()
        QApplication.processEvents()
        details = find(dialog, "error_details", QPlainTextEdit)
        assert details.height() >= 8 * details.fontMetrics().height()
        dialog.grab().save(str(pictures / f"error-details-{theme}-{text_size}.png"))

    monkeypatch.setattr(QDialog, "exec", look)
    dialogs.report(candidate.window, SENTENCE, DETAILS, tmp_path / ("folder" * 20) / "report.txt", stored=True)
