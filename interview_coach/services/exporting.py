"""What a person takes away: chosen, written in the form that they want, and stored where they say.

A file is written whole or not at all, is readable by them alone, and never takes the place of the program's own files.
"""

import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.storage.files import not_written, replace_file
from interview_coach.storage.header import is_database

if TYPE_CHECKING:  # not needed to start
    from interview_coach.reports.interview_day import InterviewDay
    from interview_coach.reports.values import Report
    from interview_coach.services.clock import Clock
    from interview_coach.storage.database import Database


class Format(StrEnum):
    """The forms in which the services write; the values are the command line's names."""

    JSON = "json"
    TURNS = "turns"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    ANKI = "anki"


#: What the names of files in each form end with.
ENDINGS = {
    Format.JSON: ".json",
    Format.TURNS: ".txt",
    Format.MARKDOWN: ".md",
    Format.HTML: ".html",
    Format.CSV: ".csv",
    Format.ANKI: ".txt",
}

#: What lies in a data folder beside the databases: files, and folders with all that is in them.
OWN_FILES = ("settings.json", "window.json", "lock", "owner.json")
OWN_FOLDERS = ("backups", "set-aside", "log")


class Kind(StrEnum):
    """What is taken out."""

    SESSION = "session"
    QUESTIONS = "questions"
    TRANSCRIPT = "transcript"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Chosen:
    """What a person chose to take out: one session or transcript, or questions, by id; ``title`` may name questions."""

    kind: Kind
    ids: tuple[int, ...] = ()
    title: str = ""


EVERYTHING = Chosen(Kind.EVERYTHING)


@dataclass(frozen=True)
class Options:
    """How it is written: a mark that Excel needs at the start of a CSV, and whose answers stand on Anki's cards."""

    byte_order_mark: bool = False
    recorded_answers: bool = False


class Unwritable(CoachError):  # noqa: N818 (named for what is wrong, as it reads in a sentence)
    """The turn format cannot hold a text, since it would be read back as something else.

    ``position`` counts the turns from 1, ``field`` is the one at fault: number, stage, question, answer or feedback.
    """

    def __init__(self, sentence: str, position: int, field: str) -> None:
        super().__init__(Fault.BAD_INPUT, sentence)
        self.position = position
        self.field = field


def _go_on() -> None:
    """Let the writing go on."""


class ExportService:
    """Writes what was chosen, as bytes or into a file.

    ``watch`` is called now and then while much is read; what it raises ends the work.
    """

    def __init__(self, database: "Database", clock: "Clock") -> None:
        self._database = database
        self._clock = clock

    def content(
        self,
        chosen: Chosen,
        form: Format,
        options: Options = Options(),
        watch: Callable[[], None] = _go_on,
    ) -> bytes:
        """Return the bytes of a file.

        Raises CoachError, INPUT_MISSING, where what was chosen is not there, and Unwritable where the turn format
        cannot hold it.
        """
        if form is Format.JSON:
            return self._archive(chosen)
        if form is Format.TURNS and chosen.kind is Kind.TRANSCRIPT:
            return self._transcript(chosen.ids[0])
        report = self._report(chosen, watch)
        return _turns(report) if form is Format.TURNS else _text(report, form, options).encode("utf-8", "replace")

    def printable(self, chosen: Chosen, watch: Callable[[], None] = _go_on) -> str:
        """Return what is printed, in the part of HTML that Qt's documents know; raises CoachError as ``content``."""
        from interview_coach.reports import html  # late, as all of them: not needed to start

        return html.printable(self._report(chosen, watch))

    def interviews(self, most: int) -> tuple[tuple[int, str], ...]:
        """Return the id and title of so many transcripts, newest first."""
        with self._database.begin() as work:
            listed = work.transcripts.listed()
        return tuple((transcript.id, transcript.title) for transcript in reversed(listed[-most:]))

    def interview_day_page(self, chosen: Chosen, watch: Callable[[], None] = _go_on) -> bytes:
        """Return the page for an interview's day as HTML; raises CoachError as ``content``."""
        from interview_coach.reports.interview_day_page import interview_day_page

        return interview_day_page(self._interview_day(chosen, watch)).encode("utf-8", "replace")

    def interview_day_printable(
        self, chosen: Chosen, sizes: Sequence[float], watch: Callable[[], None] = _go_on
    ) -> tuple[str, ...]:
        """Return what is printed of it, once in each of some sizes of text in points, so that one may fit a page."""
        from interview_coach.reports.interview_day_page import interview_day_printable

        day = self._interview_day(chosen, watch)
        return tuple(interview_day_printable(day, size) for size in sizes)

    def _interview_day(self, chosen: Chosen, watch: Callable[[], None]) -> "InterviewDay":
        from interview_coach.services.interview_days import day_of_interview

        transcript_id = chosen.ids[0] if chosen.kind is Kind.TRANSCRIPT else None
        with self._database.begin() as work:
            if chosen.kind is Kind.SESSION:
                session = work.sessions.get(chosen.ids[0])
                transcript_id = None if session is None else session.transcript_id
            transcript = None if transcript_id is None else work.transcripts.get(transcript_id)
            held = None if transcript is None else transcript.held
        return day_of_interview(self._report(chosen, watch), held)

    def name(self, chosen: Chosen, ending: str, lead: str = "") -> str:
        """Return a name for a file; raises CoachError, INPUT_MISSING, where what was chosen is not there.

        ``lead`` stands before what it is named after.
        """
        from interview_coach.reports.names import safe_file_name
        from interview_coach.services.reporting import session_title

        title = chosen.title
        with self._database.begin() as work:
            if chosen.kind is Kind.SESSION:
                session = work.sessions.get(chosen.ids[0])
                if session is None:
                    raise CoachError(Fault.INPUT_MISSING, f"There is no session {chosen.ids[0]}.")
                title = session_title(session)
            elif chosen.kind is Kind.TRANSCRIPT:
                transcript = work.transcripts.get(chosen.ids[0])
                if transcript is None:
                    raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {chosen.ids[0]}.")
                title = transcript.title
            elif chosen.kind is Kind.QUESTIONS and len(chosen.ids) == 1:
                question = work.questions.get(chosen.ids[0])
                title = title or (" ".join(question.text.split())[:60] if question is not None else "")
        usual = "Your questions" if chosen.kind is Kind.QUESTIONS else "Your interview practice"
        return safe_file_name(f"{lead} {title or usual}", ending)

    def note_on_screen(self, chosen: Chosen) -> None:
        """Note that the recorded answers to questions are on screen: an attempt made after it is not blind.

        Of a session nothing is shown that had not been on screen already.
        """
        from interview_coach.services.references import note_seen

        if chosen.kind is Kind.SESSION or self._database.read_only:
            return
        with self._database.begin() as work:
            ids = chosen.ids
            if chosen.kind is Kind.TRANSCRIPT:
                turns = work.transcripts.turns(chosen.ids[0])
                ids = tuple(kept.question_id for kept in turns if kept.question_id is not None)
            elif chosen.kind is Kind.EVERYTHING:
                ids = work.questions.listed_ids()
            note_seen(work, self._clock, sorted(work.questions.in_bank(ids)))

    def write(self, path: Path, content: bytes, name: str = "") -> Path:
        """Write a file, or replace the one that is there, in one step; ``name`` is its name where a folder is chosen.

        Returns the file. Raises CoachError as ``save_file`` does, also where one of the program's own files is meant.
        """
        target = path / name if name and os.path.isdir(path) else path  # noqa: PTH112  (raises nothing)
        if self._is_own(target):
            raise CoachError(Fault.CANNOT_CREATE, f"{target} belongs to the program. Choose another name.")
        save_file(target, content)
        return target

    def _is_own(self, target: Path) -> bool:
        """Return whether a file is one that the program keeps in the data folder."""
        folder = self._database.path.parent.resolve()
        wanted = Path(os.path.realpath(target))  # raises nothing, whatever links there are
        if wanted.parent == folder:
            name = wanted.name.casefold()  # some disks do not tell upper from lower case
            return name in OWN_FILES or name.startswith(self._database.path.name.casefold())
        return any(parent.parent == folder and parent.name.casefold() in OWN_FOLDERS for parent in wanted.parents)

    def _report(self, chosen: Chosen, watch: Callable[[], None]) -> "Report":
        from interview_coach.services.reporting import ReportService

        reports = ReportService(self._database, self._clock, watch)
        match chosen.kind:
            case Kind.SESSION:
                return reports.of_session(chosen.ids[0])
            case Kind.QUESTIONS:
                return reports.of_questions(chosen.ids, chosen.title)
            case Kind.TRANSCRIPT:
                return reports.of_transcript(chosen.ids[0])
            case Kind.EVERYTHING:
                return reports.of_everything()

    def _archive(self, chosen: Chosen) -> bytes:
        from interview_coach.services.archiving import ArchiveService

        archives = ArchiveService(self._database, self._clock)
        match chosen.kind:
            case Kind.SESSION:
                return archives.of_sessions(chosen.ids)
            case Kind.QUESTIONS:
                return archives.of_questions(chosen.ids)
            case Kind.TRANSCRIPT:
                return archives.of_transcripts(chosen.ids)
            case Kind.EVERYTHING:
                return archives.whole()

    def _transcript(self, transcript_id: int) -> bytes:
        from interview_coach.services.bank import TranscriptService
        from interview_coach.transcripts.turn_format import NotRepresentable

        try:
            return TranscriptService(self._database, self._clock).written(transcript_id)
        except NotRepresentable as error:
            raise Unwritable(str(error), error.position, error.field) from error


def save_file(path: Path, content: bytes) -> None:
    """Write a file, or replace the one that is there, in one step. Mode 0600.

    Raises CoachError: CANNOT_CREATE (no such folder, or a folder, a device or a database stands there),
    NO_PERMISSION, READ_ONLY, DISK_FULL or INPUT_OUTPUT; a file that was there is then as it was.
    """
    try:
        if not _is_free(path):
            sentence = f"{path} cannot be written: it is there and is no regular file."
            raise CoachError(Fault.CANNOT_CREATE, sentence, where=str(path))
        if is_database(path):  # the person's own answers, or a backup of them: one wrong name must not cost them
            raise CoachError(Fault.CANNOT_CREATE, f"{path} is a database. Choose another name.", where=str(path))
        replace_file(path, content)
    except OSError as error:
        raise not_written(path, error) from error


def _is_free(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except FileNotFoundError:
        return True


def _text(report: "Report", form: Format, options: Options) -> str:
    from interview_coach.reports import anki, csv_table, html, markdown  # late: not needed to start

    match form:
        case Format.MARKDOWN:
            return markdown.markdown(report)
        case Format.HTML:
            return html.page(report)
        case Format.CSV:
            return csv_table.csv_table(report, byte_order_mark=options.byte_order_mark)
        case Format.ANKI:
            side = anki.AnswerSide.RECORDED if options.recorded_answers else anki.AnswerSide.OWN
            return anki.anki_text(report, answers=side)
        case other:
            raise LookupError(f"a report is not written as {other}")


def _turns(report: "Report") -> bytes:
    from interview_coach.services.own_turns import own_turns
    from interview_coach.transcripts import turn_format

    try:
        return turn_format.write(own_turns(report))
    except turn_format.NotRepresentable as error:
        raise Unwritable(str(error), error.position, error.field) from error
