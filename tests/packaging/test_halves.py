"""The suite in two halves: no test is left out, and a failure in either is one of the whole."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

TESTS = Path(__file__).parent.parent
PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir"]


@pytest.fixture
def halves() -> ModuleType:
    import halves

    return halves


def test_every_test_file_is_in_one_half(halves: ModuleType) -> None:
    shown, beside = halves.halves(TESTS)
    ignored = [Path(word.removeprefix("--ignore=")) for word in shown if word.startswith("--ignore=")]
    assert [str(path) for path in ignored] == beside
    assert shown[0] == str(TESTS)
    assert {path.name for path in ignored if path.is_dir()} == set(halves.BESIDE)


@pytest.mark.parametrize(("failing", "code"), [(None, 0), ("faults/test_one.py", 1), ("ui/test_two.py", 1)])
def test_a_failure_in_either_half_is_one_of_both(
    halves: ModuleType, tmp_path: Path, capfd: pytest.CaptureFixture[str], failing: str | None, code: int
) -> None:
    tests = tmp_path / "tests"
    for name in ("faults/test_one.py", "ui/test_two.py", "test_three.py"):
        file = tests / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"def test_it():\n    assert {name != failing}\n", encoding="utf-8")
    assert halves.run([*PYTEST, str(tests)], tests, os.environ) == code
    lines = capfd.readouterr().out
    assert ("1 failed" in lines) is (code == 1)
    assert ("1 passed in" in lines and "2 passed in" in lines) is (code == 0)  # both are told
