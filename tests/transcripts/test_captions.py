"""Captions: cues become utterances, utterances questions and answers."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.transcripts.captions import likeness, read
from interview_coach.transcripts.entries import Found, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

FILES = Path(__file__).parent.parent / "data" / "imports" / "captions"


def source(text: str) -> Source:
    return Source("x.vtt", text.encode())


def turns(found: Found) -> list[tuple[str, str | None]]:
    return [(entry.question, entry.answer) for entry in found.entries]


def vtt(*cues: str) -> Source:
    shown = "\n\n".join(f"00:{at:02}.000 --> 00:{at + 1:02}.000\n{cue}" for at, cue in enumerate(cues))
    return source(f"WEBVTT\n\n{shown}\n")


@pytest.mark.parametrize("path", sorted(p for p in FILES.iterdir() if p.suffix != ".json"), ids=lambda path: path.name)
def test_captions_give_what_a_person_would_list(path: Path) -> None:
    read_from = Source(path.name, path.read_bytes())
    found = read(read_from)
    expected = json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
    assert turns(found) == [(turn["question"], turn.get("answer")) for turn in expected["questions"]]
    assert [entry.line for entry in found.entries] == [turn["line"] for turn in expected["questions"]]
    assert list(found.speakers) == expected.get("speakers", [])
    assert found.interviewer == expected.get("interviewer")
    assert [[problem.line, problem.message] for problem in found.problems] == expected["problems"]
    guess = likeness(read_from)
    assert guess is not None
    assert guess.score >= 0.9


def test_what_is_said_twice_stays_where_nothing_rolls() -> None:
    found = read(vtt("<v A>Is it on?", "<v B>Yes.", "<v B>Yes.", "<v A>And now?", "<v B>No."))
    assert turns(found) == [("Is it on?", "Yes. Yes."), ("And now?", "No.")]


def test_a_whole_cue_that_is_repeated_counts_once() -> None:
    found = read(vtt("<v A>How do you upgrade?", "<v B>We drain one pool at a time.", "We drain one pool at a time."))
    assert turns(found) == [("How do you upgrade?", "We drain one pool at a time.")]


def test_captions_that_grow_count_once() -> None:
    found = read(vtt("what is", "what is a hash", "what is a hash table?", "it maps", "it maps keys", "it maps keys."))
    assert turns(found)[0][0] == "what is a hash table?"


def test_the_person_says_who_asks() -> None:
    cues = vtt("<v Anna>I test.", "<v Ben>What do you test?", "<v Anna>Pumps.", "<v Ben>How?", "<v Anna>Wet.")
    assert turns(read(cues)) == [("What do you test?", "Pumps."), ("How?", "Wet.")]
    assert read(cues, interviewer="Anna").interviewer == "Anna"


def test_a_colon_in_a_sentence_names_nobody() -> None:
    found = read(vtt("INTERVIEWER: What matters?", "CANDIDATE: One thing.", "Time: there is never enough."))
    assert turns(found) == [("What matters?", "One thing. Time: there is never enough.")]


@pytest.mark.parametrize(
    "text", ["", "WEBVTT\n", "00:01.000 --> 00:02.000\n\n", "no captions", "1\n2\n3\n", "a --> b\n"]
)
def test_what_holds_no_captions_says_so(text: str) -> None:
    with pytest.raises(NoTurns):
        read(source(text))


def test_captions_in_which_nobody_asks_say_so() -> None:
    with pytest.raises(NoTurns, match="question mark"):
        read(vtt("so we begin", "with the pump"))


LINES = st.sampled_from(["WEBVTT", "", "NOTE x", "STYLE", "1", "00:01.000 --> 00:02.000",
                         "00:00:01,5 --> 00:00:02,500 line:0",
                         "<v Anna>Why?</v>", "<v>", "- So?", ">> Yes.", "Ben: no", "[music]",
                         "<c.a>x</c>", "&lt;", "♪", "-->"])  # fmt: skip


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
        read(Source("x", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + content))


def test_captions_without_punctuation_ask_too() -> None:
    found = read(
        vtt("interviewer: why did you switch", "candidate: my back hurt", "interviewer: so what do you do now")
    )
    assert turns(found) == [("why did you switch", "my back hurt"), ("so what do you do now", None)]


def test_what_the_one_who_answers_goes_on_with_leads_over_to_nothing() -> None:
    found = read(vtt("Are you patient?", "Not always.", "So I bake bread.", "Great.", "What bread?", "Rye."))
    assert turns(found) == [("Are you patient?", "Not always. So I bake bread."), ("Great. What bread?", "Rye.")]


def test_a_question_begins_where_the_words_before_it_have_no_full_stop() -> None:
    found = read(vtt("What is rye?", "a grain that likes the cold", "How does it taste?", "Dark."))
    assert turns(found) == [("What is rye?", "a grain that likes the cold"), ("How does it taste?", "Dark.")]
