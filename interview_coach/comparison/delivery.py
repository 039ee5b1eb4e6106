"""How long an answer is, in words and in seconds of speech."""

import re
import unicodedata

#: Words a minute of someone who speaks calmly and to be understood.
WORDS_A_MINUTE = 140

# An address is one word. Han and kana have no spaces between words: each character counts. All else: letters and
# digits, held together by an apostrophe, a hyphen, a dot or a comma in their midst (don't, well-known, Node.js, 3,500).
# Kept as text, which re compiles and keeps when it is first used: it is not needed to start.
_WORD = (
    r"\w+://\S+"
    r"|[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+"
    r"(?:(?:['’ʼ\-\u2010\u2011.@]|(?<=\d)[,:](?=\d))"
    r"[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)*"
)


def count_words(text: str) -> int:
    """Return the number of words as a person counts them."""
    return len(re.findall(_WORD, _without_marks(text)))


def spoken_seconds(words: int, words_a_minute: int = WORDS_A_MINUTE) -> float:
    """Return how many seconds words take to say; ValueError where either number makes no sense."""
    if words < 0 or words_a_minute <= 0:
        raise ValueError("words are counted from 0 and spoken at some rate")
    return words * 60 / words_a_minute


def _without_marks(text: str) -> str:
    """Leave out what belongs to the letter before it and would tear a word apart: accents, joiners, soft hyphens."""
    if text.isascii():
        return text
    return "".join(char for char in text if unicodedata.category(char) not in ("Mn", "Mc", "Me", "Cf"))
