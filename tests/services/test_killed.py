"""The plug is pulled while somebody types: what was acknowledged is there."""

import os
import sqlite3
import subprocess
import sys

import pytest

SCRIPT = """
import sys
from pathlib import Path
from interview_coach.domain.models import SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.services.clock import SystemClock
from interview_coach.services.opening import open_services
services = open_services(Path(sys.argv[1]), Path(sys.argv[2]), SystemClock(), Preferences())
session = services.practice.session(services.practice.start_default())
view = session.view()
n = 0
while True:
    n += 1
    text = f"word {n} " * 50
    if n % 40:
        session.save_draft(view.attempt_id, text, float(n))
        print(view.attempt_id, n, flush=True)
    else:
        submitted = view.attempt_id
        session.submit(text, float(n))
        print(submitted, n, flush=True)
        session.rate(SelfRating(clarity=5))
        view = session.try_again((), SelfRating(), "faster")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("lines", [1, 45, 130])
def test_every_acknowledged_save_outlives_a_kill(lines, tmp_path, shipped, open_program):
    database = tmp_path / "coach.sqlite3"
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, database, shipped], stdout=subprocess.PIPE, text=True
    ) as child:
        said = [child.stdout.readline() for _ in range(lines)]
        child.kill()
        said += child.stdout.readlines()
    acknowledged: dict[int, int] = {}
    for line in said:
        if line.endswith("\n"):
            attempt_id, n = map(int, line.split())
            acknowledged[attempt_id] = n
    services = open_program(database)
    stored = {entry.attempt.id: entry.attempt.text for entry in services.progress.attempts()}
    *before, last = acknowledged
    for attempt_id in before:
        assert stored[attempt_id] == f"word {acknowledged[attempt_id]} " * 50
    # The save that was on its way when the plug was pulled may have arrived.
    assert stored[last] in {f"word {n} " * 50 for n in (acknowledged[last], acknowledged[last] + 1)}
    session = services.practice.session(services.practice.to_resume())
    assert session.view().place == 1
    services.close()
    connection = sqlite3.connect(database)
    assert connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()
