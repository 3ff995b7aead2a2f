"""Chance with a preference: songs are drawn, and the more one appeals the more often it is drawn."""

import math
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from recommender.domain.track import Scores, Track

Floats = npt.NDArray[np.float64]

# Measured: training/reports/ranking.md. A song that appeals more by TEMPERATURE is e times as likely to be drawn next.
POPULARITY_WEIGHT = 0.2
TEMPERATURE = 0.05
# On a lift fit counts for more than variety: songs between two moods are rare.
LIFT_TEMPERATURE = 0.02
# Listeners are counted among those of Last.fm-2k (Cantador et al. 2011).
ALL_LISTENERS = 1892
# So many of a mood are gathered. Twice what a client may exclude: a faithful listener still gets lists.
CANDIDATES = 1000


class Weights(NamedTuple):
    """What a song's popularity weighs beside its fit, and what differences in appeal count."""

    popularity: float = POPULARITY_WEIGHT
    temperature: float = TEMPERATURE


SERVED = Weights()
LIFTED = Weights(temperature=LIFT_TEMPERATURE)


@dataclass(frozen=True)
class Candidates:
    """Songs to draw from: n tracks, their believed scores (n, 4), and their popularity (n,) from 0 to 1."""

    tracks: Sequence[Track]
    scores: Floats
    popularity: Floats

    @classmethod
    def of(cls, tracks: Sequence[Track]) -> Self:
        """Gather what the tracks' appeal follows from."""
        scores = np.array([track.believed for track in tracks], np.float64).reshape(-1, 4)
        return cls(tracks, scores, np.array([popularity(track.listeners) for track in tracks], np.float64))

    def appeal(self, target: Scores, weight: float) -> Floats:
        """Return (n,): how well songs fit the target's shares, and `weight` times their popularity.

        A fit is what two shares have in common, the sum of the lesser of each mood's: 1 if they are the same, 0
        if they share no mood. For a target of one mood it is the song's score of that mood.
        """
        fit = np.minimum(self.scores, target.shares()).sum(axis=1)
        return np.asarray(fit + weight * self.popularity)


@dataclass
class Heard:
    """What is not to come again: songs that the listener had, and artists that the list has."""

    songs: Set[str] = frozenset()
    artists: set[str] = field(default_factory=set)

    def add(self, track: Track) -> bool:
        """Add the artist of a song unless song or artist were heard; say whether they were new."""
        artist = track.artist_key
        if track.id in self.songs or artist in self.artists:
            return False
        self.artists.add(artist)
        return True


def popularity(listeners: int | None) -> float:
    """Return the logarithm of an artist's number of listeners on a scale from 0 (none, or unknown) to 1 (all)."""
    return math.log1p(listeners or 0) / math.log1p(ALL_LISTENERS)


def draw(
    candidates: Candidates,
    target: Scores,
    count: int,
    random: np.random.Generator,
    heard: Heard,
    weights: Weights = SERVED,
) -> list[Track]:
    """Draw up to `count` songs that were not heard, one an artist, and add them to what was heard.

    Each next song is drawn by softmax(appeal / temperature) over those that are left. Sorting by appeal with
    Gumbel noise draws just so (Gumbel top-k: Kool, van Hoof & Welling 2019, arXiv 1903.06059).
    """
    appeal = candidates.appeal(target, weights.popularity)
    order = np.argsort(-(appeal / weights.temperature + random.gumbel(size=len(appeal))))
    return list(islice(_new(candidates.tracks, order.tolist(), heard), count))


def _new(tracks: Sequence[Track], order: Iterable[int], heard: Heard) -> Iterator[Track]:
    return (tracks[row] for row in order if heard.add(tracks[row]))
