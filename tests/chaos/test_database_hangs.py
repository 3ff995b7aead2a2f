"""The database stops answering, and the readiness page says so soon."""

import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from support.mariadb import MariaDBServer
from support.server import serve
from support.tcp_proxy import TcpProxy
from support.waiting import wait_until

import gateway.app
import gateway.settings
from recommender.app import create_app
from recommender.settings import Settings

# The next probe comes after a second and waits two. The gateway asks every two seconds.
NOTICED_SECONDS = 4.0
NOTICED_BY_GATEWAY_SECONDS = 6.0
BACK_SECONDS = 10.0


@pytest.fixture(scope="module")
def mariadb() -> Iterator[MariaDBServer]:
    if not MariaDBServer.available():
        pytest.skip("mariadb-server is not installed on this machine")
    with MariaDBServer() as server:
        yield server


@pytest.fixture
def proxy(mariadb: MariaDBServer) -> Iterator[TcpProxy]:
    with TcpProxy("127.0.0.1", mariadb.port) as proxy:
        yield proxy


@pytest.fixture
def recommender_url(mariadb: MariaDBServer, proxy: TcpProxy, settings: Settings) -> Iterator[str]:
    """URL of a recommender that reaches its MariaDB through the proxy."""
    url = mariadb.new_database().replace(f":{mariadb.port}/", f":{proxy.port}/")
    with serve(create_app(settings.model_copy(update={"database_url": url}))) as base_url:
        yield base_url


def state(base_url: str, name: str = "database") -> str:
    answer = httpx.get(f"{base_url}/health/ready", timeout=1)
    assert answer.status_code == 200
    return str(answer.json()["dependencies"][name])


def seconds_until(holds: Callable[[], bool]) -> float:
    started = time.monotonic()
    wait_until(holds, 30)
    return time.monotonic() - started


@pytest.fixture(params=["stopped", "held"])
def hang(
    request: pytest.FixtureRequest, mariadb: MariaDBServer, proxy: TcpProxy
) -> Iterator[tuple[Callable[[], None], Callable[[], None]]]:
    """What makes the database hang, and what ends it: the process is stopped, or the network passes nothing on."""
    process = mariadb.process
    assert process
    if request.param == "held":
        yield (lambda: proxy.cut(hold=True)), proxy.restore
    else:
        yield (lambda: process.send_signal(signal.SIGSTOP)), (lambda: process.send_signal(signal.SIGCONT))
    process.send_signal(signal.SIGCONT)
    proxy.restore()


def test_a_database_that_hangs_is_away_within_seconds_and_comes_back(
    recommender_url: str, hang: tuple[Callable[[], None], Callable[[], None]]
) -> None:
    begin, end = hang
    assert state(recommender_url) == "ok"
    begin()
    assert seconds_until(lambda: state(recommender_url) == "away") < NOTICED_SECONDS
    time.sleep(1)
    assert state(recommender_url) == "away"
    end()
    assert seconds_until(lambda: state(recommender_url) == "ok") < BACK_SECONDS


def test_the_gateway_says_so_too_while_requests_wait_for_the_database(
    mariadb: MariaDBServer, recommender_url: str, tmp_path: Path
) -> None:
    urls = {"recommender_url": recommender_url, "rate_limit": "0"}
    app = gateway.app.create_app(gateway.settings.Settings.model_validate(urls))
    assert mariadb.process
    with serve(app) as base_url, httpx.Client(base_url=base_url, timeout=10) as client:
        wait_until(lambda: client.get("/health/ready").json()["dependencies"].get("recommender.database") == "ok")
        mariadb.process.send_signal(signal.SIGSTOP)
        try:
            started = time.monotonic()
            assert client.get("/tracks?q=song").status_code == 504
            wait_until(lambda: state(base_url, "recommender.database") == "away", 30)
            assert time.monotonic() - started < NOTICED_BY_GATEWAY_SECONDS
        finally:
            mariadb.process.send_signal(signal.SIGCONT)
        wait_until(lambda: state(base_url, "recommender.database") == "ok", BACK_SECONDS)
        assert client.get("/tracks?q=song").status_code == 200
