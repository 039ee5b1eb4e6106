"""The figures behind Progress as scripts take them: plain values, null wherever nothing may be said."""

from collections.abc import Sequence

from interview_coach.domain.progress import Contrast, Mean
from interview_coach.services.figures import AnswerFigures, DayFigures, DeliveryFigures, StageFigures


def as_json(days: DayFigures, answers: AnswerFigures, delivery: DeliveryFigures) -> dict[str, object]:
    """Return the figures as one JSON object; days as ISO 8601 has them, shares from 0 to 1, ratings from 1 to 10."""
    agenda, interview = days.agenda, days.agenda.next_interview
    return {
        "day": days.day.isoformat(),
        "answers": days.answers,
        "days": [
            {"day": done.day.isoformat(), "answers": len(done.attempt_ids), "minutes": round(done.seconds / 60, 1)}
            for done in days.days
        ],
        "period": answers.period.value,
        "all": _stage(answers.everywhere),
        "stages": {stage: _stage(of) for stage, of in answers.stages.items()},
        "due": [{"day": ahead.day.isoformat(), "count": len(ahead.attempt_ids)} for ahead in days.ahead],
        "due_later": len(days.later),
        "interview_date": None if interview is None else interview.day.isoformat(),
        "minutes_a_day": days.minutes_a_day,
        "planned": [
            {"day": day.isoformat(), "questions": list(held.question_ids), "minutes": round(held.seconds / 60, 1)}
            for day, held in agenda.plan
        ],
        "delivery": {
            "answers": delivery.answers,
            "period": delivery.period.value,
            "words": _means(delivery.words),
            "hedges_in_100_words": _means(delivery.hedges),
            "fillers_in_100_words": _means(delivery.fillers),
        },
    }


def _stage(figures: StageFigures) -> dict[str, object]:
    return {
        "answers": figures.answers,
        "first_ratings": {criterion.value: _means(means) for criterion, means in figures.ratings.items()},
        "first_and_second_look": {criterion.value: _contrast(found) for criterion, found in figures.looks.items()},
        "rating_and_points_said": _contrast(figures.against_points),
        "points_said_by_attempt": [
            {"attempt": share.number, "share": round(share.share, 3), "answers": len(share.attempt_ids)}
            for share in figures.by_number
        ],
        "points_said_first_and_latest": _contrast(figures.again),
    }


def _means(means: Sequence[Mean]) -> list[dict[str, object]]:
    return [
        {"from": mean.begin.isoformat(), "mean": round(mean.value, 2), "answers": len(mean.attempt_ids)}
        for mean in means
    ]


def _contrast(contrast: Contrast) -> dict[str, object]:
    return {
        "answers": contrast.count,
        "first": None if contrast.before is None else round(contrast.before, 3),
        "second": None if contrast.after is None else round(contrast.after, 3),
    }
