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


def test_the_sample_interview_reads_as_its_sentences():
    text = paths.resource("transcripts/nebula-systems-senior-python-backend.txt").read_text("utf-8")
    answers = re.findall(r"^A: (.+)$", text, re.MULTILINE)
    assert len(answers) == 10
    for answer in answers:
        points = split_points(answer)
        assert 2 <= len(points) <= 6
        assert " ".join(points) == answer
        assert all(point[0].isupper() and point[-1] in ".?" for point in points)
