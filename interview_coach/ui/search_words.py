"""What there is to say about a search as it was typed, and what its examples find, in the window's words."""

from PySide6.QtCore import QObject

from interview_coach.domain.search_cheat_sheet import Meaning
from interview_coach.domain.search_language import Hint, HintKind


class SearchWords(QObject):
    """Words for the search line."""

    def hint(self, hint: Hint) -> str:
        """Return what a hint says, with what was probably meant where that is known."""
        words = {
            HintKind.UNKNOWN_FILTER: self.tr("“{0}” is not a filter{1} It was looked for as words."),
            HintKind.UNKNOWN_STAGE: self.tr("No stage begins with “{0}”{1}"),
            HintKind.UNKNOWN_TAG: self.tr("There is no tag “{0}”{1}"),
            HintKind.UNKNOWN_STATE: self.tr("“{0}” was left out: “is:” takes due, flagged, untried or suspended{1}"),
            HintKind.UNKNOWN_RATING: self.tr(
                "“{0}” was left out: “rated:” takes one score from 1 to 10, as in 5, 5-7, <6 or >=7, or none{1}"
            ),
            HintKind.BLANK_AFTER_COLON: self.tr("“{0}” was left out, since a blank follows it{1}"),
            HintKind.OPERATOR: self.tr(
                "“{0}” was looked for as a word. All words have to be there; a word with “-” before it must not be{1}"
            ),
            HintKind.NOTHING_TO_FIND: self.tr("“{0}” was left out: only letters and digits are looked for{1}"),
            HintKind.TOO_LONG: self.tr("The search is too long. All from “{0}” on was left out{1}"),
        }
        meant = self.tr("; did you mean “{0}”?").format(hint.suggested) if hint.suggestion else self.tr(".")
        return words[hint.kind].format(hint.written, meant)

    def meaning(self, meaning: Meaning) -> str:
        """Return what an example of the cheat sheet finds: a line to stand beside it."""
        words = {
            Meaning.WORDS: self.tr("both words, in any order; each may go on: pooling"),
            Meaning.PHRASE: self.tr("exactly these words, in this order"),
            Meaning.WITHOUT: self.tr("without this word"),
            Meaning.STAGE: self.tr("asked in this stage; its first letters are enough"),
            Meaning.EITHER: self.tr("asked in one of these stages"),
            Meaning.TAG: self.tr("with this tag"),
            Meaning.TAG_WITH_BLANKS: self.tr("with a tag that has blanks in it"),
            Meaning.FROM: self.tr("asked in an interview with this in its title, company, role or file name"),
            Meaning.DUE: self.tr("due today"),
            Meaning.FLAGGED: self.tr("flagged"),
            Meaning.UNTRIED: self.tr("never answered by you"),
            Meaning.SUSPENDED: self.tr("suspended"),
            Meaning.RATED_BELOW: self.tr("one of your scores for your latest rated answer is below 6"),
            Meaning.RATED_BETWEEN: self.tr("the lowest of these scores is 5, 6 or 7"),
            Meaning.NEVER_RATED: self.tr("never rated by you"),
            Meaning.FILTER_WITHOUT: self.tr("without this tag; any filter can be turned round with “-”"),
        }
        return words[meaning]
