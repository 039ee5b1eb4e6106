"""The page for the day of an interview: what is chosen, and that it is one page."""

from datetime import date

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument

from interview_coach.domain.models import AttemptState, DecidedPoint, PointStatus, SelfRating
from interview_coach.reports.interview_day import DayQuestion, InterviewDay, WeakSpot, interview_day, sentences
from interview_coach.reports.interview_day_page import interview_day_page, interview_day_printable
from interview_coach.reports.key_words import key_words


def test_sentences():
    assert sentences(
        "I cut it by 3.5 s, e.g. by caching. Then? “Yes.” We\nwent on… and on.\n\nLast\n```\nx. Y.\n```"
    ) == (
        "I cut it by 3.5 s, e.g. by caching.",
        "Then?",
        "“Yes.”",
        "We went on… and on.",
        "Last",
    )
    assert sentences("一つ。二つ。") == ("一つ。", "二つ。")
    assert sentences(" \n") == ()


def test_the_opening_is_how_the_person_introduces_themselves(build):
    warm = build.question(
        uid="1", stage="INTRO", text="How was the journey?", attempts=(build.attempt(text="Fine. Thanks."),)
    )
    about = build.question(
        uid="2",
        stage="HR",
        text="So, tell me about yourself.",
        attempts=(build.attempt(text="I build. I run. I mend. I rest."),),
    )
    assert interview_day("Acme", [warm, about]).opening == ("I build.", "I run.", "I mend.")
    assert interview_day("Acme", [warm]).opening == ("Fine.", "Thanks.")
    assert interview_day("Acme", [build.question()]).opening == ()


def test_the_questions_to_ask_are_those_of_the_wrap_up(build):
    wrap_up = build.question(
        stage="WRAP-UP", attempts=(build.attempt(text="Yes. Who is on call? How do you deploy? Thanks."),)
    )
    assert interview_day("Acme", [wrap_up]).to_ask == ("Who is on call?", "How do you deploy?")
    assert interview_day("Acme", [build.question(attempts=(build.attempt(text="Which pool?"),))]).to_ask == ()


def test_weak_spots_come_from_the_last_answer(build):
    old = build.attempt(number=1, first_rating=SelfRating(clarity=1), resolution="old")
    new = build.attempt(
        number=2,
        first_rating=SelfRating(clarity=3, confidence=5, technical_depth=9),
        second_look=SelfRating(clarity=7),
        points=(
            DecidedPoint(text="limit", decided=PointStatus.MISSED),
            DecidedPoint(text="x", decided=PointStatus.SAID),
        ),
        resolution="say why",
    )
    draft = build.attempt(number=3, state=AttemptState.DRAFT, resolution="draft")
    fine = build.attempt(first_rating=SelfRating(clarity=6), second_look=SelfRating(), points=(), resolution=None)
    day = interview_day(
        "Acme",
        [
            build.question(uid="fine", attempts=(fine,)),
            build.question(uid="line", text="L?", attempts=(fine.model_copy(update={"resolution": "slow down"}),)),
            build.question(uid="weak", text="W?", attempts=(old, draft, new)),
        ],
    )
    assert day.weak_spots == (
        WeakSpot(question="W?", missed=("limit",), low=("Confidence 5",), resolution="say why"),
        WeakSpot(question="L?", resolution="slow down"),
    )


def test_words_that_were_given_go_before_those_that_are_chosen(build):
    questions = [build.question(uid="1"), build.question(uid="2")]
    day = interview_day("Acme", questions, words={"1": ["pool", "limit"]}, figures=["30 % less latency"])
    assert day.questions[0].words == ("pool", "limit")
    assert day.questions[1].words == interview_day("Acme", questions).questions[1].words
    assert day.figures == ("30 % less latency",)


def test_key_words():
    first = (
        "I would put pgBouncer in front. The latency fell by 30 %, since idle connections cost memory; latency matters."
    )
    second = "Our connections were idle.\n\n```\nSECRET = code_here\n```"
    assert key_words([first, second, ""], ["How do you tune connections?", "", ""]) == (
        ("pgBouncer", "front", "latency", "memory"),
        ("connections", "idle"),
        (),
    )
    assert key_words(["pooling lowers latency"], ["What is latency?"]) == (("pooling", "lowers"),)
    assert key_words(["indexing an index of indexes"]) == (("indexing",),)
    assert key_words(["It was Redis's job, and AND SQL; don't"]) == (("Redis", "SQL"),)


def full(title="Acme and Daughters, Principal Engineer for Payments and Ledgers in Northern Europe", word="wide"):
    """A page on which everything is as long as it may be."""
    text = f"{word} " * 60
    return InterviewDay(
        title=title,
        day=date(2026, 9, 23),
        opening=(text,) * 3,
        figures=(text,) * 30,
        questions=(DayQuestion(stage="TECHNICAL", text=text, words=("considerations-" * 3,) * 4),) * 10,
        weak_spots=(WeakSpot(question=text, missed=(text,) * 9, low=("Technical depth 5",) * 3, resolution=text),) * 10,
        to_ask=(text,) * 9,
    )


def pages(folder, html):
    """Print a page on A4 and count the sheets."""
    writer = QPdfWriter(str(folder / "day.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(14, 12, 14, 12), QPageLayout.Unit.Millimeter)
    document = QTextDocument()
    document.documentLayout().setPaintDevice(writer)
    document.setDocumentMargin(0)
    document.setPageSize(writer.pageLayout().paintRectPixels(writer.resolution()).size().toSizeF())
    document.setHtml(html)
    return document.pageCount()


@pytest.mark.parametrize("day", [full(), full(word="面接面接"), InterviewDay(title="")], ids=["long", "cjk", "empty"])
def test_ten_questions_are_one_page_of_a4(qapp, tmp_path, day):  # noqa: ARG001
    assert pages(tmp_path, interview_day_printable(day)) == 1


def test_the_widest_words_fit_in_a_smaller_size(qapp, tmp_path):  # noqa: ARG001
    assert pages(tmp_path, interview_day_printable(full(word="MMMMMMM"))) == 2
    assert pages(tmp_path, interview_day_printable(full(word="MMMMMMM"), points=8.0)) == 1


def test_the_page_says_how_much_more_there_is():
    page = interview_day_page(full())
    assert "and 22 more" in page  # figures
    assert "and 7 more" in page  # points of a weak spot
    assert page.count("and 5 more") == 2  # weak spots, questions to ask
    assert page.count("<hr") == 0


def test_an_empty_page_has_lines_to_write_on():
    page = interview_day_page(InterviewDay(title="Acme"))
    assert page.count("<hr") == 5
    assert "Figures you claim" not in page
    assert "Worth another look" not in page
