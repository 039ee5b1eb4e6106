"""The ratings in Compare: the person's own before and after looking, and the recorded one beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QVBoxLayout, QWidget

from interview_coach.domain.models import Criterion, RatingStatus, SelfRating
from interview_coach.services.practice_view import ComparisonView, PracticeView
from interview_coach.services.references import RecordedAnswer
from interview_coach.ui.rating_words import (
    band_sentences,
    criterion_title,
    judge_sentence,
    no_score_reason,
    same_scores_sentence,
)
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.labels import label, plain_tip
from interview_coach.ui.widgets.score_row import ScoreRow

#: Between the columns of scores, and between them and the edge of their card, in pixels.
_BETWEEN = 12
_SIDE = 16


class RatingsCard(QFrame):
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
        recorded = comparison.recorded
        self._criteria = [
            criterion
            for criterion in Criterion
            if criterion in view.criteria
            or view.rating.score(criterion) is not None
            or (recorded is not None and recorded.rating.score(criterion) is not None)
        ]
        self._answered = answered
        self._judged = recorded is not None and _is_judged(recorded)
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
            self._show_recorded(criterion, recorded, shown=shown)
        self.setVisible(answered or recorded is not None)
        self._worth.setText("" if recorded is None else _worth(recorded))
        self._worth.setVisible(recorded is not None)

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

    def _show_recorded(self, criterion: Criterion, recorded: RecordedAnswer | None, *, shown: bool) -> None:
        score = None if recorded is None else recorded.rating.score(criterion)
        self._recorded[criterion].setVisible(shown and score is not None)
        self._recorded[criterion].set_score(score)
        reason = self._reasons[criterion]
        reason.setVisible(shown and self._judged and score is None)
        if recorded is not None and score is None:
            reason.setText(no_score_reason(recorded.rating, criterion))
            reason.setToolTip(plain_tip(recorded.rating.as_written or ""))

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


def _is_judged(recorded: RecordedAnswer) -> bool:
    """Return whether anything stands there of a judge, be it that it failed; question lists have none."""
    return recorded.rating.status is not RatingStatus.NOT_RATED or recorded.rating.as_written is not None


def _worth(recorded: RecordedAnswer) -> str:
    """Return what the judge wrote, and what its numbers are worth."""
    lines = []
    if recorded.rating.summary:
        lines.append(f"“{recorded.rating.summary}”")
    if _is_judged(recorded):
        lines.append(judge_sentence(recorded.origin))
    lines.append(same_scores_sentence(recorded.same_scores))
    return " ".join(line for line in lines if line)
