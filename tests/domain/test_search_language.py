"""What a typed search asks for: any text is one, and what could not be meant so gets a hint."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interview_coach.domain.search_cheat_sheet import CHEAT_SHEET, Meaning
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
    Vocabulary,
    Words,
    parse,
    written,
)

KNOWN = Vocabulary(
    stages=("INTRO", "HR", "TECHNICAL", "WRAP-UP"),
    tags=("redis", "Ask a friend", 'say "hi", twice', "hr"),
    names=("Nebula Systems", "Senior Backend Engineer"),
)

#: Pieces of searches, and what stands between them; what they make is seldom well written.
BITS = st.sampled_from(
    [
        *("pool", "wrap-up", "C++", "++", "-", "--x", "-redis", "OR", "Größe", "\u0130s", "\u0131s:due", "ſtage:hr"),
        *('"', '""', "“", "”", "«", '"a phrase"', '-"no phrase"', '"unfinished ', "a\ud800b", "\x00", "\x1f", "\u2028"),
        *("stage:", "-stage:", "STAGE:hr", "stage:hr,", "stage:,technical", "stage:x", "stage:wrap-up", "stag:hr"),
        *("tag:redis", 'tag:"ask a friend"', 'tag:"say ""hi"", twice"', "tag:a,b,,A", "tag:-x", "tag:a:b", 'tag:a"b'),
        *("from:nebula", "-from:x", "is:due", "is:due,flaged", "is:u", "is:", "http://x", "foo:bar", '-titel:"x y"'),
        *("rated:<6", "rated:", "rated:<", "rated:5-7", "rated:7-5", "rated:none", "rated:no", "rated:11", "rated:5,6"),
        *(" ", " ", " ", "  ", "\t", "\n", "\u00a0", ",", ":", "-", "x"),
    ]
)
SEARCHES = st.one_of(st.text(), st.text(st.characters(codec=None)), st.lists(BITS, max_size=12).map("".join))
#: Anything that a tag, a stage or a transcript can be called.
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=30).map(str.strip).filter(bool)
ALTERNATIVES = st.lists(NAMES, min_size=1, max_size=4, unique=True).map(tuple)
SCORES = st.integers(1, 10)
FILTERS = st.one_of(
    st.builds(InStage, ALTERNATIVES, st.booleans()),
    st.builds(Tagged, ALTERNATIVES, st.booleans()),
    st.builds(From, ALTERNATIVES, st.booleans()),
    st.builds(Is, st.lists(st.sampled_from(State), min_size=1, unique=True).map(tuple), st.booleans()),
    st.builds(lambda pair, negated: Rated(*sorted(pair), negated=negated), st.tuples(SCORES, SCORES), st.booleans()),
    st.builds(Rated, none=st.just(value=True), negated=st.booleans()),
)
PHRASES = st.builds(Words, NAMES.filter(lambda text: any(map(str.isalnum, text))), st.just(value=True), st.booleans())


def parts(text, vocabulary=None):
    return parse(text, vocabulary).parts


def hints(text, vocabulary=KNOWN):
    return [(hint.kind, text[hint.start : hint.end], hint.suggestion) for hint in parse(text, vocabulary).hints]


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", ()),
        ("  \t ", ()),
        ("pool", (Words("pool"),)),
        ("connection pool", (Words("connection"), Words("pool"))),
        ('"connection pool" size', (Words("connection pool", exact=True), Words("size"))),
        ('"  connection pool "', (Words("connection pool", exact=True),)),
        ('"still typ', (Words("still typ", exact=True),)),
        ('"', ()),
        ('""', ()),
        ('say"hello"', (Words("say"), Words("hello", exact=True))),
        ("“connection pool” „Größe“ «x»", (*(Words(text, True) for text in ("connection pool", "Größe", "x")),)),  # noqa: FBT003
        ('"a ""b"" c"', (Words('a "b" c', exact=True),)),
        ("-redis", (Words("redis", negated=True),)),
        ('-"a phrase"', (Words("a phrase", exact=True, negated=True),)),
        ("-tag:x", (Tagged(("x",), negated=True),)),
        ("wrap-up non-blocking", (Words("wrap-up"), Words("non-blocking"))),
        ("a - b -", (Words("a"), Words("b"))),
        ("--fast", (Words("--fast"),)),
        ("C++ .NET node.js", (Words("C++"), Words(".NET"), Words("node.js"))),
        ("pool pool -pool", (Words("pool"), Words("pool", negated=True))),
        ("stage:technical", (InStage(("technical",)),)),
        ("STAGE:HR,technical", (InStage(("HR", "technical")),)),
        ("stage:wrap-up", (InStage(("wrap-up",)),)),
        ("tag:redis tag:cache", (Tagged(("redis",)), Tagged(("cache",)))),
        ('tag:"ask a friend",redis', (Tagged(("ask a friend", "redis")),)),
        ('tag:"ask a fr', (Tagged(("ask a fr",)),)),
        ("tag:“ask a friend”", (Tagged(("ask a friend",)),)),
        ('tag:c++,a:b,-x,"a,b"', (Tagged(("c++", "a:b", "-x", "a,b")),)),
        ("tag:a,b,a is:due,d", (Tagged(("a", "b")), Is((State.DUE,)))),
        ("tag:,a,,b,", (Tagged(("a", "b")),)),
        ("from:nebula", (From(("nebula",)),)),
        ('from:"nebula systems" x', (From(("nebula systems",)), Words("x"))),
        ("is:due", (Is((State.DUE,)),)),
        ("Is:Flagged,untried", (Is((State.FLAGGED, State.UNTRIED)),)),
        ("is:susp", (Is((State.SUSPENDED,)),)),
        ("is:due,nonsense", (Is((State.DUE,)),)),
        ("is:nonsense", ()),
        ("rated:<6", (Rated(1, 5),)),
        ("rated:<=6 rated:≤6", (Rated(1, 6),)),
        ("rated:>7", (Rated(8, 10),)),
        ("rated:>=7 rated:≥7", (Rated(7, 10),)),
        ("rated:5", (Rated(5, 5),)),
        ("rated:5-7 rated:5–7 rated:5..7", (Rated(5, 7),)),
        ("rated:7-5", (Rated(5, 7),)),
        ("rated:<6-8", ()),
        ("rated:5-", (Rated(5, 5),)),
        ("rated:<15", (Rated(1, 10),)),
        ("rated:None", (Rated(none=True),)),
        ("-rated:none", (Rated(none=True, negated=True),)),
        ("stage: tag: from: is: rated: -stage: rated:<", ()),
        ("http://x foo:bar", (Words("http://x"), Words("foo:bar"))),
        ('foo:"bar baz"', (Words("foo:"), Words("bar baz", exact=True))),
        ('-foo:"bar baz" x', (Words("foo:", negated=True), Words("bar baz", exact=True, negated=True), Words("x"))),
        ("a\x00b \ud800c", (Words("a"), Words("b"), Words("c"))),
    ],
)
def test_what_is_asked_for(text, asked):
    assert parts(text) == asked


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stag:hr", (HintKind.UNKNOWN_FILTER, "stag:", "stage:")),
        ("x -Tags:redis", (HintKind.UNKNOWN_FILTER, "Tags:", "tag:")),
        ("company:nebula", (HintKind.UNKNOWN_FILTER, "company:", "from:")),
        ("http://x", (HintKind.UNKNOWN_FILTER, "http:", None)),
        ("stage:hr,tecnical", (HintKind.UNKNOWN_STAGE, "tecnical", "technical")),
        ("stage:zzz", (HintKind.UNKNOWN_STAGE, "zzz", None)),
        ("-tag:rediss", (HintKind.UNKNOWN_TAG, "rediss", "redis")),
        ("tag:ask", (HintKind.UNKNOWN_TAG, "ask", '"Ask a friend"')),
        ('tag:"say hi twice" x', (HintKind.UNKNOWN_TAG, '"say hi twice"', '"say ""hi"", twice"')),
        ("is:flaged", (HintKind.UNKNOWN_STATE, "flaged", "flagged")),
        ("is:due,zzz", (HintKind.UNKNOWN_STATE, "zzz", None)),
        ("rated:<6-8", (HintKind.UNKNOWN_RATING, "<6-8", None)),
        ("rated:high", (HintKind.UNKNOWN_RATING, "high", None)),
        ("rated:11", (HintKind.UNKNOWN_RATING, "11", None)),
        ("rated:>10", (HintKind.UNKNOWN_RATING, ">10", None)),
        ("rated:5,6", (HintKind.UNKNOWN_RATING, "6", None)),
        ("++", (HintKind.NOTHING_TO_FIND, "++", None)),
        ('-"#"', (HintKind.NOTHING_TO_FIND, '-"#"', None)),
        ("redis OR cache", (HintKind.OPERATOR, "OR", None)),
        ("stage: technical pool", (HintKind.BLANK_AFTER_COLON, "stage: technical", "stage:technical")),
        ('-tag: "ask a friend"', (HintKind.BLANK_AFTER_COLON, '-tag: "ask a friend"', '-tag:"ask a friend"')),
        ("from: nebula", (HintKind.BLANK_AFTER_COLON, "from: nebula", "from:nebula")),
        ("is: due", (HintKind.BLANK_AFTER_COLON, "is: due", "is:due")),
        ("rated: <6", (HintKind.BLANK_AFTER_COLON, "rated: <6", "rated:<6")),
    ],
)
def test_what_was_hardly_meant_gets_a_hint(text, said):
    assert hints(text) == [said]


@pytest.mark.parametrize(
    "text",
    [
        *("stage:", "-stage:", "tag:", "is:", "rated:", "rated:<", "rated:>=", "rated:n", "rated:5-", "stage:hr,"),
        *('"', '"a phr', 'tag:"redis', "-", "a - b", "a – b", "stage:te", "is:fl", "TAG:REDIS", "from:unheard-of"),
        *("stage: pool", "is: pool", 'is:"" due', "a stage: -hr", "10:30", ":x", "or"),
    ],
)
def test_nothing_is_said_while_it_may_still_become_something(text):
    assert hints(text) == []


def test_without_a_vocabulary_nothing_is_said_about_stages_and_tags():
    assert hints("stage:zzz tag:zzz", None) == []
    assert [kind for kind, *_ in hints("stage:zzz tag:zzz", Vocabulary())] == [
        HintKind.UNKNOWN_STAGE,
        HintKind.UNKNOWN_TAG,
    ]


def test_a_stage_and_a_tag_that_nobody_knows_stay_and_find_nothing():
    assert parts("stage:zzz -tag:zzz", KNOWN) == (InStage(("zzz",)), Tagged(("zzz",), negated=True))


def test_the_words_that_are_found_are_those_that_are_not_left_out():
    search = parse('pool -redis "a b" -"c d" tag:x')
    assert search.words == (Words("pool"), Words("a b", exact=True))
    assert search.text == 'pool -redis "a b" -"c d" tag:x'


def test_a_suggestion_reads_without_its_quotes():
    (hint,) = parse("tag:say", KNOWN).hints
    assert hint.suggestion == '"say ""hi"", twice"'
    assert hint.suggested == 'say "hi", twice'
    (hint,) = parse("tag:red", KNOWN).hints
    assert hint.suggested == "redis"


def test_so_much_is_read_and_no_more():
    words = [f"w{number}" for number in range(MOST_PARTS + 5)]
    search = parse(" ".join(words))
    assert [part.text for part in search.parts] == words[:MOST_PARTS]
    (hint,) = search.hints
    assert (hint.kind, search.text[hint.start :]) == (HintKind.TOO_LONG, " ".join(words[MOST_PARTS:]))
    assert hint.end == len(search.text)
    assert parse(" ".join(words[:MOST_PARTS])).hints == ()

    long = "x" * (MOST_CHARACTERS + 1)
    (hint,) = parse(long).hints
    assert (hint.kind, hint.start, hint.end) == (HintKind.TOO_LONG, MOST_CHARACTERS, MOST_CHARACTERS + 1)
    assert parse(long[1:]).hints == ()


def test_what_a_hint_is_about_is_cut_and_has_nothing_that_nobody_types():
    (hint,) = parse("+" * 100).hints
    assert len(hint.written) == 40
    assert (hint.start, hint.end) == (0, 100)
    (hint,) = parse("x" * MOST_CHARACTERS + "\x1b[31m\x9b\ud800").hints
    assert hint.written == " [31m  "


@given(SEARCHES)
def test_any_text_is_a_search(text):
    search = parse(text, KNOWN)
    assert search.text == text
    for part in search.parts:
        texts = getattr(part, "stages", ()) or getattr(part, "tags", ()) or getattr(part, "names", ())
        for found in (part.text,) if isinstance(part, Words) else texts:
            assert found.strip()
            found.encode()  # as a database takes it
            assert "\x00" not in found
    assert parse(text).parts == search.parts
    starts = [hint.start for hint in search.hints]
    assert starts == sorted(starts)
    assert all(0 <= hint.start < hint.end <= len(text) for hint in search.hints)


@given(SEARCHES)
@example('"a""')
@example('-foo:"x y"')
def test_what_was_read_is_written_so_that_it_reads_the_same(text):
    for part in parse(text).parts:
        assert parse(written(part)).parts == (part,)


@given(st.one_of(FILTERS, PHRASES))
def test_any_part_is_written_so_that_it_reads_the_same(part):
    search = parse(written(part))
    assert search.parts == (part,)
    assert search.hints == ()


@given(st.lists(st.one_of(FILTERS, PHRASES), max_size=6))
def test_parts_stand_side_by_side(wanted):
    assert parts(" ".join(map(written, wanted))) == tuple(dict.fromkeys(wanted))


@given(SEARCHES)
def test_a_hint_that_is_followed_is_gone(text):
    for hint in parse(text, KNOWN).hints:
        # A quote at once behind it would go on with the suggestion's own.
        if hint.suggestion is not None and text[hint.end : hint.end + 1] != '"':
            followed = text[: hint.start] + hint.suggestion + text[hint.end :]
            left = {(again.kind, again.start) for again in parse(followed, KNOWN).hints}
            assert (hint.kind, hint.start) not in left


@pytest.mark.parametrize("bit", ["x", "x ", '"', '""', '"a ', "tag:", "tag:a,", "-", "- ", ",", "\x00", "a:", 'a:"'])
def test_of_a_huge_text_the_beginning_is_read(bit):
    text = bit * 100_000
    search = parse(text, KNOWN)
    assert len(search.parts) <= MOST_PARTS
    assert len(search.hints) <= MOST_PARTS + 1
    assert search.hints[-1].kind is HintKind.TOO_LONG
    assert search.hints[-1].start <= MOST_CHARACTERS
    assert search.parts == parse(text[:MOST_CHARACTERS]).parts


@pytest.mark.parametrize("text", [text for text, _ in CHEAT_SHEET])
def test_every_example_of_the_cheat_sheet_is_understood(text):
    search = parse(text)
    assert search.hints == ()
    assert search.parts
    assert " ".join(map(written, search.parts)) == text


def test_the_cheat_sheet_has_an_example_of_everything():
    assert [meaning for _, meaning in CHEAT_SHEET] == list(Meaning)
    kinds = {type(part) for text, _ in CHEAT_SHEET for part in parts(text)}
    assert kinds == {Words, InStage, Tagged, From, Is, Rated}
    states = {state for text, _ in CHEAT_SHEET for part in parts(text) if isinstance(part, Is) for state in part.states}
    assert states == set(State)
