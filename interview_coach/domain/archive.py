"""The program's own JSON: all that a data folder holds and that is the person's, whole, to be taken to another folder.

What refers to something names it by its uid (a turn by its transcript's uid and its position), never by the number of
a row. The lists are in the order in which things came about, the attempts in the order in which they were begun.

Trash goes along, with the dates on which things were deleted, so that taking a folder elsewhere loses nothing and
brings nothing back; of what was deleted for good there are only the empty rows that sessions stand on. An import that
has not come to its end is left out, and so is what belongs to the program: settings, backups, the full-text index.

What stands at its default is not written. So the defaults of a version never change; another one gets another number.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Literal, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    TypeAdapter,
    ValidationError,
)

from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    AttemptState,
    Criterion,
    DecidedPoint,
    Mode,
    Origin,
    RatingStatus,
    Score,
    SelfRating,
    SessionState,
    TextLayout,
    Value,
)
from interview_coach.domain.scheduling import LONGEST, Grade
from interview_coach.domain.trash import TrashKind

#: What the file calls itself.
FORMAT = "interview-coach"

#: The version that this program writes, and the newest that it reads.
VERSION = 1

T = TypeVar("T")

# A list whose first fault ends the reading: a hostile file has millions of them.
Many = Annotated[tuple[T, ...], FailFast()]

# Nearer to the ends of time a moment cannot be told in every zone; no database of ours holds such a one.
Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1, 1, 3, tzinfo=UTC), le=datetime(9999, 12, 29, tzinfo=UTC)),
    AfterValidator(as_utc),
]
Day = Annotated[date, Field(ge=date(1, 1, 3), le=date(9999, 12, 29))]
Uid = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]
Seconds = Annotated[float, Field(ge=0, le=1e9, allow_inf_nan=False)]


class TrashedTogether(Value):
    """What was deleted in one go; what lies in it names its ``number``. ``erased`` is when it was deleted for good."""

    number: Count
    kind: TrashKind
    moved: Moment
    erased: Moment | None = None


class ShippedOnce(Value):
    """A shipped transcript that was read once; one that was deleted since stays deleted."""

    content_hash: Words
    file: str
    read: Moment


class TurnPlace(Value):
    """Names a turn: its transcript's uid and its position there."""

    transcript: Uid
    position: Count


class ArchivedNote(Value):
    """The person's note on a recorded answer."""

    text: Words
    changed: Moment


class ArchivedTurn(Value):
    """One question and answer of a transcript; ``asks_for`` is the uid of the bank's question, if it asks one."""

    position: Count
    number: str
    stage: str
    question: str
    answer: str | None = None
    feedback: str | None = None
    written: str | None = None
    asks: bool = True
    status: RatingStatus = RatingStatus.NOT_RATED
    clarity: Score | None = None
    confidence: Score | None = None
    technical_depth: Score | None = None
    summary: str | None = None
    plain_rating: bool = True
    unreadable: Many[tuple[Criterion, str]] = ()
    asks_for: Uid | None = None
    points: Many[Words] = ()
    note: ArchivedNote | None = None


class ArchivedTranscript(Value):
    """A recorded interview with its turns; ``superseded_by`` is the uid of its update."""

    uid: Uid
    title: Words
    role: str | None = None
    company: str | None = None
    origin: Origin
    source: str
    held: Day | None = None
    imported: Moment
    content_hash: Words
    layout: TextLayout = TextLayout()
    superseded_by: Uid | None = None
    trash: Count | None = None
    turns: Many[ArchivedTurn] = ()


class ArchivedPin(Value):
    """The attempt that the person made the reference of a question."""

    attempt: Uid
    pinned: Moment


class ArchivedQuestion(Value):
    """One entry to practise, with every wording that it is known by.

    ``transcript`` is the uid of the one that brought it; one that was merged names the one that answers for it.
    """

    uid: Uid
    stage: str
    text: Words
    flagged: bool = False
    suspended: bool = False
    tags: Many[Words] = ()
    wordings: Many[str] = ()
    transcript: Uid | None = None
    added: Moment
    merged_into: Uid | None = None
    reference_seen: Moment | None = None
    points: Many[Words] = ()
    pin: ArchivedPin | None = None
    trash: Count | None = None


class ArchivedPlace(Value):
    """One place of a session's order: the question's uid, and the turn that asks it there, if any."""

    question: Uid
    turn: TurnPlace | None = None


class ArchivedSession(Value):
    """One sitting; its places are in their order, which counts from 1."""

    uid: Uid
    mode: Mode
    state: SessionState
    title: str
    transcript: Uid | None = None
    started: Moment
    last_step: Moment
    finished: Moment | None = None
    places: Annotated[Many[ArchivedPlace], Field(min_length=1)]


class ArchivedReview(Value):
    """The grade of an attempt, and what followed from it; the last one of a question says when that is due."""

    grade: Grade
    proposed: Grade | None = None
    reviewed: Moment
    day: Day
    due: Day
    stability: Annotated[float, Field(ge=0.001, le=LONGEST, allow_inf_nan=False)]
    difficulty: Annotated[float, Field(ge=1, le=10, allow_inf_nan=False)]


class ArchivedSavedSearch(Value):
    """A search that the person keeps under a name."""

    uid: Uid
    name: Words
    text: Words
    added: Moment


class ArchivedAttempt(Value):
    """One answer, at a place of a session. ``key_points`` are the points of it as a reference, ``points`` the decided.

    ``reference_turn`` or ``reference_attempt`` is what it was compared with.
    """

    uid: Uid
    session: Uid
    place: Count
    question: Uid
    number: Count
    state: AttemptState
    text: str = ""
    seconds: Seconds = 0.0
    blind: bool
    day: Day
    started: Moment
    saved: Moment | None = None
    submitted: Moment | None = None
    rated: Moment | None = None
    compared: Moment | None = None
    first_rating: SelfRating = SelfRating()
    second_look: SelfRating = SelfRating()
    points: Many[DecidedPoint] = ()
    reference_turn: TurnPlace | None = None
    reference_attempt: Uid | None = None
    resolution: str | None = None
    key_points: Many[Words] = ()
    review: ArchivedReview | None = None
    trash: Count | None = None


class Archive(Value):
    """All of a data folder, or a selection that stands by itself. ``program`` is the version that made it."""

    format: Literal["interview-coach"]
    version: Literal[1]
    made: Moment
    program: str
    shipped: Many[ShippedOnce] = ()
    trash: Many[TrashedTogether] = ()
    transcripts: Many[ArchivedTranscript] = ()
    questions: Many[ArchivedQuestion] = ()
    sessions: Many[ArchivedSession] = ()
    attempts: Many[ArchivedAttempt] = ()
    saved_searches: Many[ArchivedSavedSearch] = ()


class Tally(Value):
    """How many things of a kind are new here, and how many were known."""

    new: int = 0
    known: int = 0


class Arrival(Value):
    """What an archive brings, or has brought, to a data folder.

    ``notes``, ``points`` (lists of them), ``pins`` and ``tags`` are those that the person put on something; ``turns``
    is how many turns its transcripts have.
    """

    transcripts: Tally = Tally()
    questions: Tally = Tally()
    sessions: Tally = Tally()
    attempts: Tally = Tally()
    notes: Tally = Tally()
    points: Tally = Tally()
    pins: Tally = Tally()
    tags: Tally = Tally()
    saved_searches: Tally = Tally()
    turns: int = 0

    @property
    def adds_something(self) -> bool:
        """Whether anything of it is new."""
        return any(tally.new for _, tally in self if isinstance(tally, Tally))


class _Heading(BaseModel):
    """What tells the file from others, read without looking at the rest."""

    model_config = ConfigDict(extra="ignore", hide_input_in_errors=True, defer_build=True)

    format: str
    version: int


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_NO_ARCHIVE = "This is no archive of Interview Coach, or it is not whole."


def written(archive: Archive) -> bytes:
    """Return an archive as it stands in a file."""
    return TypeAdapter(Archive).dump_json(archive, indent=1, exclude_defaults=True) + b"\n"


def is_archive(content: bytes) -> bool:
    """Return whether a file calls itself an archive, of whatever version."""
    try:
        return _Heading.model_validate_json(content.removeprefix(_BYTE_ORDER_MARK), strict=True).format == FORMAT
    except ValidationError:
        return False


def read(content: bytes) -> Archive:
    """Return the archive that a file holds, each value by itself looked at; ``archive_laws.check`` looks at the rest.

    Raises CoachError: NEWER_DATA where a newer program made it, BAD_INPUT where it is none. What is said names the
    place and never what stands there.
    """
    content = content.removeprefix(_BYTE_ORDER_MARK)
    try:
        heading = _Heading.model_validate_json(content, strict=True)
    except ValidationError:
        raise CoachError(Fault.BAD_INPUT, _NO_ARCHIVE) from None
    if heading.format != FORMAT or heading.version < 1:
        raise CoachError(Fault.BAD_INPUT, _NO_ARCHIVE)
    if heading.version > VERSION:
        sentence = "This archive was made by a newer version of the program. Update this one first."
        raise CoachError(Fault.NEWER_DATA, sentence)
    try:
        return Archive.model_validate_json(content, strict=True)
    except ValidationError as error:
        (first, *_) = error.errors(include_url=False, include_context=False, include_input=False)
        raise refused(_fault(first["type"], first["loc"])) from None


def refused(what: str) -> CoachError:
    """Return the error that says what is wrong in an archive."""
    return CoachError(Fault.BAD_INPUT, f"This archive cannot be brought in: {what}. Nothing was changed.")


_SINGULAR = {
    "shipped": "entry {} of “shipped”",
    "trash": "entry {} of “trash”",
    "transcripts": "transcript {}",
    "turns": "turn {}",
    "questions": "question {}",
    "sessions": "session {}",
    "places": "place {}",
    "attempts": "attempt {}",
    "saved_searches": "saved search {}",
    "points": "point {}",
    "key_points": "key point {}",
    "tags": "tag {}",
    "wordings": "wording {}",
    "unreadable": "unreadable score {}",
}


def _fault(kind: str, location: Sequence[int | str]) -> str:
    if kind == "extra_forbidden":  # its name is no word of ours, so it is not said
        return f"{_where(location[:-1])} holds something that this version does not know"
    if kind == "missing":
        return f"{_where(location[:-1])} has no “{location[-1]}”"
    if location and isinstance(location[-1], str):
        return f"“{location[-1]}” of {_where(location[:-1])} is not what it must be"
    return f"{_where(location)} is not what it must be"


def _where(location: Sequence[int | str]) -> str:
    """Return a place in the file in words, the innermost first."""
    return " of ".join(reversed(list(_steps(location)))) or "the file"


def _steps(location: Sequence[int | str]) -> Iterator[str]:
    name = ""
    for step in location:
        if isinstance(step, int):
            if name:  # what lies within one entry is not counted out
                yield _SINGULAR[name].format(step + 1)
            name = ""
        else:
            if name:
                yield f"“{name}”"
            name = step
    if name:
        yield f"“{name}”"
