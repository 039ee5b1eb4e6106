"""Tables: real shapes with what is listed of each, rows that are broken, and the laws that hold for any text."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.transcripts.delimited import likeness, read
from interview_coach.transcripts.entries import NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "data" / "imports" / "csv"
SHARED = ROOT.parent / "shared" / "import_samples"


def source(content):
    return Source("a.csv", content.encode() if isinstance(content, str) else content)


def found(content, **more):
    return read(source(content), **more)


def listed(content):
    return [(entry.question, entry.answer) for entry in found(content).entries]


def told(content):
    return [(problem.line, problem.message) for problem in found(content).problems]


def file(name):
    return (FILES / name).read_bytes()


# Files as they are found.


def test_a_table_with_all_columns_is_read_row_by_row():
    table = found(file("software_questions.csv"))
    assert [(entry.line, entry.number, entry.question, entry.tags) for entry in table.entries] == [
        (2, "1", "What is the difference between a stack and a queue?", ("Data Structures", "Easy")),
        (3, "2", "Explain Big-O notation.", ("Algorithms", "Easy")),
        (4, "3", 'What is "duck typing"?', ("Languages", "Medium")),
        (10, "4", "Explain Big-O notation.", ("Algorithms", "Hard")),
        (11, "5", "How do you reverse a linked list?", ("Data Structures", "Medium")),
    ]
    assert [entry.answer for entry in table.entries] == [
        "A stack gives back what came last, a queue what came first.",
        "It bounds how the cost grows with the input.",
        "If it quacks, it is a duck:\n\n    for each in thing:\n        print(each)\n\nNo class is asked for.",
        "It bounds how the cost grows with the input.",
        None,
    ]
    assert not table.problems
    assert likeness(source(file("software_questions.csv"))).score > 0.9


def test_a_csv_with_tabs_and_cells_over_several_lines():
    table = found(file("really_tabs.csv"))
    assert [(entry.line, entry.number, entry.question, entry.answer, entry.tags) for entry in table.entries] == [
        (
            2,
            "1",
            "Describe a project that you are\nproud of.",
            'It was a parser.\n\nIt said "why", not only "what".\tAnd it was fast.',
            ("behavioural", "projects"),
        ),
        (6, "2", "Why this company?", "Because of your tools", ("hr",)),
        (8, "3", "What is a monad?", None, ("functional",)),
    ]
    assert not table.problems
    assert "tabs" in likeness(source(file("really_tabs.csv"))).reason


def test_semicolons_and_another_language():
    assert listed(file("fragen.csv")) == [
        ("Was ist ein Zeiger?", "Eine Adresse, an der etwas steht"),
        ("Wozu dient const?", "Es verspricht; der Compiler prüft."),
    ]


def test_options_in_columns_count_from_one_in_a_table():
    assert listed(file("choices.csv")) == [
        ("What is 2 + 2?\n\nA) 3\nB) 4\nC) 5\nD) 6", "B) 4\n\nBasic addition"),
        ("Which port is HTTPS?\n\nA) 80\nB) 21\nC) 443\nD) 22", "C) 443"),
        ("Which is no HTTP verb?\n\nA) GET\nB) FETCH\nC) PUT\nD) HEAD", "B) FETCH\n\nFETCH is a JavaScript function"),
    ]


def test_a_table_without_a_header():
    assert listed(file("no_header.tsv")) == [
        ("What is a hash map?", "Keys lead to values in constant time on average."),
        ("Explain eventual consistency.", "Replicas agree when writes stop."),
        ("How do you debug a leak?", "Heap dumps, compared."),
    ]
    assert 0.6 < likeness(source(file("no_header.tsv"))).score < 0.9


def test_uneven_rows_and_a_quotation_mark_that_never_closes():
    assert listed(file("unclosed.csv")) == [
        ("What is a closure?", "A function, with its scope."),
        ("What is hoisting?", "Declarations move up."),
        ("What is strict mode?", "Fewer silent mistakes."),
        ("What is a promise?", "A value, later, or a reason"),
        ("What is a symbol?", None),
        ('What is "this"?', "It depends on the call."),
    ]
    assert told(file("unclosed.csv")) == [
        (3, "a quotation mark is not closed: the row ends with its line"),
        (5, "more cells than the 3 columns: joined under 'answer'"),
        (6, "fewer cells than the 3 columns: the missing ones are empty"),
    ]


def test_speakers_in_a_table_are_a_conversation():
    talk = found(file("panel.csv"))
    assert [(entry.line, entry.question, entry.answer) for entry in talk.entries] == [
        (2, "Could you walk me through your last project?", "We moved billing to events, and back."),
        (4, "Why back?", "Two systems of record are none."),
    ]


def test_a_title_above_the_header_rounds_and_scores():
    table = found(file("titled_scores.csv"))
    assert table.title == "Mock interview of 3 May"
    assert [(entry.stage, entry.question, entry.answer, entry.feedback) for entry in table.entries] == [
        ("HR", "Why did you leave?", "To learn more, =honestly", "Calm\nScore: 7"),
        ("TECHNICAL", "What is ACID?", "Four promises.", "Short, right\nScore: 8/10"),
    ]


def test_the_sample_with_a_mark_before_its_header_has_111_questions():
    path = SHARED / "21_deeplearning_questions_utf8bom_crlf_no_answers.csv"
    if not path.exists():
        pytest.skip(f"{path.name} lies beside the project only where it is developed")
    table = found(path.read_bytes())
    assert len(table.entries) == 111
    assert table.entries[0] == table.entries[0].__class__(question="What is padding", line=2, number="1")
    assert not any(entry.answer for entry in table.entries)
    assert not table.problems
    assert likeness(source(path.read_bytes())).score > 0.9


# Shapes.


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Question\nWhat is X?\nWhy Y, then?\n", [("What is X?", None), ("Why Y, then?", None)]),
        ("Questions,Topic\nWhat is X?,a\n", [("What is X?", None)]),
        ("\ufeffquestion,answer\nWhat is X?,x\n", [("What is X?", "x")]),
        (" QUESTION , Ideal_Answer \nWhat is X?, x \n", [("What is X?", "x")]),
        ("Interview Question|Sample Response\nWhat is X?|x, y\n", [("What is X?", "x, y")]),
        ("sep=;\nq;a\nWhat is X?;x\n", [("What is X?", "x")]),
        (",question,answer\n0,What is X?,x\n1,Y?,y\n", [("What is X?", "x"), ("Y?", "y")]),
        ("Answer,Question\nx,What is X?\n", [("What is X?", "x")]),
        ("S.No,Topic,Question,Level\n1,OS,What is X?,Easy\n", [("What is X?", None)]),
        ("ID,DESCRIPTION\n1,What is X\n2,Why Y\n", [("What is X", None), ("Why Y", None)]),
        ("prompt,completion\nWhat is X?,x\n", [("What is X?", "x")]),
        ("What is X?,x\nWhy is Y?,\"y, z\"\n", [("What is X?", "x"), ("Why is Y?", "y, z")]),
        ("1,What is X?,A long x it is,a\n2,Why Y?,A long y it is,b\n", [("What is X?", "A long x it is"),
                                                                     ("Why Y?", "A long y it is")]),
        ("\"Why, X?\"\n\"How, Y?\"\n\"Who, Z?\"\n", [("Why, X?", None), ("How, Y?", None), ("Who, Z?", None)]),
        ("q,a\nWhat is X?,<p>An <b>x</b></p><ul><li>1</li></ul>\n", [("What is X?", "An x\n\n- 1")]),
        ("q,a\nWhat is X?,One.\\nTwo.\\n- three\n", [("What is X?", "One.\nTwo.\n- three")]),
        ("q,a\nWhat is \\n?,\"print(\"\"a\\n\"\")\"\n", [("What is \\n?", 'print("a\\n")')]),
        ("q,a\nHow?,\"print(\"\"a\\n\"\") or print(\"\"b\\n\"\")\"\n", [("How?", 'print("a\\n") or print("b\\n")')]),
        ("id,q,a\n1,\"What is \"X?,\"y\"z\n", [('What is "X?', '"y"z')]),
        ("q,a\n=1+1,@SUM(A1)\n", [("=1+1", "@SUM(A1)")]),
        ("id,\"q\" ,a\n1,\"What, X?\" , \"x\" \n2,\"Y?\" ,\"y\nz\"  \n", [("What, X?", "x"), ("Y?", "y\nz")]),
        ("q,a\n\"He asked \"why\" and, so, what?\",x\n", [('He asked "why" and, so, what?', "x")]),
        ("q,a\nWhat?,x,,,\n\n,,\nWhy?,y\n", [("What?", "x"), ("Why?", "y")]),
        ("Question,Correct Answer (0-3),Option A,Option B\nX?,1,a,b\n", [("X?\n\nA) a\nB) b", "B) b")]),
        ("Question,Option A,Option B,Right Answer\nX?,a,b,1\nY?,a,b,0\n",
         [("X?\n\nA) a\nB) b", "B) b"), ("Y?\n\nA) a\nB) b", "A) a")]),
        ("Question,A,B,C,Answer\nX?,k,l,m,c\n", [("X?\n\nA) k\nB) l\nC) m", "C) m")]),
        ("Question,Option A,Option B,Correct Answer\nX?,a,b,a\nOpen?,,,Prose.\n",
         [("X?\n\nA) a\nB) b", "A) a"), ("Open?", "Prose.")]),
    ],
)  # fmt: skip
def test_rows_come_out_of_every_shape(text, expected):
    assert listed(text) == expected
    assert likeness(source(text)).score >= 0.5


def test_a_late_byte_of_another_encoding_costs_no_letter():
    rows = "".join(f"Was ist Größe {number}?,Maß {number}\n" for number in range(1500))
    table = found(b"question,answer\n" + rows.encode() + b"Wozu Caf\xe9?,Na\xefv\n")
    assert len(table.entries) == 1501
    assert (table.entries[0].question, table.entries[-1].question) == ("Was ist Größe 0?", "Wozu Café?")


def test_rows_that_differ_in_one_cell_all_come_out():
    rows = [f"What is {number % 174}?,Yes.,{'Hard' if number >= 174 else 'Easy'}" for number in range(200)]
    entries = found("Question,Answer,Difficulty\n" + "\n".join(rows)).entries
    assert len(entries) == 200
    assert [entry.tags for entry in entries[::199]] == [("Easy",), ("Hard",)]


def test_a_category_is_a_stage_only_where_all_are():
    text = "Question,Category\nX?,Technical\nY?,HR\n"
    assert [(entry.stage, entry.tags) for entry in found(text).entries] == [("TECHNICAL", ()), ("HR", ())]
    text += "Z?,Kubernetes\n"
    assert [(entry.stage, entry.tags) for entry in found(text).entries] == [
        (None, ("Technical",)), (None, ("HR",)), (None, ("Kubernetes",)),
    ]  # fmt: skip


def test_many_rows_that_are_odd_alike_are_told_together():
    problems = told("q,a\n" + "What?,x,y\n" * 500)
    assert len(problems) == 21
    assert problems[-1][1].endswith("(and so on in 480 rows)")


def test_a_huge_cell_is_read_whole():
    answer = "word,\n" * 60_000
    assert listed(f'q,a\nWhat?,"{answer}"\nWhy?,y\n') == [("What?", answer.strip()), ("Why?", "y")]


@pytest.mark.parametrize("row", ['a,"""b\n', 'a,""""b\n', '"a" ,"b\n', 'b,""c\n', '"\n'])
def test_quotation_marks_that_never_close_are_not_read_over_and_over(row):
    # Every row could go on to the end of the file: each of them read to the end would take minutes.
    with suppress(NoTurns):
        assert found("question,answer\n" + row * 15_000).entries


def test_many_columns_and_many_short_rows_are_not_multiplied():
    assert len(found("question,answer" + ",x" * 30_000 + "\n" + "What?\n" * 10_000).entries) == 10_000


@pytest.mark.parametrize("text", ["", "\n\n", "a,b\n1,2\n", "1,2,3\n4,5,6\n", ",,,\n,,,\n", "-|"])
def test_what_asks_nothing_has_no_turns(text):
    with pytest.raises(NoTurns):
        found(text)


def test_what_is_no_text_is_unreadable():
    with pytest.raises(UnreadableText):
        found(b"question,answer\nWhat\0?,x\n")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Interviewer: Hello, how are you?\nCandidate: Fine, thanks, and you?\nInterviewer: Good, good.\n",
        "| Question | Answer |\n|---|---|\n| What is X? | x |\n",
        "#separator:tab\n#html:true\n" + "".join(f"What is {number}?\tx{number}\n" for number in range(40)),
        '[{"question": "What, is X?"},\n{"question": "What, is Y?"}]\n',
        "# Questions\n\n1. What is X, and why?\n2. What is Y, and how?\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nHello, you; there\n",
        "---\ntitle: a, b\n---\nWhat, is X?\n",
        "What is X, and why?\nHow do you do Y, then?\nTell me about Z, please.\n",
        "Tell me, why?\nIt was so, then.\n\nSo, what?\nNothing, really.\n",
    ],
)
def test_what_is_no_table_does_not_look_like_one(text):
    assert likeness(source(text)) is None


# Laws.


cells = st.text(st.sampled_from("abc de,;\t|\"'\n.éß漢#=-"), max_size=12).map(lambda text: f"x{text}x")


@given(
    st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=8),
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_is_written_as_a_table_comes_back_with_its_lines(rows, delimiter, newline, quoting):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=quoting)
    writer.writerow(["Question", "Answer", "Why"])
    lines = []
    for row in rows:
        lines.append(out.getvalue().count("\n") + 1)
        writer.writerow(row)
    result = found(out.getvalue())
    assert [(entry.question, entry.answer, entry.line) for entry in result.entries] == [
        (question, answer, line) for (question, answer, _), line in zip(rows, lines, strict=True)
    ]


@settings(max_examples=300)
@given(
    st.binary(max_size=120)
    | st.text(st.sampled_from('qa?",;\t|\n -x1'), max_size=80).map(str.encode)
    | st.text(st.sampled_from('qa?",;\t|\n -x1'), max_size=80).map(lambda text: f"id,question,answer\n{text}".encode())
)
def test_no_bytes_bring_the_reader_down(content):
    likeness(source(content))
    try:
        result = found(content)
    except (NoTurns, UnreadableText):
        return
    lines = source(content).text.count("\n") + 1
    assert result.entries
    assert all(entry.question.strip() and 1 <= entry.line <= lines for entry in result.entries)
    assert all(1 <= problem.line <= lines for problem in result.problems)


def test_a_table_whose_answers_hold_commas_without_quotation_marks_is_one():
    text = "question,answer\nWhat is rye?,A grain, dark, from the north\nWhy bread?,It rises\n"
    guess = likeness(source(text))
    assert guess is not None
    assert guess.score > 0.6
    assert found(text).entries[0].answer == "A grain, dark, from the north"


def test_a_heading_that_is_underlined_is_no_column():
    assert (
        likeness(source("Interview questions\n===================\n\nWhat is rye?\n------------\n\nA grain.\n")) is None
    )
