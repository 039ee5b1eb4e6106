"""How an answer is delivered, as separate facts: words, and how long they take to say."""

import re

#: Words as a person counts them: a hyphen or an apostrophe inside a word does not part it, and each ideograph counts.
_WORD = re.compile(r"[぀-ヿ㐀-鿿豈-﫿]|[^\W_぀-ヿ㐀-鿿豈-﫿]+(?:[-'’.][^\W_぀-ヿ㐀-鿿豈-﫿]+)*")


def count_words(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in _WORD.finditer(text))


def spoken_seconds(words: int, words_a_minute: int = 140) -> float:
    """Return how many seconds so many words take to say."""
    return words * 60.0 / words_a_minute
