import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from interview_coach import paths
from interview_coach.domain.models import Criterion
from interview_coach.domain.rubric import entry
from interview_coach.ui.theme import apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.score_row import ScoreRow

CLARITY = entry(Criterion.CLARITY)
BANDS = [band.text for band in CLARITY.bands]


@pytest.fixture
def row(themed, qtbot):
    assert themed
    row = ScoreRow("Clarity", BANDS, meaning=CLARITY.meaning)
    row.resize(900, row.heightForWidth(900))
    qtbot.addWidget(row)
    row.show()
    row.activateWindow()
    qtbot.waitUntil(row.isActiveWindow)
    row.setFocus()
    return row


@pytest.fixture
def told(row):
    scores = []
    row.score_changed.connect(scores.append)
    return scores


def test_digits_set_and_zero_is_ten(row, told, qtbot):
    qtbot.keyClicks(row, "1234567890")
    assert told == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    qtbot.keyClick(row, Qt.Key.Key_7, Qt.KeyboardModifier.KeypadModifier)
    assert row.score == 7
    assert row.hasFocus()


def test_arrows_move_within_the_scale(row, told, qtbot):
    qtbot.keyClick(row, Qt.Key.Key_Left)
    assert (row.score, told) == (None, [])
    qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_Right)
    qtbot.keyClick(row, Qt.Key.Key_Left)
    qtbot.keyClick(row, Qt.Key.Key_Left)
    qtbot.keyClick(row, Qt.Key.Key_End)
    qtbot.keyClick(row, Qt.Key.Key_Right)
    assert told == [1, 2, 1, 10]


@pytest.mark.parametrize("key", [Qt.Key.Key_Backspace, Qt.Key.Key_Delete])
def test_a_score_can_be_taken_back(row, told, qtbot, key):
    qtbot.keyClicks(row, "6")
    qtbot.keyClick(row, key)
    assert told == [6, None]
    assert row.number() == "–"


def test_enter_asks_for_the_next_row_and_ctrl_enter_up_and_down_are_the_pages(themed, qtbot):
    assert themed

    class Page(QWidget):
        keys = ()

        def keyPressEvent(self, event):  # noqa: N802
            self.keys += (Qt.Key(event.key()),)

    page = Page()
    row = ScoreRow("Clarity", BANDS, page)
    qtbot.addWidget(page)
    page.show()
    with qtbot.waitSignal(row.next_requested, timeout=500):
        qtbot.keyClick(row, Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(row.next_requested):
        qtbot.keyClick(row, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(row, Qt.Key.Key_Up)
    qtbot.keyClick(row, Qt.Key.Key_Down)
    assert [key for key in page.keys if key != Qt.Key.Key_Control] == [
        Qt.Key.Key_Return,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    ]
    assert row.score is None


def test_a_click_sets_and_the_wheel_does_not(row, told, qtbot):
    boxes = row._boxes(current_theme())
    for score in (8, 3, 10):
        qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=boxes[score - 1].center().toPoint())
    assert told == [8, 3, 10]
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(row.width() - 20, 12))
    wheel = QWheelEvent(
        QPointF(20, 20),
        QPointF(20, 20),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003
    )
    row.wheelEvent(wheel)
    assert told == [8, 3, 10]
    assert not wheel.isAccepted()


def test_setting_from_outside_tells_nobody(row, told):
    row.set_score(4)
    row.set_score(None)
    row.set_score(9)
    assert told == []
    for wrong in (0, 11, 0.5):
        with pytest.raises(ValueError, match="1 and 10"):
            row.set_score(wrong)
    assert row.score == 9


@pytest.mark.parametrize(("score", "band"), [(1, 0), (2, 0), (3, 1), (6, 2), (7, 3), (8, 3), (9, 4), (10, 4)])
def test_the_sentence_is_that_of_the_band(row, score, band):
    row.set_score(score)
    assert row.sentence() == BANDS[band]


def test_assistive_technology_gets_name_value_and_sentence(row, qtbot):
    reader = QAccessible.queryAccessibleInterface(row)
    assert reader.role() == QAccessible.Role.Slider
    assert reader.text(QAccessible.Text.Name) == "Clarity"
    assert reader.text(QAccessible.Text.Description) == "not rated"
    qtbot.keyClicks(row, "7")
    assert reader.valueInterface().currentValue() == 7
    assert reader.text(QAccessible.Text.Description) == f"7 of 10. {BANDS[3]}"
    reader.valueInterface().setCurrentValue(3)
    assert row.score == 3


def test_nothing_is_cut_off_at_any_width_or_size_of_text(row, themed):
    for scale in (0.8, 1, 2):
        apply_theme(themed, load_theme("light", paths.resource), scale)
        for width in (320, 700, 1400):
            row.resize(width, row.heightForWidth(width))
            heights = set()
            for score in (None, 1, 4, 10):
                row.set_score(score)
                heights.add(row.heightForWidth(width))
                theme = current_theme()
                room = row._sentence_place(theme)
                bottom = room.top() + row._height_of(theme, row.sentence(), room.width())
                assert bottom <= row.height()
                assert row._boxes(theme)[-1].right() < width
            assert len(heights) == 1, "choosing must not move what stands below"


def test_boxes_are_filled_up_to_the_score_and_focus_is_visible(row):
    row.set_score(4)
    theme, image = current_theme(), row.grab().toImage()
    boxes = row._boxes(theme)

    def inside(score):
        return image.pixelColor(round(boxes[score - 1].left()) + 5, round(boxes[score - 1].top()) + 5)

    assert [inside(score) == theme.color("accent") for score in range(1, 11)] == [True] * 4 + [False] * 6
    assert image.pixelColor(row.width() // 2, 0) == theme.color("accent")


@pytest.mark.usefixtures("themed")
def test_a_score_that_somebody_else_gave_is_shown_and_cannot_be_changed(qtbot):
    window = QWidget()
    layout = QVBoxLayout(window)
    judge = ScoreRow("Clarity", (), compact=True, read_only=True)
    layout.addWidget(judge)
    qtbot.addWidget(window)
    window.show()
    judge.set_score(8.5)
    qtbot.keyClicks(judge, "3")
    qtbot.mouseClick(judge, Qt.MouseButton.LeftButton, pos=QPoint(10, judge.height() // 2))
    assert judge.score == 8.5
    assert judge.number() == judge.locale().toString(8.5, "f", 1)
    assert judge.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_criterion_has_five_bands(qapp):
    assert qapp
    with pytest.raises(ValueError, match="five"):
        ScoreRow("Clarity", ["one", "two"])
