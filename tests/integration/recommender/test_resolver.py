"""Which calls a resolver makes to Spotify, and when. A fake Spotify on a real server counts them."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from typing import TypeVar

import pytest
from anyio.to_thread import current_default_thread_limiter
from fakes.songs import Song
from fakes.spotify import CLIENT_ID, CLIENT_SECRET, SpotifyFake
from prometheus_client import REGISTRY
from pydantic import SecretStr
from redis import Redis
from support.redis import RedisServer
from support.server import serve
from support.tracks import track_named
from support.waiting import wait_until

from recommender.cache.redis_level import RedisLevel
from recommender.cache.two_level import TwoLevelCache
from recommender.domain.playback import Playback
from recommender.domain.provider import Provider
from recommender.domain.track import Track
from recommender.playback.cache import PlaybackCache
from recommender.playback.cooldown import ProviderCooldown
from recommender.playback.resolver import CONCURRENT_CALLS, MAX_UNRESOLVED, Resolution, Resolver
from recommender.providers.spotify.client import SpotifyClient

SONGS = [Song(f"Artist {number}", f"Song {number}") for number in range(300)]
FOUND = Playback("id", "https://open.spotify.com/track/id", None, None, None, None)
PATIENCE = 10.0
SOON = 0.2

Result = TypeVar("Result")


def tracks(*numbers: int) -> list[Track]:
    return [replace(track_named(f"Artist {number}", f"Song {number}"), id=f"{number:012x}") for number in numbers]


def ids(resolution: Resolution) -> list[str]:
    return sorted(resolution.playbacks)


@pytest.fixture
def fake() -> SpotifyFake:
    return SpotifyFake(SONGS)


@pytest.fixture
def spotify_url(fake: SpotifyFake) -> Iterator[str]:
    with serve(fake.app) as base_url:
        yield base_url


@pytest.fixture(params=["redis", "memory"])
def shared_redis(request: pytest.FixtureRequest) -> str | None:
    """The URL of the Redis that resolvers share, or None for memory only."""
    return str(request.getfixturevalue("redis_url")) if request.param == "redis" else None


@asynccontextmanager
async def running(spotify_url: str, redis_url: str | None) -> AsyncIterator[Resolver]:
    """A resolver of one process."""
    redis = RedisLevel(redis_url) if redis_url else None
    cache = TwoLevelCache(redis)
    urls = f"{spotify_url}/v1/", f"{spotify_url}/api/token"
    client = SpotifyClient(*urls, CLIENT_ID, SecretStr(CLIENT_SECRET), cache, None)
    resolver = Resolver(client, cache, ProviderCooldown(client.provider, redis))
    try:
        yield resolver
    finally:
        await resolver.close()
        if redis:
            redis.close()


def run(spotify_url: str, redis_url: str | None, ask: Callable[[Resolver], Coroutine[None, None, Result]]) -> Result:
    """Ask the resolver of a new process."""

    async def main() -> Result:
        async with running(spotify_url, redis_url) as resolver:
            return await ask(resolver)

    return asyncio.run(main())


def resolved(spotify_url: str, redis_url: str | None, wanted: Sequence[Track], seconds: float = PATIENCE) -> Resolution:
    return run(spotify_url, redis_url, lambda resolver: resolver.resolve(wanted, seconds))


def test_a_hundred_requests_cause_one_call_per_song(
    fake: SpotifyFake, spotify_url: str, shared_redis: str | None
) -> None:
    fake.delay = 0.05

    async def crowd(resolver: Resolver) -> list[Resolution]:
        return await asyncio.gather(*(resolver.resolve(tracks(*range(10)), PATIENCE) for _ in range(100)))

    answers = run(spotify_url, shared_redis, crowd)
    assert all(len(answer.playbacks) == 10 and not answer.degraded for answer in answers)
    assert fake.calls == {"token": 1, "search": 10, "track": 0}


def test_at_most_three_calls_run_at_once(fake: SpotifyFake, spotify_url: str) -> None:
    fake.delay = 0.05
    assert len(resolved(spotify_url, None, tracks(*range(20))).playbacks) == 20
    assert fake.most_at_once == CONCURRENT_CALLS == 3


def test_cached_results_are_not_looked_up_again(fake: SpotifyFake, spotify_url: str, redis_url: str) -> None:
    wanted = [*tracks(1, 2), *tracks(1000)]  # Spotify does not have the last one
    for _ in range(3):  # processes
        answer = resolved(spotify_url, redis_url, wanted)
        assert ids(answer) == [track.id for track in wanted]
        assert [track.id for track in wanted if answer.playbacks[track.id] is None] == [wanted[2].id]
        assert answer.degraded == []
    assert fake.calls == {"token": 1, "search": 3, "track": 0}


def test_a_song_that_another_process_has_found_is_not_looked_up(
    fake: SpotifyFake, spotify_url: str, redis_url: str
) -> None:
    fake.delay = 0.3

    async def ask(resolver: Resolver) -> Resolution:
        await resolver.resolve(tracks(*range(CONCURRENT_CALLS), 7), 0)
        with closing(RedisLevel(redis_url)) as redis:
            PlaybackCache(Provider.SPOTIFY, TwoLevelCache(redis)).set(f"{7:012x}", FOUND)
        return await resolver.resolve(tracks(7), PATIENCE)

    assert run(spotify_url, redis_url, ask).playbacks == {f"{7:012x}": FOUND}
    assert fake.calls["search"] == CONCURRENT_CALLS


def test_hits_live_a_day_and_misses_six_hours(spotify_url: str, redis_url: str, redis_server: RedisServer) -> None:
    resolved(spotify_url, redis_url, [*tracks(1), *tracks(1000)])
    with Redis.from_url(redis_server.url) as client:
        assert 86_390 <= client.ttl(f"mf:spotify:match:v1:{1:012x}") <= 86_400
        assert 21_590 <= client.ttl(f"mf:spotify:miss:v1:{1000:012x}") <= 21_600
        assert b"open.spotify.com" in client.get(f"mf:spotify:match:v1:{1:012x}")


@pytest.mark.parametrize("garbage", [b"", b"no json", b"{}", b'{"url": 1}'])
def test_an_unreadable_playback_in_redis_is_looked_up_again(
    fake: SpotifyFake, spotify_url: str, redis_url: str, redis_server: RedisServer, garbage: bytes
) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set(f"mf:spotify:match:v1:{1:012x}", garbage, ex=60)
    assert len(resolved(spotify_url, redis_url, tracks(1)).playbacks) == 1
    assert fake.calls["search"] == 1


def test_results_in_memory_take_no_redis_and_no_thread(
    spotify_url: str, redis_url: str, redis_server: RedisServer
) -> None:
    async def ask(resolver: Resolver) -> None:
        wanted = [*tracks(*range(10)), *tracks(1000)]
        await resolver.resolve(wanted, PATIENCE)
        with Redis.from_url(redis_server.url) as client:
            client.config_resetstat()
            threads = current_default_thread_limiter()
            for _ in range(int(threads.available_tokens)):
                threads.acquire_on_behalf_of_nowait(object())
            async with asyncio.timeout(PATIENCE):
                assert len((await resolver.resolve(wanted, PATIENCE)).playbacks) == 11
                assert len(await resolver.cached(wanted)) == 11
            assert client.info("commandstats").keys() == {"cmdstat_config|resetstat"}

    run(spotify_url, redis_url, ask)


def test_a_late_result_is_cached_for_the_next_request(
    fake: SpotifyFake, spotify_url: str, shared_redis: str | None
) -> None:
    fake.delay = 0.6

    async def ask(resolver: Resolver) -> None:
        started = time.monotonic()
        late = await resolver.resolve(tracks(1, 2), SOON)
        assert SOON <= time.monotonic() - started < SOON + 0.3
        assert (ids(late), late.degraded) == ([], ["spotify-slow"])
        in_time = await resolver.resolve(tracks(1, 2), PATIENCE)
        assert (len(in_time.playbacks), in_time.degraded) == (2, [])

    run(spotify_url, shared_redis, ask)
    assert fake.calls["search"] == 2


def test_known_songs_are_returned_while_others_are_late(fake: SpotifyFake, spotify_url: str) -> None:
    async def ask(resolver: Resolver) -> Resolution:
        await resolver.resolve(tracks(1), PATIENCE)
        fake.delay = 1.0
        return await resolver.resolve(tracks(1, 2), SOON)

    answer = run(spotify_url, None, ask)
    assert (len(answer.playbacks), answer.degraded) == (1, ["spotify-slow"])


def test_waiting_calls_are_cancelled_when_the_process_ends(fake: SpotifyFake, spotify_url: str) -> None:
    fake.delay = 0.3

    async def ask(resolver: Resolver) -> Resolution:
        return await resolver.resolve(tracks(*range(300)), SOON)

    assert run(spotify_url, None, ask).degraded == ["spotify-slow"]
    # Calls that were waiting when the process ended were cancelled.
    assert fake.calls["search"] <= CONCURRENT_CALLS


def test_the_number_of_waiting_songs_is_limited(fake: SpotifyFake, spotify_url: str) -> None:
    async def ask(resolver: Resolver) -> None:
        await resolver.resolve(tracks(*range(300)), 0)
        await asyncio.to_thread(wait_until, lambda: fake.calls["search"] == MAX_UNRESOLVED)
        await asyncio.sleep(0.1)
        assert fake.calls["search"] == MAX_UNRESOLVED
        assert len((await resolver.resolve(tracks(*range(300)), PATIENCE)).playbacks) == 300

    run(spotify_url, None, ask)
    assert fake.calls["search"] == 300


def test_a_limit_stops_all_calls_of_all_processes(fake: SpotifyFake, spotify_url: str, redis_url: str) -> None:
    fake.fail_with(status=429, headers={"Retry-After": "30"})
    started = time.monotonic()
    first = resolved(spotify_url, redis_url, tracks(*range(50)))
    assert time.monotonic() - started < 3
    assert (ids(first), first.degraded) == ([], ["spotify-limited"])
    asked = fake.calls["search"]
    assert asked <= CONCURRENT_CALLS
    second = resolved(spotify_url, redis_url, tracks(*range(50)))
    assert second.degraded == ["spotify-limited"]
    assert fake.calls["search"] == asked


def test_a_limit_ends(fake: SpotifyFake, spotify_url: str, shared_redis: str | None) -> None:
    async def ask(resolver: Resolver) -> None:
        await resolver.resolve(tracks(1), PATIENCE)
        fake.fail_with(status=429, headers={"Retry-After": "1"})
        limited = await resolver.resolve(tracks(1, 2), PATIENCE)
        assert (len(limited.playbacks), limited.degraded) == (1, ["spotify-limited"])
        assert resolver.state().startswith("limited until ")
        assert REGISTRY.get_sample_value("musicalface_provider_limited", {"provider": "spotify"}) == 1
        fake.recover()
        asked = fake.calls["search"]
        assert (await resolver.resolve(tracks(2), PATIENCE)).degraded == ["spotify-limited"]
        assert fake.calls["search"] == asked
        await asyncio.sleep(1.1)
        assert resolver.state() == "ok"
        assert REGISTRY.get_sample_value("musicalface_provider_limited", {"provider": "spotify"}) == 0
        assert len((await resolver.resolve(tracks(2), PATIENCE)).playbacks) == 1

    run(spotify_url, shared_redis, ask)


def test_known_songs_are_returned_while_the_provider_is_limited(fake: SpotifyFake, spotify_url: str) -> None:
    async def ask(resolver: Resolver) -> Resolution:
        await resolver.resolve(tracks(1), PATIENCE)
        fake.fail_with(status=403)
        await resolver.resolve(tracks(2), PATIENCE)
        return await resolver.resolve(tracks(1), PATIENCE)

    answer = run(spotify_url, None, ask)
    assert (len(answer.playbacks), answer.degraded) == (1, [])


def test_a_failure_is_reported_and_tried_again(fake: SpotifyFake, spotify_url: str, shared_redis: str | None) -> None:
    async def ask(resolver: Resolver) -> None:
        fake.fail_with(reset=True)
        failed = await resolver.resolve(tracks(1, 2), PATIENCE)
        assert (ids(failed), failed.degraded) == ([], ["spotify-unavailable"])
        fake.recover()
        assert len((await resolver.resolve(tracks(1, 2), PATIENCE)).playbacks) == 2

    run(spotify_url, shared_redis, ask)


def test_a_cancelled_request_does_not_cancel_the_call(fake: SpotifyFake, spotify_url: str) -> None:
    fake.delay = 0.3

    async def ask(resolver: Resolver) -> None:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(resolver.resolve(tracks(1), PATIENCE), 0.1)
        assert len((await resolver.resolve(tracks(1), PATIENCE)).playbacks) == 1

    run(spotify_url, None, ask)
    assert fake.calls["search"] == 1


def test_cached_makes_no_call(fake: SpotifyFake, spotify_url: str, redis_url: str) -> None:
    assert run(spotify_url, redis_url, lambda resolver: resolver.cached(tracks(1))) == {}
    assert fake.calls == {"token": 0, "search": 0, "track": 0}
    resolved(spotify_url, redis_url, tracks(1))
    assert len(run(spotify_url, redis_url, lambda resolver: resolver.cached(tracks(1, 2)))) == 1
    assert fake.calls["search"] == 1


def test_calls_and_lookups_are_counted(fake: SpotifyFake, spotify_url: str) -> None:
    def counted(metric: str, **labels: str) -> float:
        return REGISTRY.get_sample_value(f"musicalface_{metric}_total", {"provider": "spotify", **labels}) or 0.0

    def all_counted() -> dict[str, float]:
        outcomes = {each: counted("provider_calls", outcome=each) for each in ("hit", "miss", "limited", "failed")}
        return outcomes | {each: counted("playback_lookups", source=each) for each in ("cache", "provider", "none")}

    async def ask(resolver: Resolver) -> None:
        await resolver.resolve([*tracks(1, 2), *tracks(1000)], PATIENCE)
        await resolver.resolve([*tracks(1, 2), *tracks(1000)], PATIENCE)
        fake.fail_with(status=500)
        await resolver.resolve(tracks(3), PATIENCE)
        fake.fail_with(status=403)
        await resolver.resolve(tracks(3), PATIENCE)

    before = all_counted()
    run(spotify_url, None, ask)
    risen = {name: value - before[name] for name, value in all_counted().items()}
    assert risen == {"hit": 2, "miss": 1, "limited": 1, "failed": 1, "cache": 3, "provider": 3, "none": 2}
