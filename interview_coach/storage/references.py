"""What the person made of the references: points that they edited, notes on recorded answers, and pinned attempts.

Points and notes of a recorded answer hold wherever the same question has the very same answer, so that they show in the
update of a transcript as well. They lie with one of these turns: where another is asked, it is looked for.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import delete, insert, literal, select, update
from sqlmodel import Session, col

from interview_coach.domain.models import AttemptState, PointsOwner, PointsOwnerKind
from interview_coach.domain.sameness import question_key
from interview_coach.storage.parts import parts
from interview_coach.storage.tables import AttemptRow, KeyPointRow, NoteRow, PinRow, TranscriptRow, TurnRow

_OWNER = {
    PointsOwnerKind.RECORDED: "turn_id",
    PointsOwnerKind.OWN: "attempt_id",
    PointsOwnerKind.QUESTION: "question_id",
}

_ANSWERS = select(col(TurnRow.id), col(TurnRow.question_id), col(TurnRow.question), col(TurnRow.answer))


class ReferenceRepository:
    """Key points, notes and pins."""

    def __init__(self, session: Session) -> None:
        self._session = session

    # --- Points

    def points(self, owner: PointsOwner) -> tuple[str, ...]:
        """Return the points of a reference as the person edited them; none where they never did."""
        column = col(getattr(KeyPointRow, _OWNER[owner.kind]))
        found: dict[int, list[str]] = {}
        alike = self._alike(owner)
        for part in parts(alike):
            rows = self._session.execute(
                select(column, col(KeyPointRow.text)).where(column.in_(part)).order_by(col(KeyPointRow.position))
            )
            for of, text in rows:
                found.setdefault(of, []).append(_read(text))
        return tuple(next((found[of] for of in alike if of in found), ()))

    def set_points(self, owner: PointsOwner, texts: Sequence[str]) -> None:
        """Replace the points of a reference; without any it has its own again."""
        name = _OWNER[owner.kind]
        for part in parts(self._alike(owner)):
            self._session.execute(delete(KeyPointRow).where(col(getattr(KeyPointRow, name)).in_(part)))
        rows = [{name: owner.id, "position": position, "text": text} for position, text in enumerate(texts, 1)]
        if rows:
            self._session.execute(insert(KeyPointRow), rows)

    def _alike(self, owner: PointsOwner) -> Sequence[int]:
        return self._turns_alike(owner.id) if owner.kind is PointsOwnerKind.RECORDED else [owner.id]

    # --- Notes

    def note(self, turn_id: int) -> str | None:
        """Return the person's note on a recorded answer."""
        return self.notes([turn_id]).get(turn_id)

    def notes(self, turn_ids: Sequence[int]) -> dict[int, str]:
        """Return the person's notes on these recorded answers; those without one are left out."""
        found: dict[int, str] = {}
        with_note = _ANSWERS.add_columns(col(NoteRow.text)).join(NoteRow, col(NoteRow.turn_id) == TurnRow.id)
        with_note = with_note.order_by(col(TurnRow.id).desc())
        for part in parts(turn_ids):
            questions = select(col(TurnRow.question_id)).where(col(TurnRow.id).in_(part))
            own: dict[int, str] = {}
            alike: dict[object, str] = {}
            for asked in (col(TurnRow.question_id).in_(questions), col(TurnRow.question_id).is_(None)):
                for *answer, text in self._session.execute(with_note.where(asked)):
                    own[answer[0]] = _read(text)
                    alike.setdefault(_what_is_answered(*answer), own[answer[0]])
            if alike:
                for turn_id, *answer in self._session.execute(_ANSWERS.where(col(TurnRow.id).in_(part))):
                    note = own.get(turn_id) or alike.get(_what_is_answered(turn_id, *answer))
                    if note is not None:
                        found[turn_id] = note
        return found

    def set_note(self, turn_id: int, text: str | None, moment: datetime) -> None:
        """Replace the note on a recorded answer; None takes it away."""
        for part in parts(self._turns_alike(turn_id)):
            self._session.execute(delete(NoteRow).where(col(NoteRow.turn_id).in_(part)))
        if text is not None:
            self._session.execute(insert(NoteRow), [{"turn_id": turn_id, "text": text, "changed_at": moment}])

    # --- Pins

    def pinned(self, question_id: int) -> int | None:
        """Return the attempt that is the reference of a question, None where none is.

        One that lies in Trash, or was taken back into a draft, is none until it is an answer again.
        """
        return self.pinned_of([question_id]).get(question_id)

    def pinned_of(self, question_ids: Sequence[int]) -> dict[int, int]:
        """Return the attempts that are the references of these questions; those without one are left out."""
        found: dict[int, int] = {}
        for part in parts(question_ids):
            rows = self._session.execute(
                select(col(PinRow.question_id), col(PinRow.attempt_id))
                .join(AttemptRow, col(AttemptRow.id) == PinRow.attempt_id)
                .where(
                    col(PinRow.question_id).in_(part),
                    col(AttemptRow.question_id) == PinRow.question_id,
                    col(AttemptRow.state) == AttemptState.SUBMITTED.value,
                    col(AttemptRow.text) != "",
                    col(AttemptRow.trash_id).is_(None),
                )
            )
            found.update({pin.question_id: pin.attempt_id for pin in rows})
        return found

    def pin(self, question_id: int, attempt_id: int, moment: datetime) -> None:
        """Make an attempt the reference of its question, in the place of another one."""
        self._session.execute(delete(PinRow).where(col(PinRow.attempt_id) == attempt_id))
        self.unpin(question_id)
        row = {"question_id": question_id, "attempt_id": attempt_id, "pinned_at": moment}
        self._session.execute(insert(PinRow), [row])

    def unpin(self, question_id: int) -> None:
        """Let a question have its recorded answer as its reference again."""
        self._session.execute(delete(PinRow).where(col(PinRow.question_id) == question_id))

    # --- When questions are merged, answers edited, and transcripts erased

    def merge(self, into: int, other: int) -> None:
        """Let a question take over the pin and the points of another, where it has none; attempts follow after it."""
        pinned = self.pinned_of([into, other])
        has_pin = self._session.execute(select(col(PinRow.question_id)).where(col(PinRow.question_id) == into)).first()
        if into in pinned or (has_pin is not None and other not in pinned):
            self.unpin(other)
        else:
            self.unpin(into)
            self._session.execute(update(PinRow).where(col(PinRow.question_id) == other).values(question_id=into))
        if not self.points(PointsOwner(kind=PointsOwnerKind.QUESTION, id=into)):
            self._session.execute(
                update(KeyPointRow).where(col(KeyPointRow.question_id) == other).values(question_id=into)
            )

    def let_pins_follow_attempts(self) -> None:
        """Let each pin be that of its attempt's question, after a merge was taken back."""
        answered = select(col(AttemptRow.question_id)).where(col(AttemptRow.id) == PinRow.attempt_id).scalar_subquery()
        self._session.execute(
            update(PinRow)
            .prefix_with("OR IGNORE")  # where that question has a pin itself
            .where(col(PinRow.question_id) != answered)
            .values(question_id=answered)
            .execution_options(synchronize_session=False)
        )
        self._session.execute(
            delete(PinRow).where(col(PinRow.question_id) != answered).execution_options(synchronize_session=False)
        )

    def keep_both(self, turn_id: int) -> None:
        """Before an answer is edited, see that it and those that were like it each keep the points and the note."""
        alike = self._turns_alike(turn_id)
        if len(alike) == 1:
            return
        for table, columns in ((KeyPointRow, ("position", "text")), (NoteRow, ("text", "changed_at"))):
            holding = self._holding(table, alike)
            if turn_id not in holding:
                lacking = turn_id
            elif len(holding) == 1:
                lacking = alike[1]
            else:
                continue
            copied = [col(getattr(table, name)) for name in columns]
            rows = select(literal(lacking), *copied).where(col(table.turn_id).in_(holding[:1]))
            self._session.execute(insert(table).from_select(["turn_id", *columns], rows))

    def leave(self, trash_id: int) -> None:
        """Before the transcripts of an entry of Trash are erased, move what an equal answer elsewhere has to that."""
        going = (
            select(col(TurnRow.id))
            .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
            .where(col(TranscriptRow.trash_id) == trash_id)
        )
        for table in (KeyPointRow, NoteRow):
            of_turn = col(table.turn_id)
            holding = select(of_turn).where(of_turn.in_(going)).distinct().order_by(of_turn.desc())
            for (turn_id,) in self._session.execute(holding).all():
                staying = list(self._staying(turn_id, trash_id))
                if staying and not self._holding(table, staying):
                    self._session.execute(update(table).where(of_turn == turn_id).values(turn_id=staying[0]))

    def _holding(self, table: type[KeyPointRow | NoteRow], turn_ids: Sequence[int]) -> list[int]:
        """Return with which of these turns points, or a note, lie; in their order."""
        found: set[int | None] = set()
        for part in parts(turn_ids):
            rows = self._session.execute(select(col(table.turn_id)).where(col(table.turn_id).in_(part)))
            found.update(rows.scalars())
        return [turn_id for turn_id in turn_ids if turn_id in found]

    def _staying(self, turn_id: int, trash_id: int) -> Iterator[int]:
        """Return the turns with the same answer that are not in an entry of Trash, those that can be seen first."""
        for part in parts(self._turns_alike(turn_id)):
            yield from self._session.execute(
                select(col(TurnRow.id))
                .join(TranscriptRow, col(TranscriptRow.id) == TurnRow.transcript_id)
                .where(
                    col(TurnRow.id).in_(part),
                    col(TranscriptRow.published),
                    col(TranscriptRow.trash_id).is_distinct_from(trash_id),
                )
                .order_by(col(TranscriptRow.trash_id).is_not(None), col(TurnRow.id).desc())
            ).scalars()

    def _turns_alike(self, turn_id: int) -> Sequence[int]:
        """Return a turn, and behind it those that have the same answer to the same question, newest first."""
        turn = self._session.execute(_ANSWERS.where(col(TurnRow.id) == turn_id)).first()
        if turn is None or turn.answer is None:
            return [turn_id]
        others = self._session.execute(
            select(col(TurnRow.id), col(TurnRow.question))
            .where(
                col(TurnRow.question_id).is_not_distinct_from(turn.question_id),
                col(TurnRow.answer) == turn.answer,
                col(TurnRow.id) != turn_id,
            )
            .order_by(col(TurnRow.id).desc())
        )
        answered = _what_is_answered(*turn)
        return [
            turn_id,
            *(
                other_id
                for other_id, question in others
                if other_id is not None
                and _what_is_answered(other_id, turn.question_id, question, turn.answer) == answered
            ),
        ]


def _what_is_answered(turn_id: int, question_id: int | None, question: str, answer: str | None) -> object:
    """Return what turns have in common that share their points and their note.

    Where a question was erased, its turns are known by how they ask it. One without an answer shares nothing.
    """
    if answer is None:
        return turn_id
    return question_key(_read(question)) if question_id is None else question_id, answer


def _read(text: str) -> str:
    """Return a text as it stands in a row; raises ValueError where somebody else has put there what is none."""
    if not isinstance(text, str):
        raise ValueError("a row holds a text that is none")
    return text
