"""The three standard streams: always there, always UTF-8, and nothing in them that could trick a terminal."""

import io
import os
import sys

_BIDI = (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_LINE_ENDS = (0x2028, 0x2029)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0))
_LAYOUT = (ord("\n"), ord("\t"))


def _escape(code: int) -> str:
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


_ONE_LINE = {code: _escape(code) for code in (*_CONTROLS, *_BIDI, *_LINE_ENDS)}
_LINES = {code: escape for code, escape in _ONE_LINE.items() if code not in _LAYOUT}


def prepare() -> None:
    """Give a windowed program, which has no streams, silent ones; make those that are there speak UTF-8.

    Bytes that are no UTF-8 and characters that can't be written are replaced, whatever the locale says.
    """
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115  (open as long as the program runs)
    if sys.stdout is None:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace", newline=None)  # lines may end as on Windows
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def silence() -> None:
    """Let standard output go nowhere, since nobody reads it any more: the interpreter flushes it once more at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def visible(text: str) -> str:
    r"""Return a text of several lines with its control and direction characters spelt out, e.g. ``\x1b``."""
    return text.translate(_LINES)


def one_line(text: str) -> str:
    r"""Return a text as ``visible``, with line ends and tabs spelt out as well."""
    return text.translate(_ONE_LINE)


def tell(sentence: str) -> None:
    """Write a message for the person to standard error, on one line."""
    sys.stderr.write(one_line(sentence) + "\n")
    sys.stderr.flush()
