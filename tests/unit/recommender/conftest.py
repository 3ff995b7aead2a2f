from collections.abc import Callable

import pytest
from support.tracks import bare_track

from recommender.domain.track import Track


@pytest.fixture
def song() -> Callable[..., Track]:
    """Make a song from a number. Facts that are given replace those made from the number."""

    def make(number: int, **facts: object) -> Track:
        usual = {"id": f"{number:012x}", "artist": f"Artist {number}", "title": f"Song {number}"}
        return bare_track(**(usual | facts))

    return make
