"""The window program as the system meets it: real processes, killed, ended, started twice, driven by keys."""

import contextlib
import ctypes
import importlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QLibraryInfo, QObject

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "interview_coach"]
PATIENCE = 60

DRIVER = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from interview_coach.app import run_window
from interview_coach.ui.main_window import MainWindow

def say(*words):
    print(*words, flush=True)

class Driver(QObject):
    def watch(self, window):
        self.window = window
        getattr(self, sys.argv[2])()

    def later(self, step):
        self.window.ready.connect(lambda: QTimer.singleShot(0, self, step))

    # Types a key every 25 ms and says how many there are, and when.
    def type(self):
        self.later(self.begin)

    def begin(self):
        from PySide6.QtTest import QTest
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        self.keys = QTimer(self)
        self.keys.timeout.connect(self.key)
        self.keys.start(25)

    def key(self):
        from PySide6.QtTest import QTest
        if not self.window.isVisible():  # closed: nobody can type there any more
            return
        editor = self.window.practice.answer.editor
        QTest.keyClicks(editor, "abcdefghi "[len(editor.text()) % 10])
        say(len(editor.text()), time.monotonic())

    # Presses Enter once and says what is there.
    def resume(self):
        self.later(self.press_enter)

    def press_enter(self):
        from PySide6.QtTest import QTest
        offered = QApplication.focusWidget().objectName()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        editor = QApplication.focusWidget()
        say(json.dumps([offered, editor.objectName(), editor.text(), editor.textCursor().atEnd()]))
        self.window.end()

    # Says what is imported when the window is painted for the first time.
    def imports(self):
        self.window.installEventFilter(self)
        self.later(self.window.end)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            say(json.dumps(sorted(sys.modules)))
        return False

    # Stays open and says when it is raised.
    def stay(self):
        self.later(lambda: say("ready"))

    # Says when it is on screen, with its data on the way.
    def paint(self):
        self.window.first_painted.connect(lambda: QTimer.singleShot(0, self, lambda: say("painted")))

def raise_up(self, real=MainWindow.raise_up):
    say("raised")
    real(self)

MainWindow.raise_up = raise_up
driver = Driver()
sys.exit(run_window(Path(sys.argv[1]), driver.watch))
"""


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def start(folder):
    """Start the driven program; every one is ended with the test."""
    running = []

    def start_it(what):
        process = subprocess.Popen(
            [sys.executable, "-c", DRIVER, folder, what],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        guard = threading.Timer(PATIENCE, process.kill)  # so that reading what it never says has an end
        guard.start()
        running.append((process, guard))
        return process

    yield start_it
    for process, guard in running:
        guard.cancel()
        process.kill()
        process.communicate()


def run(folder, *arguments, code=0, **environment):
    done = subprocess.run(
        [*COMMAND, "--data-dir", folder, *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == code, done.stderr
    return done


def ended(process):
    """Wait for the end; return what was said on the way, and see that it was a clean one."""
    said, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (0, "")
    return said


def keys(lines):
    return [(int(number), float(moment)) for number, moment in (line.split() for line in lines if line.endswith("\n"))]


def test_the_self_test_says_one_line_and_nothing_else():
    done = subprocess.run(
        [*COMMAND, "--self-test"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"ok interview-coach \d[\w.]*, Qt 6\.\d+\.\d+, SQLite 3\.\d+\.\d+\n", done.stdout)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("number", [3, 41, 77])
def test_a_kill_while_typing_costs_a_second_at_most(start, folder, number):
    process = start("type")
    lines = [process.stdout.readline() for _ in range(number)]
    killed = time.monotonic()
    process.kill()
    lines += process.stdout.readlines()
    typed = keys(lines)
    due = max((count for count, moment in typed if moment <= killed - 1), default=0)
    offered, focused, text, at_end = json.loads(ended(start("resume")))
    assert offered == ("resume_button_1" if typed else "start_sample_button")
    assert (focused, at_end) == ("answer_editor", True)
    assert text == ("abcdefghi " * 50)[: len(text)]
    assert due <= len(text) <= typed[-1][0] + 1
    (attempt,) = json.loads(run(folder, "attempts", "--json").stdout) or [{"text": "", "state": "draft"}]
    assert (attempt["text"], attempt["state"]) == (text, "draft")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a program can see")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_signal_while_typing_keeps_every_letter(start, name):
    process = start("type")
    lines = [process.stdout.readline() for _ in range(10)]
    process.send_signal(getattr(signal, name))
    lines += ended(process).splitlines(keepends=True)
    typed = keys(lines)[-1][0]
    _, _, text, _ = json.loads(ended(start("resume")))
    assert text == ("abcdefghi " * 50)[:typed]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM that a program can see")
def test_a_signal_before_the_data_is_there_ends_the_program(start):
    process = start("paint")
    assert process.stdout.readline() == "painted\n"
    process.terminate()
    assert ended(process) == ""


def test_a_second_start_raises_the_first_and_a_command_is_told_to_wait(start, folder):
    process = start("stay")
    assert process.stdout.readline() == "ready\n"
    second = run(folder, QT_QPA_PLATFORM="offscreen")
    assert (second.stdout, second.stderr) == ("", "")
    assert process.stdout.readline() == "raised\n"
    command = run(folder, "attempts", code=75)
    assert "is in use by Interview Coach" in command.stderr
    assert f"process {process.pid}" in command.stderr
    process.terminate()
    _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert errors in ("", "Qt warning: This plugin does not support raise()\n")  # the offscreen platform cannot
    assert run(folder, "attempts", "--json").stdout == "[]\n"


def test_nothing_heavy_is_imported_before_the_first_paint(start):
    modules = json.loads(ended(start("imports")))
    assert "interview_coach.ui.main_window" in modules
    heavy = {"pydantic", "sqlmodel", "sqlalchemy", "sqlite3", "importlib.metadata", "interview_coach.services.opening"}
    heavy |= {"interview_coach.logs", "interview_coach.error_report", "logging.handlers", "faulthandler", "platform"}
    assert heavy & set(modules) == set()


def test_the_binding_keeps_its_count_of_none():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(500):
        thing.setObjectName("thing")
    assert abs(sys.getrefcount(None) - before) < 50


@pytest.fixture
def by_keys(monkeypatch):
    """The module that practises by keys, which tries the built program as well."""
    monkeypatch.syspath_prepend(str(ROOT / "packaging"))
    return importlib.import_module("by_keys")


def test_one_question_under_a_real_display_by_keys_alone(folder, by_keys):
    missing = by_keys.missing()
    if missing:
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    try:
        ctypes.CDLL(str(plugins / "platforms" / "libqxcb.so"))
    except OSError as error:
        pytest.skip(f"Qt lacks a library for X: {error}")

    def start_again():
        # It ends with another code while the first does not listen yet.
        with contextlib.suppress(AssertionError):
            return run(folder, **on).returncode
        return None

    with by_keys.screen() as on:
        if on is None:
            pytest.skip("Xvfb does not start on this machine")
        ended = by_keys.practise([*COMMAND, "--data-dir", folder], on, start_again, ROOT)
    assert ended == (0, "", "")
    assert by_keys.complaints(json.loads(run(folder, "attempts", "--json").stdout)) == []
