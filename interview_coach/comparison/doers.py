"""Who did it: I or we, or nobody, in openings that hide it.

* I, we: the subject alone: I, I'm, I've, I'd, I'll, and the same of we. "My", "me", "our" and "us" are not counted;
  neither is the I of I/O or of Part I.
* passive openings: sentences that begin with "There was", with "It was decided", or with at most four words that are
  no person, then "was" or the like and a participle.
"""

from collections.abc import Iterator

from interview_coach.comparison.english import word_set
from interview_coach.comparison.prose import Prose
from interview_coach.comparison.words import Span

_I = frozenset(("i", "i'm", "i've", "i'd", "i'll"))
_WE = frozenset(("we", "we're", "we've", "we'd", "we'll"))
_NUMBERED = "Part Phase Type Level Tier Class Section Chapter Volume Article Appendix Stage Grade Schedule Category War"
_BESIDE_I = frozenset(" \t\n\r\v\f\xa0\u202f,;:.!?…\"'“”‘’()—–*_")
#: “I, II and III”: no more than this stands between two numbers of one list.
_BETWEEN = 5

_BE = "was were is are be been being got gets"
_BEFORE_BE = "has have had will would can could should must"
_VERB_BEGINS = f"{_BE} {_BEFORE_BE}"
_AFTER_THERE = f"{_BE} has have had"
_BETWEEN_BE = "also then not never later finally eventually soon already always often recently only just being been"
_NO_PERSON = """
the a an this that these those it all some any each every both no our my his her its their several many most two three
"""
_ADVERBS = "so then and but finally eventually later also afterwards therefore"
_PARTICIPLES = """
begun bought brought built chosen cut done drawn driven fixed found given gone held hidden hit kept known laid left lost
made met moved paid put read rebuilt rewritten run said seen sent set shown shut sold spent split stolen taken taught
thrown told understood undone withdrawn won written
"""
# What ends like a participle and says how somebody or something is.
_ADJECTIVES = """
excited tired interested worried scared pleased convinced surprised used supposed experienced limited complicated
related crowded red need embarrassed frustrated confused delighted concerned bored annoyed dedicated talented advanced
"""
_SUBJECT_LENGTH = 4


def own_deeds(prose: Prose) -> list[Span]:
    """Return where I is who did it."""
    return [prose.span(at) for at, word in enumerate(prose.lower) if _is_i(prose, at, word)]


def shared_deeds(prose: Prose) -> list[Span]:
    """Return where it is we."""
    return [prose.span(at) for at, word in enumerate(prose.lower) if word in _WE]


def _is_i(prose: Prose, at: int, word: str) -> bool:
    if word not in _I:
        return False
    start, end = prose.span(at)
    if word != "i":
        return True
    if not {*prose.text[max(start - 1, 0) : start], *prose.text[end : end + 1]} <= _BESIDE_I:
        return False  # I/O, [i], i++
    if at and prose.joined(at) and prose.words[at - 1].text in word_set(_NUMBERED):
        return False
    if prose.text[start] == "i" and (not prose.after(at) or prose.before(at) in ("for", "index", "int", "let", "var")):
        return False  # a variable
    if prose.before(at) == "type" and prose.after(at) in ("error", "errors"):
        return False
    if at + 1 < len(prose.lower) and prose.lower[at + 1] in ("ii", "iii") and len(prose.gap(at + 1)) <= _BETWEEN:
        return False
    listed = prose.text[end : end + 1] in (".", ")") and prose.text[max(start - 1, 0) : start] in ("", "\n", "\r")
    return not listed


def passive_openings(prose: Prose) -> Iterator[Span]:
    """Find the openings of sentences that hide who did it."""
    for first in prose.first_words:
        at = first
        while prose.lower[at] in word_set(_ADVERBS) and at + 1 < len(prose.words) and not prose.opens(at + 1):
            at += 1
        opening = prose.lower[at]
        if opening in ("there's", "there") and (opening == "there's" or prose.after(at) in word_set(_AFTER_THERE)):
            yield prose.span(at, at if opening == "there's" else at + 1)
        elif opening in word_set(_NO_PERSON):
            last = _participle_after(prose, at)
            if last is not None:
                yield prose.span(at, last)


def _participle_after(prose: Prose, subject: int) -> int | None:
    """Return the participle of "(subject of at most four words) was … done"; None where there is none."""
    at = subject + 1
    while at <= subject + _SUBJECT_LENGTH and prose.joined(at) and prose.lower[at] not in word_set(_VERB_BEGINS):
        at += 1
    if at <= subject + _SUBJECT_LENGTH and prose.joined(at) and prose.lower[at] in word_set(_BEFORE_BE):
        at += 1
    if not (prose.joined(at) and prose.lower[at] in word_set(_BE)):
        return None
    at += 1
    while prose.joined(at) and (prose.lower[at] in word_set(_BETWEEN_BE) or prose.lower[at].endswith("ly")):
        at += 1
    if not prose.joined(at):
        return None
    word = prose.lower[at]
    done = word in word_set(_PARTICIPLES) or (
        word.endswith("ed") and len(word) > 4 and word not in word_set(_ADJECTIVES)
    )
    return at if done else None
