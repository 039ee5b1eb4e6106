"""Tables in which each row is a question: which column asks, which answers, and what the others say."""

import re

from interview_coach.transcripts.entries import Entry
from interview_coach.transcripts.markdown_answers import plain_text
from interview_coach.transcripts.markdown_asking import NO, SURE, asking
from interview_coach.transcripts.markdown_blocks import Block
from interview_coach.transcripts.markdown_text import Line, without_decoration, without_number

_QUESTION_COLUMN = r"(?i)\W*(?:(?:interview |the )?questions?|prompts?|ask(?:ed)?|problems?|q|front|what to ask)\W*"
_ANSWER_COLUMN = (
    r"(?i)\W*(?:(?:\w+ ){0,2}answers?|solutions?|responses?|explanations?|a|back|what to (?:say|answer))\W*"
)
_NUMBER_COLUMN = r"(?i)\W*(?:no|nr|num|number|sl|s|sr|id|index)?[\W\s]*(?:no|number)?\W*"
_TAG_COLUMN = r"(?i)\W*(?:categor(?:y|ies)|topics?|tags?|difficulty|level|type|area|subject|skill|section|theme)\W*"

#: A column named for questions need not look like it, another must mostly ask.
_AT_LEAST, _MOSTLY = 0.2, 0.5
_FEWEST_ROWS = 2
_A_WORD_OR_TWO = 15
_LONG_TAG = 80


def columns(block: Block, *, links_ask: bool) -> tuple[int, int] | None:
    """Return which columns of a table hold questions and answers (-1 where none does), None where none asks."""
    if len(block.rows) < _FEWEST_ROWS or not block.headed:
        return None
    head, *rows = block.rows
    width = max(len(row) for row in rows)
    asked = [
        sum(asking(row[column].text) == SURE for row in rows if column < len(row)) / len(rows)
        for column in range(width)
    ]
    names = [cell.text for cell in head] + [""] * (width - len(head))
    question = next((c for c in range(width) if re.fullmatch(_QUESTION_COLUMN, names[c]) and asked[c] >= _AT_LEAST), -1)
    if question < 0:
        question = max(range(width), key=lambda column: asked[column], default=-1)
        if question < 0 or asked[question] < _MOSTLY or len(rows) < _FEWEST_ROWS:
            return None
    cells = [row[question] for row in rows if question < len(row) and row[question].text]
    leading = sum(bool(cell.targets) and all(target.startswith("#") for target in cell.targets) for cell in cells)
    if not links_ask and leading * 2 > len(cells):
        return None
    answer = next((c for c in range(width) if c != question and re.fullmatch(_ANSWER_COLUMN, names[c])), -1)
    if answer < 0 and question + 1 < width and not re.fullmatch(_TAG_COLUMN, names[question + 1]):
        longest = sum(len(row[question + 1].text) for row in rows if question + 1 < len(row))
        if longest > len(rows) * _A_WORD_OR_TWO or width == 2:
            answer = question + 1
    return question, answer


def rows_of(block: Block, stage: str | None, tags: tuple[str, ...], *, links_ask: bool) -> list[Entry]:
    """Return the questions of a table, each with its answer and the topics that its row names."""
    found = columns(block, links_ask=links_ask)
    if found is None:
        return []
    question, answer = found
    head, *rows = block.rows
    names = [cell.text for cell in head]
    made: list[Entry] = []
    for offset, row in enumerate(rows):
        if question >= len(row) or not any(map(str.isalnum, row[question].text)):
            continue
        numbered = without_number(without_decoration(row[question].text))
        text = without_decoration(numbered.text)
        if not text or _is_group_row(row, question):
            continue
        number = numbered.number
        own = list(tags)
        for column, cell in enumerate(row):
            if column in (question, answer) or not cell.text or column >= len(names):
                continue
            if number is None and cell.text.rstrip(".)").isdigit() and re.fullmatch(_NUMBER_COLUMN, names[column]):
                number = cell.text.rstrip(".)")
            elif re.fullmatch(_TAG_COLUMN, names[column]) and len(cell.text) <= _LONG_TAG:
                own.append(without_decoration(cell.text))
        said = plain_text(row[answer].text) if 0 <= answer < len(row) else ""
        line = block.line + 2 + offset
        made.append(Entry(text, said or None, line, stage, number, tags=tuple(dict.fromkeys(own))))
    return made


def _is_group_row(row: tuple[Line, ...], question: int) -> bool:
    """Return whether a row only names what the rows below are about."""
    return row[question].bold and asking(row[question].text) == NO and sum(bool(cell.text) for cell in row) == 1
