"""The step Compare: the own answer beside its reference, point by point, and one line for next time."""

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QWidget

from interview_coach.domain.models import DecidedPoint, SelfRating
from interview_coach.domain.scheduling import Grade
from interview_coach.services.practice_view import ComparisonView, PracticeView
from interview_coach.services.proposing import Proposal
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.practice.due_again import DueAgainLine
from interview_coach.ui.pages.practice.head import QuestionHead
from interview_coach.ui.pages.practice.own_answer import OwnAnswerCard
from interview_coach.ui.pages.practice.ratings import RatingsCard
from interview_coach.ui.pages.practice.reference import ReferenceCard
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Below this width of the page the two answers stand below one another, at a text size of 100 %.
_SIDE_BY_SIDE = 700


class ComparePanel(Column):
    """All that may be seen now. ``changed`` is emitted for every point, score and letter that the person changes."""

    changed = Signal()
    unpin_requested = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=980)
        self.setObjectName("compare_panel")
        self._view: PracticeView | None = None
        self.head = QuestionHead("compare", large=False)
        self.own = OwnAnswerCard(commands)
        self.own.point_chosen.connect(self._on_mark)
        self.reference = ReferenceCard(commands)
        self.reference.decided.connect(self._on_decided)
        self.reference.moved.connect(self._on_moved)
        self.reference.leave_requested.connect(self._to_line)
        self.reference.unpin_requested.connect(self.unpin_requested)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.setSpacing(16)
        self._answers.addWidget(self.own, 1)
        self._answers.addWidget(self.reference, 1)
        self._ratings = RatingsCard()
        self._ratings.changed.connect(self.changed)
        self.line = QLineEdit()
        self.line.setObjectName("resolution_line")
        self.line.setPlaceholderText(self.tr("in one line: what will you do differently?"))
        self.line.setAccessibleName(self.tr("Next time I will"))
        self.line.setMaxLength(500)
        self.line.textEdited.connect(self._on_typed)
        self.line.returnPressed.connect(commands.go_on.trigger)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(label(self.tr("Next time I will"), "body", wraps=False))
        line.addWidget(self.line, 1)
        self.due_again = DueAgainLine()
        self.again = button(self.tr("Try again"), "try_again_button")
        self.again.clicked.connect(commands.try_again.trigger)
        self.pin = button(self.tr("Pin as my reference"), "pin_button")
        self.pin.setCheckable(True)
        self.pin.clicked.connect(commands.pin.trigger)
        self._pin_key = KeyCap("Ctrl Shift P")
        self.next = button(self.tr("Next question"), "next_button", role="primary")
        self.next.clicked.connect(commands.go_on.trigger)
        buttons = WrappingRow(
            (self.again, KeyCap("Ctrl R"), self.pin, self._pin_key), (KeyCap("Ctrl Enter"), self.next)
        )
        self.content.setSpacing(12)
        self.content.addWidget(self.head)
        self.content.addLayout(self._answers, 1)
        self.content.addWidget(self._ratings)
        self.content.addLayout(line)
        self.content.addWidget(self.due_again)
        self.content.addWidget(buttons)
        reference = self.reference
        order = (
            reference.edit,
            reference.whole_text,
            reference.recorded_text,
            reference.unpin,
            reference.points,
            reference.write_points,
            *self._ratings.tab_order(),
            self.line,
            self.due_again.choice,
            self.again,
            self.pin,
            self.next,
            reference.note_button,
            self.own.attempts,
            self.own.text,
            self.own.facts,
        )
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    @property
    def decided(self) -> tuple[DecidedPoint, ...]:
        """The points with what the person decided so far, and what the program proposed beside it."""
        return self.reference.all_points

    @property
    def second_look(self) -> SelfRating:
        """The scores of the second look so far."""
        return self._ratings.second_look

    @property
    def resolution(self) -> str:
        """The line for next time, as typed."""
        return self.line.text()

    @property
    def grade(self) -> Grade | None:
        """The grade that the person chose, None where the proposed one stands."""
        return self.due_again.chosen

    def show_view(self, view: PracticeView, comparison: ComparisonView, *, renewed: bool = False) -> None:
        """Show an answer beside its reference; ``renewed`` is the same answer, whose reference has changed."""
        self._view = view
        self.head.show_view(view, self.tr("compare"))
        self.own.show_view(view, comparison, renewed=renewed)
        self.reference.show_comparison(comparison, keep_place=renewed)
        self._follow_points()
        self._ratings.show_ratings(view, comparison, answered=view.text.strip() != "")
        self.due_again.show_grading(comparison.grading, self.decided, renewed=renewed)
        if not renewed:  # what is typed stays, and so do the caret and what can be taken back
            self.line.setText(comparison.resolution)
        self.pin.setText(self.tr("Pinned as my reference") if comparison.pinned else self.tr("Pin as my reference"))
        self.pin.setAccessibleName(self.pin.text())
        self.pin.setChecked(comparison.pinned)
        self.pin.setVisible(comparison.pinnable)
        self._pin_key.setVisible(comparison.pinnable)
        last = view.place == view.places
        self.next.setText(self.tr("Finish") if last else self.tr("Next question"))
        self.next.setAccessibleName(self.next.text())
        self._fit_answers()

    def show_proposal(self, proposal: Proposal) -> None:
        """Show what the program found in the answer."""
        if self._view is not None:
            self.reference.show_proposal(proposal)
            self.own.show_proposal(self._view, proposal)
            self._follow_points()
            self._fit_answers()

    def show_whole(self, *, whole: bool) -> None:
        """Show the reference as one text, or point by point."""
        self.reference.show_whole(whole=whole)

    def take_focus(self) -> None:
        """Put the focus on the first point; without points on the line."""
        first = self.reference.points if self.reference.has_points else self.line
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self.verticalScrollBar().setValue(0)
        self._show_current()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the answers side by side where there is room."""
        super().resizeEvent(event)
        self._fit_answers()

    def _fit_answers(self) -> None:
        scale = current_theme().text_scale
        wide = self.width() >= _SIDE_BY_SIDE * scale
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._answers.setDirection(direction)
        self.own.text.setMinimumHeight(round((190 if wide else 110) * scale))
        content = self.reference.points.content_height()
        self.reference.shown.setMinimumHeight(min(max(content, round(190 * scale)), round(230 * scale)))

    def _follow_points(self) -> None:
        self.own.show_points(self.reference.tones, self.reference.current)

    def _on_mark(self, place: int) -> None:
        self.reference.show_whole(whole=False)
        self.reference.points.choose(place)

    def _on_moved(self) -> None:
        self._follow_points()
        self._show_current()

    def _show_current(self) -> None:
        """Bring the current point into view, where the keys move it: the list may be higher than what shows of it."""
        points = self.reference.points
        if points.hasFocus() and points.isVisible():
            area = points.visualRect(points.currentIndex())
            top = points.viewport().mapTo(self._inside, area.topLeft()).y()
            self.ensureVisible(0, top + area.height(), 0, 12)
            self.ensureVisible(0, top, 0, 12)

    def _on_decided(self) -> None:
        self._follow_points()
        self.due_again.follow_points(self.decided)
        self.changed.emit()

    def _to_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self, *_: object) -> None:
        self.changed.emit()
