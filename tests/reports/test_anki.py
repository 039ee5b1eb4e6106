"""Anki's text import, read as Anki reads it: header lines, comments, then quoted fields."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.models import AttemptState
from interview_coach.reports.anki import AnswerSide, anki_text
from interview_coach.reports.values import ReportKind
from interview_coach.reports.writing import shown

SEPARATORS = {"comma": ",", "semicolon": ";", "tab": "\t", "space": " ", "pipe": "|", "colon": ":"}


def read(text):
    """The header of a file, and its rows: lines before the first other one that begin with # and name a key."""
    header, rest = {}, text
    while rest.startswith("#"):
        line, _, rest = rest.partition("\n")
        key, colon, value = line[1:].partition(":")
        assert colon, line
        key = key.strip().lower()
        assert key in {"separator", "html", "tags", "columns", "notetype", "deck"} or key.endswith(" column"), key
        if key == "separator":
            value = SEPARATORS[value.lower()]
        elif key == "columns":
            assert "separator" in header  # it is read with the separator that stands before it
            value = value.split(header["separator"])
        header[key] = value
    rows = csv.reader(io.StringIO(rest, newline=""), delimiter=header["separator"], strict=True)
    return header, list(rows)


def test_header_and_notes(build):
    header, rows = read(
        anki_text(build.report(build.question(), build.question(uid="question-2", tags=(), attempts=())))
    )
    assert header == {
        "separator": "\t",
        "html": "false",
        "notetype": "Interview Coach",
        "columns": ["Id", "Question", "Answer", "Stage", "Tags"],
        "tags column": "5",
    }
    assert rows == [
        ["question-1", "How do you pool connections?", "I would pool connections.", "TECHNICAL", "postgres two_words"],
        ["question-2", "How do you pool connections?", "", "TECHNICAL", ""],
    ]


def test_which_answer(build):
    attempts = (
        build.attempt(number=1, text="first"),
        build.attempt(number=2, text="second"),
        build.attempt(number=3, text="draft", state=AttemptState.DRAFT),
    )
    recorded = (build.recorded(answer=None), build.recorded(answer="theirs"))
    report = build.report(build.question(attempts=attempts, recorded=recorded))
    assert read(anki_text(report))[1][0][2] == "second"
    assert read(anki_text(report, answers=AnswerSide.RECORDED))[1][0][2] == "theirs"


def test_a_question_of_two_sessions_is_one_note(build):
    sessions = (
        build.session(build.question()),
        build.session(build.question(attempts=(build.attempt(number=2, text="Again."),))),
    )
    (row,) = read(anki_text(build.report(kind=ReportKind.SESSION, sessions=sessions)))[1]
    assert row[2] == "Again."


@pytest.mark.parametrize("uid", ["#html:true", "# comment", "tags:x", '"'])
def test_no_note_is_taken_for_a_header(build, uid):
    header, rows = read(anki_text(build.report(build.question(uid=uid))))
    assert header["html"] == "false"
    assert rows[0][0] == uid


def test_nothing_of_a_name_gets_into_the_header(build):
    header, _ = read(anki_text(build.report(), note_type="A\n#html:true"))
    assert header["notetype"] == "A #html:true"
    assert header["html"] == "false"


@settings(deadline=None)
@given(
    st.text(max_size=30) | st.text(alphabet='#\t\n\r" a:', max_size=12), st.text(alphabet='ab \t\n\u3000"#', max_size=6)
)
def test_every_field_comes_back(build, text, tag):
    question = build.question(
        uid="id", text=text, stage=text, tags=(tag, "x"), attempts=(build.attempt(text=text or "a"),)
    )
    (row,) = read(anki_text(build.report(question)))[1]
    own = shown(text or "a") if (text or "a").strip() else ""
    assert row == ["id", shown(text), own, shown(text), " ".join(filter(None, ["_".join(shown(tag).split()), "x"]))]
