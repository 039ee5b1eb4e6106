"""Trash in the window: reached by the menu, put back with Enter, deleted for good once the person has said so."""

import pytest

from interview_coach.domain.models import SelfRating
from interview_coach.ui.deed_words import DeedWords

WORDS = "zzcanary words of mine"

POPUPS = pytest.mark.qt_log_ignore(
    r"^This plugin does not support (raise\(\)|grabbing the (keyboard|mouse)|propagateSizeHints\(\))$", extend=True
)


@pytest.fixture
def full(english):
    """Trash with two questions, an answer and a transcript in it, shown; what was deleted last stands first."""
    services = english.services
    services.tending.edit(2, "What is zzcanary to you?", "HR")
    session = services.practice.session(services.practice.start_default(count=2))
    session.view()
    session.submit(WORDS, 1.0)
    session.rate(SelfRating(clarity=5))
    session.finish_question((), SelfRating(), "zzcanary line")
    session.pause()
    services.tending.delete_questions([2, 3])
    services.tending.delete_attempts([1])
    services.tending.delete_transcript(1)
    english.window.commands.trash.trigger()
    assert english.focus == "trash_table"
    return english


def rows(candidate):
    model = candidate.find("trash_table").model()
    return [[model.index(row, column).data() for column in range(3)] for row in range(model.rowCount())]


def traces(folder):
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and "backups" not in path.parts and b"zzcanary" in path.read_bytes()
    ]


@POPUPS
def test_it_is_reached_by_the_file_menu_and_left_with_esc(english):
    english.press("Ctrl+3")
    english.press("Alt+F", "T")
    assert english.find("trash_page").isVisible()
    assert english.window.rail.page == "questions"
    assert english.focus == "trash_empty_back_button"
    english.press("Esc")
    english.qtbot.waitUntil(lambda: english.focus == "question_table")
    assert english.find("questions_page").isVisible()


@POPUPS
def test_leaving_practice_for_it_stores_what_is_typed(english):
    english.press("Return")
    english.type("half a word")
    english.press("Alt+F", "T")
    assert english.attempts[0].text == "half a word"
    assert not english.window.commands.skip.isEnabled()
    english.press("Return")
    english.qtbot.waitUntil(lambda: english.focus == "answer_editor")
    assert english.window.commands.skip.isEnabled()


def test_an_empty_one_says_what_it_is_for(english):
    english.window.commands.trash.trigger()
    assert english.text("trash_empty_words").startswith("Trash is empty.")
    assert "thirty days" in english.text("trash_empty_words")
    assert not english.window.commands.delete.isEnabled()


def test_what_lies_there_since_when_and_until_when(full):
    transcript, answer, questions = rows(full)
    assert transcript[0] == "Transcript “Nebula Systems, Senior Python Backend Engineer”"
    assert answer[0].startswith("1 answer: What inspired you")
    assert questions[0] == "2 questions: What is zzcanary to you?"
    assert questions[1] != questions[2]
    assert full.text("trash_count") == "3 things"
    assert full.text("trash_about") == "With it: 7 questions"
    full.press("End")
    assert full.text("trash_text") == questions[0]


@pytest.mark.parametrize("key", ["Return", "Enter"])
def test_enter_puts_back_and_undo_takes_it_away_again(full, all_rows, key):
    before = all_rows(full.services)
    full.press("End", key)
    assert full.services.questions.ids() == (1, 2, 3)  # the first stayed with its answer
    assert full.notice == "Put back from Trash"
    assert len(rows(full)) == 2
    assert full.focus == "trash_table"
    full.press("Ctrl+Z")
    assert all_rows(full.services) == before
    assert len(rows(full)) == 3


def test_the_last_one_put_back_leaves_the_empty_page(full):
    for _ in range(3):
        full.press("Return")
    assert full.focus == "trash_empty_back_button"
    assert len(full.services.questions.ids()) == 10
    full.press("Ctrl+Z")
    assert full.focus == "trash_table"


def test_delete_for_good_asks_first_in_plain_words(full, sure, told, all_rows):
    before = all_rows(full.services)
    sure.answer = False
    full.press("End", "Del")
    full.button("delete_for_good_button").click()
    full.button("empty_trash_button").click()
    one, same, everything = sure
    assert one == same
    title, text, yes = one
    assert (title, yes) == ("Delete this for good?", "Delete for good")
    assert "2 questions: What is zzcanary to you?" in text
    assert "cannot be taken back" in text
    assert "Transcripts that ask a deleted question keep it" in text
    assert everything[0] == "Empty Trash?"
    assert "All 3 entries" in everything[1]
    assert all_rows(full.services) == before
    assert told == []


def test_deleted_for_good_leaves_no_trace_but_in_backups_which_are_named(full, sure, told, tmp_path):
    assert traces(tmp_path)
    full.press("End", "Del")
    assert not full.window.commands.undo.isEnabled()
    assert not full.button("put_back_button").isEnabled()
    full.press("Return", "Del")  # while it is under way nothing else is begun
    full.deed_done()
    assert len(sure) == 1
    ((title, text, _),) = told
    assert title == "Deleted for good"
    assert text.startswith("It is gone from the database.\n2 backups of ")
    assert "still hold it" in text
    assert "Copies on disk blocks and files that you exported are beyond this program’s reach." in text
    assert len(rows(full)) == 2
    full.button("empty_trash_button").click()
    full.deed_done()
    assert traces(tmp_path) == []
    assert full.services.trash.listed() == ()
    assert full.focus == "trash_empty_back_button"
    assert not full.window.commands.undo.isEnabled()
    assert full.notice == ""


def test_what_is_gone_already_is_told(full, sure, told):
    full.services.tending.put_back(3)
    full.press("Del")
    full.deed_done()
    assert len(sure) == 1
    ((title, text, _),) = told
    assert title == "This did not work to its end"
    assert text == "It is not there any more."
    assert len(rows(full)) == 2


def test_delete_means_for_good_only_here(full):
    assert full.window.commands.delete.text() == "&Delete for good…"
    full.press("Ctrl+3")
    assert full.window.commands.delete.text() == "&Delete"


@pytest.mark.parametrize("backups", [0, 1, 2])
def test_the_words_after_it(qapp, english, backups):
    from datetime import UTC, datetime, timedelta

    from interview_coach.services.trash import Erased

    newest = datetime(2026, 3, 4, 12, tzinfo=UTC)
    erased = Erased(entries=1, backups=tuple(newest - timedelta(days=each) for each in range(backups)))
    lines = DeedWords().erased(erased).split("\n")
    assert lines[0] == "It is gone from the database."
    assert len(lines) == (2 if backups == 0 else 3)
    if backups == 1:
        assert lines[1].startswith("One backup, made on ")
    if backups == 2:
        assert lines[1].startswith("2 backups from ")
    assert qapp
    assert english
