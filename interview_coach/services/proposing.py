"""What the program finds in an answer: which points of the reference it mentions and where, and how it is said.

It proposes, the person decides. It never says that something is right or wrong, only that it was mentioned.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from interview_coach.domain.models import BEHAVIORAL, MANAGERIAL, Attempt, DecidedPoint, PointStatus

if TYPE_CHECKING:  # late: the engine's libraries are not needed to start
    from interview_coach.comparison.coverage import Coverage
    from interview_coach.comparison.delivery import Delivery
    from interview_coach.comparison.story import StoryParts

#: Longer texts, in characters, are not compared word by word.
LONGEST_COMPARED = 200_000

#: The stages whose answers tell a story: a situation, a task, an action, a result.
_STORIES = (BEHAVIORAL, MANAGERIAL)


@dataclass(frozen=True)
class Proposal:
    """What was found in one answer.

    ``texts`` are the points that were looked for. ``coverage`` is None where the texts are too long to be compared;
    ``story`` is None in stages in which no story is told. ``repeats`` is the number of the earlier attempt that this
    one is nearly word for word the same as.
    """

    texts: tuple[str, ...]
    coverage: "Coverage | None"
    delivery: "Delivery"
    story: "StoryParts | None"
    repeats: int | None

    def beside(self, points: Sequence[DecidedPoint]) -> tuple[DecidedPoint, ...]:
        """Return the points with what is proposed beside what was decided; as they are where they are others by now."""
        if self.coverage is None or tuple(point.text for point in points) != self.texts:
            return tuple(points)
        return tuple(
            point.model_copy(update={"proposed": PointStatus(found.status), "score": found.score})
            for point, found in zip(points, self.coverage.points, strict=True)
        )


def get_ready() -> None:
    """Load what ``propose`` needs, where there is time for it."""
    import interview_coach.comparison.coverage
    import interview_coach.comparison.difference
    import interview_coach.comparison.story  # noqa: F401  (all of them are found loaded later)
    from interview_coach.comparison.delivery import delivery_facts

    delivery_facts("")  # loads what it looks with


def propose(
    *, question: str, stage: str, points: Sequence[str], answer: str, before: Attempt | None, words_a_minute: int
) -> Proposal:
    """Look through an answer; ``before`` is the attempt before it, if there is one."""
    from interview_coach.comparison.coverage import TooLongError, cover  # late, as all of these: not needed to start
    from interview_coach.comparison.delivery import delivery_facts
    from interview_coach.comparison.difference import nearly_the_same
    from interview_coach.comparison.story import story_parts

    try:
        coverage = cover(question, points, answer)
    except TooLongError:
        coverage = None
    repeats = None
    if before is not None and max(len(before.text), len(answer)) <= LONGEST_COMPARED:
        repeats = before.number if nearly_the_same(before.text, answer) else None
    return Proposal(
        texts=tuple(points),
        coverage=coverage,
        delivery=delivery_facts(answer, words_a_minute),
        story=story_parts(answer) if stage in _STORIES and answer.strip() else None,
        repeats=repeats,
    )
