"""Files into the bank and out again, whole or not at all."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services import importing, reading
from interview_coach.services.importing import ImportService, Standing
from interview_coach.transcripts import turn_format

ROOT = Path(__file__).parent.parent.parent
OWN = ROOT / "tests" / "data" / "transcripts"
SHARED = ROOT.parent / "shared" / "import_samples"
GIVEN = sorted(SHARED.glob("turn_format_*.txt")) or [
    pytest.param(None, marks=pytest.mark.skip(reason="the folder shared/import_samples is not beside the checkout"))
]


def text_of(pairs, stage="HR"):
    return "\n".join(f"Turn {n} [{stage}]\nQ: {q}\n\nA: {a}\n" for n, (q, a) in enumerate(pairs, 1))


def pairs_of(name, count=10):
    return [(f"{name} question {n}?", f"{name} answer {n}.") for n in range(count)]


@pytest.fixture
def write(tmp_path):
    def write_it(name, content):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_it


def rows(services):
    """Return how many rows each table has."""
    with services.database.begin() as work:
        connection = work.attempts._session.connection()
        return {
            table: connection.scalar(select(func.count()).select_from(text(table)))
            for table in ("transcript", "turn", "question", "wording", "shipped")
        }


# The sample, and bytes


def test_the_sample_is_in_the_bank_from_the_first_start(services, sample):
    (entry,) = services.transcripts.listed()
    assert entry.transcript.company == "Nebula Systems"
    assert entry.transcript.source == sample.name
    assert entry.stages == {"INTRO": 1, "HR": 2, "TECHNICAL": 3, "BEHAVIORAL": 2, "MANAGERIAL": 1, "WRAP-UP": 1}
    assert {same.criterion: same.score for same in entry.findings} == {"clarity": 8.0, "confidence": 9.0}
    assert len(services.questions.ids()) == 10
    assert services.transcripts.written(entry.transcript.id) == sample.read_bytes()


def test_a_second_start_reads_nothing_again(services, open_program):
    before = rows(services)
    path = services.database.path
    services.close()
    assert rows(open_program(path)) == before


def test_a_shipped_transcript_that_was_deleted_stays_away(services, open_program):
    path = services.database.path
    with services.database.begin() as work:
        connection = work.attempts._session.connection()
        for statement in ("DELETE FROM turn", "DELETE FROM wording", "DELETE FROM question", "DELETE FROM transcript"):
            connection.exec_driver_sql(statement)
    services.close()
    assert open_program(path).transcripts.listed() == ()


def test_a_start_that_was_cut_off_after_the_sample_was_read_does_not_read_it_twice(services, open_program):
    path = services.database.path
    with services.database.begin() as work:
        work.attempts._session.connection().exec_driver_sql("DELETE FROM shipped")
    services.close()
    again = open_program(path)
    assert rows(again)["transcript"] == rows(again)["shipped"] == 1


@pytest.mark.parametrize(
    "index", ["{", "[]", "{}", '{"transcripts": [{"file": "x.txt"}]}', '{"transcripts": 1}'], ids=range(5)
)
def test_shipped_files_that_are_not_whole_are_said(services, tmp_path, index, clock):
    (tmp_path / "index.json").write_text(index)
    with pytest.raises(CoachError) as told:
        ImportService(services.database, clock).install_shipped(tmp_path)
    assert told.value.fault is Fault.INPUT_MISSING


def test_every_shape_comes_out_of_the_database_as_it_went_in(services):
    path = OWN / "every_shape.txt"
    report = services.importing.import_file(path)
    assert report.error is None
    assert services.transcripts.written(report.transcript_id) == path.read_bytes()
    kept = [kept.turn for kept in services.transcripts.conversation(report.transcript_id).turns]
    assert kept == list(turn_format.read(path.read_bytes()).turns)


@pytest.mark.parametrize("path", GIVEN, ids=lambda path: path.name if path else "")
def test_a_given_file_comes_out_of_the_database_as_it_went_in(services, path):
    report = services.importing.import_file(path)
    assert report.error is None
    assert services.transcripts.written(report.transcript_id) == path.read_bytes()


LAYOUTS = {
    "crlf": lambda written: written.replace("\n", "\r\n").encode(),
    "cr": lambda written: written.replace("\n", "\r").encode(),
    "mark": lambda written: b"\xef\xbb\xbf" + written.encode(),
    "cp1252": lambda written: written.encode("cp1252"),
    "utf-16": lambda written: written.encode("utf-16"),
    "no last newline": lambda written: written.rstrip("\n").encode(),
    "text before": lambda written: f"Taken down by hand.\n\n{written}".encode(),
}


@pytest.mark.parametrize("lay_out", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_bytes_come_out_as_they_went_in_and_one_edit_changes_its_lines_alone(services, write, lay_out):
    before = lay_out(text_of([("Où étais-tu?", "À la maison."), ("Why?", "Because.\n\nTwice."), ("When?", "Now.")]))
    report = services.importing.import_file(write("file.txt", before))
    assert services.transcripts.written(report.transcript_id) == before
    turn = services.transcripts.conversation(report.transcript_id).turns[1]
    services.transcripts.edit_answer(turn.id, "Since it is so.")
    after = services.transcripts.written(report.transcript_id)
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        try:
            old, new = before.decode(encoding), after.decode(encoding)
        except UnicodeError:
            continue
        if "Twice." in old:
            break
    assert re.sub(r"Because\.\s+Twice\.", "Since it is so.", old) == new


@pytest.mark.parametrize("answer", ["Well.\n\nTurn 9 [HR]\nQ: Not mine?", "\0", "half \ud83d"])
def test_an_answer_that_the_format_would_read_otherwise_is_refused(services, answer, sample):
    turn = services.transcripts.conversation(1).turns[3]
    with pytest.raises(CoachError) as refused:
        services.transcripts.edit_answer(turn.id, answer)
    assert refused.value.fault is Fault.BAD_INPUT
    assert answer not in str(refused.value)
    assert services.transcripts.written(1) == sample.read_bytes()


def test_an_answer_of_a_turn_that_is_not_there_cannot_be_edited(services):
    with pytest.raises(CoachError) as refused:
        services.transcripts.edit_answer(99, "x")
    assert refused.value.fault is Fault.INPUT_MISSING


# The same, an update, another


def test_the_same_file_again_adds_nothing(services, sample, write):
    before = rows(services)
    for path in (sample, write("another name.txt", sample.read_bytes())):
        report = services.importing.import_file(path)
        assert (report.standing, report.questions_new, report.questions_known) == (Standing.KNOWN, 0, 10)
    assert rows(services) == before


def test_a_changed_file_of_the_same_name_is_an_update_and_shown_as_one(services, write):
    pairs = pairs_of("Old")
    first = services.importing.import_file(write("talk.txt", text_of(pairs)))
    changed = [pairs[0], *[(f"New {q}", a) for q, a in pairs[1:]]]
    report = services.importing.import_file(write("talk.txt", text_of(changed)))
    assert (report.standing, report.questions_new, report.questions_known) == (Standing.UPDATE, 9, 1)
    shown = [entry.transcript.id for entry in services.transcripts.listed()]
    assert shown == [1, report.transcript_id]
    third = services.importing.import_file(write("talk.txt", text_of(changed[:9])))
    assert [entry.transcript.id for entry in services.transcripts.listed()] == [1, third.transcript_id]
    assert services.transcripts.conversation(first.transcript_id).turns


@pytest.mark.parametrize(("changed", "standing"), [(2, Standing.UPDATE), (3, Standing.NEW)])
def test_under_another_name_four_fifths_of_the_pairs_make_an_update(services, write, changed, standing):
    pairs = pairs_of("Talk")
    services.importing.import_file(write("first.txt", text_of(pairs)))
    pairs[:changed] = [(q, "Another answer.") for q, _ in pairs[:changed]]
    assert services.importing.import_file(write("second.txt", text_of(pairs))).standing is standing


def test_the_same_pairs_in_another_order_are_another_transcript(services, write):
    pairs = pairs_of("Talk")
    services.importing.import_file(write("first.txt", text_of(pairs)))
    report = services.importing.import_file(write("second.txt", text_of(pairs[::-1])))
    assert report.standing is Standing.NEW


def test_the_same_name_with_no_common_question_is_another_transcript(services, write):
    services.importing.import_file(write("a/transcript.txt", text_of(pairs_of("One"))))
    report = services.importing.import_file(write("b/transcript.txt", text_of(pairs_of("Two"))))
    assert report.standing is Standing.NEW
    assert len(services.transcripts.listed()) == 3


def test_an_update_of_a_practised_transcript_counts_as_practised(services, write):
    pairs = pairs_of("Talk")
    first = services.importing.import_file(write("talk.txt", text_of(pairs)))
    services.practice.start_transcript(1)
    services.practice.start_transcript(first.transcript_id)
    assert services.today.view().fresh is None
    pairs[0] = (pairs[0][0], "Better.")
    services.importing.import_file(write("talk.txt", text_of(pairs)))
    assert services.today.view().fresh is None


def test_one_question_in_many_turns_is_one(services, write):
    report = services.importing.import_file(
        write("talk.txt", text_of([("Why us?", "A."), ("WHY  us", "B."), ("Why us!", "C."), ("Why them?", "D.")]))
    )
    assert (report.turns, report.questions_new) == (4, 2)
    turns = services.transcripts.conversation(report.transcript_id).turns
    assert len({kept.question_id for kept in turns[:3]}) == 1
    (detail,) = services.questions.details([turns[0].question_id])
    assert [kept.turn.answer for kept, _ in detail.turns] == ["A.", "B.", "C."]
    session = services.practice.session(services.practice.start_transcript(report.transcript_id))
    assert session.view().places == 2


def test_an_error_in_the_place_of_a_question_never_becomes_one(services, write):
    report = services.importing.import_file(
        write("talk.txt", text_of([("(Groq error: rate limit)", "x"), ("(Error: 500)", "y"), ("Real?", "z")]))
    )
    assert (report.turns, report.questions_new) == (3, 1)
    assert report.problems
    asked = [kept.question_id for kept in services.transcripts.conversation(report.transcript_id).turns]
    assert asked[:2] == [None, None]
    assert (
        services.practice.session(services.practice.start_transcript(report.transcript_id)).view().question == "Real?"
    )


def test_an_edited_wording_does_not_bring_the_question_again(services, write):
    with services.database.begin() as work:
        work.attempts._session.connection().exec_driver_sql("UPDATE question SET text = 'Shorter?' WHERE id = 1")
    wording = services.transcripts.conversation(1).turns[0].turn.question
    report = services.importing.import_file(write("again.txt", text_of([(wording, "x")])))
    assert (report.questions_new, report.questions_known) == (0, 1)


# What cannot come in


def refused(services, path):
    before = rows(services)
    report = services.importing.import_file(path)
    assert rows(services) == before
    return report.error.fault


def test_what_is_no_file_is_refused_with_its_reason(services, tmp_path, write):
    assert refused(services, tmp_path / "nowhere.txt") is Fault.INPUT_MISSING
    assert refused(services, write("file.txt", "x") / "below.txt") is Fault.INPUT_MISSING
    (tmp_path / "empty").mkdir()
    assert (
        refused(services, tmp_path / "empty") is Fault.INPUT_MISSING
    )  # a folder without a file that may hold questions
    for content in (b"", b"\n\n", b"\x89PNG\0\0", b"Just a letter.\n", bytes(range(256))):
        assert refused(services, write("odd.txt", content)) is Fault.BAD_INPUT


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_pipes_and_devices_are_refused_unopened(services, tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(services, tmp_path / "pipe.txt") is Fault.BAD_INPUT
    assert refused(services, Path("/dev/zero")) is Fault.BAD_INPUT


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root and Windows ignore file modes")
def test_a_file_that_may_not_be_read_is_refused(services, write):
    path = write("closed.txt", "x")
    path.chmod(0)
    assert refused(services, path) is Fault.NO_PERMISSION


def test_a_file_that_is_too_large_is_refused_unread(services, tmp_path):
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(reading.LARGEST + 1)
    assert refused(services, tmp_path / "large.txt") is Fault.BAD_INPUT


def test_of_several_files_the_good_ones_come_in(services, write, tmp_path):
    write("in/b.txt", text_of(pairs_of("B")))
    write("in/a.md", text_of(pairs_of("A")))
    write("in/bad.log", "nothing")
    write("in/picture.png", "nothing")
    reports = services.importing.import_paths([tmp_path / "in", tmp_path / "gone.txt"])
    assert [(report.path.name, report.error is None) for report in reports] == [
        ("a.md", True), ("b.txt", True), ("bad.log", False), ("gone.txt", False),
    ]  # fmt: skip
    assert len(services.transcripts.listed()) == 3


def test_the_rest_is_left_when_the_person_says_so(services, write, tmp_path):
    for name in "abc":
        write(f"in/{name}.txt", text_of(pairs_of(name, importing.SLICE)))
    told = []
    reports = services.importing.import_paths(
        [tmp_path / "in"], on_file=lambda done, files, path: told.append((done, files, path.name)) or done < 1
    )
    assert (len(reports), told) == (1, [(0, 3, "a.txt"), (1, 3, "b.txt")])
    assert len(services.transcripts.listed()) == 2


def test_small_files_come_in_together_and_each_sees_those_before_it(services, write, tmp_path):
    for number in range(30):
        write(f"in/{number:02}.txt", text_of([("Why do you want to leave?", "x"), *pairs_of(f"Talk {number}", 5)]))
    write(
        "in/30.txt", text_of([("Why do you want to leave?", "x"), *pairs_of("Talk 0", 5)]) + "\n"
    )  # 00, all but a byte
    write("in/31.txt", (tmp_path / "in/07.txt").read_bytes())
    write("in/more/05.txt", text_of([*pairs_of("Talk 5", 3), ("Late question?", "y")]))  # another 05.txt
    dry = services.importing.import_paths([tmp_path / "in"], dry_run=True)
    before = rows(services)
    reports = services.importing.import_paths([tmp_path / "in"])
    kinds = [Standing.NEW] * 30 + [Standing.UPDATE, Standing.KNOWN, Standing.NEW]
    assert [report.standing for report in reports] == kinds
    assert [report.questions_new for report in reports] == [6, *[5] * 29, 0, 0, 1]
    assert [report.questions_new for report in dry] == [report.questions_new for report in reports]
    assert reports[31].transcript_id == reports[7].transcript_id
    after = rows(services)
    assert (after["transcript"] - before["transcript"], after["question"] - before["question"]) == (32, 152)
    assert len(services.transcripts.listed()) == 32
    assert [rows(services), *services.importing.import_paths([tmp_path / "in"])][0] == after
    again = services.importing.import_paths([tmp_path / "in"])
    assert {report.standing for report in again} == {Standing.KNOWN}
    assert rows(services) == after


def test_a_dry_run_writes_nothing_and_says_the_same(services, write):
    path = write("talk.txt", text_of(pairs_of("Talk", 130)))
    before = rows(services)
    dry = services.importing.import_file(path, dry_run=True)
    assert rows(services) == before
    wet = services.importing.import_file(path)
    assert dry.transcript_id is None
    assert (dry.standing, dry.turns, dry.questions_new, dry.title) == (Standing.NEW, 130, 130, wet.title)
    assert rows(services)["turn"] == before["turn"] + 130


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names themselves")
def test_a_file_whose_name_is_no_text_comes_in(services, write):
    report = services.importing.import_file(write(os.fsdecode(b"caf\xe9.txt"), text_of(pairs_of("Talk"))))
    assert report.error is None
    assert services.transcripts.listed()[1].transcript.source == "caf�.txt"


# Long files, in slices


def fail_at(monkeypatch, service, place):
    write_slice = service._write_slice

    def fail(work, read, transcript_id, start, ids):
        if start == place:
            raise ZeroDivisionError
        write_slice(work, read, transcript_id, start, ids)

    monkeypatch.setattr(service, "_write_slice", fail)


def test_a_long_file_that_fails_is_seen_by_nobody_and_gone_at_the_next_start(
    services, write, monkeypatch, open_program
):
    before = rows(services)
    fail_at(monkeypatch, services.importing, 200)
    with pytest.raises(ZeroDivisionError):
        services.importing.import_file(write("long.txt", text_of(pairs_of("Long", 300))))
    assert rows(services)["turn"] == before["turn"] + 200
    assert len(services.transcripts.listed()) == 1
    assert len(services.questions.ids()) == 10
    assert services.practice.session(services.practice.start_mixed()).view().places == 10
    path = services.database.path
    services.close()
    assert rows(open_program(path)) == before


def test_after_a_file_that_failed_others_that_share_its_questions_last(services, write, monkeypatch, open_program):
    pairs = pairs_of("Long", 300)
    with monkeypatch.context() as broken:
        fail_at(broken, services.importing, 200)
        with pytest.raises(ZeroDivisionError):
            services.importing.import_file(write("long.txt", text_of(pairs)))
    other = services.importing.import_file(write("other.txt", text_of(pairs[:3])))
    assert other.questions_new == 3
    path = services.database.path
    services.close()
    services = open_program(path)
    assert [kept.question_id is not None for kept in services.transcripts.conversation(other.transcript_id).turns] == [
        True, True, True,
    ]  # fmt: skip
    report = services.importing.import_file(write("long.txt", text_of(pairs)))
    assert (report.questions_new, report.questions_known) == (297, 3)


def test_two_imports_at_once_come_in_one_after_the_other(services, write):
    pairs = pairs_of("Long", 250)
    paths = [write(f"{n}.txt", text_of([*pairs, (f"Own {n}?", "x"), *pairs_of(f"Other {n}", 100)])) for n in range(3)]
    reports = []
    threads = [
        threading.Thread(target=lambda path=path: reports.append(services.importing.import_file(path)))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(report.questions_new for report in reports) == [101, 101, 351]
    assert len(services.transcripts.listed()) == 4


def test_a_file_killed_while_it_comes_in_comes_in_whole_the_next_time(tmp_path, open_program, write, shipped):
    """The child ends itself without warning at several places of the import; the last place is never reached."""
    path = write("long.txt", text_of(pairs_of("Long", 2000)))
    script = (
        "import os, sys, itertools; from datetime import UTC, datetime; from pathlib import Path\n"
        "from interview_coach.domain.preferences import Preferences\n"
        "from interview_coach.services.clock import SystemClock\n"
        "from interview_coach.services.opening import open_services\n"
        "services = open_services(Path(sys.argv[1]), Path(sys.argv[2]), SystemClock(), Preferences())\n"
        "begin, count = services.database.begin, itertools.count()\n"
        "services.database.begin = lambda: os.kill(os.getpid(), 9) if next(count) == int(sys.argv[4]) else begin()\n"
        "services.importing.import_file(Path(sys.argv[3]))\n"
    )
    for place in (1, 5, 11):
        database = tmp_path / f"killed at {place}" / "coach.sqlite3"
        database.parent.mkdir()
        child = subprocess.run([sys.executable, "-c", script, database, shipped, path, str(place)], check=False)
        assert child.returncode == -9
        services = open_program(database)
        assert rows(services)["turn"] == rows(services)["question"] == 10
        report = services.importing.import_file(path)
        assert (report.standing, report.questions_new) == (Standing.NEW, 2000)
        assert services.transcripts.written(report.transcript_id) == path.read_bytes()
        services.close()
