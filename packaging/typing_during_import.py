"""Type into the window while transcripts come in, and tell how long a key had to wait at most.

Use: `.venv/bin/python packaging/typing_during_import.py [COUNT] [--strict]`. A key is pressed every 10 ms into a real
window (Qt's platform offscreen) while COUNT transcripts of ten turns are imported. A wait is what passes between the
moment when a key is due and the moment when the editor has taken it. The goal is 50 ms; with --strict the exit code is
1 above 250 ms, or where a key is not in the database at the end.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOAL_MS = 50.0
FAILS_ABOVE_MS = 250.0
EVERY_MS = 10

TURN = """\
Turn {turn} [TECHNICAL]
Q: How would you keep the {turn}th part of system {number} up while half of it is down?

A: I would begin with what the {turn}th part of system {number} promises, and to whom. Then I would name the figure that
tells whether it holds, and who is woken when it does not. Only then would I talk of tools.

Feedback: {{"clarity": 8, "confidence": 7, "technical_depth": 6, "summary": "Begins with the promise."}}
"""


def write_transcripts(folder: Path, count: int) -> None:
    """Write transcripts of ten turns each that share no question."""
    for number in range(count):
        turns = (TURN.format(turn=turn, number=number) for turn in range(1, 11))
        (folder / f"{number:05}.txt").write_text("\n".join(turns), encoding="utf-8")


def measure(transcripts: Path, data: Path) -> tuple[list[float], float, int, str]:
    """Return the waits in milliseconds, the seconds of the import, its new questions, and what the editor held."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from interview_coach.app import run_window
    from interview_coach.ui.main_window import MainWindow

    waits: list[float] = []
    came: dict[str, float] = {}
    typed = ""

    def story(window: MainWindow) -> None:
        window.today.start_first()
        keys = QTimer(window)
        due = 0.0

        def key() -> None:
            nonlocal due
            QTest.keyClicks(QApplication.focusWidget(), "abcdefghi "[len(waits) % 10])
            now = time.monotonic()
            waits.append((now - due) * 1000)
            due = now + EVERY_MS / 1000

        def imported(reports: object) -> None:
            nonlocal typed
            keys.stop()
            came["seconds"] = time.monotonic() - began
            came["questions"] = sum(report.questions_new for report in reports)  # type: ignore[attr-defined]
            typed = window.practice.answer.editor.text() if window.practice is not None else ""
            window.end()

        def failed(error: BaseException) -> None:
            print(f"the import failed: {type(error).__name__}", file=sys.stderr)
            window.end()

        services = window._services  # noqa: SLF001  (the window's own, which nobody else needs)
        if services is None:
            raise RuntimeError("the window is ready, so its data is open")
        keys.timeout.connect(key)
        began = time.monotonic()
        due = began + EVERY_MS / 1000
        keys.start(EVERY_MS)
        window._tasks.run(lambda: services.importing.import_paths([transcripts]), imported, failed)  # noqa: SLF001

    def watch(window: MainWindow) -> None:
        window.ready.connect(lambda: QTimer.singleShot(500, lambda: story(window)))

    run_window(data, watch)
    return waits, came.get("seconds", 0.0), int(came.get("questions", 0)), typed


def stored(data: Path) -> str:
    """Return what the database holds of the answer."""
    import sqlite3

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
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory(prefix="interview-coach-") as folder:
        transcripts, data = Path(folder) / "transcripts", Path(folder) / "data"
        transcripts.mkdir()
        write_transcripts(transcripts, options.count)
        waits, seconds, questions, typed = measure(transcripts, data)
        kept = stored(data)
    if questions != options.count * 10 or not typed or kept != typed:
        print(f"{questions} questions came in, {len(typed)} letters were typed, {len(kept)} are kept", file=sys.stderr)
        return 1
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
