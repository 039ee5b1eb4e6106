"""One attempt to read, beside what it was compared with."""

from PySide6.QtWidgets import QWidget

from interview_coach.domain.models import AttemptState, Criterion, DecidedPoint, PointStatus, SelfRating
from interview_coach.services.progress import AttemptDetail
from interview_coach.services.references import PinnedAnswer, Reference
from interview_coach.ui import moments
from interview_coach.ui.rating_words import (
    answer_title,
    criterion_title,
    judge_sentence,
    note_line,
    rating_line,
    same_scores_sentence,
)
from interview_coach.ui.widgets.conversation_text import ConversationText


class AttemptText(ConversationText):
    """An attempt: the question, the answer, the own ratings, the reference and the points."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__("attempt_text", title, parent)

    def show_attempt(self, detail: AttemptDetail) -> None:
        """Show an attempt."""
        entry, attempt = detail.entry, detail.entry.attempt
        self.begin()
        self.add_heading(entry.stage)
        self.add_question(entry.question.text)
        self.add_heading(self.tr("Your answer"))
        nothing = self.tr("Nothing typed: “I don’t know yet”.")
        if attempt.state is AttemptState.SKIPPED:
            nothing = self.tr("Skipped, with nothing typed.")
        self.add_text(attempt.text if attempt.text.strip() else nothing)
        seconds = self.tr("{0} words · {1} s active").format(entry.words, round(attempt.seconds))
        self.add_note(seconds if attempt.blind else f"{seconds} · {self.tr('the reference had been seen before')}")
        first = self.tr("You, before looking: {0}") if attempt.blind else self.tr("You, first: {0}")
        self.add_note(first.format(self._rating_words(attempt.first_rating)))
        if attempt.second_look.given:
            self.add_note(self.tr("And now: {0}").format(self._rating_words(attempt.second_look)))
        if attempt.resolution:
            self.add_heading(self.tr("Next time I will"))
            self.add_text(attempt.resolution)
        self._add_reference(detail.reference)
        if attempt.points:
            self.add_heading(self.tr("Points"))
            for number, point in enumerate(attempt.points, 1):
                self.add_text(f"{number}  {self._point_words(point)}: {point.text}")
        self.end()

    def _add_reference(self, reference: Reference | None) -> None:
        if isinstance(reference, PinnedAnswer):
            day = moments.day(reference.day)
            self.add_heading(self.tr("My reference, attempt {0}, {1}").format(reference.number, day))
            self.add_text(reference.text)
        elif reference is not None:
            self.add_heading(f"{answer_title(reference.origin)} · {reference.transcript}")
            self.add_text(reference.text)
            if reference.note:
                self.add_note(note_line(reference.note))
            self.add_note(rating_line(reference.rating))
            self.add_note(judge_sentence(reference.origin))
            worth = same_scores_sentence(reference.same_scores)
            if worth:
                self.add_note(worth)

    def _point_words(self, point: DecidedPoint) -> str:
        decided = self._status_word(point.decided)
        if point.proposed is None or point.proposed is point.decided:
            return decided
        return self.tr("{0} (the program proposed: {1})").format(decided, self._status_word(point.proposed))

    def _status_word(self, status: PointStatus | None) -> str:
        return {
            None: self.tr("not decided"),
            PointStatus.SAID: self.tr("said"),
            PointStatus.PARTLY: self.tr("partly"),
            PointStatus.MISSED: self.tr("missed"),
            PointStatus.LEFT_OUT: self.tr("left out on purpose"),
        }[status]

    def _rating_words(self, rating: SelfRating) -> str:
        words = [
            f"{criterion_title(criterion)} {score}"
            for criterion in Criterion
            if (score := rating.score(criterion)) is not None
        ]
        return " · ".join(words) or self.tr("not rated")
