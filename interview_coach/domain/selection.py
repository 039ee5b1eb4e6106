"""Which questions a session asks, and in which order; fixed when the session starts.

Transcripts do not mark follow-up questions, so turns of one transcript and stage are never separated or reordered.
"""

from collections.abc import Iterable, Sequence

from pydantic import NonNegativeInt

from interview_coach.domain.models import Value, stage_order


class Candidate(Value):
    """A turn that may be asked: which question, and where it stands in the bank.

    ``transcript`` counts transcripts in their order of import, ``position`` turns in their file.
    """

    question_id: int
    turn_id: int
    stage: str
    transcript: NonNegativeInt
    position: NonNegativeInt


def in_file_order(turns: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the turns by transcript and file order, whatever their stages, each question at its first place only."""
    return _once(sorted(turns, key=lambda turn: (turn.transcript, turn.position)))


def by_stage(turns: Iterable[Candidate]) -> tuple[Candidate, ...]:
    """Return the turns in stage order, inside a stage by transcript and file order, each question once.

    Stages that no interview here knows come last, in the order in which they are first met.
    """
    ordered = sorted(turns, key=lambda turn: (turn.transcript, turn.position))
    met: dict[str, int] = {}
    for turn in ordered:
        met.setdefault(turn.stage, len(met))
    ordered.sort(key=lambda turn: (stage_order(turn.stage), met[turn.stage]))
    return _once(ordered)


def _once(turns: Sequence[Candidate]) -> tuple[Candidate, ...]:
    first: dict[int, Candidate] = {}
    for turn in turns:
        first.setdefault(turn.question_id, turn)
    return tuple(first.values())
