"""The interview-day page: what one looks at once more on the way to an interview, chosen from the own answers.

What is chosen, and how:

    opening      the first sentences of the answer to "tell me about yourself", else of the first INTRO answer
    figures      passed in, since finding them is not the business of a report
    key words    passed in by question, or chosen by ``key_words``
    weak spots   of each question's last answer: points missed, scores up to 5 (the second look counts, else the first),
                 and what was meant for next time; those with most to look at come first
    to ask       what the person asks in their own WRAP-UP answers
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

from interview_coach.domain.models import AttemptState, Criterion, PointStatus, Value
from interview_coach.domain.rubric import entry
from interview_coach.reports.key_words import key_words
from interview_coach.reports.values import ReportedAttempt, ReportedQuestion, latest_answer
from interview_coach.reports.writing import one_line, prose

#: A score up to this one is a weak spot.
LOW = 5

_OPENING_SENTENCES = 3


class DayQuestion(Value):
    """A question and the words that bring its answer back to mind."""

    stage: str
    text: str
    words: tuple[str, ...] = ()


class WeakSpot(Value):
    """What to look at once more; ``low`` are scores with their criterion, as text."""

    question: str
    missed: tuple[str, ...] = ()
    low: tuple[str, ...] = ()
    resolution: str | None = None


class InterviewDay(Value):
    """All that stands on an interview-day page."""

    title: str
    day: date | None = None
    opening: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    questions: tuple[DayQuestion, ...] = ()
    weak_spots: tuple[WeakSpot, ...] = ()
    to_ask: tuple[str, ...] = ()


def interview_day(
    title: str,
    questions: Sequence[ReportedQuestion],
    *,
    day: date | None = None,
    figures: Sequence[str] = (),
    words: Mapping[str, Sequence[str]] | None = None,
) -> InterviewDay:
    """Choose what stands on the page of an interview with these questions; ``words`` are key words by question uid."""
    answers = [latest_answer(question) for question in questions]
    texts = ["" if answer is None else answer.text for answer in answers]
    chosen = key_words(texts, [question.text for question in questions])
    given = words or {}
    return InterviewDay(
        title=title,
        day=day,
        opening=_opening(questions, texts),
        figures=tuple(figures),
        questions=tuple(
            DayQuestion(stage=question.stage, text=question.text, words=tuple(given.get(question.uid, found)))
            for question, found in zip(questions, chosen, strict=True)
        ),
        weak_spots=_weak_spots(questions),
        to_ask=tuple(
            dict.fromkeys(
                sentence
                for question, text in zip(questions, texts, strict=True)
                if question.stage == "WRAP-UP"
                for sentence in sentences(text)
                if sentence.rstrip("\"'”’)").endswith("?")
            )
        ),
    )


def sentences(text: str) -> tuple[str, ...]:
    """Return the sentences of a text without its code, each in one line; an empty line ends one too."""
    found = []
    for paragraph in prose(text).split("\n\n"):
        begin = 0
        for stop in _stops().finditer(paragraph):
            following = paragraph[stop.end() : stop.end() + 3].lstrip()
            if following and not following[0].islower():
                found.append(paragraph[begin : stop.end()])
                begin = stop.end()
        found.append(paragraph[begin:])
    return tuple(line for sentence in found if (line := one_line(sentence)))


def _opening(questions: Sequence[ReportedQuestion], texts: Sequence[str]) -> tuple[str, ...]:
    answered = [(question, text) for question, text in zip(questions, texts, strict=True) if text.strip()]
    introduces = [text for question, text in answered if _self_introduction().search(question.text)]
    first = [text for question, text in answered if question.stage == "INTRO"]
    return sentences((introduces + first)[0])[:_OPENING_SENTENCES] if introduces or first else ()


def _weak_spots(questions: Sequence[ReportedQuestion]) -> tuple[WeakSpot, ...]:
    spots = []
    for question in questions:
        given = [attempt for attempt in question.attempts if attempt.state is AttemptState.SUBMITTED]
        if given:
            spot = _weak_spot(question, max(given, key=lambda attempt: attempt.number))
            if spot.missed or spot.low or spot.resolution:
                spots.append(spot)
    return tuple(sorted(spots, key=lambda spot: -len(spot.missed) - len(spot.low)))


def _weak_spot(question: ReportedQuestion, attempt: ReportedAttempt) -> WeakSpot:
    low = []
    for criterion in Criterion:
        score = attempt.second_look.score(criterion)
        score = attempt.first_rating.score(criterion) if score is None else score
        if score is not None and score <= LOW:
            low.append(f"{entry(criterion).title} {score}")
    return WeakSpot(
        question=question.text,
        missed=tuple(point.text for point in attempt.points if point.decided is PointStatus.MISSED),
        low=tuple(low),
        resolution=(attempt.resolution or "").strip() or None,
    )


@cache
def _stops() -> re.Pattern[str]:
    return re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]]*+(?=\s)|[。！？]++")


@cache
def _self_introduction() -> re.Pattern[str]:
    return re.compile(
        r"\babout yourself\b|\bintroduce yourself\b|\byourself in\b|\bwalk (?:me|us) through your"
        r" (?:cv|r[eé]sum[eé]|background|career|experience)\b",
        re.IGNORECASE,
    )
