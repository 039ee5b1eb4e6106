"""Files into the bank: read, compared with what is there, written whole or not at all.

Import only adds. Small files are written several at once, each whole, in units of work that are short enough for a
draft to be saved between two of them; the turns of a large one are written in slices under an unpublished transcript,
and the last slice lets it be seen. A start removes what never got that far. While one lot is written the next is read.
"""

import contextlib
import hashlib
import json
import os
import threading
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from interview_coach.domain.backups import Reason
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Names, Origin, Problem, stage_order
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.intake import NewTranscript

if TYPE_CHECKING:  # not needed to start
    from interview_coach.domain.archive import Arrival
    from interview_coach.domain.findings import Finding
    from interview_coach.services.reading import Choice, ReadFile
    from interview_coach.services.rewording import Rewording

#: Turns that one unit of work writes; it holds the database for a few milliseconds.
SLICE = 100

#: The same where nobody waits for the database meanwhile.
SLICE_ALONE = 2_000

#: The name of the program's own format, which everything goes out and comes in by.
ARCHIVE = "interview-coach"

#: Turns of a file that are shown before it comes in.
SHOWN = 1_000

#: A file is an update of a transcript when this share of the question–answer pairs is the same, in order.
SAME_SHARE = 0.8

_COMPARED_AT_MOST = 500

#: Transcripts that are compared with a file turn by turn.
_CANDIDATES = 3


class Standing(StrEnum):
    """What a file is to the bank."""

    NEW = "new"
    KNOWN = "known"
    UPDATE = "update"
    PUT_BACK = "put back"


@dataclass(frozen=True)
class FileReport:
    """What became, or would become, of one file. ``error`` is why it was refused; then nothing of it came in.

    ``near`` are new questions that may be others in other words; they are not looked for where the import is too large.
    ``arrival`` says what an export of the program's own brings beside questions.
    """

    path: Path
    standing: Standing = Standing.NEW
    format: str = ""
    transcript_id: int | None = None
    title: str = ""
    transcripts: int = 0
    turns: int = 0
    questions_new: int = 0
    questions_known: int = 0
    near: "tuple[Rewording, ...]" = ()
    near_looked_for: bool = True
    problems: tuple[Problem, ...] = ()
    error: CoachError | None = None
    content_hash: str = ""
    arrival: "Arrival | None" = None


def counts(reports: Sequence[FileReport]) -> tuple[int, int, int, int]:
    """Return of an import: files, files that were refused, turns, and new questions."""
    refused = sum(report.error is not None for report in reports)
    turns = sum(report.turns for report in reports)
    return len(reports), refused, turns, sum(report.questions_new for report in reports)


@dataclass(frozen=True)
class _Incoming:
    """A file on its way in: read, or refused; ``archive`` has the bytes of one that the program itself wrote."""

    path: Path
    read: "ReadFile | None" = None
    archive: bytes | None = None
    error: CoachError | None = None
    is_given: bool = False  # it is no file, but was pasted
    origin: Origin = Origin.RECORDED

    @property
    def source(self) -> str:
        """The name of the file, as a text that every database can hold."""
        return os.fsencode(self.path.name).decode("utf-8", "replace")


class TurnStanding(StrEnum):
    """What a turn's question is to the bank."""

    NEW = "new"
    KNOWN = "known"
    NEAR = "near"
    ASKS_NOTHING = "asks nothing"


@dataclass(frozen=True)
class TurnPreview:
    """A turn that would come in, by its place in the file from 0. ``near`` is the question that it may be."""

    place: int
    stage: str
    stage_guessed: bool
    question: str
    answered: bool
    standing: TurnStanding
    near: str = ""


@dataclass(frozen=True)
class FileDetail:
    """One file looked into: why it is read so, what it may be called, and its first turns.

    ``formats`` are those that it might have; ``speakers`` those who talk in it, of whom ``interviewer`` asks, empty
    where the file says itself who does.
    """

    report: FileReport
    reason: str
    names: Names
    stages: dict[str, int]
    guessed: int
    turns: tuple[TurnPreview, ...]
    findings: "tuple[Finding, ...]"
    formats: tuple[str, ...]
    speakers: tuple[str, ...] = ()
    interviewer: str | None = None


class _Stopped(Exception):  # noqa: N818  (it is no error to be stopped)
    """The person had enough in the middle of a file; ``reports`` are of those before it."""

    def __init__(self, reports: tuple[FileReport, ...]) -> None:
        super().__init__()
        self.reports = reports


class _Broken(Exception):  # noqa: N818  (as above)
    """A lot came to an end before its time; ``reports`` are of the files that came in."""

    def __init__(self, reports: tuple[FileReport, ...], why: _Stopped | CoachError) -> None:
        super().__init__()
        self.reports = reports
        self.why = why


class _Coming:
    """What the files of one import bring that the bank does not show yet."""

    def __init__(self) -> None:
        self.keys: set[str] = set()
        self.hashes: set[str] = set()


class ImportService:
    """Brings transcripts into the bank."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._one_at_a_time = threading.Lock()
        # Where one thread reads and the other puts rows together both would only wait for the interpreter, row by row.
        self._one_in_python = threading.Lock()
        self._slice = SLICE
        self._backed_up = False
        self._added: set[int] = set()  # by the import that goes on

    def import_paths(
        self,
        paths: Iterable[Path],
        *,
        dry_run: bool = False,
        choices: "Mapping[Path, Choice] | None" = None,
        choice: "Choice | None" = None,
        given: Mapping[Path, bytes] | None = None,
        alone: bool = False,
        on_file: Callable[[int, int, Path], bool] = lambda _done, _all, _next: True,
    ) -> tuple[FileReport, ...]:
        """Import files, and the files in folders that may hold questions; each comes in whole, or with its error.

        ``choices`` are what the person decided about some of them, ``choice`` about all others; ``given`` has the bytes
        of those that are no files, as what was pasted. With ``alone`` nobody else waits for the database, as on the
        command line: more is written at once, which is quicker. ``on_file`` is told
        how many files are done, of how many, and which is the next; when it answers False the rest is left.
        """
        from interview_coach.services import reading  # late: not needed to start

        otherwise = choice or reading.NO_CHOICE
        contents = given or {}
        files = [file for path in paths for file in ([path] if path in contents else reading.files_in([path]))]
        decided = choices or {}

        def read(path: Path) -> _Incoming:
            try:
                content = contents[path] if path in contents else reading.content_of_chosen(path)
                if reading.is_archive(content):
                    return _Incoming(path, archive=content)
                understood = reading.understood(path.name, content, decided.get(path, otherwise))
                return _Incoming(path, read=understood, is_given=path in contents)
            except CoachError as error:
                return _Incoming(path, error=error)

        with contextlib.ExitStack() as stack:
            if alone and not dry_run:
                stack.enter_context(self._database.with_room())
            self._slice = SLICE_ALONE if alone else SLICE
            lots = stack.enter_context(contextlib.closing(self._lots(files, read)))
            return self._bring_in_lots(lots, len(files), dry_run=dry_run, on_file=on_file)

    def _bring_in_lots(
        self,
        lots: Iterator[list[_Incoming]],
        files: int,
        *,
        dry_run: bool,
        on_file: Callable[[int, int, Path], bool],
    ) -> tuple[FileReport, ...]:
        from interview_coach.services.rewording import RewordingSearch  # late: not needed to start

        reports: list[FileReport] = []
        coming = _Coming()
        search = RewordingSearch(self._database)
        self._backed_up = False
        self._added = set()
        for lot in lots:
            if not on_file(len(reports), files, lot[0].path):
                break
            near = [() if one.read is None else search.among(one.read.new_turns) for one in lot]
            looked_for = not search.is_exhausted
            done, ended = len(reports), None

            def goes_on(done: int = done, first: Path = lot[0].path) -> bool:
                return on_file(done, files, first)

            try:
                came: Iterable[FileReport] = self._bring_in(lot, coming, dry_run=dry_run, goes_on=goes_on)
            except _Broken as broken:
                came, ended = broken.reports, broken.why
            reports.extend(
                replace(report, near=pairs, near_looked_for=looked_for)
                for report, pairs in zip(came, near, strict=False)
            )
            if isinstance(ended, CoachError):
                if not any(report.transcript_id is not None for report in reports):
                    raise ended
                path = lot[len(reports) - done].path
                return (*reports, FileReport(path=path, error=ended))  # what came in is told, and what stopped it
            if ended is not None:
                break
        return tuple(reports)

    def _lots(self, files: Sequence[Path], read: Callable[[Path], _Incoming]) -> Generator[list[_Incoming]]:
        """Yield the files in lots of about a slice of turns; the next lot is read while one is written."""
        alone: list[_Incoming] = []  # an export of the program's own is a lot by itself
        waiting = iter(files)

        def next_lot() -> list[_Incoming]:
            lot: list[_Incoming] = []
            turns = 0
            if alone:
                return [alone.pop()]
            for path in waiting:
                with self._one_in_python:
                    incoming = read(path)
                if incoming.archive is not None:
                    if not lot:
                        return [incoming]
                    alone.append(incoming)
                    break
                lot.append(incoming)
                turns += 1 if incoming.read is None else len(incoming.read.new_turns)
                if turns >= self._slice:
                    break
            return lot

        if len(files) == 1:
            yield next_lot()
            return
        with ThreadPoolExecutor(1, thread_name_prefix="reading") as reader:
            ahead = reader.submit(next_lot)
            while lot := ahead.result():
                ahead = reader.submit(next_lot)
                yield lot

    def import_file(self, path: Path, *, dry_run: bool = False) -> FileReport:
        """Import one file; with ``dry_run`` only say what would come in."""
        (report,) = self.import_paths([path], dry_run=dry_run)
        return report

    def look_into(self, path: Path, choice: "Choice | None" = None, given: bytes | None = None) -> FileDetail:
        """Look into one file, or into the bytes ``given`` in its place, without storing anything.

        Raises CoachError where no turn can be read in it.
        """
        from interview_coach.domain.findings import findings  # late, as these: not needed to start
        from interview_coach.services import reading
        from interview_coach.services.rewording import RewordingSearch, similar_within

        decided = choice or reading.NO_CHOICE
        content = reading.content_of(path) if given is None else given
        if reading.is_archive(content):
            with self._one_at_a_time:
                report = self._bring_archive(path, content, dry_run=True)
            if report.error is not None:
                raise report.error
            names, reason = Names(title=path.name), "it is an export of this program"
            return FileDetail(report, reason, names, stages={}, guessed=0, turns=(), findings=(), formats=())
        read = reading.understood(path.name, content, decided)
        near = RewordingSearch(self._database).among(read.new_turns)
        others = {one.place: one.other_text for one in near}
        with self._database.begin() as work:
            look = _Look(work, [_Incoming(path, read=read)], _Coming())
            report = replace(look.report(_Incoming(path, read=read)), near=near)
            turns = []
            for place, new in enumerate(read.new_turns[:SHOWN]):
                if new.key is None:
                    standing = TurnStanding.ASKS_NOTHING
                elif new.key in look.ids:
                    standing = TurnStanding.KNOWN
                else:
                    standing = TurnStanding.NEAR if place in others else TurnStanding.NEW
                turns.append(
                    TurnPreview(
                        place=place,
                        stage=new.turn.stage,
                        stage_guessed=place in read.reading.guessed,
                        question=new.turn.question,
                        answered=new.turn.answer is not None,
                        standing=standing,
                        near=others.get(place, ""),
                    )
                )
        by_stage = Counter(turn.stage for turn in read.turns)
        return FileDetail(
            report=report,
            reason=read.reading.reason,
            names=read.names,
            stages=dict(sorted(by_stage.items(), key=lambda one: stage_order(one[0]))),
            guessed=len(read.reading.guessed),
            turns=tuple(turns),
            findings=findings(read.turns, similar_within([turn.question for turn in read.turns])),
            formats=(read.reading.format, *read.reading.others),
            speakers=read.reading.speakers,
            interviewer=read.reading.interviewer,
        )

    def install_shipped(self, folder: Path) -> None:
        """Read the shipped transcripts that this data folder has not had yet, as ``index.json`` names them.

        Raises CoachError where the program's own files are not whole.
        """
        with self._database.begin() as work:
            had = work.transcripts.shipped()
        try:
            listed = json.loads((folder / "index.json").read_text(encoding="utf-8"))["transcripts"]
            shipped = [
                (folder / entry["file"], entry["title"], entry["role"], entry["company"], Origin(entry["origin"]))
                for entry in listed
            ]
            digests = {path: _digest(path) for path, *_ in shipped}
        except (OSError, ValueError, KeyError, TypeError) as error:
            sentence = f"The program's own transcripts in {folder} cannot be read. Install it again."
            raise CoachError(Fault.INPUT_MISSING, sentence, where=str(folder)) from error
        self._backed_up = not had  # there is nothing to lose at a first start
        for path, title, role, company, origin in shipped:
            if digests[path] in had:
                continue
            from interview_coach.services import reading  # late: not needed at a later start

            choice = reading.Choice(names=Names(title=title, role=role, company=company))
            incoming = _Incoming(path, read=reading.read_file(path, choice), origin=origin)
            try:
                self._bring_in([incoming], _Coming())
            except _Broken as broken:
                raise broken.why from broken
            with self._database.begin() as work:
                work.transcripts.note_shipped(digests[path], path.name, as_utc(self._clock.now()))

    def _bring_in(
        self,
        lot: Sequence[_Incoming],
        coming: _Coming,
        *,
        dry_run: bool = False,
        goes_on: Callable[[], bool] = lambda: True,
    ) -> Iterator[FileReport]:
        """Bring a lot of files in, in their order; each is seen by those after it."""
        with self._one_at_a_time:
            if lot[0].archive is not None:
                return iter([self._bring_archive(lot[0].path, lot[0].archive, dry_run=dry_run)])
            if dry_run:
                with self._database.begin() as work:
                    look = _Look(work, lot, coming)
                    return iter([look.report(incoming) for incoming in lot])
            reports: list[FileReport] = []
            while len(reports) < len(lot):
                try:
                    reports.extend(self._bring_in_next(lot[len(reports) :], goes_on))
                except (_Stopped, CoachError) as error:
                    stopped = error.reports if isinstance(error, _Stopped) else ()
                    raise _Broken((*reports, *stopped), error) from error
            return iter(reports)

    def _bring_archive(self, path: Path, content: bytes, *, dry_run: bool) -> FileReport:
        """Bring in what the program itself wrote; it is compared with what is there part by part."""
        from interview_coach.services.archiving import ArchiveService  # late: not needed to start

        archiving = ArchiveService(self._database, self._clock)
        if not self._database.read_only:
            with self._database.begin() as work:
                work.transcripts.remove_unpublished()  # what an import left that failed since the start
        try:
            arrival = archiving.preview(content)
            if not dry_run and arrival.adds_something:
                arrival = archiving.bring_in(content)
                self._backed_up = True
        except CoachError as error:
            if error.fault not in (Fault.BAD_INPUT, Fault.NEWER_DATA):
                raise
            return FileReport(path=path, error=error)
        return FileReport(
            path=path,
            standing=Standing.NEW if arrival.adds_something else Standing.KNOWN,
            format=ARCHIVE,
            transcripts=arrival.transcripts.new + arrival.transcripts.known,
            turns=arrival.turns,
            questions_new=arrival.questions.new,
            questions_known=arrival.questions.known,
            arrival=arrival,
        )

    def _bring_in_next(self, lot: Sequence[_Incoming], goes_on: Callable[[], bool]) -> list[FileReport]:
        """Bring in the first files of a lot, as many as one unit of work can tell apart."""
        if not self._backed_up:
            with self._database.begin() as work:
                look = _Look(work, lot, _Coming())
                writes = any(look.report(incoming).standing is not Standing.KNOWN for incoming in lot if incoming.read)
            if writes:  # a backup, once for all files of an import, holds what was there before
                self._database.back_up_first(Reason.IMPORT)
                self._backed_up = True
        reports: list[FileReport] = []
        large: tuple[ReadFile, int, int | None] | None = None
        # The lock is had before the database, so that nobody waits for both. Indexing and storing come after it is let
        # go: the next files are read meanwhile.
        with contextlib.ExitStack() as python, self._database_after(python) as work:
            work.transcripts.remove_unpublished()  # what an import left that failed since the start
            look = _Look(work, lot, _Coming(), self._added)
            for incoming in lot:
                if look.must_see_first(incoming):
                    break
                report = look.report(incoming)
                if report.standing is Standing.PUT_BACK:
                    look.put_back(incoming)
                elif report.error is None and report.standing is not Standing.KNOWN and incoming.read is not None:
                    transcript_id = work.intake.add(_new(incoming), as_utc(self._clock.now()))
                    self._added.add(transcript_id)
                    report = replace(report, transcript_id=transcript_id)
                    self._write_slice(work, incoming.read, transcript_id, 0, look.ids)
                    if len(incoming.read.new_turns) > self._slice:
                        large = incoming.read, transcript_id, look.older.get(incoming.path)
                    else:
                        work.intake.publish(transcript_id, look.older.get(incoming.path))
                look.seen(incoming)
                reports.append(report)
                if large is not None:
                    break
            python.close()
        if large is not None and not self._write_rest(*large, goes_on):
            raise _Stopped(tuple(reports[:-1]))
        return reports

    @contextlib.contextmanager
    def _database_after(self, python: contextlib.ExitStack) -> Iterator[UnitOfWork]:
        python.enter_context(self._one_in_python)
        with self._database.begin() as work:
            yield work

    def _write_rest(self, read: "ReadFile", transcript_id: int, older: int | None, goes_on: Callable[[], bool]) -> bool:
        """Write the further slices of a large file, others getting their turn between them, and let it be seen.

        Questions are looked up anew for each slice, since the bank may have been tended in between. Returns False
        where the person had enough; nothing of it is then left.
        """
        for start in range(self._slice, len(read.new_turns), self._slice):
            if not goes_on():
                with self._database.begin() as work:
                    work.transcripts.remove_unpublished()
                return False
            with self._database.begin() as work:
                keys = {new.key for new in read.new_turns[start : start + self._slice] if new.key is not None}
                self._write_slice(work, read, transcript_id, start, work.questions.known(keys))
        with self._database.begin() as work:
            is_there = older is not None and work.transcripts.get(older) is not None
            work.intake.publish(transcript_id, older if is_there else None)
        return True

    def _write_slice(
        self, work: UnitOfWork, read: "ReadFile", transcript_id: int, start: int, ids: dict[str, int]
    ) -> None:
        turns = read.new_turns[start : start + self._slice]
        work.intake.add_turns(transcript_id, start + 1, turns, ids, as_utc(self._clock.now()))


class _Look:
    """What a lot of files is to the bank, looked up for all of them at once."""

    def __init__(
        self, work: UnitOfWork, lot: Sequence[_Incoming], coming: _Coming, added: Set[int] = frozenset()
    ) -> None:
        reads = [incoming.read for incoming in lot if incoming.read is not None]
        self._work = work
        self._coming = coming
        self._kept = work.intake.with_hashes(read.content_hash for read in reads)
        named = {incoming.source for incoming in lot if incoming.read is not None and not incoming.is_given}
        self._sources = work.intake.with_sources(named)
        self._added = added  # files of one import that have the same name lie in different folders
        self.ids = work.questions.known({key for read in reads for key in read.keys})
        self.older: dict[Path, int] = {}
        self._begun = frozenset(self.ids)
        self._seen_hashes: set[str] = set()

    def must_see_first(self, incoming: _Incoming) -> bool:
        """Return whether the files before this one must be in the bank before it can be said what this one is."""
        read = incoming.read
        if read is None or not self._seen_hashes:
            return False
        if read.content_hash in self._seen_hashes:
            return True
        here = sum(key in self.ids and key not in self._begun for key in read.keys)
        return here >= SAME_SHARE * len(read.keys) > 0

    def seen(self, incoming: _Incoming) -> None:
        """Remember a file that was dealt with."""
        if incoming.read is not None:
            self._seen_hashes.add(incoming.read.content_hash)

    def put_back(self, incoming: _Incoming) -> None:
        """Put a transcript back from Trash, since it is wanted again."""
        kept = None if incoming.read is None else self._kept.get(incoming.read.content_hash)
        if kept is not None and kept.trash_id is not None:
            self._work.trash.put_back(kept.trash_id)

    def report(self, incoming: _Incoming) -> FileReport:
        """Return what a file is to the bank, before anything of it is written."""
        read = incoming.read
        if read is None:
            return FileReport(path=incoming.path, error=incoming.error)
        known = sum(key in self.ids or key in self._coming.keys for key in read.keys)
        report = FileReport(
            path=incoming.path,
            format=read.reading.format,
            title=read.names.title,
            transcripts=1,
            turns=len(read.new_turns),
            questions_new=len(read.keys) - known,
            questions_known=known,
            problems=read.reading.file.problems,
            content_hash=read.content_hash,
        )
        kept = self._kept.get(read.content_hash)
        if kept is not None:
            standing = Standing.KNOWN if kept.trash_id is None else Standing.PUT_BACK
            return replace(report, transcript_id=kept.id, title=kept.title, standing=standing)
        if read.content_hash in self._coming.hashes:
            return replace(report, standing=Standing.KNOWN)
        self._coming.keys.update(read.keys)
        self._coming.hashes.add(read.content_hash)
        older = self._older_version(incoming.source, read)
        if older is None:
            return report
        self.older[incoming.path] = older
        return replace(report, standing=Standing.UPDATE)

    def _older_version(self, source: str, read: "ReadFile") -> int | None:
        """Return the id of the transcript that a file updates, if any.

        That is one from a file of the same name that shares a question with it (two simulators that both write
        "transcript.txt" stay two interviews, as do files of that name in several folders, and what was pasted), or one
        with nearly the same questions and answers in the same order.
        """
        known = [self.ids[key] for key in read.keys if key in self._begun]
        same_name = [one for one in self._sources.get(source, ()) if one not in self._added]
        if not known or (not same_name and len(known) < SAME_SHARE * len(read.keys)):
            return None
        asking = self._work.transcripts.asking(known)
        for transcript_id in same_name:
            if transcript_id in asking:
                return transcript_id
        asked = [new for new in read.new_turns if new.key is not None][:_COMPARED_AT_MOST]
        pairs = [(self.ids.get(new.key or "", 0), new.turn.answer) for new in asked]
        likely = [one for one in sorted(asking, reverse=True) if asking[one] >= SAME_SHARE * len(pairs)]
        for transcript_id in likely[:_CANDIDATES]:
            if _same_share(self._work.transcripts.answers(transcript_id, _COMPARED_AT_MOST), pairs) >= SAME_SHARE:
                return transcript_id
        return None


def _new(incoming: _Incoming) -> NewTranscript:
    if incoming.read is None:
        raise LookupError("the file was not read")
    names = incoming.read.names
    return NewTranscript(
        title=names.title,
        role=names.role,
        company=names.company,
        held=names.held,
        origin=incoming.origin,
        source=incoming.source,
        content_hash=incoming.read.content_hash,
        layout=incoming.read.reading.file.layout,
    )


def _digest(path: Path) -> str:

    return hashlib.sha256(path.read_bytes()).hexdigest()


def _same_share(old: Sequence[tuple[int, str | None]], new: Sequence[tuple[int, str | None]]) -> float:
    from difflib import SequenceMatcher  # late: not needed to start

    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / max(len(old), len(new), 1)
