#!/usr/bin/env python3
"""Set Interview Coach up in this checkout and start it, test it or measure it, with nothing needed beforehand.

This file and those beside it use the standard library alone. This one and pythons.py also have to be readable by a
Python that is too old for the rest, so that it can say so: their annotations stand in quotes, and the other modules are
imported once the version is known to fit.
"""

import sys

from pythons import wrong_python

USAGE = """\
usage: python3 packaging/bootstrap.py COMMAND [ARGUMENT ...]

  run [ARGUMENT ...]    set up what is missing and start Interview Coach; the arguments are the program's own
  test [ARGUMENT ...]   set up what is missing and run the test suite without a display; the arguments are pytest's
  bench [ARGUMENT ...]  measure how fast the program starts, beside the least that any such program needs; --help tells
                        what else it takes
  build                 make the program as a folder that needs no Python, dist/interview-coach, and beside it a list
                        of all that is in it
  installers            make that and, on Linux, what people download: a Debian package, and an archive with a script
                        that installs it
  release VERSION       make this checkout that version: its number, and what is new in it
  lock [ARGUMENT ...]   write packaging/*.lock anew from pyproject.toml; needs the network and uv, installed or in
                        .venv. Pins that still fit stay; with --upgrade each is the newest
"""


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
