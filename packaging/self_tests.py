"""Run the program's self-test many times, several at once: what crashes now and then at shutdown shows itself so.

Use: `.venv/bin/python packaging/self_tests.py [COUNT] [--at-once N]`. Each self-test has to end with 0, print exactly
one line that starts with `ok` on stdout, and nothing on stderr.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LIMIT_S = 120


def complaint(code: int, out: str, err: str) -> str | None:
    """Return what is wrong with the end of one self-test, from its exit code and output; None where all is well."""
    if code != 0:
        return f"ended with {code}" + (f" (signal {-code})" if code < 0 else "")
    lines = out.splitlines()
    if len(lines) != 1 or not lines[0].startswith("ok"):
        return f"printed {len(lines)} lines on stdout, not one that starts with ok"
    return "wrote on stderr" if err else None


def one(command: Sequence[str]) -> tuple[str | None, float]:
    """Run one self-test and return its complaint, with all that it wrote, or None; and its seconds."""
    began = time.monotonic()
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
            timeout=LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"did not end within {LIMIT_S} s", time.monotonic() - began
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    wrong = complaint(done.returncode, out, err)
    seconds = time.monotonic() - began
    return (None if wrong is None else f"{wrong}\n--- stdout\n{out}\n--- stderr\n{err}"), seconds


def main() -> int:
    """Run the self-tests, print a line about all of them and what went wrong, and return 1 where anything did."""
    parser = argparse.ArgumentParser(description="Run the program's self-test many times, several at once.")
    parser.add_argument("count", type=int, nargs="?", default=40)
    parser.add_argument("--at-once", type=int, default=8)
    options = parser.parse_args()
    program = shutil.which("interview-coach", path=str(Path(sys.executable).parent))
    if program is None or options.count < 1 or options.at_once < 1:
        sys.stderr.write("Start this with the Python of .venv, and with numbers above 0.\n")
        return 2
    began = time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(options.at_once) as pool:
        ends = list(pool.map(one, [[program, "--self-test"]] * options.count))
    bad = [wrong for wrong, _seconds in ends if wrong is not None]
    for wrong in bad[:5]:
        print(f"self-test {wrong}")
    slowest = max(seconds for _wrong, seconds in ends)
    total = time.monotonic() - began
    print(
        f"self-tests: {len(ends) - len(bad)} of {len(ends)} ok, {options.at_once} at a time, "
        f"{total:.0f} s in all, the slowest {slowest:.1f} s"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
