"""The interview-day page as HTML: one sheet of A4, also with ten questions of which each has much to say.

Each text is cut to what fits a line or two, and of what would not fit the page says how much more there is.
"""

from collections.abc import Callable, Iterator, Sequence
from html import escape
from string import Template
from unicodedata import east_asian_width

from interview_coach.reports.html import document, printable_document
from interview_coach.reports.interview_day import DayQuestion, InterviewDay, WeakSpot
from interview_coach.reports.outline import day_text
from interview_coach.reports.writing import one_line, shortened

_FIGURES = 8
_WEAK_SPOTS = 5
_TO_ASK = 4
#: How many lines stand ready to be filled in by hand.
_EMPTY_LINES = 3

_SCREEN = """\
:root { color-scheme: light dark; --ground: #f6f5f2; --text: #1f2328; --muted: #5d646d; --line: #8a857b; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #1b1d21; --text: #e7e6e2; --muted: #a2a8b0; --line: #7a808a; }
}
html { background: var(--ground); color: var(--text); font: 100%/1.4 system-ui, sans-serif; }
body { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }
h1 { font-size: 1.4rem; margin: 0 0 .5rem; }
h2 { font-size: 1rem; margin: 1rem 0 .25rem; border-bottom: 1px solid var(--line); }
p, ul { margin: .25rem 0; }
ul { padding-left: 1.1rem; }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: normal; color: var(--muted); font-size: .85rem; }
td, th { vertical-align: top; padding: .15rem .75rem .15rem 0; width: 55%; }
.words { font-weight: 600; width: 45%; }
.fact { color: var(--muted); font-size: .85rem; }
.rule { border: 0; border-bottom: 1px solid var(--line); margin: 1.4rem 0 0; }
@page { size: A4; margin: 12mm 14mm; }
@media print {
  :root { --ground: #ffffff; --text: #000000; --muted: #333333; --line: #777777; }
  html { background: none; font-size: 9pt; line-height: 1.2; }
  body { max-width: none; padding: 0; }
  h2 { break-after: avoid; margin-top: .6rem; }
  tr, li { break-inside: avoid; }
}
"""

_PRINTED = Template("""\
body { font-size: ${text}pt; color: #000000; }
.h1 { font-size: ${title}pt; font-weight: bold; margin-top: 0px; margin-bottom: 4px; }
.h2 { font-size: ${heading}pt; font-weight: bold; margin-top: 9px; margin-bottom: 2px; }
p { margin-top: 0px; margin-bottom: 2px; }
ul { margin-top: 0px; margin-bottom: 0px; }
li { margin-top: 0px; margin-bottom: 2px; }
th { font-weight: normal; color: #333333; text-align: left; }
.words { font-weight: bold; }
.fact { color: #333333; }
""")


def interview_day_page(day: InterviewDay) -> str:
    """Return the page as a whole HTML file."""
    return document(_title(day), _SCREEN, f"<main>\n{_body(day, _heading)}\n</main>")


def interview_day_printable(day: InterviewDay, points: float = 8.5) -> str:
    """Return the page in the part of HTML and CSS that QTextDocument knows, its text of so many points.

    With more than ten questions, or a very wide font, a smaller size may be needed for one page.
    """
    style = _PRINTED.substitute(text=points, title=round(points * 1.5, 2), heading=round(points * 1.15, 2))
    return printable_document(style, _body(day, _printed_heading))


def _title(day: InterviewDay) -> str:
    return _fitting(day.title, 90) or "Interview day"


def _heading(level: int, text: str) -> str:
    return f"<h{level}>{_text(text)}</h{level}>"


def _printed_heading(level: int, text: str) -> str:
    return f'<p class="h{level}">{_text(text)}</p>'


def _body(day: InterviewDay, heading: Callable[[int, str], str]) -> str:
    return "\n".join(
        (
            heading(1, _title(day) if day.day is None else f"{_title(day)} · {day_text(day.day)}"),
            heading(2, "How you open"),
            *_opening(day.opening),
            *([heading(2, "Figures you claim"), *_figures(day.figures)] if day.figures else ()),
            *([heading(2, "Words for each question"), *_questions(day.questions)] if day.questions else ()),
            *([heading(2, "Worth another look"), *_weak_spots(day.weak_spots)] if day.weak_spots else ()),
            heading(2, "Questions to ask them"),
            *_to_ask(day.to_ask),
        )
    )


def _opening(opening: Sequence[str]) -> Iterator[str]:
    if opening:
        yield f"<p>{_text(_fitting(' '.join(opening), 320))}</p>"
    else:
        yield from _lines(2)


def _figures(figures: Sequence[str]) -> Iterator[str]:
    named = " · ".join(_fitting(figure, 50) for figure in figures[:_FIGURES])
    yield f"<p>{_text(named)}{_more(len(figures) - _FIGURES)}</p>"


def _questions(questions: Sequence[DayQuestion]) -> Iterator[str]:
    yield '<table width="100%">\n<tr><th width="55%">Question</th><th width="45%">Your words</th></tr>'
    for place, question in enumerate(questions, start=1):
        words = " · ".join(_fitting(word, 20) for word in question.words) or "–"
        text = f"{place}. {_fitting(question.text, 84)}"
        yield f'<tr><td width="55%">{_text(text)}</td><td width="45%" class="words">{_text(words)}</td></tr>'
    yield "</table>"


def _weak_spots(spots: Sequence[WeakSpot]) -> Iterator[str]:
    yield "<ul>"
    for spot in spots[:_WEAK_SPOTS]:
        parts = []
        if spot.missed:
            named = "; ".join(_fitting(point, 55) for point in spot.missed[:2])
            further = len(spot.missed) - 2
            parts.append(f"not mentioned: {named}{f' and {further} more' if further > 0 else ''}")
        if spot.low:
            parts.append(f"your rating: {', '.join(spot.low)}")
        if spot.resolution:
            parts.append(f"next time I will {_fitting(spot.resolution, 80)}")
        yield f"<li><b>{_text(_fitting(spot.question, 50))}</b> {_text(' · '.join(parts))}</li>"
    yield "</ul>"
    if len(spots) > _WEAK_SPOTS:
        yield f'<p class="fact">{_more(len(spots) - _WEAK_SPOTS).strip()}</p>'


def _to_ask(questions: Sequence[str]) -> Iterator[str]:
    if questions:
        yield "<ul>"
        for question in questions[:_TO_ASK]:
            yield f"<li>{_text(_fitting(question, 110))}</li>"
        yield "</ul>"
        if len(questions) > _TO_ASK:
            yield f'<p class="fact">{_more(len(questions) - _TO_ASK).strip()}</p>'
    else:
        yield from _lines(_EMPTY_LINES)


def _fitting(text: str, most: int) -> str:
    """Return a text cut to so many letters of usual width, half as many where most take the place of two."""
    line = one_line(text)[:most]
    wide = sum(east_asian_width(sign) in "WF" for sign in line)
    return shortened(text, most // 2 if wide * 2 > len(line) else most)


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""


def _lines(count: int) -> Iterator[str]:
    """Yield empty lines to write on."""
    for _ in range(count):
        yield '<p>&nbsp;</p>\n<hr class="rule">'


def _text(text: str) -> str:
    return escape(one_line(text))
