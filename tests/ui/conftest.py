import os
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt, QTranslator
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
    QPushButton,
    QTextEdit,
    QWidget,
)

from interview_coach import paths
from interview_coach.app import Program
from interview_coach.domain.preferences import Preferences
from interview_coach.folder import DataFolder
from interview_coach.settings import WindowState
from interview_coach.ui import dialogs
from interview_coach.ui.main_window import MainWindow, dress
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.theme import apply_theme, load_theme

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# The offscreen platform says this of every window; it is the one message that is let through.
SIZE_HINTS = r"^This plugin does not support propagateSizeHints\(\)$"


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore(SIZE_HINTS, extend=True))


@pytest.fixture(autouse=True)
def no_modal_dialog(monkeypatch):
    """A dialog that waits for a person would hang the test: it fails instead, wherever it was opened."""
    opened = []

    def stray(*_, **__):
        opened.append("a modal dialog was opened")
        raise AssertionError(opened[-1])

    for dialog in (QDialog, QMessageBox, QFileDialog, QInputDialog, QMenu):
        monkeypatch.setattr(dialog, "exec", stray)
    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, stray)
    for name in ("about", "critical", "information", "question", "warning"):
        monkeypatch.setattr(QMessageBox, name, stray)
    yield opened
    assert opened == []


@pytest.fixture
def themed(qapp):
    """The application in the light theme at 100 %."""
    apply_theme(qapp, load_theme("light", paths.resource))
    return qapp


class Candidate:
    """A person with a keyboard at a window; keys go to what has the focus, as they do from a real one."""

    def __init__(self, window, services, qtbot):
        self.window = window
        self.services = services
        self.qtbot = qtbot

    def press(self, *names, held=False):
        """Press keys by their names, e.g. "Ctrl+Return"; "Enter" is the keypad's. ``held`` is what a held key sends."""
        for name in names:
            combination = QKeySequence(name)[0]
            key, modifiers = combination.key(), combination.keyboardModifiers()
            if key == Qt.Key.Key_Enter:
                modifiers |= Qt.KeyboardModifier.KeypadModifier
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or self.window
            if held:
                QTest.simulateEvent(target, True, int(key), modifiers, "", True)  # noqa: FBT003  (Qt's own signature)
            else:
                self.qtbot.keyClick(target, key, modifiers)
            QApplication.processEvents()  # as between the keys of a person
            self.looked()

    def type(self, text):
        """Type letters, digits and blanks, a key press for each."""
        for letter in text:
            self.qtbot.keyClicks(QApplication.focusWidget() or self.window, letter)

    @property
    def focus(self):
        """The name of what has the focus."""
        widget = QApplication.focusWidget()
        return "" if widget is None else widget.objectName()

    def find(self, name, kind=QWidget):
        """The widget of that name that is on screen, else the one that is not."""
        found = self.window.findChildren(kind, name)
        return next((widget for widget in found if widget.isVisible()), found[0])

    def text(self, name):
        """What a label, or a text to read, on screen says."""
        shown = self.find(name)
        return shown.toPlainText() if isinstance(shown, QTextEdit) else shown.text()

    def button(self, name):
        return self.find(name, QPushButton)

    @property
    def practice(self):
        return self.window.practice

    @property
    def notice(self):
        """The message below the page, empty where there is none."""
        return self.window._undoing.notice.text

    def deed_done(self):
        """Wait for what a task does to the bank, if it still does something."""
        self.qtbot.waitUntil(lambda: not self.window._deeds.busy, timeout=10_000)
        QApplication.processEvents()
        self.looked()

    def looked(self):
        """Wait until the program has looked for what it looks for: a person's next key comes later."""
        practice = self.window.practice
        if practice is not None and practice.looking:
            self.qtbot.waitUntil(lambda: not practice.looking, timeout=10_000)
        questions = self.window._made.get("questions")
        if questions is not None and questions.looking:
            self.qtbot.waitUntil(lambda: not questions.looking, timeout=10_000)
        progress = self.window._made.get("progress")
        if progress is not None and progress.looking:
            self.qtbot.waitUntil(lambda: not progress.looking, timeout=10_000)

    @property
    def step(self):
        """The step whose panel is shown."""
        panels = (self.practice.answer, self.practice.rate, self.practice.compare, self.practice.done)
        return next((panel.objectName().removesuffix("_panel") for panel in panels if panel.isVisible()), "")

    @property
    def attempts(self):
        return [entry.attempt for entry in self.services.progress.attempts()]

    def scores(self, panel):
        """The scores of the rows of Rate ("") or of the second look ("_second") that are shown."""
        names = ("clarity", "confidence", "technical_depth")
        rows = {name: self.find(f"{name}{panel}_row") for name in names}
        return {name: row.score for name, row in rows.items() if row.isVisible()}


@pytest.fixture
def open_window(qapp, qtbot, tmp_path, open_program):
    """Open a window on real services, shown and ready; a second call opens the next one on the same data."""
    opened = []

    def close(candidate):
        window, tasks = candidate.window, candidate.tasks
        window.end()
        window.deleteLater()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        tasks.drain()
        candidate.services.close()
        opened.remove(candidate)

    def open_it(*, theme="light", text_size=1.0, size=None, preferences=None, database=None):
        for candidate in tuple(opened):
            close(candidate)
        state, preferences = WindowState(theme=theme, text_size=text_size), preferences or Preferences()
        dress(qapp, state)
        tasks = Tasks()
        window = MainWindow(tasks, state, tmp_path)
        services = open_program(database, preferences)
        if size is not None:
            window.resize(QSize(*size))
        with qtbot.waitSignal(window.first_painted):
            window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.open_up(services, preferences)
        QApplication.processEvents()
        candidate = Candidate(window, services, qtbot)
        candidate.tasks = tasks
        candidate.close = lambda: close(candidate)
        opened.append(candidate)
        return candidate

    yield open_it
    for candidate in tuple(opened):
        close(candidate)


@pytest.fixture
def candidate(open_window):
    """A candidate before a new window: Today, with the sample to start."""
    return open_window()


@pytest.fixture
def plural_forms(qapp):
    """The English texts with their plural forms, as in the program."""
    translator = QTranslator()
    assert translator.load(str(paths.resource("translations/interview_coach_en.qm")))
    qapp.installTranslator(translator)
    yield
    qapp.removeTranslator(translator)


@pytest.fixture
def english(candidate, plural_forms):  # noqa: ARG001
    """A candidate before a new window whose texts have their plural forms, as in the program."""
    return candidate


@pytest.fixture
def sure(monkeypatch):
    """What the person is asked, all of which is answered with yes, or with no where ``sure.answer`` says so."""

    class Asked(list):
        answer = True

    asked = Asked()

    def confirm(_parent, title, text, yes):
        asked.append((title, text, yes))
        return asked.answer

    monkeypatch.setattr(dialogs, "confirm", confirm)
    return asked


@pytest.fixture
def told(monkeypatch):
    """What dialogs told, as (title, text, details); nothing is shown."""
    said = []
    monkeypatch.setattr(dialogs, "tell", lambda _, title, text, details="": said.append((title, text, details)))
    return said


@pytest.fixture
def in_dialogs(monkeypatch, qtbot):
    """Give what a person does in each dialog that opens, one after the other; all must have been opened at the end."""
    scripts = []

    def run(dialog):
        assert scripts, f"nobody waits for {dialog.objectName()}"
        dialog.show()
        dialog.activateWindow()
        # One that ends by itself may have done so before it is active.
        qtbot.waitUntil(lambda: dialog.isActiveWindow() or dialog.isHidden())
        scripts.pop(0)(dialog)
        QApplication.processEvents()
        assert dialog.isHidden(), f"{dialog.objectName()} is still open"
        return dialog.result()

    monkeypatch.setattr(QDialog, "exec", run)
    yield scripts
    assert scripts == []


@pytest.fixture
def start(qapp, qtbot, tmp_path):
    """Start the program on the data folder; a second call starts it afresh once the first one is closed."""
    running = []

    def close():
        program = running.pop()
        program.window.end()
        program.close()

    def start_it(*, wait=True, watch=lambda _: None):
        if running:
            close()
        program = Program(qapp, DataFolder.claim(tmp_path / "data"))
        running.append(program)
        watch(program.window)
        if wait:
            with qtbot.waitSignal(program.window.ready, timeout=10_000):
                program.window.show()
        else:
            program.window.show()
        program.window.activateWindow()
        qtbot.waitUntil(program.window.isActiveWindow)
        return program

    start_it.close = close
    yield start_it
    while running:
        close()
