"""What a transcript may be called: modest guesses."""

from datetime import date
from pathlib import Path

import pytest

from interview_coach.domain.models import Names, Turn
from interview_coach.transcripts.naming import guess_date, guess_names
from interview_coach.transcripts.turn_format import read

SHIPPED = Path(__file__).parents[2] / "resources" / "transcripts" / "nebula-systems-senior-python-backend.txt"


def asking(*questions, asks=True):
    return [Turn(number="1", stage="HR", question=question, asks=asks) for question in questions]


@pytest.mark.parametrize("name", [SHIPPED.name, "recording (3).txt", str(SHIPPED)])
def test_the_sample_is_named_by_its_questions(name):
    names = guess_names(name, read(SHIPPED.read_bytes()).turns)
    assert names == Names(
        title="Nebula Systems, Senior Python Backend Engineer",
        role="Senior Python Backend Engineer",
        company="Nebula Systems",
    )


@pytest.mark.parametrize(
    ("questions", "role"),
    [
        (["What draws you to the Data Analyst position?"], "Data Analyst"),
        (["Why this C++ Developer role?", "Is our C++ Developer job for you?"], "C++ Developer"),
        (["What is the role of the Redis cache?"], None),
        (["Explain the Observer role."], None),
        (["Is the Data Analyst role yours?", "Or the Data Engineer role?"], None),
        (["What makes a good engineer role?"], None),
    ],
)
def test_a_role_is_one_that_a_question_calls_so(questions, role):
    assert guess_names("x.txt", asking(*questions)).role == role


@pytest.mark.parametrize(
    ("name", "questions", "company"),
    [
        ("x.txt", ["Why work at Acme?"], None),
        ("x.txt", ["Why work at Acme?", "What would you change about Acme?"], "Acme"),
        ("acme-2024.txt", ["Why work at Acme?"], "Acme"),
        ("acmeology.txt", ["Why work at Acme?"], None),
        ("x.txt", ["Why join Acme & Sons?", "Who are Acme & Sons?"], "Acme & Sons"),
        ("x.txt", ["Why at Acme and at Apex?", "Acme or Apex?"], None),
        ("redis.txt", ["Have you worked with Redis?", "What is Redis for?"], None),
        ("x.txt", ["What did you do at work?"], None),
    ],
)
def test_a_company_is_one_that_is_named_twice(name, questions, company):
    assert guess_names(name, asking(*questions)).company == company
    assert guess_names(name, asking(*questions, asks=False)).company is None


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("my_first-interview.2024.txt", "My first interview 2024"),
        ("", "Interview"),
        (".txt", "Txt"),
        ("---.txt", "Interview"),
        ("a/b\\c d.txt", "C d"),
        ("\u202egpj\x1b[1m\n.txt", "Gpj [1m"),
        ("é" * 300, "É" + "é" * 119),
        ("<b>bold</b>.txt", "B>"),
    ],
)
def test_without_a_guess_the_title_is_the_file_name_made_readable(name, title):
    assert guess_names(name, asking("Why?")) == Names(title=title)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("acme 2026-03-02.txt", date(2026, 3, 2)),
        ("20260302_acme.md", date(2026, 3, 2)),
        ("acme.2026.03.02.vtt", date(2026, 3, 2)),
        ("acme.txt", None),
        ("2026-03-02 to 2026-03-09.txt", None),
        ("2026-13-02.txt", None),
        ("120260302345.txt", None),
    ],
)
def test_a_day_in_the_name_of_a_file(name, day):
    assert guess_date(name) == day
