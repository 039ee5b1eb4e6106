import os
from datetime import UTC, date, datetime

import pytest

from interview_coach.domain.models import (
    DecidedPoint,
    Mode,
    Origin,
    PointStatus,
    RatingStatus,
    RecordedRating,
    SelfRating,
)
from interview_coach.reports.values import (
    ComparedWith,
    RecordedAnswer,
    Report,
    ReportedAttempt,
    ReportedQuestion,
    ReportedSession,
    ReportKind,
)

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class Build:
    """Makes values that are filled everywhere, but for what a test says."""

    def attempt(self, **values):
        number = values.get("number", 1)
        return ReportedAttempt(
            **{
                "uid": f"attempt-{number}",
                "number": number,
                "day": date(2026, 3, 2),
                "started": datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
                "submitted": datetime(2026, 3, 2, 12, 2, tzinfo=UTC),
                "text": "I would pool connections.",
                "words": 4,
                "seconds": 83.4,
                "first_rating": SelfRating(clarity=6, confidence=4),
                "second_look": SelfRating(clarity=5),
                "points": (
                    DecidedPoint(text="Names a pool", decided=PointStatus.SAID),
                    DecidedPoint(text="Sets a limit", decided=PointStatus.PARTLY),
                    DecidedPoint(text="Says what happens when it is full", decided=PointStatus.MISSED),
                    DecidedPoint(text="Names the library", decided=PointStatus.LEFT_OUT),
                    DecidedPoint(text="Not looked at"),
                ),
                "resolution": "name the limit first",
                "compared_with": ComparedWith(transcript="Acme, backend"),
            }
            | values
        )

    def recorded(self, **values):
        rating = RecordedRating(status=RatingStatus.RATED, clarity=8, confidence=7.5, summary="Clear and short.")
        given = {"transcript": "Acme, backend", "answer": "With a pool of ten.", "rating": rating}
        return RecordedAnswer(**given | values)

    def question(self, **values):
        return ReportedQuestion(
            **{
                "uid": "question-1",
                "stage": "TECHNICAL",
                "text": "How do you pool connections?",
                "tags": ("postgres", "two words"),
                "flagged": True,
                "recorded": (self.recorded(),),
                "own_points": ("Size of the pool",),
                "notes": ("Too smooth.",),
                "attempts": (self.attempt(),),
            }
            | values
        )

    def session(self, *questions, **values):
        return ReportedSession(
            **{
                "title": "Acme, backend",
                "mode": Mode.PRACTICE,
                "started": datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
                "finished": datetime(2026, 3, 2, 13, 0, tzinfo=UTC),
                "questions": questions,
            }
            | values
        )

    def report(self, *questions, **values):
        given = {"title": "My answers", "made": date(2026, 3, 3), "kind": ReportKind.QUESTIONS, "questions": questions}
        return Report(**given | values)

    def everywhere(self, text):
        """A report in which every text that a person may have written is this one."""
        return self.report(
            self.question(
                stage=text,
                text=text,
                tags=(text,),
                own_points=(text,),
                notes=(text,),
                recorded=(
                    self.recorded(
                        transcript=text,
                        answer=text,
                        rating=RecordedRating(status=RatingStatus.RATED, clarity=3, summary=text),
                    ),
                    self.recorded(
                        transcript=text,
                        answer=text,
                        origin=Origin.WRITTEN,
                        rating=RecordedRating(
                            status=RatingStatus.UNREADABLE, unreadable=(("clarity", text),), as_written=text
                        ),
                    ),
                ),
                attempts=(
                    self.attempt(
                        text=text,
                        points=(DecidedPoint(text=text, decided=PointStatus.MISSED),),
                        resolution=text,
                        compared_with=ComparedWith(transcript=text),
                    ),
                ),
            ),
            title=text,
            sessions=(self.session(self.question(uid="other", text=text, attempts=()), title=text),),
        )


@pytest.fixture(scope="session")
def build():
    return Build()
