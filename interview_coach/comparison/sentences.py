"""The passages of a text and where they stand: its sentences, its list items and its blocks of code.

All places count Unicode code points, the end exclusive. Nothing but white space lies between the passages.
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class PassageKind(Enum):
    """What a passage is."""

    SENTENCE = "sentence"
    ITEM = "item"
    CODE = "code"


class Passage(NamedTuple):
    """A sentence, a whole list item or a whole fenced block, without the white space around it."""

    start: int
    end: int
    kind: PassageKind


# Abbreviations without their last dot: those that end no sentence, and those that end one now and then.
_INSIDE = """
e.g i.e eg ie cf vs viz approx ca resp incl esp mr mrs ms dr prof st fig figs eq eds pp z.b d.h bzw
"""
_EITHER = """
etc et al inc ltd co corp jr sr ph.d m.sc b.sc a.m p.m u.s u.k e.u u.n d.c vol ch ver dept est min max avg sec usw
"""
# Words that begin a sentence after one of the second kind, where they have a capital letter.
_STARTERS = """
a after also an and as at before but by each every finally first for from he here how however i if in instead it its
last later my next no now on one our second she since so some that the their then there these they third this those
to today we what when where which while who why with yes you your
"""
_ENDS_NONE, _MAY_END, _BEGINS = (frozenset(words.split()) for words in (_INSIDE, _EITHER, _STARTERS))

# Each run of stops is looked at once and never given back: a line of 100,000 dots is no work.
_STOP = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)(?P<close>["'”’»›)\]}*_]*+)(?=\s)"""
    r"""|[。！？]+[」』）”’]*"""
)
# As much of what stands before and after a stop as is needed to judge it.
_AROUND = 40
_SPACE = re.compile(r"\s*+")
_OPENING = "\"'“‘„«‹([{*_¿¡"
_ITEM = re.compile(r"\s*(?:[-*+•‣◦–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_NEWLINE = re.compile(r"\r\n|\r|\n")


def passages(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text in their order; none where it is blank.

    A sentence is a passage, so is a list item as a whole, so is a fenced code block. A blank line ends each of the
    first two.
    """
    found: list[Passage] = []
    begin: int | None = None
    is_item = False
    lines = iter(_lines(text))

    def close(end: int) -> None:
        nonlocal begin
        if begin is not None:
            if is_item:
                _add(found, text, begin, end, PassageKind.ITEM)
            else:
                _add_sentences(found, text, begin, end)
        begin = None

    for start, end in lines:
        line = text[start:end]
        fence = _FENCE.match(line)
        if fence or not line.strip():
            close(start)
            is_item = False
            if fence:
                found.append(Passage(start, _end_of_code(text, end, fence[1], lines), PassageKind.CODE))
        else:
            if _ITEM.match(line):
                close(start)
                is_item = True
            if begin is None:
                begin = start
    close(len(text))
    return tuple(found)


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for newline in _NEWLINE.finditer(text):
        yield start, newline.start()
        start = newline.end()
    yield start, len(text)


def _end_of_code(text: str, first_end: int, fence: str, following: Iterator[tuple[int, int]]) -> int:
    """Return where a fenced block ends: with the line that closes it, or with the last that is not blank."""
    last = first_end
    for start, end in following:
        mark = text[start:end].strip()
        if mark:
            last = end
        if len(mark) >= len(fence) and set(mark) == {fence[0]}:
            break
    return last


def _add_sentences(found: list[Passage], text: str, begin: int, end: int) -> None:
    first = len(found)
    start = _after_space(text, begin, end)
    for stop in _STOP.finditer(text, begin, end):
        if stop["stop"] is None or _ends_a_sentence(text, start, stop, end):
            _add(found, text, start, stop.end(), PassageKind.SENTENCE, first)
            start = _after_space(text, stop.end(), end)
    _add(found, text, start, end, PassageKind.SENTENCE, first)


def _after_space(text: str, start: int, end: int) -> int:
    space = _SPACE.match(text, start, end)
    return start if space is None else space.end()


def _add(found: list[Passage], text: str, start: int, end: int, kind: PassageKind, first: int | None = None) -> None:
    """Add a piece; one without any letter or digit (a stray quote, a dash) stays with the sentence before it."""
    piece = text[start:end]
    if not piece.strip():
        return
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if first is not None and len(found) > first and not any(char.isalnum() for char in piece):
        found[-1] = found[-1]._replace(end=end)
    else:
        found.append(Passage(start, end, kind))


def _ends_a_sentence(text: str, start: int, stop: re.Match[str], end: int) -> bool:
    ahead = _after_space(text, stop.end(), end)
    following = text[ahead : min(ahead + _AROUND, end)].lstrip(_OPENING)
    upcoming = re.match(r"[\w'’]+", following)
    lower = following[:1].islower()
    if stop["stop"] != ".":
        return not lower  # “Why?” he asked; well… it worked
    before = text[max(stop.start() - _AROUND, start) : stop.start()]
    written = before.split()[-1] if before and not before[-1].isspace() else ""
    opens = stop.start() - len(written) <= start
    word = written.lstrip(_OPENING)
    starts_new = upcoming is not None and upcoming[0].lower() in _BEGINS and not lower
    if word.lower() in ("no", "nr"):
        return not following[:1].isdigit()  # No. 5, but: No. I would not
    if word.lower() in _ENDS_NONE:
        return False
    if word.lower() in _MAY_END or (len(word) == 1 and word.isalpha() and word != "I"):
        return starts_new  # the U.S. market, J. Smith; but: etc. The rest
    # “1. First do this” and “both: 1. this and 2. that” count, they don't end anything.
    return not (word.isdecimal() and len(word) <= 2 and (opens or lower))
