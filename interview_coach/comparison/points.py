"""A reference as key points: its sentences, in their order; list items and fenced code stay whole."""

import re

_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_ITEM = re.compile(r"^\s*(?:[-*•]|\d{1,3}[.)])\s+")
#: A stop, what closes after it, and white space before something that may begin a sentence.
_BOUNDARY = re.compile(r"(?<=[.!?…])([\"'”’)\]]*)\s+(?=[\"'“‘(\[]?[^\W_a-zß-öø-ÿ])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:e\.g|i\.e|etc|vs|cf|approx|resp|no|fig|mr|mrs|ms|dr|prof|st|inc|ltd|jr|sr|u\.s|[a-z])\.$",
    re.IGNORECASE,
)


def split_points(reference: str) -> tuple[str, ...]:
    """Return the points of a reference, none for an empty one; together they hold all of its words in their order."""
    points: list[str] = []
    for block, is_code in _blocks(reference):
        if is_code:
            points.append(block)
        else:
            points.extend(_sentences(block))
    return tuple(points)


def _blocks(text: str) -> list[tuple[str, bool]]:
    """Return paragraphs, list items and fenced code blocks, each with whether it is code."""
    blocks: list[tuple[str, bool]] = []
    lines: list[str] = []
    fence = ""

    def end(*, is_code: bool) -> None:
        block = "\n".join(lines) if is_code else " ".join(" ".join(lines).split())
        if block.strip():
            blocks.append((block, is_code))
        lines.clear()

    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if fence:
            lines.append(line)
            if mark and mark[1] == fence:
                end(is_code=True)
                fence = ""
        elif mark:
            end(is_code=False)
            fence = mark[1]
            lines.append(line)
        elif not line.strip() or _ITEM.match(line):
            end(is_code=False)
            lines.append(line)
        else:
            lines.append(line)
    end(is_code=bool(fence))
    return blocks


def _sentences(text: str) -> list[str]:
    if _ITEM.match(text):
        return [text]
    sentences: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if _ABBREVIATION.search(text[start : boundary.start()]):
            continue
        sentences.append(text[start : boundary.end(1)])
        start = boundary.end()
    sentences.append(text[start:])
    return [sentence for sentence in sentences if sentence.strip()]
