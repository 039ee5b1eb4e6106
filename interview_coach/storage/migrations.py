"""The schema, as ordered steps: append-only, each in one transaction with its ``PRAGMA user_version``.

A step that has landed may have run on somebody's answers, so it is never edited: what changes is a further step.
"""

import sqlite3
from collections.abc import Callable, Sequence

#: Marks a file as ours ("ICoa"); ``file`` and the start-up check read it at offset 68.
APPLICATION_ID = 0x49436F61


def migrate(connection: sqlite3.Connection, target: int | None = None) -> None:
    """Bring a database up to the newest schema (or to ``target``); does nothing where it is there already.

    The connection's ``isolation_level`` is None: each step begins and commits its own transaction, so that a crash
    leaves the schema and ``user_version`` in agreement. Foreign keys are off while a step may rebuild a table, since
    dropping one with them on deletes the children, and are checked before it commits.
    """
    wanted = len(MIGRATIONS) if target is None else target
    for version in range(schema_version(connection), wanted):
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[version](connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            if broken is not None:
                raise RuntimeError(f"migration {version + 1} leaves rows of {broken[0]} without their parent")
            connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:  # after an error of the disk SQLite has rolled back by itself
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.execute("PRAGMA foreign_keys = ON")


def schema_version(connection: sqlite3.Connection) -> int:
    """Return how many migrations a database has had."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)


def _create(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    for statement in _FIRST_SCHEMA:
        connection.execute(statement)


_FIRST_SCHEMA = (
    """
    CREATE TABLE transcript (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        title TEXT NOT NULL,
        role TEXT,
        company TEXT,
        origin TEXT NOT NULL,
        source TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        encoding TEXT NOT NULL,
        byte_order_mark BOOLEAN NOT NULL,
        newline TEXT NOT NULL,
        final_newline BOOLEAN NOT NULL,
        preamble TEXT NOT NULL,
        imported_at DATETIME NOT NULL,
        published BOOLEAN NOT NULL,
        superseded_by INTEGER,
        CONSTRAINT origin_known CHECK (origin IN ('recorded', 'written')),
        CONSTRAINT title_given CHECK (title <> ''),
        UNIQUE (uid),
        UNIQUE (content_hash),
        FOREIGN KEY(superseded_by) REFERENCES transcript (id)
    )
    """,
    """
    CREATE INDEX transcript_source ON transcript (source)
    """,
    """
    CREATE TABLE question (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        stage TEXT NOT NULL,
        text TEXT NOT NULL,
        flagged BOOLEAN NOT NULL,
        transcript_id INTEGER,
        added_at DATETIME NOT NULL,
        CONSTRAINT text_given CHECK (text <> ''),
        UNIQUE (uid),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id)
    )
    """,
    """
    CREATE INDEX question_stage ON question (stage, id)
    """,
    """
    CREATE INDEX question_transcript ON question (transcript_id)
    """,
    """
    CREATE TABLE wording (
        "key" TEXT NOT NULL,
        question_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY ("key"),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE INDEX wording_question ON wording (question_id)
    """,
    """
    CREATE TABLE turn (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        transcript_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        question_id INTEGER,
        number TEXT NOT NULL,
        stage TEXT NOT NULL,
        question TEXT NOT NULL,
        answer TEXT,
        feedback TEXT,
        written TEXT,
        asks BOOLEAN NOT NULL,
        status TEXT NOT NULL,
        clarity REAL,
        confidence REAL,
        technical_depth REAL,
        summary TEXT,
        plain_rating BOOLEAN NOT NULL,
        unreadable TEXT,
        CONSTRAINT position_counts_from_one CHECK (position >= 1),
        CONSTRAINT status_known CHECK (status IN ('rated', 'not_rated', 'failed', 'unreadable')),
        CONSTRAINT clarity_in_range CHECK (clarity BETWEEN 1 AND 10),
        CONSTRAINT confidence_in_range CHECK (confidence BETWEEN 1 AND 10),
        CONSTRAINT technical_depth_in_range CHECK (technical_depth BETWEEN 1 AND 10),
        CONSTRAINT turn_place UNIQUE (transcript_id, position),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id)
    )
    """,
    """
    CREATE INDEX turn_question ON turn (question_id)
    """,
    """
    CREATE TABLE session (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        mode TEXT NOT NULL,
        state TEXT NOT NULL,
        title TEXT NOT NULL,
        transcript_id INTEGER,
        started_at DATETIME NOT NULL,
        last_step_at DATETIME NOT NULL,
        finished_at DATETIME,
        CONSTRAINT mode_known CHECK (mode IN ('practice', 'mock')),
        CONSTRAINT state_known CHECK (state IN ('open', 'paused', 'finished', 'abandoned')),
        CONSTRAINT finished_when CHECK ((state = 'finished') = (finished_at IS NOT NULL)),
        UNIQUE (uid),
        FOREIGN KEY(transcript_id) REFERENCES transcript (id)
    )
    """,
    """
    CREATE UNIQUE INDEX session_open ON session (state) WHERE state = 'open'
    """,
    """
    CREATE TABLE place (
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        turn_id INTEGER,
        PRIMARY KEY (session_id, place),
        CONSTRAINT place_counts_from_one CHECK (place >= 1),
        CONSTRAINT asked_once UNIQUE (session_id, question_id),
        FOREIGN KEY(session_id) REFERENCES session (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id),
        FOREIGN KEY(turn_id) REFERENCES turn (id)
    )
    """,
    """
    CREATE INDEX place_question ON place (question_id)
    """,
    """
    CREATE TABLE attempt (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        session_id INTEGER NOT NULL,
        place INTEGER NOT NULL,
        question_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        state TEXT NOT NULL,
        text TEXT NOT NULL,
        seconds REAL NOT NULL,
        blind BOOLEAN NOT NULL,
        day DATE NOT NULL,
        started_at DATETIME NOT NULL,
        saved_at DATETIME,
        submitted_at DATETIME,
        rated_at DATETIME,
        compared_at DATETIME,
        reference_turn_id INTEGER,
        resolution TEXT,
        CONSTRAINT state_known CHECK (state IN ('draft', 'submitted', 'skipped')),
        CONSTRAINT number_counts_from_one CHECK (number >= 1),
        CONSTRAINT seconds_not_negative CHECK (seconds >= 0),
        CONSTRAINT submitted_when CHECK ((state = 'draft') = (submitted_at IS NULL)),
        CONSTRAINT rated_after_submitted CHECK (rated_at IS NULL OR submitted_at IS NOT NULL),
        CONSTRAINT compared_after_rated CHECK (compared_at IS NULL OR rated_at IS NOT NULL),
        CONSTRAINT attempt_number UNIQUE (question_id, number),
        FOREIGN KEY(session_id, place) REFERENCES place (session_id, place),
        UNIQUE (uid),
        FOREIGN KEY(question_id) REFERENCES question (id),
        FOREIGN KEY(reference_turn_id) REFERENCES turn (id)
    )
    """,
    """
    CREATE INDEX attempt_day ON attempt (day)
    """,
    """
    CREATE UNIQUE INDEX attempt_draft ON attempt (session_id, place) WHERE state = 'draft'
    """,
    """
    CREATE INDEX attempt_place ON attempt (session_id, place)
    """,
    """
    CREATE TABLE self_rating (
        attempt_id INTEGER NOT NULL,
        look TEXT NOT NULL,
        criterion TEXT NOT NULL,
        score INTEGER NOT NULL,
        PRIMARY KEY (attempt_id, look, criterion),
        CONSTRAINT look_known CHECK (look IN ('first', 'second')),
        CONSTRAINT criterion_known CHECK (criterion IN ('clarity', 'confidence', 'technical_depth')),
        CONSTRAINT score_in_range CHECK (score BETWEEN 1 AND 10),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE decided_point (
        attempt_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        decided TEXT,
        proposed TEXT,
        score REAL,
        PRIMARY KEY (attempt_id, position),
        CONSTRAINT decided_known CHECK (decided IN ('said', 'partly', 'missed', 'left_out')),
        CONSTRAINT proposed_known CHECK (proposed IN ('said', 'partly', 'missed', 'left_out')),
        CONSTRAINT score_in_range CHECK (score BETWEEN 0 AND 1),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE reference_seen (
        question_id INTEGER NOT NULL,
        seen_at DATETIME NOT NULL,
        PRIMARY KEY (question_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE shipped (
        content_hash TEXT NOT NULL,
        file TEXT NOT NULL,
        read_at DATETIME NOT NULL,
        PRIMARY KEY (content_hash)
    )
    """,
)


def _add_trash_and_tending(connection: sqlite3.Connection) -> None:
    for statement in _TRASH_AND_TENDING:
        connection.execute(statement)


_TRASH_AND_TENDING = (
    """
    CREATE TABLE trash (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        kind TEXT NOT NULL,
        moved_at DATETIME NOT NULL,
        erased_at DATETIME,
        CONSTRAINT kind_known CHECK (kind IN ('questions', 'transcript', 'attempts'))
    )
    """,
    "ALTER TABLE transcript ADD COLUMN trash_id INTEGER REFERENCES trash (id)",
    "ALTER TABLE question ADD COLUMN suspended BOOLEAN NOT NULL DEFAULT 0",
    "ALTER TABLE question ADD COLUMN merged_into INTEGER REFERENCES question (id)",
    "ALTER TABLE question ADD COLUMN trash_id INTEGER REFERENCES trash (id)",
    "ALTER TABLE attempt ADD COLUMN trash_id INTEGER REFERENCES trash (id)",
    "CREATE INDEX transcript_trash ON transcript (trash_id) WHERE trash_id IS NOT NULL",
    "CREATE INDEX question_trash ON question (trash_id) WHERE trash_id IS NOT NULL",
    "CREATE INDEX question_merged ON question (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE INDEX attempt_trash ON attempt (trash_id) WHERE trash_id IS NOT NULL",
    """
    CREATE TABLE tag (
        question_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (question_id, name),
        CONSTRAINT name_given CHECK (name <> ''),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX tag_name ON tag (name)",
)


def _add_points_notes_and_pins(connection: sqlite3.Connection) -> None:
    for statement in _POINTS_NOTES_AND_PINS:
        connection.execute(statement)


_POINTS_NOTES_AND_PINS = (
    """
    CREATE TABLE key_point (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        turn_id INTEGER,
        attempt_id INTEGER,
        question_id INTEGER,
        position INTEGER NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT one_owner CHECK ((turn_id IS NOT NULL) + (attempt_id IS NOT NULL) + (question_id IS NOT NULL) = 1),
        CONSTRAINT position_counts_from_one CHECK (position >= 1),
        CONSTRAINT text_given CHECK (text <> ''),
        CONSTRAINT turn_point UNIQUE (turn_id, position),
        CONSTRAINT attempt_point UNIQUE (attempt_id, position),
        CONSTRAINT question_point UNIQUE (question_id, position),
        FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE,
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE note (
        turn_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        changed_at DATETIME NOT NULL,
        PRIMARY KEY (turn_id),
        CONSTRAINT text_given CHECK (text <> ''),
        FOREIGN KEY(turn_id) REFERENCES turn (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE pin (
        question_id INTEGER NOT NULL,
        attempt_id INTEGER NOT NULL,
        pinned_at DATETIME NOT NULL,
        PRIMARY KEY (question_id),
        UNIQUE (attempt_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    )
    """,
    "ALTER TABLE attempt ADD COLUMN reference_attempt_id INTEGER REFERENCES attempt (id)",
    "CREATE INDEX attempt_reference ON attempt (reference_attempt_id) WHERE reference_attempt_id IS NOT NULL",
)


def _add_search_and_dates(connection: sqlite3.Connection) -> None:
    for statement in _SEARCH_AND_DATES:
        connection.execute(statement)


# Only questions are few words long and looked for from their first letter on; an index of the beginnings of words in
# the answers would take twice the time at every import.
_SEARCH_AND_DATES = (
    "ALTER TABLE transcript ADD COLUMN held_on DATE",
    """
    CREATE VIRTUAL TABLE question_search USING fts5(
        text, content = 'question', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE answer_search USING fts5(
        answer, content = 'turn', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE attempt_search USING fts5(
        text, resolution, content = 'attempt', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    """
    CREATE VIRTUAL TABLE note_search USING fts5(
        text, content = 'note', content_rowid = 'turn_id', tokenize = 'unicode61 remove_diacritics 2'
    )
    """,
    "INSERT INTO question_search (question_search) VALUES ('rebuild')",
    "INSERT INTO answer_search (answer_search) VALUES ('rebuild')",
    "INSERT INTO attempt_search (attempt_search) VALUES ('rebuild')",
    "INSERT INTO note_search (note_search) VALUES ('rebuild')",
)


def _add_schedule_and_saved_searches(connection: sqlite3.Connection) -> None:
    for statement in (*_SCHEDULE_AND_SAVED_SEARCHES, *_FOR_FILTERS):
        connection.execute(statement)


# What was answered before has no grade, and so no day on which it is due: it is scheduled when it is answered again.
_SCHEDULE_AND_SAVED_SEARCHES = (
    """
    CREATE TABLE review (
        attempt_id INTEGER NOT NULL,
        grade INTEGER NOT NULL,
        proposed INTEGER,
        reviewed_at DATETIME NOT NULL,
        day DATE NOT NULL,
        due DATE NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        PRIMARY KEY (attempt_id),
        CONSTRAINT grade_in_range CHECK (grade BETWEEN 1 AND 4),
        CONSTRAINT proposed_in_range CHECK (proposed BETWEEN 1 AND 4),
        CONSTRAINT stability_in_range CHECK (stability BETWEEN 0.001 AND 36500),
        CONSTRAINT difficulty_in_range CHECK (difficulty BETWEEN 1 AND 10),
        FOREIGN KEY(attempt_id) REFERENCES attempt (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX review_day ON review (day)",
    """
    CREATE TABLE schedule (
        question_id INTEGER NOT NULL,
        due DATE NOT NULL,
        attempt_id INTEGER NOT NULL,
        PRIMARY KEY (question_id),
        UNIQUE (attempt_id),
        FOREIGN KEY(question_id) REFERENCES question (id) ON DELETE CASCADE,
        FOREIGN KEY(attempt_id) REFERENCES review (attempt_id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX schedule_due ON schedule (due)",
    """
    CREATE TABLE saved_search (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        uid TEXT NOT NULL,
        name TEXT NOT NULL,
        text TEXT NOT NULL,
        added_at DATETIME NOT NULL,
        CONSTRAINT name_given CHECK (name <> ''),
        CONSTRAINT text_given CHECK (text <> ''),
        UNIQUE (uid),
        UNIQUE (name)
    )
    """,
)

_FOR_FILTERS = (
    "CREATE INDEX turn_stage ON turn (stage)",
    "CREATE INDEX question_flagged ON question (flagged) WHERE flagged",
    "CREATE INDEX question_suspended ON question (suspended) WHERE suspended",
)

MIGRATIONS: Sequence[Callable[[sqlite3.Connection], None]] = (
    _create,
    _add_trash_and_tending,
    _add_points_notes_and_pins,
    _add_search_and_dates,
    _add_schedule_and_saved_searches,
)

#: The schema that this program knows; a database with a higher one comes from a newer program.
NEWEST = len(MIGRATIONS)
