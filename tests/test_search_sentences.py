"""What is said about a search on the command line."""

import pytest

from interview_coach.domain.search_language import Hint, HintKind, Vocabulary, parse
from interview_coach.search_sentences import hint_sentence

KNOWN = Vocabulary(stages=("HR", "TECHNICAL"), tags=("redis", "ask a friend"))


@pytest.mark.parametrize("kind", HintKind)
def test_every_hint_is_a_sentence(kind):
    said = hint_sentence(Hint(kind, 0, 1, "{1}"))
    assert "“{1}”" in said
    assert said.endswith(".")
    assert "did you mean" not in said
    meant = hint_sentence(Hint(kind, 0, 1, "x", '"a ""b"""'))
    assert '; did you mean “a "b"”?' in meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("stag:x", "“stag:” is not a filter; did you mean “stage:”? It was looked for as words."),
        ("http://x", "“http:” is not a filter. It was looked for as words."),
        ("stage:tecnical", "No stage begins with “tecnical”; did you mean “technical”?"),
        ("tag:ask", "There is no tag “ask”; did you mean “ask a friend”?"),
        (
            "is:flaged",
            "“flaged” was left out: “is:” takes due, flagged, untried or suspended; did you mean “flagged”?",
        ),
        (
            "rated:high",
            "“high” was left out: “rated:” takes one score from 1 to 10, as in 5, 5-7, <6 or >=7, or none.",
        ),
        ("stage: hr", "“stage:” was left out, since a blank follows it; did you mean “stage:hr”?"),
        ("++", "“++” was left out: only letters and digits are looked for."),
    ],
)
def test_what_is_said(text, said):
    (hint,) = parse(text, KNOWN).hints
    assert hint_sentence(hint) == said
