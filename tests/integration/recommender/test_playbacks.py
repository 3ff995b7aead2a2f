"""Links of songs in the recommender's responses. The app and the fake providers run on real servers."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fakes.provider import FakeProvider
from fakes.songs import Song
from fakes.soundcloud import SoundCloudFake
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from fakes.youtube import API_KEY, YouTubeFake
from support.server import serve
from support.waiting import wait_until

from recommender.app import create_app
from recommender.settings import Settings

COUNT = 40
WISH = {"mood": "happy", "scores": {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}, "seed": 7}
SCORES = {"angry": "0.1", "sad": "0.1", "happy": "0.7", "relaxed": "0.1"}
FIRST = f"{1:012x}"

Facts = dict[str, str]
Answer = dict[str, Any]


def known_id(number: int) -> str:
    """Return the Spotify id that the catalogue has for every third song, else an empty string."""
    return f"{number:022d}" if number % 3 == 0 else ""


def facts() -> list[Facts]:
    songs = range(1, COUNT + 1)
    names = [(f"{number:012x}", f"Artist {number}", f"Song {number}", known_id(number)) for number in songs]
    return [dict(zip(("id", "artist", "title", "spotify_id"), each, strict=True)) | SCORES for each in names]


SONGS = [
    Song(each["artist"], each["title"], explicit=True, given_spotify_id=each["spotify_id"] or None) for each in facts()
]


@dataclass
class World:
    """A client of the recommender, and the fake providers that the recommender may call."""

    client: httpx.Client
    spotify: SpotifyFake
    youtube: YouTubeFake
    soundcloud: SoundCloudFake

    def recommend(self, provider: str, **wish: object) -> Answer:
        answer = self.client.post("/v1/recommendations", json=WISH | {"provider": provider} | wish)
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def dependency(self, name: str) -> str:
        return str(self.client.get("/health/ready").json()["dependencies"][name])

    def calls(self) -> dict[str, int]:
        fakes: dict[str, FakeProvider] = {"spotify": self.spotify, "youtube": self.youtube}
        fakes["soundcloud"] = self.soundcloud
        return {name: len(fake.queries) for name, fake in fakes.items()}


@pytest.fixture
def settings(tmp_path: Path, write_facts: Callable[[list[Facts]], Path]) -> Settings:
    """Settings of a recommender without any provider."""
    return Settings(database_url=f"sqlite:///{tmp_path}/catalogue.db", catalogue_file=write_facts(facts()))


@pytest.fixture
def world(settings: Settings) -> Iterator[World]:
    """The recommender with the credentials of all providers."""
    fakes = SpotifyFake(SONGS), YouTubeFake(SONGS), SoundCloudFake(SONGS)
    with serve(fakes[0].app) as spotify, serve(fakes[1].app) as youtube, serve(fakes[2].app) as soundcloud:
        own = {
            "spotify_client_id": CLIENT_ID,
            "spotify_client_secret": CLIENT_SECRET,
            "spotify_api_url": f"{spotify}/v1/",
            "spotify_accounts_url": f"{spotify}/api/token",
            "youtube_api_key": API_KEY,
            "youtube_api_url": f"{youtube}/youtube/v3/",
            "soundcloud_client_id": CLIENT_ID,
            "soundcloud_client_secret": CLIENT_SECRET,
            "soundcloud_api_url": f"{soundcloud}/",
            "soundcloud_token_url": f"{soundcloud}/oauth/token",
            "resolve_seconds": 5.0,
        }
        with served(Settings(**settings.model_dump() | own)) as client:
            yield World(client, *fakes)


@contextmanager
def served(settings: Settings) -> Iterator[httpx.Client]:
    """A client of a recommender with these settings."""
    with serve(create_app(settings)) as base_url, httpx.Client(base_url=base_url, timeout=30) as client:
        yield client


def test_songs_at_spotify_have_page_player_artwork_and_length(world: World) -> None:
    answer = world.recommend("spotify")
    assert answer["degraded"] == []
    by_title = {song.title: song for song in SONGS}
    for track in answer["tracks"]:
        song = by_title[track["title"]]
        assert track["url"] == f"https://open.spotify.com/track/{song.spotify_id}"
        assert track["embed_url"] == f"https://open.spotify.com/embed/track/{song.spotify_id}"
        assert track["artwork_url"].startswith("https://i.scdn.co/image/")
        assert (track["duration_ms"], track["explicit"]) == (song.duration_ms, True)
    assert world.calls() == {"spotify": 10, "youtube": 0, "soundcloud": 0}


def test_only_songs_of_the_response_are_looked_up_and_only_once(world: World) -> None:
    first = world.recommend("spotify", limit=5)
    assert world.recommend("spotify", limit=5) == first
    assert world.calls()["spotify"] == 5


def test_songs_at_soundcloud_have_page_player_and_artwork(world: World) -> None:
    answer = world.recommend("soundcloud")
    assert answer["degraded"] == []
    for track in answer["tracks"]:
        assert track["url"].startswith("https://soundcloud.com/artist-")
        assert track["embed_url"].startswith("https://w.soundcloud.com/player/")
        assert track["artwork_url"].startswith("https://i1.sndcdn.com/")
    assert world.calls()["spotify"] == world.calls()["youtube"] == 0


def test_youtube_is_called_only_for_a_click(world: World) -> None:
    video = {"title": "Artist 1 - Song 1 (Official Video)", "channelTitle": "Artist 1"}
    world.youtube.fail_with(status=200, body={"items": [{"id": {"videoId": "video"}, "snippet": video}]})
    before = world.recommend("youtube", limit=COUNT)
    world.client.get("/v1/tracks", params={"provider": "youtube"})
    assert {track["url"].partition("?")[0] for track in before["tracks"]} == {"https://www.youtube.com/results"}
    assert (before["degraded"], world.calls()["youtube"]) == ([], 0)
    for _ in range(3):
        clicked = world.client.get(f"/v1/tracks/{FIRST}", params={"provider": "youtube"}).json()
        assert clicked["track"]["url"] == "https://www.youtube.com/watch?v=video"
        assert clicked["degraded"] == []
    after = {track["id"]: track["url"] for track in world.recommend("youtube", limit=COUNT)["tracks"]}
    assert after[FIRST] == "https://www.youtube.com/watch?v=video"
    assert world.calls() == {"spotify": 0, "youtube": 1, "soundcloud": 0}


def test_a_used_up_quota_of_youtube_is_reported_and_stops_calls(world: World) -> None:
    world.youtube.fail_with(status=403)
    for number in (1, 2, 4):
        answer = world.client.get(f"/v1/tracks/{number:012x}", params={"provider": "youtube"}).json()
        assert answer["degraded"] == ["youtube-limited"]
        assert answer["track"]["url"].startswith("https://www.youtube.com/results?")
    assert world.calls()["youtube"] == 1
    assert world.recommend("youtube")["degraded"] == []
    assert world.dependency("youtube").endswith("(quota)")
    assert world.dependency("spotify") == "ok"


def test_a_search_calls_no_provider_and_shows_cached_results(world: World) -> None:
    def first() -> Answer:
        return dict(world.client.get("/v1/tracks", params={"q": "song 1", "limit": 1}).json()["tracks"][0])

    assert first()["url"].startswith("https://open.spotify.com/search/")
    assert world.calls()["spotify"] == 0
    world.client.get(f"/v1/tracks/{FIRST}")
    assert first()["url"].startswith("https://open.spotify.com/track/")
    assert first()["artwork_url"].startswith("https://i.scdn.co/image/")
    assert world.calls()["spotify"] == 1


def test_a_slow_spotify_does_not_delay_the_response(world: World) -> None:
    world.spotify.delay = 1.0
    started = time.monotonic()
    answer = world.client.post("/v1/recommendations", json=WISH | {"limit": 3}, headers={"x-deadline-ms": "600"})
    assert time.monotonic() - started < 0.6
    assert answer.status_code == 200
    assert answer.json()["degraded"] == ["spotify-slow"]
    for track in answer.json()["tracks"]:
        assert track["url"].startswith("https://open.spotify.com/")
        known = known_id(int(track["id"], 16))
        assert track["embed_url"] == (f"https://open.spotify.com/embed/track/{known}" if known else None)
    wait_until(lambda: world.recommend("spotify", limit=3)["degraded"] == [])
    assert world.calls()["spotify"] == 3


def test_without_a_deadline_the_wait_for_a_provider_is_bounded_too(world: World, settings: Settings) -> None:
    own = {"resolve_seconds": 0.3, "soundcloud_client_id": None, "soundcloud_client_secret": None}
    with serve(world.spotify.app) as spotify:
        urls = {"spotify_api_url": f"{spotify}/v1/", "spotify_accounts_url": f"{spotify}/api/token"}
        client = {"spotify_client_id": CLIENT_ID, "spotify_client_secret": CLIENT_SECRET}
        world.spotify.delay = 1.0
        with served(Settings(**settings.model_dump() | own | urls | client)) as impatient:
            started = time.monotonic()
            answer = impatient.post("/v1/recommendations", json=WISH)
            assert 0.3 <= time.monotonic() - started < 0.8
    assert answer.json()["degraded"] == ["spotify-slow"]


def test_a_limit_is_reported_in_response_readiness_and_metrics_until_it_ends(world: World) -> None:
    def limited() -> str:
        lines = world.client.get("/metrics").text.splitlines()
        return next(line for line in lines if line.startswith('musicalface_provider_limited{provider="spotify"}'))

    world.spotify.fail_with(status=429, headers={"Retry-After": "2"})
    answer = world.recommend("spotify")
    assert answer["degraded"] == ["spotify-limited"]
    assert len(answer["tracks"]) == 10
    assert world.dependency("spotify").startswith("limited until ")
    assert limited().endswith(" 1.0")
    world.spotify.recover()
    wait_until(lambda: world.dependency("spotify") == "ok")
    assert limited().endswith(" 0.0")
    assert world.recommend("spotify")["degraded"] == []


@pytest.mark.parametrize("fault", [{"status": 503}, {"reset": True}, {"broken_json": True}])
def test_a_failing_spotify_is_reported(world: World, fault: Answer) -> None:
    world.spotify.fail_with(**fault)
    answer = world.recommend("spotify")
    assert (len(answer["tracks"]), answer["degraded"]) == (10, ["spotify-unavailable"])


def test_one_song(world: World) -> None:
    answer = world.client.get(f"/v1/tracks/{FIRST}").json()
    assert answer["track"]["title"] == "Song 1"
    assert answer["track"]["artwork_url"].startswith("https://i.scdn.co/image/")


def test_a_song_that_spotify_no_longer_has_gets_a_link_to_the_search(world: World) -> None:
    third = f"/v1/tracks/{3:012x}"
    world.spotify.songs = [song for song in SONGS if song.title != "Song 3"]
    for _ in ("asked", "cached"):
        track = world.client.get(third).json()["track"]
        assert track["url"] == "https://open.spotify.com/search/Artist%203%20Song%203"
        assert track["embed_url"] is None
    assert world.dependency("spotify") == "ok"


def test_an_unknown_id_is_a_404(world: World) -> None:
    answer = world.client.get("/v1/tracks/0123456789ab")
    assert (answer.status_code, answer.json()["type"]) == (404, "unknown-track")


@pytest.mark.parametrize("path", ["nonsense", "0123456789AB", "0123456789abc", f"{FIRST}?provider=napster"])
def test_invalid_ids_and_providers_are_refused(world: World, path: str) -> None:
    answer = world.client.get(f"/v1/tracks/{path}")
    assert (answer.status_code, answer.json()["type"]) == (422, "invalid-request")


def test_without_credentials_nothing_is_degraded(settings: Settings) -> None:
    with served(settings) as client:
        for provider in ("spotify", "youtube", "soundcloud"):
            answer = client.post("/v1/recommendations", json=WISH | {"provider": provider}).json()
            assert (len(answer["tracks"]), answer["degraded"]) == (10, [])
            assert client.get(f"/v1/tracks/{FIRST}", params={"provider": provider}).json()["degraded"] == []
            assert client.get("/health/ready").json()["dependencies"][provider] == "not configured"
