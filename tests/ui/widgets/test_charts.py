"""Charts: reached by keys, said in words, the same on screen and on paper."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from interview_coach import paths
from interview_coach.ui.theme import THEMES, apply_theme, current_theme, load_theme
from interview_coach.ui.widgets.charts.bars import Bar, BarChart, BarSeries
from interview_coach.ui.widgets.charts.calendar import SHADES, CalendarChart
from interview_coach.ui.widgets.charts.chart import Mark
from interview_coach.ui.widgets.charts.chart_card import ChartCard
from interview_coach.ui.widgets.charts.ink import Ink, contrast, on_paper
from interview_coach.ui.widgets.charts.lines import LineChart, Series
from interview_coach.ui.widgets.charts.pairs import PairChart, PairRow
from interview_coach.ui.widgets.charts.scale import Scale, scale_up_to

TODAY = date(2026, 3, 5)  # a Thursday
TEN = Scale(1, 10, tuple((score, str(score)) for score in (1, 4, 7, 10)))


def calendar(days=200):
    chart = CalendarChart("calendar", "Answers a day")
    done = [TODAY - timedelta(days=number) for number in range(0, days, 3)]
    chart.show_days(dict.fromkeys(done, 12), lambda day: Mark(day.isoformat(), (done.index(day),)), TODAY)
    return chart


def lines():
    chart = LineChart("lines", "Ratings")
    chart.show_series(
        [
            Series(name, dict.fromkeys(places, value), {place: Mark(f"{name} {place}", (place,)) for place in places})
            for name, value, places in (("Clarity", 4.0, (0, 1, 3)), ("Confidence", 7.0, (1, 4)))
        ],
        TEN,
        [f"month {number}" for number in range(5)],
    )
    return chart


def bars():
    chart = BarChart("bars", "Plan and done")
    chart.show_bars(
        (
            BarSeries("done", {place: Bar(10.0, Mark(f"done {place}", (place,))) for place in (0, 1, 2)}),
            BarSeries("planned", {place: Bar(20.0, Mark(f"planned {place}")) for place in (2, 3)}, hatched=True),
        ),
        ["1 Mar", "2 Mar", "3 Mar", "4 Mar"],
        goal=(15, "your minutes"),
    )
    return chart


def pairs():
    chart = PairChart("pairs", "Two looks")
    chart.show_pairs(
        [
            PairRow("TECHNICAL", (6.0, "6.0"), (4.0, "4.0"), "9 answers", Mark("TECHNICAL: 6.0, then 4.0", (1, 2))),
            PairRow("HR", None, None, "3 answers: too few", Mark("HR: too few")),
        ],
        TEN,
        ("first rating", "second look"),
    )
    return chart


KINDS = [calendar, lines, bars, pairs]


@pytest.fixture
def show(themed, qtbot):  # noqa: ARG001
    def show_it(chart, width=600):
        qtbot.addWidget(chart)
        chart.resize(width, chart.sizeHint().height())
        chart.show()
        chart.activateWindow()
        qtbot.waitUntil(chart.isActiveWindow)
        chart.setFocus(Qt.FocusReason.TabFocusReason)
        return chart

    return show_it


class TestKeys:
    @pytest.mark.parametrize(
        ("make", "first", "walk"),
        [
            (lines, "Clarity 3", [("Left", "Clarity 1"), ("Home", "Clarity 0"), ("Left", "Clarity 0"),
                                  ("End", "Clarity 3"), ("Down", "Confidence 4"), ("Up", "Clarity 3")]),
            (bars, "done 0", [("Right", "done 1"), ("End", "done 2"), ("Down", "planned 2"), ("Right", "planned 3"),
                              ("Up", "done 2")]),
            (pairs, "TECHNICAL: 6.0, then 4.0", [("Down", "HR: too few"), ("Up", "TECHNICAL: 6.0, then 4.0")]),
            (calendar, "2026-03-05", [("Left", "2026-02-26"), ("Up", "2026-02-25"), ("Home", "2025-08-20")]),
        ],
    )  # fmt: skip
    def test_arrows_move_over_the_marks(self, show, qtbot, make, first, walk):
        chart = show(make())
        if make is calendar:  # every third day: on the way up there is a day of that column, or of the nearest
            walk = [("Left", "2026-02-12"), ("Right", "2026-03-05")]
        assert chart.current.words == first
        for key, words in walk:
            qtbot.keyClick(chart, getattr(Qt.Key, f"Key_{key}"))
            assert chart.current.words == words, key

    @pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
    def test_enter_opens_what_is_behind_a_mark(self, show, qtbot, key):
        chart = show(lines())
        with qtbot.waitSignal(chart.chosen) as told:
            qtbot.keyClick(chart, key)
        assert told.args == [Mark("Clarity 3", (3,))]

    def test_nothing_opens_where_nothing_is_behind(self, show, qtbot):
        chart = show(bars())
        for _ in range(3):
            qtbot.keyClick(chart, Qt.Key.Key_Right)
        qtbot.keyClick(chart, Qt.Key.Key_Down)
        assert chart.current.words == "planned 2"
        with qtbot.assertNotEmitted(chart.chosen):
            qtbot.keyClick(chart, Qt.Key.Key_Return)

    def test_tab_leaves_and_other_keys_are_the_page_s(self, show, qtbot):
        chart = show(lines())
        with qtbot.assertNotEmitted(chart.current_changed):
            for key in (Qt.Key.Key_PageDown, Qt.Key.Key_A):
                qtbot.keyClick(chart, key)
            qtbot.keyClick(chart, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)

    def test_an_empty_one_takes_no_harm(self, show, qtbot):
        chart = show(LineChart("empty", "Nothing"))
        for key in (Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_Return):
            qtbot.keyClick(chart, key)
        assert chart.current is None

    def test_a_mark_that_is_gone_is_left(self, show):
        chart = show(lines())
        chart.show_series([Series("Clarity", {0: 2.0}, {0: Mark("the only one")})], TEN, ["month 0"])
        assert chart.current is None
        assert "Clarity 3" not in chart.accessibleDescription()


class TestMouse:
    def test_a_click_opens_and_hovering_says(self, show, qtbot):
        chart = show(pairs())
        row = chart._boxes(chart._ink(), chart._area())[0, 0].center().toPoint()
        qtbot.mouseMove(chart, row)
        assert chart.current.words.startswith("TECHNICAL")
        with qtbot.waitSignal(chart.chosen):
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=row)

    def test_beside_the_marks_nothing_happens(self, show, qtbot):
        chart = show(lines())
        with qtbot.assertNotEmitted(chart.chosen):
            qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(2, chart.height() - 2))


class TestWords:
    def test_a_screen_reader_hears_the_summary_and_the_mark(self, show, qtbot):
        chart = show(lines())
        chart.say("Clarity stays at 4.")
        assert chart.accessibleName() == "Ratings"
        assert chart.accessibleDescription() == "Clarity 3. Clarity stays at 4."
        qtbot.keyClick(chart, Qt.Key.Key_Left)
        assert chart.accessibleDescription() == "Clarity 1. Clarity stays at 4."

    def test_a_card_shows_both(self, themed, qtbot):  # noqa: ARG002
        card = ChartCard(lines())
        qtbot.addWidget(card)
        card.resize(900, 300)
        card.say("Clarity stays at 4.")
        card.show()
        assert card.summary.text() == card.chart.summary == "Clarity stays at 4."
        card.chart._go_to((1, 4))
        assert card.current.text() == "Confidence 4"
        assert card.summary.x() > card.chart.x() + card.chart.width()  # beside it
        card.resize(500, 600)
        QApplication.processEvents()
        assert card.summary.mapTo(card, QPoint()).y() > card.chart.mapTo(card, QPoint()).y()

    def test_words_alone_where_there_is_nothing_to_draw(self, themed, qtbot):  # noqa: ARG002
        card = ChartCard(lines())
        qtbot.addWidget(card)
        card.show()
        card.say("Nothing yet.", drawn=False)
        assert not card.chart.isVisible()
        assert card.summary.isVisible()
        card.say("Clarity stays at 4.")
        assert card.chart.isVisible()


class TestCalendar:
    def test_as_many_weeks_as_fit_and_the_keys_lead_to_the_earlier_ones(self, show, qtbot):
        chart = show(calendar(400), 500)
        weeks = len(chart.weeks_in_sight)
        assert 10 < weeks < 30
        last = chart.weeks_in_sight.stop
        qtbot.keyClick(chart, Qt.Key.Key_Home)
        assert chart.weeks_in_sight.start == 0
        assert len(chart.weeks_in_sight) == weeks
        qtbot.keyClick(chart, Qt.Key.Key_End)
        assert chart.weeks_in_sight.stop == last

    def test_no_day_after_today(self, show):
        chart = show(calendar())
        assert max(day for day, _ in chart._days.values()) == TODAY

    def test_wider_it_shows_more(self, show):
        chart = show(calendar(400), 500)
        before = len(chart.weeks_in_sight)
        chart.resize(900, chart.height())
        assert len(chart.weeks_in_sight) > before


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(0, [0, 1]), (1, [0, 1]), (3, [0, 1, 2, 3]), (9, [0, 3, 6, 9]), (40, [0, 10, 20, 30, 40]),
     (676, [0, 200, 400, 600, 800])],
)  # fmt: skip
def test_scales_end_at_round_numbers(highest, ticks):
    scale = scale_up_to(highest)
    assert [value for value, _ in scale.ticks] == ticks
    assert scale.highest >= highest


class TestPainting:
    @pytest.mark.parametrize("make", KINDS)
    @pytest.mark.parametrize("theme", THEMES)
    @pytest.mark.parametrize("size", [1.0, 2.0])
    def test_all_of_it_stays_within_its_area(self, qapp, qtbot, make, theme, size):
        apply_theme(qapp, load_theme(theme, paths.resource), size)
        chart = make()
        qtbot.addWidget(chart)
        chart.resize(520, chart.sizeHint().height())
        beyond = 60
        image = QImage(chart.width() + 2 * beyond, chart.height() + 2 * beyond, QImage.Format.Format_RGB32)
        ground = QColor("magenta").rgb()
        image.fill(ground)
        painter = QPainter(image)
        painter.translate(beyond, beyond)
        chart._draw(painter, Ink(current_theme(), 96), QRectF(10, 10, chart.width() - 20, chart.height() - 20))
        painter.end()
        inside = QRect(beyond, beyond, chart.width(), chart.height())
        painted = [
            (x, y) for x in range(image.width()) for y in range(0, image.height(), 2) if image.pixel(x, y) != ground
        ]
        assert len(painted) > 250
        assert [point for point in painted if not inside.contains(*point)] == []

    @pytest.mark.parametrize("make", KINDS)
    def test_a_picture_and_a_drawing_are_on_paper_whatever_the_theme(self, qapp, show, make):
        apply_theme(qapp, load_theme("dark", paths.resource), 1.0)
        chart = show(make())
        chart.say("What it says.")
        picture = QImage.fromData(chart.as_png(), "PNG")
        size = chart.paper_size()
        assert picture.size() == size * 2
        assert picture.pixelColor(0, 0) == on_paper(current_theme(), 96).color("surface") == QColor("#ffffff")
        drawing = ET.fromstring(chart.as_svg())  # noqa: S314  (our own)
        words = " ".join(text.strip() for text in drawing.itertext())
        assert chart.accessibleName() in words
        assert drawing.get("viewBox") == f"0 0 {size.width()} {size.height()}"
        assert {"lines": "Confidence", "bars": "your minutes", "pairs": "too few", "calendar": "Mar"}[
            chart.objectName()
        ] in words  # text stays text

    @pytest.mark.parametrize("theme", THEMES)
    def test_colours_are_told_apart_from_what_they_lie_on(self, qapp, theme):
        apply_theme(qapp, load_theme(theme, paths.resource), 1.0)
        ink = Ink(current_theme(), 96)
        for token in ("accent", "partly", "said", "missed", "line-control"):
            assert contrast(ink.color(token), ink.color("surface")) >= 3, token
        for token in ("text", "muted"):
            assert contrast(ink.color(token), ink.color("surface")) >= 4.5, token
        for _, share in SHADES:
            ground = ink.mixed("accent", share)
            assert contrast(ink.text_on(ground), ground) >= 4.5, share

    def test_the_ring_is_around_the_mark_that_the_keys_are_on(self, show, qtbot):
        chart = show(lines())
        before = chart.grab().toImage()
        qtbot.keyClick(chart, Qt.Key.Key_Left)
        assert chart.grab().toImage() != before
        assert chart.sizeHint() == QSize(480, chart.sizeHint().height())
