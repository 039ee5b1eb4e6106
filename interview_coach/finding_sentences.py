"""What is to be known of a transcript before one trusts it, in English: for the command line."""

from collections.abc import Iterable, Sequence

from interview_coach.domain.findings import (
    AskedTwice,
    FailedRatings,
    Finding,
    NoAnswers,
    NotRated,
    PersonalData,
    SameScore,
    ShortAnswers,
    SimilarQuestions,
    UnreadableRatings,
    ranges,
)
from interview_coach.domain.models import Criterion
from interview_coach.domain.personal import PersonalKind

_CRITERIA = {
    Criterion.CLARITY: "clarity",
    Criterion.CONFIDENCE: "confidence",
    Criterion.TECHNICAL_DEPTH: "technical depth",
}
_PERSONAL = {
    PersonalKind.EMAIL: "e-mail addresses were noticed",
    PersonalKind.PHONE: "what looks like a phone number was noticed",
    PersonalKind.LINK: "links were noticed",
}


def same_score(same: SameScore) -> str:
    """Return the sentence that a score which never varies deserves."""
    rated = f"all {same.turns} rated turns of this transcript"
    return f"{_CRITERIA[same.criterion]} is {same.score:g} in {rated}: it says nothing about the answer"


def sentences(findings: Sequence[Finding], turns: int) -> list[str]:
    """Return a sentence for each finding of a transcript of so many turns."""
    return [_sentence(finding, turns) for finding in findings]


def _sentence(finding: Finding, turns: int) -> str:
    match finding:
        case SameScore():
            return same_score(finding)
        case NotRated(turns=found):
            return "no turn has a rating" if len(found) == turns else f"without a rating: {_turns(found)}"
        case FailedRatings(turns=found):
            return f"the judge failed: {_turns(found)}"
        case UnreadableRatings(turns=found):
            return f"a rating that cannot be read: {_turns(found)}"
        case NoAnswers(turns=found):
            return "no question has a recorded answer" if len(found) == turns else f"without an answer: {_turns(found)}"
        case ShortAnswers(turns=found):
            return f"a very short recorded answer: {_turns(found)}"
        case AskedTwice(turns=found):
            return f"the same question: {_turns(found)}"
        case SimilarQuestions(pairs=pairs):
            which = ", ".join(f"{first} and {second}" for first, second in pairs)
            return f"may ask the same in other words: turns {which}"
        case PersonalData(kind=kind, turns=found):
            return f"{_PERSONAL[kind]}: {_turns(found)}"


def _turns(found: Iterable[int]) -> str:
    """Return turns with ranges drawn together: turns 1-3, 7."""
    runs = ranges(found)
    named = ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in runs)
    return f"turn {named}" if len(runs) == 1 and runs[0][0] == runs[0][1] else f"turns {named}"
