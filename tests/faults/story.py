"""One candidate's work as a row of steps, each one unit of work: what is stored after n of them is always the same.

As a script it plays the story on a data folder and says each step once it is stored, so that whoever attacks the
process knows what has been acknowledged: ``story.py FOLDER [TRIES]``. A step that fails by bad luck is told and tried
again, TRIES times in all, as a person would; what SQLite or Python raise beyond that ends the process with a traceback.
"""

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from interview_coach import exit_codes
from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import DecidedPoint, Mode, PointStatus, SelfRating
from interview_coach.domain.preferences import Preferences
from interview_coach.paths import resource
from interview_coach.services.opening import Services, open_services

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

_WORDS = "I would measure first, then cut; the pool keeps a few connections open and lends them out — "


class StepClock:
    """A clock that goes on by a minute a step, whatever happens within one."""

    def __init__(self) -> None:
        self.moment = START

    def now(self) -> datetime:
        return self.moment

    def tick(self) -> None:
        self.moment += timedelta(minutes=1)


def open_folder(folder: Path, clock: StepClock) -> Services:
    """Open a data folder the way the program does."""
    return open_services(folder / "coach.sqlite3", resource("transcripts"), clock, Preferences())


def interview(name: str, turns: int) -> str:
    """Return a transcript in the turn format; its questions are its own."""
    return "\n\n".join(
        f"Turn {n} [TECHNICAL]\nQ: What does {name} do in case {n}?\n\nA: {name} does {_WORDS * 3}in case {n}.\n\n"
        f'Feedback: {{"clarity": {n % 9 + 1}, "confidence": 7, "technical_depth": 6, "summary": "About {name}."}}'
        for n in range(1, turns + 1)
    )


class Story:
    """The steps. Each is one unit of work, and may be tried again where it failed."""

    def __init__(self, services: Services, clock: StepClock, folder: Path) -> None:
        self._services = services
        self._clock = clock
        self._file = folder.parent / "interview.txt"
        self._n = 0

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        """Return the steps in order, by name. The clock goes on before each."""
        for name, step in self._all():
            self._clock.tick()
            yield name, step

    def _all(self) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "start", self._start
        yield "look", self._look
        yield from self._typing(6)
        yield "submit", lambda: self._show(self._session.submit(self._text(), 61.5))
        yield "score", lambda: self._session.set_rating(self._attempt, SelfRating(clarity=4))
        yield "rate", lambda: self._show(self._session.rate(SelfRating(clarity=4, confidence=6)))
        yield "decide", lambda: self._session.set_comparison(self._attempt, self._points(1), SelfRating(), "measure")
        yield "finish", lambda: self._show(self._session.finish_question(*self._comparison(3)))
        yield from self._typing(3)
        yield "skip", lambda: self._show(self._session.skip(self._text(), 20.0))
        yield "undo the skip", lambda: self._show(self._session.undo())
        yield "skip again", lambda: self._show(self._session.skip(self._text(), 21.0))
        yield "flag", lambda: self._show(self._session.flag(self._question, flagged=True))
        yield from self._typing(4)
        yield "submit 2", lambda: self._show(self._session.submit(self._text(), 33.0))
        yield "rate 2", lambda: self._show(self._session.rate(SelfRating(confidence=10)))
        yield "try again", lambda: self._show(self._session.try_again(*self._comparison(2)))
        yield from self._typing(2)
        yield "import", self._import
        yield "pause", lambda: self._session.pause()
        yield "mock", self._start_mock
        yield "look at the mock", self._look
        yield from self._typing(3)
        yield "nothing typed", lambda: self._show(self._session.submit("", 3.0))
        yield from self._typing(5)
        yield from self._tending()

    def _tending(self) -> Iterator[tuple[str, Callable[[], object]]]:
        tending = self._services.tending
        bank = self._services.questions.ids()
        yield "tag", lambda: tending.tag(bank[:3], add=["pool", "again"])
        yield "edit", lambda: tending.edit(bank[3], "How would you keep connections open?", "TECHNICAL")
        yield "undo the edit", tending.undo
        yield "suspend", lambda: tending.suspend(bank[4:6], suspended=True)
        yield "merge", lambda: tending.merge(bank[6], bank[7])
        yield "delete a question", lambda: tending.delete_questions(bank[8:9])
        yield "put it back", lambda: tending.put_back(self._services.trash.listed()[0].id)
        yield (
            "delete the import",
            lambda: tending.delete_transcript(self._services.transcripts.listed()[-1].transcript.id),
        )
        yield "undo the deletion", tending.undo
        yield "delete an attempt", lambda: tending.delete_attempts([self._services.progress.attempts()[0].attempt.id])
        # Nothing stays in Trash: a command, which has the real clock, would find it old and delete it for good.
        yield "undo that as well", tending.undo
        yield "last words", self._save

    def _typing(self, times: int) -> Iterator[tuple[str, Callable[[], object]]]:
        for _ in range(times):
            self._n += 1
            yield f"draft {self._n}", self._save

    def _text(self) -> str:
        return f"{self._n}: " + _WORDS * (self._n % 7) * (40 if self._n % 5 == 0 else 1)

    def _save(self) -> None:
        saved = self._session.save_draft(self._attempt, self._text(), float(self._n))
        if saved is None:
            raise AssertionError("the draft was not stored")

    def _start(self) -> None:
        self._session = self._services.practice.session(self._services.practice.start_default())

    def _start_mock(self) -> None:
        practice = self._services.practice
        self._session = practice.session(practice.start_stage("TECHNICAL", Mode.MOCK, 3))

    def _look(self) -> None:
        self._show(self._session.view())

    def _show(self, view: object) -> None:
        self._view = view
        self._attempt = view.attempt_id
        self._question = view.question_id

    def _points(self, decided: int) -> tuple[DecidedPoint, ...]:
        statuses = list(PointStatus)
        return tuple(
            DecidedPoint(text=f"Point {n} of the answer", decided=statuses[n % len(statuses)] if n < decided else None)
            for n in range(5)
        )

    def _comparison(self, decided: int) -> tuple[tuple[DecidedPoint, ...], SelfRating, str]:
        return self._points(decided), SelfRating(clarity=3, confidence=5), f"name {decided} figures"

    def _import(self) -> None:
        self._file.write_text(interview("PgBouncer", 12), encoding="utf-8")
        (report,) = self._services.importing.import_paths([self._file])
        if report.error is not None:
            raise report.error


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def play(folder: Path, tries: int) -> int:
    """Play the story on a data folder; return the exit code that the program has for what ended it."""
    clock = StepClock()
    services = _tried(lambda: open_folder(folder, clock), tries)
    say("0 open")
    try:
        for n, (name, step) in enumerate(Story(services, clock, folder).steps(), 1):
            _tried(step, tries)
            say(f"{n} {name}")
    finally:
        services.close()
    say("closed")
    return exit_codes.OK


def _tried(step: Callable[[], object], tries: int) -> object:
    for left in range(tries, 0, -1):
        try:
            return step()
        except CoachError as error:
            say(f"failed {error.fault.name} {error}")
            if left == 1:
                raise
    raise AssertionError("a step is tried once at least")


if __name__ == "__main__":
    try:
        sys.exit(play(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1))
    except CoachError as told:
        sys.exit(exit_codes.of(told))
