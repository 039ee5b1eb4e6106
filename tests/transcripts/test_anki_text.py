"""Anki's text exports, as Anki and the scripts that imitate it write them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.transcripts import anki_text
from interview_coach.transcripts.anki_notes import Left, NoteType, common_deck, entry_of, told
from interview_coach.transcripts.entries import Entry, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

FILES = Path(__file__).parent.parent / "data" / "imports" / "anki"

FIND = "def find(key: str) -> int | None:\n    if key not in table:\n        return None\n\n    return table[key]"
EXPECTED = {
    "notes_with_every_column.txt": (
        "Backend",
        [
            Entry(
                "What does `yield` do?",
                "It makes the function a generator.\nEach call of `next()` runs up to the next `yield`.",
                line=7,
                tags=("Backend", "Python", "python", "generators"),
            ),
            Entry(
                'How do you say "nothing" in a type hint?',
                f"Use `None`, or `Optional[int]`:\n\n```python\n{FIND}\n```",
                line=8,
                tags=("Backend", "Python", "python", "typing"),
            ),
            Entry(
                "When is an index not used?",
                "- the column is wrapped in a function\n- few distinct values:\n  - flags\n  - states",
                line=14,
                number="1",
                tags=("Backend", "Databases", "sql"),
            ),
            Entry(
                "A transaction is […], [… (second letter)], isolated and […].",
                "A transaction is atomic, consistent, isolated and durable.\n\nThe four letters of ACID.",
                line=15,
                tags=("Backend", "Databases", "sql"),
            ),
        ],
        [(16, "a note whose front is a picture alone: left out"), (17, "a note with nothing on its front: left out")],
    ),
    "cards.txt": (
        None,
        [
            Entry("What is a closure?", "A function together with\n   the variables around it.", line=3),
            Entry("Name two HTTP verbs that are safe.", "GET & HEAD", line=8),
        ],
        [],
    ),
    "semicolon_with_names.csv": (
        "Networks",
        [
            Entry(
                "What does TTL stand for?",
                "Time to live\n\nIt counts hops in IP;\nin DNS it counts seconds.",
                line=6,
                number="1",
                tags=("Interviews", "Networks", "easy"),
            ),
            Entry(
                "Is a < b && c > d valid HTML?",
                "No, write &lt; and &gt;",
                line=8,
                number="2",
                tags=("Interviews", "Networks", "medium"),
            ),
            Entry(
                "Why is UDP used for DNS?",
                'One packet there, one back: no "handshake" is needed.',
                line=9,
                number="3",
                tags=("Interviews", "Networks", "hard"),
            ),
        ],
        [],
    ),
    "cloze_in_commas.csv": (
        None,
        [
            Entry(
                "In Git, [… (command)] replays commits.",
                "In Git, `git rebase` replays commits.\n\nNot on shared branches.",
                line=5,
                tags=("git",),
            ),
            Entry(
                "[…] means that doing it […] changes nothing more.",
                "Idempotent means that doing it twice changes nothing more.",
                line=6,
                tags=("http", "rest"),
            ),
            Entry("Plain question with no blanks?", "Yes, plain.", line=7),
        ],
        [],
    ),
    "header_row_and_remarks.txt": (
        None,
        [
            Entry("What is a pod?", "The smallest unit that is scheduled.", line=6, tags=("interview", "k8s")),
            Entry("#1 tool to build images?", "docker build", line=9, tags=("interview", "docker")),
            Entry("What is a layer?", "A diff of the file system.", line=10, number="2", tags=("interview",)),
        ],
        [(5, "3 times a line that begins with # and has one column, a remark for Anki: left out")],
    ),
    "choices.txt": (
        None,
        [
            Entry(
                "Which of these are value types in C#?\n\n1. `struct`\n2. `class`\n3. `enum`",
                "1. `struct`\n3. `enum`\n\nA `record` can be both.",
                line=5,
                tags=("Types",),
            ),
            Entry("Which call blocks?\n\n1. `join()`\n2. `start()`", "1. `join()`", line=6, tags=("Threads",)),
        ],
        [],
    ),
}


def source(text, name="deck.txt"):
    return Source(name, text.encode())


def read(text):
    return anki_text.read(source(text))


@pytest.mark.parametrize("name", EXPECTED)
def test_files_as_people_have_them(name):
    file = Source(name, (FILES / name).read_bytes())
    found = anki_text.read(file)
    title, entries, problems = EXPECTED[name]
    assert list(found.entries) == entries
    assert [(problem.line, problem.message) for problem in found.problems] == problems
    assert (found.title, found.speakers, found.interviewer) == (title, (), None)
    assert anki_text.likeness(file).score == 0.95


def test_every_file_is_tried():
    assert {path.name for path in FILES.iterdir() if path.suffix in (".txt", ".csv")} == set(EXPECTED)


@pytest.mark.parametrize(
    "text",
    [
        "#separator:tab\nq\ta", "#separator:;\nq;a", "#separator:;;;\nq;a;", "#separator:,\nq,a",
        '"#separator:,",,\nq,a', "#separator:Comma\nq,a", "#separator:tab\t\t\nq\ta", "#separator:\t\nq\ta",
        "#SEPARATOR: Tab\n#html:TRUE\n\nq\ta\n\n", "#html:true\nq;a", "#html:true\nq\ta",
        "#tags:\nq\ta", "\n\n#separator:pipe\nq|a", "#separator:tab\r\nq\ta\r\n", "#separator:space\nq a",
        "#separator:colon\nq:a", '#separator:tab\n"q"\t"a"', "# a remark\n#separator:tab\nq\ta",
        "#made_by_a_script:1\n#separator:tab\nq\ta", "#separator:\\t\nq\ta", "\ufeff#separator:tab\nq\ta",
        "#separator:tab\n#columns:Back\tFront\na\tq", "#separator:tab\n#columns:Back Front\na\tq",
        "#separator:tab\nAnswer\tQuestion\na\tq", "#separator:tab\n#columns:GUID\tFront Text\tBack Text\nx1\tq\ta",
        "#separator:tab\n#guid column:3\nq\ta\tx1", "#separator:tab\n#columns:ID\tAnswer\tPergunta\nx\ta\tq",
        "#separator:tab\nQ: q\tA: a", "#separator:tab\n\u200bq\u200b 🎉\ta",
        "#separator:tab\n#columns:Word\tMeaning\nq\ta",
        "#separator:tab\n#columns:Sort ID\tTerm\tDefinition\tAudio\n7x\tq\ta\t[sound:a.mp3]",
        "#separator:tab\nq\ta\t\t\t",
    ],
)  # fmt: skip
def test_the_ways_in_which_one_note_may_be_written(text):
    (entry,) = read(text).entries
    assert (entry.question, entry.answer) == ("q", "a")
    assert anki_text.likeness(source(text)).score >= 0.8


def test_marks_that_quote_nothing_are_characters():
    found = read('#separator:tab\n"unclosed\ta\n"Yield" means\t"x"" y"\nsay "hi"\t5" disk\n"last')
    assert [(entry.line, entry.question, entry.answer) for entry in found.entries] == [
        (2, '"unclosed', "a"),
        (3, '"Yield" means', 'x" y'),
        (4, 'say "hi"', '5" disk'),
        (5, '"last', None),
    ]


def test_lines_are_counted_through_quoted_fields_and_end_at_nothing_else():
    found = read('#separator:tab\n"a\u2028b\n\nc"\tx\x0by\n\nd\te')
    assert [(entry.line, entry.question) for entry in found.entries] == [(2, "a\u2028b\n\nc"), (6, "d")]


def test_without_html_nothing_is_taken_for_html():
    (entry,) = read("#separator:tab\n#html:false\nWhat is <b>?\t&lt;b&gt; is bold").entries
    assert (entry.question, entry.answer) == ("What is <b>?", "&lt;b&gt; is bold")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#separator:tab\n#html:true\n", "there is no note in the file"),
        ("", "there is no note in the file"),
        ("#separator:tab\n\tonly a back\n", "no note in the file asks anything"),
    ],
)
def test_files_without_notes(text, reason):
    with pytest.raises(NoTurns, match=reason):
        read(text)


@pytest.mark.parametrize(
    "text",
    ["", "q\ta\n", "# Title\n\n#tags: x\n\ntext", "#tags: python, sql\n\n- What?\n", "Interviewer: hello\n",
     "---\ntitle: x\n---\n#separator:tab", "#include <a>\nint\tx;", "Turn 1 [HR]\nQ: a\n#separator:tab"],
)  # fmt: skip
def test_what_is_no_export(text):
    assert anki_text.likeness(source(text)) is None


def test_binary_is_not_looked_at():
    binary = Source("x", b"\0\1\2" * 100)
    assert anki_text.likeness(binary) is None
    with pytest.raises(UnreadableText):
        anki_text.read(binary)


def test_what_a_note_says_beside_question_and_answer():
    note_type = NoteType("Mine", ("Front", "Back", "Extra", "URL", "Add Reverse", "Category", "Nr", "Example"))
    values = ("<b>q</b>", "a", "more", "https://example.com", "y", "Java, Spring", "12", "<pre>x</pre>")
    assert entry_of(note_type, values, tags=("t", "t")) == Entry(
        "q", "a\n\nmore\n\n```\nx\n```", number="12", tags=("t", "Java", "Spring")
    )


def test_a_note_type_whose_names_say_nothing_asks_with_what_its_card_shows():
    assert entry_of(NoteType("", ("Left side", "Right side"), asks="Right side"), ("a", "q")) == Entry("q", "a")


def test_blanks_in_a_note_that_has_none_are_text():
    note_type = NoteType("Basic", ("Front", "Back"))
    assert entry_of(note_type, ("What does {{c1::x}} do?", "a")) == Entry("What does x do?", "a")


@pytest.mark.parametrize(
    "note_type",
    [NoteType("Image Occlusion", ("Occlusion", "Image")), NoteType("IO", ("Occlusion", "Image", "Header"))],
)
def test_covered_pictures_are_left_out(note_type):
    found = entry_of(note_type, ("{{c1::image-occlusion:rect:left=.1}}", "<img src=a.png>", "A header"))
    assert isinstance(found, Left)


def test_a_lettered_choice_is_told_in_words():
    note_type = NoteType("MC", ("Question", "Option A", "Option B", "Option C", "Answer"))
    assert entry_of(note_type, ("q", "one", "two", "", "B")) == Entry("q\n\nA. one\nB. two", "B. two")


def test_equal_problems_one_after_the_other_are_told_once():
    assert [(p.line, p.message) for p in told([(3, "x"), (4, "x"), (6, "y"), (9, "x")])] == [
        (3, "2 times x"),
        (6, "y"),
        (9, "x"),
    ]


def test_the_deck_that_all_are_in():
    assert common_deck(["A::B::C", "A::B::D"]) == "B"
    assert common_deck(["A::B", "A"]) == "A"
    assert common_deck(["A", "B"]) is None
    assert common_deck(["Default"]) is None
    assert common_deck([]) is None


FIELD = st.text(st.characters(codec="utf-8", exclude_characters="\r\0\x1f#"), max_size=20)


@given(st.lists(st.tuples(FIELD.filter(str.strip), FIELD), min_size=1), st.sampled_from("\t;,|"))
def test_what_anki_writes_is_read_row_by_row(notes, separator):
    def quoted(value):
        return '"' + value.replace('"', '""') + '"'

    rows = [separator.join((quoted(question), quoted(answer), quoted("end"))) for question, answer in notes]
    named = {"\t": "tab"}.get(separator, separator)
    head = f"#separator:{named}\n#html:false\n#tags column:3\n"
    found = anki_text._rows(head + "\n".join(rows), len(head), 4, separator)
    assert [row.fields[:2] for row in found] == notes


@given(st.one_of(st.binary(), st.text().map(str.encode), st.lists(st.sampled_from(
    ["#separator:tab\n", "#html:true\n", '"', "\t", "\n", "a", "#columns:", "#tags column:2\n", "<b>", "{{c1::", "}}",
     "#deck column:1\n", "Front", "Back", "\u2028", "#", "\r", ";", "1. "]
)).map("".join).map(str.encode)))  # fmt: skip
def test_whatever_the_bytes_are(content):
    file = Source("x.txt", content)
    anki_text.likeness(file)
    try:
        found = anki_text.read(file)
    except (NoTurns, UnreadableText):
        return
    lines = file.text.count("\n") + 1
    assert found.entries
    for entry in found.entries:
        assert entry.question == entry.question.strip() != ""
        assert entry.answer is None or entry.answer == entry.answer.strip() != ""
        assert 1 <= entry.line <= lines


@pytest.mark.parametrize("piece", ['"', '"\t', '""\t"', '"a\n', '\t"""', '"\t""b\t', "1. ", "😀", "\u200b ", "{{c1::"])
def test_a_hostile_text_takes_a_time_that_grows_with_its_length(piece):
    content = ("#separator:tab\nq\ta\n" + piece * (200_000 // len(piece))).encode()
    assert anki_text.read(Source("x", content)).entries


def test_a_row_of_very_many_columns():
    (entry,) = read("#separator:tab\n" + "\t".join(f"field {number}" for number in range(50_000))).entries
    assert entry.question == "field 0"
    assert entry.answer.count("\n\n") == 49_998


def test_a_word_that_looks_like_a_mark_within_an_answer_stays():
    (entry,) = read("#separator:tab\nWho? Q: or A: first?\tSay it.<br>Q: why?<br>A: so. Answer: yes").entries
    assert (entry.question, entry.answer) == ("Who? Q: or A: first?", "Say it.\nQ: why?\nA: so. Answer: yes")
