"""What an import came to, in the window's words."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from interview_coach.services.importing import FileReport, Standing
from interview_coach.ui.errors import sentence


class ImportWords(QObject):
    """Words for a list of reports. An object, since plural forms are only found in calls of ``self.tr``."""

    def summary(self, reports: Sequence[FileReport]) -> str:
        """Return a few sentences: what came in, what was there already, what was refused."""
        good = [report for report in reports if report.error is None]
        fresh = [report for report in good if report.standing is not Standing.KNOWN]
        lines = []
        if fresh:
            lines.append(self.tr("%n transcript(s) imported", "", len(fresh)))
            lines.append(self.tr("%n new question(s)", "", sum(report.questions_new for report in fresh)))
        known = len(good) - len(fresh)
        if known:
            lines.append(self.tr("%n file(s) already there, nothing added", "", known))
        lines.extend(f"{report.path.name}: {sentence(report.error)}" for report in reports if report.error is not None)
        odd = sum(len(report.problems) for report in good)
        if odd:
            lines.append(self.tr("%n place(s) looked odd; the details name them", "", odd))
        return "\n".join(lines) or self.tr("There was nothing to import.")

    @staticmethod
    def details(reports: Sequence[FileReport]) -> str:
        """Return every odd place with its file and line."""
        return "\n".join(
            f"{report.path.name}:{problem.line}: {problem.message}" for report in reports for problem in report.problems
        )
