"""The end of a session, and the page without one."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.services.practice_view import PracticeView, SummaryView
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import button, label


class DonePanel(Column):
    """What the session came to, in plain numbers, and what was meant for next time."""

    today_requested = Signal()
    progress_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("done_panel")
        self._title = label("", "title", name="done_title")
        self._numbers = label("", "body", name="done_numbers")
        self._meant = label(self.tr("What you meant to do next time"), "section")
        self._lines = label("", "body", name="done_resolutions")
        self.today = button(self.tr("Back to Today"), "done_today_button", role="primary")
        self.today.clicked.connect(self.today_requested)
        self.progress = button(self.tr("See your attempts"), "done_progress_button")
        self.progress.clicked.connect(self.progress_requested)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.today)
        buttons.addWidget(self.progress)
        buttons.addStretch()
        rows = QVBoxLayout()
        rows.setSpacing(12)
        for widget in (self._title, self._numbers, self._meant, self._lines):
            rows.addWidget(widget)
        rows.addSpacing(8)
        rows.addLayout(buttons)
        self.content.addLayout(rows)
        self.content.addStretch()

    def show_view(self, view: PracticeView, summary: SummaryView) -> None:
        """Show a finished session."""
        self._title.setText(self.tr("That was the last question"))
        minutes = max(round(summary.seconds / 60), 1)
        words = [self.tr("%n answered", "", summary.answered)]
        if summary.skipped:
            words.append(self.tr("%n skipped", "", summary.skipped))
        words.append(self.tr("about %n minute(s) of answering", "", minutes))
        title = view.title or self.tr("All transcripts, by stage")
        self._numbers.setText(f"{title}: " + ", ".join(words) + ".")
        self._meant.setVisible(bool(summary.resolutions))
        self._lines.setVisible(bool(summary.resolutions))
        lines = dict.fromkeys(summary.resolutions)
        self._lines.setText("\n".join(self.tr("› I will {0}").format(line) for line in lines))

    def take_focus(self) -> None:
        """Put the focus on the way back."""
        self.today.setFocus(Qt.FocusReason.OtherFocusReason)


class NothingOpenPanel(Column):
    """The page before a session was started."""

    today_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("nothing_open_panel")
        self.content.addWidget(label(self.tr("Practice"), "title"))
        self.content.addWidget(label(self.tr("No interview is open. Today shows what you can start."), "body"))
        self.today = button(self.tr("Go to Today"), "nothing_open_button", role="primary")
        self.today.clicked.connect(self.today_requested)
        row = QHBoxLayout()
        row.addWidget(self.today)
        row.addStretch()
        self.content.addLayout(row)
        self.content.addStretch()

    def take_focus(self) -> None:
        """Put the focus on the way to Today."""
        self.today.setFocus(Qt.FocusReason.OtherFocusReason)
