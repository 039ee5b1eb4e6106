"""The page for an interview's day, filled: the figures are found as the comparison finds them in an answer."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date

from interview_coach.comparison.english import word_set
from interview_coach.comparison.figures import figures
from interview_coach.comparison.prose import Prose
from interview_coach.comparison.words import words
from interview_coach.domain.models import Mode
from interview_coach.reports.interview_day import InterviewDay, interview_day
from interview_coach.reports.values import Report, latest_answer
from interview_coach.reports.writing import one_line
from interview_coach.services.proposing import LONGEST_COMPARED

#: How many words stand with a figure, before it and after it, and how many letters all of that may be.
_BEFORE, _AFTER = 4, 3
_LONGEST = 48

#: Figures so near to one another are told together: from 800 ms to 120 ms.
_NEAR = 8

#: Words that end no phrase.
_LEADING_ON = "a an and at but by for from in is it of on or our that the to was we were which with"


def day_of_interview(report: Report, day: date | None = None) -> InterviewDay:
    """Return what stands on the page of an interview with the questions of a report."""
    asked = [*report.questions, *(question for session in report.sessions for question in session.questions)]
    answers = [answer for question in asked if (answer := latest_answer(question)) is not None]
    title = next((session.title for session in report.sessions), report.title)
    if any(session.mode is Mode.MOCK for session in report.sessions):
        title = f"{title} (mock interview)"
    return interview_day(title, asked, day=day, figures=claimed_figures([answer.text for answer in answers]))


def claimed_figures(answers: Sequence[str]) -> tuple[str, ...]:
    """Return the figures of answers, each with a few words that say what of, and each once."""
    found = (figure for answer in answers if len(answer) <= LONGEST_COMPARED for figure in _figures(answer))
    return tuple(dict.fromkeys(found))


def _figures(answer: str) -> Iterator[str]:
    prose = Prose(answer, words(answer))
    begins = [start for start, _ in prose.sentences]
    groups: list[tuple[int, int, int]] = []
    for start, end in figures(prose):
        sentence = bisect_right(begins, start) - 1
        begun, before, of = groups[-1] if groups else (0, 0, -1)
        if sentence == of and start - before <= _NEAR and end - begun <= _LONGEST:
            groups[-1] = begun, end, sentence
        else:
            groups.append((start, end, sentence))
    done = 0
    for number, (start, end, sentence) in enumerate(groups):
        first, last = prose.sentences[sentence]
        following = groups[number + 1][0] if number + 1 < len(groups) else len(answer)
        told_before = _words_before(answer, max(first, done, start - _LONGEST), start)
        told_after = _words_after(answer[end : min(last, following, end + _LONGEST)])
        done = end + sum(map(len, told_after))
        glue = " " if answer[start - 1 : start].isspace() else ""
        while told_after and _length(told_before, told_after) > _LONGEST - (end - start):
            told_after.pop()
        while told_before and _length(told_before, told_after) > _LONGEST - (end - start):
            told_before.pop(0)
        figure = " ".join(told_before) + glue * bool(told_before) + answer[start:end]
        yield one_line(" ".join([figure, *told_after]))


def _length(*kept: Sequence[str]) -> int:
    return sum(len(word) + 1 for words in kept for word in words)


def _words_before(answer: str, begin: int, end: int) -> list[str]:
    """Return the last few words of a stretch that belong to what stands behind it; none that is cut."""
    stretch = answer[begin:end]
    if begin and not answer[begin - 1].isspace() and not stretch[:1].isspace():
        stretch = stretch.partition(" ")[2]
    kept: list[str] = []
    for word in reversed(stretch.split()[-_BEFORE:]):
        if word.endswith((",", ";", ":", "–")):
            break
        kept.insert(0, word.lstrip("("))
        if word.startswith("("):
            break
    while kept and kept[0].lower() in word_set(_LEADING_ON):
        kept.pop(0)
    return kept


def _words_after(stretch: str) -> list[str]:
    """Return the first few words of a stretch that belong to what stands before it."""
    kept: list[str] = []
    for word in stretch.split()[:_AFTER] if stretch[:1].isspace() else ():
        if word.startswith(("(", "–")):
            break
        kept.append(word.rstrip(".,;:!?…)"))
        if kept[-1] != word:
            break
    while kept and (kept[-1].lower() in word_set(_LEADING_ON) or not kept[-1]):
        kept.pop()
    return kept
