"""What the tests of the set-up share: its modules, which stand in no package."""

import importlib
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
