"""Stages guessed from a question, and named by a heading, measured on labelled ones."""

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.models import KNOWN_STAGES
from interview_coach.transcripts.stages import guess_stage, stage_named

LABELLED = Path(__file__).parent.parent / "data" / "imports" / "stages.tsv"
SHARED = Path(__file__).parents[3] / "shared" / "transcripts"


def test_most_labelled_questions_are_put_where_a_person_put_them() -> None:
    rows = [line.split("\t") for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 120
    assert set(Counter(stage for stage, _ in rows)) == set(KNOWN_STAGES)
    wrong = [(stage, guess_stage(question), question) for stage, question in rows if guess_stage(question) != stage]
    assert len(wrong) <= len(rows) * 0.15, wrong
    for stage in KNOWN_STAGES:
        of_it = [question for labelled, question in rows if labelled == stage]
        right = sum(guess_stage(question) == stage for question in of_it)
        assert right >= len(of_it) * 0.75, (stage, right, len(of_it))


def test_stages_of_recorded_interviews_are_guessed() -> None:
    if not SHARED.is_dir():
        pytest.skip("the recorded transcripts are not there")
    turns = [
        found.groups()
        for path in sorted(SHARED.glob("*.txt"))
        for found in re.finditer(r"Turn \d+ \[([A-Z-]+)\]\nQ: (.*)", path.read_text(encoding="utf-8"))
    ]
    assert sum(guess_stage(question) == stage for stage, question in turns) >= len(turns) * 0.85


@pytest.mark.parametrize(
    ("heading", "stage"),
    [
        ("HR round", "HR"),
        ("Part 1 – HR (10 min)", "HR"),
        ("Culture fit", "HR"),
        ("COMPANY_CULTURE", "HR"),
        ("Round 1 — Screening", "HR"),
        ("Behavioural questions", "BEHAVIORAL"),
        ("SECTION A: BEHAVIORAL", "BEHAVIORAL"),
        ("Soft skills", "BEHAVIORAL"),
        ("Technical Interview", "TECHNICAL"),
        ("--- Technical ---", "TECHNICAL"),
        ("Technical screening", "TECHNICAL"),
        ("Round 2: System design", "TECHNICAL"),
        ("PROBLEM_SOLVING", "TECHNICAL"),
        ("Hiring manager round", "MANAGERIAL"),
        ("Leadership", "MANAGERIAL"),
        ("Introduction", "INTRO"),
        ("Warm-up", "INTRO"),
        ("Closing", "WRAP-UP"),
        ("wrap-up", "WRAP-UP"),
        ("Questions for us", "WRAP-UP"),
        ("Questions to ask the interviewer", "WRAP-UP"),
        ("Redis", None),
        ("System Design", None),
        ("Introduction to Redis", None),
        ("Project Management", None),
        ("Memory management", None),
        ("Java Interview Questions", None),
        ("Round 1", None),
        ("Final round", None),
        ("Q&A", None),
        ("What is a technical question?", None),
        ("", None),
    ],
)
def test_a_heading_names_a_stage_or_a_topic(heading: str, stage: str | None) -> None:
    assert stage_named(heading) == stage


@given(st.text())
def test_any_text_has_a_known_stage(text: str) -> None:
    assert guess_stage(text) in KNOWN_STAGES
    assert stage_named(text) in (None, *KNOWN_STAGES)
