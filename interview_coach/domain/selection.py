"""Which questions a session asks, and in which order; fixed when the session starts.

Transcripts do not mark follow-up questions, so turns of one transcript and stage are never separated or reordered. The
one exception is a list that the person put in order themselves (``Order.AS_LISTED``).
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from pydantic import NonNegativeInt

from interview_coach.domain.models import Value, stage_order

#: Where a question stands that was never rated, among the lowest own scores of the others: behind what went badly or
#: so-so (6 and below), before what went well (7 and above).
UNTRIED = 6.5


class Order(StrEnum):
    """In which order chosen questions are asked, and which of them come in where fewer are asked than were chosen."""

    AS_LISTED = "as_listed"
    BY_STAGE = "by_stage"
    SHUFFLED = "shuffled"
    WEAKEST_FIRST = "weakest_first"
    LONGEST_AGO = "longest_ago"


class Candidate(Value):
    """A question that may be asked: the turn that it is asked as, and where it stands in the bank.

    ``transcript`` counts transcripts in their order of import, ``position`` turns in their file. A question that no
    transcript asks has no turn, and no transcript; its ``position`` is its place among those.
    """

    question_id: int
    turn_id: int | None
    stage: str
    transcript: NonNegativeInt | None
    position: NonNegativeInt


def in_file_order(turns: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the turns by transcript and file order, whatever their stages, each question at its first place only."""
    return _once(sorted(turns, key=_place))


def by_stage(turns: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the turns in stage order, inside a stage by transcript and file order, each question once.

    Stages that no interview here knows come last, in the order in which they are first met; in each stage questions
    that no transcript asks come behind the others.
    """
    ordered = sorted(turns, key=_place)
    met: dict[str, int] = {}
    for turn in ordered:
        met.setdefault(turn.stage, len(met))
    ordered.sort(key=lambda turn: (stage_order(turn.stage), met[turn.stage]))
    return _once(ordered)


def together(turns: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the turns in the order given, but those of one transcript and stage as one group and in file order.

    A group stands where its first member stood. A question that no transcript asks is a group by itself.
    """
    groups: dict[tuple[int, int | str], list[Candidate]] = {}
    for turn in turns:
        group = (0, turn.question_id) if turn.transcript is None else (turn.transcript, turn.stage)
        groups.setdefault(group, []).append(turn)
    return _once([turn for group in groups.values() for turn in sorted(group, key=_place)])


def spread(question_ids: Sequence[int], stages: Mapping[int, str], count: int) -> tuple[int, ...]:
    """Return so many of the questions, taken from the stages in turn, in their order."""
    waiting: dict[str, list[int]] = {}
    for question_id in question_ids:
        waiting.setdefault(stages[question_id], []).append(question_id)
    in_turn = sorted(waiting, key=stage_order)
    chosen: set[int] = set()
    depth = 0
    while len(chosen) < min(count, len(question_ids)):
        for stage in in_turn:
            if depth < len(waiting[stage]) and len(chosen) < count:
                chosen.add(waiting[stage][depth])
        depth += 1
    return tuple(question_id for question_id in question_ids if question_id in chosen)


def weakest_first(question_ids: Iterable[int], lowest: Mapping[int, float]) -> tuple[int, ...]:
    """Return the questions by their lowest own score, those without one as ``UNTRIED``; equal ones stay in order.

    What was never tried may be a weak spot, and what went well is none: so it stands between the two.
    """
    return tuple(sorted(question_ids, key=lambda question_id: lowest.get(question_id, UNTRIED)))


def longest_ago(question_ids: Iterable[int], answered: Mapping[int, datetime]) -> tuple[int, ...]:
    """Return the questions by when they were last answered, never before all others; equal ones stay in order."""
    ids = list(question_ids)
    never = [question_id for question_id in ids if question_id not in answered]
    return (*never, *sorted((one for one in ids if one in answered), key=answered.__getitem__))


def _place(turn: Candidate) -> tuple[bool, int, int]:
    return (turn.transcript is None, turn.transcript or 0, turn.position)


def _once(turns: Sequence[Candidate]) -> tuple[Candidate, ...]:
    first: dict[int, Candidate] = {}
    for turn in turns:
        first.setdefault(turn.question_id, turn)
    return tuple(first.values())
