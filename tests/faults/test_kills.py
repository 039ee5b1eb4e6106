"""Killed at any moment: what was acknowledged is there, and nothing is half there."""

import contextlib
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import attacks
import pytest
from judging import acknowledged, contents, differences, judge, sound
from story import StepClock, interview, open_folder
from tally import at_once

from interview_coach.domain.preferences import Preferences
from interview_coach.settings import WindowState, read_preferences, read_window, write_preferences, write_window
from interview_coach.storage import migrations

SCHEMAS = Path(__file__).parents[1] / "data" / "schema"


def allowed_after(played, lines):
    """What may be there: what was acknowledged, or the step that was on its way as well."""
    reached = acknowledged(lines)
    return played.states[max(reached, 0) : reached + 2]


def test_a_kill_at_any_write_of_the_story(tally, played, new_folder, sweep):
    sweep(
        "story",
        new_folder,
        lambda folder: [*attacks.STORY, folder],
        lambda folder, done, case: judge(tally, folder, allowed_after(played, done.lines()), case),
        short=14,
        full=300,
    )


def test_a_kill_at_random_times(tally, played, new_folder):
    scenario = "random time"
    chance = tally.random(scenario)
    points = [(new_folder(), chance.randrange(len(played.states) - 1)) for _ in range(120 if tally.full else 4)]

    def attack(point):
        folder, lines = point
        with subprocess.Popen(
            [*attacks.STORY, folder], cwd=attacks.ROOT, env=attacks.environment(), stdout=subprocess.PIPE, text=True
        ) as process:
            said = [process.stdout.readline() for _ in range(lines + 1)]
            process.kill()
            said += process.stdout.readlines()
            process.wait()
        case = f"seed {tally.seed}, {scenario}, killed after line {lines}"
        if process.returncode == -signal.SIGKILL:
            tally.count("kills")
        judge(tally, folder, allowed_after(played, [line[:-1] for line in said if line.endswith("\n")]), case)

    at_once(attack, points)


TYPED = "I cut twice.\nThen I measure.\n.\n7\n\nname one figure\n:skip\nA third one.\n.\n4\n4\n4\nbe brief\n:quit\n"


def test_a_kill_at_any_write_of_the_practice_in_a_terminal(new_folder, sweep):
    def look(folder, done, case):
        stored = open_folder(folder, StepClock())
        try:
            attempts = [entry.attempt for entry in stored.progress.attempts()]
        finally:
            stored.close()
        sound(folder / "coach.sqlite3")
        answered = [attempt for attempt in attempts if attempt.submitted is not None]
        # A prompt says that what was given at the one before is stored.
        for prompt, holds in (
            ("Clarity", lambda: answered[0].text == "I cut twice.\nThen I measure."),
            ("Next time I will", lambda: answered[0].first_rating.clarity == 7 and answered[0].rated is not None),
            ("2 of 10", lambda: answered[0].resolution == "name one figure" and answered[0].compared is not None),
            ("3 of 10", lambda: answered[1].state == "skipped"),
        ):
            assert prompt not in done.said or holds(), f"{case}: “{prompt}” came too soon"

    sweep(
        "terminal",
        new_folder,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "practice"],
        look,
        short=5,
        full=150,
        text=TYPED,
    )


def test_a_kill_at_any_write_of_an_import(tmp_path, played, practised, sweep):
    file = tmp_path / "long.txt"
    file.write_text(interview("Celery", 230), encoding="utf-8")
    clean = practised()
    brought_in = _after_import(clean, file)
    own = ("attempt", "self_rating", "decided_point", "session", "place")

    def look(folder, _done, case):
        services = open_folder(folder, StepClock())
        try:
            titles = [entry.turns for entry in services.transcripts.listed() if entry.transcript.source == "long.txt"]
            assert titles in ([], [230]), f"{case}: {titles} turns"
        finally:
            services.close()
        assert _after_import(folder, file) == brought_in, f"{case}: importing again does not complete it"
        sound(folder / "coach.sqlite3")
        stored = contents(folder / "coach.sqlite3")
        for table in own:
            assert stored[table] == played.states[-1].contents[table], f"{case}: {table} is not as it was"

    sweep(
        "import",
        practised,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "import", file],
        look,
        short=5,
        full=120,
    )


def _after_import(folder, file):
    """Import in this process and return what then is in the bank, without ids."""
    services = open_folder(folder, StepClock())
    try:
        (report,) = services.importing.import_paths([file])
        assert report.error is None
        bank = services.questions.details(services.questions.ids())
        return (
            sorted((detail.question.stage, detail.question.text, len(detail.turns)) for detail in bank),
            sorted((entry.transcript.title, entry.turns) for entry in services.transcripts.listed()),
            services.transcripts.written(report.transcript_id),
        )
    finally:
        services.close()


@pytest.mark.parametrize("number", range(1, migrations.NEWEST))
def test_a_kill_at_any_write_of_a_migration(number, tmp_path, new_folder, sweep):
    old = tmp_path / "old.sqlite3"
    with contextlib.closing(sqlite3.connect(old)) as connection:
        connection.executescript((SCHEMAS / f"{number}.sql").read_text(encoding="utf-8"))
    before = contents(old)
    old_schema, between = _schema(old), []
    for step in range(number + 1, migrations.NEWEST):  # each step is stored for itself
        with contextlib.closing(sqlite3.connect(tmp_path / f"{step}.sqlite3", isolation_level=None)) as connection:
            migrations.migrate(connection, step)
        between.append(_schema(tmp_path / f"{step}.sqlite3"))

    def prepare():
        folder = new_folder()
        shutil.copyfile(old, folder / "coach.sqlite3")
        return folder

    migrated = prepare()
    open_folder(migrated, StepClock()).close()
    new_schema = _schema(migrated / "coach.sqlite3")
    assert new_schema != old_schema

    def look(folder, _done, case):
        copy = folder.parent / "copy.sqlite3"
        for suffix in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(folder / f"coach.sqlite3{suffix}", f"{copy}{suffix}")
        found = _schema(copy)
        assert found in (old_schema, *between, new_schema), f"{case}: the schema is that of no step"
        assert _common(before, contents(copy)) == before, f"{case}\n" + "\n".join(differences(before, contents(copy)))
        if found != old_schema:
            backups = list((folder / "backups").glob("*.sqlite3"))
            assert [contents(backup) for backup in backups] == [before], f"{case}: no backup from before"
        open_folder(folder, StepClock()).close()
        sound(folder / "coach.sqlite3")
        assert _schema(folder / "coach.sqlite3") == new_schema, case
        assert _common(before, contents(folder / "coach.sqlite3")) == before, case

    sweep(
        f"migration from {number}",
        prepare,
        lambda folder: [*attacks.COACH, "--data-dir", folder, "sessions"],
        look,
        short=5,
        full=120,
    )


def _schema(path):
    with contextlib.closing(sqlite3.connect(path)) as connection:
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return sorted(made), connection.execute("PRAGMA user_version").fetchone()


def _common(before, after):
    """Return of a later schema's rows what the earlier one had columns for; later columns stand at the end."""
    kept = {}
    for table, rows in before.items():
        width = len(rows[0]) if rows else 0
        kept[table] = sorted((row[:width] for row in after[table]), key=repr) if rows else []
    return kept


SETTINGS = """
import sys
from pathlib import Path
from interview_coach.domain.preferences import Preferences
from interview_coach.settings import WindowState, write_preferences, write_window
folder = Path(sys.argv[1])
write_preferences(folder / "settings.json", Preferences(words_a_minute=155))
print("settings", flush=True)
write_window(folder / "window.json", WindowState(theme="dark", text_size=1.3))
print("window", flush=True)
"""


def test_a_kill_at_any_write_of_the_settings(practised, sweep):
    def prepare():
        folder = practised()
        write_preferences(folder / "settings.json", Preferences(words_a_minute=120))
        write_window(folder / "window.json", WindowState(theme="light"))
        return folder

    def look(folder, done, case):
        speed = read_preferences(folder / "settings.json").words_a_minute
        theme = read_window(folder / "window.json").theme
        assert speed in ((155,) if "settings" in done.said else (120, 155)), case
        assert theme in (("dark",) if "window" in done.said else ("light", "dark")), case
        open_folder(folder, StepClock()).close()
        assert sorted(file.name for file in folder.iterdir() if file.is_file()) == [
            "coach.sqlite3", "settings.json", "window.json",
        ], f"{case}: something is left lying"  # fmt: skip

    sweep("settings", prepare, lambda folder: [sys.executable, "-c", SETTINGS, folder], look, short=5)


def test_a_kill_at_any_write_of_an_export(practised, sweep, tmp_path):
    wanted = tmp_path / "wanted.txt"
    done = attacks.run([*attacks.COACH, "--data-dir", practised(), "export", "turns", wanted, "--transcript", "1"])
    assert done.code == 0, done.errors

    def prepare():
        folder = practised()
        (folder.parent / "out.txt").write_text("an older export")
        return folder

    def look(folder, _done, case):
        written = (folder.parent / "out.txt").read_bytes()
        assert written in (b"an older export", wanted.read_bytes()), f"{case}: the file is neither old nor new"

    sweep(
        "export",
        prepare,
        lambda folder: [
            *attacks.COACH, "--data-dir", folder, "export", "turns", folder.parent / "out.txt", "--transcript", "1",
        ],
        look,
        short=5,
    )  # fmt: skip
