"""How long the comparison takes: `pytest tests/benchmarks --benchmark-enable` measures, the suite runs each once."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach.comparison.coverage import LONGEST_TEXT, cover, coverage_of
from interview_coach.comparison.points import split_points

ROOT = Path(__file__).parent.parent.parent
QUESTION = "How would you keep the database fast under load?"

_SUBJECTS = (
    "the pool",
    "a replica",
    "the cache",
    "our gateway",
    "each worker",
    "the scheduler",
    "an index",
    "the queue",
)
_VERBS = (
    "limits",
    "reads",
    "stores",
    "routes",
    "retries",
    "measures",
    "narrows",
    "delays",
    "evicts",
    "balances",
    "logs",
)
_OBJECTS = (
    "open connections", "hot rows", "stale entries", "incoming requests", "failed jobs", "waiting time", "full scans",
    "slow consumers", "old keys", "peak traffic", "every timeout", "write amplification", "lock contention",
)  # fmt: skip
_ENDINGS = ("under load", "at night", "within a second", "before the deadline", "in every region", "after a deploy")


def sentences(number, begin=0):
    """Return so many different sentences."""
    every = itertools.product(_OBJECTS, _ENDINGS, _VERBS, _SUBJECTS)
    chosen = itertools.islice(every, begin, None, 7)
    return [
        f"{subject.capitalize()} {verb} {what} number{place} {ending}."
        for place, (what, ending, verb, subject) in enumerate(itertools.islice(chosen, number))
    ]


def test_an_answer_of_120_words_and_6_points(benchmark):
    answer = " ".join(sentences(15, 3))
    assert 115 <= len(answer.split()) <= 135
    assert len(benchmark(cover, QUESTION, sentences(6), answer).points) == 6


def test_an_answer_of_5000_words_and_60_points(benchmark):
    answer = " ".join(sentences(620, 3))
    assert 4_900 <= len(answer.split()) <= 5_400
    assert len(benchmark(cover, QUESTION, sentences(60), answer).points) == 60


def test_one_graded_answer(benchmark):
    assert benchmark(coverage_of, QUESTION, sentences(2), " ".join(sentences(4, 3))) > 0


def test_a_reference_becomes_points(benchmark):
    assert len(benchmark(split_points, " ".join(sentences(60)))) == 60


@pytest.mark.parametrize("piece", ["xxxx yyyy. ", "if a b c d, and I e f; ", "a-"])
def test_the_longest_strange_text(benchmark, piece):
    text = piece * (LONGEST_TEXT // len(piece))
    assert benchmark.pedantic(cover, (piece, [text], text), rounds=1).points[0].status == "said"


def test_a_cold_start_of_the_command(benchmark, tmp_path):
    (tmp_path / "reference.txt").write_text(" ".join(sentences(6)))
    (tmp_path / "answer.txt").write_text(" ".join(sentences(15, 3)))
    command = [sys.executable, "-m", "interview_coach", "compare", "--question", QUESTION, "--json"]
    command += ["--reference", str(tmp_path / "reference.txt"), "--answer", str(tmp_path / "answer.txt")]
    assert benchmark(subprocess.run, command, cwd=ROOT, capture_output=True, check=True).stdout
