"""What there is to say about a search as it was typed, in English sentences for the command line."""

from interview_coach.domain.search_language import Hint, HintKind

_SENTENCES = {
    HintKind.UNKNOWN_FILTER: "“{0}” is not a filter{1} It was looked for as words.",
    HintKind.UNKNOWN_STAGE: "No stage begins with “{0}”{1}",
    HintKind.UNKNOWN_TAG: "There is no tag “{0}”{1}",
    HintKind.UNKNOWN_STATE: "“{0}” was left out: “is:” takes due, flagged, untried or suspended{1}",
    HintKind.UNKNOWN_RATING: (
        "“{0}” was left out: “rated:” takes one score from 1 to 10, as in 5, 5-7, <6 or >=7, or none{1}"
    ),
    HintKind.BLANK_AFTER_COLON: "“{0}” was left out, since a blank follows it{1}",
    HintKind.OPERATOR: (
        "“{0}” was looked for as a word. All words have to be there; a word with “-” before it must not be{1}"
    ),
    HintKind.NOTHING_TO_FIND: "“{0}” was left out: only letters and digits are looked for{1}",
    HintKind.TOO_LONG: "The search is too long. All from “{0}” on was left out{1}",
}


def hint_sentence(hint: Hint) -> str:
    """Return what a hint says, with what was probably meant where that is known."""
    meant = f"; did you mean “{hint.suggested}”?" if hint.suggestion else "."
    return _SENTENCES[hint.kind].format(hint.written, meant)
