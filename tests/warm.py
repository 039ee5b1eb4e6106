"""Commands as processes of their own that do not import the program each by itself: one process has done it, and every
command is forked from there. Nothing else differs: arguments, environment, standard streams, exit and exit code are a
process's own. What the start itself does is tried by tests that start the interpreter.
"""

import atexit
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).parent.parent

#: What fits into a pipe that nobody reads yet, in bytes.
PIPE = 60_000


class WarmCommands:
    """The process that commands are forked from, started with the first of them."""

    def __init__(self):
        self._connection = None
        self._process = None

    def run(self, arguments, environment, feed=b"", *, from_start=False):
        """Run a command in the checkout and return the finished process, what it wrote as bytes.

        The interpreter is started where that was asked for, and where forking is no way: on a system that has none, or
        where more is fed than a pipe holds.
        """
        command = [sys.executable, "-m", "interview_coach", *arguments]
        if from_start or not hasattr(os, "fork") or not hasattr(socket, "send_fds") or len(feed) > PIPE:
            return subprocess.run(
                command, cwd=ROOT, env=environment, input=feed, capture_output=True, check=False, timeout=60
            )
        if self._process is None:
            self._start()
        with ExitStack() as files:
            request, output, errors = (files.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            request.write(json.dumps({"arguments": arguments, "environment": environment}).encode())
            request.seek(0)
            reading, writing = os.pipe()
            try:
                with os.fdopen(writing, "wb") as pipe:
                    pipe.write(feed)
                described = [reading, output.fileno(), errors.fileno(), request.fileno()]
                socket.send_fds(self._connection, [b"?"], described)
            finally:
                os.close(reading)
            code = int(self._connection.recv(16))
            output.seek(0)
            errors.seek(0)
            return subprocess.CompletedProcess(command, code, output.read(), errors.read())

    def _start(self):
        self._connection, other = socket.socketpair()
        self._connection.settimeout(60)
        with other:
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(other.fileno())], cwd=ROOT, pass_fds=[other.fileno()],
                stdin=subprocess.DEVNULL,
            )  # fmt: skip
        atexit.register(self._end)

    def _end(self):
        self._connection.close()
        self._process.wait(timeout=60)


def serve(connection):
    """Fork a process for each request, and answer with its exit code, until the other end is closed."""
    # What the commands import, so that they find it.
    from interview_coach import __main__, cli, compare_command, streams, terminal  # noqa: F401

    while True:
        asked, descriptors, _flags, _address = socket.recv_fds(connection, 1, 4)
        if not asked:
            return
        child = os.fork()
        if child == 0:
            connection.close()
            become(descriptors)
            sys.exit(__main__.main())
        for descriptor in descriptors:
            os.close(descriptor)
        connection.send(str(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])).encode())


def become(descriptors):
    """Take on the streams, the arguments and the environment of a request."""
    with os.fdopen(descriptors[3], "rb") as request:
        asked = json.loads(request.read())
    for number, descriptor in enumerate(descriptors[:3]):
        os.dup2(descriptor, number)
        os.close(descriptor)
    os.environ.clear()
    os.environ.update(asked["environment"])
    sys.argv = [str(ROOT / "interview_coach" / "__main__.py"), *asked["arguments"]]
    random.seed()


#: For all tests of one run.
COMMANDS = WarmCommands()


def run_command(folder, *arguments, feed="", code=0, **environment):
    """Run a command on a data folder, see that it ends as it should and never with a traceback, and return the finished
    process. Where something is set in its environment, the interpreter is started with it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY", "COLUMNS")}
    done = COMMANDS.run(
        ["--data-dir", str(folder), *map(str, arguments)],
        {**kept, "QT_QPA_PLATFORM": "", **environment},
        feed.encode() if isinstance(feed, str) else feed,
        from_start=bool(environment),
    )
    messages = done.stderr.decode()
    assert "Traceback" not in messages
    assert done.returncode == code, messages
    return done


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as connection:
        serve(connection)
