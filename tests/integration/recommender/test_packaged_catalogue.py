"""The catalogue that is shipped."""

import csv
import gzip
from collections.abc import Iterator
from hashlib import sha256

import httpx
import pytest
from support.server import serve

from musicalface_common.vocabulary import MOODS, Mood
from recommender.app import create_app
from recommender.domain.normalisation import normalise
from recommender.settings import Settings


@pytest.fixture(scope="module")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("packaged")
    with serve(create_app(Settings(database_url=f"sqlite:///{folder / 'catalogue.db'}"))) as base_url:
        yield base_url


@pytest.mark.parametrize("mood", MOODS)
def test_every_mood_has_fifty_songs_by_fifty_artists(base_url: str, mood: Mood) -> None:
    scores = {other: float(other is mood) for other in MOODS}
    wish = {"mood": mood, "scores": scores, "limit": 50}
    answer = httpx.post(f"{base_url}/v1/recommendations", json=wish).json()
    assert answer["degraded"] == []
    assert {track["mood"] for track in answer["tracks"]} == {mood}
    assert len({track["artist"].casefold() for track in answer["tracks"]}) == 50


def test_filters_by_facts_find_songs(base_url: str) -> None:
    for query in ({"genre": "rock"}, {"language": "en"}, {"year_from": 1970, "year_to": 1979}, {"q": "love"}):
        assert len(httpx.get(f"{base_url}/v1/tracks", params=query).json()["tracks"]) == 10


def test_every_id_is_made_of_artist_and_title() -> None:
    with gzip.open(Settings().catalogue_file, "rt", encoding="utf-8", newline="") as file:
        tracks = list(csv.DictReader(file))
    assert tracks
    for track in tracks:
        name = f"{normalise(track['artist'])}\n{normalise(track['title'])}"
        assert track["id"] == sha256(name.encode()).hexdigest()[:12], name
