"""Nothing is ever sent: the whole story runs without a network, and opens no socket but those of this computer's own.

The window and the commands run in a network namespace that has no interface, each of their system calls that makes or
uses a socket is listed by strace, and anything but a local socket (AF_UNIX) fails. A transcript full of addresses is
imported, practised, read and exported on the way; the file that they point at is never opened.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "interview_coach"]

PATIENCE = 170

ALONE = ["unshare", "-rn"]
LISTED = ["strace", "-f", "-qq", "-s", "200", "-e", "trace=socket,socketpair,connect,sendto,openat"]

STORY = r"""
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from interview_coach.app import run_window
from interview_coach.ui import dialogs

told = []
dialogs.tell = lambda _, title, text, details="": told.append(title)
dialogs.choose_transcripts = lambda _: (Path(sys.argv[2]),)
dialogs.save_as = lambda *_: Path(sys.argv[3])
dialogs.confirm = lambda *_: True

def stop(_, sentence, details, *__, **___):
    print(details, flush=True)
    os._exit(3)

dialogs.report = stop

def keys(*names):
    for name in names:
        combination = QKeySequence(name)[0]
        QTest.keyClick(QApplication.focusWidget(), combination.key(), combination.keyboardModifiers())
        QApplication.processEvents()

def answer(window):
    QTest.keyClicks(QApplication.focusWidget(), "I would begin with <b>a figure</b>")
    keys("Ctrl+Return", "7", "Return", "6", "Ctrl+Return", "Space", "Ctrl+T", "Ctrl+T", "Return")
    QTest.keyClicks(QApplication.focusWidget(), "see http://127.0.0.1:1/x")
    keys("Return")

def story(window):
    keys("Return")
    answer(window)
    keys("Ctrl+J", "Ctrl+Z")
    window.commands.import_transcripts.trigger()
    wait(lambda: "import" in window._made and window._made["import"].preview.accept_button.isVisible())
    keys("Return")
    wait(window._made["import"].practise_button.isVisible)
    for page in range(6):
        keys(f"Ctrl+{page + 1}")
    keys("Ctrl+4")
    transcripts = window._made["transcripts"]
    transcripts.table.selectRow(1)
    keys("Return")
    keys("Esc")
    transcripts.practise_button.click()
    answer(window)
    window._safekeeping.back_up_to()
    wait(lambda: Path(sys.argv[3]).exists())
    window._safekeeping.check()
    window.restore_requested.emit(Path(sys.argv[3]))
    wait(lambda: told == ["The backup is restored"])
    keys("Ctrl+5")
    window.end()

def wait(until):
    for _ in range(4000):  # a traced sync of the disk may take seconds
        if until():
            return
        QTest.qWait(20)
    raise TimeoutError

def watch(window):
    window.ready.connect(lambda: story(window) if not told else None, Qt.ConnectionType.QueuedConnection)

print("ended with", run_window(Path(sys.argv[1]), watch), flush=True)
"""


def possible(*command):
    try:
        done = subprocess.run([*command, "true"], capture_output=True, check=False, timeout=20)
    except OSError:
        return False
    return done.returncode == 0


pytestmark = pytest.mark.skipif(
    not possible(*LISTED, "-o", os.devnull) or not possible(*ALONE),
    reason="needs strace and unshare, and the right to use them",
)


@pytest.fixture
def trap(tmp_path):
    """A file that addresses in a transcript point at."""
    trap = tmp_path / "trap.png"
    shutil.copy(ROOT / "resources" / "icons" / "today.svg", trap)
    return trap


@pytest.fixture
def hostile(tmp_path, trap):
    """A transcript whose texts would fetch something wherever HTML is let in."""
    picture = (
        f'<img src="{trap.as_uri()}"><img src="http://192.0.2.1/a.png"><img src="//192.0.2.1/share/a.png">'
        f'<a href="https://192.0.2.1/">here</a> ![a](http://192.0.2.1/b.png) <script src="http://192.0.2.1/c.js">'
        "</script> \\\\192.0.2.1\\share\\a.png"
    )
    path = tmp_path / "hostile.txt"
    path.write_text(
        f"Turn 1 [TECHNICAL]\nQ: What is {picture}?\nA: It is {picture}. And so on {picture}.\n"
        f"Feedback: {json.dumps({'clarity': 8, 'confidence': 7, 'technical_depth': 6, 'summary': picture})}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def listed(tmp_path):
    """Run a command without a network; return what it printed and the system calls that have to do with sockets."""

    def run(*command, stdin=""):
        calls = tmp_path / "calls"
        calls.unlink(missing_ok=True)
        with subprocess.Popen(
            [*ALONE, *LISTED, "-o", calls, *command],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(stdin, timeout=PATIENCE)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)  # what strace watches as well
                raise
        done = subprocess.CompletedProcess(command, process.returncode, out, err)
        return done, calls.read_text(encoding="utf-8", errors="replace")

    return run


def of_this_computer(calls):
    """Return the calls that make or use a socket that is no local one."""
    return [
        line
        for line in calls.splitlines()
        if re.search(r"\b(socket|socketpair)\((?!AF_UNIX)", line)
        or re.search(r"\b(connect|sendto)\(.*sa_family=(?!AF_UNIX)", line)
    ]


def test_the_window_s_story_opens_no_socket_but_local_ones(listed, tmp_path, hostile, trap):
    out = tmp_path / "copy.sqlite3"
    done, calls = listed(sys.executable, "-c", STORY, str(tmp_path / "data"), str(hostile), str(out))
    assert (done.stdout, done.stderr, done.returncode) == ("ended with 0\n", "", 0)
    assert of_this_computer(calls) == []
    assert "socket(AF_UNIX" in calls, "the window listens for a second start, so that there is something to see"
    assert trap.name not in calls
    assert hostile.name in calls


def test_the_commands_story_opens_no_socket_but_local_ones(listed, tmp_path, hostile, trap):
    data = ["--data-dir", str(tmp_path / "data")]
    backup = tmp_path / "copy.sqlite3"
    for command, stdin in (
        (["import", str(hostile)], ""),
        (["questions", "--json"], ""),
        (["practice", "--search", "What"], "I would begin with a figure\n.\n7\n6\n5\nsee http://192.0.2.1/\n"),
        (["attempts", "--json"], ""),
        (["export", "turns", str(tmp_path / "out.txt"), "--transcript", "2"], ""),
        (["backup", str(backup)], ""),
        (["restore", str(backup)], ""),
        (["check"], ""),
        (["--read-only", "transcripts"], ""),
    ):
        done, calls = listed(*COMMAND, *data, *command, stdin=stdin)
        assert done.returncode == 0, (command, done.stderr)
        assert of_this_computer(calls) == [], command
        assert trap.name not in calls


def test_a_socket_that_is_no_local_one_would_be_seen(listed):
    """The judge itself: without it, a mistake in the pattern would let anything pass."""
    done, calls = listed(sys.executable, "-c", "import socket; socket.socket(); print('made')")
    assert done.stdout == "made\n"
    assert len(of_this_computer(calls)) == 1
    talk = "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))"
    _, calls = listed(sys.executable, "-c", talk)
    assert len(of_this_computer(calls)) == 2
