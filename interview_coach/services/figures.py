"""The figures behind Progress: read in one go, and kept as plain values that a picture or a script can take."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from interview_coach.domain.days import day_of
from interview_coach.domain.models import Criterion, stage_order
from interview_coach.domain.progress import (
    Answered,
    Contrast,
    Mean,
    NumberedShare,
    Period,
    by_stage,
    first_against_latest,
    first_against_second,
    first_scores,
    means_over_time,
    period_of,
    rating_against_points,
    said_by_number,
)
from interview_coach.services.agenda import AFTERWARDS, Agenda, AgendaService
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database

#: So many days ahead it is told what comes back.
DAYS_AHEAD = 28

#: So many of the newest answers are read to tell how they are said; a longer text than so many characters is left out.
NEWEST = 300
LONGEST = 20_000


class StageFigures:
    """What was rated and said in one stage, or in all of them; each figure is counted when it is first asked for."""

    def __init__(self, answers: Sequence[Answered], period: Period) -> None:
        self._answers = answers
        self._period = period

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return len(self._answers)

    @cached_property
    def ratings(self) -> Mapping[Criterion, tuple[Mean, ...]]:
        """The mean of the first scores in each part of the time."""
        scores = {criterion: first_scores(self._answers, criterion) for criterion in Criterion}
        return {criterion: means_over_time(scores[criterion], self._period) for criterion in Criterion}

    @cached_property
    def looks(self) -> Mapping[Criterion, Contrast]:
        """The first rating beside the second look at the same answers."""
        return {criterion: first_against_second(self._answers, criterion) for criterion in Criterion}

    @cached_property
    def against_points(self) -> Contrast:
        """The first rating, as a share of ten, beside the share of points said."""
        return rating_against_points(self._answers)

    @cached_property
    def by_number(self) -> tuple[NumberedShare, ...]:
        """The share of points said at the first attempt at a question, the second and so on."""
        return said_by_number(self._answers)

    @cached_property
    def again(self) -> Contrast:
        """The share of points said at the first beside the latest attempt at the same questions."""
        return first_against_latest(self._answers)

    def count(self) -> Self:
        """Count all of it now, and not where somebody waits for a key."""
        _ = (self.ratings, self.looks, self.against_points, self.by_number, self.again)
        return self


@dataclass(frozen=True)
class DayDone:
    """A day up to today: its answers, and about how long they took with rating and comparing, in seconds."""

    day: date
    attempt_ids: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class DayAhead:
    """A day from today on: how many questions come back on it, and the attempts after which they do."""

    day: date
    attempt_ids: tuple[int, ...]


@dataclass(frozen=True)
class DayFigures:
    """What was done day by day, and what comes, seen on ``day``.

    ``days`` are those on which something was answered, oldest first. ``ahead`` are the days from today on that have
    something due, what is overdue counted today, ``later`` what comes after them. ``agenda`` says what is planned,
    ``minutes_a_day`` what the person has for it.
    """

    day: date
    days: tuple[DayDone, ...]
    ahead: tuple[DayAhead, ...]
    later: tuple[int, ...]
    agenda: Agenda
    minutes_a_day: int

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return sum(len(done.attempt_ids) for done in self.days)


@dataclass(frozen=True)
class AnswerFigures:
    """What was rated and said: in all stages, and in each in the order of an interview.

    Their times are cut into parts of one ``period``.
    """

    period: Period
    everywhere: StageFigures
    stages: Mapping[str, StageFigures]


@dataclass(frozen=True)
class DeliveryFigures:
    """How the newest answers are said, over time: their words, and hedges and fillers in a hundred words.

    Answers in another language than English have neither hedges nor fillers counted.
    """

    answers: int
    period: Period
    words: tuple[Mean, ...]
    hedges: tuple[Mean, ...]
    fillers: tuple[Mean, ...]


class FiguresService:
    """Counts what was practised."""

    def __init__(self, database: Database, clock: Clock, agenda: AgendaService) -> None:
        self._database = database
        self._clock = clock
        self._agenda = agenda

    def days(self) -> DayFigures:
        """Return what was done day by day, and what comes. It is quick: this is seen first."""
        today = day_of(self._clock.now())
        agenda = self._agenda.view()
        with self._database.begin() as work:
            days = work.answered.days()
            overdue = work.answered.before_return(agenda.due)
            coming = work.answered.coming(today)
        ahead, later = _ahead(today, overdue, coming)
        return DayFigures(
            day=today,
            days=tuple(DayDone(day, ids, seconds + AFTERWARDS * len(ids)) for day, ids, seconds in days),
            ahead=ahead,
            later=later,
            agenda=agenda,
            minutes_a_day=self._agenda.preferences.minutes_a_day,
        )

    def answers(self) -> AnswerFigures:
        """Return what was rated and said; nothing that somebody wrote is read."""
        with self._database.begin() as work:
            answers = work.answered.answers()
        period = period_of([answers[0].day, answers[-1].day]) if answers else Period.DAY
        stages = by_stage(answers)
        return AnswerFigures(
            period=period,
            everywhere=StageFigures(answers, period),
            stages={stage: StageFigures(stages[stage], period) for stage in sorted(stages, key=_place)},
        )

    def delivery(self, most: int = NEWEST) -> DeliveryFigures:
        """Return how the newest answers are said; their texts are looked at, which takes a moment."""
        from interview_coach.comparison.delivery import FactKind, delivery_facts  # late: not needed to start

        with self._database.begin() as work:
            texts = work.answered.newest_texts(most)
        answers = [(day, number, text) for number, day, text in reversed(texts) if 0 < len(text.strip()) <= LONGEST]
        period = period_of([day for day, _, _ in answers])
        facts = [(day, number, delivery_facts(text)) for day, number, text in answers]

        def in_a_hundred(kind: FactKind) -> tuple[Mean, ...]:
            counted = ((day, number, said.fact(kind), said.words) for day, number, said in facts)
            return means_over_time(
                (
                    (day, number, fact.count * 100 / words if fact is not None and words else None)
                    for day, number, fact, words in counted
                ),
                period,
            )

        return DeliveryFigures(
            answers=len(answers),
            period=period,
            words=means_over_time(((day, number, said.words) for day, number, said in facts), period),
            hedges=in_a_hundred(FactKind.HEDGES),
            fillers=in_a_hundred(FactKind.FILLERS),
        )


def _place(stage: str) -> tuple[int, str]:
    return stage_order(stage), stage


def _ahead(
    today: date, overdue: Sequence[int], coming: Sequence[tuple[date, int]]
) -> tuple[tuple[DayAhead, ...], tuple[int, ...]]:
    """Return the days that have something due, and what comes back after the last of those that are told."""
    astray = set(overdue)  # due now, whatever its day says: it was made by a clock that was wrong
    end = today + timedelta(days=DAYS_AHEAD)
    days: dict[date, list[int]] = {today: list(overdue)} if overdue else {}
    later = []
    for day, attempt_id in coming:
        if attempt_id in astray:
            continue
        if day < end:
            days.setdefault(day, []).append(attempt_id)
        else:
            later.append(attempt_id)
    return tuple(DayAhead(day, tuple(ids)) for day, ids in days.items()), tuple(later)
