from hypothesis import given
from hypothesis import strategies as st

from interview_coach.domain.models import KNOWN_STAGES, stage_order
from interview_coach.domain.selection import Candidate, by_stage, in_file_order

STAGES = st.sampled_from([*KNOWN_STAGES, "CLOSING", "CULTURE"])


@st.composite
def banks(draw):
    """Turns of several transcripts, in any order; questions may come again."""
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
    return draw(st.permutations(turns))


def place(turn):
    return (turn.transcript, turn.position)


@given(banks())
def test_each_question_is_asked_once_and_none_is_left_out(bank):
    for order in (in_file_order(bank), by_stage(bank)):
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
