"""The real spotipy sends requests to the Spotify fake."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import requests
import spotipy
from fakes.fault import Fault
from fakes.songs import Song
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, QUOTA_EXCEEDED, SpotifyFake
from support.server import serve

HEROES = Song("The Lanterns", "Heroes & Ghosts", year=1977, isrc="GBXXX7700001", guests=("Ada Übel",), explicit=True)
SONGS = [HEROES, *(Song("The Lanterns", f"Night {number}") for number in range(12)), Song("Nobody", "Night 3")]


class Application:
    """A fake Spotify, and a spotipy client that is configured for it."""

    def __init__(self, base_url: str, fake: SpotifyFake) -> None:
        self.fake = fake
        credentials = spotipy.SpotifyClientCredentials(
            CLIENT_ID, CLIENT_SECRET, cache_handler=spotipy.MemoryCacheHandler()
        )
        credentials.OAUTH_TOKEN_URL = f"{base_url}/api/token"
        options = {"retries": 0, "status_retries": 0, "requests_timeout": 0.5, "status_forcelist": (502,)}
        self.spotipy = spotipy.Spotify(auth_manager=credentials, **options)
        self.spotipy.prefix = f"{base_url}/v1/"
        self.credentials = credentials

    def refused(self, **fault: Any) -> spotipy.SpotifyException:
        """Search with this fault and return the exception."""
        self.fake.fail_with(**fault)
        with pytest.raises(spotipy.SpotifyException) as caught:
            self.spotipy.search("night")
        return caught.value


@pytest.fixture
def app() -> Iterator[Application]:
    fake = SpotifyFake(SONGS)
    with serve(fake.app) as base_url:
        application = Application(base_url, fake)
        yield application
        application.spotipy._session.close()
        application.credentials._session.close()


def test_a_search_understands_filters_and_gives_tracks_as_documented(app: Application) -> None:
    for query in (
        'track:"heroes" artist:"The Lanterns"',
        "artist:ada ubel track:ghosts",
        "isrc:GBXXX7700001",
        "Heroes",
    ):
        [track] = app.spotipy.search(query)["tracks"]["items"]
        assert track["id"] == HEROES.spotify_id and track["name"] == "Heroes & Ghosts"
    assert [artist["name"] for artist in track["artists"]] == ["The Lanterns", "Ada Übel"]
    assert track["external_urls"]["spotify"] == f"https://open.spotify.com/track/{HEROES.spotify_id}"
    assert track["external_ids"] == {"isrc": "GBXXX7700001"} and track["explicit"] and track["duration_ms"] == 215_000
    assert [image["height"] for image in track["album"]["images"]] == [640, 300, 64]
    assert not app.spotipy.search('track:"Heroes" artist:"Nobody"')["tracks"]["items"]
    assert not app.spotipy.search("night year:1999")["tracks"]["items"]


def test_a_search_gives_pages_of_ten_at_most(app: Application) -> None:
    first = app.spotipy.search('artist:"the lanterns" track:night', limit=10)["tracks"]
    second = app.spotipy.next(first)["tracks"]
    assert (len(first["items"]), len(second["items"]), first["total"]) == (10, 2, 12)
    assert second["next"] is None and app.fake.queries[1]["offset"] == "10"
    for limit in (0, 11):
        with pytest.raises(spotipy.SpotifyException, match="Invalid limit"):
            app.spotipy.search("night", limit=limit)


def test_a_track_is_found_by_its_id(app: Application) -> None:
    assert app.spotipy.track(HEROES.spotify_id)["name"] == "Heroes & Ghosts"
    with pytest.raises(spotipy.SpotifyException, match="Resource not found"):
        app.spotipy.track("0" * 22)
    assert app.fake.calls == {"token": 1, "track": 2, "search": 0}


def test_tokens_expire_and_are_asked_for_by_the_right_client_alone(app: Application) -> None:
    app.spotipy.search("night")
    app.fake.expire_tokens()
    with pytest.raises(spotipy.SpotifyException, match="The access token expired"):
        app.spotipy.search("night")
    app.credentials.client_secret = "wrong"
    with pytest.raises(spotipy.SpotifyOauthError, match="invalid_client"):
        app.credentials.get_access_token(as_dict=False, check_cache=False)
    app.spotipy._auth = "made-up"
    with pytest.raises(spotipy.SpotifyException, match="Invalid access token"):
        app.spotipy.search("night")


def test_refusals_are_spotifys(app: Application) -> None:
    premium = app.refused(status=403)
    assert premium.http_status == 403 and "premium subscription" in premium.msg
    limited = app.refused(status=429, headers={"Retry-After": "7"})
    assert limited.http_status == 429 and limited.headers["Retry-After"] == "7"
    exhausted = app.refused(status=429, body=QUOTA_EXCEEDED)
    assert exhausted.reason == "QUOTA_EXCEEDED" and "Retry-After" not in exhausted.headers
    assert app.refused(status=500).http_status == 500
    assert app.fake.calls["search"] == 4


def test_a_fault_hits_its_routes_for_its_times(app: Application) -> None:
    app.fake.fail_with(status=503, times=1, routes=["search"])
    assert app.spotipy.track(HEROES.spotify_id)
    with pytest.raises(spotipy.SpotifyException):
        app.spotipy.search("night")
    assert app.spotipy.search("night")
    app.fake.token_fault = Fault(status=503)
    with pytest.raises(spotipy.SpotifyOauthError):
        app.credentials.get_access_token(as_dict=False, check_cache=False)
    app.fake.recover()
    assert app.credentials.get_access_token(as_dict=False, check_cache=False)


def test_connections_are_reset_slow_or_bring_half_of_the_json(app: Application) -> None:
    app.fake.fail_with(reset=True)
    with pytest.raises(requests.ConnectionError, match="Connection reset by peer"):
        app.spotipy.search("night")
    app.fake.fail_with(broken_json=True)
    assert app.spotipy.search("night") is None, "spotipy swallows it"
    app.fake.fail_with(delay=5)
    started = time.monotonic()
    with pytest.raises(requests.ReadTimeout):
        app.spotipy.search("night")
    assert time.monotonic() - started < 2


def test_calls_under_way_together_are_counted(app: Application) -> None:
    app.spotipy.search("night")
    assert app.fake.most_at_once == 1
    app.fake.delay = 0.1
    with ThreadPoolExecutor(3) as threads:
        list(threads.map(app.spotipy.search, ["night"] * 6))
    assert app.fake.most_at_once == 3 and app.fake.calls["search"] == 7
