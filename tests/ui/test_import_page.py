"""The import page: nothing is stored before it is looked over, and what the person changes there counts."""

import threading

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit

from interview_coach.services import rewording
from interview_coach.ui.widgets.table import Table

WITHIN = 10_000

TALK = """Company: Acme

Sarah: Could you tell me about yourself?
Tom: I have built payments for eight years.
Sarah: How would you shard a database?
Tom: [Processing...]
"""
TURNS = "Turn 1 [HR]\nQ: Why us?\n\nA: The work.\n\nFeedback: {not json\n"


@pytest.fixture
def page(english, tmp_path):
    """Look at files, given by name and text, and wait until the first that can be read is looked into."""

    def look(*, readable=True, **files):
        paths = []
        for name, text in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_text(text, encoding="utf-8")
            paths.append(path)
        english.window._look_at(paths)
        shown = english.window._made["import"]
        english.qtbot.waitUntil(shown.preview.isVisible, timeout=WITHIN)
        if readable:
            english.qtbot.waitUntil(shown.preview.turn_table.isVisible, timeout=WITHIN)
        return shown

    return look


def cells(table):
    model = table.model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def add(english, page):
    english.press("Return")
    english.qtbot.waitUntil(page.done_button.isVisible, timeout=WITHIN)


def test_a_file_is_told_as_it_is(english, page):
    shown = page(talk_txt=TALK)
    assert english.text("import_note") == "talk.txt · Nothing is stored until you add it."
    assert english.find("import_format_box", QComboBox).currentText() == "Conversation"
    assert english.find("import_interviewer_box", QComboBox).currentText() == "Sarah"
    assert english.find("import_company_field", QLineEdit).text() == "Acme"
    assert english.text("import_reason").startswith("Read so since ")
    about = english.text("import_about")
    assert about.startswith("2 turns · 2 new questions\nStages, guessed from the questions: INTRO 1, TECHNICAL 1")
    assert "1 turn without an answer (no. 2)" in about
    assert cells(shown.preview.turn_table) == [
        ["INTRO (guess)", "Could you tell me about yourself?", "yes", "new"],
        ["TECHNICAL (guess)", "How would you shard a database?", "–", "new"],
    ]
    ((line, what),) = cells(shown.preview.odd_table)
    assert (line, "placeholder" in what) == ("5", True)
    assert shown.preview.accept_button.text() == "Add 2 questions"
    assert not shown.preview.file_table.isVisible()
    assert len(english.services.transcripts.listed()) == 1


def test_cancel_stores_nothing(english, page):
    page(talk_txt=TALK).preview.cancel_button.click()
    assert english.find("transcripts_page").isVisible()
    assert len(english.services.transcripts.listed()) == 1


def test_what_is_changed_here_comes_in_so(english, page):
    shown = page(talk_txt=TALK)
    for name, text in (("title", " Round  one "), ("role", "Engineer"), ("company", ""), ("day", "2026-05-04")):
        field = english.find(f"import_{name}_field", QLineEdit)
        field.selectAll()
        field.setFocus()
        english.press("Backspace")
        english.type(text)
    shown.preview.turn_table.choose([1])
    box = english.find("import_stage_box", QComboBox)
    assert box.currentText() == "TECHNICAL"
    box.setCurrentText("WRAP-UP")
    box.activated.emit(box.currentIndex())
    assert cells(shown.preview.turn_table)[1][0] == "WRAP-UP"
    shown.preview.accept_button.setFocus()
    add(english, shown)
    entry = english.services.transcripts.listed()[1]
    transcript = entry.transcript
    assert (transcript.title, transcript.role, transcript.company) == ("Round one", "Engineer", None)
    assert str(transcript.held) == "2026-05-04"
    assert entry.stages == {"INTRO": 1, "WRAP-UP": 1}


def test_a_day_is_read_as_people_write_it_and_said_where_it_cannot_be(english, page):
    shown = page(talk_txt=TALK)
    field = english.find("import_day_field", QLineEdit)
    field.setFocus()
    english.type("14 March 2026")
    english.press("Return")
    assert (field.text(), english.find("import_day_note").isVisible()) == ("2026-03-14", False)
    field.selectAll()
    english.type("soon")
    english.press("Tab")
    assert (field.text(), english.find("import_day_note").isVisible()) == ("soon", True)
    assert next(iter(shown.preview.settled.values())).names.held is None


def test_stages_that_were_decided_stay_when_the_file_is_read_otherwise(english, page):
    shown = page(talk_txt=TALK)
    shown.preview.turn_table.choose([0])
    box = english.find("import_stage_box", QComboBox)
    box.setCurrentText("HR")
    box.activated.emit(box.currentIndex())
    assert "HR 1, TECHNICAL 1" in english.text("import_about").replace("TECHNICAL 1, HR 1", "HR 1, TECHNICAL 1")
    asks = english.find("import_interviewer_box", QComboBox)
    for who in ("Tom", "Sarah"):
        asks.setCurrentText(who)
        asks.activated.emit(asks.currentIndex())
        english.qtbot.waitUntil(lambda who=who: shown.preview._detail.interviewer == who, timeout=WITHIN)
    assert cells(shown.preview.turn_table)[0][0] == "HR"


def test_a_broken_file_can_be_read_as_something_else_without_losing_the_focus(english, page):
    shown = page(readable=False, a_txt="nothing here\n")
    box = shown.preview.format_box
    assert box.isVisible()
    assert not english.find("import_title_field").isVisible()
    box.setFocus()
    for name in ("Turn transcript", "Plain text"):
        box.setCurrentText(name)
        box.activated.emit(box.currentIndex())
        english.qtbot.waitUntil(lambda name=name: name in english.text("import_refusal"), timeout=WITHIN)
        assert english.focus == "import_format_box"


def test_another_interviewer_turns_it_round(english, page):
    shown = page(talk_txt=TALK)
    box = english.find("import_interviewer_box", QComboBox)
    box.setCurrentText("Tom")
    box.activated.emit(box.currentIndex())
    english.qtbot.waitUntil(lambda: "payments" in cells(shown.preview.turn_table)[0][1], timeout=WITHIN)


def test_a_format_that_does_not_fit_is_said_and_can_be_changed_back(english, page):
    shown = page(talk_txt=TALK)
    box = shown.preview.format_box
    box.setCurrentText("Turn transcript")
    box.activated.emit(box.currentIndex())
    english.qtbot.waitUntil(lambda: english.find("import_refusal").isVisible(), timeout=WITHIN)
    assert english.text("import_refusal").startswith("As “Turn transcript”: It cannot be read: ")
    assert not shown.preview.accept_button.isEnabled()
    box.setCurrentText("Conversation")
    box.activated.emit(box.currentIndex())
    english.qtbot.waitUntil(shown.preview.turn_table.isVisible, timeout=WITHIN)
    assert shown.preview.accept_button.isEnabled()


def test_several_files_are_listed_and_the_bad_ones_say_why(english, page):
    shown = page(a_txt=TURNS, b_txt="nothing here", c_txt=TALK)
    assert [row[:4] for row in cells(shown.preview.file_table)] == [
        ["a.txt", "Turn transcript", "new", "1"],
        ["b.txt", "", "not readable", "0"],
        ["c.txt", "Conversation", "new", "2"],
    ]
    shown.preview.file_table.selectRow(1)
    assert english.text("import_refusal").startswith("It cannot be read: ")
    assert not shown.preview.turn_table.isVisible()
    shown.preview.file_table.selectRow(2)
    english.qtbot.waitUntil(shown.preview.turn_table.isVisible, timeout=WITHIN)
    assert len(cells(shown.preview.turn_table)) == 2
    shown.preview.accept_button.setFocus()
    add(english, shown)
    lines = english.text("import_outcome").split("\n")
    assert lines[:2] == ["2 transcripts imported", "3 new questions"]
    assert lines[2].startswith("b.txt: It cannot be read: ")
    assert lines[3] == "2 places looked odd"
    assert len(english.services.transcripts.listed()) == 3
    assert not shown.practise_button.isVisible()
    found = english.text("import_found")
    assert found.startswith("A\n– 1 turn with a rating that cannot be read (no. 1)\n")
    assert "\n– No turn has a rating\n– 1 turn without an answer (no. 2)" in found


def test_what_is_there_already_cannot_be_added_again(english, sample):
    english.window._look_at([sample])
    shown = english.window._made["import"]
    english.qtbot.waitUntil(shown.preview.turn_table.isVisible, timeout=WITHIN)
    assert not shown.preview.accept_button.isEnabled()
    assert cells(shown.preview.turn_table)[0][3] == "in the bank"
    assert english.focus == "import_cancel_button"


def test_stop_leaves_whole_files(english, page, monkeypatch):
    """The second file is being written when Stop is pressed: nothing is left of it."""
    big = "".join(f"Turn {n} [HR]\nQ: Why {{}} {n}?\n\nA: So.\n\n" for n in range(250))
    shown = page(a_txt=big.replace("{}", "a"), b_txt=big.replace("{}", "b"))
    pressed = threading.Event()
    importing = english.services.importing
    write_rest = importing._write_rest
    begun = []

    def wait_for_it(*given):
        begun.append(given)
        assert len(begun) == 1 or pressed.wait(WITHIN / 1000)
        return write_rest(*given)

    monkeypatch.setattr(importing, "_write_rest", wait_for_it)
    english.press("Return")
    english.qtbot.waitUntil(lambda: len(begun) == 2, timeout=WITHIN)
    english.qtbot.waitUntil(lambda: "b.txt" in english.text("import_progress"), timeout=WITHIN)
    assert english.focus == "import_stop_button"
    english.press("Return")
    pressed.set()
    english.qtbot.waitUntil(shown.done_button.isVisible, timeout=WITHIN)
    assert english.text("import_outcome").startswith("Stopped: 1 file did not come in.\n1 transcript imported")
    assert [entry.turns for entry in english.services.transcripts.listed()] == [10, 250]


def test_a_failure_is_told_on_the_page(english, page, monkeypatch):
    from interview_coach.domain.errors import CoachError, Fault

    shown = page(talk_txt=TALK)

    def full(*_, **__):
        raise CoachError(Fault.DISK_FULL, "full")

    monkeypatch.setattr(english.services.importing, "import_paths", full)
    add(english, shown)
    assert english.text("import_outcome") == "The import stopped. The disk is full."


@pytest.mark.parametrize("text_size", [1.0, 2.0])
@pytest.mark.parametrize("size", [(800, 560), (1180, 780)])
def test_everything_can_be_reached_at_any_size(open_window, tmp_path, text_size, size):
    person = open_window(text_size=text_size, size=size)
    path = tmp_path / "talk.txt"
    path.write_text(TALK + "\nHTML <b>bold</b> & more\n", encoding="utf-8")
    person.window._look_at([path])
    shown = person.window._made["import"]
    person.qtbot.waitUntil(shown.preview.turn_table.isVisible, timeout=WITHIN)
    reached = set()
    for _ in range(20):
        person.press("Tab")
        reached.add(person.focus)
    named = {"import_format_box", "import_title_field", "import_turn_table", "import_stage_box", "import_accept_button"}
    assert reached >= named | {"import_cancel_button", "import_odd_table", "import_day_field"}
    for widget in shown.findChildren(QLineEdit) + shown.findChildren(QComboBox) + shown.findChildren(Table):
        assert widget.accessibleName(), widget.objectName()


def test_where_not_all_questions_were_compared_it_is_said(english, page, monkeypatch):
    monkeypatch.setattr(rewording, "MOST", 1)
    page(talk_txt=TALK)
    assert english.text("import_note").endswith("only the first were compared for other wordings.")
