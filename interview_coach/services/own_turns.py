"""What a person practised, as a turn transcript that somebody else can import: their answers, their own ratings."""

import json

from interview_coach.domain.models import TECHNICAL, AttemptState, Criterion, TranscriptFile, Turn
from interview_coach.reports.values import Report, ReportedAttempt, ReportedQuestion

_BLANKS = " \t\n"


def own_turns(report: Report) -> TranscriptFile:
    """Return a turn for each question of a report, with the last answer that was submitted to it.

    The rating is the person's second look where they took one, else their first. A question without a submitted
    answer is one that was never answered; a draft is no answer yet.
    """
    asked = [*report.questions, *(question for session in report.sessions for question in session.questions)]
    return TranscriptFile(turns=tuple(_turn(number, question) for number, question in enumerate(asked, start=1)))


def _turn(number: int, question: ReportedQuestion) -> Turn:
    given = [attempt for attempt in question.attempts if attempt.state is AttemptState.SUBMITTED]
    last = max(given, key=lambda attempt: attempt.number, default=None)
    answer = None if last is None else _field(last.text) or None
    stage = question.stage.strip(_BLANKS)
    return Turn(
        number=str(number),
        stage=stage,
        question=_field(question.text),
        answer=answer,
        feedback="null" if answer is None or last is None else _feedback(last, stage),
    )


def _feedback(attempt: ReportedAttempt, stage: str) -> str | None:
    """Return the person's own rating as the format has it; None where they neither rated nor noted anything."""
    resolution = (attempt.resolution or "").strip() or None
    scores = {}
    for criterion in Criterion:
        second = attempt.second_look.score(criterion)
        scores[criterion] = attempt.first_rating.score(criterion) if second is None else second
    if resolution is None and not any(scores.values()):
        return None
    if scores[Criterion.TECHNICAL_DEPTH] is None and stage != TECHNICAL:
        scores[Criterion.TECHNICAL_DEPTH] = 0  # in this format: not rated
    return json.dumps({**scores, "summary": resolution}, ensure_ascii=False)


def _field(text: str) -> str:
    r"""Return a text as a field has it: lines end with \n, and no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANKS)
