"""The program tries itself: the window practises one question the way a person would, through its own widgets."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from interview_coach.ui.main_window import MainWindow

_ANSWER = "An answer that the self-test types."

#: After this many milliseconds something is stuck.
_PATIENCE = 30_000


class SelfTest(QObject):
    """Drives a window through one question and closes it; ``failure`` says what went wrong, if anything."""

    def __init__(self) -> None:
        super().__init__()
        self.failure = ""
        self._window: MainWindow | None = None
        self._stuck = QTimer(self)
        self._stuck.setSingleShot(True)
        self._stuck.setInterval(_PATIENCE)
        self._stuck.timeout.connect(self._on_stuck)

    def watch(self, window: MainWindow) -> None:
        """Begin once the window is ready."""
        self._window = window
        window.ready.connect(self._begin)
        self._stuck.start()

    def _begin(self) -> None:
        self._soon(self._start)

    def _start(self) -> None:
        if self._window is not None:
            self._window.today.start_first()
            self._soon(self._answer)

    def _answer(self) -> None:
        practice = None if self._window is None else self._window.practice
        if self._window is None or practice is None:
            self._end("the first question did not open")
            return
        practice.answer.editor.insertPlainText(_ANSWER)
        self._window.commands.go_on.trigger()
        self._soon(self._rate)

    def _rate(self) -> None:
        if self._window is not None:
            self._window.commands.go_on.trigger()
            self._soon(self._compare)

    def _compare(self) -> None:
        practice = None if self._window is None else self._window.practice
        if practice is None or practice.compare.own.text.text() != _ANSWER:
            self._end("the answer did not come back beside the recorded one")
        elif not practice.compare.reference.has_points:
            self._end("there is no recorded answer beside it")
        else:
            self._end("")

    def _end(self, failure: str) -> None:
        self.failure = failure
        self._stuck.stop()
        window, self._window = self._window, None
        if window is not None:
            window.end()

    def _on_stuck(self) -> None:
        self._end(f"nothing more happened for {_PATIENCE // 1000} s")

    def _soon(self, step: Callable[[], None]) -> None:
        QTimer.singleShot(0, self, step)
