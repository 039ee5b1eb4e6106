"""Go through every command on data folders, in one process, and say what each answered: ``walk.py FOLDER…``.

Writes a JSON line for each folder: whether its database opens, and each command with its exit code and its message.
"""

import hashlib
import io
import json
import sys
from pathlib import Path

from story import StepClock, open_folder

from interview_coach.__main__ import main
from interview_coach.domain.errors import CoachError

COMMANDS = (
    ("transcripts",),
    ("questions", "--json"),
    ("questions", "--search", "pool"),
    ("questions",),
    ("sessions",),
    ("attempts", "--json"),
    ("attempts",),
    ("export", "turns", "-", "--transcript", "1"),
    ("practice",),
    ("practice", "--stage", "HR"),
    ("practice", "--mock", "--count", "2"),
    ("import", "IMPORT"),
)

#: What a person answers in ``practice``; it ends in the middle.
TYPED = "An answer.\n.\n5\n5\n5\nbe brief\nAnother.\n.\n5\n"


def answered(arguments: tuple[str, ...], folder: Path) -> tuple[int, str]:
    """Run a command as the program does; return its exit code and what it said on standard error."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.TextIOWrapper(io.BytesIO(TYPED.encode()))
    sys.stdout, sys.stderr = io.TextIOWrapper(io.BytesIO()), io.TextIOWrapper(io.BytesIO())
    file = str(folder.parent.parent / "import.txt")
    try:
        code = main(["--data-dir", str(folder), *(file if word == "IMPORT" else word for word in arguments)])
        sys.stderr.flush()
        told = sys.stderr.buffer.getvalue().decode()
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams
    return code, told


def fingerprint(folder: Path) -> dict[str, str]:
    """Return a hash of the database and of what lies beside it under its name."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(folder.glob("coach.sqlite3*"))}


def opens(folder: Path) -> str:
    """Return the fault that keeps the database from being opened, or nothing."""
    try:
        open_folder(folder, StepClock()).close()
    except CoachError as error:
        return error.fault.name
    return ""


for name in sys.argv[1:]:
    place = Path(name)
    before = fingerprint(place)
    refused = opens(place)
    same = [fingerprint(place) == before]
    said = [(" ".join(command), *answered(command, place)) for command in COMMANDS]
    same.append(fingerprint(place) == before)
    sys.stdout.write(json.dumps({"folder": name, "refused": refused, "same": all(same), "said": said}) + "\n")
    sys.stdout.flush()
