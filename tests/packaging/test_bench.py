"""How the bench judges what it measured, and what it says of what it could not measure."""

import importlib
import sys
from pathlib import Path

import pytest


def test_the_bench_holds_medians_against_the_goals() -> None:
    bench = importlib.import_module("bench")
    times = {goal.beside: [100.0, 100.0, 900.0] for goal in bench.GOALS}
    times |= {goal.name: [1.0, 100.0 * goal.at_most, 5000.0] for goal in bench.GOALS}
    table, bearable = bench.report(times)
    assert bearable
    assert table.count(": met") == len(bench.GOALS)
    assert "MISSED" not in table


def test_a_goal_that_is_missed_is_told_and_no_failure() -> None:
    bench = importlib.import_module("bench")
    times = {goal.beside: [100.0] for goal in bench.GOALS} | {goal.name: [100.0] for goal in bench.GOALS}
    table, bearable = bench.report(times | {bench.READY: [121.0]})
    assert bearable
    assert table.count("MISSED") == 1
    assert "FAILED" not in table


@pytest.mark.parametrize(
    ("name", "within", "above"),
    [("start to first paint", 200.0, 201.0), ("start to Today ready", 160.0, 161.0), ("--version", 300.0, 301.0)],
)
def test_a_start_that_became_much_slower_is_a_failure(name: str, within: float, above: float) -> None:
    bench = importlib.import_module("bench")
    times = {goal.beside: [100.0] for goal in bench.GOALS} | {goal.name: [100.0] for goal in bench.GOALS}
    assert bench.report(times | {name: [within]})[1]
    table, bearable = bench.report(times | {name: [above]})
    assert not bearable
    assert table.count("FAILED") == 1


def test_the_bench_tells_what_it_could_not_measure() -> None:
    bench = importlib.import_module("bench")
    with pytest.raises(bench.BenchFailed, match="ended with 3: why"):
        bench.lifetime([sys.executable, "-c", "import sys; sys.exit(sys.stderr.write('why') and 3)"])
    with pytest.raises(bench.BenchFailed, match="in the place of 2 moments"):
        bench.milestones([sys.executable, "-c", "print(1)"], 2)


def test_the_window_tells_when_it_is_painted_and_when_it_is_ready(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench = importlib.import_module("bench")
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    painted, ready = bench.milestones([sys.executable, "-c", bench.PROGRAM, tmp_path / "data"], 2)
    assert 0 < painted < ready
