"""The turn format, read and written: golden files, single rules, and the laws that hold for any file."""

import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import RatingStatus, TextLayout, TranscriptFile, Turn
from interview_coach.transcripts.feedback import judge
from interview_coach.transcripts.turn_format import NotRepresentable, NoTurns, read, render_turn, with_answer, write

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "data" / "transcripts"
SHIPPED = ROOT / "resources" / "transcripts" / "nebula-systems-senior-python-backend.txt"
SHARED = ROOT.parent / "shared" / "import_samples"


def text_fields(turn):
    return turn.number, turn.stage, turn.question, turn.answer, turn.feedback


def only_turn(text):
    file = read(text.encode())
    assert len(file.turns) == 1
    assert write(file) == text.encode()
    return file.turns[0]


def messages(text):
    return [(problem.line, problem.message) for problem in read(text.encode()).problems]


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} lies beside the project only where it is developed")
    return path.read_bytes()


# The golden file: every shape that the format has, with what is read from it, turn by turn.


def described(turn):
    rating = turn.rating.model_dump(mode="json", exclude_defaults=True)
    if turn.feedback is not None and rating.get("as_written") == turn.feedback:
        rating["as_written"] = "<feedback>"
    fields = zip(("number", "stage", "question", "answer", "feedback"), text_fields(turn), strict=True)
    more = ({} if turn.asks else {"asks": False}) | ({"kept": True} if turn.written is not None else {})
    return {**dict(fields), "rating": rating, **more}


def golden():
    expected = json.loads((GOLDEN / "every_shape.json").read_text(encoding="utf-8"))
    return (GOLDEN / "every_shape.txt").read_bytes(), expected


def test_golden_file_gives_what_is_written_down_for_it():
    content, expected = golden()
    file = read(content)
    assert [described(turn) for turn in file.turns] == expected["turns"]
    assert [[problem.line, problem.message] for problem in file.problems] == expected["problems"]
    assert file.layout.model_dump() == expected["layout"]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("ending", ["final newline", "none", "three"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be"])
def test_golden_file_says_the_same_in_every_layout(newline, ending, encoding):
    content, expected = golden()
    text = content.decode().rstrip("\n") + {"final newline": "\n", "none": "", "three": "\n\n\n"}[ending]
    mark = "\ufeff" if encoding.startswith("utf-16") else ""
    content = (mark + text.replace("\n", newline)).encode(encoding)
    file = read(content)
    assert write(file) == content
    assert [{**described(turn), "kept": None} for turn in file.turns] == [
        {**turn, "kept": None} for turn in expected["turns"]
    ]
    assert [[problem.line, problem.message] for problem in file.problems] == expected["problems"]
    assert file.layout.newline == newline
    assert file.layout.final_newline is (ending != "none")
    # Only the two odd turns, and a last one with more line ends than one, are kept as they stand.
    assert [turn.number for turn in file.turns if turn.written is not None] == ["29", "32"]


def test_shipped_sample_comes_back_byte_for_byte():
    content = SHIPPED.read_bytes()
    file = read(content)
    assert write(file) == content
    assert file.problems == ()
    assert [turn.stage for turn in file.turns] == [
        *("INTRO", "HR", "HR", "TECHNICAL", "TECHNICAL", "TECHNICAL"),
        *("BEHAVIORAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP"),
    ]
    assert [turn.number for turn in file.turns] == [str(number) for number in range(1, 11)]
    assert {(turn.rating.clarity, turn.rating.confidence) for turn in file.turns} == {(8, 9)}
    assert [turn.rating.technical_depth for turn in file.turns] == [None, None, None, 8, 9, 9, *[None] * 4]
    assert all(turn.rating.status is RatingStatus.RATED and turn.rating.as_written is None for turn in file.turns)
    assert all(turn.written is None and turn.asks for turn in file.turns)
    assert file.turns[9].answer.count("\n\n") == 1


# Files made for trying, which lie beside the project where it is developed: what each turn holds.

_R, _N, _F, _U = RatingStatus.RATED, RatingStatus.NOT_RATED, RatingStatus.FAILED, RatingStatus.UNREADABLE

EDGE_CASES = [
    (_R, 8, 9, 7), (_R, 8, 9, 7), (_F, None, None, None), (_R, 8, 9, 7), (_R, 8, 9, 7), (_F, None, None, None),
    (_F, None, None, None), (_U, None, None, None), (_R, 8, 9, 7), (_R, 8, 9, 7), (_F, None, None, None),
    (_R, 8, 9, None), (_F, None, None, None), (_N, None, None, None), (_N, None, None, None), (_N, None, None, None),
    (_F, None, None, None),
]  # fmt: skip
RAW_FEEDBACK = [
    (_R, 8, 9, 7), (_R, 8, 9, 7), (_U, None, None, None), (_R, 8, 7.5, 6.25), (_U, None, None, None),
    (_U, None, None, None), (_R, None, None, 8), (_R, 8, 9, None), (_R, 8, 9, 3), (_U, None, None, None),
    (_R, 8, 9, 7), (_R, 8, 9, 7), (_N, None, None, None), (_U, None, None, None), (_N, None, None, None),
    (_N, None, None, None), (_R, 8, 9, 7), (_R, 8, 9, None),
]  # fmt: skip


def scores(turn):
    rating = turn.rating
    return rating.status, rating.clarity, rating.confidence, rating.technical_depth


def test_what_the_judge_wrote_when_things_went_wrong():
    content = shared("turn_format_edge_cases.txt")
    file = read(content)
    assert write(file) == content
    assert [turn.number for turn in file.turns] == [str(number) for number in range(1, 18)]
    assert [scores(turn) for turn in file.turns] == EDGE_CASES
    assert [turn.number for turn in file.turns if not turn.asks] == ["14"]
    assert file.turns[9].rating.summary == 'He said "use {x}".\nTurn 4 [HR]\nQ: no\nFeedback: {}'
    assert file.turns[13].answer == (
        "Line one of the answer.\n\nQ: this line starts like a question but is part of the answer.\n"
        'A: so does this one.\n\n```python\nd = {"a": 1}\n# Turn 3 [HR]\n```'
    )
    assert [turn.answer for turn in file.turns[14:]] == [None, None, "ok"]
    assert all(turn.answer == "ok" for turn in file.turns[:13])
    odd = {3: 20, 6: 41, 7: 48, 8: 55, 11: 76, 13: 90, 14: 93, 15: 112, 16: 119, 17: 126}
    assert [problem.line for problem in file.problems] == list(odd.values())


def test_every_raw_shape_of_feedback():
    content = shared("turn_format_raw_feedback.txt")
    file = read(content)
    assert write(file) == content
    assert [scores(turn) for turn in file.turns] == RAW_FEEDBACK
    plain = {9, 17, 18}
    assert {int(turn.number) for turn in file.turns if turn.rating.as_written is None} == plain | {15}
    assert file.turns[14].answer == "First.\n\nFeedback: pretty good I think"
    assert file.turns[15].answer is None
    assert file.turns[12].rating.summary == "Names the pool size."
    assert file.turns[16].answer == "Before.\n\n```sql\nSELECT 1;\n-- Turn 99 [HR] is text here"
    assert file.turns[17].answer == "One line with a separator\u2028inside, and a next-line \x85 too."
    assert [problem.line for problem in file.problems] == [20, 34, 41, 48, 55, 69, 86, 86, 93, 100, 100, 107, 114, 121]


@pytest.mark.parametrize("twin", ["turn_format_raw_feedback_crlf_bom.txt", "turn_format_raw_feedback_cp1252.txt"])
def test_twins_in_another_encoding_hold_the_same(twin):
    file, other = read(shared("turn_format_raw_feedback.txt")), read(shared(twin))
    assert write(other) == shared(twin)
    assert other.problems == file.problems
    assert other.turns[:17] == file.turns[:17]
    assert other.turns[17].rating == file.turns[17].rating
    if "cp1252" in twin:
        assert other.layout.encoding == "cp1252"
    else:
        assert other.turns == file.turns
        assert (other.layout.byte_order_mark, other.layout.newline) == (True, "\r\n")


# Single rules.


@pytest.mark.parametrize(
    "header",
    [
        "Turn 1 [HR] x",
        " Turn 1 [HR]",
        "Turn [HR]",
        "Turn one [HR]",
        "turn 1 [HR]",
        "Turn 1 []",
        "Turn 1 [ ]",
        "Turn 1 HR",
    ],
)
def test_what_is_no_turn(header):
    with pytest.raises(NoTurns) as caught:
        read(f"{header}\nQ: x\n\nA: y\n".encode())
    assert caught.value.fault is Fault.BAD_INPUT


@pytest.mark.parametrize("below", ["Q x", "q: x", " Q: x", "Question: x", "A: x", "", "- Q: x"])
def test_what_is_no_question(below):
    with pytest.raises(NoTurns):
        read(f"Turn 1 [HR]\n{below}\n\nA: y\n".encode())


def test_a_turn_needs_its_question_on_the_next_line():
    with pytest.raises(NoTurns, match="line 3 looks like a turn"):
        read(b"\r\n\r\nTurn 1 [HR]\r\nA: y\r\n")
    file = read(b"Turn 1 [HR]\nQ: x\n\nA: y\n\nTurn 2 [HR]\n\nA: z\n\nTurn 3 [HR]  \nQ: x\n\nA: y\n")
    assert [turn.number for turn in file.turns] == ["1", "3"]
    assert file.turns[0].answer == "y\n\nTurn 2 [HR]\n\nA: z"
    assert [problem.line for problem in file.problems] == [6]


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"", "empty"), (b" \r\n\n", "empty"), (b"\xef\xbb\xbf", "empty"), (b"Dear reader,\nQ: x\n", "there is no line")],
)
def test_a_file_without_turns_is_refused_with_the_reason(content, reason):
    with pytest.raises(NoTurns, match=reason):
        read(content)


def test_only_line_feeds_and_carriage_returns_end_a_line():
    odd = "".join(
        f"x{sign}Turn 2 [HR]{sign}Q: no{sign}A: no{sign}Feedback: {{}}" for sign in "\u2028\u2029\x0b\x0c\x1c\x1d\x85"
    )
    turn = only_turn(f"Turn 1 [HR]\nQ: {odd}\n\nA: {odd}\n\nFeedback: {{}}\n")
    assert (turn.question, turn.answer, turn.feedback, turn.written) == (odd, odd, "{}", None)


def test_a_pair_ends_an_open_fence_and_the_fence_is_reported():
    text = "Turn 1 [HR]\nQ: x\n\nA: y\n```\nTurn 2 [HR]\nQ: z\n\nA: w\n\n```js\nc\n```\n"
    file = read(text.encode())
    assert [(turn.question, turn.answer) for turn in file.turns] == [("x", "y\n```"), ("z", "w\n\n```js\nc\n```")]
    assert [problem.line for problem in file.problems] == [5]
    assert "not closed" in file.problems[0].message


@pytest.mark.parametrize(
    ("code", "open_line"),
    [
        ("```\nA: 1\n```", 0),
        ("````\nA: 1\n```\nA: 2\n`````", 0),
        ("   ```python\nA: 1\n  ```  ", 0),
        ("~~~\nA: 1\n```\n~~~", 0),
        ("```\nA: 1\n``` not the end\n```", 0),
        ("`` `\n```a```", 0),
    ],
)
def test_an_answer_does_not_begin_within_a_fence(code, open_line):
    text = f"Turn 1 [HR]\nQ: What is A?\n{code}\n\nA: It is one.\n"
    turn = only_turn(text)
    assert (turn.question, turn.answer) == (f"What is A?\n{code}".strip(), "It is one.")
    assert [line for line, _ in messages(text)] == ([open_line] if open_line else [])


@pytest.mark.parametrize("fence", ["```", "```sql", "~~~"])
def test_a_fence_may_begin_behind_the_name_of_its_field(fence):
    turn = only_turn(f"Turn 1 [HR]\nQ: {fence}\nA: 1\n{fence[:3]}\n\nA: {fence}\nTurn 2 [HR]\n{fence[:3]}\n")
    assert (turn.question, turn.answer) == (f"{fence}\nA: 1\n{fence[:3]}", f"{fence}\nTurn 2 [HR]\n{fence[:3]}")
    assert messages(f"Turn 1 [HR]\nQ: x\n\nA: {fence}\nTurn 2 [HR]\n{fence[:3]}\n") == []
    assert [line for line, _ in messages(f"Turn 1 [HR]\nQ: x\n\nA: {fence}\nTurn 2 [HR]\n")] == [4]


def test_feedback_begins_at_its_last_line_and_runs_to_the_end():
    turn = only_turn('Turn 1 [HR]\nQ: x\n\nA: y\n\nFeedback: {"a": 1}\n\nFeedback: null and void\n\nFeedback: words\n')
    assert turn.answer == 'y\n\nFeedback: {"a": 1}'
    assert turn.feedback == "null and void\n\nFeedback: words"
    assert turn.rating.status is RatingStatus.UNREADABLE


@pytest.mark.parametrize(
    "feedback",
    [
        "{}",
        " {}",
        "\t null",
        " ```json\n{}\n```",
        "```{}```",
        " ~~~\n\n{}\n~~~",
        "\n{}",
        " ```\nnull\n```",
        " {",
        "{not json",
    ],
)
def test_where_feedback_begins(feedback):
    assert only_turn(f"Turn 1 [HR]\nQ: x\n\nA: y\n\nFeedback:{feedback}\n").feedback == feedback.strip()


@pytest.mark.parametrize(
    "line", ["Feedback: good", "Feedback:", "Feedback: nullable", "Feedback: [{}]", 'Feedback: "{"']
)
def test_feedback_in_words_is_text_of_the_answer_and_reported(line):
    turn = only_turn(f"Turn 1 [HR]\nQ: x\n\nA: y\n\n{line}\n")
    assert (turn.answer, turn.feedback, turn.rating.status) == (f"y\n\n{line}", None, RatingStatus.NOT_RATED)
    assert [at for at, _ in messages(f"Turn 1 [HR]\nQ: x\n\nA: y\n\n{line}\n")] == [6]


@pytest.mark.parametrize("line", [" Feedback: {}", "feedback: {}", "My Feedback: {}", "Feedback {}"])
def test_feedback_begins_its_line(line):
    assert only_turn(f"Turn 1 [HR]\nQ: x\n\nA: y\n{line}\n").answer == f"y\n{line}"


@pytest.mark.parametrize(
    ("answer", "feedback", "expected"),
    [
        ("None", "null", None), ("None", "```\nnull\n```", None), ("None", "{}", "None"), ("none", "null", "none"),
        ("None.", "null", "None."), ("", "null", None), ("  ", "{}", None), ("x", "null", "x"),
    ],
)  # fmt: skip
def test_when_a_question_was_never_answered(answer, feedback, expected):
    assert only_turn(f"Turn 1 [HR]\nQ: x\n\nA: {answer}\n\nFeedback: {feedback}\n").answer == expected


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("(Groq error: no key)", False), ("(Error generating question: {'code': 1})", False), ("(Error: x)", False),
        ("(OpenAI error: a\n(b)\n)", False), ("(Error: cut sho", False), ("(Error: see) What now?", True),
        ("Error: what is that?", True), ("(An error handling question)", True),
        ("What is (Error: x)", True), ("", False),
    ],
)  # fmt: skip
def test_an_error_is_no_question(question, asks):
    text = f'Turn 1 [HR]\nQ: {question}\n\nA: y\n\nFeedback: {{"clarity": 8}}\n'
    turn = only_turn(text)
    assert turn.asks is asks
    assert [line for line, _ in messages(text)] == ([] if asks else [2])
    if question and not asks:
        assert scores(turn) == (RatingStatus.NOT_RATED, None, None, None)
        assert turn.rating.as_written == '{"clarity": 8}'


def test_problems_name_their_line_and_never_quote_what_was_said():
    text = "CANARY\rTurn 1 [CANARY]\rQ: CANARY\r\r```\rTurn 5 [CANARY]\r\rFeedback: {CANARY\r\r"
    text += "Turn 6 [X]\rQ:\r\rA: CANARY\r"
    problems = read(text.replace("\r", "\r\n").encode()).problems
    assert [problem.line for problem in problems] == [1, 2, 5, 8, 11]
    assert not any("CANARY" in problem.message for problem in problems)
    assert [problem.line for problem in read(text.encode()).problems] == [1, 2, 5, 8, 11]


def test_a_file_that_is_utf_8_but_for_one_byte_says_so():
    content = "Turn 1 [HR]\nQ: Größe?\n\nA: ".encode() + b"\x93x\x94\n"
    file = read(content)
    assert write(file) == content
    assert [problem.line for problem in file.problems] == [4]
    assert read("Turn 1 [HR]\nQ: Größe?\n\nA: “x”\n".encode("cp1252")).problems == ()


START = b"Turn 1 [HR]\nQ: x\n\nA: "
MEGABYTE = 1_000_000


@pytest.mark.parametrize(
    "content",
    [
        START + b"x" * 8 * MEGABYTE,
        START + b"\n" * MEGABYTE + b"x",
        START + b"\nTurn 2 [HR]" * 80_000,
        START + b"\nFeedback:" * 90_000,
        START + b"\nFeedback: {" * 80_000,
        START + (b"\nFeedback:" + b" " * 1000) * 1000,
        START + b"\n```" * 200_000,
        START + b"\n" + b"`" * MEGABYTE + b"x`",
        START + b"\nFeedback: {" + b'"x":1,' * 100_000,
        START + b'\nFeedback: {"x": ' + b"[" * MEGABYTE,
        START.replace(b"x", b"(error" + b" a" * MEGABYTE),
        b"Turn 1 [HR]\n" * 80_000 + START,
        b"Turn 1 [" * 120_000 + b"\n" + START,
        START * 5_000,
    ],
    ids=range(14),
)
def test_time_grows_with_the_size_and_no_faster(content):
    """Anything quadratic would take minutes here, and all of it takes seconds."""
    assert write(read(content)) == content


# Writing.


def test_an_edited_answer_changes_its_own_lines_only():
    content = SHIPPED.read_bytes()
    file = read(content)
    for position, turn in enumerate(file.turns):
        turns = list(file.turns)
        turns[position] = with_answer(turn, "Another one.\r\n\r\nIn two paragraphs.\n")
        written = write(file.model_copy(update={"turns": tuple(turns)}))
        old = turn.answer.encode()
        assert content.count(old) == 1
        assert written == content.replace(old, b"Another one.\n\nIn two paragraphs.")
        assert read(written).turns[position].answer == "Another one.\n\nIn two paragraphs."


ODD = (
    b"Turn 1 [HR] \r\nQ:x\r\nA:   old\r\n\r\nlines \r\nFeedback:  null\r\n"
    b"Turn 2 [ HR ]\nQ: x\n\n\n\nA:\nFeedback: {}\n"
    b"Turn 3 [HR]\rQ: x\r\rFeedback: null\r"
    b"Turn 4 [HR]\nQ: x\n\nA:\n\n  old\n\n\nFeedback: {}\n\n\n"
    b"Turn 5 [HR]\nQ:  x\n\nA: None\n\nFeedback: null\n"
    b"Turn 6 [HR]\nQ: x"
)


@pytest.mark.parametrize(
    ("position", "answer", "old", "new"),
    [
        (0, "n\nm", b"A:   old\r\n\r\nlines \r\n", b"A:   n\r\nm \r\n"),
        (0, None, b"A:   old\r\n\r\nlines \r\n", b"A:   None \r\n"),
        (1, "n\nm", b"A:\nFeedback: {}", b"A: n\nm\nFeedback: {}"),
        (2, "n\nm", b"Q: x\r\rFeedback: null\r", b"Q: x\r\rA: n\rm\r\rFeedback: null\r"),
        (3, "n\nm", b"A:\n\n  old\n", b"A:\n\n  n\nm\n"),
        (3, " ", b"A:\n\n  old\n", b"A:\n\n  \n"),
        (4, "n\nm", b"A: None", b"A: n\nm"),
        (5, "n\nm", b"[HR]\nQ: x", b"[HR]\nQ: x\n\nA: n\nm"),
    ],
)
def test_an_edited_answer_leaves_an_odd_turn_as_odd_as_it_was(position, answer, old, new):
    file = read(ODD)
    assert write(file) == ODD
    assert all(turn.written is not None for turn in file.turns)
    turns = list(file.turns)
    turns[position] = with_answer(turns[position], answer)
    written = write(file.model_copy(update={"turns": tuple(turns)}))
    at = ODD.rindex(old)
    assert written == ODD[:at] + new + ODD[at + len(old) :]
    assert [text_fields(turn) for turn in read(written).turns] == [text_fields(turn) for turn in turns]


def test_of_an_answer_only_blank_edges_are_dropped():
    turn = Turn(number="1", stage="HR", question="x", answer="y")
    assert with_answer(turn, " \t\u00a0n\x1c\r\n ").answer == "\u00a0n\x1c"


def test_the_same_answer_changes_nothing():
    for turn in read(ODD).turns:
        assert with_answer(turn, turn.answer) == turn


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("number", "one"), ("number", ""), ("number", "٣"), ("stage", "A]"), ("stage", ""), ("stage", " HR"),
        ("stage", "H\nR"), ("question", "a\nA: b"), ("question", "a\n\nTurn 1 [HR]\nQ: b"), ("question", "a\rb"),
        ("question", " a"), ("question", "a\n```"), ("answer", ""), ("answer", "a\n"), ("answer", "a\nFeedback: {"),
        ("answer", "a\nTurn 2 [HR]\nQ: "), ("answer", "a\0b"), ("answer", "a\ud800"), ("feedback", "fine"),
        ("feedback", "{}\nFeedback: {}"), ("feedback", "{}\nTurn 2 [HR]\nQ:"), ("feedback", ""), ("feedback", "{} "),
    ],
)  # fmt: skip
def test_what_would_be_read_otherwise_is_not_written(field, value):
    good = Turn(number="1", stage="HR", question="Why?", answer="So.", feedback="{}")
    bad = good.model_copy(update={"number": "2", field: value})
    if (field, value) == ("question", "a\n```"):
        bad = bad.model_copy(update={"answer": "b\n```\n\nA: c"})
    if (field, value) == ("answer", "a\nFeedback: {"):
        bad = bad.model_copy(update={"feedback": None})
    assert write(TranscriptFile(turns=(good, good)))
    with pytest.raises(NotRepresentable) as caught:
        write(TranscriptFile(turns=(good, bad, good)))
    assert (caught.value.position, caught.value.number, caught.value.field) == (2, bad.number, field)
    assert caught.value.fault is Fault.BAD_INPUT


@pytest.mark.parametrize("preamble", ["no line end", "Turn 1 [HR]\nQ: x\n", "\0\n"])
def test_a_preamble_that_would_be_read_otherwise_is_not_written(preamble):
    turn = Turn(number="1", stage="HR", question="Why?")
    with pytest.raises(NotRepresentable):
        write(TranscriptFile(turns=(turn,), layout=TextLayout(preamble=preamble)))
    with pytest.raises(NoTurns):
        write(TranscriptFile(turns=()))


def test_fields_that_were_changed_beside_the_text_they_came_from_are_not_written():
    file = read(ODD)
    changed = file.turns[0].model_copy(update={"question": "Other?"})
    with pytest.raises(NotRepresentable, match="question"):
        write(file.model_copy(update={"turns": (changed, *file.turns[1:])}))
    two = file.turns[1].model_copy(update={"written": file.turns[1].written + "Turn 9 [HR]\nQ: x\n"})
    with pytest.raises(NotRepresentable, match="last line"):
        write(TranscriptFile(turns=(two,)))
    with pytest.raises(NotRepresentable, match="last line"):
        write(file.model_copy(update={"turns": (file.turns[5], file.turns[0])}))


def test_an_edit_that_the_encoding_can_not_hold_makes_the_file_utf_8():
    content = "Turn 1 [HR]\nQ: Größe?\n\nA: “x”\n".encode("cp1252")
    file = read(content)
    written = write(file.model_copy(update={"turns": (with_answer(file.turns[0], "→"),)}))
    assert written.decode("utf-8") == "Turn 1 [HR]\nQ: Größe?\n\nA: →\n"


# Laws. The lines are those that the format's rules are about, so that they meet in every order.

LINES = st.sampled_from(
    [
        *("Turn 1 [HR]", "Turn 22 [TECHNICAL]  ", "Turn 3 [wrap up ]", "Turn 4 []", "x\x85Turn 1 [HR]"),
        *(
            "Turn 1 [HR]\nQ: x",
            "Turn 1 [HR]\nQ: x\n\nA: y",
            "Q: why",
            "Q:",
            "Q: ```",
            "A: so",
            "A:",
            "A: None",
            "A: ~~~",
        ),
        *(
            "```",
            "```sql",
            "  ````",
            "~~~",
            "Feedback: null",
            "Feedback: {}",
            "Feedback:",
            "Feedback: ```json",
            "{",
            "}",
        ),
        'Feedback: {"clarity": 8, "confidence": "7/10", "technical_depth": 0, "summary": "Fine."}',
        *("Feedback: fine", "null", "", " ", "\t", "text", " text ", "\u2028", "ß\x0b", "\ufeff"),
    ]
)
NEWLINES = st.sampled_from(["\n", "\r\n", "\r"])
TEXTS = st.one_of(
    st.lists(LINES, max_size=8).map("\n".join).map(lambda text: text.strip(" \t\n")),
    st.text(max_size=12),
    st.just("text"),
)
FEEDBACKS = st.one_of(
    st.none(),
    st.sampled_from(["null", "{}", "```\nnull\n```", "{", '{"clarity": 8}', '{"clarity": 8}\nA: x\n\ny']),
    TEXTS.map(lambda text: "{" + text),
)


@st.composite
def files(draw):
    """Bytes made of the lines that matter, with line ends and encodings mixed as they come."""
    lines = draw(st.lists(LINES, max_size=30))
    newlines = draw(st.one_of(NEWLINES.map(lambda newline: [newline]), st.lists(NEWLINES, min_size=1, max_size=5)))
    text = "".join(line + newlines[at % len(newlines)] for at, line in enumerate(lines))
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]))
    return text.encode(encoding, "ignore")


@st.composite
def turn_values(draw):
    number = draw(st.integers(0, 10**12).map(str))
    stage = draw(st.sampled_from(["HR", "TECHNICAL", "wrap up", "Ärger", "X]"]))
    feedback = draw(FEEDBACKS)
    answer = draw(st.one_of(st.none(), TEXTS))
    question = draw(TEXTS)
    rating, _ = judge(feedback, stage, answer)
    return Turn(number=number, stage=stage, question=question, answer=answer, feedback=feedback, rating=rating)


@st.composite
def file_values(draw):
    layout = TextLayout(
        encoding="utf-8",
        byte_order_mark=draw(st.booleans()),
        newline=draw(NEWLINES),
        final_newline=draw(st.booleans()),
        preamble=draw(st.sampled_from(["", "", "\n", "Hello\r\n\r\n"])),
    )
    return TranscriptFile(turns=tuple(draw(st.lists(turn_values(), min_size=1, max_size=4))), layout=layout)


@settings(max_examples=1500, deadline=None)
@given(files())
def test_what_is_read_is_written_byte_for_byte(content):
    try:
        file = read(content)
    except CoachError:
        return
    assert write(file) == content
    lines = len(content.decode("utf-16" if file.layout.encoding.startswith("utf-16") else "latin-1").splitlines()) + 1
    assert all(0 <= problem.line <= lines for problem in file.problems)
    for turn in file.turns:
        for text in (turn.question, turn.answer, turn.feedback):
            assert text is None or (text == text.strip(" \t\n") and "\r" not in text)


def would_come_back(file):
    """Whether the turns, put into a file without any check, would be read as they were."""
    text = file.layout.preamble + "\n\n".join(render_turn(turn) for turn in file.turns) + "\n"
    try:
        turns = read(text.encode()).turns
    except (CoachError, UnicodeEncodeError):
        return False
    return [text_fields(turn) for turn in turns] == [text_fields(turn) for turn in file.turns]


@settings(max_examples=1000, deadline=None)
@given(file_values())
@example(
    TranscriptFile(
        turns=(Turn(number="1", stage="HR", question="x"),), layout=TextLayout(newline="\r", final_newline=False)
    )
)
def test_what_is_written_is_read_as_it_was(file):
    try:
        content = write(file)
    except NotRepresentable:
        assert not would_come_back(file)
        return
    back = read(content)
    assert back.layout == file.layout
    assert [turn.model_copy(update={"asks": True, "rating": None}) for turn in back.turns] == [
        turn.model_copy(update={"rating": None}) for turn in file.turns
    ]
    for turn, kept in zip(back.turns, file.turns, strict=True):
        assert turn.rating == kept.rating or not turn.asks


@settings(max_examples=800, deadline=None)
@given(files(), st.integers(0, 50), st.one_of(st.none(), TEXTS))
@example(b"Turn 1 [HR]\nQ: x\nA:\nTurn 1 [HR]\n", 0, "Turn 1 [HR]\nQ: why")
def test_an_edit_touches_one_turn_and_is_read_back(content, position, answer):
    try:
        file = read(content)
    except CoachError:
        return
    position %= len(file.turns)
    turns = list(file.turns)
    turns[position] = with_answer(turns[position], answer)
    try:
        written = write(file.model_copy(update={"turns": tuple(turns)}))
    except NotRepresentable:
        turns[position] = turns[position].model_copy(update={"written": None})
        assert not would_come_back(TranscriptFile(turns=(turns[position],)))
        return
    assert [text_fields(turn) for turn in read(written).turns] == [text_fields(turn) for turn in turns]


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=60).map(lambda tail: b"Turn 1 [HR]\nQ: x\n\nA: " + tail)))
def test_random_bytes_are_read_or_refused(content):
    try:
        file = read(content)
    except CoachError:
        return
    assert write(file) == content
