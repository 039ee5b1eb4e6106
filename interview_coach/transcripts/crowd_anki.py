"""Decks as the CrowdAnki add-on writes them into JSON: notes whose fields are HTML, and models that name the fields."""

from collections.abc import Callable, Iterator

from interview_coach.transcripts import record_keys as keys
from interview_coach.transcripts.entries import Entry
from interview_coach.transcripts.html_text import clozed, holds_cloze, plain_text
from interview_coach.transcripts.json_text import Listed, Obj, Value
from interview_coach.transcripts.record_keys import Means
from interview_coach.transcripts.record_text import question_text

_DEEPEST = 60


def is_deck(value: Obj) -> bool:
    """Return whether an object is a deck of CrowdAnki."""
    return value.get("__type__") == "Deck" and isinstance(value.get("notes"), Listed)


def title(deck: Obj) -> str | None:
    """Return the name of a deck."""
    name = deck.get("name")
    return name.strip() if isinstance(name, str) and name.strip() else None


def entries(deck: Obj, line_of: Callable[[int], int]) -> list[Entry]:
    """Return the notes of a deck and of those in it; ``line_of`` gives the line of a place in the text."""
    return list(_entries(deck, line_of, _models(deck), (), 0))


def _entries(
    deck: Obj, line_of: Callable[[int], int], models: dict[str, list[str]], above: tuple[str, ...], depth: int
) -> Iterator[Entry]:
    for note in _objects(deck.get("notes")):
        if (entry := _entry(note, line_of(note.at), models, above)) is not None:
            yield entry
    if depth < _DEEPEST:
        for child in _objects(deck.get("children")):
            name = (title(child) or "").split("::")[-1].strip()
            yield from _entries(child, line_of, models | _models(child), (*above, name) if name else above, depth + 1)


def _objects(value: Value | None) -> Iterator[Obj]:
    if isinstance(value, Listed):
        for each in value:
            if isinstance(each, Obj):
                yield each


def _models(deck: Obj) -> dict[str, list[str]]:
    """Return the names of the fields of each kind of note."""
    return {
        str(model.get("crowdanki_uuid")): [str(field.get("name", "")) for field in _objects(model.get("flds"))]
        for model in _objects(deck.get("note_models"))
    }


def _entry(note: Obj, line: int, models: dict[str, list[str]], above: tuple[str, ...]) -> Entry | None:
    held = note.get("fields")
    if not isinstance(held, Listed):
        return None
    fields = [each if isinstance(each, str) else "" for each in held]
    names = models.get(str(note.get("note_model_uuid")), [])
    names = [*names[: len(fields)], *[""] * (len(fields) - len(names))]
    asks = next(
        (place for place, name in enumerate(names) if keys.meaning(name) is Means.QUESTION and fields[place]), -1
    )
    if asks < 0:
        asks = next((place for place, text in enumerate(fields) if text.strip()), -1)
    if asks < 0:
        return None
    given = note.get("tags")
    tags = [str(tag) for tag in given] if isinstance(given, Listed) else []
    answers: list[str] = []
    if holds_cloze(fields[asks]):
        answers.append(plain_text(fields[asks]).strip())
    for place, text in enumerate(fields):
        means = keys.meaning(names[place])
        if place == asks or not text.strip():
            continue
        if means is Means.TAGS:
            tags.extend([] if tags else plain_text(text).split())
        elif means in (Means.TOPIC, Means.STAGE):
            tags.append(" ".join(plain_text(text).split()))
        elif means not in (Means.FURNITURE, Means.NUMBER) and (plain := plain_text(text).strip()):
            answers.append(plain)
    asked = clozed(fields[asks], blank=True) if holds_cloze(fields[asks]) else fields[asks]
    question, number = question_text(plain_text(asked))
    if not question:
        return None
    words = {tag.casefold(): tag for tag in (*above, *tags) if tag and len(tag) <= 80}
    return Entry(
        question=question,
        answer="\n\n".join(answers) or None,
        line=line,
        number=number,
        tags=tuple(words.values()),
    )
