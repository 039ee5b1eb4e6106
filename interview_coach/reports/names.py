"""Names for files that are written for a person: any title becomes a name that every system takes."""

import re
import unicodedata
from functools import cache

MOST_BYTES = 255
_NAMELESS = "report"


def safe_file_name(title: str, ending: str) -> str:
    """Return a file name made of a title and an ending such as ".md": at most 255 bytes in UTF-8, the ending whole.

    No separator, no sign that is not seen or changes the direction of writing, no name that Windows keeps for
    devices, no dot or blank at its edges, no dash before it that a command would read as an option.
    """
    seen = unicodedata.normalize("NFC", "".join(map(_in_a_name, title)))
    stem = " ".join(seen.split()).lstrip(".- ~")
    stem = _fitting(stem, MOST_BYTES - 1 - len(ending.encode())).rstrip(". ") or _NAMELESS
    if _devices().fullmatch(stem.split(".")[0].rstrip(" ")):
        stem = f"_{stem}"
    return stem + ending


def _in_a_name(sign: str) -> str:
    """Return a character as it may stand in a name: what separates is a blank, what is not seen is nothing."""
    category = unicodedata.category(sign)
    if category == "Cf":
        return ""
    return " " if sign in '<>:"/\\|?*' or category[0] in "CZ" else sign


def _fitting(stem: str, most: int) -> str:
    """Return the beginning of a name in at most so many bytes; no letter loses its accents."""
    if len(stem.encode()) <= most:
        return stem
    kept = stem.encode()[:most].decode("utf-8", "ignore")
    at = len(kept)
    while at and unicodedata.combining(stem[at]):
        at -= 1
    return kept[:at]


@cache
def _devices() -> re.Pattern[str]:
    return re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])", re.IGNORECASE)
