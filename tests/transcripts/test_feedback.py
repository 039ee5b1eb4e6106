"""What feedback is worth as a rating."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.domain.models import Criterion, RatingStatus
from interview_coach.transcripts.feedback import judge

CLARITY, CONFIDENCE, DEPTH = Criterion


def of(clarity="8", confidence="9", depth="7", summary='"Fine."'):
    """The feedback of an ordinary turn, each value in its JSON spelling."""
    return f'{{"clarity": {clarity}, "confidence": {confidence}, "technical_depth": {depth}, "summary": {summary}}}'


def rating(feedback, stage="TECHNICAL"):
    return judge(feedback, stage, "An answer.")[0]


def said(feedback, stage="TECHNICAL", answer="An answer."):
    return judge(feedback, stage, answer)[1]


@pytest.mark.parametrize(
    ("written", "score"),
    [
        ("8", 8), ("1", 1), ("10", 10), ("8.0", 8), ("7.5", 7.5), ("1e0", 1), ("80e-1", 8), ('"8"', 8), ('"8.0"', 8),
        ('"8/10"', 8), ('" 8 / 10 "', 8), ('"7.5/10"', 7.5), ('"10/10"', 10), ('"\\u0038"', 8),
    ],
)  # fmt: skip
def test_what_is_a_score(written, score):
    found = rating(of(clarity=written))
    assert (found.clarity, found.status, found.unreadable) == (score, RatingStatus.RATED, ())
    assert said(of(clarity=written)) == ()
    assert (found.as_written is None) is written.isdigit()


@pytest.mark.parametrize(
    "written",
    [
        "0", "-1", "11", "70", "0.5", "10.01", "-0", "NaN", "Infinity", "-Infinity", "1e999", "1e-999", "true", "false",
        '"good"', '"7 of 10"', '"4/5"', '"70/100"', '"8/10/10"', '"8/100"', '"/10"', '""', '"NaN"', '"1e1"', '"+8"',
        '"-8"', '"٨"', '"8,5"', '"0"', '"11/10"', "[]", "[8]", "{}", '{"clarity": 8}', "1" * 150,
        '"8\\ud800"', '"8\\u0000"',
    ],
)  # fmt: skip
def test_what_stands_there_and_is_no_score(written):
    for at, criterion in enumerate(Criterion):
        values = ["8", "9", "7"]
        values[at] = written
        found = rating(of(*values))
        assert found.score(criterion) is None
        assert found.unreadable == ((criterion, written),)
        assert (found.status, found.as_written, found.summary) == (RatingStatus.RATED, of(*values), "Fine.")
        assert found.clarity == (None if at == 0 else 8)
        (message,) = said(of(*values))
        assert criterion.value.replace("_", " ") in message
    alone = rating(of(written, written, written))
    assert alone.status is RatingStatus.UNREADABLE
    assert [criterion for criterion, _ in alone.unreadable] == [CLARITY, CONFIDENCE, DEPTH]


def test_a_long_value_is_quoted_in_part_and_kept_whole():
    found = rating(of(clarity="9" * 5000))
    assert found.unreadable == ((CLARITY, "9" * 200 + "…"),)
    assert "9" * 5000 in found.as_written


@pytest.mark.parametrize("zero", ["0", "0.0", '"0"', '"0/10"', "-0"])
@pytest.mark.parametrize("stage", ["HR", "TECHNICAL_BACKGROUND", "technical", "WRAP-UP", "INTRO"])
def test_depth_zero_is_not_rated_but_in_technical_turns(zero, stage):
    found = rating(of(depth=zero), stage)
    if zero != "-0":
        assert (found.technical_depth, found.unreadable, said(of(depth=zero), stage)) == (None, (), ())
    assert rating(of(depth=zero)).unreadable == ((DEPTH, zero),)
    assert rating(of(depth="1"), stage).technical_depth == 1
    assert rating(of(clarity="0"), stage).unreadable == ((CLARITY, "0"),)
    assert (rating(of(depth=zero), stage).as_written is None) is (zero == "0")


@pytest.mark.parametrize(
    ("feedback", "plain"),
    [
        (of(), True), ('{"summary": null, "technical_depth": 7, "confidence": 9, "clarity": 8}', True),
        (of(clarity="8.0"), False), (of(clarity="null"), False), (of().replace("}", ', "x": 1}'), False),
        (of().replace("{", '{"clarity": 8, '), False), (f"```\n{of()}\n```", False), ('{"clarity": 8}', False),
        (of(summary='["Fine."]'), False), (of(summary='"\\u0000"'), False), (of(summary='"\\ud83d\\ude00"'), True),
    ],
)  # fmt: skip
def test_the_original_is_kept_beside_all_but_a_plain_rating(feedback, plain):
    assert rating(feedback).as_written == (None if plain else feedback)
    assert rating(feedback).status is RatingStatus.RATED


F, N = RatingStatus.FAILED, RatingStatus.NOT_RATED


@pytest.mark.parametrize(
    ("feedback", "status"),
    [
        (of("5", "5", "0", '"(Fallback due to: x) y"'), F),
        (of("5", "5", "0", '"(No summary provided)"'), F),
        (of("0", "0", "0", '"No answer provided."'), N),
        (of("0", "0", "0", '"Evaluation skipped due to error."'), F),
        ('{"summary": "Evaluation skipped due to error.", "technical_depth": 0, "clarity": 0, "confidence": 0}', F),
    ],
)
@pytest.mark.parametrize("stage", ["HR", "TECHNICAL"])
def test_what_looks_like_a_rating_and_is_none(feedback, status, stage):
    found = rating(feedback, stage)
    assert (found.status, found.clarity, found.confidence, found.technical_depth) == (status, None, None, None)
    assert (found.as_written, found.unreadable) == (feedback, ())
    (message,) = said(feedback, stage)
    assert message.startswith("no rating: ")


@pytest.mark.parametrize(
    "feedback",
    [
        of("5", "5", "0"), of("5", "5", "0", '"Said: (Fallback due to: x)"'),
        of("5", "5", "0", '"No answer provided."'), of("5", "6", "0", '"(No summary provided)"'),
        of("5", "5", "5", '"(Fallback due to: x)"'),
        of("5", "5", "0", '"No summary provided"'),
    ],
)  # fmt: skip
def test_what_looks_like_no_rating_and_is_one(feedback):
    found = rating(feedback, "HR")
    assert (found.status, found.clarity) == (RatingStatus.RATED, 5)


def test_zeros_with_an_ordinary_summary_are_no_scores():
    found = rating(of("0", "0", "0"), "HR")
    assert (found.status, found.unreadable) == (RatingStatus.UNREADABLE, ((CLARITY, "0"), (CONFIDENCE, "0")))


@pytest.mark.parametrize("feedback", ["{}", '{"clarity": null, "summary": "Hm."}', of("null", "null", "null"), "null"])
def test_where_nothing_stands_nothing_is_rated(feedback):
    assert rating(feedback).status is RatingStatus.NOT_RATED
    assert rating(None).model_dump(exclude_defaults=True) == {}
    assert said(None) == ()


def test_null_says_whether_there_was_an_answer():
    assert said("null", answer=None) == ("no rating: the question was never answered",)
    assert said("null", answer="x") == ("no rating: null",)


def test_a_newer_judge_gives_a_summary_and_no_score_of_ours():
    feedback = json.dumps({"total_score": 7.4, "feedback": "Names it.", "suggestions": ["say why"]})
    found = rating(feedback)
    assert (found.status, found.summary, found.as_written, found.unreadable) == (N, "Names it.", feedback, ())
    assert len(said(feedback)) == 1
    both = rating('{"summary": null, "feedback": "Newer.", "clarity": 8, "confidence": 9, "technical_depth": 7}')
    assert (both.summary, both.clarity) == ("Newer.", 8)
    assert rating('{"summary": "Older.", "feedback": "Newer."}').summary == "Older."


def test_the_last_of_a_repeated_key_counts():
    feedback = '{"clarity": 1, "summary": "a", "clarity": 9, "summary": "b"}'
    assert (rating(feedback).clarity, rating(feedback).summary) == (9, "b")
    assert any("repeats" in message for message in said(feedback))
    assert not any("repeats" in message for message in said('{"clarity": 1, "x": {"clarity": 2}, "y": {"clarity": 3}}'))


@pytest.mark.parametrize(
    "fence", ["```json\n{}\n```", "```\n{}```", "``` json {} ```", "~~~\n\n{}\n\n~~~~", "````JSON\n{}\n````\n"]
)
def test_a_fence_around_the_object_is_taken_off(fence):
    feedback = fence.replace("{}", of())
    assert (rating(feedback).clarity, rating(feedback).status) == (8, RatingStatus.RATED)
    assert rating(feedback).as_written == feedback
    assert said(feedback) == ()


def test_a_fence_that_is_not_closed_is_reported_and_read():
    assert rating("```json\n" + of()).clarity == 8
    for feedback in ("```json\n" + of(), "````\n{}\n```".replace("{}", of())):
        assert said(feedback)[0] == "the code fence of the feedback is not closed"


@pytest.mark.parametrize(
    "feedback",
    [
        "{", '{"', '{"clarity', '{"clarity"', '{"clarity":', '{"clarity": 8', '{"clarity": 8,', '{"summary": "Fi',
        "{clarity: 8}", "{'clarity': 8}", '{"clarity": 8,}', '{"clarity": 08}', '{"clarity": 8} {}', of() + "\nmore",
        "null null", "[]", "[" + of() + "]", '"x"', "8", "", "words", '{"summary": "a\nb"}', '{"clarity": 8 "x": 1}',
        '{"x": ' + "[" * 100_000, '{"x": ' + '{"x": ' * 100_000, "```\n" + of() + "\n```\nmore", '{"a": \ufeff1}',
    ],
)  # fmt: skip
def test_anything_else_is_kept_as_written_and_unreadable(feedback):
    found = rating(feedback)
    assert found.model_dump(exclude_defaults=True) == {"status": RatingStatus.UNREADABLE, "as_written": feedback}
    assert any("can't be read" in message for message in said(feedback))


def test_a_feedback_that_is_cut_short_is_called_so():
    for at in range(1, len(of()) - 1):
        (message,) = said(of()[:at])
        assert "cut short" in message


def test_a_summary_can_always_be_shown_and_kept():
    found = rating(of(summary='"a\\u0000b\\ud800c\\nd"'))
    assert found.summary == "a\ufffdb\ufffdc\nd"
    assert found.summary.encode()
    assert "\\ud800" in found.as_written
    assert said(of(summary="8")) == said(of(summary="{}")) == ("the summary is no text: shown as written",)
    assert rating(of(summary="8")).summary is None


VALUES = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-1, 12), st.floats(), st.text(max_size=5), st.sampled_from(["8/10"])
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=3), inner, max_size=3)),
    max_leaves=5,
)
OBJECTS = st.dictionaries(
    st.one_of(
        st.sampled_from(["clarity", "confidence", "technical_depth", "summary", "feedback"]), st.text(max_size=3)
    ),
    VALUES,
).map(json.dumps)


@settings(max_examples=500, deadline=None)
@given(st.one_of(OBJECTS, st.text(), OBJECTS.flatmap(lambda text: st.integers(0, len(text)).map(lambda at: text[:at]))))
def test_no_feedback_raises_and_none_loses_what_stood_there(feedback):
    for stage in ("HR", "TECHNICAL"):
        found, messages = judge(feedback, stage, None)
        scores = [found.score(criterion) for criterion in Criterion]
        assert all(score is None or 1 <= score <= 10 for score in scores)
        assert (found.status is RatingStatus.RATED) == any(score is not None for score in scores)
        assert found.as_written in (None, feedback)
        if found.as_written is None:
            assert set(json.loads(feedback)) == {"clarity", "confidence", "technical_depth", "summary"}
        if found.status is RatingStatus.UNREADABLE:
            assert messages


@given(
    st.tuples(*[st.integers(-1, 11)] * 3),
    st.text(st.sampled_from('ab \\"\n\t\x00\x7f\ud800é’{}'), max_size=6)
    | st.sampled_from(["(Fallback due to: x)", "(No summary provided)", "No answer provided.", "Fine."]),
    st.sampled_from(["", " ", "  ", "\n"]),
    st.sampled_from(["TECHNICAL", "HR"]),
    st.booleans(),
)
@settings(max_examples=400)
def test_the_usual_feedback_is_judged_as_any_other(scores, summary, blank, stage, quoted):
    clarity, confidence, depth = scores
    text = json.dumps(summary) if quoted else f'"{summary}"'
    plain = (
        f'{{"clarity":{blank}{clarity},{blank}"confidence":{blank}{confidence},'
        f'{blank}"technical_depth":{blank}{depth},{blank}"summary":{blank}{text}}}'
    )
    # A blank before the brace takes the long way and changes nothing else that is judged.
    rating, messages = judge(plain, stage, "a")
    longer, same = judge(plain.replace("{", "{ ", 1), stage, "a")
    as_written = None if rating.as_written is None else plain
    assert (rating, messages) == (longer.model_copy(update={"as_written": as_written}), same)
