"""HTML, as flashcards and pasted pages have it, to plain text: lines, lists, and code exactly as it stands.

Nothing acts: scripts and styles are dropped, no link is followed and no picture is loaded. Only names of real HTML
elements are tags, so that ``List<String>`` in a text stays what it is.
"""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser

from interview_coach.domain.fences import closes_fence, opening_fence

_INLINE = frozenset(
    (
        "a", "abbr", "acronym", "anki-mathjax", "audio", "b", "base", "bdi", "bdo", "big", "button", "cite", "code",
        "data", "del", "dfn", "em", "embed", "font", "g-emoji", "i", "iframe", "img", "input", "ins", "kbd",
        "label", "link", "mark", "meta", "meter", "noscript", "o:p", "object", "output", "picture", "progress", "q",
        "rb", "rp", "rt", "ruby", "s", "samp", "select", "small", "source", "span", "strike", "strong", "sub",
        "sup", "time", "track", "tt", "u", "var", "video", "wbr",
    )
)  # fmt: skip
#: Elements that stand on lines of their own, and those that stand as paragraphs.
_LINES = frozenset(
    (
        "address", "article", "aside", "body", "br", "caption", "center", "col", "colgroup", "dd", "details",
        "dialog", "dir", "div", "dt", "fieldset", "figcaption", "footer", "form", "header", "html", "legend", "li",
        "main", "nav", "optgroup", "option", "section", "summary", "tbody", "td", "textarea", "tfoot", "th",
        "thead", "tr",
    )
)  # fmt: skip
_PARAGRAPHS = frozenset(
    (
        "blockquote", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "menu", "ol", "p", "pre", "table",
        "ul",
    )
)  # fmt: skip
_BLOCKS = _LINES | _PARAGRAPHS
_LISTS = frozenset(("ul", "ol", "menu", "dir"))
_CELLS = frozenset(("td", "th"))
_CODE = frozenset(("code", "tt", "samp"))
#: Elements of which nothing is to be read, with all that they hold.
_DROPPED = ("script", "style", "head", "title", "template", "svg")
#: Elements whose tags are left out, since an HTML parser would take what they hold for no HTML.
_UNWRAPPED = frozenset(("iframe", "noscript", "textarea", "embed", "object"))
#: The only elements whose attributes matter.
_WITH_ATTRIBUTES = frozenset(("img", "input", "li", "ol", "td", "div", "span", "figure", "pre", "code"))

#: Deeper lists are not indented further: a hostile nesting must not fill the memory with blanks.
_DEEPEST = 8

_NUMERALS = "0123456789+-=()"
_RAISED = str.maketrans(_NUMERALS + "ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans(_NUMERALS, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_ORDINALS = frozenset(("st", "nd", "rd", "th", "tm", "®", "™", "*", "†"))


def plain_text(html: str) -> str:
    """Return the text of a piece of HTML: its blocks, lists and tables as lines, its code fenced.

    Anki's own marks are understood: ``{{c1::text::hint}}`` is its text, ``[sound:x]`` nothing. Where no tag makes
    lines, the line ends of the text do. Text without tag, entity and mark comes back as it is.
    """
    text = _without_marks(html)
    if "<" not in text and "&" not in text:
        return text
    return "\n".join(_code_text(part) if is_code else _prose_text(part) for is_code, part in _parts(text))


def holds_tags(text: str) -> bool:
    """Return whether a text holds an HTML tag or an entity, so that it wants to be read as HTML."""
    return ("<" in text and _tag().search(text) is not None) or ("&" in text and unescape(text) != text)


def holds_cloze(text: str) -> bool:
    """Return whether a text has a blank to fill in, as Anki writes them."""
    return "{{c" in text and _cloze_opening().search(text) is not None


def clozed(text: str, *, blank: bool) -> str:
    """Return a text with each ``{{c1::text::hint}}`` as its text, or as the blank ``[…]`` with the hint, if any."""
    parts: list[list[str]] = [[]]
    at = 0
    for mark in _cloze_marks().finditer(text):
        parts[-1].append(text[at : mark.start()])
        at = mark.end()
        if mark[0] != "}}":
            parts.append([])
        elif len(parts) > 1:
            said, _, hint = "".join(parts.pop()).partition("::")
            hint = unescape(_tag().sub("", hint)).strip()
            parts[-1].append((f"[… ({hint})]" if hint else "[…]") if blank else said)
        else:
            parts[-1].append("}}")
    parts[-1].append(text[at:])
    # A blank that nobody closes is no blank: its text stays.
    return "".join("".join(part) for part in parts)


@cache
def _cloze_opening() -> re.Pattern[str]:
    return re.compile(r"\{\{c[0-9][0-9,]{0,20}::")


@cache
def _cloze_marks() -> re.Pattern[str]:
    return re.compile(r"\{\{c[0-9][0-9,]{0,20}::|\}\}")


@cache
def _other_marks() -> re.Pattern[str]:
    return re.compile(r"\[sound:[^\]\n]*\]|\[/?(?:latex|\$\$?|anki:[a-z]{1,20}[^\]\n]{0,200})\]")


@cache
def _tag() -> re.Pattern[str]:
    # So many attributes and no more: looking for the end of a tag takes bounded time wherever it is tried.
    names = "|".join(sorted(_INLINE | _BLOCKS))
    value = r"""=\s*+(?:"[^"]*+"|'[^']*+')?"""
    return re.compile(rf"<(/?)({names})(?=[\s/>])(?:[^<>=]++|{value}){{0,200}}+>", re.IGNORECASE)


@cache
def _begins_dropped() -> re.Pattern[str]:
    return re.compile(rf"<(?:{'|'.join(_DROPPED)})(?=[\s/>])", re.IGNORECASE)


@cache
def _dropped() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """Return for each dropped element what finds it whole, and what finds its end."""
    return tuple(
        (
            re.compile(rf"<{name}(?=[\s/>])[^<>]*>.*?</{name}\s*>", re.DOTALL | re.IGNORECASE),
            re.compile(rf"</{name}\s*>", re.IGNORECASE),
        )
        for name in _DROPPED
    )


@cache
def _comment() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile("<!--.*?-->", re.DOTALL), re.compile("-->")


@cache
def _fence_line() -> re.Pattern[str]:
    return re.compile(r"^[ \t]*(?:`{3}|~{3})", re.MULTILINE)


@cache
def _inline_code() -> re.Pattern[str]:
    return re.compile(r"(?<!`)`[^`\n]++`(?!`)")


@cache
def _names_language() -> re.Pattern[str]:
    return re.compile(r"(?:^|[\s\"])(?:language-|lang-|highlight-source-|brush:\s*|sourceCode\s+)([\w+#-]{1,30})")


@cache
def _names_gutter() -> re.Pattern[str]:
    return re.compile(r"(?:^|\s)(?:linenos|lineno|linenodiv|gutter|line-numbers-rows)(?:\s|$)")


@cache
def _file_name() -> re.Pattern[str]:
    return re.compile(r"[^\s.]+\.(?:png|jpe?g|gif|svg|webp|bmp)", re.IGNORECASE)


def _without_marks(text: str) -> str:
    """Return a text without Anki's marks: clozes as their text, no sounds, formulas between ``$``."""
    if holds_cloze(text):
        text = clozed(text, blank=False)
    if "[" not in text:
        return text
    return _other_marks().sub(lambda mark: mark[0].strip("[/]") if "$" in mark[0][:3] else "", text)


def _parts(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the stretches of a text, each with whether it is code that is fenced already, as in Markdown."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _fence_line().search(text):
        yield False, text
        return
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.lstrip(" \t")[:3] in ("```", "~~~")]
    done = 0
    opened: tuple[int, str] | None = None
    for number in fences:
        if opened is None:
            if fence := opening_fence(lines[number]):
                opened = number, fence
        elif closes_fence(lines[number], opened[1]):
            if opened[0] > done:
                yield False, "\n".join(lines[done : opened[0]])
            yield True, "\n".join(lines[opened[0] : number + 1])
            done, opened = number + 1, None
    # A fence that nobody closes is none: tags below it are tags.
    if done < len(lines):
        yield False, "\n".join(lines[done:])


def _code_text(text: str) -> str:
    """Return fenced code as it stands; where it was escaped for HTML, as it was before."""
    return text if "<" in text else unescape(text)


def _prose_text(text: str) -> str:
    text, names = _only_tags(text)
    if not names:
        return unescape(text).replace("\xa0", " ")
    blocks = names & _BLOCKS
    if blocks == {"br"} and "\n" in text:
        # Lines that are broken already: a <br> at the end of one breaks nothing more.
        text = text.replace("<br>\n", "\n").replace("\n<br>", "\n").replace("<br>", "\n")
        blocks = set()
    reader = _Reader(flowing=bool(blocks))
    reader.feed(text)
    reader.close()
    return reader.finished()


def _only_tags(text: str) -> tuple[str, set[str]]:
    """Return the text with nothing left in it but tags that matter, and the names of its tags.

    Comments and what nobody reads are gone, and every ``<`` that begins no tag is escaped: so the parser never meets
    anything unfinished, over which it would take a time that grows with the square.
    """
    if "<!--" in text:
        text = _without_pairs(text, *_comment())
    if _begins_dropped().search(text):
        for whole, end in _dropped():
            text = _without_pairs(text, whole, end)
    if "`" in text:
        text = _inline_code().sub(lambda code: code[0].replace("<", "&lt;"), text)
    names: set[str] = set()
    parts: list[str] = []
    at = 0
    tag_at = _tag().match
    while (start := text.find("<", at)) >= 0:
        parts.append(text[at:start])
        found = tag_at(text, start)
        if found is None:
            parts.append("&lt;")
            at = start + 1
            continue
        name = found[2].lower()
        names.add(name)
        if name in _WITH_ATTRIBUTES and not found[1]:
            parts.append(found[0])
        elif name not in _UNWRAPPED:
            parts.append(f"<{found[1]}{name}>")
        at = found.end()
    parts.append(text[at:])
    return "".join(parts), names


def _without_pairs(text: str, whole: re.Pattern[str], end: re.Pattern[str]) -> str:
    """Return the text without what is found whole; behind the last end nothing is looked for in vain."""
    last = 0
    for found in end.finditer(text):
        last = found.end()
    return whole.sub("", text[:last]) + text[last:]


class _Code:
    """Code while it is read: its text, and whether it is fenced."""

    def __init__(self, *, fenced: bool) -> None:
        self.fenced = fenced
        self.parts: list[str] = []
        self._depth = 0  # of blocks, and of code in code, that were opened within
        self._broken = False

    def begin(self, tag: str) -> None:
        """Take a tag within the code."""
        if tag == "br":
            self.parts.append("\n")
            self._broken = True
        elif tag in _CODE:
            self._depth += not self.fenced
        elif tag == "pre" and not self.fenced:
            self.fenced = True
            self._depth = 0
        elif tag in _BLOCKS and tag not in _CELLS:
            self._depth += 1
            self._end_line()

    def ends_with(self, tag: str) -> bool:
        """Take an end tag within the code, and return whether the code ends there."""
        if self.fenced:
            if tag == "pre" and not self._depth:
                return True
            if tag in _BLOCKS and tag not in _CELLS:
                self._depth = max(self._depth - 1, 0)
                self._end_line()
            return False
        if tag not in _CODE and tag not in _BLOCKS:
            return False
        if not self._depth:
            return True
        self._depth -= 1
        return False

    @property
    def text(self) -> str:
        """The code as it stands, without empty lines around it."""
        lines = "".join(self.parts).replace("\xa0", " ").split("\n")
        full = [number for number, line in enumerate(lines) if line.strip()]
        return "\n".join(lines[full[0] : full[-1] + 1]) if full else ""

    def is_block(self, text: str) -> bool:
        """Return whether the code, of this text, stands on lines of its own rather than within a line."""
        if self.fenced:
            return True
        # Without <pre> a line end is a blank, but nobody indents, or breaks twice, what is to be one line.
        return "\n" in text and (self._broken or "\n " in text or "\n\t" in text or text.count("\n") > 1)

    def _end_line(self) -> None:
        if self.parts and not self.parts[-1].endswith("\n"):
            self.parts.append("\n")
            self._broken = True


class _Reader(HTMLParser):
    """Makes lines of the tags and the text that the parser reports."""

    def __init__(self, *, flowing: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._flowing = flowing  # blanks run together, and line ends are blanks
        self._lines: list[str] = []
        self._line: list[str] = []
        self._breaks = 0  # line ends that are due before the next text
        self._space = False  # a blank is due before the next text
        self._marker = ""  # what stands before the first text of a list item
        self._lists: list[int] = []  # of each open list its next number, -1 where it has bullets
        self._rows: list[bool] = []  # of each open table whether its row has a cell
        self._code: _Code | None = None
        self._language = ""
        self._script: list[str] | None = None  # what is raised or lowered
        self._script_tag = ""
        self._skipped = ""  # the element that is passed over, and how often it is open
        self._skip_depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        if self._skipped:
            self._skip_depth += tag == self._skipped
            return
        given = {name: value or "" for name, value in attrs}
        if given and self._passes_over(tag, given):
            return
        if self._code is not None:
            self._code.begin(tag)
        elif tag in _CODE or tag == "pre":
            self._end_script()
            self._code = _Code(fenced=tag == "pre")
        elif tag in _LISTS:
            self._break(1 if self._lists or self._marker else 2)
            self._lists.append(_whole(given.get("start", ""), 1) if tag == "ol" else -1)
        elif tag == "li":
            self._begin_item(given)
        elif tag == "table":
            self._break(2)
            self._rows.append(False)
        elif tag == "tr":
            self._break(1)
            self._rows[-1:] = [False]
        elif tag in _CELLS:
            self._begin_cell()
        elif tag in _BLOCKS:
            self._block(tag)
        else:
            self._begin_inline(tag, given)

    def handle_endtag(self, tag: str) -> None:
        """End an element."""
        if self._skipped:
            self._skip_depth -= tag == self._skipped
            if not self._skip_depth:
                self._skipped = ""
            return
        if self._code is not None:
            if tag == "br":
                self._code.begin(tag)
            if not self._code.ends_with(tag):
                return
            self._end_code()
            if tag in _CODE or tag == "pre":
                return
        if tag in _LISTS:
            self._lists[-1:] = []
            self._marker = ""
            self._break(1 if self._lists else 2)
        elif tag == "table":
            self._rows[-1:] = []
            self._break(2)
        elif tag == "li":
            self._marker = ""
            self._break(1)
        elif tag in _BLOCKS and tag not in _CELLS:
            self._block(tag)
        elif tag == self._script_tag:
            self._end_script()
        elif tag == "q":
            self._text("”")
        elif tag == "anki-mathjax":
            self._text("\\)")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._skipped:
            return
        if self._code is not None:
            self._code.parts.append(data)
        else:
            self._text(data)

    def finished(self) -> str:
        """Return the whole text."""
        self._end_code()
        self._end_script()
        self._end_line()
        return "\n".join(self._lines).strip("\n")

    def _passes_over(self, tag: str, given: dict[str, str]) -> bool:
        """Return whether the element is one of those that only number the lines of code; note a language."""
        classes = given.get("class", "")
        if tag in ("td", "div", "span", "pre") and classes and _names_gutter().search(classes):
            self._skipped, self._skip_depth = tag, 1
            return True
        if tag in ("div", "figure", "pre", "code"):
            if language := _names_language().search(classes):
                self._language = language[1]
            elif tag in ("pre", "code") and given.get("lang", "").isalnum():
                self._language = given["lang"]
        return False

    def _block(self, tag: str) -> None:
        if tag == "br":
            self._breaks += 1
            self._space = False
        elif tag in _PARAGRAPHS and not self._marker:
            self._break(1 if self._lists or self._rows else 2)
        else:
            self._break(1)

    def _break(self, lines: int) -> None:
        self._breaks = max(self._breaks, lines)
        self._space = False

    def _begin_item(self, given: dict[str, str]) -> None:
        self._break(1)
        number = self._lists[-1] if self._lists else -1
        if number >= 0:
            number = _whole(given.get("value", ""), number)
            self._lists[-1] = number + 1
        indent = "  " * min(max(len(self._lists) - 1, 0), _DEEPEST)
        self._marker = indent + ("- " if number < 0 else f"{number}. ")

    def _begin_cell(self) -> None:
        if self._rows and self._rows[-1]:
            self._breaks = 0
            self._space = False
            self._emit(" | ")
        elif self._rows:
            self._rows[-1] = True

    def _begin_inline(self, tag: str, given: dict[str, str]) -> None:
        if tag in ("sup", "sub"):
            if self._script is None:
                self._script, self._script_tag = [], tag
        elif tag == "img":
            words = " ".join(given.get("alt", "").split())
            if words and not _file_name().fullmatch(words):
                self._text(f"[{words}]")
        elif tag == "input" and given.get("type", "").lower() == "checkbox":
            self._text("[x] " if "checked" in given else "[ ] ")
        elif tag == "q":
            self._text("“")
        elif tag == "anki-mathjax":
            self._text("\\(")

    def _text(self, text: str) -> None:
        if self._script is not None:
            self._script.append(text)
            return
        if not self._flowing:
            self._emit(text)
            return
        words = _BLANKS.sub(" ", text)
        self._space = self._space or words.startswith(" ")
        if not (said := words.strip(" ")):
            return
        if self._space and self._line and not self._breaks:
            self._emit(" ")
        self._emit(said)
        self._space = words.endswith(" ")

    def _emit(self, text: str) -> None:
        """Write text, after the line ends and the list marker that are due."""
        if self._breaks:
            self._end_line()
            if self._breaks > 1 and self._lines and self._lines[-1]:
                self._lines.append("")
            self._breaks = 0
        if self._marker:
            self._line.append(self._marker)
            self._marker = ""
        self._line.append(text)

    def _end_line(self) -> None:
        if not self._line:
            return
        line = "".join(self._line)
        self._line = []
        if self._flowing:
            # One hard blank before a text is an accident, more are an indentation.
            if line[:1] == "\xa0" and line[1:2] not in ("\xa0", " "):
                line = line[1:]
            line = line.replace("\xa0", " ").rstrip(" ")
            if not line and self._lines and not self._lines[-1]:
                return
        self._lines.append(line.replace("\xa0", " "))

    def _end_script(self) -> None:
        """Write what was raised or lowered, with the signs that Unicode has for it."""
        if self._script is None:
            return
        text, tag = "".join(self._script), self._script_tag
        self._script, self._script_tag = None, ""
        signs, said = (_RAISED if tag == "sup" else _LOWERED), text.strip()
        if said and all(ord(sign) in signs for sign in said):
            text = text.translate(signs)
        elif said and tag == "sup" and said.lower() not in _ORDINALS:
            text = f"^{said}"
        self._text(text)

    def _end_code(self) -> None:
        """Write the code: fenced where it has lines, else between backticks."""
        if self._code is None:
            return
        code, self._code = self._code, None
        language, self._language = self._language, ""
        text = code.text
        if not text:
            self._text("".join(code.parts))
        elif code.is_block(text):
            self._write_block(text, language)
        else:
            text = " ".join(text.split())
            run = "`" * (_longest_run(text) + 1)
            edge = " " if "`" in (text[0], text[-1]) else ""
            if self._space and self._line and not self._breaks:
                self._emit(" ")
            self._space = False
            self._emit(f"{run}{edge}{text}{edge}{run}")

    def _write_block(self, text: str, language: str) -> None:
        if self._marker:
            self._emit("")
        self._end_line()
        if self._lines and self._lines[-1] and not self._lists:
            self._lines.append("")
        fence = "`" * max(_longest_run(text) + 1, 3)
        self._lines += [f"{fence}{language}", text, fence]
        self._break(1 if self._lists else 2)


_BLANKS = re.compile(r"[ \t\n\r\f]+")


def _whole(written: str, otherwise: int) -> int:
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else otherwise


def _longest_run(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run) for run in re.findall("`+", text)), default=0)
