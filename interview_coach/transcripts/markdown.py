"""Question lists in Markdown, as repositories have them: how they are recognised, and how they are read."""

import re
from collections.abc import Iterable

from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.markdown_answers import rendered
from interview_coach.transcripts.markdown_asking import SURE, asking
from interview_coach.transcripts.markdown_blocks import document
from interview_coach.transcripts.markdown_questions import Questions
from interview_coach.transcripts.source import Source

#: What other readers know better: captions, JSON, the turn format.
_OTHERS = r"WEBVTT|\{|\[\s*[{\"\[\]]|Turn \d+ \[|\d+\n\d\d:\d\d"
_DIALOGUE = (
    r"(?im)^[ \t>*_#-]*(?:interviewer|candidate|interviewee|applicant|recruiter|hiring manager|"
    r"q\d{0,4}\.? ?interviewer)[*_]{0,3}[ \t]*(?:\([^\n)]{0,40}\))?[ \t]*:"
)
_SUMMARY = r"(?i)<summary[^>\n]{0,200}>"
_HEADING = r"(?m)^(?:[ \t]*(?:\d{1,4}[.)]|[-*+])[ \t]+)?[ \t]{0,6}#{1,6}[ \t]*([^#\s\n][^\n]*)$"
_BOLD = r"(?m)^[ \t]*(?:\d{1,4}[.)][ \t]+|[-*+][ \t]+)?(?:\*\*|__)([^*_\n][^\n]{0,600}?)(?:\*\*|__)"
_ITEM = r"(?m)^[ \t]*(?:\d{1,4}[.)]|[-*+])[ \t]+([^\n]+)$"
_BOX = r"(?m)^[ \t]*[-*+] \[[ xX]\](?:[ \t]|$)"
_TABLE = r"(?m)^(?=[^\n|]*\|)(?=[^\n]*\b[Qq]uestions?\b)[^\n]*\n[ \t]*\|?[ \t]*:?-{2,}"
_HTML_HEADING = r"(?i)<h[1-6](?:\s[^<>\n]{0,200})?>([^\n]{1,600}?)</h[1-6]>"
_HTML_ITEM = r"(?i)<li(?:\s[^<>\n]{0,200})?>([^\n]{1,600})"
_TAG = r"<[^<>\n]{1,200}>"
_FRONT_MATTER = r"---[ \t]*\n(?:[^\n]*\n){0,40}?[Tt]itle:[ \t]*[\"']?([^\n\"']*)"
_ANY = r"(?m)^(?:#{1,6} |[-*+] |\d+[.)] |\*\*)"

#: Headings, bold lines and items also stand in answers: it is enough where this share of them asks.
_SHARE = 0.25
#: So many lines of speakers make a conversation of it.
_SPOKEN = 3
_SHORT_ARTICLE = 6_000


def likeness(source: Source) -> Likeness | None:
    """Say how much a file looks like a question list in Markdown; None where it surely is none."""
    text = source.sample
    start = text[:200].lstrip()
    if not start or re.match(_OTHERS, start):
        return None
    found = _likeness(text)
    if found is not None and len(re.findall(_DIALOGUE, text)) >= _SPOKEN:
        return Likeness(0.35, found.reason)
    return found


def _likeness(text: str) -> Likeness | None:
    headings = re.findall(_HEADING, text)
    if _ask(headings):
        return Likeness(0.75, "its headings are questions")
    if headings and len(re.findall(_BOX, text)) >= _SPOKEN:
        return Likeness(0.75, "it is a quiz with boxes to tick")
    if len(re.findall(_SUMMARY, text)) > 1:
        return Likeness(0.75, "its answers are folded away under their questions")
    if _ask(re.findall(_BOLD, text)):
        return Likeness(0.7, "its bold lines are questions")
    if re.search(_TABLE, text):
        return Likeness(0.7, "it holds a table of questions")
    items = re.findall(_ITEM, text)
    if _ask(items):
        return Likeness(0.65, "its list items are questions")
    if _ask(re.sub(_TAG, "", line) for pattern in (_HTML_HEADING, _HTML_ITEM) for line in re.findall(pattern, text)):
        return Likeness(0.65, "its headings or list items, in HTML, are questions")
    if (titled := re.match(_FRONT_MATTER, text)) and asking(titled[1]) == SURE:
        return Likeness(0.5, "its title is a question")
    if any(asking(line.strip(" *_#")) == SURE for line in (*headings, *items)):
        return Likeness(0.45, "it has headings or list items that ask")
    return Likeness(0.3, "it has headings or lists") if re.search(_ANY, text) else None


def _ask(lines: Iterable[str]) -> bool:
    """Return whether several of the lines ask, and enough of them."""
    asked = [asking(line.strip(" *_#")) == SURE for line in lines]
    return sum(asked) > 1 and sum(asked) >= _SHARE * len(asked)


def read(source: Source, *, interviewer: str | None = None) -> Found:  # noqa: ARG001 (only conversations have one)
    """Read a question list. Raises NoTurns where the file asks nothing, UnreadableText where it is no text."""
    found = document(source.text)
    if not found.blocks:
        raise NoTurns("the file is empty" if not source.text.strip() else "there is no text in it that could ask")
    for links_ask in (False, True):
        picked = Questions(found, links_ask=links_ask)
        if entries := picked.entries():
            problems = (*source.text_problems, *picked.problems())
            return Found(tuple(entries), tuple(problems), title=picked.title)
    if found.title and asking(found.title) == SURE and sum(len(block.text) for block in found.blocks) < _SHORT_ARTICLE:
        answer = rendered(found.blocks, ())
        return Found((Entry(found.title, answer or None, 1),), source.text_problems, title=found.title)
    raise NoTurns("no heading, bold line, list item or table in it asks questions")
