"""The one door to threads: work off the GUI thread, its outcome back on it.

Two workers: one for ordinary work, one for what must not wait behind it (drafts). What they call is free of Qt, and
only values cross.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

if TYPE_CHECKING:  # late: nothing runs before the first paint
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class _Outcome(NamedTuple):
    future: "Future[Any]"
    on_done: Callable[[Any], None]
    on_failed: Callable[[BaseException], None]


class Tasks(QObject):
    """Runs Qt-free calls in threads and hands each outcome to a callback on the GUI thread."""

    _finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workers: dict[bool, ThreadPoolExecutor] = {}
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

        After ``drain`` no callback is called any more, nor one of an object that is gone by then.
        """
        future = self._worker(urgent=urgent).submit(work)
        outcome = _Outcome(future, on_done, on_failed)
        future.add_done_callback(lambda _: self._announce(outcome))
        return future

    def drain(self) -> None:
        """Wait for the work that runs, leave what has not begun, and call nobody back any more."""
        self._closed = True
        for urgent, worker in self._workers.items():
            worker.shutdown(wait=True, cancel_futures=not urgent)

    @staticmethod
    def wait(future: "Future[Any]", seconds: float) -> bool:
        """Wait at most so long for work to end; return whether it has."""
        from concurrent.futures import wait

        return bool(wait([future], timeout=seconds).done)

    def _worker(self, *, urgent: bool) -> "ThreadPoolExecutor":
        if urgent not in self._workers:
            from concurrent.futures import ThreadPoolExecutor  # late: nothing runs before the first paint

            name = "draft" if urgent else "work"
            self._workers[urgent] = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)
        return self._workers[urgent]

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
