r"""JSON as people's files have it: values with the places where they stand, as much of it as can be read.

Python's own reader gives no places and stops at the first fault. Here several values may follow one another (JSON
lines), commas may trail or be missing between values, comments, single quotes and bare keys are taken, numbers stay
as written, and after a fault reading goes on with the next record where its beginning can be told.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from json import JSONDecodeError, JSONDecoder, dumps
from typing import TypeAlias


class Written(str):
    """A number, or another bare word that is no text, as it stands in the file."""

    __slots__ = ()


class Listed(list["Value"]):
    """A list, and where each of its values begins."""

    __slots__ = ("places",)

    def __init__(self) -> None:
        super().__init__()
        self.places: list[int] = []


class Obj(dict[str, "Value"]):
    """An object: where it begins, where each key first stands, a key that it repeats, and whether it is unfinished."""

    __slots__ = ("at", "cut", "places", "repeated")

    def __init__(self, at: int) -> None:
        super().__init__()
        self.at = at
        self.places: list[int] = []
        self.repeated: str | None = None
        self.cut = False


Value: TypeAlias = str | bool | Listed | Obj | None

#: JSON nests no deeper than this in files of questions; Python's own limit is near the thousand.
_DEEPEST = 60
#: How often a text may be read over again, all in all, to find records behind a fault.
_AGAIN = 4

_DECODER = JSONDecoder(strict=False)
#: Why text around the values is left out.
NO_JSON = "it is no JSON"
_CUT_SHORT = "it is cut short"
_TOO_DEEP = "it is nested too deep"


@dataclass(frozen=True, slots=True)
class Gap:
    """Where something could not be read: from ``start`` up to ``end``, since … (``reason``)."""

    start: int
    end: int
    reason: str


@dataclass(slots=True)
class Parsed:
    """The values of a text, and the gaps between them."""

    values: Listed = field(default_factory=Listed)
    gaps: list[Gap] = field(default_factory=list)


class _FaultError(Exception):
    """The text is no JSON at ``at``; all before ``seen`` was looked at."""

    def __init__(self, at: int, reason: str, seen: int | None = None) -> None:
        super().__init__(reason)
        self.at = at
        self.reason = reason
        self.seen = at if seen is None else seen


# Kept as text, which re compiles and keeps when they are first used: they are not needed to start.
# A group that may be read in several ways is not repeated possessively: Python before 3.11.5 gets that wrong.
_BLANK = r"(?:[ \t\r\n\f\v\ufeff\u00a0\u200b]++|//[^\n]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*(?:\*/|\Z))*"
_STRING = r'"[^"\\]*+"'
_ESCAPED = r'"[^"\\]*+(?:\\.[^"\\]*+)*"'
_SINGLE = r"'[^'\\]*+(?:\\.[^'\\]*+)*'"
_TEMPLATE = r"`[^`\\]*+(?:\\.[^`\\]*+)*`"
_WORD = r"[-+]?[\w.$][-+\w.$]*+"
_ESCAPE = r'\\(?:(["\\/bfnrt])|u([0-9a-fA-F]{4})|(.))'
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_CONSTANTS: dict[str, bool | None] = {
    "true": True, "false": False, "null": None, "True": True, "False": False, "None": None, "undefined": None,
}  # fmt: skip
#: Where a value begins a line or is assigned, behind text that is none.
_BEGINNING = r"(?:^|=)[ \t]*(?=[\[{])"
_LINE = r"\n([ \t]*)([^ \t\n])"


def parse(text: str, begin: int = 0, end: int | None = None, is_record: Callable[[Obj], bool] | None = None) -> Parsed:
    """Read all values between two places of a text. Never raises, in a time that grows with the text's length.

    ``is_record`` says of an object, as far as it is read, whether it is one of those at which reading goes on behind
    a fault; without it they are the innermost that stand in a list.
    """
    return _Parser(text, begin, len(text) if end is None else end, is_record or (lambda _: False)).parsed()


class _Parser:
    def __init__(self, text: str, begin: int, end: int, is_record: Callable[[Obj], bool]) -> None:
        self._text = text
        self._begin = begin
        self._end = end
        self._is_record = is_record
        self._patience = _AGAIN * (end - begin)
        self._blank = re.compile(_BLANK, re.DOTALL).match
        self._string = re.compile(_STRING).match
        self._escaped = re.compile(_ESCAPED, re.DOTALL).match
        self._other_quotes = {
            "'": re.compile(_SINGLE, re.DOTALL).match, "`": re.compile(_TEMPLATE, re.DOTALL).match,
        }  # fmt: skip
        self._word = re.compile(_WORD).match
        self._result = Parsed()
        self._stack: list[Listed | Obj] = [self._result.values]

    def parsed(self) -> Parsed:
        at = self._begin
        while True:
            try:
                at = self._values(at)
            except _FaultError as fault:
                if not (resumed := self._resume(fault)):
                    return self._result
                at = resumed
            else:
                return self._result

    def _values(self, at: int) -> int:
        """Read values into the innermost open list or object until all is read."""
        text, end, stack, blank = self._text, self._end, self._stack, self._blank
        while True:
            found = blank(text, at, end)
            at = found.end() if found else at
            inner = stack[-1]
            if at >= end:
                if len(stack) > 1:
                    raise _FaultError(at, _CUT_SHORT)
                return at
            sign = text[at]
            if sign == ",":
                at += 1
                continue
            if isinstance(inner, Obj):
                if sign == "}":
                    stack.pop()
                    at += 1
                    continue
                start = at
                key, at = self._key(at)
                found = blank(text, at, end)
                at = found.end() if found else at
                if at >= end:
                    raise _FaultError(at, _CUT_SHORT)
                if text[at] != ":":
                    raise _FaultError(at, "a colon is missing")
                found = blank(text, at + 1, end)
                at = found.end() if found else at + 1
                if at >= end:
                    raise _FaultError(at, _CUT_SHORT)
                value, at = self._value(at)
                if key in inner:
                    inner.repeated = inner.repeated or key
                else:
                    inner.places.append(start)
                inner[key] = value
            else:
                if sign == "]" and len(stack) > 1:
                    stack.pop()
                    at += 1
                    continue
                if len(stack) == 1 and sign not in '[{"':
                    raise _FaultError(at, NO_JSON)
                start = at
                value, at = self._value(at)
                inner.places.append(start)
                inner.append(value)
            if isinstance(value, (Obj, Listed)):
                if len(stack) > _DEEPEST:
                    raise _FaultError(at, _TOO_DEEP)
                stack.append(value)

    def _key(self, at: int) -> tuple[str, int]:
        sign = self._text[at]
        if sign in "\"'`":
            return self._quoted(at)
        word = self._word(self._text, at, self._end)
        if word is None:
            raise _FaultError(at, "a key is missing")
        return word[0], word.end()

    def _value(self, at: int) -> tuple[Value, int]:
        sign = self._text[at]
        if sign in "\"'`":
            return self._quoted(at)
        if sign == "{":
            return Obj(at), at + 1
        if sign == "[":
            return Listed(), at + 1
        word = self._word(self._text, at, self._end)
        if word is None:
            raise _FaultError(at, "a value is missing")
        if word[0] in _CONSTANTS:
            return _CONSTANTS[word[0]], word.end()
        if not (word[0][0] in "-+.0123456789" or word[0] in ("NaN", "Infinity")):
            raise _FaultError(at, "a word stands there without quotes")
        return Written(word[0]), word.end()

    def _quoted(self, at: int) -> tuple[str, int]:
        text, end = self._text, self._end
        if other := self._other_quotes.get(text[at]):
            found = other(text, at, end)
        else:
            found = self._string(text, at, end)
            if found:
                return found[0][1:-1], found.end()
            found = self._escaped(text, at, end)
            if found:
                try:
                    return str(_DECODER.raw_decode(text, at)[0]), found.end()
                except JSONDecodeError:
                    pass
        if found is None:
            raise _FaultError(at, "a quotation mark is not closed", end)
        return re.sub(_ESCAPE, _unescaped, found[0][1:-1], flags=re.DOTALL), found.end()

    def _resume(self, fault: _FaultError) -> int:
        """Close what is broken and return where reading goes on, 0 where it can't; the gap is written down."""
        stack = self._stack
        if len(stack) == 1:
            found = re.compile(_BEGINNING, re.MULTILINE).search(self._text, fault.at + 1, self._end)
            self._result.gaps.append(Gap(fault.at, found.end() if found else self._end, fault.reason))
            return found.end() if found else 0
        level = self._record_level()
        inner = stack[-1]
        last = inner[-1] if isinstance(inner, Listed) and inner else None
        if not level and isinstance(last, Obj) and (found_at := self._next_record(last, fault.at + 1)):
            self._result.gaps.append(Gap(fault.at, found_at, fault.reason))
            return found_at
        if level and (found_at := self._resume_behind(level, fault)):
            return found_at
        start = fault.at
        for inner in stack:
            if isinstance(inner, Obj):
                inner.cut = True
                start = inner.at
        if isinstance(stack[-1], Listed) and not (level and self._is_record_at(level)):
            start = fault.at
        self._result.gaps.append(Gap(start, self._end, fault.reason))
        del stack[1:]
        return 0

    def _resume_behind(self, level: int, fault: _FaultError) -> int:
        """Leave out the record that is open on a level and return where the next begins, 0 where none does.

        Where none follows beside it, one may beside the section that it stands in, which keeps what was read of it.
        """
        stack = self._stack
        record, parent = stack[level], stack[level - 1]
        if not isinstance(record, Obj) or not isinstance(parent, Listed):
            return 0
        begin = record.at + 1
        again = fault.seen - begin
        if again > self._patience:
            begin = fault.seen
        else:
            self._patience -= max(again, 0)
        for outer in range(level, 0, -1):
            beside = stack[outer]
            if not isinstance(beside, Obj) or not isinstance(stack[outer - 1], Listed):
                continue
            if found_at := self._next_record(beside, begin):
                parent.pop()
                parent.places.pop()
                del stack[outer:]
                self._result.gaps.append(Gap(record.at, found_at, fault.reason))
                return found_at
        return 0

    def _is_record_at(self, level: int) -> bool:
        inner = self._stack[level]
        return isinstance(inner, Obj) and self._is_record(inner)

    def _record_level(self) -> int:
        """Return the place on the stack of the record that is open: an object in a list; 0 where there is none."""
        stack = self._stack
        members = [
            level for level in range(1, len(stack))
            if isinstance(stack[level], Obj) and isinstance(stack[level - 1], Listed)
        ]  # fmt: skip
        for level in members:
            if self._is_record_at(level):
                return level
        return members[-1] if members else 0

    def _next_record(self, record: Obj, begin: int) -> int:
        """Return where the next object like the record begins, 0 where none does: one as far indented, or as begun."""
        text, end = self._text, self._end
        line = text.rfind("\n", self._begin, record.at) + 1 or self._begin
        if not (before := text[line : record.at]).strip(" \t"):
            for found in re.compile(_LINE).finditer(text, begin, end):
                if found[2] == "{" and found[1] == before:
                    return found.start(2)
                if len(found[1]) < len(before):
                    break
            return 0
        first = next(iter(record), None)
        if first is None:
            return 0
        found_again = re.compile(r"[\]}\"]\s*,\s*(?=\{\s*\"" + re.escape(first) + r"\"\s*:)").search(text, begin, end)
        return found_again.end() if found_again else 0


def _unescaped(found: re.Match[str]) -> str:
    if found[1]:
        return _ESCAPES.get(found[1], found[1])
    if found[2]:
        return chr(int(found[2], 16))
    return found[3] if found[3] in "'\n`" else found[0]


def rendered(value: Value) -> str:
    """Return a value as JSON text on one line, its numbers as they were written."""
    return "".join(_rendered(value))


def _rendered(value: Value) -> Iterator[str]:
    if isinstance(value, Obj):
        yield "{"
        for place, (key, inner) in enumerate(value.items()):
            yield f"{', ' if place else ''}{dumps(key, ensure_ascii=False)}: "
            yield from _rendered(inner)
        yield "}"
    elif isinstance(value, Listed):
        yield "["
        for place, inner in enumerate(value):
            yield ", " if place else ""
            yield from _rendered(inner)
        yield "]"
    elif isinstance(value, Written):
        yield str(value)
    else:
        yield dumps(value, ensure_ascii=False)


class Lines:
    """Which line of a text a place is on, for places that mostly ascend."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._place = 0
        self._line = 1

    def at(self, place: int) -> int:
        """Return the line of a place, from 1."""
        if place >= self._place:
            self._line += self._text.count("\n", self._place, place)
        else:
            self._line -= self._text.count("\n", place, self._place)
        self._place = place
        return self._line
