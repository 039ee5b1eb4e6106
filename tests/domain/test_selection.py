from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.models import KNOWN_STAGES, stage_order
from interview_coach.domain.selection import (
    Candidate,
    by_stage,
    in_file_order,
    longest_ago,
    spread,
    together,
    weakest_first,
)

STAGES = st.sampled_from([*KNOWN_STAGES, "CLOSING", "CULTURE"])


@st.composite
def banks(draw):
    """Turns of several transcripts, in any order; questions may come again, and some are asked by none."""
    turns = []
    for transcript in range(draw(st.integers(0, 4))):
        for position, (stage, question) in enumerate(
            draw(st.lists(st.tuples(STAGES, st.integers(1, 12)), max_size=8)), 1
        ):
            turns.append(
                Candidate(
                    question_id=question, turn_id=len(turns) + 1, stage=stage, transcript=transcript, position=position
                )
            )
    turns.extend(
        Candidate(question_id=question, turn_id=None, stage=draw(STAGES), transcript=None, position=question)
        for question in draw(st.lists(st.integers(20, 24), unique=True))
    )
    return draw(st.permutations(turns))


def place(turn):
    return (turn.transcript is None, turn.transcript or 0, turn.position)


def group(turn):
    return (turn.question_id,) if turn.transcript is None else (turn.transcript, turn.stage)


@given(banks())
def test_each_question_is_asked_once_and_none_is_left_out(bank):
    for order in (in_file_order(bank), by_stage(bank), together(bank)):
        asked = [turn.question_id for turn in order]
        assert len(asked) == len(set(asked))
        assert set(asked) == {turn.question_id for turn in bank}
        assert set(order) <= set(bank)


@given(banks())
def test_a_transcript_is_asked_in_the_order_of_its_file(bank):
    order = in_file_order(bank)
    assert list(order) == sorted(order, key=place)
    for turn in order:
        assert place(turn) == min(place(other) for other in bank if other.question_id == turn.question_id)


@given(banks())
def test_mixed_goes_by_stage_and_inside_a_stage_by_file(bank):
    order = by_stage(bank)
    assert [stage_order(turn.stage) for turn in order] == sorted(stage_order(turn.stage) for turn in order)
    stages = [turn.stage for turn in order]
    for stage in set(stages):
        first = stages.index(stage)
        together = order[first : first + stages.count(stage)]
        assert {turn.stage for turn in together} == {stage}
        assert list(together) == sorted(together, key=place)


@given(banks())
def test_the_order_does_not_depend_on_the_order_in_which_turns_are_found(bank):
    assert by_stage(bank) == by_stage(sorted(bank, key=place))
    assert in_file_order(bank) == in_file_order(sorted(bank, key=place))


def test_unknown_stages_come_last_as_they_are_first_met():
    turns = [
        Candidate(question_id=n, turn_id=n, stage=stage, transcript=1, position=n)
        for n, stage in enumerate(["CLOSING", "WRAP-UP", "CULTURE", "CLOSING", "INTRO"], 1)
    ]
    assert [turn.stage for turn in by_stage(turns)] == ["INTRO", "WRAP-UP", "CLOSING", "CLOSING", "CULTURE"]


@given(banks())
def test_turns_of_one_transcript_and_stage_are_never_separated_or_reordered(bank):
    order = together(bank)
    groups = [group(turn) for turn in order]
    met = list(dict.fromkeys(groups))
    assert groups == sorted(groups, key=met.index)
    for one in met:
        turns = [turn for turn in order if group(turn) == one]
        assert turns == sorted(turns, key=place)


@given(banks())
def test_groups_stand_where_their_first_turn_stood(bank):
    once = [
        turn for number, turn in enumerate(bank) if turn.question_id not in {one.question_id for one in bank[:number]}
    ]
    order = together(once)
    assert list(dict.fromkeys(map(group, order))) == list(dict.fromkeys(map(group, once)))


@given(st.lists(st.integers(1, 50), unique=True), st.integers(1, 60), st.data())
def test_a_short_session_has_as_many_of_each_stage_as_can_be_in_their_order(questions, count, data):
    stages = {question: data.draw(STAGES) for question in questions}
    chosen = spread(questions, stages, count)
    assert len(chosen) == min(count, len(questions))
    assert list(chosen) == [question for question in questions if question in chosen]
    for stage in set(stages.values()):
        there = [question for question in questions if stages[question] == stage]
        taken = [question for question in chosen if stages[question] == stage]
        assert taken == there[: len(taken)]
        for other in set(stages.values()):
            of_other = [question for question in chosen if stages[question] == other]
            assert len(of_other) <= len(taken) + 1 or taken == there


def test_of_too_few_the_stages_that_come_first_in_an_interview_are_taken():
    assert spread([1, 2, 3], {1: "WRAP-UP", 2: "HR", 3: "INTRO"}, 1) == (3,)
    assert spread([1, 2, 3], {1: "WRAP-UP", 2: "HR", 3: "INTRO"}, 2) == (2, 3)


def test_the_weakest_come_first_the_untried_before_what_went_well_and_equals_stay():
    lowest = {1: 7, 2: 6, 3: 0, 4: 10, 5: 6}
    assert weakest_first([6, 1, 2, 3, 4, 5, 7], lowest) == (3, 2, 5, 6, 7, 1, 4)


def test_what_was_never_answered_comes_before_what_was_answered_longest_ago():
    day = datetime(2026, 3, 2, tzinfo=UTC)
    answered = {1: day, 2: day - timedelta(days=3), 3: day}
    assert longest_ago([3, 1, 4, 2, 5], answered) == (4, 5, 2, 3, 1)
