"""What an answer is compared with, in Compare: its points to decide on, its whole text, and the note on it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.models import DecidedPoint, PointStatus
from interview_coach.services.practice_view import ComparisonView
from interview_coach.services.proposing import Proposal
from interview_coach.services.references import PinnedAnswer, RecordedAnswer, Reference
from interview_coach.ui import moments
from interview_coach.ui.commands import Commands
from interview_coach.ui.rating_words import answer_title, note_line
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.point_list import PointList
from interview_coach.ui.widgets.reading import ReadingText
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class ReferenceCard(QFrame):
    """Points, or the whole text of the reference or of the recorded answer beside it.

    ``decided`` is emitted when the person decides on a point, ``moved`` when another one is the current one,
    ``leave_requested`` by Enter, ``unpin_requested`` when the recorded answer shall be the reference again.
    """

    decided = Signal()
    moved = Signal()
    leave_requested = Signal()
    unpin_requested = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reference_card")
        set_role(self, "card")
        self._commands = commands
        self._points: tuple[DecidedPoint, ...] = ()
        self._comparison: ComparisonView | None = None
        self._remark = ""
        self.points = PointList()
        self.points.state_changed.connect(self._on_decided)
        self.points.current_changed.connect(self._on_moved)
        self.points.leave_requested.connect(self.leave_requested)
        self.whole = ReadingText("recorded_answer", self.tr("Recorded answer"))
        self.nothing = QWidget()
        self.write_points = button(self.tr("Write points…"), "write_points_button")
        self.write_points.clicked.connect(commands.edit_points.trigger)
        nothing = self.tr(
            "There is no recorded answer to this question. You can write the points that a good answer makes."
        )
        self._no_reference = label(nothing, "muted", name="no_reference_words")
        empty = QVBoxLayout(self.nothing)
        empty.setContentsMargins(0, 8, 0, 8)
        empty.setSpacing(12)
        empty.addWidget(self._no_reference)
        empty.addWidget(self.write_points, 0, Qt.AlignmentFlag.AlignLeft)
        empty.addStretch()
        self.shown = QStackedWidget()
        for part in (self.points, self.whole, self.nothing):
            self.shown.addWidget(part)
        self._title = label("", "section", name="reference_title")
        self.edit = button(self.tr("Edit points"), "edit_points_button", role="link")
        self.edit.clicked.connect(commands.edit_points.trigger)
        self.whole_text = button(self.tr("Whole text"), "whole_text_button", role="link")
        self.whole_text.setCheckable(True)
        self.whole_text.clicked.connect(commands.whole_text.trigger)
        self.recorded_text = button(self.tr("Recorded answer"), "recorded_text_button", role="link")
        self.recorded_text.setCheckable(True)
        self.recorded_text.clicked.connect(self._toggle_recorded)
        self.unpin = button(self.tr("Unpin"), "unpin_button", role="link")
        self.unpin.clicked.connect(self.unpin_requested)
        self._whole_key = KeyCap("Ctrl T")
        self.hint = label("", "small", name="points_hint")
        self.note = label("", "small", name="note_words")
        self.note_button = button(self.tr("Add a note"), "note_button", role="link")
        self.note_button.clicked.connect(commands.note.trigger)
        for link, keys in ((self.edit, "F2"), (self.note_button, "Ctrl+Shift+N")):
            link.setToolTip(keys)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title, 1)
        head.addWidget(self._whole_key)
        head.addWidget(self.whole_text)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.shown, 1)
        rows.addWidget(self.hint)
        rows.addWidget(self.note)
        self._links = WrappingRow((self.edit, self.note_button), (self.recorded_text, self.unpin))
        rows.addWidget(self._links)

    # --- what is there

    @property
    def has_points(self) -> bool:
        """Whether there is a point to decide on."""
        return bool(self._points)

    @property
    def all_points(self) -> tuple[DecidedPoint, ...]:
        """The points with what the person decided so far, and what the program proposed beside it."""
        return tuple(
            point.model_copy(update={"decided": None if state is None else PointStatus(state)})
            for point, state in zip(self._points, self.points.states(), strict=True)
        )

    @property
    def tones(self) -> tuple[str | None, ...]:
        """What became of each point, or where that is open what the program proposes."""
        statuses = (point.proposed if point.decided is None else point.decided for point in self.all_points)
        return tuple(None if status is None else status.value for status in statuses)

    @property
    def current(self) -> int | None:
        """The place of the current point, from 0, None where there is none."""
        row = self.points.currentIndex().row()
        return row if row >= 0 else None

    # --- showing

    def show_comparison(self, comparison: ComparisonView, *, keep_place: bool) -> None:
        """Show a reference with its points."""
        row = self.current if keep_place else None
        self._comparison = comparison
        self._remark = ""
        self._points = comparison.points
        self.points.set_points(
            [point.text for point in self._points],
            [None if point.decided is None else point.decided.value for point in self._points],
            [None if point.proposed is None else point.proposed.value for point in self._points],
        )
        if row is not None and self._points:
            self.points.choose(min(row, len(self._points) - 1))
        reference, recorded = comparison.reference, comparison.recorded
        self.points.setAccessibleName(self._points_name(reference))
        self.edit.setVisible(self.has_points and comparison.editable)
        self._whole_key.setVisible(reference is not None)
        self.whole_text.setVisible(reference is not None)
        own = isinstance(reference, PinnedAnswer)
        self.recorded_text.setVisible(own and recorded is not None)
        self.unpin.setVisible(comparison.unpinnable)
        self.show_whole(whole=False)

    def show_proposal(self, proposal: Proposal) -> None:
        """Put what the program proposes beside the points."""
        self._points = proposal.beside(self._points)
        self.points.set_proposals([None if each.proposed is None else each.proposed.value for each in self._points])
        if proposal.coverage is None:
            self._remark = self.tr("These texts are too long to be compared. The points are yours to decide.")
        elif not proposal.coverage.english and self._points:
            self._remark = self.tr("This does not look like English: only equal and similar words were compared.")
        self._show_hint()

    def show_whole(self, *, whole: bool) -> None:
        """Show the reference as one text, or point by point."""
        comparison = self._comparison
        if comparison is None:
            return
        reference = comparison.reference
        self.recorded_text.setChecked(False)
        whole = whole and reference is not None
        if reference is not None and whole:
            self._show_text(reference)
        else:
            self.shown.setCurrentWidget(self.points if self._points else self.nothing)
        self._after(reference, whole=whole)

    def _toggle_recorded(self) -> None:
        comparison = self._comparison
        if comparison is None or comparison.recorded is None or not self.recorded_text.isChecked():
            self.show_whole(whole=False)
            return
        self._show_text(comparison.recorded)
        self._after(comparison.recorded, whole=False)

    def _show_text(self, reference: Reference) -> None:
        self.whole.setAccessibleName(self._name(reference))
        self.whole.show_text(reference.text)
        self.shown.setCurrentWidget(self.whole)

    def _after(self, shown: Reference | None, *, whole: bool) -> None:
        """Let title, links, hint and note follow what is shown: this reference, as one text or point by point."""
        shows_points = self.shown.currentWidget() is self.points
        if shows_points and self.whole.hasFocus():
            self.points.setFocus(Qt.FocusReason.OtherFocusReason)
        self._title.setText(self._name(shown))
        self._show_hint()
        self.hint.setVisible(shows_points)
        self.whole_text.setChecked(whole)
        self.whole_text.setText(self.tr("Point by point") if whole else self.tr("Whole text"))
        self.whole_text.setAccessibleName(self.whole_text.text())
        self._commands.whole_text.setChecked(whole)
        note = shown.note if isinstance(shown, RecordedAnswer) else None
        self.note.setText(note_line(note) if note else "")
        self.note.setVisible(bool(note))
        self.note_button.setText(self.tr("Change the note") if note else self.tr("Add a note"))
        self.note_button.setVisible(isinstance(shown, RecordedAnswer))

    def _show_hint(self) -> None:
        keys = self.tr("Space changes a point · A agrees · ↑ ↓ move · Enter leaves")
        self.hint.setText(self._remark or keys)

    # --- words

    def _name(self, reference: Reference | None) -> str:
        if reference is None:
            return self.tr("Your points")
        if isinstance(reference, PinnedAnswer):
            return self.tr("My reference, {0}").format(moments.day(reference.day))
        return answer_title(reference.origin)

    def _points_name(self, reference: Reference | None) -> str:
        if reference is None:
            return self.tr("Your points")
        if isinstance(reference, PinnedAnswer):
            return self.tr("Points of my reference")
        return self.tr("Points of the recorded answer")

    def _on_decided(self, *_: object) -> None:
        self.decided.emit()

    def _on_moved(self, *_: object) -> None:
        self.moved.emit()
