"""The bank: every question, or those of one stage."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.services.bank import QuestionEntry, QuestionService
from interview_coach.services.practice import PracticeService
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class QuestionsPage(QWidget):
    """A list with a stage filter. The chosen question stands below in full; it can be flagged."""

    stage_requested = Signal(str)

    def __init__(self, questions: QuestionService, practice: PracticeService, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("questions_page")
        set_role(self, "page")
        self._questions = questions
        self._practice = practice
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
                (self.tr("Flag"), self._flag_word),
            ),
            questions.entries,
            self,
        )
        self.table = Table("question_table", self.tr("Questions"), 1)
        self.table.show_rows(self._rows)
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self._whole = label("", "body", name="question_text")
        self._whole.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.flag = button(self.tr("Flag"), "question_flag_button")
        self.flag.setCheckable(True)
        self.flag.clicked.connect(self._on_flag)
        below = QHBoxLayout()
        below.setSpacing(16)
        below.addWidget(self._whole, 1)
        below.addWidget(self.flag, 0, Qt.AlignmentFlag.AlignTop)
        column = Column(self, widest=WIDEST_LIST)
        column.content.addWidget(head)
        column.content.addWidget(self.table, 1)
        column.content.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def refresh(self) -> None:
        """Show the bank as it is now, with the filter and the chosen question as they were."""
        chosen = self._chosen()
        stage = self.stage.currentData()
        self.stage.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self.stage.clear()
        self.stage.addItem(self.tr("All stages"), "")
        for name in self._questions.stages():
            self.stage.addItem(name, name)
        self.stage.setCurrentIndex(max(self.stage.findData(stage), 0))
        self.stage.blockSignals(False)  # noqa: FBT003  (Qt's own signature)
        self._show_stage()
        if chosen is not None and (row := self._rows.row_of(chosen)) >= 0:
            self.table.selectRow(row)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_stage(self) -> None:
        stage = self.stage.currentData() or None
        ids = self._questions.ids(stage=stage)
        self._rows.set_ids(ids)
        self._count.setText(self.tr("%n question(s)", "", len(ids)))
        self.practise.setEnabled(stage is not None and bool(ids))
        self.practise.setVisible(stage is not None)
        self.flag.setVisible(bool(ids))
        if not ids:
            self._whole.setText(self.tr("There is no question here yet. Import a transcript on the Transcripts page."))

    def _chosen(self) -> int | None:
        row = self.table.currentIndex().row()
        return self._rows.id_at(row) if 0 <= row < self._rows.rowCount() else None

    def _on_stage(self) -> None:
        self._show_stage()

    def _on_practise(self) -> None:
        self.stage_requested.emit(self.stage.currentData())

    def _on_current(self) -> None:
        chosen = self._chosen()
        entry = None if chosen is None else next(iter(self._questions.entries([chosen])), None)
        if entry is not None:
            self._whole.setText(entry.question.text)
            self._show_flag(flagged=entry.question.flagged)

    def _on_flag(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            self._practice.flag(chosen, self.flag.isChecked())
            row = self.table.currentIndex().row()
            self._show_stage()
            self.table.selectRow(row)

    def _show_flag(self, *, flagged: bool) -> None:
        self.flag.setChecked(flagged)
        self.flag.setText(self.tr("Flagged") if flagged else self.tr("Flag"))
        self.flag.setAccessibleName(self.flag.text())

    def _flag_word(self, entry: QuestionEntry) -> str:
        return self.tr("flagged") if entry.question.flagged else ""
