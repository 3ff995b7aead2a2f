"""Spotify is asked for the likeliest songs, by so many calls and no more."""

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


def ask(engine: Engine, settings: Settings) -> Prewarmed:
    return asyncio.run(prewarm(Catalogue(engine, "any"), settings, lambda step, done, total: None))


def calls(fake: SpotifyFake) -> int:
    return fake.calls["search"] + fake.calls["track"]


def kept(settings: Settings) -> set[bytes]:
    with Redis.from_url(str(settings.redis_url)) as redis:
        return set(redis.keys("mf:spotify:m*"))


def test_the_quota_is_a_bound_on_calls(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    prewarmed = ask(engine, settings)
    assert prewarmed.stopped is None
    assert 0 < calls(fake) <= 20
    assert prewarmed.asked == len(kept(settings)) >= 10
    assert prewarmed.found > 0


def test_the_next_refresh_asks_for_what_is_not_known(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    first = ask(engine, settings).asked
    known = kept(settings)
    second = ask(engine, settings).asked
    assert len(kept(settings)) == first + second
    assert known < kept(settings)


def test_no_quota_asks_for_nothing(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    assert ask(engine, settings.model_copy(update={"refresh_quota": 0})) == Prewarmed(0, 0)
    assert calls(fake) == 0


def test_a_limit_stops_it_at_once_and_for_all(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    fake.fail_with(status=429, headers={"Retry-After": "60"})
    assert ask(engine, settings) == Prewarmed(0, 0, "spotify-limited")
    assert 1 <= calls(fake) <= CONCURRENT_CALLS
    fake.recover()
    before = calls(fake)
    assert ask(engine, settings) == Prewarmed(0, 0, "spotify-limited")
    assert calls(fake) == before


def test_a_spotify_that_is_down_is_given_up(engine: Engine, fake: SpotifyFake, settings: Settings) -> None:
    fake.fail_with(status=503)
    assert ask(engine, settings).stopped == "spotify-unavailable"
    assert calls(fake) <= 3 * CONCURRENT_CALLS


def test_a_redis_that_goes_stops_it(
    engine: Engine, fake: SpotifyFake, settings: Settings, redis_server: RedisServer
) -> None:
    def kill_redis(_: str, done: int, __: int) -> None:
        if done:
            redis_server.kill()

    prewarmed = asyncio.run(prewarm(Catalogue(engine, "any"), settings, kill_redis))
    assert prewarmed == Prewarmed(CONCURRENT_CALLS, prewarmed.found, "Redis is away, so answers could not be kept")
    assert calls(fake) <= 2 * CONCURRENT_CALLS


def test_without_credentials_or_redis_nobody_is_asked(
    engine: Engine, fake: SpotifyFake, settings: Settings, redis_server: RedisServer
) -> None:
    nobody = {"spotify_client_id": None, "spotify_client_secret": None}
    assert ask(engine, settings.model_copy(update=nobody)).stopped == "no credentials"
    redis_server.kill()
    assert ask(engine, settings).stopped == "Redis is away, so answers could not be kept"
    assert calls(fake) == 0
