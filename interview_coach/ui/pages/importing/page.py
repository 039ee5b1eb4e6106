"""The import page: reads what was chosen, shows it, and adds it when the person says so."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.errors import CoachError
from interview_coach.domain.findings import Finding
from interview_coach.services.bank import TranscriptService
from interview_coach.services.importing import FileDetail, FileReport, ImportService, Standing
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.finding_words import FindingWords
from interview_coach.ui.import_words import ImportWords
from interview_coach.ui.pages.importing.preview import ImportPreview
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

#: Transcripts of which is said what is to be known of them, when they have come in; the others' pages say it.
_REPORTED = 5


class _Added(NamedTuple):
    """What came of adding files: how many were to come, what became of them, and what is to be known of some."""

    files: int
    reports: tuple[FileReport, ...]
    found: dict[int, tuple[Finding, ...]]


class ImportPage(QWidget):
    """Files go in here by ``look_at``; they go on coming in while another page is shown.

    ``told`` carries what came of it where the page is not shown.
    """

    closed = Signal()
    choose_requested = Signal()
    imported = Signal(object)
    practise_requested = Signal(int, str)
    told = Signal(str)
    _told = Signal(int, int, str)

    def __init__(
        self, importing: ImportService, transcripts: TranscriptService, tasks: Tasks, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("import_page")
        set_role(self, "page")
        self._importing = importing
        self._transcripts = transcripts
        self._tasks = tasks
        self._words = ImportWords(self)
        self._finding_words = FindingWords(self)
        self._given: dict[Path, bytes] = {}
        self._left: tuple[FileReport, ...] = ()
        self._paths: tuple[Path, ...] = ()
        self._turn = 0  # what was asked for last; what an earlier wish brings is not shown
        self._goes_on = True
        self._adding = False
        self.preview = ImportPreview()
        self.preview.file_chosen.connect(self._look_into)
        self.preview.choice_changed.connect(self._look_into)
        self.preview.accepted.connect(self._add)
        self.preview.cancelled.connect(self._leave)
        self.preview.more_requested.connect(self.choose_requested)
        self._stack = QStackedWidget()
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.preview, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.preview.footer)
        column.addLayout(self._foot)
        for part in (self._waiting(), shown, self._outcome()):
            self._stack.addWidget(part)
        self._told.connect(self._show_progress)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._stack)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let what stands below the column begin and end where that does."""
        side = self.preview.content.contentsMargins().left()
        self._foot.setContentsMargins(side, 12, side, 20)
        super().resizeEvent(event)

    def refresh(self) -> None:
        """Show the page as it was left."""
        if not self.isVisible():
            return
        target = {0: self.stop_button, 2: self._outcome_target}.get(self._stack.currentIndex())
        if target is None:
            self.preview.take_focus()
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_at(self, paths: Sequence[Path], given: Mapping[Path, bytes] | None = None) -> None:
        """Read files, folders, and texts ``given`` under names of their own, and show what they are."""
        if self._adding:
            self.told.emit(self.tr("Files are still coming in. Choose these again when that is done."))
            return
        self._paths, self._given = tuple(paths), dict(given or {})
        self.preview.begin()
        self._turn += 1
        turn = self._turn
        self._wait(self.tr("Reading…"))
        importing, wanted, contents = self._importing, self._paths, self._given

        def read() -> tuple[int, tuple[FileReport, ...]]:
            return turn, importing.import_paths(
                wanted, dry_run=True, given=contents, on_file=lambda *told: self._tell(turn, *told)
            )

        self._tasks.run(read, self._on_read, self._on_failed)

    def _leave(self) -> None:
        """Leave the page, where it is shown."""
        if self.isVisible():
            self.closed.emit()

    def stop(self) -> None:
        """Let what comes in end with the file that is being written."""
        self._goes_on = False

    # --- reading and writing

    def _tell(self, turn: int, done: int, files: int, path: Path) -> bool:
        """Tell, from the thread that reads or writes, how far it is; return whether to go on."""
        if turn != self._turn or not self._goes_on:
            return False
        self._told.emit(done, files, path.name)
        return True

    def _on_read(self, read: tuple[int, tuple[FileReport, ...]]) -> None:
        turn, reports = read
        if turn != self._turn:
            return
        if not self._goes_on:
            self._leave()
            return
        self._stack.setCurrentIndex(1)
        self.preview.show_reports(reports)
        self.refresh()

    def _look_into(self, path: Path) -> None:
        importing, choice, given, turn = (
            self._importing,
            self.preview.choices.get(path),
            self._given.get(path),
            self._turn,
        )

        def look() -> tuple[int, Path, FileDetail | CoachError]:
            try:
                return turn, path, importing.look_into(path, choice, given)
            except CoachError as error:
                return turn, path, error

        self._tasks.run(look, self._on_looked_into, raise_if_unexpected, lane=Lane.SHOWING)

    def _on_looked_into(self, looked: tuple[int, Path, FileDetail | CoachError]) -> None:
        turn, path, found = looked
        if turn != self._turn:
            return
        if isinstance(found, FileDetail):
            self.preview.show_detail(found)
        else:
            self.preview.show_refusal(path, found)

    def _add(self) -> None:
        paths, choices, given = self.preview.coming, self.preview.settled, self._given
        self._left = self.preview.left
        if not paths:
            return
        self._turn += 1
        turn = self._turn
        self._adding = True
        self._wait(self.tr("Adding…"))
        importing, transcripts = self._importing, self._transcripts

        def add() -> _Added:
            reports = importing.import_paths(
                paths, choices=choices, given=given, on_file=lambda *told: self._tell(turn, *told)
            )
            came = [report for report in reports if report.transcript_id is not None][:_REPORTED]
            return _Added(
                len(paths),
                reports,
                {one.transcript_id: transcripts.report(one.transcript_id) for one in came if one.transcript_id},
            )

        self._tasks.run(add, self._on_added, self._on_failed)

    def _on_added(self, added: "_Added") -> None:
        files, reports, found = added
        self._adding = False
        self.imported.emit(reports)
        came = [report for report in reports if report.error is None and report.standing is not Standing.KNOWN]
        lines = [self._words.summary((*reports, *self._left))]
        if not self.isVisible():
            self.told.emit(" · ".join(lines[0].split("\n")))
        if len(reports) < files:
            lines.insert(0, self.tr("Stopped: %n file(s) did not come in.", "", files - len(reports)))
        self._show_found(came, found)
        self._show_outcome("\n".join(lines), came[0].transcript_id if len(came) == 1 else None)

    def _on_failed(self, error: BaseException) -> None:
        self._adding = False
        raise_if_unexpected(error)
        self._show_found((), {})
        self._show_outcome(self.tr("The import stopped. {0}").format(sentence(error)), None)

    # --- waiting

    def _waiting(self) -> QWidget:
        page = Column()
        self._waiting_title = label("", "title", name="import_waiting_title")
        self._waiting_text = label("", "muted", name="import_progress")
        self.stop_button = button(self.tr("Stop"), "import_stop_button")
        self.stop_button.clicked.connect(self._on_stop)
        page.content.addWidget(self._waiting_title)
        page.content.addWidget(self._waiting_text)
        page.content.addWidget(WrappingRow((self.stop_button,), ()))
        page.content.addStretch()
        return page

    def _wait(self, title: str) -> None:
        self._goes_on = True
        self._waiting_title.setText(title)
        self._waiting_text.setText("")
        self.stop_button.setEnabled(True)
        self._stack.setCurrentIndex(0)
        self.refresh()

    def _show_progress(self, done: int, files: int, name: str) -> None:
        self._waiting_text.setText(self.tr("{0} of {1} files · {2}").format(done, files, name))

    def _on_stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop()

    # --- what came of it

    def _outcome(self) -> QWidget:
        page = Column()
        self._outcome_text = label("", "body", name="import_outcome")
        self.done_button = button(self.tr("Show transcripts"), "import_done_button")
        self.done_button.clicked.connect(self._leave)
        self.practise_button = button(self.tr("Practise this interview"), "import_practise_button", role="primary")
        self.practise_button.clicked.connect(self._on_practise)
        other = button(self.tr("Import more…"), "import_again_button")
        other.clicked.connect(self.choose_requested)
        page.content.addWidget(label(self.tr("Import"), "title"))
        self._found = label("", "body", name="import_found")
        page.content.addWidget(self._outcome_text)
        page.content.addWidget(self._found)
        page.content.addWidget(WrappingRow((self.done_button, other), (self.practise_button,)))
        page.content.addStretch()
        self._practise_id: int | None = None
        self._outcome_target = self.done_button
        return page

    def _show_found(self, reports: Sequence[FileReport], found: Mapping[int, tuple[Finding, ...]]) -> None:
        """Show what is to be known of the transcripts that came in, before one trusts them."""
        lines: list[str] = []
        for report in reports:
            words = self._finding_words.lines(found.get(report.transcript_id or 0, ()), report.turns)
            if words:
                lines += [report.title, *(f"– {line}" for line in words), ""]
        self._found.setText("\n".join(lines).strip())
        self._found.setVisible(bool(lines))

    def _show_outcome(self, text: str, transcript_id: int | None) -> None:
        self._practise_id = transcript_id
        self._outcome_text.setText(text)
        self.practise_button.setVisible(transcript_id is not None)
        self._outcome_target = self.done_button if transcript_id is None else self.practise_button
        self._stack.setCurrentIndex(2)
        self.refresh()

    def _on_practise(self) -> None:
        if self._practise_id is not None:
            self.practise_requested.emit(self._practise_id, "practice")
