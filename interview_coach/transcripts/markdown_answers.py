"""The blocks that belong to a question, taken apart: what still asks, and what answers."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from interview_coach.transcripts.markdown_asking import (
    answer_lead_in,
    goes_with_code,
    option_letter,
    reveals,
    ticked,
    without_box,
)
from interview_coach.transcripts.markdown_blocks import Block, Holder, Kind
from interview_coach.transcripts.markdown_text import without_decoration, without_number

_LETTERS = r"\W*(?:option\s)?[(\[]?([A-Ha-h])\b[)\].:]*\s*"
_SHORT_LEAD = 200
_MOST_BEFORE = 12


class Parts(NamedTuple):
    """A question and its answer, both plain text, and the question's own number."""

    question: str
    answer: str | None
    number: str | None


def take_apart(asked: Block, body: Sequence[Block]) -> Parts:
    """Return the question that a block asks, with what else belongs to it, and its answer."""
    numbered = without_number(without_decoration(asked.text))
    own = without_decoration(numbered.text)
    rest = list(body)
    if asked.kind is Kind.LINE:
        own, said = _without_answer(without_box(own))
        if said:
            rest.insert(0, Block(Kind.LINE, said, asked.line, holders=asked.holders))
    if not own and rest and rest[0].kind in (Kind.LINE, Kind.BOLD, Kind.HEADING) and answer_lead_in(rest[0].text) < 0:
        own = without_decoration(without_number(rest.pop(0).text).text)
    if not own:
        own = without_decoration(asked.text)
    options, first, last = _options(rest)
    lead = _lead_in(rest, last + 1)
    if lead >= 0 and (lead <= _MOST_BEFORE or first >= 0) and _may_ask(rest[:lead], rest[lead], last):
        before, after = rest[:lead], rest[lead:]
    elif first >= 0:
        before, after = rest[: last + 1], rest[last + 1 :]
    elif rest and rest[0].kind is Kind.CODE and goes_with_code(own[-2000:]):
        before, after = rest[:1], rest[1:]
    else:
        before, after = [], rest
    ticks = [without_box(block.text) for block in before if ticked(block.text)]
    answer = _answer(after, options, asked.holders)
    if ticks and (chosen := _ticked_text(before)):
        answer = "\n\n".join(part for part in (chosen, answer) if part)
    shown = [_without_box(block) for block in before]
    more = rendered(shown, asked.holders)
    question = plain_text(f"{own}\n\n{more}" if more else own)
    return Parts(question, answer or None, numbered.number)


def _without_answer(text: str) -> tuple[str, str]:
    """Part a question from the answer that begins in the line below, within the same paragraph."""
    lines = text.split("\n")
    asked = max((position for position, line in enumerate(lines) if line.endswith(("?", "？", "؟"))), default=-1)
    if asked < 0 or any(option_letter(line) for line in lines):
        return text, ""
    return "\n".join(lines[: asked + 1]), "\n".join(lines[asked + 1 :])


def _without_box(block: Block) -> Block:
    if ticked(block.text) is None:
        return block
    return Block(block.kind, without_box(block.text), block.line, holders=block.holders, opens=block.opens)


def _ticked_text(before: Sequence[Block]) -> str:
    """Return the options that are ticked; where an option is only a box, the code that follows it."""
    texts: list[str] = []
    code_follows = False
    for block in before:
        tick = ticked(block.text) if block.opens else None
        if tick is not None:
            said = without_box(block.text)
            code_follows = tick and not said
            if tick and said:
                texts.append(said)
        elif code_follows and block.kind is Kind.CODE:
            texts.append(block.text)
            code_follows = False
    return "\n".join(texts)


def _options(body: Sequence[Block]) -> tuple[dict[str, str], int, int]:
    """Return the options of a multiple choice by their letters, and the places of the first and the last block."""
    options: dict[str, str] = {}
    first = last = -1
    bare = False
    item: Holder | None = None
    for position, block in enumerate(body):
        box = ticked(block.text) if block.opens else None
        letter = option_letter(without_box(block.text)) if block.kind in (Kind.LINE, Kind.BOLD) else None
        if box is not None or (letter is not None and block.opens):
            bare = not without_box(block.text)
            item = block.opens[-1]
        elif letter is not None and _lines_are_options(block.text, len(options)):
            bare = False
            for line in block.text.split("\n"):
                if (named := option_letter(line)) is not None:
                    options.setdefault(named, line.strip())
        elif first >= 0 and block.kind is Kind.CODE and bare:
            bare = False
        elif first >= 0 and item is not None and item in block.holders:
            pass
        elif first >= 0:
            break
        else:
            continue
        if letter is not None:
            options.setdefault(letter, without_box(block.text).split("\n")[0])
        first = position if first < 0 else first
        last = position
    if len(options) < 2 and not any(ticked(block.text) is not None for block in body[max(first, 0) : last + 1]):
        return {}, -1, -1
    return options, first, last


def _lines_are_options(text: str, known: int) -> bool:
    letters = [option_letter(line) for line in text.split("\n")]
    wanted = [chr(ord("A") + known + count) for count in range(len(letters))]
    return letters == wanted and (len(letters) > 1 or known > 0 or letters == ["A"])


def _lead_in(body: Sequence[Block], start: int) -> int:
    """Return the place of the block that says that the answer begins, behind the options; -1 where none does."""
    for position in range(start, len(body)):
        block = body[position]
        if block.kind is Kind.SUMMARY and reveals(without_number(block.text).text):
            return position
        if block.kind in (Kind.HEADING, Kind.BOLD, Kind.LINE) and answer_lead_in(block.text) >= 0:
            return position
    return -1


def _may_ask(before: Sequence[Block], lead: Block, last_option: int) -> bool:
    """Return whether what stands before "Answer:" is part of the question rather than of the answer."""
    if not before or last_option >= 0:
        return True
    firm = lead.kind is Kind.SUMMARY or re.match(r"(?i)\W*(?:the |correct )*a(?:ns(?:wer)?)?\b", lead.text) is not None
    if firm and lead.kind is not Kind.SUMMARY:
        return True
    code = any(block.kind is Kind.CODE for block in before)
    written = sum(len(block.text) for block in before if block.kind is not Kind.CODE)
    return (code and before[0].kind is Kind.CODE) or written <= (_SHORT_LEAD if not firm else 2 * _SHORT_LEAD)


def _answer(body: Sequence[Block], options: dict[str, str], outside: Sequence[Holder]) -> str:
    """Return the blocks of an answer as text, without the word that announces it; an option's letter with its text."""
    kept: list[Block] = []
    for block in body:
        if block.kind is Kind.SUMMARY and reveals(without_number(block.text).text):
            continue
        start = answer_lead_in(block.text) if block.kind in (Kind.HEADING, Kind.BOLD, Kind.LINE) else -1
        if start >= 0 and not any(other.kind is not Kind.RULE for other in kept):
            said = block.text[start:].strip()
            if not said.strip("*_ "):
                continue
            block = Block(Kind.LINE, said, block.line, holders=block.holders, opens=block.opens)
        if options and not kept and (letter := re.match(_LETTERS, block.text)) and block.kind is not Kind.CODE:
            chosen = options.get(letter[1].upper())
            alone = letter.end() == len(block.text)
            if chosen and alone:
                block = Block(Kind.LINE, chosen, block.line, holders=block.holders, opens=block.opens)
        kept.append(block)
    return rendered(kept, outside)


def rendered(blocks: Sequence[Block], outside: Sequence[Holder]) -> str:
    """Return blocks as plain text: lists with their marks and nesting, code and tables as they are.

    ``outside`` are the holders in which the question itself stands; they leave no trace.
    """
    left_out = {id(holder) for holder in outside}
    shown = [block for block in blocks if block.kind is not Kind.RULE and block.text.strip()]
    if shown and all(any(h.kind == "quote" for h in block.holders) for block in shown):
        left_out.update(id(h) for block in shown for h in block.holders if h.kind == "quote")
    pieces: list[str] = []
    listed = False
    for block in shown:
        holders = [h for h in block.holders if id(h) not in left_out and h.kind != "details"]
        items = [h for h in holders if h.kind == "item"]
        opened = [h for h in block.opens if id(h) not in left_out]
        text = block.text if block.kind is Kind.CODE else plain_text(block.text)
        if block.kind is not Kind.CODE and (items or holders):
            text = _indented(text, items, opened, quoted=any(h.kind == "quote" for h in holders))
        if pieces:
            pieces.append("\n" if listed and opened else "\n\n")
        pieces.append(text)
        listed = bool(items) and block.kind is not Kind.CODE
    return "".join(pieces).strip("\n ")


def _indented(text: str, items: Sequence[Holder], opened: Sequence[Holder], *, quoted: bool) -> str:
    margin = ""
    head = ""
    for item in items:
        mark = f"{item.number}. " if item.number else "- "
        if item in opened:
            head += mark
        else:
            head += " " * len(mark)
        margin += " " * len(mark)
    if quoted:
        head, margin = f"{head}> ", f"{margin}> "
    return head + f"\n{margin}".join(text.split("\n"))


def plain_text(text: str) -> str:
    """Return text without signs that are not seen, as they are left by editors and copying."""
    return text.replace("\u200b", "").replace("\ufeff", "").replace("\xa0", " ").strip(" \t\n")
