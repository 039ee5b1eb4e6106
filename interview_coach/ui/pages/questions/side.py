"""What stands beside the list, or in a narrow window in its place: the panel, made when it is first needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from interview_coach.domain.models import PointsOwner
from interview_coach.domain.search_language import Words
from interview_coach.services.opening import Services
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.widgets.labels import button

if TYPE_CHECKING:  # the list is on screen before the panel is made
    from interview_coach.ui.pages.questions.panel import QuestionPanel


class Side(QWidget):
    """The panel with a way back to the list, and what can be done from it. ``left`` asks for the list."""

    left = Signal()
    history_requested = Signal(int, int)
    transcript_requested = Signal(int)

    def __init__(self, services: Services, deeds: Deeds, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questions_side")
        self._services = services
        self._deeds = deeds
        self._panel: QuestionPanel | None = None
        self._back = button(self.tr("Back to the list"), "questions_back_button")
        self._back.clicked.connect(self.left)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(self._back, 0, Qt.AlignmentFlag.AlignLeft)

    @property
    def panel(self) -> QuestionPanel:
        """The panel, made where it was not there yet."""
        if self._panel is None:
            from interview_coach.ui.pages.questions.panel import QuestionPanel  # late: the list is painted before it

            panel = QuestionPanel(self._services.question_panel, self)
            panel.left.connect(self.left)
            panel.attempts_requested.connect(self.history_requested)
            panel.transcript_requested.connect(self.transcript_requested)
            panel.edit_points_requested.connect(self._edit_points)
            panel.note_requested.connect(self._edit_note)
            panel.unpin_requested.connect(self._deeds.unpin)
            self._layout.addWidget(panel, 1)
            self._panel = panel
        return self._panel

    def make(self) -> bool:
        """Make the panel where it is not there yet, which takes as long as filling it; return whether it was not."""
        if self._panel is not None:
            return False
        _ = self.panel
        return True

    def show_way_back(self, shown: bool) -> None:
        """Show a way back, where the list is not in sight."""
        self._back.setVisible(shown)

    def show_chosen(self, chosen: Sequence[int], words: Sequence[Words]) -> None:
        """Show the chosen question; of several it is said how many they are."""
        if len(chosen) == 1:
            self.panel.show_question(chosen[0], words)
        else:
            self.panel.show_nothing(self.tr("%Ln question(s) chosen", "", len(chosen)) if chosen else "")

    def renew(self) -> None:
        """Show the same question as it is now."""
        if self._panel is not None:
            self._panel.renew()

    def _edit_points(self, owner: PointsOwner) -> None:
        from interview_coach.ui import reference_dialogs  # late: seldom asked for

        question_id = self.panel.question_id
        if question_id is None:
            return
        held = self._services.question_panel.points_to_edit(question_id)
        reference_dialogs.edit_points(
            self, held.reference, held.points, held.own, None, lambda texts: self._deeds.set_points(owner, texts)
        )

    def _edit_note(self, turn_id: int) -> None:
        from interview_coach.ui import reference_dialogs  # late: seldom asked for

        opened = self.panel.opened
        held = None if opened is None else next((h for h in opened.answers if h.answer.turn_id == turn_id), None)
        if held is not None:
            reference_dialogs.edit_note(
                self, held.answer.text, held.answer.note or "", lambda note: self._deeds.annotate(turn_id, note)
            )
