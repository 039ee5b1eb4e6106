"""What is in a database afterwards, held against what was acknowledged."""

import contextlib
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from story import StepClock, Story, open_folder
from tally import Tally

#: Columns that are drawn by chance.
_DRAWN = {"uid"}

#: What a killed process may leave beside a database, and a start and an end after it may not.
_LEFTOVERS = ("-wal", "-shm", "-journal", ".new", ".part", ".tmp")

Contents = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class State:
    """What is stored once a step is, and where the log then ends."""

    name: str
    contents: Contents
    log_ends: int


@dataclass(frozen=True)
class Played:
    """The story as it goes undisturbed: a state a step, the files as they lay before the end, and the file after it."""

    states: tuple[State, ...]
    database: bytes
    log: bytes
    closed: bytes


def contents(path: Path) -> Contents:
    """Return all rows of a database by table, without what is drawn by chance."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        named = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
        read = {}
        for (table,) in named:
            if table.startswith("sqlite_") or ("_search" in table and table != "saved_search"):  # made of the others
                continue
            columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
            kept = ", ".join(f'"{column}"' for column in columns if column not in _DRAWN)
            read[table] = sorted(connection.execute(f'SELECT {kept} FROM "{table}"'), key=repr)  # noqa: S608
        return read


def copied_contents(path: Path) -> Contents:
    """Return what is committed in a database that a process holds open, from a copy of it and its log."""
    with tempfile.TemporaryDirectory(prefix="copy-") as folder:
        copy = Path(folder) / path.name
        shutil.copyfile(path, copy)
        log = path.with_name(path.name + "-wal")
        if log.exists():
            shutil.copyfile(log, copy.with_name(log.name))
        return contents(copy)


def play_undisturbed(folder: Path) -> Played:
    """Play the story in this process and keep what is stored after each step."""
    folder.mkdir()
    path = folder / "coach.sqlite3"
    log = path.with_name(path.name + "-wal")
    clock = StepClock()
    services = open_folder(folder, clock)
    try:
        states = [State("open", copied_contents(path), log.stat().st_size)]
        for name, step in Story(services, clock, folder).steps():
            step()
            states.append(State(name, copied_contents(path), log.stat().st_size))
        database, written = path.read_bytes(), log.read_bytes()
    finally:
        services.close()
    for before, after in pairwise(states):
        assert before.contents != after.contents, f"the step {after.name} stores nothing"
        assert before.log_ends < after.log_ends, f"the log was begun anew in the step {after.name}"
    return Played(tuple(states), database, written, path.read_bytes())


def acknowledged(lines: Iterable[str]) -> int:
    """Return the number of the last step that was said to be stored, -1 where not even the opening was."""
    numbers = [int(line.split()[0]) for line in lines if line[:1].isdigit()]
    assert numbers == list(range(len(numbers))), f"steps were told out of order: {numbers}"
    return len(numbers) - 1


def sound(path: Path) -> None:
    """See that SQLite finds nothing wrong with a database."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def judge(tally: Tally, folder: Path, allowed: Sequence[State], case: str) -> State:
    """Start the program on a folder after an attack, and return which of the allowed states it is in.

    Everything that was acknowledged is there, nothing is half there, the file is sound, and nothing is left lying.
    """
    open_folder(folder, StepClock()).close()
    path = folder / "coach.sqlite3"
    try:
        sound(path)
        stored = contents(path)
        left = [file.name for file in folder.iterdir() if file.name.endswith(_LEFTOVERS)]
        assert left == [], f"left lying: {left}"
        for state in allowed:
            if state.contents == stored:
                return state
        raise AssertionError("\n".join(differences(allowed[0].contents, stored)))
    except AssertionError as wrong:
        tally.count("losses")
        raise AssertionError(f"{case}: expected what is there after “{allowed[0].name}”\n{wrong}") from wrong


def differences(expected: Contents, stored: Contents) -> list[str]:
    """Return the rows that are only in one of the two, shortened."""
    said = []
    for table in sorted(expected.keys() | stored.keys()):
        there, wanted = stored.get(table, []), expected.get(table, [])
        said += [f"{table}: missing {str(row)[:200]}" for row in wanted if row not in there]
        said += [f"{table}: odd {str(row)[:200]}" for row in there if row not in wanted]
    return said
