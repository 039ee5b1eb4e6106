"""Every flaw has its words, on the command line and in the window, and they say the same."""

import pytest

from interview_coach.domain.flaws import Flaw, FlawKind
from interview_coach.flaw_sentences import sentence
from interview_coach.ui.flaw_words import FlawWords


@pytest.mark.parametrize("kind", FlawKind)
def test_every_flaw_is_said_in_words(kind):
    said = sentence(Flaw(kind=kind, rows=3))
    assert said == FlawWords().sentence(Flaw(kind=kind, rows=3))
    assert kind is FlawKind.PAGES_DAMAGED or said.endswith(": 3")
    assert "{" not in said


def test_the_number_of_a_row_is_told():
    flaw = Flaw(kind=FlawKind.ATTEMPT_WITHOUT_QUESTION, rows=2, example=17)
    assert sentence(flaw) == "Answers whose question is gone: 2 (row 17)"
