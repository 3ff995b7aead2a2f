"""Songs of the catalogue, made up."""

from recommender.domain.scores import Scores
from recommender.domain.track import Track


def wanted(artist: str, title: str) -> Track:
    """A song of which nothing but its names is known."""
    scores = Scores(0.1, 0.1, 0.7, 0.1)
    return Track("0123456789ab", artist, title, None, None, None, None, None, None, None, scores)
