"""The line that a person types to search, cut into its pieces; what these mean is said in search_language."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

#: What opens and closes a phrase. Text processors write the curved ones by themselves.
_QUOTES = '"“”„‟«»'
#: A minus leaves something out only where one word follows at once: "--fast" and a dash between blanks are text.
_BEGINNING = re.compile(r"\s*(-(?=[^\s-]))?(?:([A-Za-z]+):)?")
_QUOTED = re.compile(rf'"([^"]*(?:""[^"]*)*)("?)|[{_QUOTES[1:]}]([^{_QUOTES}]*)([{_QUOTES}]?)')
_WORD = re.compile(rf"[^\s{_QUOTES}]+")
_VALUE = re.compile(rf"[^\s,{_QUOTES}]*")
_NEEDS_QUOTES = re.compile(rf"[\s,{_QUOTES}]")
#: What nobody types and no database takes: it parts words as a blank does.
_UNTYPED = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


class Key(StrEnum):
    """What stands before the colon of a filter."""

    STAGE = "stage"
    TAG = "tag"
    FROM = "from"
    IS = "is"
    RATED = "rated"


_KEYS = {key.value: key for key in Key}


@dataclass(frozen=True, slots=True)
class Item:
    """One of the values behind a filter's colon, without its quotes; ``is_open`` where the closing quote is missing."""

    start: int
    end: int
    text: str
    is_quoted: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, a phrase, or a filter with its key; ``start`` is that of the minus before it, if there is one.

    Each has at least one item, of which only a filter's can be empty or many.
    """

    start: int
    negated: bool
    key: Key | None
    items: tuple[Item, ...]

    @property
    def end(self) -> int:
        """Where the piece ends in the text."""
        return self.items[-1].end


def pieces(text: str) -> Iterator[Piece]:
    """Yield the pieces of a text in their order; any text has some, or none."""
    text = as_typed(text)
    at, negation_goes_on_at = 0, -1
    while True:
        begin = _BEGINNING.match(text, at)
        if begin is None or (begin[2] is None and begin.end() == len(text)):
            return
        minus, key = begin[1] is not None, _KEYS.get((begin[2] or "").lower())
        start = at = begin.end() if begin[2] is None else begin.start(2)
        if minus:
            start = begin.start(1)
        if key:
            at = begin.end()
        items = tuple(_values(text, at)) if key else (_quoted(text, at) or _word(text, at),)
        negated = minus or at == negation_goes_on_at
        yield Piece(start, negated, key, items)
        at = items[-1].end
        # -titel:"a b" with a filter that there is none of leaves out both, the word and the phrase.
        negation_goes_on_at = at if negated and key is None and items[0].text.endswith(":") else -1


def as_typed(text: str) -> str:
    """Return a text of the same length with blanks for what nobody types."""
    return _UNTYPED.sub(" ", text)


def quoted(value: str) -> str:
    """Return a value as it is written behind a filter's colon: in quotes where it needs them."""
    return in_quotes(value) if _NEEDS_QUOTES.search(value) else value


def in_quotes(text: str) -> str:
    """Return a text in quotes; a quote in it is doubled."""
    return '"' + text.replace('"', '""') + '"'


def _values(text: str, at: int) -> Iterator[Item]:
    while True:
        item = _quoted(text, at)
        if item is None:
            found = _VALUE.match(text, at)
            end = found.end() if found else at
            item = Item(at, end, text[at:end])
        yield item
        if text[item.end : item.end + 1] != ",":
            return
        at = item.end + 1


def _quoted(text: str, at: int) -> Item | None:
    found = _QUOTED.match(text, at)
    if found is None:
        return None
    written, close = (found[3], found[4]) if found[1] is None else (found[1].replace('""', '"'), found[2])
    return Item(at, found.end(), written.strip(), is_quoted=True, is_open=not close)


def _word(text: str, at: int) -> Item:
    found = _WORD.match(text, at)
    end = found.end() if found else len(text)
    return Item(at, end, text[at:end])
