"""What can be done with the chosen questions: a line about them and a button for each deed, with its command."""

from array import array
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from interview_coach.domain.models import KNOWN_STAGES
from interview_coach.services.bank import QuestionEntry, QuestionService
from interview_coach.services.by_hand import NewQuestion
from interview_coach.services.searching import InCommon, SearchService
from interview_coach.services.tending import Chosen
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:  # the list is painted before it
    from interview_coach.ui.question_dialogs import Mergeable

#: Chosen questions of which it is looked up what tags they share; of more that is asked when the tags are changed.
_LOOKED_UP = 200


class ChosenBar(QWidget):
    """Edits, tags, flags, suspends, merges and deletes what is chosen. ``focus_lost`` asks for another place for it."""

    focus_lost = Signal()

    def __init__(
        self,
        questions: QuestionService,
        search: SearchService,
        deeds: Deeds,
        commands: Commands,
        tasks: Tasks,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("chosen_bar")
        self._questions = questions
        self._search = search
        self._deeds = deeds
        self._commands = commands
        self._tasks = tasks
        self._chosen: array[int] = array("q")
        self._about = label("", "muted", name="question_about")
        edit = self._button(self.tr("Edit…"), "question_edit_button", commands.edit_question)
        merge = self._button(self.tr("Merge…"), "question_merge_button", commands.merge)
        tags = self._button(self.tr("Tags…"), "question_tags_button", commands.change_tags)
        self._flag_button = self._button(self.tr("Flag"), "question_flag_button", commands.flag_chosen)
        self._flag_button.setCheckable(True)
        self._suspend_button = self._button(self.tr("Suspend"), "question_suspend_button", commands.suspend)
        delete = self._button(self.tr("Delete"), "question_delete_button", commands.delete)
        self._controls = (
            (edit, commands.edit_question),
            (merge, commands.merge),
            (tags, commands.change_tags),
            (self._flag_button, commands.flag_chosen),
            (self._suspend_button, commands.suspend),
            (delete, commands.delete),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._about)
        layout.addWidget(WrappingRow((edit, merge, tags, self._flag_button, self._suspend_button), (delete,)))
        for action, slot in (
            (commands.edit_question, self._edit),
            (commands.change_tags, self._change_tags),
            (commands.flag_chosen, self._flag),
            (commands.suspend, self._suspend),
            (commands.merge, self._merge),
            (commands.delete, self._delete),
        ):
            action.triggered.connect(slot)

    @property
    def controls(self) -> tuple[QPushButton, ...]:
        """The buttons, as they stand."""
        return tuple(control for control, _ in self._controls)

    @property
    def actions_of_rows(self) -> tuple[QAction, ...]:
        """The commands for chosen rows, for the menu of the list."""
        return tuple(action for _, action in self._controls)

    def take(self, chosen: "array[int]", *, listed: bool) -> None:
        """Offer at once what can be done with these; ``listed`` says whether the list shows any question at all."""
        self._chosen = chosen
        number = len(chosen)
        commands = self._commands
        possible: list[QAction] = [commands.add_question]
        if listed:
            possible += [commands.practise_found, commands.find_alike]
        if number:
            possible += [commands.change_tags, commands.flag_chosen, commands.suspend, commands.delete]
        if number == 1:
            possible.append(commands.edit_question)
        if number == 2:
            possible.append(commands.merge)
        for control, action in self._controls:
            if control.hasFocus() and action not in possible:
                self.focus_lost.emit()
            control.setVisible(action in possible)
        if self.isVisible():
            commands.set_bank(possible)

    def tell(self, *, told: bool) -> None:
        """Say what these have in common; ``told`` says whether the panel tells of a single one already."""
        chosen = self._chosen
        if len(chosen) <= _LOOKED_UP:
            self._tell(self._deeds.chosen(tuple(chosen)), told=told)
            return

        def ask() -> "tuple[array[int], InCommon]":
            return chosen, self._search.in_common(chosen)

        self._tell(Chosen(), told=told)
        self._tasks.run(ask, self._on_common, self._on_not_asked, lane=Lane.SHOWING)

    def _on_common(self, answer: "tuple[array[int], InCommon]") -> None:
        chosen, common = answer
        if chosen is self._chosen:  # else others were chosen meanwhile
            self._tell(Chosen(flagged=common.flagged, suspended=common.suspended), told=False)

    def _on_not_asked(self, error: BaseException) -> None:
        raise error

    def _tell(self, shared: Chosen, *, told: bool) -> None:
        words = "" if told and len(self._chosen) == 1 else self._about_words(shared, len(self._chosen))
        self._about.setText(words)
        self._about.setVisible(bool(words))
        self._show_marks(shared)

    def _show_marks(self, shared: Chosen) -> None:
        self._flag_button.setChecked(shared.flagged)
        self._flag_button.setText(self.tr("Flagged") if shared.flagged else self.tr("Flag"))
        self._suspend_button.setText(self.tr("Let it come again") if shared.suspended else self.tr("Suspend"))
        for control in (self._flag_button, self._suspend_button):
            control.setAccessibleName(control.text())
        self._commands.flag_chosen.setText(self.tr("Take the &flag away") if shared.flagged else self.tr("&Flag"))
        self._commands.suspend.setText(self.tr("Let it come &again") if shared.suspended else self.tr("&Suspend"))

    def _about_words(self, shared: Chosen, number: int) -> str:
        parts = [self.tr("%Ln question(s) chosen", "", number)] if number > 1 else []
        if shared.suspended:
            parts.append(self.tr("Suspended: no new session asks it") if number == 1 else self.tr("All suspended"))
        if shared.tags_of_all:
            names = ", ".join(shared.tags_of_all)
            parts.append((self.tr("Tags: {0}") if number == 1 else self.tr("Tags of all: {0}")).format(names))
        return " · ".join(parts)

    # --- what the person does

    @property
    def _is_ready(self) -> bool:
        """Whether this is on screen and nothing else is being done, which would have to be waited for."""
        return self.isVisible() and not self._deeds.busy

    def _edit(self, *_: object) -> None:
        before = self._deeds.entry(self._chosen[0]) if len(self._chosen) == 1 and self._is_ready else None
        if before is None:
            return
        from interview_coach.ui import question_dialogs  # late: the list is painted before it

        question_id = self._chosen[0]
        stages = (*KNOWN_STAGES, *self._questions.stages())

        def save(new: NewQuestion) -> str:
            return self._deeds.edit(question_id, new)

        def on_reference_shown() -> None:
            self._deeds.show_reference(question_id)

        question_dialogs.edit_question(self, before, stages, self._deeds.known_tags(), save, on_reference_shown)

    def _change_tags(self) -> None:
        chosen = tuple(self._chosen)
        if not chosen or not self._is_ready:
            return
        from interview_coach.ui import question_dialogs  # late: the list is painted before it

        shared = self._deeds.chosen(chosen)
        title = self.tr("Tags of %Ln question(s)", "", len(chosen))
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
            self._deeds.flag(tuple(self._chosen))

    def _suspend(self) -> None:
        if self.isVisible():
            self._deeds.suspend(tuple(self._chosen))

    def _merge(self) -> None:
        if len(self._chosen) != 2 or not self._is_ready:
            return
        from interview_coach.ui import question_dialogs  # late: the list is painted before it

        first, second = (self._mergeable(entry) for entry in self._questions.entries(tuple(self._chosen)))
        kept = question_dialogs.choose_text_to_keep(self, first, second)
        if kept is not None:
            self._deeds.merge(kept, second.id if kept == first.id else first.id)

    def _delete(self) -> None:
        if self.isVisible():
            self._deeds.delete_questions(tuple(self._chosen))

    def _mergeable(self, entry: QuestionEntry) -> "Mergeable":
        from interview_coach.ui.question_dialogs import Mergeable  # late, as above

        question = entry.question
        parts = (question.stage, self.tr("%n answer(s)", "", entry.attempts), ", ".join(question.tags))
        return Mergeable(question.id, question.text, " · ".join(part for part in parts if part))

    def _button(self, words: str, name: str, action: QAction) -> QPushButton:
        made = button(words, name)
        made.clicked.connect(action.trigger)
        return made
