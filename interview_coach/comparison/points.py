"""A reference becomes points: one claim each, in their order."""

from interview_coach.comparison.clauses import claims
from interview_coach.comparison.sentences import PassageKind


def split_points(reference: str) -> tuple[str, ...]:
    """Return the points of a reference; none where it is blank.

    A sentence is a point; one that makes several claims is parted into its clauses where each of them reads well by
    itself. A list item as a whole is a point, so is a fenced code block, which keeps its lines. Elsewhere white space
    is put down to single spaces. Nothing but white space is left out, and the order is kept.
    """
    return tuple(
        reference[start:end] if kind is PassageKind.CODE else " ".join(reference[start:end].split())
        for start, end, kind in claims(reference)
    )
