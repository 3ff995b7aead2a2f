import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.scores import Scores
from recommender.domain.track import Harm, Kind, Season, Track

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


def test_what_people_tagged_moves_the_mood(song: Callable[..., Track]) -> None:
    torn = Scores(0.1, 0.4, 0.45, 0.05)
    assert song(1, scores=torn).mood is Mood.HAPPY
    assert song(1, scores=torn, tag_mood=Mood.SAD).mood is Mood.SAD


def test_a_song_of_which_nobody_tells_has_no_mood(song: Callable[..., Track]) -> None:
    silent = song(1, scores=None)
    assert (silent.belief, silent.mood, silent.is_listed) == (None, None, False)


@pytest.mark.parametrize(
    ("mark", "listed"),
    [
        ({}, True),
        ({"kind": Kind.INSTRUMENTAL}, True),
        ({"kind": Kind.HYMN}, False),
        ({"kind": Kind.SKETCH}, False),
        ({"season": Season.CHRISTMAS}, False),
        ({"harm": Harm.KILLING}, False),
    ],
)
def test_marked_songs_are_in_no_list_unasked(song: Callable[..., Track], mark: dict[str, object], listed: bool) -> None:
    assert song(1, **mark).is_listed is listed
