"""From a file's bytes to its text and back, byte for byte."""

import codecs

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Problem, TextLayout

UTF_8 = "utf-8"
CP1252 = "cp1252"

#: The mark that a file in each encoding may begin with. A file that begins as UTF-8 and goes on otherwise is cp1252.
_MARKS = {
    UTF_8: codecs.BOM_UTF8,
    CP1252: codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
_SIXTEEN_BITS = ("utf-16-le", "utf-16-be")

#: A text is UTF-8 with mistakes, rather than in another encoding, where at most one in so many of its bytes beyond
#: ASCII is wrong, or of all its bytes.
_FEW_BEYOND_ASCII = 4
_FEW = 50


class UnreadableText(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """The bytes are no text that we can read: binary, or broken in every encoding that is tried."""

    def __init__(self, reason: str) -> None:
        super().__init__(Fault.BAD_INPUT, f"This is no text that can be read: {reason}.")


class UnwritableText(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """A text holds characters that no text file can hold: NUL, or half of a surrogate pair."""

    def __init__(self) -> None:
        super().__init__(Fault.BAD_INPUT, "This text can't be written: it holds NUL or half of a surrogate pair.")


def decode(content: bytes) -> tuple[str, TextLayout]:
    """Return a file's text, with its line ends as they are, and how it was laid out in bytes.

    UTF-16 is known by its mark; all else is read as UTF-8 with or without a mark, and where it is not that, as
    cp1252. Raises UnreadableText, with the reason, for anything else.
    """
    for encoding in _SIXTEEN_BITS:
        if content.startswith(_MARKS[encoding]):
            try:
                return _without_nul(content[2:].decode(encoding)), TextLayout(encoding=encoding, byte_order_mark=True)
            except UnicodeDecodeError:
                raise UnreadableText("it begins as UTF-16 and does not go on as UTF-16") from None
    marked = content.startswith(codecs.BOM_UTF8)
    body = content[3:] if marked else content
    try:
        return _without_nul(body.decode(UTF_8)), TextLayout(byte_order_mark=marked)
    except UnicodeDecodeError:
        pass
    if b"\0" in body:
        raise UnreadableText(_BINARY)
    try:
        return body.decode(CP1252), TextLayout(encoding=CP1252, byte_order_mark=marked)
    except UnicodeDecodeError as error:
        line = 1 + _with_line_feeds(body[: error.start]).count(b"\n")
        raise UnreadableText(f"line {line} holds a byte that is neither UTF-8 nor cp1252") from None


def decode_leniently(content: bytes) -> tuple[str, tuple[Problem, ...]]:
    r"""Return a file's text with ``\n`` line ends where its bytes need not come back, and what was odd about them.

    UTF-8 with a few bytes that are none keeps its other letters: only those bytes are read as cp1252. Text in another
    encoding is read in the likeliest one. Raises UnreadableText for what is no text.
    """
    text, odd = _decoded_leniently(content)
    return text.replace("\r\n", "\n").replace("\r", "\n"), tuple(Problem(line=line, message=why) for line, why in odd)


def _decoded_leniently(content: bytes) -> tuple[str, list[tuple[int, str]]]:
    if content.startswith(tuple(_MARKS[encoding] for encoding in _SIXTEEN_BITS)):
        return decode(content)[0], []
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        return _without_nul(body.decode(UTF_8)), []
    except UnicodeDecodeError as error:
        first = 1 + _with_line_feeds(body[: error.start]).count(b"\n")
    if b"\0" in body:
        raise UnreadableText(_BINARY)
    mended, wrong = _mended(body)
    beyond = sum(byte >= 0x80 for byte in body)
    if wrong * _FEW_BEYOND_ASCII <= beyond or wrong * _FEW <= len(body):
        return mended, [(first, f"not UTF-8 like the rest: {wrong} such letters are read as cp1252")]
    from charset_normalizer import from_bytes  # late: most files are UTF-8

    guess = from_bytes(body).best()
    if guess is None:
        raise UnreadableText(f"line {first} holds a byte that is no text in any encoding that is tried")
    return str(guess), [(0, f"not UTF-8: read as {guess.encoding.replace('_', '-')}")]


def _mended(body: bytes) -> tuple[str, int]:
    """Return the text of bytes that are nearly UTF-8, each wrong byte read as cp1252, and how many were wrong."""
    wrong = 0

    def as_cp1252(error: UnicodeError) -> tuple[str, int]:
        nonlocal wrong
        if not isinstance(error, UnicodeDecodeError):
            raise error
        wrong += error.end - error.start
        return error.object[error.start : error.end].decode(CP1252, "replace"), error.end

    codecs.register_error("interview_coach.as_cp1252", as_cp1252)
    return body.decode(UTF_8, "interview_coach.as_cp1252"), wrong


def mixed_line(content: bytes) -> int:
    """Return the first line that is no UTF-8 in a file that has UTF-8 beyond ASCII elsewhere, 0 where it has none.

    Such a file is read as cp1252, since that loses no byte; its other letters beyond ASCII are then wrong.
    """
    body = content.removeprefix(codecs.BOM_UTF8)
    try:
        body.decode(UTF_8)
    except UnicodeDecodeError as error:
        if not body.decode(UTF_8, "ignore").isascii():
            return 1 + _with_line_feeds(body[: error.start]).count(b"\n")
    return 0


def encode(text: str, layout: TextLayout) -> bytes:
    """Return the bytes of a text in the given layout, the exact inverse of ``decode``.

    Where an edited text does not fit the layout's encoding any more, or its bytes would be taken for another text, it
    is written as UTF-8. Raises UnwritableText where no encoding can hold it.
    """
    if "\0" in text:
        raise UnwritableText
    for encoding, marked in ((layout.encoding, layout.byte_order_mark), (UTF_8, False), (UTF_8, True)):
        if encoding not in _MARKS:
            continue
        try:
            content = text.encode(encoding)
        except UnicodeEncodeError:
            continue
        if marked or encoding in _SIXTEEN_BITS:
            content = _MARKS[encoding] + content
        if _reads_as(content, text, encoding, marked=marked):
            return content
    raise UnwritableText


_BINARY = "it holds NUL, as binary files do, and UTF-16 without its mark"


def _with_line_feeds(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise UnreadableText(_BINARY)
    return text


def _reads_as(content: bytes, text: str, encoding: str, *, marked: bool) -> bool:
    """Return whether ``decode`` would give the text back; only what can go wrong is tried."""
    if encoding in _SIXTEEN_BITS:
        return True
    if encoding == UTF_8:
        return marked or not text.startswith("\ufeff")
    try:
        return decode(content)[0] == text
    except UnreadableText:
        return False
