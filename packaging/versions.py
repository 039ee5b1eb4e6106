"""Which version this is and what is new in it: read from where each stands, and moved on by a release.

The version stands in interview_coach/__init__.py, what is new in resources/whats-new.md. All else is made from them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from steps import MISUSED, Stop, say

if TYPE_CHECKING:
    from pathlib import Path

APPLICATION_ID = "io.github.interview_coach.InterviewCoach"

#: The heading of what no release has yet.
NEXT = "Next"

_VERSION = re.compile(r'^__version__ = "(.+)"$', re.MULTILINE)


@dataclass(frozen=True)
class Release:
    """One version: its day as YYYY-MM-DD, empty where it is still to come, and a line for each thing that is new."""

    version: str
    day: str
    news: tuple[str, ...]


def version(root: Path) -> str:
    """Return the version of the program in this checkout."""
    told = _VERSION.search((root / "interview_coach" / "__init__.py").read_text(encoding="utf-8"))
    if told is None:
        raise Stop("interview_coach/__init__.py names no version.", MISUSED)
    return told[1]


def whats_new(root: Path) -> list[Release]:
    """Return the versions, the newest first, from resources/whats-new.md.

    Raises Stop where a line is none that such a file has.
    """
    releases: list[Release] = []
    text = (root / "resources" / "whats-new.md").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        heading = re.fullmatch(r"## (?:(\d+\.\d+\.\d+), (\d{4}-\d\d-\d\d)|(Next))", line)
        if heading:
            releases.append(Release(heading[1] or heading[3], heading[2] or "", ()))
        elif line.startswith("* ") and releases:
            last = releases.pop()
            releases.append(Release(last.version, last.day, (*last.news, line[2:])))
        elif line and not (line.startswith("# ") and number == 1):
            raise Stop(f"resources/whats-new.md, line {number}: neither a version nor a thing that is new.", MISUSED)
    return releases


def release(root: Path, new: str, today: date | None = None) -> None:
    """Make this checkout the version `new`: its number, and what stood under Next under its own heading and day.

    Raises Stop where that is no version, none that comes after, or nothing is new; then nothing is written.
    """
    numbers = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", new)
    if not numbers:
        raise Stop(f"{new} is no version: it takes three numbers, as 1.2.0.", MISUSED)
    old = version(root)
    if tuple(map(int, numbers.groups())) <= tuple(map(int, old.split("."))):
        raise Stop(f"{new} does not come after {old}.", MISUSED)
    releases = whats_new(root)
    if not releases or releases[0].version != NEXT or not releases[0].news:
        raise Stop("resources/whats-new.md: nothing stands under “## Next”.", MISUSED)
    news = root / "resources" / "whats-new.md"
    day = (today or date.today()).isoformat()  # noqa: DTZ011 - the day where the person is
    told = news.read_text(encoding="utf-8").replace(f"## {NEXT}\n", f"## {new}, {day}\n", 1)
    news.write_text(told, encoding="utf-8", newline="\n")
    init = root / "interview_coach" / "__init__.py"
    written = _VERSION.sub(f'__version__ = "{new}"', init.read_text(encoding="utf-8"))
    init.write_text(written, encoding="utf-8", newline="\n")
    say(f"This is {new} now. To publish it: git commit -am 'Release {new}' && git tag v{new} && git push --tags")
