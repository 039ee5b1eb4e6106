"""An answer that the database does not take, saved as a file that the person chooses."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from interview_coach.domain.errors import CoachError
from interview_coach.services.exporting import save_file
from interview_coach.ui import dialogs
from interview_coach.ui.errors import sentence

translate = QCoreApplication.translate


def save_copy(parent: QWidget, text: str) -> None:
    """Ask where to save a text, and save it there; bad luck is told."""
    chosen = dialogs.save_as(
        parent,
        translate("answer_copy", "Save a copy of your answer"),
        translate("answer_copy", "my-answer.txt"),
        translate("answer_copy", "Text (*.txt)"),
    )
    if chosen is None:
        return
    try:
        save_file(chosen, text.encode("utf-8", "replace"))
    except CoachError as error:
        dialogs.tell(parent, translate("answer_copy", "The copy is not saved"), f"{sentence(error)}\n{chosen}")
