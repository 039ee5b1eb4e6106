"""Reports filled from the database: a session, questions, a transcript, or everything.

The questions are read a few at a time, so that a draft that is saved meanwhile never waits long; what is gone by the
time that its turn comes is left out, as is what lies in Trash. A report of a session holds what its sitting showed: a
recorded answer stands in it only where it had been on screen. Other reports hold all that the bank has.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from interview_coach.comparison.words import count_words
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    Attempt,
    AttemptState,
    KeptTurn,
    Mode,
    Place,
    PointsOwner,
    PointsOwnerKind,
    Question,
    RatingStatus,
    Session,
    Transcript,
)
from interview_coach.reports.outline import count_text, day_text
from interview_coach.reports.values import (
    ComparedWith,
    RecordedAnswer,
    Report,
    ReportedAttempt,
    ReportedQuestion,
    ReportedSession,
    ReportKind,
)
from interview_coach.services.clock import Clock
from interview_coach.storage.database import Database, UnitOfWork

T = TypeVar("T")

#: Questions that are read in one unit of work, and those that are when the answers to them are read along.
_AT_ONCE = 20
_WITH_ANSWERS = 4

#: Up to so many questions, the answers are looked for by question; of more, session by session.
_BY_QUESTION = 100

#: What a session is called that asks all transcripts, by stage.
_MIXED = "All transcripts, by stage"


def _go_on() -> None:
    """Let the reading go on."""


class ReportService:
    """Fills reports. ``watch`` is called between two slices; what it raises ends the reading."""

    def __init__(self, database: Database, clock: Clock, watch: Callable[[], None] = _go_on) -> None:
        self._database = database
        self._clock = clock
        self._watch = watch

    def of_session(self, session_id: int) -> Report:
        """Return a session as it was practised. Raises CoachError, INPUT_MISSING, where it is not there."""
        with self._database.begin() as work:
            session = work.sessions.get(session_id)
            if session is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no session {session_id}.")
            places = work.sessions.places(session_id)
            attempts = work.attempts.listed(session_id=session_id)
        by_place = _grouped(attempts, lambda attempt: attempt.place)
        questions: list[ReportedQuestion] = []
        for part in _parts(places, _WITH_ANSWERS):
            self._watch()
            with self._database.begin() as work:
                for place, question in _asked(work, part):
                    questions.append(_at_place(work, session, place, question, by_place.get(place.place, ())))
        return Report(
            title=session_title(session),
            made=self._clock.now().date(),
            kind=ReportKind.SESSION,
            sessions=(_session(session, questions),),
        )

    def of_questions(self, question_ids: Sequence[int], title: str = "") -> Report:
        """Return questions with all answers to them, in their order.

        Raises CoachError, INPUT_MISSING, where none of them is there.
        """
        questions = self._questions(question_ids)
        if not questions:
            raise CoachError(Fault.INPUT_MISSING, "There is no such question.")
        counted = count_text(len(questions), "question")
        return Report(
            title=title or f"{counted[0].upper()}{counted[1:]} and your answers",
            made=self._clock.now().date(),
            kind=ReportKind.QUESTIONS,
            questions=tuple(questions.values()),
        )

    def of_transcript(self, transcript_id: int) -> Report:
        """Return what a transcript asks with its recorded answers, and the person's own to the same questions.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            transcript = work.transcripts.get(transcript_id)
            if transcript is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {transcript_id}.")
            turns = [kept for kept in work.transcripts.turns(transcript_id) if kept.turn.asks]
        bank = self._questions([kept.question_id for kept in turns if kept.question_id is not None])
        asked: list[ReportedQuestion] = []
        for kept in turns:
            question = None if kept.question_id is None else bank.get(kept.question_id)
            if question is None:  # deleted, yet a turn of the interview still
                question = ReportedQuestion(uid=f"{transcript.uid}-{kept.position}", stage="", text=kept.turn.question)
            asked.append(
                question.model_copy(update={"stage": kept.turn.stage, "recorded": _recorded([(kept, transcript)])})
            )
        return Report(
            title=transcript.title,
            made=self._clock.now().date(),
            kind=ReportKind.QUESTIONS,
            questions=tuple(asked),
        )

    def of_everything(self) -> Report:
        """Return all sessions, and all questions of the bank with all answers to them."""
        with self._database.begin() as work:
            ids = work.questions.listed_ids()
            sessions = work.sessions.listed()
        bank = self._questions(ids)
        told: list[ReportedSession] = []
        for session in reversed(sessions):
            self._watch()
            with self._database.begin() as work:
                places = work.sessions.places(session.id)
                asked = [question.id for _, question in _asked(work, places)]
            bare = {"attempts": (), "recorded": (), "own_points": (), "notes": ()}  # all of it stands with the question
            told.append(_session(session, [bank[each].model_copy(update=bare) for each in asked if each in bank]))
        return Report(
            title="Your interview practice",
            made=self._clock.now().date(),
            kind=ReportKind.EVERYTHING,
            sessions=tuple(told),
            questions=tuple(bank.values()),
        )

    def _questions(self, question_ids: Sequence[int]) -> dict[int, ReportedQuestion]:
        """Return questions of the bank by the ids that they were asked for under, each once."""
        ids = list(dict.fromkeys(question_ids))
        attempts = self._attempts(ids)
        found: dict[int, ReportedQuestion] = {}
        for part in _parts(ids):
            self._watch()
            with self._database.begin() as work:
                there = work.questions.in_bank(part)
                kept = [question_id for question_id in part if question_id in there]
                turns = work.transcripts.turns_of_questions(kept)
                notes = work.references.notes([each.id for asked in turns.values() for each, _ in asked])
                pinned = work.references.pinned_of(kept)
                for question in work.questions.get_many(kept):
                    asked = turns[question.id]
                    told = dict.fromkeys(notes[each.id] for each, _ in asked if each.id in notes)
                    found[question.id] = _question(question, recorded=_recorded(asked), notes=tuple(told))
            # Points are edited beside an answer: where there is none, there is nothing more to look for.
            for few in _parts([question_id for question_id in kept if question_id in attempts], _WITH_ANSWERS):
                with self._database.begin() as work:
                    for question_id in few:
                        own = attempts[question_id]
                        owners = [_owner(PointsOwnerKind.RECORDED, each.id) for each, _ in turns[question_id]]
                        owners += [_owner(PointsOwnerKind.OWN, each.id) for each in own]
                        owners.append(_owner(PointsOwnerKind.QUESTION, question_id))
                        told_along = {
                            "own_points": _points(work, owners),
                            "attempts": _attempts(work, own, pinned.get(question_id)),
                        }
                        found[question_id] = found[question_id].model_copy(update=told_along)
        return found

    def _attempts(self, question_ids: Sequence[int]) -> dict[int, tuple[Attempt, ...]]:
        """Return the answers to questions, oldest first; of very many, session by session."""
        attempts: list[Attempt] = []
        if len(question_ids) <= _BY_QUESTION:
            for part in _parts(question_ids, _WITH_ANSWERS):
                with self._database.begin() as work:
                    attempts += [each for one in part for each in work.attempts.listed(question_id=one)]
        else:
            with self._database.begin() as work:
                sessions = [session.id for session in work.sessions.listed()]
            for session_id in sessions:
                self._watch()
                with self._database.begin() as work:
                    attempts += work.attempts.listed(session_id=session_id)
        attempts.sort(key=lambda attempt: attempt.number)
        return _grouped(attempts, lambda attempt: attempt.question_id)


def session_title(session: Session) -> str:
    """Return what a session's report is called."""
    kind = "mock interview" if session.mode is Mode.MOCK else "practice"
    return f"Your {kind} of {day_text(session.started.astimezone().date())}"


def _parts(values: Sequence[T], size: int = _AT_ONCE) -> Iterable[Sequence[T]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _grouped(attempts: Iterable[Attempt], by: Callable[[Attempt], int]) -> dict[int, tuple[Attempt, ...]]:
    """Return attempts by what they belong to, but for drafts with nothing typed in them."""
    groups: dict[int, tuple[Attempt, ...]] = {}
    for attempt in attempts:
        if attempt.state is not AttemptState.DRAFT or attempt.text.strip():
            groups[by(attempt)] = (*groups.get(by(attempt), ()), attempt)
    return groups


def _asked(work: UnitOfWork, places: Sequence[Place]) -> Sequence[tuple[Place, Question]]:
    """Return places with the question that stands there now; those whose question lies in Trash are left out."""
    found: Sequence[Question | None] = work.questions.get_many([place.question_id for place in places])
    if len(found) != len(places):
        found = [work.questions.get(place.question_id) for place in places]
    there = work.questions.in_bank([question.id for question in found if question is not None])
    pairs = zip(places, found, strict=True)
    return [(place, question) for place, question in pairs if question is not None and question.id in there]


def _session(session: Session, questions: Sequence[ReportedQuestion]) -> ReportedSession:
    return ReportedSession(
        title=session.title or _MIXED,
        mode=session.mode,
        started=session.started.astimezone(),
        finished=_local(session.finished),
        questions=tuple(questions),
    )


def _at_place(
    work: UnitOfWork, session: Session, place: Place, question: Question, attempts: Sequence[Attempt]
) -> ReportedQuestion:
    """Return a question as a session asked it; its reference is told only where it had been on screen."""
    turn = None if place.turn_id is None else work.transcripts.turn(place.turn_id)
    stage = question.stage if turn is None else turn.turn.stage
    own = _attempts(work, attempts, work.references.pinned(question.id))
    if not _was_seen(work, session, question, attempts):
        return _question(question, stage=stage, attempts=own)
    shown = _shown(work, question, turn, attempts)
    owners = [_owner(PointsOwnerKind.RECORDED, kept.id) for kept, _ in shown]
    references = [attempt.reference_attempt_id for attempt in attempts]
    owners += [_owner(PointsOwnerKind.OWN, each) for each in references if each is not None]
    owners.append(_owner(PointsOwnerKind.QUESTION, question.id))
    notes = work.references.notes([kept.id for kept, _ in shown])
    return _question(
        question,
        stage=stage,
        recorded=_recorded(shown),
        own_points=_points(work, owners) if attempts else (),
        notes=tuple(notes.values()),
        attempts=own,
    )


def _was_seen(work: UnitOfWork, session: Session, question: Question, attempts: Sequence[Attempt]) -> bool:
    if any(attempt.has_reference or attempt.compared is not None for attempt in attempts):
        return True
    seen = work.questions.seen(question.id)
    return seen is not None and seen >= session.started


def _shown(
    work: UnitOfWork, question: Question, turn: KeptTurn | None, attempts: Sequence[Attempt]
) -> Sequence[tuple[KeptTurn, Transcript]]:
    """Return the turns whose answers were on screen: what was compared with, else what Compare shows."""
    wanted = {attempt.reference_turn_id: None for attempt in attempts if attempt.reference_turn_id is not None}
    turns = [work.transcripts.turn(turn_id) for turn_id in wanted] or [turn]
    shown = [(kept, _transcript(work, kept)) for kept in turns if kept is not None and kept.turn.answer is not None]
    there = [(kept, transcript) for kept, transcript in shown if transcript is not None]
    if there:
        return there
    others = work.transcripts.turns_of_questions([question.id])[question.id]
    return [(kept, transcript) for kept, transcript in others if kept.turn.answer is not None][:1]


def _transcript(work: UnitOfWork, turn: KeptTurn) -> Transcript | None:
    """Return a turn's transcript, None where it lies in Trash."""
    return work.transcripts.get(turn.transcript_id)


def _question(question: Question, stage: str | None = None, **told: object) -> ReportedQuestion:
    return ReportedQuestion.model_validate(
        {
            "uid": question.uid,
            "stage": question.stage if stage is None else stage,
            "text": question.text,
            "tags": question.tags,
            "flagged": question.flagged,
            **told,
        }
    )


def _recorded(turns: Sequence[tuple[KeptTurn, Transcript]]) -> tuple[RecordedAnswer, ...]:
    """Return what transcripts hold; a question of a list that has neither answer nor rating says nothing."""
    return tuple(
        RecordedAnswer(
            transcript=transcript.title, origin=transcript.origin, answer=kept.turn.answer, rating=kept.turn.rating
        )
        for kept, transcript in turns
        if kept.turn.answer is not None or kept.turn.rating.status is not RatingStatus.NOT_RATED
    )


def _owner(kind: PointsOwnerKind, owner_id: int) -> PointsOwner:
    return PointsOwner(kind=kind, id=owner_id)


def _points(work: UnitOfWork, owners: Sequence[PointsOwner]) -> tuple[str, ...]:
    """Return the points that the person made of these references, each once."""
    return tuple(dict.fromkeys(text for owner in dict.fromkeys(owners) for text in work.references.points(owner)))


def _attempts(work: UnitOfWork, attempts: Sequence[Attempt], pinned: int | None) -> tuple[ReportedAttempt, ...]:
    return tuple(
        ReportedAttempt(
            uid=attempt.uid,
            number=attempt.number,
            day=attempt.day,
            started=attempt.started.astimezone(),
            submitted=_local(attempt.submitted),
            state=attempt.state,
            text=attempt.text,
            words=count_words(attempt.text),
            seconds=attempt.seconds,
            blind=attempt.blind,
            first_rating=attempt.first_rating,
            second_look=attempt.second_look,
            points=attempt.points,
            resolution=attempt.resolution,
            compared_with=_compared_with(work, attempt),
            pinned=attempt.id == pinned,
        )
        for attempt in attempts
    )


def _compared_with(work: UnitOfWork, attempt: Attempt) -> ComparedWith | None:
    """Return what an answer was compared with; None where that lies in Trash."""
    if attempt.reference_attempt_id is not None:
        other = work.attempts.get(attempt.reference_attempt_id)
        return None if other is None or other.in_trash else ComparedWith(own_number=other.number)
    turn = None if attempt.reference_turn_id is None else work.transcripts.turn(attempt.reference_turn_id)
    transcript = None if turn is None else _transcript(work, turn)
    return None if transcript is None else ComparedWith(transcript=transcript.title, origin=transcript.origin)


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone()
