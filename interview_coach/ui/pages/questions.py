"""The bank: every question, or those of one stage; chosen ones are edited, tagged, merged, suspended, deleted."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QPushButton, QVBoxLayout, QWidget

from interview_coach.domain.models import KNOWN_STAGES
from interview_coach.services.bank import QuestionEntry, QuestionService
from interview_coach.services.tending import Chosen
from interview_coach.ui import question_dialogs
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Letters of a question's tags that the list shows; all of them stand below it.
_TAGS_SHOWN = 28


class QuestionsPage(QWidget):
    """A list with a stage filter, in which several rows can be chosen. The chosen stand below, with their buttons."""

    stage_requested = Signal(str)

    def __init__(
        self, questions: QuestionService, deeds: Deeds, commands: Commands, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("questions_page")
        set_role(self, "page")
        self._questions = questions
        self._deeds = deeds
        self._commands = commands
        self._count = label("", "muted", name="question_count", wraps=False)
        self.stage = QComboBox()
        self.stage.setObjectName("stage_filter")
        self.stage.setAccessibleName(self.tr("Stage"))
        self.stage.currentIndexChanged.connect(self._on_stage)
        self.practise = button(self.tr("Practise this stage"), "practise_stage_button")
        self.practise.clicked.connect(self._on_practise)
        head = WrappingRow(
            (label(self.tr("Questions"), "title", wraps=False), self._count), (self.stage, self.practise)
        )
        self._rows: RowsModel[QuestionEntry] = RowsModel(
            (
                (self.tr("Stage"), lambda entry: entry.question.stage),
                (self.tr("Question"), lambda entry: entry.question.text),
                (self.tr("Attempts"), lambda entry: str(entry.attempts)),
                (self.tr("Marks"), self._marks_word),
                (self.tr("Tags"), self._tags_word),
            ),
            questions.entries,
            self,
        )
        self.table = Table("question_table", self.tr("Questions"), 1, many=True)
        self.table.show_rows(self._rows)
        self.table.chosen_changed.connect(self._show_chosen)
        self.table.opened.connect(self._edit)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._whole = label("", "body", name="question_text")
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._about = label("", "muted", name="question_about")
        self._edit_button = self._button(self.tr("Edit…"), "question_edit_button", commands.edit_question)
        self._tags_button = self._button(self.tr("Tags…"), "question_tags_button", commands.change_tags)
        self.flag = self._button(self.tr("Flag"), "question_flag_button", commands.flag_chosen)
        self.flag.setCheckable(True)
        self._suspend_button = self._button(self.tr("Suspend"), "question_suspend_button", commands.suspend)
        self._merge_button = self._button(self.tr("Merge…"), "question_merge_button", commands.merge)
        self._delete_button = self._button(self.tr("Delete"), "question_delete_button", commands.delete)
        self._buttons = WrappingRow(
            (self._edit_button, self._merge_button, self._tags_button, self.flag, self._suspend_button),
            (self._delete_button,),
        )
        column = Column(self, widest=WIDEST_LIST)
        column.content.setSpacing(12)
        column.content.addWidget(head)
        column.content.addWidget(self.table, 1)
        column.content.addWidget(self._whole)
        column.content.addWidget(self._about)
        column.content.addWidget(self._buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)
        for action, slot in (
            (commands.edit_question, self._edit),
            (commands.change_tags, self._change_tags),
            (commands.flag_chosen, self._flag),
            (commands.suspend, self._suspend),
            (commands.merge, self._merge),
            (commands.delete, self._delete),
        ):
            self.table.addAction(action)
            action.triggered.connect(slot)

    def refresh(self) -> None:
        """Show the bank as it is now, with the filter and the chosen questions as they were."""
        self.renew()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """Show the bank afresh and leave the focus where it is. Where the chosen are gone, the next row is chosen."""
        stage = self.stage.currentData()
        self.stage.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self.stage.clear()
        self.stage.addItem(self.tr("All stages"), "")
        for name in self._questions.stages():
            self.stage.addItem(name, name)
        self.stage.setCurrentIndex(max(self.stage.findData(stage), 0))
        self.stage.blockSignals(False)  # noqa: FBT003  (Qt's own signature)
        self._show_stage()

    def _show_stage(self) -> None:
        before, place = self._chosen(), next(iter(self.table.chosen_rows), 0)
        stage = self.stage.currentData() or None
        ids = self._questions.ids(stage=stage)
        self._rows.set_ids(ids)
        self._count.setText(self.tr("%n question(s)", "", len(ids)))
        self.practise.setEnabled(stage is not None and bool(ids))
        self.practise.setVisible(stage is not None)
        wanted = set(before)
        rows = [row for row, question_id in enumerate(ids) if question_id in wanted] if wanted else []
        if ids:
            self.table.choose(rows or [min(place, len(ids) - 1)])
        self._show_chosen()

    def _chosen(self) -> tuple[int, ...]:
        number = self._rows.rowCount()
        return tuple(self._rows.id_at(row) for row in self.table.chosen_rows if row < number)

    # --- what is chosen

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        entry = next(iter(self._questions.entries(chosen)), None) if len(chosen) == 1 else None
        shared = self._deeds.chosen(chosen)
        if not self._rows.rowCount():
            self._whole.setText(self.tr("There is no question here yet. Import a transcript on the Transcripts page."))
        elif entry is not None:
            self._whole.setText(entry.question.text)
        else:
            self._whole.setText(self.tr("%n question(s) chosen", "", len(chosen)))
        self._about.setText(self._about_words(shared, len(chosen)))
        self._about.setVisible(bool(self._about.text()))
        self._show_marks(shared)
        commands = self._commands
        possible: list[QAction] = []
        if chosen:
            possible += [commands.change_tags, commands.flag_chosen, commands.suspend, commands.delete]
        if len(chosen) == 1:
            possible.append(commands.edit_question)
        if len(chosen) == 2:
            possible.append(commands.merge)
        for control, action in (
            (self._edit_button, commands.edit_question),
            (self._merge_button, commands.merge),
            (self._tags_button, commands.change_tags),
            (self.flag, commands.flag_chosen),
            (self._suspend_button, commands.suspend),
            (self._delete_button, commands.delete),
        ):
            if control.hasFocus() and action not in possible:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            control.setVisible(action in possible)
        if self.isVisible():
            commands.set_bank(possible)

    def _show_marks(self, shared: Chosen) -> None:
        self.flag.setChecked(shared.flagged)
        self.flag.setText(self.tr("Flagged") if shared.flagged else self.tr("Flag"))
        self._suspend_button.setText(self.tr("Let it come again") if shared.suspended else self.tr("Suspend"))
        for control in (self.flag, self._suspend_button):
            control.setAccessibleName(control.text())
        self._commands.flag_chosen.setText(self.tr("Take the &flag away") if shared.flagged else self.tr("&Flag"))
        self._commands.suspend.setText(self.tr("Let it come &again") if shared.suspended else self.tr("&Suspend"))

    def _about_words(self, shared: Chosen, number: int) -> str:
        parts = []
        if shared.suspended:
            parts.append(self.tr("Suspended: no new session asks it") if number == 1 else self.tr("All suspended"))
        if shared.tags_of_all:
            names = ", ".join(shared.tags_of_all)
            parts.append((self.tr("Tags: {0}") if number == 1 else self.tr("Tags of all: {0}")).format(names))
        return " · ".join(parts)

    # --- what the person does

    def _on_stage(self) -> None:
        self._show_stage()

    def _on_practise(self) -> None:
        self.stage_requested.emit(self.stage.currentData())

    def _edit(self, *_: object) -> None:
        chosen = self._chosen()
        entry = next(iter(self._questions.entries(chosen)), None) if len(chosen) == 1 else None
        if entry is None or not self.isVisible():
            return
        question = entry.question
        stages = (*KNOWN_STAGES, *self._questions.stages())

        def save(text: str, stage: str) -> str:
            return self._deeds.edit(question.id, text, stage)

        question_dialogs.edit_question(self, question.text, question.stage, stages, save)

    def _change_tags(self) -> None:
        chosen = self._chosen()
        if not chosen or not self.isVisible():
            return
        shared = self._deeds.chosen(chosen)
        title = self.tr("Tags of %n question(s)", "", len(chosen))
        tags = question_dialogs.change_tags(
            self, title, shared.tags_of_all, shared.tags_of_some, self._deeds.known_tags()
        )
        if tags is not None:
            add = [tag for tag in tags if tag not in shared.tags_of_all]
            remove = [tag for tag in shared.tags_of_all if tag not in tags]
            if add or remove:
                self._deeds.tag(chosen, add, remove)

    def _flag(self) -> None:
        if self.isVisible():
            self._deeds.flag(self._chosen())

    def _suspend(self) -> None:
        if self.isVisible():
            self._deeds.suspend(self._chosen())

    def _merge(self) -> None:
        chosen = self._chosen()
        if len(chosen) != 2 or not self.isVisible():
            return
        first, second = (self._mergeable(entry) for entry in self._questions.entries(chosen))
        kept = question_dialogs.choose_text_to_keep(self, first, second)
        if kept is not None:
            self._deeds.merge(kept, second.id if kept == first.id else first.id)

    def _delete(self) -> None:
        if self.isVisible():
            self._deeds.delete_questions(self._chosen())

    # --- words

    def _mergeable(self, entry: QuestionEntry) -> question_dialogs.Mergeable:
        question = entry.question
        parts: Sequence[str] = (question.stage, self.tr("%n answer(s)", "", entry.attempts), ", ".join(question.tags))
        return question_dialogs.Mergeable(question.id, question.text, " · ".join(part for part in parts if part))

    @staticmethod
    def _tags_word(entry: QuestionEntry) -> str:
        words = ", ".join(entry.question.tags)
        return words if len(words) <= _TAGS_SHOWN else f"{words[: _TAGS_SHOWN - 1].rstrip(', ')}…"

    def _marks_word(self, entry: QuestionEntry) -> str:
        marks = []
        if entry.question.flagged:
            marks.append(self.tr("flagged"))
        if entry.question.suspended:
            marks.append(self.tr("suspended"))
        return ", ".join(marks)

    def _button(self, words: str, name: str, action: QAction) -> QPushButton:
        made = button(words, name)
        made.clicked.connect(action.trigger)
        return made
