"""When the interview is, how many minutes a day there are, and which questions to practise for it."""

from datetime import date, timedelta

from PySide6.QtCore import QDate, QLocale, Signal
from PySide6.QtWidgets import QCheckBox, QDateEdit, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from interview_coach.domain.preferences import Preferences
from interview_coach.ui.pages.settings.group import group
from interview_coach.ui.widgets.labels import label

#: How many days ahead the day is proposed.
_PROPOSED = 14

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
        self._day = QDateEdit(QDate(day.year, day.month, day.day))
        self._day.setObjectName("interview_day_choice")
        self._day.setAccessibleName(self.tr("Day of the interview"))
        if QLocale().language() == QLocale.Language.C:
            self._day.setDisplayFormat("yyyy-MM-dd")
        self._day.lineEdit().setTextMargins(8, 0, 0, 0)
        self._day.setMinimumWidth(150)
        self._minutes = QSpinBox()
        self._minutes.setObjectName("minutes_a_day_choice")
        self._minutes.setAccessibleName(self.tr("Minutes a day"))
        self._minutes.setRange(5, 480)
        self._minutes.setSingleStep(5)
        self._minutes.setValue(preferences.minutes_a_day)
        self._minutes.lineEdit().setTextMargins(8, 0, 0, 0)
        self._minutes.setMinimumWidth(110)
        self._search = QLineEdit(preferences.planned_search)
        self._search.setObjectName("planned_search_choice")
        self._search.setAccessibleName(self.tr("Questions for the interview"))
        self._search.setPlaceholderText(self.tr("all questions"))
        self._search.setMaxLength(_LONGEST_SEARCH)
        self._search.setMinimumWidth(260)
        words = self.tr(
            "Which questions, as in the search line of Questions: “from:nebula”, “stage:technical”, “tag:redis”. "
            "Today then plans them to the day before: each at least twice, all once more in the last two days."
        )
        rows = (
            ("", self._has_day),
            (self.tr("Day of the interview"), self._day),
            (self.tr("Minutes a day"), self._minutes),
            (self.tr("Questions for it"), self._search),
            ("", label(words, "small", name="interview_words")),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(group(self.tr("Interview"), rows))
        self._offer()
        self._has_day.toggled.connect(self._on_changed)
        self._day.dateChanged.connect(self._on_changed)
        self._minutes.valueChanged.connect(self._on_changed)
        self._search.editingFinished.connect(self._on_changed)

    @property
    def day(self) -> date | None:
        """The day of the interview, None where there is none."""
        chosen = self._day.date()
        return date(chosen.year(), chosen.month(), chosen.day()) if self._has_day.isChecked() else None

    @property
    def minutes(self) -> int:
        """How many minutes a day there are."""
        return self._minutes.value()

    @property
    def search(self) -> str:
        """What finds the questions for it, empty for all."""
        return self._search.text().strip()

    def _offer(self) -> None:
        self._day.setEnabled(self._has_day.isChecked())
        self._search.setEnabled(self._has_day.isChecked())

    def _on_changed(self) -> None:
        self._offer()
        self.changed.emit()
