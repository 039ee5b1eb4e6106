"""The dialog in which a person says what to take out, and in which form. As with ``dialogs``, nothing else opens it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QWidget

from interview_coach.services.exporting import Chosen, Options
from interview_coach.ui.export_scopes import Offer
from interview_coach.ui.export_words import ExportWords, Form, forms_of
from interview_coach.ui.form_dialog import FormDialog, named, run
from interview_coach.ui.widgets.labels import label

translate = QCoreApplication.translate

_WIDTH = 560


@dataclass(frozen=True)
class Wanted:
    """What the person wants."""

    chosen: Chosen
    form: Form
    options: Options


def choose(
    parent: QWidget, title: str, yes: str, offers: Sequence[Offer], forms: tuple[Form, ...], words: ExportWords
) -> Wanted | None:
    """Ask what is to be taken out in which of some forms; None means nothing."""
    dialog = ExportDialog(parent, title, yes, offers, forms, words)
    return dialog.wanted if run(parent, dialog) else None


class ExportDialog(FormDialog):
    """What, as what, and what goes with that. With a single form there is nothing to choose of it."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        yes: str,
        offers: Sequence[Offer],
        forms: tuple[Form, ...],
        words: ExportWords,
    ) -> None:
        super().__init__(parent, "export_dialog", title, yes)
        self._offers = tuple(offers)
        self._forms = forms
        self._words = words
        self.what = _choice("export_what", translate("export_dialog", "What"), self)
        self.what.addItems([offer.words for offer in self._offers])
        self.about = label("", "muted", self, name="export_about")
        self.form = _choice("export_form", translate("export_dialog", "As"), self)
        self.good_for = label("", "muted", self, name="export_good_for")
        self.excel = QCheckBox(translate("export_dialog", "Marked for &Excel, so that ö stays ö"), self)
        self.excel.setObjectName("export_excel")
        self.excel.setAccessibleName(self.excel.text().replace("&", ""))
        self.answers = _choice("export_answers", translate("export_dialog", "Back of cards"), self)
        self.answers.addItem(translate("export_dialog", "Your own answer"))
        self.answers.addItem(translate("export_dialog", "The recorded answer"))
        self._of_answers = named(translate("export_dialog", "&Back of cards"), self.answers)
        self._of_form = named(translate("export_dialog", "&As"), self.form)
        rows = QGridLayout()
        rows.setHorizontalSpacing(16)
        rows.setVerticalSpacing(8)
        rows.setColumnStretch(1, 1)
        rows.addWidget(named(translate("export_dialog", "&What"), self.what), 0, 0)
        rows.addWidget(self.what, 0, 1)
        rows.addWidget(self.about, 1, 1)
        rows.addWidget(self._of_form, 2, 0)
        rows.addWidget(self.form, 2, 1)
        rows.addWidget(self.good_for, 3, 1)
        rows.addWidget(self.excel, 4, 1)
        rows.addWidget(self._of_answers, 5, 0)
        rows.addWidget(self.answers, 5, 1)
        self.content.addLayout(rows)
        self.content.addStretch(1)
        self.what.currentIndexChanged.connect(self._on_what)
        self.form.currentIndexChanged.connect(self._on_form)
        for control in (self._of_form, self.form):
            control.setVisible(len(forms) > 1)
        self._on_what()
        self.what.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def wanted(self) -> Wanted:
        """What is chosen now."""
        form = self._chosen_form
        options = Options(
            byte_order_mark=form is Form.TABLE and self.excel.isChecked(),
            recorded_answers=form is Form.CARDS and self.answers.currentIndex() == 1,
        )
        return Wanted(self._chosen, form, options)

    @property
    def _chosen(self) -> Chosen:
        return self._offers[max(self.what.currentIndex(), 0)].chosen

    @property
    def _chosen_form(self) -> Form:
        return Form(self.form.currentData())

    def _on_what(self, *_: object) -> None:
        """Say which it is, and offer the forms that there are of it; the one that was chosen stays so."""
        about = self._offers[max(self.what.currentIndex(), 0)].about
        self.about.setText(about)
        self.about.setVisible(bool(about))
        self.what.setAccessibleDescription(about)
        before = self.form.currentData()
        self.form.blockSignals(True)  # noqa: FBT003  (Qt's own signature)
        self.form.clear()
        for form in forms_of(self._chosen, self._forms):
            self.form.addItem(self._words.form(form), form.value)
        self.form.setCurrentIndex(max(self.form.findData(before), 0))
        self.form.blockSignals(False)  # noqa: FBT003  (Qt's own signature)
        self._on_form()

    def _on_form(self, *_: object) -> None:
        form = self._chosen_form
        self.good_for.setText(self._words.good_for(form, self._chosen))
        self.excel.setVisible(form is Form.TABLE)
        for control in (self._of_answers, self.answers):
            control.setVisible(form is Form.CARDS)
        self.fit(_WIDTH)


def _choice(name: str, title: str, parent: QWidget) -> QComboBox:
    """Return a list to choose from that is no wider than its dialog, however long its words are."""
    box = QComboBox(parent)
    box.setObjectName(name)
    box.setAccessibleName(title)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(20)
    return box
