import json
import os
from datetime import date

import pytest

from interview_coach.domain.preferences import Interview, Preferences
from interview_coach.settings import WindowState, read_preferences, read_window, write_preferences, write_window


@pytest.fixture
def path(tmp_path):
    return tmp_path / "settings.json"


DAMAGED = [b"{", b"", b"\xff\xfe", b"[1, 2]", b"null", b"[" * 200_000]


def test_what_was_set_is_read_again(path):
    chosen = Preferences(show_timer=False, depth_everywhere=True, words_a_minute=120, aims={"HR": (30, 60)})
    write_preferences(path, chosen)
    assert read_preferences(path) == chosen
    state = WindowState(theme="dark", text_size=1.3, geometry="AdnQywAD")
    write_window(path, state)
    assert read_window(path) == state


def test_several_interviews_are_read_again(path):
    later = (Interview(day=date(2026, 4, 1), search="stage:hr"), Interview(day=date(2026, 3, 1)))
    chosen = Preferences(interview_day=date(2026, 3, 9), planned_search="tag:redis", further_interviews=later)
    write_preferences(path, chosen)
    assert read_preferences(path) == chosen
    assert [each.day for each in chosen.interviews] == [date(2026, 3, 1), date(2026, 3, 9), date(2026, 4, 1)]
    assert Preferences(further_interviews=later[:1]).interviews == later[:1]


def test_nothing_set_gives_the_defaults_and_makes_no_file(path):
    assert read_preferences(path) == Preferences()
    assert read_window(path) == WindowState()
    assert not path.exists()


@pytest.mark.parametrize("content", DAMAGED, ids=range(len(DAMAGED)))
@pytest.mark.parametrize(("read", "default"), [(read_preferences, Preferences()), (read_window, WindowState())])
def test_a_damaged_file_is_set_aside(path, content, read, default):
    path.write_bytes(content)
    assert read(path) == default
    assert not path.exists()
    assert path.with_name("settings.json.unreadable").read_bytes() == content


def test_odd_choices_fall_back_one_by_one(path):
    written = {
        "show_timer": False, "depth_everywhere": "perhaps", "words_a_minute": 9000, "of_a_newer_program": [1],
        "aims": {"HR": [30, 60], "INTRO": [1, 2], "TECHNICAL": "long"},
    }  # fmt: skip
    path.write_text(json.dumps(written))
    assert read_preferences(path) == Preferences(show_timer=False, aims={"HR": (30, 60)})
    path.write_text('{"aims": 7, "words_a_minute": 100}')
    assert read_preferences(path) == Preferences(words_a_minute=100)


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ('{"theme": "purple", "text_size": 1.3}', WindowState(text_size=1.3)),
        ('{"theme": 7, "geometry": "abc"}', WindowState(geometry="abc")),
        ('{"text_size": 99.0}', WindowState(text_size=2.0)),
        ('{"text_size": 0.01}', WindowState(text_size=0.8)),
        ('{"text_size": NaN}', WindowState()),
        ('{"text_size": Infinity, "theme": "dark"}', WindowState(theme="dark")),
        ('{"text_size": "large", "unknown": 1}', WindowState()),
    ],
)
def test_odd_window_values_fall_back_one_by_one(path, written, state):
    path.write_text(written)
    assert read_window(path) == state


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(path, monkeypatch):
    write_window(path, WindowState(theme="dark"))
    before = path.read_bytes()

    def full(_descriptor):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            write_window(path, WindowState(theme="light"))
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes, and links need rights")
def test_settings_are_private_and_a_link_stays_a_link(path, tmp_path):
    target = tmp_path / "elsewhere.json"
    target.write_text("{}")
    path.symlink_to(target)
    write_preferences(path, Preferences())
    assert path.is_symlink()
    assert target.stat().st_mode & 0o777 == 0o600
    assert read_preferences(path) == Preferences()
