"""How the list of questions stands: which columns it shows, and in which order."""

from dataclasses import dataclass
from enum import StrEnum


class Column(StrEnum):
    """What a column of the list shows; each can be sorted by. The order here is that on screen."""

    STAGE = "stage"
    TEXT = "text"
    ATTEMPTS = "attempts"
    RATING = "rating"
    LAST = "last"
    DUE = "due"
    ASKED = "asked"
    ADDED = "added"
    MARKS = "marks"
    TAGS = "tags"


#: The columns that a list shows where the person chose no others. The question's text always stands there.
USUAL_COLUMNS = (Column.STAGE, Column.TEXT, Column.ATTEMPTS)


@dataclass(frozen=True)
class Sorting:
    """In which order a list stands: by a column, or, with none, by how well each fits the words, else by stage."""

    by: Column | None = None
    descending: bool = False


AS_IT_FITS = Sorting()
