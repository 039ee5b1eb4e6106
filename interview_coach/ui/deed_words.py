"""What was done to the bank, what lies in Trash and why something was not done, in the window's words."""

from PySide6.QtCore import QLocale, QObject

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS
from interview_coach.domain.trash import Deed, Done, Hindered, Hindrance, TrashEntry, TrashKind
from interview_coach.services.near_duplicates import MergeSide, NearDuplicates
from interview_coach.services.trash import Erased
from interview_coach.ui import moments
from interview_coach.ui.errors import sentence

#: Characters of a question that is there already, in the sentence that says so.
_LONGEST_KNOWN = 120

#: Transcripts that are named which ask a question.
_TITLES = 3


class DeedWords(QObject):
    """Words for deeds. An object, since plural forms are only found in calls of ``self.tr``."""

    def done(self, done: Done) -> str:
        """Return what was done, in one sentence without its full stop."""
        count = done.count
        words = {
            Deed.ADDED: lambda: self.tr("Question added"),
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
            Deed.SEARCH_SAVED: lambda: self.tr("Search saved"),
            Deed.SEARCH_REMOVED: lambda: self.tr("Saved search removed"),
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
        if isinstance(error, Hindered):
            return self._hindered(deed, error)
        if error.fault is Fault.BAD_INPUT and deed is Deed.DELETED_ATTEMPTS:
            return self.tr("This answer is still being worked on. Finish its question first; then it can go.")
        if error.fault is Fault.BAD_INPUT and deed in (Deed.POINTS_CHANGED, Deed.ADDED, Deed.EDITED):
            return self._too_many_points()
        if error.fault is Fault.BAD_INPUT and deed is Deed.NOTED:
            return self.tr("A note needs words.")
        if error.fault is Fault.BAD_INPUT and deed is Deed.PINNED:
            return self.tr("Only an answer that was submitted, and has words, can be your reference.")
        return sentence(error)

    def _hindered(self, deed: Deed, error: Hindered) -> str:
        """Return what is in the way of a question as it was written, and what can be done."""
        words = {
            Hindrance.NO_WORDS: lambda: self.tr("A question needs words."),
            Hindrance.IN_BANK: lambda: self._in_bank(deed, error.known),
            Hindrance.IN_TRASH: lambda: self.tr("This question lies in Trash. Put it back from there."),
            Hindrance.QUESTION_READS_OTHERWISE: lambda: self.tr(
                "In the file of its transcript this question would be read otherwise. Put a word before the line that "
                "begins like “A:” or “Turn 3 [X]”."
            ),
            Hindrance.STAGE_READS_OTHERWISE: lambda: self.tr(
                "Together with a reference the stage needs words on one line, without square brackets."
            ),
            Hindrance.REFERENCE_READS_OTHERWISE: lambda: self.tr(
                "In the file of its transcript this reference would be read otherwise. Put a word before the line that "
                "begins like “Feedback: {” or “Turn 3 [X]”."
            ),
            Hindrance.RECORDED_ANSWER_EMPTIED: lambda: self.tr(
                "A recorded answer can be changed, but not emptied: it belongs to an interview."
            ),
            Hindrance.TOO_MANY_POINTS: lambda: self._too_many_points(),
        }
        return words[error.hindrance]()

    def _in_bank(self, deed: Deed, known: str) -> str:
        if deed is not Deed.ADDED:
            return self.tr("Another question has this text. To make one of the two, choose both in the list and merge.")
        text = " ".join(known.split())
        if len(text) > _LONGEST_KNOWN:
            text = f"{text[: _LONGEST_KNOWN - 1].rstrip()}…"
        return self.tr("This question is in the bank already: “{0}”. Look for it in the list to edit it.").format(text)

    def _too_many_points(self) -> str:
        return self.tr("Each point needs words, and there can be {0} of them at most.").format(MOST_POINTS)

    def not_taken_back(self, error: CoachError) -> str:
        """Return why the last deed could not be taken back."""
        if error.fault is Fault.BAD_INPUT:
            return self.tr("It cannot be taken back any more, since something newer stands on it. Nothing was changed.")
        return sentence(error)

    # --- two questions that may be one

    def side(self, side: MergeSide) -> str:
        """Return what is to be seen of a question beside its text before it is merged, in lines."""
        marks = [side.stage]
        if side.flagged:
            marks.append(self.tr("flagged"))
        if side.suspended:
            marks.append(self.tr("suspended"))
        lines = [" · ".join(mark for mark in marks if mark)]
        if side.tags:
            lines.append(self.tr("Tags: {0}").format(", ".join(side.tags)))
        lines.append(self.tr("%n answer(s) of yours", "", side.attempts))
        titles = ", ".join(side.transcripts[:_TITLES])
        more = len(side.transcripts) - _TITLES
        if more > 0:
            lines.append(self.tr("Asked in {0} and %n other transcript(s)", "", more).format(titles))
        else:
            lines.append(self.tr("Asked in {0}").format(titles) if titles else self.tr("Asked in no transcript"))
        return "\n".join(line for line in lines if line)

    def looked_for_duplicates(self, found: NearDuplicates) -> str:
        """Return how far the bank was looked through, empty where all of it was; a sentence where nothing was found."""
        looked = self._number(found.looked_at)
        if found.looked_at < found.questions:
            of = self._number(found.questions)
            return self.tr("The newest {0} of {1} questions were looked through.").format(looked, of)
        if not found.pairs:
            return self.tr("No two of the %n question(s) seem to ask the same.", "", found.looked_at)
        if not found.is_whole:
            return self.tr("There may be more of them. Look again when these are done.")
        return ""

    @staticmethod
    def _number(number: int) -> str:
        return QLocale().toString(number)

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
