"""Question lists in Markdown: what a person would list in each is what is read."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.models import Problem
from interview_coach.transcripts.entries import Entry, Found, NoTurns
from interview_coach.transcripts.markdown import likeness, read
from interview_coach.transcripts.markdown_blocks import Kind, document
from interview_coach.transcripts.markdown_text import without_decoration, without_number
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

HERE = Path(__file__).parents[1] / "data" / "imports" / "markdown"
SAMPLES = Path(__file__).parents[3] / "shared" / "import_samples"


def found_in(text: str) -> Found:
    return read(Source("questions.md", text.encode()))


def file(name: str) -> Found:
    return read(Source(name, (HERE / name).read_bytes()))


def asked(found: Found) -> list[str]:
    return [entry.question for entry in found.entries]


def pairs(found: Found) -> list[tuple[str, str | None]]:
    return [(entry.question, entry.answer) for entry in found.entries]


def sample(name: str) -> Found:
    path = SAMPLES / name
    if not path.is_file():
        pytest.skip(f"{path.name} is not here")
    return read(Source(name, path.read_bytes()))


# the shapes that repositories have


def test_folded_answers_under_their_questions():
    found = file("folded.md")
    assert pairs(found) == [
        (
            "What is a container?",
            "A process with its own view of the system:\n\n"
            "- its own files\n- its own `PID` space\n\nIt shares the kernel.",
        ),
        (
            "Explain the difference between `CMD` and `ENTRYPOINT`",
            "`CMD` gives defaults.\n`ENTRYPOINT` is what runs.",
        ),
        ("How do you list running containers?", "```bash\ndocker ps\n\ndocker ps --all\n```"),
        ("What does `docker stop` send?", None),
        ("True or False? Two containers can share a volume", "True"),
        ("Which network drivers do you know?", "Driver | Use\nbridge | the default\nhost | no isolation"),
    ]
    assert [entry.tags for entry in found.entries] == [("Basics",)] * 5 + [("Networks",)]
    assert found.entries[-1].number == "3"
    assert found.title == "Containers"
    assert [problem.line for problem in found.problems] == [5]


def test_headings_that_ask_with_their_answer_folded_below():
    assert pairs(file("folded_answers.md")) == [
        ("`var` vs `let`", "Scope."),
        ("Hoisting", "Declarations move up."),
        ("What is TDZ?", "The time before the declaration."),
    ]


def test_questions_within_details_that_group_them():
    found = file("folded_groups.md")
    assert pairs(found) == [
        ("What is IoC?", "The container makes the objects."),
        ("What is a bean?", "An object of the container."),
        ("What is lazy loading?", "Loading on access."),
        ("What is an N+1 problem?", "One query, then N more."),
    ]
    assert found.entries[0].tags == ("Spring",)


def test_boxes_to_tick():
    assert pairs(file("quiz.md")) == [
        ("Which command removes a table?\n\n- DELETE\n- DROP TABLE\n- TRUNCATE", "DROP TABLE"),
        (
            "Which query returns all rows of both sides?\n\n```sql\nSELECT * FROM a JOIN b\n```\n\n"
            "```sql\nSELECT * FROM a\n  FULL OUTER JOIN b\n```",
            "```sql\nSELECT * FROM a\n  FULL OUTER JOIN b\n```\n\n"
            "Explanation: the outer join keeps what has no partner.",
        ),
        (
            "What does this query count?\n\n```sql\nSELECT COUNT(name) FROM people;\n```\n\n"
            "- all rows\n- rows whose name is not NULL\n- different names",
            "rows whose name is not NULL",
        ),
        ("Given the table below, choose the key.\n\nid | name\n1 | Ann\n\n- id\n- name", "id"),
    ]


def test_lettered_options_and_equal_titles():
    assert pairs(file("choices.md")) == [
        (
            'What\'s the output?\n\n```js\nconsole.log(typeof null)\n```\n\n- A: `"null"`\n- B: `"object"`',
            'B: `"object"`\n\nAn old mistake.',
        ),
        (
            "What's the output?\n\n```js\nconsole.log(1 + '1')\n```\n\nA) `2`\nB) `11`\nC) `NaN`",
            "B) `11`\n\nThe number becomes text.",
        ),
        (
            "Pick the right one.\n\nConsider a list of three people.\n\n1. A. It is empty\n2. B. It is not",
            "B. It is not",
        ),
    ]
    assert pairs(file("lettered.md")) == [
        ("What is 2 + 2?\n\na) 3\nb) 4\nc) 5", "b) 4"),
        ("Which is a prime?\n\n- A. 4\n- B. 7", "B. 7\n\n7 has no divisors."),
        ("Is 1 a prime?\n\n- Yes\n- No", "No"),
    ]


def test_an_ordered_list_whose_answers_are_not_indented():
    found = file("ordered.md")
    assert pairs(found) == [
        (
            "What is a decorator?",
            "A function that takes a function:\n\n```python\n@cached\ndef f():\n    return 1\n```",
        ),
        ("What is the GIL?", "> One lock around the interpreter.\n\nTwo threads do not run at once."),
        ("How do you copy a list?", "- `list(a)`\n- `a[:]`\n  1. shallow, both\n  2. `copy.deepcopy` is not"),
        ("What does `yield` do?", "It hands a value out and waits.\n\n```\nfor x in gen():\n    print(x)\n```"),
        ("What is the output of the following program?\n\n```python\nprint([] is [])\n```", "`False`"),
    ]
    assert [entry.number for entry in found.entries] == ["1", "2", "3", "1", "2"]
    assert [entry.line for entry in found.entries] == [14, 24, 30, 39, 46]
    assert [problem.line for problem in found.problems] == [4]


def test_bullets_and_those_under_them():
    found = file("bullets.md")
    assert [(entry.question, entry.stage, entry.tags) for entry in found.entries] == [
        ("Tell me about yourself.", "HR", ("HR round",)),
        ("Why do you want to leave your job?", "HR", ("HR round",)),
        ("(Why do you want to leave your job?) Why now?", "HR", ("HR round",)),
        ("When could you start?", "HR", ("HR round",)),
        ("(Describe the following) your best project", "HR", ("HR round",)),
        ("(Describe the following) your worst week", "HR", ("HR round",)),
        ("How do you keep a front-end team together?", "MANAGERIAL", ("Leadership", "JavaScript people")),
        ("What would you change in code review?", "MANAGERIAL", ("Leadership", "JavaScript people")),
        ("x-ray – what is it?", "MANAGERIAL", ("Leadership",)),
    ]
    assert found.title == "Behavioural interview"
    assert found.problems == ()


def test_code_that_is_not_indented_belongs_to_the_bullet_above_it():
    found = file("snippets.md")
    assert asked(found) == [
        "Why does Functional Programming matter?",
        "Pro and cons of mutable values.",
        "What happens when you type google.com?",
        "Tell me about the Hollywood Principle.",
        "What's the output of this Javascript function?\n\n```\nfunction hookupevents() {\n  return 1\n}\n```",
        "About Type Erasure, what's the output of this Java snippet, and why?\n\n```\nList<Integer> li;\n```",
        "Write a sample code that produces a memory leak",
    ]
    assert all(entry.answer is None for entry in found.entries)
    assert found.entries[-1].tags == ("Questions about snippets of code",)


def test_a_list_of_links_alone_asks():
    found = file("links.md")
    assert [(entry.question, entry.tags) for entry in found.entries] == [
        ("What is a doctype?", ("HTML",)),
        ("What are data- attributes good for?", ("HTML",)),
        ("What is specificity?", ("CSS",)),
        ("Explain the box model", ("CSS",)),
    ]


def test_bold_lines():
    assert pairs(file("bold.md")) == [
        ("What is overfitting?", "It learns the noise.\n\nExample:\n\na tree without a limit."),
        ("Bias and variance", "The two errors.\n\n- Bias: too simple\n- Variance: too sensitive"),
        ("How do you choose k?", "By cross-validation:\n`k` with the best mean."),
        ("What is a kernel?", "A product in another space.\n\nloss curve of both sets"),
    ]
    assert pairs(file("marked.md")) == [
        ("What is Docker?", "A platform."),
        ("What is an image?", "A template:\n\n1. layers\n2. metadata"),
        ("What is a volume?", "A place for data."),
    ]


def test_tables():
    found = file("table.md")
    assert [(e.question, e.answer, e.number, e.tags) for e in found.entries] == [
        ("What is a primary key?", "A column that identifies a row.", "1", ("easy",)),
        ("What does `a | b` do?", "Bitwise or.", "2", ("hard",)),
        ("Explain `LEFT JOIN`", "All of the left side.", "3", ("easy",)),
        ("What is an index?", "A sorted copy & its `rowid`", None, ()),
        ("Why not index all?", "Writes get slow.", None, ()),
    ]
    assert [entry.line for entry in found.entries[:3]] == [5, 6, 8]


def test_headings_with_a_mark_a_table_of_contents_and_html():
    found = file("headings.md")
    assert pairs(found) == [
        ("What is the JVM?", "It runs byte code.\n\nExample\n\n```java\npublic static void main(String[] a) {}\n```"),
        ("Explain `List<String>` and Map<K, V>", "Both are generic."),
        ("What is a `record`?", "```java\nrecord P(int x) {\n    // two < three\n}\n```"),
        ("How does `synchronized` work?", "Answer here"),
        ("Why is `String` immutable?", "Because it is shared:\n\n- in the pool\n- as a key\n  of maps"),
    ]
    assert found.title == "Java interview questions"


def test_headings_then_a_list_of_tasks():
    found = file("tasks.md")
    assert asked(found) == [
        "What is React?",
        "What is a hook?",
        "useMemo vs useCallback",
        "Write a function that reverses a string.",
        "Implement `debounce`.",
        "Build a counter component.",
    ]
    assert found.entries[0].answer == "- A library.\n- Made for UIs: what else?\n\nWhy use it?\n\nBecause."
    assert found.problems == ()


def test_numbered_headings_of_which_few_end_in_a_question_mark():
    found = file("numbered.md")
    assert asked(found) == ["Explain the event loop", "Streams", "How does `cluster` work?", "Middleware in Express"]
    assert [entry.number for entry in found.entries] == ["1", "2", "3", "4"]
    assert [problem.line for problem in found.problems] == [3, 28]


def test_items_that_hold_a_question_and_its_answer():
    assert pairs(file("answered_items.md")) == [
        ("What is TCP?", "A stream that arrives in order."),
        ("What is UDP?", "Datagrams.\n\nThey may be lost."),
        ("Which port has HTTPS?", "443"),
        ("What does DNS do?", "Names become addresses."),
        ("What is ARP?", "It finds the MAC address."),
    ]


def test_one_question_whose_title_stands_in_front():
    assert pairs(file("one.md")) == [("Explain event delegation", "Events bubble, so a parent can listen.")]


def test_an_article_with_a_question_in_it_is_no_question_list():
    with pytest.raises(NoTurns):
        file("article.md")


# the files that people would want to import


def test_sample_of_nested_bullets():
    found = sample("26_h5bp_javascript_questions_nested_bullets.md")
    assert len(found.entries) == 57
    assert all(entry.answer is None for entry in found.entries)
    assert "duplicate([1,2,3,4,5])" in found.entries[53].question
    assert found.problems == ()


def test_sample_of_bold_lines():
    found = sample("29_alexey_theory_bold_line_questions_emoji.md")
    assert len(found.entries) == 33
    assert asked(found)[0] == "What is supervised machine learning?"
    assert "Precision-recall trade-off" in asked(found)
    assert all(entry.question[-1].isascii() for entry in found.entries)
    assert all(entry.answer for entry in found.entries)


def test_sample_of_equal_titles():
    found = sample("31_lydia_identical_titles_mcq_details.md")
    assert [entry.number for entry in found.entries] == [str(number) for number in range(1, 19)]
    assert len(set(asked(found))) == 18
    assert found.entries[0].question.endswith("- D: `undefined` and `ReferenceError`")
    assert (found.entries[0].answer or "").startswith("D: `undefined` and `ReferenceError`\n\nWithin the function")
    assert found.entries[17].answer is None


def test_sample_of_headings_in_an_ordered_list():
    found = sample("33_reactjs_ordered_list_headings_excerpt.md")
    assert [entry.number for entry in found.entries] == [*"12345678", *"123"]
    assert "Back to Top" not in "".join(entry.answer or "" for entry in found.entries)
    assert "2016-2018: Maturation" in (found.entries[1].answer or "")
    assert "When to use the callback?" in (found.entries[9].answer or "")


def test_sample_with_a_table_of_contents():
    found = sample("34_faqguru_node_toc_headings_source.md")
    assert len(found.entries) == 14
    assert all(entry.answer and "http://www.t" not in entry.answer for entry in found.entries)
    assert found.problems == ()


# what else must hold


@pytest.mark.parametrize(
    ("written", "text", "number"),
    [
        ("Q12. What", "What", "12"),
        ("12) What", "What", "12"),
        ("Q: What", "What", None),
        ("Question 3", "", "3"),
        ("1.2 What is", "What is", None),
        ("(3) What", "What", "3"),
        ("Q1: 2. What", "What", "1"),
        ("10 - Why", "Why", "10"),
        ("3.5mm jack?", "3.5mm jack?", None),
        ("2 phase commit?", "2 phase commit?", None),
        ("Queue: what?", "Queue: what?", None),
        ("Question answering?", "Question answering?", None),
        ("Q-learning: what is it?", "Q-learning: what is it?", None),
    ],
)
def test_numbering(written: str, text: str, number: str | None):
    assert without_number(written)[:2] == (text, number)


def test_decoration_goes_at_the_ends_only():
    assert without_decoration("👶 What is 👶 x? \u200d⭐️ :star:") == "What is 👶 x?"


def test_topics_that_sound_like_furniture_are_questions():
    found = found_in(
        "# OS\n\n## What is a thread?\n\nA.\n\n## How to use `fork`?\n\nB.\n\n## Starvation vs deadlock?\n\nC.\n"
    )
    assert asked(found) == ["What is a thread?", "How to use `fork`?", "Starvation vs deadlock?"]


def test_a_question_and_its_answer_in_one_paragraph():
    found = found_in("- What is x?\n  It is y.\n- What is\n  z? It depends.\n- Why?\n  Or why not?\n")
    assert pairs(found) == [("What is x?", "It is y."), ("What is\nz? It depends.", None), ("Why?\nOr why not?", None)]


def test_a_fence_that_is_not_closed_is_named():
    found = found_in("## What is a?\n\nx\n\n## What is b?\n\n```js\na\n## What is c?\n")
    assert asked(found) == ["What is a?", "What is b?"]
    assert found.problems == (
        Problem(line=7, message="the code fence that opens here is not closed: all below is code"),
    )


def test_code_that_holds_a_fence_gets_a_longer_one():
    found = found_in("## What is a?\n\nb\n\n## What is md?\n\n````md\n```\nx\n```\n````\n")
    assert found.entries[1].answer == "````md\n```\nx\n```\n````"


def test_bullets_that_repeat_answered_questions_add_none():
    text = "# Q\n\n- What is a?\n- What is b?\n\n## What is a?\n\nIt is 1.\n\n## What is b?\n\nIt is 2.\n"
    assert pairs(found_in(text)) == [("What is a?", "It is 1."), ("What is b?", "It is 2.")]


def test_a_way_back_to_the_top_is_no_answer():
    found = found_in("## What is a?\n\n↥ back to top\n\n## What is b?\n\nc\n\n**[⬆ Top](README.md)**\n")
    assert pairs(found) == [("What is a?", None), ("What is b?", "c")]


def test_html_within_a_line_keeps_words_apart():
    found = found_in("## What is a?\n\none<div>two</div>three\n\n## What is b?\n\nc\n")
    assert found.entries[0].answer == "one\ntwo\nthree"


def test_a_phrase_that_asks_makes_no_list_of_a_long_text():
    text = "# Our move\n\n## What did we do?\n\n" + "We measured, and then we changed one thing. " * 200
    with pytest.raises(NoTurns):
        found_in(text)
    assert asked(found_in("# What is a queue?\n\nA line.\n")) == ["What is a queue?"]


def test_a_text_with_some_headings_that_ask_is_no_list():
    headings = ["Setup", "Why a queue?", "Numbers", "Costs", "The team", "Tools", "What is next?", "The end"]
    with pytest.raises(NoTurns):
        found_in("# Our move\n\n" + "".join(f"## {heading}\n\nSome text.\n\n" for heading in headings))


def test_questions_within_an_answer_are_part_of_it():
    found = found_in(
        "- How do you begin a design?\n\n  Ask back:\n\n  - How many users?\n  - Which budget?\n\n"
        "- What is a cache?\n\n  A copy that is near.\n"
    )
    assert pairs(found) == [
        ("How do you begin a design?", "Ask back:\n\n- How many users?\n- Which budget?"),
        ("What is a cache?", "A copy that is near."),
    ]


def test_a_summary_that_offers_the_answer_is_no_question():
    folded = "<details><summary>Want to see the answer?</summary>\n\nNo.\n\n</details>\n\n"
    shown = "<details><summary>Show the answer?</summary>\n\nYes.\n\n</details>\n\n"
    found = found_in(f"1. Is a b?\n\n{shown}2. Is b c?\n\n{shown}")
    assert pairs(found) == [("Is a b?", "Yes."), ("Is b c?", "Yes.")]
    assert asked(found_in(f"### Is a b?\n\n{folded}### Is b c?\n\n{folded}")) == ["Is a b?", "Is b c?"]


def test_an_html_table_with_empty_lines_in_it():
    found = found_in(
        "<table>\n<tr><th>Question</th><th>Answer</th></tr>\n\n    <tr><td>What is a?</td><td>b</td></tr>\n\n"
        "    <tr>\n    <td>What is c?</td>\n\n    <td>d</td></tr>\n</table>\n"
    )
    assert pairs(found) == [("What is a?", "b"), ("What is c?", "d")]


def test_a_part_named_like_furniture_that_asks_is_read():
    found = found_in("# Q\n\n## Getting started\n\n- What is a?\n- What is b?\n\n## License\n\n- MIT\n")
    assert asked(found) == ["What is a?", "What is b?"]
    assert found.problems == ()


def test_types_of_a_program_are_no_html():
    found = found_in(
        "## What is `a`?\n\nMap<K, V>, List<Object>, f<B>, <map> but <b>bold</b><BR>x\n\n## What is b?\n\nb\n"
    )
    assert found.entries[0].answer == "Map<K, V>, List<Object>, f<B>, <map> but bold\nx"


def test_html_that_is_never_closed_nests_no_deeper_than_that():
    for piece in ("<details>\n\n- What is x?\n\n", "<ul><li>What is x?\n\n", "<blockquote>\n\nx\n\n"):
        blocks = document(piece * 1_000).blocks
        assert max(len(block.holders) for block in blocks) < 100
        assert len(blocks) >= 1_000


def test_a_preformatted_block_stands_where_it_begins():
    blocks = document("a\n\n<pre>\nb\n\nc\n").blocks
    assert [(block.line, block.text) for block in blocks] == [(1, "a"), (3, "```\nb\n\nc\n```")]


def test_links_and_their_meanings_over_a_part():
    filler = "".join(
        f"## What is {number}?\n\nIt is [this][a] {'x' * 3000}.\n\n```\n\n# {number}\n```\n\n<!--\n\nA b\n\n-->\n\n"
        for number in range(700)
    )
    found = found_in(f"{filler}[a]: https://example.org\n")
    assert len(found.entries) == 700
    assert all((entry.answer or "").startswith("It is this x") for entry in found.entries)
    assert all((entry.answer or "").endswith("\n```") and len(entry.answer or "") < 3100 for entry in found.entries)
    lines = filler.split("\n")
    assert all(lines[entry.line - 1] == f"## {entry.question}" for entry in found.entries)


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("### 1. What is a?\n\nb\n\n### 2. What is c?\n\nd\n", 0.7, 1),
        ("**Interviewer:** What is a?\n\n**Candidate:** b\n\n**Interviewer:** Why?\n\n**Candidate:** c\n", 0, 0.4),
        ("- What is a?\n- What is b?\n", 0.6, 0.7),
        ("- **Interviewer:** What is a?\n- **Candidate:** b\n- **Interviewer:** Why?\n- **Candidate:** c\n", 0, 0.4),
        ("Interviewer: Hm.\n\n## What is a?\n\nCandidate: b\n\n## Why?\n\nInterviewer: c\n", 0, 0.4),
        ("A text.\n\nAnother one.\n", 0, 0),
        ("Turn 1 [HR]\nQ: What?\nA: x\n", 0, 0),
        ('[{"question": "What?"}]', 0, 0),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n- What?\n", 0, 0),
        ("question,answer\nWhat is a?,b\nWhat is c?,d\n", 0, 0),
    ],
)
def test_likeness(text: str, least: float, most: float):
    found = likeness(Source("x", text.encode()))
    assert least <= (found.score if found else 0) <= most


def test_all_our_files_look_like_markdown():
    for path in HERE.glob("*.md"):
        found = likeness(Source(path.name, path.read_bytes()))
        assert found is not None, path
        assert found.score >= 0.45, path


# laws

PIECES = st.sampled_from(
    [
        "# ", "## ", "### ", "- ", "* ", "1. ", "2) ", "  ", "    ", "\n", "\n\n", "**", "*", "`", "```\n", "> ", "| ",
        "|-|-|\n", "---\n", "[", "](#a)", "](b)", "![", "<details>", "</details>", "<summary>", "</summary>", "<br>",
        "<table><tr><td>", "</td></tr></table>", "<ul><li>", "</li></ul>", "<pre>", "</pre>", "<h2>", "</h2>",
        "<!--", "-->", "Q1. ", "A: ", "Answer: ", "- [x] ", "- [ ] ", "A) ", "B) ", "What is x?", "Explain y.", "text",
        "Table of contents", "Source", "https://a.b", "Back to top", "👶", "\u200d", "\u2028", "&amp;", "\\", "\t", ":",
    ]
)  # fmt: skip


def readable(content: bytes) -> Found | None:
    source = Source("x.md", content)
    likeness(source)
    try:
        found = read(source)
    except (NoTurns, UnreadableText):
        return None
    assert found.entries
    count = source.text.count("\n") + 1
    for entry in found.entries:
        assert entry.question == entry.question.strip()
        assert entry.question
        assert entry.answer is None or entry.answer.strip()
        assert 1 <= entry.line <= count
    assert all(0 <= problem.line <= count for problem in found.problems)
    return found


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes):
    readable(content)


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str):
    readable(text.encode(errors="ignore"))


@given(st.lists(PIECES, max_size=60))
def test_any_markdown_is_read_or_refused(pieces: list[str]):
    readable("".join(pieces).encode())


@given(st.lists(PIECES, max_size=60))
def test_nothing_is_invented(pieces: list[str]):
    text = "".join(pieces)
    found = readable(text.encode())
    if found is not None:
        known = set(re.findall(r"\w+", text.replace("&amp;", "&").replace("\\", "")))
        joined = "".join(re.findall(r"\w", text))
        for entry in found.entries:
            for word in re.findall(r"[^\W\d]+", f"{entry.question} {entry.answer or ''}"):
                assert word in known or word in joined


WORDS = st.sampled_from(["apples", "pears", "trees", "rivers", "clouds", "stones", "birds"])


@settings(deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=15))
def test_every_question_and_answer_comes_back_in_each_shape(items: list[tuple[str, str]]):
    wanted = [(f"What do {a} {position} have to do with {b}?", "Well") for position, (a, b) in enumerate(items)]
    shapes = {
        "headings": "".join(f"### {q}\n\n{a}\n\n" for q, a in wanted),
        "numbered": "".join(f"## {n}. {q}\n{a}\n" for n, (q, a) in enumerate(wanted, 1)),
        "bold": "".join(f"**{q}**\n\n{a}\n\n---\n\n" for q, a in wanted),
        "folded": "".join(f"<details><summary>{q}</summary>\n\n{a}\n\n</details>\n\n" for q, a in wanted),
        "items": "".join(f"{n}. {q}\n\n   {a}\n\n" for n, (q, a) in enumerate(wanted, 1)),
        "cut items": "".join(f"{n}. {q}\n\n{a}\n\n" for n, (q, a) in enumerate(wanted, 1)),
        "bullets": "".join(f"- **{q}** {a}\n" for q, a in wanted),
        "table": "| Question | Answer |\n|-|-|\n" + "".join(f"| {q} | {a} |\n" for q, a in wanted),
        "marked": "".join(f"Q: {q}\nA: {a}\n\n" for q, a in wanted),
    }
    for shape, text in shapes.items():
        contents = "# All\n\n" + "".join(f"- [{q}](#{n})\n" for n, (q, _) in enumerate(wanted)) + "\n"
        for written in (text, contents + text):
            assert pairs(found_in(written)) == wanted, shape


@given(st.lists(PIECES, max_size=40), st.integers(0, 3))
def test_blocks_stand_where_they_say(pieces: list[str], blank: int):
    text = "\n" * blank + "".join(pieces)
    count = text.count("\n") + 1
    for block in document(text).blocks:
        assert 1 <= block.line <= count
        assert block.text or block.kind is Kind.RULE


def test_entries_are_what_the_format_promises():
    entry = file("folded.md").entries[0]
    assert entry == Entry(entry.question, entry.answer, 14, None, None, None, ("Basics",))


def test_headings_and_items_in_html_are_recognised():
    headings = (
        "<h1>Bread</h1>\n<h3>What is <b>rye</b>?</h3>\n<p>A grain.</p>\n<h3>Why salt?</h3>\n<p>For the taste.</p>\n"
    )
    items = "<ol>\n<li>What is rye?</li>\n<li>Why salt?</li>\n</ol>\n"
    assert pairs(found_in(headings)) == [("What is rye?", "A grain."), ("Why salt?", "For the taste.")]
    for text in (headings, items):
        guess = likeness(Source("README.md", text.encode()))
        assert guess is not None
        assert guess.score > 0.6


def test_a_deeper_heading_that_says_it_is_a_question_is_one():
    text = "# Bread\n\n## Q. What is rye?\n\nA grain.\n\n## Q. Why salt?\n\nTaste.\n\n#### Q. Which flour?\n\nAny.\n"
    assert pairs(found_in(text)) == [("What is rye?", "A grain."), ("Why salt?", "Taste."), ("Which flour?", "Any.")]
    unmarked = "# Bread\n\n## What is rye?\n\nA grain.\n\n## Why salt?\n\nTaste.\n\n#### Q. Which flour?\n\nAny.\n"
    assert asked(found_in(unmarked)) == ["What is rye?", "Why salt?"]


def test_a_heading_over_sources_asks_nothing():
    text = (
        "# Bread\n\n## What is rye?\n\nA grain.\n\n## Why salt?\n\nTaste.\n\n## References\n\n- https://example.org\n"
    )
    assert asked(found_in(text)) == ["What is rye?", "Why salt?"]
