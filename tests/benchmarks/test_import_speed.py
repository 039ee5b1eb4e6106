"""How fast transcripts come in: `pytest tests/benchmarks --benchmark-enable` brings in 10,000, the suite a few.

The whole way of `interview-coach import FOLDER`: read, judged, compared with the bank, indexed, stored.
"""

import random
import resource
import sys

import pytest

STAGES = (
    "INTRO",
    "HR",
    "HR",
    "TECHNICAL",
    "TECHNICAL",
    "TECHNICAL",
    "BEHAVIORAL",
    "BEHAVIORAL",
    "MANAGERIAL",
    "WRAP-UP",
)


def words(chance, vocabulary, count):
    return " ".join(chance.choices(*vocabulary, k=count))


def write_transcripts(folder, count):
    """Write transcripts of ten turns: a question of 13 words, an answer of 66, a rating with a summary of 15."""
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(8000)]
    vocabulary = (names, [1 / (place + 3) for place in range(len(names))])
    folder.mkdir()
    for number in range(count):
        turns = [
            f"Turn {place} [{stage}]\nQ: How would you {words(chance, vocabulary, 10)} in {number}?\n\n"
            f"A: {words(chance, vocabulary, 66)}.\n\n"
            f'Feedback: {{"clarity": {chance.randint(5, 9)}, "confidence": 9, '
            f'"technical_depth": {7 if stage == "TECHNICAL" else 0}, "summary": "{words(chance, vocabulary, 15)}."}}\n'
            for place, stage in enumerate(STAGES, 1)
        ]
        (folder / f"interview-{number:05}.txt").write_text("\n".join(turns), encoding="utf-8")


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_transcripts_of_ten_turns(benchmark, services, tmp_path, count):
    count = count if benchmark.enabled else count // 100
    write_transcripts(tmp_path / "talks", count)
    reports = benchmark.pedantic(
        services.importing.import_paths, ([tmp_path / "talks"],), {"alone": True}, rounds=1, iterations=1
    )
    assert sum(report.questions_new for report in reports) == count * 10
    if benchmark.enabled:
        benchmark.extra_info["turns a second"] = round(count * 10 / benchmark.stats.stats.mean)
        factor = 1 if sys.platform == "darwin" else 1024
        benchmark.extra_info["memory at most, MB"] = (
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * factor // 2**20
        )
