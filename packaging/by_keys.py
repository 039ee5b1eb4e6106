"""Practise with the program's window as a person at a keyboard does: on a display of its own, by keys alone.

Needs Xvfb and xdotool, and what Qt loads to open a window on X.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

TOOLS = ("Xvfb", "xdotool")

#: Seconds that a window, and each step with it, may take.
PATIENCE = 60


def missing() -> list[str]:
    """Return which of the tools are not on this machine."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


@contextlib.contextmanager
def screen() -> Iterator[dict[str, str] | None]:
    """Start an X server with nothing on it; give the environment that leads to it, or None where it does not start."""
    read, write = os.pipe()
    with subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        os.close(write)
        with os.fdopen(read) as told:
            display = told.readline().strip()
        try:
            yield {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"} if display else None
        finally:
            server.terminate()


def practise(
    command: Sequence[str | Path], on: Mapping[str, str], again: Callable[[], int | None], folder: Path | None = None
) -> tuple[int, str, str]:
    """Answer the first question of an empty data folder, rate and compare it, begin the second and leave.

    `command` opens the window, in the working directory `folder`; `again` starts it once more and returns its exit
    code, which is 0 as soon as the window listens. Returns the window's exit code and what it wrote to its streams.
    Raises OSError where the window does not come, or not to its end, within PATIENCE seconds.
    """

    def tool(*arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=dict(on), capture_output=True, check=True, timeout=PATIENCE)

    with subprocess.Popen(
        command,
        cwd=folder,
        env=dict(on),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            # There is no window manager to give the window the keyboard.
            tool("search", "--sync", "--onlyvisible", "--name", "^Interview Coach$", "windowfocus", "--sync")
            begun = time.monotonic()
            while again() != 0 and time.monotonic() - begun < PATIENCE:
                pass
            tool("key", "Return")
            tool("type", "--delay", "5", "I measure 3 times.")
            tool("key", "Return")
            tool("type", "--delay", "5", "Then I cut.")
            tool("key", "ctrl+Return", "7", "Return", "0", "ctrl+KP_Enter")
            tool("key", "space", "Down", "space", "space", "Tab", "4", "Tab", "Tab")
            tool("type", "--delay", "5", "name one figure")
            tool("key", "Return")
            tool("type", "--delay", "5", "half")
            tool("key", "ctrl+q")
            out, errors = process.communicate(timeout=PATIENCE)
        except subprocess.SubprocessError as error:
            process.kill()
            out, errors = process.communicate()
            raise OSError(
                f"{type(error).__name__}; the window wrote: {(errors or out).strip() or 'nothing'}"
            ) from error
    return process.returncode, out, errors


def complaints(attempts: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the attempts after `practise`, as `attempts --json` has them: nothing, hopefully."""
    told = [{**attempt, "points": [point["decided"] for point in attempt["points"]][:2]} for attempt in attempts]
    due: list[dict[str, Any]] = [
        {
            "text": "I measure 3 times.\nThen I cut.",
            "state": "submitted",
            "stage": "INTRO",
            "rating": {"clarity": 7, "confidence": 10, "technical_depth": None},
            "rating_after": {"clarity": 4, "confidence": None, "technical_depth": None},
            "resolution": "name one figure",
            "points": ["said", "partly"],
        },
        {"text": "half", "state": "draft"},
    ]
    if len(told) != len(due):
        return [f"{len(told)} attempts are kept, not {len(due)}"]
    return [
        f"attempt {number}: {name} is {was[name]!r}, not {wanted!r}"
        for number, (was, should) in enumerate(zip(told, due, strict=True), 1)
        for name, wanted in should.items()
        if was[name] != wanted
    ]
