"""Phrases that are said again.

They are three words or more of one sentence that stand in another place again, two of them words that carry meaning,
articles and the like at the ends not counted; the longest first, none inside another.
"""

from collections.abc import Iterable, Sequence

from interview_coach.comparison.english import word_set
from interview_coach.comparison.prose import Prose
from interview_coach.comparison.words import Span

# Joining words, which alone make no phrase.
_JOINING = """
a an the and or but so if then than that this these those there here it its it's he she they them their we us our i i'm
i've i'd me my you your his her to of in on at by for from with as into about over after before up out not no is are
was were be been being am do did does had has have would will could can should may might which who what when where how
because very really just also more most much all some any each other one
"""
# Those of them that a phrase may follow without beginning with them.
_LEADING = "a an the of in on at by for from with to and or but so as"
_SHORTEST = 3
_LONGEST_COUNTED = 12
_TELLING = 2
#: Letters of a word that carries meaning, in languages whose joining words are not known.
_LONG_WORD = 5


def repeated_phrases(prose: Prose) -> tuple[int, list[Span]]:
    """Return how many different phrases stand in the text again, and all the places of each in their order.

    Sequences grow by a word at a time, and only those that are there again grow on: the work is that of one pass for
    each length up to the longest that is told apart. Above it equal sequences are followed as far as they are equal.
    """
    by_length = _repeated_sequences(prose)
    taken = bytearray(len(prose.lower))
    count = 0
    spans: list[Span] = []
    for length in sorted(by_length, reverse=True):
        for starts in by_length[length]:
            free = _apart(starts, length, taken)
            if len(free) < 2 or not _means_something(prose, free[0], length):
                continue
            size = _grown(prose, free, length, taken) if length == _LONGEST_COUNTED else length
            while size > 1 and prose.lower[free[0] + size - 1] in word_set(_JOINING):
                size -= 1
            skip = 0
            while prose.lower[free[0] + skip] in word_set(_LEADING):
                skip += 1
            if size - skip < _SHORTEST:
                continue
            for start in free:
                taken[start : start + size] = b"\1" * size
            count += 1
            spans += (prose.span(start + skip, start + size - 1) for start in free)
    return count, sorted(spans)


def _repeated_sequences(prose: Prose) -> dict[int, list[list[int]]]:
    """Return, for each length, where the sequences of so many words begin that stand in more places than one."""
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(word, len(numbers)) for word in prose.lower]
    alive: Sequence[int] = range(len(ids))
    sequence = ids
    found: dict[int, list[list[int]]] = {}
    for length in range(2, _LONGEST_COUNTED + 1):
        places: dict[tuple[int, int], list[int]] = {}
        for start in alive:
            last = start + length - 1
            if last < len(ids) and prose.run_of[last] == prose.run_of[start]:
                places.setdefault((sequence[start], ids[last]), []).append(start)
        again = [starts for starts in places.values() if len(starts) > 1]
        if not again:
            break
        sequence = list(sequence)
        for number, starts in enumerate(again):
            for start in starts:
                sequence[start] = number
        alive = sorted(start for starts in again for start in starts)
        if length >= _SHORTEST:
            found[length] = again
    return found


def _apart(starts: Iterable[int], length: int, taken: bytearray) -> list[int]:
    """Return those of the sequences' places that neither what is taken nor one another overlaps."""
    free: list[int] = []
    for start in starts:
        if (not free or free[-1] + length <= start) and not any(taken[start : start + length]):
            free.append(start)
    return free


def _means_something(prose: Prose, start: int, length: int) -> bool:
    telling = {word for word in prose.lower[start : start + length] if _is_telling(word, english=prose.english)}
    return len(telling) >= _TELLING


def _is_telling(word: str, *, english: bool) -> bool:
    if english:
        return len(word) > 1 and word not in word_set(_JOINING) and not word[0].isdecimal()
    return len(word) >= _LONG_WORD


def _grown(prose: Prose, starts: Sequence[int], length: int, taken: bytearray) -> int:
    """Return how long equal sequences are when they are followed for as long as all of them are equal and apart."""
    while True:
        ends = [start + length for start in starts]
        if ends[-1] >= len(prose.lower) or any(end in starts[place + 1 : place + 2] for place, end in enumerate(ends)):
            return length
        if any(taken[end] or prose.run_of[end] != prose.run_of[start] for start, end in zip(starts, ends, strict=True)):
            return length
        if len({prose.lower[end] for end in ends}) > 1:
            return length
        length += 1
