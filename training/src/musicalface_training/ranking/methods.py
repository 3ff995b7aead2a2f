"""Ways to rank songs for a mood, from chance to all that is known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import Mood
from recommender.domain.ranking import CANDIDATES, SERVED, Candidates, Weights, popularity
from recommender.domain.scores import TAG_WEIGHT, Scores
from recommender.domain.track import Track

# What a method takes a song's scores for; None where it knows nothing of the song.
Belief = Callable[[Track], Scores | None]

# Small enough that the most appealing songs come, and chance decides between equals alone.
COLD = 1e-9


@dataclass(frozen=True)
class Method:
    """What is believed of songs, and how they are drawn. Without a belief all songs are candidates for any mood."""

    name: str
    belief: Belief | None
    weights: Weights

    def candidates(self, tracks: Sequence[Track], mood: Mood) -> Candidates:
        """Return what is drawn from for a mood."""
        if self.belief is not None:
            return strongest(tracks, mood, self.belief)
        return Candidates(tracks, np.zeros((len(tracks), 4)), _popularity(tracks))

    def without_chance(self) -> "Method":
        """Return the method that always gives its best songs."""
        return replace(self, weights=self.weights._replace(temperature=COLD))


def strongest(tracks: Sequence[Track], mood: Mood, belief: Belief) -> Candidates:
    """Return the songs that are strongest in a mood, the strongest first, as the recommender gathers them."""
    found = [(scores, track) for track in tracks if (scores := belief(track)) is not None and scores.mood is mood]
    kept = sorted(found, key=lambda pair: (-max(pair[0]), pair[1].id))[:CANDIDATES]
    songs = [track for _, track in kept]
    return Candidates(songs, np.array([scores for scores, _ in kept]).reshape(-1, 4), _popularity(songs))


def blend(tag_weight: float = TAG_WEIGHT, weights: Weights = SERVED) -> Method:
    """Return what is served, or would be with other weights."""
    return Method("blend", lambda track: track.scores.blended(track.tag_mood, tag_weight), weights)


def single_signs(temperature: float) -> list[Method]:
    """Return rankings by one sign alone, and by none."""
    return [
        Method("random", None, Weights(0, temperature)),
        Method("popularity", None, Weights(1, temperature)),
        Method("lyric mood", lambda track: track.scores, Weights(0, temperature)),
        Method("tag mood", _tag, Weights(0, temperature)),
    ]


def _tag(track: Track) -> Scores | None:
    return Scores.pure(track.tag_mood) if track.tag_mood else None


def _popularity(tracks: Sequence[Track]) -> npt.NDArray[np.float64]:
    return np.array([popularity(track.listeners) for track in tracks], np.float64)
