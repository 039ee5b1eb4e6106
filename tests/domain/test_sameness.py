"""Which questions are the same."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.sameness import question_key

WORDS = st.lists(
    st.sampled_from(["why", "Größe", "İstanbul", "ﬁne", "e\u0301", "3.5", "a.", "?!", "Ω"]), min_size=1, max_size=6
)
CODE = st.lists(st.sampled_from(["x = 1", "X = 1", "  y", "", "~~~", "Turn 1 [HR]", "end."]), max_size=4).map("\n".join)
SPACES = st.sampled_from([" ", "  ", "\n", "\t", "\r\n", "\u00a0", " \n \n "])
ENDINGS = st.sampled_from(["", ".", "?", "!", "?!", " ?", "...", "\n"])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Why us?", "why  US"),
        ("Why\n\nus.", "Why us!"),
        ("Straße", "STRASSE"),
        ("caf\u00e9", "cafe\u0301"),
        ("\u1fb4", "\u03b1\u0345\u0301"),
        ("What prints this?\n\n```js\nlet A\n```", "what PRINTS   this?\n```js\nlet A\n```\n"),
    ],
)
def test_the_same(one, other):
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Why us?", "Why you?"),
        ("Why, us", "Why us"),
        ("Is 1.5 fine", "Is 15 fine"),
        ("a? b", "a b"),
        ("x\n```\na\n```", "x\n```\nA\n```"),
        ("x\n```\na b\n```", "x\n```\na  b\n```"),
        ("x\n```\na\n```", "x\n```\n a\n```"),
        ("x\n```\na.\n```", "x\n```\na\n```"),
        ("x\n```\na.", "x\n```\na"),
        ("x\n```\na\n```", "x\na"),
        ("?", "!"),
    ],
)
def test_not_the_same(one, other):
    assert question_key(one) != question_key(other)


def test_the_key_has_the_same_length_for_any_text():
    for text in ("", "?", "x" * 1_000_000, "\ud800"):
        assert re.fullmatch("[0-9a-f]{64}", question_key(text))


@given(WORDS, SPACES, SPACES, ENDINGS, ENDINGS, CODE, st.booleans())
def test_case_blanks_and_the_end_make_no_difference(words, one, other, ending, another, code, fenced):
    block = f"\n```\n{code}\n```" if fenced else ""
    text = one.join(words) + ("" if fenced else ending) + block
    same = other + other.join(words).casefold() + ("" if fenced else another) + block + (" \n" if fenced else other)
    if not set(words) <= {"a.", "?!"}:
        assert question_key(text) == question_key(same)


@given(WORDS, CODE, CODE)
def test_other_code_is_another_question(words, one, other):
    def question(code):
        return " ".join(words) + f"\n\n```python\n{code}\n```"

    assert (question_key(question(one)) == question_key(question(other))) is (one == other)


@given(st.text(st.characters(max_codepoint=127), max_size=80))
def test_plain_letters_are_told_apart_as_any_others(text):
    """The short way that letters of ASCII take gives what the long one gives; a blank beyond ASCII takes that."""
    assert question_key(text) == question_key(text + "\u00a0")
