"""The tables as SQLModel sees them. Rows map, they do not check: values go in and come out through the repositories.

The constraints stand here and in the migrations; a test compares the two.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from interview_coach.storage.moments import read_strictly

_LASTING_ID = {"sqlite_autoincrement": True}  # ids are never reused


class Row(SQLModel):
    """Base of the rows. Pydantic's own schema of a row is never needed, and building it would hold up the start."""

    model_config = {"defer_build": True}


class TrashRow(Row, table=True):
    """What was deleted in one go. Once ``erased_at`` is set the texts are gone; rows that sessions need stay."""

    __tablename__ = "trash"
    __table_args__ = (
        CheckConstraint("kind IN ('questions', 'transcript', 'attempts')", name="kind_known"),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    moved_at: datetime
    erased_at: datetime | None = None


class TranscriptRow(Row, table=True):
    """A recorded interview. Not ``published`` while an import still writes its turns."""

    __tablename__ = "transcript"
    __table_args__ = (
        CheckConstraint("origin IN ('recorded', 'written')", name="origin_known"),
        CheckConstraint("title <> ''", name="title_given"),
        Index("transcript_source", "source"),
        Index("transcript_trash", "trash_id", sqlite_where=text("trash_id IS NOT NULL")),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    title: str
    role: str | None = None
    company: str | None = None
    origin: str
    source: str
    content_hash: str = Field(unique=True)
    encoding: str
    byte_order_mark: bool
    newline: str
    final_newline: bool
    preamble: str
    imported_at: datetime
    published: bool
    superseded_by: int | None = Field(default=None, foreign_key="transcript.id")
    trash_id: int | None = Field(default=None, foreign_key="trash.id")
    held_on: date | None = None


class QuestionRow(Row, table=True):
    """One entry to practise; ``transcript_id`` is the transcript that brought it in first.

    A question that was merged stays as a signpost: ``merged_into`` answers for its id.
    """

    __tablename__ = "question"
    __table_args__ = (
        CheckConstraint("text <> ''", name="text_given"),
        Index("question_stage", "stage", "id"),
        Index("question_transcript", "transcript_id"),
        Index("question_trash", "trash_id", sqlite_where=text("trash_id IS NOT NULL")),
        Index("question_flagged", "flagged", sqlite_where=text("flagged")),
        Index("question_suspended", "suspended", sqlite_where=text("suspended")),
        Index("question_merged", "merged_into", sqlite_where=text("merged_into IS NOT NULL")),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    stage: str
    text: str
    flagged: bool = False
    transcript_id: int | None = Field(default=None, foreign_key="transcript.id")
    added_at: datetime
    suspended: bool = False
    merged_into: int | None = Field(default=None, foreign_key="question.id")
    trash_id: int | None = Field(default=None, foreign_key="trash.id")


class TagRow(Row, table=True):
    """A word that the person put on a question."""

    __tablename__ = "tag"
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"), Index("tag_name", "name"))

    question_id: int = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    name: str = Field(primary_key=True)


class WordingRow(Row, table=True):
    """Every wording under which a question is known, by the key of its normal form."""

    __tablename__ = "wording"
    __table_args__ = (Index("wording_question", "question_id"),)

    key: str = Field(primary_key=True)
    question_id: int = Field(foreign_key="question.id", ondelete="CASCADE")
    text: str


class TurnRow(Row, table=True):
    """One question and answer of a transcript."""

    __tablename__ = "turn"
    __table_args__ = (
        CheckConstraint("position >= 1", name="position_counts_from_one"),
        CheckConstraint("status IN ('rated', 'not_rated', 'failed', 'unreadable')", name="status_known"),
        CheckConstraint("clarity BETWEEN 1 AND 10", name="clarity_in_range"),
        CheckConstraint("confidence BETWEEN 1 AND 10", name="confidence_in_range"),
        CheckConstraint("technical_depth BETWEEN 1 AND 10", name="technical_depth_in_range"),
        UniqueConstraint("transcript_id", "position", name="turn_place"),
        Index("turn_question", "question_id"),
        Index("turn_stage", "stage"),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    transcript_id: int = Field(foreign_key="transcript.id", ondelete="CASCADE")
    position: int
    question_id: int | None = Field(default=None, foreign_key="question.id")
    number: str
    stage: str
    question: str
    answer: str | None = None
    feedback: str | None = None
    written: str | None = None
    asks: bool
    status: str
    clarity: float | None = None
    confidence: float | None = None
    technical_depth: float | None = None
    summary: str | None = None
    plain_rating: bool
    unreadable: str | None = None


class SessionRow(Row, table=True):
    """One sitting. At most one is open."""

    __tablename__ = "session"
    __table_args__ = (
        CheckConstraint("mode IN ('practice', 'mock')", name="mode_known"),
        CheckConstraint("state IN ('open', 'paused', 'finished', 'abandoned')", name="state_known"),
        CheckConstraint("(state = 'finished') = (finished_at IS NOT NULL)", name="finished_when"),
        Index("session_open", "state", unique=True, sqlite_where=text("state = 'open'")),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    mode: str
    state: str
    title: str
    transcript_id: int | None = Field(default=None, foreign_key="transcript.id")
    started_at: datetime
    last_step_at: datetime
    finished_at: datetime | None = None


class PlaceRow(Row, table=True):
    """The fixed order of a session's questions."""

    __tablename__ = "place"
    __table_args__ = (
        CheckConstraint("place >= 1", name="place_counts_from_one"),
        UniqueConstraint("session_id", "question_id", name="asked_once"),
        Index("place_question", "question_id"),
    )

    session_id: int = Field(primary_key=True, foreign_key="session.id", ondelete="CASCADE")
    place: int = Field(primary_key=True)
    question_id: int = Field(foreign_key="question.id")
    turn_id: int | None = Field(default=None, foreign_key="turn.id")


class AttemptRow(Row, table=True):
    """One answer to one question."""

    __tablename__ = "attempt"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'skipped')", name="state_known"),
        CheckConstraint("number >= 1", name="number_counts_from_one"),
        CheckConstraint("seconds >= 0", name="seconds_not_negative"),
        CheckConstraint("(state = 'draft') = (submitted_at IS NULL)", name="submitted_when"),
        CheckConstraint("rated_at IS NULL OR submitted_at IS NOT NULL", name="rated_after_submitted"),
        CheckConstraint("compared_at IS NULL OR rated_at IS NOT NULL", name="compared_after_rated"),
        UniqueConstraint("question_id", "number", name="attempt_number"),
        ForeignKeyConstraint(["session_id", "place"], ["place.session_id", "place.place"]),
        Index("attempt_place", "session_id", "place"),
        Index("attempt_draft", "session_id", "place", unique=True, sqlite_where=text("state = 'draft'")),
        Index("attempt_day", "day"),
        Index("attempt_trash", "trash_id", sqlite_where=text("trash_id IS NOT NULL")),
        Index("attempt_reference", "reference_attempt_id", sqlite_where=text("reference_attempt_id IS NOT NULL")),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    session_id: int
    place: int
    question_id: int = Field(foreign_key="question.id")
    number: int
    state: str
    text: str
    seconds: float
    blind: bool
    day: date
    started_at: datetime
    saved_at: datetime | None = None
    submitted_at: datetime | None = None
    rated_at: datetime | None = None
    compared_at: datetime | None = None
    reference_turn_id: int | None = Field(default=None, foreign_key="turn.id")
    resolution: str | None = None
    trash_id: int | None = Field(default=None, foreign_key="trash.id")
    reference_attempt_id: int | None = Field(default=None, foreign_key="attempt.id")


class SelfRatingRow(Row, table=True):
    """One of the person's own scores: the first, before looking, or the second look."""

    __tablename__ = "self_rating"
    __table_args__ = (
        CheckConstraint("look IN ('first', 'second')", name="look_known"),
        CheckConstraint("criterion IN ('clarity', 'confidence', 'technical_depth')", name="criterion_known"),
        CheckConstraint("score BETWEEN 1 AND 10", name="score_in_range"),
    )

    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE")
    look: str = Field(primary_key=True)
    criterion: str = Field(primary_key=True)
    score: int


class DecidedPointRow(Row, table=True):
    """A key point as it read when the person decided on it."""

    __tablename__ = "decided_point"
    __table_args__ = (
        CheckConstraint("decided IN ('said', 'partly', 'missed', 'left_out')", name="decided_known"),
        CheckConstraint("proposed IN ('said', 'partly', 'missed', 'left_out')", name="proposed_known"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score_in_range"),
    )

    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE")
    position: int = Field(primary_key=True)
    text: str
    decided: str | None = None
    proposed: str | None = None
    score: float | None = None


class KeyPointRow(Row, table=True):
    """A point of a reference as the person edited it; the reference belongs to one turn, attempt or question."""

    __tablename__ = "key_point"
    __table_args__ = (
        CheckConstraint(
            "(turn_id IS NOT NULL) + (attempt_id IS NOT NULL) + (question_id IS NOT NULL) = 1", name="one_owner"
        ),
        CheckConstraint("position >= 1", name="position_counts_from_one"),
        CheckConstraint("text <> ''", name="text_given"),
        UniqueConstraint("turn_id", "position", name="turn_point"),
        UniqueConstraint("attempt_id", "position", name="attempt_point"),
        UniqueConstraint("question_id", "position", name="question_point"),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    turn_id: int | None = Field(default=None, foreign_key="turn.id", ondelete="CASCADE")
    attempt_id: int | None = Field(default=None, foreign_key="attempt.id", ondelete="CASCADE")
    question_id: int | None = Field(default=None, foreign_key="question.id", ondelete="CASCADE")
    position: int
    text: str


class NoteRow(Row, table=True):
    """The person's note on a recorded answer."""

    __tablename__ = "note"
    __table_args__ = (CheckConstraint("text <> ''", name="text_given"),)

    turn_id: int = Field(primary_key=True, foreign_key="turn.id", ondelete="CASCADE")
    text: str
    changed_at: datetime


class PinRow(Row, table=True):
    """The attempt that the person made the reference of its question."""

    __tablename__ = "pin"

    question_id: int = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    attempt_id: int = Field(unique=True, foreign_key="attempt.id", ondelete="CASCADE")
    pinned_at: datetime


class ReferenceSeenRow(Row, table=True):
    """When a question's reference was last on screen; an attempt made after that is not blind."""

    __tablename__ = "reference_seen"

    question_id: int = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    seen_at: datetime


class ReviewRow(Row, table=True):
    """The grade of a finished attempt, and what followed from it: when its question is due, and how well it sits.

    ``stability`` and ``difficulty`` are FSRS's, as they were after it; ``proposed`` is what the program proposed.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 4", name="grade_in_range"),
        CheckConstraint("proposed BETWEEN 1 AND 4", name="proposed_in_range"),
        CheckConstraint("stability BETWEEN 0.001 AND 36500", name="stability_in_range"),
        CheckConstraint("difficulty BETWEEN 1 AND 10", name="difficulty_in_range"),
        Index("review_day", "day"),
    )

    attempt_id: int = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE")
    grade: int
    proposed: int | None = None
    reviewed_at: datetime
    day: date
    due: date
    stability: float
    difficulty: float


class ScheduleRow(Row, table=True):
    """When a question comes back: what its last review says, of those whose attempt is not in Trash.

    It follows from the reviews (``storage/schedule.py`` keeps it so), and is here to be found by its day.
    """

    __tablename__ = "schedule"
    __table_args__ = (Index("schedule_due", "due"),)

    question_id: int = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE")
    due: date
    attempt_id: int = Field(unique=True, foreign_key="review.attempt_id", ondelete="CASCADE")


class SavedSearchRow(Row, table=True):
    """A search that the person keeps under a name."""

    __tablename__ = "saved_search"
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("text <> ''", name="text_given"),
        _LASTING_ID,
    )

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    name: str = Field(unique=True)
    text: str
    added_at: datetime


class ShippedRow(Row, table=True):
    """A shipped transcript that was read once; one that was deleted since stays deleted."""

    __tablename__ = "shipped"

    content_hash: str = Field(primary_key=True)
    file: str
    read_at: datetime


for _table in SQLModel.metadata.tables.values():
    read_strictly(_table)
