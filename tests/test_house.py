"""The rules of the house that tools check, as part of the suite."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = Path(sys.executable).parent
PACKAGING = sorted((ROOT / "packaging").glob("*.py"))


def check(*command: str | Path) -> None:
    """Run a tool in the checkout and show what it says where it is not content."""
    done = subprocess.run([*map(str, command)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.fail(f"{Path(command[0]).name} ended with {done.returncode}\n{done.stdout}{done.stderr}", pytrace=False)


def test_ruff_finds_nothing() -> None:
    check(sys.executable, "-m", "ruff", "check", "--quiet", ".")


def test_every_file_is_formatted() -> None:
    check(sys.executable, "-m", "ruff", "format", "--check", "--quiet", ".")


def test_the_types_of_the_program_hold() -> None:
    check(sys.executable, "-m", "mypy")


def test_the_types_of_the_set_up_hold() -> None:
    check(sys.executable, "-m", "mypy", "--strict", *PACKAGING)


def test_nobody_imports_upwards() -> None:
    check(SCRIPTS / "lint-imports", "--no-cache")


#: What draws: it runs in the environment that makes the bundle, and has Qt.
DRAWS = "icons.py"


@pytest.mark.parametrize("path", [path for path in PACKAGING if path.name != DRAWS], ids=lambda path: path.name)
def test_the_set_up_needs_the_standard_library_alone(path: Path) -> None:
    own = {module.stem for module in PACKAGING}
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported - own <= sys.stdlib_module_names
