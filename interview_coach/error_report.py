"""The report of a defect: a text file in the data folder, for the person to read and to pass on or not.

It holds versions, the system, types and places (``traces``); no message, no value, nothing that was typed. It is sent
nowhere.
"""

import contextlib
import platform
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from interview_coach import __version__, logs, traces
from interview_coach.domain.errors import CoachError
from interview_coach.storage.files import remove_leftovers, replace_file

#: Reports that are kept, the newest.
KEPT = 20

#: Two threads may fail at once; what one has half written is no leftover to the other.
_one_at_a_time = threading.Lock()


def text(error: BaseException, where: Literal["window", "thread", "command"]) -> str:
    """Return the report of an error that came up somewhere, several lines."""
    facts = [
        ("when", time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())),
        ("program", f"interview-coach {__version__}, in a {where}"),
        ("Python", platform.python_version()),
        *logs.loaded(),
        ("system", f"{platform.system()} {platform.release()} {platform.machine()}"),
    ]
    lines = [
        "Interview Coach: report of an error in the program",
        "It holds nothing that was typed, no file name and no value, and was sent nowhere.",
        "",
        *(f"{name + ':':9} {value}" for name, value in facts),
    ]
    for link in traces.chain(error):
        lines += ["", f"{link.how} {link.what}".strip(), *(f"    {place}" for place in link.places)]
    return "\n".join(lines) + "\n"


def write(data_folder: Path | None, report: str) -> Path | None:
    """Store a report in the data folder and return its file; None where there is no folder or it can't be written."""
    if data_folder is None:
        return None
    with _one_at_a_time:
        try:
            folder = logs.make_folder(data_folder)
            path = folder / f"report-{datetime.now(UTC):%Y%m%dT%H%M%S.%f}Z.txt"  # names sort by age
            replace_file(path, report.encode())
        except OSError:
            return None
        _thin_out(folder, path)
    return path


def keep(data_folder: Path | None, error: BaseException, where: Literal["window", "thread", "command"]) -> None:
    """Note a defect in the log, where one is open, and write its report. Never raises an Exception."""
    with contextlib.suppress(Exception):
        logs.unexpected(error)
        write(data_folder, text(error, where))


@contextlib.contextmanager
def recorded(data_folder: Path | None, level: str) -> Iterator[None]:
    """Log a command on a claimed data folder: its start, its end, and what ends it early, which is raised on.

    A defect gets a report; bad luck, such as a full disk or a reader that went away, a line of the log. Without a
    folder, as where it is only read, nothing is written.
    """

    def on_thread(thrown: threading.ExceptHookArgs) -> None:
        if thrown.exc_value is not None and not isinstance(thrown.exc_value, SystemExit):
            keep(data_folder, thrown.exc_value, "thread")

    log = logs.Log.open(data_folder, level)
    former = threading.excepthook, sys.unraisablehook
    threading.excepthook, sys.unraisablehook = on_thread, _on_unraisable  # Python's own would print what they say
    try:
        logs.started("command")
        yield
    except KeyboardInterrupt:
        logs.interrupted()
        raise
    except (CoachError, OSError) as error:
        logs.bad_luck(error)
        raise
    except Exception as error:
        keep(data_folder, error, "command")
        raise
    finally:
        threading.excepthook, sys.unraisablehook = former
        logs.ended()
        log.close()


def _on_unraisable(thrown: "sys.UnraisableHookArgs") -> None:
    with contextlib.suppress(Exception):
        if thrown.exc_value is not None:
            logs.unraisable(thrown.exc_value)


def _thin_out(folder: Path, newest: Path) -> None:
    """Remove all but the newest reports, and what a kill left half written."""
    remove_leftovers(folder)
    with contextlib.suppress(OSError):
        older = sorted(path for path in folder.glob("report-*.txt") if path != newest)
        for path in older[: 1 - KEPT]:
            path.unlink(missing_ok=True)
