import subprocess
import sys
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interview_coach.comparison.difference import (
    AFTER,
    BEFORE,
    BLOCK,
    Change,
    Difference,
    difference,
    nearly_the_same,
)
from interview_coach.comparison.words import count_words, words

SAME, INSERTED, DELETED = Change.SAME, Change.INSERTED, Change.DELETED
HERE, AWAY = Change.MOVED_HERE, Change.MOVED_AWAY

LETTERS = "abcdefghijklmnopqrstuvwxyz"
VOCABULARY = [
    "I",
    "the",
    "pool",
    "Pool",
    "pool,",
    "don't",
    "don’t",
    "café",
    "cafe\u0301",
    "接続",
    "—",
    "(20)",
    "\0",
    "😀",
]
SPACES = [" ", " ", " ", "  ", "\n", "\r\n", "\n\n", "\u2028", "\u00a0"]


def written(parts):
    """A text of words and what stands between them."""
    return "".join(word + space for word, space in parts)


WRITTEN = st.lists(st.tuples(st.sampled_from(VOCABULARY), st.sampled_from(SPACES)), max_size=40).map(written)
TEXTS = st.one_of(st.text(), st.text(alphabet="ab .,\n"), WRITTEN)


@st.composite
def revisions(draw):
    """An answer and one made of it: its sentences in another order, words taken out, replaced and added."""
    sentences = draw(st.lists(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=9), max_size=8))
    revised = [list(sentence) for sentence in draw(st.permutations(sentences))]
    for sentence in revised:
        for place, word in draw(
            st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["", "x", "x y z"])), max_size=2)
        ):
            sentence[place : place + 1] = word.split()
    return tuple(" ".join(" ".join(sentence).capitalize() + "." for sentence in text) for text in (sentences, revised))


PAIRS = st.one_of(st.tuples(TEXTS, TEXTS), revisions())


def earlier(found):
    return "".join(piece.text for piece in found.pieces if piece.change in BEFORE)


def later(found):
    return "".join(piece.text for piece in found.pieces if piece.change in AFTER)


def folded(text):
    return [word.text.casefold() for word in words(text)]


def shown(before, after):
    """The difference on one line: [-taken out-], {+added+}, <1:moved> at both ends."""
    signs = {SAME: "{}", INSERTED: "{{+{}+}}", DELETED: "[-{}-]"}
    return "".join(
        signs[piece.change].format(piece.text)
        if piece.move is None
        else f"<{'to' if piece.change is AWAY else 'from'} {piece.move}:{piece.text}>"
        for piece in difference(before, after).pieces
    )


@given(PAIRS)
@example(("a\n\nb", "a b\n\nc"))
@example((" \t", "\n"))
def test_both_answers_stand_in_the_pieces_to_the_last_character(pair):
    before, after = pair
    found = difference(before, after)
    assert earlier(found) == before
    assert later(found) == after


@given(PAIRS)
def test_pieces_are_not_empty_and_neighbours_differ(pair):
    pieces = difference(*pair).pieces
    assert all(piece.text for piece in pieces)
    assert all((one.change, one.move) != (other.change, other.move) for one, other in pairwise(pieces))


@given(TEXTS)
def test_an_answer_does_not_differ_from_itself(text):
    found = difference(text, text)
    assert [(piece.change, piece.text) for piece in found.pieces] == ([(SAME, text)] if text else [])
    assert (found.inserted, found.deleted, found.moved, found.likeness) == (0, 0, 0, 1.0)


@given(PAIRS)
def test_moves_pair_up_have_the_same_words_and_are_numbered_as_they_are_met(pair):
    found = difference(*pair)
    away = {piece.move: piece.text for piece in found.pieces if piece.change is AWAY}
    here = {piece.move: piece.text for piece in found.pieces if piece.change is HERE}
    moving = [piece.move for piece in found.pieces if piece.move is not None]
    assert len(moving) == 2 * len(away)
    assert away.keys() == here.keys()
    assert list(dict.fromkeys(moving)) == list(range(1, len(away) + 1))
    assert all(piece.move is not None for piece in found.pieces if piece.change in (AWAY, HERE))
    for number, text in away.items():
        assert folded(text) == folded(here[number])
        assert len(folded(text)) >= BLOCK


@given(revisions())
def test_every_word_is_counted_once_in_each_answer(pair):
    before, after = pair
    found = difference(before, after)
    same = sum(count_words(piece.text) for piece in found.pieces if piece.change is SAME)
    assert same + found.deleted + found.moved == count_words(before)
    assert same + found.inserted + found.moved == count_words(after)


@given(PAIRS)
@example(("A a a a a b. A b a a a.", "A b a a a. A a a a a b."))
def test_likeness_is_a_share_and_no_less_than_what_is_shown_as_kept(pair):
    before, after = pair
    found = difference(before, after)
    kept = count_words(before) + count_words(after) - found.deleted - found.inserted
    assert 0 <= found.likeness <= 1
    assert found.likeness * (count_words(before) + count_words(after)) >= kept - 1e-9


@given(st.lists(st.text(LETTERS, min_size=1, max_size=5)))
def test_likeness_heeds_neither_case_nor_marks_nor_white_space(answer):
    assert difference(" ".join(answer), "\n".join(word.upper() + "!" for word in answer)).likeness == 1


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("", "It depends.", "{+It depends.+}"),
        ("It depends.", "", "[-It depends.-]"),
        ("one two", "one two three", "one two{+ three+}"),
        ("I really like it", "I like it", "I [-really -]like it"),
        # A word that changed only in its case or in the marks around it is a change.
        ("Pool, and so on", "pool and so on.", "[-Pool,-]{+pool+} and so [-on-]{+on.+}"),
        # A single word stays between small changes and joins large ones.
        ("the red car is fast", "the blue car was fast", "the [-red-]{+blue+} car [-is-]{+was+} fast"),
        (
            "we tried two caches and the second one failed",
            "we built three queues and none of those ever failed",
            "we [-tried two caches and the second one-]{+built three queues and none of those ever+} failed",
        ),
        # A run as long as a block stays between changes however large.
        (
            "q w e r t y one two three four five q w e r t y u",
            "a s d f g h one two three four five z x c v b n m",
            "[-q w e r t y-]{+a s d f g h+} one two three four five [-q w e r t y u-]{+z x c v b n m+}",
        ),
        # What is written otherwise in its place has not moved.
        (
            "one two three four five six",
            "ONE TWO THREE FOUR FIVE SIX",
            "[-one two three four five six-]{+ONE TWO THREE FOUR FIVE SIX+}",
        ),
        # What is added stands as a sentence where it can.
        ("I like it. I use it.", "I like it. I like tea. I use it.", "I like it. {+I like tea. +}I use it."),
        ("a b. Then c. d", "a b. Then x. Then c. d", "a b. {+Then x. +}Then c. d"),
        ("I like it. I like tea. I use it.", "I like it. I use it.", "I like it. [-I like tea. -]I use it."),
        # White space that alone has changed is kept apart from the words.
        ("one two", "one\ntwo", "one[- -]{+\n+}two"),
        ("a\n\nb c", "a\n\nc", "a\n\n[-b -]c"),
        ("我会用连接池", "我会用 PgBouncer 连接池", "我会用{+ PgBouncer +}连接池"),
        ("<b>bold</b>", "<b>bold</b> <i>", "<b>bold</b>{+ <i>+}"),
    ],
)
def test_what_it_shows(before, after, expected):
    assert shown(before, after) == expected


FIRST = "We had an incident where the pool was far too small."
SECOND = "Prepared statements can be a problem in transaction mode."
THIRD = "After that the slowest requests took a tenth of the time, and nobody complained any more."


def test_a_sentence_that_goes_elsewhere_has_moved():
    assert shown(f"{FIRST} {SECOND} {THIRD}", f"{SECOND} {THIRD} {FIRST}") == (
        f"<to 1:{FIRST} >{SECOND} {THIRD}<from 1: {FIRST}>"
    )


def test_a_moved_sentence_may_change_its_case_and_its_last_mark():
    before, after = f"{SECOND} {FIRST} {THIRD}", f"{FIRST} {THIRD[:-1]}, but {SECOND[0].lower()}{SECOND[1:-1]}!"
    assert shown(before, after) == (
        f"<to 1:{SECOND} >{FIRST} {THIRD[:-6]} [-more.-]{{+more, but +}}<from 1:prepared{SECOND[8:-1]}!>"
    )


def test_fewer_words_than_a_block_are_not_called_moved():
    found = difference(f"one two three four. {FIRST}", f"{FIRST} one two three four.")
    assert (found.moved, found.inserted, found.deleted) == (0, 4, 4)
    found = difference(f"one two three four five. {FIRST}", f"{FIRST} one two three four five.")
    assert (found.moved, found.inserted, found.deleted) == (5, 0, 0)


def test_what_stands_twice_is_not_called_moved():
    found = difference(f"{FIRST} {THIRD}", f"{THIRD} {FIRST} Again: {FIRST}")
    assert (found.moved, found.deleted) == (0, count_words(FIRST))


def test_two_moves_have_two_numbers_in_the_order_they_are_met():
    before = f"{FIRST} Alpha. {THIRD} {THIRD} Beta gamma. {SECOND}"
    after = f"{SECOND} Alpha. {THIRD} {THIRD} Beta gamma. {FIRST}"
    pieces = [(piece.change, piece.move) for piece in difference(before, after).pieces if piece.move]
    assert pieces == [(AWAY, 1), (HERE, 2), (AWAY, 2), (HERE, 1)]


def test_marks_alone_are_no_words_that_move():
    marks = "- – — / |"
    pieces = difference(f"{marks} {FIRST}", f"{FIRST} {marks}").pieces
    assert not {piece.change for piece in pieces} & {HERE, AWAY}


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        # Two runs of the later answer share words of the earlier one, and the other way round.
        ("a b c d e f", "a b c d e x b c d e f", ["a b c d e"]),
        ("a b c d e x b c d e f", "a b c d e f", ["a b c d e"]),
        # The second run could go back into the first.
        ("a b c d e f g h i j k", "a b c d e f x e f g h i j k", ["a b c d e f", "g h i j k"]),
        # The first words of a run stand twice, all of it once.
        ("a b c d e f. a b c d e z.", "a b c d e f.", ["a b c d e f."]),
    ],
)
def test_no_word_moves_twice_and_a_move_goes_as_far_as_it_can(before, after, moved):
    found = difference(f"{before} {FIRST} {THIRD}", f"{FIRST} {THIRD} {after}")
    assert [piece.text.strip() for piece in found.pieces if piece.change is HERE] == moved


@pytest.mark.parametrize(
    ("one", "other"),
    [("café", "cafe\u0301"), ("don't", "don’t"), ("straße", "STRASSE"), ("soft", "so\u00adft"), ("re-use", "re‑use")],
)
def test_a_word_that_is_only_written_otherwise_is_like_itself(one, other):
    assert difference(one, other).likeness == 1


ANSWER = (
    "I would put a connection pool in front of the database, because every connection costs memory and opening one "
    "takes a round trip. In our team we used transaction mode, so a few dozen connections served thousands of clients."
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (ANSWER, ANSWER, True),
        (ANSWER, ANSWER.upper().replace(".", "!"), True),
        (ANSWER, ANSWER.replace("few dozen", "handful of"), True),
        (ANSWER, " ".join(reversed(ANSWER.split(". "))), True),  # the sentences changed places
        (ANSWER, ANSWER + " " + ANSWER, False),
        (ANSWER, ANSWER.replace("connection", "thread").replace("database", "queue").replace("clients", "jobs"), False),
        (ANSWER, "", False),
        (ANSWER, " ".join(word[::-1] for word in ANSWER.split()), False),
        # Of a few words each counts, and of still fewer none.
        ("Use a pool and measure it.", "use a pool, and measure it", True),
        ("Use a pool and measure it.", "Use a pool and never measure it.", False),
        ("I don't know yet.", "I don't know yet.", False),
        ("", "", False),
        ("…", "…", False),
    ],
)
def test_nearly_the_same(before, after, expected):
    assert nearly_the_same(before, after) is expected


@pytest.mark.parametrize(("replaced", "expected"), [(10, True), (11, False)])
def test_one_word_in_ten_may_differ(replaced, expected):
    before = [f"w{number}" for number in range(100)]
    after = [f"x{number}" if number % 9 == 0 and number < 9 * replaced else word for number, word in enumerate(before)]
    assert nearly_the_same(" ".join(before), " ".join(after)) is expected


def test_a_text_too_long_to_be_compared_at_once_is_compared_in_parts():
    before = " ".join(f"w{number * 7919 % 30011}" for number in range(25_000))
    after = before.replace("w77 ", "x ").replace("w88 ", "")
    found = difference("first " + before, after + " last")
    assert (earlier(found), later(found)) == ("first " + before, after + " last")
    assert (found.inserted, found.deleted) == (2, 3)


def test_a_text_too_long_to_be_compared_at_once_in_which_nothing_stands_once_is_compared_by_halves():
    before, after = "a b c " * 5_000, "b a c " * 5_000
    found = difference(before, after)
    assert (earlier(found), later(found)) == (before, after)
    assert found.likeness > 0.6


def test_it_is_a_value():
    found = difference("a", "b")
    assert found == difference("a", "b")
    assert isinstance(found, Difference)
    with pytest.raises(AttributeError):
        found.moved = 3


def test_importing_it_loads_nothing_slow():
    code = "import sys, interview_coach.comparison.difference; print({'rapidfuzz', 'pydantic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
