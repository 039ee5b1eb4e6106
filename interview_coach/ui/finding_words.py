"""What is to be known of a transcript before one trusts it, in the window's words."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QLocale, QObject

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
from interview_coach.domain.personal import PersonalKind
from interview_coach.ui.rating_words import same_scores_sentence

#: So many turns are named; of more it is said how many there are.
_NAMED = 12


class FindingWords(QObject):
    """Words for findings. An object, since plural forms are only found in calls of ``self.tr``."""

    def lines(self, findings: Sequence[Finding], turns: int) -> tuple[str, ...]:
        """Return a sentence for each finding of a transcript of so many turns."""
        same = same_scores_sentence([finding for finding in findings if isinstance(finding, SameScore)])
        repeated = [finding for finding in findings if isinstance(finding, AskedTwice)]
        lines = [same] if same else []
        lines += [line for finding in findings if (line := self._line(finding, turns))]
        if repeated:
            which = "; ".join(_numbers(finding.turns) for finding in repeated[:_NAMED])
            lines.append(self.tr("%n question(s) asked more than once: turns {0}", "", len(repeated)).format(which))
        return tuple(lines)

    def _line(self, finding: Finding, turns: int) -> str:
        match finding:
            case NotRated(turns=found):
                if len(found) == turns:
                    return self.tr("No turn has a rating")
                return self.tr("%n turn(s) without a rating (no. {0})", "", len(found)).format(_numbers(found))
            case FailedRatings(turns=found):
                return self.tr("%n turn(s) whose judge failed (no. {0})", "", len(found)).format(_numbers(found))
            case UnreadableRatings(turns=found):
                words = self.tr("%n turn(s) with a rating that cannot be read (no. {0})", "", len(found))
                return words.format(_numbers(found))
            case NoAnswers(turns=found):
                if len(found) == turns:
                    return self.tr("No question has a recorded answer")
                return self.tr("%n turn(s) without an answer (no. {0})", "", len(found)).format(_numbers(found))
            case ShortAnswers(turns=found):
                words = self.tr("%n very short recorded answer(s), under 15 words (no. {0})", "", len(found))
                return words.format(_numbers(found))
            case SimilarQuestions(pairs=pairs):
                which = ", ".join(f"{_number(first)} – {_number(second)}" for first, second in pairs[:_NAMED])
                return self.tr("%n pair(s) of turns that may ask the same: {0}", "", len(pairs)).format(which)
            case PersonalData(kind=kind, turns=found):
                return self._personal(kind, len(found)).format(_numbers(found))
            case _:
                return ""

    def _personal(self, kind: PersonalKind, turns: int) -> str:
        words = {
            PersonalKind.EMAIL: self.tr("E-mail addresses were noticed in %n turn(s) (no. {0})", "", turns),
            PersonalKind.PHONE: self.tr(
                "What looks like a phone number was noticed in %n turn(s) (no. {0})", "", turns
            ),
            PersonalKind.LINK: self.tr("Links were noticed in %n turn(s) (no. {0})", "", turns),
        }
        return words[kind]


def _numbers(turns: Iterable[int]) -> str:
    """Return the numbers of turns, ranges drawn together: 1–3, 7."""
    runs = ranges(turns)
    named = [_number(first) if first == last else f"{_number(first)}–{_number(last)}" for first, last in runs]
    return ", ".join(named[:_NAMED]) + (" …" if len(named) > _NAMED else "")


def _number(turn: int) -> str:
    return QLocale().toString(turn)
