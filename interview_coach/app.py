"""The window program: the composition root, the only module that knows all.

Order of a start: lock, or raise the first window → paint → storage in a task → Today with its data. Order of an end:
page state saved, window deleted, tasks drained, database closed, folder released, while QApplication still lives.
"""

import contextlib
import gc
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSocketNotifier,
    QTimer,
    QTranslator,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from interview_coach import APPLICATION_ID, APPLICATION_NAME, __version__, paths
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.folder import DataFolder
from interview_coach.settings import WindowState, read_window, write_window
from interview_coach.ui.error_hook import ErrorHook
from interview_coach.ui.main_window import MainWindow, dress
from interview_coach.ui.qt_messages import QtMessages
from interview_coach.ui.tasks import Tasks

if TYPE_CHECKING:  # neither threads nor pydantic and SQLModel are imported before the first paint
    from concurrent.futures import Future

    from interview_coach.domain.preferences import Preferences
    from interview_coach.logs import Log
    from interview_coach.services.opening import Services
    from interview_coach.ui.second_start import SecondStart


class Program(QObject):
    """The running window program. ``messages`` is Qt's message handler, which writes into the log, too."""

    def __init__(
        self,
        application: QApplication,
        folder: DataFolder,
        *,
        log_level: str = "info",
        messages: QtMessages | None = None,
    ) -> None:
        super().__init__()
        self._application = application
        self._folder = folder
        self._messages = messages or QtMessages()
        self._log_level = log_level
        self._log: Log | None = None
        self._services: Services | None = None
        self._loading: Future[tuple[Services, Preferences]] | None = None
        self._second_start: SecondStart | None = None
        self.exit_code = 0
        state = read_window(folder.window)
        _translate(application)
        dress(application, state)
        self.tasks = Tasks()
        self.window = MainWindow(self.tasks, state, folder.path)
        self.errors = ErrorHook(self.window, folder.path, self._keep_text, self.window.show_trouble)
        self.window.first_painted.connect(self._load_soon)
        self.window.window_changed.connect(self._keep_window)
        self.window.preferences_changed.connect(self._keep_preferences)
        application.commitDataRequest.connect(self._end_of_session)
        self._signals: _Signals | None = None

    def close(self) -> None:
        """Tear down in order while QApplication lives. The other order crashed at exit, now and then."""
        try:
            self._tear_down()
        finally:
            self.errors.close()
            if self._log is not None:
                from interview_coach import logs

                logs.ended(self.exit_code)
                self._log.close()
            self._folder.release()

    def _tear_down(self) -> None:
        if self._signals is not None:
            self._signals.close()
        self.window.deleteLater()
        self.window = None  # type: ignore[assignment]
        self._application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if self._second_start is not None:
            self._second_start.close()
        self.tasks.drain()
        services = self._services
        loading = self._loading
        if services is None and loading is not None and not loading.cancelled() and loading.exception() is None:
            services, _ = loading.result()  # the window was closed before its data came
        if services is not None:
            services.close()

    def _load_soon(self) -> None:
        """Let what else waits for the first paint go first: a thread that imports takes turns with this one."""
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        """Import what storage needs and open the data, off the GUI thread.

        Collecting garbage while modules are imported finds none and takes a tenth of a second.
        """
        gc.disable()
        self._signals = _Signals(self.window.end)
        folder = self._folder

        def load() -> "tuple[Services, Preferences]":
            from interview_coach import logs

            self._log = logs.Log.open(folder.path, self._log_level)
            self._messages.log_to(logs.qt_message)
            logs.started("window")
            from interview_coach.services.clock import SystemClock
            from interview_coach.services.opening import open_services
            from interview_coach.settings import read_preferences

            preferences = read_preferences(folder.settings)
            shipped = paths.resource("transcripts")
            services = open_services(folder.database, shipped, SystemClock(), preferences)
            logs.opened()
            return services, preferences

        self._loading = self.tasks.run(load, self._loaded, self._not_loaded)

    def _loaded(self, opened: "tuple[Services, Preferences]") -> None:
        self._services = opened[0]
        self.window.open_up(*opened)
        gc.freeze()
        gc.enable()
        from interview_coach.ui.second_start import SecondStart  # late: QtNetwork is not needed before

        self._second_start = SecondStart(self._folder.path)
        self._second_start.asked.connect(self._raise_up)

    def _not_loaded(self, error: BaseException) -> None:
        gc.enable()
        from interview_coach import exit_codes

        self.exit_code = exit_codes.of(error)
        self.window.show_trouble(error)
        from interview_coach import logs
        from interview_coach.ui.errors import raise_if_unexpected

        raise_if_unexpected(error)
        logs.bad_luck(error)

    def _raise_up(self) -> None:
        from interview_coach import logs

        logs.second_start()
        self.window.raise_up()

    def _keep_text(self) -> bool:
        """Store what is typed, for the error hook; return whether all is stored."""
        practice = self.window.practice
        return practice is None or practice.store()

    def _keep_window(self, state: WindowState) -> None:
        with contextlib.suppress(OSError):  # how the window looked is not worth a message
            write_window(self._folder.window, state)

    def _keep_preferences(self, preferences: "Preferences") -> None:
        from interview_coach.settings import write_preferences

        write_preferences(self._folder.settings, preferences)
        from interview_coach import logs

        logs.settings_stored()

    def _end_of_session(self, *_: object) -> None:
        self.window.end()


class _Signals:
    """SIGTERM, SIGINT and SIGHUP as an event: Python's handlers do not run while Qt's loop is idle."""

    def __init__(self, end: Callable[[], None]) -> None:
        import socket  # late: nothing on the way to the first paint needs it

        self._end = end
        self._read, self._write = socket.socketpair()
        self._read.settimeout(0)
        self._write.settimeout(0)
        self._former = {
            number: signal.signal(number, _wake_up)
            for name in ("SIGTERM", "SIGINT", "SIGHUP")
            if (number := getattr(signal, name, None)) is not None
        }
        signal.set_wakeup_fd(self._write.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._read.fileno(), QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, former in self._former.items():
            signal.signal(number, former)
        self._read.close()
        self._write.close()

    def _on_signal(self) -> None:
        with contextlib.suppress(BlockingIOError):
            self._read.recv(64)
        self._end()


def run_window(
    data_dir: Path,
    on_window: Callable[[MainWindow], None] | None = None,
    *,
    log_level: str = "info",
    read_only: bool = False,
) -> int:
    """Run the window on a data folder until it is closed; return the exit code.

    ``on_window`` is called with the window just before the event loop starts. Where another window has the folder, it
    is raised and 0 returned. Raises CoachError where the folder cannot be had. ``log_level`` is "debug", "info",
    "warning" or "error".
    """
    messages = QtMessages()
    qInstallMessageHandler(messages.take)
    try:
        folder = DataFolder.claim(data_dir)
    except CoachError as error:
        if error.fault is Fault.DATA_IN_USE:
            from interview_coach.ui.second_start import raise_first

            if raise_first(data_dir):
                return 0
        raise
    try:
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            application = _application()
        program = Program(application, folder, log_level=log_level, messages=messages)
        if on_window is not None:
            on_window(program.window)
        program.window.show()
        program.window.activateWindow()  # without a window manager nobody else gives it the keys
        code = application.exec()
        exit_code = program.exit_code
        program.close()
    except Exception as error:
        from interview_coach import error_report

        error_report.keep(folder.path, error, "window")
        raise
    return code or exit_code


def self_test() -> int:
    """Start the window on a temporary folder, answer one question, shut down; print one line, return the exit code."""
    if sys.platform.startswith("linux") and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    import tempfile

    from interview_coach.ui.self_test import SelfTest

    with tempfile.TemporaryDirectory(prefix="interview-coach-") as folder:
        test = SelfTest()
        code = run_window(Path(folder) / "data", test.watch)
        failure = test.failure or ("" if code == 0 else f"the window ended with {code}")
    if failure:
        print(f"self-test failed: {failure}", file=sys.stderr)  # noqa: T201  (the command line's own answer)
        return 1
    from interview_coach.storage.database import SQLITE_VERSION

    print(f"ok interview-coach {__version__}, Qt {qVersion()}, SQLite {SQLITE_VERSION}")  # noqa: T201
    return 0


def _application() -> QApplication:
    application = QApplication([APPLICATION_NAME])
    application.setApplicationName(APPLICATION_NAME)
    application.setApplicationVersion(__version__)
    application.setDesktopFileName(APPLICATION_ID)
    return application


def _translate(application: QApplication) -> None:
    """Take the words of the person's language where there are some; English has its plural forms in a file, too."""
    for name, folder in (
        ("qtbase", Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))),
        ("interview_coach", paths.resource("translations")),
    ):
        translator = QTranslator(application)
        if translator.load(QLocale(), name, "_", str(folder)) or translator.load(f"{name}_en", str(folder)):
            application.installTranslator(translator)


def _wake_up(_number: int, _frame: object) -> None:
    """Nothing: that the signal came is told by the byte that Python writes to the wake-up socket."""
