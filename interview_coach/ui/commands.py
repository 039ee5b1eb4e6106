"""Every command of the window: its words, its keys, and whether it can be given now.

The main window puts them into menus, pages connect to those that are theirs. On the way to the first paint: only Qt.
"""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Commands(QObject):
    """The actions, by name. Those of the practice page are off until its step turns them on."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.import_transcripts = self._new("import_action", self.tr("&Import…"), "Ctrl+O")
        self.import_folder = self._new("import_folder_action", self.tr("Import a f&older…"))
        self.import_pasted = self._new("import_pasted_action", self.tr("Import copied te&xt"), "Ctrl+Shift+V")
        self.export = self._new("export_action", self.tr("&Export…"), "Ctrl+E")
        self.interview_day = self._new("interview_day_action", self.tr("Interview-da&y page…"))
        self.print_out = self._new("print_action", self.tr("&Print…"), "Ctrl+P")
        self.back_up = self._new("back_up_action", self.tr("&Back up now"))
        self.restore = self._new("restore_action", self.tr("&Restore a backup…"))
        self.check = self._new("check_action", self.tr("&Check database"))
        self.trash = self._new("trash_action", self.tr("&Trash…"))
        self.quit = self._new("quit_action", self.tr("&Quit"), "Ctrl+Q")
        self.undo = self._new("undo_action", self.tr("&Undo"), "Ctrl+Z")
        self.cut = self._new("cut_action", self.tr("Cu&t"))
        self.copy = self._new("copy_action", self.tr("&Copy"))
        self.paste = self._new("paste_action", self.tr("&Paste"))
        self.delete = self._new("delete_action", self.tr("&Delete"), "Del")
        self.add_question = self._new("add_question_action", self.tr("&Add question…"), "Ctrl+N")
        self.practise_found = self._new("practise_found_action", self.tr("&Practise these…"), "Ctrl+Shift+Return")
        self.find_alike = self._new("find_alike_action", self.tr("Find &near-duplicates…"))
        self.edit_question = self._new("edit_question_action", self.tr("&Edit question…"), "F2")
        self.change_tags = self._new("tags_action", self.tr("&Tags…"), "Ctrl+Shift+T")
        self.flag_chosen = self._new("flag_chosen_action", self.tr("&Flag"), "Ctrl+D")
        self.suspend = self._new("suspend_action", self.tr("&Suspend"), "Ctrl+Shift+S")
        self.merge = self._new("merge_action", self.tr("&Merge two…"), "Ctrl+Shift+M")
        self.go_on = self._new("go_on_action", self.tr("Submit or go &on"), "Ctrl+Return", "Ctrl+Enter")
        self.skip = self._new("skip_action", self.tr("&Skip this question"), "Ctrl+J")
        self.flag = self._new("flag_action", self.tr("&Flag this question"), "Ctrl+D")
        self.flag.setCheckable(True)
        self.pause = self._new("pause_action", self.tr("&Pause and go to Today"))
        self.try_again = self._new("try_again_action", self.tr("&Try this question again"), "Ctrl+R")
        self.whole_text = self._new("whole_text_action", self.tr("&Whole recorded answer"), "Ctrl+T")
        self.whole_text.setCheckable(True)
        self.edit_points = self._new("edit_points_action", self.tr("Edit poi&nts…"), "F2")
        self.note = self._new("note_action", self.tr("Note on the &recorded answer…"), "Ctrl+Shift+N")
        self.attempts = self._new("attempts_action", self.tr("Your &answers over time…"), "Ctrl+H")
        self.pin = self._new("pin_action", self.tr("P&in as my reference"), "Ctrl+Shift+P")
        self.pin.setCheckable(True)
        self.mock = self._new("mock_action", self.tr("&Mock interview…"), "Ctrl+M")
        self.larger = self._new("larger_text_action", self.tr("&Larger text"), "Ctrl++", "Ctrl+=")
        self.smaller = self._new("smaller_text_action", self.tr("&Smaller text"), "Ctrl+-")
        self.usual_size = self._new("usual_text_action", self.tr("&Usual text size"), "Ctrl+0")
        self.shortcuts = self._new("shortcuts_action", self.tr("&Keyboard shortcuts"), "F1")
        self.open_folder = self._new("open_folder_action", self.tr("Open &data folder"))
        self.about = self._new("about_action", self.tr("&About Interview Coach"))
        words = {
            "today": self.tr("&Today"),
            "practice": self.tr("&Practice"),
            "questions": self.tr("&Questions"),
            "transcripts": self.tr("T&ranscripts"),
            "progress": self.tr("Pr&ogress"),
            "settings": self.tr("&Settings"),
        }
        self.pages = {
            page: self._new(f"{page}_page_action", word, f"Ctrl+{number}")
            for number, (page, word) in enumerate(words.items(), 1)
        }
        for action in (self.cut, self.copy, self.paste):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the editors have these keys themselves
        for action in (self.pages["practice"], self.pages["settings"], self.quit):
            action.setMenuRole(QAction.MenuRole.NoRole)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.pages["settings"].setMenuRole(QAction.MenuRole.PreferencesRole)
        self.set_practice(())
        self.set_bank(())

    @property
    def of_bank(self) -> tuple[QAction, ...]:
        """The commands for what is chosen in a list; the page that is shown turns on those that it has."""
        return (
            self.add_question,
            self.practise_found,
            self.find_alike,
            self.edit_question,
            self.change_tags,
            self.flag_chosen,
            self.suspend,
            self.merge,
            self.delete,
            self.attempts,
            self.note,
        )

    def set_bank(self, possible: Sequence[QAction]) -> None:
        """Let these commands for chosen questions, transcripts and answers be given, and no other of them."""
        for action in self.of_bank:
            action.setEnabled(action in possible)
        self.delete.setText(self.tr("&Delete"))

    @property
    def of_practice(self) -> tuple[QAction, ...]:
        """The commands that only a step of the practice page turns on."""
        return (
            self.go_on,
            self.skip,
            self.flag,
            self.pause,
            self.try_again,
            self.whole_text,
            self.edit_points,
            self.note,
            self.attempts,
            self.pin,
            self.undo,
        )

    def set_practice(self, possible: Sequence[QAction]) -> None:
        """Let these commands of the practice page be given, and no other of them."""
        for action in self.of_practice:
            action.setEnabled(action in possible)

    def shortcut_list(self) -> tuple[tuple[str, str], ...]:
        """Return every command that has keys, as (words, keys), in the order of the menus, then the pages' keys."""
        rows = []
        for action in self.findChildren(QAction):
            if action.shortcuts():
                keys = action.shortcuts()[0].toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
                rows.append((action.text().replace("&", "").replace("…", ""), keys))
        rows += [
            (self.tr("Start what Today offers first"), self.tr("Enter")),
            (self.tr("Set a score, 0 for ten (Rate, and “And now?” in Compare)"), "1 … 9, 0"),
            (self.tr("Take a score back"), self.tr("Backspace")),
            (self.tr("Next row of scores; from the points to “Next time I will”"), self.tr("Enter")),
            (self.tr("Say what became of a point"), self.tr("Space")),
            (self.tr("Agree with what the program proposes of a point"), "A"),
            (self.tr("Again, Hard, Good, Easy: when it is due again (Compare)"), "Alt+1 … 4"),
            (self.tr("Next or previous mark in your answer, fact about it"), "← →"),
            (self.tr("Next change, and the one before (What changed)"), "F3, Shift+F3"),
            (self.tr("Move between points, rows of a table and pages"), "↑ ↓"),
            (self.tr("Open the chosen row of a table, and back again"), self.tr("Enter, Esc")),
            (self.tr("Next control; it leaves the editor as well"), self.tr("Tab")),
        ]
        return tuple(rows)

    def _new(self, name: str, text: str, *keys: str) -> QAction:
        action = QAction(text, self)
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.setAutoRepeat(False)
        self._window.addAction(action)
        return action
