"""Check database as a person has it: what is shown of a database with flaws, and what after the repair."""

import contextlib
import random
import shutil
import sqlite3
import threading
import traceback
from pathlib import Path

import pytest

from interview_coach.domain.backups import Reason
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.flaws import FlawKind
from interview_coach.domain.listing import Column, Sorting
from interview_coach.domain.models import Mode, PointsOwner, PointsOwnerKind
from interview_coach.domain.search_language import parse
from interview_coach.services.checking import CheckService
from interview_coach.storage.backups import opened_copy
from interview_coach.storage.database import Database
from tests.conftest import FixedClock, tried
from tests.storage.damaging import DAMAGE, damage, damage_at_random

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "5.sql"


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    """A database of an older schema in which somebody practised, brought up to date once for all that copy it."""
    path = tmp_path_factory.mktemp("practised") / "coach.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    Database.open(path, FixedClock().now).close()
    return path


@pytest.fixture
def services(practised, tmp_path, open_program):
    shutil.copy(practised, tmp_path / "coach.sqlite3")
    return open_program(tmp_path / "coach.sqlite3")


@pytest.fixture
def checking(services):
    return CheckService(services.database)


def reference(services, look):
    with services.database.begin() as work:
        return look(work.references)


def views(services):
    """Every view there is, each as something to call; those of what is listed come from the lists."""
    yield services.today.view
    yield services.practice.to_resume
    yield services.questions.stages
    yield services.questions.ids
    yield lambda: services.questions.ids(stage="HR")
    for text in ("security stage:hr", "redis", "is:untried", "is:due", "rated:none tag:x", "from:nebula", "is:flagged"):
        yield lambda text=text: services.searching.find_text(text)
    for column in Column:
        yield lambda column=column: services.searching.find(parse(""), Sorting(column))
    yield lambda: services.searching.listed(range(1, 13), parse("security redis").words)
    yield lambda: services.question_panel.view(4)
    yield services.tending.saved_searches
    yield lambda: services.questions.details(range(1, 13))
    for question_id in (4, 9, 11):
        yield lambda question_id=question_id: services.questions.entries([question_id])
        yield lambda question_id=question_id: services.questions.details([question_id])
    yield services.transcripts.listed
    yield lambda: services.transcripts.find("nebula")
    yield lambda: services.transcripts.conversation(1)
    yield lambda: services.transcripts.written(1)
    yield services.progress.sessions
    yield services.progress.attempts
    for attempt_id in (1, 4, 5, 6):
        yield lambda attempt_id=attempt_id: services.progress.attempt(attempt_id)
    for session_id in (1, 2):
        yield lambda session_id=session_id: services.practice.session(session_id).view()
    yield services.trash.listed
    for of in [PointsOwner(kind=kind, id=number) for kind in PointsOwnerKind for number in (1, 4, 10)]:
        yield lambda of=of: reference(services, lambda made: made.points(of))
        yield lambda of=of: services.tending.set_points(of, ["A point"])
    yield lambda: reference(services, lambda made: made.notes(range(1, 13)))
    yield lambda: reference(services, lambda made: made.pinned_of(range(1, 13)))
    yield lambda: services.tending.annotate(9, "A note")
    yield lambda: services.tending.annotate(4, None)
    yield lambda: services.tending.pin(1)
    yield lambda: services.tending.unpin(4)
    yield services.tending.undo
    yield services.tending.tags
    yield lambda: services.practice.session(services.practice.start_default(Mode.MOCK, 3)).view()
    yield lambda: services.practice.session(services.practice.start_mixed()).view()
    yield lambda: services.practice.session(1).submit("Another answer", 3.0)


def look_at_everything(services):
    """Call every view, and return what they raised that is no bad luck to be told."""
    odd = []
    for view in views(services):
        try:
            view()
        except CoachError:
            pass
        except Exception as error:
            odd.append(error)
    return odd


def refusals(services):
    """Call every view, and return what was refused but for what is not there."""
    refused = []
    for view in views(services):
        try:
            view()
        except CoachError as error:
            # A stage or a number that is odd, and no flaw, may be one that the turn format cannot hold.
            if error.fault not in (Fault.INPUT_MISSING, Fault.BAD_INPUT):
                refused.append(error)
        except RuntimeError as error:
            if "the session is at" not in str(error):
                raise
    return refused


# Which yes or no it is makes no difference here.
SHOWN = {name: statements for name, (_, statements) in DAMAGE.items() if "." not in name}


def pytest_generate_tests(metafunc):
    if "statements" in metafunc.fixturenames:
        kinds = tried(metafunc.config, SHOWN)
        metafunc.parametrize("statements", [SHOWN[kind] for kind in kinds], ids=kinds)
    if "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", tried(metafunc.config, range(12)))


def test_whatever_is_wrong_views_end_in_words_and_work_after_the_repair(services, checking, statements):
    with services.database.raw() as connection:
        damage(connection, statements)
    assert [error for error in look_at_everything(services) if not isinstance(error, RuntimeError)] == []
    repair = checking.repair()
    assert repair.left == ()
    assert refusals(services) == []
    assert checking.examine() == ()


def test_whatever_stands_in_any_cells_views_end_in_words_and_work_after_the_repair(services, checking, seed):
    with services.database.raw() as connection:
        damage_at_random(connection, random.Random(seed))
    assert [error for error in look_at_everything(services) if not isinstance(error, RuntimeError)] == []
    repair = checking.repair()
    assert repair.left == ()
    assert refusals(services) == []


def test_a_repair_tells_what_it_did_and_keeps_what_was_there(services, checking):
    with services.database.raw() as connection:
        damage(connection, "UPDATE self_rating SET score = 99 WHERE attempt_id = 1 AND criterion = 'clarity'")
    flaws = checking.examine()
    assert [(flaw.kind, flaw.rows) for flaw in flaws] == [(FlawKind.OWN_SCORE_IMPOSSIBLE, 2)]
    repair = checking.repair()
    assert (repair.repaired, repair.left, repair.backup.reason) == (flaws, (), Reason.REPAIR)
    with opened_copy(repair.backup.path, repair.backup.path.parent) as connection:
        assert connection.execute("SELECT count(*) FROM self_rating WHERE score = 99").fetchone() == (2,)
    assert services.progress.attempt(1).entry.attempt.first_rating.model_dump(exclude_none=True) == {"confidence": 6}


def test_without_a_backup_nothing_is_repaired(services, checking, tmp_path):
    with services.database.raw() as connection:
        damage(connection, "UPDATE self_rating SET score = 99")
    (tmp_path / "backups").write_bytes(b"in the way")
    with pytest.raises(CoachError):
        checking.repair()
    assert [flaw.kind for flaw in checking.examine()] == [FlawKind.OWN_SCORE_IMPOSSIBLE]


def test_what_is_open_to_read_alone_is_checked_and_not_repaired(practised, tmp_path):
    path = Path(shutil.copy(practised, tmp_path / "coach.sqlite3"))
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        damage(connection, "UPDATE self_rating SET score = 99")
    before = path.read_bytes()
    reading = Database.open_read_only(path)
    checking = CheckService(reading)
    assert [flaw.kind for flaw in checking.examine()] == [FlawKind.OWN_SCORE_IMPOSSIBLE]
    with pytest.raises(CoachError) as refused:
        checking.repair()
    assert refused.value.fault is Fault.OPENED_TO_READ
    reading.close()
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_of_a_text_that_is_no_utf_8_no_word_is_told(services):
    with services.database.raw() as connection:
        damage(connection, "UPDATE attempt SET text = CAST(x'43414e415259ff' AS TEXT) WHERE id = 1")  # "CANARY"
    with pytest.raises(CoachError) as told:
        services.progress.attempts()
    assert told.value.fault is Fault.INCONSISTENT_DATA
    assert "CANARY" not in "".join(traceback.format_exception(told.value))
    error = told.value
    while error is not None:
        assert "CANARY" not in str(error) + repr(error) + repr(error.args)
        error = error.__cause__ or error.__context__


def test_while_a_large_database_is_checked_others_store(services, checking):
    with services.database.raw() as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO attempt (id, uid, session_id, place, question_id, number, state, text, seconds, blind, day, "
            "started_at, submitted_at) VALUES (?, ?, 1, 5, 5, ?, 'submitted', 'Said.', 1, 0, '2026-03-02', "
            "'2026-03-02 13:00:00.000000', '2026-03-02 13:00:00.000000')",
            [(number, f"uid-{number}", number) for number in range(10, 20_000)],
        )
        connection.execute("COMMIT")
    begun, done, stored = threading.Event(), threading.Event(), []

    def store():
        begun.wait()
        while not done.is_set():
            services.tending.flag([1], flagged=len(stored) % 2 == 0)
            stored.append(len(stored))

    thread = threading.Thread(target=store)
    thread.start()
    begun.set()
    try:
        assert checking.examine() == ()
        got_in = len(stored)
    finally:
        done.set()
        thread.join()
    assert got_in >= 10
