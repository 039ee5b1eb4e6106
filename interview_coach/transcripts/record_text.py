"""The text of a cell or a value as a person reads it: plain, its code fenced.

Cells hold plain text, Markdown or HTML, and none says which. What looks like markup is taken for it only where a
person who writes about code would not have meant it: ``<div>`` in a question about HTML stays.
"""

import re
import unicodedata

from interview_coach.domain.fences import closes_fence, opening_fence
from interview_coach.transcripts.html_text import plain_text

_UNFIT = "[\0\ud800-\udfff]"
#: A text is HTML where it begins with a block, has a line break, or a pair around words that only marks how they look.
_HTML = (
    r"\A\s*<(p|div|ul|ol|h[1-6]|pre|table|section|article|blockquote)\b[^<>]*>(?=[\s\S]*</\1\s*>)"
    r"|<br\s*/?>|<(?:b|strong|em|i|u|code|p|pre|li)>[^<>]{1,2000}</(?:b|strong|em|i|u|code|p|pre|li)>"
)
#: Names of entities that people's exports hold; an ampersand before any other word is left alone.
_ENTITY = r"&(?:amp|lt|gt|quot|apos|nbsp|rsquo|lsquo|rdquo|ldquo|hellip|mdash|ndash|#\d{1,6}|#x[0-9a-fA-F]{1,5});"

_IMAGE = r"!\[([^\[\]\n]*)\]\([^()\s]*\)"
_LINK = r"(?<!\w)\[([^\[\]\n]+)\]\((?=[^()\s]*[/.#@])[^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:[ \t]+\"[^\"\n]*\")?\)"
_BOLD = r"(?<![\w*])\*\*(?=[^\s*])([^*\n]+)(?<=\S)\*\*(?![\w*])"
_ITALIC = r"(?<![^\s(\"'“])\*(?=\w)([^*\n]+)(?<=[\w.!?)])\*(?![\w*])"
_CODE_WITHIN = r"(``[^\n]*?``|`[^`\n]*`)"

#: Signs that are not seen, of which text may be full at its edges.
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\ufe0f\ufe0e\u00ad\u200e\u200f"
_NUMBERED = (
    r"(?:(?:[Qq]uestion|QUESTION|[Qq]ues|[Qq]ue|[Qq])[ \t]*(?:no\.?|num(?:ber)?|#)?[ \t]*[-.:#]?[ \t]*"
    r"(\d{1,4})[ \t]*(?:[.):\-–—]+[ \t]*|[ \t]+(?=[A-Z\"“‘'¿(`]))"
    r"|(\d{1,4})[ \t]*(?:[.)][ \t]+|[.):][ \t]*[-–:]?[ \t]+|[.)](?=[A-Z][a-z])|[ \t][-–—][ \t]+)"
    r"|#(\d{1,4})[ \t]*[.):\-–]*[ \t]+"
    r"|(?:[Qq]uestion|QUESTION|[Qq]ues|[Qq])[ \t]*[:.][ \t]*)"
)
_ANSWERING = r"(?:Answer|Ans|A)[ \t]*\d{0,4}[ \t]*[:.][ \t]+"
_ANSWERED = r"(?:Answer|Ans)[ \t]*\d{0,4}[ \t]*[:.][ \t]*"

_TASKS = frozenset(
    ("describe", "explain", "write", "implement", "design", "create", "given", "discuss", "tell",
     "compare", "build", "define", "find"),
)  # fmt: skip
_MAY_BE_NUMBERED = frozenset("QqAa#0123456789")

_ASKING_WORDS = """
what what's whats why how how's when where which who who's whom whose explain describe tell give define list
name compare discuss write implement design create walk can could do does did is are am was were have has would
should will shall differentiate distinguish difference differences mention state show talk share find suppose
imagine build introduce predict convert reverse check sell rate please in if given outline identify summarize
summarise elaborate demonstrate illustrate calculate determine provide propose evaluate analyze analyse consider
recall think let's let briefly assume
"""
_ASKING = frozenset(_ASKING_WORDS.split())


def cleaned(value: str) -> str:
    """Return the text of a value: its line ends, its edges, its markup and what no text can hold put right."""
    text = value
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.isascii() or "\0" in text:
        text = re.sub(_UNFIT, "\ufffd", text)
    if ("<" in text or "&" in text) and _is_html(text):
        text = plain_text(text).strip() or text
    if "*" in text or "](" in text:
        text = _without_markdown(text)
    return _trimmed(text)


def _trimmed(text: str) -> str:
    text = text.strip(_UNSEEN + " \t\n\u00a0") if text[:1] in _UNSEEN or text[-1:] in _UNSEEN else text
    return text.strip("\n\t \u00a0\v\f")


def _is_html(text: str) -> bool:
    if "<" in text and "`" not in text and re.search(_HTML, text, re.IGNORECASE):
        return True
    return "&" in text and not set("<`") & set(text) and "entit" not in text and re.search(_ENTITY, text) is not None


def _without_markdown(text: str) -> str:
    """Return the text without bold, emphasis, links and pictures, its code left alone."""
    if "```" not in text and "~~~" not in text:
        return _without_marks(text)
    parts: list[str] = []
    prose: list[str] = []
    fence: str | None = None
    for line in text.split("\n"):
        if fence is None and (opened := opening_fence(line)) is not None:
            if prose:
                parts.append(_without_marks("\n".join(prose)))
                prose = []
            fence = opened
            parts.append(line)
        elif fence is not None:
            parts.append(line)
            if closes_fence(line, fence):
                fence = None
        else:
            prose.append(line)
    if prose:
        parts.append(_without_marks("\n".join(prose)))
    return "\n".join(parts)


def _without_marks(text: str) -> str:
    pieces = re.split(_CODE_WITHIN, text) if "`" in text else [text]
    for place in range(0, len(pieces), 2):
        piece = pieces[place]
        if "](" in piece:
            piece = re.sub(_LINK, r"\1", re.sub(_IMAGE, r"\1", piece))
        if "**" in piece:
            piece = re.sub(_BOLD, r"\1", piece)
        if "*" in piece:
            piece = re.sub(_ITALIC, r"\1", piece)
        pieces[place] = piece
    text = "".join(pieces)
    if "**" in text:  # bold around code: **`this`**
        text = re.sub(r"(?<![\w*])\*\*(`[^`\n]+`)\*\*(?![\w*])", r"\1", text)
    return text


def question_text(value: str) -> tuple[str, str | None]:
    """Return a question without its number and decoration, and the number."""
    text = _undecorated(cleaned(value))
    number = None
    found = re.match(_NUMBERED, text) if text[:1] in _MAY_BE_NUMBERED else None
    if found and found.end() < len(text):
        number = next((group for group in found.groups() if group), None)
        text = _undecorated(text[found.end() :])
    return text, number


def answer_text(value: str, *, labelled: bool = False) -> str:
    """Return an answer without the word "Answer:" before it, and without "A:" where the question has a label too."""
    text = cleaned(value)
    if text[:1] not in ("A", "a"):
        return text
    found = re.match(_ANSWERING if labelled else _ANSWERED, text, re.IGNORECASE)
    return text[found.end() :].strip() if found and found.end() < len(text) else text


def is_labelled(value: str) -> bool:
    """Return whether a question begins with "Q:" or the like."""
    return (
        "q" in value[:9].lower() and re.match(r"\s*Q(?:uestion)?[ \t]*\d*[ \t]*[.:)]", value, re.IGNORECASE) is not None
    )


def _undecorated(text: str) -> str:
    """Return a text without emoji and unseen signs at its ends."""
    start, end = 0, len(text)
    if text.isascii():
        return text.strip() or text
    while start < end and _decorates(text[start]):
        start += 1
    while end > start and _decorates(text[end - 1]):
        end -= 1
    return text[start:end] if text[start:end].strip() else text


def _decorates(sign: str) -> bool:
    if sign in _UNSEEN or sign.isspace():
        return True
    return ord(sign) > 0x2100 and (unicodedata.category(sign) == "So" or 0x1F3FB <= ord(sign) <= 0x1F3FF)


def asks(text: str) -> bool:
    """Return whether a text looks like a question: it has a question mark, or begins as questions and tasks do."""
    head = text[:2000]
    if "?" in head or "？" in head or "؟" in head:
        return True
    words = head.split(None, 3)
    if len(words) < 2:
        return False
    return words[0].strip("\"'“”‘’*_`(,.:").casefold() in _ASKING


def begins_a_task(text: str) -> bool:
    """Return whether a text begins as a task does rather than an answer, or is nothing but a question."""
    words = text[:200].split(None, 1)
    return bool(words) and (words[0].casefold().rstrip(",:") in _TASKS or text.rstrip().endswith(("?", "？")))


def looks_like_code(text: str) -> bool:
    """Return whether a text is code rather than prose, so that it is to be fenced."""
    if "\n" in text:
        lines = [line for line in text.split("\n") if line.strip()]
        telling = sum(
            line.startswith((" ", "\t")) or line.rstrip().endswith((";", "{", "}", ")", ":", ",", ">"))
            or re.match(r"\s*(?:#|//|import |def |class |return |const |let |var |SELECT )", line) is not None
            for line in lines
        )  # fmt: skip
        return telling * 2 >= len(lines)
    return (
        re.search(
            r"[;{}]\s*$|=>|^\s*(?:import|def|class|const|let|var|return|SELECT|for|if|print)\b|\w\([^)]*\)\s*$", text
        )
        is not None
    )


def fenced(code: str, language: str = "") -> str:
    """Return code between fences, as it is where it has them."""
    code = code.strip("\n").rstrip()
    if "```" in code or "~~~" in code:
        return code
    language = language if re.fullmatch(r"[\w+#.-]{1,20}", language) else ""
    return f"```{language.lower()}\n{code}\n```"
