"""Words that are known, to look one up as it is typed: whole, by its start, by a part of it, or nearly."""

import difflib
from bisect import bisect_left
from collections.abc import Iterator, Sequence

#: Among so many neighbours in the alphabet the nearest word is looked for: comparing with thousands takes too long.
_NEIGHBOURS = 40


class KnownWords:
    """Words to look up without regard to case. Made once for many look-ups."""

    def __init__(self, words: Sequence[str]) -> None:
        self._written: dict[str, str] = {}
        for word in words:
            self._written.setdefault(word.casefold(), word)
        self._folded = sorted(self._written)

    def has(self, word: str) -> bool:
        """Return whether it is one of the words."""
        return word.casefold() in self._written

    def begins(self, start: str) -> bool:
        """Return whether one of the words begins so."""
        return next(self.starting_with(start), None) is not None

    def starting_with(self, start: str) -> Iterator[str]:
        """Yield the words that begin so, in the order of the alphabet."""
        folded = start.casefold()
        for place in range(bisect_left(self._folded, folded), len(self._folded)):
            if not self._folded[place].startswith(folded):
                return
            yield self._written[self._folded[place]]

    def containing(self, part: str) -> Iterator[str]:
        """Yield the words with this part, first those that begin with it."""
        yield from self.starting_with(part)
        folded = part.casefold()
        for word in self._folded:
            if folded in word and not word.startswith(folded):
                yield self._written[word]

    def nearest(self, word: str) -> str | None:
        """Return the word that was probably meant: one that begins so, else one that is spelled nearly so."""
        begun = next(self.starting_with(word), None)
        if begun is not None:
            return begun
        folded = word.casefold()
        place = bisect_left(self._folded, folded)
        around = self._folded[max(place - _NEIGHBOURS // 2, 0) : place + _NEIGHBOURS // 2]
        near = difflib.get_close_matches(folded, around, n=1)
        return self._written[near[0]] if near else None
