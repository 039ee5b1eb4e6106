"""The dialogs about questions. As with ``dialogs``, tests replace these functions, and nothing else opens one.

Esc closes each of them; where something was typed it asks first, so that no word is lost to a key.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget

from interview_coach.services.by_hand import EditableQuestion, NewQuestion
from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.merge_dialog import Mergeable as Mergeable
from interview_coach.ui.merge_dialog import MergeDialog
from interview_coach.ui.question_form import QuestionForm
from interview_coach.ui.widgets.labels import label
from interview_coach.ui.widgets.tag_line import TagLine

translate = QCoreApplication.translate


def add_question(
    parent: QWidget,
    stages: Sequence[str],
    known_tags: Sequence[str],
    save: Callable[[NewQuestion], str],
) -> bool:
    """Let a question be written; ``save`` stores it, or returns why not, which is said beside the words.

    Returns whether it was stored.
    """
    return run(parent, QuestionForm(parent, None, stages, known_tags, save))


def edit_question(
    parent: QWidget,
    before: EditableQuestion,
    stages: Sequence[str],
    known_tags: Sequence[str],
    save: Callable[[NewQuestion], str],
    on_reference_shown: Callable[[], None],
) -> bool:
    """Let a question be changed; ``save`` stores it, or returns why not, which is said beside the words.

    ``on_reference_shown`` is called when its reference comes on screen. Returns whether it was stored.
    """
    return run(parent, QuestionForm(parent, before, stages, known_tags, save, on_reference_shown))


def change_tags(
    parent: QWidget, title: str, of_all: Sequence[str], of_some: Sequence[str], known: Sequence[str]
) -> tuple[str, ...] | None:
    """Let the tags be changed that all chosen questions have; returns those that all shall have, None to leave it."""
    dialog = TagsDialog(parent, title, of_all, of_some, known)
    return dialog.tags if run(parent, dialog) else None


def choose_text_to_keep(parent: QWidget, first: Mergeable, second: Mergeable) -> int | None:
    """Show two questions side by side and ask whose text stays; returns its id, None to merge nothing."""
    dialog = MergeDialog(parent, first, second)
    return dialog.kept if run(parent, dialog) else None


class TagsDialog(FormDialog):
    """The tags that all chosen questions have, with commas between them."""

    def __init__(
        self, parent: QWidget, title: str, of_all: Sequence[str], of_some: Sequence[str], known: Sequence[str]
    ) -> None:
        super().__init__(parent, "tags_dialog", title, translate("question_dialogs", "Save"))
        self.line = TagLine(of_all, known, self)
        self.content.addWidget(named(translate("question_dialogs", "&Tags, with commas between them"), self.line))
        self.content.addWidget(self.line)
        if of_some:
            some = translate("question_dialogs", "Only some of them have, and keep: {0}").format(", ".join(of_some))
            self.content.addWidget(label(some, "small", self, name="tags_of_some"))
        self.content.addStretch()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)  # noqa: FBT003  (Qt's own signature)
        self.fit(520)

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags as they stand in the line, each once."""
        return self.line.tags

    @property
    def changed(self) -> bool:
        """Whether other tags stand there than at first."""
        return self.line.changed
