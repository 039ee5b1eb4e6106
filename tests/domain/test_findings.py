from interview_coach.domain.findings import SameScore, scores_that_do_not_vary
from interview_coach.domain.models import Criterion


def test_a_score_that_is_the_same_in_every_rated_turn_is_found():
    scores = {
        Criterion.CLARITY: [8.0] * 10,
        Criterion.CONFIDENCE: [8.0, 9.0, 8.0],
        Criterion.TECHNICAL_DEPTH: [7.0] * 3,
    }
    assert scores_that_do_not_vary(scores) == (
        SameScore(criterion=Criterion.CLARITY, score=8.0, turns=10),
        SameScore(criterion=Criterion.TECHNICAL_DEPTH, score=7.0, turns=3),
    )


def test_two_equal_scores_say_nothing():
    assert scores_that_do_not_vary({Criterion.CLARITY: [8.0, 8.0]}) == ()
    assert scores_that_do_not_vary({}) == ()
