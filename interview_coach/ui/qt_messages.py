"""What Qt says, without what may be private: on standard error and in the log."""

import contextlib
import re
import sys
from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QMessageLogContext, QtMsgType

Level = Literal["debug", "info", "warning", "error"]

#: The offscreen platform says this of every window; it is the one message that is let drop, by its exact text.
_SIZE_HINTS = "This plugin does not support propagateSizeHints()"

_LEVELS: dict[QtMsgType, Level] = {
    QtMsgType.QtDebugMsg: "debug",
    QtMsgType.QtInfoMsg: "info",
    QtMsgType.QtWarningMsg: "warning",
    QtMsgType.QtCriticalMsg: "error",
    QtMsgType.QtFatalMsg: "error",
}

#: Messages about the platform plugin are about the machine; they are needed whole where no window can be had.
_PLATFORM = "qt.qpa.plugin"

#: Characters of a message, and messages kept for a log that is not open yet.
_LONGEST = 200
_EARLY = 50

_GONE = "…"
#: From the first quotation mark of a kind to the last one, since what stands between may hold some itself.
_QUOTED = r"""(?s)(?:"(?:.*"|.*)|[“„](?:.*[“”]|.*)|«(?:.*»|.*)|‘(?:.*’|.*)|`(?:.*[`']|.*)|(?<!\w)'(?:.*'(?!\w)|.*))"""

#: A word with a separator in it, with all that follows since a path may hold blanks; and a file's name.
_PATH = r"(?s)\S*[/\\].*|\S+\.(?!\d)\w{1,8}\b(?!\()"


def redacted(message: str) -> str:
    """Return a message with all that stands in quotes, and all that looks like a path, as "…"; 200 characters."""
    return re.sub(_PATH, _GONE, re.sub(_QUOTED, _GONE, message[: 10 * _LONGEST]))[:_LONGEST]


class QtMessages:
    """Qt's message handler. What comes before the log is open is kept until then."""

    def __init__(self) -> None:
        self._early: list[tuple[Level, str]] = []
        self._log: Callable[[Level, str], None] | None = None

    def take(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        """Take a message; from any thread, and nothing is raised into Qt."""
        with contextlib.suppress(Exception):
            if message == _SIZE_HINTS:
                return
            kept = redacted(message)
            level = _LEVELS.get(kind, "warning")
            if self._log is not None:
                self._log(level, kept)
            elif len(self._early) < _EARLY:
                self._early.append((level, kept))
            if sys.stderr is not None:
                word = kind.name.removeprefix("Qt").removesuffix("Msg").lower()
                shown = message if str(context.category) == _PLATFORM else kept
                print(f"Qt {word}: {shown}", file=sys.stderr)  # noqa: T201

    def log_to(self, log: Callable[[Level, str], None]) -> None:
        """Hand messages to the log from now on, and those that were kept for it."""
        self._log = log
        while self._early:
            log(*self._early.pop(0))
