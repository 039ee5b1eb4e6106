"""The suite in two halves at once: most tests wait for processes, disks and windows, so two cores halve the time."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

#: What is run beside the rest, with the test files that stand in no folder: about as long as all else.
BESIDE = ("comparison", "domain", "faults", "reports", "storage", "transcripts")


def halves(tests: Path) -> tuple[list[str], list[str]]:
    """Return what is asked of pytest for the half that is shown as it runs, and for the one beside it."""
    folders = [tests / name for name in BESIDE if (tests / name).is_dir()]
    beside = [str(path) for path in (*folders, *sorted(tests.glob("test_*.py")))]
    return [str(tests), *(f"--ignore={path}" for path in beside)], beside


def run(pytest: Sequence[str], tests: Path, variables: Mapping[str, str]) -> int:
    """Run both halves and return 0 where both passed, else the first exit code that is another.

    What the second half prints is shown once both have ended.
    """
    shown, beside = halves(tests)
    with tempfile.TemporaryFile() as printed:
        second = subprocess.Popen([*pytest, *beside], env=dict(variables), stdout=printed, stderr=subprocess.STDOUT)
        try:
            sys.stdout.flush()
            first_code = subprocess.run([*pytest, *shown], env=dict(variables), check=False).returncode
            second_code = second.wait()
        finally:
            if second.poll() is None:
                second.terminate()
                second.wait()
            printed.seek(0)
            shutil.copyfileobj(printed, sys.stdout.buffer)
            sys.stdout.flush()
    return first_code or second_code


def worth_it() -> bool:
    """Return whether there are cores for both."""
    return (os.cpu_count() or 1) > 1
