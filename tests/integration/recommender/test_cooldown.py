import re
import time
from collections.abc import Callable, Iterator

import pytest
from redis import Redis
from support.redis import RedisServer

from recommender.cache.redis_level import RedisLevel
from recommender.domain.provider import Provider
from recommender.playback.cooldown import ProviderCooldown

KEY = "mf:cooldown:spotify"

MakeCooldown = Callable[[], ProviderCooldown]


@pytest.fixture
def process(redis_server: RedisServer) -> Iterator[MakeCooldown]:
    """Make the cooldown of one more process."""
    levels: list[RedisLevel] = []

    def make() -> ProviderCooldown:
        levels.append(RedisLevel(redis_server.url))
        return ProviderCooldown(Provider.SPOTIFY, levels[-1])

    yield make
    for level in levels:
        level.close()


def test_a_cooldown_starts_for_all_processes(process: MakeCooldown, redis_server: RedisServer) -> None:
    here, there = process(), process()
    assert not here.is_active()
    assert not there.is_active()
    here.start(30, "rate-limit")
    assert here.is_active()
    assert there.is_active()
    assert here.state() == there.state()
    assert re.fullmatch(r"limited until \d\d:\d\d:\d\dZ \(rate-limit\)", there.state())
    with Redis.from_url(redis_server.url) as client:
        assert 28 <= client.ttl(KEY) <= 30


def test_a_cooldown_ends_for_all_processes(process: MakeCooldown, redis_server: RedisServer) -> None:
    here, there = process(), process()
    here.start(0.3, "quota")
    assert there.is_active()
    time.sleep(0.35)
    assert not here.is_active()
    assert not there.is_active()
    assert (here.state(), there.state()) == ("ok", "ok")
    with Redis.from_url(redis_server.url) as client:
        assert not client.exists(KEY)


def test_the_longer_of_two_limits_counts(process: MakeCooldown) -> None:
    here = process()
    here.start(3600, "premium")
    here.start(0.1, "rate-limit")
    time.sleep(0.15)
    assert here.is_active()
    assert here.state().endswith("(premium)")


def test_a_shorter_limit_does_not_replace_a_longer_one_in_redis(
    process: MakeCooldown, redis_server: RedisServer
) -> None:
    here = process()
    here.start(3600, "premium")
    here.start(1, "rate-limit")
    with Redis.from_url(redis_server.url) as client:
        assert 3590 <= client.ttl(KEY) <= 3600
    there = process()
    assert there.is_active()
    assert there.state() == here.state()


def test_a_cooldown_lasts_at_most_a_day(process: MakeCooldown, redis_server: RedisServer) -> None:
    process().start(float("inf"), "rate-limit")
    with Redis.from_url(redis_server.url) as client:
        assert 86_390 <= client.ttl(KEY) <= 86_400


def test_a_cooldown_of_0_seconds_is_over_at_once(process: MakeCooldown) -> None:
    here = process()
    here.start(0, "rate-limit")
    assert not here.is_active()


@pytest.mark.parametrize("garbage", [b"", b"open", b"{}", b'{"until": "soon", "reason": "none"}'])
def test_an_unreadable_cooldown_in_redis_is_ignored(
    process: MakeCooldown, redis_server: RedisServer, garbage: bytes
) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set(KEY, garbage)
    assert not process().is_active()


def test_without_redis_a_process_remembers_its_own_cooldown(process: MakeCooldown, redis_server: RedisServer) -> None:
    redis_server.kill()
    for cooldown in (process(), ProviderCooldown(Provider.SPOTIFY, None)):
        cooldown.start(30, "rate-limit")
        assert cooldown.is_active()
        assert cooldown.current is not None
