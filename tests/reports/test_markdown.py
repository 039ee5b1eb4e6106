"""Markdown, read again with a reader of Markdown."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import unescapeAll

from interview_coach.domain.models import (
    AttemptState,
    DecidedPoint,
    Mode,
    Origin,
    RatingStatus,
    RecordedRating,
    SelfRating,
)
from interview_coach.reports.markdown import markdown
from interview_coach.reports.values import ComparedWith, ReportKind
from interview_coach.reports.writing import Code, Paragraph, one_line, shown, written

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])

SYNTAX = [
    *("# ", "## x ##", "- ", "+ ", "* ", "1. ", "12) ", "1234567890. ", "> ", "---", "===", "***", "___", "    ", "\t"),
    *(
        "```",
        "````",
        "``` js",
        "~~~",
        "`a`",
        "``",
        "\\",
        "\\\\",
        "*a*",
        "**b**",
        "_c_",
        "__d__",
        "~~e~~",
        "<b>",
        "<!--",
    ),
    *("<script>alert(1)</script>", "<https://a.example>", "[x](y)", "![x](y)", "[^1]", "[a]: b", "&amp;", "&#35;", "|"),
    *(
        "a | b",
        "--- | ---",
        ":-",
        "$x$",
        "\n",
        "\n\n",
        "\r\n",
        " ",
        "  \n",
        "word",
        "Größe",
        "\u00a0",
        "\u3000",
        "\x00",
    ),
    *("#", "C#", "C #", "\u2028", "snake_case_name", "3.5", "-", "=", ":", "{: .x}"),
]
TEXTS = st.lists(st.one_of(st.sampled_from(SYNTAX), st.text(max_size=4)), max_size=14).map("".join)


def read(text):
    """The blocks of a Markdown text: (kind, text), where what is emphasised by us is between « and »."""
    blocks, kind = [], "p"
    for token in READER.parse(text):
        if token.type == "heading_open":
            kind = token.tag
        elif token.type in ("paragraph_open", "bullet_list_open", "list_item_open"):
            kind = "li" if kind == "li" or token.type != "paragraph_open" else "p"
        elif token.type in ("heading_close", "paragraph_close", "bullet_list_close", "list_item_close"):
            kind = {"list_item_close": "li", "paragraph_close": kind}.get(token.type, "p")
        elif token.type == "fence":
            blocks.append(("code", unescapeAll(token.info), token.content))
        elif token.type == "inline":
            blocks.append((kind, "".join(map(plain, token.children))))
        else:
            pytest.fail(f"{token.type} came out of what somebody wrote")
    return blocks


def plain(token):
    own = {"hardbreak": "\n", "strong_open": "«", "strong_close": "»"}
    if token.type not in ("text", "text_special", *own):
        pytest.fail(f"{token.type} came out of what somebody wrote")
    return own.get(token.type, token.content)


def expected(text):
    """What a text has to come out as."""
    for part in written(text):
        if isinstance(part, Code):
            yield "code", part.language, part.text + "\n" if part.text else ""
        else:
            yield "p", "\n".join(map(indented, part.lines))


def indented(line):
    bare = line.lstrip()
    return "".join("\u00a0" * (4 if sign == "\t" else 1) for sign in line[: len(line) - len(bare)]) + bare


def test_a_whole_report(build):
    written_for_practice = build.recorded(
        transcript="Practice", origin=Origin.WRITTEN, answer=None, rating=RecordedRating()
    )
    second = build.attempt(number=2, state=AttemptState.SKIPPED, text="", points=(), resolution=None, blind=False)
    second = second.model_copy(
        update={"first_rating": SelfRating(), "second_look": SelfRating(), "compared_with": None}
    )
    question = build.question(
        recorded=(build.recorded(), written_for_practice), attempts=(build.attempt(pinned=True), second)
    )
    report = build.report(kind=ReportKind.SESSION, questions=(), sessions=(build.session(question),))
    assert read(markdown(report)) == [
        ("h1", "My answers"),
        ("p", "Made on 3 March 2026 · 1 question"),
        ("h2", "Acme, backend"),
        ("p", "Practice · 2 March 2026, 12:00 · finished 2 March 2026, 13:00 · 1 question"),
        ("h3", "1. How do you pool connections?"),
        ("p", "TECHNICAL · postgres · two words · flagged"),
        ("p", "«Your note:» Too smooth."),
        ("h4", "Your answer 1 · 2 March 2026 · your reference"),
        ("p", "4 words · 1 min 23 s"),
        ("p", "I would pool connections."),
        ("p", "You, before looking: Clarity 6 · Confidence 4"),
        ("p", "You, on a second look: Clarity 5"),
        ("p", "Compared with the recorded answer of Acme, backend."),
        ("li", "«said:» Names a pool"),
        ("li", "«partly:» Sets a limit"),
        ("li", "«missed:» Says what happens when it is full"),
        ("li", "«left out on purpose:» Names the library"),
        ("li", "«not decided:» Not looked at"),
        ("p", "«Next time I will» name the limit first"),
        ("h4", "Your answer 2 · 2 March 2026 · skipped"),
        ("h4", "Recorded answer · Acme, backend"),
        ("p", "With a pool of ten."),
        ("p", "Rating, given by a language model: Clarity 8 · Confidence 7.5 · Technical depth not rated"),
        ("p", "«The rating says:» Clear and short."),
        ("h4", "Written for practice · Practice"),
        ("p", "No answer there."),
        ("p", "Rating: none"),
        ("h4", "Your key points"),
        ("li", "Size of the pool"),
    ]


def test_ratings_say_what_they_are(build):
    failed = build.recorded(rating=RecordedRating(status=RatingStatus.FAILED, as_written="judge: timeout"))
    odd = build.recorded(
        rating=RecordedRating(status=RatingStatus.UNREADABLE, clarity=3, unreadable=(("confidence", "high"),))
    )
    seen = build.attempt(
        blind=False, first_rating=SelfRating(technical_depth=2), compared_with=ComparedWith(own_number=1), points=()
    )
    unrated = build.attempt(number=2, first_rating=SelfRating(), state=AttemptState.SUBMITTED)
    draft = build.attempt(number=3, state=AttemptState.DRAFT, first_rating=SelfRating(), text="")
    said = [
        block[-1]
        for block in read(
            markdown(build.report(build.question(recorded=(failed, odd), attempts=(seen, unrated, draft))))
        )
    ]
    assert "Rating, given by a language model: none (the judge failed)" in said
    assert "«The rating as it stands there:» judge: timeout" in said
    assert (
        "Rating, given by a language model: Clarity 3 · Confidence unreadable: high · Technical depth unreadable"
        in said
    )
    assert "4 words · 1 min 23 s · the reference had been seen before" in said
    assert "You, first: Technical depth 2" in said
    assert "Compared with your own answer 1." in said
    assert said.count("You gave no rating.") == 1
    assert "Your answer 3 · 2 March 2026 · draft, not submitted" in said
    assert "Nothing written." in said


def test_everything_lists_the_sessions_and_tells_each_question_once(build):
    question = build.question()
    running = build.session(question, title="Second", mode=Mode.MOCK, finished=None)
    report = build.report(question, kind=ReportKind.EVERYTHING, sessions=(build.session(question), running))
    blocks = read(markdown(report))
    assert ("p", "Second · Mock interview · 2 March 2026, 12:00 · not finished · 1 question") in blocks
    assert [block for block in blocks if block[0] == "h2"] == [
        ("h2", "Sessions"),
        ("h2", "1. How do you pool connections?"),
    ]


def test_a_question_of_two_lines_stands_whole(build):
    assert ("p", "Why?\nBriefly.") in read(markdown(build.report(build.question(text="Why?\nBriefly."))))


def test_a_rating_that_was_written_for_practice_is_no_models(build):
    blocks = read(markdown(build.report(build.question(recorded=(build.recorded(origin=Origin.WRITTEN),)))))
    rating = "Rating, written for practice, as the answer: Clarity 8 · Confidence 7.5 · Technical depth not rated"
    assert ("p", rating) in blocks


def test_everything_has_the_questions_of_the_sessions_too(build):
    session = build.session(build.question(uid="question-2", text="Why us?"))
    blocks = read(markdown(build.report(build.question(), kind=ReportKind.EVERYTHING, sessions=(session,))))
    assert ("h2", "2. Why us?") in blocks


@pytest.mark.parametrize("text", ["What is C #", "# C##", "#", "1. F# ##", "a *b* `c` \\# <d>"])
def test_a_heading_has_all_of_the_question(build, text):
    assert ("h2", f"1. {text}") in read(markdown(build.report(build.question(text=text))))


def test_a_long_question_is_named_by_its_beginning_and_stands_whole(build):
    text = f"Why {'very ' * 60}long?\n\n```js\nlet a\n```"
    blocks = read(markdown(build.report(build.question(text=text))))
    heading = next(block for block in blocks if block[0] == "h2")
    assert heading[1].startswith("1. Why very very")
    assert heading[1].endswith("…")
    assert len(heading[1]) < 150
    assert ("p", one_line(text.split("\n")[0])) in blocks
    assert ("code", "js", "let a\n") in blocks


def test_a_question_of_code_alone_and_one_that_is_empty(build):
    blocks = read(
        markdown(
            build.report(
                build.question(text="```\nx\n```"), build.question(uid="2", text="", stage="", tags=(), flagged=False)
            )
        )
    )
    assert [block[1] for block in blocks if block[0] == "h2"] == ["1. Question", "2. Question"]
    assert ("code", "", "x\n") in blocks


@settings(deadline=None)
@given(TEXTS)
@example("| a | b |\n| --- | --- |\n| c | d |")
@example("a | b\n| --- | --- |")
@example("~~~ md\n```\n~~~")
@example("~~~ a`b\nx\n~~~")
@example("```\n~~~~\n```\n~~~~~\n```````")
def test_an_answer_comes_out_as_it_was_written(build, text):
    question = build.question(
        attempts=(build.attempt(text=text, words=0, points=(), resolution=None),), recorded=(), own_points=()
    )
    blocks = read(markdown(build.report(question)))
    start = next(place for place, block in enumerate(blocks) if block[0] == "h3") + 2  # its heading and the small print
    end = next(place for place, block in enumerate(blocks) if block[1].startswith("You, before looking"))
    assert blocks[start:end] == (list(expected(text)) if text.strip() else [])


@settings(deadline=None)
@given(TEXTS)
def test_nothing_written_makes_a_heading_or_markup_anywhere(build, text):
    blocks = read(markdown(build.everywhere(text)))
    headings = [block for block in blocks if block[0].startswith("h") and block[0][1:].isdigit()]
    assert [level for level, _ in headings] == ["h1", "h2", "h3", "h4", "h4", "h2", "h3", "h3", "h3", "h3"][
        : len(headings)
    ]
    assert len(headings) == 10
    assert {line for _, line in headings if "Your answer" in line} == {"Your answer 1 · 2 March 2026"}


@settings(deadline=None)
@given(TEXTS)
def test_a_point_comes_out_in_one_list_or_with_its_code(build, text):
    attempt = build.attempt(points=(DecidedPoint(text=text),), resolution=None)
    blocks = read(markdown(build.report(build.question(attempts=(attempt,), recorded=(), own_points=()))))
    after = blocks[next(place for place, block in enumerate(blocks) if block[1].startswith("Compared")) + 1 :]
    parts = list(written(text))
    if all(isinstance(part, Paragraph) for part in parts) and len(parts) <= 1:
        assert after == [("li", f"«not decided:» {one_line(text)}".rstrip())]
    else:
        assert "".join(block[-1] for block in after).replace("\u00a0", "").count("«not decided:»") >= 1
        assert [block for block in after if block[0] == "code"] == [
            each for each in expected(text) if each[0] == "code"
        ]


def test_a_million_characters_come_out_whole(build):
    text = "*`<# _[" * 150_000
    blocks = read(markdown(build.report(build.question(attempts=(build.attempt(text=text),)))))
    assert ("p", shown(text).rstrip()) in blocks
