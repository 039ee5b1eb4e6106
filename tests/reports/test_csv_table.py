"""The table, read again with a reader of CSV."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.models import Origin, RecordedRating
from interview_coach.reports.csv_table import csv_table, harmless
from interview_coach.reports.values import ReportKind

ACTING = [
    *(
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\x00=1",
        " =1",
        "  \t -2",
        "\u00a0=1",
        "\u3000@x",
        "\u200b=1",
    ),
    *(
        " \x00=1",
        "\x7f",
        "\ufeff=1",
        "\u202e=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
        "\tplain",
        "\rplain",
        "\x00",
        '=HYPERLINK("x")',
        "\u00ad=1",
    ),
]


def read(text):
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_for_each_answer(build):
    two = build.question(attempts=(build.attempt(), build.attempt(number=2, text="Again.", points=(), resolution=None)))
    none = build.question(
        uid="question-2", text="Why us?", stage="HR", tags=(), flagged=False, attempts=(), recorded=()
    )
    rows = read(csv_table(build.report(two, none)))
    assert [(row["Question id"], row["Attempt"], row["Answer"]) for row in rows] == [
        ("question-1", "1", "I would pool connections."),
        ("question-1", "2", "Again."),
        ("question-2", "", ""),
    ]
    assert rows[0] == {
        "Question id": "question-1",
        "Question": "How do you pool connections?",
        "Stage": "TECHNICAL",
        "Tags": "postgres\ntwo words",
        "Flagged": "yes",
        "Transcript": "Acme, backend",
        "Recorded answer": "With a pool of ten.",
        "Recorded rating": "Clarity 8 · Confidence 7.5 · Technical depth not rated\nClear and short.",
        "Your key points": "Size of the pool",
        "Your notes": "Too smooth.",
        "Attempt": "1",
        "Day": "2026-03-02",
        "State": "submitted",
        "Answer": "I would pool connections.",
        "Words": "4",
        "Seconds": "83.4",
        "Clarity, first": "6",
        "Confidence, first": "4",
        "Technical depth, first": "",
        "Clarity, second look": "5",
        "Confidence, second look": "",
        "Technical depth, second look": "",
        "Compared with": "the recorded answer of Acme, backend",
        "Said": "Names a pool",
        "Partly": "Sets a limit",
        "Missed": "Says what happens when it is full",
        "Left out": "Names the library",
        "Not decided": "Not looked at",
        "Next time I will": "name the limit first",
    }
    assert None not in rows[2]
    assert None not in rows[2].values()


def test_several_recorded_answers_are_told_apart(build):
    other = build.recorded(transcript="Other", answer="No pool.", origin=Origin.WRITTEN, rating=RecordedRating())
    (row,) = read(csv_table(build.report(build.question(recorded=(build.recorded(), other)))))
    assert row["Transcript"] == "Acme, backend\nOther"
    assert row["Recorded answer"] == "Acme, backend:\nWith a pool of ten.\n\nOther:\nNo pool."


def test_a_session_and_a_question_twice(build):
    sessions = (build.session(build.question()), build.session(build.question(attempts=(build.attempt(number=2),))))
    rows = read(csv_table(build.report(kind=ReportKind.SESSION, sessions=sessions)))
    assert [row["Attempt"] for row in rows] == ["1", "2"]


def test_the_form(build):
    text = csv_table(build.report(build.question(attempts=(build.attempt(text='a "b",\nc;d'),))), byte_order_mark=True)
    assert text.encode().startswith(b'\xef\xbb\xbf"Question id","Question",')
    assert text.endswith('"\r\n')
    assert '"a ""b"",\nc;d"' in text
    assert not csv_table(build.report()).startswith("\ufeff")


@pytest.mark.parametrize("cell", ACTING)
def test_what_a_spreadsheet_would_take_for_a_formula_begins_with_an_apostrophe(build, cell):
    assert harmless(cell) == f"'{cell}"
    for row in read(csv_table(build.everywhere(cell))):
        assert not [value for value in row.values() if value[:1] in tuple("=+-@\t\r\n\0") or value.lstrip() != value]


def test_half_a_character_does_not_keep_the_rest_from_being_written(build):
    (row,) = read(csv_table(build.report(build.question(text="a\ud800b"))).encode().decode())
    assert row["Question"] == "a?b"


@pytest.mark.parametrize("cell", ["", "a=1", "1-2", "e@x.org", "'quoted", "x\n=1", "–", "3 + 4", " leading"])
def test_everything_else_stays_as_it_is(cell):
    assert harmless(cell) == cell


@settings(deadline=None)
@given(st.text(max_size=30) | st.text(alphabet=' =+-@\t\r\n\0",;x', max_size=12))
def test_nothing_is_cut(build, text):
    question = build.question(text=text, attempts=(build.attempt(text=text, resolution=text),), notes=(text,))
    (row,) = read(csv_table(build.report(question)))
    for column in ("Question", "Answer", "Next time I will", "Your notes"):
        assert row[column].removeprefix("'") == text.removeprefix("'")
