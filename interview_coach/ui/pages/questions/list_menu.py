"""The button with the columns of the list and its order: what a heading's click does, for the keyboard as well."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from interview_coach.domain.listing import AS_IT_FITS, Column, Sorting
from interview_coach.ui.pages.questions.model import heading
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.push_button import PushButton

#: Columns that are of use from the highest or the last on, so that choosing them sorts that way.
_FROM_THE_TOP = (Column.ATTEMPTS, Column.LAST, Column.ASKED, Column.ADDED)


class ListMenu(PushButton):
    """Opens a menu. ``sorting_wanted`` carries a Sorting, ``columns_wanted`` the columns that shall be shown."""

    sorting_wanted = Signal(object)
    columns_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setObjectName("list_menu_button")
        self.setText(self.tr("List ▾"))
        self.setAccessibleName(self.tr("Order and columns of the list"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(True)  # Enter presses it
        set_role(self, "chip")
        self._menu = QMenu(self)
        self._menu.setObjectName("list_menu")
        self._columns: tuple[Column, ...] = ()
        self._sorting = AS_IT_FITS
        self.clicked.connect(self._open)

    def show_list(self, columns: Sequence[Column], sorting: Sorting) -> None:
        """Know how the list stands, to tick what holds."""
        self._columns = tuple(columns)
        self._sorting = sorting

    def _open(self) -> None:
        menu = self._menu
        menu.clear()
        menu.addSection(self.tr("Sort by"))
        group = QActionGroup(menu)
        self._add(self.tr("What fits best, else the stage"), self._sorting.by is None, self._sorter(AS_IT_FITS), group)
        for column in Column:
            self._add(heading(column), self._sorting.by is column, self._sorter(_usual(column)), group)
        turned = Sorting(self._sorting.by, not self._sorting.descending)
        menu.addSeparator()
        self._add(self.tr("The other way round"), self._sorting.descending, self._sorter(turned))
        menu.addSection(self.tr("Columns"))
        for column in Column:
            if column is not Column.TEXT:
                self._add(heading(column), column in self._columns, self._switcher(column))
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
        menu.setActiveAction(next(action for action in menu.actions() if not action.isSeparator()))

    def _add(self, words: str, holds: bool, slot: Callable[[], None], group: QActionGroup | None = None) -> None:
        action = QAction(words, self._menu)
        action.setCheckable(True)
        action.setChecked(holds)
        if group is not None:
            group.addAction(action)
        action.triggered.connect(slot)
        self._menu.addAction(action)

    def _sorter(self, sorting: Sorting) -> Callable[[], None]:
        def sort() -> None:
            self.sorting_wanted.emit(sorting)

        return sort

    def _switcher(self, column: Column) -> Callable[[], None]:
        def switch() -> None:
            others = tuple(each for each in self._columns if each is not column)
            self.columns_wanted.emit(others if column in self._columns else (*others, column))

        return switch


def _usual(column: Column) -> Sorting:
    return Sorting(column, descending=column in _FROM_THE_TOP)
