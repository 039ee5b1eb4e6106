"""Questions that the person writes: added, and changed with stage, tags, reference and points.

A reference needs a turn to stand in. One that is written here becomes a turn of the transcript “Added by hand”, which
is made when it is first needed and is written out, and practised, like any other.
"""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import KeptTurn, Origin, PointsOwner, PointsOwnerKind, TextLayout, Transcript, Turn
from interview_coach.domain.sameness import question_key
from interview_coach.domain.trash import Hindered, Hindrance
from interview_coach.services.references import own_points, recorded_answer
from interview_coach.services.turn_writing import refuse_unwritable, replace_turn
from interview_coach.services.typed import points_of, storable, tag_names
from interview_coach.storage.database import UnitOfWork
from interview_coach.storage.intake import NewTranscript, NewTurn

#: What the transcript of the references written here is called, and what stands in it for the name of a file.
TITLE = "Added by hand"
SOURCE = "added by hand"


@dataclass(frozen=True)
class NewQuestion:
    """A question as the person wrote it.

    Where ``tags``, ``reference`` or ``points`` is None, nothing is said of it: a new question has none, another keeps
    its own. Without points a reference has the claims of its text.
    """

    text: str
    stage: str
    tags: tuple[str, ...] | None = None
    reference: str | None = None
    points: tuple[str, ...] | None = None


@dataclass(frozen=True)
class EditableQuestion:
    """A question with what can be changed of it.

    ``reference`` is its newest recorded answer, None where it has none; ``reference_from`` is the title of the
    transcript that holds it, None where it was written by hand. ``points_are_own`` says whether the person made the
    points; otherwise they are the claims of the reference's text. ``is_pinned`` says whether an answer of the person's
    own goes before this reference.
    """

    text: str
    stage: str
    tags: tuple[str, ...]
    reference: str | None
    reference_from: str | None
    points: tuple[str, ...]
    points_are_own: bool
    is_pinned: bool = False


def entry(work: UnitOfWork, question_id: int) -> EditableQuestion:
    """Return a question of the bank to be changed."""
    question = work.questions.get(question_id)
    if question is None:
        raise CoachError(Fault.INPUT_MISSING, f"There is no question {question_id}.")
    answered = _answered(work, question_id)
    points = work.references.points(_owner(answered, question_id))
    return EditableQuestion(
        text=question.text,
        stage=question.stage,
        tags=question.tags,
        reference=None if answered is None else answered[0].turn.answer,
        reference_from=None if answered is None or _is_by_hand(answered[1]) else answered[1].title,
        points=points or own_points(recorded_answer(work, question_id, None)),
        points_are_own=bool(points),
        is_pinned=work.references.pinned(question_id) is not None,
    )


def add(work: UnitOfWork, new: NewQuestion, moment: datetime) -> int:
    """Add a question and return its id.

    Raises Hindered: without words, where the bank or Trash has this question, where the turn format cannot hold what
    goes with a reference, and where there are too many points.
    """
    text, stage, key = _wording(new)
    known = work.questions.known([key]).get(key)
    if known is not None:
        raise _known(work, known)
    question_id = work.by_hand.add(key=key, text=text, stage=stage, added=moment)
    work.questions.add_tags([question_id], tag_names(new.tags or ()))
    if new.reference is not None and storable(new.reference).strip():
        _append(work, question_id, text, stage, storable(new.reference), moment)
    if new.points:
        work.references.set_points(_owner(_answered(work, question_id), question_id), points_of(new.points))
    return question_id


def change(work: UnitOfWork, question_id: int, new: NewQuestion, moment: datetime) -> None:
    """Change a question of the bank. It keeps its id, and stays known by its former texts.

    Raises Hindered as ``add`` does, and where a recorded answer would be emptied: that stands in an interview.
    """
    text, stage, key = _wording(new)
    before = work.questions.get(question_id)
    if before is None:
        raise CoachError(Fault.INPUT_MISSING, f"There is no question {question_id}.")
    known = work.questions.known([key]).get(key, question_id)
    if known != question_id:
        raise _known(work, known)
    work.questions.reword(question_id, key=key, text=text, stage=stage)
    _let_turns_follow(work, question_id, before.text, text, stage)
    if new.tags is not None:
        tags = tag_names(new.tags)
        work.questions.remove_tags([question_id], [tag for tag in before.tags if tag not in tags])
        work.questions.add_tags([question_id], [tag for tag in tags if tag not in before.tags])
    old = _owner(_answered(work, question_id), question_id)
    if new.reference is not None:
        _set_reference(work, question_id, text, stage, storable(new.reference), moment)
    now = _owner(_answered(work, question_id), question_id)
    _set_points(work, old, now, None if new.points is None else points_of(new.points))


def _wording(new: NewQuestion) -> tuple[str, str, str]:
    """Return text and stage as they are stored, and the key that the text is known by."""
    text = _with_line_feeds(storable(new.text)).strip()
    if not text:
        raise Hindered(Hindrance.NO_WORDS, "A question needs words.")
    return text, storable(new.stage).strip(), question_key(text)


def _known(work: UnitOfWork, question_id: int) -> Hindered:
    """Return what hinders a text that is another question's."""
    other = work.questions.get(question_id)
    text = "" if other is None else other.text
    if not work.questions.in_bank([question_id]):
        return Hindered(Hindrance.IN_TRASH, "This question lies in Trash. Put it back instead.", known=text)
    return Hindered(
        Hindrance.IN_BANK, "Another question of the bank has this text. Edit that one, or merge the two.", known=text
    )


def _set_reference(work: UnitOfWork, question_id: int, text: str, stage: str, wanted: str, moment: datetime) -> None:
    """Let a question have this reference: its newest recorded answer is changed, else one is written for it."""
    from interview_coach.transcripts.turn_format import with_answer  # late: not needed to start

    answered = _answered(work, question_id)
    if answered is None:
        if not wanted.strip():
            return
        answered = next((turn for turn in _turns(work, question_id) if _is_by_hand(turn[1])), None)
        if answered is None:
            _append(work, question_id, text, stage, wanted, moment)
            return
    kept, transcript = answered
    changed = with_answer(kept.turn, wanted)
    if changed.answer is None and not _is_by_hand(transcript):
        sentence = "A recorded answer can be changed, but not emptied. Delete its transcript to be without it."
        raise Hindered(Hindrance.RECORDED_ANSWER_EMPTIED, sentence)
    if changed != kept.turn:
        with _hindered():
            replace_turn(work, kept, transcript.layout, changed)
        if changed.answer is None:
            work.references.set_note(kept.id, None, moment)


def _set_points(work: UnitOfWork, old: PointsOwner, now: PointsOwner, points: tuple[str, ...] | None) -> None:
    """Store the points of a reference that may have come or gone: they stay with the question.

    Where another recorded answer has become the reference it has points of its own.
    """
    stored = work.references.points(old)
    wanted = stored if points is None else points
    if old != now:
        work.references.set_points(old, ())
        if old.kind is now.kind:
            return
        stored = ()
    if wanted != stored:
        work.references.set_points(now, wanted)


def _let_turns_follow(work: UnitOfWork, question_id: int, before: str, text: str, stage: str) -> None:
    """Let the turns written by hand ask a question as it is asked now; what was recorded stays as it was."""
    for kept, transcript in _turns(work, question_id):
        turn = kept.turn
        if not _is_by_hand(transcript) or question_key(turn.question) != question_key(before):
            continue
        if (turn.question, turn.stage) != (text, stage):
            asked = {"question": text, "stage": stage, "written": None}
            with _hindered():
                replace_turn(work, kept, transcript.layout, turn.model_copy(update=asked))


def _append(work: UnitOfWork, question_id: int, text: str, stage: str, answer: str, moment: datetime) -> None:
    """Write a turn with a reference at the end of the newest transcript “Added by hand”, made where there is none."""
    from interview_coach.transcripts.turn_format import with_answer  # late: not needed to start

    transcript_id = work.by_hand.transcript(SOURCE)
    if transcript_id is None:
        transcript_id = work.intake.add(_new_transcript(), moment)
        work.intake.publish(transcript_id)
    position, number = work.by_hand.end(transcript_id)
    counted = int(number) + 1 if number.isascii() and number.isdigit() else position + 1
    turn = with_answer(Turn(number=str(counted), stage=stage, question=text), answer)
    with _hindered():
        refuse_unwritable(turn, TextLayout(), position + 1)
    key = question_key(text)
    work.intake.add_turns(transcript_id, position + 1, [NewTurn(turn, key)], {key: question_id}, moment)


def _new_transcript() -> NewTranscript:
    # It grows, so its hash is none of a file's content: no file is ever taken for it, and no two of it for each other.
    own = hashlib.sha256(f"{SOURCE} {uuid4()}".encode()).hexdigest()
    return NewTranscript(
        title=TITLE,
        role=None,
        company=None,
        held=None,
        origin=Origin.WRITTEN,
        source=SOURCE,
        content_hash=own,
        layout=TextLayout(),
    )


def _turns(work: UnitOfWork, question_id: int) -> tuple[tuple[KeptTurn, Transcript], ...]:
    return work.transcripts.turns_of_questions([question_id])[question_id]


def _answered(work: UnitOfWork, question_id: int) -> tuple[KeptTurn, Transcript] | None:
    """Return the turn with the newest recorded answer, as ``references.recorded_answer`` finds it."""
    return next((turn for turn in _turns(work, question_id) if turn[0].turn.answer is not None), None)


def _owner(answered: tuple[KeptTurn, Transcript] | None, question_id: int) -> PointsOwner:
    if answered is None:
        return PointsOwner(kind=PointsOwnerKind.QUESTION, id=question_id)
    return PointsOwner(kind=PointsOwnerKind.RECORDED, id=answered[0].id)


def _is_by_hand(transcript: Transcript) -> bool:
    return transcript.origin is Origin.WRITTEN and transcript.source == SOURCE


@contextlib.contextmanager
def _hindered() -> Iterator[None]:
    """Say of a turn that the format cannot hold what of it is at fault."""
    from interview_coach.transcripts.turn_format import NotRepresentable  # late: not needed to start

    at_fault = {
        "question": (Hindrance.QUESTION_READS_OTHERWISE, "The question"),
        "stage": (Hindrance.STAGE_READS_OTHERWISE, "The stage"),
    }
    try:
        yield
    except NotRepresentable as error:
        hindrance, what = at_fault.get(error.field, (Hindrance.REFERENCE_READS_OTHERWISE, "The reference"))
        sentence = f"{what} can't be written in the turn format: it would be read back as something else."
        raise Hindered(hindrance, sentence) from error


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
