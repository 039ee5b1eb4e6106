"""Before a file comes in: what it is taken for, what is new in it, and what the person decides about it."""

import json
import os
import threading
from datetime import date
from pathlib import Path

import pytest

from interview_coach import arguments
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.findings import NoAnswers, PersonalData
from interview_coach.domain.models import Names
from interview_coach.services import reading, rewording
from interview_coach.services.archiving import ArchiveService
from interview_coach.services.importing import SHOWN, SLICE, Standing, TurnStanding
from interview_coach.services.reading import Choice
from interview_coach.transcripts import formats

TALK = """Company: Acme
Role: Backend Engineer

Sarah: Hi and welcome! Could you tell me about yourself?
Tom: I have built payments in Python for eight years.
Sarah: How would you shard a database?
Tom: [Processing...]
Sarah: How do you set up a pool of connections?
Tom: With a library; write to tom@example.org for mine.
"""
LIST = "# Backend\n\n## What is a deadlock?\n\nTwo wait for each other.\n\n## What is an index?\n\nA sorted copy.\n"
POOL = (
    "How do you implement connection pooling for PostgreSQL so as to improve the performance of a high-traffic "
    "microservice?"
)


@pytest.fixture
def write(tmp_path):
    def write_it(name, text):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write_it


def test_every_format_has_a_name_on_the_command_line():
    assert sorted(arguments.FORMATS) == sorted(formats.NAMES)


def test_a_conversation_is_looked_into(services, write):
    detail = services.importing.look_into(write("acme 2026-03-02.txt", TALK))
    assert (detail.report.format, detail.report.turns, detail.report.questions_new) == ("dialogue", 3, 3)
    assert detail.names == Names(
        title="Acme, Backend Engineer", role="Backend Engineer", company="Acme", held=date(2026, 3, 2)
    )
    assert (detail.speakers, detail.interviewer, detail.guessed) == (("Sarah", "Tom"), "Sarah", 3)
    assert [turn.answered for turn in detail.turns] == [True, False, True]
    assert "Sarah" in detail.reason
    assert {type(finding) for finding in detail.findings} >= {NoAnswers, PersonalData}
    assert len(services.transcripts.listed()) == 1


def test_the_person_may_say_who_asks(services, write):
    path = write("talk.txt", TALK)
    detail = services.importing.look_into(path, Choice(interviewer="Tom"))
    assert detail.interviewer == "Tom"
    assert "payments" in detail.turns[0].question


def test_the_person_may_say_what_the_file_is(services, write):
    path = write("talk.txt", "Why?\nBecause.\n")
    assert services.importing.look_into(path).report.format == "text"
    with pytest.raises(CoachError) as told:
        services.importing.look_into(path, Choice(format="turns"))
    assert told.value.fault is Fault.BAD_INPUT


def test_names_and_stages_that_the_person_decides_are_stored(services, write):
    path = write("list.md", LIST)
    detail = services.importing.look_into(path)
    assert (detail.report.format, detail.report.turns) == ("markdown", 2)
    names = Names(title="Databases", role="DBA", company=None, held=date(2026, 12, 1))
    choice = Choice(names=names, stages={1: "MANAGERIAL"})
    (report,) = services.importing.import_paths([path], choices={path: choice})
    conversation = services.transcripts.conversation(report.transcript_id)
    transcript = conversation.entry.transcript
    assert (transcript.title, transcript.role, transcript.company) == ("Databases", "DBA", None)
    assert transcript.held == date(2026, 12, 1)
    assert [kept.turn.stage for kept in conversation.turns] == [detail.turns[0].stage, "MANAGERIAL"]


def test_a_stage_that_the_file_says_is_not_changed(services, write):
    path = write("turns.txt", "Turn 1 [HR]\nQ: Why us?\n\nA: So.\n")
    (report,) = services.importing.import_paths([path], choice=Choice(stages={0: "INTRO"}))
    assert services.transcripts.conversation(report.transcript_id).turns[0].turn.stage == "HR"


def test_what_was_pasted_comes_in_and_twice_adds_nothing(services):
    name = Path("Pasted text")
    given = {name: TALK.encode()}
    (dry,) = services.importing.import_paths([name], dry_run=True, given=given)
    (report,) = services.importing.import_paths([name], given=given)
    assert (dry.turns, report.turns, report.standing) == (3, 3, Standing.NEW)
    (again,) = services.importing.import_paths([name], given=given)
    assert again.standing is Standing.KNOWN
    assert services.importing.look_into(name, None, given[name]).report.standing is Standing.KNOWN


def test_known_questions_and_those_in_other_words_are_told_apart(services, write):
    known = services.questions.entries(services.questions.ids())[0].question.text
    turns = [known.upper(), POOL, "What is a heap?", "Explain what heaps are", "(Error: no reply)"]
    path = write("own.txt", "".join(f"Turn {n} [HR]\nQ: {text}\n\nA: x\n\n" for n, text in enumerate(turns, 1)))
    detail = services.importing.look_into(path)
    standings = [turn.standing for turn in detail.turns]
    assert standings == [
        TurnStanding.KNOWN, TurnStanding.NEAR, TurnStanding.NEW, TurnStanding.NEAR, TurnStanding.ASKS_NOTHING,
    ]  # fmt: skip
    assert detail.turns[1].near.startswith("How would you implement connection pooling")
    assert detail.turns[3].near == "What is a heap?"
    (report,) = services.importing.import_paths([path])
    assert [(near.place, near.other_id is None) for near in report.near] == [(1, False), (3, True)]
    assert (report.questions_new, report.questions_known, len(services.questions.ids())) == (3, 1, 13)


def test_what_was_deleted_or_merged_is_no_other_wording(services, write):
    known = next(
        entry.question
        for entry in services.questions.entries(services.questions.ids())
        if "pooling" in entry.question.text
    )
    services.tending.delete_questions([known.id])
    path = write("own.txt", f"Turn 1 [HR]\nQ: {POOL}\n\nA: x\n")
    assert services.importing.look_into(path).report.near == ()


def test_of_many_questions_only_the_first_are_looked_at(services, write, monkeypatch):
    monkeypatch.setattr(rewording, "MOST", 5)
    first = write("in/1.txt", "".join(f"Turn {n} [HR]\nQ: What of number {n}?\n\nA: x\n\n" for n in range(6)))
    second = write("in/2.txt", f"Turn 1 [HR]\nQ: {POOL}\n\nA: x\n")
    reports = services.importing.import_paths([first, second], dry_run=True)
    assert [report.near_looked_for for report in reports] == [False, False]
    assert reports[1].near == ()


def test_tags_of_a_file_are_put_on_its_questions(services, write):
    cards = [{"question": "What is a mutex?", "answer": "A lock.", "tags": ["locks", "os"]}]
    (report,) = services.importing.import_paths([write("cards.json", json.dumps(cards))])
    (kept,) = services.transcripts.conversation(report.transcript_id).turns
    (entry,) = services.questions.entries([kept.question_id])
    assert entry.question.tags == ("locks", "os")


def test_of_a_long_file_the_first_turns_are_shown(services, write):
    text = "".join(f"Turn {n} [HR]\nQ: Why {n}?\n\nA: x\n\n" for n in range(SHOWN + 5))
    detail = services.importing.look_into(write("long.txt", text))
    assert (detail.report.turns, len(detail.turns), detail.stages) == (SHOWN + 5, SHOWN, {"HR": SHOWN + 5})


def test_any_format_can_be_practised_and_written_out(services, write):
    (report,) = services.importing.import_paths([write("list.md", LIST)])
    session = services.practice.session(services.practice.start_transcript(report.transcript_id))
    assert session.view().question == "What is a deadlock?"
    written = services.transcripts.written(report.transcript_id)
    assert written.startswith(b"Turn 1 [TECHNICAL]\nQ: What is a deadlock?\n\nA: Two wait for each other.")


def test_many_small_files_of_any_format_come_in_together(services, write, tmp_path):
    for number in range(SLICE // 2 + 3):
        write(f"in/{number:03}.md", LIST.replace("index", f"index {number}").replace("# Backend", f"# Part {number}"))
    reports = services.importing.import_paths([tmp_path / "in"])
    assert {report.standing for report in reports} == {Standing.NEW}
    assert sum(report.questions_new for report in reports) == 1 + len(reports)


# An export of the program's own


@pytest.fixture
def exported(services, write, tmp_path):
    """An export of everything: the sample, a list, and one answer."""
    services.importing.import_paths([write("list.md", LIST)])
    session = services.practice.session(services.practice.start_default())
    session.view()
    session.submit("I build things.", 5.0)
    path = tmp_path / "everything.json"
    path.write_bytes(ArchiveService(services.database, services.importing._clock).whole())
    return path


def test_an_export_is_known_by_what_is_in_it_and_comes_in_whole(exported, open_program, tmp_path, write):
    (tmp_path / "other").mkdir()
    other = open_program(tmp_path / "other" / "coach.sqlite3")
    detail = other.importing.look_into(exported)
    assert (detail.report.format, detail.report.turns) == ("interview-coach", 12)
    assert (detail.report.arrival.attempts.new, detail.report.arrival.questions.new) == (1, 12)
    talk = write("talk.txt", TALK)
    dry = other.importing.import_paths([talk, exported, talk], dry_run=True)
    assert other.progress.attempts() == ()
    reports = other.importing.import_paths([talk, exported, talk])
    assert [report.standing for report in reports] == [Standing.NEW, Standing.NEW, Standing.KNOWN]
    assert [report.standing for report in dry] == [Standing.NEW, Standing.NEW, Standing.KNOWN]
    assert [entry.attempt.text for entry in other.progress.attempts()] == ["I build things."]
    assert other.importing.import_file(exported).standing is Standing.KNOWN
    assert len(other.transcripts.listed()) == 3


def test_an_export_that_is_not_whole_is_refused_and_nothing_comes_in(exported, services, write):
    torn = write("torn.json", exported.read_text("utf-8")[:-200])
    newer = write("newer.json", exported.read_text("utf-8").replace('"version": 1', '"version": 99', 1))
    wrong = write("wrong.json", exported.read_text("utf-8").replace('"state": "', '"state": "x', 1))
    reports = services.importing.import_paths([newer, wrong, torn])
    assert [report.error.fault for report in reports] == [Fault.NEWER_DATA, Fault.BAD_INPUT, Fault.BAD_INPUT]
    with pytest.raises(CoachError):
        services.importing.look_into(newer)
    assert len(services.transcripts.listed()) == 2


def test_after_an_import_that_failed_an_export_comes_in(exported, write, monkeypatch, open_program, tmp_path):
    (tmp_path / "other").mkdir()
    other = open_program(tmp_path / "other" / "coach.sqlite3")
    long = write("long.txt", "".join(f"Turn {n} [HR]\nQ: Why {n}?\n\nA: x\n\n" for n in range(SLICE * 2)))
    with monkeypatch.context() as broken:
        broken.setattr(other.importing, "_write_rest", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            other.importing.import_file(long)
    assert other.importing.import_file(exported).error is None
    assert len(other.progress.attempts()) == 1


# What a second look found


def test_a_second_text_that_was_pasted_hides_no_first_one(services):
    name = Path("Pasted text")
    for company in ("Acme", "Globex"):
        text = "Interviewer: Tell me about yourself.\nCandidate: I am at {0}.\nInterviewer: Why {0}?\nCandidate: So.\n"
        text = text.format(company)
        (report,) = services.importing.import_paths([name], given={name: text.encode()})
        assert report.standing is Standing.NEW
    assert len(services.transcripts.listed()) == 3


def test_a_file_that_changed_since_it_was_shown_is_refused(services, write):
    path = write("list.md", LIST)
    (shown,) = services.importing.import_paths([path], dry_run=True)
    path.write_text(LIST.replace("deadlock", "livelock"))
    (report,) = services.importing.import_paths([path], choices={path: Choice(seen=shown.content_hash)})
    assert (report.error.fault, "changed since" in str(report.error)) == (Fault.BAD_INPUT, True)
    path.write_text(LIST)
    (report,) = services.importing.import_paths([path], choices={path: Choice(seen=shown.content_hash)})
    assert report.error is None


def test_a_file_that_was_read_wrongly_can_be_read_otherwise(services, write):
    path = write("talk.txt", TALK)
    (wrong,) = services.importing.import_paths([path], choice=Choice(format="text"))
    (right,) = services.importing.import_paths([path])
    assert (wrong.error, right.standing in (Standing.NEW, Standing.UPDATE), right.turns) == (None, True, 3)
    assert services.importing.import_file(path).standing is Standing.KNOWN
    (again,) = services.importing.import_paths([path], choice=Choice(format="text"))
    assert again.standing is Standing.KNOWN


def test_a_text_is_not_taken_back_from_under_a_transcript_that_came_in_since(services, write):
    question = services.questions.entries(services.questions.ids())[0].question
    services.tending.edit(question.id, "Why should we hire you?", question.stage)
    path = write("own.txt", "Turn 1 [HR]\nQ: Why should we hire you?\n\nA: I am diligent.\n")
    services.importing.import_paths([path])
    with pytest.raises(CoachError) as told:
        services.tending.undo()
    assert told.value.fault is Fault.BAD_INPUT
    assert services.questions.entries([question.id])[0].question.text == "Why should we hire you?"


def test_a_bank_that_is_tended_while_a_large_file_comes_in(services, write, monkeypatch):
    turns = "".join(f"Turn {n} [HR]\nQ: Why {n}?\n\nA: x\n\n" for n in range(SLICE * 2))
    first = services.importing.import_file(write("large.txt", turns))
    begin, begun = services.database.begin, []

    def tended():
        begun.append(1)
        if len(begun) == 6:  # in the midst of the second file
            monkeypatch.undo()
            services.tending.delete_transcript(first.transcript_id)
            services.trash.erase(tuple(entry.id for entry in services.trash.listed()))
        return begin()

    monkeypatch.setattr(services.database, "begin", tended)
    services.importing.import_file(write("large.txt", turns.replace("A: x", "A: y")))
    assert max(entry.turns for entry in services.transcripts.listed()) == SLICE * 2


def test_what_came_in_before_the_disk_failed_is_told(services, write, monkeypatch):
    paths = [
        write(f"in/{n}.txt", "".join(f"Turn {k} [HR]\nQ: Why {n} {k}?\n\nA: x\n\n" for k in range(SLICE)))
        for n in range(3)
    ]
    write_slice, written = services.importing._write_slice, []

    def fail(*given):
        written.append(1)
        if len(written) == 2:
            raise CoachError(Fault.DISK_FULL, "full")
        write_slice(*given)

    monkeypatch.setattr(services.importing, "_write_slice", fail)
    reports = services.importing.import_paths(paths)
    assert [(report.path.name, report.error and report.error.fault) for report in reports] == [
        ("0.txt", None),
        ("1.txt", Fault.DISK_FULL),
    ]
    assert len(services.transcripts.listed()) == 2


def test_others_are_let_through_while_a_large_file_is_read(services, write, monkeypatch):
    """The database is free while the next file is understood, however long that takes."""
    small = write("in/0.txt", "".join(f"Turn {k} [HR]\nQ: Why {k}?\n\nA: x\n\n" for k in range(SLICE)))
    late = write("in/1.txt", "Turn 1 [HR]\nQ: Late?\n\nA: x\n")
    understood = reading.understood
    waited = threading.Event()

    def slow(name, content, choice):
        if name == "1.txt":
            assert waited.wait(10)
        return understood(name, content, choice)

    monkeypatch.setattr(reading, "understood", slow)
    work = threading.Thread(target=services.importing.import_paths, args=([small, late],))
    work.start()
    with services.database.begin() as unit:
        assert unit.transcripts.listed()
    waited.set()
    work.join()
    assert len(services.transcripts.listed()) == 3


def test_a_pipe_that_takes_the_place_of_a_file_is_not_waited_for(tmp_path, monkeypatch):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").write_text("x")
    monkeypatch.setattr(reading.os, "open", lambda _, flags, real=os.open: real(tmp_path / "pipe", flags))
    with pytest.raises(CoachError) as told:
        reading.content_of(tmp_path / "file")
    assert told.value.fault is Fault.BAD_INPUT


@pytest.mark.parametrize(("head", "most"), [(b"x", "LARGEST"), (b"PK\x03\x04", "LARGEST_PACKAGE")])
def test_what_is_larger_is_read_so_far_and_no_further(tmp_path, monkeypatch, head, most):
    monkeypatch.setattr(reading, most, 10)
    path = tmp_path / "file"
    path.write_bytes(head.ljust(10, b"x"))
    assert len(reading.content_of(path)) == 10
    path.write_bytes(head.ljust(11, b"x"))
    with pytest.raises(CoachError, match="larger than"):
        reading.content_of(path)
