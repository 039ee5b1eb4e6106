"""What the benchmarks share: transcripts in words as frequent as those of a language are."""

import random
from datetime import timedelta

import pytest

from interview_coach.domain.days import day_of
from interview_coach.domain.search_language import parse
from interview_coach.storage.moments import written

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


_NEW_ATTEMPT = (
    "INSERT INTO attempt (id, uid, session_id, place, question_id, number, state, text, seconds, blind, day, "
    "started_at, saved_at, submitted_at, rated_at, compared_at) "
    "VALUES (?, ?, ?, ?, ?, ?, 'submitted', ?, ?, 1, ?, ?, ?, ?, ?, ?)"
)


def _practise_two_years(services, clock, attempts):
    """Store attempts of the last two years, twenty a session: rated, looked at again by half, five points each."""
    chance = random.Random(11)
    now = clock.now()
    questions = [*services.searching.find(parse("")).ids][: max(attempts // 10, 20)]
    numbers = dict.fromkeys(questions, 0)
    with services.database.raw() as connection:
        turns = dict(connection.execute("SELECT question_id, id FROM turn WHERE question_id IS NOT NULL"))
        connection.execute("BEGIN")
        for session in range(attempts // 20):
            begun = now - timedelta(days=730 * (1 - session / (attempts // 20)), hours=1)
            moment, day = written(begun), day_of(begun).isoformat()
            connection.execute(
                "INSERT INTO session (id, uid, mode, state, title, started_at, last_step_at, finished_at) "
                "VALUES (?, ?, 'practice', 'finished', 'Due today', ?, ?, ?)",
                (session + 1, f"session {session}", moment, moment, moment),
            )
            for place, question in enumerate(chance.sample(questions, 20), 1):
                attempt = session * 20 + place
                numbers[question] += 1
                connection.execute(
                    "INSERT INTO place VALUES (?, ?, ?, ?)", (session + 1, place, question, turns[question])
                )
                text = " ".join(chance.choices(("I", "would", "we", "measure", "maybe", "the", "pool"), k=120))
                asked = (attempt, f"attempt {attempt}", session + 1, place, question, numbers[question])
                connection.execute(_NEW_ATTEMPT, (*asked, text, 50.0, day, *(moment,) * 5))
                for look in ("first", "second")[: 1 + attempt % 2]:
                    for criterion in ("clarity", "confidence", "technical_depth"):
                        connection.execute(
                            "INSERT INTO self_rating VALUES (?, ?, ?, ?)",
                            (attempt, look, criterion, chance.randint(3, 9)),
                        )
                for position in range(1, 6):
                    decided = chance.choice(("said", "partly", "missed", "left_out", None))
                    connection.execute(
                        "INSERT INTO decided_point VALUES (?, ?, 'A point of it', ?, 'said', 0.5)",
                        (attempt, position, decided),
                    )
                connection.execute(
                    "INSERT INTO review VALUES (?, 3, 3, ?, ?, ?, 5, 5)",
                    (attempt, moment, day, (day_of(begun) + timedelta(days=chance.randint(1, 60))).isoformat()),
                )
        connection.execute("COMMIT")
    with services.database.begin() as work:
        work.schedule.settle(questions)


@pytest.fixture
def practise_two_years():
    """Store so many attempts of the last two years."""
    return _practise_two_years
