"""The head of every step: stage, place, interview, time and the question."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.domain.models import Mode
from interview_coach.services.practice_view import PracticeView
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.elided_label import ElidedLabel
from interview_coach.ui.widgets.labels import label


class QuestionHead(QWidget):
    """Stage and place at the left, the interview and the time at the right, the question below."""

    def __init__(self, name: str, parent: QWidget | None = None, *, large: bool = True) -> None:
        super().__init__(parent)
        self._stage = label("", "chip", name=f"{name}_stage", wraps=False)
        self._place = label("", "muted", name=f"{name}_place", wraps=False)
        self._interview = ElidedLabel(f"{name}_interview")
        set_role(self._interview, "muted")
        self.time = label("", "muted", name=f"{name}_time", wraps=False)
        self.time.setAccessibleName(self.tr("Time on this answer"))
        self.question = label("", "question" if large else "heading", name=f"{name}_question")
        self.question.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self._stage)
        line.addWidget(self._place)
        line.addWidget(self._interview, 1)
        line.addWidget(self.time)
        if not large:
            self.time.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(12 if large else 8)
        rows.addLayout(line)
        rows.addWidget(self.question)

    def show_view(self, view: PracticeView, note: str = "") -> None:
        """Show where the session is; ``note`` stands beside the place, e.g. which step this is."""
        self._stage.setText(view.stage)
        words = [self.tr("{0} of {1}").format(view.place, view.places)]
        if view.attempt_number > 1:
            words.append(self.tr("attempt {0}").format(view.attempt_number))
        if view.mode is Mode.MOCK:
            words.append(self.tr("mock interview"))
        if note:
            words.append(note)
        self._place.setText(" · ".join(words))
        title = view.title or self.tr("All transcripts, by stage")
        self._interview.setText("" if title == view.stage else title)
        self.question.setText(view.question)

    def show_time(self, seconds: float, aim: tuple[int, int], *, shown: bool) -> None:
        """Show the time on this answer; past the aim it changes colour softly and says so to a screen reader."""
        self.time.setVisible(shown)
        minutes, rest = divmod(int(seconds), 60)
        self.time.setText(f"{minutes}:{rest:02d}")
        late = seconds > aim[1]
        set_role(self.time, "late" if late else "muted")
        self.time.setToolTip(self.tr("Past the usual {0} s").format(aim[1]) if late else "")
