"""When two turns ask the same question."""

import hashlib
import unicodedata
from collections.abc import Iterator

from interview_coach.domain.fences import closes_fence, opening_fence


def question_key(text: str) -> str:
    """Return the same 64 hexadecimal digits for any two texts that ask the same question, others for others.

    Two texts are the same when they are equal after NFC, casefold, runs of white space to one space, and a trailing
    ``. ? !`` dropped; fenced code counts as it stands. The digits are a hash of that normal form, so that a text of
    any length fits an index.
    """
    if text.isascii() and "```" not in text and "~~~" not in text:
        parts = [(False, prose)] if (prose := " ".join(text.casefold().split())) else []
    else:
        parts = list(_parts(text))
    if parts and not parts[-1][0]:
        parts[-1] = (False, parts[-1][1].rstrip(".?! ") or parts[-1][1])
    normal_form = "".join(f"{'code' if is_code else 'text'} {len(part)}\n{part}\n" for is_code, part in parts)
    return hashlib.sha256(normal_form.encode("utf-8", "surrogatepass")).hexdigest()


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the text's stretches in order, each with whether it is code; prose comes in its normal form."""
    lines: list[str] = []
    fence: str | None = None
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if fence is not None:
            closed = closes_fence(line, fence)
            lines.append(line.rstrip(" \t") if closed else line)
            if closed:
                yield True, "\n".join(lines)
                lines, fence = [], None
        elif opened := opening_fence(line):
            if prose := _prose(lines):
                yield False, prose
            lines, fence = [line.rstrip(" \t")], opened
        else:
            lines.append(line)
    if fence is not None:
        yield True, "\n".join(lines)
    elif prose := _prose(lines):
        yield False, prose


def _prose(lines: list[str]) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", "\n".join(lines)).casefold())
    return " ".join(folded.split())
