"""The Pythons that the program runs on.

A Python that is too old for the program reads this module too, to say so: its annotations stand in quotes.
"""

import shutil

OLDEST = (3, 11)
NEWEST = (3, 14)


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
