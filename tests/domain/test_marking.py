from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.marking import excerpt, marks, tokens
from interview_coach.domain.search_language import Words


def marked(text, *words):
    return [text[start:end] for start, end in marks(text, words)]


@pytest.mark.parametrize(
    ("text", "words", "found"),
    [
        ("A pool, and pooling; spool", Words("pool"), ["pool", "pooling"]),
        ("A pool, and pooling", Words("pool", exact=True), ["pool"]),
        ("Café au lait, CAFE\u0301 noir, cafeteria", Words("cafe"), ["Café", "CAFE\u0301", "cafeteria"]),
        ("We pool connections. Connections pool.", Words("pool connections", exact=True), ["pool connections"]),
        ("a connection-pool of connections", Words("connection pool", exact=True), ["connection-pool"]),
        ("snake_case_name", Words("case"), ["case"]),
        ("C, C++ and CSS", Words("C++"), ["C", "C"]),
        ("pool poolpool", Words("pool", negated=True), []),
        ("nothing of it", Words("++"), []),
        ("", Words("pool"), []),
    ],
)
def test_words_are_found_as_the_index_finds_them(text, words, found):
    assert marked(text, words) == found


def test_what_touches_is_one_mark():
    assert marked("pool size", Words("pool size", exact=True), Words("size"), Words("po")) == ["pool size"]


@given(st.text(max_size=80), st.text(max_size=8), st.booleans())
def test_marks_lie_in_the_text_in_order_and_apart(text, word, exact):
    found = marks(text, [Words(word, exact)])
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(first[1] < second[0] for first, second in pairwise(found))


@given(st.text(alphabet="ab é\u0301_ -", max_size=40), st.text(alphabet="abé", min_size=1, max_size=3))
def test_what_is_marked_begins_with_the_word(text, word):
    (wanted,) = tokens(word)
    assert all(tokens(text[start:end])[0].startswith(wanted) for start, end in marks(text, [Words(word)]))


class TestExcerpt:
    def test_a_short_text_stays_whole_on_one_line(self):
        found = excerpt("Use a\n\npool of  ten.", [Words("pool")])
        assert found.text == "Use a pool of ten."
        assert [found.text[start:end] for start, end in found.marks] == ["pool"]

    def test_a_long_text_is_cut_at_blanks_around_the_first_word(self):
        text = "word " * 60 + "the pool is bounded " + "word " * 60
        found = excerpt(text, [Words("pool"), Words("bounded")], 80)
        assert found.text.startswith("… word ")
        assert found.text.endswith("word …")
        assert len(found.text) <= 84
        assert [found.text[start:end] for start, end in found.marks] == ["pool", "bounded"]

    def test_none_where_the_words_are_not_there(self):
        assert excerpt("Nothing of it.", [Words("pool")]) is None

    @given(st.text(alphabet="ab \n.", max_size=300), st.integers(10, 60))
    def test_marks_lie_in_it(self, text, length):
        found = excerpt(text, [Words("a")], length)
        if found is not None:
            assert found.marks
            assert all(found.text[start] == "a" and start < end <= len(found.text) for start, end in found.marks)
