"""Where the data is, how many backups there are, and the commands that keep it safe."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from interview_coach.ui.pages.settings.group import group
from interview_coach.ui.safekeeping import Safekeeping
from interview_coach.ui.widgets.labels import button, label, path_line
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class SafetyGroup(QWidget):
    """The cards "Your data" and "Backups"."""

    folder_requested = Signal()

    def __init__(self, folder: Path, safekeeping: Safekeeping, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._safekeeping = safekeeping
        path = path_line(folder, "data_folder_path", self.tr("Data folder"))
        words = label(self.tr("All you type is kept in this folder, and nowhere else."), "muted")
        show = button(self.tr("Open data folder"), "open_folder_button")
        show.clicked.connect(self.folder_requested)
        check = button(self.tr("Check database"), "check_button")
        check.clicked.connect(safekeeping.check)
        data = group(self.tr("Your data"), (("", path), ("", words), ("", WrappingRow((show, check), ()))))
        self._state = label("", "body", name="backup_state")
        kept = label(
            self.tr(
                "One is made every day, before an import, a restore, a repair, a new version, and before much is "
                "deleted. Of older ones fewer are kept: one a day, then one a week, then one a month."
            ),
            "muted",
        )
        now = button(self.tr("Back up now"), "back_up_button")
        now.clicked.connect(safekeeping.back_up)
        to = button(self.tr("Back up to a file…"), "back_up_to_button")
        to.clicked.connect(safekeeping.back_up_to)
        restore = button(self.tr("Restore a backup…"), "restore_backup_button")
        restore.clicked.connect(safekeeping.restore)
        backups = group(self.tr("Backups"), (("", self._state), ("", kept), ("", WrappingRow((now, to, restore), ()))))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(16)
        layout.addWidget(data)
        layout.addWidget(backups)
        safekeeping.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Say how many backups there are now."""
        self._state.setText(self._safekeeping.state())
