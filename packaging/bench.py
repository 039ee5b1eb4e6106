"""How fast the program starts, beside the least that any such program needs; run it by `bootstrap.py bench`.

Each round starts every program once, in turn, so that a busy moment of the machine meets all of them alike. A time is
from just before the process is made to the moment the program itself names; the clock is the same in all processes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SIMULATION = Path(__file__).resolve().parent.parent / "tests" / "simulation" / "candidate.py"

RUNS = 7
LIMIT_S = 120

LABEL = """\
import time
from PySide6.QtWidgets import QApplication, QLabel

class Label(QLabel):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(time.monotonic_ns(), flush=True)
        QApplication.quit()

application = QApplication([])
label = Label("Interview Coach")
label.show()
application.exec()
label.deleteLater()
"""

IMPORTS = """\
import time
from PySide6 import QtWidgets
import sqlmodel
print(time.monotonic_ns(), flush=True)
"""

# Starts the program by its own main(), as a person does; all that is added is somebody who watches its window.
PROGRAM = """\
import sys
import time
from importlib.machinery import PathFinder

windows = []
moments = []

def painted():
    moments.append(time.monotonic_ns())

def ready():
    moments.append(time.monotonic_ns())
    print(*moments, flush=True)
    from PySide6.QtCore import QTimer
    QTimer.singleShot(0, windows[0].close)

def watch(window):
    windows.append(window)
    window.first_painted.connect(painted)
    window.ready.connect(ready)

class Watched(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if name != "interview_coach.app":
            return None
        spec = PathFinder.find_spec(name, path, target)
        execute = spec.loader.exec_module
        def exec_module(module):
            execute(module)
            run_window = module.run_window
            module.run_window = lambda folder, **options: run_window(folder, watch, **options)
        spec.loader.exec_module = exec_module
        return spec

sys.meta_path.insert(0, Watched)
from interview_coach.__main__ import main
code = main(["--data-dir", sys.argv[1]])
windows.clear()
sys.exit(code)
"""


class BenchFailed(Exception):  # noqa: N818 - says what could not be measured
    """A program that was to be measured did not do what was expected of it."""


@dataclass(frozen=True)
class Goal:
    """One time of the program and the time it is held against.

    `at_most` is the ratio that is aimed at: above it the goal is missed, a figure to better. Above `fails_above` the
    program has become slower than it was, which --strict takes for an error.
    """

    name: str
    beside: str
    at_most: float
    fails_above: float


FIRST_PAINT = "start to first paint"
READY = "start to Today ready"
VERSION = "--version"
BARE_LABEL = "bare QLabel, first paint"
BARE_IMPORTS = "bare imports of QtWidgets and sqlmodel"
BARE_PYTHON = "python -c pass"

GOALS = (
    Goal(FIRST_PAINT, BARE_LABEL, at_most=1.4, fails_above=2.0),
    Goal(READY, BARE_IMPORTS, at_most=1.2, fails_above=1.6),
    Goal(VERSION, BARE_PYTHON, at_most=3.0, fails_above=3.0),
)


def milestones(command: Sequence[str | Path], count: int) -> list[float]:
    """Start a program and return the milliseconds to each of the `count` moments that it prints on one line."""
    began = time.monotonic_ns()
    written = _finish(command)
    try:
        moments = [int(word) for word in written.split()]
    except ValueError:
        moments = []
    if len(moments) != count:
        message = f"{_words(command)} printed {written.strip()!r} in the place of {count} moments"
        raise BenchFailed(message)
    return [(moment - began) / 1e6 for moment in moments]


def lifetime(command: Sequence[str | Path]) -> float:
    """Return the milliseconds from the start of a program to its end."""
    began = time.monotonic_ns()
    _finish(command)
    return (time.monotonic_ns() - began) / 1e6


def measure(runs: int) -> dict[str, list[float]]:
    """Measure everything `runs` times, after one round that only warms up, and return milliseconds by name."""
    python = Path(sys.executable)
    program = Path(shutil.which("interview-coach", path=str(python.parent)) or python.parent / "interview-coach")
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory(prefix="interview-coach-bench-") as folder:
        for round_ in range(runs + 1):
            label = milestones([python, "-c", LABEL], 1)
            painted, ready = milestones([python, "-c", PROGRAM, Path(folder) / "data"], 2)
            imports = milestones([python, "-c", IMPORTS], 1)
            version, bare = lifetime([program, "--version"]), lifetime([python, "-c", "pass"])
            if round_ == 0:
                continue
            measured = {
                FIRST_PAINT: painted,
                BARE_LABEL: label[0],
                READY: ready,
                BARE_IMPORTS: imports[0],
                VERSION: version,
                BARE_PYTHON: bare,
            }
            for name, milliseconds in measured.items():
                times.setdefault(name, []).append(milliseconds)
    return times


def report(times: dict[str, list[float]]) -> tuple[str, bool]:
    """Return the table for people with its verdicts, and whether no ratio is above its `fails_above`."""
    lines = [f"{'':<40} {'median':>10} {'min':>8} {'max':>8}  ratio"]
    bearable = True
    for goal in GOALS:
        ratio = statistics.median(times[goal.name]) / statistics.median(times[goal.beside])
        verdict = "met" if ratio <= goal.at_most else "MISSED"
        if ratio > goal.fails_above:
            bearable = False
            verdict += f", and FAILED: above {goal.fails_above:g}"
        verdict = f"  {ratio:.2f}, goal at most {goal.at_most:g}: {verdict}"
        lines += [_line(goal.name, times[goal.name]) + verdict, _line(f"  {goal.beside}", times[goal.beside])]
    return "\n".join(lines), bearable


def _line(name: str, milliseconds: Sequence[float]) -> str:
    median, least, most = statistics.median(milliseconds), min(milliseconds), max(milliseconds)
    return f"{name:<40} {median:>7.0f} ms {least:>8.0f} {most:>8.0f}"


def _finish(command: Sequence[str | Path]) -> str:
    """Run a program to its end and return what it wrote; raises BenchFailed where it does not end well."""
    try:
        done = subprocess.run(
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        message = f"{_words(command)}: {error.__class__.__name__}"
        raise BenchFailed(message) from None
    if done.returncode != 0:
        message = f"{_words(command)} ended with {done.returncode}: {(done.stderr.strip() or 'no word')[-2000:]}"
        raise BenchFailed(message)
    return done.stdout


def _words(command: Sequence[str | Path]) -> str:
    """Name a command in a message: a program that is given as text by what it is, not by its text."""
    names = {LABEL: "the bare QLabel", IMPORTS: "the bare imports", PROGRAM: "the program's window"}
    return next((names[str(word)] for word in command if str(word) in names), " ".join(map(str, command)))


def main() -> int:
    """Measure and print the table; return 1 where something can't be measured or --strict finds a ratio too high."""
    bounds = ", ".join(f"{goal.fails_above:g} ({goal.name})" for goal in GOALS)
    parser = argparse.ArgumentParser(prog="bootstrap.py bench", description="Measure how fast the program starts.")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"how many rounds are counted (default {RUNS})")
    parser.add_argument(
        "--strict",
        action="store_true",
        help=f"exit 1 where a ratio is so high that the program has become slower: above {bounds}. "
        "A goal that is missed without that is told as MISSED, and the exit code stays 0",
    )
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        times = measure(max(1, options.runs))
    except BenchFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    table, bearable = report(times)
    print(f"{max(1, options.runs)} rounds on Qt's platform {os.environ['QT_QPA_PLATFORM']}, everything warm\n{table}")
    try:
        print(f"\n{_finish([sys.executable, SIMULATION])}", end="")
    except BenchFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    return 0 if bearable or not options.strict else 1


if __name__ == "__main__":
    sys.exit(main())
