"""What an import finds and what it came to, in the window's words."""

from collections import Counter
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QLocale, QObject

from interview_coach.domain.archive import Arrival
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.importing import FileDetail, FileReport, Standing, TurnPreview, TurnStanding
from interview_coach.ui.errors import sentence

#: Refused files that are named; of more it is said how many there are.
_NAMED = 20


class ImportWords(QObject):
    """Words for files on their way in. An object, since plural forms are only found in calls of ``self.tr``."""

    def format_name(self, name: str) -> str:
        """Return what a format is called."""
        names = {
            "turns": self.tr("Turn transcript"),
            "dialogue": self.tr("Conversation"),
            "captions": self.tr("Captions (VTT, SRT)"),
            "json": self.tr("JSON"),
            "csv": self.tr("Table (CSV, TSV)"),
            "markdown": self.tr("Markdown list"),
            "anki": self.tr("Anki text"),
            "apkg": self.tr("Anki package"),
            "text": self.tr("Plain text"),
            "interview-coach": self.tr("Interview Coach export"),
        }
        return names.get(name, name)

    def standing(self, report: FileReport) -> str:
        """Return in a word or two what a file is to the bank."""
        if report.error is not None:
            return self.tr("not readable")
        words = {
            Standing.NEW: self.tr("new"),
            Standing.KNOWN: self.tr("already there"),
            Standing.UPDATE: self.tr("an update"),
            Standing.PUT_BACK: self.tr("back from Trash"),
        }
        return words[report.standing]

    def turn_standing(self, turn: TurnPreview) -> str:
        """Return what a question is to the bank."""
        words = {
            TurnStanding.NEW: self.tr("new"),
            TurnStanding.KNOWN: self.tr("in the bank"),
            TurnStanding.NEAR: self.tr("like: {0}"),
            TurnStanding.ASKS_NOTHING: self.tr("asks nothing"),
        }
        return words[turn.standing].format(turn.near)

    def questions(self, report: FileReport) -> str:
        """Return how many questions a file has, and how many of them are new."""
        parts = [
            self.tr("%n turn(s)", "", report.turns),
            self.tr("%n new question(s)", "", report.questions_new),
        ]
        if report.questions_known:
            parts.append(self.tr("%n in the bank already", "", report.questions_known))
        if report.near:
            parts.append(self.tr("%n may be known in other words", "", len(report.near)))
        return " · ".join(parts)

    def arrival(self, arrival: Arrival) -> str:
        """Return what an export of the program's own brings."""
        new, known = arrival.attempts.new, arrival.attempts.known
        parts = [
            self.tr("%n new transcript(s)", "", arrival.transcripts.new),
            self.tr("%n new question(s)", "", arrival.questions.new),
            self.tr("%n new session(s)", "", arrival.sessions.new),
            self.tr("%n new answer(s) of yours", "", new),
        ]
        if known:
            parts.append(self.tr("%n answer(s) there already, left as they are", "", known))
        return " · ".join(parts)

    def stages(self, detail: FileDetail, decided: Mapping[int, str]) -> str:
        """Return how many turns each stage has, with those that the person decided, and that stages were guessed."""
        counts = Counter(detail.stages)
        for turn in detail.turns:
            if turn.place in decided:
                counts[turn.stage] -= 1
                counts[decided[turn.place]] += 1
        counted = ", ".join(f"{stage} {QLocale().toString(turns)}" for stage, turns in counts.items() if turns)
        if not detail.guessed:
            return self.tr("Stages: {0}").format(counted)
        if detail.guessed == detail.report.turns:
            return self.tr("Stages, guessed from the questions: {0}").format(counted)
        return self.tr("Stages, partly guessed from the questions: {0}").format(counted)

    def summary(self, reports: Sequence[FileReport]) -> str:
        """Return a few sentences: what came in, what was there already, what was refused."""
        good = [report for report in reports if report.error is None]
        fresh = [report for report in good if report.standing is not Standing.KNOWN]
        lines = []
        if fresh:
            lines.append(self.tr("%n transcript(s) imported", "", sum(_transcripts(report) for report in fresh)))
            lines.append(self.tr("%n new question(s)", "", sum(report.questions_new for report in fresh)))
        answers = sum(report.arrival.attempts.new for report in fresh if report.arrival is not None)
        if answers:
            lines.append(self.tr("%n new answer(s) of yours", "", answers))
        known = len(good) - len(fresh)
        if known:
            lines.append(self.tr("%n file(s) already there, nothing added", "", known))
        refused = [report for report in reports if report.error is not None]
        lines.extend(f"{report.path.name}: {self.refusal(report)}" for report in refused[:_NAMED])
        if len(refused) > _NAMED:
            lines.append(self.tr("… and %n more file(s) that cannot be read", "", len(refused) - _NAMED))
        odd = sum(len(report.problems) for report in good)
        if odd:
            lines.append(self.tr("%n place(s) looked odd", "", odd))
        return "\n".join(lines) or self.tr("There was nothing to import.")

    def refusal(self, report: FileReport) -> str:
        """Return why a file was refused; empty where it was not."""
        return "" if report.error is None else self.why(report.error)

    def why(self, error: CoachError) -> str:
        """Return why a file cannot be read, with what the reader says about it."""
        said = str(error).removeprefix("No turn can be read: ").rstrip(".")
        return self.tr("It cannot be read: {0}.").format(said) if error.fault is Fault.BAD_INPUT else sentence(error)


def _transcripts(report: FileReport) -> int:
    return report.transcripts if report.arrival is None else report.arrival.transcripts.new
