"""Trash: what was deleted, for how long it is kept, and the two ways out of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from interview_coach.domain.trash import KEPT_FOR, TrashEntry
from interview_coach.ui import moments
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.column import WIDEST_LIST, Column
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.rows_model import RowsModel
from interview_coach.ui.widgets.table import Table
from interview_coach.ui.widgets.wrapping_row import WrappingRow


class TrashPage(QWidget):
    """Enter puts the chosen entry back, Del deletes it for good once the person has said so, Esc leads back."""

    back_requested = Signal()

    def __init__(self, deeds: Deeds, commands: Commands, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("trash_page")
        set_role(self, "page")
        self._deeds = deeds
        self._commands = commands
        self._entries: dict[int, TrashEntry] = {}
        self._pages = QStackedWidget()
        self._pages.addWidget(self._list())
        self._pages.addWidget(self._nothing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        commands.delete.triggered.connect(self._on_delete)
        deeds.changed.connect(self._offer)

    def refresh(self) -> None:
        """Show what lies there now."""
        self.renew()
        control = self.table if self._entries else self._back_from_nothing
        control.setFocus(Qt.FocusReason.OtherFocusReason)

    def renew(self) -> None:
        """Show the list afresh; where the chosen entry is gone the next one is chosen."""
        before, place = self._chosen(), self.table.currentIndex().row()
        self._entries = {entry.id: entry for entry in self._deeds.in_trash()}
        self._rows.set_ids(tuple(self._entries))
        self._count.setText(self.tr("%n thing(s)", "", len(self._entries)))
        if self._entries:
            row = -1 if before is None else self._rows.row_of(before.id)
            self.table.selectRow(row if row >= 0 else min(max(place, 0), len(self._entries) - 1))
        emptied = not self._entries and self._pages.currentIndex() == 0
        focused = QApplication.focusWidget()
        self._pages.setCurrentIndex(0 if self._entries else 1)
        if emptied and focused is not None and self.isAncestorOf(focused):
            self._back_from_nothing.setFocus(Qt.FocusReason.OtherFocusReason)
        self._offer()

    # --- the parts

    def _list(self) -> QWidget:
        page = Column(widest=WIDEST_LIST)
        self._count = label("", "muted", name="trash_count", wraps=False)
        self.empty_button = button(self.tr("Empty Trash…"), "empty_trash_button")
        self.empty_button.clicked.connect(self._on_empty)
        head = WrappingRow((label(self.tr("Trash"), "title", wraps=False), self._count), (self.empty_button,))
        words = self._deeds.words
        self._rows: RowsModel[TrashEntry] = RowsModel(
            (
                (self.tr("What"), words.entry),
                (self.tr("Deleted"), lambda entry: moments.day_and_time(entry.moved)),
                (self.tr("Kept until"), lambda entry: moments.day((entry.moved + KEPT_FOR).astimezone().date())),
            ),
            lambda ids: [self._entries[entry_id] for entry_id in ids],
            self,
        )
        self.table = Table("trash_table", self.tr("Trash"), 0)
        self.table.show_rows(self._rows)
        self.table.opened.connect(self._on_put_back)
        self.table.chosen_changed.connect(self._offer)
        self._whole = label("", "body", name="trash_text")
        self._about = label("", "muted", name="trash_about")
        self.put_back_button = button(self.tr("Put back"), "put_back_button", role="primary")
        self.put_back_button.clicked.connect(self._on_put_back)
        self.delete_button = button(self.tr("Delete for good…"), "delete_for_good_button")
        self.delete_button.clicked.connect(self._commands.delete.trigger)
        back = button(self.tr("Back"), "trash_back_button")
        back.setShortcut("Esc")
        back.clicked.connect(self.back_requested)
        page.content.setSpacing(12)
        page.content.addWidget(head)
        page.content.addWidget(self.table, 1)
        page.content.addWidget(self._whole)
        page.content.addWidget(self._about)
        page.content.addWidget(WrappingRow((back,), (self.delete_button, self.put_back_button)))
        return page

    def _nothing(self) -> QWidget:
        page = Column(widest=WIDEST_LIST)
        words = self.tr(
            "Trash is empty. Questions, transcripts and answers that you delete lie here for thirty days. "
            "Until then they can be put back; after that they go for good."
        )
        self._back_from_nothing = button(self.tr("Back"), "trash_empty_back_button", role="primary")
        self._back_from_nothing.setShortcut("Esc")
        self._back_from_nothing.clicked.connect(self.back_requested)
        page.content.addWidget(label(self.tr("Trash"), "title"))
        page.content.addWidget(label(words, "body", name="trash_empty_words"))
        page.content.addWidget(self._back_from_nothing, 0, Qt.AlignmentFlag.AlignLeft)
        page.content.addStretch()
        return page

    def _chosen(self) -> TrashEntry | None:
        row = self.table.currentIndex().row()
        return self._entries.get(self._rows.id_at(row)) if 0 <= row < self._rows.rowCount() else None

    def _offer(self) -> None:
        entry, free = self._chosen(), not self._deeds.busy
        for control in (self.put_back_button, self.delete_button, self.empty_button):
            if control.hasFocus() and not free:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            control.setEnabled(free and entry is not None)
        if entry is not None:
            self._whole.setText(self._deeds.words.entry(entry))
            self._about.setText(self._deeds.words.along(entry))
        self._about.setVisible(bool(self._about.text()))
        if self.isVisible():
            self._commands.set_bank((self._commands.delete,) if free and entry is not None else ())
            self._commands.delete.setText(self.tr("&Delete for good…"))

    # --- what the person does

    def _on_put_back(self, *_: object) -> None:
        entry = self._chosen()
        if entry is not None:
            self._deeds.put_back(entry.id)

    def _on_delete(self) -> None:
        entry = self._chosen()
        if entry is not None and self.isVisible():
            self._deeds.erase([entry])

    def _on_empty(self) -> None:
        self._deeds.erase(tuple(self._entries.values()))
