"""The prewarm looks up the most likely songs at Spotify, with no more calls than its quota."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes.songs import Song
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from pydantic import SecretStr
from redis import Redis
from sqlalchemy import Engine
from support.redis import RedisServer
from support.server import serve

from recommender.catalogue.catalogue import Catalogue
from recommender.catalogue.database import open_engine
from recommender.catalogue.facts_file import FactsFile
from recommender.catalogue.loading import load
from recommender.domain.query import Query
from recommender.playback.resolver import CONCURRENT_CALLS
from recommender.refresh.prewarm import Prewarmed, prewarm
from recommender.settings import Settings


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recommender.refresh.prewarm.PAUSE_SECONDS", 0)


@pytest.fixture
def engine(tmp_path: Path, facts_file: Path) -> Iterator[Engine]:
    """A database of a thousand songs."""
    with open_engine(f"sqlite:///{tmp_path / 'catalogue.db'}") as engine:
        load(engine, FactsFile(facts_file))
        yield engine


@pytest.fixture
def fake(engine: Engine) -> SpotifyFake:
    """A Spotify that has all songs of the catalogue, under ids of its own."""
    hits = Catalogue(engine, "any").search(Query(), None, 1000)
    return SpotifyFake([Song(hit.track.artist, hit.track.title) for hit in hits])


@pytest.fixture
def settings(fake: SpotifyFake, redis_url: str) -> Iterator[Settings]:
    with serve(fake.app) as base_url:
        yield Settings(
            redis_url=redis_url,
            spotify_client_id=CLIENT_ID,
            spotify_client_secret=SecretStr(CLIENT_SECRET),
            spotify_api_url=f"{base_url}/v1/",
            spotify_accounts_url=f"{base_url}/api/token",
            refresh_quota=20,
        )


def run(engine: Engine, settings: Settings) -> Prewarmed:
    return asyncio.run(prewarm(Catalogue(engine, "any"), settings, lambda step, done, total: None))


def calls(fake: SpotifyFake) -> int:
    return fake.calls["search"] + fake.calls["track"]


def cached(settings: Settings) -> set[bytes]:
    with Redis.from_url(str(settings.redis_url)) as redis:
        return set(redis.keys("mf:spotify:m*"))


def test_the_quota_limits_the_calls(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    prewarmed = run(engine, settings)
    assert prewarmed.stopped is None
    assert 0 < calls(fake) <= 20
    assert prewarmed.looked_up == len(cached(settings)) >= 10
    assert prewarmed.found > 0


def test_the_next_prewarm_looks_up_other_songs(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    first = run(engine, settings).looked_up
    known = cached(settings)
    second = run(engine, settings).looked_up
    assert len(cached(settings)) == first + second
    assert known < cached(settings)


def test_with_a_quota_of_0_no_call_is_made(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    assert run(engine, settings.model_copy(update={"refresh_quota": 0})) == Prewarmed(0, 0)
    assert calls(fake) == 0


def test_a_limit_stops_this_prewarm_and_the_next_one(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    fake.fail_with(status=429, headers={"Retry-After": "60"})
    assert run(engine, settings) == Prewarmed(0, 0, "spotify-limited")
    assert 1 <= calls(fake) <= CONCURRENT_CALLS
    fake.recover()
    before = calls(fake)
    assert run(engine, settings) == Prewarmed(0, 0, "spotify-limited")
    assert calls(fake) == before


def test_a_prewarm_gives_up_if_spotify_is_down(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    fake.fail_with(status=503)
    assert run(engine, settings).stopped == "spotify-unavailable"
    assert calls(fake) <= 3 * CONCURRENT_CALLS


def test_a_prewarm_stops_when_redis_goes_away(
    engine: Engine, fake: SpotifyFake, settings: Settings, redis_server: RedisServer
) -> None:
    def kill_redis(_: str, done: int, __: int) -> None:
        if done:
            redis_server.kill()

    prewarmed = asyncio.run(prewarm(Catalogue(engine, "any"), settings, kill_redis))
    assert prewarmed == Prewarmed(CONCURRENT_CALLS, prewarmed.found, "Redis is away, so answers could not be kept")
    assert calls(fake) <= 2 * CONCURRENT_CALLS


def test_without_credentials_or_redis_no_call_is_made(
    engine: Engine, fake: SpotifyFake, settings: Settings, redis_server: RedisServer
) -> None:
    no_credentials = {"spotify_client_id": None, "spotify_client_secret": None}
    assert run(engine, settings.model_copy(update=no_credentials)).stopped == "no credentials"
    redis_server.kill()
    assert run(engine, settings).stopped == "Redis is away, so answers could not be kept"
    assert calls(fake) == 0
