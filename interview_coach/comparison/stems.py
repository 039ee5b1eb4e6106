"""What the forms of one English word have in common: its stem, in one spelling."""

import re
from functools import cache, lru_cache

from snowballstemmer.english_stemmer import EnglishStemmer

# organise and organize, analyse and analyze, behaviour and behavior. Where a word only looks so (exercise, detour)
# nothing is lost: its other forms become the same.
_SPELLINGS = (
    (r"(?<=\w{3})([iy])s(?=(?:e[drs]?|ing|ations?|ers)$)", r"\1z"),
    (r"(?<=\w{3})our(?=(?:s|ed|ing)?$)", "or"),
)

#: As many letters as a word has at most; what is longer is no word and stays as it is.
_LONGEST = 40


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Return the stem of an English word in small letters; what holds anything but letters a to z stays as it is."""
    if len(word) > _LONGEST or not (word.isascii() and word.isalpha()):
        return word
    for pattern, spelling in _SPELLINGS:
        word = re.sub(pattern, spelling, word)
    stemmed: str = _stemmer().stemWord(word)
    return stemmed


@cache
def _stemmer() -> EnglishStemmer:
    return EnglishStemmer()
