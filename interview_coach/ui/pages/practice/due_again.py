"""The line in Compare that says when the question is due again, and lets another grade be chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QSizePolicy, QWidget

from interview_coach.domain.models import DecidedPoint
from interview_coach.domain.scheduling import Grade, GradeReason, ProposedGrade
from interview_coach.services.practice_view import Grading
from interview_coach.ui.moments import day
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import label, plain_tip

#: From so many days on the day is named by its date.
_BY_DATE = 14

_SPACING = 12

#: The least width that is left beside the choice for why it is proposed, at a text size of 100 %.
_ROOM_FOR_REASON = 260


class _GradeChoice(QComboBox):
    """The four grades; the wheel scrolls the page and never changes one."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class DueAgainLine(QWidget):
    """The four grades with the day that each gives; the proposed one is set until the person chooses."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("due_again_line")
        self._grading: Grading | None = None
        self._proposed: ProposedGrade | None = None
        self._chosen: Grade | None = None
        self.choice = _GradeChoice()
        self.choice.setObjectName("grade_choice")
        self.choice.setAccessibleName(self.tr("Due again"))
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.choice.activated.connect(self._on_activated)
        self._reason = label("", "small", name="grade_reason")
        self._reason.setMinimumWidth(1)
        self._controls = QWidget()
        controls = QHBoxLayout(self._controls)
        controls.setContentsMargins(0, 0, 0, 0)
        controls.setSpacing(_SPACING)
        controls.addWidget(label(self.tr("Due again"), "body", wraps=False))
        controls.addWidget(self.choice)
        controls.addWidget(KeyCap("Alt 1–4"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_SPACING)
        self._row.addWidget(self._controls, 0, Qt.AlignmentFlag.AlignLeft)
        self._row.addWidget(self._reason, 1)
        for grade, press in zip(Grade, (self._again, self._hard, self._good, self._easy), strict=True):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.ALT | Qt.Key(Qt.Key.Key_0 + grade.value)), self)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(press)

    @property
    def chosen(self) -> Grade | None:
        """The grade that the person chose, None where the proposed one stands."""
        return self._chosen

    def show_grading(self, grading: Grading, points: tuple[DecidedPoint, ...], *, renewed: bool = False) -> None:
        """Show the days of the four grades; ``renewed`` is the same answer, where what was chosen stays."""
        self._grading = grading
        if not renewed:
            self._chosen = None
        words = {
            Grade.AGAIN: self.tr("Again · {0}"),
            Grade.HARD: self.tr("Hard · {0}"),
            Grade.GOOD: self.tr("Good · {0}"),
            Grade.EASY: self.tr("Easy · {0}"),
        }
        self.choice.clear()
        for grade, word in words.items():
            self.choice.addItem(word.format(self._day(grading, grade)), grade)
        self.follow_points(points)

    def follow_points(self, points: tuple[DecidedPoint, ...]) -> None:
        """Propose anew once points were decided on; what the person chose stays."""
        if self._grading is not None:
            self._proposed = self._grading.proposed(points)
            self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the reason beside the choice, or below where there is little room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._controls.sizeHint().width()
        beside = room >= _ROOM_FOR_REASON * current_theme().text_scale
        self._row.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _again(self) -> None:
        self._choose(Grade.AGAIN)

    def _hard(self) -> None:
        self._choose(Grade.HARD)

    def _good(self) -> None:
        self._choose(Grade.GOOD)

    def _easy(self) -> None:
        self._choose(Grade.EASY)

    def _on_activated(self, place: int) -> None:
        self._choose(tuple(Grade)[place])

    def _choose(self, grade: Grade) -> None:
        self._chosen = grade
        self._show()

    def _show(self) -> None:
        if self._proposed is None:
            return
        grade = self._proposed.grade if self._chosen is None else self._chosen
        self.choice.setCurrentIndex(tuple(Grade).index(grade))
        reason = self._words(self._proposed)
        self._reason.setText(reason)
        rule = self._rule()
        self.choice.setAccessibleDescription(f"{reason} {rule}")
        for part in (self.choice, self._reason):
            part.setToolTip(plain_tip(rule))
        self._fit()

    def _words(self, proposed: ProposedGrade) -> str:
        names = {
            Grade.AGAIN: self.tr("Again"),
            Grade.HARD: self.tr("Hard"),
            Grade.GOOD: self.tr("Good"),
            Grade.EASY: self.tr("Easy"),
        }
        if self._chosen is not None and self._chosen is not proposed.grade:
            return self.tr("Your choice; {0} was proposed.").format(names[proposed.grade])
        words = {
            GradeReason.EMPTY: self.tr("Proposed, since nothing was answered yet."),
            GradeReason.POINTS: self.tr("Proposed from the points that were said."),
            GradeReason.RATING: self.tr("Proposed from your lowest first score."),
            GradeReason.BOTH: self.tr("Proposed from the points that were said and your lowest first score."),
            GradeReason.NOTHING: self.tr("Proposed, since nothing is ticked or rated."),
        }
        return words[proposed.reason]

    def _rule(self) -> str:
        return self.tr(
            "How it is proposed: an answer with nothing in it is Again. Else the share of points said (partly counts "
            "half, left out on purpose not at all): below 30 % Again, below 60 % Hard, below 90 % Good, else Easy. And "
            "your lowest first score: up to 3 Again, up to 5 Hard, up to 7 Good, else Easy. The lower of the two is "
            "proposed; where only one is there, Good at most."
        )

    def _day(self, grading: Grading, grade: Grade) -> str:
        due = grading.due[grade]
        days = (due - grading.today).days
        if days <= 1:
            return self.tr("tomorrow")
        return self.tr("in %n day(s)", "", days) if days < _BY_DATE else self.tr("on {0}").format(day(due))
