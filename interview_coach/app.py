"""The window program: the composition root, the only module that knows all.

Order of a start: lock, or raise the first window → paint → storage in a task → Today with its data. Order of an end:
page state saved, window deleted, tasks drained, database closed, folder released, while QApplication still lives.
"""

import contextlib
import gc
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QLibraryInfo,
    QLocale,
    QObject,
    QSocketNotifier,
    Qt,
    QTimer,
    QTranslator,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtWidgets import QApplication

from interview_coach import APPLICATION_ID, APPLICATION_NAME, __version__, exit_codes, paths
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.folder import DataFolder
from interview_coach.settings import WindowState, read_window, write_window
from interview_coach.ui.error_hook import ErrorHook
from interview_coach.ui.main_window import MainWindow, dress
from interview_coach.ui.opening import Opening
from interview_coach.ui.qt_messages import QtMessages
from interview_coach.ui.tasks import Tasks

if TYPE_CHECKING:  # neither threads nor pydantic and SQLModel are imported before the first paint
    from collections.abc import Sequence

    from interview_coach.domain.backups import Backup
    from interview_coach.domain.preferences import Preferences
    from interview_coach.logs import Log
    from interview_coach.services.importing import FileReport
    from interview_coach.services.opening import Services
    from interview_coach.services.recovery import RecoveryService
    from interview_coach.ui.outcomes import Outcomes
    from interview_coach.ui.second_start import SecondStart
    from interview_coach.ui.start_trouble import Answer

#: How long a start waits for another one on the same folder, in seconds, before it asks what now.
_PATIENCE = 5.0

#: What the window needs as soon as its data is there, and not before.
_FIRST_NEEDED = ("interview_coach.ui.safekeeping", "interview_coach.ui.deeds", "interview_coach.ui.undoing")


class Program(QObject):
    """The running window program. ``messages`` is Qt's message handler, which writes into the log, too.

    ``next_folder`` is another data folder that the person chose to go on with, once this window is closed.
    """

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
        self._second_start: SecondStart | None = None
        self.exit_code = 0
        self.next_folder: Path | None = None
        state = read_window(folder.window)
        _translate(application)
        dress(application, state)
        self.tasks = Tasks()
        self.opening = Opening(self.tasks, self._open_services)
        self.window = MainWindow(self.tasks, state, folder.path)
        reports = None if folder.read_only else folder.path
        self.errors = ErrorHook(self.window, reports, self._keep_text, self._on_damaged)
        self._connect()
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
        self.opening.close()

    def _connect(self) -> None:
        window, opening = self.window, self.opening
        window.first_painted.connect(self._load_soon)
        window.window_changed.connect(self._keep_window)
        window.preferences_changed.connect(self._keep_preferences)
        # Queued: whoever met the damage is a page that goes, and has to come to its end first.
        window.damage_met.connect(self._on_damaged, Qt.ConnectionType.QueuedConnection)
        window.imported.connect(self._on_imported)
        window.restore_requested.connect(self._restore)
        window.read_only_requested.connect(self._open_read_only)
        window.rescue_requested.connect(self._rescue)
        window.start_new_requested.connect(self._start_new)
        window.retry_requested.connect(self._retry)
        window.other_folder_requested.connect(self._use_other_folder)
        opening.opened.connect(self._on_opened)
        opening.refused.connect(self._on_refused)
        opening.prepared.connect(self._on_prepared)
        opening.not_prepared.connect(self._on_not_prepared)
        opening.kept.connect(self._on_kept)
        opening.not_kept.connect(self._on_not_kept)

    # --- opening the data

    def _load_soon(self) -> None:
        """Let what else waits for the first paint go first: a thread that imports takes turns with this one."""
        QTimer.singleShot(0, self, self._load)

    def _load(self) -> None:
        """Import what storage needs and open the data, off the GUI thread.

        Collecting garbage while modules are imported finds none and takes a tenth of a second.
        """
        gc.disable()
        self._signals = _Signals(self.window.end)
        self.opening.open(read_only=self._folder.read_only)

    def _open_services(self, read_only: bool) -> "tuple[Services, Preferences]":
        """Open the data; called in a thread."""
        folder = self._folder
        from interview_coach import logs

        if self._log is None:
            self._log = logs.Log.open(None if folder.read_only else folder.path, self._log_level)
            self._messages.log_to(logs.qt_message)
            logs.started("window")
        from interview_coach.services.clock import SystemClock
        from interview_coach.services.opening import open_services
        from interview_coach.settings import read_preferences

        for name in _FIRST_NEEDED:
            import_module(name)  # here, so that the GUI thread need not when the data is there
        preferences = read_preferences(folder.settings)
        shipped = paths.resource("transcripts")
        services = open_services(folder.database, shipped, SystemClock(), preferences, read_only=read_only)
        logs.opened()
        if services.database.migrated_from is not None:
            logs.migrated(services.database.migrated_from)
        return services, preferences

    def _on_opened(self, services: "Services", preferences: "Preferences") -> None:
        self.exit_code = 0
        try:
            self.window.open_up(services, preferences)
        finally:
            gc.freeze()
            gc.enable()
            self._listen()

    def _listen(self) -> None:
        if self._second_start is None and not self._folder.read_only:
            from interview_coach.ui.second_start import SecondStart  # late: QtNetwork is not needed before

            self._second_start = SecondStart(self._folder.path)
            self._second_start.asked.connect(self._raise_up)

    def _on_refused(self, error: BaseException) -> None:
        gc.enable()
        from interview_coach import logs
        from interview_coach.ui.errors import raise_if_unexpected

        self.exit_code = exit_codes.of(error)
        self.window.show_recovery(error, self._recovery())
        self._listen()
        raise_if_unexpected(error)
        logs.bad_luck(error)

    # --- the ways out

    def _recovery(self) -> "RecoveryService | None":
        if self._folder.read_only:
            return None
        from interview_coach.services.clock import SystemClock
        from interview_coach.services.recovery import RecoveryService

        return RecoveryService(self._folder.database, SystemClock())

    def _on_damaged(self, error: CoachError) -> None:
        """Show the ways out; what is typed and not stored is kept in a file, or shown where that fails, too."""
        from interview_coach import logs
        from interview_coach.ui.errors import sentence

        if self.window.in_recovery:
            return
        logs.bad_luck(error)
        if self.window.reads_alone:  # the ways out were shown, and this is the one that was chosen
            self.window.tell(sentence(error))
            return
        self.exit_code = exit_codes.of(error)
        recovery = self._recovery()
        practice = self.window.practice
        unsaved = "" if practice is None else practice.unsaved_text
        kept = None
        if unsaved and recovery is not None:
            with contextlib.suppress(CoachError):
                kept = recovery.keep_text(unsaved)
        self.opening.shut()
        self.window.show_recovery(error, recovery, kept_text=kept, unsaved="" if kept is not None else unsaved)

    def _restore(self, source: Path) -> None:
        recovery = self._recovery()
        if recovery is not None and self._let_go():
            self.opening.open(first=lambda: recovery.restore(source))

    def _start_new(self) -> None:
        recovery = self._recovery()
        if recovery is not None and self._let_go():
            self.opening.open(first=recovery.start_new)

    def _open_read_only(self) -> None:
        if self._let_go():
            self.opening.open(read_only=True)

    def _retry(self) -> None:
        if self._let_go():
            self.opening.open(read_only=self._folder.read_only)

    def _let_go(self) -> bool:
        """Store what is typed and leave the pages; return whether all is stored."""
        practice = self.window.practice
        if practice is not None and not practice.put_away():
            return False
        self.window.close_pages()
        return True

    def _rescue(self, out: Path) -> None:
        from interview_coach.services.rescuing import rescue

        database = self._folder.database
        outcomes = self._outcomes()
        self.tasks.run(lambda: rescue(database, out), outcomes.rescued, outcomes.not_rescued)

    def _outcomes(self) -> "Outcomes":
        from interview_coach.ui.outcomes import Outcomes  # late: rarely needed

        return Outcomes(self.window)

    def _use_other_folder(self, folder: Path) -> None:
        self.next_folder = folder
        self.window.close()

    def _on_prepared(self, outcome: object) -> None:
        self._outcomes().prepared(outcome)

    def _on_not_prepared(self, error: CoachError) -> None:
        from interview_coach import logs

        logs.bad_luck(error)
        self._outcomes().not_prepared(error)

    def _on_kept(self, made: "Backup | None") -> None:
        from interview_coach import logs

        if made is not None:
            logs.backup_made(made.size)

    def _on_not_kept(self, error: BaseException) -> None:
        from interview_coach import logs
        from interview_coach.ui.errors import bad_luck

        luck = bad_luck(error)
        if luck is None:
            raise error
        if luck.fault is Fault.DAMAGED_DATA:
            self._on_damaged(luck)
            return
        logs.bad_luck(error)
        self._outcomes().no_backup(luck)

    # --- what else happens

    def _on_imported(self, reports: "Sequence[FileReport]") -> None:
        from interview_coach import logs
        from interview_coach.services.importing import counts

        logs.imported(*counts(reports))

    def _raise_up(self) -> None:
        from interview_coach import logs

        logs.second_start()
        self.window.raise_up()

    def _keep_text(self) -> bool:
        """Store what is typed, for the error hook; return whether all is stored."""
        practice = self.window.practice
        return practice is None or practice.store()

    def _keep_window(self, state: WindowState) -> None:
        if self._folder.read_only:
            return
        with contextlib.suppress(OSError):  # how the window looked is not worth a message
            write_window(self._folder.window, state)

    def _keep_preferences(self, preferences: "Preferences") -> None:
        if self._folder.read_only:
            return
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
    is raised and 0 returned. Where the folder cannot be had the person is asked what now, if a window can be seen;
    else CoachError is raised. ``log_level`` is "debug", "info", "warning" or "error"; with ``read_only`` nothing is
    changed.
    """
    messages = QtMessages()
    qInstallMessageHandler(messages.take)
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            folder = DataFolder.claim_to_read(data_dir) if read_only else DataFolder.claim(data_dir)
        except CoachError as error:
            if error.fault is Fault.DATA_IN_USE and _raise_first(data_dir):
                return 0
            if not _can_ask():
                raise
            if error.fault is Fault.DATA_IN_USE and time.monotonic() < patience:
                time.sleep(0.2)  # a window that only just starts listens soon; a command ends soon
                continue
            answer = _ask_what_now(error, data_dir)
            if answer.give_up:
                return exit_codes.of(error)
            data_dir, read_only = answer.folder, answer.read_only
            continue
        code, next_folder = _run_on(folder, on_window, log_level, messages)
        if next_folder is None:
            return code
        data_dir, read_only = next_folder, False


def _run_on(
    folder: DataFolder, on_window: Callable[[MainWindow], None] | None, log_level: str, messages: QtMessages
) -> tuple[int, Path | None]:
    """Run the window on a claimed folder; return the exit code, and the folder to go on with, if any."""
    try:
        application = _application()
        program = Program(application, folder, log_level=log_level, messages=messages)
        if on_window is not None:
            on_window(program.window)
        program.window.show()
        program.window.activateWindow()  # without a window manager nobody else gives it the keys
        code = application.exec()
        exit_code, next_folder = program.exit_code, program.next_folder
        program.close()
    except Exception as error:
        from interview_coach import error_report

        error_report.keep(None if folder.read_only else folder.path, error, "window")
        raise
    return code or exit_code, next_folder


def _raise_first(data_dir: Path) -> bool:
    from interview_coach.ui.second_start import raise_first  # late: QtNetwork is rarely needed

    return raise_first(data_dir)


def _can_ask() -> bool:
    """Return whether a person who started the program from the desktop would see a window, and no terminal instead."""
    platform = _application().platformName()
    return platform not in ("offscreen", "minimal") and not (sys.stderr is not None and sys.stderr.isatty())


def _ask_what_now(error: CoachError, data_dir: Path) -> "Answer":
    """Tell why the program does not open, and let the person choose."""
    from interview_coach import streams
    from interview_coach.ui.start_trouble import ask

    application = _application()
    streams.tell(str(error))
    _translate(application)
    dress(application, WindowState())
    return ask(error, data_dir)


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
    there = QApplication.instance()
    if isinstance(there, QApplication):
        return there
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
