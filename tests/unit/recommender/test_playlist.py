from collections import Counter
from collections.abc import Callable
from itertools import groupby

import numpy as np
import pytest

from musicalface_common.vocabulary import MOODS, Mood
from recommender.domain.playlist import make_list
from recommender.domain.policy import Policy, Target
from recommender.domain.ranking import Candidates, Exclusions
from recommender.domain.scores import Scores
from recommender.domain.track import Track

MakeSong = Callable[..., Track]

BITTERSWEET = Target(Mood.SAD, Scores(0, 0.5, 0, 0.5))


@pytest.fixture
def pools(song: MakeSong) -> dict[Mood, Candidates]:
    """Forty songs of each mood, with high and low scores for it."""
    random = np.random.default_rng(0)
    songs = [song(number, scores=Scores(*random.dirichlet([0.6] * 4))) for number in range(400)]
    return {mood: Candidates.of([track for track in songs if track.mood is mood][:40]) for mood in MOODS}


def listed(pools: dict[Mood, Candidates], policy: Policy, requested: Target, length: int, seed: int) -> list[Track]:
    return make_list(policy, requested, length, pools.__getitem__, Exclusions(), np.random.default_rng(seed))


@pytest.mark.parametrize("seed", range(10))
def test_a_mixed_face_gets_songs_of_both_moods_the_leading_one_first(pools: dict[Mood, Candidates], seed: int) -> None:
    tracks = listed(pools, Policy.MATCH, BITTERSWEET, 10, seed)
    assert tracks[0].mood is Mood.SAD
    assert Counter(track.mood for track in tracks) == {Mood.SAD: 6, Mood.RELAXED: 4}


@pytest.mark.parametrize("seed", range(10))
def test_a_lift_goes_from_mood_to_mood(pools: dict[Mood, Candidates], seed: int) -> None:
    tracks = listed(pools, Policy.LIFT, Target(Mood.ANGRY, Scores.pure(Mood.ANGRY)), 10, seed)
    assert [mood for mood, _ in groupby(track.mood for track in tracks)] == [Mood.ANGRY, Mood.RELAXED, Mood.HAPPY]
    assert len({track.id for track in tracks}) == 10


@pytest.mark.parametrize("policy", Policy)
def test_the_leading_mood_replaces_songs_that_another_mood_lacks(pools: dict[Mood, Candidates], policy: Policy) -> None:
    few = pools | {Mood.RELAXED: Candidates.of(pools[Mood.RELAXED].tracks[:1])}
    tracks = listed(few, policy, BITTERSWEET, 10, 0)
    count = Counter(track.mood for track in tracks)
    assert len(tracks) == 10
    assert count[Mood.RELAXED] == 1
    assert tracks[0].mood is Mood.SAD


def test_a_list_is_short_if_the_leading_mood_has_no_more_songs(pools: dict[Mood, Candidates]) -> None:
    few = {mood: Candidates.of(pool.tracks[:2]) for mood, pool in pools.items()}
    assert len(listed(few, Policy.MATCH, Target(Mood.SAD, Scores.pure(Mood.SAD)), 10, 0)) == 2
    assert listed({mood: Candidates.of([]) for mood in MOODS}, Policy.MATCH, BITTERSWEET, 10, 0) == []
