"""Turns that are written by a person, or changed: stored only where the turn format can hold them."""

from collections.abc import Sequence

from interview_coach.domain.models import KeptTurn, TextLayout, TranscriptFile, Turn
from interview_coach.storage.database import UnitOfWork


def replace_turn(work: UnitOfWork, kept: KeptTurn, layout: TextLayout, changed: Turn) -> None:
    """Store a turn as it was changed, in a transcript of this layout.

    Raises NotRepresentable, a CoachError, where the format, which has no escaping, would read it back as something
    else. A turn is read by itself, so only it and the one behind it are looked at, however long the transcript is.
    """
    behind = work.transcripts.turns(kept.transcript_id, after=kept.position, most=1)
    _try_to_write((changed, *(other.turn for other in behind)), layout, kept.position)
    work.transcripts.replace_turn(kept.id, changed)


def refuse_unwritable(turn: Turn, layout: TextLayout, position: int) -> None:
    """Raise NotRepresentable where a new turn cannot be written, be it the last of its transcript or not."""
    _try_to_write((turn, turn), layout, position)


def _try_to_write(turns: Sequence[Turn], layout: TextLayout, position: int) -> None:
    from interview_coach.transcripts import turn_format  # late: not needed to start

    try:
        turn_format.write(TranscriptFile(turns=tuple(turns), layout=layout.model_copy(update={"preamble": ""})))
    except turn_format.NotRepresentable as error:
        place = position + max(error.position - 1, 0)
        raise turn_format.NotRepresentable(place, error.number, error.field) from error
