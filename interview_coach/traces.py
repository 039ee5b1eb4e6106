"""An exception by its types and places alone: what it says, and what the program held, may be what a person typed.

Nothing of a message, a note, an argument or a variable gets in here; what is shown are names that stand in the code.
"""

import errno
import os
import re
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple

from interview_coach.domain.errors import CoachError

#: The package's folder as the code's file names begin with it: where it was installed, or in a frozen build.
_ROOTS = (os.path.dirname(__file__) + os.sep, "interview_coach" + os.sep)  # noqa: PTH120  (this stands on the way in)

_NAME = re.compile(r"[\w.<>]{1,200}")
_SQLITE = re.compile(r"SQLITE_[A-Z_]{1,60}")

#: Exceptions of one chain, and places of one exception, that are told at most.
_MOST_LINKS = 12
_MOST_PLACES = 40


class Link(NamedTuple):
    """One exception of a chain: how it hangs on the one before it, what it is, and where it came through."""

    how: str
    what: str
    places: tuple[str, ...]


def chain(error: BaseException) -> tuple[Link, ...]:
    """Return an exception and what it was raised from or while handling, the latest first; places innermost last."""
    links: list[Link] = []
    for how, link in _walk("", error, set()):
        if len(links) == _MOST_LINKS:
            break
        links.append(Link(how, _what(link), _places(link.__traceback__)))
    return tuple(links)


def one_line(error: BaseException, places: int = 8) -> str:
    """Return the chain on one line, each exception with its innermost places, the innermost first.

    Two exceptions that say the same here came from the same spot for the same reason.
    """
    told = []
    for link in chain(error):
        where = " < ".join(link.places[: -places - 1 : -1]) or "nowhere"
        told.append(f"{link.how} {link.what} at {where}".strip())
    return "; ".join(told)


def own_place(error: BaseException) -> str:
    """Return file and line of the program's own code that an exception came through last."""
    where = "the start"
    trace = error.__traceback__
    while trace is not None:
        file = _own(trace.tb_frame.f_code.co_filename)
        if file is not None:
            where = f"{file}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return where


def code_file(path: str) -> str:
    """Return how a file of code is told: the program's own below the package, any other by its bare name."""
    return _own(path) or _name(os.path.basename(path).removesuffix(".py"))  # noqa: PTH119


def _walk(how: str, error: BaseException, seen: set[int]) -> Iterator[tuple[str, BaseException]]:
    if id(error) in seen:
        return
    seen.add(id(error))
    yield how, error
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions:
            yield from _walk("holding", part, seen)
    if error.__cause__ is not None:
        yield from _walk("caused by", error.__cause__, seen)
    elif error.__context__ is not None and not error.__suppress_context__:
        yield from _walk("while handling", error.__context__, seen)


def _what(error: BaseException) -> str:
    """Return the type's name and, of bad luck, its kind: a fault of ours, an error number's or SQLite's own name."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, CoachError):
        return f"{_name(name)} ({error.fault.value})"
    if isinstance(error, OSError):
        code = errno.errorcode.get(error.errno) if isinstance(error.errno, int) else None
        return f"{_name(name)} ({code})" if code else _name(name)
    sqlite = getattr(error, "sqlite_errorname", None)
    if isinstance(sqlite, str) and _SQLITE.fullmatch(sqlite):
        return f"{_name(name)} ({sqlite})"
    return _name(name)


def _places(trace: TracebackType | None) -> tuple[str, ...]:
    """Return where a traceback leads through, e.g. ``ui/rail.py:12 Rail.show`` or ``json.decoder:337``."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        file = _own(code.co_filename)
        if file is not None:
            places.append(f"{file}:{trace.tb_lineno} {_name(code.co_qualname)}")
        else:
            places.append(f"{_name(trace.tb_frame.f_globals.get('__name__'))}:{trace.tb_lineno}")
        trace = trace.tb_next
    if len(places) > _MOST_PLACES:
        left_out = len(places) - _MOST_PLACES
        places[_MOST_PLACES // 2 : -_MOST_PLACES // 2] = [f"({left_out} more)"]
    return tuple(places)


def _own(path: str) -> str | None:
    root = next((root for root in _ROOTS if path.startswith(root)), None)
    return None if root is None else path.removeprefix(root).replace(os.sep, "/")


def _name(name: object) -> str:
    return name if isinstance(name, str) and _NAME.fullmatch(name) else "?"
