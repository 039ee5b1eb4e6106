"""What Check database found, in English sentences for the command line."""

from interview_coach.domain.flaws import Flaw, FlawKind

_SENTENCES = {
    FlawKind.PAGES_DAMAGED: "Part of the file is damaged.",
    FlawKind.INDEX_DAMAGED: "Indexes that do not agree with their rows: {0}",
    FlawKind.TEXT_UNREADABLE: "Texts that are missing or cannot be read: {0}",
    FlawKind.WORD_UNKNOWN: "States, kinds or marks that are none of the known ones: {0}",
    FlawKind.DATE_UNREADABLE: "Rows with a date that cannot be read: {0}",
    FlawKind.NUMBER_IMPOSSIBLE: "Rows with a number that cannot be: {0}",
    FlawKind.NOTE_UNREADABLE: "Notes about recorded scores that cannot be read: {0}",
    FlawKind.OWN_SCORE_IMPOSSIBLE: "Scores of your own outside 1–10: {0}",
    FlawKind.RECORDED_SCORE_IMPOSSIBLE: "Recorded turns with a score outside 1–10: {0}",
    FlawKind.POINT_SCORE_IMPOSSIBLE: "Key points with a likeness that cannot be: {0}",
    FlawKind.TURN_WITHOUT_TRANSCRIPT: "Recorded turns whose transcript is gone: {0}",
    FlawKind.TURN_WITHOUT_QUESTION: "Recorded turns whose question is gone: {0}",
    FlawKind.ATTEMPT_WITHOUT_QUESTION: "Answers whose question is gone: {0}",
    FlawKind.ATTEMPT_WITHOUT_SESSION: "Answers whose session is gone: {0}",
    FlawKind.ATTEMPT_WITHOUT_PLACE: "Answers without a place in their session: {0}",
    FlawKind.PLACE_WITHOUT_QUESTION: "Places of a session whose question is gone: {0}",
    FlawKind.PLACE_WITHOUT_SESSION: "Places of a session that is gone: {0}",
    FlawKind.RATING_WITHOUT_ATTEMPT: "Scores of an answer that is gone: {0}",
    FlawKind.POINT_WITHOUT_ATTEMPT: "Key points of an answer that is gone: {0}",
    FlawKind.POINT_WITHOUT_REFERENCE: "Edited points that belong to nothing, or to several: {0}",
    FlawKind.NOTE_WITHOUT_TURN: "Notes on a recorded answer that is gone: {0}",
    FlawKind.PIN_ASTRAY: "Pinned answers that are gone, or answer another question: {0}",
    FlawKind.WORDING_WITHOUT_QUESTION: "Wordings of a question that is gone: {0}",
    FlawKind.TRASH_LOST: "Things in Trash whose entry is gone: {0}",
    FlawKind.LINK_TO_NOTHING: "Links to something that is gone: {0}",
    FlawKind.LINKED_IN_A_CIRCLE: "Questions or transcripts merged in a circle: {0}",
    FlawKind.ATTEMPTS_MISCOUNTED: "Answers whose count is wrong: {0}",
    FlawKind.POINTS_MISCOUNTED: "Edited points whose count is wrong: {0}",
    FlawKind.PLACES_MISCOUNTED: "Places of a session whose count is wrong: {0}",
    FlawKind.SESSION_WITHOUT_QUESTIONS: "Sessions without a question: {0}",
    FlawKind.SEVERAL_OPEN_SESSIONS: "Sessions that are open beside another one: {0}",
    FlawKind.FINISHED_DISAGREES: "Sessions that are finished without a time, or have one and are not: {0}",
    FlawKind.STEPS_OUT_OF_ORDER: "Answers whose steps are out of order: {0}",
    FlawKind.TWO_REFERENCES: "Answers compared with two references at once: {0}",
    FlawKind.SCHEDULE_DISAGREES: "Questions that are due on another day than their last answer says: {0}",
}


def sentence(flaw: Flaw) -> str:
    """Return what is wrong, in how many rows, and the number of one of them; never a word of what was typed."""
    told = _SENTENCES[flaw.kind].format(flaw.rows)
    return told if flaw.example is None else f"{told} (row {flaw.example})"
