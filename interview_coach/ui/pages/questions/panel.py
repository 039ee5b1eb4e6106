"""The side panel of the Questions page: one question with its references, answers and where it was asked."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QEvent, QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from interview_coach.domain.models import Criterion, Origin, PointsOwnerKind, RatingStatus
from interview_coach.domain.search_language import Words
from interview_coach.services.question_panel import (
    HeldAnswer,
    OwnAttempt,
    QuestionPanelService,
    QuestionView,
    RecordedView,
)
from interview_coach.ui import moments
from interview_coach.ui.rating_words import (
    answer_title,
    criterion_title,
    judge_sentence,
    note_line,
    own_scores,
    rating_line,
    same_scores_sentence,
)
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.passage import FittedText, Passage
from interview_coach.ui.widgets.two_line_list import TwoLineList

#: Width of the panel at a text size of 100 %, in logical pixels: at least, and where there is room.
_NARROWEST, _USUAL = 320, 400

#: Recorded answers that show at first and each time that more are asked for; transcripts that asked it, at first.
_ANSWERS, _ASKED = 2, 4

#: What a text and a link leave free at their left; so do the words above and below them, that all stand in one line.
_INDENT = 8

#: What is free between two sections at a text size of 100 %, in logical pixels.
_APART = 20

#: A stage that somebody wrote may be long.
_LONGEST_STAGE = 28


class QuestionPanel(QWidget):
    """Shows one question, or a sentence where none is chosen. It loads by itself, and only what shows.

    Recorded answers stay hidden until the person asks for them, since the next attempt is not blind after that; while
    the same question stays chosen they are shown. ``left`` is emitted by Esc. The other signals are wishes:
    ``attempts_requested`` carries the question and the attempt to begin with.
    """

    left = Signal()
    edit_points_requested = Signal(object)
    note_requested = Signal(int)
    unpin_requested = Signal(int)
    attempts_requested = Signal(int, int)
    transcript_requested = Signal(int)

    def __init__(self, service: QuestionPanelService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question_panel")
        self.setAccessibleName(self.tr("The chosen question"))
        self._service = service
        self._question_id: int | None = None
        self._words: tuple[Words, ...] = ()
        self._view: QuestionView | None = None
        self._opened: RecordedView | None = None
        self._shown: tuple[QuestionView, RecordedView | None, tuple[Words, ...]] | None = None
        self._answers_shown = 0
        self._all_asked = False
        self.nothing = label("", "muted", name="question_panel_nothing")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.nothing.setContentsMargins(20, 28, 20, 28)
        self.column = Column(widest=WIDEST_LIST)
        self.column.setObjectName("question_panel_column")
        self._pages = QStackedWidget()
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(self.column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        content = self.column.content
        for section in (self._head(), self._own_reference(), self._recorded(), self._key_points()):
            content.addWidget(section)
        for section in (self._attempts(), self._asked(), self._next_time()):
            content.addWidget(section)
        content.addStretch(1)
        self._put_in_order(own=False)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.left)
        self._fit()

    # --- what the page calls

    @property
    def question_id(self) -> int | None:
        """The question that was asked for, None where none is chosen."""
        return self._question_id

    @property
    def view(self) -> QuestionView | None:
        """What is shown, None where there is no question."""
        return self._view

    @property
    def opened(self) -> RecordedView | None:
        """The recorded answers that are shown, None while they are hidden."""
        return self._opened

    def show_question(self, question_id: int | None, words: Sequence[Words | str] = ()) -> None:
        """Show a question from its beginning, with the words marked that were searched for.

        The one that is shown already stays where it is. Without one the sentence of ``show_nothing`` shows.
        """
        self._words = tuple(Words(word) if isinstance(word, str) else word for word in words)
        if question_id is not None and question_id == self._question_id:
            self.renew()
            return
        self._question_id = question_id
        self._answers_shown, self._all_asked = 0, False
        self._load()
        self.column.verticalScrollBar().setValue(0)

    def show_nothing(self, text: str) -> None:
        """Show a sentence in the place of a question."""
        self.nothing.setText(text)
        self.show_question(None)

    def renew(self) -> None:
        """Show the same question as it is now; what was opened stays open, and the place stays."""
        self._load()

    def take_focus(self) -> None:
        """Put the focus on the question."""
        self.question.text.setFocus(Qt.FocusReason.TabFocusReason)

    # --- its parts

    def _head(self) -> QWidget:
        section, rows = _section("panel_head")
        self.stage = label("", "chip", name="panel_stage", wraps=False)
        self.stage.setAccessibleName(self.tr("Stage"))
        chips = QHBoxLayout()
        chips.setContentsMargins(_INDENT, 0, 0, 0)
        chips.addWidget(self.stage)
        chips.addStretch()
        self.question = Passage("panel_question", self.tr("Question"), size="heading")
        self.facts = _words("muted", "panel_facts")
        rows.addLayout(chips)
        rows.addWidget(self.question)
        rows.addWidget(self.facts)
        return section

    def _own_reference(self) -> QWidget:
        self.own_reference, rows = _section("panel_own_reference", self.tr("My reference"))
        self.pinned_about = _words("small", "panel_pinned_about")
        self.pinned = Passage("panel_pinned", self.tr("My reference"))
        self.unpin = _link(self.tr("Unpin"), "panel_unpin")
        self.unpin.clicked.connect(self._on_unpin)
        for part in (self.pinned_about, self.pinned, self.unpin):
            rows.addWidget(part)
        return self.own_reference

    def _recorded(self) -> QWidget:
        self.recorded, rows = _section("panel_recorded")
        self._recorded_title = _words("section", "panel_recorded_title")
        self.recorded_hint = _words("small", "panel_recorded_hint")
        self.show_recorded = button("", "panel_show_recorded")
        self.show_recorded.clicked.connect(self._on_show_recorded)
        self.nobody = _words("muted", "panel_nobody")
        self.nobody.setText(self.tr("Nobody recorded an answer to this. Write your own: practise it, then pin it."))
        beside = QHBoxLayout()
        beside.setContentsMargins(_INDENT, 0, 0, 0)
        beside.addWidget(self.show_recorded)
        beside.addStretch()
        self.blocks: list[_RecordedBlock] = []
        self._block_rows = QVBoxLayout()
        self._block_rows.setSpacing(16)
        self.judge = _words("small", "panel_judge")
        self.more_recorded = _link("", "panel_more_recorded")
        self.more_recorded.clicked.connect(self._on_more_recorded)
        rows.addWidget(self._recorded_title)
        rows.addWidget(self.nobody)
        rows.addWidget(self.recorded_hint)
        rows.addLayout(beside)
        rows.addLayout(self._block_rows)
        rows.addWidget(self.more_recorded)
        rows.addWidget(self.judge)
        return self.recorded

    def _key_points(self) -> QWidget:
        self.key_points, rows = _section("panel_key_points")
        self._points_title = _words("section", "panel_points_title")
        self.points = FittedText("panel_points", self.tr("Key points"))
        self.edit_points = _link("", "panel_edit_points")
        self.edit_points.clicked.connect(self._on_edit_points)
        for part in (self._points_title, self.points, self.edit_points):
            rows.addWidget(part)
        return self.key_points

    def _attempts(self) -> QWidget:
        section, rows = _section("panel_attempts", self.tr("Your answers"))
        self.attempts = TwoLineList("panel_attempt_list", self.tr("Your answers, newest first"))
        self.attempts.setAccessibleDescription(self.tr("Enter shows what changed"))
        self.attempts.opened.connect(self._on_attempt)
        self.no_attempts = _words("muted", "panel_no_attempts")
        self.scores_words = _words("small", "panel_scores_words")
        criteria = " / ".join(criterion_title(criterion) for criterion in Criterion)
        self.scores_words.setText(self.tr("Rated: {0}").format(criteria))
        self.wordless = _words("small", "panel_wordless")
        self.all_attempts = _link("", "panel_all_attempts")
        self.all_attempts.clicked.connect(self._on_all_attempts)
        for part in (self.attempts, self.no_attempts, self.scores_words, self.wordless, self.all_attempts):
            rows.addWidget(part)
        return section

    def _asked(self) -> QWidget:
        self.asked_section, rows = _section("panel_asked", self.tr("Asked in"))
        self.asked = TwoLineList("panel_asked_list", self.tr("Transcripts that asked this, newest first"))
        self.asked.setAccessibleDescription(self.tr("Enter opens the transcript"))
        self.asked.opened.connect(self.transcript_requested)
        self.all_asked = _link("", "panel_all_asked")
        self.all_asked.clicked.connect(self._on_all_asked)
        rows.addWidget(self.asked)
        rows.addWidget(self.all_asked)
        return self.asked_section

    def _next_time(self) -> QWidget:
        self.next_time = QFrame()
        self.next_time.setObjectName("panel_next_time")
        set_role(self.next_time, "note")
        self.resolution = label("", "body", name="panel_resolution")
        self.resolution.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        rows = QVBoxLayout(self.next_time)
        rows.setContentsMargins(12, 10, 12, 10)
        rows.addWidget(self.resolution)
        return self.next_time

    # --- showing

    def _load(self) -> None:
        """Read the question and show it."""
        view = None if self._question_id is None else self._service.view(self._question_id)
        if view is None:
            self._view = self._opened = self._shown = None
            if self._question_id is not None:
                self.nothing.setText(self.tr("This question is not in the bank any more."))
            self._pages.setCurrentWidget(self.nothing)
            return
        opened = self._service.recorded(view.question.id, self._answers_shown) if self._answers_shown else None
        shown = (view, opened, self._words)
        if shown != self._shown:
            before = QApplication.focusWidget()
            inside = before is not None and self.isAncestorOf(before)
            self._view, self._opened, self._shown = view, opened, shown
            self._render(view, opened)
            if inside and before is not None and not before.isVisibleTo(self):
                self.take_focus()
        self._pages.setCurrentWidget(self.column)

    def _render(self, view: QuestionView, opened: RecordedView | None) -> None:
        self._show_head(view)
        self._show_pinned(view)
        self._put_in_order(own=view.pinned is not None)
        self._show_recorded(view, opened)
        self._show_points(view, opened)
        self._show_attempts(view)
        self._show_asked(view)
        self.next_time.setVisible(view.resolution is not None)
        self.resolution.setText(self.tr("Next time I will {0}").format(view.resolution or ""))

    def _show_head(self, view: QuestionView) -> None:
        question = view.question
        self.stage.setText(_cut(question.stage))
        self.stage.setAccessibleName(self.tr("Stage: {0}").format(question.stage))
        self.question.show_text(question.text, self._words)
        lines = []
        if question.flagged:
            lines.append(self.tr("Flagged"))
        if question.suspended:
            lines.append(self.tr("Suspended: no new session asks it"))
        if question.tags:
            lines.append(self.tr("Tags: {0}").format(", ".join(question.tags)))
        lines.append(self._due_words(view.due, view.today))
        self.facts.setText("\n".join(lines))

    def _due_words(self, due: date | None, today: date) -> str:
        if due is None:
            return self.tr("Not scheduled yet")
        if due == today:
            return self.tr("Due today")
        words = self.tr("Due since {0}") if due < today else self.tr("Due again on {0}")
        return words.format(moments.day(due))

    def _show_pinned(self, view: QuestionView) -> None:
        pinned = view.pinned
        self.own_reference.setVisible(pinned is not None)
        if pinned is not None:
            self.pinned_about.setText(self.tr("Your attempt {0}, {1}").format(pinned.number, moments.day(pinned.day)))
            self.pinned.show_text(pinned.text, self._words)

    def _show_recorded(self, view: QuestionView, opened: RecordedView | None) -> None:
        number = len(view.recorded)
        hidden = number > 0 and opened is None
        self._recorded_title.setText(self._recorded_words(view.recorded))
        self._recorded_title.setVisible(opened is None and (number > 0 or view.pinned is None))
        self.nobody.setVisible(number == 0 and view.pinned is None)
        self.recorded.setVisible(number > 0 or view.pinned is None)
        self.recorded_hint.setText(
            self.tr("Hidden, so that you can answer first. Answers given after a look are marked so.")
        )
        self.recorded_hint.setVisible(hidden)
        self.show_recorded.setText(
            self.tr("Show the recorded answer") if number == 1 else self.tr("Show the recorded answers")
        )
        self.show_recorded.setAccessibleName(self.show_recorded.text())
        self.show_recorded.setVisible(hidden)
        answers = () if opened is None else opened.answers
        while len(self.blocks) < len(answers):
            block = _RecordedBlock(len(self.blocks) + 1)
            block.note_requested.connect(self.note_requested)
            self.blocks.append(block)
            self._block_rows.addWidget(block)
            self._put_in_order(own=view.pinned is not None)
        for place, block in enumerate(self.blocks):
            block.setVisible(place < len(answers))
            if place < len(answers):
                block.show_answer(answers[place], self._words)
        left = 0 if opened is None else opened.total - len(answers)
        self.more_recorded.setText(self.tr("Show more recorded answers (%n)", "", left))
        self.more_recorded.setAccessibleName(self.more_recorded.text())
        self.more_recorded.setVisible(left > 0)
        origins = dict.fromkeys(
            each.answer.origin for each in answers if each.answer.rating.status is not RatingStatus.NOT_RATED
        )
        self.judge.setText("\n".join(map(judge_sentence, origins)))
        self.judge.setVisible(bool(origins))

    def _recorded_words(self, origins: Sequence[Origin]) -> str:
        if len(origins) > 1 and Origin.RECORDED in origins:
            return self.tr("%n recorded answer(s)", "", len(origins))
        return answer_title(origins[0] if origins else Origin.RECORDED)

    def _show_points(self, view: QuestionView, opened: RecordedView | None) -> None:
        points = view.points or (() if opened is None else opened.points)
        kind = view.owner.kind
        if view.edited:
            title = self.tr("Key points, as you edited them")
        elif kind is PointsOwnerKind.RECORDED and len(view.recorded) > 1:
            title = self.tr("Key points of the newest answer, proposed by the program")
        else:
            title = self.tr("Key points, proposed by the program")
        unwritten = kind is PointsOwnerKind.QUESTION and not points
        self.key_points.setVisible(bool(points) or unwritten)
        self._points_title.setText(title)
        self._points_title.setVisible(bool(points))
        self.points.show_points(points)
        self.points.setVisible(bool(points))
        self.edit_points.setText(self.tr("Write points…") if unwritten else self.tr("Edit points…"))
        self.edit_points.setAccessibleName(self.edit_points.text())

    def _show_attempts(self, view: QuestionView) -> None:
        self.attempts.show_rows([(each.attempt_id, *self._attempt_words(each, view)) for each in view.attempts])
        self.scores_words.setVisible(any(attempt.rating.given for attempt in view.attempts))
        self.no_attempts.setText(self.tr("Not answered yet."))
        self.no_attempts.setVisible(not view.attempts and not view.wordless)
        self.wordless.setText(self.tr("%n time(s) without a word: “I don’t know yet”", "", view.wordless))
        self.wordless.setVisible(view.wordless > 0)
        self.all_attempts.setText(self.tr("Show all %n answer(s)", "", view.answered))
        self.all_attempts.setAccessibleName(self.all_attempts.text())
        self.all_attempts.setVisible(view.answered > len(view.attempts))

    def _attempt_words(self, attempt: OwnAttempt, view: QuestionView) -> tuple[str, str]:
        """Return what stands in the two lines of an attempt."""
        name = self.tr("Attempt {0}, {1}").format(QLocale().toString(attempt.number), moments.day(attempt.day))
        if view.pinned is not None and view.pinned.attempt_id == attempt.attempt_id:
            name = self.tr("{0} · pinned").format(name)
        parts = [self.tr("%n word(s)", "", attempt.words)]
        if attempt.said is not None:
            parts.append(self.tr("{0} of {1} points said").format(attempt.said, attempt.points))
        parts.append(
            self.tr("rated {0}").format(own_scores(attempt.rating)) if attempt.rating.given else self.tr("not rated")
        )
        return name, " · ".join(parts)

    def _show_asked(self, view: QuestionView) -> None:
        asked = view.asked if self._all_asked else view.asked[:_ASKED]
        rows = []
        for each in asked:
            parts = ("" if each.held is None else moments.day(each.held), each.stage)
            rows.append((each.transcript_id, each.title, " · ".join(part for part in parts if part)))
        self.asked.show_rows(rows)
        self.all_asked.setText(self.tr("Show all %n time(s)", "", len(view.asked)))
        self.all_asked.setAccessibleName(self.all_asked.text())
        self.all_asked.setVisible(len(asked) < len(view.asked))
        self.asked_section.setVisible(bool(view.asked))

    def _put_in_order(self, *, own: bool) -> None:
        """Let the key points stand below the reference that they are of, and let Tab go from top to bottom."""
        content = self.column.content
        place = content.indexOf(self.own_reference if own else self.recorded) + 1
        if content.indexOf(self.key_points) not in (place, place - 1):
            content.removeWidget(self.key_points)
            place = content.indexOf(self.own_reference if own else self.recorded) + 1
            content.insertWidget(place, self.key_points)
        points = (self.points, self.edit_points)
        answers = [part for block in self.blocks for part in block.tab_order()]
        order = (
            *(self.question.text, self.question.more, self.pinned.text, self.pinned.more, self.unpin),
            *(points if own else ()),
            *(self.show_recorded, *answers, self.more_recorded),
            *(() if own else points),
            *(self.attempts, self.all_attempts, self.asked, self.all_asked),
        )
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    # --- what the person does

    def _on_show_recorded(self) -> None:
        self._open_recorded(_ANSWERS)

    def _on_more_recorded(self) -> None:
        self._open_recorded(self._answers_shown + _ANSWERS)

    def _open_recorded(self, most: int) -> None:
        """Show recorded answers, so many at most, and go to the first that did not show before."""
        view, before = self._view, self._answers_shown
        if view is None:
            return
        self._answers_shown = most
        self._opened = opened = self._service.recorded(view.question.id, most)
        self._shown = (view, opened, self._words)
        self._show_recorded(view, opened)
        self._show_points(view, opened)
        if before < len(opened.answers):
            self.blocks[before].answer.text.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.take_focus()

    def _on_unpin(self) -> None:
        if self._view is not None:
            self.unpin_requested.emit(self._view.question.id)

    def _on_edit_points(self) -> None:
        if self._view is not None:
            self.edit_points_requested.emit(self._view.owner)

    def _on_attempt(self, attempt_id: int) -> None:
        if self._view is not None:
            self.attempts_requested.emit(self._view.question.id, attempt_id)

    def _on_all_attempts(self) -> None:
        if self._view is not None and self._view.attempts:
            self._on_attempt(self._view.attempts[0].attempt_id)

    def _on_all_asked(self) -> None:
        if self._view is not None:
            self._all_asked = True
            self._show_asked(self._view)
            self.asked.setFocus(Qt.FocusReason.TabFocusReason)

    # --- keys and sizes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll line by line, and to either end, where no part of the panel wants the key."""
        actions = {
            Qt.Key.Key_Up: QAbstractSlider.SliderAction.SliderSingleStepSub,
            Qt.Key.Key_Down: QAbstractSlider.SliderAction.SliderSingleStepAdd,
            Qt.Key.Key_Home: QAbstractSlider.SliderAction.SliderToMinimum,
            Qt.Key.Key_End: QAbstractSlider.SliderAction.SliderToMaximum,
        }
        action = actions.get(Qt.Key(event.key()))
        if action is None:
            super().keyPressEvent(event)
        else:
            self.column.verticalScrollBar().triggerAction(action)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "asked"):
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the width at which reading is comfortable."""
        return QSize(round(_USUAL * current_theme().text_scale), super().sizeHint().height())

    def _fit(self) -> None:
        self.setMinimumWidth(round(_NARROWEST * current_theme().text_scale))
        self.column.content.setSpacing(round(_APART * current_theme().text_scale))
        self.attempts.fit()
        self.asked.fit()


class _RecordedBlock(QWidget):
    """One recorded answer: where it is from, its words, its rating, and the person's note on it."""

    note_requested = Signal(int)

    def __init__(self, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"panel_recorded_{number}")
        self._turn_id = 0
        self.title = _words("section", f"panel_recorded_{number}_title")
        self.source = _words("small", f"panel_recorded_{number}_source")
        self.answer = Passage(f"panel_recorded_{number}_answer", self.tr("Recorded answer"))
        self.rating = _words("small", f"panel_recorded_{number}_rating")
        self.summary = _words("small", f"panel_recorded_{number}_summary")
        self.worth = _words("small", f"panel_recorded_{number}_worth")
        self.note = _words("small", f"panel_recorded_{number}_note")
        self.note_button = _link("", f"panel_recorded_{number}_note_button")
        self.note_button.clicked.connect(self._on_note)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        words = (self.rating, self.summary, self.worth, self.note)
        for part in (self.title, self.source, self.answer, *words, self.note_button):
            rows.addWidget(part)

    def show_answer(self, held: HeldAnswer, words: Sequence[Words]) -> None:
        """Show a recorded answer."""
        found = held.answer
        self._turn_id = found.turn_id
        self.title.setText(answer_title(found.origin))
        source = [found.transcript, "" if held.held is None else moments.day(held.held)]
        self.source.setText(" · ".join(part for part in source if part))
        self.answer.set_title(self.tr("{0}, from {1}").format(answer_title(found.origin), found.transcript))
        self.answer.show_text(found.text, words)
        self.rating.setText(rating_line(found.rating))
        self.summary.setText(f"“{found.rating.summary}”" if found.rating.summary else "")
        self.summary.setVisible(bool(found.rating.summary))
        self.worth.setText(same_scores_sentence(found.same_scores))
        self.worth.setVisible(bool(found.same_scores))
        self.note.setText(note_line(found.note) if found.note else "")
        self.note.setVisible(bool(found.note))
        self.note_button.setText(self.tr("Change the note…") if found.note else self.tr("Add a note…"))
        self.note_button.setAccessibleName(self.note_button.text())

    def tab_order(self) -> tuple[QWidget, ...]:
        """Return what Tab stops at, in its order."""
        return self.answer.text, self.answer.more, self.note_button

    def _on_note(self) -> None:
        self.note_requested.emit(self._turn_id)


def _cut(stage: str) -> str:
    return stage if len(stage) <= _LONGEST_STAGE else f"{stage[: _LONGEST_STAGE - 1].rstrip()}…"


def _section(name: str, title: str = "") -> tuple[QWidget, QVBoxLayout]:
    """Return a part of the panel with its rows, below a title."""
    made = QWidget()
    made.setObjectName(name)
    rows = QVBoxLayout(made)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(4)
    if title:
        heading = _words("section", f"{name}_title")
        heading.setText(title)
        rows.addWidget(heading)
    return made, rows


def _words(role: str, name: str) -> QLabel:
    made = label("", role, name=name)
    made.setIndent(_INDENT)
    return made


def _link(text: str, name: str) -> QPushButton:
    return button(text, name, role="link")
