"""A simulated candidate: what somebody would recall on the day of the interview, by the order of practising.

The same minutes a day are spent in three ways: by the plan to a date, by FSRS alone (what is due, then what is new),
and massed (one question after the other, each as often in a row as there is time for). What is recalled is asked of
two models of forgetting, which know nothing of the plan:

* FSRS's own, with its published weights (https://github.com/open-spaced-repetition): the model that FSRS alone suits;
* a power law of practice and forgetting with the activation-based decay of Pavlik & Anderson (2005), "Practice and
  forgetting effects on vocabulary memory", Cognitive Science 29(4), 559–586, with the values given there.

A simulation shows how orders compare under a model, not what a person will know. Run as a script it prints the table.
"""

import argparse
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import exp, log

from interview_coach.domain.planning import PlannedQuestion, plan
from interview_coach.domain.scheduling import Grade, Review, after, is_due

#: When each case begins, and how long one visit to a question takes, in seconds.
BEGINS = date(2026, 1, 5)
VISIT = 100.0

SEEDS = 50

_WEAKNESS = {Grade.AGAIN: 1.0, Grade.GOOD: 0.35}


@dataclass(frozen=True)
class Case:
    """So many questions, days until the interview, and minutes on each of them."""

    questions: int
    days: int
    minutes: int

    @property
    def interview(self) -> date:
        """The day of the interview."""
        return BEGINS + timedelta(days=self.days)

    @property
    def visits_a_day(self) -> int:
        """How many visits a day has time for."""
        return int(self.minutes * 60 // VISIT)


CASES = (Case(24, 9, 20), Case(40, 14, 20), Case(60, 9, 20), Case(20, 30, 10))


class FsrsMemory:
    """A memory that forgets as FSRS says; ``ease`` stretches its stability: not all questions are alike."""

    def __init__(self, ease: float) -> None:
        self._ease = ease
        self._last: Review | None = None

    def recall(self, day: date) -> float:
        """Return how likely the answer is to be recalled on a day."""
        if self._last is None:
            return 0.0
        from fsrs import Scheduler

        decay = -Scheduler().parameters[20]
        factor = 0.9 ** (1 / decay) - 1
        elapsed = max((day - self._last.day).days, 0)
        return float((1 + factor * elapsed / (self._last.stability * self._ease)) ** decay)

    def practise(self, day: date, place: int, grade: Grade) -> None:
        """Answer on a day; the answer is looked at afterwards."""
        self._last = after(self._last, grade, _moment(day, place))


class ActivationMemory:
    """A memory in which each practice leaves a trace that decays, the faster the more active it was (ACT-R)."""

    _INTERCEPT, _SCALE, _THRESHOLD, _NOISE, _BETWEEN = 0.177, 0.217, -0.704, 0.255, 0.025

    def __init__(self, ease: float) -> None:
        self._ease = log(ease)
        self._traces: list[tuple[float, float]] = []

    def _activation(self, now: float) -> float | None:
        strength = sum(max(now - when, 1.0) ** -decay for when, decay in self._traces)
        return None if strength <= 0 else log(strength) + self._ease

    def recall(self, day: date) -> float:
        """Return how likely the answer is to be recalled on a day."""
        activation = self._activation(self._seconds(day, 0))
        return 0.0 if activation is None else 1 / (1 + exp((self._THRESHOLD - activation) / self._NOISE))

    def practise(self, day: date, place: int, grade: Grade) -> None:  # noqa: ARG002  (a look teaches either way)
        """Answer on a day; the answer is looked at afterwards."""
        now = self._seconds(day, place)
        activation = self._activation(now)
        decay = self._INTERCEPT + (0.0 if activation is None else self._SCALE * exp(activation))
        self._traces.append((now, decay))

    @classmethod
    def _seconds(cls, day: date, place: int) -> float:
        # Time between sittings counts less than time within one, as the paper found.
        return (day - BEGINS).days * 86_400 * cls._BETWEEN + place * VISIT


Memory = FsrsMemory | ActivationMemory

MODELS: dict[str, Callable[[float], Memory]] = {"FSRS": FsrsMemory, "activation": ActivationMemory}


@dataclass
class Candidate:
    """Somebody who practises: their memories, and what the program knows of each question."""

    memories: list[Memory]
    chance: random.Random
    reviews: dict[int, Review] = field(default_factory=dict)
    seen: dict[int, int] = field(default_factory=dict)
    last: dict[int, date] = field(default_factory=dict)
    visits: int = 0

    def answer(self, number: int, day: date, place: int) -> None:
        """Answer a question: what is recalled goes well, else badly."""
        memory = self.memories[number]
        grade = Grade.GOOD if self.chance.random() < memory.recall(day) else Grade.AGAIN
        memory.practise(day, place, grade)
        self.reviews[number] = after(self.reviews.get(number), grade, _moment(day, place))
        self.seen[number] = self.seen.get(number, 0) + 1
        self.last[number] = day
        self.visits += 1


def by_plan(candidate: Candidate, case: Case, day: date) -> Sequence[int]:
    """Return what the plan to the date asks for on a day."""
    questions = [
        PlannedQuestion(
            question_id=number,
            seconds=VISIT,
            weakness=_WEAKNESS[candidate.reviews[number].grade] if number in candidate.reviews else 0.5,
            seen=candidate.seen.get(number, 0),
            last_seen=candidate.last.get(number),
        )
        for number in range(case.questions)
    ]
    capacity = {BEGINS + timedelta(days=each): case.minutes * 60.0 for each in range(case.days)}
    today = plan(questions, day, case.interview, capacity).today
    return () if today is None else today.question_ids


def by_fsrs(candidate: Candidate, case: Case, day: date) -> Sequence[int]:
    """Return what is due, the longest waiting first, and then what is new, as the minutes hold it."""
    due = sorted((each.due, number) for number, each in candidate.reviews.items() if is_due(each, day))
    new = [number for number in range(case.questions) if number not in candidate.reviews]
    return [*(number for _, number in due), *new][: case.visits_a_day]


def massed(candidate: Candidate, case: Case, day: date) -> Sequence[int]:  # noqa: ARG001  (it asks nobody)
    """Return the day's part of all visits, each question's in a row."""
    total = case.visits_a_day * case.days
    begun = (day - BEGINS).days * case.visits_a_day
    return [visit * case.questions // total for visit in range(begun, begun + case.visits_a_day)]


ORDERS: dict[str, Callable[[Candidate, Case, date], Sequence[int]]] = {
    "plan": by_plan,
    "FSRS alone": by_fsrs,
    "massed": massed,
}


@dataclass(frozen=True)
class Outcome:
    """The mean recall of all questions on the day of the interview, from 0 to 1, and how many visits it took."""

    recall: float
    visits: int


def simulate(case: Case, model: str, order: str, seed: int) -> Outcome:
    """Let a candidate practise until the interview; the same seed gives the same questions to each order."""
    chance = random.Random(seed)
    eases = [exp(chance.gauss(0.0, 0.5)) for _ in range(case.questions)]
    candidate = Candidate([MODELS[model](ease) for ease in eases], chance)
    for number in range(case.days):
        day = BEGINS + timedelta(days=number)
        for place, question in enumerate(ORDERS[order](candidate, case, day)):
            candidate.answer(question, day, place)
    return Outcome(statistics.fmean(memory.recall(case.interview) for memory in candidate.memories), candidate.visits)


def table(seeds: int) -> str:
    """Return what came of all cases: the mean over the seeds, and between which values nine of ten lie."""
    lines = [f"{'recall on the day, of 100':44}" + "".join(f"{order:>22}" for order in ORDERS)]
    for case in CASES:
        for model in MODELS:
            name = f"{case.questions} questions, {case.days} days of {case.minutes} minutes, {model}"
            cells = []
            for order in ORDERS:
                outcomes = [simulate(case, model, order, seed) for seed in range(seeds)]
                recalls = sorted(100 * outcome.recall for outcome in outcomes)
                edge = len(recalls) // 20
                cells.append(f"{statistics.fmean(recalls):.0f} ({recalls[edge]:.0f}–{recalls[-1 - edge]:.0f})")
            lines.append(f"{name:44}" + "".join(f"{cell:>22}" for cell in cells))
    return "\n".join(lines)


def _moment(day: date, place: int) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC) + timedelta(seconds=place * VISIT)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Simulate a candidate under two models of forgetting.")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    sys.stdout.write(table(max(parser.parse_args().seeds, 1)) + "\n")


if __name__ == "__main__":
    main()
