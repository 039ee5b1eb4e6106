"""Finds questions as a person types, and says what a list shows of them.

A search is given in the language of ``domain/search_language.py``. Where a word is so common that finding all of it
takes longer than a key press may, ``quick`` answers with the newest questions that have it, and ``find`` with all.
"""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interview_coach.domain.days import day_of
from interview_coach.domain.listing import AS_IT_FITS, Column, Sorting
from interview_coach.domain.marking import Excerpt, excerpt, marks
from interview_coach.domain.models import Question, stage_order
from interview_coach.domain.question_set import QuestionSet
from interview_coach.domain.search_language import (
    From,
    InStage,
    Is,
    Part,
    Rated,
    Search,
    State,
    Tagged,
    Vocabulary,
    Words,
    parse,
)
from interview_coach.services.bank_snapshot import BankSnapshot
from interview_coach.services.clock import Clock
from interview_coach.services.references import note_seen
from interview_coach.storage.database import Database, UnitOfWork
from interview_coach.storage.search import RANKED

#: The newest questions with common words that are shown while all of them are looked for.
AT_FIRST = 256

#: Words of a search that are ranked by; the others only have to be there.
_MOST_WORDS_RANKED = 8


class Standing(StrEnum):
    """How the questions that were found stand: as the list is sorted, the best first, or the newest first."""

    SORTED = "sorted"
    RANKED = "ranked"
    NEWEST = "newest"


@dataclass(frozen=True)
class Found:
    """What a search found, in the order of the list. Where it is not ``complete``, there are more."""

    search: Search
    ids: "array[int]"
    standing: Standing
    complete: bool = True


class Place(StrEnum):
    """Where words stand that are not in the question itself."""

    ANSWER = "answer"
    ATTEMPT = "attempt"
    NOTE = "note"
    TAG = "tag"


@dataclass(frozen=True)
class Elsewhere:
    """Words of a search outside of the question's own text.

    ``excerpt`` is None for a recorded answer that the person has not seen yet: a search does not show it to them before
    they have answered.
    """

    place: Place
    excerpt: Excerpt | None


@dataclass(frozen=True)
class ListedQuestion:
    """A question as the list shows it.

    ``lowest`` is the lowest own score of the last rated attempt. ``marks`` are the places of the words in its text on
    one line;
    ``elsewhere`` is where a word stands that is not in its text.
    """

    question: Question
    attempts: int
    lowest: int | None
    last: date | None
    due: date | None
    asked: int
    added: date
    marks: tuple[tuple[int, int], ...] = ()
    elsewhere: Elsewhere | None = None


@dataclass(frozen=True)
class InCommon:
    """What very many questions have in common, as far as a list offers it."""

    flagged: bool
    suspended: bool


class SearchService:
    """Finds questions, in the order that is wanted, and the rows of a list of them."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._snapshot: BankSnapshot | None = None

    def refresh(self) -> None:
        """Look at the bank afresh where something has been stored, or a day begun, since it was last looked at."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        with self._database.begin() as work:
            changes = work.search.changes
        if changes != snapshot.changes or day_of(self._clock.now()) != snapshot.day:
            self._snapshot = None

    def vocabulary(self) -> Vocabulary:
        """Return what filters can name: stages, tags, and the titles and companies of transcripts."""
        snapshot = self._current()
        stages = sorted(snapshot.stages, key=lambda stage: (stage_order(stage), stage))
        known = dict.fromkeys(name for transcript in snapshot.names.values() for name in transcript[:2])
        return Vocabulary(stages=tuple(stages), tags=snapshot.tags, names=tuple(known))

    def first(self, most: int) -> Found:
        """Return the first questions of the bank as a list shows it at first, without looking at all of them."""
        ids = self._current().first(most)
        return Found(Search(""), ids, Standing.SORTED, complete=len(ids) < most)

    def quick(self, search: Search, sorting: Sorting = AS_IT_FITS) -> Found:
        """Return what a search finds where that is quick, else the newest questions whose own text has its words."""
        snapshot = self._current()
        words = search.words
        if sorting.by is not None or not words:
            return self._complete(snapshot, search, sorting)
        unknown = [each for each in words if not snapshot.knows(each)]
        if not any(snapshot.is_common(each) for each in unknown):
            return self._complete(snapshot, search, sorting)
        others = [part for part in search.parts if part not in unknown]
        newest = QuestionSet(snapshot.newest_asking(unknown, RANKED if others else AT_FIRST)) - snapshot.hidden
        for part in others:
            if isinstance(part, Words) and not snapshot.knows(part):
                continue
            having = self._having(snapshot, part)
            newest = newest - having if part.negated else newest & having
        ids = newest.ids()
        ids.reverse()
        return Found(search, ids, Standing.NEWEST, complete=False)

    def find(self, search: Search, sorting: Sorting = AS_IT_FITS) -> Found:
        """Return all that a search finds."""
        return self._complete(self._current(), search, sorting)

    def find_text(self, text: str) -> Found:
        """Return what a search finds that is as a person wrote it, with hints for what was not understood."""
        return self.find(parse(text, self.vocabulary()))

    def to_plan(self, text: str, most: int) -> tuple[Sequence[int], int]:
        """Return what a search finds that is not suspended, and how many that are; of more than ``most`` so many.

        Those that were answered before come first, the others in the order of the stages.
        """
        self.refresh()
        snapshot = self._current()
        found = (QuestionSet(self.find_text(text).ids) if text.strip() else snapshot.all) - snapshot.suspended
        answered = QuestionSet(tuple(snapshot.tried.attempts))
        order = (found & answered).ordered(snapshot.by_stage) + (found - answered).ordered(snapshot.by_stage)
        return order[:most], len(order)

    def warm(self) -> None:
        """Read beforehand what the first search for a common word asks of all turns."""
        _ = self._current().question_of

    def listed(self, question_ids: Sequence[int], words: Sequence[Words] = ()) -> tuple[ListedQuestion, ...]:
        """Return the rows of a list, in the order of the ids; a hundred at a time."""
        with self._database.begin() as work:
            questions = work.questions.get_many(question_ids)
            ids = [question.id for question in questions]
            rows = work.search.rows(ids)
            marked = (
                {question.id: marks(" ".join(question.text.split()), words) for question in questions} if words else {}
            )
            seen = {question_id for question_id, row in rows.items() if row.seen}
            elsewhere = _elsewhere(work, questions, words, seen) if words else {}
        return tuple(
            ListedQuestion(
                question=question,
                attempts=rows[question.id].attempts,
                lowest=rows[question.id].lowest,
                last=rows[question.id].last,
                due=rows[question.id].due,
                asked=rows[question.id].asked,
                added=day_of(rows[question.id].added),
                marks=marked.get(question.id, ()),
                elsewhere=elsewhere.get(question.id),
            )
            for question in questions
        )

    def in_common(self, question_ids: "array[int]") -> InCommon:
        """Return whether all of very many questions are flagged, or suspended."""
        snapshot = self._current()
        chosen = QuestionSet(question_ids)
        return InCommon(flagged=not chosen - snapshot.flagged, suspended=not chosen - snapshot.suspended)

    def suspended_among(self, question_ids: "array[int]") -> int:
        """Return how many of very many questions are suspended."""
        return len(QuestionSet(question_ids) & self._current().suspended)

    def note_shown(self, question_ids: Sequence[int]) -> None:
        """Note that a part of the recorded answers to these was on screen: an attempt made after it is not blind."""
        if question_ids and not self._database.read_only:
            with self._database.begin() as work:
                note_seen(work, self._clock, question_ids)

    # --- how it is found

    def _current(self) -> BankSnapshot:
        snapshot = self._snapshot
        if snapshot is None:
            snapshot = BankSnapshot(self._database, day_of(self._clock.now()))
            self._snapshot = snapshot
        return snapshot

    def _complete(self, snapshot: BankSnapshot, search: Search, sorting: Sorting) -> Found:
        found: QuestionSet | None = None
        for part in search.parts:
            having = self._having(snapshot, part)
            if part.negated:
                found = (snapshot.all if found is None else found) - having
            else:
                found = having if found is None else found & having
        words = search.words
        if sorting.by is not None or not words:
            order = _order(snapshot, sorting)
            return Found(search, order if found is None else (found - snapshot.hidden).ordered(order), Standing.SORTED)
        ids = ((found or QuestionSet()) - snapshot.hidden).ids()
        if len(ids) > RANKED:
            ids.reverse()
            return Found(search, ids, Standing.NEWEST)
        weights: dict[int, float] = {}
        for each in words[:_MOST_WORDS_RANKED]:
            for question_id, weight in snapshot.words(each).weights.items():
                weights[question_id] = weights.get(question_id, 0.0) + weight
        place = snapshot.place
        ranked = sorted(ids, key=lambda question_id: (-weights.get(question_id, 0.0), place[question_id]))
        return Found(search, array("q", ranked), Standing.RANKED)

    @staticmethod
    def _having(snapshot: BankSnapshot, part: Part) -> QuestionSet:
        """Return the questions that have what a part asks for, whether it is negated or not."""
        match part:
            case Words():
                return snapshot.words(part).questions
            case InStage(stages=written):
                begins = tuple(stage.casefold() for stage in written)
                named = [ids for stage, ids in snapshot.stages.items() if stage.casefold().startswith(begins)]
                return _joined(named)
            case Tagged(tags=tags):
                return snapshot.tagged(tags)
            case From(names=names):
                return snapshot.asked_from(names)
            case Is(states=states):
                return _joined([_in_state(snapshot, state) for state in states])
            case Rated(least=least, most=most, none=none):
                lowest = snapshot.tried.lowest
                if none:
                    return snapshot.all - QuestionSet(tuple(lowest))
                return QuestionSet([number for number, score in lowest.items() if least <= score <= most])


def _joined(sets: Sequence[QuestionSet]) -> QuestionSet:
    joined = QuestionSet()
    for each in sets:
        joined |= each
    return joined


def _in_state(snapshot: BankSnapshot, state: State) -> QuestionSet:
    match state:
        case State.DUE:
            return snapshot.due
        case State.FLAGGED:
            return snapshot.flagged
        case State.SUSPENDED:
            return snapshot.suspended
        case State.UNTRIED:
            return snapshot.all - QuestionSet(tuple(snapshot.tried.attempts))


def _order(snapshot: BankSnapshot, sorting: Sorting) -> "array[int]":
    """Return the whole bank sorted. What has no value (never tried, not due) stands last either way."""

    def make() -> "array[int]":
        return _sorted(snapshot, sorting)

    if sorting.by in (None, Column.STAGE) and not sorting.descending:
        return snapshot.by_stage
    return snapshot.order(f"{sorting.by} {sorting.descending}", make)


def _sorted(snapshot: BankSnapshot, sorting: Sorting) -> "array[int]":
    usual = snapshot.by_stage
    values: dict[int, int] | dict[int, date] | dict[int, str]
    match sorting.by:
        case None | Column.STAGE:
            return array("q", reversed(usual))
        case Column.ADDED:
            return array("q", sorted(usual, reverse=sorting.descending))
        case Column.TEXT:
            texts = sorted(snapshot.texts(), key=lambda pair: pair[1], reverse=sorting.descending)
            return array("q", [question_id for question_id, _ in texts])
        case Column.ATTEMPTS:
            values = snapshot.tried.attempts
        case Column.RATING:
            values = snapshot.tried.lowest
        case Column.LAST:
            values = snapshot.tried.last_day
        case Column.DUE:
            values = snapshot.due_days
        case Column.TAGS:
            values = snapshot.first_tags
        case Column.MARKS:
            flagged, suspended = snapshot.flagged, snapshot.suspended
            values = dict.fromkeys(suspended.ids(), 1) | dict.fromkeys(flagged.ids(), 0)
        case Column.ASKED:
            values = snapshot.times_asked
    known = QuestionSet(tuple(values)) - snapshot.hidden
    with_value = sorted(known.ordered(usual), key=lambda number: values[number], reverse=sorting.descending)
    return array("q", with_value) + (snapshot.all - known).ordered(usual)


# --- where words stand


def _elsewhere(
    work: UnitOfWork, questions: Sequence[Question], words: Sequence[Words], seen: set[int]
) -> dict[int, Elsewhere]:
    """Return, for the questions in whose own text not all words stand, where one of the others does.

    Of those whose reference was not ``seen`` yet it is said that a recorded answer has it, and no more.
    """
    lacking = {
        question.id: absent
        for question in questions
        if (absent := [each for each in words if not each.negated and not marks(question.text, [each])])
    }
    if not lacking:
        return {}
    found: dict[int, Elsewhere] = {}
    tags = {question.id: question.tags for question in questions}
    for place, texts in (
        (Place.TAG, {question_id: tags[question_id] for question_id in lacking}),
        (Place.ATTEMPT, work.search.attempt_texts(tuple(lacking))),
        (Place.NOTE, work.search.note_texts(tuple(lacking))),
        (Place.ANSWER, work.search.answer_texts(tuple(lacking))),
    ):
        for question_id, written in texts.items():
            if question_id in found:
                continue
            excerpts = (excerpt(text, lacking[question_id]) for text in written)
            first = next((each for each in excerpts if each is not None), None)
            if first is not None:
                hidden = place is Place.ANSWER and question_id not in seen
                found[question_id] = Elsewhere(place, None if hidden else first)
    return found
