import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.scores import TAG_WEIGHT, Scores

SHARE = st.floats(min_value=0, max_value=1)
SCORES = (
    st.tuples(SHARE, SHARE, SHARE, SHARE).filter(lambda values: sum(values) > 0.01).map(lambda v: Scores(*v).shares())
)


@given(SCORES)
def test_without_a_tag_the_scores_of_the_lyrics_are_unchanged(scores: Scores) -> None:
    assert scores.blended(None) == scores


@given(SCORES, st.sampled_from(MOODS), SHARE)
def test_blended_scores_sum_to_one_and_lie_between_lyrics_and_tag(
    scores: Scores, tag_mood: Mood, tag_weight: float
) -> None:
    blend = scores.blended(tag_mood, tag_weight)
    assert isinstance(blend, Scores)
    assert math.isclose(sum(blend), 1)
    for mood, score, of_both in zip(MOODS, scores, blend, strict=True):
        tag = float(mood is tag_mood)
        assert min(score, tag) - 1e-9 <= of_both <= max(score, tag) + 1e-9


def test_lyrics_and_tag_both_count() -> None:
    scores = Scores(0.1, 0.7, 0.1, 0.1)
    assert 0 < TAG_WEIGHT < 1
    assert scores.blended(Mood.HAPPY).happy == pytest.approx(0.1 + 0.9 * TAG_WEIGHT)
    assert scores.blended(Mood.SAD).sad == pytest.approx(0.7 + 0.3 * TAG_WEIGHT)
