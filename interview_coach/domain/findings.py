"""What the numbers of a transcript do not say."""

from collections.abc import Mapping, Sequence

from interview_coach.domain.models import Criterion, Value

#: Below this many scores, equal ones say nothing about the judge.
ENOUGH_SCORES = 3


class SameScore(Value):
    """A score that is the same in every turn that has one, so that it says nothing about the answers."""

    criterion: Criterion
    score: float
    turns: int


def scores_that_do_not_vary(scores: Mapping[Criterion, Sequence[float]]) -> tuple[SameScore, ...]:
    """Return the criteria on which all rated turns of a transcript, whose scores these are, got the same score."""
    return tuple(
        SameScore(criterion=criterion, score=given[0], turns=len(given))
        for criterion in Criterion
        if len(given := scores.get(criterion, ())) >= ENOUGH_SCORES and len(set(given)) == 1
    )
