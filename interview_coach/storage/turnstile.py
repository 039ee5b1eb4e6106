"""Whose turn it is to use the one connection: first come, first served."""

import threading
from collections import deque


class Turnstile:
    """A lock that lets threads through in the order in which they came, so that a saved draft never starves."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None

    def __enter__(self) -> None:
        me = threading.get_ident()
        with self._guard:
            if self._holder == me:
                raise RuntimeError("a unit of work was begun inside another one")
            if self._holder is None:
                self._holder = me
                return
            gate = threading.Lock()
            gate.acquire()
            self._waiting.append(gate)
        try:
            gate.acquire()
        except BaseException:  # Ctrl+C while waiting: leave the row, or pass on what was handed over meanwhile
            with self._guard:
                if gate in self._waiting:
                    self._waiting.remove(gate)
                else:
                    self._hand_on()
            raise
        self._holder = me

    def __exit__(self, *_: object) -> None:
        with self._guard:
            self._hand_on()

    def let_others_through(self) -> None:
        """Give the turn to whoever waits, and take it again behind them; the holder calls it between two slices."""
        self.__exit__()
        self.__enter__()

    def _hand_on(self) -> None:
        if self._waiting:
            self._holder = -1  # taken by the thread whose gate opens now
            self._waiting.popleft().release()
        else:
            self._holder = None
