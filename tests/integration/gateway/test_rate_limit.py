import time
from typing import Any

import httpx
import redis
from fakes.bad_servers import bad_server, stay_silent
from support.redis import RedisServer
from support.server import free_port


def ask(client: httpx.Client, times: int, **headers: str) -> list[int]:
    return [client.get("/moods", headers=headers).status_code for _ in range(times)]


def test_one_request_too_many_gets_a_429_with_the_seconds_to_wait(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="3/minute")
    assert ask(client, 3) == [200] * 3
    refused = client.get("/moods")
    assert refused.status_code == 429
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.json()["type"] == "rate-limited"
    assert refused.json()["detail"] == "the limit of requests is 3 per 1 minute"
    assert 1 <= int(refused.headers["retry-after"]) <= 60


def test_requests_are_accepted_again_after_the_window_ends(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="1/second")
    assert ask(client, 2) == [200, 429]
    time.sleep(1.1)
    assert ask(client, 1) == [200]


def test_operations_and_pages_are_never_limited(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="1/minute")
    ask(client, 2)
    for path in ("/health/live", "/health/ready", "/metrics", "/docs", "/openapi.json"):
        assert client.get(path).status_code == 200


def test_each_api_key_has_its_own_limit(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="1/minute", api_keys="one,two")
    assert ask(client, 2, **{"X-API-Key": "one"}) == [200, 429]
    assert ask(client, 2, **{"X-API-Key": "two"}) == [200, 429]
    assert ask(client, 1) == [200]


def test_invalid_requests_count_too(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="3/minute")
    broken = [client.post("/lyrics/mood", content=b"{broken").status_code for _ in range(2)]
    too_large = client.post("/emotion", files={"image": bytes(9_000_000)}).status_code
    assert (*broken, too_large) == (422, 422, 413)
    assert client.post("/lyrics/mood", content=b"{broken").status_code == 429


def test_a_large_upload_over_the_limit_can_read_its_429(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="1/minute")
    ask(client, 1)
    for _ in range(3):
        assert client.post("/emotion", files={"image": bytes(7_000_000)}).status_code == 429


def test_processes_count_together_in_redis(open_gateway: Any, redis_url: str) -> None:
    first = open_gateway(rate_limit="3/minute", redis_url=redis_url)
    second = open_gateway(rate_limit="3/minute", redis_url=redis_url)
    assert ask(first, 2) + ask(second, 2) == [200, 200, 200, 429]
    with redis.Redis.from_url(redis_url, decode_responses=True) as stored:
        (key,) = stored.keys("*")
        assert key.startswith("mf:rate:127.0.0.1")
        assert 0 < stored.ttl(key) <= 60


def test_a_key_is_not_stored_in_redis(open_gateway: Any, redis_url: str) -> None:
    ask(open_gateway(redis_url=redis_url, rate_limit="3/minute", api_keys="secret"), 1, **{"X-API-Key": "secret"})
    with redis.Redis.from_url(redis_url, decode_responses=True) as stored:
        assert stored.keys("mf:rate:key-*")
        assert not stored.keys("*secret*")


def test_requests_are_counted_in_memory_while_redis_is_away_and_in_redis_when_it_is_back(
    open_gateway: Any, redis_server: RedisServer, monkeypatch: Any
) -> None:
    monkeypatch.setattr("musicalface_common.redis.PROBE_SECONDS", 0.2)
    client = open_gateway(rate_limit="3/minute", redis_url=redis_server.url)
    assert ask(client, 1) == [200]
    redis_server.kill()
    assert ask(client, 4) == [200, 200, 200, 429]
    redis_server.start()
    time.sleep(0.3)
    assert ask(client, 4) == [200, 200, 200, 429]


def test_a_redis_that_hangs_is_called_once_until_the_next_probe(open_gateway: Any) -> None:
    with bad_server(stay_silent) as (url, connections):
        client = open_gateway(rate_limit="3/minute", redis_url=url.replace("http", "redis"))
        assert ask(client, 4) == [200, 200, 200, 429]
        assert len(connections) == 1


def test_requests_are_counted_in_memory_if_redis_cannot_be_reached(open_gateway: Any) -> None:
    client = open_gateway(rate_limit="3/minute", redis_url=f"redis://127.0.0.1:{free_port()}/0")
    assert ask(client, 4) == [200, 200, 200, 429]
