"""A report as one HTML file: everything escaped, no script, nothing fetched, readable on a phone and on paper.

``printable`` gives the same in what Qt's documents know of HTML, for the PDF.
"""

from collections.abc import Iterator
from html import escape

from interview_coach.reports.outline import (
    Block,
    Fact,
    Outline,
    Part,
    Points,
    Remark,
    Section,
    Written,
    outline,
)
from interview_coach.reports.style import PRINTED, SCREEN
from interview_coach.reports.values import Report
from interview_coach.reports.writing import Paragraph, shown, written

#: Up to so many questions are found without a table of contents.
_FEW = 8

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def page(report: Report) -> str:
    """Return a report as a whole HTML file."""
    whole = outline(report)
    body = [f"<header>\n<h1>{_text(whole.title)}</h1>\n{_block(Fact(whole.fact))}\n</header>"]
    body.extend(_contents(whole))
    body.append("<main>")
    for section in whole.sections:
        body.extend(_section(section, 2))
    body.append("</main>")
    return document(whole.title, SCREEN, "\n".join(body))


def printable(report: Report) -> str:
    """Return a report in the part of HTML and CSS that QTextDocument knows."""
    whole = outline(report)
    body = [f'<p class="h1">{_text(whole.title)}</p>', _block(Fact(whole.fact))]
    for section in whole.sections:
        body.extend(_flat(section, 2))
    return printable_document(PRINTED, "\n".join(body))


def document(title: str, style: str, body: str) -> str:
    """Return a whole HTML file around a body; nothing in it may run or be fetched, whatever got into the body."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>{_text(title)}</title>
<style>
{style}</style>
</head>
<body>
{body}
</body>
</html>
"""


def printable_document(style: str, body: str) -> str:
    """Return the same for QTextDocument."""
    return f"<html><head><style>\n{style}</style></head><body>\n{body}\n</body></html>\n"


def _contents(whole: Outline) -> Iterator[str]:
    if len(whole.questions) <= _FEW:
        return
    yield '<nav aria-labelledby="contents">\n<h2 id="contents">Contents</h2>\n<ul>'
    for section in whole.sections:
        if section.part is Part.QUESTION:
            yield _link(section)
        elif section.part is Part.SESSION:
            yield f'<li><a href="#{section.anchor}">{_text(section.title)}</a>\n<ul>'
            yield from map(_link, section.sections)
            yield "</ul>\n</li>"
    yield "</ul>\n</nav>"


def _link(section: Section) -> str:
    return f'<li><a href="#{section.anchor}">{_text(section.title)}</a></li>'


def _section(section: Section, level: int) -> Iterator[str]:
    element = "article" if section.part is Part.QUESTION else "section"
    named = f' id="{section.anchor}" aria-labelledby="{section.anchor}-title"' if section.anchor else ""
    title = f' id="{section.anchor}-title"' if section.anchor else ""
    yield f'<{element} class="{section.part.value}"{named}>'
    yield f'<h{level}{title} dir="auto">{_text(section.title)}</h{level}>'
    yield from map(_block, section.blocks)
    for inner in section.sections:
        yield from _section(inner, level + 1)
    yield f"</{element}>"


def _flat(section: Section, level: int) -> Iterator[str]:
    yield f'<p class="h{level}">{_text(section.title)}</p>'
    yield from map(_block, section.blocks)
    for inner in section.sections:
        yield from _flat(inner, level + 1)


def _block(block: Block) -> str:
    match block:
        case Fact(text):
            return f'<p class="fact" dir="auto">{_text(text)}</p>'
        case Written(text):
            return "\n".join(_parts(text))
        case Remark(label, text):
            return f'<p class="remark"><strong>{_text(label)}</strong> <bdi>{_text(text.strip())}</bdi></p>'
        case Points(items):
            lines = (f"<li>{f'<strong>{word}:</strong> ' if word else ''}{_point(text)}</li>" for word, text in items)
            return "\n".join(("<ul>", *lines, "</ul>"))


def _point(text: str) -> str:
    parts = list(written(text))
    if all(isinstance(part, Paragraph) for part in parts):
        return f'<bdi class="written">{_text(text.strip())}</bdi>'
    return "\n".join(_parts(text))


def _parts(text: str) -> Iterator[str]:
    for part in written(text):
        if isinstance(part, Paragraph):
            lines = _text("\n".join(part.lines))
            yield f'<p class="written" dir="auto">{lines}</p>'
        else:
            yield f'<pre dir="ltr"><code>{_text(part.text)}</code></pre>'


def _text(text: str) -> str:
    return escape(shown(text))
