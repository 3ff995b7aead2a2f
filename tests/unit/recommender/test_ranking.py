import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicalface_common.vocabulary import Mood
from recommender.domain.ranking import (
    ALL_LISTENERS,
    NO_MOOD,
    POPULARITY_WEIGHT,
    TEMPERATURE,
    Candidates,
    Exclusions,
    Weights,
    draw,
    popularity,
)
from recommender.domain.scores import Scores
from recommender.domain.track import Track

HAPPY = Scores.pure(Mood.HAPPY)
MakeSong = Callable[..., Track]


def happy(share: float) -> Scores:
    return Scores(1 - share, 0, share, 0)


def rng(seed: int) -> np.random.Generator:
    return np.random.default_rng(seed)


def test_songs_are_drawn_by_softmax_of_their_appeal(song: MakeSong) -> None:
    songs = [song(number, scores=happy(score)) for number, score in enumerate((0.5, 0.6, 0.7, 0.8))]
    weights = [math.exp((track.belief or NO_MOOD).happy / TEMPERATURE) for track in songs]
    candidates, random, draws = Candidates.of(songs), rng(1), 10_000
    firsts = Counter(draw(candidates, HAPPY, 1, random, Exclusions())[0].id for _ in range(draws))
    for track, weight in zip(songs, weights, strict=True):
        assert abs(firsts[track.id] / draws - weight / sum(weights)) < 0.02


def test_the_second_song_is_drawn_by_softmax_of_the_remaining_songs(song: MakeSong) -> None:
    scores = [0.6, 0.6 + TEMPERATURE, 0.6 + 2 * TEMPERATURE]
    songs = [song(number, scores=happy(score)) for number, score in enumerate(scores)]
    candidates, random = Candidates.of(songs), rng(2)
    pairs = [draw(candidates, HAPPY, 2, random, Exclusions()) for _ in range(10_000)]
    seconds = Counter(second.id for first, second in pairs if first is songs[2])
    share = seconds[songs[1].id] / seconds.total()
    assert abs(share - math.e / (math.e + 1)) < 0.02


def test_better_songs_are_drawn_more_often(song: MakeSong) -> None:
    candidates, random = Candidates.of([song(number, scores=happy(number / 20)) for number in range(20)]), rng(3)
    came = Counter(track.id for _ in range(2_000) for track in draw(candidates, HAPPY, 5, random, Exclusions()))
    every_fourth = [came[track.id] for track in candidates.tracks[3::4]]
    assert all(worse < better for worse, better in pairwise(every_fourth))


def test_of_two_songs_with_equal_fit_the_popular_one_is_drawn_more_often(song: MakeSong) -> None:
    known, unknown = song(0, listeners=ALL_LISTENERS), song(1, listeners=None)
    candidates, random, draws = Candidates.of([known, unknown]), rng(4), 10_000
    firsts = Counter(draw(candidates, HAPPY, 1, random, Exclusions())[0].id for _ in range(draws))
    assert abs(firsts[known.id] / draws - 1 / (1 + math.exp(-POPULARITY_WEIGHT / TEMPERATURE))) < 0.02


def test_the_tagged_mood_is_part_of_the_fit(song: MakeSong) -> None:
    candidates = Candidates.of([song(0), song(1, tag_mood=Mood.HAPPY), song(2, tag_mood=Mood.SAD)])
    untagged, tagged_happy, tagged_sad = candidates.appeal(HAPPY, 0)
    assert tagged_sad < untagged < tagged_happy


@pytest.mark.parametrize(
    ("target", "fit"),
    [(HAPPY, 0.5), (Scores(0, 0, 2, 2), 1.0), (Scores(0, 3, 3, 0), 0.5), (Scores(1, 0, 0, 0), 0.0)],
)
def test_the_fit_is_the_overlap_of_the_shares(song: MakeSong, target: Scores, fit: float) -> None:
    assert Candidates.of([song(0, scores=Scores(0, 0, 0.5, 0.5))]).appeal(target, 0) == pytest.approx([fit])


def test_popularity_is_a_logarithm_from_none_to_all() -> None:
    assert popularity(None) == popularity(0) == 0
    assert popularity(ALL_LISTENERS) == 1
    assert popularity(9) == pytest.approx(popularity(99) / 2)


def test_other_weights_change_the_draw(song: MakeSong) -> None:
    candidates = Candidates.of([song(number, scores=happy(0.5), listeners=number) for number in range(20)])
    best = draw(candidates, HAPPY, 3, rng(5), Exclusions(), Weights(popularity=1, temperature=1e-9))
    assert [track.listeners for track in best] == [19, 18, 17]


def test_the_scale_of_the_target_makes_no_difference(song: MakeSong) -> None:
    candidates = Candidates.of([song(number, scores=happy(number / 50)) for number in range(50)])
    small, large = Scores(1e-300, 0, 3e-300, 0), Scores(1e300, 0, 3e300, 0)
    assert draw(candidates, small, 10, rng(4), Exclusions()) == draw(candidates, large, 10, rng(4), Exclusions())


def test_a_seed_repeats_a_list_and_others_differ(song: MakeSong) -> None:
    candidates = Candidates.of([song(number) for number in range(100)])
    lists = [[track.id for track in draw(candidates, HAPPY, 10, rng(seed), Exclusions())] for seed in (5, 5, 6)]
    assert lists[0] == lists[1] != lists[2]


def test_spellings_of_one_artist_are_one_artist(song: MakeSong) -> None:
    songs = [song(number, artist=name) for number, name in enumerate(("Beyoncé", "BEYONCE", "beyoncé", "Sia"))]
    assert len(draw(Candidates.of(songs), HAPPY, 10, rng(7), Exclusions())) == 2


def test_excluded_songs_and_artists_are_not_drawn(song: MakeSong) -> None:
    excluded = Exclusions(songs={song(2).id}, artists={song(0).artist_key})
    drawn = draw(Candidates.of([song(0), song(1), song(2)]), HAPPY, 10, rng(8), excluded)
    assert [track.artist for track in drawn] == ["Artist 1"]
    assert excluded.artists == {song(0).artist_key, song(1).artist_key}


def test_an_excluded_song_does_not_exclude_its_artist(song: MakeSong) -> None:
    first, other = song(0, artist="Sia"), song(1, artist="Sia")
    assert draw(Candidates.of([first, other]), HAPPY, 10, rng(9), Exclusions(songs={first.id})) == [other]


def test_only_artists_of_drawn_songs_are_excluded(song: MakeSong) -> None:
    excluded = Exclusions()
    draw(Candidates.of([song(number) for number in range(10)]), HAPPY, 3, rng(9), excluded)
    assert len(excluded.artists) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 9), max_size=40), st.integers(0, 50), st.integers(0, 2**64 - 1))
def test_a_draw_has_as_many_songs_as_possible_with_one_per_artist(
    song: MakeSong, artists: list[int], count: int, seed: int
) -> None:
    songs = [song(number, artist=f"Artist {artist}") for number, artist in enumerate(artists)]
    drawn = draw(Candidates.of(songs), HAPPY, count, rng(seed), Exclusions())
    assert len(drawn) == min(count, len(set(artists)))
    assert len({track.artist for track in drawn}) == len(drawn)
    assert all(track in songs for track in drawn)
