"""The practice loop as a state machine without memory: where a session stands follows from its attempts alone.

    practice   answer → rate → compare, question by question
    mock       answer straight through, then rate every answer, then compare them one by one

So a session that was left, or whose last step was taken back, is at the right place by reading what is stored.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from interview_coach.domain.models import Attempt, AttemptState, Mode, Value


class Step(StrEnum):
    """What the candidate does now."""

    ANSWER = "answer"
    RATE = "rate"
    COMPARE = "compare"
    DONE = "done"


#: A mock interview first has all answers, then all ratings, then all comparisons.
_MOCK_ORDER = (Step.ANSWER, Step.RATE, Step.COMPARE)


class Standing(Value):
    """Where a session stands: the step, its place from 1 (the last place when done), and the attempt it is about.

    ``attempt`` is None where nothing of the answer has been stored yet, and when done.
    """

    step: Step
    place: int
    attempt: Attempt | None = None


class StepKind(StrEnum):
    """A step that was taken and can be taken back."""

    SUBMITTED = "submitted"
    SKIPPED = "skipped"
    RATED = "rated"
    COMPARED = "compared"
    TRIED_AGAIN = "tried again"


class TakenStep(Value):
    """The last step of a session and the attempt that it moved on."""

    kind: StepKind
    attempt: Attempt


def standing(mode: Mode, places: int, attempts: Sequence[Attempt]) -> Standing:
    """Return where a session of so many places stands; ``attempts`` are all of the session's, in any order."""
    latest = latest_by_place(attempts)
    unfinished: list[tuple[int, Step]] = [
        (place, step) for place in range(1, places + 1) if (step := _step(latest.get(place))) is not Step.DONE
    ]
    if mode is Mode.MOCK:
        unfinished.sort(key=lambda left: _MOCK_ORDER.index(left[1]))
    if not unfinished:
        return Standing(step=Step.DONE, place=max(places, 1))
    place, step = unfinished[0]
    return Standing(step=step, place=place, attempt=latest.get(place))


def latest_by_place(attempts: Sequence[Attempt]) -> Mapping[int, Attempt]:
    """Return the newest attempt at each place: trying again makes a further one in the same place."""
    latest: dict[int, Attempt] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.number):
        latest[attempt.place] = attempt
    return latest


def last_step(attempts: Sequence[Attempt]) -> TakenStep | None:
    """Return the step that was taken last and can be taken back, None where there is none.

    The moments of a session's steps never repeat (the service sees to that), so the newest one is the last step. A
    skipped attempt's ``submitted`` is the moment of the skip. Trying again with something typed already is not taken
    back, since that would throw text away.
    """
    taken: list[tuple[datetime, StepKind, Attempt]] = []  # of those that were not deleted since
    by_place: dict[int, list[Attempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.number):
        by_place.setdefault(attempt.place, []).append(attempt)
        if attempt.in_trash:
            continue
        if attempt.submitted is not None:
            kind = StepKind.SKIPPED if attempt.state is AttemptState.SKIPPED else StepKind.SUBMITTED
            taken.append((attempt.submitted, kind, attempt))
        if attempt.rated is not None and attempt.rated != attempt.submitted:
            taken.append((attempt.rated, StepKind.RATED, attempt))
        if attempt.compared is not None:
            taken.append((attempt.compared, StepKind.COMPARED, attempt))
    if not taken:
        return None
    _, kind, attempt = max(taken, key=lambda step: step[0])
    if kind is StepKind.COMPARED:
        later = [other for other in by_place[attempt.place] if other.number > attempt.number]
        if later:
            retry = later[0]
            return None if retry.text.strip() or retry.in_trash else TakenStep(kind=StepKind.TRIED_AGAIN, attempt=retry)
    return TakenStep(kind=kind, attempt=attempt)


def _step(attempt: Attempt | None) -> Step:
    if attempt is None or attempt.state is AttemptState.DRAFT:
        return Step.ANSWER
    if attempt.state is AttemptState.SKIPPED or attempt.compared is not None:
        return Step.DONE
    return Step.COMPARE if attempt.rated is not None else Step.RATE
