"""Every hint about a search, and every example of the cheat sheet, has its words."""

import pytest

from interview_coach.domain.search_cheat_sheet import Meaning
from interview_coach.domain.search_language import Hint, HintKind
from interview_coach.search_sentences import hint_sentence
from interview_coach.ui.search_words import SearchWords


@pytest.mark.parametrize("suggestion", [None, "stage:", '"ask a friend"'])
@pytest.mark.parametrize("kind", HintKind)
def test_every_hint_is_said_as_on_the_command_line(kind, suggestion):
    hint = Hint(kind, 0, 4, "{0}%n", suggestion)
    assert SearchWords().hint(hint) == hint_sentence(hint)


@pytest.mark.parametrize("meaning", Meaning)
def test_every_example_of_the_cheat_sheet_is_explained(meaning):
    said = SearchWords().meaning(meaning)
    assert said
    assert not said.endswith(".")


def test_no_two_examples_are_explained_alike():
    assert len({SearchWords().meaning(meaning) for meaning in Meaning}) == len(Meaning)
