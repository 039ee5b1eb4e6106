"""Every deed has its words, and so has every reason for which one was not done."""

import pytest

from interview_coach.domain.errors import CoachError, Fault
from interview_coach.domain.models import MOST_POINTS
from interview_coach.domain.trash import Deed, Done
from interview_coach.ui.deed_words import DeedWords


@pytest.mark.parametrize("deed", Deed)
def test_every_deed_is_said(deed):
    words = DeedWords()
    done = Done(deed=deed, count=1)
    said = words.done(done)
    assert said
    assert not said.endswith(".")
    assert said in words.taken_back(done)


def test_what_was_made_of_a_reference_is_said_so():
    said = [DeedWords().done(Done(deed=deed, count=1)) for deed in (Deed.POINTS_CHANGED, Deed.NOTED, Deed.PINNED)]
    assert said == ["Points changed", "Note saved", "Pinned as your reference"]


@pytest.mark.parametrize("deed", [Deed.POINTS_CHANGED, Deed.NOTED, Deed.PINNED])
def test_why_it_was_refused_is_said_in_words_about_it(deed):
    words = DeedWords()
    said = words.refused(deed, CoachError(Fault.BAD_INPUT, "of the command line"))
    assert said.endswith(".")
    assert "command line" not in said
    assert "{" not in said
    assert (str(MOST_POINTS) in said) == (deed is Deed.POINTS_CHANGED)
    assert words.refused(deed, CoachError(Fault.INPUT_MISSING, "")) == "It is not there any more."
