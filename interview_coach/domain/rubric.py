"""The rubric: what an answer is rated on, and what each band of the scale looks like when one sees it.

The form is that of behaviourally anchored rating scales, as structured interviews use them: each band says what the
answer does, so that two people, or one person on two days, come to about the same score. Texts are keyed values: the
English stands here, the interface translates by key.
"""

from dataclasses import dataclass

from interview_coach.domain.models import TECHNICAL, Criterion

LOWEST = 1
HIGHEST = 10


@dataclass(frozen=True, slots=True)
class Band:
    """One level of a criterion: the scores ``low`` to ``high`` and what an answer on it does, in one sentence."""

    key: str
    low: int
    high: int
    text: str


@dataclass(frozen=True, slots=True)
class RubricEntry:
    """A criterion with its title, its meaning in one line, and its five bands from low to high."""

    criterion: Criterion
    title_key: str
    title: str
    meaning_key: str
    meaning: str
    bands: tuple[Band, ...]

    def band(self, score: float) -> Band:
        """Return the band of a score; a score between two whole ones belongs to the lower. ValueError outside 1–10."""
        if not LOWEST <= score <= HIGHEST:
            raise ValueError("a score is within 1 and 10")
        return next(band for band in self.bands if band.low <= int(score) <= band.high)


def _entry(criterion: Criterion, title: str, meaning: str, *texts: str) -> RubricEntry:
    key = criterion.value
    bands = tuple(
        Band(f"{key}.{low}-{low + 1}", low, low + 1, text)
        for low, text in zip(range(LOWEST, HIGHEST, 2), texts, strict=True)
    )
    return RubricEntry(criterion, f"{key}.title", title, f"{key}.meaning", meaning, bands)


RUBRIC: tuple[RubricEntry, ...] = (
    _entry(
        Criterion.CLARITY,
        "Clarity",
        "Can someone who hears it once follow it and tell it again?",
        "A listener could not say afterwards what the answer to the question was.",
        "The point is in there, but a listener has to collect it from several places or guess it from examples.",
        "The point is said once in plain words, though it comes late or side tracks stand between it and its reasons.",
        "The point comes in the first two sentences; each later sentence serves it; a listener could retell it.",
        "The first sentence answers the question, the rest follows in an order one can see coming,"
        " and no sentence could be cut without loss.",
    ),
    _entry(
        Criterion.CONFIDENCE,
        "Confidence",
        "Do you stand behind what you say, in words that are yours?",
        "Most sentences take themselves back with “maybe”, “I guess” or an apology, or the answer breaks off.",
        "Claims are made, but nearly each one is softened, or it stays open whether you did the thing yourself.",
        "The main claim stands without softening, while choices and your own part are left vague or are put on “we”.",
        "You say “I did” and “I would”, give a reason for each choice, and name openly what you don't know.",
        "Each claim is put plainly and backed by something you saw or measured,"
        " and where it stops being true is said without being asked.",
    ),
    _entry(
        Criterion.TECHNICAL_DEPTH,
        "Technical depth",
        "Does it show how the thing works, and what that costs?",
        "It names no mechanism, only general terms that would fit many other questions as well.",
        "Tools or techniques are named, but not what they do here or why this one and not another.",
        "It tells correctly how the main part works, and leaves out sizes, limits and what may go wrong.",
        "It tells how it works and why it was chosen, with one real figure, limit or failure and what follows from it.",
        "It weighs at least two ways against each other by figures or failures,"
        " says when the other would win, and how one would check that it works.",
    ),
)


def entry(criterion: Criterion) -> RubricEntry:
    """Return a criterion's part of the rubric."""
    return next(found for found in RUBRIC if found.criterion is criterion)


def band(criterion: Criterion, score: float) -> Band:
    """Return the band of a score on a criterion; ValueError outside 1–10."""
    return entry(criterion).band(score)


def criteria_for(stage: str, depth_everywhere: bool = False) -> tuple[Criterion, ...]:
    """Return what answers of a stage are rated on: technical depth only in TECHNICAL, or where turned on for all."""
    if stage == TECHNICAL or depth_everywhere:
        return tuple(Criterion)
    return tuple(criterion for criterion in Criterion if criterion is not Criterion.TECHNICAL_DEPTH)
