"""SpotifyClient and the real spotipy with a fake of Spotify's documented APIs on a real server."""

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from fakes.fault import Fault
from fakes.songs import Song
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, QUOTA_EXCEEDED, SpotifyFake
from pydantic import SecretStr
from redis import Redis
from support.redis import RedisServer
from support.server import serve
from support.tracks import track_named

from recommender.cache.redis_level import RedisLevel
from recommender.cache.two_level import TwoLevelCache
from recommender.providers.protocol import ProviderFailed, ProviderLimited
from recommender.providers.spotify.client import SpotifyClient

LOVELY_DAY = Song("Bill Withers", "Lovely Day", duration_ms=254_560)
TRACK = track_named("Bill Withers", "Lovely Day")

UNREADABLE: list[Any] = ["", [], {}, {"tracks": None}, {"tracks": {"items": [{}]}}]

MakeClient = Callable[..., SpotifyClient]


@pytest.fixture
def fake() -> SpotifyFake:
    return SpotifyFake([LOVELY_DAY])


@pytest.fixture
def make_client(fake: SpotifyFake) -> Iterator[MakeClient]:
    """Make a SpotifyClient of the fake. Arguments replace the defaults."""
    made: list[SpotifyClient] = []
    with serve(fake.app) as base_url:

        def make(
            secret: str = CLIENT_SECRET, cache: TwoLevelCache | None = None, market: str | None = None
        ) -> SpotifyClient:
            urls = f"{base_url}/v1", f"{base_url}/api/token"
            made.append(SpotifyClient(*urls, CLIENT_ID, SecretStr(secret), cache or TwoLevelCache(None), market))
            return made[-1]

        yield make
        for spotify in made:
            spotify.close()


@pytest.fixture
def spotify(make_client: MakeClient) -> SpotifyClient:
    return make_client()


def test_a_song_is_found_with_page_player_artwork_and_length(spotify: SpotifyClient) -> None:
    found = spotify.find(TRACK)
    assert found is not None
    assert found.provider_id == LOVELY_DAY.spotify_id
    assert found.url == f"https://open.spotify.com/track/{LOVELY_DAY.spotify_id}"
    assert found.embed_url == f"https://open.spotify.com/embed/track/{LOVELY_DAY.spotify_id}"
    assert found.artwork_url is not None
    assert found.artwork_url.startswith("https://i.scdn.co/image/")
    assert (found.explicit, found.duration_ms) == (False, 254_560)


def test_a_song_takes_one_search_within_spotifys_limits(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    spotify.find(TRACK)
    assert fake.calls == {"token": 1, "search": 1, "track": 0}
    (query,) = fake.queries
    assert query == {"q": 'track:"Lovely Day" artist:"Bill Withers"', "limit": "10", "offset": "0", "type": "track"}


def test_a_market_is_passed_on(make_client: MakeClient, fake: SpotifyFake) -> None:
    make_client(market="DE").find(TRACK)
    assert fake.queries[0]["market"] == "DE"


def test_a_known_id_is_looked_up_and_not_searched(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    found = spotify.find(replace(TRACK, title="Whatever the catalogue says", spotify_id=LOVELY_DAY.spotify_id))
    assert found is not None
    assert found.provider_id == LOVELY_DAY.spotify_id
    assert fake.calls == {"token": 1, "search": 0, "track": 1}


@pytest.mark.parametrize("status", [404, 400])
def test_a_song_whose_id_is_gone_or_invalid_is_searched(spotify: SpotifyClient, fake: SpotifyFake, status: int) -> None:
    fake.fail_with(status=status, routes={"track"})
    found = spotify.find(replace(TRACK, spotify_id="0" * 22))
    assert found is not None
    assert found.provider_id == LOVELY_DAY.spotify_id
    assert fake.calls == {"token": 1, "search": 1, "track": 1}


@pytest.mark.parametrize(
    "songs",
    [
        [],
        [Song("Bill Withers", "Lovely Day - Live")],
        [Song("Karaoke Stars", "Lovely Day (Originally by Bill Withers)")],
        [Song("Bill Withers", "Lovely Day Blues")],
    ],
)
def test_a_wrong_song_is_not_returned(spotify: SpotifyClient, fake: SpotifyFake, songs: list[Song]) -> None:
    fake.songs = songs
    assert spotify.find(TRACK) is None


def test_the_right_recording_is_chosen(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    live = [Song("Bill Withers", f"Lovely Day - Live {year}") for year in range(1970, 1975)]
    remaster = Song("Bill Withers", "Lovely Day - Remastered 2011")
    clean = Song("Bill Withers", "Lovely Day", album="Clean")
    explicit = Song("Bill Withers", "Lovely Day - Album Version", explicit=True)
    fake.songs = [*live, remaster, clean, explicit]
    found = [spotify.find(track) for track in (TRACK, replace(TRACK, explicit=True))]
    assert [each and each.provider_id for each in found] == [clean.spotify_id, explicit.spotify_id]


@pytest.mark.parametrize(
    ("artist", "title"),
    [
        ('Bill "Lean on Me" Withers', 'A "Lovely" Day'),
        ("Bill Withers", "Lovely " * 40),
        ("Withers " * 25, "Day"),
        ("❤", "100% — Señorita & 東京"),
        ('"', '"'),
    ],
)
def test_any_name_can_be_searched(spotify: SpotifyClient, fake: SpotifyFake, artist: str, title: str) -> None:
    assert spotify.find(track_named(artist, title)) is None
    assert fake.calls["search"] == 1


def test_threads_share_one_token(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    fake.delay = 0.1
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(spotify.find, [TRACK] * 24))
    assert fake.calls == {"token": 1, "search": 24, "track": 0}


def test_a_token_expires_in_redis_a_minute_early(
    make_client: MakeClient, fake: SpotifyFake, redis_server: RedisServer
) -> None:
    for _ in range(2):  # two processes
        with closing(RedisLevel(redis_server.url)) as redis:
            assert make_client(cache=TwoLevelCache(redis)).find(TRACK)
    assert fake.calls["token"] == 1
    with Redis.from_url(redis_server.url) as stored:
        (key,) = stored.keys("mf:spotify:token:*")
        assert 3530 <= stored.ttl(key) <= 3540
        assert CLIENT_ID not in key.decode()
        assert CLIENT_SECRET.encode() not in stored.get(key)


@pytest.mark.parametrize("garbage", [b"", b"no token", b"{}", b'{"access_token": 1}'])
def test_an_unreadable_token_in_redis_is_replaced(
    make_client: MakeClient, redis_server: RedisServer, garbage: bytes
) -> None:
    with Redis.from_url(redis_server.url) as stored, closing(RedisLevel(redis_server.url)) as redis:
        make_client(cache=TwoLevelCache(redis)).find(TRACK)
        (key,) = stored.keys("mf:spotify:token:*")
        stored.set(key, garbage, ex=3600)
        assert make_client(cache=TwoLevelCache(redis)).find(TRACK)


def test_an_expired_token_is_renewed_once(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    spotify.find(TRACK)
    fake.expire_tokens()
    with ThreadPoolExecutor(3) as pool:
        assert all(pool.map(spotify.find, [TRACK] * 3))
    assert fake.calls["token"] == 2


def test_a_token_that_lasts_a_minute_is_not_stored(make_client: MakeClient, fake: SpotifyFake) -> None:
    fake.tokens.seconds = 60
    spotify = make_client()
    assert spotify.find(TRACK)
    assert spotify.find(TRACK)
    assert fake.calls["search"] == 2


def test_a_wrong_secret_is_not_tried_for_an_hour(make_client: MakeClient, fake: SpotifyFake) -> None:
    with pytest.raises(ProviderLimited) as limit:
        make_client(secret="wrong").find(TRACK)
    assert (limit.value.seconds, limit.value.reason) == (3600, "credentials")
    assert fake.calls == {"token": 1, "search": 0, "track": 0}


@pytest.mark.parametrize(
    ("fault", "seconds", "reason"),
    [
        ({"status": 429, "headers": {"Retry-After": "30"}}, 30, "rate-limit"),
        ({"status": 429, "headers": {"Retry-After": "0"}}, 1, "rate-limit"),
        ({"status": 429, "headers": {"Retry-After": "99999999999"}}, 86_400, "rate-limit"),
        ({"status": 429, "headers": {"Retry-After": "30"}, "body": QUOTA_EXCEEDED}, 30, "quota"),
        ({"status": 429, "body": QUOTA_EXCEEDED}, 3600, "quota"),
        ({"status": 429}, 3600, "quota"),
        ({"status": 429, "headers": {"Retry-After": "soon"}}, 3600, "quota"),
        ({"status": 429, "body": "Too many requests"}, 3600, "quota"),
        ({"status": 429, "body": {"error": "too many"}}, 3600, "quota"),
        ({"status": 403}, 3600, "premium"),
        ({"status": 401}, 3600, "credentials"),
    ],
)
@pytest.mark.parametrize("spotify_id", [None, LOVELY_DAY.spotify_id])
def test_a_limit_is_raised_at_once(
    spotify: SpotifyClient, fake: SpotifyFake, fault: Any, seconds: float, reason: str, spotify_id: str | None
) -> None:
    spotify.find(TRACK)
    fake.fail_with(**fault)
    started = time.monotonic()
    with pytest.raises(ProviderLimited) as limit:
        spotify.find(replace(TRACK, spotify_id=spotify_id))
    assert time.monotonic() - started < 1
    assert (limit.value.seconds, limit.value.reason) == (seconds, reason)
    assert len(fake.queries) - 1 == (2 if reason == "credentials" else 1)


@pytest.mark.parametrize(
    "fault",
    [
        *({"status": status} for status in (400, 404, 418, 500, 502, 503, 504)),
        {"status": 503, "headers": {"Retry-After": "30"}},
        {"reset": True},
        {"broken_json": True},
        *({"status": 200, "body": body} for body in UNREADABLE),
        {"status": 302, "headers": {"Location": "/nowhere"}},
    ],
)
def test_a_failure_is_raised_at_once(spotify: SpotifyClient, fake: SpotifyFake, fault: Any) -> None:
    spotify.find(TRACK)
    fake.fail_with(**fault)
    started = time.monotonic()
    with pytest.raises(ProviderFailed):
        spotify.find(TRACK)
    assert time.monotonic() - started < 1
    fake.recover()
    assert spotify.find(TRACK)


@pytest.mark.parametrize("has_token", [False, True])
def test_a_silent_spotify_times_out(
    make_client: MakeClient, fake: SpotifyFake, monkeypatch: pytest.MonkeyPatch, has_token: bool
) -> None:
    monkeypatch.setattr("recommender.providers.spotify.client.TIMEOUT_SECONDS", 0.2)
    monkeypatch.setattr("recommender.providers.spotify.token.TIMEOUT_SECONDS", 0.2)
    spotify = make_client()
    if has_token:
        spotify.find(TRACK)
    fake.delay = 1.0
    with pytest.raises(ProviderFailed):
        spotify.find(TRACK)


@pytest.mark.parametrize(
    ("fault", "raised"),
    [
        ({"status": 429, "headers": {"Retry-After": "7"}}, ProviderLimited),
        ({"status": 403}, ProviderLimited),
        ({"status": 503}, ProviderFailed),
        ({"reset": True}, ProviderFailed),
        ({"broken_json": True}, ProviderFailed),
        ({"status": 200, "body": []}, ProviderFailed),
        ({"status": 200, "body": {"access_token": "x"}}, ProviderFailed),
        ({"status": 200, "body": {"expires_in": 3600}}, ProviderFailed),
        ({"status": 200, "body": {"access_token": 7, "expires_in": "long"}}, ProviderFailed),
    ],
)
def test_a_failed_token_request_is_raised_at_once_and_the_next_one_succeeds(
    spotify: SpotifyClient, fake: SpotifyFake, fault: Any, raised: type[Exception]
) -> None:
    fake.token_fault = Fault(**fault)
    with pytest.raises(raised):
        spotify.find(TRACK)
    assert fake.calls == {"token": 1, "search": 0, "track": 0}
    fake.recover()
    assert spotify.find(TRACK)


def test_items_that_are_null_are_ignored(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    fake.fail_with(status=200, body={"tracks": {"items": [None]}})
    assert spotify.find(TRACK) is None


def test_a_song_that_does_not_play_in_the_market_is_not_found(spotify: SpotifyClient, fake: SpotifyFake) -> None:
    item = {"id": "0" * 22, "name": "Lovely Day", "artists": [{"name": "Bill Withers"}], "is_playable": False}
    fake.fail_with(status=200, body={"tracks": {"items": [item]}})
    assert spotify.find(TRACK) is None


def test_no_secret_is_logged_or_printed(
    spotify: SpotifyClient, fake: SpotifyFake, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    spotify.find(TRACK)
    failures = []
    for fault in ({"status": 401}, {"status": 500}, {"reset": True}, {"broken_json": True}):
        fake.fail_with(**fault)
        with pytest.raises((ProviderFailed, ProviderLimited)) as failure:
            spotify.find(TRACK)
        failures.append(repr(failure.value))
    said = caplog.text + " ".join(failures) + repr(vars(spotify))
    assert CLIENT_SECRET not in said
    assert "Basic " not in said
    assert "Bearer " not in said
