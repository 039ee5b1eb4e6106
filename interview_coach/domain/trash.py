"""Trash: what was deleted in one go, and for how long it can be put back."""

from datetime import datetime, timedelta
from enum import StrEnum

from interview_coach.domain.models import Value

#: What lies in Trash for so long is deleted for good.
KEPT_FOR = timedelta(days=30)


class TrashKind(StrEnum):
    """What was deleted."""

    QUESTIONS = "questions"
    TRANSCRIPT = "transcript"
    ATTEMPTS = "attempts"


class TrashEntry(Value):
    """What was deleted in one go.

    ``title`` is the transcript's title, or the text of the first question; the counts are what lies there with it.
    """

    id: int
    kind: TrashKind
    moved: datetime
    title: str
    transcripts: int
    questions: int
    attempts: int


class Deed(StrEnum):
    """A change to the bank that can be taken back."""

    EDITED = "edited"
    TAGGED = "tagged"
    FLAGGED = "flagged"
    UNFLAGGED = "unflagged"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    MERGED = "merged"
    DELETED_QUESTIONS = "deleted questions"
    DELETED_TRANSCRIPT = "deleted transcript"
    DELETED_ATTEMPTS = "deleted attempts"
    PUT_BACK = "put back"
    POINTS_CHANGED = "points changed"
    NOTED = "noted"
    NOTE_REMOVED = "note removed"
    PINNED = "pinned"
    UNPINNED = "unpinned"


class Done(Value):
    """What was done: the deed, and to how many questions, transcripts or attempts.

    ``along`` counts the questions that went along with a deleted transcript. ``stayed`` counts what did not go: its
    questions that were answered or that another transcript asks, or answers that are still being worked on.
    """

    deed: Deed
    count: int
    along: int = 0
    stayed: int = 0
