"""The bank: transcripts as they were recorded, and the questions drawn from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.findings import Finding, SameScore, findings, scores_that_do_not_vary
from interview_coach.domain.models import KeptTurn, Question, Transcript, TranscriptFile, Turn
from interview_coach.services.clock import Clock
from interview_coach.services.references import note_seen
from interview_coach.storage.database import Database

#: Turns that one unit of work reads for a report.
_AT_ONCE = 200


@dataclass(frozen=True)
class TranscriptEntry:
    """A transcript as a list shows it: how many turns in each stage, and what its numbers do not say."""

    transcript: Transcript
    stages: dict[str, int]
    findings: tuple[SameScore, ...]

    @property
    def turns(self) -> int:
        """How many turns were kept."""
        return sum(self.stages.values())


@dataclass(frozen=True)
class Conversation:
    """One transcript, whole, with the person's notes on its answers, by the id of their turn.

    ``findings`` is the report on it: what is to be known of it before one trusts it.
    """

    entry: TranscriptEntry
    turns: tuple[KeptTurn, ...]
    notes: Mapping[int, str]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class QuestionEntry:
    """A question as a list shows it."""

    question: Question
    attempts: int


@dataclass(frozen=True)
class QuestionDetail:
    """A question with the turns that ask it, newest transcript first, and the notes on their answers, by turn.

    ``due`` is the person's day on which it comes back, None where it is not scheduled.
    """

    question: Question
    attempts: int
    turns: tuple[tuple[KeptTurn, Transcript], ...]
    notes: Mapping[int, str]
    due: date | None = None


class TranscriptService:
    """Shows the recorded interviews, and writes them out again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def listed(self) -> tuple[TranscriptEntry, ...]:
        """Return the transcripts in their order of import."""
        with self._database.begin() as work:
            stages = work.transcripts.stages()
            scores = work.transcripts.scores()
            return tuple(
                TranscriptEntry(
                    transcript=transcript,
                    stages=stages.get(transcript.id, {}),
                    findings=scores_that_do_not_vary(scores.get(transcript.id, {})),
                )
                for transcript in work.transcripts.listed()
            )

    def conversation(self, transcript_id: int) -> Conversation:
        """Return a transcript whole. It shows recorded answers, so an open session's attempts at them are not blind.

        Raises CoachError, INPUT_MISSING, where it is not there.
        """
        with self._database.begin() as work:
            transcript = work.transcripts.get(transcript_id)
            if transcript is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {transcript_id}.")
            turns = work.transcripts.turns(transcript_id)
            notes = work.references.notes([kept.id for kept in turns])
            asked = [kept.question_id for kept in turns if kept.question_id is not None]
            note_seen(work, self._clock, asked)
            stages = work.transcripts.stages(transcript_id).get(transcript_id, {})
            same = scores_that_do_not_vary(work.transcripts.scores(transcript_id).get(transcript_id, {}))
        entry = TranscriptEntry(transcript=transcript, stages=stages, findings=same)
        found = _report([kept.turn for kept in turns])
        return Conversation(entry=entry, turns=turns, notes=notes, findings=found)

    def report(self, transcript_id: int) -> tuple[Finding, ...]:
        """Return what is to be known of a transcript; none where it is not there. It shows no recorded answer."""
        turns: list[Turn] = []
        while True:
            with self._database.begin() as work:
                part = work.transcripts.turns(transcript_id, after=len(turns), most=_AT_ONCE)
            turns.extend(kept.turn for kept in part)
            if len(part) < _AT_ONCE:
                return _report(turns)

    def find(self, named: str) -> int:
        """Return the id of the transcript that a person named, by its id or by the start of its title.

        Raises CoachError, INPUT_MISSING, where there is none.
        """
        start = named.strip().casefold()
        with self._database.begin() as work:
            listed = work.transcripts.listed()
        for transcript in listed:
            if str(transcript.id) == start:
                return transcript.id
        for transcript in listed:
            if start and transcript.title.casefold().startswith(start):
                return transcript.id
        raise CoachError(Fault.INPUT_MISSING, f"There is no transcript whose id or title starts with “{named}”.")

    def only(self) -> int:
        """Return the id of the only transcript; raises CoachError, INPUT_MISSING, where there are none or several."""
        with self._database.begin() as work:
            listed = work.transcripts.listed()
        if len(listed) != 1:
            raise CoachError(Fault.INPUT_MISSING, f"There are {len(listed)} transcripts; name one with --transcript.")
        return listed[0].id

    def written(self, transcript_id: int) -> bytes:
        """Return a transcript in the turn format: the bytes of its file, but for the answers that were edited."""
        with self._database.begin() as work:
            transcript = work.transcripts.get(transcript_id)
            if transcript is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {transcript_id}.")
            turns = tuple(kept.turn for kept in work.transcripts.turns(transcript_id))
        from interview_coach.transcripts import turn_format  # late: not needed to start

        return turn_format.write(TranscriptFile(turns=turns, layout=transcript.layout))

    def edit_answer(self, turn_id: int, answer: str | None) -> None:
        """Replace a recorded answer.

        Raises CoachError where the turn is not there, or where the format, which has no escaping, would read the new
        text back as something else.
        """
        with self._database.begin() as work:
            kept = work.transcripts.turn(turn_id)
            if kept is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no turn {turn_id}.")
            transcript = work.transcripts.get(kept.transcript_id)
            if transcript is None:
                raise CoachError(Fault.INPUT_MISSING, f"There is no transcript {kept.transcript_id}.")
            from interview_coach.services.turn_writing import replace_turn  # late: not needed to start
            from interview_coach.transcripts import turn_format

            replace_turn(work, kept, transcript.layout, turn_format.with_answer(kept.turn, answer))


def _report(turns: Sequence[Turn]) -> tuple[Finding, ...]:
    from interview_coach.services.rewording import similar_within  # late: not needed to start

    return findings(turns, similar_within([turn.question for turn in turns]))


class QuestionService:
    """Shows the questions of the bank."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ids(self, *, stage: str | None = None) -> tuple[int, ...]:
        """Return the ids of the bank's questions in stage order, or of those of a stage."""
        with self._database.begin() as work:
            return work.questions.listed_ids(stage=stage)

    def stages(self) -> tuple[str, ...]:
        """Return the stages that the bank has questions of."""
        with self._database.begin() as work:
            return work.questions.stages()

    def entries(self, question_ids: Sequence[int]) -> tuple[QuestionEntry, ...]:
        """Return questions for a list, in the order of the ids; a few hundred at a time."""
        with self._database.begin() as work:
            questions = work.questions.get_many(question_ids)
            attempts = work.attempts.submitted_by_question([question.id for question in questions])
            return tuple(
                QuestionEntry(question=question, attempts=attempts.get(question.id, 0)) for question in questions
            )

    def details(self, question_ids: Sequence[int]) -> tuple[QuestionDetail, ...]:
        """Return questions with all that is recorded of them, in the order of the ids; a few hundred at a time."""
        with self._database.begin() as work:
            questions = work.questions.get_many(question_ids)  # a merged one is answered with another
            ids = [question.id for question in questions]
            attempts = work.attempts.submitted_by_question(ids)
            turns = work.transcripts.turns_of_questions(ids)
            notes = work.references.notes([kept.id for asked in turns.values() for kept, _ in asked])
            scheduled = work.schedule.of_questions(ids)
            return tuple(
                QuestionDetail(
                    question=question,
                    attempts=attempts.get(question.id, 0),
                    turns=turns[question.id],
                    notes=notes,
                    due=scheduled[question.id].due if question.id in scheduled else None,
                )
                for question in questions
            )
