"""Why a window can't be had, asked before Qt is: Qt aborts the process where there is no display.

Standard library only, and quick where all is well: the one library that is loaded here is one that the window loads
anyway.
"""

import contextlib
import os
import sys
import threading
from importlib.util import find_spec
from pathlib import Path

#: Seconds that a display has to answer.
PATIENCE = 3.0

_INSTEAD = "practising in the terminal instead."


def why_no_window() -> str | None:
    """Return a sentence that says why no window can be opened here, None where nothing speaks against it."""
    if sys.platform in ("win32", "darwin"):
        return None
    platforms = [name.partition(":")[0] for name in os.environ.get("QT_QPA_PLATFORM", "").split(";") if name]
    if any(not name.startswith(("xcb", "wayland")) for name in platforms):
        return None  # whoever names a platform that needs no display knows why
    displays = []
    for platform, variable in (("xcb", "DISPLAY"), ("wayland", "WAYLAND_DISPLAY")):
        name = os.environ.get(variable)
        if name and (not platforms or any(chosen.startswith(platform) for chosen in platforms)):
            displays.append((platform, name))
    if not displays:
        return f"There is no display; {_INSTEAD}"
    for platform, name in displays:
        if _x_answers() if platform == "xcb" else _wayland_answers(name):
            return _missing_for(platform)
    return f"The display {displays[0][1]} does not answer; {_INSTEAD}"


def missing_library(error: ImportError) -> str | None:
    """Return a sentence where an import failed because Qt or a library under it is missing, else None."""
    named = error.name or ""
    if isinstance(error, ModuleNotFoundError) and not named.startswith(("PySide6", "shiboken6")):
        return None
    library, found, _ = str(error).partition(": cannot open shared object file")
    if not found and not named.startswith(("PySide6", "shiboken6")):
        return None
    what = library if found else named
    return f"The window needs {what}, which is not installed; {_INSTEAD}"


def _missing_for(platform: str) -> str | None:
    """Load Qt's part for a platform, as the window will; return a sentence where a library under it is missing.

    What it loads stays, so that the window has it already.
    """
    import ctypes  # late: not needed where there is no display

    spec = find_spec("PySide6")
    if spec is None or not spec.submodule_search_locations:
        return f"The window needs PySide6, which is not installed; {_INSTEAD}"
    plugin = Path(spec.submodule_search_locations[0], "Qt", "plugins", "platforms", f"libq{platform}.so")
    if not plugin.exists():
        return None  # a Qt of the system has its plugins elsewhere, and its libraries with them
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return missing_library(ImportError(str(error), name="PySide6"))
    return None


def _x_answers() -> bool:
    """Return whether the X server of DISPLAY lets a program in; by libxcb, which knows cookies, sockets and hosts."""
    import ctypes

    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # nobody can tell; that Qt misses it, too, is told next
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = [ctypes.c_void_p]
    xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    answers: list[bool] = []

    def connect() -> None:
        connection = xcb.xcb_connect(None, None)
        answers.append(xcb.xcb_connection_has_error(connection) == 0)
        xcb.xcb_disconnect(connection)

    # A server that is stuck accepts and then stays silent: libxcb would wait for good, and so would Qt.
    asking = threading.Thread(target=connect, daemon=True, name="display")
    asking.start()
    asking.join(PATIENCE)
    return answers == [True]


def _wayland_answers(name: str) -> bool:
    """Return whether a Wayland compositor greets: it is asked for its registry, which it never leaves unanswered."""
    import socket  # late: not needed under X
    import struct

    path = Path(os.environ.get("XDG_RUNTIME_DIR", ""), name)
    get_registry = struct.pack("=III", 1, 12 << 16 | 1, 2)
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE)
        connection.connect(str(path))
        connection.sendall(get_registry)
        return connection.recv(1) != b""
    return False
