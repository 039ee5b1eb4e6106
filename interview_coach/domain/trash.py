"""Trash: what was deleted in one go, and for how long it can be put back."""

from datetime import datetime, timedelta
from enum import StrEnum

from interview_coach.domain.errors import CoachError, Fault
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

    ADDED = "added"
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
    SEARCH_SAVED = "search saved"
    SEARCH_REMOVED = "search removed"


class Done(Value):
    """What was done: the deed, and to how many questions, transcripts or attempts.

    ``along`` counts the questions that went along with a deleted transcript. ``stayed`` counts what did not go: its
    questions that were answered or that another transcript asks, or answers that are still being worked on.
    ``added_id`` is the id of the question that was added by hand.
    """

    deed: Deed
    count: int
    along: int = 0
    stayed: int = 0
    added_id: int | None = None


class Hindrance(StrEnum):
    """Why a question cannot be stored as it was written."""

    NO_WORDS = "no words"
    IN_BANK = "in the bank"
    IN_TRASH = "in Trash"
    QUESTION_READS_OTHERWISE = "question reads otherwise"
    STAGE_READS_OTHERWISE = "stage reads otherwise"
    REFERENCE_READS_OTHERWISE = "reference reads otherwise"
    RECORDED_ANSWER_EMPTIED = "recorded answer emptied"
    TOO_MANY_POINTS = "too many points"


class Hindered(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """A question was not stored as it was written; ``known`` is the text of the one that is there already."""

    def __init__(self, hindrance: Hindrance, sentence: str, *, known: str = "") -> None:
        super().__init__(Fault.BAD_INPUT, sentence)
        self.hindrance = hindrance
        self.known = known
