import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings

from interview_coach.domain.preferences import Preferences
from interview_coach.services.opening import open_services

# How long an example takes is no matter of right and wrong: on a busy machine any of them may take long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


def pytest_addoption(parser):
    group = parser.getgroup("faults")
    what = "short: some faults and looks, spread over all, as the plain suite tries them; full: every one"
    group.addoption("--faults", choices=("short", "full"), default="short", help=what)


def pytest_configure():
    """Hand no ignored signal on to the programs under test, as a suite under nohup or in the background would."""
    for name, usual in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


ROOT = Path(__file__).parent.parent


def tried(config, cases):
    """Return all of the cases with ``--faults full``, and every third in the plain suite."""
    return list(cases)[:: 1 if config.getoption("--faults") == "full" else 3]


class FixedClock:
    """A clock that stands still until it is moved."""

    def __init__(self, moment: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)) -> None:
        self.moment = moment

    def now(self) -> datetime:
        return self.moment

    def advance(self, **span: float) -> datetime:
        self.moment += timedelta(**span)
        return self.moment


@pytest.fixture
def clock():
    return FixedClock()


@pytest.fixture
def shipped():
    """The folder of the transcripts that ship."""
    return ROOT / "resources" / "transcripts"


@pytest.fixture
def sample(shipped):
    return shipped / "nebula-systems-senior-python-backend.txt"


@pytest.fixture
def open_program(tmp_path, shipped, clock):
    """Open the services on a database, the same one again by default; all are closed at the end."""
    opened = []

    def open_it(path=None, preferences=None, clock=clock):
        services = open_services(path or tmp_path / "coach.sqlite3", shipped, clock, preferences or Preferences())
        opened.append(services)
        return services

    yield open_it
    for services in opened:
        services.close()


@pytest.fixture
def services(open_program):
    return open_program()


@pytest.fixture
def all_rows():
    """Every row of every table but SQLite's own counters, to tell whether all came back exactly as it was."""

    def read(services):
        with services.database.raw() as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
            return {
                name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()  # noqa: S608  (our own names)
                for (name,) in tables
                if not name.startswith("sqlite_") and ("_search" not in name or name == "saved_search")
            }

    return read
