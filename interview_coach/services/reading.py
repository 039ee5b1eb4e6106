"""Files that a person chose, read: which ones, their bytes, their turns. Nothing is stored here."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Names, Turn
from interview_coach.domain.sameness import question_key
from interview_coach.storage.intake import NewTurn
from interview_coach.transcripts.formats import NAMES, TURNS, Reading, guessed_format, read
from interview_coach.transcripts.held import day_of as day_of
from interview_coach.transcripts.naming import guess_date, guess_names
from interview_coach.transcripts.source import Source

#: Files that are read out of a folder.
SUFFIXES = frozenset(
    {
        ".txt",
        ".log",
        ".md",
        ".markdown",
        ".json",
        ".jsonl",
        ".ndjson",
        ".csv",
        ".tsv",
        ".vtt",
        ".srt",
        ".apkg",
        ".colpkg",
    }
)

#: Larger files are refused: no interview is that long, and the whole file is held in memory.
LARGEST = 100 * 1024 * 1024

#: The same for all that is no turn transcript, which takes several times its size to be understood.
LARGEST_OTHER = 32 * 1024 * 1024

#: The same for a package, of which only the collection is read and not the pictures.
LARGEST_PACKAGE = 256 * 1024 * 1024

_PACKAGE = b"PK\x03\x04"

#: An export of the program's own says so at its beginning.
_HEAD = 4_096

#: The formats that a person can name.
FORMATS = NAMES


@dataclass(frozen=True)
class Choice:
    """What a person decided about a file, where it is not what was guessed.

    ``stages`` are those of turns, by place from 0. ``names`` replace all that was guessed. ``seen`` is the hash of
    what was shown: where the file holds something else by now it is refused.
    """

    format: str | None = None
    interviewer: str | None = None
    names: Names | None = None
    seen: str | None = None
    stages: Mapping[int, str] = field(default_factory=dict)


NO_CHOICE = Choice()


@dataclass(frozen=True)
class ReadFile:
    """A file as it was read: what it holds, what it may be called, and the hash of its bytes."""

    reading: Reading
    names: Names
    content_hash: str
    new_turns: tuple[NewTurn, ...]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, with the stages that the person chose."""
        return tuple(new.turn for new in self.new_turns)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The key of each question that is asked, once, in the order in which they first are."""
        return tuple(dict.fromkeys(new.key for new in self.new_turns if new.key is not None))


def files_in(paths: Iterable[Path]) -> list[Path]:
    """Return the files, and those in the folders; a folder that holds none stands for itself."""
    return [file for path in paths for file in _files(path) or [path]]


def read_file(path: Path, choice: Choice = NO_CHOICE) -> ReadFile:
    """Read one file. Raises CoachError: it is not there, may not be read, is no file, or no turn is in it."""
    return understood(path.name, content_of_chosen(path), choice)


def content_of_chosen(path: Path) -> bytes:
    """Return the bytes of a file that was chosen; a folder that is left stands for the lack of files in it."""
    if os.path.isdir(path):  # noqa: PTH112  (raises nothing)
        sentence = f"{path} holds no file that ends in {', '.join(sorted(SUFFIXES))}."
        raise CoachError(Fault.INPUT_MISSING, sentence, where=str(path))
    return content_of(path)


def is_archive(content: bytes) -> bool:
    """Return whether a file is one that the program itself wrote, with everything in it."""
    if b'"interview-coach"' not in content[:_HEAD]:
        return False
    from interview_coach.domain import archive  # late: rarely needed

    return archive.is_archive(content)


def understood(name: str, content: bytes, choice: Choice = NO_CHOICE) -> ReadFile:
    """Read the bytes of a file of this name. Raises CoachError where no turn is in it."""
    content_hash = hashlib.sha256(content).hexdigest()
    if choice.seen is not None and choice.seen not in (content_hash, _as_chosen(content_hash, choice)):
        raise CoachError(Fault.BAD_INPUT, "The file has changed since it was shown. Look at it again.")
    source = Source(name, content)
    if len(content) > LARGEST_OTHER and not content.startswith(_PACKAGE) and guessed_format(source) != TURNS:
        raise CoachError(Fault.BAD_INPUT, f"It is larger than {LARGEST_OTHER // 1024**2} MB; split it first.")
    try:
        reading = read(source, format_name=choice.format, interviewer=choice.interviewer)
    except MemoryError:
        raise CoachError(Fault.BAD_INPUT, "The file is too large for the memory of this computer. Split it.") from None
    if choice.interviewer is not None or (choice.format is not None and choice.format != guessed_format(source)):
        content_hash = _as_chosen(content_hash, choice)  # read otherwise it is another transcript
    turns = reading.file.turns
    if choice.stages:
        turns = tuple(
            turn.model_copy(update={"stage": choice.stages[place]})
            if place in reading.guessed and place in choice.stages
            else turn
            for place, turn in enumerate(turns)
        )
    tags = reading.tags or ((),) * len(turns)
    return ReadFile(
        reading=reading,
        names=choice.names or _names(name, reading),
        content_hash=content_hash,
        new_turns=tuple(
            NewTurn(turn, question_key(turn.question) if turn.asks and turn.question else None, words)
            for turn, words in zip(turns, tags, strict=True)
        ),
    )


def _as_chosen(content_hash: str, choice: Choice) -> str:
    return hashlib.sha256(f"{content_hash} {choice.format} {choice.interviewer}".encode()).hexdigest()


def content_of(path: Path) -> bytes:
    """Return the bytes of a regular file; anything else (a pipe, a device, a folder) is refused unopened."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise CoachError(Fault.BAD_INPUT, f"{path} is not a regular file.", where=str(path))
        # Another may stand there by now: a pipe is not waited for, and what grows is read so far and no further.
        opened = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(opened, "rb") as file:
            if not stat.S_ISREG(os.fstat(opened).st_mode):
                raise CoachError(Fault.BAD_INPUT, f"{path} is not a regular file.", where=str(path))
            content = file.read(len(_PACKAGE))
            largest = LARGEST_PACKAGE if content == _PACKAGE else LARGEST
            content += file.read(largest + 1 - len(content))
        if len(content) > largest:
            sentence = f"{path} is larger than {largest // 1024**2} MB; split it first."
            raise CoachError(Fault.BAD_INPUT, sentence, where=str(path))
        return content
    except OSError as error:
        reason = os.strerror(error.errno or 0).lower()
        if error.errno in (errno.ENOENT, errno.ENOTDIR):
            raise CoachError(Fault.INPUT_MISSING, f"{path} is not there.", where=str(path)) from None
        fault = Fault.NO_PERMISSION if error.errno in (errno.EACCES, errno.EPERM) else Fault.INPUT_OUTPUT
        raise CoachError(fault, f"{path} cannot be read: {reason}.", where=str(path)) from None


def _names(name: str, reading: Reading) -> Names:
    """Return what the file itself says, and what can be guessed where it says nothing."""
    guessed = guess_names(name, reading.file.turns)
    role, company = reading.role or guessed.role, reading.company or guessed.company
    both = f"{company}, {role}" if company and role else None
    held: date | None = reading.held or guess_date(name)
    return Names(title=reading.title or both or guessed.title, role=role, company=company, held=held)


def _files(path: Path) -> Sequence[Path]:
    if not os.path.isdir(path):  # noqa: PTH112  (raises nothing, wherever one may not look)
        return [path]
    found = (Path(folder, name) for folder, _, names in os.walk(path) for name in names)
    return sorted(file for file in found if file.suffix.lower() in SUFFIXES and os.path.isfile(file))  # noqa: PTH113
