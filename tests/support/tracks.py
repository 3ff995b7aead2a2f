"""Made-up tracks of the catalogue."""

from recommender.domain.facts import FACTS
from recommender.domain.scores import Scores
from recommender.domain.track import Track


def bare_track(**facts: object) -> Track:
    """Return a happy track of which only these facts are known."""
    unknown = {fact.name: () if fact.kind is tuple else None for fact in FACTS}
    usual = {"id": "0123456789ab", "people": None, "scores": Scores(0.1, 0.1, 0.7, 0.1)}
    return Track(**(unknown | usual | facts))  # type: ignore[arg-type]


def track_named(artist: str, title: str) -> Track:
    """Return a happy track of which only artist and title are known."""
    return bare_track(artist=artist, title=title)
