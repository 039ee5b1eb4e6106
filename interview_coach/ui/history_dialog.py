"""The dialog with the person's answers to one question over time, and how any two of them differ.

As with ``dialogs``, tests replace ``show_history``, and nothing else opens one.
"""

from collections.abc import Callable
from textwrap import shorten

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from interview_coach.comparison.difference import Difference
from interview_coach.domain.models import Attempt, AttemptState, PointStatus
from interview_coach.services.progress import AttemptEntry, History
from interview_coach.ui import moments
from interview_coach.ui.errors import raise_if_unexpected
from interview_coach.ui.form_dialog import run
from interview_coach.ui.rating_words import own_scores
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.difference_text import DifferenceText
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.plain_table import plain_table

#: So many attempts show without scrolling.
_ROWS = 4

#: Letters for which the choice of the other answer has room at least.
_SHORTEST = 12

#: So much of the question stands above them, in characters, and where there is little room.
_LONGEST = 160
_LONGEST_IF_TIGHT = 50
#: A window lower than this is tight, at a text size of 100 %, in logical pixels: ratings and legend are left out there.
_TIGHT = 480
_RATINGS = (3, 4)


def show_history(
    parent: QWidget,
    history: History,
    attempt_id: int | None,
    difference: Callable[[str, str], Difference],
    pin: Callable[[int | None], History],
    tasks: Tasks,
) -> None:
    """Show the answers to a question, beginning with one of them beside the one before it.

    ``pin`` makes an attempt the reference of the question, or with None the recorded answer again, and returns the
    history as it is then.
    """
    run(parent, HistoryDialog(parent, history, attempt_id, difference, pin, tasks))


class HistoryDialog(QDialog):
    """A list of attempts, newest first, and the chosen one: as it reads, or beside another one word by word."""

    def __init__(
        self,
        parent: QWidget,
        history: History,
        attempt_id: int | None,
        difference: Callable[[str, str], Difference],
        pin: Callable[[int | None], History],
        tasks: Tasks,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history_dialog")
        self.setWindowTitle(self.tr("Your answers over time"))
        self._over = parent.window()
        self._history = history
        self._newest_first = tuple(reversed(history.entries))
        self._difference = difference
        self._pin = pin
        self._tasks = tasks
        self._wanted: tuple[int, int] | None = None
        self._span = ""
        scale = current_theme().text_scale
        tight = self._over.height() < _TIGHT * scale
        longest = _LONGEST_IF_TIGHT if tight else _LONGEST
        self.table = self._rows()
        for column in _RATINGS:
            self.table.setColumnHidden(column, tight)
        self.other = QComboBox()
        self.other.setObjectName("history_other_choice")
        self.other.setAccessibleName(self.tr("Compared with"))
        self.other.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.other.setMinimumContentsLength(_SHORTEST)
        self.other.currentIndexChanged.connect(self._compare)
        self.text = DifferenceText("history_text", self.tr("What changed"))
        self.summary = label("", "small", name="history_summary")
        self.pin_button = button(self.tr("Pin as my reference"), "history_pin_button")
        self.pin_button.clicked.connect(self._on_pin)
        close = button(self.tr("Close"), "history_close_button", role="primary")
        close.clicked.connect(self.accept)
        against = QHBoxLayout()
        against.setSpacing(8)
        with_words = label(self.tr("Compared &with"), "section", wraps=False)
        with_words.setBuddy(self.other)
        against.addWidget(with_words)
        against.addWidget(self.other, 1)
        card = QFrame(self)
        set_role(card, "card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(12, 8, 12, 8)
        inside.setSpacing(4)
        inside.addWidget(self.text, 1)
        legend = self.text.legend()
        legend.setVisible(not tight)
        inside.addWidget(legend)
        inside.addWidget(self.summary)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.pin_button)
        buttons.addStretch()
        buttons.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(12)
        layout.addWidget(
            label(shorten(history.question.text, longest, placeholder=" …"), "heading", name="history_question")
        )
        layout.addWidget(self.table, 1)
        layout.addLayout(against)
        layout.addWidget(card, 3)
        layout.addLayout(buttons)
        QShortcut(QKeySequence("Ctrl+Shift+P"), self, self.pin_button.click)
        self.table.currentCellChanged.connect(self._on_row)
        self.resize(min(round(980 * scale), self._over.width() - 40), min(round(620 * scale), self._over.height() - 40))
        places = [place for place, entry in enumerate(self._newest_first) if entry.attempt.id == attempt_id]
        self.table.selectRow(next(iter(places), 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def shown(self) -> AttemptEntry | None:
        """The chosen attempt."""
        row = self.table.currentRow()
        return self._newest_first[row] if 0 <= row < len(self._newest_first) else None

    # --- the list

    def _rows(self) -> QTableWidget:
        titles = [self.tr("Attempt"), self.tr("Words"), self.tr("Points"), self.tr("You, first"), self.tr("And now")]
        count = len(self._newest_first)
        table = plain_table("history_table", self.tr("Your answers, newest first"), titles, count, self)
        first = table.horizontalHeaderItem(0)
        if first is not None:
            first.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._fill(table)
        rows = min(max(len(self._newest_first), 1), _ROWS)
        row = table.verticalHeader().defaultSectionSize()
        height = table.horizontalHeader().sizeHint().height() + rows * row + 2 * table.frameWidth()
        table.setMaximumHeight(height + row // 4)  # a piece of the next row tells that there are more
        table.setMinimumHeight(height - (rows - 1) * row)
        return table

    def _fill(self, table: QTableWidget) -> None:
        for row, entry in enumerate(self._newest_first):
            attempt = entry.attempt
            texts = (
                self._name(attempt),
                QLocale().toString(entry.words),
                self._points(attempt),
                own_scores(attempt.first_rating),
                own_scores(attempt.second_look),
            )
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                table.setItem(row, column, item)

    def _name(self, attempt: Attempt) -> str:
        name = self.tr("{0}, {1}").format(attempt.number, moments.day(attempt.day))
        if attempt.state is AttemptState.SKIPPED:
            name = self.tr("{0} · skipped").format(name)
        return self.tr("{0} · my reference").format(name) if attempt.id == self._history.pinned else name

    def _points(self, attempt: Attempt) -> str:
        counted = [point for point in attempt.points if point.decided is not None]
        if not counted:
            return "–"
        said = sum(point.decided is PointStatus.SAID for point in counted)
        partly = sum(point.decided is PointStatus.PARTLY for point in counted)
        if partly:
            return self.tr("{0} of {2} said, {1} partly").format(said, partly, len(attempt.points))
        return self.tr("{0} of {1} said").format(said, len(attempt.points))

    # --- the chosen one

    def _on_row(self, row: int, *_: int) -> None:
        if not 0 <= row < len(self._newest_first):
            return
        attempt = self._newest_first[row].attempt
        self.other.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self.other.clear()
        before = [entry for entry in self._newest_first if entry.attempt.number < attempt.number]
        after = [entry for entry in self._newest_first if entry.attempt.number > attempt.number]
        for entry in (*before, *reversed(after)):
            self.other.addItem(self.tr("attempt {0}").format(self._name(entry.attempt)), entry.attempt.id)
        self.other.addItem(self.tr("nothing: the answer as it reads"), None)
        self.other.setCurrentIndex(0 if before else self.other.count() - 1)
        self.other.blockSignals(False)  # noqa: FBT003  (Qt's own signature)
        self._show_pin()
        self._compare()

    def _compare(self, *_: object) -> None:
        entry = self.shown
        if entry is None:
            return
        other_id = self.other.currentData()
        other = next((each.attempt for each in self._newest_first if each.attempt.id == other_id), None)
        if other is None:
            self._wanted = None
            self.text.show_text(entry.attempt.text)
            self.summary.setText("")
            return
        self._wanted = wanted = (entry.attempt.id, other.id)
        first, second = sorted((other, entry.attempt), key=lambda attempt: attempt.number)
        before, after = first.text, second.text
        self._span = self.tr("From attempt {0} to attempt {1}: {2}").replace("{0}", str(first.number))
        self._span = self._span.replace("{1}", str(second.number))
        self._tasks.run(
            lambda: (wanted, self._difference(before, after)),
            self._on_compared,
            self._on_not_compared,
            lane=Lane.SHOWING,
        )

    def _on_compared(self, outcome: tuple[tuple[int, int], Difference]) -> None:
        wanted, difference = outcome
        if wanted != self._wanted:
            return  # something else was chosen meanwhile
        self.text.show_difference(difference.pieces)
        parts = [
            self.tr("%n word(s) added", "", difference.inserted),
            self.tr("%n word(s) taken out", "", difference.deleted),
            self.tr("%n word(s) moved", "", difference.moved),
        ]
        counts = (difference.inserted, difference.deleted, difference.moved)
        told = [words for words, count in zip(parts, counts, strict=True) if count]
        words = " · ".join(told) if told else self.tr("word for word the same")
        self.summary.setText(self._span.replace("{2}", words))

    def _on_not_compared(self, error: BaseException) -> None:
        entry = self.shown
        raise_if_unexpected(error)
        if entry is not None:
            self.text.show_text(entry.attempt.text)
            self.summary.setText(self.tr("These answers are too long to be compared word by word."))

    # --- my reference

    def _show_pin(self) -> None:
        entry = self.shown
        pinned = entry is not None and entry.attempt.id == self._history.pinned
        self.pin_button.setText(self.tr("Unpin") if pinned else self.tr("Pin as my reference"))
        self.pin_button.setAccessibleName(self.pin_button.text())
        self.pin_button.setEnabled(entry is not None and entry.attempt.state is AttemptState.SUBMITTED)

    def _on_pin(self) -> None:
        entry = self.shown
        if entry is None:
            return
        pinned = entry.attempt.id == self._history.pinned
        self._history = self._pin(None if pinned else entry.attempt.id)
        self._fill(self.table)
        self._show_pin()
