"""The simulated candidate: what must hold of it before its figures say anything."""

import importlib.util
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from interview_coach.domain.scheduling import Grade

_NAME = "simulated_candidate"


@pytest.fixture(scope="module")
def simulated():
    """The script as a module."""
    spec = importlib.util.spec_from_file_location(_NAME, Path(__file__).with_name("candidate.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[_NAME] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[_NAME]


@pytest.mark.parametrize("model", ["FSRS", "activation"])
class TestMemory:
    def test_what_was_never_practised_is_not_recalled(self, simulated, model):
        assert simulated.MODELS[model](1.0).recall(simulated.BEGINS) == 0

    def test_it_forgets_with_the_days_and_learns_by_practice(self, simulated, model):
        memory = simulated.MODELS[model](1.0)
        memory.practise(simulated.BEGINS, 0, Grade.GOOD)
        recalls = [memory.recall(simulated.BEGINS + timedelta(days=days)) for days in range(1, 30)]
        assert recalls == sorted(recalls, reverse=True)
        assert recalls[0] > recalls[-1] > 0
        memory.practise(simulated.BEGINS + timedelta(days=4), 0, Grade.GOOD)
        assert memory.recall(simulated.BEGINS + timedelta(days=29)) > recalls[-1]

    def test_spaced_practice_lasts_longer_than_massed(self, simulated, model):
        spaced, massed = simulated.MODELS[model](1.0), simulated.MODELS[model](1.0)
        for number in range(3):
            spaced.practise(simulated.BEGINS + timedelta(days=3 * number), 0, Grade.GOOD)
            massed.practise(simulated.BEGINS + timedelta(days=6), number, Grade.GOOD)
        late = simulated.BEGINS + timedelta(days=30)
        assert spaced.recall(late) > massed.recall(late)


@pytest.mark.parametrize("order", ["plan", "FSRS alone", "massed"])
@pytest.mark.parametrize("model", ["FSRS", "activation"])
def test_no_order_has_more_minutes_than_another(simulated, order, model):
    for case in simulated.CASES:
        outcome = simulated.simulate(case, model, order, seed=1)
        assert outcome.visits <= case.visits_a_day * case.days
        assert 0 < outcome.recall < 1
        assert simulated.simulate(case, model, order, seed=1) == outcome


def test_the_table_tells_of_every_case_and_model(simulated):
    lines = simulated.table(1).splitlines()
    assert len(lines) == 1 + len(simulated.CASES) * len(simulated.MODELS)
    assert all(order in lines[0] for order in simulated.ORDERS)
