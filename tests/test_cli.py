"""The command line as other programs meet it: real processes, real folders, keys and exit codes of the contract."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from interview_coach.folder import DataFolder
from tests.warm import run_command as run

ROOT = Path(__file__).parent.parent
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
CRITERIA = {"clarity", "confidence", "technical_depth"}

TURN = """\
Turn 1 [CLOSING]
Q: What would you ask us?

A: How you decide what not to build.

Feedback: {"clarity": 7.5, "confidence": "8/10", "technical_depth": 0, "summary": "Brief."}
"""


def read(folder, *arguments):
    done = run(folder, *arguments, "--json")
    assert done.stderr == b""
    return json.loads(done.stdout.decode("utf-8"))


def interview():
    """Type all ten answers of the sample with ratings and lines for next time: what a person would send."""
    lines = []
    for number in range(1, 11):
        lines += [f"Answer {number}: I would measure first.", "..", "Then – grün – decide.", "."]
        lines += [str(number), ""] + (["6"] if number in (4, 5, 6) else [])
        lines += [f"name the figure {number}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    """A data folder in which the sample was practised from the first question to the last."""
    folder = tmp_path_factory.mktemp("practised") / "data"
    done = run(folder, "practice", feed=interview())
    assert done.stderr == b""
    return folder


@pytest.fixture
def fresh(practised, tmp_path):
    """A folder of its own, in which the sample was practised."""
    return Path(shutil.copytree(practised, tmp_path / "data"))


class TestDocuments:
    def test_attempts_are_what_was_typed(self, practised):
        attempts = read(practised, "attempts")
        assert [attempt["stage"] for attempt in attempts] == [
            "INTRO", "HR", "HR", "TECHNICAL", "TECHNICAL", "TECHNICAL", "BEHAVIORAL", "BEHAVIORAL", "MANAGERIAL",
            "WRAP-UP",
        ]  # fmt: skip
        for number, attempt in enumerate(attempts, 1):
            assert attempt.keys() == {
                "id", "session", "number", "question", "stage", "question_text", "state", "text", "words", "seconds",
                "blind", "rating", "rating_after", "reference", "points", "resolution", "started", "submitted",
            }  # fmt: skip
            assert attempt["text"] == f"Answer {number}: I would measure first.\n.\nThen – grün – decide."
            assert attempt["words"] == 9
            assert attempt["state"] == "submitted"
            assert attempt["session"] == 1
            assert attempt["number"] == 1
            assert attempt["blind"] is True
            depth = 6 if attempt["stage"] == "TECHNICAL" else None
            assert attempt["rating"] == {"clarity": number, "confidence": None, "technical_depth": depth}
            assert attempt["rating_after"] is None
            assert attempt["reference"].keys() == {"turn"}
            assert attempt["resolution"] == f"name the figure {number}"
            assert attempt["points"]
            for point in attempt["points"]:
                assert point.keys() == {"text", "proposed", "score", "decided"}
                assert point["text"]
                assert point["proposed"] in ("said", "partly", "missed")
                assert 0 <= point["score"] <= 1
                assert point["decided"] is None
            assert isinstance(attempt["seconds"], float)
            assert attempt["seconds"] == round(attempt["seconds"], 1)
            assert TIME.fullmatch(attempt["started"])
            assert TIME.fullmatch(attempt["submitted"])

    def test_attempts_of_one_question_and_one_session(self, practised):
        third = read(practised, "attempts")[2]
        assert read(practised, "attempts", "--question", third["question"]) == [third]
        assert read(practised, "attempts", "--session", "2") == []

    def test_sessions(self, practised):
        (session,) = read(practised, "sessions")
        started, finished = session.pop("started"), session.pop("finished")
        assert session == {"id": 1, "mode": "practice", "state": "finished", "questions": 10, "attempts": 10}
        assert TIME.fullmatch(started)
        assert TIME.fullmatch(finished)

    def test_transcripts(self, practised):
        assert read(practised, "transcripts") == [
            {
                "id": 1,
                "title": "Nebula Systems, Senior Python Backend Engineer",
                "role": "Senior Python Backend Engineer",
                "company": "Nebula Systems",
                "origin": "recorded",
                "source": "nebula-systems-senior-python-backend.txt",
                "turns": 10,
                "stages": {"INTRO": 1, "HR": 2, "TECHNICAL": 3, "BEHAVIORAL": 2, "MANAGERIAL": 1, "WRAP-UP": 1},
                "held": None,
                "findings": [
                    "clarity is 8 in all 10 rated turns of this transcript: it says nothing about the answer",
                    "confidence is 9 in all 10 rated turns of this transcript: it says nothing about the answer",
                ],
            }
        ]

    def test_questions(self, practised):
        questions = read(practised, "questions")
        assert len(questions) == 10
        for question in questions:
            assert question.keys() == {"id", "stage", "text", "tags", "flagged", "recorded", "attempts", "due"}
            assert (question["tags"], question["flagged"]) == ([], False)
            assert date.fromisoformat(question["due"]) > date.fromisoformat("2026-01-01")
            assert question["attempts"] == 1
            (recorded,) = question["recorded"]
            assert recorded.keys() == {"transcript", "turn", "answer", "rating", "note"}
            assert recorded["note"] is None
            assert recorded["rating"].keys() == CRITERIA | {"summary", "status", "as_written"}
        first, fourth = questions[0]["recorded"][0], questions[3]["recorded"][0]
        assert first["transcript"] == 1
        assert first["answer"].startswith("I've always been fascinated")
        assert first["rating"]["status"] == "rated"
        assert first["rating"]["technical_depth"] is None
        assert first["rating"]["as_written"] is None
        assert json.dumps(fourth["rating"]["technical_depth"]) == "8"

    def test_questions_can_be_narrowed_and_counted(self, practised):
        assert [question["stage"] for question in read(practised, "questions", "--stage", "hr")] == ["HR", "HR"]
        assert [question["id"] for question in read(practised, "questions", "--limit", "2")] == [1, 2]
        assert read(practised, "questions", "--search", "Redis EVICTION", "--count") == {"count": 2}
        assert run(practised, "questions", "--count").stdout == b"10\n"

    def test_the_tables_are_plain_and_hide_the_recorded_answers(self, practised):
        shown = run(practised, "questions").stdout.decode()
        assert shown.splitlines()[0] == "ID  STAGE       ANSWERED  QUESTION"
        assert "Are there any final questions you have" in shown
        assert "fascinated" not in shown
        assert "\033" not in shown


class TestImport:
    def test_the_good_files_come_in_and_the_first_bad_one_decides(self, fresh, tmp_path):
        good, odd, empty = tmp_path / "good.txt", tmp_path / "odd.txt", tmp_path / "empty.txt"
        good.write_text(TURN)
        odd.write_text(TURN.replace("7.5", "70").replace("ask us", "ask me"))
        empty.write_text("")
        missing = tmp_path / "missing.txt"
        done = run(fresh, "import", good, odd, empty, missing, "--json", code=65)
        document = json.loads(done.stdout)
        assert document.keys() == {"files", "questions_new", "questions_known"}
        assert (document["questions_new"], document["questions_known"]) == (2, 0)
        for file in document["files"]:
            assert file.keys() == {
                "path", "format", "transcripts", "turns", "questions_new", "questions_known", "near_duplicates",
                "problems", "error",
            }  # fmt: skip
        first, second, third, fourth = document["files"]
        assert first == {
            "path": str(good), "format": "turns", "transcripts": 1, "turns": 1, "questions_new": 1,
            "questions_known": 0, "near_duplicates": 0, "problems": [], "error": None,
        }  # fmt: skip
        assert second["problems"][0].keys() == {"line", "message"}
        assert (second["turns"], second["error"]) == (1, None)
        assert third["error"]
        assert fourth["error"] == f"{missing} is not there."
        messages = done.stderr.decode()
        assert f"{odd}:{second['problems'][0]['line']}: " in messages
        assert f"{empty}: " in messages
        assert [transcript["turns"] for transcript in read(fresh, "transcripts")] == [10, 1, 1]
        (question,) = read(fresh, "questions", "--search", "What would you ask us")
        rating = question["recorded"][0]["rating"]
        assert (rating["clarity"], rating["confidence"], rating["technical_depth"]) == (7.5, 8, None)

    def test_a_path_that_is_not_there_comes_first(self, fresh, tmp_path):
        run(fresh, "import", tmp_path / "missing.txt", code=66)

    def test_a_folder_without_texts_is_no_input(self, fresh, tmp_path):
        (tmp_path / "folder").mkdir()
        assert b"holds no file" in run(fresh, "import", tmp_path / "folder", code=66).stderr

    def test_a_dry_run_changes_nothing(self, fresh, tmp_path):
        (tmp_path / "good.txt").write_text(TURN)
        assert b"would come in" in run(fresh, "import", tmp_path / "good.txt", "--dry-run").stdout
        assert len(read(fresh, "transcripts")) == 1

    def test_the_sample_is_known_already(self, fresh, sample):
        document = read(fresh, "import", sample)
        assert (document["questions_new"], document["questions_known"]) == (0, 10)
        assert len(read(fresh, "transcripts")) == 1

    def test_imported_text_cannot_steer_a_terminal(self, fresh, tmp_path):
        (tmp_path / "good.txt").write_text(TURN.replace("ask us", "\033[31m\u202eask"))
        run(fresh, "import", tmp_path / "good.txt")
        shown = run(fresh, "questions").stdout.decode()
        assert "\\x1b[31m\\u202eask" in shown
        assert "\033" not in shown
        assert "\u202e" not in shown


class TestExport:
    def test_the_sample_comes_out_byte_for_byte(self, practised, sample, tmp_path):
        assert run(practised, "export", "turns", "-").stdout == sample.read_bytes()
        out = tmp_path / "out.txt"
        out.write_text("something older")
        out.chmod(0o644)
        assert run(practised, "export", "turns", out, "--transcript", "nebula").stdout == b""
        assert out.read_bytes() == sample.read_bytes()
        if os.name != "nt":
            assert stat.S_IMODE(out.stat().st_mode) == 0o600

    @pytest.mark.parametrize("where", ["missing/out.txt", "folder", "pipe"])
    def test_what_cannot_be_created_is_73(self, practised, tmp_path, where):
        (tmp_path / "folder").mkdir()
        if where == "pipe":
            if not hasattr(os, "mkfifo"):
                pytest.skip("no named pipes here")
            os.mkfifo(tmp_path / "pipe")
        done = run(practised, "export", "turns", tmp_path / where, code=73)
        assert done.stderr.decode().startswith(f"{tmp_path / where} cannot be written")
        assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
            {"folder", where.partition("/")[0]} - {"missing"}
        )

    def test_no_such_transcript(self, practised):
        run(practised, "export", "turns", "-", "--transcript", "no such title", code=66)
        run(practised, "export", "turns", "-", "--transcript", "9" * 30, code=66)

    def test_several_transcripts_need_a_name(self, fresh, tmp_path):
        (tmp_path / "good.txt").write_text(TURN)
        run(fresh, "import", tmp_path / "good.txt")
        assert b"--transcript" in run(fresh, "export", "turns", "-", code=66).stderr
        assert run(fresh, "export", "turns", "-", "--transcript", "2").stdout == TURN.encode()


class TestMistakes:
    @pytest.mark.parametrize(
        "arguments",
        [
            ["bogus"],
            ["--bogus"],
            ["import"],
            ["import", "x", "--format", "docx"],
            ["export", "docx", "-"],
            ["questions", "--limit", "0"],
            ["attempts", "--session", "99999999999999999999"],
            ["practice", "--stage", "HR", "--search", "x"],
            ["practice", "--due", "--stage", "HR"],
        ],
        ids=" ".join,
    )
    def test_usage_is_2_and_touches_no_folder(self, tmp_path, arguments):
        done = run(tmp_path / "data", *arguments, code=2)
        assert done.stdout == b""
        assert b"usage: interview-coach" in done.stderr
        assert not (tmp_path / "data").exists()

    def test_data_in_use_is_75_for_reading_too(self, fresh):
        folder = DataFolder.claim(fresh)
        try:
            done = run(fresh, "sessions", code=75)
        finally:
            folder.release()
        assert done.stdout == b""
        assert f"process {os.getpid()}" in done.stderr.decode()

    def test_garbage_and_newer_data_are_65_and_stay(self, fresh):
        database = fresh / "coach.sqlite3"
        newer = bytearray(database.read_bytes())
        newer[60:64] = (999).to_bytes(4, "big")
        for content in (b"no database at all, but long enough to have a header".ljust(4096), bytes(newer)):
            database.write_bytes(content)
            run(fresh, "sessions", code=65)
            assert database.read_bytes() == content

    def test_an_unexpected_error_is_one_line_without_values(self, fresh, tmp_path):
        broken = Path(shutil.copytree(ROOT / "interview_coach", tmp_path / "copy" / "interview_coach"))
        shutil.copytree(ROOT / "resources", tmp_path / "copy" / "resources")
        cli = broken / "cli.py"
        cli.write_text(cli.read_text().replace("    listed = services.progress.sessions()", "    int('secret')"))
        done = subprocess.run(
            [sys.executable, "-m", "interview_coach", "--data-dir", str(fresh), "sessions"],
            cwd=tmp_path / "copy",
            env={**os.environ, "PYTHONPATH": str(tmp_path / "copy")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1
        assert re.fullmatch(r"Something unexpected happened: ValueError in cli\.py, line \d+\. .*\n", done.stderr)
        assert "secret" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="modes and users of POSIX")
class TestForbiddenPlaces:
    def coach(self, place, *arguments):
        """Run a command without root's rights, which no mode stops.

        Another user may not reach this Python at all, so the process gives its rights up once all is loaded.
        """
        warm, arguments = str(place / "warm"), [str(argument) for argument in arguments]
        program = (
            "import os, sys; from interview_coach.__main__ import main;"
            f"main(['--data-dir', {warm!r}, 'export', 'turns', {warm + '/out.txt'!r}]);"
            "os.geteuid() == 0 and os.setuid(65534);"
            f"sys.exit(main({arguments!r}))"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
        assert "Traceback" not in done.stderr
        return done

    @pytest.fixture
    def open_place(self, tmp_path):
        """A folder that another user can reach and write in."""
        for place in (tmp_path, *tmp_path.parents):
            if place.stat().st_uid == os.geteuid() and not place.stat().st_mode & 0o001:
                if place.parent == place or not place.name.startswith(("pytest-", tmp_path.name)):
                    pytest.skip(f"another user cannot reach {place}")
                place.chmod(place.stat().st_mode | 0o011)
        tmp_path.chmod(0o777)
        return tmp_path

    def test_a_folder_without_permission_is_77(self, open_place):
        folder = open_place / "data"
        folder.mkdir()
        folder.chmod(0o555)
        try:
            done = self.coach(open_place, "--data-dir", folder, "sessions")
        finally:
            folder.chmod(0o755)
        assert (done.returncode, done.stdout) == (77, "")
        assert done.stderr == f"No permission to write in the data folder {folder}. Choose another with --data-dir.\n"

    def test_a_folder_that_cannot_be_made_is_73(self, open_place):
        closed = open_place / "closed"
        closed.mkdir()
        closed.chmod(0o555)
        try:
            assert self.coach(open_place, "--data-dir", closed / "data", "sessions").returncode == 73
        finally:
            closed.chmod(0o755)

    def test_an_export_into_a_closed_folder_is_77(self, open_place):
        closed = open_place / "closed"
        closed.mkdir()
        closed.chmod(0o555)
        try:
            done = self.coach(open_place, "--data-dir", open_place / "data", "export", "turns", closed / "out.txt")
        finally:
            closed.chmod(0o755)
        assert done.returncode == 77
        assert "permission denied" in done.stderr


class TestReadOnlyDisk:
    @pytest.fixture
    def read_only(self, tmp_path):
        """A prefix that runs a command with ``tmp_path/disk`` mounted read-only."""
        disk = tmp_path / "disk"
        disk.mkdir()
        prefix = ["unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o ro none "$0" && exec "$@"', str(disk)]
        try:
            works = subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0
        except FileNotFoundError:
            works = False
        if not works:
            pytest.skip("no disk can be mounted here")
        return [*prefix, sys.executable, "-m", "interview_coach"], disk

    @pytest.mark.parametrize("folder", ["", "data"], ids=["the folder itself", "a folder to be made"])
    def test_the_data_folder_there_is_74(self, read_only, folder):
        command, disk = read_only
        done = subprocess.run(
            [*command, "--data-dir", str(disk / folder), "sessions"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 74, done.stderr
        assert "read-only disk" in done.stderr
        assert "Traceback" not in done.stderr

    def test_an_export_there_is_74(self, read_only, practised, tmp_path):
        command, disk = read_only
        data = shutil.copytree(practised, tmp_path / "data")
        done = subprocess.run(
            [*command, "--data-dir", str(data), "export", "turns", str(disk / "out.txt")],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 74, done.stderr
        assert "read-only" in done.stderr


class TestStreams:
    def test_the_version_costs_next_to_nothing(self):
        program = (
            "import sys; from interview_coach.__main__ import main; code = main(['--version']);"
            "heavy = {'argparse', 'pydantic', 'sqlmodel', 'PySide6', 're', 'pathlib'} & set(sys.modules);"
            "sys.exit(' '.join(heavy) or code)"
        )
        command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); {program}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert re.fullmatch(r"interview-coach \d+\.\d+\.\d+\n", done.stdout)

    def test_no_command_loads_qt(self, fresh):
        program = (
            "import sys; from interview_coach.__main__ import main;"
            f"code = main(['--data-dir', {str(fresh)!r}, 'sessions']);"
            "sys.exit(code or int('PySide6' in sys.modules))"
        )
        subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True)

    @pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["questions"], ["bogus"]], ids=" ".join)
    def test_a_program_without_streams_does_not_fail(self, fresh, arguments):
        program = (
            "import sys; sys.stdin = sys.stdout = sys.stderr = None; from interview_coach.__main__ import main;"
            f"sys.exit(main(['--data-dir', {str(fresh)!r}, *{arguments!r}]))"
        )
        done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (2 if arguments == ["bogus"] else 0, b"", b"")

    @pytest.mark.skipif(os.name == "nt", reason="pipes of POSIX")
    def test_a_reader_that_has_enough_is_no_error(self, fresh):
        reading, writing = os.pipe()
        os.close(reading)
        command = [sys.executable, "-m", "interview_coach", "--data-dir", str(fresh), "questions"]
        done = subprocess.run(command, cwd=ROOT, stdout=writing, stderr=subprocess.PIPE, check=False)
        os.close(writing)
        assert (done.returncode, done.stderr) == (0, b"")

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
    def test_a_full_disk_behind_the_output_is_74(self, fresh):
        command = [sys.executable, "-m", "interview_coach", "--data-dir", str(fresh), "questions"]
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
        assert (done.returncode, done.stderr) == (74, "Input/output error: no space left on device.\n")

    def test_the_folder_can_be_named_in_the_environment_and_after_the_command(self, fresh, tmp_path):
        program = [sys.executable, "-m", "interview_coach", "questions", "--count"]
        named = {**os.environ, "INTERVIEW_COACH_DATA_DIR": str(tmp_path / "named")}
        subprocess.run(program, cwd=ROOT, env=named, check=True, capture_output=True)
        assert (tmp_path / "named" / "coach.sqlite3").exists()
        named["INTERVIEW_COACH_DATA_DIR"] = str(tmp_path / "other")
        subprocess.run([*program, "--data-dir", str(fresh)], cwd=ROOT, env=named, check=True, capture_output=True)
        assert not (tmp_path / "other").exists()
