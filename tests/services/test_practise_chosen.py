"""Sessions over chosen questions: which come in, in which order, and as which turn."""

import random
from datetime import timedelta

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import Mode, SelfRating
from interview_coach.domain.practice import Step
from interview_coach.domain.selection import Order
from interview_coach.services.by_hand import NewQuestion

NOTHING = SelfRating()


@pytest.fixture
def bring(services, tmp_path):
    """Import a transcript of (stage, question, answer) and return the ids of its questions, in its order."""

    def bring_it(name, *turns):
        path = tmp_path / f"{name}.txt"
        path.write_text(
            "\n\n".join(
                f"Turn {number} [{stage}]\nQ: {question}\n\nA: {answer}\n\nFeedback: null"
                for number, (stage, question, answer) in enumerate(turns, 1)
            )
        )
        (report,) = services.importing.import_paths([path], dry_run=False)
        with services.database.begin() as work:
            return [kept.question_id for kept in work.transcripts.turns(report.transcript_id)]

    return bring_it


@pytest.fixture
def by_hand(services):
    """Add a question that no transcript asks."""

    def add(text, stage="HR", reference=None):
        return services.tending.add(NewQuestion(text=text, stage=stage, reference=reference)).added_id

    return add


def places(services, session_id):
    with services.database.begin() as work:
        return work.sessions.places(session_id)


def asked(services, ids, **how):
    """The questions that a session over these asks, in its order."""
    session_id = services.practice.start_chosen(ids, title="Chosen", **how)
    return [place.question_id for place in places(services, session_id)]


def answer(services, clock, question_id, text="An answer", **scores):
    """Answer one question in a session of its own."""
    clock.advance(minutes=1)
    session = services.practice.session(services.practice.start_chosen([question_id], title="One"))
    session.view()
    view = session.submit(text, 1.0)
    if view.step is Step.RATE:
        session.rate(SelfRating(**scores))
    return session.finish_question((), NOTHING, "")


def skip(services, question_id):
    session = services.practice.session(services.practice.start_chosen([question_id], title="Skipped"))
    session.view()
    session.skip("", 1.0)


class TestWhichComeIn:
    def test_ten_of_them_unless_it_is_said_otherwise(self, services, bring):
        ids = bring("long", *(("HR", f"Question {n}?", "An answer.") for n in range(12)))
        assert asked(services, ids) == ids[:10]
        assert asked(services, ids, count=3) == ids[:3]
        assert asked(services, ids, count=None) == ids
        assert asked(services, ids, count=99) == ids

    @pytest.mark.parametrize("order", Order)
    def test_each_once_none_suspended_none_that_is_gone(self, services, order):
        ids = list(services.questions.ids())
        services.tending.suspend([ids[2]], suspended=True)
        services.tending.delete_questions([ids[5]])
        came = asked(services, [ids[1], *ids, 999], order=order, count=None)
        assert sorted(came) == sorted(set(ids) - {ids[2], ids[5]})
        counted = services.practice.practisable([ids[1], *ids, 999])
        assert (counted.questions, counted.suspended) == (8, 1)

    @pytest.mark.parametrize("order", Order)
    def test_a_merged_one_is_what_it_went_into(self, services, order):
        ids = services.questions.ids()
        services.tending.merge(ids[3], ids[4])
        assert asked(services, [ids[4]], order=order) == [ids[3]]
        assert asked(services, [ids[4], ids[3]], order=order) == [ids[3]]
        services.tending.suspend([ids[3]], suspended=True)
        with pytest.raises(CoachError):
            asked(services, [ids[4]], order=order)

    @pytest.mark.parametrize("order", Order)
    def test_nothing_left_is_told_and_starts_nothing(self, services, order):
        ids = services.questions.ids()
        with pytest.raises(CoachError, match="no question") as gone:
            asked(services, [998, 999], order=order)
        services.tending.suspend(ids, suspended=True)
        with pytest.raises(CoachError, match="suspended") as suspended:
            asked(services, ids, order=order)
        with pytest.raises(CoachError, match="no question"):
            asked(services, [], order=order)
        assert {gone.value.fault, suspended.value.fault} == {Fault.INPUT_MISSING}
        assert services.progress.sessions() == ()

    @pytest.mark.parametrize("order", Order)
    def test_one_that_comes_again_far_down_the_list_is_one(self, services, order):
        ids = services.questions.ids()
        far = [ids[0], *range(10_000, 11_000), *ids[:2]]
        assert sorted(asked(services, far, order=order, count=2)) == list(ids[:2])
        assert services.practice.practisable(far).questions == 2

    def test_what_is_suspended_while_a_long_list_is_looked_through_stays_out(self, services):
        ids = services.questions.ids()

        class Suspending(list):
            def __getitem__(self, place):
                if isinstance(place, slice) and place.start:
                    services.tending.suspend([ids[0]], suspended=True)
                return super().__getitem__(place)

        long = Suspending([*ids, *range(10_000, 12_000)])
        assert asked(services, long, count=None) == list(ids[1:])

    def test_a_short_session_by_stage_has_all_stages(self, services):
        ids = services.questions.ids()
        session = services.practice.session(
            services.practice.start_chosen(ids[::-1], title="", order=Order.BY_STAGE, count=6)
        )
        stages = []
        while (view := session.view()).step is not Step.DONE:
            stages.append(view.stage)
            session.skip("", 1.0)
        assert stages == ["INTRO", "HR", "TECHNICAL", "BEHAVIORAL", "MANAGERIAL", "WRAP-UP"]

    def test_of_a_hundred_thousand_only_what_is_asked_is_looked_up(self, services):
        statements = []
        ids = [*services.questions.ids(), *range(1_000, 101_000)]
        with services.database.raw() as connection:
            connection.set_trace_callback(statements.append)
        assert asked(services, ids, count=5) == ids[:5]
        assert len(statements) < 60


class TestOrder:
    def test_as_listed_is_the_list_as_it_stands(self, services):
        ids = list(services.questions.ids())[::-1]
        assert asked(services, ids) == ids

    def test_by_stage_is_the_order_of_a_mixed_session(self, services, bring):
        bring("other", ("WRAP-UP", "Last?", "So."), ("HR", "Why us?", "The work."), ("CLOSING", "Else?", "No."))
        mixed = [place.question_id for place in places(services, services.practice.start_mixed())]
        ids = services.questions.ids()
        assert asked(services, ids[::-1], order=Order.BY_STAGE, count=None) == mixed

    def test_drawn_by_lot_turns_of_one_transcript_and_stage_stay_together_in_file_order(self, services, bring):
        bring("other", *(("HR", f"Other {n}?", "An answer.") for n in range(4)))
        ids = services.questions.ids()
        with services.database.begin() as work:
            found = work.candidates.choosable(ids)
            where = {turn.question_id: turn for turn in work.candidates.candidates(found)}
        orders, drawn = set(), set()
        for seed in range(12):
            came = asked(services, ids, order=Order.SHUFFLED, count=None, chance=random.Random(seed))
            groups = [(where[question_id].transcript, where[question_id].stage) for question_id in came]
            met = list(dict.fromkeys(groups))
            assert groups == sorted(groups, key=met.index)
            for group in met:
                positions = [
                    where[question_id].position for question_id in came if groups[came.index(question_id)] == group
                ]
                assert positions == sorted(positions)
            orders.add(tuple(met))
            drawn.add(frozenset(asked(services, ids, order=Order.SHUFFLED, count=3, chance=random.Random(seed))))
        assert len(orders) > 6
        assert len(drawn) > 6

    def test_the_same_lot_gives_the_same_session(self, services):
        ids = services.questions.ids()
        one, other = (asked(services, ids, order=Order.SHUFFLED, count=6, chance=random.Random(7)) for _ in range(2))
        assert one == other

    def test_the_weakest_are_what_went_badly_then_what_was_never_tried_then_what_went_well(
        self, services, clock, bring, by_hand
    ):
        well, never, badly, so_so, unknown, better, unrated = (by_hand(f"Question {n}?") for n in range(7))
        ids = [well, never, badly, so_so, unknown, better, unrated]
        answer(services, clock, well, clarity=7, confidence=9)
        answer(services, clock, badly, clarity=8, confidence=2)
        answer(services, clock, so_so, clarity=6, confidence=7)
        answer(services, clock, unknown, clarity=9)
        answer(services, clock, unknown, text=" ")
        answer(services, clock, better, clarity=1)
        answer(services, clock, better, clarity=9)
        answer(services, clock, better)
        answer(services, clock, unrated)
        skip(services, never)
        expected = [unknown, badly, so_so, never, unrated, well, better]
        assert asked(services, ids, order=Order.WEAKEST_FIRST) == expected
        assert asked(services, ids, order=Order.WEAKEST_FIRST, count=2) == [unknown, badly]
        many = bring("long", *(("HR", f"Of many {n}?", "An answer.") for n in range(501)))
        came = asked(services, [*many, *ids], order=Order.WEAKEST_FIRST, count=None)
        assert came == [unknown, badly, so_so, *many, never, unrated, well, better]

    def test_what_lies_in_trash_and_the_second_look_say_nothing_about_how_weak_it_is(self, services, clock, by_hand):
        ids = [by_hand("One?"), by_hand("Two?")]
        answer(services, clock, ids[0], clarity=5)
        clock.advance(minutes=1)
        session = services.practice.session(services.practice.start_chosen([ids[1]], title=""))
        session.view()
        session.submit("Well", 1.0)
        session.rate(SelfRating(clarity=6))
        session.finish_question((), SelfRating(clarity=1), "")
        assert asked(services, ids, order=Order.WEAKEST_FIRST) == ids
        answer(services, clock, ids[1], clarity=2)
        assert asked(services, ids, order=Order.WEAKEST_FIRST) == ids[::-1]
        last = services.progress.attempts()[-1].attempt
        assert last.first_rating.clarity == 2
        services.tending.delete_attempts([last.id])
        assert asked(services, ids, order=Order.WEAKEST_FIRST) == ids

    def test_longest_ago_begins_with_what_was_never_answered(self, services, clock, bring, by_hand):
        ids = [by_hand(f"Question {n}?") for n in range(4)]
        answer(services, clock, ids[0])
        clock.advance(days=3)
        answer(services, clock, ids[1])
        answer(services, clock, ids[2])
        answer(services, clock, ids[0])
        skip(services, ids[3])
        clock.moment -= timedelta(days=400)  # it is the moment that counts, and not the number
        answer(services, clock, ids[2])
        expected = [ids[3], ids[1], ids[2], ids[0]]
        assert asked(services, ids, order=Order.LONGEST_AGO) == expected
        many = bring("long", *(("HR", f"Of many {n}?", "An answer.") for n in range(501)))
        assert asked(services, [*many, *ids], order=Order.LONGEST_AGO, count=None) == [*many, *expected]

    @pytest.mark.parametrize("order", [Order.WEAKEST_FIRST, Order.LONGEST_AGO])
    def test_what_follows_up_stays_behind_what_it_follows(self, services, clock, bring, by_hand, order):
        lead, follow = bring("other", ("HR", "Lead?", "An answer."), ("HR", "And then?", "An answer."))
        alone = by_hand("Alone?")
        answer(services, clock, alone, clarity=5)
        answer(services, clock, lead, clarity=9)
        answer(services, clock, follow, clarity=1)
        if order is Order.LONGEST_AGO:
            answer(services, clock, alone, clarity=5)
            answer(services, clock, lead, clarity=9)
        assert asked(services, [alone, follow, lead], order=order) == [lead, follow, alone]


class TestAsWhichTurn:
    def test_the_newest_turn_with_an_answer_is_the_reference(self, services, bring):
        (question, _) = bring("first", ("HR", "Why us?", "Old answer."), ("HR", "What else?", "Nothing."))
        bring("second", ("TECHNICAL", "Why us?", "New answer."))
        bring("third", ("INTRO", "Why us?", ""))
        session = services.practice.session(services.practice.start_chosen([question], title="Chosen"))
        view = session.view()
        assert (view.stage, view.title, view.places) == ("TECHNICAL", "Chosen", 1)
        session.submit("Mine", 1.0)
        view = session.rate(NOTHING)
        assert view.comparison.reference.text == "New answer."

    def test_it_stands_where_it_was_first_asked(self, services, bring):
        lead, follow = bring("first", ("HR", "Why us?", "Old."), ("HR", "Is that all?", "No."))
        bring("second", ("HR", "Anything?", "No."), ("HR", "Why us?", "New."))
        assert asked(services, [follow, lead], order=Order.BY_STAGE) == [lead, follow]

    def test_a_transcript_in_trash_or_before_its_update_is_not_asked(self, services, bring):
        (question, _) = bring("first", ("HR", "Why us?", "Old."), ("HR", "Kept?", "Yes."))
        bring("second", ("TECHNICAL", "Why us?", "New."))
        services.tending.delete_transcript(services.transcripts.find("second"))
        session = services.practice.session(services.practice.start_chosen([question], title=""))
        assert session.view().stage == "HR"
        session.submit("Mine", 1.0)
        assert session.rate(NOTHING).comparison.reference.text == "Old."
        bring("first", ("HR", "Why us?", "Newer."), ("HR", "Kept?", "Yes."))
        (place,) = places(services, services.practice.start_chosen([question], title=""))
        with services.database.begin() as work:
            assert work.transcripts.turn(place.turn_id).turn.answer == "Newer."
        bring("first", ("HR", "Why us?", ""), ("HR", "Kept?", "Yes."))
        (place,) = places(services, services.practice.start_chosen([question], title=""))
        with services.database.begin() as work:
            assert work.transcripts.turn(place.turn_id).turn.answer is None  # an answer before the update is none

    def test_what_an_import_still_writes_is_not_there_yet(self, services, bring):
        first = services.questions.details([1])[0].question
        (known, new) = bring("other", ("TECHNICAL", first.text, "New."), ("HR", "Why us?", "The work."))
        with services.database.raw() as connection:
            connection.execute("UPDATE transcript SET published = 0 WHERE id = 2").close()
        (place,) = places(services, services.practice.start_chosen([known, new], title=""))
        assert place.question_id == known == 1
        with services.database.begin() as work:
            assert work.transcripts.turn(place.turn_id).transcript_id == 1

    def test_a_question_that_no_transcript_asks_can_be_practised(self, services, by_hand):
        question = by_hand("What do you want to be asked?", stage="CULTURE")
        session = services.practice.session(services.practice.start_chosen([question], title="", mode=Mode.MOCK))
        view = session.view()
        assert (view.question, view.stage, view.mode) == ("What do you want to be asked?", "CULTURE", Mode.MOCK)
        session.submit("This", 1.0)
        view = session.rate(NOTHING)
        assert (view.step, view.comparison.reference) == (Step.COMPARE, None)
        assert session.finish_question((), NOTHING, "").step is Step.DONE
        assert services.today.view().resume == ()

    def test_what_was_added_by_hand_with_a_reference_is_compared_with_it(self, services, by_hand):
        question = by_hand("What do you want to be asked?", reference="The hard thing.")
        session = services.practice.session(services.practice.start_chosen([question], title=""))
        session.view()
        session.submit("This", 1.0)
        assert session.rate(NOTHING).comparison.reference.text == "The hard thing."

    def test_it_comes_with_its_stage_and_with_all(self, services, by_hand, bring):
        question, other = by_hand("By hand?"), by_hand("Suspended?")
        services.tending.suspend([other], suspended=True)
        of_stage = places(services, services.practice.start_stage("HR"))
        assert [place.question_id for place in of_stage][-1] == question
        assert len(of_stage) == 3
        assert question not in [place.question_id for place in places(services, services.practice.start_stage("INTRO"))]
        mixed = [place.question_id for place in places(services, services.practice.start_mixed())]
        assert (len(mixed), mixed.index(question)) == (11, 3)
        bring("other", ("TECHNICAL", "By hand?", "Now asked."))
        for stage, number in (("HR", 2), ("TECHNICAL", 4)):
            assert len(places(services, services.practice.start_stage(stage))) == number


def test_a_search_is_practised_in_stage_order(services, bring):
    bring("other", ("WRAP-UP", "Zebra or zebra?", "No."), ("INTRO", "Who are you?", "A friend of the zebra."))
    found = services.searching.find_text("zebra").ids
    session = services.practice.session(services.practice.start_search("zebra -xylophone"))
    with services.database.begin() as work:
        assert [place.question_id for place in work.sessions.places(session.id)] == list(found)[::-1]
    view = session.view()
    assert (view.stage, view.title) == ("INTRO", "zebra -xylophone")
