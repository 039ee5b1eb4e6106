"""The rubric and recorded ratings in the window's words, which claim no more than a rating is worth."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale

from interview_coach.domain.findings import SameScore
from interview_coach.domain.models import Criterion, Origin, RatingStatus, RecordedRating, SelfRating
from interview_coach.domain.rubric import entry

translate = QCoreApplication.translate


def criterion_title(criterion: Criterion) -> str:
    """Return a criterion's name."""
    return QCoreApplication.translate("rubric", entry(criterion).title)


def criterion_question(criterion: Criterion) -> str:
    """Return what a criterion asks."""
    return QCoreApplication.translate("rubric", entry(criterion).meaning)


def band_sentences(criterion: Criterion) -> list[str]:
    """Return the five sentences of a criterion, from low to high."""
    return [QCoreApplication.translate("rubric", band.text) for band in entry(criterion).bands]


def score_text(score: float) -> str:
    """Return a score as people write it: 8, or 7.5."""
    return QLocale().toString(int(score)) if score == int(score) else QLocale().toString(score, "f", 1)


def no_score_reason(rating: RecordedRating, criterion: Criterion) -> str:
    """Return why a recorded rating has no score on a criterion."""
    written = dict(rating.unreadable).get(criterion)
    if rating.status is RatingStatus.FAILED:
        return translate("ratings", "no rating (the judge failed)")
    if written is not None:
        return translate("ratings", "unreadable: {0}").format(written)
    if rating.status is RatingStatus.UNREADABLE:
        return translate("ratings", "unreadable")
    return translate("ratings", "not rated")


def rating_line(rating: RecordedRating) -> str:
    """Return a recorded rating in one line."""
    if rating.status is RatingStatus.FAILED:
        return translate("ratings", "No rating (the judge failed)")
    if rating.status is RatingStatus.NOT_RATED and not rating.unreadable:
        return translate("ratings", "Not rated")
    parts = []
    for criterion in Criterion:
        score = rating.score(criterion)
        words = no_score_reason(rating, criterion) if score is None else score_text(score)
        parts.append(f"{criterion_title(criterion)} {words}")
    return " · ".join(parts)


def same_scores_sentence(findings: Sequence[SameScore]) -> str:
    """Return which scores say nothing about the answers; empty where all vary."""
    if not findings:
        return ""
    scores = [
        translate("ratings", "{0} is {1} in all {2} rated turns").format(
            criterion_title(finding.criterion), score_text(finding.score), QLocale().toString(finding.turns)
        )
        for finding in findings
    ]
    if len(scores) == 1:
        return translate("ratings", "{0}: this score does not vary in this transcript, so it says nothing.").format(
            scores[0]
        )
    return translate("ratings", "{0}: these scores do not vary in this transcript, so they say nothing.").format(
        ", ".join(scores)
    )


def judge_sentence(origin: Origin) -> str:
    """Return who gave the ratings."""
    if origin is Origin.WRITTEN:
        return translate("ratings", "This interview was written for practice, its ratings too.")
    return translate("ratings", "The ratings were given by a language model.")


def own_scores(rating: SelfRating) -> str:
    """Return the person's own scores as a cell of a table shows them, in the order of the criteria."""
    if not rating.given:
        return "–"
    scores = (rating.score(criterion) for criterion in Criterion)
    return " / ".join("–" if score is None else str(score) for score in scores)


def note_line(note: str) -> str:
    """Return the person's note on a recorded answer as it stands below that."""
    return translate("ratings", "✎ Your note: {0}").format(note)


def answer_title(origin: Origin) -> str:
    """Return what a transcript's answers are called: never "correct", "model" or "ideal"."""
    return (
        translate("ratings", "Recorded answer")
        if origin is Origin.RECORDED
        else translate("ratings", "Written for practice")
    )
