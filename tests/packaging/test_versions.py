"""What is new, and how a release moves the version on."""

import importlib
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path

import pytest

from interview_coach import APPLICATION_ID, __version__

ROOT = Path(__file__).parent.parent.parent

NEWS = """\
# What is new in Interview Coach

## Next

* One thing
* Another <thing>

## 0.9.0, 2026-03-02

* The first
"""


@pytest.fixture
def versions():
    return importlib.import_module("versions")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for place, text in (
        ("interview_coach/__init__.py", '"""A program."""\n\n__version__ = "0.9.0"\n\nNAME = "x"\n'),
        ("resources/whats-new.md", NEWS),
    ):
        (tmp_path / place).parent.mkdir()
        (tmp_path / place).write_text(text, encoding="utf-8")
    return tmp_path


def both(root: Path) -> tuple[str, str]:
    return (
        (root / "interview_coach" / "__init__.py").read_text(encoding="utf-8"),
        (root / "resources" / "whats-new.md").read_text(encoding="utf-8"),
    )


def test_a_release_takes_what_is_new_and_the_day(versions, checkout: Path) -> None:
    versions.release(checkout, "0.10.0", date(2026, 4, 1))
    assert versions.version(checkout) == "0.10.0"
    init, news = both(checkout)
    assert init == '"""A program."""\n\n__version__ = "0.10.0"\n\nNAME = "x"\n'
    assert news == NEWS.replace("## Next", "## 0.10.0, 2026-04-01")
    assert versions.whats_new(checkout) == [
        versions.Release("0.10.0", "2026-04-01", ("One thing", "Another <thing>")),
        versions.Release("0.9.0", "2026-03-02", ("The first",)),
    ]


@pytest.mark.parametrize(
    ("new", "reason"),
    [("1.0", "no version"), ("v1.0.0", "no version"), ("0.9.0", "not come after"), ("0.8.9", "not come after")],
)
def test_what_is_no_next_version_changes_nothing(versions, steps, checkout: Path, new: str, reason: str) -> None:
    before = both(checkout)
    with pytest.raises(steps.Stop) as stop:
        versions.release(checkout, new)
    assert reason in stop.value.reason
    assert both(checkout) == before


@pytest.mark.parametrize("news", ["# What is new\n", "## Next\n\n## 0.9.0, 2026-03-02\n\n* The first\n"])
def test_without_anything_new_there_is_no_release(versions, steps, checkout: Path, news: str) -> None:
    (checkout / "resources" / "whats-new.md").write_text(news, encoding="utf-8")
    with pytest.raises(steps.Stop) as stop:
        versions.release(checkout, "1.0.0")
    assert "nothing stands under" in stop.value.reason
    assert versions.version(checkout) == "0.9.0"


def test_a_line_that_such_a_file_has_not_is_named(versions, steps, checkout: Path) -> None:
    (checkout / "resources" / "whats-new.md").write_text("# New\n\n## Next\n- a dash\n", encoding="utf-8")
    with pytest.raises(steps.Stop) as stop:
        versions.whats_new(checkout)
    assert "line 4" in stop.value.reason


def test_this_version_has_its_news_and_everything_the_same_name(versions) -> None:
    assert versions.version(ROOT) == __version__
    assert versions.APPLICATION_ID == APPLICATION_ID
    released = [each for each in versions.whats_new(ROOT) if each.day]
    assert released[0].version == __version__
    assert all(each.news for each in released)
    told = importlib.import_module("installers").metainfo(ROOT)
    component = ET.fromstring(told)  # noqa: S314 - our own words
    assert component.findtext("id") == APPLICATION_ID
    shown = [(each.get("version"), each.get("date")) for each in component.iter("release")]
    assert shown == [(each.version, each.day) for each in released]
