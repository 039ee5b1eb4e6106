"""An archive brought in beside what is there: what is known is found again, what is new is added, nothing is replaced.

A thing is known by its uid; a transcript also by its content, its turns by their positions, a question by any of its
wordings, and a saved search by its name. What is known stays as it is, and gains only what it has none of here: a
wording, a tag, a note, points, a pin, and an answer of which nothing is typed yet its text. What was deleted for good
here comes back, since it is wanted again.

All is worked out before anything is written, so that a preview tells exactly what would happen.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Table, bindparam, delete, func, insert, select, update
from sqlmodel import Session, SQLModel

from interview_coach.domain.archive import (
    Archive,
    ArchivedAttempt,
    ArchivedPlace,
    ArchivedQuestion,
    ArchivedSession,
    ArchivedTranscript,
    ArchivedTurn,
    Arrival,
    Tally,
    TurnPlace,
)
from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import (
    AttemptState,
    Criterion,
    Mode,
    PointsOwner,
    PointsOwnerKind,
    SessionState,
)
from interview_coach.domain.practice import Step, standing
from interview_coach.domain.sameness import question_key
from interview_coach.domain.saved_searches import name_key
from interview_coach.domain.trash import TrashKind
from interview_coach.storage import tables as _tables  # noqa: F401  (declares them)
from interview_coach.storage.attempts import AttemptRepository
from interview_coach.storage.parts import parts
from interview_coach.storage.questions import QuestionRepository
from interview_coach.storage.references import ReferenceRepository
from interview_coach.storage.saved_searches import SavedSearchRepository
from interview_coach.storage.schedule import ScheduleRepository

# In the order in which rows are written; what refers to what comes later is looked at when all are there.
_ORDER = (
    *("trash", "transcript", "question", "wording", "tag", "turn", "session", "place", "attempt", "self_rating"),
    *("decided_point", "key_point", "note", "pin", "review", "saved_search", "shipped"),
)

# What shows that somebody has begun to use a data folder.
_TRACES = ("session", "trash", "tag", "note", "key_point", "pin", "attempt", "reference_seen", "saved_search")

_UNFINISHED = "Another import has not come to its end. Try again when it has, or start the program again."


class Arriving:
    """An archive beside a database. ``arrival`` says what it brings, ``write`` brings it in.

    ``as_written`` are the hashes of transcripts here, by id, as their turns are now. Where nobody has edited any, they
    are all that a folder holds, and were shipped with the program, it is as good as empty, and the archive's own come
    in their place.
    """

    def __init__(self, session: Session, archive: Archive, as_written: Mapping[int, str]) -> None:
        self._session = session
        self._archive = archive
        self._rows: dict[str, list[dict[str, Any]]] = {table: [] for table in _ORDER}
        self._revived: dict[str, list[dict[str, Any]]] = {"question": [], "attempt": []}  # erased here
        self._updates: list[tuple[int, int]] = []  # transcripts here, with the new ones that update them
        self._bumped: dict[int, int] = {}  # attempts here that get another number
        self._tallies: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self._free: dict[str, int] = {}
        self._seen: dict[int, datetime] = {}
        self._wanted_again: set[int] = set()
        self._with_points: set[tuple[str, int]] = set()
        self._grown: dict[int, ArchivedSession] = {}  # sessions here that gain an answer or a place
        self._by_uid = {one.uid: one for one in archive.sessions}
        self._refuse_beside_another()
        self._erased = self._ids("trash", _table("trash").c.erased_at.is_not(None))
        self._erased_there = {entry.number for entry in archive.trash if entry.erased is not None}
        self._leaving: set[int] = set()
        self._empty = self._is_empty(as_written)
        self._trash, self._pending_trash = self._place_trash()
        self._new_transcripts: set[int] = set()
        self._transcripts = self._bring_transcripts()
        self._own: dict[str, int] = {}  # the row of its own that a question of the archive has here
        self._new_questions: set[int] = set()
        self._questions = self._bring_questions()
        self._turns = self._bring_turns()
        self._sessions: dict[str, int] = {}
        self._new_sessions: set[int] = set()
        self._places: dict[tuple[str, int], tuple[int, int]] = {}
        self._bring_sessions()
        self._attempts: dict[str, int] = {}
        self._bring_attempts()
        self._bring_pins()
        self._bring_saved_searches()
        self._bring_shipped()

    @property
    def arrival(self) -> Arrival:
        """What is new, and what is known."""
        return Arrival(**{kind: Tally(new=new, known=known) for kind, (new, known) in self._tallies.items()})

    def write(self) -> None:
        """Write it all, in the unit of work that is open."""
        connection = self._session.connection()
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = on")  # until the end of this transaction
        self._remove_leaving()
        attempt, transcript = _table("attempt"), _table("transcript")
        for attempt_id, number in self._bumped.items():
            connection.execute(update(attempt).where(attempt.c.id == attempt_id).values(number=number))
        for table, changes in self._revived.items():
            if changes:
                declared = _table(table)
                connection.execute(update(declared).where(declared.c.id == bindparam("revived")), changes)
        for table in _ORDER:
            if self._rows[table]:
                connection.execute(insert(_table(table)), self._rows[table])
        for old, new in self._updates:
            connection.execute(update(transcript).where(transcript.c.id == old).values(superseded_by=new))
        questions = QuestionRepository(self._session)
        for question_id, seen in self._seen.items():
            questions.note_seen([question_id], seen)
        self._let_come_back()
        self._settle_sessions()
        ScheduleRepository(self._session).settle_all()

    # --- What is there

    def _ids(self, table: str, condition: Any) -> set[int]:  # noqa: ANN401  (an SQL expression)
        return set(self._session.execute(select(_table(table).c.id).where(condition)).scalars())

    def _by(self, table: str, column: str, wanted: Iterable[Any], *columns: str) -> Iterator[Row[Any]]:
        """Yield columns of the rows in which one column has one of these values."""
        declared = _table(table)
        query = select(*(declared.c[name] for name in columns))
        for part in parts(list(dict.fromkeys(wanted))):
            yield from self._session.execute(query.where(declared.c[column].in_(part)))

    def _next(self, table: str) -> int:
        """Return an id that no row of a table has, or ever had."""
        if table not in self._free:
            last = self._session.execute(select(func.max(_table(table).c.id))).scalar() or 0
            ever = self._session.connection().exec_driver_sql(
                "SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)
            )
            self._free[table] = max(last, int(ever.scalar() or 0)) + 1
        self._free[table] += 1
        return self._free[table] - 1

    def _count(self, kind: str, *, new: bool) -> None:
        self._tallies[kind][0 if new else 1] += 1

    def _refuse_beside_another(self) -> None:
        if self._ids("transcript", _table("transcript").c.published.is_(False)):
            raise CoachError(Fault.BAD_INPUT, _UNFINISHED)

    # --- A folder with nothing in it but what was shipped

    def _is_empty(self, as_written: Mapping[int, str]) -> bool:
        """Return whether nobody has used this folder yet, and note which shipped transcripts make way."""
        transcript, turn, question, wording = (_table(name) for name in ("transcript", "turn", "question", "wording"))
        for name in _TRACES:
            if self._session.execute(select(_table(name)).limit(1)).first() is not None:
                return False
        shipped = set(self._session.execute(select(_table("shipped").c.content_hash)).scalars())
        here = self._session.execute(select(transcript))
        ours = {entry.content_hash for entry in self._archive.shipped}
        ours |= {one.content_hash for one in self._archive.transcripts}
        uids = {one.uid for one in self._archive.transcripts}
        staying: set[int] = set()
        leaving: set[int] = set()
        for row in here.all():
            as_it_came = as_written.get(row.id) == row.content_hash
            if row.content_hash not in shipped or row.superseded_by is not None or not as_it_came:
                return False
            makes_way = row.content_hash in ours and row.uid not in uids
            (leaving if makes_way else staying).add(row.id)
        first = select(turn.c.question, turn.c.stage).where(turn.c.question_id == question.c.id)
        first = first.order_by(turn.c.id).limit(1)
        as_asked = (
            question.c.text == first.with_only_columns(turn.c.question).scalar_subquery(),
            question.c.stage == first.with_only_columns(turn.c.stage).scalar_subquery(),
            select(func.count()).where(wording.c.question_id == question.c.id).scalar_subquery() == 1,
            question.c.flagged.is_(False),
            question.c.suspended.is_(False),
            question.c.transcript_id.is_not(None),
        )
        asked = select(func.count()).select_from(question)
        untouched = self._session.execute(asked.where(*as_asked)).scalar() == self._session.execute(asked).scalar()
        shared = select(turn.c.id).join(question, question.c.id == turn.c.question_id)
        shared = shared.where(turn.c.transcript_id.in_(staying), question.c.transcript_id.in_(leaving))
        if not untouched or self._session.execute(shared.limit(1)).first() is not None:
            return False
        self._leaving = leaving
        return True

    def _remove_leaving(self) -> None:
        if not self._empty:
            return
        connection, leaving = self._session.connection(), self._leaving
        question, wording, shipped = _table("question"), _table("wording"), _table("shipped")
        brought = select(question.c.id).where(question.c.transcript_id.in_(leaving))
        connection.execute(delete(_table("turn")).where(_table("turn").c.transcript_id.in_(leaving)))
        connection.execute(delete(wording).where(wording.c.question_id.in_(brought)))
        connection.execute(delete(question).where(question.c.transcript_id.in_(leaving)))
        connection.execute(delete(_table("transcript")).where(_table("transcript").c.id.in_(leaving)))
        for part in parts([entry.content_hash for entry in self._archive.shipped]):
            connection.execute(delete(shipped).where(shipped.c.content_hash.in_(part)))

    # --- Trash

    def _place_trash(self) -> tuple[dict[int, int], dict[int, dict[str, Any]]]:
        """Return the entry here for each of the archive's, and by id the rows of those that are new.

        Entries have no uid: one is known by what was deleted when. A new one is added once something lies in it.
        """
        here = defaultdict(list)
        for row in self._session.execute(select(_table("trash")).order_by(_table("trash").c.id)):
            here[row.kind, row.moved_at, row.erased_at].append(row.id)
        places: dict[int, int] = {}
        pending: dict[int, dict[str, Any]] = {}
        for entry in self._archive.trash:
            known = here[entry.kind.value, entry.moved, entry.erased]
            if known:
                places[entry.number] = known.pop(0)
                continue
            row_id = places[entry.number] = self._next("trash")
            added = {"id": row_id, "kind": entry.kind.value, "moved_at": entry.moved, "erased_at": entry.erased}
            if self._empty:
                self._rows["trash"].append(added)
            else:
                pending[row_id] = added
        return places, pending

    def _in_trash(self, number: int | None) -> int | None:
        """Return the entry here in which something new lies."""
        if number is None:
            return None
        row = self._pending_trash.pop(self._trash[number], None)
        if row is not None:
            self._rows["trash"].append(row)
        return self._trash[number]

    # --- Transcripts and their turns

    def _bring_transcripts(self) -> dict[str, int]:
        """Return the id here of each of the archive's transcripts."""
        archived = self._archive.transcripts
        by_uid = {row.uid: row.id for row in self._by("transcript", "uid", (one.uid for one in archived), "uid", "id")}
        by_content = {
            row.content_hash: row.id
            for row in self._by(
                "transcript", "content_hash", (one.content_hash for one in archived), "content_hash", "id"
            )
        }
        ids: dict[str, int] = {}
        for one in archived:
            known = by_uid.get(one.uid, by_content.get(one.content_hash))
            is_new = known is None or known in self._leaving
            ids[one.uid] = self._next("transcript") if known is None or is_new else known
            if is_new:
                self._new_transcripts.add(ids[one.uid])
            self._count("transcripts", new=is_new)
        listed_here = self._listed(set(ids.values()) - self._new_transcripts)
        for one in archived:
            update_id = None if one.superseded_by is None else ids[one.superseded_by]
            if ids[one.uid] in self._new_transcripts:
                self._rows["transcript"].append(self._transcript_row(one, ids[one.uid], update_id))
            elif update_id in self._new_transcripts and ids[one.uid] in listed_here:
                self._updates.append((ids[one.uid], update_id))
        return ids

    def _listed(self, transcript_ids: Collection[int]) -> set[int]:
        rows = self._by("transcript", "id", transcript_ids, "id", "superseded_by")
        return {row.id for row in rows if row.superseded_by is None}

    def _transcript_row(self, one: ArchivedTranscript, row_id: int, superseded_by: int | None) -> dict[str, Any]:
        return {
            "id": row_id,
            "uid": one.uid,
            "title": one.title,
            "role": one.role,
            "company": one.company,
            "origin": one.origin.value,
            "source": one.source,
            "content_hash": one.content_hash,
            "encoding": one.layout.encoding,
            "byte_order_mark": one.layout.byte_order_mark,
            "newline": one.layout.newline,
            "final_newline": one.layout.final_newline,
            "preamble": one.layout.preamble,
            "imported_at": one.imported,
            "published": True,
            "superseded_by": superseded_by,
            "trash_id": self._in_trash(one.trash),
            "held_on": one.held,
        }

    def _bring_turns(self) -> dict[tuple[str, int], int]:
        """Return the id here of each of the archive's turns, by transcript and position."""
        known = set(self._transcripts.values()) - self._new_transcripts
        here = {
            (row.transcript_id, row.position): row.id
            for row in self._by("turn", "transcript_id", known, "transcript_id", "position", "id")
        }
        ids: dict[tuple[str, int], int] = {}
        gaining: list[tuple[int, ArchivedTurn]] = []
        for one in self._archive.transcripts:
            transcript_id = self._transcripts[one.uid]
            if transcript_id in self._new_transcripts:
                for turn in one.turns:
                    row_id = ids[one.uid, turn.position] = self._next("turn")
                    self._add_turn(row_id, transcript_id, turn, wanted=one.trash is None)
            else:
                for turn in one.turns:
                    known_id = here.get((transcript_id, turn.position))
                    if known_id is not None:
                        ids[one.uid, turn.position] = known_id
                        gaining.append((known_id, turn))
        self._let_turns_gain(gaining)
        return ids

    def _add_turn(self, row_id: int, transcript_id: int, turn: ArchivedTurn, *, wanted: bool) -> None:
        question_id = None if turn.asks_for is None else self._questions[turn.asks_for]
        if wanted and question_id is not None and question_id not in self._new_questions:
            self._wanted_again.add(question_id)
        self._rows["turn"].append(
            {
                "id": row_id,
                "transcript_id": transcript_id,
                "position": turn.position,
                "question_id": question_id,
                "number": turn.number,
                "stage": turn.stage,
                "question": turn.question,
                "answer": turn.answer,
                "feedback": turn.feedback,
                "written": turn.written,
                "asks": turn.asks,
                "status": turn.status.value,
                "clarity": turn.clarity,
                "confidence": turn.confidence,
                "technical_depth": turn.technical_depth,
                "summary": turn.summary,
                "plain_rating": turn.plain_rating,
                "unreadable": json.dumps(turn.unreadable, ensure_ascii=False) if turn.unreadable else None,
            }
        )
        if turn.note is not None:
            self._add_note(row_id, turn)
        if turn.points:
            self._add_points("turn_id", row_id, turn.points)

    def _let_turns_gain(self, turns: Sequence[tuple[int, ArchivedTurn]]) -> None:
        references = ReferenceRepository(self._session)
        noted = references.notes([turn_id for turn_id, turn in turns if turn.note is not None])
        gained: set[int] = set()
        for turn_id, turn in turns:
            if turn.note is not None:
                if turn_id in noted or turn_id in gained:
                    self._count("notes", new=False)
                else:
                    gained.add(turn_id)
                    self._add_note(turn_id, turn)
            if turn.points:
                has_some = references.points(PointsOwner(kind=PointsOwnerKind.RECORDED, id=turn_id))
                self._gain_points("turn_id", turn_id, turn.points, has_some=bool(has_some))

    def _add_note(self, turn_id: int, turn: ArchivedTurn) -> None:
        if turn.note is not None:
            self._rows["note"].append({"turn_id": turn_id, "text": turn.note.text, "changed_at": turn.note.changed})
            self._count("notes", new=True)

    def _gain_points(self, owner: str, row_id: int, texts: Sequence[str], *, has_some: bool) -> None:
        if has_some or (owner, row_id) in self._with_points:
            self._count("points", new=False)
        else:
            self._add_points(owner, row_id, texts)

    def _add_points(self, owner: str, row_id: int, texts: Sequence[str]) -> None:
        self._with_points.add((owner, row_id))
        self._count("points", new=True)
        owners = dict.fromkeys(("turn_id", "attempt_id", "question_id"))
        self._rows["key_point"].extend(
            {**owners, owner: row_id, "position": position, "text": text} for position, text in enumerate(texts, 1)
        )

    # --- Questions

    def _bring_questions(self) -> dict[str, int]:
        """Return the id here of what answers for each of the archive's questions."""
        archived = self._archive.questions
        keys = {one.uid: _keys(one) for one in archived}
        leaving = self._questions_leaving()
        here = {
            row.uid: row
            for row in self._by("question", "uid", keys, "uid", "id", "merged_into", "trash_id")
            if row.id not in leaving
        }
        worded = {
            row.key: row.question_id
            for row in self._by("wording", "key", (key for of in keys.values() for key in of), "key", "question_id")
            if row.question_id not in leaving
        }
        ids: dict[str, int] = {}
        revived: set[str] = set()
        for one in archived:
            row = here.get(one.uid)
            is_erased = row is not None and row.trash_id in self._erased
            alike = next((worded[key] for key in keys[one.uid] if key in worded), None)
            if row is not None:
                self._own[one.uid] = row.id
            if row is not None and not is_erased:
                ids[one.uid] = row.id if row.merged_into is None else row.merged_into
            elif alike is not None:
                ids[one.uid] = alike
            elif row is not None:
                ids[one.uid] = row.id
                if one.trash not in self._erased_there:
                    revived.add(one.uid)
            else:
                ids[one.uid] = self._own[one.uid] = self._next("question")
                self._new_questions.add(ids[one.uid])
        gaining = []
        for one in archived:
            question_id, is_new = ids[one.uid], ids[one.uid] in self._new_questions or one.uid in revived
            self._count("questions", new=is_new)
            if is_new:
                columns = self._question_row(one, ids)
                if one.uid in revived:
                    self._revived["question"].append({"revived": question_id, **columns})
                else:
                    self._rows["question"].append({"id": question_id, "uid": one.uid, **columns})
            else:
                gaining.append(one)
            for key, text in keys[one.uid].items():
                if key not in worded and (is_new or one.trash not in self._erased_there):
                    worded[key] = question_id
                    self._rows["wording"].append({"key": key, "question_id": question_id, "text": text})
            if one.reference_seen is not None:
                self._seen[question_id] = max(one.reference_seen, self._seen.get(question_id, one.reference_seen))
        self._let_questions_gain(ids, gaining)
        return ids

    def _questions_leaving(self) -> set[int]:
        return self._ids("question", _table("question").c.transcript_id.in_(self._leaving)) if self._leaving else set()

    def _question_row(self, one: ArchivedQuestion, ids: dict[str, int]) -> dict[str, Any]:
        return {
            "stage": one.stage,
            "text": one.text,
            "flagged": one.flagged,
            "transcript_id": None if one.transcript is None else self._transcripts[one.transcript],
            "added_at": one.added,
            "suspended": one.suspended,
            "merged_into": None if one.merged_into is None else ids[one.merged_into],
            "trash_id": self._in_trash(one.trash),
        }

    def _let_questions_gain(self, ids: dict[str, int], known: Sequence[ArchivedQuestion]) -> None:
        """Put tags and points on the questions: all on new ones, on others what they have none of."""
        targets = {ids[one.uid] for one in known}
        tags = {(row.question_id, row.name) for row in self._by("tag", "question_id", targets, "question_id", "name")}
        with_points = {row.question_id for row in self._by("key_point", "question_id", targets, "question_id")}
        for one in self._archive.questions:
            question_id = ids[one.uid]
            for name in dict.fromkeys(one.tags):
                is_new = (question_id, name) not in tags
                self._count("tags", new=is_new)
                if is_new:
                    tags.add((question_id, name))
                    self._rows["tag"].append({"question_id": question_id, "name": name})
            if one.points:
                self._gain_points("question_id", question_id, one.points, has_some=question_id in with_points)

    # --- Sessions and their places

    def _bring_sessions(self) -> None:
        archived = self._archive.sessions
        here = {row.uid: row.id for row in self._by("session", "uid", (one.uid for one in archived), "uid", "id")}
        orders: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for row in self._by("place", "session_id", here.values(), "session_id", "place", "question_id"):
            orders[row.session_id].append((row.place, row.question_id))
        is_open = self._session.execute(
            select(_table("session").c.id).where(_table("session").c.state == SessionState.OPEN.value)
        ).first()
        for one in archived:
            known = here.get(one.uid)
            self._count("sessions", new=known is None)
            if known is None:
                self._sessions[one.uid] = self._next("session")
                self._new_sessions.add(self._sessions[one.uid])
                state = SessionState.PAUSED if one.state is SessionState.OPEN and is_open else one.state
                self._rows["session"].append(self._session_row(one, state))
                self._add_places(one)
            else:
                self._sessions[one.uid] = known
                self._find_places(one, sorted(orders[known]))

    def _session_row(self, one: ArchivedSession, state: SessionState) -> dict[str, Any]:
        return {
            "id": self._sessions[one.uid],
            "uid": one.uid,
            "mode": one.mode.value,
            "state": state.value,
            "title": one.title,
            "transcript_id": None if one.transcript is None else self._transcripts[one.transcript],
            "started_at": one.started,
            "last_step_at": one.last_step,
            "finished_at": one.finished,
        }

    def _add_places(self, one: ArchivedSession) -> None:
        """Add the places of a new session. It asks each question once, also where two of its questions are one here."""
        row_ids: dict[str, int] = {}
        taken: set[int] = set()
        for own in (True, False):  # a question that is here by its own uid has its place before one that is like it
            for place in one.places:
                row_id = self._questions[place.question]
                if place.question not in row_ids and (self._own.get(place.question) == row_id) is own:
                    row_ids[place.question] = self._signpost(place.question) if row_id in taken else row_id
                    taken.add(row_ids[place.question])
        for number, place in enumerate(one.places, 1):
            self._add_place(one, number, number, place, row_ids[place.question])

    def _add_place(self, one: ArchivedSession, number: int, here: int, place: ArchivedPlace, question_id: int) -> None:
        session_id = self._sessions[one.uid]
        self._places[one.uid, number] = (session_id, here)
        turn_id = self._turn(place.turn)
        self._rows["place"].append(
            {"session_id": session_id, "place": here, "question_id": question_id, "turn_id": turn_id}
        )

    def _signpost(self, uid: str) -> int:
        """Return the row of a question that another answers for here: its own, or one that is made for it."""
        if uid not in self._own:
            (one,) = (question for question in self._archive.questions if question.uid == uid)
            row_id = self._own[uid] = self._next("question")
            row = {**self._question_row(one, self._questions), "merged_into": self._questions[uid]}
            self._rows["question"].append({"id": row_id, "uid": uid, **row})
        return self._own[uid]

    def _find_places(self, one: ArchivedSession, order: Sequence[tuple[int, int]]) -> None:
        """Find the places of a session that is here; those that only the archive has come after them.

        The order of a session is fixed, so that places are the same by number, unless one of the two was taken along
        without some of its questions.
        """
        session_id = self._sessions[one.uid]
        if len(order) == len(one.places):
            self._places.update({(one.uid, number): (session_id, number) for number in range(1, len(order) + 1)})
            return
        by_question = {question_id: place for place, question_id in order}
        for number, place in enumerate(one.places, 1):
            rows = (self._own.get(place.question), self._questions[place.question])
            found = next((by_question[row] for row in rows if row in by_question), None)
            if found is not None:
                self._places[one.uid, number] = (session_id, found)
                continue
            here = len(by_question) + 1
            by_question[self._questions[place.question]] = here
            self._add_place(one, number, here, place, self._questions[place.question])
            self._grown[session_id] = one

    def _turn(self, place: TurnPlace | None) -> int | None:
        return None if place is None else self._turns.get((place.transcript, place.position))

    # --- Answers

    def _bring_attempts(self) -> None:
        archived = self._archive.attempts
        here = {
            row.uid: row
            for row in self._by(
                "attempt",
                "uid",
                (one.uid for one in archived),
                *("uid", "id", "trash_id", "number", "question_id", "session_id", "state", "text"),
            )
        }
        self._attempts = {uid: row.id for uid, row in here.items()}
        revived, new, begun = [], [], set()
        for one in archived:
            if one.uid not in here:
                self._attempts[one.uid] = self._next("attempt")
                new.append(one)
            elif here[one.uid].trash_id in self._erased and one.trash not in self._erased_there:
                revived.append(one)
            elif _was_only_begun(here[one.uid]) and (one.text.strip() or one.state is not AttemptState.DRAFT):
                revived.append(one)
                begun.add(one.uid)
                self._grown[here[one.uid].session_id] = self._by_uid[one.session]
        numbers = self._numbers(new, here)
        self._keep_last(new, numbers)
        drafts = self._drafts(new)
        for one in new:
            at = self._places[one.session, one.place]
            as_left = self._as_left(one, is_passed_over=one.state is AttemptState.DRAFT and at in drafts)
            if one.state is AttemptState.DRAFT:
                drafts.add(at)
            if at[0] not in self._new_sessions:
                self._grown[at[0]] = self._by_uid[one.session]
            self._rows["attempt"].append(
                {
                    "id": self._attempts[one.uid],
                    "uid": one.uid,
                    "session_id": at[0],
                    "place": at[1],
                    "question_id": self._questions[one.question],
                    "number": numbers[one.uid],
                    "day": one.day,
                    "started_at": one.started,
                    **as_left,
                }
            )
            self._add_parts(one)
        for one in revived:
            passed_over = one.uid not in begun and one.state is not AttemptState.SKIPPED and one.compared is None
            as_left = self._as_left(one, is_passed_over=passed_over)
            self._revived["attempt"].append({"revived": self._attempts[one.uid], **as_left})
            self._add_parts(one)
        brought = {one.uid for one in (*new, *revived)}
        with_points = {
            row.attempt_id for row in self._by("key_point", "attempt_id", self._attempts.values(), "attempt_id")
        }
        for one in archived:
            self._count("attempts", new=one.uid in brought)
            if one.key_points:
                attempt_id = self._attempts[one.uid]
                self._gain_points("attempt_id", attempt_id, one.key_points, has_some=attempt_id in with_points)

    def _as_left(self, one: ArchivedAttempt, *, is_passed_over: bool) -> dict[str, Any]:
        """Return the columns of an answer; one that is passed over keeps its text and waits for nothing any more."""
        submitted = one.submitted
        if is_passed_over and submitted is None:
            submitted = one.saved or one.started
        return {
            "state": AttemptState.SKIPPED.value if is_passed_over else one.state.value,
            "text": one.text,
            "seconds": one.seconds,
            "blind": one.blind,
            "saved_at": one.saved,
            "submitted_at": submitted,
            "rated_at": one.rated,
            "compared_at": one.compared,
            "reference_turn_id": self._turn(one.reference_turn),
            "resolution": one.resolution,
            "trash_id": self._in_trash(one.trash),
            "reference_attempt_id": None if one.reference_attempt is None else self._attempts[one.reference_attempt],
        }

    def _add_parts(self, one: ArchivedAttempt) -> None:
        attempt_id = self._attempts[one.uid]
        for look, rating in (("first", one.first_rating), ("second", one.second_look)):
            self._rows["self_rating"].extend(
                {"attempt_id": attempt_id, "look": look, "criterion": criterion.value, "score": score}
                for criterion in Criterion
                if (score := rating.score(criterion)) is not None
            )
        self._rows["decided_point"].extend(
            {
                "attempt_id": attempt_id,
                "position": position,
                "text": point.text,
                "decided": point.decided,
                "proposed": point.proposed,
                "score": point.score,
            }
            for position, point in enumerate(one.points, 1)
        )
        if one.review is not None:
            review = one.review
            self._rows["review"].append(
                {
                    "attempt_id": attempt_id,
                    "grade": review.grade.value,
                    "proposed": None if review.proposed is None else review.proposed.value,
                    "reviewed_at": review.reviewed,
                    "day": review.day,
                    "due": review.due,
                    "stability": review.stability,
                    "difficulty": review.difficulty,
                }
            )

    def _numbers(self, new: Sequence[ArchivedAttempt], here: dict[str, Row[Any]]) -> dict[str, int]:
        """Return the numbers of new answers within their questions.

        They keep theirs where none is taken and those that are known have theirs as well; else they come after the
        last, in the order in which they were begun.
        """
        by_question: dict[int, list[ArchivedAttempt]] = defaultdict(list)
        for one in new:
            by_question[self._questions[one.question]].append(one)
        taken: dict[int, set[int]] = defaultdict(set)
        for row in self._by("attempt", "question_id", by_question, "question_id", "number"):
            taken[row.question_id].add(row.number)
        moved = {
            here[one.uid].question_id
            for one in self._archive.attempts
            if one.uid in here and here[one.uid].number != one.number
        }
        numbers: dict[str, int] = {}
        for question_id, ones in by_question.items():
            own = {one.number for one in ones}
            if question_id in moved or len(own) < len(ones) or own & taken[question_id]:
                if len({one.question for one in ones}) > 1:
                    ones.sort(key=lambda one: one.started)
                else:
                    ones.sort(key=lambda one: one.number)
                last = max(taken[question_id], default=0)
                numbers.update({one.uid: number for number, one in enumerate(ones, last + 1)})
            else:
                numbers.update({one.uid: one.number for one in ones})
        return numbers

    def _keep_last(self, new: Sequence[ArchivedAttempt], numbers: dict[str, int]) -> None:
        """See that an answer here that is still being worked on, or that only this folder has, stays the last there.

        Where a session stands follows from the last answer at each of its places.
        """
        arriving: dict[tuple[int, int], int] = {}
        for one in new:
            at = self._places[one.session, one.place]
            arriving[at] = max(numbers[one.uid], arriving.get(at, 0))
        sessions = {session_id for session_id, _ in arriving} - self._new_sessions
        last: dict[tuple[int, int], Row[Any]] = {}
        columns = ("id", "uid", "session_id", "place", "question_id", "number", "state")
        for row in self._by("attempt", "session_id", sessions, *columns):
            at = (row.session_id, row.place)
            if at in arriving and (at not in last or last[at].number < row.number):
                last[at] = row
        archived = {one.uid for one in self._archive.attempts}
        highest: dict[int, int] = {}
        for one in new:
            question_id = self._questions[one.question]
            highest[question_id] = max(numbers[one.uid], highest.get(question_id, 0))
        column = _table("attempt").c
        for at, row in last.items():
            stays_last = row.uid not in archived or row.state == AttemptState.DRAFT.value
            if stays_last and row.number < arriving[at]:
                here = select(func.max(column.number)).where(column.question_id == row.question_id)
                so_far = self._session.execute(here).scalar() or 0
                highest[row.question_id] = max(highest.get(row.question_id, 0), so_far) + 1
                self._bumped[row.id] = highest[row.question_id]

    def _drafts(self, new: Sequence[ArchivedAttempt]) -> set[tuple[int, int]]:
        """Return the places here that have a draft."""
        sessions = {self._places[one.session, one.place][0] for one in new} - self._new_sessions
        rows = self._by("attempt", "session_id", sessions, "session_id", "place", "state")
        return {(row.session_id, row.place) for row in rows if row.state == AttemptState.DRAFT.value}

    # --- Pins, saved searches, and what was shipped

    def _bring_pins(self) -> None:
        pins = [(self._questions[one.uid], one.pin) for one in self._archive.questions if one.pin is not None]
        answered = {self._attempts[one.uid]: self._questions[one.question] for one in self._archive.attempts}
        for row in self._by("attempt", "id", answered, "id", "question_id"):
            answered[row.id] = row.question_id
        of_question = {
            row.question_id for row in self._by("pin", "question_id", (each for each, _ in pins), "question_id")
        }
        attempts = {row.attempt_id for row in self._by("pin", "attempt_id", answered, "attempt_id")}
        for question_id, pin in pins:
            attempt_id = self._attempts[pin.attempt]
            is_new = question_id not in of_question and attempt_id not in attempts
            is_new = is_new and answered[attempt_id] == question_id
            self._count("pins", new=is_new)
            if is_new:
                of_question.add(question_id)
                attempts.add(attempt_id)
                self._rows["pin"].append(
                    {"question_id": question_id, "attempt_id": attempt_id, "pinned_at": pin.pinned}
                )

    def _bring_saved_searches(self) -> None:
        """Bring the saved searches of which there is none here by the same uid or under the same name."""
        kept = SavedSearchRepository(self._session).listed()
        uids, names = {each.uid for each in kept}, {name_key(each.name) for each in kept}
        for one in self._archive.saved_searches:
            is_new = one.uid not in uids and name_key(one.name) not in names
            self._count("saved_searches", new=is_new)
            if is_new:
                names.add(name_key(one.name))
                row_id = self._next("saved_search")
                self._rows["saved_search"].append(
                    {"id": row_id, "uid": one.uid, "name": one.name, "text": one.text, "added_at": one.added}
                )

    def _bring_shipped(self) -> None:
        """Note what was read once there, so that what was deleted of it does not come back."""
        had = set() if self._empty else set(self._session.execute(select(_table("shipped").c.content_hash)).scalars())
        self._rows["shipped"].extend(
            {"content_hash": one.content_hash, "file": one.file, "read_at": one.read}
            for one in self._archive.shipped
            if one.content_hash not in had
        )

    # --- When all is written

    def _let_come_back(self) -> None:
        """Let questions come back that went to Trash along with a transcript, since a new one asks them."""
        along = select(_table("trash").c.id).where(_table("trash").c.kind == TrashKind.TRANSCRIPT.value)
        for part in parts(sorted(self._wanted_again)):
            for name, column in (("attempt", "question_id"), ("question", "id")):
                declared = _table(name)
                asked = (declared.c[column].in_(part), declared.c.trash_id.in_(along))
                self._session.execute(update(declared).where(*asked).values(trash_id=None))

    def _settle_sessions(self) -> None:
        """See that the sessions that gained answers or places say themselves finished when they are, and only then."""
        attempts, column = AttemptRepository(self._session), _table("session").c
        place = _table("place").c
        for session_id, one in self._grown.items():
            row = self._session.execute(select(_table("session")).where(column.id == session_id)).one()
            places = self._session.execute(select(func.count()).where(place.session_id == session_id)).scalar() or 0
            step = standing(Mode(row.mode), places, attempts.of_session(session_id)).step
            last_step = max(row.last_step_at, one.last_step)
            values: dict[str, Any] = {"last_step_at": last_step}
            if step is not Step.DONE and row.state == SessionState.FINISHED.value:
                values |= {"state": SessionState.PAUSED.value, "finished_at": None}
            elif step is Step.DONE and row.state in (SessionState.OPEN.value, SessionState.PAUSED.value):
                values |= {"state": SessionState.FINISHED.value, "finished_at": last_step}
            self._session.execute(update(_table("session")).where(column.id == session_id).values(**values))


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]


def _was_only_begun(attempt: Row[Any]) -> bool:
    return attempt.state == AttemptState.DRAFT.value and not attempt.text.strip()


def _keys(question: ArchivedQuestion) -> dict[str, str]:
    """Return the wordings of a question by their keys, the one that it has now first."""
    keys = {question_key(text): text for text in question.wordings}
    now = question_key(question.text)
    return {now: keys.pop(now), **keys} if now in keys else keys
