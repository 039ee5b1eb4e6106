"""A filter put into the search line, or taken out of it, as its text: what the chips beside the line do."""

from dataclasses import replace

from interview_coach.domain.search_language import From, InStage, Is, Part, Rated, Tagged, Words, read, written
from interview_coach.domain.search_pieces import Piece, pieces


def has_part(text: str, part: Part) -> bool:
    """Return whether a text asks for a part, be it as one of several alternatives, in capitals or not."""
    return any(_holds(found, part) for _, found in read(text))


def with_part(text: str, part: Part) -> str:
    """Return the text with a part added; all else stays as typed.

    A stage, a transcript's name or a rating takes the place of another one, since two of them find nothing.
    """
    there = [(piece, found) for piece, found in read(text) if _is_like(found, part)]
    if isinstance(part, InStage | From | Rated) and there:
        if len(there) == 1 and _choices(there[0][1]) == _choices(part):
            return text
        changed = text
        for piece, _ in reversed(there[1:]):
            changed = _spliced(changed, piece, "")
        changed = _spliced(changed, there[0][0], written(part))
    elif any(_holds(found, part) for _, found in there):
        return text
    else:
        changed = f"{closed(text)} {written(part)}" if text.strip() else written(part)
    # Behind the end of what is looked at, it would not count.
    return changed if has_part(changed, part) else f"{written(part)} {text}"


def without_part(text: str, part: Part) -> str:
    """Return the text with a part taken away, alternatives to it kept; all else stays as typed."""
    for piece, found in reversed([both for both in read(text) if _holds(both[1], part)]):
        left = _less(found, part)
        text = _spliced(text, piece, written(left) if left else "")
    return text


def closed(text: str) -> str:
    """Return the text with its last quote closed and no blank at its end, so that more can be written behind it."""
    *_, last = (None, *pieces(text))
    is_open = last is not None and last.items[-1].is_open
    return text + '"' if is_open else text.rstrip()


def _spliced(text: str, piece: Piece, instead: str) -> str:
    """Return the text with something else in the place of a piece, parted by blanks from what stands around."""
    around = (text[: piece.start].rstrip(), instead, text[piece.end :].lstrip())
    return " ".join(part for part in around if part)


def _is_like(found: Part, part: Part) -> bool:
    return type(found) is type(part) and found.negated == part.negated


def _holds(found: Part, part: Part) -> bool:
    return _is_like(found, part) and _choices(part) <= _choices(found)


def _choices(part: Part) -> frozenset[object]:
    """Return what a part lets one choose from, to be compared."""
    match part:
        case InStage(stages=values) | Tagged(tags=values) | From(names=values):
            return frozenset(map(str.casefold, values))
        case Is(states=states):
            return frozenset(states)
        case Rated(least=least, most=most, none=none):
            return frozenset(((least, most, none),))
        case Words(text=text, exact=exact):
            return frozenset(((text.casefold(), exact),))


def _less(found: Part, part: Part) -> Part | None:
    """Return the part that is left of one without the alternatives of another; None where none is left."""
    gone = _choices(part)
    match found:
        case InStage(stages=values):
            stages = tuple(value for value in values if value.casefold() not in gone)
            return replace(found, stages=stages) if stages else None
        case Tagged(tags=values):
            tags = tuple(value for value in values if value.casefold() not in gone)
            return replace(found, tags=tags) if tags else None
        case From(names=values):
            names = tuple(value for value in values if value.casefold() not in gone)
            return replace(found, names=names) if names else None
        case Is(states=values):
            states = tuple(state for state in values if state not in gone)
            return replace(found, states=states) if states else None
        case _:
            return None
