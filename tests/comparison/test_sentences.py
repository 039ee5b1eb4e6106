import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.comparison.sentences import PassageKind, passages


def test_passages_stand_where_they_say_and_know_what_they_are():
    text = " One. Two\nlines.\n\n- an item. Whole.\n```\ncode. Here.\n\n```\n \nLast"
    found = [(text[start:end], kind) for start, end, kind in passages(text)]
    assert found == [
        ("One.", PassageKind.SENTENCE),
        ("Two\nlines.", PassageKind.SENTENCE),
        ("- an item. Whole.", PassageKind.ITEM),
        ("```\ncode. Here.\n\n```", PassageKind.CODE),
        ("Last", PassageKind.SENTENCE),
    ]


def test_white_space_of_any_length_stands_between_sentences():
    text = "He left the U.S." + " " * 100 + "The rest stayed." + "\n" * 1 + " " * 90 + "1. It held."
    assert [text[start:end] for start, end, _ in passages(text)][:2] == ["He left the U.S.", "The rest stayed."]


@pytest.mark.parametrize(
    "piece", [".", ". ", "1. ", "e.g. ", '."', ".) ", "。", "- ", "```\n", "a.b. ", ".      ", "x"]
)
def test_a_strange_line_of_200_000_characters_is_no_more_work_than_another(piece):
    text = piece * (200_000 // len(piece))
    covered = sum(end - start for start, end, _ in passages(text))
    assert covered <= len(text)


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [". ", "!\n", "? ", "\n\n", "- ", "1. ", "```\n", "e.g.  ", "No. 5", "“", ".” ", "\u2028", "\x85", "。"]
        ),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_passages_follow_each_other_and_leave_out_nothing_but_white_space(text):
    end = 0
    for passage in passages(text):
        assert not text[end : passage.start].strip()
        assert end <= passage.start < passage.end <= len(text)
        end = passage.end
    assert not text[end:].strip()
