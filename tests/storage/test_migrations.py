"""The schema: as migrated, as declared, and from every schema that a program had before."""

import contextlib
import re
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel, create_engine

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import PointsOwner, PointsOwnerKind, SelfRating
from interview_coach.domain.scheduling import Grade
from interview_coach.storage import migrations
from interview_coach.storage import tables as _tables  # noqa: F401  (declares them)
from interview_coach.storage.database import Database
from interview_coach.storage.search_index import SOURCES

SCHEMAS = Path(__file__).parent.parent / "data" / "schema"


@contextlib.contextmanager
def connected(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def described(connection):
    """Return all that a schema says, table by table, whatever the words it was declared with."""
    schema = {}
    tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
    for name, sql in tables:
        if name.startswith(("sqlite_", *(f"{source.search}_" for source in SOURCES))):  # the indexes' own tables
            continue
        indexes = []
        for _, index, unique, origin, partial in connection.execute(f"PRAGMA index_list({name})"):
            columns = tuple(row[2] for row in connection.execute(f"PRAGMA index_info({index})"))
            (created,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (index,)).fetchone()
            where = created.split(" WHERE ")[1].strip() if partial else None
            indexes.append((index if created else "", unique, origin, columns, where))
        schema[name] = {
            "columns": [row[1:4] + row[5:] for row in connection.execute(f"PRAGMA table_info({name})")],
            "keys": sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({name})")),
            "indexes": sorted(indexes, key=repr),
            "checks": sorted(re.findall(r"CONSTRAINT (\w+ CHECK .*?)(?:,?\s*\n|$)", sql)),
            "lasting ids": "AUTOINCREMENT" in sql,
        }
    return schema


def same_types(schema):
    """SQLModel's names of types, as the migrations write them."""
    names = {"VARCHAR": "TEXT", "FLOAT": "REAL"}
    for table in schema.values():
        table["columns"] = [(name, names.get(kind, kind), *rest) for name, kind, *rest in table["columns"]]
    return schema


def test_the_migrated_schema_is_the_declared_one(tmp_path):
    with connected(tmp_path / "migrated") as connection:
        migrations.migrate(connection)
        migrated = described(connection)
    engine = create_engine(f"sqlite:///{tmp_path}/declared")
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with connected(tmp_path / "declared") as connection:
        declared = same_types(described(connection))
    indexes = {source.search for source in SOURCES}
    assert set(migrated) == set(declared) | indexes
    migrated = {table: says for table, says in migrated.items() if table not in indexes}
    for table, says in migrated.items():
        assert {**says, "columns": [tuple(column) for column in says["columns"]]} == declared[table], table


def test_migrating_again_changes_nothing(tmp_path):
    with connected(tmp_path / "file") as connection:
        migrations.migrate(connection)
        before = list(connection.iterdump())
        migrations.migrate(connection)
        assert list(connection.iterdump()) == before


def released(number, path):
    """Make the database that a released program of this schema left."""
    with connected(path) as connection:
        connection.executescript((SCHEMAS / f"{number}.sql").read_text(encoding="utf-8"))
    return path


@pytest.mark.parametrize("number", range(1, migrations.NEWEST + 1))
def test_a_database_of_a_released_schema_opens_with_all_that_was_in_it(number, tmp_path, open_program):
    services = open_program(released(number, tmp_path / "old.sqlite3"))
    answers = [(entry.attempt.state, entry.attempt.text, entry.stage) for entry in services.progress.attempts()]
    assert answers == [
        ("submitted", "I wanted to see money move — and not get lost.\n\nSo I learned to code.", "INTRO"),
        ("submitted", "", "HR"),
        ("skipped", "I meet people where they are.", "HR"),
        ("submitted", "A pool keeps a few connections open and lends them out.", "TECHNICAL"),
        ("draft", "Second try: PgBouncer in transaction mode", "TECHNICAL"),
    ]
    first = services.progress.attempts()[0].attempt
    assert first.first_rating.model_dump() == {"clarity": 4, "confidence": 6, "technical_depth": None}
    assert first.second_look.model_dump() == {"clarity": 3, "confidence": None, "technical_depth": None}
    assert first.resolution == "say what I built first"
    assert [(point.text[:12], point.decided) for point in first.points[:2]] == [
        ("I've always ", "said"),
        ("My experienc", "left_out"),
    ]
    assert [entry.attempt.blind for entry in services.progress.attempts()] == [True, True, True, True, False]
    view = services.practice.session(services.practice.to_resume()).view()
    assert (view.place, view.step, view.attempt_number) == (4, "answer", 2)
    assert services.questions.entries(services.questions.ids())[2].question.flagged
    (transcript,) = services.transcripts.listed()
    assert transcript.turns == 10


@pytest.mark.parametrize("number", [3, 4, 5])
def test_what_the_person_made_of_references_is_there_again(number, tmp_path, open_program):
    services = open_program(released(number, tmp_path / "old.sqlite3"))
    kinds = {PointsOwnerKind.RECORDED: 4, PointsOwnerKind.OWN: 4, PointsOwnerKind.QUESTION: 10}
    with services.database.begin() as work:
        points = [work.references.points(PointsOwner(kind=kind, id=owner)) for kind, owner in kinds.items()]
        assert [len(texts) for texts in points] == [3, 2, 2]
        assert points[0][2].endswith("take:\n\n```\nconnections = cores * 2\n```")
        assert work.references.notes(range(1, 11)) == {
            4: "PgBouncer is a separate process, not a library.",
            9: "Too long — two minutes at most.",
        }
        assert work.references.pinned_of(range(1, 11)) == {4: 4}
        assert work.attempts.get(5).reference_attempt_id == 4


@pytest.mark.parametrize("number", [1, 2])
def test_an_older_database_has_none_of_it_and_takes_it(number, tmp_path, open_program):
    services = open_program(released(number, tmp_path / "old.sqlite3"))
    owner = PointsOwner(kind=PointsOwnerKind.OWN, id=4)
    with services.database.begin() as work:
        assert work.references.points(owner) == ()
        assert (work.references.notes(range(1, 11)), work.references.pinned_of(range(1, 11))) == ({}, {})
        assert work.attempts.get(4).reference_attempt_id is None
    services.tending.set_points(owner, ["a"])
    services.tending.annotate(4, "b")
    services.tending.pin(4)
    with services.database.begin() as work:
        assert (work.references.points(owner), work.references.note(4), work.references.pinned(4)) == (("a",), "b", 4)


def test_days_and_saved_searches_are_there_again(tmp_path, open_program):
    services = open_program(released(5, tmp_path / "old.sqlite3"))
    with services.database.begin() as work:
        schedule = work.schedule.of_questions(range(1, 11))
        assert {question_id: (review.grade, review.proposed) for question_id, review in schedule.items()} == {
            1: (Grade.HARD, Grade.HARD),
            2: (Grade.AGAIN, Grade.AGAIN),
            4: (Grade.GOOD, Grade.HARD),
        }
        assert work.schedule.due_ids(date(2026, 3, 3)) == (1, 2)
        assert [(saved.name, saved.text) for saved in work.saved_searches.listed()] == [
            ("Pools, once more", "tag:pooling -stage:hr"),
            ("Was noch fehlt – später", "is:untried"),
        ]


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_what_was_answered_before_there_were_grades_is_due_once_it_is_answered_again(number, tmp_path, open_program):
    services = open_program(released(number, tmp_path / "old.sqlite3"))
    with services.database.begin() as work:
        assert work.schedule.of_questions(range(1, 11)) == {}
        assert work.saved_searches.listed() == ()
    session = services.practice.session(services.practice.to_resume())
    question_id = session.view().question_id
    session.submit("A pool lends connections.", 20.0)
    session.rate(SelfRating(clarity=6))
    session.finish_question((), SelfRating(), "")
    with services.database.begin() as work:
        assert list(work.schedule.of_questions(range(1, 11))) == [question_id]
    assert services.checking.examine() == ()


@pytest.mark.parametrize("number", range(1, migrations.NEWEST + 1))
def test_a_released_schema_is_the_one_that_its_migrations_give(number, tmp_path):
    with connected(released(number, tmp_path / "old")) as old, connected(tmp_path / "new") as new:
        migrations.migrate(new, number)
        assert described(old) == described(new)
        assert migrations.schema_version(old) == migrations.schema_version(new) == number


def test_the_sample_comes_out_of_a_released_database_byte_for_byte(tmp_path, open_program, sample):
    services = open_program(released(1, tmp_path / "old.sqlite3"))
    assert services.transcripts.written(1) == sample.read_bytes()


# A step that fails, or is cut off, leaves the schema as it was


def _rebuild(connection):
    connection.execute("CREATE TABLE newer (id INTEGER NOT NULL PRIMARY KEY, note TEXT)")
    connection.execute("ALTER TABLE question ADD COLUMN note TEXT")
    connection.execute("DELETE FROM self_rating")


def _fails(connection):
    _rebuild(connection)
    raise ZeroDivisionError


def _orphans(connection):
    connection.execute("DELETE FROM question WHERE id = 1")


@pytest.mark.parametrize(("step", "error"), [(_fails, ZeroDivisionError), (_orphans, RuntimeError)])
def test_a_migration_that_fails_leaves_everything_as_it_was(step, error, tmp_path, monkeypatch):
    path = released(1, tmp_path / "old.sqlite3")
    with connected(path) as connection:
        migrations.migrate(connection)
        before = list(connection.iterdump())
    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, step))
    monkeypatch.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
    with pytest.raises(error):
        Database.open(path)
    with connected(path) as connection:
        assert list(connection.iterdump()) == before
        assert migrations.schema_version(connection) == migrations.NEWEST - 1


def test_a_migration_that_succeeds_is_kept_and_the_old_program_then_refuses(tmp_path, monkeypatch):
    path = released(1, tmp_path / "old.sqlite3")
    with monkeypatch.context() as newer:
        newer.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, _rebuild))
        newer.setattr(migrations, "NEWEST", migrations.NEWEST + 1)
        Database.open(path).close()
    with connected(path) as connection:
        assert migrations.schema_version(connection) == migrations.NEWEST + 1
        assert connection.execute("SELECT count(*) FROM newer").fetchone() == (0,)
    with pytest.raises(CoachError) as refused:
        Database.open(path)
    assert refused.value.fault is Fault.NEWER_DATA


def test_rebuilding_a_table_keeps_its_children(tmp_path, monkeypatch):
    path = released(1, tmp_path / "old.sqlite3")
    with connected(path) as connection:
        ratings = connection.execute("SELECT * FROM self_rating").fetchall()
        assert ratings
        monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, _drops_and_makes_again))
        migrations.migrate(connection)
        assert connection.execute("SELECT * FROM self_rating").fetchall() == ratings
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def _drops_and_makes_again(connection):
    (sql,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = 'attempt'").fetchone()
    connection.execute(re.sub(r"TABLE \S*attempt\S*", "TABLE attempt_2", sql, count=1))
    connection.execute("INSERT INTO attempt_2 SELECT * FROM attempt")
    connection.execute("DROP TABLE attempt")
    connection.execute("ALTER TABLE attempt_2 RENAME TO attempt")


def test_making_a_database_that_fails_leaves_none(tmp_path, monkeypatch):
    path = tmp_path / "coach.sqlite3"
    with monkeypatch.context() as broken:
        broken.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, _fails))
        with pytest.raises(ZeroDivisionError):
            Database.open(path)
    assert not path.exists()
    Database.open(path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["coach.sqlite3"]
