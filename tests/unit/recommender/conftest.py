from collections.abc import Callable

import pytest

from recommender.domain.scores import Scores
from recommender.domain.track import Track


@pytest.fixture
def song() -> Callable[..., Track]:
    """Make a song from a number. Facts that are given replace those made from the number."""

    def make(number: int, **facts: object) -> Track:
        usual = {
            "id": f"{number:012x}",
            "artist": f"Artist {number}",
            "title": f"Song {number}",
            "year": None,
            "genre": None,
            "language": None,
            "explicit": None,
            "spotify_id": None,
            "tag_mood": None,
            "listeners": None,
            "scores": Scores(0.1, 0.1, 0.7, 0.1),
        }
        return Track(**(usual | facts))  # type: ignore[arg-type]

    return make
