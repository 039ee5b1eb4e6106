"""The log: one line a record, types and places alone, private whatever the umask, and no harm where it can't be."""

import ast
import contextlib
import inspect
import logging
import os
import re
import stat
import subprocess
import sys
import threading
import typing
import warnings
from pathlib import Path

import pytest

import interview_coach
from interview_coach import logs
from interview_coach.domain.errors import CoachError, Fault

PACKAGE = Path(interview_coach.__file__).parent
ROOT = PACKAGE.parent
CANARY = "ZZ-CANARY"
LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (debug|info|warning|error) \S+: \S.*")

posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


@pytest.fixture
def begin(tmp_path):
    """Open the log of a data folder; it is closed at the end."""
    opened = []

    def begin_it(level="info", folder=tmp_path):
        opened.append(logs.Log.open(folder, level))
        return opened[-1]

    yield begin_it
    for log in opened:
        log.close()


def written(folder, name=logs.FILE):
    """The lines of the log; every one is a whole record."""
    path = folder / logs.FOLDER / name
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    for line in lines:
        assert LINE.fullmatch(line)
    return lines


def mode(path):
    return stat.S_IMODE(path.lstat().st_mode)


def fail():
    held = CANARY
    try:
        {}[held]
    except KeyError as error:
        raise ValueError(held) from error


def failure():
    try:
        fail()
    except ValueError as error:
        return error


def say_all():
    """Say everything that can be said."""
    logs.started("window")
    logs.opened()
    logs.migrated(1)
    logs.backup_made(40_960)
    logs.imported(4, 1, 30, 20)
    logs.second_start()
    logs.settings_stored()
    logs.bad_luck(CoachError(Fault.DISK_FULL, CANARY, where=CANARY))
    logs.unexpected(failure(), 4)
    logs.unraisable(failure())
    logs.qt_message("warning", "not there")
    logs.interrupted()
    logs.ended(65)
    logs.ended()


def in_process(program, *arguments):
    """Run a program of its own; neither a traceback nor anything else is on standard error."""
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


class TestLines:
    def test_what_is_said(self, begin, tmp_path):
        begin("debug")
        say_all()
        said = [line.partition(" ")[2] for line in written(tmp_path)]
        error = "ValueError at test:0; caused by KeyError at test:0"
        assert said[0].startswith("info MainThread: start of a window: interview-coach 0.1.0, Python 3.")
        assert re.fullmatch(r"info MainThread: data open: .*SQLite 3\.[\d.]+", said[1])
        assert [re.sub(r"[\w.]*test_logs:\d+( < [\w.]*test_logs:\d+)*", "test:0", line) for line in said[2:]] == [
            "info MainThread: schema migrated from 1",
            "info MainThread: backup made: 40960 bytes",
            "info MainThread: import: 4 files, 1 refused, 30 turns, 20 new questions",
            "info MainThread: started once more, the window is raised",
            "debug MainThread: settings stored",
            "warning MainThread: bad luck (1): interview_coach.domain.errors.CoachError (disk full) at nowhere",
            f"error MainThread: unexpected (4): {error}",
            f"warning MainThread: went on after (1): {error}",
            "warning MainThread: Qt: not there",
            "info MainThread: interrupted",
            "info MainThread: end (65)",
            "info MainThread: end",
        ]
        assert CANARY not in "".join(said)

    @pytest.mark.parametrize(("level", "lines"), [("debug", 14), ("info", 13), ("warning", 4), ("error", 1)])
    def test_the_level(self, begin, tmp_path, level, lines):
        begin(level)
        say_all()
        assert len(written(tmp_path)) == lines

    def test_a_record_is_one_line_whatever_is_in_it(self, begin, tmp_path):
        begin()
        thread = threading.Thread(target=logs.interrupted, name="a\nb\x1b[31m\u2028\u202e\ud800")
        thread.start()
        thread.join()
        (line,) = written(tmp_path)
        assert line.endswith(r"a\x0ab\x1b[31m\u2028\u202e\ud800: interrupted")

    def test_a_record_is_not_longer_than_a_screen_or_two(self, begin, tmp_path):
        begin()
        logs.unexpected(ExceptionGroup("", [failure() for _ in range(500)]))
        logging.getLogger("interview_coach").info("x" * 9999)
        assert max(len(line) for line in written(tmp_path)) == 4000

    def test_what_is_no_number_is_not_logged(self, tmp_path):
        assert in_process(
            "import sys; from pathlib import Path; from interview_coach import logs;"
            "log = logs.Log.open(Path(sys.argv[1]), 'debug'); logs.imported('ZZ-CANARY', 0, 0, 0);"
            "logs.migrated('ZZ-CANARY'); logs.interrupted(); log.close()",
            tmp_path,
        ) == ""  # fmt: skip
        assert [line.partition(": ")[2] for line in written(tmp_path)] == ["interrupted"]

    def test_neither_traceback_nor_stack_is_written(self, begin, tmp_path):
        begin()
        try:
            fail()
        except ValueError:
            logging.getLogger("interview_coach.ui").exception("here", stack_info=True)
        (line,) = written(tmp_path)
        assert re.search(r": here: ValueError at \S+ < \S+; caused by KeyError at \S+$", line)
        assert CANARY not in line


def test_what_may_be_logged_takes_numbers_kinds_and_errors():
    facts = [
        function
        for name, function in inspect.getmembers(logs, inspect.isfunction)
        if function.__module__ == logs.__name__ and not name.startswith("_") and name not in ("make_folder", "loaded")
    ]
    assert len(facts) >= 12
    for fact in facts:
        for name, kind in typing.get_type_hints(fact).items():
            allowed = kind in (int, int | None, BaseException, type(None)) or typing.get_origin(kind) is typing.Literal
            assert allowed or (fact.__name__, name) == ("qt_message", "redacted"), f"{fact.__name__}: {name}"


def test_nothing_but_this_module_logs():
    for path in PACKAGE.rglob("*.py"):
        imported = set()
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and node.level == 0:
                imported.add((node.module or "").partition(".")[0])
        assert not imported & {"logging", "faulthandler", "traceback", "cgitb"} or path.name == "logs.py", path


class TestOthers:
    PROGRAM = """
import logging, sys, warnings
from pathlib import Path
from interview_coach import logs

def speak():
    for name in ("", "sqlalchemy.pool", "asyncio"):
        logging.getLogger(name).error("ZZ-CANARY")
    warnings.warn("ZZ-CANARY", UserWarning)
    logs.interrupted()
    logging.getLogger("interview_coach").error("early or late")

log = logs.Log.open(Path(sys.argv[1]), "debug")
speak()
log.close()
log.close()
logging.getLogger("interview_coach").error("early or late")
"""

    def test_what_libraries_and_warnings_say_is_nowhere(self, tmp_path):
        assert in_process(self.PROGRAM, tmp_path) == ""
        warned, interrupted, own = (line.partition(": ")[2] for line in written(tmp_path))
        assert re.fullmatch(r"UserWarning at <string>:\d+", warned)
        assert (interrupted, own) == ("interrupted", "early or late")

    def test_what_the_program_says_is_not_with_others(self, tmp_path):
        """Somebody who lets all of Python's logging out lets nothing of the program's out."""
        program = self.PROGRAM.replace("log = ", "logging.basicConfig(stream=sys.stdout); log = ")
        assert re.findall(r"^\w+:(\w+)", in_process(program, tmp_path), re.M) == ["root", "sqlalchemy", "asyncio"]

    def test_nothing_is_written_where_the_folder_is_only_read(self, tmp_path):
        program = self.PROGRAM.replace("Path(sys.argv[1])", "None")
        assert in_process(program, tmp_path) == ""
        assert list(tmp_path.iterdir()) == []

    def test_who_asks_for_warnings_sees_them(self, tmp_path):
        done = subprocess.run(
            [sys.executable, "-W", "default", "-c", self.PROGRAM, tmp_path],
            cwd=ROOT, capture_output=True, text=True, check=True, timeout=60,
        )  # fmt: skip
        assert "UserWarning: ZZ-CANARY" in done.stderr

    def test_all_is_given_back(self, begin):
        before = (
            warnings.showwarning,
            logging.getLogger().handlers[:],
            logging.getLogger("interview_coach").handlers[:],
        )
        log = begin()
        assert logging.getLogger().handlers != before[1]
        log.close()
        after = (
            warnings.showwarning,
            logging.getLogger().handlers[:],
            logging.getLogger("interview_coach").handlers[:],
        )
        assert after == before


class TestFiles:
    def test_they_go_round(self, begin, tmp_path):
        begin()
        for _ in range(7000):
            logs.unexpected(failure())
        files = sorted(path.name for path in (tmp_path / logs.FOLDER).iterdir())
        assert files == [logs.FILE, *(f"{logs.FILE}.{number}" for number in (1, 2, 3))]
        sizes = [(tmp_path / logs.FOLDER / name).stat().st_size for name in files]
        assert all(size <= logs.SIZE for size in sizes)
        assert sum(sizes) > 3 * logs.SIZE
        for name in files:
            assert written(tmp_path, name)

    def test_a_second_start_goes_on_where_the_first_ended(self, begin, tmp_path):
        begin().close()
        logs.interrupted()
        assert written(tmp_path) == []
        for lines in (1, 2):
            log = begin()
            logs.interrupted()
            log.close()
            assert len(written(tmp_path)) == lines

    @posix
    @pytest.mark.parametrize("umask", [0, 0o022, 0o077, 0o777])
    def test_nobody_else_reads_them(self, begin, tmp_path, umask):
        former = os.umask(umask)
        try:
            begin()
            for _ in range(2500):
                logs.unexpected(failure())
        finally:
            os.umask(former)
        folder = tmp_path / logs.FOLDER
        assert mode(folder) == 0o700
        assert len(list(folder.iterdir())) >= 2
        assert {mode(path) for path in folder.iterdir()} == {0o600}

    @posix
    def test_what_was_open_to_others_is_closed(self, begin, tmp_path):
        folder = tmp_path / logs.FOLDER
        folder.mkdir(mode=0o755)
        for name in (logs.FILE, f"{logs.FILE}.1", "report-20260101T000000Z.txt"):
            (folder / name).touch(mode=0o644)
        begin()
        logs.interrupted()
        assert mode(folder) == 0o700
        assert {mode(path) for path in folder.iterdir()} == {0o600}

    @posix
    def test_a_link_is_not_followed(self, begin, tmp_path):
        outside = tmp_path / "outside"
        outside.mkdir(mode=0o755)
        (tmp_path / "one").mkdir()
        (tmp_path / "one" / logs.FOLDER).symlink_to(outside)
        (tmp_path / "two" / logs.FOLDER).mkdir(parents=True)
        (outside / "target").touch(mode=0o644)
        (tmp_path / "two" / logs.FOLDER / logs.FILE).symlink_to(outside / "target")
        for name in ("one", "two"):
            log = begin(folder=tmp_path / name)
            say_all()
            log.close()
        assert mode(outside) == 0o755
        assert [path.name for path in outside.iterdir()] == ["target"]
        assert (mode(outside / "target"), (outside / "target").read_bytes()) == (0o644, b"")


class TestNoLog:
    """A log that can't be written is no reason for anything."""

    @pytest.fixture(autouse=True)
    def silent(self, capfd):
        yield
        assert capfd.readouterr() == ("", "")

    def test_a_file_stands_in_its_place(self, begin, tmp_path):
        (tmp_path / logs.FOLDER).write_text("mine")
        begin()
        say_all()
        assert (tmp_path / logs.FOLDER).read_text() == "mine"

    @pytest.mark.parametrize("make", [os.mkdir, getattr(os, "mkfifo", os.mkdir)])
    def test_something_else_stands_in_the_file_s_place(self, begin, tmp_path, make):
        (tmp_path / logs.FOLDER).mkdir()
        make(tmp_path / logs.FOLDER / logs.FILE)
        begin()
        say_all()

    def test_the_folder_is_taken_away_while_it_runs(self, begin, tmp_path):
        begin()
        logs.interrupted()
        for path in (tmp_path / logs.FOLDER).iterdir():
            path.unlink()
        (tmp_path / logs.FOLDER).rmdir()
        for _ in range(3000):
            logs.unexpected(failure())

    @posix
    def test_the_folder_is_read_only(self, tmp_path):
        assert in_process(
            "import os, sys; from pathlib import Path; from interview_coach import logs; from tests import test_logs;"
            "folder = Path(sys.argv[1]); folder.chmod(0o555); os.geteuid() == 0 and os.setuid(65534);"
            "log = logs.Log.open(folder, 'debug'); test_logs.say_all(); log.close(); print('went on')",
            tmp_path,
        ) == "went on\n"  # fmt: skip
        assert list(tmp_path.iterdir()) == []

    @posix
    def test_the_disk_is_full(self, tmp_path):
        """The limit of a file's size stands for the disk's end; past it the log is cut, at a record or not."""
        assert in_process(
            "import resource, sys; from pathlib import Path; from interview_coach import logs;"
            "from tests import test_logs; error = test_logs.failure();"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000));"
            "log = logs.Log.open(Path(sys.argv[1]), 'debug'); [logs.unexpected(error) for _ in range(5000)];"
            "log.close(); print('went on')",
            tmp_path,
        ) == "went on\n"  # fmt: skip
        assert (tmp_path / logs.FOLDER / logs.FILE).stat().st_size <= 50_000


class TestCrash:
    CRASH = """
import faulthandler, os, sys
from pathlib import Path
from interview_coach import logs

def crash(held="ZZ-CANARY"):
    os.abort()

log = logs.Log.open(Path(sys.argv[1]), "info")
if sys.argv[2] == "crash":
    crash()
log.close()
"""

    def run(self, folder, how, umask=0o022, *options):
        return subprocess.run(
            [sys.executable, *options, "-c", self.CRASH, folder, how],
            cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
            preexec_fn=lambda: os.umask(umask),
        )  # fmt: skip

    @posix
    @pytest.mark.parametrize("umask", [0, 0o022, 0o077])
    def test_the_last_words_of_the_interpreter_are_kept(self, tmp_path, umask):
        crashes = tmp_path / logs.FOLDER / logs.CRASH_FILE
        for number in (1, 2):
            done = self.run(tmp_path, "crash", umask)
            assert (done.returncode, done.stderr) == (-6, "")
            told = crashes.read_text()
            assert mode(crashes) == 0o600
            heads = re.findall(r"^== \S+Z interview-coach \S+, Python \S+\nFatal Python error: Aborted\n", told, re.M)
            assert len(heads) == number
            assert "in crash\n" in told
            assert CANARY not in told
            assert self.run(tmp_path, "end").returncode == 0
            assert crashes.read_text() == told

    @posix
    def test_without_a_crash_there_is_no_such_file(self, tmp_path):
        assert self.run(tmp_path, "end").returncode == 0
        assert list((tmp_path / logs.FOLDER).iterdir()) == []

    @posix
    def test_it_does_not_grow_for_ever(self, tmp_path):
        crashes = tmp_path / logs.FOLDER / logs.CRASH_FILE
        crashes.parent.mkdir()
        crashes.write_bytes(b"x" * (logs.SIZE + 1))
        assert self.run(tmp_path, "crash").returncode == -6
        assert crashes.stat().st_size < logs.SIZE
        assert crashes.with_name(logs.CRASH_FILE + ".1").stat().st_size == logs.SIZE + 1

    @posix
    def test_who_asks_for_it_on_standard_error_has_it_there(self, tmp_path):
        done = self.run(tmp_path, "crash", 0o022, "-X", "faulthandler")
        assert "Fatal Python error: Aborted" in done.stderr
        assert list((tmp_path / logs.FOLDER).iterdir()) == []

    def test_a_crash_file_that_cannot_be_made_is_no_trouble(self, begin, tmp_path):
        (tmp_path / logs.FOLDER / logs.CRASH_FILE).mkdir(parents=True)
        with contextlib.closing(begin()):
            logs.interrupted()
        assert len(written(tmp_path)) == 1
