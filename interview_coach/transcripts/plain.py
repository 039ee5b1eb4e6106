"""Pasted text and lists of questions that have no other format: a question a line, or a question and its answer below.

What asks is a line that ends in a question mark, a request as interviewers make it, or an item of a list in which most
items are one of these.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from interview_coach.domain.models import Problem
from interview_coach.transcripts.conversation import quoted
from interview_coach.transcripts.entries import Entry, Found, Likeness, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.spoken_text import as_read, asked_code, fenced_lines, is_rule, without_decoration
from interview_coach.transcripts.stages import stage_named


class _Line(NamedTuple):
    """A line, taken apart: how far it is indented, its list mark, its number, the text behind, and how it asks.

    ``asks`` is 2 where it surely does (a question mark, a request), 1 where it begins as questions do.
    """

    place: int
    indent: int
    mark: str
    number: str | None
    text: str
    asks: int
    begins: bool


@dataclass(slots=True)
class _Draft:
    """A question in the making, and the lines below it."""

    line: int
    number: str | None
    asked: list[str]
    stage: str | None
    tags: tuple[str, ...]
    open: bool
    answer: list[str] = field(default_factory=list)


_NUMBERED = (
    r"(?P<number>\d{1,6})(?:[.):\]]|[ ]?[-–—](?=[ ]))(?!\d)[ \t]*|\((?P<within>\d{1,6})\)[ \t]*"
    r"|#(?P<hash>\d{1,6})[.):]?[ \t]+"
)
_BULLET = r"[-*+•–—‣◦▪▫●○■□➢➤►▶→·✓✔✅❓☐]+[ \t\ufe0f]+|[•●▪◦‣➢➤►○](?=\S)"
_ENDS_ASKING = r"[?？؟](?:[\s\"'”’»)\]*_]|[^\w\s.,;:!])*(?:[\(\[][^()\[\]\n]{0,40}[\)\]]\W*)?\Z"
_GREEK = r"[\u0370-\u03ff][^\n]*;\s*\Z"
_REQUEST = (
    r"(?:(?:please|briefly|can you|could you|now|then|finally)[, ]+)?(?:explain|describe|tell (?:me|us)|walk (?:me|us) "
    r"through|talk (?:me|us)? ?(?:about|through)|discuss|compare|contrast|define|differentiate|distinguish|"
    r"list|name|"
    r"give (?:me |us )?(?:an?|some|the|two|three)|outline|write (?:an?|the|code|some|down)|implement|design an?|"
    r"introduce yourself|elaborate|illustrate|share|state|mention|enumerate|summari[sz]e|demonstrate|justify|"
    r"identify|calculate|how to|what (?:is|are)|difference between|differences? between)\b"
)
_BEGINS_ASKING = (
    r"(?:what|what's|how|why|when|which|who|whom|whose|where|is|are|was|were|can|could|do|does|did|have|has|would|"
    r"should|will|in what|in which|for what|at what|to what|if you)\b"
)
_OPTION = r"[ \t]*[\(\[]?[A-Fa-f][.)\]][ \t]+\S"
_ANSWER = r"[ \t]*(?:[*_]{0,3})(?:answer|ans|a|solution|response)(?:[*_]{0,3})[ \t]*(?:[:：]|[-–—](?= ))[*_]*[ \t]*"
_IN_LINE = r"(?P<question>[^?？]{3,}[?？])[ \t]*(?:(?:answer|ans|a)[:：]|::|[-–—=]+>?|→|\|)[ \t]+(?P<answer>\S.*)"
_SENTENCE_END = (".", "!", "…", "。", ";", ",")
_MOST = 0.6
_LONGEST_HEADING = 70
_MOST_HEADING_WORDS = 8
_LONGEST_QUESTION = 600
_HEADED_SCORE, _LIST_SCORE, _PASTED_SCORE, _NOTHING_SCORE = 0.7, 0.55, 0.3, 0.1


def likeness(source: Source) -> Likeness | None:
    """Return how much a file looks like a list of questions, or at least like text that asks something."""
    sample = source.sample
    if not sample.strip() or sample.startswith("WEBVTT") or re.match(r"\s*(?:\{|\[\s*[\[{\"])", sample):
        return None
    lines = _lines(sample.split("\n"))
    asking = sum(1 for line in lines if line.asks)
    tabs = sample.count("\t") > len(lines) // 2
    marked = re.search(r"(?m)^(?:#{1,6} |[ \t]*(?:<details|\*\*|\|.*\|)|---$)", sample) is not None
    headed = sum(
        not line.mark
        and bool(below.mark)
        and below.asks > 0
        and _is_heading(line)
        and stage_named(line.text) is not None
        for line, below in pairwise(lines)
    )
    if headed > 1 and not tabs and not marked:
        return Likeness(_HEADED_SCORE, "its parts have the names of an interview's and begin with questions")
    if asking > 1 and asking > len(lines) * _MOST:
        return Likeness(_PASTED_SCORE if tabs or marked else _LIST_SCORE, "most of its lines are questions")
    if any(line.asks > 1 for line in lines):
        return Likeness(_PASTED_SCORE, "it is text in which some lines are questions")
    return Likeness(_NOTHING_SCORE, "it is text")


def read(source: Source, *, interviewer: str | None = None) -> Found:  # noqa: ARG001 (every reader takes it)
    """Read a list of questions, or questions with answers below. Raises NoTurns, UnreadableText."""
    raw = source.text.split("\n")
    lines = _lines(raw)
    if not lines:
        raise NoTurns("the file is empty")
    starts = _starts(lines)
    if not starts:
        raise NoTurns(
            "nothing in it asks: no line ends in a question mark or begins with “Explain”, “Describe” or the like"
        )
    problems: list[Problem] = list(source.text_problems)
    title, drafts = _drafts(raw, lines, starts, problems)
    entries = [entry for draft in drafts if (entry := _entry(draft)) is not None]
    if not entries:
        raise NoTurns("nothing in it asks")
    return Found(tuple(entries), tuple(problems), title=title)


def _lines(raw: Sequence[str]) -> list[_Line]:
    """Return the lines that hold text outside code."""
    code = fenced_lines(raw)
    lines: list[_Line] = []
    before = ""
    for place, written in enumerate(raw):
        bare = written.lstrip(" \t\u200b\ufeff")
        if not bare.strip() or place in code or is_rule(written):
            before = ""
            continue
        indent = len(written.expandtabs(4)) - len(written.expandtabs(4).lstrip(" ")) if written[:1] in " \t" else 0
        bullet = re.match(_BULLET, bare)
        rest = bare[bullet.end() :] if bullet else bare
        found = re.match(_NUMBERED, rest)
        number = (found["number"] or found["within"] or found["hash"]) if found else None
        text = rest[found.end() :] if found else rest
        mark = "1" if found else bullet[0].strip() if bullet else ""
        if not text.strip():
            mark, number, text = "", None, rest
        lines.append(_Line(place, indent, mark, number, text.strip(), _asking(text.strip()), not before.strip()))
        before = written
    return lines


def _asking(text: str) -> int:
    plain = text.strip("*_\"'“”` ")
    if len(text) > _LONGEST_QUESTION or not any(char.isalpha() for char in plain[:200]):
        return 0
    if re.search(_ENDS_ASKING, text[-80:]) or re.fullmatch(_GREEK, text[-80:]) or re.match(_IN_LINE, text):
        return 2
    lower = plain.lower()
    if re.match(_REQUEST, lower) and not lower.startswith("what"):
        return 0 if lower.endswith(":") else 2
    return 1 if re.match(_BEGINS_ASKING, lower) and not plain.endswith((*_SENTENCE_END, ":")) else 0


def _starts(lines: Sequence[_Line]) -> frozenset[int]:
    """Return which of the lines begin a question, by their place among ``lines``."""
    numbered = [place for place, line in enumerate(lines) if line.number is not None]
    bulleted = [place for place, line in enumerate(lines) if line.mark and line.number is None]
    bare = [place for place, line in enumerate(lines) if not line.mark]
    starts: set[int] = set()
    listed = _listed(lines, numbered)
    if listed:
        starts |= _in_order(lines, listed)
    bullets = _listed(lines, bulleted)
    alone = sum(1 for place in bulleted if lines[place].asks > 1) > len(lines) // 3 or not starts
    if bullets and alone:
        starts |= set(bullets)
    asking = [place for place in bare if lines[place].asks]
    if not starts or len(asking) > len(bare) * _MOST:
        sure = sum(1 for place in asking if lines[place].asks > 1)
        weakest = 1 if len(asking) > len(bare) * _MOST and len(asking) > 1 else 2
        starts |= {
            place
            for place in asking
            if lines[place].asks >= weakest and _begins_a_block(lines, place, starts, weakest=weakest)
        }
        if sure:
            starts |= _like_the_others(lines, bare, starts)
    return frozenset(starts)


def _listed(lines: Sequence[_Line], items: Sequence[int]) -> list[int]:
    """Return the items of a kind if most of those at the margin ask; their indented ones only where they ask."""
    if not items:
        return []
    margin = min(lines[place].indent for place in items)
    top = [place for place in items if lines[place].indent <= margin + 1]
    asking = sum(1 for place in top if lines[place].asks)
    if asking < len(top) * _MOST or (not any(lines[place].asks > 1 for place in top) and asking < len(top)):
        sure = [place for place in top if lines[place].asks > 1]
        return sure if lines[items[0]].number is not None and len(sure) * 3 > len(top) else []
    return top + [place for place in items if lines[place].indent > margin + 1 and lines[place].asks > 1]


def _in_order(lines: Sequence[_Line], items: Sequence[int]) -> set[int]:
    """Return the numbered items that ask, or whose number follows that of the question before."""
    taken: set[int] = set()
    last = 0
    for place in sorted(items):
        line = lines[place]
        number = int(line.number or 0)
        if line.asks or number == last + 1:
            taken.add(place)
            last = number
    return taken


def _begins_a_block(lines: Sequence[_Line], place: int, starts: set[int], *, weakest: int) -> bool:
    """Return whether a line may begin a question: it stands below a blank line, a heading or another question."""
    line = lines[place]
    if line.begins or place == 0:
        return not (starts and line.indent > 0)
    before = lines[place - 1]
    return before.asks >= weakest or _is_heading(before)


def _like_the_others(lines: Sequence[_Line], bare: Sequence[int], starts: set[int]) -> set[int]:
    """Return the first lines of blocks that ask nothing, where nearly all other blocks begin with a question.

    A block is a question's line and its answer below, with no blank line between.
    """
    firsts = [place for place in bare if lines[place].begins or place == 0]
    longer = [place for place in firsts if place + 1 < len(lines) and not lines[place + 1].begins]
    asking = sum(1 for place in longer if place in starts)
    if asking < 3 or asking < len(longer) * 0.7 or len(longer) < len(firsts) * _MOST:
        return set()
    return {
        place
        for place in longer
        if len(lines[place].text) <= _LONGEST_HEADING * 2
        and not lines[place].text.endswith((*_SENTENCE_END, ":"))
        and place > 0
    }


def _is_heading(line: _Line) -> bool:
    text = line.text
    if line.mark or line.indent > 3 or len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_HEADING_WORDS:
        return False
    if text.startswith("#") or stage_named(text) is not None:
        return True
    return text.endswith(":") or (text.isupper() and len(text) > 2)


def _drafts(
    raw: Sequence[str], lines: Sequence[_Line], starts: frozenset[int], problems: list[Problem]
) -> tuple[str | None, list[_Draft]]:
    title: str | None = None
    stage: str | None = None
    tags: tuple[str, ...] = ()
    drafts: list[_Draft] = []
    stray: list[tuple[int, str]] = []
    by_place = {line.place: at for at, line in enumerate(lines)}
    first = min(starts)
    for place, written in enumerate(raw):
        at = by_place.get(place)
        if at is None:
            if drafts:
                drafts[-1].answer.append("" if is_rule(written) and not written.strip("-=*_ ~#") else written)
                drafts[-1].open = False
            continue
        line = lines[at]
        if at in starts:
            drafts.append(_Draft(place + 1, line.number, [line.text], stage, tags, open=True))
            continue
        if at < first and title is None and not stray and _could_be_title(line):
            title = as_read([line.text.lstrip("#").strip(" :=-")])
            if (stage := stage_named(title)) is not None:
                title = None
            continue
        if _heads(lines, at, starts):
            text = as_read([line.text.lstrip("#").strip(" :=-*")])
            stage = stage_named(text)
            tags = () if stage else (text,)
            continue
        if not drafts:
            stray.append((place + 1, written))
        elif drafts[-1].open and (re.match(_OPTION, written) or _goes_on(drafts[-1], line)):
            if re.match(_OPTION, written):
                drafts[-1].asked.append("\n" + written.strip())
            else:
                drafts[-1].asked[-1] += f" {line.text}"
        else:
            drafts[-1].open = False
            drafts[-1].answer.append(written)
    if stray:
        what = quoted(as_read([text for _, text in stray]))
        problems.append(Problem(line=stray[0][0], message=f"text before the first question: left out (“{what}”)"))
    return title, drafts


def _could_be_title(line: _Line) -> bool:
    return (
        not line.mark
        and len(line.text) <= _LONGEST_HEADING * 2
        and not line.text.endswith((".", "!", ";", ",", "…"))
        and not line.asks > 1
    )


def _heads(lines: Sequence[_Line], at: int, starts: frozenset[int]) -> bool:
    """Return whether a line is a heading: it looks like one, and a question comes next."""
    line = lines[at]
    if at + 1 >= len(lines) or at + 1 not in starts:
        return False
    if _is_heading(line):
        return line.begins or at == 0 or line.text.startswith("#")
    upcoming = lines[at + 1]
    restarts = upcoming.number == "1" or (at > 0 and bool(upcoming.mark))
    few = len(line.text.split()) <= _MOST_HEADING_WORDS and not line.text.endswith(_SENTENCE_END)
    return restarts and few and line.begins and not line.mark and line.indent == 0


def _goes_on(draft: _Draft, line: _Line) -> bool:
    """Return whether a line is the rest of the question above, which is wrapped."""
    last = draft.asked[-1]
    if line.mark or last.endswith((*_SENTENCE_END, ":")) or re.search(_ENDS_ASKING, last[-80:]):
        return False
    if len(last) > _LONGEST_QUESTION or not last:
        return False
    small = line.text[:1].islower()
    return (small and (line.indent > 0 or len(last) > _LONGEST_HEADING // 2)) or (line.indent > 0 and line.asks > 1)


def _entry(draft: _Draft) -> Entry | None:
    lines = draft.answer
    asked = draft.asked[0]
    within = re.match(_IN_LINE, asked, re.IGNORECASE)
    if within:
        asked, lines = within["question"], [within["answer"], *lines]
    if code := asked_code(draft.asked[-1], lines):
        draft.asked.append("\n" + "\n".join(lines[:code]).strip("\n"))
        lines = lines[code:]
    question = without_decoration(as_read([asked, *(part.strip("\n") for part in draft.asked[1:])]))
    while lines and not lines[0].strip():
        lines = lines[1:]
    if lines and (found := re.match(_ANSWER, lines[0], re.IGNORECASE)):
        lines = [lines[0][found.end() :], *lines[1:]]
    elif lines:
        lines = ["", *lines]
    answer = as_read(lines) if lines else ""
    if not question:
        return None
    return Entry(
        question=question,
        answer=answer or None,
        line=draft.line,
        stage=draft.stage,
        number=draft.number,
        tags=draft.tags,
    )
