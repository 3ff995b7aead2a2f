"""Redis is killed and restarted while clients send requests."""

import time

import httpx
from fakes.spotify import SpotifyFake
from support.redis import RedisServer
from support.server import serve
from support.traffic import traffic
from support.waiting import wait_until

from recommender.app import create_app
from recommender.settings import Settings

DEADLINE_MS = 3000
SCORES = {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}


def with_redis(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"redis_url": url, "resolve_seconds": 2.0})


def songs_of(base_url: str, year: int) -> list[str]:
    """Request all songs of a year and return their URLs, sorted."""
    query = {"mood": "happy", "scores": SCORES, "filters": {"year_from": year, "year_to": year}}
    answer = httpx.post(f"{base_url}/v1/recommendations", json=query, timeout=10).json()
    assert answer["degraded"] == []
    return sorted(track["url"] for track in answer["tracks"])


def test_no_request_fails_and_redis_is_used_again(settings: Settings, redis_server: RedisServer) -> None:
    with serve(create_app(with_redis(settings, redis_server.url))) as base_url:

        def state() -> str:
            return str(httpx.get(f"{base_url}/health/ready").json()["dependencies"]["redis"])

        with traffic(base_url, DEADLINE_MS) as sent:
            for _ in range(2):
                time.sleep(0.5)
                redis_server.kill()
                wait_until(lambda: state() == "away")
                time.sleep(0.5)
                redis_server.start()
                wait_until(lambda: state() == "ok")
            answered = len(sent.answers)
            wait_until(lambda: len(sent.answers) > answered + 20)
        sent.assert_served(within=DEADLINE_MS / 1000)
        assert any("redis" in answer.degraded for answer in sent.answers)
        assert not any("redis" in answer.degraded for answer in sent.since(answered + 10))


def test_processes_share_links_before_and_after_redis_dies(
    settings: Settings, spotify: SpotifyFake, redis_server: RedisServer
) -> None:
    own = with_redis(settings, redis_server.url)
    with serve(create_app(own)) as here, serve(create_app(own)) as there:

        def redis_states() -> set[str]:
            ready = [httpx.get(f"{base_url}/health/ready").json() for base_url in (here, there)]
            return {answer["dependencies"]["redis"] for answer in ready}

        assert songs_of(here, 1980) == songs_of(there, 1980)
        assert spotify.calls["search"] == 10
        redis_server.kill()
        wait_until(lambda: redis_states() == {"away"})
        redis_server.start()
        wait_until(lambda: redis_states() == {"ok"})
        assert songs_of(here, 1990) == songs_of(there, 1990)
        assert spotify.calls["search"] == 20
        assert songs_of(here, 1980) == songs_of(there, 1980)
        assert spotify.calls["search"] == 20


def test_memory_serves_known_links_while_redis_is_away(
    settings: Settings, spotify: SpotifyFake, redis_server: RedisServer
) -> None:
    with serve(create_app(with_redis(settings, redis_server.url))) as base_url:
        before = songs_of(base_url, 1980)
        redis_server.kill()
        answer = httpx.post(
            f"{base_url}/v1/recommendations",
            json={"mood": "happy", "scores": SCORES, "filters": {"year_from": 1980, "year_to": 1980}},
        ).json()
        assert sorted(track["url"] for track in answer["tracks"]) == before
        assert spotify.calls["search"] == 10
