"""Errors that nobody expected, in the program as the system meets it: a real window, a real command."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from interview_coach import logs
from interview_coach.__main__ import main

ROOT = Path(__file__).parent.parent
PATIENCE = 60

DRIVER = """
import json, os, sys, threading
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPushButton
from interview_coach.app import run_window
from interview_coach.__main__ import main
from interview_coach.services.practice_session import PracticeSession
from interview_coach.ui.widgets.answer_editor import AnswerEditor

def fail(*_):
    held = "ZZ-CANARY"
    raise ValueError(f"it was {held}")

def abort(*_):
    held = "ZZ-CANARY"
    os.abort()

def say(**what):
    print(json.dumps(what), flush=True)

class Driver(QObject):
    '''Answers "ZZ-CANARY", does what it is told to, reads the dialog, types on, and closes the window.'''

    def watch(self, window):
        self.window = window
        self.dialogs = 0
        window.ready.connect(lambda: QTimer.singleShot(0, self, self.begin))
        self.eyes = QTimer(self)
        self.eyes.timeout.connect(self.look)

    def begin(self):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        self.editor = QApplication.focusWidget()
        QTest.keyClicks(self.editor, "ZZ-CANARY")
        self.eyes.start(20)
        getattr(self, sys.argv[2])()

    def slot(self):
        PracticeSession.flag = fail
        self.window.commands.flag.trigger()

    def thread(self):
        threading.Thread(target=fail).start()

    def paint(self):
        AnswerEditor.paintEvent = fail
        self.editor.viewport().update()

    def many(self):
        PracticeSession.flag = fail
        for _ in range(300):
            self.window.commands.flag.trigger()
            threading.Thread(target=fail).start()

    def qt(self):
        qWarning('cannot open "ZZ-CANARY" here')
        self.slot()

    def crash(self):
        PracticeSession.flag = abort
        self.window.commands.flag.trigger()

    def look(self):
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        self.dialogs += 1
        if "stay" in sys.argv:
            self.eyes.stop()
            say(open=dialog.objectName())
            return
        def button(name):
            return dialog.findChild(QPushButton, name)
        button("error_copy_button").click()
        say(
            texts=[label.text() for label in dialog.findChildren(QLabel)],
            details=QApplication.clipboard().text(),
            path=dialog.findChild(QLineEdit, "error_report_path").text(),
        )
        button("error_close_button").click()
        QTimer.singleShot(300, self, self.go_on)

    def go_on(self):
        if QApplication.activeModalWidget() is None:
            QTest.keyClicks(self.editor, " and on")
            say(dialogs=self.dialogs, text=self.editor.text())
            self.window.end()

if "windowed" in sys.argv:
    sys.stderr = None
driver = Driver()
code = run_window(Path(sys.argv[1]), driver.watch, log_level="warning" if "quiet" in sys.argv else "debug")
say(given_back=[sys.excepthook is sys.__excepthook__, threading.excepthook is threading.__excepthook__])
sys.exit(code)
"""

COMMAND = """
import sys
from interview_coach.__main__ import main
from interview_coach.services.bank import QuestionService

def fail(*_, **__):
    held = "ZZ-CANARY"
    raise ValueError(f"it was {held}")

QuestionService.ids = fail
sys.exit(main(["--data-dir", *sys.argv[1:]]))
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def start(folder):
    """Start a driven window; every one is ended with the test."""
    running = []

    def start_it(*what):
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, folder, *what],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        guard = threading.Timer(PATIENCE, process.kill)
        guard.start()
        running.append((process, guard))
        return process

    yield start_it
    for process, guard in running:
        guard.cancel()
        process.kill()
        process.communicate()


def command(folder, *arguments, program=COMMAND, **environment):
    return subprocess.run(
        [sys.executable, "-c", program, folder, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def attempts(folder):
    done = command(folder, "attempts", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def reports(folder):
    return sorted((folder / logs.FOLDER).glob("report-*"))


def log_lines(folder):
    return (folder / logs.FOLDER / logs.FILE).read_text("utf-8").splitlines()


def only_shiboken(errors):
    """What PySide itself writes of an overridden method, without what the error says, is all there may be."""
    return re.fullmatch(r"(Error calling Python override of \w+::\w+\(\): ?)*\s*", errors) is not None


@pytest.mark.parametrize("what", [["slot"], ["thread"], ["paint"], ["many"], ["slot", "windowed"]], ids="-".join)
def test_the_window_tells_it_once_and_goes_on(start, folder, what):
    process = start(*what)
    said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors
    assert only_shiboken(errors)
    told, end, after = map(json.loads, said.splitlines())
    assert told["texts"][:2] == [
        "Something went wrong in the program (ValueError).",
        "What you typed is saved. You can go on.",
    ]
    assert end == {"dialogs": 1, "text": "ZZ-CANARY and on"}
    assert after == {"given_back": [True, True]}
    path = Path(told["path"])
    assert path in reports(folder)
    assert path.read_text("utf-8") == told["details"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "ZZ-CANARY" not in told["details"] + "".join(log_lines(folder)) + errors
    assert re.search(r" error .*: unexpected \(1\): ValueError at __main__:\d+", "\n".join(log_lines(folder)))
    assert log_lines(folder)[-1].endswith(": end (0)")
    assert [attempt["text"] for attempt in attempts(folder)] == ["ZZ-CANARY and on"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a program can see")
def test_the_program_ends_though_the_dialog_is_open(start, folder):
    process = start("slot", "stay")
    assert json.loads(process.stdout.readline()) == {"open": "error_dialog"}
    process.send_signal(signal.SIGTERM)
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    assert [attempt["text"] for attempt in attempts(folder)] == ["ZZ-CANARY"]


def test_what_qt_says_is_logged_without_what_it_quotes(start, folder):
    _, errors = start("qt").communicate(timeout=PATIENCE)
    assert errors == "Qt warning: cannot open … here\n"
    assert [line.partition(": ")[2] for line in log_lines(folder) if " warning " in line] == ["Qt: cannot open … here"]


def test_a_window_that_cannot_be_made_says_one_line_and_leaves_a_report(folder):
    program = """
import sys
from interview_coach.__main__ import main
from interview_coach.ui.main_window import MainWindow

def fail(*_, **__):
    held = "ZZ-CANARY"
    raise ValueError(f"it was {held}")

MainWindow._connect = fail
sys.exit(main(["--data-dir", sys.argv[1]]))
"""
    done = command(folder, program=program, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 1
    assert re.fullmatch(r"Something unexpected happened: ValueError in .*\. What was saved is kept\.\n", done.stderr)
    (report,) = reports(folder)
    text = report.read_text("utf-8")
    assert ", in a window\n" in text
    assert "    ui/main_window.py:" in text
    assert "ZZ-CANARY" not in text + done.stderr


def test_a_folder_that_is_only_read_has_neither_log_nor_report(folder):
    assert command(folder, "attempts").returncode == 0
    kept = {path: path.stat().st_mtime_ns for path in (folder / logs.FOLDER).iterdir()}
    done = command(folder, "--read-only", "questions")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert {path: path.stat().st_mtime_ns for path in (folder / logs.FOLDER).iterdir()} == kept


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_crash_leaves_the_interpreter_s_last_words(start, folder):
    process = start("crash")
    _, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (-signal.SIGABRT, "")
    words = (folder / logs.FOLDER / logs.CRASH_FILE).read_text("utf-8")
    assert "Fatal Python error: Aborted" in words
    assert "in abort\n" in words
    assert "ZZ-CANARY" not in words
    assert attempts(folder) == [] or attempts(folder)[0]["state"] == "draft"


def test_a_command_says_one_line_and_leaves_a_report(folder):
    done = command(folder, "questions")
    assert (done.returncode, done.stdout) == (1, "")
    assert re.fullmatch(
        r"Something unexpected happened: ValueError in cli\.py, line \d+\. What was saved is kept\.\n", done.stderr
    )
    (report,) = reports(folder)
    text = report.read_text("utf-8")
    assert ", in a command\n" in text
    assert re.search(
        r"\nValueError\n(    .*\n)*    cli\.py:\d+ _questions\n    cli\.py:\d+ _found\n    __main__:\d+\n$", text
    )
    start, opened, *_, unexpected, end = log_lines(folder)
    assert "info MainThread: start of a command: interview-coach " in start
    assert "info MainThread: data open: " in opened
    assert "error MainThread: unexpected (1): ValueError at __main__:" in unexpected
    assert end.endswith("info MainThread: end")
    assert "ZZ-CANARY" not in text + unexpected + done.stderr


@pytest.mark.parametrize("place", ["before", "after"])
@pytest.mark.parametrize(("level", "logged"), [("debug", True), ("warning", False)])
def test_the_level_of_the_log_is_chosen_on_the_command_line(folder, place, level, logged):
    chosen = ["--log-level", level]
    arguments = [*chosen, "attempts"] if place == "before" else ["attempts", *chosen]
    assert command(folder, *arguments).returncode == 0
    assert (folder / logs.FOLDER / logs.FILE).exists() is logged


def test_the_level_holds_for_the_window(start, folder):
    start("slot", "quiet").communicate(timeout=PATIENCE)
    (line,) = log_lines(folder)
    assert " error MainThread: unexpected (1): " in line


@pytest.mark.parametrize(("chosen", "level"), [([], "info"), (["--log-level", "debug"], "debug")])
def test_the_level_reaches_the_window(folder, monkeypatch, chosen, level):
    asked = []
    monkeypatch.setattr("interview_coach.display.why_no_window", lambda: None)
    monkeypatch.setattr("interview_coach.app.run_window", lambda _, **how: asked.append(how["log_level"]) or 0)
    assert main(["--data-dir", str(folder), *chosen]) == 0
    assert asked == [level]


def test_another_level_is_a_mistake(folder):
    done = command(folder, "--log-level", "loud", "attempts")
    assert done.returncode == 2
    assert "--log-level" in done.stderr
    assert not folder.exists()


def test_a_refused_folder_is_not_written_to(folder):
    """The log belongs to who holds the folder."""
    program = (
        "import sys; from pathlib import Path; from interview_coach.folder import DataFolder;"
        "folder = DataFolder.claim(Path(sys.argv[1])); print(1, flush=True); input()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", program, folder],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        holder.stdout.readline()
        before = sorted(folder.iterdir())
        assert command(folder, "questions").returncode == 75
        assert sorted(folder.iterdir()) == before
        holder.communicate("\n", timeout=PATIENCE)
