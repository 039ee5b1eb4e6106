"""A report as a tree of headings and what stands below them: what is said, once, for every form that it is given.

All English sentences of the reports stand here. What the forms add is only how a heading or a list looks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from interview_coach.domain.models import (
    AttemptState,
    Criterion,
    DecidedPoint,
    Mode,
    Origin,
    PointStatus,
    RatingStatus,
    RecordedRating,
    SelfRating,
)
from interview_coach.domain.rubric import entry
from interview_coach.reports.values import (
    ComparedWith,
    RecordedAnswer,
    Report,
    ReportedAttempt,
    ReportedQuestion,
    ReportedSession,
    ReportKind,
    gathered,
)
from interview_coach.reports.writing import Paragraph, one_line, shortened, written

#: A longer question is named by its beginning, and stands whole below.
_LONGEST_TITLE = 140

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_POINT_WORDS = {
    PointStatus.SAID: "said",
    PointStatus.PARTLY: "partly",
    PointStatus.MISSED: "missed",
    PointStatus.LEFT_OUT: "left out on purpose",
    None: "not decided",
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A line in small print."""

    text: str


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody wrote, with its paragraphs and its code."""

    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something short that somebody wrote, behind the words that say what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of key points, each with what became of it in words; without any where that is not the question."""

    items: tuple[tuple[str, str], ...]


Block = Fact | Written | Remark | Points


class Part(Enum):
    """What a section is about."""

    SESSION = "session"
    SESSIONS = "sessions"
    QUESTION = "question"
    ANSWER = "answer"
    RECORDED = "recorded"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands below it, and the sections inside. ``anchor`` is a name that no other one has."""

    part: Part
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Outline:
    """A whole report. ``questions`` names them all, in order."""

    title: str
    fact: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Section, ...]:
        """Every question's section, in order."""
        return tuple(
            section for top in self.sections for section in (top, *top.sections) if section.part is Part.QUESTION
        )


def outline(report: Report) -> Outline:
    """Return what a report says.

    Of everything, the sessions are listed and the questions follow once each, with all their answers.
    """
    sections: list[Section] = []
    if report.kind is ReportKind.EVERYTHING:
        questions = gathered(report)
        if report.sessions:
            lines = tuple(Fact(f"{one_line(session.title)} · {session_line(session)}") for session in report.sessions)
            sections.append(Section(Part.SESSIONS, "Sessions", lines))
    else:
        questions = report.questions
        for place, session in enumerate(report.sessions, start=1):
            sections.append(_session(session, place))
    sections.extend(_questions(questions, "q"))
    counted = sum(section.part is Part.QUESTION for top in sections for section in (top, *top.sections))
    fact = f"Made on {day_text(report.made)} · {count_text(counted, 'question')}"
    return Outline(one_line(report.title) or "Report", fact, tuple(sections))


def day_text(day: date) -> str:
    """Return a day as people write it: 3 March 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def moment_text(moment: datetime) -> str:
    """Return a moment, in the zone in which it is given: 3 March 2026, 14:05."""
    return f"{day_text(moment)}, {moment:%H:%M}"


def span_text(seconds: float) -> str:
    """Return how long something took: 45 s, 1 min 20 s, 1 h 2 min."""
    whole = round(seconds)
    minutes, left = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {left} s" if minutes else f"{left} s"


def count_text(count: int, thing: str) -> str:
    """Return a count with its thing: 1 question, 12 questions."""
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def scores_text(rating: SelfRating) -> str:
    """Return the person's own scores, those that they gave."""
    return " · ".join(
        f"{entry(criterion).title} {score}" for criterion in Criterion if (score := rating.score(criterion)) is not None
    )


def recorded_scores_text(rating: RecordedRating) -> str:
    """Return a recorded rating in one line; what has no score says why."""
    if rating.status is RatingStatus.FAILED:
        return "none (the judge failed)"
    if rating.status is RatingStatus.NOT_RATED and not rating.unreadable:
        return "none"
    return " · ".join(f"{entry(criterion).title} {_score_text(rating, criterion)}" for criterion in Criterion)


def compared_text(compared: ComparedWith) -> str:
    """Return what an answer was compared with."""
    if compared.transcript is not None:
        kind = "the recorded answer" if compared.origin is Origin.RECORDED else "the answer written for practice"
        return f"{kind} of {one_line(compared.transcript)}"
    return "your own answer" if compared.own_number is None else f"your own answer {compared.own_number}"


def point_word(point: DecidedPoint) -> str:
    """Return what became of a point."""
    return _POINT_WORDS[point.decided]


def session_line(session: ReportedSession) -> str:
    """Return a session's line: how it was practised, when, and how much."""
    mode = "Mock interview" if session.mode is Mode.MOCK else "Practice"
    ended = "not finished" if session.finished is None else f"finished {moment_text(session.finished)}"
    return f"{mode} · {moment_text(session.started)} · {ended} · {count_text(len(session.questions), 'question')}"


def _score_text(rating: RecordedRating, criterion: Criterion) -> str:
    score = rating.score(criterion)
    if score is not None:
        return f"{score:g}" if score == int(score) else f"{score:.1f}"
    as_it_stands = dict(rating.unreadable).get(criterion)
    if as_it_stands is not None:
        return f"unreadable: {one_line(as_it_stands)}"
    return "unreadable" if rating.status is RatingStatus.UNREADABLE else "not rated"


def _session(session: ReportedSession, place: int) -> Section:
    return Section(
        Part.SESSION,
        one_line(session.title) or f"Session {place}",
        (Fact(session_line(session)),),
        tuple(_questions(session.questions, f"s{place}-q")),
        f"s{place}",
    )


def _questions(questions: Sequence[ReportedQuestion], anchor: str) -> Iterator[Section]:
    for place, question in enumerate(questions, start=1):
        title, whole = _title(question.text)
        facts = [one_line(question.stage), *map(one_line, question.tags), *(["flagged"] if question.flagged else [])]
        blocks: list[Block] = [Fact(" · ".join(filter(None, facts)))] if any(facts) else []
        if not whole:
            blocks.append(Written(question.text))
        if not question.attempts:
            blocks.append(Fact("Not answered yet."))
        blocks.extend(Remark("Your note:", note) for note in question.notes)
        sections = [*map(_attempt, question.attempts), *map(_recorded, question.recorded)]
        if question.own_points:
            points = Points(tuple(("", point) for point in question.own_points))
            sections.append(Section(Part.POINTS, "Your key points", (points,)))
        yield Section(Part.QUESTION, f"{place}. {title}", tuple(blocks), tuple(sections), f"{anchor}{place}")


def _title(text: str) -> tuple[str, bool]:
    """Return a question's name, and whether that is all of it."""
    parts = list(written(text))
    if not parts or not isinstance(parts[0], Paragraph):
        return "Question", not parts
    line = one_line(parts[0].lines[0])
    title = shortened(line, _LONGEST_TITLE)
    return title, title == line and len(parts) == 1 and len(parts[0].lines) == 1


def _attempt(attempt: ReportedAttempt) -> Section:
    skipped = attempt.state is AttemptState.SKIPPED
    title = [f"Your answer {attempt.number}", day_text(attempt.day)]
    if skipped:
        title.append("skipped")
    elif attempt.state is AttemptState.DRAFT:
        title.append("draft, not submitted")
    if attempt.pinned:
        title.append("your reference")
    blocks: list[Block] = []
    if attempt.text.strip():
        facts = [count_text(attempt.words, "word")]
        if attempt.seconds >= 1:
            facts.append(span_text(attempt.seconds))
        if not attempt.blind:
            facts.append("the reference had been seen before")
        blocks += [Fact(" · ".join(facts)), Written(attempt.text)]
    elif not skipped:
        blocks.append(Fact("Nothing written."))
    blocks.extend(_own_ratings(attempt))
    if attempt.compared_with is not None:
        blocks.append(Fact(f"Compared with {compared_text(attempt.compared_with)}."))
    if attempt.points:
        blocks.append(Points(tuple((point_word(point), point.text) for point in attempt.points)))
    if attempt.resolution and attempt.resolution.strip():
        blocks.append(Remark("Next time I will", attempt.resolution))
    return Section(Part.ANSWER, " · ".join(title), tuple(blocks))


def _own_ratings(attempt: ReportedAttempt) -> Iterator[Block]:
    if attempt.first_rating.given:
        yield Fact(f"You, {'before looking' if attempt.blind else 'first'}: {scores_text(attempt.first_rating)}")
    elif attempt.state is AttemptState.SUBMITTED:
        yield Fact("You gave no rating.")
    if attempt.second_look.given:
        yield Fact(f"You, on a second look: {scores_text(attempt.second_look)}")


def _recorded(recorded: RecordedAnswer) -> Section:
    is_recorded = recorded.origin is Origin.RECORDED
    title = "Recorded answer" if is_recorded else "Written for practice"
    judge = "given by a language model" if is_recorded else "written for practice, as the answer"
    rating = recorded.rating
    blocks: list[Block] = [
        Fact("No answer there.") if not (recorded.answer or "").strip() else Written(recorded.answer or "")
    ]
    scores = recorded_scores_text(rating)
    rated = rating.status is not RatingStatus.NOT_RATED or rating.unreadable
    blocks.append(Fact(f"Rating, {judge}: {scores}" if rated else "Rating: none"))
    if rating.summary and rating.summary.strip():
        blocks.append(Remark("The rating says:", rating.summary))
    elif rating.as_written and rating.as_written.strip() and rating.status is not RatingStatus.RATED:
        blocks.append(Remark("The rating as it stands there:", rating.as_written))
    return Section(Part.RECORDED, f"{title} · {one_line(recorded.transcript)}", tuple(blocks))
