"""Which format a file has, guessed by what is in it, and the file read so.

One entry here and one module is all that a format needs.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import Problem, TranscriptFile
from interview_coach.transcripts import turn_format
from interview_coach.transcripts.entries import Found, Likeness, NoTurns
from interview_coach.transcripts.source import Source
from interview_coach.transcripts.turns import make

#: The turn format, which is read and written byte for byte.
TURNS = "turns"

#: The others, by the name under which a person asks for them. Of equally likely ones the first is taken.
_OTHERS = ("apkg", "anki", "captions", "json", "dialogue", "markdown", "csv", "text")

#: Every name of a format.
NAMES = (TURNS, *_OTHERS)


class _Reader(Protocol):
    """What a format's module offers."""

    def likeness(self, source: Source) -> Likeness | None: ...

    def read(self, source: Source, *, interviewer: str | None = None) -> Found: ...


@dataclass(frozen=True)
class Reading:
    """What became of a file: its turns, and what the file says or leaves open.

    ``tags`` has the words for the question of each turn, empty where the format has none; ``guessed`` are the turns,
    from 0, whose stage was guessed. ``others`` are the formats that the file might have as well.
    """

    format: str
    reason: str
    file: TranscriptFile
    tags: tuple[tuple[str, ...], ...] = ()
    guessed: frozenset[int] = frozenset()
    title: str | None = None
    role: str | None = None
    company: str | None = None
    held: date | None = None
    speakers: tuple[str, ...] = ()
    interviewer: str | None = None
    others: tuple[str, ...] = ()


def read(source: Source, *, format_name: str | None = None, interviewer: str | None = None) -> Reading:
    """Read a file, in the format that it is likeliest to have, or in the one that a person names.

    Where the likeliest format finds no turn the next one is tried. Raises UnreadableText or NoTurns.
    """
    if format_name is not None:
        return _read_as(source, format_name, "you chose it", interviewer, ())
    if turn_format.is_likely(_beginning(source)):
        return _read_as(source, TURNS, "its lines begin with “Turn 1 [STAGE]” and “Q:”", None, ())
    guesses = _guesses(source)
    first: CoachError | None = None
    for number, (name, guess) in enumerate(guesses):
        others = tuple(other for other, _ in guesses[:number] + guesses[number + 1 :])
        try:
            return _read_as(source, name, guess.reason, interviewer, others)
        except NoTurns as error:
            first = first or error
    try:
        return _read_as(source, TURNS, "", None, ())
    except CoachError as error:
        raise first or error from None


def guessed_format(source: Source) -> str:
    """Return the format that a file is likeliest to have."""
    if turn_format.is_likely(_beginning(source)):
        return TURNS
    return next((name for name, _ in _guesses(source)), TURNS)


def _guesses(source: Source) -> list[tuple[str, Likeness]]:
    """Return the formats that a file may have, the likeliest first."""
    found = [(name, _reader(name).likeness(source)) for name in _OTHERS]
    return sorted(
        ((name, likeness) for name, likeness in found if likeness is not None), key=lambda guess: -guess[1].score
    )


def _beginning(source: Source) -> str:
    return source.sample or source.content[:1000].decode("latin-1")


def _reader(name: str) -> _Reader:
    """Return the module that reads a format. Late, one by one: a format that no file has costs nothing."""
    match name:
        case "apkg":
            from interview_coach.transcripts import anki_package

            return anki_package
        case "anki":
            from interview_coach.transcripts import anki_text

            return anki_text
        case "captions":
            from interview_coach.transcripts import captions

            return captions
        case "json":
            from interview_coach.transcripts import json_records

            return json_records
        case "dialogue":
            from interview_coach.transcripts import dialogue

            return dialogue
        case "markdown":
            from interview_coach.transcripts import markdown

            return markdown
        case "csv":
            from interview_coach.transcripts import delimited

            return delimited
        case "text":
            from interview_coach.transcripts import plain

            return plain
        case _:
            raise LookupError(f"there is no format {name}")


def _read_as(source: Source, name: str, reason: str, interviewer: str | None, others: tuple[str, ...]) -> Reading:
    if name == TURNS:
        return Reading(format=name, reason=reason, file=turn_format.read(source.content))
    found = _reader(name).read(source, interviewer=interviewer)
    if not found.entries:
        raise NoTurns("nothing in it asks")
    made = make(found)
    problems: tuple[Problem, ...] = made.problems
    if name != "apkg":
        problems = tuple(dict.fromkeys((*source.text_problems, *problems)))
    return Reading(
        format=name,
        reason=reason,
        file=TranscriptFile(turns=made.turns, problems=problems),
        tags=made.tags if any(made.tags) else (),
        guessed=made.guessed,
        title=found.title,
        role=found.role,
        company=found.company,
        held=found.held,
        speakers=found.speakers,
        interviewer=found.interviewer,
        others=others,
    )
