"""What the person set: ``settings.json``, and ``window.json`` for what the first paint needs.

Two files, since the window is painted before pydantic is imported. A file that cannot be read is set aside, never
overwritten, and the defaults hold; a single value that is odd falls back to its default alone.
"""

import contextlib
import json
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from interview_coach.storage.files import replace_file

if TYPE_CHECKING:  # the real import is late: pydantic is not on the way to the first paint
    from interview_coach.domain.preferences import Preferences

THEMES = ("system", "light", "dark", "high-contrast")
TEXT_SIZES = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0)


class WindowState(NamedTuple):
    """How the window looked when it was closed. ``geometry`` is Qt's own form of it, in base 64."""

    theme: str = "system"
    text_size: float = 1.0
    geometry: str = ""


def read_window(path: Path) -> WindowState:
    """Return the window's state, value by value: what is missing or odd is the default."""
    written = _read(path)
    state = WindowState()
    kept: dict[str, Any] = {}
    for name, usual in state._asdict().items():
        value = written.get(name)
        if isinstance(value, type(usual)):
            kept[name] = value
    read = WindowState(**kept)
    return WindowState(
        theme=read.theme if read.theme in THEMES else state.theme,
        text_size=min(max(read.text_size, TEXT_SIZES[0]), TEXT_SIZES[-1]) if isfinite(read.text_size) else 1.0,
        geometry=read.geometry,
    )


def write_window(path: Path, state: WindowState) -> None:
    """Store the window's state; raises OSError."""
    _write(path, state._asdict())


def read_preferences(path: Path) -> "Preferences":
    """Return the person's choices about practising, value by value: what is missing or odd is the default."""
    from pydantic import ValidationError  # late: see the module's first lines

    from interview_coach.domain.preferences import Preferences

    written = _read(path)
    aims = written.get("aims")
    single = [{name: value} for name, value in written.items() if name != "aims"]
    single += [{"aims": {stage: aim}} for stage, aim in aims.items()] if isinstance(aims, dict) else []
    kept: dict[str, Any] = {"aims": {}}
    for value in single:
        try:
            Preferences.model_validate(value)
        except ValidationError:
            continue
        kept["aims"].update(value.pop("aims", {}))
        kept.update(value)
    return Preferences.model_validate(kept)


def write_preferences(path: Path, preferences: "Preferences") -> None:
    """Store the person's choices about practising; raises OSError."""
    _write(path, preferences.model_dump(mode="json"))


def _read(path: Path) -> dict[str, Any]:
    try:
        written: object = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(written, dict):
            raise TypeError("settings are one object")
    except OSError:
        return {}
    except (ValueError, TypeError, RecursionError):
        _set_aside(path)
        return {}
    return written


def _write(path: Path, values: dict[str, Any]) -> None:
    replace_file(path, json.dumps(values, indent=2).encode() + b"\n")


def _set_aside(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.replace(path.with_name(path.name + ".unreadable"))
