"""Backing up, restoring and checking, as the menu and Settings ask for it: asked, done off the GUI thread, told."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from interview_coach.domain.backups import Backup
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.flaws import Flaw
from interview_coach.services.checking import Repair
from interview_coach.services.opening import Services
from interview_coach.ui import dialogs, moments
from interview_coach.ui.errors import raise_if_unexpected, sentence
from interview_coach.ui.flaw_words import FlawWords
from interview_coach.ui.tasks import Tasks


class Safekeeping(QObject):
    """The commands that keep answers safe.

    ``restore_requested`` carries the backup that the person chose; the program closes the database for it. ``changed``
    is emitted when there is another backup, ``told`` with a sentence for the message bar, ``damage_met`` with an error.
    """

    restore_requested = Signal(object)
    changed = Signal()
    told = Signal(str)
    damage_met = Signal(object)

    def __init__(self, services: Services, tasks: Tasks, window: QWidget) -> None:
        super().__init__(window)
        self._services = services
        self._tasks = tasks
        self._window = window

    def state(self) -> str:
        """Return when the newest backup was made, and how many there are."""
        listed = self._services.backups.listed()
        if not listed:
            return self.tr("There is no backup yet.")
        made = moments.day_and_time(listed[0].created)
        return self.tr("%n backup(s), the newest of {0}.", "", len(listed)).format(made)

    def back_up(self) -> None:
        """Make a backup in the data folder."""
        self._tasks.run(self._services.backups.make, self._on_backed_up, self._on_not_backed_up)

    def back_up_to(self) -> None:
        """Make a backup where the person says."""
        chosen = dialogs.save_as(
            self._window,
            self.tr("Back up to a file"),
            self.tr("interview-coach-backup.sqlite3"),
            self.tr("Backups (*.sqlite3)"),
        )
        if chosen is not None:
            self._tasks.run(lambda: self._services.backups.make(chosen), self._on_backed_up, self._on_not_copied)

    def restore(self) -> None:
        """Let the person choose a backup, which says what it holds, and ask for it to be restored."""
        backups = self._services.backups
        chosen = dialogs.restore_backup(self._window, backups.listed(), backups.look_into, self._tasks, backups.folder)
        if chosen is not None:
            self.restore_requested.emit(chosen)

    def check(self) -> None:
        """Look through the whole database."""
        self.told.emit(self.tr("Checking the database …"))
        self._tasks.run(self._services.checking.examine, self._on_checked, self._on_failed)

    def _on_backed_up(self, made: Backup) -> None:
        self.changed.emit()
        where = made.path.name if made.path.parent == self._services.backups.folder else str(made.path)
        self.told.emit(self.tr("Backed up {0}: {1}").format(moments.exact_time(made.created.astimezone()), where))

    def _on_not_backed_up(self, error: BaseException) -> None:
        self._tell(self.tr("There is no new backup"), error)

    def _on_not_copied(self, error: BaseException) -> None:
        """Tell it and no more: what was damaged may be the copy, on its way to another disk."""
        self._say(self.tr("There is no new backup"), error)

    def _on_checked(self, flaws: tuple[Flaw, ...]) -> None:
        if not flaws:
            self.told.emit(self.tr("The database was checked. All is well."))
            return
        words = FlawWords()
        lines = "\n".join(f"• {words.sentence(flaw)}" for flaw in flaws)
        asked = self.tr("A backup is made first. No answer is taken away.")
        if dialogs.confirm(
            self._window, self.tr("The check found something"), f"{lines}\n\n{asked}", self.tr("Repair")
        ):
            self._tasks.run(self._services.checking.repair, self._on_repaired, self._on_failed)

    def _on_repaired(self, repair: Repair) -> None:
        self.changed.emit()
        self._services.tending.forget()  # rows are not as they were when their changes were noted
        words = FlawWords()
        lines = [self.tr("What was there before is kept: {0}").format(repair.backup.path.name)]
        lines += [self.tr("Repaired: {0}").format(words.sentence(flaw)) for flaw in repair.repaired]
        lines += [self.tr("Still there: {0}").format(words.sentence(flaw)) for flaw in repair.left]
        title = self.tr("Not all could be repaired") if repair.left else self.tr("The database is repaired")
        dialogs.tell(self._window, title, "\n".join(lines))

    def _on_failed(self, error: BaseException) -> None:
        self._tell(self.tr("This did not work"), error)

    def _tell(self, title: str, error: BaseException) -> None:
        if isinstance(error, CoachError) and error.fault is Fault.DAMAGED_DATA:
            self.damage_met.emit(error)
            return
        self._say(title, error)

    def _say(self, title: str, error: BaseException) -> None:
        where = f"\n{error.where}" if isinstance(error, CoachError) and error.where else ""
        dialogs.tell(self._window, title, f"{sentence(error)}{where}")
        raise_if_unexpected(error)
