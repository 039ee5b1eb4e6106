"""What an archive holds, read from the rows: everything, or a selection with all that it stands on."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Row, select
from sqlmodel import Session, SQLModel

from interview_coach.domain.archive import (
    FORMAT,
    VERSION,
    Archive,
    ArchivedAttempt,
    ArchivedNote,
    ArchivedPin,
    ArchivedPlace,
    ArchivedQuestion,
    ArchivedReview,
    ArchivedSavedSearch,
    ArchivedSession,
    ArchivedTranscript,
    ArchivedTurn,
    Arrival,
    ShippedOnce,
    TrashedTogether,
    TurnPlace,
)
from interview_coach.domain.models import (
    AttemptState,
    DecidedPoint,
    Mode,
    Origin,
    RatingStatus,
    SelfRating,
    SessionState,
)
from interview_coach.domain.scheduling import Grade
from interview_coach.domain.trash import TrashKind
from interview_coach.storage import tables as _tables  # noqa: F401  (declares them)
from interview_coach.storage.arrival import Arriving
from interview_coach.storage.parts import parts
from interview_coach.storage.transcripts import layout_of, unreadable_scores

Ids = Collection[int] | None  # None: all there are


class ArchiveRepository:
    """All that is the person's, out of the database and into it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def read(
        self,
        *,
        made: datetime,
        program: str,
        sessions: Collection[int] | None = None,
        transcripts: Collection[int] | None = None,
        questions: Collection[int] | None = None,
    ) -> Archive:
        """Return everything, or these sessions, transcripts and questions (by id) with all that they stand on.

        A session comes with its answers, its questions, and the transcripts that it asks from or was compared with; a
        question with its answers and the transcripts that ask it; a transcript with its questions. Of a session of
        which only some questions were chosen no other question is told: it comes with the places of these alone.
        """
        if sessions is None and transcripts is None and questions is None:
            chosen = _Chosen.everything(self._session)
        else:
            chosen = _Chosen(self._session)
            chosen.choose(set(sessions or ()), set(transcripts or ()), set(questions or ()))
        return _Reading(self._session, chosen).archive(made, program)

    def preview(self, archive: Archive, as_written: Mapping[int, str] = MappingProxyType({})) -> Arrival:
        """Return what an archive would bring; nothing is changed."""
        return Arriving(self._session, archive, as_written).arrival

    def bring_in(self, archive: Archive, as_written: Mapping[int, str] = MappingProxyType({})) -> Arrival:
        """Add what is not there yet, and return what that was; nothing that is there is replaced or taken away.

        ``as_written`` are the hashes of transcripts here, by id, as their turns are now: where a folder holds nothing
        but ones that were shipped and never edited, the archive's own come in their place, so that afterwards the
        folder holds what the archive does and nothing else.
        Raises CoachError, BAD_INPUT, while another import has not come to its end.
        """
        arriving = Arriving(self._session, archive, as_written)
        arriving.write()
        return arriving.arrival


def rows(session: Session, table: str, ids: Ids = None, of: str = "id") -> Iterator[Row[Any]]:
    """Yield the rows of a table, all or those whose column is one of these, in the order of that column."""
    declared = SQLModel.metadata.tables[table]
    column = declared.c[of]
    query = select(declared).order_by(column, *(each for each in declared.primary_key if each is not column))
    if ids is None:
        yield from session.execute(query)
        return
    for part in parts(sorted(ids)):
        yield from session.execute(query.where(column.in_(part)))


class _Chosen:
    """Which rows go into an archive, by id; None stands for all."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.whole = False
        self.transcripts: set[int] | None = set()
        self.questions: set[int] | None = set()
        self.sessions: set[int] | None = set()
        self.attempts: set[int] | None = set()
        self.places: set[tuple[int, int]] | None = set()

    @classmethod
    def everything(cls, session: Session) -> "_Chosen":
        """Choose all that is there, but for what an import still writes."""
        chosen = cls(session)
        chosen.whole = True
        chosen.transcripts = chosen.questions = chosen.sessions = chosen.attempts = chosen.places = None
        table = SQLModel.metadata.tables["transcript"]
        unpublished = set(session.execute(select(table.c.id).where(table.c.published.is_(False))).scalars())
        if unpublished:
            question = SQLModel.metadata.tables["question"]
            chosen.transcripts = set(session.execute(select(table.c.id).where(table.c.published)).scalars())
            brought = session.execute(select(question.c.id, question.c.transcript_id))
            chosen.questions = {row.id for row in brought if row.transcript_id not in unpublished}
        return chosen

    def choose(self, sessions: set[int], transcripts: set[int], questions: set[int]) -> None:
        """Choose these, and what they stand on."""
        merged = self._merged()
        questions = questions | {merged[each] for each in questions if each in merged}
        attempts = [
            *rows(self._session, "attempt", sessions, "session_id"),
            *(row for row in rows(self._session, "attempt", questions, "question_id")),
        ]
        attempts = list({row.id: row for row in attempts}.values())
        at = {(row.session_id, row.place) for row in attempts}
        involved = sessions | {row.session_id for row in attempts}
        places = [
            row
            for row in rows(self._session, "place", involved, "session_id")
            if row.session_id in sessions or (row.session_id, row.place) in at
        ]
        turns = {row.turn_id for row in places} | {row.reference_turn_id for row in attempts}
        transcripts = (
            transcripts
            | {row.transcript_id for row in rows(self._session, "turn", turns - {None})}
            | {row.transcript_id for row in rows(self._session, "session", sessions)}
            | self._asking(questions)
        ) - {None}
        self.transcripts = self._with_updates(transcripts)
        questions |= {row.question_id for row in (*attempts, *places)}
        turn = SQLModel.metadata.tables["turn"]
        for part in parts(sorted(self.transcripts)):
            questions |= set(
                self._session.execute(select(turn.c.question_id).where(turn.c.transcript_id.in_(part))).scalars()
            )
        questions -= {None}
        while signposts := {merged[each] for each in questions if each in merged} - questions:
            questions |= signposts
        self.questions = questions
        self.sessions = involved
        self.attempts = {row.id for row in attempts}
        self.places = {(row.session_id, row.place) for row in places}

    def _merged(self) -> dict[int, int]:
        question = SQLModel.metadata.tables["question"]
        found = self._session.execute(
            select(question.c.id, question.c.merged_into).where(question.c.merged_into.is_not(None))
        )
        return {row.id: row.merged_into for row in found}

    def _asking(self, questions: set[int]) -> set[int]:
        """Return the transcripts to be seen that ask one of these questions."""
        turn, transcript = SQLModel.metadata.tables["turn"], SQLModel.metadata.tables["transcript"]
        seen = select(turn.c.transcript_id).join(transcript, transcript.c.id == turn.c.transcript_id)
        seen = seen.where(transcript.c.published, transcript.c.trash_id.is_(None), transcript.c.superseded_by.is_(None))
        found: set[int] = set()
        for part in parts(sorted(questions)):
            found |= set(self._session.execute(seen.where(turn.c.question_id.in_(part))).scalars())
        return found

    def _with_updates(self, transcripts: set[int]) -> set[int]:
        found: set[int] = set()
        while transcripts:
            found |= transcripts
            transcripts = {row.superseded_by for row in rows(self._session, "transcript", transcripts)} - {None} - found
        return found


class _Reading:
    """Reads the chosen rows into values. Each table is gone through once."""

    def __init__(self, session: Session, chosen: _Chosen) -> None:
        self._session = session
        self._chosen = chosen
        self._uids = {
            table: self._uids_of(table, ids)
            for table, ids in (
                ("transcript", chosen.transcripts),
                ("question", chosen.questions),
                ("session", chosen.sessions),
                ("attempt", chosen.attempts),
            )
        }
        trash = SQLModel.metadata.tables["trash"].c.id
        entries = session.execute(select(trash).order_by(trash)).scalars()
        self._numbers = {trash_id: number for number, trash_id in enumerate(entries, 1)}
        self._trash: set[int] = set()
        self._turn_places: dict[int, tuple[int, int]] = {}
        self._renumbered: dict[tuple[int, int], int] = {}

    def archive(self, made: datetime, program: str) -> Archive:
        """Return the archive; raises ValueError where the rows don't agree with each other."""
        transcripts = tuple(self._transcripts())
        questions = tuple(self._questions())
        attempt_rows = list(self._rows("attempt", self._chosen.attempts))
        sessions = tuple(self._sessions(attempt_rows))
        attempts = tuple(self._attempts(attempt_rows))
        whole = self._chosen.whole
        return Archive(
            format=FORMAT,
            version=VERSION,
            made=made,
            program=program,
            shipped=tuple(
                ShippedOnce(content_hash=row.content_hash, file=row.file, read=row.read_at)
                for row in (rows(self._session, "shipped", None, "content_hash") if whole else ())
            ),
            trash=tuple(
                TrashedTogether(
                    number=self._numbers[row.id], kind=TrashKind(row.kind), moved=row.moved_at, erased=row.erased_at
                )
                for row in self._rows("trash", None if whole else self._trash)
            ),
            transcripts=transcripts,
            questions=questions,
            sessions=sessions,
            attempts=attempts,
            saved_searches=tuple(
                ArchivedSavedSearch(uid=row.uid, name=row.name, text=row.text, added=row.added_at)
                for row in (rows(self._session, "saved_search") if whole else ())
            ),
        )

    def _rows(self, table: str, ids: Ids, of: str = "id") -> Iterator[Row[Any]]:
        return rows(self._session, table, ids, of)

    def _uids_of(self, table: str, ids: Ids) -> dict[int, str]:
        return {row.id: row.uid for row in self._rows(table, ids)} if ids is not None else self._all_uids(table)

    def _all_uids(self, table: str) -> dict[int, str]:
        declared = SQLModel.metadata.tables[table]
        return {row.id: row.uid for row in self._session.execute(select(declared.c.id, declared.c.uid))}

    def _uid(self, table: str, row_id: int | None) -> str | None:
        """Return the uid of what goes into the archive too; None for what does not."""
        return None if row_id is None else self._uids[table].get(row_id)

    def _needed(self, table: str, row_id: int) -> str:
        uid = self._uids[table].get(row_id)
        if uid is None:
            raise ValueError(f"a row stands on a {table} that is not there")
        return uid

    def _in_trash(self, trash_id: int | None) -> int | None:
        """Return the number of an entry, which then goes into the archive too."""
        if trash_id is None:
            return None
        if trash_id not in self._numbers:
            raise ValueError("a row lies in an entry of Trash that is not there")
        self._trash.add(trash_id)
        return self._numbers[trash_id]

    def _points(self, owner: str, ids: Ids) -> dict[int, list[str]]:
        points: dict[int, list[str]] = {}
        declared = SQLModel.metadata.tables["key_point"]
        query = select(declared).where(declared.c[owner].is_not(None)).order_by(declared.c[owner], declared.c.position)
        for row in self._session.execute(query):
            of = getattr(row, owner)
            if ids is None or of in ids:
                points.setdefault(of, []).append(row.text)
        return points

    def _transcripts(self) -> Iterator[ArchivedTranscript]:
        turns: dict[int, list[ArchivedTurn]] = {}
        points = self._points("turn_id", None)
        notes = {
            row.turn_id: ArchivedNote(text=row.text, changed=row.changed_at)
            for row in self._rows("note", None, "turn_id")
        }
        for row in self._rows("turn", self._chosen.transcripts, "transcript_id"):
            self._turn_places[row.id] = (row.transcript_id, row.position)
            turns.setdefault(row.transcript_id, []).append(
                ArchivedTurn(
                    position=row.position,
                    number=row.number,
                    stage=row.stage,
                    question=row.question,
                    answer=row.answer,
                    feedback=row.feedback,
                    written=row.written,
                    asks=row.asks,
                    status=RatingStatus(row.status),
                    clarity=row.clarity,
                    confidence=row.confidence,
                    technical_depth=row.technical_depth,
                    summary=row.summary,
                    plain_rating=row.plain_rating,
                    unreadable=unreadable_scores(row.unreadable),
                    asks_for=self._uid("question", row.question_id),
                    points=tuple(points.get(row.id, ())),
                    note=notes.get(row.id),
                )
            )
        for row in self._rows("transcript", self._chosen.transcripts):
            yield ArchivedTranscript(
                uid=row.uid,
                title=row.title,
                role=row.role,
                company=row.company,
                origin=Origin(row.origin),
                source=row.source,
                held=row.held_on,
                imported=row.imported_at,
                content_hash=row.content_hash,
                layout=layout_of(row),
                superseded_by=self._uid("transcript", row.superseded_by),
                trash=self._in_trash(row.trash_id),
                turns=tuple(sorted(turns.pop(row.id, ()), key=lambda turn: turn.position)),
            )

    def _questions(self) -> Iterator[ArchivedQuestion]:
        ids = self._chosen.questions
        points = self._points("question_id", ids)
        tags: dict[int, list[str]] = {}
        for row in self._rows("tag", ids, "question_id"):
            tags.setdefault(row.question_id, []).append(row.name)
        wordings: dict[int, list[str]] = {}
        for row in self._rows("wording", ids, "question_id"):
            wordings.setdefault(row.question_id, []).append(row.text)
        seen = {row.question_id: row.seen_at for row in self._rows("reference_seen", ids, "question_id")}
        pins = {row.question_id: row for row in self._rows("pin", ids, "question_id")}
        for row in self._rows("question", ids):
            pinned = None if row.id not in pins else self._uid("attempt", pins[row.id].attempt_id)
            yield ArchivedQuestion(
                uid=row.uid,
                stage=row.stage,
                text=row.text,
                flagged=row.flagged,
                suspended=row.suspended,
                tags=tuple(tags.get(row.id, ())),
                wordings=tuple(wordings.get(row.id, ())),
                transcript=self._uid("transcript", row.transcript_id),
                added=row.added_at,
                merged_into=self._uid("question", row.merged_into),
                reference_seen=seen.get(row.id),
                points=tuple(points.get(row.id, ())),
                pin=None if pinned is None else ArchivedPin(attempt=pinned, pinned=pins[row.id].pinned_at),
                trash=self._in_trash(row.trash_id),
            )

    def _sessions(self, attempts: Iterable[Row[Any]]) -> Iterator[ArchivedSession]:
        latest: dict[tuple[int, int], Row[Any]] = {}
        for row in sorted(attempts, key=lambda attempt: int(attempt.number)):
            latest[row.session_id, row.place] = row
        chosen = self._chosen.places
        places: dict[int, list[ArchivedPlace]] = {}
        unfinished: set[int] = set()
        reduced: set[int] = set()
        for row in self._rows("place", self._chosen.sessions, "session_id"):
            at = (row.session_id, row.place)
            if chosen is not None and at not in chosen:
                reduced.add(row.session_id)
                continue
            order = places.setdefault(row.session_id, [])
            order.append(
                ArchivedPlace(question=self._needed("question", row.question_id), turn=self._turn(row.turn_id))
            )
            self._renumbered[at] = len(order)
            if at not in latest or not _has_ended(latest[at]):
                unfinished.add(row.session_id)
        for row in self._rows("session", self._chosen.sessions):
            state, finished = SessionState(row.state), row.finished_at
            goes_on = state in (SessionState.OPEN, SessionState.PAUSED)
            if goes_on and row.id in reduced and row.id not in unfinished:  # nothing is left to do in what is told
                state, finished = SessionState.FINISHED, row.last_step_at
            yield ArchivedSession(
                uid=row.uid,
                mode=Mode(row.mode),
                state=state,
                title=row.title,
                transcript=self._uid("transcript", row.transcript_id),
                started=row.started_at,
                last_step=row.last_step_at,
                finished=finished,
                places=tuple(places.get(row.id, ())),
            )

    def _turn(self, turn_id: int | None) -> TurnPlace | None:
        if turn_id is None or turn_id not in self._turn_places:
            return None
        transcript_id, position = self._turn_places[turn_id]
        return TurnPlace(transcript=self._needed("transcript", transcript_id), position=position)

    def _attempts(self, attempts: Iterable[Row[Any]]) -> Iterator[ArchivedAttempt]:
        ids = self._chosen.attempts
        key_points = self._points("attempt_id", ids)
        ratings: dict[tuple[int, str], dict[str, int]] = {}
        for row in self._rows("self_rating", ids, "attempt_id"):
            ratings.setdefault((row.attempt_id, row.look), {})[row.criterion] = row.score
        decided: dict[int, list[DecidedPoint]] = {}
        for row in self._rows("decided_point", ids, "attempt_id"):
            decided.setdefault(row.attempt_id, []).append(
                DecidedPoint(text=row.text, decided=row.decided, proposed=row.proposed, score=row.score)
            )
        reviews = {row.attempt_id: _review(row) for row in self._rows("review", ids, "attempt_id")}
        for row in sorted(attempts, key=lambda attempt: int(attempt.id)):
            place = self._renumbered.get((row.session_id, row.place))
            if place is None:
                raise ValueError("an attempt stands on a place that is not there")
            yield ArchivedAttempt(
                uid=row.uid,
                session=self._needed("session", row.session_id),
                place=place,
                question=self._needed("question", row.question_id),
                number=row.number,
                state=AttemptState(row.state),
                text=row.text,
                seconds=row.seconds,
                blind=row.blind,
                day=row.day,
                started=row.started_at,
                saved=row.saved_at,
                submitted=row.submitted_at,
                rated=row.rated_at,
                compared=row.compared_at,
                first_rating=SelfRating.model_validate(ratings.get((row.id, "first"), {})),
                second_look=SelfRating.model_validate(ratings.get((row.id, "second"), {})),
                points=tuple(decided.get(row.id, ())),
                reference_turn=self._turn(row.reference_turn_id),
                reference_attempt=self._uid("attempt", row.reference_attempt_id),
                resolution=row.resolution,
                key_points=tuple(key_points.get(row.id, ())),
                review=reviews.get(row.id),
                trash=self._in_trash(row.trash_id),
            )


def _review(row: Row[Any]) -> ArchivedReview:
    return ArchivedReview(
        grade=Grade(row.grade),
        proposed=None if row.proposed is None else Grade(row.proposed),
        reviewed=row.reviewed_at,
        day=row.day,
        due=row.due,
        stability=row.stability,
        difficulty=row.difficulty,
    )


def _has_ended(attempt: Row[Any]) -> bool:
    return attempt.state == AttemptState.SKIPPED.value or attempt.compared_at is not None
