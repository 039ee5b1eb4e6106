"""What nobody expected is told once and calmly, the text stays and is stored, and the program goes on."""

import errno
import gc
import sys
import threading
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from interview_coach import error_report, logs
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import AttemptState
from interview_coach.ui import dialogs, error_hook
from interview_coach.ui.error_hook import ErrorHook

CANARY = "ZZ-CANARY"
WITHIN = 5000


class Person:
    """Reads what is told: ``while_reading`` is done before Close is pressed."""

    def __init__(self):
        self.reports = []
        self.told = []
        self.damaged = []
        self.while_reading = lambda: None

    def report(self, _window, sentence, details, path, *, stored):
        self.reports.append((sentence, details, path, stored))
        self.while_reading()
        QApplication.processEvents()

    def tell(self, _window, title, text, _details=""):
        self.told.append((title, text))
        QApplication.processEvents()


@pytest.fixture
def person(monkeypatch):
    reader = Person()
    monkeypatch.setattr(dialogs, "report", reader.report)
    monkeypatch.setattr(dialogs, "tell", reader.tell)
    return reader


@pytest.fixture
def folder(tmp_path):
    """The data folder of log and reports."""
    path = tmp_path / "claimed"
    path.mkdir()
    return path


@pytest.fixture
def hooked(candidate, person, folder):
    """A candidate who is answering, in a program that watches for what nobody expected."""

    def keep_text():
        practice = candidate.window.practice
        return practice is None or practice.store()

    log = logs.Log.open(folder, "debug")
    hook = ErrorHook(candidate.window, folder, keep_text, person.damaged.append)
    candidate.hook = hook
    candidate.press("Return")
    yield candidate
    hook.close()
    log.close()


def reports(folder):
    return list((folder / logs.FOLDER).glob("report-*"))


def log_text(folder):
    path = folder / logs.FOLDER / logs.FILE
    return path.read_text("utf-8") if path.exists() else ""


def fail(*_):
    held = CANARY
    raise ValueError(held)


def in_slot():
    QTimer.singleShot(0, fail)


def in_thread():
    threading.Thread(target=fail).start()


def settle():
    for _ in range(20):
        QApplication.processEvents()


class TestDefect:
    @pytest.mark.parametrize("begin", [in_slot, in_thread])
    def test_it_is_told_once_and_the_program_goes_on(self, hooked, person, folder, qtbot, begin):
        hooked.type("kept text")
        begin()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        ((sentence, details, path, stored),) = person.reports
        assert sentence == "Something went wrong in the program (ValueError)."
        assert stored
        assert hooked.practice.answer.editor.text() == "kept text"
        assert [attempt.text for attempt in hooked.attempts] == ["kept text"]
        assert reports(folder) == [path]
        assert path.read_text("utf-8") == details
        assert "\nValueError\n" in details
        assert log_text(folder).count(" error ") == 1
        assert "unexpected (1): ValueError at " in log_text(folder)
        assert CANARY not in details + log_text(folder) + sentence
        hooked.type(" and more")
        hooked.press("Ctrl+Return")
        assert (hooked.step, hooked.attempts[0].text) == ("rate", "kept text and more")
        settle()
        assert len(person.reports) == 1

    def test_in_a_patched_slot_of_the_window(self, hooked, person, monkeypatch, qtbot):
        monkeypatch.setattr(type(hooked.practice._session), "flag", fail)
        hooked.type("kept text")
        hooked.button("flag_button").click()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        ((_, details, _, stored),) = person.reports
        assert " PracticePage._flag\n" in details
        assert "    ui/pages/practice/page.py:" in details
        assert (stored, hooked.attempts[0].text) == (True, "kept text")
        hooked.press("Ctrl+Return")
        assert hooked.attempts[0].state is AttemptState.SUBMITTED

    def test_in_a_callback_of_a_task(self, hooked, person, qtbot):
        hooked.tasks.run(lambda: 1, fail, fail)
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        assert "    ui/tasks.py:" in person.reports[0][1]

    def test_in_a_task(self, hooked, person, monkeypatch, qtbot, tmp_path):
        monkeypatch.setattr(dialogs, "choose_transcripts", lambda _: (tmp_path,))
        monkeypatch.setattr(hooked.services.importing, "import_paths", fail)
        for times in (1, 2):
            hooked.window.commands.import_transcripts.trigger()
            qtbot.waitUntil(lambda times=times: len(person.reports) == times, timeout=WITHIN)
            monkeypatch.setattr(error_hook, "QUIET", 0.0)
        settle()
        assert (len(person.reports), person.told) == (2, [])
        assert "ImportPage.look_at" in person.reports[0][1]

    def test_in_the_task_that_saves_drafts(self, hooked, person, monkeypatch, qtbot):
        """It is told once, however often the save is tried again, and never said that the text is stored."""
        session = type(hooked.practice._session)
        real = session.save_draft
        monkeypatch.setattr(session, "save_draft", fail)
        hooked.type("kept text")
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        assert person.reports[0][3] is False
        assert hooked.text("saved_label") == "Not saved: Something went wrong in the program (ValueError)."
        monkeypatch.setattr(error_hook, "QUIET", 0.0)
        with qtbot.waitSignal(hooked.practice._autosave.failed, timeout=WITHIN):
            pass
        settle()
        assert len(person.reports) == 1
        assert hooked.practice.answer.editor.text() == "kept text"
        monkeypatch.setattr(session, "save_draft", real)
        with qtbot.waitSignal(hooked.practice._autosave.saved, timeout=2 * WITHIN):
            pass
        assert hooked.attempts[0].text == "kept text"

    def test_that_the_text_is_stored_is_said_only_where_it_is(self, hooked, person, monkeypatch, qtbot):
        """Also where it is what notices typing that fails, or asking whether all is stored."""
        with monkeypatch.context() as patched:
            patched.setattr(hooked.practice._autosave, "note_change", fail)
            in_slot()
            qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        assert person.reports[0][3] is False

    def test_where_no_report_can_be_written_it_is_told_all_the_same(self, candidate, person, folder, qtbot):
        (folder / logs.FOLDER).touch()
        hook = ErrorHook(candidate.window, folder, lambda: True, person.damaged.append)
        in_slot()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        hook.close()
        (_, details, path, _) = person.reports[0]
        assert "ValueError" in details
        assert path is None

    def test_without_a_folder_nothing_is_written(self, candidate, person, tmp_path, qtbot):
        hook = ErrorHook(candidate.window, None, lambda: True, person.damaged.append)
        before = sorted(tmp_path.rglob("*"))
        in_slot()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        hook.close()
        assert person.reports[0][2] is None
        assert sorted(tmp_path.rglob("*")) == before


class TestAgain:
    @pytest.mark.usefixtures("hooked")
    def test_while_one_is_read_others_are_counted(self, person, folder, qtbot):
        def read():
            for _ in range(100):
                in_slot()
            QTimer.singleShot(0, lambda: [][0])
            settle()

        person.while_reading = read
        in_slot()
        qtbot.waitUntil(lambda: "IndexError" in log_text(folder), timeout=WITHIN)
        settle()
        assert len(person.reports) == 1
        assert [text.partition(")")[0] for text in log_text(folder).split("unexpected (")[1:]] == [
            "1", "2", "4", "8", "16", "32", "64", "1",
        ]  # fmt: skip
        assert len(reports(folder)) == 2

    @pytest.mark.usefixtures("hooked")
    def test_many_threads_at_once(self, person, folder, qtbot):
        gate = threading.Barrier(20)

        def fail_together():
            gate.wait()
            fail()

        threads = [threading.Thread(target=fail_together) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        settle()
        assert (len(person.reports), len(reports(folder))) == (1, 1)

    @pytest.mark.usefixtures("hooked")
    def test_what_goes_on_failing_leaves_the_person_alone(self, person, folder, qtbot):
        """A timer, or a paint event that comes again whenever the dialog closes."""
        failing = QTimer()
        failing.timeout.connect(fail)
        failing.start(5)
        person.while_reading = lambda: qtbot.waitUntil(lambda: "unexpected (4)" in log_text(folder), timeout=WITHIN)
        qtbot.waitUntil(lambda: "unexpected (32)" in log_text(folder), timeout=WITHIN)
        failing.stop()
        assert len(person.reports) == 1

    @pytest.mark.usefixtures("hooked")
    def test_what_comes_back_later_is_told_again_with_the_same_report(self, person, folder, monkeypatch, qtbot):
        monkeypatch.setattr(error_hook, "QUIET", 0.0)
        for times in (1, 2):
            in_slot()
            qtbot.waitUntil(lambda times=times: len(person.reports) == times, timeout=WITHIN)
        assert person.reports[0] == person.reports[1]
        assert len(reports(folder)) == 1

    @pytest.mark.usefixtures("hooked")
    @pytest.mark.parametrize(
        ("reading", "pauses", "dialogs"),
        [
            (60.0, [0.1] * 20, 1),  # comes when the dialog closes, as from a paint event
            (0.0, [2.9] * 20, 1),  # goes on coming, as from a timer
            (60.0, [3.1] * 3, 4),  # comes when the person tries once more
        ],
    )
    def test_what_is_told_again_has_kept_away(self, person, folder, monkeypatch, reading, pauses, dialogs):
        now = [1000.0]

        def pass_time(seconds):
            now[0] += seconds

        monkeypatch.setattr(error_hook, "time", SimpleNamespace(monotonic=lambda: now[0]))
        person.while_reading = lambda: pass_time(reading)
        for pause in [0.0, *pauses]:
            pass_time(pause)
            in_slot()
            settle()
        assert len(person.reports) == dialogs
        assert len(reports(folder)) == 1

    def test_counting_has_an_end(self, hooked, monkeypatch):
        monkeypatch.setattr(error_hook, "_MOST", 3)
        for number in range(10):
            sys.excepthook(ValueError, type(f"Odd{number}", (Exception,), {})(), None)
        assert len(hooked.hook._counts) <= 3


class TestBadLuck:
    @pytest.mark.parametrize(
        ("error", "words"),
        [
            (CoachError(Fault.DISK_FULL, CANARY, where=CANARY), "The disk is full."),
            (CoachError(Fault.DATA_IN_USE, CANARY), "The data folder is in use by another program."),
            (OSError(errno.ENOSPC, CANARY), "The disk is full."),
            (PermissionError(errno.EACCES, CANARY, CANARY), "There is no permission to use the file."),
            (OSError(errno.EROFS, CANARY), "The disk or the file is read-only."),
        ],
    )
    def test_it_is_told_in_words(self, hooked, person, folder, qtbot, error, words):
        def meet():
            raise error

        hooked.type("kept text")
        QTimer.singleShot(0, meet)
        qtbot.waitUntil(lambda: person.told != [], timeout=WITHIN)
        assert person.told == [("This did not work", words)]
        assert (person.reports, reports(folder)) == ([], [])
        assert "bad luck (1)" in log_text(folder)
        assert CANARY not in log_text(folder)
        assert hooked.practice.answer.editor.text() == "kept text"

    @pytest.mark.usefixtures("hooked")
    def test_a_defect_of_files_is_a_defect(self, person, qtbot):
        QTimer.singleShot(0, lambda: open("/nowhere/at/all"))  # noqa: PTH123, SIM115
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)
        assert person.reports[0][0] == "Something went wrong in the program (FileNotFoundError)."

    @pytest.mark.usefixtures("hooked")
    def test_damaged_data_is_handed_on(self, person, qtbot):
        def meet():
            raise CoachError(Fault.DAMAGED_DATA, "The database is damaged.", where="there")

        QTimer.singleShot(0, meet)
        qtbot.waitUntil(lambda: person.damaged != [], timeout=WITHIN)
        settle()
        (error,) = person.damaged
        assert (error.fault, str(error), error.where) == (Fault.DAMAGED_DATA, "The database is damaged.", "there")
        assert error.__traceback__ is None
        assert (person.told, person.reports) == ([], [])


class TestHooks:
    def test_they_are_given_back(self, candidate, person, folder):
        before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        hook = ErrorHook(candidate.window, folder, lambda: True, person.damaged.append)
        assert all(now is not then for now, then in zip(_hooks(), before, strict=True))
        hook.close()
        hook.close()
        assert _hooks() == before

    def test_nothing_is_told_after_the_end(self, candidate, person, folder):
        hook = ErrorHook(candidate.window, folder, lambda: True, person.damaged.append)
        sys.excepthook(ValueError, ValueError(), None)
        hook._on_exception(TypeError, TypeError(), None)
        hook.close()
        hook._on_exception(LookupError, LookupError(), None)
        settle()
        assert person.reports == []

    def test_another_s_hook_stays(self, candidate, person, folder, monkeypatch):
        hook = ErrorHook(candidate.window, folder, lambda: True, person.damaged.append)
        former = hook._former

        def another(*_):
            pass

        monkeypatch.setattr(sys, "excepthook", another)
        hook.close()
        assert sys.excepthook is another
        sys.excepthook = former[0]

    def test_ctrl_c_goes_on_to_who_had_the_hook(self, candidate, person, folder, monkeypatch):
        came = []
        monkeypatch.setattr(sys, "excepthook", lambda *error: came.append(error))
        hook = ErrorHook(candidate.window, folder, lambda: True, person.damaged.append)
        error = KeyboardInterrupt()
        sys.excepthook(KeyboardInterrupt, error, None)
        hook.close()
        settle()
        assert came == [(KeyboardInterrupt, error, None)]
        assert person.reports == []

    @pytest.mark.usefixtures("hooked")
    def test_a_thread_that_exits_is_no_defect(self, person, folder):
        thread = threading.Thread(target=sys.exit)
        thread.start()
        thread.join()
        settle()
        assert (person.reports, log_text(folder)) == ([], "")

    @pytest.mark.usefixtures("hooked")
    def test_what_had_nowhere_to_go_is_logged_alone(self, person, folder):
        class Ends:
            def __del__(self):
                fail()

        for _ in range(5):
            Ends()
            gc.collect()
        settle()
        assert [text.partition(")")[0] for text in log_text(folder).split("went on after (")[1:]] == ["1", "2", "4"]
        assert CANARY not in log_text(folder)
        assert (person.reports, reports(folder)) == ([], [])

    @pytest.mark.usefixtures("hooked")
    def test_without_standard_error(self, person, monkeypatch, qtbot):
        monkeypatch.setattr(sys, "stderr", None)
        in_thread()
        in_slot()
        qtbot.waitUntil(lambda: person.reports != [], timeout=WITHIN)

    @pytest.mark.usefixtures("hooked")
    @pytest.mark.parametrize("where", ["text", "write"])
    def test_what_fails_in_the_hook_goes_nowhere(self, person, monkeypatch, capfd, where):
        with monkeypatch.context() as patched:
            patched.setattr(error_report, where, fail)
            in_slot()
            in_thread()
            settle()
        assert (person.reports, capfd.readouterr()) == ([], ("", ""))

    @pytest.mark.usefixtures("hooked")
    def test_what_fails_in_the_dialog_is_logged_and_the_next_is_told(self, person, folder, qtbot):
        person.while_reading = fail
        in_slot()
        qtbot.waitUntil(lambda: log_text(folder).count("unexpected") == 2, timeout=WITHIN)
        person.while_reading = lambda: None
        QTimer.singleShot(0, lambda: [][0])
        qtbot.waitUntil(lambda: len(person.reports) == 2, timeout=WITHIN)
        assert "IndexError" in person.reports[1][1]


def _hooks():
    return sys.excepthook, threading.excepthook, sys.unraisablehook
