"""The files on their way in, one of them looked into: what it is taken for, what it holds, and what is odd."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from interview_coach.domain.archive import Arrival
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import KNOWN_STAGES, Names, Problem
from interview_coach.services.importing import FileDetail, FileReport, Standing, TurnPreview
from interview_coach.services.reading import FORMATS, Choice, day_of
from interview_coach.ui.finding_words import FindingWords
from interview_coach.ui.import_words import ImportWords
from interview_coach.ui.theme import current_theme
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: From this width on, at a text size of 100 %, two fields stand side by side; in logical pixels.
_TWO_FIELDS = 640


class ImportPreview(Column):
    """Shows reports and, of the chosen file, what is in it; what the person changes there is a ``Choice``.

    ``file_chosen`` carries the path of a file to be looked into, ``choice_changed`` the one whose choice is another.
    """

    file_chosen = Signal(object)
    choice_changed = Signal(object)
    accepted = Signal()
    cancelled = Signal()
    more_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, widest=WIDEST_LIST)
        self._words = ImportWords(self)
        self._finding_words = FindingWords(self)
        self._reports: tuple[FileReport, ...] = ()
        self._detail: FileDetail | None = None
        self._choices: dict[Path, Choice] = {}
        self._stages: dict[str, str] = {}  # of questions, as the person decided, however the file is read
        self._turns: tuple[TurnPreview, ...] = ()
        self._odd: tuple[Problem, ...] = ()
        self._filling = False
        self._build()

    # --- what is shown

    @property
    def choices(self) -> dict[Path, Choice]:
        """What the person decided, by file."""
        return dict(self._choices)

    @property
    def settled(self) -> dict[Path, Choice]:
        """The same for all files that would come in, each as it was shown and no other."""
        seen = {report.path: report.content_hash or None for report in self._reports}
        return {path: replace(self._choices.get(path, Choice()), seen=seen[path]) for path in self.coming}

    @property
    def left(self) -> tuple[FileReport, ...]:
        """What is to be said of the files that would not come in."""
        coming = frozenset(self.coming)
        return tuple(report for report in self._reports if report.path not in coming)

    @property
    def coming(self) -> tuple[Path, ...]:
        """The files that would come in."""
        return tuple(
            report.path for report in self._reports if report.error is None and report.standing is not Standing.KNOWN
        )

    def begin(self) -> None:
        """Forget what was decided about other files."""
        self._choices = {}
        self._stages = {}

    def show_reports(self, reports: Sequence[FileReport]) -> None:
        """Show what the files are, and ask for the first that can be read to be looked into."""
        chosen = self._chosen_path()
        self._reports = tuple(reports)
        self._filling = True
        self._file_rows.set_ids(range(len(self._reports)))
        self.file_table.setVisible(len(self._reports) > 1)
        paths = [report.path for report in self._reports]
        first = next((row for row, report in enumerate(self._reports) if report.error is None), 0)
        row = paths.index(chosen) if chosen in paths else first
        if self._reports:
            self.file_table.selectRow(row)
        self._filling = False
        stored = self.tr("Nothing is stored until you add it.")
        if not all(report.near_looked_for for report in self._reports):
            stored += " " + self.tr("Of so many questions only the first were compared for other wordings.")
        name = self._reports[0].path.name if len(self._reports) == 1 else ""
        self._note.setText(f"{name} · {stored}" if name else stored)
        self._offer_to_add()
        self._show_report()

    def show_detail(self, detail: FileDetail) -> None:
        """Show what is in the chosen file."""
        if detail.report.path != self._chosen_path():
            return
        self._detail = detail
        if detail.report.arrival is not None:
            self._show_arrival(detail.report.arrival)
            return
        self._filling = True
        self._reports = tuple(detail.report if one.path == detail.report.path else one for one in self._reports)
        self._fill_formats(detail)
        self._fill_speakers(detail)
        self._fill_names(detail.names)
        self._show_fields(there=True)
        self._day_note.hide()
        self._filling = False
        self._refusal.setVisible(False)
        self._reason.setText(self.tr("Read so since {0}.").format(detail.reason) if detail.reason else "")
        self._turns = detail.turns
        decided = {
            turn.place: self._stages[turn.question]
            for turn in detail.turns
            if turn.stage_guessed and turn.question in self._stages
        }
        if decided != self._choice.stages:
            self._decide(replace(self._choice, stages=decided), anew=False)
        self._show_about()
        self._turn_rows.set_ids(range(len(self._turns)))
        hidden = detail.report.turns - len(self._turns)
        self._more.setText(self.tr("… and %n more", "", hidden) if hidden else "")
        self._more.setVisible(hidden > 0)
        self._odd = detail.report.problems
        self._odd_rows.set_ids(range(len(self._odd)))
        for part in (self._odd_title, self.odd_table):
            part.setVisible(bool(self._odd))
        self._odd_title.setText(self.tr("%n odd place(s)", "", len(self._odd)))
        self._show_part(there=True)
        self._offer_stage()
        self._offer_to_add()

    def _show_arrival(self, arrival: Arrival) -> None:
        """Show what an export of the program's own brings; there is nothing to decide about it."""
        self._show_part(there=False)
        self._about.setText(self._words.arrival(arrival))
        self._about.setVisible(True)

    def _show_about(self) -> None:
        """Show what is in the file, with the stages as they are decided by now."""
        detail = self._detail
        if detail is None:
            return
        lines = [self._words.questions(detail.report), self._words.stages(detail, self._choice.stages)]
        lines += self._finding_words.lines(detail.findings, detail.report.turns)
        self._about.setText("\n".join(lines))

    def show_refusal(self, path: Path, error: CoachError) -> None:
        """Say why a file cannot be read as it was chosen to be read; the choice can be changed again."""
        if path != self._chosen_path():
            return
        self._reports = tuple(replace(one, error=error) if one.path == path else one for one in self._reports)
        tried = self._choice.format
        why = self._words.why(error)
        self._refusal.setText(
            why if tried is None else self.tr("As “{0}”: {1}").format(self._words.format_name(tried), why)
        )
        self._refusal.setVisible(True)
        self._show_part(there=False, fields=True)  # what has the focus keeps it
        self._offer_to_add()

    def _offer_to_add(self) -> None:
        wanted = frozenset(self.coming)
        coming = [report for report in self._reports if report.path in wanted]
        questions = sum(report.questions_new for report in coming)
        archives = any(report.arrival is not None for report in coming)
        self.accept_button.setEnabled(bool(coming))
        self.accept_button.setText(
            self.tr("Add %n question(s)", "", questions) if questions and not archives else self.tr("Add to the bank")
        )
        self.accept_button.setAccessibleName(self.accept_button.text())

    # --- how it is built

    def _build(self) -> None:
        add = button(self.tr("Choose other files…"), "import_more_button")
        add.clicked.connect(self.more_requested)
        head = WrappingRow((label(self.tr("Import"), "title", wraps=False),), (add,))
        self._note = label("", "muted", name="import_note")
        self._file_rows: RowsModel[FileReport] = RowsModel(
            (
                (self.tr("File"), lambda report: report.path.name),
                (self.tr("Read as"), lambda report: self._words.format_name(report.format)),
                (self.tr("In the bank"), self._words.standing),
                (self.tr("Turns"), lambda report: QLocale().toString(report.turns)),
                (self.tr("New"), lambda report: QLocale().toString(report.questions_new)),
                (self.tr("Odd"), lambda report: QLocale().toString(len(report.problems))),
            ),
            lambda rows: [self._reports[row] for row in rows],
            self,
        )
        self.file_table = Table("import_file_table", self.tr("Files"), 0)
        self.file_table.show_rows(self._file_rows)
        self.file_table.selectionModel().currentRowChanged.connect(self._on_file)
        self._refusal = label("", "body", name="import_refusal")
        self._part = QWidget()
        self._build_fields()
        self._about = label("", "body", name="import_about")
        self._turn_rows: RowsModel[TurnPreview] = RowsModel(
            (
                (self.tr("Stage"), self._stage_word),
                (self.tr("Question"), lambda turn: turn.question),
                (self.tr("Answer"), lambda turn: self.tr("yes") if turn.answered else "–"),
                (self.tr("In the bank"), self._words.turn_standing),
            ),
            lambda rows: [self._turns[row] for row in rows],
            self,
        )
        self.turn_table = Table("import_turn_table", self.tr("Questions"), 1, many=True)
        self.turn_table.show_rows(self._turn_rows)
        self.turn_table.chosen_changed.connect(self._offer_stage)
        self._more = label("", "muted", name="import_more_turns")
        self.stage_box = QComboBox()
        self.stage_box.setObjectName("import_stage_box")
        self.stage_box.setAccessibleName(self.tr("Stage of the chosen questions"))
        self.stage_box.addItems(list(KNOWN_STAGES))
        self.stage_box.activated.connect(self._on_stage)
        self._stage_label = label(self.tr("Stage of the chosen &questions"), "muted", wraps=False)
        self._stage_label.setBuddy(self.stage_box)
        stage = WrappingRow((self._stage_label, self.stage_box), ())
        self._stage_row = stage
        self._odd_title = label("", "section", name="import_odd_title")
        self._odd_rows: RowsModel[Problem] = RowsModel(
            (
                (self.tr("Line"), lambda problem: QLocale().toString(problem.line) if problem.line else "–"),
                (self.tr("What"), lambda problem: problem.message),
            ),
            lambda rows: [self._odd[row] for row in rows],
            self,
        )
        self.odd_table = Table("import_odd_table", self.tr("Odd places"), 1)
        self.odd_table.show_rows(self._odd_rows)
        self.cancel_button = button(self.tr("Cancel"), "import_cancel_button")
        self.cancel_button.clicked.connect(self.cancelled)
        self.accept_button: QPushButton = button(self.tr("Add to the bank"), "import_accept_button", role="primary")
        self.accept_button.clicked.connect(self.accepted)
        #: What to do about it all: below the column, in sight however long that is.
        self.footer = WrappingRow((self.cancel_button,), (self.accept_button,))
        self.content.setSpacing(12)
        self.content.addWidget(head)
        self.content.addWidget(self._note)
        self.content.addWidget(self.file_table, 1)
        self.content.addWidget(self._refusal)
        self.content.addWidget(self._part)
        self.content.addWidget(self._about)
        self.content.addWidget(self.turn_table, 2)
        self.content.addWidget(self._more)
        self.content.addWidget(stage)
        self.content.addWidget(self._odd_title)
        self.content.addWidget(self.odd_table, 1)
        self.content.addStretch()

    def _build_fields(self) -> None:
        grid = QGridLayout(self._part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        self.format_box = self._box("import_format_box", self.tr("Read as"))
        self.format_box.activated.connect(self._on_format)
        self._reason = label("", "muted", name="import_reason")
        self.interviewer_box = self._box("import_interviewer_box", self.tr("Interviewer"))
        self.interviewer_box.activated.connect(self._on_interviewer)
        self.title_field = self._field("import_title_field", self.tr("Title"))
        self.role_field = self._field("import_role_field", self.tr("Role"))
        self.company_field = self._field("import_company_field", self.tr("Company"))
        self.day_field = self._field("import_day_field", self.tr("Day"))
        self._day_note = label(
            self.tr("This day cannot be read. Write it as 2026-03-14, or leave it out."), "body", name="import_day_note"
        )
        self._day_note.hide()
        self.day_field.setPlaceholderText(self.tr("YYYY-MM-DD, or nothing"))
        fields: tuple[tuple[tuple[str, QWidget], ...], ...] = (
            ((self.tr("&Read as"), self.format_box), (self.tr("&Interviewer"), self.interviewer_box)),
            ((self.tr("&Title"), self.title_field), (self.tr("&Company"), self.company_field)),
            ((self.tr("R&ole"), self.role_field), (self.tr("&Day"), self.day_field)),
        )
        self._labels = {}
        for pair in fields:
            for words, field in pair:
                made = label(words, "muted", wraps=False)
                made.setBuddy(field)
                self._labels[field] = made
        self._grid = grid
        self._side_by_side = 0
        self._fit_fields()

    def _fit_fields(self) -> None:
        """Put two fields side by side where there is room for both."""
        columns = 2 if self.width() >= _TWO_FIELDS * current_theme().text_scale else 1
        if columns == self._side_by_side:
            return
        self._side_by_side = columns
        for place, (field, words) in enumerate(self._labels.items()):
            row, column = divmod(place, columns)
            self._grid.addWidget(words, row, 2 * column)
            self._grid.addWidget(field, row, 2 * column + 1)
        self._grid.addWidget(self._day_note, len(self._labels), 0, 1, 4)
        self._grid.addWidget(self._reason, len(self._labels) + 1, 0, 1, 4)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnStretch(3, columns - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the fields to the width."""
        self._fit_fields()
        super().resizeEvent(event)

    def _box(self, name: str, title: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleName(title)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        return box

    def _field(self, name: str, title: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleName(title)
        field.editingFinished.connect(self._on_names)
        return field

    # --- one file

    def _chosen_path(self) -> Path | None:
        row = self.file_table.currentIndex().row()
        return self._reports[row].path if 0 <= row < len(self._reports) else None

    def _on_file(self, *_: object) -> None:
        if not self._filling:  # a file is looked into once
            self._show_report()

    def _show_report(self) -> None:
        path = self._chosen_path()
        report = next((one for one in self._reports if one.path == path), None)
        self._show_part(there=False)
        if report is None:
            return
        self._refusal.setText(self._words.refusal(report))
        if report.error is not None and report.error.fault is Fault.BAD_INPUT:
            self._offer_other_formats()
        self._refusal.setVisible(report.error is not None)
        if report.error is None or report.path in self._choices:
            self.file_chosen.emit(report.path)

    def _offer_other_formats(self) -> None:
        """Let a file that cannot be read be read as something else."""
        self._filling = True
        self.format_box.clear()
        for name in FORMATS:
            self.format_box.addItem(self._words.format_name(name), name)
        self.format_box.setCurrentIndex(-1)
        self._filling = False
        self._reason.setText("")
        self._show_fields(there=False)
        self._part.setVisible(True)

    def _show_fields(self, *, there: bool) -> None:
        """Show the fields beside the format, which a file that cannot be read has not."""
        for field, words in self._labels.items():
            if field is not self.format_box:
                for part in (field, words):
                    part.setVisible(there and (field is not self.interviewer_box or self.interviewer_box.count() > 0))

    def _show_part(self, *, there: bool, fields: bool = False) -> None:
        self._part.setVisible(there or fields)
        for part in (self._about, self.turn_table, self._stage_row):
            part.setVisible(there)
        if not there:
            for part in (self._more, self._odd_title, self.odd_table):
                part.setVisible(False)

    def _fill_formats(self, detail: FileDetail) -> None:
        names = dict.fromkeys((*detail.formats, *FORMATS))
        self.format_box.clear()
        for name in names:
            self.format_box.addItem(self._words.format_name(name), name)
        self.format_box.setCurrentIndex(0)

    def _fill_speakers(self, detail: FileDetail) -> None:
        self.interviewer_box.clear()
        self.interviewer_box.addItems(list(detail.speakers))
        self.interviewer_box.setCurrentText(detail.interviewer or "")
        for part in (self.interviewer_box, self._labels[self.interviewer_box]):
            part.setVisible(bool(detail.speakers))

    def _fill_names(self, names: Names, *, keep_day: bool = False) -> None:
        held = "" if names.held is None else names.held.isoformat()
        for field, text in (
            (self.title_field, names.title),
            (self.role_field, names.role or ""),
            (self.company_field, names.company or ""),
            (self.day_field, held),
        ):
            if field is self.day_field and keep_day:
                continue  # the person sees what cannot be read
            if field.text() != text:  # what is chosen in a field that has just got the focus stays chosen
                field.setText(text)

    def _stage_of(self, turn: TurnPreview) -> str:
        return self._choice.stages.get(turn.place, turn.stage)

    def _stage_word(self, turn: TurnPreview) -> str:
        guessed = turn.stage_guessed and turn.place not in self._choice.stages
        return self.tr("{0} (guess)").format(turn.stage) if guessed else self._stage_of(turn)

    def _offer_stage(self) -> None:
        guessed = [self._turns[row] for row in self.turn_table.chosen_rows if self._turns[row].stage_guessed]
        for part in (self.stage_box, self._stage_label):
            part.setEnabled(bool(guessed))
        self._stage_row.setVisible(self.turn_table.isVisibleTo(self) and any(one.stage_guessed for one in self._turns))
        if guessed:
            self.stage_box.setCurrentText(self._stage_of(guessed[0]))

    # --- what the person decides

    @property
    def _choice(self) -> Choice:
        path = self._chosen_path()
        return Choice() if path is None else self._choices.get(path, Choice())

    def _decide(self, choice: Choice, *, anew: bool) -> None:
        """Keep a choice about the chosen file; ``anew`` where the file must be read anew for it."""
        path = self._chosen_path()
        if path is not None and not self._filling:
            self._choices[path] = choice
            if anew:
                self.choice_changed.emit(path)

    def _on_format(self, place: int) -> None:
        name = self.format_box.itemData(place)
        shown = None if self._detail is None else self._detail.report
        guessed = shown.format if shown is not None and shown.path == self._chosen_path() else None
        if name != (self._choice.format or guessed):
            self._decide(replace(self._choice, format=name, interviewer=None, stages={}), anew=True)

    def _on_interviewer(self, place: int) -> None:
        self._decide(replace(self._choice, interviewer=self.interviewer_box.itemText(place), stages={}), anew=True)

    def _on_names(self) -> None:
        detail = self._detail
        if detail is None or self._filling:
            return
        written = self.day_field.text().strip()
        held = day_of(written)
        self._day_note.setVisible(bool(written) and held is None)
        names = Names(
            title=" ".join(self.title_field.text().split()) or detail.names.title,
            role=" ".join(self.role_field.text().split()) or None,
            company=" ".join(self.company_field.text().split()) or None,
            held=held,
        )
        self._filling = True
        self._fill_names(names, keep_day=held is None)
        self._filling = False
        if names != (self._choice.names or detail.names):
            self._decide(replace(self._choice, names=names), anew=False)

    def _on_stage(self, place: int) -> None:
        rows = [row for row in self.turn_table.chosen_rows if self._turns[row].stage_guessed]
        chosen = {self._turns[row].place: self.stage_box.itemText(place) for row in rows}
        self._stages.update((self._turns[row].question, self.stage_box.itemText(place)) for row in rows)
        self._decide(replace(self._choice, stages={**self._choice.stages, **chosen}), anew=False)
        self._show_about()
        last = self._turn_rows.columnCount() - 1
        for row in rows:
            self._turn_rows.dataChanged.emit(self._turn_rows.index(row, 0), self._turn_rows.index(row, last))

    def take_focus(self) -> None:
        """Let Enter add what is shown; where nothing can be added, choose other files."""
        target = self.accept_button if self.accept_button.isEnabled() else self.cancel_button
        target.setFocus(Qt.FocusReason.OtherFocusReason)
