"""What the person may set. Every change holds at once and is stored at once."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from interview_coach.domain.models import KNOWN_STAGES
from interview_coach.domain.preferences import Preferences
from interview_coach.settings import TEXT_SIZES, THEMES, WindowState
from interview_coach.ui.pages.settings.group import group
from interview_coach.ui.pages.settings.interview import InterviewGroup
from interview_coach.ui.pages.settings.safety import SafetyGroup
from interview_coach.ui.safekeeping import Safekeeping
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import label


class SettingsPage(QWidget):
    """Look, practising, and what keeps the data safe."""

    window_changed = Signal(object)
    preferences_changed = Signal(object)
    folder_requested = Signal()

    def __init__(
        self,
        state: WindowState,
        preferences: Preferences,
        folder: Path,
        safekeeping: Safekeeping,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("settings_page")
        set_role(self, "page")
        self._state = state
        self.preferences = preferences
        self._aims: dict[str, tuple[QSpinBox, QSpinBox]] = {}
        column = Column(self)
        column.content.addWidget(label(self.tr("Settings"), "title"))
        column.content.addWidget(self._look())
        column.content.addWidget(self._practising())
        self.interview = InterviewGroup(preferences)
        self.interview.changed.connect(self._on_preferences)
        column.content.addWidget(self.interview)
        column.content.addWidget(self._lengths())
        self.safety = SafetyGroup(folder, safekeeping)
        self.safety.folder_requested.connect(self.folder_requested)
        column.content.addWidget(self.safety)
        column.content.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)
        self.show_window_state(state)

    def refresh(self) -> None:
        """Put the focus on the first choice; the choices are as they were left."""
        self.safety.refresh()
        self.theme.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_window_state(self, state: WindowState) -> None:
        """Show a look that was chosen elsewhere, e.g. by zooming."""
        self._state = state
        for box, value in ((self.theme, state.theme), (self.text_size, state.text_size)):
            box.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
            box.setCurrentIndex(max(box.findData(value), 0))
            box.blockSignals(False)  # noqa: FBT003  (Qt's own signature)

    # --- the parts

    def _look(self) -> QWidget:
        words = {
            "system": self.tr("As the system has it"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "high-contrast": self.tr("High contrast"),
        }
        self.theme = _choice("theme_choice", self.tr("Theme"), [(words[theme], theme) for theme in THEMES])
        self.theme.currentIndexChanged.connect(self._on_look)
        sizes: list[tuple[str, object]] = [(f"{round(size * 100)} %", size) for size in TEXT_SIZES]
        self.text_size = _choice("text_size_choice", self.tr("Text size"), sizes)
        self.text_size.currentIndexChanged.connect(self._on_look)
        return group(self.tr("Look"), ((self.tr("Theme"), self.theme), (self.tr("Text size"), self.text_size)))

    def _practising(self) -> QWidget:
        preferences = self.preferences
        self.timer = _check("timer_choice", self.tr("Show the time while I answer"), on=preferences.show_timer)
        self.depth_choice = _check(
            "depth_choice", self.tr("Rate technical depth in every stage"), on=preferences.depth_everywhere
        )
        self.rate = _number("speaking_rate_choice", self.tr("Speaking rate"), 60, 300, preferences.words_a_minute)
        self.rate.setSuffix(" " + self.tr("words a minute"))
        for check in (self.timer, self.depth_choice):
            check.toggled.connect(self._on_preferences)
        self.rate.valueChanged.connect(self._on_preferences)
        return group(
            self.tr("Practising"), (("", self.timer), ("", self.depth_choice), (self.tr("Speaking rate"), self.rate))
        )

    def _lengths(self) -> QWidget:
        rows: list[tuple[str, QWidget]] = []
        for stage in KNOWN_STAGES:
            low, high = self.preferences.aim(stage)
            name = stage.lower().replace("-", "_")
            least = _number(f"aim_from_{name}", self.tr("{0}: from, in seconds").format(stage), 5, 1800, low)
            most = _number(f"aim_to_{name}", self.tr("{0}: to, in seconds").format(stage), 5, 1800, high)
            for box in (least, most):
                box.setSuffix(" s")
                box.setSingleStep(5)
                box.valueChanged.connect(self._on_preferences)
            self._aims[stage] = (least, most)
            both = QWidget()
            line = QHBoxLayout(both)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(8)
            line.addWidget(least)
            line.addWidget(label("–", "muted", wraps=False))
            line.addWidget(most)
            line.addStretch()
            rows.append((stage, both))
        return group(self.tr("How long a spoken answer should be"), rows)

    # --- changes

    def _on_look(self) -> None:
        self._state = WindowState(
            theme=self.theme.currentData(), text_size=self.text_size.currentData(), geometry=self._state.geometry
        )
        self.window_changed.emit(self._state)

    def _on_preferences(self) -> None:
        usual = Preferences()
        aims = {}
        for stage, (least, most) in self._aims.items():
            chosen = (least.value(), max(least.value(), most.value()))
            if chosen != usual.aim(stage):
                aims[stage] = chosen
        self.preferences = self.preferences.model_copy(
            update={
                "show_timer": self.timer.isChecked(),
                "depth_everywhere": self.depth_choice.isChecked(),
                "words_a_minute": self.rate.value(),
                "aims": aims,
                "interview_day": self.interview.day,
                "minutes_a_day": self.interview.minutes,
                "planned_search": self.interview.search,
                "further_interviews": self.interview.further,
            }
        )
        self.preferences_changed.emit(self.preferences)


def _choice(name: str, title: str, items: "list[tuple[str, object]]") -> QComboBox:
    box = QComboBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    for words, value in items:
        box.addItem(words, value)
    return box


def _check(name: str, words: str, *, on: bool) -> QCheckBox:
    check = QCheckBox(words)
    check.setObjectName(name)
    check.setAccessibleName(words)
    check.setChecked(on)
    return check


def _number(name: str, title: str, least: int, most: int, value: int) -> QSpinBox:
    box = QSpinBox()
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.setRange(least, most)
    box.setValue(value)
    box.lineEdit().setTextMargins(8, 0, 0, 0)
    box.setMinimumWidth(110)
    return box
