import pytest

from interview_coach.comparison.delivery import spoken_seconds


def test_seconds_of_speech():
    assert spoken_seconds(0) == 0
    assert spoken_seconds(140) == 60
    assert spoken_seconds(118) == pytest.approx(50.6, abs=0.1)
    assert spoken_seconds(100, words_a_minute=200) == 30
    for words, rate in ((-1, 140), (10, 0), (10, -5)):
        with pytest.raises(ValueError, match="rate"):
            spoken_seconds(words, rate)
