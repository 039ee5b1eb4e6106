"""What a reader finds in a file that is no turn transcript: questions, with what belongs to each.

Every format gives the same thing, ``Found``; ``turns.py`` makes turns of it, so that placeholders, stages and ratings
are judged in one place.
"""

from dataclasses import dataclass
from datetime import date

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Problem


@dataclass(frozen=True, slots=True)
class Entry:
    r"""One question as a file has it.

    Texts have ``\n`` line ends and no blank edges. ``line`` is where the question begins, from 1; 0 where a format has
    no lines. ``answer`` is as it stands there, also where it is only a placeholder; None where there is none.
    ``stage`` is what the file itself calls the part of the interview, None where it says nothing. ``feedback`` is the
    judge's word on the answer: a JSON object, or prose. ``tags`` are words under which the file puts the question.
    """

    question: str
    answer: str | None = None
    line: int = 0
    stage: str | None = None
    number: str | None = None
    feedback: str | None = None
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader found in one file.

    ``speakers`` are those who talk in it, in the order in which they first do, and ``interviewer`` the one of them who
    is taken to ask; both empty or None where the file is no conversation or says itself who asks.
    """

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    title: str | None = None
    role: str | None = None
    company: str | None = None
    held: date | None = None
    speakers: tuple[str, ...] = ()
    interviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much a file looks like a format: ``score`` from 0 to 1, and why, as a part of a sentence for a person.

    ``reason`` reads on after "Read as …, since ": "its lines begin with “Interviewer:” and “Candidate:”".
    """

    score: float
    reason: str


class NoTurns(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """There is no turn in the file; the sentence says what is missing."""

    def __init__(self, reason: str) -> None:
        super().__init__(Fault.BAD_INPUT, f"No turn can be read: {reason}.")
