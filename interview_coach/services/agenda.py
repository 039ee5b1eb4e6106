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
    from interview_coach.domain.planning import Plan, PlanDay
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
class Agenda:
    """What is to be practised on ``day``.

    ``due`` is all that is due, the longest waiting first; ``today`` is as much of it as the day's minutes hold, without
    what is planned. With an interview ahead ``days_left`` counts the days until it, ``planned`` is what its plan asks
    for today; of the ``chosen`` questions it holds ``kept`` as often as they should come, and ``left_out`` not at all.
    ``has_plan`` is False while the day is too far off for one; ``ahead`` is all of it, from today on.
    ``clock_went_back`` is True where answers are dated later than now.
    """

    day: date
    due: tuple[int, ...]
    today: Portion
    interview: date | None = None
    days_left: int | None = None
    planned: Portion = Portion()
    kept: int = 0
    chosen: int = 0
    left_out: int = 0
    has_plan: bool = False
    ahead: tuple[tuple[date, Portion], ...] = ()
    clock_went_back: bool = False

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
        preferences = self.preferences
        interview = preferences.interview_day
        if interview is not None and interview < day:
            interview = None
        begun = interview is not None and (interview - day).days <= LONGEST_PLAN
        chosen, number = self._chosen() if begun else ((), 0)
        with self._database.begin() as work:
            due = work.schedule.due_ids(day)
            answers, seconds = work.agenda.practised(day)
            last = work.agenda.last_submitted()
            known = _known(work, chosen)
            left = max(preferences.minutes_a_day * 60 - seconds - answers * AFTERWARDS, 0.0)
            made = None
            if interview is not None and begun:
                length = {question_id: self._length(each) for question_id, each in known.items()}
                made = self._plan(chosen, known, length, day, interview, left)
            planned = Portion() if made is None or made.today is None else _planned(made.today)
            in_plan = set(chosen) if made is not None and made.days else set()
            others = [question_id for question_id in due if question_id not in in_plan]
            today = self._portion(work, others, left - planned.seconds)
        agenda = Agenda(
            day=day,
            due=due,
            today=today,
            interview=interview,
            days_left=None if interview is None else (interview - day).days,
            clock_went_back=last is not None and last - as_utc(now) > A_LITTLE,
        )
        if made is None:
            return agenda
        return replace(
            agenda,
            planned=planned,
            kept=len(chosen) - len(made.short) if made.days else 0,
            chosen=number,
            left_out=made.left_out + number - len(chosen),
            has_plan=True,
            ahead=tuple((each.day, _planned(each)) for each in made.days),
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

    def _chosen(self) -> tuple[Sequence[int], int]:
        if self._search is None:
            from interview_coach.services.searching import SearchService  # late: not needed without a day to plan for

            self._search = SearchService(self._database, self._clock)
        return self._search.to_plan(self.preferences.planned_search, MOST_PLANNED)

    def _plan(
        self,
        chosen: Sequence[int],
        known: Mapping[int, Known],
        length: Mapping[int, float],
        day: date,
        interview: date,
        left: float,
    ) -> "Plan":
        from interview_coach.domain.planning import PlannedQuestion, plan  # late: not needed to start

        questions = [
            PlannedQuestion(
                question_id=question_id,
                seconds=length[question_id],
                weakness=_WEAKNESS[known[question_id].grade],
                seen=known[question_id].attempts,
                last_seen=known[question_id].last,
            )
            for question_id in chosen
            if question_id in known
        ]
        days = (day + timedelta(days=number) for number in range((interview - day).days))
        capacity = dict.fromkeys(days, self.preferences.minutes_a_day * 60.0)
        return plan(questions, day, interview, {**capacity, day: left})

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


def _planned(day: "PlanDay") -> Portion:
    return Portion(day.question_ids, day.seconds)
