"""The button with the saved searches: to take one up again, to save the one that stands there, to remove one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from interview_coach.domain.saved_searches import SavedSearch
from interview_coach.ui.widgets.push_button import PushButton


class SavedMenu(PushButton):
    """Opens a menu of saved searches. ``chosen`` carries the text of one, ``remove_wanted`` the id of one."""

    chosen = Signal(str)
    save_wanted = Signal()
    remove_wanted = Signal(int)

    def __init__(self, read: Callable[[], Sequence[SavedSearch]], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("saved_searches_button")
        self.setText(self.tr("Saved ▾"))
        self.setAccessibleName(self.tr("Saved searches"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it
        self._read = read
        self._text = ""
        self._menu = QMenu(self)
        self._menu.setObjectName("saved_searches_menu")
        self._remove = QMenu(self.tr("Remove"), self)
        self._remove.setObjectName("remove_search_menu")
        self.clicked.connect(self._open)

    def show_text(self, text: str) -> None:
        """Know the search that stands in the line."""
        self._text = text.strip()

    def _open(self) -> None:
        saved = self._read()
        self._menu.clear()
        self._remove.clear()
        for each in saved:
            self._add(self._menu, each.name, self._taker(each), holds=each.text == self._text)
            self._add(self._remove, each.name, self._remover(each))
        if not saved:
            self._add(self._menu, self.tr("There is none yet"), None)
        self._menu.addSeparator()
        can_save = bool(self._text) and all(each.text != self._text for each in saved)
        self._add(self._menu, self.tr("Save this search…"), self.save_wanted.emit if can_save else None)
        if saved:
            self._menu.addMenu(self._remove)
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        first = next(
            (action for action in self._menu.actions() if action.isEnabled() and not action.isSeparator()), None
        )
        if first is not None:
            self._menu.setActiveAction(first)

    def _add(self, menu: QMenu, words: str, slot: Callable[[], None] | None, *, holds: bool = False) -> None:
        action = QAction(words.replace("&", "&&") if slot is not None else words, menu)
        action.setEnabled(slot is not None)
        action.setCheckable(holds)
        action.setChecked(holds)
        if slot is not None:
            action.triggered.connect(slot)
        menu.addAction(action)

    def _taker(self, saved: SavedSearch) -> Callable[[], None]:
        def take() -> None:
            self.chosen.emit(saved.text)

        return take

    def _remover(self, saved: SavedSearch) -> Callable[[], None]:
        def remove() -> None:
            self.remove_wanted.emit(saved.id)

        return remove
