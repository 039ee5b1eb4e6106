"""What a person typed, as it can be stored."""

from collections.abc import Iterable, Sequence

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS
from interview_coach.domain.trash import Hindered, Hindrance


def storable(text: str) -> str:
    """Return the text without NUL and halves of surrogate pairs, which no file of the program's formats can hold."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").replace("\0", "")


def words_of(text: str, otherwise: str) -> str:
    """Return a text as it is stored, without blank edges; raises CoachError, BAD_INPUT, where nothing is left of it."""
    text = storable(text).strip()
    if not text:
        raise CoachError(Fault.BAD_INPUT, otherwise)
    return text


def tag_names(tags: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are stored: each once, with single blanks, and none without words."""
    return tuple(dict.fromkeys(name for tag in tags if (name := " ".join(storable(tag).split()))))


def points_of(texts: Sequence[str]) -> tuple[str, ...]:
    """Return points as they are stored; raises CoachError, BAD_INPUT, where one has no words or they are too many."""
    points = tuple(words_of(text, "A point needs words.") for text in texts)
    if len(points) > MOST_POINTS:
        sentence = f"A reference can have {MOST_POINTS} points at most."
        raise Hindered(Hindrance.TOO_MANY_POINTS, sentence)
    return points
