"""Searches kept under a name."""

from datetime import UTC, datetime

import pytest

from interview_coach.domain.errors import CoachError, Fault

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 3, 3, 12, 0, tzinfo=UTC)


@pytest.fixture
def work(services):
    with services.database.begin() as opened:
        yield opened


def said(work):
    return [(saved.name, saved.text) for saved in work.saved_searches.listed()]


def test_they_are_kept_and_listed_by_name(work):
    kept = [work.saved_searches.add(name, text, NOON) for name, text in (("pools", "pool"), ("Ärger", "x"), ("A", "y"))]
    assert said(work) == [("A", "y"), ("pools", "pool"), ("Ärger", "x")]
    assert [saved.added for saved in kept] == [NOON] * 3
    assert len({saved.uid for saved in kept} | {saved.id for saved in kept}) == 6


@pytest.mark.parametrize("same", ["pools  now", "POOLS now", "\tPools\n now "])
def test_under_the_same_name_a_search_is_replaced(work, same):
    first = work.saved_searches.add("Pools now", "pool", NOON)
    again = work.saved_searches.add(same, "tag:pool", LATER)
    assert (again.id, again.uid, again.added) == (first.id, first.uid, LATER)
    assert said(work) == [(" ".join(same.split()), "tag:pool")]


def test_letters_beyond_latin_are_told_apart_by_nothing_but_case_and_composition(work):
    work.saved_searches.add("Straße é", "one", NOON)
    work.saved_searches.add("STRASSE e\u0301", "two", NOON)
    assert [text for _, text in said(work)] == ["two"]


def test_a_search_gets_another_name(work):
    one = work.saved_searches.add("One", "1", NOON)
    two = work.saved_searches.add("Two", "2", NOON)
    work.saved_searches.rename(one.id, " one ")
    with pytest.raises(CoachError) as refused:
        work.saved_searches.rename(two.id, "ONE")
    assert refused.value.fault is Fault.BAD_INPUT
    assert said(work) == [("one", "1"), ("Two", "2")]


def test_a_search_is_forgotten(work):
    one = work.saved_searches.add("One", "1", NOON)
    work.saved_searches.remove(one.id)
    assert said(work) == []
    assert work.saved_searches.add("One", "1", NOON).id != one.id  # numbers are never given twice


@pytest.mark.parametrize(("name", "text"), [("", "x"), ("  ", "x"), ("x", ""), ("x", " \n")])
def test_what_says_nothing_is_not_kept(work, name, text):
    with pytest.raises(CoachError) as refused:
        work.saved_searches.add(name, text, NOON)
    assert refused.value.fault is Fault.BAD_INPUT
    assert said(work) == []


def test_what_is_not_there_is_said(work):
    for change in (lambda: work.saved_searches.rename(7, "x"), lambda: work.saved_searches.remove(7)):
        with pytest.raises(CoachError) as refused:
            change()
        assert refused.value.fault is Fault.INPUT_MISSING


def test_a_change_is_taken_back(services, all_rows):
    with services.database.begin() as work:
        one = work.saved_searches.add("One", "1", NOON)
        two = work.saved_searches.add("Two", "2", NOON)
    before = all_rows(services)
    with services.database.begin() as work, work.recorded() as recording:
        work.saved_searches.rename(one.id, "Three")
        work.saved_searches.remove(two.id)
        work.saved_searches.add("Four", "4", NOON)
    assert all_rows(services) != before
    with services.database.begin() as work:
        work.take_back(recording.inverse)
    assert all_rows(services) == before
