#!/usr/bin/env python3
"""Set Interview Coach up in this checkout and start it, test it or measure it, with nothing needed beforehand.

This file and those beside it use the standard library alone. This one also has to be readable by a Python that is too
old for the rest, so that it can say so: its annotations stand in quotes, and the other modules are imported once the
version is known to fit.
"""

import shutil
import sys

OLDEST = (3, 11)
NEWEST = (3, 14)

USAGE = """\
usage: python3 packaging/bootstrap.py COMMAND [ARGUMENT ...]

  run [ARGUMENT ...]    set up what is missing and start Interview Coach; the arguments are the program's own
  test [ARGUMENT ...]   set up what is missing and run the test suite without a display; the arguments are pytest's
  bench [--runs N]      measure how fast the program starts, beside the least that any such program needs
  lock [ARGUMENT ...]   write packaging/run.lock and packaging/test.lock anew from pyproject.toml; needs the network and
                        uv, installed or in .venv. Pins that still fit stay; with --upgrade each is the newest
"""


def dotted(version: "tuple[int, int]") -> str:
    """Write a version as people do: 3.11."""
    return f"{version[0]}.{version[1]}"


def wrong_python(version: "tuple[int, int]", implementation: str) -> "str | None":
    """Return why this Python can't run the program, as one line, or None where it can.

    `version` is (major, minor), `implementation` the name in sys.implementation.
    """
    if implementation == "cpython" and OLDEST <= tuple(version) <= NEWEST:
        return None
    this = f"Python {dotted(version)}" if implementation == "cpython" else f"{implementation} {dotted(version)}"
    known = f"Interview Coach knows Python {dotted(OLDEST)} to {dotted(NEWEST)}, and this is {this}"
    others = [f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1)]
    found = [name for name in others if shutil.which(name)]
    if found:
        return f"{known}: use {found[0]}, which is on this machine, in the place of python3."
    return f"{known}: install one of them and use it in the place of python3."


def main(arguments: "list[str]") -> int:
    """Carry out the command in `arguments` (without the script's name) and return the exit code."""
    reason = wrong_python(sys.version_info[:2], sys.implementation.name)
    if reason:
        sys.stderr.write(reason + "\n")
        return 69
    if arguments[:1] in (["-h"], ["--help"], ["help"]):
        sys.stdout.write(USAGE)
        return 0
    # Only now: these modules are written for the Pythons named above.
    import commands

    if not arguments or arguments[0] not in commands.COMMANDS:
        sys.stderr.write(USAGE)
        return 2
    return commands.carry_out(arguments[0], arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
