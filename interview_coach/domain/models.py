"""The values of the trade. All are frozen; rows, widgets and files are made from them and never the other way round."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

#: Stages in the order of a full interview. Any other stage is kept as written and comes after these.
KNOWN_STAGES = ("INTRO", "HR", "TECHNICAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP")

TECHNICAL = "TECHNICAL"
BEHAVIORAL = "BEHAVIORAL"
MANAGERIAL = "MANAGERIAL"


def stage_order(stage: str) -> int:
    """Return the place of a stage in an interview; every unknown stage shares the place after the last known one."""
    return KNOWN_STAGES.index(stage) if stage in KNOWN_STAGES else len(KNOWN_STAGES)


class Criterion(StrEnum):
    """What an answer is rated on."""

    CLARITY = "clarity"
    CONFIDENCE = "confidence"
    TECHNICAL_DEPTH = "technical_depth"


class Origin(StrEnum):
    """Whether a transcript was recorded in an interview or written for practice."""

    RECORDED = "recorded"
    WRITTEN = "written"


class RatingStatus(StrEnum):
    """What a turn's feedback is worth as a rating."""

    RATED = "rated"
    NOT_RATED = "not_rated"
    FAILED = "failed"
    UNREADABLE = "unreadable"


class Mode(StrEnum):
    """Practice compares after each question, a mock interview at the end."""

    PRACTICE = "practice"
    MOCK = "mock"


class SessionState(StrEnum):
    """Where a session stands; at most one is open."""

    OPEN = "open"
    PAUSED = "paused"
    FINISHED = "finished"
    ABANDONED = "abandoned"


class AttemptState(StrEnum):
    """Where an attempt stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SKIPPED = "skipped"


class PointStatus(StrEnum):
    """What an attempt did with a key point."""

    SAID = "said"
    PARTLY = "partly"
    MISSED = "missed"
    LEFT_OUT = "left_out"


Score = Annotated[float, Field(ge=1, le=10, allow_inf_nan=False)]
OwnScore = Annotated[int, Field(ge=1, le=10)]


class Value(BaseModel):
    """Base of all domain values: frozen, strict about names, and silent about content in its errors."""

    # defer_build: a value's schema is built when the first one is made, which shortens the start.
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True, defer_build=True)


class RecordedRating(Value):
    """The rating that a transcript holds for a recorded answer.

    A criterion is None where it was not rated or could not be read. ``as_written`` is the feedback as it stands in
    the file wherever that is more, or other, than a plain rating; ``unreadable`` names the criteria whose value stands
    there but is no score, each with that value as written.
    """

    status: RatingStatus = RatingStatus.NOT_RATED
    clarity: Score | None = None
    confidence: Score | None = None
    technical_depth: Score | None = None
    summary: str | None = None
    as_written: str | None = None
    unreadable: tuple[tuple[Criterion, str], ...] = ()

    def score(self, criterion: Criterion) -> float | None:
        """Return the score on a criterion, None where there is none."""
        return {
            Criterion.CLARITY: self.clarity,
            Criterion.CONFIDENCE: self.confidence,
            Criterion.TECHNICAL_DEPTH: self.technical_depth,
        }[criterion]


class Turn(Value):
    r"""One question and answer of a recorded interview, as read from a file.

    Texts have ``\n`` line ends and no blank edges. ``answer`` is None where the question was never answered.
    ``feedback`` is what follows ``Feedback:``, None where the turn has no such line. ``written`` is the turn's exact
    text in the file, kept only where writing the fields afresh would not give the same characters.
    ``asks`` is False where the interviewer failed: such a turn stays in the transcript and never becomes a question.
    """

    number: str
    stage: str
    question: str
    answer: str | None = None
    feedback: str | None = None
    rating: RecordedRating = RecordedRating()
    asks: bool = True
    written: str | None = None


class TextLayout(Value):
    """How a file's text is laid out in bytes, so that it can be written again byte for byte.

    ``preamble`` is what stands before the first turn, as written. ``final_newline`` says whether the last turn's last
    line is ended; it only matters where turns are written afresh.
    """

    encoding: str = "utf-8"
    byte_order_mark: bool = False
    newline: str = "\n"
    final_newline: bool = True
    preamble: str = ""


class Problem(Value):
    """Something in a file that could not be read or looks odd; ``line`` counts from 1, 0 stands for the whole file."""

    line: int
    message: str


class TranscriptFile(Value):
    """What a reader made of one file: its turns, its layout, and what was odd."""

    turns: tuple[Turn, ...]
    layout: TextLayout = TextLayout()
    problems: tuple[Problem, ...] = ()


class Names(Value):
    """What a transcript may be called. ``title`` is never empty; the others are None where nothing says so.

    ``held`` is the day of the interview.
    """

    title: str
    role: str | None = None
    company: str | None = None
    held: date | None = None


class Transcript(Value):
    """A recorded interview in the bank, without its turns. ``held`` is the day of the interview, where it is known."""

    id: int
    uid: str
    title: str
    role: str | None
    company: str | None
    origin: Origin
    source: str
    imported: datetime
    held: date | None = None
    layout: TextLayout = TextLayout()


class KeptTurn(Value):
    """A turn in the bank: the turn as read, its place in the transcript (from 1) and the question it asks."""

    id: int
    transcript_id: int
    position: int
    question_id: int | None
    turn: Turn


class Question(Value):
    """One entry to practise."""

    id: int
    uid: str
    stage: str
    text: str
    flagged: bool = False
    suspended: bool = False
    tags: tuple[str, ...] = ()


class Session(Value):
    """One sitting; its order of questions is fixed at the start. ``place`` values count from 1."""

    id: int
    uid: str
    mode: Mode
    state: SessionState
    title: str
    transcript_id: int | None
    started: datetime
    last_step: datetime
    finished: datetime | None
    questions: int


class Place(Value):
    """One place of a session's order: a question, and the turn that asks it in the session's transcript, if any."""

    place: int
    question_id: int
    turn_id: int | None


class SelfRating(Value):
    """The person's own scores, 1–10; a criterion is None where they chose not to rate."""

    clarity: OwnScore | None = None
    confidence: OwnScore | None = None
    technical_depth: OwnScore | None = None

    def score(self, criterion: Criterion) -> int | None:
        """Return the score on a criterion, None where there is none."""
        return {
            Criterion.CLARITY: self.clarity,
            Criterion.CONFIDENCE: self.confidence,
            Criterion.TECHNICAL_DEPTH: self.technical_depth,
        }[criterion]

    def with_score(self, criterion: Criterion, score: int | None) -> "SelfRating":
        """Return the same rating with one criterion set."""
        return SelfRating(**{**self.model_dump(), criterion.value: score})

    @property
    def given(self) -> bool:
        """Whether any criterion is rated."""
        return any(self.score(criterion) is not None for criterion in Criterion)


#: The most points that a reference can have.
MOST_POINTS = 200


class PointsOwnerKind(StrEnum):
    """What a list of key points belongs to."""

    RECORDED = "recorded"
    OWN = "own"
    QUESTION = "question"


class PointsOwner(Value):
    """Whose key points: a recorded answer's (``id`` is its turn's), an own attempt's, or a question's."""

    kind: PointsOwnerKind
    id: int


class DecidedPoint(Value):
    """A key point as it read when the person decided on it, with what the program proposed, if it did."""

    text: str
    decided: PointStatus | None = None
    proposed: PointStatus | None = None
    score: Annotated[float, Field(ge=0, le=1)] | None = None


class Attempt(Value):
    """One answer to one question.

    ``number`` counts the attempts of the question, from 1. ``rated`` and ``compared`` are when the person left these
    steps, None before. ``seconds`` are active seconds. ``day`` is the person's day, which begins at 04:00.
    ``reference_turn_id`` is set once the attempt was compared with a recorded answer, ``reference_attempt_id`` once it
    was compared with the person's own reference; only the last one of the two is kept.
    """

    id: int
    uid: str
    session_id: int
    place: int
    question_id: int
    number: int
    state: AttemptState
    text: str
    seconds: float
    blind: bool
    started: datetime
    day: date
    saved: datetime | None = None
    submitted: datetime | None = None
    rated: datetime | None = None
    compared: datetime | None = None
    first_rating: SelfRating = SelfRating()
    second_look: SelfRating = SelfRating()
    points: tuple[DecidedPoint, ...] = ()
    reference_turn_id: int | None = None
    reference_attempt_id: int | None = None
    resolution: str | None = None
    in_trash: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do about it: skipped, or compared."""
        return self.state is AttemptState.SKIPPED or self.compared is not None

    @property
    def has_reference(self) -> bool:
        """Whether it is known what it was compared with."""
        return self.reference_turn_id is not None or self.reference_attempt_id is not None
