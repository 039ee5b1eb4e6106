"""The pictures of Progress: counted off the GUI thread, shown one below the other."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Criterion
from interview_coach.domain.progress import Contrast, Mean, Period
from interview_coach.domain.rubric import HIGHEST, LOWEST
from interview_coach.services.figures import (
    DAYS_AHEAD,
    AnswerFigures,
    DayFigures,
    DeliveryFigures,
    FiguresService,
    StageFigures,
)
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.figure_words import FigureWords
from interview_coach.ui.rating_words import criterion_title
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.widgets.charts.bars import Bar, BarChart, BarSeries
from interview_coach.ui.widgets.charts.calendar import CalendarChart
from interview_coach.ui.widgets.charts.chart import Chart, Mark
from interview_coach.ui.widgets.charts.chart_card import ChartCard
from interview_coach.ui.widgets.charts.lines import LineChart, Series
from interview_coach.ui.widgets.charts.pairs import PairChart, PairRow
from interview_coach.ui.widgets.charts.scale import Scale, scale_up_to
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Widest column at a text size of 100 %, in logical pixels: a picture with its words beside it.
_WIDEST = 1000

#: Days back, and most days ahead, that the plan is shown for.
_DAYS_BACK, _PLAN_AHEAD = 14, 28


class Pictures(Column):
    """Pictures of what was practised. ``mark_chosen`` carries a Mark, ``picture_requested`` a Chart and what to do."""

    sessions_requested = Signal()
    mark_chosen = Signal(object)
    picture_requested = Signal(object, str)
    damage_met = Signal(object)

    def __init__(self, service: FiguresService, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=_WIDEST)
        self.setObjectName("pictures")
        self._service = service
        self._tasks = tasks
        self._words = FigureWords(self)
        self._answers: AnswerFigures | None = None
        self._delivery: DeliveryFigures | None = None
        self._left: Chart | None = None
        self._waiting = 0
        self._cards: list[ChartCard] = []
        self._sessions = button(self.tr("Sessions and answers"), "sessions_button")
        self._sessions.clicked.connect(self.sessions_requested)
        self._stage = QComboBox()
        self._stage.setObjectName("figures_stage")
        self._stage.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._stage.setAccessibleName(self.tr("Stage"))
        self._stage.currentIndexChanged.connect(self._on_stage)
        self._counting = label(self.tr("Counting …"), "muted", name="figures_counting")
        self.content.addWidget(label(self.tr("Progress"), "title"))
        self.content.addWidget(
            WrappingRow((self._sessions,), (label(self.tr("Stage"), "muted", wraps=False), self._stage))
        )
        self.content.addWidget(self._counting)
        self._calendar = CalendarChart("calendar_chart", self.tr("Answers a day"))
        self._plan = BarChart("plan_chart", self.tr("Plan and done, in minutes"))
        self._due = BarChart("due_chart", self.tr("Questions that come back"))
        self._ratings = LineChart("ratings_chart", self.tr("Your first ratings"))
        self._looks = PairChart("looks_chart", self.tr("First rating and second look"))
        self._points = PairChart("points_chart", self.tr("First rating and points said"))
        self._again = BarChart("again_chart", self.tr("Points said, attempt by attempt"))
        self._said = LineChart("delivery_chart", self.tr("How you say it"))
        self._fact = QComboBox()
        self._fact.setObjectName("delivery_fact")
        self._fact.setAccessibleName(self.tr("What is counted"))
        self._fact.addItems(
            [self.tr("Words an answer"), self.tr("Hedges in 100 words"), self.tr("Fillers in 100 words")]
        )
        self._fact.currentIndexChanged.connect(self._show_delivery)
        for chart in (self._calendar, self._plan, self._due, self._ratings, self._looks, self._points, self._again):
            self._add(chart)
        self._add(self._said, self._fact)
        self.content.addStretch(1)
        stops = [self._sessions, self._stage, *(control for card in self._cards for control in card.controls)]
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    @property
    def looking(self) -> bool:
        """Whether figures are still being counted."""
        return self._waiting > 0

    @property
    def chart(self) -> Chart | None:
        """The chart that has the focus, None where none has."""
        focused = QApplication.focusWidget()
        if focused is None:
            return None
        return next((card.chart for card in self._cards if card.isAncestorOf(focused)), None)

    def take_focus(self, *, again: bool = False) -> None:
        """Put the focus where the keys begin or, coming back ``again`` from behind a mark, on its chart."""
        left = self._left if again and self._left is not None and self._left.isVisibleTo(self) else None
        (left or self._sessions).setFocus(Qt.FocusReason.OtherFocusReason)

    def refresh(self) -> None:
        """Count afresh; what was shown stays until that is done."""
        service = self._service

        def count() -> AnswerFigures:
            answers = service.answers()
            answers.everywhere.count()
            for stage in answers.stages.values():
                _ = stage.against_points
            return answers

        self._waiting += 3
        self._counting.setVisible(self._answers is None)
        self._tasks.run(service.days, self._on_days, self._on_failed, lane=Lane.SHOWING)
        self._tasks.run(count, self._on_answers, self._on_failed, lane=Lane.SHOWING)
        self._tasks.run(service.delivery, self._on_delivery, self._on_failed, lane=Lane.SHOWING)

    def _add(self, chart: Chart, choice: QWidget | None = None) -> None:
        card = ChartCard(chart, choice=choice)
        card.hide()
        card.picture_requested.connect(lambda what: self.picture_requested.emit(chart, what))
        chart.chosen.connect(lambda mark: self._leave_for(chart, mark))
        self._cards.append(card)
        self.content.addWidget(card)

    def _leave_for(self, chart: Chart, mark: Mark) -> None:
        self._left = chart
        self.mark_chosen.emit(mark)

    def _card(self, chart: Chart) -> ChartCard:
        return next(card for card in self._cards if card.chart is chart)

    # --- what was counted

    def _on_days(self, days: DayFigures) -> None:
        self._waiting -= 1
        self._show_days(days)
        self._show_plan(days)
        self._show_due(days)

    def _on_answers(self, answers: AnswerFigures) -> None:
        self._waiting -= 1
        self._answers = answers
        self._counting.hide()
        self._offer_stages(answers)
        self._show_against_points(answers)
        self._show_stage()

    def _on_delivery(self, delivery: DeliveryFigures) -> None:
        self._waiting -= 1
        self._delivery = delivery
        self._show_delivery()

    def _on_failed(self, error: BaseException) -> None:
        self._waiting -= 1
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)
            return
        self._counting.setText(sentence(error))
        self._counting.show()
        raise_if_unexpected(error)

    def _offer_stages(self, answers: AnswerFigures) -> None:
        chosen = self._stage.currentData()
        self._stage.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self._stage.clear()
        self._stage.addItem(self.tr("All stages"), "")
        for stage in answers.stages:
            self._stage.addItem(stage, stage)
        self._stage.setCurrentIndex(max(self._stage.findData(chosen), 0))
        self._stage.blockSignals(False)  # noqa: FBT003  (Qt's own signature)

    def _on_stage(self) -> None:
        if self._answers is not None:
            self._waiting += 1
            stage = self._of_stage(self._answers)
            self._tasks.run(stage.count, self._on_stage_counted, self._on_failed, lane=Lane.SHOWING)

    def _on_stage_counted(self, _: StageFigures) -> None:
        self._waiting -= 1
        self._show_stage()

    def _of_stage(self, answers: AnswerFigures) -> StageFigures:
        return answers.stages.get(self._stage.currentData() or "", answers.everywhere)

    # --- the pictures

    def _show_days(self, figures: DayFigures) -> None:
        done = {each.day: each for each in figures.days}

        def mark(day: date) -> Mark:
            return Mark(self._words.day_done(done[day]), done[day].attempt_ids)

        self._calendar.show_days({day: len(each.attempt_ids) for day, each in done.items()}, mark, figures.day)
        card = self._card(self._calendar)
        card.setVisible(True)
        if figures.days:
            card.say(self._words.calendar(figures))
        else:
            card.say(self.tr("Your answers will stand here, day by day."), drawn=False)

    def _show_plan(self, figures: DayFigures) -> None:
        agenda, card = figures.agenda, self._card(self._plan)
        interview = agenda.interviews[-1] if agenda.interviews else None
        if interview is None or not agenda.plan:
            card.hide()
            return
        begin = figures.day - timedelta(days=_DAYS_BACK)
        shown = min(len(agenda.plan), _PLAN_AHEAD)
        days = [begin + timedelta(days=number) for number in range(_DAYS_BACK + shown)]
        done = {
            (each.day - begin).days: Bar(each.seconds / 60, Mark(self._words.day_done(each), each.attempt_ids))
            for each in figures.days
            if each.day >= begin
        }
        planned = {
            (day - begin).days: Bar(
                portion.seconds / 60, Mark(self._words.planned(day, len(portion.question_ids), portion.seconds))
            )
            for day, portion in agenda.plan[:shown]
            if portion.question_ids
        }
        self._plan.show_bars(
            (BarSeries(self.tr("done"), done), BarSeries(self.tr("planned"), planned, hatched=True)),
            [self._words.short_day(day) for day in days],
            goal=(figures.minutes_a_day, self.tr("your minutes a day")),
        )
        taken = sum(each.seconds for each in figures.days if begin <= each.day < figures.day)
        ahead = sum(portion.seconds for _, portion in agenda.plan)
        card.say(self._words.plan(taken, _DAYS_BACK, ahead, figures.minutes_a_day, interview.day, interview.days_left))
        card.setVisible(True)

    def _show_due(self, figures: DayFigures) -> None:
        agenda = figures.agenda
        offered = len({*agenda.planned.question_ids, *agenda.today.question_ids})
        bars = {}
        for each in figures.ahead:
            number, words = len(each.attempt_ids), self._words.day_ahead(each, figures.day)
            if each.day == figures.day and number > offered:  # what waits is no bar to be climbed
                number, words = offered, self._words.today_offers(words, offered)
            bars[(each.day - figures.day).days] = Bar(number, Mark(words, each.attempt_ids))
        days = [figures.day + timedelta(days=number) for number in range(DAYS_AHEAD)]
        names = [self.tr("today"), *(self._words.short_day(day) for day in days[1:])]
        self._due.show_bars((BarSeries(self.tr("due"), bars),), names)
        card = self._card(self._due)
        card.say(self._words.coming(figures, offered), drawn=bool(bars))
        card.setVisible(True)

    def _show_against_points(self, answers: AnswerFigures) -> None:
        stages = [(stage, of.against_points) for stage, of in answers.stages.items()]
        rows = [*stages, *([(self.tr("All stages"), answers.everywhere.against_points)] if len(stages) > 1 else [])]
        percent = self._words.percent
        self._points.show_pairs(
            [self._pair(name, contrast, percent, self._words.rating_and_points) for name, contrast in rows],
            Scale(0, 1, tuple((share / 4, percent(share / 4)) for share in range(5))),
            (self.tr("your first rating"), self.tr("points said")),
        )
        card = self._card(self._points)
        card.say(self._words.against_points(rows), drawn=any(contrast.count for _, contrast in rows))
        card.setVisible(True)

    def _show_stage(self) -> None:
        answers = self._answers
        if answers is None:
            return
        stage = self._of_stage(answers)
        self._show_ratings(stage, answers.period)
        looks = stage.looks
        self._looks.show_pairs(
            [
                self._pair(criterion_title(each), looks[each], self._words.number, self._words.two_looks)
                for each in Criterion
            ],
            _ratings_scale(),
            (self.tr("first rating"), self.tr("second look")),
        )
        card = self._card(self._looks)
        card.say(self._words.looks(stage), drawn=any(contrast.count for contrast in looks.values()))
        card.setVisible(True)
        bars = {
            share.number - 1: Bar(share.share * 100, Mark(self._words.share(share), share.attempt_ids))
            for share in stage.by_number
        }
        self._again.show_bars(
            (BarSeries(self.tr("points said"), bars),),
            [self._words.attempt_number(number + 1) for number in range(max(bars, default=0) + 1)],
            scale=Scale(0, 100, tuple((each, self._words.percent(each / 100)) for each in (0, 25, 50, 75, 100))),
        )
        card = self._card(self._again)
        nothing = self.tr("The points that you tick will be counted here.")
        card.say(self._words.again(stage) if bars else nothing, drawn=bool(bars))
        card.setVisible(True)

    def _show_ratings(self, stage: StageFigures, period: Period) -> None:
        ratings = stage.ratings
        begins = [mean.begin for means in ratings.values() for mean in means]
        card = self._card(self._ratings)
        card.setVisible(True)
        if not begins:
            card.say(self.tr("Your ratings will stand here, once you have rated an answer."), drawn=False)
            return
        names = {criterion: criterion_title(criterion) for criterion in Criterion if ratings[criterion]}
        first = min(begins)
        series = [self._line(name, ratings[criterion], first, period) for criterion, name in names.items()]
        self._ratings.show_series(series, _ratings_scale(), self._times(first, max(begins), period))
        card.say(self._words.ratings(stage, period))

    def _show_delivery(self) -> None:
        delivery, card = self._delivery, self._card(self._said)
        if delivery is None:
            return
        means = (delivery.words, delivery.hedges, delivery.fillers)[self._fact.currentIndex()]
        card.setVisible(True)
        if not means:
            nothing = self.tr("Nothing is counted here yet: hedges and fillers are known in English alone.")
            card.say(nothing, drawn=False)
            return
        first, last = means[0].begin, means[-1].begin
        name = self._fact.currentText()
        top = max(mean.value for mean in means)
        self._said.show_series(
            [self._line(name, means, first, delivery.period)],
            scale_up_to(top),
            self._times(first, last, delivery.period),
        )
        card.say(self._words.delivery(name, means, delivery.period, delivery.answers))

    def _line(self, name: str, means: tuple[Mean, ...], first: date, period: Period) -> Series:
        numbered = {period.number(first, mean.begin): mean for mean in means}
        return Series(
            name,
            {number: mean.value for number, mean in numbered.items()},
            {number: Mark(self._words.mean(name, mean, period), mean.attempt_ids) for number, mean in numbered.items()},
        )

    def _pair(
        self, name: str, contrast: Contrast, number: Callable[[float], str], words: Callable[[str, str, str, int], str]
    ) -> PairRow:
        if contrast.before is None or contrast.after is None:
            few = self._words.too_few(contrast.count)
            return PairRow(name, None, None, few, Mark(f"{name}: {few}", contrast.attempt_ids))
        before, after = number(contrast.before), number(contrast.after)
        return PairRow(
            name,
            (contrast.before, before),
            (contrast.after, after),
            self._words.answers(contrast.count),
            Mark(words(name, before, after, contrast.count), contrast.attempt_ids),
        )

    def _times(self, first: date, last: date, period: Period) -> list[str]:
        """Return the words of all parts of the time from one to another."""
        begins, day = [], period.begin(first)
        while day <= last:
            begins.append(day)
            day = period.begin(day + timedelta(days={Period.DAY: 1, Period.WEEK: 7, Period.MONTH: 31}[period]))
        return [self._words.short_time(begin, period) for begin in begins]


def _ratings_scale() -> Scale:
    return Scale(LOWEST, HIGHEST, tuple((score, QLocale().toString(score)) for score in (1, 4, 7, 10)))
