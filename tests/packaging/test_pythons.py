"""Which Pythons the set-up takes, and that it can say so to the others."""

import ast
import importlib
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parent.parent.parent / "packaging"


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_a_known_python_is_taken(version: tuple[int, int]) -> None:
    assert importlib.import_module("pythons").wrong_python(version, "cpython") is None


@pytest.mark.parametrize(
    ("version", "implementation", "named"),
    [((3, 10), "cpython", "Python 3.10"), ((3, 15), "cpython", "Python 3.15"), ((3, 11), "pypy", "pypy 3.11")],
)
def test_another_python_is_told_which_are_known(version: tuple[int, int], implementation: str, named: str) -> None:
    reason = importlib.import_module("pythons").wrong_python(version, implementation)
    assert "Python 3.11 to 3.14" in reason
    assert named in reason
    assert "\n" not in reason


@pytest.mark.parametrize("name", ["bootstrap.py", "pythons.py"])
def test_a_python_that_is_too_old_can_read_what_tells_it_so(name: str) -> None:
    tree = ast.parse((PACKAGING / name).read_text(encoding="utf-8"), feature_version=(3, 6))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert "__future__" not in names
    arguments = [argument for node in ast.walk(tree) if isinstance(node, ast.arguments) for argument in node.args]
    returned = [node.returns for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    annotations = [*(argument.annotation for argument in arguments), *returned]
    assert annotations
    # A text or one plain name; what these Pythons do with `str | None` and `tuple[int, int]` is to fail.
    assert all(isinstance(annotation, ast.Constant | ast.Name) for annotation in annotations)
