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
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QLabel, QWidget

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
        if self.what == "walk":
            self.every(20, self.look_for_trouble)
            self.every(15_000, self.give_up)
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

    def look_for_trouble(self) -> None:
        """End where the window says that the data can't be opened."""
        for name in ("trouble_page", "recovery_page"):
            page = self.window.findChild(QWidget, name)
            if page is not None and page.isVisible():
                self.timers[0].stop()
                say("refused", [label.text() for label in page.findChildren(QLabel) if label.text()])
                self.window.end()

    def give_up(self) -> None:
        say("never ready")
        self.window.end()

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

    def walk(self) -> None:
        """Go to every page, choose what can be chosen there, and go on with what Today offers."""
        for page in ("today", "questions", "transcripts", "progress", "settings", "practice", "today"):
            self.window.commands.pages[page].trigger()
            QApplication.processEvents()
            for view in self.window.findChildren(QAbstractItemView):
                if view.isVisible() and view.model() is not None and view.model().rowCount():
                    view.setCurrentIndex(view.model().index(view.model().rowCount() - 1, 0))
                    QApplication.processEvents()
            say("page", page)
        self.press(Qt.Key.Key_Return)
        if self.window.practice is not None and self.window.practice.isVisible():
            QTest.keyClicks(QApplication.focusWidget() or self.window, "typed on what is left")
            self.window.commands.go_on.trigger()
        QApplication.processEvents()
        say("end")
        self.window.end()


if __name__ == "__main__":
    driver = Driver(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
    try:
        sys.exit(run_window(Path(sys.argv[2]), driver.watch))
    except CoachError as told:
        say("refused", told.fault.name, str(told))
        sys.exit(75)
