"""A reference becomes points: its own sentences, in their order."""

from interview_coach.comparison.sentences import PassageKind, passages


def split_points(reference: str) -> tuple[str, ...]:
    """Return the points of a reference; none where it is blank.

    A sentence is a point, so is a list item as a whole, so is a fenced code block, which keeps its lines. Elsewhere
    white space is put down to single spaces. Nothing but white space is left out, and the order is kept.
    """
    return tuple(
        reference[start:end] if kind is PassageKind.CODE else " ".join(reference[start:end].split())
        for start, end, kind in passages(reference)
    )
