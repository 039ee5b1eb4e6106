"""Searches over a real bank: what is found, in which order, and what a list shows of it."""

import random
from array import array

import pytest

from interview_coach.domain.listing import AS_IT_FITS, Column, Sorting
from interview_coach.domain.models import Mode, SelfRating
from interview_coach.domain.search_language import parse
from interview_coach.services import searching
from interview_coach.services.by_hand import NewQuestion
from interview_coach.services.searching import AT_FIRST, Place, Standing
from interview_coach.storage.search import RANKED

TALK = """Turn 1 [TECHNICAL]
Q: How do you size a connection pool?

A: I begin with twice the number of cores, and measure saturation.

Feedback: {"clarity": 8, "confidence": 8, "technical_depth": 8, "summary": "Clear."}

Turn 2 [TECHNICAL]
Q: What is a deadlock?

A: Two transactions wait for one another; a pool of workers hides it.

Turn 3 [HR]
Q: Why do you want to leave?

A: Growth – in a smaller café.
"""


@pytest.fixture
def bank(services, tmp_path):
    """The sample, and a talk of Acme's of three questions."""
    file = tmp_path / "acme-talk.txt"
    file.write_text(TALK, encoding="utf-8")
    services.importing.import_file(file)
    return services


def ids(services, text, sorting=AS_IT_FITS):
    return list(services.searching.find(parse(text), sorting).ids)


def texts(services, text):
    found = services.searching.find(parse(text))
    return [row.question.text for row in services.searching.listed(found.ids)]


def answer(services, question_ids, *answers, clarity=None):
    """Answer questions, one session for each answer to all of them."""
    for text in answers:
        practice = services.practice
        session = practice.session(practice.start_chosen(question_ids, title="x"))
        for _ in question_ids:
            session.view()
            session.submit(text, 5.0)
            session.rate(SelfRating(clarity=clarity))
            session.finish_question((), SelfRating(), "")


POOL, DEADLOCK, LEAVE = 11, 12, 13


class TestWords:
    def test_a_word_of_the_question_weighs_more_than_one_of_an_answer(self, bank):
        found = bank.searching.find(parse("pool"))
        assert found.standing is Standing.RANKED
        assert list(found.ids).index(POOL) < list(found.ids).index(DEADLOCK)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("DEADLOCK", [DEADLOCK]),
            ("saturation", [POOL]),  # in its answer
            ("cafe", [LEAVE]),  # without the accent
            ("satur", [POOL]),  # as a beginning
            ('"satur"', []),
            ('"wait for one another"', [DEADLOCK]),
            ('"for wait one"', []),
            ("deadlock saturation", []),
            ("pool deadlock", [DEADLOCK]),  # one word in the question, the other in its answer
            ("pool -deadlock from:acme", [POOL]),
            ("pool -saturation from:acme", [DEADLOCK]),
            ('"NEAR(a b)" OR *', []),  # FTS5's own language is none here
        ],
    )
    def test_all_words_have_to_be_there(self, bank, text, found):
        assert ids(bank, text) == found

    def test_short_words_stand_whole_in_answers_and_begin_words_of_questions(self, bank):
        assert DEADLOCK in ids(bank, "de")
        assert POOL not in ids(bank, "sa")  # saturation is in its answer
        assert POOL in ids(bank, "sat")

    def test_own_answers_lines_for_next_time_notes_and_tags_are_looked_through(self, bank):
        answer(bank, [LEAVE], "Because of the zebra.")
        turn = bank.questions.details([DEADLOCK])[0].turns[0][0].id
        bank.tending.annotate(turn, "compare with a walrus")
        bank.tending.tag([POOL], add=["okapi farm"])
        bank.searching.refresh()
        assert ids(bank, "zebra") == [LEAVE]
        assert ids(bank, "walr") == [DEADLOCK]
        assert ids(bank, "farm") == [POOL]
        assert ids(bank, '"okapi farm"') == [POOL]

    def test_what_is_in_trash_or_merged_is_not_found(self, bank):
        answer(bank, [LEAVE], "Because of the zebra.")
        bank.tending.delete_questions([DEADLOCK])
        bank.tending.merge(POOL, LEAVE)
        bank.searching.refresh()
        assert ids(bank, "deadlock") == []
        assert ids(bank, "zebra") == [POOL]
        attempt = bank.progress.attempts()[0].attempt.id
        bank.tending.delete_attempts([attempt])
        bank.searching.refresh()
        assert ids(bank, "zebra") == []

    def test_answers_of_a_transcript_in_trash_are_not_looked_through(self, bank):
        answer(bank, [POOL], "mine")
        bank.tending.delete_transcript(2)
        bank.searching.refresh()
        assert ids(bank, "saturation") == []
        assert ids(bank, "from:acme") == []
        assert POOL in ids(bank, "pool")  # it was answered, so it stays in the bank

    def test_nothing_but_signs_finds_nothing(self, bank):
        assert ids(bank, '"++"') == ids(bank, "")  # it is left out, and nothing else is asked for
        assert parse('"++"').hints


class TestFilters:
    def test_a_stage_by_its_start_in_any_case_and_under_every_stage_that_asks_it(self, bank, tmp_path):
        assert ids(bank, "stage:TECH from:acme") == [POOL, DEADLOCK]
        other = tmp_path / "other.txt"
        other.write_text("Turn 1 [BEHAVIORAL]\nQ: What is a deadlock?\n\nA: Pain.\n")
        bank.importing.import_file(other)
        bank.searching.refresh()
        assert DEADLOCK in ids(bank, "stage:behav")
        assert DEADLOCK in ids(bank, "stage:tech")
        assert DEADLOCK not in ids(bank, "-stage:behav")
        assert ids(bank, "stage:hr,behav deadlock") == [DEADLOCK]

    def test_tags_whole_and_in_any_case(self, bank):
        bank.tending.tag([POOL, LEAVE], add=["Redis", "ask a friend"])
        bank.searching.refresh()
        assert ids(bank, "tag:redis") == sorted([POOL, LEAVE], key=[LEAVE, POOL].index)
        assert ids(bank, "tag:red") == []
        assert ids(bank, 'tag:"ask a friend" -tag:Redis') == []

    def test_marks(self, bank):
        bank.tending.flag([POOL], flagged=True)
        bank.tending.suspend([LEAVE], suspended=True)
        answer(bank, [DEADLOCK], "mine")
        bank.searching.refresh()
        assert ids(bank, "is:flagged") == [POOL]
        assert ids(bank, "is:suspended") == [LEAVE]
        assert DEADLOCK not in ids(bank, "is:untried")
        assert len(ids(bank, "is:untried")) == 12
        assert ids(bank, "is:flagged,suspended") == [LEAVE, POOL]

    def test_rated_looks_at_the_lowest_score_of_the_last_rated_attempt(self, bank):
        answer(bank, [POOL], "first", clarity=9)
        answer(bank, [POOL], "second", clarity=3)
        answer(bank, [POOL], "third, not rated")
        answer(bank, [LEAVE], "mine", clarity=8)
        bank.searching.refresh()
        assert ids(bank, "rated:<6") == [POOL]
        assert ids(bank, "rated:>=6") == [LEAVE]
        assert ids(bank, "rated:3-8") == [LEAVE, POOL]
        assert POOL not in ids(bank, "rated:none")
        assert len(ids(bank, "rated:none")) == 11

    def test_due_are_those_of_the_persons_day_that_are_not_suspended(self, bank, clock):
        answer(bank, [POOL, LEAVE], "mine", clarity=2)
        bank.searching.refresh()
        assert ids(bank, "is:due") == []
        clock.advance(days=400)
        bank.searching.refresh()
        assert ids(bank, "is:due") == [LEAVE, POOL]
        bank.tending.suspend([POOL], suspended=True)
        bank.searching.refresh()
        assert ids(bank, "is:due") == [LEAVE]


class TestOrder:
    def test_each_column_sorts_both_ways_and_what_has_no_value_stands_last(self, bank):
        answer(bank, [LEAVE], "once", clarity=4)
        answer(bank, [POOL], "once", "twice", clarity=7)
        bank.tending.tag([DEADLOCK], add=["a"])
        bank.tending.tag([LEAVE], add=["b"])
        bank.searching.refresh()
        for column in Column:
            up, down = ids(bank, "", Sorting(column)), ids(bank, "", Sorting(column, descending=True))
            assert sorted(up) == sorted(down) == list(range(1, 14)), column
        assert ids(bank, "", Sorting(Column.ATTEMPTS))[:2] == [LEAVE, POOL]
        assert ids(bank, "", Sorting(Column.ATTEMPTS, descending=True))[:2] == [POOL, LEAVE]
        assert ids(bank, "", Sorting(Column.RATING))[:2] == [LEAVE, POOL]
        assert ids(bank, "", Sorting(Column.TAGS, descending=True))[:2] == [LEAVE, DEADLOCK]
        assert ids(bank, "", Sorting(Column.ADDED, descending=True))[0] == LEAVE
        assert ids(bank, "pool", Sorting(Column.ADDED, descending=True))[:2] == [DEADLOCK, POOL]
        by_text = [row.question.text for row in bank.searching.listed(ids(bank, "", Sorting(Column.TEXT)))]
        assert by_text == sorted(by_text, key=str.lower)

    def test_without_words_it_is_by_stage(self, bank):
        stages = [row.question.stage for row in bank.searching.listed(ids(bank, ""))]
        assert stages == ["INTRO", *["HR"] * 3, *["TECHNICAL"] * 5, *["BEHAVIORAL"] * 2, "MANAGERIAL", "WRAP-UP"]

    def test_more_hits_than_are_ranked_come_newest_first(self, services, tmp_path):
        file = tmp_path / "many.txt"
        number = RANKED + 50
        turns = (f"Turn {n} [HR]\nQ: Number {n} of the wombats?\n\nA: Indeed.\n" for n in range(1, number + 1))
        file.write_text("\n".join(turns))
        services.importing.import_file(file)
        service = services.searching
        quick = service.quick(parse("wombat"))
        assert not quick.complete
        assert quick.standing is Standing.NEWEST
        assert list(quick.ids) == list(range(10 + number, 10 + number - AT_FIRST, -1))
        whole = service.find(parse("wombat"))
        assert (whole.complete, whole.standing, len(whole.ids)) == (True, Standing.NEWEST, number)
        assert list(whole.ids) == sorted(whole.ids, reverse=True)
        few = service.quick(parse("wombat 17"))  # it is known by now where the common word stands
        assert few.complete
        assert services.searching.listed(few.ids)[0].question.text == "Number 17 of the wombats?"
        common = service.quick(parse("indeed wombat -number is:untried"))
        assert not common.complete
        assert list(common.ids) == list(service.find(parse("indeed wombat -number is:untried")).ids) == []


@pytest.mark.parametrize("seed", range(6))
def test_a_search_finds_what_looking_at_every_text_finds(bank, seed):
    """The index, the caches and the sets against the plainest way: one question after the other."""
    chance = random.Random(seed)
    details = bank.questions.details(range(1, 14))
    said = {
        detail.question.id: " ".join([detail.question.text, *(kept.turn.answer or "" for kept, _ in detail.turns)])
        for detail in details
    }
    words = sorted({word.strip(".,?;’").lower() for text in said.values() for word in text.split()})
    words = [word for word in words if word.isalpha() and word.isascii() and len(word) > 3]
    for _ in range(30):
        wanted = chance.sample(words, 2)
        left_out = chance.choice(words)
        plain = {
            number
            for number, text in said.items()
            if all(any(each.startswith(word) for each in _words(text)) for word in wanted)
            and not any(each.startswith(left_out) for each in _words(text))
        }
        assert set(ids(bank, f"{wanted[0]} {wanted[1]} -{left_out}")) == plain


def _words(text):
    return "".join(char if char.isalnum() else " " for char in text.lower()).split()


class TestRows:
    def test_what_a_row_shows(self, bank, clock):
        answer(bank, [POOL], "once", clarity=9)
        clock.advance(days=1)
        answer(bank, [POOL], "twice", clarity=3)
        (row,) = bank.searching.listed([POOL])
        assert (row.attempts, row.lowest, row.asked) == (2, 3, 1)
        assert row.last.isoformat() == "2026-03-03"
        assert row.added.isoformat() == "2026-03-02"
        assert row.due == bank.questions.details([POOL])[0].due
        assert row.due > row.last

    def test_words_are_marked_in_the_question_or_shown_where_else_they_stand(self, bank):
        bank.searching.note_shown([DEADLOCK])
        words = parse("pool wait").words
        pool, deadlock = bank.searching.listed([POOL, DEADLOCK], words)
        assert [pool.question.text[a:b] for a, b in pool.marks] == ["pool"]
        assert pool.elsewhere is None
        assert deadlock.marks == ()
        assert deadlock.elsewhere.place is Place.ANSWER
        excerpt = deadlock.elsewhere.excerpt
        assert [excerpt.text[a:b] for a, b in excerpt.marks] == ["wait", "pool"]

    def test_of_a_recorded_answer_nobody_has_seen_a_search_shows_nothing(self, bank):
        session = bank.practice.session(bank.practice.start_chosen([DEADLOCK, POOL], title="x", mode=Mode.MOCK))
        session.view()
        session.submit("mine, not compared yet", 1.0)
        (row,) = bank.searching.listed([DEADLOCK], parse("wait").words)
        assert (row.elsewhere.place, row.elsewhere.excerpt) == (Place.ANSWER, None)
        bank.question_panel.recorded(DEADLOCK, 1)
        (row,) = bank.searching.listed([DEADLOCK], parse("wait").words)
        assert "wait for one another" in row.elsewhere.excerpt.text

    def test_ones_own_words_come_before_a_recorded_answers(self, bank):
        answer(bank, [DEADLOCK], "They wait in a pool.")
        (row,) = bank.searching.listed([DEADLOCK], parse("wait").words)
        assert (row.elsewhere.place, row.elsewhere.excerpt.text) == (Place.ATTEMPT, "They wait in a pool.")
        bank.tending.tag([DEADLOCK], add=["wait list"])
        (row,) = bank.searching.listed([DEADLOCK], parse("wait").words)
        assert row.elsewhere.place is Place.TAG

    def test_a_part_of_a_recorded_answer_that_was_on_screen_counts_as_seen(self, bank, all_rows):
        assert all_rows(bank)["reference_seen"] == []
        bank.searching.note_shown([POOL, DEADLOCK])
        assert [row[0] for row in all_rows(bank)["reference_seen"]] == [POOL, DEADLOCK]

    def test_what_very_many_have_in_common(self, bank):
        bank.tending.flag([POOL, DEADLOCK], flagged=True)
        bank.tending.suspend([POOL], suspended=True)
        bank.searching.refresh()
        common = bank.searching.in_common(array("q", [POOL, DEADLOCK]))
        assert (common.flagged, common.suspended) == (True, False)
        assert not bank.searching.in_common(array("q", [POOL, LEAVE])).flagged
        assert bank.searching.suspended_among(array("q", [POOL, LEAVE])) == 1


class TestFreshness:
    def test_it_looks_afresh_only_where_something_was_stored(self, bank, clock, monkeypatch):
        made = []
        real = searching.BankSnapshot
        monkeypatch.setattr(searching, "BankSnapshot", lambda *args: made.append(1) or real(*args))
        assert ids(bank, "zebra") == []
        bank.searching.refresh()
        assert ids(bank, "zebra") == []
        assert len(made) == 1
        bank.tending.edit(LEAVE, "Why a zebra?", "HR")
        bank.searching.refresh()
        assert ids(bank, "zebra") == [LEAVE]
        clock.advance(days=1)
        bank.searching.refresh()
        assert ids(bank, "zebra") == [LEAVE]
        assert len(made) == 3

    def test_the_vocabulary_is_that_of_the_bank(self, bank):
        bank.tending.tag([POOL], add=["redis"])
        bank.searching.refresh()
        known = bank.searching.vocabulary()
        assert known.stages == ("INTRO", "HR", "TECHNICAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP")
        assert known.tags == ("redis",)
        assert "Nebula Systems, Senior Python Backend Engineer" in known.names

    def test_a_text_is_found_with_its_hints(self, bank):
        found = bank.searching.find_text("stag:hr deadlock")
        assert [hint.written for hint in found.search.hints] == ["stag:"]


class TestFirst:
    """What a list shows before all of the bank has been looked at."""

    def test_it_is_how_the_whole_list_begins(self, bank):
        whole = ids(bank, "")
        for most in (1, 5, len(whole) - 1):
            found = bank.searching.first(most)
            assert list(found.ids) == whole[:most]
            assert not found.complete
        found = bank.searching.first(len(whole) + 1)
        assert list(found.ids) == whole
        assert found.complete

    def test_what_the_bank_does_not_show_is_not_in_it(self, bank):
        whole = ids(bank, "")
        bank.tending.delete_questions(whole[:2])
        bank.tending.merge(whole[4], whole[3])
        bank.searching.refresh()
        assert list(bank.searching.first(3).ids) == [whole[2], whole[4], whole[5]]
        assert list(bank.searching.first(50).ids) == ids(bank, "")

    def test_a_stage_of_ones_own_stands_where_its_first_question_came(self, bank):
        tending = bank.tending
        for stage in ("ZEBRA", "AARDVARK"):
            tending.add(NewQuestion(f"What about the {stage.lower()}?", stage))
        bank.searching.refresh()
        found = bank.searching.first(50).ids
        assert list(found) == ids(bank, "")
        assert [row.question.stage for row in bank.searching.listed(found[-2:])] == ["ZEBRA", "AARDVARK"]
