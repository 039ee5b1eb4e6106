"""Where a sentence that makes several claims can be parted so that each part reads well by itself.

Careful rather than thorough: one long claim is better than a fragment. A place counts only where what follows has a
subject and a verb of its own, where what stands before it is a claim too, and where nothing that is open (a bracket, a
quotation, "if …") reaches across it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from interview_coach.comparison.sentences import Passage, PassageKind, passages

#: Words that a claim has at least.
_FEWEST = 4
#: What is longer is left whole, as no sentence that anybody reads. So each place costs little.
_LONGEST = 800
#: As much of what follows a place as is looked at.
_AHEAD = 120

_PERSON = r"(?:I|we|he|she|they|you)(?:['’](?:d|m|ll|re|s|ve))?\b"
_SUBJECT = rf"(?:{_PERSON}|(?:it|this|these|those|there|everyone|everybody|someone|nobody)(?:['’](?:d|ll|s))?\b)"
_VERB = (
    r"(?:am|is|are|was|were|has|have|had|can|could|will|would|shall|should|must|may|might|does|do|did"
    r"|(?:is|are|was|were|ca|wo|does|do|did|has|have|had|could|would|should)n['’]t|cannot)\b"
)
_NOUN = (
    r"(?!(?:in|on|at|of|for|to|that|which|who|with|by|from|as|not|then|how|what|why|when|if|where|whether)\b)"
    r"[\w'’-]+ +"
)
_NOUNS = rf"(?:(?:the|a|an|my|our|your|his|her|its|their|each|every|no|some|most) +)?(?:{_NOUN}){{1,3}}?{_VERB}"
_AND = r"(?:and|but)(?: +(?:then|also|finally|later|afterwards|instead|therefore),?)?"

_PLACE = (
    rf", +(?=(?:{_AND}|so|then) +(?P<person>{_PERSON}))"
    rf"|, +(?=(?:{_AND}|yet|while|whereas) +(?:{_SUBJECT}|{_NOUNS}))"
    rf"|(?<!\byou)(?<!\bhe)(?<!\bshe)(?<!\bthey) +(?={_AND} +(?P<plain>{_PERSON}))"
    r"|; +"
    r"|[,.:]? +(?=(?:and +|or +)?\(?(?P<count>[1-9a-h])\) )"
)
_DEPENDENT = (
    r"\W*(?:(?:and|but|so|then) +)?(?:if|when|whenever|while|although|though|because|since|as|after|before|whether"
    r"|unless|until|once|where|wherever|given|provided|even if|in case)\b"
)
_MAIN = rf", +(?:then +)?(?:{_SUBJECT}|{_NOUNS})"
_CLAIM = rf"\b(?:{_SUBJECT}|{_VERB})"
_MERE_EXAMPLE = r"\W*(?:e\.g|i\.e|for example|for instance|such as|like|including|etc|namely)\b"
_LABEL = r"(?:[\w’'-]+ ?){1,3}: +"
_CODE = r"[{}]|=>| = |==|\(\)"
_OPENING, _CLOSING = "([{“«", ")]}”»"


class _Place(NamedTuple):
    """A place between two claims: where the first ends, where the second begins, and what was found there."""

    end: int
    start: int
    number: str | None
    has_person: bool
    is_semicolon: bool


def claims(text: str) -> tuple[Passage, ...]:
    """Return the passages of a text, its sentences parted where they make several claims."""
    found: list[Passage] = []
    for passage in passages(text):
        if passage.kind is PassageKind.SENTENCE:
            found.extend(Passage(start, end, passage.kind) for start, end in _parts(text, passage.start, passage.end))
        else:
            found.append(passage)
    return tuple(found)


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = 0
    # White space is a space here, whatever it is; places stay what they are.
    sentence = re.sub(r"\s", " ", text[start:end]) if end - start <= _LONGEST else ""
    if not re.search(_CODE, sentence):
        for place in _in_step(_outside(sentence)):
            if _is_whole(sentence, begin, place):
                yield start + begin, start + place.end
                begin = place.start
    yield start + begin, end


def _outside(sentence: str) -> Iterator[_Place]:
    """Yield the places where a claim may end, but none inside of brackets or quotation marks."""
    depth, quoted, looked = 0, False, 0
    for found in re.finditer(_PLACE, sentence):
        end = found.start() + (0 if found[0][0] == " " else 1)
        for char in sentence[looked:end]:
            depth = max(0, depth + (char in _OPENING) - (char in _CLOSING))
            quoted ^= char == '"'
        looked = end
        if depth == 0 and not quoted:
            has_person = bool(found["person"] or found["plain"])
            yield _Place(end, found.end(), found["count"], has_person, found[0][0] == ";")


def _in_step(places: Iterable[_Place]) -> Iterator[_Place]:
    """Yield the places but those that are counted otherwise than 1, 2, 3 or a, b, c; the first of them is none."""
    last = ""
    for place in places:
        if place.number is None:
            yield place
        elif last and ord(place.number) == ord(last) + 1:
            last = place.number
            yield place
        elif place.number in "1a":
            last = place.number


def _is_whole(sentence: str, begin: int, place: _Place) -> bool:
    """Return whether what stands before a place, from the last one on, and what follows it are claims."""
    before, after = sentence[begin : place.end], sentence[place.start : place.start + _AHEAD]
    if min(_words(before), _words(after)) < _FEWEST or re.match(_MERE_EXAMPLE, after, re.IGNORECASE):
        return False
    if re.match(_DEPENDENT, before, re.IGNORECASE) and not re.search(_MAIN, before, re.IGNORECASE):
        return False
    if place.is_semicolon:
        # One short piece among them, and they are a list.
        return all(_words(piece) >= _FEWEST for piece in sentence.split("; "))
    if place.number is not None:
        return True
    # "I use the cache, the broker, and the store is …": a list may go on here, not a sentence end.
    last = before[:-1] if place.has_person else before[:-1].rpartition(", ")[2]
    return re.search(_CLAIM, last, re.IGNORECASE) is not None


def _words(text: str) -> int:
    """Count the words of two letters and more of a claim, beside the label that it may have."""
    label = re.match(_LABEL, text)
    return len(re.findall(r"\b\w{2,}|\bI\b", text[label.end() if label else 0 :]))
