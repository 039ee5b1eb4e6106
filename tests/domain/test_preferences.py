import pytest
from pydantic import ValidationError

from interview_coach.domain.preferences import Preferences


@pytest.mark.parametrize(
    "odd",
    [
        {"words_a_minute": 59}, {"words_a_minute": 301}, {"aims": {"HR": (4, 60)}}, {"aims": {"HR": (60, 1801)}},
        {"aims": {"HR": (60,)}}, {"volume": 11},
    ],
)  # fmt: skip
def test_choices_out_of_range_are_refused(odd):
    with pytest.raises(ValidationError) as refused:
        Preferences.model_validate(odd)
    assert "input_value" not in str(refused.value)


@pytest.mark.parametrize("fits", [{"words_a_minute": 60}, {"words_a_minute": 300}, {"aims": {"HR": (5, 1800)}}])
def test_choices_at_the_edge_of_the_range_are_taken(fits):
    assert Preferences.model_validate(fits).model_dump().items() >= fits.items()


def test_an_aim_is_the_persons_own_else_the_stages_else_the_usual():
    preferences = Preferences(aims={"HR": (10, 20)})
    assert [preferences.aim(stage) for stage in ("HR", "BEHAVIORAL", "CLOSING")] == [(10, 20), (90, 120), (60, 120)]
