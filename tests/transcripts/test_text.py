"""From bytes to text and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.errors import Fault
from interview_coach.domain.models import TextLayout
from interview_coach.transcripts.text import UnreadableText, UnwritableText, decode, encode


@pytest.mark.parametrize(
    ("content", "text", "encoding", "mark"),
    [
        (b"", "", "utf-8", False),
        (b"a\r\nb\rc\n", "a\r\nb\rc\n", "utf-8", False),
        (b"\xef\xbb\xbfa", "a", "utf-8", True),
        (b"\xef\xbb\xbf\xef\xbb\xbfa", "\ufeffa", "utf-8", True),
        (b"\xff\xfea\x00\xac\x20", "a€", "utf-16-le", True),
        (b"\xfe\xff\x00a\x20\xac", "a€", "utf-16-be", True),
        (b"caf\xe9 \x80 \x85", "café € …", "cp1252", False),
        (b"\xef\xbb\xbfcaf\xe9", "café", "cp1252", True),
        ("naïve → €".encode(), "naïve → €", "utf-8", False),
    ],
)
def test_text_and_layout_lead_back_to_the_bytes(content, text, encoding, mark):
    found, layout = decode(content)
    assert (found, layout.encoding, layout.byte_order_mark) == (text, encoding, mark)
    assert encode(found, layout) == content


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a\0b", "NUL"),
        (b"\x89PNG\r\n\x1a\n\0\0", "NUL"),
        ("Turn 1".encode("utf-16-le"), "NUL"),
        (b"\xff\xfea", "UTF-16"),
        (b"\xff\xfe\x00\xd8", "UTF-16"),
        ("a".encode("utf-32"), "NUL"),
        (b"a\r\nb\n\x81", "line 3 "),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(content, reason):
    with pytest.raises(UnreadableText, match=reason) as caught:
        decode(content)
    assert caught.value.fault is Fault.BAD_INPUT


def test_text_that_its_encoding_can_not_hold_becomes_utf_8():
    cp1252 = TextLayout(encoding="cp1252")
    assert encode("café", cp1252) == b"caf\xe9"
    assert encode("→", cp1252) == "→".encode()
    # Written as cp1252, these bytes would be taken for UTF-8, or for UTF-16.
    assert decode(encode("Ã©", cp1252))[0] == "Ã©"
    assert decode(encode("ÿþab", cp1252))[0] == "ÿþab"
    assert decode(encode("\ufeffab", TextLayout()))[0] == "\ufeffab"
    for text in ("\0", "\ud800"):
        with pytest.raises(UnwritableText):
            encode(text, cp1252)


@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252", "koi8-r", "nonsense"]),
    st.booleans(),
)
def test_what_is_encoded_is_decoded_again(text, encoding, mark):
    assert decode(encode(text, TextLayout(encoding=encoding, byte_order_mark=mark)))[0] == text


@given(st.binary())
def test_what_is_decoded_is_encoded_again(content):
    try:
        text, layout = decode(content)
    except UnreadableText:
        return
    assert encode(text, layout) == content
