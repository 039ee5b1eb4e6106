"""What was typed, imported or met by a crash is in the database, and nowhere that logs, reports and messages go.

Every place is searched for one text: the log folder, settings and whatever else lies in the data folder beside the
database and its backups, the folders for temporary and runtime files, home, and standard error.
"""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach import logs

ROOT = Path(__file__).parent.parent
PATIENCE = 90
CANARY = "ZZ-CANARY"

TRANSCRIPT = f"""\
Turn 1 [TECHNICAL]
Q: What is {CANARY} about?

A: {CANARY} is about nothing but {CANARY}.

Feedback: {{"clarity": "{CANARY}", "confidence": 7, "technical_depth": 4, "summary": "{CANARY}."}}

{CANARY} {{"and": what is this

Turn 2 [{CANARY}]
Q: {CANARY}?

A: {CANARY}.

Feedback: {{{CANARY}
"""

#: A command in the midst of which something happens; the words are what stands in ``ids``.
COMMAND = """
import asyncio, gc, json, logging, os, sys, threading, warnings
from interview_coach.__main__ import main
from interview_coach.domain.models import SelfRating
from interview_coach.services.bank import QuestionService
from sqlalchemy import text

def fail(held="ZZ-CANARY"):
    raise ValueError(f"it was {held}")

class Ends:
    def __del__(self):
        fail()

def statement(self, words):
    with self._database.begin() as work:
        work.questions._session.execute(text(words), {"words": "ZZ-CANARY"})

def ids(self, held="ZZ-CANARY", **_):
    WHAT
    return []

QuestionService.ids = ids
sys.exit(main(["--data-dir", sys.argv[1], "--log-level", "debug", "questions"]))
"""

WINDOW = """
import os, sys, threading
from pathlib import Path
from PySide6.QtCore import QObject, Qt, QTimer, qWarning
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from interview_coach.app import run_window
from interview_coach.services.practice_session import PracticeSession
from interview_coach.ui import dialogs

def fail(*_, held="ZZ-CANARY"):
    raise ValueError(f"it was {held}")

class Driver(QObject):
    def watch(self, window):
        self.window = window
        window.ready.connect(lambda: QTimer.singleShot(0, self, self.begin))
        self.eyes = QTimer(self)
        self.eyes.timeout.connect(self.look)
        self.shown = 0

    def begin(self):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        practice, go_on = self.window.practice, self.window.commands.go_on
        QTest.keyClicks(practice.answer.editor, "My answer is ZZ-CANARY.")
        go_on.trigger()
        go_on.trigger()
        practice.compare.line.setFocus()
        QTest.keyClicks(practice.compare.line, "say ZZ-CANARY")
        go_on.trigger()
        QTest.keyClicks(practice.answer.editor, "ZZ-CANARY once more")
        qWarning('cannot open "/home/ZZ-CANARY" nor ZZ-CANARY.txt')
        self.eyes.start(20)
        dialogs.choose_transcripts = lambda _: (Path(sys.argv[3]),)
        self.window.commands.import_transcripts.trigger()

    def look(self):
        dialog, page = QApplication.activeModalWidget(), self.window._made["import"]
        if dialog is None and not self.shown and page.preview.accept_button.isVisible():
            page.preview.accept_button.click()
        if dialog is None and not self.shown and page.practise_button.isVisible():
            self.shown = 1
            print("imported", flush=True)
            self.window.show_page("practice")
            PracticeSession.flag = fail
            self.thread = threading.Thread(target=fail)
            self.thread.start()
            QTimer.singleShot(0, self.window.commands.flag.trigger)
        if dialog is None:
            return
        self.shown += 1
        if dialog.objectName() == "error_dialog":
            dialog.findChild(QPushButton, "error_copy_button").click()
            copied = QApplication.clipboard().text()
            assert "ValueError" in copied and "ZZ-CANARY" not in copied, copied
            QTimer.singleShot(0, self, self.end)
        dialog.done(0)

    def end(self, held="ZZ-CANARY"):
        if self.shown < 2 or QApplication.activeModalWidget() is not None:
            return
        self.eyes.stop()
        self.thread.join()  # its report is written there
        print("told", flush=True)
        if sys.argv[2] == "crash":
            os.abort()
        self.window.end()

driver = Driver()
sys.exit(run_window(Path(sys.argv[1]), driver.watch, log_level="debug"))
"""


class World:
    """A machine's places, and what was said on standard error."""

    def __init__(self, root):
        self.data = root / "data"
        self.places = {name: root / name for name in ("TMPDIR", "XDG_RUNTIME_DIR", "HOME", "XDG_CONFIG_HOME")}
        for path in self.places.values():
            path.mkdir(mode=0o700)
        self.files = root / "files"
        self.files.mkdir()
        self.errors = ""

    def run(self, *command, feed="", code=0):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env={
                **os.environ,
                **{name: str(path) for name, path in self.places.items()},
                "QT_QPA_PLATFORM": "offscreen",
            },
            input=feed,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert done.returncode == code, done.stderr
        self.errors += done.stderr
        return done

    def coach(self, *arguments, **how):
        return self.run("-m", "interview_coach", "--data-dir", self.data, "--log-level", "debug", *arguments, **how)

    def written(self):
        """The files that are searched, by their place."""
        kept = {"coach.sqlite3", "coach.sqlite3-wal", "coach.sqlite3-shm"}
        files = [
            path
            for place in (self.data, *self.places.values())
            for path in place.rglob("*")
            if path.is_file() and not path.is_symlink()
        ]
        backups = self.data / "backups"
        return [path for path in files if backups not in path.parents and path.name not in kept]

    def assert_clean(self, *expected):
        """See that the text is nowhere, and that what should have been searched was there to be searched."""
        files = self.written()
        names = {path.name for path in files}
        assert {logs.FILE, *expected} <= names
        for path in files:
            assert CANARY not in str(path.relative_to(self.data.parent))
            for spelling in (CANARY.encode(), CANARY.encode("utf-16-le"), b"ZZ-C", b"CANARY"):
                assert spelling not in path.read_bytes(), path
        assert CANARY not in self.errors
        assert "Traceback" not in self.errors

    @property
    def log(self):
        return (self.data / logs.FOLDER / logs.FILE).read_text("utf-8")

    @property
    def reports(self):
        return sorted((self.data / logs.FOLDER).glob("report-*"))


@pytest.fixture
def world(tmp_path):
    return World(tmp_path)


def test_the_search_finds_it_where_it_is(world):
    """A search that finds nothing anywhere would be no proof."""
    world.coach("practice", feed=f"{CANARY}\n.\n")
    world.assert_clean()
    assert CANARY.encode() in b"".join(path.read_bytes() for path in world.data.glob("coach.sqlite3*"))
    for place in (
        world.data / "settings.json",
        world.data / logs.FOLDER / "report-x.txt",
        world.places["TMPDIR"] / "x",
    ):
        place.write_text(f"a {CANARY}")
        with pytest.raises(AssertionError):
            world.assert_clean()
        place.unlink()


def test_typed_imported_searched_and_in_a_file_s_name(world):
    good, bad, out = (world.files / name for name in (f"{CANARY}.txt", f"{CANARY} bad.txt", f"{CANARY} out.txt"))
    good.write_text(TRANSCRIPT, "utf-8")
    bad.write_text(f"only {CANARY}", "utf-8")
    answers = f"My answer is {CANARY}.\n.\n7\n\nsay {CANARY}\n" * 3 + f"and {CANARY}\n"
    world.coach("practice", feed=answers)
    world.coach("import", good)
    world.coach("import", bad, code=65)
    assert CANARY in world.errors  # the name of a refused file, and of one with odd places, is told on purpose
    for path in (good, bad):
        world.errors = world.errors.replace(str(path), "")
    assert CANARY in world.coach("questions", "--search", CANARY).stdout
    world.coach("questions", "--search", CANARY, "--count", "--json")
    world.coach("practice", "--search", CANARY, feed=f"{CANARY}\n.\n\n\n\n{CANARY}\n")
    assert CANARY in world.coach("attempts").stdout + world.coach("attempts", "--json").stdout
    world.coach("--read-only", "attempts")
    world.coach("export", "turns", out, "--transcript", "2")
    assert CANARY in out.read_text("utf-8")
    world.coach("backup")
    world.coach("check")
    world.assert_clean()


@pytest.mark.parametrize(
    ("what", "code", "words"),
    [
        ("fail(held)", 1, "unexpected (1): ValueError at __main__:"),
        ("{}[held]", 1, "unexpected (1): KeyError at __main__:"),
        ("raise OSError(held)", 74, "bad luck (1): OSError at __main__:"),
        ("open(held + '.txt')", 74, "bad luck (1): FileNotFoundError (ENOENT) at __main__:"),
        ("json.loads(held)", 1, "unexpected (1): json.decoder.JSONDecodeError at json.decoder:"),
        ("SelfRating(clarity=held)", 1, "unexpected (1): pydantic_core._pydantic_core.ValidationError at "),
        (
            "statement(self, 'INSERT INTO question (stage, text) VALUES (NULL, :words)')",
            1,
            "unexpected (1): sqlalchemy.exc.IntegrityError at ",
        ),
        ("statement(self, 'SELECT * FROM nowhere WHERE word = :words')", 1, "sqlalchemy.exc.OperationalError at "),
        ("statement(self, 'SELECT \"ZZ-CANARY\" FROM nowhere')", 1, "sqlalchemy.exc.OperationalError at "),
        (
            "statement(self, 'PRAGMA query_only = on'); statement(self, 'UPDATE question SET text = :words')",
            74,
            "bad luck (1): interview_coach.domain.errors.CoachError (read-only) at ",
        ),
        ("warnings.warn(held, stacklevel=2)", 0, "UserWarning at "),
        ("logging.getLogger('sqlalchemy').error(held)", 0, "data open: "),
        ("Ends(); gc.collect()", 0, "went on after (1): ValueError at __main__:"),
        ("t = threading.Thread(target=fail); t.start(); t.join()", 0, "unexpected (1): ValueError at __main__:"),
    ],
)
def test_a_failing_command(world, what, code, words):
    world.run("-c", COMMAND.replace("WHAT", what), world.data, code=code)
    world.assert_clean()
    assert words in world.log
    assert len(world.reports) == world.log.count(" error ")
    assert len(world.errors.splitlines()) == 1


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_command_that_crashes(world):
    world.run("-c", COMMAND.replace("WHAT", "os.abort()"), world.data, code=-signal.SIGABRT)
    world.assert_clean(logs.CRASH_FILE, "owner.json")
    assert "Fatal Python error: Aborted" in (world.data / logs.FOLDER / logs.CRASH_FILE).read_text("utf-8")


@pytest.mark.parametrize("end", ["end", "crash"])
def test_a_window(world, end):
    path = world.files / f"{CANARY}.txt"
    path.write_text(TRANSCRIPT, "utf-8")
    crashes = end == "crash"
    if crashes and os.name == "nt":
        pytest.skip("signals of POSIX")
    done = world.run("-c", WINDOW, world.data, end, path, code=-signal.SIGABRT if crashes else 0)
    assert done.stdout.split() == ["imported", "told"]
    world.assert_clean(*((logs.CRASH_FILE, "owner.json") if crashes else ("window.json",)))
    assert "Qt: cannot open …" in world.log
    assert len(world.reports) == len(re.findall(r"unexpected \(1\): ValueError", world.log)) == 2
    texts = world.coach("attempts", "--json").stdout
    assert texts.count(CANARY) >= 3
