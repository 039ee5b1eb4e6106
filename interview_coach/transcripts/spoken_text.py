"""The words of an utterance as a person reads them: without markup, quotation marks around it and rules below it.

Code between fences stays as it is, character for character.
"""

import html
import re
import unicodedata
from collections.abc import Sequence

from interview_coach.domain.fences import closes_fence, opening_fence

_RULE = r"[ \t]*(?:[-*_=~#─━•·][ \t]?){3,}[ \t]*"
_LONGEST_RULE = 300
_SPEAKS_OF_CODE = r"\b(?:this|these|following|below|output|prints|snippet|the code)\b"
_TAG = r"</?(?:a|b|br|code|div|em|font|h[1-6]|hr|i|img|li|mark|ol|p|small|span|strong|sub|sup|u|ul)\b[^<>\n]{0,300}>"
_IMAGE = r"!\[([^\[\]\n]{0,300})\]\([^()\s]{0,500}(?: \"[^\"\n]{0,200}\")?\)"
_LINK = r"\[([^\[\]\n]{1,300})\]\((?:[^()\s]|\([^()\s]{0,100}\)){0,500}(?: \"[^\"\n]{0,200}\")?\)"
_STRONG = r"(\*{1,3})(?=[^\s*])([^*\n]{0,2000}?[^\s*])\1(?!\*)"
_UNDERLINED = r"(?<!\w)(_{1,2})(?=[^\s_])([^_\n]{0,2000}?[^\s_])\1(?!\w)"
_NUMBERING = (
    r"(?i:\(?(?P<number>\d{1,6})[.):]\)?[ \t]+(?=\S)"
    r"|(?:question|q)[ \t]*(?:no\.?|number|#)?[ \t]*(?P<named>\d{1,6})[ \t]*(?:[.:)]|[-–—])[ \t]*(?=\S))"
)
_QUOTES = {'"': '"', "“": "”", "„": "“", "«": "»", "「": "」"}
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff"


def is_rule(line: str) -> bool:
    """Return whether a line is a rule between parts and nothing else."""
    return len(line) <= _LONGEST_RULE and re.fullmatch(_RULE, line) is not None


def fenced_lines(lines: Sequence[str]) -> frozenset[int]:
    """Return the places of the lines within code blocks, the fences with them.

    A fence that nothing closes fences nothing: the rest of a file is not one code block.
    """
    inside: set[int] = set()
    fence: str | None = None
    opened = 0
    for place, line in enumerate(lines):
        if "```" not in line and "~~~" not in line:
            continue
        bare = line.lstrip("> \t")
        if fence is None:
            fence, opened = opening_fence(bare), place
        elif closes_fence(bare, fence):
            inside.update(range(opened, place + 1))
            fence = None
    return frozenset(inside)


def asked_code(question: str, below: Sequence[str]) -> int:
    """Return how many of the lines below a question are code that it speaks of: "What does this print?"."""
    first = next((place for place, line in enumerate(below) if line.strip()), len(below))
    if first >= len(below) or not re.search(_SPEAKS_OF_CODE, question[-_LONGEST_RULE:], re.IGNORECASE):
        return 0
    fence = opening_fence(below[first].lstrip("> \t"))
    if fence is None:
        return 0
    closing = (place for place in range(first + 1, len(below)) if closes_fence(below[place].lstrip("> \t"), fence))
    return next(closing, -1) + 1


def as_read(lines: Sequence[str]) -> str:
    r"""Return the text of an utterance, of which the first line stands behind its label."""
    lines = _unquoted(lines)
    code = fenced_lines(lines)
    first, *others = [line.expandtabs(4) if "\t" in line and place not in code else line for place, line in
                      enumerate(lines)] or [""]  # fmt: skip
    margin = min((len(line) - len(line.lstrip(" ")) for line in others if line.strip()), default=0)
    shown = [first if 0 in code else _without_markup(first).strip()]
    for place, line in enumerate(others, 1):
        line = line[margin:] if line[:margin].isspace() or not line.strip() else line
        shown.append(line if place in code else _without_markup(line).rstrip())
    start, end = 0, len(shown)
    while start < end and (not shown[start].strip() or (start not in code and is_rule(lines[start]))):
        start += 1
    while end > start and (not shown[end - 1].strip() or (end - 1 not in code and is_rule(lines[end - 1]))):
        end -= 1
    text = "\n".join(_without_double_blanks(shown[start:end], code, start))
    return _out_of_quotes(text.strip("\n") if start in code else text.strip())


def _without_double_blanks(lines: Sequence[str], code: frozenset[int], start: int) -> list[str]:
    kept: list[str] = []
    for place, line in enumerate(lines, start):
        if line or place in code or not kept or kept[-1]:
            kept.append(line)
    return kept


def _unquoted(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines without the marks of a Markdown quotation, where all but the first have them."""
    others = [line for line in lines[1:] if line.strip()]
    if not others or not all(line.lstrip().startswith(">") for line in others):
        return lines
    return [lines[0], *(re.sub(r"^[ \t]*>[ \t]?", "", line) for line in lines[1:])]


def _without_markup(line: str) -> str:
    if not any(sign in line for sign in "*_[<&~\u200b\u200c\u200d\u2060\ufeff\xa0"):
        return line
    pieces = re.split(r"(`[^`\n]*`)", line)
    for place in range(0, len(pieces), 2):
        piece = pieces[place]
        if "[" in piece:
            piece = re.sub(_LINK, r"\1", re.sub(_IMAGE, r"\1", piece))
        if "<" in piece:
            piece = re.sub(_TAG, "", re.sub(r"<br\s?/?>", " ", piece))
        if "*" in piece:
            piece = re.sub(_STRONG, r"\2", re.sub(_STRONG, r"\2", piece))
        if "_" in piece:
            piece = re.sub(_UNDERLINED, r"\2", piece)
        if "&" in piece:
            piece = html.unescape(piece)
        pieces[place] = piece.replace("\xa0", " ").replace("\u200b", "").replace("\ufeff", "").replace("\u2060", "")
    return "".join(pieces)


def loose_marks_off(text: str) -> str:
    """Return what stands behind a label without the half of a pair of marks whose other half was before the label."""
    text = re.sub(r"^(?:[*_]{1,3}|</(?:b|strong|p)>)[ \t]*(?::[ \t]*)?", "", text.strip())
    for mark in ("***", "**", "*", "__", "_"):
        if text.endswith(mark) and text.count(mark[0]) % 2 == len(mark) % 2 and text.count(mark) == 1:
            return text.removesuffix(mark).rstrip()
    return text


def without_number(text: str) -> tuple[str, str | None]:
    """Return a question without the numbering it begins with, and the number."""
    found = re.match(_NUMBERING, text)
    if found is None:
        return text, None
    return text[found.end() :], found["number"] or found["named"]


def without_decoration(text: str) -> str:
    """Return a question without emoji and invisible characters at its ends."""
    start, end = 0, len(text)
    while end > start and (_decorates(text[end - 1]) or text[end - 1].isspace()):
        end -= 1
    while start < end and (_decorates(text[start]) or text[start].isspace()):
        start += 1
    return text[start:end]


def _decorates(char: str) -> bool:
    if char < "\x80":
        return False
    return char in _INVISIBLE or char in "\ufe0f\ufe0e" or unicodedata.category(char) in ("So", "Sk", "Cn", "Cs")


def _out_of_quotes(text: str) -> str:
    """Return what is said without the quotation marks around the whole of it."""
    closing = _QUOTES.get(text[:1])
    if closing and len(text) > 1 and text.endswith(closing) and closing not in text[1:-1] and text[0] not in text[1:-1]:
        return text[1:-1].strip()
    return text
