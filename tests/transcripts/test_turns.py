"""From what a reader found to turns."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.models import TranscriptFile
from interview_coach.transcripts import turn_format
from interview_coach.transcripts.entries import Entry, Found
from interview_coach.transcripts.turns import is_placeholder, make


def made(*entries):
    return make(Found(entries=entries))


@pytest.mark.parametrize(
    "text",
    [
        "Answer here",
        "Your answer here.",
        "[Processing...]",
        "(transcribing …)",
        "the rest is here",
        "TODO",
        "*TBD*",
        "...",
        "–",
        "",
        "  ",
        "N/A",
        "Coming soon!",
        "[Answer]",
        "No answer provided.",
        "add your answer here",
        "Lorem ipsum dolor",
        "Click here",
        "to be added",
    ],
)
def test_what_only_holds_the_place_of_an_answer(text):
    assert is_placeholder(text)
    turn = made(Entry("Why?", text, line=3)).turns[0]
    assert turn.answer is None


@pytest.mark.parametrize(
    "text",
    ["None", "null", "undefined", "Yes", "42", "Loading", "I answer here what I can.", "Processing is done in steps"],
)
def test_what_is_an_answer_though_it_is_short(text):
    assert not is_placeholder(text)
    assert made(Entry("Why?", text)).turns[0].answer == text


def test_a_placeholder_is_reported_with_its_line():
    (problem,) = made(Entry("Why?", "Answer here", line=7)).problems
    assert (problem.line, "placeholder" in problem.message) == (7, True)
    assert made(Entry("Why?", None, line=7)).problems == ()


def test_a_line_that_was_still_being_written_down_is_left_out():
    made_so = made(Entry("Why?", "First I measure.\n[Processing...]\nThen I cut.", line=2))
    assert made_so.turns[0].answer == "First I measure.\nThen I cut."
    assert [problem.line for problem in made_so.problems] == [2]


def test_stages_are_kept_as_the_file_says_and_guessed_where_it_does_not():
    made_so = made(
        Entry("Why?", stage="System [Design]\n2"), Entry("Tell me about yourself."), Entry("Why?", stage="  ")
    )
    assert made_so.turns[0].stage == "System (Design) 2"
    assert made_so.turns[1].stage == "INTRO"
    assert made_so.guessed >= {1}
    assert 0 not in made_so.guessed


def test_numbers_are_those_of_the_file_else_places():
    made_so = made(Entry("a?", number="7"), Entry("b?"), Entry("c?", number="3b"), Entry("d?", number="12345678901"))
    assert [turn.number for turn in made_so.turns] == ["7", "2", "3", "4"]


@pytest.mark.parametrize(
    ("words", "summary", "scores"),
    [
        ("I'd give this 7 out of 10.", "I'd give this 7 out of 10.", {}),
        (
            "Clarity: 7/10, confidence 8 out of 10",
            "Clarity: 7/10, confidence 8 out of 10",
            {"clarity": 7, "confidence": 8},
        ),
        ("Good, but too long", "Good, but too long", {}),
        (
            '{"clarity": 4, "confidence": 5, "technical_depth": 0, "summary": "ok"}',
            "ok",
            {"clarity": 4, "confidence": 5},
        ),
    ],
)
def test_a_judge_s_words_become_feedback_that_the_turn_format_holds(words, summary, scores):
    turn = made(Entry("Why?", "x", stage="HR", feedback=words)).turns[0]
    assert turn.rating.summary == summary
    given_scores = {name: getattr(turn.rating, name) for name in ("clarity", "confidence")}
    assert {name: score for name, score in given_scores.items() if score is not None} == scores
    written = turn_format.write(TranscriptFile(turns=(turn,)))
    (again,) = turn_format.read(written).turns
    assert (again.feedback, again.rating) == (turn.feedback, turn.rating)
    assert json.loads(turn.feedback)


def test_signs_that_no_database_holds_are_shown_as_such():
    made_so = made(Entry("Wh\0y?\r\nNow?", "a\ud800b", line=4, tags=("x\0", " a  b ", "", "a b")))
    assert (made_so.turns[0].question, made_so.turns[0].answer) == ("Wh\ufffdy?\nNow?", "a\ufffdb")
    assert made_so.tags == (("x\ufffd", "a b"),)


@given(
    st.lists(
        st.builds(
            Entry,
            question=st.text(max_size=40),
            answer=st.none() | st.text(max_size=60),
            line=st.integers(0, 99),
            stage=st.none() | st.text(max_size=10),
            number=st.none() | st.text(max_size=4),
            feedback=st.none() | st.text(max_size=40),
            tags=st.lists(st.text(max_size=5), max_size=3).map(tuple),
        ),
        max_size=4,
    )
)
def test_whatever_a_reader_finds_becomes_as_many_turns(entries):
    made_so = make(Found(entries=tuple(entries)))
    assert len(made_so.turns) == len(made_so.tags) == len(entries)
    for turn in made_so.turns:
        assert turn.stage
        json.dumps([turn.question, turn.answer, turn.feedback, turn.stage], ensure_ascii=False).encode()
    assert [problem.line for problem in made_so.problems] == sorted(problem.line for problem in made_so.problems)


def test_what_nobody_sees_is_no_part_of_an_answer_at_its_ends():
    turn = made(Entry("Why?", "\u200bBecause\u200d it is.\u2060 \u200d")).turns[0]
    assert turn.answer == "Because\u200d it is."
