"""Draws songs at random: the higher the appeal of a song, the more often it is drawn."""

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
# The number of listeners in Last.fm-2k (Cantador et al. 2011).
ALL_LISTENERS = 1892
# Number of candidates of a mood. Twice as many as a client may exclude, so that a frequent listener still gets lists.
CANDIDATES = 1000


class Weights(NamedTuple):
    """The weight of popularity relative to fit, and the temperature of the softmax."""

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

        The fit is the overlap of the song's scores and the target's shares: the smaller of both for each mood, summed
        over the moods. It is 1 if they are equal and 0 if they have no mood in common. For a target of one mood, it is
        the song's score of that mood.
        """
        fit = np.minimum(self.scores, target.shares()).sum(axis=1)
        return np.asarray(fit + weight * self.popularity)


@dataclass
class Exclusions:
    """Songs and artists that must not be drawn: songs that the client excludes, and artists in the list so far."""

    songs: Set[str] = frozenset()
    artists: set[str] = field(default_factory=set)

    def add(self, track: Track) -> bool:
        """Exclude a song's artist from now on. Returns False if the song or its artist was already excluded."""
        artist = track.artist_key
        if artist in self.artists or not self.songs.isdisjoint((track.id, *track.former_ids)):
            return False
        self.artists.add(artist)
        return True


def popularity(listeners: int | None) -> float:
    """Return the logarithm of the number of listeners, scaled from 0 (none, or unknown) to 1 (ALL_LISTENERS)."""
    return math.log1p(listeners or 0) / math.log1p(ALL_LISTENERS)


def prominence(track: Track) -> int:
    """Return how well known a song is, from 0 to 110: the popularity of its artist in percent, and 10 for a hit.

    A song with a known year or Spotify id counts as a hit. One song in three has one of them, and most hits do.
    """
    known = track.year is not None or track.spotify_id is not None
    return round(100 * min(1, popularity(track.listeners))) + (10 if known else 0)


def draw(
    candidates: Candidates,
    target: Scores,
    count: int,
    random: np.random.Generator,
    excluded: Exclusions,
    weights: Weights = SERVED,
) -> list[Track]:
    """Draw up to `count` songs that are not excluded, at most one per artist, and exclude their artists.

    The probability of each song is softmax(appeal / temperature) over the remaining songs. Sorting by appeal plus
    Gumbel noise gives the same distribution (Gumbel top-k: Kool, van Hoof & Welling 2019, arXiv 1903.06059).
    """
    appeal = candidates.appeal(target, weights.popularity)
    order = np.argsort(-(appeal / weights.temperature + random.gumbel(size=len(appeal))))
    return list(islice(_allowed(candidates.tracks, order.tolist(), excluded), count))


def _allowed(tracks: Sequence[Track], order: Iterable[int], excluded: Exclusions) -> Iterator[Track]:
    return (tracks[row] for row in order if excluded.add(tracks[row]))
