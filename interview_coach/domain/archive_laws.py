"""How the parts of an archive must agree: what each refers to is there, and nothing is there twice."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from interview_coach.domain.archive import Archive, ArchivedAttempt, ArchivedSession, TurnPlace, refused
from interview_coach.domain.models import AttemptState, SessionState

T = TypeVar("T")


def check(archive: Archive) -> None:
    """Raise CoachError, BAD_INPUT, with the place of the first thing that does not agree with the rest."""
    _Checking(archive).check()


class _Checking:
    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._trash = _numbered("entry {} of “trash”", archive.trash, lambda entry: entry.number)
        self._transcripts = _numbered("transcript {}", archive.transcripts, lambda transcript: transcript.uid)
        self._questions = _numbered("question {}", archive.questions, lambda question: question.uid)
        self._sessions = _numbered("session {}", archive.sessions, lambda session: session.uid)
        self._attempts = _numbered("attempt {}", archive.attempts, lambda attempt: attempt.uid)
        self._turns = {
            (transcript.uid, turn.position) for transcript in archive.transcripts for turn in transcript.turns
        }

    def check(self) -> None:
        """Raise CoachError where something is wrong."""
        _numbered("entry {} of “shipped”", self._archive.shipped, lambda entry: entry.content_hash)
        self._check_transcripts()
        self._check_questions()
        self._check_sessions()
        for number, attempt in enumerate(self._archive.attempts, 1):
            self._check_attempt(f"attempt {number}", attempt)
        self._check_places_of_attempts()
        _numbered("saved search {}", self._archive.saved_searches, lambda search: search.uid)

    def _check_transcripts(self) -> None:
        archive = self._archive
        _numbered("transcript {}", archive.transcripts, lambda transcript: transcript.content_hash)
        for number, transcript in enumerate(archive.transcripts, 1):
            where = f"transcript {number}"
            self._in(self._trash, where, "trash", transcript.trash)
            self._in(self._transcripts, where, "superseded_by", transcript.superseded_by)
            _numbered(f"turn {{}} of {where}", transcript.turns, lambda turn: turn.position)
            for of, turn in enumerate(transcript.turns, 1):
                self._in(self._questions, f"turn {of} of {where}", "asks_for", turn.asks_for)
        _no_circle("transcript", {one.uid: one.superseded_by for one in archive.transcripts}, self._transcripts)

    def _check_questions(self) -> None:
        archive = self._archive
        pinned = [question for question in archive.questions if question.pin is not None]
        _numbered("pin {}", pinned, lambda question: question.pin and question.pin.attempt)
        for number, question in enumerate(archive.questions, 1):
            where = f"question {number}"
            self._in(self._trash, where, "trash", question.trash)
            self._in(self._transcripts, where, "transcript", question.transcript)
            self._in(self._questions, where, "merged_into", question.merged_into)
            if question.pin is not None:
                self._in(self._attempts, where, "pin", question.pin.attempt)
                if archive.attempts[self._attempts[question.pin.attempt] - 1].question != question.uid:
                    raise refused(f"“pin” of {where} is an answer to another question")
        _no_circle("question", {one.uid: one.merged_into for one in archive.questions}, self._questions)

    def _check_sessions(self) -> None:
        is_open = False
        for number, session in enumerate(self._archive.sessions, 1):
            where = f"session {number}"
            self._in(self._transcripts, where, "transcript", session.transcript)
            if (session.state is SessionState.FINISHED) is not (session.finished is not None):
                raise refused(f"“state” and “finished” of {where} do not agree")
            if is_open and session.state is SessionState.OPEN:
                raise refused(f"{where} is open, and so is another")
            is_open = is_open or session.state is SessionState.OPEN
            self._check_places(where, session)

    def _check_places(self, where: str, session: ArchivedSession) -> None:
        _numbered(f"place {{}} of {where}", session.places, lambda place: place.question)
        for number, place in enumerate(session.places, 1):
            self._in(self._questions, f"place {number} of {where}", "question", place.question)
            self._in_turns(f"place {number} of {where}", "turn", place.turn)

    def _check_attempt(self, where: str, attempt: ArchivedAttempt) -> None:
        self._in(self._trash, where, "trash", attempt.trash)
        self._in(self._questions, where, "question", attempt.question)
        self._in(self._sessions, where, "session", attempt.session)
        self._in(self._attempts, where, "reference_attempt", attempt.reference_attempt)
        self._in_turns(where, "reference_turn", attempt.reference_turn)
        if attempt.place > len(self._archive.sessions[self._sessions[attempt.session] - 1].places):
            raise refused(f"“place” of {where} is not there")
        if attempt.reference_turn is not None and attempt.reference_attempt is not None:
            raise refused(f"{where} has two references")
        in_order = (
            (attempt.state is AttemptState.DRAFT) is (attempt.submitted is None)
            and (attempt.rated is None or attempt.submitted is not None)
            and (attempt.compared is None or attempt.rated is not None)
        )
        if not in_order:
            raise refused(f"“state”, “submitted”, “rated” and “compared” of {where} do not agree")
        if attempt.review is not None and attempt.compared is None:
            raise refused(f"“review” of {where} is that of an answer that was not compared")

    def _check_places_of_attempts(self) -> None:
        attempts = self._archive.attempts
        _numbered("attempt {}", attempts, lambda attempt: (attempt.question, attempt.number))
        drafts: set[tuple[str, int]] = set()
        for number, attempt in enumerate(attempts, 1):
            if attempt.state is AttemptState.DRAFT:
                if (attempt.session, attempt.place) in drafts:
                    raise refused(f"attempt {number} is a second draft at its place")
                drafts.add((attempt.session, attempt.place))

    @staticmethod
    def _in(there: dict[T, int], where: str, name: str, wanted: T | None) -> None:
        if wanted is not None and wanted not in there:
            raise refused(f"“{name}” of {where} is not there")

    def _in_turns(self, where: str, name: str, wanted: TurnPlace | None) -> None:
        if wanted is not None and (wanted.transcript, wanted.position) not in self._turns:
            raise refused(f"“{name}” of {where} is not there")


def _numbered(where: str, values: Iterable[T], key: Callable[[T], object]) -> dict[object, int]:
    """Return at which place, from 1, each key stands; raises CoachError where one stands twice."""
    numbers: dict[object, int] = {}
    for number, value in enumerate(values, 1):
        before = numbers.setdefault(key(value), number)
        if before != number:
            raise refused(f"{where.format(number)} is there twice: it is the same as {where.format(before)}")
    return numbers


def _no_circle(name: str, links: dict[str, str | None], numbers: dict[object, int]) -> None:
    """Raise CoachError where links from one to the next come back to where they began."""
    fine: set[str] = set()
    for first in links:
        path: dict[str, None] = {}
        at: str | None = first
        while at is not None and at not in fine:
            if at in path:
                raise refused(f"{name} {numbers[at]} refers to itself in a circle")
            path[at] = None
            at = links[at]
        fine.update(path)
