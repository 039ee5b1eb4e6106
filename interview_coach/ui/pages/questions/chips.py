"""The chips: the filters that are asked for most. Each is a button that writes its filter into the search line."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from interview_coach.domain.search_editing import has_part, with_part, without_part
from interview_coach.domain.search_language import From, InStage, Is, Part, State, Tagged, Vocabulary, parse
from interview_coach.ui.theme import set_role
from interview_coach.ui.widgets.flow import Flow
from interview_coach.ui.widgets.labels import button

#: Values that a chip's menu shows; the others are typed, with completion.
_MOST_SHOWN = 24


class Chips(QWidget):
    """Filters to switch on and off. ``text_changed`` carries the search with the filter in it, or without it.

    ``value_wanted`` carries the beginning of a filter whose value is to be typed.
    """

    text_changed = Signal(str)
    value_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("question_chips")
        self._text = ""
        self._vocabulary = Vocabulary()
        self._states = {
            State.DUE: self._chip(self.tr("Due"), "due_chip"),
            State.FLAGGED: self._chip(self.tr("Flagged"), "flagged_chip"),
            State.UNTRIED: self._chip(self.tr("Never tried"), "untried_chip"),
            State.SUSPENDED: self._chip(self.tr("Suspended"), "suspended_chip"),
        }
        self._stage = self._menu_chip(self.tr("Stage"), "stage_chip", self._fill_stages)
        self._tag = self._menu_chip(self.tr("Tag"), "tag_chip", self._fill_tags)
        self._from = self._menu_chip(self.tr("Transcript"), "transcript_chip", self._fill_names)
        menus = (self._stage, self._tag, self._from)
        self._usual_words = {chip: chip.text() for chip in (*menus, *self._states.values())}
        for state, chip in self._states.items():
            chip.setCheckable(True)
            chip.clicked.connect(self._switcher(Is((state,))))
        self.controls: tuple[QPushButton, ...] = (*menus, *self._states.values())
        flow = Flow(self)
        for chip in self.controls:
            flow.addWidget(chip)

    def show_text(self, text: str) -> None:
        """Show which filters stand in a search."""
        self._text = text
        for state, chip in self._states.items():
            on = has_part(text, Is((state,)))
            chip.setChecked(on)
            words = self._usual_words[chip]
            chip.setText(f"✓ {words}" if on else words)
            set_role(chip, "chip-on" if on else "chip")
        parts = [part for part in parse(text).parts if not part.negated]
        chosen: dict[QPushButton, tuple[str, ...]] = {self._stage: (), self._tag: (), self._from: ()}
        for part in parts:
            match part:
                case InStage(stages=values):
                    chosen[self._stage] += values
                case Tagged(tags=values):
                    chosen[self._tag] += values
                case From(names=values):
                    chosen[self._from] += values
        for chip, values in chosen.items():
            usual = self._usual_words[chip]
            chip.setText(f"✓ {usual}: {', '.join(values)[:40]} ▾" if values else f"{usual} ▾")
            chip.setAccessibleName(f"{usual}: {', '.join(values)}" if values else usual)
            set_role(chip, "chip-on" if values else "chip")

    def show_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Know what there is to filter by."""
        self._vocabulary = vocabulary
        self._tag.setVisible(bool(vocabulary.tags))

    # --- menus

    def _fill_stages(self, menu: QMenu) -> None:
        self._fill(menu, [(stage, InStage((stage.casefold(),))) for stage in self._vocabulary.stages], "stage:")

    def _fill_tags(self, menu: QMenu) -> None:
        self._fill(menu, [(tag, Tagged((tag,))) for tag in self._vocabulary.tags], "tag:")

    def _fill_names(self, menu: QMenu) -> None:
        self._fill(menu, [(name, From((name,))) for name in self._vocabulary.names], "from:")

    def _fill(self, menu: QMenu, values: Sequence[tuple[str, Part]], key: str) -> None:
        menu.clear()
        for words, part in values[:_MOST_SHOWN]:
            action = QAction(words.replace("&", "&&"), menu)
            action.setCheckable(True)
            action.setChecked(has_part(self._text, part))
            action.triggered.connect(self._switcher(part))
            menu.addAction(action)
        if len(values) > _MOST_SHOWN:
            menu.addSeparator()
            more = QAction(self.tr("Type another…"), menu)
            more.triggered.connect(self._typer(key))
            menu.addAction(more)
        if not values:
            nothing = QAction(self.tr("There is none yet"), menu)
            nothing.setEnabled(False)
            menu.addAction(nothing)

    # --- how it is done

    def _chip(self, words: str, name: str) -> QPushButton:
        return button(words, name, self, role="chip")

    def _menu_chip(self, words: str, name: str, fill: Callable[[QMenu], None]) -> QPushButton:
        made = self._chip(words, name)
        menu = QMenu(made)
        menu.setObjectName(f"{name}_menu")

        def open_menu() -> None:
            fill(menu)
            menu.popup(made.mapToGlobal(QPoint(0, made.height())))
            first = next((action for action in menu.actions() if action.isEnabled() and not action.isSeparator()), None)
            if first is not None:
                menu.setActiveAction(first)

        made.clicked.connect(open_menu)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def _switcher(self, part: Part) -> Callable[[], None]:
        def switch() -> None:
            text = self._text
            self.text_changed.emit(without_part(text, part) if has_part(text, part) else with_part(text, part))

        return switch

    def _typer(self, key: str) -> Callable[[], None]:
        def begin() -> None:
            self.value_wanted.emit(key)

        return begin
