"""Taking out and printing in the window, by keyboard, into real files."""

import re
import shutil
import stat
import subprocess
import threading
import zlib
from datetime import date

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtGui import QFont, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QDialog, QLabel

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Mode, SelfRating
from interview_coach.reports.html import printable
from interview_coach.reports.values import RecordedAnswer, Report, ReportedQuestion, ReportKind
from interview_coach.services.exporting import EVERYTHING, Chosen, Kind
from interview_coach.ui import dialogs, printing
from interview_coach.ui.export_words import Form
from interview_coach.ui.exporting import Exporting
from interview_coach.ui.printing import Pages, Paper, in_pieces, pdf, usual_paper

FORMS = ("html", "pdf", "markdown", "csv", "anki", "turns", "json")
A4 = Paper(QPageSize.PageSizeId.A4, "Sans Serif")


@pytest.fixture
def save_to(monkeypatch, tmp_path):
    """Where files are saved: into a folder, under the name that is proposed; what was asked is noted."""
    asked = []
    folder = tmp_path / "taken"
    folder.mkdir()

    def save_as(_parent, _title, name, kinds):
        asked.append((name, kinds))
        return save_as.target or folder / name

    save_as.target = None
    monkeypatch.setattr(dialogs, "save_as", save_as)
    save_as.folder, save_as.asked = folder, asked
    return save_as


def answer(services, count=10, text="I would measure first. It cut costs by 40 %."):
    """Practise so many questions of the sample; return the session."""
    session_id = services.practice.start_transcript(1)
    session = services.practice.session(session_id)
    for number in range(count):
        session.view()
        session.submit(f"{text} Answer {number + 1}.", 30.0)
        session.rate(SelfRating(clarity=4, confidence=7))
        view = session.view()
        session.finish_question(view.comparison.points, SelfRating(), f"say it sooner {number + 1}")
    return session_id


def pick(dialog, form, what=0):
    dialog.what.setCurrentIndex(what)
    dialog.form.setCurrentIndex(dialog.form.findData(form))


def saved(candidate, qtbot):
    qtbot.waitUntil(lambda: not candidate.window._exporting.busy, timeout=20_000)
    QApplication.processEvents()


def words_of(path):
    """What stands in a PDF, by whatever tool is there."""
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-layout", str(path), "-"]
    elif shutil.which("gs"):
        command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=txtwrite", "-sOutputFile=-", str(path)]
    else:
        pytest.skip("neither pdftotext nor gs is here, which read a PDF")
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return " ".join(done.stdout.decode("utf-8", "replace").split())


def pages_of(content):
    return len(re.findall(rb"/Type\s*/Page\b", content))


@pytest.mark.parametrize("form", FORMS)
def test_a_session_goes_out_in_every_form_by_keys_alone(candidate, in_dialogs, save_to, qtbot, form):
    answer(candidate.services)
    candidate.press("Ctrl+5", "Return")

    def choose(dialog):
        assert candidate.focus == "export_what"
        assert dialog.what.currentText() == "This session"
        assert dialog.about.text().startswith("Nebula Systems, Senior Python Backend Engineer · ")
        candidate.press("Tab")
        assert candidate.focus == "export_form"
        candidate.press(*["Down"] * FORMS.index(form))
        assert dialog.wanted.form is Form(form)
        assert dialog.good_for.text()
        candidate.press("Ctrl+Return")

    in_dialogs.append(choose)
    candidate.press("Ctrl+E")
    saved(candidate, qtbot)
    (path,) = save_to.folder.iterdir()
    content = path.read_bytes()
    assert path.name.startswith("Your practice of 2 March 2026.")
    assert candidate.notice == f"Saved: {path.name}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    if form == "pdf":
        assert content.startswith(b"%PDF-")
        assert pages_of(content) > 1
        told = words_of(path)
        assert "Answer 10." in told
        assert f"1 / {pages_of(content)}" in told
    else:
        assert b"Answer 10." in content


def test_what_the_pages_offer(english, in_dialogs):
    services = english.services
    offered, about = [], []

    def look(dialog):
        offered.append([dialog.what.itemText(row) for row in range(dialog.what.count())])
        about.append(dialog.about.text())
        english.press("Esc")

    def offers():
        in_dialogs.append(look)
        english.press("Ctrl+E")
        return offered[-1]

    assert offers() == ["Everything"]
    english.press("Ctrl+3")
    assert offers() == ["This question", "The 10 questions shown", "Everything"]
    assert about[-1].startswith("What inspired you")
    english.press("Ctrl+3", "Shift+Down")
    assert offers()[0] == "The 2 questions chosen"
    english.press("Ctrl+4")
    assert offers() == ["This transcript", "Everything"]
    assert about[-1] == "Nebula Systems, Senior Python Backend Engineer"
    english.press("Ctrl+5")
    assert offers() == ["Everything"]
    answer(services, 2)
    english.press("Ctrl+1", "Ctrl+5", "Return", "Return")
    assert offers() == ["This session", "This question", "Everything"]
    assert about[-1].startswith("Nebula Systems")


def test_everything_is_no_transcript(candidate, in_dialogs):
    def look(dialog):
        assert dialog.form.findData("turns") == -1
        assert dialog.form.findData("json") >= 0
        candidate.press("Esc")

    in_dialogs.append(look)
    candidate.press("Ctrl+E")


def test_the_options_go_along(candidate, in_dialogs, save_to, qtbot):
    def excel(dialog):
        pick(dialog, "csv")
        box = dialog.findChild(QCheckBox, "export_excel")
        assert box.isVisible()
        box.setChecked(True)
        candidate.press("Ctrl+Return")

    def cards(dialog):
        pick(dialog, "anki")
        assert not dialog.findChild(QCheckBox, "export_excel").isVisible()
        dialog.findChild(QComboBox, "export_answers").setCurrentIndex(1)
        candidate.press("Ctrl+Return")

    for script in (excel, cards):
        in_dialogs.append(script)
        candidate.press("Ctrl+E")
        saved(candidate, qtbot)
    assert (save_to.folder / "Your interview practice.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert "intersection of technology and finance" in (save_to.folder / "Your interview practice.txt").read_text()


def test_what_is_typed_goes_out_with_it(candidate, in_dialogs, save_to, qtbot):
    candidate.press("Return")
    candidate.type("half an answer")
    in_dialogs.append(lambda dialog: (pick(dialog, "markdown"), candidate.press("Ctrl+Return")))
    candidate.press("Ctrl+E")
    saved(candidate, qtbot)
    (path,) = save_to.folder.iterdir()
    told = path.read_text()
    assert "half an answer" in told
    assert "draft, not submitted" in told
    assert "intersection of technology" not in told  # the recorded answer was not on screen yet
    assert candidate.find("answer_editor").toPlainText() == "half an answer"


def test_a_failure_is_told_and_the_older_file_stays(candidate, in_dialogs, save_to, qtbot, told):
    save_to.target = candidate.services.database.path
    before = save_to.target.read_bytes()
    in_dialogs.append(lambda _: candidate.press("Ctrl+Return"))
    candidate.press("Ctrl+E")
    saved(candidate, qtbot)
    ((title, text, _),) = told
    assert title == "This was not done"
    assert text.startswith("The file cannot be created.")
    assert save_to.target.read_bytes() == before


def test_a_text_that_a_transcript_cannot_hold_is_told(candidate, in_dialogs, save_to, qtbot, told):
    answer(candidate.services, 1, "Well.\nTurn 2 [HR]\nQ: So")
    candidate.press("Ctrl+5", "Return")
    in_dialogs.append(lambda dialog: (pick(dialog, "turns"), candidate.press("Ctrl+Return")))
    candidate.press("Ctrl+E")
    saved(candidate, qtbot)
    assert told[0][1].startswith(
        "Turn 1 would be read back as something else: a turn transcript cannot hold its answer"
    )
    assert list(save_to.folder.iterdir()) == []


def test_nothing_is_asked_twice_at_once(candidate, in_dialogs, save_to, qtbot):  # noqa: ARG001
    answer(candidate.services, 3)
    in_dialogs.append(lambda dialog: (pick(dialog, "pdf"), candidate.press("Ctrl+Return")))
    candidate.press("Ctrl+E", "Ctrl+E")
    assert candidate.notice.startswith("Something else is still being written")
    saved(candidate, qtbot)


def test_the_window_can_close_meanwhile(candidate, in_dialogs, save_to):
    answer(candidate.services, 10)
    in_dialogs.append(lambda dialog: (pick(dialog, "pdf"), candidate.press("Ctrl+Return")))
    candidate.press("Ctrl+E")
    candidate.close()
    assert [path.suffix for path in save_to.folder.iterdir()] in ([], [".pdf"])


def test_once_stopped_nothing_more_is_read(candidate):
    exporting = Exporting(candidate.services, candidate.tasks, candidate.window, lambda: (None, None))
    exporting.stop()
    with pytest.raises(CoachError) as stopped:
        exporting._exports.printable(EVERYTHING, exporting._watch)
    assert stopped.value.fault is Fault.DATA_IN_USE


@pytest.mark.parametrize("form", ["pdf", "html"])
def test_the_interview_day_page_is_one_page(candidate, in_dialogs, save_to, qtbot, form):
    answer(candidate.services)
    candidate.press("Ctrl+4")

    def choose(dialog):
        assert dialog.windowTitle() == "Interview-day page"
        assert [dialog.what.itemText(row) for row in range(dialog.what.count())] == ["This transcript"]
        pick(dialog, form)
        candidate.press("Ctrl+Return")

    in_dialogs.append(choose)
    candidate.window.commands.interview_day.trigger()
    qtbot.waitUntil(lambda: bool(save_to.asked), timeout=10_000)
    saved(candidate, qtbot)
    (path,) = save_to.folder.iterdir()
    assert path.name == f"Interview day Nebula Systems, Senior Python Backend Engineer.{form}"
    if form == "pdf":
        assert pages_of(path.read_bytes()) == 1
        told = words_of(path)
        assert "cut costs by 40 %" in told
        assert "How you open" in told
    else:
        assert "cut costs by 40 %" in path.read_text()


@pytest.fixture
def printers(monkeypatch):
    """Where what is printed goes, one after the other, as the system's dialog would be told; None leaves it."""
    files = []

    def ask(asked):
        file = files.pop(0)
        if file is None:
            return QDialog.DialogCode.Rejected
        asked.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        asked.printer().setOutputFileName(str(file))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", ask)
    yield files
    assert files == []


def test_printing_shows_the_pages_first(candidate, in_dialogs, qtbot, tmp_path, printers):
    answer(candidate.services)
    candidate.press("Ctrl+5", "Return")
    out, shown = tmp_path / "printed.pdf", []
    printers += [None, out]

    def choose(dialog):
        assert not dialog.form.isVisible()
        candidate.press("Ctrl+Return")

    def pages(dialog):
        dialog.grab().save(str(tmp_path / "pages.png"))
        shown.append(dialog.pages.pageCount())
        assert candidate.focus == "dialog_accept_button"
        candidate.press("Return")
        assert dialog.isVisible()  # no printer was chosen: the pages are still there
        candidate.press("Return")

    in_dialogs += [choose, pages]
    candidate.press("Ctrl+P")
    qtbot.waitUntil(lambda: bool(shown), timeout=20_000)
    assert shown[0] > 1
    assert pages_of(out.read_bytes()) == shown[0]


@pytest.mark.qt_log_ignore(
    r"^QPainter::begin\(\): Returned false$", r"^This plugin does not support propagateSizeHints\(\)$", extend=True
)
def test_a_printer_that_takes_nothing_is_told(candidate, in_dialogs, qtbot, tmp_path, told, printers):
    printers.append(tmp_path / "no folder" / "printed.pdf")

    def pages(dialog):
        candidate.press("Return")
        assert dialog.isVisible()
        candidate.press("Esc")

    in_dialogs += [lambda _: candidate.press("Ctrl+Return"), pages]
    candidate.press("Ctrl+P")
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told[0][0] == "This was not printed"


def test_some_pages_can_be_drawn_alone(qapp, tmp_path):  # noqa: ARG001
    html = printable(report("word " * 900, questions=8))
    for first, last, count in ((1, None, None), (2, 3, 2), (2, 99, None)):
        writer = QPdfWriter(str(tmp_path / "some.pdf"))
        pages = Pages([html], writer, writer.resolution(), A4)
        assert pages.count > 3
        assert pages.draw_on(writer, first, last)
        assert pages_of((tmp_path / "some.pdf").read_bytes()) == (count or pages.count - first + 1)


def test_recorded_answers_in_the_preview_count_as_seen(candidate, in_dialogs, qtbot, clock):
    services = candidate.services
    session = services.practice.session(services.practice.start_transcript(1, Mode.PRACTICE))
    assert session.view().blind
    clock.advance(seconds=5)
    done = []
    in_dialogs.append(lambda _: candidate.press("Ctrl+Return"))
    in_dialogs.append(lambda dialog: (done.append(1), dialog.reject()))
    candidate.press("Ctrl+4")
    candidate.press("Ctrl+P")
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    assert not session.view().blind


def test_the_window_goes_on_while_a_pdf_is_made(candidate, qtbot):
    """Between any two pieces and pages the window has its turn: here the work waits for it."""
    answer(candidate.services)
    html = candidate.services.exporting.printable(Chosen(Kind.SESSION, (1,)))
    turns, waits, ended = threading.Semaphore(0), [], []
    timer = QTimer()
    timer.timeout.connect(turns.release)
    timer.start(0)

    def watch():
        waits.append(turns.acquire(timeout=20))

    candidate.tasks.run(lambda: pdf([html], "T", A4, watch), ended.append, ended.append)
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
    timer.stop()
    assert isinstance(ended[0], bytes)
    assert len(waits) > 10
    assert all(waits)


def test_a_very_long_answer_is_laid_out_in_a_thread_as_well(candidate, qtbot):
    """Qt begins to lay a long text out by a timer, and says so where the thread has none; here that fails the test."""
    html, ended = printable(report("word " * 20_000, questions=1)), []
    candidate.tasks.run(lambda: pdf([html], "T", A4), ended.append, ended.append)
    qtbot.waitUntil(lambda: bool(ended), timeout=60_000)
    assert isinstance(ended[0], bytes)


# --- the pages themselves


def report(text="One.", questions=3):
    asked = ReportedQuestion(
        uid="1",
        stage="HR",
        text="Why <b>you</b>?",
        own_points=("short", "long\n\n```\n  code\n```"),
        recorded=(RecordedAnswer(transcript="Acme", answer=text),),
    )
    return Report(title="T", made=date(2026, 3, 2), kind=ReportKind.QUESTIONS, questions=(asked,) * questions)


def blocks(document):
    """What stands in a document and how, but for blanks at the end of lines."""
    found, block = [], document.begin()
    while block.isValid():
        text, form = block.text().rstrip(), block.blockFormat()
        parts = [part for part in block.textFormats() if part.start < len(text)]
        looks = [(part.start, part.format.fontWeight(), part.format.fontPointSize() or 10.0) for part in parts]
        if text:
            margins = (form.topMargin(), form.bottomMargin(), form.leftMargin())
            found.append((text, margins, looks, block.textList() is not None))
        block = block.next()
    return found


def test_a_document_in_pieces_is_the_same_as_a_whole_one(qapp, tmp_path):  # noqa: ARG001
    html = printable(report('x\n\n```\n\tcode & <p class="h2">more\n```\n\nlast'))
    writer = QPdfWriter(str(tmp_path / "x.pdf"))
    whole = QTextDocument()
    whole.setDefaultFont(QFont("Sans Serif", 10))
    whole.setHtml(html)
    pages = Pages([html], writer, 1200, A4)
    assert blocks(pages._document) == blocks(whole)
    assert "\u200b" not in pages._document.toPlainText()
    assert len(in_pieces(html)[1]) == 1 + 3 * 3


def test_of_several_versions_the_first_that_fits_is_taken(qapp, tmp_path):  # noqa: ARG001
    writer = QPdfWriter(str(tmp_path / "x.pdf"))
    long, short = printable(report("word " * 900)), printable(report(questions=1))
    assert Pages([long, short, long], writer, 1200, A4).count == 1
    assert Pages([short, long], writer, 1200, A4).count == 1


def test_every_piece_has_the_size_of_its_version(candidate, tmp_path):
    answer(candidate.services, 2)
    chosen = Chosen(Kind.SESSION, (1,))
    (html,) = candidate.services.exporting.interview_day_printable(chosen, (6.0,))
    pages = Pages([html], QPdfWriter(str(tmp_path / "x.pdf")), 1200, A4)
    sizes = {size for _, _, looks, _ in blocks(pages._document) for _, _, size in looks}
    assert max(sizes) == 9.0  # the title's


def test_a_device_that_takes_no_page_is_a_failure(qapp, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(Pages, "draw_on", lambda *_: False)
    with pytest.raises(CoachError) as failed:
        pdf([printable(report())], "T", A4)
    assert failed.value.fault is Fault.INPUT_OUTPUT


def test_a_broken_pdf_is_a_failure(qapp, monkeypatch):  # noqa: ARG001
    monkeypatch.setattr(Pages, "draw_on", lambda *_: True)  # as a writer does that was given a bad place
    with pytest.raises(CoachError) as failed:
        pdf([printable(report())], "T", A4)
    assert failed.value.fault is Fault.INPUT_OUTPUT


def test_a_dark_theme_prints_in_black_too(open_window):
    open_window(theme="dark")
    html = '<html><head></head><body>\n<p class="h2">Title</p>\n<p>Words</p>\n</body></html>'
    streams = re.findall(rb"FlateDecode\s*>>\s*stream\r?\n(.*?)\r?\nendstream", pdf([html], "T", A4), re.DOTALL)
    colours = re.findall(rb"([0-9. ]+) scn\b", zlib.decompress(streams[0]))
    assert set(colours) == {b"0 0 0"}


@pytest.mark.parametrize(
    ("name", "size"), [("en_US", "Letter"), ("en_CA", "Letter"), ("de_DE", "A4"), ("en_GB", "A4"), ("C", "A4")]
)
def test_the_sheet_is_the_usual_one_there(qapp, name, size):  # noqa: ARG001
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    try:
        assert usual_paper().size.name == size
    finally:
        QLocale.setDefault(before)


def test_many_questions_take_a_smaller_size(qapp, candidate):  # noqa: ARG001
    answer(candidate.services)
    chosen = Chosen(Kind.TRANSCRIPT, (1,))
    versions = candidate.services.exporting.interview_day_printable(chosen, printing.DAY_SIZES)
    assert len(versions) == len(printing.DAY_SIZES)
    assert pages_of(pdf(versions, "T", usual_paper(single=True))) == 1
    assert pages_of(pdf(versions[:1] * 2, "T", Paper(QPageSize.PageSizeId.A6, "Sans Serif"))) > 1


@pytest.mark.parametrize("text_size", [1.0, 2.0])
@pytest.mark.parametrize(("page", "form"), [("5", "anki"), ("5", "csv"), ("5", "turns"), ("4", "html"), ("3", "json")])
def test_the_dialog_fits_a_small_window(open_window, in_dialogs, tmp_path, text_size, page, form):
    candidate = open_window(text_size=text_size, size=(800, 560))
    answer(candidate.services, 1)
    candidate.press(f"Ctrl+{page}", *(["Return"] if page == "5" else []))

    def look(dialog):
        pick(dialog, form)
        QApplication.processEvents()
        picture = dialog.grab()
        picture.save(str(tmp_path / f"export-{form}-{text_size}.png"))
        window = candidate.window
        assert dialog.width() <= window.width()
        assert dialog.height() <= window.height()
        for shown in dialog.findChildren(QLabel):
            if shown.isVisible():
                need = shown.heightForWidth(shown.width()) if shown.wordWrap() else shown.sizeHint().height()
                assert shown.height() >= need, shown.text()
        for control in (dialog.accept_button, dialog.what, dialog.form):
            assert control.accessibleName()
            assert dialog.rect().contains(control.geometry())
        candidate.press("Esc")

    in_dialogs.append(look)
    candidate.press("Ctrl+E")
