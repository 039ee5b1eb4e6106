"""Which platform Qt opens a window on, and what the operating system has to have for it: found out by trying.

Packages are added only where trying fails. Windows and macOS bring all that Qt needs.
"""

from __future__ import annotations

import contextlib
import os
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import system_packages
from steps import UNAVAILABLE, Stop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from environment import Environment

# Debian's names. A font comes along with libfontconfig1.
QT = ("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libxkbcommon0")
X11 = (
    "libxcb-cursor0", "libxcb-icccm4", "libxcb-keysyms1", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0",
)  # fmt: skip
WAYLAND = ("libwayland-client0", "libwayland-cursor0", "libwayland-egl1")
FONT = ("fonts-dejavu-core",)

# Options of the program that have a value, which is no command.
VALUED = ("--data-dir", "--log-level")

PROBE = """\
import resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("Interview Coach")
label.show()
application.processEvents()
if not QFontDatabase.families():
    sys.exit("no font")
label.deleteLater()
"""


def wants_window(arguments: Sequence[str]) -> bool:
    """Tell whether the program, started with these arguments, opens its window: no command, and not just a word."""
    rest = iter(arguments)
    for argument in rest:
        if argument in VALUED:
            next(rest, None)
        elif argument in ("--version", "--help", "-h") or not argument.startswith("-"):
            return False
    return True


def platform_in_use(variables: Mapping[str, str], arguments: Sequence[str]) -> str | None:
    """Return the Qt platform that a start will use: what is set, else the display's, or None where there is none.

    The self-test needs a window, and takes one that nobody sees where there is no display.
    """
    chosen = variables.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if chosen:
        return chosen
    if wayland_answers(variables):
        return "wayland"
    if x11_answers(variables.get("DISPLAY", "")):
        return "xcb"
    return "offscreen" if "--self-test" in arguments else None


def wayland_answers(variables: Mapping[str, str]) -> bool:
    """Tell whether something listens where WAYLAND_DISPLAY says."""
    name = variables.get("WAYLAND_DISPLAY", "")
    folder = variables.get("XDG_RUNTIME_DIR", "")
    if not name or not (folder or name.startswith("/")):
        return False
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(3)
        connection.connect(str(Path(folder) / name))
        return True
    return False


def x11_answers(display: str) -> bool:
    """Tell whether an X server answers at this DISPLAY within a few seconds, whether or not it lets us in."""
    place = re.fullmatch(r"(?:(?P<host>[^:/]*)(?:/unix)?|unix/?):(?P<number>\d+)(?:\.\d+)?", display)
    if not place:
        return False
    number = int(place["number"])
    host = "" if place["host"] in (None, "unix") else place["host"]
    # A greeting of X11, version 11.0, without a key: 1 lets in, 0 and 2 refuse; each is an answer.
    greeting = b"l\0" + (11).to_bytes(2, "little") + bytes(8)
    for address in _addresses(host, number):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        try:
            with socket.socket(family) as connection:
                connection.settimeout(3)
                connection.connect(address)
                connection.sendall(greeting)
                return bool(connection.recv(1))
        except OSError:
            continue
    return False


def _addresses(host: str, number: int) -> list[str | tuple[str, int]]:
    if host:
        return [(host, 6000 + number)]
    # The server's abstract socket, which a container may have without the file, and its file.
    path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
    return [path, f"\0{path}"]


def ensure_qt(environment: Environment, platform: str) -> None:
    """See that Qt can open a window on `platform`, and add the system's packages that it lacks.

    What was found to work once is remembered in .venv. A failure that no package mends is left to the program to tell.
    Raises Stop where something is missing and can't be added.
    """
    if sys.platform != "linux" or not re.fullmatch(r"\w+", platform):
        return
    works = environment.folder / f"qt-works-on-{platform}"
    if works.exists():
        return
    complaint = _try_qt(environment, platform)
    lacking = what_is_lacking(complaint)
    if lacking:
        packages = [*QT, *(X11 if platform in ("xcb", "wayland") else ()), *(WAYLAND if platform == "wayland" else ())]
        with environment.alone() if os.geteuid() == 0 else contextlib.nullcontext() as held:
            system_packages.add([*packages, *(FONT if lacking == "a font" else ())], f"Qt needs {lacking}", held)
        complaint = _try_qt(environment, platform)
        lacking = what_is_lacking(complaint)
        if lacking:
            raise Stop(f"Qt still needs {lacking}, after its packages were installed.", UNAVAILABLE)
    if not complaint:
        # In a checkout of somebody else the next start tries once more.
        with contextlib.suppress(OSError):
            works.touch()


def what_is_lacking(complaint: str) -> str | None:
    """Return what the system lacks, from what Qt wrote when it opened no window; None where that is not why."""
    library = re.search(r"(lib[\w.+-]+\.so[.\d]*): cannot open shared object", complaint)
    if library:
        return f"the library {library[1]}"
    if "no font" in complaint:
        return "a font"
    if re.search(r"could not connect to display|Failed to create wl_display", complaint):
        return None
    if re.search(r"Could not load the Qt platform plugin", complaint):
        return "libraries for a window"
    return None


def _try_qt(environment: Environment, platform: str) -> str:
    """Open a window in a process of its own and return what it complained of: empty where all went well."""
    variables = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM") or platform}
    variables.pop("QT_LOGGING_RULES", None)
    try:
        tried = subprocess.run(
            [environment.python, "-I", "-c", PROBE],
            env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            timeout=60, check=False, encoding="utf-8", errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return "no window within 60 seconds"
    return "" if tried.returncode == 0 else tried.stderr or f"ended with {tried.returncode}"
