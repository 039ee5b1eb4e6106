"""What the window shows when the data cannot be opened: what, where, and that nothing was changed."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from interview_coach.ui.errors import sentence
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import Column
from interview_coach.ui.widgets.labels import button, label, path_line


class TroublePage(QWidget):
    """Explains, and offers the folder and the way out."""

    quit_requested = Signal()
    folder_requested = Signal()

    def __init__(self, error: BaseException, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trouble_page")
        set_role(self, "page")
        column = Column(self)
        column.content.addWidget(label(self.tr("Your data could not be opened"), "title"))
        column.content.addWidget(label(sentence(error), "body", name="trouble_sentence"))
        column.content.addWidget(label(self.tr("Nothing was changed. This is the data folder:"), "muted"))
        column.content.addWidget(path_line(folder, "trouble_folder_path", self.tr("Data folder")))
        self._quit = button(self.tr("Close"), "trouble_close_button", role="primary")
        self._quit.clicked.connect(self.quit_requested)
        show = button(self.tr("Open data folder"), "trouble_folder_button")
        show.clicked.connect(self.folder_requested)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._quit)
        row.addWidget(show)
        row.addStretch()
        column.content.addLayout(row)
        column.content.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def take_focus(self) -> None:
        """Put the focus on the way out."""
        self._quit.setFocus(Qt.FocusReason.OtherFocusReason)
