"""One calm line per step of the set-up, and one line for what went wrong."""

from __future__ import annotations

import contextlib
import errno
import os
import platform
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

MISUSED = 2
UNAVAILABLE = 69
CANNOT_CREATE = 73
IO_FAILED = 74
NO_PERMISSION = 77
BAD_INPUT = 65

_NETWORK = re.compile(
    r"connection broken by|NewConnectionError|name resolution|Name or service not known|Network is unreachable"
    r"|getaddrinfo failed|ConnectTimeout|ReadTimeout|Read timed out|ProxyError|Max retries exceeded|Failed to fetch"
    r"|Temporary failure resolving|Could not connect to|Could not resolve|Failed to establish a new connection",
    re.IGNORECASE,
)


class Stop(Exception):  # noqa: N818 - an end with a reason, not always an error of the program
    """The set-up can't go on: one line that says why and what to do, and the exit code that goes with it."""

    def __init__(self, reason: str, code: int) -> None:
        super().__init__(reason)
        self.reason = reason
        self.code = code


class StepFailed(Exception):  # noqa: N818 - carries what a tool wrote, to be explained by whoever started it
    """A tool that was started ended with another code than 0."""

    def __init__(self, output: str) -> None:
        super().__init__("a step of the set-up failed")
        self.output = output


def why_pip_failed(output: str) -> tuple[str, int]:
    """Return one line for a failed pip or venv, and the exit code, from all that it wrote."""
    known = why_system_refused(output)
    if known:
        return known
    if "DO NOT MATCH THE HASHES" in output:
        return (
            "a downloaded package is not the one that was locked (its hash differs); nothing of it was used",
            BAD_INPUT,
        )
    if "CERTIFICATE_VERIFY_FAILED" in output or "SSLError" in output:
        return "the package index was reached, but its certificate is not trusted on this machine", UNAVAILABLE
    if _NETWORK.search(output):
        return "the package index can't be reached: is there a network?", UNAVAILABLE
    missing = re.search(r"No matching distribution found for ([^\s;]+)", output)
    if missing:
        machine = f"{platform.system()} on {platform.machine()}, Python {platform.python_version()}"
        return f"there is no ready-made {missing[1]} for this machine ({machine})", UNAVAILABLE
    return last_line(output), UNAVAILABLE


def why_system_refused(output: str) -> tuple[str, int] | None:
    """Return one line and the exit code where `output` tells of a disk or of permissions, else None."""
    if re.search(
        r"No space left on device|Disk quota exceeded|Errno 28\b|Errno 122\b|not have enough free space", output
    ):
        return "the disk is full", IO_FAILED
    if re.search(r"Read-only file system|Errno 30\b", output):
        return "the disk is read-only", IO_FAILED
    if re.search(r"Input/output error|Errno 5\b", output):
        return "the disk can't be read or written", IO_FAILED
    if re.search(r"Permission denied|Errno 13\b|Access is denied|Operation not permitted", output):
        return "permission denied", NO_PERMISSION
    return None


def why_files_failed(error: OSError) -> Stop:
    """Turn an error of the operating system into its line and exit code."""
    where = f": {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Stop(f"The disk is full{where}.", IO_FAILED)
    if error.errno in (errno.EACCES, errno.EPERM):
        return Stop(f"No permission{where}.", NO_PERMISSION)
    if error.errno in (errno.EROFS, errno.EIO):
        return Stop(f"{error.strerror}{where}.", IO_FAILED)
    return Stop(f"{error.strerror or error}{where}.", CANNOT_CREATE)


def last_line(output: str) -> str:
    """Return the line of a tool's output that most likely says what was wrong."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.match(r"(error|e|fatal)\s*:", line, re.IGNORECASE)]
    return (errors or lines or ["no reason was given"])[-1]


class Life:
    """A line on stderr that shows that a step is alive: its seconds on a terminal, dots elsewhere."""

    DOT_EVERY = 5.0

    def __init__(self, title: str, stream: TextIO) -> None:
        self._title = title
        self._stream = stream
        self._terminal = stream.isatty()
        self._began = time.monotonic()
        self._dots = 0
        self._write(f"{title} …")

    def beat(self) -> None:
        """Show that time goes by."""
        seconds = time.monotonic() - self._began
        if self._terminal:
            self._write(f"\r{self._title} … {seconds:.0f} s")
        elif seconds >= (self._dots + 1) * self.DOT_EVERY:
            self._dots += 1
            self._write(".")

    def end(self, word: str) -> None:
        """Close the line with how it went."""
        seconds = time.monotonic() - self._began
        start = f"\r{self._title} …" if self._terminal else ""
        self._write(f"{start} {word}, {seconds:.0f} s\n")

    def _write(self, text: str) -> None:
        encoding = self._stream.encoding or "utf-8"
        # Where nobody reads it any more, the set-up is not stopped by its own progress.
        with contextlib.suppress(OSError):
            self._stream.write(text.encode(encoding, "replace").decode(encoding))
            self._stream.flush()


def say(text: str) -> None:
    """Write one line for the person, on stderr: stdout is the program's."""
    encoding = sys.stderr.encoding or "utf-8"
    with contextlib.suppress(OSError):
        sys.stderr.write(text.encode(encoding, "replace").decode(encoding) + "\n")
        sys.stderr.flush()


def run_step(
    title: str,
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    environment: Mapping[str, str] | None = None,
    held: int | None = None,
) -> str:
    """Run one tool behind one line of progress and return what it wrote.

    `held` is the descriptor of the set-up's lock: the tool inherits it, so that the lock stays taken while the tool
    runs, even when this process is killed and can't stop it. Raises StepFailed where the tool does not end with 0.
    """
    life = Life(title, sys.stderr)
    inherited = (held,) if held is not None and os.name == "posix" else ()
    try:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env=None if environment is None else dict(environment),
            pass_fds=inherited,
            # A group of its own, so that what the tool starts in turn ends with it.
            process_group=0 if os.name == "posix" else None,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
    except OSError as error:
        life.end("failed")
        raise why_files_failed(error) from None
    written: list[str] = []
    reader = threading.Thread(target=_collect, args=(process, written), daemon=True)
    reader.start()
    try:
        while True:
            try:
                code = process.wait(timeout=0.5)
                break
            except subprocess.TimeoutExpired:
                life.beat()
    except BaseException:
        _end(process)
        life.end("interrupted")
        raise
    reader.join(timeout=5)
    life.end("done" if code == 0 else "failed")
    output = "".join(written)
    if code != 0:
        raise StepFailed(output)
    return output


def _collect(process: subprocess.Popen[str], written: list[str]) -> None:
    if process.stdout is not None:
        with process.stdout:
            written.extend(process.stdout)


def _end(process: subprocess.Popen[str]) -> None:
    """Stop a tool that was started here, with all that it started, and wait until it is gone."""
    _signal_all(process, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    if sys.platform != "win32":
        _signal_all(process, signal.SIGKILL)
    process.wait()


def _signal_all(process: subprocess.Popen[str], number: signal.Signals) -> None:
    """Send a signal to a tool and to what it started; on Windows, not yet run, to the tool alone."""
    if sys.platform == "win32":
        process.kill()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def interrupt_on_signals() -> None:
    """Let SIGTERM and SIGHUP end the set-up as Ctrl-C does: the running tool is stopped first."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _leave)


def _leave(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)
