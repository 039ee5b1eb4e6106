"""The window: rail, menus and pages; all wiring between pages is here.

It is painted before pydantic and SQLModel are imported, so pages other than Today are imported when they are first
shown, and the services arrive by ``open_up``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QByteArray, QMimeData, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from interview_coach import APPLICATION_NAME, __version__, paths
from interview_coach.settings import TEXT_SIZES, WindowState
from interview_coach.ui.commands import Commands
from interview_coach.ui.pages.today import TodayPage
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.theme import apply_theme, load_theme, system_theme
from interview_coach.ui.widgets.labels import label
from interview_coach.ui.widgets.rail import Rail

if TYPE_CHECKING:  # pydantic and SQLModel are not imported before the first paint
    from interview_coach.domain.preferences import Preferences
    from interview_coach.services.opening import Services
    from interview_coach.services.recovery import RecoveryService
    from interview_coach.ui.deeds import Deeds
    from interview_coach.ui.exporting import Exporting
    from interview_coach.ui.pages.importing.page import ImportPage
    from interview_coach.ui.pages.practice.page import PracticePage
    from interview_coach.ui.pages.recovery import RecoveryPage
    from interview_coach.ui.pages.settings.page import SettingsPage
    from interview_coach.ui.pages.transcripts import TranscriptsPage
    from interview_coach.ui.practise_dialog import Wish
    from interview_coach.ui.safekeeping import Safekeeping
    from interview_coach.ui.undoing import Undoing
    from interview_coach.ui.widgets.charts.chart import Chart

#: Below this width the rail shows pictures alone, at a text size of 100 %.
NARROW = 900


class MainWindow(QMainWindow):
    """The one window. ``first_painted`` and ``ready`` are emitted once each."""

    first_painted = Signal()
    ready = Signal()
    window_changed = Signal(object)
    preferences_changed = Signal(object)
    imported = Signal(object)
    damage_met = Signal(object)
    restore_requested = Signal(object)
    read_only_requested = Signal()
    rescue_requested = Signal(object)
    start_new_requested = Signal()
    retry_requested = Signal()
    other_folder_requested = Signal(object)

    def __init__(self, tasks: Tasks, state: WindowState, data_folder: Path) -> None:
        super().__init__()
        self._tasks = tasks
        self._state = state
        self._data_folder = data_folder
        self._services: Services | None = None
        self._preferences: Preferences | None = None
        self._painted = False
        self._made: dict[str, QWidget] = {}
        self._wanted_page = ""
        self._closing = False
        self._closed = False
        self._safekeeping: Safekeeping | None = None
        self._exporting: Exporting | None = None
        self._deeds: Deeds | None = None
        self._undoing: Undoing | None = None

        self.setObjectName("main_window")
        self.setWindowTitle(APPLICATION_NAME)
        self.setMinimumSize(800, 560)
        self.setAcceptDrops(True)
        self.resize(1180, 780)
        self.commands = Commands(self)
        self._build_menus()
        self.rail = Rail(self)
        self._stack = QStackedWidget(self)
        self._read_only_note = label(
            self.tr("Read-only: you can look at everything, and nothing you do here is stored."),
            "banner",
            self,
            name="read_only_note",
        )
        self._read_only_note.hide()
        self.today = TodayPage(self)
        self._add_page("today", self.today)
        centre = QWidget(self)
        row = QHBoxLayout(centre)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._read_only_note)
        column.addWidget(self._stack, 1)
        row.addLayout(column, 1)
        self._column = column
        self.setCentralWidget(centre)
        self._connect()
        if state.geometry:
            self.restoreGeometry(QByteArray.fromBase64(state.geometry.encode("ascii", "ignore")))
        self.today.take_focus()

    # --- opening up

    def open_up(self, services: Services, preferences: Preferences) -> None:
        """Let the pages work: Today shows its data, and a page that was asked for meanwhile is shown."""
        from interview_coach.ui.preloading import MODULES, Preloading  # late, as all that stands above the first paint
        from interview_coach.ui.safekeeping import Safekeeping

        self._services = services
        self._preferences = preferences
        safekeeping = Safekeeping(services, self._tasks, self)
        safekeeping.restore_requested.connect(self.restore_requested)
        safekeeping.damage_met.connect(self.damage_met)
        safekeeping.told.connect(self.tell)
        self._safekeeping = safekeeping
        self._begin_deeds(services)
        self._read_only_note.setVisible(services.read_only)
        self._refresh_today()
        if self._wanted_page:
            self.show_page(self._wanted_page)
        Preloading(MODULES, self)
        self.ready.emit()

    def show_recovery(
        self,
        error: BaseException,
        recovery: RecoveryService | None,
        *,
        kept_text: Path | None = None,
        unsaved: str = "",
    ) -> None:
        """Say that the data cannot be used, and offer the ways out; the pages are gone until one of them is taken."""
        from interview_coach.ui.pages.recovery import RecoveryPage  # late: rarely needed

        self.close_pages()
        page = RecoveryPage(
            error, self._data_folder, recovery, self._tasks, kept_text=kept_text, unsaved=unsaved, parent=self
        )
        page.quit_requested.connect(self.close)
        page.folder_requested.connect(self._open_folder)
        page.restore_requested.connect(self.restore_requested)
        page.read_only_requested.connect(self.read_only_requested)
        page.rescue_requested.connect(self.rescue_requested)
        page.start_new_requested.connect(self.start_new_requested)
        page.retry_requested.connect(self.retry_requested)
        page.other_folder_requested.connect(self.other_folder_requested)
        self._add_page("recovery", page)
        self._stack.setCurrentWidget(page)
        self.rail.setEnabled(False)
        page.take_focus()

    @property
    def in_recovery(self) -> bool:
        """Whether the ways out are shown instead of the data."""
        return "recovery" in self._made

    @property
    def reads_alone(self) -> bool:
        """Whether the data was opened to read alone."""
        return self._services is not None and self._services.read_only

    def close_pages(self) -> None:
        """Let go of the data: Today alone is left, as it is before its data comes."""
        self._services = None
        self._safekeeping = None
        if self._exporting is not None:
            self._exporting.stop()
        self._exporting = None
        self._end_deeds()
        self._wanted_page = ""
        if self.practice is not None:
            self.practice.abandon()
        self._stack.setCurrentWidget(self.today)
        for name in [name for name in self._made if name != "today"]:
            page = self._made.pop(name)
            self._stack.removeWidget(page)
            page.deleteLater()
        self.commands.set_practice(())
        self.today.clear()
        self.rail.setEnabled(True)
        self.rail.set_page("today")
        self._read_only_note.hide()

    @property
    def practice(self) -> PracticePage | None:
        """The practice page, once it was shown."""
        return cast("PracticePage | None", self._made.get("practice"))

    # --- pages

    def show_page(self, page: str) -> None:
        """Show a page, refreshed; before the data is there the wish is kept."""
        undoing = self._undoing
        if self._services is None or undoing is None:
            self._wanted_page = page
            return
        shown = self._made.get(page) or self._make_page(page)
        leaving = self._stack.currentWidget()
        if leaving is not shown and leaving is self.practice and self.practice is not None:
            self.practice.leave()
            undoing.forget_step()
        self.commands.set_bank(())
        self._stack.setCurrentWidget(shown)
        if page != "trash":  # it has no place on the rail, and leads back to where one came from
            self.rail.set_page("transcripts" if page == "import" else page)
        if page == "today":
            self._refresh_today()
        else:
            cast("Any", shown).refresh()
        undoing.offer()

    def _refresh_today(self) -> None:
        """Show Today as it is now; where it cannot be read the other pages, and the check, are there all the same."""
        if self._services is None:
            return
        from interview_coach.domain.errors import CoachError, Fault  # late, as all that stands above the first paint
        from interview_coach.ui.errors import sentence

        try:
            view = self._services.today.view()
            agenda = self._services.agenda.view()
        except CoachError as error:
            self.today.clear()
            if error.fault is Fault.DAMAGED_DATA and not self._services.read_only:
                self.damage_met.emit(error)
            else:
                self.tell(sentence(error))
            return
        self.today.render_view(view, agenda)

    def _make_page(self, name: str) -> QWidget:
        """Make a page when it is first shown; the imports are late so that the first paint does not wait for them."""
        services, preferences, deeds, undoing = self._services, self._preferences, self._deeds, self._undoing
        if services is None or preferences is None or deeds is None or undoing is None:
            raise RuntimeError("pages are made once the data is open")
        if name == "practice":
            from interview_coach.ui.pages.practice.page import PracticePage

            practice = PracticePage(services.practice, self._tasks, deeds, self.commands, self)
            practice.today_requested.connect(self._go_to_today)
            practice.progress_requested.connect(self._go_to_progress)
            practice.history_requested.connect(self._show_history)
            practice.damage_met.connect(self.damage_met)
            undoing.watch(practice)
            self._column.insertWidget(1, practice.not_saved)  # whatever page is shown
            return self._add_page(name, practice)
        if name == "questions":
            from interview_coach.ui.pages.questions.page import QuestionsPage

            questions = QuestionsPage(services, deeds, self.commands, self._tasks, preferences, self)
            questions.practise_requested.connect(self._start_chosen)
            questions.list_changed.connect(self._on_list_changed)
            questions.history_requested.connect(self._show_history)
            questions.transcript_requested.connect(self._open_transcript)
            return self._add_page(name, questions)
        if name == "transcripts":
            from interview_coach.ui.pages.transcripts import TranscriptsPage

            transcripts = TranscriptsPage(services.transcripts, deeds, self.commands, self)
            transcripts.practise_requested.connect(self._start_transcript)
            transcripts.import_requested.connect(self._import)
            return self._add_page(name, transcripts)
        if name == "progress":
            from interview_coach.ui.pages.progress.page import ProgressPage

            progress = ProgressPage(services.progress, services.figures, deeds, self.commands, self._tasks, self)
            progress.today_requested.connect(self._go_to_today)
            progress.history_requested.connect(self._show_history)
            progress.picture_requested.connect(self._take_picture)
            progress.damage_met.connect(self.damage_met)
            return self._add_page(name, progress)
        if name == "import":
            from interview_coach.ui.pages.importing.page import ImportPage

            importing = ImportPage(services.importing, services.transcripts, self._tasks, self)
            importing.closed.connect(self._leave_import)
            importing.choose_requested.connect(self._import)
            importing.imported.connect(self.imported)
            importing.told.connect(self.tell)
            importing.practise_requested.connect(self._start_transcript)
            return self._add_page(name, importing)
        if name == "trash":
            from interview_coach.ui.pages.trash import TrashPage

            trash = TrashPage(deeds, self.commands, self)
            trash.back_requested.connect(self._leave_trash)
            return self._add_page(name, trash)
        from interview_coach.ui.pages.settings.page import SettingsPage

        safekeeping = self._safekeeping
        if safekeeping is None:
            raise RuntimeError("pages are made once the data is open")
        settings = SettingsPage(self._state, preferences, self._data_folder, safekeeping, self)
        settings.window_changed.connect(self._on_window_state)
        settings.preferences_changed.connect(self._on_preferences)
        settings.folder_requested.connect(self._open_folder)
        return self._add_page(name, settings)

    def _add_page(self, name: str, page: QWidget) -> QWidget:
        self._made[name] = page
        self._stack.addWidget(page)
        return page

    # --- wiring

    def _connect(self) -> None:
        commands = self.commands
        self.rail.page_requested.connect(self.show_page)
        for page, action in commands.pages.items():
            action.triggered.connect(self._page_opener(page))
        self.today.resume_requested.connect(self._resume)
        self.today.transcript_requested.connect(self._start_transcript)
        self.today.mixed_requested.connect(self._start_mixed)
        self.today.portion_requested.connect(self._start_portion)
        self.today.stage_requested.connect(self._start_stage)
        self.today.transcripts_requested.connect(self._go_to_transcripts)
        self.today.import_requested.connect(self._import)
        commands.import_transcripts.triggered.connect(self._import)
        commands.import_folder.triggered.connect(self._import_folder)
        commands.import_pasted.triggered.connect(self._import_pasted)
        commands.trash.triggered.connect(self._page_opener("trash"))
        commands.quit.triggered.connect(self.close)
        commands.export.triggered.connect(self._export)
        commands.interview_day.triggered.connect(self._interview_day)
        commands.print_out.triggered.connect(self._print)
        commands.back_up.triggered.connect(self._back_up)
        commands.restore.triggered.connect(self._restore)
        commands.check.triggered.connect(self._check)
        commands.mock.triggered.connect(self._choose_mock)
        commands.larger.triggered.connect(self._larger)
        commands.smaller.triggered.connect(self._smaller)
        commands.usual_size.triggered.connect(self._usual_size)
        commands.shortcuts.triggered.connect(self._show_shortcuts)
        commands.about.triggered.connect(self._show_about)
        commands.open_folder.triggered.connect(self._open_folder)
        commands.cut.triggered.connect(self._cut)
        commands.copy.triggered.connect(self._copy)
        commands.paste.triggered.connect(self._paste)

    def _build_menus(self) -> None:
        commands = self.commands
        menus = (
            (
                self.tr("&File"),
                (
                    commands.import_transcripts,
                    commands.import_folder,
                    commands.import_pasted,
                    None,
                    commands.export,
                    commands.interview_day,
                    commands.print_out,
                    None,
                    commands.back_up,
                    commands.restore,
                    commands.check,
                    None,
                    commands.trash,
                    commands.open_folder,
                    None,
                    commands.quit,
                ),
            ),
            (
                self.tr("&Edit"),
                (commands.undo, None, commands.cut, commands.copy, commands.paste, None, commands.delete),
            ),
            (
                self.tr("&Questions"),
                (
                    commands.add_question,
                    commands.practise_found,
                    None,
                    commands.edit_question,
                    commands.change_tags,
                    commands.flag_chosen,
                    commands.suspend,
                    commands.merge,
                    None,
                    commands.find_alike,
                ),
            ),
            (
                self.tr("&Practice"),
                (
                    commands.go_on,
                    commands.skip,
                    commands.flag,
                    commands.pause,
                    None,
                    commands.try_again,
                    commands.whole_text,
                    commands.edit_points,
                    commands.note,
                    commands.attempts,
                    commands.pin,
                    None,
                    commands.mock,
                ),
            ),
            (
                self.tr("&View"),
                (*commands.pages.values(), None, commands.larger, commands.smaller, commands.usual_size),
            ),
            (self.tr("&Help"), (commands.shortcuts, commands.about)),
        )
        for title, actions in menus:
            menu = QMenu(title, self)
            for action in actions:
                if action is None:
                    menu.addSeparator()
                else:
                    menu.addAction(action)
            self.menuBar().addMenu(menu)

    def _page_opener(self, page: str) -> Callable[[], None]:
        def open_page() -> None:
            self.show_page(page)

        return open_page

    # --- practising

    def _start(self, start: Callable[[Services], int]) -> None:
        """Start or resume a session and show it; bad luck is told."""
        from interview_coach.domain.errors import CoachError, Fault  # late, as all that stands above the first paint
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        services = self._services
        if services is None:
            return
        try:
            session_id = start(services)
            practice = self.practice or cast("PracticePage", self._make_page("practice"))
            practice.open(session_id)
        except CoachError as error:
            from interview_coach.ui.errors import sentence

            if error.fault is Fault.DAMAGED_DATA:
                self.damage_met.emit(error)
                return
            dialogs.tell(self, self.tr("This cannot be practised now"), sentence(error))
            return
        self.show_page("practice")

    def _resume(self, session_id: int) -> None:
        self._start(lambda _: session_id)

    def _start_transcript(self, transcript_id: int, mode: str) -> None:
        from interview_coach.domain.models import Mode

        self._start(lambda services: services.practice.start_transcript(transcript_id, Mode(mode)))

    def _start_stage(self, stage: str) -> None:
        self._start(lambda services: services.practice.start_stage(stage))

    def _start_mixed(self, mode: str) -> None:
        from interview_coach.domain.models import Mode

        self._start(lambda services: services.practice.start_mixed(Mode(mode)))

    def _start_chosen(self, question_ids: Sequence[int], wish: Wish, title: str) -> None:
        """Start a session over chosen questions; of very many it takes a moment to see which are the weakest."""
        from random import SystemRandom  # late: not on the way to the first paint

        services = self._services
        if services is None:
            return

        def start() -> int:
            return services.practice.start_chosen(
                question_ids, title=title, mode=wish.mode, count=wish.count, order=wish.order, chance=SystemRandom()
            )

        self._tasks.run(start, self._resume, self._on_not_started)

    def _start_portion(self, question_ids: Sequence[int], title: str) -> None:
        """Start a session over what Today asks for, in its order."""
        from interview_coach.domain.selection import Order  # late: not on the way to the first paint

        def start(services: Services) -> int:
            return services.practice.start_chosen(question_ids, title=title, count=None, order=Order.AS_LISTED)

        self._start(start)

    def _on_not_started(self, error: BaseException) -> None:
        def refuse(_: Services) -> int:
            raise error

        self._start(refuse)

    def _choose_mock(self) -> None:
        self.show_page("today")
        self.today.open_mock_menu()

    def _show_history(self, question_id: int, attempt_id: int) -> None:
        """Show the answers to a question over time, beginning with one of them."""
        from interview_coach.domain.errors import CoachError  # late, as all that stands above the first paint
        from interview_coach.services.progress import History
        from interview_coach.ui import dialogs, history_dialog
        from interview_coach.ui.errors import sentence

        services, deeds = self._services, self._deeds
        if services is None or deeds is None:
            return

        def read() -> History | None:
            try:
                return services.progress.history(question_id)
            except CoachError as error:
                dialogs.tell(self, self.tr("These answers cannot be shown"), sentence(error))
                return None

        history = read()
        if history is None:
            return
        opened = history

        def pin(pinned: int | None) -> History:
            if pinned is None:
                deeds.unpin(question_id)
            else:
                deeds.pin(pinned)
            return read() or opened

        if not history.entries:
            self.tell(self.tr("There is no answer with words to this question yet"))
            return
        history_dialog.show_history(self, history, attempt_id, services.progress.difference, pin, self._tasks)

    def _go_to_transcripts(self) -> None:
        self.show_page("transcripts")

    def _go_to_today(self) -> None:
        self.show_page("today")

    def _go_to_progress(self) -> None:
        self.show_page("progress")

    # --- bringing transcripts in

    def _import(self) -> None:
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        if self._services is not None:
            self._look_at(dialogs.choose_transcripts(self))

    def _import_folder(self) -> None:
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        if self._services is not None:
            folder = dialogs.choose_folder(self, self.tr("Import a folder"))
            self._look_at(() if folder is None else (folder,))

    def _import_pasted(self) -> None:
        """Take what was copied: files, or a text."""
        copied = QApplication.clipboard().mimeData()
        files = _local_files(copied)
        text = copied.text() if copied is not None and not files else ""
        if files:
            self._look_at(files)
        elif text.strip():
            name = Path(self.tr("Pasted text"))
            self._look_at((name,), {name: text.encode("utf-8", "replace")})
        elif self._services is not None:
            self.tell(self.tr("There is no text to paste: copy one first, then come back"))

    def _look_at(self, chosen: Sequence[Path], given: Mapping[Path, bytes] | None = None) -> None:
        if chosen and self._services is not None:
            self.show_page("import")
            cast("ImportPage", self._made["import"]).look_at(chosen, given)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Let files be dropped anywhere on the window."""
        if self._services is not None and _local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the files that were dropped."""
        files = _local_files(event.mimeData())
        if files:
            event.acceptProposedAction()
            self._look_at(files)

    def _leave_import(self) -> None:
        self.show_page("transcripts")

    # --- taking out

    def _take_out(self, command: Callable[[Exporting], None]) -> None:
        """Give a command of those that take something out, once the data is there."""
        from interview_coach.ui.exporting import Exporting  # late: not needed to start

        if self._exporting is None and self._services is not None:
            self._exporting = Exporting(self._services, self._tasks, self, self._page_in_sight)
            self._exporting.told.connect(self.tell)
            self._exporting.damage_met.connect(self.damage_met)
        if self._exporting is not None:
            command(self._exporting)

    def _page_in_sight(self) -> tuple[QWidget | None, int | None]:
        """Return the page that is shown and the session that is practised; what is typed in it is stored first."""
        page = self._stack.currentWidget()
        practice = self.practice
        if page is practice and practice is not None:
            practice.store()
        return page, None if practice is None else practice.session_id

    def _export(self) -> None:
        self._take_out(lambda exporting: exporting.export())

    def _print(self) -> None:
        self._take_out(lambda exporting: exporting.print_out())

    def _take_picture(self, chart: Chart, what: str) -> None:
        self._take_out(lambda exporting: exporting.picture(chart, what))

    def _interview_day(self) -> None:
        self._take_out(lambda exporting: exporting.interview_day())

    # --- keeping it safe

    def rescue_again(self) -> None:
        """Let what is readable of a damaged database be saved once more."""
        page = self._made.get("recovery")
        if page is not None:
            cast("RecoveryPage", page).show_rescued()

    def tell(self, sentence: str) -> None:
        """Show a sentence that needs no answer below the page, for a while."""
        if self._undoing is not None:
            self._undoing.tell(sentence)

    def _back_up(self) -> None:
        if self._safekeeping is not None:
            self._safekeeping.back_up()

    def _restore(self) -> None:
        if self._safekeeping is not None:
            self._safekeeping.restore()

    def _check(self) -> None:
        if self._safekeeping is not None:
            self._safekeeping.check()

    # --- what is done to the bank, and taken back

    def _begin_deeds(self, services: Services) -> None:
        from interview_coach.ui.deeds import Deeds  # late, as all that stands above the first paint
        from interview_coach.ui.undoing import Undoing

        deeds = Deeds(services.tending, services.trash, self._tasks, self)
        deeds.damage_met.connect(self.damage_met)
        undoing = Undoing(deeds, self.commands, self._stack, self._column)
        undoing.renew_requested.connect(self._renew_page)
        self._deeds, self._undoing = deeds, undoing

    def _end_deeds(self) -> None:
        if self._deeds is not None and self._undoing is not None:
            self._undoing.end()
            self._deeds.deleteLater()
            self._deeds = self._undoing = None
        self.commands.set_bank(())

    def _renew_page(self, *_: object) -> None:
        """Show the bank afresh where it is shown."""
        renew = getattr(self._stack.currentWidget(), "renew", None)
        if callable(renew):
            renew()
        elif self._stack.currentWidget() is self.today:
            self._refresh_today()

    def _open_transcript(self, transcript_id: int) -> None:
        self.show_page("transcripts")
        cast("TranscriptsPage", self._made["transcripts"]).open_transcript(transcript_id)

    def _leave_trash(self) -> None:
        self.show_page(self.rail.page)

    # --- settings and the look

    def _on_window_state(self, state: WindowState) -> None:
        self._state = state
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, state)
        self._fit_rail()
        self.window_changed.emit(state)

    def _on_preferences(self, preferences: Preferences) -> None:
        self._preferences = preferences
        if self._services is not None:
            self._services.practice.preferences = preferences
            self._services.agenda.preferences = preferences
        self.preferences_changed.emit(preferences)

    def _on_list_changed(self, changed: Mapping[str, object]) -> None:
        """Remember how the list of questions stands, in Settings as well, which store all preferences."""
        if self._preferences is not None:
            self._on_preferences(self._preferences.model_copy(update=changed))
            if "settings" in self._made:
                cast("SettingsPage", self._made["settings"]).preferences = self._preferences

    def _zoom(self, step: int) -> None:
        sizes = [size for size in TEXT_SIZES if (size - self._state.text_size) * step > 0.001]
        if sizes:
            self._set_text_size(min(sizes) if step > 0 else max(sizes))

    def _larger(self) -> None:
        self._zoom(1)

    def _smaller(self) -> None:
        self._zoom(-1)

    def _usual_size(self) -> None:
        self._set_text_size(1.0)

    def _set_text_size(self, size: float) -> None:
        state = self._state
        self._on_window_state(WindowState(theme=state.theme, text_size=size, geometry=state.geometry))
        if self.rail.page == "settings":
            cast("Any", self._made["settings"]).show_window_state(self._state)

    # --- menus without a page

    def _show_shortcuts(self) -> None:
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        dialogs.show_table(self, self.tr("Keyboard shortcuts"), self.commands.shortcut_list())

    def _show_about(self) -> None:
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        text = self.tr(
            "Rehearse job interviews alone and offline.\n© 2026 the Interview Coach contributors, MIT licence."
        )
        dialogs.tell(self, f"{APPLICATION_NAME} {__version__}", text)

    def _open_folder(self) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._data_folder))):
            from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

            dialogs.tell(self, self.tr("The folder cannot be shown from here"), str(self._data_folder))

    def _cut(self) -> None:
        self._edit("cut")

    def _copy(self) -> None:
        self._edit("copy")

    def _paste(self) -> None:
        self._edit("paste")

    @staticmethod
    def _edit(what: str) -> None:
        method = getattr(QApplication.focusWidget(), what, None)
        if callable(method):
            method()

    # --- the window itself

    def raise_up(self) -> None:
        """Come to the front: the program was started once more on the same data."""
        self.setWindowState(self.windowState() & ~self.windowState().WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def end(self) -> None:
        """Save and close without a question, as for SIGTERM and the end of the system's session.

        A dialog that is open goes first, whatever it would ask: nobody may be there to answer.
        """
        from PySide6.QtWidgets import QDialog  # late: not on the way to the first paint

        self._closing = True
        for window in QApplication.topLevelWidgets():
            if isinstance(window, QDialog) and window.isVisible():
                window.done(QDialog.DialogCode.Rejected)
        self.close()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell of the first time once it is on its way to the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show pictures alone on the rail of a narrow window."""
        super().resizeEvent(event)
        self._fit_rail()

    def _fit_rail(self) -> None:
        self.rail.set_collapsed(self.width() < NARROW * max(self._state.text_size, 1.0))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Store what is typed, then close; where that fails, the person decides."""
        from interview_coach.ui import dialogs  # late: its classes are not on the way to the first paint

        practice = self.practice
        if practice is not None and not practice.put_away() and not self._closing:
            leave = dialogs.confirm(
                self,
                self.tr("The last words are not saved"),
                self.tr(
                    "They could not be stored. Go back, and “Save a copy as…” above the page keeps them in a file."
                ),
                self.tr("Close anyway"),
            )
            if not leave:
                event.ignore()
                return
        self._closed = True
        if self._exporting is not None:
            self._exporting.stop()
        importing = self._made.get("import")
        if importing is not None:
            cast("ImportPage", importing).stop()
        geometry = self.saveGeometry().toBase64().toStdString()
        state = WindowState(theme=self._state.theme, text_size=self._state.text_size, geometry=geometry)
        self.window_changed.emit(state)
        super().closeEvent(event)


def _local_files(copied: QMimeData | None) -> tuple[Path, ...]:
    """Return the files and folders of this machine that were dragged or copied."""
    if copied is None or not copied.hasUrls():
        return ()
    return tuple(Path(url.toLocalFile()) for url in copied.urls() if url.isLocalFile())


def dress(application: QApplication, state: WindowState) -> None:
    """Give the application the theme and text size of a window's state."""
    name = system_theme(application) if state.theme == "system" else state.theme
    apply_theme(application, load_theme(name, paths.resource), state.text_size)
