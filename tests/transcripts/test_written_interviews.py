"""The interviews written for practice: each keeps the form that makes it worth practising with."""

import re
from pathlib import Path
from statistics import mean

import pytest

from interview_coach.comparison.points import split_points
from interview_coach.domain.models import KNOWN_STAGES, RatingStatus
from interview_coach.domain.sameness import question_key
from interview_coach.transcripts.turn_format import read, write

FOLDER = Path(__file__).parents[2] / "resources" / "transcripts"
RECORDED = "nebula-systems-senior-python-backend.txt"
WRITTEN = sorted(path for path in FOLDER.glob("*.txt") if path.name != RECORDED)

#: Words of an answer that is rated as strong, spoken in one to two minutes.
STRONG = {"TECHNICAL": (140, 240), "BEHAVIORAL": (200, 280), "MANAGERIAL": (200, 280)}


@pytest.fixture(params=WRITTEN, ids=lambda path: path.stem)
def written(request):
    content = request.param.read_bytes()
    file = read(content)
    assert file.problems == ()
    assert write(file) == content
    return file


def scores(turn):
    rating = turn.rating
    given = [rating.clarity, rating.confidence]
    return [*given, rating.technical_depth] if turn.stage == "TECHNICAL" else given


def test_where_each_comes_from_is_said():
    said = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert [path.name for path in WRITTEN if path.name not in said] == []


def test_thirteen_to_sixteen_turns_stand_in_the_order_of_the_stages(written):
    assert 13 <= len(written.turns) <= 16
    assert [turn.number for turn in written.turns] == [str(number + 1) for number in range(len(written.turns))]
    order = [KNOWN_STAGES.index(turn.stage) for turn in written.turns]
    assert order == sorted(order)


def test_every_turn_has_a_rating_and_none_has_technical_depth_outside_technical(written):
    for turn in written.turns:
        assert turn.rating.status is RatingStatus.RATED
        assert all(2 <= score <= 10 for score in scores(turn))
        assert turn.stage == "TECHNICAL" or turn.rating.technical_depth is None


def test_the_ratings_spread_and_differ_between_criteria(written):
    clarity = [turn.rating.clarity for turn in written.turns]
    confidence = [turn.rating.confidence for turn in written.turns]
    assert min(clarity) <= 3
    assert max(clarity) >= 9
    assert min(confidence) <= 3
    assert max(confidence) >= 9
    assert sum(one != other for one, other in zip(clarity, confidence, strict=True)) * 2 >= len(clarity)
    means = [mean(scores(turn)) for turn in written.turns]
    strong, weak = sum(each >= 7.5 for each in means), sum(each < 5 for each in means)
    assert min(strong, weak, len(means) - strong - weak) * 5 >= len(means)


def test_an_answer_has_the_length_of_a_spoken_one(written):
    for turn in written.turns:
        words = len(turn.answer.split())
        least, most = STRONG.get(turn.stage, (60, 140)) if mean(scores(turn)) >= 7.5 else (25, 420)
        assert least <= words <= most, f"turn {turn.number}: {words} words"


def test_a_summary_quotes_the_answer_word_for_word(written):
    for turn in written.turns:
        quoted = re.findall("“([^”]+)”", turn.rating.summary)
        assert quoted, f"turn {turn.number}"
        assert [words for words in quoted if words.rstrip(".,;") not in turn.answer] == [], f"turn {turn.number}"


def test_a_technical_reference_has_four_to_eight_points(written):
    for turn in written.turns:
        if turn.stage == "TECHNICAL":
            assert 4 <= len(split_points(turn.answer)) <= 8, f"turn {turn.number}"


def test_no_question_stands_twice():
    questions = [turn.question for path in WRITTEN for turn in read(path.read_bytes()).turns]
    assert len({question_key(question) for question in questions}) == len(questions) > 0
