"""The network between the recommender and what it asks goes bad while clients go on asking."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from support.crowd import Crowd, crowd
from support.redis import RedisServer
from support.server import serve
from support.tcp_proxy import TcpProxy
from support.waiting import wait_until

from recommender.app import create_app
from recommender.settings import Settings

DEADLINE_MS = 1000
SECONDS = 1.5

Mishap = Callable[[TcpProxy], None]


def slow_down(proxy: TcpProxy) -> None:
    proxy.latency = 0.09


def slow_down_a_lot(proxy: TcpProxy) -> None:
    proxy.latency = 0.7


def reset(proxy: TcpProxy) -> None:
    for _ in range(5):
        proxy.reset_all()
        time.sleep(0.05)


def cut(proxy: TcpProxy) -> None:
    proxy.cut()


def hold(proxy: TcpProxy) -> None:
    proxy.cut(hold=True)


MISHAPS = [slow_down, slow_down_a_lot, reset, cut, hold]


def mend(proxy: TcpProxy) -> None:
    proxy.latency = 0.0
    proxy.restore()


@contextmanager
def asked_during(settings: Settings, proxy: TcpProxy, mishap: Mishap) -> Iterator[tuple[str, Crowd]]:
    """Let a mishap happen and pass while a crowd asks; yields after it."""
    with serve(create_app(settings)) as base_url:
        with crowd(base_url, DEADLINE_MS) as asked:
            time.sleep(0.5)
            mishap(proxy)
            time.sleep(SECONDS)
            mend(proxy)
        yield base_url, asked


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_bad_way_to_redis_holds_nobody_up(settings: Settings, redis_server: RedisServer, mishap: Mishap) -> None:
    with TcpProxy("127.0.0.1", redis_server.port) as proxy:
        own = settings.model_copy(update={"redis_url": f"redis://{proxy.address}/0"})
        with asked_during(own, proxy, mishap) as (base_url, asked):
            asked.assert_served(within=DEADLINE_MS / 1000)

            def state() -> str:
                return str(httpx.get(f"{base_url}/health/ready").json()["dependencies"]["redis"])

            wait_until(lambda: state() == "ok")


@pytest.mark.parametrize("mishap", MISHAPS)
def test_a_bad_way_to_spotify_holds_nobody_up(settings: Settings, spotify_url: str, mishap: Mishap) -> None:
    with TcpProxy("127.0.0.1", urlsplit(spotify_url).port or 0) as proxy:
        own = settings.model_copy(
            update={
                "spotify_api_url": f"http://{proxy.address}/v1/",
                "spotify_accounts_url": f"http://{proxy.address}/api/token",
            }
        )
        with asked_during(own, proxy, mishap) as (base_url, asked):
            asked.assert_served(within=DEADLINE_MS / 1000)
            said = {word for answer in asked.answers for word in answer.degraded}
            assert said <= {"spotify-slow", "spotify-unavailable"}

            def resolves() -> bool:
                scores = {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}
                answer = httpx.post(f"{base_url}/v1/recommendations", json={"mood": "happy", "scores": scores}).json()
                return not answer["degraded"]

            wait_until(resolves, 20)
