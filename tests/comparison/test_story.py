import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.comparison.sentences import passages
from interview_coach.comparison.story import MEASURED, OFFERED, StoryPart, StoryParts, story_parts

ANSWERS = Path(__file__).parent.parent / "data" / "story"
LETTERS = dict(zip("STAR", StoryPart, strict=True))
#: Of the sentences that are shown as telling a part, at least so many of a hundred do.
LEAST_RIGHT = 85


class Labelled(NamedTuple):
    name: str
    missing: str
    text: str
    sentences: list[tuple[int, int, str]]  # place, and the letters of the parts it tells


def labelled(name):
    answers = []
    for block in re.split(r"\n\n+", (ANSWERS / name).read_text("utf-8").strip()):
        title, _, *lines = block.split("\n")
        _, key, _, missing = title.split(" ", 3)
        text, sentences = "", []
        for line in lines:
            letters, sentence = line.split(": ", 1)
            text += " " * bool(text) + sentence
            sentences.append((len(text) - len(sentence), len(text), letters))
        answers.append(Labelled(key, missing, text, sentences))
    return answers


def measured(answers):
    """For each part: found in a right sentence, there, shown."""
    tally = {part: [0, 0, 0] for part in StoryPart}
    for answer in answers:
        for letter, part in LETTERS.items():
            right = {(start, end) for start, end, letters in answer.sentences if letter in letters}
            shown = getattr(story_parts(answer.text), part)
            tally[part][0] += shown in right
            tally[part][1] += bool(right)
            tally[part][2] += shown is not None
    return tally


@pytest.fixture(scope="module", params=["dev.txt", "held_out.txt"])
def answers(request):
    return labelled(request.param)


def test_the_labels_are_those_of_whole_sentences(answers):
    for answer in answers:
        assert [(start, end) for start, end, _ in passages(answer.text)] == [place[:2] for place in answer.sentences]
        missing = [part.value for letter, part in LETTERS.items() if not any(letter in s[2] for s in answer.sentences)]
        assert (", ".join(missing) or "complete") == answer.missing, answer.name


def test_half_of_the_answers_are_complete_and_a_quarter_has_no_result(answers):
    lacks = [answer.missing for answer in answers]
    assert (len(lacks), lacks.count("complete"), lacks.count("result")) == (16, 8, 4)


def test_the_parts_that_are_offered_are_found_and_what_is_found_is_right(answers):
    for part, (found, there, shown) in measured(answers).items():
        if part in OFFERED:
            assert 3 * found >= 2 * there, part
            assert 100 * found >= LEAST_RIGHT * shown, part


def test_the_figures_that_decide_what_is_offered_are_those_of_the_held_out_answers():
    tally = measured(labelled("held_out.txt"))
    assert {part: (found, there) for part, (found, there, _) in tally.items()} == MEASURED
    assert {part for part, (found, there) in MEASURED.items() if found * 3 >= there * 2} == OFFERED


def told(text):
    return tuple(span and text[slice(*span)] for span in story_parts(text))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", (None, None, None, None)),
        (
            "Situation: the build took an hour. Task: under ten minutes. Action: caching. Result: nine minutes.",
            (
                "Situation: the build took an hour.",
                "Task: under ten minutes.",
                "Action: caching.",
                "Result: nine minutes.",
            ),
        ),
        # one sentence may tell two parts
        (
            "In my last job, we had slow builds. I added a cache, resulting in a 30% decrease in build time.",
            (
                "In my last job, we had slow builds.",
                None,
                "I added a cache, resulting in a 30% decrease in build time.",
                "I added a cache, resulting in a 30% decrease in build time.",
            ),
        ),
        # what I would do is an action where nothing was done, not beside what was
        ("I’d first talk to them alone.", (None, None, "I’d first talk to them alone.", None)),
        ("I’d talk to them first. I rewrote the report.", (None, None, "I rewrote the report.", None)),
        # what only stands near the end is no result
        (
            "Last year I worked at a bank. I rewrote the report. The office was in London. It is a city.",
            ("Last year I worked at a bank.", None, "I rewrote the report.", None),
        ),
        # lessons and habits are no results
        (
            "Last year I worked at a bank. I rewrote the report. I learned to ask within a week.",
            ("Last year I worked at a bank.", None, "I rewrote the report.", None),
        ),
        ("Teamwork matters to everybody. I always enjoy it.", (None, None, None, None)),
        # code tells nothing
        (
            "Last year I worked at a bank.\n\n```\nI fixed it.\n```\n",
            ("Last year I worked at a bank.", None, None, None),
        ),
        # neither does another language
        ("In 2019 was het team van de bank klein, en dat was niet goed.", (None, None, None, None)),
        ("Letztes Jahr habe ich in einer Bank gearbeitet. Am Ende waren es 30 % weniger.", (None, None, None, None)),
    ],
)
def test_what_is_found_where(text, parts):
    assert told(text) == parts


@pytest.mark.parametrize("piece", ["I did it. ", "a", "I also ", "so and "])
def test_a_strange_long_text_tells_no_story_and_is_no_great_work(piece):
    text = piece * (200_000 // len(piece))
    assert all(span is None or span[1] <= len(text) for span in story_parts(text))


def test_a_text_of_more_sentences_than_a_story_has_tells_none():
    story = "Last year I worked at a bank. I rewrote the report. "
    assert story_parts(story * 500) != StoryParts()
    assert story_parts(story * 501) == StoryParts()


PIECES = st.lists(
    st.one_of(
        st.text(max_size=10),
        st.sampled_from(
            [
                "I was asked to fix it. ",
                "Last year we had ",
                "In the end it was 30 % faster. ",
                "I’d ",
                "Result: ",
                "\n\n",
            ]
        ),
        st.sampled_from(["```\n", "- ", "I learned ", "We built it! ", "e\u0301", "\U0001f600", "İ "]),
    ),
    max_size=20,
).map("".join)


@given(PIECES)
def test_what_is_found_is_a_sentence_of_the_text(text):
    places = {(start, end) for start, end, _ in passages(text)}
    assert {span for span in story_parts(text) if span is not None} <= places
