"""The dialogs about questions. As with ``dialogs``, tests replace these functions, and nothing else opens one.

Esc closes each of them; where something was typed it asks first, so that no word is lost to a key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QComboBox,
    QCompleter,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.labels import label
from interview_coach.ui.widgets.reading import ReadingText

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Mergeable:
    """One of two questions to merge: its id, its text, and a line about it."""

    id: int
    text: str
    about: str


def edit_question(
    parent: QWidget, text: str, stage: str, stages: Sequence[str], save: Callable[[str, str], str]
) -> bool:
    """Let a question be edited; ``save`` stores text and stage, or returns why not, which is said beside the words.

    Returns whether it was stored.
    """
    return run(parent, EditQuestionDialog(parent, text, stage, stages, save))


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


class EditQuestionDialog(FormDialog):
    """A question's text and stage."""

    def __init__(
        self, parent: QWidget, text: str, stage: str, stages: Sequence[str], save: Callable[[str, str], str]
    ) -> None:
        super().__init__(
            parent,
            "edit_question_dialog",
            translate("question_dialogs", "Edit question"),
            translate("question_dialogs", "Save"),
        )
        self._before = text
        self._stage_before = stage
        self._save = save
        self.text = QPlainTextEdit(text, self)
        self.text.setObjectName("question_text_editor")
        self.text.setAccessibleName(translate("question_dialogs", "Question"))
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(self.text.fontMetrics().lineSpacing() * 5 + 20)
        set_role(self.text, "editor")
        self.stage = QComboBox(self)
        self.stage.setObjectName("question_stage_choice")
        self.stage.setAccessibleName(translate("question_dialogs", "Stage"))
        self.stage.setEditable(True)
        self.stage.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.stage.addItems(list(dict.fromkeys([*stages, *([stage] if stage else [])])))
        self.stage.setCurrentText(stage)
        self.trouble = label("", "error", self, name="edit_trouble")
        self.trouble.hide()
        note = translate(
            "question_dialogs",
            "The question keeps its answers, and importing its transcript again does not bring the former text back.",
        )
        self.content.addWidget(named(translate("question_dialogs", "&Question"), self.text))
        self.content.addWidget(self.text, 1)
        self.content.addSpacing(4)
        self.content.addWidget(named(translate("question_dialogs", "S&tage"), self.stage))
        self.content.addWidget(self.stage, 0, Qt.AlignmentFlag.AlignLeft)
        self.content.addWidget(label(note, "small", self))
        self.content.addWidget(self.trouble)
        self.stage.setMinimumWidth(round(240 * current_theme().text_scale))
        self.text.textChanged.connect(self._on_changed)
        self.stage.currentTextChanged.connect(self._on_changed)
        self._on_changed()
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit(620)

    @property
    def changed(self) -> bool:
        """Whether text or stage differ from what is stored."""
        return self.words != self._before or self.stage.currentText().strip() != self._stage_before

    @property
    def words(self) -> str:
        """The text as it would be stored: as it came where nothing was typed, since the editor changes odd blanks."""
        return self.text.toPlainText() if self.text.document().isModified() else self._before

    def accept(self) -> None:
        """Store it and close; where that cannot be, say why and stay, with every word in place."""
        if not self.accept_button.isEnabled():
            return
        trouble = self._save(self.words, self.stage.currentText()) if self.changed else ""
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
            self.fit(620)
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().accept()

    def _on_changed(self, *_: object) -> None:
        self.accept_button.setEnabled(bool(self.words.strip()))
        self.trouble.hide()


class TagsDialog(FormDialog):
    """The tags that all chosen questions have, with commas between them."""

    def __init__(
        self, parent: QWidget, title: str, of_all: Sequence[str], of_some: Sequence[str], known: Sequence[str]
    ) -> None:
        super().__init__(parent, "tags_dialog", title, translate("question_dialogs", "Save"))
        self._before = tuple(of_all)
        self.line = QLineEdit(", ".join(of_all), self)
        self.line.setObjectName("tags_line")
        self.line.setAccessibleName(translate("question_dialogs", "Tags, with commas between them"))
        self.line.setPlaceholderText(translate("question_dialogs", "for example: databases, hard, ask a friend"))
        self.line.setCompleter(_TagCompleter(known, self.line))
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
        return tuple(dict.fromkeys(name for part in self.line.text().split(",") if (name := " ".join(part.split()))))

    @property
    def changed(self) -> bool:
        """Whether other tags stand there than at first."""
        return set(self.tags) != set(self._before)


class _TagCompleter(QCompleter):
    """Completes the last of the tags in a line, keeping those before it."""

    def __init__(self, known: Sequence[str], line: QLineEdit) -> None:
        super().__init__(list(known), line)
        self._line = line
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)

    def splitPath(self, path: str) -> list[str]:
        """Look for the last tag alone."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Put the chosen tag behind those that stand before it."""
        before = self._line.text().rpartition(",")[0].strip()
        return f"{before}, {index.data()}" if before else str(index.data())


class MergeDialog(FormDialog):
    """Two questions, of which one text stays."""

    def __init__(self, parent: QWidget, first: Mergeable, second: Mergeable) -> None:
        super().__init__(
            parent,
            "merge_dialog",
            translate("question_dialogs", "Merge two questions"),
            translate("question_dialogs", "Merge"),
        )
        lead = translate(
            "question_dialogs",
            "They become one question. It has the answers, the tags and the recorded answers of both.",
        )
        self.content.addWidget(label(translate("question_dialogs", "Which text stays?"), "heading", self))
        self.content.addWidget(label(lead, "muted", self))
        self.content.addSpacing(4)
        self._group = QButtonGroup(self)
        self._cards = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._cards.setSpacing(12)
        self.choices: list[QRadioButton] = []
        for number, (question, words) in enumerate(
            (
                (first, translate("question_dialogs", "Keep the &first")),
                (second, translate("question_dialogs", "Keep the &second")),
            ),
            1,
        ):
            self._cards.addWidget(self._card(question, words, number), 1)
        self.content.addLayout(self._cards, 1)
        self.choices[0].setChecked(True)
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit(720)

    @property
    def kept(self) -> int:
        """The id of the question whose text stays."""
        return self._group.checkedId()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two below one another where they are too narrow side by side."""
        super().resizeEvent(event)
        beside = self.width() >= 560 * current_theme().text_scale
        self._cards.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

    def _card(self, question: Mergeable, words: str, number: int) -> QFrame:
        card = QFrame(self)
        set_role(card, "card")
        choice = QRadioButton(words, card)
        choice.setObjectName(f"keep_{number}_choice")
        choice.setAccessibleName(words.replace("&", ""))
        choice.setAccessibleDescription(question.text)
        self._group.addButton(choice, question.id)
        self.choices.append(choice)
        text = ReadingText(f"merge_{number}_text", choice.accessibleName(), card)
        text.show_text(question.text)
        text.setMinimumHeight(text.fontMetrics().lineSpacing() * 3)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(choice)
        layout.addWidget(text, 1)
        layout.addWidget(label(question.about, "small", card))
        return card
