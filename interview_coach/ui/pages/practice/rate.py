"""The step Rate: the own answer on the rubric, before anything else is shown."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from interview_coach.domain.models import Criterion, SelfRating
from interview_coach.services.practice_view import PracticeView
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.practice.head import QuestionHead
from interview_coach.ui.rating_words import band_sentences, criterion_question, criterion_title
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.reading import ReadingText
from interview_coach.ui.widgets.score_row import ScoreRow
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: The share of the page's height that the own answer takes at most; what is more is scrolled to.
_MOST_OF_ANSWER = 0.24


class RatePanel(Column):
    """One row per criterion; ``changed`` is emitted for every score that the person sets or takes back."""

    changed = Signal()
    unrated_requested = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rate_panel")
        self.head = QuestionHead("rate", large=False)
        self._lead = label("", "question", name="rate_lead")
        self._rows: dict[Criterion, ScoreRow] = {}
        rows = QVBoxLayout()
        rows.setSpacing(4)
        for criterion in Criterion:
            title, meaning = criterion_title(criterion), criterion_question(criterion)
            row = ScoreRow(title, band_sentences(criterion), meaning=meaning)
            row.setObjectName(f"{criterion.value}_row")
            row.score_changed.connect(self.changed)
            row.next_requested.connect(self._next_row)
            self._rows[criterion] = row
            rows.addWidget(row)
        hint = label(
            self.tr("1–9 and 0 for ten set a score, Backspace takes it back, Enter goes to the next row"), "small"
        )
        self.unrated = button(self.tr("Don’t rate"), "dont_rate_button")
        self.unrated.clicked.connect(self.unrated_requested)
        self.go_on = button(self.tr("Go on"), "go_on_button", role="primary")
        self.go_on.clicked.connect(commands.go_on.trigger)
        buttons = WrappingRow((self.unrated,), (KeyCap("Ctrl Enter"), self.go_on))
        answer_card = QFrame()
        set_role(answer_card, "card")
        inside = QVBoxLayout(answer_card)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(8)
        self._answer = ReadingText("rated_answer", self.tr("Your answer"))
        inside.addWidget(label(self.tr("Your answer"), "section"))
        inside.addWidget(self._answer)
        self.content.setSpacing(16)
        self.content.addWidget(self.head)
        self.content.addWidget(answer_card)
        self.content.addWidget(self._lead)
        self.content.addLayout(rows)
        self.content.addWidget(hint)
        self.content.addWidget(buttons)
        self.content.addStretch()
        self._shown: tuple[ScoreRow, ...] = ()
        QWidget.setTabOrder(self.unrated, self.go_on)
        QWidget.setTabOrder(self.go_on, self._answer)

    @property
    def rating(self) -> SelfRating:
        """The scores as they are set."""
        rating = SelfRating()
        for criterion, row in self._rows.items():
            if row in self._shown and row.score is not None:
                rating = rating.with_score(criterion, int(row.score))
        return rating

    def show_view(self, view: PracticeView) -> None:
        """Show the rows of the stage, with what is set so far."""
        self.head.show_view(view)
        self._answer.show_text(view.text)
        blind = self.tr("How was your answer? Rate it before you look.")
        self._lead.setText(blind if view.blind else self.tr("How was your answer?"))
        self._shown = tuple(self._rows[criterion] for criterion in view.criteria)
        for criterion, row in self._rows.items():
            row.setVisible(row in self._shown)
            row.set_score(view.rating.score(criterion))
        self.verticalScrollBar().setValue(0)
        self._fit_answer()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the answer take what it needs of the new width, so far as the rows stay in view."""
        super().resizeEvent(event)
        self._fit_answer()

    def _fit_answer(self) -> None:
        most = max(round(_MOST_OF_ANSWER * self.height()), 3 * self.fontMetrics().height())
        self._answer.setFixedHeight(min(self._answer.content_height(), most))

    def take_focus(self) -> None:
        """Put the focus on the first row."""
        self._shown[0].setFocus(Qt.FocusReason.TabFocusReason)

    def _next_row(self) -> None:
        here = next((place for place, row in enumerate(self._shown) if row.hasFocus()), -1)
        following = self._shown[here + 1] if here + 1 < len(self._shown) else self.go_on
        following.setFocus(Qt.FocusReason.TabFocusReason)
