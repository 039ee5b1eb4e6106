"""Export as other programs meet it: real processes and real files in all forms, and the codes that they end with."""

import csv
import json
import os
import shutil
import stat
from html.parser import HTMLParser
from itertools import takewhile
from pathlib import Path

import pytest

from tests.warm import run_command

ROOT = Path(__file__).parent.parent
FORMATS = ("json", "turns", "markdown", "html", "csv", "anki")
CANARY = "ZZ-CANARY"

#: An answer that a program could take for a formula, a heading, a tag or a comment.
ANSWER = f"=1+1 {CANARY}\n# <b>bold</b> \t“grün”"


def run(folder, *arguments, **options):
    done = run_command(folder, *arguments, **options)
    assert CANARY not in done.stderr.decode()
    return done


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A data folder in which two questions of the sample were answered."""
    folder = tmp_path_factory.mktemp("warm") / "data"
    run(folder, "practice", "--count", "2", feed=f"{ANSWER}\n.\n6\n\nname it\nSecond.\n.\n\n\n\n")
    return folder


@pytest.fixture
def practised(warm, tmp_path):
    shutil.copytree(warm, tmp_path / "data")
    return tmp_path / "data"


def test_all_formats_hold_a_session(practised, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    for form in FORMATS:
        written = run(practised, "export", form, "-", "--session", "1").stdout
        assert CANARY.encode() in written, form
        assert run(practised, "export", form, out / form, "--session", "1").stdout == b""
        stored = (out / form).read_bytes()
        if form == "json":
            assert {**json.loads(stored), "made": None} == {**json.loads(written), "made": None}
        else:
            assert stored == written, form
        if os.name != "nt":
            assert stat.S_IMODE((out / form).stat().st_mode) == 0o600
    assert sorted(path.name for path in out.iterdir()) == sorted(FORMATS)  # and nothing half beside them


@pytest.mark.parametrize("form", ["json", "markdown", "html", "csv", "anki"])
def test_without_a_choice_it_is_everything(practised, form):
    written = run(practised, "export", form, "-").stdout.decode()
    assert CANARY in written
    assert "What inspired you to pursue a career" in written
    assert "connection pooling" in written  # a question that was not asked yet


def test_turns_without_a_choice_are_the_only_transcript(practised, sample, tmp_path):
    assert run(practised, "export", "turns", "-").stdout == sample.read_bytes()
    mine = tmp_path / "mine.txt"
    run(practised, "export", "turns", mine, "--session", "1")
    run(practised, "import", mine)
    assert b"--transcript" in run(practised, "export", "turns", "-", code=66).stderr
    assert run(practised, "export", "turns", "-", "--transcript", "2").stdout == mine.read_bytes()


def test_the_choices(practised):
    found = run(practised, "export", "csv", "-", "--search", "connection pooling").stdout.decode()
    listed = json.loads(run(practised, "questions", "--search", "connection pooling", "--json").stdout)
    assert 0 < len(listed) < 10
    rows = csv.DictReader(found.splitlines(keepends=True))
    assert [row["Question"] for row in rows] == [question["text"] for question in listed]
    whole = run(practised, "export", "markdown", "-", "--transcript", "nebula").stdout.decode()
    assert whole.startswith("# Nebula Systems, Senior Python Backend Engineer")
    assert CANARY in whole
    assert CANARY not in run(practised, "export", "json", "-", "--transcript", "1").stdout.decode()
    turns = run(practised, "export", "turns", "-", "--search", "pursue career fintech").stdout.decode()
    assert turns.startswith("Turn 1 [INTRO]\nQ: What inspired you")
    assert CANARY in turns


def test_the_options(practised):
    marked = run(practised, "export", "csv", "-", "--bom").stdout
    assert marked.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in marked
    assert not run(practised, "export", "csv", "-").stdout.startswith(b"\xef\xbb\xbf")
    assert CANARY not in run(practised, "export", "anki", "-", "--recorded").stdout.decode()


def test_nothing_acts_in_what_is_written(practised):
    class Tags(HTMLParser):
        bold = 0

        def handle_starttag(self, tag, _):
            self.bold += tag in ("b", "script", "img")

    page = Tags()
    page.feed(run(practised, "export", "html", "-").stdout.decode())
    assert page.bold == 0
    for row in csv.reader(run(practised, "export", "csv", "-").stdout.decode().splitlines(keepends=True)):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    cards = run(practised, "export", "anki", "-").stdout.decode()
    header = list(takewhile(lambda line: line.startswith("#"), cards.split("\n")))
    assert len(header) == 5
    assert "#html:false" in header


def test_a_folder_is_not_written_into(practised, tmp_path):
    done = run(practised, "export", "markdown", tmp_path, code=73)
    assert done.stderr.decode().startswith(f"{tmp_path} cannot be written")


@pytest.mark.parametrize("name", ["coach.sqlite3", "settings.json", "lock", "log/mine.html", "backups/mine.html"])
def test_the_programs_own_files_stay(practised, name):
    (practised / "log").mkdir(exist_ok=True)
    before = (practised / name).read_bytes() if (practised / name).exists() else None
    done = run(practised, "export", "html", practised / name, code=73)
    assert str(practised / name) in done.stderr.decode()
    if name == "coach.sqlite3":
        assert run(practised, "attempts", "--json").stdout.decode().count(CANARY) == 1
    else:
        assert ((practised / name).read_bytes() if (practised / name).exists() else None) == before


@pytest.mark.parametrize(
    "choice",
    [("--session", "99"), ("--search", "xyzzy"), ("--transcript", "xyzzy"), ("--transcript", "99")],
    ids=" ".join,
)
@pytest.mark.parametrize("form", ["json", "turns", "html"])
def test_what_is_not_there_is_66(practised, tmp_path, form, choice):
    out = tmp_path / "out"
    assert run(practised, "export", form, out, *choice, code=66).stderr
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("html",),
        ("docx", "-"),
        ("pdf", "-"),
        ("html", "-", "--session", "latest"),
        ("html", "-", "--session", "1", "--search", "x"),
        ("html", "-", "--session", "1", "--transcript", "1"),
        ("html", "-", "--search", "x", "--transcript", "1"),
        ("html", "-", "--bom"),
        ("csv", "-", "--recorded"),
    ],
    ids=" ".join,
)
def test_usage_is_2_and_touches_no_folder(tmp_path, arguments):
    assert b"usage: interview-coach" in run(tmp_path / "data", "export", *arguments, code=2).stderr
    assert not (tmp_path / "data").exists()


def test_what_turns_cannot_hold_is_65_and_not_repeated(practised, tmp_path):
    run(practised, "practice", "--transcript", "1", "--count", "1", feed=f"{CANARY}\nTurn 2 [HR]\nQ: so\n.\n\n\n\n")
    done = run(practised, "export", "turns", tmp_path / "out", "--session", "2", code=65)
    assert "Turn 1" in done.stderr.decode()
    assert not (tmp_path / "out").exists()
    run(practised, "export", "html", tmp_path / "out", "--session", "2")


def test_no_word_of_an_answer_is_in_the_log(practised, tmp_path):
    run(practised, "--log-level", "debug", "export", "html", tmp_path / "no folder" / "x", code=73)
    run(practised, "--log-level", "debug", "export", "turns", "-", "--session", "1")
    logs = [path.read_text(encoding="utf-8") for path in (practised / "log").rglob("*") if path.is_file()]
    assert logs
    assert not [log for log in logs if CANARY in log]


def test_it_reads_where_nothing_may_be_stored(practised):
    assert CANARY in run(practised, "--read-only", "export", "html", "-").stdout.decode()


def test_json_comes_in_again(practised, tmp_path):
    out = tmp_path / "mine.json"
    run(practised, "export", "json", out)
    new = tmp_path / "new"
    run(new, "import", out)
    before, after = (json.loads(run(folder, "attempts", "--json").stdout) for folder in (practised, new))
    assert [attempt["text"] for attempt in after] == [attempt["text"] for attempt in before]
