"""The report of a defect, and what the log says of a command."""

import gc
import os
import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from interview_coach import error_report, logs
from interview_coach.domain.errors import CoachError, Fault

ROOT = Path(__file__).parent.parent
CANARY = "ZZ-CANARY"

posix = pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")


def failure():
    held = CANARY
    try:
        try:
            {}[held]
        except KeyError as error:
            raise CoachError(Fault.DAMAGED_DATA, held, where=held) from error
    except CoachError as error:
        return error


def log_folder(folder):
    return folder / logs.FOLDER


def reports(folder):
    return sorted(log_folder(folder).glob("report-*"))


def log_lines(folder):
    path = log_folder(folder) / logs.FILE
    return [re.sub(r"^\S+ (\w+) \w+: ", r"\1 ", line) for line in path.read_text("utf-8").splitlines()]


class TestText:
    def test_what_it_says(self):
        lines = error_report.text(failure(), "thread").splitlines()
        facts = dict(re.split(r": +", line) for line in lines[3 : lines.index("", 3)])
        assert lines[:3] == [
            "Interview Coach: report of an error in the program",
            "It holds nothing that was typed, no file name and no value, and was sent nowhere.",
            "",
        ]
        assert list(facts) == ["when", "program", "Python", "Qt", "PySide6", "SQLite", "system"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", facts["when"])
        assert re.fullmatch(r"interview-coach [\d.]+, in a thread", facts["program"])
        assert facts["Python"] == ".".join(map(str, sys.version_info[:3]))
        assert facts["system"].split()[0] in ("Linux", "Darwin", "Windows")
        rest = lines[lines.index("", 3) :]
        assert [re.sub(r"\S*test_error_report:\d+", "here", line) for line in rest] == [
            "",
            "interview_coach.domain.errors.CoachError (damaged data)",
            "    here",
            "",
            "caused by KeyError",
            "    here",
        ]
        assert CANARY not in "\n".join(lines)

    def test_the_program_s_own_places_have_file_line_and_function(self, tmp_path):
        try:
            logs.make_folder(tmp_path / "nowhere")
        except OSError as error:
            text = error_report.text(error, "command")
        assert re.search(r"^FileNotFoundError \(ENOENT\)$", text, re.M)
        assert re.search(r"^    logs\.py:\d+ make_folder$", text, re.M)
        assert str(tmp_path) not in text

    def test_it_imports_nothing(self):
        """Importing may be what failed."""
        program = (
            "import sys; from interview_coach import error_report; before = set(sys.modules);"
            "text = error_report.text(ValueError(), 'command'); print(sorted(set(sys.modules) - before));"
            "print('SQLite' in text, 'Qt' in text)"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout == "[]\nFalse False\n"


class TestFile:
    @posix
    @pytest.mark.parametrize("umask", [0, 0o022, 0o077])
    def test_it_is_readable_by_its_owner_alone(self, tmp_path, umask):
        former = os.umask(umask)
        try:
            path = error_report.write(tmp_path, "text – ü\n")
        finally:
            os.umask(former)
        assert path.read_text("utf-8") == "text – ü\n"
        assert re.fullmatch(r"report-\d{8}T\d{6}\.\d{6}Z\.txt", path.name)
        assert [stat.S_IMODE(place.stat().st_mode) for place in (path, path.parent)] == [0o600, 0o700]

    def test_none_takes_another_s_place_and_the_newest_twenty_stay(self, tmp_path):
        log_folder(tmp_path).mkdir()
        early = log_folder(tmp_path) / "report-20200101T000000.000000Z.txt"
        early.touch()
        half = log_folder(tmp_path) / ".report-20200101T000000.000000Z.txt.abc.part"
        half.touch()
        mine = log_folder(tmp_path) / "notes.txt"
        mine.touch()
        paths = [error_report.write(tmp_path, f"{number}") for number in range(25)]
        assert len(set(paths)) == 25
        assert reports(tmp_path) == sorted(paths[5:])
        assert sorted(log_folder(tmp_path).iterdir()) == sorted([mine, *paths[5:]])
        assert [path.read_text() for path in paths[5:]] == [f"{number}" for number in range(5, 25)]

    def test_the_one_just_written_stays_though_the_clock_went_back(self, tmp_path):
        log_folder(tmp_path).mkdir()
        for number in range(30):
            (log_folder(tmp_path) / f"report-2999010{number // 10}T0000{number:02}.000000Z.txt").touch()
        path = error_report.write(tmp_path, "now")
        assert path.read_text() == "now"
        assert len(reports(tmp_path)) == 20

    def test_threads_that_fail_at_once_take_nothing_from_each_other(self, tmp_path):
        paths = []

        def fail():
            paths.extend(error_report.write(tmp_path, "text") for _ in range(5))

        threads = [threading.Thread(target=fail) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert None not in paths
        assert reports(tmp_path) == sorted(paths)

    def test_where_it_cannot_be_written_there_is_none(self, tmp_path):
        log_folder(tmp_path).write_text("mine")
        assert error_report.write(tmp_path, "text") is None
        assert error_report.write(tmp_path / "nowhere", "text") is None
        error_report.keep(tmp_path, failure(), "command")
        assert log_folder(tmp_path).read_text() == "mine"

    @posix
    def test_a_full_disk_leaves_nothing_half_written(self, tmp_path):
        program = (
            "import resource, sys; from pathlib import Path; from interview_coach import error_report;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100));"
            "print(error_report.write(Path(sys.argv[1]), 'x' * 101))"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, tmp_path], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert (done.stdout, done.stderr) == ("None\n", "")
        assert list(log_folder(tmp_path).iterdir()) == []


class TestRecorded:
    def record(self, folder, error=None, level="info"):
        with error_report.recorded(folder, level):
            if error is not None:
                raise error

    def test_start_and_end(self, tmp_path):
        self.record(tmp_path)
        start, end = log_lines(tmp_path)
        assert start.startswith("info start of a command: interview-coach ")
        assert end == "info end"
        assert reports(tmp_path) == []

    def test_a_defect_has_a_report(self, tmp_path):
        with pytest.raises(ZeroDivisionError):
            self.record(tmp_path, ZeroDivisionError(CANARY))
        assert log_lines(tmp_path)[1].startswith("error unexpected (1): ZeroDivisionError at ")
        (report,) = reports(tmp_path)
        assert "\nZeroDivisionError\n    error_report.py:" in report.read_text("utf-8")
        assert CANARY not in report.read_text("utf-8") + "".join(log_lines(tmp_path))

    @pytest.mark.parametrize(
        ("error", "line"),
        [
            (
                CoachError(Fault.DISK_FULL, CANARY),
                "warning bad luck (1): interview_coach.domain.errors.CoachError (disk f",
            ),
            (BrokenPipeError(32, CANARY), "warning bad luck (1): BrokenPipeError (EPIPE) at "),
            (KeyboardInterrupt(), "info interrupted"),
        ],
    )
    def test_bad_luck_has_none(self, tmp_path, error, line):
        with pytest.raises(type(error)):
            self.record(tmp_path, error)
        assert log_lines(tmp_path)[1].startswith(line)
        assert reports(tmp_path) == []

    def test_threads_and_what_had_nowhere_to_go(self, tmp_path, capfd):
        class Ends:
            def __del__(self):
                raise ValueError(CANARY)

        before = (threading.excepthook, sys.unraisablehook)
        with error_report.recorded(tmp_path, "info"):
            Ends()
            gc.collect()
            thread = threading.Thread(target=lambda: [][0])
            thread.start()
            thread.join()
        assert (threading.excepthook, sys.unraisablehook) == before
        ended, unexpected = log_lines(tmp_path)[1:3]
        assert ended.startswith("warning went on after (1): ValueError at ")
        assert " unexpected (1): IndexError at " in unexpected
        assert len(reports(tmp_path)) == 1
        assert capfd.readouterr() == ("", "")

    def test_without_a_folder_nothing_is_written(self, tmp_path):
        self.record(None)
        with pytest.raises(ZeroDivisionError):
            self.record(None, ZeroDivisionError())
        assert list(tmp_path.iterdir()) == []

    def test_what_cannot_be_logged_changes_nothing(self, tmp_path):
        log_folder(tmp_path).touch()
        self.record(tmp_path)
        with pytest.raises(ZeroDivisionError):
            self.record(tmp_path, ZeroDivisionError())
