"""Progress: pictures of what was practised, each with its words, and the answers behind every mark."""

from datetime import date, timedelta

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QMenu

from interview_coach.domain.models import DecidedPoint, PointStatus, SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.scheduling import Grade
from interview_coach.settings import WindowState
from interview_coach.ui import dialogs
from interview_coach.ui.main_window import dress

TODAY = date(2026, 3, 2)
SAID, MISSED = PointStatus.SAID, PointStatus.MISSED

POPUPS = pytest.mark.qt_log_ignore(r"^This plugin does not support", r"^QWindowsWindow", extend=True)


def answer(services, question_id, *, first=6, second=None, points=(), text="I would measure it.", grade=Grade.GOOD):
    practice = services.practice
    session = practice.session(practice.start_chosen([question_id], title="x", count=None))
    session.view()
    session.submit(text, 30.0)
    session.rate(SelfRating(clarity=first))
    decided = [DecidedPoint(text=f"point {place}", decided=status) for place, status in enumerate(points)]
    session.finish_question(decided, SelfRating(clarity=second), "", grade=grade)


@pytest.fixture
def practised(english, clock):
    """A candidate who answered seven times on two days: high ratings, few points, lower at the second look."""
    for question_id in (1, 4, 5):
        answer(english.services, question_id, first=8, second=5, points=(SAID, MISSED, MISSED))
    clock.advance(days=2)
    for question_id in (4, 5, 6, 4):
        answer(english.services, question_id, first=8, second=6, points=(SAID, SAID, MISSED))
    english.press("Ctrl+5")
    return english


def shown(candidate):
    """What each picture that is shown says in words."""
    cards = candidate.window._made["progress"].pictures._cards
    return {card.chart.objectName(): card.summary.text() for card in cards if card.isVisible()}


def to_chart(candidate, name):
    for _ in range(40):
        if candidate.focus == name:
            return candidate.find(name)
        candidate.press("Tab")
    raise AssertionError(f"Tab does not lead to {name}")


def back(candidate, name):
    """Go back with Esc; the button is seen to be pressed, which takes a moment."""
    candidate.press("Esc")
    candidate.qtbot.waitUntil(lambda: candidate.focus == name)
    candidate.looked()


class TestWords:
    def test_what_each_picture_says(self, practised):
        said = shown(practised)
        assert list(said) == [
            "calendar_chart", "due_chart", "ratings_chart", "looks_chart", "points_chart", "again_chart",
            "delivery_chart",
        ]  # fmt: skip
        assert said["calendar_chart"].splitlines() == [
            "7 answers since 2026-03-02.",
            "In the last four weeks 7 answers, on 2 days.",
        ]
        assert said["ratings_chart"].splitlines() == [
            "Clarity: 8.0 in 2 Mar, 8.0 in 4 Mar",
            "Each point is the mean of a day.",
        ]
        assert said["looks_chart"].splitlines()[0] == "Clarity: 2.4 lower after looking"
        assert said["points_chart"].splitlines()[0] == (
            "You rate yourself higher than the points you ticked: TECHNICAL, All stages."
        )
        rows = practised.find("points_chart").marks
        assert rows[1, 0].words == "TECHNICAL: rated 80\u00a0%, points said 56\u00a0% (6 answers)"
        assert practised.find("looks_chart").marks[0, 0].words == "Clarity: 8.0 at first, 5.6 after looking (7 answers)"
        assert said["again_chart"].startswith("On 2 questions you ticked points more than once.")
        assert said["delivery_chart"].splitlines()[-1] == "Counted in your newest 7 answers; it is no score."

    def test_nothing_is_compared_before_there_are_five(self, english):
        answer(english.services, 4, first=8, second=5, points=(SAID,))
        english.press("Ctrl+5")
        said = shown(english)
        assert said["looks_chart"].startswith("This begins with 5 answers that you rated twice")
        assert said["points_chart"].startswith("This begins with 5 answers that you rated")
        row = english.find("points_chart").marks[0, 0]
        assert row.words == "TECHNICAL: 1 answer: too few to say anything"

    def test_one_stage_alone(self, practised):
        stage = practised.find("figures_stage")
        assert [stage.itemText(place) for place in range(stage.count())] == ["All stages", "INTRO", "TECHNICAL"]
        stage.setCurrentIndex(1)
        practised.looked()
        assert shown(practised)["ratings_chart"].splitlines()[0] == "Clarity: 8.0 (1 answer)"
        assert "too few" in practised.find("looks_chart").marks[0, 0].words
        assert "TECHNICAL" in shown(practised)["points_chart"]  # by stage as before

    def test_how_it_is_said_fact_by_fact(self, english):
        answer(english.services, 4, text="Maybe I would, um, measure it first and then perhaps cache it.")
        english.press("Ctrl+5")
        assert shown(english)["delivery_chart"].startswith("Words an answer: 12.0")
        english.find("delivery_fact").setCurrentIndex(1)
        assert shown(english)["delivery_chart"].startswith("Hedges in 100 words: ")

    def test_without_an_answer_there_are_words_alone(self, english):
        english.press("Return", "Ctrl+J", "Ctrl+5")
        said = shown(english)
        assert said["calendar_chart"] == "Your answers will stand here, day by day."
        assert said["ratings_chart"] == "Your ratings will stand here, once you have rated an answer."
        assert not any(english.find(name).isVisible() for name in said)

    def test_nobody_practised_yet(self, english):
        english.press("Ctrl+5")
        assert english.focus == "progress_today_button"


class TestPlan:
    def test_what_was_done_and_what_is_planned(self, practised):
        practised.window._on_preferences(Preferences(interview_day=TODAY + timedelta(days=11), minutes_a_day=10))
        practised.press("Ctrl+1", "Ctrl+5")
        words = shown(practised)["plan_chart"]
        assert words.startswith(
            "In the last 14 days you practised for about 4 minutes; 10 minutes a day are 140 minutes."
        )
        assert "Until 2026-03-13 (9 days) about" in words
        marks = practised.find("plan_chart").marks
        done = {column: mark for (row, column), mark in marks.items() if row == 0}
        assert done[12].words == "2026-03-02: 3 answers, about 4 minutes"
        planned = [mark for (row, _), mark in marks.items() if row == 1]
        assert planned
        assert all("planned are" in mark.words and not mark.attempt_ids for mark in planned)

    def test_without_a_date_there_is_none(self, practised):
        assert "plan_chart" not in shown(practised)


class TestDue:
    def test_what_waits_is_no_bar_to_be_climbed(self, english, clock):
        for question_id in range(1, 9):
            answer(english.services, question_id, grade=Grade.AGAIN)
        clock.advance(days=9)
        english.window._on_preferences(Preferences(minutes_a_day=5))
        english.press("Ctrl+5")
        assert shown(english)["due_chart"].splitlines() == [
            "8 questions due today.",
            "Your minutes hold 3 of them; the others can wait.",
            "Nothing more comes back in the next four weeks.",
        ]
        (bar,) = english.find("due_chart")._series[0].bars.values()
        assert bar.value == 3
        assert bar.mark.words.endswith("the bar shows what your minutes hold: 3")
        assert len(bar.mark.attempt_ids) == 8


def test_tab_goes_from_the_top_down_each_chart_before_its_picture(practised):
    stops = []
    while "delivery_chart_picture_button" not in stops:
        stops.append(practised.focus)
        practised.press("Tab")
        assert len(stops) < 40
    charts = [name for name in shown(practised) if name != "delivery_chart"]
    assert stops == [
        "sessions_button",
        "figures_stage",
        *(stop for name in charts for stop in (name, f"{name}_picture_button")),
        *("delivery_fact", "delivery_chart", "delivery_chart_picture_button"),
    ]


class TestMarks:
    def test_by_keys_a_mark_opens_its_answers_and_esc_leads_back(self, practised):
        assert practised.focus == "sessions_button"
        chart = to_chart(practised, "calendar_chart")
        assert practised.text("calendar_chart_current") == "2026-03-04: 4 answers, about 6 minutes"
        practised.press("Up", "Up")
        assert chart.current.words == "2026-03-02: 3 answers, about 4 minutes"
        practised.press("Return")
        assert practised.focus == "attempt_table"
        assert practised.text("session_title") == "2026-03-02: 3 answers, about 4 minutes"
        assert practised.find("attempt_table").model().rowCount() == 3
        practised.press("Return")
        assert "I would measure it." in practised.text("attempt_text")
        back(practised, "attempt_table")
        back(practised, "calendar_chart")
        assert chart.current.words == "2026-03-02: 3 answers, about 4 minutes"

    def test_an_answer_that_is_deleted_is_gone_from_its_mark(self, practised):
        to_chart(practised, "calendar_chart")
        practised.press("Return", "Home", "Del")
        practised.deed_done()
        assert practised.find("attempt_table").model().rowCount() == 3
        practised.press("Ctrl+Z")
        practised.deed_done()
        assert practised.find("attempt_table").model().rowCount() == 4
        practised.press("Ctrl+A", "Del")
        practised.deed_done()
        assert practised.find("attempt_table").model().rowCount() == 0
        assert practised.text("attempts_legend") == "None of these answers is there any more."
        back(practised, "calendar_chart")
        assert shown(practised)["calendar_chart"].startswith("3 answers since")

    def test_sessions_are_behind_the_first_button(self, practised):
        practised.press("Return")
        assert practised.focus == "session_table"
        assert practised.find("session_table").model().rowCount() == 7
        assert practised.window._made["progress"].session_in_sight
        back(practised, "sessions_button")


class TestPictures:
    @pytest.fixture
    def asked(self, monkeypatch, tmp_path):
        """Where pictures are saved, as asked for: what was offered."""
        offered = []

        def save_as(_parent, _title, name, kinds):
            offered.append((name, kinds))
            return tmp_path / name

        monkeypatch.setattr(dialogs, "save_as", save_as)
        return offered

    def choose(self, candidate, what):
        to_chart(candidate, "ratings_chart_picture_button")
        candidate.press("Return")
        menu = candidate.find("ratings_chart_menu", QMenu)
        assert [action.text() for action in menu.actions()] == [
            "Save as a picture (PNG)…",
            "Save as a drawing (SVG)…",
            "Print…",
        ]
        candidate.press(*["Down"] * (["png", "svg", "print"].index(what) + 1), "Return")

    @POPUPS
    @pytest.mark.parametrize("ending", ["png", "svg"])
    def test_one_is_saved(self, practised, asked, tmp_path, qtbot, ending):
        self.choose(practised, ending)
        file = tmp_path / f"Your first ratings.{ending}"
        qtbot.waitUntil(lambda: practised.notice == f"Saved: {file.name}")
        assert asked == [(file.name, f"Picture (*.{ending})")]
        if ending == "png":
            assert QImage(str(file)).width() >= 960
        else:
            assert "<title>Your first ratings</title>" in file.read_text(encoding="utf-8")

    @POPUPS
    def test_one_is_printed_on_one_page_in_ink_whatever_the_theme(self, practised, monkeypatch, tmp_path):
        dress(QApplication.instance(), WindowState(theme="dark"))
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        out, darkest = tmp_path / "printed.pdf", []

        def run(dialog):
            if isinstance(dialog, QPrintDialog):
                dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
                dialog.printer().setOutputFileName(str(out))
                return QDialog.DialogCode.Accepted
            assert dialog.objectName() == "pages_dialog"
            dialog.show()
            dialog.pages.fitInView()
            QApplication.processEvents()
            darkest.append(darkest_of_the_title(dialog.pages.grab().toImage()))
            dialog.accept()
            return dialog.result()

        monkeypatch.setattr(QDialog, "exec", run)
        monkeypatch.setattr(QPrintDialog, "exec", run)
        self.choose(practised, "print")
        written = out.read_bytes()
        assert written.startswith(b"%PDF-")
        assert written.count(b"/Type /Page\n") == 1
        assert darkest[0] < 120


def darkest_of_the_title(pages):
    """How dark the darkest point in the title of a page is, 0 for black, as it is shown before it is printed."""
    grey = pages.convertToFormat(QImage.Format.Format_Grayscale8)
    rows = [bytes(grey.constScanLine(y))[: grey.width()] for y in range(grey.height())]
    page = [y for y, row in enumerate(rows) if row.count(255) > grey.width() // 4]
    left, right = rows[page[0]].find(255) + 2, rows[page[0]].rfind(255) - 2
    title = rows[page[0] + 2 : page[0] + len(page) * 7 // 100]  # the margin, and the title below it
    return min(min(row[left:right]) for row in title)
