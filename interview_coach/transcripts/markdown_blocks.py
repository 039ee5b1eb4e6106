"""A Markdown file as a row of plain blocks: headings, lines, items, code, tables, and where each stands.

HTML in it gives the same blocks as Markdown: ``<details>``, headings, lists, tables and code are read from both.
"""

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from interview_coach.transcripts.markdown_text import (
    BLOCK_TAGS,
    HTML_NAMES,
    TAG,
    Line,
    attribute,
    joined,
    lines,
    one_line,
    parser,
    without_number,
)

#: A file is read in parts of about this size, each of which ends before a heading or a paragraph.
_PART = 200_000

#: HTML that is opened and never closed nests no deeper than this.
_DEEPEST = 50

_FRONT_MATTER = r"(?:---|\+\+\+)[ \t]*\n"
_TITLE_IN_FRONT_MATTER = r"""(?m)^[Tt]itle\s{0,9}[:=][ \t]*(["']?)([^\n]*?)\1[ \t]*$"""
_CUT = r"#{1,6} |[A-Za-z*<]|\d{1,5}[.)] |[-+] "
_ITEM_MARK = r"\s*(?:[-*+]|\d{1,9}[.)])\s"
_DEFINITION = r"(?m)^ {0,3}\[[^\]\n]{1,200}\]:[ \t]*[^\s\n][^\n]*$"
#: The title of an item that HTML opened.
_HTML = "html"
_COMMENT = r"<!--.*?(?:-->|\Z)"
_PSEUDO_HEADING = r"(#{2,6})(?![#\s])(.+)"
_ANSWER_LINE = r"(?i)(?:answer|ans|a|solution|sol)\s{0,2}\d{0,4}\s{0,2}:|(?:answer|ans)\s{0,2}\d{0,4}\s{0,2}[.–—-]\s"


class Kind(Enum):
    """What a block is."""

    HEADING = "heading"
    LINE = "line"
    BOLD = "bold"
    CODE = "code"
    TABLE = "table"
    RULE = "rule"
    SUMMARY = "summary"


@dataclass(eq=False, slots=True)
class Holder:
    """What blocks stand in: an item of a list, a quotation or ``<details>``.

    An item has a ``number`` where its list is ordered, and ``row`` says which list it is of.
    """

    kind: str
    number: str | None = None
    row: int = 0
    begun: bool = False
    title: str = ""


@dataclass(eq=False, slots=True)
class Block:
    """A block with its plain text. ``opens`` are the items that begin with it, the outermost first."""

    kind: Kind
    text: str
    line: int
    level: int = 0
    holders: tuple[Holder, ...] = ()
    opens: tuple[Holder, ...] = ()
    targets: tuple[str, ...] = ()
    rows: tuple[tuple[Line, ...], ...] = ()
    headed: bool = False
    parted: bool = False
    unclosed: bool = False


@dataclass(slots=True)
class Document:
    """All blocks of a file, and the title that its front matter gives."""

    blocks: list[Block]
    title: str | None = None


def document(text: str) -> Document:
    """Return the blocks of a Markdown text."""
    title, start = _front_matter(text)
    reader = _Reader(text)
    line = 1 + text.count("\n", 0, start)
    for part in _parts(text, start):
        reader.read(part, line)
        line += part.count("\n")
    reader.end()
    return Document(reader.blocks, title)


def _front_matter(text: str) -> tuple[str | None, int]:
    """Return the title in the front matter and where the text behind it begins."""
    opening = re.match(_FRONT_MATTER, text)
    if opening is None:
        return None, 0
    mark = text[:3]
    end = text.find(f"\n{mark}", opening.end() - 1, 100_000)
    head = text[opening.end() : max(end, 0)]
    if end < 0 or not re.search(r"(?m)^[\w-]+\s{0,9}[:=]", head):
        return None, 0
    after = text.find("\n", end + 1)
    title = re.search(_TITLE_IN_FRONT_MATTER, head)
    return (title[2].strip() or None) if title else None, len(text) if after < 0 else after + 1


def _parts(text: str, start: int) -> Iterator[str]:
    """Yield the text in parts that can be read one by one: none ends within code, or within a comment."""
    if len(text) - start <= _PART * 2:
        yield text[start:]
        return
    begun = at = start
    fence = hidden = ""
    blank = True
    while at < len(text):
        end = text.find("\n", at) + 1 or len(text)
        line = text[at:end]
        if at - begun >= _PART and blank and not fence and not hidden and re.match(_CUT, line):
            yield text[begun:at]
            begun = at
        head = re.sub(_ITEM_MARK, "", line[:40], count=1).strip()
        if head[:3] in ("```", "~~~"):
            run = head[0] * (len(head) - len(head.lstrip(head[0])))
            if not fence:
                fence = run
            elif run.startswith(fence):
                fence = ""
        elif not fence:
            hidden = _hidden_after(line, hidden)
        blank = not head and not line.strip()
        at = end
    yield text[begun:]


def _hidden_after(line: str, hidden: str) -> str:
    """Return the end that is awaited after a line, of a comment or of preformatted text; empty where there is none."""
    if hidden:
        return "" if hidden in line else hidden
    for opening, closing in (("<!--", "-->"), ("<pre", "</pre>")):
        if line.rfind(opening) > line.rfind(closing):
            return closing
    return ""


@dataclass(slots=True)
class _Cells:
    """An HTML table while it is read: its rows, and where the cell begins that is open."""

    line: int
    rows: list[list[str]] = field(default_factory=list)
    headed: bool = False
    inside: bool = False


class _Reader:
    """Reads part after part, and keeps what stands open from one to the next."""

    def __init__(self, text: str) -> None:
        self.blocks: list[Block] = []
        self._holders: list[Holder] = []
        self._row = self._highest = 0
        self._rows: list[tuple[int, int | None]] = []
        self._references: dict[str, Any] = {}
        self._summary: list[str] | None = None
        self._summary_line = 0
        self._parted = False
        self._cells: _Cells | None = None
        self._heading = 0
        self._pre: list[str] | None = None
        self._pre_language = ""
        self._pre_line = 0
        if len(text) > _PART:  # what a link means may be said in a part that is read later
            parser().parse("\n\n".join(re.findall(_DEFINITION, text)), self._references)

    def read(self, text: str, first_line: int) -> None:
        """Read one part; its first line has this number in the file."""
        tokens = parser().parse(text, self._references)
        last = text.count("\n") + (not text.endswith("\n"))
        skip_to = ""
        for position, token in enumerate(tokens):
            line = first_line + token.map[0] if token.map else first_line
            kind = token.type
            if skip_to:
                if kind == skip_to:
                    skip_to = ""
            elif kind == "heading_open":
                self._add_heading(tokens[position + 1].content, line, int(token.tag[1]))
            elif kind == "paragraph_open":
                self._add_paragraph(tokens[position + 1].content, line)
            elif kind == "fence":
                indent_closed = token.map[1] - token.map[0] >= token.content.count("\n") + 2
                self._add_code(token.content, token.info.strip(), line, unclosed=not indent_closed, last=last)
            elif kind == "code_block":
                if self._cells is not None or re.match(
                    r"\s*</?(?:t[drh]|details|summary|div|p|ul|li|b|br)\b", token.content
                ):
                    self._add_html(token.content, line)
                else:
                    self._add_code(token.content, "", line, unclosed=False, last=last)
            elif kind == "hr":
                self._add(Block(Kind.RULE, "", line))
            elif kind == "html_block":
                self._add_html(token.content, line)
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self._open_list(None if kind[0] == "b" else 1)
            elif kind in ("bullet_list_close", "ordered_list_close"):
                self._close_list()
            elif kind == "list_item_open":
                self._holders.append(Holder("item", number=token.info or None, row=self._row))
            elif kind == "blockquote_open":
                self._holders.append(Holder("quote"))
            elif kind in ("list_item_close", "blockquote_close"):
                self._close("item" if kind[0] == "l" else "quote")
            elif kind == "table_open":
                self._add_table(tokens, position, first_line)
                skip_to = "table_close"

    def end(self) -> None:
        """End what still stands open at the end of the file."""
        self._end_pre()
        self._end_table()
        self._end_summary()

    def _add(self, block: Block) -> None:
        if block.kind is Kind.RULE:
            self._parted = True
        elif self._summary is not None and block.kind is not Kind.SUMMARY:
            self._summary.append(block.text)
            return
        block.holders = tuple(self._holders)
        fresh: list[Holder] = []
        if block.kind is not Kind.RULE:
            for holder in self._holders:
                if holder.kind == "item" and not holder.begun:
                    holder.begun = True
                    fresh.append(holder)
            block.parted, self._parted = self._parted, False
        block.opens = tuple(fresh)
        self.blocks.append(block)

    def _add_heading(self, content: str, line: int, level: int) -> None:
        found = one_line(content, self._references)
        if found.text:
            self._add(Block(Kind.HEADING, found.text, line, level=level, targets=found.targets))

    def _add_paragraph(self, content: str, line: int) -> None:
        """Add a paragraph; a bold line, and one that says what it is ("Q:", "Answer:"), is a block of its own."""
        found = lines(content, self._references)
        begun, below = 0, content.count("\n")
        for position in range(1, len(found) + 1):
            if position == len(found) or _parts_from(found[position - 1], found[position]):
                self._add_lines(found[begun:position], line + min(begun, below))
                begun = position

    def _add_lines(self, parts: list[Line], line: int) -> None:
        text = joined(parts)
        if not text:
            return
        first = parts[0]
        if len(parts) == 1 and (heading := re.fullmatch(_PSEUDO_HEADING, text)):
            self._add(Block(Kind.HEADING, heading[2].strip(), line, level=len(heading[1])))
        elif all(part.bold for part in parts):
            self._add(Block(Kind.BOLD, " ".join(text.split("\n")), line, targets=first.targets))
        elif first.lead and first.rest and first.lead.rstrip(" :").endswith(("?", "？", "؟")):
            self._add(Block(Kind.BOLD, first.lead.rstrip(" :"), line))
            rest = Line(first.rest, breaks=first.breaks)
            self._add(Block(Kind.LINE, joined([rest, *parts[1:]]).lstrip(" :–—-"), line))
        else:
            targets = tuple(target for part in parts for target in part.targets)
            self._add(Block(Kind.LINE, text, line, targets=targets if all(part.targets for part in parts) else ()))

    def _add_code(self, code: str, language: str, line: int, *, unclosed: bool, last: int) -> None:
        code = code.rstrip("\n")
        if code.strip():
            ends = unclosed and line + code.count("\n") + 1 >= last
            self._add(Block(Kind.CODE, fenced(code, language), line, unclosed=ends))

    def _add_table(self, tokens: Sequence[Any], position: int, first_line: int) -> None:
        rows: list[list[Line]] = []
        line = first_line + (tokens[position].map or [0])[0]
        for token in tokens[position + 1 :]:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type == "inline":
                rows[-1].append(one_line(token.content, self._references))
        self._put_table(rows, line, headed=True)

    def _put_table(self, rows: list[list[Line]], line: int, *, headed: bool) -> None:
        kept = tuple(tuple(row) for row in rows if any(cell.text for cell in row))
        if kept:
            text = "\n".join(" | ".join(cell.text for cell in row).strip() for row in kept)
            self._add(Block(Kind.TABLE, text, line, rows=kept, headed=headed))

    def _open_list(self, first: int | None) -> None:
        if len(self._rows) > _DEEPEST:
            del self._rows[0]
        self._rows.append((self._row, first))
        self._highest += 1
        self._row = self._highest

    def _close_list(self) -> None:
        if self._rows:
            self._row = self._rows.pop()[0]

    def _close(self, kind: str) -> None:
        """Close the innermost holder of a kind, and what was opened in it and never closed."""
        for position in range(len(self._holders) - 1, -1, -1):
            if self._holders[position].kind == kind:
                del self._holders[position:]
                return

    def _close_details(self) -> None:
        """Close ``<details>``, also where a list or a quotation in it is still open: that goes on outside."""
        for position in range(len(self._holders) - 1, -1, -1):
            if self._holders[position].kind == "details":
                del self._holders[position]
                return

    # HTML

    def _add_html(self, content: str, line: int) -> None:
        """Add what a piece of HTML holds. It may be a part of an element that goes on in the next piece."""
        content = re.sub(_COMMENT, lambda found: "\n" * found[0].count("\n"), content, flags=re.DOTALL)
        at = 0
        for tag in re.finditer(TAG, content):
            name = tag[2].lower()
            if self._pre is not None:
                if name == "pre" and tag[1]:
                    self._pre.append(content[at : tag.start()])
                    self._end_pre()
                    line += content.count("\n", at, tag.end())
                    at = tag.end()
                elif name == "code" and not self._pre_language:
                    self._pre_language = _language(tag[3])
                continue
            if name not in BLOCK_TAGS and not (name == "br" and not content[at : tag.start()].strip()):
                continue
            self._add_run(content[at : tag.start()], line)
            line += content.count("\n", at, tag.end())
            at = tag.end()
            self._take_tag(name, tag[3], line, closing=bool(tag[1]))
        if self._pre is not None:
            self._pre.append(content[at:])
        else:
            self._add_run(content[at:], line)

    def _add_run(self, written: str, line: int) -> None:
        """Add text between two HTML tags: a piece of a cell, a heading, a summary, or a paragraph."""
        if not written.strip():
            return
        stripped = "\n".join(part.strip() for part in written.split("\n"))
        line += len(stripped) - len(stripped.lstrip("\n"))
        content = stripped.strip()
        if self._cells is not None:
            if self._cells.inside:
                self._cells.rows[-1][-1] += f" {content}"
        elif self._heading and self._summary is None:
            self._add_heading(content, line, self._heading)
        else:
            for paragraph in re.split(r"\n{2,}", content):
                self._add_paragraph(paragraph, line)

    def _take_tag(self, name: str, attributes: str, line: int, *, closing: bool) -> None:
        if name == "table":
            self._end_table()
            if not closing:
                self._cells = _Cells(line)
        elif self._cells is not None:
            self._take_table_tag(name, closing=closing)
        elif name == "details":
            self._end_summary()
            if closing:
                self._close_details()
            else:
                self._open(Holder("details"))
        elif name == "summary":
            self._end_summary()
            if not closing:
                self._summary, self._summary_line = [], line
        elif name == "pre":
            if not closing:
                self._pre, self._pre_language, self._pre_line = [], _language(attributes), line
        elif name in ("h1", "h2", "h3", "h4", "h5", "h6"):
            self._heading = 0 if closing else int(name[1])
        elif name in ("hr", "br"):
            self._add(Block(Kind.RULE, "", line))
        elif name in ("ul", "ol"):
            if closing:
                self._close_item()
                self._close_list()
            else:
                self._open_list(1 if name == "ol" else None)
        elif name == "li":
            self._take_item(closing=closing)
        elif name == "blockquote":
            if closing:
                self._close("quote")
            else:
                self._open(Holder("quote"))

    def _open(self, holder: Holder) -> None:
        """Open what HTML opens; where it is never closed, not without end."""
        if len(self._holders) < _DEEPEST:
            self._holders.append(holder)

    def _close_item(self) -> None:
        """Close the item that HTML opened in the list at hand; its end may be left out there."""
        if self._holders and self._holders[-1].title == _HTML and self._holders[-1].row == self._row:
            self._holders.pop()

    def _take_item(self, *, closing: bool) -> None:
        self._close_item()
        if closing:
            return
        number = None
        if self._rows and (counted := self._rows[-1][1]) is not None:
            number = str(counted)
            self._rows[-1] = (self._rows[-1][0], counted + 1)
        self._open(Holder("item", number=number, row=self._row, title=_HTML))

    def _take_table_tag(self, name: str, *, closing: bool) -> None:
        cells = self._cells
        if cells is None:
            return
        if name == "tr" and not closing:
            cells.rows.append([])
        elif name in ("td", "th"):
            cells.inside = not closing
            if not closing:
                if not cells.rows:
                    cells.rows.append([])
                cells.rows[-1].append("")
                cells.headed = cells.headed or (name == "th" and len(cells.rows) == 1)
        elif cells.inside and cells.rows and cells.rows[-1]:
            cells.rows[-1][-1] += "\n"

    def _end_table(self) -> None:
        if (cells := self._cells) is not None:
            self._cells = None
            rows = [[one_line(cell.strip(), self._references) for cell in row] for row in cells.rows]
            self._put_table(rows, cells.line, headed=cells.headed)

    def _end_summary(self) -> None:
        if self._summary is not None:
            parts, self._summary = self._summary, None
            text = " ".join(part for part in parts if part)
            if text:
                for holder in reversed(self._holders):
                    if holder.kind == "details":
                        holder.title = text
                        break
                self._add(Block(Kind.SUMMARY, text, self._summary_line))

    def _end_pre(self) -> None:
        if self._pre is not None:
            written, self._pre = "".join(self._pre), None
            code = html.unescape(re.sub(TAG, _in_code, written)).strip("\n")
            if code.strip():
                self._add(Block(Kind.CODE, fenced(code, self._pre_language), self._pre_line))


def _in_code(tag: re.Match[str]) -> str:
    """Return what stands for a tag within preformatted text: nothing for one that only colours it."""
    name = tag[2].lower()
    if name == "br" or name in BLOCK_TAGS:
        return "\n"
    return "" if name in HTML_NAMES else tag[0]


def _language(attributes: str) -> str:
    name = attribute(attributes, "lang") or attribute(attributes, "class") or ""
    found = re.search(r"(?:lang(?:uage)?|highlight-source|brush:?)[- ](\w+)", name)
    return found[1] if found else ""


def _parts_from(before: Line, line: Line) -> bool:
    """Return whether a line begins a block of its own within its paragraph."""
    if not line.text or not before.text:
        return False
    if before.bold or line.bold:
        return not (before.bold and line.bold and before.goes_on_bold)
    if before.targets and line.targets:
        return True
    if re.match(_PSEUDO_HEADING, line.text) or re.match(_PSEUDO_HEADING, before.text):
        return True
    return (
        without_number(line.text).marked
        or re.match(_ANSWER_LINE, line.text) is not None
        or (bool(line.lead) and line.lead.endswith("?"))
    )


def fenced(code: str, language: str) -> str:
    """Return code between fences that it cannot close itself."""
    fence = "```"
    while fence in code:
        fence += "`"
    return f"{fence}{language}\n{code}\n{fence}"
