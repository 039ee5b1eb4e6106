"""The dialog about a search. As with ``dialogs``, tests replace this function, and nothing else opens one."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.widgets.labels import label

translate = QCoreApplication.translate

#: Letters that a name has at most, and that the dialog offers at first.
_LONGEST, _OFFERED = 120, 40


def name_search(parent: QWidget, text: str, save: Callable[[str, str], str]) -> bool:
    """Ask for a name to save a search under; ``save`` stores it, or returns why not. Returns whether it was stored."""
    return run(parent, NameSearchDialog(parent, text, save))


class NameSearchDialog(FormDialog):
    """A search and its name."""

    def __init__(self, parent: QWidget, text: str, save: Callable[[str, str], str]) -> None:
        title, yes = translate("search_dialogs", "Save this search"), translate("search_dialogs", "Save")
        super().__init__(parent, "name_search_dialog", title, yes)
        self._text = text
        self._save = save
        self.name = QLineEdit(text[:_OFFERED].strip(), self)
        self.name.setObjectName("search_name_line")
        self.name.setAccessibleName(translate("search_dialogs", "Name"))
        self.name.setMaxLength(_LONGEST)
        self.trouble = label("", "error", self, name="search_name_trouble")
        self.trouble.hide()
        self.content.addWidget(label(text, "muted", self, name="search_to_save"))
        self.content.addWidget(named(translate("search_dialogs", "&Name"), self.name))
        self.content.addWidget(self.name)
        note = translate("search_dialogs", "A search that has this name already is replaced.")
        self.content.addWidget(label(note, "small", self))
        self.content.addWidget(self.trouble)
        self.content.addStretch()
        self.name.textChanged.connect(self._on_changed)
        self.name.selectAll()
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = self.name.text()
        self._on_changed()
        self.fit(460)

    @property
    def changed(self) -> bool:
        """Whether a name was typed."""
        return self.name.text() != self._before

    def accept(self) -> None:
        """Save it and close; where that cannot be, say why and stay."""
        if not self.accept_button.isEnabled():
            return
        trouble = self._save(self.name.text(), self._text)
        if trouble:
            self.trouble.setText(trouble)
            self.trouble.show()
            self.fit(460)
        else:
            super().accept()

    def _on_changed(self, *_: object) -> None:
        self.accept_button.setEnabled(bool(self.name.text().strip()))
        self.trouble.hide()
