"""Two questions side by side that may be one: which text stays, and what is kept; one pair, or one after another.

What may not have been looked at yet, their recorded answers, is not shown.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QDialog, QFrame, QPushButton, QRadioButton, QVBoxLayout, QWidget

from interview_coach.comparison.difference import AFTER, BEFORE, Change, Piece
from interview_coach.services.near_duplicates import NearDuplicates
from interview_coach.ui.form_dialog import FormDialog, run
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.difference_text import DifferenceText
from interview_coach.ui.widgets.fields import Fields
from interview_coach.ui.widgets.labels import button, label

translate = QCoreApplication.translate

#: Width of the dialog, and that from which two questions stand beside each other, in logical pixels at 100 %.
_WIDTH = 820
_NARROW = 420
_BESIDE = 560

#: In longer texts words are not compared: that would take longer than a key press.
_LONGEST = 20_000

#: Lines of a question that show at least, and about how many at most, without scrolling.
_LEAST_LINES = 3
_MOST_LINES = 9

# What is only in one of the two, and has no other place to be in.
_SHARED = frozenset((Change.SAME, Change.MOVED_HERE, Change.MOVED_AWAY))


@dataclass(frozen=True)
class Mergeable:
    """One of two questions to merge: its id, its text, and lines about it."""

    id: int
    text: str
    about: str


#: Shows what is to be seen of a question by its id, None where it is not there any more.
Look = Callable[[int], Mergeable | None]

#: Lets the first of two questions answer for the second; returns why not, or nothing where it is done.
Merge = Callable[[int, int], str]


def walk(
    parent: QWidget,
    pairs: Sequence[tuple[int, int]],
    look: Look,
    merge: Merge,
    tell_apart: Callable[[int, int], None] = lambda _first, _second: None,
    said: str = "",
) -> int:
    """Go through pairs of questions that may be one, each to be merged or told apart; return how many were merged.

    ``said`` is a line about how they were found.
    """
    dialog = WalkDialog(parent, pairs, look, merge, tell_apart, said)
    if dialog.has_pair:
        run(parent, dialog)
    else:
        dialog.deleteLater()
    return dialog.merged


class LookingDialog(QDialog):
    """Waits while questions that may be one are looked for, and says how far that is.

    ``found`` is what came of it, ``error`` why nothing did; both are None where the person did not wait. Stop, or Esc,
    takes what was found so far; a second time it takes nothing.
    """

    told = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("looking_dialog")
        self.setWindowTitle(translate("question_dialogs", "Near-duplicates"))
        self.found: NearDuplicates | None = None
        self.error: BaseException | None = None
        self.is_enough = False
        words = translate("question_dialogs", "Looking for questions that ask the same …")
        self.text = label(words, "body", self, name="looking_text")
        self.stop_button = button(translate("question_dialogs", "Stop"), "stop_looking_button", self)
        self.stop_button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 20)
        layout.setSpacing(16)
        layout.addWidget(self.text)
        layout.addWidget(self.stop_button, 0, Qt.AlignmentFlag.AlignRight)
        self.told.connect(self._on_told)
        self.resize(
            min(round(_NARROW * current_theme().text_scale), parent.window().width() - 40), self.sizeHint().height()
        )

    def end(self, found: NearDuplicates) -> None:
        """Take what came of it."""
        self.found = found
        self.accept()

    def fail(self, error: BaseException) -> None:
        """Take why nothing came of it."""
        self.error = error
        super().reject()

    def reject(self) -> None:
        """End the search with what was found so far; a second time without waiting for that."""
        if self.is_enough:
            super().reject()
        self.is_enough = True
        self.text.setText(translate("question_dialogs", "Comparing what was read so far …"))

    def _on_told(self, read: int, questions: int) -> None:
        if questions and not self.is_enough:
            words = translate("question_dialogs", "Looking for questions that ask the same: {0} %")
            self.text.setText(words.format(self.locale().toString(min(100 * read // questions, 100))))


def look_for(parent: QWidget, start: Callable[[LookingDialog], None]) -> LookingDialog:
    """Wait for a search that ``start`` begins with the dialog that waits for it; return that, when it is over."""
    dialog = LookingDialog(parent)
    start(dialog)
    run(parent, dialog)
    return dialog


class MergeDialog(FormDialog):
    """Two questions, of which one text stays."""

    def __init__(self, parent: QWidget, first: Mergeable, second: Mergeable) -> None:
        super().__init__(
            parent,
            "merge_dialog",
            translate("question_dialogs", "Merge two questions"),
            translate("question_dialogs", "Merge"),
        )
        self.fields = Fields(self)
        self._heading = label(translate("question_dialogs", "Which text stays?"), "heading", self, name="merge_heading")
        lead = translate(
            "question_dialogs",
            "They become one question with this text. It has the turns of both transcripts, every answer of yours, all "
            "tags and the flag. Recorded answers are kept, and not shown here.",
        )
        signs = translate("question_dialogs", "Words underlined behind a plus stand in that text alone.")
        self._signs = label(signs, "small", self, name="merge_signs")
        rows = self.fields.content
        rows.addWidget(self._heading)
        rows.addWidget(label(lead, "muted", self))
        rows.addSpacing(4)
        self._group = QButtonGroup(self)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(12)
        self.choices: list[QRadioButton] = []
        self._texts: list[DifferenceText] = []
        self._abouts = [label("", "small", name=f"merge_{number}_about") for number in (1, 2)]
        for number, words in enumerate(
            (
                translate("question_dialogs", "Keep the &first"),
                translate("question_dialogs", "Keep the &second"),
            ),
            1,
        ):
            self._cards.addWidget(self._card(words, number), 1)
        rows.addLayout(self._cards, 1)
        rows.addWidget(self._signs)
        self.content.addWidget(self.fields, 1)
        self._shown = (first, second)
        self._show(first, second)

    @property
    def kept(self) -> int:
        """The id of the question whose text stays."""
        return self._shown[self._group.checkedId()].id

    @property
    def gone(self) -> int:
        """The id of the other one."""
        return self._shown[1 - self._group.checkedId()].id

    def showEvent(self, event: QShowEvent) -> None:
        """Take the height that the texts need, which is known once they have their width."""
        super().showEvent(event)
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two below one another where they are too narrow side by side."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE * current_theme().text_scale
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _show(self, first: Mergeable, second: Mergeable) -> None:
        self._shown = (first, second)
        sides = _sides(first.text, second.text)
        for question, choice, text, about, pieces in zip(
            self._shown, self.choices, self._texts, self._abouts, sides, strict=True
        ):
            text.show_difference(pieces)
            alone = "; ".join(" ".join(piece.text.split()) for piece in pieces if piece.change is Change.INSERTED)
            words = translate("question_dialogs", "Only in this one: {0}")
            text.setAccessibleDescription(words.format(alone) if alone else "")
            choice.setAccessibleDescription(f"{question.text}\n{question.about}")
            about.setText(question.about)
        self._signs.setVisible(any(piece.change is Change.INSERTED for pieces in sides for piece in pieces))
        self.choices[0].setChecked(True)
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self._grow()

    def _grow(self) -> None:
        """Take the height that the two need, as far as the window over which it stands is high."""
        self.fit(_WIDTH)
        self._layout.activate()
        self.fields.content.activate()
        for text in self._texts:
            lines = text.fontMetrics().lineSpacing()
            text.setMinimumHeight(min(max(text.content_height(), lines * _LEAST_LINES), lines * _MOST_LINES))
        self.fields.content.activate()
        lacking = self.fields.height_at(self.fields.width()) - self.fields.height()
        self.resize(self.width(), min(self.height() + lacking, self._over.height() - 20))

    def _card(self, words: str, number: int) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        choice = QRadioButton(words, card)
        choice.setObjectName(f"keep_{number}_choice")
        choice.setAccessibleName(words.replace("&", ""))
        self._group.addButton(choice, number - 1)
        self.choices.append(choice)
        text = DifferenceText(f"merge_{number}_text", choice.accessibleName(), card)
        self._texts.append(text)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(choice)
        layout.addWidget(text, 1)
        layout.addWidget(self._abouts[number - 1])
        return card


class WalkDialog(MergeDialog):
    """Pairs of questions, one after another, each to be merged or told apart."""

    def __init__(
        self,
        parent: QWidget,
        pairs: Sequence[tuple[int, int]],
        look: Look,
        merge: Merge,
        tell_apart: Callable[[int, int], None],
        said: str,
    ) -> None:
        self._pairs = tuple(pairs)
        self._look = look
        self._merge = merge
        self._tell_apart = tell_apart
        self._place = -1
        self._into: dict[int, int] = {}
        self._done: set[frozenset[int]] = set()
        self.merged = 0
        found = self._next()
        self.has_pair = found is not None
        super().__init__(parent, *(found or (Mergeable(0, "", ""), Mergeable(0, "", ""))))
        self.setWindowTitle(translate("question_dialogs", "Near-duplicates"))
        self.differ_button = button(translate("question_dialogs", "They &differ"), "differ_button", self)
        self.differ_button.clicked.connect(self._on_differ)
        self.buttons.insertWidget(self.buttons.count() - 1, self.differ_button)
        for close in self.findChildren(QPushButton, "dialog_cancel_button"):
            close.setText(translate("question_dialogs", "Close"))
            close.setAccessibleName(close.text())
        self.trouble = label("", "error", self, name="merge_trouble")
        self.trouble.hide()
        self._said = label(said, "small", self, name="merge_said")
        self._said.setVisible(bool(said))
        self.content.addWidget(self.trouble)
        self.fields.content.addWidget(self._said)
        self._tell_place()
        self._grow()

    def accept(self) -> None:
        """Merge the two that are shown, and go on; where that cannot be, say why and stay."""
        kept, gone = self.kept, self.gone
        trouble = self._merge(kept, gone)
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
            self._grow()
            return
        self.merged += 1
        self._into[gone] = kept
        self._go_on()

    def _on_differ(self) -> None:
        self._tell_apart(self._shown[0].id, self._shown[1].id)
        self._go_on()

    def _go_on(self) -> None:
        self.trouble.hide()
        found = self._next()
        if found is None:
            super().accept()
        else:
            self._show(*found)
            self._tell_place()

    def _next(self) -> tuple[Mergeable, Mergeable] | None:
        """Return the next two that are still two; a question that was merged is looked for where it went."""
        while self._place + 1 < len(self._pairs):
            self._place += 1
            first, second = (self._found(question_id) for question_id in self._pairs[self._place])
            pair = frozenset((first, second))
            if len(pair) == 1 or pair in self._done:
                continue
            self._done.add(pair)
            shown = self._look(first), self._look(second)
            if shown[0] is not None and shown[1] is not None:
                return shown[0], shown[1]
        return None

    def _found(self, question_id: int) -> int:
        while question_id in self._into:
            question_id = self._into[question_id]
        return question_id

    def _tell_place(self) -> None:
        words = translate("question_dialogs", "Do these ask the same? {0} of {1}")
        number = self.locale().toString
        self._heading.setText(words.format(number(self._place + 1), number(len(self._pairs))))


def _sides(first: str, second: str) -> tuple[list[Piece], list[Piece]]:
    """Return either text in pieces: what stands in it alone, and what stands in both, wherever it does."""
    if max(len(first), len(second)) > _LONGEST:
        return [Piece(Change.SAME, first)], [Piece(Change.SAME, second)]
    from interview_coach.comparison.difference import difference  # late: nothing compares before it is asked to

    pieces = difference(first, second).pieces
    here, there = (
        [
            Piece(Change.SAME if piece.change in _SHARED else Change.INSERTED, piece.text)
            for piece in pieces
            if piece.change in side
        ]
        for side in (BEFORE, AFTER)
    )
    return here, there
