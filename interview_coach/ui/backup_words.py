"""What a backup holds, in the window's words."""

from PySide6.QtCore import QObject

from interview_coach.domain.backups import Contents
from interview_coach.ui import moments


class BackupWords(QObject):
    """Words for a backup. An object, since plural forms are only found in calls of ``self.tr``."""

    def held(self, held: Contents) -> str:
        """Return how many answers, of when the last, and how many questions."""
        answers = self.tr("%n answer(s)", "", held.attempts)
        if held.newest_attempt is not None:
            answers = self.tr("{0}, the last of {1}").format(answers, moments.day_and_time(held.newest_attempt))
        questions = self.tr("%n question(s)", "", held.questions)
        return f"{answers} · {questions}"
