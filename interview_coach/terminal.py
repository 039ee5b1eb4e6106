"""The practice loop in a terminal, for a person at the keyboard and for a program at the other end of a pipe.

Everything is written to standard output. Prompts and keys are a contract with other programs.

How an answer ends: by a line that holds a single ``.``. At a keyboard Ctrl-D after text ends it as well, since the
person can go on typing after it. Where a pipe ends in the middle of an answer nothing more can follow: what came is
kept as a draft and the session pauses, so that a writer that died never submits half an answer.
"""

import contextlib
import shutil
import signal
import sys
import textwrap
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from types import FrameType, TracebackType

from interview_coach.domain.errors import CoachError
from interview_coach.domain.models import (
    Criterion,
    DecidedPoint,
    Mode,
    Origin,
    RatingStatus,
    RecordedRating,
    SelfRating,
)
from interview_coach.domain.practice import Step
from interview_coach.exit_codes import OK
from interview_coach.finding_sentences import same_score
from interview_coach.services.clock import Stopwatch
from interview_coach.services.practice_session import PracticeSession
from interview_coach.services.practice_view import PracticeView
from interview_coach.services.proposing import Proposal
from interview_coach.services.references import PinnedAnswer, RecordedAnswer
from interview_coach.streams import tell, visible

_END = "."
_END_TYPED = ".."
_SKIP = ":skip"
_LEAVE = (":pause", ":quit")

_HOW_TO = "Type your answer; a line with a single . ends it. First line :skip, :pause or :quit to do that instead."

#: How the prompts name the criteria; other programs wait for these words.
_NAMES = {
    Criterion.CLARITY: "Clarity",
    Criterion.CONFIDENCE: "Confidence",
    Criterion.TECHNICAL_DEPTH: "Technical depth",
}

_ORIGINS = {Origin.RECORDED: "Recorded answer", Origin.WRITTEN: "Written for practice"}

#: What the program proposes of a point, in words.
_PROPOSED = {"said": "said", "partly": "partly said", "missed": "not found"}

_STOPPING_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


def practise_in_terminal(session: PracticeSession) -> int:
    """Practise until the session is finished or left, and return the exit code.

    Leaving by :pause, :quit or the end of the input gives 0, by a signal 128 and its number (130 for Ctrl-C); the
    session can then be resumed, with what was typed so far. Raises CoachError where an answer can't be stored.
    """
    with _Signals() as signals:
        sitting = _Sitting(session, _Lines(signals))
        try:
            sitting.run()
        except (EOFError, _Left):
            sitting.say_paused()
            return OK
        except _Stopped as stopped:
            sitting.say_paused()
            return 128 + stopped.number
        finally:
            session.pause()
    return OK


class _Left(Exception):  # noqa: N818  (it is no error to leave)
    """The person asked to leave the session for later."""


class _Stopped(Exception):  # noqa: N818  (it is no error to be stopped)
    """A signal asked the program to end."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class _Signals:
    """Lets Ctrl-C, SIGTERM and a closed terminal end the wait for a line, and never a step that is being stored."""

    def __init__(self) -> None:
        self._arrived: int | None = None
        self._waiting = False
        self._before: dict[int, object] = {}

    def __enter__(self) -> "_Signals":
        for number in _STOPPING_SIGNALS:
            before = signal.getsignal(number)
            if before is not signal.SIG_IGN:  # whoever started the program wants it ignored
                self._before[number] = before
                signal.signal(number, self._arrive)
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)  # type: ignore[arg-type]  # what getsignal gave, signal takes

    @contextlib.contextmanager
    def waiting(self) -> Iterator[None]:
        """Let a signal raise _Stopped in the body; one that has come before raises at once."""
        self._waiting = True
        try:
            if self._arrived is not None:
                raise _Stopped(self._arrived)
            yield
        finally:
            self._waiting = False

    def _arrive(self, number: int, _frame: FrameType | None) -> None:
        self._arrived = number
        if self._waiting:
            self._waiting = False
            raise _Stopped(number)


class _Lines:
    """The lines that a person types or a program sends.

    At a keyboard the lines are edited by readline where it is there: the terminal's own editing cuts a line at 4,096
    bytes. Its history is off, so that no answer is kept in it.
    """

    def __init__(self, signals: _Signals) -> None:
        self.keyboard = sys.stdin.isatty()
        self._signals = signals
        self._pasted: deque[str] = deque()
        self._edited = self.keyboard and sys.stdout.isatty() and _line_editing()

    def read(self, prompt: str = "") -> str:
        """Return the next line without its end.

        Raises EOFError at the end of the input and _Stopped for a signal.
        """
        if not self._pasted:
            self._pasted.extend(self._typed(prompt).split("\n"))  # readline hands over pasted lines as one
        else:
            sys.stdout.write(prompt + "\n" if prompt else "")
        return self._pasted.popleft().replace("\0", "\ufffd")

    def _typed(self, prompt: str) -> str:
        sys.stdout.flush()
        with self._signals.waiting():
            if self._edited:
                return input(prompt)
            sys.stdout.write(prompt)
            sys.stdout.flush()
            line = sys.stdin.readline()
        if not line:
            raise EOFError
        return line.removesuffix("\n")


class _Timer:
    """Counts the active seconds of an answer while its block runs, with a tick each second in a thread of its own."""

    def __init__(self, seconds: float) -> None:
        self._stopwatch = Stopwatch()
        self._stopwatch.set(seconds)
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._tick, name="timer", daemon=True)

    def __enter__(self) -> "_Timer":
        self._stopwatch.start()
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end.set()
        self._thread.join()

    @property
    def seconds(self) -> float:
        """The active seconds up to now."""
        return self._stopwatch.tick()

    def _tick(self) -> None:
        while not self._end.wait(1.0):
            self._stopwatch.tick()


class _Sitting:
    """One run of the loop: asks, reads, stores each step, until the session is done."""

    def __init__(self, session: PracticeSession, lines: _Lines) -> None:
        self._session = session
        self._lines = lines
        self._view = session.view()
        self._shown: int | None = None

    def run(self) -> None:
        """Practise up to the end of the session."""
        _write(_HOW_TO)
        while self._view.step is not Step.DONE:
            if self._view.step is Step.ANSWER:
                self._view = self._answer(self._view)
            elif self._view.step is Step.RATE:
                self._view = self._rate(self._view)
            else:
                self._view = self._compare(self._view)
        self._say_summary(self._view)

    def say_paused(self) -> None:
        """Say where the session stands; somebody who closed the terminal does not hear it any more."""
        with contextlib.suppress(OSError):
            place = f"{self._view.place} of {self._view.places}"
            _write(f"\nPaused at question {place}. Practise again to go on from here.")
            sys.stdout.flush()

    def _answer(self, view: PracticeView) -> PracticeView:
        self._show_question(view)
        answer = view.text.split("\n") if view.text else []
        if answer:
            _write("So far:")
            _write(_wrapped(view.text))
        first = True
        with _Timer(view.seconds) as timer:
            while True:
                try:
                    line = self._lines.read()
                except EOFError:
                    if self._lines.keyboard and not first and any(line.strip() for line in answer):
                        break
                    raise
                if first and line.strip() == _SKIP:
                    return self._session.skip("\n".join(answer), timer.seconds)
                if first and line.strip() in _LEAVE:
                    raise _Left
                if line == _END:
                    break
                first = False
                answer.append(_END if line == _END_TYPED else line)
                self._save(view.attempt_id, "\n".join(answer), timer.seconds)
            return self._session.submit("\n".join(answer), timer.seconds)

    def _save(self, attempt_id: int, text: str, seconds: float) -> None:
        """Store the draft; where that fails the answer goes on, and the next line tries again."""
        try:
            self._session.save_draft(attempt_id, text, seconds)
        except CoachError as error:
            tell(f"Not saved: {error}")

    def _rate(self, view: PracticeView) -> PracticeView:
        self._show_answer_again(view)
        rating = SelfRating()
        for criterion in view.criteria:
            rating = rating.with_score(criterion, self._ask_score(criterion))
        return self._session.rate(rating)

    def _ask_score(self, criterion: Criterion) -> int | None:
        while True:
            typed = self._lines.read(f"{_NAMES[criterion]} 1–10, Enter = not rated: ").strip()
            if not typed:
                return None
            if typed.isascii() and typed.isdigit() and 1 <= int(typed[:3]) <= 10:
                return int(typed[:3])
            _write("Please type a whole number from 1 to 10, or only Enter to leave it out.")

    def _compare(self, view: PracticeView) -> PracticeView:
        comparison = view.comparison
        if comparison is None:
            raise LookupError("the session is at Compare and has no comparison")
        self._show_answer_again(view)
        _write()
        if comparison.recorded is None:
            _write("There is no recorded answer to compare with.")
        else:
            self._show_recorded(comparison.recorded)
        if isinstance(comparison.reference, PinnedAnswer):
            self._show_pinned(comparison.reference)
        proposal = self._session.propose(view.attempt_id, [point.text for point in comparison.points])
        points = proposal.beside(comparison.points)
        self._show_points(view, points, proposal)
        if comparison.resolution:
            _write(f"Noted so far: Next time I will {visible(comparison.resolution)}")
        _write()
        line = self._lines.read("Next time I will … (Enter = nothing): ")
        return self._session.finish_question(
            points, comparison.second_look, line if line.strip() else comparison.resolution
        )

    def _show_question(self, view: PracticeView) -> None:
        self._shown = view.place
        _write()
        _write(f"{visible(view.stage)} · {view.place} of {view.places}")
        _write(_wrapped(view.question))
        if view.last_resolution:
            _write(_wrapped(f"Last time you wrote: “Next time I will {view.last_resolution}”"))

    def _show_answer_again(self, view: PracticeView) -> None:
        """Show question and answer where they are not on the screen any more: on resuming, in a mock interview."""
        if self._shown == view.place:
            return
        self._show_question(view)
        _write()
        _write("Your answer:")
        _write(_wrapped(view.text) if view.text.strip() else "(nothing)")

    def _show_recorded(self, recorded: RecordedAnswer) -> None:
        _write(f"{_ORIGINS[recorded.origin]}:")
        _write(_wrapped(recorded.text))
        if recorded.note:
            _write()
            _write(_wrapped(f"Your note: {recorded.note}"))
        _write()
        for line in _rating_lines(recorded.rating):
            _write(_wrapped(line))
        for same in recorded.same_scores:
            if recorded.rating.score(same.criterion) is not None:
                _write(_wrapped(f"({same_score(same)})"))

    def _show_pinned(self, pinned: PinnedAnswer) -> None:
        _write()
        _write(f"Your reference, attempt {pinned.number} of {pinned.day:%Y-%m-%d}:")
        _write(_wrapped(pinned.text))

    def _show_points(self, view: PracticeView, points: Sequence[DecidedPoint], proposal: Proposal) -> None:
        """Show the points with what the program proposes: what was mentioned, never what is right."""
        if not points:
            return
        _write()
        coverage = proposal.coverage if view.text.strip() else None
        _write("Its points:" if coverage is None else "Its points, and what of them your answer seems to mention:")
        for number, point in enumerate(points, 1):
            _write(_wrapped(f"{number}. {' '.join(point.text.split())}", hanging=3))
            if coverage is not None:
                found = coverage.points[number - 1]
                words = " … ".join(" ".join(view.text[start:end].split()) for start, end in found.evidence)
                told = _PROPOSED[found.status]
                _write(_wrapped(f"   {told}: “{words}”" if words else f"   {told}", hanging=3))
        if proposal.coverage is None:
            _write("(These texts are too long to be compared.)")
        if coverage is not None and not coverage.english:
            _write("(This does not look like English: only equal and similar words were compared.)")

    def _say_summary(self, view: PracticeView) -> None:
        summary = view.summary
        if summary is None:
            raise LookupError("the session is done and has no summary")
        minutes, seconds = divmod(round(summary.seconds), 60)
        mode = "Mock interview" if view.mode is Mode.MOCK else "Practice"
        _write()
        _write(f"{mode} finished: {summary.answered} answered, {summary.skipped} skipped, {minutes} min {seconds} s.")


def _rating_lines(rating: RecordedRating) -> Iterator[str]:
    """Yield what a recorded rating is worth, in words."""
    if rating.status is RatingStatus.NOT_RATED:
        yield "Its rating: not rated"
        return
    if rating.status is RatingStatus.FAILED:
        yield "Its rating: no rating (the judge failed)"
        return
    if rating.status is RatingStatus.UNREADABLE and not rating.unreadable:
        yield f"Its rating: unreadable: {rating.as_written or ''}"
        return
    odd = dict(rating.unreadable)
    scores = []
    for criterion in Criterion:
        score = rating.score(criterion)
        worth = f"{score:g}" if score is not None else "not rated"
        if criterion in odd:
            worth = f"unreadable: {odd[criterion]}"
        scores.append(f"{_NAMES[criterion]} {worth}")
    yield f"Its rating, given by a language model: {', '.join(scores)}"
    if rating.summary:
        yield f"“{rating.summary}”"


def _wrapped(text: str, *, hanging: int = 0) -> str:
    """Return a text safe for a terminal, and on one broken to its width; through a pipe its lines stay as they are."""
    safe = visible(text)
    if not sys.stdout.isatty():
        return safe
    width = shutil.get_terminal_size().columns
    lines: list[str] = []
    for line in safe.split("\n"):
        indent = " " * (len(line) - len(line.lstrip(" ")) + hanging)
        lines += textwrap.wrap(line, width, subsequent_indent=indent[: width // 2], break_on_hyphens=False) or [""]
    return "\n".join(lines)


def _write(text: str = "") -> None:
    sys.stdout.write(text + "\n")


def _line_editing() -> bool:
    """Turn readline on; return whether it is there. It is loaded for a person only: it may write to the terminal."""
    try:
        import readline
    except ImportError:
        return False
    readline.set_auto_history(False)
    return True
