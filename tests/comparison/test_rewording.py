"""Questions that may be one in other words, and those that are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.comparison.rewording import SIGNIFICANT, essence, is_rewording

POOL = "How would you implement connection pooling in PostgreSQL to improve performance in a high-traffic microservice?"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (
            POOL,
            "How do you implement connection pooling for PostgreSQL, "
            "improving performance in high-traffic microservices?",
        ),
        ("What is gradient descent? How does it work?", "Explain gradient descent"),
        ("What are closures?", "Can you explain what a closure is?"),
        ("Tell me about a time you disagreed with your manager.", "Describe a time when you disagreed with a manager"),
        ("What is Big-O notation?", "Explain big O notation."),
        ("How does a cafe handle resume uploads?", "How does a café handle résumé uploads?"),
        ("Explain dependency injection", "Explain dependancy injection"),
    ],
)
def test_the_same_in_other_words(first, second):
    assert is_rewording(essence(first), essence(second))
    assert is_rewording(essence(second), essence(first))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("What is the difference between let and var?", "What is the difference between const and var?"),
        ("What is Redis?", "What is Redis Sentinel?"),
        ("What is linear regression? When do we use it?", "What are the main assumptions of linear regression?"),
        ("What are your strengths?", "What are your weaknesses?"),
        ("What does this print?\n```js\nlet a = 1\n```", "What does this print?\n```js\nlet a = 2\n```"),
        ("What?", "Why?"),
        ("", ""),
        ("What is the output?", "What is the input?"),
    ],
)
def test_others(first, second):
    assert not is_rewording(essence(first), essence(second))


def test_code_counts_whatever_its_fence_and_blank_ends():
    first = essence("What is printed?\n```js\nlet a = 1  \n```")
    assert is_rewording(first, essence("Which line is printed here?\n~~~\nlet a = 1\n~~~")) is False
    assert is_rewording(first, essence("What would be printed?\n~~~\nlet a = 1\n~~~"))


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_two_texts_can_be_compared_either_way(first, second):
    one, other = essence(first), essence(second)
    assert is_rewording(one, other) == is_rewording(other, one)
    assert len(one.significant) <= SIGNIFICANT
    assert not one.stems or is_rewording(one, one)
