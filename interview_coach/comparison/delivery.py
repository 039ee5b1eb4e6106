"""How an answer is said: separate facts, each with the words that it rests on, and never one score.

What the facts count, so that everybody can count again:

* words: as a person counts them, code too, as below the answer while it is typed; the spoken time follows from them.
  Everything else leaves out fenced code, ``code in a line`` and addresses (``prose``).
* hedges and fillers: ``phrases``; I, we and passive openings: ``doers``; figures: ``figures``; repeated phrases:
  ``repeats``.
* the longest sentence, in words.

The lists are English. In another language the facts that rest on them are left out (``english``).

What looks for them is loaded when an answer is first looked at: the spoken time is needed sooner, to start.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

#: Words a minute of someone who speaks calmly and to be understood.
WORDS_A_MINUTE = 140


class FactKind(StrEnum):
    """What a fact is about; the values are the names in ``as_json``."""

    WORDS = "words"
    HEDGES = "hedges"
    FILLERS = "fillers"
    I = "i"  # noqa: E741  (the word itself)
    WE = "we"
    FIGURES = "figures"
    PASSIVE_OPENINGS = "passive_openings"
    LONGEST_SENTENCE = "longest_sentence"
    REPEATED_PHRASES = "repeated_phrases"


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: how many there are, and where they stand in the answer.

    The longest sentence's count is its words; that of repeated phrases is how many different ones there are, while the
    spans are all the places of each. Words have no spans.
    """

    kind: FactKind
    count: int
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one answer is said."""

    words: int
    seconds: float
    facts: tuple[Fact, ...]

    def fact(self, kind: FactKind) -> Fact | None:
        """Return the fact of a kind; None where it rests on English lists and the answer is in another language."""
        return next((fact for fact in self.facts if fact.kind is kind), None)


def spoken_seconds(words: int, words_a_minute: int = WORDS_A_MINUTE) -> float:
    """Return how many seconds words take to say; ValueError where either number makes no sense."""
    if words < 0 or words_a_minute <= 0:
        raise ValueError("words are counted from 0 and spoken at some rate")
    return words * 60 / words_a_minute


def delivery_facts(text: str, words_a_minute: int = WORDS_A_MINUTE) -> Delivery:
    """Return the facts of an answer, in the order of their kinds; the work grows as the text does, whatever it is."""
    from interview_coach.comparison import doers, figures, phrases, repeats
    from interview_coach.comparison.prose import Prose
    from interview_coach.comparison.words import words

    every_word = words(text)
    prose = Prose(text, every_word)
    facts = [Fact(FactKind.WORDS, len(every_word))]
    if prose.english:
        facts += [
            _fact(FactKind.HEDGES, phrases.hedges(prose)),
            _fact(FactKind.FILLERS, phrases.fillers(prose)),
            _fact(FactKind.I, doers.own_deeds(prose)),
            _fact(FactKind.WE, doers.shared_deeds(prose)),
        ]
    facts.append(_fact(FactKind.FIGURES, figures.figures(prose)))
    if prose.english:
        facts.append(_fact(FactKind.PASSIVE_OPENINGS, doers.passive_openings(prose)))
    longest, place = prose.longest_sentence()
    facts.append(Fact(FactKind.LONGEST_SENTENCE, longest, () if place is None else (place,)))
    again, places = repeats.repeated_phrases(prose)
    facts.append(Fact(FactKind.REPEATED_PHRASES, again, tuple(places)))
    return Delivery(len(every_word), spoken_seconds(len(every_word), words_a_minute), tuple(facts))


def _fact(kind: FactKind, found: Iterable[tuple[int, int]]) -> Fact:
    """Return the fact that there are as many as there are places."""
    spans = tuple(found)
    return Fact(kind, len(spans), spans)


def as_json(delivery: Delivery) -> dict[str, object]:
    """Return the facts as JSON has them: a number for each kind, null where it was not counted, and all the spans."""
    counted = {fact.kind: fact for fact in delivery.facts}
    numbers: dict[str, object] = {"words": delivery.words, "seconds": round(delivery.seconds, 1)}
    spans: dict[str, object] = {}
    for kind in FactKind:
        if kind is not FactKind.WORDS:
            fact = counted.get(kind)
            numbers[kind.value] = None if fact is None else fact.count
            spans[kind.value] = [] if fact is None else [list(span) for span in fact.spans]
    return {**numbers, "spans": spans}
