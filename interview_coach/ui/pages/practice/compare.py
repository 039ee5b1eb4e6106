"""The step Compare: the own answer beside the recorded one, point by point, and one line for next time."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from interview_coach.domain.models import Criterion, DecidedPoint, PointStatus, SelfRating
from interview_coach.services.practice import ComparisonView, PracticeView, ReferenceView
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.practice.head import QuestionHead
from interview_coach.ui.rating_words import (
    answer_title,
    band_sentences,
    criterion_title,
    judge_sentence,
    no_score_reason,
    same_score_sentence,
)
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.point_list import PointList
from interview_coach.ui.widgets.reading import ReadingText
from interview_coach.ui.widgets.score_row import ScoreRow

#: Below this width of the page the two answers stand below one another, at a text size of 100 %.
_SIDE_BY_SIDE = 700


class ComparePanel(Column):
    """All that may be seen now. ``changed`` is emitted for every point, score and letter that the person changes."""

    changed = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=980)
        self.setObjectName("compare_panel")
        self._commands = commands
        self._points: tuple[DecidedPoint, ...] = ()
        self._has_reference = False
        self.head = QuestionHead("compare", large=False)
        self.own = ReadingText("own_answer", self.tr("Your answer"))
        self.own_facts = label("", "small", name="own_facts")
        self.points = PointList()
        self.points.state_changed.connect(self._on_changed)
        self.points.leave_requested.connect(self._to_line)
        self.whole = ReadingText("recorded_answer", self.tr("Recorded answer"))
        self._shown = QStackedWidget()
        self._shown.addWidget(self.points)
        self._shown.addWidget(self.whole)
        self.whole_text = button(self.tr("Whole text"), "whole_text_button", role="link")
        self.whole_text.setCheckable(True)
        self.whole_text.clicked.connect(commands.whole_text.trigger)
        self._reference_title = label("", "section", name="reference_title")
        self._point_hint = label(self.tr("Space changes a point · ↑ ↓ move · Enter to the line below"), "small")
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.setSpacing(16)
        own_head = QHBoxLayout()
        own_head.addWidget(label(self.tr("Your answer"), "section"))
        self._answers.addWidget(self._card(own_head, self.own, self.own_facts), 1)
        reference_head = QHBoxLayout()
        reference_head.addWidget(self._reference_title, 1)
        reference_head.addWidget(KeyCap("Ctrl T"))
        reference_head.addWidget(self.whole_text)
        self._answers.addWidget(self._card(reference_head, self._shown, self._point_hint), 1)
        self._ratings = _Ratings()
        self._ratings.changed.connect(self.changed)
        self.line = QLineEdit()
        self.line.setObjectName("resolution_line")
        self.line.setPlaceholderText(self.tr("in one line: what will you do differently?"))
        self.line.setAccessibleName(self.tr("Next time I will"))
        self.line.setMaxLength(500)
        self.line.textEdited.connect(self._on_changed)
        self.line.returnPressed.connect(commands.go_on.trigger)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(self.tr("Next time I will"), "body", wraps=False))
        line.addWidget(self.line, 1)
        self.again = button(self.tr("Try again"), "try_again_button")
        self.again.clicked.connect(commands.try_again.trigger)
        self.next = button(self.tr("Next question"), "next_button", role="primary")
        self.next.clicked.connect(commands.go_on.trigger)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.again)
        buttons.addWidget(KeyCap("Ctrl R"))
        buttons.addStretch()
        buttons.addWidget(KeyCap("Ctrl Enter"))
        buttons.addWidget(self.next)
        self.content.setSpacing(12)
        self.content.addWidget(self.head)
        self.content.addLayout(self._answers, 1)
        self.content.addWidget(self._ratings)
        self.content.addLayout(line)
        self.content.addLayout(buttons)
        order = (self.whole_text, self.points, *self._ratings.tab_order(), self.line, self.again, self.next)
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    @property
    def decided(self) -> tuple[DecidedPoint, ...]:
        """The points with what the person decided so far."""
        return tuple(
            point.model_copy(update={"decided": None if state is None else PointStatus(state)})
            for point, state in zip(self._points, self.points.states(), strict=True)
        )

    @property
    def second_look(self) -> SelfRating:
        """The scores of the second look so far."""
        return self._ratings.second_look

    @property
    def resolution(self) -> str:
        """The line for next time, as typed."""
        return self.line.text()

    def show_view(self, view: PracticeView, comparison: ComparisonView) -> None:
        """Show an answer beside its reference."""
        self.head.show_view(view, self.tr("compare"))
        answered = view.text.strip() != ""
        self.own.show_text(view.text if answered else self.tr("Nothing typed: “I don’t know yet”."))
        facts = self.tr("{0} words · {1} s spoken").format(comparison.words, round(comparison.spoken))
        if comparison.words == 1:
            facts = self.tr("1 word · {0} s spoken").format(round(comparison.spoken))
        self.own_facts.setText(facts if answered else "")
        self._points = comparison.points
        self.points.set_points(
            [point.text for point in self._points],
            [None if point.decided is None else point.decided.value for point in self._points],
        )
        reference = comparison.reference
        self._has_reference = reference is not None
        if reference is None:
            self._reference_title.setText(self.tr("Recorded answer"))
            self.whole.show_text(self.tr("There is no recorded answer to this question."))
        else:
            title = answer_title(reference.origin)
            self._reference_title.setText(self.tr("{0}, point by point").format(title))
            self.whole.show_text(reference.text)
        self.whole_text.setEnabled(self._has_reference)
        self.show_whole(whole=reference is None)
        self._ratings.show_ratings(view, comparison, answered=answered)
        self.line.setText(comparison.resolution)
        last = view.place == view.places
        self.next.setText(self.tr("Finish") if last else self.tr("Next question"))
        self.next.setAccessibleName(self.next.text())
        self.verticalScrollBar().setValue(0)
        self._fit_answers()

    def show_whole(self, *, whole: bool) -> None:
        """Show the recorded answer as one text, or point by point."""
        self._shown.setCurrentWidget(self.whole if whole else self.points)
        self._point_hint.setVisible(not whole)
        self.whole_text.setChecked(whole and self._has_reference)
        self._commands.whole_text.setChecked(whole and self._has_reference)
        if not whole and self.whole.hasFocus():
            self.points.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_focus(self) -> None:
        """Put the focus on the first point; without a reference on the line."""
        first = self.points if self._has_reference and self._points else self.line
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answers side by side where there is room."""
        super().resizeEvent(event)
        self._fit_answers()

    def _fit_answers(self) -> None:
        scale = current_theme().text_scale
        wide = self.width() >= _SIDE_BY_SIDE * scale
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(direction)
        self._ratings.set_wide(wide=self.width() >= 900 * scale)
        least = round(190 * scale)
        self.own.setMinimumHeight(least if wide else round(110 * scale))
        self._shown.setMinimumHeight(least)

    @staticmethod
    def _card(head: QHBoxLayout, inside: QWidget, below: QWidget) -> QFrame:
        card = QFrame()
        set_role(card, "card")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(inside, 1)
        rows.addWidget(below)
        return card

    def _to_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_changed(self, *_: object) -> None:
        self.changed.emit()


class _Ratings(QFrame):
    """The own rating before and after looking, and the recorded one beside them; nothing is subtracted."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        set_role(self, "card")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(4)
        self._before = label(self.tr("You, before"), "section", wraps=False)
        self._now = label(self.tr("And now?"), "section", wraps=False)
        self._judge = label(self.tr("The judge, on the recorded answer"), "section", wraps=False)
        for column, head in enumerate((self._before, self._now, self._judge), 1):
            self._grid.addWidget(head, 0, column)
        self._names: dict[Criterion, QWidget] = {}
        self._first: dict[Criterion, ScoreRow] = {}
        self._second: dict[Criterion, ScoreRow] = {}
        self._recorded: dict[Criterion, ScoreRow] = {}
        self._reasons: dict[Criterion, QLabel] = {}
        for row, criterion in enumerate(Criterion, 1):
            title = criterion_title(criterion)
            self._names[criterion] = label(title, "body", wraps=False)
            self._first[criterion] = self._scores(self.tr("{0}, before looking").format(title), "first", criterion)
            second = ScoreRow(self.tr("{0}, now").format(title), band_sentences(criterion), compact=True)
            second.setObjectName(f"{criterion.value}_second_row")
            second.score_changed.connect(self.changed)
            second.next_requested.connect(self._next_row)
            self._second[criterion] = second
            self._recorded[criterion] = self._scores(self.tr("{0}, the judge").format(title), "recorded", criterion)
            reason = label("", "muted", name=f"{criterion.value}_reason", wraps=False)
            self._reasons[criterion] = reason
            for column, widget in enumerate(
                (self._names[criterion], self._first[criterion], second, self._recorded[criterion])
            ):
                self._grid.addWidget(widget, row, column)
            self._grid.addWidget(reason, row, 3)
        self._grid.setColumnStretch(4, 1)
        self._worth = label("", "small", name="judge_words")
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, 12, 16, 12)
        self._layout.setSpacing(20)
        self._layout.addLayout(self._grid)
        self._layout.addWidget(self._worth, 1)
        self._criteria: Sequence[Criterion] = ()

    @property
    def second_look(self) -> SelfRating:
        """The scores of the second look."""
        look = SelfRating()
        for criterion, row in self._second.items():
            if row.score is not None:
                look = look.with_score(criterion, int(row.score))
        return look

    def tab_order(self) -> tuple[ScoreRow, ...]:
        """Return the rows of the second look."""
        return tuple(self._second.values())

    def set_wide(self, *, wide: bool) -> None:
        """Put what the judge wrote beside the scores, or below them."""
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._layout.setDirection(direction)

    def show_ratings(self, view: PracticeView, comparison: ComparisonView, *, answered: bool) -> None:
        """Show the ratings; an answer with nothing in it has none of its own."""
        reference = comparison.reference
        self._criteria = [
            criterion
            for criterion in Criterion
            if criterion in view.criteria
            or view.rating.score(criterion) is not None
            or (reference is not None and reference.rating.score(criterion) is not None)
        ]
        for head in (self._before, self._now):
            head.setVisible(answered)
        self._judge.setVisible(reference is not None)
        for criterion in Criterion:
            shown = criterion in self._criteria
            self._names[criterion].setVisible(shown)
            self._first[criterion].setVisible(shown and answered)
            self._second[criterion].setVisible(shown and answered)
            self._first[criterion].set_score(view.rating.score(criterion))
            self._second[criterion].set_score(comparison.second_look.score(criterion))
            self._show_recorded(criterion, reference, shown=shown)
        self.setVisible(answered or reference is not None)
        self._worth.setText("" if reference is None else _worth(reference))
        self._worth.setVisible(reference is not None)

    def _show_recorded(self, criterion: Criterion, reference: ReferenceView | None, *, shown: bool) -> None:
        score = None if reference is None else reference.rating.score(criterion)
        self._recorded[criterion].setVisible(shown and score is not None)
        self._recorded[criterion].set_score(score)
        reason = self._reasons[criterion]
        reason.setVisible(shown and reference is not None and score is None)
        if reference is not None and score is None:
            reason.setText(no_score_reason(reference.rating, criterion))

    @staticmethod
    def _scores(title: str, what: str, criterion: Criterion) -> ScoreRow:
        row = ScoreRow(title, band_sentences(criterion), compact=True, read_only=True)
        row.setObjectName(f"{criterion.value}_{what}_row")
        return row

    def _next_row(self) -> None:
        rows = [row for row in self._second.values() if row.isVisible()]
        here = next((place for place, row in enumerate(rows) if row.hasFocus()), -1)
        if here + 1 < len(rows):
            rows[here + 1].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.focusNextChild()


def _worth(reference: ReferenceView) -> str:
    """Return what the judge wrote, and what its numbers are worth."""
    lines = []
    if reference.rating.summary:
        lines.append(f"“{reference.rating.summary}”")
    lines.append(judge_sentence(reference.origin))
    lines.extend(same_score_sentence(finding) for finding in reference.same_scores)
    return "\n".join(lines)
