"""What is to be known of a transcript before one trusts it: what its numbers do not say, and what is missing in it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import islice

from interview_coach.domain.models import Criterion, RatingStatus, Turn, Value
from interview_coach.domain.personal import PersonalKind, personal_kinds
from interview_coach.domain.sameness import question_key

#: Below this many scores, equal ones say nothing about the judge.
ENOUGH_SCORES = 3
#: An answer with fewer words says hardly anything.
ENOUGH_WORDS = 15


class SameScore(Value):
    """A score that is the same in every turn that has one, so that it says nothing about the answers."""

    criterion: Criterion
    score: float
    turns: int


class NotRated(Value):
    """Turns that have no rating, by their positions, from 1; as in all that follow."""

    turns: tuple[int, ...]


class FailedRatings(Value):
    """Turns whose judge failed."""

    turns: tuple[int, ...]


class UnreadableRatings(Value):
    """Turns with a rating of which something can't be read as a score."""

    turns: tuple[int, ...]


class NoAnswers(Value):
    """Turns whose question was never answered."""

    turns: tuple[int, ...]


class ShortAnswers(Value):
    """Turns whose recorded answer has very few words."""

    turns: tuple[int, ...]


class AskedTwice(Value):
    """A question that several turns ask, the same but for case and spacing."""

    turns: tuple[int, ...]


class SimilarQuestions(Value):
    """Pairs of turns that may ask the same in other words."""

    pairs: tuple[tuple[int, int], ...]


class PersonalData(Value):
    """Turns in which personal data of a kind was noticed: a hint, not a complete check."""

    kind: PersonalKind
    turns: tuple[int, ...]


Finding = (
    SameScore
    | NotRated
    | FailedRatings
    | UnreadableRatings
    | NoAnswers
    | ShortAnswers
    | AskedTwice
    | SimilarQuestions
    | PersonalData
)


def findings(turns: Sequence[Turn], similar: Iterable[tuple[int, int]] = ()) -> tuple[Finding, ...]:
    """Return what is to be known of a transcript with these turns, in the order of the classes above.

    ``similar`` are the positions of turns whose questions are near each other's in wording, as somebody else found
    out. A turn in which the interviewer failed asks nothing: of it only personal data is looked at.
    """
    scores: dict[Criterion, list[float]] = {criterion: [] for criterion in Criterion}
    listed: dict[type[_OfTurns], list[int]] = {kind: [] for kind in _KINDS}
    asked: dict[str, list[int]] = defaultdict(list)
    personal: dict[PersonalKind, list[int]] = {kind: [] for kind in PersonalKind}
    for position, turn in enumerate(turns, start=1):
        for personal_kind in _personal(turn):
            personal[personal_kind].append(position)
        if not turn.asks:
            continue
        asked[question_key(turn.question)].append(position)
        for kind in _kinds(turn):
            listed[kind].append(position)
        for criterion, given in scores.items():
            if (score := turn.rating.score(criterion)) is not None:
                given.append(score)
    repeated = [tuple(positions) for positions in asked.values() if len(positions) > 1]
    found: list[Finding] = [
        *scores_that_do_not_vary(scores),
        *(kind(turns=tuple(positions)) for kind, positions in listed.items() if positions),
        *(AskedTwice(turns=positions) for positions in repeated),
    ]
    if pairs := _pairs(similar, repeated):
        found.append(SimilarQuestions(pairs=pairs))
    found += [PersonalData(kind=kind, turns=tuple(positions)) for kind, positions in personal.items() if positions]
    return tuple(found)


def scores_that_do_not_vary(scores: Mapping[Criterion, Sequence[float]]) -> tuple[SameScore, ...]:
    """Return the criteria on which all rated turns of a transcript, whose scores these are, got the same score."""
    return tuple(
        SameScore(criterion=criterion, score=given[0], turns=len(given))
        for criterion in Criterion
        if len(given := scores.get(criterion, ())) >= ENOUGH_SCORES and len(set(given)) == 1
    )


def ranges(turns: Iterable[int]) -> list[tuple[int, int]]:
    """Return positions drawn together where they follow each other: the first and the last of each run."""
    runs: list[tuple[int, int]] = []
    for turn in turns:
        if runs and runs[-1][1] == turn - 1:
            runs[-1] = (runs[-1][0], turn)
        else:
            runs.append((turn, turn))
    return runs


_OfTurns = NotRated | FailedRatings | UnreadableRatings | NoAnswers | ShortAnswers
_KINDS: tuple[type[_OfTurns], ...] = (NotRated, FailedRatings, UnreadableRatings, NoAnswers, ShortAnswers)


def _kinds(turn: Turn) -> list[type[_OfTurns]]:
    """Return what is to be said of one turn by itself."""
    kinds: list[type[_OfTurns]] = []
    status = turn.rating.status
    if status is RatingStatus.NOT_RATED and not turn.rating.unreadable:
        kinds.append(NotRated)
    elif status is RatingStatus.FAILED:
        kinds.append(FailedRatings)
    elif status is RatingStatus.UNREADABLE or turn.rating.unreadable:
        kinds.append(UnreadableRatings)
    if turn.answer is None:
        kinds.append(NoAnswers)
    elif sum(1 for _ in islice(_word().finditer(turn.answer), ENOUGH_WORDS)) < ENOUGH_WORDS:
        kinds.append(ShortAnswers)
    return kinds


def _personal(turn: Turn) -> frozenset[PersonalKind]:
    return personal_kinds("\n".join(part for part in (turn.question, turn.answer, turn.feedback) if part))


def _pairs(similar: Iterable[tuple[int, int]], repeated: Iterable[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Return the pairs once each and in order, without those that ask the very same."""
    group = {position: positions[0] for positions in repeated for position in positions}
    pairs = {(min(pair), max(pair)) for pair in similar}
    return tuple(sorted((one, other) for one, other in pairs if group.get(one, one) != group.get(other, other)))


@cache
def _word() -> re.Pattern[str]:
    # Han and kana have no spaces between words: each character counts, as where answers are compared.
    alone = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    return re.compile(rf"[{alone}]|[^\W{alone}]+(?:['’.-][^\W{alone}]++)*")
