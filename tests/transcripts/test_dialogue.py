"""Dialogues: what a person would list in them."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from interview_coach.transcripts.conversation import asks
from interview_coach.transcripts.dialogue import likeness, read
from interview_coach.transcripts.entries import Entry, Found, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.text import UnreadableText

FILES = Path(__file__).parent.parent / "data" / "imports" / "dialogue"


def source(text: str) -> Source:
    return Source("x.txt", text.encode())


def turns(found: Found) -> list[tuple[str, str | None]]:
    return [(entry.question, entry.answer) for entry in found.entries]


def as_json(found: Found) -> dict:
    def told(entry: Entry) -> dict:
        kept = {name: getattr(entry, name) for name in ("question", "answer", "line", "number", "stage", "feedback")}
        return {name: value for name, value in {**kept, "tags": list(entry.tags)}.items() if value}

    about = {
        "title": found.title,
        "role": found.role,
        "company": found.company,
        "held": found.held and found.held.isoformat(),
        "speakers": list(found.speakers),
        "interviewer": found.interviewer,
    }
    return {
        "questions": [told(entry) for entry in found.entries],
        "problems": [[problem.line, problem.message] for problem in found.problems],
        **{name: value for name, value in about.items() if value},
    }


@pytest.mark.parametrize("path", sorted(p for p in FILES.iterdir() if p.suffix != ".json"), ids=lambda path: path.name)
def test_a_dialogue_gives_what_a_person_would_list(path: Path) -> None:
    read_from = Source(path.name, path.read_bytes())
    assert as_json(read(read_from)) == json.loads(Path(f"{path}.json").read_text(encoding="utf-8"))
    guess = likeness(read_from)
    assert guess is not None
    assert guess.score >= 0.7


def test_the_person_says_who_asks() -> None:
    text = source("Anna: Ask me anything.\nBen: Is it cold?\nAnna: Yes, very.\nBen: Why?\nAnna: Winter.")
    assert turns(read(text)) == [("Is it cold?", "Yes, very."), ("Why?", "Winter.")]
    assert read(text).interviewer == "Ben"
    overruled = read(text, interviewer="Anna")
    assert overruled.interviewer == "Anna"
    assert overruled.entries[0].question == "Ask me anything."
    assert overruled.entries[0].answer == "Is it cold?\n\nAnna: Yes, very.\n\nBen: Why?\n\nAnna: Winter."


def test_role_words_are_overruled_too() -> None:
    text = source("Interviewer: I like tea.\nCandidate: Which tea?\nInterviewer: Green.\nCandidate: Why green?")
    found = read(text, interviewer="Candidate")
    assert turns(found) == [("Which tea?", "Green."), ("Why green?", None)]
    assert [problem.line for problem in found.problems] == [1]


def test_where_only_the_candidate_asks_those_questions_are_taken() -> None:
    found = read(
        source("Candidate: How long is a video?\nInterviewer: Five seconds.\nCandidate: In colour?\nInterviewer: Yes.")
    )
    assert turns(found) == [("How long is a video?", "Five seconds."), ("In colour?", "Yes.")]
    assert "only those who answer ask" in found.problems[0].message


def test_an_own_rating_in_an_answer_is_no_verdict() -> None:
    found = read(
        source("Interviewer: How good is your Go?\nCandidate: Hm.\n\nI'd give myself 7 out of 10.\nWhy not 8?")
    )
    assert turns(found) == [("How good is your Go?", "Hm.\n\nI'd give myself 7 out of 10.\nWhy not 8?")]
    assert found.entries[0].feedback is None


@pytest.mark.parametrize(
    "verdict",
    ["I'd give 7 out of 10, since it was short.", "Clarity: 8/10", "(7/10)", "A good answer, I'd say 6 out of 10."],
)
def test_a_verdict_below_an_answer_is_feedback(verdict: str) -> None:
    found = read(source(f"Q: Why?\nA: Because.\n\n{verdict}\n\nQ: How?\nA: So."))
    assert turns(found) == [("Why?", "Because."), ("How?", "So.")]
    assert found.entries[0].feedback == verdict


def test_code_hides_labels_and_keeps_its_indentation() -> None:
    code = "```yaml\nQ: no question\n\n    A:   none\n```"
    assert turns(read(source(f"Q: What is this?\nA: A file:\n\n{code}\n\nQ: Sure?\nA: Yes."))) == [
        ("What is this?", f"A file:\n\n{code}"),
        ("Sure?", "Yes."),
    ]


def test_a_fence_that_nothing_closes_hides_nothing() -> None:
    assert turns(read(source("Q: One?\nA: ```\nx\n\nQ: Two?\nA: Yes."))) == [("One?", "```\nx"), ("Two?", "Yes.")]


def test_labels_that_recur_in_answers_are_no_speakers() -> None:
    text = "Interviewer: Which store?\nCandidate: Two.\nPostgres: for orders.\nRedis: for carts.\n"
    found = read(source(text + "Interviewer: And for logs?\nCandidate: None.\nPostgres: no.\nRedis: no.\n"))
    assert turns(found) == [
        ("Which store?", "Two.\nPostgres: for orders.\nRedis: for carts."),
        ("And for logs?", "None.\nPostgres: no.\nRedis: no."),
    ]


def test_options_are_no_answers() -> None:
    found = read(source("Q: Which is a fruit?\nA. Carrot\nB. Apple\nAnswer: B\nQ: Which is red?\nA. Beet\nAnswer: A"))
    assert turns(found) == [("Which is a fruit?\nA. Carrot\nB. Apple", "B"), ("Which is red?\nA. Beet", "A")]


def test_header_lines_are_told_from_what_is_said() -> None:
    found = read(
        source(
            "Role: Cook\nCandidate: Ida Holm\n\nInterviewer: Hello\n"
            "Candidate: Hello\nInterviewer: Why us?\nCandidate: Soup."
        )
    )
    assert (found.role, turns(found)) == ("Cook", [("Why us?", "Soup.")])


@pytest.mark.parametrize(
    ("written", "day"),
    [("2025-05-02", "2025-05-02"), ("2 May 2025", "2025-05-02"), ("May 2nd, 2025", "2025-05-02"),
     ("25/12/2024", "2024-12-25"), ("12/25/2024", "2024-12-25"), ("03.04.2024", "2024-04-03"), ("03/04/2024", None),
     ("31 February 2024", None), ("soon", None)],
)  # fmt: skip
def test_a_date_is_read_where_it_means_one_day(written: str, day: str | None) -> None:
    held = read(source(f"Date: {written}\n\nQ: Why?\nA: So.")).held
    assert (held and held.isoformat()) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n \n",
        "Nothing here.\nNote: this.\nNote: that.",
        '{"question": "Q: a?"}',
        "WEBVTT\n\n00:01.000 --> 00:02.000\nA: b",
    ],
)
def test_what_is_no_dialogue_says_so(text: str) -> None:
    guess = likeness(source(text))
    assert guess is None or guess.score < 0.4
    if not text.startswith(("{", "WEBVTT")):
        with pytest.raises(NoTurns):
            read(source(text))


def test_the_turn_format_is_left_to_its_reader() -> None:
    assert likeness(source("Turn 1 [HR]\nQ: Why?\n\nA: So.\n\nFeedback: null\n")) is None


LABELS = st.sampled_from(["Interviewer: ", "Candidate: ", "Q: ", "A: ", "Q1. ", "Anna: ", "**Ben:** ", "Feedback: ",
                          "# ", "--- HR ---\n", "```\n", "> ", "[00:01] ", "| a | b |\n", "Company: ",
                          "7/10\n"])  # fmt: skip


@given(st.lists(st.tuples(LABELS, st.text(max_size=30))).map(lambda parts: "\n".join(a + b for a, b in parts)))
@example("Q: ?\nA: ?")
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = read(source(text.encode(errors="replace").decode()))
    except (NoTurns, UnreadableText):
        return
    assert found.entries
    last = text.replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
    for entry in found.entries:
        assert entry.question == entry.question.strip() != ""
        assert entry.answer is None or entry.answer.strip("\n") == entry.answer != ""
        assert 1 <= entry.line <= last
    assert all(0 <= problem.line <= last for problem in found.problems)


@given(st.binary())
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    likeness(Source("x", content))
    with suppress(NoTurns, UnreadableText):
        read(Source("x", content))


WORDS = st.text("abcdefgh ", min_size=3, max_size=40).map(lambda text: "w" + " ".join(text.split()) + "x")


@given(st.lists(st.tuples(WORDS, WORDS), min_size=2, max_size=8), st.sampled_from([
    ("Interviewer: {}", "Candidate: {}"), ("Q: {}", "A: {}"), ("**Q:** {}", "**A:** {}"),
    ("Q1. INTERVIEWER: {}", "A1. CANDIDATE: {}"),
    ("**Sarah (Hiring Manager):** {}", "**Lena:** {}"), ("[00:01:02] Anna: {}", "[00:01:05] Ben: {}"),
    ("MARTA:\n{}", "KOFI:\n{}"),
    ("Question: {}", "Answer: {}"), ("面试官：{}", "候选人：{}"), (">> ANNA: {}", ">> BEN: {}"),
]))  # fmt: skip
def test_what_is_written_in_a_shape_is_read_back(said: list[tuple[str, str]], shape: tuple[str, str]) -> None:
    text = "\n\n".join(f"{shape[0].format(asked + '?')}\n\n{shape[1].format(answered)}" for asked, answered in said)
    assert turns(read(source(text))) == [(asked + "?", answered) for asked, answered in said]


def test_a_name_that_comes_once_is_no_speaker() -> None:
    found = read(source("Interviewer: Where did you work?\nCandidate: In two towns.\nBerlin: for a year."))
    assert turns(found) == [("Where did you work?", "In two towns.\nBerlin: for a year.")]


def test_what_the_interviewer_says_of_an_answer_is_feedback() -> None:
    text = "Interviewer: Why?\nCandidate: So it was.\nInterviewer: I'd give that 7 out of 10.\nInterviewer: And how?\n"
    found = read(source(text + "Candidate: Slowly."))
    assert turns(found) == [("Why?", "So it was."), ("And how?", "Slowly.")]
    assert found.entries[0].feedback == "I'd give that 7 out of 10."


def test_a_greeting_is_no_name_in_the_head() -> None:
    found = read(
        source("Company: Tern\n\nInterviewer: Welcome\nCandidate: Hello\nInterviewer: Why us?\nCandidate: Soup.")
    )
    assert turns(found) == [("Why us?", "Soup.")]
    assert [problem.line for problem in found.problems] == [3]


def test_names_that_come_once_in_the_last_answer_are_no_speakers() -> None:
    found = read(source("Interviewer: Where did you work?\nCandidate: Twice abroad.\nBerlin: a year.\nParis: two."))
    assert turns(found) == [("Where did you work?", "Twice abroad.\nBerlin: a year.\nParis: two.")]


def test_questions_that_nobody_answers_stay_apart() -> None:
    found = read(source("\n".join(f"Interviewer: What is {thing}?" for thing in ("tea", "salt", "rain", "ice"))))
    assert turns(found) == [(f"What is {thing}?", None) for thing in ("tea", "salt", "rain", "ice")]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Erzählen Sie von Ihrer Lehre.", "Drei Jahre in einer Tischlerei, dann die Prüfung."),
        ("Hábleme de su último trabajo.", "Cuidaba un huerto con dos compañeros."),
        ("Расскажите о своём проекте.", "Мы писали карту троп для заповедника."),
        ("说说你的上一份工作。", "我在一家面包店负责夜班的烘焙工作。"),
        ("自己紹介をお願いします。", "鈴木と申します。三年間、庭師をしていました。"),
        ("अपने काम के बारे में बताइए।", "मैं एक छोटे पुस्तकालय में काम करता हूँ।"),
        ("Dat was een lang jaar, met drie banen.", "Ja, en alle drie in dezelfde straat."),
    ],
)
def test_what_asks_nothing_by_its_words_is_a_question_in_other_languages(asked: str, answered: str) -> None:
    text = f"Interviewer: Hallo\nCandidate: Hallo\nInterviewer: {asked}\nCandidate: {answered}\n"
    found = read(source(text + "Interviewer: 42?\nCandidate: 43."))
    assert turns(found) == [(asked, answered), ("42?", "43.")]


@pytest.mark.parametrize(
    ("said", "back"),
    [
        ("Guten Tag und vielen Dank fürs Kommen.", "Guten Tag, danke für die Einladung."),
        ("您好，欢迎来到我们公司。", "您好，谢谢您给我这个机会。"),
        ("Here we bake at night.", "Good to know, I like nights."),
        ("I liked your portfolio.", "Thank you."),
    ],
)
def test_greetings_and_remarks_are_no_questions(said: str, back: str) -> None:
    asked = "Warum wir?" if not said.isascii() or "Guten" in said else "Why did you come to us?"
    found = read(source(f"Interviewer: {said}\nCandidate: {back}\nInterviewer: {asked}\nCandidate: Brot."))
    assert turns(found) == [(asked, "Brot.")]
    assert [problem.line for problem in found.problems] == [1]


def test_a_remark_about_the_other_that_is_answered_is_a_question() -> None:
    found = read(
        source(
            "HR: Your last contract ended in May.\nMe: Yes, the bakery was sold to a chain.\n"
            "HR: What then?\nMe: A boat."
        )
    )
    assert turns(found) == [
        ("Your last contract ended in May.", "Yes, the bakery was sold to a chain."),
        ("What then?", "A boat."),
    ]


def test_a_time_behind_a_role_is_no_part_of_what_is_said() -> None:
    found = read(
        source("Interviewer  00:02\nWhy bread?\n\nIda  00:09\nIt rises.\n\nInterviewer 00:12\nAnd?\n\nIda 00:14\nSo.")
    )
    assert turns(found) == [("Why bread?", "It rises."), ("And?", "So.")]


def test_what_stands_below_questions_that_alone_have_a_label_answers_them() -> None:
    text = (
        "Q1. What is yeast?\nA fungus.\nIt eats sugar.\n\n"
        "Q2. Tell me about a loaf that\nwent wrong.\n\nToo much salt.\n\n"
        "Q3. What does this print?\n```\n    print(1)\n```\nOne.\n\n"
        "Q4. Which is sweet?\na) salt\nb) honey\n\nHoney.\n\n"
        "Q5. A baker has ten loaves.\nHow many are left?"
    )
    assert turns(read(source(text))) == [
        ("What is yeast?", "A fungus.\nIt eats sugar."),
        ("Tell me about a loaf that\nwent wrong.", "Too much salt."),
        ("What does this print?\n```\n    print(1)\n```", "One."),
        ("Which is sweet?\na) salt\nb) honey", "Honey."),
        ("A baker has ten loaves.\nHow many are left?", None),
    ]


def test_what_there_is_to_choose_from_is_no_dialogue() -> None:
    options = "What is logged?\n\n- A: `1`\n- B: `2`\n\nWhat is thrown?\n\n- A: `3`\n- B: `4`\n- C: `5`\n"
    guess = likeness(source(options))
    assert guess is None or guess.score < 0.4
    spoken = "A: Do you bake?\nB: Daily.\nA: Bread?\nB: And cake.\n"
    assert turns(read(source(spoken))) == [("Do you bake?", "Daily."), ("Bread?", "And cake.")]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("请先做一下自我介绍", "我叫小林，修了三年自行车。"),
        ("अपना परिचय दीजिए", "मैं एक माली हूँ और पौधे बेचता हूँ।"),
        ("المقدمة والخبرات السابقة", "عملت خبازا في قرية صغيرة."),
    ],
)
def test_what_is_said_first_in_another_script_is_no_head(asked: str, answered: str) -> None:
    for gap in ("\n", "\n\n"):
        text = gap.join((f"Interviewer: {asked}", f"Candidate: {answered}", "Interviewer: 42?", "Candidate: 43."))
        assert turns(read(source(text))) == [(asked, answered), ("42?", "43.")]


def test_people_are_named_in_a_block_of_their_own() -> None:
    talk = "Interviewer: Why bread?\nCandidate: It rises."
    named = read(source(f"Interviewer: Ida Holm\nCandidate: Bo Lund\n\n{talk}"))
    assert (turns(named), named.problems) == ([("Why bread?", "It rises.")], ())
    greeted = read(source(f"Interviewer: Moin\nCandidate: Moin\n{talk}"))
    assert turns(greeted) == [("Why bread?", "It rises.")]
    assert [problem.line for problem in greeted.problems] == [1]


def test_a_person_may_be_named_more_shortly_later_on() -> None:
    text = (
        "Dr. Ida Holm: Why bread?\nBo Lund: It rises.\nIda Holm: And rye?\nBo: It is dark.\nIda: And salt?\nBo: A bit."
    )
    found = read(source(text))
    assert turns(found) == [("Why bread?", "It rises."), ("And rye?", "It is dark."), ("And salt?", "A bit.")]
    assert (found.speakers, found.interviewer) == (("Dr. Ida Holm", "Bo Lund"), "Dr. Ida Holm")
    turned = read(source(text), interviewer="Bo Lund")
    assert turned.interviewer == "Bo Lund"


def test_two_who_share_a_name_stay_two() -> None:
    text = (
        "Ida Holm: Why bread?\nIda Lund: It rises.\nIda Holm: And rye?\nIda Lund: Dark.\n"
        "Ida: I say so too.\nIda: Truly."
    )
    assert read(source(text)).speakers == ("Ida Holm", "Ida Lund", "Ida")


@pytest.mark.parametrize(
    "text",
    ["Hallo Ida, erzählen Sie von sich.", "Descrivi il tuo pane.", "Décrivez une journée.", "Опишите свой день.",
     "请说说你的工作", "教えていただけますか", "Apne baare mein bataiye.", "일을 설명해 주세요",
     "so what do you bake", "why did you stop", "can you bake"],
)  # fmt: skip
def test_what_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text", ["what i do is bake", "when we were young", "I can explain.", "Bread rises.", "Pain et sel.", "我烤面包"]
)
def test_what_asks_nothing(text: str) -> None:
    assert not asks(text)


def test_a_nod_of_the_interviewer_cuts_no_answer() -> None:
    text = "Interviewer: Why bread?\nCandidate: It rises.\nInterviewer: Mm-hm.\nCandidate: And it keeps for days.\n"
    found = read(source(text + "Interviewer: Right.\nInterviewer: And rye?\nCandidate: Dark."))
    assert turns(found)[0] == ("Why bread?", "It rises.\n\nAnd it keeps for days.")
    assert [(problem.line, "Mm-hm." in problem.message) for problem in found.problems] == [(3, True)]
    assert turns(found)[1:] == [("Right.\n\nAnd rye?", "Dark.")]


@pytest.mark.parametrize(
    ("said", "back"),
    [("Great.", "Thank you so much for that."), ("Okay.", "Yes."), ("Sure?", "Yes, I weighed them all.")],
)
def test_thanks_and_doubts_go_on_with_no_answer(said: str, back: str) -> None:
    text = f"Interviewer: Why bread?\nCandidate: It rises.\nInterviewer: {said}\nCandidate: {back}\n"
    found = read(source(text + "Interviewer: And rye?\nCandidate: Dark."))
    assert turns(found)[0] == ("Why bread?", "It rises.")
    assert turns(found)[-1] == ("And rye?", "Dark.")


def test_small_letters_label_too() -> None:
    text = source("Q: Why bread?\nA: It rises.\nq: and rye\na: dark\n")
    assert turns(read(text)) == [("Why bread?", "It rises."), ("and rye", "dark")]
    guess = likeness(text)
    assert guess is not None
    assert guess.score > 0.8


def test_code_is_no_small_talk() -> None:
    text = "Interviewer: Why C?\nCandidate: Speed.\nInterviewer: The shortest program, please.\n"
    text += "Candidate:\n```c\nmain;\n```"
    assert turns(read(source(text)))[1] == ("The shortest program, please.", "```c\nmain;\n```")
