"""The form in which a question is written: new, or one of the bank to be changed.

What a candidate has not looked at yet stays hidden: the reference of a question of the bank shows when it is asked for.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QPlainTextEdit, QVBoxLayout, QWidget

from interview_coach.domain.models import TECHNICAL
from interview_coach.services.by_hand import TITLE, EditableQuestion, NewQuestion
from interview_coach.ui.form_dialog import FormDialog, named
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.fields import Fields
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.points_editor import PointsText, normalised
from interview_coach.ui.widgets.tag_line import TagLine

translate = QCoreApplication.translate

#: Width of the dialog, and that from which stage and tags stand beside each other, in logical pixels at 100 %.
_WIDTH = 680
_BESIDE = 560


class QuestionForm(FormDialog):
    """A question's text, stage and tags, and what it has to be compared with.

    ``before`` is the question as it is, None for a new one. ``save`` stores what was written, or returns why not,
    which is said beside the words; ``on_reference_shown`` is called when the reference comes on screen.
    """

    def __init__(
        self,
        parent: QWidget,
        before: EditableQuestion | None,
        stages: Sequence[str],
        known_tags: Sequence[str],
        save: Callable[[NewQuestion], str],
        on_reference_shown: Callable[[], None] = lambda: None,
    ) -> None:
        new = before is None
        super().__init__(
            parent,
            "add_question_dialog" if new else "edit_question_dialog",
            translate("question_dialogs", "Add question") if new else translate("question_dialogs", "Edit question"),
            translate("question_dialogs", "Add") if new else translate("question_dialogs", "Save"),
        )
        self._before = before
        self._save = save
        self._on_reference_shown = on_reference_shown
        self._text_before = "" if before is None else before.text
        self._stage_before = _first_stage(stages) if before is None else before.stage
        self.fields = Fields(self)
        self.text = self._editor("question_text_editor", translate("question_dialogs", "Question"), self._text_before)
        self.stage = self._stage_choice(stages)
        self.tags = TagLine(() if before is None else before.tags, known_tags, self)
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(12)
        for words, control, share in (
            (translate("question_dialogs", "S&tage"), self.stage, 2),
            (translate("question_dialogs", "Ta&gs, with commas between them"), self.tags, 3),
        ):
            field = QVBoxLayout()
            field.setSpacing(8)
            field.addWidget(named(words, control))
            field.addWidget(control)
            self._beside.addLayout(field, share)
        self.reference = self._editor("question_reference_editor", translate("question_dialogs", "Reference"), "")
        self.points = PointsText(self)
        self.points.setObjectName("question_points")
        self.points.setMinimumHeight(self.points.fontMetrics().lineSpacing() * 4 + 20)
        self.show_button = button(
            translate("question_dialogs", "Show and edit the reference"), "show_reference_button", self
        )
        self.show_button.clicked.connect(self._show_reference)
        self.trouble = label("", "error", self, name="edit_trouble")
        self.trouble.hide()
        self._lay_out()
        self.content.addWidget(self.fields, 1)
        self.content.addWidget(self.trouble)
        for text in (self.text, self.reference, self.points):
            text.textChanged.connect(self._on_changed)
        self.stage.currentTextChanged.connect(self._on_changed)
        self.tags.textChanged.connect(self._on_changed)
        self._on_changed()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self._grow()

    @property
    def words(self) -> str:
        """The text as it would be stored: as it came where nothing was typed, since the editor changes odd blanks."""
        return self.text.toPlainText() if self.text.document().isModified() else self._text_before

    @property
    def written(self) -> NewQuestion:
        """The question as it stands here; of what was not touched nothing is said."""
        tags = self.tags.tags if self.tags.changed else None
        shows = not self._hides_reference
        reference = self.reference.toPlainText() if shows and self.reference.document().isModified() else None
        points = self.points.points()
        return NewQuestion(
            text=self.words,
            stage=self.stage.currentText().strip() if self._stage_changed else self._stage_before,
            tags=tags,
            reference=reference,
            points=points if shows and points != self._points_before else None,
        )

    @property
    def changed(self) -> bool:
        """Whether something here differs from what is stored."""
        return self.written != NewQuestion(self._text_before, self._stage_before)

    def accept(self) -> None:
        """Store it and close; where that cannot be, say why and stay, with every word in place."""
        if not self.accept_button.isEnabled():
            return
        trouble = self._save(self.written) if self.changed else ""
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
            self._grow()
        else:
            super().accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put stage and tags below one another where they are too narrow side by side."""
        super().resizeEvent(event)
        beside = self.width() >= _BESIDE * current_theme().text_scale
        self._beside.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    @property
    def _stage_changed(self) -> bool:
        return self.stage.currentText().strip() != self._stage_before.strip()

    @property
    def _hides_reference(self) -> bool:
        return not self.show_button.isHidden()

    @property
    def _points_before(self) -> tuple[str, ...]:
        return normalised(self._before.points) if self._before is not None and self._before.points_are_own else ()

    def _lay_out(self) -> None:
        rows = self.fields.content
        rows.addWidget(named(translate("question_dialogs", "&Question"), self.text))
        rows.addWidget(self.text, 2)
        if self._before is not None:
            note = translate(
                "question_dialogs",
                "The question keeps its answers, and importing its transcript again does not bring the former text "
                "back.",
            )
            rows.addWidget(label(note, "small", self))
        rows.addSpacing(4)
        rows.addLayout(self._beside)
        rows.addSpacing(4)
        title = translate("question_dialogs", "&Reference: what an answer is compared with, if you like")
        self._reference_name = named(title, self.reference)
        self._whose = label(self._provenance(), "small", self, name="reference_whose")
        hidden = translate("question_dialogs", "It is hidden, so that your next answer is your own.")
        self._hidden = label(hidden, "small", self, name="reference_hidden")
        self._pinned = label(
            translate(
                "question_dialogs",
                "An answer of your own is pinned as the reference now. What stands here counts once it is not.",
            ),
            "small",
            self,
            name="reference_pinned",
        )
        self._points_name = named(translate("question_dialogs", "&Points of your own, if you like"), self.points)
        self._points_hint = label(
            translate(
                "question_dialogs",
                "One a paragraph: Enter begins the next. Without any, each claim of the reference is one.",
            ),
            "small",
            self,
        )
        rows.addWidget(self._reference_name)
        rows.addWidget(self._hidden)
        rows.addWidget(self.show_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.reference, 3)
        rows.addWidget(self._whose)
        rows.addWidget(self._pinned)
        rows.addSpacing(4)
        rows.addWidget(self._points_name)
        rows.addWidget(self.points, 2)
        rows.addWidget(self._points_hint)
        self._pinned.setVisible(self._before is not None and self._before.is_pinned)
        self._let_show(shown=self._before is None or self._before.reference is None)

    def _let_show(self, *, shown: bool) -> None:
        of_it: tuple[QWidget, ...] = (self.reference, self._whose, self._points_name, self.points, self._points_hint)
        in_its_place: tuple[QWidget, ...] = (self._hidden, self.show_button)
        for widgets, visible in ((of_it, shown), (in_its_place, not shown)):
            for widget in widgets:
                widget.setVisible(visible)
        if shown and self._before is not None:
            self.reference.setPlainText(self._before.reference or "")
            self.points.set_points(self._points_before)

    def _show_reference(self) -> None:
        self._on_reference_shown()
        self._let_show(shown=True)
        self._grow()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    def _provenance(self) -> str:
        if self._before is None or self._before.reference is None:
            words = translate("question_dialogs", "It stands in the transcript “{0}”, written for practice.")
            return words.format(TITLE)
        if self._before.reference_from is None:
            return translate("question_dialogs", "You wrote it by hand. Emptied, the question is without it.")
        words = translate("question_dialogs", "It is the recorded answer of “{0}”, and is changed there.")
        return words.format(self._before.reference_from)

    def _editor(self, name: str, title: str, text: str) -> QPlainTextEdit:
        made = QPlainTextEdit(text, self)
        made.setObjectName(name)
        made.setAccessibleName(title)
        made.setTabChangesFocus(True)
        made.setMinimumHeight(made.fontMetrics().lineSpacing() * 5 + 20)
        set_role(made, "editor")
        return made

    def _stage_choice(self, stages: Sequence[str]) -> QComboBox:
        made = QComboBox(self)
        made.setObjectName("question_stage_choice")
        made.setAccessibleName(translate("question_dialogs", "Stage"))
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.addItems(list(dict.fromkeys([*stages, *([self._stage_before] if self._stage_before else [])])))
        made.setCurrentText(self._stage_before)
        made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(12)
        return made

    def _grow(self) -> None:
        """Take the height that the fields need, as far as the window over which it stands is high."""
        self.fit(_WIDTH)
        self._layout.activate()
        lacking = self.fields.height_at(self.fields.width()) - self.fields.height()
        self.resize(self.width(), min(self.height() + max(lacking, 0), self._over.height() - 20))

    def _on_changed(self, *_: object) -> None:
        self.accept_button.setEnabled(bool(self.words.strip()))
        self.trouble.hide()


def _first_stage(stages: Sequence[str]) -> str:
    return TECHNICAL if TECHNICAL in stages else next(iter(stages), TECHNICAL)
