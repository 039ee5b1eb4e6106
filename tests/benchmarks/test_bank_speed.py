"""How quick the bank is with 1,000, 10,000 and 100,000 questions that have recorded answers.

`pytest tests/benchmarks --benchmark-enable` measures, the suite goes through each once with a few questions. What a
window shows, and how much memory it takes, tells `packaging/question_bank.py`.
"""

import random
import statistics
import time

import pytest

from interview_coach.domain.listing import AS_IT_FITS, Column, Sorting
from interview_coach.domain.search_language import parse

SIZES = (1_000, 10_000, 100_000)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(params=SIZES)
def bank(request, benchmark, services, tmp_path, write_transcripts):
    """A bank of so many questions, as the page finds it once it has been open for a moment."""
    size = request.param if benchmark.enabled else max(10, request.param // 2_000)
    write_transcripts(tmp_path / "talks", size // 10)
    services.importing.import_paths([tmp_path / "talks"], alone=True)
    services.searching.find(parse(""), AS_IT_FITS)
    services.searching.warm()
    return services


def typed(services):
    """What somebody may type: every letter alone, and three words of each of some questions, letter by letter."""
    chance = random.Random(5)
    ids = services.searching.find(parse("")).ids
    rows = services.searching.listed(chance.sample(list(ids), 12))
    lines = [*LETTERS, *(" ".join(chance.sample(row.question.text.rstrip("?").split(), 3)) for row in rows)]
    return [parse(line[:end]) for line in lines for end in range(1, len(line) + 1)]


def test_every_key_of_some_searches(benchmark, bank):
    searches, times = typed(bank), []

    def type_all():
        for search in searches:
            began = time.perf_counter()
            found = bank.searching.quick(search)
            times.append((time.perf_counter() - began) * 1000)
            if not found.complete:
                bank.searching.find(search)

    benchmark.pedantic(type_all, rounds=1, iterations=1)
    assert len(times) == len(searches)
    if benchmark.enabled:
        benchmark.extra_info["a key, p95, ms"] = round(statistics.quantiles(times, n=20)[-1], 1)
        benchmark.extra_info["the worst single letter, ms"] = round(max(times[: len(LETTERS)]), 1)
        benchmark.extra_info["the worst key, ms"] = round(max(times), 1)


def test_the_whole_bank_in_its_order(benchmark, bank, clock):
    def open_it():
        clock.advance(days=1)  # so that it is read afresh
        bank.searching.refresh()
        found = bank.searching.quick(parse(""))
        return bank.searching.listed(found.ids[:64])

    assert len(benchmark(open_it)) > 9


@pytest.mark.parametrize("column", [Column.TEXT, Column.ASKED])
def test_sorted_for_the_first_time(benchmark, bank, clock, column):
    def sort():
        clock.advance(days=1)
        bank.searching.refresh()
        return bank.searching.find(parse(""), Sorting(column))

    assert len(benchmark.pedantic(sort, rounds=3, iterations=1).ids) > 9


def test_a_page_of_rows_with_what_was_found_marked(benchmark, bank):
    found = bank.searching.find(parse("an"))
    assert found.complete
    benchmark(bank.searching.listed, found.ids[:64], found.search.words)


def test_a_tag_on_ten_thousand(benchmark, bank):
    ids = tuple(bank.searching.find(parse("")).ids[:10_000])
    done = benchmark.pedantic(bank.tending.tag, (ids,), {"add": ["measured"]}, rounds=1, iterations=1)
    assert done.count == len(ids)
