"""Every page rendered in both themes, at two sizes and two sizes of text, and looked at: by a program here, and by a
person where INTERVIEW_COACH_PICTURES names a folder for the pictures."""

import os
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QWidget,
)

from interview_coach.domain.models import Mode, SelfRating
from interview_coach.settings import WindowState
from interview_coach.ui.widgets.elided_label import ElidedLabel

SIZES = {"wide": (1180, 780), "small": (800, 560)}
LOOKS = list(product(("light", "dark"), SIZES, (1.0, 2.0)))

#: Of the looks those in which each two of a theme, a size and a size of text meet once.
PAIRED = [look for look in LOOKS if sum(part in ("dark", "small", 2.0) for part in look) % 2 == 0]


@pytest.fixture
def pictures(tmp_path):
    folder = Path(os.environ.get("INTERVIEW_COACH_PICTURES") or tmp_path / "pictures")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def practised(candidate):
    """A finished question, with all that can stand in it, behind the one that comes next."""
    candidate.press("Return")
    candidate.type("I measured first, then I built what the figures asked for. ")
    candidate.press("Ctrl+Return", "6", "Return", "5", "Ctrl+Return", "Space", "Down", "Space", "Space")
    candidate.press("Tab", "4", "Return", "5", "Return")
    candidate.type("say what it cost before anybody asks, and name one figure")
    candidate.press("Ctrl+Return")


def today_first(_candidate):
    return ["today_title", "start_sample_button", "import_link", "mock_button", "stage_button"]


def today(candidate):
    practised(candidate)
    candidate.type("half")
    candidate.press("Ctrl+1")
    return ["today_title", "resume_button_1", "mock_button", "stage_button", "resolution"]


def answer(candidate):
    candidate.press("Return", "x", "Ctrl+Return", "Ctrl+Return", "Return")
    candidate.type("say what it cost before anybody asks, and name one figure")
    candidate.press("Ctrl+R")
    candidate.type("I would begin with the numbers. " * 6)
    return [
        "answer_stage", "answer_place", "answer_time", "answer_question", "last_resolution", "answer_editor",
        "answer_counts", "skip_button", "flag_button", "pause_button", "submit_button",
    ]  # fmt: skip


POOLING = (
    "I think I would put PgBouncer in front of PostgreSQL, because every backend process costs memory and a connect "
    "takes a round trip plus authentication. I configure the pool with a maximum number of active connections, about "
    "20 per core, and a few idle ones, depending on the traffic that we expect. Then I measure the waiting time."
)


def technical(candidate):
    """In TECHNICAL, with an answer typed."""
    candidate.press("Return", "Ctrl+J", "Ctrl+J", "Ctrl+J")
    candidate.practice.answer.editor.insertPlainText(POOLING)
    candidate.press("Ctrl+Return")


def rate(candidate):
    technical(candidate)
    candidate.press("8", "Return", "3")
    return [
        "rate_question", "rated_answer", "rate_lead", "clarity_row", "confidence_row", "technical_depth_row",
        "dont_rate_button", "go_on_button",
    ]  # fmt: skip


def compare(candidate):
    technical(candidate)
    candidate.press("6", "Return", "5", "Return", "4", "Ctrl+Return", "A", "Down", "Space", "Tab", "5")
    return [
        "compare_question", "own_answer", "delivery_facts", "reference_title", "edit_points_button",
        "whole_text_button", "point_list", "note_button", "pin_button",
        "clarity_first_row", "clarity_second_row", "clarity_recorded_row", "technical_depth_second_row", "judge_words",
        "resolution_line", "grade_choice", "grade_reason", "try_again_button", "next_button",
    ]  # fmt: skip


def whole_text(candidate):
    compare(candidate)
    candidate.press("Ctrl+T")
    return ["own_answer", "recorded_answer", "whole_text_button", "resolution_line", "next_button"]


def done(candidate):
    candidate.services.practice.start_default(count=2)
    candidate.press("Ctrl+2", "Ctrl+J", "x", "Ctrl+Return", "Ctrl+Return", "Return")
    candidate.type("listen")
    candidate.press("Return")
    return ["done_title", "done_numbers", "done_resolutions", "done_today_button", "done_progress_button"]


def nothing_open(candidate):
    candidate.press("Ctrl+2")
    return ["nothing_open_button"]


def questions(candidate):
    """What a search found, marked in the list, with a flag, and the panel of the first one."""
    candidate.services.tending.flag([4], flagged=True)
    candidate.services.tending.suspend([7], suspended=True)
    candidate.press("Ctrl+3")
    candidate.find("search_line", QLineEdit).setText("pool stage:tech")
    candidate.looked()
    return [
        "question_table", "question_count", "search_line", "search_tips_button", "saved_searches_button",
        "stage_chip", "flagged_chip", "list_menu_button", "question_add_button", "practise_questions_button",
        "question_edit_button", "question_flag_button", "question_delete_button",
    ]  # fmt: skip


def questions_open(candidate):
    """The panel of one question, with the focus in it; in a narrow window in the place of the list."""
    practised(candidate)
    candidate.press("Ctrl+3", "Return")
    return ["question_panel", "panel_question", "question_edit_button"]


def questions_none(candidate):
    """A search that finds nothing, with a hint."""
    candidate.press("Ctrl+3")
    candidate.find("search_line", QLineEdit).setText("stag:tech wombat")
    candidate.looked()
    return ["question_table", "search_line", "search_note", "search_suggestion_button", "question_add_button"]


def questions_tended(candidate):
    """Several chosen, with tags and marks in the list and a message below the page."""
    candidate.press("Ctrl+3", "Ctrl+D", "Ctrl+Shift+S", "Shift+Down")
    candidate.services.tending.tag([1, 2], add=["databases", "hard to begin", "ask a friend"])
    candidate.window.show_page("questions")
    candidate.looked()
    candidate.press("Ctrl+D")
    return [
        "question_table", "question_about", "question_merge_button", "question_tags_button",
        "question_flag_button", "question_suspend_button", "question_delete_button", "notice_text",
        "undo_notice_button", "close_notice_button",
    ]  # fmt: skip


def trash(candidate):
    practised(candidate)
    for delete in (
        lambda: candidate.services.tending.delete_questions([2, 3]),
        lambda: candidate.services.tending.delete_attempts([1]),
        lambda: candidate.services.tending.delete_transcript(1),
    ):
        delete()
    candidate.window.show_page("trash")
    return [
        "trash_table", "trash_count", "trash_text", "trash_about", "empty_trash_button", "trash_back_button",
        "delete_for_good_button", "put_back_button",
    ]  # fmt: skip


def trash_empty(candidate):
    candidate.window.show_page("trash")
    return ["trash_empty_words", "trash_empty_back_button"]


def transcripts(candidate):
    candidate.press("Ctrl+4")
    return [
        "transcript_table",
        "transcript_hint",
        "import_button",
        "practise_button",
        "open_button",
        "transcript_delete_button",
    ]


def conversation(candidate):
    candidate.press("Ctrl+4", "Return")
    return ["conversation_title", "conversation_about", "conversation_text", "back_button", "practise_open_button"]


def progress_empty(candidate):
    candidate.press("Ctrl+5")
    return ["progress_today_button"]


def progress(candidate):
    """The pictures, with one answer behind them."""
    practised(candidate)
    candidate.press("Ctrl+5")
    return [
        "sessions_button", "figures_stage", "calendar_chart", "calendar_chart_summary", "calendar_chart_picture_button",
        "due_chart", "ratings_chart", "ratings_chart_summary", "looks_chart", "points_chart", "again_chart",
        "delivery_chart", "delivery_fact", "delivery_chart_summary",
    ]  # fmt: skip


def sessions(candidate):
    practised(candidate)
    candidate.press("Ctrl+5", "Return")
    return ["session_table", "pictures_back_button"]


def session(candidate):
    sessions(candidate)
    candidate.press("Return")
    return ["session_title", "attempt_table", "sessions_back_button", "attempt_delete_button"]


def attempt(candidate):
    session(candidate)
    candidate.press("Return")
    return ["attempt_title", "attempt_text", "attempts_back_button"]


def settings(candidate):
    candidate.press("Ctrl+6")
    return [
        "theme_choice", "text_size_choice", "timer_choice", "depth_choice", "speaking_rate_choice",
        "aim_from_technical", "aim_to_wrap_up", "data_folder_path", "open_folder_button",
    ]  # fmt: skip


PAGES = [
    today_first, today, answer, rate, compare, whole_text, done, nothing_open, questions, transcripts, conversation,
    progress_empty, progress, sessions, session, attempt, settings, questions_tended, questions_open, questions_none,
    trash, trash_empty,
]  # fmt: skip


# What a page must be.


def shown(window, kind):
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


def assert_not_blank(picture):
    colors = {
        picture.pixel(x, y)
        for x in range(picture.width() // 4, picture.width(), 3)
        for y in range(0, picture.height(), 3)
    }
    assert len(colors) > 8


def assert_in_view(candidate, name):
    """The named control can be brought into view, whole or, where it is higher than the page, from its top."""
    widget = candidate.find(name)
    assert widget.isVisible(), f"{name} is not shown"
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            middle = widget.mapTo(parent.widget(), widget.rect().center())
            parent.ensureVisible(middle.x(), middle.y(), 0, widget.height() // 2 + 1)
        parent = parent.parentWidget()
    window = candidate.window
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    assert area.left() >= 0, name
    assert area.right() <= window.width(), f"{name} reaches out of the window at the right"
    seen = widget.visibleRegion().boundingRect()
    assert seen.width() == widget.width(), f"{name} is cut off at a side"
    assert seen.height() >= min(widget.height(), 40), f"{name} is cut off"


def clipped_labels(window):
    """Labels whose words need more room than they have."""
    found = []
    for label in shown(window, QLabel):
        if isinstance(label, ElidedLabel) or not label.text():
            continue
        if label.wordWrap():
            longest = max(label.fontMetrics().horizontalAdvance(word) for word in label.text().split() or [""])
            fits = label.heightForWidth(label.width()) <= label.height() and longest <= label.width()
        else:
            needed = label.minimumSizeHint()
            fits = needed.width() <= label.width() and needed.height() <= label.height()
        if not fits:
            found.append((label.objectName(), label.text()[:60], label.size().toTuple()))
    return found


def narrow_buttons(window):
    found = []
    for button in shown(window, QPushButton):
        words = button.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        if words > button.contentsRect().width() or button.fontMetrics().height() > button.height():
            found.append((button.objectName(), button.text(), button.width(), words))
    return found


def nameless(window):
    """Everything that can have the focus and says nothing to a screen reader."""
    found = []
    for widget in shown(window, QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isEnabled():
            continue
        inner = widget.parentWidget()
        if isinstance(inner, (QAbstractSpinBox, QComboBox)) or isinstance(widget, (QScrollArea, QGroupBox)):
            continue
        told = QAccessible.queryAccessibleInterface(widget)
        if told is None or not told.text(QAccessible.Text.Name).strip():
            found.append((type(widget).__name__, widget.objectName()))
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_every_page_in_both_themes_at_two_sizes_of_window_and_text(page, open_window, pictures, pytestconfig):
    candidate = open_window()
    names = page(candidate)
    faults = []
    every = pytestconfig.getoption("--faults") == "full" or "INTERVIEW_COACH_PICTURES" in os.environ
    for theme, size, scale in LOOKS if every else PAIRED:
        state = WindowState(theme=theme, text_size=scale)
        candidate.window._on_window_state(state)
        candidate.window.resize(*SIZES[size])
        for _ in range(5):
            QGuiApplication.processEvents()
        assert (candidate.window.width(), candidate.window.height()) == SIZES[size]
        look = f"{page.__name__}-{theme}-{size}-{round(scale * 100)}"
        picture = candidate.window.grab().toImage()
        assert picture.save(str(pictures / f"{look}.png"))
        assert_not_blank(picture)
        faults += [(look, "clipped", *fault) for fault in clipped_labels(candidate.window)]
        faults += [(look, "narrow", *fault) for fault in narrow_buttons(candidate.window)]
        faults += [(look, "nameless", *fault) for fault in nameless(candidate.window)]
        for name in names:
            try:
                assert_in_view(candidate, name)
            except AssertionError as fault:
                faults.append((look, str(fault)))
    assert faults == []


# What is imported or typed is data.

PAYLOAD = "<img src=x onerror=1><b>bold</b>"
HOSTILE = f"""\
Turn 1 [HR]
Q: Why {PAYLOAD} you?

A: Because {PAYLOAD} I can. And {PAYLOAD} again.

Feedback: {{"clarity": 8, "confidence": 9, "technical_depth": 0, "summary": "So {PAYLOAD} so."}}

Turn 2 [{PAYLOAD}]
Q: What {PAYLOAD} next?

A: Nothing {PAYLOAD} much.

Feedback: {{"clarity": "{PAYLOAD}", "confidence": 9, "technical_depth": 0, "summary": "Fine."}}
"""
#: A file's name can hold no slash.
FILE_PAYLOAD = "<img src=x onerror=1><b>bold"


def words_of(widget):
    """Everything that a widget shows or tells, as it was given to it."""
    told = [widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle()]
    told += [widget.accessibleName(), widget.accessibleDescription()]
    if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
        told.append(widget.text())
    elif isinstance(widget, (QTextEdit, QPlainTextEdit)):
        told.append(widget.toPlainText())
    elif isinstance(widget, QComboBox):
        told += [widget.itemText(index) for index in range(widget.count())]
    elif isinstance(widget, QAbstractItemView) and isinstance(widget.model(), QAbstractItemModel):
        model = widget.model()
        told += [
            str(model.index(row, column).data() or "")
            for row in range(model.rowCount())
            for column in range(1 if isinstance(widget, QListView) else model.columnCount())
        ]
    return told


def words_of_window(window):
    widgets = [window, *window.findChildren(QWidget)]
    words = [word for widget in widgets for word in words_of(widget)]
    return [*words, *(action.text() for action in window.findChildren(QAction))]


def assert_literal(candidate, *, places):
    """The payload is on screen in so many places at least, and nothing that shows it may read it as HTML."""
    candidate.qtbot.waitUntil(candidate.window.isVisible)
    seen = 0
    for widget in shown(candidate.window, QWidget):
        words = [word for word in words_of(widget) if "<img" in word]
        seen += bool(words)
        if isinstance(widget, QTextEdit):
            html = widget.toHtml()
            assert "<img" not in html
            assert "&lt;" in html or "<img" not in widget.toPlainText()  # a mark may begin or end within
        assert "<img" not in widget.toolTip()  # a tool tip is read as HTML where it looks like it
    for label in candidate.window.findChildren(QLabel):
        assert label.textFormat() == Qt.TextFormat.PlainText, label.objectName() or label.text()
    assert seen >= places


@pytest.fixture
def hostile(open_window, tmp_path):
    file = tmp_path / f"{FILE_PAYLOAD}.txt"
    file.write_text(HOSTILE)
    candidate = open_window()
    (report,) = candidate.services.importing.import_paths([file])
    assert report.error is None
    transcript = candidate.services.transcripts.listed()[-1].transcript
    assert "<img" in transcript.title
    candidate.services.practice.start_transcript(transcript.id)
    return candidate


def test_html_is_shown_literally_everywhere(hostile):
    candidate = hostile
    candidate.press("Ctrl+1")
    assert_literal(candidate, places=1)
    assert any("<img" in action.text() for action in candidate.window.findChildren(QAction))
    candidate.press("Ctrl+2")
    candidate.type(PAYLOAD)
    assert_literal(candidate, places=3)
    assert PAYLOAD in candidate.text("answer_question")
    candidate.press("Ctrl+Return")
    assert_literal(candidate, places=3)
    assert candidate.text("rated_answer") == PAYLOAD
    candidate.press("5", "Ctrl+Return")
    assert_literal(candidate, places=5)
    assert candidate.practice.compare.own.text.text() == PAYLOAD
    assert PAYLOAD in candidate.text("judge_words")
    candidate.press("Ctrl+T")
    assert_literal(candidate, places=5)
    assert PAYLOAD in candidate.practice.compare.reference.whole.toPlainText()
    candidate.press("Ctrl+T", "Return")
    candidate.type(PAYLOAD)
    candidate.press("Ctrl+R")
    assert PAYLOAD in candidate.text("last_resolution")
    assert_literal(candidate, places=3)
    candidate.press("Ctrl+J")
    assert candidate.text("answer_stage") == PAYLOAD
    candidate.press("x", "Ctrl+Return", "Ctrl+Return")
    assert "unreadable" in candidate.text("clarity_reason")
    assert PAYLOAD in candidate.text("clarity_reason")
    candidate.press("Return")
    candidate.type(PAYLOAD)
    candidate.press("Return")
    assert candidate.step == "done"
    assert PAYLOAD in candidate.text("done_resolutions")
    assert_literal(candidate, places=2)
    candidate.press("Ctrl+1")
    assert_literal(candidate, places=2)
    for page in (3, 4, 5, 6):
        candidate.press(f"Ctrl+{page}")
        assert_literal(candidate, places=int(page < 6))
    candidate.press("Ctrl+3", "End", "Up")
    assert_literal(candidate, places=2)
    candidate.press("Ctrl+4", "End", "Down", "Return")
    assert_literal(candidate, places=3)
    conversation = candidate.window.findChild(QTextEdit, "conversation_text").toPlainText()
    assert conversation.count(PAYLOAD) >= 7
    assert FILE_PAYLOAD in candidate.text("conversation_about")
    candidate.press("Ctrl+5", "Return", "Return", "Return")
    assert_literal(candidate, places=1)
    assert candidate.window.findChild(QTextEdit, "attempt_text").toPlainText().count(PAYLOAD) >= 4


@pytest.mark.parametrize("details", ["", PAYLOAD])
def test_html_in_a_message_is_shown_literally(candidate, monkeypatch, details):
    from PySide6.QtWidgets import QMessageBox

    from interview_coach.ui import dialogs

    shown_boxes = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown_boxes.append(box))
    dialogs.tell(candidate.window, PAYLOAD, PAYLOAD, details)
    (box,) = shown_boxes
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert (box.text(), box.informativeText(), box.detailedText()) == (PAYLOAD, PAYLOAD, details)
    for label in box.findChildren(QLabel):
        assert PAYLOAD not in label.text() or label.textFormat() == Qt.TextFormat.PlainText


# Rate before you see.


@pytest.mark.parametrize("mode", list(Mode))
def test_the_recorded_answer_is_nowhere_in_the_window_before_it_may_be_seen(candidate, mode, sample):
    hidden = []
    for line in sample.read_text("utf-8").splitlines():
        if line.startswith("A: "):
            hidden.append([line[3:60], line[-50:]])
        elif line.startswith("Feedback: "):
            hidden[-1].append(line.partition('"summary": "')[2][:50])
    assert len(hidden) == 10

    def assert_unseen(numbers):
        words = "\n".join(words_of_window(candidate.window))
        words += "\n".join(words_of_window(top) for top in QApplication.topLevelWidgets() if isinstance(top, QLabel))
        assert candidate.text("answer_question") in words
        for number in numbers:
            for piece in hidden[number - 1]:
                assert piece
                assert piece not in words

    candidate.services.practice.start_default(mode, count=3)
    candidate.press("Ctrl+2")
    if mode is Mode.PRACTICE:
        for number in (1, 2, 3):
            assert_unseen(range(number, 11))
            candidate.press("x", "Ctrl+Return")
            assert candidate.step == "rate"
            assert_unseen(range(number, 11))
            candidate.press("5", "Ctrl+Return")
            assert any(hidden[number - 1][0] in word for word in words_of_window(candidate.window))
            candidate.press("Ctrl+Return")
    else:
        for step in ("answer", "rate"):
            for _ in range(3):
                assert candidate.step == step
                assert_unseen(range(1, 11))
                candidate.press(*["x"] * (step == "answer"), "Ctrl+Return")
    assert candidate.attempts[0].first_rating == (SelfRating(clarity=5) if mode is Mode.PRACTICE else SelfRating())


# For those who hear the page.


def test_what_is_seen_is_said(candidate):
    compare(candidate)
    interface = QAccessible.queryAccessibleInterface(candidate.find("clarity_second_row"))
    assert interface.text(QAccessible.Text.Name) == "Clarity, now"
    assert "5 of 10" in interface.text(QAccessible.Text.Description)
    points = candidate.practice.compare.reference.points
    assert points.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Point 1 of 3, missed: To")
    for name, words in {
        "resolution_line": "Next time I will",
        "own_answer": "Your answer",
        "point_list": "Points of the recorded answer",
        "next_button": "Next question",
    }.items():
        told = QAccessible.queryAccessibleInterface(candidate.find(name))
        assert told.text(QAccessible.Text.Name) == words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_tab_reaches_every_control_and_comes_round(page, open_window):
    candidate = open_window()
    page(candidate)
    reached, first = [], QApplication.focusWidget()
    for _ in range(60):
        candidate.press("Tab")
        focused = QApplication.focusWidget()
        assert focused is not None
        assert focused.isVisible()
        reached.append(focused)
        if focused is first:
            break
    assert reached[-1] is first, [widget.objectName() for widget in reached]
    wanted = [
        widget
        for widget in shown(candidate.window, QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and not isinstance(widget.parentWidget(), (QAbstractSpinBox, QComboBox))
        and widget.focusProxy() is None
        and not isinstance(widget, QScrollArea)
    ]
    missed = [(type(widget).__name__, widget.objectName()) for widget in wanted if widget not in reached]
    assert missed == []
