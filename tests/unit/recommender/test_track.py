import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.scores import Scores
from recommender.domain.track import Track

SCORE = st.floats(min_value=0, allow_nan=False, allow_infinity=False)


@given(st.tuples(SCORE, SCORE, SCORE, SCORE).filter(any))
def test_shares_sum_to_one_and_keep_the_mood(values: tuple[float, float, float, float]) -> None:
    shares = Scores(*values).shares()
    assert math.isclose(sum(shares), 1)
    assert shares.mood is Scores(*values).mood


@pytest.mark.parametrize("mood", MOODS)
def test_pure_scores_have_only_one_mood(mood: Mood) -> None:
    assert Scores.pure(mood).mood is mood
    assert sum(Scores.pure(mood)) == 1


def test_of_moods_with_equal_scores_the_first_counts() -> None:
    assert Scores(0.1, 0.4, 0.1, 0.4).mood is Mood.SAD


def test_the_tagged_mood_can_change_the_mood(song: Callable[..., Track]) -> None:
    close = Scores(0.1, 0.4, 0.45, 0.05)
    assert song(1, scores=close).mood is Mood.HAPPY
    assert song(1, scores=close, tag_mood=Mood.SAD).mood is Mood.SAD
    assert math.isclose(sum(song(1, scores=close, tag_mood=Mood.SAD).blended), 1)
