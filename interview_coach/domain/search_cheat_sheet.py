"""Examples of what can be typed to search."""

from enum import StrEnum


class Meaning(StrEnum):
    """What an example of the cheat sheet finds."""

    WORDS = "words"
    PHRASE = "phrase"
    WITHOUT = "without"
    STAGE = "stage"
    EITHER = "either"
    TAG = "tag"
    TAG_WITH_BLANKS = "tag_with_blanks"
    FROM = "from"
    DUE = "due"
    FLAGGED = "flagged"
    UNTRIED = "untried"
    SUSPENDED = "suspended"
    RATED_BELOW = "rated_below"
    RATED_BETWEEN = "rated_between"
    NEVER_RATED = "never_rated"
    FILTER_WITHOUT = "filter_without"


CHEAT_SHEET: tuple[tuple[str, Meaning], ...] = (
    ("connection pool", Meaning.WORDS),
    ('"connection pool"', Meaning.PHRASE),
    ("-redis", Meaning.WITHOUT),
    ("stage:technical", Meaning.STAGE),
    ("stage:hr,technical", Meaning.EITHER),
    ("tag:redis", Meaning.TAG),
    ('tag:"ask a friend"', Meaning.TAG_WITH_BLANKS),
    ("from:nebula", Meaning.FROM),
    ("is:due", Meaning.DUE),
    ("is:flagged", Meaning.FLAGGED),
    ("is:untried", Meaning.UNTRIED),
    ("is:suspended", Meaning.SUSPENDED),
    ("rated:<6", Meaning.RATED_BELOW),
    ("rated:5-7", Meaning.RATED_BETWEEN),
    ("rated:none", Meaning.NEVER_RATED),
    ("-tag:redis", Meaning.FILTER_WITHOUT),
)
