"""A plan to the day of an interview: which questions on which day, as far as the minutes reach.

It is made anew each morning from what was answered by then, so that a missed day is spread over those that are left
and nothing piles up. Each chosen question is seen at least twice, the last time in the final two days before the
interview; what minutes remain go to further visits, the more the worse a question went. The best time between two
visits is a share of the time that is left until they are needed (Cepeda, Vul, Rohrer, Wixted & Pashler 2008, "Spacing
effects in learning", Psychological Science 19(11), 1095–1102), so a next visit halves what is left: the gaps shrink
with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

#: The last days before an interview, in which every question is seen once more.
FINAL_DAYS = 2

#: From which weakness on a question is visited again in between, and from which as often as there is room for.
_AGAIN_FROM, _OFTEN_FROM = 1 / 3, 2 / 3

#: Visits in between of a question that is neither weak nor strong.
_AGAIN = 2

#: By how many days a further visit is put off where its day is full.
_PUT_OFF = 2


class LeftOut(StrEnum):
    """Why a question is not in a plan: the minutes of the final days, or of those before them, do not reach for it."""

    LAST_PASS = "last_pass"  # noqa: S105  (no password)
    SEEN_TWICE = "seen_twice"


@dataclass(frozen=True)
class PlannedQuestion:
    """A question to be planned.

    One visit takes ``seconds`` (more than 0). ``weakness`` says how badly it went, from 0 to 1; one that was never
    answered stands in the middle. It was answered ``seen`` times, on ``last_seen`` last.
    """

    question_id: int
    seconds: float
    weakness: float = 0.5
    seen: int = 0
    last_seen: date | None = None


@dataclass(frozen=True)
class PlanDay:
    """What a day holds: questions in the order in which they matter most, and about how long they take, in seconds."""

    day: date
    question_ids: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class Plan:
    """All days until the interview, the day itself left out; none once it is over.

    ``left_out`` holds what the minutes do not reach for, ``seen_once`` what can be seen once more and no second time,
    since one day is left.
    """

    interview: date
    days: tuple[PlanDay, ...]
    left_out: Mapping[int, LeftOut]
    seen_once: tuple[int, ...]

    @property
    def today(self) -> PlanDay | None:
        """What the first day holds, None once it is over."""
        return self.days[0] if self.days else None


def plan(questions: Sequence[PlannedQuestion], today: date, interview: date, capacity: Mapping[date, float]) -> Plan:
    """Return the plan for an interview, made on ``today``.

    ``capacity`` holds the seconds that each day has, 0 where it is not named; what a nearer interview takes of a day is
    taken off by the caller. A day takes no more than it has, or one question alone that is longer. Where not all fits,
    what went well is left out first; among equals the later ones.
    """
    days = [today + timedelta(days=number) for number in range((interview - today).days)]
    calendar = _Calendar([max(capacity.get(day, 0.0), 0.0) for day in days], [each.seconds for each in questions])
    final = max(len(days) - FINAL_DAYS, 0)
    left_out: dict[int, LeftOut] = {}
    seen_once: list[int] = []
    kept: list[_Visits] = []
    if days:
        for number in sorted(range(len(questions)), key=lambda number: -questions[number].weakness):
            visits = _Visits(number, questions[number], today)
            reason = visits.require(calendar, final)
            if reason is not None:
                left_out[questions[number].question_id] = reason
                continue
            kept.append(visits)
            if visits.once:
                seen_once.append(questions[number].question_id)
        _visit_again(kept, calendar, final)
    return Plan(
        interview=interview,
        days=tuple(
            PlanDay(day, tuple(questions[number].question_id for number in numbers), load)
            for day, numbers, load in zip(days, calendar.held, calendar.loads, strict=True)
        ),
        left_out=left_out,
        seen_once=tuple(sorted(seen_once)),
    )


class _Calendar:
    """Days by their number from today: what they have, and hold by now."""

    def __init__(self, capacities: Sequence[float], seconds: Sequence[float]) -> None:
        self.capacities = capacities
        self.usable = [day for day, capacity in enumerate(capacities) if capacity > 0]
        self.loads = [0.0] * len(capacities)
        self.held: list[list[int]] = [[] for _ in capacities]
        self._seconds = seconds

    def has_room(self, day: int, number: int) -> bool:
        """Return whether a day has room for a question: it fits, or would be alone on a day that has any time."""
        capacity = self.capacities[day]
        return capacity > 0 and (not self.held[day] or self.loads[day] + self._seconds[number] <= capacity)

    def emptiest(self, days: range, number: int) -> int | None:
        """Return the day that is filled least, as a share of what it has, of those with room; the first of several."""
        free = [day for day in days if self.has_room(day, number)]
        return min(free, key=lambda day: self.loads[day] / self.capacities[day], default=None)

    def put(self, day: int, number: int) -> None:
        """Put a question on a day."""
        self.held[day].append(number)
        self.loads[day] += self._seconds[number]


class _Visits:
    """The visits of one question: days by their number from today, the last answer before today below 0."""

    def __init__(self, number: int, question: PlannedQuestion, today: date) -> None:
        self.number = number
        self.weakness = question.weakness
        self.once = False
        self._before: int | None = None
        self._seen = question.seen
        last = question.last_seen if question.seen else None
        if last is not None:
            self._before = min((last - today).days, 0)

    def require(self, calendar: _Calendar, final: int) -> LeftOut | None:
        """Find days for what it needs; ``final`` is the first of the final days. Return why there are none, or None."""
        days = len(calendar.capacities)
        seen_on = self._before
        begins = 0 if seen_on is None else seen_on + 1  # not twice on one day
        passed = seen_on is not None and seen_on >= days - FINAL_DAYS
        lacking = max(0 if passed else 1, 2 - self._seen)
        if lacking == 0 or (passed and all(day < begins for day in calendar.usable)):
            self.once = lacking > 0
            return None
        if lacking == 2 and len(calendar.usable) > 1:
            first = calendar.emptiest(range(final), self.number)
            if first is None and days - final == FINAL_DAYS and calendar.has_room(final, self.number):
                first = final
            if first is None:
                return LeftOut.SEEN_TWICE
            last = calendar.emptiest(range(max(final, first + 1), days), self.number)
            if last is None:
                return LeftOut.LAST_PASS
            calendar.put(first, self.number)
            self._before = first
        else:
            self.once = lacking == 2
            last = calendar.emptiest(range(max(final, begins), days), self.number)
            if last is None:
                return LeftOut.SEEN_TWICE if passed else LeftOut.LAST_PASS
        calendar.put(last, self.number)
        return None

    def visit_again(self, calendar: _Calendar, final: int) -> bool:
        """Find a day for one more visit before the final ones; return whether there was one."""
        before = self._before
        if before is None:
            return False
        wanted = max(before + (len(calendar.capacities) - before) // 2, 0)
        for day in range(wanted, min(wanted + _PUT_OFF + 1, final)):
            if day > before and calendar.has_room(day, self.number):
                calendar.put(day, self.number)
                self._before = day
                return True
        return False


def _visit_again(kept: Sequence[_Visits], calendar: _Calendar, final: int) -> None:
    """Give what minutes remain to further visits: in each round one to each that may have one, the weakest first."""
    waiting = [visits for visits in kept if visits.weakness >= _AGAIN_FROM]
    given = 0
    while waiting:
        waiting = [visits for visits in waiting if visits.visit_again(calendar, final)]
        given += 1
        if given == _AGAIN:
            waiting = [visits for visits in waiting if visits.weakness >= _OFTEN_FROM]
