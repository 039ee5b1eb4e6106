"""The Questions page by keyboard: searched, filtered, sorted, its columns chosen, tended, and practised from."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListWidget

from interview_coach import paths
from interview_coach.domain.listing import Column
from interview_coach.domain.models import Mode, SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.search_language import parse
from interview_coach.domain.selection import Order
from interview_coach.ui import practise_dialog
from interview_coach.ui.theme import apply_theme, current_theme, load_theme

# Menus are shown by themselves, and the offscreen platform speaks of every one.
POPUPS = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the keyboard|propagateSizeHints\(\))$", extend=True
)


@pytest.fixture
def page(english):
    english.press("Ctrl+3")
    return english.window._made["questions"]


def shown(page):
    return list(page.table.listed_ids)


def cells(page, column):
    place = page.table.model().columns.index(column)
    return [page.table.model().index(row, place).data() for row in range(page.table.model().rowCount())]


def search(candidate, text):
    candidate.press("Ctrl+F")
    candidate.find("search_line").clear()
    candidate.type(text)
    candidate.looked()


def menu(candidate, *keys):
    """Press keys in the menu that is open."""
    assert QApplication.activePopupWidget() is not None
    candidate.press(*keys)


class TestSearching:
    def test_results_come_as_one_types(self, english, page):
        assert english.text("question_count") == "10 questions"
        english.press("Ctrl+F")
        english.type("postgre")
        english.looked()
        assert english.focus == "search_line"
        assert len(shown(page)) == 5
        assert english.text("question_count") == "5 questions, the best first"
        row = page.table.model().shown(0)
        assert [row.question.text[a:b] for a, b in row.marks] == ["PostgreSQL"]
        english.press("Down")
        assert english.focus == "question_table"
        english.press("Ctrl+F", "Ctrl+A", "Backspace")
        assert english.text("question_count") == "10 questions"

    @pytest.mark.usefixtures("page")
    def test_typing_in_the_list_searches(self, english):
        assert english.focus == "question_table"
        english.type("kaf")
        english.looked()
        assert english.find("search_line", QLineEdit).text() == "kaf"
        assert english.focus == "search_line"
        assert english.text("question_count") == "0 questions"

    def test_nothing_found_is_said_and_nothing_can_be_done_with_it(self, english, page):
        search(english, "wombat")
        assert page.table.accessibleDescription() == "No question fits this search."
        assert not page.practise.isEnabled()
        assert not english.window.commands.practise_found.isEnabled()
        assert english.button("question_delete_button").isHidden()

    def test_a_search_begins_at_its_best_hit_and_a_renewal_keeps_what_is_chosen(self, english, page):
        english.press("End")
        last = page.table.chosen_ids[0]
        search(english, "postgre")
        assert page.table.chosen_ids[0] == shown(page)[0]
        english.press("Down", "Down", "Ctrl+D")
        assert page.table.chosen_ids[0] == shown(page)[1]
        assert last not in page.table.chosen_ids

    def test_a_hint_is_said_and_its_suggestion_taken(self, english, page):
        search(english, "stag:tech redis")
        assert english.text("search_note").startswith("“stag:” is not a filter; did you mean “stage:”?")
        suggestion = english.button("search_suggestion_button")
        assert suggestion.text() == "Use “stage:”"
        suggestion.click()
        english.looked()
        assert english.find("search_line", QLineEdit).text() == "stage:tech redis"
        assert english.find("search_note").isHidden()
        assert suggestion.isHidden()
        assert len(shown(page)) == 2
        english.press("Ctrl+Z")
        assert english.find("search_line", QLineEdit).text() == "stag:tech redis"

    def test_a_filter_is_completed_with_down_and_enter(self, english, page):
        search(english, "sta")
        offers = english.find("search_completions", QListWidget)
        assert [offers.item(row).text() for row in range(offers.count())] == ["stage:"]
        english.press("Down", "Return")
        assert english.find("search_line", QLineEdit).text() == "stage:"
        assert offers.count() == 6
        english.press("Down", "Down", "Tab")
        assert english.find("search_line", QLineEdit).text() == "stage:hr "
        assert english.focus == "search_line"
        assert offers.isHidden()
        assert cells(page, Column.STAGE) == ["HR", "HR"]

    @pytest.mark.usefixtures("page")
    def test_what_is_offered_goes_with_esc_and_with_the_focus(self, english):
        search(english, "stage:")
        offers = english.find("search_completions", QListWidget)
        assert offers.isVisible()
        english.press("Esc")
        assert offers.isHidden()
        assert english.focus == "search_line"
        assert english.find("search_line", QLineEdit).text() == "stage:"
        english.type("t")
        assert offers.isVisible()
        english.press("Esc", "Esc")
        assert english.focus == "question_table"
        assert offers.isHidden()
        assert english.find("search_line", QLineEdit).text() == "stage:t"

    @pytest.mark.usefixtures("page")
    def test_letters_beyond_the_common_ones_do_not_shift_what_is_completed(self, english):
        english.press("Ctrl+F")
        line = english.find("search_line", QLineEdit)
        line.setText("\U0001f600 is:fl")
        line.offer()
        english.press("Down", "Return")
        assert line.text() == "\U0001f600 is:flagged "

    def test_a_recorded_answer_of_which_a_part_was_on_screen_counts_as_seen(
        self, english, page, all_rows, qtbot, clock
    ):
        english.find("search_line", QLineEdit).setText("wombat")
        english.looked()
        english.find("search_line", QLineEdit).setText("psycopg2")
        english.looked()
        row = page.table.model().index(0, 1)
        said = row.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        assert said == "Recorded answer: hidden until you open it"
        page.table.viewport().repaint()
        page._note_glimpsed()
        qtbot.waitUntil(lambda: not page.looking)
        assert all_rows(english.services)["reference_seen"] == []
        (question_id,) = shown(page)
        with english.services.database.begin() as work:
            work.questions.note_seen([question_id], clock.now())
        before = all_rows(english.services)["reference_seen"]
        clock.advance(minutes=5)
        page.renew()
        english.looked()
        assert "psycopg2" in row.data(Qt.ItemDataRole.AccessibleDescriptionRole)
        qtbot.waitUntil(lambda: all_rows(english.services)["reference_seen"] != before, timeout=5_000)

    @pytest.mark.usefixtures("page")
    def test_the_tips_show_every_example(self, english, monkeypatch):
        told = []
        monkeypatch.setattr("interview_coach.ui.dialogs.show_table", lambda _, title, rows: told.append((title, rows)))
        english.button("search_tips_button").click()
        ((title, rows),) = told
        assert title == "Search tips"
        assert ("is:due", "due today") in rows


def many(candidate, tmp_path, number):
    """Import a transcript with so many questions more."""
    file = tmp_path / "many.txt"
    file.write_text("\n".join(f"Turn {n} [HR]\nQ: Name{n} thing{n}?\n\nA: Yes {n}.\n" for n in range(1, number + 1)))
    candidate.services.importing.import_file(file)


class TestLargeBank:
    def test_its_beginning_is_there_first_and_all_of_it_a_moment_later(self, english, tmp_path):
        many(english, tmp_path, 200)
        told = []
        english.window.show_page("questions")
        page = english.window._made["questions"]
        page._looking.found.connect(lambda found, first: told.append((found.complete, len(found.ids), len(first))))
        english.looked()
        assert told == [(False, 32, 32), (True, 210, 32)]
        assert english.text("question_count") == "210 questions"
        assert shown(page) == list(english.services.searching.find(parse("")).ids)
        english.press("End", "Ctrl+D")
        assert told[2:] == [(True, 210, 32)]  # renewed it stays whole, and where it was
        assert page.table.chosen_ids[0] == shown(page)[-1]

    def test_while_much_is_changed_the_list_asks_for_nothing_and_shows_all_afterwards(self, english, tmp_path, qtbot):
        many(english, tmp_path, 2000)
        english.press("Ctrl+3", "Ctrl+A")
        page = english.window._made["questions"]
        rows = page.table.model()
        with qtbot.waitSignal(english.window._deeds.begun), english.services.database.raw():
            english.window._deeds.tag(tuple(page.table.chosen_ids), ["many"], [])
            assert english.window._deeds.busy
            assert rows.index(1500, 1).data() == ""  # else this waited for the database, and the deed for this
            page.table.choose([3])
            page._on_settled()
        english.deed_done()
        assert rows.index(1500, 1).data().startswith("Name")
        assert page.panel.question_id == shown(page)[3]
        assert page.panel.view.question.tags == ("many",)

    def test_what_very_many_chosen_have_in_common_is_told(self, english, tmp_path, qtbot):
        many(english, tmp_path, 300)
        english.press("Ctrl+3", "Ctrl+A", "Ctrl+D")
        english.deed_done()
        qtbot.waitUntil(lambda: english.button("question_flag_button").text() == "Flagged")
        assert english.text("question_about") == "310 questions chosen"
        english.press("Ctrl+D")
        english.deed_done()
        qtbot.waitUntil(lambda: english.button("question_flag_button").text() == "Flag")

    def test_headings_do_not_go_through_all_rows_to_be_painted(self, page):
        for header in (page.table.horizontalHeader(), page.table.verticalHeader()):
            assert header.selectionModel() is not page.table.selectionModel()
        page.table.selectAll()
        assert not page.table.horizontalHeader().selectionModel().hasSelection()

    def test_rows_are_painted_in_the_colours_of_the_theme_as_it_is(self, page):
        colours = []
        for theme in ("dark", "light"):
            apply_theme(QApplication.instance(), load_theme(theme, paths.resource))
            QApplication.processEvents()
            soft = current_theme().color("soft").name()
            assert page.table.grab().toImage().pixelColor(*_ground(page)).name() == soft
            colours.append(soft)
        assert colours[0] != colours[1]


def _ground(page):
    """Return a place in the chosen first row where there is no text."""
    area = page.table.visualRect(page.table.model().index(0, 0))
    corner = page.table.viewport().mapTo(page.table, area.topLeft())
    return corner.x() + 2, corner.y() + 2


class TestChips:
    def test_a_chip_writes_its_filter_and_takes_it_out(self, english, page):
        english.services.tending.flag([4], flagged=True)
        search(english, "pool")
        chip = english.button("flagged_chip")
        chip.click()
        english.looked()
        line = english.find("search_line", QLineEdit)
        assert line.text() == "pool is:flagged"
        assert (chip.isChecked(), chip.text()) == (True, "✓ Flagged")
        assert shown(page) == [4]
        chip.click()
        english.looked()
        assert line.text() == "pool"
        assert (chip.isChecked(), chip.text()) == (False, "Flagged")

    @pytest.mark.usefixtures("page")
    def test_a_typed_filter_shows_on_its_chip(self, english):
        search(english, "stage:hr -is:flagged is:untried")
        assert english.button("stage_chip").text() == "✓ Stage: hr ▾"
        assert english.button("untried_chip").isChecked()
        assert not english.button("flagged_chip").isChecked()

    @POPUPS
    def test_a_stage_is_chosen_in_the_chips_menu(self, english, page):
        english.button("stage_chip").setFocus()
        english.press("Return")
        menu(english, "Down", "Down", "Return")
        english.looked()
        assert english.find("search_line", QLineEdit).text() == "stage:technical"
        assert cells(page, Column.STAGE) == ["TECHNICAL"] * 3

    @POPUPS
    def test_tags_have_a_chip_once_there_are_some(self, english, page):
        assert english.button("tag_chip").isHidden()
        english.services.tending.tag([2], add=["ask & tell"])
        page.renew()
        english.looked()
        english.button("tag_chip").setFocus()
        english.press("Return")
        menu(english, "Return")
        english.looked()
        assert english.find("search_line", QLineEdit).text() == 'tag:"ask & tell"'
        assert shown(page) == [2]


class TestList:
    def test_a_heading_sorts_turns_round_and_lets_go(self, english, page):
        header = page.table.horizontalHeader()
        place = page.table.model().columns.index(Column.TEXT)

        def press_heading():
            x = header.sectionViewportPosition(place) + 10
            QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=header.rect().center() * 0 + _at(x))
            english.looked()

        press_heading()
        assert cells(page, Column.TEXT) == sorted(cells(page, Column.TEXT))
        assert header.isSortIndicatorShown()
        press_heading()
        assert cells(page, Column.TEXT) == sorted(cells(page, Column.TEXT), reverse=True)
        press_heading()
        assert shown(page) == english.services.questions.ids() or shown(page) == list(range(1, 11))
        assert not header.isSortIndicatorShown()

    @POPUPS
    def test_order_and_columns_by_keyboard_are_remembered(self, english, page, open_window):
        heard = []
        english.window.preferences_changed.connect(heard.append)
        english.button("list_menu_button").setFocus()
        english.press("Return")
        menu(english, *["Down"] * 2, "Return")  # the second column: the question
        english.looked()
        assert cells(page, Column.TEXT) == sorted(cells(page, Column.TEXT))
        english.press("Return")
        menu(english, *["Up"] * 1, "Return")  # the last entry: tags
        assert page.table.model().columns == (Column.STAGE, Column.TEXT, Column.ATTEMPTS, Column.TAGS)
        remembered = heard[-1]
        assert remembered.question_sort is Column.TEXT
        assert remembered.question_columns[-1] is Column.TAGS
        again = open_window(preferences=remembered)
        again.press("Ctrl+3")
        opened = again.window._made["questions"]
        assert opened.table.model().columns == page_columns(remembered)
        assert cells(opened, Column.TEXT) == sorted(cells(opened, Column.TEXT))

    def test_settings_keep_how_the_list_stands(self, english, page):
        heard = []
        english.window.preferences_changed.connect(heard.append)
        english.press("Ctrl+6", "Ctrl+3")
        page._show_columns((Column.STAGE, Column.TEXT, Column.DUE))
        english.press("Ctrl+6")
        english.window._made["settings"].timer.click()
        assert heard[-1].question_columns == (Column.STAGE, Column.TEXT, Column.DUE)
        assert not heard[-1].show_timer

    def test_columns_show_what_they_say(self, english, page):
        practice = english.services.practice
        session = practice.session(practice.start_chosen([1], title="x"))
        session.view()
        session.submit("mine", 1.0)
        session.rate(SelfRating(clarity=7, confidence=4))
        session.finish_question((), SelfRating(), "")
        english.services.tending.flag([1], flagged=True)
        english.services.tending.suspend([1], suspended=True)
        english.services.tending.tag([1], add=["b", "a"])
        page._show_columns(tuple(Column))
        page.renew()
        english.looked()
        row = {column: cells(page, column)[0] for column in Column}
        due = english.services.questions.details([1])[0].due
        assert row == {
            Column.STAGE: "INTRO",
            Column.TEXT: "What inspired you to pursue a career in FinTech, specifically in software engineering?",
            Column.ATTEMPTS: "1",
            Column.RATING: "4",
            Column.LAST: "2026-03-02",
            Column.DUE: due.isoformat(),
            Column.ASKED: "1",
            Column.ADDED: "2026-03-02",
            Column.MARKS: "flagged, suspended",
            Column.TAGS: "a, b",
        }
        assert {column: cells(page, column)[1] for column in (Column.ATTEMPTS, Column.RATING, Column.DUE)} == {
            Column.ATTEMPTS: "–",
            Column.RATING: "–",
            Column.DUE: "–",
        }

    def test_many_chosen_rows_stay_chosen_when_the_list_is_renewed(self, english, page):
        english.press("Shift+Down", "Shift+Down", "Ctrl+Down", "Ctrl+Down", "Ctrl+Space")
        before = list(page.table.chosen_ids)
        assert len(before) == 4
        page.renew()
        english.looked()
        assert list(page.table.chosen_ids) == before
        assert english.text("question_about").startswith("4 questions chosen")


class TestTab:
    @pytest.mark.usefixtures("page")
    def test_it_goes_from_the_top_down_then_to_the_panel_and_leaves_the_page(self, english):
        english.press("Ctrl+F")
        stops = [english.focus]
        for _ in range(30):
            english.press("Tab")
            if english.focus == stops[0]:
                break
            stops.append(english.focus)
        above = ["search_line", "search_tips_button", "saved_searches_button", "stage_chip", "transcript_chip"]
        states = ["due_chip", "flagged_chip", "untried_chip", "suspended_chip", "list_menu_button"]
        assert stops[:11] == [*above, *states, "question_table"]
        bar = [f"question_{name}_button" for name in ("edit", "tags", "flag", "suspend", "delete")]
        assert stops[11:16] == bar
        assert stops[16] == "panel_question"
        assert stops[-3:] == ["rail_questions", "question_add_button", "practise_questions_button"]
        english.press("Shift+Tab")
        assert english.focus == "practise_questions_button"


class TestPanel:
    def test_enter_opens_the_panel_and_esc_leaves_it(self, english, page):
        english.press("Return")
        assert page.panel.isAncestorOf(QApplication.focusWidget())
        assert page.panel.question_id == 1
        english.press("Esc")
        assert english.focus == "question_table"

    def test_in_a_narrow_window_it_takes_the_lists_place(self, open_window):
        narrow = open_window(size=(800, 560))
        narrow.press("Ctrl+3")
        page = narrow.window._made["questions"]
        assert page.table.isVisible()
        assert not page.panel.isVisible()
        narrow.press("Return")
        assert page.panel.isVisible()
        assert not page.table.isVisible()
        assert narrow.button("questions_back_button").isVisible()
        narrow.press("Esc")
        assert page.table.isVisible()
        assert narrow.focus == "question_table"

    def test_it_follows_the_chosen_row(self, english, page, qtbot):
        english.press("Down", "Down")
        qtbot.waitUntil(lambda: page.panel.question_id == shown(page)[2])
        english.press("Shift+Down")
        qtbot.waitUntil(lambda: page.panel.question_id is None)
        assert page.panel.nothing.text() == "2 questions chosen"

    def test_a_transcript_opens_from_it(self, english, page):
        page.panel.transcript_requested.emit(1)
        assert english.window.rail.page == "transcripts"
        assert "What inspired you" in english.find("conversation_text").toPlainText()

    def test_points_are_edited_from_it(self, english, page, in_dialogs):
        english.press("Return")
        in_dialogs.append(lambda dialog: (dialog.editor.replace_points(["Say why."]), dialog.accept()))
        page.panel.edit_points_requested.emit(page.panel.view.owner)
        english.deed_done()
        assert english.services.question_panel.points_to_edit(1).points == ("Say why.",)
        english.press("Ctrl+Z")
        assert english.services.question_panel.points_to_edit(1).points != ("Say why.",)


class TestPractising:
    @pytest.mark.usefixtures("page")
    def test_what_was_found_becomes_a_session(self, english, in_dialogs):
        search(english, "stage:tech")
        in_dialogs.append(lambda dialog: dialog.accept())
        english.press("Ctrl+Shift+Return")
        english.qtbot.waitUntil(lambda: english.practice is not None and english.step == "answer")
        (entry,) = english.services.progress.sessions()
        assert (entry.session.title, entry.session.questions, entry.session.mode) == ("stage:tech", 3, Mode.PRACTICE)

    @pytest.mark.usefixtures("page")
    def test_what_is_chosen_becomes_a_session(self, english, in_dialogs):
        english.press("Shift+Down")
        in_dialogs.append(lambda dialog: dialog.accept())
        english.button("practise_questions_button").click()
        english.qtbot.waitUntil(lambda: english.practice is not None and english.step == "answer")
        (entry,) = english.services.progress.sessions()
        assert (entry.session.title, entry.session.questions) == ("Chosen questions", 2)

    @pytest.mark.usefixtures("page")
    def test_all_of_the_bank_becomes_a_session_named_so(self, english, in_dialogs):
        in_dialogs.append(lambda dialog: dialog.accept())
        english.press("Ctrl+Shift+Return")
        english.qtbot.waitUntil(lambda: english.practice is not None and english.step == "answer")
        (entry,) = english.services.progress.sessions()
        assert entry.session.title == "All questions"

    def test_where_none_can_be_asked_that_is_said(self, english, page, told):
        english.services.tending.suspend([1], suspended=True)
        wish = practise_dialog.Wish(of_chosen=True, count=1, order=Order.AS_LISTED, mode=Mode.PRACTICE)
        page.practise_requested.emit([1], wish, "")
        english.qtbot.waitUntil(lambda: told != [])
        assert told[0][0] == "This cannot be practised now"

    @pytest.mark.usefixtures("page")
    def test_given_up_it_starts_nothing(self, english, in_dialogs):
        in_dialogs.append(lambda dialog: dialog.reject())
        english.press("Ctrl+Shift+Return")
        assert english.services.progress.sessions() == ()
        assert english.focus == "question_table"


class TestSavedSearches:
    @POPUPS
    def test_one_is_saved_taken_up_again_removed_and_brought_back(self, english, page, in_dialogs):
        search(english, "stage:tech is:untried")

        def name(dialog):
            dialog.name.setText("To try")
            dialog.accept()

        in_dialogs.append(name)
        saved = english.button("saved_searches_button")
        saved.setFocus()
        english.press("Return")
        menu(english, "Return")  # “Save this search…” is all there is to choose
        assert english.notice == "Search saved"
        search(english, "redis")
        saved.setFocus()
        english.press("Return")
        menu(english, "Return")
        english.looked()
        assert english.find("search_line", QLineEdit).text() == "stage:tech is:untried"
        assert len(shown(page)) == 3
        (kept,) = english.services.tending.saved_searches()
        page.saved.remove_wanted.emit(kept.id)
        assert english.services.tending.saved_searches() == ()
        english.press("Ctrl+Z")
        assert [each.name for each in english.services.tending.saved_searches()] == ["To try"]

    def test_a_name_is_needed_and_the_same_name_replaces(self, english, page, in_dialogs):
        tending = english.services.tending
        tending.save_search("Mine", "redis")
        search(english, "postgre")

        def name(dialog):
            dialog.name.setText("  ")
            assert not dialog.accept_button.isEnabled()
            dialog.name.setText("mine")
            dialog.accept()

        in_dialogs.append(name)
        page._save_search()
        assert [(each.name, each.text) for each in tending.saved_searches()] == [("mine", "postgre")]


class TestAdding:
    def test_a_question_by_hand_is_in_the_list_and_goes_with_undo(self, english, page, in_dialogs):
        def write(dialog):
            QTest.keyClicks(dialog.text, "What is a monad?")
            dialog.accept()

        in_dialogs.append(write)
        english.press("Ctrl+N")
        english.looked()
        assert english.notice == "Question added"
        assert "What is a monad?" in cells(page, Column.TEXT)
        assert page.table.question_text == "What is a monad?"
        assert page.panel.view.question.text == "What is a monad?"
        english.press("Ctrl+Z")
        english.looked()
        assert "What is a monad?" not in cells(page, Column.TEXT)


def _at(x):
    from PySide6.QtCore import QPoint

    return QPoint(x, 8)


def page_columns(preferences: Preferences):
    return tuple(column for column in Column if column in preferences.question_columns)
