"""Whether two questions may be the same one in other words: something to look at, never to decide by.

Compared are the words that carry the question, as stems; what every question has (what, explain, difference …) is left
out. Code counts as it stands: where titles are equal and only the code differs, these are two questions.
"""

import unicodedata
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import OSA

from interview_coach.comparison.stems import stem
from interview_coach.comparison.words import words
from interview_coach.domain.fences import closes_fence, opening_fence

# What says how is asked and not what about. Kept as text and split when first used.
_EMPTY = (
    "a about above all also an and answer any are as ask asked at be been being below best between briefly but by can "
    "candidate could define describe detail did differ difference different discuss do does e elaborate etc example "
    "examples explain few following for from g give given had has have how i if in into is it its let like list main "
    "may me mean meant mention might more most my name of on one or other our own please purpose question quick say "
    "several shall should show so some such talk tell than that the their them then there these they this those "
    "through to two understand use used using various walk want was way we were what when where which while who whose "
    "why will with within word work works would write you your yourself"
)
#: So many of the longest words find the questions that are compared at all.
SIGNIFICANT = 4

_SHORTEST_TYPO = 6
_MOST_TYPOS = 1
_LONGEST_WORD = 40


class Essence(NamedTuple):
    """What a question asks about: its stems without the empty ones, and its code as it stands."""

    stems: frozenset[str]
    code: str

    @property
    def significant(self) -> tuple[str, ...]:
        """The longest stems, which another wording is likely to have as well."""
        return tuple(sorted(self.stems, key=lambda found: (-len(found), found))[:SIGNIFICANT])


def essence(question: str) -> Essence:
    """Return what a question asks about. Linear in its length."""
    prose, code = _split(question)
    empty = _empty_words()
    found = set()
    for word in words(_folded(prose)):
        plain = word.text.replace("’", "'").removesuffix("'s")
        if plain not in empty and len(plain) <= _LONGEST_WORD:
            found.add(stem(plain))
    return Essence(frozenset(found), code)


def is_rewording(first: Essence, second: Essence) -> bool:
    """Return whether two questions may be one in other words.

    So they are where they ask about the same words; where one only adds a few to those of the other; and where of
    many words one is another.
    """
    if first.code != second.code or not first.stems or not second.stems:
        return False
    common = len(first.stems & second.stems)
    here, there = first.stems - second.stems, second.stems - first.stems
    if min(len(here), len(there)) > _MOST_TYPOS + 1:
        return False
    for word in sorted(here):
        twin = next((other for other in sorted(there) if _is_typo(word, other)), None)
        if twin is not None:
            common += 1
            here, there = here - {word}, there - {twin}
    if not here and not there:
        return True
    if not here or not there:
        return common >= 2 and len(here | there) * 3 <= common
    return len(here) == len(there) == 1 and common >= 5


def _is_typo(word: str, other: str) -> bool:
    if min(len(word), len(other)) < _SHORTEST_TYPO or not (word.isalpha() and other.isalpha()):
        return False
    return OSA.distance(word, other, score_cutoff=1) <= 1


def _split(question: str) -> tuple[str, str]:
    if "```" not in question and "~~~" not in question:
        return question, ""
    prose: list[str] = []
    code: list[str] = []
    fence: str | None = None
    for line in question.split("\n"):
        if fence is None:
            fence = opening_fence(line)
            if fence is None:
                prose.append(line)
        elif closes_fence(line, fence):
            fence = None
        else:
            code.append(line.rstrip())
    return "\n".join(prose), "\n".join(code)


def _folded(text: str) -> str:
    text = text.casefold().replace("-", " ")  # a hyphen is a matter of taste
    if text.isascii():
        return text
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(_EMPTY.split())
