# ruff: noqa: S608  (every statement is made of our own names)
"""What the rows of a database must be: one list of laws, each with what makes a row right again.

The laws about single columns follow from the tables as they are declared, so that a new table has them from its first
day; what is put in the place of a wrong value, and how rows agree with each other, stands here. The conditions use the
functions that ``check`` lends to SQL.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Boolean, Column, Date, DateTime, String, Table
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

from interview_coach.domain.flaws import FlawKind
from interview_coach.domain.models import (
    AttemptState,
    Criterion,
    Mode,
    Origin,
    PointStatus,
    RatingStatus,
    SessionState,
)
from interview_coach.domain.trash import TrashKind
from interview_coach.storage import tables as _tables  # noqa: F401  (declares them)
from interview_coach.storage.mending import (
    QUESTION_LOST,
    TRANSCRIPT_LOST,
    Step,
    find_places,
    find_questions,
    find_sessions,
    find_transcripts,
    nearest,
    renumber,
    renumber_places,
    take_question_of_place,
)

#: SQL with "{wrong}" for the law's condition, or what goes row by row.
Mend = str | Step


@dataclass(frozen=True)
class Law:
    """What no row of a table may be: an SQL condition on the row, and the steps that make such rows right."""

    kind: FlawKind
    table: str
    wrong: str
    mend: tuple[Mend, ...]


_WORDS: dict[tuple[str, str], tuple[type[StrEnum] | tuple[str, ...], tuple[str, ...]]] = {
    ("transcript", "origin"): (Origin, ("UPDATE transcript SET origin = 'recorded' WHERE {wrong}",)),
    ("session", "mode"): (Mode, ("UPDATE session SET mode = 'practice' WHERE {wrong}",)),
    ("session", "state"): (
        SessionState,
        ("UPDATE session SET state = CASE WHEN finished_at IS NULL THEN 'paused' ELSE 'finished' END WHERE {wrong}",),
    ),
    ("attempt", "state"): (
        AttemptState,
        (
            "UPDATE OR IGNORE attempt SET state = CASE WHEN submitted_at IS NULL AND rated_at IS NULL "
            "AND compared_at IS NULL THEN 'draft' ELSE 'submitted' END WHERE {wrong}",
            # A draft beside another one in the same place.
            f"UPDATE attempt SET state = 'skipped', submitted_at = {nearest('submitted_at', 'saved_at', 'started_at')} "
            "WHERE {wrong}",
        ),
    ),
    ("turn", "status"): (
        RatingStatus,
        (
            "UPDATE turn SET status = CASE WHEN coalesce(clarity, confidence, technical_depth) IS NOT NULL "
            "THEN 'rated' WHEN feedback IS NULL THEN 'not_rated' ELSE 'unreadable' END WHERE {wrong}",
        ),
    ),
    ("trash", "kind"): (
        TrashKind,
        (
            "UPDATE trash SET kind = CASE "
            "WHEN EXISTS (SELECT 1 FROM transcript t WHERE t.trash_id = trash.id) THEN 'transcript' "
            "WHEN EXISTS (SELECT 1 FROM question q WHERE q.trash_id = trash.id) THEN 'questions' "
            "ELSE 'attempts' END WHERE {wrong}",
        ),
    ),
    ("self_rating", "look"): (("first", "second"), ("DELETE FROM self_rating WHERE {wrong}",)),
    ("self_rating", "criterion"): (Criterion, ("DELETE FROM self_rating WHERE {wrong}",)),
    ("decided_point", "decided"): (PointStatus, ("UPDATE decided_point SET decided = NULL WHERE {wrong}",)),
    ("decided_point", "proposed"): (PointStatus, ("UPDATE decided_point SET proposed = NULL WHERE {wrong}",)),
}

# Where a text is gone, or empty though it must not be, what stands for it; an empty text elsewhere.
_TEXT_LOST = {
    ("question", "text"): (
        "coalesce((SELECT t.question FROM turn t WHERE t.question_id = question.id AND typeof(t.question) = 'text' "
        "AND t.question <> '' ORDER BY t.id), (SELECT w.text FROM wording w WHERE w.question_id = question.id "
        f"AND typeof(w.text) = 'text' AND w.text <> ''), '{QUESTION_LOST}')"
    ),
    ("transcript", "title"): f"'{TRANSCRIPT_LOST}'",
    ("transcript", "encoding"): "'utf-8'",
    ("transcript", "newline"): "char(10)",
    ("question", "stage"): "'INTRO'",
    ("turn", "stage"): "'INTRO'",
    ("saved_search", "name"): "as_text(CAST(saved_search.text AS BLOB))",
}
_NEVER_EMPTY = {
    ("question", "text"),
    ("transcript", "title"),
    ("tag", "name"),
    ("key_point", "text"),
    ("note", "text"),
    ("saved_search", "name"),
    ("saved_search", "text"),
}

# What is nothing without its text.
_GONE_WITH_TEXT = {("key_point", "text"), ("note", "text"), ("saved_search", "text")}

# Which moments stand for one that cannot be read, the nearest first; other columns of the row by default.
_NEAREST = {
    ("transcript", "imported_at"): ("(SELECT min(q.added_at) FROM question q WHERE q.transcript_id = transcript.id)",),
    ("question", "added_at"): (
        "(SELECT t.imported_at FROM transcript t WHERE t.id = question.transcript_id)",
        "(SELECT min(a.started_at) FROM attempt a WHERE a.question_id = question.id)",
    ),
    ("session", "started_at"): (
        "(SELECT min(a.started_at) FROM attempt a WHERE a.session_id = session.id)",
        "last_step_at",
        "finished_at",
    ),
    ("session", "last_step_at"): (
        "(SELECT max(coalesce(a.compared_at, a.rated_at, a.submitted_at, a.saved_at, a.started_at)) FROM attempt a "
        "WHERE a.session_id = session.id)",
        "finished_at",
        "started_at",
    ),
    ("session", "finished_at"): ("last_step_at", "started_at"),
    ("attempt", "started_at"): (
        "saved_at",
        "submitted_at",
        "rated_at",
        "compared_at",
        "(SELECT s.started_at FROM session s WHERE s.id = attempt.session_id)",
    ),
    ("attempt", "saved_at"): ("submitted_at", "started_at"),
    ("attempt", "submitted_at"): ("saved_at", "rated_at", "compared_at", "started_at"),
    ("attempt", "rated_at"): ("compared_at", "submitted_at", "saved_at", "started_at"),
    ("attempt", "compared_at"): ("rated_at", "submitted_at", "saved_at", "started_at"),
    ("pin", "pinned_at"): ("(SELECT a.submitted_at FROM attempt a WHERE a.id = pin.attempt_id)",),
    ("review", "reviewed_at"): ("(SELECT a.compared_at FROM attempt a WHERE a.id = review.attempt_id)",),
    # Rather too late: what was seen is not answered blind.
    ("reference_seen", "seen_at"): ("(SELECT max(s.last_step_at) FROM session s)",),
    ("shipped", "read_at"): ("(SELECT t.imported_at FROM transcript t WHERE t.content_hash = shipped.content_hash)",),
}
_DAY_OF = {
    ("attempt", "day"): ("started_at", "saved_at", "submitted_at"),
    ("review", "day"): ("reviewed_at",),
    ("review", "due"): ("reviewed_at",),  # at once
    ("schedule", "due"): ("(SELECT r.reviewed_at FROM review r WHERE r.attempt_id = schedule.attempt_id)",),
}

# What a yes or no is that is neither; no by default. What was practised was published.
_YES = {("transcript", "published"), ("transcript", "final_newline"), ("turn", "asks")}


def _column_laws() -> Iterator[Law]:
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if (table.name, column.name) in _WORDS:
                words, mend = _WORDS[table.name, column.name]
                listed = ", ".join(f"'{word}'" for word in words)
                wrong = f"{_name(column)} NOT IN ({listed})"
                if not column.nullable:
                    wrong = f"({_missing(column)} OR {wrong})"
                yield Law(FlawKind.WORD_UNKNOWN, table.name, wrong, mend)
        yield from _text_laws(table)
        yield from _date_laws(table)
        for column in _of_type(table, Boolean):
            yes = (table.name, column.name) in _YES
            yield Law(
                FlawKind.NUMBER_IMPOSSIBLE,
                table.name,
                f"({_missing(column)} OR {_name(column)} NOT IN (0, 1))",
                (f'UPDATE "{table.name}" SET "{column.name}" = {int(yes)} WHERE {{wrong}}',),
            )


def _text_laws(table: Table) -> Iterator[Law]:
    columns = [
        column
        for column in _of_type(table, String)
        if (table.name, column.name) not in _WORDS and (table.name, column.name) != ("turn", "unreadable")
    ]
    if not columns:
        return
    mend = []
    for column in columns:
        otherwise = "new_uid()" if column.unique else "NULL" if column.nullable else "''"
        lost = _TEXT_LOST.get((table.name, column.name), otherwise)
        name, wrong = _name(column), _wrong_text(column)
        text = f"as_text(CAST({name} AS BLOB))"
        right = f"coalesce(nullif({text}, ''), {lost})" if not column.nullable else text
        mend.append(f'UPDATE OR IGNORE "{table.name}" SET "{column.name}" = {right} WHERE {wrong}')
        if column.unique:  # as another row's by now
            mend.append(f'UPDATE "{table.name}" SET "{column.name}" = new_uid() WHERE {wrong}')
        elif column.primary_key or (table.name, column.name) in _GONE_WITH_TEXT:
            # What a key is the key to is there under the same key already.
            mend.append(f'DELETE FROM "{table.name}" WHERE {wrong}')
    yield Law(FlawKind.TEXT_UNREADABLE, table.name, " OR ".join(_wrong_text(column) for column in columns), tuple(mend))


def _wrong_text(column: "Column[object]") -> str:
    name = _name(column)
    conditions = [f"typeof({name}) = 'blob'", f"unreadable_text(CAST({name} AS BLOB))"]
    if not column.nullable:
        conditions.append(_missing(column))
    if (column.table.name, column.name) in _NEVER_EMPTY:
        conditions.append(f"{name} = ''")
    return f"({' OR '.join(conditions)})"


def _date_laws(table: Table) -> Iterator[Law]:
    moments = _of_type(table, DateTime)
    days = _of_type(table, Date)
    if moments:
        mend = []
        for column in moments:
            others = tuple(_name(other) for other in moments if other is not column)
            moment = nearest(*_NEAREST.get((table.name, column.name), others))
            mend.append(
                f'UPDATE "{table.name}" SET "{column.name}" = {moment} '
                f"WHERE {_wrong_date('unreadable_moment', [column])}"
            )
        wrong = _wrong_date("unreadable_moment", moments)
        yield Law(FlawKind.DATE_UNREADABLE, table.name, wrong, tuple(mend))
    for column in days:
        moments_of = _DAY_OF.get((table.name, column.name))  # the day begins at 4
        day = "NULL" if moments_of is None else f"date({nearest(*moments_of)}, '-4 hours')"
        yield Law(
            FlawKind.DATE_UNREADABLE,
            table.name,
            _wrong_date("unreadable_day", [column]),
            (f'UPDATE "{table.name}" SET "{column.name}" = {day} WHERE {{wrong}}',),
        )


def _wrong_date(function: str, columns: Sequence["Column[object]"]) -> str:
    conditions = [f"{function}({', '.join(f'CAST({_name(column)} AS BLOB)' for column in columns)})"]
    for column in columns:
        fine = "('text', 'null')" if column.nullable else "('text')"
        conditions.append(f"typeof({_name(column)}) NOT IN {fine}")
    return f"({' OR '.join(conditions)})"


def _of_type(table: Table, kind: type) -> list["Column[object]"]:
    return [column for column in table.columns if isinstance(_plain(column.type), kind)]


def _plain(written: TypeEngine[object]) -> TypeEngine[object]:
    """Return the type of a column under what SQLModel puts around it."""
    while isinstance(written, TypeDecorator):
        written = written.impl_instance
    return written


def _missing(column: "Column[object]") -> str:
    # SQLite takes IS NULL to be false, without a look, where a column is declared NOT NULL.
    return f"typeof({_name(column)}) = 'null'"


def _name(column: "Column[object]") -> str:
    return f'"{column.table.name}"."{column.name}"'


_OWNERS = ("turn_id", "attempt_id", "question_id")

# What a row does that stands on one that is not there, where it is more than dropping the link (or the row, where it
# would have gone along with what it stands on).
_LOST: dict[tuple[str, str], tuple[FlawKind, tuple[Mend, ...]]] = {
    ("turn", "transcript_id"): (FlawKind.TURN_WITHOUT_TRANSCRIPT, (find_transcripts,)),
    ("turn", "question_id"): (FlawKind.TURN_WITHOUT_QUESTION, (find_questions("turn"),)),
    ("place", "session_id"): (
        FlawKind.PLACE_WITHOUT_SESSION,
        (
            "DELETE FROM place WHERE {wrong} "
            "AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.session_id = place.session_id)",
        ),
    ),
    ("place", "question_id"): (FlawKind.PLACE_WITHOUT_QUESTION, (find_questions("place"),)),
    ("attempt", "session_id"): (FlawKind.ATTEMPT_WITHOUT_SESSION, (find_sessions,)),
    ("attempt", "question_id"): (
        FlawKind.ATTEMPT_WITHOUT_QUESTION,
        (take_question_of_place, find_questions("attempt")),
    ),
    ("wording", "question_id"): (FlawKind.WORDING_WITHOUT_QUESTION, ("DELETE FROM wording WHERE {wrong}",)),
    ("self_rating", "attempt_id"): (FlawKind.RATING_WITHOUT_ATTEMPT, ("DELETE FROM self_rating WHERE {wrong}",)),
    ("decided_point", "attempt_id"): (FlawKind.POINT_WITHOUT_ATTEMPT, ("DELETE FROM decided_point WHERE {wrong}",)),
    **{
        # One that belongs to nothing then goes by the law of one owner.
        ("key_point", owner): (
            FlawKind.POINT_WITHOUT_REFERENCE,
            (f"UPDATE key_point SET {owner} = NULL WHERE {{wrong}}",),
        )
        for owner in _OWNERS
    },
    ("note", "turn_id"): (FlawKind.NOTE_WITHOUT_TURN, ("DELETE FROM note WHERE {wrong}",)),
    ("pin", "question_id"): (FlawKind.PIN_ASTRAY, ("DELETE FROM pin WHERE {wrong}",)),
    ("pin", "attempt_id"): (FlawKind.PIN_ASTRAY, ("DELETE FROM pin WHERE {wrong}",)),
}


def _link_laws() -> Iterator[Law]:
    for table in SQLModel.metadata.sorted_tables:
        for constraint in sorted(table.foreign_key_constraints, key=lambda one: tuple(one.column_keys)):
            if len(constraint.elements) > 1:
                continue  # an attempt's session and place: below
            (element,) = constraint.elements
            column, parent = element.parent, element.column
            wrong = (
                f'NOT EXISTS (SELECT 1 FROM "{parent.table.name}" parent WHERE parent."{parent.name}" = '
                f"{_name(column)})"
            )
            wrong = f"({_name(column)} IS NOT NULL AND {wrong})" if column.nullable else wrong
            yield _link_law(column, wrong)
        if table.name == "attempt":
            yield Law(
                FlawKind.ATTEMPT_WITHOUT_SESSION,
                "attempt",
                "NOT EXISTS (SELECT 1 FROM session s WHERE s.id = attempt.session_id)",
                (find_sessions,),
            )


def _link_law(column: "Column[object]", wrong: str) -> Law:
    table = column.table.name
    if (table, column.name) in _LOST:
        kind, mend = _LOST[table, column.name]
        return Law(kind, table, wrong, mend)
    kind = FlawKind.TRASH_LOST if column.name == "trash_id" else FlawKind.LINK_TO_NOTHING
    if column.nullable:
        return Law(kind, table, wrong, (f'UPDATE "{table}" SET "{column.name}" = NULL WHERE {{wrong}}',))
    return Law(kind, table, wrong, (f'DELETE FROM "{table}" WHERE {{wrong}}',))


def _score(column: str, low: int, high: int) -> str:
    return (
        f"({column} IS NOT NULL AND (typeof({column}) NOT IN ('real', 'integer') "
        f"OR {column} NOT BETWEEN {low} AND {high}))"
    )


def _counted(column: str) -> str:
    return f"(typeof({column}) <> 'integer' OR {column} < 1)"


def _circle(table: str, column: str) -> Law:
    wrong = (
        f"({table}.{column} IS NOT NULL AND EXISTS (WITH RECURSIVE chain (id) AS (SELECT {table}.{column} UNION "
        f"SELECT step.{column} FROM {table} step JOIN chain ON step.id = chain.id WHERE step.{column} IS NOT NULL) "
        f"SELECT 1 FROM chain WHERE chain.id = {table}.id))"
    )
    return Law(FlawKind.LINKED_IN_A_CIRCLE, table, wrong, (f"UPDATE {table} SET {column} = NULL WHERE {{wrong}}",))


_ANSWERED = "SELECT q.id FROM attempt a JOIN question q ON q.id = a.question_id WHERE a.id = pin.attempt_id"


def _points_miscounted(owner: str) -> Law:
    wrong = (
        f"(key_point.{owner} IS NOT NULL AND ({_counted('key_point.position')} OR (key_point.position > 1 "
        f"AND NOT EXISTS (SELECT 1 FROM key_point p WHERE p.{owner} = key_point.{owner} "
        "AND p.position = key_point.position - 1))))"
    )
    return Law(FlawKind.POINTS_MISCOUNTED, "key_point", wrong, (renumber("key_point", owner, "position"),))


# Whether a review is the last that counts of its question; its attempt is "a".
_LAST_REVIEW = (
    "a.trash_id IS NULL AND NOT EXISTS (SELECT 1 FROM attempt b JOIN review later ON later.attempt_id = b.id "
    "WHERE b.question_id = a.question_id AND b.trash_id IS NULL "
    "AND (later.reviewed_at, later.attempt_id) > (review.reviewed_at, review.attempt_id))"
)

_TURN_SCORES = ("turn.clarity", "turn.confidence", "turn.technical_depth")

#: All laws, in the order in which repair applies them: what rows hold, then what they stand on, then how they agree.
LAWS: tuple[Law, ...] = (
    *_column_laws(),
    Law(
        FlawKind.NOTE_UNREADABLE,
        "turn",
        "(unreadable_note(CAST(turn.unreadable AS BLOB)) OR typeof(turn.unreadable) = 'blob')",
        ("UPDATE turn SET unreadable = NULL, plain_rating = 0 WHERE {wrong}",),  # it is shown as written
    ),
    Law(
        FlawKind.OWN_SCORE_IMPOSSIBLE,
        "self_rating",
        "(typeof(self_rating.score) <> 'integer' OR self_rating.score NOT BETWEEN 1 AND 10)",
        ("DELETE FROM self_rating WHERE {wrong}",),
    ),
    Law(
        FlawKind.RECORDED_SCORE_IMPOSSIBLE,
        "turn",
        " OR ".join(_score(column, 1, 10) for column in _TURN_SCORES),
        (
            "UPDATE turn SET plain_rating = 0 WHERE {wrong}",
            *(
                f"UPDATE turn SET {column.split('.')[1]} = NULL WHERE {_score(column, 1, 10)}"
                for column in _TURN_SCORES
            ),
            "UPDATE turn SET status = 'not_rated' WHERE status = 'rated' "
            "AND coalesce(clarity, confidence, technical_depth) IS NULL",
        ),
    ),
    Law(
        FlawKind.POINT_SCORE_IMPOSSIBLE,
        "decided_point",
        _score("decided_point.score", 0, 1),
        ("UPDATE decided_point SET score = NULL WHERE {wrong}",),
    ),
    Law(
        FlawKind.NUMBER_IMPOSSIBLE,
        "attempt",
        "(typeof(attempt.seconds) NOT IN ('real', 'integer') OR attempt.seconds NOT BETWEEN 0 AND 1e9)",
        ("UPDATE attempt SET seconds = 0 WHERE {wrong}",),
    ),
    Law(
        FlawKind.NUMBER_IMPOSSIBLE,
        "review",
        "(review.proposed IS NOT NULL "
        "AND (typeof(review.proposed) <> 'integer' OR review.proposed NOT BETWEEN 1 AND 4))",
        ("UPDATE review SET proposed = NULL WHERE {wrong}",),
    ),
    Law(
        FlawKind.NUMBER_IMPOSSIBLE,
        "review",
        "(typeof(review.grade) <> 'integer' OR review.grade NOT BETWEEN 1 AND 4 "
        "OR typeof(review.stability) <> 'real' OR review.stability NOT BETWEEN 0.001 AND 36500 "
        "OR typeof(review.difficulty) <> 'real' OR review.difficulty NOT BETWEEN 1 AND 10)",
        ("DELETE FROM review WHERE {wrong}",),  # its question comes as by the review before
    ),
    *_link_laws(),
    Law(
        FlawKind.NUMBER_IMPOSSIBLE,
        "turn",
        _counted("turn.position"),
        (renumber("turn", "transcript_id", "position"),),
    ),
    Law(
        FlawKind.NUMBER_IMPOSSIBLE,
        "decided_point",
        _counted("decided_point.position"),
        (renumber("decided_point", "attempt_id", "position"),),
    ),
    Law(
        FlawKind.POINT_WITHOUT_REFERENCE,
        "key_point",
        f"({' + '.join(f'(key_point.{owner} IS NOT NULL)' for owner in _OWNERS)} <> 1)",
        (
            "UPDATE key_point SET attempt_id = NULL, question_id = NULL WHERE turn_id IS NOT NULL AND {wrong}",
            "UPDATE key_point SET question_id = NULL WHERE attempt_id IS NOT NULL AND {wrong}",
            "DELETE FROM key_point WHERE {wrong}",
        ),
    ),
    *(_points_miscounted(owner) for owner in _OWNERS),
    Law(
        FlawKind.PIN_ASTRAY,
        "pin",
        "EXISTS (SELECT 1 FROM attempt a WHERE a.id = pin.attempt_id AND a.question_id <> pin.question_id)",
        (
            f"UPDATE OR IGNORE pin SET question_id = ({_ANSWERED}) WHERE {{wrong}} AND EXISTS ({_ANSWERED})",
            "DELETE FROM pin WHERE {wrong}",  # that question has one itself
        ),
    ),
    Law(
        FlawKind.ATTEMPT_WITHOUT_PLACE,
        "attempt",
        "NOT EXISTS (SELECT 1 FROM place p WHERE p.session_id = attempt.session_id AND p.place = attempt.place)",
        (find_places,),
    ),
    Law(
        FlawKind.PLACES_MISCOUNTED,
        "place",
        f"({_counted('place.place')} OR (place.place > 1 AND NOT EXISTS (SELECT 1 FROM place p "
        "WHERE p.session_id = place.session_id AND p.place = place.place - 1)))",
        (renumber_places,),
    ),
    Law(
        FlawKind.ATTEMPTS_MISCOUNTED,
        "attempt",
        f"({_counted('attempt.number')} OR EXISTS (SELECT 1 FROM attempt a WHERE a.question_id = attempt.question_id "
        "AND a.number = attempt.number AND a.id < attempt.id))",
        (renumber("attempt", "question_id", "number"),),
    ),
    Law(
        FlawKind.SESSION_WITHOUT_QUESTIONS,
        "session",
        "NOT EXISTS (SELECT 1 FROM place p WHERE p.session_id = session.id)",
        ("DELETE FROM session WHERE {wrong} AND NOT EXISTS (SELECT 1 FROM attempt a WHERE a.session_id = session.id)",),
    ),
    Law(
        FlawKind.SEVERAL_OPEN_SESSIONS,
        "session",
        # With + the index is not asked: it is the one that is damaged where this could come about.
        "(+session.state = 'open' AND EXISTS (SELECT 1 FROM session s WHERE +s.state = 'open' "
        "AND (s.last_step_at, s.id) > (session.last_step_at, session.id)))",
        ("UPDATE session SET state = 'paused' WHERE {wrong}",),
    ),
    Law(
        FlawKind.FINISHED_DISAGREES,
        "session",
        "((session.state = 'finished') <> (session.finished_at IS NOT NULL))",
        (
            "UPDATE session SET finished_at = CASE WHEN state = 'finished' "
            f"THEN {nearest('last_step_at', 'started_at')} END WHERE {{wrong}}",
        ),
    ),
    Law(
        FlawKind.STEPS_OUT_OF_ORDER,
        "attempt",
        "((attempt.state = 'draft') <> (attempt.submitted_at IS NULL) "
        "OR (attempt.rated_at IS NOT NULL AND attempt.submitted_at IS NULL) "
        "OR (attempt.compared_at IS NOT NULL AND attempt.rated_at IS NULL))",
        (
            f"UPDATE attempt SET submitted_at = {nearest('rated_at', 'compared_at', 'saved_at', 'started_at')} "
            "WHERE submitted_at IS NULL AND (state <> 'draft' OR rated_at IS NOT NULL OR compared_at IS NOT NULL)",
            "UPDATE attempt SET state = 'submitted' WHERE state = 'draft' AND submitted_at IS NOT NULL",
            "UPDATE attempt SET rated_at = compared_at WHERE rated_at IS NULL AND compared_at IS NOT NULL",
        ),
    ),
    Law(
        FlawKind.STEPS_OUT_OF_ORDER,
        "review",
        "EXISTS (SELECT 1 FROM attempt a WHERE a.id = review.attempt_id AND a.compared_at IS NULL)",
        ("DELETE FROM review WHERE {wrong}",),
    ),
    Law(
        FlawKind.SCHEDULE_DISAGREES,
        "schedule",
        "NOT EXISTS (SELECT 1 FROM review JOIN attempt a ON a.id = review.attempt_id "
        "WHERE review.attempt_id = schedule.attempt_id AND review.due = schedule.due "
        f"AND a.question_id = schedule.question_id AND {_LAST_REVIEW})",
        ("DELETE FROM schedule WHERE {wrong}",),
    ),
    Law(
        FlawKind.SCHEDULE_DISAGREES,
        "review",
        f"EXISTS (SELECT 1 FROM attempt a WHERE a.id = review.attempt_id AND {_LAST_REVIEW} "
        "AND NOT EXISTS (SELECT 1 FROM schedule s WHERE s.question_id = a.question_id))",
        (
            "INSERT OR IGNORE INTO schedule (question_id, due, attempt_id) SELECT a.question_id, review.due, a.id "
            "FROM review JOIN attempt a ON a.id = review.attempt_id WHERE {wrong}",
        ),
    ),
    Law(
        FlawKind.TWO_REFERENCES,
        "attempt",
        "(attempt.reference_turn_id IS NOT NULL AND attempt.reference_attempt_id IS NOT NULL)",
        ("UPDATE attempt SET reference_attempt_id = NULL WHERE {wrong}",),
    ),
    _circle("question", "merged_into"),
    _circle("transcript", "superseded_by"),
)

#: The tables, what others stand on before them.
TABLES = tuple(table.name for table in SQLModel.metadata.sorted_tables)
