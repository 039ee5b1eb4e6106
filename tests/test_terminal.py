"""The practice loop in a terminal, as a program at the other end of a pipe and a person at a keyboard meet it."""

import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.warm import COMMANDS

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "interview_coach"]
CLARITY = "Clarity 1–10, Enter = not rated: "
CONFIDENCE = "Confidence 1–10, Enter = not rated: "
DEPTH = "Technical depth 1–10, Enter = not rated: "
NEXT_TIME = "Next time I will … (Enter = nothing): "


@pytest.fixture
def coach(tmp_path):
    """Run a command on a folder of its own, with what is typed; returns what it printed."""

    def run(*arguments, feed="", code=0, **environment):
        done = COMMANDS.run(
            ["--data-dir", str(tmp_path / "data"), *arguments],
            {**os.environ, **environment},
            feed.encode() if isinstance(feed, str) else feed,
            from_start=bool(environment),
        )
        assert (done.returncode, done.stderr.decode()) == (code, "")
        return done.stdout.decode("utf-8")

    return run


@pytest.fixture
def attempts(coach):
    return lambda: json.loads(coach("attempts", "--json"))


@pytest.fixture
def state(coach):
    return lambda: [(session["mode"], session["state"]) for session in json.loads(coach("sessions", "--json"))]


class TestLoop:
    def test_a_technical_question_from_header_to_summary(self, coach, attempts, state):
        shown = coach("practice", "--search", "connection pooling implement", "--count", "1",
                      feed="A pool.\n.\n11\nlots\n 7 \n7.5\n\n10\nNext time I will  say why.\n")  # fmt: skip
        assert "TECHNICAL · 1 of 1\nHow would you implement connection pooling in PostgreSQL" in shown
        assert shown.count(CLARITY) == 3
        assert shown.count(CONFIDENCE) == 2
        assert shown.count(DEPTH) == 1
        before, _, after = shown.partition("Recorded answer:\nTo implement connection pooling")
        assert "PgBouncer" not in before
        assert DEPTH in before
        assert "given by a language model: Clarity 8, Confidence 9, Technical depth 8" in after
        assert "(clarity is 8 in all 10 rated turns of this transcript: it says nothing about the answer)" in after
        assert "\n1. To implement connection pooling" in after
        assert "\n3. Additionally" in after
        assert NEXT_TIME in after
        assert after.splitlines()[-1].startswith("Practice finished: 1 answered, 0 skipped, ")
        (attempt,) = attempts()
        assert attempt["text"] == "A pool."
        assert attempt["rating"] == {"clarity": 7, "confidence": None, "technical_depth": 10}
        assert attempt["resolution"] == "say why."
        assert state() == [("practice", "finished")]

    def test_elsewhere_technical_depth_is_neither_asked_nor_given(self, coach):
        shown = coach("practice", feed="Money.\n.\n7\n7\n")
        assert DEPTH not in shown
        assert "Clarity 8, Confidence 9, Technical depth not rated" in shown

    def test_an_empty_answer_is_not_rated_and_compared_at_once(self, coach, attempts):
        shown = coach("practice", "--count", "1", feed=".\n\n")
        assert CLARITY not in shown
        assert "Recorded answer:" in shown
        (attempt,) = attempts()
        assert (attempt["state"], attempt["text"], attempt["resolution"]) == ("submitted", "", None)

    def test_the_last_resolution_is_shown_with_the_question(self, coach):
        coach("practice", "--count", "1", feed=".\nname one number\n")
        shown = coach("practice", "--transcript", "1", "--count", "1")
        assert "Last time you wrote: “Next time I will name one number”" in shown

    def test_a_line_of_two_dots_is_a_dot_and_blank_lines_stay(self, coach, attempts):
        coach("practice", feed="one\n..\n\n...\n .\n.\n")
        assert attempts()[0]["text"] == "one\n.\n\n...\n ."

    def test_commands_count_in_the_first_line_only(self, coach, attempts, state):
        coach("practice", feed=":skip\nText\n:skip\n:quit\n.\n\n\n\n:quit\n")
        first, second = attempts()
        assert (first["state"], first["submitted"]) == ("skipped", None)
        assert second["text"] == "Text\n:skip\n:quit"
        assert state() == [("practice", "paused")]

    @pytest.mark.parametrize("command", [":pause", ":quit"])
    def test_pause_and_quit_leave_the_session_to_be_resumed(self, coach, attempts, state, command):
        shown = coach("practice", feed=f":skip\n{command}\nnot read\n")
        assert "Paused at question 2 of 10." in shown
        assert state() == [("practice", "paused")]
        assert "HR · 2 of 10" in coach("practice")
        assert len(attempts()) == 1

    def test_options_start_anew_and_pause_the_other(self, coach, state):
        coach("practice")
        coach("practice", "--stage", "technical")
        assert state() == [("practice", "paused"), ("practice", "paused")]

    def test_other_bytes_than_utf_8_and_nul_do_no_harm(self, coach, attempts):
        shown = coach("practice", feed=b"caf\xe9 \x00 gr\xc3\xbcn\r\n.\r\n8\r\n", LC_ALL="C", PYTHONUTF8="0")
        assert CONFIDENCE in shown
        assert attempts()[0]["text"] == "caf\ufffd \ufffd grün"


class TestMockInterview:
    def test_ratings_are_asked_after_the_last_answer_and_compared_after_that(self, coach, attempts, state):
        feed = "First.\n.\n.\nThird.\n.\n" + "4\n5\n" + "6\n7\n" + "one\ntwo\nthree\n"
        shown = coach("practice", "--mock", "--count", "3", feed=feed)
        order = ["INTRO · 1 of 3", "HR · 2 of 3", "HR · 3 of 3", "INTRO · 1 of 3", "HR · 3 of 3", "INTRO · 1 of 3"]
        headers = [line for line in shown.splitlines() if " of 3" in line]
        assert headers[:6] == order
        assert shown.rindex(CLARITY) < shown.index("Recorded answer:")
        assert "Your answer:\nThird.\n" in shown
        assert "Mock interview finished: 3 answered, 0 skipped" in shown
        assert [attempt["rating"]["clarity"] for attempt in attempts()] == [4, None, 6]
        assert [attempt["resolution"] for attempt in attempts()] == ["one", "two", "three"]
        assert state() == [("mock", "finished")]

    def test_it_can_be_left_before_the_ratings(self, coach, state):
        coach("practice", "--mock", "--count", "2", feed="First.\n.\nSecond.\n.\n")
        assert state() == [("mock", "paused")]
        shown = coach("practice", feed="4\n5\n6\n7\n\n\n")
        assert "INTRO · 1 of 2" in shown
        assert "Your answer:\nFirst.\n" in shown
        assert state() == [("mock", "finished")]


class TestEndOfInput:
    def test_before_any_text_nothing_is_stored(self, coach, attempts, state):
        assert "Paused at question 1 of 10." in coach("practice")
        assert attempts() == []
        assert state() == [("practice", "paused")]

    def test_in_an_answer_it_stays_a_draft_that_can_be_gone_on_with(self, coach, attempts):
        coach("practice", feed="one\ntwo, cut o")
        (draft,) = attempts()
        assert (draft["state"], draft["text"], draft["submitted"]) == ("draft", "one\ntwo, cut o", None)
        shown = coach("practice", feed="three\n.\n")
        assert "So far:\none\ntwo, cut o\n" in shown
        (answer,) = attempts()
        assert (answer["id"], answer["state"], answer["text"]) == (draft["id"], "submitted", "one\ntwo, cut o\nthree")

    def test_at_a_rating_nothing_more_is_stored(self, coach, attempts):
        coach("practice", feed="one\n.\n7\n")
        (attempt,) = attempts()
        assert attempt["state"] == "submitted"
        assert set(attempt["rating"].values()) == {None}
        assert attempt["reference"] is None
        shown = coach("practice", feed="8\n9\n")
        assert "Your answer:\none\n" in shown
        assert shown.count(CLARITY) == 1
        assert attempts()[0]["rating"] == {"clarity": 8, "confidence": 9, "technical_depth": None}

    def test_at_the_line_for_next_time_the_question_is_not_over(self, coach, attempts):
        coach("practice", feed="one\n.\n7\n8\n")
        assert attempts()[0]["points"] == []
        shown = coach("practice", feed="be brief\n")
        assert CLARITY not in shown
        assert "Recorded answer:" in shown
        assert "HR · 2 of 10" in shown
        assert attempts()[0]["resolution"] == "be brief"


class Running:
    """A practice session in a process that waits for lines; what it prints is collected as it comes."""

    def __init__(self, folder, stdin):
        self.process = subprocess.Popen(
            [*COMMAND, "--data-dir", str(folder), "practice"],
            cwd=ROOT, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    def wait_for(self, text):
        """Read up to a text; a watchdog ends a process that never prints it."""
        watchdog = threading.Timer(30, self.process.kill)
        watchdog.start()
        shown = b""
        while text.encode() not in shown:
            byte = self.process.stdout.read(1)
            if not byte:
                pytest.fail(f"the program ended, having said {shown.decode()!r}")
            shown += byte
        watchdog.cancel()
        return shown.decode()


@pytest.fixture
def start(tmp_path):
    started = []

    def run(stdin=subprocess.PIPE):
        running = Running(tmp_path / "data", stdin)
        started.append(running.process)
        return running

    yield run
    for process in started:
        process.kill()
        process.communicate()


def committed(log, text):
    """Return whether a write-ahead log holds a text and, from there on, a frame that ends a transaction."""
    page = int.from_bytes(log[8:12], "big") or 4096
    frames = range(32, len(log) - page - 23, page + 24)
    holding = next((start for start in frames if text in log[start + 24 : start + 24 + page]), len(log))
    return any(log[start + 4 : start + 8] != bytes(4) for start in frames if start >= holding)


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
class TestSignals:
    def type_draft(self, running):
        """Have a draft stored: the next question's first line is read only once the one before is in the database."""
        running.wait_for("software engineering?\n")
        running.process.stdin.write(b"one\n.\n\n\n\ntwo\nthree\n:skip\n")
        running.process.stdin.flush()
        running.wait_for("HR · 2 of 10")
        folder = Path(running.process.args[running.process.args.index("--data-dir") + 1])
        log = folder / "coach.sqlite3-wal"
        deadline = time.monotonic() + 30
        while not committed(log.read_bytes(), b"two\nthree\n:skip"):
            assert running.process.poll() is None
            assert time.monotonic() < deadline, "the draft never reached the disk"

    def test_after_kill_9_the_draft_is_offered(self, start, coach, attempts):
        running = start()
        self.type_draft(running)
        running.process.kill()
        running.process.wait()
        shown = coach("practice")
        assert "HR · 2 of 10" in shown
        assert "So far:\ntwo\nthree\n:skip\n" in shown
        assert attempts()[1]["state"] == "draft"

    @pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
    def test_a_signal_pauses(self, start, attempts, state, number, code):
        running = start()
        self.type_draft(running)
        running.process.send_signal(number)
        rest, messages = running.process.communicate(timeout=30)
        assert (running.process.returncode, messages) == (code, b"")
        assert b"Paused at question 2 of 10." in rest
        assert state() == [("practice", "paused")]
        assert attempts()[1]["text"] == "two\nthree\n:skip"


@pytest.mark.skipif(os.name == "nt", reason="terminals of POSIX")
class TestKeyboard:
    @pytest.fixture
    def keyboard(self):
        """A terminal: what is written to the first end is typed at the second."""
        ours, theirs = os.openpty()
        yield ours, theirs
        os.close(ours)
        os.close(theirs)

    def test_ctrl_d_after_text_submits_and_at_a_prompt_pauses(self, start, keyboard, attempts, state):
        ours, theirs = keyboard
        running = start(theirs)
        running.wait_for("software engineering?\n")
        os.write(ours, b"one\ntwo\n\x04")
        running.wait_for(CLARITY)
        os.write(ours, b"\x04")
        assert running.process.wait(30) == 0
        (attempt,) = attempts()
        assert (attempt["state"], attempt["text"]) == ("submitted", "one\ntwo")
        assert set(attempt["rating"].values()) == {None}
        assert state() == [("practice", "paused")]

    def test_ctrl_d_before_text_pauses(self, start, keyboard, attempts):
        ours, theirs = keyboard
        running = start(theirs)
        running.wait_for("software engineering?\n")
        os.write(ours, b"\x04")
        assert running.process.wait(30) == 0
        assert attempts() == []

    def test_a_long_line_pasted_into_a_terminal_arrives_whole(self, tmp_path, keyboard, attempts):
        pytest.importorskip("readline")
        termios = pytest.importorskip("termios")
        ours, theirs = keyboard
        process = subprocess.Popen(
            [*COMMAND, "--data-dir", str(tmp_path / "data"), "practice"],
            cwd=ROOT, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, env={**os.environ, "TERM": "xterm"},
        )  # fmt: skip
        screen = b""

        def look(until):
            """Read the screen until something is so; the process is ended where that takes too long."""
            nonlocal screen
            deadline = time.monotonic() + 30
            while not until():
                if time.monotonic() > deadline:
                    process.kill()
                    pytest.fail(f"the terminal shows {screen[-300:]!r}")
                if select.select([ours], [], [], 0.1)[0]:
                    screen += os.read(ours, 65536)

        look(lambda: b"engineering?" in screen and not termios.tcgetattr(theirs)[3] & termios.ICANON)
        line = b"word " * 2000 + b"end"
        typing = threading.Thread(target=os.write, args=(ours, line + b"\r.\r"), daemon=True)
        typing.start()
        look(lambda: CLARITY.encode() in screen)
        typing.join()
        os.write(ours, b"\x04")
        look(lambda: process.poll() is not None)
        assert process.communicate()[1] == b""
        assert process.returncode == 0
        assert attempts()[0]["text"] == line.decode()
