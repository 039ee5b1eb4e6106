"""What bootstrap.py can be asked for, once it is known that this Python can do it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import halves
import qt_platform
import steps
from environment import BUNDLE_FOLDER, BUNDLE_GROUPS, ROOT, Environment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


def run(environment: Environment, arguments: Sequence[str]) -> int:
    """Start the program with these arguments; it takes the place of this process."""
    environment.ensure("run")
    platform = qt_platform.platform_in_use(os.environ, arguments) if qt_platform.wants_window(arguments) else None
    if platform is not None:
        try:
            qt_platform.ensure_qt(environment, platform)
        except steps.Stop as lacking:
            # The program practises in the terminal where it can have no window; its self-test can't.
            if "--self-test" in arguments:
                raise
            steps.say(lacking.reason)
    environment.compile_project()
    return become([environment.program, *arguments], os.environ)


def test(environment: Environment, arguments: Sequence[str]) -> int:
    """Run the test suite in the checkout, on Qt's offscreen platform; the whole of it in two halves at once."""
    prepare_offscreen(environment, "test")
    os.chdir(environment.root)
    variables = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    if not arguments and halves.worth_it():
        return halves.run([str(environment.python), "-m", "pytest"], environment.root / "tests", variables)
    return become([environment.python, "-m", "pytest", *arguments], variables)


def bench(environment: Environment, arguments: Sequence[str]) -> int:
    """Measure how fast the program starts."""
    prepare_offscreen(environment, "run")
    script = environment.root / "packaging" / "bench.py"
    return become([environment.python, script, *arguments], {**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def build(_environment: Environment, arguments: Sequence[str]) -> int:
    """Make the bundle, with packages of its own."""
    # Only this command needs it.
    import bundle

    if arguments:
        raise steps.Stop("build takes no arguments.", steps.MISUSED)
    bundle.make(Environment(ROOT, BUNDLE_FOLDER, BUNDLE_GROUPS))
    return 0


def installers(_environment: Environment, arguments: Sequence[str]) -> int:
    """Make the bundle and what people download to install it."""
    # Only this command needs it.
    import installers as making

    if arguments:
        raise steps.Stop("installers takes no arguments.", steps.MISUSED)
    making.make(Environment(ROOT, BUNDLE_FOLDER, BUNDLE_GROUPS))
    return 0


def release(environment: Environment, arguments: Sequence[str]) -> int:
    """Give this checkout the next version."""
    # Only this command needs it.
    import versions

    if len(arguments) != 1:
        raise steps.Stop("release takes the version, as 1.2.0.", steps.MISUSED)
    versions.release(environment.root, arguments[0])
    return 0


def lock(environment: Environment, arguments: Sequence[str]) -> int:
    """Write the lock files anew."""
    # Only this command needs it.
    import locks

    locks.renew(environment, arguments)
    return 0


COMMANDS: dict[str, Callable[[Environment, Sequence[str]], int]] = {
    "run": run,
    "test": test,
    "bench": bench,
    "build": build,
    "installers": installers,
    "release": release,
    "lock": lock,
}


def carry_out(name: str, arguments: Sequence[str]) -> int:
    """Carry out one of COMMANDS and return the exit code; what goes wrong on the way is told in one line."""
    steps.interrupt_on_signals()
    try:
        return COMMANDS[name](Environment(ROOT), arguments)
    except steps.Stop as stop:
        steps.say(stop.reason)
        return stop.code
    except OSError as error:
        failed = steps.why_files_failed(error)
        steps.say(failed.reason)
        return failed.code
    except KeyboardInterrupt:
        steps.say("\nInterrupted. The next start takes it up again.")
        return 130


def prepare_offscreen(environment: Environment, group: str) -> None:
    """Set up all that a window nobody sees needs."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if os.environ.get("LC_ALL") in ("C", "POSIX"):
        # Qt warns of a locale that is not UTF-8, and a warning fails the test it comes up in.
        os.environ["LC_ALL"] = "C.UTF-8"
    environment.ensure(group)
    qt_platform.ensure_qt(environment, "offscreen")
    environment.compile_project()


def become(command: Sequence[str | Path], variables: Mapping[str, str]) -> int:
    """Let a program take the place of this process; on Windows, which has no such thing, wait for it."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(words[0], words, dict(variables))  # noqa: S606 - no shell is wanted
    # Windows: not yet run.
    while True:
        try:
            return subprocess.run(words, env=dict(variables), check=False).returncode
        except KeyboardInterrupt:
            continue
