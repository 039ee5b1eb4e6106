"""How fast transcripts come in: `pytest tests/benchmarks --benchmark-enable` brings in 10,000, the suite a few.

The whole way of `interview-coach import FOLDER`: read, judged, compared with the bank, indexed, stored.
"""

import resource
import sys

import pytest


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_transcripts_of_ten_turns(benchmark, services, tmp_path, write_transcripts, count):
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
