"""When the interviews are, how many minutes a day there are, and which questions to practise for them."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from interview_coach.domain.preferences import MOST_INTERVIEWS, Interview, Preferences
from interview_coach.ui.pages.settings.group import group
from interview_coach.ui.widgets.flow import Flow
from interview_coach.ui.widgets.labels import button, label

#: How many days ahead the day is proposed, and how many after the last one that of another.
_PROPOSED = 14
_APART = 7

_LONGEST_SEARCH = 500


class InterviewGroup(QWidget):
    """The choices that Today's plan follows. ``changed`` is emitted with every change."""

    changed = Signal()

    def __init__(self, preferences: Preferences, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("interview_group")
        self._has_day = QCheckBox(self.tr("I have a date"))
        self._has_day.setObjectName("interview_choice")
        self._has_day.setAccessibleName(self._has_day.text())
        self._has_day.setChecked(preferences.interview_day is not None)
        day = preferences.interview_day or date.today() + timedelta(days=_PROPOSED)  # noqa: DTZ011  (the person's own)
        self._day = _day_choice("interview_day_choice", self.tr("Day of the interview"), day)
        self._minutes = QSpinBox()
        self._minutes.setObjectName("minutes_a_day_choice")
        self._minutes.setAccessibleName(self.tr("Minutes a day"))
        self._minutes.setRange(5, 480)
        self._minutes.setSingleStep(5)
        self._minutes.setValue(preferences.minutes_a_day)
        self._minutes.lineEdit().setTextMargins(8, 0, 0, 0)
        self._minutes.setMinimumWidth(110)
        self._search = _search_choice(
            "planned_search_choice",
            self.tr("Questions for the interview"),
            self.tr("all questions"),
            preferences.planned_search,
        )
        words = self.tr(
            "Which questions, as in the search line of Questions: “from:nebula”, “stage:technical”, “tag:redis”. "
            "Today then plans them to the day before: each at least twice, all once more in the last two days."
        )
        self._further = QWidget()
        self._further_rows = QVBoxLayout(self._further)
        self._further_rows.setContentsMargins(0, 0, 0, 0)
        self._further_rows.setSpacing(8)
        self._rows: list[_Further] = []
        self._another = button(self.tr("Another date"), "another_interview_button")
        self._another.clicked.connect(self._on_another)
        rows = (
            ("", self._has_day),
            (self.tr("Day of the interview"), self._day),
            (self.tr("Minutes a day"), self._minutes),
            (self.tr("Questions for it"), self._search),
            ("", label(words, "small", name="interview_words")),
            ("", self._further),
            ("", self._another),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(group(self.tr("Interview"), rows))
        for each in preferences.further_interviews:
            self._add(each)
        self._offer()
        self._has_day.toggled.connect(self._on_changed)
        self._day.dateChanged.connect(self._on_changed)
        self._minutes.valueChanged.connect(self._on_changed)
        self._search.editingFinished.connect(self._on_changed)

    @property
    def day(self) -> date | None:
        """The day of the interview, None where there is none."""
        return _chosen(self._day) if self._has_day.isChecked() else None

    @property
    def minutes(self) -> int:
        """How many minutes a day there are."""
        return self._minutes.value()

    @property
    def search(self) -> str:
        """What finds the questions for it, empty for all."""
        return self._search.text().strip()

    @property
    def further(self) -> tuple[Interview, ...]:
        """The other interviews, none where there is no first one."""
        return tuple(row.interview for row in self._rows) if self._has_day.isChecked() else ()

    def _offer(self) -> None:
        has_day = self._has_day.isChecked()
        for control in (self._day, self._search, self._further):
            control.setEnabled(has_day)
        self._another.setEnabled(has_day and len(self._rows) < MOST_INTERVIEWS - 1)
        self._further.setVisible(bool(self._rows))

    def _on_changed(self) -> None:
        self._offer()
        self.changed.emit()

    def _on_another(self) -> None:
        last = max((_chosen(self._day), *(row.interview.day for row in self._rows)))
        row = self._add(Interview(day=min(last, date(9999, 12, 1)) + timedelta(days=_APART)))
        self._on_changed()
        row.day.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, interview: Interview) -> "_Further":
        row = _Further(interview, len(self._rows) + 1, self.tr("all questions"))
        row.changed.connect(self._on_changed)
        row.removed.connect(self._on_removed)
        self._rows.append(row)
        self._further_rows.addWidget(row)
        return row

    def _on_removed(self) -> None:
        row = self.sender()
        if isinstance(row, _Further):
            self._another.setFocus(Qt.FocusReason.OtherFocusReason)
            self._rows.remove(row)
            self._further_rows.removeWidget(row)
            row.hide()
            row.deleteLater()
            self._on_changed()


class _Further(QWidget):
    """One more interview: its day, what finds the questions for it, and a button that takes it off."""

    changed = Signal()
    removed = Signal()

    def __init__(self, interview: Interview, number: int, all_questions: str) -> None:
        super().__init__()
        title = self.tr("Interview {0}").format(number + 1)
        self.day = _day_choice(f"further_day_{number}", self.tr("{0}: its day").format(title), interview.day)
        self.search = _search_choice(
            f"further_search_{number}", self.tr("{0}: questions for it").format(title), all_questions, interview.search
        )
        remove = button(self.tr("Remove"), f"further_remove_{number}")
        remove.setAccessibleName(self.tr("Remove {0}").format(title))
        row = Flow(self)
        for control in (self.day, self.search, remove):
            row.addWidget(control)
        self.day.dateChanged.connect(self.changed)
        self.search.editingFinished.connect(self.changed)
        remove.clicked.connect(self.removed)

    @property
    def interview(self) -> Interview:
        """What is chosen."""
        return Interview(day=_chosen(self.day), search=self.search.text().strip())


def _day_choice(name: str, title: str, day: date) -> QDateEdit:
    made = QDateEdit(QDate(day.year, day.month, day.day))
    made.setObjectName(name)
    made.setAccessibleName(title)
    if QLocale().language() == QLocale.Language.C:
        made.setDisplayFormat("yyyy-MM-dd")
    made.lineEdit().setTextMargins(8, 0, 0, 0)
    made.setMinimumWidth(150)
    return made


def _search_choice(name: str, title: str, all_questions: str, search: str) -> QLineEdit:
    made = QLineEdit(search)
    made.setObjectName(name)
    made.setAccessibleName(title)
    made.setPlaceholderText(all_questions)
    made.setMaxLength(_LONGEST_SEARCH)
    made.setMinimumWidth(260)
    return made


def _chosen(choice: QDateEdit) -> date:
    day = choice.date()
    return date(day.year(), day.month(), day.day())
