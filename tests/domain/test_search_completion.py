"""How a search may go on at the caret."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.search_completion import completions
from interview_coach.domain.search_language import MOST_CHARACTERS, Vocabulary, parse

KNOWN = Vocabulary(
    stages=("INTRO", "HR", "TECHNICAL", "TEAM FIT", "Größe"),
    tags=("redis", "redis cluster", "Ask a friend", 'say "hi", twice', "cache"),
    names=("Nebula Systems", "Systems Engineer", "Acme"),
)
#: Texts with | at the caret.
LINES = st.lists(
    st.sampled_from(
        [
            *("st", "stage:", "stage:t", "tag:", "tag:red", 'tag:"ask a', '"', "-", ",", " ", " ", "|", "is:", "is:f"),
            *("from:sys", "rated:", "rated:<", "TAG:R", "tag:say", "x", "\x00", "“"),
        ]
    ),
    max_size=8,
).map("".join)


def offered(line, most=8):
    """What is offered at the | of a line."""
    caret = line.index("|")
    text = line.replace("|", "", 1)
    return [found.shown for found in completions(text, caret, KNOWN, most)]


def chosen(line, place=0):
    """The line with what is offered in it, | behind it."""
    caret = line.index("|")
    text = line.replace("|", "", 1)
    found = completions(text, caret, KNOWN)[place]
    return text[: found.start] + found.insert + "|" + text[found.end :]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("s|", ["stage:"]),
        ("st|", ["stage:"]),
        ("pool T|", ["tag:"]),
        ("is|", ["is:"]),
        ("-r|", ["rated:"]),
        ("-|", ["stage:", "tag:", "from:", "is:", "rated:"]),
        ("pool -| x", ["stage:", "tag:", "from:", "is:", "rated:"]),
        ("stage:t|", ["technical", "team fit"]),
        ("stage:|", ["intro", "hr", "technical", "team fit", "Größe"]),
        ("-Stage:HR,|", ["intro", "technical", "team fit", "Größe"]),
        ("stage:hr,t|", ["technical", "team fit"]),
        ("stage:|,technical", ["intro", "hr", "team fit", "Größe"]),
        ("tag:red|", ["redis", "redis cluster"]),
        ("tag:redis|", ["redis cluster"]),
        ('tag:"ask a|', ["Ask a friend"]),
        ("tag:friend|", ["Ask a friend"]),
        ("from:sys|", ["Systems Engineer", "Nebula Systems"]),
        ("is:|", ["due", "flagged", "untried", "suspended"]),
        ("is:F|", ["flagged"]),
        ("is:due,|", ["flagged", "untried", "suspended"]),
        ("rated:|", ["<6", ">=7", "5-7", "none"]),
        ("rated:<|", ["<6"]),
        ("rated:N|", ["none"]),
    ],
)
def test_what_is_offered(line, shown):
    assert offered(line) == shown


@pytest.mark.parametrize(
    "line",
    [
        *("|", "x |", "pool|", "stages|", '"st|', '"st|age"', '-"st|', "st|age", "st|x", "sta|ge:hr", "stage:hr |"),
        *("stage:zzz|", "is:due|", "foo:st|", '""|', "--|", "- |", "a-st|", "st |"),
    ],
)
def test_nothing_is_offered_where_no_filter_is_begun(line):
    assert offered(line) == []


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("st|", "stage:|"),
        ("pool -T|", "pool -tag:|"),
        ("-|", "-stage:|"),
        ("- -| x", "- -stage:| x"),
        ("stage:t|", "stage:technical |"),
        ("stage:hr,te|", "stage:hr,technical |"),
        ("stage:t|, x", "stage:technical|, x"),
        ("stage:t|,hr", "stage:technical|,hr"),
        ("stage:t| pool", "stage:technical| pool"),
        ("stage:t|xx pool", "stage:technical| pool"),
        ("stage:tea|", 'stage:"team fit" |'),
        ("tag:ask|", 'tag:"Ask a friend" |'),
        ('tag:"ask a|', 'tag:"Ask a friend" |'),
        ('tag:"ask| me" x', 'tag:"Ask a friend"| x'),
        ('tag:"ask| me', 'tag:"Ask a friend"| me'),
        ('tag:ask|"x"', 'tag:"Ask a friend" |"x"'),
        ("tag:say|", 'tag:"say ""hi"", twice" |'),
        ("rated:<|", "rated:<6 |"),
    ],
)
def test_what_is_chosen_takes_the_place_of_what_was_typed(line, after):
    assert chosen(line) == after


def test_no_more_are_offered_than_asked_for():
    assert offered("is:|", 2) == ["due", "flagged"]
    assert offered("-|", 1) == ["stage:"]
    assert offered("is:|", 0) == []


def test_a_caret_that_is_nowhere_is_offered_nothing():
    assert completions("st", 3, KNOWN) == ()
    assert completions("st", -1, KNOWN) == ()
    text = "x " * MOST_CHARACTERS + "st"
    assert completions(text, len(text), KNOWN) == ()


@given(st.one_of(LINES, st.text()), st.data())
def test_whatever_is_chosen_is_understood(line, data):
    caret = data.draw(st.integers(0, len(line))) if "|" not in line else line.index("|")
    text = line.replace("|", "", 1)
    for found in completions(text, caret, KNOWN):
        assert 0 <= found.start <= caret <= found.end <= len(text)
        after = text[: found.start] + found.insert + text[found.end :]
        assert found.insert.strip()
        place = found.start + len(found.insert)
        hints = parse(after, KNOWN).hints
        assert not [hint for hint in hints if hint.start == found.start and hint.end <= place]
