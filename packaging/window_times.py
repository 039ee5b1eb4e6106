"""How soon the window of a program is on the screen: of several programs in turn, on an X server of its own.

Use: `.venv/bin/python packaging/window_times.py dist/interview-coach/interview-coach [PROGRAM ...] [--runs N]`. They
are held against the program from source. Nothing is added to either: the X server says when a window is mapped, just
before it is painted. Needs Xvfb and libX11.
"""

from __future__ import annotations

import argparse
import ctypes
import ctypes.util
import select
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import by_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LIMIT_S = 60

# X11/X.h
_SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
_MAP_NOTIFY = 19


class Watcher:
    """A client of the X server that is told of each window that comes onto the screen."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL(ctypes.util.find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.argtypes = [ctypes.c_void_p]
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        for call in (self._x.XSync, self._x.XPending, self._x.XConnectionNumber, self._x.XNextEvent):
            call.argtypes = [ctypes.c_void_p]
        self._x.XSync.argtypes = [ctypes.c_void_p, ctypes.c_int]
        self._x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise OSError(f"The X server {display} does not answer.")
        root = self._x.XDefaultRootWindow(self._display)
        self._x.XSelectInput(self._display, root, _SUBSTRUCTURE_NOTIFY_MASK)
        self._x.XSync(self._display, 1)  # what came before is of no interest

    def wait(self) -> None:
        """Return when the next window is mapped; raises OSError where none is within LIMIT_S seconds."""
        event = ctypes.create_string_buffer(192)  # an XEvent: 24 longs
        end = time.monotonic() + LIMIT_S
        while time.monotonic() < end:
            while self._x.XPending(self._display):
                self._x.XNextEvent(self._display, event)
                if int.from_bytes(event.raw[:4], sys.byteorder) == _MAP_NOTIFY:
                    return
            select.select([self._x.XConnectionNumber(self._display)], [], [], 1)
        raise OSError(f"No window within {LIMIT_S} s.")

    def forget(self) -> None:
        """Pass over all that came so far."""
        self._x.XSync(self._display, 1)


def one(command: Sequence[str], on: Mapping[str, str], watcher: Watcher, data: Path) -> float:
    """Return the milliseconds from the start of a program to its window, and end it."""
    watcher.forget()
    began = time.monotonic()
    quiet = subprocess.DEVNULL
    with subprocess.Popen([*command, "--data-dir", str(data)], env=dict(on), stdin=quiet, stderr=quiet) as process:
        watcher.wait()
        shown = time.monotonic()
        process.terminate()
    return (shown - began) * 1000


def main() -> int:
    """Measure and print a line for each program; return 0."""
    parser = argparse.ArgumentParser(description="How soon the window of a program is on the screen.")
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--runs", type=int, default=15)
    options = parser.parse_args()
    source = Path(sys.executable).parent / "interview-coach"
    commands = {"from source": [str(source)], **{name: [str(Path(name).absolute())] for name in options.programs}}
    times: dict[str, list[float]] = {name: [] for name in commands}
    with by_keys.screen() as on, tempfile.TemporaryDirectory(prefix="window-times-") as folder:
        if on is None:
            sys.stderr.write("Xvfb does not start.\n")
            return 1
        watcher = Watcher(on["DISPLAY"])
        for round_ in range(options.runs + 1):
            for number, (name, command) in enumerate(commands.items()):
                shown_after = one(command, on, watcher, Path(folder) / str(number))
                if round_:  # the first is to warm up
                    times[name].append(shown_after)
    base = statistics.median(times["from source"])
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name}: {median:.0f} ms ({min(taken):.0f} to {max(taken):.0f}), {median / base:.2f} of source")
    return 0


if __name__ == "__main__":
    sys.exit(main())
