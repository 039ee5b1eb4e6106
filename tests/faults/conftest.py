"""The fault harness: real processes, attacked, and judged by what they had acknowledged.

``pytest tests/faults`` is the short mode, which is part of the plain suite; ``pytest tests/faults --faults full`` goes
through every point. ``--fault-seed N`` draws other points. Every failure says its seed, scenario and point.
"""

import itertools
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import pytest

HERE = Path(__file__).parent
SCHEMAS = HERE.parent / "data" / "schema"
sys.path.insert(0, str(HERE))  # the modules beside this one, for the tests here and for the processes that they start

import attacks  # noqa: E402
import judging  # noqa: E402
from tally import MAY_BE_SKIPPED, Tally, at_once  # noqa: E402

TALLY = Tally()
NOT_ALLOWED: list[str] = []
SEEN: set[Path] = set()
LEFT_OUT: list[str] = []


def pytest_addoption(parser):
    group = parser.getgroup("faults")
    group.addoption("--fault-seed", type=int, default=1, help="another seed draws other points to attack")


def pytest_configure(config):
    # Where this folder was not named on the command line the options are not known, and their defaults hold.
    TALLY.mode = config.getoption("--faults")
    TALLY.seed = config.getoption("--fault-seed", default=1)


def pytest_deselected(items):
    LEFT_OUT.extend(item.nodeid for item in items if HERE in item.path.parents)


def pytest_collection_finish(session):
    SEEN.update(item.path for item in session.items if HERE in item.path.parents)


def pytest_runtest_logreport(report):
    if report.skipped and "tests/faults/" in report.nodeid:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(reason.startswith(f"Skipped: {lacking}: ") for lacking in MAY_BE_SKIPPED):
            NOT_ALLOWED.append(f"{report.nodeid} was skipped, which it may not be ({reason})")


def judged(config):
    """Whether the whole harness ran, so that its floors hold."""
    everything = set(HERE.glob("test_*.py")) == SEEN and not LEFT_OUT
    return everything and not config.option.collectonly and not any("::" in str(arg) for arg in config.args)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session, exitstatus):
    if exitstatus == pytest.ExitCode.OK and (NOT_ALLOWED or (judged(session.config) and TALLY.below())):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    if not SEEN or config.option.collectonly:
        return
    terminalreporter.section(f"faults, {TALLY.mode}, seed {TALLY.seed}")
    for lacking, reason in TALLY.lacking.items():
        terminalreporter.write_line(f"not here: {lacking} ({reason}). {MAY_BE_SKIPPED[lacking]}.", yellow=True)
    for sentence in NOT_ALLOWED:
        terminalreporter.write_line(sentence, red=True)
    if judged(config):
        for sentence in TALLY.below():
            terminalreporter.write_line(f"not enough: {sentence}", red=True)
    else:
        terminalreporter.write_line("only a part of the harness ran, so its floors were not judged")
    terminalreporter.write_line(str(TALLY))


@pytest.fixture(scope="session")
def tally():
    return TALLY


def _needs(lacking, reason):
    if reason:
        TALLY.lacking[lacking] = reason
        pytest.skip(f"{lacking}: {reason}")


@pytest.fixture
def lacks():
    """Skip a test for want of one of MAY_BE_SKIPPED, with the reason."""
    return _needs


@pytest.fixture(scope="session")
def _tracing():
    return attacks.can_trace()


@pytest.fixture
def tracer(_tracing):
    """Skips where no process can be traced."""
    _needs("strace", _tracing)


@pytest.fixture(scope="session")
def _mounting(tmp_path_factory):
    return attacks.can_mount(tmp_path_factory.mktemp("disk"))


@pytest.fixture
def mounts(_mounting):
    """Skips where no disk can be mounted."""
    _needs("mount", _mounting)


@pytest.fixture(scope="session")
def played(tmp_path_factory):
    """The story as it goes when nobody disturbs it."""
    return judging.play_undisturbed(tmp_path_factory.mktemp("played") / "data")


@pytest.fixture
def new_folder(tmp_path):
    """Make an empty data folder of its own for a case."""
    cases = itertools.count()

    def make():
        folder = tmp_path / f"case {next(cases)}" / "data"
        folder.mkdir(parents=True, mode=0o700)
        return folder

    return make


@pytest.fixture
def practised(new_folder, played):
    """Make a data folder with all of the story in it."""

    def make():
        folder = new_folder()
        (folder / "coach.sqlite3").write_bytes(played.closed)
        return folder

    return make


@pytest.fixture
def sweep(tally, tracer):
    """Kill a command at points spread over all that it changes on the disk, each time in a folder of its own.

    ``prepare`` makes the folder, ``command`` says what runs in it, and ``look`` judges the folder afterwards.
    """
    del tracer

    def kill(scenario, prepare, command, look, *, short, full=None, text=""):
        place = prepare()
        calls = attacks.rehearse(command(place), place.parent, text=text)
        assert len(calls) >= short, f"{scenario} changes too little on the disk: {calls}"

        def attack(point):
            folder, call = point
            done = attacks.run(command(folder), inject=[attacks.kill_at(call)], text=text)
            case = f"seed {tally.seed}, {scenario}, killed at {call}"
            # The last calls may be one fewer than in the rehearsal: then it went through, and all has to be there.
            assert done.killed or done.code == 0, f"{case}: it ended with {done.code}\n{done.errors}"
            if done.killed:
                tally.count("kills")
            try:
                look(folder, done, case)
            except AssertionError:
                tally.count("losses")
                raise

        at_once(attack, [(prepare(), call) for call in tally.some(scenario, calls, short=short, full=full)])

    return kill


@pytest.fixture
def source(tmp_path):
    """A backup from an older program."""
    path = tmp_path / "20260101T120000.000Z.daily.sqlite3"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((SCHEMAS / "1.sql").read_text(encoding="utf-8"))
    return path
