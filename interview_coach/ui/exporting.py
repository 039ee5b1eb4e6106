"""Taking out and printing, as the menu asks for it: asked, written off the GUI thread, told."""

import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.services.exporting import Chosen, Format, Kind
from interview_coach.services.opening import Services
from interview_coach.ui import dialogs, export_dialog, printing
from interview_coach.ui.errors import raise_if_unexpected
from interview_coach.ui.export_dialog import Wanted
from interview_coach.ui.export_scopes import Offer, offers, shortened
from interview_coach.ui.export_words import DAY_FORMS, FILES, ExportWords, Form
from interview_coach.ui.tasks import Tasks
from interview_coach.ui.widgets.charts.chart import Chart

#: Letters of a title that stand in a list to choose from; below it, the whole is told.
_TITLE = 26

#: So many interviews can be chosen from for the interview-day page; of more, on the Transcripts page.
_INTERVIEWS = 100


class Exporting(QObject):
    """The commands that take something out. One is done at a time.

    ``told`` carries a sentence for the message bar, ``damage_met`` an error. ``page`` returns the page in sight and
    the session that the practice page shows.
    """

    told = Signal(str)
    damage_met = Signal(object)

    def __init__(
        self, services: Services, tasks: Tasks, window: QWidget, page: Callable[[], tuple[QWidget | None, int | None]]
    ) -> None:
        super().__init__(window)
        self._services = services
        self._exports = services.exporting
        self._tasks = tasks
        self._window = window
        self._page = page
        self._busy = False
        self._stopped = threading.Event()
        self._words = ExportWords(self)

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._busy

    def stop(self) -> None:
        """Leave what is being written: the window closes."""
        self._stopped.set()

    def export(self) -> None:
        """Let the person choose what to save in which form, and where."""
        wanted = self._ask(self.tr("Export…"), self.tr("Save as…"), self._offers(), FILES)
        if wanted is not None:
            self._save(wanted, self._made(wanted))

    def print_out(self) -> None:
        """Let the person choose what to print, and show the pages before."""
        wanted = self._ask(self.tr("Print…"), self.tr("Show the pages…"), self._offers(), (Form.PAPER,))
        if wanted is not None:
            self._show_pages(wanted, lambda: (self._exports.printable(wanted.chosen, self._watch),), single=False)

    def interview_day(self) -> None:
        """Let the person choose an interview, for the one page to look at on its day."""
        shown = tuple(offer for offer in self._offers() if offer.chosen.kind in (Kind.SESSION, Kind.TRANSCRIPT))

        def ask(listed: tuple[tuple[int, str], ...]) -> None:
            self._busy = False
            if self._stopped.is_set():
                return
            there = {offer.chosen for offer in shown}
            others = (
                Offer(Chosen(Kind.TRANSCRIPT, (each,)), shortened(title, _TITLE), title) for each, title in listed
            )
            found = (*shown, *(offer for offer in others if offer.chosen not in there))
            if not found:
                self.told.emit(self.tr("There is no interview yet: import a transcript first"))
                return
            wanted = self._ask(self.tr("Interview-day page…"), self.tr("Go on…"), found, DAY_FORMS)
            if wanted is not None:
                self._make_day(wanted)

        if self._begin():
            self._tasks.run(lambda: self._exports.interviews(_INTERVIEWS), ask, self._on_failed)

    def picture(self, chart: Chart, what: str) -> None:
        """Save the picture of a chart as "png" or "svg", or "print" it."""
        title = chart.accessibleName()
        if what == "print":
            from interview_coach.ui import print_dialog  # late: what prints is not needed to save

            shown = printing.Picture(title, chart.summary, chart.paper_ink, chart.paper_size(), chart.paint_on)
            print_dialog.show_picture(self._window, shown, printing.usual_paper(single=True))
            return
        ending = f".{what}"
        target = dialogs.save_as(
            self._window, self.tr("Save as"), f"{title}{ending}", self._words.picture_kinds(ending)
        )
        if target is None or not self._begin():
            return
        content = chart.as_png() if what == "png" else chart.as_svg()

        def end(written: Path) -> None:
            self._busy = False
            if not self._stopped.is_set():
                self.told.emit(self._words.saved(written.name))

        self._tasks.run(lambda: self._exports.write(target, content), end, self._on_failed)

    # --- how it is done

    def _offers(self) -> tuple[Offer, ...]:
        page, practised = self._page()
        return offers(page, practised, self._services.progress, self._words)

    def _ask(self, title: str, yes: str, found: tuple[Offer, ...], forms: tuple[Form, ...]) -> Wanted | None:
        if self._busy:
            self.told.emit(self.tr("Something else is still being written. Try again in a moment."))
            return None
        return export_dialog.choose(self._window, title, yes, found, forms, self._words)

    def _make_day(self, wanted: Wanted) -> None:
        def versions() -> tuple[str, ...]:
            return self._exports.interview_day_printable(wanted.chosen, printing.DAY_SIZES, self._watch)

        def web_page() -> bytes:
            return self._exports.interview_day_page(wanted.chosen, self._watch)

        if wanted.form is Form.PAPER:
            self._show_pages(wanted, versions, single=True)
        else:
            make = web_page if wanted.form is Form.WEB_PAGE else self._pdf(wanted, versions, single=True)
            self._save(wanted, make, self.tr("Interview day:"))

    def _made(self, wanted: Wanted) -> Callable[[], bytes]:
        """Return what makes the bytes of a file, to be called in a thread."""
        if wanted.form is Form.PDF:
            return self._pdf(wanted, lambda: (self._exports.printable(wanted.chosen, self._watch),), single=False)
        form, options = Format(wanted.form.value), wanted.options
        return lambda: self._exports.content(wanted.chosen, form, options, self._watch)

    def _pdf(self, wanted: Wanted, versions: Callable[[], tuple[str, ...]], *, single: bool) -> Callable[[], bytes]:
        paper = printing.usual_paper(single=single)
        return lambda: printing.pdf(versions(), self._title(wanted.chosen), paper, self._watch)

    def _save(self, wanted: Wanted, make: Callable[[], bytes], lead: str = "") -> None:
        """Ask where, then make the file and write it."""
        try:
            name = self._exports.name(wanted.chosen, wanted.form.ending, lead)
        except CoachError as error:
            self._on_failed(error)
            return
        target = dialogs.save_as(self._window, self.tr("Save as"), name, self._words.kinds(wanted.form))
        if target is None or not self._begin():
            return
        self.told.emit(self.tr("Writing {0} …").format(target.name))

        def end(written: Path) -> None:
            self._busy = False
            if not self._stopped.is_set():
                self.told.emit(self._words.saved(written.name))

        self._tasks.run(lambda: self._exports.write(target, make()), end, self._on_failed)

    def _show_pages(self, wanted: Wanted, make: Callable[[], tuple[str, ...]], *, single: bool) -> None:
        if not self._begin():
            return

        def show(made: tuple[tuple[str, ...], str]) -> None:
            self._busy = False
            versions, title = made
            if not self._stopped.is_set():
                from interview_coach.ui import print_dialog  # late: what prints is not needed to save

                print_dialog.show_pages(self._window, versions, title, printing.usual_paper(single=single))

        def read() -> tuple[tuple[str, ...], str]:
            versions = make()
            self._exports.note_on_screen(wanted.chosen)
            return versions, self._title(wanted.chosen)

        self.told.emit(self.tr("Getting the pages ready …"))
        self._tasks.run(read, show, self._on_failed)

    def _title(self, chosen: Chosen) -> str:
        return self._exports.name(chosen, "")

    def _begin(self) -> bool:
        if self._busy:
            return False
        self._busy = True
        return True

    def _watch(self) -> None:
        """End what is being read or laid out once the window closes."""
        if self._stopped.is_set():
            raise CoachError(Fault.DATA_IN_USE, "It was broken off, since the window closes.")

    def _on_failed(self, error: BaseException) -> None:
        self._busy = False
        if self._stopped.is_set():
            return
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)
            return
        dialogs.tell(self._window, self.tr("This was not done"), self._words.refused(error))
        raise_if_unexpected(error)
