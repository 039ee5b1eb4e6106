"""Personal data noticed in a text: e-mail addresses, phone numbers, links. A hint, not a complete check."""

import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache


class PersonalKind(StrEnum):
    """What kind of personal data."""

    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"


#: What an address is before and behind its @, at most.
_BEFORE, _BEHIND = 64, 255
#: Endings of file names, which stand behind an @ as in icon@2x.png.
_NO_DOMAINS = frozenset(("png", "jpg", "jpeg", "gif", "svg", "webp", "js", "ts", "py", "class", "java", "css", "json"))

#: Where people have pages of their own, whose addresses are often written without a scheme.
_HOSTS = (
    "linkedin.com/", "github.com/", "gitlab.com/", "facebook.com/", "instagram.com/", "twitter.com/", "t.me/", "wa.me/"
)  # fmt: skip
_SIGNS_OF_LINKS = ("www.", "mailto:", *_HOSTS)
#: What a phone number neither follows nor precedes: there it is part of something else.
_NO_BEGINNING = frozenset("_.,:;/#$€£¥@=&*~^%-+")
_IN_SUMS = frozenset("=*+^/%<>)-")
_NO_END = frozenset("_@:%")


def personal_kinds(text: str) -> frozenset[PersonalKind]:
    """Return the kinds of personal data that a text seems to hold."""
    kinds = set()
    if "@" in text and any(_emails(text)):
        kinds.add(PersonalKind.EMAIL)
    if _holds_link(text):
        kinds.add(PersonalKind.LINK)
    if any(_is_phone(found, text) for found in _run_of_digits().finditer(text)):
        kinds.add(PersonalKind.PHONE)
    return frozenset(kinds)


def _holds_link(text: str) -> bool:
    if "://" in text and _scheme().search(text):
        return True
    folded = text.lower()
    return any(sign in folded for sign in _SIGNS_OF_LINKS) and _bare_link().search(folded) is not None


def _emails(text: str) -> Iterator[bool]:
    """Yield for each @ in the text whether it is one of an address."""
    at = -1
    while (at := text.find("@", at + 1)) >= 0:
        behind = _domain().match(text, at + 1, at + 1 + _BEHIND)
        if behind is None or behind[1].lower() in _NO_DOMAINS:
            continue
        before = text[max(at - _BEFORE, 0) : at]
        name = _name().search(before)
        # git@host:path and scheme://user:word@host are no addresses of people.
        yield name is not None and name[0].lower() != "git" and "://" not in before.rpartition(" ")[2]


def _is_phone(found: re.Match[str], text: str) -> bool:
    """Return whether a run of digits, blanks and signs is written as people write phone numbers.

    Dates, versions, addresses of computers, amounts and lists of bits are not. A run that could be anything counts
    where a word such as "phone" stands before it.
    """
    start = found.start()
    while start and text[start - 1] in "(+" and found.start() - start < 2:
        start -= 1
    if _goes_on(text, start, found.end()):
        return False
    written = text[start : found.end()].rstrip(" ().-/")
    digits = "".join(filter(str.isdigit, written))
    if not 7 <= len(digits) <= 15 or set(digits) <= {"0", "1"} or _no_phone().match(written):
        return False
    if written.startswith("+"):
        return len(digits) >= 8 and digits[0] != "0" and bool(digits[2:].strip("0"))
    if _american().fullmatch(written):
        return True
    groups = re.findall(r"\d+", written)
    if len(groups) > 1 and 9 <= len(digits) <= 14 and _national().match(written):
        return True
    return _called().search(text[max(start - 40, 0) : start]) is not None


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether what stands there is part of a longer word, number, address or sum."""
    before, behind = text[max(start - 2, 0) : start], text[end : end + 1]
    return (
        before[-1:] in _NO_BEGINNING
        or before[-1:].isalnum()
        or (before[-1:] == " " and (before[:1] in _IN_SUMS or before[:1].isdigit()))
        or behind in _NO_END
        or behind.isalnum()
    )


@cache
def _name() -> re.Pattern[str]:
    return re.compile(r"(?<![\w/.+%'-])\w[\w.+%'-]*\Z")


@cache
def _domain() -> re.Pattern[str]:
    return re.compile(r"(?:[^\W_][\w-]{0,62}\.){1,8}([^\W\d_]{2,24})(?![\w-])")


@cache
def _scheme() -> re.Pattern[str]:
    return re.compile(r"(?<![^\W_])(?:https?|ftps?|ssh|git)://[^\s/\"'<>)]", re.IGNORECASE)


@cache
def _bare_link() -> re.Pattern[str]:
    hosts = "|".join(re.escape(host) for host in _HOSTS)
    return re.compile(rf"\b(?:mailto:\w|www\.[\w-]{{1,63}}\.\w|(?:{hosts})\w)")


@cache
def _run_of_digits() -> re.Pattern[str]:
    return re.compile(r"[0-9][0-9 ()./-]{5,40}")


@cache
def _no_phone() -> re.Pattern[str]:
    return re.compile(
        r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)"  # 2024-01-31, and what follows it
        r"|\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)?\d\d(?!\d)(?!\.\d\d)"  # 31.01.2024
        r"|\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"  # 192.168.001.010
        r"|(?:19|20)\d\d ?[-/] ?(?:19|20)\d\d"  # 2019-2023
    )


@cache
def _american() -> re.Pattern[str]:
    return re.compile(r"(?:1[ .-])?(?:\([2-9]\d\d\) ?|[2-9]\d\d([ .-]))[2-9]\d\d[ .-]\d{4}")


@cache
def _national() -> re.Pattern[str]:
    return re.compile(r"\(?0(?:[1-9]|0[1-9])[\d)]*+(?:[ /-]|\.\d\d\.\d\d\.\d\d\.\d\d\Z)")


@cache
def _called() -> re.Pattern[str]:
    words = r"phone|telephone|tel|mobile|mob|cell|whatsapp|fax|handy|telefon|call me(?: at| on)?|reach me(?: at| on)?"
    return re.compile(rf"\b(?:{words})\b(?: (?:number|no|is|nr))*\W{{0,5}}\Z", re.IGNORECASE)
