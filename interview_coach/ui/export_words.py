"""What can be taken out, and in which form, in the window's words."""

from enum import StrEnum

from PySide6.QtCore import QObject

from interview_coach.domain.errors import CoachError
from interview_coach.services.exporting import ENDINGS, Chosen, Format, Kind, Unwritable
from interview_coach.ui.errors import sentence


class Form(StrEnum):
    """The forms that the window offers: those of the services, PDF, and paper."""

    WEB_PAGE = Format.HTML.value
    PDF = "pdf"
    MARKDOWN = Format.MARKDOWN.value
    TABLE = Format.CSV.value
    CARDS = Format.ANKI.value
    TURNS = Format.TURNS.value
    ARCHIVE = Format.JSON.value
    PAPER = "paper"

    @property
    def ending(self) -> str:
        """What the name of its file ends with."""
        return ".pdf" if self in (Form.PDF, Form.PAPER) else ENDINGS[Format(self.value)]


#: The forms in which a file is saved, the most usual first.
FILES = (Form.WEB_PAGE, Form.PDF, Form.MARKDOWN, Form.TABLE, Form.CARDS, Form.TURNS, Form.ARCHIVE)

#: Those of an interview-day page.
DAY_FORMS = (Form.PDF, Form.WEB_PAGE, Form.PAPER)


def forms_of(chosen: Chosen, forms: tuple[Form, ...]) -> tuple[Form, ...]:
    """Return those of some forms in which something can be written: everything is no transcript."""
    return tuple(form for form in forms if form is not Form.TURNS or chosen.kind is not Kind.EVERYTHING)


class ExportWords(QObject):
    """Words for forms. An object, since plural forms are only found in calls of ``self.tr``."""

    def form(self, form: Form) -> str:
        """Return what a form is called."""
        return {
            Form.WEB_PAGE: self.tr("Web page"),
            Form.PDF: self.tr("PDF"),
            Form.MARKDOWN: self.tr("Markdown"),
            Form.TABLE: self.tr("Table (CSV)"),
            Form.CARDS: self.tr("Anki cards"),
            Form.TURNS: self.tr("Turn transcript"),
            Form.ARCHIVE: self.tr("JSON, for another data folder"),
            Form.PAPER: self.tr("On paper"),
        }[form]

    def good_for(self, form: Form, chosen: Chosen) -> str:
        """Return in a sentence or two what a form is good for."""
        if form is Form.TURNS and chosen.kind is Kind.TRANSCRIPT:
            return self.tr("The interview as it came in, without your answers. Others can import it.")
        if form is Form.ARCHIVE and chosen.kind is Kind.TRANSCRIPT:
            return self.tr("The interview, to import it again here or elsewhere. Your answers are not in it.")
        along = self.tr("Your answers to its questions are in it.") if chosen.kind is Kind.TRANSCRIPT else ""
        words = {
            Form.WEB_PAGE: self.tr("One file for any browser. It reads well on a phone, and prints well."),
            Form.PDF: self.tr("Pages as they are printed, to keep or to pass on."),
            Form.MARKDOWN: self.tr("For note programs, and to go on writing in it."),
            Form.TABLE: self.tr("A row for each answer, for a spreadsheet."),
            Form.CARDS: self.tr("Cards to learn with in Anki. Imported there again, they are brought up to date."),
            Form.TURNS: self.tr("Your answers and your ratings, as an interview that others can import."),
            Form.ARCHIVE: self.tr("All there is to know of it, to import it again here or on another computer."),
            Form.PAPER: self.tr("You see the pages before they are printed."),
        }[form]
        return words if form is Form.CARDS else f"{words} {along}".rstrip()

    def kinds(self, form: Form) -> str:
        """Return what the dialog that asks for a file's name shows."""
        name = self.tr("Text") if form in (Form.CARDS, Form.TURNS) else self.form(form)
        return f"{name.partition(' (')[0]} (*{form.ending})"

    def picture_kinds(self, ending: str) -> str:
        """Return what the dialog that asks for a picture's name shows."""
        return f"{self.tr('Picture')} (*{ending})"

    def this_session(self) -> str:
        """Name the session in sight."""
        return self.tr("This session")

    def this_question(self) -> str:
        """Name the question that is chosen."""
        return self.tr("This question")

    def this_transcript(self) -> str:
        """Name the transcript that is chosen."""
        return self.tr("This transcript")

    def chosen_questions(self, count: int) -> str:
        """Name several questions that are chosen."""
        return self.tr("The %n question(s) chosen", "", count)

    def shown_questions(self, count: int) -> str:
        """Name the questions that a page lists."""
        return self.tr("The %n question(s) shown", "", count)

    def everything(self) -> str:
        """Name all there is."""
        return self.tr("Everything")

    def saved(self, name: str) -> str:
        """Return that a file was written."""
        return self.tr("Saved: {0}").format(name)

    def refused(self, error: BaseException) -> str:
        """Return why nothing was written."""
        if isinstance(error, Unwritable):
            return self.tr(
                "Turn {0} would be read back as something else: a turn transcript cannot hold its {1} as it stands. "
                "Another form can."
            ).format(error.position, self._field(error.field))
        where = f"\n{error.where}" if isinstance(error, CoachError) and error.where else ""
        return f"{sentence(error)}{where}"

    def _field(self, field: str) -> str:
        return {
            "stage": self.tr("stage"),
            "question": self.tr("question"),
            "answer": self.tr("answer"),
            "feedback": self.tr("rating"),
        }.get(field, self.tr("text"))
