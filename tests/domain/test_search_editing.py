"""Filters put into the search line and taken out of it, all else left as typed."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from interview_coach.domain.search_editing import closed, has_part, with_part, without_part
from interview_coach.domain.search_language import (
    MOST_CHARACTERS,
    MOST_PARTS,
    From,
    HintKind,
    InStage,
    Is,
    Rated,
    State,
    Tagged,
    Words,
    parse,
)

DUE, FLAGGED = Is((State.DUE,)), Is((State.FLAGGED,))
HR, TECHNICAL = InStage(("HR",)), InStage(("TECHNICAL",))

NAMES = st.sampled_from(["hr", "HR", "a b", 'say "x"', "x,y", "-", "“"])
ALTERNATIVES = st.lists(NAMES, min_size=1, max_size=3, unique=True).map(tuple)
FILTERS = st.one_of(
    st.builds(InStage, ALTERNATIVES, st.booleans()),
    st.builds(Tagged, ALTERNATIVES, st.booleans()),
    st.builds(From, ALTERNATIVES, st.booleans()),
    st.builds(Is, st.lists(st.sampled_from(State), min_size=1, unique=True).map(tuple), st.booleans()),
    st.sampled_from([Rated(1, 5), Rated(none=True), Rated(1, 5, negated=True)]),
)
TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            [
                *("stage:hr", 'tag:"a b",hr', "-tag:hr", "from:HR,x", "is:due", "is:d,f", "rated:<6", '"', '"a"'),
                *(" ", " ", "  ", "tag:", ",", "x", '""', "\x00", "“", "-"),
            ]
        ),
        max_size=8,
    ).map("".join),
)


def whole(text):
    """Whether all of a text is looked at."""
    return all(hint.kind is not HintKind.TOO_LONG for hint in parse(text).hints)


@pytest.mark.parametrize(
    ("text", "part", "after"),
    [
        ("", DUE, "is:due"),
        ("  ", DUE, "is:due"),
        ("pool  size ", DUE, "pool  size is:due"),
        ("pool is:due", DUE, "pool is:due"),
        ("is:flagged,due", DUE, "is:flagged,due"),
        ("is:due", FLAGGED, "is:due is:flagged"),
        ("-is:due", DUE, "-is:due is:due"),
        ("tag:redis", Tagged(("ask a friend",)), 'tag:redis tag:"ask a friend"'),
        ("Tag:REDIS", Tagged(("redis",)), "Tag:REDIS"),
        ("stage:hr  pool", TECHNICAL, "stage:TECHNICAL pool"),
        ("stage:hr,technical pool", TECHNICAL, "stage:TECHNICAL pool"),
        ("stage:technical,hr pool", InStage(("HR", "TECHNICAL")), "stage:technical,hr pool"),
        ("stage:hr pool stage:intro x", TECHNICAL, "stage:TECHNICAL pool x"),
        ("stage:technical stage:hr", TECHNICAL, "stage:TECHNICAL"),
        ("-stage:hr pool", TECHNICAL, "-stage:hr pool stage:TECHNICAL"),
        ("from:acme x", From(("Nebula Systems",)), 'from:"Nebula Systems" x'),
        ('from:acme"x"', From(("Nebula Systems",)), 'from:"Nebula Systems" "x"'),
        ("rated:<6", Rated(none=True), "rated:none"),
        ('"still typ', DUE, '"still typ" is:due'),
        ('tag:"ask a', DUE, 'tag:"ask a" is:due'),
        ("tag:", DUE, "tag: is:due"),
        ("stage:hr,", DUE, "stage:hr, is:due"),
        ("pool -", DUE, "pool - is:due"),
    ],
)
def test_a_filter_is_put_in(text, part, after):
    assert with_part(text, part) == after


@pytest.mark.parametrize(
    ("text", "part", "after"),
    [
        ("is:due", DUE, ""),
        ("pool is:due  size", DUE, "pool size"),
        ("pool  size is:due", DUE, "pool  size"),
        ("is:due,flagged x", DUE, "is:flagged x"),
        ("is:due -is:due IS:DUE", DUE, "-is:due"),
        ("stage:hr,technical", TECHNICAL, "stage:hr"),
        ('tag:"ask a friend",Redis', Tagged(("redis",)), 'tag:"ask a friend"'),
        ("stage:hr", TECHNICAL, "stage:hr"),
        ("stage:hr", InStage(("HR", "TECHNICAL")), "stage:hr"),
        ("stage:hr,x,technical", InStage(("HR", "TECHNICAL")), "stage:x"),
        ('"a"is:due"b"', DUE, '"a" "b"'),
        ("rated:<6 x", Rated(1, 5), "x"),
        ("pool size", Words("pool"), "size"),
    ],
)
def test_a_filter_is_taken_out(text, part, after):
    assert without_part(text, part) == after


@pytest.mark.parametrize(
    ("text", "part", "there"),
    [
        ("is:due", DUE, True),
        ("is:flagged,due", DUE, True),
        ("-is:due", DUE, False),
        ('"is:due"', DUE, False),
        ("Stage:technical,hr", TECHNICAL, True),
        ("stage:tech", TECHNICAL, False),
        ("tag:hr", HR, False),
        ("stage:hr", InStage(("HR", "TECHNICAL")), False),
        ("rated:<6", Rated(1, 5), True),
        ("rated:<=5", Rated(1, 5), True),
        ("rated:<6", Rated(1, 6), False),
        ("Pool", Words("pool"), True),
        ('"pool"', Words("pool"), False),
    ],
)
def test_whether_a_filter_is_there(text, part, there):
    assert has_part(text, part) is there


def test_a_filter_counts_however_long_the_text_is():
    for text in ("x" * (MOST_CHARACTERS + 1), "x " * MOST_PARTS, '"' + "x" * MOST_CHARACTERS):
        after = with_part(text, DUE)
        assert has_part(after, DUE)
        assert after.endswith(text)


@pytest.mark.parametrize(
    ("text", "after"), [('"still typ', '"still typ"'), ("tag:“ask ", 'tag:“ask "'), ("pool  ", "pool"), ('"a" ', '"a"')]
)
def test_a_line_is_made_ready_for_more(text, after):
    assert closed(text) == after
    assert parse(f"{after} is:due").parts == (*parse(text).parts, DUE)


@given(TEXTS, FILTERS)
def test_what_is_put_in_is_there_and_what_is_taken_out_is_not(text, part):
    after = with_part(text, part)
    assert has_part(after, part)
    assert with_part(after, part) == after
    assume(whole(after))
    left = without_part(after, part)
    assert not has_part(left, part)
    assert without_part(left, part) == left


@given(TEXTS, FILTERS)
def test_all_else_stays(text, part):
    assume(whole(text))
    before = parse(text).parts
    like = [found for found in before if type(found) is type(part) and found.negated == part.negated]
    others = [found for found in before if found not in like]
    after = parse(with_part(text, part)).parts
    assert [found for found in after if found in others] == others
    left = parse(without_part(text, part)).parts
    assert [found for found in left if found in others] == others
    if not like:
        assert parse(without_part(with_part(text, part), part)).parts == before
