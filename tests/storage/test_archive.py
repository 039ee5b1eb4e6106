"""The archive beside the tables: nothing of them is forgotten, and rows that don't agree are no archive."""

import pytest
from sqlmodel import SQLModel

from interview_coach.domain.errors import CoachError, Fault

#: Every column, so that one that is added is not forgotten: it goes into ``domain.archive``, both halves of
#: ``storage.archive`` and ``storage.arrival``, and, where it is no default, into a new version.
ARCHIVED = {
    "attempt": "blind compared_at day id number place question_id rated_at reference_attempt_id reference_turn_id "
    "resolution saved_at seconds session_id started_at state submitted_at text trash_id uid",
    "decided_point": "attempt_id decided position proposed score text",
    "key_point": "attempt_id id position question_id text turn_id",
    "note": "changed_at text turn_id",
    "pin": "attempt_id pinned_at question_id",
    "place": "place question_id session_id turn_id",
    "question": "added_at flagged id merged_into stage suspended text transcript_id trash_id uid",
    "reference_seen": "question_id seen_at",
    "review": "attempt_id day difficulty due grade proposed reviewed_at stability",
    "saved_search": "added_at id name text uid",
    "schedule": "attempt_id due question_id",  # follows from the reviews
    "self_rating": "attempt_id criterion look score",
    "session": "finished_at id last_step_at mode started_at state title transcript_id uid",
    "shipped": "content_hash file read_at",
    "tag": "name question_id",
    "transcript": "byte_order_mark company content_hash encoding final_newline held_on id imported_at newline origin "
    "preamble published role source superseded_by title trash_id uid",
    "trash": "erased_at id kind moved_at",
    "turn": "answer asks clarity confidence feedback id number plain_rating position question question_id stage status "
    "summary technical_depth transcript_id unreadable written",
    "wording": "key question_id text",
}


def test_no_column_is_forgotten():
    declared = {name: " ".join(sorted(table.columns.keys())) for name, table in SQLModel.metadata.tables.items()}
    assert declared == ARCHIVED


@pytest.fixture
def practised(services):
    session = services.practice.session(services.practice.start_default(count=2))
    session.view()
    session.submit("words", 1.0)
    return services


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM place",
        "UPDATE attempt SET question_id = 99",
        "UPDATE session SET mode = 'x'",
        "UPDATE attempt SET day = 5",
        "UPDATE attempt SET trash_id = 9",
        "UPDATE turn SET unreadable = '[1]'",
        "UPDATE attempt SET seconds = 1e300",
        "INSERT INTO saved_search VALUES (1, 's', '', 'x', '2026-03-02 12:00:00.000000')",
        "INSERT INTO review VALUES (1, 5, 3, '2026-03-02 12:00:00.000000', '2026-03-02', '2026-03-04', 2.3, 2.1)",
        "INSERT INTO review VALUES (1, 3, 3, '2026-03-02 12:00:00.000000', '2026-03-02', 'soon', 2.3, 2.1)",
        "INSERT INTO review VALUES (1, 3, 3, '2026-03-02 12:00:00.000000', '2026-03-02', '2026-03-04', 9e999, 2.1)",
    ],
)
def test_rows_that_do_not_agree_are_no_archive(practised, clock, statement):
    with practised.database.raw() as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute(statement)
        connection.execute("PRAGMA ignore_check_constraints = off")
        connection.execute("PRAGMA foreign_keys = on")
    with pytest.raises(CoachError) as raised, practised.database.begin() as work:
        work.archive.read(made=clock.now(), program="1")
    assert raised.value.fault is Fault.INCONSISTENT_DATA


def test_what_was_opened_to_read_alone_goes_out_and_takes_nothing_in(practised, tmp_path, clock):
    from interview_coach.storage.database import Database

    with practised.database.begin() as work:
        archive = work.archive.read(made=clock.now(), program="1")
    (tmp_path / "other").mkdir()
    Database.open(tmp_path / "other" / "coach.sqlite3", clock.now).close()
    other = Database.open_read_only(tmp_path / "other" / "coach.sqlite3", clock.now)
    with other.begin() as work:
        assert work.archive.preview(archive).attempts.new == 1
        assert work.archive.read(made=clock.now(), program="1").transcripts == ()
    with pytest.raises(CoachError) as raised, other.begin() as work:
        work.archive.bring_in(archive)
    assert raised.value.fault is Fault.OPENED_TO_READ
    other.close()


def test_ids_that_were_given_once_are_not_given_again(practised, clock):
    with practised.database.begin() as work:
        archive = work.archive.read(made=clock.now(), program="1")
    with practised.database.raw() as connection:
        last = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'attempt'").fetchone()[0]
        connection.execute("DELETE FROM attempt")
    with practised.database.begin() as work:
        assert work.archive.bring_in(archive).attempts.new == 1
    with practised.database.raw() as connection:
        assert connection.execute("SELECT id FROM attempt").fetchall() == [(last + 1,)]


def test_a_selection_takes_along_what_answers_for_a_question_and_the_update_of_a_transcript(practised, clock):
    with practised.database.raw() as connection:
        connection.execute("UPDATE question SET merged_into = 10 WHERE id = 1")
        connection.execute(
            "INSERT INTO transcript SELECT 2, 'newer', title, role, company, origin, source, 'another', encoding, "
            "byte_order_mark, newline, final_newline, preamble, imported_at, published, superseded_by, trash_id, "
            "held_on FROM transcript"
        )
        connection.execute("UPDATE transcript SET superseded_by = 2 WHERE id = 1")
        connection.execute("UPDATE turn SET question_id = NULL WHERE position = 10")
    with practised.database.begin() as work:
        archive = work.archive.read(made=clock.now(), program="1", sessions={1})
    assert archive.transcripts[0].superseded_by == "newer"
    assert [transcript.uid for transcript in archive.transcripts][1:] == ["newer"]
    assert archive.questions[-1].uid == archive.questions[0].merged_into
