"""What goes out comes in again: the laws of the archive over random histories, and what a merge never does."""

import json
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from interview_coach.domain.archive import read
from interview_coach.domain.archive_laws import check
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    DecidedPoint,
    Mode,
    PointsOwner,
    PointsOwnerKind,
    PointStatus,
    SelfRating,
    SessionState,
)
from interview_coach.domain.practice import Step, standing
from interview_coach.services.archiving import ArchiveService

NOTHING = SelfRating()
SECOND = (
    'Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nFeedback: {"clarity": 8, "confidence": 99}\n\n'
    "Turn 2 [HR]\nQ: Tea?\n\nA: Please.\n"
)
UPDATED = SECOND.replace("Please.", "Please, with milk.")


@pytest.fixture
def archiving(services, clock):
    return ArchiveService(services.database, clock)


@pytest.fixture
def elsewhere(open_program, tmp_path):
    """Another data folder, as a new installation has it."""
    return open_program(tmp_path / "other" / "coach.sqlite3")


@pytest.fixture(autouse=True)
def _other_folder(tmp_path):
    (tmp_path / "other").mkdir()


def archive_of(services, clock):
    return ArchiveService(services.database, clock)


def bring_file(services, folder, name, text):
    file = folder / name
    file.write_text(text)
    return services.importing.import_file(file).transcript_id


def answer(session, text="An answer", line="line", points=()):
    session.view()
    session.submit(text, 10.5)
    session.rate(SelfRating(clarity=5, confidence=7))
    return session.finish_question(points, SelfRating(clarity=6), line)


def dump(services):
    """All rows of all tables, with what each refers to by name instead of by id; what order they are in left out."""
    with services.database.raw() as connection:
        tables = {
            table.name: [
                dict(zip(table.columns.keys(), row, strict=True))
                for row in connection.execute(f"SELECT {', '.join(table.columns.keys())} FROM {table.name}")  # noqa: S608
            ]
            for table in SQLModel.metadata.sorted_tables
        }
    names = {
        name: {row["id"]: row["uid"] for row in tables[name]}
        for name in ("transcript", "question", "session", "attempt")
    }
    names["turn"] = {row["id"]: (names["transcript"][row["transcript_id"]], row["position"]) for row in tables["turn"]}
    names["trash"] = {row["id"]: rank for rank, row in enumerate(sorted(tables["trash"], key=lambda row: row["id"]))}
    for table in SQLModel.metadata.sorted_tables:
        for constraint in table.foreign_key_constraints:
            for element in constraint.elements:
                parent = element.column.table.name
                parent = "attempt" if parent == "review" else parent  # which has the number of its attempt
                if parent in names and element.column.name in ("id", "attempt_id"):
                    for row in tables[table.name]:
                        if row[element.parent.name] is not None:
                            row[element.parent.name] = names[parent][row[element.parent.name]]
        for row in tables[table.name]:
            if "session_id" in row and not isinstance(row["session_id"], str):  # an attempt's, by way of its place
                row["session_id"] = names["session"][row["session_id"]]
            row.pop("id", None)
    return {name: sorted(map(repr, rows)) for name, rows in tables.items()}


def told(content):
    """What an archive says, but for when it was made."""
    return {**json.loads(content), "made": None}


def assert_sound(services):
    assert services.checking.examine() == ()
    with services.database.raw() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


QUESTIONS = st.integers(1, 12)
ATTEMPTS = st.integers(1, 12)
WORDS = st.sampled_from(
    ["Why us?", "why  US", 'It\'s 100 % "so"; -- ?', "Ünï ↗ code\x00\u2028\U0001f600", "Tell me :name"]
)
DEEDS = st.one_of(
    st.tuples(st.just("practise"), st.sampled_from(Mode), st.integers(1, 4), st.integers(0, 6)),
    st.tuples(st.just("go on"), st.integers(1, 5)),
    st.tuples(st.just("draft"), WORDS),
    st.tuples(st.just("undo a step")),
    st.tuples(st.just("edit"), QUESTIONS, WORDS, st.sampled_from(["HR", "", "NEW"])),
    st.tuples(st.just("tag"), st.lists(QUESTIONS, min_size=1, max_size=3), st.lists(WORDS, max_size=2)),
    st.tuples(st.just("flag"), QUESTIONS),
    st.tuples(st.just("suspend"), QUESTIONS),
    st.tuples(st.just("merge"), QUESTIONS, QUESTIONS),
    st.tuples(st.just("delete_questions"), st.lists(QUESTIONS, min_size=1, max_size=2)),
    st.tuples(st.just("delete_transcript"), st.integers(1, 3)),
    st.tuples(st.just("delete_attempts"), st.lists(ATTEMPTS, min_size=1, max_size=2)),
    st.tuples(st.just("put_back"), st.integers(1, 4)),
    st.tuples(st.just("erase"), st.integers(1, 4)),
    st.tuples(
        st.just("set_points"),
        st.builds(PointsOwner, kind=st.sampled_from(PointsOwnerKind), id=ATTEMPTS),
        st.lists(WORDS, max_size=3),
    ),
    st.tuples(st.just("annotate"), st.integers(1, 13), st.none() | WORDS),
    st.tuples(st.just("pin"), ATTEMPTS),
    st.tuples(st.just("file"), st.sampled_from([SECOND, UPDATED, SECOND + "\nTurn 3 [X]\nQ: Ten?\n\nA:\n"])),
    st.tuples(st.just("edit an answer"), st.integers(1, 13), WORDS),
    st.tuples(st.just("look"), st.integers(1, 3)),
    st.tuples(st.just("keep a search"), WORDS, WORDS),
    st.tuples(st.just("take back")),
)


def do(services, folder, clock, deed):
    """Do a deed as drawn; what is refused is not done."""
    name, *given = deed
    clock.advance(seconds=0.123457)
    try:
        if name == "practise":
            mode, count, steps = given
            session = services.practice.session(services.practice.start_mixed(mode, count=count))
            for _ in range(steps):
                step_on(session)
        elif name == "go on":
            session = services.practice.session(given[0])
            step_on(session)
        elif name == "draft":
            for entry in services.progress.sessions()[:1]:
                view = services.practice.session(entry.session.id).view()
                services.practice.session(entry.session.id).save_draft(view.attempt_id, given[0], 0.1 + 0.2)
        elif name == "undo a step":
            for entry in services.progress.sessions()[:1]:
                services.practice.session(entry.session.id).undo()
        elif name == "tag":
            services.tending.tag(given[0], add=given[1])
        elif name in ("flag", "suspend"):
            {"flag": services.tending.flag, "suspend": services.tending.suspend}[name](
                given, **{"flagged" if name == "flag" else "suspended": True}
            )
        elif name == "erase":
            services.trash.erase(given)
        elif name == "file":
            bring_file(services, folder, "second.txt", given[0])
        elif name == "edit an answer":
            services.transcripts.edit_answer(*given)
        elif name == "look":
            services.transcripts.conversation(given[0])
        elif name == "keep a search":
            with services.database.begin() as work:
                work.saved_searches.add(*given, clock.now())
        elif name == "take back":
            services.tending.undo()
        else:
            getattr(services.tending, name)(*given)
    except CoachError:
        pass


def step_on(session):
    view = session.view()
    points = [DecidedPoint(text="a", decided=PointStatus.SAID, proposed=PointStatus.PARTLY, score=1 / 3)]
    if view.step is Step.ANSWER:
        session.submit(f"words {view.place}", 1.1)
    elif view.step is Step.RATE:
        session.rate(SelfRating(clarity=5))
    elif view.step is Step.COMPARE:
        again = view.place % 2
        (session.try_again if again else session.finish_question)(points, SelfRating(confidence=4), "next time")


LAW = settings(
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(scope="module")
def templates(tmp_path_factory):
    return tmp_path_factory.mktemp("templates")


def furnish(services, folder, clock):
    """Let a folder be lived in: two transcripts, three sessions that share questions, notes, points and pins."""
    bring_file(services, folder, "second.txt", SECOND)
    practice, tending = services.practice, services.tending
    for start in (
        lambda: practice.start_default(count=3),
        lambda: practice.start_transcript(2),
        lambda: practice.start_mixed(Mode.MOCK, count=4),
    ):
        session = practice.session(start())
        for _ in range(6):
            clock.advance(seconds=9)
            step_on(session)
    view = session.view()
    session.save_draft(view.attempt_id, "half a", 1.0)
    tending.pin(1)
    tending.pin(4)
    for attempt_id in (1, 2):
        tending.set_points(PointsOwner(kind=PointsOwnerKind.OWN, id=attempt_id), ["one", "two"])
        tending.set_points(PointsOwner(kind=PointsOwnerKind.QUESTION, id=attempt_id), ["three"])
        tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=attempt_id), ["four", "five"])
        tending.annotate(attempt_id + 1, "a note")
    tending.tag([2, 3], add=["sql", "SQL"])
    tending.flag([1], flagged=True)
    with services.database.begin() as work:
        work.saved_searches.add("Tea", "is:due tea", clock.now())


@pytest.fixture
def folder_of(templates, open_program, clock):
    """Open a data folder by name, each anew: as a new installation has it, or lived in."""

    def open_it(name, *, lived_in=False):
        template, folder = templates / f"template-{lived_in}" / "coach.sqlite3", templates / name
        if not template.exists():
            template.parent.mkdir()
            services = open_program(template)
            if lived_in:
                furnish(services, templates, clock)
            services.close()
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        shutil.copyfile(template, folder / "coach.sqlite3")
        services = open_program(folder / "coach.sqlite3")
        services.database.back_up_first = lambda _reason: None  # backups are tested elsewhere, and take their time
        return services

    return open_it


@settings(LAW, max_examples=25)
@given(deeds=st.lists(DEEDS, max_size=12))
def test_out_and_into_an_empty_folder_is_the_same_data(folder_of, templates, clock, deeds):
    here = folder_of("here", lived_in=True)
    for deed in deeds:
        do(here, templates, clock, deed)
    out = archive_of(here, clock).whole()
    there = folder_of("there")
    # The sample that was installed there has uids of its own.
    with there.database.raw() as connection:
        connection.execute("UPDATE transcript SET uid = 'x' || uid")
        connection.execute("UPDATE question SET uid = 'x' || uid")
    archive_of(there, clock).bring_in(out)
    assert told(archive_of(there, clock).whole()) == told(out)
    assert dump(there) == dump(here)
    again = archive_of(there, clock).bring_in(out)
    assert not again.adds_something
    assert dump(there) == dump(here)
    for services in (here, there):
        assert_sound(services)
        services.close()


@settings(LAW, max_examples=25)
@given(shared=st.lists(DEEDS, max_size=6), ours=st.lists(DEEDS, max_size=6), theirs=st.lists(DEEDS, max_size=6))
def test_two_folders_that_went_apart_come_together_without_a_loss(folder_of, templates, clock, shared, ours, theirs):
    here, there = folder_of("here", lived_in=True), folder_of("there")
    for deed in shared:
        do(here, templates, clock, deed)
    archive_of(there, clock).bring_in(archive_of(here, clock).whole())
    for services, deeds in ((here, ours), (there, theirs)):
        for deed in deeds:
            do(services, templates, clock, deed)
    before, standing = texts(here), standings(here)
    out = archive_of(there, clock).whole()
    foreseen = archive_of(here, clock).preview(out)
    assert archive_of(here, clock).bring_in(out) == foreseen
    after = texts(here)
    assert {uid: after.get(uid) for uid in before} == before
    assert {uid for uid, text in texts(there).items() if text} <= set(after)
    merged = dump(here)
    assert not archive_of(here, clock).bring_in(out).adds_something
    assert dump(here) == merged
    for uid, (attempt, is_draft) in standing.items():
        if is_draft:  # what is being typed is what comes next there
            assert standings(here)[uid] == (attempt, True)
    check(read(archive_of(here, clock).whole()))
    for services in (here, there):
        assert_sound(services)
        services.close()


def texts(services):
    """The text of every answer that was not deleted for good, by uid."""
    with services.database.raw() as connection:
        return dict(
            connection.execute(
                "SELECT a.uid, a.text FROM attempt a LEFT JOIN trash t ON t.id = a.trash_id WHERE t.erased_at IS NULL"
            )
        )


def standings(services):
    """At which attempt each session stands that goes on, and whether it is a draft with words."""
    found = {}
    with services.database.begin() as work:
        for session in work.sessions.to_resume():
            attempts = work.attempts.of_session(session.id)
            at = standing(session.mode, session.questions, attempts).attempt
            if at is not None:
                found[session.uid] = (at.uid, at.state.value == "draft" and bool(at.text.strip()))
    return found


# --- What a merge does, one by one


def default_session(services, count=3):
    return services.practice.session(services.practice.start_default(count=count))


def attempts_of(services, session_uid):
    with services.database.begin() as work:
        (session,) = (each for each in work.sessions.listed() if each.uid == session_uid)
        return session, work.attempts.of_session(session.id)


def uid_of(services, session):
    with services.database.begin() as work:
        return work.sessions.get(session.id).uid


def test_a_session_that_went_on_in_both_folders_keeps_both_and_stays_at_the_draft_here(services, elsewhere, clock):
    session = default_session(services)
    session.view()
    session.submit("first", 1.0)
    session.rate(SelfRating(clarity=5))
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    there = elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id)
    there.finish_question((), NOTHING, "")
    answer(there, "answered there")
    answer(there, "and the last there")
    view = session.finish_question((), NOTHING, "")
    session.save_draft(view.attempt_id, "half typed here", 2.0)

    arrival = archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())

    assert arrival.attempts.new == 2
    assert arrival.sessions.new == 0
    after = session.view()
    assert (after.step, after.text, after.attempt_id) == (Step.ANSWER, "half typed here", view.attempt_id)
    kept, attempts = attempts_of(services, uid)
    assert kept.state is SessionState.OPEN
    assert {"answered there", "half typed here", "and the last there"} <= {each.text for each in attempts}
    session.submit("finished here", 1.0)
    session.rate(SelfRating(clarity=5))
    session.finish_question((), NOTHING, "")
    assert attempts_of(services, uid)[0].state is SessionState.FINISHED
    assert_sound(services)


def test_a_draft_that_came_to_a_draft_here_keeps_its_words_and_waits_for_nothing(services, elsewhere, clock):
    session = default_session(services)  # its first question is not begun before it is shown
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    there = elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id)
    for folder, text in ((there, "typed there"), (session, "typed here")):
        folder.save_draft(folder.view().attempt_id, text, 1.0)
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    assert session.view().text == "typed here"
    states = {each.text: each.state.value for each in attempts_of(services, uid)[1]}
    assert states == {"typed here": "draft", "typed there": "skipped"}
    assert_sound(services)


def test_a_session_that_was_finished_elsewhere_is_finished_here(services, elsewhere, clock):
    session = default_session(services, count=1)
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    answer(elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id))
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    assert attempts_of(services, uid)[0].state is SessionState.FINISHED


def test_a_retry_elsewhere_of_what_is_finished_here_makes_it_go_on(services, elsewhere, clock):
    session = default_session(services, count=1)
    session.view()
    session.submit("one", 1.0)
    session.rate(SelfRating(clarity=5))
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    there = elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id)
    view = there.try_again((), NOTHING, "")
    there.save_draft(view.attempt_id, "again", 1.0)
    session.finish_question((), NOTHING, "")
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    kept, attempts = attempts_of(services, uid)
    assert kept.state is SessionState.PAUSED
    assert [each.number for each in attempts] == [1, 2]
    assert session.view().text == "again"
    assert_sound(services)


def test_an_answer_that_was_only_begun_here_takes_over_what_was_typed_elsewhere(services, elsewhere, clock):
    session = default_session(services, count=2)
    session.view()
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    answer(elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id), "typed there")
    out = archive_of(elsewhere, clock).whole()
    assert archive_of(services, clock).bring_in(out).attempts.new == 2
    assert [each.text for each in attempts_of(services, uid)[1]] == ["typed there", ""]
    assert (session.view().place, session.view().step) == (2, Step.ANSWER)
    session.save_draft(session.view().attempt_id, "typed here", 1.0)
    arrival = archive_of(services, clock).bring_in(out)
    assert not arrival.adds_something
    assert session.view().text == "typed here"
    assert_sound(services)


def test_an_answer_of_which_something_else_is_typed_here_stays_as_it_is(services, elsewhere, clock):
    session = default_session(services, count=2)
    session.view()
    uid = uid_of(services, session)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    answer(elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id), "typed there")
    session.save_draft(session.view().attempt_id, "typed here", 1.0)
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    assert (session.view().place, session.view().text) == (1, "typed here")
    assert_sound(services)


def test_of_two_open_sessions_the_one_that_comes_in_is_paused(services, elsewhere, clock):
    default_session(elsewhere).view()
    default_session(services).view()
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    states = [entry.session.state for entry in services.progress.sessions()]
    assert sorted(states) == [SessionState.OPEN, SessionState.PAUSED]


def test_the_same_interview_under_other_uids_is_one_and_gains_what_it_has_none_of(services, elsewhere, clock):
    """Both folders were used from their first day, so that neither can make way for the other."""
    for folder, words in ((services, "mine"), (elsewhere, "theirs")):
        answer(default_session(folder), words)
        folder.tending.annotate(1, f"{words} on one")
        folder.tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=1), [words])
    elsewhere.tending.annotate(2, "theirs on two")
    elsewhere.tending.set_points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=2), ["theirs"])
    elsewhere.tending.tag([1], add=["new"])
    elsewhere.tending.pin(1)
    elsewhere.tending.edit(3, "Another wording?", "HR")

    arrival = archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())

    assert (arrival.transcripts.new, arrival.questions.new) == (0, 0)
    assert (arrival.sessions.new, arrival.attempts.new) == (1, 2)  # the second is the draft that was begun
    assert (arrival.notes.new, arrival.notes.known) == (1, 1)
    assert (arrival.points.new, arrival.points.known) == (1, 1)
    with services.database.begin() as work:
        assert work.references.note(1) == "mine on one"
        assert work.references.note(2) == "theirs on two"
        assert work.references.points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=1)) == ("mine",)
        assert work.references.points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=2)) == ("theirs",)
        assert work.questions.get(1).tags == ("new",)
        assert work.questions.get(3).text != "Another wording?"
        assert [(each.number, each.text) for each in work.attempts.listed(question_id=1)] == [
            (1, "mine"),
            (2, "theirs"),
        ]
        assert work.attempts.get(work.references.pinned(1)).text == "theirs"
    assert not archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole()).adds_something
    assert_sound(services)


def test_a_question_is_known_by_its_wording(services, elsewhere, tmp_path, clock):
    bring_file(services, tmp_path, "a.txt", "Turn 1 [HR]\nQ: Why us?\n\nA: Because.\n")
    bring_file(elsewhere, tmp_path, "b.txt", "Turn 1 [X]\nQ: why  US\n\nA: Money.\n\nTurn 2 [X]\nQ: New?\n\nA: -\n")
    default_session(services)
    arrival = archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    assert (arrival.transcripts.new, arrival.questions.new) == (1, 1)
    assert_sound(services)


def test_two_questions_that_are_one_here_keep_both_places_of_a_session(services, elsewhere, tmp_path, clock):
    two = "Turn 1 [HR]\nQ: Why us?\n\nA: B.\n\nTurn 2 [HR]\nQ: What brings you?\n\nA: C.\n"
    for folder in (services, elsewhere):
        default_session(folder)
        transcript_id = bring_file(folder, tmp_path, "two.txt", two)
    session = elsewhere.practice.session(elsewhere.practice.start_transcript(transcript_id))
    answer(session, "first")
    answer(session, "second")
    services.tending.merge(11, 12)
    arrival = archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    assert arrival.questions.new == 0
    with services.database.begin() as work:
        assert [each.text for each in work.attempts.listed(question_id=11)] == ["first", "second"]
    assert not archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole()).adds_something
    assert_sound(services)


def test_what_was_deleted_for_good_comes_back_since_it_is_wanted_again(services, clock):
    session = default_session(services, count=2)
    answer(session, "the words")
    session.view()
    out = archive_of(services, clock).whole()
    services.tending.delete_questions([1])
    with services.database.begin() as work:
        (entry,) = work.trash.listed()
    services.trash.erase([entry.id])
    arrival = archive_of(services, clock).bring_in(out)
    assert (arrival.questions.new, arrival.attempts.new) == (1, 1)
    with services.database.begin() as work:
        assert work.questions.get(1).text.startswith("What inspired you")
        assert work.attempts.get(1).text == "the words"
        assert work.attempts.get(1).first_rating.clarity == 5
        assert work.questions.in_bank([1]) == {1}
    assert not archive_of(services, clock).bring_in(out).adds_something
    assert_sound(services)


def test_questions_come_back_that_went_to_trash_along_with_a_transcript(services, elsewhere, tmp_path, clock):
    transcript_id = bring_file(services, tmp_path, "a.txt", SECOND)
    bring_file(elsewhere, tmp_path, "b.txt", SECOND + "\nTurn 3 [X]\nQ: Ten?\n\nA: -\n")
    services.tending.delete_transcript(transcript_id)
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    with services.database.begin() as work:
        assert work.questions.in_bank([11, 12, 13]) == {11, 12, 13}


def test_an_update_that_comes_in_stands_in_the_place_of_the_one_here(services, elsewhere, tmp_path, clock):
    bring_file(services, tmp_path, "a.txt", SECOND)
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    bring_file(elsewhere, tmp_path, "a.txt", UPDATED)
    archive_of(services, clock).bring_in(archive_of(elsewhere, clock).whole())
    with services.database.begin() as work:
        assert len(work.transcripts.listed()) == 2


def test_an_answer_that_was_edited_in_a_new_folder_stays_so(services, elsewhere, clock):
    elsewhere.transcripts.edit_answer(1, "My own words.")
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    with elsewhere.database.begin() as work:
        assert work.transcripts.turn(1).turn.answer == "My own words."


def test_a_shipped_transcript_that_was_deleted_for_good_is_gone_in_a_new_folder_too(services, elsewhere, clock):
    services.tending.delete_transcript(1)
    services.trash.erase([1])
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    with elsewhere.database.begin() as work:
        assert work.transcripts.listed() == ()
        assert work.questions.listed_ids() == ()
    assert dump(elsewhere) == dump(services)


# --- Selections


def test_a_selection_of_questions_tells_no_answer_to_another(services, elsewhere, clock):
    session = default_session(services)
    answer(session, "zzfirst")
    answer(session, "zzsecond")
    session.view()
    out = archive_of(services, clock).of_questions([1])
    assert b"zzfirst" in out
    assert b"zzsecond" not in out
    archive = read(out)
    check(archive)
    (told_session,) = archive.sessions
    assert [place.question for place in told_session.places] == [archive.attempts[0].question]
    assert told_session.state is SessionState.FINISHED
    archive_of(elsewhere, clock).bring_in(out)
    assert_sound(elsewhere)
    arrival = archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())  # the rest comes after it
    assert (arrival.sessions.known, arrival.attempts.new) == (1, 2)
    assert texts(elsewhere) == texts(services)
    kept, _ = attempts_of(elsewhere, told_session.uid)
    assert (kept.questions, kept.state) == (3, SessionState.PAUSED)
    assert_sound(elsewhere)


def test_a_selection_of_sessions_has_all_that_it_stands_on(services, elsewhere, tmp_path, clock):
    transcript_id = bring_file(services, tmp_path, "a.txt", SECOND)
    first = services.practice.session(services.practice.start_transcript(transcript_id))
    answer(first, "zzfirst")
    answer(first, "zzsecond")
    services.tending.pin(1)
    answer(default_session(services), "zzother")
    out = archive_of(services, clock).of_sessions([first.id])
    assert b"zzother" not in out
    archive = read(out)
    check(archive)
    assert [transcript.source for transcript in archive.transcripts] == ["a.txt"]
    assert len(archive.questions) == 2
    assert archive.shipped == ()
    archive_of(elsewhere, clock).bring_in(out)
    assert_sound(elsewhere)
    with elsewhere.database.begin() as work:
        assert len(work.transcripts.listed()) == 2  # and the sample, which was there


def test_a_selection_of_transcripts_tells_no_answer_of_the_person(services, elsewhere, clock):
    answer(default_session(services), "zzfirst")
    out = archive_of(services, clock).of_transcripts([1])
    assert b"zzfirst" not in out
    assert b"attempts" not in out
    archive_of(elsewhere, clock).bring_in(out)
    assert_sound(elsewhere)


@settings(LAW, max_examples=25)
@given(
    deeds=st.lists(DEEDS, max_size=6),
    sessions=st.sets(st.integers(1, 3)),
    questions=st.sets(QUESTIONS),
    transcripts=st.sets(st.integers(1, 2)),
)
def test_any_selection_stands_by_itself(folder_of, templates, clock, deeds, sessions, questions, transcripts):
    here, there = folder_of("here", lived_in=True), folder_of("there")
    for deed in deeds:
        do(here, templates, clock, deed)
    with here.database.begin() as work:
        archive = work.archive.read(
            made=clock.now(), program="1", sessions=sessions, questions=questions, transcripts=transcripts
        )
    check(archive)
    with there.database.begin() as work:
        work.archive.bring_in(archive)
    assert_sound(there)
    archive_of(there, clock).bring_in(archive_of(here, clock).whole())
    assert set(texts(here)) <= set(texts(there))
    assert_sound(there)
    for services in (here, there):
        services.close()


@pytest.mark.parametrize("kind", ["sessions", "questions", "transcripts"])
def test_what_is_not_there_cannot_go_out(archiving, kind):
    with pytest.raises(CoachError) as raised:
        getattr(archiving, f"of_{kind}")([99])
    assert raised.value.fault is Fault.INPUT_MISSING


# --- Around it


def test_what_is_refused_changes_nothing_and_makes_no_backup(services, archiving, all_rows):
    answer(default_session(services))
    before, backups = all_rows(services), services.backups.listed()
    out = json.loads(archiving.whole())
    out["attempts"][0]["question"] = "nobody"
    with pytest.raises(CoachError) as raised:
        archiving.bring_in(json.dumps(out).encode())
    assert raised.value.fault is Fault.BAD_INPUT
    assert "attempt 1" in str(raised.value)
    assert (all_rows(services), services.backups.listed()) == (before, backups)


def test_a_backup_comes_first(services, elsewhere, clock):
    answer(default_session(services))
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    assert [backup.reason.value for backup in elsewhere.backups.listed()] == ["before-import"]


def test_a_preview_changes_nothing(services, elsewhere, all_rows, clock):
    answer(default_session(services))
    before = all_rows(elsewhere)
    foreseen = archive_of(elsewhere, clock).preview(archive_of(services, clock).whole())
    assert all_rows(elsewhere) == before
    assert foreseen == archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    assert foreseen.attempts.new == 2


def test_nothing_comes_in_beside_an_import_that_has_not_ended(services, archiving):
    out = archiving.whole()
    with services.database.raw() as connection:
        connection.execute(
            "INSERT INTO transcript (uid, title, origin, source, content_hash, encoding, byte_order_mark, newline, "
            "final_newline, preamble, imported_at, published) VALUES ('u', 't', 'recorded', 's', 'h', 'utf-8', 0, "
            "char(10), 1, '', '2026-01-01 00:00:00.000000', 0)"
        )
        connection.execute(
            "INSERT INTO question (uid, stage, text, flagged, suspended, transcript_id, added_at) VALUES "
            "('zz', 'HR', 'Half in?', 0, 0, (SELECT id FROM transcript WHERE uid = 'u'), '2026-01-01 00:00:00.000000')"
        )
    with pytest.raises(CoachError, match="Another import"):
        archiving.bring_in(out)
    assert told(archiving.whole()) == told(out)  # nor does what is half in go out


def test_search_finds_what_came_in(services, elsewhere, clock):
    answer(default_session(services), "zzunheard words")
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    with elsewhere.database.raw() as connection:
        found = connection.execute("SELECT count(*) FROM attempt_search WHERE attempt_search MATCH 'zzunheard'")
        assert found.fetchone() == (1,)


def test_what_no_folder_would_take_does_not_go_out(services, archiving):
    with services.database.raw() as connection:
        connection.execute("UPDATE question SET merged_into = 3 - id WHERE id IN (1, 2)")
    with pytest.raises(CoachError) as raised:
        archiving.whole()
    assert raised.value.fault is Fault.INCONSISTENT_DATA


# When questions are due, and saved searches


def last_review(services, text):
    with services.database.begin() as work:
        (question,) = (each for each in work.questions.get_many(range(1, 13)) if each.text == text)
        return work.schedule.last(question.id)


def test_of_reviews_in_two_folders_the_later_says_when_a_question_is_due(services, elsewhere, clock):
    uid = uid_of(services, default_session(services, count=1))
    archive_of(elsewhere, clock).bring_in(archive_of(services, clock).whole())
    there = elsewhere.practice.session(attempts_of(elsewhere, uid)[0].id)
    text = there.view().question
    answer(there)
    earlier = last_review(elsewhere, text)
    clock.advance(days=1)
    answer(default_session(services, count=1))
    later = last_review(services, text)
    out, back = archive_of(elsewhere, clock).whole(), archive_of(services, clock).whole()
    archive_of(services, clock).bring_in(out)
    archive_of(elsewhere, clock).bring_in(back)
    assert earlier.due != later.due
    assert (last_review(services, text), last_review(elsewhere, text)) == (later, later)
    for folder in (services, elsewhere):
        assert_sound(folder)


def test_a_review_that_was_deleted_for_good_here_comes_back_with_its_answer(services, clock):
    view = default_session(services, count=1).view()
    session = services.practice.session(services.practice.to_resume())
    answer(session)
    before, out = last_review(services, view.question), archive_of(services, clock).whole()
    services.tending.delete_attempts([view.attempt_id])
    services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
    assert last_review(services, view.question) is None
    archive_of(services, clock).bring_in(out)
    assert last_review(services, view.question) == before
    assert_sound(services)


def keep(services, clock, name, text):
    with services.database.begin() as work:
        return work.saved_searches.add(name, text, clock.now())


def kept(services):
    with services.database.begin() as work:
        return [(saved.name, saved.text) for saved in work.saved_searches.listed()]


def test_saved_searches_come_along_and_none_here_is_replaced(services, elsewhere, clock):
    for folder in (services, elsewhere):
        default_session(folder).view()  # both are in use
    for name in ("Tea", "Mine"):
        keep(elsewhere, clock, name, "theirs")
    keep(services, clock, " TEA", "ours")
    out = archive_of(elsewhere, clock).whole()
    assert archive_of(services, clock).preview(out).saved_searches.new == 1
    arrival = archive_of(services, clock).bring_in(out)
    assert (arrival.saved_searches.new, arrival.saved_searches.known) == (1, 1)
    assert kept(services) == [("Mine", "theirs"), ("TEA", "ours")]
    again = archive_of(services, clock).bring_in(out)
    assert not again.adds_something
    assert kept(services) == [("Mine", "theirs"), ("TEA", "ours")]


def test_a_search_that_was_renamed_here_does_not_come_a_second_time(services, clock):
    saved = keep(services, clock, "Tea", "tea")
    default_session(services).view()
    out = archive_of(services, clock).whole()
    with services.database.begin() as work:
        work.saved_searches.rename(saved.id, "Coffee")
    archive_of(services, clock).bring_in(out)
    assert kept(services) == [("Coffee", "tea")]


def test_a_folder_with_a_saved_search_is_in_use(services, elsewhere, clock):
    """The archive's transcripts do not come in the place of those that were shipped."""
    keep(services, clock, "Tea", "tea")
    out = archive_of(elsewhere, clock).whole()
    with services.database.raw() as connection:
        before = connection.execute("SELECT uid FROM question").fetchall()
    archive_of(services, clock).bring_in(out)
    with services.database.raw() as connection:
        assert connection.execute("SELECT uid FROM question").fetchall() == before


def test_a_selection_takes_its_reviews_along_and_no_saved_search(services, clock):
    keep(services, clock, "Tea", "tea")
    session = default_session(services, count=2)
    answer(session)
    out = archive_of(services, clock).of_sessions([session.id])
    archive = read(out)
    assert [attempt.review is not None for attempt in archive.attempts] == [True, False]
    assert archive.saved_searches == ()
