"""The person's own answer in Compare: with the words that carry a point marked, and how it is said below it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.services.practice_view import ComparisonView, PracticeView
from interview_coach.services.proposing import Proposal
from interview_coach.ui.commands import Commands
from interview_coach.ui.delivery_words import DeliveryWords
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.fact_row import FactRow
from interview_coach.ui.widgets.key_cap import KeyCap
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.marked_text import Mark, MarkedText

#: More words than these are not marked at once: nobody reads that many marks.
_MOST = 1_000

Evidence = tuple[tuple[int, int], ...]


class OwnAnswerCard(QFrame):
    """The answer and the facts about it. ``point_chosen`` carries the place (from 0) of the point whose mark was."""

    point_chosen = Signal(int)

    def __init__(self, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("own_answer_card")
        set_role(self, "card")
        self._evidence: tuple[Evidence, ...] = ()
        self._tones: tuple[str | None, ...] = ()
        self._current: int | None = None
        self._facts_spans: dict[str, Evidence] = {}
        self._words = DeliveryWords(self)
        self.text = MarkedText("own_answer", self.tr("Your answer"))
        self.text.mark_chosen.connect(self._on_mark)
        self.attempts = button(self.tr("What changed"), "attempts_button", role="link")
        self.attempts.clicked.connect(commands.attempts.trigger)
        self._attempts_key = KeyCap("Ctrl H")
        self.repeats = label("", "small", name="repeats_words")
        self.facts = FactRow()
        self.facts.setObjectName("delivery_facts")
        self.facts.chosen_changed.connect(self._on_fact)
        self.facts.come_after(self.text)
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Your answer"), "section"), 1)
        head.addWidget(self._attempts_key)
        head.addWidget(self.attempts)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(6)
        rows.addLayout(head)
        rows.addWidget(self.text, 1)
        rows.addWidget(self.repeats)
        rows.addWidget(self.facts)

    def show_view(self, view: PracticeView, comparison: ComparisonView, *, renewed: bool = False) -> None:
        """Show an answer without what the program finds in it, which comes a moment later.

        Where the same one is ``renewed`` the facts stay as they are, and so do the chosen one and the focus.
        """
        answered = view.text.strip() != ""
        self._evidence = ()
        if not renewed:
            self._current = None
            self.text.show_text(view.text if answered else self.tr("Nothing typed: “I don’t know yet”."))
            self.repeats.hide()
            self.facts.set_facts(self._words.lengths(comparison.words, comparison.spoken, view.aim) if answered else ())
            self.facts.setVisible(answered)
        self.attempts.setVisible(comparison.earlier > 0)
        self._attempts_key.setVisible(comparison.earlier > 0)

    def show_proposal(self, view: PracticeView, proposal: Proposal) -> None:
        """Mark what carries the points, and say how the answer is said."""
        found = () if proposal.coverage is None else proposal.coverage.points
        self._evidence = tuple(point.evidence for point in found)
        facts = self._words.facts(proposal.delivery, proposal.story, view.aim) if view.text.strip() else ()
        self._facts_spans = {fact.key: fact.spans for fact in facts}
        self.facts.set_facts(facts)
        if proposal.repeats is not None:
            self.repeats.setText(self.tr("Nearly word for word the same as attempt {0}.").format(proposal.repeats))
        self.repeats.setVisible(proposal.repeats is not None)
        self._mark_what_is_chosen()

    def show_points(self, tones: Sequence[str | None], current: int | None) -> None:
        """Follow the points: what became of each (or is proposed), and which of them is chosen."""
        moved = current != self._current
        changed = tuple(tones) != self._tones or (moved and "missed" in tones)
        self._tones = tuple(tones)
        self._current = current
        if self.facts.chosen:
            if moved:
                self.facts.clear_choice()
        elif changed:
            self._mark()
        else:
            self.text.choose(self._number(current))

    def _mark(self) -> None:
        """Put the points' marks into the text; those of a missed point only while it is the chosen one."""
        marks = [
            Mark(start, end, place + 1, tone if tone in ("said", "partly") else "missed")
            for place, (spans, tone) in enumerate(zip(self._evidence, self._tones, strict=False))
            if tone in ("said", "partly") or place == self._current
            for start, end in spans
        ]
        self.text.set_marks(marks)
        self.text.choose(self._number(self._current))

    def _number(self, place: int | None) -> int | None:
        return None if place is None else place + 1

    def _on_mark(self, number: int) -> None:
        self.point_chosen.emit(number - 1)

    def _on_fact(self, _key: str) -> None:
        """Mark the words of a fact in place of the points', until it is chosen no more."""
        self._mark_what_is_chosen()
        self.text.show_first_mark()

    def _mark_what_is_chosen(self) -> None:
        key = self.facts.chosen
        if not key:
            self._mark()
            return
        self.text.set_marks([Mark(start, end, None, "plain") for start, end in self._facts_spans.get(key, ())[:_MOST]])
