import math
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicalface_common.vocabulary import Mood
from recommender.domain.ranking import TEMPERATURE, draw
from recommender.domain.track import Scores, Track

HAPPY = Scores.pure(Mood.HAPPY)
MakeSong = Callable[..., Track]


def happy(share: float) -> Scores:
    return Scores(1 - share, 0, share, 0)


def test_songs_are_drawn_by_softmax_of_their_scores(song: MakeSong) -> None:
    songs = [song(number, scores=happy(score)) for number, score in enumerate((0.5, 0.6, 0.7, 0.8))]
    weights = [math.exp(track.scores.happy / TEMPERATURE) for track in songs]
    random, draws = Random(1), 10_000
    firsts = Counter(draw(songs, HAPPY, 1, random, set())[0].id for _ in range(draws))
    for track, weight in zip(songs, weights, strict=True):
        assert abs(firsts[track.id] / draws - weight / sum(weights)) < 0.02


def test_the_second_song_is_drawn_by_softmax_of_what_is_left(song: MakeSong) -> None:
    songs = [song(number, scores=happy(score)) for number, score in enumerate((0.6, 0.7, 0.8))]
    random = Random(2)
    pairs = [draw(songs, HAPPY, 2, random, set()) for _ in range(10_000)]
    seconds = Counter(second.id for first, second in pairs if first is songs[2])
    share = seconds[songs[1].id] / seconds.total()
    assert abs(share - math.e / (math.e + 1)) < 0.02


def test_better_songs_come_more_often(song: MakeSong) -> None:
    songs = [song(number, scores=happy(number / 20)) for number in range(20)]
    random = Random(3)
    came = Counter(track.id for _ in range(2_000) for track in draw(songs, HAPPY, 5, random, set()))
    every_fourth = [came[track.id] for track in songs[3::4]]
    assert all(worse < better for worse, better in pairwise(every_fourth))


def test_the_scale_of_the_target_makes_no_difference(song: MakeSong) -> None:
    songs = [song(number, scores=happy(number / 50)) for number in range(50)]
    small, large = Scores(1e-300, 0, 3e-300, 0), Scores(1e300, 0, 3e300, 0)
    assert draw(songs, small, 10, Random(4), set()) == draw(songs, large, 10, Random(4), set())


def test_a_seed_repeats_a_list_and_others_differ(song: MakeSong) -> None:
    songs = [song(number) for number in range(100)]
    lists = [[track.id for track in draw(songs, HAPPY, 10, Random(seed), set())] for seed in (5, 5, 6)]
    assert lists[0] == lists[1] != lists[2]


def test_spellings_of_one_artist_are_one_artist(song: MakeSong) -> None:
    songs = [song(number, artist=name) for number, name in enumerate(("Beyoncé", "BEYONCE", "beyoncé", "Sia"))]
    assert len(draw(songs, HAPPY, 10, Random(7), set())) == 2


def test_artists_heard_before_are_passed_over(song: MakeSong) -> None:
    heard = {"artist 0"}
    drawn = draw([song(0), song(1)], HAPPY, 10, Random(8), heard)
    assert [track.artist for track in drawn] == ["Artist 1"]
    assert heard == {"artist 0", "artist 1"}


def test_only_artists_of_drawn_songs_count_as_heard(song: MakeSong) -> None:
    heard: set[str] = set()
    draw([song(number) for number in range(10)], HAPPY, 3, Random(9), heard)
    assert len(heard) == 3


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 9), max_size=40), st.integers(0, 50), st.integers())
def test_a_draw_is_as_long_as_it_can_be_with_one_song_an_artist(
    song: MakeSong, artists: list[int], count: int, seed: int
) -> None:
    songs = [song(number, artist=f"Artist {artist}") for number, artist in enumerate(artists)]
    drawn = draw(songs, HAPPY, count, Random(seed), set())
    assert len(drawn) == min(count, len(set(artists)))
    assert len({track.artist for track in drawn}) == len(drawn)
    assert all(track in songs for track in drawn)


def test_a_draw_survives_the_one_number_without_a_logarithm(song: MakeSong) -> None:
    class Zero(Random):
        def random(self) -> float:
            return 0.0

    assert draw([song(1)], HAPPY, 1, Zero(), set()) == [song(1)]
