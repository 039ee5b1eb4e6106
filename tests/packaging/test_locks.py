"""The lock files are whole: every package pinned with its hashes, for every known Python and system, from nowhere in
particular."""

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent.parent
GROUPS = ("run", "test", "bundle")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SYSTEMS = (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def entries(group: str) -> list[tuple[Requirement, list[str]]]:
    """Return each requirement of a lock file with its hashes."""
    text = (ROOT / "packaging" / f"{group}.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            wanted, *hashes = re.split(r"\s+--hash=", line.strip())
            found.append((Requirement(wanted), [name.strip() for name in hashes]))
    return found


def environment(python: str, system: tuple[str, str]) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": system[0],
        "platform_system": system[1],
        "implementation_name": "cpython",
        "platform_python_implementation": "CPython",
    }


def pins(group: str, python: str, system: tuple[str, str]) -> dict[str, str]:
    """Return the versions that a lock file installs on one Python and system."""
    chosen: dict[str, str] = {}
    for requirement, _hashes in entries(group):
        if requirement.marker is None or requirement.marker.evaluate(environment(python, system)):
            assert requirement.name not in chosen, f"{requirement.name} is pinned twice"
            chosen[canonicalize_name(requirement.name)] = next(iter(requirement.specifier)).version
    return chosen


@pytest.mark.parametrize("group", GROUPS)
def test_each_entry_is_one_version_with_hashes(group: str) -> None:
    locked = entries(group)
    assert locked
    for requirement, hashes in locked:
        assert [clause.operator for clause in requirement.specifier] == ["=="], requirement
        assert requirement.url is None
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value) for value in hashes), requirement


@pytest.mark.parametrize("group", GROUPS)
def test_no_address_is_named(group: str) -> None:
    text = (ROOT / "packaging" / f"{group}.lock").read_text(encoding="utf-8")
    assert not re.search(r"://|--(extra-)?index|--find-links|\bfile:|@\s", text)


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system[0])
@pytest.mark.parametrize("group", GROUPS)
def test_the_lock_gives_what_the_project_asks_for(group: str, python: str, system: tuple[str, str]) -> None:
    wanted = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["build"]]
    wanted += PROJECT["dependency-groups"][{"run": "build", "test": "dev", "bundle": "bundle"}[group]]
    locked = pins(group, python, system)
    for line in wanted:
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate(environment(python, system)):
            assert requirement.specifier.contains(locked[canonicalize_name(requirement.name)]), line


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("group", ["test", "bundle"])
def test_all_locks_have_the_same_versions(group: str, python: str) -> None:
    assert pins("run", python, SYSTEMS[0]).items() <= pins(group, python, SYSTEMS[0]).items()


def test_python_below_3_12_gets_a_qt_that_counts_references() -> None:
    qt = [pins("run", python, SYSTEMS[0])["pyside6-essentials"] for python in ("3.11", "3.12")]
    assert [int(part) for part in qt[0].split(".")[:2]] < [6, 12]
    assert qt[1] != qt[0]


def test_a_void_call_keeps_its_reference_to_none() -> None:
    from PySide6.QtCore import QObject

    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2000):
        thing.setObjectName("name")
    # Elsewhere a few references come and go; one per call is a Qt that ends the program sooner or later.
    assert abs(sys.getrefcount(None) - before) < 1000


def test_every_known_python_is_declared() -> None:
    classifiers = PROJECT["project"]["classifiers"]
    assert [f"Programming Language :: Python :: {python}" in classifiers for python in PYTHONS] == [True] * len(PYTHONS)
