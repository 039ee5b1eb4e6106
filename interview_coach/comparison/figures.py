"""Figures that say how much: percentages, money, sizes, times and counts.

In digits; in words from two on where a unit follows ("six hours"). Not: versions, years and dates, times of day,
numbers of lists, names (Python 3, HTTP/2, S3), "one", and how long ago something was. In languages other than English
they are those that a sign or a unit in letters marks (30 %, €5, 20ms).
"""

import re
from collections.abc import Iterator

from interview_coach.comparison.english import word_set
from interview_coach.comparison.prose import Prose
from interview_coach.comparison.words import Span

_NUMBER = (
    r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)"
    r"(?:[-‐‑][0-9]+(?:[.,][0-9]+)?)?(?:[-‐‑]?(?P<unit>[a-zµ]+))?"
)
_SIGN = r"[ \xa0\u202f]?[%‰]|[ \xa0\u202f]?[€£](?![0-9])"
_MEASURES = """
percent percentage millisecond microsecond nanosecond second minute hour day night week weekend month quarter year
decade time fold degree byte kilobyte megabyte gigabyte terabyte euro dollar pound cent hundred thousand million billion
trillion k m b bn mn x ms µs us ns s sec min h hr kb mb gb tb pb kib mib gib tib hz khz mhz ghz rps qps tps pp pt fps
kg km cm mm loc
"""
_COUNTED = """
person people engineer developer colleague member user customer client team teammate tester designer manager service
server machine node instance test bug defect incident outage ticket request query order call error complaint release
deployment build file page table row record line endpoint feature project product site store country office department
interview hire candidate student volunteer sale story sprint meeting shop branch patient guest application report email
"""
_MONEY_BEFORE, _MONEY_AFTER = ("$", "€", "£", "¥", "₹"), ("€", "£")
_MONTHS = """
january february march april may june july august september october november december jan feb mar apr jun jul aug sep
sept oct nov dec
"""
_YEAR_AFTER = "in since until till by from of before after during year spring summer autumn fall winter early late mid"
_ROUGHLY = "about around roughly nearly almost over than least most exactly"
# A number after a word with a capital is part of a name (Python 3), unless the word only opens its sentence.
_OPENERS = """
about over only within after in at by of from under nearly almost roughly around some all the for with and then we i my
our these those they just between another every more up to cut than today on their both first last that this it were
was had have has you he she when while of out now later because so but or each per his her its your
"""
_LABELS = """
version v port step chapter page error status code line figure table question point part phase level tier sprint ticket
issue bug number no room option item release python java http layer type grade rfc iso section case example article
slide
"""
_NUMBER_WORDS = """
two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen
"""
_UNITS_OF_NONE = "downtime loss losses errors incidents outages complaints bugs defects failures"


def figures(prose: Prose) -> Iterator[Span]:
    """Find the figures of an answer."""
    at = 0
    while at < len(prose.words):
        found = _figure_in_digits(prose, at)
        if found is None and prose.english:
            found = _figure_in_words(prose, at)
        if found is None:
            at += 1
        else:
            yield found[0]
            at = found[1] + 1


def _figure_in_digits(prose: Prose, at: int) -> tuple[Span, int] | None:
    """Return the figure that a word in digits begins, and its last word; None where it is none."""
    word = prose.lower[at]
    number = re.fullmatch(_NUMBER, word) if word[0].isdecimal() else None
    if number is None or (len(word) > 1 and word[0] == "0" and word[1].isdecimal()):
        return None  # a version, a time of day, an ordinal; 007
    start, end = prose.span(at)
    last = at
    money = prose.text[max(start - 1, 0) : start] in _MONEY_BEFORE
    if money:
        start -= 1
    sign = re.compile(_SIGN).match(prose.text, end)
    if sign:
        end = sign.end()
    unit = number["unit"] or ""
    measured = money or sign is not None or _is_one_of(unit, _MEASURES)
    if not measured and (not prose.english or (unit and not _is_one_of(unit, _COUNTED))):
        return None  # 3D, 4xx, 64-bit
    if prose.english and not unit and (sign is None or money):
        follows = prose.after(at)
        if _is_one_of(follows, _MEASURES) or (not measured and _is_one_of(follows, _COUNTED)):
            last, end = at + 1, prose.words[at + 1].end
            measured = measured or _is_one_of(follows, _MEASURES)
    if prose.after(last) == "ago" or (not measured and not unit and _is_no_count(prose, at, number["digits"])):
        return None
    return (start, end), last


def _is_one_of(word: str, listing: str) -> bool:
    """Tell whether a list holds a word, or its singular."""
    known = word_set(listing)
    ending = word.endswith
    return (
        word in known
        or (len(word) > 2 and ending("s") and word[:-1] in known)
        or (ending("es") and word[:-2] in known)
        or (ending("ies") and word[:-3] + "y" in known)
    )


def _is_no_count(prose: Prose, at: int, digits: str) -> bool:
    """Tell whether a number without a measure numbers, names or dates something."""
    start, end = prose.words[at].start, prose.words[at].end
    left, right = prose.text[max(start - 2, 0) : start], prose.text[end : end + 2]
    before, after = prose.before(at), prose.after(at)
    if digits == "1" or left[-1:] in ("/", "#", "[", "=") or right[:1] in ("/", "]", "="):
        return True  # HTTP/2, #12, [3], 24/7
    if left[-1:] == "(" and left[:1].isalnum():
        return True  # O(1)
    if len(digits) <= 2 and right == ") " and not _in_brackets(prose.text, start):
        return True  # both 1) and 2)
    if len(digits) <= 2 and right == ". " and (prose.opens(at) or before in ("and", "or", "")):
        return True  # both: 1. this and 2. that
    if before in word_set(_LABELS) or before in word_set(_MONTHS) or after in word_set(_MONTHS):
        return True
    if before and prose.words[at - 1].text[0].isupper() and before not in word_set(_OPENERS):
        return True
    if len(digits) == 4 and digits.isdecimal() and "1900" <= digits < "2100" and before not in word_set(_ROUGHLY):
        return before in word_set(_YEAR_AFTER) or not (
            after.endswith("s") and after not in word_set("was is has this its")
        )
    return False


def _in_brackets(text: str, place: int) -> bool:
    """Tell whether a bracket that opens shortly before a place is not closed before it."""
    before = text[max(place - 60, 0) : place]
    return before.rfind("(") > before.rfind(")")


def _figure_in_words(prose: Prose, at: int) -> tuple[Span, int] | None:
    """Return the figure that number words begin: number, unit; None where there is no unit or it was some time ago."""
    last = at
    if prose.lower[at] == "zero":
        return (prose.span(at, at + 1), at + 1) if prose.after(at) in word_set(_UNITS_OF_NONE) else None
    first, hyphen, rest = prose.lower[at].partition("-")
    if first not in word_set(_NUMBER_WORDS):
        return None
    if hyphen and rest not in word_set(_NUMBER_WORDS):  # a two-week trial
        return (prose.span(at), at) if _is_one_of(rest, _MEASURES) or _is_one_of(rest, _COUNTED) else None
    while prose.after(last) in word_set(_NUMBER_WORDS):
        last += 1
    unit = prose.after(last)
    if unit == "second" or not (_is_one_of(unit, _MEASURES) or _is_one_of(unit, _COUNTED)):
        return None
    last += 1
    return None if prose.after(last) == "ago" else (prose.span(at, last), last)
