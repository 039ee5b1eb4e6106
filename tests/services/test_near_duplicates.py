"""Near-duplicates found in a bank: nearly all that comparing each with each would find, and nothing else."""

import itertools
import random

import pytest

from interview_coach.comparison.rewording import essence, is_rewording
from interview_coach.services import near_duplicates
from interview_coach.services.by_hand import NewQuestion

FIRST = "How would you implement connection pooling in PostgreSQL?"
SECOND = "How can connection pooling be implemented in PostgreSQL?"


@pytest.fixture
def tending(services):
    return services.tending


@pytest.fixture
def bring(services, tmp_path):
    """Bring questions in as a file of their own; their ids by their text."""

    def bring(texts, name="brought.txt"):
        file = tmp_path / name
        file.write_text("\n".join(f"Turn {n} [HR]\nQ: {text}\n\nA: Yes.\n" for n, text in enumerate(texts, 1)))
        services.importing.import_file(file)
        entries = services.questions.entries(services.questions.ids())
        return {entry.question.text: entry.question.id for entry in entries}

    return bring


def test_two_that_ask_the_same_are_found_the_older_first(tending, bring):
    ids = bring([FIRST, "What is a queue?", SECOND])
    found = tending.near_duplicates()
    assert found.pairs == ((ids[FIRST], ids[SECOND]),)
    assert (found.looked_at, found.questions, found.is_whole) == (len(ids), len(ids), True)


def test_among_chosen_ones_alone(tending, bring):
    ids = bring([FIRST, SECOND, "What is a queue?"])
    assert tending.near_duplicates([ids[FIRST], ids["What is a queue?"]]).pairs == ()
    assert tending.near_duplicates([ids[SECOND], ids[FIRST]]).pairs == ((ids[FIRST], ids[SECOND]),)
    assert tending.near_duplicates([]).pairs == ()


def test_neither_those_in_trash_nor_those_that_were_merged_nor_those_that_were_told_apart(tending, bring):
    ids = bring([FIRST, SECOND])
    pair = (ids[FIRST], ids[SECOND])
    assert tending.near_duplicates(told_apart={frozenset(pair)}).pairs == ()
    tending.delete_questions([ids[FIRST]])
    assert tending.near_duplicates().pairs == ()
    assert tending.near_duplicates(pair).pairs == ()
    tending.undo()
    tending.merge(*pair)
    assert tending.near_duplicates().pairs == ()
    tending.undo()
    assert tending.near_duplicates().pairs == (pair,)


def test_short_ones_and_misspelt_ones(tending, bring):
    ids = bring(["Explain idempotency", "What is idempotency?", "Kubernetes and Docker?", "Kubernets and Docker"])
    assert set(tending.near_duplicates().pairs) == {
        (ids["Explain idempotency"], ids["What is idempotency?"]),
        (ids["Kubernetes and Docker?"], ids["Kubernets and Docker"]),
    }


def test_code_tells_questions_apart(tending, bring):
    code = "What does this code print?\n```\nprint({})\n```"
    bring([code.format(1), code.format(2)])
    assert tending.near_duplicates().pairs == ()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_nearly_all_that_comparing_each_with_each_finds(tending, bring, seed):
    chance = random.Random(seed)
    words = ["".join(chance.choices("bcdfglmnprst", k=1) + chance.choices("aeioulnrst", k=5)) for _ in range(150)]
    texts = []
    for _ in range(220):
        asked = chance.choices(words, weights=[1 / (place + 3) for place in range(len(words))], k=chance.randint(2, 9))
        texts.append("How would you " + " ".join(asked) + "?")
        if chance.random() < 0.3:
            other = [*asked]
            change = chance.choice(["order", "typo", "more"])
            if change == "order":
                chance.shuffle(other)
            elif change == "typo" and len(other[0]) >= 6:
                other[0] = other[0][:3] + other[0][4:]
            else:
                other.insert(0, chance.choice(words))
            texts.append("Please explain " + " ".join(other))
    ids = bring(texts)
    asked = {question_id: essence(text) for text, question_id in ids.items()}
    wanted = {pair for pair in itertools.combinations(sorted(asked), 2) if is_rewording(asked[pair[0]], asked[pair[1]])}
    found = set(tending.near_duplicates().pairs)
    assert len(wanted) > 20
    assert found <= wanted
    assert len(found) >= 0.95 * len(wanted)


def test_a_group_that_is_too_large_is_looked_through_all_the_same(tending, bring):
    texts = [f"Explain caching and sharding number{n}{letter}" for n in range(40) for letter in "ab"]
    ids = bring([*texts, "What is meant by caching and sharding number7a?"])
    wanted = (ids["Explain caching and sharding number7a"], ids["What is meant by caching and sharding number7a?"])
    assert wanted in tending.near_duplicates().pairs


def test_it_ends_where_it_is_told_to_and_says_how_far_it_was(tending, bring):
    ids = bring([FIRST, SECOND, *(f"What is the {word}?" for word in map("word{}".format, range(600)))])
    told = []

    def watch(read, questions):
        told.append((read, questions))
        return len(told) < 2

    found = tending.near_duplicates(watch=watch)
    assert told == [(250, len(ids)), (500, len(ids))]
    assert (found.looked_at, found.questions, found.pairs) == (500, len(ids), ())


def test_it_does_not_take_longer_than_patience_lasts(tending, bring, monkeypatch):
    ids = bring([FIRST, SECOND, *(f"What is the {word}?" for word in map("word{}".format, range(300)))])
    monkeypatch.setattr(near_duplicates, "PATIENCE", 0.0)
    assert tending.near_duplicates().looked_at == 250
    monkeypatch.setattr(near_duplicates, "PATIENCE", 15.0)
    monkeypatch.setattr(near_duplicates, "_TO_COMPARE", -1.0)
    found = tending.near_duplicates()
    assert (found.looked_at, found.is_whole) == (len(ids), False)


def test_no_more_pairs_than_can_be_gone_through(tending, bring):
    bring([f"{start} caching{n} sharding{n} tests{n}" for n in range(5) for start in ("Explain", "Define")])
    found = tending.near_duplicates(limit=3)
    assert (len(found.pairs), found.is_whole) == (3, False)
    assert len(tending.near_duplicates(limit=5).pairs) == 5
    assert tending.near_duplicates(limit=5).is_whole


def test_what_is_to_be_seen_of_a_question(services, tending):
    added = tending.add(NewQuestion("Why now?", "HR", ("a", "b"), "So.")).added_id
    session = services.practice.session(services.practice.start_transcript(2))
    session.view()
    session.submit("my words", 3.0)
    tending.flag([added], flagged=True)
    side = tending.side(added)
    assert (side.text, side.stage, side.tags, side.attempts) == ("Why now?", "HR", ("a", "b"), 1)
    assert (side.transcripts, side.flagged, side.suspended) == (("Added by hand",), True, False)
    with services.database.begin() as work:
        assert work.questions.seen(added) is None
    tending.merge(1, added)
    assert tending.side(added) is None
    assert tending.side(999) is None
