"""What nobody expected, from a slot, a task or a thread: logged, reported, told once and calmly; the program goes on.

Imports little: it watches from before the first paint.
"""

import contextlib
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from interview_coach.domain.errors import CoachError, Fault

#: The same error is not told again until it has kept away for so long, in seconds. A timer or a paint event may fail
#: again and again, and the person has to get on.
QUIET = 3.0

#: Different errors that are counted; beyond that counting begins anew.
_MOST = 200


class _Met(NamedTuple):
    """An error to tell of. ``luck`` is set for bad luck, the report for a defect."""

    key: str
    sentence: str
    luck: CoachError | None = None
    report: str = ""
    path: Path | None = None


class _Count:
    """How often the same error came, when it last came or was told, and where its report lies."""

    def __init__(self) -> None:
        self.times = 0
        self.last = -QUIET
        self.report = ""
        self.path: Path | None = None


class ErrorHook(QObject):
    """Holds Python's hooks for exceptions that nobody caught, until it is closed. Its hooks never raise or print.

    ``keep_text`` stores what is typed and returns whether all is stored; it is asked on the GUI thread before a defect
    is told. Damaged data is handed to ``on_damaged``, other bad luck told in words. ``data_folder`` is where reports
    go, None for nowhere.
    """

    _met = Signal(object)

    def __init__(
        self,
        window: QWidget,
        data_folder: Path | None,
        keep_text: Callable[[], bool],
        on_damaged: Callable[[CoachError], None],
    ) -> None:
        super().__init__()
        self._window = window
        self._data_folder = data_folder
        self._keep_text = keep_text
        self._on_damaged = on_damaged
        self._lock = threading.Lock()
        self._counts: dict[str, _Count] = {}
        self._telling = False
        self._closed = False
        self._met.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        self._former = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        sys.unraisablehook = self._on_unraisable

    def close(self) -> None:
        """Give the hooks back and tell nothing more; calling it again does nothing."""
        self._closed = True
        if sys.excepthook == self._on_exception:
            sys.excepthook = self._former[0]
        if threading.excepthook == self._on_thread_exception:
            threading.excepthook = self._former[1]
        if sys.unraisablehook == self._on_unraisable:
            sys.unraisablehook = self._former[2]

    # --- the hooks, called in any thread

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: Any) -> None:  # noqa: ANN401
        if isinstance(error, KeyboardInterrupt):
            self._former[0](kind, error, trace)
            return
        with contextlib.suppress(BaseException):
            self._take(error.with_traceback(trace), "window")

    def _on_thread_exception(self, thrown: threading.ExceptHookArgs) -> None:
        with contextlib.suppress(BaseException):
            if thrown.exc_value is not None and not isinstance(thrown.exc_value, SystemExit):
                self._take(thrown.exc_value, "thread")

    def _on_unraisable(self, thrown: "sys.UnraisableHookArgs") -> None:
        """Log it and no more: the step that it came up in went on by itself."""
        with contextlib.suppress(BaseException):
            from interview_coach import logs, traces  # late: see the module's first lines

            if thrown.exc_value is not None:
                with self._lock:
                    count = self._count(traces.one_line(thrown.exc_value))
                if _worth_a_line(count.times):
                    logs.unraisable(thrown.exc_value, count.times)

    def _take(self, error: BaseException, where: Literal["window", "thread"]) -> None:
        from interview_coach import error_report, logs, traces  # late: see the module's first lines
        from interview_coach.ui.errors import bad_luck, sentence

        key = traces.one_line(error)
        with self._lock:
            count = self._count(key)
            now = time.monotonic()
            quiet = now - count.last < QUIET
            count.last = now
        luck = bad_luck(error)
        if _worth_a_line(count.times):
            (logs.unexpected if luck is None else logs.bad_luck)(error, count.times)
        if self._closed or quiet:
            return
        if luck is not None:
            # Only what it says crosses: its traceback holds on to all that its frames held.
            self._met.emit(_Met(key, sentence(luck), CoachError(luck.fault, str(luck), where=luck.where)))
            return
        if not count.report:
            count.report = error_report.text(error, where)
            count.path = error_report.write(self._data_folder, count.report)
        self._met.emit(_Met(key, sentence(error), None, count.report, count.path))

    def _count(self, key: str) -> _Count:
        if key not in self._counts and len(self._counts) >= _MOST:
            self._counts.clear()
        count = self._counts.setdefault(key, _Count())
        count.times += 1
        return count

    # --- on the GUI thread

    @Slot(object)
    def _tell(self, met: _Met) -> None:
        """Tell of one error; what comes while a person reads of another is logged and counted, no more."""
        if self._closed or self._telling:
            return
        self._telling = True
        try:
            self._show(met)
        except Exception as error:  # what fails here must not come back here
            with contextlib.suppress(Exception):
                from interview_coach import logs

                logs.unexpected(error)
        finally:
            self._telling = False
            with self._lock:
                if met.key in self._counts:
                    self._counts[met.key].last = time.monotonic()

    def _show(self, met: _Met) -> None:
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        if met.luck is not None and met.luck.fault is Fault.DAMAGED_DATA:
            self._on_damaged(met.luck)
        elif met.luck is not None:
            dialogs.tell(self._window, self.tr("This did not work"), met.sentence)
        else:
            stored = False
            with contextlib.suppress(Exception):
                stored = self._keep_text()
            dialogs.report(self._window, met.sentence, met.report, met.path, stored=stored)


def _worth_a_line(times: int) -> bool:
    """Tell whether to log the n-th of many: the first, second, fourth, eighth … so that they don't fill the log."""
    return times & (times - 1) == 0
