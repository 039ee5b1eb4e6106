"""What Check database found, in the window's words."""

from PySide6.QtCore import QLocale, QObject

from interview_coach.domain.flaws import Flaw, FlawKind


class FlawWords(QObject):
    """Words for what is wrong in the database."""

    def sentence(self, flaw: Flaw) -> str:
        """Return what is wrong, and in how many rows; never a word of what was typed."""
        words = {
            FlawKind.PAGES_DAMAGED: self.tr("Part of the file is damaged."),
            FlawKind.INDEX_DAMAGED: self.tr("Indexes that do not agree with their rows: {0}"),
            FlawKind.TEXT_UNREADABLE: self.tr("Texts that are missing or cannot be read: {0}"),
            FlawKind.WORD_UNKNOWN: self.tr("States, kinds or marks that are none of the known ones: {0}"),
            FlawKind.DATE_UNREADABLE: self.tr("Rows with a date that cannot be read: {0}"),
            FlawKind.NUMBER_IMPOSSIBLE: self.tr("Rows with a number that cannot be: {0}"),
            FlawKind.NOTE_UNREADABLE: self.tr("Notes about recorded scores that cannot be read: {0}"),
            FlawKind.OWN_SCORE_IMPOSSIBLE: self.tr("Scores of your own outside 1–10: {0}"),
            FlawKind.RECORDED_SCORE_IMPOSSIBLE: self.tr("Recorded turns with a score outside 1–10: {0}"),
            FlawKind.POINT_SCORE_IMPOSSIBLE: self.tr("Key points with a likeness that cannot be: {0}"),
            FlawKind.TURN_WITHOUT_TRANSCRIPT: self.tr("Recorded turns whose transcript is gone: {0}"),
            FlawKind.TURN_WITHOUT_QUESTION: self.tr("Recorded turns whose question is gone: {0}"),
            FlawKind.ATTEMPT_WITHOUT_QUESTION: self.tr("Answers whose question is gone: {0}"),
            FlawKind.ATTEMPT_WITHOUT_SESSION: self.tr("Answers whose session is gone: {0}"),
            FlawKind.ATTEMPT_WITHOUT_PLACE: self.tr("Answers without a place in their session: {0}"),
            FlawKind.PLACE_WITHOUT_QUESTION: self.tr("Places of a session whose question is gone: {0}"),
            FlawKind.PLACE_WITHOUT_SESSION: self.tr("Places of a session that is gone: {0}"),
            FlawKind.RATING_WITHOUT_ATTEMPT: self.tr("Scores of an answer that is gone: {0}"),
            FlawKind.POINT_WITHOUT_ATTEMPT: self.tr("Key points of an answer that is gone: {0}"),
            FlawKind.POINT_WITHOUT_REFERENCE: self.tr("Edited points that belong to nothing, or to several: {0}"),
            FlawKind.NOTE_WITHOUT_TURN: self.tr("Notes on a recorded answer that is gone: {0}"),
            FlawKind.PIN_ASTRAY: self.tr("Pinned answers that are gone, or answer another question: {0}"),
            FlawKind.WORDING_WITHOUT_QUESTION: self.tr("Wordings of a question that is gone: {0}"),
            FlawKind.TRASH_LOST: self.tr("Things in Trash whose entry is gone: {0}"),
            FlawKind.LINK_TO_NOTHING: self.tr("Links to something that is gone: {0}"),
            FlawKind.LINKED_IN_A_CIRCLE: self.tr("Questions or transcripts merged in a circle: {0}"),
            FlawKind.ATTEMPTS_MISCOUNTED: self.tr("Answers whose count is wrong: {0}"),
            FlawKind.POINTS_MISCOUNTED: self.tr("Edited points whose count is wrong: {0}"),
            FlawKind.PLACES_MISCOUNTED: self.tr("Places of a session whose count is wrong: {0}"),
            FlawKind.SESSION_WITHOUT_QUESTIONS: self.tr("Sessions without a question: {0}"),
            FlawKind.SEVERAL_OPEN_SESSIONS: self.tr("Sessions that are open beside another one: {0}"),
            FlawKind.FINISHED_DISAGREES: self.tr(
                "Sessions that are finished without a time, or have one and are not: {0}"
            ),
            FlawKind.STEPS_OUT_OF_ORDER: self.tr("Answers whose steps are out of order: {0}"),
            FlawKind.TWO_REFERENCES: self.tr("Answers compared with two references at once: {0}"),
            FlawKind.SCHEDULE_DISAGREES: self.tr(
                "Questions that are due on another day than their last answer says: {0}"
            ),
        }
        return words[flaw.kind].format(QLocale().toString(flaw.rows))
