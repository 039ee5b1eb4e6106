"""What people wrote, in its parts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.reports.writing import Code, Paragraph, one_line, prose, shortened, shown, written


def test_paragraphs_and_code():
    text = "One\r\n  two \n\n\n```python\nif x:\n\n\treturn  \n```\nafter\n~~~ rb\n```\n~~~~"
    assert list(written(text)) == [
        Paragraph(("One", "  two")),
        Code("python", "if x:\n\n\treturn  "),
        Paragraph(("after",)),
        Code("rb", "```"),
    ]
    assert prose(text) == "One\n  two\n\nafter"


def test_code_that_is_never_closed_runs_to_the_end():
    assert list(written("a\n```\nb\n\n# c")) == [Paragraph(("a",)), Code("", "b\n\n# c")]


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("ab \n\t`~\x0b\u2028"), max_size=60))
def test_no_letter_is_lost(text):
    parts = list(written(text))
    kept = "".join(
        sign
        for part in parts
        for sign in (part.text + part.language if isinstance(part, Code) else "".join(part.lines))
        if sign in "ab"
    )
    assert sorted(kept) == sorted(sign for sign in text if sign in "ab")


def test_nothing_acts_but_line_ends_and_tabs():
    assert (
        shown("a\x00b\x1b[31m\x7f\x9b\ud800\t\r\nc\rd\u2028e\x85f")
        == "a\ufffdb\ufffd[31m\ufffd\ufffd\ufffd\t\nc\nd\ne\nf"
    )
    assert one_line(" a\n\tb\u2029c ") == "a b c"


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [("short", 5, "short"), ("one two three", 9, "one two…"), ("onetwothree", 6, "onetw…"), ("a, b, c, d", 6, "a, b…")],
)
def test_shortened(text, most, short):
    assert shortened(text, most) == short


@settings(deadline=None)
@given(st.text(max_size=80), st.integers(1, 40))
def test_never_longer_than_that(text, most):
    assert len(shortened(text, most)) <= most
