"""The step Answer: the question, the editor, and what was meant for next time."""

from datetime import datetime

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.comparison.delivery import spoken_seconds
from interview_coach.comparison.words import count_words
from interview_coach.services.practice_view import PracticeView
from interview_coach.ui import moments
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.practice.head import QuestionHead
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.answer_editor import AnswerEditor
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Least height of the editor at a text size of 100 %, in logical pixels.
_EDITOR_HEIGHT = 150


class AnswerPanel(Column):
    """Shows a question and takes the answer. ``changed`` is emitted for every edit of the person."""

    changed = Signal()

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("answer_panel")
        self._words_a_minute = 140
        self._aim = (60, 120)
        self._showing = False
        self.head = QuestionHead("answer")
        self._note = QFrame()
        set_role(self._note, "note")
        self._last_time = label("", "body", name="last_resolution")
        note = QVBoxLayout(self._note)
        note.setContentsMargins(14, 8, 14, 8)
        note.addWidget(self._last_time)
        self.editor = AnswerEditor()
        self.editor.setMinimumHeight(_EDITOR_HEIGHT)
        self.editor.textChanged.connect(self._on_text_changed)
        self.counts = label("", "muted", name="answer_counts")
        self.saved = label("", "muted", name="saved_label")
        self.saved.setAlignment(Qt.AlignmentFlag.AlignRight)
        status = QHBoxLayout()
        status.addWidget(self.counts, 1)
        status.addWidget(self.saved, 1)
        self.submit = button(self.tr("Submit"), "submit_button", role="primary")
        self.skip = button(self.tr("Skip"), "skip_button")
        self.flag = button(self.tr("Flag"), "flag_button")
        self.flag.setCheckable(True)
        self.pause = button(self.tr("Pause"), "pause_button")
        for control, action in (
            (self.submit, commands.go_on),
            (self.skip, commands.skip),
            (self.flag, commands.flag),
            (self.pause, commands.pause),
        ):
            control.clicked.connect(action.trigger)
        row = WrappingRow(
            (self.skip, KeyCap("Ctrl J"), self.flag, KeyCap("Ctrl D"), self.pause), (KeyCap("Ctrl Enter"), self.submit)
        )
        self.content.setSpacing(12)
        self.content.addWidget(self.head)
        self.content.addWidget(self._note)
        self.content.addWidget(self.editor, 1)
        self.content.addLayout(status)
        self.content.addWidget(row)
        for first, second in (
            (self.editor, self.submit),
            (self.submit, self.skip),
            (self.skip, self.flag),
            (self.flag, self.pause),
        ):
            QWidget.setTabOrder(first, second)

    def show_view(self, view: PracticeView, words_a_minute: int, *, keep_text: bool) -> None:
        """Show a question; ``keep_text`` leaves what is in the editor, which is newer than what is stored."""
        self._words_a_minute = words_a_minute
        self._aim = view.aim
        self.head.show_view(view)
        self._note.setVisible(view.last_resolution is not None)
        if view.last_resolution is not None:
            self._last_time.setText(self.tr("Last time you wrote: “Next time I will {0}”").format(view.last_resolution))
        self.show_flag(flagged=view.flagged)
        if not keep_text:
            self._showing = True
            self.editor.set_text(view.text)
            self._showing = False
            self.show_saved(view.saved if view.text.strip() else None)
            self.verticalScrollBar().setValue(0)
        self._count()

    def show_flag(self, *, flagged: bool) -> None:
        """Show whether the question is flagged."""
        self.flag.setChecked(flagged)
        words = self.tr("Flagged") if flagged else self.tr("Flag")
        self.flag.setText(words)
        self.flag.setAccessibleName(words)

    def show_saved(self, moment: datetime | None) -> None:
        """Say when the text was stored; only ever called after it was."""
        set_role(self.saved, "muted")
        if moment is None:
            self.saved.setText("")
            return
        self.saved.setText(self.tr("✓ Saved {0}").format(moments.exact_time(moment.astimezone())))

    def show_not_saved(self, reason: str) -> None:
        """Say why the text is not stored; it stays until it is."""
        set_role(self.saved, "error")
        self.saved.setText(self.tr("Not saved: {0}").format(reason))

    def take_focus(self) -> None:
        """Put the caret at the end of what is typed."""
        self.editor.caret_to_end()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ensureWidgetVisible(self.editor, 0, 0)

    def _on_text_changed(self) -> None:
        if not self._showing:
            self.changed.emit()  # first of all: whatever may go wrong after it, the text is stored
            self._count()

    def _count(self) -> None:
        words = count_words(self.editor.text())
        spoken = round(spoken_seconds(words, self._words_a_minute))
        number = QLocale().toString(words)
        counted = self.tr("1 word") if words == 1 else self.tr("{0} words").format(number)
        aim = self.tr("about {0} s spoken (aim {1}–{2} s)").format(spoken, *self._aim)
        self.counts.setText(f"{counted} · {aim}")
