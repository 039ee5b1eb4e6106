"""Pasted text and lists of questions."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.transcripts.entries import Found, NoTurns
from interview_coach.transcripts.plain import likeness, read
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

FILES = Path(__file__).parent.parent / "data" / "imports" / "plain"


def source(text: str) -> Source:
    return Source("x.txt", text.encode())


def turns(found: Found) -> list[tuple[str, str | None]]:
    return [(entry.question, entry.answer) for entry in found.entries]


@pytest.mark.parametrize("path", sorted(p for p in FILES.iterdir() if p.suffix != ".json"), ids=lambda path: path.name)
def test_a_text_gives_what_a_person_would_list(path: Path) -> None:
    read_from = Source(path.name, path.read_bytes())
    found = read(read_from)
    expected = json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
    assert turns(found) == [(turn["question"], turn.get("answer")) for turn in expected["questions"]]
    for name in ("line", "number", "stage"):
        assert [getattr(entry, name) for entry in found.entries] == [turn.get(name) for turn in expected["questions"]]
    assert found.title == expected.get("title")
    assert [[problem.line, problem.message] for problem in found.problems] == expected["problems"]


def test_a_question_within_an_answer_begins_nothing() -> None:
    found = read(
        source("How do you test?\n\nI ask first.\nWhat can break?\nThen I try it.\n\nAnd then?\n\nI write it down.")
    )
    assert turns(found) == [
        ("How do you test?", "I ask first.\nWhat can break?\nThen I try it."),
        ("And then?", "I write it down."),
    ]


def test_steps_of_an_answer_are_no_questions() -> None:
    found = read(
        source(
            "1. What is a release?\n\nSteps:\n1. Tag it\n"
            "2. Build it\n3. Ship it\n\n2. What is a hotfix?\n\nA small one."
        )
    )
    assert turns(found) == [
        ("What is a release?", "Steps:\n1. Tag it\n2. Build it\n3. Ship it"),
        ("What is a hotfix?", "A small one."),
    ]


@pytest.mark.parametrize(
    ("text", "score"),
    [("What is a?\nWhat is b?\nWhy?\n", 0.55), ("Hello.\n\nWhy?\n\nSo it is.\n", 0.3), ("Hello.", 0.1)],
)
def test_plain_text_is_the_last_resort(text: str, score: float) -> None:
    guess = likeness(source(text))
    assert guess is not None
    assert guess.score == score


@pytest.mark.parametrize("text", ["", " \n", "Hello.\nThis is a letter.\n", "1. Milk\n2. Bread\n", "```\nwhy?\n```"])
def test_where_nothing_asks_it_says_so(text: str) -> None:
    with pytest.raises(NoTurns):
        read(source(text))


def test_other_question_marks_ask() -> None:
    assert turns(read(source("什么是死锁？\n为什么？\n\nما هذا؟"))) == [
        ("什么是死锁？", None),
        ("为什么？", None),
        ("ما هذا؟", None),
    ]


LINES = st.sampled_from(
    ["What is it?", "1. Why?", "2) So", "- a?", "    - b?", "", "HR round", "Answer: x", "A) y", "```", "# t", "x"]
)


@given(st.lists(st.one_of(LINES, st.text(max_size=20))).map("\n".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(source(text.encode(errors="replace").decode()))
    except (NoTurns, UnreadableText):
        return
    assert found.entries
    assert all(entry.question.strip() and (entry.answer is None or entry.answer.strip()) for entry in found.entries)


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    likeness(Source("x", content))
    with suppress(NoTurns, UnreadableText):
        read(Source("x", content))


QUESTIONS = st.text("abcdefgh ", min_size=3, max_size=40).map(lambda text: "What w" + " ".join(text.split()) + "?")


@given(
    st.lists(QUESTIONS, min_size=2, max_size=10),
    st.sampled_from(["{}", "{n}. {}", "{n}) {}", "- {}", "• {}", "* {}", "({n}) {}", "\t{n}. {}"]),
)
def test_every_list_of_questions_comes_out(questions: list[str], shape: str) -> None:
    text = "\n".join(shape.format(question, n=number) for number, question in enumerate(questions, 1))
    assert turns(read(source(text))) == [(question, None) for question in questions]


def test_a_step_that_counts_anew_is_no_question() -> None:
    found = read(source("1. What is a tag?\n1. Copy it\n\n2. What is a branch?\n3. Why fork?\n4. Why not?"))
    assert turns(found)[:2] == [("What is a tag?", "1. Copy it"), ("What is a branch?", None)]
    assert len(found.entries) == 4


def test_a_block_like_the_others_begins_with_a_question() -> None:
    blocks = [
        "What is osmosis?\nWater moves.",
        "Mitosis\nA cell divides.",
        "Why green?\nLight.",
        "Who was Mendel?\nA monk.",
    ]
    assert [question for question, _ in turns(read(source("\n\n".join(blocks))))] == [
        "What is osmosis?",
        "Mitosis",
        "Why green?",
        "Who was Mendel?",
    ]


def test_code_of_which_a_question_speaks_belongs_to_it() -> None:
    text = "What does this print?\n\n```\n  print(1)\n```\n\nOne.\n\n"
    text += "How do you print?\n\n```\nprint()\n```\n\nSo.\n\nWhat is below?\n\n```\nx\n```"
    assert turns(read(source(text))) == [
        ("What does this print?\n```\n  print(1)\n```", "One."),
        ("How do you print?", "```\nprint()\n```\n\nSo."),
        ("What is below?\n```\nx\n```", None),
    ]


def test_parts_that_are_headed_by_stages_make_a_list_of_it() -> None:
    text = (
        "TECHNICAL\n\n1. What is rye?\nAnswer: A grain.\n\nBEHAVIORAL\n\n1. Tell me of a quarrel.\nAnswer: Over salt.\n"
    )
    guess = likeness(source(text))
    assert guess is not None
    assert guess.score == 0.7
    assert [entry.stage for entry in read(source(text)).entries] == ["TECHNICAL", "BEHAVIORAL"]
    marked = likeness(source(text.replace("TECHNICAL", "# TECHNICAL")))
    assert marked is not None
    assert marked.score < 0.6
