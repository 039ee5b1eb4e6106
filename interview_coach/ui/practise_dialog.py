"""The dialog in which a person says how to practise what a list holds. As with ``dialogs``, nothing else opens it."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QButtonGroup,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QSpinBox,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from interview_coach.domain.models import Mode
from interview_coach.domain.selection import Order
from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.fields import Fields
from interview_coach.ui.widgets.labels import button, label

translate = QCoreApplication.translate

#: How many questions a session from a list has unless the person says otherwise, and how many it has at most.
USUAL = 10
MOST = 1000

_WIDTH = 560


@dataclass(frozen=True)
class Wish:
    """What the person wants: of the chosen questions or of all that were found, how many, in which order and mode."""

    of_chosen: bool
    count: int
    order: Order
    mode: Mode


def practise(parent: QWidget, found: int, chosen: int, suspended: int, chosen_suspended: int = 0) -> Wish | None:
    """Ask how to practise; None means not at all.

    ``found`` are the questions of the list and ``chosen`` those that are selected in it; with one selected, or all,
    there is no choice between the two. ``suspended`` and ``chosen_suspended`` say how many of each are suspended: they
    stay out of the session, and the dialog says so.
    """
    dialog = PractiseDialog(parent, found, chosen, suspended, chosen_suspended)
    return dialog.wish if run(parent, dialog) else None


class PractiseDialog(FormDialog):
    """Which questions, how many of them, in which order, and as Practice or as a Mock interview. Enter starts."""

    def __init__(self, parent: QWidget, found: int, chosen: int, suspended: int, chosen_suspended: int) -> None:
        super().__init__(
            parent,
            "practise_dialog",
            translate("PractiseDialog", "Practise"),
            translate("PractiseDialog", "Start"),
        )
        self._counts = ((chosen, chosen_suspended), (found, suspended))
        self._wished = USUAL
        self.fields = Fields(self)
        self.which = QButtonGroup(self)
        self.modes = QButtonGroup(self)
        self.left_out = label("", "small", self, name="practise_left_out")
        self.count = self._count()
        self.all_button = button("", "practise_all_button", self)
        self.all_button.clicked.connect(self._take_all)
        self.most = label(
            self.tr("A session has {0} questions at most.").format(QLocale().toString(MOST)),
            "small",
            self,
            name="practise_most",
        )
        self.order = self._orders()
        self.about_order = label("", "small", self, name="practise_about_order")
        self._rows = QGridLayout()
        self._rows.setHorizontalSpacing(20)
        self._rows.setVerticalSpacing(8)
        self._rows.setColumnStretch(1, 1)
        how_many = QHBoxLayout()
        how_many.setSpacing(8)
        how_many.addWidget(self.count)
        how_many.addWidget(self.all_button)
        how_many.addStretch()
        self._add_which(found, chosen)
        self._add(named(self.tr("&How many"), self.count), self.count, how_many, self.left_out, self.most)
        self._add(named(self.tr("&Order"), self.order), self.order, self.order, self.about_order)
        self._add_modes()
        self.fields.content.addLayout(self._rows)
        self.fields.content.addStretch(1)
        self.content.addWidget(self.fields, 1)
        self._set_tab_order()
        self.which.idToggled.connect(self._on_which)
        self.count.valueChanged.connect(self._on_count)
        self.order.currentIndexChanged.connect(self._on_order)
        self._on_which()
        self._on_order()
        self.fit(_WIDTH)
        self._grow()
        self.count.setFocus(Qt.FocusReason.OtherFocusReason)
        self.count.selectAll()

    @property
    def wish(self) -> Wish:
        """What is chosen now."""
        return Wish(
            of_chosen=self.which.checkedId() == 0,
            count=self.count.value(),
            order=Order(self.order.currentData()),
            mode=Mode.MOCK if self.modes.checkedId() else Mode.PRACTICE,
        )

    # --- the rows

    def _add_which(self, found: int, chosen: int) -> None:
        if not 1 < chosen < found:
            what = label(self.tr("%Ln question(s)", "", found), "heading", self, name="practise_found")
            self.fields.content.addWidget(what)
            self.fields.content.addSpacing(8)
            return
        choices = QVBoxLayout()
        choices.setSpacing(4)
        for number, (words, name) in enumerate(
            (
                (self.tr("The {0} &chosen"), "practise_chosen_choice"),
                (self.tr("All {0} &found"), "practise_found_choice"),
            )
        ):
            choice = self._choice(words.format(QLocale().toString(self._counts[number][0])), name)
            self.which.addButton(choice, number)
            choices.addWidget(choice)
        self.which.buttons()[0].setChecked(True)
        self._add(label(self.tr("Which"), "section", self), self.which.buttons()[0], choices)

    def _add_modes(self) -> None:
        choices = QVBoxLayout()
        choices.setSpacing(4)
        for number, (words, does, name) in enumerate(
            (
                (self.tr("&Practice"), self.tr("Compare after each question."), "practise_practice_choice"),
                (
                    self.tr("&Mock interview"),
                    self.tr("All questions straight through, rate and compare at the end."),
                    "practise_mock_choice",
                ),
            )
        ):
            choice = self._choice(words, name)
            choice.setAccessibleDescription(does)
            self.modes.addButton(choice, number)
            about = label(does, "small", self)
            about.setIndent(_words_begin_at(choice))
            choices.addWidget(choice)
            choices.addWidget(about)
        self.modes.buttons()[0].setChecked(True)
        self._add(label(self.tr("As"), "section", self), self.modes.buttons()[0], choices)

    def _add(self, title: QLabel, first: QWidget, content: QWidget | QHBoxLayout | QVBoxLayout, *notes: QLabel) -> None:
        """Add a row: what it is about, level with the first control, the controls, and what is to be said below."""
        title.setWordWrap(False)
        title.setMinimumHeight(first.sizeHint().height())
        row = self._rows.rowCount()
        if row > 1:
            self._rows.setRowMinimumHeight(row, round(4 * current_theme().text_scale))
            row += 1
        self._rows.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(content, QWidget):
            self._rows.addWidget(content, row, 1)
        else:
            self._rows.addLayout(content, row, 1)
        for below, note in enumerate(notes, row + 1):
            self._rows.addWidget(note, below, 1)

    def _set_tab_order(self) -> None:
        """Let Tab go from the top down."""
        choices = (self.which.buttons(), [self.count, self.all_button, self.order], self.modes.buttons())
        controls = [control for group in choices for control in group]
        for before, after in pairwise([*controls, self.accept_button]):
            self.setTabOrder(before, after)

    def _choice(self, words: str, name: str) -> QRadioButton:
        choice = QRadioButton(words, self)
        choice.setObjectName(name)
        choice.setAccessibleName(words.replace("&", ""))
        return choice

    def _count(self) -> QSpinBox:
        box = QSpinBox(self)
        box.setObjectName("practise_count")
        box.setAccessibleName(self.tr("How many"))
        box.setStepType(QAbstractSpinBox.StepType.DefaultStepType)
        box.setGroupSeparatorShown(True)
        box.lineEdit().setTextMargins(8, 0, 0, 0)
        box.setMinimumWidth(round(110 * current_theme().text_scale))
        return box

    def _orders(self) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName("practise_order")
        box.setAccessibleName(self.tr("Order"))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(20)
        for order, words in (
            (Order.AS_LISTED, self.tr("As listed")),
            (Order.BY_STAGE, self.tr("By stage")),
            (Order.SHUFFLED, self.tr("At random")),
            (Order.WEAKEST_FIRST, self.tr("Weakest first")),
            (Order.LONGEST_AGO, self.tr("Longest ago first")),
        ):
            box.addItem(words, order.value)
        return box

    def _order_words(self, order: Order) -> str:
        match order:
            case Order.AS_LISTED:
                return self.tr("From the top of the list down.")
            case Order.BY_STAGE:
                words = self.tr("Some of each stage, as in an interview.")
            case Order.SHUFFLED:
                words = self.tr("Drawn by lot.")
            case Order.WEAKEST_FIRST:
                words = self.tr("What you rated low, then what you never tried, then what went well.")
            case Order.LONGEST_AGO:
                words = self.tr("What you never answered, then what you answered longest ago.")
        together = self.tr("Questions of one interview and stage stay together, since one may follow up on another.")
        return f"{words} {together}"

    # --- what is chosen

    def _on_which(self, *_: object) -> None:
        """Offer as many as there are; a number that was typed stays where it can."""
        number, suspended = self._counts[1 if self.which.checkedId() else 0]
        left = max(number - suspended, 0)
        most = min(left, MOST)
        self.count.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self.count.setRange(min(1, most), most)
        self.count.setValue(self._wished)
        self.count.blockSignals(False)  # noqa: FBT003  (Qt's own signature)
        words = self.tr("&All {0}").format(QLocale().toString(left))
        self.all_button.setText(words)
        self.all_button.setAccessibleName(words.replace("&", ""))
        self.all_button.setVisible(1 < left <= MOST)
        self.most.setVisible(left > MOST)
        out = self.tr("%Ln suspended question(s) left out.", "", suspended)
        self.left_out.setText(out)
        self.left_out.setVisible(suspended > 0)
        self.count.setEnabled(left > 0)
        self.accept_button.setEnabled(left > 0)
        self._grow()

    def _on_count(self, count: int) -> None:
        self._wished = count

    def _take_all(self) -> None:
        self.count.setValue(self.count.maximum())

    def _on_order(self, *_: object) -> None:
        words = self._order_words(Order(self.order.currentData()))
        self.about_order.setText(words)
        self.order.setAccessibleDescription(words)
        self._grow()

    def _grow(self) -> None:
        """Take the height that the fields need, as far as the window over which it stands is high."""
        self._layout.activate()
        lacking = self.fields.height_at(self.fields.width()) - self.fields.height()
        self.resize(self.width(), min(self.height() + max(lacking, 0), self._over.height() - 20))


def _words_begin_at(choice: QRadioButton) -> int:
    """Return how far from its edge the words of a choice begin."""
    option = QStyleOptionButton()
    choice.initStyleOption(option)
    return choice.style().subElementRect(QStyle.SubElement.SE_RadioButtonContents, option, choice).x()
