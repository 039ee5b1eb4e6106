"""Try the program as it was built or installed, not its source: on empty folders, as many different people would.

Use: `python3 packaging/smoke_test.py PROGRAM [--short] [--installed]`. Every step has to end with the exit code that
it should, write nothing that it should not, and leave neither a crash nor a core file. The standard library alone is
needed, and for the window Xvfb and xdotool: without them, or with --short, it is left out, and that is said.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import by_keys
import self_tests

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parent.parent

#: What the program is told when it starts: as bare as a person's session can be.
BARE = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"}

LIMIT_S = 120

#: How libraries of the system begin that only a session of their kind loads, and has.
LATE = ("libwayland-", "libcups")

#: A transcript to bring in, with a question that the program does not know.
TRANSCRIPT = """\
Turn 1 [HR]
Q: Which tram would you take to the harbour, and why?

A: The nine, since it is never late.

Feedback: {"clarity": 7, "confidence": 8, "technical_depth": 0, "summary": "Short, and to the point."}
"""


class WrongError(Exception):
    """A step did not go as it should; the text says what happened."""


class Trial:
    """One program, and a folder that is thrown away for each step."""

    def __init__(self, program: str, folder: Path, expected_version: str, *, is_installed: bool = False) -> None:
        self.program = program
        self.folder = folder
        self.version = expected_version
        self.is_installed = is_installed

    def run(
        self, *arguments: str | Path, code: int = 0, says: str = "", errors: str = "", stdin: str = "", **more: str
    ) -> str:
        """Run the program; return what it wrote. `says` and `errors` are what has to match all of its two streams.

        Raises WrongError where it ends otherwise, or writes something else: nothing on standard error, unless said so.
        """
        home = self.folder / "home"
        home.mkdir(exist_ok=True)
        variables = {**BARE, "HOME": str(home), "XDG_RUNTIME_DIR": str(self.folder), **more}
        command = [self.program, *map(str, arguments)]
        done = subprocess.run(
            command,
            input=stdin.encode(),
            capture_output=True,
            env=variables,
            cwd=self.folder,
            timeout=LIMIT_S,
            check=False,
        )
        out, wrote = done.stdout.decode(), done.stderr.decode()
        if done.returncode != code or not re.fullmatch(errors, wrote, re.DOTALL):
            raise WrongError(f"{' '.join(map(str, arguments))}: ended with {done.returncode}; it wrote: {wrote or out}")
        if says and not re.fullmatch(says, out, re.DOTALL):
            raise WrongError(f"{' '.join(map(str, arguments))}: wrote {out!r}")
        return out

    def on(self, data: Path, *arguments: str | Path, code: int = 0, errors: str = "", stdin: str = "") -> str:
        """Run a command on a data folder."""
        return self.run("--data-dir", data, *arguments, code=code, errors=errors, stdin=stdin)

    # The steps, in the order in which they are tried.

    def says_its_version(self) -> None:
        """--version, alone, with a display of which nothing is there, and without any locale."""
        words = rf"interview-coach {re.escape(self.version)}\n"
        self.run("--version", says=words)
        self.run("--version", says=words, LC_ALL="C", DISPLAY=":99")
        self.run("--self-test", says="ok .*\n", QT_QPA_PLATFORM="offscreen", LC_ALL="C")

    def refuses_mistakes(self) -> None:
        """Arguments that there are not, files that are not there, and what is no transcript."""
        data = self.folder / "mistakes"
        self.run("--nonsense", code=2, errors="usage: interview-coach .*")
        self.on(data, "frobnicate", code=2, errors="usage: .*")
        missing = self.folder / "missing.txt"
        self.on(data, "import", missing, code=66, errors=".+")
        self.on(data, "restore", missing, code=66, errors="[^\n]+\n")
        empty = self.folder / "empty.txt"
        empty.write_bytes(b"")
        self.on(data, "import", empty, code=65, errors=".*")
        garbage = self.folder / "garbage"
        garbage.mkdir()
        (garbage / "coach.sqlite3").write_bytes(b"no database\n" * 500)
        self.on(garbage, "questions", code=65, errors="[^\n]+\n")
        if (garbage / "coach.sqlite3").read_bytes() != b"no database\n" * 500:
            raise WrongError("A file that is no database was changed.")

    def works_on_the_command_line(self) -> None:
        """Import, practise, export in every format, back up, damage and restore."""
        data, out = self.folder / "data", self.folder / "out"
        out.mkdir()
        shipped = json.loads(self.on(data, "questions", "--count", "--json"))["count"]
        file = self.folder / "tram.txt"
        file.write_text(TRANSCRIPT, encoding="utf-8", newline="\n")
        self.on(data, "import", file)
        if json.loads(self.on(data, "questions", "--count", "--json"))["count"] != shipped + 1:
            raise WrongError("The imported question is not in the bank.")
        self.on(data, "practice", "--search", "tram", stdin="The nine.\n.\n8\n6\nname the stop\n")
        (attempt,) = json.loads(self.on(data, "attempts", "--json"))
        if (attempt["text"], attempt["resolution"]) != ("The nine.", "name the stop"):
            raise WrongError("The answer is not kept as it was typed.")
        for kind in ("json", "turns", "markdown", "html", "csv", "anki"):
            choice = ("--search", "tram") if kind == "turns" else ()
            self.on(data, "export", kind, out / f"out.{kind}", *choice)
            if b"harbour" not in (out / f"out.{kind}").read_bytes():
                raise WrongError(f"The export as {kind} lacks the question.")
        again = self.folder / "again"
        self.on(again, "import", out / "out.json")
        (came,) = json.loads(self.on(again, "attempts", "--json"))
        if came["text"] != attempt["text"]:
            raise WrongError("What was exported does not come in again.")
        self.on(data, "backup", out / "backup.sqlite3")
        with (data / "coach.sqlite3").open("r+b") as database:
            database.seek(0)
            database.write(b"\0" * 8192)
        self.on(data, "attempts", code=65, errors="[^\n]+\n")
        self.on(data, "restore", out / "backup.sqlite3")
        if json.loads(self.on(data, "attempts", "--json")) != [attempt]:
            raise WrongError("The restored answer is another.")
        self.on(data, "check")

    def opens_older_data(self) -> None:
        """Open a data folder of each earlier form of the database, with what was in it."""
        for schema in sorted((ROOT / "tests" / "data" / "schema").glob("*.sql")):
            data = self.folder / f"schema-{schema.stem}"
            data.mkdir()
            with sqlite3.connect(data / "coach.sqlite3") as database:
                database.executescript(schema.read_text(encoding="utf-8"))
                (before,) = database.execute("SELECT count(*) FROM attempt").fetchone()
            database.close()
            if len(json.loads(self.on(data, "attempts", "--json"))) != before:
                raise WrongError(f"Of the data of form {schema.stem} not every attempt is there.")
            self.on(data, "check")

    def runs_without_streams(self) -> None:
        """As a menu starts it: without input, output and errors, and with some of them."""
        if os.name != "posix":
            return
        data = self.folder / "silent"
        for closed in (">&- 2>&- <&-", ">&-", "2>&-", "<&-"):
            for words in (f"--data-dir '{data}' questions", "--self-test", "--version"):
                shell = f"exec '{self.program}' {words} {closed}"
                done = subprocess.run(
                    ["/bin/sh", "-c", shell],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    env={**BARE, "HOME": str(self.folder), "QT_QPA_PLATFORM": "offscreen"},
                    timeout=LIMIT_S,
                    check=False,
                )
                if done.returncode != 0 or done.stderr:
                    raise WrongError(f"{words} with {closed}: ended with {done.returncode}: {done.stderr.decode()}")

    def tests_itself(self, count: int, at_once: int = 8) -> None:
        """The self-test many times, several at once."""
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            ends = list(pool.map(self_tests.one, [[self.program, "--self-test"]] * count))
        bad = [wrong for wrong, _seconds in ends if wrong is not None]
        if bad:
            raise WrongError(f"{len(bad)} of {count} self-tests went wrong, the first so: {bad[0]}")

    def lacks_no_library(self) -> None:
        """Every library that the program's own ones name is there, in its folder or in the system."""
        if not sys.platform.startswith("linux") or shutil.which("ldd") is None:
            return
        inside = Path(self.program).resolve().parent / "_internal"
        lacking = set()
        for library in sorted(inside.rglob("*.so*")):
            told = subprocess.run(["ldd", library], capture_output=True, text=True, check=False).stdout
            names = re.findall(r"(\S+) => not found", told)
            lacking |= {
                f"{name} for {library.name}" for name in names if self.is_installed or not name.startswith(LATE)
            }
        if lacking:
            raise WrongError(f"Libraries are missing: {', '.join(sorted(lacking))}")

    def practises_in_the_window(self) -> None:
        """Practise the sample interview under a display of its own, by keys."""
        data = self.folder / "window"
        window = [self.program, "--data-dir", str(data)]
        with by_keys.screen() as on:
            if on is None:
                raise WrongError("Xvfb does not start.")
            again = subprocess.DEVNULL

            def start_again() -> int:
                done = subprocess.run(
                    window, env=on, stdin=again, stdout=again, stderr=again, timeout=LIMIT_S, check=False
                )
                return done.returncode

            code, out, errors = by_keys.practise(window, on, start_again)
        if (code, out, errors) != (0, "", ""):
            raise WrongError(f"The window ended with {code} and wrote: {errors or out}")
        wrong = by_keys.complaints(json.loads(self.on(data, "attempts", "--json")))
        if wrong:
            raise WrongError("; ".join(wrong))

    def left_nothing_behind(self) -> None:
        """No crash, no core and nothing unexpected in a log, in any of the folders."""
        for path in sorted(self.folder.rglob("*")):
            is_crash = path.name == "crash.log" and path.stat().st_size > 0
            if is_crash or re.fullmatch(r"core(\.\d+)?", path.name):
                raise WrongError(f"{path.relative_to(self.folder)} was left behind.")
            if path.suffix == ".log" and path.is_file() and "unexpected" in path.read_text(encoding="utf-8"):
                raise WrongError(f"{path.relative_to(self.folder)} tells of something unexpected.")


def steps(trial: Trial, self_test_count: int, *, window: bool) -> list[tuple[str, Callable[[], None]]]:
    """Return what is tried, each with a name for a person."""
    return [
        ("libraries", trial.lacks_no_library),
        ("version", trial.says_its_version),
        ("mistakes", trial.refuses_mistakes),
        ("commands", trial.works_on_the_command_line),
        ("older data", trial.opens_older_data),
        ("no streams", trial.runs_without_streams),
        (f"{self_test_count} self-tests", lambda: trial.tests_itself(self_test_count)),
        *([("window", trial.practises_in_the_window)] if window else []),
        ("nothing left", trial.left_nothing_behind),
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Try everything, a line for each step, and return 1 where one went wrong."""
    parser = argparse.ArgumentParser(description="Try the program as it was built or installed.")
    parser.add_argument("program", help="the program, or its name where it is installed")
    parser.add_argument("--short", action="store_true", help="few self-tests, and no window")
    parser.add_argument("--self-tests", type=int, default=50)
    parser.add_argument("--installed", action="store_true", help="a package has seen to all libraries of the system")
    options = parser.parse_args(arguments)
    program = shutil.which(options.program)
    if program is None:
        sys.stderr.write(f"There is no program {options.program}.\n")
        return 2
    init = (ROOT / "interview_coach" / "__init__.py").read_text(encoding="utf-8")
    told = re.search(r'^__version__ = "(.+)"$', init, re.MULTILINE)
    missing = by_keys.missing()
    if missing and not options.short:
        print(f"window: left out, {' and '.join(missing)} not on this machine")
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="smoke-test-") as folder:
        trial = Trial(
            str(Path(program).absolute()),
            Path(folder),
            told[1] if told else "",
            is_installed=options.installed,
        )
        count = 8 if options.short else options.self_tests
        for name, step in steps(trial, count, window=not options.short and not missing):
            began = time.monotonic()
            try:
                step()
            except (WrongError, OSError, subprocess.SubprocessError, ValueError) as error:
                wrong += 1
                print(f"{name}: WRONG. {error}", flush=True)
            else:
                print(f"{name}: ok, {time.monotonic() - began:.1f} s", flush=True)
    print(f"smoke test of {program}: {'all is well' if not wrong else f'{wrong} went wrong'}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
