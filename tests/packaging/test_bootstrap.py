"""The set-up's own decisions: which Python, what is whole, what is lacking, what went wrong."""

import errno
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


@pytest.fixture(autouse=True)
def _modules_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the modules find each other as they do when bootstrap.py is started."""
    monkeypatch.syspath_prepend(str(PACKAGING))


@pytest.fixture
def steps() -> ModuleType:
    return importlib.import_module("steps")


@pytest.fixture
def system_packages() -> ModuleType:
    return importlib.import_module("system_packages")


@pytest.fixture
def environment(tmp_path: Path):
    """A checkout with what the stamp looks at, in a folder with a space in its name."""
    root = tmp_path / "the checkout"
    (root / "packaging").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\n")
    for group in ("run", "test"):
        (root / "packaging" / f"{group}.lock").write_text(f"{group}==1\n")
    return importlib.import_module("environment").Environment(root)


def finish(environment, group: str) -> None:
    """Leave .venv as a set-up that came to its end does."""
    environment.scripts.mkdir(parents=True, exist_ok=True)
    environment.python.touch()
    environment.mark.touch()
    environment.stamp.write_text(json.dumps(environment.due(group)))


# Which Python


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_a_known_python_is_taken(version: tuple[int, int]) -> None:
    assert importlib.import_module("bootstrap").wrong_python(version, "cpython") is None


@pytest.mark.parametrize(
    ("version", "implementation", "named"),
    [((3, 10), "cpython", "Python 3.10"), ((3, 15), "cpython", "Python 3.15"), ((3, 11), "pypy", "pypy 3.11")],
)
def test_another_python_is_told_which_are_known(version: tuple[int, int], implementation: str, named: str) -> None:
    reason = importlib.import_module("bootstrap").wrong_python(version, implementation)
    assert "Python 3.11 to 3.14" in reason
    assert named in reason
    assert "\n" not in reason


def test_without_a_command_the_usage_is_shown() -> None:
    done = subprocess.run([sys.executable, PACKAGING / "bootstrap.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: ")


# What is whole


def test_only_a_finished_set_up_counts(environment) -> None:
    assert not environment.holds("run")
    finish(environment, "run")
    assert environment.holds("run")
    environment.stamp.unlink()
    assert not environment.holds("run")


def test_a_test_set_up_is_enough_to_run_but_not_the_other_way(environment) -> None:
    finish(environment, "test")
    assert environment.holds("run")
    finish(environment, "run")
    assert not environment.holds("test")


@pytest.mark.parametrize("text", ["", "{", "[]", '"run"', "null", '{"group": "other"}', '{"group": ["run"]}'])
def test_a_stamp_that_is_no_stamp_counts_for_nothing(environment, text: str) -> None:
    finish(environment, "run")
    environment.stamp.write_text(text)
    assert not environment.holds("run")


@pytest.mark.parametrize("changed", ["packaging/run.lock", "pyproject.toml"])
def test_what_was_installed_from_other_files_is_out_of_date(environment, changed: str) -> None:
    finish(environment, "run")
    (environment.root / changed).write_text("other\n")
    assert not environment.holds("run")


def test_a_set_up_without_its_python_or_in_another_place_is_out_of_date(environment, tmp_path: Path) -> None:
    finish(environment, "run")
    moved = environment.root.rename(tmp_path / "moved")
    assert not type(environment)(moved).holds("run")
    moved.rename(environment.root)
    assert environment.holds("run")
    environment.python.unlink()
    assert not environment.holds("run")


def test_a_venv_of_somebody_else_is_left_alone(environment, steps: ModuleType) -> None:
    precious = environment.folder / "pyvenv.cfg"
    environment.folder.mkdir()
    precious.write_text("theirs")
    with pytest.raises(steps.Stop, match="not made by bootstrap") as stop:
        environment.ensure("run")
    assert stop.value.code == 73
    assert precious.read_text() == "theirs"


def test_a_link_in_the_place_of_venv_is_not_followed(environment, steps: ModuleType, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "made-by-bootstrap").touch()
    environment.folder.symlink_to(elsewhere)
    with pytest.raises(steps.Stop):
        environment.ensure("run")
    assert (elsewhere / "made-by-bootstrap").exists()


def test_what_is_left_of_a_set_up_is_cleared_to_the_last_file(environment, tmp_path: Path) -> None:
    finish(environment, "run")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    (environment.folder / "link").symlink_to(outside)
    environment._clear()
    assert list(environment.folder.iterdir()) == []
    assert (outside / "kept").exists()


def test_a_missing_lock_is_told_in_one_line(environment, steps: ModuleType) -> None:
    environment.lock("run").unlink()
    with pytest.raises(steps.Stop, match=r"run\.lock is missing"):
        environment.due("run")


def test_two_set_ups_take_turns(environment) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "from environment import Environment\n"
        "with Environment(Path(sys.argv[2])).alone():\n"
        "    print('in', flush=True)\n"
    )
    command = [sys.executable, "-c", code, str(PACKAGING), str(environment.root)]
    with environment.alone():
        other = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert other.stderr is not None
        assert "waiting" in other.stderr.readline()
    out, _err = other.communicate(timeout=60)
    assert (out, other.returncode) == ("in\n", 0)


def test_the_lock_outlives_a_killed_set_up_as_long_as_its_tool_runs(environment) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from pathlib import Path\n"
        "import steps\n"
        "from environment import Environment\n"
        "tool = 'import os, sys; print(os.getppid()); open(sys.argv[1], \"w\").close(); open(sys.argv[2]).read()'\n"
        "with Environment(Path(sys.argv[2])).alone() as held:\n"
        "    steps.run_step('tool', [sys.executable, '-c', tool, *sys.argv[3:]], held=held)\n"
    )
    fifos = [environment.root / name for name in ("started", "end")]
    for fifo in fifos:
        os.mkfifo(fifo)
    command = [sys.executable, "-c", code, PACKAGING, environment.root, *fifos]
    killed = subprocess.Popen(list(map(str, command)), stderr=subprocess.DEVNULL)
    with fifos[0].open() as started:
        started.read()
    killed.kill()
    killed.wait()
    module = importlib.import_module("environment")
    with (environment.root / ".venv.lock").open("a") as file:
        assert not module._take(file.fileno(), wait=False)
        fifos[1].open("w").close()
        assert module._take(file.fileno(), wait=True)
        with (environment.root / ".venv.lock").open("a") as other:
            assert not module._take(other.fileno(), wait=False)


def test_an_interrupted_set_up_ends_what_its_tools_started(tmp_path: Path) -> None:
    started = tmp_path / "started"
    os.mkfifo(started)
    tool_of_tool = (
        "import sys, time\nwith open(sys.argv[1], 'w') as f:\n print('up', file=f, flush=True); time.sleep(90)"
    )
    tool = "import subprocess, sys; subprocess.run([sys.executable, '-c', *sys.argv[1:]])"
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "import steps\n"
        "steps.interrupt_on_signals()\n"
        "steps.run_step('tool', [sys.executable, '-c', *sys.argv[2:]])\n"
    )
    command = [sys.executable, "-c", code, str(PACKAGING), tool, tool_of_tool, str(started)]
    set_up = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    with started.open() as file:
        assert file.readline() == "up\n"
        set_up.terminate()
        assert set_up.wait(timeout=60) == 128 + signal.SIGTERM
        # The other end is closed when the last that wrote to it is gone.
        readable, _, _ = select.select([file], [], [], 30)
        assert readable
        assert file.read() == ""


# What went wrong


@pytest.mark.parametrize(
    ("output", "words", "code"),
    [
        ("ERROR: Could not install packages: [Errno 28] No space left on device", "disk is full", 74),
        ("broken by 'NewConnectionError'\nERROR: No matching distribution found for x", "can't be reached", 69),
        ("ERROR: No matching distribution found for pyside6-essentials==6.11.3", "no ready-made pyside6-ess", 69),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "hash differs", 65),
        ("OSError: [Errno 13] Permission denied: '/x'", "permission denied", 77),
        ("[Errno 30] Read-only file system", "read-only", 74),
        ("SSLError(SSLCertVerificationError: CERTIFICATE_VERIFY_FAILED)", "not trusted", 69),
        ("something\nERROR: strange thing\nmore", "strange thing", 69),
        ("", "no reason", 69),
    ],
)  # fmt: skip
def test_a_failed_pip_is_explained_in_one_line(steps: ModuleType, output: str, words: str, code: int) -> None:
    reason, exit_code = steps.why_pip_failed(output)
    assert words in reason
    assert "\n" not in reason
    assert exit_code == code


@pytest.mark.parametrize(
    ("number", "code"), [(errno.ENOSPC, 74), (errno.EACCES, 77), (errno.EROFS, 74), (errno.ENOTDIR, 73)]
)
def test_an_error_of_the_system_has_its_exit_code(steps: ModuleType, number: int, code: int) -> None:
    stop = steps.why_files_failed(OSError(number, "words", "file"))
    assert stop.code == code
    assert "file" in stop.reason


def test_a_failed_tool_gives_its_output(steps: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(steps.StepFailed) as failed:
        steps.run_step("Trying", [sys.executable, "-c", "print('why'); raise SystemExit(4)"])
    assert failed.value.output == "why\n"
    assert "Trying … failed" in capsys.readouterr().err


# What the system has


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--data-dir", "practice"], True),
        (["--data-dir=x", "--read-only"], True),
        (["--self-test"], True),
        (["--version"], False),
        (["--log-level", "debug", "import", "x"], False),
        (["practice"], False),
    ],
)
def test_only_a_start_without_a_command_needs_a_window(
    system_packages: ModuleType, arguments: list[str], *, window: bool
) -> None:
    assert system_packages.wants_window(arguments) is window


def test_without_a_display_there_is_no_platform_to_try(system_packages: ModuleType) -> None:
    assert system_packages.platform_in_use({}, []) is None
    assert system_packages.platform_in_use({"DISPLAY": ":60123"}, []) is None
    assert system_packages.platform_in_use({"WAYLAND_DISPLAY": "wayland-0"}, []) is None
    assert system_packages.platform_in_use({}, ["--self-test"]) == "offscreen"
    assert system_packages.platform_in_use({"QT_QPA_PLATFORM": "xcb:x;wayland", "DISPLAY": ""}, []) == "xcb"


@pytest.mark.parametrize("display", ["", "x", ":", ":1:2", "0", ":0.0.0", "host:-1"])
def test_what_is_no_display_does_not_answer(system_packages: ModuleType, display: str) -> None:
    assert not system_packages.x11_answers(display)


@pytest.mark.parametrize(("answer", "answers"), [(b"\x01", True), (b"\x00", True), (b"", False)])
def test_a_display_answers_when_it_says_anything(system_packages: ModuleType, answer: bytes, *, answers: bool) -> None:
    server = listening()

    def serve() -> None:
        connection, _address = server.accept()
        with connection:
            assert connection.recv(12) == b"l\0\x0b\0\0\0\0\0\0\0\0\0"
            connection.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    with server:
        number = server.getsockname()[1] - 6000
        assert system_packages.x11_answers(f"127.0.0.1:{number}.0") is answers
        thread.join()


def listening() -> socket.socket:
    """Listen on this machine at a port that some display number stands for."""
    server = socket.create_server(("127.0.0.1", 0))
    assert server.getsockname()[1] > 6000
    return server


@pytest.mark.parametrize(
    ("complaint", "lacking"),
    [
        (
            "ImportError: libEGL.so.1: cannot open shared object file: No such file or directory",
            "the library libEGL.so.1",
        ),
        ("no font\n", "a font"),
        ("qt.qpa.xcb: could not connect to display :0\nCould not load the Qt platform plugin", None),
        ('From 6.5.0, xcb-cursor0 is needed\nCould not load the Qt platform plugin "xcb"', "libraries for a window"),
        ("no window within 60 seconds", None),
        ("", None),
    ],
)
def test_what_qt_lacks_is_read_from_its_complaint(
    system_packages: ModuleType, complaint: str, lacking: str | None
) -> None:
    assert system_packages.what_is_lacking(complaint) == lacking


# What is measured


def test_a_self_test_that_says_more_or_less_than_ok_is_bad() -> None:
    complaint = importlib.import_module("self_tests").complaint
    assert complaint(0, "ok 1\n", "") is None
    assert complaint(0, "ok\nok\n", "")
    assert complaint(0, "", "")
    assert complaint(0, "not ok\n", "")
    assert complaint(0, "ok\n", "warning")
    assert "signal 11" in complaint(-11, "ok\n", "")


def test_the_bench_holds_medians_against_the_goals() -> None:
    bench = importlib.import_module("bench")
    times = {goal.beside: [100.0, 100.0, 900.0] for goal in bench.GOALS}
    times |= {goal.name: [1.0, 100.0 * goal.at_most, 5000.0] for goal in bench.GOALS}
    table, met = bench.report(times)
    assert met
    assert "MISSED" not in table
    times[bench.READY] = [121.0]
    table, met = bench.report(times)
    assert not met
    assert table.count("MISSED") == 1


def test_the_bench_tells_what_it_could_not_measure() -> None:
    bench = importlib.import_module("bench")
    with pytest.raises(bench.BenchFailed, match="ended with 3: why"):
        bench.lifetime([sys.executable, "-c", "import sys; sys.exit(sys.stderr.write('why') and 3)"])
    with pytest.raises(bench.BenchFailed, match="in the place of 2 moments"):
        bench.milestones([sys.executable, "-c", "print(1)"], 2)
