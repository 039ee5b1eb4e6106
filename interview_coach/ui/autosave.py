"""Typed text into the database within a second of the key press, without the GUI thread waiting for the disk."""

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal

from interview_coach.ui.errors import raise_if_unexpected
from interview_coach.ui.tasks import Lane, Tasks

#: From the first unsaved change to the save, in milliseconds. Further changes do not put it off.
INTERVAL = 700

#: What submit, leave, close and SIGTERM wait for a save at most, in seconds.
PATIENCE = 2.0

_LONGEST_WAIT = 30_000


class Autosave(QObject):
    """Saves what ``collect`` gathers. ``collect`` runs on the GUI thread and returns the work to do off it.

    ``saved`` is emitted after the work returned, so after COMMIT, with what it returned; ``failed`` carries the error,
    and the save is tried again after one, two, four … seconds until it succeeds.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, tasks: Tasks, collect: Callable[[], Callable[[], Any]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._collect = collect
        self._dirty = False
        self._since = QElapsedTimer()  # the first change that is in no save yet
        self._running: Future[Any] | None = None
        self._failures = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._save)

    @property
    def unsaved(self) -> bool:
        """Whether something is not in the database yet."""
        return self._dirty or self._running is not None

    def note_change(self) -> None:
        """Save soon. A save that is already on its way there is not put off."""
        if not self._dirty:
            self._since.start()
        self._dirty = True
        if not self._timer.isActive() and self._running is None:
            self._timer.start(INTERVAL)

    def hurry(self) -> None:
        """Save now rather than soon, without waiting for it."""
        if self._dirty and self._running is None:
            self._timer.stop()
            self._save()

    def settle(self) -> None:
        """Wait for a save that is on its way, at most ``PATIENCE`` seconds; begin none."""
        if self._running is not None:
            Tasks.wait(self._running, PATIENCE)

    def forget(self) -> None:
        """Leave unsaved changes be: what they were about is stored, or gone, already."""
        self._timer.stop()
        self._dirty = False
        self._failures = 0

    def abandon(self) -> None:
        """Save nothing any more and hear of no save that is on its way, since the page goes."""
        self.forget()
        self._running = None

    def flush(self) -> bool:
        """Save at once and wait for it, at most ``PATIENCE`` seconds; return whether all is stored.

        What is newest is on its way to the disk when this returns, however long that takes: saves are done in the
        order in which they were begun, and none that was begun is dropped.
        """
        self._timer.stop()
        if self._dirty:
            self._save()
        if self._running is None:
            return True
        if not Tasks.wait(self._running, PATIENCE):
            return False
        if self._running.exception() is not None:
            self._save()
            return Tasks.wait(self._running, PATIENCE) and self._running.exception() is None
        return True

    def _save(self) -> None:
        work = self._collect()
        self._dirty = False
        self._running = self._tasks.run(work, self._on_done, self._on_failed, lane=Lane.DRAFT)

    def _on_done(self, outcome: object) -> None:
        if self._running is None or not self._running.done():
            return  # the outcome of an earlier save, whose successor is on its way
        self._running = None
        self._failures = 0
        self.saved.emit(outcome)
        if self._dirty:  # changed during a save that may have been long: what it waited counts
            self._timer.start(max(0, INTERVAL - self._since.elapsed()))

    def _on_failed(self, error: BaseException) -> None:
        if self._running is None or not self._running.done():
            return
        self._running = None
        self._dirty = True
        self._failures += 1
        self._timer.start(min(1000 * 2 ** (self._failures - 1), _LONGEST_WAIT))
        self.failed.emit(error)
        if self._failures == 1:  # told once, however often it is tried again
            raise_if_unexpected(error)
