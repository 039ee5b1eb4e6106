"""The bank as one moment found it: what searches, filters and orders ask again and again, read once and kept.

A snapshot is thrown away when something has changed. Each thing is read when it is first asked for, in units of work so
short that a draft never waits behind one.
"""

from array import array
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from interview_coach.domain.marking import begins_words, folded, tokens
from interview_coach.domain.models import stage_order
from interview_coach.domain.question_set import QuestionSet
from interview_coach.domain.search_language import Words
from interview_coach.storage.database import Database
from interview_coach.storage.search import LEAST_BEGINNING, SearchRepository, Texts, Tried, matching

#: Questions whose turns are read in one unit of work.
_TURNS_AT_ONCE = 25_000

#: Questions whose texts are read in one unit of work.
_TEXTS_AT_ONCE = 2_000

#: Words whose hits are kept.
_WORDS_KEPT = 48

#: How much more a word of the question weighs than the same word elsewhere.
_WEIGHTS = {Texts.QUESTIONS: 10.0, Texts.ANSWERS: 2.0, Texts.ATTEMPTS: 2.0, Texts.NOTES: 1.0}

#: What a word in a tag weighs.
_TAG_WEIGHT = 8.0

T = TypeVar("T")


@dataclass(frozen=True)
class WordHits:
    """The questions in which words stand, anywhere; ``weights`` of those texts in which the words are not common."""

    questions: QuestionSet
    weights: dict[int, float]


class BankSnapshot:
    """What was read of the bank, each thing at its first use. One thread at a time asks it."""

    def __init__(self, database: Database, day: date) -> None:
        self._database = database
        self.day = day
        self._words: OrderedDict[Words, WordHits] = OrderedDict()
        self._orders: dict[str, array[int]] = {}
        self.changes = self._read(lambda search: search.changes)

    # --- which questions there are, and in which order

    @cached_property
    def by_stage(self) -> "array[int]":
        """The bank in the order of the stages, inside a stage by arrival."""
        read = [(stage, ids) for stage, ids in self._read(SearchRepository.by_stage) if ids]
        hidden = set(self.hidden.ids())
        order = array("q")
        for _, ids in sorted(read, key=lambda pair: _standing(pair[0], pair[1][0])):
            order.extend(ids if not hidden else [number for number in ids if number not in hidden])
        return order

    def first(self, most: int) -> "array[int]":
        """Return the first questions of ``by_stage``, at most so many, without reading all of it."""
        first = array("q")
        for stage, _ in sorted(self._read(SearchRepository.stages), key=lambda pair: _standing(*pair)):
            lacking = most - len(first)
            if lacking:
                first.extend(self._read(lambda search, stage=stage, lacking=lacking: search.first_of(stage, lacking)))  # type: ignore[misc]
        return first

    @cached_property
    def hidden(self) -> QuestionSet:
        """Questions that the bank does not show."""
        return QuestionSet(self._read(SearchRepository.hidden))

    @cached_property
    def all(self) -> QuestionSet:
        """Every question of the bank."""
        return QuestionSet(self.by_stage)

    @cached_property
    def place(self) -> "array[int]":
        """The place of each question in the order of the stages, by its id."""
        place = array("q", bytes(8 * (max(self.by_stage, default=0) + 1)))
        for number, question_id in enumerate(self.by_stage):
            place[question_id] = number
        return place

    def order(self, name: str, make: Callable[[], "array[int]"]) -> "array[int]":
        """Return an order of the whole bank by its name, made where it was not asked for before."""
        if name not in self._orders:
            self._orders[name] = make()
        return self._orders[name]

    def texts(self) -> list[tuple[int, str]]:
        """Return every question's text as it is sorted by, with its id; the texts are not kept."""
        read: list[tuple[int, str]] = []
        for start in range(0, len(self.by_stage), _TEXTS_AT_ONCE):
            part = self.by_stage[start : start + _TEXTS_AT_ONCE]
            with self._database.begin() as work:
                texts = work.question_texts.of(part)
            read += [(number, folded(" ".join(text[:80].split()))) for number, text in texts]
        return read

    # --- what filters ask

    @cached_property
    def flagged(self) -> QuestionSet:
        """Questions that are flagged."""
        return QuestionSet(self._read(SearchRepository.flagged))

    @cached_property
    def suspended(self) -> QuestionSet:
        """Questions that no new session asks."""
        return QuestionSet(self._read(SearchRepository.suspended))

    @cached_property
    def tried(self) -> Tried:
        """What was done about the questions that were answered."""
        return self._read(SearchRepository.tried)

    @cached_property
    def due_days(self) -> dict[int, date]:
        """On which day scheduled questions come back."""
        return self._read(SearchRepository.due_days)

    @cached_property
    def due(self) -> QuestionSet:
        """Questions that are due by the day of the snapshot; a suspended one never is."""
        with self._database.begin() as work:
            due = QuestionSet(work.schedule.due_ids(self.day))
        return due - self.suspended

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Every tag."""
        return self._read(SearchRepository.tags)

    def tagged(self, names: Iterable[str]) -> QuestionSet:
        """Return the questions that have one of these tags, however they are cased."""
        wanted = {folded(name) for name in names}
        there = [tag for tag in self.tags if folded(tag) in wanted]
        return QuestionSet(self._read(lambda search: search.tagged(there)))

    @cached_property
    def first_tags(self) -> dict[int, str]:
        """The first tag of each question that has one."""
        return self._read(SearchRepository.first_tags)

    @cached_property
    def names(self) -> dict[int, tuple[str, ...]]:
        """What each transcript can be found by."""
        return self._read(SearchRepository.names)

    @cached_property
    def stages(self) -> dict[str, QuestionSet]:
        """The questions of each stage: those whose stage it is, and those that some turn asks under it."""
        found: dict[str, QuestionSet] = {}
        for stage in self._read(SearchRepository.stages_of_turns):
            found[stage] = self._asked_in(self._read(lambda search, stage=stage: search.turns_under(stage)))  # type: ignore[misc]
        for stage, ids in self._read(SearchRepository.by_stage):
            found[stage] = found.get(stage, QuestionSet()) | (QuestionSet(ids) - self.hidden)
        return {stage: questions for stage, questions in found.items() if questions}

    def asked_from(self, parts: Iterable[str]) -> QuestionSet:
        """Return the questions of transcripts in whose names one of these stands."""
        wanted = [folded(part) for part in parts if part.strip()]
        named = [
            number for number, names in self.names.items() if any(w in folded(name) for name in names for w in wanted)
        ]
        return self._asked_in(self._read(lambda search: search.turns_of_transcripts(named)))

    @cached_property
    def question_of(self) -> "array[int]":
        """The question of each turn, by its id; 0 where it asks none, or is in no transcript of the bank."""
        questions = array("q")
        last = max((*self.by_stage, *self.hidden.ids()), default=0)
        for first in range(0, last + 1, _TURNS_AT_ONCE):
            upto = first + _TURNS_AT_ONCE - 1
            turns, asked = self._read(lambda search, first=first, upto=upto: search.asked_by(first, upto))  # type: ignore[misc]
            if turns and max(turns) >= len(questions):
                questions.extend(bytes(max(turns) + 1 - len(questions)))
            for turn, question in zip(turns, asked, strict=True):
                questions[turn] = question
        for turn in self._read(SearchRepository.hidden_turns):
            if turn < len(questions):
                questions[turn] = 0
        return questions

    @cached_property
    def times_asked(self) -> dict[int, int]:
        """How often each question was asked that some turn of the bank asks."""
        times = Counter(self.question_of)
        times.pop(0, None)
        return dict(times)

    def _asked_in(self, turns: Sequence[int]) -> QuestionSet:
        questions = self.question_of
        number = len(questions)
        return QuestionSet([questions[turn] for turn in turns if turn < number and questions[turn]])

    # --- words

    def knows(self, words: Words) -> bool:
        """Return whether it is known where words stand."""
        return Words(words.text, words.exact) in self._words

    def is_common(self, words: Words) -> bool:
        """Return whether words stand in more texts than are ranked; quick for any words."""
        with self._database.begin() as work:
            search = work.search
            return any(search.is_common(texts, _match(texts, words)) for texts in (Texts.QUESTIONS, Texts.ANSWERS))

    def words(self, words: Words) -> WordHits:
        """Return where words stand: in the question, a recorded answer, an attempt, a note or a tag."""
        key = Words(words.text, words.exact)
        if key not in self._words:
            self._words[key] = self._look_for(key)
            while len(self._words) > _WORDS_KEPT:
                self._words.popitem(last=False)
        self._words.move_to_end(key)
        return self._words[key]

    def newest_asking(self, words: Sequence[Words], most: int) -> Sequence[int]:
        """Return the newest questions in whose own text all of these words stand."""
        match = " AND ".join(_match(Texts.QUESTIONS, each) for each in words)
        return self._read(lambda search: search.newest(match, most))

    def _look_for(self, words: Words) -> WordHits:
        weights: dict[int, float] = {}
        found = self._tagged_like(words)
        for question_id in found.ids():
            weights[question_id] = _TAG_WEIGHT
        for texts in Texts:
            hits = self._read(lambda search, texts=texts: search.hits(texts, _match(texts, words)))  # type: ignore[misc]
            if not hits.ids:
                continue
            if texts is Texts.QUESTIONS:
                found |= QuestionSet(hits.ids)
                _weigh(weights, hits.weights or {}, _WEIGHTS[texts])
                continue
            asked = self._attempted_in(hits.ids) if texts is Texts.ATTEMPTS else self._answered_in(hits.ids)
            found |= QuestionSet(asked)
            if hits.weights is not None:
                best: dict[int, float] = {}
                for row, question_id in zip(hits.ids, asked, strict=True):
                    best[question_id] = max(best.get(question_id, 0.0), hits.weights[row])
                _weigh(weights, best, _WEIGHTS[texts])
        return WordHits((found - self.hidden) & self.all, weights)

    def _answered_in(self, turns: Sequence[int]) -> Sequence[int]:
        """Return the question of each turn, 0 where there is none to be seen."""
        questions = self.question_of
        number = len(questions)
        return [questions[turn] if turn < number else 0 for turn in turns]

    def _attempted_in(self, attempts: Sequence[int]) -> Sequence[int]:
        """Return the question of each attempt, 0 where there is none to be seen."""
        questions = self._read(lambda search: search.attempted_in(attempts))
        return [questions.get(attempt, 0) for attempt in attempts]

    def _tagged_like(self, words: Words) -> QuestionSet:
        wanted = tokens(words.text)
        if not wanted:
            return QuestionSet()
        open_ended = begins_words(words)
        like = [tag for tag in self.tags if _stands_in(wanted, tokens(tag), open_ended)]
        return QuestionSet(self._read(lambda search: search.tagged(like))) if like else QuestionSet()

    def _read(self, what: Callable[[SearchRepository], T]) -> T:
        with self._database.begin() as work:
            return what(work.search)


def _standing(stage: str, first: int) -> tuple[int, int]:
    """Return where a stage stands among the others: those that no interview here knows by their first question."""
    return stage_order(stage), first


def _match(texts: Texts, words: Words) -> str:
    beginning = begins_words(words)
    if texts is not Texts.QUESTIONS and beginning:
        written = tokens(words.text)
        beginning = bool(written) and len(written[-1]) >= LEAST_BEGINNING
    return matching(words.text, beginning=beginning)


def _weigh(weights: dict[int, float], found: dict[int, float], factor: float) -> None:
    for question_id, weight in found.items():
        weights[question_id] = weights.get(question_id, 0.0) + factor * weight


def _stands_in(wanted: list[str], there: list[str], open_ended: bool) -> bool:
    *whole, last = wanted
    for at in range(len(there) - len(whole)):
        end = at + len(whole)
        if there[at:end] == whole and (there[end].startswith(last) if open_ended else there[end] == last):
            return True
    return False
