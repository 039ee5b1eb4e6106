import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.comparison.words import count_words, words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        (" \n — … ! ", 0),
        ("one", 1),
        ("I would put PgBouncer in front of it.", 8),
        ("don't isn’t rock-solid well‑known", 4),
        ("yes - no -- maybe—so", 4),
        ("Node.js 3.5 3,500 12:41 v1.2.3", 5),
        ("word,word and/or", 4),
        ("e.g. this", 2),
        ("see https://example.org/a-b?c=d, then", 3),
        ("naïve cafe\u0301 na\u0131\u0308ve Übergröße", 4),
        ("soft\u00adhyphen हिन्दी में", 3),
        ("接続 pool を", 4),
        ("100 % or 100%", 3),
        ("\U0001f600 fine \U0001f44d\U0001f3fd", 1),
        ("snake_case C++ C#", 3),
        ("first\nsecond\u2028third\u00a0fourth", 4),
    ],
)
def test_words_are_counted_as_a_person_counts(text, words):
    assert count_words(text) == words


@given(st.lists(st.sampled_from(["I", "don't", "Node.js", "naïve", "3.5", "well-known"]), max_size=50))
def test_words_between_spaces_are_words(words):
    assert count_words("  ".join(words)) == len(words)


@given(st.text(), st.text())
def test_two_texts_on_their_own_lines_have_the_words_of_both(one, other):
    assert count_words(one + "\n" + other) == count_words(one) + count_words(other)


TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(["na\u0131\u0308ve", "e\u0301", "\u00ad", "don't", "接続", "Node.js", " ", "\u0301"])).map(
        "".join
    ),
)


@given(TEXTS)
def test_words_stand_where_they_say_in_their_order_and_are_all_that_count(text):
    found = words(text)
    assert len(found) == count_words(text)
    end = 0
    for word in found:
        assert end <= word.start < word.end <= len(text)
        end = word.end
        standing = iter(text[word.start : word.end])
        assert all(char in standing for char in word.text)  # in their order


def test_an_accent_of_its_own_belongs_to_the_word_that_it_ends():
    (word,) = words(" cafe\u0301 ")
    assert (word.start, word.end, word.text) == (1, 6, "cafe")
