"""Files into the bank: read, compared with what is there, written whole or not at all.

Import only adds. A file's turns are written in slices under an unpublished transcript, so that a draft that is saved
meanwhile never waits long, and the last slice lets it be seen; a start removes what never got that far.
"""

import errno
import hashlib
import json
import os
import stat
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from interview_coach.domain.backups import Reason
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Origin, Problem, TranscriptFile, Turn
from interview_coach.domain.sameness import question_key
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.questions import NewWording
from interview_coach.transcripts.naming import Names, guess_names

#: Turns that one unit of work writes; it holds the database for a few milliseconds.
SLICE = 100

#: Files that are read out of a folder.
SUFFIXES = frozenset({".txt", ".log", ".md"})

#: A file is an update of a transcript when this share of the question–answer pairs is the same, in order.
SAME_SHARE = 0.8

#: Larger files are refused: no interview is that long, and the whole file is held in memory.
LARGEST = 256 * 1024 * 1024

_COMPARED_AT_MOST = 2_000


class Standing(StrEnum):
    """What a file is to the bank."""

    NEW = "new"
    KNOWN = "known"
    UPDATE = "update"
    PUT_BACK = "put back"


@dataclass(frozen=True)
class FileReport:
    """What became, or would become, of one file. ``error`` is why it was refused; then nothing of it came in."""

    path: Path
    standing: Standing = Standing.NEW
    transcript_id: int | None = None
    title: str = ""
    transcripts: int = 0
    turns: int = 0
    questions_new: int = 0
    questions_known: int = 0
    problems: tuple[Problem, ...] = ()
    error: CoachError | None = None


def counts(reports: Sequence[FileReport]) -> tuple[int, int, int, int]:
    """Return of an import: files, files that were refused, turns, and new questions."""
    refused = sum(report.error is not None for report in reports)
    turns = sum(report.turns for report in reports)
    return len(reports), refused, turns, sum(report.questions_new for report in reports)


@dataclass(frozen=True)
class _Read:
    """A file as it was read: its turns, each question once by key, and the hash of its bytes."""

    file: TranscriptFile
    keys: tuple[str | None, ...]
    content_hash: str

    @property
    def questions(self) -> dict[str, NewWording]:
        return _wordings(self.keys, self.file.turns)


class ImportService:
    """Brings transcripts into the bank."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        self._backed_up = False

    def import_paths(
        self,
        paths: Iterable[Path],
        *,
        dry_run: bool = False,
        on_file: Callable[[int, int], bool] = lambda _done, _all: True,
    ) -> tuple[FileReport, ...]:
        """Import files, and the text files in folders; each comes in whole, or is reported with its error.

        ``on_file`` is told how many files are done, of how many; when it answers False the rest is left.
        """
        reports: list[FileReport] = []
        self._backed_up = False
        files = [file for path in paths for file in _files(path) or [path]]
        for done, file in enumerate(files):
            if not on_file(done, len(files)):
                break
            reports.append(self._import_file(file, dry_run=dry_run))
        return tuple(reports)

    def import_file(self, path: Path, *, dry_run: bool = False) -> FileReport:
        """Import one file; with ``dry_run`` only say what would come in."""
        self._backed_up = False
        return self._import_file(path, dry_run=dry_run)

    def _import_file(self, path: Path, *, dry_run: bool) -> FileReport:
        try:
            if path.is_dir():
                sentence = f"{path} holds no file that ends in {', '.join(sorted(SUFFIXES))}."
                raise CoachError(Fault.INPUT_MISSING, sentence, where=str(path))
            read = _read(_content(path))
        except CoachError as error:
            return FileReport(path=path, error=error)
        names = guess_names(path.name, read.file.turns)
        return self._bring_in(path, read, names, Origin.RECORDED, dry_run=dry_run)

    def install_shipped(self, folder: Path) -> None:
        """Read the shipped transcripts that this data folder has not had yet, as ``index.json`` names them.

        Raises CoachError where the program's own files are not whole.
        """
        with self._database.begin() as work:
            had = work.transcripts.shipped()
        try:
            listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))["transcripts"]
            shipped = [
                (
                    folder / entry["file"],
                    Names(title=entry["title"], role=entry["role"], company=entry["company"]),
                    Origin(entry["origin"]),
                )
                for entry in listed
            ]
        except (OSError, ValueError, KeyError, TypeError) as error:
            sentence = f"The program's own transcripts in {folder} cannot be read. Install it again."
            raise CoachError(Fault.INPUT_MISSING, sentence, where=str(folder)) from error
        self._backed_up = not had  # there is nothing to lose at a first start
        for path, names, origin in shipped:
            content = _content(path)
            content_hash = _hash(content)
            if content_hash in had:
                continue
            self._bring_in(path, _read(content), names, origin)
            with self._database.begin() as work:
                work.transcripts.note_shipped(content_hash, path.name, as_utc(self._clock.now()))

    def _bring_in(self, path: Path, read: _Read, names: Names, origin: Origin, *, dry_run: bool = False) -> FileReport:
        with self._one_at_a_time:
            return self._bring_in_next(path, read, names, origin, dry_run=dry_run)

    def _bring_in_next(self, path: Path, read: _Read, names: Names, origin: Origin, *, dry_run: bool) -> FileReport:
        questions = read.questions
        source = os.fsencode(path.name).decode("utf-8", "replace")
        with self._database.begin() as work:
            if not dry_run:
                work.transcripts.remove_unpublished()  # what an import left that failed since the start
            known = work.questions.known(questions)
            same = work.transcripts.with_hash(read.content_hash)
            trash_id = None if same is None else work.transcripts.trash_of(same.id)
            older = None if same is not None else _older_version(work, source, read, known)
        report = FileReport(
            path=path,
            standing=Standing.NEW,
            title=names.title,
            transcripts=1,
            turns=len(read.file.turns),
            questions_new=len(questions) - len(known),
            questions_known=len(known),
            problems=read.file.problems,
        )
        if same is not None:
            return self._known(replace(report, transcript_id=same.id, title=same.title), trash_id, dry_run=dry_run)
        if older is not None:
            report = replace(report, standing=Standing.UPDATE)
        if dry_run:
            return report
        self._back_up_first()
        with self._database.begin() as work:
            transcript_id = work.transcripts.add(
                title=names.title,
                role=names.role,
                company=names.company,
                origin=origin,
                source=source,
                content_hash=read.content_hash,
                layout=read.file.layout,
                imported=as_utc(self._clock.now()),
            )
            self._write_slice(work, read, transcript_id, 0)
            if len(read.file.turns) <= SLICE:
                work.transcripts.publish(transcript_id, older)
        if len(read.file.turns) > SLICE:
            for start in range(SLICE, len(read.file.turns), SLICE):
                with self._database.begin() as work:
                    self._write_slice(work, read, transcript_id, start)
            with self._database.begin() as work:
                work.transcripts.publish(transcript_id, older)
        return replace(report, transcript_id=transcript_id)

    def _known(self, report: FileReport, trash_id: int | None, *, dry_run: bool) -> FileReport:
        """Answer for a file that is there already; one that lies in Trash is put back, since it is wanted again."""
        if trash_id is None:
            return replace(report, standing=Standing.KNOWN)
        if not dry_run:
            with self._database.begin() as work:
                work.trash.put_back(trash_id)
        return replace(report, standing=Standing.PUT_BACK)

    def _back_up_first(self) -> None:
        """Make sure, once for all files of an import, that a backup holds what was there before."""
        if not self._backed_up:
            self._database.back_up_first(Reason.IMPORT)
            self._backed_up = True

    def _write_slice(self, work: UnitOfWork, read: _Read, transcript_id: int, start: int) -> None:
        turns = read.file.turns[start : start + SLICE]
        keys = read.keys[start : start + SLICE]
        wordings = tuple(_wordings(keys, turns).values())
        ids = work.questions.add_missing(wordings, transcript_id, as_utc(self._clock.now()))
        rows = [(turn, None if key is None else ids[key]) for turn, key in zip(turns, keys, strict=True)]
        work.transcripts.add_turns(transcript_id, start + 1, rows)


def _files(path: Path) -> Sequence[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())


def _content(path: Path) -> bytes:
    """Return the bytes of a regular file; anything else (a pipe, a device, a folder) is refused unopened."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise CoachError(Fault.BAD_INPUT, f"{path} is not a regular file.", where=str(path))
        if status.st_size > LARGEST:
            sentence = f"{path} is larger than {LARGEST // 1024**2} MB; split it first."
            raise CoachError(Fault.BAD_INPUT, sentence, where=str(path))
        return path.read_bytes()
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise CoachError(Fault.INPUT_MISSING, f"{path} is not there.", where=str(path)) from None
        fault = Fault.NO_PERMISSION if error.errno in (errno.EACCES, errno.EPERM) else Fault.INPUT_OUTPUT
        raise CoachError(fault, f"{path} cannot be read: {reason}.", where=str(path)) from None


def _read(content: bytes) -> _Read:
    from interview_coach.transcripts import turn_format  # late: not needed to start

    file = turn_format.read(content)
    keys = tuple(question_key(turn.question) if turn.asks and turn.question else None for turn in file.turns)
    return _Read(file=file, keys=keys, content_hash=_hash(content))


def _wordings(keys: Sequence[str | None], turns: Sequence[Turn]) -> dict[str, NewWording]:
    """Return the questions that turns ask, each once and as its first turn asks it, by key."""
    wordings: dict[str, NewWording] = {}
    for key, turn in zip(keys, turns, strict=True):
        if key is not None:
            wordings.setdefault(key, NewWording(key=key, text=turn.question, stage=turn.stage))
    return wordings


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _older_version(work: UnitOfWork, source: str, read: _Read, known: dict[str, int]) -> int | None:
    """Return the id of the transcript that a file updates, if any.

    That is one from a file of the same name that shares a question with it (two simulators that both write
    "transcript.txt" stay two interviews), or one with nearly the same questions and answers in the same order.
    """
    asking = work.transcripts.asking(known.values())
    for transcript in work.transcripts.with_source(source):
        if transcript.id in asking:
            return transcript.id
    asked = [(key, turn) for key, turn in zip(read.keys, read.file.turns, strict=True) if key is not None]
    new = [(known.get(key, 0), turn.answer) for key, turn in asked[:_COMPARED_AT_MOST]]
    for transcript_id in sorted(asking, reverse=True):
        if asking[transcript_id] < SAME_SHARE * len(new):
            continue
        if _same_share(work.transcripts.answers(transcript_id, _COMPARED_AT_MOST), new) >= SAME_SHARE:
            return transcript_id
    return None


def _same_share(old: Sequence[tuple[int, str | None]], new: Sequence[tuple[int, str | None]]) -> float:
    from difflib import SequenceMatcher  # late: not needed to start

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(old), len(new), 1)
