"""What Qt says, without what may be private, on standard error and in the log."""

import sys

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

from interview_coach.ui.qt_messages import QtMessages, redacted

CANARY = "ZZ-CANARY"

MARKS = ('""', "''", "“”", "„“", "«»", "‘’", "``", "`'")


@pytest.mark.parametrize(
    ("message", "kept"),
    [
        ("This plugin does not support raise()", "This plugin does not support raise()"),
        ("QFile::rename: Empty or null file name", "QFile::rename: Empty or null file name"),
        ("Qt 6.11.3 said it. Then again.", "Qt 6.11.3 said it. Then again."),
        ("it can't be done, isn't it", "it can't be done, isn't it"),
        ("Position '5' out of range", "Position … out of range"),
        ('QIODevice::read (QFile, "/a b/c"): device not open', "QIODevice::read (QFile, …): device not open"),
        ('no "one" and no "other" here', "no … here"),
        ("open /home/me/my notes.txt now", "open …"),
        ("C:\\My notes\\x", "…"),
        ("\\\\server\\my notes", "…"),
        ("file:///my notes", "…"),
        ("notes.txt failed", "… failed"),
    ],
)
def test_what_is_left_of_a_message(message, kept):
    assert redacted(message) == kept


@pytest.mark.parametrize(
    "message",
    [
        *(f"it says {mark[0]}my {CANARY} note{mark[1]} here" for mark in MARKS),
        f'"a "{CANARY}" b"',
        f"'it's {CANARY}' there",
        f'never closed "{CANARY}',
        f"never closed '{CANARY}",
        f'line\n"one\n{CANARY}\n"',
        f"open /{CANARY}",
        f"open /home/my {CANARY} notes",
        f"open ~/{CANARY}",
        f"open notes/{CANARY}",
        f"open C:\\{CANARY}",
        f"open D:/my {CANARY}",
        f"open http://{CANARY}",
        f"open {CANARY}.txt",
        f"(QFile, {CANARY}.sqlite3-wal)",
        "x" * 5000 + f' "{CANARY}"',
        '"' + "x" * 1999 + CANARY,
    ],
)  # fmt: skip
def test_what_may_be_private_is_not_left(message):
    kept = redacted(message)
    assert CANARY not in kept
    assert len(kept) <= 200


@pytest.mark.parametrize("message", ["x" * 100_000, "a." * 50_000, "'" * 100_000, "/" * 100_000, ". " * 50_000])
def test_a_long_message_takes_no_time(message):
    assert len(redacted(message)) <= 200


class TestMessages:
    CONTEXT = QMessageLogContext()

    def test_the_log_has_them_at_the_fitting_level(self, capsys):
        messages, logged = QtMessages(), []
        kinds = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg, QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg)
        messages.take(kinds[0], self.CONTEXT, f'early "{CANARY}"')
        messages.log_to(lambda *record: logged.append(record))
        for kind in (*kinds[1:], QtMsgType.QtFatalMsg):
            messages.take(kind, self.CONTEXT, f'now "{CANARY}"')
        assert logged == [
            ("debug", "early …"), ("info", "now …"), ("warning", "now …"), ("error", "now …"), ("error", "now …"),
        ]  # fmt: skip
        assert capsys.readouterr().err.splitlines() == [
            "Qt debug: early …", "Qt info: now …", "Qt warning: now …", "Qt critical: now …", "Qt fatal: now …",
        ]  # fmt: skip

    def test_many_that_come_early_are_not_kept_for_ever(self, capsys):
        messages, logged = QtMessages(), []
        for _ in range(1000):
            messages.take(QtMsgType.QtWarningMsg, self.CONTEXT, "again")
        messages.log_to(lambda *record: logged.append(record))
        assert len(logged) == 50
        assert len(capsys.readouterr().err.splitlines()) == 1000

    def test_the_one_that_every_window_brings_is_dropped(self, capsys):
        messages, logged = QtMessages(), []
        messages.log_to(lambda *record: logged.append(record))
        messages.take(QtMsgType.QtWarningMsg, self.CONTEXT, "This plugin does not support propagateSizeHints()")
        assert (logged, capsys.readouterr().err) == ([], "")

    def test_nothing_is_raised_into_qt(self, monkeypatch):
        def fail(*_):
            raise ValueError

        messages, logged = QtMessages(), []
        monkeypatch.setattr(sys, "stderr", None)
        messages.log_to(lambda *record: logged.append(record))
        messages.take(QtMsgType.QtWarningMsg, self.CONTEXT, "without standard error")
        assert logged == [("warning", "without standard error")]
        messages.log_to(fail)
        messages.take(QtMsgType.QtWarningMsg, self.CONTEXT, "and without a log")
