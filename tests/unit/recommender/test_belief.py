import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.belief import TAG_WEIGHT, believed
from recommender.domain.track import Scores

SHARE = st.floats(min_value=0, max_value=1)
SCORES = (
    st.tuples(SHARE, SHARE, SHARE, SHARE).filter(lambda values: sum(values) > 0.01).map(lambda v: Scores(*v).shares())
)


@given(SCORES)
def test_without_a_tag_the_lyrics_are_believed(scores: Scores) -> None:
    assert believed(scores, None) == scores


@given(SCORES, st.sampled_from(MOODS), SHARE)
def test_what_is_believed_sums_to_one_and_lies_between_lyrics_and_tag(
    scores: Scores, tag_mood: Mood, tag_weight: float
) -> None:
    blend = believed(scores, tag_mood, tag_weight)
    assert isinstance(blend, Scores)
    assert math.isclose(sum(blend), 1)
    for mood, score, of_both in zip(MOODS, scores, blend, strict=True):
        tag = float(mood is tag_mood)
        assert min(score, tag) - 1e-9 <= of_both <= max(score, tag) + 1e-9


def test_both_signs_count() -> None:
    scores = Scores(0.1, 0.7, 0.1, 0.1)
    assert 0 < TAG_WEIGHT < 1
    assert believed(scores, Mood.HAPPY).happy == pytest.approx(0.1 + 0.9 * TAG_WEIGHT)
    assert believed(scores, Mood.SAD).sad == pytest.approx(0.7 + 0.3 * TAG_WEIGHT)
