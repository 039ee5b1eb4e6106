"""What is to be practised today: what is due, and what the plan to an interview asks for, within the day's minutes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from interview_coach.domain.days import as_utc, day_of
from interview_coach.domain.preferences import Preferences
from interview_coach.services.clock import Clock
from interview_coach.storage.agenda import Known
from interview_coach.storage.database import Database, UnitOfWork

if TYPE_CHECKING:  # not needed without a day to plan for
    from interview_coach.domain.planning import Plan
    from interview_coach.services.searching import SearchService

#: What rating and comparing take beside an answer, in seconds.
AFTERWARDS = 60.0

#: By how much a clock may go back without a word about it: systems set it right now and then.
A_LITTLE = timedelta(minutes=5)

#: Questions that are planned for at most: no minutes reach for more.
MOST_PLANNED = 1_000

#: From so many days before an interview on there is a plan; until then what is due is enough.
LONGEST_PLAN = 120

#: How weak a question is by the grade of its last answer (Again, Hard, Good, Easy); without one it is in the middle.
_WEAKNESS: Mapping[int | None, float] = {None: 0.5, 1: 1.0, 2: 0.7, 3: 0.35, 4: 0.1}

#: Questions that are read in one statement, and those that an ordinary day holds at most.
_AT_ONCE = 1_000
_A_DAY = 48


@dataclass(frozen=True)
class Portion:
    """Questions for one sitting, in the order in which they matter, and about how long they take, in seconds."""

    question_ids: tuple[int, ...] = ()
    seconds: float = 0.0

    @property
    def minutes(self) -> int:
        """About how many minutes it takes, at least one where there is anything."""
        return max(round(self.seconds / 60), 1) if self.question_ids else 0


@dataclass(frozen=True)
class Ahead:
    """An interview ahead: its day, in how many days it is, and what its plan holds.

    Of the ``chosen`` questions the minutes until then hold ``kept`` as often as they should come, and ``left_out`` not
    at all. ``has_plan`` is False while the day is too far off for one.
    """

    day: date
    days_left: int
    has_plan: bool = False
    kept: int = 0
    chosen: int = 0
    left_out: int = 0

    @property
    def reached(self) -> int:
        """How many questions come at least once."""
        return self.chosen - self.left_out


@dataclass(frozen=True)
class Agenda:
    """What is to be practised on ``day``.

    ``due`` is all that is due, the longest waiting first; ``today`` is as much of it as the day's minutes hold, without
    what is planned. ``interviews`` are those ahead, the nearest first; ``planned`` is what their plans ask for today,
    ``plan`` all that they do, day by day from today on. ``clock_went_back`` is True where answers are dated later than
    now.
    """

    day: date
    due: tuple[int, ...]
    today: Portion
    interviews: tuple[Ahead, ...] = ()
    planned: Portion = Portion()
    plan: tuple[tuple[date, Portion], ...] = ()
    clock_went_back: bool = False

    @property
    def next_interview(self) -> Ahead | None:
        """The nearest interview, None where none is ahead."""
        return self.interviews[0] if self.interviews else None

    @property
    def minutes(self) -> int:
        """About how many minutes what is planned and due today takes."""
        both = (*self.planned.question_ids, *self.today.question_ids)
        return Portion(both, self.planned.seconds + self.today.seconds).minutes


class AgendaService:
    """Says what is to be practised today."""

    def __init__(self, database: Database, clock: Clock, preferences: Preferences) -> None:
        self._database = database
        self._clock = clock
        self.preferences = preferences
        self._search: SearchService | None = None  # its own: the list's is asked by another thread

    def view(self) -> Agenda:
        """Return what is to be practised today."""
        now = self._clock.now()
        day = day_of(now)
        ahead = [each for each in self.preferences.interviews if each.day >= day]
        begun = [each for each in ahead if (each.day - day).days <= LONGEST_PLAN]
        wanted = [self._chosen(each.search) for each in begun]
        with self._database.begin() as work:
            due = work.schedule.due_ids(day)
            answers, seconds = work.agenda.practised(day)
            last = work.agenda.last_submitted()
            known = _known(work, dict.fromkeys(number for chosen, _ in wanted for number in chosen))
            left = max(self.preferences.minutes_a_day * 60 - seconds - answers * AFTERWARDS, 0.0)
            plans = self._plans([each.day for each in begun], [chosen for chosen, _ in wanted], known, day, left)
            plan = _together(plans)
            planned = plan[0][1] if plan else Portion()
            in_plan = {
                number for (chosen, _), made in zip(wanted, plans, strict=True) if made.days for number in chosen
            }
            today = self._portion(work, [number for number in due if number not in in_plan], left - planned.seconds)
        told = [
            Ahead(
                day=made.interview,
                days_left=(made.interview - day).days,
                has_plan=True,
                kept=len(chosen) - len(made.short) if made.days else 0,
                chosen=number,
                left_out=made.left_out + number - len(chosen),
            )
            for (chosen, number), made in zip(wanted, plans, strict=True)
        ]
        told += [Ahead(each.day, (each.day - day).days) for each in ahead[len(begun) :]]
        return Agenda(
            day=day,
            due=due,
            today=today,
            interviews=tuple(told),
            planned=planned,
            plan=plan,
            clock_went_back=last is not None and last - as_utc(now) > A_LITTLE,
        )

    def _portion(self, work: UnitOfWork, question_ids: Sequence[int], seconds: float) -> Portion:
        """Return as many of the questions as so many seconds hold, at least one where there is any time.

        No more are asked about than can be among them: much may have become due.
        """
        taken: list[int] = []
        total = 0.0
        for start in range(0, len(question_ids), _A_DAY):
            part = question_ids[start : start + _A_DAY]
            known = work.agenda.known(part) if seconds > total else {}
            for question_id in part:
                length = self._length(known[question_id]) if question_id in known else 0.0
                if not length or (taken and total + length > seconds):
                    return Portion(tuple(taken), total)
                taken.append(question_id)
                total += length
        return Portion(tuple(taken), total)

    def _chosen(self, search: str) -> tuple[Sequence[int], int]:
        if self._search is None:
            from interview_coach.services.searching import SearchService  # late: not needed without a day to plan for

            self._search = SearchService(self._database, self._clock)
        return self._search.to_plan(search, MOST_PLANNED)

    def _plans(
        self,
        interviews: Sequence[date],
        chosen: Sequence[Sequence[int]],
        known: Mapping[int, Known],
        day: date,
        left: float,
    ) -> "list[Plan]":
        """Return a plan for each interview, the nearest first: a later one takes what that leaves of each day."""
        if not interviews:
            return []
        from interview_coach.domain.planning import PlannedQuestion, plan  # late: not needed to start

        questions = {
            question_id: PlannedQuestion(
                question_id=question_id,
                seconds=self._length(each),
                weakness=_WEAKNESS[each.grade],
                seen=each.attempts,
                last_seen=each.last,
            )
            for question_id, each in known.items()
        }
        days = (day + timedelta(days=number) for number in range((interviews[-1] - day).days))
        capacity = {**dict.fromkeys(days, self.preferences.minutes_a_day * 60.0), day: left}
        made: list[Plan] = []
        taken: set[date] = set()
        for interview, ids in zip(interviews, chosen, strict=True):
            asked = [questions[number] for number in ids if number in questions]
            made.append(plan(asked, day, interview, capacity, taken))
            for held in made[-1].days:
                capacity[held.day] = max(capacity[held.day] - held.seconds, 0.0)
                taken.update([held.day] if held.question_ids else ())
                for number in held.question_ids:
                    seen = questions[number].seen + 1
                    questions[number] = replace(questions[number], seen=seen, last_seen=held.day, not_before=interview)
        return made

    def _length(self, known: Known) -> float:
        """Return about how long a question takes: as the last time, else as an answer in its stage should."""
        if known.seconds:
            return known.seconds + AFTERWARDS
        least, most = self.preferences.aim(known.stage)
        return (least + most) / 2 + AFTERWARDS


def _known(work: UnitOfWork, question_ids: Iterable[int]) -> dict[int, Known]:
    ids = list(question_ids)
    found: dict[int, Known] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found |= work.agenda.known(ids[start : start + _AT_ONCE])
    return found


def _together(plans: "Sequence[Plan]") -> tuple[tuple[date, Portion], ...]:
    """Return the days of all plans, what the nearest interview asks for first on each."""
    days: dict[date, Portion] = {}
    for each in plans:
        for held in each.days:
            before = days.get(held.day, Portion())
            days[held.day] = Portion((*before.question_ids, *held.question_ids), before.seconds + held.seconds)
    return tuple(sorted(days.items(), key=lambda each: each[0]))
