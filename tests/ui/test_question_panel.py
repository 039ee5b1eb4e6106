"""The panel beside the list of questions: what it shows, what it hides, and every key and wish of it."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from interview_coach import paths
from interview_coach.domain.models import PointsOwner, PointsOwnerKind, PointStatus, SelfRating
from interview_coach.domain.search_language import Words
from interview_coach.services.question_panel import QuestionPanelService
from interview_coach.ui.pages.questions.panel import QuestionPanel
from interview_coach.ui.theme import apply_theme, load_theme
from interview_coach.ui.widgets.passage import AT_FIRST, MORE
from interview_coach.ui.widgets.two_line_list import MOST_ROWS

pytestmark = pytest.mark.usefixtures("themed", "plural_forms")

NOTHING = SelfRating()
FIVE = SelfRating(clarity=5, confidence=6)
MINE = "I lead with the numbers: latency fell by half.\n\nThen I say why the pool was too large."
CODE = "What does <b>this</b> print?\n\n```python\nprint([] or 1)\n```\nSay why."

LONG_STAGE = "SYSTEMDESIGNANDARCHITECTURE" * 3

UNANSWERED = """Turn 1 [HR]
Q: Why would you leave a team that you like?

Feedback: null
"""


@pytest.fixture
def panel(services, clock, qtbot):
    made = QuestionPanel(QuestionPanelService(services.database, clock))
    qtbot.addWidget(made)
    made.resize(400, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def question_id(services):
    """The first question of the sample."""
    return services.questions.ids()[0]


@pytest.fixture
def answered(services, clock, question_id):
    """The first question answered twice; returns the ids of the attempts."""
    clock.advance(days=1)
    session = services.practice.session(services.practice.start_default())
    for text, line in ((MINE, "name the size"), ("A second answer with a pool.", "say what it costs")):
        session.view()
        session.submit(text, 10.0)
        view = session.rate(FIVE)
        points = [point.model_copy(update={"decided": PointStatus.SAID}) for point in view.comparison.points]
        (session.try_again if text == MINE else session.finish_question)(points, NOTHING, line)
    session.pause()
    attempts = [entry.attempt for entry in services.progress.attempts(question_id=question_id)]
    return [attempt.id for attempt in attempts]


def asked_in(services, tmp_path, count, answer="An answer of number {0}."):
    """Bring in so many transcripts that ask one question, and return its id."""
    for number in range(1, count + 1):
        file = tmp_path / f"interview {number}.txt"
        turns = [f"Turn 1 [TECHNICAL]\nQ: What is a zeppelin?\nA: {answer.format(number)}\nFeedback: null\n"]
        turns += [f"Turn {n} [HR]\nQ: Other {number} {n}?\nA: Yes.\nFeedback: null\n" for n in (2, 3)]
        file.write_text("\n".join(turns))
        services.importing.import_paths([file])
    return services.searching.find_text("zeppelin").ids[0]


def find(panel, name):
    (found,) = panel.findChildren(QWidget, name)
    return found


def shown(panel, kind=QWidget):
    return [widget for widget in panel.findChildren(kind) if widget.isVisibleTo(panel)]


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def recorded_text(services, question_id):
    (detail,) = services.questions.details([question_id])
    return next(kept.turn.answer for kept, _ in detail.turns if kept.turn.answer)


def words_on(panel):
    """All words on the panel."""
    texts = [each.text() for each in (*shown(panel, QLabel), *shown(panel, QPushButton))]
    for name in (
        "panel_question",
        "panel_pinned",
        "panel_points",
        "panel_recorded_1_answer",
        "panel_recorded_2_answer",
    ):
        texts += [each.text() for each in panel.findChildren(QWidget, name) if each.isVisibleTo(panel)]
    return "\n".join(texts)


def marked_words(text):
    """The words that are marked in a text."""
    return [text.spoken(place) for place in range(len(text._marks))]


class TestHidden:
    def test_the_recorded_answer_shows_when_it_is_asked_for(self, panel, services, question_id):
        answer = recorded_text(services, question_id)
        panel.show_question(question_id)
        assert find(panel, "panel_show_recorded").text() == "Show the recorded answer"
        assert answer[:30] not in words_on(panel)
        assert "Key points" not in words_on(panel)
        find(panel, "panel_show_recorded").setFocus()
        press(Qt.Key.Key_Return)
        text = find(panel, "panel_recorded_1_answer")
        assert text.text() == answer
        assert text.hasFocus()
        assert find(panel, "panel_show_recorded").isHidden()
        assert find(panel, "panel_points_title").text() == "Key points, proposed by the program"
        assert find(panel, "panel_recorded_1_rating").text() == "Clarity 8 · Confidence 9 · Technical depth not rated"
        assert find(panel, "panel_recorded_1_summary").text().startswith("“Strong communication skills")
        assert find(panel, "panel_judge").text() == "The ratings were given by a language model."

    def test_it_counts_as_seen_only_then(self, panel, services, question_id):
        session = services.practice.session(services.practice.start_default())
        panel.show_question(question_id)
        panel.renew()
        assert session.view().blind
        find(panel, "panel_show_recorded").click()
        assert not session.view().blind

    def test_it_stays_as_long_as_the_question_does(self, panel, services, question_id):
        other = services.questions.ids()[1]
        panel.show_question(question_id)
        assert panel.opened is None
        find(panel, "panel_show_recorded").click()
        assert panel.opened.total == 1
        for again in (panel.renew, lambda: panel.show_question(question_id, ["word"])):
            again()
            assert find(panel, "panel_recorded_1_answer").isVisible()
        for question in (other, question_id):
            panel.show_question(question)
            assert not find(panel, "panel_recorded_1_answer").isVisible()
            assert find(panel, "panel_show_recorded").isVisible()
            assert panel.opened is None

    def test_a_few_at_a_time(self, panel, services, tmp_path):
        panel.show_question(asked_in(services, tmp_path, 5))
        assert find(panel, "panel_recorded_title").text() == "5 recorded answers"
        find(panel, "panel_show_recorded").click()
        visible = [block for block in panel.blocks if block.isVisible()]
        assert [block.answer.text.text() for block in visible] == ["An answer of number 5.", "An answer of number 4."]
        assert find(panel, "panel_more_recorded").text() == "Show more recorded answers (3)"
        find(panel, "panel_more_recorded").click()
        assert find(panel, "panel_recorded_3_answer").hasFocus()
        find(panel, "panel_more_recorded").click()
        assert [block.isVisible() for block in panel.blocks] == [True] * 5
        assert find(panel, "panel_more_recorded").isHidden()
        panel.renew()
        assert [block.isVisible() for block in panel.blocks] == [True] * 5
        title = find(panel, "panel_points_title").text()
        assert title == "Key points of the newest answer, proposed by the program"


class TestShown:
    def test_everything_in_its_place(self, panel, services, question_id, answered):
        services.tending.pin(answered[0])
        services.tending.tag([question_id], add=["redis", "sql"], remove=[])
        services.tending.flag([question_id], flagged=True)
        services.tending.suspend([question_id], suspended=True)
        panel.show_question(question_id)
        question = panel.view.question
        assert find(panel, "panel_stage").text() == question.stage
        assert find(panel, "panel_question").text() == question.text
        facts = find(panel, "panel_facts").text().split("\n")
        assert facts[:3] == ["Flagged", "Suspended: no new session asks it", "Tags: redis, sql"]
        assert facts[3].startswith("Due again on ")
        assert find(panel, "panel_pinned").text() == MINE
        assert find(panel, "panel_pinned_about").text().startswith("Your attempt 1, ")
        rows = find(panel, "panel_attempt_list")
        told = [rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(rows.count())]
        assert told[0].startswith("Attempt 2, ")
        assert told[1].split(", ")[1].endswith(" · pinned")
        number = len(services.progress.attempts(question_id=question_id)[0].attempt.points)
        assert told[1].endswith(f"18 words · {number} of {number} points said · rated 5 / 6 / –")
        assert find(panel, "panel_resolution").text() == "Next time I will say what it costs"
        asked = find(panel, "panel_asked_list")
        assert asked.item(0).text() == services.transcripts.listed()[0].transcript.title

    def test_key_points_stand_below_the_reference_that_they_are_of(self, panel, services, question_id, answered):
        panel.show_question(question_id)
        find(panel, "panel_show_recorded").click()
        QApplication.processEvents()
        tops = {name: find(panel, name).y() for name in ("panel_recorded", "panel_key_points", "panel_attempts")}
        assert tops["panel_recorded"] < tops["panel_key_points"] < tops["panel_attempts"]
        services.tending.pin(answered[0])
        panel.renew()
        QApplication.processEvents()
        names = ("panel_own_reference", "panel_key_points", "panel_recorded", "panel_attempts")
        heights = [find(panel, name).y() for name in names]
        assert heights == sorted(heights)
        assert find(panel, "panel_points").text().startswith("1. I lead with the numbers")
        services.tending.unpin(question_id)
        panel.renew()
        QApplication.processEvents()
        assert find(panel, "panel_recorded").y() < find(panel, "panel_key_points").y()

    def test_what_is_short_stands_at_the_top(self, panel, question_id):
        panel.show_question(question_id)
        QApplication.processEvents()
        names = ("panel_head", "panel_recorded", "panel_attempts", "panel_asked")
        before = [find(panel, name).geometry() for name in names]
        panel.resize(400, 1_600)
        QApplication.processEvents()
        assert [find(panel, name).geometry() for name in names] == before

    def test_a_stage_of_a_long_name_is_cut(self, panel, services, question_id):
        services.tending.edit(question_id, "Why?", LONG_STAGE)
        panel.show_question(question_id)
        assert find(panel, "panel_stage").text() == f"{LONG_STAGE[:27]}…"
        assert find(panel, "panel_stage").accessibleName() == f"Stage: {LONG_STAGE}"

    def test_texts_are_plain_and_code_has_a_font_of_fixed_width(self, panel, services, question_id):
        services.tending.edit(question_id, CODE, "HR")
        panel.show_question(question_id)
        text = find(panel, "panel_question")
        assert text.text() == CODE
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        fonts = {}
        block = text.document().begin()
        while block.isValid():
            families = {family for part in block.layout().formats() for family in part.format.fontFamilies() or ()}
            fonts[block.text()] = fixed in families
            block = block.next()
        assert fonts == {
            "What does <b>this</b> print?": False,
            "": False,
            "```python": True,
            "print([] or 1)": True,
            "```": True,
            "Say why.": False,
        }

    def test_words_that_were_searched_for_are_marked(self, panel, services, tmp_path):
        question_id = asked_in(services, tmp_path, 1, answer="It flies. A zeppelín of zeppelins, not unzeppelin.")
        panel.show_question(question_id, ["zepp"])
        assert marked_words(find(panel, "panel_question")) == ["zeppelin"]
        find(panel, "panel_show_recorded").click()
        assert marked_words(find(panel, "panel_recorded_1_answer")) == ["zeppelín", "zeppelins"]
        panel.show_question(question_id, [Words("it flies", exact=True)])
        assert marked_words(find(panel, "panel_question")) == []
        assert marked_words(find(panel, "panel_recorded_1_answer")) == ["It flies"]

    def test_points_have_their_numbers(self, qapp, panel, services, question_id):
        services.tending.set_points(
            PointsOwner(kind=PointsOwnerKind.RECORDED, id=panel._service.view(question_id).owner.id),
            ["One", "```\ncode\n```", "Three"],
        )
        panel.show_question(question_id)
        assert find(panel, "panel_points_title").text() == "Key points, as you edited them"
        text = find(panel, "panel_points")
        assert text.text() == "1. One\n2.\n```\ncode\n```\n3. Three"
        for scale in (1.0, 2.0):
            apply_theme(qapp, load_theme("light", paths.resource), scale)
            QApplication.processEvents()
            room = text.fontMetrics().horizontalAdvance("3. ")
            formats = [text.document().findBlockByNumber(number).blockFormat() for number in range(3)]
            assert [each.leftMargin() for each in formats] == [room] * 3
            assert [each.textIndent() for each in formats] == [-room, -room, 0]

    def test_a_very_long_text_shows_in_parts(self, panel, services, tmp_path):
        whole = "word " * ((AT_FIRST + MORE) // 5) + "end."
        question_id = asked_in(services, tmp_path, 1, answer=whole)
        panel.show_question(question_id)
        find(panel, "panel_show_recorded").click()
        text, more = find(panel, "panel_recorded_1_answer"), find(panel, "panel_recorded_1_answer_more")
        assert text.text() == whole[:AT_FIRST]
        more.setFocus()
        press(Qt.Key.Key_Return)
        assert text.text() == whole[: AT_FIRST + MORE]
        panel.renew()
        assert text.text() == whole[: AT_FIRST + MORE]
        press(Qt.Key.Key_Return)
        assert text.text() == whole
        assert more.isHidden()
        assert text.hasFocus()

    def test_all_that_asked_it_on_demand(self, panel, services, tmp_path, qtbot):
        count = MOST_ROWS + 2
        panel.show_question(asked_in(services, tmp_path, count))
        rows = find(panel, "panel_asked_list")
        assert rows.count() == 4
        assert rows.verticalScrollBar().maximum() == 0
        find(panel, "panel_all_asked").click()
        assert rows.count() == count
        assert rows.hasFocus()
        assert find(panel, "panel_all_asked").isHidden()
        qtbot.waitUntil(lambda: rows.verticalScrollBar().maximum() > 0)
        panel.renew()
        assert rows.count() == count
        panel.show_question(services.questions.ids()[0])
        assert rows.count() == 1

    def test_nothing_is_done_again_where_nothing_has_changed(self, panel, services, question_id, answered):
        panel.show_question(question_id)
        item = find(panel, "panel_attempt_list").item(0)
        panel.renew()
        assert find(panel, "panel_attempt_list").item(0) is item
        services.tending.pin(answered[0])
        panel.renew()
        assert find(panel, "panel_pinned").isVisible()


class TestEmpty:
    def test_no_question(self, panel, question_id):
        panel.show_nothing("Choose a question to see it here.")
        assert [each.text() for each in shown(panel, QLabel)] == ["Choose a question to see it here."]
        panel.show_question(question_id)
        assert panel.view.question.id == question_id
        panel.show_question(None)
        assert (panel.view, panel.question_id) == (None, None)
        assert [each.text() for each in shown(panel, QLabel)] == ["Choose a question to see it here."]

    def test_one_that_went_away(self, panel, services, question_id):
        panel.show_question(question_id)
        services.tending.delete_questions([question_id])
        panel.renew()
        assert [each.text() for each in shown(panel, QLabel)] == ["This question is not in the bank any more."]
        services.tending.undo()
        panel.renew()
        assert find(panel, "panel_question").isVisible()

    def test_nobody_answered(self, panel, services, tmp_path, qtbot):
        file = tmp_path / "unanswered.txt"
        file.write_text(UNANSWERED)
        services.importing.import_paths([file])
        question_id = services.searching.find_text("leave").ids[0]
        panel.show_question(question_id)
        words = words_on(panel)
        assert "Nobody recorded an answer to this. Write your own: practise it, then pin it." in words
        assert "Not answered yet." in words
        assert "Not scheduled yet" in words
        assert not any(find(panel, name).isVisible() for name in ("panel_show_recorded", "panel_next_time"))
        with qtbot.waitSignal(panel.edit_points_requested) as asked:
            find(panel, "panel_edit_points").click()
        assert asked.args == [PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)]
        assert find(panel, "panel_edit_points").text() == "Write points…"

    def test_an_answer_without_a_word(self, panel, services, question_id):
        session = services.practice.session(services.practice.start_default())
        session.view()
        session.submit("", 1.0)
        session.pause()
        panel.show_question(question_id)
        assert "Not answered yet." not in words_on(panel)
        assert find(panel, "panel_wordless").text() == "1 time without a word: “I don’t know yet”"


class TestWishes:
    def test_each_of_them(self, panel, services, question_id, answered, qtbot):
        services.tending.pin(answered[0])
        panel.show_question(question_id)
        find(panel, "panel_show_recorded").click()
        turn_id = panel.opened.answers[0].answer.turn_id
        transcript_id = services.transcripts.listed()[0].transcript.id
        for signal, name, wished in (
            (panel.unpin_requested, "panel_unpin", [question_id]),
            (panel.edit_points_requested, "panel_edit_points", [panel.view.owner]),
            (panel.note_requested, "panel_recorded_1_note_button", [turn_id]),
            (panel.attempts_requested, "panel_attempt_list", [question_id, answered[1]]),
            (panel.transcript_requested, "panel_asked_list", [transcript_id]),
        ):
            find(panel, name).setFocus()
            with qtbot.waitSignal(signal) as asked:
                press(Qt.Key.Key_Return)
            assert asked.args == wished

    def test_the_note_is_shown_and_can_be_changed(self, panel, services, question_id):
        panel.show_question(question_id)
        find(panel, "panel_show_recorded").click()
        note = find(panel, "panel_recorded_1_note_button")
        assert (note.text(), find(panel, "panel_recorded_1_note").isVisible()) == ("Add a note…", False)
        services.tending.annotate(panel.opened.answers[0].answer.turn_id, "Too short")
        panel.renew()
        assert find(panel, "panel_recorded_1_note").text() == "✎ Your note: Too short"
        assert note.text() == note.accessibleName() == "Change the note…"

    def test_rows_by_arrows_and_by_click(self, panel, question_id, answered, qtbot):
        panel.show_question(question_id)
        QApplication.processEvents()
        rows = find(panel, "panel_attempt_list")
        rows.setFocus()
        with qtbot.waitSignal(panel.attempts_requested) as asked:
            press(Qt.Key.Key_Down)
            press(Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
        assert asked.args == [question_id, answered[0]]
        with qtbot.waitSignal(panel.attempts_requested) as asked:
            QTest.mouseClick(
                rows.viewport(),
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                rows.visualItemRect(rows.item(0)).center(),
            )
        assert asked.args == [question_id, answered[1]]

    def test_more_answers_than_show(self, panel, services, question_id, clock, qtbot):
        session = services.practice.session(services.practice.start_default())
        for number in range(7):
            session.view()
            session.submit(f"Answer {number}", 1.0)
            (session.try_again if number < 6 else session.finish_question)(
                session.rate(NOTHING).comparison.points, NOTHING, ""
            )
            clock.advance(minutes=1)
        session.pause()
        panel.show_question(question_id)
        assert find(panel, "panel_attempt_list").count() == 5
        assert find(panel, "panel_all_attempts").text() == "Show all 7 answers"
        newest = services.progress.attempts(question_id=question_id)[-1].attempt.id
        with qtbot.waitSignal(panel.attempts_requested) as asked:
            find(panel, "panel_all_attempts").click()
        assert asked.args == [question_id, newest]
        assert not find(panel, "panel_scores_words").isVisible()  # none of them is rated


class TestKeys:
    @pytest.fixture
    def full(self, panel, services, question_id, answered):
        services.tending.pin(answered[0])
        panel.show_question(question_id)
        find(panel, "panel_show_recorded").click()
        panel.take_focus()
        QApplication.processEvents()
        return panel

    ORDER = (
        *("panel_question", "panel_pinned", "panel_unpin", "panel_points", "panel_edit_points"),
        *("panel_recorded_1_answer", "panel_recorded_1_note_button", "panel_attempt_list", "panel_asked_list"),
    )

    def test_tab_goes_from_top_to_bottom_and_esc_leaves_from_everywhere(self, full, qtbot):
        reached = []
        for _ in self.ORDER:
            reached.append(QApplication.focusWidget().objectName())
            with qtbot.waitSignal(full.left):
                press(Qt.Key.Key_Escape)
            assert full.isVisible()
            press(Qt.Key.Key_Tab)
        assert reached == list(self.ORDER)
        heights = [find(full, name).mapTo(full.column.widget(), QPoint(0, 0)).y() for name in self.ORDER]
        assert heights == sorted(heights)

    def test_what_tab_comes_to_is_in_view(self, full):
        for _ in self.ORDER:
            here = QApplication.focusWidget()
            top = here.mapTo(full, QPoint(0, 0)).y()
            assert 0 <= top < full.height() - 20, here.objectName()
            press(Qt.Key.Key_Tab)

    @pytest.mark.parametrize("way", ["button", "tab"])
    def test_a_text_that_is_higher_than_the_panel_is_shown_from_its_beginning(self, panel, services, tmp_path, way):
        panel.resize(400, 240)
        panel.show_question(asked_in(services, tmp_path, 1, answer="word " * 900))
        QApplication.processEvents()
        find(panel, "panel_show_recorded").setFocus()
        press(Qt.Key.Key_Return)
        QApplication.processEvents()
        text = find(panel, "panel_recorded_1_answer")
        if way == "tab":
            panel.take_focus()
            panel.column.verticalScrollBar().setValue(panel.column.verticalScrollBar().maximum())
            press(Qt.Key.Key_Tab)
        assert text.hasFocus()
        assert text.height() > panel.height()
        assert 0 <= text.mapTo(panel, QPoint(0, 0)).y() < 100

    def test_keys_scroll_the_panel_and_not_the_text(self, full):
        bar, text = full.column.verticalScrollBar(), find(full, "panel_question")
        assert bar.maximum() > 100
        press(Qt.Key.Key_Down)
        assert bar.value() == bar.singleStep()
        press(Qt.Key.Key_Up)
        assert bar.value() == 0
        press(Qt.Key.Key_PageDown)
        assert bar.value() > 100
        press(Qt.Key.Key_End)
        assert bar.value() == bar.maximum()
        press(Qt.Key.Key_Home)
        assert bar.value() == 0
        assert text.hasFocus()

    def test_a_text_can_be_copied_by_keys(self, full, qapp):
        press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        press(Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        assert qapp.clipboard().text() == full.view.question.text

    def test_a_mark_far_below_is_brought_into_view(self, panel, services, tmp_path):
        question_id = asked_in(services, tmp_path, 1, answer="word " * 900 + "needle.")
        panel.show_question(question_id, ["needle"])
        find(panel, "panel_show_recorded").click()
        QApplication.processEvents()
        bar = panel.column.verticalScrollBar()
        before = bar.value()
        press(Qt.Key.Key_Right)
        assert bar.value() > before + 300

    def test_the_place_is_kept_where_the_question_is(self, full, services, question_id):
        full.resize(400, 240)
        QApplication.processEvents()
        bar = full.column.verticalScrollBar()
        bar.setValue(150)
        services.tending.tag([question_id], add=["redis"], remove=[])
        full.renew()
        QApplication.processEvents()
        assert "redis" in find(full, "panel_facts").text()
        assert bar.value() == 150
        full.show_question(services.questions.ids()[1])
        QApplication.processEvents()
        assert bar.maximum() > 0
        assert bar.value() == 0

    def test_the_focus_does_not_stay_on_what_went_away(self, full, services, question_id):
        find(full, "panel_unpin").setFocus()
        services.tending.unpin(question_id)
        full.renew()
        assert find(full, "panel_question").hasFocus()
        outside = QWidget()
        outside.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        full.layout().addWidget(outside)
        outside.show()
        outside.setFocus()
        services.tending.flag([question_id], flagged=True)
        full.renew()
        assert outside.hasFocus()


@pytest.mark.parametrize(
    ("theme", "scale", "width"),
    [("light", 1.0, 320), ("dark", 1.0, 460), ("high-contrast", 0.8, 320), ("light", 2.0, 640), ("dark", 2.0, 900)],
)
def test_it_fits_at_every_size_and_everything_has_its_name(
    qapp, panel, services, question_id, answered, theme, scale, width
):
    services.tending.pin(answered[0])
    services.tending.edit(question_id, CODE + "\nAnd " + "a" * 90, LONG_STAGE)
    panel.show_question(question_id, ["say"])
    find(panel, "panel_show_recorded").click()
    apply_theme(qapp, load_theme(theme, paths.resource), scale)
    panel.resize(width, 600)
    for _ in range(5):
        QApplication.processEvents()
    assert panel.width() == max(width, panel.minimumWidth())
    inside = panel.column.widget()
    assert inside.width() <= panel.column.viewport().width()
    assert inside.height() > 600
    for widget in shown(panel):
        if widget is not panel.column and inside.isAncestorOf(widget):
            right = widget.mapTo(inside, QPoint(widget.width(), 0)).x()
            assert right <= inside.width(), widget.objectName()
    for text in (find(panel, "panel_question"), find(panel, "panel_recorded_1_answer"), find(panel, "panel_points")):
        assert text.verticalScrollBar().maximum() == 0
        assert text.horizontalScrollBar().maximum() == 0
        assert text.height() >= text.document().size().height()
    for words in shown(panel, QLabel):
        if words.wordWrap():
            assert words.height() >= words.heightForWidth(words.width()), words.objectName()
    for control in shown(panel):
        if control.focusPolicy() not in (Qt.FocusPolicy.NoFocus, Qt.FocusPolicy.ClickFocus):
            told = QAccessible.queryAccessibleInterface(control)
            assert told.text(QAccessible.Text.Name).strip(), control.objectName()
            assert control.objectName()
