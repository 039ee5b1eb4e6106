"""What Check database may find: each kind of flaw by its name, without a word of what was typed."""

from enum import StrEnum

from interview_coach.domain.models import Value


class FlawKind(StrEnum):
    """What is wrong with rows of the database; the words for it stand with those who speak."""

    PAGES_DAMAGED = "pages damaged"
    INDEX_DAMAGED = "index damaged"
    TEXT_UNREADABLE = "text unreadable"
    WORD_UNKNOWN = "word unknown"
    DATE_UNREADABLE = "date unreadable"
    NUMBER_IMPOSSIBLE = "number impossible"
    NOTE_UNREADABLE = "note unreadable"
    OWN_SCORE_IMPOSSIBLE = "own score impossible"
    RECORDED_SCORE_IMPOSSIBLE = "recorded score impossible"
    POINT_SCORE_IMPOSSIBLE = "point score impossible"
    TURN_WITHOUT_TRANSCRIPT = "turn without transcript"
    TURN_WITHOUT_QUESTION = "turn without question"
    ATTEMPT_WITHOUT_QUESTION = "attempt without question"
    ATTEMPT_WITHOUT_SESSION = "attempt without session"
    ATTEMPT_WITHOUT_PLACE = "attempt without place"
    PLACE_WITHOUT_QUESTION = "place without question"
    PLACE_WITHOUT_SESSION = "place without session"
    RATING_WITHOUT_ATTEMPT = "rating without attempt"
    POINT_WITHOUT_ATTEMPT = "point without attempt"
    POINT_WITHOUT_REFERENCE = "point without reference"
    NOTE_WITHOUT_TURN = "note without turn"
    PIN_ASTRAY = "pin astray"
    WORDING_WITHOUT_QUESTION = "wording without question"
    TRASH_LOST = "trash lost"
    LINK_TO_NOTHING = "link to nothing"
    LINKED_IN_A_CIRCLE = "linked in a circle"
    ATTEMPTS_MISCOUNTED = "attempts miscounted"
    POINTS_MISCOUNTED = "points miscounted"
    PLACES_MISCOUNTED = "places miscounted"
    SESSION_WITHOUT_QUESTIONS = "session without questions"
    SEVERAL_OPEN_SESSIONS = "several open sessions"
    FINISHED_DISAGREES = "finished disagrees"
    STEPS_OUT_OF_ORDER = "steps out of order"
    TWO_REFERENCES = "two references"
    SCHEDULE_DISAGREES = "schedule disagrees"


class Flaw(Value):
    """So many rows with one kind of flaw; ``example`` is the number of one of them, None where it is in no row."""

    kind: FlawKind
    rows: int
    example: int | None = None
