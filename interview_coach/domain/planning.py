"""A plan to the day of an interview: which questions on which day, as far as the minutes reach.

It is made anew each morning from what was answered by then, so that a missed day is spread over those that are left
and nothing piles up. Each chosen question is seen at least twice, the last time in the final two days before the
interview; what minutes remain go to further visits, first to what went worst. The best time between two visits is a
share of the time that is left until they are needed (Cepeda, Vul, Rohrer, Wixted & Pashler 2008, "Spacing effects in
learning", Psychological Science 19(11), 1095–1102), so a next visit comes after a share of what is left: the gaps
shrink with it. Where the minutes do not reach for all, a question goes without the last pass first, then without a
second visit, and only then is it left out: whoever leaves out what could be seen once gives away more than a pass.
So what would be left out takes the place of visits of others that keep one, their last pass before their second visit.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: The last days before an interview, in which every question is seen once more.
FINAL_DAYS = 2

#: After which share of the days that are left a question comes again, by its weakness: from which on, and the share.
_SHARES = ((2 / 3, 8), (1 / 3, 5), (0.0, 3))

#: By how many days a further visit is put off where its day is full.
PUT_OFF = 2


class Short(StrEnum):
    """What the minutes do not reach for: a question's last pass, its second visit, or any visit at all."""

    LAST_PASS = "last_pass"  # noqa: S105  (no password)
    SEEN_TWICE = "seen_twice"
    LEFT_OUT = "left_out"


@dataclass(frozen=True)
class PlannedQuestion:
    """A question to be planned.

    One visit takes ``seconds`` (more than 0). ``weakness`` says how badly it went, from 0 to 1; one that was never
    answered stands in the middle. It was answered ``seen`` times, on ``last_seen`` last. One that a nearer interview's
    plan holds as well counts as seen by then, with a ``last_seen`` that lies ahead, and comes ``not_before`` that
    interview's day.
    """

    question_id: int
    seconds: float
    weakness: float = 0.5
    seen: int = 0
    last_seen: date | None = None
    not_before: date | None = None


@dataclass(frozen=True)
class PlanDay:
    """What a day holds: questions in the order in which they matter most, and about how long they take, in seconds."""

    day: date
    question_ids: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class Plan:
    """All days until the interview, the day itself left out; none once it is over.

    ``short`` holds the questions that do not get all they should, with what they lack at worst.
    """

    interview: date
    days: tuple[PlanDay, ...]
    short: Mapping[int, Short]

    @property
    def today(self) -> PlanDay | None:
        """What the first day holds, None once it is over."""
        return self.days[0] if self.days else None

    @property
    def left_out(self) -> int:
        """How many questions are not seen at all."""
        return sum(each is Short.LEFT_OUT for each in self.short.values())


def plan(
    questions: Sequence[PlannedQuestion],
    today: date,
    interview: date,
    capacity: Mapping[date, float],
    taken: Collection[date] = (),
) -> Plan:
    """Return the plan for an interview, made on ``today``.

    ``capacity`` holds the seconds that each day has, 0 where it is not named; what a nearer interview takes of a day is
    taken off by the caller, who names these days in ``taken``. A day takes no more than it has, or one question alone
    that is longer, where nothing is taken of it yet. Where not all fits, what went well goes without first; among
    equals the later ones. None is left out while a day could hold it without the visits of those that keep another.
    """
    days = [today + timedelta(days=number) for number in range((interview - today).days)]
    calendar = _Calendar(
        [max(capacity.get(day, 0.0), 0.0) for day in days],
        [each.seconds for each in questions],
        {number for number, day in enumerate(days) if day in taken},
    )
    order = sorted(range(len(questions)), key=lambda number: -questions[number].weakness)
    asked = [_Visits(number, questions[number], today, calendar) for number in order] if days else []
    needs = (_Visits.pass_last, _Visits.visit_first, _Visits.visit_twice)
    placed = True
    while placed:  # a question that took others' places leaves room that one of them may use
        for need in needs:
            for visits in asked:
                need(visits)
        placed = _make_room(asked, calendar)
    waiting = asked
    while waiting:  # in each round one more to each that may have one, the weakest first
        waiting = [visits for visits in waiting if visits.visit_again()]
    return Plan(
        interview=interview,
        days=tuple(
            PlanDay(day, tuple(questions[number].question_id for number in numbers), load)
            for day, numbers, load in zip(days, calendar.held, calendar.loads, strict=True)
        ),
        short={questions[visits.number].question_id: short for visits in asked if (short := visits.short) is not None},
    )


def _make_room(asked: Sequence["_Visits"], calendar: "_Calendar") -> bool:
    """Put each question that is left out on a day that others can spare; return whether there was one."""
    by_number = {visits.number: visits for visits in asked}
    placed = False
    too_long = float("inf")  # nothing that is taken here is spared again: what did not fit will not
    for left_out in [visits for visits in asked if visits.answers == 0]:
        if calendar.seconds[left_out.number] >= too_long:
            continue
        offers = []
        for day in calendar.usable:
            spare = [by_number[number] for number in calendar.held[day] if by_number[number].answers > 1]
            # who keeps two answers goes without first, and of several the one that went best
            spare.sort(key=lambda visits: (visits.answers < 3, visits.weakness))
            for some in range(1, len(spare) + 1):
                if calendar.has_room(day, left_out.number, {visits.number for visits in spare[:some]}):
                    lost = spare[:some]
                    offers.append((sum(each.answers < 3 for each in lost), lost[-1].weakness, some, day, lost))
                    break
        if offers:
            *_, day, lost = min(offers, key=lambda offer: offer[:-1])
            for visits in lost:
                visits.give_up(day)
            left_out.take(day)
            placed = True
        else:
            too_long = calendar.seconds[left_out.number]
    return placed


class _Calendar:
    """Days by their number from today: what they have, and hold by now."""

    def __init__(self, capacities: Sequence[float], seconds: Sequence[float], taken: Collection[int]) -> None:
        self.capacities = capacities
        self._taken = taken
        self.usable = [day for day, capacity in enumerate(capacities) if capacity > 0]
        self.loads = [0.0] * len(capacities)
        self.held: list[list[int]] = [[] for _ in capacities]
        self.seconds = seconds

    def has_room(self, day: int, number: int, without: Collection[int] = ()) -> bool:
        """Return whether a day has room for a question: it fits, or would be alone on a day that has any time."""
        capacity = self.capacities[day]
        load = self._load(day, without) if without else self.loads[day]
        alone = len(self.held[day]) == len(without) and day not in self._taken
        return capacity > 0 and (alone or load + self.seconds[number] <= capacity)

    def emptiest(self, days: range, number: int, but: Collection[int] = ()) -> int | None:
        """Return the day that is filled least, as a share of what it has, of those with room; the first of several."""
        free = [day for day in days if day not in but and self.has_room(day, number)]
        return min(free, key=lambda day: self.loads[day] / self.capacities[day], default=None)

    def put(self, day: int, number: int) -> None:
        """Put a question on a day."""
        self.held[day].append(number)
        self.loads[day] += self.seconds[number]

    def take_off(self, day: int, number: int) -> None:
        """Take a question off a day."""
        self.held[day].remove(number)
        self.loads[day] = self._load(day)

    def _load(self, day: int, without: Collection[int] = ()) -> float:
        return sum((self.seconds[each] for each in self.held[day] if each not in without), 0.0)


class _Visits:
    """The visits of one question: days by their number from today, an answer before today below 0."""

    def __init__(self, number: int, question: PlannedQuestion, today: date, calendar: _Calendar) -> None:
        self.number = number
        self.weakness = question.weakness
        self._calendar = calendar
        self._days = len(calendar.capacities)
        self._final = max(self._days - FINAL_DAYS, 0)
        self._seen = question.seen
        self._answered: int | None = None
        if question.seen and question.last_seen is not None:
            self._answered = (question.last_seen - today).days
            if question.not_before is None:
                self._answered = min(self._answered, 0)  # a clock that went back plans nothing away
        self._before = self._answered
        self._begins = 0 if self._before is None else max(self._before + 1, 0)  # not twice on one day
        if question.not_before is not None:
            self._begins = max(self._begins, (question.not_before - today).days)
        self._passed = self._before is not None and self._before >= self._days - FINAL_DAYS
        self._last_pass: int | None = None
        self._on: set[int] = set()

    @property
    def answers(self) -> int:
        """How often it will have been answered, in the past and by this plan."""
        return self._seen + len(self._on)

    @property
    def short(self) -> Short | None:
        """What it lacks, None where it has all."""
        if self.answers < 2:
            return Short.SEEN_TWICE if self.answers else Short.LEFT_OUT
        return None if self._has_last_pass else Short.LAST_PASS

    @property
    def _has_last_pass(self) -> bool:
        return self._passed or any(day >= self._final for day in self._on)

    def pass_last(self) -> None:
        """Find a day for the last pass; of two that are left the later one for what is to be seen first before it."""
        if self._has_last_pass:
            return
        alone = self._seen == 0 and not any(day < self._final for day in self._calendar.usable)
        usable = [day for day in self._calendar.usable if day >= self._final]
        begins = self._days - 1 if alone and len(usable) > 1 else max(self._final, self._begins)
        self._last_pass = self._put(range(begins, self._days))

    def visit_first(self) -> None:
        """Find a day for the first visit of what was never answered."""
        if self._seen == 0 and self._before is None:
            first = self._put(range(self._final))
            if first is None:
                upto = self._days if self._last_pass is None else self._last_pass
                first = self._put(range(self._final, upto))
            self._before = first

    def visit_twice(self) -> None:
        """Find a day for the second visit of what goes without the last pass, or had its only visit in the end."""
        if self.answers == 1:
            first = self._before if self._before is not None else self._last_pass
            later = 0 if first is None else max(first + 1, 0)
            second = self._put(range(later, self._final))
            if second is None:
                second = self._put(range(max(later, self._final), self._days))
            if second is not None and second < self._final:
                self._before = second

    def visit_again(self) -> bool:
        """Find a day for one more visit before the final ones; return whether there was one."""
        before = self._before
        if before is None:
            return False
        share = next(share for least, share in _SHARES if self.weakness >= least)
        wanted = before + -(-(self._days - 1 - before) // share)
        wanted = max(wanted, before + 1, self._begins)
        for day in range(wanted, min(wanted + PUT_OFF + 1, self._final)):
            if day not in self._on and self._calendar.has_room(day, self.number):
                self.take(day)
                return True
        return False

    def take(self, day: int) -> None:
        """Have a visit on a day that has room; the next one is counted from it."""
        self._visit(day)
        self._before = day

    def give_up(self, day: int) -> None:
        """Go without the visit of a day."""
        self._calendar.take_off(day, self.number)
        self._on.remove(day)
        self._before = max((day for day in self._on if day != self._last_pass), default=self._answered)

    def _put(self, days: range) -> int | None:
        free = range(max(days.start, self._begins), days.stop)
        day = self._calendar.emptiest(free, self.number, self._on)
        if day is not None:
            self._visit(day)
        return day

    def _visit(self, day: int) -> None:
        self._calendar.put(day, self.number)
        self._on.add(day)
