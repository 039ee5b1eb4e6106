"""How quick Today and Progress are after 10,000 attempts over two years, in a bank of 1,000 questions.

`pytest tests/benchmarks --benchmark-enable` measures, the suite goes through each once with a few attempts.
"""

from datetime import timedelta

import pytest

from interview_coach.domain.days import day_of
from interview_coach.domain.preferences import Preferences

ATTEMPTS = 10_000


@pytest.fixture
def practised(benchmark, services, clock, tmp_path, write_transcripts, practise_two_years):
    """Services on what somebody practised for two years."""
    write_transcripts(tmp_path / "talks", 100 if benchmark.enabled else 10)
    services.importing.import_paths([tmp_path / "talks"], alone=True)
    practise_two_years(services, clock, ATTEMPTS if benchmark.enabled else 100)
    return services


def test_what_progress_shows_first(benchmark, practised):
    assert benchmark(practised.figures.days).answers == (ATTEMPTS if benchmark.enabled else 100)


def test_all_that_was_rated_and_said(benchmark, practised):
    def count():
        return practised.figures.answers().everywhere.count()

    assert benchmark(count).answers == (ATTEMPTS if benchmark.enabled else 100)


def test_how_the_newest_are_said(benchmark, practised):
    assert benchmark.pedantic(practised.figures.delivery, rounds=1, iterations=1).answers >= 100


@pytest.mark.parametrize("days_left", [None, 9])
def test_today(benchmark, practised, clock, days_left):
    if days_left is not None:
        practised.agenda.preferences = Preferences(interview_day=day_of(clock.now()) + timedelta(days=days_left))

    def look():
        return practised.today.view(), practised.agenda.view()

    _, agenda = benchmark(look)
    assert bool(agenda.planned.question_ids) == (days_left is not None)
