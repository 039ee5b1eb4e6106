"""Fenced code: which line opens a block and which line closes it. What stands inside is text, compared as it stands."""

import re

_OPENING = re.compile(r"[ \t]*(?:(`{3,})[^`\n]*|(~{3,})[^\n]*)\Z")


def opening_fence(line: str) -> str | None:
    """Return the run of ``` or ~~~ with which a line opens a block, None where it opens none.

    A line such as ```` ```code``` ```` opens nothing: it is code within a line.
    """
    found = _OPENING.match(line)
    return (found[1] or found[2]) if found else None


def closes_fence(line: str, fence: str) -> bool:
    """Return whether a line closes the block that the run ``fence`` opened: the same sign, at least as often, alone."""
    run = line.strip(" \t")
    return len(run) >= len(fence) and run == fence[0] * len(run)
