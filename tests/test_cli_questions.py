"""Questions found, counted and practised on the command line, as other programs meet it."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.warm import run_command as run

ROOT = Path(__file__).parent.parent


def listed(folder, *arguments):
    """The ids of the questions that a command lists, which has nothing to say about it."""
    done = run(folder, "questions", *arguments, "--json")
    assert done.stderr == b""
    return [question["id"] for question in json.loads(done.stdout)]


def told(folder, *arguments):
    """What a command that went well says beside its data."""
    return run(folder, *arguments).stderr.decode().splitlines()


@pytest.fixture(scope="module")
def warm(tmp_path_factory):
    """A data folder in which the first three questions were answered; the second is due, and two have a tag."""
    folder = tmp_path_factory.mktemp("warm") / "data"
    run(folder, "practice", "--count", "3", feed="I would like a xylophone.\n.\n5\n\nsay it sooner\n" * 3)
    with closing(sqlite3.connect(folder / "coach.sqlite3")) as connection, connection:
        for table in ("review", "schedule"):
            of_second = "WHERE attempt_id IN (SELECT id FROM attempt WHERE question_id = 2)"
            changed = connection.execute(f"UPDATE {table} SET due = '2026-01-02' {of_second}")  # noqa: S608
            assert changed.rowcount == 1
        connection.executemany("INSERT INTO tag VALUES (?, ?)", [(1, "redis"), (4, "redis"), (4, "ask a friend")])
    return folder


@pytest.fixture
def fresh(warm, tmp_path):
    return Path(shutil.copytree(warm, tmp_path / "data"))


def test_each_option_narrows_the_list(warm):
    assert listed(warm, "--tag", "Redis") == [1, 4]
    assert listed(warm, "--tag", "ask a friend") == [4]
    assert listed(warm, "--due") == [2]
    assert listed(warm, "--search", "xylophone") == [1, 2, 3]  # it stands in the person's own answers
    assert listed(warm, "--search", 'is:untried "connection pooling"') == [4, 7]
    assert listed(warm, "--search=-is:untried") == [1, 2, 3]


def test_several_options_must_all_hold(warm):
    assert listed(warm, "--tag", "redis", "--stage", "technical") == [4]
    assert listed(warm, "--tag", "redis", "--search", "xylophone") == [1]
    assert listed(warm, "--search", "xylophone stage:hr", "--due") == [2]
    assert listed(warm, "--search", '"xylophone', "--tag", "redis") == [1]  # what is open ends with its own text
    assert listed(warm, "--search", "xylophone", "--limit", "2") == [1, 2]


def test_a_stage_is_named_whole(warm):
    assert listed(warm, "--stage", "tech") == []
    assert listed(warm, "--search", "stage:tech") == [4, 5, 6]


def test_they_are_counted(warm):
    assert run(warm, "questions", "--count", "--search", "xylophone").stdout == b"3\n"
    assert json.loads(run(warm, "questions", "--count", "--tag", "redis", "--json").stdout) == {"count": 2}


def test_the_day_on_which_a_question_comes_back(warm):
    first, second, third, fourth = json.loads(run(warm, "questions", "--json").stdout)[:4]
    assert list(first) == ["id", "stage", "text", "tags", "flagged", "recorded", "attempts", "due"]
    assert second["due"] == "2026-01-02"
    assert date.fromisoformat(first["due"]) > date(2026, 1, 2)
    assert third["due"] == first["due"]
    assert fourth["due"] is None


def test_what_is_not_understood_is_told_and_the_rest_is_found(warm):
    assert told(warm, "questions", "--search", "xylophone is:flaged", "--count") == [
        "“flaged” was left out: “is:” takes due, flagged, untried or suspended; did you mean “flagged”?"
    ]
    done = run(warm, "questions", "--search", "xylophone is:flaged", "--json")
    assert [question["id"] for question in json.loads(done.stdout)] == [1, 2, 3]
    assert told(warm, "questions", "--tag", "redi", "--count") == ["There is no tag “redi”; did you mean “redis”?"]
    assert b"\x1b" not in run(warm, "questions", "--search", "tag:\x1b[31m").stderr


def test_nothing_found_is_no_mistake(warm):
    assert told(warm, "questions", "--search", "zebra") == ["There are no such questions."]


def test_what_is_due_is_practised(fresh):
    done = run(fresh, "practice", "--due", feed="Now I know.\n.\n8\n\n\n")
    assert "HR · 1 of 1" in done.stdout.decode()
    assert "What motivates you" in done.stdout.decode()
    assert done.stderr == b""
    assert listed(fresh, "--due") == []
    done = run(fresh, "practice", "--due", code=66)
    assert done.stderr.decode() == "No question is due.\n"
    assert done.stdout == b""


def test_a_search_is_practised_in_stage_order(fresh):
    done = run(fresh, "practice", "--search", "tag:redis stag:x", feed="", code=66)
    assert done.stderr.decode().splitlines() == [
        "“stag:” is not a filter; did you mean “stage:”? It was looked for as words.",
        "There is no question to practise there.",
    ]
    done = run(fresh, "practice", "--search", "tag:redis", "--mock", "--count", "5", feed=":skip\n:quit\n")
    assert "INTRO · 1 of 2" in done.stdout.decode()
    assert "TECHNICAL · 2 of 2" in done.stdout.decode()
    newest = json.loads(run(fresh, "sessions", "--json").stdout)[0]
    assert (newest["mode"], newest["state"], newest["questions"]) == ("mock", "paused", 2)


def test_only_one_choice_of_what_to_practise(warm):
    for other in (("--stage", "HR"), ("--search", "x"), ("--transcript", "1")):
        assert "not allowed with" in run(warm, "practice", "--due", *other, code=2).stderr.decode()


def test_a_bank_that_is_read_alone_is_searched_as_well(fresh):
    before = (fresh / "coach.sqlite3").read_bytes()
    done = run(fresh, "--read-only", "questions", "--search", "xylophone", "--due", "--json")
    assert [question["id"] for question in json.loads(done.stdout)] == [2]
    assert (fresh / "coach.sqlite3").read_bytes() == before


class TestToday:
    def test_what_is_due_and_what_was_left(self, warm):
        said = json.loads(run(warm, "today", "--json").stdout)
        assert list(said) == [
            "day",
            "due",
            "planned",
            "minutes",
            "resume",
            "interview_date",
            "days_left",
            "resolutions",
        ]
        assert date.fromisoformat(said["day"])
        assert (said["due"], said["planned"], said["resume"]) == ([2], [], None)
        assert said["minutes"] >= 1
        assert said["resolutions"] == ["say it sooner"] * 3
        assert (said["interview_date"], said["days_left"]) == (None, None)
        assert "Due               1, of them today: 1" in run(warm, "today").stdout.decode()

    def test_with_an_interview_ahead(self, warm, tmp_path):
        folder = tmp_path / "data"
        shutil.copytree(warm, folder)
        day = datetime.now().astimezone().date() + timedelta(days=9)
        chosen = {"interview_day": day.isoformat(), "planned_search": "stage:technical", "minutes_a_day": 60}
        (folder / "settings.json").write_text(json.dumps(chosen))
        said = json.loads(run(folder, "today", "--json").stdout)
        assert said["interview_date"] == day.isoformat()
        assert said["days_left"] in (9, 10)  # the day begins at four
        assert set(said["planned"]) <= {4, 5, 6}
        assert "of 3 (chosen: 3)" in run(folder, "--read-only", "today").stdout.decode()

    def test_on_a_new_folder(self, tmp_path):
        said = json.loads(run(tmp_path / "data", "today", "--json").stdout)
        assert (said["due"], said["planned"], said["minutes"], said["resume"]) == ([], [], 0, None)


class TestStats:
    def test_what_has_changed_as_json(self, warm):
        said = json.loads(run(warm, "stats", "--json").stdout)
        assert said["answers"] == sum(day["answers"] for day in said["days"]) >= 3
        assert set(said["all"]) == {
            "answers",
            "first_ratings",
            "first_and_second_look",
            "rating_and_points_said",
            "points_said_by_attempt",
            "points_said_first_and_latest",
        }
        assert said["all"]["first_and_second_look"]["clarity"]["first"] is None  # fewer than five say nothing
        assert sum(of["answers"] for of in said["stages"].values()) == said["answers"]

    def test_as_a_table(self, warm):
        lines = run(warm, "--read-only", "stats").stdout.decode().splitlines()
        assert lines[0].split("  ")[0] == "STAGE"
        assert lines[1].startswith("ALL")

    def test_on_a_new_folder(self, tmp_path):
        said = json.loads(run(tmp_path / "data", "stats", "--json").stdout)
        assert (said["answers"], said["stages"], said["due"], said["interview_date"]) == (0, {}, [], None)
