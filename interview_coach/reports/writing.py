"""What people wrote, made ready to be shown: its paragraphs and its blocks of code."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from interview_coach.domain.fences import closes_fence, opening_fence


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together; none is blank, and those that are indented are so still."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """A fenced block: what stands behind its opening fence, and its text as it stands."""

    language: str
    text: str


def shown(text: str) -> str:
    r"""Return a text in which nothing acts but line ends, all ``\n``, and tabs.

    Other control characters, and halves of characters that no file can hold, are shown as the sign for what cannot
    be shown.
    """
    ends, unseen = _patterns()
    return unseen.sub("\ufffd", ends.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text in one line."""
    return " ".join(shown(text).split())


def shortened(text: str, most: int) -> str:
    """Return a text in one line of at most so many characters, cut between words where that is possible."""
    line = one_line(text)
    if len(line) <= most:
        return line
    cut = line[: most - 1]
    at = cut.rfind(" ")
    return (cut[:at] if at > most // 2 else cut).rstrip(" ,;:–-") + "…"


def written(text: str) -> Iterator[Paragraph | Code]:
    """Yield the paragraphs and the code of a text in their order; code that is never closed runs to the end."""
    lines: list[str] = []
    fence: str | None = None
    language = ""
    for line in shown(text).split("\n"):
        if fence is not None:
            if closes_fence(line, fence):
                yield Code(language, "\n".join(lines))
                lines, fence = [], None
            else:
                lines.append(line)
            continue
        opened = opening_fence(line)
        if (opened or not line.strip()) and lines:
            yield Paragraph(tuple(lines))
            lines = []
        if opened:
            fence, language = opened, line.strip().lstrip(opened[0]).strip()
        elif line.strip():
            lines.append(line.rstrip())
    if fence is not None:
        yield Code(language, "\n".join(lines))
    elif lines:
        yield Paragraph(tuple(lines))


def prose(text: str) -> str:
    """Return a text without its code, a blank line between its paragraphs."""
    return "\n\n".join("\n".join(part.lines) for part in written(text) if isinstance(part, Paragraph))


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    ends = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
    return ends, re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
