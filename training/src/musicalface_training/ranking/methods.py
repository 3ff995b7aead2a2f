"""Methods to rank songs for a mood: by chance, by one feature, and by the believed scores that are served."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from musicalface_common.vocabulary import Mood
from recommender.domain.belief import PRIOR_VOTES, TAG_VOTES, believed
from recommender.domain.ranking import CANDIDATES, SERVED, Candidates, Weights, popularity
from recommender.domain.scores import Scores
from recommender.domain.track import Track

# The mood scores that a method uses for a song; None if it has none.
Belief = Callable[[Track], Scores | None]

# At this temperature the best songs are drawn, and chance decides only between equals.
COLD = 1e-9


@dataclass(frozen=True)
class Method:
    """A function for songs' mood scores, and the weights to draw with. Without one, all songs are candidates."""

    name: str
    belief: Belief | None
    weights: Weights

    def candidates(self, tracks: Sequence[Track], mood: Mood) -> Candidates:
        """Return the songs to draw from for a mood."""
        if self.belief is not None:
            return strongest(tracks, mood, self.belief)
        return Candidates(tracks, np.zeros((len(tracks), 4)), _popularity(tracks))

    def without_chance(self) -> "Method":
        """Return this method at a temperature at which it always gives its best songs."""
        return replace(self, weights=self.weights._replace(temperature=COLD))


def strongest(tracks: Sequence[Track], mood: Mood, belief: Belief) -> Candidates:
    """Return the songs of a mood with the strongest scores, strongest first, as the recommender gathers them."""
    found = [(scores, track) for track in tracks if (scores := belief(track)) is not None and scores.mood is mood]
    kept = sorted(found, key=lambda pair: (-max(pair[0]), pair[1].id))[:CANDIDATES]
    songs = [track for _, track in kept]
    return Candidates(songs, np.array([scores for scores, _ in kept]).reshape(-1, 4), _popularity(songs))


def blend(prior_votes: float = PRIOR_VOTES, weights: Weights = SERVED) -> Method:
    """Return the served method, with the served weights by default."""
    return Method("blend", lambda track: _blend(track, prior_votes), weights)


def single_features(temperature: float) -> list[Method]:
    """Return the methods that rank by one feature only, and by chance."""
    return [
        Method("random", None, Weights(0, temperature)),
        Method("popularity", None, Weights(1, temperature)),
        Method("lyric mood", lambda track: track.scores, Weights(0, temperature)),
        Method("tag mood", _tag, Weights(0, temperature)),
    ]


def _blend(track: Track, prior_votes: float) -> Scores | None:
    people, votes = (track.people, track.votes or 0) if track.people else (_tag(track), TAG_VOTES)
    return believed(people, votes, track.scores, prior_votes)


def _tag(track: Track) -> Scores | None:
    return Scores.pure(track.tag_mood) if track.tag_mood else None


def _popularity(tracks: Sequence[Track]) -> npt.NDArray[np.float64]:
    return np.array([popularity(track.listeners) for track in tracks], np.float64)
