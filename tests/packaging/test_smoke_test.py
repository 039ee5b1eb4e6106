"""That the smoke test sees what goes wrong: programs that misbehave in one way each."""

import importlib
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the programs are shell scripts")


@pytest.fixture
def smoke_test():
    return importlib.import_module("smoke_test")


@pytest.fixture
def trial(smoke_test, tmp_path: Path):
    """Try a shell script as if it were the program."""

    def make(script: str):
        program = tmp_path / "program"
        program.write_text(f"#!/bin/sh\n{script}\n")
        program.chmod(0o755)
        return smoke_test.Trial(str(program), tmp_path, "1.2.3")

    return make


def test_what_ends_well_and_says_what_it_should_passes(trial) -> None:
    assert trial("echo ok").run("--version", says="ok\n") == "ok\n"
    trial("echo usage: no >&2; exit 2").run("x", code=2, errors="usage: .*")


@pytest.mark.parametrize(
    ("script", "said"),
    [("exit 1", "ended with 1"), ("echo ok; echo warning >&2", "warning"), ("echo more; echo ok", "more")],
)
def test_an_exit_code_a_word_on_errors_and_a_word_too_many_do_not(smoke_test, trial, script: str, said: str) -> None:
    with pytest.raises(smoke_test.WrongError, match=said):
        trial(script).run("--version", says="ok\n")


def test_a_crash_and_a_core_file_are_seen(smoke_test, trial, tmp_path: Path) -> None:
    it = trial("true")
    (tmp_path / "crash.log").touch()
    it.left_nothing_behind()
    (tmp_path / "core.17").touch()
    with pytest.raises(smoke_test.WrongError, match=r"core\.17"):
        it.left_nothing_behind()
    (tmp_path / "core.17").unlink()
    (tmp_path / "crash.log").write_text("Segmentation fault")
    with pytest.raises(smoke_test.WrongError, match=r"crash\.log"):
        it.left_nothing_behind()


def test_a_self_test_that_fails_now_and_then_is_seen(smoke_test, trial) -> None:
    trial("echo ok").tests_itself(3)
    with pytest.raises(smoke_test.WrongError, match="1 of 4"):
        trial('mkdir "$(dirname "$0")/first" 2>/dev/null && exit 1; echo ok').tests_itself(4)


def test_every_step_is_tried_and_the_window_only_where_it_can_be(smoke_test, trial) -> None:
    it = trial("true")
    names = [name for name, _step in smoke_test.steps(it, 8, window=False)]
    assert "window" not in names
    assert [name for name, _step in smoke_test.steps(it, 8, window=True) if name not in names] == ["window"]
    assert len(names) == len(set(names)) == 8


def test_a_program_that_is_not_there_is_said(smoke_test, capsys: pytest.CaptureFixture[str]) -> None:
    assert smoke_test.main(["/no/such/program"]) == 2
    assert "no program" in capsys.readouterr().err
