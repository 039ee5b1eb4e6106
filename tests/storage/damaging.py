# ruff: noqa: S608  (every statement is made of our own names)
"""Ways to put into a database what no program of ours would."""

import contextlib
import sqlite3

from sqlalchemy import Boolean
from sqlmodel import SQLModel

from interview_coach.domain.flaws import FlawKind
from interview_coach.storage import tables as _tables  # noqa: F401  (declares them)


@contextlib.contextmanager
def without_constraints(connection):
    """Let rows be stored that break every constraint of the schema, but for keys that are the same."""
    connection.execute("PRAGMA foreign_keys = off")
    connection.execute("PRAGMA ignore_check_constraints = on")
    try:
        yield
    finally:
        connection.execute("PRAGMA ignore_check_constraints = off")
        connection.execute("PRAGMA foreign_keys = on")


@contextlib.contextmanager
def edited_schema(connection, edit, back):
    """Let statements be done under a schema that was edited behind SQLite's back; both are (SQL, values)."""
    _edit(connection, edit)
    try:
        yield
    finally:
        _edit(connection, back)


@contextlib.contextmanager
def nullable(connection, table, column):
    """Let a column hold NULL though it must not."""
    (declared,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    start = declared.index(f"{column} ")
    loose = declared[:start] + declared[start:].replace(" NOT NULL", "", 1)
    statement = "UPDATE sqlite_master SET sql = ? WHERE name = ?"
    with edited_schema(connection, (statement, (loose, table)), (statement, (declared, table))):
        yield


@contextlib.contextmanager
def unnoticed_by(connection, index):
    """Let rows change without an index hearing of it."""
    row = connection.execute("SELECT * FROM sqlite_master WHERE name = ?", (index,)).fetchone()
    gone = ("DELETE FROM sqlite_master WHERE name = ?", (index,))
    with edited_schema(connection, gone, ("INSERT INTO sqlite_master VALUES (?, ?, ?, ?, ?)", row)):
        yield


def _edit(connection, statement):
    connection.execute("PRAGMA writable_schema = on")
    connection.execute(*statement)
    connection.execute("PRAGMA writable_schema = reset")


def damage(connection, statements):
    with without_constraints(connection):
        connection.executescript(statements)


def damage_at_random(connection, chance):
    """Put odd values into some cells, and take some rows away that are no attempts."""
    tables = list(SQLModel.metadata.sorted_tables)
    with without_constraints(connection):
        for _ in range(chance.choice((1, 2, 5, 15, 40))):
            table = chance.choice(tables)
            column = chance.choice([column for column in table.columns if column.name != "id"])
            rowids = [rowid for (rowid,) in connection.execute(f"SELECT rowid FROM {table.name}")]
            rowid = chance.choice([*rowids, 0])
            if chance.random() < 0.1 and table.name != "attempt":
                connection.execute(f"DELETE FROM {table.name} WHERE rowid = ?", (rowid,))
                continue
            with contextlib.suppress(sqlite3.IntegrityError, sqlite3.DataError):  # NULL, or the same key twice
                connection.execute(
                    f'UPDATE "{table.name}" SET "{column.name}" = {chance.choice(ODD_VALUES)} WHERE rowid = ?', (rowid,)
                )


ATTEMPT = (
    "INSERT INTO attempt (id, uid, session_id, place, question_id, number, state, text, seconds, blind, day, "
    "started_at, saved_at, submitted_at, rated_at, compared_at) VALUES "
)
SESSION = "INSERT INTO session (id, uid, mode, state, title, started_at, last_step_at, finished_at) VALUES "
TURN = (
    "INSERT INTO turn (transcript_id, position, question_id, number, stage, question, answer, asks, status, "
    "plain_rating) VALUES "
)
M = "'2026-03-02 12:00:00.000000'"

#: What is done to the database, and what is found then.
DAMAGE = {
    "text is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE attempt SET text = x'4d7920616e73776572' WHERE id = 1"),
    "text is no UTF-8": (FlawKind.TEXT_UNREADABLE, "UPDATE attempt SET text = CAST(x'4dff79' AS TEXT) WHERE id = 3"),
    "stage is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE turn SET stage = x'4852' WHERE id = 2"),
    "question is empty": (FlawKind.TEXT_UNREADABLE, "UPDATE question SET text = '' WHERE id = 2"),
    "title is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE session SET title = x'41'"),
    "point is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE decided_point SET text = x'41' WHERE position = 1"),
    "file is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE shipped SET file = x'41'"),
    "title is empty": (FlawKind.TEXT_UNREADABLE, "UPDATE transcript SET title = ''"),
    "day of the interview is none": (
        FlawKind.DATE_UNREADABLE,
        "UPDATE transcript SET held_on = '2026-13-01' WHERE id = 1",
    ),
    "tag is empty": (FlawKind.TEXT_UNREADABLE, "UPDATE tag SET name = '' WHERE name = 'later'"),
    "uid is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE question SET uid = CAST(uid AS BLOB) WHERE id = 2"),
    "uid is another's": (
        FlawKind.TEXT_UNREADABLE,
        "UPDATE question SET uid = (SELECT CAST(q.uid AS BLOB) FROM question q WHERE q.id = 3) WHERE id = 2",
    ),
    "wording's key is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE wording SET key = x'ff00' WHERE question_id = 2"),
    "edited point is a blob": (FlawKind.TEXT_UNREADABLE, "UPDATE key_point SET text = x'41' WHERE id = 1"),
    "edited point is empty": (FlawKind.TEXT_UNREADABLE, "UPDATE key_point SET text = '' WHERE id = 2"),
    "own note is no UTF-8": (
        FlawKind.TEXT_UNREADABLE,
        "UPDATE note SET text = CAST(x'41ff' AS TEXT) WHERE turn_id = 4",
    ),
    "own note is empty": (FlawKind.TEXT_UNREADABLE, "UPDATE note SET text = '' WHERE turn_id = 9"),
    "resolution is no UTF-8": (
        FlawKind.TEXT_UNREADABLE,
        "UPDATE attempt SET resolution = CAST(x'ff' AS TEXT) WHERE id = 1",
    ),
    "origin": (FlawKind.WORD_UNKNOWN, "UPDATE transcript SET origin = 'invented'"),
    "mode": (FlawKind.WORD_UNKNOWN, "UPDATE session SET mode = 'exam'"),
    "session's state": (FlawKind.WORD_UNKNOWN, "UPDATE session SET state = 'lost'"),
    "attempt's state": (FlawKind.WORD_UNKNOWN, "UPDATE attempt SET state = 'lost' WHERE id = 1"),
    "draft's state": (FlawKind.WORD_UNKNOWN, "UPDATE attempt SET state = x'00' WHERE id = 5"),
    "a second draft of unknown state": (
        FlawKind.WORD_UNKNOWN,
        ATTEMPT + f"(9, 'u', 1, 4, 4, 3, 'lost', 'beside', 1, 0, '2026-03-02', {M}, {M}, NULL, NULL, NULL)",
    ),
    "turn's status": (FlawKind.WORD_UNKNOWN, "UPDATE turn SET status = 'great' WHERE id = 1"),
    "kind of trash": (FlawKind.WORD_UNKNOWN, "UPDATE trash SET kind = 'shoes'"),
    "look": (FlawKind.WORD_UNKNOWN, "UPDATE self_rating SET look = 'third' WHERE look = 'second'"),
    "criterion": (FlawKind.WORD_UNKNOWN, "UPDATE self_rating SET criterion = x'00' WHERE criterion = 'clarity'"),
    "decided": (FlawKind.WORD_UNKNOWN, "UPDATE decided_point SET decided = 'perhaps' WHERE position = 1"),
    "proposed": (FlawKind.WORD_UNKNOWN, "UPDATE decided_point SET proposed = 'perhaps' WHERE position = 1"),
    "imported": (FlawKind.DATE_UNREADABLE, "UPDATE transcript SET imported_at = 'yesterday'"),
    "added": (FlawKind.DATE_UNREADABLE, "UPDATE question SET added_at = 2 WHERE id = 3"),
    "session's start": (FlawKind.DATE_UNREADABLE, "UPDATE session SET started_at = '2026-02-31 10:00:00'"),
    "last step": (FlawKind.DATE_UNREADABLE, "UPDATE session SET last_step_at = '9999-12-31 23:59:59.999999'"),
    "finished": (FlawKind.DATE_UNREADABLE, "UPDATE session SET state = 'finished', finished_at = 'never'"),
    "attempt's start": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET started_at = x'ff' WHERE id = 2"),
    "saved": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET saved_at = CAST(x'ff' AS TEXT) WHERE id = 5"),
    "submitted": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET submitted_at = 1.5 WHERE id = 4"),
    "rated": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET rated_at = '0001-01-01 00:00:00+05:00' WHERE id = 4"),
    "compared": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET compared_at = '' WHERE id = 4"),
    "day": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET day = '2026-13-01' WHERE id = 4"),
    "day is a number": (FlawKind.DATE_UNREADABLE, "UPDATE attempt SET day = 20260302 WHERE id = 4"),
    "seen": (FlawKind.DATE_UNREADABLE, "UPDATE reference_seen SET seen_at = 'once'"),
    "read": (FlawKind.DATE_UNREADABLE, "UPDATE shipped SET read_at = 'once'"),
    "moved to Trash": (FlawKind.DATE_UNREADABLE, "UPDATE trash SET moved_at = 'once', erased_at = NULL"),
    "erased": (FlawKind.DATE_UNREADABLE, "UPDATE trash SET erased_at = 'once'"),
    "own note's time": (FlawKind.DATE_UNREADABLE, "UPDATE note SET changed_at = 'once'"),
    "pin's time": (FlawKind.DATE_UNREADABLE, "UPDATE pin SET pinned_at = 7"),
    "yes or no": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE attempt SET blind = 'perhaps' WHERE id = 1"),
    **{
        f"{table.name}.{column.name}": (FlawKind.NUMBER_IMPOSSIBLE, f"UPDATE {table.name} SET {column.name} = 7")
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Boolean)
    },
    "seconds": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE attempt SET seconds = -4 WHERE id = 1"),
    "endless seconds": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE attempt SET seconds = 9e999 WHERE id = 1"),
    "turn's position": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE turn SET position = 0 WHERE id = 4"),
    "turn's position is a text": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE turn SET position = 'last' WHERE id = 4"),
    "point's position": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE decided_point SET position = -1 WHERE position = 1"),
    "note is no JSON": (FlawKind.NOTE_UNREADABLE, "UPDATE turn SET unreadable = '[[\"clarity\"' WHERE id = 1"),
    "note is another JSON": (FlawKind.NOTE_UNREADABLE, "UPDATE turn SET unreadable = '7' WHERE id = 1"),
    "note is very deep": (
        FlawKind.NOTE_UNREADABLE,
        "UPDATE turn SET unreadable = replace(hex(zeroblob(50000)), '0', '[') WHERE id = 1",
    ),
    "own score too high": (FlawKind.OWN_SCORE_IMPOSSIBLE, "UPDATE self_rating SET score = 99 WHERE attempt_id = 4"),
    "own score not whole": (FlawKind.OWN_SCORE_IMPOSSIBLE, "UPDATE self_rating SET score = 7.5 WHERE attempt_id = 4"),
    "own score is a word": (FlawKind.OWN_SCORE_IMPOSSIBLE, "UPDATE self_rating SET score = 'good'"),
    "recorded score": (FlawKind.RECORDED_SCORE_IMPOSSIBLE, "UPDATE turn SET clarity = 11 WHERE id = 1"),
    "endless recorded score": (FlawKind.RECORDED_SCORE_IMPOSSIBLE, "UPDATE turn SET confidence = 9e999"),
    "recorded scores are words": (
        FlawKind.RECORDED_SCORE_IMPOSSIBLE,
        "UPDATE turn SET clarity = 'a', confidence = x'00', technical_depth = 0.5 WHERE id = 5",
    ),
    "point's score": (FlawKind.POINT_SCORE_IMPOSSIBLE, "UPDATE decided_point SET score = 1.5 WHERE position = 1"),
    "turn of no transcript": (FlawKind.TURN_WITHOUT_TRANSCRIPT, "DELETE FROM transcript"),
    "turn of a transcript that never was": (
        FlawKind.TURN_WITHOUT_TRANSCRIPT,
        "UPDATE turn SET transcript_id = 'x' WHERE id = 7",
    ),
    "turn of no question": (FlawKind.TURN_WITHOUT_QUESTION, "UPDATE turn SET question_id = 77 WHERE id = 9"),
    "attempt of no question": (
        FlawKind.ATTEMPT_WITHOUT_QUESTION,
        "DELETE FROM question WHERE id = 4; DELETE FROM place WHERE question_id = 4",
    ),
    "attempt of another question": (
        FlawKind.ATTEMPT_WITHOUT_QUESTION,
        "UPDATE attempt SET question_id = 4077 WHERE id = 4",
    ),
    "question gone with all that knew it": (
        FlawKind.ATTEMPT_WITHOUT_QUESTION,
        "DELETE FROM question WHERE id = 4; DELETE FROM place WHERE question_id = 4; DELETE FROM turn WHERE id = 4; "
        "DELETE FROM wording WHERE question_id = 4; DELETE FROM tag; UPDATE attempt SET reference_turn_id = NULL",
    ),
    "attempt of no session": (
        FlawKind.ATTEMPT_WITHOUT_SESSION,
        "DELETE FROM session",
    ),
    "attempt of a session that never was": (
        FlawKind.ATTEMPT_WITHOUT_SESSION,
        "UPDATE attempt SET session_id = CAST(x'ff' AS TEXT) WHERE id IN (1, 5)",
    ),
    "attempt of no place": (FlawKind.ATTEMPT_WITHOUT_PLACE, "DELETE FROM place WHERE place = 4"),
    "attempt of a place that never was": (
        FlawKind.ATTEMPT_WITHOUT_PLACE,
        "UPDATE attempt SET place = 'x' WHERE id IN (3, 5)",
    ),
    "two drafts of no place": (
        FlawKind.ATTEMPT_WITHOUT_PLACE,
        "UPDATE attempt SET place = 40 WHERE id = 5; " + ATTEMPT
        + f"(9, 'u', 1, 41, 4, 3, 'draft', 'beside', 1, 0, '2026-03-02', {M}, {M}, NULL, NULL, NULL)",
    ),
    "place of no question": (FlawKind.PLACE_WITHOUT_QUESTION, "DELETE FROM question WHERE id = 6"),
    "place of a question that never was": (
        FlawKind.PLACE_WITHOUT_QUESTION,
        "UPDATE place SET question_id = 9223372036854775807 WHERE place = 6",
    ),
    "place of no session": (FlawKind.PLACE_WITHOUT_SESSION, "INSERT INTO place VALUES (5, 1, 1, NULL)"),
    "rating of no attempt": (
        FlawKind.RATING_WITHOUT_ATTEMPT,
        "INSERT INTO self_rating VALUES (8, 'first', 'clarity', 5)",
    ),
    "point of no attempt": (
        FlawKind.POINT_WITHOUT_ATTEMPT,
        "INSERT INTO decided_point VALUES (8, 1, 'x', NULL, NULL, NULL)",
    ),
    "edited point of no turn": (
        FlawKind.POINT_WITHOUT_REFERENCE,
        "UPDATE key_point SET turn_id = 80 WHERE id = 1",
    ),
    "edited point of no attempt": (
        FlawKind.POINT_WITHOUT_REFERENCE,
        "UPDATE key_point SET attempt_id = 'x' WHERE id = 4",
    ),
    "edited point of no question": (
        FlawKind.POINT_WITHOUT_REFERENCE,
        "UPDATE key_point SET question_id = 80 WHERE id = 7",
    ),
    "edited point of nothing": (
        FlawKind.POINT_WITHOUT_REFERENCE,
        "UPDATE key_point SET turn_id = NULL WHERE id = 2",
    ),
    "edited point of several": (
        FlawKind.POINT_WITHOUT_REFERENCE,
        "UPDATE key_point SET attempt_id = 1, question_id = 1 WHERE id = 2; "
        "UPDATE key_point SET question_id = 2 WHERE id = 5",
    ),
    "note of no turn": (FlawKind.NOTE_WITHOUT_TURN, f"INSERT INTO note VALUES (80, 'x', {M})"),
    "pin of no attempt": (FlawKind.PIN_ASTRAY, "UPDATE pin SET attempt_id = 80"),
    "pin of no question": (FlawKind.PIN_ASTRAY, f"INSERT INTO pin VALUES (80, 81, {M})"),
    "pin of another question": (FlawKind.PIN_ASTRAY, "UPDATE pin SET question_id = 5"),
    "pin of another question that has one": (FlawKind.PIN_ASTRAY, f"INSERT INTO pin VALUES (5, 5, {M})"),
    "wording of no question": (FlawKind.WORDING_WITHOUT_QUESTION, "INSERT INTO wording VALUES ('k', 80, 'x')"),
    "trash of no trash": (FlawKind.TRASH_LOST, "UPDATE attempt SET trash_id = 40 WHERE id = 1"),
    "question's trash": (FlawKind.TRASH_LOST, "UPDATE question SET trash_id = 40 WHERE id = 8"),
    "transcript's trash": (FlawKind.TRASH_LOST, "UPDATE transcript SET trash_id = 40"),
    "tag of no question": (FlawKind.LINK_TO_NOTHING, "INSERT INTO tag VALUES (80, 'x')"),
    "reference seen of no question": (FlawKind.LINK_TO_NOTHING, f"INSERT INTO reference_seen VALUES (80, {M})"),
    "turn of a place": (FlawKind.LINK_TO_NOTHING, "UPDATE place SET turn_id = 80 WHERE place = 9"),
    "reference of an attempt": (FlawKind.LINK_TO_NOTHING, "UPDATE attempt SET reference_turn_id = 80 WHERE id = 3"),
    "own reference of an attempt": (
        FlawKind.LINK_TO_NOTHING,
        "UPDATE attempt SET reference_attempt_id = 80 WHERE id = 3",
    ),
    "session's transcript": (FlawKind.LINK_TO_NOTHING, "UPDATE session SET transcript_id = 80"),
    "question's transcript": (FlawKind.LINK_TO_NOTHING, "UPDATE question SET transcript_id = 80 WHERE id = 9"),
    "update that is not there": (FlawKind.LINK_TO_NOTHING, "UPDATE transcript SET superseded_by = 80"),
    "merged into none": (FlawKind.LINK_TO_NOTHING, "UPDATE question SET merged_into = 80 WHERE id = 9"),
    "merged into itself": (FlawKind.LINKED_IN_A_CIRCLE, "UPDATE question SET merged_into = 9 WHERE id = 9"),
    "merged in a circle": (
        FlawKind.LINKED_IN_A_CIRCLE,
        "UPDATE question SET merged_into = iif(id = 10, 8, id + 1) WHERE id IN (7, 8, 9, 10)",
    ),
    "update of itself": (FlawKind.LINKED_IN_A_CIRCLE, "UPDATE transcript SET superseded_by = 1"),
    "attempt number zero": (FlawKind.ATTEMPTS_MISCOUNTED, "UPDATE attempt SET number = 0 WHERE id = 4"),
    "attempt number is a word": (FlawKind.ATTEMPTS_MISCOUNTED, "UPDATE attempt SET number = 'first' WHERE id = 4"),
    "edited points from two on": (FlawKind.POINTS_MISCOUNTED, "DELETE FROM key_point WHERE id = 1"),
    "edited points with a gap": (FlawKind.POINTS_MISCOUNTED, "DELETE FROM key_point WHERE id = 2"),
    "edited point zero": (FlawKind.POINTS_MISCOUNTED, "UPDATE key_point SET position = 0 WHERE id = 5"),
    "edited point's position is a word": (
        FlawKind.POINTS_MISCOUNTED,
        "UPDATE key_point SET position = 'last' WHERE id = 6",
    ),
    "place zero": (FlawKind.PLACES_MISCOUNTED, "UPDATE place SET place = 0 WHERE place = 10"),
    "place is a word": (FlawKind.PLACES_MISCOUNTED, "UPDATE place SET place = x'01' WHERE place = 10"),
    "places with a gap": (FlawKind.PLACES_MISCOUNTED, "UPDATE place SET place = 90 WHERE place = 7"),
    "places and attempts with a gap": (
        FlawKind.PLACES_MISCOUNTED,
        "UPDATE place SET place = place + 50; UPDATE attempt SET place = place + 50",
    ),
    "session without questions": (
        FlawKind.SESSION_WITHOUT_QUESTIONS,
        SESSION + f"(2, 's', 'practice', 'paused', '', {M}, {M}, NULL)",
    ),
    "finished without a time": (FlawKind.FINISHED_DISAGREES, "UPDATE session SET state = 'finished'"),
    "paused with a time": (FlawKind.FINISHED_DISAGREES, f"UPDATE session SET finished_at = {M}"),
    "draft with a time": (FlawKind.STEPS_OUT_OF_ORDER, f"UPDATE attempt SET submitted_at = {M} WHERE id = 5"),
    "submitted without": (FlawKind.STEPS_OUT_OF_ORDER, "UPDATE attempt SET submitted_at = NULL WHERE id = 3"),
    "compared unrated": (FlawKind.STEPS_OUT_OF_ORDER, "UPDATE attempt SET rated_at = NULL WHERE id = 4"),
    "compared with two": (FlawKind.TWO_REFERENCES, "UPDATE attempt SET reference_turn_id = 4 WHERE id = 5"),
    "search of no name": (FlawKind.TEXT_UNREADABLE, "UPDATE saved_search SET name = '' WHERE id = 1"),
    "search's name is another's": (
        FlawKind.TEXT_UNREADABLE,
        "UPDATE saved_search SET name = (SELECT CAST(s.name AS BLOB) FROM saved_search s WHERE s.id = 2) WHERE id = 1",
    ),
    "search without words": (FlawKind.TEXT_UNREADABLE, "UPDATE saved_search SET text = '' WHERE id = 1"),
    "search's time": (FlawKind.DATE_UNREADABLE, "UPDATE saved_search SET added_at = 'once' WHERE id = 1"),
    "review's time": (FlawKind.DATE_UNREADABLE, "UPDATE review SET reviewed_at = 'once' WHERE attempt_id = 1"),
    "review's day": (FlawKind.DATE_UNREADABLE, "UPDATE review SET day = '2026-02-31' WHERE attempt_id = 1"),
    "day due of a review": (FlawKind.DATE_UNREADABLE, "UPDATE review SET due = 7 WHERE attempt_id = 1"),
    "day due": (FlawKind.DATE_UNREADABLE, "UPDATE schedule SET due = 'soon' WHERE question_id = 1"),
    "grade": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET grade = 5 WHERE attempt_id = 1"),
    "grade is a word": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET grade = 'good' WHERE attempt_id = 1"),
    "proposed grade": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET proposed = 0 WHERE attempt_id = 1"),
    "stability": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET stability = 0 WHERE attempt_id = 4"),
    "endless stability": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET stability = 9e999 WHERE attempt_id = 4"),
    "difficulty": (FlawKind.NUMBER_IMPOSSIBLE, "UPDATE review SET difficulty = x'05' WHERE attempt_id = 4"),
    "review of no attempt": (
        FlawKind.LINK_TO_NOTHING,
        f"INSERT INTO review VALUES (80, 3, 3, {M}, '2026-03-02', '2026-03-04', 2.3, 2.1)",
    ),
    "review of a draft": (
        FlawKind.STEPS_OUT_OF_ORDER,
        f"INSERT INTO review VALUES (5, 3, 3, {M}, '2026-03-02', '2026-03-04', 2.3, 2.1)",
    ),
    "schedule of no question": (FlawKind.LINK_TO_NOTHING, "UPDATE schedule SET question_id = 80 WHERE question_id = 1"),
    "schedule by no review": (FlawKind.LINK_TO_NOTHING, "UPDATE schedule SET attempt_id = 5 WHERE question_id = 4"),
    "schedule of another question": (
        FlawKind.SCHEDULE_DISAGREES,
        "UPDATE schedule SET question_id = 7 WHERE question_id = 1",
    ),
    "due on another day": (
        FlawKind.SCHEDULE_DISAGREES,
        "UPDATE schedule SET due = '2027-01-01' WHERE question_id = 1",
    ),
    "due by a deleted answer": (FlawKind.SCHEDULE_DISAGREES, "UPDATE attempt SET trash_id = 1 WHERE id = 4"),
    "never due": (FlawKind.SCHEDULE_DISAGREES, "DELETE FROM schedule WHERE question_id = 2"),
    "due by the answer before": (
        FlawKind.SCHEDULE_DISAGREES,
        "UPDATE attempt SET question_id = 4, number = 9, place = 4 WHERE id = 2",
    ),
    "rated draft": (FlawKind.STEPS_OUT_OF_ORDER, f"UPDATE attempt SET rated_at = {M} WHERE id = 5"),
}  # fmt: skip

ODD_VALUES = (
    "NULL", "0", "-1", "1", "2", "7", "99", "4077", "9223372036854775807", "-9223372036854775808", "1.5", "9e999",
    "''", "'x'", "'draft'", "'finished'", "'open'", "x''", "x'ff'", "CAST(x'ff61' AS TEXT)", "'2026-02-31'",
    "'9999-12-31 23:59:59.999999'", "'2026-03-03 00:00:00+05:00'", "'[[\"clarity\", 3]]'", "'\U0001f600'",
)  # fmt: skip
