"""The terms of a text: its words as they are compared, each with the place where it stands.

A term is a stem, a name of the trade in its one form ("least recently used" is "lru"), or a word in two that another
text writes in one ("roll back" and "rollback").
"""

import re
from collections.abc import Iterable, Sequence, Set
from typing import NamedTuple

from interview_coach.comparison import languages, trade_words
from interview_coach.comparison.stems import stem
from interview_coach.comparison.words import Word


class Term(NamedTuple):
    """One term of a text. ``is_small`` says that it carries little, ``negates`` that it turns things round."""

    start: int
    end: int
    key: str
    is_small: bool
    negates: bool = False


#: What may follow a word to make one with it: set up, setup. Other small words make none (as a, be in).
_PARTICLES = frozenset(["up", "out", "in", "off", "over", "down", "on", "back"])
#: Letters that a word written in one has at least, to be looked for in two.
_COMPOUND = 5
_PARTS = r"[\-\u2010\u2011]"
_INITIALS = re.compile(r"(?:\w\.)+\w")


def terms_of(text: str, its_words: Iterable[Word], *, english: bool) -> tuple[Term, ...]:
    """Return the terms of a text from its words as they stand there, names and compounds not yet put together."""
    found: list[Term] = []
    for word in its_words:
        for part in _parts(word, text):
            small, negates = _is_small(part, word, text, english=english), english and languages.is_negation(part)
            key = stem(part) if english and not small else part
            found.append(Term(word.start, word.end, key, small, negates))
    return tuple(found)


def lower(word: Word) -> str:
    """Return a word in small letters, with one kind of apostrophe."""
    return word.text.casefold().replace("’", "'").replace("ʼ", "'")


def put_together(terms: Sequence[Term], known: Set[str], *, english: bool) -> tuple[Term, ...]:
    """Return the terms with every name in its one form, and in one what ``known`` holds in one."""
    joined: list[Term] = []
    place = 0
    while place < len(terms):
        length, key = (english and _name(terms, place)) or _compound(terms, place, known) or (1, terms[place].key)
        first, last = terms[place], terms[place + length - 1]
        joined.append(first if key == first.key else Term(first.start, last.end, key, is_small=False))
        place += length
    return tuple(joined)


def keys(terms: Iterable[Term]) -> frozenset[str]:
    """Return what the terms are, whatever their places."""
    return frozenset(term.key for term in terms)


def _parts(word: Word, text: str) -> list[str]:
    """Return the parts of a word in small letters: of one with hyphens each, of "the pool's" the pool."""
    whole = lower(word)
    if len(whole) == 1 and (sign := re.compile(r"\+\+|#").match(text, word.end)):
        return [whole + sign[0]]  # C++ and C# are not C
    if whole.isalpha() or "://" in whole:
        return [whole]
    parts = [part.removesuffix("'s") for part in re.split(_PARTS, whole)]
    # Initials and figures keep their dots; "asyncpg.connect" has two parts.
    split = [
        piece
        for part in parts
        for piece in ([part] if _INITIALS.fullmatch(part) or not any(map(str.isalpha, part)) else part.split("."))
    ]
    return [part for part in split if part]


def _is_small(part: str, word: Word, text: str, *, english: bool) -> bool:
    if len(part) == 1 and len(word.text) == 1:
        # "Path A", "terminal 1": a letter or digit by itself names something; "a" and "I" do not, nor "A" at the start.
        before = text[max(0, word.start - 3) : word.start].rstrip()
        names_something = word.text.isupper() and bool(before) and before[-1] not in ".!?:"
        return part == "i" or (part == "a" and not names_something)
    if english:
        return part in languages.english_function_words() or languages.is_negation(part)
    return part in languages.other_function_words() or part in languages.english_function_words()


def _name(terms: Sequence[Term], place: int) -> tuple[int, str] | None:
    """Return how many terms from a place on are another name of something, and what it becomes."""
    for parts, key in trade_words.names(terms[place].key):
        if all(place + nth < len(terms) and terms[place + nth].key == part for nth, part in enumerate(parts)):
            return len(parts), key
    return None


def _compound(terms: Sequence[Term], place: int, known: Set[str]) -> tuple[int, str] | None:
    """Return that two terms are one where they are known as one."""
    if place + 1 == len(terms) or terms[place].is_small:
        return None
    first, second = terms[place].key, terms[place + 1].key
    joined = first + second
    if len(joined) < _COMPOUND or joined not in known or (terms[place + 1].is_small and second not in _PARTICLES):
        return None
    return 2, joined
