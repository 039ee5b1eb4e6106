"""A reference becomes points: its own sentences, in their order."""

import re
from collections.abc import Iterator

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
# As much of what follows a stop as is needed to judge it.
_AHEAD = 40
_OPENING = "\"'“‘„«‹([{*_¿¡"
_ITEM = re.compile(r"\s*(?:[-*+•‣◦–]|\(?(?:\d{1,3}|[a-z])[.)])\s+\S")
_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_NEWLINE = re.compile(r"\r\n|\r|\n")


def split_points(reference: str) -> tuple[str, ...]:
    """Return the points of a reference; none where it is blank.

    A sentence is a point, so is a list item as a whole, so is a fenced code block, which keeps its lines. Elsewhere
    white space is put down to single spaces. Nothing but white space is left out, and the order is kept.
    """
    points: list[str] = []
    passage: list[str] = []
    is_item = False
    lines = iter(_NEWLINE.split(reference))

    def close_passage() -> None:
        text = " ".join(" ".join(passage).split())
        passage.clear()
        if text:
            points.extend([text] if is_item else _sentences(text))

    for line in lines:
        fence = _FENCE.match(line)
        if fence:
            close_passage()
            is_item = False
            points.append(_code(line, fence[1], lines))
        elif not line.strip():
            close_passage()
            is_item = False
        else:
            if _ITEM.match(line):
                close_passage()
                is_item = True
            passage.append(line)
    close_passage()
    return tuple(points)


def _code(first: str, fence: str, following: Iterator[str]) -> str:
    """Return a fenced block from its first line to the line that closes it, or to the end."""
    block = [first]
    for line in following:
        block.append(line)
        mark = line.strip()
        if len(mark) >= len(fence) and set(mark) == {fence[0]}:
            break
    return "\n".join(block).strip("\n").rstrip()


def _sentences(text: str) -> list[str]:
    """Return the sentences of a passage that has single spaces."""
    found: list[str] = []
    start = 0
    for stop in _STOP.finditer(text):
        if stop["stop"] is None or _ends_a_sentence(text, start, stop):
            _add(found, text[start : stop.end()].strip())
            start = stop.end()
    _add(found, text[start:].strip())
    return found


def _add(found: list[str], piece: str) -> None:
    """Add a piece; one without any letter or digit (a stray quote, a dash) stays with the one before it."""
    if not piece:
        return
    if found and not any(char.isalnum() for char in piece):
        found[-1] += " " + piece
    else:
        found.append(piece)


def _ends_a_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + _AHEAD].lstrip().lstrip(_OPENING)
    upcoming = re.match(r"[\w'’]+", following)
    lower = following[:1].islower()
    if stop["stop"] != ".":
        return not lower  # “Why?” he asked; well… it worked
    begin = max(text.rfind(" ", start, stop.start()) + 1, start)
    word = text[begin : stop.start()].lstrip(_OPENING)
    starts_new = upcoming is not None and upcoming[0].lower() in _BEGINS and not lower
    if word.lower() in ("no", "nr"):
        return not following[:1].isdigit()  # No. 5, but: No. I would not
    if word.lower() in _ENDS_NONE:
        return False
    if word.lower() in _MAY_END or (len(word) == 1 and word.isalpha() and word != "I"):
        return starts_new  # the U.S. market, J. Smith; but: etc. The rest
    # “1. First do this” and “both: 1. this and 2. that” count, they don't end anything.
    opens = begin <= start + 1
    return not (word.isdecimal() and len(word) <= 2 and (opens or lower))
