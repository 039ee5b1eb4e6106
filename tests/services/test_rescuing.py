"""What a person gets out of a damaged database."""

import contextlib
import json
import os
import random
import sqlite3
from pathlib import Path

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.rescuing import Rescued, rescue

SCHEMA = Path(__file__).parent.parent / "data" / "schema" / "5.sql"


@pytest.fixture
def path(tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    with connect(folder / "coach.sqlite3") as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
    return folder / "coach.sqlite3"


def connect(path):
    return contextlib.closing(sqlite3.connect(path, isolation_level=None))


def overwrite_first_page(path):
    with path.open("r+b") as file:
        file.write(b"\xa5" * 4096)


def rescued(path, out):
    before = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    told = rescue(path, out)
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == before
    return told


def test_a_text_for_people_holds_every_answer_with_its_question(path, tmp_path):
    overwrite_first_page(path)
    out = tmp_path / "answers.txt"
    assert rescued(path, out) == Rescued(answers=5, questions=10, lost=1)
    text = out.read_text(encoding="utf-8")
    assert text.startswith("Interview Coach: what could be read of coach.sqlite3\n")
    assert (
        "INTRO: What inspired you to pursue a career in FinTech, specifically in software engineering?\n\n"
        "2026-03-02, attempt 1, submitted\nOwn rating: Clarity 4, Confidence 6\nAfter comparing: Clarity 3\n\n"
        "I wanted to see money move — and not get lost.\n\nSo I learned to code.\n\n  said: "
    ) in text
    assert "Next time I will say what I built first\n" in text
    assert "Second try: PgBouncer in transaction mode" in text
    assert "Pages and rows that could not be read, or not whole: 1" in text
    recorded = text[text.index("QUESTIONS AND RECORDED ANSWERS") :]
    with connect(path.with_name("again")) as connection:
        connection.executescript(SCHEMA.read_text(encoding="utf-8"))
        for question, answer in connection.execute("SELECT question, answer FROM turn WHERE answer IS NOT NULL"):
            assert question in recorded
            assert answer in recorded


def test_a_file_for_programs_holds_every_row_as_it_is(path, tmp_path):
    with connect(path) as connection:
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute("UPDATE attempt SET text = CAST(x'61ff62' AS TEXT), seconds = 9e999 WHERE id = 1")
        connection.execute("UPDATE attempt SET text = x'00ff' WHERE id = 2")
    out = tmp_path / "everything.JSON"
    assert rescued(path, out) == Rescued(answers=5, questions=10, lost=0)
    document = json.loads(out.read_bytes())
    assert (document["format"], document["version"]) == ("interview-coach-rescued", 1)
    one, two, three, *_ = document["tables"]["attempt"]
    assert one["text"].encode("utf-8", "surrogateescape") == b"a\xffb"
    assert one["seconds"] == {"number": "inf"}
    assert two["text"] == {"bytes": "00ff"}
    assert three["text"] == "I meet people where they are."
    with connect(path) as connection:
        connection.row_factory = sqlite3.Row
        for table in (
            "question",
            "turn",
            "session",
            "place",
            "self_rating",
            "decided_point",
            "wording",
            "tag",
            "key_point",
            "note",
            "pin",
        ):
            rows = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608
            assert document["tables"][table] == [dict(row) for row in rows]


def test_what_the_person_made_of_references_is_in_the_text(path, tmp_path):
    overwrite_first_page(path)
    out = tmp_path / "answers.txt"
    rescued(path, out)
    answers, recorded = out.read_text(encoding="utf-8").split("QUESTIONS AND RECORDED ANSWERS")
    assert (
        "Your reference for this question.\n\n"
        "Its points, as you edited them:\n  A pool lends connections.\n  They stay open.\n\n"
    ) in answers
    assert "WRAP-UP: Are there any final questions" in recorded
    assert "Your points:\n  Ask how the team decides.\n  Ask what the first three months look like.\n\n" in recorded
    assert (
        "Its points, as you edited them:\n  A pool keeps connections open and lends them out.\n"
        "  PgBouncer sits between the services and PostgreSQL.\n  Its size follows"
    ) in recorded
    assert "Your note:\n  PgBouncer is a separate process, not a library.\n\n" in recorded
    assert "Your note:\n  Too long — two minutes at most.\n\n" in recorded
    assert "THAT ARE LOST" not in recorded


def test_points_and_notes_of_what_is_lost_are_told_at_the_end(path, tmp_path):
    with connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute("PRAGMA ignore_check_constraints = on")
        connection.execute("DELETE FROM turn WHERE id = 4")
        connection.execute("DELETE FROM question WHERE id = 10")
        connection.execute("UPDATE key_point SET attempt_id = NULL WHERE id = 5")
    out = tmp_path / "answers.txt"
    rescued(path, out)
    end = out.read_text(encoding="utf-8").split("POINTS AND NOTES OF ANSWERS THAT ARE LOST\n")[1]
    for text in ("A pool keeps", "They stay open.", "Ask how the team decides.", "PgBouncer is a separate process"):
        assert end.count(f"  {text}") == 1
    assert "A pool lends" not in end


def test_an_answer_that_is_no_utf_8_and_one_without_a_question_are_in_the_text(path, tmp_path):
    with connect(path) as connection:
        connection.execute("PRAGMA foreign_keys = off")
        connection.execute("UPDATE attempt SET text = CAST(x'61ff62' AS TEXT) WHERE id = 1")
        connection.execute("DELETE FROM question WHERE id = 4")
        connection.execute("DELETE FROM turn WHERE id = 4")
    out = tmp_path / "answers"
    rescued(path, out)
    text = out.read_text(encoding="utf-8")
    assert "\n\na\\xffb\n" in text
    assert "(question lost)\n\n2026-03-02, attempt 1, submitted" in text


@pytest.mark.skipif(os.name == "nt", reason="Windows has no file modes")
def test_what_was_saved_is_for_its_person_alone(path, tmp_path):
    before = os.umask(0)
    try:
        rescued(path, tmp_path / "answers.txt")
    finally:
        os.umask(before)
    assert (tmp_path / "answers.txt").stat().st_mode & 0o777 == 0o600


def test_a_folder_gets_a_file_with_a_name_of_ours(path, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    rescued(path, out)
    assert [file.name for file in out.iterdir()] == ["readable-answers.txt"]


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0", b"Dear diary, " * 1000, bytes(20_000)])
def test_where_nothing_can_be_read_nothing_is_written(tmp_path, content):
    path, out = tmp_path / "coach.sqlite3", tmp_path / "answers.txt"
    path.write_bytes(content)
    out.write_bytes(b"of last time")
    with pytest.raises(CoachError) as refused:
        rescue(path, out)
    assert refused.value.fault is Fault.DAMAGED_DATA
    assert out.read_bytes() == b"of last time"


def test_the_database_itself_is_never_written_over(path):
    before = path.read_bytes()
    with pytest.raises(CoachError) as refused:
        rescue(path, path)
    assert refused.value.fault is Fault.CANNOT_CREATE
    assert path.read_bytes() == before


def test_a_database_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CoachError) as refused:
        rescue(tmp_path / "none", tmp_path / "answers.txt")
    assert refused.value.fault is Fault.INPUT_MISSING


@pytest.mark.parametrize("name", ["answers.txt", "answers.json"])
@pytest.mark.parametrize("seed", range(30))
def test_whatever_the_damage_it_ends_in_a_file_or_in_words(path, tmp_path, seed, name):
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice((5, 100, 2000, 20_000))):
        content[chance.randrange(len(content))] = chance.choice((0, 1, 13, 255, chance.randrange(256)))
    path.write_bytes(content[: chance.randrange(len(content))] if seed % 3 == 0 else content)
    before, out = path.read_bytes(), tmp_path / name
    refused = None
    try:
        rescue(path, out)
    except CoachError as error:
        refused = error
    if refused is None:
        text = out.read_text(encoding="utf-8")
        assert text if name.endswith("txt") else json.loads(text)
    else:
        assert refused.fault is Fault.DAMAGED_DATA
        assert not out.exists()
    assert path.read_bytes() == before
