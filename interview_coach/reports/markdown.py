"""A report in Markdown (CommonMark, as GitHub and note programs read it).

What people wrote is escaped, so that it shows literally; their code stays code, in a fence longer than any inside.
"""

import re
from collections.abc import Iterator
from functools import cache

from interview_coach.reports.outline import Block, Fact, Points, Remark, Section, Written, outline
from interview_coach.reports.values import Report
from interview_coach.reports.writing import Code, Paragraph, one_line, written

#: What acts wherever it stands, and what acts only at the beginning of a line.
_ACTING = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]<>&~|$"})
_BEGINNINGS = tuple("0123456789#+-=:.)")


def markdown(report: Report) -> str:
    """Return a report in Markdown."""
    whole = outline(report)
    parts = [f"# {_heading(whole.title)}", _escaped(whole.fact)]
    for section in whole.sections:
        parts.extend(_section(section, 2))
    return "\n\n".join(parts) + "\n"


def _section(section: Section, level: int) -> Iterator[str]:
    yield f"{'#' * level} {_heading(section.title)}"
    for block in section.blocks:
        yield from _block(block)
    for inner in section.sections:
        yield from _section(inner, level + 1)


def _block(block: Block) -> Iterator[str]:
    match block:
        case Fact(text):
            yield _line(text)
        case Written(text):
            yield from map(_part, written(text))
        case Remark(label, text):
            yield from _labelled(f"**{_escaped(label)}** ", text)
        case Points(items) if all(_is_one_paragraph(text) for _, text in items):
            yield "\n".join(f"- {f'**{word}:** ' if word else ''}{_line(one_line(text))}" for word, text in items)
        case Points(items):  # code inside of a list item would lose its tabs
            for word, text in items:
                yield from _labelled(f"**{word}:** " if word else "", text)


def _labelled(label: str, text: str) -> Iterator[str]:
    parts = list(written(text))
    if parts and isinstance(parts[0], Paragraph):
        yield label + _part(parts.pop(0))
    elif label:
        yield label.rstrip()
    yield from map(_part, parts)


def _is_one_paragraph(text: str) -> bool:
    parts = list(written(text))
    return len(parts) <= 1 and all(isinstance(part, Paragraph) for part in parts)


def _part(part: Paragraph | Code) -> str:
    if isinstance(part, Paragraph):
        return "\\\n".join(map(_line, part.lines))
    sign = "~" if "`" in part.language else "`"  # what stands behind a fence of ` has none in it
    longest = max(map(len, _run_of(sign).findall(part.text)), default=0)
    fence = sign * max(3, longest + 1)
    return "\n".join((fence + _escaped(part.language), *([part.text] if part.text else []), fence))


def _line(text: str) -> str:
    """Return a line of text that begins no list, heading or block of code, still as far to the right."""
    bare = text.lstrip()
    line = _escaped(bare)
    if bare[:1] in _BEGINNINGS:
        line = _number_or_sign().sub(r"\1\\\2", line)
    if len(bare) == len(text):
        return line
    return "&nbsp;" * sum(4 if sign == "\t" else 1 for sign in text[: len(text) - len(bare)]) + line


def _heading(text: str) -> str:
    return _escaped(text).replace("#", "\\#")


def _escaped(text: str) -> str:
    """Return a text in which no sign acts inside of a line."""
    return text.translate(_ACTING)


@cache
def _number_or_sign() -> re.Pattern[str]:
    return re.compile(r"^(\d{0,9})([#+\-=:.)])")


@cache
def _run_of(sign: str) -> re.Pattern[str]:
    return re.compile(f"{sign}+")
