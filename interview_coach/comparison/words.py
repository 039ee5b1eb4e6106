"""The words of a text and where they stand. All places count Unicode code points, the end exclusive."""

import re
import unicodedata
from typing import NamedTuple

# An address is one word. Han and kana have no spaces between words: each character counts. All else: letters and
# digits, held together by an apostrophe, a hyphen, a dot or a comma in their midst (don't, well-known, Node.js, 3,500).
# Kept as text, which re compiles and keeps when it is first used: it is not needed to start.
_WORD = (
    r"\w{1,40}://\S+"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"(?:(?:['’ʼ\-\u2010\u2011.@]|(?<=\d)[,:](?=\d))"
    r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)*"
)

#: Marks that belong to the letter before them and would tear a word apart: accents, joiners, soft hyphens.
_MARKS = frozenset(("Mn", "Mc", "Me", "Cf"))


#: Where something stands in a text: its first place and the one after its last.
Span = tuple[int, int]


class Word(NamedTuple):
    """One word: where it stands in its text, and its letters without accents' own code points and joiners."""

    start: int
    end: int
    text: str


def words(text: str) -> tuple[Word, ...]:
    """Return the words of a text in their order."""
    if text.isascii():
        return tuple(Word(found.start(), found.end(), found[0]) for found in re.finditer(_WORD, text))
    places = [place for place, char in enumerate(text) if not _is_mark(char)]
    letters = "".join(text[place] for place in places)
    found_words = []
    for found in re.finditer(_WORD, letters):
        end = places[found.end() - 1] + 1
        while end < len(text) and _is_mark(text[end]):
            end += 1
        found_words.append(Word(places[found.start()], end, found[0]))
    return tuple(found_words)


def count_words(text: str) -> int:
    """Return the number of words as a person counts them."""
    letters = text if text.isascii() else "".join(char for char in text if not _is_mark(char))
    return len(re.findall(_WORD, letters))


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in _MARKS
