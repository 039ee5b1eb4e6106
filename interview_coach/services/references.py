"""Which references the person has had on screen, wherever that was: an attempt made after it is not blind."""

from collections.abc import Iterable

from interview_coach.domain.days import as_utc
from interview_coach.services.clock import Clock
from interview_coach.storage.database import UnitOfWork


def note_seen(work: UnitOfWork, clock: Clock, question_ids: Iterable[int]) -> None:
    """Note that the references of these questions are on screen now.

    Where the clock was set back, the moment is that of the last step: whatever is seen now is seen after the start
    of every session there is. Where nothing can be stored it is not noted: nobody can practise there either.
    """
    if work.read_only:
        return
    now = as_utc(clock.now())
    work.questions.note_seen(question_ids, max(now, work.sessions.latest_step() or now))
