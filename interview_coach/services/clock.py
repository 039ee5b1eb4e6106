"""Time, passed in: the person's wall clock, and the seconds that an answer took."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

#: A gap between two ticks that is longer than this was no practising: the laptop slept, or was left.
LONGEST_GAP = 60.0


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Return the moment, aware, in the zone of the person."""


class SystemClock:
    """The clock of this machine."""

    def now(self) -> datetime:
        """Return the moment in the local zone."""
        return datetime.now(UTC).astimezone()


class Stopwatch:
    """Active seconds of one answer: counts between ticks while it runs, leaves out pauses and long gaps.

    ``monotonic`` gives seconds that never go back. Ticks may come from several threads.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._seconds = 0.0
        self._last: float | None = None
        self._guard = threading.Lock()

    @property
    def seconds(self) -> float:
        """The active seconds up to the last tick."""
        return self._seconds

    def set(self, seconds: float) -> None:
        """Go on from so many seconds."""
        with self._guard:
            self._seconds = seconds

    def start(self) -> None:
        """Count from now on; does nothing while it counts already."""
        with self._guard:
            if self._last is None:
                self._last = self._monotonic()

    def tick(self) -> float:
        """Add what has passed since the last tick and return the active seconds."""
        with self._guard:
            if self._last is not None:
                now = self._monotonic()
                gap = now - self._last
                if 0 < gap <= LONGEST_GAP:
                    self._seconds += gap
                self._last = now
            return self._seconds

    def pause(self) -> float:
        """Tick, and stop counting until the next start."""
        self.tick()
        with self._guard:
            self._last = None
        return self._seconds
