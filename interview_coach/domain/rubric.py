"""The rubric: what is rated, in five bands of observable behaviour each.

The form follows behaviourally anchored rating scales as the structured-interview guide of the U.S. Office of
Personnel Management describes them; the words are our own, for a person who judges their own typed answer.
"""

from dataclasses import dataclass

from interview_coach.domain.models import TECHNICAL, Criterion


@dataclass(frozen=True, slots=True)
class Band:
    """Two neighbouring scores and the behaviour that earns them; ``key`` names the text for translations."""

    key: str
    lowest: int
    highest: int
    text: str


@dataclass(frozen=True, slots=True)
class DescribedCriterion:
    """A criterion as it is shown: its name, what it asks, and its bands from low to high."""

    criterion: Criterion
    title: str
    question: str
    bands: tuple[Band, ...]


def _described(criterion: Criterion, title: str, question: str, *texts: str) -> DescribedCriterion:
    bands = tuple(
        Band(f"{criterion.value}.{low}-{low + 1}", low, low + 1, text)
        for low, text in zip(range(1, 10, 2), texts, strict=True)
    )
    return DescribedCriterion(criterion, title, question, bands)


RUBRIC: dict[Criterion, DescribedCriterion] = {
    Criterion.CLARITY: _described(
        Criterion.CLARITY,
        "Clarity",
        "Could a listener follow it and retell it?",
        "A listener would have to guess what the answer is.",
        "The point is in there, but a listener has to find it between side tracks.",
        "The point is plain by the end; some sentences could go, or stand in another order.",
        "The point comes in the first two sentences; each later sentence serves it; a listener could retell it.",
        "The first sentence answers the question, each part follows from the one before, and none could be left out.",
    ),
    Criterion.CONFIDENCE: _described(
        Criterion.CONFIDENCE,
        "Confidence",
        "Does it sound like somebody who stands by what they say?",
        "The answer backs away from the question or takes back what it says.",
        "Most statements are softened with “maybe”, “I think” or “kind of”.",
        "Statements are direct where the ground is safe and hedged where it gets specific.",
        "What I did and would do is said plainly, and a limit is named once, without an apology.",
        "Choices are stated with their reason and their price, and what I do not know is said as calmly as what I do.",
    ),
    Criterion.TECHNICAL_DEPTH: _described(
        Criterion.TECHNICAL_DEPTH,
        "Technical depth",
        "Does it show how the thing works, beyond its name?",
        "It names the topic, and nothing of how it works.",
        "It names tools or terms that belong here without saying what they do.",
        "It says how the main part works; figures, limits and failures are missing.",
        "It explains the mechanism with a setting, a figure or an example, and names one trade-off.",
        "It weighs alternatives by their trade-offs, says what fails first, and how that would be measured.",
    ),
}


def band(criterion: Criterion, score: int) -> Band:
    """Return the band that a score from 1 to 10 lies in."""
    return RUBRIC[criterion].bands[(score - 1) // 2]


def criteria_for(stage: str, *, depth_everywhere: bool = False) -> tuple[Criterion, ...]:
    """Return what an answer is rated on: technical depth in TECHNICAL only, unless it is turned on everywhere."""
    if stage == TECHNICAL or depth_everywhere:
        return tuple(Criterion)
    return (Criterion.CLARITY, Criterion.CONFIDENCE)
