"""The law of undo: whatever was done to the bank, taken back one by one, it is as it was, row by row."""

import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import Mode, PointsOwner, PointsOwnerKind, SelfRating
from interview_coach.services.by_hand import NewQuestion

NOTHING = SelfRating()
QUESTIONS = st.integers(1, 12)
SOME = st.lists(QUESTIONS, min_size=1, max_size=4, unique=True)
TAGS = st.lists(st.sampled_from(["sql", "SQL", "hard one", "it's", "?", "%s"]), max_size=3)
WORDS = st.sampled_from(["Why us?", "why  US", 'It\'s 100 % "so"; -- ?', "Ünï ↗ code", "Tell me :name"])
WRITTEN = st.builds(
    NewQuestion,
    text=WORDS,
    stage=st.sampled_from(["HR", "", "NEW"]),
    tags=st.none() | TAGS.map(tuple),
    reference=st.none() | st.sampled_from(["", "The work.", "A: so\nFeedback: null", "Turn 1 [HR]", "Please."]),
    points=st.none() | st.lists(WORDS, max_size=2).map(tuple),
)
DEEDS = st.one_of(
    st.tuples(st.just("add"), WRITTEN),
    st.tuples(st.just("change"), st.integers(1, 14), WRITTEN),
    st.tuples(st.just("edit"), QUESTIONS, WORDS, st.sampled_from(["HR", "", "NEW"])),
    st.tuples(st.just("tag"), SOME, TAGS, TAGS),
    st.tuples(st.just("flag"), SOME, st.booleans()),
    st.tuples(st.just("suspend"), SOME, st.booleans()),
    st.tuples(st.just("merge"), QUESTIONS, QUESTIONS),
    st.tuples(st.just("delete_questions"), SOME),
    st.tuples(st.just("delete_transcript"), st.integers(1, 2)),
    st.tuples(st.just("delete_attempts"), st.lists(st.integers(1, 8), min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("put_back"), st.integers(1, 4)),
    st.tuples(
        st.just("set_points"),
        st.builds(PointsOwner, kind=st.sampled_from(PointsOwnerKind), id=st.integers(1, 12)),
        st.lists(WORDS, max_size=3),
    ),
    st.tuples(st.just("annotate"), st.integers(1, 13), st.none() | WORDS),
    st.tuples(st.just("pin"), st.sampled_from([1, 2, 4, 5, 7, 8])),
    st.tuples(st.just("unpin"), st.sampled_from([1, 2, 11])),
)


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory):
    """The folder for a database with two transcripts and sessions that share questions."""
    return tmp_path_factory.mktemp("lived in")


def furnish(services, folder, clock):
    file = folder / "second.txt"
    file.write_text("Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nTurn 2 [HR]\nQ: Tea?\n\nA: Please.\n")
    services.importing.import_file(file)
    for start in (
        lambda: services.practice.start_default(count=3),
        lambda: services.practice.start_transcript(2),
        lambda: services.practice.start_mixed(Mode.MOCK, count=4),
    ):
        session = services.practice.session(start())
        for number in range(2):
            clock.advance(seconds=9)
            view = session.view()
            session.submit(f"words {number}", 1.0)
            if view.mode is Mode.PRACTICE:
                session.rate(SelfRating(clarity=5))
                session.finish_question((), NOTHING, f"line {number}")
        session.view()
    for attempt_id in (1, 2):
        services.tending.pin(attempt_id)
        services.tending.set_points(PointsOwner(kind=PointsOwnerKind.OWN, id=attempt_id), ["one", "two"])
        services.tending.set_points(PointsOwner(kind=PointsOwnerKind.QUESTION, id=attempt_id), ["three"])
        services.tending.annotate(attempt_id, "a note")


def do(tending, deed):
    """Do a deed as drawn; one that is refused changes nothing and counts as not done."""
    name, *arguments = deed
    try:
        if name == "tag":
            tending.tag(arguments[0], add=arguments[1], remove=arguments[2])
        elif name == "flag":
            tending.flag(arguments[0], flagged=arguments[1])
        elif name == "suspend":
            tending.suspend(arguments[0], suspended=arguments[1])
        else:
            getattr(tending, name)(*arguments)
    except CoachError:
        return False
    return True


@settings(
    max_examples=80,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(deeds=st.lists(DEEDS, min_size=1, max_size=8))
def test_any_deeds_undone_one_by_one_leave_all_as_it_was(lived_in, open_program, all_rows, clock, deeds):
    template, path = lived_in / "template.sqlite3", lived_in / "coach.sqlite3"
    if not template.exists():
        services = open_program(template)
        furnish(services, lived_in, clock)
        services.close()
    for leftover in lived_in.glob("coach.sqlite3*"):
        leftover.unlink()
    shutil.rmtree(lived_in / "backups", ignore_errors=True)
    shutil.copyfile(template, path)
    services = open_program(path)
    services.database.back_up_first = lambda _reason: None  # backups are tested elsewhere, and take their time
    states = [all_rows(services)]
    for deed in deeds:
        if do(services.tending, deed):
            states.append(all_rows(services))
        else:
            assert all_rows(services) == states[-1]
    states.pop()
    while states:
        services.tending.undo()
        assert all_rows(services) == states.pop()
    assert services.tending.last is None
    services.close()
