"""Inline Markdown and HTML as plain lines, and what is seen of a line on the way: all bold, all link, its numbering."""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

#: The HTML elements that Markdown files have. Another name between angle brackets is meant as text: ``List<String>``.
_HTML_NAMES_LISTED = """
a abbr acronym address article aside audio b big blockquote body br button caption center cite code col colgroup dd
del details dfn div dl dt em embed figcaption figure font footer form g h1 h2 h3 h4 h5 h6 head header hr html i iframe
img input ins kbd label li link main mark menu meta nav object ol optgroup option p path picture pre q rp rt ruby s
samp script section select small source span strike strong style sub summary sup svg table tbody td textarea tfoot th
thead title tr tt u ul var video wbr
"""
HTML_NAMES = frozenset(_HTML_NAMES_LISTED.split())
#: Elements that end the line in which they stand.
_BLOCK_TAGS_LISTED = """
address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form h1 h2 h3 h4
h5 h6 header hr html li main menu nav ol p picture pre section source summary table tbody td tfoot th thead tr ul
"""
BLOCK_TAGS = frozenset(_BLOCK_TAGS_LISTED.split())
# Only names that are never meant as a type or a parameter of a program are taken away within a line.
_MEANT_AS_TEXT = frozenset(
    {"body", "button", "form", "head", "html", "input", "label", "link", "main", "map", "menu", "object", "option"}
    | {"script", "select", "title", "var"}
)

# Kept as text, which re compiles and keeps when they are first used: they are not needed to start.
TAG = r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]{0,2000})?)/?>"
_ATTRIBUTE = r"""\b%s\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
_DECORATIVE = (
    r"(?i)(?:(?:alt|the)?[ _-]*(?:image|img|picture|pic|photo|logo|icon|badge|banner|screenshot|screen shot|diagram|"
    r"star|gif|cover)?[ _-]*\d*(?:text|alt)?|\S+\.(?:png|jpe?g|gif|svg|webp))"
)
_BADGE = r"(?i)shields\.io|badge|/sponsor|buymeacoffee|travis-ci|codecov|forks|visitor"
_NUMBERED = (
    r"(?i)\s*(?:"
    # Q12. | Question 12: | Q: | Question - | Q12 What …
    r"(?P<mark>question|que|ques|qn|q)\s{0,2}(?:no\b\.?\s{0,2})?"
    r"(?:[#(]?\s?(?P<q>\d{1,5}(?:[.-]\d{1,4})*)\)?\s{0,2}(?:[.:)\]|–—-]{1,2}|(?=\s)|$)|\s?[.:)–—-](?=\s|$))"
    # 12. | 12) | (12) | #12 | 1.2. | **12** -
    r"|[#(\[]?(?P<n>\d{1,5}(?:\.\d{1,4})*)(?:[.:)\]]{1,2}(?=\D|$)|\.?\s{1,2}[–—-](?=\s))"
    r"|[#(](?P<h>\d{1,5})\)?(?=\s)"
    r"|(?P<s>\d{1,3}(?:\.\d{1,3})+)(?=\s+[A-Z])"
    r")\s*"
)
_EXCLUDED = r"(?i)\s*(?:\d{1,3}\.\d+(?![.\d])\S|q-?learning|q\s*&\s*a)"
_SHORTCODES = r"(?:\s*:[a-z][a-z0-9_+-]{1,40}:)+\s*$|^\s*(?::[a-z][a-z0-9_+-]{1,40}:\s*)+"
_LONG_LINE = 50
_STARTS_A_LINE = r"\s*(?:\(?[A-Ha-h][.):]\s|[-*•+–]\s|\(?\d{1,3}[.)]\s)"


@dataclass(slots=True)
class Line:
    """One line of a paragraph. ``targets`` are where its links lead, if it is nothing but links.

    ``lead`` is the bold text that it begins with and ``rest`` what follows that.
    """

    text: str = ""
    bold: bool = False
    targets: tuple[str, ...] = ()
    lead: str = ""
    rest: str = ""
    breaks: bool = False
    goes_on_bold: bool = False


@dataclass(slots=True)
class _Gathered:
    """A line as it is read: pieces of text, each with whether it is bold, and whether it is in a link."""

    pieces: list[tuple[str, bool, bool]] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)

    def line(self, *, breaks: bool, goes_on_bold: bool) -> Line:
        text = "".join(piece for piece, _, _ in self.pieces)
        seen = [(piece, bold, linked) for piece, bold, linked in self.pieces if any(map(str.isalnum, piece))]
        lead: list[str] = []
        for piece, bold, _ in self.pieces:
            if not bold and piece.strip() and any(map(str.isalnum, piece)):
                break
            lead.append(piece)
        start = "".join(lead)
        has_bold = any(bold for _, bold, _ in seen)
        return Line(
            text=text.strip(),
            bold=bool(seen) and all(bold for _, bold, _ in seen),
            targets=tuple(self.targets) if seen and all(linked for _, _, linked in seen) else (),
            lead=start.strip() if has_bold and seen[0][1] else "",
            rest=text[len(start) :].strip(),
            breaks=breaks,
            goes_on_bold=goes_on_bold,
        )


def attribute(written: str, name: str) -> str | None:
    """Return the value of an attribute of a tag, None where it has none."""
    found = re.search(_ATTRIBUTE % name, written, re.IGNORECASE)
    return html.unescape(found[1] or found[2] or found[3] or "") if found else None


def picture(description: str, target: str) -> str:
    """Return what stands for a picture: what it says it shows, nothing where it is decoration."""
    text = " ".join(description.split())
    return "" if re.fullmatch(_DECORATIVE, text) or re.search(_BADGE, target) else text


@cache
def parser() -> Any:  # noqa: ANN401 (its type is imported late with it)
    """Return the Markdown parser: blocks first, the text in them when it is asked for."""
    from markdown_it import MarkdownIt  # late: not needed to start

    made = MarkdownIt("commonmark").enable("table")
    made.core.ruler.disable(["inline", "text_join"])
    return made


def lines(content: str, references: dict[str, Any]) -> list[Line]:
    """Return the lines of a piece of inline Markdown, which may hold HTML tags, as plain text."""
    if not _has_markup(content):
        plain = content.split("\n")
        return [Line(text=line.strip(), rest=line.strip()) for line in plain]
    tokens: list[Any] = []
    made = parser()
    made.inline.parse(content, made, references, tokens)
    return _gathered(tokens)


def _has_markup(content: str) -> bool:
    return any(sign in content for sign in "*_`[]<>&\\!~") or "  \n" in content


def _gathered(tokens: Sequence[Any]) -> list[Line]:
    found: list[Line] = []
    current = _Gathered()
    strong = linked = 0
    code = False
    for token in tokens:
        kind = token.type
        if kind in ("text", "text_special"):
            current.pieces.append((token.content, strong > 0, linked > 0))
        elif kind == "code_inline":
            current.pieces.append((f"`{token.content}`", strong > 0, linked > 0))
        elif kind in ("softbreak", "hardbreak"):
            if not current.pieces and found and found[-1].breaks:
                continue  # the line ended with <br> already
            found.append(current.line(breaks=kind == "hardbreak", goes_on_bold=strong > 0))
            current = _Gathered()
        elif kind in ("strong_open", "strong_close"):
            strong = max(0, strong + token.nesting)
        elif kind in ("link_open", "link_close"):
            linked = max(0, linked + token.nesting)
            if token.nesting == 1:
                current.targets.append(str(token.attrGet("href") or ""))
        elif kind == "image":
            alt = "".join(child.content for child in token.children or ())
            current.pieces.append((picture(alt, str(token.attrGet("src") or "")), strong > 0, linked > 0))
        elif kind == "html_inline":
            tag = re.match(TAG, token.content)
            # ``List<Object>`` and ``<T>`` are types, ``<BR>`` is none
            is_html = tag is not None and (tag[2].islower() or (tag[2].isupper() and len(tag[2]) > 1))
            name = tag[2].lower() if tag and is_html else ""
            if tag is None:
                if not token.content.startswith("<!"):
                    current.pieces.append((token.content, strong > 0, linked > 0))
            elif name == "br" or name in BLOCK_TAGS:
                found.append(current.line(breaks=True, goes_on_bold=strong > 0))
                current = _Gathered()
            elif name in ("b", "strong"):
                strong = max(0, strong + (-1 if tag[1] else 1))
            elif name == "a":
                target = attribute(tag[3], "href")
                if tag[1]:
                    linked = max(0, linked - 1)
                elif target is not None:
                    linked += 1
                    current.targets.append(target)
            elif name == "img":
                shown = picture(attribute(tag[3], "alt") or "", attribute(tag[3], "src") or "")
                current.pieces.append((shown, strong > 0, linked > 0))
            elif name in ("code", "kbd", "tt", "samp"):
                if code == bool(tag[1]):
                    current.pieces.append(("`", strong > 0, linked > 0))
                    code = not code
            elif name == "sup" and not tag[1]:
                current.pieces.append(("^", strong > 0, linked > 0))
            elif name not in HTML_NAMES or name in _MEANT_AS_TEXT:
                current.pieces.append((token.content, strong > 0, linked > 0))
    found.append(current.line(breaks=False, goes_on_bold=False))
    return found


def joined(parts: Sequence[Line]) -> str:
    """Return lines as one text: a long line goes on in the next one, a short one was meant to end."""
    text: list[str] = []
    for position, line in enumerate(parts):
        if position:
            before = parts[position - 1]
            ended = before.breaks or before.text.endswith("?")
            runs_on = not ended and len(before.text) >= _LONG_LINE and not re.match(_STARTS_A_LINE, line.text)
            text.append(" " if runs_on else "\n")
        text.append(line.text)
    return "".join(text).strip("\n ")


def one_line(content: str, references: dict[str, Any]) -> Line:
    """Return inline Markdown as a single line, as headings and cells have it."""
    parts = lines(content, references)
    if len(parts) == 1:
        return parts[0]
    seen = [line for line in parts if line.text]
    return Line(
        text=" ".join(line.text for line in seen),
        bold=bool(seen) and all(line.bold for line in seen),
        targets=tuple(target for line in seen for target in line.targets) if all(x.targets for x in seen) else (),
    )


class Numbered(NamedTuple):
    """A question without its numbering. ``marked`` is whether the word Question or a Q stood there."""

    text: str
    number: str | None
    marked: bool
    numbered: bool


def without_number(text: str) -> Numbered:
    """Take "Q12:", "3)", "1.2." and the like from the beginning of a text."""
    found = None if re.match(_EXCLUDED, text) else re.match(_NUMBERED, text)
    if found is None:
        return Numbered(text, None, marked=False, numbered=False)
    number = found["q"] or found["n"] or found["h"] or found["s"]
    rest = text[found.end() :]
    if found["mark"] and (second := re.match(r"\s*(?P<n>\d{1,4})[.):]\s+", rest)):
        rest, number = rest[second.end() :], number or second["n"]
    plain = number if number is not None and number.isdigit() and number.isascii() else None
    return Numbered(rest, plain, marked=found["mark"] is not None, numbered=number is not None)


def without_decoration(text: str) -> str:
    """Take emoji, zero-width characters, white space and short codes such as ``:star:`` from both ends."""
    start, end = 0, len(text)
    while start < end and _decorates(text[start]):
        start += 1
    while end > start and _decorates(text[end - 1]):
        end -= 1
    stripped = text[start:end]
    if stripped.startswith(":") or stripped.endswith(":"):
        shorter = re.sub(_SHORTCODES, "", stripped)
        return without_decoration(shorter) if len(shorter) < len(stripped) else stripped
    return stripped


def decoration_at_end(text: str) -> str:
    """Return the emoji at the end of a text, empty where there is none."""
    return "".join(sign for sign in text[len(text.rstrip()) - 8 :] if unicodedata.category(sign) == "So")


def _decorates(sign: str) -> bool:
    if sign.isspace():
        return True
    if sign.isascii():
        return False
    category = unicodedata.category(sign)
    return category in ("So", "Cf", "Sk", "Co", "Cn") or "\ufe00" <= sign <= "\ufe0f" or sign in "\u20e3↑↥"
