"""The one door to threads: work off the GUI thread, its outcome back on it.

A worker for each lane: what must not wait behind other work has one of its own. What they call is free of Qt, and only
values cross.
"""

from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:  # late: nothing runs before the first paint
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Lane(Enum):
    """What waits for what: work for work, what a page is about to show for its like, drafts for drafts alone."""

    WORK = "work"
    SHOWING = "showing"
    DRAFT = "draft"


class _Outcome(NamedTuple):
    future: "Future[Any]"
    on_done: Callable[[Any], None]
    on_failed: Callable[[BaseException], None]


class Tasks(QObject):
    """Runs Qt-free calls in threads and hands each outcome to a callback on the GUI thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[Lane, ThreadPoolExecutor] = {}
        self._closed = False
        self._finished.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[BaseException], None],
        *,
        lane: Lane = Lane.WORK,
    ) -> "Future[T]":
        """Run work in a thread; one of the callbacks is called on the GUI thread when it has ended.

        After ``drain`` no callback is called any more, nor one of an object that is gone by then.
        """
        future = self._worker(lane).submit(work)
        outcome = _Outcome(future, on_done, on_failed)
        future.add_done_callback(lambda _: self._announce(outcome))
        return future

    def drain(self) -> None:
        """Wait for the work that runs, leave what has not begun, and call nobody back any more."""
        self._closed = True
        for lane, worker in self._workers.items():
            worker.shutdown(wait=True, cancel_futures=lane is not Lane.DRAFT)

    @staticmethod
    def wait(future: "Future[Any]", seconds: float) -> bool:
        """Wait at most so long for work to end; return whether it has."""
        from concurrent.futures import wait

        return bool(wait([future], timeout=seconds).done)

    def _worker(self, lane: Lane) -> "ThreadPoolExecutor":
        if lane not in self._workers:
            from concurrent.futures import ThreadPoolExecutor  # late: nothing runs before the first paint

            self._workers[lane] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=lane.value)
        return self._workers[lane]

    def _announce(self, outcome: _Outcome) -> None:
        if not self._closed:
            self._finished.emit(outcome)

    @Slot(object)
    def _hand_over(self, outcome: _Outcome) -> None:
        if self._closed or outcome.future.cancelled():
            return
        error = outcome.future.exception()
        if error is not None:
            if _lives(outcome.on_failed):
                outcome.on_failed(error)
        elif _lives(outcome.on_done):
            outcome.on_done(outcome.future.result())


def _lives(callback: Callable[..., None]) -> bool:
    """Return whether the page that a callback belongs to is still there."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)
