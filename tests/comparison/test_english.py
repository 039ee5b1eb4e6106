import pytest

from interview_coach.comparison.english import is_english


@pytest.mark.parametrize("text", ["", "Um.", "Maybe Redis.", "I would use the pool.", "We cut costs, and that was it."])
def test_short_answers_are_english(text):
    assert is_english(text)


@pytest.mark.parametrize("text", ["Redis, Lua", "Redis " * 25, "THE Redis", "I’m Redis " + "Redis " * 20])
def test_so_are_a_few_names(text):
    assert is_english(text)


@pytest.mark.parametrize(
    "text",
    [
        "Redis " * 26,  # names alone, and many
        "the " + "Redis " * 25,  # one small word among them
        "Réseau",
        "Viime vuonna tiimi teki uuden version ja vastasin testeistä koko projektin ajan.",
        "la cache",
        "the la cache",  # in doubt, so it is none
    ],
)
def test_what_is_in_doubt_is_not(text):
    assert not is_english(text)
