"""Add packages of the operating system that are missing: on Debian and its relatives; elsewhere the person is told."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from steps import UNAVAILABLE, StepFailed, Stop, last_line, run_step, say, why_system_refused

if TYPE_CHECKING:
    from collections.abc import Sequence


def add(packages: Sequence[str], reason: str, held: int | None) -> None:
    """Install Debian packages: at once as root, after asking as anyone else.

    `reason` says what lacks them and begins every line about it; `held` is the descriptor of the set-up's lock, which
    apt-get inherits. Raises Stop where they can't be installed here, or the person does not want them.
    """
    if shutil.which("apt-get") is None:
        raise Stop(
            f"{reason}: install it with the package manager of this system (on Debian: {' '.join(packages)}).",
            UNAVAILABLE,
        )
    install = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if os.geteuid() == 0:
        _install_as_root(install, len(packages), reason, held)
        return
    by_hand = f"{reason}; as administrator: {' '.join(install)}"
    if shutil.which("sudo") is None or not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise Stop(by_hand, UNAVAILABLE)
    command = ["sudo", *install]
    say(f"{reason}. This installs it:\n  {' '.join(command)}")
    sys.stderr.write("Run it now? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise Stop(f"Not installed. {by_hand}", UNAVAILABLE)
    if subprocess.run(command, check=False).returncode != 0:
        raise Stop(f"{command[0]} or apt-get failed, see above. {by_hand}", UNAVAILABLE)


def add_venv(held: int) -> None:
    """Add the part of Python that makes virtual environments, which Debian has in a package of its own."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    if sys.base_prefix == "/usr":
        add([f"python{version}-venv"], f"Python {version} lacks its modules venv and ensurepip", held)
        importlib.invalidate_caches()
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        raise Stop(f"{sys.executable} lacks its modules venv and ensurepip: install a whole Python.", UNAVAILABLE)


def _install_as_root(install: Sequence[str], count: int, reason: str, held: int | None) -> None:
    variables = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    # Another apt may be at work, on a new machine most of all.
    command = [*install[:1], "-o", "DPkg::Lock::Timeout=300", *install[1:]]
    title = f"{reason}: installing {count} Debian {'package' if count == 1 else 'packages'}"
    try:
        run_step(title, command, environment=variables, held=held)
    except StepFailed as first:
        # The lists of packages are missing or out of date, or an earlier installation was cut off.
        try:
            if "dpkg was interrupted" in first.output:
                run_step(
                    "Ending an installation that was cut off", ["dpkg", "--configure", "-a"], environment=variables
                )
            run_step("Fetching the lists of Debian packages", ["apt-get", "update"], environment=variables, held=held)
            run_step(title, command, environment=variables, held=held)
        except StepFailed as second:
            why, code = why_system_refused(second.output) or (last_line(second.output), UNAVAILABLE)
            raise Stop(f"{reason}, and apt-get failed: {why}", code) from None
