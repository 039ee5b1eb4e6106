"""What the benchmarks share: transcripts in words as frequent as those of a language are."""

import random

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


def _words(chance, vocabulary, count):
    return " ".join(chance.choices(*vocabulary, k=count))


def _write_transcripts(folder, count):
    """Write transcripts of ten turns: a question of 13 words, an answer of 66, a rating with a summary of 15."""
    chance = random.Random(7)
    letters = "abcdefghijklmnopqrstuvwxyz"
    names = ["".join(chance.choices(letters, k=chance.randint(2, 10))) for _ in range(8000)]
    vocabulary = (names, [1 / (place + 3) for place in range(len(names))])
    folder.mkdir()
    for number in range(count):
        turns = [
            f"Turn {place} [{stage}]\nQ: How would you {_words(chance, vocabulary, 10)} in {number}?\n\n"
            f"A: {_words(chance, vocabulary, 66)}.\n\n"
            f'Feedback: {{"clarity": {chance.randint(5, 9)}, "confidence": 9, '
            f'"technical_depth": {7 if stage == "TECHNICAL" else 0}, "summary": "{_words(chance, vocabulary, 15)}."}}\n'
            for place, stage in enumerate(STAGES, 1)
        ]
        (folder / f"interview-{number:05}.txt").write_text("\n".join(turns), encoding="utf-8")


@pytest.fixture
def write_transcripts():
    """Write so many transcripts of ten turns into a folder that is made for them."""
    return _write_transcripts
