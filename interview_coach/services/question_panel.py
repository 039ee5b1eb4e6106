"""One question of the bank with all that belongs to it, as the side panel of the Questions page shows it.

What the person wrote is shown at once. Recorded answers are asked for by themselves: from then on they count as seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from interview_coach.comparison.words import count_words
from interview_coach.domain.days import day_of
from interview_coach.domain.models import (
    Attempt,
    Origin,
    PointsOwner,
    PointsOwnerKind,
    PointStatus,
    Question,
    SelfRating,
)
from interview_coach.services.clock import Clock
from interview_coach.services.references import (
    PinnedAnswer,
    RecordedAnswer,
    answer_of,
    note_seen,
    own_points,
    pinned_answer,
    points_owner,
    recorded_answer,
)
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.transcripts import AskedIn

#: How many of the newest attempts a panel shows.
ATTEMPTS_SHOWN = 5

#: A reference of more characters is not split into points where nobody asked for it: it would take too long.
LONGEST_SPLIT = 10_000

_NO_NUMBER = 2**31  # higher than that of any attempt


@dataclass(frozen=True)
class OwnAttempt:
    """An answer of the person's as a row shows it. ``said`` of ``points`` were decided so; None where none was."""

    attempt_id: int
    number: int
    day: date
    words: int
    rating: SelfRating
    said: int | None
    points: int


@dataclass(frozen=True)
class Asking:
    """A turn that asked the question, with its transcript."""

    turn_id: int
    transcript_id: int
    title: str
    held: date | None
    stage: str


@dataclass(frozen=True)
class QuestionView:
    """All that may be seen of a question at once: no recorded answer is in it, nor anything drawn from one.

    ``due`` is the day on which it comes back, None where it is not scheduled; ``today`` is the person's day.
    ``pinned`` is their own reference. ``recorded`` has the origin of each recorded answer, the newest first. ``points``
    are those of the reference, whose ``owner`` is named beside: ``edited`` by the person, or the claims of their own
    pinned answer; none where they would be those of a recorded answer. ``attempts`` are the newest of ``answered``;
    ``wordless`` counts those that were submitted without a word. ``asked`` has the newest transcript first.
    """

    question: Question
    due: date | None
    today: date
    pinned: PinnedAnswer | None
    recorded: tuple[Origin, ...]
    owner: PointsOwner
    points: tuple[str, ...]
    edited: bool
    attempts: tuple[OwnAttempt, ...]
    answered: int
    wordless: int
    asked: tuple[Asking, ...]
    resolution: str | None


@dataclass(frozen=True)
class HeldAnswer:
    """A recorded answer with the day of its interview, where that is known."""

    answer: RecordedAnswer
    held: date | None


@dataclass(frozen=True)
class RecordedView:
    """Recorded answers, the newest of ``total`` first.

    ``points`` are the claims of the first one, as its text has them, where it is the reference and nobody edited them.
    """

    answers: tuple[HeldAnswer, ...]
    total: int
    points: tuple[str, ...]


@dataclass(frozen=True)
class PointsToEdit:
    """The points of a question's reference as they are, beside its text and the claims that this makes by itself."""

    owner: PointsOwner
    reference: str
    points: tuple[str, ...]
    own: tuple[str, ...]


class QuestionPanelService:
    """Shows one question at a time."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self, question_id: int) -> QuestionView | None:
        """Return a question of the bank, None where it is in it no more; of a merged one, the one that it went into.

        The person's own reference, and points that they edited, count as seen from now on.
        """
        with self._database.begin() as work:
            question = work.questions.get(question_id)
            if question is None or not work.questions.in_bank([question.id]):
                return None
            asked = work.transcripts.asked_in(question.id)
            pinned = pinned_answer(work, work.references.pinned(question.id))
            owner = _owner(question.id, pinned, asked)
            edited = work.references.points(owner)
            if pinned is not None or edited:
                self._note_seen(work, question.id)
            schedule = work.schedule.of_questions([question.id]).get(question.id)
            answered = work.attempts.answered_before(question.id, _NO_NUMBER)
            submitted = work.attempts.submitted_by_question([question.id]).get(question.id, 0)
            return QuestionView(
                question=question,
                due=None if schedule is None else schedule.due,
                today=day_of(self._clock.now()),
                pinned=pinned,
                recorded=tuple(each.origin for each in asked if each.answered),
                owner=owner,
                points=edited or _claims(pinned),
                edited=bool(edited),
                attempts=_newest(work, question.id),
                answered=answered,
                wordless=submitted - answered,
                asked=tuple(
                    Asking(each.turn_id, each.transcript_id, each.title, each.held, each.stage) for each in asked
                ),
                resolution=work.attempts.last_resolution(question.id, before=_NO_NUMBER),
            )

    def recorded(self, question_id: int, most: int) -> RecordedView:
        """Return the newest recorded answers to a question, so many at most. They count as seen from now on."""
        with self._database.begin() as work:
            asked = work.transcripts.asked_in(question_id)
            answered = [each for each in asked if each.answered]
            found = ((answer_of(work, work.transcripts.turn(each.turn_id)), each.held) for each in answered[:most])
            answers = tuple(HeldAnswer(answer, held) for answer, held in found if answer is not None)
            if answers:
                self._note_seen(work, question_id)
            pinned = pinned_answer(work, work.references.pinned(question_id))
            own = pinned is not None or work.references.points(_owner(question_id, pinned, asked))
            first = None if own or not answers else answers[0].answer
            return RecordedView(answers=answers, total=len(answered), points=_claims(first))

    def points_to_edit(self, question_id: int) -> PointsToEdit:
        """Return what the person needs to edit the points of a question's reference, which counts as seen by that."""
        with self._database.begin() as work:
            asked = work.transcripts.asked_in(question_id)
            pinned = pinned_answer(work, work.references.pinned(question_id))
            reference = pinned or recorded_answer(work, question_id, None)
            owner, own = _owner(question_id, pinned, asked), own_points(reference)
            if reference is not None:
                self._note_seen(work, question_id)
            return PointsToEdit(
                owner=owner,
                reference="" if reference is None else reference.text,
                points=work.references.points(owner) or own,
                own=own,
            )

    def _note_seen(self, work: UnitOfWork, question_id: int) -> None:
        """Note that a reference is on screen, where that is news to any session there is.

        A person who goes through a list would have a row written at every step otherwise.
        """
        seen, last = work.questions.seen(question_id), work.sessions.latest_step()
        if seen is None or (last is not None and seen < last):
            note_seen(work, self._clock, [question_id])


def _owner(question_id: int, pinned: PinnedAnswer | None, asked: Sequence[AskedIn]) -> PointsOwner:
    """Return whose the points are: the pinned answer's, else the newest recorded one's, else the question's own."""
    newest = next((each for each in asked if each.answered), None)
    if pinned is not None or newest is None:
        return points_owner(pinned, question_id)
    return PointsOwner(kind=PointsOwnerKind.RECORDED, id=newest.turn_id)


def _claims(reference: PinnedAnswer | RecordedAnswer | None) -> tuple[str, ...]:
    return own_points(reference) if reference is not None and len(reference.text) <= LONGEST_SPLIT else ()


def _newest(work: UnitOfWork, question_id: int) -> tuple[OwnAttempt, ...]:
    return tuple(_own_attempt(attempt) for attempt in work.attempts.newest_answered(question_id, ATTEMPTS_SHOWN))


def _own_attempt(attempt: Attempt) -> OwnAttempt:
    decided = [point.decided for point in attempt.points if point.decided is not None]
    return OwnAttempt(
        attempt_id=attempt.id,
        number=attempt.number,
        day=attempt.day,
        words=count_words(attempt.text),
        rating=attempt.first_rating,
        said=decided.count(PointStatus.SAID) if decided else None,
        points=len(attempt.points),
    )
