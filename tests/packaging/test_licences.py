"""Which licences come along, and that each package names one."""

import importlib
from pathlib import Path

import pytest


@pytest.fixture
def licences(monkeypatch: pytest.MonkeyPatch):
    module = importlib.import_module("licences")
    # Here the bundle is not made: what else is installed stands for its starter.
    monkeypatch.setattr(module, "BOOTLOADER", "pytest")
    return module


def test_all_that_the_program_needs_and_no_more(licences) -> None:
    names = [package.metadata["Name"].lower().replace("_", "-") for package in licences.closure("interview-coach")]
    assert names == sorted(names)
    assert {"pyside6-essentials", "shiboken6", "sqlalchemy", "pydantic-core", "mdurl"} <= set(names)
    assert not {"pytest", "ruff", "hypothesis"} & set(names)


def test_each_is_named_with_its_licence_and_its_wording(licences, tmp_path: Path) -> None:
    readme, *files = licences.write(tmp_path / "licences", "1.2.3")
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("Interview Coach 1.2.3:")
    listed = {line.split()[0].lower() for line in text.partition("In here:")[2].splitlines() if line}
    assert {"pyside6_essentials", "sqlmodel", "rapidfuzz", "pytest"} <= listed
    names = {path.relative_to(readme.parent).as_posix() for path in files}
    assert {"LGPL-3.0.txt", "GPL-3.0.txt", "Qt-third-party.txt", "Python.txt", "pydantic/LICENSE"} <= names
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in (readme.parent / "Python.txt").read_text().upper()
    assert all(path.stat().st_size > 200 for path in files)


def test_a_package_without_a_licence_stops_it(licences, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(licences, "_said", lambda *_: "")
    monkeypatch.setattr(licences, "_short", lambda *_: "")
    with pytest.raises(ValueError, match="names no licence"):
        licences.write(tmp_path / "licences", "1.2.3")
