from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.question_set import HIGHEST, QuestionSet

few = st.sets(st.integers(0, 40))
some = st.sets(st.integers(0, 3_000), max_size=60)
ids = few | some


@given(ids, ids)
def test_it_joins_as_a_set_does(first, second):
    one, other = QuestionSet(first), QuestionSet(second)
    assert list((one & other).ids()) == sorted(first & second)
    assert list((one | other).ids()) == sorted(first | second)
    assert list((one - other).ids()) == sorted(first - second)


@given(ids)
def test_it_holds_what_it_was_given(given_ids):
    held = QuestionSet(given_ids)
    assert len(held) == len(given_ids)
    assert bool(held) == bool(given_ids)
    assert {number for number in range(3_002) if number in held} == given_ids
    assert -1 not in held


@given(ids, st.lists(st.integers(0, 3_000), unique=True))
def test_what_stands_in_an_order_comes_in_that_order(given_ids, order):
    found = QuestionSet(given_ids).ordered(array("q", order))
    assert list(found) == [number for number in order if number in given_ids]


@given(ids, st.lists(st.integers(0, 3_000), unique=True))
def test_it_knows_at_which_places_of_an_order_its_ids_stand(given_ids, order):
    places = QuestionSet(given_ids).places(array("q", order))
    assert list(places) == [place for place, number in enumerate(order) if number in given_ids]


def test_ids_may_come_one_by_one_and_twice():
    assert list(QuestionSet(number for number in (5, 3, 5)).ids()) == [3, 5]


@pytest.mark.parametrize("odd", [-1, HIGHEST + 1])
def test_an_id_that_the_program_does_not_give_is_refused(odd):
    with pytest.raises(ValueError, match="does not give"):
        QuestionSet([1, odd])
