"""Precision at 10: the share of ten songs that have the requested mood."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import fmean

import numpy as np

from musicalface_common.vocabulary import MOODS, Mood
from musicalface_training.ranking.methods import Method
from musicalface_training.ranking.truth import Rated, resample
from recommender.domain.ranking import Candidates, Exclusions, Weights, draw
from recommender.domain.scores import Scores
from recommender.domain.track import Track

LENGTH = 10
DRAWS = 200
RESAMPLES = 200
DRAWS_A_RESAMPLE = 10


@dataclass(frozen=True)
class PrecisionAt10:
    """The precision at 10 of drawn lists, by mood and as mean, with its 95% interval, and of the ten best songs."""

    name: str
    by_mood: dict[Mood, float]
    interval: tuple[float, float]
    best: float

    @property
    def mean(self) -> float:
        return fmean(self.by_mood.values())


def measure(method: Method, rated: Rated) -> PrecisionAt10:
    """Measure a method. Its interval is over 200 bootstrap samples of the artists, and lists of their songs."""
    random = np.random.default_rng(0)
    again = [mean_precision(method, resample(rated, random), DRAWS_A_RESAMPLE) for _ in range(RESAMPLES)]
    low, high = np.percentile(again, (2.5, 97.5))
    best = mean_precision(method.without_chance(), rated, DRAWS)
    return PrecisionAt10(method.name, precision(method, rated, DRAWS), (float(low), float(high)), best)


def mean_precision(method: Method, rated: Rated, draws: int) -> float:
    """Return the mean precision over moods."""
    return fmean(precision(method, rated, draws).values())


def precision(method: Method, rated: Rated, draws: int) -> dict[Mood, float]:
    """Return by mood the share of songs in `draws` lists that people gave that mood; an empty list counts as 0."""
    truth = {track.id: mood for track, mood in zip(rated.tracks, rated.moods, strict=True)}
    lists = {mood: draw_lists(method.candidates(rated.tracks, mood), mood, method.weights, draws) for mood in MOODS}
    return {mood: fmean(_share(tracks, truth, mood) for tracks in lists[mood]) for mood in MOODS}


def draw_lists(candidates: Candidates, mood: Mood, weights: Weights, draws: int) -> list[list[Track]]:
    """Draw lists of ten songs, with a fixed seed."""
    random = np.random.default_rng(0)
    return [draw(candidates, Scores.pure(mood), LENGTH, random, Exclusions(), weights) for _ in range(draws)]


def shared(lists: Sequence[Sequence[Track]]) -> float:
    """Return how many songs two of the lists share on average."""
    ids = [{track.id for track in tracks} for tracks in lists]
    return fmean(len(one & other) for one, other in combinations(ids, 2))


def _share(tracks: Sequence[Track], truth: dict[str, Mood], mood: Mood) -> float:
    return fmean(truth[track.id] is mood for track in tracks) if tracks else 0.0
