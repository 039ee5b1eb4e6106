import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

from interview_coach import paths
from interview_coach.domain.models import PointStatus
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.point_list import STATES, PointList

TEXTS = ["I would use a library with a pool.", "I would size it from the database's side, " * 8, "<b>Measure</b> it."]


@pytest.fixture
def points(themed, qtbot):
    assert themed
    points = PointList()
    points.set_points(TEXTS)
    points.resize(400, 500)
    qtbot.addWidget(points)
    points.show()
    points.activateWindow()
    qtbot.waitUntil(points.isActiveWindow)
    points.setFocus()
    return points


@pytest.fixture
def told(points):
    changes = []
    points.state_changed.connect(lambda row, state: changes.append((row, state)))
    return changes


def test_states_are_those_of_the_domain():
    assert set(STATES) == {status.value for status in PointStatus}


def test_space_goes_through_the_states_and_begins_again(points, told, qtbot):
    assert points.states() == (None, None, None)
    for _ in range(5):
        qtbot.keyClick(points, Qt.Key.Key_Space)
    assert told == [(0, "said"), (0, "partly"), (0, "missed"), (0, "left_out"), (0, "said")]


def test_arrows_move_and_stop_at_the_ends(points, told, qtbot):
    qtbot.keyClick(points, Qt.Key.Key_Up)
    for _ in range(5):
        qtbot.keyClick(points, Qt.Key.Key_Down)
    qtbot.keyClick(points, Qt.Key.Key_Space)
    qtbot.keyClick(points, Qt.Key.Key_Up)
    qtbot.keyClick(points, Qt.Key.Key_Space)
    assert told == [(2, "said"), (1, "said")]
    assert points.states() == (None, "said", "said")


def test_enter_leaves_and_other_keys_are_the_pages(themed, qtbot):
    assert themed

    class Page(QWidget):
        keys = ()

        def keyPressEvent(self, event):  # noqa: N802
            self.keys += (Qt.Key(event.key()),)

    page = Page()
    points = PointList(page)
    points.set_points(TEXTS)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(points.leave_requested, timeout=500):
        qtbot.keyClick(points, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    with qtbot.assertNotEmitted(points.leave_requested):
        qtbot.keyClick(points, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(points, Qt.Key.Key_M)
    assert Qt.Key.Key_Return in page.keys
    assert Qt.Key.Key_M in page.keys
    assert points.currentIndex().row() == 0


def test_a_click_on_the_shape_decides_and_on_the_text_only_chooses(points, told, qtbot):
    area = points.visualRect(points.model().index(1, 0))
    qtbot.mouseClick(points.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(200, 20))
    assert told == []
    assert points.currentIndex().row() == 1
    qtbot.mouseClick(points.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(16, 16))
    assert told == [(1, "said")]


def test_states_can_be_given_and_only_known_ones(points, told):
    points.set_points(TEXTS, ["missed", None])
    points.set_state(2, "left_out")
    assert points.states() == ("missed", None, "left_out")
    assert told == []
    with pytest.raises(ValueError, match="known state"):
        points.set_points(TEXTS, ["hit"])
    with pytest.raises(ValueError, match="known state"):
        points.set_points(["one"], ["said", "said"])
    with pytest.raises(ValueError, match="known state"):
        points.set_state(0, "hit")
    points.set_points([])
    assert points.states() == ()


def test_an_empty_list_takes_keys_calmly(points, told, qtbot):
    points.set_points([])
    qtbot.keyClick(points, Qt.Key.Key_Space)
    qtbot.keyClick(points, Qt.Key.Key_Down)
    assert told == []


def test_each_point_is_read_out_with_place_state_and_text(points, qtbot):
    reader = QAccessible.queryAccessibleInterface(points)
    assert reader.childCount() == 3
    assert reader.child(2).text(QAccessible.Text.Name) == "Point 3 of 3, not decided: <b>Measure</b> it."
    qtbot.keyClick(points, Qt.Key.Key_Space)
    assert reader.child(0).text(QAccessible.Text.Name) == f"Point 1 of 3, said: {TEXTS[0]}"


def test_rows_grow_as_the_list_narrows_and_as_the_text_grows(points, themed, qtbot):
    def heights():
        return [points.visualRect(points.model().index(row, 0)).height() for row in range(3)]

    wide = heights()
    assert wide[1] > 2 * wide[0]
    points.resize(200, 500)
    qtbot.waitUntil(lambda: heights()[1] > 1.5 * wide[1])
    narrow = heights()
    apply_theme(themed, load_theme("light", paths.resource), 2)
    qtbot.waitUntil(lambda: heights()[0] > 1.8 * narrow[0])


@pytest.mark.parametrize("name", THEMES)
def test_the_states_look_different_without_colour(points, themed, name):
    apply_theme(themed, load_theme(name, paths.resource))
    points.set_points(["same"] * 5, [None, *STATES])
    points.clearFocus()
    pictures = []
    for row in range(5):
        area = points.visualRect(points.model().index(row, 0))
        shape = points.viewport().grab(area.adjusted(0, 0, -(area.width() - 30), -20)).toImage()
        ground = shape.pixel(0, 0)
        pictures.append(bytes(shape.pixel(x, y) != ground for y in range(shape.height()) for x in range(shape.width())))
    assert len(set(pictures)) == 5


@pytest.fixture
def gone_to(points):
    rows = []
    points.current_changed.connect(rows.append)
    return rows


def below(points):
    return ["".join(points.words(row)) for row in range(len(points.states()))]


def test_space_goes_through_the_states_whatever_is_proposed_and_a_agrees(points, told, qtbot):
    points.set_points(TEXTS, [None, None, "said"], ["partly", "missed", None])
    qtbot.keyClick(points, Qt.Key.Key_Space)
    qtbot.keyClick(points, Qt.Key.Key_Space)
    qtbot.keyClick(points, Qt.Key.Key_A)  # partly already
    qtbot.keyClick(points, Qt.Key.Key_Space)
    qtbot.keyClick(points, Qt.Key.Key_A)
    qtbot.keyClick(points, Qt.Key.Key_Down)
    qtbot.keyClick(points, Qt.Key.Key_A)
    qtbot.keyClick(points, Qt.Key.Key_Down)
    qtbot.keyClick(points, Qt.Key.Key_A)  # nothing is proposed
    assert told == [(0, "said"), (0, "partly"), (0, "missed"), (0, "partly"), (1, "missed")]


def test_a_click_on_the_shape_agrees_too(points, told, qtbot):
    points.set_points(TEXTS, (), [None, "missed"])
    area = points.visualRect(points.model().index(1, 0))
    qtbot.mouseClick(points.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(16, 16))
    assert told == [(1, "missed")]


def test_what_is_proposed_is_said_as_a_proposal_until_the_person_decides_and_where_they_differ(points):
    points.set_points(TEXTS, (), ["said", "partly", "missed"])
    assert below(points) == ["looks said — A to agree", "looks partly said", "not found in your answer"]
    points.choose(2)
    assert below(points) == ["looks said", "looks partly said", "not found in your answer — A to agree"]
    points.set_state(0, "said")
    points.set_state(1, "left_out")
    points.set_state(2, "said")
    assert below(points) == [
        "said",
        "left out on purpose · the program proposed: partly",
        "said · the program proposed: missed",
    ]
    points.set_points(TEXTS)
    assert below(points) == ["not decided"] * 3


def test_proposals_are_read_out(points):
    points.set_points(["one", "two", "three"], [None, "missed", "said"], ["partly", "said", "said"])
    assert [points.spoken(row) for row in range(3)] == [
        "Point 1 of 3, not decided, looks partly said: one",
        "Point 2 of 3, missed, the program proposed: said: two",
        "Point 3 of 3, said: three",
    ]


def test_proposals_that_come_later_leave_everything_where_it_is(points, told, gone_to, qtbot):
    points.set_points(TEXTS * 5, ["said"])
    points.resize(300, 200)
    points.choose(8)
    qtbot.waitUntil(lambda: points.verticalScrollBar().value() > 0)
    states, scrolled = points.states(), points.verticalScrollBar().value()
    points.set_proposals(["said", "missed"] * 7)
    points.doItemsLayout()
    assert points.proposal_of(1) == "missed"
    assert points.proposal_of(14) is None
    assert (points.states(), points.currentIndex().row()) == (states, 8)
    assert points.verticalScrollBar().value() == scrolled
    assert (told, gone_to) == ([], [])
    reader = QAccessible.queryAccessibleInterface(points)
    assert reader.child(1).text(QAccessible.Text.Name).startswith("Point 2 of 15, not decided, not found in your")
    points.set_points([])
    points.set_proposals(())
    assert points.states() == ()


def test_only_known_proposals(points):
    for wrong in (["left_out"], ["hit"], ["said"] * 4):
        with pytest.raises(ValueError, match="known proposal"):
            points.set_proposals(wrong)
        with pytest.raises(ValueError, match="known proposal"):
            points.set_points(TEXTS, (), wrong)


def test_where_the_person_goes_is_told_and_what_is_chosen_from_outside_is_not(points, gone_to, qtbot):
    qtbot.keyClick(points, Qt.Key.Key_Down)
    area = points.visualRect(points.model().index(2, 0))
    qtbot.mouseClick(points.viewport(), Qt.MouseButton.LeftButton, pos=area.topLeft() + QPoint(200, 20))
    qtbot.keyClick(points, Qt.Key.Key_Down)
    assert gone_to == [1, 2]
    points.clearFocus()
    points.choose(0)
    assert points.currentIndex().row() == 0
    assert not points.hasFocus()
    points.set_points(TEXTS)
    points.setFocus()
    assert gone_to == [1, 2]


def test_the_current_point_can_be_seen_without_the_focus(points, qtbot):
    points.choose(1)
    points.clearFocus()
    soft = current_theme().color("soft").rgb()

    def grounds():
        picture = points.viewport().grab().toImage()
        areas = [points.visualRect(points.model().index(row, 0)) for row in range(3)]
        return [picture.pixel(area.right() - 12, area.top() + 4) == soft for area in areas]

    assert grounds() == [False, True, False]
    points.setFocus()
    qtbot.keyClick(points, Qt.Key.Key_Down)
    assert grounds() == [False, False, True]


def test_nothing_moves_when_a_point_is_decided(points, qtbot):
    points.set_points(TEXTS, (), ["said", "partly", "missed"])
    points.resize(190, 900)
    points.doItemsLayout()

    def rows():
        return [points.visualRect(points.model().index(row, 0)) for row in range(3)]

    before = rows()
    for _ in range(5):
        qtbot.keyClick(points, Qt.Key.Key_Space)
        points.doItemsLayout()
        assert rows() == before


@pytest.mark.parametrize("name", THEMES)
def test_what_is_proposed_looks_different_from_what_is_decided_without_colour(points, themed, name):
    apply_theme(themed, load_theme(name, paths.resource))
    points.set_points(["same"] * 8, [*[None] * 5, *STATES[:3]], [None, None, *STATES[:3], *STATES[:3]])
    points.resize(400, 900)
    points.clearFocus()
    pictures = []
    for row in range(1, 8):
        area = points.visualRect(points.model().index(row, 0))
        shape = points.viewport().grab(area.adjusted(0, 0, -(area.width() - 30), -20)).toImage()
        ground = shape.pixel(0, 0)
        pictures.append(bytes(shape.pixel(x, y) != ground for y in range(shape.height()) for x in range(shape.width())))
    assert len(set(pictures)) == 7
