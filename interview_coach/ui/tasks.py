"""The one door to threads: work off the GUI thread, its outcome back on it.

Two workers: one for ordinary work, one for what must not wait behind it (drafts). What they call is free of Qt, and
only values cross.
"""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Outcome:
    future: "Future[Any]"
    on_done: Callable[[Any], None]
    on_failed: Callable[[BaseException], None]


class Tasks(QObject):
    """Runs Qt-free calls in threads and hands each outcome to a callback on the GUI thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ordinary = ThreadPoolExecutor(max_workers=1, thread_name_prefix="work")
        self._urgent = ThreadPoolExecutor(max_workers=1, thread_name_prefix="draft")
        self._closed = False
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[BaseException], None],
        *,
        urgent: bool = False,
    ) -> "Future[T]":
        """Run work in a thread; one of the callbacks is called on the GUI thread when it has ended.

        After ``drain`` no callback is called any more.
        """
        future = (self._urgent if urgent else self._ordinary).submit(work)
        outcome = _Outcome(future, on_done, on_failed)
        future.add_done_callback(lambda _: self._announce(outcome))
        return future

    def drain(self) -> None:
        """Wait for the work that runs, leave what has not begun, and call nobody back any more."""
        self._closed = True
        self._ordinary.shutdown(wait=True, cancel_futures=True)
        self._urgent.shutdown(wait=True)

    @staticmethod
    def wait(future: "Future[Any]", seconds: float) -> bool:
        """Wait at most so long for work to end; return whether it has."""
        return bool(wait_for([future], timeout=seconds).done)

    def _announce(self, outcome: _Outcome) -> None:
        if not self._closed:
            self._finished.emit(outcome)

    @Slot(object)
    def _hand_over(self, outcome: _Outcome) -> None:
        if self._closed or outcome.future.cancelled():
            return
        error = outcome.future.exception()
        if error is not None:
            outcome.on_failed(error)
        else:
            outcome.on_done(outcome.future.result())
