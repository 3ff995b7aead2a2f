"""The network between the recommender and Redis or Spotify fails while clients send requests."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpx
import pytest
from support.redis import RedisServer
from support.server import serve
from support.tcp_proxy import TcpProxy
from support.traffic import Traffic, traffic
from support.waiting import wait_until

from recommender.app import create_app
from recommender.settings import Settings

DEADLINE_MS = 1000
SECONDS = 1.5

NetworkFault = Callable[[TcpProxy], None]


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


NETWORK_FAULTS = [slow_down, slow_down_a_lot, reset, cut, hold]


def repair(proxy: TcpProxy) -> None:
    proxy.latency = 0.0
    proxy.restore()


@contextmanager
def traffic_during(settings: Settings, proxy: TcpProxy, fault: NetworkFault) -> Iterator[tuple[str, Traffic]]:
    """Cause a fault and repair it while clients send requests. Yield the server's URL and the traffic after that."""
    with serve(create_app(settings)) as base_url:
        with traffic(base_url, DEADLINE_MS) as sent:
            time.sleep(0.5)
            fault(proxy)
            time.sleep(SECONDS)
            repair(proxy)
        yield base_url, sent


@pytest.mark.parametrize("fault", NETWORK_FAULTS)
def test_a_bad_network_to_redis_delays_no_answer(
    settings: Settings, redis_server: RedisServer, fault: NetworkFault
) -> None:
    with TcpProxy("127.0.0.1", redis_server.port) as proxy:
        own = settings.model_copy(update={"redis_url": f"redis://{proxy.address}/0"})
        with traffic_during(own, proxy, fault) as (base_url, sent):
            sent.assert_served(within=DEADLINE_MS / 1000)

            def state() -> str:
                return str(httpx.get(f"{base_url}/health/ready").json()["dependencies"]["redis"])

            wait_until(lambda: state() == "ok")


@pytest.mark.parametrize("fault", NETWORK_FAULTS)
def test_a_bad_network_to_spotify_delays_no_answer(settings: Settings, spotify_url: str, fault: NetworkFault) -> None:
    with TcpProxy("127.0.0.1", urlsplit(spotify_url).port or 0) as proxy:
        own = settings.model_copy(
            update={
                "spotify_api_url": f"http://{proxy.address}/v1/",
                "spotify_accounts_url": f"http://{proxy.address}/api/token",
            }
        )
        with traffic_during(own, proxy, fault) as (base_url, sent):
            sent.assert_served(within=DEADLINE_MS / 1000)
            degraded = {word for answer in sent.answers for word in answer.degraded}
            assert degraded <= {"spotify-slow", "spotify-unavailable"}

            def resolves() -> bool:
                scores = {"angry": 0, "sad": 0, "happy": 1, "relaxed": 0}
                answer = httpx.post(f"{base_url}/v1/recommendations", json={"mood": "happy", "scores": scores}).json()
                return not answer["degraded"]

            wait_until(resolves, 20)
