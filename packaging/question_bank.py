"""Use the Questions page with banks of growing size, and tell how long a person waits.

Use: `.venv/bin/python packaging/question_bank.py [--sizes 10,1000,10000,100000] [--strict]`. For each size a bank is
imported (ten questions a transcript, each with a recorded answer), and a real window (Qt's platform offscreen) is used
as by a person: the page is opened, searches are typed letter by letter, the list is scrolled and jumped through, and a
tag is put on many questions. What is told is the time from a key or click until what it asked for is painted, and the
longest time in which the window answered nothing. With --strict the exit code is 1 where something takes three times
its goal.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES = (10, 1_000, 10_000, 100_000)
LIMIT_S = 900
GIVE_UP = 3.0

#: What is measured, its goal in milliseconds, and its words.
GOALS = {
    "open": (100.0, "the page opens, the first time"),
    "panel": (0.0, "… and all is counted and the panel is filled"),
    "again": (100.0, "it opens again"),
    "first_p95": (50.0, "a key to its results on screen, p95"),
    "first_max": (0.0, "… at most"),
    "whole_p95": (0.0, "… until all are found, p95"),
    "search_p95": (15.0, "the search itself, p95"),
    "prefix_max": (15.0, "… of the worst single letter"),
    "scroll_max": (50.0, "scrolling and jumping, at most"),
    "tag": (1000.0, "a tag on 10,000 chosen (or all)"),
    "tag_gap": (50.0, "… the longest the window answered nothing"),
}
MEMORY_GOAL = 1.3

WORDS = 8_000

PROGRAM = """\
import json
import random
import statistics
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from interview_coach.app import run_window
from interview_coach.domain.search_language import parse

seen = {}
chance = random.Random(5)
letters = "abcdefghijklmnopqrstuvwxyz"


def memory():
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))
    except OSError:
        return 0.0


def wait_for(signal, act, until=lambda: True):
    "Do something, and return the milliseconds until a signal came for which a condition holds."
    loop = QEventLoop()
    def come(*_):
        if until():
            loop.quit()
    signal.connect(come)
    began = time.perf_counter()
    act()
    loop.exec()
    signal.disconnect(come)
    return began


def paint(page):
    page.table.viewport().repaint()
    QApplication.processEvents()


def story(window):
    began = time.perf_counter()
    window.show_page("questions")
    page = window._made["questions"]
    window.repaint()
    if page.looking:
        wait_for(page._looking.found, lambda: None)
    page.table.viewport().repaint()
    seen["open"] = (time.perf_counter() - began) * 1000
    settle(page)
    seen["panel"] = (time.perf_counter() - began) * 1000
    pause(1500)
    window.show_page("today")
    QApplication.processEvents()
    began = wait_for(page._looking.found, lambda: window.show_page("questions"))
    paint(page)
    seen["again"] = (time.perf_counter() - began) * 1000
    pause(800)
    type_searches(page)
    scroll(page)
    seen["memory"] = memory()
    put_tag(window, page)
    window.end()


def pause(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def type_searches(page):
    rows = [page._rows.id_at(chance.randrange(page._rows.rowCount())) for _ in range(10)]
    texts = [row.question.text.rstrip("?").split() for row in page._service.listed(rows)]
    lines = list(letters) + [" ".join(chance.sample(text, 3)) for text in texts]
    page.line.setFocus()
    first, whole = [], []
    for line in lines:
        page.line.clear()
        settle(page)
        for letter in line:
            began = wait_for(page._looking.found, lambda: QTest.keyClicks(page.line, letter))
            paint(page)
            first.append((time.perf_counter() - began) * 1000)
            while page._looking.busy:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
            paint(page)
            whole.append((time.perf_counter() - began) * 1000)
    seen["first_p95"], seen["first_max"] = quantile(first), max(first)
    seen["whole_p95"] = quantile(whole)
    page.line.clear()
    settle(page)
    service, alone = page._service, []
    service._snapshot._words.clear()
    for line in lines:
        for end in range(1, len(line) + 1):
            search = parse(line[:end])
            began = time.perf_counter()
            service.quick(search)
            alone.append((time.perf_counter() - began) * 1000)
            service.find(search)
    seen["search_p95"] = quantile(alone)
    seen["prefix_max"] = max(alone[: len(letters)])


def settle(page):
    while page.looking:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def quantile(times):
    return statistics.quantiles(times, n=20)[-1]


def scroll(page):
    bar, times = page.table.verticalScrollBar(), []
    places = [bar.maximum(), 0] + [chance.randrange(bar.maximum() + 1) for _ in range(60)]
    places += [min(bar.maximum(), step * bar.pageStep()) for step in range(120)]
    for place in places:
        began = time.perf_counter()
        bar.setValue(place)
        paint(page)
        times.append((time.perf_counter() - began) * 1000)
    page.table.setFocus()
    for key in ("End", "Home", "PgDown", "PgDown", "Down", "Down", "End", "PgUp", "Up"):
        began = time.perf_counter()
        QTest.keySequence(page.table, key)
        paint(page)
        times.append((time.perf_counter() - began) * 1000)
    seen["scroll_max"] = max(times)


def put_tag(window, page):
    number = min(10_000, page._rows.rowCount())
    page.table._choose_stretches([(0, number - 1)])
    QApplication.processEvents()
    gaps, last = [], time.perf_counter()
    def beat():
        nonlocal last
        now = time.perf_counter()
        gaps.append((now - last) * 1000)
        last = now
    timer = QTimer()
    timer.timeout.connect(beat)
    timer.start(2)
    loop = QEventLoop()
    window._deeds.done.connect(loop.quit)
    began = time.perf_counter()
    QTimer.singleShot(0, lambda: window._deeds.tag(tuple(page.table.chosen_ids), ["measured"], []))
    loop.exec()
    seen["tag"] = (time.perf_counter() - began) * 1000
    pause(300)
    timer.stop()
    seen["tag_gap"] = max(gaps)


def watch(window):
    window.ready.connect(lambda: QTimer.singleShot(3000, lambda: story(window)))


run_window(Path(sys.argv[1]), watch)
print(json.dumps(seen))
"""


def write_transcripts(folder: Path, questions: int) -> None:
    """Write transcripts of ten turns that share no question, in words as frequent as those of a language are."""
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(WORDS)]
    weights = [1 / (place + 3) for place in range(WORDS)]

    def words(count: int) -> str:
        return " ".join(chance.choices(names, weights, k=count))

    stages = ("INTRO", "HR", "HR", *["TECHNICAL"] * 3, *["BEHAVIORAL"] * 2, "MANAGERIAL", "WRAP-UP")
    for number in range(questions // 10):
        turns = (
            f"Turn {place} [{stage}]\nQ: How would you {words(10)} in {number}?\n\nA: {words(66)}.\n"
            for place, stage in enumerate(stages, 1)
        )
        (folder / f"{number:05}.txt").write_text("\n".join(turns), encoding="utf-8")


def measure(questions: int) -> dict[str, float]:
    """Return what a window saw with so many questions, in milliseconds and MB; empty where it failed."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with tempfile.TemporaryDirectory(prefix="interview-coach-") as folder:
        transcripts, data = Path(folder) / "transcripts", Path(folder) / "data"
        transcripts.mkdir()
        write_transcripts(transcripts, max(questions - 10, 0))
        command = [sys.executable, "-m", "interview_coach", "--data-dir", str(data)]
        brought = [*command, "import", str(transcripts)] if questions > 10 else [*command, "questions", "--count"]
        subprocess.run(brought, cwd=ROOT, check=True, capture_output=True, timeout=LIMIT_S)
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, data],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=LIMIT_S,
            check=False,
        )
    if done.returncode != 0 or done.stderr:
        sys.stderr.write(done.stderr)
        return {}
    seen: dict[str, Any] = json.loads(done.stdout)
    return {name: float(value) for name, value in seen.items()}


def main() -> int:
    """Measure every size, print a table, and return 1 where something failed or took far too long."""
    parser = argparse.ArgumentParser(description="Use the Questions page with banks of growing size.")
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)))
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    seen = {size: measure(size) for size in sizes}
    if not all(seen.values()):
        return 1
    missed = []
    print(f"{'milliseconds':46}" + "".join(f"{size:>10,}" for size in sizes) + "      goal")
    for name, (goal, words) in GOALS.items():
        values = [seen[size][name] for size in sizes]
        told = "" if not goal else f"{goal:10,.0f} {'met' if max(values) <= goal else 'MISSED'}"
        print(f"{words:46}" + "".join(f"{value:>10,.1f}" for value in values) + told)
        if goal and max(values) > GIVE_UP * goal:
            missed.append(name)
    memory = [seen[size]["memory"] for size in sizes]
    told = ""
    if len(sizes) > 1:
        told = f"{MEMORY_GOAL:10.1f} {'met' if max(memory) <= MEMORY_GOAL * memory[0] else 'MISSED'}"
    print(f"{'memory in use, MB':46}" + "".join(f"{value:>10,.0f}" for value in memory))
    print(f"{'… beside the smallest':46}" + "".join(f"{value / memory[0]:>10.2f}" for value in memory) + told)
    middle = statistics.median(seen[sizes[-1]][name] for name in ("open", "again"))
    print(f"The largest bank opens in {middle:.0f} ms; what is told is of one run on this machine.")
    return 1 if options.strict and missed else 0


if __name__ == "__main__":
    sys.exit(main())
