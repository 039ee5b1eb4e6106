"""Type into the window while transcripts come in, and tell how long a key had to wait at most.

Use: `.venv/bin/python packaging/typing_during_import.py [COUNT] [--strict]`. A key is pressed every 10 ms into a real
window (Qt's platform offscreen) while COUNT transcripts of ten turns are imported. A wait is what passes between the
moment when a key is due and the moment when the editor has taken it. The goal is 50 ms; with --strict the exit code is
1 above 250 ms, or where a key is not in the database at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOAL_MS = 50.0
FAILS_ABOVE_MS = 250.0
LIMIT_S = 900

TURN = """\
Turn {turn} [TECHNICAL]
Q: How would you keep the {turn}th part of system {number} up while half of it is down?

A: I would begin with what the {turn}th part of system {number} promises, and to whom. Then I would name the figure that
tells whether it holds, and who is woken when it does not. Only then would I talk of tools.

Feedback: {{"clarity": 8, "confidence": 7, "technical_depth": 6, "summary": "Begins with the promise."}}
"""


# Opens the window as a person does, types, imports, and says what it saw as one JSON document.
PROGRAM = """\
import json
import sys
import time
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from interview_coach.app import run_window

EVERY = 0.01
waits, seen = [], {}

def story(window):
    window.today.start_first()
    keys = QTimer(window)
    began = time.monotonic()
    due = began + EVERY

    def key():
        nonlocal due
        QTest.keyClicks(QApplication.focusWidget(), "abcdefghi "[len(waits) % 10])
        now = time.monotonic()
        waits.append((now - due) * 1000)
        due = now + EVERY

    def imported(reports):
        keys.stop()
        seen["seconds"] = time.monotonic() - began
        seen["questions"] = sum(report.questions_new for report in reports)
        seen["typed"] = window.practice.answer.editor.text()
        window.end()

    def failed(error):
        seen["failed"] = type(error).__name__
        window.end()

    services = window._services
    keys.timeout.connect(key)
    keys.start(round(EVERY * 1000))
    window._tasks.run(lambda: services.importing.import_paths([Path(sys.argv[1])]), imported, failed)

def watch(window):
    window.ready.connect(lambda: QTimer.singleShot(500, lambda: story(window)))

run_window(Path(sys.argv[2]), watch)
print(json.dumps({**seen, "waits": waits}))
"""


def write_transcripts(folder: Path, count: int) -> None:
    """Write transcripts of ten turns each that share no question."""
    for number in range(count):
        turns = (TURN.format(turn=turn, number=number) for turn in range(1, 11))
        (folder / f"{number:05}.txt").write_text("\n".join(turns), encoding="utf-8")


def measure(transcripts: Path, data: Path) -> dict[str, Any]:
    """Return what the program saw: waits in milliseconds, the import's seconds and new questions, what was typed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, transcripts, data],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=LIMIT_S,
        check=False,
    )
    if done.returncode != 0 or done.stderr:
        sys.stderr.write(done.stderr)
        return {}
    return dict(json.loads(done.stdout))


def stored(data: Path) -> str:
    """Return what the database holds of the answer."""
    with sqlite3.connect(data / "coach.sqlite3") as connection:
        row = connection.execute("SELECT text FROM attempt ORDER BY id DESC LIMIT 1").fetchone()
    connection.close()
    return "" if row is None else str(row[0])


def main() -> int:
    """Measure, print one line, and return 1 where keys waited too long or were lost."""
    parser = argparse.ArgumentParser(description="Type into the window while transcripts come in.")
    parser.add_argument("count", type=int, nargs="?", default=1000)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="interview-coach-") as folder:
        transcripts, data = Path(folder) / "transcripts", Path(folder) / "data"
        transcripts.mkdir()
        write_transcripts(transcripts, options.count)
        seen = measure(transcripts, data)
        kept = stored(data) if seen else ""
    questions, seconds, typed = seen.get("questions", 0), seen.get("seconds", 0.0), seen.get("typed", "")
    if questions != options.count * 10 or not typed or kept != typed:
        print(f"{questions} questions came in, {len(typed)} letters were typed, {len(kept)} are kept", file=sys.stderr)
        return 1
    waits = seen["waits"]
    longest = max(waits)
    late = statistics.quantiles(waits, n=1000)[-1]
    met = "met" if longest <= GOAL_MS else "MISSED"
    print(
        f"{options.count} transcripts in {seconds:.1f} s ({questions / seconds:.0f} turns/s), {len(waits)} keys: "
        f"longest wait {longest:.0f} ms (goal {GOAL_MS:.0f}: {met}), of 1,000 keys the latest {late:.0f} ms, all kept"
    )
    return 1 if options.strict and longest > FAILS_ABOVE_MS else 0


if __name__ == "__main__":
    sys.exit(main())
