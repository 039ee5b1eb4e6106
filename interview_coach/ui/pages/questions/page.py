"""The bank: found as one types, sorted and filtered, tended, and practised from here."""

from array import array
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from interview_coach.domain.listing import AS_IT_FITS, Column, Sorting
from interview_coach.domain.models import KNOWN_STAGES
from interview_coach.domain.preferences import Preferences
from interview_coach.domain.search_editing import closed
from interview_coach.domain.search_language import Hint, Search, Vocabulary, parse
from interview_coach.domain.trash import Done
from interview_coach.services.opening import Services
from interview_coach.services.searching import Found, ListedQuestion, Standing
from interview_coach.ui.commands import Commands
from interview_coach.ui.deeds import Deeds
from interview_coach.ui.pages.questions.chips import Chips
from interview_coach.ui.pages.questions.chosen_bar import ChosenBar
from interview_coach.ui.pages.questions.list_menu import ListMenu
from interview_coach.ui.pages.questions.looking import Looking
from interview_coach.ui.pages.questions.model import BankModel
from interview_coach.ui.pages.questions.saved_menu import SavedMenu
from interview_coach.ui.pages.questions.search_line import SearchLine
from interview_coach.ui.pages.questions.side import Side
from interview_coach.ui.pages.questions.table import QuestionTable
from interview_coach.ui.search_words import SearchWords
from interview_coach.ui.tasks import Lane, Tasks
from interview_coach.ui.theme import current_theme, set_role
from interview_coach.ui.widgets.column import WIDEST_LIST
from interview_coach.ui.widgets.column import Column as PageColumn
from interview_coach.ui.widgets.labels import button, label
from interview_coach.ui.widgets.wrapping_row import WrappingRow

if TYPE_CHECKING:  # the list is on screen before the panel is made
    from interview_coach.ui.pages.questions.panel import QuestionPanel

#: Width from which on the panel stands beside the list, at a text size of 100 %, in logical pixels.
_BESIDE = 860

#: First width of the panel, at a text size of 100 %, in logical pixels; the person may move its edge.
_PANEL = 360

#: How long the chosen row stays the same before the panel shows it, in milliseconds: not at each row that one passes,
#: nor between two keys of somebody who types.
_SETTLED, _SETTLED_TYPING = 60, 300

#: How often it is noted of which recorded answers a part was on screen, in milliseconds.
_NOTED = 1_000


class QuestionsPage(QWidget):
    """A line to search in, chips, a list in which many rows can be chosen, and a panel that shows the chosen one.

    ``practise_requested`` carries question ids, in the order of the list, and a Wish; ``list_changed`` the preferences
    with other columns or another order in them.
    """

    practise_requested = Signal(object, object, str)
    list_changed = Signal(object)
    history_requested = Signal(int, int)
    transcript_requested = Signal(int)

    def __init__(
        self,
        services: Services,
        deeds: Deeds,
        commands: Commands,
        tasks: Tasks,
        preferences: Preferences,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("questions_page")
        set_role(self, "page")
        self._services = services
        self._service = services.searching
        self._deeds = deeds
        self._commands = commands
        self._tasks = tasks
        self._preferences = preferences
        self._sorting = Sorting(preferences.question_sort, preferences.question_sort_descending)
        self._vocabulary = Vocabulary()
        self._search = Search("")
        self._hint: Hint | None = None
        self._from_top = True
        self._opened = False
        self._placed = False
        self._unsettled = False
        self._added: int | None = None
        self._words = SearchWords(self)
        self._looking = Looking(services.searching, tasks, self)
        self._looking.found.connect(self._on_found)
        self._looking.vocabulary_known.connect(self._on_vocabulary)
        self._settled = _timer(self, _SETTLED, self._on_settled, single=True)
        self._noting = _timer(self, _NOTED, self._note_glimpsed)
        self._build()
        self._connect()

    # --- what it is made of

    def _build(self) -> None:
        commands = self._commands
        self._count = label("", "muted", name="question_count", wraps=False)
        self.add = self._button(self.tr("Add question…"), "question_add_button", commands.add_question)
        self.practise = button(self.tr("Practise…"), "practise_questions_button", role="primary")
        self.practise.clicked.connect(commands.practise_found.trigger)
        head = WrappingRow((label(self.tr("Questions"), "title", wraps=False), self._count), (self.add, self.practise))
        self.line = SearchLine()
        self.cheat_sheet = button(self.tr("Search tips"), "search_tips_button")
        self.saved = SavedMenu(self._deeds.saved_searches, self)
        self.list_menu = ListMenu(self)
        searching = QHBoxLayout()
        searching.setSpacing(8)
        searching.addWidget(self.line, 1)
        searching.addWidget(self.cheat_sheet)
        searching.addWidget(self.saved)
        self.chips = Chips()
        filters = QHBoxLayout()
        filters.setSpacing(8)
        filters.addWidget(self.chips, 1)
        filters.addWidget(self.list_menu, 0, Qt.AlignmentFlag.AlignTop)
        self._note = label("", "small", name="search_note")
        self._suggestion = button("", "search_suggestion_button", role="link")
        noted = QHBoxLayout()
        noted.setSpacing(8)
        noted.addWidget(self._note, 1)
        noted.addWidget(self._suggestion)
        self._rows = BankModel(self._service.listed, _with_text(self._preferences.question_columns), self)
        self.table = QuestionTable(self._rows, self.tr("Questions"))
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._side = Side(self._services, self._deeds, self)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.setObjectName("questions_splitter")
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(16)
        self._split.addWidget(self.table)
        self._split.addWidget(self._side)
        self._split.setStretchFactor(0, 1)
        self.bar = ChosenBar(self._services.questions, self._service, self._deeds, commands, self._tasks, self)
        self.bar.focus_lost.connect(self._go_to_list)
        column = PageColumn(self, widest=WIDEST_LIST)
        column.content.setSpacing(10)
        column.content.addWidget(head)
        column.content.addLayout(searching)
        column.content.addLayout(filters)
        column.content.addLayout(noted)
        column.content.addWidget(self._split, 1)
        column.content.addWidget(self.bar)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)
        # From the top down; the panel, which is made later, comes after the deeds on what is chosen.
        above = (self.add, self.practise, self.line, self.cheat_sheet, self.saved, *self.chips.controls, self.list_menu)
        for before, after in pairwise((*above, self._suggestion, self.table, *self.bar.controls)):
            QWidget.setTabOrder(before, after)
        self.list_menu.show_list(self._rows.columns, self._sorting)
        self._show_hints()

    def _connect(self) -> None:
        commands = self._commands
        self.line.textChanged.connect(self._on_text)
        self.line.down_wanted.connect(self._go_to_list)
        self.chips.text_changed.connect(self.line.setText)
        self.chips.value_wanted.connect(self._begin_value)
        self.cheat_sheet.clicked.connect(self._show_cheat_sheet)
        self.saved.chosen.connect(self._take_saved)
        self.saved.save_wanted.connect(self._save_search)
        self.saved.remove_wanted.connect(self._deeds.remove_search)
        self._suggestion.clicked.connect(self._take_suggestion)
        self.list_menu.sorting_wanted.connect(self._sort)
        self.list_menu.columns_wanted.connect(self._show_columns)
        self.table.sort_wanted.connect(self._on_heading)
        self.table.typed.connect(self._on_typed)
        self.table.opened.connect(self._open)
        self.table.chosen_changed.connect(self._on_chosen)
        self._side.left.connect(self._leave_panel)
        self._side.history_requested.connect(self.history_requested)
        self._side.transcript_requested.connect(self.transcript_requested)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._go_to_line)
        for action in self.bar.actions_of_rows:
            self.table.addAction(action)
        self._deeds.changed.connect(self._on_deeds_changed)
        self._deeds.done.connect(self._on_deed)
        commands.add_question.triggered.connect(self._add)
        commands.practise_found.triggered.connect(self._practise)
        commands.find_alike.triggered.connect(self._find_alike)

    # --- showing the bank

    @property
    def looking(self) -> bool:
        """Whether what is wanted is still looked for, or what was chosen not shown yet."""
        return self._looking.busy or self._looking.learning or self._settled.isActive()

    def refresh(self) -> None:
        """Show the bank as it is now, with the search and the chosen questions as they were."""
        self.renew()
        self._go_to_list()

    def renew(self) -> None:
        """Show the bank afresh and leave the focus where it is. Where the chosen are gone, the next row is chosen."""
        self._looking.look(self._search, self._sorting, afresh=True)
        self._side.renew()

    def show_search(self, text: str) -> None:
        """Look for something, as another page wants it."""
        self.line.setText(text)

    def _on_text(self, text: str) -> None:
        self._search = parse(text, self._vocabulary)
        self._from_top = True
        self.chips.show_text(text)
        self.saved.show_text(text)
        self._looking.look(self._search, self._sorting)

    def _on_vocabulary(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.line.set_vocabulary(vocabulary)
        self.chips.show_vocabulary(vocabulary)
        self.chips.show_text(self.line.text())
        self._search = parse(self.line.text(), vocabulary)
        self._show_hints()

    def _on_found(self, found: Found, first: tuple[ListedQuestion, ...]) -> None:
        chosen, place = (array("q"), 0) if self._from_top else (self.table.chosen_ids, self.table.currentIndex().row())
        if self._added is not None and found.complete:
            chosen, self._added = array("q", [self._added] if self._added in found.ids else chosen), None
        self._from_top = self._from_top and not found.complete
        self.table.show_excerpts(bool(found.search.words))
        self._rows.show(found.ids, found.search.words, first)
        self.table.show_sorting(self._sorting)
        self.table.choose_ids(chosen, place)
        self.table.show_nothing("" if found.ids else self._nothing_words())
        self._show_count(found)
        self._show_hints()
        if found.search.words:
            self._noting.start()
        self._on_chosen()

    def _show_count(self, found: Found) -> None:
        number = len(found.ids)
        words = self.tr("%Ln question(s)", "", number)
        if not found.complete:
            words = self.tr("%Ln question(s) and more …", "", number)
        elif found.search.words and found.standing is Standing.RANKED and number > 1:
            words = self.tr("{0}, the best first").format(words)
        elif found.standing is Standing.NEWEST:
            words = self.tr("{0}, too many to rank: the newest first").format(words)
        self._count.setText(words)
        self.practise.setEnabled(bool(number))
        self._commands.practise_found.setEnabled(bool(number) and self.isVisible())

    def _show_hints(self) -> None:
        """Say the first thing that was not understood, and offer what was probably meant."""
        self._hint = next(iter(self._search.hints), None)
        suggested = None if self._hint is None else self._hint.suggested
        self._note.setText("" if self._hint is None else self._words.hint(self._hint))
        self._note.setVisible(self._hint is not None)
        self._suggestion.setVisible(suggested is not None)
        if suggested is not None:
            self._suggestion.setText(self.tr("Use “{0}”").format(suggested))
            self._suggestion.setAccessibleName(self._suggestion.text())

    # --- the line and the list

    def _go_to_line(self) -> None:
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def _go_to_list(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_typed(self, text: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.end(False)  # noqa: FBT003  (Qt's own signature)
        self.line.insert(text)
        self.line.offer()

    def _begin_value(self, key: str) -> None:
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.setText(f"{closed(self.line.text())} {key}".lstrip())
        self.line.offer()

    def _take_suggestion(self) -> None:
        hint = self._hint
        if hint is not None and hint.suggestion is not None:
            self.line.replace(hint.start, hint.end, hint.suggestion)
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_heading(self, column: Column) -> None:
        """Sort by a column; once more the other way round, and the third time as it was."""
        if self._sorting.by is not column:
            self._sort(Sorting(column))
        else:
            self._sort(AS_IT_FITS if self._sorting.descending else Sorting(column, descending=True))

    def _sort(self, sorting: Sorting) -> None:
        self._sorting = sorting
        self._remember()
        self._looking.look(self._search, sorting)

    def _show_columns(self, columns: tuple[Column, ...]) -> None:
        chosen, place = self.table.chosen_ids, self.table.currentIndex().row()
        self._rows.show_columns(_with_text(columns))
        self.table.fit_columns()
        self.table.show_sorting(self._sorting)
        self.table.choose_ids(chosen, place)
        self._remember()

    def _remember(self) -> None:
        changed = {
            "question_columns": self._rows.columns,
            "question_sort": self._sorting.by,
            "question_sort_descending": self._sorting.descending,
        }
        self._preferences = self._preferences.model_copy(update=changed)
        self.list_menu.show_list(self._rows.columns, self._sorting)
        self.list_changed.emit(changed)

    # --- the panel

    def _open(self, row: int) -> None:
        self.table.choose([row])
        self._settled.stop()
        self._opened = True
        self._side.make()
        self._on_settled()
        self._fit()
        self._side.panel.take_focus()

    def _leave_panel(self) -> None:
        self._opened = False
        self._fit()
        self._go_to_list()

    def _nothing_words(self) -> str:
        if self._search.text.strip():
            return self.tr("No question fits this search.")
        return self.tr("There is no question here yet. Add one, or import a transcript.")

    def _note_glimpsed(self) -> None:
        glimpsed = self._rows.take_glimpsed()
        if glimpsed:
            self._tasks.run(lambda: self._service.note_shown(glimpsed), _nothing, _nothing, lane=Lane.SHOWING)
        elif not self._search.words:
            self._noting.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the panel beside the list where there is room for both."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the size of text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_split"):
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the panel with Esc."""
        if event.key() == Qt.Key.Key_Escape and self._side.isAncestorOf(QApplication.focusWidget() or self):
            self._leave_panel()
        else:
            super().keyPressEvent(event)

    @property
    def _is_narrow(self) -> bool:
        return self.width() < _BESIDE * max(current_theme().text_scale, 1.0)

    @property
    def panel(self) -> "QuestionPanel":
        """The panel of the chosen question."""
        return self._side.panel

    def _fit(self) -> None:
        beside = not self._is_narrow
        self.table.setVisible(beside or not self._opened)
        self._side.setVisible(beside or self._opened)
        self._side.show_way_back(not beside)
        if beside and not self._placed:
            self._placed = True
            panel = round(_PANEL * current_theme().text_scale)
            self._split.setSizes([max(self._split.width() - panel, 1), panel])

    # --- what the person does

    def _on_chosen(self) -> None:
        self.bar.take(self.table.chosen_ids, listed=bool(self._rows.ids))
        self._settled.start(_SETTLED_TYPING if self.line.hasFocus() else _SETTLED)

    def _on_settled(self) -> None:
        self._unsettled = self._deeds.busy
        if self._unsettled:
            return
        shown = self._opened or not self._is_narrow
        if shown and self._side.make():
            self._settled.start(0)  # a key comes before what fills it
            return
        self.bar.tell(told=shown)
        if shown:
            self._side.show_chosen(self.table.chosen_ids, self._search.words)

    def _on_deed(self, done: Done) -> None:
        """Choose a question that was added, once the list shows it."""
        self._added = done.added_id

    def _on_deeds_changed(self) -> None:
        """Read nothing for the screen while a deed has the database: a key would wait as long as the deed takes."""
        self._rows.rest(resting=self._deeds.busy)
        if self._unsettled and not self._deeds.busy:
            self._settled.start()

    def _add(self) -> None:
        from interview_coach.ui import question_dialogs  # late: the list is painted before it

        if self.isVisible():
            stages = tuple(dict.fromkeys((*KNOWN_STAGES, *self._vocabulary.stages)))
            question_dialogs.add_question(self, stages, self._vocabulary.tags, self._deeds.add)

    def _find_alike(self) -> None:
        """Look for near-duplicates among the chosen questions, or in the whole bank where less than two are chosen."""
        if self.isVisible():
            chosen = tuple(self.table.chosen_ids)
            self._deeds.find_near_duplicates(chosen if len(chosen) > 1 else None)

    def _practise(self) -> None:
        from interview_coach.ui import practise_dialog  # late: the list is painted before it

        if not self.isVisible() or not self._rows.ids:
            return
        found, chosen = self._rows.ids, self.table.chosen_ids
        wish = practise_dialog.practise(
            self,
            len(found),
            len(chosen),
            self._service.suspended_among(found),
            self._service.suspended_among(chosen),
        )
        if wish is not None:
            title = self.tr("Chosen questions") if wish.of_chosen else self._search.text.strip()
            self.practise_requested.emit(chosen if wish.of_chosen else found, wish, title or self.tr("All questions"))

    # --- words

    def _show_cheat_sheet(self) -> None:
        from interview_coach.domain.search_cheat_sheet import CHEAT_SHEET  # late: seldom asked for
        from interview_coach.ui import dialogs

        rows = [(example, self._words.meaning(meaning)) for example, meaning in CHEAT_SHEET]
        dialogs.show_table(self, self.tr("Search tips"), rows)

    def _take_saved(self, text: str) -> None:
        self.line.setText(text)
        self._go_to_list()

    def _save_search(self) -> None:
        from interview_coach.ui import search_dialogs  # late: seldom asked for

        text = self._search.text.strip()
        if text:
            search_dialogs.name_search(self, text, self._deeds.save_search)

    def _button(self, words: str, name: str, action: QAction) -> QPushButton:
        made = button(words, name)
        made.clicked.connect(action.trigger)
        return made


def _timer(parent: QWidget, milliseconds: int, slot: Callable[[], None], *, single: bool = False) -> QTimer:
    made = QTimer(parent)
    made.setInterval(milliseconds)
    made.setSingleShot(single)
    made.timeout.connect(slot)
    return made


def _with_text(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Return columns in their order on screen; the question's text always is among them."""
    return tuple(column for column in Column if column in columns or column is Column.TEXT)


def _nothing(_: object) -> None:
    """Be content either way: that it was on screen is noted again with the next one."""
