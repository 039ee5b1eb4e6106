"""JSON and JSON lines: real shapes with what is listed of each, broken files, and the laws that hold for any text."""

import json
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.transcripts.entries import NoTurns
from interview_coach.transcripts.json_records import likeness, read
from interview_coach.transcripts.json_text import parse, rendered
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

ROOT = Path(__file__).parents[2]
FILES = ROOT / "tests" / "data" / "imports" / "json"
SHARED = ROOT.parent / "shared" / "import_samples"


def found(content, **more):
    content = content if isinstance(content, str | bytes) else json.dumps(content, indent=1)
    return read(Source("a.json", content.encode() if isinstance(content, str) else content), **more)


def listed(content, **more):
    return [(entry.question, entry.answer) for entry in found(content, **more).entries]


def told(content):
    return [(problem.line, problem.message) for problem in found(content).problems]


def file(name):
    return (FILES / name).read_bytes()


def shared(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} lies beside the project only where it is developed")
    return path.read_bytes()


# Files as they are found.


def test_a_quiz_by_category_has_its_options_in_the_question_and_the_right_one_in_the_answer():
    quiz = found(file("frontend_quiz.json"))
    assert quiz.title == "Front-end basics"
    assert [(entry.line, entry.tags) for entry in quiz.entries] == [
        (8, ("React", "medium")),
        (17, ("React", "hard")),
        (30, ("CSS", "hard")),
        (37, ("CSS",)),
    ]
    first, second, third, last = quiz.entries
    assert first.question == (
        "Which hook keeps a value between renders without causing a new one?"
        "\n\nA) useState\nB) useRef\nC) useEffect\nD) useReducer"
    )
    assert first.answer == "B) useRef\n\nA ref is a box whose content React does not watch."
    assert "```jsx\nfunction App() {\n  useEffect(" in second.question
    assert second.question.endswith("}\n```\n\nA) effect\nB) render")
    assert second.answer == "B) render\n\nEffects run after the render."
    assert third.answer == "B) opacity: 0.9"
    assert last.answer == "A) True\n\nVertical ones do."
    assert not quiz.problems


def test_bare_questions_by_role_are_tagged_with_the_role():
    entries = found(file("questions_by_role.json")).entries
    assert [(entry.line, entry.number, entry.question, entry.tags) for entry in entries] == [
        (3, None, "How would you find a slow query in production?", ("Backend Engineer",)),
        (4, None, "Explain the difference between a process and a thread.", ("Backend Engineer",)),
        (5, "1", "Design a rate limiter", ("Backend Engineer",)),
        (8, None, "When would you use a median instead of a mean?", ("Data Analyst",)),
        (9, None, "Walk me through an A/B test that you ran.", ("Data Analyst",)),
        (12, None, "What makes a test flaky?", ("QA Engineer",)),
    ]
    assert all(entry.answer is None for entry in entries)


def test_an_interview_by_speakers_becomes_turns():
    talk = found(file("mock_interview.json"))
    assert (talk.role, talk.company, talk.held) == ("Site Reliability Engineer", "Harbour Cloud", date(2025, 4, 11))
    assert (talk.speakers, talk.interviewer) == ((), None)
    assert [(entry.line, entry.question, entry.answer) for entry in talk.entries] == [
        (
            4,
            "Could you introduce yourself?",
            "I have run Linux fleets for six years.\n\nFor two of them I led the on-call rota.",
        ),
        (7, "What is an error budget?", "The downtime that an objective leaves you to spend."),
        (
            9,
            "Tell me about an outage that you caused.",
            "I rolled out a config to every region at once.\n\nSince then we go region by region.",
        ),
    ]


def test_of_a_model_and_a_person_the_one_who_asks_is_the_interviewer():
    content = file("interviewer_bot.json")
    talk = found(content)
    assert (talk.speakers, talk.interviewer) == (("ai", "human"), "ai")
    assert listed(content)[1] == ("How would you keep a session on one server?", "With a cookie that names it.")
    assert len(talk.entries) == 3
    turned = found(content, interviewer="human")
    assert turned.interviewer == "human"
    assert turned.entries[0].question == "It spreads requests over servers."


def test_one_conversation_a_line_and_a_line_that_is_cut_short():
    talk = found(file("tuning.jsonl"))
    assert [(entry.line, entry.question) for entry in talk.entries] == [
        (1, "What is a race condition?"),
        (2, "Show a lock in Python."),
        (4, "And what is a livelock?"),
    ]
    assert talk.entries[1].answer == "Like this:\n\n```python\nwith lock:\n    count += 1\n```"
    assert talk.interviewer == "user"
    assert [problem.line for problem in talk.problems] == [1, 3]
    assert "not closed" in talk.problems[1].message


def test_rich_records_keep_all_that_belongs_to_the_answer():
    bank = found(file("question_bank.json"))
    assert [(entry.line, entry.number, entry.question, entry.stage) for entry in bank.entries] == [
        (2, "101", "Tell me about a time when you disagreed with a colleague.", "BEHAVIORAL"),
        (13, None, "What would you do differently?", "BEHAVIORAL"),
        (13, None, "How did your colleague see it?", "BEHAVIORAL"),
        (16, "102", "How do you explain what an index of a database is?", "TECHNICAL"),
        (23, "103", "What does `JOIN` do?", "TECHNICAL"),
        (29, "104", "What is the difference between <div> and <span>?", "TECHNICAL"),
    ]
    answers = [entry.answer for entry in bank.entries]
    assert answers[0] == (
        "Situation: We differed about a migration.\n\nTask: I had to get to a decision in a week.\n\n"
        "Action: I wrote down both costs.\n\nResult: We took the smaller step first.\n\n"
        "Key points:\n- Stays respectful\n- Shows a result"
    )
    assert answers[1] is answers[2] is None
    assert answers[3] == "- A sorted copy of some columns\n- Reads get faster\n- Writes get slower"
    assert answers[4] == "It pairs rows of two tables.\n\n- inner\n- outer"
    assert answers[5] == "The first is a block, see the specification."
    assert told(file("question_bank.json")) == [
        (16, "'hint' stands there once and is neither question nor answer: left out")
    ]


def test_the_turn_format_as_json_keeps_stage_and_feedback():
    turns = found(file("simulator.json"))
    assert (turns.role, turns.company) == ("Backend Engineer", "Nimbus")
    assert [(entry.number, entry.stage, entry.answer) for entry in turns.entries] == [
        ("1", "INTRO", "Your work on queues."),
        ("2", "TECHNICAL", None),
        ("3", "WRAP-UP", "How do you deploy?"),
    ]
    assert [entry.feedback for entry in turns.entries] == [
        '{"clarity": 8, "confidence": 7.5, "technical_depth": 0, "summary": "Friendly, naïve in places"}',
        None,
        "Good question.\nScore: 8/10",
    ]


def test_records_around_a_break_come_in():
    assert [entry.question for entry in found(file("broken_in_the_middle.json")).entries] == [
        "What is idempotence?",
        "What is backpressure?",
    ]
    assert told(file("broken_in_the_middle.json")) == [
        (6, "the record that begins here is broken (a colon is missing): left out"),
        (
            15,
            "the record that begins here is broken (a quotation mark is not closed): nothing from here on is read",
        ),
    ]


def test_a_deck_of_crowdanki_names_its_fields():
    deck = found(file("deck.json"))
    assert deck.title == "Interviews"
    assert [(entry.line, entry.question, entry.answer, entry.tags) for entry in deck.entries] == [
        (22, "What is DNS?", "A name for an address.\nAnswered by resolvers.", ()),
        (26, "Write a request line & a header.", "```\nGET / HTTP/1.1\nHost: a\n```", ("http",)),
        (
            7,
            "TCP opens with a [… (how many steps)] handshake.",
            "TCP opens with a three-way handshake.",
            ("Networks", "tcp"),
        ),
    ]


def test_the_rich_sample_is_whole():
    content = shared("25_30seconds_rich_json_excerpt.json")
    records = json.loads(content)
    rich = found(content)
    assert len(rich.entries) == 14
    assert not rich.problems
    for entry, record in zip(rich.entries, records, strict=True):
        assert entry.question == record["question"].strip()
        assert entry.answer.startswith(record["answer"].split("[")[0].strip()[:200])
        assert entry.tags == tuple(record["tags"])
        for point in record["goodToHear"]:
            assert " ".join(point.replace("*", "").split())[:30] in " ".join(entry.answer.split())
    assert (
        json.loads(content.decode().split("\n", 64 - 1)[-1][:-1].join("[]"))[0]["question"] == rich.entries[3].question
    )


def test_the_sample_of_crowdanki_has_twenty_notes():
    deck = found(shared("44_crowdanki_llm_ch2.json"))
    assert len(deck.entries) == 20
    assert all(entry.answer for entry in deck.entries)
    assert deck.entries[0].question == "What is tokenization in the context of preparing text for LLMs?"
    assert deck.entries[0].tags == ("ML", "LLM", "Easy")
    assert deck.title == "ML:LLM:02 Working with text data"


# Shapes.


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([{"q": "What is X?", "a": "An x."}], [("What is X?", "An x.")]),
        ({"data": {"items": [{"prompt": "What is X?", "completion": " An x.\n"}]}}, [("What is X?", "An x.")]),
        ([{"title": "What is X?", "content": "An x."}], [("What is X?", "An x.")]),
        ([{"front": "closure", "back": "a scope"}], [("closure", "a scope")]),
        ([{"term": "closure", "definition": "a scope"}], [("closure", "a scope")]),
        ([{"instruction": "Translate.", "input": "Haus", "output": "house"}], [("Translate.\n\nHaus", "house")]),
        ({"What is X?": "An x.", "Why Y?": ["a", "b"]}, [("What is X?", "An x."), ("Why Y?", "- a\n- b")]),
        ({"q1": "What is X?", "a1": "An x.", "q2": "Y?", "a2": None}, [("What is X?", "An x."), ("Y?", None)]),
        ([["Question", "Answer"], ["What is X?", "An x."]], [("What is X?", "An x.")]),
        (["What is X?", "Explain Y.", "Z or W"], [("What is X?", None), ("Explain Y.", None), ("Z or W", None)]),
        ({"questions": {"1": {"question": "X?", "answer": "x"}}}, [("X?", "x")]),
        ([{"question": "Is it so?", "answer": True}], [("Is it so?", "True")]),
        ([{"question": "Q7: What is X?", "answer": "Answer: An x."}], [("What is X?", "An x.")]),
        ([{"question": "🚀 What is X? \u200b", "answer": "x"}], [("What is X?", "x")]),
        ([{"interviewer": "Tell me about you.", "candidate": "I am."}], [("Tell me about you.", "I am.")]),
        (["Interviewer: Why us?", "Candidate: Because."], [("Why us?", "Because.")]),
        (
            {"conversations": [{"from": "human", "value": "What is X?"}, {"from": "gpt", "value": "An x."}]},
            [("What is X?", "An x.")],
        ),
        (
            [{"title": "Two Sum", "description": "Given numbers, find two.", "solution": "A map."}],
            [("Two Sum\n\nGiven numbers, find two.", "A map.")],
        ),
        (
            [{"question": "Reverse it", "answer": {"text": "Slice.", "code": "s[::-1]", "language": "Python"}}],
            [("Reverse it", "Slice.\n\n```python\ns[::-1]\n```")],
        ),
        (
            [{"question": "Design it", "answer": {"good": ["a b", "c"], "bad": ["d"]}}],
            [("Design it", "Good:\n- a b\n- c\n\nBad:\n- d")],
        ),
        (
            [{"question": "What is logged?", "code": "log(1)", "answer": "1"}],
            [("What is logged?\n\n```\nlog(1)\n```", "1")],
        ),
        (
            [{"title": "Explain closures", "description": "Describe what they are.", "type": "Tech"}],
            [("Explain closures\n\nDescribe what they are.", None)],
        ),
        (
            [{"question": {"text": "What is X?", "time": "1:23"}, "candidate_answer": {"text": "An x", "at": "1:30"}}],
            [("What is X?", "An x")],
        ),
        (
            [{"question": "X?", "model_answer": {"sample_answer": "An x.", "key_points": ["one two"],
                                                 "follow_up_questions": ["Y?"]}}],
            [("X?", "An x.\n\nKey points:\n- one two"), ("Y?", None)],
        ),
        (
            {"python": {"easy": [{"question": "X?", "expectedAnswers": ["An x"], "followUp": "And Y?"}]}},
            [("X?", "An x"), ("And Y?", None)],
        ),
        ([{"intents": [{"patterns": ["What is X?"], "responses": ["An x."]}]}], [("What is X?", "An x.")]),
        (
            [{"question": "X?", "answer": "x", "follow_up": {"question": "Y?", "answer": "y"}}],
            [("X?", "x"), ("Y?", "y")],
        ),
    ],
)  # fmt: skip
def test_questions_come_out_of_every_shape(value, expected):
    assert listed(value) == expected
    assert likeness(Source("a", json.dumps(value).encode())).score > 0.9


@pytest.mark.parametrize(
    ("options", "right", "expected"),
    [
        (["Paris", "Rome"], {"answer": "B"}, "B) Rome"),
        (["Paris", "Rome"], {"correct": "option b"}, "B) Rome"),
        (["Paris", "Rome"], {"answer": "Rome"}, "B) Rome"),
        (["Paris", "Rome"], {"correctAnswer": 1}, "B) Rome"),
        (["Paris", "Rome"], {"correct_option": 2}, "B) Rome"),
        (["a) Paris", "b) Rome"], {"answer": "b) Rome"}, "B) Rome"),
        ({"A": "Paris", "B": "Rome"}, {"answer": "B", "explanation": "It is."}, "B) Rome\n\nIt is."),
        ([{"text": "Paris", "isCorrect": False}, {"text": "Rome", "isCorrect": True}], {}, "B) Rome"),
        ([{"id": "a", "text": "Paris"}, {"id": "b", "text": "Rome"}], {"answer": "b"}, "B) Rome"),
        (["Paris", "Rome"], {"answers": ["A", "B"]}, "A) Paris\nB) Rome"),
        (["Paris", "Rome"], {"correct": 1, "answer": "Rome"}, "B) Rome"),
        (["Paris", "Rome"], {"answer": "It has been Rome since 1871."}, "It has been Rome since 1871."),
        (["Paris", "Rome"], {}, None),
    ],
)
def test_the_right_option_is_found(options, right, expected):
    assert listed([{"question": "Capital?", "options": options, **right}]) == [
        ("Capital?\n\nA) Paris\nB) Rome", expected)
    ]  # fmt: skip


def test_numbers_that_are_options_themselves_are_no_places():
    quiz = [{"question": f"{sum_}?", "options": ["1", "2", "3"], "answer": str(sum_)} for sum_ in (1, 2)]
    assert [answer for _, answer in listed(quiz)] == ["A) 1", "B) 2"]


def test_whether_options_count_from_one_is_decided_by_the_whole_file():
    quiz = [{"question": f"{place}?", "options": ["x", "y", "z"], "answer": place} for place in (1, 2)]
    assert [answer for _, answer in listed(quiz)] == ["B) y", "C) z"]
    quiz.append({"question": "3?", "options": ["x", "y", "z"], "answer": 3})
    assert [answer for _, answer in listed(quiz)] == ["A) x", "B) y", "C) z"]


def test_headings_are_stages_only_where_all_are():
    value = {"technical": [{"question": "X?"}], "behavioral": [{"question": "Y?"}]}
    assert [(entry.stage, entry.tags) for entry in found(value).entries] == [("TECHNICAL", ()), ("BEHAVIORAL", ())]
    value["redis"] = [{"question": "Z?"}]
    assert [(entry.stage, entry.tags) for entry in found(value).entries] == [
        (None, ("technical",)), (None, ("behavioral",)), (None, ("redis",)),
    ]  # fmt: skip


def test_what_all_records_share_belongs_to_the_file():
    records = [{"question": "X?", "role": "Analyst"}, {"question": "Y?", "role": "Analyst"}]
    assert (found(records).role, found(records).entries[0].tags) == ("Analyst", ())
    records[1]["role"] = "Developer"
    assert (found(records).role, found(records).entries[0].tags) == (None, ("Analyst",))


def test_scores_of_the_rubric_beside_the_answer_are_one_feedback():
    record = {"question": "X?", "answer": "x", "clarity": 8, "confidence": 9, "technical_depth": 7, "summary": "Ok."}
    assert found([record]).entries[0].feedback == (
        '{"clarity": 8, "confidence": 9, "technical_depth": 7, "summary": "Ok."}'
    )


def test_markup_goes_and_code_stays():
    record = {
        "question": "**Why** does `a **b** c` of *this* [page](https://example.org/x) fail, and `__init__`?",
        "answer": "See:\n\n```py\nx = a[0](b) ** 2  # **not bold**\n```\n\n**Then** `**kwargs` &amp; more",
    }
    assert listed([record]) == [
        (
            "Why does `a **b** c` of this page fail, and `__init__`?",
            "See:\n\n```py\nx = a[0](b) ** 2  # **not bold**\n```\n\nThen `**kwargs` &amp; more",
        )
    ]


def test_a_script_and_a_fenced_reply_are_read_too():
    script = "// ours\nexport const q = [\n  { question: 'What\\'s X?', answer: `An x`, /* c */ },\n];\n"
    assert listed(script) == [("What's X?", "An x")]
    assert not told(script)
    fenced = '```json\n[{"question": "X?", "answer": "x"}]\n```\nHope this helps you.'
    assert listed(fenced) == [("X?", "x")]
    assert [line for line, _ in told(fenced)] == [3]


# What is broken.


RECORDS = [{"question": f"What is {number}?", "answer": f"It is {number}."} for number in range(6)]


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("broken", ['"It is 3.', '"It is 3.", 7', "", "It is 3.", '"It is 3."}}'])
def test_one_broken_record_costs_no_other(indent, broken):
    text = json.dumps(RECORDS, indent=indent).replace('"It is 3."', broken)
    questions = [question for question, _ in listed(text)]
    assert [question for question in questions if question != "What is 3?"] == [
        f"What is {number}?" for number in (0, 1, 2, 4, 5)
    ]
    assert told(text)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("wrapped", [False, True])
def test_a_file_cut_short_anywhere_gives_its_whole_records(indent, wrapped):
    text = json.dumps({"title": "T", "items": RECORDS} if wrapped else RECORDS, indent=indent)
    for end in range(1, len(text)):
        part = text[:end]
        whole = sum(f'"It is {number}."' in part.replace(" \n", "") and "}" in part.split(f'"It is {number}."')[1]
                    for number in range(6))  # fmt: skip
        if not whole:
            with pytest.raises(NoTurns):
                found(part)
            continue
        result = found(part)
        assert [(entry.question, entry.answer) for entry in result.entries] == [
            (record["question"], record["answer"]) for record in RECORDS[:whole]
        ]
        assert result.problems


def test_a_file_cut_behind_a_record_says_so():
    assert told(json.dumps(RECORDS[:2], indent=1)[:-2]) == [
        (9, "the JSON ends before it is complete: what followed is missing")
    ]


def test_a_break_in_one_section_costs_no_other():
    sections = [{"title": title, "questions": RECORDS[:2]} for title in ("One", "Two")]
    text = json.dumps(sections, indent=1).replace('"It is 1."', '"It is 1.', 1)
    assert [(entry.question, entry.tags) for entry in found(text).entries] == [
        ("What is 0?", ("One",)), ("What is 0?", ("Two",)), ("What is 1?", ("Two",)),
    ]  # fmt: skip


def test_bad_lines_of_json_lines_are_told_and_the_others_come_in():
    lines = [json.dumps(record) for record in RECORDS[:3]]
    text = f'{lines[0]}\n{{"question": "a\n\n{lines[1]},\n{{"question": [[[\n{lines[2]}\n'
    assert [(entry.line, entry.question) for entry in found(text).entries] == [
        (1, "What is 0?"), (4, "What is 1?"), (6, "What is 2?"),
    ]  # fmt: skip
    assert [line for line, _ in told(text)] == [2, 5]


def test_values_may_follow_one_another():
    assert listed("\n".join(json.dumps(record, indent=2) for record in RECORDS[:2])) == [
        ("What is 0?", "It is 0."), ("What is 1?", "It is 1."),
    ]  # fmt: skip
    assert len(listed("".join(map(json.dumps, RECORDS)))) == 6


def test_odd_values_are_no_obstacle():
    text = (
        '[{"question": "a b?", "answer": NaN, "score": 1e999, "id": ' + "9" * 5000 + "},\n"
        '{"question": "lost?", "question": "c d?", "answer": "\\ud800 and \\u0000 \\q"}]'
    )
    entries = found(text).entries
    assert [(entry.question, entry.answer) for entry in entries] == [("a b?", None), ("c d?", "\ufffd and \ufffd \\q")]
    assert entries[0].feedback == "1e999"
    assert told(text) == [(2, "the key 'question' stands here twice: the last one counts")]


@pytest.mark.parametrize(
    "content", ["", " ", "null", "[]", "{}", "[1, 2]", '{"a": 1}', "[" * 100_000, '{"a":' * 50_000]
)
def test_what_asks_nothing_has_no_turns(content):
    with pytest.raises(NoTurns):
        found(content)


def test_what_is_no_text_is_unreadable():
    with pytest.raises(UnreadableText):
        found(b"\0\1\2")


def test_a_question_of_no_word_is_told():
    assert told([{"question": "—", "answer": "x"}, {"question": "X?"}]) == [(2, "the question is empty: left out")]


def test_where_a_person_and_a_model_ask_alike_the_person_asks():
    talk = [{"role": "assistant", "content": "Hello there."}, {"role": "user", "content": "Sorting, please."},
            {"role": "assistant", "content": "Take the smallest first, then the smallest of the rest."}]  # fmt: skip
    assert found({"messages": talk}).interviewer == "user"
    talk.insert(0, {"role": "system", "content": "You are an interviewer."})
    assert found({"messages": talk}).interviewer == "assistant"


def test_of_two_names_the_one_who_asks_more_is_the_interviewer():
    said = [("Bo", "Good morning."), ("Ann", "Why do you apply?"), ("Bo", "I like it."), ("Ann", "What else?")]
    talk = found([{"speaker": name, "text": text} for name, text in said])
    assert (talk.speakers, talk.interviewer) == (("Bo", "Ann"), "Ann")
    assert [entry.question for entry in talk.entries] == ["Why do you apply?", "What else?"]
    assert [problem.line for problem in talk.problems] == [2]


def test_an_answer_without_a_question_is_told():
    assert told([{"answer": "alone"}, {"question": "X?", "answer": "x"}])[0] == (
        2, "no question stands beside the answer: left out",
    )  # fmt: skip


def test_a_nested_break_is_not_read_over_and_over():
    # Each level could be the record at which reading goes on: that must not be tried for each of them to the end.
    text = "[\n" + '{"question": "a", "b": [\n' * 10_000
    with pytest.raises(NoTurns):
        found(text)
    assert len(parse("[\n" + '{"a":[\n' * 28 + "{},\n" * 1000).gaps) < 10


# What is guessed.


@pytest.mark.parametrize(
    "content",
    [
        "", "Interviewer: hello?\nCandidate: hi", "[Interviewer]: hello?\n[Candidate]: hi",
        "[page](https://a.b) is what?",
        "{{ template }}", "[00:01] Anna: Why?", "question,answer\n{a},b", "# JSON\n\n```json\n[1]\n```",
        "1. What is {}?",
        '{"format": "interview-coach", "version": 1, "questions": [{"question": "X?"}]}',
    ],
)  # fmt: skip
def test_what_is_no_json_does_not_look_like_it(content):
    assert likeness(Source("a.json", content.encode())) is None


def test_a_long_file_is_guessed_by_its_beginning():
    text = json.dumps([{"question": f"What is {number}?", "answer": "x" * 300} for number in range(2000)])
    assert likeness(Source("a", text.encode())).score > 0.9
    lines = "\n".join(json.dumps({"question": f"What is {number}?", "answer": "x" * 300}) for number in range(2000))
    assert likeness(Source("a", lines.encode())).reason == "each of its lines is JSON with questions in it"
    assert likeness(Source("a", b'{"a": 1}')).score == 0.5


# Laws.


plain = st.text(
    st.sampled_from("abcdefgh ,.:;'\"\\{}[]\n\té€漢😀"), min_size=1, max_size=30
).map(lambda text: f"Why {text} so")  # fmt: skip


@given(st.lists(st.tuples(plain, plain), min_size=1, max_size=8), st.sampled_from([None, 0, 3]), st.booleans())
def test_every_record_comes_back_with_its_line(pairs, indent, wrapped):
    records = [{"question": question, "answer": answer} for question, answer in pairs]
    text = json.dumps({"all": records} if wrapped else records, indent=indent, ensure_ascii=wrapped)
    result = found(text)
    assert [(entry.question, entry.answer) for entry in result.entries] == pairs
    assert not result.problems
    starts = [entry.line for entry in result.entries]
    assert all(text.split("\n")[line - 1].count("{") for line in starts)
    assert starts == sorted(starts)


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["question", "answer", "options", "correct", "followUps", "title", "text", "speaker", "role",
                         "content", "messages", "feedback", "score", "tags", "code", "What is it?", "q1", "x", "notes",
                         "__type__", "answers", "isCorrect", "description", "clarity", "metadata", "stage", "type"]),
        inner, max_size=6),
    max_leaves=40,
)  # fmt: skip


@settings(max_examples=300)
@given(values, st.sampled_from([None, 1]), st.integers(0, 60), st.booleans())
def test_no_json_brings_the_reader_down(value, indent, cut, removed):
    text = json.dumps(value, indent=indent)
    text = text[:cut] + text[cut + 1 :] if removed else text[: len(text) - cut]
    source = Source("a", text.encode())
    likeness(source)
    try:
        result = read(source)
    except NoTurns:
        return
    lines = text.count("\n") + 1
    assert result.entries
    assert all(entry.question.strip() and 1 <= entry.line <= lines for entry in result.entries)
    assert all(0 <= problem.line <= lines for problem in result.problems)


@settings(max_examples=300)
@given(st.binary(max_size=200) | st.text(st.sampled_from("{}[]:,\"'`\\ \n\tqa/*?t1-.é"), max_size=120).map(str.encode))
def test_no_bytes_bring_the_reader_down(content):
    source = Source("a", content)
    likeness(source)
    with suppress(NoTurns, UnreadableText):
        assert read(source).entries


@given(values)
def test_parsing_gives_what_the_standard_reader_gives(value):
    text = json.dumps(value)
    parsed = parse(text, 0, len(text))
    if isinstance(value, list | dict):
        assert not parsed.gaps
        assert json.dumps(json.loads(rendered(parsed.values[0]))) == text


def test_questions_and_as_many_answers_stand_side_by_side():
    whole = found({"questions": ["What is rye?", "Why bread?"], "answers": ["A grain.", "It rises."]})
    assert [(entry.question, entry.answer, entry.line) for entry in whole.entries] == [
        ("What is rye?", "A grain.", 3),
        ("Why bread?", "It rises.", 4),
    ]
    uneven = found({"questions": ["What is rye?", "Why bread?"], "answers": ["A grain."]})
    assert [entry.answer for entry in uneven.entries] == [None, None]


def test_what_chat_models_said_may_stand_within_another_object():
    talk = [
        {"type": "ai", "data": {"content": "What is rye?"}},
        {"type": "human", "data": {"content": "A grain."}},
        {"type": "ai", "data": {"content": "Why bread?"}},
        {"type": "human", "data": {"content": "It rises."}},
    ]
    assert [(entry.question, entry.answer) for entry in found(talk).entries] == [
        ("What is rye?", "A grain."),
        ("Why bread?", "It rises."),
    ]


def test_an_answer_may_be_called_the_questions():
    whole = found([{"questionTitle": "What is <b>rye</b>?", "questionAnswer": "<p>A grain.</p>"}])
    assert [(entry.question, entry.answer) for entry in whole.entries] == [("What is rye?", "A grain.")]


def test_keys_that_name_a_stage_and_questions_are_headings():
    whole = found(
        {
            "technical_questions": [{"question": "What is rye?", "expected_answer_points": ["a grain"]}],
            "behavioral_questions": [{"question": "Tell me about a quarrel.", "expected_answer_points": ["calm"]}],
        }
    )
    assert [(entry.question, entry.answer, entry.stage) for entry in whole.entries] == [
        ("What is rye?", "a grain", "TECHNICAL"),
        ("Tell me about a quarrel.", "calm", "BEHAVIORAL"),
    ]


def test_speakers_a_and_b_are_no_answers():
    said = [("A", "Why bread?"), ("B", "It rises."), ("A", "And rye?"), ("B", "It is dark.")]
    talk = [{"speaker": speaker, "start": place, "text": text} for place, (speaker, text) in enumerate(said)]
    assert [(entry.question, entry.answer) for entry in found(talk).entries] == [
        ("Why bread?", "It rises."),
        ("And rye?", "It is dark."),
    ]


def test_who_says_it_is_no_part_of_a_question_or_an_answer():
    turn = {"question": {"speaker": "interviewer", "text": "Why bread?"}, "answer": {"role": "me", "text": "It rises."}}
    assert [(entry.question, entry.answer) for entry in found([turn]).entries] == [("Why bread?", "It rises.")]
