"""The dialogs about references: their points, and the person's note on a recorded answer.

As with ``dialogs``, tests replace these functions, and nothing else opens one.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.points_editor import PointsEditor, normalised
from interview_coach.ui.widgets.reading import ReadingText

translate = QCoreApplication.translate

#: Lines of points to show beyond the least, where the window is high enough.
_MORE = 10


def edit_points(
    parent: QWidget,
    reference: str,
    points: Sequence[str],
    own: Sequence[str],
    current: int | None,
    save: Callable[[Sequence[str]], str],
) -> bool:
    """Let the points of a reference be edited; ``own`` are those that its text gives by itself.

    ``current`` is the place (from 0) of the point to begin at.

    ``save`` stores them, none meaning the reference's own, or returns why not. Returns whether they were stored.
    """
    return run(parent, PointsDialog(parent, reference, points, own, current, save))


def edit_note(parent: QWidget, answer: str, note: str, save: Callable[[str], str]) -> bool:
    """Let a note on a recorded answer be written; ``save`` stores it, or returns why not. Returns whether it did."""
    return run(parent, NoteDialog(parent, answer, note, save))


class PointsDialog(FormDialog):
    """The points of a reference, to edit, split, join, reorder, delete and add."""

    def __init__(
        self,
        parent: QWidget,
        reference: str,
        points: Sequence[str],
        own: Sequence[str],
        current: int | None,
        save: Callable[[Sequence[str]], str],
    ) -> None:
        title = translate("reference_dialogs", "Points") if reference else translate("reference_dialogs", "Your points")
        super().__init__(parent, "points_dialog", title, translate("reference_dialogs", "Save"))
        self._own = normalised(own)
        self._save = save
        self.editor = PointsEditor()
        self.editor.set_points(points)
        self.editor.go_to(current or 0)
        self.editor.changed.connect(self._on_changed)
        self.trouble = label("", "error", self, name="points_trouble")
        self.trouble.hide()
        if not reference:
            lead = translate("reference_dialogs", "There is no recorded answer. What should a good answer mention?")
            self.content.addWidget(label(lead, "muted", self))
        self.content.addWidget(self.editor, 1)
        over = translate("reference_dialogs", "Start over from the text")
        self.again = button(over, "points_over_button", self, role="link")
        self.again.setVisible(bool(own))
        self.again.clicked.connect(self._start_over)
        keep = translate(
            "reference_dialogs",
            "The text itself stays as it is. A point keeps what you decided as long as its words stay.",
        )
        self.buttons.insertWidget(0, self.again)
        self.content.addWidget(label(keep, "small", self))
        self.content.addWidget(self.trouble)
        self._on_changed()
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit(700)
        more = self.editor.fontMetrics().lineSpacing() * _MORE
        self.resize(self.width(), min(self.height() + more, parent.window().height() - 20))

    @property
    def changed(self) -> bool:
        """Whether other points stand there than at first."""
        return self.editor.is_changed()

    def accept(self) -> None:
        """Store the points and close; where that cannot be, say why and stay."""
        points = self.editor.points()
        trouble = self._save(() if points == self._own else points) if self.changed else ""
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
        else:
            super().accept()

    def _start_over(self) -> None:
        self.editor.replace_points(self._own)
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_changed(self) -> None:
        self.again.setEnabled(self.editor.points() != self._own)
        self.trouble.hide()


class NoteDialog(FormDialog):
    """The person's note on a recorded answer, below what it is about."""

    def __init__(self, parent: QWidget, answer: str, note: str, save: Callable[[str], str]) -> None:
        super().__init__(
            parent,
            "note_dialog",
            translate("reference_dialogs", "Note on the recorded answer"),
            translate("reference_dialogs", "Save"),
        )
        self._before = note
        self._save = save
        shown = ReadingText("note_answer", translate("reference_dialogs", "Recorded answer"), self)
        shown.show_text(answer)
        shown.setMinimumHeight(shown.fontMetrics().lineSpacing() * 5)
        self.text = QPlainTextEdit(note, self)
        self.text.setObjectName("note_editor")
        self.text.setAccessibleName(translate("reference_dialogs", "Your note"))
        self.text.setPlaceholderText(
            translate("reference_dialogs", "for example: PgBouncer is a process of its own, not a library")
        )
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 4 + 20)
        set_role(self.text, "editor")
        self.trouble = label("", "error", self, name="note_trouble")
        self.trouble.hide()
        where = translate("reference_dialogs", "It stands wherever this answer is shown. An empty note takes it away.")
        self.content.addWidget(shown, 2)
        self.content.addWidget(named(translate("reference_dialogs", "Your &note"), self.text))
        self.content.addWidget(self.text, 1)
        self.content.addWidget(label(where, "small", self))
        self.content.addWidget(self.trouble)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit(620)

    @property
    def changed(self) -> bool:
        """Whether the note reads otherwise than what is stored."""
        return self.text.document().isModified() and self.text.toPlainText().strip() != self._before

    def accept(self) -> None:
        """Store the note and close; where that cannot be, say why and stay."""
        trouble = self._save(self.text.toPlainText().strip()) if self.changed else ""
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
        else:
            super().accept()
