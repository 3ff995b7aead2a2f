import re
import time
from collections.abc import Callable, Iterator

import pytest
from redis import Redis
from support.redis import RedisServer

from recommender.adapters.breaker import Breaker
from recommender.adapters.redis_level import RedisLevel
from recommender.domain.provider import Provider

KEY = "mf:breaker:spotify"

MakeBreaker = Callable[[], Breaker]


@pytest.fixture
def process(redis_server: RedisServer) -> Iterator[MakeBreaker]:
    """Make the breaker of one more process."""
    levels: list[RedisLevel] = []

    def make() -> Breaker:
        levels.append(RedisLevel(redis_server.url))
        return Breaker(Provider.SPOTIFY, levels[-1])

    yield make
    for level in levels:
        level.close()


def test_it_opens_for_all_processes_for_as_long_as_it_was_told(process: MakeBreaker, redis_server: RedisServer) -> None:
    here, there = process(), process()
    assert not here.is_open()
    assert not there.is_open()
    here.open(30, "rate-limit")
    assert here.is_open()
    assert there.is_open()
    assert here.state() == there.state()
    assert re.fullmatch(r"limited until \d\d:\d\d:\d\dZ \(rate-limit\)", there.state())
    with Redis.from_url(redis_server.url) as client:
        assert 28 <= client.ttl(KEY) <= 30


def test_it_closes_by_itself_everywhere(process: MakeBreaker, redis_server: RedisServer) -> None:
    here, there = process(), process()
    here.open(0.3, "quota")
    assert there.is_open()
    time.sleep(0.35)
    assert not here.is_open()
    assert not there.is_open()
    assert (here.state(), there.state()) == ("ok", "ok")
    with Redis.from_url(redis_server.url) as client:
        assert not client.exists(KEY)


def test_the_longer_of_two_limits_holds(process: MakeBreaker) -> None:
    here = process()
    here.open(3600, "premium")
    here.open(0.1, "rate-limit")
    time.sleep(0.15)
    assert here.is_open()
    assert here.state().endswith("(premium)")


def test_a_shorter_limit_takes_nothing_from_a_longer_one_in_redis(
    process: MakeBreaker, redis_server: RedisServer
) -> None:
    here = process()
    here.open(3600, "premium")
    here.open(1, "rate-limit")
    with Redis.from_url(redis_server.url) as client:
        assert 3590 <= client.ttl(KEY) <= 3600
    there = process()
    assert there.is_open()
    assert there.state() == here.state()


def test_a_day_is_the_most(process: MakeBreaker, redis_server: RedisServer) -> None:
    process().open(float("inf"), "rate-limit")
    with Redis.from_url(redis_server.url) as client:
        assert 86_390 <= client.ttl(KEY) <= 86_400


def test_no_time_at_all_is_over_at_once(process: MakeBreaker) -> None:
    here = process()
    here.open(0, "rate-limit")
    assert not here.is_open()


@pytest.mark.parametrize("garbage", [b"", b"open", b"{}", b'{"until": "soon", "reason": "none"}'])
def test_what_redis_holds_is_not_trusted(process: MakeBreaker, redis_server: RedisServer, garbage: bytes) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set(KEY, garbage)
    assert not process().is_open()


def test_this_process_remembers_where_there_is_no_redis(process: MakeBreaker, redis_server: RedisServer) -> None:
    redis_server.kill()
    for breaker in (process(), Breaker(Provider.SPOTIFY, None)):
        breaker.open(30, "rate-limit")
        assert breaker.is_open()
        assert breaker.opening is not None
