"""Check database as a person has it: what is shown of a database with flaws, and what after the repair."""

import contextlib
import shutil
import sqlite3
from pathlib import Path

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Mode
from interview_coach.services.checking import CheckService
from tests.storage.damaging import DAMAGE, damage

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "2.sql"


@pytest.fixture(scope="module")
def practised(tmp_path_factory):
    path = tmp_path_factory.mktemp("practised") / "coach.sqlite3"
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    return path


@pytest.fixture
def services(practised, tmp_path, open_program):
    shutil.copy(practised, tmp_path / "coach.sqlite3")
    return open_program(tmp_path / "coach.sqlite3")


@pytest.fixture
def checking(services):
    return CheckService(services.database)


def views(services):
    """Every view there is, each as something to call; those of what is listed come from the lists."""
    yield services.today.view
    yield services.practice.to_resume
    yield services.questions.stages
    yield services.questions.ids
    yield lambda: services.questions.ids(stage="HR", search="security a")
    for question_id in range(1, 13):
        yield lambda question_id=question_id: services.questions.entries([question_id])
        yield lambda question_id=question_id: services.questions.details([question_id])
    yield services.transcripts.listed
    yield lambda: services.transcripts.find("nebula")
    yield lambda: services.transcripts.conversation(1)
    yield lambda: services.transcripts.written(1)
    yield services.progress.sessions
    yield services.progress.attempts
    for attempt_id in range(1, 7):
        yield lambda attempt_id=attempt_id: services.progress.attempt(attempt_id)
    for session_id in (1, 2, 3):
        yield lambda session_id=session_id: services.practice.session(session_id).view()
    yield services.trash.listed
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
            if error.fault is not Fault.INPUT_MISSING:
                refused.append(error)
        except RuntimeError as error:
            if "the session is at" not in str(error):
                raise
    return refused


@pytest.mark.parametrize("statements", [statements for _, statements in DAMAGE.values()], ids=DAMAGE.keys())
def test_whatever_is_wrong_views_end_in_words_and_work_after_the_repair(services, checking, statements):
    with services.database.raw() as connection:
        damage(connection, statements)
    assert [error for error in look_at_everything(services) if not isinstance(error, RuntimeError)] == []
    repair = checking.repair()
    assert repair.left == ()
    assert refusals(services) == []
    assert checking.examine() == ()
