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
from interview_coach.services.practice_view import ComparisonView, PracticeView, ReferenceView
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.practice.head import QuestionHead
from interview_coach.ui.rating_words import (
    answer_title,
    band_sentences,
    criterion_title,
    judge_sentence,
    no_score_reason,
    same_scores_sentence,
)
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.point_list import PointList
from interview_coach.ui.widgets.reading import ReadingText
from interview_coach.ui.widgets.score_row import ScoreRow
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Below this width of the page the two answers stand below one another, at a text size of 100 %.
_SIDE_BY_SIDE = 700

#: Between the columns of scores, and between them and the edge of their card, in pixels.
_BETWEEN = 12
_SIDE = 16


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
        buttons = WrappingRow((self.again, KeyCap("Ctrl R")), (KeyCap("Ctrl Enter"), self.next))
        self.content.setSpacing(12)
        self.content.addWidget(self.head)
        self.content.addLayout(self._answers, 1)
        self.content.addWidget(self._ratings)
        self.content.addLayout(line)
        self.content.addWidget(buttons)
        order = (self.whole_text, self.points, *self._ratings.tab_order(), self.line, self.again, self.next, self.own)
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
            self._reference_title.setText(answer_title(reference.origin))
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
        self.own.setMinimumHeight(round((190 if wide else 110) * scale))
        self._shown.setMinimumHeight(min(max(self.points.content_height(), round(190 * scale)), round(230 * scale)))

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
        self._grid.setHorizontalSpacing(_BETWEEN)
        self._grid.setVerticalSpacing(4)
        self._heads = (self.tr("You, before"), self.tr("And now?"), self.tr("The judge, on the recorded answer"))
        self._columns = tuple(label(head, "section") for head in self._heads)
        for column in self._columns:
            column.setMinimumWidth(1)  # its words wrap; a wider least would have the height reckoned for a wider card
        self._wide: bool | None = None
        self._captions: dict[Criterion, tuple[QLabel, ...]] = {}
        self._names: dict[Criterion, QWidget] = {}
        self._first: dict[Criterion, ScoreRow] = {}
        self._second: dict[Criterion, ScoreRow] = {}
        self._recorded: dict[Criterion, ScoreRow] = {}
        self._reasons: dict[Criterion, QLabel] = {}
        for criterion in Criterion:
            title = criterion_title(criterion)
            self._names[criterion] = label(title, "body", wraps=False)
            self._first[criterion] = self._scores(self.tr("{0}, your first rating").format(title), "first", criterion)
            second = ScoreRow(self.tr("{0}, now").format(title), band_sentences(criterion), compact=True)
            second.setObjectName(f"{criterion.value}_second_row")
            second.score_changed.connect(self.changed)
            second.next_requested.connect(self._next_row)
            self._second[criterion] = second
            self._recorded[criterion] = self._scores(self.tr("{0}, the judge").format(title), "recorded", criterion)
            reason = label("", "muted", name=f"{criterion.value}_reason")
            reason.setMinimumWidth(1)
            self._reasons[criterion] = reason
            self._captions[criterion] = tuple(label(head, "small") for head in self._heads)
        self._criteria: Sequence[Criterion] = ()
        self._answered = False
        self._judged = False
        self._worth = label("", "small", name="judge_words")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_SIDE, 12, _SIDE, 12)
        rows.setSpacing(8)
        rows.addLayout(self._grid)
        rows.addWidget(self._worth)
        self._arrange(wide=True)

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the scores to the width."""
        super().resizeEvent(event)
        self._arrange(wide=self.width() >= self._least_for_columns())

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
        self._answered = answered
        self._judged = reference is not None
        own = self.tr("You, before") if view.blind else self.tr("You, first")
        for head in (self._columns[0], *(captions[0] for captions in self._captions.values())):
            head.setText(own)
        self._show_heads()
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

    def _least_for_columns(self) -> int:
        """Return the width, in pixels, at which a criterion's name and its three scores fit side by side."""
        names = max(name.sizeHint().width() for name in self._names.values())
        scores = max(row.sizeHint().width() for row in self._second.values())
        return names + 3 * (_BETWEEN + scores) + 2 * (_SIDE + self.frameWidth())

    def _arrange(self, *, wide: bool) -> None:
        """Put the scores into columns, or where these don't fit, one below the other under their criterion."""
        if wide == self._wide:
            return
        self._wide = wide
        while self._grid.takeAt(0) is not None:
            pass
        row = 0
        if wide:
            for column, head in enumerate(self._columns, 1):
                self._grid.addWidget(head, 0, column)
        for criterion in Criterion:
            scores = (self._first[criterion], self._second[criterion], self._recorded[criterion])
            row += 1
            self._grid.addWidget(self._names[criterion], row, 0, 1, 1 if wide else 2)
            for number, (caption, score) in enumerate(zip(self._captions[criterion], scores, strict=True), 1):
                where = (row, number) if wide else (row + number, 1)
                self._grid.addWidget(score, *where)
                if number == len(scores):
                    self._grid.addWidget(self._reasons[criterion], *where)
                self._grid.addWidget(caption, row + number if not wide else row, 0)
            row += 0 if wide else len(scores)
        for column in range(4):
            self._grid.setColumnStretch(column, int(column > 0 if wide else column < 2))
        self._show_heads()

    def _show_heads(self) -> None:
        shown = (self._answered, self._answered, self._judged)
        for head, visible in zip(self._columns, shown, strict=True):
            head.setVisible(bool(self._wide) and visible)
        for criterion, captions in self._captions.items():
            for caption, visible in zip(captions, shown, strict=True):
                caption.setVisible(not self._wide and visible and criterion in self._criteria)

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
    lines.append(same_scores_sentence(reference.same_scores))
    return " ".join(line for line in lines if line)
