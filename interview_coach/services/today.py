"""What to do now."""

from dataclasses import dataclass
from datetime import date, datetime

from interview_coach.domain.days import day_of
from interview_coach.domain.models import Session, Transcript
from interview_coach.domain.practice import Step, standing
from interview_coach.services.clock import Clock
from interview_coach.storage.attempts import KeptResolution
from interview_coach.storage.database import Database, UnitOfWork

#: Sessions to go on with, and resolutions, that Today shows at most.
MOST_SHOWN = 3

#: Transcripts that Today offers by name.
MOST_OFFERED = 16


@dataclass(frozen=True)
class ResumeEntry:
    """A session that was left: where it stands, and when its draft was saved, if it holds one."""

    session: Session
    step: Step
    stage: str
    place: int
    draft_saved: datetime | None


@dataclass(frozen=True)
class TodayView:
    """A frozen snapshot of what Today shows. ``fresh`` is the first transcript that was not practised yet.

    ``transcripts`` are those that came last, in their order of import; ``more_transcripts`` where there are others.
    """

    day: date
    now: datetime
    resume: tuple[ResumeEntry, ...]
    fresh: Transcript | None
    transcripts: tuple[Transcript, ...]
    more_transcripts: bool
    stages: tuple[str, ...]
    resolutions: tuple[KeptResolution, ...]
    first_run: bool


class TodayService:
    """Shows what to do now."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def view(self) -> TodayView:
        """Return what Today shows."""
        now = self._clock.now()
        with self._database.begin() as work:
            transcripts = work.transcripts.newest(MOST_OFFERED + 1)
            resume = tuple(_resume(work, session) for session in work.sessions.to_resume()[:MOST_SHOWN])
            return TodayView(
                day=day_of(now),
                now=now,
                resume=resume,
                fresh=work.transcripts.first_not_practised(),
                transcripts=transcripts[-MOST_OFFERED:],
                more_transcripts=len(transcripts) > MOST_OFFERED,
                stages=work.questions.stages(),
                resolutions=work.attempts.last_resolutions(MOST_SHOWN),
                first_run=not resume and not work.transcripts.was_practised(),
            )


def _resume(work: UnitOfWork, session: Session) -> ResumeEntry:
    where = standing(session.mode, session.questions, work.attempts.of_session(session.id))
    place = work.sessions.places(session.id)[where.place - 1]
    turn = None if place.turn_id is None else work.transcripts.turn(place.turn_id)
    question = work.questions.get(place.question_id)
    stage = turn.turn.stage if turn is not None else question.stage if question is not None else ""
    attempt = where.attempt
    typed = where.step is Step.ANSWER and attempt is not None and attempt.text.strip() != ""
    return ResumeEntry(
        session=session,
        step=where.step,
        stage=stage,
        place=where.place,
        draft_saved=attempt.saved if attempt is not None and typed else None,
    )
