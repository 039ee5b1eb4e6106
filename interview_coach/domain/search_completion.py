"""How what is being typed to search may go on: the key of a filter, or one of its values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from interview_coach.domain.search_language import MOST_CHARACTERS, State, Vocabulary, stage_as_typed
from interview_coach.domain.search_pieces import Key, Piece, pieces, quoted

#: Ratings to choose from; others can be typed.
_RATINGS = ("<6", ">=7", "5-7", "none")


@dataclass(frozen=True, slots=True)
class Completion:
    """Something to take the place of ``text[start:end]``, and how it reads in a list."""

    start: int
    end: int
    insert: str
    shown: str


def completions(text: str, caret: int, vocabulary: Vocabulary, most: int = 8) -> tuple[Completion, ...]:
    """Return how the text may go on at the caret: nothing in a phrase, or in a word that begins no filter's key."""
    if not 0 <= caret <= min(len(text), MOST_CHARACTERS):
        return ()
    piece = _last(text[:caret])
    if piece is None or piece.end < caret:
        return ()
    if piece.key is not None:
        return tuple(islice(_of_value(text[:MOST_CHARACTERS], piece, piece.key, vocabulary), most))
    word = piece.items[0]
    if text[caret : caret + 1].strip():
        return ()
    start = caret if word.text == "-" else word.start
    begun = text[start:caret].lower()
    return tuple(Completion(start, caret, f"{key}:", f"{key}:") for key in Key if key.startswith(begun))[:most]


def _last(text: str) -> Piece | None:
    last = None
    for piece in pieces(text):
        last = piece
    return last


def _of_value(text: str, piece: Piece, key: Key, vocabulary: Vocabulary) -> Iterator[Completion]:
    """Yield what may take the place of a filter's last value, as far as the caret; all of that value is replaced."""
    begun = piece.items[-1]
    whole = next(same for same in pieces(text) if same.start == piece.start)
    end = next((item.end for item in whole.items if item.start == begun.start and not item.is_open), begun.end)
    taken = {item.text.casefold() for item in (begun, *whole.items) if item.start != begun.start or item is begun}
    blank = "" if text[end : end + 1] == "," or text[end : end + 1].isspace() else " "
    for value in _values(key, begun.text, vocabulary):
        if value.casefold() not in taken:
            yield Completion(begun.start, end, quoted(value) + blank, value)


def _values(key: Key, begun: str, vocabulary: Vocabulary) -> Iterable[str]:
    folded = begun.casefold()
    match key:
        case Key.STAGE:
            return (stage_as_typed(stage) for stage in vocabulary.stages if stage.casefold().startswith(folded))
        case Key.TAG:
            return vocabulary.known_tags.containing(begun)
        case Key.FROM:
            return vocabulary.known_names.containing(begun)
        case Key.IS:
            return (state.value for state in State if state.startswith(folded))
        case Key.RATED:
            return (rating for rating in _RATINGS if rating.startswith(folded))
