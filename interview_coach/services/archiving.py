"""All that is the person's, out into one file and back in: to another folder, another computer, or into safety."""

import contextlib
import hashlib
from collections.abc import Sequence

from interview_coach import __version__
from interview_coach.domain.archive import Archive, Arrival, read, written
from interview_coach.domain.archive_laws import check
from interview_coach.domain.backups import Reason
from interview_coach.domain.days import as_utc
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import TranscriptFile
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork

# More than ships with the program: in a folder that holds more, transcripts were imported.
_MANY = 50


class ArchiveService:
    """Writes and reads the program's own JSON."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def whole(self) -> bytes:
        """Return everything that the data folder holds, Trash as well."""
        return self._written()

    def of_sessions(self, session_ids: Sequence[int]) -> bytes:
        """Return sessions with their answers, and what they stand on.

        Raises CoachError, INPUT_MISSING, where one is not there.
        """
        return self._written(sessions=session_ids)

    def of_questions(self, question_ids: Sequence[int]) -> bytes:
        """Return questions with the answers to them, and what they stand on.

        Raises CoachError, INPUT_MISSING, where one is not there.
        """
        return self._written(questions=question_ids)

    def of_transcripts(self, transcript_ids: Sequence[int]) -> bytes:
        """Return transcripts with the questions that they ask, without the person's answers.

        Raises CoachError, INPUT_MISSING, where one is not there.
        """
        return self._written(transcripts=transcript_ids)

    def preview(self, content: bytes) -> Arrival:
        """Return what an archive would bring. Raises CoachError as ``bring_in`` does; nothing is changed."""
        archive = _checked(content)
        with self._database.begin() as work:
            return _with_turns(work.archive.preview(archive, _as_written(work)), archive)

    def bring_in(self, content: bytes) -> Arrival:
        """Add what an archive holds and the folder does not, all or nothing, after a backup; return what that was.

        Raises CoachError: NEWER_DATA where a newer program made it, BAD_INPUT where it is no archive, or not whole.
        """
        archive = _checked(content)
        self._database.back_up_first(Reason.IMPORT)
        with self._database.begin() as work:
            return _with_turns(work.archive.bring_in(archive, _as_written(work)), archive)

    def _written(
        self,
        sessions: Sequence[int] | None = None,
        transcripts: Sequence[int] | None = None,
        questions: Sequence[int] | None = None,
    ) -> bytes:
        with self._database.begin() as work:
            for name, wanted, there in (
                ("session", sessions, work.sessions.get),
                ("transcript", transcripts, work.transcripts.get),
                ("question", questions, work.questions.get),
            ):
                for each in wanted or ():
                    if there(each) is None:
                        raise CoachError(Fault.INPUT_MISSING, f"There is no {name} {each}.")
            archive = work.archive.read(
                made=as_utc(self._clock.now()),
                program=__version__,
                sessions=sessions,
                transcripts=transcripts,
                questions=questions,
            )
        try:
            check(archive)  # better none than one that no folder takes
        except CoachError as error:
            sentence = "The database holds what does not agree with the rest. “check --repair” mends it."
            raise CoachError(Fault.INCONSISTENT_DATA, sentence, where=str(self._database.path)) from error
        return written(archive)


def _with_turns(arrival: Arrival, archive: Archive) -> Arrival:
    return arrival.model_copy(update={"turns": sum(len(transcript.turns) for transcript in archive.transcripts)})


def _checked(content: bytes) -> Archive:
    archive = read(content)
    check(archive)
    return archive


def _as_written(work: UnitOfWork) -> dict[int, str]:
    """Return the hashes of what the transcripts are in a file now, as long as the folder may be as good as empty."""
    listed = work.transcripts.listed()
    if len(listed) > _MANY or work.sessions.latest_step() is not None:
        return {}
    from interview_coach.transcripts import turn_format  # late: not needed to start

    hashes = {}
    for transcript in listed:
        turns = tuple(kept.turn for kept in work.transcripts.turns(transcript.id))
        with contextlib.suppress(CoachError):  # one of another format, which cannot be told in this one
            content = turn_format.write(TranscriptFile(turns=turns, layout=transcript.layout))
            hashes[transcript.id] = hashlib.sha256(content).hexdigest()
    return hashes
