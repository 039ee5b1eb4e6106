"""What was done to the bank, what lies in Trash and why something was not done, in the window's words."""

from PySide6.QtCore import QObject

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS
from interview_coach.domain.trash import Deed, Done, TrashEntry, TrashKind
from interview_coach.services.trash import Erased
from interview_coach.ui import moments
from interview_coach.ui.errors import sentence


class DeedWords(QObject):
    """Words for deeds. An object, since plural forms are only found in calls of ``self.tr``."""

    def done(self, done: Done) -> str:
        """Return what was done, in one sentence without its full stop."""
        count = done.count
        words = {
            Deed.EDITED: lambda: self.tr("Question changed"),
            Deed.TAGGED: lambda: self.tr("Tags changed on %n question(s)", "", count),
            Deed.FLAGGED: lambda: self.tr("%n question(s) flagged", "", count),
            Deed.UNFLAGGED: lambda: self.tr("Flag taken from %n question(s)", "", count),
            Deed.SUSPENDED: lambda: self.tr("%n question(s) suspended, left out of new sessions", "", count),
            Deed.RESUMED: lambda: self.tr("%n question(s) can come again", "", count),
            Deed.MERGED: lambda: self.tr("Two questions merged into one"),
            Deed.DELETED_QUESTIONS: lambda: self.tr("%n question(s) moved to Trash", "", count),
            Deed.DELETED_TRANSCRIPT: lambda: self._transcript(done),
            Deed.DELETED_ATTEMPTS: lambda: self._attempts(done),
            Deed.PUT_BACK: lambda: self.tr("Put back from Trash"),
            Deed.POINTS_CHANGED: lambda: self.tr("Points changed"),
            Deed.NOTED: lambda: self.tr("Note saved"),
            Deed.NOTE_REMOVED: lambda: self.tr("Note removed"),
            Deed.PINNED: lambda: self.tr("Pinned as your reference"),
            Deed.UNPINNED: lambda: self.tr("No longer your reference"),
        }
        return words[done.deed]()

    def taken_back(self, done: Done) -> str:
        """Return that a deed was taken back."""
        return self.tr("Taken back: {0}").format(self.done(done))

    def _transcript(self, done: Done) -> str:
        moved = self.tr("Transcript moved to Trash")
        if done.along:
            moved = self.tr("Transcript and %n question(s) moved to Trash", "", done.along)
        if not done.stayed:
            return moved
        kept = self.tr("kept: %n answered or asked elsewhere", "", done.stayed)
        return f"{moved}; {kept}"

    def _attempts(self, done: Done) -> str:
        moved = self.tr("%n answer(s) moved to Trash", "", done.count)
        if not done.stayed:
            return moved
        kept = self.tr("kept: %n still being worked on", "", done.stayed)
        return f"{moved}; {kept}"

    def refused(self, deed: Deed, error: CoachError) -> str:
        """Return why a deed was not done."""
        if error.fault is Fault.INPUT_MISSING:
            return self.tr("It is not there any more.")
        if error.fault is Fault.BAD_INPUT and deed is Deed.EDITED:
            return self.tr("Another question has this text. To make one of the two, choose both in the list and merge.")
        if error.fault is Fault.BAD_INPUT and deed is Deed.DELETED_ATTEMPTS:
            return self.tr("This answer is still being worked on. Finish its question first; then it can go.")
        if error.fault is Fault.BAD_INPUT and deed is Deed.POINTS_CHANGED:
            return self.tr("Each point needs words, and there can be {0} of them at most.").format(MOST_POINTS)
        if error.fault is Fault.BAD_INPUT and deed is Deed.NOTED:
            return self.tr("A note needs words.")
        if error.fault is Fault.BAD_INPUT and deed is Deed.PINNED:
            return self.tr("Only an answer that was submitted, and has words, can be your reference.")
        return sentence(error)

    def not_taken_back(self, error: CoachError) -> str:
        """Return why the last deed could not be taken back."""
        if error.fault is Fault.BAD_INPUT:
            return self.tr("It cannot be taken back any more, since something newer stands on it. Nothing was changed.")
        return sentence(error)

    # --- Trash

    def entry(self, entry: TrashEntry) -> str:
        """Return what an entry of Trash holds, on one line."""
        if entry.kind is TrashKind.TRANSCRIPT:
            return self.tr("Transcript “{0}”").format(entry.title)
        number = entry.questions if entry.kind is TrashKind.QUESTIONS else entry.attempts
        what = (
            self.tr("%n question(s)", "", number)
            if entry.kind is TrashKind.QUESTIONS
            else self.tr("%n answer(s)", "", number)
        )
        return f"{what}: {entry.title}"

    def along(self, entry: TrashEntry) -> str:
        """Return what lies in Trash together with it, as a sentence; empty where there is nothing else."""
        parts = []
        if entry.kind is TrashKind.TRANSCRIPT and entry.questions:
            parts.append(self.tr("%n question(s)", "", entry.questions))
        if entry.kind is not TrashKind.ATTEMPTS and entry.attempts:
            parts.append(self.tr("%n answer(s)", "", entry.attempts))
        return self.tr("With it: {0}").format(", ".join(parts)) if parts else ""

    def erased(self, erased: Erased) -> str:
        """Return what deleting for good reached, and what it did not."""
        lines = [self.tr("It is gone from the database.")]
        if len(erased.backups) == 1:
            made = moments.day_and_time(erased.backups[0])
            lines.append(self.tr("One backup, made on {0}, still holds it.").format(made))
        elif erased.backups:
            first, last = (moments.day(erased.backups[place].astimezone().date()) for place in (-1, 0))
            span = self.tr("of {0}").format(first) if first == last else self.tr("from {0} to {1}").format(first, last)
            lines.append(self.tr("%n backup(s) {0} still hold it.", "", len(erased.backups)).format(span))
        if erased.set_aside:
            lines.append(self.tr("Files that were set aside in the data folder after damage may hold it, too."))
        lines.append(self.tr("Copies on disk blocks and files that you exported are beyond this program’s reach."))
        return "\n".join(lines)
