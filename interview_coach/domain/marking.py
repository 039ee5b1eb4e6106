"""Where the words of a search stand in a text: to mark them, and to show a piece of a long text around them.

Words are told apart and compared as the full-text index does it: letters and digits, without case and diacritics.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.domain.search_language import Words

#: Letters of a text that are looked through; one is shown there, not studied.
_LOOKED_THROUGH = 20_000

#: What stands for the text that an excerpt leaves out.
_LEFT_OUT = "…"

_TOKEN = re.compile(r"[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
_BLANKS = re.compile(r"\s+")

#: A piece of a text that is marked: from, to.
Span = tuple[int, int]


@dataclass(frozen=True)
class Excerpt:
    """A piece of a text on one line, with the places of the words that it was looked for by."""

    text: str
    marks: tuple[Span, ...]


def folded(word: str) -> str:
    """Return a word as the index keeps it: lower case, without diacritics."""
    lowered = word.lower()
    if lowered.isascii():
        return lowered
    return "".join(char for char in unicodedata.normalize("NFD", lowered) if not unicodedata.combining(char))


def tokens(text: str) -> list[str]:
    """Return the words of a text as the index keeps them."""
    return [folded(match[0]) for match in _TOKEN.finditer(text)]


def begins_words(words: Words) -> bool:
    """Return whether the last of these words may be the beginning of a longer one."""
    return not words.exact and words.text[-1:].isalnum()


def marks(text: str, words: Sequence[Words]) -> tuple[Span, ...]:
    """Return where any of these words stand in a text, in order; what touches is one."""
    wanted = [(tokens(each.text), begins_words(each)) for each in words if not each.negated]
    wanted = [(phrase, open_ended) for phrase, open_ended in wanted if phrase]
    if not wanted:
        return ()
    places = [match.span() for match in _TOKEN.finditer(text[:_LOOKED_THROUGH])]
    found = [folded(text[start:end]) for start, end in places]
    spans: list[Span] = []
    for phrase, open_ended in wanted:
        *whole, last = phrase
        for at in range(len(found) - len(whole)):
            end = at + len(whole)
            if found[at:end] == whole and (found[end].startswith(last) if open_ended else found[end] == last):
                spans.append((places[at][0], places[end][1]))
    return _joined(spans)


def excerpt(text: str, words: Sequence[Words], length: int = 100) -> Excerpt | None:
    """Return a piece of about ``length`` letters around the first of these words; None where none of them is there."""
    line = _BLANKS.sub(" ", text[:_LOOKED_THROUGH]).strip()
    found = marks(line, words)
    if not found:
        return None
    first = found[0][0]
    start = 0 if len(line) <= length else max(0, min(first - length // 3, len(line) - length))
    if start:
        blank = line.find(" ", start, first)
        start = blank + 1 if blank >= 0 else start
    end = min(len(line), start + length)
    if end < len(line):
        blank = line.rfind(" ", max(start, found[0][1]), end)
        end = blank if blank > start else end
    before = f"{_LEFT_OUT} " if start else ""
    after = f" {_LEFT_OUT}" if end < len(line) else ""
    shift = len(before) - start
    inside = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in found if a < end and b > start)
    return Excerpt(before + line[start:end] + after, inside)


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
