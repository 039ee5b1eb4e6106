"""What really happened in a run, counted in one place."""

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import TypeVar

Point = TypeVar("Point")

#: What a run has to reach, by mode: kills, injected faults, cut logs, damaged files.
FLOORS = {
    "short": {"kills": 60, "injected faults": 40, "cut logs": 100, "damaged files": 40},
    "full": {"kills": 1000, "injected faults": 300, "cut logs": 300, "damaged files": 200},
}

#: Floors that only hold where a process can be traced.
TRACED = ("kills", "injected faults")


@dataclass
class Tally:
    """The mode and the seed of a run, and its counts.

    A kill counts when a process died by it before its end, a fault when the tracer's record shows that it was injected,
    a cut log and a damaged file when the program was started on it. A loss is something acknowledged that is not there.
    """

    mode: str = "short"
    seed: int = 1
    counts: dict[str, int] = field(
        default_factory=lambda: {"kills": 0, "injected faults": 0, "cut logs": 0, "damaged files": 0, "losses": 0}
    )
    lacking: dict[str, str] = field(default_factory=dict)
    _guard: threading.Lock = field(default_factory=threading.Lock)

    def count(self, what: str, number: int = 1) -> None:
        with self._guard:
            self.counts[what] += number

    def __str__(self) -> str:
        return "faults: " + ", ".join(f"{number} {what}" for what, number in self.counts.items())

    @property
    def full(self) -> bool:
        return self.mode == "full"

    def random(self, scenario: str) -> Random:
        """Return the scenario's own source of chance, so that it can be run again alone."""
        return Random(f"{self.seed} {scenario}")

    def some(self, scenario: str, points: Iterable[Point], *, short: int, full: int | None = None) -> list[Point]:
        """Return so many of the points, spread over all of them by the seed, in order; in full, all by default."""
        points = list(points)
        wanted = len(points) if self.full and full is None else (full or 0) if self.full else short
        if wanted >= len(points):
            return points
        chance = self.random(scenario)
        edges = [round(n * len(points) / wanted) for n in range(wanted + 1)]
        return [points[chance.randrange(low, high)] for low, high in pairwise(edges)]

    def below(self) -> list[str]:
        """Return a sentence for each count that is too low, or for a loss."""
        floors = FLOORS[self.mode]
        if "strace" in self.lacking:
            floors = {what: floor for what, floor in floors.items() if what not in TRACED}
        short = [
            f"{self.counts[what]} {what}, which is below {floor}"
            for what, floor in floors.items()
            if self.counts[what] < floor
        ]
        return short + ([f"{self.counts['losses']} losses"] if self.counts["losses"] else [])


#: Which tests may be skipped where a tool is missing or forbidden, and why that is allowed. The key is what is lacking.
MAY_BE_SKIPPED = {
    "strace": "killing and failing at a chosen call needs a tracer; the kills at random times are tried everywhere",
    "mount": "a small disk, or one that goes away, needs a mount of one's own; max_page_count is tried everywhere",
    "another user": "only root can become somebody else; the modes are tried as oneself where one is not root",
}


def at_once(work: Callable[[Point], None], points: Iterable[Point]) -> None:
    """Do the work for every point, two at a time; once all are done, raise the first failure, if any."""
    with ThreadPoolExecutor(2) as workers:
        running = [workers.submit(work, point) for point in points]
    failures = [error for one in running if (error := one.exception()) is not None]
    if failures:
        others = f"\n… and {len(failures) - 1} more like it" if len(failures) > 1 else ""
        raise AssertionError(f"{failures[0]}{others}") from failures[0]
