"""Draws songs at random: the more a song appeals, the more often it is drawn."""

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from recommender.domain.scores import Scores
from recommender.domain.track import Track

Floats = npt.NDArray[np.float64]

# Measured: training/reports/ranking.md. An appeal higher by TEMPERATURE makes a song e times as likely.
POPULARITY_WEIGHT = 0.2
TEMPERATURE = 0.05
# A lift needs fit more than variety: songs between two moods are rare.
LIFT_TEMPERATURE = 0.02
# The listeners in Last.fm-2k (Cantador et al. 2011).
ALL_LISTENERS = 1892
# Candidates of a mood. Twice as many as a client may exclude, so that a frequent listener still gets lists.
CANDIDATES = 1000


class Weights(NamedTuple):
    """The weight of popularity against fit, and the temperature of the softmax."""

    popularity: float = POPULARITY_WEIGHT
    temperature: float = TEMPERATURE


SERVED = Weights()
LIFTED = Weights(temperature=LIFT_TEMPERATURE)
# The scores of a song without a mood: it fits no target.
NO_MOOD = Scores(0, 0, 0, 0)


@dataclass(frozen=True)
class Candidates:
    """Songs to draw from: n tracks, their believed scores (n, 4), and their popularity (n,) from 0 to 1."""

    tracks: Sequence[Track]
    scores: Floats
    popularity: Floats

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> Self:
        """Return candidates with the scores and the popularity of these tracks."""
        scores = np.array([track.belief or NO_MOOD for track in tracks], np.float64).reshape(-1, 4)
        return cls(tracks, scores, np.array([popularity(track.listeners) for track in tracks], np.float64))

    def appeal(self, target: Scores, weight: float) -> Floats:
        """Return the appeal of each song, (n,): its fit to the target plus `weight` times its popularity.

        The fit is the overlap of the song's scores and the target's shares: the sum over the moods of the smaller of
        both. It is 1 where they are equal and 0 where they have no mood in common. For a target of one mood it is the
        song's score of that mood.
        """
        fit = np.minimum(self.scores, target.shares()).sum(axis=1)
        return np.asarray(fit + weight * self.popularity)


@dataclass
class Exclusions:
    """Songs and artists that must not be drawn: the client's excluded songs, and the artists in the list so far."""

    songs: Set[str] = frozenset()
    artists: set[str] = field(default_factory=set)

    def add(self, track: Track) -> bool:
        """Exclude a song's artist from now on. Returns False where the song or its artist was excluded already."""
        artist = track.artist_key
        if artist in self.artists or not self.songs.isdisjoint((track.id, *track.former_ids)):
            return False
        self.artists.add(artist)
        return True


def popularity(listeners: int | None) -> float:
    """Return the logarithm of the number of listeners, scaled from 0 (none, or unknown) to 1 (all)."""
    return math.log1p(listeners or 0) / math.log1p(ALL_LISTENERS)


def draw(
    candidates: Candidates,
    target: Scores,
    count: int,
    random: np.random.Generator,
    excluded: Exclusions,
    weights: Weights = SERVED,
) -> list[Track]:
    """Draw up to `count` songs that are not excluded, at most one per artist, and exclude their artists.

    Each song is drawn by softmax(appeal / temperature) over the remaining songs. Sorting by appeal plus Gumbel noise
    gives the same distribution (Gumbel top-k: Kool, van Hoof & Welling 2019, arXiv 1903.06059).
    """
    appeal = candidates.appeal(target, weights.popularity)
    order = np.argsort(-(appeal / weights.temperature + random.gumbel(size=len(appeal))))
    return list(islice(_allowed(candidates.tracks, order.tolist(), excluded), count))


def _allowed(tracks: Sequence[Track], order: Iterable[int], excluded: Exclusions) -> Iterator[Track]:
    return (tracks[row] for row in order if excluded.add(tracks[row]))
