import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from redis import Redis
from structlog.testing import capture_logs
from support.redis import RedisServer
from support.server import serve
from support.tracks import bare_track
from support.waiting import wait_until

from recommender.app import create_app
from recommender.cache.candidates import CandidateCache
from recommender.cache.redis_level import RedisLevel
from recommender.cache.two_level import TwoLevelCache
from recommender.domain.scores import Scores
from recommender.domain.track import Kind, Track
from recommender.settings import Settings

TRACKS = [
    bare_track(
        id="3f2a9c1b7d40",
        artist="Bill Withers",
        title="Lovely Day ❤",
        year=1977,
        genres=("soul", "r&b"),
        language="en",
        listeners=110,
        kind=Kind.INSTRUMENTAL,
        people=Scores(0, 0.1, 0.8, 0.1),
    )
]
WISH = {"mood": "happy", "scores": {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}}


@pytest.fixture
def level(redis_server: RedisServer) -> Iterator[RedisLevel]:
    level = RedisLevel(redis_server.url)
    yield level
    level.close()


def never() -> list[Track]:
    raise AssertionError("was computed again")


def test_memory_serves_without_redis() -> None:
    lists = CandidateCache(None)
    assert lists.get("key", lambda: TRACKS).tracks == TRACKS
    assert lists.get("key", never).tracks == TRACKS
    assert lists.redis_state == "not configured"


def test_memory_is_read_before_redis(level: RedisLevel, redis_server: RedisServer) -> None:
    lists = CandidateCache(level)
    lists.get("key", lambda: TRACKS)
    with Redis.from_url(redis_server.url) as client:
        client.flushall()
    assert lists.get("key", never).tracks == TRACKS


def test_processes_share_candidates_through_redis_for_an_hour(level: RedisLevel, redis_server: RedisServer) -> None:
    CandidateCache(level).get("mf:candidates:v1:test", lambda: TRACKS)
    assert CandidateCache(level).get("mf:candidates:v1:test", never).tracks == TRACKS
    with Redis.from_url(redis_server.url) as client:
        assert 3590 <= client.ttl("mf:candidates:v1:test") <= 3600


@pytest.mark.parametrize("garbage", [b"", b"not json", b'[{"id": 1}]', b"\xff", b"null"])
def test_unreadable_candidates_in_redis_are_computed_again(
    level: RedisLevel, redis_server: RedisServer, garbage: bytes
) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.set("key", garbage)
    assert CandidateCache(level).get("key", lambda: TRACKS).tracks == TRACKS
    assert CandidateCache(level).get("key", never).tracks == TRACKS


def test_a_key_of_another_type_is_no_error(level: RedisLevel, redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.lpush("key", "a list")
    assert CandidateCache(level).get("key", lambda: TRACKS).tracks == TRACKS


def test_one_thread_computes_candidates_while_a_hundred_wait(level: RedisLevel) -> None:
    lists = CandidateCache(level)
    made: list[float] = []

    def slowly() -> list[Track]:
        made.append(time.monotonic())
        time.sleep(0.2)
        return TRACKS

    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: lists.get("key", slowly), range(100)))
    assert len(made) == 1
    assert all(answer is answers[0] for answer in answers)
    assert answers[0].tracks == TRACKS


def test_a_failed_computation_is_tried_again() -> None:
    lists = CandidateCache(None)
    with pytest.raises(AssertionError):
        lists.get("key", never)
    assert lists.get("key", lambda: TRACKS).tracks == TRACKS


@pytest.mark.parametrize("configured", [True, False])
def test_values_are_found_until_they_expire(level: RedisLevel, configured: bool) -> None:
    values = TwoLevelCache(level if configured else None)
    values.set("short", b"1", 0.2)
    values.set("long", b"2", 60)
    values.set("never", b"3", 0)
    assert values.get_many(["short", "long", "never", "unknown"]) == {"short": b"1", "long": b"2"}
    time.sleep(0.25)
    assert values.get("short") is None
    assert values.get("long") == b"2"


def test_a_value_from_redis_expires_in_memory_when_it_expires_in_redis(level: RedisLevel) -> None:
    TwoLevelCache(level).set("key", b"1", 0.3)
    other = TwoLevelCache(level)
    assert other.get("key") == b"1"
    assert other.peek(["key"]) == {"key": b"1"}
    time.sleep(0.35)
    assert other.get("key") is None


def test_redis_is_asked_once_and_only_for_values_that_memory_lacks(
    level: RedisLevel, redis_server: RedisServer
) -> None:
    TwoLevelCache(level).set("b", b"2", 60)
    values = TwoLevelCache(level)
    values.set("a", b"1", 60)
    with Redis.from_url(redis_server.url) as client:
        client.config_resetstat()
        assert values.get_many(["a", "b", "c"]) == {"a": b"1", "b": b"2"}
        asked = {name: stats["calls"] for name, stats in client.info("commandstats").items()}
        assert asked["cmdstat_mget"] == 1
        client.config_resetstat()
        assert values.get_many(["a", "b"]) == {"a": b"1", "b": b"2"}
        assert "cmdstat_mget" not in client.info("commandstats")


def test_values_of_another_type_or_without_expiry_are_not_found(level: RedisLevel, redis_server: RedisServer) -> None:
    with Redis.from_url(redis_server.url) as client:
        client.lpush("list", "a")
        client.set("for good", b"1")
    assert TwoLevelCache(level).get_many(["list", "for good"]) == {}
    assert level.availability.available


def test_memory_serves_while_redis_is_away(level: RedisLevel, redis_server: RedisServer) -> None:
    values = TwoLevelCache(level)
    values.set("before", b"1", 60)
    redis_server.kill()
    values.set("during", b"2", 60)
    assert values.get_many(["before", "during"]) == {"before": b"1", "during": b"2"}
    assert TwoLevelCache(level).get("before") is None
    redis_server.start()
    asyncio.run(level.availability.probe())
    values.set("after", b"3", 60)
    assert TwoLevelCache(level).get("after") == b"3"


def test_only_the_first_request_waits_for_a_redis_that_is_away(level: RedisLevel, redis_server: RedisServer) -> None:
    redis_server.kill()
    lists = CandidateCache(level)
    started = time.monotonic()
    for number in range(50):
        assert lists.get(f"key {number}", lambda: TRACKS).tracks == TRACKS
    assert time.monotonic() - started < 1
    assert lists.redis_state == "away"


def test_a_silent_redis_costs_one_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        level = RedisLevel(f"redis://127.0.0.1:{silent.getsockname()[1]}/0")
        started = time.monotonic()
        for number in range(50):
            assert CandidateCache(level).get(f"key {number}", lambda: TRACKS).tracks == TRACKS
        assert time.monotonic() - started < 1
        assert not level.availability.available
        level.close()


def test_an_outage_is_logged_once(level: RedisLevel, redis_server: RedisServer) -> None:
    redis_server.kill()
    with capture_logs() as logged:
        for number in range(5):
            CandidateCache(level).get(f"key {number}", lambda: TRACKS)
            asyncio.run(level.availability.probe())
    assert [entry["log_level"] for entry in logged if entry["event"].startswith("redis is away")] == ["warning"]


def test_redis_may_die_and_come_back_while_it_is_used(
    settings: Settings, redis_server: RedisServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("musicalface_common.redis.PROBE_SECONDS", 0.1)
    app = create_app(settings.model_copy(update={"redis_url": redis_server.url}))
    with serve(app) as base_url, httpx.Client(base_url=base_url) as client:

        def recommend(year: int) -> list[str]:
            answer = client.post("/v1/recommendations", json=WISH | {"filters": {"year_from": year}, "limit": 1})
            assert answer.status_code == 200
            assert len(answer.json()["tracks"]) == 1
            return list(answer.json()["degraded"])

        def state() -> str:
            return str(client.get("/health/ready").json()["dependencies"]["redis"])

        assert recommend(1960) == []
        redis_server.kill()
        assert recommend(1960) in ([], ["redis"])
        assert recommend(1961) == ["redis"]
        assert state() == "away"
        redis_server.start()
        wait_until(lambda: state() == "ok")
        assert recommend(1962) == []
        with Redis.from_url(redis_server.url) as stored:
            assert len(stored.keys("mf:candidates:v1:*:happy:*")) == 1


def test_an_app_that_starts_without_redis_serves_degraded_lists(settings: Settings, redis_server: RedisServer) -> None:
    redis_server.kill()
    app = create_app(settings.model_copy(update={"redis_url": redis_server.url}))
    with serve(app) as base_url:
        answer = httpx.post(f"{base_url}/v1/recommendations", json=WISH)
        ready = httpx.get(f"{base_url}/health/ready")
    assert answer.json()["degraded"] == ["redis"]
    assert ready.status_code == 200
    assert ready.json()["dependencies"] == {
        "database": "ok",
        "redis": "away",
        **dict.fromkeys(("spotify", "youtube", "soundcloud"), "not configured"),
    }
