import re

import pytest

from interview_coach.domain.models import KNOWN_STAGES, Criterion
from interview_coach.domain.rubric import RUBRIC, band, criteria_for, entry


def test_every_criterion_has_its_entry_in_order():
    assert [found.criterion for found in RUBRIC] == list(Criterion)


@pytest.mark.parametrize("criterion", Criterion)
def test_the_bands_cover_the_scale_without_gap_or_overlap(criterion):
    bands = entry(criterion).bands
    assert len(bands) == 5
    assert [score for found in bands for score in range(found.low, found.high + 1)] == list(range(1, 11))
    for found in bands:
        for score in range(found.low, found.high + 1):
            assert band(criterion, score) is found


def test_a_score_between_two_belongs_to_the_lower_and_none_lies_outside():
    assert band(Criterion.CLARITY, 8.5).key == "clarity.7-8"
    for score in (0, 0.9, 10.1, 11, float("nan")):
        with pytest.raises(ValueError, match="1 and 10"):
            band(Criterion.CLARITY, score)


def test_the_keys_are_stable():
    assert [found.key for found in entry(Criterion.TECHNICAL_DEPTH).bands] == [
        "technical_depth.1-2",
        "technical_depth.3-4",
        "technical_depth.5-6",
        "technical_depth.7-8",
        "technical_depth.9-10",
    ]
    keys = [key for found in RUBRIC for key in (found.title_key, found.meaning_key, *(b.key for b in found.bands))]
    assert len(set(keys)) == len(keys) == 21


def test_every_text_is_one_sentence_that_fits_beside_the_choice():
    for found in RUBRIC:
        assert re.fullmatch(r"[A-Z][^.!?]*\?", found.meaning)
        assert len(found.meaning) <= 70
        for text in (b.text for b in found.bands):
            assert re.fullmatch(r"[A-Z][^.!?]*\.", text), text
            assert 50 <= len(text) <= 170, text


@pytest.mark.parametrize("criterion", Criterion)
def test_no_band_explains_a_criterion_by_its_own_name(criterion):
    word = {"clarity": "clear", "confidence": "confiden", "technical_depth": "deep|depth"}[criterion.value]
    for found in entry(criterion).bands:
        assert re.search(word, found.text, re.IGNORECASE) is None
    texts = [found.text for found in entry(criterion).bands]
    assert len(set(texts)) == 5


def test_the_anchor_of_clear_answers():
    assert band(Criterion.CLARITY, 7).text == (
        "The point comes in the first two sentences; each later sentence serves it; a listener could retell it."
    )


def test_technical_depth_is_rated_in_technical_or_where_turned_on():
    for stage in (*KNOWN_STAGES, "CASE STUDY"):
        asked = criteria_for(stage)
        assert (Criterion.TECHNICAL_DEPTH in asked) == (stage == "TECHNICAL")
        assert asked[:2] == (Criterion.CLARITY, Criterion.CONFIDENCE)
        assert criteria_for(stage, depth_everywhere=True) == tuple(Criterion)
