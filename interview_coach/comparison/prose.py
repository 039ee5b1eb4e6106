"""What an answer says in words: its words and sentences without fenced code, code in a line and addresses."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from interview_coach.comparison.english import are_english, plain
from interview_coach.comparison.sentences import PassageKind, passages
from interview_coach.comparison.words import Span, Word

_CODE_IN_LINE = r"`[^`\n\r]++`"
_ITEM_MARK = r"\s*(?:[-*+•‣◦–]|\(?(?:\d{1,3}|[a-z])[.)])\s+"
_WITHIN_A_PHRASE = " \t\r\n\xa0,'\"‘’“”"
_BREAKS = frozenset(',;:.!?…—–-"“”()')


class Prose:
    """The words of a text that are no code and no address, and what stands between them."""

    def __init__(self, text: str, every_word: tuple[Word, ...]) -> None:
        self.text = text
        hidden: list[Span] = []
        self.sentences: list[Span] = []
        for start, end, kind in passages(text):
            if kind is PassageKind.CODE:
                hidden.append((start, end))
            elif kind is PassageKind.SENTENCE:
                self.sentences.append((start, end))
            else:  # a list item may hold several sentences
                mark = re.compile(_ITEM_MARK).match(text, start, end)
                begin = start if mark is None else mark.end()
                hidden.append((start, begin))
                self.sentences += ((begin + first, begin + last) for first, last, _ in passages(text[begin:end]))
        hidden += (found.span() for found in re.finditer(_CODE_IN_LINE, text))
        kept = _outside(every_word, hidden)
        self.words = [every_word[place] for place in kept]
        self.lower = [plain(word.text) for word in self.words]
        self.english = are_english(self.lower)
        begins = [start for start, _ in self.sentences]
        #: For each word the place of its sentence in ``sentences``; and the words that are the first of theirs.
        self.sentence_of = [bisect_right(begins, word.start) - 1 for word in self.words]
        self.first_words = [
            at for at, number in enumerate(self.sentence_of) if at == 0 or number != self.sentence_of[at - 1]
        ]
        self._opens = frozenset(self.first_words)
        #: For each word a number that it shares with its neighbours unless more than a comma or a quote lies between.
        self.run_of = [0] * len(kept)
        for at in range(1, len(kept)):
            goes_on = at not in self._opens and not self.gap(at).strip(_WITHIN_A_PHRASE)
            self.run_of[at] = self.run_of[at - 1] + (not goes_on)

    def span(self, first: int, last: int | None = None) -> Span:
        """Return where words stand, from one to another that is the same by default."""
        return self.words[first].start, self.words[first if last is None else last].end

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before it, or the text's end."""
        start = self.words[at - 1].end if at > 0 else 0
        return self.text[start : self.words[at].start if at < len(self.words) else len(self.text)]

    def opens(self, at: int) -> bool:
        """Tell whether a word is the first of its sentence."""
        return at in self._opens

    def joined(self, at: int) -> bool:
        """Tell whether a word follows the one before it in the same sentence with nothing but space between."""
        return 0 < at < len(self.words) and not self.opens(at) and not self.gap(at).strip()

    def before(self, at: int) -> str:
        """Return the word before, empty where a comma or the like stands between."""
        return self.lower[at - 1] if self.joined(at) else ""

    def after(self, at: int) -> str:
        """Return the word after, empty where a comma or the like stands between."""
        return self.lower[at + 1] if self.joined(at + 1) else ""

    def set_off_before(self, at: int) -> bool:
        """Tell whether a word begins a sentence or follows a comma or the like."""
        return self.opens(at) or self.gap(at).rstrip()[-1:] in _BREAKS

    def set_off_after(self, at: int) -> bool:
        """Tell whether a word ends a sentence or is followed by a comma or the like."""
        return at + 1 == len(self.words) or self.opens(at + 1) or self.gap(at + 1).lstrip()[:1] in _BREAKS

    def longest_sentence(self) -> tuple[int, Span | None]:
        """Return how many words the longest sentence has and where the first such stands; None where no word is."""
        longest, place = 0, None
        for first, following in pairwise([*self.first_words, len(self.words)]):
            if following - first > longest:
                longest, place = following - first, self.sentences[self.sentence_of[first]]
        return longest, place


def _outside(every_word: Sequence[Word], hidden: Iterable[Span]) -> list[int]:
    """Return the places of the words that are no address and begin where nothing is hidden."""
    spans = iter(sorted(hidden))
    start, end = next(spans, _NOWHERE)
    kept = []
    for place, word in enumerate(every_word):
        while end <= word.start:
            start, end = next(spans, _NOWHERE)
        if word.start < start and "://" not in word.text:
            kept.append(place)
    return kept


_NOWHERE = (sys.maxsize, sys.maxsize)
