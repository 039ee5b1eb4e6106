"""A report as Anki's text import: the question's id first, by which Anki knows a note again, and no HTML.

Anki makes one note of each line: id, question, answer, stage, tags. It looks for the note type that is named, and asks
where there is none; the first field of a note tells it whether the note is there already, so that a deck that is
exported again brings up to date and adds nothing twice.
"""

from collections.abc import Iterator
from enum import Enum

from interview_coach.reports.values import Report, ReportedQuestion, gathered, latest_answer
from interview_coach.reports.writing import one_line, shown

COLUMNS = ("Id", "Question", "Answer", "Stage", "Tags")

#: The note type that the file asks for: with the fields Id, Question, Answer and Stage.
NOTE_TYPE = "Interview Coach"


class AnswerSide(Enum):
    """What stands on the answer's side."""

    OWN = "own"
    RECORDED = "recorded"


def anki_text(report: Report, *, answers: AnswerSide = AnswerSide.OWN, note_type: str = NOTE_TYPE) -> str:
    """Return every question of a report once; own answers are the pinned one, else the last submitted one."""
    header = (
        "#separator:tab",
        "#html:false",
        f"#notetype:{one_line(note_type)}",
        "#columns:" + "\t".join(COLUMNS),
        f"#tags column:{len(COLUMNS)}",
    )
    notes = ("\t".join(map(_field, _note(question, answers))) for question in gathered(report))
    return "\n".join((*header, *notes)) + "\n"


def _note(question: ReportedQuestion, answers: AnswerSide) -> Iterator[str]:
    yield question.uid
    yield question.text
    if answers is AnswerSide.RECORDED:
        yield next((recorded.answer for recorded in question.recorded if (recorded.answer or "").strip()), None) or ""
    else:
        own = latest_answer(question)
        yield "" if own is None else own.text
    yield question.stage
    yield " ".join("_".join(shown(tag).split()) for tag in question.tags if tag.strip())


def _field(text: str) -> str:
    """Return a field, quoted where a sign in it would act: a bare line that begins with # would be a comment."""
    field = shown(text)
    if any(sign in field for sign in '\t\n"') or field.startswith(("#", " ")) or field.endswith(" "):
        return '"' + field.replace('"', '""') + '"'
    return field
