"""The look at the pages before they are printed. As with ``dialogs``, nothing else opens it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrintPreviewWidget
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QWidget

from interview_coach.ui import dialogs
from interview_coach.ui.form_dialog import FormDialog, run
from interview_coach.ui.printing import Pages, Paper, Picture, PicturePage, set_up
from interview_coach.ui.widgets.labels import label

translate = QCoreApplication.translate


#: Lays out for a device of so many dots an inch what is to be printed.
LayOut = Callable[[QPagedPaintDevice, int], Pages | PicturePage]


def show_pages(parent: QWidget, versions: Sequence[str], title: str, paper: Paper) -> None:
    """Show a report as it would be printed; the system's own dialog, from there, prints it."""
    run(parent, PagesDialog(parent, lambda device, dots: Pages(versions, device, dots, paper), title, paper))


def show_picture(parent: QWidget, picture: Picture, paper: Paper) -> None:
    """Show a picture as it would be printed, in the same way."""
    run(
        parent,
        PagesDialog(parent, lambda device, dots: PicturePage(picture, device, dots, paper), picture.title, paper),
    )


class PagesDialog(FormDialog):
    """The pages, one below the other. Arrows and Page Down move through them, Enter goes on to the printer."""

    def __init__(self, parent: QWidget, lay_out: LayOut, title: str, paper: Paper) -> None:
        super().__init__(
            parent, "pages_dialog", translate("print_dialog", "Print"), translate("print_dialog", "Print…")
        )
        self._lay_out = lay_out
        self._printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        self._printer.setDocName(title)
        self._printer.setCreator("")
        set_up(self._printer, paper)
        self.pages = QPrintPreviewWidget(self._printer, self)
        self.pages.setObjectName("print_pages")
        self.pages.setAccessibleName(translate("print_dialog", "The pages as they are printed"))
        self.pages.paintRequested.connect(self._draw)
        for view in self.pages.findChildren(QAbstractScrollArea):  # what takes the keys
            view.setObjectName("print_pages_view")
            view.setAccessibleName(self.pages.accessibleName())
        self.content.addWidget(label(title, "muted", self, name="print_title"))
        self.content.addWidget(self.pages, 1)
        self.resize(parent.window().width() - 40, parent.window().height() - 20)
        self.pages.fitToWidth()
        self.pages.updatePreview()
        self.accept_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        """Let the system ask for the printer, and print; where that is left, the pages are still there."""
        asked = QPrintDialog(self._printer, self)
        asked.setObjectName("printer_dialog")
        chosen = asked.exec()
        asked.deleteLater()
        if chosen != QDialog.DialogCode.Accepted:
            return
        if self._print():
            super().accept()
        else:
            dialogs.tell(
                self,
                translate("print_dialog", "This was not printed"),
                translate("print_dialog", "The printer does not take it. Choose another, or save a PDF instead."),
            )

    def _print(self) -> bool:
        """Print all pages, or those that were asked for; return whether the printer took them."""
        printer = self._printer
        pages = self._lay_out(printer, printer.resolution())
        if printer.printRange() == QPrinter.PrintRange.PageRange and printer.fromPage():
            return pages.draw_on(printer, printer.fromPage(), printer.toPage())
        return pages.draw_on(printer)

    def _draw(self, device: QPagedPaintDevice) -> None:
        self._lay_out(device, self._printer.resolution()).draw_on(device)
