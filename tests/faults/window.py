"""The real window, offscreen, driven by keys in a process of its own: ``window.py WHAT FOLDER…``.

It says what it sees, a JSON line at a time, so that whoever attacks it can wait for a line and needs no sleep.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from interview_coach.app import run_window
from interview_coach.domain.errors import CoachError
from interview_coach.ui.main_window import MainWindow

LETTERS = "abcdefghi "

#: Seconds until something that should be seen counts as not coming.
PATIENCE = 60


def say(*said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


class Driver(QObject):
    """A candidate at the keyboard."""

    def __init__(self, what: str, folder: Path, more: list[str]) -> None:
        super().__init__()
        self.what, self.folder, self.more = what, folder, more
        self.typed = 0
        self.timers: list[QTimer] = []

    def watch(self, window: MainWindow) -> None:
        self.window = window
        window.ready.connect(self.begin)
        self.every(20, self.close_dialogs)

    def begin(self) -> None:
        QTimer.singleShot(0, self, getattr(self, self.what))

    def every(self, milliseconds: int, do: Callable[[], object]) -> None:
        timer = QTimer(self)
        timer.timeout.connect(do)
        timer.start(milliseconds)
        self.timers.append(timer)

    def close_dialogs(self) -> None:
        """Answer what waits for a person, and say what it said."""
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QDialog):
            texts = [label.text() for label in dialog.findChildren(QWidget) if hasattr(label, "text") and label.text()]
            say("dialog", dialog.windowTitle(), texts)
            dialog.reject()

    def until(self, seen: Callable[[], bool], then: Callable[[], object]) -> None:
        """Look every 20 ms whether something is to be seen, and go on when it is."""
        begun = time.monotonic()
        timer = QTimer(self)

        def look() -> None:
            if seen() or time.monotonic() - begun > PATIENCE:
                timer.stop()
                if not seen():
                    say("never seen", self.saved_text())
                then()

        timer.timeout.connect(look)
        timer.start(20)

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key)

    @property
    def editor(self) -> QWidget:
        return self.window.practice.answer.editor

    def saved_text(self) -> str:
        return self.window.practice.answer.saved.text()

    def type_key(self) -> None:
        QTest.keyClicks(self.editor, LETTERS[len(self.editor.text()) % 10])
        say("typed", len(self.editor.text()), time.monotonic())

    # --- what may be asked for

    def stay(self) -> None:
        """Only be there."""
        say("ready")

    def type(self) -> None:
        """Type a key every 25 ms, for as long as nobody ends the process."""
        self.press(Qt.Key.Key_Return)
        self.every(25, self.type_key)

    def resume(self) -> None:
        """Press Enter once and say what is there."""
        offered = QApplication.focusWidget().objectName()
        self.press(Qt.Key.Key_Return)
        there = QApplication.focusWidget()
        say("resumed", offered, there.objectName(), there.text(), there.textCursor().atEnd())
        self.window.end()

    def full(self) -> None:
        """Type, fill the disk, type on, make room, and say what the window says each time."""
        ballast = self.folder.parent / "ballast"

        def fill() -> None:
            say("before", self.saved_text()[:7])
            with ballast.open("wb", buffering=0) as file:
                try:
                    while file.write(bytes(4096)):
                        pass
                except OSError as error:
                    say("full", error.errno)
            self.editor.insertPlainText("more than what is left " * 3000)
            self.until(lambda: "Not saved" in self.saved_text(), go_on)

        def go_on() -> None:
            say("while full", self.saved_text(), self.editor.isEnabled(), not self.editor.isReadOnly())
            QTest.keyClicks(self.editor, "and on")
            say("text", self.editor.text()[-20:])
            ballast.unlink()
            self.until(lambda: "Saved" in self.saved_text() and "Not" not in self.saved_text(), done)

        def done() -> None:
            say("after", self.saved_text()[:7], len(self.editor.text()))
            self.window.end()

        self.press(Qt.Key.Key_Return)
        QTest.keyClicks(self.editor, "before it was full")
        self.until(lambda: "Saved" in self.saved_text(), fill)

    def gone(self) -> None:
        """Type, let the folder's disk be taken away, type on."""

        def take_away() -> None:
            subprocess.run(["umount", "-l", self.more[0]], check=True)
            say("taken away")
            QTest.keyClicks(self.editor, " and after")
            self.until(lambda: "aved" in self.saved_text(), done)

        def done() -> None:
            say("text", self.editor.text(), self.saved_text()[:9])
            self.window.end()

        self.press(Qt.Key.Key_Return)
        QTest.keyClicks(self.editor, "before")
        self.until(lambda: "Saved" in self.saved_text(), take_away)


if __name__ == "__main__":
    driver = Driver(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
    try:
        sys.exit(run_window(Path(sys.argv[2]), driver.watch))
    except CoachError as told:
        say("refused", told.fault.name, str(told))
        sys.exit(75)
