import csv
import gzip
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.songs import Song
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from support.server import serve

from recommender.catalogue.facts_file import HEADER
from recommender.settings import Settings

COUNT = 400
SCORES = {"angry": "0.1", "sad": "0.1", "happy": "0.7", "relaxed": "0.1"}


def facts() -> list[dict[str, str]]:
    """Return the rows of 400 happy songs: ten per year, from 1970 on."""
    return [
        {
            "id": f"{number:012x}",
            "artist": f"Artist {number}",
            "title": f"Song {number}",
            "year": f"{1970 + number // 10}",
        }
        | SCORES
        for number in range(COUNT)
    ]


@pytest.fixture
def spotify() -> SpotifyFake:
    """A fake Spotify that has all songs."""
    return SpotifyFake(Song(each["artist"], each["title"]) for each in facts())


@pytest.fixture
def spotify_url(spotify: SpotifyFake) -> Iterator[str]:
    with serve(spotify.app) as base_url:
        yield base_url


@pytest.fixture
def settings(tmp_path: Path, spotify_url: str, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a recommender with Spotify and without Redis. A test that adds a Redis gets it probed every 0.2 s."""
    monkeypatch.setattr("musicalface_common.redis.PROBE_SECONDS", 0.2)
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADER, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(facts())
    facts_file = tmp_path / "catalogue.csv.gz"
    facts_file.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    return Settings(
        database_url=f"sqlite:///{tmp_path}/catalogue.db",
        catalogue_file=facts_file,
        spotify_client_id=CLIENT_ID,
        spotify_client_secret=CLIENT_SECRET,
        spotify_api_url=f"{spotify_url}/v1/",
        spotify_accounts_url=f"{spotify_url}/api/token",
        resolve_seconds=0.4,
    )
