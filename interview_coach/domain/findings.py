"""What the numbers of a transcript do not say."""

from collections.abc import Sequence

from interview_coach.domain.models import Criterion, Turn, Value

#: Below this many scores, equal ones say nothing about the judge.
ENOUGH_SCORES = 3


class SameScore(Value):
    """A score that is the same in every turn that has one, so that it says nothing about the answers."""

    criterion: Criterion
    score: float
    turns: int


def scores_that_do_not_vary(turns: Sequence[Turn]) -> tuple[SameScore, ...]:
    """Return the criteria on which all rated turns of a transcript got the same score."""
    found = []
    for criterion in Criterion:
        scores = [score for turn in turns if (score := turn.rating.score(criterion)) is not None]
        if len(scores) >= ENOUGH_SCORES and len(set(scores)) == 1:
            found.append(SameScore(criterion=criterion, score=scores[0], turns=len(scores)))
    return tuple(found)
