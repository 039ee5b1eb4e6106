import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach import paths
from interview_coach.comparison.points import split_points

SPLIT = [
    ("", ()),
    (" \n\t\n", ()),
    ("One sentence without a stop", ("One sentence without a stop",)),
    ("I did it. It worked! Why? Luck.", ("I did it.", "It worked!", "Why?", "Luck.")),
    (
        "I would use Node.js v18.2, e.g. for the gateway, i.e. the front. It took 3.5 s.",
        ("I would use Node.js v18.2, e.g. for the gateway, i.e. the front.", "It took 3.5 s."),
    ),
    ("Dr. Who met Mr. J. R. Smith. They spoke.", ("Dr. Who met Mr. J. R. Smith.", "They spoke.")),
    (
        "In the U.S. market it sold. We left the U.S. The rest stayed.",
        ("In the U.S. market it sold.", "We left the U.S.", "The rest stayed."),
    ),
    ("We used queues, caches etc. Then it was fast.", ("We used queues, caches etc.", "Then it was fast.")),
    ("Queues, caches etc. were added.", ("Queues, caches etc. were added.",)),
    (
        "See https://example.org/a.b?c=d.e for more. Next one.",
        ("See https://example.org/a.b?c=d.e for more.", "Next one."),
    ),
    ('He said: "Ship it." We did (on Friday.) It held.', ('He said: "Ship it."', "We did (on Friday.)", "It held.")),
    ("“Why?” he asked. I said so.", ("“Why?” he asked.", "I said so.")),
    ("Well… it worked. Or... no. Wait... Yes.", ("Well… it worked.", "Or... no.", "Wait...", "Yes.")),
    ("No. I would not. Order No. 5 did.", ("No.", "I would not.", "Order No. 5 did.")),
    ("1. First do this. 2. Then that.", ("1. First do this. 2. Then that.",)),
    ("We did two things: 1. this and 2. that.", ("We did two things: 1. this and 2. that.",)),
    ("It took 10 min. Then it took 5. Good.", ("It took 10 min.", "Then it took 5.", "Good.")),
    ("In 2019. Then came more.", ("In 2019.", "Then came more.")),
    ("we cached it. pgbouncer came later.", ("we cached it.", "pgbouncer came later.")),
    ("It was slow.\r\nI measured\rand fixed it.", ("It was slow.", "I measured and fixed it.")),
    ("First point\n\nSecond point", ("First point", "Second point")),
    ("接続を再利用します。設定は小さくします。", ("接続を再利用します。", "設定は小さくします。")),
    ("It ended so. — The rest.", ("It ended so.", "— The rest.")),
    ("It ended so. —", ("It ended so. —",)),
]


@pytest.mark.parametrize(("reference", "points"), SPLIT)
def test_sentences(reference, points):
    assert split_points(reference) == points


def test_a_list_item_is_a_point_with_all_its_sentences_and_lines():
    reference = "I would:\n- pool. Then measure.\n  And adjust.\n* size it\n3) watch it\n\nThat is all. Really."
    assert split_points(reference) == (
        "I would:",
        "- pool. Then measure. And adjust.",
        "* size it",
        "3) watch it",
        "That is all.",
        "Really.",
    )


def test_a_fenced_block_stays_whole_with_its_lines():
    reference = "Like this. So:\n```python\nx = 1.  # one. Two.\n\n    y = 2\n```\nDone. Good."
    assert split_points(reference) == (
        "Like this.",
        "So:",
        "```python\nx = 1.  # one. Two.\n\n    y = 2\n```",
        "Done.",
        "Good.",
    )
    assert split_points("~~~~\na. B\n~~~\nc. D") == ("~~~~\na. B\n~~~\nc. D",)


@pytest.mark.parametrize("piece", [".", ". ", "e.g. ", '."', ".) ", "。", "- ", "```\n", "a.b. "])
def test_a_strange_text_of_100_000_characters_is_no_more_work_than_another(piece):
    reference = piece * (100_000 // len(piece))
    assert "".join("".join(split_points(reference)).split()) == "".join(reference.split())


PIECES = st.lists(
    st.one_of(
        st.text(max_size=12),
        st.sampled_from(
            [
                ". ",
                "! ",
                "? ",
                "… ",
                "... ",
                "\n",
                "\r\n",
                "\n\n",
                "- ",
                "1. ",
                "```\n",
                "\n~~~\n",
                "e.g. ",
                "U.S. ",
                "“",
                ".” ",
                ".) ",
                "No. ",
                "3.5",
                " ",
                "\u2028",
                "\x85",
                "\x1c",
                "。",
                "I",
                "J. ",
                ", and I would ",
                "; ",
                " and we had ",
                ", but the pool is ",
                " (1) ",
                " 2) ",
                "if ",
                "several words of a claim",
            ]
        ),
    ),
    max_size=30,
).map("".join)


@given(PIECES)
def test_no_character_but_white_space_is_lost_and_the_order_is_kept(reference):
    points = split_points(reference)
    assert "".join("".join(points).split()) == "".join(reference.split())
    assert all(point.strip() for point in points)


@given(PIECES)
def test_all_words_come_back_in_their_order(reference):
    if not any(mark in reference for mark in "。！？"):  # these end a sentence without a space
        assert " ".join(split_points(reference)).split() == reference.split()


def test_the_sample_interview_reads_as_its_sentences_and_clauses():
    text = paths.resource("transcripts/nebula-systems-senior-python-backend.txt").read_text("utf-8")
    answers = re.findall(r"^A: (.+)$", text, re.MULTILINE)
    assert len(answers) == 10
    for answer in answers:
        points = split_points(answer)
        assert 2 <= len(points) <= 6
        assert " ".join(points) == answer
        assert all(len(point.split()) >= 4 for point in points)
    assert split_points(answers[0])[:2] == (
        "I've always been fascinated by the intersection of technology and finance,",
        "and I wanted to apply my coding skills to create high-performance systems that can handle the demands of"
        " high-frequency trading.",
    )
    assert sum(len(split_points(answer)) for answer in answers) == 30


CLAUSES = [
    (
        "I led the migration and I wrote the runbook; we rolled it out in two weeks.",
        ("I led the migration", "and I wrote the runbook;", "we rolled it out in two weeks."),
    ),
    (
        "When a row is updated, I would notify Redis, and it would drop the key.",
        ("When a row is updated, I would notify Redis,", "and it would drop the key."),
    ),
    (
        "The cache is warm, but the database is read for every new key.",
        ("The cache is warm,", "but the database is read for every new key."),
    ),
    (
        "I'd check (1) whether the index is used, (2) whether statistics are fresh, and (3) whether it fits in memory.",
        (
            "I'd check (1) whether the index is used,",
            "(2) whether statistics are fresh,",
            "and (3) whether it fits in memory.",
        ),
    ),
    (
        "The pool was far too small, so I measured the wait time first.",
        ("The pool was far too small,", "so I measured the wait time first."),
    ),
    (
        "During each iteration, `i` will have a new value,\n and each value is scoped inside the loop.",
        ("During each iteration, `i` will have a new value,", "and each value is scoped inside the loop."),
    ),
]
WHOLE = [
    # What follows has no subject of its own, or is a relative clause, an example, a list.
    "I would use a pool like asyncpg, which supports pooling, and configure its size.",
    "The cache, the broker, and the database are separate services.",
    "I use the shared cache, the broker, and the store is a plain database.",
    "We must have all ingredients of it, and in quantities that are large.",
    "Our tools are Redis; Kafka; a Postgres database with replicas; and Python.",
    # What stands before is open.
    "If the pool is small and slow, and the load is high, then requests wait.",
    "I wrote down (the pool was small, and I knew it) what we saw.",
    'He said "the pool is too small, and I know it" to all of us.',
    "The tool that you and I wrote is still in use today.",
    # Code, and too short to be a claim.
    "const a = new Thing('one of them'); const b = a.copy('of the same one');",
    "I did it, and I won.",
    # Counted otherwise than from the first on.
    "It was as good as chapter 2) of the book says, and worse than chapter 5) says.",
]


@pytest.mark.parametrize(("reference", "points"), CLAUSES)
def test_a_sentence_of_several_claims_is_parted(reference, points):
    assert split_points(reference) == points


@pytest.mark.parametrize("reference", WHOLE)
def test_a_sentence_is_left_whole_where_a_part_would_be_a_fragment(reference):
    assert split_points(reference) == (reference,)


def test_list_items_and_code_stay_whole_whatever_they_hold():
    item = "- I led the whole migration, and I wrote the runbook for it; we rolled it out."
    code = "```\nI led the migration, and I wrote the runbook for it.\n```"
    assert split_points(f"{item}\n\n{code}") == (item, code)


def test_a_sentence_that_nobody_can_read_stays_whole():
    assert len(split_points("I led the migration, and I wrote the runbook for all. " * 3)) == 6
    endless = "I led the migration, and I wrote the runbook for all, " * 300
    assert len(split_points(endless)) == 1


@pytest.mark.parametrize(
    "piece", ["if a b c d, and I e f ", "; ", "(", "a b c d; ", ", and I a b c d ", "1) ", ", and the a b c "]
)
def test_places_to_part_at_are_no_more_work_in_a_text_of_100_000_characters(piece):
    reference = piece * (100_000 // len(piece))
    assert "".join("".join(split_points(reference)).split()) == "".join(reference.split())
