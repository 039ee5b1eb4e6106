"""The set-up's own decisions: what is whole, what went wrong."""

import ast
import errno
import graphlib
import importlib
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


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


# How it is called


def test_without_a_command_the_usage_is_shown() -> None:
    done = subprocess.run([sys.executable, PACKAGING / "bootstrap.py"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("usage: ")


def test_no_module_needs_one_that_needs_it() -> None:
    modules = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGING.glob("*.py")}
    needs: dict[str, set[str]] = {}
    for name, tree in modules.items():
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        needs[name] = imported & modules.keys()
    assert needs["bootstrap"]
    graphlib.TopologicalSorter(needs).prepare()


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
