"""What the person may set about practising, with the defaults."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from interview_coach.domain.listing import USUAL_COLUMNS, Column
from interview_coach.domain.models import Value

#: Usual length of a spoken answer in seconds, from and to, by stage.
AIMS: Mapping[str, tuple[int, int]] = {
    "INTRO": (60, 120),
    "HR": (45, 90),
    "TECHNICAL": (60, 120),
    "BEHAVIORAL": (90, 120),
    "MANAGERIAL": (90, 120),
    "WRAP-UP": (20, 60),
}

OTHER_AIM = (60, 120)

WORDS_A_MINUTE = 140

#: So many interviews can be planned for at once.
MOST_INTERVIEWS = 8


class Interview(Value):
    """An interview that is planned for: its day, and what finds the questions for it, all where it is empty."""

    day: date
    search: Annotated[str, Field(max_length=500)] = ""


class Preferences(Value):
    """The person's choices about practising; ``aims`` holds only the stages that they changed.

    ``interview_day`` is the day of the interview that is planned for, ``planned_search`` finds the questions for it,
    all where it is empty; ``further_interviews`` are others, on any day. ``question_columns`` are those of the list of
    questions, ``question_sort`` what it is sorted by, None for what fits.
    """

    show_timer: bool = True
    depth_everywhere: bool = False
    words_a_minute: Annotated[int, Field(ge=60, le=300)] = WORDS_A_MINUTE
    aims: dict[str, tuple[Annotated[int, Field(ge=5, le=1800)], Annotated[int, Field(ge=5, le=1800)]]] = Field(
        default_factory=dict
    )
    interview_day: date | None = None
    minutes_a_day: Annotated[int, Field(ge=5, le=480)] = 20
    planned_search: Annotated[str, Field(max_length=500)] = ""
    further_interviews: Annotated[tuple[Interview, ...], Field(max_length=MOST_INTERVIEWS - 1)] = ()
    question_columns: tuple[Column, ...] = USUAL_COLUMNS
    question_sort: Column | None = None
    question_sort_descending: bool = False

    @property
    def interviews(self) -> tuple[Interview, ...]:
        """All interviews that are planned for, the nearest first."""
        first = () if self.interview_day is None else (Interview(day=self.interview_day, search=self.planned_search),)
        return tuple(sorted((*first, *self.further_interviews), key=lambda each: each.day))

    def aim(self, stage: str) -> tuple[int, int]:
        """Return how long a spoken answer of this stage should take, from and to, in seconds."""
        return self.aims.get(stage) or AIMS.get(stage, OTHER_AIM)
